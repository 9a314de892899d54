#pragma once

#include "tocsin/model/state.hpp"

#include <optional>
#include <string>
#include <vector>

// Commands: what feeds bring, and who is heard from the field. The list of all is in command.hpp.

namespace tocsin::desk {

struct TakeWarning {
    std::string feed;
    model::Warning warning;
};
/// A person puts a warning in force that was held for its signature; what it updates or cancels follows.
struct AcceptWarning {
    model::WarningId warning;
};
struct TakeReport {
    std::string feed;
    model::Report report;
};
struct TakeEarthquake {
    std::string feed;
    model::Earthquake earthquake;
};
/// Sensors as their service describes them. New ones are registered, changed ones changed; those that the county
/// registered itself (feed empty) or that another feed brought stay as they are.
struct TakeSensors {
    std::string feed;
    std::vector<model::Sensor> sensors;
};
struct TakeFieldMessage {
    std::string feed;
    model::FieldMessage message;
};
struct TakeFieldMarker {
    std::string feed;
    model::FieldMarker marker;
};
struct TakeEmergency {
    std::string feed;
    model::Emergency emergency;
};
/// Which resource a unit in the field carries; absent: none.
struct BindUnit {
    model::UnitId unit;
    std::optional<model::ResourceId> resource;
};

/// A line to a unit in the field, as its phone's chat has it. Refused for one that can only say where it is.
struct WriteToUnit {
    model::UnitId unit;
    std::string text; ///< at most 400 characters
};
/// What came of it: `message` is the id that WriteToUnit was answered with.
struct RecordWritten {
    model::UnitId unit;
    std::string message;
    bool handed{false}; ///< to the phone's connection
};

} // namespace tocsin::desk
