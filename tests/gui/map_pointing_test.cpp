#include "gui/map_support.hpp"

#include "tocsin/gui/map_tool.hpp"

#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

namespace tocsin::gui {
namespace {

using test::id;

class MapPointingTest : public test::MapFixture {
  protected:
    /// Alone on the map: incidents in one place, or as far apart as said (degrees).
    void onlyIncidents(int count, double apart) {
        const auto one = desk.state().incidents.at(id<model::IncidentId>(1));
        desk.scene().state = {};
        for (int i = 0; i < count; ++i) {
            auto incident = one;
            incident.id = id<model::IncidentId>(300 + static_cast<unsigned>(i));
            incident.grade = i == 3 ? model::Grade::I : model::Grade::IV;
            incident.position = model::Position::trusted(47.1265 + apart * i, 9.5180);
            desk.scene().state.incidents[incident.id] = incident;
        }
        told();
    }
    [[nodiscard]] QPointF middle() const { return at(47.1265, 9.5180); }
    [[nodiscard]] model::IncidentId selected() const {
        const auto* found = selection.as<model::IncidentId>();
        return found != nullptr ? *found : model::IncidentId();
    }
};

TEST_F(MapPointingTest, AClusterShowsItsWorstGrade) {
    onlyIncidents(6, 0.0);
    const QColor red = theme.grade(model::Grade::I);
    bool found = false;
    for (int x = -16; x <= 16 && !found; ++x)
        found = shown.pixelColor(middle().toPoint() + QPoint(x, 0)) == red;
    EXPECT_TRUE(found);
    EXPECT_EQ(layer("incidents").shown, 6);
}

TEST_F(MapPointingTest, AClusterOpensByZoomWhereThatPartsIt) {
    onlyIncidents(6, 0.0004);
    view.setView(model::Position::trusted(47.1275, 9.5180), 11);
    settle();
    const double before = view.zoom();
    click(at(47.1275, 9.5180));
    settle();
    EXPECT_GE(view.zoom(), before + 1);
    EXPECT_EQ(selection.current(), Selected{});
}

TEST_F(MapPointingTest, StackedSymbolsAreFannedOutAndEscClosesTheFan) {
    onlyIncidents(5, 0.0);
    const double zoom = view.zoom();
    click(middle());
    settle();
    EXPECT_EQ(view.zoom(), zoom);
    EXPECT_EQ(selection.current(), Selected{});
    // The gravest stands at the top of the ring.
    click(middle() + QPointF(0, -52));
    EXPECT_EQ(selected(), id<model::IncidentId>(303));
    settle();
    selection.clear();
    click(middle());
    settle();
    const QImage open = shown;
    press(Qt::Key_Escape);
    settle();
    EXPECT_NE(shown, open);
    click(middle() + QPointF(0, -52));
    EXPECT_EQ(selection.current(), Selected{});
}

TEST_F(MapPointingTest, TheSelectedOneStandsApartFromItsCluster) {
    onlyIncidents(5, 0.0);
    selection.select(id<model::IncidentId>(302));
    settle();
    EXPECT_EQ(layer("incidents").shown, 5);
    selection.clear();
    settle();
    EXPECT_EQ(layer("incidents").shown, 5);
}

TEST_F(MapPointingTest, TabAndEnterReachTheMembersOfAStack) {
    onlyIncidents(4, 0.0);
    view.setFocus();
    if (!view.hasFocus())
        GTEST_SKIP() << "the platform gives no focus";
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    QApplication::sendEvent(&view, &tab);
    EXPECT_TRUE(view.accessibleDescription().contains(QLatin1Char('4')));
    press(Qt::Key_Return);
    settle();
    QApplication::sendEvent(&view, &tab);
    press(Qt::Key_Return);
    EXPECT_EQ(selected(), id<model::IncidentId>(303));
}

TEST_F(MapPointingTest, PanningMovesSymbolsWithTheMap) {
    const QPointF before = incidentAt(2);
    send(QEvent::MouseButtonPress, {500, 500}, Qt::LeftButton, Qt::LeftButton);
    for (int i = 1; i <= 30; ++i) {
        send(QEvent::MouseMove, {500.0 - 7 * i, 500.0}, Qt::NoButton, Qt::LeftButton);
        view.grab();
    }
    send(QEvent::MouseButtonRelease, {290, 500});
    settle();
    EXPECT_NEAR(incidentAt(2).x(), before.x() - 210, 0.5);
    click(incidentAt(2));
    EXPECT_EQ(selected(), id<model::IncidentId>(2));
}

TEST_F(MapPointingTest, OnlyAHandSaysThatAHandMovedTheMap) {
    QSignalSpy hand(&view, &MapView::movedByHand);
    view.setView(model::Position::trusted(47.12, 9.52), 13);
    view.showPlace(model::Position::trusted(47.13, 9.52));
    view.fit({model::Position::trusted(47.13, 9.52)});
    EXPECT_EQ(hand.count(), 0);
    drag({500, 350}, {600, 350});
    EXPECT_EQ(hand.count(), 1);
    press(Qt::Key_Left);
    EXPECT_EQ(hand.count(), 2);
    QWheelEvent wheel({400, 300}, view.mapToGlobal(QPointF(400, 300)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&view, &wheel);
    EXPECT_EQ(hand.count(), 3);
}

TEST_F(MapPointingTest, TheMenuCanBeExtendedAndForbidsChangingThePast) {
    QStringList heard;
    QObject::connect(&view, &MapView::menuAboutToShow, &view, [&](QMenu* menu, const model::Position&) {
        for (const QAction* action : menu->actions())
            heard << action->text() + (action->isEnabled() ? QStringLiteral("+") : QStringLiteral("-"));
    });
    const auto menuAt = [&](const QPoint& at) {
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, view.mapToGlobal(at));
        QApplication::sendEvent(&view, &event);
        for (QMenu* menu : view.findChildren<QMenu*>())
            menu->close();
    };
    menuAt({500, 300});
    EXPECT_TRUE(heard.contains(QStringLiteral("Open incident here+")));
    EXPECT_TRUE(heard.filter(QStringLiteral("Copy")).isEmpty()); // the tools offer that, in every form
    heard.clear();
    auto picture = std::make_shared<desk::Picture>();
    picture->at = desk.now();
    view.showPast(picture);
    menuAt({500, 300});
    EXPECT_TRUE(heard.contains(QStringLiteral("Open incident here-")));
}

/// Two fingers on the map.
class MapTouch : public test::MapFixture {
  protected:
    void put(const QPoint& a, const QPoint& b) {
        QTest::touchEvent(&view, m_device).press(0, a, &view).press(1, b, &view);
        QApplication::processEvents();
    }
    void slide(const QPoint& a, const QPoint& b, const QPoint& toA, const QPoint& toB) {
        for (int i = 1; i <= 10; ++i) {
            QTest::touchEvent(&view, m_device).move(0, a + (toA - a) * i / 10, &view).move(1, b + (toB - b) * i / 10, &view);
            QApplication::processEvents();
        }
    }
    void lift(const QPoint& a, const QPoint& b) {
        QTest::touchEvent(&view, m_device).release(0, a, &view).release(1, b, &view);
        settle();
    }

