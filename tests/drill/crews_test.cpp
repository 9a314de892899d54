#include "tocsin/drill/crews.hpp"

#include <gtest/gtest.h>

namespace tocsin::drill {
namespace {

using model::AssignmentState;
using std::chrono::seconds;

const base::Time start{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{8}};
const CrewPace even{seconds{4}, seconds{3}, seconds{0}};

struct Desk {
    model::State state;
    base::SeededIdSource ids{start};

    Desk() { state.desk.exercise = true; }
    model::Assignment& add(AssignmentState at) {
        model::Assignment a;
        a.id = ids.make<model::AssignmentId>();
        a.state = at;
        a.notifiedAt = start;
        a.acceptedAt = start;
        a.departedAt = start;
        a.eta = base::Seconds(60);
        a.route.points = {model::Position::trusted(47, 9), model::Position::trusted(47.1, 9)};
        a.route.secondsAt = {0, 60};
        a.route.duration = base::Seconds(60);
        return state.assignments[a.id] = a;
    }
    [[nodiscard]] std::vector<CrewStep> after(base::Duration time, CrewPace pace = even) const {
        return crewSteps(state, start + time, pace);
    }
};

TEST(Crews, answerDepartAndArrive) {
    Desk desk;
    model::Assignment& a = desk.add(AssignmentState::notified);
    const auto step = [&](AssignmentState to) { return std::vector<CrewStep>{{a.id, to}}; };
    EXPECT_TRUE(desk.after(seconds{3}).empty());
    EXPECT_EQ(desk.after(seconds{4}), step(AssignmentState::accepted));
    a.state = AssignmentState::accepted;
    EXPECT_TRUE(desk.after(seconds{2}).empty());
    EXPECT_EQ(desk.after(seconds{3}), step(AssignmentState::enRoute));
    a.state = AssignmentState::enRoute;
    EXPECT_TRUE(desk.after(seconds{59}).empty());
    EXPECT_EQ(desk.after(seconds{60}), step(AssignmentState::onScene));
}

TEST(Crews, whoIsThereAlreadyArrivesAtOnce) {
    Desk desk;
    model::Assignment& a = desk.add(AssignmentState::enRoute);
    a.route = {};
    a.eta = base::Seconds(0);
    EXPECT_EQ(desk.after(seconds{0}), (std::vector<CrewStep>{{a.id, AssignmentState::onScene}}));
}

TEST(Crews, leaveProposingAndReleasingToPeople) {
    Desk desk;
    desk.add(AssignmentState::proposed);
    desk.add(AssignmentState::onScene);
    desk.add(AssignmentState::released);
    EXPECT_TRUE(desk.after(std::chrono::hours{5}).empty());
}

TEST(Crews, areNeverSimulatedOutsideAnExercise) {
    Desk desk;
    desk.add(AssignmentState::notified);
    desk.state.desk.exercise = false;
    EXPECT_TRUE(desk.after(std::chrono::hours{1}).empty());
}

TEST(Crews, differALittleButEachAlwaysInTheSameWay) {
    Desk desk;
    for (int i = 0; i < 20; ++i)
        desk.add(AssignmentState::notified);
    const CrewPace pace;
    EXPECT_TRUE(desk.after(pace.accept - base::Duration{1}, pace).empty());
    EXPECT_EQ(desk.after(pace.accept + pace.differ, pace).size(), 20U);
    const auto some = desk.after(pace.accept + pace.differ / 2, pace);
    EXPECT_GT(some.size(), 2U);
    EXPECT_LT(some.size(), 18U);
    EXPECT_EQ(desk.after(pace.accept + pace.differ / 2, pace), some);
}

} // namespace
} // namespace tocsin::drill
