#include "desk/alarm_words.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/desk/sensor_checks.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

// Sensors whose clock is far ahead: they speak, but the desk can believe none of their times, and no rule judges them.

namespace tocsin::desk {

namespace {

constexpr auto period = std::chrono::seconds(5);
/// A single reading may be wrong; a clock is once it goes on.
constexpr auto believed = std::chrono::minutes(1);
constexpr std::size_t mostAtOnce = 20; ///< are raised at one look
/// Where it is the desk's own clock that is behind, every sensor's seems ahead: more than so many, and more than half of all
/// that were heard, by about the same. Then one alarm says so, and none of any sensor.
constexpr std::size_t mostSingly = 20;
constexpr auto heardLately = std::chrono::hours(1);
constexpr auto alikeWithin = std::chrono::minutes(15);
constexpr std::string_view deskClock = "desk:clock";

double hoursOf(base::Duration time) {
    return std::round(std::chrono::duration<double, std::ratio<3600>>(time).count() * 10) / 10;
}

model::Alarm deskBehind(base::Duration by, base::Time since, std::size_t sensors) {
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence;
    alarm.rule = clockAheadRule;
    alarm.source = deskClock;
    alarm.severity = model::Grade::II;
    alarm.hazard = "silence";
    alarm.threshold = hoursOf(farFuture);
    alarm.value = hoursOf(by);
    alarm.unit = "h";
    alarm.sinceTime = since;
    const auto span = shortSpan(by);
    const auto count = std::to_string(span.count);
    const auto all = std::to_string(sensors);
    alarm.title.text = "This desk's clock is behind by about " + count + " " + span.english + ", as " + all + " sensors say";
    alarm.title.translations["zh_CN"] = "本台时钟落后约 " + count + " " + span.chinese + "：" + all + " 个传感器的时间一致超前";
    alarm.guidance.text = "Compare with a clock that is right, and have this desk's set: until then nothing that these sensors say sets off an alarm";
    alarm.guidance.translations["zh_CN"] = "请与准确的时钟核对，并校正本台时钟：在此之前，这些传感器的读数不触发告警";
    return alarm;
}

model::Alarm clockAhead(const model::Sensor& sensor, base::Duration ahead, base::Time since) {
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence; // no sensor's fault: that would mute what it said before its clock was wrong
    alarm.rule = clockAheadRule;
    alarm.source = "sensor:" + sensor.id.value;
    alarm.sensor = sensor.id;
    alarm.severity = model::Grade::III;
    alarm.hazard = "silence";
    alarm.threshold = hoursOf(farFuture);
    alarm.value = hoursOf(ahead);
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

/// A reading has come from the far future; with believable ones its sensor `spoke` last. Beside the sensor's slot, for what is
/// well must not pay for what is not.
void DeskThread::noteClockAhead(std::uint32_t number, base::Time spoke, const store::KeyedReading& reading) {
    const auto by = reading.time - reading.received;
    if (m_lastAheadTurn == m_turns && m_lastAheadSlot == number) { // they come in heaps, and one of a turn is enough to be sought
        m_lastAhead->ahead = by;
        return;
    }
    auto& one = m_clocksAhead[(*m_gate.names())[number]];
    if (one.since == base::Time{} || spoke > one.heardAt)
        one.since = reading.received;
    one.heardAt = reading.received;
    one.ahead = by;
    m_lastAhead = &one;
    m_lastAheadTurn = m_turns;
    m_lastAheadSlot = number;
}

/// When it last spoke, whatever its clock says.
base::Time DeskThread::spokeAt(const model::SensorId& sensor) const {
    const auto last = m_gate.spokeAt(sensor);
    const auto ahead = m_clocksAhead.find(sensor);
    return ahead == m_clocksAhead.end() ? last : std::max(last, std::min(ahead->second.heardAt, m_parts.clock.now()));
}

/// Whether it is the desk's own clock, as far as can be told: then no sensor's is to be complained of.
base::Result<bool> DeskThread::judgeOwnClock(base::Time now, Turn& turn) {
    const auto* standing = m_book.active(clockAheadRule, {}, deskClock);
    const bool stands = standing != nullptr && standing->holds;
    if (!stands && m_clocksAhead.size() <= mostSingly)
        return false;
    const auto from = std::max<base::Time>(now - heardLately, m_allSince);
    std::size_t spoken = 0;
    for (const auto& [id, sensor] : m_state.sensors) {
        if (sensor.retired.empty() && sensor.outOfService.empty() && spokeAt(id) > from)
            ++spoken;
    }
    if (spoken == 0)
        return stands; // nobody says anything else
    std::vector<const ClockAhead*> late;
    for (const auto& [id, one] : m_clocksAhead) {
        if (one.heardAt > from && m_state.sensors.at(id).outOfService.empty())
            late.push_back(&one);
    }
    base::Duration by{0};
    if (!late.empty()) {
        const auto middle = late.begin() + static_cast<std::ptrdiff_t>(late.size() / 2);
        std::nth_element(late.begin(), middle, late.end(), [](const auto* a, const auto* b) { return a->ahead < b->ahead; });
        by = (*middle)->ahead;
    }
    std::size_t same = 0;
    std::size_t sure = 0;
    auto since = now;
    for (const auto* one : late) {
        if (std::chrono::abs(one->ahead - by) > alikeWithin)
            continue;
        ++same;
        since = std::min(since, one->since);
        if (one->heardAt - one->since >= believed)
            ++sure;
    }
    if (2 * same <= spoken || (!stands && same <= mostSingly)) {
        if (stands) {
            if (auto ok = writeOwn(flow().clear(*standing, now), turn); !ok)
                return tl::unexpected(ok.error());
        }
        return false;
    }
    if (stands ? std::abs(standing->value - hoursOf(by)) <= hoursOf(alikeWithin) : sure <= mostSingly)
        return true;
    std::vector<model::AlarmId> explained;
    for (const auto& id : m_book.ofRule(clockAheadRule)) {
        const auto& alarm = m_state.alarms.at(id);
        if (alarm.holds && alarm.source != deskClock)
            explained.push_back(id);
    }
    if (!explained.empty()) {
        if (auto ok = writeOwn(flow().end(explained, "desk clock behind"), turn); !ok)
            return tl::unexpected(ok.error());
    }
    if (auto ok = writeOwn(flow().raise(deskBehind(by, since, same), now, true), turn); !ok)
        return tl::unexpected(ok.error());
    return true;
}

base::Result<void> DeskThread::judgeClocks(Turn& turn) {
    const auto now = m_parts.clock.now();
    if (now < m_clocksDue && now >= m_clocksDue - 2 * period)
        return {};
    m_clocksDue = now + period;
    std::erase_if(m_clocksAhead, [this](const auto& one) {
        const auto sensor = m_state.sensors.find(one.first);
        return sensor == m_state.sensors.end() || !sensor->second.retired.empty() || m_gate.spokeAt(one.first) > one.second.heardAt;
    });
    const auto own = judgeOwnClock(now, turn);
    if (!own)
        return tl::unexpected(own.error());
    std::size_t raised = 0;
    for (const auto& [id, one] : m_clocksAhead) {
        if (*own)
            break;
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
        // Where the clock was set back since, the alarm is from later than everything that is said now.
        if (alarm.holds && alarm.source != deskClock && !m_clocksAhead.contains(alarm.sensor) &&
            m_gate.spokeAt(alarm.sensor) > std::min(alarm.raisedAt, m_allSince))
            over.push_back(id);
    }
    for (const auto& id : over) {
        if (auto ok = writeOwn(flow().clear(m_state.alarms.at(id), now), turn); !ok)
            return ok;
    }
    return {};
}

} // namespace tocsin::desk
