#include "ingest/feed_lines.hpp"

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

DecodedLines decodeLines(std::string& bytes, const ReadingsDecoder::Progress& before) {
    DecodedLines result;
    const std::size_t size = bytes.size();
    if (!bytes.ends_with('\n'))
        bytes += '\n';
    const std::size_t whole = bytes.size();
    bytes.append(ReadingsDecoder::padding, ' ');
    ReadingsDecoder decoder;
    decoder.decodeLines(std::string_view(bytes).substr(0, whole), before, result.readings, result.faults);
    bytes.resize(size);
    std::uint64_t line = before.lines;
    std::uint64_t ordinal = 0;
    std::size_t at = 0;
    for (const auto& fault : result.faults) { // in the order of their lines
        while (line < fault.error.place.line.value_or(0) && at < size) {
            auto end = bytes.find('\n', at);
            end = end == std::string::npos ? size : end;
            ordinal += isBlank(std::string_view(bytes).substr(at, end - at)) ? 0 : 1;
            ++line;
            at = end + 1;
        }
        result.faultOrdinals.push_back(ordinal);
    }
    return result;
}

} // namespace tocsin::ingest
