#include "ingest/feed_lines.hpp"

#include <algorithm>
#include <cstring>
#include <variant>

namespace tocsin::ingest {

namespace {

/// The line at the start of `text`, with its end.
std::string_view firstLine(std::string_view text) {
    const auto end = text.find('\n');
    return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

void take(DecodedLines& to, Decoded&& from) {
    to.readings.reserve(to.readings.size() + from.messages.size());
    for (auto& message : from.messages)
        if (auto* reading = std::get_if<model::Reading>(&message))
            to.readings.push_back(std::move(*reading));
    for (auto& fault : from.faults)
        to.faults.push_back(std::move(fault));
    for (auto& deviation : from.deviations)
        to.deviations.push_back(std::move(deviation));
}

/// Line by line, for input that the decoder refuses as a whole.
void decodeSingly(DecodedLines& to, std::string_view bytes) {
    std::uint64_t number = 0;
    for (std::uint64_t at = 0; at < bytes.size();) {
        const auto line = firstLine(bytes.substr(at));
        ++number;
        if (!isBlank(line)) {
            auto decoded = decode(line, Format::readingsNdjson);
            if (!decoded) {
                auto error = std::move(decoded.error());
                error.place.line = number;
                error.place.byte = at + error.place.byte.value_or(0);
                to.faults.push_back({std::move(error), std::string(line)});
            } else {
                for (auto& fault : decoded->faults) {
                    fault.error.place.line = number;
                    fault.error.place.byte = at + fault.error.place.byte.value_or(0);
                }
                take(to, std::move(*decoded));
            }
        }
        at += line.size();
    }
}

} // namespace

bool isBlank(std::string_view line) {
    return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
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

DecodedLines decodeLines(std::string_view bytes) {
    DecodedLines result;
    if (auto decoded = decode(bytes, Format::readingsNdjson))
        take(result, std::move(*decoded));
    else
        decodeSingly(result, bytes);
    if (result.faults.empty())
        return result;
    std::stable_sort(result.faults.begin(), result.faults.end(), [](const Fault& a, const Fault& b) {
        return a.error.place.line.value_or(0) < b.error.place.line.value_or(0);
    });
    std::uint64_t line = 0;
    std::uint64_t ordinal = 0;
    std::size_t at = 0;
    for (const auto& fault : result.faults) {
        while (line < fault.error.place.line.value_or(1) && at < bytes.size()) {
            const auto text = firstLine(bytes.substr(at));
            ordinal += isBlank(text) ? 0 : 1;
            ++line;
            at += text.size();
        }
        result.faultOrdinals.push_back(ordinal);
    }
    return result;
}

} // namespace tocsin::ingest
