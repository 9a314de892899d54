#include "gui/panels/sensor_views.hpp"

#include "gui/panels/commands.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/reading_chart.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QHBoxLayout>
#include <QMenu>
#include <QPointer>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr auto chartSpan = std::chrono::hours(1);
constexpr std::size_t chartPoints = 2000;

QVBoxLayout* columnOf(QWidget* view) {
    auto* column = new QVBoxLayout(view);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    return column;
}

std::vector<ReadingChart::Limit> limitsOf(const model::State& state, const model::SensorId& sensor) {
    std::map<double, model::Grade> gravest;
    for (const auto& [id, alarm] : state.alarms) {
        if (alarm.sensor != sensor)
            continue;
        const auto [it, fresh] = gravest.emplace(alarm.threshold, alarm.severity);
        if (!fresh)
            it->second = std::min(it->second, alarm.severity);
    }
    std::vector<ReadingChart::Limit> out;
    for (const auto& [value, grade] : gravest)
        out.push_back({value, grade});
    return out;
}

} // namespace

void fillChart(const UiContext& ui, ReadingChart& chart, const model::SensorId& sensor) {
    const auto& state = ui.desk.state();
    const auto known = state.sensors.find(sensor);
    const base::Time now = ui.desk.now();
    chart.clear();
    chart.setFrame(now - chartSpan, now, known == state.sensors.end() ? std::string() : known->second.unit);
    chart.setProperty("sensor", QString::fromStdString(sensor.value));
    chart.setLimits(limitsOf(state, sensor));
    QPointer<ReadingChart> target(&chart);
    ui.desk.readingsOf(sensor, now - chartSpan, now, chartPoints, &chart,
                       [target, name = QString::fromStdString(sensor.value)](std::vector<store::ReadingPoint> points) {
                           // An answer for the sensor before the last is nobody's any more.
                           if (target && target->property("sensor").toString() == name)
                               target->setPoints(std::move(points));
                       });
}

void updateChart(const UiContext& ui, ReadingChart& chart, const model::SensorId& sensor) {
    chart.setLimits(limitsOf(ui.desk.state(), sensor));
    const auto& now = ui.desk.sensorsNow();
    if (const auto it = now.find(sensor); it != now.end())
        chart.append({it->second.time, it->second.value});
}

SensorView::SensorView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_value(textLabel(ui.theme, this)),
      m_facts(new FactGrid(ui.theme, this)), m_chartTitle(sectionLabel(ui.theme, this)),
      m_chart(new ReadingChart(ui.theme, this)) {
    auto* column = columnOf(this);
    m_value->setFont(ui.theme.font(Theme::Text::clock));
    column->addWidget(m_title);
    column->addWidget(m_value);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_chartTitle);
    column->addWidget(m_chart);
    column->addStretch();
}

const model::Sensor* SensorView::sensor() const {
    const auto& all = m_ui.desk.state().sensors;
    const auto it = all.find(m_sensor);
    return it == all.end() ? nullptr : &it->second;
}

void SensorView::show(const Selected& what) {
    const auto* id = std::get_if<model::SensorId>(&what);
    m_sensor = id ? *id : model::SensorId();
    if (!id)
        return;
    fillChart(m_ui, *m_chart, m_sensor);
    words();
}

void SensorView::take(const Changes& changes) {
    if (changes.all || changes.sensors.contains(m_sensor) || changes.readings.contains(m_sensor) ||
        !changes.alarms.empty()) {
        updateChart(m_ui, *m_chart, m_sensor);
        facts();
    }
}

void SensorView::words() {
    m_chartTitle->setText(tr("Last hour"));
    facts();
}

void SensorView::tick() {
    facts();
}

void SensorView::facts() {
    const model::Sensor* s = sensor();
    if (!s)
        return;
    const QColor ink = m_ui.theme.colours().text;
    m_title->set(Words::local(s->name, m_ui.language),
                 Words::sensorKind(s->kind) + QStringLiteral(" · ") + Words::plain(s->id.value),
                 [glyph = Symbols::forSensor(s->kind), ink](QPainter& p, const QRectF& r) {
                     Symbols::paintGlyph(p, r, glyph, ink);
                 });
    const auto& all = m_ui.desk.sensorsNow();
    const auto now = all.find(m_sensor);
    QString last;
    if (now == all.end()) {
        m_value->setText(tr("no reading yet"));
    } else {
        const QString arrow = Words::trendArrow(now->second.previous, now->second.value);
        m_value->setText(Words::value(now->second.value, s->unit) +
                         (arrow.isEmpty() ? QString() : QLatin1Char(' ') + arrow));
        last = tr("%1 ago", "age").arg(Words::age(m_ui.desk.now() - now->second.time));
    }
    QString range;
    if (s->lowest && s->highest)
        range = tr("%1 to %2").arg(Words::value(*s->lowest, s->unit), Words::value(*s->highest, s->unit));
    m_facts->set({{tr("Place"), Words::local(s->place, m_ui.language)},
                  {tr("Last reading"), last},
                  {tr("Measures"), range},
                  {tr("Position"), Words::position(s->position)}});
}

