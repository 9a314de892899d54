#include "tocsin/route/road_graph.hpp"

#include "route/lemon/search.hpp"
#include "route/network.hpp"
#include "route/snapper.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tocsin::route {
namespace {

constexpr double walkMetresPerSecond = 4.0 / 3.6;
constexpr double samePlaceMetres = 0.5;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// Where a place meets the roads: at the nearest ones, and, if those are not of the main network, at that too.
struct Access {
    std::vector<Hit> nearest;
    std::vector<Hit> mainNetwork; ///< empty where `nearest` is of it
};

/// A part of a piece, driven from one fraction to another; backwards where `from` is the greater.
struct Leg {
    std::uint32_t piece{0};
    double from{0};
    double to{1};
    bool forward{true};
};

/// A way as the search found it.
struct Trip {
    double seconds{0}; ///< with the walks
    double walkBefore{0};
    double walkAfter{0};
    std::vector<Leg> legs;
};

double walkSeconds(double metres) {
    return metres / walkMetresPerSecond;
}

class Graph final : public RoadGraph {
  public:
    explicit Graph(RoadNetwork network);

    [[nodiscard]] std::size_t nodeCount() const override { return m_network.nodes.size(); }
    [[nodiscard]] std::size_t arcCount() const override { return m_arcs; }
    [[nodiscard]] std::vector<std::optional<Reach>> timesTo(model::Position target,
                                                            std::span<const model::Position> starts) const override;
    [[nodiscard]] std::vector<std::optional<Way>> waysTo(model::Position target,
                                                         std::span<const model::Position> starts) const override;
    [[nodiscard]] std::optional<model::RouteLine> route(model::Position from, model::Position to) const override;
    [[nodiscard]] std::vector<std::string> roadNames(model::Position from, model::Position to) const override;

  private:
    [[nodiscard]] search::Network makeSearch();
    void findMainNetwork();
    [[nodiscard]] Access access(model::Position place) const;
    [[nodiscard]] double cost(const Leg& leg) const;
    [[nodiscard]] double metres(const Leg& leg) const;
    /// The best trip from each start to the target hits; absent where no way leads.
    [[nodiscard]] std::vector<std::optional<Trip>> tripsTo(const std::vector<Hit>& target,
                                                           const std::vector<const std::vector<Hit>*>& starts) const;
    [[nodiscard]] std::vector<std::optional<Trip>> plan(model::Position target,
                                                        std::span<const model::Position> starts) const;
    [[nodiscard]] model::RouteLine lineOf(const Trip& trip, model::Position from, model::Position to) const;
    [[nodiscard]] std::vector<std::pair<std::string, base::Metres>> roadsOf(const Trip& trip) const;

