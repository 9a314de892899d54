#include "tocsin/gui/map_view.hpp"

#include "gui/fake_bridge.hpp"
#include "gui/map/overlay.hpp"
#include "gui/map/viewport.hpp"
#include "gui/map_tiles.hpp"

#include <QApplication>
#include <QEventLoop>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QSignalSpy>
#include <QTimer>
#include <QWheelEvent>
#include <cmath>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::FakeBridge;
using test::id;
using test::PlainTiles;

class MapViewTest : public ::testing::Test {
  protected:
    MapViewTest() : view(UiContext{desk, theme, selection, language}, &tiles) {
        view.resize(1000, 700);
        view.show();
        view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        settle();
    }
    void settle() {
        for (int i = 0; i < 50 && !view.isComplete(); ++i)
            QApplication::processEvents();
        QApplication::processEvents();
        shown = view.grab().toImage();
    }
    void click(const QPointF& at, Qt::MouseButton button = Qt::LeftButton) {
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, at, view.mapToGlobal(at), button, button, Qt::NoModifier);
            QApplication::sendEvent(&view, &event);
        }
    }
    void drag(const QPointF& from, const QPointF& to) {
        QMouseEvent press(QEvent::MouseButtonPress, from, view.mapToGlobal(from), Qt::LeftButton, Qt::LeftButton, {});
        QMouseEvent move(QEvent::MouseMove, to, view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QMouseEvent release(QEvent::MouseButtonRelease, to, view.mapToGlobal(to), Qt::LeftButton, Qt::NoButton, {});
        for (QEvent* event : std::initializer_list<QEvent*>{&press, &move, &release})
            QApplication::sendEvent(&view, event);
    }
    void press(int key) {
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier);
        QApplication::sendEvent(&view, &event);
    }
    void motionEnds() {
        while (!view.isComplete())
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    [[nodiscard]] QPointF incidentAt(unsigned number) const {
        return view.toScreen(desk.state().incidents.at(id<model::IncidentId>(number)).position);
    }

    FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{"en"};
    PlainTiles tiles;
    MapView view;
    QImage shown;
};

/// Ends its loop with the next picture of the whole map.
class WholePicture : public QObject {
  public:
    explicit WholePicture(MapView& view) : m_view(view) { view.installEventFilter(this); }
    [[nodiscard]] bool comes() {
        QTimer::singleShot(5'000, &m_loop, [this] { m_loop.exit(1); }); // only if it never does
        return m_loop.exec() == 0;
    }

  protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Paint && static_cast<QPaintEvent*>(event)->rect() == m_view.rect())
            m_loop.exit(0);
        return QObject::eventFilter(watched, event);
    }

  private:
    MapView& m_view;
    QEventLoop m_loop;
};

TEST_F(MapViewTest, WhatHasChangedIsShownThoughAPartIsLaidBareFirst) {
    WholePicture picture(view);
    desk.tellAll();
    view.repaint(QRect(10, 10, 40, 20)); // as by a chip over the map, before the picture that has been asked for
    EXPECT_TRUE(picture.comes());
}

TEST_F(MapViewTest, ClickingAnIncidentSelectsIt) {
    click(incidentAt(1));
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(*selection.as<model::IncidentId>(), id<model::IncidentId>(1));
    click(incidentAt(2));
    EXPECT_EQ(*selection.as<model::IncidentId>(), id<model::IncidentId>(2));
}

TEST_F(MapViewTest, AClosedIncidentIsNotOnTheMap) {
    desk.scene().state.incidents.at(id<model::IncidentId>(2)).state = model::IncidentState::closed;
    desk.tellAll();
    settle();
    click(incidentAt(2));
    const auto* selected = selection.as<model::IncidentId>();
    EXPECT_TRUE(selected == nullptr || *selected != id<model::IncidentId>(2));
}

TEST_F(MapViewTest, TheGravestLiesOnTopWhereTwoStandInOnePlace) {
    auto& state = desk.scene().state;
    auto resource = state.resources.begin()->second;
    resource.position = state.incidents.at(id<model::IncidentId>(2)).position;
    resource.id = id<model::ResourceId>(77);
    state.resources[resource.id] = resource;
    desk.tellAll();
    settle();
    click(incidentAt(2));
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
}

TEST_F(MapViewTest, DraggingMovesTheMapByAsMuch) {
    const auto before = view.fromScreen({500, 350});
    drag({500, 350}, {620, 300});
    const QPointF now = view.toScreen(before);
    EXPECT_NEAR(now.x(), 620, 0.01);
    EXPECT_NEAR(now.y(), 300, 0.01);
    EXPECT_EQ(selection.current(), Selected{});
}

