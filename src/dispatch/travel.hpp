#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/resource.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace tocsin::dispatch {

/// How what flies gets there: straight, after the start. Where no profile tells, 200 km/h after five minutes.
struct Flight {
    double metresPerSecond{200 / 3.6};
    double startSeconds{300};
    [[nodiscard]] double seconds(double metres) const { return startSeconds + metres / metresPerSecond; }
};
inline constexpr double thereAlreadyMetres = 30;

/// Teams, mobile facilities and vehicles go by themselves; they are what covers.
[[nodiscard]] bool mayGo(model::ResourceKind kind);
/// Experts, volunteers and grid members: they go by car, for what they can do themselves.
[[nodiscard]] bool isPerson(model::ResourceKind kind);
/// Who drives or flies by itself goes as itself; all others go as a car does.
[[nodiscard]] const model::Resource& travellerOf(const model::Resource& resource);
/// Of its vehicle; empty if none is known.
[[nodiscard]] const std::string& speedClassOf(const model::Resource& traveller);
/// `standing` with what the resource's own vehicle is known to weigh, measure and ford, which stands above its class.
[[nodiscard]] route::Profile asKnown(const route::Profile& standing, const model::Resource& resource);
/// By itself, or by car as travellerOf() has it.
[[nodiscard]] bool canTravel(const model::Resource& resource);
/// Those bound by an assignment that is not over. Who stands by is not: he waits to be sent.
[[nodiscard]] std::set<model::ResourceId> busyResources(const model::State& state);

/// A gap in its roster: nobody is on duty until then, its next turn. Nothing where somebody is, and before the roster's first turn
/// and after its last: one that nobody has gone on with must hide no team.
[[nodiscard]] std::optional<base::Time> nobodyUntil(const model::Resource& resource, base::Time now);

/// A resource and where it is now, which while it drives is not what its record says.
struct Mover {
    const model::Resource* resource{nullptr};
    model::Position position;
    double expected{1}; ///< what the roads' times are multiplied by, where somebody asks who is near
};

/// The roads of one question: the network without what is closed, and as each kind of vehicle finds it. One thread.
class Roads {
  public:
    Roads() = default;
    /// `graph` may be null: there are none. `profiles`, by the vehicles' speed class; null: the network's own.
    Roads(std::shared_ptr<const route::RoadGraph> graph, const std::vector<route::Profile>* profiles,
          const route::Conditions& conditions);
    /// As any vehicle finds it.
    [[nodiscard]] const std::shared_ptr<const route::RoadGraph>& plain() const { return m_plain; }
    /// As this one does, and what its times are divided by: its own factor where no profile tells more.
    [[nodiscard]] std::pair<std::shared_ptr<const route::RoadGraph>, double> of(const model::Resource& resource);
    /// The same as the vehicle's class in general does, whatever this one weighs and measures: so there are few.
    [[nodiscard]] std::pair<std::shared_ptr<const route::RoadGraph>, double> ofClass(const model::Resource& resource);

    /// It goes straight from where it is, whatever lies between, and does not fly.
    [[nodiscard]] bool isBoat(const model::Resource& traveller) const;
    /// By the profile of its class if that one flies, else by the county's "helicopter".
    [[nodiscard]] Flight flightOf(const model::Resource& resource) const;

  private:
    /// Null: no profile tells of it.
    [[nodiscard]] const route::Profile* profileOf(const model::Resource& resource) const;
    [[nodiscard]] std::shared_ptr<const route::RoadGraph> under(const route::Profile& profile);
    using Key = std::tuple<std::string, double, double, double, double>;
    std::shared_ptr<const route::RoadGraph> m_plain;
    std::shared_ptr<const route::RoadGraph> m_graph;
    const std::vector<route::Profile>* m_profiles{nullptr};
    route::Profile m_car; ///< of whom no class is known
    route::Conditions m_conditions;
    std::map<Key, std::shared_ptr<const route::RoadGraph>> m_known;
};

} // namespace tocsin::dispatch
