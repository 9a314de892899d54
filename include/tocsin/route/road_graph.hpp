#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/position.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::route {

/// A directed piece of road between two junctions, as the importer writes it.
struct ArcRecord {
    std::uint32_t from{0};
    std::uint32_t to{0};
    base::Seconds duration;
    base::Metres length;
    std::uint32_t way{0};                 ///< index into the names
    std::vector<model::Position> between; ///< shape points, without the two ends
};

struct GraphRecord {
    std::vector<model::Position> nodes;
    std::vector<ArcRecord> arcs;
    std::vector<std::string> names; ///< names[0] is empty
};

/// Travel time and way from one place to the searched incident.
struct Reach {
    base::Seconds duration; ///< on the road, plus the walk from and to it at 4 km/h
    base::Metres length;
};

/// A fastest way, with the roads that it takes.
struct Way {
    model::RouteLine line;
    /// Each named road once, in the order of the way, with the metres driven on it.
    std::vector<std::pair<std::string, base::Metres>> roads;
};

/// The county's road network; immutable, thread safe. Times are a car's at the limits the importer gave.
class RoadGraph {
  public:
    [[nodiscard]] static base::Result<std::shared_ptr<const RoadGraph>> build(GraphRecord record);
    /// Faults of a record (an arc without its node, an impossible duration) are Code::outOfRange, of a file
    /// Code::storage. The tables road_node, road_arc, road_name in the county's map file; save() replaces them, all or
    /// nothing.
    [[nodiscard]] static base::Result<std::shared_ptr<const RoadGraph>> load(const std::filesystem::path& mapFile);
    [[nodiscard]] static base::Result<void> save(const GraphRecord& record, const std::filesystem::path& mapFile);

    virtual ~RoadGraph() = default;
    [[nodiscard]] virtual std::size_t nodeCount() const = 0;
    [[nodiscard]] virtual std::size_t arcCount() const = 0;

    /// One search from `target` over reversed arcs: the time from each of `starts` to it, in order; absent where no
    /// road leads. Starts and target snap to the nearest point of a road within 2 km; where no way leads on from there
    /// (a road cut off from the others), to the nearest point of the main network within 2 km.
    [[nodiscard]] virtual std::vector<std::optional<Reach>> timesTo(model::Position target,
                                                                    std::span<const model::Position> starts) const = 0;
    /// The fastest way, with the time at each point.
    [[nodiscard]] virtual std::optional<model::RouteLine> route(model::Position from, model::Position to) const = 0;
    /// The fastest ways from each of `starts` to `target`, in order, out of one search as timesTo() does it.
    [[nodiscard]] virtual std::vector<std::optional<Way>> waysTo(model::Position target,
                                                                 std::span<const model::Position> starts) const;
    /// The road names along the fastest way, each once, in order.
    [[nodiscard]] virtual std::vector<std::string> roadNames(model::Position from, model::Position to) const = 0;
};

} // namespace tocsin::route
