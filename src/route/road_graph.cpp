#include "tocsin/route/road_graph.hpp"

#include "route/graph.hpp"

#include <algorithm>

namespace tocsin::route {
namespace {

std::shared_ptr<const RoadGraph> graphOf(RoadNetwork network, std::vector<Profile> profiles = defaultProfiles()) {
    orderBySpace(network);
    return std::make_shared<const Graph>(std::make_shared<const RoadCore>(std::move(network), std::move(profiles)));
}

/// Out of a table of the wanted places.
class TableTimes final : public NearTimes {
  public:
    TableTimes(std::shared_ptr<const RoadGraph> roads, std::vector<model::Position> starts,
               std::vector<model::Position> targets)
        : m_roads(std::move(roads)), m_starts(std::move(starts)), m_targets(std::move(targets)) {}

    base::Result<std::vector<std::vector<Near>>> within(std::span<const Wanted> wanted,
                                                        const MatrixOptions& options) override {
        std::vector<model::Position> targets;
        for (const Wanted& one : wanted)
            targets.push_back(m_targets[one.target]);
        const auto table = m_roads->timesBetween(m_starts, targets, {options.threads, false, options.cancel});
        if (!table)
            return tl::unexpected(table.error());
        std::vector<std::vector<Near>> near(wanted.size());
        for (std::uint32_t s = 0; s < m_starts.size(); ++s) {
            for (std::size_t t = 0; t < wanted.size(); ++t) {
                if (table->at(s, t) < wanted[t].most)
                    near[t].push_back({s, table->at(s, t)});
            }
        }
        return near;
    }

  private:
    std::shared_ptr<const RoadGraph> m_roads;
    std::vector<model::Position> m_starts;
    std::vector<model::Position> m_targets;
};

} // namespace

std::vector<ReachedRoad> RoadGraph::reachAround(std::span<const model::Position>, ReachDirection, base::Seconds) const {
    return {};
}

std::shared_ptr<const RoadGraph> RoadGraph::without(std::span<const model::Line>) const {
    return shared_from_this();
}

std::shared_ptr<const RoadGraph> RoadGraph::under(const Profile&, const Conditions& conditions) const {
    return without(conditions.closures);
}

base::Result<TimeMatrix> RoadGraph::timesBetween(std::span<const model::Position> starts,
                                                 std::span<const model::Position> targets,
                                                 const MatrixOptions& options) const {
    TimeMatrix matrix{starts.size(), targets.size(), {}, {}};
    matrix.seconds.assign(starts.size() * targets.size(), TimeMatrix::noWay);
    matrix.metres.assign(options.metres ? matrix.seconds.size() : 0, TimeMatrix::noWay);
    for (std::size_t t = 0; t < targets.size(); ++t) {
        if (options.cancel.stop_requested())
            return base::fail(base::Code::cancelled, "the search for travel times was cancelled");
        const auto times = timesTo(targets[t], starts);
        for (std::size_t s = 0; s < times.size(); ++s) {
            if (!times[s])
                continue;
            matrix.seconds[s * matrix.targets + t] = times[s]->duration.value;
            if (options.metres)
                matrix.metres[s * matrix.targets + t] = times[s]->length.value;
        }
    }
    return matrix;
}

std::unique_ptr<NearTimes> RoadGraph::nearTimes(std::vector<model::Position> starts,
                                                std::vector<model::Position> targets) const {
    return std::make_unique<TableTimes>(shared_from_this(), std::move(starts), std::move(targets));
}

NoWay RoadGraph::whyNoWay(model::Position from, model::Position to) const {
    return timesTo(to, std::span(&from, 1)).front() ? NoWay::none : NoWay::noRoadLeads;
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
    return graphOf(std::move(*network));
}

base::Result<std::shared_ptr<const RoadGraph>> RoadGraph::load(const std::filesystem::path& mapFile,
                                                               std::vector<Profile> profiles) {
    auto network = readNetwork(mapFile);
    if (!network)
        return tl::unexpected(network.error());
    return graphOf(std::move(*network), std::move(profiles));
}

std::string_view toString(WayLeg::By by) {
    switch (by) {
    case WayLeg::By::road:
        return "road";
    case WayLeg::By::foot:
        return "foot";
    case WayLeg::By::offRoad:
        return "off-road";
    case WayLeg::By::boat:
        return "boat";
    case WayLeg::By::flight:
        return "flight";
    }
    return "";
}

std::string_view describe(NoWay why) {
    switch (why) {
    case NoWay::none:
        return "there is a way";
    case NoWay::startOffRoad:
        return "no usable road lies near enough to the start";
    case NoWay::targetOffRoad:
        return "no usable road lies near enough to the place";
    case NoWay::noRoadLeads:
        return "no road leads there for this vehicle as the roads are now";
    case NoWay::tooFarStraight:
        return "it is farther than the vehicle can go";
    case NoWay::cannotMove:
        return "the vehicle cannot move: its speed is nothing";
    }
    return "";
}

base::Result<void> RoadGraph::save(const GraphRecord& record, const std::filesystem::path& mapFile) {
    auto network = makeNetwork(record);
    if (!network)
        return tl::unexpected(network.error());
    return writeNetwork(*network, mapFile);
}

} // namespace tocsin::route
