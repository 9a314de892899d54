#include "decode_cap_index.hpp"

#include "decode_cap_signature.hpp"
#include "decode_formats.hpp"

#include "tocsin/base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <set>

namespace tocsin::ingest {

namespace {

using base::Code;

constexpr std::size_t maxListed = 20'000;

std::string withoutReferences(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const bool amp = text.starts_with("&amp;");
        out += text.front();
        text.remove_prefix(amp ? 5 : 1);
    }
    return out;
}

bool isMessageFile(std::string_view url) {
    const std::string path = lowered(url.substr(0, url.find_first_of("?#")));
    static constexpr std::array<std::string_view, 4> ends{".xml", ".cap", ".zip", ".gz"};
    return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return path.ends_with(end); });
}

/// What web servers write behind a file's name: "16-Nov-2026 08:00" (nginx) or "2026-11-16 08:00" (Apache).
std::optional<base::Time> listedTime(std::string_view behind, const Source& source) {
    const std::size_t from = behind.find_first_of("0123456789");
    if (from == std::string_view::npos)
        return {};
    std::string text(behind.substr(from, 17));
    int day = 0;
    int year = 0;
    int hour = 0;
    int minute = 0;
    std::array<char, 4> month{};
    if (std::sscanf(text.c_str(), "%2d-%3[A-Za-z]-%4d %2d:%2d", &day, month.data(), &year, &hour, &minute) == 5) {
        static constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
        const std::size_t at = months.find(lowered(month.data()));
        if (at == std::string_view::npos || at % 3 != 0)
            return {};
        std::array<char, 64> iso{};
        std::snprintf(iso.data(), iso.size(), "%04d-%02d-%02dT%02d:%02d", year, static_cast<int>(at / 3) + 1, day, hour,
                      minute);
        text = iso.data();
    }
    const auto parsed = parseTimeIn(trimmed(std::string_view(text).substr(0, 16)), source);
    return parsed ? std::optional(*parsed) : std::nullopt;
}

base::Result<Decoded> readFolderPage(std::string_view bytes, const Source& source) {
    std::size_t bad = 0;
    if (!base::isUtf8(bytes, &bad))
        return base::fail(Code::malformed, "a byte that is not UTF-8 in a folder's page", TextLines(bytes).at(bad));
    Decoded out;
    out.format = Format::capIndex;
    std::set<std::string, std::less<>> seen;
    const std::string low = lowered(bytes);
    for (std::size_t at = low.find("<a "); at != std::string::npos; at = low.find("<a ", at + 3)) {
        const std::size_t end = low.find('>', at);
        const std::size_t href = low.find("href", at);
        if (end == std::string::npos || href > end)
            continue;
        const std::size_t open = low.find_first_of("\"'", href);
        if (open > end)
            continue;
        const std::size_t close = low.find(low[open], open + 1);
        if (close > end)
            continue;
        std::string url = withoutReferences(bytes.substr(open + 1, close - open - 1));
        if (!isMessageFile(url) || url.size() > 2'000 || findControl(url, false) != std::string::npos ||
            !seen.insert(url).second)
            continue;
        if (out.links.size() == maxListed)
            return base::fail(Code::tooLarge, "more than " + std::to_string(maxListed) + " files in a folder's page",
                              TextLines(bytes).at(at));
        Link link{url, url, {}, false};
        if (const std::size_t behind = low.find("</a>", end); behind != std::string::npos)
            link.updated = listedTime(bytes.substr(behind + 4, std::min(low.find('<', behind + 4), behind + 60) -
                                                                   (behind + 4)),
                                      source);
        out.links.push_back(std::move(link));
    }
    return out;
}

} // namespace

bool looksLikeFolderPage(std::string_view text) {
    const std::string low = lowered(text.substr(0, 4096));
    return low.find("<html") != std::string::npos &&
           (low.find("<title>index of") != std::string::npos || low.find("<h1>index of") != std::string::npos ||
            low.find("[to parent directory]") != std::string::npos);
}

base::Result<Decoded> decodeCapIndex(std::string_view bytes, const Source& source) {
    if (looksLikeFolderPage(bytes))
        return readFolderPage(bytes, source);
    auto text = XmlText::read(bytes);
    if (!text)
        return tl::unexpected<base::Error>(std::move(text.error()));
    auto feed = cap::readFeed(**text);
    if (!feed)
        return tl::unexpected<base::Error>(std::move(feed.error()));
    if (feed->alerts > 0)
        return decodeCap(bytes, source);
    if (feed->links.empty() && !feed->faults.empty())
        return tl::unexpected<base::Error>(std::move(feed->faults.front().error));
    Decoded out;
    out.format = Format::capIndex;
    out.links = std::move(feed->links);
    out.faults = std::move(feed->faults);
    if (!(*text)->deviation().empty())
        out.deviations.push_back((*text)->deviation());
    out.deviations.insert(out.deviations.end(), feed->deviations.begin(), feed->deviations.end());
    return out;
}

} // namespace tocsin::ingest
