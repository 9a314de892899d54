#include "gui/panels/load_gauge.hpp"

#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {

using Judgement = triage::AlarmLoad::Judgement;

// ---- words

QString LoadWords::word(Judgement judgement) {
    switch (judgement) {
    case Judgement::calm:
        return tr("calm", "alarm load");
    case Judgement::busy:
        return tr("busy", "alarm load");
    case Judgement::heavy:
        return tr("heavy", "alarm load");
    case Judgement::flood:
        return tr("flood", "alarm load");
    }
    return {};
}

QString LoadWords::figure(const triage::AlarmLoad& load) {
    return QLocale().toString(std::llround(load.perTenMinutes));
}

QString LoadWords::perMinute(const triage::AlarmLoad& load) {
    const double rate = load.perTenMinutes / 10;
    return tr("%1 a minute").arg(Words::number(rate, rate < 10 ? 1 : 0));
}

QString LoadWords::sentence(const triage::AlarmLoad& load) {
    return tr("%1 alarms in ten minutes: %2. One person bears one at rest and ten after an upset (EEMUA 191). Click "
              "for what makes it, and whom to hand part of it.")
        .arg(figure(load), word(load.judgement));
}

void LoadWords::paintBars(QPainter& painter, QPoint topLeft, const triage::AlarmLoad& load, const Palette& colours) {
    const int full = std::clamp(static_cast<int>(std::ceil(load.perTenMinutes / 2)), 0, 5);
    const bool over = load.judgement == Judgement::flood || load.flood;
    for (int bar = 0; bar < 5; ++bar) {
        const int height = 4 + bar * 4;
        QColor colour = colours.line;
        if (over)
            colour = colours.text;
        else if (bar < full)
            colour = load.judgement >= Judgement::heavy ? colours.text : colours.dim;
        painter.fillRect(topLeft.x() + bar * 8, topLeft.y() + 20 - height, 6, height, colour);
    }
}

// ---- gauge

LoadGauge::LoadGauge(const UiContext& ui, QWidget* parent, int height)
    : QAbstractButton(parent), m_ui(ui), m_height(height) {
    setObjectName(QStringLiteral("loadGauge"));
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&m_ui.desk.alarmWatch(), &AlarmWatch::changed, this, &LoadGauge::refresh);
    connect(&m_ui.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

QString LoadGauge::shown() const {
    const triage::AlarmLoad& load = m_ui.desk.alarmWatch().load();
    const QString figure = LoadWords::figure(load);
    return m_word ? tr("%1 · %2", "figure, word of the alarm load").arg(figure, LoadWords::word(load.judgement))
                  : figure;
}

QSize LoadGauge::sizeHint() const {
    const QFontMetrics body(m_ui.theme.font(Theme::Text::body));
    const QFontMetrics bold(m_ui.theme.font(Theme::Text::bodyBold));
    const int name = m_name ? body.horizontalAdvance(tr("load")) + 8 : 0;
    return {4 + name + LoadWords::barsWidth + 8 + bold.horizontalAdvance(shown()) + 6, m_height};
}

void LoadGauge::setNameShown(bool shown) {
    m_name = shown;
    updateGeometry();
    update();
}

void LoadGauge::setWordShown(bool shown) {
    m_word = shown;
    updateGeometry();
    update();
}

void LoadGauge::refresh() {
    const triage::AlarmLoad& load = m_ui.desk.alarmWatch().load();
    const QString name =
        tr("Alarm load: %1 in ten minutes, %2").arg(LoadWords::figure(load), LoadWords::word(load.judgement));
    if (name != accessibleName()) {
        setAccessibleName(name);
        setToolTip(LoadWords::sentence(load));
    }
    if (const int width = sizeHint().width(); width != m_width) {
        m_width = width;
        updateGeometry();
    }
    update();
}

void LoadGauge::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QAbstractButton::changeEvent(event);
}

