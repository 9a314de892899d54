#include "ingest/feed_lines.hpp"

#include "ingest/decode_csv_readings.hpp"
#include "ingest/decode_json.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace tocsin::ingest {

bool isBlank(std::string_view line) {
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line.find_first_not_of(" \t") == std::string_view::npos;
}

LineCut cutLines(std::string_view text, std::size_t mostLines, std::size_t mostBytes) {
    LineCut cut;
    while (cut.lines < mostLines) {
        const auto end = text.find('\n', cut.bytes);
        if (end == std::string_view::npos || (end + 1 > mostBytes && cut.lines > 0))
            break;
        if (!isBlank(text.substr(cut.bytes, end - cut.bytes)))
            ++cut.counted;
        ++cut.lines;
        cut.bytes = end + 1;
    }
    return cut;
}

namespace {

/// For each fault: its line among these that are not blank, from 1.
std::vector<std::uint64_t> ordinalsOf(const std::vector<Fault>& faults, std::string_view bytes, std::uint64_t before) {
    std::vector<std::uint64_t> ordinals;
    std::uint64_t line = before;
    std::uint64_t ordinal = 0;
    std::size_t at = 0;
    for (const auto& fault : faults) { // in the order of their lines
        while (line < fault.error.place.line.value_or(0) && at < bytes.size()) {
            const auto end = std::min(bytes.find('\n', at), bytes.size());
            if (!isBlank(bytes.substr(at, end - at)))
                ++ordinal;
            ++line;
            at = end + 1;
        }
        ordinals.push_back(std::max<std::uint64_t>(ordinal, 1));
    }
    return ordinals;
}

/// Shows `decode` the lines with an end to the last one, and padding behind them.
template <typename Decode>
void withPadding(std::string& bytes, const Decode& decode) {
    const std::size_t size = bytes.size();
    if (!bytes.ends_with('\n'))
        bytes += '\n';
    const std::size_t whole = bytes.size();
    bytes.append(ReadingsDecoder::padding, ' ');
    decode(std::string_view(bytes).substr(0, whole));
    bytes.resize(size);
}

bool isNumber(std::string_view field) {
    const auto at = field.find_first_not_of(" \t\"'+-.");
    return at != std::string_view::npos && field[at] >= '0' && field[at] <= '9';
}

} // namespace

DecodedLines decodeLines(std::string& bytes, const ReadingsDecoder::Progress& before) {
    DecodedLines result;
    withPadding(bytes, [&](std::string_view lines) {
        ReadingsDecoder decoder;
        decoder.decodeLines(lines, before, result.readings, result.faults);
    });
    result.faultOrdinals = ordinalsOf(result.faults, bytes, before.lines);
    return result;
}

DecodedRows decodeRows(std::string& bytes, std::size_t expected, const Source& source, base::Time received,
                       const model::ReadingRows& tables) {
    DecodedRows result;
    result.rows.sensors = tables.sensors;
    result.rows.units = tables.units;
    result.rows.rows.reserve(expected);
    withPadding(bytes, [&](std::string_view lines) {
        ReadingsDecoder decoder(source);
        decoder.came(received);
        decoder.decodeLines(lines, {}, result.rows, result.faults);
    });
    result.faultOrdinals = ordinalsOf(result.faults, bytes, 0);
    return result;
}

bool isHeading(std::string_view line) {
    while (!line.empty()) {
        const auto end = std::min(line.find_first_of(",;\t"), line.size());
        if (isNumber(line.substr(0, end)))
            return false;
        line.remove_prefix(std::min(end + 1, line.size()));
    }
    return true;
}

bool isTable(Format format) {
    return format == Format::readingsCsv || format == Format::positionsCsv || format == Format::reportCsv;
}

