#include "decode_formats.hpp"
#include "decode_json.hpp"
#include "decode_report_text.hpp"
#include "photo.hpp"

#include "tocsin/base/text.hpp"
#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

namespace tocsin::ingest {

namespace {

using base::Code;
using model::Report;

constexpr std::size_t maxReports = 10'000;
constexpr std::size_t maxTextCharacters = 4'000;
constexpr std::size_t maxDeviations = 20;

std::optional<model::Datum> datumFrom(std::string_view text) {
    const std::string name = lowered(text);
    if (name == "wgs84" || name == "wgs-84" || name == "cgcs2000")
        return model::Datum::wgs84;
    if (name == "gcj02" || name == "gcj-02")
        return model::Datum::gcj02;
    if (name == "bd09" || name == "bd-09")
        return model::Datum::bd09;
    return {};
}

/// Photos as texts: "data:image/jpeg;base64,…", or the base64 alone.
void readPhotos(JsonField& field, Decoded& to) {
    std::size_t count = 0;
    for (auto element : field.array()) {
        std::string_view text;
        if (element.get_string().get(text) != simdjson::SUCCESS)
            field.fail(Code::malformed, "must be a list of texts");
        if (++count > maxPhotosOfReport)
            field.fail(Code::tooLarge, "holds more than " + std::to_string(maxPhotosOfReport) + " photos");
        if (text.starts_with("data:")) {
            const auto comma = text.substr(0, 200).find(";base64,");
            if (comma == std::string_view::npos)
                field.fail(Code::malformed, "must be data addresses in base64");
            text.remove_prefix(comma + 8);
        }
        auto bytes = base64Decode(text);
        if (!bytes)
            field.fail(Code::malformed, "holds a photo that is not base64");
        to.attachments.push_back({to.messages.size(), std::move(*bytes)});
    }
}

/// A position in two fields, as it is found.
struct OutsidePlace {
    std::string_view latitudeName;
    std::string_view longitudeName;
    model::OutsidePosition position;
    const char* latitudeAt; ///< null: not there
    const char* longitudeAt;
};

std::optional<model::Position> placeOf(const JsonInput& input, const OutsidePlace& read) {
    if (read.latitudeAt == nullptr && read.longitudeAt == nullptr)
        return {};
    if (read.latitudeAt == nullptr)
        input.fail(Code::malformed, quoted(read.latitudeName) + " is missing beside " + quoted(read.longitudeName),
                   read.longitudeAt);
    if (read.longitudeAt == nullptr)
        input.fail(Code::malformed, quoted(read.longitudeName) + " is missing beside " + quoted(read.latitudeName),
                   read.latitudeAt);
    const auto position = geo::normalise(read.position);
    if (!position)
        input.fail(position.error().code, position.error().message, read.latitudeAt);
    return *position;
}

/// Reads one report; `deviations` gets the keys that are none of a report's.
Report readReport(const JsonInput& input, simdjson::ondemand::object object, Decoded& to) {
    enum Key : std::size_t {
        id, category, text, place, latitude, longitude, datum, accuracy, name, phone, time, email, photos,
        senderLatitude, senderLongitude
    };
    static constexpr std::array<std::string_view, 15> keys{"id",        "category", "text",           "place", "latitude",
                                                           "longitude", "datum",    "accuracy",       "name",  "phone",
                                                           "time",      "email",    "photos",
                                                           "senderLatitude",        "senderLongitude"};
    auto& deviations = to.deviations;
    Report out;
    OutsidePlace outside{"latitude", "longitude", {}, nullptr, nullptr};
    OutsidePlace sender{"senderLatitude", "senderLongitude", {}, nullptr, nullptr};
    const char* textAt = nullptr;
    const auto use = [&](std::size_t index, JsonField& f) {
        const auto key = static_cast<Key>(index);
        if (f.isNull() && key != category && key != text)
            return;
        switch (key) {
        case id:
            out.sourceId = f.string(200);
            break;
        case category:
            out.category = f.string(60);
            break;
        case text:
            out.text = f.string(maxTextCharacters, true);
            textAt = f.at();
            break;
        case place:
            out.place = f.string(300);
            break;
        case latitude:
        case senderLatitude: {
            auto& of = key == latitude ? outside : sender;
            of.position.latitude = f.number(-90, 90);
            of.latitudeAt = f.at();
            break;
        }
        case longitude:
        case senderLongitude: {
            auto& of = key == longitude ? outside : sender;
            of.position.longitude = f.number(-180, 180);
            of.longitudeAt = f.at();
            break;
        }
        case datum: {
            const auto known = datumFrom(f.string(20));
            if (!known)
                f.fail(Code::malformed, "must be \"wgs84\", \"gcj02\" or \"bd09\"");
            outside.position.datum = sender.position.datum = *known;
            break;
        }
        case accuracy:
            out.accuracyMetres = f.number(0, 1'000'000);
            break;
        case name:
            out.contact.name = f.string(120);
            break;
        case phone:
            out.contact.phone = f.string(40);
            break;
        case time:
            out.happenedAt = f.time();
            break;
        case email:
            out.contact.email = f.string(200);
            break;
        case photos:
            readPhotos(f, to);
            break;
        }
    };
    eachField(input, object, keys, use, [&](std::string_view key, const char* at) {
        if (deviations.size() < maxDeviations)
            deviations.push_back(placed(input.place(at), quoted(key) + " is no field of a report and was left out"));
    });
    if (out.category.empty())
        input.fail(Code::malformed, "\"category\" is missing or empty", nullptr);
    if (out.text.empty())
        input.fail(Code::malformed, "\"text\" is missing or empty", textAt);
    out.position = placeOf(input, outside);
    out.senderPosition = placeOf(input, sender);
    return out;
}

constexpr std::size_t maxLines = 10'000;

/// One report a line, as programs write what they gather: the first line is whole, and there is more.
bool areReportLines(std::string_view bytes) {
    const auto text = trimmed(bytes);
    const auto end = text.find('\n');
    return text.starts_with('{') && end != std::string_view::npos && base::isUtf8(text) && !checkJson(text.substr(0, end)) &&
           checkJson(text);
}

base::Result<Decoded> decodeReportLines(std::string_view bytes) {
    Decoded out;
    out.format = Format::reportJson;
    std::size_t lines = 0;
    for (std::size_t start = 0; start < bytes.size(); ++lines) {
        const auto end = std::min(bytes.find('\n', start), bytes.size());
        const auto line = bytes.substr(start, end - start);
        const auto begin = std::exchange(start, end + 1);
        if (trimmed(line).empty())
            continue;
        if (lines == maxLines)
            return base::fail(Code::tooLarge, "more than 10000 lines of reports", {.line = lines + 1, .column = 1, .byte = begin});
        auto one = decodeReport(std::string(lines, '\n').append(line)); // so that what it notes tells the right line
        if (!one) {
            auto& place = one.error().place;
            place.line = lines + 1; // of what is missing it tells the document's first
            if (place.byte)
                place.byte = *place.byte - std::min(lines, *place.byte) + begin;
            out.faults.push_back({std::move(one.error()), std::string(line)});
            continue;
        }
        for (auto& attachment : one->attachments) {
            attachment.message += out.messages.size();
            out.attachments.push_back(std::move(attachment));
        }
        std::move(one->messages.begin(), one->messages.end(), std::back_inserter(out.messages));
        for (auto& deviation : one->deviations)
            if (out.deviations.size() < maxDeviations)
                out.deviations.push_back(std::move(deviation));
        std::move(one->faults.begin(), one->faults.end(), std::back_inserter(out.faults));
    }
    if (out.messages.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    return out;
}

} // namespace

base::Result<Decoded> decodeReport(std::string_view bytes) {
    if (areReportLines(bytes))
        return decodeReportLines(bytes);
    auto read = JsonInput::read(bytes);
    if (!read)
        return tl::unexpected<base::Error>(std::move(read.error()));
    JsonInput& input = **read;

    Decoded out;
    out.format = Format::reportJson;
    const auto readOne = [&](JsonInput& part) {
        return part.walk<Report>([&](auto& document) {
            simdjson::ondemand::object object;
            if (document.get_object().get(object) != simdjson::SUCCESS)
                part.fail(Code::malformed, "a report must be a JSON object", nullptr);
            return readReport(part, object, out);
        });
    };
    if (!trimmed(input.text()).starts_with('[')) {
        auto report = readOne(input);
        if (!report)
            return tl::unexpected<base::Error>(std::move(report.error()));
        out.messages.emplace_back(std::move(*report));
        return out;
    }
    using Elements = std::vector<std::string_view>;
    const auto elements =
        input.walk<Elements>([&](auto& document) { return input.elements(document.get_array(), maxReports); });
    if (!elements)
        return tl::unexpected<base::Error>(elements.error());
    if (elements->empty())
        return base::fail(Code::malformed, "an array without a report in it", input.placeAt(0));
    for (const std::string_view element : *elements) {
        const auto before = out.attachments.size();
        auto report = readOne(*input.part(element));
        if (!report)
            out.attachments.resize(before);
        if (report)
            out.messages.emplace_back(std::move(*report));
        else
            out.faults.push_back({std::move(report.error()), std::string(element)});
    }
    if (out.messages.empty())
        return tl::unexpected<base::Error>(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
