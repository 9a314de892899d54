#include "photo_exif.hpp"

#include "tocsin/geo/datum.hpp"

#include <array>
#include <cmath>
#include <cstdio>
#include <libexif/exif-data.h>
#include <libexif/exif-loader.h>
#include <memory>
#include <string>

namespace tocsin::ingest {

namespace {

constexpr std::size_t mostBytes = 65'500; ///< of a JPEG's segment; libexif takes no more

ExifEntry* entryOf(const ExifData& data, ExifIfd ifd, int tag) {
    return exif_content_get_entry(data.ifd[ifd], static_cast<ExifTag>(tag));
}

std::string textOf(const ExifEntry* entry) {
    if (entry == nullptr || entry->data == nullptr || entry->format != EXIF_FORMAT_ASCII)
        return {};
    std::string text(reinterpret_cast<const char*>(entry->data), std::min<std::size_t>(entry->size, 64));
    return text.substr(0, text.find('\0'));
}

std::optional<double> rationalOf(const ExifEntry* entry, ExifByteOrder order, unsigned index) {
    if (entry == nullptr || entry->data == nullptr || entry->format != EXIF_FORMAT_RATIONAL ||
        entry->components <= index || entry->size < (index + 1) * 8)
        return {};
    const auto value = exif_get_rational(entry->data + std::size_t{index} * 8, order);
    if (value.denominator == 0)
        return {};
    return static_cast<double>(value.numerator) / value.denominator;
}

/// Degrees, minutes, seconds; or degrees with a fraction alone.
std::optional<double> angleOf(const ExifData& data, ExifByteOrder order, int tag, int referenceTag, char negative) {
    const auto* entry = entryOf(data, EXIF_IFD_GPS, tag);
    const auto degrees = rationalOf(entry, order, 0);
    const std::string reference = textOf(entryOf(data, EXIF_IFD_GPS, referenceTag));
    if (!degrees || reference.empty())
        return {};
    const double angle =
        *degrees + rationalOf(entry, order, 1).value_or(0) / 60 + rationalOf(entry, order, 2).value_or(0) / 3600;
    return reference.front() == negative ? -angle : angle;
}

std::optional<model::Position> positionOf(const ExifData& data, ExifByteOrder order) {
    const auto latitude = angleOf(data, order, EXIF_TAG_GPS_LATITUDE, EXIF_TAG_GPS_LATITUDE_REF, 'S');
    const auto longitude = angleOf(data, order, EXIF_TAG_GPS_LONGITUDE, EXIF_TAG_GPS_LONGITUDE_REF, 'W');
    if (!latitude || !longitude || (*latitude == 0 && *longitude == 0)) // what cameras write without a fix
        return {};
    const auto position = geo::normalise({.latitude = *latitude, .longitude = *longitude});
    return position ? std::optional(*position) : std::nullopt;
}

/// "2026:11:20 08:15:00" as ISO 8601.
std::string isoOf(std::string text) {
    if (text.size() < 19)
        return {};
    text.resize(19);
    text[4] = text[7] = '-';
    return text;
}

std::optional<base::Time> timeOf(const ExifData& data, ExifByteOrder order, const Source& source) {
    const std::string date = textOf(entryOf(data, EXIF_IFD_GPS, EXIF_TAG_GPS_DATE_STAMP));
    const auto* clock = entryOf(data, EXIF_IFD_GPS, EXIF_TAG_GPS_TIME_STAMP);
    const auto hour = rationalOf(clock, order, 0);
    const auto minute = rationalOf(clock, order, 1);
    const auto second = rationalOf(clock, order, 2);
    if (date.size() == 10 && hour && minute && second && *hour < 24 && *minute < 60 && *second < 60) {
        std::array<char, 48> text{};
        std::snprintf(text.data(), text.size(), " %02d:%02d:%02dZ", static_cast<int>(*hour), static_cast<int>(*minute),
                      static_cast<int>(*second));
        std::string whole = date + text.data();
        whole[4] = whole[7] = '-';
        if (const auto time = base::parseTime(whole))
            return *time;
    }
    for (const int tag : {0x9003, 0x0132}) { // DateTimeOriginal, DateTime
        std::string text = isoOf(textOf(entryOf(data, tag == 0x9003 ? EXIF_IFD_EXIF : EXIF_IFD_0, tag)));
        if (text.empty())
            continue;
        const std::string offset = textOf(entryOf(data, EXIF_IFD_EXIF, 0x9011)); // OffsetTimeOriginal: "+01:00"
        if (offset.size() >= 6)
            text += offset.substr(0, 6);
        if (const auto time = parseTimeIn(text, source))
            return *time;
    }
    return {};
}

} // namespace

PhotoMetadata readPhotoMetadata(std::string_view tiff, const Source& source) {
    PhotoMetadata out;
    if (tiff.size() < 8 || tiff.size() > mostBytes)
        return out;
    std::string bytes("Exif\0\0", 6);
    bytes += tiff;
    const std::unique_ptr<ExifData, void (*)(ExifData*)> data(
        exif_data_new_from_data(reinterpret_cast<const unsigned char*>(bytes.data()),
                                static_cast<unsigned>(bytes.size())),
        &exif_data_unref);
    if (!data)
        return out;
    const auto order = exif_data_get_byte_order(data.get());
    if (const auto* entry = entryOf(*data, EXIF_IFD_0, EXIF_TAG_ORIENTATION);
        entry != nullptr && entry->data != nullptr && entry->format == EXIF_FORMAT_SHORT && entry->size >= 2) {
        const int value = exif_get_short(entry->data, order);
        if (value >= 1 && value <= 8)
            out.orientation = value;
    }
    out.position = positionOf(*data, order);
    out.takenAt = timeOf(*data, order, source);
    return out;
}

} // namespace tocsin::ingest
