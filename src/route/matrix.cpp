// Travel times from many to many: places are snapped once, then one search a target (or a start, where those are
// fewer), shared out among threads; several at a time over the hierarchy where they are many, else one by one.

#include "route/for_all.hpp"
#include "route/graph.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>
#include <unordered_map>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr unsigned mostThreads = 16;


/// What one target's way is to all the others (or one start's), several targets beside each other.
template <std::size_t lanes>
struct Rows {
    std::vector<std::array<double, lanes>> seconds; ///< by place of the other side
    std::vector<std::array<double, lanes>> metres;
    std::vector<std::array<std::uint8_t, lanes>> rank; ///< of the way found; a lower one is taken before a faster one
};
constexpr std::uint8_t unranked = 255;

} // namespace

/// The places of one side of the table, as the search meets them: by way of the nearest roads (0) or of the main
/// network (1).
struct Doors {
    struct Door {
        std::uint32_t node{0}; ///< as what searches numbers it
        double cost{0};
        double metres{0};
    };
    std::vector<Access> places;
    std::array<std::vector<std::uint32_t>, 2> first; ///< by place, one more than places
    std::array<std::vector<Door>, 2> doors;
};

class MatrixSearch {
  public:
    MatrixSearch(const Graph& graph, std::span<const model::Position> starts, std::span<const model::Position> targets,
                 const MatrixOptions& options)
        : m_graph(graph), m_cancel(options.cancel), m_metres(options.metres),
          m_byTarget(targets.size() <= starts.size()), m_oneAt(m_byTarget ? targets : starts),
          m_manyAt(m_byTarget ? starts : targets) {
        const auto most = static_cast<unsigned>(std::max<std::size_t>(m_oneAt.size(), 1));
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        m_threads = std::clamp(std::min({options.threads, most, cores}), 1U, mostThreads);
        m_matrix.starts = starts.size();
        m_matrix.targets = targets.size();
    }

    base::Result<TimeMatrix> run() {
        m_matrix.seconds.assign(m_oneAt.size() * m_manyAt.size(), TimeMatrix::noWay);
        m_matrix.metres.assign(m_metres ? m_matrix.seconds.size() : 0, TimeMatrix::noWay);
        bool whole = meetRoads();
        if (whole) {
            fillDoors(m_one, m_byTarget);
            fillDoors(m_many, !m_byTarget);
            findTogether();
            const Hierarchy* hierarchy = hierarchyToUse();
            whole = hierarchy != nullptr ? fillBy(*hierarchy) : fillOneByOne();
        }
        if (!whole)
            return base::fail(base::Code::cancelled, "the search for travel times was cancelled");
        return std::move(m_matrix);
    }

  private:
    bool meetRoads() {
        constexpr std::size_t chunk = 32;
        const std::size_t ones = m_oneAt.size();
        m_one.places.resize(ones);
        m_many.places.resize(m_manyAt.size());
        const std::size_t all = ones + m_manyAt.size();
        return forAll((all + chunk - 1) / chunk, m_threads, m_cancel, [&](std::size_t c, unsigned) {
            for (std::size_t i = c * chunk; i < std::min(all, (c + 1) * chunk); ++i) {
                if (i < ones)
                    m_one.places[i] = m_graph.access(m_oneAt[i]);
                else
                    m_many.places[i - ones] = m_graph.access(m_manyAt[i - ones]);
            }
        });
    }

    static const std::vector<Hit>& hits(const Access& access, std::size_t stage) {
        return stage == 0 ? access.nearest : access.mainNetwork;
    }

    void fillDoors(Doors& side, bool arriving) const {
        for (const std::size_t stage : {0U, 1U}) {
            auto& first = side.first[stage];
            auto& doors = side.doors[stage];
            for (const Access& place : side.places) {
                first.push_back(static_cast<std::uint32_t>(doors.size()));
                for (const Hit& hit : hits(place, stage)) {
                    m_graph.forDoors(hit, arriving, [&](std::uint32_t node, double cost, double metres) {
                        // Several roads that end here, and the place at their end: one door.
                        const auto same = std::find_if(doors.begin() + first.back(), doors.end(),
                                                       [&](const Doors::Door& d) { return d.node == node; });
                        if (same == doors.end())
                            doors.push_back({node, cost, metres});
                        else if (cost < same->cost)
                            *same = {node, cost, metres};
                    });
                }
            }
            first.push_back(static_cast<std::uint32_t>(doors.size()));
        }
    }

    /// A place of each side that are one place, or stand on one road.
    struct Together {
        std::uint32_t one{0};
        std::uint32_t many{0};
        double seconds{0};
        double metres{0};
        friend bool operator<(const Together& a, const Together& b) { return a.one < b.one; }
    };

