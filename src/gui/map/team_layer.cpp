#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <cmath>

namespace tocsin::gui {

namespace {

/// Of one whose way is closed ahead.
QString wayRound(const model::Assignment& assignment, base::Time now) {
    const auto left = model::leftByOtherWay(assignment, now);
    return left ? QCoreApplication::translate("tocsin::gui::MapView", "%1 by another way", "how long").arg(Words::eta(*left))
                : QCoreApplication::translate("tocsin::gui::MapView", "way blocked");
}

} // namespace

TeamLayer::TeamLayer() : IdLayer(QStringLiteral("teams"), QStringLiteral("chevron-team")) {}
QString TeamLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Teams on their way");
}

std::vector<LayerInfo::Word> TeamLayer::kinds() const {
    return {{QStringLiteral("road"), QCoreApplication::translate("tocsin::gui::MapView", "by road", "teams")},
            {QStringLiteral("air"), QCoreApplication::translate("tocsin::gui::MapView", "by air", "teams")}};
}

void TeamLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all) {
        m_byResource.clear();
        m_resources.clear();
    }
    const auto know = [&](const model::AssignmentId& id) {
        const auto found = scene.state.assignments.find(id);
        if (found == scene.state.assignments.end() || found->second.state != model::AssignmentState::enRoute)
            return;
        m_byResource[found->second.resource] = id;
        m_resources[id] = found->second.resource;
    };
    if (changes.all) {
        for (const auto& [id, assignment] : scene.state.assignments)
            know(id);
        lookAtAll(scene, scene.state.assignments);
    } else {
        for (const model::AssignmentId& id : changes.assignments)
            know(id);
        lookAt(scene, changes.assignments);
    }
    if (!changes.all && changes.assignments.empty())
        return;
    m_moving = false;
    for (const auto& [resource, id] : m_byResource)
        if (const auto found = scene.state.assignments.find(id); found != scene.state.assignments.end())
            if (const auto progress = model::progressOf(scene.state, found->second, scene.now))
                m_moving = m_moving || progress->fraction < 1;
}

void TeamLayer::age(const MapScene& scene) {
    m_moving = false;
    for (const auto& [resource, id] : m_byResource) {
        const auto found = scene.state.assignments.find(id);
        if (found == scene.state.assignments.end())
            continue;
        if (const auto progress = model::progressOf(scene.state, found->second, scene.now)) {
            m_moving = m_moving || progress->fraction < 1;
            look(scene, id);
        }
    }
}

Selected TeamLayer::selectedOf(Handle handle) const {
    const auto found = m_resources.find(idOf(handle));
    return found == m_resources.end() ? Selected(idOf(handle)) : Selected(found->second);
}

std::optional<PointLayer::Handle> TeamLayer::handleOf(const Selected& what) const {
    if (const auto* resource = std::get_if<model::ResourceId>(&what)) {
        const auto found = m_byResource.find(*resource);
        return found == m_byResource.end() ? std::nullopt : IdLayer::handleOf(Selected(found->second));
    }
    return IdLayer::handleOf(what);
}

double TeamLayer::together(double zoom) const {
    return zoom < 13 ? 40 : 22;
}

std::optional<PointLayer::Facts> TeamLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.assignments.find(idOf(handle));
    if (found == scene.state.assignments.end())
        return std::nullopt;
    const auto progress = model::progressOf(scene.state, found->second, scene.now);
    if (!progress)
        return std::nullopt;
    const auto resource = scene.state.resources.find(found->second.resource);
    Facts out;
    out.at = map::toWorld(progress->position);
    out.rank = 0;
    const bool flies = resource != scene.state.resources.end() && resource->second.flies;
    out.traits = {flies ? 1 : 0, 0, std::nullopt, found->second.proposedAt};
    return out;
}

PointLayer::Drawn TeamLayer::draw(const MapScene& scene, double zoom, Handle handle, bool selected) const {
    const model::Assignment& assignment = scene.state.assignments.at(idOf(handle));
    const auto progress = model::progressOf(scene.state, assignment, scene.now);
    const auto resource = scene.state.resources.find(assignment.resource);
    const bool known = resource != scene.state.resources.end();
    Drawn out;
    out.look.form = SymbolLook::Form::team;
    out.look.state = known && resource->second.flies ? SymbolLook::flying : SymbolLook::driving;
    out.look.edge = 26;
    out.look.selected = selected;
    out.aside = false;
    out.rank = 6;
    if (!progress)
        return out;
    out.look.turn = static_cast<std::uint8_t>(std::lround(progress->headingDegrees / 5) % 72);
    QString name = QCoreApplication::translate("tocsin::gui::MapView", "team");
    if (known)
        name = resource->second.callSign.empty() ? Words::local(resource->second.name, scene.language())
                                                 : Words::plain(resource->second.callSign);
    QString left = progress->fraction < 1 ? Words::eta(progress->left)
                                          : QCoreApplication::translate("tocsin::gui::MapView", "arrived", "a team at its place");
    if (assignment.blocked)
        left = wayRound(assignment, scene.now);
    Label label;
    label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 · %2", "a team; how long until it is there")
                     .arg(name, left);
    label.font = Theme::Text::body;
    label.must = selected || (zoom > 12.4 && all() < 40);
    out.label = std::move(label);
    return out;
}

PointLayer::Drawn TeamLayer::drawCluster(const MapScene&, const ClusterTree::Group&) const {
    Drawn out;
    out.look.form = SymbolLook::Form::team;
    out.look.edge = 26;
    out.aside = false;
    out.rank = 6;
    return out;
}

QString TeamLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.assignments.find(idOf(handle));
    if (found == scene.state.assignments.end())
        return {};
    const model::Assignment& assignment = found->second;
    QString tip;
    if (const auto resource = scene.state.resources.find(assignment.resource); resource != scene.state.resources.end()) {
        tip = Words::local(resource->second.name, scene.language());
        if (resource->second.positionTime != base::Time{})
            tip += QLatin1Char('\n') +
                   QCoreApplication::translate("tocsin::gui::MapView", "position told %1", "how long ago")
                       .arg(Words::ago(scene.now - resource->second.positionTime));
    }
    if (assignment.blocked)
        tip += QLatin1Char('\n') + wayRound(assignment, scene.now);
    else if (const auto progress = model::progressOf(scene.state, assignment, scene.now))
        tip += QLatin1Char('\n') + QCoreApplication::translate("tocsin::gui::MapView", "%1 to go").arg(
                                       Words::eta(progress->left));
    if (const auto incident = scene.state.incidents.find(assignment.incident);
        incident != scene.state.incidents.end())
        tip += QStringLiteral(" · ") + Words::local(incident->second.title, scene.language());
    return tip;
}

QString TeamLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    return QCoreApplication::translate("tocsin::gui::MapView", "%n teams on their way here", nullptr,
                                       static_cast<int>(group.count));
}

} // namespace tocsin::gui
