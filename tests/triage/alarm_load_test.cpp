#include "triage/alarm_board_support.hpp"

#include <gmock/gmock.h>
#include <set>

namespace tocsin::triage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

TEST_F(AlarmBoardTest, TheLoadIsJudgedAsEemuaDoes) {
    using enum AlarmLoad::Judgement;
    EXPECT_EQ(board.load(noon).judgement, calm);
    put("flood", Grade::III, 0s);
    EXPECT_EQ(board.load(noon).judgement, calm);
    EXPECT_EQ(board.load(noon - 1s).perTenMinutes, 0) << "what is raised later does not count yet";
    put("flood", Grade::III, 10s);
    EXPECT_EQ(board.load(noon + 10s).judgement, busy);
    EXPECT_EQ(board.load(noon + 10min).judgement, calm) << "ten minutes ago is not within ten minutes";
    for (int i = 0; i < 8; ++i)
        put("flood", Grade::III, 20s);
    EXPECT_EQ(board.load(noon + 1min).judgement, heavy);
    EXPECT_FALSE(board.load(noon + 1min).flood);
    put("flood", Grade::III, 30s);
    const auto load = board.load(noon + 1min);
    EXPECT_EQ(load.judgement, AlarmLoad::Judgement::flood);
    EXPECT_TRUE(load.flood);
    EXPECT_EQ(load.floodSince, noon + 30s);
    EXPECT_EQ(load.perTenMinutes, 11);
    EXPECT_EQ(load.mostInAMinute, 11U);
    EXPECT_EQ(load.standing, 11U);
    EXPECT_EQ(load.unacknowledged, 11U);
}

TEST_F(AlarmBoardTest, AFloodLastsUntilThereAreFewerThanFive) {
    for (int i = 0; i < 12; ++i)
        put("flood", Grade::III, std::chrono::minutes(i / 2));
    EXPECT_TRUE(board.load(noon + 5min).flood);
    EXPECT_TRUE(board.load(noon + 12min).flood) << "six are left";
    EXPECT_EQ(board.load(noon + 12min).judgement, AlarmLoad::Judgement::heavy);
    EXPECT_FALSE(board.load(noon + 13min).flood) << "four are left";
    put("flood", Grade::III, 14min);
    EXPECT_FALSE(board.load(noon + 14min).flood) << "and it does not begin again with the next";
}

TEST_F(AlarmBoardTest, WhatIsMutedAsksNobody) {
    const auto main = put("water", Grade::II, 0s);
    for (int i = 0; i < 20; ++i) {
        auto drop = alarm("pressure", Grade::III, 1s);
        board.put(drop);
        board.put(mutedBy(drop, main));
    }
    const auto load = board.load(noon + 1min);
    EXPECT_EQ(load.perTenMinutes, 1);
    EXPECT_EQ(load.standing, 1U);
    EXPECT_EQ(load.setAside, 20U);
}

TEST_F(AlarmBoardTest, WhatComesBackInSightOrAgainAsksOnceMore) {
    const auto main = put("water", Grade::II, 0s);
    std::vector<model::Alarm> drops;
    for (int i = 0; i < 12; ++i) {
        drops.push_back(mutedBy(alarm("pressure", Grade::III, 1s), main));
        board.put(drops.back());
    }
    EXPECT_EQ(board.load(noon + 1min).perTenMinutes, 1);
    for (auto& drop : drops) { // what muted them is gone, an hour later
        drop.state = AlarmState::unacknowledged;
        drop.suppressedBy.reset();
        drop.askedAt = noon + 1h;
        board.put(drop);
    }
    const auto load = board.load(noon + 1h + 1s);
    EXPECT_EQ(load.perTenMinutes, 12);
    EXPECT_TRUE(load.flood);
    EXPECT_EQ(load.floodSince, noon + 1h);
    EXPECT_EQ(board.load(noon + 1min).perTenMinutes, 1) << "then they asked nobody";
    EXPECT_EQ(groupOf(drops[0]).asksSince, noon + 1h);
    EXPECT_EQ(groupOf(drops[0]).since, noon + 1s);
    auto again = main;
    again.repeats = 1;
    again.askedAt = noon + 2h;
    board.put(again);
    EXPECT_EQ(board.load(noon + 2h).perTenMinutes, 1);
    EXPECT_EQ(board.load(noon + 1min).perTenMinutes, 1);
    std::size_t raised = 0;
    for (const auto& offender : board.offenders(noon, 10))
        raised += offender.raised;
    EXPECT_EQ(raised, 14U) << "back in sight is not raised once more";
}

TEST_F(AlarmBoardTest, ThePastOfOneThatIsFirstSeenLateIsAsFarAsItIsKnown) {
    auto unmuted = alarm("flood", Grade::III, 0s);
    unmuted.askedAt = noon + 1h;
    board.put(unmuted);
    auto again = alarm("fire", Grade::III, 0s);
    again.askedAt = noon + 1h;
    again.repeats = 1;
    board.put(again);
    EXPECT_EQ(board.load(noon + 1min).perTenMinutes, 1) << "the one that came again asked before";
    EXPECT_EQ(board.load(noon + 1h).perTenMinutes, 2);
}

