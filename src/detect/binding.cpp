#include "detect/detector_impl.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

// Which rule looks at which sensor: made anew when rules or sensors change, keeping what is known.

namespace tocsin::detect {

namespace {

template <typename List>
void removeDoubles(List& list) {
    std::sort(list.begin(), list.end());
    list.erase(std::unique(list.begin(), list.end()), list.end());
}

bool isBefore(const Standing& a, const Standing& b) {
    return std::tie(a.rule, a.sensor, a.source) < std::tie(b.rule, b.sensor, b.source);
}

} // namespace

struct Detector::Impl::Builder {
    Impl& in;
    const Before& before;
    Watches from;            ///< as it was
    std::vector<Slot> slots; ///< as they were
    SeveralBoard several;    ///< as it was
    Watches to{};
    std::unordered_map<model::SensorId, std::vector<std::uint32_t>> byName{};
    std::map<model::SensorKind, std::vector<std::uint32_t>> byKind{};
    std::unordered_map<std::uint32_t, std::uint32_t> groups{}; ///< rule → its group

    void index();
    [[nodiscard]] std::vector<std::uint32_t> lookingAt(const Info& info) const;
    void addThreshold(const Threshold& condition, std::uint32_t rule, Slot& slot, const Slot& old);
    template <std::size_t Kind, typename Condition>
    void add(const Condition& condition, std::uint32_t rule, Handle handle, Slot& slot, const Slot& old);
    void addSeveral(std::uint32_t rule, Handle handle, Slot& slot, const Slot& old);
    void addSilent(const Silent& condition, std::uint32_t rule, Handle handle);
    void addSlot(Handle handle);
};

void Detector::Impl::Builder::index() {
    for (std::uint32_t i = 0; i < in.rules.size(); ++i) {
        const Rule& rule = in.rules[i];
        if (!rule.enabled)
            continue;
        for (const auto& sensor : rule.subject.sensors)
            byName[sensor].push_back(i);
        if (rule.subject.kind)
            byKind[*rule.subject.kind].push_back(i);
        if (const auto* condition = std::get_if<Several>(&rule.condition)) {
            const std::uint32_t group = groups[i] = in.several.addGroup(i, *condition);
            for (const auto& old : several.groups()) {
                if (before[i].second != Keep::nothing && old.rule == before[i].first) {
                    in.several.group(group).raised = old.raised;
                    in.several.group(group).told = old.told;
                }
            }
        }
    }
    for (const auto& [sensor, looking] : byName)
        in.slotOf(sensor);
}

std::vector<std::uint32_t> Detector::Impl::Builder::lookingAt(const Info& info) const {
    std::vector<std::uint32_t> looking;
    if (info.retired)
        return looking;
    if (const auto named = byName.find(info.id); named != byName.end())
        looking = named->second;
    if (const auto ofKind = byKind.find(info.kind); info.known && ofKind != byKind.end())
        looking.insert(looking.end(), ofKind->second.begin(), ofKind->second.end());
    std::erase_if(looking, [&](std::uint32_t rule) {
        const auto& area = in.rules[rule].subject.area;
        return area && (!info.known || geo::distance(area->centre, info.position).value > area->radiusKm * 1000);
    });
    removeDoubles(looking);
    return looking;
}

void Detector::Impl::Builder::addThreshold(const Threshold& condition, std::uint32_t rule, Slot& slot,
                                           const Slot& old) {
    ThresholdWatch watch;
    watch.rule = rule;
    watch.below = !condition.above;
    watch.threshold = condition.above ? condition.threshold : -condition.threshold;
    // 4.2 − 0.1 is not quite 4.1 in binary: a value written as 4.1 must count as come back.
    const double slack = 1e-9 * std::max(1.0, std::abs(condition.threshold));
    watch.clear = watch.threshold - condition.hysteresis + slack;
    ThresholdMemory memory;
    memory.delay = condition.delay;
    memory.count = condition.count;
    for (std::size_t i = old.firstThreshold; i < old.firstThreshold + old.thresholds; ++i) {
        if (before[rule].second == Keep::nothing || from.thresholds[i].rule != before[rule].first)
            continue;
        if (before[rule].second == Keep::all) {
            watch.state = from.thresholds[i].state;
            memory = std::exchange(from.memories[i], {});
            if (memory.waits != ThresholdMemory::none) {
                Waiting wait = from.waiting[memory.waits];
                wait.index = static_cast<std::uint32_t>(to.thresholds.size());
                memory.waits = static_cast<std::uint32_t>(to.waiting.size());
                to.waiting.push_back(wait);
            }
        } else if (from.thresholds[i].state == ThresholdWatch::raised) {
            watch.state = ThresholdWatch::raised;
        }
    }
    to.thresholds.push_back(watch);
    to.memories.push_back(memory);
    ++slot.thresholds;
}

template <std::size_t Kind, typename Condition>
void Detector::Impl::Builder::add(const Condition& condition, std::uint32_t rule, Handle handle, Slot& slot,
                                  const Slot& old) {
    auto& list = std::get<Kind>(to.others);
    using W = typename std::remove_reference_t<decltype(list)>::value_type;
    W watch(condition, in.infos[handle].facts);
    for (std::size_t i = old.firstRef; i < old.firstRef + old.refs; ++i) {
        const Ref ref = from.refs[i];
        if (ref.kind != Kind || before[rule].second == Keep::nothing)
            continue;
        W& was = std::get<Kind>(from.others)[ref.index];
        if (was.rule != before[rule].first)
            continue;
        if (before[rule].second == Keep::all && !in.infos[handle].unitChanged)
            watch = std::move(was);
        else
            watch.raised = was.raised;
        break;
    }
    watch.rule = rule;
    if constexpr (std::is_same_v<W, SoiledWatch>) {
        watch.sensor = handle;
        watch.soil = noHandle;
        if (condition.soil) {
            watch.soil = in.slotOf(*condition.soil);
            in.infos[watch.soil].wanted = true;
        }
    }
    to.refs.push_back({static_cast<std::uint32_t>(Kind), static_cast<std::uint32_t>(list.size())});
    list.push_back(std::move(watch));
    ++slot.refs;
}

void Detector::Impl::Builder::addSeveral(std::uint32_t rule, Handle handle, Slot& slot, const Slot& old) {
    const std::uint32_t member = in.several.addMember(groups.at(rule), handle);
    (void)in.several.doubt(member, in.infos[handle].doubted);
    to.refs.push_back({severalKind, member});
    ++slot.refs;
    if (before[rule].second != Keep::all || !in.infos[handle].inService)
        return;
    for (std::size_t i = old.firstRef; i < old.firstRef + old.refs; ++i) {
        const Ref ref = from.refs[i];
        if (ref.kind == severalKind && several.groups()[several.member(ref.index).group].rule == before[rule].first)
            in.several.restore(member, several.member(ref.index));
    }
}

void Detector::Impl::Builder::addSilent(const Silent& condition, std::uint32_t rule, Handle handle) {
    SilentWatch watch;
    watch.rule = rule;
    watch.sensor = handle;
    watch.after = condition.after;
    const auto at = std::lower_bound(from.silent.begin(), from.silent.end(), handle,
                                     [](const SilentWatch& w, Handle sensor) { return w.sensor < sensor; });
    for (auto was = at; was != from.silent.end() && was->sensor == handle; ++was) {
        if (before[rule].second == Keep::nothing || was->rule != before[rule].first)
            continue;
        watch.raised = was->raised;
        watch.heardAt = was->heardAt;
    }
    to.silent.push_back(watch);
}

void Detector::Impl::Builder::addSlot(Handle handle) {
    Slot slot;
    const Slot old = handle < slots.size() ? slots[handle] : Slot{};
    slot.newest = old.newest;
    slot.last = old.last;
    slot.spoke = old.spoke;
    slot.firstThreshold = static_cast<std::uint32_t>(to.thresholds.size());
    slot.firstRef = static_cast<std::uint32_t>(to.refs.size());
    const std::size_t silent = to.silent.size();
    for (const std::uint32_t rule : lookingAt(in.infos[handle])) {
        const Condition& condition = in.rules[rule].condition;
        if (const auto* c = std::get_if<Threshold>(&condition))
            addThreshold(*c, rule, slot, old);
        else if (const auto* rate = std::get_if<Rate>(&condition))
            add<0>(*rate, rule, handle, slot, old);
        else if (const auto* unusual = std::get_if<Unusual>(&condition))
            add<1>(*unusual, rule, handle, slot, old);
        else if (const auto* crossing = std::get_if<Crossing>(&condition))
            add<2>(*crossing, rule, handle, slot, old);
        else if (const auto* accumulated = std::get_if<Accumulated>(&condition))
            add<3>(*accumulated, rule, handle, slot, old);
        else if (const auto* stuck = std::get_if<Stuck>(&condition))
            add<4>(*stuck, rule, handle, slot, old);
        else if (const auto* implausible = std::get_if<Implausible>(&condition))
            add<5>(*implausible, rule, handle, slot, old);
        else if (std::holds_alternative<Several>(condition))
            addSeveral(rule, handle, slot, old);
        else if (const auto* quiet = std::get_if<Silent>(&condition))
            addSilent(*quiet, rule, handle);
    }
    const auto refs = to.refs.begin() + static_cast<std::ptrdiff_t>(slot.firstRef);
    const auto others = std::stable_partition(
        refs, to.refs.end(), [](const Ref& ref) { return ref.kind == stuckKind || ref.kind == implausibleKind; });
    slot.faults = static_cast<std::uint16_t>(others - refs);
    if (slot.thresholds != 0 || slot.refs != 0 || to.silent.size() != silent)
        in.infos[handle].wanted = true;
    in.slots[handle] = slot;
}

Detector::Handle Detector::Impl::slotOf(const model::SensorId& sensor) {
    const auto [at, isNew] = handles.try_emplace(sensor, static_cast<Handle>(slots.size()));
    if (isNew) {
        slots.emplace_back();
        infos.emplace_back().id = sensor;
    }
    return at->second;
}

void Detector::Impl::indexRules() {
    ruleIds.clear();
    for (std::uint32_t i = 0; i < rules.size(); ++i)
        ruleIds.emplace(rules[i].id, i);
}

std::optional<model::Position> Detector::Impl::positionOf(Handle sensor) const {
    return sensor < infos.size() && infos[sensor].known ? std::optional(infos[sensor].position) : std::nullopt;
}

void Detector::Impl::build(const Before& before) {
    Builder builder{*this, before, std::exchange(watches, {}), slots, std::exchange(several, {})};
    const TogetherBoard old = std::exchange(together, {});
    held.clear(); // at most two readings of each that is at fault
    builder.index();
    for (Info& info : infos)
        info.wanted = false;
    for (Handle handle = 0; handle < slots.size(); ++handle) // grows by sensors of the soil
        builder.addSlot(handle);
    for (std::uint32_t i = 0; i < several.groups().size(); ++i)
        several.group(i).believed = SeveralBoard::believes(several.group(i));
    watches = std::move(builder.to);
    // Runs that no rule goes on with give their place in the pool back.
    for (ThresholdMemory& memory : builder.from.memories)
        forget(memory);
    for (Handle handle = 0; handle < slots.size(); ++handle) {
        infos[handle].unitChanged = false;
        slots[handle].active = infos[handle].wanted && infos[handle].inService;
    }
    std::erase_if(assumed, [&](const auto& item) {
        const auto rule = ruleIds.find(item.first.first);
        const auto sensor = handles.find(item.first.second);
        return rule == ruleIds.end() || (sensor != handles.end() && assume(rule->second, sensor->second, item.second));
    });
    restoreTogether(old, before);
}

void Detector::Impl::restoreTogether(const TogetherBoard& old, const Before& before) {
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
        const auto* condition = std::get_if<Together>(&rules[i].condition);
        if (condition == nullptr || !rules[i].enabled)
            continue;
        std::vector<std::uint32_t> parts;
        for (const std::string& id : condition->rules) {
            const auto found = ruleIds.find(id);
            parts.push_back(found == ruleIds.end() ? noRule : found->second);
        }
        together.add(i, *condition, std::move(parts));
        for (const auto& watch : old.watches()) {
            if (before[i].second != Keep::nothing && watch.rule == before[i].first)
                together.watches().back().raised = watch.raised;
        }
    }
    if (together.empty())
        return;
    for (Handle handle = 0; handle < infos.size(); ++handle) {
        if (infos[handle].doubted)
            together.remember(handle, true);
    }
    for (const auto& group : several.groups())
        together.rememberRule(group.rule, group.raised && !group.believed);
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
        const auto found = old.instances().find(before[i].first);
        if (before[i].second == Keep::nothing || found == old.instances().end())
            continue;
        const bool overMessages = std::holds_alternative<WarningCondition>(rules[i].condition) ||
                                  std::holds_alternative<EarthquakeCondition>(rules[i].condition);
        for (const auto& [where, instance] : found->second) {
            if (!instance.standing || overMessages)
                together.put(i, where, instance);
        }
    }
    for (const auto& [rule, sensor] : standing())
        together.put(rule, sensor, {true, base::Time::min(), positionOf(sensor)});
}

