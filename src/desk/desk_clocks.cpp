#include "desk/alarm_words.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/desk/sensor_checks.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

// Sensors whose clock is far ahead: they speak, but the desk can believe none of their times, and no rule judges them. And those whose
// clock is far behind: each reading comes as late as the one before it, where those of a backlog come less and less late.

namespace tocsin::desk {

namespace {

constexpr auto period = std::chrono::seconds(5);
/// A single reading may be wrong; a clock is once it goes on.
constexpr auto believed = std::chrono::minutes(1);
constexpr std::size_t mostAtOnce = 20; ///< are raised at one look
/// What comes late is looked at so often, the newest of each sensor; it must have been as late so many times, over so long, with no longer
/// a gap: what is told once a day is no clock.
constexpr auto latePeriod = std::chrono::minutes(1);
constexpr int lateTimes = 4;
constexpr auto lateFor = std::chrono::minutes(10);
constexpr auto lateGap = std::chrono::hours(2);
/// So much sooner or later is as late: a clock that is behind is so by the same, and only the way takes its time.
constexpr auto asLate = std::chrono::minutes(3);
/// Where it is the desk's own clock that is behind, every sensor's seems ahead: more than so many, and more than half of all
/// that were heard, by about the same. Then one alarm says so, and none of any sensor.
constexpr std::size_t mostSingly = 20;
constexpr auto heardLately = std::chrono::hours(1);
constexpr auto alikeWithin = std::chrono::minutes(15);
constexpr std::string_view deskClock = "desk:clock";

double hoursOf(base::Duration time) {
    return std::round(std::chrono::duration<double, std::ratio<3600>>(time).count() * 10) / 10;
}

model::Alarm ofClock(std::string_view rule, std::string source, model::Grade severity, base::Duration by, base::Time since) {
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence; // no sensor's fault: that would mute what it said before its clock was wrong
    alarm.rule = rule;
    alarm.source = std::move(source);
    alarm.severity = severity;
    alarm.hazard = "silence";
    alarm.threshold = hoursOf(farFuture);
    alarm.value = hoursOf(by);
    alarm.unit = "h";
    alarm.sinceTime = since;
    return alarm;
}

model::Alarm ofSensor(std::string_view rule, const model::Sensor& sensor, base::Duration by, base::Time since) {
    auto alarm = ofClock(rule, "sensor:" + sensor.id.value, model::Grade::III, by, since);
    alarm.sensor = sensor.id;
    alarm.position = sensor.position;
    alarm.place = sensor.place;
    return alarm;
}

model::Alarm deskBehind(base::Duration by, base::Time since, std::size_t sensors) {
    auto alarm = ofClock(clockAheadRule, std::string(deskClock), model::Grade::II, by, since);
    const auto span = shortSpan(by);
    const auto count = std::to_string(span.count);
    const auto all = std::to_string(sensors);
    alarm.title.text = "This desk's clock is behind by about " + count + " " + span.english + ", as " + all + " sensors say";
    alarm.title.translations["zh_CN"] = "本台时钟落后约 " + count + " " + span.chinese + "：" + all + " 个传感器的时间一致超前";
    alarm.guidance.text = "Compare with a clock that is right, and have this desk's set: until then nothing that these sensors say sets off an alarm";
    alarm.guidance.translations["zh_CN"] = "请与准确的时钟核对，并校正本台时钟：在此之前，这些传感器的读数不触发告警";
    return alarm;
}

model::Alarm deskAhead(base::Duration by, base::Time since, std::size_t sensors) {
    auto alarm = ofClock(clockBehindRule, std::string(deskClock), model::Grade::II, by, since);
    const auto span = shortSpan(by);
    const auto count = std::to_string(span.count);
    const auto all = std::to_string(sensors);
    alarm.title.text = "Told late by about " + count + " " + span.english + " by " + all + " sensors: this desk's clock is ahead, or their service is late";
    alarm.title.translations["zh_CN"] = "读数均迟约 " + count + " " + span.chinese + "：" + all + " 个传感器一致，本台时钟超前，或其服务发送延迟";
    alarm.guidance.text = "Compare with a clock that is right, and have this desk's set; else ask the service, or have the feed's time zone put right";
    alarm.guidance.translations["zh_CN"] = "请与准确的时钟核对，并校正本台时钟；如本台时钟无误，请询问该服务，或更正数据源的时区";
    return alarm;
}

model::Alarm clockBehind(const model::Sensor& sensor, base::Duration behind, base::Time since) {
    auto alarm = ofSensor(clockBehindRule, sensor, behind, since);
    const auto span = shortSpan(behind);
    const auto count = std::to_string(span.count);
    alarm.title.text = "Clock behind: " + sensor.name.text + ", by " + count + " " + span.english + ", or it is told as late each time";
    alarm.title.translations["zh_CN"] = "时钟落后：" + sensor.name.in("zh_CN") + "，落后 " + count + " " + span.chinese + "，或其每次发送均有此延迟";
    alarm.guidance.text = "Have the sensor's clock or its time zone put right, and ask at the place meanwhile: what it says counts as of its own time, and where it has "
                          "said something of a later time, or is more than 30 days behind, no rule judges it";
    alarm.guidance.translations["zh_CN"] =
        "请校正传感器的时钟或时区，其间向当地核实：其读数按自身时间计；若已有更晚时间的读数，或落后超过 30 天，则不参与规则判断";
    return alarm;
}

model::Alarm clockAhead(const model::Sensor& sensor, base::Duration ahead, base::Time since) {
    auto alarm = ofSensor(clockAheadRule, sensor, ahead, since);
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

/// Clocks that are off by far to one side: whose, when that is believed, and what is said of them.
struct DeskThread::ClockSide {
    ClocksOff& clocks;
    std::string_view rule;
    bool (*isSure)(const ClockOff& one);
    model::Alarm (*ofSensor)(const model::Sensor& sensor, base::Duration by, base::Time since);
    model::Alarm (*ofDesk)(base::Duration by, base::Time since, std::size_t sensors);
    std::string_view explained; ///< why those of the sensors end where it is the desk's own
};

/// A reading has come from the far future; with believable ones its sensor `spoke` last. Beside the sensor's slot, for what is
/// well must not pay for what is not.
void DeskThread::noteClockAhead(std::uint32_t number, base::Time spoke, const store::KeyedReading& reading) {
    const auto by = reading.time - reading.received;
    if (m_lastAheadTurn == m_turns && m_lastAheadSlot == number) { // they come in heaps, and one of a turn is enough to be sought
        m_lastAhead->by = by;
        return;
    }
    auto& one = m_clocksAhead[(*m_gate.names())[number]];
    if (one.since == base::Time{} || spoke > one.heardAt)
        one.since = reading.received;
    one.heardAt = reading.received;
    one.by = by;
    m_lastAhead = &one;
    m_lastAheadTurn = m_turns;
    m_lastAheadSlot = number;
}

/// When it last spoke, whatever its clock says.
base::Time DeskThread::spokeAt(const model::SensorId& sensor) const {
    auto last = m_gate.spokeAt(sensor);
    if (const auto ahead = m_clocksAhead.find(sensor); ahead != m_clocksAhead.end())
        last = std::max(last, std::min(ahead->second.heardAt, m_parts.clock.now()));
    if (const auto behind = m_clocksBehind.find(sensor); behind != m_clocksBehind.end() && isSurelyBehind(behind->second))
        last = std::max(last, std::min(behind->second.heardAt, m_parts.clock.now()));
    return last;
}

bool DeskThread::isSurelyBehind(const ClockOff& one) {
    return one.times >= lateTimes && one.heardAt - one.since >= lateFor;
}

/// What has come late since the last look, of each sensor its newest.
void DeskThread::noteClocksBehind(base::Time now) {
    if (now < m_lateDue && now >= m_lateDue - 2 * latePeriod)
        return;
    m_lateDue = now + latePeriod;
    m_gate.takeLate([this](const model::SensorId& id, const ReadingGate::Late& late) {
        if (m_gate.spokeAt(id) + std::chrono::seconds(1) > late.received) // something of about now came with it: it only catches up
            return;
        const auto by = late.received - late.time;
        auto& one = m_clocksBehind[id];
        const bool same = one.times > 0 && late.time > one.time && late.received - one.heardAt <= lateGap &&
                          std::max(one.most, by) - std::min(one.least, by) <= asLate;
        if (!same)
            one = {late.received, late.received, by, late.time, by, by, 0};
        one.heardAt = late.received;
        one.time = late.time;
        one.by = by;
        one.least = std::min(one.least, by);
        one.most = std::max(one.most, by);
        ++one.times;
    });
    std::erase_if(m_clocksBehind, [&](const auto& one) { return now - one.second.heardAt > lateGap && !isSurelyBehind(one.second); });
}

/// Whether it is the desk's own clock, as far as can be told: then no sensor's is to be complained of.
base::Result<bool> DeskThread::judgeOwnClock(const ClockSide& side, base::Time now, Turn& turn) {
    const auto* standing = m_book.active(side.rule, {}, deskClock);
    const bool stands = standing != nullptr && standing->holds;
    if (!stands && side.clocks.size() <= mostSingly)
        return false;
    const auto from = std::max<base::Time>(now - heardLately, m_allSince);
    std::size_t spoken = 0;
    for (const auto& [id, sensor] : m_state.sensors) {
        if (sensor.retired.empty() && sensor.outOfService.empty() && spokeAt(id) > from)
            ++spoken;
    }
    if (spoken == 0)
        return stands; // nobody says anything else
    std::vector<const ClockOff*> off;
    for (const auto& [id, one] : side.clocks) {
        if (one.heardAt > from && m_state.sensors.at(id).outOfService.empty())
            off.push_back(&one);
    }
    base::Duration by{0};
    if (!off.empty()) {
        const auto middle = off.begin() + static_cast<std::ptrdiff_t>(off.size() / 2);
        std::nth_element(off.begin(), middle, off.end(), [](const auto* a, const auto* b) { return a->by < b->by; });
        by = (*middle)->by;
    }
    std::size_t same = 0;
    std::size_t sure = 0;
    auto since = now;
    for (const auto* one : off) {
        if (std::chrono::abs(one->by - by) > alikeWithin)
            continue;
        ++same;
        since = std::min(since, one->since);
        if (side.isSure(*one))
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
    for (const auto& id : m_book.ofRule(side.rule)) {
        const auto& alarm = m_state.alarms.at(id);
        if (alarm.holds && alarm.source != deskClock)
            explained.push_back(id);
    }
    if (!explained.empty()) {
        if (auto ok = writeOwn(flow().end(explained, std::string(side.explained)), turn); !ok)
            return tl::unexpected(ok.error());
    }
    if (auto ok = writeOwn(flow().raise(side.ofDesk(by, since, same), now, true), turn); !ok)
        return tl::unexpected(ok.error());
    return true;
}

base::Result<void> DeskThread::judgeClocks(Turn& turn) {
    const auto now = m_parts.clock.now();
    if (now < m_clocksDue && now >= m_clocksDue - 2 * period)
        return {};
    m_clocksDue = now + period;
    noteClocksBehind(now);
    const ClockSide ahead{m_clocksAhead, clockAheadRule, [](const ClockOff& one) { return one.heardAt - one.since >= believed; },
                          &clockAhead,   &deskBehind,    "desk clock behind"};
    const ClockSide behind{m_clocksBehind, clockBehindRule, &isSurelyBehind, &clockBehind, &deskAhead, "desk clock ahead"};
    return judgeSide(ahead, now, turn).and_then([&] { return judgeSide(behind, now, turn); });
}

base::Result<void> DeskThread::judgeSide(const ClockSide& side, base::Time now, Turn& turn) {
    std::erase_if(side.clocks, [this](const auto& one) {
        const auto sensor = m_state.sensors.find(one.first);
        return sensor == m_state.sensors.end() || !sensor->second.retired.empty() || m_gate.spokeAt(one.first) > one.second.heardAt;
    });
    const auto own = judgeOwnClock(side, now, turn);
    if (!own)
        return tl::unexpected(own.error());
    std::size_t raised = 0;
    for (const auto& [id, one] : side.clocks) {
        if (*own)
            break;
        const auto& sensor = m_state.sensors.at(id);
        if (!side.isSure(one) || !sensor.outOfService.empty())
            continue;
        auto alarm = side.ofSensor(sensor, one.by, one.since);
        const auto* standing = m_book.active(alarm.rule, id, alarm.source);
        if (standing != nullptr && standing->holds)
            continue;
        if (++raised > mostAtOnce)
            break;
        if (auto ok = writeOwn(flow().raise(std::move(alarm), now), turn); !ok)
            return ok;
    }
    std::vector<model::AlarmId> over; // from before a restart, too: a reading of a believable time has come since
    for (const auto& id : m_book.ofRule(side.rule)) {
        const auto& alarm = m_state.alarms.at(id);
        // Where the clock was set back since, the alarm is from later than everything that is said now.
        if (alarm.holds && alarm.source != deskClock && !side.clocks.contains(alarm.sensor) &&
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
