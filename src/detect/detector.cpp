#include "detect/detector_impl.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

using What = Conclusion::What;

void Detector::Impl::conclude(const Watch& watch, Handle handle, std::optional<Verdict> verdict,
                              std::vector<Conclusion>& out) const {
    if (verdict)
        out.push_back({verdict->what,
                       ruleAt(watch.rule),
                       infos[handle].id,
                       verdict->since,
                       verdict->value,
                       std::move(verdict->saw),
                       {},
                       {},
                       verdict->forecast,
                       verdict->soilUnknown});
}

void Detector::Impl::judgeByMemory(Handle handle, Ref ref, base::Time time, double value, std::vector<Conclusion>& out) {
    const auto by = [&](auto& watch) { conclude(watch, handle, watch.take(time, value), out); };
    switch (ref.kind) {
    case 0:
        by(std::get<0>(watches.others)[ref.index]);
        break;
    case 1:
        by(std::get<1>(watches.others)[ref.index]);
        break;
    case 2:
        by(std::get<2>(watches.others)[ref.index]);
        break;
    case 3: {
        SoiledWatch& watch = std::get<3>(watches.others)[ref.index];
        conclude(watch, handle, watch.AccumulatedWatch::take(time, value, soilOf(watch)), out);
        break;
    }
    default:
        break;
    }
}

/// What is held back until the fault is over is what came since the last reading that cannot be.
bool Detector::Impl::judgeFaults(Handle handle, base::Time time, double value, bool again, std::vector<Conclusion>& out) {
    bool believed = true;
    bool plausible = true;
    bool over = false;
    const auto by = [&](auto& watch) {
        auto verdict = watch.take(time, value);
        over = over || (verdict && verdict->what == What::returnToNormal);
        believed = believed && !watch.raised;
        plausible = plausible && watch.plausible();
        conclude(watch, handle, std::move(verdict), out);
    };
    const Slot& slot = slots[handle];
    for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.faults; ++i) {
        const Ref ref = watches.refs[i];
        if (ref.kind == stuckKind)
            by(std::get<stuckKind>(watches.others)[ref.index]);
        else
            by(std::get<implausibleKind>(watches.others)[ref.index]);
    }
    if (believed) {
        if (over)
            giveHeld(handle, out);
        return true;
    }
    if (!plausible) {
        held.erase(handle);
    } else if (Held& kept = held[handle]; again) { // it may have been corrected
        if (kept.count > 0 && kept.readings[kept.count - 1].time == time)
            kept.readings[kept.count - 1].value = value;
    } else if (kept.count < kept.readings.size()) {
        kept.readings[kept.count++] = {time, value};
    }
    return false;
}

void Detector::Impl::giveHeld(Handle handle, std::vector<Conclusion>& out) {
    const auto found = held.find(handle);
    if (found == held.end())
        return;
    const Held kept = found->second;
    held.erase(found);
    const Slot& slot = slots[handle];
    for (std::size_t k = 0; k < kept.count; ++k) {
        for (std::size_t i = slot.firstRef + slot.faults; i < slot.firstRef + slot.refs; ++i)
            judgeByMemory(handle, watches.refs[i], kept.readings[k].time, kept.readings[k].value, out);
    }
}

void Detector::Impl::judgeOthers(Handle handle, base::Time time, double value, bool again, std::vector<Conclusion>& out) {
    const Slot& slot = slots[handle];
    const bool believed = slot.faults == 0 || judgeFaults(handle, time, value, again, out);
    for (std::size_t i = slot.firstRef + slot.faults; i < slot.firstRef + slot.refs; ++i) {
        const Ref ref = watches.refs[i];
        if (ref.kind != severalKind) {
            if (believed)
                judgeByMemory(handle, ref, time, value, out);
        } else if (const auto change = several.take(ref.index, time, value); change.changed) {
            concludeSeveral(several.member(ref.index).group, change.what, time, value, out);
        }
    }
}

Soil Detector::Impl::soilOf(const SoiledWatch& watch) const {
    if (watch.soil == noHandle || infos[watch.soil].retired)
        return {};
    if (infos[watch.soil].doubted || !infos[watch.soil].inService)
        return {{}, true};
    const Slot& slot = slots[watch.soil];
    if (slot.newest == base::Time::min())
        return {};
    return {model::ReadingSeen{slot.newest, slot.last}, false};
}

