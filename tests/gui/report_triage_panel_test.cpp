#include "gui/panels/reason_dialog.hpp"
#include "gui/panels/report_acts.hpp"
#include "gui/panels/report_judgement.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::id;

class FakeTriage final : public ReportTriage {
  public:
    std::vector<triage::ReportGroup> all;
    std::vector<triage::HotSpot> spots;
    std::map<model::ReportId, std::vector<triage::Reason>> why;
    std::vector<WordsFault> faults;
    std::vector<triage::TrendingTerm> terms;
    std::map<std::string, triage::IncidentProposal> proposals;

    const std::vector<triage::TrendingTerm>& trending() const override { return terms; }
    const std::vector<WordsFault>& wordsFaults() const override { return faults; }
    const std::vector<triage::ReportGroup>& groups() const override { return all; }
    const triage::ReportGroup* groupOf(model::ReportId report) const override {
        for (const auto& group : all) {
            if (std::find(group.reports.begin(), group.reports.end(), report) != group.reports.end())
                return &group;
        }
        return nullptr;
    }
    const std::vector<triage::HotSpot>& hotSpots() const override { return spots; }
    const std::vector<triage::Reason>& credibilityOf(model::ReportId report) const override {
        const auto found = why.find(report);
        return found == why.end() ? ReportTriage::credibilityOf(report) : found->second;
    }

  protected:
    const triage::IncidentProposal* foundFor(const std::string& group) const override {
        const auto found = proposals.find(group);
        return found == proposals.end() ? nullptr : &found->second;
    }
};

class TriagePanel : public test::PanelTest {
  protected:
    void SetUp() override {
        test::PanelTest::SetUp();
        auto& reports = desk.scene().state.reports;
        for (int i = 11; i <= 13; ++i) {
            model::Report report = reports.at(id<model::ReportId>(1));
            report.id = id<model::ReportId>(i);
            report.text = "Gas smells strongly " + std::to_string(i);
            report.hasContact = true;
            report.receivedAt = desk.time - std::chrono::minutes(20 - i);
            reports[report.id] = report;
        }
        triage::ReportGroup group;
        group.key = "gas";
        group.reports = {id<model::ReportId>(11), id<model::ReportId>(12), id<model::ReportId>(13)};
        group.proposed = group.reports;
        triage::WhySame why;
        why.distance = base::Metres{120};
        why.sameCategory = true;
        why.shared = {"gas"};
        group.why[id<model::ReportId>(12)] = why;
        finds.all.push_back(group);
        ui.reports = &finds;
    }
    RowFace faceOf(const ReportPanel& panel, int number) {
        for (int row = 0; row < panel.list().model()->rowCount(); ++row) {
            const auto index = panel.list().model()->index(row, 0);
            if (index.data(RowSource::idRole).toString().toStdString() == id<model::ReportId>(number).toString())
                return index.data(RowSource::faceRole).value<RowFace>();
        }
        ADD_FAILURE() << "report " << number << " has no row";
        return {};
    }

    /// The three that smell gas, as an incident.
    triage::IncidentProposal& propose() {
        auto& proposal = finds.proposals["gas"];
        proposal.group = "gas";
        proposal.hazard = "hazmat";
        proposal.hazardClass = model::HazardClass::accident;
        proposal.grade = model::Grade::III;
        proposal.centre = model::Position::trusted(47.2, 9.5);
        proposal.place = "Mill Lane";
        proposal.reports = finds.all.front().reports;
        proposal.senders = 3;
        triage::ProposalReason reason;
        reason.what = triage::ProposalReason::What::trappedTold;
        reason.count = 2;
        reason.grade = model::Grade::III;
        proposal.reasons.push_back(reason);
        return proposal;
    }

    FakeTriage finds;
};

TEST_F(TriagePanel, WhatMayBeOneEventIsOneRowUntilItIsOpened) {
    ReportPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    const int before = panel.list().model()->rowCount();
    EXPECT_EQ(faceOf(panel, 11).count, 3U);
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_Right);
    EXPECT_EQ(panel.list().model()->rowCount(), before + 2);
    EXPECT_EQ(faceOf(panel, 12).depth, 1);
    QTest::keyClick(&panel.list(), Qt::Key_Left);
    EXPECT_EQ(panel.list().model()->rowCount(), before);
}

