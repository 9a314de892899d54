#include "decode_nmea.hpp"

#include "decode_nmea_reader.hpp"
#include "decode_place.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>

namespace tocsin::ingest {

using base::Code;

namespace {

constexpr std::size_t mostLines = 200'000;

/// "$GPRMC,…", "!AIVDM,…" or the same after a tag block.
bool isSentence(std::string_view line) {
    line = trimmed(line);
    if (line.starts_with('\\')) {
        const auto end = line.find('\\', 1);
        if (end == std::string_view::npos)
            return false;
        line.remove_prefix(end + 1);
    }
    if (line.size() < 6 || (line.front() != '$' && line.front() != '!'))
        return false;
    const auto comma = line.find(',');
    if (comma == std::string_view::npos || comma < 4 || comma > 12)
        return false;
    return std::all_of(line.begin() + 1, line.begin() + static_cast<std::ptrdiff_t>(comma),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); });
}

} // namespace

bool looksLikeNmea(const Glimpse& glimpse) {
    if (glimpse.kind != Glimpse::Kind::text)
        return false;
    auto rest = glimpse.text;
    for (int line = 0; line < 16 && !rest.empty(); ++line) {
        const auto end = std::min(rest.find('\n'), rest.size());
        if (isSentence(rest.substr(0, end)))
            return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}

base::Result<Decoded> decodeNmea(std::string_view bytes, const Source& source) {
    const TextLines lines(bytes);
    NmeaReader reader(source);
    Decoded out;
    out.format = Format::nmea;
    std::size_t count = 0;
    bool any = false;
    for (std::size_t from = 0; from < bytes.size();) {
        const auto end = std::min(bytes.find('\n', from), bytes.size());
        const auto line = trimmed(bytes.substr(from, end - from));
        const std::size_t at = line.empty() ? from : static_cast<std::size_t>(line.data() - bytes.data());
        if (++count > mostLines)
            return base::fail(Code::tooLarge, "more than 200,000 lines", lines.at(from));
        if (!line.empty() && !line.starts_with('#')) {
            auto taken = reader.take(line, out.messages);
            any = any || taken.has_value();
            if (!taken) {
                auto error = std::move(taken.error());
                error.place = lines.at(std::min(at + static_cast<std::size_t>(error.place.byte.value_or(0)), bytes.size()));
                out.faults.push_back({std::move(error), std::string(line.substr(0, 4 * maxNmeaLine))});
            }
        }
        from = end + 1;
    }
    reader.flush(out.messages);
    out.deviations = reader.takeDeviations();
    if (!any && out.faults.empty())
        return base::fail(Code::malformed, "no sentence of NMEA 0183", lines.at(0));
    if (!any)
        return tl::unexpected(std::move(out.faults.front().error));
    return out;
}

} // namespace tocsin::ingest
