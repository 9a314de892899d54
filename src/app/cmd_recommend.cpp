#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "tocsin/dispatch/recommend.hpp"
#include "tocsin/store/store.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::app {

namespace {

/// By its id, its number, or "last".
std::optional<model::IncidentId> findIncident(const model::State& state, const std::string& wanted) {
    const model::Incident* newest = nullptr;
    for (const auto& [id, incident] : state.incidents) {
        if (id.toString() == wanted || incident.number == wanted)
            return id;
        if (incident.state == model::IncidentState::open && (newest == nullptr || incident.openedAt > newest->openedAt))
            newest = &incident;
    }
    if (wanted == "last" && newest != nullptr)
        return newest->id;
    return std::nullopt;
}

nlohmann::json toJson(const dispatch::Candidate& candidate, const model::State& state) {
    const auto& resource = state.resources.at(candidate.resource);
    nlohmann::json out{{"resource", candidate.resource.toString()},
                       {"name", resource.name.text},
                       {"capability", candidate.need.capability},
                       {"level", candidate.level},
                       {"eta_seconds", std::round(candidate.eta.value)},
                       {"distance_metres", std::round(candidate.distance.value)},
                       {"rank", candidate.rank},
                       {"chosen", candidate.chosen},
                       {"via", candidate.via},
                       {"obstacle", dispatch::toString(candidate.obstacle)}};
    auto& route = out["route"] = nlohmann::json::array();
    for (const auto& p : candidate.route.points)
        route.push_back({p.longitude(), p.latitude()});
    return out;
}

} // namespace

int runRecommend(const std::filesystem::path& data, const std::string& wanted, const Console& console) {
    const county::CountyFolder folder{data};
    auto store = store::Store::open(folder.database(), store::Access::readOnly);
    if (!store)
        return console.fail(store.error());
    auto state = (*store)->loadState();
    if (!state)
        return console.fail(state.error());
    const auto incident = findIncident(*state, wanted);
    if (!incident)
        return console.fail({base::Code::notFound, "there is no incident '" + wanted + "'", {}});
    auto roads = loadRoads(folder);
    if (!roads)
        return console.fail(roads.error());
    const base::SystemClock clock;
    auto found = dispatch::recommend(*state, **roads, *incident, clock.now());
    if (!found)
        return console.fail(found.error());

    nlohmann::json out{{"incident", incident->toString()},
                       {"number", state->incidents.at(*incident).number},
                       {"considered", found->considered},
                       {"optimal", found->optimal},
                       {"took_ms", static_cast<double>(found->took.count()) / 1000.0}};
    out["candidates"] = nlohmann::json::array();
    for (const auto& candidate : found->candidates)
        out["candidates"].push_back(toJson(candidate, *state));
    out["unmet"] = nlohmann::json::array();
    for (const auto& unmet : found->unmet)
        out["unmet"].push_back(
            {{"capability", unmet.need.capability}, {"missing", unmet.missing}, {"reason", unmet.reason}});
    console.tell(out);
    const auto& about = state->incidents.at(*incident);
    console.say(about.number + "  " + about.title.text);
    for (const auto& candidate : found->candidates) {
        const auto& resource = state->resources.at(candidate.resource);
        std::string line = candidate.chosen ? "  send    " : "  second  ";
        if (candidate.obstacle != dispatch::Obstacle::none)
            line = "  not     ";
        line += std::to_string(static_cast<int>(std::ceil(candidate.eta.value / 60))) + " min  " + resource.name.text +
                "  (" + candidate.need.capability + " level " + std::to_string(candidate.level) + ")";
        if (!candidate.via.empty())
            line += " via " + candidate.via;
        if (candidate.obstacle != dispatch::Obstacle::none)
            line += ": " + std::string(dispatch::toString(candidate.obstacle));
        console.say(line);
    }
    for (const auto& unmet : found->unmet)
        console.say("  missing " + std::to_string(unmet.missing) + " of " + unmet.need.capability + ": " +
                    unmet.reason);
    return Exit::done;
}

} // namespace tocsin::app
