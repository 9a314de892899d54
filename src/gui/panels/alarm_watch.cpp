#include "tocsin/gui/alarm_watch.hpp"

#include "tocsin/base/seconds.hpp"
#include "tocsin/desk/sensor_checks.hpp"
#include "tocsin/gui/bridge.hpp"

#include <numeric>

namespace tocsin::gui {

std::size_t AlarmTally::waiting() const {
    return std::accumulate(unacknowledged.begin(), unacknowledged.end(), std::size_t{0});
}

std::size_t AlarmTally::active() const {
    return std::accumulate(seen.begin(), seen.end(), waiting() + setAside);
}

std::optional<base::Time> AlarmTally::oldest() const {
    return waitingSince.empty() ? std::nullopt : std::optional(*waitingSince.begin());
}

int AlarmTally::escalated(model::Grade grade) const {
    const auto& counts = louder.at(static_cast<std::size_t>(grade) - 1);
    return counts.empty() ? 0 : counts.rbegin()->first;
}

AlarmWatch::AlarmWatch(DeskBridge& desk) : QObject(&desk), m_desk(desk) {
    m_later.setSingleShot(true);
    connect(&m_later, &QTimer::timeout, this, &AlarmWatch::work);
    connect(&m_notice, &QTimer::timeout, this, [this] {
        if (!m_later.isActive())
            work();
    });
    m_notice.start(noticeMs);
    connect(&desk, &DeskBridge::changed, this, &AlarmWatch::take);
    Changes everything;
    everything.all = true;
    take(everything);
}

void AlarmWatch::count(const Part& part, int sign) {
    const auto add = [sign](std::size_t& number) { sign > 0 ? ++number : --number; };
    if (part.latched)
        add(m_tally.latched);
    if (part.aside) {
        add(m_tally.setAside);
    } else if (part.waits) {
        add(m_tally.unacknowledged.at(part.grade));
        auto& louder = m_tally.louder.at(part.grade);
        add(louder[part.escalated]);
        if (louder[part.escalated] == 0)
            louder.erase(part.escalated);
        if (sign > 0)
            m_tally.waitingSince.insert(part.waitsSince);
        else
            m_tally.waitingSince.erase(m_tally.waitingSince.find(part.waitsSince));
    } else {
        add(m_tally.seen.at(part.grade));
    }
}

void AlarmWatch::noteClock(const model::Alarm& alarm) {
    const bool ahead = alarm.rule == desk::clockAheadRule;
    if (!ahead && alarm.rule != desk::clockBehindRule)
        return;
    auto& clocks = ahead ? m_clocksAhead : m_clocksBehind;
    if (alarm.holds)
        clocks[alarm.sensor] = base::toDuration(base::Seconds(alarm.value * 3'600));
    else
        clocks.erase(alarm.sensor);
}

std::optional<base::Duration> AlarmWatch::clockAhead(const model::SensorId& sensor) const {
    const auto found = m_clocksAhead.find(sensor);
    return found == m_clocksAhead.end() ? std::nullopt : std::optional(found->second);
}

std::optional<base::Duration> AlarmWatch::clockBehind(const model::SensorId& sensor) const {
    const auto found = m_clocksBehind.find(sensor);
    return found == m_clocksBehind.end() ? std::nullopt : std::optional(found->second);
}

void AlarmWatch::put(const model::Alarm& alarm) {
    m_board.put(alarm);
    noteClock(alarm);
    if (const auto known = m_parts.find(alarm.id); known != m_parts.end()) {
        count(known->second, -1);
        if (!model::isActive(alarm.state)) {
            m_parts.erase(known);
            return;
        }
    }
    if (!model::isActive(alarm.state))
        return;
    Part& part = m_parts[alarm.id];
    part = {static_cast<std::size_t>(alarm.severity) - 1,
            model::wantsAcknowledgement(alarm),
            model::isSetAside(alarm.state),
            alarm.state == model::AlarmState::latched,
            alarm.escalated,
            model::waitsSince(alarm)};
    count(part, 1);
}

void AlarmWatch::take(const Changes& changes) {
    if (!changes.all && changes.alarms.empty()) {
        if (changes.desk && m_person != m_desk.actor())
            work(); // another has sat down
        return;
    }
    const auto& alarms = m_desk.state().alarms;
    bool gone = false;
    for (const model::AlarmId& id : changes.alarms) {
        if (changes.all)
            break;
        const auto it = alarms.find(id);
        if (it == alarms.end())
            gone = true;
        else
            put(it->second);
    }
    if (changes.all || gone) {
        m_board.clear();
        m_parts.clear();
        m_clocksAhead.clear();
        m_clocksBehind.clear();
        m_tally = {};
        for (const auto& [id, alarm] : alarms)
            put(alarm);
    }
    if (changes.all || m_parts.size() <= fewAlarms || !m_rest.isValid() || m_rest.elapsed() >= restMs)
        work();
    else if (!m_later.isActive())
        m_later.start(restMs);
}

void AlarmWatch::work() {
    m_later.stop();
    m_rest.start();
    const base::Time now = m_desk.now();
    m_person = m_desk.actor();
    m_load = m_board.load(now, m_person.toStdString());
    m_wholeLoad = m_board.load(now);
    m_lines = m_board.lines(now);
    emit changed();
}

std::vector<model::AlarmId> AlarmWatch::worthHandingOver() const {
    return m_board.worthHandingOver(m_desk.now(), m_desk.actor().toStdString());
}

AlarmWatch& DeskBridge::alarmWatch() {
    if (m_alarmWatch == nullptr)
        m_alarmWatch = new AlarmWatch(*this);
    return *m_alarmWatch;
}

} // namespace tocsin::gui
