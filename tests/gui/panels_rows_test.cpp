#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"
#include "tocsin/gui/panels/report_panel.hpp"

#include <QAbstractItemModelTester>
#include <QAbstractButton>
#include <QFontMetrics>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <random>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

QStringList titles(const RowPanel& panel) {
    QStringList out;
    const QAbstractItemModel* model = panel.list().model();
    for (int row = 0; row < model->rowCount(); ++row)
        out << model->index(row, 0).data().toString();
    return out;
}

RowFace faceAt(const RowPanel& panel, int row) {
    return panel.list().model()->index(row, 0).data(RowModel::faceRole).value<RowFace>();
}

void click(const QWidget& panel, const char* button) {
    auto* found = panel.findChild<QAbstractButton*>(QString::fromLatin1(button));
    ASSERT_NE(found, nullptr) << button;
    ASSERT_TRUE(found->isEnabled()) << button;
    found->click();
}

class AlarmPanelTest : public test::PanelTest {
  protected:
    void change(unsigned n, const std::function<void(model::Alarm&)>& how) {
        how(desk.scene().state.alarms[id<model::AlarmId>(n)]);
        Changes changes;
        changes.alarms.insert(id<model::AlarmId>(n));
        desk.tell(changes);
    }
};

TEST_F(AlarmPanelTest, theGravestIsFirstThenWhatNobodyHasSeen) {
    const AlarmPanel panel(ui);
    EXPECT_EQ(titles(panel),
              (QStringList{"Rhine at Vaduz above dyke warning", "Rain over 25 mm/h, Triesenberg",
                           "Pump station Balzers: no power", "Silent: slope sensors, Masescha",
                           "Smoke, school Mühleholz"}));
    EXPECT_EQ(panel.panelCount(), QString::fromUtf8("3 unacknowledged · 5 active"));
}

TEST_F(AlarmPanelTest, theUnseenIsBoldWithAnEdgeAndSaysUnack) {
    const AlarmPanel panel(ui);
    EXPECT_TRUE(faceAt(panel, 0).bold);
    EXPECT_TRUE(faceAt(panel, 0).edge);
    EXPECT_EQ(faceAt(panel, 0).bottomRight, QStringLiteral("UNACK"));
    EXPECT_EQ(faceAt(panel, 0).topRight, QStringLiteral("00:42"));
    EXPECT_TRUE(faceAt(panel, 0).second.contains(QStringLiteral("▲"))) << faceAt(panel, 0).second.toStdString();
    EXPECT_FALSE(faceAt(panel, 2).edge);
    EXPECT_EQ(faceAt(panel, 2).bottomRight, QString::fromUtf8("ACK · MK"));
    EXPECT_TRUE(faceAt(panel, 4).edge);
    EXPECT_FALSE(faceAt(panel, 4).filled) << "gone by itself: an outline";
}

TEST_F(AlarmPanelTest, spaceAcknowledgesTheSelectedAndItStaysSelected) {
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(2));
    QTest::keyClick(&panel.list(), Qt::Key_Space);
    const auto* sent = desk.lastSent<desk::AcknowledgeAlarm>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->alarm, id<model::AlarmId>(2));
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(2));
    EXPECT_EQ(panel.list().currentIndex().data().toString(), QStringLiteral("Rain over 25 mm/h, Triesenberg"));
    EXPECT_EQ(panel.panelCount(), QString::fromUtf8("2 unacknowledged · 5 active"));
}

TEST_F(AlarmPanelTest, spaceWithNothingSelectedOnlySelectsTheGravest) {
    AlarmPanel panel(ui);
    QTest::keyClick(&panel.list(), Qt::Key_Space);
    EXPECT_TRUE(desk.sent.empty()) << "nobody acknowledges unseen";
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(1));
}

TEST_F(AlarmPanelTest, theNextUnacknowledgedIsOneKeyAway) {
    AlarmPanel panel(ui);
    const auto next = [&] {
        panel.nextUnacknowledged();
        const auto* now = selection.as<model::AlarmId>();
        return now == nullptr ? model::AlarmId() : *now;
    };
    EXPECT_EQ(next(), id<model::AlarmId>(1)) << "the gravest";
    EXPECT_EQ(next(), id<model::AlarmId>(2));
    EXPECT_EQ(next(), id<model::AlarmId>(5)) << "past those that somebody has seen";
    EXPECT_EQ(next(), id<model::AlarmId>(1)) << "and round";
    selection.select(id<model::AlarmId>(4));
    EXPECT_EQ(next(), id<model::AlarmId>(1)) << "after one that was seen the gravest that is left";
    QTest::keyClick(&panel.list(), Qt::Key_Space);
    EXPECT_EQ(next(), id<model::AlarmId>(2));
    selection.clear();
    panel.takeFocus();
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(2)) << "F2 with nothing chosen";
}

