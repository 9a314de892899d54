#include "tocsin/gui/map_view.hpp"

#include "gui/map/map_accessible.hpp"
#include "gui/map/map_view_impl.hpp"

#include <QCoreApplication>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>

namespace tocsin::gui {

MapView::MapView(UiContext ui, map::TileSource* tiles, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, ui, tiles)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setAttribute(Qt::WA_AcceptTouchEvents);
    grabGesture(Qt::PinchGesture);
    MapAccessible::install();
    setAccessibleName(QCoreApplication::translate("tocsin::gui::MapView", "Situation map"));
    m_impl->place();
}

MapView::~MapView() = default;

void MapView::setSearchWidget(QWidget* widget) {
    m_impl->search = widget;
    if (widget != nullptr) {
        widget->setParent(this);
        widget->show();
    }
    m_impl->place();
}

void MapView::setFootWidget(QWidget* widget) {
    m_impl->foot = widget;
    if (widget != nullptr) {
        widget->setParent(this);
        widget->show();
    }
    m_impl->place();
}

void MapView::showCounty() {
    const auto bounds = m_impl->tiles.bounds();
    if (bounds && !bounds->empty()) {
        fit({model::Position::trusted(bounds->south, bounds->west),
             model::Position::trusted(bounds->north, bounds->east)});
        return;
    }
    std::vector<model::Position> all; // without a map: where the county's things are
    for (const auto& [id, resource] : m_impl->state().resources)
        all.push_back(resource.position);
    for (const auto& [id, sensor] : m_impl->state().sensors)
        if (sensor.retired.empty())
            all.push_back(sensor.position);
    if (!all.empty())
        fit(all);
    m_impl->wantsCounty = all.empty();
}

void MapView::fit(const std::vector<model::Position>& positions) {
    if (positions.empty())
        return;
    map::WorldPoint low{1, 1};
    map::WorldPoint high{0, 0};
    for (const model::Position& p : positions) {
        const map::WorldPoint w = map::toWorld(p);
        low = {std::min(low.x, w.x), std::min(low.y, w.y)};
        high = {std::max(high.x, w.x), std::max(high.y, w.y)};
    }
    const QRectF area = m_impl->freeArea().adjusted(8, 8, -8, -8);
    Viewport to = m_impl->now;
    to.zoom = std::min(stopThatFits(high.x - low.x, high.y - low.y, area.size(), m_impl->ratio()).zoom,
                       nearestStop(15.5, m_impl->ratio()).zoom);
    to.centre = {(low.x + high.x) / 2, (low.y + high.y) / 2};
    to.panBy(area.center() - to.rect().center());
    m_impl->goTo(to, isVisible());
}

void MapView::showPlace(const model::Position& position) {
    Viewport to = m_impl->target;
    to.size = m_impl->now.size;
    to.zoom = std::max(to.zoom, nearestStop(13.5, m_impl->ratio()).zoom);
    to.centre = map::toWorld(position);
    m_impl->goTo(to, true);
}

double MapView::zoom() const {
    return m_impl->now.zoom;
}
model::Position MapView::centre() const {
    return map::fromWorld(m_impl->now.centre);
}

void MapView::setView(const model::Position& centre, double zoom) {
    Viewport to = m_impl->now;
    to.centre = map::toWorld(centre);
    to.zoom = nearestStop(zoom, m_impl->ratio()).zoom;
    m_impl->goTo(to, false);
}

void MapView::setProposedRoutes(std::shared_ptr<const dispatch::Recommendation> recommendation) {
    m_impl->routes.setProposed(std::move(recommendation));
    m_impl->dirty = true;
    update();
}

void MapView::setCover(std::shared_ptr<const dispatch::Cover> cover) {
    m_impl->cover.setCover(std::move(cover));
    m_impl->dirty = true;
    update();
}

bool MapView::isComplete() const {
    const auto grounds = m_impl->grounds();
    return m_impl->motion.state() != QAbstractAnimation::Running &&
           std::all_of(grounds.begin(), grounds.end(), [](const TileLayer* each) { return each->isComplete(); });
}

QPointF MapView::toScreen(const model::Position& position) const {
    return m_impl->now.toScreen(position);
}
model::Position MapView::fromScreen(const QPointF& point) const {
    return m_impl->now.toPosition(point);
}

std::vector<LayerInfo> MapView::layers() const {
    return m_impl->infos();
}
LayerSet MapView::layerSet() const {
    return m_impl->layerSet();
}
void MapView::setLayerSet(const LayerSet& set) {
    m_impl->setLayerSet(set);
}
void MapView::setBaseMaps(std::vector<BaseMap> maps) {
    m_impl->setBaseMaps(std::move(maps));
}
const std::vector<MapView::BaseMap>& MapView::baseMaps() const {
    return m_impl->baseMaps;
}
void MapView::setProtectedObjects(std::vector<ProtectedObject> objects) {
    m_impl->objects.setObjects(m_impl->scene(), std::move(objects));
    m_impl->dirty = true;
    update();
}
void MapView::setTownNames(std::vector<TownName> names) {
    m_impl->towns.set(std::move(names));
    m_impl->dirty = true;
    update();
}
void MapView::setReach(DeskBridge::Reached reached, std::vector<base::Seconds> limits) {
    m_impl->reach.setReach(std::move(reached), std::move(limits));
    m_impl->groundChanged();
    update();
}

void MapView::setTool(MapTool* tool) {
    Impl& me = *m_impl;
    if (me.tool == tool)
        return;
    if (MapTool* old = me.tool) {
        me.tool = nullptr;
        old->end();
    }
    me.toolDrags = false;
    me.tool = tool;
    if (tool != nullptr)
        tool->begin(*this);
    setCursor(tool != nullptr ? tool->cursor() : QCursor(Qt::ArrowCursor));
    update();
}
MapTool* MapView::tool() const {
    return m_impl->tool;
}

void MapView::showPast(std::shared_ptr<const desk::Picture> picture) {
    m_impl->showPast(std::move(picture));
}
bool MapView::isPast() const {
    return m_impl->past != nullptr;
}
void MapView::paintInto(QPainter& painter, const QRectF& target, bool furniture) {
    m_impl->paintInto(painter, target, furniture);
}
double MapView::metresPerPixel() const {
    return m_impl->now.metresPerPixel();
}
QString MapView::attribution() const {
    return m_impl->attribution();
}

void MapView::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    m_impl->paint(painter, event->rect() == rect());
}

void MapView::resizeEvent(QResizeEvent*) {
    m_impl->now.size = m_impl->target.size = size();
    m_impl->layout.valid = false;
    m_impl->place();
    m_impl->dirty = true;
    if (m_impl->wantsCounty)
        showCounty();
    m_impl->settle();
}

} // namespace tocsin::gui