  private:
    QPointingDevice* m_device{QTest::createTouchDevice()};
};

TEST_F(MapTouch, APinchZoomsAboutTheFingersAndComesToRestAtAStop) {
    QSignalSpy hand(&view, &MapView::movedByHand);
    const double before = view.zoom();
    const auto between = view.fromScreen({600, 400});
    put({560, 400}, {640, 400});
    slide({560, 400}, {640, 400}, {440, 400}, {760, 400});
    EXPECT_GT(view.zoom(), before + 1);
    EXPECT_LT(view.zoom(), before + 2.5);
    EXPECT_NEAR(view.toScreen(between).x(), 600, 3);
    EXPECT_NEAR(view.toScreen(between).y(), 400, 3);
    lift({440, 400}, {760, 400});
    EXPECT_NEAR(view.zoom() * 2, std::round(view.zoom() * 2), 0.03);
    EXPECT_EQ(hand.count(), 1);
    EXPECT_EQ(selection.current(), Selected{}); // the first finger was no click
}

TEST_F(MapTouch, TwoFingersPan) {
    const double zoom = view.zoom();
    const auto under = view.fromScreen({500, 350});
    put({460, 350}, {540, 350});
    slide({460, 350}, {540, 350}, {560, 410}, {640, 410});
    lift({560, 410}, {640, 410});
    EXPECT_NEAR(view.zoom(), zoom, 0.01);
    // A recogniser may need the first step to know what it is.
    EXPECT_NEAR(view.toScreen(under).x(), 600, 12);
    EXPECT_NEAR(view.toScreen(under).y(), 410, 8);
}

class RecordingTool : public MapTool {
  public:
    QStringList calls;
    bool takesPress{false};
    void begin(MapView&) override { calls << QStringLiteral("begin"); }
    void end() override { calls << QStringLiteral("end"); }
    bool clicked(QMouseEvent&) override {
        calls << QStringLiteral("clicked");
        return true;
    }
    bool pressed(QMouseEvent&) override { return takesPress; }
    bool moved(QMouseEvent&) override {
        calls << QStringLiteral("moved");
        return takesPress;
    }
    bool released(QMouseEvent&) override {
        calls << QStringLiteral("released");
        return true;
    }
    bool key(QKeyEvent& event) override {
        calls << QStringLiteral("key");
        return event.key() == Qt::Key_Escape;
    }
    void paint(QPainter& painter, const MapView&) override { painter.fillRect(QRect(10, 600, 20, 20), Qt::magenta); }
};

TEST_F(MapPointingTest, AToolTakesClicksAndKeysAndLetsTheMapBePanned) {
    RecordingTool tool;
    view.setTool(&tool);
    settle();
    EXPECT_EQ(shown.pixelColor(20, 610), QColor(Qt::magenta));
    click(incidentAt(2));
    EXPECT_EQ(selection.current(), Selected{}); // the tool had the click
    const auto before = view.centre();
    drag({500, 350}, {600, 350});
    EXPECT_NE(view.centre(), before);
    tool.takesPress = true;
    const auto after = view.centre();
    drag({500, 350}, {600, 350});
    EXPECT_EQ(view.centre(), after); // the drag was the tool's
    press(Qt::Key_Escape);
    view.setTool(nullptr);
    EXPECT_EQ(tool.calls.first(), QStringLiteral("begin"));
    EXPECT_EQ(tool.calls.last(), QStringLiteral("end"));
    EXPECT_TRUE(tool.calls.contains(QStringLiteral("released")));
    EXPECT_TRUE(tool.calls.contains(QStringLiteral("key")));
    click(incidentAt(2));
    EXPECT_EQ(selected(), id<model::IncidentId>(2));
}

} // namespace
} // namespace tocsin::gui