TEST_F(AlarmPanelTest, aMinorOneThatNobodyHasSeenIsNeverOutOfSightWithoutAWord) {
    AlarmPanel panel(ui);
    auto* bar = panel.findChild<QAbstractButton*>(QStringLiteral("waitingBar"));
    ASSERT_NE(bar, nullptr);
    panel.resize(384, 700);
    panel.show();
    QCoreApplication::processEvents();
    EXPECT_FALSE(bar->isVisible()) << "all are in view";
    panel.resize(384, 260);
    QCoreApplication::processEvents();
    ASSERT_TRUE(bar->isVisible());
    EXPECT_EQ(bar->accessibleName(), QString::fromUtf8("↓ 1 unacknowledged below"));
    bar->click();
    QCoreApplication::processEvents();
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(5));
    EXPECT_EQ(bar->accessibleName(), QString::fromUtf8("↑ 2 unacknowledged above"));
    bar->click();
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(1));
    speak(QStringLiteral("zh_CN"));
    EXPECT_FALSE(bar->accessibleName().isEmpty());
    panel.resize(384, 700);
    QCoreApplication::processEvents();
    EXPECT_FALSE(bar->isVisible());
}

TEST_F(AlarmPanelTest, whatIsSetAsideDoesNotHideWhatWaits) {
    AlarmPanel panel(ui);
    auto* bar = panel.findChild<QAbstractButton*>(QStringLiteral("waitingBar"));
    ASSERT_NE(bar, nullptr);
    QTest::keyClick(&panel.list(), Qt::Key_A);
    EXPECT_FALSE(bar->isHidden());
    EXPECT_EQ(bar->accessibleName(), QStringLiteral("3 unacknowledged, not in this list"));
    panel.nextUnacknowledged();
    EXPECT_EQ(titles(panel).size(), 5);
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(1));
}

TEST_F(AlarmPanelTest, whatIsOverAndSeenLeavesAndNobodysAttentionJumps) {
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(5));
    click(panel, "acknowledgeButton");
    EXPECT_EQ(titles(panel).size(), 4);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(5)) << "the details still show it";
    EXPECT_FALSE(panel.list().currentIndex().isValid());
}

TEST_F(AlarmPanelTest, enterOpensAnIncidentFromItAndSelectsThat) {
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(2));
    QTest::keyClick(&panel.list(), Qt::Key_Return);
    const auto* sent = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->hazard, "flood");
    EXPECT_EQ(sent->grade, model::Grade::II);
    EXPECT_EQ(sent->alarms, std::vector{id<model::AlarmId>(2)});
    EXPECT_EQ(sent->title.in("zh_CN"), "特里森贝格 雨强超 25 mm/h") << "its other languages come along";
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(desk.state().incidents.at(*selection.as<model::IncidentId>()).title.text, "Rain over 25 mm/h, Triesenberg");
}

TEST_F(AlarmPanelTest, anAlarmOfAnIncidentLeadsThereInsteadOfOpeningAnother) {
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(1));
    click(panel, "openIncidentButton");
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_EQ(*selection.as<model::IncidentId>(), id<model::IncidentId>(1));
}

TEST_F(AlarmPanelTest, aLetterThatIsNotItsOwnGoesToTheWindow) {
    AlarmPanel panel(ui);
    QKeyEvent n(QEvent::KeyPress, Qt::Key_N, Qt::NoModifier, QStringLiteral("n"));
    QCoreApplication::sendEvent(&panel.list(), &n);
    EXPECT_FALSE(n.isAccepted());
}

