#include "gui/map/map_view_impl.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>

namespace tocsin::gui {

const model::State& MapView::Impl::state() const {
    return past ? past->state : ui.desk.state();
}
const std::map<model::SensorId, desk::SensorNow>& MapView::Impl::sensorsNow() const {
    return past ? past->sensors : ui.desk.sensorsNow();
}
const std::map<model::UnitId, desk::UnitNow>& MapView::Impl::unitsNow() const {
    return past ? past->units : ui.desk.unitsNow();
}
base::Time MapView::Impl::time() const {
    return past ? past->at : ui.desk.now();
}

MapScene MapView::Impl::scene() const {
    return {ui, state(), sensorsNow(), time(), &unitsNow()};
}

void MapView::Impl::showPast(std::shared_ptr<const desk::Picture> picture) {
    if (picture == past)
        return;
    past = std::move(picture);
    closeSpider();
    Changes everything;
    everything.all = true;
    sync(everything);
    moveTimer();
    view.update();
    emit view.pastChanged();
}

void MapView::Impl::sync(const Changes& changes) {
    const MapScene shown = scene();
    for (SymbolLayer* each : byRoom)
        each->sync(shown, changes);
    if (changes.all || !changes.warnings.empty() || !changes.drawings.empty() || !changes.reports.empty() ||
        !changes.incidents.empty())
        groundDirty = true;
    dirty = true;
    tellHidden();
}

void MapView::Impl::deskChanged(const Changes& changes) {
    if (past)
        return; // what was does not change; all is taken over on the way back
    const bool shown = changes.all || changes.desk || !changes.incidents.empty() || !changes.alarms.empty() ||
                       !changes.warnings.empty() || !changes.reports.empty() || !changes.earthquakes.empty() ||
                       !changes.resources.empty() || !changes.assignments.empty() || !changes.sensors.empty() ||
                       !changes.drawings.empty() || !changes.readings.empty() || !changes.units.empty() ||
                       !changes.positions.empty();
    if (!shown)
        return; // only the duty log has grown
    sync(changes);
    if (wantsCounty)
        view.showCounty();
    moveTimer();
    changed();
}

void MapView::Impl::changed() {
    dirty = true;
    if (!view.isVisible() || repaint.isActive() || prepared)
        return;
    // Milliseconds: no more than 22 pictures a second, however thick the changes come, and no more than a quarter of the
    // time: keys are answered in the rest.
    const qint64 apart = std::clamp<qint64>(4 * paintTook, 45, 200);
    const qint64 since = sincePaint.isValid() ? sincePaint.elapsed() : apart;
    repaint.start(static_cast<int>(std::max<qint64>(apart - since, 0)));
}

void MapView::Impl::groundChanged() {
    dirty = true;
    groundDirty = true;
}

void MapView::Impl::moveTimer() {
    const bool something = view.isVisible() && !past && teams.visible && teams.isMoving();
    if (!something) {
        moving.stop();
        return;
    }
    // Half a pixel at 70 km/h is worth a picture: ten a second near by, one in two seconds far out.
    const int every = std::clamp(static_cast<int>(now.metresPerPixel() * 0.5 / 20 * 1000), 100, 2000);
    if (!moving.isActive() || moving.interval() != every)
        moving.start(every);
}

void MapView::Impl::grow() {
    const MapScene shown = scene();
    bool filtered = false;
    for (SymbolLayer* each : byRoom) {
        each->age(shown);
        filtered = filtered || each->filter().newest || !each->filter().hiddenStates.isEmpty();
    }
    if (!filtered && shown.now < layout.changesAt)
        return; // nothing that is shown looks different by now
    groundChanged();
    changed();
    tellHidden();
}

void MapView::Impl::tellHidden() {
    int hidden = 0;
    for (const SymbolLayer* each : byRoom)
        hidden += each->hiddenGrave();
    chip->setVisible(hidden > 0);
    if (hidden > 0)
        chip->say(QCoreApplication::translate("tocsin::gui::MapView", "Grave alarms not shown: %1").arg(hidden),
                  QCoreApplication::translate("tocsin::gui::MapView", "Choose what the map shows"));
    place();
}

void MapView::Impl::tellNotices() {
    constexpr qsizetype mostSigns = 240; // a service may answer with a whole page
    QStringList sentences;
    const auto add = [&](const QString& name, const std::string& message) {
        QString words = Words::sentence(message).simplified();
        if (words.isEmpty())
            return;
        if (words.size() > mostSigns)
            words = words.left(mostSigns) + QChar(0x2026);
        if (!name.isEmpty())
            words = QCoreApplication::translate("tocsin::gui::MapView", "%1: %2", "a base map; what is wrong with it")
                        .arg(name, words);
        if (!sentences.contains(words))
            sentences << words;
    };
    // A base map that is broken, or the county's own that is missing, says so in the middle of the map.
    if (baseMap.isEmpty() && tiles.status().kind == map::MapStatus::Kind::ready)
        add({}, tiles.status().message);
    for (const Ground& each : others) {
        const map::MapStatus& status = each.tiles->status();
        const bool shown = each.overlay || each.name == baseMap;
        if (shown && status.kind != map::MapStatus::Kind::loading && (each.overlay || status.kind != map::MapStatus::Kind::broken))
            add(each.name, status.message);
    }
    const QString words = sentences.join(QLatin1Char('\n'));
    if (words.isEmpty() || words != noticePutAway)
        noticePutAway.clear();
    const bool shown = !words.isEmpty() && noticePutAway.isEmpty();
    if (shown)
        notice->say(words, QCoreApplication::translate("tocsin::gui::MapView",
                                                       "Put this away until something else is wrong"));
    notice->setVisible(shown);
    place();
    changed(); // words and symbols keep off it
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
        info.glyph = each->glyph();
        info.visible = each->visible;
        info.opacity = each->opacity;
        info.kinds = each->kinds();
        info.states = each->states();
        info.hasGrade = each->hasGrade();
        info.hasAge = each->hasAge();
        info.shown = each->visible ? each->shown() : 0;
        info.all = each->all();
        info.filter = each->filter();
        all.push_back(std::move(info));
    }
    return all;
}

LayerSet MapView::Impl::layerSet() const {
    LayerSet set;
    for (const SymbolLayer* each : ordered)
        set.layers.push_back({each->name(), each->visible, each->opacity, each->filter()});
    set.baseMap = baseMap;
    return set;
}

void MapView::Impl::setLayerSet(const LayerSet& set) {
    const LayerSet before = layerSet();
    std::vector<SymbolLayer*> named;
    bool filtered = false;
    for (const LayerSet::Layer& wanted : set.layers) {
        SymbolLayer* each = layer(wanted.name);
        if (each == nullptr || std::find(named.begin(), named.end(), each) != named.end())
            continue; // a name of another version
        if (each == &units && each->visible != wanted.visible)
            filtered = true; // what they carry is shown by the resources then
        each->visible = wanted.visible;
        each->opacity = std::clamp(wanted.opacity, 0.1, 1.0);
        if (each->filter() != wanted.filter) {
            each->setFilter(wanted.filter);
            filtered = true;
        }
        named.push_back(each);
    }
    for (SymbolLayer* each : ordered)
        if (std::find(named.begin(), named.end(), each) == named.end())
            named.push_back(each);
    ordered = std::move(named);
    chooseBaseMap(set.baseMap);
    if (layerSet() == before)
        return;
    if (filtered) {
        Changes everything;
        everything.all = true;
        sync(everything);
    }
    closeSpider();
    tellHidden();
    moveTimer();
    groundChanged();
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
    tellNotices();
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
    tellNotices();
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
