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
    RoadTraits traits{}; ///< the slope from `from` to `to`
};

/// One direction of a piece: twice the piece's number, plus one for backward.
using ArcId = std::uint32_t;
[[nodiscard]] constexpr ArcId arcOf(std::uint32_t piece, bool forward) {
    return 2 * piece + (forward ? 0U : 1U);
}
[[nodiscard]] constexpr std::uint32_t pieceOf(ArcId arc) {
    return arc / 2;
}
[[nodiscard]] constexpr bool isForward(ArcId arc) {
    return arc % 2 == 0;
}

/// From the first arc one may not turn into the second.
struct Ban {
    ArcId from{0};
    ArcId to{0};
    friend auto operator<=>(const Ban&, const Ban&) = default;
};

/// The roads as they are stored and searched.
struct RoadNetwork {
    std::vector<FixedPoint> nodes;
    std::vector<Piece> pieces;
    std::vector<Ban> bans; ///< sorted, each once; the arcs are open and meet
    std::vector<FixedPoint> points;
    std::vector<std::string> names;
};

[[nodiscard]] inline std::uint32_t startOf(const RoadNetwork& network, ArcId arc) {
    const Piece& piece = network.pieces[pieceOf(arc)];
    return isForward(arc) ? piece.from : piece.to;
}
[[nodiscard]] inline std::uint32_t endOf(const RoadNetwork& network, ArcId arc) {
    const Piece& piece = network.pieces[pieceOf(arc)];
    return isForward(arc) ? piece.to : piece.from;
}
/// Seconds from start to end; negative: closed that way.
[[nodiscard]] inline double secondsOf(const RoadNetwork& network, ArcId arc) {
    const Piece& piece = network.pieces[pieceOf(arc)];
    return isForward(arc) ? piece.forward : piece.backward;
}
/// Why a ban cannot be one: it names an arc that is not there or closed, or two that do not meet. Null if it can.
[[nodiscard]] const char* faultOf(const RoadNetwork& network, const Ban& ban);

/// Checks the record and joins each arc with its opposite. An arc of a node or name that does not exist, a duration or
/// length that is negative or not finite, and a turn ban between arcs that do not meet are Code::outOfRange.
[[nodiscard]] base::Result<RoadNetwork> makeNetwork(const GraphRecord& record);
/// Numbers nodes and pieces anew along a Hilbert curve, so that a search finds what lies together close together.
void orderBySpace(RoadNetwork& network);
/// True if the traits are ones that a road can have.
[[nodiscard]] bool arePossible(const RoadTraits& traits);

/// Whether the file holds a network at all.
[[nodiscard]] base::Result<bool> hasNetwork(const std::filesystem::path& mapFile);
[[nodiscard]] base::Result<RoadNetwork> readNetwork(const std::filesystem::path& mapFile);
[[nodiscard]] base::Result<void> writeNetwork(const RoadNetwork& network, const std::filesystem::path& mapFile);

} // namespace tocsin::route
