#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/state.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// Commands: what the county sets up and keeps, its registers and its resources, and its exercises. The list of all is in command.hpp.

namespace tocsin::desk {

// ---- setting up
struct NameCounty {
    base::LocalText county;
    bool exercise{false};
};
/// Sensors as the county's own: what a feed has told of one counts no more once more than its silence limit is changed.
/// Whether one is in service or retired stays as it is (SetSensorService, RetireSensors). A unit stays where there are readings in it.
struct RegisterSensors {
    std::vector<model::Sensor> sensors;
    /// An editor's: those that it changes, as it saw them. What it left alone stays as it stands by now; Code::conflict where
    /// somebody else has changed the same, or where one that it did not see is there. Absent: they are taken whole.
    std::optional<std::vector<model::Sensor>> seen{};
    bool anyUnit{false}; ///< also a new unit that nobody can convert; without it that is Code::notFound, and nothing else is
};
struct RegisterResources {
    std::vector<model::Resource> resources;
};

// ---- the resource database
/// New records (nil or unknown ids) and changed ones, all or none. What dispatch keeps (status, claims, reserved stock, occupancy
/// by assignments) is not taken from the records. `seen`: the records as the editor saw them; one that has changed since is Code::conflict.
struct PutResources {
    std::vector<model::Resource> resources;
    std::vector<model::Resource> seen;
    std::string how; ///< "edit", "import teams.csv"
};
/// They are no longer there. One that is assigned is refused.
struct RetireResources {
    std::vector<model::ResourceId> resources;
    std::string reason;
};
/// available, outOfService, maintenance or offDuty, with a clock; `assigned` is dispatch's.
struct SetResourceStatus {
    std::vector<model::ResourceId> resources;
    model::ResourceStatus status{model::ResourceStatus::available};
    std::optional<base::Time> until;
    std::string reason; ///< needed for outOfService
};
enum class StockAct : std::uint8_t { receipt, issue, transfer, count, writeOff };
/// Stock in or out, with a document; never below zero nor below what is reserved.
struct MoveStock {
    model::ResourceId resource;
    StockAct act{StockAct::receipt};
    std::string code;
    base::LocalText name; ///< needed for a code that is new there
    std::string unit;
    std::string batch;
    double quantity{0}; ///< moved; for `count` what was counted
    std::optional<base::Time> expiry;
    std::optional<model::ResourceId> to; ///< of a transfer
    std::string document; ///< the paper's number; empty: the desk gives one
    std::string reason;
    std::optional<model::IncidentId> incident;
};
/// Heads and beds as they were counted now.
struct CountResource {
    model::ResourceId resource;
    std::optional<int> occupied;
    std::vector<model::Beds> beds; ///< empty: not counted
};
/// A readiness check or maintenance was done.
struct RecordCheck {
    model::ResourceId resource;
    bool maintenance{false};
    bool passed{true}; ///< failed: out of service from now on
    std::optional<base::Time> next;
    std::string result;
};

// ---- the trainer
struct StartExercise {
    std::string scenario;
    base::LocalText title;
}; ///< closes what the last one left open
struct EndExercise {};

} // namespace tocsin::desk
