#include "desk/unit_book.hpp"

#include "tocsin/geo/measure.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <set>

namespace tocsin::desk {

namespace {

constexpr base::Metres hardlyMoved{100};
constexpr auto moveEvery = std::chrono::minutes(1);
/// What a unit says of itself is written down no more often than this, whatever it changes.
constexpr auto changeEvery = std::chrono::minutes(1);

/// Capitals and small letters of ASCII are the same, and blanks at the ends are none: "Tanker 2 " is "TANKER 2".
std::string folded(std::string_view name) {
    std::string out;
    for (const char c : name)
        out += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const auto first = out.find_first_not_of(' ');
    if (first == std::string::npos)
        return {};
    return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

/// The one resource of that call sign that no other unit carries which still speaks.
std::optional<model::ResourceId> resourceNamed(const model::State& state, const std::map<model::UnitId, UnitNow>& now,
                                               const model::Unit& unit, base::Time deskTime) {
    const auto name = folded(unit.callSign);
    if (name.empty())
        return std::nullopt;
    std::optional<model::ResourceId> found;
    for (const auto& [id, resource] : state.resources) {
        if (folded(resource.callSign) != name)
            continue;
        if (found)
            return std::nullopt; // two of that name: a person must say which
        found = id;
    }
    if (!found)
        return std::nullopt;
    for (const auto& [id, other] : state.units) {
        if (id == unit.id || other.resource != found)
            continue;
        const auto heard = now.find(id);
        if (heard == now.end() || heard->second.newest.stale > deskTime)
            return std::nullopt;
    }
    return found;
}

/// The units that carry `resource`, but `unit`, without it.
std::vector<model::Unit> carriersBut(const model::State& state, const model::ResourceId& resource,
                                     const model::UnitId& unit) {
    std::vector<model::Unit> out;
    for (const auto& [id, other] : state.units) {
        if (id != unit && other.resource == resource) {
            out.push_back(other);
            out.back().resource.reset();
        }
    }
    return out;
}

} // namespace

std::optional<Event> movedEvent(const model::Resource& resource, const model::UnitPosition& position,
                                base::Time deskTime) {
    const auto time = std::min(position.time, deskTime);
    if (time <= resource.positionTime || geo::distance(resource.position, position.position) < hardlyMoved)
        return std::nullopt;
    auto moved = resource;
    moved.position = position.position;
    moved.positionTime = time;
    moved.place = {}; // where that is nobody has said
    auto event = eventOf("resource.moved", moved.id.toString(), moved);
    event.data["unitId"] = position.unit.value;
    event.data["callSign"] = position.callSign;
    return event;
}

std::vector<Event> boundByRegister(const model::State& state, const std::map<model::UnitId, UnitNow>* now,
                                   const std::vector<model::Resource>& registered, base::Time deskTime) {
    // Who has which call sign once they are registered, and which of them have it newly.
    std::map<std::string, std::size_t> holders;
    std::map<std::string, const model::Resource*> fresh;
    std::set<model::ResourceId> changed;
    for (const auto& resource : registered) {
        changed.insert(resource.id);
        const auto name = folded(resource.callSign);
        if (name.empty())
            continue;
        ++holders[name];
        const auto before = state.resources.find(resource.id);
        if (before == state.resources.end() || folded(before->second.callSign) != name)
            fresh[name] = &resource;
    }
    std::vector<Event> out;
    if (fresh.empty())
        return out;
    for (const auto& [id, resource] : state.resources)
        if (!changed.contains(id))
            ++holders[folded(resource.callSign)];
    struct Candidates {
        const model::Unit* only{nullptr};
        std::size_t count{0};
        const model::Unit* speaking{nullptr};
        std::size_t speakingCount{0};
    };
    std::map<std::string, Candidates> units;
    std::set<model::ResourceId> carried;
    for (const auto& [id, unit] : state.units) {
        if (unit.resource) {
            carried.insert(*unit.resource);
            continue;
        }
        const auto name = folded(unit.callSign);
        if (!fresh.contains(name))
            continue;
        auto& found = units[name];
        found.only = &unit;
        ++found.count;
        const auto heard = now == nullptr ? std::map<model::UnitId, UnitNow>::const_iterator{} : now->find(id);
        if (now != nullptr && heard != now->end() && heard->second.newest.stale > deskTime) {
            found.speaking = &unit;
            ++found.speakingCount;
        }
    }
    for (const auto& [name, resource] : fresh) {
        const auto found = units.find(name);
        if (holders[name] != 1 || carried.contains(resource->id) || found == units.end())
            continue;
        const auto& c = found->second;
        const auto* unit = c.count == 1 ? c.only : c.speakingCount == 1 ? c.speaking : nullptr;
        if (unit == nullptr)
            continue;
        auto bound = *unit;
        bound.resource = resource->id;
        auto event = eventOf("unit.bound", bound.id.value, bound);
        event.data["by"] = "callSign";
        out.push_back(std::move(event));
        if (now == nullptr)
            continue;
        if (const auto heard = now->find(unit->id); heard != now->end())
            if (auto moved = movedEvent(*resource, heard->second.newest, deskTime))
                out.push_back(std::move(*moved));
    }
    return out;
}

void UnitBook::unitOf(const model::State& state, const std::map<model::UnitId, UnitNow>& now, const std::string& feed,
                      const model::UnitPosition& position, base::Time deskTime, Effect& effect) {
    const auto known = state.units.find(position.unit);
    const bool isNew = known == state.units.end();
    model::Unit unit;
    if (!isNew) {
        unit = known->second;
        const auto same = [](const std::string& said, const std::string& before) { return said.empty() || said == before; };
        if (same(position.callSign, unit.callSign) && same(position.type, unit.type) && same(position.team, unit.team) &&
            same(position.role, unit.role))
            return;
        const auto last = m_changedAt.find(unit.id);
        if (last != m_changedAt.end() && deskTime - last->second < changeEvery && deskTime >= last->second)
            return;
    } else {
        unit.id = position.unit;
        unit.firstHeard = deskTime;
    }
    const bool renamed = !position.callSign.empty() && folded(position.callSign) != folded(unit.callSign);
    unit.feed = feed;
    const auto put = [](const std::string& said, std::string& slot) {
        if (!said.empty())
            slot = said;
    };
    put(position.callSign, unit.callSign);
    put(position.type, unit.type);
    put(position.team, unit.team);
    put(position.role, unit.role);
    m_changedAt[unit.id] = deskTime;
    effect.events.push_back(eventOf(isNew ? "unit.heard" : "unit.changed", unit.id.value, unit));
    // A binding that a person made or undid stays; a name that is new may mean somebody else.
    if ((!isNew && !renamed) || unit.resource)
        return;
    const auto resource = resourceNamed(state, now, unit, deskTime);
    if (!resource)
        return;
    unit.resource = resource;
    auto bound = eventOf("unit.bound", unit.id.value, unit);
    for (const auto& other : carriersBut(state, *resource, unit.id))
        model::addChange(bound.data, other);
    bound.data["by"] = "callSign";
    effect.events.push_back(std::move(bound));
}

void UnitBook::move(const model::State& state, const model::UnitPosition& position,
                    const std::optional<model::ResourceId>& who, base::Time deskTime, Effect& effect) {
    if (!who)
        return;
    const auto resource = state.resources.find(*who);
    if (resource == state.resources.end())
        return;
    const auto last = m_movedAt.find(*who);
    if (last != m_movedAt.end() && deskTime - last->second < moveEvery && deskTime >= last->second)
        return;
    if (auto event = movedEvent(resource->second, position, deskTime)) {
        m_movedAt[*who] = deskTime;
        effect.events.push_back(std::move(*event));
    }
}

Effect UnitBook::noteOf(const model::State& state, const std::map<model::UnitId, UnitNow>& now, const std::string& feed,
                        const model::UnitPosition& position, bool newest, base::Time deskTime) {
    Effect effect;
    if (!newest)
        return effect;
    unitOf(state, now, feed, position, deskTime, effect);
    std::optional<model::ResourceId> who;
    if (const auto known = state.units.find(position.unit); known != state.units.end())
        who = known->second.resource;
    for (const auto& event : effect.events)
        if (event.type == "unit.bound")
            for (const auto& changed : model::changesOf(event.data))
                if (const auto* unit = std::get_if<model::Unit>(&changed); unit != nullptr && unit->id == position.unit)
                    who = unit->resource;
    move(state, position, who, deskTime, effect);
    return effect;
}

} // namespace tocsin::desk
