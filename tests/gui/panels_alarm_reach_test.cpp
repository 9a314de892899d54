#include "gui/panels/alarm_finder.hpp"
#include "gui/panels/link_list.hpp"
#include "gui/panels/load_sheet.hpp"
#include "gui/panels/row_list.hpp"
#include "gui/panels/sensor_chart.hpp"
#include "gui/panels/shelve_dialog.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/detail_panel.hpp"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTest>

// From a line of the list to each raw alarm, its sensors, its limits, its people and its incident.

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

RowFace faceAt(const RowPanel& panel, int row) {
    return panel.list().model()->index(row, 0).data(RowSource::faceRole).value<RowFace>();
}

bool reads(const QWidget& where, const QString& text) {
    for (const QLabel* label : where.findChildren<QLabel*>()) {
        if (label->isVisibleTo(&where) && label->text().contains(text))
            return true;
    }
    return false;
}

class AlarmReach : public test::PanelTest {
  protected:
    /// 400 alarms of four causes, each a group of 100; alarm n has the sensor "s<n>" and is of cause n % 4.
    void flood() {
        auto& alarms = desk.scene().state.alarms;
        const model::Alarm pattern = alarms.at(id<model::AlarmId>(2));
        alarms.clear();
        for (unsigned n = 0; n < 400; ++n) {
            model::Alarm alarm = pattern;
            alarm.id = of(n);
            alarm.rule = "rule-x";
            alarm.hazard = n % 2 == 0 ? "flood" : "landslide";
            alarm.sensor = model::SensorId("s" + std::to_string(n));
            alarm.position = model::Position::trusted(47.05 + 0.05 * (n % 4), 9.50 + 0.00001 * n);
            alarm.raisedAt = test::sceneNow() - 60s + std::chrono::milliseconds(n);
            alarms[alarm.id] = alarm;
        }
        desk.tellAll();
    }
    static model::AlarmId of(unsigned n) { return id<model::AlarmId>(1000 + n); }
    static int rowsOf(const AlarmPanel& panel) { return panel.list().model()->rowCount(); }
    static void show(AlarmPanel& panel) {
        panel.resize(400, 700);
        panel.show();
        QCoreApplication::processEvents();
    }
    static QPoint placeOf(const AlarmPanel& panel, int row, bool mark) {
        const QRect rect = panel.list().visualRect(panel.list().model()->index(row, 0));
        return {mark ? rect.right() - 8 : rect.left() + 120, rect.center().y()};
    }
    static void click(const AlarmPanel& panel, int row, bool mark) {
        QTest::mouseClick(panel.list().viewport(), Qt::LeftButton, {}, placeOf(panel, row, mark));
        QCoreApplication::processEvents();
    }
    model::Alarm& first() { return desk.scene().state.alarms.at(id<model::AlarmId>(1)); }
};

TEST_F(AlarmReach, twoClicksReachARawAlarm) {
    AlarmPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    show(panel);
    flood();
    QCoreApplication::processEvents();
    const int lines = rowsOf(panel);
    ASSERT_EQ(lines, 4);
    ASSERT_EQ(faceAt(panel, 0).fold, RowFace::Fold::closed);
    click(panel, 0, true);
    EXPECT_EQ(faceAt(panel, 0).fold, RowFace::Fold::open);
    EXPECT_EQ(rowsOf(panel), lines + 100);
    EXPECT_EQ(selection.as<model::AlarmId>(), nullptr) << "the mark chooses nothing";
    click(panel, 1, false);
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(panel.list().currentIndex().row(), 1);
    EXPECT_EQ(faceAt(panel, 1).depth, 1);
    selection.clear();
    click(panel, 0, true);
    EXPECT_EQ(rowsOf(panel), lines);
}

