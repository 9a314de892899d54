#include "gui/panels/candidate_row.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QContextMenuEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QResizeEvent>
#include <QStyle>
#include <QStyleOptionButton>
#include <QTextLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int textLeft = 68;
constexpr int side = 12;
constexpr int top = 8;
constexpr int nameHeight = 19;
constexpr int whyHeight = 17;
constexpr int mostLines = 2;

/// `text` over at most `mostLines` lines, the last one cut where more does not fit.
QStringList broken(const QString& text, const QFont& font, int width) {
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    for (auto line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        const int from = line.textStart();
        if (lines.size() == mostLines - 1 && from + line.textLength() < text.size()) {
            lines << QFontMetrics(font).elidedText(text.mid(from), Qt::ElideRight, width);
            break;
        }
        lines << text.mid(from, line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines;
}

} // namespace

CandidateRow::CandidateRow(const Theme& theme, QWidget* parent) : QAbstractButton(parent), m_theme(theme) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, &CandidateRow::layOut);
}

void CandidateRow::set(const QString& glyph, const QString& name, const QString& why, const QString& eta) {
    m_glyph = glyph;
    m_why = why;
    m_eta = eta;
    setText(name);
    setAccessibleName(name + QStringLiteral(", ") + eta);
    setAccessibleDescription(why);
    setToolTip(name + QLatin1Char('\n') + why);
    layOut();
}

void CandidateRow::layOut() {
    const int room = std::max(width(), 200) - textLeft - side;
    const int eta = QFontMetrics(m_theme.font(Theme::Text::title)).horizontalAdvance(m_eta);
    m_nameLines = broken(text(), m_theme.font(Theme::Text::row), std::max(60, room - eta - side));
    m_whyLines = broken(m_why, m_theme.font(Theme::Text::second), room);
    const int needed = 2 * top + nameHeight * static_cast<int>(std::max<qsizetype>(1, m_nameLines.size())) +
                       whyHeight * static_cast<int>(std::max<qsizetype>(1, m_whyLines.size()));
    if (m_height != needed) {
        m_height = needed;
        updateGeometry();
    }
    update();
}

void CandidateRow::resizeEvent(QResizeEvent* event) {
    QAbstractButton::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        layOut();
}

bool CandidateRow::event(QEvent* event) {
    if (event->type() == QEvent::HoverEnter || event->type() == QEvent::HoverLeave)
        update();
    return QAbstractButton::event(event);
}

void CandidateRow::keyPressEvent(QKeyEvent* event) {
    const bool plain = (event->modifiers() & ~Qt::KeypadModifier) == 0 && !event->isAutoRepeat();
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (plain && enter && m_change != Change::nothing)
        emit editWanted();
    else if (plain && event->key() == Qt::Key_Delete)
        emit removeWanted();
    else
        QAbstractButton::keyPressEvent(event);
}

void CandidateRow::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_change != Change::nothing)
        connect(menu->addAction((m_change == Change::load ? tr("Change the load…") : tr("Change how many go there…")) + QStringLiteral("\tEnter")), &QAction::triggered, this, &CandidateRow::editWanted);
    connect(menu->addAction(tr("Take it out of the plan") + QStringLiteral("\tDel")), &QAction::triggered, this, &CandidateRow::removeWanted);
    menu->popup(event->globalPos());
}

void CandidateRow::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme.colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (underMouse() && isEnabled())
        p.fillRect(rect().adjusted(0, 0, 0, -1), c.panel);
    p.fillRect(12, height() - 1, width() - 24, 1, c.line);

    QStyleOptionButton box;
    box.rect = QRect(12, height() / 2 - 9, 17, 17);
    box.state = (isEnabled() ? QStyle::State_Enabled : QStyle::State_None) |
                (isChecked() ? QStyle::State_On : QStyle::State_Off) |
                (hasFocus() ? QStyle::State_HasFocus : QStyle::State_None);
    style()->drawPrimitive(QStyle::PE_IndicatorCheckBox, &box, &p, this);
    Symbols::paintGlyph(p, QRectF(40, height() / 2.0 - 9.5, 18, 18), m_glyph, isChecked() ? c.text : c.dim);

    p.setFont(m_theme.font(Theme::Text::title));
    p.setPen(isChecked() ? c.text : c.dim);
    QRect line(textLeft, top, width() - textLeft - side, nameHeight);
    p.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_eta);

    p.setFont(m_theme.font(Theme::Text::row));
    p.setPen(c.text);
    for (const QString& text : m_nameLines) {
        p.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
        line.translate(0, nameHeight);
    }
    p.setFont(m_theme.font(Theme::Text::second));
    p.setPen(c.dim);
    line.setHeight(whyHeight);
    for (const QString& text : m_whyLines) {
        p.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, text);
        line.translate(0, whyHeight);
    }
    if (hasFocus()) {
        p.setPen(c.accent);
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(QRectF(rect()).adjusted(4.5, 2.5, -4.5, -3.5), 4, 4);
    }
}

} // namespace tocsin::gui