    RoadNetwork m_network;
    Snapper m_snapper;
    std::size_t m_arcs{0};
    search::Network m_search;   // arc ids: twice the piece, plus one for its backward direction
    std::vector<char> m_inMain; // by piece: both ends belong to the greatest strongly connected part
};

Graph::Graph(RoadNetwork network) : m_network(std::move(network)), m_snapper(m_network), m_search(makeSearch()) {
    findMainNetwork();
}

search::Network Graph::makeSearch() {
    std::vector<search::Arc> arcs;
    arcs.reserve(m_network.pieces.size() * 2);
    for (std::uint32_t i = 0; i < m_network.pieces.size(); ++i) {
        const Piece& piece = m_network.pieces[i];
        if (piece.forward >= 0)
            arcs.push_back({piece.from, piece.to, piece.forward, 2 * i});
        if (piece.backward >= 0)
            arcs.push_back({piece.to, piece.from, piece.backward, 2 * i + 1});
    }
    m_arcs = arcs.size();
    return {m_network.nodes.size(), arcs};
}

void Graph::findMainNetwork() {
    const std::vector<std::uint32_t> component = m_search.components();
    std::vector<std::size_t> size(component.size(), 0);
    for (const Piece& piece : m_network.pieces) {
        if (component[piece.from] == component[piece.to])
            ++size[component[piece.from]];
    }
    if (size.empty())
        return;
    const auto main = static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
    m_inMain.reserve(m_network.pieces.size());
    for (const Piece& piece : m_network.pieces)
        m_inMain.push_back(component[piece.from] == main && component[piece.to] == main ? char{1} : char{0});
}

Access Graph::access(model::Position place) const {
    Access result{m_snapper.nearest(place), {}};
    const auto isMain = [&](const Hit& hit) { return m_inMain[hit.piece] != 0; };
    if (!result.nearest.empty() && std::none_of(result.nearest.begin(), result.nearest.end(), isMain))
        result.mainNetwork = m_snapper.nearest(place, m_inMain);
    return result;
}

double Graph::cost(const Leg& leg) const {
    const Piece& piece = m_network.pieces[leg.piece];
    return std::abs(leg.to - leg.from) * (leg.forward ? piece.forward : piece.backward);
}

double Graph::metres(const Leg& leg) const {
    return std::abs(leg.to - leg.from) * m_network.pieces[leg.piece].length;
}

std::vector<std::optional<Trip>> Graph::tripsTo(const std::vector<Hit>& target,
                                                const std::vector<const std::vector<Hit>*>& starts) const {
    std::vector<std::optional<Trip>> trips(starts.size());
    // The last leg of each way, by which the target's road is entered.
    struct Arrival {
        std::uint32_t node{0};
        Leg leg;
        double cost{0};
        double walk{0};
    };
    std::vector<Arrival> arrivals;
    std::vector<search::Seed> seeds;
    for (const Hit& hit : target) {
        const Piece& piece = m_network.pieces[hit.piece];
        const auto add = [&](std::uint32_t node, Leg leg) {
            arrivals.push_back({node, leg, cost(leg) + walkSeconds(hit.metres), hit.metres});
            seeds.push_back({node, arrivals.back().cost});
        };
        if (piece.forward >= 0)
            add(piece.from, {hit.piece, 0, hit.fraction, true});
        if (piece.backward >= 0)
            add(piece.to, {hit.piece, 1, hit.fraction, false});
    }
    std::vector<std::uint32_t> wanted;
    for (const std::vector<Hit>* start : starts) {
        for (const Hit& hit : *start) {
            const Piece& piece = m_network.pieces[hit.piece];
            if (piece.forward >= 0)
                wanted.push_back(piece.to);
            if (piece.backward >= 0)
                wanted.push_back(piece.from);
        }
    }
    if (seeds.empty() || wanted.empty())
        return trips;
    const search::Tree tree = m_search.searchTo(seeds, wanted);

    const auto follow = [&](std::uint32_t node, Trip& trip) {
        while (tree.nextArc[node] != search::noArc) {
            const std::uint32_t arc = tree.nextArc[node];
            const Piece& piece = m_network.pieces[arc / 2];
            const bool forward = arc % 2 == 0;
            trip.legs.push_back({arc / 2, forward ? 0.0 : 1.0, forward ? 1.0 : 0.0, forward});
            node = forward ? piece.to : piece.from;
        }
        const auto arrival = std::find_if(arrivals.begin(), arrivals.end(), [&](const Arrival& a) {
            return a.node == node && a.cost <= tree.cost[node];
        });
        trip.legs.push_back(arrival->leg);
        trip.walkAfter = arrival->walk;
    };
    for (std::size_t i = 0; i < starts.size(); ++i) {
        double best = infinite;
        Trip trip;
        for (const Hit& hit : *starts[i]) {
            const Piece& piece = m_network.pieces[hit.piece];
            const double walk = walkSeconds(hit.metres);
            const auto tryThrough = [&](const Leg& leg, std::uint32_t node) {
                const double total = walk + cost(leg) + tree.cost[node];
                if (total < best) {
                    best = total;
                    trip = {total, hit.metres, 0, {leg}};
                    follow(node, trip);
                }
            };
            if (piece.forward >= 0)
                tryThrough({hit.piece, hit.fraction, 1, true}, piece.to);
            if (piece.backward >= 0)
                tryThrough({hit.piece, hit.fraction, 0, false}, piece.from);
            for (const Hit& end : target) { // along one and the same road, without touching a junction
                if (end.piece != hit.piece)
                    continue;
                const bool forward = end.fraction > hit.fraction || piece.backward < 0;
                if (forward ? piece.forward < 0 || end.fraction < hit.fraction : piece.backward < 0)
                    continue;
                const Leg leg{hit.piece, hit.fraction, end.fraction, forward};
                const double total = walk + cost(leg) + walkSeconds(end.metres);
                if (total < best) {
                    best = total;
                    trip = {total, hit.metres, end.metres, {leg}};
                }
            }
        }
        if (best < infinite)
            trips[i] = std::move(trip);
    }
    return trips;
}

std::vector<std::optional<Trip>> Graph::plan(model::Position target, std::span<const model::Position> starts) const {
    std::vector<std::optional<Trip>> trips(starts.size());
    std::vector<Access> places;
    places.reserve(starts.size());
    std::vector<char> done(starts.size(), 0);
    for (std::size_t i = 0; i < starts.size(); ++i) {
        if (geo::distance(starts[i], target).value <= samePlaceMetres) {
            trips[i] = Trip{};
            done[i] = 1;
        }
        places.push_back(done[i] != 0 ? Access{} : access(starts[i]));
    }
    // First from road to road as they lie; then what is cut off by way of the main network.
    const Access end = access(target);
    for (const std::vector<Hit>* to : {&end.nearest, &end.mainNetwork}) {
        for (const bool byMain : {false, true}) {
            std::vector<std::size_t> which;
            std::vector<const std::vector<Hit>*> from;
            for (std::size_t i = 0; i < starts.size(); ++i) {
                const std::vector<Hit>& hits = byMain ? places[i].mainNetwork : places[i].nearest;
                if (done[i] == 0 && !hits.empty()) {
                    which.push_back(i);
                    from.push_back(&hits);
                }
            }
            if (to->empty() || from.empty())
                continue;
            std::vector<std::optional<Trip>> found = tripsTo(*to, from);
            for (std::size_t k = 0; k < which.size(); ++k) {
                if (found[k]) {
                    trips[which[k]] = std::move(found[k]);
                    done[which[k]] = 1;
                }
            }
        }
    }
    return trips;
}

model::RouteLine Graph::lineOf(const Trip& trip, model::Position from, model::Position to) const {
    model::RouteLine line;
    double at = 0;
    const auto add = [&](model::Position p) {
        if (!line.points.empty() && fixed(line.points.back()) == fixed(p)) {
            if (line.points.size() > 1)
                line.secondsAt.back() = at;
            return;
        }
        line.points.push_back(p);
        line.secondsAt.push_back(at);
    };
    add(from);
    at += walkSeconds(trip.walkBefore);
    line.length = base::Metres(trip.walkBefore + trip.walkAfter);
    for (const Leg& leg : trip.legs) {
        const Piece& piece = m_network.pieces[leg.piece];
        const auto point = [&](std::uint32_t k) { return position(m_network.points[piece.firstPoint + k]); };
        std::vector<double> fractions(piece.pointCount, 0);
        for (std::uint32_t k = 1; k < piece.pointCount; ++k)
            fractions[k] = fractions[k - 1] + geo::distance(point(k - 1), point(k)).value;
        const double whole = fractions.back();
        for (double& f : fractions)
            f = whole > 0 ? f / whole : 0;
        const auto pointAt = [&](double fraction) {
            const auto upper = std::upper_bound(fractions.begin() + 1, fractions.end() - 1, fraction);
            const auto k = static_cast<std::uint32_t>(upper - fractions.begin());
            const double span = fractions[k] - fractions[k - 1];
            const double f = span > 0 ? std::clamp((fraction - fractions[k - 1]) / span, 0.0, 1.0) : 0;
            const model::Position a = point(k - 1);
            const model::Position b = point(k);
            return model::Position::trusted(a.latitude() + (b.latitude() - a.latitude()) * f,
                                            a.longitude() + (b.longitude() - a.longitude()) * f);
        };
        const double start = at;
        const double perFraction = leg.forward ? piece.forward : piece.backward;
        add(pointAt(leg.from));
        for (std::uint32_t n = 0; n < piece.pointCount; ++n) {
            const std::uint32_t k = leg.forward ? n : piece.pointCount - 1 - n;
            if (fractions[k] > std::min(leg.from, leg.to) && fractions[k] < std::max(leg.from, leg.to)) {
                at = start + std::abs(fractions[k] - leg.from) * perFraction;
                add(point(k));
            }
        }
        at = start + cost(leg);
        add(pointAt(leg.to));
        line.length += base::Metres(metres(leg));
    }
    at += walkSeconds(trip.walkAfter);
    add(to);
    line.duration = base::Seconds(line.secondsAt.back());
    return line;
}

std::vector<std::pair<std::string, base::Metres>> Graph::roadsOf(const Trip& trip) const {
    std::vector<std::pair<std::string, base::Metres>> roads;
    for (const Leg& leg : trip.legs) {
        const std::string& name = m_network.names[m_network.pieces[leg.piece].name];
        const double length = metres(leg);
        if (name.empty() || length <= 0)
            continue;
        const auto known = std::find_if(roads.begin(), roads.end(), [&](const auto& r) { return r.first == name; });
        if (known != roads.end())
            known->second += base::Metres(length);
        else
            roads.emplace_back(name, length);
    }
    return roads;
}

std::vector<std::optional<Reach>> Graph::timesTo(model::Position target,
                                                 std::span<const model::Position> starts) const {
    std::vector<std::optional<Reach>> times(starts.size());
    const std::vector<std::optional<Trip>> trips = plan(target, starts);
    for (std::size_t i = 0; i < trips.size(); ++i) {
        if (!trips[i])
            continue;
        double length = trips[i]->walkBefore + trips[i]->walkAfter;
        for (const Leg& leg : trips[i]->legs)
            length += metres(leg);
        times[i] = Reach{base::Seconds(trips[i]->seconds), base::Metres(length)};
    }
    return times;
}

std::vector<std::optional<Way>> Graph::waysTo(model::Position target, std::span<const model::Position> starts) const {
    std::vector<std::optional<Way>> ways(starts.size());
    const std::vector<std::optional<Trip>> trips = plan(target, starts);
    for (std::size_t i = 0; i < trips.size(); ++i) {
        if (trips[i])
            ways[i] = Way{lineOf(*trips[i], starts[i], target), roadsOf(*trips[i])};
    }
    return ways;
}

std::optional<model::RouteLine> Graph::route(model::Position from, model::Position to) const {
    auto way = waysTo(to, std::span(&from, 1)).front();
    return way ? std::optional(std::move(way->line)) : std::nullopt;
}

std::vector<std::string> Graph::roadNames(model::Position from, model::Position to) const {
    std::vector<std::string> names;
    const auto way = waysTo(to, std::span(&from, 1)).front();
    if (way) {
        for (const auto& road : way->roads)
            names.push_back(road.first);
    }
    return names;
}

} // namespace

