#include "gui/map/layers.hpp"
#include "gui/panels/reason_words.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/report_triage.hpp"

#include <QCoreApplication>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr double leastRadius = 14;   ///< pixels: a spot is never too small to be seen
constexpr double strongest = 40;     ///< of HotSpot::strength: beyond, the line gets no thicker
constexpr double metresPerDegree = 111'195;
} // namespace

HotSpotLayer::HotSpotLayer() : SymbolLayer(QStringLiteral("hotspots"), QStringLiteral("reach")) {}

QString HotSpotLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "Hot spots of reports");
}

void HotSpotLayer::layOut(LayerContext& context) {
    m_rings.clear();
    m_all = m_shown = 0;
    if (context.ui.reports == nullptr)
        return;
    for (const auto& spot : context.ui.reports->hotSpots()) {
        ++m_all;
        Ring ring;
        ring.centre = context.view.toScreen(spot.centre);
        const auto north = model::Position::trusted(
            std::min(89.0, spot.centre.latitude() + spot.radiusMetres / metresPerDegree), spot.centre.longitude());
        ring.radius = std::max(leastRadius, std::abs(context.view.toScreen(north).y() - ring.centre.y()));
        if (!context.sees(ring.centre, ring.radius))
            continue;
        ++m_shown;
        ring.strength = std::clamp(spot.strength / strongest, 0.1, 1.0);
        QStringList said;
        for (const auto& term : spot.terms)
            said << Words::plain(term);
        ring.tip = QCoreApplication::translate("tocsin::gui::MapView", "Hot spot: %1 reports within %2, usual %3")
                       .arg(spot.reports)
                       .arg(distanceWord(spot.radiusMetres), Words::number(spot.expected, 1));
        const QString nothing = QCoreApplication::translate("tocsin::gui::MapView", "nothing in common");
        if (said.isEmpty()) // many places that have little to do with each other: a thin ring, and it says so
            ring.strength = 0;
        ring.tip += QLatin1Char('\n') + (said.isEmpty() ? nothing : said.join(QStringLiteral(", ")));
        Label label;
        label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 reports", "of a hot spot").arg(spot.reports);
        label.text += QStringLiteral(" · ") + (said.isEmpty() ? nothing : said.mid(0, 2).join(QStringLiteral(", ")));
        label.font = Theme::Text::bodyBold;
        label.pill = true;
        MapHit hit;
        hit.box = squareAbout(ring.centre, 2 * ring.radius);
        const QPointF top(ring.centre.x(), ring.centre.y() - ring.radius);
        hit.label = context.board.place(top, squareAbout(top, 4), label).value_or(QRectF());
        QPainterPath path;
        path.addEllipse(ring.centre, ring.radius, ring.radius);
        hit.area = path;
        hit.centre = hit.home = ring.centre;
        if (!spot.members.empty())
            hit.what = spot.members.front();
        hit.rank = 6;
        hit.layer = this;
        hit.mark = static_cast<int>(m_rings.size());
        context.hits.push_back(std::move(hit));
        m_rings.push_back(std::move(ring));
    }
}

/// Rings of the text's own colour, twofold and dashed: severity keeps its colours, and closures their bars.
void HotSpotLayer::paintGround(QPainter& painter, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ink = theme.colours().text;
    for (const auto& ring : m_rings) {
        QColor wash = ink;
        wash.setAlphaF(static_cast<float>(0.05 + 0.10 * ring.strength));
        painter.setPen(Qt::NoPen);
        painter.setBrush(wash);
        painter.drawEllipse(ring.centre, ring.radius, ring.radius);
        QPen pen(ink, 1.2 + 2.2 * ring.strength, Qt::DashLine);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(ring.centre, ring.radius, ring.radius);
        painter.setPen(QPen(ink, 1));
        painter.drawEllipse(ring.centre, ring.radius - 5, ring.radius - 5);
    }
    painter.restore();
}

QString HotSpotLayer::tip(const MapScene&, const MapHit& hit) const {
    const auto index = static_cast<std::size_t>(hit.mark);
    return hit.mark >= 0 && index < m_rings.size() ? m_rings[index].tip : QString();
}

} // namespace tocsin::gui
