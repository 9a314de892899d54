#pragma once

#include "route/closures.hpp"
#include "route/hierarchy.hpp"
#include "route/lemon/search.hpp"
#include "route/network.hpp"
#include "route/snapper.hpp"
#include "route/turns.hpp"
#include "tocsin/route/road_graph.hpp"

#include <cmath>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::route {

/// Nodes by turns and the graph over them.
struct Routes {
    explicit Routes(const RoadNetwork& network, bool keepsBans)
        : turns(network, keepsBans), search(turns.count(), turns.arcs()) {}
    TurnNodes turns;
    search::Network search;

    /// For tables of many places; made when first asked for. Null where it would be of no use.
    [[nodiscard]] const Hierarchy* hierarchy() const {
        std::call_once(m_hierarchyMade, [this] { m_hierarchy = Hierarchy::of(turns.count(), turns.arcs()); });
        return m_hierarchy.get();
    }

  private:
    mutable std::unique_ptr<const Hierarchy> m_hierarchy;
    mutable std::once_flag m_hierarchyMade;
};

/// The network's times as one vehicle has them.
struct ArcTimes {
    const Routes* routes{nullptr};
    std::vector<double> seconds; ///< by arc; negative: it does not go there
    std::vector<char> usable;    ///< by piece; empty: all
    std::vector<char> inMain;    ///< by piece: it belongs to the greatest strongly connected part
    search::Costs costs;         ///< the seconds, in the search's order
    std::shared_ptr<const std::vector<double>> metres; ///< by arc
    double tonnes{0};
    double fording{0};           ///< metres
    double offRoadSpeed{0};      ///< metres a second where there is no road
    double offRoadMost{0};       ///< metres
    bool offRoadOnFoot{true};
    bool straightOffRoad{false};
    bool moves{true}; ///< it has a speed at all
};

/// A network with all that is made of it once. Immutable but for what it remembers, which a lock guards; its parts refer
/// to each other, so it stays where it is. Thread safe.
class RoadCore {
  public:
    explicit RoadCore(RoadNetwork roads, std::vector<Profile> profiles = defaultProfiles());
    RoadCore(const RoadCore&) = delete;
    RoadCore& operator=(const RoadCore&) = delete;

    const RoadNetwork network;
    const Snapper snapper;
    const std::vector<Profile> profiles;
    std::size_t arcs{0}; ///< open ones

    /// The times that the importer gave.
    [[nodiscard]] const std::shared_ptr<const ArcTimes>& plain() const { return m_plain; }
    /// Those of a vehicle; made when first asked for, and kept for the last few.
    [[nodiscard]] std::shared_ptr<const ArcTimes> timesOf(const Profile& profile, bool night, Weather weather) const;

  private:
    struct Known {
        Profile profile;
        bool night{false};
        Weather weather{Weather::clear};
        std::shared_ptr<const ArcTimes> times;
    };
    [[nodiscard]] const Routes& routes(bool keepsBans) const;

    Routes m_routes;
    mutable std::unique_ptr<Routes> m_free; ///< without turn bans
    mutable std::once_flag m_freeMade;
    std::shared_ptr<const ArcTimes> m_plain;
    mutable std::mutex m_mutex;
    mutable std::vector<Known> m_known; ///< the last used first
};

/// Seconds for each arc: what a Profile says; see there.
[[nodiscard]] std::vector<double> secondsUnder(const RoadNetwork& network, const Profile& profile, bool night,
                                               Weather weather);
/// By piece: whether it belongs to the greatest strongly connected part of what can be driven.
[[nodiscard]] std::vector<char> mainPieces(const RoadNetwork& network, const ArcTimes& times);

/// Straight through air or water, whatever the roads are.
[[nodiscard]] std::shared_ptr<const RoadGraph> straightGraph(std::shared_ptr<const RoadGraph> roads,
                                                             const Profile& profile);

/// Where a place meets the roads: at the nearest ones, and, if those do not lead on, at the main network too.
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

inline constexpr double samePlaceMetres = 0.5;
inline constexpr double samePlaceDegrees = 1e-5; ///< of latitude: twice as much

/// A core as a vehicle finds it, less what is closed. Each closed road keeps its ends: one may drive on it as far as the closure from
/// either side, and never past it.
class Graph final : public RoadGraph {
  public:
    explicit Graph(std::shared_ptr<const RoadCore> core);
    /// As the vehicle of the `times` finds it: `closures` bind all, and what the conditions (without their closures) close
    /// or slow is for its weight and fording depth.
    Graph(std::shared_ptr<const RoadCore> core, std::shared_ptr<const ArcTimes> times, ClosedStretches closures,
          Conditions conditions);

