#include "gui/panels/reading_chart.hpp"

#include "tocsin/gui/panels/words.hpp"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

/// A step of 1, 2 or 5 times a power of ten, so that about `lines` of them span the range.
double niceStep(double range, int lines) {
    const double raw = std::max(range, 1e-9) / lines;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    for (const double f : {1.0, 2.0, 5.0}) {
        if (raw <= f * power)
            return f * power;
    }
    return 10.0 * power;
}

} // namespace

ReadingChart::ReadingChart(const Theme& theme, QWidget* parent) : QWidget(parent), m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void ReadingChart::clear() {
    m_points.clear();
    m_limits.clear();
    update();
}

void ReadingChart::setFrame(base::Time from, base::Time to, const std::string& unit) {
    m_from = from;
    m_to = to;
    m_unit = unit;
    update();
}

void ReadingChart::setPoints(std::vector<store::ReadingPoint> points) {
    // What came live while the worker read is newer than what it read.
    std::vector<store::ReadingPoint> live = std::move(m_points);
    m_points = std::move(points);
    for (const store::ReadingPoint& point : live)
        append(point);
    update();
}

void ReadingChart::append(store::ReadingPoint point) {
    if (!std::isfinite(point.value) || (!m_points.empty() && point.time <= m_points.back().time))
        return;
    m_points.push_back(point);
    if (point.time > m_to) {
        m_from += point.time - m_to;
        m_to = point.time;
        const auto first = std::lower_bound(m_points.begin(), m_points.end(), m_from,
                                            [](const store::ReadingPoint& p, base::Time t) { return p.time < t; });
        if (first - m_points.begin() > 1) // one stays to the left, so that the line enters from the edge
            m_points.erase(m_points.begin(), first - 1);
    }
    update();
}

void ReadingChart::setLimits(std::vector<Limit> limits) {
    if (limits == m_limits)
        return;
    m_limits = std::move(limits);
    update();
}

void ReadingChart::paintEvent(QPaintEvent*) {
    const Palette& c = m_theme.colours();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setFont(m_theme.font(Theme::Text::hint));
    const QFontMetrics fm = p.fontMetrics();

    if (m_points.empty() || m_to <= m_from) {
        p.setPen(c.faint);
        p.drawText(rect(), Qt::AlignLeft | Qt::AlignVCenter, tr("No reading in the last hour"));
        return;
    }
    double low = m_points.front().value;
    double high = low;
    for (const store::ReadingPoint& point : m_points) {
        low = std::min(low, point.value);
        high = std::max(high, point.value);
    }
    for (const Limit& limit : m_limits) {
        low = std::min(low, limit.value);
        high = std::max(high, limit.value);
    }
    const double span = std::max(high - low, std::max(std::abs(high) * 0.02, 0.1));
    low -= span * 0.08;
    high += span * 0.12;

    const double step = niceStep(high - low, 4);
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 3);
    int gutter = 0;
    const double firstTick = std::ceil(low / step) * step;
    for (double v = firstTick; v <= high; v += step)
        gutter = std::max(gutter, fm.horizontalAdvance(Words::number(v, decimals)));
    const QRectF area(gutter + 8, 6, width() - gutter - 8 - 6, height() - 6 - 20);

    const auto x = [&](base::Time t) {
        return area.left() +
               area.width() * static_cast<double>((t - m_from).count()) / static_cast<double>((m_to - m_from).count());
    };
    const auto y = [&](double v) { return area.bottom() - area.height() * (v - low) / (high - low); };

    for (double v = firstTick; v <= high; v += step) {
        const double at = std::round(y(v)) + 0.5;
        p.setPen(c.line);
        p.drawLine(QPointF(area.left(), at), QPointF(area.right(), at));
        p.setPen(c.faint);
        p.drawText(QRectF(0, at - 8, gutter, 16), Qt::AlignRight | Qt::AlignVCenter, Words::number(v, decimals));
    }
    const base::Duration quarter = (m_to - m_from) / 4;
    for (int i = 0; i <= 4; ++i) {
        const base::Time t = m_from + i * quarter;
        const QString text = Words::hourMinute(t);
        const int wide = fm.horizontalAdvance(text);
        const double left = std::clamp(x(t) - wide / 2.0, area.left(), static_cast<double>(width() - wide));
        p.drawText(QPointF(left, height() - 4), text);
    }

    p.setClipRect(area.adjusted(0, -4, 6, 1));
    QPainterPath line;
    bool first = true;
    for (const store::ReadingPoint& point : m_points) {
        const QPointF at(x(point.time), y(point.value));
        first ? line.moveTo(at) : line.lineTo(at);
        first = false;
    }
    QPainterPath below = line;
    below.lineTo(x(m_points.back().time), area.bottom());
    below.lineTo(x(m_points.front().time), area.bottom());
    below.closeSubpath();
    QColor wash = c.accent;
    wash.setAlphaF(0.12F);
    p.fillPath(below, wash);
    p.setPen(QPen(c.accent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    p.setBrush(Qt::NoBrush);
    p.drawPath(line);

    for (const Limit& limit : m_limits) {
        const double at = std::round(y(limit.value)) + 0.5;
        p.setPen(QPen(m_theme.grade(limit.grade), 1.4, Qt::DashLine));
        p.drawLine(QPointF(area.left(), at), QPointF(area.right(), at));
        const QString text = Words::numeral(limit.grade) + QStringLiteral("  ") + Words::value(limit.value, m_unit);
        const QRectF tag(area.left() + 4, at - 15, fm.horizontalAdvance(text) + 8, 14);
        QColor back = c.panel;
        back.setAlphaF(0.85F);
        p.fillRect(tag, back);
        p.setPen(m_theme.grade(limit.grade));
        p.drawText(tag, Qt::AlignCenter, text);
    }
    const QPointF newest(x(m_points.back().time), y(m_points.back().value));
    p.setPen(QPen(c.panel, 2));
    p.setBrush(c.accent);
    p.drawEllipse(newest, 4, 4);
}

} // namespace tocsin::gui
