#include "ingest/feed_lines.hpp"

#include <algorithm>

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

DecodedRows decodeRows(std::string& bytes, std::size_t expected, const Source& source,
                       const model::ReadingRows& tables) {
    DecodedRows result;
    result.rows.sensors = tables.sensors;
    result.rows.units = tables.units;
    result.rows.rows.reserve(expected);
    withPadding(bytes, [&](std::string_view lines) {
        ReadingsDecoder decoder(source);
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

OtherLines decodeOther(const std::string& bytes, const std::string& heading, Format format, const Source& source) {
    OtherLines result;
    const std::string whole = heading.empty() ? bytes : heading + bytes;
    auto decoded = decode(whole, format, source);
    if (decoded) {
        result.decoded = std::move(*decoded);
    } else {
        result.decoded.format = format;
        result.decoded.faults.push_back({std::move(decoded.error()), whole});
    }
    const std::uint64_t before = heading.empty() ? 0 : 1;
    for (auto& fault : result.decoded.faults)
        if (auto& line = fault.error.place.line)
            *line = *line > before ? *line - before : 1;
    result.faultOrdinals = ordinalsOf(result.decoded.faults, bytes, 0);
    return result;
}

} // namespace tocsin::ingest
