#include "gui/map/map_view_impl.hpp"
#include "gui/map/overlay.hpp"

#include <QCoreApplication>
#include <QLineF>
#include <QPainter>
#include <algorithm>

namespace tocsin::gui {
namespace {
constexpr int margin = 16;
} // namespace

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
    LayerContext context{now, ui, state(), sensorsNow(), time(), *board, hits};
    for (SymbolLayer* layer : byRoom)
        if (layer->visible)
            layer->layOut(context);
    for (MapHit& hit : hits)
        if (hit.area.isEmpty())
            hit.rank = 99;
}

void MapView::Impl::paintMap(QPainter& painter) {
    painter.fillRect(now.rect(), ui.theme.colours().mapGround);
    for (TileLayer* ground : grounds())
        ground->paint(painter, now);
    layOut();
    if (state().desk.exercise)
        paintWatermark(painter, now, ui.theme);
    const LayerContext context{now, ui, state(), sensorsNow(), time(), *board, hits};
    for (auto each = ordered.rbegin(); each != ordered.rend(); ++each)
        if ((*each)->visible) {
            painter.setOpacity((*each)->opacity);
            (*each)->paint(painter, context);
        }
    painter.setOpacity(1);
    board->paint(painter);
}

void MapView::Impl::paint(QPainter& painter) {
    const Palette& palette = ui.theme.colours();
    paintMap(painter);
    if (keyboardAt && view.hasFocus())
        for (const MapHit& hit : hits)
            if (hit.what == *keyboardAt && QLineF(hit.centre, keyboardPoint).length() < 60) {
                painter.setRenderHint(QPainter::Antialiasing);
                painter.setBrush(Qt::NoBrush);
                painter.setPen(QPen(palette.text, 1.5, Qt::DotLine));
                painter.drawRoundedRect(squareAbout(hit.centre, 50), 6, 6);
                break;
            }
    if (tool != nullptr) {
        painter.save();
        tool->paint(painter, view);
        painter.restore();
    }
    const double covered = foot && foot->isVisible() ? foot->height() + margin : 0;
    paintScaleBar(painter, now, ui.theme, covered);
    if (const QString sources = attribution(); !sources.isEmpty())
        paintAttribution(painter, now, ui.theme, covered, sources);
    const map::MapStatus& status = grounds().front()->status();
    if (status.kind == map::MapStatus::Kind::broken)
        paintNotice(painter, now, ui.theme,
                    QCoreApplication::translate("tocsin::gui::MapView", "The base map cannot be drawn"),
                    QString::fromStdString(status.message), covered);
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
}

void MapView::Impl::paintInto(QPainter& painter, const QRectF& onto, bool furniture) {
    if (now.size.isEmpty() || onto.isEmpty())
        return;
    painter.save();
    const double scale = std::min(onto.width() / now.size.width(), onto.height() / now.size.height());
    painter.translate(onto.center());
    painter.scale(scale, scale);
    painter.translate(-now.size.width() / 2, -now.size.height() / 2);
    painter.setClipRect(now.rect());
    paintMap(painter);
    if (furniture) {
        paintScaleBar(painter, now, ui.theme, 0);
        if (const QString sources = attribution(); !sources.isEmpty())
            paintAttribution(painter, now, ui.theme, 0, sources);
    }
    painter.restore();
}

} // namespace tocsin::gui
