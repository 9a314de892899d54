#include "gui/map/map_view_impl.hpp"
#include "gui/map/overlay.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr int margin = 16;
constexpr double around = 240;        ///< pixels that are laid out beyond each edge, so that a pan finds them there
constexpr qint64 whileMoved = 500;    ///< milliseconds between layouts while a hand moves the map
constexpr int printsWhileMoved = 40;  ///< labels that may be made new in one picture while the map moves
constexpr int printsAtRest = 25;      ///< so that no picture keeps a key waiting
constexpr int printsOfAll = 100'000;  ///< for a picture of which there is no next one

bool same(const Viewport& a, const Viewport& b) {
    return a.centre == b.centre && std::abs(a.zoom - b.zoom) < 1e-9 && a.size == b.size;
}

} // namespace

bool MapView::Impl::isMoved() const {
    return dragging || pinching || motion.state() == QAbstractAnimation::Running;
}

Placing MapView::Impl::placing() const {
    Placing to;
    to.scale = std::exp2(now.zoom - layout.view.zoom);
    to.shift = now.toScreen(layout.view.toWorld(QPointF(0, 0)));
    if (std::abs(to.scale - 1) < 1e-9) { // onto whole pixels, so that all moves as one
        to.scale = 1;
        to.shift = QPointF(std::round(to.shift.x() * ratio()) / ratio(), std::round(to.shift.y() * ratio()) / ratio());
    }
    to.view = now.rect();
    return to;
}

void MapView::Impl::ensureLayout() {
    if (!layout.valid)
        return layOut(motion.state() == QAbstractAnimation::Running ? target : now);
    if (motion.state() == QAbstractAnimation::Running) {
        // Going nearer, what is laid out covers all that will be seen; else the place where the way ends does.
        const bool nearer = motionZooms && target.zoom > motionFrom.zoom;
        if (!nearer && !same(layout.view, target))
            layOut(target);
        return;
    }
    if (dragging || pinching) {
        const Placing to = placing();
        const QRectF seen = to.transform().inverted().mapRect(now.rect());
        const bool out = !layout.area.contains(seen) && (to.scale == 1 || to.scale < 0.75 || to.scale > 1.5);
        if (out || (dirty && sinceLayout.elapsed() > whileMoved))
            layOut(now);
        return;
    }
    if (dirty || !same(layout.view, now))
        layOut(now);
}

