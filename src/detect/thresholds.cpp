#include "detect/detector_impl.hpp"

#include <algorithm>

// A value over its threshold: what it saw, and its delay, which ends by a reading or by the clock.

namespace tocsin::detect {

using What = Conclusion::What;

/// Keeps the first, from which the condition held, and the latest.
void Detector::Impl::see(ThresholdMemory& memory, base::Time time, double value) {
    if (memory.saw == ThresholdMemory::none) {
        if (freeSeen.empty()) {
            freeSeen.push_back(static_cast<std::uint32_t>(seen.size()));
            seen.emplace_back();
        }
        memory.saw = freeSeen.back();
        freeSeen.pop_back();
        seen[memory.saw].count = 0;
    }
    Seen& saw = seen[memory.saw];
    if (saw.count == mostSeen)
        std::move(saw.readings.begin() + 2, saw.readings.end(), saw.readings.begin() + 1);
    else
        ++saw.count;
    saw.readings[saw.count - 1] = {time, value};
}

std::vector<model::ReadingSeen> Detector::Impl::forget(ThresholdMemory& memory) {
    memory.run = 0;
    if (memory.saw == ThresholdMemory::none)
        return {};
    const Seen& saw = seen[memory.saw];
    freeSeen.push_back(std::exchange(memory.saw, ThresholdMemory::none));
    return {saw.readings.begin(), saw.readings.begin() + static_cast<std::ptrdiff_t>(saw.count)};
}

void Detector::Impl::judge(Handle handle, std::size_t index, base::Time time, double value, bool again,
                           std::vector<Conclusion>& out) {
    ThresholdWatch& watch = watches.thresholds[index];
    ThresholdMemory& memory = watches.memories[index];
    if (watch.state == ThresholdWatch::raised) {
        watch.state = ThresholdWatch::idle;
        out.push_back({What::returnToNormal, ruleAt(watch.rule), infos[handle].id, time, value, {{time, value}}});
        return;
    }
    if ((watch.below ? -value : value) < watch.threshold) {
        watch.state = ThresholdWatch::idle;
        memory.run = 0;
        if (memory.saw != ThresholdMemory::none)
            freeSeen.push_back(std::exchange(memory.saw, ThresholdMemory::none));
        return;
    }
    if (watch.state == ThresholdWatch::idle) {
        watch.state = ThresholdWatch::pending;
        memory.since = time;
        memory.run = 0;
        if (memory.delay > base::Duration{0} && memory.waits == ThresholdMemory::none) {
            memory.waits = static_cast<std::uint32_t>(watches.waiting.size());
            watches.waiting.push_back({static_cast<std::uint32_t>(index), handle});
        }
    }
    if (!again || memory.run == 0) {
        see(memory, time, value);
        ++memory.run;
    }
    if (memory.run >= memory.count && time - memory.since >= memory.delay)
        raiseWaiting(handle, index, out);
}

void Detector::Impl::raiseWaiting(Handle handle, std::size_t index, std::vector<Conclusion>& out) {
    ThresholdWatch& watch = watches.thresholds[index];
    ThresholdMemory& memory = watches.memories[index];
    watch.state = ThresholdWatch::raised;
    out.push_back({What::raise, ruleAt(watch.rule), infos[handle].id, memory.since, slots[handle].last, forget(memory)});
}

/// A sensor may say nothing more before its delay is over: gauges tell every quarter of an hour, and some are swept away. What it said last stands until
/// it says otherwise; the time since counts by the clock, from when that came, for it may have come late.
void Detector::Impl::judgeDelays(base::Time now, bool jumped, std::vector<Conclusion>& out) {
    auto& waiting = watches.waiting;
    std::size_t kept = 0;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
        Waiting wait = waiting[i];
        const ThresholdWatch& watch = watches.thresholds[wait.index];
        ThresholdMemory& memory = watches.memories[wait.index];
        const Slot& slot = slots[wait.sensor];
        if (jumped || !infos[wait.sensor].inService || wait.heardAt == base::Time::min() || wait.newest != slot.newest) {
            wait.newest = slot.newest;
            wait.heardAt = now;
        }
        if (watch.state == ThresholdWatch::pending && infos[wait.sensor].inService && memory.run >= memory.count &&
            slot.newest + (now - wait.heardAt) - memory.since >= memory.delay)
            raiseWaiting(wait.sensor, wait.index, out);
        memory.waits = watch.state == ThresholdWatch::pending ? static_cast<std::uint32_t>(kept) : ThresholdMemory::none;
        if (memory.waits != ThresholdMemory::none)
            waiting[kept++] = wait;
    }
    waiting.resize(kept);
}

std::optional<base::Time> Detector::Impl::delayEnds(Handle handle) const {
    std::optional<base::Time> first;
    const Slot& slot = slots[handle];
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        const ThresholdMemory& memory = watches.memories[i];
        if (watches.thresholds[i].state == ThresholdWatch::pending && memory.delay > base::Duration{0} && memory.run >= memory.count)
            first = std::min(first.value_or(base::Time::max()), memory.since + memory.delay);
    }
    return first;
}

void Detector::Impl::endDelays(Handle handle, base::Time now, std::vector<Conclusion>& out) {
    const std::size_t first = out.size();
    const Slot& slot = slots[handle];
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        const ThresholdMemory& memory = watches.memories[i];
        if (watches.thresholds[i].state == ThresholdWatch::pending && memory.run >= memory.count && now - memory.since >= memory.delay)
            raiseWaiting(handle, i, out);
    }
    if (out.size() != first)
        settle(out, first, now);
}

std::optional<base::Time> Detector::delayEnds(Handle sensor) const {
    return sensor < m_impl->slots.size() ? m_impl->delayEnds(sensor) : std::nullopt;
}

void Detector::endDelays(Handle sensor, base::Time now, std::vector<Conclusion>& out) {
    if (sensor < m_impl->slots.size())
        m_impl->endDelays(sensor, now, out);
}

void Detector::cameAt(const model::SensorId& sensor, base::Time when) {
    const Handle handle = handleOf(sensor);
    if (handle >= m_impl->slots.size())
        return;
    const Impl::Slot& slot = m_impl->slots[handle];
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        if (const auto waits = m_impl->watches.memories[i].waits; waits != ThresholdMemory::none) {
            m_impl->watches.waiting[waits].newest = slot.newest;
            m_impl->watches.waiting[waits].heardAt = when;
        }
    }
}

} // namespace tocsin::detect
