#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/populated.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/dispatch/closures.hpp"
#include "tocsin/dispatch/planner.hpp"
#include "tocsin/model/waiting.hpp"
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

nlohmann::json needJson(const model::Need& need) {
    nlohmann::json out{{"kind", model::toString(need.kind)}};
    switch (need.kind) {
    case model::NeedKind::team:
        out["capability"] = need.capability;
        out["level"] = need.level;
        out["quantity"] = need.quantity;
        break;
    case model::NeedKind::supply:
        out["supply"] = need.supply;
        out["amount"] = need.amount;
        out["unit"] = need.unit;
        break;
    case model::NeedKind::shelter:
        out["people"] = need.quantity;
        break;
    }
    return out;
}

std::string needWords(const model::Need& need) {
    switch (need.kind) {
    case model::NeedKind::team:
        return need.capability + " level " + std::to_string(need.level);
    case model::NeedKind::supply:
        return "supply " + need.supply;
    case model::NeedKind::shelter:
        return "shelter";
    }
    return {};
}

nlohmann::json toJson(const dispatch::Choice& choice, const dispatch::NeedAnswer& need, const model::State& state) {
    const auto& resource = state.resources.at(choice.resource);
    nlohmann::json out{{"resource", choice.resource.toString()},
                       {"name", resource.name.text},
                       {"capability", need.need.capability},
                       {"level", choice.level},
                       {"eta_seconds", std::round(choice.eta.value)},
                       {"turnout_seconds", std::round(choice.turnout.value)},
                       {"eta_low_seconds", std::round(choice.etaLow.value)},
                       {"eta_high_seconds", std::round(choice.etaHigh.value)},
                       {"late_seconds", std::round(choice.late.value)},
                       {"distance_metres", std::round(choice.distance.value)},
                       {"position_age_seconds", std::round(choice.positionAge.value)},
                       {"via", choice.via},
                       {"obstacle", dispatch::toString(choice.obstacle)}};
    if (choice.obstacle == dispatch::Obstacle::none) {
        out["costs_seconds"] = choice.costs.value;
        out["costs_known"] = choice.costsKnown;
        out["needs_lost"] = choice.needsLost;
    }
    if (choice.leaves)
        out["leaves"] = choice.leaves->toString();
    if (choice.freeAt)
        out["free_at"] = base::formatTime(*choice.freeAt);
    if (!choice.claimedBy.empty())
        out["claimed_by"] = choice.claimedBy;
    if (choice.people > 0)
        out["people"] = choice.people;
    if (choice.delivers > 0)
        out["delivers"] = choice.delivers;
    for (const auto& item : choice.load)
        out["load"].push_back(item);
    for (const auto& stop : choice.stops)
        out["stops"].push_back({{"place", stop.place.text}, {"arrival_seconds", std::round(stop.arrival.value)}});
    auto& route = out["route"] = nlohmann::json::array();
    for (const auto& p : choice.route.points)
        route.push_back({p.longitude(), p.latitude()});
    return out;
}

nlohmann::json toJson(const dispatch::Unmet& unmet, const dispatch::NeedAnswer& need) {
    nlohmann::json out{{"need", needJson(need.need)},
                       {"incident", need.incident.toString()},
                       {"capability", need.need.capability},
                       {"missing", unmet.missing},
                       {"reason", unmet.reason}};
    if (unmet.resource) {
        out["nearest"] = unmet.resource->toString();
        out["nearest_eta_seconds"] = std::round(unmet.eta.value);
    }
    if (unmet.freeAt)
        out["free_at"] = base::formatTime(*unmet.freeAt);
    if (!unmet.by.empty())
        out["by"] = unmet.by;
    if (unmet.reason == "none-has-level")
        out["best_level"] = unmet.bestLevel;
    if (unmet.available > 0)
        out["available"] = unmet.available;
    return out;
}