TEST_F(MapViewTest, TheWheelZoomsAboutTheCursor) {
    const QPointF cursor(720, 180);
    const auto under = view.fromScreen(cursor);
    const double before = view.zoom();
    QWheelEvent wheel(cursor, view.mapToGlobal(cursor), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&view, &wheel);
    motionEnds();
    EXPECT_GT(view.zoom(), before + 0.3);
    EXPECT_NEAR(view.toScreen(under).x(), cursor.x(), 0.5);
    EXPECT_NEAR(view.toScreen(under).y(), cursor.y(), 0.5);
}

TEST_F(MapViewTest, KeysPanAndZoom) {
    const auto centre = view.centre();
    press(Qt::Key_Right);
    motionEnds();
    EXPECT_GT(view.centre().longitude(), centre.longitude());
    const double zoom = view.zoom();
    press(Qt::Key_Minus);
    motionEnds();
    EXPECT_LT(view.zoom(), zoom);
    press(Qt::Key_0);
    motionEnds();
    const QRectF all(QPointF(0, 0), QSizeF(view.size()));
    EXPECT_TRUE(all.contains(view.toScreen(model::Position::trusted(47.05, 9.47))));
    EXPECT_TRUE(all.contains(view.toScreen(model::Position::trusted(47.27, 9.64))));
}

TEST_F(MapViewTest, ShowingAPlaceBringsItToTheMiddle) {
    const auto ruggell = model::Position::trusted(47.2390, 9.5270);
    selection.show(ruggell);
    motionEnds();
    EXPECT_NEAR(view.toScreen(ruggell).x(), view.width() / 2.0, 1);
    EXPECT_NEAR(view.toScreen(ruggell).y(), view.height() / 2.0, 1);
}

TEST_F(MapViewTest, FitHoldsAllPlacesAndDoesNotRushIntoOne) {
    view.fit({model::Position::trusted(47.06, 9.50), model::Position::trusted(47.24, 9.53)});
    motionEnds();
    const QRectF all(QPointF(0, 0), QSizeF(view.size()));
    EXPECT_TRUE(all.contains(view.toScreen(model::Position::trusted(47.06, 9.50))));
    EXPECT_TRUE(all.contains(view.toScreen(model::Position::trusted(47.24, 9.53))));
    view.fit({model::Position::trusted(47.06, 9.50)});
    motionEnds();
    EXPECT_LE(view.zoom(), 15.6);
}

TEST_F(MapViewTest, TellsWhenAllTilesAreDrawn) {
    EXPECT_TRUE(view.isComplete());
    tiles.highest = 10;
    QSignalSpy done(&view, &MapView::completed);
    view.setView(model::Position::trusted(47.1265, 9.5180), 15);
    EXPECT_FALSE(view.isComplete());
    tiles.highest = 30;
    view.setView(model::Position::trusted(47.0765, 9.5180), 15);
    settle();
    EXPECT_TRUE(view.isComplete());
    EXPECT_EQ(done.count(), 1);
}

TEST_F(MapViewTest, IsNeverBlankWhereTheMapWasSeenBefore) {
    desk.scene().state = {}; // nothing but the base map
    desk.tellAll();
    tiles.highest = 13;
    view.setView(model::Position::trusted(47.1265, 9.5180), 16);
    settle();
    EXPECT_FALSE(view.isComplete());
    EXPECT_EQ(shown.pixelColor(500, 350), QColor(0x33, 0x66, 0x99)); // a stand-in from farther out
}

TEST_F(MapViewTest, WithoutABaseMapTheSymbolsAreThere) {
    MapView bare(UiContext{desk, theme, selection, language}, nullptr);
    bare.resize(800, 600);
    bare.setView(desk.state().incidents.at(id<model::IncidentId>(1)).position, 13);
    EXPECT_TRUE(bare.isComplete());
    const QImage picture = bare.grab().toImage();
    bool orange = false;
    for (int x = 380; x < 420 && !orange; ++x)
        orange = picture.pixelColor(x, 300) == theme.grade(model::Grade::II);
    EXPECT_TRUE(orange);
}

