#include "tocsin/triage/alarm_board.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <tuple>

namespace tocsin::triage {
namespace {

using namespace std::chrono_literals;
using model::AlarmState;
using model::Grade;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using Level = AlarmGroup::Level;

const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
const model::Position vaduz = model::Position::trusted(47.141, 9.521);

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

model::Position east(double metres) {
    return geo::offset(vaduz, base::Degrees(90), base::Metres(metres));
}

model::Alarm mutedBy(model::Alarm alarm, const model::Alarm& other) {
    alarm.state = AlarmState::suppressed;
    alarm.suppressedBy = other.id;
    return alarm;
}

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
                ElementsAre(young.id, old.id, gone.id, unseen.id, minor.id, acknowledged.id, seen.id, shelved.id));
    EXPECT_EQ(group.worst, AlarmState::unacknowledged);
    EXPECT_EQ(group.unacknowledged, 5U);
    EXPECT_THAT(group.aside, ElementsAre(shelved.id));
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

// ---- load

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

TEST_F(AlarmBoardTest, WhatIsOneGroupIsNotTornApart) {
    for (int i = 0; i < 30; ++i)
        put("power", Grade::IV, 0s);
    EXPECT_THAT(board.worthHandingOver(noon), IsEmpty());
    auto owned = alarm("gas", Grade::III, 0s);
    owned.owner = "li";
    board.put(owned);
    EXPECT_THAT(board.worthHandingOver(noon), IsEmpty()) << "that one bears something already";
}

// ---- any stream

auto facts(const AlarmGroup& g) {
    return std::tuple(g.key, g.members, g.first, g.severity, g.worst, g.unacknowledged, g.aside, g.since, g.newest,
                      g.hazard, g.kind, g.rule, g.place.text, g.level, g.centre.latitude(), g.radiusMetres);
}

struct AnyStream : testing::TestWithParam<unsigned> {
    std::mt19937 random{GetParam()};
    base::SeededIdSource ids{noon, GetParam()};
    std::map<model::AlarmId, model::Alarm> active;
    std::vector<model::AlarmId> known;

    std::size_t below(std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); }

    model::Alarm any() {
        static const std::array<const char*, 14> hazards{"flood", "fire", "gas", "power", "",  "a", "b",
                                                         "c",     "d",    "e",   "f",     "g", "h", "i"};
        model::Alarm a;
        a.id = ids.make<model::AlarmId>();
        a.hazard = hazards.at(below(GetParam() % 3 == 0 ? hazards.size() : 4));
        a.rule = "r" + std::to_string(below(3)) + "-x";
        a.kind = static_cast<model::AlarmKind>(below(5));
        a.severity = static_cast<Grade>(below(GetParam() % 2 == 0 ? 4 : 20) % 4 + 1);
        a.raisedAt = noon + std::chrono::seconds(below(3600));
        a.position = model::Position::trusted(47 + 0.01 * static_cast<double>(below(30)), 9.5);
        a.place = std::string(1, static_cast<char>('A' + below(3)));
        return a;
    }
    /// Something new, or something known that changes.
    model::Alarm next() {
        if (known.empty() || below(3) != 0) {
            auto a = any();
            known.push_back(a.id);
            return a;
        }
        const auto id = known[below(known.size())];
        auto a = any();
        if (const auto it = active.find(id); it != active.end() && below(4) != 0)
            a = it->second;
        a.id = id;
        a.state = static_cast<AlarmState>(below(8));
        a.suppressedBy.reset();
        if (a.state == AlarmState::suppressed)
            a.suppressedBy = known[below(known.size())];
        return a;
    }
};

TEST_P(AnyStream, LosesNothingAndKeepsItsPromises) {
    const BoardPolicy policy{15min, 3'000, 2 + GetParam() % 9};
    AlarmBoard board(policy);
    AlarmBoard quiet(policy); // is asked at the end only: what was kept from earlier answers must not show
    std::map<model::AlarmId, std::string> keys;
    for (int step = 0; step < 700; ++step) {
        const auto alarm = next();
        const bool grows =
            !active.contains(alarm.id) && model::isActive(alarm.state) && alarm.state != AlarmState::suppressed;
        board.put(alarm);
        quiet.put(alarm);
        if (model::isActive(alarm.state))
            active[alarm.id] = alarm;
        else
            active.erase(alarm.id);
        if (step % 7 != 0 && step > 60)
            continue;
        for (const bool whole : {false, true}) {
            const auto lines = board.lines(noon, whole);
            if (!whole) {
                EXPECT_LE(lines.size(), policy.mostLines);
            }
            std::set<model::AlarmId> seen;
            std::set<std::string> used;
            for (const auto& line : lines) {
                EXPECT_TRUE(used.insert(line.key).second);
                ASSERT_FALSE(line.members.empty());
                std::size_t wanting = 0;
                std::size_t aside = 0;
                bool grave = false;
                auto gravest = Grade::IV;
                for (const auto& id : line.members) {
                    EXPECT_TRUE(seen.insert(id).second) << "in two lines";
                    const auto& member = active.at(id);
                    const bool isAside = model::isSetAside(member.state);
                    wanting += model::wantsAcknowledgement(member) ? 1 : 0;
                    aside += isAside ? 1 : 0;
                    grave = grave || (member.severity == Grade::I && model::wantsAcknowledgement(member));
                    if (!isAside)
                        gravest = std::min(gravest, member.severity);
                    EXPECT_GE(member.raisedAt, line.since);
                    EXPECT_LE(member.raisedAt, line.newest);
                    if (!line.hazard.empty()) {
                        EXPECT_EQ(member.hazard, line.hazard);
                    }
                }
                EXPECT_EQ(line.unacknowledged, wanting);
                EXPECT_EQ(line.setAside, aside);
                EXPECT_EQ(line.aside.size(), aside);
                if (aside < line.members.size()) {
                    EXPECT_EQ(line.severity, gravest);
                }
                EXPECT_EQ(active.at(line.first).raisedAt, line.since);
                for (const auto& id : line.members) {
                    if (grave && !model::isSetAside(active.at(id).state)) {
                        EXPECT_EQ(active.at(id).severity, Grade::I) << "hides a grave one";
                    }
                }
            }
            EXPECT_EQ(seen.size(), active.size()) << "lost";
            for (std::size_t i = 1; i < lines.size(); ++i) {
                const auto rank = [](const AlarmGroup& g) {
                    return std::tuple(g.setAside == g.members.size(), g.unacknowledged == 0, g.severity);
                };
                EXPECT_LE(rank(lines[i - 1]), rank(lines[i]));
            }
        }
        for (const auto& [id, each] : active) {
            const auto group = board.groupOf(id, noon);
            ASSERT_TRUE(group);
            if (grows && id != alarm.id && keys.contains(id) && step <= 60 &&
                active.at(id).state != AlarmState::suppressed) {
                EXPECT_EQ(keys[id], group->key) << "a new alarm moved another";
            }
            keys[id] = group->key;
        }
    }
    const auto busy = board.lines(noon);
    const auto fresh = quiet.lines(noon);
    ASSERT_EQ(busy.size(), fresh.size());
    for (std::size_t i = 0; i < busy.size(); ++i)
        EXPECT_EQ(facts(busy[i]), facts(fresh[i]));
}
INSTANTIATE_TEST_SUITE_P(Seeds, AnyStream, testing::Range(0U, 24U));

} // namespace
} // namespace tocsin::triage