bool Detector::Impl::assume(std::uint32_t rule, Handle handle, bool raised) {
    bool found = false;
    const Slot& slot = slots[handle];
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        if (watches.thresholds[i].rule != rule)
            continue;
        found = true;
        if (raised == (watches.thresholds[i].state == ThresholdWatch::raised))
            continue; // as it is: a delay that runs goes on
        watches.thresholds[i].state = raised ? ThresholdWatch::raised : ThresholdWatch::idle;
        forget(watches.memories[i]);
    }
    const auto set = [&](auto& watch) {
        if (watch.rule == rule) {
            watch.raised = raised;
            found = true;
        }
    };
    for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.refs; ++i) {
        const Ref ref = watches.refs[i];
        [&]<std::size_t... Kind>(std::index_sequence<Kind...>) {
            ((ref.kind == Kind ? set(std::get<Kind>(watches.others)[ref.index]) : void()), ...);
        }
        (std::make_index_sequence<severalKind>());
    }
    const auto at = std::lower_bound(watches.silent.begin(), watches.silent.end(), handle,
                                     [](const SilentWatch& w, Handle sensor) { return w.sensor < sensor; });
    for (auto watch = at; watch != watches.silent.end() && watch->sensor == handle; ++watch)
        set(*watch);
    if (found)
        together.put(rule, handle, {raised, base::Time::min(), positionOf(handle)});
    return found;
}

