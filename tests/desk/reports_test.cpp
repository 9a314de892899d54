#include "desk/desk_fixture.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;
using base::Code;
using model::ReportState;

namespace {

class Reports : public DeskFixture {
  protected:
    model::ReportId take(const std::string& text, const std::string& phone = {}) {
        clock.advance(1s);
        model::Report report;
        report.text = text;
        report.category = "flood";
        report.position = model::Position::trusted(47.14, 9.52);
        report.contact.phone = phone;
        return *model::ReportId::parse(must(desk::TakeReport{"phone page", report}).ids.at(0));
    }
    model::Report report(model::ReportId id) { return desk->snapshot().state.reports.at(id); }
    model::ReportCluster cluster(model::ClusterId id) { return desk->snapshot().state.clusters.at(id); }
    model::ClusterId join(std::vector<model::ReportId> reports, std::optional<model::ClusterId> into = {}) {
        const auto done = must(desk::JoinReports{std::move(reports), into});
        return done.ids.empty() ? model::ClusterId{} : *model::ClusterId::parse(done.ids.at(0));
    }
    base::Error refusal(desk::CommandBody body, const std::string& actor = "M. Keller") {
        const auto done = run(std::move(body), actor);
        EXPECT_FALSE(done);
        return done ? base::Error{} : done.error();
    }
    void expectRebuildTheSame() {
        desk.reset();
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
        const auto before = (*store)->projectionDigest();
        ASSERT_TRUE((*store)->rebuild());
        EXPECT_EQ(before.value(), (*store)->projectionDigest().value());
    }
};

} // namespace

TEST_F(Reports, ManyAreJudgedInOneEntryAndThoseJudgedAlreadyArePassedOver) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    must(desk::JudgeReport{a, ReportState::verified});
    must(desk::ClaimReports{{b}});
    const auto done = must(desk::JudgeReports{{a, b, c, b}, ReportState::verified, "seen by the crew"});
    ASSERT_EQ(done.entries.size(), 1U);
    EXPECT_EQ(done.entries.at(0).type, "report.judged");
    EXPECT_EQ(done.entries.at(0).data.at("count"), 3);
    EXPECT_EQ(report(b).note, "seen by the crew");
    EXPECT_EQ(report(b).judgedAt, clock.now());
    EXPECT_EQ(report(b).claimedBy, "");
    EXPECT_EQ(refusal(desk::JudgeReports{{a, b}, ReportState::verified, ""}).code, Code::conflict);
    EXPECT_EQ(refusal(desk::JudgeReport{a, ReportState::needsMore}).message, "what is still missing is empty");
    EXPECT_EQ(refusal(desk::JudgeReports{{a, ids.make<model::ReportId>()}, ReportState::dismissed, ""}).code,
              Code::notFound);
    EXPECT_EQ(report(a).state, ReportState::verified);
    EXPECT_EQ(refusal(desk::JudgeReports{{}, ReportState::verified, ""}).code, Code::refused);
    expectRebuildTheSame();
}

TEST_F(Reports, OfTwoWhoClaimAtOnceOneIsToldWhoHasIt) {
    const auto a = take("a");
    const auto b = take("b");
    auto first = desk->submit(desk::Command{desk->newCommandId(), "Ann", desk::ClaimReports{{a}}});
    auto second = desk->submit(desk::Command{desk->newCommandId(), "Ben", desk::ClaimReports{{b, a}}});
    EXPECT_TRUE(first.get());
    const auto refused = second.get();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "Ann has one of these reports in hand: ask, or take it over");
    EXPECT_EQ(report(b).claimedBy, "") << "all or none";
    EXPECT_EQ(refusal(desk::ReleaseReports{{a}}, "Ben").message, "Ann has this report in hand, not Ben");

    EXPECT_TRUE(run(desk::ClaimReports{{a}, true}, "Ben"));
    EXPECT_EQ(report(a).claimedBy, "Ben");
    EXPECT_TRUE(run(desk::ReleaseReports{{a}}, "Ben"));
    EXPECT_EQ(refusal(desk::ReleaseReports{{a}}, "Ben").code, Code::conflict);
    EXPECT_TRUE(run(desk::ClaimReports{{a}}, "Ann"));
    clock.advance(model::claimLasts + 1s);
    EXPECT_TRUE(run(desk::ClaimReports{{a}}, "Ben")) << "it has gone stale by itself";
    EXPECT_EQ(refusal(desk::JudgeReport{a, ReportState::dismissed}).message, "Ben has this report in hand: ask, or take it over");
    EXPECT_EQ(refusal(desk::JudgeReports{{b, a}, ReportState::needsMore, "where?"}).message,
              "Ben has one of these reports in hand: ask, or take it over");
    EXPECT_EQ(report(a).claimedBy, "Ben");
    const auto judged = must(desk::JudgeReport{a, ReportState::dismissed, {}, true});
    EXPECT_EQ(judged.entries.at(0).data.at("from"), nlohmann::json::array({"Ben"}));
    EXPECT_EQ(report(a).claimedBy, "");
    EXPECT_EQ(refusal(desk::ClaimReports{{a}}).code, Code::conflict);
    must(desk::ClaimReports{{b}});
    const auto own = must(desk::JudgeReport{b, ReportState::verified});
    EXPECT_FALSE(own.entries.at(0).data.contains("from")) << "what one has in hand oneself";
}

