#include "gui/shell/report_watch.hpp"

#include <condition_variable>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;

class Watching : public testing::Test {
  protected:
    using Finds = std::shared_ptr<const ReportFinds>;

    /// Waits until what was told last is so.
    bool told(const std::function<bool(const ReportFinds&)>& so) {
        std::unique_lock lock(m_mutex);
        return m_told.wait_for(lock, 20s, [&] { return m_last && so(*m_last); });
    }
    model::Report report(const std::string& text, double latitude = 47.14) {
        model::Report made;
        made.id = m_ids.make<model::ReportId>();
        made.category = "flood";
        made.text = text;
        made.position = model::Position::trusted(latitude, 9.52);
        made.happenedAt = made.receivedAt = m_clock.now();
        made.trust = model::Trust::known;
        return made;
    }
    static std::shared_ptr<const desk::Delta> delta(std::vector<model::Changed> changed) {
        auto made = std::make_shared<desk::Delta>();
        made->changed = std::move(changed);
        return made;
    }

    base::ManualClock m_clock{*base::parseTime("2026-11-20T08:00:00Z")};
    base::RandomIdSource m_ids{m_clock};
    std::mutex m_mutex;
    std::condition_variable m_told;
    Finds m_last;
    ReportWatch m_watch{m_clock, {}, {}, [this](Finds finds) {
                            const std::lock_guard lock(m_mutex);
                            m_last = std::move(finds);
                            m_told.notify_all();
                        }};
};

} // namespace

TEST_F(Watching, ItIsSettledOnceAllThatCameHasBeenToldOf) {
    EXPECT_FALSE(m_watch.isSettled());
    const auto a = report("The cellar in the Mill Lane is flooded up to the windows");
    const auto b = report("Flooded cellar in the Mill Lane, water up to the windows");
    desk::Snapshot snapshot;
    snapshot.state.reports = {{a.id, a}, {b.id, b}};
    m_watch.begin(std::move(snapshot));
    while (!m_watch.isSettled())
        std::this_thread::yield();
    const std::lock_guard lock(m_mutex);
    ASSERT_TRUE(m_last);
    EXPECT_EQ(m_last->groups.size(), 1U);
}

TEST_F(Watching, GroupsOfTheFirstPictureAndOfWhatComesLaterAreTold) {
    const auto a = report("The cellar in the Mill Lane is flooded up to the windows");
    const auto b = report("Flooded cellar in the Mill Lane, water up to the windows");
    const auto c = report("Mill Lane: the cellar is flooded, water at the windows");
    desk::Snapshot snapshot;
    snapshot.state.reports = {{a.id, a}, {b.id, b}};
    m_watch.begin(std::move(snapshot));
    ASSERT_TRUE(told([&](const ReportFinds& finds) { return finds.groups.size() == 1; }));
    m_watch.put(delta({c}));
    ASSERT_TRUE(told([&](const ReportFinds& finds) {
        return finds.groups.size() == 1 && finds.groups[0].reports.size() == 3 && finds.groupOf.contains(c.id);
    }));
    auto dismissed = b;
    dismissed.state = model::ReportState::dismissed;
    m_watch.put(delta({dismissed}));
    EXPECT_TRUE(told([&](const ReportFinds& finds) { return !finds.groupOf.contains(b.id); }));
}

TEST_F(Watching, AGroupThatGrowsIsProposedAndWhoComesAfterTheIncidentIsProposedForIt) {
    const auto a = report("The cellar in the Mill Lane is flooded up to the windows");
    const auto b = report("Flooded cellar in the Mill Lane, water up to the windows");
    const auto c = report("Mill Lane: the cellar is flooded, water at the windows");
    m_watch.put(delta({a, b}));
    ASSERT_TRUE(told([](const ReportFinds& finds) { return finds.groups.size() == 1; }));
    m_watch.put(delta({c}));
    ASSERT_TRUE(told([](const ReportFinds& finds) { return finds.proposals.size() == 1; }));
    {
        const std::lock_guard lock(m_mutex);
        EXPECT_EQ(m_last->proposals.begin()->second.hazard, "flood");
        EXPECT_EQ(m_last->proposals.begin()->second.reports.size(), 3U);
    }
    model::Incident incident;
    incident.id = m_ids.make<model::IncidentId>();
    std::vector<model::Changed> linked{incident};
    for (auto one : {a, b, c}) {
        one.incident = incident.id;
        linked.emplace_back(one);
    }
    m_watch.put(delta(linked));
    ASSERT_TRUE(told([](const ReportFinds& finds) { return finds.proposals.empty(); }));
    const auto d = report("Cellar flooded in the Mill Lane, water up to the windows");
    m_watch.put(delta({d}));
    EXPECT_TRUE(told([&](const ReportFinds& finds) {
        return finds.proposals.size() == 1 && finds.proposals.begin()->second.incident == incident.id &&
               finds.proposals.begin()->second.reports == std::vector{d.id};
    }));
}

TEST_F(Watching, WhatPeopleHaveJoinedIsAGroupThoughNothingIsAlike) {
    auto a = report("Smoke over the wood");
    auto b = report("水进了地下室", 47.2);
    m_watch.put(delta({a, b}));
    model::ReportCluster cluster;
    cluster.id = m_ids.make<model::ClusterId>();
    cluster.reports = {a.id, b.id};
    a.cluster = b.cluster = cluster.id;
    m_watch.put(delta({a, b, cluster}));
    EXPECT_TRUE(told([&](const ReportFinds& finds) { return finds.groups.size() == 1 && finds.groups[0].cluster == cluster.id; }));
}

TEST_F(Watching, ReasonsComeForWhatWasAskedAndFollowWhatChanges) {
    const auto a = report("The bridge is under water");
    m_watch.put(delta({a}));
    m_watch.ask(a.id);
    ASSERT_TRUE(told([&](const ReportFinds& finds) { return finds.reasons.contains(a.id); }));
    const auto nobody = m_ids.make<model::ReportId>();
    m_watch.ask(nobody);
    EXPECT_TRUE(told([&](const ReportFinds& finds) { return finds.reasons.contains(nobody); })) << "known: nothing";
    auto called = a;
    called.hasContact = true;
    called.callBack = model::CallBack{m_clock.now(), "Ann", m_clock.now(), "Ann", true, "it is so"};
    m_watch.put(delta({called}));
    EXPECT_TRUE(told([&](const ReportFinds& finds) {
        const auto& reasons = finds.reasons.at(a.id);
        return std::any_of(reasons.begin(), reasons.end(),
                           [](const triage::Reason& reason) { return reason.what == triage::Reason::What::calledBack; });
    }));
}

} // namespace tocsin::gui
