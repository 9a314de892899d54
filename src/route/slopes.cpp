#include "route/network.hpp"
#include "tocsin/route/road_graph.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::route {
namespace {
/// Heights come from cells of tens of metres: over less than this a slope would be their noise.
constexpr double leastLength = 10;
} // namespace

base::Result<void> saveSlopes(const std::filesystem::path& mapFile, const HeightAt& heightAt) {
    const auto there = hasNetwork(mapFile);
    if (!there)
        return tl::unexpected(there.error());
    if (!*there)
        return {};
    auto network = readNetwork(mapFile);
    if (!network)
        return tl::unexpected(network.error());
    for (Piece& piece : network->pieces) {
        piece.traits.slope = 0;
        const auto from = heightAt(position(network->nodes[piece.from]));
        const auto to = heightAt(position(network->nodes[piece.to]));
        if (from && to && std::isfinite(*from) && std::isfinite(*to) && piece.length >= leastLength)
            piece.traits.slope = std::clamp((*to - *from) / piece.length, -mostSlope, mostSlope);
    }
    return writeNetwork(*network, mapFile);
}

} // namespace tocsin::route