std::vector<ReachedRoad> RoadGraph::reachAround(std::span<const model::Position>, ReachDirection, base::Seconds) const {
    return {};
}

std::shared_ptr<const RoadGraph> RoadGraph::without(std::span<const model::Line>) const {
    return shared_from_this();
}

std::vector<std::optional<Way>> RoadGraph::waysTo(model::Position target,
                                                  std::span<const model::Position> starts) const {
    std::vector<std::optional<Way>> ways(starts.size());
    for (std::size_t i = 0; i < starts.size(); ++i) {
        auto line = route(starts[i], target);
        if (!line)
            continue;
        ways[i] = Way{std::move(*line), {}};
        for (std::string& name : roadNames(starts[i], target))
            ways[i]->roads.emplace_back(std::move(name), base::Metres(0));
    }
    return ways;
}

base::Result<std::shared_ptr<const RoadGraph>> RoadGraph::build(GraphRecord record) {
    auto network = makeNetwork(record);
    if (!network)
        return tl::unexpected(network.error());
    return std::make_shared<const Graph>(std::move(*network));
}

base::Result<std::shared_ptr<const RoadGraph>> RoadGraph::load(const std::filesystem::path& mapFile) {
    auto network = readNetwork(mapFile);
    if (!network)
        return tl::unexpected(network.error());
    return std::make_shared<const Graph>(std::move(*network));
}

base::Result<void> RoadGraph::save(const GraphRecord& record, const std::filesystem::path& mapFile) {
    auto network = makeNetwork(record);
    if (!network)
        return tl::unexpected(network.error());
    return writeNetwork(*network, mapFile);
}

} // namespace tocsin::route
