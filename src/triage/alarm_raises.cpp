#include "triage/alarm_raises.hpp"

#include <algorithm>
#include <tuple>

namespace tocsin::triage {

namespace {

constexpr base::Duration kept = std::chrono::hours(48);
constexpr base::Duration tenMinutes = std::chrono::minutes(10);
constexpr base::Duration hour = std::chrono::hours(1);
constexpr base::Duration minute = std::chrono::minutes(1);
constexpr std::size_t mostOfOffender = 20;
constexpr std::size_t mostPersons = 8; ///< whose times are kept ready

// EEMUA 191: a flood is more than ten alarms in ten minutes, and lasts until there are fewer than five.
constexpr std::size_t floodOver = 10;
constexpr std::size_t floodUnder = 5;

AlarmLoad::Judgement judgementOf(std::size_t inTenMinutes) {
    using enum AlarmLoad::Judgement;
    return inTenMinutes <= 1 ? calm : inTenMinutes <= 5 ? busy : inTenMinutes <= floodOver ? heavy : flood;
}

} // namespace

void AlarmRaises::put(const model::Alarm& alarm) {
    const bool muted = alarm.state == model::AlarmState::suppressed || alarm.state == model::AlarmState::outOfService;
    const auto at = model::asksSince(alarm);
    if (at != alarm.raisedAt) {
        // Whether the first time asked anybody is known where it was seen; else one that never came again was muted then.
        const auto first = m_raises.find({alarm.raisedAt, alarm.id});
        put(alarm.raisedAt, alarm, first == m_raises.end() ? alarm.repeats == 0 : first->second.muted);
    }
    put(at, alarm, muted);
}

void AlarmRaises::put(base::Time at, const model::Alarm& alarm, bool muted) {
    if (!m_raises.empty() && at < m_raises.rbegin()->first.first - kept)
        return;
    const auto [it, isNew] = m_raises.try_emplace({at, alarm.id});
    Raise& raise = it->second;
    if (isNew) {
        raise = {alarm.id,    alarm.rule, alarm.sensor, alarm.source, alarm.title,
                 alarm.owner, 0,          false,        muted,        at != alarm.raisedAt};
        for (auto& [person, times] : m_times) {
            if (isAsked(raise, person))
                times.insert(std::upper_bound(times.begin(), times.end(), at), at);
        }
    } else {
        if (raise.muted != muted && model::isActive(alarm.state)) { // one that is over stays what it was
            raise.muted = muted;
            m_times.clear();
        }
        if (raise.owner != alarm.owner) {
            raise.owner = alarm.owner;
            m_times.clear();
        }
    }
    raise.repeats = std::max(raise.repeats, alarm.repeats);
    raise.flapping = alarm.flapping;
    if (isNew)
        forgetOld();
}

void AlarmRaises::forgetOld() {
    const auto edge = m_raises.rbegin()->first.first - kept;
    while (m_raises.begin()->first.first < edge)
        m_raises.erase(m_raises.begin());
    // Old times at the front do no harm to what is asked of them; they go when there are many.
    std::erase_if(m_times, [&](const auto& known) { return known.second.size() > 2 * m_raises.size() + 64; });
}

bool AlarmRaises::isAsked(const Raise& raise, const Person& person) {
    return !raise.muted && (!person || raise.owner.empty() || raise.owner == *person);
}

const std::vector<base::Time>& AlarmRaises::times(const Person& person) const {
    if (const auto known = m_times.find(person); known != m_times.end())
        return known->second;
    if (m_times.size() >= mostPersons)
        m_times.clear();
    std::vector<base::Time>& times = m_times[person];
    for (const auto& [key, raise] : m_raises) {
        if (isAsked(raise, person))
            times.push_back(key.first);
    }
    return times;
}

void AlarmRaises::judge(base::Time now, const Person& person, AlarmLoad& load) const {
    const auto& all = times(person);
    const auto end = std::upper_bound(all.begin(), all.end(), now);
    const auto after = [&](base::Duration ago) { return std::upper_bound(all.begin(), end, now - ago); };
    const auto recent = static_cast<std::size_t>(end - after(tenMinutes));
    load.perTenMinutes = static_cast<double>(recent);
    load.lastHour = static_cast<std::size_t>(end - after(hour));
    load.judgement = judgementOf(recent);
    for (auto first = after(hour), it = first; it != end; ++it) {
        while (*first <= *it - minute)
            ++first;
        load.mostInAMinute = std::max(load.mostInAMinute, static_cast<std::size_t>(it - first) + 1);
    }
    // The number in the last ten minutes rises at each raise only, and is least just before one.
    bool flood = false;
    base::Time since;
    auto first = all.begin();
    for (auto it = all.begin(); it != end; ++it) {
        while (*first <= *it - tenMinutes)
            ++first;
        const auto before = static_cast<std::size_t>(it - first);
        if (before < floodUnder)
            flood = false;
        if (before + 1 > floodOver && !flood) {
            flood = true;
            since = *it;
        }
    }
    load.flood = flood && recent >= floodUnder;
    load.floodSince = load.flood ? since : base::Time{};
}

std::vector<Offender> AlarmRaises::offenders(base::Time since, std::size_t most) const {
    using Who = std::tuple<std::string_view, std::string_view, std::string_view>;
    std::map<Who, Offender> found;
    std::size_t all = 0;
    for (auto it = m_raises.rbegin(); it != m_raises.rend() && it->first.first >= since; ++it) { // newest first
        const Raise& raise = it->second;
        if (raise.again) // its repeats are counted where it was raised
            continue;
        Offender& offender = found[Who(raise.rule, raise.sensor.value, raise.source)];
        if (offender.raised == 0) {
            offender.rule = raise.rule;
            offender.sensor = raise.sensor;
            offender.source = raise.source;
            offender.title = raise.title;
        }
        const auto times = static_cast<std::size_t>(1 + std::max(0, raise.repeats));
        offender.raised += times;
        all += times;
        offender.flapping = offender.flapping || raise.flapping;
        if (offender.alarms.size() < mostOfOffender)
            offender.alarms.push_back(raise.alarm);
    }
    std::vector<Offender> result;
    for (auto& [who, offender] : found) {
        offender.share = static_cast<double>(offender.raised) / static_cast<double>(all);
        result.push_back(std::move(offender));
    }
    std::stable_sort(result.begin(), result.end(),
                     [](const Offender& a, const Offender& b) { return a.raised > b.raised; });
    if (result.size() > most)
        result.resize(most);
    return result;
}

} // namespace tocsin::triage