nlohmann::json toJson(const dispatch::Cover& cover, const model::State& state) {
    nlohmann::json out{{"target_seconds", cover.target.value},
                       {"of", cover.ofPlaces ? "places" : "people"},
                       {"people", cover.people},
                       {"people_before", cover.peopleBefore},
                       {"people_after", cover.peopleAfter},
                       {"people_lost", cover.peopleLost},
                       {"people_lost_in_all", cover.peopleLostInAll},
                       {"mean_before_seconds", std::round(cover.meanBefore.value)},
                       {"mean_after_seconds", std::round(cover.meanAfter.value)}};
    if (cover.standBy) {
        const auto& move = *cover.standBy;
        out["stand_by"] = {{"resource", move.resource.toString()},
                           {"name", state.resources.at(move.resource).name.text},
                           {"place", move.place.text},
                           {"eta_seconds", std::round(move.eta.value)},
                           {"people_regained", move.peopleRegained},
                           {"people_left", move.peopleLeft}};
    }
    return out;
}

std::string minutes(base::Seconds seconds) {
    return std::to_string(static_cast<int>(std::ceil(seconds.value / 60))) + " min";
}

void sayChoice(const dispatch::Choice& choice, const char* word, const model::State& state, const Console& console) {
    std::string line =
        std::string("    ") + word + "  " + minutes(choice.turnout + choice.eta) + "  " + state.resources.at(choice.resource).name.text;
    if (choice.people > 0)
        line += "  takes " + std::to_string(choice.people);
    for (const auto& item : choice.load)
        line += "  " + std::to_string(std::llround(item.quantity)) + " " + item.unit + " of " + item.name.text;
    if (!choice.via.empty())
        line += " via " + choice.via;
    if (choice.leaves)
        line += ", leaves what it was sent to";
    if (choice.obstacle != dispatch::Obstacle::none)
        line += ": " + std::string(dispatch::toString(choice.obstacle));
    console.say(line);
}

void say(const dispatch::Answer& answer, const model::State& state, const Console& console) {
    std::optional<model::IncidentId> last;
    for (const auto& need : answer.needs) {
        if (answer.focus && need.incident != *answer.focus)
            continue;
        if (last != need.incident)
            console.say(state.incidents.at(need.incident).number + "  " + state.incidents.at(need.incident).title.text);
        last = need.incident;
        console.say("  " + needWords(need.need));
        for (const auto& choice : need.chosen)
            sayChoice(choice, "send   ", state, console);
        for (const auto& choice : need.others) {
            sayChoice(choice, "instead", state, console);
            std::string costs = "             costs " + std::to_string(std::llround(choice.costs.value)) +
                                " weighted seconds more over all that is open";
            if (choice.needsLost > 0)
                costs += " and leaves a need open";
            console.say(choice.costsKnown ? costs : "             what it costs was not proven in the time given");
        }
        for (const auto& choice : need.kept)
            sayChoice(choice, "not    ", state, console);
        if (need.unmet)
            console.say("    missing " + std::to_string(std::llround(need.unmet->missing)) + ": " + need.unmet->reason);
    }
    for (const auto& change : answer.changes)
        console.say("  would change: " + state.resources.at(change.resource).name.text + " leaves " +
                    state.incidents.at(change.from).number +
                    (change.to ? " for " + state.incidents.at(*change.to).number : std::string()));
    if (answer.cover) {
        const auto& cover = *answer.cover;
        console.say("  if the next call comes now: " + std::to_string(std::llround(cover.peopleAfter)) + " of " +
                    std::to_string(std::llround(cover.people)) + (cover.ofPlaces ? " places on the roads" : " people") + " within " + minutes(cover.target) + ", before " +
                    std::to_string(std::llround(cover.peopleBefore)));
        if (cover.standBy)
            console.say("  stand by: " + state.resources.at(cover.standBy->resource).name.text + " to " +
                        cover.standBy->place.text + ", " + minutes(cover.standBy->eta) + ", regains " +
                        std::to_string(std::llround(cover.standBy->peopleRegained)));
    }
    const auto words = dispatch::optimumWords(answer);
    std::string reasons;
    for (const auto& reason : words.reasons)
        reasons += (reasons.empty() ? ": " : ", ") + reason;
    console.say("  " + words.verdict + " by " + std::string(dispatch::toString(answer.solver)) + reasons);
}

} // namespace

