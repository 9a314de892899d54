#include "gui/fake_bridge.hpp"
#include "gui/shell/wall_strip.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/map_follow.hpp"
#include "tocsin/gui/panels/alarm_panel.hpp"
#include "tocsin/gui/panels/incident_panel.hpp"

#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QToolButton>
#include <cmath>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::id;

class Wall : public testing::Test {
  protected:
    Wall() : language(code), ui{desk, theme, selection, code} {
        map = new MapView(ui, nullptr);
        Panels panels;
        panels.alarms = new AlarmPanel(ui);
        panels.incidents = new IncidentPanel(ui);
        panels.map = map;
        window = std::make_unique<MainWindow>(
            MainWindow::Parts{ui, panels, language, QTimeZone("Europe/Vaduz"), {}, {}, {}, false, false});
        follow = new MapFollow(ui, *map);
        window->addMapActions(follow->actions());
        window->setWallSwitches(follow->actions());
        window->resize(1366, 768);
        window->show();
        settle();
        map->setView(model::Position::trusted(47.0, 9.0), 9);
    }
    static void settle() {
        for (int i = 0; i < 10; ++i)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    void press(int key) {
        QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(window.get(), &down);
        settle();
    }
    void openIncident(unsigned number, model::Grade grade, double latitude) {
        model::Incident incident;
        incident.id = id<model::IncidentId>(number);
        incident.number = "2026-9" + std::to_string(number);
        incident.title = "Something";
        incident.grade = grade;
        incident.openedAt = desk.time;
        incident.position = model::Position::trusted(latitude, 9.5);
        desk.scene().state.incidents[incident.id] = incident;
        Changes changes;
        changes.incidents.insert(incident.id);
        desk.tell(changes);
    }
    /// Where the map is, or is on its way to.
    [[nodiscard]] bool comesTo(double latitude) {
        const auto there = [&] { return std::abs(map->centre().latitude() - latitude) <= 0.001; };
        QElapsedTimer patience;
        patience.start();
        while (!there() && patience.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return there();
    }

    test::FakeBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    Language language;
    UiContext ui;
    MapView* map{nullptr};
    MapFollow* follow{nullptr};
    std::unique_ptr<MainWindow> window;
};

TEST_F(Wall, showsTheMapWithASlimStripAndEscapeBringsThePanelsBack) {
    window->action("Wall view")->trigger();
    settle();
    EXPECT_TRUE(window->isWall());
    EXPECT_TRUE(window->isFullScreen());
    EXPECT_FALSE(window->findChild<QDockWidget*>("alarmDock")->isVisible());
    EXPECT_FALSE(window->findChild<QWidget*>("topBar")->isVisible());
    auto* strip = window->findChild<WallStrip*>("wallStrip");
    ASSERT_TRUE(strip->isVisible());
    EXPECT_TRUE(strip->counters().text().contains("open incidents: ")) << strip->counters().text().toStdString();
    EXPECT_EQ(window->action("Wall view")->shortcut(), QKeySequence(Qt::Key_F11));
    press(Qt::Key_Escape);
    EXPECT_FALSE(window->isWall());
    EXPECT_FALSE(window->isFullScreen());
    EXPECT_TRUE(window->findChild<QDockWidget*>("alarmDock")->isVisible());
    EXPECT_TRUE(window->findChild<QWidget*>("topBar")->isVisible());
}

TEST_F(Wall, countsWhatNobodyHasAcknowledged) {
    window->setWall(true);
    settle();
    const auto& counters = window->findChild<WallStrip*>("wallStrip")->counters();
    const QString before = counters.text();
    desk.send(desk::AcknowledgeAllAlarms{});
    settle();
    EXPECT_NE(counters.text(), before);
    EXPECT_TRUE(counters.text().contains("every alarm acknowledged")) << counters.text().toStdString();
}

TEST_F(Wall, followsTheGravestOnlyWhenToldToAndSaysSo) {
    EXPECT_TRUE(follow->chipText().isEmpty());
    openIncident(50, model::Grade::I, 47.30);
    settle();
    EXPECT_NEAR(map->centre().latitude(), 47.0, 0.001); // nobody has said that it shall follow
    press(Qt::Key_G);
    EXPECT_EQ(follow->mode(), MapFollow::Mode::gravest);
    EXPECT_TRUE(follow->chipText().contains("Following 2026-950")) << follow->chipText().toStdString();
    EXPECT_TRUE(comesTo(47.30));
    openIncident(51, model::Grade::III, 47.5); // less grave: the map stays
    EXPECT_TRUE(follow->chipText().contains("2026-950"));
    desk.time += std::chrono::minutes(1);
    openIncident(52, model::Grade::I, 47.10); // as grave and newer
    EXPECT_TRUE(follow->chipText().contains("2026-952"));
    EXPECT_TRUE(comesTo(47.10));
}

TEST_F(Wall, aHandOnTheMapHoldsTheViewAndTheChipSaysHowToGoOn) {
    openIncident(50, model::Grade::I, 47.30);
    follow->setMode(MapFollow::Mode::gravest);
    ASSERT_TRUE(comesTo(47.30));
    emit map->movedByHand();
    EXPECT_EQ(follow->mode(), MapFollow::Mode::off);
    EXPECT_TRUE(follow->held());
    EXPECT_TRUE(follow->chipText().contains("G follows")) << follow->chipText().toStdString();
    EXPECT_FALSE(follow->actions().front()->isChecked());
    desk.time += std::chrono::minutes(1);
    openIncident(51, model::Grade::I, 47.5);
    settle();
    EXPECT_TRUE(comesTo(47.30)); // held
    press(Qt::Key_G);
    EXPECT_TRUE(comesTo(47.5));
    window->findChild<QToolButton*>("followStop")->click();
    EXPECT_TRUE(follow->chipText().isEmpty());
}

TEST_F(Wall, anotherPlaceAskedForHoldsTheViewToo) {
    follow->setMode(MapFollow::Mode::gravest);
    selection.show(model::Position::trusted(47.2, 9.4));
    EXPECT_TRUE(follow->held());
}

TEST_F(Wall, goesRoundOpenIncidentsAndNamedPlaces) {
    desk.scene().state.incidents.clear();
    openIncident(50, model::Grade::II, 47.30);
    follow->setStops([] {
        return std::vector<MapFollow::Stop>{{"The dam", model::Position::trusted(47.05, 9.6), 14}};
    });
    follow->setMode(MapFollow::Mode::round);
    EXPECT_TRUE(follow->chipText().contains("2026-950"));
    follow->next();
    EXPECT_TRUE(follow->chipText().contains("The dam"));
    EXPECT_TRUE(comesTo(47.05));
    EXPECT_NEAR(map->zoom(), 14, 0.5); // as near as it was kept
    follow->next();
    EXPECT_TRUE(follow->chipText().contains("the whole county"));
    follow->next();
    EXPECT_TRUE(follow->chipText().contains("2026-950"));
}

TEST_F(Wall, theMapsActionsAreInThePaletteAndGoWhenTheirMakerGoes) {
    QAction own;
    own.setObjectName("Fly to the moon");
    own.setText("Fly to the moon");
    {
        QAction passing;
        passing.setObjectName("Passing thing");
        passing.setText("Passing thing");
        window->addMapActions({&own, &passing});
        EXPECT_EQ(window->action("Passing thing"), &passing);
    }
    EXPECT_EQ(window->action("Passing thing"), nullptr);
    window->openPalette("moon");
    settle();
    ASSERT_FALSE(window->palette().items().empty());
    EXPECT_EQ(window->palette().items().front().title, "Fly to the moon");
}

} // namespace
} // namespace tocsin::gui
