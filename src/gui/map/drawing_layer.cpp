#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QLineF>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr double signsApart = 130; ///< pixels between closure signs along a barred line

QString kindWord(model::DrawingKind kind) {
    switch (kind) {
    case model::DrawingKind::area:
        return QCoreApplication::translate("tocsin::gui::MapView", "Area", "drawing");
    case model::DrawingKind::closure:
        return QCoreApplication::translate("tocsin::gui::MapView", "Closure", "drawing");
    case model::DrawingKind::pin:
        break;
    }
    return QCoreApplication::translate("tocsin::gui::MapView", "Pin", "drawing");
}

QPolygonF pixelsOf(const model::Line& line, const Viewport& view) {
    QPolygonF points;
    for (const model::Position& p : line) {
        const QPointF at = view.toScreen(p);
        points << QPointF(std::clamp(at.x(), -2e5, 2e5), std::clamp(at.y(), -2e5, 2e5));
    }
    return points;
}

} // namespace

DrawingLayer::DrawingLayer() : SymbolLayer(QStringLiteral("drawings"), QStringLiteral("edit")) {}
QString DrawingLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Drawings and closures");
}

std::vector<LayerInfo::Word> DrawingLayer::kinds() const {
    return {{QStringLiteral("area"), kindWord(model::DrawingKind::area)},
            {QStringLiteral("closure"), kindWord(model::DrawingKind::closure)},
            {QStringLiteral("pin"), kindWord(model::DrawingKind::pin)}};
}

void DrawingLayer::layOut(LayerContext& context) {
    m_shapes.clear();
    m_signs.clear();
    m_all = m_shown = 0;
    for (const auto& [id, drawing] : context.state.drawings) {
        if (drawing.until)
            context.changes(*drawing.until);
        if (!model::holds(drawing, context.now) || drawing.line.empty())
            continue;
        ++m_all;
        if (!context.isSelected(id) &&
            !passes({static_cast<int>(drawing.kind), 0, std::nullopt, drawing.drawnAt}, context.now))
            continue;
        const QString name = Words::shortened(Words::local(drawing.name, context.ui.language), 34);
        if (drawing.line.size() > 1) {
            addArea(context, drawing, name);
        } else if (const QPointF at = context.view.toScreen(drawing.line.front()); context.sees(at, 30)) {
            m_shown += context.view.rect().contains(at) ? 1 : 0;
            addSign(context, drawing, at, name);
        }
    }
}

void DrawingLayer::addSign(LayerContext& context, const model::Drawing& drawing, const QPointF& at,
                           const QString& name) {
    const bool closed = drawing.kind == model::DrawingKind::closure;
    Sign sign;
    sign.at = at;
    sign.look.form = closed ? SymbolLook::Form::closure : SymbolLook::Form::pin;
    sign.look.edge = closed ? 22 : 24;
    sign.look.glyph = closed ? QStringLiteral("closure") : QStringLiteral("pin");
    sign.look.selected = context.isSelected(drawing.id);
    m_signs.push_back(sign);
    const QRectF box = squareAbout(at, 26);
    context.board.reserve(box);
    MapHit hit;
    hit.box = box;
    if (!name.isEmpty()) {
        Label label;
        label.text = name;
        label.font = closed ? Theme::Text::bodyBold : Theme::Text::body;
        label.must = sign.look.selected || (closed && context.view.zoom > 12.4);
        hit.label = context.board.place(at, box, label).value_or(QRectF());
    }
    hit.centre = hit.home = at;
    hit.what = drawing.id;
    hit.rank = closed ? 5 : 7;
    hit.layer = this;
    context.hits.push_back(std::move(hit));
}

