#include "gui/shell/top_bar_parts.hpp"

#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QDateTime>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

namespace tocsin::gui {

namespace {

constexpr int kHeight = 48;
constexpr int kBadge = 28;
constexpr base::Duration kLate = std::chrono::minutes(5);
constexpr std::size_t kMostLamps = 6;

QDateTime dateTimeIn(base::Time time, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(base::toUnixMicros(time) / 1000, zone);
}

} // namespace

QString hourMinuteIn(base::Time time, const QTimeZone& zone) {
    return dateTimeIn(time, zone).toString(QStringLiteral("HH:mm"));
}

int BarPart::textWidth(const QString& text, Theme::Text kind) const {
    return QFontMetrics(m_ui.theme.font(kind)).horizontalAdvance(text);
}

// ---- exercise

QSize ExerciseBadge::sizeHint() const {
    return {textWidth(tr("EXERCISE"), Theme::Text::bodyBold) + 24, kHeight};
}

void ExerciseBadge::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box(0.5, (kHeight - kBadge) / 2.0 + 0.5, width() - 1, kBadge - 1);
    painter.setPen(QPen(m_ui.theme.colours().exerciseDark, 1));
    painter.setBrush(Symbols::exerciseBrush(m_ui.theme));
    painter.drawRoundedRect(box, 4, 4);
    painter.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    painter.setPen(Qt::white);
    painter.drawText(box, Qt::AlignCenter, tr("EXERCISE"));
}

// ---- feeds

QString FeedLamps::nameOf(const FeedHealth& feed) const {
    return feed.name.isEmpty() ? QStringLiteral("+%1").arg(feed.taken) : Words::feed(feed.name.toStdString());
}

int FeedLamps::widthOf(const FeedHealth& feed) const {
    return 12 + (m_names || feed.name.isEmpty() ? 4 + textWidth(nameOf(feed), Theme::Text::body) : 0);
}

QSize FeedLamps::sizeHint() const {
    int width = 0;
    for (const auto& feed : m_shown)
        width += widthOf(feed) + (m_names ? 16 : 8);
    return {std::max(0, width - (m_names ? 16 : 8)), kHeight};
}

void FeedLamps::setNamesShown(bool shown) {
    m_names = shown;
    updateGeometry();
    update();
}

void FeedLamps::refresh() {
    setAccessibleName(tr("Feeds"));
    m_known.clear();
    std::map<QString, FeedHealth> all = m_ui.desk.feeds();
    if (m_status) {
        for (auto& status : m_status()) {
            const QString name = QString::fromStdString(status.name);
            // What is built in and was never used is no news; a feed that somebody set up is.
            if (!status.transport.empty() && status.state != ingest::FeedState::off)
                all[name].name = name;
            m_known[name] = std::move(status);
        }
    }
    m_shown.clear();
    std::size_t rest = 0;
    for (const auto& [name, feed] : all) {
        if (all.size() <= kMostLamps || lampOf(feed) == Lamp::trouble) {
            if (m_shown.size() < kMostLamps) {
                m_shown.push_back(feed);
                continue;
            }
        }
        ++rest;
    }
    if (rest > 0) {
        FeedHealth others;
        others.taken = rest;
        others.ever = true;
        others.lastGood = m_ui.desk.now();
        m_shown.push_back(others);
    }
    updateGeometry();
    update();
}

const FeedHealth* FeedLamps::at(const QPoint& pos) const {
    int left = 0;
    for (const auto& feed : m_shown) {
        const int width = widthOf(feed);
        if (pos.x() >= left - 4 && pos.x() <= left + width + 4)
            return &feed;
        left += width + (m_names ? 16 : 8);
    }
    return nullptr;
}

void FeedLamps::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !rect().contains(event->position().toPoint()))
        return;
    const auto* feed = at(event->position().toPoint());
    emit wanted(feed == nullptr ? QString() : feed->name);
}

FeedLamps::Lamp FeedLamps::lampOf(const FeedHealth& feed) const {
    if (const auto known = m_known.find(feed.name); known != m_known.end()) {
        if (known->second.state == ingest::FeedState::waiting || known->second.state == ingest::FeedState::failed)
            return Lamp::trouble;
    }
    if (!feed.ever)
        return feed.quarantined > 0 ? Lamp::trouble : Lamp::silent;
    // Readings never stop while their sender lives; warnings and reports may rightly be silent for days.
    const bool steady = feed.name.contains(QLatin1String("reading")) || feed.name == QLatin1String("gauges") ||
                        feed.name.contains(QLatin1String("mqtt"));
    return steady && m_ui.desk.now() - feed.lastGood > kLate ? Lamp::trouble : Lamp::well;
}

