// Which roads lie within a time: a search over the nodes, then each piece by itself. On a piece the time is the least
// of a few straight lines (driven forward or backward from a node, or from a place upon it), each good for a part of
// it.

#include "route/graph.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr double longestReach = 7 * 86400.0;

/// The time at a fraction of a piece by one way of driving, good between two fractions.
struct Ramp {
    double begin{0};
    double end{1};
    double atZero{0}; ///< seconds that it would be at fraction 0
    double slope{0};  ///< seconds a fraction
    [[nodiscard]] double at(double fraction) const { return atZero + slope * fraction; }
};

struct Part {
    double begin{0};
    double end{1};
    double atBegin{0};
    double atEnd{0};
};

/// The parts of [begin, end] that are reached by ramps good for all of it.
void addParts(const std::vector<Ramp>& ramps, double begin, double end, double most, std::vector<Part>& parts) {
    double risingTo = -infinite;   // reached from the beginning up to here
    double fallingFrom = infinite; // and from here to the end
    double atBegin = infinite;
    double atEnd = infinite;
    const auto least = [&](double fraction) {
        double seconds = infinite;
        for (const Ramp& ramp : ramps)
            seconds = std::min(seconds, ramp.at(fraction));
        return seconds;
    };
    for (const Ramp& ramp : ramps) {
        atBegin = std::min(atBegin, ramp.at(begin));
        atEnd = std::min(atEnd, ramp.at(end));
        if (ramp.at(begin) <= most)
            risingTo = std::max(risingTo, ramp.at(end) <= most ? end : (most - ramp.atZero) / ramp.slope);
        if (ramp.at(end) <= most)
            fallingFrom = std::min(fallingFrom, ramp.at(begin) <= most ? begin : (most - ramp.atZero) / ramp.slope);
    }
    risingTo = std::min(risingTo, end);
    fallingFrom = std::max(fallingFrom, begin);
    if (risingTo >= fallingFrom || risingTo >= end || fallingFrom <= begin) {
        parts.push_back({begin, end, atBegin, atEnd});
        return;
    }
    if (risingTo > begin)
        parts.push_back({begin, risingTo, atBegin, least(risingTo)});
    if (fallingFrom < end)
        parts.push_back({fallingFrom, end, least(fallingFrom), atEnd});
}

/// The shape of a piece between two fractions of its length.
class PieceLine {
  public:
    PieceLine(const RoadNetwork& network, const Piece& piece) {
        for (std::uint32_t k = 0; k < piece.pointCount; ++k) {
            m_points.push_back(position(network.points[piece.firstPoint + k]));
            m_at.push_back(k == 0 ? 0 : m_at.back() + geo::distance(m_points[k - 1], m_points[k]).value);
        }
    }
    [[nodiscard]] model::Line between(double begin, double end) const {
        const double whole = m_at.back();
        model::Line line{pointAt(begin * whole)};
        for (std::size_t k = 0; k < m_points.size(); ++k) {
            if (m_at[k] > begin * whole && m_at[k] < end * whole)
                line.push_back(m_points[k]);
        }
        line.push_back(pointAt(end * whole));
        return line;
    }

  private:
    [[nodiscard]] model::Position pointAt(double metres) const {
        const auto upper = std::upper_bound(m_at.begin() + 1, m_at.end() - 1, metres);
        const auto k = static_cast<std::size_t>(upper - m_at.begin());
        const double span = m_at[k] - m_at[k - 1];
        const double f = span > 0 ? std::clamp((metres - m_at[k - 1]) / span, 0.0, 1.0) : 0;
        const auto mix = [f](double a, double b) { return a + (b - a) * f; };
        return model::Position::trusted(mix(m_points[k - 1].latitude(), m_points[k].latitude()),
                                        mix(m_points[k - 1].longitude(), m_points[k].longitude()));
    }

    std::vector<model::Position> m_points;
    std::vector<double> m_at; ///< metres from the first point
};

} // namespace

