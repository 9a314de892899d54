#include "gui/panels/jump_bar.hpp"

#include <QMouseEvent>
#include <QStyle>
#include <QStyleOptionSlider>
#include <algorithm>
#include <cmath>
#include <utility>

namespace tocsin::gui {

std::optional<int> JumpBar::valueAt(const QPoint& place) const {
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect groove = style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarGroove, this);
    if (place.y() < groove.top() || place.y() > groove.bottom() || groove.height() < 2)
        return std::nullopt;
    if (place.y() == groove.bottom())
        return maximum();
    // Of thousands of rows a pixel's height is ten: across the bar it is told where among them.
    const double across = std::clamp(static_cast<double>(place.x()) / std::max(1, width()), 0.0, 1.0);
    const double share = std::min(1.0, (place.y() - groove.top() + across) / (groove.height() - 1));
    const double row = std::round(share * maximum() / m_rowHeight);
    return std::min(maximum(), static_cast<int>(row) * m_rowHeight);
}

void JumpBar::mousePressEvent(QMouseEvent* event) {
    const QPoint place = event->position().toPoint();
    const auto value = event->button() == Qt::LeftButton ? valueAt(place) : std::nullopt;
    m_clicked = value.has_value();
    const auto onHandle = [&] {
        QStyleOptionSlider option;
        initStyleOption(&option);
        return style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, this).contains(place);
    };
    if (value && !onHandle()) {
        setValue(*value);
        if (!onHandle())
            return event->accept(); // else the bar would go on by pages
    }
    QScrollBar::mousePressEvent(event); // the handle is held from here
}

void JumpBar::mouseMoveEvent(QMouseEvent* event) {
    m_clicked = false;
    QScrollBar::mouseMoveEvent(event);
}

void JumpBar::mouseReleaseEvent(QMouseEvent* event) {
    QScrollBar::mouseReleaseEvent(event);
    // On the handle, too: of what it covers each row is one click away.
    if (const auto value = valueAt(event->position().toPoint()); value && std::exchange(m_clicked, false))
        setValue(*value);
}

} // namespace tocsin::gui
