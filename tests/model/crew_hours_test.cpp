// Whose hours count: those of the crew that is there now.
#include "tocsin/base/id.hpp"
#include "tocsin/model/crew_hours.hpp"

#include <gtest/gtest.h>

namespace tocsin::model {
namespace {

using namespace std::chrono_literals;

class CrewHours : public ::testing::Test {
  protected:
    CrewHours() {
        engine.id = ids.make<ResourceId>();
        Assignment order;
        order.id = ids.make<AssignmentId>();
        order.resource = engine.id;
        order.state = AssignmentState::onScene;
        order.acceptedAt = now - 12h; // out since 20:00
        state.assignments[order.id] = order;
    }
    void turn(base::Duration from, base::Duration until, const char* person) {
        engine.duty.push_back({now + from, now + until, person, "", ""});
    }
    base::Duration bound() {
        state.resources[engine.id] = engine;
        return hoursBound(state, now).at(engine.id);
    }

    base::Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 8h};
    base::SeededIdSource ids{now};
    State state;
    Resource engine;
};

TEST_F(CrewHours, ofARecordWithoutARosterAreAllThatItWasOut) {
    EXPECT_EQ(bound(), 12h);
    turn(-30h, -20h, "Anna"); // it has ended: nobody knows who is there
    EXPECT_EQ(bound(), 12h);
}

TEST_F(CrewHours, beginAnewWithTheCrewThatHasTakenOver) {
    turn(-14h, -2h, "Anna");
    turn(-2h, 10h, "Beat");
    EXPECT_EQ(bound(), 2h) << "Beat's";
    turn(-12h, -11h, "Beat"); // he was there before, too
    EXPECT_EQ(bound(), 2h + 1h);
}

TEST_F(CrewHours, goOnForWhoeverStays) {
    turn(-14h, -2h, "Anna");
    turn(-2h, 10h, "Anna");
    EXPECT_EQ(bound(), 12h) << "another turn of the same person";
    turn(-2h, 10h, "Beat");
    EXPECT_EQ(bound(), 12h) << "the longest of those who are there";
}

TEST_F(CrewHours, countWhatNoRosterCovers) {
    turn(-2h, 10h, "Beat");
    EXPECT_EQ(bound(), 12h) << "nobody else was named for the night";
}

} // namespace
} // namespace tocsin::model
