#include "model/alarm_life_table.hpp"

#include <gtest/gtest.h>
#include <string>
#include <utility>

using namespace tocsin;
using model::Alarm;
using model::AlarmEvent;
using model::AlarmState;

namespace {

using test::life::letterOf;
using test::life::rows;

const base::Time now = *base::parseTime("2026-11-20T08:00:00Z");
const base::Time later = now + std::chrono::minutes(5);

AlarmState stateOf(char letter) {
    switch (letter) {
    case 'N': return AlarmState::normal;
    case 'U': return AlarmState::unacknowledged;
    case 'A': return AlarmState::acknowledged;
    case 'R': return AlarmState::returnedUnacknowledged;
    case 'L':
    case 'l': return AlarmState::latched;
    case 'S':
    case 's': return AlarmState::shelved;
    case 'P':
    case 'p': return AlarmState::suppressed;
    default: return AlarmState::outOfService;
    }
}

Alarm alarmIn(char letter, bool latches) {
    Alarm alarm;
    alarm.sensor = model::SensorId("gauge");
    alarm.state = stateOf(letter);
    alarm.latching = latches;
    alarm.holds = std::string("UASPO").find(letter) != std::string::npos;
    if (letter == 'A' || letter == 'l') {
        alarm.acknowledgedAt = now;
        alarm.acknowledgedBy = "before";
    }
    if (letter == 'S' || letter == 's')
        alarm.until = later;
    return alarm;
}

} // namespace

TEST(AlarmLife, WhatComesBackIntoSightLatchedIsToBeSeenAgain) {
    auto alarm = alarmIn('l', true);
    for (const auto& [away, back] : {std::pair{AlarmEvent::shelve, AlarmEvent::unshelve}, std::pair{AlarmEvent::suppress, AlarmEvent::unsuppress},
                                     std::pair{AlarmEvent::takeOut, AlarmEvent::putBack}}) {
        const auto aside = model::after(alarm, away, later, "M. Keller", "because");
        ASSERT_TRUE(aside);
        const auto again = model::after(*aside, back, later, "M. Keller", "because");
        ASSERT_TRUE(again);
        EXPECT_EQ(letterOf(*again), 'L') << model::toString(back);
        EXPECT_TRUE(model::wantsAcknowledgement(*again));
    }
}

TEST(AlarmLife, EveryStateAndEventDoAsTheTableSays) {
    for (const bool latches : {false, true}) {
        const auto all = rows(latches);
        EXPECT_EQ(all.size(), 12U * 10U);
        for (const auto& row : all) {
            const auto before = alarmIn(row.from, latches);
            const auto state = model::stateAfter(before, row.event);
            const auto after = model::after(before, row.event, later, "M. Keller", "because");
            const auto what = std::string(1, row.from) + " " + std::string(model::toString(row.event)) +
                              (latches ? " latching" : "");
            ASSERT_EQ(state.has_value(), row.to != '.') << what;
            ASSERT_EQ(after.has_value(), state.has_value()) << what;
            if (!after)
                continue;
            EXPECT_EQ(*state, after->state) << what;
            EXPECT_EQ(letterOf(*after), row.to) << what;
        }
    }
}

TEST(AlarmLife, WhatBelongsToAStateEndsWithIt) {
    for (const bool latches : {false, true}) {
        for (const auto& row : rows(latches)) {
            auto before = alarmIn(row.from, latches);
            before.escalatesAt = model::wantsAcknowledgement(before) ? std::optional(later) : std::nullopt;
            if (row.from == 'P' || row.from == 'p')
                before.suppressedBy = model::AlarmId{base::SeededIdSource(now).next()};
            const auto after = model::after(before, row.event, later, "M. Keller", "because");
            if (!after)
                continue;
            const auto what = std::string(1, row.from) + " " + std::string(model::toString(row.event));
            const bool aside = model::isSetAside(after->state);
            EXPECT_TRUE(aside || after->stateReason.empty()) << what;
            EXPECT_TRUE(aside || after->stateBy.empty()) << what;
            EXPECT_TRUE(after->state == AlarmState::shelved || !after->until) << what;
            EXPECT_TRUE(after->state == AlarmState::suppressed || !after->suppressedBy) << what;
            EXPECT_TRUE(model::wantsAcknowledgement(*after) || !after->escalatesAt) << what;
            EXPECT_TRUE(!model::wantsAcknowledgement(before) || !model::wantsAcknowledgement(*after) || after->escalatesAt)
                << what << ": nobody has seen it since";
            EXPECT_TRUE(!after->holds || !after->returnedAt) << what;
            if (after->state == AlarmState::unacknowledged) {
                EXPECT_FALSE(after->acknowledgedAt) << what;
                EXPECT_TRUE(after->acknowledgedBy.empty()) << what;
            }
        }
    }
}

TEST(AlarmLife, WhoAndWhenAreWrittenDown) {
    auto seen = model::after(alarmIn('U', false), AlarmEvent::acknowledge, later, "M. Keller");
    ASSERT_TRUE(seen);
    EXPECT_EQ(seen->acknowledgedBy, "M. Keller");
    EXPECT_EQ(seen->acknowledgedAt, later);
    auto shelved = model::after(*seen, AlarmEvent::shelve, later, "R. Ospelt", "gauge is cleaned");
    ASSERT_TRUE(shelved);
    EXPECT_EQ(shelved->stateBy, "R. Ospelt");
    EXPECT_EQ(shelved->stateReason, "gauge is cleaned");
    auto reset = model::after(alarmIn('L', true), AlarmEvent::reset, later, "M. Keller");
    ASSERT_TRUE(reset);
    EXPECT_EQ(reset->acknowledgedBy, "M. Keller") << "who resets it has seen it";
    auto gone = model::after(alarmIn('U', false), AlarmEvent::clear, later, "desk");
    ASSERT_TRUE(gone);
    EXPECT_EQ(gone->returnedAt, later);
}
