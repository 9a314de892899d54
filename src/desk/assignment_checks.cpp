// Whether a line of a decision can be bound: who goes, as a traveller or as a house that takes people in.
#include "desk/assignment_steps.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace tocsin::desk {

using base::Code;
using base::fail;
using model::Purpose;

namespace {

constexpr std::size_t mostStops = 50;
constexpr std::size_t mostLoad = 200;

} // namespace

base::Result<void> AssignmentSteps::check(const model::DecisionLine& line, const std::string& by) {
    auto* found = resource(line.resource);
    if (found == nullptr)
        return fail(Code::notFound, "there is no such resource");
    const auto& name = found->name.text;
    if (found->retired)
        return fail(Code::conflict, name + " is no longer there");
    if (!m_taken.insert(line.resource).second)
        return fail(Code::conflict, name + " is chosen twice");
    if (auto ok = checkText(line.reason, "a reason", 400, true); !ok)
        return ok;
    if (line.stops.size() > mostStops || line.load.size() > mostLoad)
        return fail(Code::tooLarge, "an assignment has at most 50 stops and 200 loads");
    for (const auto& stop : line.stops) {
        if (!std::isfinite(stop.arrival.value))
            return fail(Code::outOfRange, "a stop's time is not believable");
    }
    if (line.purpose == Purpose::shelter)
        return checkShelter(*found, line);
    if (!line.load.empty() && line.purpose != Purpose::supply)
        return fail(Code::refused, "only what brings supplies is loaded");
    if (auto ok = checkTraveller(*found, line, by); !ok)
        return ok;
    return line.purpose == Purpose::supply ? checkLoad(*found, line) : base::Result<void>{};
}

base::Result<void> AssignmentSteps::checkTraveller(const model::Resource& one, const model::DecisionLine& line,
                                                   const std::string& by) {
    const auto& name = one.name.text;
    if (model::isPlace(one.kind))
        return fail(Code::refused, name + " is a place and cannot be sent");
    const auto* running = runningFor(line.resource);
    const bool standsBy = running != nullptr && running->purpose == Purpose::standBy; // waits to be sent
    if (running != nullptr && !standsBy) {
        const auto other = m_state.incidents.find(running->incident);
        const auto card = running->decision ? m_state.decisions.find(*running->decision) : m_state.decisions.end();
        return fail(Code::conflict, name + " is already assigned to incident " +
                                        (other == m_state.incidents.end() ? "?" : other->second.number) +
                                        (card == m_state.decisions.end() ? "" : " by " + card->second.by));
    }
    if (!standsBy && one.status != model::ResourceStatus::available)
        return fail(Code::conflict, name + " is not available");
    if (model::claimedByAnother(one, m_now, by))
        return fail(Code::conflict, one.claimedBy + " is deciding about " + name + " just now");
    const bool has = std::any_of(one.capabilities.begin(), one.capabilities.end(),
                                 [&](const auto& capability) { return capability.code == line.need.capability; });
    if (line.purpose == Purpose::team && !line.need.capability.empty() && !has)
        return fail(Code::refused, name + " has no capability " + line.need.capability);
    if (line.purpose == Purpose::standBy && line.stops.empty())
        return fail(Code::refused, "the stand-by move of " + name + " has no place");
    return {};
}

base::Result<void> AssignmentSteps::checkShelter(const model::Resource& one, const model::DecisionLine& line) {
    if (one.kind != model::ResourceKind::shelter)
        return fail(Code::refused, one.name.text + " is no shelter");
    if (one.status == model::ResourceStatus::outOfService || one.status == model::ResourceStatus::maintenance)
        return fail(Code::conflict, one.name.text + " is not available");
    if (line.people < 1)
        return fail(Code::refused, "nobody would find shelter in " + one.name.text);
    int& promised = peoplePromised(line.resource);
    const int room = one.capacity - one.occupied - promised;
    if (line.people > room)
        return fail(Code::conflict, one.name.text + " has " + std::to_string(std::max(0, room)) + " places left, not " +
                                        std::to_string(line.people));
    promised += line.people;
    return {};
}

} // namespace tocsin::desk
