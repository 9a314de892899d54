#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/route/conditions.hpp"
#include "tocsin/route/profile.hpp"
#include "tocsin/route/road_traits.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
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
    /// Of two opposite arcs those of the first count, with the stricter limits of both.
    RoadTraits traits{};
};

/// From the arc `fromArc` one may not turn into the arc `toArc`; both meet at the first's end. Indexes into the arcs.
struct TurnBan {
    std::uint32_t fromArc{0};
    std::uint32_t toArc{0};
};

struct GraphRecord {
    std::vector<model::Position> nodes;
    std::vector<ArcRecord> arcs;
    std::vector<TurnBan> bans;
    std::vector<std::string> names; ///< names[0] is empty
};

/// Travel time and way from one place to the searched incident.
struct Reach {
    base::Seconds duration; ///< on the road, plus the walk from and to it at 4 km/h
    base::Metres length;
};

/// A part of a way that is gone in one manner.
struct WayLeg {
    enum class By : unsigned char { road, foot, offRoad, boat, flight };
    By by{By::road};
    base::Seconds duration;
    base::Metres length;
};
[[nodiscard]] std::string_view toString(WayLeg::By by);

/// A fastest way, with the roads that it takes.
struct Way {
    model::RouteLine line;
    /// Each named road once, in the order of the way, with the metres driven on it.
    std::vector<std::pair<std::string, base::Metres>> roads;
    /// In order; those of no length are left out. Their durations add up to the line's.
    std::vector<WayLeg> legs{};
};

/// Why there is no way.
enum class NoWay : unsigned char {
    none,           ///< there is one
    startOffRoad,   ///< no usable road within reach of the start
    targetOffRoad,  ///< or of the target
    noRoadLeads,    ///< roads at both, but none joins them for this vehicle under these conditions
    tooFarStraight, ///< beyond what a boat or an aircraft can go
    cannotMove      ///< its speed is nothing
};
/// In plain English: "no road leads there for this vehicle".
[[nodiscard]] std::string_view describe(NoWay why);

/// Travel times from many to many.
struct TimeMatrix {
    static constexpr double noWay = std::numeric_limits<double>::infinity();
    std::size_t starts{0};
    std::size_t targets{0};
    std::vector<double> seconds; ///< starts × targets, row by row; noWay where none leads
    std::vector<double> metres;  ///< of the fastest ways, likewise; empty unless asked for
    [[nodiscard]] double at(std::size_t start, std::size_t target) const { return seconds[start * targets + target]; }
};
struct MatrixOptions {
    unsigned threads{2}; ///< at most
    bool metres{false};  ///< the ways' lengths, too: half as much work again in a county, more in a great network
    std::stop_token cancel{};
};

/// Who of many can be at places within some time, to be asked again and again, each time of fewer places or farther. One
/// thread.
class NearTimes {
  public:
    struct Wanted {
        std::uint32_t target{0}; ///< its number
        double most{0};          ///< seconds
    };
    struct Near {
        std::uint32_t start{0}; ///< its number
        double seconds{0};
    };
    virtual ~NearTimes() = default;
    /// For each that is wanted exactly the starts from which it takes less, by their number, with what
    /// RoadGraph::timesBetween() says; what is farther is not searched. Code::cancelled. Metres there are none.
    [[nodiscard]] virtual base::Result<std::vector<std::vector<Near>>> within(std::span<const Wanted> wanted,
                                                                              const MatrixOptions& options) = 0;
};

/// A piece of road with the time at its two ends: from the nearest source, or to the target.
struct ReachedRoad {
    model::Line line;
    base::Seconds atStart;
    base::Seconds atEnd;
};
enum class ReachDirection : unsigned char {
    toPlace,   ///< who can be at one of the places, driving along the roads' directions
    fromPlaces ///< where one can be, coming from the nearest of the places
};

