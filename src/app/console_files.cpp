#include "app/console_files.hpp"

#include <algorithm>
#include <cstdio>
#include <string_view>

namespace tocsin::app {

using ingest::Format;

namespace {

constexpr std::size_t mostLines = 20; ///< of each sort below a file

std::string more(std::size_t all) {
    return all <= mostLines ? std::string() : "\n  and " + std::to_string(all - mostLines) + " more";
}

} // namespace

std::string kindWords(const std::map<std::string, std::size_t>& kinds) {
    std::string out;
    for (const auto& [kind, count] : kinds)
        out += (out.empty() ? "" : ", ") + std::to_string(count) + " " + kind;
    return out;
}

std::string sentence(const ingest::FileResult& result) {
    std::string out = forTerminal(result.file) + ": " + std::string(toString(result.outcome));
    if (result.format != Format::unknown)
        out += " (" + std::string(toString(result.format)) + ")";
    if (!result.reason.empty())
        out += ": " + forTerminal(base::Error{base::Code::malformed, result.reason, result.place}.describe());
    if (!result.kinds.empty())
        out += "\n  holds: " + kindWords(result.kinds);
    const auto faults = std::max<std::size_t>(result.faults.size(), 1) - 1; // the first stands above
    for (std::size_t i = 1; i <= std::min(faults, mostLines); ++i)
        out += "\n  also: " + forTerminal(result.faults[i].describe());
    out += more(std::max(faults, std::max<std::size_t>(result.counts.quarantined, 1) - 1));
    std::map<std::string_view, std::size_t> times; // a file of a thousand lines strays in a few ways
    std::vector<std::string_view> deviations;
    for (const auto& deviation : result.deviations)
        if (++times[deviation] == 1)
            deviations.push_back(deviation);
    for (std::size_t i = 0; i < std::min(deviations.size(), mostLines); ++i) {
        const auto count = times[deviations[i]];
        out += "\n  deviates: " + forTerminal(deviations[i]) + (count > 1 ? " (" + std::to_string(count) + " times)" : "");
    }
    return out + more(deviations.size());
}

std::optional<std::optional<Format>> wantedFormat(const std::string& text) {
    if (text.empty())
        return std::optional<Format>{};
    const auto format = ingest::formatFrom(text);
    if (!format || *format == Format::unknown) {
        std::string known;
        for (const Format one : ingest::allFormats())
            known += (known.empty() ? "" : ", ") + std::string(toString(one));
        std::fprintf(stderr, "tocsin: no format '%s'; there are: %s\n", text.c_str(), known.c_str());
        return std::nullopt;
    }
    return format;
}

base::Result<std::optional<ingest::FeedConfig>> feedOf(const FilesOptions& options, const std::vector<ingest::FeedConfig>& feeds) {
    if (options.feed.empty())
        return std::nullopt;
    for (const auto& feed : feeds)
        if (feed.name == options.feed)
            return feed;
    return base::fail(base::Code::notFound, "config.toml has no feed '" + options.feed + "'");
}

std::optional<Format> formatOf(std::optional<Format> asked, const std::optional<ingest::FeedConfig>& feed) {
    if (asked || !feed || feed->declared() == Format::unknown)
        return asked;
    return feed->declared();
}

} // namespace tocsin::app
