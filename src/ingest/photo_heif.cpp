#include "photo_heif.hpp"

#include "photo.hpp"
#include "photo_heif_items.hpp"
#include "photo_hevc.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr int deepest = 3;                                    ///< a grid, its tiles, the transparency of either
constexpr std::uint64_t mostDecodedBytes = 2 * maxPhotoBytes; ///< an item's bytes may be used twice
constexpr std::uint64_t mostDecodedPixels = 4 * maxPhotoPixels;
constexpr std::uint64_t mostSlicePixels = 1'000'000'000; ///< each slice may go over all of its picture
constexpr std::size_t mostExif = 64U << 10U;
constexpr std::string_view exifMark{"Exif\0\0", 6};

tl::unexpected<base::Error> refused(Code code, std::string what, std::size_t at) {
    return base::fail(code, std::move(what), {.line = {}, .column = {}, .byte = at});
}
tl::unexpected<base::Error> bad(std::string what, std::size_t at) {
    return refused(Code::malformed, std::move(what), at);
}

/// What a decoder would do with the picture.
class Decoding {
  public:
    Decoding(std::string_view bytes, HeifItems file) : m_bytes(bytes), m_file(std::move(file)) {}

    base::Result<PhotoHeader> header() {
        const auto size = take(m_file.primary, 0);
        if (!size)
            return tl::unexpected(size.error());
        PhotoHeader out;
        out.kind = PhotoKind::heif;
        out.width = size->width;
        out.height = size->height;
        out.exif = exif();
        return out;
    }

  private:
    using Done = base::Result<void>;

    /// The size of an item as it would be decoded, and all that is decoded for it is counted.
    base::Result<HevcSize> take(std::uint32_t id, int depth) {
        const auto found = m_file.items.find(id);
        if (found == m_file.items.end())
            return bad("the HEIC image has no picture in it", m_bytes.size());
        const auto& item = found->second;
        if (depth > deepest)
            return bad("the HEIC image nests", item.at);
        if (item.locked)
            return bad("the HEIC image is locked by a key", item.at);
        if (item.extents.empty())
            return bad("the HEIC image has a picture without bytes", item.at);
        const auto size = item.type == "hvc1"                ? picture(item)
                          : item.type == "grid" && depth != 1 ? grid(item, depth) // not a grid of grids
                                                              : unknown(item);
        if (!size)
            return size;
        if (const auto ok = turns(item); !ok)
            return tl::unexpected(ok.error());
        for (const auto& auxiliary : item.auxiliary)
            if (const auto ok = take(auxiliary, depth + 2); !ok)
                return ok;
        return size;
    }

    static base::Result<HevcSize> unknown(const HeifItem& item) {
        if (item.type == "av01")
            return bad("an image in AVIF, which is not taken", item.at);
        return bad("the HEIC image's picture is " + std::string(item.type == "grid" || item.type == "iovl" || item.type == "iden"
                                                                   ? "put together of others in a way that is not taken"
                                                                   : "of a kind that is not taken"),
                   item.at);
    }

    /// Turning, mirroring and cropping copy the picture: each at most once.
    Done turns(const HeifItem& item) const {
        for (const std::string_view name : {"irot", "imir", "clap"}) {
            const auto count = std::count_if(item.properties.begin(), item.properties.end(), [&](std::size_t number) {
                return m_file.properties[number - 1].name == name;
            });
            if (count > 1)
                return bad("the HEIC image is turned or cropped again and again", item.at);
        }
        return {};
    }