TEST_F(AlarmPanelTest, aReadOnlyDeskOffersNothingThatWrites) {
    desk.isReadOnly = true;
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(2));
    EXPECT_FALSE(panel.findChild<QAbstractButton*>("acknowledgeButton")->isEnabled());
    QTest::keyClick(&panel.list(), Qt::Key_Space);
    QTest::keyClick(&panel.list(), Qt::Key_Return);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(AlarmPanelTest, changesMoveSingleRowsAndKeepTheSelection) {
    AlarmPanel panel(ui);
    selection.select(id<model::AlarmId>(4));
    QSignalSpy resets(panel.list().model(), &QAbstractItemModel::modelReset);
    change(4, [](model::Alarm& a) { a.severity = model::Grade::I; });
    EXPECT_EQ(titles(panel).at(1), QStringLiteral("Silent: slope sensors, Masescha"));
    EXPECT_EQ(panel.list().currentIndex().row(), 1);
    EXPECT_EQ(*selection.as<model::AlarmId>(), id<model::AlarmId>(4));
    EXPECT_EQ(resets.count(), 0);
}

TEST_F(AlarmPanelTest, aThousandRandomChangesKeepTheModelWhole) {
    AlarmPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    std::mt19937 random(7);
    auto& alarms = desk.scene().state.alarms;
    const model::Alarm pattern = alarms.at(id<model::AlarmId>(1));
    for (int i = 0; i < 1000; ++i) {
        const auto key = id<model::AlarmId>(1 + random() % 60);
        model::Alarm& alarm = alarms.try_emplace(key, pattern).first->second;
        alarm.id = key;
        alarm.severity = static_cast<model::Grade>(1 + random() % 4);
        alarm.state = static_cast<model::AlarmState>(random() % 4);
        alarm.raisedAt = test::sceneNow() - std::chrono::seconds(random() % 50);
        Changes changes;
        changes.alarms.insert(key);
        desk.tell(changes);
    }
    std::size_t active = 0;
    for (const auto& [key, alarm] : alarms)
        active += model::isActive(alarm.state) ? 1 : 0;
    std::size_t shown = 0;
    ASSERT_LE(panel.list().model()->rowCount(), 10);
    for (int row = 0; row < panel.list().model()->rowCount(); ++row)
        shown += std::max<std::size_t>(1, faceAt(panel, row).count);
    EXPECT_EQ(shown, active) << "each is in one line";
}

TEST_F(AlarmPanelTest, theLanguageChangesAtOnce) {
    AlarmPanel panel(ui);
    panel.show();
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(panel.panelTitle(), QString::fromUtf8("告警"));
    EXPECT_EQ(titles(panel).front(), QString::fromUtf8("瓦杜兹 水位超堤防警戒"));
    EXPECT_EQ(panel.findChild<QAbstractButton*>("acknowledgeButton")->text(), QString::fromUtf8("确认"));
    selection.select(id<model::AlarmId>(2));
    EXPECT_EQ(panel.findChild<QAbstractButton*>("acknowledgeButton")->text(),
              QString::fromUtf8("确认 “特里森贝格 雨强超 25 mm/h”"));
    EXPECT_EQ(faceAt(panel, 0).bottomRight, QString::fromUtf8("未确认"));
}

TEST_F(AlarmPanelTest, aCountyWithoutAlarmsSaysWhatWillComeAndWhatToDo) {
    desk.scene().state.alarms.clear();
    const AlarmPanel panel(ui);
    EXPECT_EQ(panel.panelCount(), QStringLiteral("none"));
    EXPECT_TRUE(panel.emptyText().contains(QStringLiteral("Space")));
}

/// As wide as the side of a window of 1366 pixels.
TEST_F(AlarmPanelTest, theCountsAtTheHeadLoseWordsBeforeTheyLoseANumber) {
    constexpr int narrow = 320;
    auto& alarms = desk.scene().state.alarms;
    const model::Alarm pattern = alarms.at(id<model::AlarmId>(2));
    for (unsigned n = 0; n < 400; ++n) {
        model::Alarm alarm = pattern;
        alarm.id = id<model::AlarmId>(1000 + n);
        alarm.sensor = model::SensorId("s" + std::to_string(n));
        alarm.state = n % 3 == 0 ? model::AlarmState::shelved : model::AlarmState::unacknowledged;
        alarms[alarm.id] = alarm;
    }
    desk.tellAll();
    for (const auto* spoken : {"en", "zh_CN"}) {
        speak(QString::fromLatin1(spoken));
        AlarmPanel panel(ui);
        desk.tellAll();
        PanelHeader header(panel, theme);
        const QString whole = panel.panelCount();
        header.resize(900, PanelHeader::height);
        header.grab();
        EXPECT_EQ(header.shownCount(), whole);
        EXPECT_TRUE(header.toolTip().isEmpty());
        header.resize(narrow, PanelHeader::height);
        header.grab();
        static const QRegularExpression numbers(QStringLiteral("[0-9][0-9,]*"));
        const auto all = [](const QString& text) {
            QStringList out;
            for (auto at = numbers.globalMatch(text); at.hasNext();)
                out << at.next().captured();
            return out;
        };
        EXPECT_EQ(all(header.shownCount()), all(whole)) << header.shownCount().toStdString();
        EXPECT_EQ(all(whole).size(), 3) << whole.toStdString();
        EXPECT_EQ(header.shownTitle(), panel.panelTitle());
        const int title = QFontMetrics(theme.font(Theme::Text::rowBold)).horizontalAdvance(header.shownTitle());
        const int count = QFontMetrics(theme.font(Theme::Text::body)).horizontalAdvance(header.shownCount());
        const int key = QFontMetrics(theme.font(Theme::Text::hint)).horizontalAdvance(panel.panelKey()) + 12 + 8;
        EXPECT_LE(16 + title + 8 + count + key + 16, narrow) << header.shownCount().toStdString();
        EXPECT_TRUE(header.accessibleName().contains(whole)) << "who hears it hears all of it";
        EXPECT_EQ(header.toolTip().contains(whole), header.shownCount() != whole);
    }
}

