#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QPixmapCache>
#include <cmath>

namespace tocsin::gui {
namespace {

/// Diagonal lines in the warning's colour, sharp on the device.
QBrush hatch(const QColor& colour, double ratio) {
    const QString key = QStringLiteral("tocsin-hatch/%1/%2").arg(colour.rgba(), 0, 16).arg(ratio);
    QPixmap tile;
    if (!QPixmapCache::find(key, &tile)) {
        constexpr int edge = 11;
        tile = QPixmap(static_cast<int>(std::lround(edge * ratio)), static_cast<int>(std::lround(edge * ratio)));
        tile.fill(Qt::transparent);
        QPainter painter(&tile);
        painter.scale(tile.width() / double(edge), tile.height() / double(edge));
        painter.setRenderHint(QPainter::Antialiasing);
        QColor line = colour;
        line.setAlpha(150);
        painter.setPen(QPen(line, 1.6));
        for (const int from : {-edge, 0, edge})
            painter.drawLine(QPointF(from - 2, edge + 2), QPointF(from + edge + 2, -2));
        painter.end();
        tile.setDevicePixelRatio(ratio);
        QPixmapCache::insert(key, tile);
    }
    return QBrush(tile);
}

QString labelOf(const model::Warning& warning, const model::WarningInfo& info, const LayerContext& context) {
    const QString event = Words::plain(info.event.empty() ? info.headline : info.event);
    const bool says = event.contains(QLatin1String("warning"), Qt::CaseInsensitive) ||
                      event.contains(QLatin1String("alert"), Qt::CaseInsensitive) ||
                      event.contains(QStringLiteral("预警"));
    const QString what =
        says ? QCoreApplication::translate("tocsin::gui::MapView", "%1 %2",
                                           "a warning's event, which says that it is one; its grade I to IV")
                   .arg(event, Words::numeral(warning.colour))
             : QCoreApplication::translate("tocsin::gui::MapView", "%1 warning %2",
                                           "a warning's event; its grade I to IV")
                   .arg(event, Words::numeral(warning.colour));
    if (!warning.expires)
        return what;
    return QCoreApplication::translate("tocsin::gui::MapView", "%1 · until %2")
        .arg(what, Words::moment(*warning.expires, context.now, context.ui.language));
}

/// Points of a shape's inView part at which its label may stand: near the lower edge first, as on paper maps.
std::vector<QPointF> labelPlaces(const QRectF& box) {
    std::vector<QPointF> places;
    for (const double y : {0.93, 0.8, 0.5, 0.25, 0.07})
        for (const double x : {0.5, 0.35, 0.65})
            places.emplace_back(box.left() + box.width() * x, box.top() + box.height() * y);
    return places;
}

} // namespace

WarningLayer::WarningLayer() : SymbolLayer(QStringLiteral("warnings")) {}
QString WarningLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Warnings");
}

void WarningLayer::layOut(LayerContext& context) {
    m_shapes.clear();
    const std::string language = context.ui.language.toStdString();
    for (const auto& [id, warning] : context.state.warnings) {
        if (warning.state != model::WarningState::inForce || (warning.expires && *warning.expires <= context.now))
            continue;
        const model::WarningInfo* info = model::infoFor(warning, language);
        if (info == nullptr)
            continue;
        Shape shape;
        shape.grade = warning.colour;
        shape.selected = context.isSelected(id);
        for (const model::WarningArea& area : info->areas) {
            for (const model::Line& ring : area.polygons) {
                QPolygonF polygon;
                polygon.reserve(static_cast<qsizetype>(ring.size()));
                for (const model::Position& p : ring)
                    polygon << context.view.toScreen(p);
                shape.path.addPolygon(polygon);
                shape.path.closeSubpath();
            }
            for (const model::Circle& circle : area.circles) {
                const double pixels =
                    circle.radiusKm * 1000 / map::metresPerWorld(circle.centre.latitude()) * context.view.worldPixels();
                shape.path.addEllipse(context.view.toScreen(circle.centre), std::max(pixels, 6.0),
                                      std::max(pixels, 6.0));
            }
        }
        const QRectF inView = shape.path.boundingRect().intersected(context.view.rect().adjusted(16, 16, -16, -40));
        if (shape.path.isEmpty() || !inView.isValid() || !shape.path.intersects(context.view.rect()))
            continue;
        shape.path.setFillRule(Qt::WindingFill);
        LabelBoard::Label label;
        label.text = Words::shortened(labelOf(warning, *info, context), 48);
        label.font = Theme::Text::bodyBold;
        label.must = shape.selected || (warning.colour <= model::Grade::II && context.view.zoom > 11.4);
        const auto at = context.board.placeAt(labelPlaces(inView), label);
        MapHit hit;
        hit.what = id;
        hit.rank = 1 + static_cast<int>(warning.colour);
        hit.tip = Words::plain(info->headline.empty() ? info->event : info->headline);
        // A shape as wide as the view would catch every click: then only its label can be pointed at.
        if (!shape.path.contains(context.view.rect()))
            hit.area = shape.path;
        if (at)
            hit.area.addRect(*at);
        hit.centre = inView.center();
        context.hits.push_back(hit);
        m_shapes.push_back(std::move(shape));
    }
}

void WarningLayer::paint(QPainter& painter, const LayerContext& context) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double ratio = painter.device()->devicePixelRatioF();
    for (const Shape& shape : m_shapes) {
        const QColor colour = context.theme().grade(shape.grade);
        QColor wash = colour;
        wash.setAlpha(22);
        painter.fillPath(shape.path, wash);
        // The pattern moves with the map, not the map under the pattern.
        const QPainterPath::Element first = shape.path.elementAt(0);
        painter.setBrushOrigin(QPointF(std::fmod(first.x, 11), std::fmod(first.y, 11)));
        painter.fillPath(shape.path, hatch(colour, ratio));
        if (shape.selected) {
            QColor glow = context.theme().colours().accent;
            glow.setAlpha(110);
            painter.strokePath(shape.path, QPen(glow, 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        painter.strokePath(shape.path, QPen(colour, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    }
    painter.restore();
}

} // namespace tocsin::gui
