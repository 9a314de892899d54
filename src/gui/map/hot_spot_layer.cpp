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
constexpr double termRadius = 12;   ///< pixels, about a report that says the chosen word
constexpr double termStrongest = 20; ///< times its usual: beyond, the line gets no thicker

double timesUsual(const triage::TrendingTerm& term) {
    return static_cast<double>(term.now) / std::max(0.1, term.usual);
}
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
    layOutTerm(context);
}

/// A ring about each report; the first that is in view has the word and its strength.
void HotSpotLayer::layOutTerm(LayerContext& context) {
    const auto* term = context.ui.reports->chosenTerm();
    if (term == nullptr)
        return;
    bool named = false;
    int tried = 0;
    for (const auto& id : term->reports) {
        const auto found = context.state.reports.find(id);
        if (found == context.state.reports.end() || !found->second.position)
            continue;
        ++m_all;
        Ring ring;
        ring.centre = context.view.toScreen(*found->second.position);
        ring.radius = termRadius;
        if (!context.sees(ring.centre, ring.radius))
            continue;
        ++m_shown;
        ring.strength = std::clamp(timesUsual(*term) / termStrongest, 0.1, 1.0);
        const QString word = Words::quoted(Words::plain(term->term));
        constexpr int mostTries = 20; ///< to find room for the word
        if (!named && tried++ < mostTries) { // the others are found by the reports' own symbols
            Label label;
            label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 × %2 of its usual", "a word, how many times")
                             .arg(word, Words::number(timesUsual(*term), 0));
            label.font = Theme::Text::bodyBold;
            label.pill = true;
            const QPointF top(ring.centre.x(), ring.centre.y() - ring.radius);
            MapHit hit;
            hit.box = squareAbout(ring.centre, 2 * ring.radius);
            hit.label = context.board.place(top, squareAbout(top, 4), label).value_or(QRectF());
            named = !hit.label.isNull();
            hit.centre = hit.home = ring.centre;
            hit.what = id;
            hit.rank = 6;
            hit.layer = this;
            hit.mark = static_cast<int>(m_rings.size());
            if (named) {
                ring.tip = QCoreApplication::translate("tocsin::gui::MapView", "%1: said %2 times, usual %3")
                               .arg(word)
                               .arg(term->now)
                               .arg(Words::number(term->usual, 1));
                context.hits.push_back(std::move(hit));
            }
        }
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