/// The county's road network; immutable, thread safe. Turn bans are kept on every way. Times are a car's at the limits the importer gave.
class RoadGraph : public std::enable_shared_from_this<RoadGraph> {
  public:
    [[nodiscard]] static base::Result<std::shared_ptr<const RoadGraph>> build(GraphRecord record);
    /// Faults of a record (an arc without its node, an impossible duration) are Code::outOfRange, of a file
    /// Code::storage. The tables road_node, road_arc, road_name, road_ban, road_trait in the county's map file; save()
    /// replaces them, all or nothing. A file without road_ban or road_trait (made by an older program) has no turn bans
    /// or no traits.
    [[nodiscard]] static base::Result<std::shared_ptr<const RoadGraph>>
    load(const std::filesystem::path& mapFile, std::vector<Profile> profiles = defaultProfiles());
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
    /// All roads within `most` seconds of the nearest of `places`. A road that is reached in part is cut there; one
    /// that is reached from both ends is given once with the lesser times. In no particular order.
    [[nodiscard]] virtual std::vector<ReachedRoad> reachAround(std::span<const model::Position> places,
                                                               ReachDirection direction, base::Seconds most) const;
    /// The same network without the roads that are closed: those that a line crosses or runs along (within 8 m), that lie
    /// in a ring (in part is enough), or, for one point, the road nearest to it within 50 m. Nobody drives past the
    /// closure in either direction; what lies on the same road is reached from its own side of it, and what lies within
    /// the closure on foot from its edge. Shares all with this one and costs no preparation; without
    /// closures it is this one itself.
    [[nodiscard]] virtual std::shared_ptr<const RoadGraph> without(std::span<const model::Line> closures) const;
    /// The network as this vehicle finds it under these conditions: all questions asked of what is returned have its
    /// times. Whatever holds on this one (closures, floods, weight limits, night, weather) holds on. Needs no preparation: the first question of a profile costs one pass over
    /// the arcs, those after it nothing (the last profiles are kept); a closure costs what without() does. Places may
    /// lie as far from a road as the profile says. A profile that fails check() finds no way at all.
    [[nodiscard]] virtual std::shared_ptr<const RoadGraph> under(const Profile& profile,
                                                                 const Conditions& conditions = {}) const;
    /// The profiles of the county's vehicles.
    [[nodiscard]] virtual const std::vector<Profile>& profiles() const { return defaultProfiles(); }
    /// What timesTo() says for each target, at once: exact, one search a target (a start, where those are fewer) on a
    /// few threads, which end before it returns. Code::cancelled where the options' token asks for it.
    [[nodiscard]] virtual base::Result<TimeMatrix> timesBetween(std::span<const model::Position> starts,
                                                                std::span<const model::Position> targets,
                                                                const MatrixOptions& options = {}) const;
    /// What timesBetween() says of those who are near.
    [[nodiscard]] virtual std::unique_ptr<NearTimes> nearTimes(std::vector<model::Position> starts,
                                                               std::vector<model::Position> targets) const;
    /// Why route() finds nothing.
    [[nodiscard]] virtual NoWay whyNoWay(model::Position from, model::Position to) const;
    /// The road names along the fastest way, each once, in order.
    [[nodiscard]] virtual std::vector<std::string> roadNames(model::Position from, model::Position to) const = 0;
};

/// Metres above the sea; absent where nothing is known.
using HeightAt = std::function<std::optional<double>(model::Position)>;
/// Sets the slope of each road in the county's map file from the heights of its ends; of a road with an unknown end it
/// is 0. All or nothing; Code::storage. A file without roads stays as it is.
[[nodiscard]] base::Result<void> saveSlopes(const std::filesystem::path& mapFile, const HeightAt& heightAt);

/// As of a matrix under a profile and conditions.
[[nodiscard]] inline base::Result<TimeMatrix> timesBetween(const RoadGraph& roads,
                                                           std::span<const model::Position> starts,
                                                           std::span<const model::Position> targets,
                                                           const Profile& profile, const Conditions& conditions = {},
                                                           const MatrixOptions& options = {}) {
    return roads.under(profile, conditions)->timesBetween(starts, targets, options);
}

} // namespace tocsin::route
