#include "gui/shell/worker_facts.hpp"

#include "gui/fake_scene.hpp"

#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::id;

class WorkerFactsTest : public testing::Test {
  protected:
    model::State state{test::fakeScene().state};
    WorkerFacts facts;
    model::ResourceId first{state.resources.begin()->first};
    model::ResourceId last{state.resources.rbegin()->first};

    void put(model::ResourceId which, const char* remarks) { state.resources.at(which).remarks = remarks; }
    void note(model::ResourceId which) {
        Changes changes;
        changes.resources.insert(which);
        facts.note(changes);
    }
};

TEST_F(WorkerFactsTest, AskedAgainTheyAreTheSame) {
    const auto once = facts.of(state);
    EXPECT_EQ(once->desk, state.desk);
    EXPECT_EQ(once->incidents, state.incidents);
    EXPECT_EQ(once->resources, state.resources);
    EXPECT_EQ(once->assignments, state.assignments);
    EXPECT_EQ(once->drawings, state.drawings);
    EXPECT_TRUE(once->alarms.empty() && once->sensors.empty() && once->reports.empty()) << "nobody looks at them there";
    Changes others;
    others.alarms.insert(state.alarms.begin()->first);
    others.sensors.insert(state.sensors.begin()->first);
    others.readings.insert(state.sensors.begin()->first);
    others.entries = 3;
    facts.note(others);
    EXPECT_EQ(facts.of(state), once) << "no way depends on that";
}

TEST_F(WorkerFactsTest, WhoReadsThemKeepsThemAsTheyWere) {
    const auto read = facts.of(state);
    const auto before = read->resources;
    put(first, "in the workshop");
    note(first);
    EXPECT_EQ(read->resources, before) << "noting is no copying";
    const auto now = facts.of(state);
    EXPECT_NE(now, read);
    EXPECT_EQ(read->resources, before);
    EXPECT_EQ(now->resources, state.resources);
    EXPECT_EQ(facts.of(state), now);
}

TEST_F(WorkerFactsTest, WhereNobodyReadsThemOnlyWhatChangedIsCopied) {
    const auto* stood = facts.of(state).get();
    put(first, "in the workshop");
    put(last, "not told of");
    note(first);
    for (int i = 0; i < 20; ++i)
        note(first); // many changes, one copy
    const auto now = facts.of(state);
    EXPECT_EQ(now.get(), stood);
    EXPECT_EQ(now->resources.at(first).remarks, "in the workshop");
    EXPECT_NE(now->resources.at(last).remarks, "not told of") << "it was looked at without need";
}

TEST_F(WorkerFactsTest, EachKindOfChangeArrives) {
    (void)facts.of(state);
    Changes changes;
    state.desk.roadWeather = model::RoadWeather::snow;
    changes.desk = true;
    auto& incident = state.incidents.begin()->second;
    incident.state = model::IncidentState::closed;
    changes.incidents.insert(incident.id);
    model::Assignment sent;
    sent.id = id<model::AssignmentId>(900);
    sent.resource = first;
    state.assignments[sent.id] = sent;
    changes.assignments.insert(sent.id);
    model::Drawing closure;
    closure.id = id<model::DrawingId>(901);
    state.drawings[closure.id] = closure;
    changes.drawings.insert(closure.id);
    model::AidRequest lent;
    lent.id = id<model::AidRequestId>(902);
    state.aidRequests[lent.id] = lent;
    changes.aidRequests.insert(lent.id);
    facts.note(changes);
    const auto now = facts.of(state);
    EXPECT_EQ(now->aidRequests, state.aidRequests);
    EXPECT_EQ(now->desk, state.desk);
    EXPECT_EQ(now->incidents, state.incidents);
    EXPECT_EQ(now->assignments, state.assignments);
    EXPECT_EQ(now->drawings, state.drawings);
}

TEST_F(WorkerFactsTest, AWholeNewPictureIsCopiedWhole) {
    (void)facts.of(state);
    state.resources.erase(last);
    Changes changes;
    changes.all = true;
    facts.note(changes);
    EXPECT_EQ(facts.of(state)->resources, state.resources);
}

} // namespace
} // namespace tocsin::gui
