#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/position.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::model {

enum class AssignmentState : std::uint8_t { proposed, notified, accepted, enRoute, onScene, released };
[[nodiscard]] std::string_view toString(AssignmentState state);
[[nodiscard]] std::optional<AssignmentState> assignmentStateFrom(std::string_view text);
/// The step that follows; released has none. Any state but released may also go straight to released.
[[nodiscard]] std::optional<AssignmentState> nextState(AssignmentState state);

/// A way along roads.
struct RouteLine {
    Line points;
    std::vector<double> secondsAt; ///< seconds from the start at each point; same length as `points`
    base::Metres length;
    base::Seconds duration;
    friend bool operator==(const RouteLine&, const RouteLine&) = default;
};

/// A resource bound to an incident's need.
struct Assignment {
    AssignmentId id;
    IncidentId incident;
    ResourceId resource;
    std::string capability; ///< the need that it serves
    AssignmentState state{AssignmentState::proposed};
    base::Time proposedAt;
    std::optional<base::Time> notifiedAt;
    std::optional<base::Time> acceptedAt;
    std::optional<base::Time> departedAt;
    std::optional<base::Time> arrivedAt;
    std::optional<base::Time> releasedAt;
    base::Seconds eta;  ///< predicted travel time
    RouteLine route;    ///< empty when the resource is there already
    std::string reason; ///< why this one, or why another than the recommended
    friend bool operator==(const Assignment&, const Assignment&) = default;
};

/// Where the resource is at `now` by its route and departure: a pure function, so nothing need be written as it moves.
struct Progress {
    Position position;
    double headingDegrees{0}; ///< clockwise from north
    base::Seconds left;
    double fraction{0}; ///< 0 at the start, 1 on arrival
};
[[nodiscard]] std::optional<Progress> progressOf(const Assignment& assignment, base::Time now);

void to_json(nlohmann::json& out, const RouteLine& value);
void from_json(const nlohmann::json& in, RouteLine& value);
void to_json(nlohmann::json& out, const Assignment& value);
void from_json(const nlohmann::json& in, Assignment& value);

} // namespace tocsin::model