void MapView::Impl::layOut(const Viewport& where) {
    const bool moved = !layout.valid || !same(layout.view, where);
    layout.view = where;
    layout.area = where.rect().adjusted(-around, -around, around, around);
    layout.changesAt = base::Time::max();
    layout.valid = true;
    ++layout.number;
    dirty = false;
    sinceLayout.start();
    hits.clear();
    const QRectF seen = where.rect();
    board.emplace(prints, layout.area, seen);
    board->reserve(buttons->geometry());
    for (const QWidget* over : {search.data(), foot.data(), static_cast<QWidget*>(chip), static_cast<QWidget*>(notice)})
        if (over != nullptr && over->isVisible())
            board->reserve(over->geometry());
    const double covered = foot && foot->isVisible() ? foot->height() + margin : 0;
    board->reserve(QRectF(8, seen.bottom() - covered - 44, 170, 40)); // the scale bar
    board->reserve(QRectF(seen.right() - 210, seen.bottom() - covered - 30, 210, 30));
    if (baseMap.isEmpty()) // others write what they write
        for (const QRectF& name : towns.boxes(where, layout.area, ui.language))
            board->avoid(name);
    layOutSpider();
    LayerContext context{{scene()}, layout.view, layout.area, *board, hits, layout.changesAt};
    for (SymbolLayer* each : byRoom)
        if (each->visible)
            each->layOut(context);
    // What is painted on top is hit first; a whole area only where nothing stands.
    std::vector<std::pair<int, std::size_t>> order;
    order.reserve(hits.size());
    for (std::size_t i = 0; i < hits.size(); ++i) {
        const auto at = std::find(ordered.begin(), ordered.end(), hits[i].layer);
        order.emplace_back(hits[i].layer == nullptr
                               ? -1
                               : static_cast<int>(at - ordered.begin()) + (hits[i].area.isEmpty() ? 0 : 1000),
                           i);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<MapHit> sorted;
    sorted.reserve(hits.size());
    for (const auto& [rank, i] : order)
        sorted.push_back(std::move(hits[i]));
    hits = std::move(sorted);
    if (moved || groundDirty) {
        layout.groundValid = false;
        groundDirty = false;
    }
}

std::vector<SymbolLayer*> MapView::Impl::covering() const {
    std::vector<SymbolLayer*> found;
    for (auto each = ordered.rbegin(); each != ordered.rend(); ++each)
        if ((*each)->visible && (*each)->hasGround())
            found.push_back(*each);
    return found;
}

void MapView::Impl::paintGroundOf(const std::vector<SymbolLayer*>& layers, QPainter& onto) {
    for (SymbolLayer* each : layers) {
        onto.setOpacity(each->opacity);
        each->paintGround(onto, ui.theme);
    }
    onto.setOpacity(1);
}

bool MapView::Impl::reserveGround() {
    const QSize pixels = (layout.area.size() * ratio()).toSize();
    if (layout.ground.size() == pixels)
        return false;
    layout.ground = QPixmap(pixels);
    layout.ground.fill(Qt::transparent);
    layout.groundValid = false;
    return true;
}

void MapView::Impl::makeGround(const std::vector<SymbolLayer*>& layers) {
    reserveGround();
    layout.ground.setDevicePixelRatio(ratio());
    layout.ground.fill(Qt::transparent);
    QPainter onto(&layout.ground);
    onto.translate(-layout.area.topLeft());
    paintGroundOf(layers, onto);
    layout.groundValid = true;
}

void MapView::Impl::paintGround(QPainter& painter, const Placing& to) {
    const auto layers = covering();
    if (layers.empty())
        return;
    if (isPaper(painter) || painter.device() != static_cast<QPaintDevice*>(&view)) {
        painter.save();
        painter.setTransform(to.transform(), true);
        paintGroundOf(layers, painter);
        painter.restore();
        return;
    }
    if (!layout.groundValid)
        makeGround(layers);
    const QPointF at = to(layout.area.topLeft());
    if (to.scale == 1)
        painter.drawPixmap(at, layout.ground);
    else
        painter.drawPixmap(QRectF(at, layout.area.size() * to.scale), layout.ground, QRectF(layout.ground.rect()));
}

void MapView::Impl::paintMap(QPainter& painter, const Placing& to) {
    painter.fillRect(now.rect(), ui.theme.colours().mapGround);
    for (TileLayer* ground : grounds())
        ground->paint(painter, now, isMoved());
    if (state().desk.exercise)
        paintWatermark(painter, now, ui.theme);
    paintGround(painter, to);
    for (auto each = ordered.rbegin(); each != ordered.rend(); ++each)
        if ((*each)->visible) {
            painter.setOpacity((*each)->opacity);
            (*each)->paint(painter, to, sprites);
        }
    painter.setOpacity(1);
    const bool shown = painter.device() == static_cast<QPaintDevice*>(&view);
    if (!board->paint(painter, to, to.view, isMoved() ? printsWhileMoved : shown ? printsAtRest : printsOfAll))
        view.update(); // the rest of the words with the next picture
    paintSpider(painter, to);
}

void MapView::Impl::paintLegends(QPainter& painter, double covered) {
    std::vector<ShadeLine> lines;
    if (heat.visible && heat.shown() > 0)
        lines.push_back({heat.title(), heat.shade(ui.theme, 0.15), heat.shade(ui.theme, 1),
                         QCoreApplication::translate("tocsin::gui::MapView", "few", "reports, on a density map"),
                         QCoreApplication::translate("tocsin::gui::MapView", "many", "reports, on a density map")});
    if (reach.visible && reach.isShown())
        for (std::size_t i = 0; i < reach.limits().size(); ++i) {
            const QColor shade = ReachLayer::shade(ui.theme, i, reach.limits().size());
            lines.push_back({i == 0 ? reach.title() : QString(), shade, shade,
                             ReachLayer::nameOf(reach.limits()[i]), {}});
        }
    paintLegend(painter, now, ui.theme, covered, lines);
}

void MapView::Impl::prepare() {
    QElapsedTimer took;
    took.start();
    sprites.use(ratio());
    prints.use(ratio());
    if (!groundNext)
        ensureLayout();
    const bool reserved = reserveGround(); // ahead of the first thing that covers an area, which may not come alone
    const auto layers = covering();
    const bool needed = !layout.groundValid && !layers.empty();
    const bool made = needed && groundNext && !reserved;
    if (made)
        makeGround(layers);
    groundNext = needed && !made;
    prepareTook += took.elapsed();
    if (groundNext)
        return repaint.start(0);
    prepared = true;
    view.update();
}

void MapView::Impl::paint(QPainter& painter, bool whole) {
    if (whole) {
        sincePaint.start();
        repaint.stop();
    }
    sprites.use(ratio());
    prints.use(ratio());
    // What has changed since it was prepared comes with the next picture, and with the next whole one if this is a part.
    if ((whole && !prepared) || isMoved() || !layout.valid || !same(layout.view, now))
        ensureLayout();
    if (whole)
        prepared = groundNext = false;
    const Palette& palette = ui.theme.colours();
    paintMap(painter, placing());
    if (const MapHit* hit = keyboardHit(); hit != nullptr && view.hasFocus()) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setBrush(Qt::NoBrush);
        const QRectF ring = squareAbout(screenOf(*hit), std::max(50.0, hit->box.width() + 14));
        painter.setPen(QPen(palette.mapGround, 4));
        painter.drawRoundedRect(ring, 6, 6);
        painter.setPen(QPen(palette.text, 1.5, Qt::DotLine));
        painter.drawRoundedRect(ring, 6, 6);
        painter.restore();
    }
    if (tool != nullptr) {
        painter.save();
        tool->paint(painter, view);
        painter.restore();
    }
    const double covered = foot && foot->isVisible() ? foot->height() + margin : 0;
    paintScaleBar(painter, now, ui.theme, covered);
    paintLegends(painter, covered);
    if (const QString sources = attribution(); !sources.isEmpty())
        paintAttribution(painter, now, ui.theme, covered, sources);
    const map::MapStatus& status = grounds().front()->status();
    if (status.kind == map::MapStatus::Kind::broken)
        paintNotice(painter, now, ui.theme,
                    QCoreApplication::translate("tocsin::gui::MapView", "The base map cannot be drawn"),
                    Words::sentence(status.message), covered);
    else if (status.kind == map::MapStatus::Kind::missing && baseMap.isEmpty())
        paintNotice(painter, now, ui.theme, QCoreApplication::translate("tocsin::gui::MapView", "No base map yet"),
                    QCoreApplication::translate("tocsin::gui::MapView",
                                                "Import one with: tocsin import osm FILE. The desk works without it."),
                    covered);
    if (view.hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette.accent, 1));
        painter.drawRect(QRectF(view.rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
    if (whole)
        paintTook = sincePaint.elapsed() + std::exchange(prepareTook, 0);
    if (dirty)
        changed();
}

void MapView::Impl::paintInto(QPainter& painter, const QRectF& onto, bool furniture) {
    if (now.size.isEmpty() || onto.isEmpty())
        return;
    const double scale = std::min(onto.width() / now.size.width(), onto.height() / now.size.height());
    const double before = ratio();
    if (!isPaper(painter)) { // as sharp as the picture is; words are not drawn smaller than they were measured
        const double sharp = std::clamp(scale * painter.device()->devicePixelRatioF(), 1.0, 8.0);
        sprites.use(sharp);
        prints.use(sharp);
    }
    if (dirty || !layout.valid || !same(layout.view, now))
        layOut(now);
    painter.save();
    painter.translate(onto.center());
    painter.scale(scale, scale);
    painter.translate(-now.size.width() / 2, -now.size.height() / 2);
    painter.setClipRect(now.rect());
    paintMap(painter, placing());
    if (furniture) {
        paintScaleBar(painter, now, ui.theme, 0);
        paintLegends(painter, 0);
        if (const QString sources = attribution(); !sources.isEmpty())
            paintAttribution(painter, now, ui.theme, 0, sources);
    }
    painter.restore();
    sprites.use(before);
    prints.use(before);
}

} // namespace tocsin::gui
