#include "gui/panels/key_button.hpp"

#include <QPainter>
#include <QStyle>
#include <QStyleOptionButton>

namespace tocsin::gui {
namespace {

constexpr int padX = 14;

} // namespace

void KeyButton::dress(const Theme& theme, const QString& key, const char* kind) {
    m_theme = &theme;
    m_key = key;
    if (kind)
        setProperty("kind", QString::fromLatin1(kind));
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    updateGeometry();
}

void KeyButton::setKey(const QString& key) {
    m_key = key;
    updateGeometry();
    update();
}

void KeyButton::setElidingText(const QString& text) {
    m_eliding = true;
    setText(text);
    setAccessibleName(text);
    setToolTip(text);
}

int KeyButton::keyWidth() const {
    return m_theme == nullptr || m_key.isEmpty()
               ? 0
               : QFontMetrics(m_theme->font(Theme::Text::hint)).horizontalAdvance(m_key) + 12;
}

QSize KeyButton::sizeHint() const {
    ensurePolished();
    QFont bold = font();
    bold.setBold(true);
    const int keyRoom = keyWidth() > 0 ? keyWidth() + 10 : 0;
    return {QFontMetrics(bold).horizontalAdvance(text()) + keyRoom + 2 * padX + 2,
            std::max(32, QPushButton::sizeHint().height())};
}

QSize KeyButton::minimumSizeHint() const {
    return m_eliding ? QSize(96, sizeHint().height()) : sizeHint();
}

void KeyButton::paintEvent(QPaintEvent* event) {
    if (m_theme == nullptr) {
        QPushButton::paintEvent(event);
        return;
    }
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    QPainter p(this);
    style()->drawControl(QStyle::CE_PushButtonBevel, &option, &p, this);

    const Palette& c = m_theme->colours();
    const QString kind = property("kind").toString();
    QColor ink = kind == QLatin1String("primary") ? c.onAccent : c.text;
    if (kind == QLatin1String("danger"))
        ink = c.onGrade[0];
    if (!isEnabled())
        ink = c.faint;
    QRect room = rect().adjusted(padX, 0, -padX, 0);
    p.setRenderHint(QPainter::Antialiasing);
    if (const int wide = keyWidth(); wide > 0) {
        QColor quiet = ink;
        quiet.setAlphaF(isEnabled() ? 0.75F : 0.6F);
        const QRect cap(room.right() + 5 - wide, rect().center().y() - 8, wide, 18);
        QColor edge = ink;
        edge.setAlphaF(0.4F);
        p.setPen(edge);
        p.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        p.setFont(m_theme->font(Theme::Text::hint));
        p.setPen(quiet);
        p.drawText(cap, Qt::AlignCenter, m_key);
        room.setRight(cap.left() - 8);
    }
    QFont bold = font();
    bold.setBold(kind != QLatin1String("quiet"));
    p.setFont(bold);
    p.setPen(ink);
    const Qt::Alignment side = m_key.isEmpty() ? Qt::AlignHCenter : Qt::AlignLeft;
    p.drawText(room, side | Qt::AlignVCenter, p.fontMetrics().elidedText(text(), Qt::ElideRight, room.width()));
}

} // namespace tocsin::gui
