#pragma once

#include "tocsin/base/time.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::desk {

/// The rules that stand in no file: silence, beacons from the field, and what is amiss with those that were sent.
[[nodiscard]] std::span<const std::string_view> desksOwnRules();
[[nodiscard]] bool isDesksOwn(std::string_view rule);

/// What a county says of alarms of one of those rules (`[alarms.own]` in config.toml). What it does not say is as usual.
struct OwnAlarm {
    std::optional<base::Duration> escalateAfter{};  ///< as in detect::Rule; 0: never
    std::optional<std::vector<std::string>> tell{}; ///< who is to be told
    std::optional<int> flapCount{};                 ///< as in detect::Rule; 0: never
    std::optional<base::Duration> flapWithin{};
    friend bool operator==(const OwnAlarm&, const OwnAlarm&) = default;
};
/// By the rule; "*": of all for which neither the county nor the program says another thing.
using OwnAlarms = std::map<std::string, OwnAlarm, std::less<>>;

} // namespace tocsin::desk
