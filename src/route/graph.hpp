#pragma once

#include "route/closures.hpp"
#include "route/lemon/search.hpp"
#include "route/network.hpp"
#include "route/snapper.hpp"
#include "route/turns.hpp"
#include "tocsin/route/road_graph.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::route {

/// A network with all that is made of it once. Immutable; its parts refer to each other, so it stays where it is.
struct RoadCore {
    explicit RoadCore(RoadNetwork roads);
    RoadCore(const RoadCore&) = delete;
    RoadCore& operator=(const RoadCore&) = delete;

    RoadNetwork network;
    Snapper snapper;
    TurnNodes turns;
    std::size_t arcs{0}; ///< open ones
    search::Network search;
    std::vector<char> inMain; ///< by piece: it belongs to the greatest strongly connected part
};

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

[[nodiscard]] double walkSeconds(double metres);

/// A core, less what is closed. Each closed road keeps its ends: one may drive on it as far as the closure from
/// either side, and never past it.
class Graph final : public RoadGraph {
  public:
    explicit Graph(std::shared_ptr<const RoadCore> core, ClosedStretches closed = {});

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

  private:
    [[nodiscard]] Access access(model::Position place) const;
    /// The nearest roads; within a closure, the ends of what is open, or the nearest open road.
    [[nodiscard]] std::vector<Hit> nearestOpen(model::Position place) const;
    /// One may drive between the fractions of a piece, as far as closures go.
    [[nodiscard]] bool isOpen(std::uint32_t piece, double a, double b) const;
    [[nodiscard]] double cost(const Leg& leg) const;
    [[nodiscard]] double metres(const Leg& leg) const;
    /// The best trip from each start to the target hits; absent where no way leads.
    [[nodiscard]] std::vector<std::optional<Trip>> tripsTo(const std::vector<Hit>& target,
                                                           const std::vector<const std::vector<Hit>*>& starts) const;
    [[nodiscard]] std::vector<std::optional<Trip>> plan(model::Position target,
                                                        std::span<const model::Position> starts) const;
    [[nodiscard]] model::RouteLine lineOf(const Trip& trip, model::Position from, model::Position to) const;
    [[nodiscard]] std::vector<std::pair<std::string, base::Metres>> roadsOf(const Trip& trip) const;

    std::shared_ptr<const RoadCore> m_core;
    ClosedStretches m_closed;
    search::Closed m_closedArcs; ///< by arc; empty where nothing is closed
};

} // namespace tocsin::route
