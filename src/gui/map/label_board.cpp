#include "gui/map/label_board.hpp"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {
constexpr double padX = 7;
constexpr double padY = 3;
constexpr double trendRoom = 12;
} // namespace

bool LabelBoard::isFree(const QRectF& rect) const {
    return std::none_of(m_taken.begin(), m_taken.end(), [&](const QRectF& taken) { return taken.intersects(rect); });
}

std::optional<QPointF> LabelBoard::roomFor(const QPointF& centre, double edge) const {
    const auto box = [&](const QPointF& c) { return QRectF(c.x() - edge / 2, c.y() - edge / 2, edge, edge); };
    if (isFree(box(centre)))
        return centre;
    for (const double far : {0.8, 1.15, 1.6, 2.2})
        for (int i = 0; i < 8; ++i) {
            const double a = i * M_PI / 4;
            const QPointF aside = centre + QPointF(std::cos(a), std::sin(a)) * (edge * far);
            if (isFree(box(aside)))
                return aside;
        }
    return std::nullopt;
}

QSizeF LabelBoard::sizeOf(const Label& label) const {
    const QFontMetricsF metrics(m_theme.font(label.font));
    return {std::ceil(metrics.horizontalAdvance(label.text)) + 2 * padX + (label.trend != 0 ? trendRoom : 0.0),
            std::ceil(metrics.height()) + 2 * padY - (label.pill ? 2 : 1)};
}

std::optional<QRectF> LabelBoard::take(const std::vector<QRectF>& places, const Label& label) {
    for (const QRectF& place : places)
        if (isFree(place) && m_area.contains(place)) {
            m_taken.push_back(place.adjusted(-2, -2, 2, 2));
            m_labels.emplace_back(place, label);
            return place;
        }
    if (!label.must || places.empty())
        return std::nullopt;
    // It must be seen: at its first choice, moved into view.
    QRectF place = places.front();
    if (place.right() > m_area.right() && places.size() > 1)
        place = places[1];
    m_taken.push_back(place);
    m_labels.emplace_back(place, label);
    return place;
}

std::optional<QRectF> LabelBoard::place(const QRectF& beside, const Label& label) {
    const QSizeF size = sizeOf(label);
    const QPointF c = beside.center();
    constexpr double gap = 5;
    const QRectF right(QPointF(beside.right() + gap, c.y() - size.height() / 2), size);
    const QRectF left(QPointF(beside.left() - gap - size.width(), c.y() - size.height() / 2), size);
    const QRectF below(QPointF(c.x() - size.width() / 2, beside.bottom() + gap), size);
    const QRectF above(QPointF(c.x() - size.width() / 2, beside.top() - gap - size.height()), size);
    const double step = size.height() * 0.8;
    return take({right, left, below, above, right.translated(0, -step), right.translated(0, step),
                 left.translated(0, -step), left.translated(0, step)},
                label);
}

std::optional<QRectF> LabelBoard::placeAt(const std::vector<QPointF>& centres, const Label& label) {
    const QSizeF size = sizeOf(label);
    std::vector<QRectF> places;
    for (const QPointF& c : centres)
        places.emplace_back(QPointF(c.x() - size.width() / 2, c.y() - size.height() / 2), size);
    return take(places, label);
}

void LabelBoard::paint(QPainter& painter) const {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Palette& palette = m_theme.colours();
    for (const auto& [place, label] : m_labels) {
        const QRectF box = QRectF(place.toAlignedRect()).adjusted(0.5, 0.5, -0.5, -0.5);
        painter.setPen(label.border.isValid() ? QPen(label.border, 1.5) : QPen(Qt::NoPen));
        painter.setBrush(palette.mapLabelBack);
        const double radius = label.pill ? box.height() / 2 : 4;
        painter.drawRoundedRect(box, radius, radius);
        painter.setFont(m_theme.font(label.font));
        painter.setPen(label.colour.isValid() ? label.colour : palette.text);
        const QRectF text = box.adjusted(padX - 0.5, 0, label.trend != 0 ? -padX - trendRoom : -padX, 0);
        painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextDontClip, label.text);
        if (label.trend == 0)
            continue;
        painter.setPen(Qt::NoPen);
        painter.setBrush(label.trendColour.isValid() ? label.trendColour : palette.dim);
        const QPointF c(box.right() - padX - 3.5, box.center().y());
        if (label.trend == 2) {
            painter.drawRect(QRectF(c.x() - 3.5, c.y() - 1, 7, 2));
        } else {
            const double s = label.trend > 0 ? -1 : 1;
            painter.drawPolygon(QPolygonF{QPointF(c.x(), c.y() + 4 * s), QPointF(c.x() + 4.2, c.y() - 3.4 * s),
                                          QPointF(c.x() - 4.2, c.y() - 3.4 * s)});
        }
    }
    painter.restore();
}

} // namespace tocsin::gui
