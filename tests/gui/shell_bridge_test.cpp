#include "gui/fake_scene.hpp"
#include "gui/shell/delta_fold.hpp"
#include "tocsin/gui/desk_bridge.hpp"

#include "route/road_map.hpp"
#include "tocsin/store/store.hpp"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QScopeGuard>
#include <QSemaphore>
#include <QTemporaryDir>
#include <algorithm>
#include <atomic>
#include <gtest/gtest.h>
#include <set>
#include <thread>

namespace tocsin::gui {
namespace {

using test::id;

/// A desk whose commits a test makes by hand, from any thread.
class HandDesk final : public desk::Desk {
  public:
    explicit HandDesk(test::Scene scene) : m_scene(std::move(scene)) {}

    void commit(desk::Delta delta) {
        const std::lock_guard lock(m_mutex);
        if (m_listener)
            m_listener(std::make_shared<const desk::Delta>(std::move(delta)));
    }
    [[nodiscard]] bool listened() {
        const std::lock_guard lock(m_mutex);
        return static_cast<bool>(m_listener);
    }

    void submit(desk::Command command, Answer answer) override {
        submitted.push_back(std::move(command));
        answers.push_back(std::move(answer));
    }
    void readings(desk::ReadingsInput, std::function<void(base::Result<desk::ReadingsDone>)>) override {}
    void positions(desk::PositionsInput, std::function<void(base::Result<desk::ReadingsDone>)>) override {}
    void heard(const std::string&) override {}
    void watch(std::vector<desk::Watch>) override {}
    void quarantine(store::QuarantineItem, std::function<void(base::Result<std::int64_t>)>) override {}
    base::Subscription subscribe(std::function<void(desk::Snapshot)> first, Listener listener) override {
        const std::lock_guard lock(m_mutex);
        m_listener = std::move(listener);
        std::thread([first = std::move(first), snapshot = snapshot()] { first(snapshot); }).join();
        return base::Subscription([this] {
            const std::lock_guard end(m_mutex);
            m_listener = nullptr;
        });
    }
    desk::Snapshot snapshot() override { return {m_scene.state, m_scene.sensors, {}, 10, 0, {}, rules}; }
    model::CommandId newCommandId() override { return id<model::CommandId>(++m_commands); }
    const base::Clock& clock() const override { return m_clock; }
    const std::vector<model::Plan>& plans() const override { return m_scene.plans; }
    bool readOnly() const override { return isLost; }
    std::string seated() const override { return person; }
    std::size_t backlog() const override { return 0; }

    std::atomic<bool> isLost{false};
    std::string person; ///< where it is a seat
    std::vector<desk::Command> submitted;
    std::vector<Answer> answers;
    desk::RulesInForce rules{std::make_shared<const std::vector<detect::Rule>>(2)};

