#include "gui/panels/sensor_chart.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/flagged_readings.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QAreaSeries>
#include <QButtonGroup>
#include <QCategoryAxis>
#include <QChart>
#include <QChartView>
#include <QGraphicsLayout>
#include <QGraphicsSimpleTextItem>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QScatterSeries>
#include <QToolButton>
#include <QVBoxLayout>
#include <QValueAxis>
#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
constexpr base::Duration kSpans[SensorChart::ranges] = {
    10min, 1h, 6h, 24h, std::chrono::days(7), std::chrono::days(30), std::chrono::days(365), std::chrono::days(3653)};
constexpr int kHeight = 168;
constexpr int kRedrawMs = 300; ///< between two drawings of readings as they come
constexpr int kSettleMs = 150; ///< a held key chooses another sensor sooner

double millis(base::Time time) {
    return static_cast<double>(base::toUnixMicros(time)) / 1000;
}

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

SensorChart::SensorChart(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_title(sectionLabel(ui.theme, this)), m_buttons(new QButtonGroup(this)),
      m_chart(new QChart), m_view(new QChartView(m_chart, this)), m_empty(textLabel(ui.theme, m_view, true)),
      m_values(new QValueAxis(m_chart)), m_times(new QCategoryAxis(m_chart)), m_mean(new QLineSeries(m_chart)),
      m_lowest(new QLineSeries(m_chart)), m_highest(new QLineSeries(m_chart)),
      m_band(new QAreaSeries(m_highest, m_lowest)), m_newest(new QScatterSeries(m_chart)),
      m_flagged(new QScatterSeries(m_chart)), m_flags(textLabel(ui.theme, this, true)),
      m_way(new QLineSeries(m_chart)), m_soonest(new QLineSeries(m_chart)), m_latest(new QLineSeries(m_chart)),
      m_cone(new QAreaSeries(m_soonest, m_latest)) {
    setObjectName(QStringLiteral("sensorChart"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_title->setWordWrap(true);
    column->addWidget(m_title);
    auto* row = new QHBoxLayout;
    row->setSpacing(1);
    for (int i = 0; i < ranges; ++i) {
        auto* button = new QToolButton(this);
        button->setObjectName(QStringLiteral("range%1").arg(i));
        button->setCheckable(true);
        button->setProperty("kind", QStringLiteral("range")); // narrow: all eight fit a narrow panel
        button->setFocusPolicy(Qt::TabFocus);
        button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
        button->setMinimumWidth(22);
        button->setFont(m_ui.theme.font(Theme::Text::second));
        m_buttons->addButton(button, i);
        row->addWidget(button);
    }
    row->addStretch(1);
    column->addLayout(row);
    m_view->setFixedHeight(kHeight);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setRenderHint(QPainter::Antialiasing);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setBackgroundBrush(Qt::NoBrush);
    m_view->setAttribute(Qt::WA_TransparentForMouseEvents); // the wheel belongs to the panel
    m_empty->setGeometry(0, 0, 360, kHeight);
    m_empty->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    column->addWidget(m_view);
    m_flags->setObjectName(QStringLiteral("flaggedReadings"));
    m_flags->setWordWrap(true);
    m_flags->hide();
    column->addWidget(m_flags);

    m_chart->legend()->hide();
    m_chart->setBackgroundVisible(false);
    m_chart->setMargins(QMargins(0, 6, 4, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->addAxis(m_values, Qt::AlignLeft);
    m_chart->addAxis(m_times, Qt::AlignBottom);
    m_times->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    m_times->setGridLineVisible(false);
    m_values->setTickType(QValueAxis::TicksDynamic);
    for (QAbstractSeries* series : std::initializer_list<QAbstractSeries*>{m_band, m_cone, m_mean, m_way, m_newest, m_flagged}) {
        m_chart->addSeries(series);
        series->attachAxis(m_values);
        series->attachAxis(m_times);
    }
    m_newest->setMarkerSize(9);
    m_flagged->setMarkerShape(QScatterSeries::MarkerShapeRotatedRectangle);
    m_flagged->setMarkerSize(11);
    connect(m_buttons, &QButtonGroup::idClicked, this, &SensorChart::setRange);
    connect(m_chart, &QChart::plotAreaChanged, this, &SensorChart::place);
    connect(&m_ui.theme, &Theme::changed, this, &SensorChart::dress);
    m_redraw.setSingleShot(true);
    m_redraw.setInterval(kRedrawMs);
    connect(&m_redraw, &QTimer::timeout, this, [this] {
        if (m_unseen && isVisible())
            put();
    });
    m_settle.setSingleShot(true);
    m_settle.setInterval(kSettleMs);
    connect(&m_settle, &QTimer::timeout, this, [this] {
        if (m_due)
            load();
    });
    m_buttons->button(m_range)->setChecked(true);
    dress();
    words();
}

const model::Sensor* SensorChart::sensor() const {
    const auto& all = m_ui.desk.state().sensors;
    const auto it = all.find(m_sensor);
    return it == all.end() ? nullptr : &it->second;
}

base::Duration SensorChart::span() const {
    return kSpans[m_range];
}

bool SensorChart::banded() const {
    return m_series.step.count() > 0;
}

// ---- what it shows

void SensorChart::show(const model::SensorId& sensor) {
    if (sensor == m_sensor && !sensor.value.empty()) {
        putLimits();
        return;
    }
    m_sensor = sensor;
    m_series = {};
    m_forecast.reset();
    setVisible(!sensor.value.empty());
    ++m_question; // what was asked before is not wanted any more
    m_awaits = true;
    m_chart->setVisible(false);
    m_empty->setVisible(false);
    m_flags->hide();
    m_due = m_settle.isActive() && !sensor.value.empty(); // laying a chart out takes longer than a held key leaves
    m_settle.start();
    if (!m_due)
        load();
    words();
}

void SensorChart::setRange(int range) {
    range = std::clamp(range, 0, ranges - 1);
    if (QAbstractButton* button = m_buttons->button(range))
        button->setChecked(true);
    if (range == m_range)
        return;
    m_range = range;
    load();
    words();
}

void SensorChart::setForecast(std::optional<Forecast> forecast) {
    if (forecast == m_forecast)
        return;
    m_forecast = std::move(forecast);
    put();
}

void SensorChart::load() {
    m_due = false;
    m_stale = false;
    m_loaded.start();
    if (m_sensor.value.empty()) {
        ++m_question;
        m_awaits = false;
        put();
        return;
    }
    const base::Time now = m_ui.desk.now();
    const std::uint64_t question = ++m_question;
    m_ui.desk.seriesOf(m_sensor, now - span(), now, mostPoints, this, [this, question](store::Series series) {
        if (question != m_question)
            return; // another sensor or another time was asked for since
        m_series = std::move(series);
        m_awaits = false;
        put();
    });
}

void SensorChart::take(const Changes& changes) {
    if (m_sensor.value.empty() || m_awaits)
        return;
    if (changes.all || changes.rules || changes.sensors.contains(m_sensor))
        putLimits();
    if (!changes.all && !changes.readings.contains(m_sensor))
        return;
    const auto it = m_ui.desk.sensorsNow().find(m_sensor);
    if (it == m_ui.desk.sensorsNow().end())
        return;
    if (banded() || m_series.points.size() >= 2 * mostPoints) {
        m_stale = true; // the sums are made anew, by and by
        return;
    }
    const auto& [time, value, previous] = it->second;
    if (!std::isfinite(value) || (!m_series.points.empty() && time <= m_series.points.back().time))
        return;
    m_series.points.push_back({time, value, value, value, 1});
    // One stays to the left, so that the line enters from the edge.
    const auto first = std::lower_bound(m_series.points.begin(), m_series.points.end(), m_ui.desk.now() - span(),
                                        [](const store::SeriesPoint& p, base::Time t) { return p.time < t; });
    if (first - m_series.points.begin() > 1)
        m_series.points.erase(m_series.points.begin(), first - 1);
    putSoon();
}

void SensorChart::putSoon() {
    m_unseen = true;
    if (isVisible() && !m_redraw.isActive())
        m_redraw.start();
}

void SensorChart::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    if (m_unseen)
        put();
}

void SensorChart::tick() {
    const auto rest = std::chrono::duration_cast<std::chrono::milliseconds>(span() / 300).count();
    if (m_stale && m_loaded.elapsed() > std::clamp<qint64>(rest, 5'000, 60'000))
        load();
}

void SensorChart::put() {
    m_unseen = false;
    if (m_awaits) {
        say(m_title->text());
        return;
    }
    // By steps of about a pixel: between two of them the axes stand still.
    const auto pixel = std::max<std::int64_t>(1, span().count() / 700);
    const base::Time now{base::Duration((m_ui.desk.now().time_since_epoch().count() + pixel - 1) / pixel * pixel)};
    m_from = now - span();
    m_to = now;
    if (m_forecast && m_forecast->when.reaches > now) // as much of what comes as was
        m_to = std::min(now + span(), m_forecast->when.reaches + m_forecast->when.plusMinus + span() / 20);
    QList<QPointF> mean;
    QList<QPointF> low;
    QList<QPointF> high;
    QList<QPointF> flagged;
    mean.reserve(static_cast<qsizetype>(m_series.points.size()));
    m_low = std::numeric_limits<double>::max();
    m_high = std::numeric_limits<double>::lowest();
    for (const store::SeriesPoint& p : m_series.points) {
        const double x = millis(p.time + m_series.step / 2);
        mean.emplaceBack(x, p.mean);
        if (p.flags != model::Reading::plain)
            flagged.emplaceBack(x, p.mean);
        if (banded()) {
            low.emplaceBack(x, p.lowest);
            high.emplaceBack(x, p.highest);
        }
        m_low = std::min(m_low, p.lowest);
        m_high = std::max(m_high, p.highest);
    }
    m_mean->replace(mean);
    m_lowest->replace(low);
    m_highest->replace(high);
    m_band->setVisible(banded());
    m_newest->clear();
    if (!mean.isEmpty())
        m_newest->append(mean.back());
    m_flagged->replace(flagged);
    setOrHide(m_flags, FlaggedReadings::words(m_series, m_ui.desk.now(), m_ui.language));
    const bool nothing = m_series.points.empty();
    m_empty->setVisible(nothing);
    m_chart->setVisible(!nothing);
    putForecast();
    putLimits();
    putAxes();
    QString said = m_title->text();
    if (!nothing) {
        const model::Sensor* s = sensor();
        const std::string unit = s ? s->unit : std::string();
        said += QStringLiteral(": ") + tr("from %1 to %2, newest %3", "values of a chart")
                                           .arg(Words::value(m_low, unit), Words::value(m_high, unit),
                                                Words::value(m_series.points.back().mean, unit));
        if (!flagged.isEmpty())
            said += QStringLiteral(". ") + m_flags->text();
    } else {
        said += QStringLiteral(": ") + m_empty->text();
    }
    say(said);
}

void SensorChart::say(const QString& words) {
    m_view->setAccessibleName(words);
    setAccessibleName(words);
}

void SensorChart::putForecast() {
    m_way->clear();
    m_soonest->clear();
    m_latest->clear();
    const bool shown = m_forecast && !m_series.points.empty() && m_forecast->when.reaches > m_series.points.back().time;
    m_way->setVisible(shown);
    m_cone->setVisible(shown);
    if (!shown)
        return;
    const store::SeriesPoint& newest = m_series.points.back();
    const double x0 = millis(newest.time + m_series.step / 2);
    const double limit = m_forecast->limit;
    const auto at = [&](base::Time t) { return std::max(x0 + 1, millis(t)); };
    const double soon = at(m_forecast->when.reaches - m_forecast->when.plusMinus);
    const double late = at(m_forecast->when.reaches + m_forecast->when.plusMinus);
    m_way->replace(QList<QPointF>{{x0, newest.mean}, {at(m_forecast->when.reaches), limit}});
    m_soonest->replace(QList<QPointF>{{x0, newest.mean}, {soon, limit}, {late, limit}});
    m_latest->replace(QList<QPointF>{{x0, newest.mean}, {late, limit}});
}

void SensorChart::putLimits() {
    std::vector<SensorLimit> limits = limitsOf(m_ui.desk.rules(), m_sensor, sensor());
    if (limits == m_limits && m_limitsOf == m_sensor)
        return;
    m_limits = std::move(limits);
    m_limitsOf = m_sensor;
    for (const LimitLine& old : m_limitLines) {
        m_chart->removeSeries(old.line);
        delete old.line;
        delete old.text;
    }
    m_limitLines.clear();
    for (std::size_t i = 0; i < m_limits.size(); ++i) {
        auto* line = new QLineSeries(m_chart);
        m_chart->addSeries(line);
        line->attachAxis(m_values);
        line->attachAxis(m_times);
        auto* text = new QGraphicsSimpleTextItem(m_chart);
        text->setZValue(20);
        m_limitLines.push_back({line, text});
    }
    m_axes.reset();
    putAxes();
    dress();
}

void SensorChart::putAxes() {
    double low = m_low;
    double high = m_high;
    if (low > high)
        low = high = 0;
    for (const SensorLimit& limit : m_limits) {
        low = std::min(low, limit.value);
        high = std::max(high, limit.value);
    }
    if (m_forecast) {
        low = std::min(low, m_forecast->limit);
        high = std::max(high, m_forecast->limit);
    }
    const double room = std::max(high - low, std::max(std::abs(high) * 0.02, 0.1));
    low -= room * 0.08;
    high += room * 0.16;
    const double step = niceStep(high - low, 4);
    Axes axes{low, high, m_from, m_to, m_ui.language};
    if (m_axes == axes)
        return;
    m_axes = std::move(axes);
    const int decimals = std::clamp(static_cast<int>(std::ceil(-std::log10(step) - 1e-9)), 0, 3);
    m_values->setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    m_values->setTickAnchor(0);
    m_values->setTickInterval(step);
    m_values->setRange(low, high);

    for (const QString& label : m_times->categoriesLabels())
        m_times->remove(label);
    const double from = millis(m_from);
    const double to = std::max(millis(m_to), from + 1);
    m_times->setRange(from, to);
    m_times->setStartValue(from);
    constexpr int labels = 4;
    QString last;
    for (int i = 0; i <= labels; ++i) {
        const base::Time t = m_from + i * ((m_to - m_from) / labels);
        const QDateTime moment = Words::dateTime(t);
        const QLocale locale(m_ui.language);
        QString text = Words::hourMinute(t);
        const auto whole = m_to - m_from;
        if (whole > std::chrono::days(1000))
            text = moment.toString(QStringLiteral("yyyy"));
        else if (whole > std::chrono::days(60))
            text = moment.toString(QStringLiteral("yyyy-MM"));
        else if (whole > std::chrono::hours(48))
            text = locale.toString(moment, m_ui.language.startsWith(QLatin1String("zh")) ? QStringLiteral("M月d日")
                                                                                         : QStringLiteral("d MMM"));
        if (text == last)
            continue;
        last = text;
        // The edges' words would be cut: a little within.
        const double x = millis(t) + (i == 0 ? 0.05 : (i == labels ? -0.05 : 0.0)) * (to - from);
        m_times->append(text, x);
    }
    for (std::size_t i = 0; i < m_limitLines.size(); ++i)
        m_limitLines[i].line->replace(QList<QPointF>{{from, m_limits[i].value}, {to, m_limits[i].value}});
    place();
}

// ---- looks

void SensorChart::dress() {
    const Palette& c = m_ui.theme.colours();
    const QFont small = m_ui.theme.font(Theme::Text::hint);
    for (QAbstractAxis* axis : std::initializer_list<QAbstractAxis*>{m_values, m_times}) {
        axis->setLabelsFont(small);
        axis->setLabelsBrush(c.dim);
        axis->setGridLineColor(c.line);
        axis->setLinePen(QPen(c.line, 1));
    }
    m_mean->setPen(QPen(c.accent, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    QColor wash = c.accent;
    wash.setAlphaF(0.22F);
    m_band->setBrush(wash);
    m_band->setPen(Qt::NoPen);
    QColor coming = c.text;
    coming.setAlphaF(0.12F);
    m_cone->setBrush(coming);
    m_cone->setPen(Qt::NoPen);
    m_way->setPen(QPen(c.text, 1.4, Qt::DotLine));
    m_newest->setBrush(c.accent);
    m_newest->setPen(QPen(c.panel, 2));
    m_flagged->setBrush(Qt::NoBrush);
    m_flagged->setPen(QPen(c.text, 1.6));
    const model::Sensor* s = sensor();
    for (std::size_t i = 0; i < m_limitLines.size(); ++i) {
        const QColor ink = m_ui.theme.grade(m_limits[i].grade);
        m_limitLines[i].line->setPen(QPen(ink, 1.4, Qt::DashLine));
        m_limitLines[i].text->setBrush(ink);
        m_limitLines[i].text->setFont(small);
        m_limitLines[i].text->setText(Words::numeral(m_limits[i].grade) + QStringLiteral("  ") +
                                      Words::value(m_limits[i].value, s ? s->unit : std::string()));
    }
    place();
}

void SensorChart::place() {
    const QRectF area = m_chart->plotArea();
    for (std::size_t i = 0; i < m_limitLines.size(); ++i) {
        const QPointF at = m_chart->mapToPosition(QPointF(millis(m_from), m_limits[i].value), m_limitLines[i].line);
        m_limitLines[i].text->setPos(area.left() + 6, at.y() - m_limitLines[i].text->boundingRect().height());
    }
}

void SensorChart::words() {
    const QString names[ranges] = {tr("10 min"), tr("1 h"),  tr("6 h"), tr("1 d"),
                                   tr("7 d"),    tr("30 d"), tr("1 y"), tr("10 y")};
    const QString whole[ranges] = {tr("last ten minutes"), tr("last hour"),       tr("last six hours"),
                                   tr("last day"),         tr("last seven days"), tr("last 30 days"),
                                   tr("last year"),        tr("last ten years")};
    for (int i = 0; i < ranges; ++i) {
        QAbstractButton* button = m_buttons->button(i);
        button->setText(names[i]);
        button->setToolTip(tr("%1 ([ shorter, ] longer)").arg(whole[i]));
        button->setAccessibleName(whole[i]);
    }
    const model::Sensor* s = sensor();
    m_title->setText(tr("%1, %2", "sensor, time")
                         .arg(s ? Words::local(s->name, m_ui.language) : Words::plain(m_sensor.value), whole[m_range]));
    m_empty->setText(tr("No reading in this time"));
    if (!m_sensor.value.empty())
        put();
}

} // namespace tocsin::gui
