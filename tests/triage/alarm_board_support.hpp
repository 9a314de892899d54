#pragma once

#include "tocsin/geo/measure.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <gtest/gtest.h>

namespace tocsin::triage {

using namespace std::chrono_literals;
using model::AlarmState;
using model::Grade;

inline const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
inline const model::Position vaduz = model::Position::trusted(47.141, 9.521);

struct AlarmBoardTest : testing::Test {
    base::SeededIdSource ids{noon};
    AlarmBoard board;

    model::Alarm alarm(std::string hazard, Grade severity, base::Duration at, model::Position where = vaduz) {
        model::Alarm a;
        a.id = ids.make<model::AlarmId>();
        a.hazard = std::move(hazard);
        a.rule = a.hazard + "-rule";
        a.severity = severity;
        a.raisedAt = noon + at;
        a.position = where;
        return a;
    }
    model::Alarm put(std::string hazard, Grade severity, base::Duration at, model::Position where = vaduz) {
        auto a = alarm(std::move(hazard), severity, at, where);
        board.put(a);
        return a;
    }
    /// So many that lines are groups: each far from all others.
    void crowd(std::size_t number = 11) {
        for (std::size_t i = 0; i < number; ++i)
            put("crowd", Grade::IV, 0s, model::Position::trusted(-40 + static_cast<double>(i), 9));
    }
    AlarmGroup groupOf(const model::Alarm& a) { return board.groupOf(a.id, noon).value(); }
};

inline model::Position east(double metres) {
    return geo::offset(vaduz, base::Degrees(90), base::Metres(metres));
}

inline model::Alarm mutedBy(model::Alarm alarm, const model::Alarm& other) {
    alarm.state = AlarmState::suppressed;
    alarm.suppressedBy = other.id;
    return alarm;
}

} // namespace tocsin::triage
