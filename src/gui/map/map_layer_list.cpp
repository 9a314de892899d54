#include "gui/map/map_view_impl.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {

const model::State& MapView::Impl::state() const {
    return past ? past->state : ui.desk.state();
}
const std::map<model::SensorId, desk::SensorNow>& MapView::Impl::sensorsNow() const {
    return past ? past->sensors : ui.desk.sensorsNow();
}
base::Time MapView::Impl::time() const {
    return past ? past->at : ui.desk.now();
}

void MapView::Impl::showPast(std::shared_ptr<const desk::Picture> picture) {
    if (picture == past)
        return;
    past = std::move(picture);
    moveTimer();
    view.update();
    emit view.pastChanged();
}

SymbolLayer* MapView::Impl::layer(const QString& name) const {
    const auto found =
        std::find_if(ordered.begin(), ordered.end(), [&](const SymbolLayer* each) { return each->name() == name; });
    return found == ordered.end() ? nullptr : *found;
}

std::vector<LayerInfo> MapView::Impl::infos() const {
    std::vector<LayerInfo> all;
    for (const SymbolLayer* each : ordered) {
        LayerInfo info;
        info.name = each->name();
        info.title = each->title();
        info.visible = each->visible;
        info.opacity = each->opacity;
        info.filter = each->filter;
        all.push_back(std::move(info));
    }
    return all;
}

LayerSet MapView::Impl::layerSet() const {
    LayerSet set;
    for (const SymbolLayer* each : ordered)
        set.layers.push_back({each->name(), each->visible, each->opacity, each->filter});
    set.baseMap = baseMap;
    return set;
}

void MapView::Impl::setLayerSet(const LayerSet& set) {
    const LayerSet before = layerSet();
    std::vector<SymbolLayer*> named;
    for (const LayerSet::Layer& wanted : set.layers) {
        SymbolLayer* each = layer(wanted.name);
        if (each == nullptr || std::find(named.begin(), named.end(), each) != named.end())
            continue; // a name of another version
        each->visible = wanted.visible;
        each->opacity = std::clamp(wanted.opacity, 0.1, 1.0);
        each->filter = wanted.filter;
        named.push_back(each);
    }
    for (SymbolLayer* each : ordered)
        if (std::find(named.begin(), named.end(), each) == named.end())
            named.push_back(each);
    ordered = std::move(named);
    chooseBaseMap(set.baseMap);
    if (layerSet() == before)
        return;
    view.update();
    emit view.layersChanged();
}

void MapView::Impl::setBaseMaps(std::vector<MapView::BaseMap> maps) {
    others.clear();
    baseMaps = std::move(maps);
    for (const MapView::BaseMap& map : baseMaps) {
        others.push_back({map.name, map.attribution, map.overlay, std::make_unique<TileLayer>(map.tiles)});
        listen(*others.back().tiles);
    }
    settle();
    view.update();
    emit view.layersChanged();
}

void MapView::Impl::chooseBaseMap(const QString& name) {
    const bool known = std::any_of(others.begin(), others.end(),
                                   [&](const Ground& each) { return !each.overlay && each.name == name; });
    const QString chosen = known ? name : QString();
    if (chosen == baseMap)
        return;
    baseMap = chosen;
    settle();
}

std::vector<TileLayer*> MapView::Impl::grounds() const {
    std::vector<TileLayer*> all{const_cast<TileLayer*>(&tiles)};
    for (const Ground& each : others)
        if (!each.overlay && !baseMap.isEmpty() && each.name == baseMap)
            all = {each.tiles.get()};
    for (const Ground& each : others)
        if (each.overlay)
            all.push_back(each.tiles.get());
    return all;
}

QString MapView::Impl::attribution() const {
    QStringList sources;
    if (baseMap.isEmpty() && tiles.bounds())
        sources << QCoreApplication::translate("tocsin::gui::MapView", "© OpenStreetMap contributors");
    for (const Ground& each : others)
        if (!each.attribution.isEmpty() && (each.overlay || each.name == baseMap) &&
            !sources.contains(each.attribution))
            sources << each.attribution;
    return sources.join(QStringLiteral(" · "));
}

} // namespace tocsin::gui