AlarmView::AlarmView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_title(new TitleBlock(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)),
      m_acknowledge(new KeyButton(this)), m_open(new KeyButton(this)), m_link(new QPushButton(this)),
      m_chartTitle(sectionLabel(ui.theme, this)), m_chart(new ReadingChart(ui.theme, this)),
      m_guidanceTitle(sectionLabel(ui.theme, this)), m_guidance(textLabel(ui.theme, this)) {
    auto* column = columnOf(this);
    column->addWidget(m_title);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(m_guidanceTitle);
    column->addWidget(m_guidance);
    auto* acts = new QHBoxLayout;
    acts->setSpacing(8);
    acts->setContentsMargins(0, 4, 0, 8);
    acts->addWidget(m_open, 1);
    acts->addWidget(m_acknowledge);
    acts->addWidget(m_link);
    column->addLayout(acts);
    column->addWidget(m_chartTitle);
    column->addWidget(m_chart);
    column->addStretch();

    m_acknowledge->setObjectName(QStringLiteral("detailAcknowledgeButton"));
    m_open->setObjectName(QStringLiteral("detailOpenIncidentButton"));
    m_link->setObjectName(QStringLiteral("detailLinkButton"));
    m_acknowledge->dress(ui.theme, {});
    m_open->dress(ui.theme, {}, "primary");
    connect(m_acknowledge, &QPushButton::clicked, this, &AlarmView::acknowledge);
    connect(m_open, &QPushButton::clicked, this, &AlarmView::openIncident);
    connect(m_link, &QPushButton::clicked, this, [this] {
        const model::Alarm* a = alarm();
        if (!a)
            return;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        commands::fillLinkMenu(m_ui, *menu, *a);
        menu->popup(m_link->mapToGlobal(QPoint(0, m_link->height())));
    });
}

const model::Alarm* AlarmView::alarm() const {
    const auto& all = m_ui.desk.state().alarms;
    const auto it = all.find(m_alarm);
    return it == all.end() ? nullptr : &it->second;
}

void AlarmView::show(const Selected& what) {
    const auto* id = std::get_if<model::AlarmId>(&what);
    m_alarm = id ? *id : model::AlarmId();
    if (const model::Alarm* a = alarm())
        fillChart(m_ui, *m_chart, a->sensor);
    words();
}

void AlarmView::take(const Changes& changes) {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    if (changes.all || changes.alarms.contains(m_alarm) || changes.readings.contains(a->sensor) ||
        (a->incident && changes.incidents.contains(*a->incident))) {
        updateChart(m_ui, *m_chart, a->sensor);
        words();
    }
}

void AlarmView::tick() {
    facts();
}

void AlarmView::words() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    m_guidanceTitle->setText(tr("What to do"));
    const QString guidance = Words::local(a->guidance, m_ui.language);
    setOrHide(m_guidance, guidance);
    m_guidanceTitle->setVisible(!guidance.isEmpty());
    const auto& sensors = m_ui.desk.state().sensors;
    const auto sensor = sensors.find(a->sensor);
    m_chartTitle->setText(tr("%1, last hour")
                              .arg(sensor == sensors.end() ? Words::plain(a->sensor.value)
                                                           : Words::local(sensor->second.name, m_ui.language)));
    const bool canWrite = !m_ui.desk.readOnly();
    m_acknowledge->setText(tr("Acknowledge"));
    m_acknowledge->setVisible(model::wantsAcknowledgement(a->state));
    m_acknowledge->setEnabled(canWrite);
    m_open->setText(a->incident ? tr("Go to incident") : tr("Open incident"));
    m_open->setEnabled(canWrite || a->incident);
    m_link->setText(tr("Link…"));
    m_link->setToolTip(tr("Join it to an open incident"));
    m_link->setVisible(!a->incident);
    m_link->setEnabled(canWrite);
    facts();
}

void AlarmView::facts() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    const auto& state = m_ui.desk.state();
    const bool over = a->state == model::AlarmState::returnedUnacknowledged || a->state == model::AlarmState::normal;
    m_title->set(Words::local(a->title, m_ui.language),
                 Words::hazardClass(a->hazardClass) + QStringLiteral(" · ") + Words::hazard(a->hazard) +
                     QStringLiteral(" · ") + Words::severity(a->severity),
                 [&theme = m_ui.theme, grade = a->severity, over](QPainter& p, const QRectF& r) {
                     Symbols::paintSeverity(p, r, grade, theme, !over);
                 });
    QString now;
    if (const auto it = m_ui.desk.sensorsNow().find(a->sensor); it != m_ui.desk.sensorsNow().end()) {
        const QString arrow = Words::trendArrow(it->second.previous, it->second.value);
        now = Words::value(it->second.value, a->unit) + (arrow.isEmpty() ? QString() : QLatin1Char(' ') + arrow);
        if (!a->saw.empty()) {
            const QString rate =
                Words::rate(a->saw.front().time, a->saw.front().value, it->second.time, it->second.value, a->unit);
            if (!rate.isEmpty() && !arrow.isEmpty())
                now += QLatin1Char(' ') + rate;
        }
    }
    QString incident;
    if (a->incident) {
        const auto it = state.incidents.find(*a->incident);
        if (it != state.incidents.end())
            incident =
                Words::plain(it->second.number) + QLatin1Char(' ') + Words::local(it->second.title, m_ui.language);
    }
    m_facts->set(
        {{tr("Value now"), now},
         {tr("Raised at"),
          tr("%1, limit %2", "value, limit").arg(Words::value(a->value, a->unit), Words::value(a->threshold, a->unit))},
         {tr("Place"), Words::local(a->place, m_ui.language)},
         {tr("Since"), tr("%1 (%2)", "clock, age")
                           .arg(Words::moment(a->raisedAt, m_ui.desk.now(), m_ui.language),
                                Words::age(m_ui.desk.now() - a->raisedAt))},
         {tr("State"), Words::alarmStateLong(*a)},
         {tr("Rule"), Words::plain(a->rule)},
         {tr("Incident"), incident, true}});
}

void AlarmView::acknowledge() {
    if (const model::Alarm* a = alarm(); a && model::wantsAcknowledgement(a->state))
        m_ui.desk.send(desk::AcknowledgeAlarm{a->id});
}

void AlarmView::openIncident() {
    if (const model::Alarm* a = alarm())
        commands::openIncident(m_ui, this, *a);
}

} // namespace tocsin::gui
