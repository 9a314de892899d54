#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
constexpr base::Duration staleAfter = 15min;
constexpr int quiet = 4; ///< rank of a sensor that no rule complains about
constexpr double valuesFrom = 10.9;       ///< zoom from which a cluster carries a value
constexpr std::uint32_t fewTogether = 3;  ///< sensors in a cluster that carries a value without an alarm
constexpr std::size_t mostCompared = 24; ///< members that are looked at for whose value it is

bool isStale(const desk::SensorNow* now, base::Time at) {
    return now == nullptr || at - now->time > staleAfter;
}

const desk::SensorNow* readingOf(const MapScene& scene, const model::SensorId& id) {
    const auto found = scene.sensors.find(id);
    return found == scene.sensors.end() ? nullptr : &found->second;
}

} // namespace

SensorLayer::SensorLayer() : IdLayer(QStringLiteral("sensors"), QStringLiteral("sensor")) {}
QString SensorLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Sensors");
}

std::vector<LayerInfo::Word> SensorLayer::kinds() const {
    std::vector<LayerInfo::Word> words;
    for (int i = 0; i <= static_cast<int>(model::SensorKind::other); ++i) {
        const auto kind = static_cast<model::SensorKind>(i);
        const std::string_view key = model::toString(kind);
        words.push_back({QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())), Words::sensorKind(kind)});
    }
    return words;
}

std::vector<LayerInfo::Word> SensorLayer::states() const {
    return {
        {QStringLiteral("reporting"),
         QCoreApplication::translate("tocsin::gui::MapView", "reporting", "sensors that send readings")},
        {QStringLiteral("stale"),
         QCoreApplication::translate("tocsin::gui::MapView", "silent", "sensors whose last reading is old, or none")}};
}

void SensorLayer::sync(const MapScene& scene, const Changes& changes) {
    std::map<model::SensorId, model::Grade> before;
    if (changes.all || !changes.alarms.empty()) {
        before.swap(m_alarmed);
        for (const auto& [id, alarm] : scene.state.alarms) {
            if (!model::isActive(alarm.state) || alarm.state == model::AlarmState::returnedUnacknowledged)
                continue;
            const auto [at, added] = m_alarmed.emplace(alarm.sensor, alarm.severity);
            if (!added)
                at->second = std::min(at->second, alarm.severity);
        }
    }
    if (changes.all)
        return lookAtAll(scene, scene.state.sensors);
    lookAt(scene, changes.sensors);
    for (const model::SensorId& id : changes.readings)
        if (scene.state.sensors.contains(id))
            look(scene, id);
    if (changes.alarms.empty())
        return;
    std::set<model::SensorId> touched;
    for (const auto& [id, grade] : before)
        if (const auto now = m_alarmed.find(id); now == m_alarmed.end() || now->second != grade)
            touched.insert(id);
    for (const auto& [id, grade] : m_alarmed)
        if (!before.contains(id))
            touched.insert(id);
    for (const model::SensorId& id : touched)
        if (scene.state.sensors.contains(id))
            look(scene, id);
}

double SensorLayer::together(double zoom) const {
    return zoom < 11.6 ? 84 : (zoom < 13.4 ? 64 : (zoom < 15.4 ? 46 : 22));
}

std::optional<PointLayer::Facts> SensorLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.sensors.find(idOf(handle));
    if (found == scene.state.sensors.end() || !found->second.retired.empty())
        return std::nullopt;
    Facts out;
    out.at = map::toWorld(found->second.position);
    const desk::SensorNow* now = readingOf(scene, found->first);
    const bool stale = isStale(now, scene.now);
    const auto alarmed = m_alarmed.find(found->first);
    std::optional<model::Grade> grade;
    if (alarmed != m_alarmed.end())
        grade = alarmed->second;
    out.rank = grade ? static_cast<int>(*grade) - 1 : quiet;
    out.tally = stale ? 1 : 0;
    out.traits = {static_cast<int>(found->second.kind), stale ? 1 : 0, grade, now != nullptr ? now->time : base::Time{}};
    return out;
}

Label SensorLayer::labelOf(const MapScene& scene, const model::Sensor& sensor, const desk::SensorNow* now) const {
    Label label;
    label.pill = true;
    label.font = Theme::Text::bodyBold;
    label.text = now != nullptr ? Words::value(now->value, sensor.unit)
                                : QCoreApplication::translate("tocsin::gui::MapView", "no reading");
    if (isStale(now, scene.now)) {
        label.font = Theme::Text::second;
        label.colour = scene.theme().colours().dim;
        if (now != nullptr)
            label.text += QStringLiteral(" · ") + Words::span(scene.now - now->time);
    } else {
        const QString arrow = Words::trendArrow(now->previous, now->value);
        label.trend = arrow.isEmpty() ? 2 : (arrow == QStringLiteral("▲") ? 1 : -1);
    }
    return label;
}

