#include "desk/earthquake_merge.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::desk {

using model::Earthquake;

namespace {

constexpr std::chrono::seconds nearInTime{60};
constexpr std::chrono::minutes nearEnoughForLink{10}; ///< an agency's time of an event moves by seconds
constexpr double nearMetres = 100'000;
constexpr double nearMagnitude = 1.0;
constexpr std::size_t mostIds = 200;

bool has(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

void gather(std::vector<std::string>& into, const std::string& own, const std::vector<std::string>& ids) {
    for (const auto& id : ids)
        if (id != own && !id.empty() && into.size() < mostIds && !has(into, id))
            into.push_back(id);
}

bool isAlike(const Earthquake& a, const Earthquake& b) {
    if (std::chrono::abs(a.time - b.time) > nearInTime || geo::distance(a.position, b.position).value > nearMetres)
        return false;
    return !a.magnitude || !b.magnitude || std::fabs(*a.magnitude - *b.magnitude) <= nearMagnitude;
}

} // namespace

bool supersedes(const Earthquake& message, const Earthquake& known) {
    // A source that is less believed changes nothing of one that is more; the other way round, its word counts anew.
    if (known.trust && message.trust.value_or(model::Trust::unverified) != *known.trust)
        return message.trust > known.trust && (message.status != "deleted" || known.status != "deleted");
    if (message.status == "deleted")
        return known.status != "deleted" && message.updated >= known.updated;
    const bool reviewed = message.status == "reviewed";
    if (known.status == "reviewed" && !reviewed)
        return false;
    if (message.updated < known.updated || (message.updated == known.updated && (!reviewed || known.status == "reviewed")))
        return false;
    auto same = merged(message, known, {});
    same.trust = known.trust; // of old entries, which have none
    same.updated = known.updated; // some formats know no time of the update: then what came is looked at
    return !(same == known);
}

Earthquake merged(const Earthquake& message, const Earthquake& known, const std::vector<const Earthquake*>& others) {
    auto out = message.status == "deleted" ? known : message;
    out.status = message.status;
    out.updated = message.updated;
    out.id = known.id;
    out.source = known.source;
    out.sourceId = known.sourceId;
    out.otherIds.clear();
    gather(out.otherIds, out.sourceId, known.otherIds);
    gather(out.otherIds, out.sourceId, {message.sourceId});
    gather(out.otherIds, out.sourceId, message.otherIds);
    for (const auto* other : others) {
        gather(out.otherIds, out.sourceId, {other->sourceId});
        gather(out.otherIds, out.sourceId, other->otherIds);
    }
    return out;
}

const Earthquake* becameOf(const Earthquake& gone, const model::State& state) {
    for (const auto& [id, other] : state.earthquakes)
        if (other.source == gone.source && other.status != "deleted" && has(other.otherIds, gone.sourceId))
            return &other;
    return nullptr;
}

std::string linkTo(const Earthquake& message) {
    return "=" + message.source + ":" + message.sourceId;
}

const Earthquake* twinOf(const Earthquake& message, const model::State& state) {
    const auto link = linkTo(message);
    const auto agency = "=" + message.source + ":";
    const Earthquake* best = nullptr;
    for (const auto& [id, other] : state.earthquakes) {
        if (other.source == message.source || other.status == "deleted" ||
            std::chrono::abs(other.time - message.time) > nearEnoughForLink)
            continue;
        if (has(other.otherIds, link))
            return &other;
        // One of that agency's is linked to it already: this is the next shock.
        const bool taken = std::any_of(other.otherIds.begin(), other.otherIds.end(),
                                       [&](const std::string& one) { return one.starts_with(agency); });
        if (!taken && isAlike(message, other) &&
            (best == nullptr || std::chrono::abs(other.time - message.time) < std::chrono::abs(best->time - message.time)))
            best = &other;
    }
    return best;
}

} // namespace tocsin::desk