std::vector<ReachedRoad> Graph::reachAround(std::span<const model::Position> places, ReachDirection direction,
                                            base::Seconds limit) const {
    std::vector<ReachedRoad> reached;
    if (!(limit.value >= 0))
        return reached;
    const double most = std::min(limit.value, longestReach);
    const bool toPlace = direction == ReachDirection::toPlace;
    const RoadNetwork& network = m_core->network;
    const TurnNodes& turns = this->turns();

    std::unordered_map<std::uint32_t, std::vector<Hit>> hitsOn; // by piece
    std::vector<search::Seed> seeds;
    for (const model::Position& place : places) {
        auto [hits, main] = access(place);
        hits.insert(hits.end(), main.begin(), main.end());
        for (const Hit& hit : hits) {
            const double walk = walkSeconds(hit.metres);
            if (walk > most)
                continue;
            hitsOn[hit.piece].push_back(hit);
            for (const bool forward : {true, false}) {
                const ArcId arc = arcOf(hit.piece, forward);
                const double seconds = this->seconds(arc);
                // To the place one drives in from the arc's start; from it, on to the arc's end.
                const double end = forward == toPlace ? 0 : 1;
                if (seconds < 0 || !isOpen(hit.piece, hit.fraction, end))
                    continue;
                const double total = walk + std::abs(hit.fraction - end) * seconds;
                if (toPlace)
                    turns.forStarts(arc, [&](std::uint32_t node) { seeds.push_back({node, total}); });
                else
                    seeds.push_back({turns.endOf(arc), total});
            }
        }
    }
    const std::vector<double> costs = this->network().within(
        seeds, most, toPlace ? search::Direction::toSeeds : search::Direction::fromSeeds, this->costs());

    std::vector<Ramp> ramps;
    std::vector<Ramp> good;
    std::vector<double> breaks;
    std::vector<Part> parts;
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i) {
        ramps.clear();
        breaks.assign({0, 1});
        const bool isClosed = this->isClosed(i);
        const Stretch closed = isClosed ? m_closed.at(i) : Stretch{2, -1};
        if (isClosed)
            breaks.insert(breaks.end(), {closed.from, closed.to});
        for (const bool forward : {true, false}) {
            const ArcId arc = arcOf(i, forward);
            const double seconds = this->seconds(arc);
            if (seconds < 0)
                continue;
            double node = infinite;
            if (toPlace)
                node = costs[turns.endOf(arc)];
            else
                turns.forStarts(arc, [&](std::uint32_t start) { node = std::min(node, costs[start]); });
            if (node > most)
                continue;
            // The time grows from the node's end of the piece: from its beginning, or falls towards its end.
            if (forward == toPlace)
                ramps.push_back({isClosed ? closed.to : 0, 1, node + seconds, -seconds});
            else
                ramps.push_back({0, isClosed ? closed.from : 1, node, seconds});
        }
        if (const auto on = hitsOn.find(i); on != hitsOn.end()) {
            for (const Hit& hit : on->second) {
                if (isClosed && !isOpen(i, hit.fraction, hit.fraction))
                    continue;
                breaks.push_back(hit.fraction);
                const double walk = walkSeconds(hit.metres);
                const bool before = !isClosed || hit.fraction < closed.from;
                for (const bool forward : {true, false}) {
                    const double seconds = this->seconds(arcOf(i, forward));
                    if (seconds < 0)
                        continue;
                    if (forward == toPlace)
                        ramps.push_back(
                            {before ? 0 : closed.to, hit.fraction, walk + hit.fraction * seconds, -seconds});
                    else
                        ramps.push_back({hit.fraction, isClosed && before ? closed.from : 1,
                                         walk - hit.fraction * seconds, seconds});
                }
            }
        }
        if (ramps.empty())
            continue;
        parts.clear();
        std::sort(breaks.begin(), breaks.end());
        for (std::size_t k = 1; k < breaks.size(); ++k) {
            if (breaks[k] <= breaks[k - 1])
                continue;
            good.clear();
            std::copy_if(ramps.begin(), ramps.end(), std::back_inserter(good),
                         [&](const Ramp& ramp) { return ramp.begin <= breaks[k - 1] && ramp.end >= breaks[k]; });
            if (!good.empty())
                addParts(good, breaks[k - 1], breaks[k], most, parts);
        }
        if (parts.empty())
            continue;
        const PieceLine line(network, network.pieces[i]);
        for (const Part& part : parts)
            reached.push_back(
                {line.between(part.begin, part.end), base::Seconds(part.atBegin), base::Seconds(part.atEnd)});
    }
    return reached;
}

} // namespace tocsin::route
