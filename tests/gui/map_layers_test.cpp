#include "gui/map_support.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractButton>
#include <QBuffer>
#include <QPainter>
#include <QPdfWriter>
#include <QSignalSpy>
#include <QSvgGenerator>
#include <QSvgRenderer>
#include <QTemporaryDir>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class MapLayers : public test::MapFixture {
  protected:
    void addReports(int count) {
        const auto one = desk.state().reports.at(id<model::ReportId>(1));
        for (int i = 0; i < count; ++i) {
            auto report = one;
            report.id = id<model::ReportId>(500 + static_cast<unsigned>(i));
            report.position = model::Position::trusted(47.1265 + 0.0005 * (i % 5), 9.5280 + 0.0005 * (i / 5));
            desk.scene().state.reports[report.id] = report;
        }
        told();
    }
};

TEST_F(MapLayers, AreAllThereWithNamesGlyphsAndCounts) {
    const auto all = view.layers();
    QStringList names;
    for (const LayerInfo& info : all) {
        names << info.name;
        EXPECT_FALSE(info.title.isEmpty()) << info.name.toStdString();
        EXPECT_TRUE(Symbols::has(info.glyph)) << info.name.toStdString();
    }
    names.sort();
    EXPECT_EQ(names.join(QLatin1Char(' ')),
              QStringLiteral("alarms cover drawings earthquakes heat hotspots incidents protected reach reports resources routes "
                             "sensors teams units warnings"));
    EXPECT_EQ(layer("incidents").all, 3);
    EXPECT_EQ(layer("incidents").shown, 2); // the third lies to the north
    EXPECT_TRUE(layer("incidents").hasGrade);
    EXPECT_EQ(layer("reports").states.size(), 2U);
    EXPECT_EQ(layer("sensors").kinds.size(), 7U);
}

TEST_F(MapLayers, ARetiredSensorIsOnTheMapNoMore) {
    const int all = layer("sensors").all;
    ASSERT_GT(all, 0);
    auto& sensor = desk.scene().state.sensors.begin()->second;
    sensor.retired = "dismantled";
    Changes changes;
    changes.sensors.insert(sensor.id);
    desk.tell(changes);
    settle();
    EXPECT_EQ(layer("sensors").all, all - 1);
    sensor.retired.clear();
    desk.tell(changes);
    settle();
    EXPECT_EQ(layer("sensors").all, all);
}

TEST_F(MapLayers, AHiddenLayerCannotBeHit) {
    QSignalSpy changed(&view, &MapView::layersChanged);
    change("incidents", [](LayerSet::Layer& each) { each.visible = false; });
    EXPECT_EQ(changed.count(), 1);
    click(incidentAt(2));
    const auto* hit = selection.as<model::IncidentId>();
    EXPECT_TRUE(hit == nullptr);
    view.setLayerSet(view.layerSet());
    EXPECT_EQ(changed.count(), 1); // nothing new
}

TEST_F(MapLayers, OrderOpacityAndUnknownNamesSurviveASet) {
    LayerSet set;
    set.layers.push_back({QStringLiteral("warnings"), true, 0.0, {}});
    set.layers.push_back({QStringLiteral("of another version"), true, 1, {}});
    set.layers.push_back({QStringLiteral("warnings"), false, 1, {}});
    set.layers.push_back({QStringLiteral("sensors"), true, 0.5, {}});
    view.setLayerSet(set);
    const LayerSet now = view.layerSet();
    EXPECT_EQ(now.layers.size(), 16U);
    EXPECT_EQ(now.layers[0].name, QStringLiteral("warnings"));
    EXPECT_TRUE(now.layers[0].visible);
    EXPECT_DOUBLE_EQ(now.layers[0].opacity, 0.1);
    EXPECT_EQ(now.layers[1].name, QStringLiteral("sensors"));
    EXPECT_EQ(now.layers[2].name, QStringLiteral("incidents"));
}

TEST_F(MapLayers, OpacityMakesSymbolsPaler) {
    const QPoint at = incidentAt(2).toPoint() + QPoint(-9, 0);
    const QColor full = shown.pixelColor(at);
    change("incidents", [](LayerSet::Layer& each) { each.opacity = 0.3; });
    EXPECT_NE(shown.pixelColor(at), full);
}