TEST_F(Reports, AClaimGoesStaleOnlyWithoutAnActOfWhoHasIt) {
    const auto a = take("a", "079 123 45 67");
    const auto b = take("b");
    const auto act = [&](desk::CommandBody body, const std::string& actor) {
        clock.advance(10min);
        const auto done = run(std::move(body), actor);
        ASSERT_TRUE(done) << done.error().message;
    };
    EXPECT_TRUE(run(desk::ClaimReports{{a}}, "Ann"));
    act(desk::PlanCallBack{a, clock.now() + 1h}, "Ann");
    EXPECT_EQ(report(a).claimedAt, clock.now());
    act(desk::EndCallBack{a, true, "still rising"}, "Ann");
    act(desk::PlaceReport{a, model::Position::trusted(47.2, 9.5), "address"}, "Ann");
    act(desk::ShowContact{a}, "Ann");
    act(desk::JoinReports{{a, b}, {}}, "Ann");
    EXPECT_EQ(model::claimant(report(a), clock.now()), "Ann") << "50 minutes, and never a quarter of an hour idle";
    EXPECT_EQ(report(b).claimedBy, "") << "nobody takes in hand what he only joins";
    const auto last = clock.now();
    act(desk::PlaceReport{a, model::Position::trusted(47.3, 9.5), "address"}, "Ben");
    EXPECT_EQ(report(a).claimedAt, last) << "another's act is not hers";
    clock.advance(6min);
    EXPECT_EQ(model::claimant(report(a), clock.now()), "") << "stale";
    must(desk::PlaceReport{a, model::Position::trusted(47.4, 9.5), "address"});
    EXPECT_EQ(report(a).claimedAt, last) << "what went stale does not come back by an act";
    expectRebuildTheSame();
}

TEST_F(Reports, ThatReportsAreNoIncidentIsKeptWithWhoSaidSoAndWhy) {
    const auto a = take("a");
    const auto b = take("b");
    EXPECT_EQ(refusal(desk::DeclineIncident{{a, b}, "", 3, false}).message, "why it is no incident is empty");
    EXPECT_EQ(refusal(desk::DeclineIncident{{}, "x", 3, false}).code, Code::refused);
    const auto done = must(desk::DeclineIncident{{a, b}, "a drill of the fire brigade", 3, false});
    ASSERT_EQ(done.entries.size(), 1U);
    EXPECT_EQ(done.entries.at(0).type, "report.no-incident");
    EXPECT_EQ(done.entries.at(0).data.at("reason"), "a drill of the fire brigade");
    const model::NoIncident expected{"M. Keller", clock.now(), "a drill of the fire brigade", 3, false};
    EXPECT_EQ(report(a).noIncident, expected);
    EXPECT_EQ(report(b).noIncident, expected);
    const auto again = refusal(desk::DeclineIncident{{a}, "so it is", 3, false}, "Ann");
    EXPECT_EQ(again.code, Code::conflict);
    EXPECT_EQ(again.message, "M. Keller has said already that the report is no incident");
    EXPECT_TRUE(run(desk::DeclineIncident{{a}, "still the drill", 6, true}, "Ann"));
    EXPECT_EQ(report(a).noIncident->by, "Ann");
    EXPECT_EQ(report(b).noIncident, expected);
    must(desk::JudgeReport{b, ReportState::verified});
    EXPECT_EQ(report(b).noIncident, expected) << "another matter";
    const auto read = nlohmann::json(report(a)).get<model::Report>();
    EXPECT_EQ(read.noIncident, report(a).noIncident);
    expectRebuildTheSame();
}

