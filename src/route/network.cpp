#include "route/network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace tocsin::route {
namespace {

constexpr double fixedPerDegree = 1e7;
constexpr double longestArcSeconds = 7 * 86400.0;
constexpr double longestArcMetres = 1e7;

std::vector<FixedPoint> pointsOf(const GraphRecord& record, const ArcRecord& arc) {
    std::vector<FixedPoint> points;
    points.reserve(arc.between.size() + 2);
    points.push_back(fixed(record.nodes[arc.from]));
    for (const model::Position& p : arc.between)
        points.push_back(fixed(p));
    points.push_back(fixed(record.nodes[arc.to]));
    return points;
}

base::Result<void> check(const GraphRecord& record) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()) / 2;
    if (record.nodes.size() > most || record.arcs.size() > most)
        return base::fail(base::Code::tooLarge, "the road network has too many nodes or arcs");
    const std::size_t names = std::max<std::size_t>(record.names.size(), 1);
    const auto inRange = [](double value, double highest) { return value >= 0 && value <= highest; };
    for (std::size_t i = 0; i < record.arcs.size(); ++i) {
        const ArcRecord& arc = record.arcs[i];
        const char* fault = nullptr;
        if (arc.from >= record.nodes.size() || arc.to >= record.nodes.size())
            fault = " starts or ends at a node that does not exist";
        else if (!inRange(arc.duration.value, longestArcSeconds) || !inRange(arc.length.value, longestArcMetres))
            fault = " has an impossible duration or length";
        else if (arc.way >= names)
            fault = " has a name that does not exist";
        else if (!arePossible(arc.traits))
            fault = " has an impossible slope or limit";
        if (fault != nullptr)
            return base::fail(base::Code::outOfRange, "road arc " + std::to_string(i) + fault);
    }
    return {};
}

/// True if `back` is the same road as `there`, driven the other way.
bool areOpposite(const GraphRecord& record, const ArcRecord& there, const ArcRecord& back) {
    if (there.from != back.to || there.to != back.from || there.way != back.way ||
        there.between.size() != back.between.size() || std::abs(there.length.value - back.length.value) > 0.5)
        return false;
    const std::vector<FixedPoint> a = pointsOf(record, there);
    const std::vector<FixedPoint> b = pointsOf(record, back);
    return std::equal(a.begin(), a.end(), b.rbegin());
}

} // namespace

FixedPoint fixed(model::Position position) {
    return {static_cast<std::int32_t>(std::lround(position.latitude() * fixedPerDegree)),
            static_cast<std::int32_t>(std::lround(position.longitude() * fixedPerDegree))};
}

model::Position position(FixedPoint point) {
    return model::Position::trusted(point.latitude / fixedPerDegree, point.longitude / fixedPerDegree);
}

bool arePossible(const RoadTraits& traits) {
    const auto within = [](double value, double least, double most) { return value >= least && value <= most; };
    return static_cast<std::size_t>(traits.cls) < roadClasses && static_cast<std::size_t>(traits.surface) < surfaces &&
           static_cast<std::size_t>(traits.access) < roadAccesses && within(traits.slope, -mostSlope, mostSlope) &&
           within(traits.maxTonnes, 0, mostTonnes) && within(traits.maxHeight, 0, mostClearance) &&
           within(traits.maxWidth, 0, mostClearance);
}

const char* faultOf(const RoadNetwork& network, const Ban& ban) {
    for (const ArcId arc : {ban.from, ban.to}) {
        if (pieceOf(arc) >= network.pieces.size() || secondsOf(network, arc) < 0)
            return "names an arc that does not exist";
    }
    return endOf(network, ban.from) == startOf(network, ban.to) ? nullptr : "is between arcs that do not meet";
}

base::Result<RoadNetwork> makeNetwork(const GraphRecord& record) {
    if (auto checked = check(record); !checked)
        return tl::unexpected(checked.error());

    // Arcs between the same two nodes come to stand together; among them opposites find each other.
    const auto key = [&](std::uint32_t i) {
        const ArcRecord& arc = record.arcs[i];
        return std::pair(std::min(arc.from, arc.to), std::max(arc.from, arc.to));
    };
    std::vector<std::uint32_t> order(record.arcs.size());
    std::iota(order.begin(), order.end(), 0U);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    constexpr std::uint32_t alone = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> opposite(record.arcs.size(), alone);
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (opposite[order[i]] != alone)
            continue;
        for (std::size_t k = i + 1; k < order.size() && key(order[k]) == key(order[i]); ++k) {
            if (opposite[order[k]] == alone && areOpposite(record, record.arcs[order[i]], record.arcs[order[k]])) {
                opposite[order[i]] = order[k];
                opposite[order[k]] = order[i];
                break;
            }
        }
    }

    RoadNetwork network;
    network.nodes.reserve(record.nodes.size());
    for (const model::Position& node : record.nodes)
        network.nodes.push_back(fixed(node));
    network.names = record.names;
    if (network.names.empty())
        network.names.emplace_back();
    std::vector<ArcId> arcIds(record.arcs.size());
    for (std::uint32_t i = 0; i < record.arcs.size(); ++i) {
        if (opposite[i] < i)
            continue; // went in with its opposite
        const auto number = static_cast<std::uint32_t>(network.pieces.size());
        arcIds[i] = arcOf(number, true);
        if (opposite[i] != alone)
            arcIds[opposite[i]] = arcOf(number, false);
        const ArcRecord& arc = record.arcs[i];
        const std::vector<FixedPoint> points = pointsOf(record, arc);
        Piece piece{arc.from, arc.to, arc.duration.value, -1, arc.length.value, arc.way};
        piece.traits = arc.traits;
        if (opposite[i] != alone) {
            piece.backward = record.arcs[opposite[i]].duration.value;
            const RoadTraits& back = record.arcs[opposite[i]].traits;
            const auto stricter = [](double& limit, double other) {
                limit = limit > 0 && other > 0 ? std::min(limit, other) : std::max(limit, other);
            };
            stricter(piece.traits.maxTonnes, back.maxTonnes);
            stricter(piece.traits.maxHeight, back.maxHeight);
            stricter(piece.traits.maxWidth, back.maxWidth);
        }
        piece.firstPoint = static_cast<std::uint32_t>(network.points.size());
        piece.pointCount = static_cast<std::uint32_t>(points.size());
        network.points.insert(network.points.end(), points.begin(), points.end());
        network.pieces.push_back(piece);
    }
    for (std::size_t i = 0; i < record.bans.size(); ++i) {
        const auto [from, to] = record.bans[i];
        const bool isThere = from < arcIds.size() && to < arcIds.size();
        const Ban ban = isThere ? Ban{arcIds[from], arcIds[to]} : Ban{};
        const char* fault = isThere ? faultOf(network, ban) : "names an arc that does not exist";
        if (fault != nullptr)
            return base::fail(base::Code::outOfRange, "turn ban " + std::to_string(i) + " " + fault);
        network.bans.push_back(ban);
    }
    std::sort(network.bans.begin(), network.bans.end());
    network.bans.erase(std::unique(network.bans.begin(), network.bans.end()), network.bans.end());
    return network;
}

} // namespace tocsin::route