/// A gauge of amounts says nothing while nothing comes. One whose readings come late is judged as late as they come.
void Detector::Impl::judgeSums(base::Time now, bool jumped, std::vector<Conclusion>& out) {
    constexpr auto every = std::chrono::minutes(1);
    if (!jumped && lastSums != base::Time::min() && now - lastSums < every)
        return;
    lastSums = now;
    for (SoiledWatch& watch : std::get<3>(watches.others)) {
        if (!watch.raised)
            continue;
        const Slot& slot = slots[watch.sensor];
        const Info& info = infos[watch.sensor];
        if (jumped || !info.inService || watch.heardAt == base::Time::min() || watch.newest != slot.newest) {
            watch.newest = slot.newest;
            watch.heardAt = now;
            continue;
        }
        const base::Time last = slot.newest == base::Time::min() ? watch.heardAt : slot.newest;
        if (auto verdict = watch.pass(last + (now - watch.heardAt), soilOf(watch)))
            out.push_back({verdict->what, ruleAt(watch.rule), info.id, verdict->since, verdict->value, {}});
    }
}

void Detector::Impl::concludeSeveral(std::uint32_t number, What what, base::Time time, double value,
                                     std::vector<Conclusion>& out) const {
    const Rule* rule = ruleAt(several.groups()[number].rule);
    Conclusion conclusion{what, rule, {}, time, value, {}, "area:" + rule->id};
    constexpr std::size_t mostNamed = 1'000;
    for (const auto* taking : several.taking(number, mostNamed)) {
        conclusion.sensors.push_back(infos[taking->sensor].id);
        if (conclusion.saw.size() < mostSeen)
            conclusion.saw.push_back({taking->time, taking->value});
        conclusion.since = what == What::raise ? std::min(conclusion.since, taking->time) : conclusion.since;
    }
    if (what == What::returnToNormal)
        conclusion.saw = {{time, value}};
    std::reverse(conclusion.saw.begin(), conclusion.saw.end());
    out.push_back(std::move(conclusion));
}

void Detector::Impl::concludeTogether(const TogetherBoard::Change& change, base::Time time,
                                      std::vector<Conclusion>& out) const {
    const auto& watch = together.watches()[change.watch];
    const Rule* rule = ruleAt(watch.rule);
    Conclusion conclusion{
        change.update ? What::update : (change.raised ? What::raise : What::returnToNormal), rule, {}, time, 0, {}, "area:" + rule->id};
    auto parts = watch.because;
    std::copy_if(watch.joined.begin(), watch.joined.end(), std::back_inserter(parts),
                 [this](const auto& item) { return !together.doubts(item.first, item.second); });
    for (const auto& [part, where] : parts) {
        if (where == TogetherBoard::noSensor) {
            addDoubted(part, conclusion.sensors); // or nobody could tell why it is not believed
            continue;
        }
        conclusion.sensors.push_back(infos[where].id);
        if (slots[where].newest != base::Time::min() && conclusion.saw.size() < mostSeen)
            conclusion.saw.push_back({slots[where].newest, slots[where].last});
    }
    if (!conclusion.saw.empty())
        conclusion.value = conclusion.saw.front().value;
    std::sort(conclusion.saw.begin(), conclusion.saw.end(),
              [](const auto& a, const auto& b) { return a.time < b.time; });
    std::sort(conclusion.sensors.begin(), conclusion.sensors.end());
    conclusion.sensors.erase(std::unique(conclusion.sensors.begin(), conclusion.sensors.end()),
                             conclusion.sensors.end());
    out.push_back(std::move(conclusion));
}

void Detector::Impl::addDoubted(std::uint32_t rule, std::vector<model::SensorId>& to, int depth) const {
    constexpr int deepest = 8; // of rules over rules over rules
    constexpr std::size_t mostNamed = 100;
    for (std::uint32_t i = 0; i < several.groups().size(); ++i) {
        if (several.groups()[i].rule != rule || several.groups()[i].believed)
            continue;
        for (const auto* member : several.taking(i, mostNamed)) {
            if (member->doubted)
                to.push_back(infos[member->sensor].id);
        }
    }
    for (const auto& watch : together.watches()) {
        if (watch.rule != rule || depth == deepest)
            continue;
        for (const auto& [part, where] : watch.because) {
            if (where == TogetherBoard::noSensor)
                addDoubted(part, to, depth + 1);
            else if (infos[where].doubted)
                to.push_back(infos[where].id);
        }
    }
}

