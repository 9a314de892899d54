#include "gui/time/time_rows_view.hpp"

#include <QAccessible>
#include <QScrollBar>
#include <algorithm>

namespace tocsin::gui {

TimeRowsView::TimeRowsView(const UiContext& ui, int axisHeight, int rowHeight, QWidget* parent)
    : QAbstractScrollArea(parent), m_ui(ui), m_axisHeight(axisHeight), m_rowHeight(rowHeight) {
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalScrollBar()->setSingleStep(rowHeight);
    connect(&ui.theme, &Theme::changed, viewport(), [this] { viewport()->update(); });
}

void TimeRowsView::bars() {
    const int whole = m_axisHeight + m_rowHeight * rowCount();
    verticalScrollBar()->setRange(0, std::max(0, whole - viewport()->height()));
    verticalScrollBar()->setPageStep(std::max(m_rowHeight, viewport()->height() - m_axisHeight));
}

bool TimeRowsView::goTo(int row) {
    if (rowCount() == 0)
        return false;
    m_current = std::clamp(row, 0, rowCount() - 1);
    const int top = m_current * m_rowHeight;
    auto* bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(top);
    else if (top + m_rowHeight + m_axisHeight > bar->value() + viewport()->height())
        bar->setValue(top + m_rowHeight + m_axisHeight - viewport()->height());
    return true;
}

int TimeRowsView::pageRows() const {
    return std::max(1, (viewport()->height() - m_axisHeight) / m_rowHeight - 1);
}

std::optional<int> TimeRowsView::rowAt(QPoint point) const {
    if (point.y() <= m_axisHeight)
        return std::nullopt;
    const int row = (point.y() - m_axisHeight + verticalScrollBar()->value()) / m_rowHeight;
    return row < rowCount() ? std::optional(row) : std::nullopt;
}

void TimeRowsView::tellReaders(const QString& spoken) {
    setAccessibleDescription(spoken);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
    viewport()->update();
}

TimeRowsView::Seen TimeRowsView::seen() const {
    const int offset = verticalScrollBar()->value();
    const int first = offset / m_rowHeight;
    return {first, std::min(rowCount() - 1, (offset + viewport()->height()) / m_rowHeight), m_axisHeight + first * m_rowHeight - offset};
}

void TimeRowsView::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    bars();
}

} // namespace tocsin::gui
