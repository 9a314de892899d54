// Who is near: places are met with the roads once, then one search a target, no farther than is asked.

#include "route/for_all.hpp"
#include "route/graph.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

namespace tocsin::route {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::size_t chunk = 32;    ///< places met with the roads at a time

/// What is known by a key, and of which start.
struct Entry {
    std::uint32_t key{0};
    std::uint32_t start{0};
    double cost{0};
    const Hit* hit{nullptr};
};
class Index {
  public:
    void fill(const std::vector<Entry>& entries, std::size_t keys) {
        m_first.assign(keys + 1, 0);
        for (const Entry& entry : entries)
            ++m_first[entry.key + 1];
        std::partial_sum(m_first.begin(), m_first.end(), m_first.begin());
        std::vector<std::uint32_t> next(m_first.begin(), m_first.end() - 1);
        m_entries.resize(entries.size());
        for (const Entry& entry : entries)
            m_entries[next[entry.key]++] = entry;
    }
    [[nodiscard]] std::span<const Entry> of(std::uint32_t key) const {
        return std::span(m_entries).subspan(m_first[key], m_first[key + 1] - m_first[key]);
    }

  private:
    std::vector<std::uint32_t> m_first;
    std::vector<Entry> m_entries;
};

} // namespace

/// Of a place at a road that is cut off from the others, a slow way by its own road stands above a fast one by the main
/// network: no search that ends early may judge it. It is asked of the table of all, once.
class NearSearch final : public NearTimes {
  public:
    NearSearch(std::shared_ptr<const Graph> graph, std::vector<model::Position> starts,
               std::vector<model::Position> targets)
        : m_graph(std::move(graph)), m_starts(std::move(starts)), m_targets(std::move(targets)) {}

    base::Result<std::vector<std::vector<Near>>> within(std::span<const Wanted> wanted,
                                                        const MatrixOptions& options) override {
        const MatrixOptions own{std::clamp(options.threads, 1U, std::max(1U, std::thread::hardware_concurrency())), false,
                                options.cancel};
        if (!m_isMet && !meet(own))
            return cancelled();
        if (auto known = askOfAll(wanted, own); !known)
            return tl::unexpected(known.error());
        std::vector<std::vector<Near>> near(wanted.size());
        m_searches.resize(own.threads);
        const bool done = forAll(wanted.size(), own.threads, own.cancel, [&](std::size_t i, unsigned thread) {
            near[i] = nearTo(wanted[i], m_searches[thread]);
        });
        if (!done)
            return cancelled();
        return near;
    }

  private:
    struct Search {
        search::Scratch scratch;
        std::vector<search::Seed> seeds;
        std::vector<search::Network::Near> nodes;
        std::vector<double> best; ///< by start, infinite between two searches
    };

    static tl::unexpected<base::Error> cancelled() {
        return base::fail(base::Code::cancelled, "the search for travel times was cancelled");
    }
    static bool isCutOff(const Access& place) { return !place.mainNetwork.empty(); }

    bool meet(const MatrixOptions& options) {
        const std::size_t starts = m_starts.size();
        const std::size_t all = starts + m_targets.size();
        m_startAt.resize(starts);
        m_targetAt.resize(m_targets.size());
        const bool done = forAll((all + chunk - 1) / chunk, options.threads, options.cancel, [&](std::size_t c, unsigned) {
            for (std::size_t i = c * chunk; i < std::min(all, (c + 1) * chunk); ++i) {
                if (i < starts)
                    m_startAt[i] = m_graph->access(m_starts[i]);
                else
                    m_targetAt[i - starts] = m_graph->access(m_targets[i - starts]);
            }
        });
        if (!done)
            return false;
        std::vector<Entry> byNode;
        std::vector<Entry> byPiece;
        for (std::uint32_t s = 0; s < starts; ++s) {
            m_byLatitude.emplace_back(m_starts[s].latitude(), s);
            if (isCutOff(m_startAt[s])) {
                m_cutOff.push_back(s);
                continue;
            }
            for (const Hit& hit : m_startAt[s].nearest) {
                byPiece.push_back({hit.piece, s, 0, &hit});
                m_graph->forDoors(hit, false, [&](std::uint32_t node, double cost, double) {
                    byNode.push_back({node, s, cost, &hit});
                });
            }
        }
        std::sort(m_byLatitude.begin(), m_byLatitude.end());
        m_byNode.fill(byNode, m_graph->turns().count());
        m_byPiece.fill(byPiece, m_graph->m_core->network.pieces.size());
        m_whole.resize(m_targets.size());
        m_isMet = true;
        return true;
    }

