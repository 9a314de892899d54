#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/source.hpp"
#include "tocsin/model/earthquake.hpp"
#include "tocsin/model/report.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/model/unit.hpp"
#include "tocsin/model/warning.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace tocsin::ingest {

/// What the bytes are, told by their content.
enum class Format : unsigned char {
    unknown,
    // sensors
    readingsNdjson,
    readingsJson, ///< one such object over several lines, or an array of them
    readingsCsv,
    mappedJson, ///< any JSON, by the source's mapping
    chirpstack,
    theThingsStack,
    tasmota,
    sensorThings,
    // water and weather
    eaFlood, ///< UK Environment Agency flood-monitoring
    nwisJson,
    usgsRdb,
    waterMl1,
    waterMl2,
    goesText,
    // earthquakes
    usgsGeoJson,
    fdsnText,
    quakeMl, ///< 1.2
    sc3Ml,
    // warnings
    cap,
    edxlDe,
    capIndex, ///< Atom or RSS: links to messages
    capBundle, ///< a ZIP of messages
    alertswiss,
    mowas,
    cnWarningJson,
    // citizens
    reportJson,
    open311Xml,
    open311Json,
    ushahidi,
    reportCsv,
    email, ///< RFC 5322
    // units
    cotXml,
    nmea, ///< 0183 with AIS
    gpx,
    positionsCsv,
};
[[nodiscard]] std::string_view
toString(Format format); // "unknown", "readings-ndjson", "report-json", "cap", "usgs-geojson" …
[[nodiscard]] std::optional<Format> formatFrom(std::string_view text);
[[nodiscard]] std::vector<Format> allFormats(); ///< but unknown

/// Ids, receivedAt and desk-given states are still empty in these: the desk fills them.
using Message = std::variant<model::Warning, model::Report, model::Earthquake, model::Reading, model::Sensor,
                             model::UnitPosition, model::FieldMessage, model::FieldMarker, model::Emergency>;

/// A part of an input that could not be decoded, whole, beside those that could: a line of readings, an alert of a
/// container, a feature of a collection, a report of an array. Its place is that in the whole input.
struct Fault {
    base::Error error;
    std::string bytes;
    std::string topic{};      ///< of the message that it came by, where there is such
    base::Time receivedAt{};  ///< when it came; nothing: about now
};

/// Something else to be fetched: a message that an index names, or the next page.
struct Link {
    std::string url; ///< as written: may be relative to the document
    std::string id;  ///< by which the index knows it
    std::optional<base::Time> updated;
    bool nextPage{false};
};

/// A file that came with a message and may be a photo: unchecked bytes of a stranger.
struct Attachment {
    std::size_t message{0}; ///< its place in Decoded::messages
    std::string bytes;
};

struct Decoded {
    Format format{Format::unknown};
    std::vector<Message> messages;
    std::vector<std::string> deviations; ///< strays from the standard, but was understood
    std::vector<Fault> faults;           ///< parts that stand alone and are bad; if all are, decode() fails instead
                                         ///< (but lines of readings are always told one by one)
    std::vector<Link> links;
    std::vector<Attachment> attachments{}; ///< for PhotoStore::keepAll
};

/// What its feed declares is put on what came: its trust on reports, warnings and earthquakes, its name on reports.
void markBy(const Source& source, Decoded& decoded);

/// Over this a message is refused before it is parsed, at the byte where it goes over.
inline constexpr std::size_t maxMessageBytes = 16U << 20U;
/// A file of readings is held decoded, at about five times its size. Larger ones: ReadingsDecoder, piece by piece.
inline constexpr std::size_t maxReadingsFileBytes = 256U << 20U;
inline constexpr std::size_t maxLineBytes = 64U << 10U;

/// Tells the format from the first bytes and the root element or first keys. Never throws, looks at 64 KiB at most.
[[nodiscard]] Format sniff(std::string_view bytes);

/// Decodes one message or file. Pure, never throws; without `format` it sniffs. Bounded in time and memory for any
/// input. `source` says how what the bytes leave open is meant.
[[nodiscard]] base::Result<Decoded> decode(std::string_view bytes, std::optional<Format> format = std::nullopt,
                                           const Source& source = {});

} // namespace tocsin::ingest
