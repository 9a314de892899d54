#pragma once

#include "tocsin/dispatch/planner.hpp"

#include <span>

namespace tocsin::dispatch {

/// One whom a person might send although nobody recommends it.
struct HandChoice {
    /// Its times where `leads`, and what speaks against it whatever the need. Of a shelter, `people`: its free places.
    Choice choice;
    bool leads{false};    ///< a way is known
    bool possible{false}; ///< the desk would let it go; else the obstacle says why not
};

/// All of the county's resources that are not retired, judged for the incident in focus: by time, those that cannot be sent last. Places
/// (stores, houses, organisations) cannot travel; of shelters the time is that of people who go there by car. Errors: notFound and
/// conflict (the focus), cancelled. One search for each kind of vehicle. Pure; any thread.
[[nodiscard]] base::Result<std::vector<HandChoice>> choicesByHand(const Question& question);

/// What speaks against somebody for one need, beside what `judged` says whatever the need. `judged` and `resource` are of the same one.
[[nodiscard]] Obstacle obstacleFor(const Choice& judged, const model::Resource& resource, const model::Need& need);

/// How one goes who is sent by hand: from where it is now by the stores in their order, at each of which it loads, to the incident in
/// focus. With times, way and stops; people and experts go as a car does. Errors: notFound, conflict (the focus is closed, or it is a
/// place that goes nowhere, or cannot travel), unavailable (no way leads there). Pure; any thread.
[[nodiscard]] base::Result<Choice> wayByHand(const Question& question, model::ResourceId resource,
                                             std::span<const model::ResourceId> stores = {});

} // namespace tocsin::dispatch