TEST_F(TriagePanel, AHotSpotWithoutWordsDoesNotSpeak) {
    triage::HotSpot spot;
    spot.centre = model::Position::trusted(47.1, 9.5);
    spot.radiusMetres = 5'000;
    spot.reports = 9;
    finds.spots = {spot, spot};
    finds.spots[1].terms = {"gas"};
    ReportPanel panel(ui);
    panel.findChild<QPushButton*>(QStringLiteral("hotButton"))->click();
    const auto* menu = panel.findChild<QMenu*>(QStringLiteral("reportHot"));
    ASSERT_NE(menu, nullptr);
    QStringList lines;
    for (const auto* action : menu->actions())
        lines << action->text();
    EXPECT_EQ(lines.filter(QStringLiteral("of nothing in common")).size(), 1) << lines.join('\n').toStdString();
    EXPECT_EQ(lines.filter(QStringLiteral(": gas")).size(), 1);
}

TEST_F(TriagePanel, AFaultInTheCountysWordsIsShownWithItsPlace) {
    {
        ReportPanel sound(ui);
        EXPECT_TRUE(sound.findChild<QLabel*>(QStringLiteral("wordsFault"))->isHidden());
    }
    base::Error error{base::Code::malformed, "'words' must be a list of texts", {}};
    error.place.line = 7;
    finds.faults = {{"synonyms.toml", error}};
    ReportPanel panel(ui);
    const auto* label = panel.findChild<QLabel*>(QStringLiteral("wordsFault"));
    ASSERT_FALSE(label->isHidden());
    EXPECT_TRUE(label->text().contains(QStringLiteral("synonyms.toml"))) << label->text().toStdString();
    EXPECT_TRUE(label->text().contains(QStringLiteral("line 7"))) << label->text().toStdString();
    speak(QStringLiteral("zh_CN"));
    EXPECT_TRUE(label->text().contains(QStringLiteral("程序自带"))) << label->text().toStdString();
}

TEST_F(TriagePanel, AnActOnAClosedGroupIsForAllOfIt) {
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_C);
    const auto* claimed = desk.lastSent<desk::ClaimReports>();
    ASSERT_NE(claimed, nullptr);
    EXPECT_EQ(claimed->reports.size(), 3U);
    QTest::keyClick(&panel.list(), Qt::Key_J);
    const auto* joined = desk.lastSent<desk::JoinReports>();
    ASSERT_NE(joined, nullptr);
    EXPECT_EQ(joined->reports.size(), 3U);
    EXPECT_FALSE(joined->cluster);
    QTest::keyClick(&panel.list(), Qt::Key_V);
    const auto* judged = desk.lastSent<desk::JudgeReports>();
    ASSERT_NE(judged, nullptr);
    EXPECT_EQ(judged->state, model::ReportState::verified);
    EXPECT_EQ(judged->reports.size(), 3U);
}

TEST_F(TriagePanel, AnActOnAMemberIsForItAlone) {
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_Right);
    selection.select(id<model::ReportId>(12));
    QTest::keyClick(&panel.list(), Qt::Key_D);
    const auto* judged = desk.lastSent<desk::JudgeReport>();
    ASSERT_NE(judged, nullptr);
    EXPECT_EQ(judged->report, id<model::ReportId>(12));
    EXPECT_EQ(judged->state, model::ReportState::dismissed);
}

TEST_F(TriagePanel, WhatIsProposedAsOneEventIsRefusedWithXAndThatTakenBackWithU) {
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_X); // closed: all of it
    const auto* all = desk.lastSent<desk::KeepReportsApart>();
    ASSERT_NE(all, nullptr);
    EXPECT_EQ(all->reports.size(), 3U);
    EXPECT_TRUE(all->from.empty());
    QTest::keyClick(&panel.list(), Qt::Key_Right);
    selection.select(id<model::ReportId>(12));
    desk.sent.clear();
    QTest::keyClick(&panel.list(), Qt::Key_U);
    EXPECT_TRUE(desk.sent.empty()) << "nothing to take back yet";
    QTest::keyClick(&panel.list(), Qt::Key_X);
    const auto* one = desk.lastSent<desk::KeepReportsApart>();
    ASSERT_NE(one, nullptr);
    EXPECT_EQ(one->reports, std::vector{id<model::ReportId>(12)});
    EXPECT_EQ(one->from, (std::vector{id<model::ReportId>(11), id<model::ReportId>(13)}));
    model::ReportCluster since; // it was taken out of this one, and somebody has joined others to that since
    since.id = id<model::ClusterId>(76);
    since.reports = since.before = {id<model::ReportId>(11), id<model::ReportId>(13)};
    since.apart = {{id<model::ReportId>(11), id<model::ReportId>(12)}};
    desk.scene().state.clusters[since.id] = since;
    desk.sent.clear();
    QTest::keyClick(&panel.list(), Qt::Key_U);
    EXPECT_TRUE(desk.sent.empty()) << "what others joined is not undone from here";
    model::ReportCluster none;
    none.id = id<model::ClusterId>(77);
    none.apart = {{id<model::ReportId>(11), id<model::ReportId>(12)}};
    desk.scene().state.clusters[none.id] = none;
    QTest::keyClick(&panel.list(), Qt::Key_U);
    const auto* back = desk.lastSent<desk::UndoCluster>();
    ASSERT_NE(back, nullptr);
    EXPECT_EQ(back->cluster, none.id);
}

