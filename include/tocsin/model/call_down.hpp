#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::model {

inline constexpr std::size_t mostCalled = 50; ///< people of one call-down, steps of one list
/// Whether a call-down may have so many people, a list so many steps.
[[nodiscard]] inline bool mayBeCalled(std::size_t count) {
    return count > 0 && count <= mostCalled;
}
inline constexpr base::Seconds shortestTurn{30};
inline constexpr base::Seconds longestTurn{86'400};
/// Whether a turn may last so long.
[[nodiscard]] inline bool isTurn(base::Seconds time) {
    return time >= shortestTurn && time <= longestTurn; // what is no number is neither
}

/// Results that are no person's words. Only somebody who has called writes the first; the desk calls nobody, so it writes the second when a
/// turn's time is over. Journals of before have "no answer" for both.
inline constexpr const char* noAnswer = "no answer";
inline constexpr const char* turnPassed = "turn passed";

/// One who is called, in order.
struct CallDownPerson {
    std::string name;
    std::string phone;
    std::string role;
    std::optional<base::Time> askedAt; ///< when the turn began; whether anybody has called then, the result says
    std::optional<base::Time> answeredAt;
    std::string result; ///< what was said; noAnswer; turnPassed
    base::Seconds wait{}; ///< without an answer for so long it is the next one's turn; 0: the list's own time
    friend bool operator==(const CallDownPerson&, const CallDownPerson&) = default;
};

enum class CallDownState : std::uint8_t { running, answered, exhausted, ended };
[[nodiscard]] std::string_view toString(CallDownState state);
[[nodiscard]] std::optional<CallDownState> callDownStateFrom(std::string_view text);

/// A list of people who are called one after the other until one, by name, has answered.
struct CallDown {
    CallDownId id;
    std::string title;
    std::optional<IncidentId> incident;
    std::optional<ResourceId> resource;
    std::optional<CallListId> list; ///< the county's own that it was started from
    std::vector<CallDownPerson> people; ///< 1 to mostCalled
    int at{0};                          ///< whose turn it is
    base::Seconds every;                ///< without an answer for so long it is the next one's turn
    CallDownState state{CallDownState::running};
    base::Time startedAt;
    std::string startedBy;
    std::optional<base::Time> nextAt; ///< when it is the next one's turn
    std::string answeredBy;
    friend bool operator==(const CallDown&, const CallDown&) = default;
};

/// How many people's turns only passed: nobody said that they were called.
[[nodiscard]] inline int turnsPassed(const CallDown& list) {
    return static_cast<int>(std::count_if(list.people.begin(), list.people.end(), [](const auto& p) { return p.result == turnPassed; }));
}

void to_json(nlohmann::json& out, const CallDownPerson& value);
void from_json(const nlohmann::json& in, CallDownPerson& value);
void to_json(nlohmann::json& out, const CallDown& value);
void from_json(const nlohmann::json& in, CallDown& value);

} // namespace tocsin::model
