#pragma once

#include "tocsin/desk/dispatch_rules.hpp"
#include "tocsin/model/state.hpp"

#include <optional>
#include <vector>

namespace tocsin::gui {

/// One assignment on a resource's line.
struct TimelineBar {
    model::AssignmentId assignment;
    model::IncidentId incident;
    base::Time from;                     ///< proposed
    base::Time accepted;                 ///< each step's beginning; where it has not come yet, the bar's end
    base::Time departed;
    base::Time arrived;
    base::Time until;                    ///< released, or now
    bool running{false};
    bool untold{false};                  ///< arrived, and nobody said when it had set out: no prediction can be held against it
    std::optional<base::Time> predicted; ///< arrival; before the departure as if it left now
    base::Time earliest;                 ///< with `predicted`: nine of ten between these; equal: not known
    base::Time latest;
    std::optional<base::Duration> behind; ///< arrived: against the prediction; negative: earlier
};

struct TimelineRow {
    model::ResourceId resource;
    std::vector<TimelineBar> bars; ///< by beginning
    std::vector<model::DutyTurn> duty;
    base::Duration bound{0};                ///< on assignments within 24 h
    double limitHours{0};                   ///< 0: none
    std::optional<base::Time> limitReached; ///< when it runs on as it does; may be past
};

/// Resources that have an assignment between `from` and `to`: those at work first, then by their last end. Pure.
[[nodiscard]] std::vector<TimelineRow> timelineRows(const model::State& state, const desk::DispatchRules& rules,
                                                    base::Time from, base::Time to, base::Time now);

} // namespace tocsin::gui
