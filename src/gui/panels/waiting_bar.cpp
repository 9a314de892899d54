#include "gui/panels/waiting_bar.hpp"

#include "gui/panels/row_list.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <utility>

namespace tocsin::gui {

WaitingBar::WaitingBar(const UiContext& ui, RowList& list, QWidget* parent) : QAbstractButton(parent), m_ui(ui), m_list(list) {
    setObjectName(QStringLiteral("waitingBar"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
    list.viewport()->installEventFilter(this);
    connect(list.verticalScrollBar(), &QScrollBar::valueChanged, this, &WaitingBar::count);
    connect(list.verticalScrollBar(), &QScrollBar::rangeChanged, this, &WaitingBar::count);
    connect(&ui.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void WaitingBar::setRows(std::vector<WaitingRow> rows, std::size_t elsewhere) {
    m_rows = std::move(rows);
    m_elsewhere = elsewhere;
    count();
}

int WaitingBar::next(int current) const {
    if (m_rows.empty())
        return -1;
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), current,
                                     [](const WaitingRow& waiting, int row) { return waiting.row < row; });
    const bool waits = at != m_rows.end() && at->row == current;
    return waits && at + 1 != m_rows.end() ? (at + 1)->row : m_rows.front().row;
}

/// A row is seen when half of it is: its wash and its edge are.
WaitingBar::Side WaitingBar::sideOf(const WaitingRow& waiting) const {
    const int middle = waiting.row * m_list.rowHeight() + m_list.rowHeight() / 2 - m_list.verticalScrollBar()->value();
    if (middle < 0)
        return Side::above;
    return middle > m_list.viewport()->height() ? Side::below : Side::inView;
}

int WaitingBar::outOfSight() const {
    int above = -1;
    for (const WaitingRow& waiting : m_rows) {
        const Side side = sideOf(waiting);
        if (side == Side::below)
            return waiting.row;
        if (side == Side::above && above < 0)
            above = waiting.row;
    }
    return above;
}

void WaitingBar::count() {
    std::size_t above = 0;
    std::size_t below = 0;
    m_grade = model::Grade::IV;
    for (const WaitingRow& waiting : m_rows) {
        const Side side = sideOf(waiting);
        if (side == Side::inView)
            continue;
        (side == Side::above ? above : below) += waiting.alarms;
        m_grade = std::min(m_grade, waiting.grade);
    }
    const QLocale locale;
    const auto number = [&locale](std::size_t n) { return locale.toString(static_cast<qulonglong>(n)); };
    QString text;
    if (m_elsewhere > 0)
        text = tr("%1 unacknowledged, not in this list").arg(number(m_elsewhere));
    else if (above > 0 && below > 0)
        text = tr("unacknowledged: ↑ %1 above, ↓ %2 below").arg(number(above), number(below));
    else if (above > 0)
        text = tr("↑ %1 unacknowledged above").arg(number(above));
    else if (below > 0)
        text = tr("↓ %1 unacknowledged below").arg(number(below));
    if (text != this->text()) {
        setText(text);
        setAccessibleName(text);
    }
    setVisible(!text.isEmpty());
    update();
}

void WaitingBar::words() {
    setToolTip(tr("Goes to the next of them, as does F2 in the list"));
    count();
}

bool WaitingBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        count();
    return QAbstractButton::eventFilter(watched, event);
}

void WaitingBar::paintEvent(QPaintEvent* /*event*/) {
    const Palette& c = m_ui.theme.colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), c.panel);
    QColor wash = m_ui.theme.grade(m_grade);
    wash.setAlphaF(0.13F); // as the rows that it stands for
    p.fillRect(rect(), wash);
    p.fillRect(0, 0, 4, height(), m_ui.theme.grade(m_grade));
    p.fillRect(0, 0, width(), 1, c.line);
    Symbols::paintSeverity(p, QRectF(19, height() / 2.0 - 8, 16, 16), m_grade, m_ui.theme, true);
    QRect room = rect().adjusted(48, 0, -16, 0);
    const QString key = QStringLiteral("F2");
    p.setFont(m_ui.theme.font(Theme::Text::hint));
    p.setPen(c.dim);
    p.drawText(room, Qt::AlignRight | Qt::AlignVCenter, key);
    room.setRight(room.right() - p.fontMetrics().horizontalAdvance(key) - 8);
    p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    p.setPen(c.text);
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
    if (hasFocus()) {
        p.setPen(c.accent);
        p.setBrush(Qt::NoBrush);
        p.drawRect(QRectF(rect()).adjusted(4.5, 0.5, -0.5, -0.5));
    }
}

} // namespace tocsin::gui