TEST_F(MapViewTest, AnExerciseIsWrittenAcrossTheMap) {
    const auto violet = [](const QImage& image) {
        int count = 0;
        for (int y = 0; y < image.height(); y += 3)
            for (int x = 0; x < image.width(); x += 3) {
                const QColor c = image.pixelColor(x, y);
                count += c.red() > 0x38 && c.red() > c.green() - 0x28 && c.blue() >= 0x9a ? 1 : 0;
            }
        return count;
    };
    const int drill = violet(shown);
    desk.scene().state.desk.exercise = false;
    desk.tellAll();
    settle();
    EXPECT_GT(drill, violet(shown) + 200);
}

TEST_F(MapViewTest, AMovingTeamIsWhereItsRouteSays) {
    const auto& assignment = desk.state().assignments.at(id<model::AssignmentId>(1));
    const auto progress = model::progressOf(assignment, desk.now());
    ASSERT_TRUE(progress);
    click(view.toScreen(progress->position));
    ASSERT_NE(selection.as<model::ResourceId>(), nullptr);
    EXPECT_EQ(*selection.as<model::ResourceId>(), assignment.resource);
}

TEST_F(MapViewTest, FarOutResourcesShareASymbolAndAClickOpensIt) {
    auto& state = desk.scene().state;
    const auto model = state.resources.begin()->second;
    state = {};
    for (unsigned i = 0; i < 40; ++i) {
        auto one = model;
        one.id = id<model::ResourceId>(200 + i);
        one.status = model::ResourceStatus::available;
        one.position = model::Position::trusted(47.20 + 0.0004 * (i % 7), 9.55 + 0.0004 * (i / 7));
        state.resources[one.id] = one;
    }
    desk.tellAll();
    view.setView(model::Position::trusted(47.20, 9.55), 10.5);
    settle();
    const double before = view.zoom();
    click(view.toScreen(model::Position::trusted(47.2012, 9.5512)));
    motionEnds();
    EXPECT_GT(view.zoom(), before + 1);
    EXPECT_EQ(selection.current(), Selected{});
}

TEST_F(MapViewTest, TabGoesFromTheGravestOn) {
    view.setFocus();
    QKeyEvent tab(QEvent::KeyPress, Qt::Key_Tab, Qt::NoModifier);
    QApplication::sendEvent(&view, &tab);
    if (!view.hasFocus())
        GTEST_SKIP() << "the platform gives no focus";
    EXPECT_FALSE(view.accessibleDescription().isEmpty());
    press(Qt::Key_Return);
    EXPECT_NE(selection.current(), Selected{});
    press(Qt::Key_Escape);
    EXPECT_EQ(selection.current(), Selected{});
}

TEST_F(MapViewTest, AProposalIsDrawnAndTakenAway) {
    desk.scene().state.assignments.clear();
    desk.tellAll();
    settle();
    const QImage without = shown;
    auto proposal = std::make_shared<dispatch::Recommendation>();
    proposal->incident = id<model::IncidentId>(1);
    for (const auto& need : desk.answerFor(proposal->incident).needs) {
        for (const auto& choice : need.chosen) {
            dispatch::Candidate candidate;
            candidate.resource = choice.resource;
            candidate.route = choice.route;
            candidate.chosen = true;
            proposal->candidates.push_back(std::move(candidate));
        }
    }
    view.setProposedRoutes(std::move(proposal));
    settle();
    EXPECT_NE(shown, without);
    view.setProposedRoutes(nullptr);
    settle();
    EXPECT_EQ(shown, without);
}

TEST(Viewport, ZoomStopsHaveTilesOfWholePixels) {
    for (const double ratio : {1.0, 1.25, 1.5, 2.0})
        for (double zoom = 7; zoom <= 18; zoom += 0.5) {
            const ZoomStop stop = nearestStop(zoom, ratio);
            EXPECT_NEAR(stop.zoom, zoom, 0.01);
            const double edge = map::tileSize * std::exp2(stop.zoom - stop.tileZoom) * ratio;
            EXPECT_NEAR(edge, stop.pixels, 1e-9);
        }
}

TEST(Overlay, TheScaleBarIsRoundAndFits) {
    for (double metres = 0.05; metres < 2000; metres *= 1.37) {
        const ScaleBar bar = scaleBarFor(metres, 140);
        EXPECT_LE(bar.pixels, 140.0001);
        EXPECT_GT(bar.pixels, 50);
        const double digits = bar.metres / std::pow(10, std::floor(std::log10(bar.metres) + 1e-9));
        EXPECT_TRUE(std::abs(digits - 1) < 1e-6 || std::abs(digits - 2) < 1e-6 || std::abs(digits - 5) < 1e-6);
    }
    EXPECT_EQ(scaleBarFor(0, 140).metres, 0);
}

} // namespace
} // namespace tocsin::gui
