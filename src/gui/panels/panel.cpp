#include "tocsin/gui/panels/panel.hpp"

#include <QEvent>
#include <QPainter>

namespace tocsin::gui {

Panel::Panel(const UiContext& context, const QString& name, const QString& key, QWidget* parent)
    : QWidget(parent), m_ui(context), m_key(key) {
    setObjectName(name);
    setAttribute(Qt::WA_StyledBackground, true);
    connect(&m_ui.theme, &Theme::changed, this, [this] {
        restyle();
        update();
    });
}

void Panel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        retranslate();
        emit titleChanged();
    }
    QWidget::changeEvent(event);
}

PanelHeader::PanelHeader(const Panel& panel, const Theme& theme, QWidget* parent)
    : QWidget(parent), m_panel(panel), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&panel, &Panel::titleChanged, this, qOverload<>(&QWidget::update));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize PanelHeader::sizeHint() const {
    return {320, height};
}
QSize PanelHeader::minimumSizeHint() const {
    return {120, height};
}

void PanelHeader::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme.colours();
    QPainter p(this);
    p.fillRect(rect(), c.panel);
    p.fillRect(0, QWidget::height() - 1, width(), 1, c.line);

    QRect room = rect().adjusted(16, 0, -16, -1);
    p.setRenderHint(QPainter::Antialiasing);
    if (const QString key = m_panel.panelKey(); !key.isEmpty()) {
        p.setFont(m_theme.font(Theme::Text::hint));
        const QSize size(p.fontMetrics().horizontalAdvance(key) + 12, 18);
        const QRect box(room.right() + 1 - size.width(), room.center().y() - size.height() / 2 + 1, size.width(),
                        size.height());
        p.setPen(c.line);
        p.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        p.setPen(c.faint);
        p.drawText(box, Qt::AlignCenter, key);
        room.setRight(box.left() - 8);
    }
    p.setFont(m_theme.font(Theme::Text::rowBold));
    p.setPen(c.text);
    const QString title = p.fontMetrics().elidedText(m_panel.panelTitle(), Qt::ElideRight, room.width());
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, title);
    room.setLeft(room.left() + p.fontMetrics().horizontalAdvance(title) + 8);
    p.setFont(m_theme.font(Theme::Text::body));
    p.setPen(c.dim);
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_panel.panelCount(), Qt::ElideRight, room.width()));
}

} // namespace tocsin::gui