TEST_F(MapLayers, FiltersByGradeStateKindAndAge) {
    EXPECT_EQ(layer("incidents").all, 3);
    change("incidents", [](LayerSet::Layer& each) { each.filter.leastGrade = model::Grade::II; });
    EXPECT_EQ(layer("incidents").shown, 1);
    click(incidentAt(2));
    EXPECT_EQ(selection.as<model::IncidentId>(), nullptr);

    const int reports = layer("reports").shown;
    change("reports", [](LayerSet::Layer& each) { each.filter.hiddenStates = QStringList{QStringLiteral("pending")}; });
    EXPECT_EQ(layer("reports").shown, reports - 1); // the other pending one lies to the north
    change("reports", [](LayerSet::Layer& each) {
        each.filter = {};
        each.filter.newest = base::Duration(150s);
    });
    EXPECT_EQ(layer("reports").shown, 1);
    EXPECT_EQ(layer("reports").all, 4);

    change("resources", [](LayerSet::Layer& each) { each.filter.hiddenKinds = QStringList{QStringLiteral("hospital")}; });
    click(at(47.1280, 9.5255));
    EXPECT_EQ(selection.as<model::ResourceId>(), nullptr);
}

TEST_F(MapLayers, AFilterDoesNotHideAGraveAlarmSilently) {
    QAbstractButton* chip = nullptr;
    for (auto* each : view.findChildren<QAbstractButton*>())
        if (each->text().contains(QStringLiteral("alarms")))
            chip = each;
    EXPECT_EQ(chip, nullptr);
    change("alarms", [](LayerSet::Layer& each) {
        each.filter.hiddenStates = QStringList{QStringLiteral("unacknowledged")};
    });
    for (auto* each : view.findChildren<QAbstractButton*>())
        if (each->text().contains(QStringLiteral("alarms")))
            chip = each;
    ASSERT_NE(chip, nullptr);
    EXPECT_TRUE(chip->isVisible());
    EXPECT_TRUE(chip->text().contains(QLatin1Char('2')));
    QSignalSpy wants(&view, &MapView::layersRequested);
    chip->click();
    EXPECT_EQ(wants.count(), 1);
    change("alarms", [](LayerSet::Layer& each) { each.filter = {}; });
    EXPECT_FALSE(chip->isVisible());
    change("alarms", [](LayerSet::Layer& each) { each.visible = false; });
    EXPECT_TRUE(chip->isVisible()); // nor does hiding the layer
    desk.scene().state.alarms.clear();
    told();
    EXPECT_FALSE(chip->isVisible());
}

TEST_F(MapLayers, WhatAChangeNamesIsLaidOutAnew) {
    auto& incident = desk.scene().state.incidents.at(id<model::IncidentId>(2));
    incident.position = model::Position::trusted(47.1200, 9.5000);
    Changes changes;
    changes.incidents.insert(incident.id);
    desk.tell(changes);
    settle();
    click(at(47.1200, 9.5000));
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    incident.state = model::IncidentState::closed;
    desk.tell(changes);
    settle();
    EXPECT_EQ(layer("incidents").all, 2);
}

TEST_F(MapLayers, AnotherTimeIsShownAndLeftAgain) {
    auto picture = std::make_shared<desk::Picture>();
    picture->at = desk.now() - base::Duration(1h);
    auto incident = desk.state().incidents.at(id<model::IncidentId>(1));
    incident.id = id<model::IncidentId>(900);
    incident.position = model::Position::trusted(47.1180, 9.5050);
    picture->state.incidents[incident.id] = incident;
    QSignalSpy changed(&view, &MapView::pastChanged);
    view.showPast(picture);
    settle();
    EXPECT_TRUE(view.isPast());
    EXPECT_EQ(layer("incidents").all, 1);
    EXPECT_EQ(layer("sensors").all, 0);
    click(at(47.1180, 9.5050));
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(*selection.as<model::IncidentId>(), incident.id);
    desk.tellAll(); // what happens now is not shown then
    EXPECT_EQ(layer("incidents").all, 1);
    view.showPast(nullptr);
    settle();
    EXPECT_FALSE(view.isPast());
    EXPECT_EQ(changed.count(), 2);
    EXPECT_EQ(layer("incidents").all, 3);
}

