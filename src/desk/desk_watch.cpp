#include "desk/alarm_words.hpp"
#include "desk/clock_set_back.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

// Silence: what ought to have spoken, and has not, is itself an alarm.

namespace tocsin::desk {

namespace {

constexpr auto fewPeriod = std::chrono::seconds(1);
constexpr auto manyPeriod = std::chrono::seconds(5);
constexpr std::size_t few = 1'000;
/// Between two looks the clock cannot go further than this by itself (a drill at sixty times the speed makes two
/// minutes): beyond, somebody has set it, or the machine has slept, and nobody's silence can be told from that.
constexpr auto clockWasSet = std::chrono::minutes(10);

/// What ought to speak and does not, since `last`, is to the desk.
model::Alarm silence(const Watch& watch, base::Time last, base::Time now) {
    model::Alarm alarm;
    alarm.kind = model::AlarmKind::silence;
    alarm.rule = "silence";
    alarm.source = watch.id;
    if (watch.sensors.size() == 1 && watch.feeds.empty())
        alarm.sensor = watch.sensors.front();
    alarm.severity = watch.severity;
    alarm.hazard = "silence";
    alarm.threshold = std::chrono::duration<double, std::ratio<60>>(watch.silentAfter).count();
    alarm.unit = "min";
    if (watch.position)
        alarm.position = *watch.position;
    alarm.place = watch.name;
    const auto span = shortSpan(watch.silentAfter);
    alarm.title.text =
        "Silent: " + watch.name.text + ", no word for " + std::to_string(span.count) + " " + span.english;
    alarm.title.translations["zh_CN"] =
        "静默：" + watch.name.in("zh_CN") + "，已超过 " + std::to_string(span.count) + " " + span.chinese + "无消息";
    alarm.guidance.text = "Find out whether it cannot speak or has nothing to say: call the place, look at the feed";
    alarm.guidance.translations["zh_CN"] = "查明是无法联系还是无事可报：致电当地，查看数据源";
    alarm.sinceTime = last;
    alarm.value = std::chrono::duration<double, std::ratio<60>>(now - last).count();
    return alarm;
}

} // namespace

void DeskThread::heard(const std::string& feed) {
    const auto now = m_parts.clock.now();
    const std::lock_guard lock(m_heardMutex);
    auto& last = m_heard[feed];
    last = std::max(last, now);
}

void DeskThread::watch(std::vector<Watch> watches) {
    m_inbox.task([this, watches = std::move(watches)]() mutable { setWatches(std::move(watches)); });
}

void DeskThread::setWatches(std::vector<Watch> watches) {
    m_parts.watches = std::move(watches);
    const auto now = m_parts.clock.now();
    std::map<std::string, base::Time> since;
    for (const auto& watch : m_parts.watches) {
        const auto before = m_watchedSince.find(watch.id);
        since[watch.id] = before == m_watchedSince.end() ? now : before->second;
    }
    m_watchedSince = std::move(since);
}

/// What was committed is a sign of life of its feed.
void DeskThread::noteSigns(const Delta& delta) {
    if (m_parts.watches.empty())
        return;
    for (const auto& [feed, count] : delta.readingsByFeed)
        heard(feed);
    for (const auto& [feed, count] : delta.quarantinedByFeed)
        heard(feed);
    for (const auto& entry : delta.entries) {
        if (entry.actor.starts_with("feed:"))
            heard(entry.actor.substr(5));
    }
}

base::Time DeskThread::lastSignOf(const Watch& watch) {
    base::Time last{};
    {
        const std::lock_guard lock(m_heardMutex);
        for (const auto& feed : watch.feeds) {
            if (const auto found = m_heard.find(feed); found != m_heard.end())
                last = std::max(last, found->second);
        }
    }
    for (const auto& sensor : watch.sensors)
        last = std::max(last, spokeAt(sensor));
    for (const auto& unit : watch.units) {
        if (const auto found = m_unitsNow.find(unit); found != m_unitsNow.end())
            last = std::max(last, found->second.newest.time);
    }
    return last;
}

/// Whether nothing else is watched than sensors that are no longer there.
bool DeskThread::watchesRetired(const Watch& watch) const {
    return !watch.sensors.empty() && watch.feeds.empty() && watch.units.empty() &&
           std::all_of(watch.sensors.begin(), watch.sensors.end(), [&](const auto& id) {
               const auto found = m_state.sensors.find(id);
               return found != m_state.sensors.end() && !found->second.retired.empty();
           });
}

base::Result<void> DeskThread::judgeSilence(const Watch& watch, base::Time last, base::Time now, Turn& turn) {
    const auto* standing = m_book.active("silence", {}, watch.id);
    // Only a sign of life ends a silence; that the counting began anew (a restart, a clock that was set) is none.
    const bool silent = now - (standing != nullptr ? std::min(lastSignOf(watch), now) : last) > watch.silentAfter;
    const bool stands = standing != nullptr && standing->holds;
    if (silent == stands && !(stands && standing->flapping)) // that one stands whatever it does: each swing is told
        return {};
    return writeOwn(silent ? flow().raise(silence(watch, last, now), now) : flow().clear(*standing, now), turn);
}

/// Before a turn's commands, for theirs are times of the clock as it is now.
base::Result<void> DeskThread::lookAtClock(Turn& turn) {
    const auto now = m_parts.clock.now();
    const auto before = std::exchange(m_clockAt, now);
    if (before == base::Time{})
        return writeOwn(afterSetBack(m_state, m_parts.dispatch, now, base::Duration{0}), turn);
    if (now >= before - fewPeriod)
        return {};
    const auto until = now - base::Duration{1}; // what comes from here on is newer, and not late until the clock is where it was
    m_gate.goBack(until);
    m_parts.detector.goBack(until);
    return writeOwn(afterSetBack(m_state, m_parts.dispatch, now, before - now), turn);
}

base::Result<void> DeskThread::watchSilence(Turn& turn) {
    const auto now = m_parts.clock.now();
    const bool wasSet = m_watchedAt != base::Time{} && (now < m_watchedAt - fewPeriod || now - m_watchedAt > clockWasSet);
    if (m_watchedAt == base::Time{} || wasSet) {
        // Everybody gets the whole time again.
        m_allSince = now;
        m_watchDue = now;
        const std::lock_guard lock(m_heardMutex);
        for (auto& [feed, last] : m_heard)
            last = std::min(last, now);
        for (auto& [id, since] : m_watchedSince)
            since = std::min(since, now);
    }
    if (wasSet) {
        m_gate.nobodySpokeAfter(now);
        m_clocksAhead.clear();
        m_clocksBehind.clear(); // of whom is it true still? Their next readings say so
        putOffDue(now);
    }
    m_watchedAt = now;
    if (now < m_watchDue)
        return {};
    std::size_t looked = m_parts.watches.size();
    for (const auto& watch : m_parts.watches) {
        if (watch.silentAfter <= base::Duration{0})
            continue;
        const auto since = m_watchedSince.find(watch.id);
        if (watchesRetired(watch)) {
            const auto* standing = m_book.active("silence", {}, watch.id);
            if (standing != nullptr && standing->holds) {
                if (auto ok = writeOwn(flow().end({standing->id}, "sensor retired"), turn); !ok)
                    return ok;
            }
            continue;
        }
        auto last = std::max(lastSignOf(watch), m_allSince);
        for (const auto& sensor : watch.sensors) {
            if (const auto back = m_backAt.find(sensor); back != m_backAt.end())
                last = std::max(last, back->second);
        }
        if (since != m_watchedSince.end())
            last = std::max(last, since->second);
        if (auto ok = judgeSilence(watch, std::min(last, now), now, turn); !ok)
            return ok;
    }
    if (std::exchange(m_speakersStale, false)) {
        m_speakers.clear();
        for (const auto& [id, sensor] : m_state.sensors) {
            if (sensor.silentAfter && *sensor.silentAfter > base::Duration{0} && sensor.retired.empty())
                m_speakers.push_back(id);
        }
    }
    std::vector<Watch> sensors; // apart, for an alarm that is written changes nothing of the register
    for (const auto& id : m_speakers) {
        const auto& sensor = m_state.sensors.at(id);
        if (!sensor.outOfService.empty())
            continue;
        ++looked;
        const auto back = m_backAt.find(id);
        const auto allowed = back == m_backAt.end() ? m_allSince : std::max(m_allSince, back->second);
        const auto last = std::max(spokeAt(id), allowed);
        const auto source = "sensor:" + id.value;
        if (now - last <= *sensor.silentAfter && !m_silentSensors.contains(id))
            continue;
        Watch watch;
        watch.id = source;
        watch.name = sensor.name;
        watch.sensors = {id};
        watch.silentAfter = *sensor.silentAfter;
        watch.position = sensor.position;
        sensors.push_back(std::move(watch));
    }
    for (const auto& watch : sensors) {
        const auto back = m_backAt.find(watch.sensors.front());
        const auto allowed = back == m_backAt.end() ? m_allSince : std::max(m_allSince, back->second);
        const auto last = std::min(std::max(lastSignOf(watch), allowed), now);
        if (auto ok = judgeSilence(watch, last, now, turn); !ok)
            return ok;
        if (now - lastSignOf(watch) <= watch.silentAfter)
            m_silentSensors.erase(watch.sensors.front());
        else if (now - last > watch.silentAfter)
            m_silentSensors.insert(watch.sensors.front());
    }
    m_watchDue = now + (looked > few ? manyPeriod : fewPeriod);
    return {};
}

/// Those that were silent when the desk was last open.
void DeskThread::recallSilence() {
    setWatches(std::move(m_parts.watches));
    m_silentSensors.clear();
    m_speakersStale = true;
    for (const auto& id : m_book.ofRule("silence")) {
        if (const auto& alarm = m_state.alarms.at(id); !alarm.sensor.value.empty())
            m_silentSensors.insert(alarm.sensor);
    }
}

} // namespace tocsin::desk
