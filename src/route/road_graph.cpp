#include "tocsin/route/road_graph.hpp"

#include "route/graph.hpp"

namespace tocsin::route {
namespace {

std::shared_ptr<const RoadGraph> graphOf(RoadNetwork network) {
    return std::make_shared<const Graph>(std::make_shared<const RoadCore>(std::move(network)));
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
    return graphOf(std::move(*network));
}

base::Result<std::shared_ptr<const RoadGraph>> RoadGraph::load(const std::filesystem::path& mapFile) {
    auto network = readNetwork(mapFile);
    if (!network)
        return tl::unexpected(network.error());
    return graphOf(std::move(*network));
}

base::Result<void> RoadGraph::save(const GraphRecord& record, const std::filesystem::path& mapFile) {
    auto network = makeNetwork(record);
    if (!network)
        return tl::unexpected(network.error());
    return writeNetwork(*network, mapFile);
}

} // namespace tocsin::route
