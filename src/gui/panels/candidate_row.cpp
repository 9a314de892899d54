#include "gui/panels/candidate_row.hpp"

#include "tocsin/gui/symbols.hpp"

#include <QContextMenuEvent>
#include <QEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace tocsin::gui {

CandidateRow::CandidateRow(const Theme& theme, QWidget* parent) : QAbstractButton(parent), m_theme(theme) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CandidateRow::set(const QString& glyph, const QString& name, const QString& why, const QString& eta) {
    m_glyph = glyph;
    m_why = why;
    m_eta = eta;
    setText(name);
    setAccessibleName(name + QStringLiteral(", ") + eta);
    setAccessibleDescription(why);
    setToolTip(name + QLatin1Char('\n') + why);
    update();
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
    const int etaWidth = p.fontMetrics().horizontalAdvance(m_eta);
    p.drawText(QRect(0, 0, width() - 12, height() - 1), Qt::AlignRight | Qt::AlignVCenter, m_eta);

    const QRect name(68, 8, width() - 68 - 12 - etaWidth - 12, 19);
    p.setFont(m_theme.font(Theme::Text::row));
    p.setPen(c.text);
    p.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(text(), Qt::ElideRight, name.width()));
    p.setFont(m_theme.font(Theme::Text::second));
    p.setPen(c.dim);
    p.drawText(name.translated(0, 18), Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_why, Qt::ElideRight, name.width()));
    if (hasFocus()) {
        p.setPen(c.accent);
        p.setBrush(Qt::NoBrush);
        p.drawRoundedRect(QRectF(rect()).adjusted(4.5, 2.5, -4.5, -3.5), 4, 4);
    }
}

} // namespace tocsin::gui
