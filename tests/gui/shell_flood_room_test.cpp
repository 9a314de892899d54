// What a flood of alarms brings is seen without scrolling, and the window is as it was afterwards.
#include "gui/panels/row_list.hpp"
#include "gui/panels_support.hpp"
#include "gui/shell/flood_room.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"

#include <QDockWidget>
#include <QMainWindow>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class FloodRoomTest : public test::PanelTest {
  protected:
    FloodRoomTest() {
        desk.scene().state.alarms.clear();
        desk.tellAll();
        window.setCentralWidget(new QWidget);
        panel = new AlarmPanel(ui);
        for (QWidget* inside : {static_cast<QWidget*>(panel), new QWidget, new QWidget}) {
            auto* dock = new QDockWidget(&window);
            dock->setObjectName(QString::number(docks.size()));
            dock->setWidget(inside);
            window.addDockWidget(Qt::LeftDockWidgetArea, dock, Qt::Vertical);
            docks.append(dock);
        }
        room = new FloodRoom(window, desk.alarmWatch(), docks);
        window.resize(1200, 1000);
        window.show();
        settle();
        window.resizeDocks(docks, {400, 300, 300}, Qt::Vertical);
        settle();
    }

    static void settle() {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents();
    }

    /// Forty alarms of twenty causes: more than a person can bear.
    void flood() {
        const model::Alarm pattern = test::FakeBridge().scene().state.alarms.at(id<model::AlarmId>(2));
        for (unsigned i = 0; i < 40; ++i) {
            model::Alarm alarm = pattern;
            alarm.id = id<model::AlarmId>(1000 + i);
            alarm.rule = "rule-" + std::to_string(i % 20);
            alarm.hazard = "hazard-" + std::to_string(i % 20);
            alarm.sensor = model::SensorId("s" + std::to_string(i));
            alarm.raisedAt = test::sceneNow() - 60s + std::chrono::seconds(i);
            alarm.incident.reset();
            desk.scene().state.alarms[alarm.id] = alarm;
        }
        desk.tellAll();
        settle();
    }

    void calm() {
        desk.scene().state.alarms.clear();
        desk.time += 30min;
        desk.tellAll();
        settle();
    }

    QList<int> heights() const {
        QList<int> all;
        for (const auto* dock : docks)
            all.append(dock->height());
        return all;
    }

    QMainWindow window;
    AlarmPanel* panel{nullptr};
    FloodRoom* room{nullptr};
    QList<QDockWidget*> docks;
};

TEST_F(FloodRoomTest, tenLinesAreSeenWhileItLastsAndAllIsAsItWasAfterwards) {
    const auto before = heights();
    flood();
    ASSERT_TRUE(desk.alarmWatch().load().flood);
    const int rows = panel->list().model()->rowCount();
    ASSERT_GT(rows, 5);
    EXPECT_GT(docks[0]->height(), before[0]);
    EXPECT_GE(panel->list().viewport()->height(), rows * panel->list().rowHeight());
    EXPECT_GE(docks[1]->height(), 100);
    EXPECT_GE(docks[2]->height(), 100);
    calm();
    ASSERT_FALSE(desk.alarmWatch().load().flood);
    EXPECT_EQ(heights(), before);
}

TEST_F(FloodRoomTest, whatAHandHasMovedStays) {
    flood();
    window.resizeDocks(docks, {300, 400, 300}, Qt::Vertical);
    settle();
    const auto moved = heights();
    calm();
    EXPECT_EQ(heights(), moved);
}

TEST_F(FloodRoomTest, aListThatFloatsIsLeftAlone) {
    docks[0]->setFloating(true);
    settle();
    const auto before = heights();
    flood();
    EXPECT_EQ(heights(), before);
}

TEST_F(FloodRoomTest, onASmallScreenTheDocksBelowFoldUntilTheyAreWanted) {
    window.resize(1200, 660);
    settle();
    window.resizeDocks(docks, {330, 150, 180}, Qt::Vertical);
    settle();
    const auto before = heights();
    flood();
    const int rows = panel->list().model()->rowCount();
    EXPECT_GE(panel->list().viewport()->height(), rows * panel->list().rowHeight());
    EXPECT_LT(docks[2]->height(), 60) << "its head";
    room->show(docks[2]);
    settle();
    EXPECT_EQ(heights(), before);
    room->show(docks[0]);
    settle();
    EXPECT_GE(panel->list().viewport()->height(), rows * panel->list().rowHeight());
    calm();
    EXPECT_EQ(heights(), before);
}

} // namespace
} // namespace tocsin::gui
