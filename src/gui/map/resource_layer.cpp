#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace tocsin::gui {
namespace {

/// What a cluster shows first, and what is worth its room first: what can be sent.
constexpr std::array<model::ResourceKind, model::resourceKinds> byPrecedence{
    model::ResourceKind::vehicle,  model::ResourceKind::team,    model::ResourceKind::mobileFacility,
    model::ResourceKind::hospital, model::ResourceKind::station, model::ResourceKind::shelter,
    model::ResourceKind::warehouse, model::ResourceKind::partner, model::ResourceKind::enterprise,
    model::ResourceKind::expert, model::ResourceKind::gridMember, model::ResourceKind::volunteer};

int precedence(model::ResourceKind kind) {
    return static_cast<int>(std::find(byPrecedence.begin(), byPrecedence.end(), kind) - byPrecedence.begin());
}

int tierOf(const model::Resource& resource) {
    if (resource.status == model::ResourceStatus::assigned)
        return 0;
    const int rank = precedence(resource.kind);
    return rank <= 2 ? 0 : (rank <= 4 ? 1 : 2);
}

} // namespace

ResourceLayer::ResourceLayer() : IdLayer(QStringLiteral("resources"), QStringLiteral("vehicle")) {}
QString ResourceLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Resources");
}

std::vector<LayerInfo::Word> ResourceLayer::kinds() const {
    std::vector<LayerInfo::Word> words;
    for (int i = 0; i < model::resourceKinds; ++i) {
        const auto kind = static_cast<model::ResourceKind>(i);
        const std::string_view key = model::toString(kind);
        words.push_back({QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())), Words::resourceKind(kind)});
    }
    return words;
}

std::vector<LayerInfo::Word> ResourceLayer::states() const {
    std::vector<LayerInfo::Word> words;
    for (int i = 0; i < model::resourceStatuses; ++i) {
        const auto status = static_cast<model::ResourceStatus>(i);
        const std::string_view key = model::toString(status);
        words.push_back(
            {QString::fromUtf8(key.data(), static_cast<qsizetype>(key.size())), Words::resourceStatus(status)});
    }
    return words;
}

void ResourceLayer::sync(const MapScene& scene, const Changes& changes) {
    std::set<model::ResourceId> before;
    const bool moves = changes.all || !changes.assignments.empty();
    if (moves) {
        before.swap(m_moving);
        for (const auto& [id, assignment] : scene.state.assignments)
            if (assignment.state == model::AssignmentState::enRoute && model::progressOf(scene.state, assignment, scene.now))
                m_moving.insert(assignment.resource);
    }
    std::set<model::ResourceId> carriedBefore;
    const bool carries = changes.all || !changes.units.empty();
    if (carries) {
        carriedBefore.swap(m_carried);
        if (m_units != nullptr && m_units->visible && scene.units != nullptr)
            for (const auto& [id, unit] : scene.state.units)
                if (unit.resource && scene.units->contains(id))
                    m_carried.insert(*unit.resource);
    }
    if (changes.all)
        return lookAtAll(scene, scene.state.resources);
    lookAt(scene, changes.resources);
    if (carries) {
        for (const model::ResourceId& id : carriedBefore)
            if (!m_carried.contains(id))
                look(scene, id);
        for (const model::ResourceId& id : m_carried)
            if (!carriedBefore.contains(id))
                look(scene, id);
    }
    if (!moves)
        return;
    for (const model::ResourceId& id : before)
        if (!m_moving.contains(id))
            look(scene, id);
    for (const model::ResourceId& id : m_moving)
        if (!before.contains(id))
            look(scene, id);
}

double ResourceLayer::tierZoom(int tier) const {
    return tier == 0 ? 0 : (tier == 1 ? 11.4 : 12.9);
}

double ResourceLayer::together(double zoom) const {
    return zoom < 11.6 ? 64 : (zoom < 13.4 ? 44 : 26);
}

std::optional<PointLayer::Facts> ResourceLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.resources.find(idOf(handle));
    if (found == scene.state.resources.end() || m_moving.contains(found->first) ||
        m_carried.contains(found->first) || found->second.retired)
        return std::nullopt;
    const model::Resource& resource = found->second;
    Facts out;
    out.at = map::toWorld(resource.position);
    out.rank = precedence(resource.kind);
    out.tally = static_cast<int>(resource.status);
    out.tier = tierOf(resource);
    out.traits = {static_cast<int>(resource.kind), static_cast<int>(resource.status), std::nullopt,
                  resource.positionTime};
    return out;
}

PointLayer::Drawn ResourceLayer::draw(const MapScene& scene, double zoom, Handle handle, bool selected) const {
    const model::Resource& resource = scene.state.resources.at(idOf(handle));
    Drawn out;
    out.look.form = SymbolLook::Form::resource;
    const bool serves = resource.status == model::ResourceStatus::available ||
                        resource.status == model::ResourceStatus::assigned;
    out.look.state =
        static_cast<std::uint8_t>(serves ? resource.status : model::ResourceStatus::outOfService);
    out.look.edge = 22;
    out.look.glyph = Symbols::forResource(resource);
    out.look.selected = selected;
    out.optional = !selected && resource.status != model::ResourceStatus::assigned;
    if (selected || zoom >= 15.4) {
        Label label;
        label.text = Words::shortened(resource.callSign.empty() ? Words::local(resource.name, scene.language())
                                                                : Words::plain(resource.callSign),
                                      28);
        label.must = selected;
        if (!selected)
            label.colour = scene.theme().colours().dim;
        out.label = std::move(label);
    }
    return out;
}

PointLayer::Drawn ResourceLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    out.look.form = SymbolLook::Form::resource;
    out.look.edge = 25;
    out.look.glyph = Symbols::forResourceKind(byPrecedence[static_cast<std::size_t>(group.worst())]);
    const auto of = [&](model::ResourceStatus status) { return group.byState[static_cast<std::size_t>(status)]; };
    const bool noneServes = of(model::ResourceStatus::outOfService) + of(model::ResourceStatus::maintenance) +
                                of(model::ResourceStatus::offDuty) ==
                            group.count;
    out.look.state = static_cast<std::uint8_t>(
        noneServes ? model::ResourceStatus::outOfService
                   : (of(model::ResourceStatus::assigned) == group.count ? model::ResourceStatus::assigned
                                                                         : model::ResourceStatus::available));
    return out;
}

QString ResourceLayer::nameOf(const MapScene& scene, Handle handle) const {
    const model::Resource& resource = scene.state.resources.at(idOf(handle));
    return Words::local(resource.name, scene.language()) + QStringLiteral(" · ") +
           Words::resourceStatus(resource.status);
}

QString ResourceLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.resources.find(idOf(handle));
    if (found == scene.state.resources.end())
        return {};
    const model::Resource& one = found->second;
    QString tip = Words::local(one.name, scene.language()) + QLatin1Char('\n') + Words::resourceKind(one.kind) +
                  QStringLiteral(" · ") + Words::resourceStatus(one.status);
    if (one.capacity > 0)
        tip += QStringLiteral(" · ") + QStringLiteral("%1/%2").arg(one.occupied).arg(one.capacity);
    return tip;
}

QString ResourceLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n resources here", nullptr,
                                              static_cast<int>(group.count));
    for (std::size_t i = 0; i < byPrecedence.size(); ++i)
        if (group.byRank[i] > 0)
            tip += QLatin1Char('\n') + QString::number(group.byRank[i]) + QStringLiteral(" × ") +
                   Words::resourceKind(byPrecedence[i]);
    return tip;
}

} // namespace tocsin::gui
