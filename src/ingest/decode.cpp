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

constexpr std::array<std::pair<Format, std::string_view>, 36> names{{{Format::unknown, "unknown"},
                                                                     {Format::readingsNdjson, "readings-ndjson"},
                                                                     {Format::readingsJson, "readings-json"},
                                                                     {Format::readingsCsv, "readings-csv"},
                                                                     {Format::mappedJson, "mapped-json"},
                                                                     {Format::chirpstack, "chirpstack"},
                                                                     {Format::theThingsStack, "the-things-stack"},
                                                                     {Format::tasmota, "tasmota"},
                                                                     {Format::sensorThings, "sensorthings"},
                                                                     {Format::eaFlood, "ea-flood"},
                                                                     {Format::nwisJson, "nwis-json"},
                                                                     {Format::usgsRdb, "usgs-rdb"},
                                                                     {Format::waterMl1, "waterml-1"},
                                                                     {Format::waterMl2, "waterml-2"},
                                                                     {Format::goesText, "goes-text"},
                                                                     {Format::usgsGeoJson, "usgs-geojson"},
                                                                     {Format::fdsnText, "fdsn-text"},
                                                                     {Format::quakeMl, "quakeml"},
                                                                     {Format::sc3Ml, "sc3ml"},
                                                                     {Format::cap, "cap"},
                                                                     {Format::edxlDe, "edxl-de"},
                                                                     {Format::capIndex, "cap-index"},
                                                                     {Format::capBundle, "cap-bundle"},
                                                                     {Format::alertswiss, "alertswiss"},
                                                                     {Format::mowas, "mowas"},
                                                                     {Format::cnWarningJson, "cn-warning-json"},
                                                                     {Format::reportJson, "report-json"},
                                                                     {Format::open311Xml, "open311-xml"},
                                                                     {Format::open311Json, "open311-json"},
                                                                     {Format::ushahidi, "ushahidi"},
                                                                     {Format::reportCsv, "report-csv"},
                                                                     {Format::email, "email"},
                                                                     {Format::cotXml, "cot"},
                                                                     {Format::nmea, "nmea"},
                                                                     {Format::gpx, "gpx"},
                                                                     {Format::positionsCsv, "positions-csv"}}};

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
        "not a format that Tocsin knows: it looks like " +
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

std::vector<Format> allFormats() {
    std::vector<Format> all;
    for (const auto& [value, name] : names)
        if (value != Format::unknown)
            all.push_back(value);
    return all;
}

base::Result<Decoded> decode(std::string_view bytes, std::optional<Format> format, const Source& source) {
    try {
        const bool given = format.value_or(Format::unknown) != Format::unknown;
        // A source that says how its own JSON is meant sends nothing else.
        const Format kind = given ? *format : source.mapping.empty() ? sniff(bytes) : Format::mappedJson;
        const Decoder* decoder = decoderOf(kind);
        const std::size_t most = decoder != nullptr ? decoder->mostBytes : maxMessageBytes;
        if (bytes.size() > most)
            return base::fail(Code::tooLarge,
                              std::to_string(bytes.size()) + " bytes, more than the " + std::to_string(most) +
                                  " that a " + (kind == Format::unknown ? "message" : std::string(toString(kind))) +
                                  " may have",
                              {.line = {}, .column = {}, .byte = most});
        if (decoder != nullptr)
            return decoder->decode(bytes, source);
        return refuseUnknown(bytes);
    } catch (const std::bad_alloc&) {
        return base::fail(Code::tooLarge, "not enough memory to decode it", {.line = {}, .column = {}, .byte = 0});
    } catch (const std::exception& e) {
        return base::fail(Code::internal, std::string("while decoding: ") + e.what(),
                          {.line = {}, .column = {}, .byte = 0});
    }
}

} // namespace tocsin::ingest