    base::Result<HevcSize> picture(const HeifItem& item) {
        HevcSize size;
        bool coded = false;
        for (const auto number : item.properties) {
            const auto& box = m_file.properties[number - 1];
            if (box.name == "hvcC") {
                const auto read = readHevcSize(m_bytes.substr(box.body, box.end - box.body), box.at);
                if (!read)
                    return read;
                coded = true;
                size = {std::max(size.width, read->width), std::max(size.height, read->height)};
            } else if (box.name == "ispe") {
                HeifCursor cursor(m_bytes, box.body, box.end);
                (void)cursor.number(4);
                size.width = std::max(size.width, cursor.number32(4));
                size.height = std::max(size.height, cursor.number32(4));
            }
        }
        if (!coded)
            return bad("the HEIC image says no size", item.at);
        std::string together;
        std::uint64_t bytes = 0;
        for (const auto& extent : item.extents)
            bytes += extent.size();
        m_decodedBytes += bytes;
        const std::uint64_t pixels = std::uint64_t{size.width} * size.height;
        if (pixels > maxPhotoPixels)
            return refused(Code::tooLarge,
                           "a photo of " + std::to_string(size.width) + " × " + std::to_string(size.height) +
                               " pixels: over 50 megapixels",
                           item.at);
        m_decodedPixels += pixels;
        if (m_decodedPixels > mostDecodedPixels || m_decodedBytes > mostDecodedBytes)
            return refused(Code::tooLarge, "a HEIC image whose parts add up to more than it may be", item.at);
        if (item.extents.size() > 1)
            for (const auto& extent : item.extents)
                together += extent;
        const auto slices = countHevcSlices(together.empty() ? item.extents.front() : std::string_view(together), item.at);
        if (!slices)
            return tl::unexpected(slices.error());
        m_slicePixels += *slices * pixels;
        if (m_slicePixels > mostSlicePixels)
            return refused(Code::tooLarge, "a HEIC image in " + std::to_string(*slices) + " slices or more", item.at);
        return size;
    }

    base::Result<HevcSize> grid(const HeifItem& item, int depth) {
        const auto bytes = item.extents.front();
        HeifCursor cursor(bytes, 0, bytes.size());
        (void)cursor.number(1);
        const std::size_t side = (cursor.number(1) & 1U) != 0 ? 4 : 2;
        const auto rows = cursor.number(1) + 1;
        const auto columns = cursor.number(1) + 1;
        HevcSize size;
        size.width = cursor.number32(side);
        size.height = cursor.number32(side);
        if (!cursor.whole() || item.extents.size() > 1 || size.width == 0 || size.height == 0)
            return bad("the HEIC image's grid is broken", item.at);
        if (rows * columns != item.tiles.size())
            return bad("the HEIC image's grid has other tiles than it says", item.at);
        for (const auto number : item.properties) { // what a decoder goes by is the larger
            const auto& box = m_file.properties[number - 1];
            if (box.name != "ispe")
                continue;
            HeifCursor said(m_bytes, box.body, box.end);
            (void)said.number(4);
            size.width = std::max(size.width, said.number32(4));
            size.height = std::max(size.height, said.number32(4));
        }
        for (const auto& tile : item.tiles)
            if (const auto ok = take(tile, depth + 1); !ok)
                return ok;
        return size;
    }

    /// The first metadata about the picture, after the offset of its TIFF block (ISO/IEC 23008-12, A.2.1).
    [[nodiscard]] std::string_view exif() const {
        for (const auto& [id, item] : m_file.items) {
            if (item.type != "Exif" || item.extents.size() != 1 || item.extents.front().size() > mostExif ||
                std::find(item.described.begin(), item.described.end(), m_file.primary) == item.described.end())
                continue;
            const auto bytes = item.extents.front();
            HeifCursor cursor(bytes, 0, bytes.size());
            const auto offset = cursor.number(4);
            if (!cursor.whole() || offset > cursor.left())
                continue;
            const auto block = bytes.substr(4 + static_cast<std::size_t>(offset));
            return block.starts_with(exifMark) ? block.substr(exifMark.size()) : block;
        }
        return {};
    }

    std::string_view m_bytes;
    HeifItems m_file;
    std::uint64_t m_decodedBytes{0};
    std::uint64_t m_decodedPixels{0};
    std::uint64_t m_slicePixels{0};
};

} // namespace

bool isHeif(std::string_view bytes) {
    constexpr std::array<std::string_view, 6> brands{"heic", "heix", "heim", "heis", "mif1", "avif"};
    if (bytes.size() < 16 || bytes.substr(4, 4) != "ftyp")
        return false;
    const auto length = HeifCursor(bytes, 0, 4).number(4);
    for (std::size_t at = 8; at + 4 <= std::min<std::uint64_t>(length, std::min<std::size_t>(bytes.size(), 256)); at += 4) {
        if (at != 12 && std::find(brands.begin(), brands.end(), bytes.substr(at, 4)) != brands.end()) // 12: a version
            return true;
    }
    return false;
}

base::Result<PhotoHeader> readHeifHeader(std::string_view bytes) {
    auto file = readHeifItems(bytes);
    if (!file)
        return tl::unexpected(file.error());
    return Decoding(bytes, std::move(*file)).header();
}

} // namespace tocsin::ingest