TEST_F(AlarmReach, aDoubleClickOnTheRowStillOpensIt) {
    AlarmPanel panel(ui);
    show(panel);
    flood();
    QCoreApplication::processEvents();
    click(panel, 0, false);
    EXPECT_EQ(faceAt(panel, 0).fold, RowFace::Fold::closed) << "one click chooses";
    QTest::mouseDClick(panel.list().viewport(), Qt::LeftButton, {}, placeOf(panel, 0, false));
    EXPECT_EQ(faceAt(panel, 0).fold, RowFace::Fold::open);
}

TEST_F(AlarmReach, oneOfALargeGroupIsFoundByTyping) {
    AlarmPanel panel(ui);
    const QAbstractItemModelTester tester(panel.list().model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
    show(panel);
    flood();
    const int lines = rowsOf(panel);
    auto* finder = panel.findChild<AlarmFinder*>();
    ASSERT_NE(finder, nullptr);
    EXPECT_TRUE(finder->isHidden()) << "nothing is open";
    desk.alarmWatch().wantGroupOf(of(270));
    EXPECT_FALSE(finder->isHidden());
    EXPECT_EQ(rowsOf(panel), lines + 100);
    QTest::keyClick(&panel.list(), Qt::Key_F);
    auto* field = panel.findChild<QLineEdit*>("alarmFind");
    ASSERT_NE(field, nullptr);
    field->setText(QStringLiteral("S27"));
    EXPECT_EQ(rowsOf(panel), lines + 3) << "s270, s274, s278";
    EXPECT_EQ(selection.as<model::AlarmId>() != nullptr ? *selection.as<model::AlarmId>() : model::AlarmId(), of(270));
    EXPECT_TRUE(reads(panel, QStringLiteral("3 of 100")));
    field->setText(QStringLiteral("nothing like it"));
    EXPECT_EQ(rowsOf(panel), lines + 1) << "what is chosen stays in sight";
    QTest::keyClick(field, Qt::Key_Escape);
    EXPECT_TRUE(field->text().isEmpty());
    EXPECT_EQ(rowsOf(panel), lines + 100);
    field->setText(QStringLiteral("s274"));
    QTest::keyClick(&panel.list(), Qt::Key_Left); // to the group
    QCoreApplication::processEvents();
    QTest::keyClick(&panel.list(), Qt::Key_Left); // and closed
    EXPECT_TRUE(finder->isHidden());
    EXPECT_FALSE(finder->isLooking()) << "what nobody sees hides nothing";
}

TEST_F(AlarmReach, theDetailsOpenTheWholeGroupInTheList) {
    AlarmPanel panel(ui);
    DetailPanel details(ui);
    show(panel);
    flood();
    const int lines = rowsOf(panel);
    selection.select(of(270));
    auto* links = details.findChild<LinkList*>("alarmGroup");
    ASSERT_NE(links, nullptr);
    QAbstractButton* all = nullptr;
    for (QAbstractButton* one : links->findChildren<QAbstractButton*>()) {
        if (one->accessibleName() == QStringLiteral("All 100…"))
            all = one;
    }
    ASSERT_NE(all, nullptr);
    all->click();
    EXPECT_EQ(rowsOf(panel), lines + 100);
    ASSERT_NE(selection.as<model::AlarmId>(), nullptr);
    EXPECT_EQ(*selection.as<model::AlarmId>(), of(270));
    ASSERT_TRUE(panel.list().currentIndex().isValid());
    EXPECT_EQ(faceAt(panel, panel.list().currentIndex().row()).depth, 1);
}

TEST_F(AlarmReach, kLinksAWholeGroupToAnOpenIncident) {
    AlarmPanel panel(ui);
    show(panel);
    flood();
    for (auto& [alarmId, alarm] : desk.scene().state.alarms)
        alarm.incident.reset();
    desk.tellAll();
    panel.list().setCurrentIndex(panel.list().model()->index(0, 0));
    QTest::keyClick(&panel.list(), Qt::Key_K);
    auto* menu = panel.findChild<QMenu*>("linkMenu");
    ASSERT_NE(menu, nullptr);
    ASSERT_FALSE(menu->actions().isEmpty());
    menu->actions().front()->trigger();
    menu->close();
    const auto* sent = desk.lastSent<desk::LinkToIncident>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->alarms.size(), 100U);
    EXPECT_TRUE(sent->reports.empty());
}

