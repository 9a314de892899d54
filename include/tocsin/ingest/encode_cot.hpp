#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/unit.hpp"

#include <optional>
#include <string>

namespace tocsin::ingest {

/// A line to one unit, as ATAK's GeoChat has it; with a position, a second event that puts a waypoint there; with a way, one that draws the route.
struct CotOrder {
    std::string id; ///< unique: two with the same are one
    model::UnitId to;
    std::string callSign; ///< of who gets it
    std::string from;     ///< the desk's own call sign
    std::string text;
    std::optional<model::Position> position; ///< where to go
    std::string name;                        ///< of the place
    base::Time time;
    model::Line way{}; ///< by which; at most mostCheckpoints of its points are sent, its ends among them
};

/// Under which the desk writes to phones, and by which they answer.
inline constexpr const char* deskUid = "TOCSIN";
inline constexpr std::size_t mostCheckpoints = 60; ///< what a phone draws without effort

/// Cursor on Target 2.0 events in XML, one a line, each ended by a line break. Pure; any thread.
[[nodiscard]] std::string encodeCotOrder(const CotOrder& order);

} // namespace tocsin::ingest
