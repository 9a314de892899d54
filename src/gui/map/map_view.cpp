#include "tocsin/gui/map_view.hpp"

#include "gui/map/map_view_impl.hpp"
#include "gui/map/overlay.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QMenu>
#include <QPaintEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr int margin = 16;
constexpr int motionMillis = 170;
} // namespace

MapView::Impl::Impl(MapView& owner, UiContext context, map::TileSource* source)
    : view(owner), ui(context), tiles(source) {
    byRoom = {&incidents, &teams, &alarms, &reports, &warnings, &sensors, &earthquakes, &resources, &routes};
    byDepth = {&warnings, &earthquakes, &routes, &resources, &sensors, &reports, &teams, &alarms, &incidents};
    buttons = new MapButtons(ui.theme, &view);
    now.zoom = target.zoom = nearestStop(11, 1).zoom;

    motion.setDuration(motionMillis);
    motion.setEasingCurve(QEasingCurve::OutCubic);
    motion.setStartValue(0.0);
    motion.setEndValue(1.0);
    QObject::connect(&motion, &QVariantAnimation::valueChanged, &view, [this](const QVariant& value) {
        const double t = value.toDouble();
        if (motionZooms) {
            Viewport step = motionFrom;
            step.size = now.size;
            step.zoomAbout(motionAnchor, motionFrom.zoom + (target.zoom - motionFrom.zoom) * t);
            now = step;
        } else {
            now.zoom = motionFrom.zoom + (target.zoom - motionFrom.zoom) * t;
            now.centre.x = motionFrom.centre.x + (target.centre.x - motionFrom.centre.x) * t;
            now.centre.y = motionFrom.centre.y + (target.centre.y - motionFrom.centre.y) * t;
        }
        if (t >= 1)
            now = target;
        view.update();
    });
    QObject::connect(&motion, &QVariantAnimation::finished, &view, [this] {
        now = target;
        view.update();
        checkComplete();
    });

    QObject::connect(&tiles, &TileLayer::changed, &view, [this] {
        view.update();
        checkComplete();
    });
    QObject::connect(&tiles, &TileLayer::statusChanged, &view, [this] {
        if (wantsCounty)
            view.showCounty();
        view.update();
        checkComplete();
    });
    QObject::connect(&ui.desk, &DeskBridge::changed, &view, [this] { deskChanged(); });
    QObject::connect(&ui.theme, &Theme::changed, &view, [this] {
        settle();
        buttons->update();
        view.update();
    });
    QObject::connect(&ui.selection, &Selection::changed, &view, [this] { view.update(); });
    QObject::connect(&ui.selection, &Selection::showOnMap, &view,
                     [this](model::Position position) { view.showPlace(position); });

    QObject::connect(buttons->plus, &QAbstractButton::clicked, &view, [this] { zoomBy(2, now.rect().center()); });
    QObject::connect(buttons->minus, &QAbstractButton::clicked, &view, [this] { zoomBy(-2, now.rect().center()); });
    QObject::connect(buttons->locate, &QAbstractButton::clicked, &view, [this] { view.showCounty(); });
    QObject::connect(buttons->layers, &QAbstractButton::clicked, &view, [this] { showLayersMenu(); });
    QObject::connect(buttons->fullScreen, &QAbstractButton::clicked, &view, &MapView::fullScreenRequested);

    moving.setInterval(100);
    QObject::connect(&moving, &QTimer::timeout, &view, [this] { view.update(); });
    ageing.setInterval(10'000);
    QObject::connect(&ageing, &QTimer::timeout, &view, [this] { view.update(); });
    ageing.start();
}

double MapView::Impl::ratio() const {
    return view.devicePixelRatioF();
}

void MapView::Impl::settle() {
    const bool dark = ui.theme.look() == Theme::Look::dark;
    tiles.show(target, ratio(), dark ? map::MapLook::dark : map::MapLook::light, ui.language);
    if (!tiles.isComplete())
        complete = false;
    checkComplete();
}

void MapView::Impl::checkComplete() {
    const bool done = view.isComplete();
    if (done && !complete) {
        complete = true;
        emit view.completed();
    }
    complete = done;
}

void MapView::Impl::goTo(const Viewport& to, bool smoothly) {
    wantsCounty = false;
    target = to;
    target.size = now.size;
    motion.stop();
    if (smoothly && view.isVisible()) {
        motionFrom = now;
        motionZooms = false;
        motion.start();
    } else {
        now = target;
    }
    settle();
    view.update();
}

void MapView::Impl::zoomBy(int steps, const QPointF& anchor) {
    const ZoomStop stop = stopBy(target.zoom, steps, ratio());
    if (std::abs(stop.zoom - target.zoom) < 1e-9)
        return;
    wantsCounty = false;
    motion.stop();
    target = now;
    target.zoomAbout(anchor, stop.zoom);
    motionFrom = now;
    motionAnchor = anchor;
    motionZooms = true;
    if (view.isVisible())
        motion.start();
    else
        now = target;
    settle();
    view.update();
}

void MapView::Impl::panBy(const QPointF& pixels, bool smoothly) {
    Viewport to = smoothly ? target : now;
    to.zoom = target.zoom;
    to.panBy(pixels);
    goTo(to, smoothly);
}

QRectF MapView::Impl::freeArea() const {
    QRectF area = now.rect().adjusted(margin, margin, -margin, -margin);
    if (foot)
        area.setBottom(foot->geometry().top() - margin);
    area.setRight(buttons->geometry().left() - margin);
    return area.isValid() ? area : now.rect();
}

void MapView::Impl::deskChanged() {
    if (wantsCounty)
        view.showCounty();
    moveTimer();
    view.update();
}

void MapView::Impl::moveTimer() {
    const bool something =
        view.isVisible() &&
        std::any_of(ui.desk.state().assignments.begin(), ui.desk.state().assignments.end(), [&](const auto& each) {
            if (each.second.state != model::AssignmentState::enRoute)
                return false;
            const auto progress = model::progressOf(each.second, ui.desk.now());
            return progress && progress->fraction < 1;
        });
    if (something != moving.isActive())
        something ? moving.start() : moving.stop();
}

void MapView::Impl::layOut() {
    hits.clear();
    const QRectF area = now.rect();
    board.emplace(ui.theme, area);
    board->reserve(buttons->geometry());
    for (const auto& over : {search, foot})
        if (over && over->isVisible())
            board->reserve(over->geometry());
    board->reserve(QRectF(8, area.bottom() - (foot ? foot->height() + margin : 0) - 44, 170, 40)); // the scale bar
    board->reserve(QRectF(area.right() - 210, area.bottom() - (foot ? foot->height() + margin : 0) - 30, 210, 30));
    LayerContext context{now, ui, ui.desk.state(), ui.desk.now(), *board, hits};
    for (SymbolLayer* layer : byRoom)
        if (layer->visible)
            layer->layOut(context);
    for (MapHit& hit : hits)
        if (hit.area.isEmpty())
            hit.rank = 99;
}

void MapView::Impl::paint(QPainter& painter) {
    const Palette& palette = ui.theme.colours();
    painter.fillRect(view.rect(), palette.mapGround);
    tiles.paint(painter, now);
    layOut();
    const model::State& state = ui.desk.state();
    if (state.desk.exercise)
        paintWatermark(painter, now, ui.theme);
    const LayerContext context{now, ui, state, ui.desk.now(), *board, hits};
    for (SymbolLayer* layer : byDepth)
        if (layer->visible)
            layer->paint(painter, context);
    board->paint(painter);
    if (keyboardAt && view.hasFocus())
        for (const MapHit& hit : hits)
            if (hit.what == *keyboardAt && QLineF(hit.centre, keyboardPoint).length() < 60) {
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(palette.text, 1.5, Qt::DotLine));
                painter.drawRoundedRect(squareAbout(hit.centre, 50), 6, 6);
                break;
            }
    const double covered = foot && foot->isVisible() ? foot->height() + margin : 0;
    paintScaleBar(painter, now, ui.theme, covered);
    if (tiles.bounds())
        paintAttribution(painter, now, ui.theme, covered);
    const map::MapStatus& status = tiles.status();
    if (status.kind == map::MapStatus::Kind::broken)
        paintNotice(painter, now, ui.theme,
                    QCoreApplication::translate("tocsin::gui::MapView", "The base map cannot be drawn"),
                    QString::fromStdString(status.message), covered);
    else if (status.kind == map::MapStatus::Kind::missing)
        paintNotice(painter, now, ui.theme, QCoreApplication::translate("tocsin::gui::MapView", "No base map yet"),
                    QCoreApplication::translate("tocsin::gui::MapView",
                                                "Import one with: tocsin import osm FILE. The desk works without it."),
                    covered);
    if (view.hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette.accent, 1));
        painter.drawRect(QRectF(view.rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void MapView::Impl::place() {
    const QSize size = view.size();
    buttons->move(size.width() - buttons->width() - margin, margin);
    buttons->raise();
    if (search) {
        const int most = size.width() - 3 * margin - buttons->width();
        search->setGeometry(margin, margin, std::clamp(most, 120, 344),
                            std::max(search->sizeHint().height(), search->minimumHeight()));
        search->raise();
    }
    if (foot) {
        const int height = std::max(foot->sizeHint().height(), foot->minimumHeight());
        foot->setGeometry(margin, size.height() - height - margin, size.width() - 2 * margin, height);
        foot->raise();
    }
}

void MapView::Impl::showLayersMenu() {
    auto* menu = new QMenu(&view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (SymbolLayer* layer : byRoom) {
        QAction* action = menu->addAction(layer->title());
        action->setCheckable(true);
        action->setChecked(layer->visible);
        QObject::connect(action, &QAction::toggled, &view, [this, layer](bool on) {
            layer->visible = on;
            view.update();
        });
    }
    menu->popup(buttons->layers->mapToGlobal(QPoint(-menu->sizeHint().width() - 6, 0)));
}

// ---- the public face

MapView::MapView(UiContext ui, map::TileSource* tiles, QWidget* parent)
    : QWidget(parent), m_impl(std::make_unique<Impl>(*this, ui, tiles)) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
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
    for (const auto& [id, resource] : m_impl->ui.desk.state().resources)
        all.push_back(resource.position);
    for (const auto& [id, sensor] : m_impl->ui.desk.state().sensors)
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
    update();
}

bool MapView::isComplete() const {
    return m_impl->motion.state() != QAbstractAnimation::Running && m_impl->tiles.isComplete();
}

QPointF MapView::toScreen(const model::Position& position) const {
    return m_impl->now.toScreen(position);
}
model::Position MapView::fromScreen(const QPointF& point) const {
    return m_impl->now.toPosition(point);
}

// ---- promised in the header, made next

std::vector<LayerInfo> MapView::layers() const {
    return {};
}
LayerSet MapView::layerSet() const {
    return {};
}
void MapView::setLayerSet(const LayerSet&) {}
void MapView::setBaseMaps(std::vector<BaseMap>) {}
const std::vector<MapView::BaseMap>& MapView::baseMaps() const {
    static const std::vector<BaseMap> none;
    return none;
}
void MapView::setProtectedObjects(std::vector<ProtectedObject>) {}
void MapView::setReach(DeskBridge::Reached, std::vector<base::Seconds>) {}
void MapView::setTool(MapTool*) {}
MapTool* MapView::tool() const {
    return nullptr;
}
void MapView::showPast(std::shared_ptr<const desk::Picture>) {}
bool MapView::isPast() const {
    return false;
}
void MapView::paintInto(QPainter&, const QRectF&, bool) {}
double MapView::metresPerPixel() const {
    return m_impl->now.metresPerPixel();
}
QString MapView::attribution() const {
    return {};
}

void MapView::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    m_impl->paint(painter);
}

void MapView::resizeEvent(QResizeEvent*) {
    m_impl->now.size = m_impl->target.size = size();
    m_impl->place();
    if (m_impl->wantsCounty)
        showCounty();
    m_impl->settle();
}

} // namespace tocsin::gui