TEST_F(AlarmReach, aChatteringOneIsShelvedWhileItIsNormal) {
    model::Alarm over = desk.scene().state.alarms.at(id<model::AlarmId>(2));
    over.state = model::AlarmState::normal;
    over.holds = false;
    desk.scene().state.alarms = {{over.id, over}};
    desk.tellAll();
    QWidget window;
    LoadSheet::showIn(ui, window);
    auto* sheet = window.findChild<LoadSheet*>();
    ASSERT_NE(sheet, nullptr);
    ASSERT_EQ(sheet->offenders().rowCount(), 1);
    EXPECT_TRUE(sheet->findChild<QAbstractButton*>("offenderOut")->isEnabled());
    auto* shelve = sheet->findChild<QAbstractButton*>("offenderShelve");
    ASSERT_TRUE(shelve->isEnabled());
    shelve->click();
    auto* dialog = sheet->findChild<ShelveDialog*>();
    ASSERT_NE(dialog, nullptr);
    dialog->findChild<QLineEdit*>("shelveReason")->setText(QStringLiteral("chatters"));
    dialog->findChild<QAbstractButton*>("shelveAct")->click();
    const auto* sent = desk.lastSent<desk::ShelveAlarms>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->alarms, std::vector{over.id});
}

// ---- limits

TEST_F(AlarmReach, aGaugeShowsTheLimitsOfTheRulesInForceWithoutAnyAlarm) {
    desk.scene().state.alarms.clear();
    const auto add = [this](detect::Condition condition, model::Grade grade) -> detect::Rule& {
        detect::Rule rule;
        rule.id = "r" + std::to_string(desk.inForce.size());
        rule.condition = std::move(condition);
        rule.severity = grade;
        rule.subject.sensors = {model::SensorId("rhine-vaduz")};
        return desk.inForce.emplace_back(std::move(rule));
    };
    add(detect::Threshold{true, 4.4, 0.1}, model::Grade::I);
    add(detect::Threshold{true, 4.4, 0.1}, model::Grade::III);
    add(detect::Rate{0.5, 1h}, model::Grade::II);
    add(detect::Accumulated{50, 3h}, model::Grade::II);
    add(detect::Threshold{true, 3.0, 0.1}, model::Grade::II).enabled = false;
    detect::Subject rivers{{}, model::SensorKind::riverLevel, {}};
    add(detect::Threshold{true, 4.0, 0.1}, model::Grade::III).subject = rivers;
    rivers.area = model::Circle{model::Position::trusted(40, 9), 10};
    add(detect::Threshold{true, 2.0, 0.1}, model::Grade::III).subject = rivers;
    DetailPanel panel(ui);
    panel.show();
    selection.select(model::SensorId("rhine-vaduz"));
    auto* chart = panel.findChild<SensorChart*>();
    ASSERT_NE(chart, nullptr);
    EXPECT_EQ(chart->limits(), (std::vector<SensorLimit>{{4.0, model::Grade::III}, {4.4, model::Grade::I}}));
    desk.inForce.erase(desk.inForce.begin() + 1, desk.inForce.end());
    Changes changes;
    changes.rules = true;
    desk.tell(changes);
    EXPECT_EQ(chart->limits(), (std::vector<SensorLimit>{{4.4, model::Grade::I}}));
}

