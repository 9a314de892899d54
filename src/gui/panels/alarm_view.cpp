#include "gui/panels/alarm_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/key_button.hpp"
#include "gui/panels/sensor_chart.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCheckBox>
#include <QGridLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {
namespace {

constexpr qint64 kHistoryRestMs = 1'000;

} // namespace

AlarmView::AlarmView(const UiContext& ui, QWidget* parent)
    : DetailView(ui, parent), m_faces(ui), m_title(new TitleBlock(ui.theme, this)), m_state(textLabel(ui.theme, this)),
      m_facts(new FactGrid(ui.theme, this)), m_guidanceTitle(sectionLabel(ui.theme, this)),
      m_guidance(textLabel(ui.theme, this)), m_grid(new QGridLayout), m_chart(new SensorChart(ui, this)),
      m_forecast(textLabel(ui.theme, this)), m_sensorsTitle(sectionLabel(ui.theme, this)),
      m_sensors(new LinkList(ui.theme, this)), m_peopleTitle(sectionLabel(ui.theme, this)), m_people(new QVBoxLayout),
      m_tellTrouble(textLabel(ui.theme, this)),
      m_groupTitle(sectionLabel(ui.theme, this)), m_groupFacts(textLabel(ui.theme, this, true)),
      m_group(new LinkList(ui.theme, this)), m_reportsTitle(sectionLabel(ui.theme, this)),
      m_reports(new LinkList(ui.theme, this)), m_historyTitle(sectionLabel(ui.theme, this)),
      m_history(new TimeLine(ui.theme, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    m_state->setFont(ui.theme.font(Theme::Text::bodyBold));
    column->addWidget(m_title);
    column->addWidget(m_state);
    column->addWidget(m_facts);
    column->addWidget(m_guidanceTitle);
    column->addWidget(m_guidance);

    const struct {
        AlarmAct act;
        const char* name;
    } wanted[] = {{AlarmAct::openIncident, "detailOpenIncidentButton"},
                  {AlarmAct::acknowledge, "detailAcknowledgeButton"},
                  {AlarmAct::bringBack, "detailBringBackButton"},
                  {AlarmAct::reset, "detailResetButton"},
                  {AlarmAct::shelve, "detailShelveButton"},
                  {AlarmAct::outOfService, "detailOutOfServiceButton"},
                  {AlarmAct::hand, "detailHandButton"},
                  {AlarmAct::link, "detailLinkButton"}};
    m_grid->setSpacing(8);
    m_grid->setContentsMargins(0, 4, 0, 8);
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, 1);
    for (const auto& one : wanted) {
        auto* button = new KeyButton(this);
        button->setObjectName(QString::fromLatin1(one.name));
        button->dress(ui.theme, {}, one.act == AlarmAct::openIncident ? "primary" : nullptr);
        connect(button, &QPushButton::clicked, this,
                [this, act = one.act] { alarm_acts::run(m_ui, this, target(), act); });
        m_acts.push_back({one.act, button});
    }
    column->addLayout(m_grid);
    column->addWidget(m_chart);
    column->addWidget(m_forecast);
    m_sensors->setObjectName(QStringLiteral("alarmSensors"));
    m_group->setObjectName(QStringLiteral("alarmGroup"));
    m_tellTrouble->setObjectName(QStringLiteral("alarmTellTrouble"));
    m_tellTrouble->hide();
    column->addWidget(m_sensorsTitle);
    column->addWidget(m_sensors);
    column->addWidget(m_peopleTitle);
    m_people->setSpacing(4);
    column->addLayout(m_people);
    column->addWidget(m_tellTrouble);
    column->addWidget(m_groupTitle);
    column->addWidget(m_groupFacts);
    column->addWidget(m_group);
    column->addWidget(m_reportsTitle);
    column->addWidget(m_reports);
    column->addWidget(m_historyTitle);
    column->addWidget(m_history);
    column->addStretch();
    connect(&ui.desk, &DeskBridge::changed, this, &AlarmView::index);
    Changes everything;
    everything.all = true;
    index(everything);
}