class IncidentPanelTest : public test::PanelTest {};

TEST_F(IncidentPanelTest, showsTeamsReportsAndPlace) {
    const IncidentPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(titles(panel).front(), QStringLiteral("Seepage at the Rhine dyke"));
    EXPECT_EQ(faceAt(panel, 0).bottomRight, QStringLiteral("2 teams"));
    EXPECT_TRUE(faceAt(panel, 0).second.contains(QStringLiteral("2 reports, 2 verified")));
    EXPECT_EQ(faceAt(panel, 2).bottomRight, QStringLiteral("no team yet"));
    EXPECT_EQ(panel.panelCount(), QStringLiteral("3 open"));
}

TEST_F(IncidentPanelTest, aTeamSentOrReleasedIsCountedAndAClosedIncidentLeaves) {
    IncidentPanel panel(ui);
    const auto key = id<model::AssignmentId>(1);
    desk.scene().state.assignments.at(key).state = model::AssignmentState::released;
    Changes changes;
    changes.assignments.insert(key);
    desk.tell(changes);
    EXPECT_EQ(faceAt(panel, 0).bottomRight, QStringLiteral("1 team"));
    desk.send(desk::CloseIncident{id<model::IncidentId>(3), "dry"});
    EXPECT_EQ(titles(panel).size(), 2);
    EXPECT_EQ(panel.panelCount(), QStringLiteral("2 open"));
}

class ReportPanelTest : public test::PanelTest {};

TEST_F(ReportPanelTest, whatWaitsForTriageIsFirstAndLinkedOnesAreElsewhere) {
    const ReportPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    EXPECT_EQ(titles(panel), (QStringList{QString::fromUtf8("“The stream is over the path”"),
                                          QString::fromUtf8("“They say the dam has burst”")}));
    EXPECT_EQ(panel.panelCount(), QStringLiteral("2"));
    desk.send(desk::JudgeReport{id<model::ReportId>(1), model::ReportState::verified});
    EXPECT_EQ(titles(panel), QStringList{QString::fromUtf8("“They say the dam has burst”")}) << "what is judged stands under Judged";
}

TEST_F(ReportPanelTest, keysVerifyDismissAndOpen) {
    ReportPanel panel(ui);
    selection.select(id<model::ReportId>(1));
    QTest::keyClick(&panel.list(), Qt::Key_V);
    ASSERT_NE(desk.lastSent<desk::JudgeReport>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::JudgeReport>()->state, model::ReportState::verified);
    QTest::keyClick(&panel.list(), Qt::Key_I);
    const auto* opened = desk.lastSent<desk::OpenIncident>();
    ASSERT_NE(opened, nullptr);
    EXPECT_EQ(opened->reports, std::vector{id<model::ReportId>(1)});
    EXPECT_EQ(opened->title.text, "The stream is over the path");
    selection.select(id<model::ReportId>(2));
    QTest::keyClick(&panel.list(), Qt::Key_D);
    ASSERT_NE(desk.lastSent<desk::JudgeReport>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::JudgeReport>()->report, id<model::ReportId>(2));
    EXPECT_EQ(desk.lastSent<desk::JudgeReport>()->state, model::ReportState::dismissed);
}

} // namespace
} // namespace tocsin::gui