TEST_F(MapLayers, ADrawnClosureIsSeenHitAndEndsWhenItSays) {
    model::Drawing drawing;
    drawing.id = id<model::DrawingId>(1);
    drawing.kind = model::DrawingKind::closure;
    drawing.name = base::LocalText("Bridge closed");
    drawing.line = {model::Position::trusted(47.1150, 9.5000), model::Position::trusted(47.1150, 9.5080)};
    drawing.drawnAt = desk.now() - base::Duration(1min);
    drawing.until = desk.now() + base::Duration(10min);
    const QImage before = shown;
    desk.scene().state.drawings[drawing.id] = drawing;
    Changes changes;
    changes.drawings.insert(drawing.id);
    desk.tell(changes);
    settle();
    const QPointF middle = at(47.1150, 9.5040);
    EXPECT_GT(differing(before, shown, QRect(middle.toPoint() - QPoint(40, 6), QSize(80, 12))), 200);
    click(at(47.1150, 9.5015)); // on the line, away from its sign
    ASSERT_NE(selection.as<model::DrawingId>(), nullptr);
    selection.clear();
    EXPECT_EQ(layer("drawings").all, 1);
    desk.time += base::Duration(11min);
    desk.tell(changes);
    settle();
    EXPECT_EQ(layer("drawings").all, 0);
    EXPECT_EQ(layer("drawings").shown, 0);
}

TEST_F(MapLayers, GradesOfWarningsAreToldByTheirHatching) {
    // The same area in one colour twice would differ by nothing else: so compare where the lines are, not their colour.
    desk.scene().state.alarms.clear();
    desk.scene().state.incidents.clear();
    std::vector<QString> patterns;
    for (const auto grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV}) {
        desk.scene().state.warnings.at(id<model::WarningId>(1)).colour = grade;
        told();
        const QPoint corner = at(47.1210, 9.5130).toPoint(); // away from names and symbols
        QString pattern;
        const int ground = qGray(shown.pixel(corner));
        for (int y = 0; y < 12; ++y)
            for (int x = 0; x < 12; ++x)
                pattern += std::abs(qGray(shown.pixel(corner + QPoint(x, y))) - ground) > 12 ? QLatin1Char('#')
                                                                                            : QLatin1Char('.');
        EXPECT_EQ(std::count(patterns.begin(), patterns.end(), pattern), 0);
        patterns.push_back(pattern);
    }
}

TEST_F(MapLayers, ManyWarningsOfOneAreaShadeItOnce) {
    desk.scene().state.alarms.clear();
    desk.scene().state.incidents.clear();
    auto& warnings = desk.scene().state.warnings;
    warnings.at(id<model::WarningId>(1)).colour = model::Grade::IV;
    told();
    const QImage one = shown;
    for (unsigned i = 0; i < 30; ++i) {
        model::Warning again = warnings.at(id<model::WarningId>(1));
        again.id = id<model::WarningId>(5000 + i);
        if (i % 2 == 1) { // drawn the other way round
            for (auto& info : again.infos)
                for (auto& area : info.areas)
                    for (auto& ring : area.polygons)
                        std::reverse(ring.begin(), ring.end());
        }
        warnings[again.id] = again;
    }
    told();
    // Where none of their names stands.
    int same = 0;
    for (const auto& [latitude, longitude] : {std::pair(47.1210, 9.5130), std::pair(47.1230, 9.5130), std::pair(47.1210, 9.5160), std::pair(47.1190, 9.5130)})
        same += differing(one, shown, QRect(at(latitude, longitude).toPoint(), QSize(12, 12))) == 0 ? 1 : 0;
    EXPECT_GE(same, 2);
}

