#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr auto trackBack = std::chrono::hours(2);
constexpr std::size_t mostTrack = 4'000;
/// Slower than this nobody can say where it is heading (metres a second).
constexpr double standing = 0.6;

QString glyphOf(UnitLayer::Kind kind) {
    switch (kind) {
    case UnitLayer::Kind::person:
        return QStringLiteral("person");
    case UnitLayer::Kind::vehicle:
        return QStringLiteral("vehicle");
    case UnitLayer::Kind::boat:
        return QStringLiteral("boat");
    case UnitLayer::Kind::aircraft:
        return QStringLiteral("helicopter");
    case UnitLayer::Kind::mark:
        break;
    }
    return QStringLiteral("locate");
}

QString wordOf(UnitLayer::Kind kind) {
    switch (kind) {
    case UnitLayer::Kind::person:
        return QCoreApplication::translate("tocsin::gui::MapView", "on foot", "a unit");
    case UnitLayer::Kind::vehicle:
        return QCoreApplication::translate("tocsin::gui::MapView", "vehicle", "a unit");
    case UnitLayer::Kind::boat:
        return QCoreApplication::translate("tocsin::gui::MapView", "boat or ship", "a unit");
    case UnitLayer::Kind::aircraft:
        return QCoreApplication::translate("tocsin::gui::MapView", "aircraft", "a unit");
    case UnitLayer::Kind::mark:
        break;
    }
    return QCoreApplication::translate("tocsin::gui::MapView", "other", "a unit");
}

const desk::UnitNow* nowOf(const MapScene& scene, const model::UnitId& id) {
    if (scene.units == nullptr)
        return nullptr;
    const auto found = scene.units->find(id);
    return found == scene.units->end() ? nullptr : &found->second;
}

enum State : std::uint8_t { freshUnit = 0, oldUnit = 1, callingUnit = 2 };

State stateOf(const model::Unit& unit, const desk::UnitNow& now, base::Time at) {
    return unit.emergency ? callingUnit : (now.newest.stale <= at ? oldUnit : freshUnit);
}

QString callSignOf(const model::Unit& unit) {
    return Words::shortened(Words::plain(unit.callSign.empty() ? unit.id.value : unit.callSign), 28);
}

} // namespace

UnitLayer::UnitLayer() : IdLayer(QStringLiteral("units"), QStringLiteral("locate")) {}

QString UnitLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Units in the field");
}

UnitLayer::Kind UnitLayer::kindOf(std::string_view type) {
    if (type == "ais-aircraft")
        return Kind::aircraft;
    if (type == "ais-aid")
        return Kind::mark;
    if (type.starts_with("ais"))
        return Kind::boat;
    if (type.size() >= 5 && type.starts_with("a-")) { // Cursor on Target: a, whose, in what
        switch (type[4]) {
        case 'A':
            return Kind::aircraft;
        case 'S':
        case 'U':
            return Kind::boat;
        case 'G':
            return type.size() > 6 && type.substr(5).starts_with("-E") ? Kind::vehicle : Kind::person;
        default:
            return Kind::mark;
        }
    }
    return type == "nmea" || type == "gpx" || type == "csv" ? Kind::vehicle : Kind::mark;
}

std::vector<LayerInfo::Word> UnitLayer::kinds() const {
    std::vector<LayerInfo::Word> words;
    static constexpr const char* keys[] = {"person", "vehicle", "boat", "aircraft", "other"};
    for (int i = 0; i <= static_cast<int>(Kind::mark); ++i)
        words.push_back({QString::fromLatin1(keys[i]), wordOf(static_cast<Kind>(i))});
    return words;
}

std::vector<LayerInfo::Word> UnitLayer::states() const {
    return {{QStringLiteral("fresh"), QCoreApplication::translate("tocsin::gui::MapView", "heard lately", "units")},
            {QStringLiteral("old"), QCoreApplication::translate("tocsin::gui::MapView", "not heard for long", "units")},
            {QStringLiteral("calling"), QCoreApplication::translate("tocsin::gui::MapView", "calling for help", "units")}};
}

void UnitLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all) {
        m_trackOf = {};
        m_track.clear();
        return lookAtAll(scene, scene.state.units);
    }
    lookAt(scene, changes.units);
    lookAt(scene, changes.positions);
    if (!m_trackOf.value.empty() && changes.positions.contains(m_trackOf))
        if (const auto* now = nowOf(scene, m_trackOf)) {
            m_track.push_back(now->newest.position);
            if (m_track.size() > mostTrack)
                m_track.erase(m_track.begin(), m_track.begin() + static_cast<std::ptrdiff_t>(mostTrack / 4));
        }
}

void UnitLayer::age(const MapScene& scene) {
    // Who has fallen silent comes behind the others.
    refreshAll(scene);
}

double UnitLayer::together(double zoom) const {
    return zoom < 12 ? 44 : (zoom < 14 ? 32 : 20);
}

std::optional<PointLayer::Facts> UnitLayer::facts(const MapScene& scene, Handle handle) const {
    const auto unit = scene.state.units.find(idOf(handle));
    const auto* now = nowOf(scene, idOf(handle));
    if (unit == scene.state.units.end() || now == nullptr)
        return std::nullopt;
    const State state = stateOf(unit->second, *now, scene.now);
    Facts out;
    out.at = map::toWorld(now->newest.position);
    out.rank = state == callingUnit ? 0 : (state == oldUnit ? 3 : (unit->second.resource ? 1 : 2));
    out.tally = state;
    out.grave = state == callingUnit;
    out.traits = {static_cast<int>(kindOf(unit->second.type)), state, std::nullopt,
                  std::min(now->newest.time, now->newest.received)};
    return out;
}

PointLayer::Drawn UnitLayer::draw(const MapScene& scene, double zoom, Handle handle, bool selected) const {
    const model::Unit& unit = scene.state.units.at(idOf(handle));
    const desk::UnitNow& now = *nowOf(scene, unit.id);
    const State state = stateOf(unit, now, scene.now);
    Drawn out;
    out.look.form = SymbolLook::Form::unit;
    out.look.edge = state == callingUnit ? 24 : 20;
    out.look.selected = selected;
    out.look.glyph = glyphOf(kindOf(unit.type));
    int marks = 0;
    if (unit.resource) {
        marks |= SymbolLook::ours;
        if (const auto found = scene.state.resources.find(*unit.resource); found != scene.state.resources.end())
            out.look.glyph = Symbols::forResource(found->second);
    }
    if (state == oldUnit)
        marks |= SymbolLook::old;
    if (state == callingUnit)
        marks |= SymbolLook::calling;
    if (state != oldUnit && now.newest.course && now.newest.speed.value_or(1) > standing) {
        marks |= SymbolLook::heading;
        out.look.turn = static_cast<std::uint8_t>(std::lround(*now.newest.course / 5) % 72);
    }
    out.look.state = static_cast<std::uint8_t>(marks);
    out.aside = false;
    out.rank = state == callingUnit ? 1 : 7;
    if (state != oldUnit)
        out.changesAt = now.newest.stale;
    if (selected || state == callingUnit || zoom >= 12.6) {
        Label label;
        label.text = callSignOf(unit);
        if (state != freshUnit || selected) {
            const auto since = scene.now - std::min(now.newest.time, now.newest.received);
            if (since >= std::chrono::minutes(1)) {
                label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 · %2 ago",
                                                         "a unit; how long since it told where it is")
                                 .arg(label.text, Words::span(since));
                const auto whole = std::chrono::floor<std::chrono::minutes>(since);
                out.changesAt = scene.now + (whole + std::chrono::minutes(1) - since);
            }
        }
        label.must = selected || state == callingUnit;
        if (state == oldUnit)
            label.colour = scene.theme().colours().dim;
        out.label = std::move(label);
    }
    return out;
}

PointLayer::Drawn UnitLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    out.look.form = SymbolLook::Form::unit;
    out.look.edge = 24;
    out.look.glyph = QStringLiteral("people");
    if (group.byState[callingUnit] > 0)
        out.look.state = SymbolLook::calling;
    else if (group.byState[oldUnit] == group.count)
        out.look.state = SymbolLook::old;
    out.aside = false;
    out.rank = group.byState[callingUnit] > 0 ? 1 : 7;
    return out;
}

