#include "desk/alarm_words.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/desk/sensor_checks.hpp"

#include <chrono>
#include <cmath>

// Sensors whose clock is far ahead: they speak, but the desk can believe none of their times, and no rule judges them.

namespace tocsin::desk {

namespace {

constexpr auto period = std::chrono::seconds(5);
/// A single reading may be wrong; a clock is once it goes on.
constexpr auto believed = std::chrono::minutes(1);
constexpr std::size_t mostAtOnce = 20; ///< are raised at one look: where it is the desk's clock that is wrong, each sensor's seems ahead

model::Alarm clockAhead(const model::Sensor& sensor, base::Duration ahead, base::Time since) {
    using Hours = std::chrono::duration<double, std::ratio<3600>>;
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence; // no sensor's fault: that would mute what it said before its clock was wrong
    alarm.rule = clockAheadRule;
    alarm.source = "sensor:" + sensor.id.value;
    alarm.sensor = sensor.id;
    alarm.severity = model::Grade::III;
    alarm.hazard = "silence";
    alarm.threshold = Hours(farFuture).count();
    alarm.value = std::round(Hours(ahead).count() * 10) / 10;
    alarm.unit = "h";
    alarm.position = sensor.position;
    alarm.place = sensor.place;
    alarm.sinceTime = since;
    const auto span = shortSpan(ahead);
    const auto count = std::to_string(span.count);
    alarm.title.text = "Clock ahead: " + sensor.name.text + ", by " + count + " " + span.english + ", so that nothing it says sets off an alarm";
    alarm.title.translations["zh_CN"] =
        "时钟超前：" + sensor.name.in("zh_CN") + "，超前 " + count + " " + span.chinese + "，其读数不触发告警";
    alarm.guidance.text = "Have the sensor's clock or its time zone put right, and ask at the place meanwhile; is the desk's own clock right?";
    alarm.guidance.translations["zh_CN"] = "请校正传感器的时钟或时区，其间向当地核实；并检查本台自身的时钟";
    return alarm;
}

} // namespace

/// A reading has come from the far future. Beside the sensor's slot, for what is well must not pay for what is not.
void DeskThread::noteClockAhead(const model::SensorId& sensor, const store::KeyedReading& reading) {
    auto& one = m_clocksAhead[sensor];
    if (one.since == base::Time{} || m_gate.spokeAt(sensor) > one.heardAt)
        one.since = reading.received;
    one.heardAt = reading.received;
    one.ahead = reading.time - reading.received;
}

/// When it last spoke, whatever its clock says.
base::Time DeskThread::spokeAt(const model::SensorId& sensor) const {
    const auto last = m_gate.spokeAt(sensor);
    const auto ahead = m_clocksAhead.find(sensor);
    return ahead == m_clocksAhead.end() ? last : std::max(last, std::min(ahead->second.heardAt, m_parts.clock.now()));
}

base::Result<void> DeskThread::judgeClocks(Turn& turn) {
    const auto now = m_parts.clock.now();
    if (now < m_clocksDue && now >= m_clocksDue - 2 * period)
        return {};
    m_clocksDue = now + period;
    std::erase_if(m_clocksAhead, [this](const auto& one) {
        return !m_state.sensors.contains(one.first) || m_gate.spokeAt(one.first) > one.second.heardAt;
    });
    std::size_t raised = 0;
    for (const auto& [id, one] : m_clocksAhead) {
        const auto& sensor = m_state.sensors.at(id);
        if (one.heardAt - one.since < believed || !sensor.outOfService.empty())
            continue;
        auto alarm = clockAhead(sensor, one.ahead, one.since);
        const auto* standing = m_book.active(alarm.rule, id, alarm.source);
        if (standing != nullptr && standing->holds)
            continue;
        if (++raised > mostAtOnce)
            break;
        if (auto ok = writeOwn(flow().raise(std::move(alarm), now), turn); !ok)
            return ok;
    }
    std::vector<model::AlarmId> over; // from before a restart, too: a reading of a believable time has come since
    for (const auto& id : m_book.ofRule(clockAheadRule)) {
        const auto& alarm = m_state.alarms.at(id);
        if (alarm.holds && !m_clocksAhead.contains(alarm.sensor) && m_gate.spokeAt(alarm.sensor) > alarm.raisedAt)
            over.push_back(id);
    }
    for (const auto& id : over) {
        if (auto ok = writeOwn(flow().clear(m_state.alarms.at(id), now), turn); !ok)
            return ok;
    }
    return {};
}

} // namespace tocsin::desk