void DrawingLayer::addArea(LayerContext& context, const model::Drawing& drawing, const QString& name) {
    Shape shape;
    shape.points = pixelsOf(drawing.line, context.view);
    shape.ring = model::isRing(drawing.line);
    shape.bars = drawing.kind == model::DrawingKind::closure;
    shape.selected = context.isSelected(drawing.id);
    QPainterPath path;
    path.addPolygon(shape.points);
    const QRectF bounds = shape.points.boundingRect().adjusted(-4, -4, 4, 4);
    if (!bounds.intersects(context.area))
        return;
    m_shown += bounds.intersects(context.view.rect()) ? 1 : 0;
    MapHit hit;
    if (shape.ring) {
        if (!path.contains(context.view.rect()))
            hit.area = path;
    } else {
        QPainterPathStroker wide;
        wide.setWidth(14);
        hit.area = wide.createStroke(path);
    }
    const QRectF inView = bounds.intersected(context.view.rect());
    hit.centre = hit.home = inView.isValid() ? inView.center() : bounds.center();
    hit.what = drawing.id;
    hit.rank = shape.bars ? 5 : 7;
    hit.layer = this;
    bool named = name.isEmpty();
    if (shape.bars) {
        // A sign in the middle of the barred line, and further ones as far apart as they are easy to see.
        double length = 0;
        for (qsizetype i = 1; i < shape.points.size(); ++i)
            length += QLineF(shape.points[i - 1], shape.points[i]).length();
        const int signs = std::clamp(static_cast<int>(length / signsApart), 1, 40);
        double next = length / (2 * signs);
        double gone = 0;
        for (qsizetype i = 1; i < shape.points.size() && static_cast<int>(m_signs.size()) < 4000; ++i) {
            const QLineF piece(shape.points[i - 1], shape.points[i]);
            while (piece.length() > 0 && next <= gone + piece.length()) {
                const QPointF at = piece.pointAt((next - gone) / piece.length());
                next += length / signs;
                if (!context.sees(at, 20))
                    continue;
                addSign(context, drawing, at, named ? QString() : name);
                named = named || context.view.rect().contains(at);
            }
            gone += piece.length();
        }
    }
    if (!named && inView.isValid()) {
        Label label;
        label.text = name;
        label.font = Theme::Text::body;
        label.must = shape.selected;
        std::vector<QPointF> places;
        for (const double y : {0.5, 0.3, 0.7, 0.15, 0.85})
            for (const double x : {0.5, 0.3, 0.7})
                if (const QPointF at(inView.left() + inView.width() * x, inView.top() + inView.height() * y);
                    !shape.ring || path.contains(at))
                    places.push_back(at);
        hit.label = context.board.placeAt(places, label).value_or(QRectF());
    }
    context.hits.push_back(std::move(hit));
    m_shapes.push_back(std::move(shape));
}

void DrawingLayer::paintGround(QPainter& painter, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = theme.colours();
    for (const Shape& shape : m_shapes) {
        if (shape.ring) {
            QColor wash = palette.text;
            wash.setAlpha(shape.bars ? 34 : 20);
            painter.setPen(Qt::NoPen);
            painter.setBrush(wash);
            painter.drawPolygon(shape.points);
        }
        painter.setBrush(Qt::NoBrush);
        const auto stroke = [&](const QPen& pen) {
            painter.setPen(pen);
            painter.drawPolyline(shape.points);
        };
        if (shape.selected) {
            QColor glow = palette.accent;
            glow.setAlpha(130);
            stroke(QPen(glow, 13, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        if (shape.bars) { // a barrier's own look: red and white bars, known by the pattern and not by the red
            stroke(QPen(QColor(0x1a, 0x10, 0x10), 9, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            stroke(QPen(QColor(0xf6, 0xf4, 0xf0), 6, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
            QPen bars(QColor(0xa5, 0x2a, 0x3a), 6, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
            bars.setDashPattern({1.5, 1.5});
            stroke(bars);
        } else {
            stroke(QPen(palette.mapGround, 5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            QPen line(palette.text, 2, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
            line.setDashPattern({5, 2, 1, 2});
            stroke(line);
        }
    }
    painter.restore();
}

void DrawingLayer::paint(QPainter& painter, const Placing& placing, Sprites& sprites) {
    for (const Sign& sign : m_signs)
        if (const QPointF at = placing(sign.at); placing.view.adjusted(-30, -30, 30, 30).contains(at))
            sprites.draw(painter, at, sign.look);
}

QString DrawingLayer::tip(const MapScene& scene, const MapHit& hit) const {
    const auto* id = std::get_if<model::DrawingId>(&hit.what);
    const auto found = id != nullptr ? scene.state.drawings.find(*id) : scene.state.drawings.end();
    if (found == scene.state.drawings.end())
        return {};
    const model::Drawing& drawing = found->second;
    QString tip = kindWord(drawing.kind);
    if (const QString name = Words::local(drawing.name, scene.language()); !name.isEmpty())
        tip += QStringLiteral(" · ") + name;
    if (!drawing.note.empty())
        tip += QLatin1Char('\n') + Words::shortened(Words::plain(drawing.note), 120);
    tip += QLatin1Char('\n') + Words::plain(drawing.by) + QStringLiteral(" · ") + Words::hourMinute(drawing.drawnAt);
    if (drawing.until)
        tip += QStringLiteral(" · ") +
               QCoreApplication::translate("tocsin::gui::MapView", "until %1")
                   .arg(Words::moment(*drawing.until, scene.now, scene.language()));
    return tip;
}

} // namespace tocsin::gui
