#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>

namespace tocsin::gui {
namespace {

/// What standards call the kind of event (ANSI INCITS 415, as in MIL-STD-2525's emergency symbols).
QString standardName(const QString& glyph) {
    const auto say = [](const char* text) { return QCoreApplication::translate("tocsin::gui::MapView", text); };
    const std::pair<const char*, const char*> table[] = {
        {"flood", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Natural event · flood")},
        {"fire", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Fire incident")},
        {"landslide", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Natural event · landslide")},
        {"earthquake", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Natural event · earthquake")},
        {"storm", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Natural event · storm")},
        {"accident", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Transport incident")},
        {"health", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Health incident")},
        {"security", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Civil disturbance or crime")},
        {"hazard", QT_TRANSLATE_NOOP("tocsin::gui::MapView", "Hazardous material or other incident")}};
    for (const auto& [key, name] : table)
        if (glyph == QLatin1String(key))
            return QCoreApplication::translate("tocsin::gui::MapView", "INCITS 415: %1").arg(say(name));
    return {};
}

std::uint8_t edgeFor(model::Grade grade) {
    return grade <= model::Grade::II ? 42 : 36;
}

} // namespace

IncidentLayer::IncidentLayer() : IdLayer(QStringLiteral("incidents"), QStringLiteral("incident")) {}
QString IncidentLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Incidents");
}

std::vector<LayerInfo::Word> IncidentLayer::kinds() const {
    return hazardClassWords();
}

void IncidentLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all)
        lookAtAll(scene, scene.state.incidents);
    else
        lookAt(scene, changes.incidents);
}

double IncidentLayer::together(double zoom) const {
    return zoom < 13 ? 62 : (zoom < 15.4 ? 38 : 24);
}

std::optional<PointLayer::Facts> IncidentLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.incidents.find(idOf(handle));
    if (found == scene.state.incidents.end() || found->second.state != model::IncidentState::open)
        return std::nullopt;
    const model::Incident& incident = found->second;
    Facts out;
    out.at = map::toWorld(incident.position);
    out.rank = static_cast<int>(incident.grade) - 1;
    out.traits = {static_cast<int>(incident.hazardClass), 0, incident.grade, incident.openedAt};
    return out;
}

PointLayer::Drawn IncidentLayer::draw(const MapScene& scene, double, Handle handle, bool selected) const {
    const model::Incident& incident = scene.state.incidents.at(idOf(handle));
    Drawn out;
    out.look.form = SymbolLook::Form::incident;
    out.look.grade = static_cast<std::uint8_t>(incident.grade);
    out.look.edge = edgeFor(incident.grade);
    out.look.glyph = Symbols::forHazard(incident.hazard, incident.hazardClass);
    out.look.selected = selected;
    out.rank = static_cast<int>(incident.grade) - 1;
    Label label;
    label.text = Words::shortened(Words::local(incident.title, scene.language()), 34);
    label.font = Theme::Text::bodyBold;
    label.must = selected || (incident.grade <= model::Grade::II && all() < 40);
    out.label = std::move(label);
    return out;
}

PointLayer::Drawn IncidentLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    const auto worst = static_cast<model::Grade>(std::min(group.worst(), 3) + 1);
    out.look.form = SymbolLook::Form::incident;
    out.look.grade = static_cast<std::uint8_t>(worst);
    out.look.edge = edgeFor(worst);
    out.look.glyph = glyph();
    out.rank = static_cast<int>(worst) - 1;
    return out;
}

QString IncidentLayer::nameOf(const MapScene& scene, Handle handle) const {
    const model::Incident& incident = scene.state.incidents.at(idOf(handle));
    return Words::numeral(incident.grade) + QStringLiteral(" · ") + Words::local(incident.title, scene.language());
}

QString IncidentLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.incidents.find(idOf(handle));
    if (found == scene.state.incidents.end())
        return {};
    const model::Incident& incident = found->second;
    QString tip = Words::plain(incident.number) + QStringLiteral(" · ") +
                  Words::local(incident.title, scene.language()) + QLatin1Char('\n') + Words::grade(incident.grade);
    if (!incident.place.empty())
        tip += QStringLiteral(" · ") + Words::local(incident.place, scene.language());
    const QString standard = standardName(Symbols::forHazard(incident.hazard, incident.hazardClass));
    return standard.isEmpty() ? tip : tip + QLatin1Char('\n') + standard;
}

QString IncidentLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n incidents here", nullptr,
                                              static_cast<int>(group.count));
    for (std::size_t i = 0; i < 4; ++i)
        if (group.byRank[i] > 0)
            tip += QLatin1Char('\n') + QString::number(group.byRank[i]) + QStringLiteral(" × ") +
                   Words::grade(static_cast<model::Grade>(i + 1));
    return tip;
}

} // namespace tocsin::gui