    /// What only the table of all knows: of starts that are cut off the times to every target, once; and of the wanted targets
    /// that are, those from every start.
    base::Result<void> askOfAll(std::span<const Wanted> wanted, const MatrixOptions& options) {
        if (!m_cutOff.empty() && m_ofCutOff.seconds.empty()) {
            std::vector<model::Position> from;
            for (const std::uint32_t start : m_cutOff)
                from.push_back(m_starts[start]);
            auto table = m_graph->timesBetween(from, m_targets, options);
            if (!table)
                return tl::unexpected(table.error());
            m_ofCutOff = std::move(*table);
        }
        std::vector<std::uint32_t> asked;
        std::vector<model::Position> to;
        for (const Wanted& one : wanted) {
            if (!isCutOff(m_targetAt[one.target]) || m_whole[one.target] ||
                std::find(asked.begin(), asked.end(), one.target) != asked.end())
                continue;
            asked.push_back(one.target);
            to.push_back(m_targets[one.target]);
        }
        if (to.empty())
            return {};
        const auto table = m_graph->timesBetween(m_starts, to, options);
        if (!table)
            return tl::unexpected(table.error());
        for (std::size_t t = 0; t < asked.size(); ++t) {
            auto& whole = m_whole[asked[t]].emplace();
            for (std::size_t s = 0; s < m_starts.size(); ++s)
                whole.push_back(table->at(s, t));
        }
        return {};
    }

    std::vector<Near> nearTo(const Wanted& wanted, Search& own) const {
        std::vector<Near> near;
        const std::uint32_t target = wanted.target;
        if (const auto& whole = m_whole[target]) {
            for (std::uint32_t s = 0; s < m_starts.size(); ++s) {
                if ((*whole)[s] < wanted.most)
                    near.push_back({s, (*whole)[s]});
            }
            return near;
        }
        own.best.resize(m_starts.size(), infinite);
        const auto reach = [&](std::uint32_t start, double seconds) {
            if (!(seconds < wanted.most) || !(seconds < own.best[start]))
                return;
            if (own.best[start] == infinite)
                near.push_back({start, 0});
            own.best[start] = seconds;
        };
        own.seeds.clear();
        for (const Hit& hit : m_targetAt[target].nearest) {
            m_graph->forDoors(hit, true, [&](std::uint32_t node, double cost, double metres) {
                own.seeds.push_back({node, cost, metres});
            });
            for (const Entry& there : m_byPiece.of(hit.piece))
                m_graph->alongOneRoad(*there.hit, hit, [&](double seconds, double) { reach(there.start, seconds); });
        }
        m_graph->network().nearTo(own.seeds, wanted.most, m_graph->costs(), own.scratch, own.nodes);
        for (const auto& [node, cost] : own.nodes) {
            for (const Entry& door : m_byNode.of(node))
                reach(door.start, door.cost + cost);
        }
        for (std::size_t k = 0; k < m_cutOff.size(); ++k)
            reach(m_cutOff[k], m_ofCutOff.at(k, target));
        const double here = m_targets[target].latitude();
        auto at = std::lower_bound(m_byLatitude.begin(), m_byLatitude.end(), std::pair(here - samePlaceDegrees, 0U));
        for (; at != m_byLatitude.end() && at->first <= here + samePlaceDegrees; ++at) {
            if (geo::distance(m_targets[target], m_starts[at->second]).value <= samePlaceMetres)
                reach(at->second, 0);
        }
        for (Near& one : near)
            one.seconds = std::exchange(own.best[one.start], infinite);
        std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.start < b.start; });
        return near;
    }

    std::shared_ptr<const Graph> m_graph;
    std::vector<model::Position> m_starts;
    std::vector<model::Position> m_targets;
    bool m_isMet{false};
    std::vector<Access> m_startAt;
    std::vector<Access> m_targetAt;
    Index m_byNode;  ///< of starts that are not cut off: the doors by which they come into the network
    Index m_byPiece; ///< and the roads at which they stand
    std::vector<std::pair<double, std::uint32_t>> m_byLatitude;
    std::vector<std::uint32_t> m_cutOff;                  ///< starts
    TimeMatrix m_ofCutOff;                                ///< from them to every target
    std::vector<std::optional<std::vector<double>>> m_whole; ///< by target that is cut off: from every start
    std::vector<Search> m_searches;                       ///< by thread
};

std::unique_ptr<NearTimes> Graph::nearTimes(std::vector<model::Position> starts,
                                            std::vector<model::Position> targets) const {
    if (m_times->straightOffRoad) // over open ground nothing bounds a search along roads
        return RoadGraph::nearTimes(std::move(starts), std::move(targets));
    return std::make_unique<NearSearch>(std::static_pointer_cast<const Graph>(shared_from_this()), std::move(starts),
                                        std::move(targets));
}

} // namespace tocsin::route
