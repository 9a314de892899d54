#include "triage/alarm_board_support.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

namespace tocsin::triage {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using Level = AlarmGroup::Level;

TEST_F(AlarmBoardTest, AnEmptyBoardHasNoLines) {
    EXPECT_THAT(board.lines(noon), IsEmpty());
    EXPECT_THAT(board.lines(noon, true), IsEmpty());
    EXPECT_FALSE(board.groupOf(ids.make<model::AlarmId>(), noon));
    EXPECT_THAT(board.worthHandingOver(noon), IsEmpty());
}

TEST_F(AlarmBoardTest, FewAlarmsStandAlone) {
    const auto a = put("flood", Grade::III, 0s);
    const auto b = put("flood", Grade::II, 1s);
    const auto lines = board.lines(noon);
    ASSERT_THAT(lines, SizeIs(2));
    EXPECT_THAT(lines[0].members, ElementsAre(b.id));
    EXPECT_THAT(lines[1].members, ElementsAre(a.id));
    EXPECT_EQ(lines[0].level, Level::single);
    EXPECT_EQ(lines[0].key, b.id.toString());
    EXPECT_THAT(board.lines(noon, true), SizeIs(1)) << "of one cause, in one place, at one time";
}

TEST_F(AlarmBoardTest, CauseAreaAndTimeMakeAGroup) {
    const auto first = put("flood", Grade::III, 0s);
    const auto near = put("flood", Grade::II, 5min, east(2'900));
    const auto far = put("flood", Grade::II, 5min, east(3'100));
    const auto other = put("fire", Grade::II, 5min);
    const auto soon = put("flood", Grade::III, 19min);
    const auto late = put("flood", Grade::III, 35min);
    const auto group = groupOf(first);
    EXPECT_THAT(group.members, ElementsAre(near.id, soon.id, first.id));
    EXPECT_EQ(group.first, first.id);
    EXPECT_EQ(group.since, first.raisedAt);
    EXPECT_EQ(group.newest, soon.raisedAt);
    EXPECT_EQ(group.severity, Grade::II);
    EXPECT_EQ(group.unacknowledged, 3U);
    EXPECT_EQ(group.hazard, "flood");
    EXPECT_EQ(group.level, Level::causeAndArea);
    EXPECT_NEAR(group.radiusMetres, 2'900 * 2 / 3., 20);
    for (const auto& alone : {far, other, late})
        EXPECT_THAT(groupOf(alone).members, ElementsAre(alone.id));
}

TEST_F(AlarmBoardTest, FirstOutIsWhatHappenedFirstNotWhatWasToldFirst) {
    const auto told = put("flood", Grade::III, 5min);
    auto polled = alarm("flood", Grade::III, 15min); // its gauge is asked every quarter of an hour
    polled.sinceTime = noon;
    board.put(polled);
    auto fault = alarm("flood", Grade::III, 6min);
    fault.kind = model::AlarmKind::message; // what others say of the past is no order of events
    fault.sinceTime = noon - 3h;
    board.put(fault);
    auto ahead = alarm("flood", Grade::III, 4min); // a clock that is ahead: not after it was told
    ahead.sinceTime = noon + 2h;
    board.put(ahead);
    const auto group = groupOf(told);
    EXPECT_THAT(group.members, SizeIs(3));
    EXPECT_EQ(group.first, polled.id);
    EXPECT_EQ(group.firstAt, noon);
    EXPECT_EQ(group.since, noon + 4min) << "the first raised";
    EXPECT_EQ(groupOf(fault).firstAt, fault.raisedAt);
}

TEST_F(AlarmBoardTest, TheMostEscalatedIsFoundHoweverManyStandBeforeIt) {
    std::vector<model::Alarm> all;
    for (int i = 0; i < 300; ++i)
        all.push_back(put("flood", Grade::II, std::chrono::seconds(i)));
    EXPECT_EQ(groupOf(all[0]).escalated, 0);
    for (const int louder : {0, 3}) { // the oldest: they stand last
        all[static_cast<std::size_t>(louder)].escalated = 2;
        board.put(all[static_cast<std::size_t>(louder)]);
    }
    all[299].escalated = 1;
    board.put(all[299]);
    EXPECT_EQ(groupOf(all[0]).escalated, 2);
    EXPECT_EQ(groupOf(all[0]).loudest, all[0].id);
    for (const int seen : {0, 3}) {
        all[static_cast<std::size_t>(seen)].state = AlarmState::acknowledged;
        board.put(all[static_cast<std::size_t>(seen)]);
    }
    EXPECT_EQ(groupOf(all[0]).escalated, 1);
    EXPECT_EQ(groupOf(all[0]).loudest, all[299].id);
}

TEST_F(AlarmBoardTest, AFaultOfASensorIsNoFlood) {
    const auto world = put("flood", Grade::III, 0s);
    auto fault = alarm("flood", Grade::III, 1s);
    fault.kind = model::AlarmKind::sensorFault;
    board.put(fault);
    EXPECT_NE(groupOf(world).key, groupOf(fault).key);
    EXPECT_EQ(groupOf(fault).kind, model::AlarmKind::sensorFault);
}

TEST_F(AlarmBoardTest, WithoutAHazardTheRulesFamilyIsTheCause) {
    auto a = alarm("", Grade::III, 0s);
    auto b = alarm("", Grade::III, 0s);
    auto c = alarm("", Grade::III, 0s);
    a.rule = "bridge-north";
    b.rule = "bridge-south";
    c.rule = "tunnel";
    for (const auto& each : {a, b, c})
        board.put(each);
    EXPECT_EQ(groupOf(a).key, groupOf(b).key);
    EXPECT_NE(groupOf(a).key, groupOf(c).key);
    EXPECT_EQ(groupOf(a).rule, "");
    EXPECT_EQ(groupOf(c).rule, "tunnel");
}

TEST_F(AlarmBoardTest, WarningsThatNoListKnowsAreOneCauseOnlyWhereTheySayTheSame) {
    auto a = alarm("", Grade::III, 0s);
    auto b = alarm("", Grade::III, 1s);
    auto c = alarm("", Grade::III, 2s);
    a.title = b.title = "Dust devil warning";
    c.title = "Geomagnetic storm watch";
    for (auto* each : {&a, &b, &c}) {
        each->kind = model::AlarmKind::message;
        each->rule = "warnings";
        board.put(*each);
    }
    EXPECT_EQ(groupOf(a).key, groupOf(b).key);
    EXPECT_NE(groupOf(a).key, groupOf(c).key);
}

TEST_F(AlarmBoardTest, WhatIsMutedStaysUnderWhatMutesIt) {
    const auto main = put("water", Grade::II, 0s);
    auto drop = alarm("pressure", Grade::I, 1s, east(9'000));
    drop = mutedBy(drop, main);
    board.put(drop);
    auto deeper = mutedBy(alarm("power", Grade::IV, 2s, east(20'000)), drop);
    board.put(deeper);
    auto group = groupOf(main);
    EXPECT_THAT(group.members, ElementsAre(main.id, drop.id, deeper.id));
    EXPECT_THAT(group.aside, ElementsAre(drop.id, deeper.id));
    EXPECT_EQ(group.setAside, 2U);
    EXPECT_EQ(group.unacknowledged, 1U);
    EXPECT_EQ(group.severity, Grade::II) << "what is muted does not raise the line";
    EXPECT_THAT(board.lines(noon), SizeIs(1)) << "under its line also while alarms stand alone";

    auto over = main;
    over.state = AlarmState::normal;
    board.put(over);
    EXPECT_THAT(groupOf(drop).members, ElementsAre(drop.id, deeper.id)) << "nothing holds the second down any more";
    EXPECT_EQ(groupOf(drop).setAside, 2U);
    drop.state = AlarmState::unacknowledged;
    drop.suppressedBy.reset();
    board.put(drop);
    EXPECT_EQ(groupOf(drop).unacknowledged, 1U);
}

TEST_F(AlarmBoardTest, TheMutedMayComeBeforeWhatMutesIt) {
    const auto main = alarm("water", Grade::II, 0s);
    const auto drop = mutedBy(alarm("pressure", Grade::III, 1s, east(9'000)), main);
    board.put(drop);
    EXPECT_THAT(groupOf(drop).members, SizeIs(1));
    board.put(main);
    EXPECT_EQ(groupOf(drop).key, groupOf(main).key);
}

TEST_F(AlarmBoardTest, TwoThatMuteEachOtherAreStillThere) {
    auto a = alarm("water", Grade::II, 0s);
    auto b = alarm("pressure", Grade::III, 1s);
    a = mutedBy(a, b);
    b = mutedBy(b, a);
    const auto c = mutedBy(alarm("power", Grade::III, 1s), a);
    for (const auto& each : {c, a, b, a})
        board.put(each);
    std::set<model::AlarmId> found;
    for (const auto& line : board.lines(noon))
        found.insert(line.members.begin(), line.members.end());
    EXPECT_THAT(found, UnorderedElementsAre(a.id, b.id, c.id));
}

TEST_F(AlarmBoardTest, MembersStandInTheOrderInWhichToLookAtThem) {
    auto acknowledged = alarm("flood", Grade::II, 0s);
    acknowledged.state = AlarmState::acknowledged;
    const auto minor = alarm("flood", Grade::IV, 1s);
    const auto old = alarm("flood", Grade::II, 2s);
    const auto young = alarm("flood", Grade::II, 3s);
    auto gone = alarm("flood", Grade::II, 4s);
    gone.state = AlarmState::returnedUnacknowledged;
    auto shelved = alarm("flood", Grade::II, 5s);
    shelved.state = AlarmState::shelved;
    auto seen = alarm("flood", Grade::III, 6s);
    seen.state = AlarmState::latched;
    seen.acknowledgedAt = noon;
    auto unseen = seen;
    unseen.id = ids.make<model::AlarmId>();
    unseen.acknowledgedAt.reset();
    for (const auto& each : {acknowledged, minor, old, young, gone, shelved, seen, unseen})
        board.put(each);
    const auto group = groupOf(old);
    EXPECT_THAT(group.members,
                ElementsAre(young.id, old.id, gone.id, acknowledged.id, unseen.id, seen.id, minor.id, shelved.id));
    EXPECT_EQ(group.worst, AlarmState::unacknowledged);
    EXPECT_EQ(group.unacknowledged, 5U);
    EXPECT_THAT(group.aside, ElementsAre(shelved.id));
}

TEST_F(AlarmBoardTest, LinesStandBySeverityThenStateThenAge) {
    auto seen = alarm("flood", Grade::II, 9s);
    seen.state = AlarmState::acknowledged;
    auto gone = alarm("fire", Grade::II, 8s);
    gone.state = AlarmState::returnedUnacknowledged;
    auto shelved = alarm("gas", Grade::I, 9s);
    shelved.state = AlarmState::shelved;
    const auto minor = alarm("power", Grade::IV, 9s);
    const auto old = alarm("landslide", Grade::II, 1s);
    const auto young = alarm("storm", Grade::II, 2s);
    for (const auto& each : {shelved, minor, seen, gone, old, young})
        board.put(each);
    const auto order = [&](bool whole) {
        std::vector<model::AlarmId> out;
        for (const auto& line : board.lines(noon, whole))
            out.push_back(line.members.front());
        return out;
    };
    const auto wanted = ElementsAre(young.id, old.id, gone.id, seen.id, minor.id, shelved.id);
    EXPECT_THAT(order(false), wanted) << "one that nobody has acknowledged does not overtake a graver one";
    EXPECT_THAT(order(true), wanted);
}

TEST_F(AlarmBoardTest, AGraveAlarmIsNeverInAGroupOfLesserOnes) {
    crowd();
    for (int i = 0; i < 30; ++i)
        put("flood", Grade::III, std::chrono::seconds(i));
    const auto grave = put("flood", Grade::I, 40s);
    const auto lines = board.lines(noon);
    EXPECT_THAT(lines, SizeIs(testing::Le(10U)));
    EXPECT_THAT(lines.front().members, ElementsAre(grave.id));
}

TEST_F(AlarmBoardTest, AFloodIsCoarsenedByHazard) {
    for (int i = 0; i < 40; ++i) {
        const auto where = model::Position::trusted(47 + 0.1 * i, 9.5);
        put("flood", Grade::III, 0s, where);
        put("fire", Grade::II, 0s, where);
    }
    const auto slope = put("landslide", Grade::III, 0s);
    auto idle = alarm("power", Grade::II, 0s);
    idle.state = AlarmState::shelved;
    board.put(idle);
    const auto lines = board.lines(noon);
    ASSERT_THAT(lines, SizeIs(4));
    EXPECT_EQ(lines[0].hazard, "fire");
    EXPECT_EQ(lines[0].level, Level::hazard);
    EXPECT_THAT(lines[0].members, SizeIs(40));
    EXPECT_THAT(lines[1].members, SizeIs(testing::AnyOf(1U, 40U)));
    EXPECT_THAT(lines[3].members, ElementsAre(idle.id)) << "what is set aside comes last";
    EXPECT_EQ(lines[3].setAside, 1U);
    EXPECT_THAT(board.lines(noon, true), SizeIs(82));
    EXPECT_EQ(groupOf(slope).level, Level::single);
}

TEST_F(AlarmBoardTest, MoreHazardsThanLinesLeaveTheLeastTogether) {
    for (int h = 0; h < 15; ++h) {
        for (int i = 0; i < 3; ++i)
            put("hazard" + std::to_string(h), h < 2 ? Grade::II : Grade::IV, std::chrono::seconds(h),
                model::Position::trusted(10. * i, 9));
    }
    const auto lines = board.lines(noon);
    ASSERT_THAT(lines, SizeIs(10));
    EXPECT_EQ(lines[0].hazard, "hazard1");
    EXPECT_EQ(lines[1].hazard, "hazard0");
    EXPECT_EQ(std::count_if(lines.begin(), lines.end(), [](const auto& l) { return l.level == Level::everything; }), 1);
}

TEST_F(AlarmBoardTest, WhatIsSetAsideGivesWayFirst) {
    crowd(6);
    for (int i = 0; i < 20; ++i) {
        auto idle = alarm("power", Grade::I, 0s, model::Position::trusted(i, 50));
        idle.state = AlarmState::outOfService;
        board.put(idle);
    }
    const auto lines = board.lines(noon);
    ASSERT_THAT(lines, SizeIs(7));
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_EQ(lines[i].hazard, "crowd");
    EXPECT_EQ(lines[6].setAside, 20U);
}

TEST_F(AlarmBoardTest, MoreGraveOnesThanLinesAreCoarsenedAmongThemselves) {
    crowd();
    for (int i = 0; i < 30; ++i)
        put(i % 2 == 0 ? "gas" : "collapse", Grade::I, 0s, model::Position::trusted(i, 50));
    const auto lines = board.lines(noon);
    ASSERT_THAT(lines, SizeIs(testing::AllOf(testing::Ge(3U), testing::Le(10U))));
    EXPECT_THAT(lines[0].members, SizeIs(15));
    EXPECT_THAT(lines[1].members, SizeIs(15));
    EXPECT_EQ(lines[2].severity, Grade::IV);
}

TEST_F(AlarmBoardTest, KeysStayWhileAGroupGrowsAndAfterItsFirstIsOver) {
    auto first = put("flood", Grade::III, 0s);
    const std::string key = board.lines(noon).front().key;
    for (int i = 1; i < 30; ++i) {
        put("flood", Grade::III, std::chrono::seconds(i), east(90. * i));
        EXPECT_EQ(groupOf(first).key, key);
    }
    EXPECT_EQ(board.lines(noon).front().key, key);
    const auto second = board.lines(noon).front().members.front();
    first.state = AlarmState::normal;
    board.put(first);
    EXPECT_EQ(board.groupOf(second, noon)->key, key);
    EXPECT_FALSE(board.groupOf(first.id, noon));
}

TEST_F(AlarmBoardTest, AnAlarmThatTurnsGraveTakesALineOfItsOwn) {
    crowd();
    auto first = put("flood", Grade::III, 0s);
    const auto second = put("flood", Grade::III, 1s);
    first.severity = Grade::I;
    board.put(first);
    EXPECT_THAT(groupOf(first).members, ElementsAre(first.id));
    EXPECT_NE(groupOf(first).key, groupOf(second).key) << "though both groups began with it";
    first.severity = Grade::III;
    board.put(first);
    EXPECT_THAT(groupOf(second).members, SizeIs(2));
}

TEST_F(AlarmBoardTest, GroupsStayUntilHalfTheLinesAreFree) {
    std::vector<model::Alarm> all;
    for (int i = 0; i < 12; ++i)
        all.push_back(put("flood", Grade::III, std::chrono::seconds(i)));
    EXPECT_THAT(board.lines(noon), SizeIs(1));
    for (int i = 0; i < 7; ++i) {
        EXPECT_THAT(board.lines(noon), SizeIs(1)) << i;
        all[static_cast<std::size_t>(i)].state = AlarmState::normal;
        board.put(all[static_cast<std::size_t>(i)]);
    }
    EXPECT_THAT(board.lines(noon), SizeIs(5));
}

TEST_F(AlarmBoardTest, ThePlaceIsThatOfMostOrNone) {
    auto a = alarm("flood", Grade::III, 0s);
    auto b = alarm("flood", Grade::III, 0s);
    auto c = alarm("flood", Grade::III, 0s);
    a.place = b.place = "Vaduz";
    c.place = "Triesen";
    board.put(a);
    board.put(c);
    EXPECT_TRUE(groupOf(a).place.empty());
    board.put(b);
    EXPECT_EQ(groupOf(a).place.text, "Vaduz");
}

TEST_F(AlarmBoardTest, NoPlaceIsNoCentre) {
    auto nowhere = put("flood", Grade::III, 0s, {});
    EXPECT_EQ(groupOf(nowhere).centre, model::Position{});
    const auto west = put("flood", Grade::III, 0s, model::Position::trusted(10, -179.99));
    const auto east = put("flood", Grade::III, 0s, model::Position::trusted(10, 179.995));
    EXPECT_EQ(groupOf(west).key, groupOf(east).key) << "over the date line";
    EXPECT_LT(groupOf(west).radiusMetres, 1'000);
}

TEST_F(AlarmBoardTest, OneLineHoldsEverything) {
    board = AlarmBoard(BoardPolicy{15min, 3'000, 1});
    crowd(5);
    put("gas", Grade::I, 0s);
    EXPECT_THAT(board.lines(noon), SizeIs(1));
    EXPECT_THAT(board.lines(noon).front().members, SizeIs(6));
    board.clear();
    EXPECT_THAT(board.lines(noon), IsEmpty());
}

} // namespace
} // namespace tocsin::triage