TEST_F(Reports, ACallBackIsATaskWithAClock) {
    const auto silent = take("nobody's");
    const auto a = take("a", "079 123 45 67");
    EXPECT_EQ(refusal(desk::PlanCallBack{silent, clock.now() + 10min}).code, Code::refused);
    EXPECT_EQ(refusal(desk::PlanCallBack{a, clock.now() - 1s}).code, Code::outOfRange);
    must(desk::PlanCallBack{a, clock.now() + 10min});
    must(desk::PlanCallBack{a, clock.now() + 20min});
    EXPECT_EQ(report(a).callBack->due, clock.now() + 20min);
    EXPECT_EQ(refusal(desk::EndCallBack{a, true, ""}).message, "what was said is empty");
    must(desk::EndCallBack{a, false, ""});
    EXPECT_EQ(refusal(desk::EndCallBack{a, true, "yes"}).code, Code::conflict);
    must(desk::PlanCallBack{a, clock.now() + 5min});
    must(desk::EndCallBack{a, true, "still rising"});
    EXPECT_EQ(report(a).callBack->result, "still rising");
    EXPECT_TRUE(report(a).callBack->reached);
    expectRebuildTheSame();
}

TEST_F(Reports, ACallBackThatIsDueIsOneAlarmUntilItIsDone) {
    const auto callBacks = [&] { return alarms("call-back"); };
    const auto a = take("The cellar fills\nwith water", "079 123 45 67");
    const auto b = take("b", "079 123 45 68");
    must(desk::PlanCallBack{a, clock.now() + 10min});
    must(desk::PlanCallBack{b, clock.now() + 20min});
    const auto incident = openIncident();
    must(desk::LinkToIncident{incident, {}, {a}});
    must(desk::JudgeReport{b, ReportState::verified});
    clock.advance(9min);
    EXPECT_TRUE(callBacks().empty());
    clock.advance(2min);
    auto found = callBacks();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].source, "report:" + a.toString());
    EXPECT_EQ(found[0].incident, incident) << "of an incident or not, the sender waits";
    EXPECT_EQ(found[0].kind, model::AlarmKind::silence);
    EXPECT_TRUE(found[0].holds);
    EXPECT_NE(found[0].title.text.find("The cellar fills with water"), std::string::npos) << found[0].title.text;
    EXPECT_NE(found[0].title.in("zh_CN").find("回访"), std::string::npos);
    clock.advance(1min);
    EXPECT_EQ(callBacks().size(), 1U) << "once";
    restart();
    clock.advance(9min);
    found = callBacks();
    ASSERT_EQ(found.size(), 2U) << "the first is known again, and the second is due";
    must(desk::EndCallBack{a, true, "it has stopped"});
    must(desk::PlanCallBack{b, clock.now() + 30min}); // put off
    clock.advance(6s);
    for (const auto& alarm : callBacks())
        EXPECT_FALSE(alarm.holds) << alarm.title.text;
    clock.advance(31min);
    found = callBacks();
    EXPECT_EQ(std::count_if(found.begin(), found.end(), [](const auto& alarm) { return alarm.holds; }), 1);
}

TEST_F(Reports, APlacedReportKeepsTheSendersCoordinatesInTheJournal) {
    const auto a = take("a");
    const auto to = model::Position::trusted(47.2, 9.5);
    const auto done = must(desk::PlaceReport{a, to, "address"});
    EXPECT_EQ(report(a).position, to);
    EXPECT_EQ(done.entries.at(0).data.at("how"), "address");
    EXPECT_FALSE(done.entries.at(0).data.at("before").is_null());
    EXPECT_EQ(refusal(desk::PlaceReport{a, to, "address"}).code, Code::conflict);
    must(desk::PlaceReport{a, model::Position::trusted(47.3, 9.5), "map"});
    EXPECT_EQ(model::sentPosition(report(a)), model::Position::trusted(47.14, 9.52)) << "the sender's own, however often it is placed";
    restart();
    EXPECT_EQ(model::sentPosition(report(a)), model::Position::trusted(47.14, 9.52));
    const auto b = take("b");
    EXPECT_EQ(model::sentPosition(report(b)), report(b).position);
}