TEST_F(TriagePanel, AReportChosenOnTheMapOpensItsGroup) {
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(13));
    EXPECT_EQ(faceOf(panel, 13).depth, 1);
}

TEST_F(TriagePanel, WhoHasItIsSeenAndAClaimGoesStale) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(11));
    report.claimedBy = "Beck";
    report.claimedAt = desk.time;
    finds.all.clear();
    ReportPanel panel(ui);
    EXPECT_TRUE(faceOf(panel, 11).second.contains(QLatin1String("Beck")));
    desk.time += model::claimLasts + std::chrono::seconds(1);
    EXPECT_FALSE(faceOf(panel, 11).second.contains(QLatin1String("Beck")));
}

TEST_F(TriagePanel, AGroupThatMayBeAnIncidentSaysSoAndIOpensItsDraft) {
    propose();
    ReportPanel panel(ui);
    EXPECT_TRUE(faceOf(panel, 11).second.contains(QLatin1String("may be an incident: Hazardous substance, Mill Lane")))
        << faceOf(panel, 11).second.toStdString();
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_I);
    auto* dialog = panel.findChild<NewIncidentDialog*>();
    ASSERT_NE(dialog, nullptr) << "what is proposed is seen before it is so";
    dialog->findChild<QPushButton*>(QStringLiteral("openButton"))->click();
    const auto* opened = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(opened, nullptr);
    EXPECT_EQ(opened->title.text, "Hazardous substance, Mill Lane");
    EXPECT_EQ(opened->hazard, "hazmat");
    EXPECT_EQ(opened->hazardClass, model::HazardClass::accident);
    EXPECT_EQ(opened->grade, model::Grade::III);
    EXPECT_EQ(opened->place.text, "Mill Lane");
    EXPECT_EQ(opened->reports, finds.all.front().reports) << "all of its members";
}

TEST_F(TriagePanel, WhyItMayBeAnIncidentStandsBesideTheReport) {
    propose();
    ReportJudgement judgement(ui, nullptr);
    judgement.show(id<model::ReportId>(12));
    QStringList texts;
    for (const auto* label : judgement.findChildren<QLabel*>())
        texts << label->text();
    const QString all = texts.join(QLatin1Char('\n'));
    EXPECT_TRUE(all.contains(QLatin1String("may be an incident"))) << all.toStdString();
    EXPECT_TRUE(all.contains(QStringLiteral("People trapped: 2 reports → grade III"))) << all.toStdString();
}

TEST_F(TriagePanel, ANoIsToldToTheDeskWithItsReason) {
    propose().inDanger = 1;
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(11));
    QTest::keyClick(&panel.list(), Qt::Key_R);
    auto* dialog = panel.findChild<ReasonDialog*>();
    ASSERT_NE(dialog, nullptr) << "the next shift is to know why";
    EXPECT_EQ(desk.lastSent<desk::DeclineIncident>(), nullptr);
    dialog->findChild<QLineEdit*>(QStringLiteral("reason"))->setText(QStringLiteral("a drill of the gas works"));
    dialog->findChild<QPushButton*>(QStringLiteral("actButton"))->click();
    const auto* said = desk.lastSent<desk::DeclineIncident>();
    ASSERT_NE(said, nullptr);
    EXPECT_EQ(said->reports, finds.all.front().reports);
    EXPECT_EQ(said->why, "a drill of the gas works");
    EXPECT_EQ(said->senders, 3);
    EXPECT_TRUE(said->danger);
}