const model::Alarm* AlarmView::alarm() const {
    const auto& all = m_ui.desk.state().alarms;
    const auto it = all.find(m_alarm);
    return it == all.end() ? nullptr : &it->second;
}

AlarmTarget AlarmView::target() const {
    return alarm() ? AlarmTarget{{m_alarm}} : AlarmTarget{};
}

void AlarmView::show(const Selected& what) {
    const auto* id = std::get_if<model::AlarmId>(&what);
    m_alarm = id ? *id : model::AlarmId();
    const model::Alarm* a = alarm();
    m_chosen = {};
    m_wholeSensors = false;
    m_chart->show(a ? charted(*a) : model::SensorId());
    if (!a)
        return;
    m_history->set({});
    setOrHide(m_tellTrouble, QString());
    words();
    history();
}

/// Also while another thing is shown: what comes then is found later.
void AlarmView::index(const Changes& changes) {
    const auto& all = m_ui.desk.state().reports;
    if (changes.all) {
        m_near.clear();
        for (const auto& [id, report] : all)
            m_near.put(report);
        return;
    }
    for (const model::ReportId& id : changes.reports) {
        if (const auto it = all.find(id); it != all.end())
            m_near.put(it->second);
    }
}

void AlarmView::take(const Changes& changes) {
    index(changes);
    const model::Alarm* a = alarm();
    if (!a)
        return;
    const bool own = changes.all || changes.alarms.contains(m_alarm);
    m_chart->take(changes);
    if (own || changes.readings.contains(a->sensor) || (a->incident && changes.incidents.contains(*a->incident)) ||
        changes.desk) {
        facts();
        acts();
    }
    if (own) {
        people();
        if (!a->sensors.empty()) { // another may have joined
            m_chart->show(charted(*a));
            sensors();
        }
    }
    m_historyStale = m_historyStale || own;
    m_relatedStale = m_relatedStale || own || !changes.alarms.empty() || !changes.reports.empty();
    if (!m_asked.isValid() || m_asked.elapsed() > kHistoryRestMs)
        tick();
}

void AlarmView::tick() {
    m_chart->tick();
    facts();
    sensors();
    if (m_asked.isValid() && m_asked.elapsed() < kHistoryRestMs)
        return;
    // One of them a second: in a flood each looks at thousands, and a key must not wait for all three.
    if (m_relatedStale) {
        m_relatedStale = false;
        m_groupStale = true;
        related();
    } else if (m_groupStale) {
        m_groupStale = false;
        group();
    } else if (m_historyStale) {
        history();
    }
}

void AlarmView::keyPressEvent(QKeyEvent* event) {
    if ((event->modifiers() & ~Qt::KeypadModifier) == 0 && !event->isAutoRepeat()) {
        if (event->key() == Qt::Key_BracketLeft)
            return m_chart->shorter();
        if (event->key() == Qt::Key_BracketRight)
            return m_chart->longer();
        if (const auto act = alarm_acts::actFor(event->key()); act && alarm_acts::possible(m_ui, target(), *act))
            return alarm_acts::run(m_ui, this, target(), *act);
    }
    DetailView::keyPressEvent(event);
}

void AlarmView::words() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    m_guidanceTitle->setText(tr("What to do"));
    const QString guidance = Words::local(a->guidance, m_ui.language);
    setOrHide(m_guidance, guidance);
    m_guidanceTitle->setVisible(!guidance.isEmpty());
    m_chart->words();
    m_sensorsTitle->setText(tr("Its sensors"));
    m_peopleTitle->setText(tr("To be told"));
    m_groupTitle->setText(tr("Its group"));
    m_reportsTitle->setText(tr("Reports near in place and time"));
    m_historyTitle->setText(tr("Its history"));
    facts();
    acts();
    sensors();
    people();
    related();
    group();
    m_historyStale = true;
}