TEST_F(AlarmBoardTest, TheLoadKnowsOwnersAndWhatIsOver) {
    auto a = alarm("flood", Grade::III, 0s);
    a.owner = "li";
    board.put(a);
    auto b = put("flood", Grade::III, 1s);
    EXPECT_THAT(board.load(noon).byOwner, ElementsAre(std::pair<const std::string, std::size_t>("", 1),
                                                      std::pair<const std::string, std::size_t>("li", 1)));
    b.state = AlarmState::normal;
    board.put(b);
    EXPECT_THAT(board.load(noon).byOwner, SizeIs(1));
    EXPECT_EQ(board.load(noon + 1s).perTenMinutes, 2) << "what is over was raised all the same";
    board.put(b);
    EXPECT_EQ(board.load(noon + 1s).perTenMinutes, 2);
}

TEST_F(AlarmBoardTest, OffendersAreTheWorstFirst) {
    auto a = alarm("flood", Grade::III, 0s);
    a.sensor = model::SensorId("noisy");
    for (int i = 0; i < 30; ++i) {
        a.id = ids.make<model::AlarmId>();
        a.raisedAt = noon + std::chrono::minutes(i);
        a.state = i < 29 ? AlarmState::normal : AlarmState::unacknowledged;
        a.flapping = i == 29;
        board.put(a);
    }
    auto b = alarm("flood", Grade::III, 0s);
    b.sensor = model::SensorId("other");
    b.repeats = 9;
    board.put(b);
    const auto worst = board.offenders(noon, 10);
    ASSERT_THAT(worst, SizeIs(2));
    EXPECT_EQ(worst[0].sensor.value, "noisy");
    EXPECT_EQ(worst[0].raised, 30U);
    EXPECT_TRUE(worst[0].flapping);
    EXPECT_THAT(worst[0].alarms, SizeIs(20));
    EXPECT_EQ(worst[0].alarms.front(), a.id);
    EXPECT_DOUBLE_EQ(worst[0].share, 0.75);
    EXPECT_EQ(worst[1].raised, 10U);
    EXPECT_THAT(board.offenders(noon + 20min, 10), SizeIs(1));
    EXPECT_EQ(board.offenders(noon + 20min, 10)[0].raised, 10U);
    EXPECT_THAT(board.offenders(noon, 1), SizeIs(1));
}

TEST_F(AlarmBoardTest, TwoDaysAreKept) {
    put("flood", Grade::III, -49h);
    put("flood", Grade::III, 0s);
    put("flood", Grade::III, -48h - 1s);
    EXPECT_EQ(board.offenders(noon - 100h, 10)[0].raised, 1U);
    EXPECT_THAT(board.lines(noon), SizeIs(3)) << "but no alarm that stands is forgotten";
}

TEST_F(AlarmBoardTest, HalfTheLoadIsWorthHandingOver) {
    std::set<model::AlarmId> lesser;
    for (int i = 0; i < 10; ++i) {
        lesser.insert(put("power", Grade::IV, 0s).id);
        put("gas", Grade::I, 0s);
    }
    const auto handed = board.worthHandingOver(noon);
    EXPECT_EQ(std::set(handed.begin(), handed.end()), lesser);
    EXPECT_THAT(board.worthHandingOver(noon + 11min), IsEmpty()) << "bearable again";
}

TEST_F(AlarmBoardTest, WhatWasHandedToAnotherIsNotOnesLoad) {
    std::vector<model::Alarm> all;
    for (int i = 0; i < 12; ++i)
        all.push_back(put("flood", Grade::III, 1s));
    const auto at = noon + 1min;
    EXPECT_EQ(board.load(at, "keller").perTenMinutes, 12);
    EXPECT_TRUE(board.load(at, "keller").flood);
    for (std::size_t i = 0; i < 8; ++i) {
        all[i].owner = "li";
        board.put(all[i]);
    }
    EXPECT_EQ(board.load(at, "keller").perTenMinutes, 4);
    EXPECT_FALSE(board.load(at, "keller").flood);
    EXPECT_EQ(board.load(at, "li").perTenMinutes, 12) << "with what nobody was given";
    EXPECT_EQ(board.load(at).perTenMinutes, 12) << "whoever has it";
    EXPECT_EQ(board.load(at, "keller").standing, 12U);
    put("flood", Grade::III, 2s);
    EXPECT_EQ(board.load(at, "keller").perTenMinutes, 5);
    all[0].owner = "keller";
    board.put(all[0]);
    EXPECT_EQ(board.load(at, "keller").perTenMinutes, 6);
}

TEST_F(AlarmBoardTest, TheAdviceEndsOnceTheHalvesAreEven) {
    std::map<model::AlarmId, model::Alarm> all;
    for (const char* hazard : {"gas", "power", "water", "heat", "fire", "flood"}) {
        for (int i = 0; i < 8; ++i) {
            const auto one = put(hazard, Grade::IV, 0s);
            all[one.id] = one;
        }
    }
    const auto handed = board.worthHandingOver(noon, "keller");
    EXPECT_THAT(handed, SizeIs(24));
    for (const auto& id : handed) {
        all[id].owner = "li";
        board.put(all[id]);
    }
    EXPECT_TRUE(board.load(noon, "keller").flood) << "half of it is still more than one bears";
    EXPECT_THAT(board.worthHandingOver(noon, "keller"), IsEmpty());
}

TEST_F(AlarmBoardTest, WhatIsOneGroupIsNotTornApart) {
    for (int i = 0; i < 30; ++i)
        put("power", Grade::IV, 0s);
    EXPECT_THAT(board.worthHandingOver(noon), IsEmpty());
    auto owned = alarm("gas", Grade::III, 0s);
    owned.owner = "li";
    board.put(owned);
    EXPECT_THAT(board.worthHandingOver(noon), IsEmpty()) << "that one bears something already";
}

} // namespace
} // namespace tocsin::triage