TEST_F(MapLayers, DensityOfReportsIsShadedOnlyWhenAsked) {
    addReports(25);
    const QImage without = shown;
    EXPECT_FALSE(layer("heat").visible);
    change("heat", [](LayerSet::Layer& each) { each.visible = true; });
    const QPoint middle = at(47.1275, 9.5290).toPoint();
    EXPECT_GT(differing(without, shown, QRect(middle - QPoint(60, 60), QSize(120, 120))), 5000);
}

TEST_F(MapLayers, ReachIsShadedInBandsAndTakenAway) {
    const QImage without = shown;
    auto reached = std::make_shared<std::vector<route::ReachedRoad>>();
    reached->push_back({{model::Position::trusted(47.1180, 9.5000), model::Position::trusted(47.1180, 9.5300)},
                        base::Seconds(0), base::Seconds(900)});
    view.setReach(reached, {base::Seconds(300), base::Seconds(600)});
    settle();
    EXPECT_TRUE(layer("reach").shown > 0);
    const QColor near = shown.pixelColor(at(47.1180, 9.5050).toPoint());
    const QColor far = shown.pixelColor(at(47.1180, 9.5150).toPoint());
    EXPECT_NE(near, without.pixelColor(at(47.1180, 9.5050).toPoint()));
    EXPECT_NE(near, far);
    // Beyond the last limit nothing is said.
    EXPECT_EQ(shown.pixelColor(at(47.1180, 9.5285).toPoint()), without.pixelColor(at(47.1180, 9.5285).toPoint()));
    view.setReach(nullptr, {});
    settle();
    // Down to the legend's lower edge; the scale bar's figures below it are outlined a shade differently by the font
    // engine before and after it has first drawn words in that size.
    EXPECT_EQ(differing(shown, without, QRect(0, 0, 1000, 650)), 0);
}

TEST_F(MapLayers, ProtectedObjectsAreQuietUntilNear) {
    view.setProtectedObjects({{QStringLiteral("School"), QStringLiteral("school"),
                               model::Position::trusted(47.1200, 9.5010)},
                              {QStringLiteral("Dam"), QStringLiteral("dam"), model::Position::trusted(47.1180, 9.5050)}});
    settle();
    EXPECT_EQ(layer("protected").all, 2);
    EXPECT_EQ(layer("protected").shown, 2);
    EXPECT_EQ(layer("protected").kinds.size(), 2U);
    view.setView(model::Position::trusted(47.1265, 9.5180), 11);
    settle();
    EXPECT_EQ(layer("protected").shown, 0);
}

