#include "gui/panels/report_judgement.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/row_model.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/report_panel.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLabel>
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