std::vector<std::pair<std::uint32_t, Detector::Handle>> Detector::Impl::standing() const {
    std::vector<std::pair<std::uint32_t, Handle>> list;
    for (Handle handle = 0; handle < slots.size(); ++handle) {
        const Slot& slot = slots[handle];
        for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
            if (watches.thresholds[i].state == ThresholdWatch::raised)
                list.emplace_back(watches.thresholds[i].rule, handle);
        }
        for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.refs; ++i) {
            const Ref ref = watches.refs[i];
            const auto look = [&](const Watch& watch) {
                if (watch.raised)
                    list.emplace_back(watch.rule, handle);
            };
            [&]<std::size_t... Kind>(std::index_sequence<Kind...>) {
                ((ref.kind == Kind ? look(std::get<Kind>(watches.others)[ref.index]) : void()), ...);
            }
            (std::make_index_sequence<severalKind>());
        }
    }
    for (const SilentWatch& watch : watches.silent) {
        if (watch.raised)
            list.emplace_back(watch.rule, watch.sensor);
    }
    for (const auto& group : several.groups()) {
        if (group.raised)
            list.emplace_back(group.rule, noHandle);
    }
    for (const auto& watch : together.watches()) {
        if (watch.raised)
            list.emplace_back(watch.rule, noHandle);
    }
    return list;
}