void LoadGauge::enterEvent(QEnterEvent* /*event*/) {
    update();
}
void LoadGauge::leaveEvent(QEvent* /*event*/) {
    update();
}

void LoadGauge::paintEvent(QPaintEvent* /*event*/) {
    const Palette& c = m_ui.theme.colours();
    const triage::AlarmLoad& load = m_ui.desk.alarmWatch().load();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    if (underMouse() || hasFocus()) {
        p.setPen(hasFocus() ? QPen(c.accent, 1.4) : QPen(Qt::NoPen));
        p.setBrush(c.raised);
        p.drawRoundedRect(QRectF(0.5, (height() - 28) / 2.0 + 0.5, width() - 1, 27), 4, 4);
    }
    int x = 4;
    if (m_name) {
        p.setFont(m_ui.theme.font(Theme::Text::body));
        p.setPen(c.dim);
        p.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter, tr("load"));
        x += p.fontMetrics().horizontalAdvance(tr("load")) + 8;
    }
    LoadWords::paintBars(p, {x, height() / 2 - 10}, load, c);
    x += LoadWords::barsWidth + 8;
    p.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    p.setPen(load.judgement >= Judgement::heavy ? c.text : c.dim);
    p.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter, shown());
}

// ---- flood

FloodBanner::FloodBanner(QWidget* parent) : QAbstractButton(parent) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    hide();
}

void FloodBanner::dress(const UiContext& ui) {
    m_theme = &ui.theme;
    connect(&ui.theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void FloodBanner::set(const triage::AlarmLoad& load, std::size_t lines, const QString& first) {
    setVisible(load.flood);
    if (!load.flood)
        return;
    const QLocale locale;
    m_headline = tr("Alarm flood · %1").arg(LoadWords::perMinute(load));
    m_since = tr("since %1").arg(Words::hourMinute(load.floodSince));
    m_second = tr("%1 alarms in %2 lines", "raw, shown")
                   .arg(locale.toString(static_cast<qulonglong>(load.standing + load.setAside)),
                        locale.toString(static_cast<qulonglong>(lines)));
    if (!first.isEmpty())
        m_second += QStringLiteral(" · ") + tr("first: %1", "alarm").arg(first);
    setAccessibleName(m_headline + QStringLiteral(", ") + m_since + QStringLiteral(", ") + m_second);
    setToolTip(m_headline + QLatin1Char(' ') + m_since + QLatin1Char('\n') + m_second + QLatin1Char('\n') +
               tr("Most in one minute: %1").arg(locale.toString(static_cast<qulonglong>(load.mostInAMinute))));
    update();
}

void FloodBanner::paintEvent(QPaintEvent* /*event*/) {
    if (m_theme == nullptr)
        return;
    const Palette& c = m_theme->colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(rect(), c.text);
    if (hasFocus()) {
        p.setPen(QPen(c.accent, 2));
        p.setBrush(Qt::NoBrush);
        p.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
    Symbols::paintGlyph(p, QRectF(16, height() / 2.0 - 11, 22, 22), QStringLiteral("alarm"), c.panel);
    const QRect top(48, 7, width() - 48 - 16, 20);
    p.setPen(c.panel);
    p.setFont(m_theme->font(Theme::Text::body));
    const int since = p.fontMetrics().horizontalAdvance(m_since) + 10;
    p.drawText(top, Qt::AlignRight | Qt::AlignVCenter, m_since);
    p.setFont(m_theme->font(Theme::Text::rowBold));
    p.drawText(top, Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_headline, Qt::ElideRight, top.width() - since));
    p.setFont(m_theme->font(Theme::Text::second));
    const QRect low(48, 27, top.width(), 18);
    p.drawText(low, Qt::AlignLeft | Qt::AlignVCenter,
               p.fontMetrics().elidedText(m_second, Qt::ElideRight, low.width()));
}

} // namespace tocsin::gui
