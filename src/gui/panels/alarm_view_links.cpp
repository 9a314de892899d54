#include "gui/panels/alarm_view.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/panels/sensor_chart.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/alarm_watch.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <algorithm>

// What belongs to an alarm: the sensors that raised it, the others of its group, reports near it, its history.

namespace tocsin::gui {
namespace {

constexpr base::Duration kNearInTime = std::chrono::hours(2);
constexpr std::size_t kMostHistory = 40;

} // namespace

model::SensorId AlarmView::charted(const model::Alarm& alarm) const {
    if (alarm.sensors.empty()) // a silence names what is silent, and has no chart
        return alarm.source.empty() ? alarm.sensor : model::SensorId();
    const bool has = std::find(alarm.sensors.begin(), alarm.sensors.end(), m_chosen) != alarm.sensors.end();
    return has ? m_chosen : alarm.sensors.front();
}

/// The chart of one of several; that of which it is already leads to the sensor itself.
void AlarmView::chart(const model::SensorId& sensor) {
    const model::Alarm* a = alarm();
    if (!a)
        return;
    if (charted(*a) == sensor) {
        m_ui.selection.select(sensor);
        return;
    }
    m_chosen = sensor;
    m_chart->show(sensor);
    facts();
    sensors();
}

void AlarmView::sensors() {
    const model::Alarm* a = alarm();
    std::vector<LinkList::Link> links;
    const std::size_t count = a ? a->sensors.size() : 0;
    // "All 7…" in place of the seventh would save nothing.
    const std::size_t most = m_wholeSensors || count <= mostLinks + 1 ? count : mostLinks;
    const auto& known = m_ui.desk.state().sensors;
    for (std::size_t i = 0; i < most; ++i) {
        const model::SensorId& id = a->sensors[i];
        const auto sensor = known.find(id);
        const QString name = sensor == known.end() ? Words::plain(id.value)
                                                   : Words::local(sensor->second.name, m_ui.language);
        QString last;
        if (const auto now = m_ui.desk.sensorsNow().find(id); now != m_ui.desk.sensorsNow().end())
            last = Words::value(now->second.value, sensor == known.end() ? std::string() : sensor->second.unit) +
                   QStringLiteral(" · ") + Words::age(m_ui.desk.now() - now->second.time);
        const bool shown = charted(*a) == id;
        const auto kind = sensor == known.end() ? model::SensorKind::other : sensor->second.kind;
        links.push_back({[glyph = Symbols::forSensor(kind), &theme = m_ui.theme](QPainter& p, const QRectF& r) {
                             Symbols::paintGlyph(p, r, glyph, theme.colours().text);
                         },
                         shown ? tr("%1 (in the chart)", "sensor").arg(name) : name, last,
                         shown ? tr("Go to the sensor") : tr("Show it in the chart"), [this, id] { chart(id); }});
    }
    if (most < count)
        links.push_back({{},
                         tr("All %1…", "sensors").arg(Words::number(static_cast<double>(count), 0)),
                         {},
                         {},
                         [this] {
                             m_wholeSensors = true;
                             sensors();
                         }});
    m_sensorsTitle->setVisible(!links.empty());
    m_sensors->set(std::move(links));
}

/// The others of its group, and what is said of it.
QString AlarmView::inGroup(const triage::AlarmGroup& found, std::vector<LinkList::Link>& links) {
    const RowFace face = m_faces.group(found, false);
    QStringList said{Words::alarms(face.count)};
    if (found.unacknowledged > 0)
        said << tr("%1 unacknowledged").arg(found.unacknowledged);
    if (!face.second.isEmpty())
        said << face.second;
    std::vector<model::AlarmId> others;
    if (found.first != m_alarm)
        others.push_back(found.first);
    for (const model::AlarmId& id : found.members) {
        if (others.size() < mostLinks && id != m_alarm && id != found.first)
            others.push_back(id);
    }
    for (const model::AlarmId& id : others) {
        const auto it = m_ui.desk.state().alarms.find(id);
        if (it == m_ui.desk.state().alarms.end())
            continue;
        const model::Alarm& other = it->second;
        const QString title = Words::local(other.title, m_ui.language);
        links.push_back({[&theme = m_ui.theme, grade = other.severity, filled = model::wantsAcknowledgement(other)](
                             QPainter& p, const QRectF& r) { Symbols::paintSeverity(p, r, grade, theme, filled); },
                         id == found.first ? tr("first: %1").arg(title) : title,
                         Words::alarmState(other),
                         {},
                         [this, id] { m_ui.selection.select(id); }});
    }
    if (found.members.size() > others.size() + 1)
        links.push_back({{},
                         tr("All %1…", "alarms of a group").arg(Words::number(static_cast<double>(found.members.size()), 0)),
                         {},
                         tr("Opens the group in the list of alarms"),
                         [this] { m_ui.desk.alarmWatch().wantGroupOf(m_alarm); }});
    return said.join(QStringLiteral(" · "));
}

void AlarmView::group() {
    const model::Alarm* a = alarm();
    std::vector<LinkList::Link> links;
    QString facts;
    const auto found = a ? m_ui.desk.alarmWatch().board().groupOf(m_alarm, m_ui.desk.now()) : std::nullopt;
    if (found && found->members.size() > 1)
        facts = inGroup(*found, links);
    m_groupTitle->setVisible(!links.empty());
    setOrHide(m_groupFacts, facts);
    m_group->set(std::move(links));
}

void AlarmView::related() {
    const model::Alarm* a = alarm();
    std::vector<std::pair<double, const model::Report*>> near;
    if (a && a->position != model::Position()) {
        // From before it was raised until it is over, however long it stands.
        const auto until = a->returnedAt              ? *a->returnedAt + kNearInTime
                           : model::isActive(a->state) ? base::Time::max()
                                                       : a->raisedAt + kNearInTime;
        const auto& all = m_ui.desk.state().reports;
        for (const auto& id : m_near.around(a->position)) {
            const auto it = all.find(id);
            if (it == all.end() || !it->second.position || it->second.state == model::ReportState::dismissed)
                continue;
            const model::Report& report = it->second;
            if (report.receivedAt < a->raisedAt - kNearInTime || report.receivedAt > until)
                continue;
            const double metres = geo::distance(a->position, *report.position).value;
            if (metres <= NearReports::reachMetres)
                near.emplace_back(metres, &report);
        }
    }
    // The same hazard first, then the nearest.
    std::sort(near.begin(), near.end(), [a](const auto& x, const auto& y) {
        const bool xs = x.second->category == a->hazard;
        const bool ys = y.second->category == a->hazard;
        return xs != ys ? xs : x.first < y.first;
    });
    std::vector<LinkList::Link> links;
    for (std::size_t i = 0; i < near.size() && i < mostLinks; ++i) {
        const model::Report& report = *near[i].second;
        const bool verified = report.state == model::ReportState::verified;
        const QString text = Words::plain(report.text).simplified();
        links.push_back({[&theme = m_ui.theme, verified](QPainter& p, const QRectF& r) {
                             Symbols::paintReport(p, r, verified, theme.colours().text, Qt::transparent);
                         },
                         Words::quoted(text),
                         tr("%1 m · %2", "distance, age")
                             .arg(Words::number(near[i].first, 0), Words::age(m_ui.desk.now() - report.receivedAt)),
                         Words::shortened(text, 400), [this, id = report.id] { m_ui.selection.select(id); }});
    }
    m_reportsTitle->setVisible(!links.empty());
    m_reports->set(std::move(links));
}

void AlarmView::history() {
    m_historyStale = false;
    m_asked.start();
    const model::AlarmId asked = m_alarm;
    m_ui.desk.entriesAbout(QString::fromStdString(m_alarm.toString()), kMostHistory, this,
                           [this, asked](const std::vector<model::Entry>& entries) {
                               if (asked != m_alarm)
                                   return;
                               QVector<TimeLine::Moment> moments;
                               for (const model::Entry& entry : entries) {
                                   const QString who = entryActor(entry);
                                   const QString what = entrySentence(entry, m_ui.desk.state(), m_ui.language);
                                   moments.push_back({Words::hourMinute(entry.time),
                                                      who.isEmpty() ? what : tr("%1: %2", "who, what").arg(who, what),
                                                      who});
                               }
                               m_historyTitle->setVisible(!moments.isEmpty());
                               m_history->set(moments);
                           });
}

} // namespace tocsin::gui