    void findTogether() {
        std::vector<std::uint32_t> byLatitude(m_oneAt.size());
        std::iota(byLatitude.begin(), byLatitude.end(), 0U);
        const auto latitude = [&](std::uint32_t i) { return m_oneAt[i].latitude(); };
        std::sort(byLatitude.begin(), byLatitude.end(),
                  [&](std::uint32_t a, std::uint32_t b) { return latitude(a) < latitude(b); });
        for (std::uint32_t k = 0; k < m_manyAt.size(); ++k) {
            const double here = m_manyAt[k].latitude();
            auto i = std::lower_bound(byLatitude.begin(), byLatitude.end(), here - samePlaceDegrees,
                                      [&](std::uint32_t a, double value) { return latitude(a) < value; });
            for (; i != byLatitude.end() && latitude(*i) <= here + samePlaceDegrees; ++i) {
                if (geo::distance(m_oneAt[*i], m_manyAt[k]).value <= samePlaceMetres)
                    m_same.push_back({*i, k, 0, 0});
            }
        }
        std::sort(m_same.begin(), m_same.end());
        for (const std::size_t stage : {0U, 1U}) {
            std::unordered_map<std::uint32_t, std::vector<std::pair<std::uint32_t, const Hit*>>> onPiece;
            for (std::uint32_t i = 0; i < m_one.places.size(); ++i) {
                for (const Hit& hit : hits(m_one.places[i], stage))
                    onPiece[hit.piece].emplace_back(i, &hit);
            }
            for (const std::size_t other : {0U, 1U}) {
                for (std::uint32_t k = 0; !onPiece.empty() && k < m_many.places.size(); ++k) {
                    for (const Hit& hit : hits(m_many.places[k], other)) {
                        const auto on = onPiece.find(hit.piece);
                        if (on == onPiece.end())
                            continue;
                        for (const auto& [i, own] : on->second)
                            addOnOneRoad(i, *own, k, hit, m_onOneRoad[stage][other]);
                    }
                }
                std::sort(m_onOneRoad[stage][other].begin(), m_onOneRoad[stage][other].end());
            }
        }
    }

    /// Along one and the same road, without touching a junction.
    void addOnOneRoad(std::uint32_t i, const Hit& one, std::uint32_t k, const Hit& other,
                      std::vector<Together>& together) const {
        const Hit& start = m_byTarget ? other : one;
        const Hit& end = m_byTarget ? one : other;
        m_graph.alongOneRoad(start, end, [&](double seconds, double metres) { together.push_back({i, k, seconds, metres}); });
    }

    [[nodiscard]] std::vector<search::Seed> seedsOf(std::size_t i, std::size_t stage) const {
        std::vector<search::Seed> seeds;
        for (std::uint32_t d = m_one.first[stage][i]; d < m_one.first[stage][i + 1]; ++d) {
            const Doors::Door& door = m_one.doors[stage][d];
            seeds.push_back({door.node, door.cost, door.metres});
        }
        return seeds;
    }

    [[nodiscard]] search::Direction direction() const {
        return m_byTarget ? search::Direction::toSeeds : search::Direction::fromSeeds;
    }

    /// Null where searching place by place is faster: for few of them, or if all lie in a corner of a great network.
    [[nodiscard]] const Hierarchy* hierarchyToUse() const {
        // A search settles a node in the time of so many steps of weighing; and what little can be won is not worth while.
        constexpr std::size_t stepsPerNode = 12;
        constexpr std::size_t fewest = 4;
        if (m_oneAt.size() < fewest)
            return nullptr;
        const auto& nodes = m_graph.m_core->network.nodes;
        FixedPoint least{std::numeric_limits<std::int32_t>::max(), std::numeric_limits<std::int32_t>::max()};
        FixedPoint most{std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::min()};
        for (const auto& places : {m_oneAt, m_manyAt}) {
            for (const model::Position& place : places) {
                const FixedPoint p = fixed(place);
                least = {std::min(least.latitude, p.latitude), std::min(least.longitude, p.longitude)};
                most = {std::max(most.latitude, p.latitude), std::max(most.longitude, p.longitude)};
            }
        }
        const auto among = static_cast<std::size_t>(std::count_if(nodes.begin(), nodes.end(), [&](const FixedPoint& p) {
            return p.latitude >= least.latitude && p.latitude <= most.latitude && p.longitude >= least.longitude &&
                   p.longitude <= most.longitude;
        }));
        // Who has but few nodes to settle need not wait for a hierarchy that is not made yet.
        if (among * m_oneAt.size() * stepsPerNode < nodes.size())
            return nullptr;
        const Hierarchy* hierarchy = m_graph.m_times->routes->hierarchy();
        return hierarchy != nullptr && among * m_oneAt.size() * stepsPerNode > hierarchy->steps() ? hierarchy : nullptr;
    }

