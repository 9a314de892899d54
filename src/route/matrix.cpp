// Travel times from many to many: places are snapped once, then one search a target (or a start, where those are
// fewer), shared out among threads.

#include "route/graph.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr unsigned mostThreads = 16;

/// Calls `work(index, thread)` for each index on up to `threads` threads, this one among them; false if it was told to
/// stop. An exception goes to the caller once all have ended.
template <typename Work>
bool forAll(std::size_t count, unsigned threads, const std::stop_token& cancel, const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::exception_ptr fault;
    std::mutex faultMutex;
    const auto run = [&](unsigned thread) {
        try {
            for (std::size_t i = next++; i < count; i = next++) {
                if (cancel.stop_requested() || stopped) {
                    stopped = true;
                    return;
                }
                work(i, thread);
            }
        } catch (...) {
            const std::scoped_lock lock(faultMutex);
            fault = std::current_exception();
            stopped = true;
        }
    };
    {
        std::vector<std::jthread> others;
        for (unsigned thread = 1; thread < threads; ++thread)
            others.emplace_back(run, thread);
        run(0);
    }
    if (fault)
        std::rethrow_exception(fault);
    return !stopped;
}

struct Found {
    double seconds{infinite};
    double metres{infinite};
};

bool mayBeSame(model::Position a, model::Position b) {
    constexpr double near = 1e-5; // degrees: twice samePlaceMetres
    return std::abs(a.latitude() - b.latitude()) < near && geo::distance(a, b).value <= samePlaceMetres;
}

} // namespace

/// The places of one side of the table, as the search meets them: by way of the nearest roads (0) or of the main
/// network (1).
struct Doors {
    struct Door {
        std::uint32_t node{0};
        double cost{0};
        double metres{0};
    };
    std::vector<Access> places;
    std::array<std::vector<std::uint32_t>, 2> first; ///< by place, one more than places
    std::array<std::vector<Door>, 2> doors;
    std::vector<char> isWanted; ///< by node
    std::size_t wanted{0};
};

class MatrixSearch {
  public:
    MatrixSearch(const Graph& graph, std::span<const model::Position> starts, std::span<const model::Position> targets,
                 const MatrixOptions& options)
        : m_graph(graph), m_starts(starts), m_targets(targets), m_cancel(options.cancel), m_metres(options.metres),
          m_byTarget(targets.size() <= starts.size()) {
        const auto most = static_cast<unsigned>(std::max<std::size_t>(std::min(starts.size(), targets.size()), 1));
        const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
        m_threads = std::clamp(std::min({options.threads, most, cores}), 1U, mostThreads);
    }

    base::Result<TimeMatrix> run() {
        TimeMatrix matrix{m_starts.size(), m_targets.size(), {}, {}};
        matrix.seconds.assign(m_starts.size() * m_targets.size(), TimeMatrix::noWay);
        matrix.metres.assign(m_metres ? matrix.seconds.size() : 0, TimeMatrix::noWay);
        const auto one = m_byTarget ? m_targets : m_starts;
        const auto many = m_byTarget ? m_starts : m_targets;
        bool whole = meet(one, m_one) && meet(many, m_many);
        if (whole) {
            fillDoors();
            std::vector<search::Scratch> scratches(m_threads);
            whole = forAll(one.size(), m_threads, m_cancel, [&](std::size_t i, unsigned thread) {
                fillFor(i, matrix, scratches[thread]);
            });
        }
        if (!whole)
            return base::fail(base::Code::cancelled, "the search for travel times was cancelled");
        return matrix;
    }

  private:
    bool meet(std::span<const model::Position> places, Doors& doors) {
        constexpr std::size_t chunk = 32;
        doors.places.resize(places.size());
        return forAll((places.size() + chunk - 1) / chunk, m_threads, m_cancel, [&](std::size_t c, unsigned) {
            for (std::size_t i = c * chunk; i < std::min(places.size(), (c + 1) * chunk); ++i)
                doors.places[i] = m_graph.access(places[i]);
        });
    }

    static const std::vector<Hit>& hits(const Access& access, std::size_t stage) {
        return stage == 0 ? access.nearest : access.mainNetwork;
    }

    /// The nodes by which one comes from a place into the network, or (`arriving`) from the network to it, with the
    /// seconds that takes.
    template <typename Visit>
    void forDoors(const Hit& hit, bool arriving, const Visit& visit) const {
        const double walk = m_graph.walkSeconds(hit.metres);
        for (const bool forward : {true, false}) {
            const ArcId arc = arcOf(hit.piece, forward);
            const double whole = m_graph.seconds(arc);
            const double end = forward == arriving ? 0 : 1;
            if (whole < 0 || !m_graph.isOpen(hit.piece, hit.fraction, end))
                continue;
            const double part = std::abs(hit.fraction - end);
            const double cost = walk + part * whole;
            const double metres = hit.metres + part * m_graph.m_core->network.pieces[hit.piece].length;
            if (arriving)
                m_graph.turns().forStarts(arc, [&](std::uint32_t node) { visit(node, cost, metres); });
            else
                visit(m_graph.turns().endOf(arc), cost, metres);
        }
    }