void AlarmView::acts() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    int place = 0;
    const auto put = [&](QWidget* widget, bool shown, int columns) {
        widget->setVisible(shown);
        m_grid->removeWidget(widget);
        if (!shown)
            return;
        if (columns == 2 && place % 2 == 1)
            ++place;
        m_grid->addWidget(widget, place / 2, place % 2, 1, columns);
        place += columns;
    };
    for (const Act& one : m_acts) {
        const bool fits = !alarm_acts::fitting(m_ui, target(), one.act).empty();
        const bool wide = one.act == AlarmAct::openIncident || one.act == AlarmAct::acknowledge ||
                          one.act == AlarmAct::bringBack || one.act == AlarmAct::reset;
        one.button->setElidingText(alarm_acts::textFor(m_ui, target(), one.act, !wide));
        if (!wide) { // the whole sentence for who cannot see the title above
            one.button->setAccessibleName(alarm_acts::textFor(m_ui, target(), one.act));
            one.button->setToolTip(one.button->accessibleName());
        }
        one.button->setKey(alarm_acts::keyText(one.act));
        one.button->setEnabled(alarm_acts::possible(m_ui, target(), one.act));
        put(one.button, fits, wide ? 2 : 1);
    }
}

void AlarmView::facts() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    const auto& state = m_ui.desk.state();
    const bool over = a->state == model::AlarmState::returnedUnacknowledged || a->state == model::AlarmState::normal ||
                      model::isSetAside(a->state);
    m_title->set(Words::local(a->title, m_ui.language),
                 Words::hazardClass(a->hazardClass) + QStringLiteral(" · ") + Words::hazard(a->hazard) +
                     QStringLiteral(" · ") + Words::severity(a->severity),
                 [&theme = m_ui.theme, grade = a->severity, over](QPainter& p, const QRectF& r) {
                     Symbols::paintSeverity(p, r, grade, theme, !over);
                 });
    QStringList now;
    if (a->escalated > 0 && model::wantsAcknowledgement(*a))
        now << tr("▲ Made louder %1 ×: nobody has acknowledged it").arg(a->escalated);
    if (const QString call = m_faces.whomToCall(*a); !call.isEmpty())
        now << call;
    if (model::isSetAside(a->state)) {
        const QString what = m_faces.aside(*a).bottomRight;
        const QString why = m_faces.whyAside(*a);
        now << (why.isEmpty() ? what : what + QStringLiteral(" · ") + why);
    }
    if (a->flapping)
        now << tr("Comes and goes: held as standing until it has been quiet for a while");
    setOrHide(m_state, now.join(QLatin1Char('\n')));

    QString value;
    if (const auto it = m_ui.desk.sensorsNow().find(a->sensor);
        it != m_ui.desk.sensorsNow().end() && a->source.empty()) {
        const auto sensor = state.sensors.find(a->sensor); // whose unit is not that of a sum
        const std::string& unit = sensor == state.sensors.end() ? a->unit : sensor->second.unit;
        const QString arrow = Words::trendArrow(it->second.previous, it->second.value);
        value = Words::value(it->second.value, unit) + (arrow.isEmpty() ? QString() : QLatin1Char(' ') + arrow);
        if (!a->saw.empty()) {
            const QString rate =
                Words::rate(a->saw.front().time, a->saw.front().value, it->second.time, it->second.value, unit);
            if (!rate.isEmpty() && !arrow.isEmpty())
                value += QLatin1Char(' ') + rate;
        }
    }
    QString incident;
    if (a->incident) {
        const auto it = state.incidents.find(*a->incident);
        if (it != state.incidents.end())
            incident =
                Words::plain(it->second.number) + QLatin1Char(' ') + Words::local(it->second.title, m_ui.language);
    }
    const auto* known = model::planOf(m_ui.desk.plans(), a->plan);
    const QString plan = known == nullptr ? Words::plain(a->plan) : Words::local(known->title, m_ui.language);
    const base::Time at = m_ui.desk.now();
    m_facts->set(
        {{tr("Value now"), value},
         {tr("Raised at"), m_faces.valueAndLimit(*a)},
         {tr("Place"), Words::local(a->place, m_ui.language)},
         {tr("Since"),
          tr("%1 (%2)", "clock, age").arg(Words::moment(a->raisedAt, at, m_ui.language), Words::age(at - a->raisedAt))},
         {tr("State"), Words::alarmStateLong(*a)},
         {tr("Rule"), Words::plain(a->rule)},
         {tr("Handed to"), Words::plain(a->owner)},
         {tr("Came again"), a->repeats > 0 ? tr("%1 ×", "how often an alarm came again").arg(a->repeats) : QString()},
         {tr("Suggested plan"), plan, true},
         {tr("Incident"), incident, true}});

    std::optional<SensorChart::Forecast> forecast;
    QString sentence;
    if (const auto coming = m_faces.forecastOf(*a)) {
        forecast = SensorChart::Forecast{*coming, *a->threshold};
        sentence =
            tr("Reaches %1 in %2 (± %3) if it goes on as it does: about %4.", "limit, time, interval, clock")
                .arg(Words::value(*a->threshold, a->unit), Words::span(coming->reaches - at),
                     Words::span(coming->plusMinus), Words::moment(coming->reaches, at, m_ui.language));
    }
    m_chart->setForecast(forecast);
    setOrHide(m_forecast, sentence);
}