std::string headingOf(std::string_view lines) {
    while (!lines.empty()) {
        const auto end = std::min(lines.find('\n'), lines.size());
        const auto line = lines.substr(0, end);
        if (!isBlank(line))
            return end < lines.size() && isHeading(line) ? std::string(lines.substr(0, end + 1)) : std::string();
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return {};
}

Format formatOfLines(std::string_view lines) {
    static constexpr std::array<Format, 10> known{
        Format::readingsNdjson, Format::readingsCsv,  Format::chirpstack, Format::theThingsStack, Format::tasmota,
        Format::sensorThings,   Format::reportJson,   Format::reportCsv,  Format::nmea,           Format::positionsCsv};
    constexpr std::size_t looked = 8U << 10U;
    if (lines.size() > looked)
        lines = lines.substr(0, std::min(lines.find('\n', looked), lines.size()));
    const auto format = sniff(lines);
    if (std::find(known.begin(), known.end(), format) != known.end())
        return format;
    // A heading may come alone, its rows later.
    const auto heading = headingOf(lines);
    return isReadingsHeading(trimmed(heading)) ? Format::readingsCsv : Format::unknown;
}

namespace {

/// One document a line, by what their senders do.
bool isJson(Format format) {
    static constexpr std::array<Format, 8> all{Format::mappedJson,   Format::chirpstack, Format::theThingsStack,
                                               Format::tasmota,      Format::sensorThings, Format::reportJson,
                                               Format::open311Json, Format::ushahidi};
    return std::find(all.begin(), all.end(), format) != all.end();
}

bool beginsDocument(std::string_view line) {
    line = trimmed(line);
    return line.starts_with('{') || line.starts_with('[');
}

/// Whose decoders take a document a line, and describe a sensor once for all of them.
bool takesMany(Format format) {
    return format == Format::mappedJson || format == Format::chirpstack || format == Format::theThingsStack ||
           format == Format::sensorThings;
}

/// Lines that may be decoded together (`many`): those of a piece begin with one that is JSON, so that none spoils
/// another. All else stands alone.
std::vector<std::string_view> piecesOf(std::string_view bytes, bool many) {
    std::vector<std::string_view> pieces;
    std::size_t begin = 0; // of the piece that is being gathered
    bool gathering = false;
    for (std::size_t at = 0; at < bytes.size();) {
        const auto end = std::min(bytes.find('\n', at), bytes.size() - 1) + 1;
        const auto line = bytes.substr(at, end - at);
        at = end;
        if (trimmed(line).empty())
            continue;
        const bool joins = many && beginsDocument(line) && (gathering || !checkJson(trimmed(line)));
        if (joins) {
            if (!std::exchange(gathering, true))
                begin = end - line.size();
            continue;
        }
        if (std::exchange(gathering, false))
            pieces.push_back(bytes.substr(begin, end - line.size() - begin));
        pieces.push_back(line.substr(0, line.find_last_not_of("\r\n") + 1)); // its fault's place is within the line
    }
    if (gathering)
        pieces.push_back(bytes.substr(begin));
    return pieces;
}

void append(Decoded& to, Decoded&& part) {
    constexpr std::size_t mostDeviations = 500;
    for (auto& attachment : part.attachments)
        to.attachments.push_back({to.messages.size() + attachment.message, std::move(attachment.bytes)});
    std::move(part.messages.begin(), part.messages.end(), std::back_inserter(to.messages));
    std::move(part.faults.begin(), part.faults.end(), std::back_inserter(to.faults));
    std::move(part.links.begin(), part.links.end(), std::back_inserter(to.links));
    for (auto& deviation : part.deviations)
        if (to.deviations.size() < mostDeviations &&
            std::find(to.deviations.begin(), to.deviations.end(), deviation) == to.deviations.end())
            to.deviations.push_back(std::move(deviation));
}

/// Decodes a part of a stream; what cannot be is one fault with its place in the whole.
Decoded decodePiece(std::string_view piece, std::uint64_t linesBefore, std::size_t bytesBefore, Format format,
                    const Source& source) {
    auto decoded = decode(piece, format, source);
    // A bare word says something only where the mapping asks for one; else it is a line that nobody understood.
    if (decoded && format == Format::mappedJson && decoded->messages.empty() && decoded->faults.empty() &&
        !beginsDocument(piece))
        if (const auto objection = checkJson(trimmed(piece)))
            decoded = base::fail(base::Code::malformed, "no JSON, and no value for the mapping: " + objection->message,
                                 {.line = 1, .column = 1, .byte = 0});
    Decoded out;
    if (decoded) {
        out = std::move(*decoded);
    } else {
        out.format = format;
        out.faults.push_back({std::move(decoded.error()), std::string(piece)});
    }
    for (auto& fault : out.faults) {
        auto& place = fault.error.place;
        place.line = place.line.value_or(1) + linesBefore;
        place.byte = place.byte.value_or(0) + bytesBefore;
    }
    return out;
}

Decoded decodePieces(std::string_view bytes, Format format, const Source& source) {
    Decoded out;
    out.format = format;
    std::size_t at = 0;
    std::uint64_t lines = 0;
    for (const auto piece : piecesOf(bytes, takesMany(format))) {
        const auto begin = static_cast<std::size_t>(piece.data() - bytes.data());
        lines += static_cast<std::uint64_t>(std::count(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                                                       bytes.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
        at = begin;
        append(out, decodePiece(piece, lines, begin, format, source));
    }
    return out;
}

} // namespace

OtherLines decodeOther(const std::string& bytes, const std::string& heading, Format format, const Source& source) {
    OtherLines result;
    const std::string whole = heading.empty() ? bytes : heading + bytes;
    // One document over several lines is taken as that; else each line is one.
    const bool lines = isJson(format) && checkJson(trimmed(whole));
    result.decoded = lines ? decodePieces(whole, format, source) : decodePiece(whole, 0, 0, format, source);
    const std::uint64_t before = heading.empty() ? 0 : 1;
    for (auto& fault : result.decoded.faults)
        if (auto& line = fault.error.place.line)
            *line = *line > before ? *line - before : 1;
    result.faultOrdinals = ordinalsOf(result.decoded.faults, bytes, 0);
    return result;
}

} // namespace tocsin::ingest