PointLayer::Drawn SensorLayer::draw(const MapScene& scene, double zoom, Handle handle, bool selected) const {
    const model::Sensor& sensor = scene.state.sensors.at(idOf(handle));
    const desk::SensorNow* now = readingOf(scene, sensor.id);
    const auto alarmed = m_alarmed.find(sensor.id);
    const bool grave = alarmed != m_alarmed.end();
    Drawn out;
    out.look.form = SymbolLook::Form::sensor;
    out.look.grade = grave ? static_cast<std::uint8_t>(alarmed->second) : 0;
    out.look.state = isStale(now, scene.now) ? SymbolLook::stale : SymbolLook::fresh;
    out.look.edge = 15;
    out.look.selected = selected;
    out.aside = false;
    out.optional = !grave && !selected;
    out.rank = grave ? 6 : 8;
    // A sensor that has never spoken is a ring without words: there is nothing to read.
    if (now != nullptr || grave || selected)
        say(scene, zoom, sensor, out);
    if (out.label)
        out.label->must = out.label->must || selected;
    return out;
}

void SensorLayer::say(const MapScene& scene, double zoom, const model::Sensor& sensor, Drawn& drawn) const {
    const desk::SensorNow* now = readingOf(scene, sensor.id);
    Label label = labelOf(scene, sensor, now);
    if (const auto alarmed = m_alarmed.find(sensor.id); alarmed != m_alarmed.end()) {
        label.border = scene.theme().grade(alarmed->second);
        label.trendColour = label.border;
        label.must = alarmed->second <= model::Grade::II && zoom > 12.4 && m_alarmed.size() < 60;
    }
    drawn.label = std::move(label);
    if (now == nullptr)
        return;
    // Once stale, its age grows by the minute.
    const base::Duration since = scene.now - now->time;
    drawn.changesAt = isStale(now, scene.now) ? now->time + (since / 1min + 1) * base::Duration(1min)
                                              : now->time + staleAfter + 1s;
}

void SensorLayer::nameCluster(const MapScene& scene, double zoom, const Mark& mark, Drawn& drawn) const {
    if (zoom < valuesFrom)
        return;
    // The gravest alarmed one's value, the river's before others; without an alarm a river's, where few stand together.
    const int worst = mark.all.worst();
    const bool grave = worst < quiet;
    if (!grave && mark.count > fewTogether)
        return;
    const model::Sensor* chosen = nullptr;
    for (const Handle handle : membersOf(mark, worst, mostCompared)) {
        const auto found = scene.state.sensors.find(idOf(handle));
        if (found == scene.state.sensors.end() || (readingOf(scene, found->first) == nullptr && !grave))
            continue;
        const bool river = found->second.kind == model::SensorKind::riverLevel;
        if (!river && !grave)
            continue;
        const bool better = chosen == nullptr || (river && chosen->kind != model::SensorKind::riverLevel) ||
                            (river == (chosen->kind == model::SensorKind::riverLevel) && found->first < chosen->id);
        if (better)
            chosen = &found->second;
    }
    if (chosen != nullptr)
        say(scene, zoom, *chosen, drawn);
}

PointLayer::Drawn SensorLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    const int worst = group.worst();
    out.look.form = SymbolLook::Form::sensor;
    out.look.grade = worst < quiet ? static_cast<std::uint8_t>(worst + 1) : 0;
    out.look.state = group.byState[1] == group.count ? SymbolLook::stale : SymbolLook::fresh;
    out.look.edge = 22;
    out.look.glyph = glyph();
    out.rank = worst < quiet ? 6 : 9;
    return out;
}

QString SensorLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.sensors.find(idOf(handle));
    if (found == scene.state.sensors.end())
        return {};
    const desk::SensorNow* now = readingOf(scene, found->first);
    QString tip = Words::local(found->second.name, scene.language()) + QLatin1Char('\n') +
                  Words::sensorKind(found->second.kind) + QStringLiteral(" · ") +
                  labelOf(scene, found->second, now).text;
    if (now != nullptr && !isStale(now, scene.now))
        tip += QStringLiteral(" · ") + Words::clock(now->time);
    return tip;
}

QString SensorLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n sensors here", nullptr,
                                              static_cast<int>(group.count));
    for (std::size_t i = 0; i < 4; ++i)
        if (group.byRank[i] > 0)
            tip += QLatin1Char('\n') + QString::number(group.byRank[i]) + QStringLiteral(" × ") +
                   Words::severity(static_cast<model::Grade>(i + 1));
    if (group.byState[1] > 0)
        tip += QLatin1Char('\n') + QCoreApplication::translate("tocsin::gui::MapView", "%n silent", "sensors",
                                                               static_cast<int>(group.byState[1]));
    return tip;
}

} // namespace tocsin::gui