// ---- who is to be told

void AlarmView::people() {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    while (m_told.size() > a->tell.size()) {
        delete m_told.back();
        m_told.pop_back();
    }
    while (m_told.size() < a->tell.size()) {
        auto* box = new QCheckBox(this);
        box->setObjectName(QStringLiteral("told%1").arg(m_told.size()));
        connect(box, &QCheckBox::clicked, this, [this, at = m_told.size()](bool on) {
            const model::Alarm* shown = alarm();
            if (shown && at < shown->tell.size())
                told(shown->tell[at], on);
        });
        m_people->addWidget(box);
        m_told.push_back(box);
    }
    for (std::size_t i = 0; i < m_told.size(); ++i) {
        const model::Told* said = model::toldOf(*a, a->tell[i]);
        const QString who = Words::either(a->tell[i]);
        const QString moment = said == nullptr ? QString() : Words::moment(said->at, m_ui.desk.now(), m_ui.language);
        const bool counts = said != nullptr && model::countsStill(*a, *said);
        const bool next = !counts && !m_faces.whomToCall(*a).isEmpty() && a->tell[i] == a->escalatedTo;
        const QString text = next              ? tr("▲ %1 · to be called now", "person").arg(who)
                             : said == nullptr ? who
                             : counts          ? tr("%1 · told at %2", "person, clock").arg(who, moment)
                                               : tr("%1 · told before: %2", "person, clock").arg(who, moment);
        m_told[i]->setText(QString(text)
                               .replace(QLatin1Char('&'), QStringLiteral("&&")));
        m_told[i]->setChecked(counts);
        m_told[i]->setEnabled(!counts && !m_ui.desk.readOnly());
        m_told[i]->setFont(m_ui.theme.font(next ? Theme::Text::bodyBold : Theme::Text::body));
        m_told[i]->setAccessibleName(next ? tr("%1 has been told; to be called now", "person").arg(who)
                                          : tr("%1 has been told", "person").arg(who));
        m_told[i]->setToolTip(said == nullptr ? QString()
                                              : tr("%1 was told at %2 by %3", "person, clock, who told")
                                                    .arg(who, moment, Words::plain(said->by)));
        m_told[i]->setAccessibleDescription(m_told[i]->toolTip());
    }
    m_peopleTitle->setVisible(!m_told.empty());
}

void AlarmView::told(const std::string& who, bool is) {
    if (!is || alarm() == nullptr)
        return;
    m_ui.desk.send(desk::TellOfAlarm{m_alarm, who}, this, [this, of = m_alarm](const base::Result<desk::Done>& answer) {
        if (of != m_alarm)
            return;
        setOrHide(m_tellTrouble, answer ? QString() : Words::refusal(answer.error()));
        people(); // the tick is what the desk says
    });
}

} // namespace tocsin::gui
