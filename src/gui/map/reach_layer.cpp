#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {

ReachLayer::ReachLayer() : SymbolLayer(QStringLiteral("reach"), QStringLiteral("clock")) {}
QString ReachLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Travel time");
}

QString ReachLayer::nameOf(base::Seconds limit) {
    return Words::eta(limit);
}

QColor ReachLayer::shade(const Theme& theme, std::size_t band, std::size_t of) {
    // From strong to faint in the accent's hue: it is our own teams that come, and severity keeps its colours.
    const double part = of > 1 ? double(band) / double(of - 1) : 0;
    QColor colour = theme.colours().accent;
    const bool dark = theme.look() == Theme::Look::dark;
    const float lightness = dark ? static_cast<float>(0.78 - 0.46 * part) : static_cast<float>(0.24 + 0.46 * part);
    colour.setHslF(colour.hslHueF(), static_cast<float>(0.75 - 0.35 * part), lightness);
    return colour;
}

void ReachLayer::setReach(DeskBridge::Reached reached, std::vector<base::Seconds> limits) {
    m_reached = std::move(reached);
    m_limits = std::move(limits);
    std::erase_if(m_limits, [](base::Seconds limit) { return !(limit.value > 0) || !std::isfinite(limit.value); });
    std::sort(m_limits.begin(), m_limits.end(), [](base::Seconds a, base::Seconds b) { return a.value < b.value; });
    m_pieces.clear();
    m_all = 0;
    if (!isShown())
        return;
    const auto bandOf = [this](double seconds) {
        return static_cast<std::size_t>(std::find_if(m_limits.begin(), m_limits.end(),
                                                     [&](base::Seconds limit) { return seconds <= limit.value; }) -
                                        m_limits.begin());
    };
    for (const route::ReachedRoad& road : *m_reached) {
        if (road.line.size() < 2)
            continue;
        std::vector<map::WorldPoint> points;
        std::vector<double> along{0};
        for (const model::Position& p : road.line) {
            points.push_back(map::toWorld(p));
            if (points.size() > 1)
                along.push_back(along.back() + std::hypot(points.back().x - points[points.size() - 2].x,
                                                          points.back().y - points[points.size() - 2].y));
        }
        const auto secondsAt = [&](double far) {
            return road.atStart.value + (road.atEnd.value - road.atStart.value) * far / std::max(along.back(), 1e-18);
        };
        // Cut where the time passes a limit.
        std::vector<double> cuts;
        for (const base::Seconds limit : m_limits) {
            const double span = road.atEnd.value - road.atStart.value;
            const double f = span != 0 ? (limit.value - road.atStart.value) / span : -1;
            if (f > 0 && f < 1)
                cuts.push_back(f * along.back());
        }
        std::sort(cuts.begin(), cuts.end());
        cuts.push_back(along.back());
        double from = 0;
        for (const double to : cuts) {
            Piece piece;
            piece.band = bandOf(secondsAt((from + to) / 2));
            const auto pointAt = [&](double far) {
                std::size_t i = 1;
                while (i + 1 < along.size() && along[i] < far)
                    ++i;
                const double span = along[i] - along[i - 1];
                const double f = span > 0 ? std::clamp((far - along[i - 1]) / span, 0.0, 1.0) : 0;
                return map::WorldPoint{points[i - 1].x + (points[i].x - points[i - 1].x) * f,
                                       points[i - 1].y + (points[i].y - points[i - 1].y) * f};
            };
            piece.points.push_back(pointAt(from));
            for (std::size_t i = 0; i < points.size(); ++i)
                if (along[i] > from && along[i] < to)
                    piece.points.push_back(points[i]);
            piece.points.push_back(pointAt(to));
            from = to;
            if (piece.band < m_limits.size())
                m_pieces.push_back(std::move(piece));
        }
        ++m_all;
    }
}

void ReachLayer::layOut(LayerContext& context) {
    m_bands.clear();
    m_shown = 0;
    if (!isShown())
        return;
    // As wide as the land along a road: about 120 metres, never hairlines nor slabs.
    m_width = std::clamp(240 / std::max(context.view.metresPerPixel(), 0.01), 9.0, 46.0);
    m_area = context.area;
    std::vector<QPainterPath> paths(m_limits.size());
    std::vector<QPointF> farthest(m_limits.size());
    std::vector<double> far(m_limits.size(), -1);
    const QRectF inner = context.view.rect().adjusted(60, 60, -60, -60);
    const QPointF middle = inner.center();
    for (const Piece& piece : m_pieces) {
        QPolygonF points;
        for (const map::WorldPoint& p : piece.points) {
            const QPointF at = context.view.toScreen(p);
            if (points.isEmpty() || (points.back() - at).manhattanLength() > 1.5)
                points << at;
        }
        if (points.size() < 2 || !points.boundingRect().adjusted(-50, -50, 50, 50).intersects(m_area))
            continue;
        ++m_shown;
        paths[piece.band].addPolygon(points);
        const QPointF end = points.back();
        if (const double d = std::hypot(end.x() - middle.x(), end.y() - middle.y());
            inner.contains(end) && d > far[piece.band]) {
            far[piece.band] = d;
            farthest[piece.band] = end;
        }
    }
    for (std::size_t band = m_limits.size(); band-- > 0;) {
        if (paths[band].isEmpty())
            continue;
        m_bands.push_back({std::move(paths[band]), band});
        if (far[band] < 0)
            continue;
        Label label;
        label.text = nameOf(m_limits[band]);
        label.pill = true;
        label.border = shade(context.theme(), band, m_limits.size());
        std::vector<QPointF> places{farthest[band]};
        for (const double aside : {24.0, -24.0, 48.0, -48.0})
            places.push_back(farthest[band] + QPointF(0, aside));
        static_cast<void>(context.board.placeAt(places, label));
    }
}

void ReachLayer::paintGround(QPainter& painter, const Theme& theme) {
    // Drawn apart and laid on at once, so that crossings are no darker than the rest. At half the pixels: it is a
    // shade, not a line.
    constexpr double scale = 0.5;
    QImage shade((m_area.size() * scale).toSize() + QSize(1, 1), QImage::Format_ARGB32_Premultiplied);
    shade.fill(Qt::transparent);
    QPainter onto(&shade);
    onto.setRenderHint(QPainter::Antialiasing);
    onto.scale(scale, scale);
    onto.translate(-m_area.topLeft());
    for (const bool edge : {true, false}) // an outline first, so that bands end visibly
        for (const Band& band : m_bands) {
            QColor colour = ReachLayer::shade(theme, band.band, m_limits.size());
            if (edge)
                colour = theme.look() == Theme::Look::dark ? colour.lighter(130) : colour.darker(130);
            onto.strokePath(band.path, QPen(colour, m_width + (edge ? 4 : 0), Qt::SolidLine, Qt::RoundCap,
                                            Qt::RoundJoin));
        }
    onto.end();
    painter.save();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.setOpacity(painter.opacity() * (theme.look() == Theme::Look::dark ? 0.42 : 0.5));
    painter.drawImage(QRectF(m_area.topLeft(), QSizeF(shade.size()) / scale), shade);
    painter.restore();
}

} // namespace tocsin::gui
