#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {
namespace {
using namespace std::chrono_literals;
constexpr base::Duration shownFor = 7 * 24h;

QString sizeOf(const model::Earthquake& quake) {
    return quake.magnitude ? QCoreApplication::translate("tocsin::gui::MapView", "M %1", "magnitude")
                                 .arg(*quake.magnitude, 0, 'f', 1)
                           : QCoreApplication::translate("tocsin::gui::MapView", "Earthquake");
}

QString lineOf(const MapScene& scene, const model::Earthquake& quake) {
    return QCoreApplication::translate("tocsin::gui::MapView", "%1 · %2", "an earthquake, how long ago")
        .arg(sizeOf(quake), Words::ago(scene.now - quake.time));
}
} // namespace

EarthquakeLayer::EarthquakeLayer() : IdLayer(QStringLiteral("earthquakes"), QStringLiteral("earthquake")) {}
QString EarthquakeLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Earthquakes");
}

void EarthquakeLayer::sync(const MapScene& scene, const Changes& changes) {
    if (changes.all)
        lookAtAll(scene, scene.state.earthquakes);
    else
        lookAt(scene, changes.earthquakes);
}

std::optional<PointLayer::Facts> EarthquakeLayer::facts(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.earthquakes.find(idOf(handle));
    if (found == scene.state.earthquakes.end() || found->second.status == "deleted" ||
        scene.now - found->second.time > shownFor)
        return std::nullopt;
    Facts out;
    out.at = map::toWorld(found->second.position);
    out.rank = std::clamp(7 - static_cast<int>(found->second.magnitude.value_or(0)), 0, 7);
    out.traits = {0, 0, std::nullopt, found->second.time};
    return out;
}

PointLayer::Drawn EarthquakeLayer::draw(const MapScene& scene, double, Handle handle, bool selected) const {
    const model::Earthquake& quake = scene.state.earthquakes.at(idOf(handle));
    Drawn out;
    out.look.form = SymbolLook::Form::earthquake;
    out.look.edge =
        static_cast<std::uint8_t>(2 * std::clamp(4.0 + 3.2 * quake.magnitude.value_or(1.5), 7.0, 32.0));
    out.look.selected = selected;
    out.aside = false;
    out.rank = 7;
    Label label;
    label.text = lineOf(scene, quake);
    label.must = selected;
    out.label = std::move(label);
    const base::Duration since = scene.now - quake.time;
    out.changesAt = quake.time + (since / 1min + 1) * base::Duration(1min);
    return out;
}

PointLayer::Drawn EarthquakeLayer::drawCluster(const MapScene&, const ClusterTree::Group& group) const {
    Drawn out;
    out.look.form = SymbolLook::Form::earthquake;
    const double magnitude = 7 - group.worst();
    out.look.edge = static_cast<std::uint8_t>(2 * std::clamp(4.0 + 3.2 * magnitude, 8.0, 32.0));
    out.aside = false;
    out.rank = 7;
    return out;
}

QString EarthquakeLayer::tipOf(const MapScene& scene, Handle handle) const {
    const auto found = scene.state.earthquakes.find(idOf(handle));
    if (found == scene.state.earthquakes.end())
        return {};
    const model::Earthquake& quake = found->second;
    QString tip = lineOf(scene, quake) + QLatin1Char('\n') + Words::plain(quake.place);
    if (quake.depthKm)
        tip += QStringLiteral(" · ") +
               QCoreApplication::translate("tocsin::gui::MapView", "%1 km deep").arg(*quake.depthKm, 0, 'f', 0);
    return tip;
}

QString EarthquakeLayer::clusterTip(const MapScene&, const ClusterTree::Group& group) const {
    return QCoreApplication::translate("tocsin::gui::MapView", "%n earthquakes here", nullptr,
                                       static_cast<int>(group.count));
}

} // namespace tocsin::gui
