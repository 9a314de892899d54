#include "ingest/topic_name.hpp"

#include "ingest/decode_unit_text.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace tocsin::ingest {

namespace {

/// The first segment, which is taken off; `last` says that there is no other.
std::string_view takeSegment(std::string_view& rest, bool& last) {
    const auto slash = std::min(rest.find('/'), rest.size());
    const auto segment = rest.substr(0, slash);
    last = slash == rest.size();
    rest.remove_prefix(last ? slash : slash + 1);
    return segment;
}

} // namespace

std::vector<std::string_view> topicSegments(std::string_view topic) {
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at <= topic.size();) {
        const auto end = std::min(topic.find('/', at), topic.size());
        out.push_back(topic.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::optional<std::string_view> topicSegment(std::string_view topic, std::string_view number) {
    int wanted = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), wanted);
    if (error != std::errc{} || end != number.data() + number.size())
        return {};
    const auto segments = topicSegments(topic);
    if (wanted < 0)
        wanted += static_cast<int>(segments.size());
    if (topic.empty() || wanted < 0 || static_cast<std::size_t>(wanted) >= segments.size())
        return {};
    return segments[static_cast<std::size_t>(wanted)];
}

std::optional<std::string_view> wildcardPart(std::string_view filter, std::string_view topic) {
    if (filter.starts_with("$share/")) { // "$share/GROUP/FILTER"
        const auto end = filter.find('/', 7);
        filter.remove_prefix(end == std::string_view::npos ? filter.size() : end + 1);
    }
    std::optional<std::string_view> found;
    bool filterEnds = filter.empty();
    bool topicEnds = topic.empty();
    while (!filterEnds) {
        const auto rest = topic;
        const bool none = topicEnds;
        const auto level = takeSegment(filter, filterEnds);
        if (level == "#") // "a/#" is "a", too
            return none ? found : std::optional(rest);
        if (none)
            return {};
        const auto segment = takeSegment(topic, topicEnds);
        if (level == "+")
            found = segment;
        else if (level != segment)
            return {};
    }
    return topicEnds ? found : std::nullopt;
}

std::string unitNameByTopic(const Source& source) {
    const std::string_view spec = source.mapping.unit;
    if (spec.starts_with('='))
        return units::oneLine(spec.substr(1), mostUnitName);
    if (spec.starts_with("topic:"))
        if (const auto segment = topicSegment(source.topic, spec.substr(6)); segment && !segment->empty())
            return units::oneLine(*segment, mostUnitName);
    for (const auto& filter : source.topics)
        if (const auto part = wildcardPart(filter, source.topic); part && !part->empty())
            return units::oneLine(*part, mostUnitName);
    return {};
}

model::UnitId unitIdOf(const Source& source, std::string_view name) {
    return model::UnitId(units::oneLine((source.feed.empty() ? std::string("json") : source.feed) + "/" + std::string(name), 2 * mostUnitName));
}

} // namespace tocsin::ingest