TEST_F(AlarmReach, whatHasNoLimitSaysNoneAndASumSaysWithinWhatTime) {
    AlarmPanel panel(ui);
    first().threshold.reset();
    auto& rain = desk.scene().state.alarms.at(id<model::AlarmId>(2));
    rain.value = 52;
    rain.threshold = 50;
    rain.unit = "mm";
    rain.over = 3h;
    const QString sum = QStringLiteral("%1 in 3 h, limit %2").arg(Words::value(52, "mm"), Words::value(50, "mm"));
    desk.tellAll();
    EXPECT_FALSE(faceAt(panel, 0).second.contains(QStringLiteral("limit"))) << faceAt(panel, 0).second.toStdString();
    EXPECT_TRUE(faceAt(panel, 0).second.contains(Words::value(4.46, "m"))) << faceAt(panel, 0).second.toStdString();
    EXPECT_TRUE(faceAt(panel, 1).second.contains(sum))
        << faceAt(panel, 1).second.toStdString();
    DetailPanel details(ui);
    details.show();
    selection.select(rain.id);
    EXPECT_TRUE(reads(details, sum));
    EXPECT_TRUE(reads(details, Words::value(28, "mm/h"))) << "what it says now, in its own unit";
}

// ---- several sensors

TEST_F(AlarmReach, anAlarmOfSeveralSensorsListsThemAndChartsTheChosenOne) {
    const model::SensorId vaduz("rhine-vaduz");
    const model::SensorId schaan("rhine-schaan");
    first().source = "area:rivers";
    first().sensor = {};
    first().sensors = {vaduz, schaan};
    desk.tellAll();
    DetailPanel details(ui);
    details.show();
    selection.select(first().id);
    ASSERT_FALSE(desk.charted.empty());
    EXPECT_EQ(desk.charted.back(), vaduz);
    auto* links = details.findChild<LinkList*>("alarmSensors");
    ASSERT_NE(links, nullptr);
    auto rows = links->findChildren<QAbstractButton*>();
    ASSERT_EQ(rows.size(), 2);
    EXPECT_TRUE(rows[0]->accessibleName().startsWith(QStringLiteral("Rhine at Vaduz (in the chart), ") + Words::value(4.46, "m")))
        << rows[0]->accessibleName().toStdString();
    EXPECT_TRUE(rows[1]->accessibleName().startsWith(QStringLiteral("Rhine at Schaan, ") + Words::value(3.92, "m")));
    rows[1]->click();
    EXPECT_TRUE(rows[1]->accessibleName().contains(QStringLiteral("(in the chart)")));
    EXPECT_TRUE(details.findChild<SensorChart*>()->accessibleName().contains(QStringLiteral("Rhine at Schaan")));
    rows[1]->click();
    ASSERT_NE(selection.as<model::SensorId>(), nullptr);
    EXPECT_EQ(*selection.as<model::SensorId>(), schaan);
}

// ---- whom to call

TEST_F(AlarmReach, anEscalatedOneSaysWhomToCallNow) {
    first().tell = {"Dyke warden", "Mayor of Vaduz"};
    first().escalated = 1;
    first().escalatedTo = "Mayor of Vaduz";
    AlarmPanel panel(ui);
    desk.tellAll();
    EXPECT_TRUE(faceAt(panel, 0).second.startsWith(QStringLiteral("now: call Mayor of Vaduz")))
        << faceAt(panel, 0).second.toStdString();
    DetailPanel details(ui);
    details.show();
    selection.select(first().id);
    EXPECT_TRUE(reads(details, QStringLiteral("now: call Mayor of Vaduz")));
    EXPECT_EQ(details.findChild<QCheckBox*>("told0")->text(), QStringLiteral("Dyke warden"));
    EXPECT_TRUE(details.findChild<QCheckBox*>("told1")->text().contains(QStringLiteral("to be called now")));
    details.findChild<QCheckBox*>("told1")->click();
    EXPECT_TRUE(details.findChild<QCheckBox*>("told1")->text().contains(QStringLiteral("told at")));
    desk.send(desk::AcknowledgeAlarm{first().id});
    EXPECT_FALSE(faceAt(panel, 0).second.contains(QStringLiteral("now: call")));
}