QString FeedLamps::wordsFor(const FeedHealth& feed) const {
    if (feed.name.isEmpty())
        return tr("Other feeds without trouble: %1").arg(feed.taken);
    if (const auto known = m_known.find(feed.name);
        known != m_known.end() && !known->second.stateReason.empty() && lampOf(feed) == Lamp::trouble)
        return tr("%1: %2").arg(Words::feed(feed.name.toStdString()),
                                QString::fromStdString(known->second.stateReason));
    const QString name = Words::feed(feed.name.toStdString());
    QString words;
    switch (lampOf(feed)) {
    case Lamp::silent:
        words = tr("%1: nothing has come yet").arg(name);
        break;
    case Lamp::trouble:
        words = feed.ever
                    ? tr("%1: late, the last word came %2", "feed, how long ago").arg(name, Words::ago(m_ui.desk.now() - feed.lastGood))
                    : tr("%1: nothing readable has come yet").arg(name);
        break;
    case Lamp::well:
        words = tr("%1: well, %2 taken, the last %3", "feed, number, how long ago")
                    .arg(name, Words::number(static_cast<double>(feed.taken), 0),
                         Words::ago(m_ui.desk.now() - feed.lastGood));
        break;
    }
    if (feed.quarantined > 0)
        words += QLatin1Char('\n') + tr("%1 could not be read and were put aside with the reason")
                                         .arg(Words::number(static_cast<double>(feed.quarantined), 0));
    if (feed.cut > 0)
        words += QLatin1Char('\n') + tr("Of %1 of them only the beginning is kept: the room for this feed was full")
                                         .arg(Words::number(static_cast<double>(feed.cut), 0));
    return words;
}

bool FeedLamps::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return BarPart::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto* feed = at(help->pos());
    const QString words = feed == nullptr ? QString() : wordsFor(*feed);
    QToolTip::showText(help->globalPos(), words, this);
    return true;
}