QString UnitLayer::nameOf(const MapScene& scene, Handle handle) const {
    const model::Unit& unit = scene.state.units.at(idOf(handle));
    QString name = callSignOf(unit) + QStringLiteral(" · ") + wordOf(kindOf(unit.type));
    if (const auto* now = nowOf(scene, unit.id))
        if (const State state = stateOf(unit, *now, scene.now); state != freshUnit)
            name += QStringLiteral(" · ") + states()[state].title;
    return name;
}

QString UnitLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto unit = scene.state.units.find(idOf(handle));
    const auto* now = nowOf(scene, idOf(handle));
    if (unit == scene.state.units.end() || now == nullptr)
        return {};
    QString tip = nameOf(scene, handle);
    if (unit->second.resource)
        if (const auto found = scene.state.resources.find(*unit->second.resource); found != scene.state.resources.end())
            tip += QLatin1Char('\n') + Words::local(found->second.name, scene.language());
    if (now->newest.speed)
        tip += QLatin1Char('\n') +
               QCoreApplication::translate("tocsin::gui::MapView", "%1 km/h").arg(Words::number(*now->newest.speed * 3.6, 0));
    tip += QLatin1Char('\n') +
           QCoreApplication::translate("tocsin::gui::MapView", "position told %1", "how long ago")
               .arg(Words::ago(scene.now - std::min(now->newest.time, now->newest.received)));
    return tip;
}

QString UnitLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n units here", nullptr, static_cast<int>(group.count));
    const auto words = states();
    for (std::size_t i = 1; i < words.size(); ++i)
        if (group.byState[i] > 0)
            tip += QLatin1Char('\n') + QString::number(group.byState[i]) + QStringLiteral(" × ") + words[i].title;
    return tip;
}

/// The way of the selected unit, from a worker.
void UnitLayer::askForTrack(const LayerContext& context) {
    const auto* selected = std::get_if<model::UnitId>(&context.ui.selection.current());
    if (selected == nullptr || !context.state.units.contains(*selected)) {
        m_trackOf = {};
        m_track.clear();
        m_asker.reset();
        return;
    }
    // Its newest places are added as they come; a moment that lies elsewhere (the time bar) is asked for anew.
    const bool elsewhere = context.now < m_trackTo || context.now - m_trackTo > trackBack;
    if (*selected == m_trackOf && !elsewhere)
        return;
    m_trackOf = *selected;
    m_trackTo = context.now;
    m_track.clear();
    m_asker = std::make_unique<QObject>();
    context.ui.desk.trackOf(m_trackOf, context.now - trackBack, context.now, mostTrack, m_asker.get(),
                            [this](const std::vector<model::UnitPosition>& positions) {
                                std::vector<model::Position> track;
                                track.reserve(positions.size() + m_track.size());
                                for (const auto& one : positions)
                                    track.push_back(one.position);
                                track.insert(track.end(), m_track.begin(), m_track.end()); // came meanwhile
                                m_track = std::move(track);
                                if (m_redraw)
                                    m_redraw();
                            });
}

void UnitLayer::layOut(LayerContext& context) {
    PointLayer::layOut(context);
    askForTrack(context);
    m_trackLine.clear();
    for (const model::Position& position : m_track) {
        const QPointF at = context.view.toScreen(map::toWorld(position));
        // What is within a pixel of the last point would only be painted again.
        if (m_trackLine.isEmpty() || std::abs(at.x() - m_trackLine.last().x()) + std::abs(at.y() - m_trackLine.last().y()) > 1)
            m_trackLine << at;
    }
}

void UnitLayer::paint(QPainter& painter, const Placing& placing, Sprites& sprites) {
    if (m_trackLine.size() > 1) {
        QPolygonF line;
        line.reserve(m_trackLine.size());
        for (const QPointF& at : m_trackLine)
            line << placing(at);
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        QColor casing = sprites.theme().colours().mapGround;
        painter.setPen(QPen(casing, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        painter.setPen(QPen(sprites.theme().colours().accent, 2.4, Qt::DotLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(line);
        painter.restore();
    }
    PointLayer::paint(painter, placing, sprites);
}

} // namespace tocsin::gui