bool Detector::Impl::restsOnDoubt(std::uint32_t rule) const {
    const auto& groups = several.groups();
    const auto& over = together.watches();
    return std::any_of(groups.begin(), groups.end(),
                       [&](const auto& group) { return group.rule == rule && group.raised && !group.believed; }) ||
           std::any_of(over.begin(), over.end(),
                       [&](const auto& watch) { return watch.rule == rule && watch.raised && watch.doubted; });
}

void Detector::Impl::distrust(Handle sensor, bool doubted, base::Time now, std::vector<Conclusion>& out) {
    if (infos[sensor].doubted == doubted)
        return;
    infos[sensor].doubted = doubted;
    const std::size_t first = out.size();
    const Slot& slot = slots[sensor];
    for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.refs; ++i) {
        const Ref ref = watches.refs[i];
        if (ref.kind != severalKind || !several.doubt(ref.index, doubted))
            continue;
        const std::uint32_t group = several.member(ref.index).group;
        const auto* newest = several.taking(group, 1).front();
        concludeSeveral(group, What::update, newest->time, newest->value, out);
    }
    std::vector<TogetherBoard::Change> changes;
    together.doubt(sensor, doubted, now, changes);
    for (const auto& change : changes)
        concludeTogether(change, now, out);
    if (out.size() != first)
        settle(out, first, now);
}

void Detector::Impl::settle(std::vector<Conclusion>& out, std::size_t first, base::Time time) {
    if (out.size() > first + 1)
        std::stable_sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end(),
                         [](const Conclusion& a, const Conclusion& b) { return a.rule < b.rule; });
    if (together.empty())
        return;
    std::vector<TogetherBoard::Change> changes;
    for (std::size_t i = first; i < out.size(); ++i) { // grows by what follows, which is looked at as well
        const auto rule = static_cast<std::uint32_t>(out[i].rule - rules.data());
        if (!together.wants(rule))
            continue;
        const auto found = out[i].sensor.value.empty() ? handles.end() : handles.find(out[i].sensor);
        const Handle where = found == handles.end() ? TogetherBoard::noSensor : found->second;
        changes.clear();
        if (where == TogetherBoard::noSensor)
            together.doubtRule(rule, restsOnDoubt(rule), time, changes);
        if (out[i].what != What::update)
            together.changed(rule, where, out[i].what == What::raise, positionOf(where), time, changes);
        for (const auto& change : changes)
            concludeTogether(change, time, out);
    }
}

void Detector::Impl::take(Handle handle, base::Time time, double value, std::vector<Conclusion>& out) {
    if (handle >= slots.size() || !std::isfinite(value))
        return;
    Slot& slot = slots[handle];
    if (!slot.active)
        return;
    slot.spoke = true;
    if (time < slot.newest)
        return;
    const bool again = time == slot.newest; // told again, it is no further reading
    slot.newest = time;
    slot.last = value;
    const std::size_t first = out.size();
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        if (watches.thresholds[i].concerns(value))
            judge(handle, i, time, value, again, out);
    }
    if (slot.refs != 0)
        judgeOthers(handle, time, value, again, out);
    if (out.size() != first)
        settle(out, first, time);
}

void Detector::Impl::goBack(Handle sensor, base::Time to) {
    if (sensor >= slots.size() || slots[sensor].newest <= to)
        return;
    Slot& slot = slots[sensor];
    const auto by = slot.newest - to;
    slot.newest = to;
    if (const auto found = held.find(sensor); found != held.end()) {
        for (std::size_t i = 0; i < found->second.count; ++i)
            found->second.readings[i].time -= by;
    }
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        ThresholdMemory& memory = watches.memories[i];
        memory.since -= by;
        if (memory.waits != ThresholdMemory::none) {
            if (Waiting& wait = watches.waiting[memory.waits]; wait.heardAt != base::Time::min())
                wait.newest -= by;
        }
        if (memory.saw == ThresholdMemory::none)
            continue;
        for (auto& reading : seen[memory.saw].readings)
            reading.time -= by;
    }
    for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.refs; ++i) {
        const Ref ref = watches.refs[i];
        switch (ref.kind) {
        case 0: std::get<0>(watches.others)[ref.index].goBack(by); break;
        case 1: std::get<1>(watches.others)[ref.index].goBack(by); break;
        case 2: std::get<2>(watches.others)[ref.index].goBack(by); break;
        case 3: std::get<3>(watches.others)[ref.index].goBack(by); break;
        case 4: std::get<4>(watches.others)[ref.index].goBack(by); break;
        case 5: std::get<5>(watches.others)[ref.index].goBack(by); break;
        default: several.goBack(ref.index, to);
        }
    }
}

