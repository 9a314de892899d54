#include "gui/map/layers.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr double noticeable = 60; ///< seconds: less is no change

QString minutesOf(const std::optional<base::Seconds>& time) {
    return time ? QString::number(std::max<long long>(1, std::llround(time->value / 60)))
                : QCoreApplication::translate("tocsin::gui::MapView", "nobody", "who could come");
}

} // namespace

CoverLayer::CoverLayer() : SymbolLayer(QStringLiteral("cover"), QStringLiteral("shield")) {}

QString CoverLayer::title() const {
    return QCoreApplication::translate("tocsin::gui::MapView", "If the next call comes now");
}

void CoverLayer::layOut(LayerContext& context) {
    m_spots.clear();
    m_all = m_shown = 0;
    if (!m_cover)
        return;
    double most = 1;
    for (const auto& cell : m_cover->cells)
        most = std::max(most, cell.people);
    std::vector<std::size_t> order(m_cover->cells.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    // Who loses most finds room for its words first.
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return m_cover->cells[a].people > m_cover->cells[b].people;
    });
    const double target = m_cover->target.value;
    for (const std::size_t i : order) {
        const auto& cell = m_cover->cells[i];
        ++m_all;
        Spot spot;
        spot.centre = context.view.toScreen(cell.position);
        spot.radius = 5 + 17 * std::sqrt(cell.people / most);
        if (!context.sees(spot.centre, spot.radius))
            continue;
        ++m_shown;
        const bool before = cell.before && cell.before->value <= target;
        const bool after = cell.after && cell.after->value <= target;
        const bool later = cell.before && (!cell.after || cell.after->value - cell.before->value >= noticeable);
        spot.state = before && !after ? Spot::lost : !after ? Spot::without : later ? Spot::later : Spot::covered;
        if (spot.state == Spot::lost || spot.state == Spot::later) {
            Label label;
            label.text = QCoreApplication::translate("tocsin::gui::MapView", "%1 → %2 min", "minutes before and after")
                             .arg(minutesOf(cell.before), minutesOf(cell.after));
            label.font = Theme::Text::bodyBold;
            label.pill = spot.state == Spot::lost;
            (void)context.board.place(spot.centre, squareAbout(spot.centre, 2 * spot.radius), label);
        }
        m_spots.push_back(spot);
    }
}

/// Shape tells as well as shade: lost is a ring with a cross, later a thick ring, covered a faint disc, without an empty ring.
void CoverLayer::paintGround(QPainter& painter, const Theme& theme) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& c = theme.colours();
    for (const Spot& spot : m_spots) {
        QColor wash = c.accent;
        wash.setAlphaF(spot.state == Spot::covered ? 0.28F : spot.state == Spot::later ? 0.18F : 0.0F);
        painter.setBrush(wash);
        switch (spot.state) {
        case Spot::covered:
            painter.setPen(Qt::NoPen);
            break;
        case Spot::later:
            painter.setPen(QPen(c.accent, 2.5));
            break;
        case Spot::without:
            painter.setPen(QPen(c.dim, 1.5, Qt::DotLine));
            break;
        case Spot::lost:
            painter.setPen(QPen(c.text, 3));
            break;
        }
        painter.drawEllipse(spot.centre, spot.radius, spot.radius);
        if (spot.state == Spot::lost) {
            const double r = spot.radius * 0.6;
            painter.drawLine(spot.centre + QPointF(-r, -r), spot.centre + QPointF(r, r));
            painter.drawLine(spot.centre + QPointF(-r, r), spot.centre + QPointF(r, -r));
        }
    }
    painter.restore();
}

} // namespace tocsin::gui
