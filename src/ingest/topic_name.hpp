#pragma once

#include "tocsin/ingest/source.hpp"
#include "tocsin/model/unit.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// What a message's MQTT topic says of whom it is.

namespace tocsin::ingest {

/// Longer than the desk takes: what is too long is refused there and kept, not cut until two units are one.
inline constexpr std::size_t mostUnitName = 300;
/// What stands between its slashes, in order; of an empty one, one that is empty.
[[nodiscard]] std::vector<std::string_view> topicSegments(std::string_view topic);
/// Segment N of "topic:N", from 0, or from the end where it is negative.
[[nodiscard]] std::optional<std::string_view> topicSegment(std::string_view topic, std::string_view number);
/// What the last wildcard of an MQTT filter stands for in a topic: a segment for '+', all the rest for '#'. Nothing where
/// the filter has none, or the topic is not one of its.
[[nodiscard]] std::optional<std::string_view> wildcardPart(std::string_view filter, std::string_view topic);
/// How a unit is named that does not say its name: by the mapping's `unit` ("topic:N" or "=text"), else by the last
/// wildcard of the filter that the topic came by. Empty: by neither.
[[nodiscard]] std::string unitNameByTopic(const Source& source);
/// A feed's unit of this name: two feeds' units of one name are two.
[[nodiscard]] model::UnitId unitIdOf(const Source& source, std::string_view name);

} // namespace tocsin::ingest
