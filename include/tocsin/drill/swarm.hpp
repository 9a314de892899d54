#pragma once

#include "tocsin/drill/scenario.hpp"

namespace tocsin::drill {

struct SwarmSensor {
    model::Sensor sensor;
    Curve curve;
};

/// The sensors of a swarm and what they measure. Pure: the same swarm, areas and centre give the same.
[[nodiscard]] std::vector<SwarmSensor> sensorsOf(const Swarm& swarm, const std::vector<Area>& areas,
                                                 const std::optional<model::Position>& centre);

/// They as their service describes them: a page of OGC SensorThings Datastreams.
[[nodiscard]] std::string describedAs(const Swarm& swarm, const std::vector<SwarmSensor>& sensors,
                                      std::string_view language);

/// The rules of all swarms over their sensors; for each thousand of these one: ID, ID-2 … Their numbers are the swarm's in the scenario, and here in the
/// unit that the desk keeps the sensors in: that of those it has, else the one in which it will register them.
[[nodiscard]] std::vector<detect::Rule> rulesOf(const Scenario& scenario, const std::map<model::SensorId, model::Sensor>& known = {});

} // namespace tocsin::drill