TEST_F(TriagePanel, WhoHasSaidThatItIsNoIncidentStandsInTheQueueAndBesideEachOfItsReports) {
    desk.scene().state.reports.at(id<model::ReportId>(11)).noIncident = model::NoIncident{"Beck", desk.time, "a drill", 3, false};
    ReportPanel panel(ui);
    EXPECT_TRUE(faceOf(panel, 11).second.contains(QLatin1String("no incident, says Beck")));
    ReportJudgement judgement(ui, nullptr);
    judgement.show(id<model::ReportId>(13));
    const auto* title = judgement.findChild<QLabel*>(QStringLiteral("reportProposal"));
    ASSERT_NE(title, nullptr);
    EXPECT_TRUE(title->text().contains(QLatin1String("Beck"))) << title->text().toStdString();
    EXPECT_TRUE(title->text().contains(QLatin1String("a drill"))) << title->text().toStdString();
}

TEST_F(TriagePanel, WhatComesToTheGroupOfAnIncidentIsLinkedByOneKey) {
    const auto incident = desk.state().incidents.begin()->first;
    for (const int number : {11, 12})
        desk.scene().state.reports.at(id<model::ReportId>(number)).incident = incident;
    auto& proposal = propose();
    proposal.incident = incident;
    proposal.reports = {id<model::ReportId>(13)};
    ReportPanel panel(ui);
    EXPECT_TRUE(faceOf(panel, 13).second.contains(QLatin1String("may belong to incident")));
    selection.select(id<model::ReportId>(13));
    QTest::keyClick(&panel.list(), Qt::Key_I);
    const auto* linked = desk.lastSent<desk::LinkToIncident>();
    ASSERT_NE(linked, nullptr);
    EXPECT_EQ(linked->incident, incident);
    EXPECT_EQ(linked->reports, std::vector{id<model::ReportId>(13)});
}

TEST_F(TriagePanel, WhatAnotherHasInHandCanBeTakenOverAfterTheRefusal) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(12));
    report.claimedBy = "Beck";
    report.claimedAt = desk.time;
    finds.all.clear();
    ReportPanel panel(ui);
    selection.select(report.id);
    desk.refuseNext = base::Error{base::Code::conflict, "Beck has this report in hand: ask, or take it over", {}};
    QTest::keyClick(&panel.list(), Qt::Key_C);
    ASSERT_NE(desk.lastSent<desk::ClaimReports>(), nullptr);
    EXPECT_FALSE(desk.lastSent<desk::ClaimReports>()->over);
    const auto* menu = panel.findChild<QMenu*>(QStringLiteral("takeOverMenu"));
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->actions().back()->text(), QLatin1String("Take it over from Beck"));
    menu->actions().back()->trigger();
    const auto* over = desk.lastSent<desk::ClaimReports>();
    ASSERT_NE(over, nullptr);
    EXPECT_TRUE(over->over);
    EXPECT_EQ(over->reports, std::vector{report.id});
}

TEST_F(TriagePanel, WhatAnotherHasInHandIsJudgedOnlyByWhoSaysSo) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(12));
    report.claimedBy = "Beck";
    report.claimedAt = desk.time;
    finds.all.clear();
    ReportPanel panel(ui);
    selection.select(report.id);
    desk.refuseNext = base::Error{base::Code::conflict, "Beck has this report in hand: ask, or take it over", {}};
    QTest::keyClick(&panel.list(), Qt::Key_V);
    ASSERT_NE(desk.lastSent<desk::JudgeReport>(), nullptr);
    EXPECT_FALSE(desk.lastSent<desk::JudgeReport>()->over);
    const auto* menu = panel.findChild<QMenu*>(QStringLiteral("takeOverMenu"));
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->actions().front()->text(), QLatin1String("Beck has it in hand"));
    menu->actions().back()->trigger();
    const auto* over = desk.lastSent<desk::JudgeReport>();
    ASSERT_NE(over, nullptr);
    EXPECT_TRUE(over->over);
    EXPECT_EQ(over->report, report.id);
    EXPECT_EQ(over->state, model::ReportState::verified);
}