    bool fillBy(const Hierarchy& hierarchy) {
        const auto* const metres = m_metres ? m_graph.m_times->metres.get() : nullptr;
        std::vector<double> open; // by arc, where something is closed
        if (!m_graph.m_closed.empty()) {
            open = m_graph.m_times->seconds;
            for (const auto& [piece, stretch] : m_graph.m_closed)
                open[arcOf(piece, true)] = open[arcOf(piece, false)] = -1;
        }
        const Hierarchy::Weights weights = hierarchy.weigh(open.empty() ? m_graph.m_times->seconds : open, metres);
        std::vector<std::uint32_t> nodes;
        for (const Doors* side : {&m_one, &m_many}) {
            for (const auto& doors : side->doors) {
                for (const Doors::Door& door : doors)
                    nodes.push_back(door.node);
            }
        }
        const Slice slice(hierarchy, weights, nodes, direction());
        for (auto& doors : m_many.doors) {
            for (Doors::Door& door : doors)
                door.node = slice.place(door.node);
        }
        constexpr std::size_t lanes = Slice::lanes;
        std::vector<Slice::Labels> labels(m_threads);
        std::vector<Rows<lanes>> rows(m_threads);
        return forAll((m_oneAt.size() + lanes - 1) / lanes, m_threads, m_cancel, [&](std::size_t batch, unsigned thread) {
            const std::size_t first = batch * lanes;
            const std::size_t count = std::min(lanes, m_oneAt.size() - first);
            fillRows(first, count, rows[thread], [&](const std::vector<std::vector<search::Seed>>& seeds) {
                slice.sweep(seeds, labels[thread]);
                return std::pair(labels[thread].seconds.data(), labels[thread].metres.data());
            });
        });
    }

    bool fillOneByOne() {
        std::vector<char> isWanted(m_graph.turns().count(), 0);
        std::size_t wanted = 0;
        for (const auto& doors : m_many.doors) {
            for (const Doors::Door& door : doors)
                wanted += std::exchange(isWanted[door.node], char{1}) == 0 ? 1U : 0U;
        }
        std::vector<search::Scratch> scratches(m_threads);
        std::vector<Rows<1>> rows(m_threads);
        return forAll(m_oneAt.size(), m_threads, m_cancel, [&](std::size_t i, unsigned thread) {
            fillRows(i, 1, rows[thread], [&](const std::vector<std::vector<search::Seed>>& seeds) {
                const auto [cost, metres] = m_graph.network().costsTo(
                    seeds.front(), isWanted, wanted, direction(), m_graph.costs(),
                    m_metres ? m_graph.m_times->metres.get() : nullptr, scratches[thread]);
                return std::pair(cost.data(), metres.data());
            });
        });
    }

    /// One row for each of `count` places from the `first` on. `search` is given their seeds and gives the seconds and
    /// the metres by the doors' nodes, `lanes` of each beside each other.
    template <std::size_t lanes, typename Search>
    void fillRows(std::size_t first, std::size_t count, Rows<lanes>& rows, const Search& search) {
        std::array<double, lanes> far;
        far.fill(infinite);
        std::array<std::uint8_t, lanes> unfound;
        unfound.fill(unranked);
        rows.seconds.assign(m_manyAt.size(), far);
        rows.metres.resize(m_metres ? m_manyAt.size() : 0);
        rows.rank.assign(m_manyAt.size(), unfound);
        std::vector<std::vector<search::Seed>> seeds(count);
        for (const std::uint8_t stage : {std::uint8_t{0}, std::uint8_t{1}}) {
            // RoadGraph::timesTo() goes by the target's nearest roads first, and there by the start's nearest first.
            const auto rankOf = [&](std::uint8_t other) {
                return static_cast<std::uint8_t>(m_byTarget ? 2 * stage + other : 2 * other + stage);
            };
            bool isAsked = false;
            for (std::size_t lane = 0; lane < count; ++lane) {
                seeds[lane].clear();
                if (hits(m_one.places[first + lane], stage).empty() ||
                    std::all_of(rows.rank.begin(), rows.rank.end(), [&](const auto& r) { return r[lane] <= rankOf(0); }))
                    continue;
                seeds[lane] = seedsOf(first + lane, stage);
                isAsked = true;
            }
            if (!isAsked)
                continue;
            const auto [seconds, metres] = search(seeds);
            for (const std::uint8_t other : {std::uint8_t{0}, std::uint8_t{1}}) {
                takeWays<lanes>(other, rankOf(other), seconds, metres, rows);
                forTogether(m_onOneRoad[stage][other], first, count, [&](const Together& way, std::size_t lane) {
                    std::uint8_t& rank = rows.rank[way.many][lane];
                    double& best = rows.seconds[way.many][lane];
                    if (rank < rankOf(other) || (rank == rankOf(other) && best <= way.seconds))
                        return;
                    rank = rankOf(other);
                    best = way.seconds;
                    if (m_metres)
                        rows.metres[way.many][lane] = way.metres;
                });
            }
        }
        forTogether(m_same, first, count, [&](const Together& place, std::size_t lane) {
            rows.seconds[place.many][lane] = 0;
            rows.rank[place.many][lane] = 0;
            if (m_metres)
                rows.metres[place.many][lane] = 0;
        });
        for (std::size_t k = 0; k < m_manyAt.size(); ++k) {
            for (std::size_t lane = 0; lane < count; ++lane)
                put(first + lane, k, rows.rank[k][lane] != unranked, rows.seconds[k][lane],
                    m_metres ? rows.metres[k][lane] : 0);
        }
    }