void FeedLamps::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(m_ui.theme.font(Theme::Text::body));
    int left = 0;
    for (const auto& feed : m_shown) {
        const QPointF centre(left + 6.0, kHeight / 2.0);
        switch (lampOf(feed)) {
        case Lamp::well:
            painter.setPen(Qt::NoPen);
            painter.setBrush(p.good);
            painter.drawEllipse(centre, 4.0, 4.0);
            break;
        case Lamp::silent:
            painter.setPen(QPen(p.faint, 1.6));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(centre, 3.6, 3.6);
            break;
        case Lamp::trouble: {
            QPainterPath triangle;
            triangle.moveTo(centre + QPointF(0, -6));
            triangle.lineTo(centre + QPointF(6.4, 5));
            triangle.lineTo(centre + QPointF(-6.4, 5));
            triangle.closeSubpath();
            painter.setPen(QPen(p.text, 1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.setBrush(p.text);
            painter.drawPath(triangle);
            painter.setPen(QPen(p.panel, 1.6, Qt::SolidLine, Qt::RoundCap));
            painter.drawLine(centre + QPointF(0, -2.4), centre + QPointF(0, 1));
            painter.drawPoint(centre + QPointF(0, 3.6));
            break;
        }
        }
        if (m_names || feed.name.isEmpty()) {
            painter.setPen(p.dim);
            painter.drawText(QRect(left + 16, 0, width() - left, kHeight), Qt::AlignVCenter, nameOf(feed));
        }
        left += widthOf(feed) + (m_names ? 16 : 8);
    }
}

// ---- buttons

BarButton::BarButton(const UiContext& ui, QWidget* parent) : QAbstractButton(parent), m_ui(ui) {
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
}

int BarButton::fullWidth() const {
    int width = 16;
    if (!m_glyph.isEmpty())
        width += 20;
    if (!text().isEmpty())
        width += QFontMetrics(m_ui.theme.font(Theme::Text::bodyBold)).horizontalAdvance(text()) +
                 (m_glyph.isEmpty() ? 0 : 6);
    if (!m_second.isEmpty())
        width += QFontMetrics(m_ui.theme.font(Theme::Text::body)).horizontalAdvance(m_second);
    if (m_fill.isValid() || m_loud)
        width += 8;
    return width + 2;
}

QSize BarButton::sizeHint() const {
    const int full = fullWidth();
    return {m_most > 0 ? std::min(full, m_most) : full, kHeight};
}

void BarButton::setGlyph(const QString& name, const QColor& colour) {
    m_glyph = name;
    m_glyphColour = colour;
    updateGeometry();
    update();
}

void BarButton::setSecondText(const QString& text) {
    if (m_second == text)
        return;
    m_second = text;
    updateGeometry();
    update();
}

void BarButton::setLoud(bool loud) {
    m_loud = loud;
    updateGeometry();
    update();
}

void BarButton::setFill(const QColor& fill, const QColor& text) {
    m_fill = fill;
    m_fillText = text;
    updateGeometry();
    update();
}

void BarButton::setOutlined(bool outlined) {
    m_outlined = outlined;
    update();
}

void BarButton::setMostWidth(int pixels) {
    m_most = pixels;
    updateGeometry();
}

void BarButton::enterEvent(QEnterEvent* /*event*/) {
    update();
}
void BarButton::leaveEvent(QEvent* /*event*/) {
    update();
}

void BarButton::paintEvent(QPaintEvent* /*event*/) {
    const Palette& p = m_ui.theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF box(0.5, (kHeight - kBadge) / 2.0 + 0.5, width() - 1, kBadge - 1);
    QColor ink = p.text;
    QColor second = p.dim;
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::NoBrush);
    if (m_loud) {
        painter.setBrush(p.text);
        ink = second = p.panel;
    } else if (m_fill.isValid()) {
        painter.setBrush(underMouse() ? m_fill.lighter(108) : m_fill);
        ink = second = m_fillText;
    } else if (underMouse() || isDown()) {
        painter.setBrush(p.raised);
    }
    if (hasFocus())
        painter.setPen(QPen(m_fill.isValid() || m_loud ? p.text : p.accent, 1.4));
    else if (m_outlined)
        painter.setPen(QPen(p.line, 1));
    painter.drawRoundedRect(box, 4, 4);
    double left = box.left() + (m_fill.isValid() || m_loud ? 12 : 8);
    const double right = box.right() - 7;
    if (!m_glyph.isEmpty()) {
        QColor glyphInk = m_loud || m_fill.isValid() || !text().isEmpty() ? ink : p.dim;
        if (m_glyphColour.isValid())
            glyphInk = m_glyphColour;
        Symbols::paintGlyph(painter, QRectF(left, kHeight / 2.0 - 10, 20, 20), m_glyph, glyphInk);
        left += 26;
    }
    painter.setFont(m_ui.theme.font(Theme::Text::bodyBold));
    painter.setPen(ink);
    const QString shown = painter.fontMetrics().elidedText(text(), Qt::ElideRight, static_cast<int>(right - left) + 1);
    painter.drawText(QRectF(left, 0, right - left + 2, kHeight), Qt::AlignVCenter, shown);
    left += painter.fontMetrics().horizontalAdvance(shown);
    if (!m_second.isEmpty() && right > left) {
        painter.setFont(m_ui.theme.font(Theme::Text::body));
        painter.setPen(second);
        painter.drawText(
            QRectF(left, 0, right - left + 2, kHeight), Qt::AlignVCenter,
            painter.fontMetrics().elidedText(m_second, Qt::ElideRight, static_cast<int>(right - left) + 1));
    }
}

// ---- clock

BarClock::BarClock(const UiContext& ui, QTimeZone zone, QWidget* parent)
    : BarPart(ui, parent), m_zone(zone.isValid() ? std::move(zone) : QTimeZone::utc()) {
    refresh();
}

QSize BarClock::sizeHint() const {
    return {textWidth(QStringLiteral("00:00:00"), Theme::Text::clock) + 2, kHeight};
}

void BarClock::refresh() {
    const QString text = dateTimeIn(m_ui.desk.now(), m_zone).toString(QStringLiteral("HH:mm:ss"));
    if (text == m_text)
        return;
    m_text = text;
    update();
}

bool BarClock::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip)
        return BarPart::event(event);
    const QDateTime now = dateTimeIn(m_ui.desk.now(), m_zone);
    const QLocale locale(m_ui.language);
    QString words = locale.toString(now.date(), QLocale::LongFormat) + QLatin1Char('\n') +
                    QString::fromLatin1(m_zone.id()) + QStringLiteral(" · UTC ") +
                    now.toUTC().toString(QStringLiteral("HH:mm"));
    if (m_ui.desk.state().desk.exercise)
        words += QLatin1Char('\n') + tr("The exercise's own time");
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), words, this);
    return true;
}

void BarClock::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setFont(m_ui.theme.font(Theme::Text::clock));
    painter.setPen(m_ui.theme.colours().text);
    painter.drawText(rect(), Qt::AlignVCenter | Qt::AlignRight, m_text);
}

} // namespace tocsin::gui