TEST_F(TriagePanel, MoreThanOneCommandMayNameGoInLots) {
    ReportTarget target;
    for (unsigned n = 0; n < 2'500; ++n) {
        model::Report report = desk.state().reports.at(id<model::ReportId>(12));
        report.id = id<model::ReportId>(10'000 + n);
        report.state = model::ReportState::pending;
        report.claimedBy.clear();
        desk.scene().state.reports[report.id] = report;
        target.reports.push_back(report.id);
    }
    QWidget at;
    desk.sent.clear();
    report_acts::run(ui, &at, target, ReportAct::dismiss);
    ASSERT_EQ(desk.sent.size(), 3U);
    std::vector<model::ReportId> named;
    for (const auto& body : desk.sent) {
        const auto* judged = body.as<desk::JudgeReports>();
        ASSERT_NE(judged, nullptr);
        EXPECT_LE(judged->reports.size(), desk::mostReportsAtOnce);
        EXPECT_EQ(judged->state, model::ReportState::dismissed);
        named.insert(named.end(), judged->reports.begin(), judged->reports.end());
    }
    EXPECT_EQ(named, target.reports);
    desk.sent.clear();
    desk.refuseNext = base::Error{base::Code::conflict, "one of them is judged already", {}};
    report_acts::run(ui, &at, target, ReportAct::claim);
    EXPECT_EQ(desk.sent.size(), 1U) << "what is refused is said, and nothing goes on behind it";
}

TEST_F(TriagePanel, AChosenWordShowsItsReportsAloneUntilEscape) {
    triage::TrendingTerm term;
    term.term = "gas";
    term.now = 12;
    term.usual = 0.5;
    term.reports = {id<model::ReportId>(12), id<model::ReportId>(13)};
    finds.terms = {term};
    desk.scene().state.reports.at(id<model::ReportId>(13)).state = model::ReportState::dismissed;
    ReportPanel panel(ui);
    const int before = panel.list().model()->rowCount();
    panel.findChild<QPushButton*>(QStringLiteral("hotButton"))->click();
    const auto* menu = panel.findChild<QMenu*>(QStringLiteral("reportHot"));
    ASSERT_NE(menu, nullptr);
    menu->actions().back()->trigger();
    EXPECT_EQ(panel.list().model()->rowCount(), 1) << "one row of the two that say it";
    EXPECT_EQ(faceOf(panel, 12).count, 2U) << "a rumour that was dismissed is counted, too";
    auto* chip = panel.findChild<QPushButton*>(QStringLiteral("termChip"));
    ASSERT_NE(chip, nullptr);
    EXPECT_FALSE(chip->parentWidget()->isHidden());
    QTest::keyClick(&panel.list(), Qt::Key_Escape);
    EXPECT_EQ(panel.list().model()->rowCount(), before);
    EXPECT_TRUE(chip->parentWidget()->isHidden());
    EXPECT_EQ(finds.chosenTerm(), nullptr);
}

TEST_F(TriagePanel, ReportsThatSayTheChosenWordAreMarkedOnTheMapWhereverTheyAre) {
    auto& reports = desk.scene().state.reports;
    reports.at(id<model::ReportId>(11)).position = model::Position::trusted(47.1265, 9.5180);
    reports.at(id<model::ReportId>(12)).position = model::Position::trusted(47.1300, 9.5250);
    reports.at(id<model::ReportId>(13)).position.reset();
    triage::TrendingTerm term;
    term.term = "gas";
    term.now = 12;
    term.usual = 0.5;
    term.reports = finds.all.front().reports;
    MapView view(ui, nullptr);
    view.resize(1000, 700);
    view.show();
    view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
    const auto marks = [&view] {
        QCoreApplication::processEvents();
        (void)view.grab();
        for (const auto& layer : view.layers()) {
            if (layer.name == QLatin1String("hotspots"))
                return layer.all;
        }
        return -1;
    };
    EXPECT_EQ(marks(), 0);
    finds.chooseTerm(term);
    EXPECT_EQ(marks(), 2) << "the third has no place";
    finds.chooseTerm({});
    EXPECT_EQ(marks(), 0);
}

TEST_F(TriagePanel, InAFloodAFewLinesStandForAllAndSaySo) {
    for (unsigned i = 100; i < 160; ++i) {
        model::Report report = desk.scene().state.reports.at(id<model::ReportId>(11));
        report.id = id<model::ReportId>(i);
        report.category = i % 2 == 0 ? "flood" : "fire";
        desk.scene().state.reports[report.id] = report;
    }
    ReportPanel panel(ui);
    const auto* note = panel.findChild<QLabel*>(QStringLiteral("reportFlood"));
    ASSERT_NE(note, nullptr);
    EXPECT_FALSE(note->parentWidget()->isHidden());
    EXPECT_TRUE(note->text().contains(QLatin1String("collapsed to"))) << note->text().toStdString();
    const int lines = panel.list().model()->rowCount();
    EXPECT_LE(lines, 10);
    panel.list().setCurrentIndex(panel.list().model()->index(0, 0));
    QTest::keyClick(&panel.list(), Qt::Key_Right);
    EXPECT_GT(panel.list().model()->rowCount(), lines);
    EXPECT_EQ(panel.list().currentIndex().row(), 0) << "the list stays at the line";
    QTest::keyClick(&panel.list(), Qt::Key_Down);
    EXPECT_EQ(panel.list().currentIndex().row(), 1);
    QTest::keyClick(&panel.list(), Qt::Key_Left);
    EXPECT_EQ(panel.list().model()->rowCount(), lines);
    EXPECT_EQ(panel.list().currentIndex().row(), 0);
    QTest::keyClick(&panel.list(), Qt::Key_A);
    EXPECT_GE(panel.list().model()->rowCount(), 60);
    QTest::keyClick(&panel.list(), Qt::Key_A);
    EXPECT_EQ(panel.list().model()->rowCount(), lines);
}

TEST_F(TriagePanel, ACallBackThatIsDueComesFirst) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(12));
    report.callBack = model::CallBack{desk.time - std::chrono::minutes(2), "Beck", {}, {}, false, {}};
    finds.all.clear();
    ReportPanel panel(ui);
    const auto first = panel.list().model()->index(0, 0).data(RowSource::faceRole).value<RowFace>();
    EXPECT_TRUE(first.title.contains(QLatin1String("12")));
    EXPECT_TRUE(first.second.contains(QLatin1String("overdue")));
}

