#include "gui/map_support.hpp"
#include "tocsin/gui/map_layers.hpp"

#include <gtest/gtest.h>

namespace tocsin::gui::test {
namespace {

/// A desk that knows units.
class UnitBridge : public FakeBridge {
  public:
    using FakeBridge::FakeBridge;
    const std::map<model::UnitId, desk::UnitNow>& unitsNow() const override { return units; }
    void trackOf(const model::UnitId& unit, base::Time from, base::Time to, std::size_t, QObject*,
                 std::function<void(std::vector<model::UnitPosition>)> answer) override {
        askedFor = unit;
        askedSpan = to - from;
        answer(track);
    }
    void add(const std::string& name, double latitude, double longitude, const std::string& type = "a-f-G-U-C") {
        model::Unit unit;
        unit.id = model::UnitId(name);
        unit.callSign = name;
        unit.type = type;
        scene().state.units[unit.id] = unit;
        model::UnitPosition p;
        p.unit = unit.id;
        p.time = p.received = time;
        p.stale = time + std::chrono::minutes(5);
        p.position = model::Position::trusted(latitude, longitude);
        units[unit.id] = {p, std::nullopt};
    }
    model::Unit& unit(const std::string& name) { return scene().state.units.at(model::UnitId(name)); }

    std::map<model::UnitId, desk::UnitNow> units;
    std::vector<model::UnitPosition> track;
    model::UnitId askedFor;
    base::Duration askedSpan{0};
};

class MapUnits : public ::testing::Test {
  protected:
    MapUnits() : desk(Scene{}), view(UiContext{desk, theme, selection, language}, nullptr) {
        view.resize(1000, 700);
        view.show();
        view.setView(model::Position::trusted(47.1265, 9.5180), 13.5);
        settle();
    }
    void settle() {
        for (int i = 0; i < 500 && !view.isComplete(); ++i)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QApplication::processEvents();
        shown = view.grab().toImage();
    }
    void told() {
        desk.tellAll();
        settle();
    }
    [[nodiscard]] LayerInfo layer() const {
        for (const LayerInfo& each : view.layers())
            if (each.name == QLatin1String("units"))
                return each;
        return {};
    }
    [[nodiscard]] QPointF at(double latitude, double longitude) const {
        return view.toScreen(model::Position::trusted(latitude, longitude));
    }
    void click(const QPointF& where) {
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, where, view.mapToGlobal(where), Qt::LeftButton,
                              type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(&view, &event);
        }
        settle();
    }
    [[nodiscard]] int differing(const QImage& before, const QPointF& about, int reach) const {
        int count = 0;
        for (int y = static_cast<int>(about.y()) - reach; y <= static_cast<int>(about.y()) + reach; ++y)
            for (int x = static_cast<int>(about.x()) - reach; x <= static_cast<int>(about.x()) + reach; ++x)
                count += before.pixel(x, y) != shown.pixel(x, y) ? 1 : 0;
        return count;
    }

    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UnitBridge desk;
    MapView view;
    QImage shown;
};

TEST_F(MapUnits, AUnitIsShownAndChosenAndItsWayDrawn) {
    for (int i = 0; i < 20; ++i) {
        model::UnitPosition p;
        p.position = model::Position::trusted(47.1265 + i * 0.0005, 9.510);
        desk.track.push_back(p);
    }
    const QImage empty = shown;
    desk.add("Tanker 2", 47.1265, 9.5180);
    told();
    EXPECT_EQ(layer().all, 1);
    EXPECT_EQ(layer().shown, 1);
    EXPECT_GT(differing(empty, at(47.1265, 9.5180), 10), 100);
    const QImage before = shown;
    click(at(47.1265, 9.5180));
    ASSERT_NE(selection.as<model::UnitId>(), nullptr);
    EXPECT_EQ(selection.as<model::UnitId>()->value, "Tanker 2");
    settle();
    EXPECT_EQ(desk.askedFor.value, "Tanker 2");
    EXPECT_EQ(desk.askedSpan, std::chrono::hours(2));
    EXPECT_GT(differing(before, at(47.131, 9.510), 6), 5) << "its way";
}

TEST_F(MapUnits, ItMovesAndGrowsOld) {
    desk.add("Boat", 47.1265, 9.5180, "ais");
    told();
    const QImage before = shown;
    auto& now = desk.units.at(model::UnitId("Boat"));
    now.newest.position = model::Position::trusted(47.130, 9.5180);
    Changes changes;
    changes.positions.insert(model::UnitId("Boat"));
    desk.tell(changes);
    settle();
    EXPECT_GT(differing(before, at(47.130, 9.5180), 8), 50);
    const QImage fresh = shown;
    now.newest.stale = desk.time - std::chrono::minutes(1);
    now.newest.time = now.newest.received = desk.time - std::chrono::minutes(10);
    desk.tell(changes);
    settle();
    EXPECT_GT(differing(fresh, at(47.130, 9.5180), 8), 20) << "it looks different once it is old";
}

TEST_F(MapUnits, WhatIsCarriedIsShownByItsUnit) {
    model::Resource tanker;
    tanker.id = id<model::ResourceId>(900);
    tanker.name = "Tanker";
    tanker.kind = model::ResourceKind::vehicle;
    tanker.position = model::Position::trusted(47.124, 9.5180);
    desk.scene().state.resources[tanker.id] = tanker;
    desk.add("Tanker 2", 47.130, 9.5180);
    told();
    const auto resources = [this] {
        for (const LayerInfo& each : view.layers())
            if (each.name == QLatin1String("resources"))
                return each.all;
        return -1;
    };
    EXPECT_EQ(resources(), 1);
    desk.unit("Tanker 2").resource = tanker.id;
    Changes changes;
    changes.units.insert(model::UnitId("Tanker 2"));
    desk.tell(changes);
    settle();
    EXPECT_EQ(resources(), 0);
    LayerSet set = view.layerSet();
    for (LayerSet::Layer& each : set.layers)
        if (each.name == QLatin1String("units"))
            each.visible = false;
    view.setLayerSet(set);
    settle();
    EXPECT_EQ(resources(), 1) << "it is not lost with the units";
}

TEST_F(MapUnits, WhoCallsForHelpIsNotHiddenSilently) {
    desk.add("Tanker 2", 47.1265, 9.5180);
    told();
    const QImage quiet = shown;
    desk.unit("Tanker 2").emergency = true;
    Changes changes;
    changes.units.insert(model::UnitId("Tanker 2"));
    desk.tell(changes);
    settle();
    EXPECT_GT(differing(quiet, at(47.1265, 9.5180), 16), 200);
    EXPECT_EQ(layer().states.size(), 3U);
    EXPECT_EQ(layer().kinds.size(), 5U);
}

TEST_F(MapUnits, ManyShareASymbol) {
    for (int i = 0; i < 2'000; ++i)
        desk.add("u" + std::to_string(i), 47.12 + (i % 50) * 0.0002, 9.51 + (i / 50) * 0.0002, i % 2 == 0 ? "ais" : "a-f-G");
    told();
    EXPECT_EQ(layer().all, 2'000);
    EXPECT_GT(layer().shown, 0);
}

} // namespace
} // namespace tocsin::gui::test
