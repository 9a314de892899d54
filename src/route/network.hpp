#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/route/road_graph.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace tocsin::route {

/// A position as the map file has it: 10⁻⁷ degrees, about a centimetre.
struct FixedPoint {
    std::int32_t latitude{0};
    std::int32_t longitude{0};
    friend bool operator==(const FixedPoint&, const FixedPoint&) = default;
};
[[nodiscard]] FixedPoint fixed(model::Position position);
[[nodiscard]] model::Position position(FixedPoint point);

/// A road between two junctions with both its directions.
struct Piece {
    std::uint32_t from{0};
    std::uint32_t to{0};
    double forward{-1};  ///< seconds from `from` to `to`; negative: closed that way
    double backward{-1}; ///< seconds from `to` to `from`; negative: closed that way
    double length{0};    ///< metres
    std::uint32_t name{0};
    std::uint32_t firstPoint{0}; ///< into the network's points: both ends and what is between
    std::uint32_t pointCount{0};
};

/// The roads as they are stored and searched.
struct RoadNetwork {
    std::vector<FixedPoint> nodes;
    std::vector<Piece> pieces;
    std::vector<FixedPoint> points;
    std::vector<std::string> names;
};

/// Checks the record and joins each arc with its opposite. An arc of a node or name that does not exist, or a
/// duration or length that is negative or not finite, is Code::outOfRange.
[[nodiscard]] base::Result<RoadNetwork> makeNetwork(const GraphRecord& record);

[[nodiscard]] base::Result<RoadNetwork> readNetwork(const std::filesystem::path& mapFile);
[[nodiscard]] base::Result<void> writeNetwork(const RoadNetwork& network, const std::filesystem::path& mapFile);

} // namespace tocsin::route
