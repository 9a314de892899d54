#include "tocsin/ingest/decoded.hpp"

#include "decode_formats.hpp"
#include "decode_json.hpp"
#include "decode_sniff.hpp"

#include <array>
#include <new>
#include <utility>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::array<std::pair<Format, std::string_view>, 5> names{{{Format::unknown, "unknown"},
                                                                    {Format::readingsNdjson, "readings-ndjson"},
                                                                    {Format::reportJson, "report-json"},
                                                                    {Format::cap, "cap"},
                                                                    {Format::usgsGeoJson, "usgs-geojson"}}};

base::Result<Decoded> refuseUnknown(std::string_view bytes) {
    const std::string_view body = trimmed(bytes);
    if (body.starts_with('{') || body.starts_with('[')) {
        // What is broken JSON of some kind is told by its fault, not by what it might have become.
        auto read = JsonInput::read(bytes);
        if (!read)
            return base::fail(read.error().code,
                              "not a format that Tocsin knows, and broken JSON: " + read.error().message,
                              read.error().place);
    }
    return base::fail(
        Code::malformed,
        "not a format that Tocsin knows (CAP, USGS GeoJSON, report JSON, readings NDJSON): it looks like " +
            describeUnknown(bytes),
        {.line = {}, .column = {}, .byte = 0});
}

} // namespace

std::string_view toString(Format format) {
    for (const auto& [value, name] : names)
        if (value == format)
            return name;
    return "unknown";
}

std::optional<Format> formatFrom(std::string_view text) {
    for (const auto& [value, name] : names)
        if (name == text)
            return value;
    return {};
}

base::Result<Decoded> decode(std::string_view bytes, std::optional<Format> format) {
    try {
        const Format kind = format.value_or(Format::unknown) == Format::unknown ? sniff(bytes) : *format;
        const std::size_t most = kind == Format::readingsNdjson ? maxReadingsFileBytes : maxMessageBytes;
        if (bytes.size() > most)
            return base::fail(Code::tooLarge,
                              std::to_string(bytes.size()) + " bytes, more than the " + std::to_string(most) +
                                  " that a " + (kind == Format::unknown ? "message" : std::string(toString(kind))) +
                                  " may have",
                              {.line = {}, .column = {}, .byte = most});
        switch (kind) {
        case Format::cap:
            return decodeCap(bytes);
        case Format::usgsGeoJson:
            return decodeUsgs(bytes);
        case Format::reportJson:
            return decodeReport(bytes);
        case Format::readingsNdjson:
            return decodeReadings(bytes);
        case Format::unknown:
            break;
        }
        return refuseUnknown(bytes);
    } catch (const std::bad_alloc&) {
        return base::fail(Code::tooLarge, "not enough memory to decode it", {.line = {}, .column = {}, .byte = 0});
    } catch (const std::exception& e) {
        return base::fail(Code::internal, std::string("while decoding: ") + e.what(),
                          {.line = {}, .column = {}, .byte = 0});
    }
}

} // namespace tocsin::ingest
