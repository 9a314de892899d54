#pragma once

#include "dispatch/travel.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <stop_token>

namespace tocsin::dispatch {

struct Travel {
    double seconds{0};
    double metres{0};  ///< along the road where it was measured, else straight
    bool there{false}; ///< at the place already
    bool leads{false}; ///< there is a way, or it is there
};

/// How each of many movers gets to each of many places, as far as it was looked. Those who find the roads alike and stand
/// together share one time. One thread.
class Travels {
  public:
    static constexpr double noWay = std::numeric_limits<double>::infinity();
    struct Coming {
        std::uint32_t mover{0};
        double seconds{0};
    };
    /// Somewhere to look from, and how far: no further than those for whom seconds times what is expected of them is less.
    struct Around {
        std::size_t place{0};
        double most{0};
    };
    Travels() = default;
    /// Nothing is looked at yet. Ways to the first `measured` places have their metres.
    Travels(Roads& roads, std::span<const Mover> movers, std::span<const model::Position> places, std::size_t measured);
    /// Looks at the roads where it has not looked so far. Code::cancelled.
    [[nodiscard]] base::Result<void> look(std::span<const Around> around, const std::stop_token& stop);
    /// What that took in all.
    [[nodiscard]] base::Duration took() const { return m_took; }

    [[nodiscard]] Travel at(std::size_t place, std::size_t mover) const;
    /// 0 if it is there; noWay where none leads, or none that was looked at.
    [[nodiscard]] double seconds(std::size_t place, std::size_t mover) const;
    /// Exactly those for whom seconds times what is expected of them is less than `most`, which is no more than was looked
    /// at; in no order.
    [[nodiscard]] std::vector<Coming> within(std::size_t place, double most) const;

  private:
    /// Of a place, on the road.
    struct Row {
        std::vector<double> seconds; ///< by start, where all were looked at in one table
        std::vector<double> metres;  ///< likewise, of a measured place
        std::vector<route::NearTimes::Near> near; ///< else by their starts, rising
    };
    /// All who find the roads alike.
    struct Kind {
        std::shared_ptr<const route::RoadGraph> graph;
        std::vector<model::Position> starts;
        std::vector<std::vector<std::uint32_t>> at; ///< movers, by start
        std::vector<double> quickest;               ///< by start: what no mover there is expected to beat, of the road's time
        double quickestOfAll{noWay};
        std::unique_ptr<route::NearTimes> near; ///< made when first asked
        std::vector<Row> rows;                  ///< by place
        [[nodiscard]] double secondsOn(std::size_t place, std::uint32_t start) const;
    };
    static constexpr std::uint32_t flies = std::numeric_limits<std::uint32_t>::max() - 1;
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();
    struct Way {
        std::uint32_t kind{nowhere};
        std::uint32_t start{0}; ///< of its kind; of who flies, the flight
        double factor{1};       ///< what the road's seconds are divided by
    };
    void sort(Roads& roads); ///< the movers by how they travel
    /// All who go to these places, in one table.
    [[nodiscard]] base::Result<void> searchAll(Kind& kind, std::span<const std::size_t> places, bool metres,
                                               const std::stop_token& stop) const;
    [[nodiscard]] base::Result<void> searchNear(Kind& kind, std::span<const Around> around, const std::stop_token& stop) const;
    [[nodiscard]] bool isThere(std::size_t place, const model::Position& position) const;

    template <typename Visit>
    void forRoads(const Kind& kind, std::size_t place, const Visit& visit) const;

    std::vector<Mover> m_movers;
    std::vector<model::Position> m_places;
    std::size_t m_measured{0};
    std::vector<Way> m_ways; ///< by mover
    std::vector<Kind> m_kinds;
    std::vector<double> m_looked; ///< by place: how far
    base::Duration m_took{0};
    std::vector<Flight> m_flights;
    std::vector<std::uint32_t> m_flying;                        ///< movers, by flight
    std::vector<std::pair<double, std::uint32_t>> m_byLatitude; ///< movers
};

/// All of them: one table over the roads for each kind of vehicle. Ways to the first `measured` places have their metres. Code::cancelled.
[[nodiscard]] base::Result<Travels> travelBetween(Roads& roads, std::span<const Mover> movers,
                                                  std::span<const model::Position> places, std::size_t measured,
                                                  const std::stop_token& stop = {});
/// To one place, of resources where their records say that they are.
[[nodiscard]] std::vector<Travel> travelTo(const route::RoadGraph* roads, model::Position place,
                                           const std::vector<const model::Resource*>& resources);

} // namespace tocsin::dispatch
