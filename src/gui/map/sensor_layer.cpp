#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <map>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
constexpr base::Duration staleAfter = 15min;

/// The zoom from which a quiet sensor of this kind is worth its room.
double zoomFor(model::SensorKind kind) {
    switch (kind) {
    case model::SensorKind::riverLevel:
        return 11.5;
    case model::SensorKind::rain:
    case model::SensorKind::seismicIntensity:
        return 12.5;
    case model::SensorKind::soilMovement:
    case model::SensorKind::weather:
        return 13;
    case model::SensorKind::smoke:
    case model::SensorKind::other:
        break;
    }
    return 14;
}

} // namespace

SensorLayer::SensorLayer() : SymbolLayer(QStringLiteral("sensors")) {}
QString SensorLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Sensors");
}

void SensorLayer::layOut(LayerContext& context) {
    m_marks.clear();
    // The gravest active alarm of each sensor: only a rule gives a sensor a colour.
    std::map<model::SensorId, model::Grade> alarmed;
    for (const auto& [id, alarm] : context.state.alarms) {
        if (!model::isActive(alarm.state) || alarm.state == model::AlarmState::returnedUnacknowledged)
            continue;
        const auto [at, added] = alarmed.emplace(alarm.sensor, alarm.severity);
        if (!added)
            at->second = std::min(at->second, alarm.severity);
    }
    struct Shown {
        const model::Sensor* sensor;
        const desk::SensorNow* now;
        const model::Grade* grade;
        bool selected;
        QPointF at;
    };
    std::vector<Shown> shown;
    const auto& readings = context.sensors;
    for (const auto& [id, sensor] : context.state.sensors) {
        const auto reading = readings.find(id);
        const auto grade = alarmed.find(id);
        const Shown s{&sensor, reading == readings.end() ? nullptr : &reading->second,
                      grade == alarmed.end() ? nullptr : &grade->second, context.isSelected(id),
                      context.view.toScreen(sensor.position)};
        if (context.sees(s.at, 20) && (s.grade || s.selected || context.view.zoom >= zoomFor(sensor.kind) - 0.1))
            shown.push_back(s);
    }
    std::sort(shown.begin(), shown.end(), [](const Shown& a, const Shown& b) {
        if (a.selected != b.selected)
            return a.selected;
        if ((a.grade != nullptr) != (b.grade != nullptr))
            return a.grade != nullptr;
        if (a.grade && b.grade && *a.grade != *b.grade)
            return *a.grade < *b.grade;
        return a.sensor->kind != b.sensor->kind ? a.sensor->kind < b.sensor->kind : a.sensor->id < b.sensor->id;
    });
    const Palette& palette = context.theme().colours();
    for (const Shown& s : shown) {
        const bool stale = !s.now || context.now - s.now->time > staleAfter;
        const QRectF ring = squareAbout(s.at, 15);
        const bool covered = !context.board.isFree(ring);
        if (covered && !s.grade && !s.selected)
            continue;
        LabelBoard::Label label;
        label.pill = true;
        label.font = Theme::Text::bodyBold;
        label.text = s.now ? Words::value(s.now->value, s.sensor->unit)
                           : QCoreApplication::translate("tocsin::gui::MapView", "no reading");
        if (stale) {
            label.font = Theme::Text::second;
            label.colour = palette.dim;
            if (s.now)
                label.text += QStringLiteral(" · ") + Words::span(context.now - s.now->time);
        } else {
            const QString arrow = Words::trendArrow(s.now->previous, s.now->value);
            label.trend = arrow.isEmpty() ? 2 : (arrow == QStringLiteral("▲") ? 1 : -1);
        }
        if (s.grade) {
            label.border = context.theme().grade(*s.grade);
            label.trendColour = label.border;
            label.must = *s.grade <= model::Grade::II && context.view.zoom > 12.4;
        }
        label.must = label.must || s.selected;
        if (!covered)
            context.board.reserve(ring);
        // A sensor that has never spoken is a ring without words: there is nothing to read.
        const bool silent = !s.now && !s.grade && !s.selected;
        const auto at = silent ? std::nullopt : context.board.place(covered ? squareAbout(s.at, 34) : ring, label);
        if (!at && !silent && !s.grade && context.view.zoom < 13.4)
            continue;
        Mark mark;
        mark.at = s.at;
        mark.colour = s.grade ? context.theme().grade(*s.grade) : (stale ? palette.faint : palette.dim);
        mark.stale = stale;
        mark.alarmed = s.grade != nullptr;
        mark.selected = s.selected;
        if (!covered || s.selected)
            m_marks.push_back(mark);
        MapHit hit;
        hit.area = covered ? QPainterPath() : pathOf(ring.adjusted(-3, -3, 3, 3));
        if (at)
            hit.area.addRect(*at);
        hit.centre = s.at;
        hit.what = s.sensor->id;
        hit.rank = s.grade ? 6 : 8;
        hit.tip = Words::local(s.sensor->name, context.ui.language) + QLatin1Char('\n') +
                  Words::sensorKind(s.sensor->kind) + QStringLiteral(" · ") + label.text;
        if (s.now && !stale)
            hit.tip += QStringLiteral(" · ") + Words::clock(s.now->time);
        context.hits.push_back(hit);
    }
}

void SensorLayer::paint(QPainter& painter, const LayerContext& context) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Mark& mark : m_marks) {
        if (mark.selected)
            paintHalo(painter, squareAbout(mark.at, 14), context.theme(), true);
        painter.setBrush(context.theme().colours().mapGround);
        painter.setPen(QPen(context.theme().colours().mapGround, 6));
        painter.drawEllipse(mark.at, 5.5, 5.5);
        QPen ring(mark.colour, mark.stale ? 1.5 : 3.2);
        if (mark.stale)
            ring.setDashPattern({1.6, 1.6});
        painter.setPen(ring);
        painter.drawEllipse(mark.at, 5.5, 5.5);
    }
    painter.restore();
}

} // namespace tocsin::gui