    /// What the search found, by the doors of each place, where nothing of a lower rank is known.
    template <std::size_t lanes>
    void takeWays(std::size_t other, std::uint8_t rank, const double* seconds, const double* metres, Rows<lanes>& rows) const {
        const auto& first = m_many.first[other];
        const auto& doors = m_many.doors[other];
        for (std::size_t k = 0; !doors.empty() && k < m_manyAt.size(); ++k) {
            std::array<double, lanes> best;
            best.fill(infinite);
            std::array<double, lanes> length{};
            for (std::uint32_t d = first[k]; d < first[k + 1]; ++d) {
                const Doors::Door& door = doors[d];
                const double* const there = seconds + door.node * lanes;
                if (m_metres) {
                    const double* const way = metres + door.node * lanes;
                    for (std::size_t lane = 0; lane < lanes; ++lane)
                        length[lane] = door.cost + there[lane] < best[lane] ? door.metres + way[lane] : length[lane];
                }
                for (std::size_t lane = 0; lane < lanes; ++lane)
                    best[lane] = std::min(best[lane], door.cost + there[lane]);
            }
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                if (!(best[lane] < infinite) || rows.rank[k][lane] <= rank)
                    continue;
                rows.rank[k][lane] = rank;
                rows.seconds[k][lane] = best[lane];
                if (m_metres)
                    rows.metres[k][lane] = length[lane];
            }
        }
    }

    /// Those of a list, sorted by the one side, that belong to `count` rows from the `first` on.
    template <typename Visit>
    static void forTogether(const std::vector<Together>& list, std::size_t first, std::size_t count, const Visit& visit) {
        auto at = std::lower_bound(list.begin(), list.end(), first,
                                   [](const Together& t, std::size_t value) { return t.one < value; });
        for (; at != list.end() && at->one < first + count; ++at)
            visit(*at, at->one - first);
    }

    void put(std::size_t i, std::size_t k, bool isFound, double seconds, double metres) {
        const ArcTimes& times = *m_graph.m_times;
        if (!isFound && times.straightOffRoad) {
            const double straight = geo::distance(m_oneAt[i], m_manyAt[k]).value;
            if (straight <= times.offRoadMost) {
                seconds = m_graph.walkSeconds(straight);
                metres = straight;
                isFound = true;
            }
        }
        if (!isFound)
            return; // as it stands there
        const std::size_t cell = m_byTarget ? k * m_matrix.targets + i : i * m_matrix.targets + k;
        m_matrix.seconds[cell] = seconds;
        if (m_metres)
            m_matrix.metres[cell] = metres;
    }

    const Graph& m_graph;
    std::stop_token m_cancel;
    bool m_metres;
    bool m_byTarget; ///< one search a target, else one a start
    std::span<const model::Position> m_oneAt;  ///< the side that is searched from: that of fewer places
    std::span<const model::Position> m_manyAt; ///< the other
    unsigned m_threads{1};
    Doors m_one;
    Doors m_many;
    std::vector<Together> m_same;
    std::array<std::array<std::vector<Together>, 2>, 2> m_onOneRoad; ///< by way of whose roads: the one's, the other's
    TimeMatrix m_matrix;
};

base::Result<TimeMatrix> Graph::timesBetween(std::span<const model::Position> starts,
                                             std::span<const model::Position> targets,
                                             const MatrixOptions& options) const {
    return MatrixSearch(*this, starts, targets, options).run();
}

} // namespace tocsin::route
