#include "dispatch/shelters.hpp"

#include "dispatch/cbc/mip.hpp"
#include "tocsin/model/promises.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace tocsin::dispatch {

base::Result<ShelterPlan> planShelters(const Question& question, const Facts& facts, const Budget& budget) {
    ShelterPlan plan;
    std::vector<std::uint32_t> needs;
    for (std::uint32_t n = 0; n < facts.needs.size(); ++n) {
        if (facts.needs[n].need.kind == model::NeedKind::shelter && !facts.needs[n].bad)
            needs.push_back(n);
    }
    plan.asked = !needs.empty();
    if (needs.empty())
        return plan;
    std::vector<const model::Resource*> shelters;
    std::vector<double> room;
    std::vector<model::Position> places;
    const auto promised = model::peoplePromised(*question.state);
    for (const auto& [id, resource] : question.state->resources) {
        if (resource.kind != model::ResourceKind::shelter || resource.retired ||
            resource.status == model::ResourceStatus::outOfService ||
            resource.status == model::ResourceStatus::maintenance)
            continue;
        const auto coming = promised.find(id);
        const double left = static_cast<double>(resource.capacity) - std::max(0, resource.occupied) -
                            (coming == promised.end() ? 0 : coming->second);
        if (left <= 0)
            continue;
        shelters.push_back(&resource);
        places.push_back(resource.position);
        room.push_back(left);
        plan.freePlaces += left;
    }
    if (shelters.empty())
        return plan;
    model::Resource bus;
    std::vector<Mover> movers;
    for (const std::uint32_t need : needs)
        movers.push_back({&bus, facts.sites[facts.needs[need].site].incident->position});
    const auto begun = std::chrono::steady_clock::now();
    const auto travels = travelBetween(*facts.roads, movers, places, 0, question.stop);
    if (!travels)
        return tl::unexpected(travels.error());
    plan.tookRoads = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();

    mip::Model model;
    std::vector<double> less;
    std::vector<double> cost;
    struct Way {
        std::size_t need, shelter;
        int people;
    };
    std::vector<Way> ways;
    std::vector<mip::Row> byNeed(needs.size());
    std::vector<mip::Row> byShelter(shelters.size());
    for (std::size_t s = 0; s < shelters.size(); ++s) {
        bool reached = false;
        for (std::size_t n = 0; n < needs.size(); ++n) {
            const Travel travel = travels->at(s, n);
            if (!travel.leads)
                continue;
            reached = true;
            const OpenNeed& need = facts.needs[needs[n]];
            const double weight = facts.sites[need.site].weight;
            const double most = std::min(room[s], need.open);
            const int people = static_cast<int>(model.columns.size());
            model.columns.push_back({0, most, false});
            less.push_back(-weight / need.open);
            const double within = need.need.within.value;
            const double since =
                std::chrono::duration<double>(question.now - facts.sites[need.site].incident->openedAt).count();
            const double late = std::isfinite(within) && within > 0 ? std::clamp(since + travel.seconds - within, 0.0, 86'400.0) : 0;
            cost.push_back(weight * (std::min(travel.seconds, 86'400.0) + question.weights.late * late) / need.open);
            const int opened = static_cast<int>(model.columns.size());
            model.columns.push_back({0, 1, true});
            less.push_back(0);
            cost.push_back(question.weights.anotherShelter +
                           (isOldCount(question, *shelters[s]) ? question.weights.oldCount : 0));
            model.rows.push_back({-mip::infinite, 0, {{people, 1}, {opened, -most}}});
            byNeed[n].terms.emplace_back(people, 1);
            byShelter[s].terms.emplace_back(people, 1);
            ways.push_back({n, s, people});
        }
        plan.reachable += reached ? room[s] : 0;
    }
    for (std::size_t n = 0; n < needs.size(); ++n) {
        byNeed[n].upper = facts.needs[needs[n]].open;
        if (!byNeed[n].terms.empty())
            model.rows.push_back(std::move(byNeed[n]));
    }
    for (std::size_t s = 0; s < shelters.size(); ++s) {
        byShelter[s].upper = room[s];
        if (!byShelter[s].terms.empty())
            model.rows.push_back(std::move(byShelter[s]));
    }
    if (ways.empty())
        return plan;
    const mip::Outcome most = mip::minimise(model, less, {std::max(0.01, budget.secondsLeft()), budget.stop});
    if (!most.found) {
        plan.proven = false;
        plan.stopped = true;
        plan.gap = 1;
        return plan;
    }
    mip::Row all{-mip::infinite, most.value + 1e-9 + 1e-7 * std::abs(most.value), {}};
    for (std::size_t c = 0; c < less.size(); ++c) {
        if (less[c] < 0)
            all.terms.emplace_back(static_cast<int>(c), less[c]);
    }
    model.rows.push_back(std::move(all));
    const mip::Outcome best = mip::minimise(model, cost, {std::max(0.01, budget.secondsLeft()), budget.stop}, most.x);
    const mip::Outcome& used = best.found ? best : most;
    plan.proven = most.proven && best.proven;
    plan.stopped = most.stopped || best.stopped;
    auto left = room;
    for (const Way& way : ways)
        left[way.shelter] -= std::round(used.x[static_cast<std::size_t>(way.people)]);
    for (const Way& way : ways) {
        const int people = static_cast<int>(std::lround(used.x[static_cast<std::size_t>(way.people)]));
        const Travel travel = travels->at(way.shelter, way.need);
        if (people <= 0) {
            const int could = static_cast<int>(std::min({left[way.shelter], facts.needs[needs[way.need]].open, 1e9}));
            if (could > 0)
                plan.others.push_back({needs[way.need], shelters[way.shelter], could, travel.seconds, travel.metres});
            continue;
        }
        plan.places.push_back({needs[way.need], shelters[way.shelter], people, travel.seconds, travel.metres});
        plan.cost += cost[static_cast<std::size_t>(way.people)] * people +
                     cost[static_cast<std::size_t>(way.people) + 1]; // what opens it stands next to it
    }
    std::stable_sort(plan.others.begin(), plan.others.end(), [](const Sheltered& a, const Sheltered& b) { return a.seconds < b.seconds; });
    if (!plan.proven)
        plan.gap = std::isfinite(best.bound)
                       ? std::clamp((plan.cost - best.bound) / std::max(1.0, std::abs(plan.cost)), 0.0, 1.0)
                       : 1.0;
    return plan;
}

} // namespace tocsin::dispatch