int runRecommend(const std::filesystem::path& data, const RecommendWords& words, const Console& console) {
    const county::CountyFolder folder{data};
    auto store = store::Store::open(folder.database(), store::Access::readOnly);
    if (!store)
        return console.fail(store.error());
    auto state = (*store)->loadState();
    if (!state)
        return console.fail(state.error());
    auto config = county::loadConfig(folder);
    if (!config)
        return console.fail(config.error());
    auto profiles = county::loadProfiles(folder);
    if (!profiles)
        return console.fail(profiles.error());
    dispatch::Question question;
    if (!words.all) {
        question.focus = findIncident(*state, words.incident);
        if (!question.focus)
            return console.fail({base::Code::notFound, "there is no incident '" + words.incident + "'", {}});
    }
    auto roads = loadRoads(folder);
    if (!roads)
        return console.fail(roads.error());
    const base::SystemClock clock;
    model::bindWaiting(*state, model::waitingPlans(state->decisions)); // as the window's card does: nobody is recommended twice
    question.state = &*state;
    question.roads = roads->get();
    question.profiles = &*profiles;
    question.now = clock.now();
    question.weights = weightsOf(*config);
    question.population = placesToCover(folder);
    question.conditions = dispatch::conditionsAt(*state, question.now);
    question.timeLimit = base::Seconds(words.seconds);
    const auto answer = dispatch::Planner{}.decide(question);
    if (!answer)
        return console.fail(answer.error());

    const auto verdict = dispatch::optimumWords(*answer);
    nlohmann::json out{{"considered", answer->considered},
                       {"optimal", answer->optimal},
                       {"gap", answer->gap},
                       {"solver", dispatch::toString(answer->solver)},
                       {"timed_out", answer->timedOut},
                       {"verdict", verdict.verdict},
                       {"reasons", verdict.reasons},
                       {"roads", {{"weather", model::toString(state->desk.roadWeather)}, {"night", question.conditions.night}}},
                       {"asked", answer->asked},
                       {"served", answer->served},
                       {"objective_seconds", answer->objective.value},
                       {"took_ms", static_cast<double>(answer->took.count()) / 1000.0},
                       {"took_roads_ms", static_cast<double>(answer->tookRoads.count()) / 1000.0}};
    if (question.focus) {
        out["incident"] = question.focus->toString();
        out["number"] = state->incidents.at(*question.focus).number;
    }
    out["candidates"] = out["unmet"] = out["changes"] = nlohmann::json::array();
    for (const auto& need : answer->needs) {
        if (answer->focus && need.incident != *answer->focus)
            continue;
        int rank = 0;
        for (const auto* list : {&need.chosen, &need.others, &need.kept}) {
            for (const auto& choice : *list) {
                auto one = toJson(choice, need, *state);
                one["incident"] = need.incident.toString();
                one["need"] = needJson(need.need);
                one["chosen"] = list == &need.chosen;
                one["rank"] = ++rank;
                out["candidates"].push_back(std::move(one));
            }
        }
        if (need.unmet)
            out["unmet"].push_back(toJson(*need.unmet, need));
    }
    for (const auto& change : answer->changes)
        out["changes"].push_back({{"assignment", change.assignment.toString()},
                                  {"resource", change.resource.toString()},
                                  {"from", change.from.toString()},
                                  {"to", change.to ? nlohmann::json(change.to->toString()) : nlohmann::json()}});
    if (answer->cover)
        out["cover"] = toJson(*answer->cover, *state);
    console.tell(out);
    say(*answer, *state, console);
    return Exit::done;
}

} // namespace tocsin::app