  private:
    test::Scene m_scene;
    base::ManualClock m_clock{test::sceneNow()};
    std::mutex m_mutex;
    Listener m_listener;
    unsigned m_commands{0};
};

/// Lets the event loop work until `until` holds; false if it never does.
bool pump(const std::function<bool()>& until) {
    QElapsedTimer patience;
    patience.start();
    while (!until()) {
        if (patience.elapsed() > 20'000)
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    }
    return true;
}

class LiveBridge : public testing::Test {
  protected:
    LiveBridge() {
        bridge = makeDeskBridge(desk, nullptr, "/nonexistent/readings", "/nonexistent/tocsin.db", "somebody");
        QObject::connect(bridge.get(), &DeskBridge::changed, bridge.get(),
                         [this](const Changes& changes) { signals_.push_back(changes); });
    }
    [[nodiscard]] desk::Delta alarmDelta(int n) const {
        desk::Delta delta;
        model::Alarm alarm = test::fakeScene().state.alarms.at(id<model::AlarmId>(1));
        alarm.value = n;
        delta.changed.emplace_back(alarm);
        model::Entry entry;
        entry.seq = 10 + n;
        entry.type = "alarm.raised";
        entry.actor = "feed:cap";
        entry.time = test::sceneNow();
        delta.entries.push_back(entry);
        delta.sensors.begin(std::make_shared<std::vector<model::SensorId>>(1, model::SensorId("rhine-vaduz")));
        delta.sensors.add(0, {test::sceneNow(), 4.0 + n, 4.0});
        delta.readings = 2;
        delta.readingsByFeed["readings"] = 2;
        return delta;
    }

    HandDesk desk{test::fakeScene()};
    std::unique_ptr<DeskBridge> bridge;
    std::vector<Changes> signals_;
};

TEST_F(LiveBridge, bringsTheFirstPictureWithoutBlocking) {
    EXPECT_FALSE(bridge->ready());
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    ASSERT_EQ(signals_.size(), 1U);
    EXPECT_TRUE(signals_[0].all);
    EXPECT_EQ(bridge->state().alarms.size(), 5U);
    EXPECT_EQ(bridge->actor(), "M. Keller");
}

TEST_F(LiveBridge, knowsTheRulesInForceAndSaysWhenTheyAreOthers) {
    EXPECT_TRUE(bridge->rules().empty());
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    EXPECT_EQ(bridge->rules().size(), 2U);
    desk::Delta delta = alarmDelta(1);
    delta.rules = std::make_shared<const std::vector<detect::Rule>>(3);
    desk.commit(std::move(delta));
    desk.commit(alarmDelta(2));
    ASSERT_TRUE(pump([this] { return bridge->log().size() == 2; }));
    EXPECT_EQ(bridge->rules().size(), 3U);
    EXPECT_TRUE(std::any_of(signals_.begin() + 1, signals_.end(), [](const Changes& one) { return one.rules; }));
}

TEST_F(LiveBridge, atASeatWhoSitsThereActsAndALostDeskIsToldToAll) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    EXPECT_FALSE(bridge->isSeat());
    desk.person = "A. Frick";
    EXPECT_TRUE(bridge->isSeat());
    EXPECT_EQ(bridge->actor(), "A. Frick") << "not who is on duty at the desk";
    bridge->send(desk::AcknowledgeAllAlarms{});
    EXPECT_EQ(desk.submitted.back().actor, "A. Frick");
    signals_.clear();
    for (const bool lost : {true, false}) {
        desk.isLost = lost;
        desk::Delta delta;
        delta.link = true;
        desk.commit(std::move(delta));
        ASSERT_TRUE(pump([this] { return !signals_.empty(); }));
        EXPECT_TRUE(signals_.back().all);
        EXPECT_EQ(bridge->readOnly(), lost);
        signals_.clear();
    }
}

TEST_F(LiveBridge, mergesAFloodOfCommitsIntoFewSignalsAndLosesNothing) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    constexpr int kCommits = 5000;
    std::thread writer([this] {
        for (int n = 1; n <= kCommits; ++n)
            desk.commit(alarmDelta(n));
    });
    writer.join(); // the desk was never held up: nobody pumped the window's events meanwhile
    ASSERT_TRUE(pump([this] { return !bridge->log().empty() && bridge->log().back().seq == 10 + kCommits; }));
    EXPECT_EQ(bridge->state().alarms.at(id<model::AlarmId>(1)).value, kCommits);
    EXPECT_LE(signals_.size(), 12U) << "an entry tells of itself: 2,000 stand in the log";
    EXPECT_EQ(bridge->sensorsNow().at(model::SensorId("rhine-vaduz")).value, 4.0 + kCommits);
    EXPECT_EQ(bridge->feeds().at("readings").taken, 2U * kCommits);
    EXPECT_EQ(bridge->log().size(), 2000U);
    EXPECT_EQ(bridge->log().back().seq, 10 + kCommits);
    const auto told = [this](auto&& is) { return std::any_of(signals_.begin() + 1, signals_.end(), is); };
    EXPECT_LE(std::count_if(signals_.begin(), signals_.end(), [](const Changes& c) { return c.all || !c.alarms.empty() || !c.readings.empty(); }), 4);
    EXPECT_TRUE(told([](const Changes& c) { return c.alarms.contains(id<model::AlarmId>(1)); }));
    EXPECT_TRUE(told([](const Changes& c) { return c.readings.contains(model::SensorId("rhine-vaduz")); }));
}

TEST_F(LiveBridge, tellsOfALargeCommitInSlicesBetweenWhichOthersAreHeard) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    signals_.clear();
    constexpr std::size_t kSensors = 6'000;
    const auto nameOf = [](std::size_t n) { return model::SensorId("s" + std::to_string(100'000 + n)); };
    const auto sensor = [&](std::size_t n, std::string name) {
        model::Sensor one;
        one.id = nameOf(n);
        one.feed = std::move(name);
        return one;
    };
    const auto names = std::make_shared<std::vector<model::SensorId>>();
    for (std::size_t n = 0; n < kSensors; ++n)
        names->push_back(nameOf(n));
    desk::Delta delta;
    delta.sensors.begin(names);
    for (std::uint32_t n = 0; n < kSensors; ++n) {
        delta.changed.emplace_back(sensor(n, "first"));
        delta.sensors.add(n, {test::sceneNow(), 1.0, 1.0});
    }
    std::vector<std::size_t> heardAt; // how many signals there had been when something else got its turn
    QObject context;
    QObject::connect(bridge.get(), &DeskBridge::changed, &context, [&](const Changes& changes) {
        EXPECT_LE(changes.sensors.size() + changes.readings.size(), kSliceWork);
        QMetaObject::invokeMethod(&context, [&] { heardAt.push_back(signals_.size()); }, Qt::QueuedConnection);
        if (signals_.size() == 1) { // while most of it waits: a newer image of the last one
            desk::Delta later;
            later.changed.emplace_back(sensor(kSensors - 1, "second"));
            later.sensors.begin(names);
            later.sensors.add(kSensors - 1, {test::sceneNow(), 2.0, 1.0});
            desk.commit(std::move(later));
        }
    });
    desk.commit(std::move(delta));
    ASSERT_TRUE(pump([&] {
        const auto now = bridge->sensorsNow().find(nameOf(kSensors - 1));
        return now != bridge->sensorsNow().end() && now->second.value == 2.0;
    }));
    ASSERT_GE(signals_.size(), 8U);
    ASSERT_TRUE(pump([&] { return heardAt.size() == signals_.size(); }));
    for (std::size_t i = 0; i < heardAt.size(); ++i)
        EXPECT_EQ(heardAt[i], i + 1) << "a signal did not wait for what had come before it";
    std::set<model::SensorId> sensors;
    std::set<model::SensorId> readings;
    for (const auto& changes : signals_) {
        sensors.insert(changes.sensors.begin(), changes.sensors.end());
        readings.insert(changes.readings.begin(), changes.readings.end());
        for (const auto& id : changes.readings)
            EXPECT_TRUE(sensors.contains(id)) << "a reading before its sensor";
    }
    EXPECT_EQ(sensors.size(), kSensors);
    EXPECT_EQ(readings.size(), kSensors);
    EXPECT_EQ(bridge->state().sensors.at(nameOf(kSensors - 1)).feed, "second");
    EXPECT_EQ(bridge->state().sensors.at(nameOf(0)).feed, "first");
}

TEST_F(LiveBridge, sendsAsWhoIsOnDutyAndSpeaksOfRefusals) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    QStringList trouble;
    QObject::connect(bridge.get(), &DeskBridge::trouble, [&](const QString& sentence) { trouble << sentence; });
    bool answered = false;
    bridge->send(desk::AcknowledgeAlarm{id<model::AlarmId>(1)}, bridge.get(),
                 [&](const base::Result<desk::Done>& result) { answered = !result; });
    ASSERT_EQ(desk.submitted.size(), 1U);
    EXPECT_EQ(desk.submitted[0].actor, "M. Keller");
    std::thread([this] { desk.answers[0](base::fail(base::Code::conflict, "already acknowledged")); }).join();
    ASSERT_TRUE(pump([&] { return answered; }));
    ASSERT_EQ(trouble.size(), 1);
    EXPECT_TRUE(trouble[0].contains("already acknowledged"));
}

TEST_F(LiveBridge, doesNotAnswerToWhatIsGone) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    auto asker = std::make_unique<QObject>();
    bool answered = false;
    bool later = false;
    bridge->send(desk::AcknowledgeAllAlarms{}, asker.get(), [&](const auto&) { answered = true; });
    bridge->send(desk::AcknowledgeAllAlarms{}, bridge.get(), [&](const auto&) { later = true; });
    asker.reset();
    desk.answers[0](desk::Done{});
    desk.answers[1](desk::Done{});
    ASSERT_TRUE(pump([&] { return later; }));
    EXPECT_FALSE(answered);
}

TEST_F(LiveBridge, canBeDestroyedWhileTheDeskTalks) {
    std::atomic<bool> stop{false};
    std::thread writer([&] {
        for (int n = 1; !stop; ++n)
            desk.commit(alarmDelta(n));
    });
    bridge->send(desk::AcknowledgeAllAlarms{});
    bridge.reset();
    stop = true;
    writer.join();
    EXPECT_FALSE(desk.listened());
    desk.answers[0](base::fail(base::Code::unavailable, "ending")); // late, and harmless
    QCoreApplication::processEvents();
}

TEST_F(LiveBridge, saysThatThereAreNoRoads) {
    ASSERT_TRUE(pump([this] { return bridge->ready(); }));
    QStringList failed;
    QObject::connect(bridge.get(), &DeskBridge::recommendFailed,
                     [&](model::IncidentId, const QString& reason) { failed << reason; });
    bridge->recommend(id<model::IncidentId>(1));
    ASSERT_TRUE(pump([&] { return failed.size() == 1; }));
    EXPECT_FALSE(failed[0].isEmpty());
}

TEST_F(LiveBridge, answersAboutReadingsAndEntriesEvenWithoutFiles) {
    int answers = 0;
    bridge->readingsOf(model::SensorId("rhine-vaduz"), base::Time{}, test::sceneNow(), 10, bridge.get(),
                       [&](const auto& points) { answers += points.empty() ? 1 : 0; });
    bridge->entriesAbout("x", 10, bridge.get(), [&](const auto& entries) { answers += entries.empty() ? 1 : 0; });
    EXPECT_TRUE(pump([&] { return answers == 2; }));
}

TEST_F(LiveBridge, asksRoadsWithoutWhatIsClosed) {
    const route::test::RoadMap map({"W----A-------E"});
    test::Scene scene = test::fakeScene();
    scene.state.resources.clear();
    scene.state.assignments.clear();
    for (const char place : {'W', 'E'}) {
        model::Resource team;
        team.id = id<model::ResourceId>(static_cast<unsigned>(place));
        team.people = 4;
        team.position = map.node(place);
        scene.state.resources[team.id] = team;
    }
    const auto west = id<model::ResourceId>('W');
    const auto east = id<model::ResourceId>('E');
    for (const bool closed : {false, true}) {
        if (closed) {
            model::Drawing closure;
            closure.id = id<model::DrawingId>(1);
            closure.kind = model::DrawingKind::closure;
            closure.line = {route::test::RoadMap::at(3, -1), route::test::RoadMap::at(3, 1)};
            closure.drawnAt = test::sceneNow() - std::chrono::minutes(1);
            scene.state.drawings[closure.id] = closure;
        }
        HandDesk own{scene};
        const auto open =
            makeDeskBridge(own, map.graph(), "/nonexistent/readings", "/nonexistent/tocsin.db", "somebody");
        ASSERT_TRUE(pump([&] { return open->ready(); }));
        std::vector<model::ResourceId> near;
        double metres = 0;
        bool isThere = false;
        open->nearestResources(map.node('A'), 10, open.get(), [&](const std::vector<DeskBridge::NearResource>& found) {
            for (const auto& one : found)
                near.push_back(one.resource);
        });
        open->reachAround({map.node('A')}, route::ReachDirection::toPlace, base::Seconds(40), open.get(),
                          [&](const DeskBridge::Reached& reached) {
                              for (const auto& road : *reached)
                                  metres += geo::length(road.line).value;
                              isThere = true;
                          });
        ASSERT_TRUE(pump([&] { return isThere && !near.empty(); }));
        EXPECT_EQ(near, closed ? std::vector{east} : (std::vector{west, east}));
        EXPECT_NEAR(metres, closed ? 600 : 800, 5);
    }
}

TEST_F(LiveBridge, whoIsAskedByHandIsJudgedAsHeIsNowEachTime) {
    const route::test::RoadMap map({"W----A"});
    test::Scene scene = test::fakeScene();
    scene.state.resources.clear();
    scene.state.assignments.clear();
    scene.state.decisions.clear();
    for (auto& [key, incident] : scene.state.incidents)
        incident.position = map.node('A');
    const auto incident = std::find_if(scene.state.incidents.begin(), scene.state.incidents.end(), [](const auto& one) {
                              return one.second.state == model::IncidentState::open;
                          })->first;
    model::Resource team;
    team.id = id<model::ResourceId>(700);
    team.people = 4;
    team.position = map.node('W');
    scene.state.resources[team.id] = team;
    HandDesk own{scene};
    const auto open = makeDeskBridge(own, map.graph(), "/nonexistent/readings", "/nonexistent/tocsin.db", "somebody");
    ASSERT_TRUE(pump([&] { return open->ready(); }));
    std::vector<bool> possible;
    const auto ask = [&] {
        open->choicesByHand(incident, open.get(), [&](const DeskBridge::HandChoices& found) {
            ASSERT_TRUE(found) << found.error().message;
            ASSERT_EQ(found->size(), 1U);
            possible.push_back(found->front().possible);
        });
    };
    ask();
    ask(); // two workers at once
    ASSERT_TRUE(pump([&] { return possible.size() == 2; }));
    for (const auto status : {model::ResourceStatus::outOfService, model::ResourceStatus::available}) {
        team.status = status;
        desk::Delta delta;
        delta.changed.emplace_back(team);
        own.commit(std::move(delta));
        ASSERT_TRUE(pump([&] { return open->state().resources.at(team.id).status == status; }));
        const auto answered = possible.size();
        ask();
        ASSERT_TRUE(pump([&] { return possible.size() > answered; }));
    }
    EXPECT_EQ(possible, (std::vector{true, true, false, true}));
}

TEST_F(LiveBridge, aPlanThatHasWaitedIsApprovedWithItsWaysFoundAnew) {
    const route::test::RoadMap map({"W----A"});
    test::Scene scene = test::fakeScene();
    model::Decision plan;
    plan.id = id<model::DecisionId>(1);
    plan.incident = scene.state.incidents.begin()->first;
    scene.state.incidents.begin()->second.position = map.node('A');
    plan.lines.emplace_back();
    plan.lines.back().resource = id<model::ResourceId>(700);
    plan.lines.back().eta = base::Seconds(999);
    auto& team = scene.state.resources[id<model::ResourceId>(700)];
    team.id = id<model::ResourceId>(700);
    team.position = map.node('W');
    scene.state.drawings.clear();
    for (const auto age : {std::chrono::minutes(1), std::chrono::minutes(3)}) {
        plan.at = plan.factsAt = test::sceneNow() - age;
        scene.state.decisions = {{plan.id, plan}};
        HandDesk own{scene};
        const auto open = makeDeskBridge(own, map.graph(), "/nonexistent/readings", "/nonexistent/tocsin.db", "somebody");
        ASSERT_TRUE(pump([&] { return open->ready(); }));
        open->approve(plan.id);
        ASSERT_TRUE(pump([&] { return !own.submitted.empty(); }));
        const auto* word = own.submitted.back().body.as<desk::JudgeDecision>();
        ASSERT_NE(word, nullptr);
        EXPECT_TRUE(word->approve);
        if (age < std::chrono::minutes(2)) {
            EXPECT_TRUE(word->ways.empty()) << "as it was proposed a minute ago";
            continue;
        }
        ASSERT_EQ(word->ways.size(), 1U);
        EXPECT_EQ(word->waysAt, test::sceneNow());
        EXPECT_LT(word->ways[0].eta.value, 999);
        EXPECT_FALSE(word->ways[0].route.points.empty());
    }
}

TEST_F(LiveBridge, questionsAboutWaysWaitForRoadsThatAreStillRead) {
    const route::test::RoadMap map({"W----A-------E"});
    test::Scene scene = test::fakeScene();
    scene.state.assignments.clear();
    for (auto& [key, resource] : scene.state.resources)
        resource.position = map.node('W');
    for (auto& [key, incident] : scene.state.incidents)
        incident.position = map.node('A');
    const auto incident = scene.state.incidents.begin()->first;
    QSemaphore gate;
    HandDesk own{scene};
    const auto slow = makeDeskBridge(own, nullptr, "/nonexistent/readings", "/nonexistent/tocsin.db", "somebody", [&] {
        gate.acquire();
        return map.graph();
    });
    const auto opened = qScopeGuard([&] { gate.release(); }); // the bridge waits for its workers
    ASSERT_TRUE(pump([&] { return slow->ready(); }));
    QString sentence;
    bool recommended = false;
    bool near = false;
    bool reached = false;
    bool dropped = true;
    QObject::connect(slow.get(), &DeskBridge::recommendFailed, slow.get(),
                     [&](model::IncidentId, const QString& reason) { sentence = reason; });
    QObject::connect(slow.get(), &DeskBridge::recommended, slow.get(), [&] { recommended = true; });
    slow->recommend(incident);
    slow->nearestResources(map.node('A'), 3, slow.get(),
                           [&](const std::vector<DeskBridge::NearResource>& found) { near = !found.empty(); });
    {
        QObject gone;
        slow->nearestResources(map.node('A'), 3, &gone, [&](const auto&) { dropped = false; });
    }
    slow->reachAround({map.node('A')}, route::ReachDirection::toPlace, base::Seconds(40), slow.get(),
                      [&](const DeskBridge::Reached& roads) { reached = !roads->empty(); });
    ASSERT_TRUE(pump([&] { return !sentence.isEmpty(); }));
    EXPECT_TRUE(sentence.contains("being read")) << sentence.toStdString();
    EXPECT_FALSE(recommended || near || reached);
    gate.release();
    EXPECT_TRUE(pump([&] { return recommended && near && reached; }));
    EXPECT_TRUE(dropped);
}

TEST_F(LiveBridge, showsThePastAndOnlyTheNewestQuestionWaits) {
    const QTemporaryDir folder;
    const std::filesystem::path database = std::filesystem::path(folder.path().toStdString()) / "tocsin.db";
    auto store = store::Store::open(database, store::Access::readWrite, "testshire");
    ASSERT_TRUE(store);
    const auto note = [&](int n) {
        model::EntryDraft draft;
        draft.id = id<model::EntryId>(static_cast<unsigned>(n));
        draft.command = id<model::CommandId>(static_cast<unsigned>(n));
        draft.type = "note.written";
        draft.time = test::sceneNow() + std::chrono::seconds(n);
        draft.data = nlohmann::json::object();
        ASSERT_TRUE((*store)->begin());
        ASSERT_TRUE((*store)->append(draft));
        ASSERT_TRUE((*store)->commit());
    };
    for (int n = 1; n <= 50; ++n)
        note(n);
    const auto past = makeDeskBridge(desk, nullptr, database.parent_path() / "readings", database, "somebody");
    std::vector<std::int64_t> answered;
    for (int n = 1; n <= 50; ++n)
        past->pictureAt(test::sceneNow() + std::chrono::seconds(n), past.get(),
                        [&](const base::Result<DeskBridge::PastPicture>& picture) {
                            ASSERT_TRUE(picture) << picture.error().message;
                            answered.push_back((*picture)->lastSeq);
                        });
    ASSERT_TRUE(pump([&] { return !answered.empty() && answered.back() == 50; }));
    EXPECT_TRUE(std::is_sorted(answered.begin(), answered.end()));
    note(51); // the journal grows on
    std::optional<desk::JournalSpan> span;
    std::int64_t last = 0;
    past->journalSpan(past.get(), [&](const base::Result<desk::JournalSpan>& result) { span = *result; });
    past->pictureAt(base::Time::max(), past.get(),
                    [&](const base::Result<DeskBridge::PastPicture>& picture) { last = (*picture)->lastSeq; });
    ASSERT_TRUE(pump([&] { return span && last > 0; }));
    EXPECT_EQ(span->entries, 51);
    EXPECT_EQ(last, 51);
}

TEST_F(LiveBridge, saysWhenThereIsNoJournalToReplay) {
    bool refused = false;
    auto gone = std::make_unique<QObject>();
    bridge->journalSpan(gone.get(), [](const auto&) { FAIL() << "nobody asks any more"; });
    gone.reset();
    bridge->pictureAt(test::sceneNow(), bridge.get(), [&](const base::Result<DeskBridge::PastPicture>& picture) {
        refused = !picture && picture.error().code == base::Code::notFound;
    });
    EXPECT_TRUE(pump([&] { return refused; }));
}

} // namespace
} // namespace tocsin::gui