TEST_F(MapLayers, PaperKeepsSymbolsAsLinesAndFitsTheTarget) {
    QImage picture(500, 350, QImage::Format_ARGB32);
    picture.fill(Qt::magenta);
    QPainter painter(&picture);
    view.paintInto(painter, QRectF(0, 0, 500, 350), true);
    painter.end();
    EXPECT_NE(picture.pixelColor(3, 3), QColor(Qt::magenta));
    QTemporaryDir folder;
    QPdfWriter pdf(folder.filePath(QStringLiteral("map.pdf")));
    QPainter onto(&pdf);
    view.paintInto(onto, QRectF(0, 0, pdf.width(), pdf.height()), true);
    onto.end();
    QFile file(folder.filePath(QStringLiteral("map.pdf")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_FALSE(file.readAll().contains("/Subtype /Image")); // no symbol has become a picture
}

TEST_F(MapLayers, AnSvgOfTheMapHasLinesAndWords) {
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QSvgGenerator svg;
    svg.setOutputDevice(&out);
    svg.setSize(QSize(1000, 700));
    svg.setViewBox(QRect(0, 0, 1000, 700));
    QPainter painter(&svg);
    view.paintInto(painter, QRectF(0, 0, 1000, 700), true);
    painter.end();
    EXPECT_FALSE(out.data().contains("<image")); // no symbol has become a picture
    EXPECT_GT(out.data().count("<path"), 40);
    EXPECT_TRUE(QSvgRenderer(out.data()).isValid());
}

TEST_F(MapLayers, ManyWaysSayNothingUntilOneIsChosen) {
    auto& state = desk.scene().state;
    const model::Assignment one = state.assignments.at(id<model::AssignmentId>(1));
    const model::Resource team = state.resources.at(one.resource);
    state.assignments.clear();
    const auto run = [&](unsigned count) {
        for (unsigned i = 0; i < count; ++i) {
            auto resource = team;
            resource.id = id<model::ResourceId>(3000 + i);
            state.resources[resource.id] = resource;
            auto assignment = one;
            assignment.id = id<model::AssignmentId>(3000 + i);
            assignment.resource = resource.id;
            state.assignments[assignment.id] = assignment;
        }
        told();
    };
    run(60);
    EXPECT_EQ(layer("routes").all, 60);
    EXPECT_GT(layer("routes").shown, 0);
    run(75);
    EXPECT_EQ(layer("routes").all, 75);
    EXPECT_EQ(layer("routes").shown, 0);
    selection.select(id<model::ResourceId>(3070));
    settle();
    EXPECT_GT(layer("routes").shown, 0);
    EXPECT_LE(layer("routes").shown, 2); // what lies behind it, and what lies ahead
}

/// River gauges so near each other that they share a symbol.
class MapGauges : public MapLayers {
  protected:
    MapGauges() {
        auto& scene = desk.scene();
        const model::Sensor gauge = scene.state.sensors.begin()->second;
        scene.state = {};
        scene.sensors.clear();
        for (int i = 0; i < 5; ++i)
            add(gauge, i, model::SensorKind::riverLevel, 2.0 + 0.1 * i);
    }
    void add(model::Sensor sensor, int number, model::SensorKind kind, double value) {
        sensor.id = model::SensorId("gauge-" + std::to_string(number));
        sensor.kind = kind;
        sensor.position = model::Position::trusted(47.1265 + 0.0002 * number, 9.5180);
        desk.scene().sensors[sensor.id] = {desk.now() - base::Duration(1min), value, value - 0.2};
        desk.scene().state.sensors[sensor.id] = sensor;
    }
    void alarm(int number, model::Grade grade) {
        model::Alarm alarm;
        alarm.id = id<model::AlarmId>(static_cast<unsigned>(number) + 1);
        alarm.sensor = model::SensorId("gauge-" + std::to_string(number));
        alarm.severity = grade;
        alarm.state = model::AlarmState::acknowledged;
        // The alarm's own symbol stands elsewhere, so that only the sensors' is looked at.
        alarm.position = model::Position::trusted(46.0, 8.0);
        desk.scene().state.alarms[alarm.id] = alarm;
    }
    void look(double zoom) {
        view.setView(model::Position::trusted(47.1269, 9.5180), zoom);
        told();
    }
    /// True if the picture is another when this gauge reads another value.
    bool isReadable(int number) {
        const QImage before = shown;
        auto& now = desk.scene().sensors.at(model::SensorId("gauge-" + std::to_string(number)));
        now.value += 5;
        now.previous += 5;
        told();
        const bool differs = differing(before, shown, shown.rect().adjusted(60, 60, -60, -60)) > 0;
        now.value -= 5;
        now.previous -= 5;
        told();
        return differs;
    }
};

TEST_F(MapGauges, AClusterCarriesTheValueOfItsGravestAlarmed) {
    alarm(1, model::Grade::III);
    alarm(3, model::Grade::II);
    look(11);
    EXPECT_EQ(layer("sensors").shown, 5);
    EXPECT_TRUE(isReadable(3));
    EXPECT_FALSE(isReadable(1));
    EXPECT_FALSE(isReadable(0));
    look(10);
    EXPECT_FALSE(isReadable(3)); // so far out it would be noise
}

TEST_F(MapGauges, WithoutAnAlarmAFewStillTellTheRiver) {
    look(11);
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(isReadable(i)) << i;
    auto& sensors = desk.scene().state.sensors;
    for (const char* key : {"gauge-0", "gauge-1"})
        sensors.erase(model::SensorId(key));
    sensors.at(model::SensorId("gauge-2")).kind = model::SensorKind::other;
    told();
    EXPECT_FALSE(isReadable(2));
    EXPECT_TRUE(isReadable(3));
    EXPECT_FALSE(isReadable(4));
}

} // namespace
} // namespace tocsin::gui
