#pragma once

#include "county/map_features.hpp"

#include <osmium/osm/relation.hpp>

namespace tocsin::county {

/// Takes a relation of type=restriction into features.turnRules, or counts why not. Those for motor vehicles in general
/// are honoured; one that leaves emergency vehicles, buses or all motor vehicles free does not bind, for where a bus
/// may turn a fire engine can. What holds only at certain hours is not looked at and counted (conditionalTurns); so is
/// what cannot be understood (skippedTurns).
void takeTurnRule(const osmium::Relation& relation, MapFeatures& features);

} // namespace tocsin::county