    [[nodiscard]] std::size_t nodeCount() const override { return m_core->network.nodes.size(); }
    [[nodiscard]] std::size_t arcCount() const override { return m_core->arcs; }
    [[nodiscard]] std::vector<std::optional<Reach>> timesTo(model::Position target,
                                                            std::span<const model::Position> starts) const override;
    [[nodiscard]] std::vector<std::optional<Way>> waysTo(model::Position target,
                                                         std::span<const model::Position> starts) const override;
    [[nodiscard]] std::optional<model::RouteLine> route(model::Position from, model::Position to) const override;
    [[nodiscard]] std::vector<std::string> roadNames(model::Position from, model::Position to) const override;
    [[nodiscard]] std::vector<ReachedRoad> reachAround(std::span<const model::Position> places,
                                                       ReachDirection direction, base::Seconds most) const override;
    [[nodiscard]] std::shared_ptr<const RoadGraph> without(std::span<const model::Line> closures) const override;
    [[nodiscard]] std::shared_ptr<const RoadGraph> under(const Profile& profile,
                                                         const Conditions& conditions) const override;
    [[nodiscard]] base::Result<TimeMatrix> timesBetween(std::span<const model::Position> starts,
                                                        std::span<const model::Position> targets,
                                                        const MatrixOptions& options) const override;
    [[nodiscard]] std::unique_ptr<NearTimes> nearTimes(std::vector<model::Position> starts,
                                                       std::vector<model::Position> targets) const override;
    [[nodiscard]] const std::vector<Profile>& profiles() const override { return m_core->profiles; }
    [[nodiscard]] NoWay whyNoWay(model::Position from, model::Position to) const override;

  private:
    friend class MatrixSearch;
    friend class NearSearch;
    void applyConditions();
    /// On the arc as this vehicle drives it; negative: it does not.
    [[nodiscard]] double seconds(ArcId arc) const { return m_times->seconds[arc]; }
    [[nodiscard]] double walkSeconds(double metres) const { return metres / m_times->offRoadSpeed; }
    [[nodiscard]] const search::Costs& costs() const { return m_closed.empty() ? m_times->costs : m_costs; }
    [[nodiscard]] const TurnNodes& turns() const { return m_times->routes->turns; }
    [[nodiscard]] const search::Network& network() const { return m_times->routes->search; }
    [[nodiscard]] bool isClosed(std::uint32_t piece) const { return !m_closed.empty() && m_closed.contains(piece); }
    [[nodiscard]] Access access(model::Position place) const;
    /// The nearest roads; within a closure, the ends of what is open, or the nearest open road.
    [[nodiscard]] std::vector<Hit> nearestOpen(model::Position place) const;
    /// One may drive between the fractions of a piece, as far as closures go.
    [[nodiscard]] bool isOpen(std::uint32_t piece, double a, double b) const;
    /// The nodes by which one comes from a place into the network, or (`arriving`) from the network to it, with the seconds
    /// and metres that takes.
    template <typename Visit>
    void forDoors(const Hit& hit, bool arriving, const Visit& visit) const;
    /// Seconds and metres along one and the same road, without touching a junction.
    template <typename Visit>
    void alongOneRoad(const Hit& start, const Hit& end, const Visit& visit) const;
    [[nodiscard]] double cost(const Leg& leg) const;
    [[nodiscard]] double metres(const Leg& leg) const;
    /// The best trip from each start to the target hits; absent where no way leads.
    [[nodiscard]] std::vector<std::optional<Trip>> tripsTo(const std::vector<Hit>& target,
                                                           const std::vector<const std::vector<Hit>*>& starts) const;
    [[nodiscard]] std::vector<std::optional<Trip>> plan(model::Position target,
                                                        std::span<const model::Position> starts) const;
    [[nodiscard]] model::RouteLine lineOf(const Trip& trip, model::Position from, model::Position to) const;
    [[nodiscard]] std::vector<std::pair<std::string, base::Metres>> roadsOf(const Trip& trip) const;

    [[nodiscard]] std::vector<WayLeg> legsOf(const Trip& trip) const;

    std::shared_ptr<const RoadCore> m_core;
    std::shared_ptr<const ArcTimes> m_dryTimes; ///< without what floods slow
    ClosedStretches m_closures;                 ///< that bind all
    Conditions m_conditions;                    ///< without closures
    std::shared_ptr<const ArcTimes> m_times;
    ClosedStretches m_closed; ///< with what the conditions close
    search::Costs m_costs; ///< where something is closed: the times' costs, less the closed arcs
};

template <typename Visit>
void Graph::forDoors(const Hit& hit, bool arriving, const Visit& visit) const {
    const double walk = walkSeconds(hit.metres);
    for (const bool forward : {true, false}) {
        const ArcId arc = arcOf(hit.piece, forward);
        const double whole = seconds(arc);
        const double end = forward == arriving ? 0 : 1;
        if (whole < 0 || !isOpen(hit.piece, hit.fraction, end))
            continue;
        const double part = std::abs(hit.fraction - end);
        const double cost = walk + part * whole;
        const double metres = hit.metres + part * m_core->network.pieces[hit.piece].length;
        if (arriving)
            turns().forStarts(arc, [&](std::uint32_t node) { visit(node, cost, metres); });
        else
            visit(turns().endOf(arc), cost, metres);
    }
}

template <typename Visit>
void Graph::alongOneRoad(const Hit& start, const Hit& end, const Visit& visit) const {
    if (!isOpen(start.piece, start.fraction, end.fraction))
        return;
    const double walks = walkSeconds(start.metres + end.metres);
    const double part = std::abs(start.fraction - end.fraction);
    for (const bool forward : {true, false}) {
        const double whole = seconds(arcOf(start.piece, forward));
        if (whole >= 0 && (forward ? end.fraction >= start.fraction : end.fraction <= start.fraction))
            visit(walks + part * whole, start.metres + end.metres + part * m_core->network.pieces[start.piece].length);
    }
}

} // namespace tocsin::route