void Detector::bind(const std::map<model::SensorId, model::Sensor>& sensors) {
    for (Impl::Info& info : m_impl->infos) {
        info.known = false;
        info.retired = false;
    }
    for (const auto& [id, sensor] : sensors) {
        Impl::Info& info = m_impl->infos[m_impl->slotOf(id)];
        info.known = true;
        info.retired = !sensor.retired.empty();
        info.inService = sensor.outOfService.empty() && !info.retired;
        info.kind = sensor.kind;
        info.unitChanged = info.facts.unit != sensor.unit;
        info.facts.unit = sensor.unit;
        info.position = sensor.position;
    }
    for (Impl::Info& info : m_impl->infos)
        info.inService = info.inService || !info.known;
    Impl::Before before;
    for (std::uint32_t i = 0; i < m_impl->rules.size(); ++i)
        before.emplace_back(i, Impl::Keep::all);
    m_impl->build(before);
}

std::vector<Standing> Detector::standing() const {
    std::vector<Standing> list;
    for (const auto& [rule, sensor] : m_impl->standing()) {
        const std::string& id = m_impl->rules[rule].id;
        list.push_back({id, sensor == noHandle ? model::SensorId{} : m_impl->infos[sensor].id,
                        sensor == noHandle ? "area:" + id : std::string()});
    }
    std::sort(list.begin(), list.end(), isBefore);
    return list;
}

std::vector<Standing> Detector::setRules(std::vector<Rule> rules) {
    const auto stood = standing();
    const auto old = std::exchange(m_impl->rules, std::move(rules));
    const auto oldIds = m_impl->ruleIds;
    m_impl->indexRules();
    Impl::Before before;
    for (const Rule& rule : m_impl->rules) {
        const auto found = oldIds.find(rule.id);
        before.emplace_back(Impl::noRule, Impl::Keep::nothing);
        if (found == oldIds.end() || !rule.enabled || !old[found->second].enabled)
            continue;
        const Rule& was = old[found->second];
        if (was.condition.index() != rule.condition.index())
            continue;
        const bool same = was.condition == rule.condition && was.subject == rule.subject;
        before.back() = {found->second, same ? Impl::Keep::all : Impl::Keep::raised};
    }
    m_impl->build(before);
    const auto stands = standing();
    std::vector<Standing> gone;
    std::set_difference(stood.begin(), stood.end(), stands.begin(), stands.end(), std::back_inserter(gone), isBefore);
    return gone;
}

