#pragma once

#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/profile.hpp"

#include <map>
#include <optional>
#include <vector>

namespace tocsin::gui {

/// What is amiss with one that was sent; the desk raises an alarm for each, by the same limits.
enum class Worry : std::uint8_t { silent, overdue, notAccepted, notDeparted, closure, crewHours };
inline constexpr int worries = 6;

/// How one that was sent is getting on at a moment.
struct Followed {
    model::AssignmentId id;
    std::vector<Worry> worries;           ///< gravest first
    model::Grade severity{model::Grade::III}; ///< of the alarm that the desk raises for them
    /// Until arrival; negative: late. Before departure: of the whole way, and until it usually sets out. By another way where its own is blocked; absent: none is left.
    std::optional<base::Seconds> left;
    base::Seconds turnout;                ///< what is left until it usually sets out, in the figures beside; 0: not known, or over
    base::Seconds leftLow;                ///< both 0: no interval is known
    base::Seconds leftHigh;
    bool moving{false};                   ///< the figures run
    base::Time since;                     ///< of the step that it is at
    base::Duration late{0};               ///< beyond the limit of its gravest worry
    base::Duration bound{0};              ///< on assignments within 24 h, this and others
    double limitHours{0};                 ///< 0: none
    std::optional<model::DrawingId> closure;
    double urgency{0};                    ///< the greater, the sooner somebody must look

    [[nodiscard]] bool has(Worry worry) const;
};

/// All that run, and those released within `keep`, most urgent first. Pure; the limits are those of tocsin/desk/follow.hpp. `profiles`: by
/// which a closure by water or weight is judged for a vehicle's class; may be null.
[[nodiscard]] std::vector<Followed> followAll(const model::State& state,
                                              const std::map<model::UnitId, desk::UnitNow>& units,
                                              const desk::DispatchRules& rules, base::Time now,
                                              base::Duration keep = std::chrono::hours(1),
                                              const std::vector<route::Profile>* profiles = nullptr);

} // namespace tocsin::gui
