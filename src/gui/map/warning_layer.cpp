#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <QPixmapCache>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
constexpr base::Duration fadesOver = 1h;
constexpr int patternEdge = 12;

/// A wash with lines in the warning's colour, sharp on the device. Each grade has its own lines, so that it is known
/// without its colour: I crossed, II rising, III falling and wide apart, IV level.
QBrush hatch(const QColor& colour, model::Grade grade, double ratio) {
    const QString key = QStringLiteral("tocsin-hatch/%1/%2/%3")
                            .arg(colour.rgba(), 0, 16)
                            .arg(static_cast<int>(grade))
                            .arg(ratio);
    QPixmap tile;
    if (!QPixmapCache::find(key, &tile)) {
        const int edge = static_cast<int>(std::lround(patternEdge * ratio));
        tile = QPixmap(edge, edge);
        QColor wash = colour;
        wash.setAlpha(22);
        tile.fill(wash);
        QPainter painter(&tile);
        painter.scale(edge / double(patternEdge), edge / double(patternEdge));
        painter.setRenderHint(QPainter::Antialiasing);
        QColor line = colour;
        line.setAlpha(150);
        painter.setPen(QPen(line, grade == model::Grade::III ? 1.2 : 1.6));
        constexpr double e = patternEdge;
        for (const double from : {-e, 0.0, e}) {
            if (grade == model::Grade::I || grade == model::Grade::II)
                painter.drawLine(QPointF(from - 2, e + 2), QPointF(from + e + 2, -2));
            if (grade == model::Grade::I || grade == model::Grade::III)
                painter.drawLine(QPointF(from - 2, -2), QPointF(from + e + 2, e + 2));
        }
        if (grade == model::Grade::IV)
            painter.drawLine(QPointF(-1, e / 2), QPointF(e + 1, e / 2));
        painter.end();
        tile.setDevicePixelRatio(ratio);
        QPixmapCache::insert(key, tile);
    }
    return QBrush(tile);
}

/// The same lines one by one, for devices that keep lines as lines.
void hatchOnPaper(QPainter& painter, const QPainterPath& shape, const QColor& colour, model::Grade grade) {
    painter.save();
    QColor wash = colour;
    wash.setAlpha(22);
    painter.fillPath(shape, wash);
    const QRectF seen = painter.hasClipping() ? painter.clipBoundingRect() : shape.boundingRect();
    const QRectF box = shape.boundingRect().intersected(seen);
    painter.setClipPath(shape, Qt::IntersectClip);
    QColor line = colour;
    line.setAlpha(150);
    painter.setPen(QPen(line, grade == model::Grade::III ? 1.2 : 1.6));
    const double h = box.height();
    if (grade == model::Grade::IV)
        for (double y = box.top(); y < box.bottom(); y += patternEdge)
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    else
        for (double x = box.left() - h; x < box.right() + h; x += patternEdge) {
            if (grade != model::Grade::III)
                painter.drawLine(QPointF(x, box.bottom()), QPointF(x + h, box.top()));
            if (grade != model::Grade::II)
                painter.drawLine(QPointF(x, box.top()), QPointF(x + h, box.bottom()));
        }
    painter.restore();
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

/// Points of a shape's part in view at which its label may stand: inside it, near the lower edge first, as on paper
/// maps. Where only a sliver is in view, the point of the sliver that is best to see.
std::vector<QPointF> labelPlaces(const QPainterPath& shape, const QRectF& box) {
    std::vector<QPointF> places;
    for (const double y : {0.93, 0.8, 0.65, 0.5, 0.35, 0.2, 0.07})
        for (const double x : {0.5, 0.35, 0.65, 0.2, 0.8, 0.08, 0.92}) {
            const QPointF at(box.left() + box.width() * x, box.top() + box.height() * y);
            if (shape.contains(at))
                places.push_back(at);
        }
    if (places.empty()) {
        QPainterPath seen;
        seen.addRect(box);
        seen = seen.intersected(shape);
        if (!seen.isEmpty())
            places.push_back(seen.boundingRect().center());
    }
    return places;
}

/// On the screen, where y grows downwards.
bool isClockwise(const QPolygonF& ring) {
    double twice = 0;
    for (qsizetype i = 0; i < ring.size(); ++i) {
        const QPointF& a = ring[i];
        const QPointF& b = ring[(i + 1) % ring.size()];
        twice += a.x() * b.y() - b.x() * a.y();
    }
    return twice >= 0;
}

QPainterPath shapeOf(const model::WarningInfo& info, const Viewport& view) {
    QPainterPath path;
    const auto near = [](double v) { return std::clamp(v, -2e5, 2e5); }; // what is far out must not overflow
    for (const model::WarningArea& area : info.areas) {
        for (const model::Line& ring : area.polygons) {
            QPolygonF polygon;
            for (const model::Position& p : ring) {
                const QPointF at = view.toScreen(p);
                const QPointF kept(near(at.x()), near(at.y()));
                if (polygon.size() < 3 || (polygon.back() - kept).manhattanLength() > 0.7)
                    polygon << kept;
            }
            if (!isClockwise(polygon)) // as circles are: what overlaps is filled once, and nothing cancels out
                std::reverse(polygon.begin(), polygon.end());
            path.addPolygon(polygon);
            path.closeSubpath();
        }
        for (const model::Circle& circle : area.circles) {
            const double pixels =
                circle.radiusKm * 1000 / map::metresPerWorld(circle.centre.latitude()) * view.worldPixels();
            path.addEllipse(view.toScreen(circle.centre), std::clamp(pixels, 6.0, 2e5), std::clamp(pixels, 6.0, 2e5));
        }
    }
    path.setFillRule(Qt::WindingFill);
    return path;
}

} // namespace