TEST_F(TriagePanel, TheQueueCanBeNarrowedToWhatIsMine) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(12));
    report.claimedBy = desk.actor().toStdString();
    report.claimedAt = desk.time;
    finds.all.clear();
    ReportPanel panel(ui);
    auto* show = panel.findChild<QComboBox*>(QStringLiteral("showBox"));
    ASSERT_NE(show, nullptr);
    show->setCurrentIndex(1);
    emit show->activated(1);
    EXPECT_EQ(panel.list().model()->rowCount(), 1);
}

TEST_F(TriagePanel, SaysWhyToBelieveAndWhatMayBeTheSame) {
    triage::Reason reason;
    reason.what = triage::Reason::What::senderFar;
    reason.metres = 5'400;
    finds.why[id<model::ReportId>(11)] = {reason};
    ReportJudgement judgement(ui, nullptr);
    judgement.show(id<model::ReportId>(11));
    judgement.show(id<model::ReportId>(11));
    QStringList texts;
    for (const auto* label : judgement.findChildren<QLabel*>())
        texts << label->text();
    const QString all = texts.join(QLatin1Char('\n'));
    EXPECT_TRUE(all.contains(QLatin1String("The sender was 5.4 km away"))) << all.toStdString();
    EXPECT_TRUE(all.contains(QLatin1String("120 m apart"))) << all.toStdString();
    EXPECT_TRUE(all.contains(QString::fromUtf8("▽"))) << "a doubt has a shape of its own";
}

TEST_F(TriagePanel, ACallBackIsPlannedAndWrittenDown) {
    auto& report = desk.scene().state.reports.at(id<model::ReportId>(11));
    ReportJudgement judgement(ui, nullptr);
    judgement.show(report.id);
    judgement.show(report.id);
    ReportTarget target;
    target.reports = {report.id};
    report_acts::run(ui, &judgement, target, ReportAct::callBack);
    auto* menu = judgement.findChild<QMenu*>(QStringLiteral("callBackMenu"));
    ASSERT_NE(menu, nullptr);
    menu->actions().front()->trigger();
    const auto* planned = desk.lastSent<desk::PlanCallBack>();
    ASSERT_NE(planned, nullptr);
    EXPECT_EQ(planned->due, desk.time + std::chrono::minutes(5));
}

} // namespace
} // namespace tocsin::gui