TEST_F(Reports, ASenderIsKnownAgainWithoutBeingNamed) {
    const auto a = report(take("a", "+41 79 123 45 67"));
    const auto b = report(take("b", "079 123 45 67"));
    const auto c = report(take("c", "079 123 45 68"));
    EXPECT_EQ(a.sender.size(), 32U);
    EXPECT_EQ(a.sender, b.sender);
    EXPECT_NE(a.sender, c.sender);
    EXPECT_EQ(report(take("d")).sender, "");
    restart();
    EXPECT_EQ(report(take("e", "0041791234567")).sender, a.sender) << "the key is the county's, not the run's";
    model::Report mail;
    mail.text = "f";
    mail.contact.email = " Ann@Example.ORG";
    mail.sender = "forged";
    mail.claimedBy = "forged";
    const auto f = *model::ReportId::parse(must(desk::TakeReport{"http", mail}).ids.at(0));
    EXPECT_EQ(report(f).sender.size(), 32U);
    EXPECT_EQ(report(f).claimedBy, "");
}

TEST_F(Reports, JoinedAddedMergedAndTakenBackStepByStep) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    const auto d = take("d");
    EXPECT_EQ(refusal(desk::JoinReports{{a}, {}}).code, Code::refused);
    const auto one = join({b, a});
    EXPECT_EQ(cluster(one).reports, (std::vector{a, b})) << "as they came";
    EXPECT_EQ(report(a).cluster, one);
    EXPECT_EQ(refusal(desk::JoinReports{{a, b}, {}}).code, Code::conflict);
    const auto two = join({c, d});
    const auto beforeMerge = desk->snapshot().state;
    EXPECT_EQ(join({c}, one), one);
    EXPECT_EQ(cluster(one).reports, (std::vector{a, b, c, d}));
    EXPECT_TRUE(cluster(two).reports.empty());
    EXPECT_EQ(report(d).cluster, one);
    EXPECT_EQ(refusal(desk::JoinReports{{a}, two}).code, Code::conflict) << "it is dissolved";

    must(desk::UndoCluster{one});
    EXPECT_EQ(desk->snapshot().state.reports, beforeMerge.reports);
    EXPECT_EQ(cluster(one).reports, (std::vector{a, b}));
    EXPECT_EQ(cluster(two).reports, (std::vector{c, d}));
    must(desk::UndoCluster{one});
    EXPECT_EQ(cluster(one).reports, (std::vector{a, b, c, d})) << "taking back what was taken back";
    expectRebuildTheSame();
}

TEST_F(Reports, ASplitKeepsApartAndOneLeftAloneDissolves) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    const auto one = join({a, b, c});
    must(desk::SplitReports{one, {b}});
    EXPECT_EQ(cluster(one).reports, (std::vector{a, c}));
    EXPECT_EQ(cluster(one).apart, (std::vector{std::pair{a, b}, std::pair{b, c}}));
    EXPECT_FALSE(report(b).cluster);
    EXPECT_EQ(refusal(desk::SplitReports{one, {b}}).code, Code::conflict);
    must(desk::SplitReports{one, {a}});
    EXPECT_TRUE(cluster(one).reports.empty());
    EXPECT_FALSE(report(c).cluster);
    must(desk::UndoCluster{one});
    EXPECT_EQ(cluster(one).reports, (std::vector{a, c}));
    EXPECT_EQ(report(c).cluster, one);
    EXPECT_EQ(cluster(one).apart.size(), 2U);
    const auto two = join({a, b});
    EXPECT_EQ(cluster(two).reports, (std::vector{a, b, c})) << "a's cluster is merged";
    EXPECT_TRUE(cluster(one).apart.empty()) << "whoever joins has the last word";
    must(desk::UndoCluster{two});
    EXPECT_EQ(cluster(one).apart.size(), 2U);
    EXPECT_TRUE(cluster(two).reports.empty());
    expectRebuildTheSame();
}

