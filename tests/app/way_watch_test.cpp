#include "app/way_watch.hpp"
#include "desk/desk_fixture.hpp"
#include "route/road_map.hpp"

#include <gmock/gmock.h>

// Ways that are closed ahead of teams, against a real desk and a small road map.

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;
using model::AssignmentState;
using route::test::RoadMap;
using ::testing::HasSubstr;

class WatchWays : public test::DeskFixture {
  protected:
    /// From W to A along the upper road or round by the lower ones, which are longer by six minutes.
    RoadMap map{{"W----A", //
                 "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", "|    |",
                 "|    |", "|    |", "|    |", "|    |", "|    |", "|    |", //
                 "C----D"}};
    std::shared_ptr<const route::RoadGraph> roads = map.graph();
    std::unique_ptr<WayWatch> watch;
    model::Resource pump;
    model::AssignmentId id;
    int asked{0}; ///< for the roads; by looks, which wait for each other

    void SetUp() override {
        DeskFixture::SetUp();
        pump = team("Pump 1");
        pump.position = map.node('W');
        must(desk::RegisterResources{{pump}});
        desk::OpenIncident open;
        open.title = "Fire";
        open.hazard = "flood";
        open.position = map.node('A');
        const auto incident = *model::IncidentId::parse(must(open).ids.at(0));
        const auto way = roads->route(map.node('W'), map.node('A'));
        auto plan = sending(incident, {pump.id}, way->duration.value);
        plan.decision.lines.front().route = *way;
        must(plan);
        id = desk->snapshot().state.assignments.begin()->first;
        begin();
    }
    void TearDown() override { watch.reset(); } // before the desk
    void begin() {
        watch = std::make_unique<WayWatch>(*desk, WayWatch::Parts{{}, route::defaultProfiles(), [this] {
                                                                      ++asked;
                                                                      return roads;
                                                                  }});
    }
    /// With all that the desk has told by now.
    void lookRound() {
        (void)desk->snapshot();
        watch->look();
    }
    model::DrawingId close(model::Line line, std::optional<base::Time> until = {}) {
        model::Drawing closure;
        closure.kind = model::DrawingKind::closure;
        closure.line = std::move(line);
        closure.until = until;
        return *model::DrawingId::parse(must(desk::PutDrawing{closure}).ids.at(0));
    }
    model::DrawingId closeUpper(std::optional<base::Time> until = {}) { return close({RoadMap::at(3, -0.5), RoadMap::at(3, 0.5)}, until); }
    model::Assignment now() { return desk->snapshot().state.assignments.at(id); }
    std::vector<model::Alarm> blocked() { return alarms("way-blocked"); }
};

TEST_F(WatchWays, AClosureAheadIsAnAlarmUntilItIsLifted) {
    lookRound();
    EXPECT_TRUE(blocked().empty());
    EXPECT_EQ(asked, 0) << "roads are read where a way is closed";
    const auto closure = closeUpper();
    lookRound();
    ASSERT_EQ(blocked().size(), 1U);
    EXPECT_THAT(blocked()[0].title.text, HasSubstr("at W-A; by another way"));
    ASSERT_TRUE(now().blocked && now().blocked->arrival);
    EXPECT_NEAR(std::chrono::duration<double>(*now().blocked->arrival - clock.now()).count(), 410, 3);
    const auto before = desk->snapshot().lastSeq;
    lookRound();
    lookRound();
    EXPECT_EQ(desk->snapshot().lastSeq, before) << "said once";
    must(desk::RemoveDrawing{closure});
    lookRound();
    ASSERT_EQ(blocked().size(), 1U);
    EXPECT_FALSE(blocked()[0].holds);
}

TEST_F(WatchWays, AWayThatIsGivenIntoAClosureIsAnAlarmAndAnotherEndsIt) {
    closeUpper();
    lookRound();
    ASSERT_EQ(blocked().size(), 1U);
    const auto lower = roads->without(std::vector<model::Line>{{RoadMap::at(3, -0.5), RoadMap::at(3, 0.5)}})->route(map.node('W'), map.node('A'));
    ASSERT_TRUE(lower);
    must(desk::ReplanAssignment{id, *lower, lower->duration, {}, {}, "closed"});
    lookRound();
    clock.advance(6s);
    EXPECT_FALSE(blocked()[0].holds);
    close({RoadMap::at(4.5, 3.5), RoadMap::at(5.5, 3.5)});
    lookRound();
    EXPECT_TRUE(blocked()[0].holds);
    EXPECT_THAT(blocked()[0].title.text, HasSubstr("no way is left"));
}

TEST_F(WatchWays, AClosureThatEndsByItselfEndsTheAlarm) {
    closeUpper(clock.now() + 10min);
    lookRound();
    EXPECT_TRUE(now().blocked);
    clock.advance(11min);
    lookRound();
    EXPECT_FALSE(now().blocked);
}

TEST_F(WatchWays, WhatWasKnownBeforeARestartIsGoneOnWith) {
    closeUpper();
    lookRound();
    const auto before = now();
    watch.reset();
    restart();
    asked = 0;
    begin();
    clock.advance(1s);
    lookRound();
    EXPECT_EQ(now(), before);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(blocked().size(), 1U);
    EXPECT_TRUE(blocked()[0].holds);
}

TEST_F(WatchWays, WhoHasNotLeftIsThereTheLaterTheLongerItWaits) {
    closeUpper();
    lookRound();
    const auto first = *now().blocked->arrival;
    clock.advance(1min);
    lookRound();
    EXPECT_EQ(*now().blocked->arrival, first) << "about the same";
    clock.advance(2min);
    lookRound();
    EXPECT_EQ(*now().blocked->arrival, first + 3min);
    must(desk::AdvanceAssignment{id, AssignmentState::accepted});
    must(desk::AdvanceAssignment{id, AssignmentState::enRoute});
    lookRound();
    const auto left = *now().blocked->arrival;
    clock.advance(10min);
    lookRound();
    EXPECT_EQ(*now().blocked->arrival, left) << "nobody has heard where it is";
    EXPECT_TRUE(now().blocked);
}

} // namespace
} // namespace tocsin::app
