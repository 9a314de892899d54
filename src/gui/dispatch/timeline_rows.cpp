#include "gui/dispatch/timeline_rows.hpp"

#include "gui/dispatch/follow_state.hpp"
#include "tocsin/base/seconds.hpp"
#include "tocsin/desk/follow.hpp"
#include "tocsin/model/crew_hours.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace tocsin::gui {

namespace {

TimelineBar barOf(const model::Assignment& one, base::Time now) {
    TimelineBar bar;
    bar.assignment = one.id;
    bar.incident = one.incident;
    bar.running = one.state != model::AssignmentState::released;
    bar.from = one.proposedAt;
    bar.until = std::max(one.releasedAt.value_or(now), one.proposedAt);
    bar.arrived = one.arrivedAt.value_or(bar.until);
    bar.departed = one.departedAt.value_or(bar.arrived);
    bar.accepted = one.acceptedAt.value_or(bar.departed);
    bar.untold = one.arrivedAt && !one.departedAt && one.purpose != model::Purpose::shelter;
    if (one.eta.value > 0 && one.purpose != model::Purpose::shelter && !bar.untold && (one.departedAt || bar.running)) {
        const auto start = one.departedAt.value_or(now + base::toDuration(model::untilItSetsOut(one, now)));
        bar.predicted = start + base::toDuration(one.eta);
        bar.earliest = one.etaHigh.value > 0 ? start + base::toDuration(one.etaLow) : *bar.predicted;
        bar.latest = one.etaHigh.value > 0 ? start + base::toDuration(one.etaHigh) : *bar.predicted;
        if (const auto left = model::leftByOtherWay(one, now))
            bar.predicted = bar.earliest = bar.latest = now + base::toDuration(*left);
        if (one.arrivedAt && one.departedAt)
            bar.behind = *one.arrivedAt - *bar.predicted;
    }
    return bar;
}

} // namespace

std::vector<TimelineRow> timelineRows(const model::State& state, const desk::DispatchRules& rules, base::Time from,
                                      base::Time to, base::Time now) {
    std::map<model::ResourceId, TimelineRow> rows;
    for (const auto& [id, one] : state.assignments) {
        const auto bar = barOf(one, now);
        if (bar.from > to || bar.until < from)
            continue;
        rows[one.resource].bars.push_back(bar);
    }
    const auto hours = model::hoursBound(state, now);
    std::vector<TimelineRow> out;
    out.reserve(rows.size());
    for (auto& [id, row] : rows) {
        row.resource = id;
        std::stable_sort(row.bars.begin(), row.bars.end(), [](const auto& a, const auto& b) { return a.from < b.from; });
        if (const auto bound = hours.find(id); bound != hours.end())
            row.bound = bound->second;
        const auto resource = state.resources.find(id);
        if (resource != state.resources.end()) {
            row.duty = resource->second.duty;
            row.limitHours = resource->second.crewHours > 0 ? resource->second.crewHours : rules.crewHours;
        }
        const bool runs = std::any_of(row.bars.begin(), row.bars.end(), [](const auto& bar) { return bar.running; });
        if (runs && row.limitHours > 0 && row.bound > base::Duration{0})
            row.limitReached = now + (base::toDuration(base::Seconds(row.limitHours * 3600)) - row.bound);
        out.push_back(std::move(row));
    }
    std::stable_sort(out.begin(), out.end(), [](const TimelineRow& a, const TimelineRow& b) {
        const auto runs = [](const TimelineRow& row) {
            return std::any_of(row.bars.begin(), row.bars.end(), [](const auto& bar) { return bar.running; });
        };
        if (runs(a) != runs(b))
            return runs(a);
        return runs(a) ? a.bars.back().from < b.bars.back().from : a.bars.back().until > b.bars.back().until;
    });
    return out;
}

} // namespace tocsin::gui
