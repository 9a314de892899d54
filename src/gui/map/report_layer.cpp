#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <array>

namespace tocsin::gui {
namespace {

constexpr std::array<const char*, 6> categories{"flood", "fire", "landslide", "injury", "road", "other"};

int categoryOf(const std::string& category) {
    const auto found = std::find(categories.begin(), categories.end(), category);
    return found == categories.end() ? 5 : static_cast<int>(found - categories.begin());
}

} // namespace

ReportLayer::ReportLayer() : IdLayer(QStringLiteral("reports"), QStringLiteral("report")) {}
QString ReportLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Reports");
}

std::vector<LayerInfo::Word> ReportLayer::kinds() const {
    std::vector<LayerInfo::Word> words;
    for (const char* key : categories)
        words.push_back({QString::fromLatin1(key), Words::reportCategory(key)});
    return words;
}

std::vector<LayerInfo::Word> ReportLayer::states() const {
    return {{QStringLiteral("pending"), Words::reportState(model::ReportState::pending)},
            {QStringLiteral("verified"), Words::reportState(model::ReportState::verified)}};
}

void ReportLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all)
        return lookAtAll(scene, scene.state.reports);
    lookAt(scene, changes.reports);
    // With an incident that is over, its reports are over.
    for (const model::IncidentId& id : changes.incidents)
        if (const auto incident = scene.state.incidents.find(id); incident != scene.state.incidents.end())
            lookAt(scene, incident->second.reports);
}

double ReportLayer::together(double zoom) const {
    return zoom < 13 ? 40 : (zoom < 15.4 ? 28 : 20);
}

std::optional<PointLayer::Facts> ReportLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.reports.find(idOf(handle));
    if (found == scene.state.reports.end())
        return std::nullopt;
    const model::Report& report = found->second;
    if (report.state == model::ReportState::dismissed || !report.position)
        return std::nullopt;
    if (report.incident) {
        const auto incident = scene.state.incidents.find(*report.incident);
        if (incident != scene.state.incidents.end() && incident->second.state == model::IncidentState::closed)
            return std::nullopt;
    }
    const bool verified = report.state == model::ReportState::verified;
    Facts out;
    out.at = map::toWorld(*report.position);
    out.rank = verified ? 1 : 0; // what still wants judging first
    out.traits = {categoryOf(report.category), verified ? 1 : 0, std::nullopt, report.receivedAt};
    return out;
}

PointLayer::Drawn ReportLayer::draw(const MapScene& scene, double, Handle handle, bool selected) const {
    const model::Report& report = scene.state.reports.at(idOf(handle));
    Drawn out;
    out.look.form = SymbolLook::Form::report;
    out.look.state = report.state == model::ReportState::verified ? 1 : 0;
    out.look.edge = 25;
    out.look.selected = selected;
    out.rank = out.look.state == 1 ? 7 : 5;
    return out;
}

PointLayer::Drawn ReportLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    out.look.form = SymbolLook::Form::report;
    out.look.state = group.worst() == 0 ? 0 : 1;
    out.look.edge = 25;
    out.rank = out.look.state == 1 ? 7 : 5;
    return out;
}

QString ReportLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.reports.find(idOf(handle));
    if (found == scene.state.reports.end())
        return {};
    const model::Report& report = found->second;
    return Words::reportState(report.state) + QStringLiteral(" · ") + Words::age(scene.now - report.receivedAt) +
           QLatin1Char('\n') + Words::quoted(Words::shortened(Words::plain(report.text), 90));
}

QString ReportLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    QString tip = QCoreApplication::translate("tocsin::gui::MapView", "%n reports here", nullptr,
                                              static_cast<int>(group.count));
    for (std::size_t i = 0; i < 2; ++i)
        if (group.byRank[i] > 0)
            tip += QLatin1Char('\n') + QString::number(group.byRank[i]) + QStringLiteral(" × ") +
                   Words::reportState(i == 0 ? model::ReportState::pending : model::ReportState::verified);
    return tip;
}

} // namespace tocsin::gui
