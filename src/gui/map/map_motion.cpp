#include "gui/map/map_view_impl.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr int margin = 16;
constexpr int motionMillis = 170;
} // namespace

MapView::Impl::Impl(MapView& owner, UiContext context, map::TileSource* source)
    : view(owner), ui(context), tiles(source), sprites(ui.theme), prints(ui.theme) {
    byRoom = {&incidents, &teams,       &units,     &alarms,  &reports, &warnings, &drawings,
              &sensors,   &earthquakes, &resources, &objects, &routes,  &hotSpots, &cover, &heat, &reach};
    ordered = {&incidents, &alarms, &teams,       &units,    &reports, &sensors, &resources,
               &drawings,  &routes, &earthquakes, &warnings, &objects, &hotSpots, &cover, &heat, &reach};
    resources.standAsideFor(&units);
    units.onTrack([this] { changed(); });
    heat.visible = false;
    buttons = new MapButtons(ui.theme, &view);
    chip = new MapChip(ui.theme, QStringLiteral("filter"), false, &view);
    chip->hide();
    notice = new MapChip(ui.theme, QStringLiteral("info"), true, &view);
    notice->hide();
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
        emit view.viewChanged();
    });

    listen(tiles);
    QObject::connect(&ui.desk, &DeskBridge::changed, &view, [this](const Changes& changes) { deskChanged(changes); });
    if (ui.reports != nullptr)
        QObject::connect(ui.reports, &ReportTriage::changed, &view, [this] {
            groundChanged();
            changed();
        });
    QObject::connect(&ui.theme, &Theme::changed, &view, [this] {
        sprites.forget();
        prints.forget();
        groundChanged();
        settle();
        buttons->update();
        view.update();
    });
    QObject::connect(&ui.selection, &Selection::changed, &view, [this] {
        groundChanged();
        changed(); // a held key selects more often than a map can be drawn
    });
    QObject::connect(&ui.selection, &Selection::showOnMap, &view,
                     [this](model::Position position) { view.showPlace(position); });

    QObject::connect(buttons->plus, &QAbstractButton::clicked, &view, [this] {
        byHand();
        zoomBy(2, now.rect().center());
    });
    QObject::connect(buttons->minus, &QAbstractButton::clicked, &view, [this] {
        byHand();
        zoomBy(-2, now.rect().center());
    });
    QObject::connect(buttons->locate, &QAbstractButton::clicked, &view, [this] {
        byHand();
        view.showCounty();
    });
    QObject::connect(buttons->layers, &QAbstractButton::clicked, &view, &MapView::layersRequested);
    QObject::connect(chip, &QAbstractButton::clicked, &view, &MapView::layersRequested);
    QObject::connect(notice, &QAbstractButton::clicked, &view, [this] {
        noticePutAway = notice->text();
        tellNotices();
    });
    QObject::connect(buttons->fullScreen, &QAbstractButton::clicked, &view, &MapView::fullScreenRequested);

    QObject::connect(&moving, &QTimer::timeout, &view, [this] {
        teams.age(scene());
        moveTimer();
        changed();
    });
    ageing.setInterval(10'000);
    QObject::connect(&ageing, &QTimer::timeout, &view, [this] { grow(); });
    ageing.start();
    repaint.setSingleShot(true);
    QObject::connect(&repaint, &QTimer::timeout, &view, [this] { prepare(); });
    Changes everything;
    everything.all = true;
    sync(everything);
    tellNotices();
}

void MapView::Impl::listen(TileLayer& layer) {
    QObject::connect(&layer, &TileLayer::changed, &view, [this] {
        view.update();
        checkComplete();
    });
    QObject::connect(&layer, &TileLayer::statusChanged, &view, [this] {
        if (wantsCounty)
            view.showCounty();
        tellNotices();
        view.update();
        checkComplete();
    });
}

void MapView::Impl::byHand() {
    emit view.movedByHand();
}

double MapView::Impl::ratio() const {
    return view.devicePixelRatioF();
}

void MapView::Impl::settle() {
    const bool dark = ui.theme.look() == Theme::Look::dark;
    for (TileLayer* ground : grounds()) {
        ground->show(target, ratio(), dark ? map::MapLook::dark : map::MapLook::light, ui.language);
        if (!ground->isComplete())
            complete = false;
    }
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
    if (std::abs(target.zoom - now.zoom) > 1e-9)
        closeSpider();
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
    if (motion.state() != QAbstractAnimation::Running && !dragging)
        emit view.viewChanged();
}

void MapView::Impl::zoomBy(int steps, const QPointF& anchor) {
    const ZoomStop stop = stopBy(target.zoom, steps, ratio());
    if (std::abs(stop.zoom - target.zoom) < 1e-9)
        return;
    wantsCounty = false;
    closeSpider();
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
    if (motion.state() != QAbstractAnimation::Running)
        emit view.viewChanged();
}

void MapView::Impl::panBy(const QPointF& pixels, bool smoothly) {
    Viewport to = smoothly ? target : now;
    to.zoom = target.zoom;
    to.panBy(pixels);
    goTo(to, smoothly);
}

void MapView::Impl::zoomTo(double zoom, const QPointF& anchor) {
    wantsCounty = false;
    closeSpider();
    motion.stop();
    now.zoomAbout(anchor, zoom);
    target = now;
    settle();
    view.update();
}

void MapView::Impl::comeToRest() {
    const ZoomStop stop = nearestStop(now.zoom, ratio());
    Viewport to = now;
    to.zoomAbout(now.rect().center(), stop.zoom);
    goTo(to, false);
}

QRectF MapView::Impl::freeArea() const {
    QRectF area = now.rect().adjusted(margin, margin, -margin, -margin);
    if (foot)
        area.setBottom(foot->geometry().top() - margin);
    area.setRight(buttons->geometry().left() - margin);
    return area.isValid() ? area : now.rect();
}

void MapView::Impl::place() {
    const QSize size = view.size();
    buttons->move(size.width() - buttons->width() - margin, margin);
    buttons->raise();
    const int free = size.width() - 3 * margin - buttons->width();
    int chipTop = margin + (search && search->isVisible() ? search->height() + margin / 2 : 0);
    for (MapChip* each : {chip, notice}) {
        each->setMostWidth(std::min(free, 420));
        each->move(margin, chipTop);
        each->raise();
        chipTop += each->isHidden() ? 0 : each->height() + margin / 2;
    }
    if (search) {
        search->setGeometry(margin, margin, std::clamp(free, 120, 344),
                            std::max(search->sizeHint().height(), search->minimumHeight()));
        search->raise();
    }
    if (foot) {
        const int height = std::max(foot->sizeHint().height(), foot->minimumHeight());
        foot->setGeometry(margin, size.height() - height - margin, size.width() - 2 * margin, height);
        foot->raise();
    }
}

} // namespace tocsin::gui
