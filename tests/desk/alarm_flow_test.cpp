#include "desk/alarm_flow.hpp"

#include "desk/alarm_words.hpp"

#include <gtest/gtest.h>

// How much work alarms make: counted, for time says nothing on a busy machine.

using namespace tocsin;
using desk::AlarmBook;
using desk::AlarmFlow;
using model::AlarmState;

namespace {

constexpr int many = 10'000;

class ManyAlarms : public ::testing::Test {
  protected:
    const base::Time now = *base::parseTime("2026-11-20T08:00:00Z");
    base::SeededIdSource ids{now};
    model::State state;
    AlarmBook book{state.alarms};
    std::vector<detect::Rule> rules;
    desk::RuleTable table;

    AlarmFlow flow() { return {state, book, table, ids, now}; }
    void apply(const desk::Effect& effect) {
        for (const auto& event : effect.events) {
            for (const auto& changed : model::changesOf(event.data)) {
                model::apply(state, changed);
                book.note(std::get<model::Alarm>(changed));
            }
        }
    }
    void settle() {
        for (auto changed = book.takeUnsettled(); !changed.empty(); changed = book.takeUnsettled()) {
            for (const auto& id : changed) {
                for (auto effect = flow().settle(id); !effect.events.empty(); effect = flow().settle(id))
                    apply(effect);
            }
        }
    }
    static model::Alarm found(const std::string& rule, int number) {
        model::Alarm alarm;
        alarm.rule = rule;
        alarm.sensor = model::SensorId("s" + std::to_string(number));
        alarm.severity = model::Grade::III;
        // A county of 100 × 100 stations, some hundred metres from each other.
        alarm.position = model::Position::trusted(47 + number / 100 * 0.003, 9 + number % 100 * 0.004);
        return alarm;
    }
    void useRules(std::optional<double> metres) {
        detect::Rule power;
        power.id = "power";
        power.severity = model::Grade::II;
        power.mutes = detect::Mutes{{"pump*"}, metres, {}};
        detect::Rule pump;
        pump.id = "pump";
        rules = {power, pump};
        table = desk::RuleTable(rules);
    }
    std::size_t count(AlarmState wanted) {
        std::size_t n = 0;
        for (const auto& [id, alarm] : state.alarms)
            n += alarm.state == wanted ? 1U : 0U;
        return n;
    }
};

} // namespace

TEST_F(ManyAlarms, CostNothingToEachOther) {
    useRules({});
    for (int i = 0; i < many; ++i)
        apply(flow().raise(found("pump", i), now));
    settle();
    EXPECT_EQ(book.looked(), 0U) << "nothing stands that mutes";
    EXPECT_EQ(book.wanting().size(), static_cast<std::size_t>(many));
    for (int i = 0; i < many; ++i) {
        const auto* standing = book.active("pump", model::SensorId("s" + std::to_string(i)), {});
        ASSERT_NE(standing, nullptr);
        apply(flow().clear(*standing, now));
    }
    EXPECT_EQ(count(AlarmState::returnedUnacknowledged), static_cast<std::size_t>(many));
}

TEST_F(ManyAlarms, OneThatMutesThemAllLooksAtEachOnceAndIsOneEntryForHundreds) {
    useRules({});
    for (int i = 0; i < many; ++i)
        apply(flow().raise(found("pump", i), now));
    settle();
    auto cut = found("power", 0);
    cut.severity = model::Grade::II;
    apply(flow().raise(cut, now));
    const auto changed = book.takeUnsettled();
    ASSERT_EQ(changed.size(), 1U);
    const auto effect = flow().settle(*changed.begin());
    EXPECT_EQ(effect.events.size(), many / AlarmFlow::mostImages);
    apply(effect);
    settle();
    EXPECT_EQ(count(AlarmState::suppressed), static_cast<std::size_t>(many));
    EXPECT_LE(book.looked(), 2U * many);
    // Raised while it stands: one look each.
    const auto before = book.looked();
    for (int i = many; i < many + 1'000; ++i)
        apply(flow().raise(found("pump", i), now));
    settle();
    EXPECT_LE(book.looked() - before, 3'000U);
    EXPECT_EQ(count(AlarmState::suppressed), static_cast<std::size_t>(many) + 1'000);
    // And when it is over all come back.
    apply(flow().clear(*book.active("power", cut.sensor, {}), now));
    settle();
    EXPECT_EQ(count(AlarmState::suppressed), 0U);
    EXPECT_EQ(book.mutedBy(cut.id).size(), 0U);
}

TEST_F(ManyAlarms, WhatMutesNearItselfLooksOnlyAtItsOwnLatitudes) {
    useRules(200);
    for (int i = 0; i < many; i += 2) {
        auto cut = found("power", i);
        cut.severity = model::Grade::II;
        apply(flow().raise(cut, now));
    }
    settle();
    for (int i = 0; i < many; ++i)
        apply(flow().raise(found("pump", i), now));
    settle();
    EXPECT_EQ(count(AlarmState::suppressed), static_cast<std::size_t>(many) / 2);
    EXPECT_LE(book.looked(), 250U * many) << "a row of stations for each, not the county";
}

TEST(AlarmWords, ValuesAreShort) {
    EXPECT_EQ(desk::valueText(4.2, "m"), "4.2 m");
    EXPECT_EQ(desk::valueText(4, "m"), "4 m");
    EXPECT_EQ(desk::valueText(1013.256, "hPa"), "1013.26 hPa");
    EXPECT_EQ(desk::valueText(0.0012, ""), "0.0012");
    EXPECT_EQ(desk::valueText(-0.5, "m"), "-0.5 m");
    EXPECT_EQ(desk::valueText(0, "m"), "0 m");
}