TEST_F(Reports, WhatIsOnlyProposedCanBeRefusedAndThatTakenBack) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    EXPECT_EQ(refusal(desk::KeepReportsApart{{a}, {}}).code, Code::refused);
    EXPECT_EQ(refusal(desk::KeepReportsApart{{}, {a, b}}).code, Code::refused);
    EXPECT_EQ(refusal(desk::KeepReportsApart{{a}, {a, b}}).code, Code::refused);
    EXPECT_EQ(refusal(desk::KeepReportsApart{{a}, {ids.make<model::ReportId>()}}).code, Code::notFound);
    const auto done = must(desk::KeepReportsApart{{b}, {c, a}});
    ASSERT_EQ(done.entries.size(), 1U);
    EXPECT_EQ(done.entries.at(0).type, "cluster.split");
    EXPECT_EQ(done.entries.at(0).data.at("count"), 1);
    const auto none = *model::ClusterId::parse(done.ids.at(0));
    EXPECT_TRUE(cluster(none).reports.empty());
    EXPECT_EQ(cluster(none).apart, (std::vector{std::pair{a, b}, std::pair{b, c}}));
    EXPECT_FALSE(report(b).cluster);
    must(desk::UndoCluster{none});
    EXPECT_TRUE(cluster(none).apart.empty());
    // The whole proposal: none is the same as any other.
    const auto all = *model::ClusterId::parse(must(desk::KeepReportsApart{{c, a, b}, {}}).ids.at(0));
    EXPECT_EQ(cluster(all).apart.size(), 3U);
    const auto one = join({a, b});
    EXPECT_EQ(cluster(all).apart.size(), 2U) << "whoever joins has the last word";
    EXPECT_EQ(refusal(desk::KeepReportsApart{{a}, {c}}).code, Code::conflict) << "it is in a cluster: from that it is split";
    must(desk::KeepReportsApart{{c}, {a, b}});
    EXPECT_EQ(cluster(one).reports, (std::vector{a, b}));
    expectRebuildTheSame();
}

TEST_F(Reports, AClusterStaysWithOneIncident) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    const auto d = take("d");
    const auto one = join({a, b});
    const auto incident = openIncident();
    must(desk::LinkToIncident{incident, {}, {a}});
    EXPECT_EQ(report(b).incident, incident) << "a link carries the whole cluster";
    EXPECT_EQ(cluster(one).incident, incident);
    join({c}, one);
    EXPECT_EQ(report(c).incident, incident);
    const auto linked = desk->snapshot().state.incidents.at(incident).reports;
    EXPECT_EQ(linked, (std::vector{a, b, c}));

    const auto other = openIncident();
    must(desk::LinkToIncident{other, {}, {d}});
    const auto error = refusal(desk::JoinReports{{d}, one});
    EXPECT_EQ(error.code, Code::conflict);
    EXPECT_NE(error.message.find("two open incidents, 2026-0001 and 2026-0002"), std::string::npos) << error.message;

    must(desk::UndoCluster{one});
    EXPECT_FALSE(report(c).incident) << "it had come by the join";
    EXPECT_EQ(desk->snapshot().state.incidents.at(incident).reports, (std::vector{a, b}));
    join({c}, one);
    must(desk::SplitReports{one, {c}});
    EXPECT_FALSE(report(c).incident);
    join({c}, one);
    must(desk::CloseIncident{incident, "over"});
    EXPECT_EQ(refusal(desk::UndoCluster{one}).code, Code::conflict);
    expectRebuildTheSame();
}

TEST_F(Reports, UndoIsRefusedWhereAnotherClusterHasChangedSince) {
    const auto a = take("a");
    const auto b = take("b");
    const auto c = take("c");
    const auto d = take("d");
    const auto one = join({a, b});
    const auto two = join({a, c});
    EXPECT_TRUE(cluster(one).reports.empty());
    must(desk::JoinReports{{b, d}, two});
    // one's last change was the merge into two, which has changed since
    EXPECT_EQ(refusal(desk::UndoCluster{one}).code, Code::conflict);
    EXPECT_EQ(refusal(desk::UndoCluster{ids.make<model::ClusterId>()}).code, Code::notFound);
}

TEST_F(Reports, TheSameCommandTwiceChangesNothing) {
    const auto a = take("a");
    const auto b = take("b");
    const desk::Command command{desk->newCommandId(), "Ann", desk::JoinReports{{a, b}, {}}};
    const auto first = desk->submit(command).get();
    const auto second = desk->submit(command).get();
    ASSERT_TRUE(first && second);
    EXPECT_TRUE(second->duplicate);
    EXPECT_EQ(first->ids, second->ids);
    EXPECT_EQ(desk->snapshot().state.clusters.size(), 1U);
}