    void fillDoors() {
        m_many.isWanted.assign(m_graph.turns().count(), 0);
        for (const std::size_t stage : {0U, 1U}) {
            auto& first = m_many.first[stage];
            auto& doors = m_many.doors[stage];
            for (const Access& place : m_many.places) {
                first.push_back(static_cast<std::uint32_t>(doors.size()));
                for (const Hit& hit : hits(place, stage)) {
                    forDoors(hit, !m_byTarget, [&](std::uint32_t node, double cost, double metres) {
                        doors.push_back({node, cost, metres});
                        m_many.wanted += std::exchange(m_many.isWanted[node], char{1}) == 0 ? 1U : 0U;
                    });
                }
            }
            first.push_back(static_cast<std::uint32_t>(doors.size()));
        }
    }

    /// Along one and the same road, without touching a junction.
    [[nodiscard]] Found onOneRoad(const std::vector<Hit>& one, const std::vector<Hit>& other) const {
        Found best;
        const auto& from = m_byTarget ? other : one;
        const auto& to = m_byTarget ? one : other;
        for (const Hit& start : from) {
            for (const Hit& end : to) {
                if (start.piece != end.piece || !m_graph.isOpen(start.piece, start.fraction, end.fraction))
                    continue;
                const double walks = m_graph.walkSeconds(start.metres + end.metres);
                const double part = std::abs(start.fraction - end.fraction);
                for (const bool forward : {true, false}) {
                    const double whole = m_graph.seconds(arcOf(start.piece, forward));
                    if (whole >= 0 && (forward ? end.fraction >= start.fraction : end.fraction <= start.fraction) &&
                        walks + part * whole < best.seconds)
                        best = {walks + part * whole, start.metres + end.metres +
                                                          part * m_graph.m_core->network.pieces[start.piece].length};
                }
            }
        }
        return best;
    }

    void fillFor(std::size_t i, TimeMatrix& matrix, search::Scratch& scratch) const {
        const model::Position here = m_byTarget ? m_targets[i] : m_starts[i];
        const auto many = m_byTarget ? m_starts : m_targets;
        std::vector<Found> found(many.size());
        std::vector<std::uint8_t> rank(many.size(), 255); // of the way found; a lower one is taken before a faster one
        std::vector<search::Seed> seeds;
        for (const std::uint8_t stage : {std::uint8_t{0}, std::uint8_t{1}}) {
            const std::vector<Hit>& ours = hits(m_one.places[i], stage);
            if (ours.empty())
                continue;
            // RoadGraph::timesTo() goes by the target's nearest roads first, and there by the start's nearest first.
            const auto rankOf = [&](std::uint8_t other) {
                return static_cast<std::uint8_t>(m_byTarget ? 2 * stage + other : 2 * other + stage);
            };
            if (std::all_of(rank.begin(), rank.end(), [&](std::uint8_t r) { return r <= rankOf(0); }))
                continue;
            seeds.clear();
            for (const Hit& hit : ours)
                forDoors(hit, m_byTarget, [&](std::uint32_t node, double cost, double metres) {
                    seeds.push_back({node, cost, metres});
                });
            const auto [cost, metres] = m_graph.network().costsTo(
                seeds, m_many.isWanted, m_many.wanted,
                m_byTarget ? search::Direction::toSeeds : search::Direction::fromSeeds, m_graph.costs(),
                m_metres ? m_graph.m_times->metres.get() : nullptr, scratch);
            for (const std::uint8_t other : {std::uint8_t{0}, std::uint8_t{1}}) {
                const auto& first = m_many.first[other];
                const auto& doors = m_many.doors[other];
                for (std::size_t k = 0; k < many.size(); ++k) {
                    if (rank[k] <= rankOf(other))
                        continue;
                    Found best = onOneRoad(ours, hits(m_many.places[k], other));
                    for (std::uint32_t d = first[k]; d < first[k + 1]; ++d) {
                        const double seconds = doors[d].cost + cost[doors[d].node];
                        if (seconds < best.seconds)
                            best = {seconds, m_metres ? doors[d].metres + metres[doors[d].node] : 0};
                    }
                    if (best.seconds < infinite) {
                        found[k] = best;
                        rank[k] = rankOf(other);
                    }
                }
            }
        }
        for (std::size_t k = 0; k < many.size(); ++k) {
            if (mayBeSame(here, many[k]))
                found[k] = {0, 0};
            else if (rank[k] == 255 && m_graph.m_times->straightOffRoad) {
                const double metres = geo::distance(here, many[k]).value;
                if (metres <= m_graph.m_times->offRoadMost)
                    found[k] = {m_graph.walkSeconds(metres), metres};
            }
            const std::size_t cell = m_byTarget ? k * matrix.targets + i : i * matrix.targets + k;
            matrix.seconds[cell] = found[k].seconds;
            if (m_metres)
                matrix.metres[cell] = found[k].metres;
        }
    }

    const Graph& m_graph;
    std::span<const model::Position> m_starts;
    std::span<const model::Position> m_targets;
    std::stop_token m_cancel;
    bool m_metres;
    bool m_byTarget; ///< one search a target, else one a start
    unsigned m_threads{1};
    Doors m_one;  ///< of the side that is searched from
    Doors m_many; ///< of the other
};

base::Result<TimeMatrix> Graph::timesBetween(std::span<const model::Position> starts,
                                             std::span<const model::Position> targets,
                                             const MatrixOptions& options) const {
    return MatrixSearch(*this, starts, targets, options).run();
}

} // namespace tocsin::route