TEST_F(AlarmReach, whoWasToldBeforeItCameBackIsToBeToldAgain) {
    first().tell = {"Dyke warden"};
    first().told = {{"Dyke warden", "M. Keller", test::sceneNow() - 4h}};
    first().raisedAt = test::sceneNow() - 5h;
    first().askedAt = test::sceneNow() - 2min;
    first().escalated = 1;
    first().escalatedTo = "Dyke warden";
    desk.tellAll();
    DetailPanel details(ui);
    details.show();
    selection.select(first().id);
    const auto* box = details.findChild<QCheckBox*>("told0");
    ASSERT_NE(box, nullptr);
    EXPECT_FALSE(box->isChecked());
    EXPECT_TRUE(box->isEnabled());
    EXPECT_TRUE(box->text().contains(QStringLiteral("to be called now"))) << box->text().toStdString();
    EXPECT_TRUE(box->toolTip().contains(QStringLiteral("M. Keller"))) << "when they were told before";
    first().escalated = 0;
    desk.tellAll();
    EXPECT_TRUE(box->text().contains(QStringLiteral("told before"))) << box->text().toStdString();
    details.findChild<QCheckBox*>("told0")->click();
    EXPECT_TRUE(box->isChecked());
    EXPECT_TRUE(box->text().contains(QStringLiteral("told at"))) << box->text().toStdString();
}

// ---- how long it has waited, and what was told while it stood

TEST_F(AlarmReach, oneThatCameBackHasNotWaitedSinceItWasFirstRaised) {
    AlarmPanel panel(ui);
    first().raisedAt = test::sceneNow() - 50min;
    first().askedAt = first().unseenSince = test::sceneNow() - 2min;
    desk.tellAll();
    EXPECT_TRUE(faceAt(panel, 0).topRight.startsWith(QStringLiteral("50:00"))) << faceAt(panel, 0).topRight.toStdString();
    EXPECT_TRUE(faceAt(panel, 0).topRight.endsWith(QStringLiteral("back 02:00"))) << faceAt(panel, 0).topRight.toStdString();
    const auto& waiting = desk.alarmWatch().tally().waitingSince;
    EXPECT_EQ(waiting.count(test::sceneNow() - 2min), 1U);
    EXPECT_EQ(waiting.count(test::sceneNow() - 50min), 0U);
    first().unseenSince.reset(); // it comes and goes, and nobody has ever seen it
    desk.tellAll();
    EXPECT_EQ(desk.alarmWatch().tally().waitingSince.count(test::sceneNow() - 50min), 1U);
}

TEST_F(AlarmReach, reportsThatCameWhileItStoodAreNearInTime) {
    first().raisedAt = test::sceneNow() - 6h;
    auto& reports = desk.scene().state.reports;
    model::Report report = reports.begin()->second;
    reports.clear();
    report.id = id<model::ReportId>(9001);
    report.text = "The dyke is wet";
    report.position = first().position;
    report.state = model::ReportState::pending;
    report.receivedAt = test::sceneNow() - 10min;
    reports[report.id] = report;
    report.id = id<model::ReportId>(9002);
    report.text = "Long before";
    report.receivedAt = first().raisedAt - 3h;
    reports[report.id] = report;
    desk.tellAll();
    DetailPanel details(ui);
    details.show();
    selection.select(first().id);
    const auto told = [&details] {
        QString all;
        for (const auto* row : details.findChildren<QAbstractButton*>()) {
            if (!row->isHidden())
                all += row->accessibleName() + QLatin1Char('\n');
        }
        return all;
    };
    EXPECT_TRUE(told().contains(QStringLiteral("The dyke is wet"))) << told().toStdString();
    EXPECT_FALSE(told().contains(QStringLiteral("Long before"))) << told().toStdString();
    first().returnedAt = test::sceneNow() - 4h; // what came two hours after it was over is of something else
    first().holds = false;
    first().state = model::AlarmState::returnedUnacknowledged;
    desk.tellAll();
    selection.select(id<model::AlarmId>(2));
    selection.select(first().id);
    EXPECT_FALSE(told().contains(QStringLiteral("The dyke is wet"))) << told().toStdString();
}

} // namespace
} // namespace tocsin::gui
