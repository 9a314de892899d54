#include "tocsin/gui/panels/panel.hpp"

#include <QEvent>
#include <QFontMetrics>
#include <QPainter>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr int side = 16; ///< px, free at each end of a header
constexpr int gap = 8;
} // namespace

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
    connect(&panel, &Panel::titleChanged, this, &PanelHeader::fit);
    connect(&theme, &Theme::changed, this, &PanelHeader::fit);
}

QSize PanelHeader::sizeHint() const {
    return {320, height};
}
QSize PanelHeader::minimumSizeHint() const {
    return {120, height};
}

/// Round the key that leads here; null without one.
QRect PanelHeader::keyBox() const {
    const QString key = m_panel.panelKey();
    if (key.isEmpty())
        return {};
    const QRect room = rect().adjusted(side, 0, -side, -1);
    const QSize size(QFontMetrics(m_theme.font(Theme::Text::hint)).horizontalAdvance(key) + 12, 18);
    return {room.right() + 1 - size.width(), room.center().y() - size.height() / 2 + 1, size.width(), size.height()};
}

void PanelHeader::fit() {
    const QFontMetrics bold(m_theme.font(Theme::Text::rowBold));
    const QFontMetrics body(m_theme.font(Theme::Text::body));
    const QRect key = keyBox();
    const int room = (key.isNull() ? width() - side : key.left() - gap) - side;
    const QString title = m_panel.panelTitle();
    const QStringList forms = m_panel.panelCountForms();
    const QString full = forms.value(0);
    const int forCount = room - bold.horizontalAdvance(title) - gap;
    const auto fits = std::find_if(forms.begin(), forms.end(),
                                   [&](const QString& form) { return body.horizontalAdvance(form) <= forCount; });
    m_count = fits != forms.end() ? *fits : forms.isEmpty() ? QString() : forms.back();
    const int forTitle = m_count.isEmpty() ? room : room - gap - body.horizontalAdvance(m_count);
    m_title = bold.elidedText(title, Qt::ElideRight, std::max(0, forTitle));
    const QString whole = full.isEmpty() ? title : title + QStringLiteral(": ") + full;
    setAccessibleName(whole);
    setToolTip(m_title == title && m_count == full ? QString() : whole);
    update();
}

void PanelHeader::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

void PanelHeader::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme.colours();
    QPainter p(this);
    p.fillRect(rect(), c.panel);
    p.fillRect(0, QWidget::height() - 1, width(), 1, c.line);

    QRect room = rect().adjusted(side, 0, -side, -1);
    p.setRenderHint(QPainter::Antialiasing);
    if (const QRect box = keyBox(); !box.isNull()) {
        p.setFont(m_theme.font(Theme::Text::hint));
        p.setPen(c.line);
        p.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        p.setPen(c.faint);
        p.drawText(box, Qt::AlignCenter, m_panel.panelKey());
        room.setRight(box.left() - gap);
    }
    p.setFont(m_theme.font(Theme::Text::rowBold));
    p.setPen(c.text);
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, m_title);
    if (!m_title.isEmpty())
        room.setLeft(room.left() + p.fontMetrics().horizontalAdvance(m_title) + gap);
    p.setFont(m_theme.font(Theme::Text::body));
    p.setPen(c.dim);
    p.drawText(room, Qt::AlignLeft | Qt::AlignVCenter, p.fontMetrics().elidedText(m_count, Qt::ElideRight, room.width()));
}

} // namespace tocsin::gui
