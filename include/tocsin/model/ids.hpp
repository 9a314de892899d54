#pragma once

#include "tocsin/base/id.hpp"

#include <compare>
#include <string>

namespace tocsin::model {

using EntryId = base::Id<struct EntryTag>;
using CommandId = base::Id<struct CommandTag>;
using IncidentId = base::Id<struct IncidentTag>;
using AlarmId = base::Id<struct AlarmTag>;
using WarningId = base::Id<struct WarningTag>;
using ReportId = base::Id<struct ReportTag>;
using EarthquakeId = base::Id<struct EarthquakeTag>;
using ResourceId = base::Id<struct ResourceTag>;
using AssignmentId = base::Id<struct AssignmentTag>;
using DrawingId = base::Id<struct DrawingTag>;
using ClusterId = base::Id<struct ClusterTag>;
using DecisionId = base::Id<struct DecisionTag>;
using CallDownId = base::Id<struct CallDownTag>;
using CallListId = base::Id<struct CallListTag>;
using AidRequestId = base::Id<struct AidRequestTag>;

/// The name by which the county and its feeds know a sensor: "rhine-vaduz". 1–120 bytes of UTF-8 without controls.
struct SensorId {
    std::string value;

    SensorId() = default;
    explicit SensorId(std::string v) : value(std::move(v)) {}
    friend auto operator<=>(const SensorId&, const SensorId&) = default;
};

/// The name by which a unit in the field calls itself: Cursor on Target's uid, "mmsi:211378120". 1–120 bytes.
struct UnitId {
    std::string value;

    UnitId() = default;
    explicit UnitId(std::string v) : value(std::move(v)) {}
    friend auto operator<=>(const UnitId&, const UnitId&) = default;
};

} // namespace tocsin::model

template <>
struct std::hash<tocsin::model::SensorId> {
    std::size_t operator()(const tocsin::model::SensorId& id) const noexcept {
        return std::hash<std::string>{}(id.value);
    }
};
