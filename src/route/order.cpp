#include "route/network.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace tocsin::route {
namespace {

/// Where a point stands on a Hilbert curve through a square of 2^16 cells a side.
std::uint64_t hilbert(std::uint32_t x, std::uint32_t y) {
    constexpr std::uint32_t side = 1U << 16U;
    std::uint64_t at = 0;
    for (std::uint32_t s = side / 2; s > 0; s /= 2) {
        const std::uint32_t right = (x & s) != 0 ? 1 : 0;
        const std::uint32_t up = (y & s) != 0 ? 1 : 0;
        at += std::uint64_t{s} * s * ((3 * right) ^ up);
        if (up == 0) {
            if (right == 1) {
                x = side - 1 - x;
                y = side - 1 - y;
            }
            std::swap(x, y);
        }
    }
    return at;
}

/// From a new number to the old one.
std::vector<std::uint32_t> sortedBy(const std::vector<std::uint64_t>& key) {
    std::vector<std::uint32_t> order(key.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key[a] < key[b]; });
    return order;
}

std::vector<std::uint32_t> inverse(const std::vector<std::uint32_t>& order) {
    std::vector<std::uint32_t> at(order.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        at[order[i]] = i;
    return at;
}

} // namespace

void orderBySpace(RoadNetwork& network) {
    if (network.nodes.empty())
        return;
    FixedPoint least{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
    FixedPoint most{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};
    for (const FixedPoint& p : network.nodes) {
        least = {std::min(least.latitude, p.latitude), std::min(least.longitude, p.longitude)};
        most = {std::max(most.latitude, p.latitude), std::max(most.longitude, p.longitude)};
    }
    const double wide = std::max({double{1} * most.latitude - least.latitude,
                                  double{1} * most.longitude - least.longitude, 1.0});
    const auto cell = [&](double from, double value) {
        return static_cast<std::uint32_t>((value - from) / wide * 65535.0);
    };
    std::vector<std::uint64_t> key;
    key.reserve(network.nodes.size());
    for (const FixedPoint& p : network.nodes)
        key.push_back(hilbert(cell(least.longitude, p.longitude), cell(least.latitude, p.latitude)));
    const auto nodeOrder = sortedBy(key);
    const auto nodeAt = inverse(nodeOrder);
    std::vector<FixedPoint> nodes;
    nodes.reserve(nodeOrder.size());
    for (const std::uint32_t old : nodeOrder)
        nodes.push_back(network.nodes[old]);
    network.nodes = std::move(nodes);

    key.clear();
    for (Piece& piece : network.pieces) {
        piece.from = nodeAt[piece.from];
        piece.to = nodeAt[piece.to];
        key.push_back(std::min(piece.from, piece.to));
    }
    const auto pieceOrder = sortedBy(key);
    const auto pieceAt = inverse(pieceOrder);
    std::vector<Piece> pieces;
    std::vector<FixedPoint> points;
    pieces.reserve(pieceOrder.size());
    points.reserve(network.points.size());
    for (const std::uint32_t old : pieceOrder) {
        Piece piece = network.pieces[old];
        const auto first = network.points.begin() + piece.firstPoint;
        piece.firstPoint = static_cast<std::uint32_t>(points.size());
        points.insert(points.end(), first, first + piece.pointCount);
        pieces.push_back(piece);
    }
    network.pieces = std::move(pieces);
    network.points = std::move(points);
    const auto renamed = [&](ArcId arc) { return arcOf(pieceAt[pieceOf(arc)], isForward(arc)); };
    for (Ban& ban : network.bans)
        ban = {renamed(ban.from), renamed(ban.to)};
    std::sort(network.bans.begin(), network.bans.end());
}

} // namespace tocsin::route