void Detector::assume(const std::string& ruleId, const model::SensorId& sensor, bool raised) {
    const auto found = m_impl->ruleIds.find(ruleId);
    if (found == m_impl->ruleIds.end() || !m_impl->rules[found->second].enabled)
        return;
    const std::uint32_t rule = found->second;
    if (!sensor.value.empty()) {
        const auto known = m_impl->handles.find(sensor);
        const auto& named = m_impl->rules[rule].subject.sensors;
        if (known != m_impl->handles.end() && m_impl->assume(rule, known->second, raised))
            return;
        if (named.empty() || std::find(named.begin(), named.end(), sensor) != named.end())
            m_impl->assumed[{ruleId, sensor}] = raised;
        return;
    }
    for (std::uint32_t i = 0; i < m_impl->several.groups().size(); ++i) {
        auto& group = m_impl->several.group(i);
        if (group.rule == rule) {
            group.raised = raised;
            group.told = group.counting;
        }
    }
    for (auto& watch : m_impl->together.watches()) {
        if (watch.rule == rule) {
            watch.raised = raised;
            watch.stale = true;
        }
    }
    m_impl->together.put(rule, TogetherBoard::noSensor, {raised, base::Time::min(), {}});
}

base::Duration Detector::memoryOf(const model::SensorId& sensor) const {
    const Handle handle = handleOf(sensor);
    if (handle == noHandle)
        return base::Duration{0};
    const Impl& impl = *m_impl;
    const Impl::Slot& slot = impl.slots[handle];
    base::Duration longest{0};
    base::Duration faults{0}; // what a window begins with is to be believed or not as it was
    const auto look = [&](std::uint32_t rule, base::Duration memory) {
        longest = std::max(longest, memory + impl.together.memoryOf(rule));
    };
    for (std::size_t i = slot.firstThreshold; i < slot.firstThreshold + slot.thresholds; ++i) {
        // How far apart readings are is not known: a count of them is taken to need an hour.
        const ThresholdMemory& memory = impl.watches.memories[i];
        look(impl.watches.thresholds[i].rule,
             memory.count > 1 ? std::max<base::Duration>(memory.delay, std::chrono::hours(1)) : memory.delay);
    }
    for (std::size_t i = slot.firstRef; i < slot.firstRef + slot.refs; ++i) {
        const Impl::Ref ref = impl.watches.refs[i];
        const auto ruleOfRef = [&]<std::size_t... Kind>(std::index_sequence<Kind...>) {
            std::uint32_t rule = Impl::noRule;
            ((ref.kind == Kind ? void(rule = std::get<Kind>(impl.watches.others)[ref.index].rule) : void()), ...);
            return rule;
        };
        const std::uint32_t rule = ref.kind == Impl::severalKind
                                       ? impl.several.groups()[impl.several.member(ref.index).group].rule
                                       : ruleOfRef(std::make_index_sequence<Impl::severalKind>());
        const Condition& condition = impl.rules[rule].condition;
        if (const auto* rate = std::get_if<Rate>(&condition))
            look(rule, RateWatch::memory(*rate));
        else if (const auto* unusual = std::get_if<Unusual>(&condition))
            look(rule, UnusualWatch::memory(*unusual));
        else if (const auto* crossing = std::get_if<Crossing>(&condition))
            look(rule, CrossingWatch::memory(*crossing));
        else if (const auto* accumulated = std::get_if<Accumulated>(&condition))
            look(rule, AccumulatedWatch::memory(*accumulated));
        else if (const auto* stuck = std::get_if<Stuck>(&condition))
            faults = std::max(faults, StuckWatch::memory(*stuck) + impl.together.memoryOf(rule));
        else if (const auto* implausible = std::get_if<Implausible>(&condition))
            faults = std::max(faults, ImplausibleWatch::memory(*implausible) + impl.together.memoryOf(rule));
        else if (const auto* group = std::get_if<Several>(&condition))
            look(rule, group->within);
    }
    return longest + faults;
}

} // namespace tocsin::detect