WarningLayer::WarningLayer() : SymbolLayer(QStringLiteral("warnings"), QStringLiteral("warning")) {}
QString WarningLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Warnings");
}

void WarningLayer::layOut(LayerContext& context) {
    m_shapes.clear();
    m_all = m_shown = 0;
    const std::string language = context.ui.language.toStdString();
    const QRectF inner = context.view.rect().adjusted(16, 16, -16, -40);
    for (const auto& [id, warning] : context.state.warnings) {
        if (warning.state != model::WarningState::inForce || (warning.expires && *warning.expires <= context.now))
            continue;
        ++m_all;
        const bool selected = context.isSelected(id);
        if (!selected && !passes({0, 0, warning.colour, warning.receivedAt}, context.now))
            continue;
        const model::WarningInfo* info = model::infoFor(warning, language);
        if (info == nullptr)
            continue;
        Shape shape;
        shape.path = shapeOf(*info, context.view);
        shape.grade = warning.colour;
        shape.selected = selected;
        if (shape.path.isEmpty() || !shape.path.intersects(context.area))
            continue;
        if (warning.expires) {
            const base::Duration left = *warning.expires - context.now;
            shape.strength = left >= fadesOver ? 1.0 : 0.3 + 0.7 * (double(left.count()) / double(fadesOver.count()));
            context.changes(left > fadesOver ? *warning.expires - fadesOver : context.now + std::min(left, base::Duration(1min)));
        }
        const QRectF inView = shape.path.boundingRect().intersected(inner);
        MapHit hit;
        hit.what = id;
        hit.rank = 1 + static_cast<int>(warning.colour);
        hit.layer = this;
        if (inView.isValid() && shape.path.intersects(inner)) {
            ++m_shown;
            Label label;
            label.text = Words::shortened(labelOf(warning, *info, context), 48);
            label.font = Theme::Text::bodyBold;
            label.must = selected || (warning.colour <= model::Grade::II && context.view.zoom > 11.4);
            hit.label = context.board.placeAt(labelPlaces(shape.path, inView), label).value_or(QRectF());
        }
        // A shape as wide as the view would catch every click: then only its label can be pointed at.
        if (!shape.path.contains(context.view.rect()))
            hit.area = shape.path;
        hit.centre = hit.home = inView.isValid() ? inView.center() : shape.path.boundingRect().center();
        context.hits.push_back(hit);
        m_shapes.push_back(std::move(shape));
    }
}

void WarningLayer::paintGround(QPainter& painter, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double ratio = painter.device()->devicePixelRatioF();
    const double before = painter.opacity();
    // Of one grade all areas are one: where a hundred warnings lie on each other the map is still seen.
    for (const model::Grade grade : {model::Grade::IV, model::Grade::III, model::Grade::II, model::Grade::I}) {
        QPainterPath all;
        all.setFillRule(Qt::WindingFill);
        double strength = 0;
        for (const Shape& shape : m_shapes) {
            if (shape.grade != grade)
                continue;
            all.addPath(shape.path);
            strength = std::max(strength, shape.strength);
        }
        if (all.isEmpty())
            continue;
        painter.setOpacity(before * strength);
        // The pattern moves with the map, not the map under the pattern.
        const QPainterPath::Element first = all.elementAt(0);
        painter.setBrushOrigin(QPointF(std::fmod(first.x, patternEdge), std::fmod(first.y, patternEdge)));
        if (isPaper(painter))
            hatchOnPaper(painter, all, theme.grade(grade), grade);
        else
            painter.fillPath(all, hatch(theme.grade(grade), grade, ratio));
    }
    for (const Shape& shape : m_shapes) {
        painter.setOpacity(before * shape.strength);
        if (shape.selected) {
            QColor glow = theme.colours().accent;
            glow.setAlpha(110);
            painter.strokePath(shape.path, QPen(glow, 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        }
        QPen line(theme.grade(shape.grade), 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
        if (shape.strength < 1)
            line.setDashPattern({4, 2}); // it is about to end
        painter.strokePath(shape.path, line);
    }
    painter.restore();
}

QString WarningLayer::tip(const MapScene& scene, const MapHit& hit) const {
    const auto* id = std::get_if<model::WarningId>(&hit.what);
    const auto found = id != nullptr ? scene.state.warnings.find(*id) : scene.state.warnings.end();
    if (found == scene.state.warnings.end())
        return {};
    const model::WarningInfo* info = model::infoFor(found->second, scene.language().toStdString());
    QString tip = info == nullptr ? QString() : Words::plain(info->headline.empty() ? info->event : info->headline);
    tip += QLatin1Char('\n') + Words::severity(found->second.colour);
    if (found->second.expires)
        tip += QStringLiteral(" · ") +
               QCoreApplication::translate("tocsin::gui::MapView", "until %1")
                   .arg(Words::moment(*found->second.expires, scene.now, scene.language()));
    return tip;
}

} // namespace tocsin::gui