void Detector::Impl::tick(base::Time now, std::vector<Conclusion>& out) {
    constexpr auto clockWasSet = std::chrono::minutes(10);
    const std::size_t first = out.size();
    const bool jumped = lastTick != base::Time::min() && (now < lastTick || now - lastTick > clockWasSet);
    lastTick = now;
    for (SilentWatch& watch : watches.silent) {
        const Slot& slot = slots[watch.sensor];
        const Info& info = infos[watch.sensor];
        if (slot.spoke || jumped || !info.inService || watch.heardAt == base::Time::min())
            watch.heardAt = now;
        const bool speaksAgain = watch.raised && slot.spoke && info.inService;
        const bool isSilent = !watch.raised && info.inService && now - watch.heardAt >= watch.after;
        if (!speaksAgain && !isSilent)
            continue;
        watch.raised = isSilent;
        Conclusion conclusion{isSilent ? What::raise : What::returnToNormal, ruleAt(watch.rule), info.id,
                              isSilent ? watch.heardAt : now, slot.last};
        if (slot.newest != base::Time::min())
            conclusion.saw = {{slot.newest, slot.last}};
        out.push_back(std::move(conclusion));
    }
    for (const SilentWatch& watch : watches.silent)
        slots[watch.sensor].spoke = false;
    judgeSums(now, jumped, out);
    judgeDelays(now, jumped, out);
    if (out.size() != first)
        settle(out, first, now);
    if (together.empty())
        return;
    std::vector<TogetherBoard::Change> changes;
    together.tick(now, changes);
    const std::size_t second = out.size();
    for (const auto& change : changes)
        concludeTogether(change, now, out);
    if (out.size() != second)
        settle(out, second, now);
}

Detector::Detector(std::vector<Rule> rules) : m_impl(std::make_unique<Impl>()) {
    m_impl->rules = std::move(rules);
    m_impl->indexRules();
    m_impl->build(Impl::Before(m_impl->rules.size(), {Impl::noRule, Impl::Keep::nothing}));
}

Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

std::span<const Rule> Detector::rules() const {
    return m_impl->rules;
}

const Rule* Detector::ruleOf(std::string_view id) const {
    const auto found = m_impl->ruleIds.find(std::string(id));
    return found == m_impl->ruleIds.end() ? nullptr : &m_impl->rules[found->second];
}

Detector::Handle Detector::handleOf(const model::SensorId& sensor) const {
    const auto found = m_impl->handles.find(sensor);
    return found == m_impl->handles.end() || !m_impl->infos[found->second].wanted ? noHandle : found->second;
}

void Detector::take(const model::SensorId& sensor, base::Time time, double value, std::vector<Conclusion>& out) {
    m_impl->take(handleOf(sensor), time, value, out);
}

void Detector::take(Handle sensor, base::Time time, double value, std::vector<Conclusion>& out) {
    m_impl->take(sensor, time, value, out);
}

void Detector::tick(base::Time now, std::vector<Conclusion>& out) {
    m_impl->tick(now, out);
}

void Detector::goBack(Handle sensor, base::Time to) {
    m_impl->goBack(sensor, to);
}

void Detector::goBack(base::Time to) {
    m_impl->several.goBack(to);
    m_impl->together.goBack(to);
    for (Handle sensor = 0; sensor < m_impl->slots.size(); ++sensor)
        m_impl->goBack(sensor, to);
}

void Detector::distrust(const model::SensorId& sensor, bool doubted, base::Time now, std::vector<Conclusion>& out) {
    if (const auto found = m_impl->handles.find(sensor); found != m_impl->handles.end())
        m_impl->distrust(found->second, doubted, now, out);
}

void Detector::heard(const model::SensorId& sensor) {
    heard(handleOf(sensor));
}

void Detector::heard(Handle sensor) {
    if (sensor < m_impl->slots.size())
        m_impl->slots[sensor].spoke = true;
}

} // namespace tocsin::detect
