#pragma once

#include "tocsin/base/text.hpp"
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

struct Resource;
struct State;

inline constexpr std::size_t mostRoutePoints = 20'000; ///< of a way in the journal

/// A way along roads.
struct RouteLine {
    Line points;
    std::vector<double> secondsAt; ///< seconds from the start at each point; same length as `points`
    base::Metres length;
    base::Seconds duration;
    friend bool operator==(const RouteLine&, const RouteLine&) = default;
};

/// What an assignment is for.
enum class Purpose : std::uint8_t {
    team,    ///< serves a need for a capability
    supply,  ///< brings supplies
    shelter, ///< takes people in: the resource is a shelter and travels nowhere
    standBy  ///< goes where it repairs the cover that others left behind
};
[[nodiscard]] std::string_view toString(Purpose purpose);
[[nodiscard]] std::optional<Purpose> purposeFrom(std::string_view text);

/// Supplies that an assignment brings.
struct LoadItem {
    ResourceId from; ///< the warehouse
    std::string code;
    base::LocalText name;
    double quantity{0};
    std::string unit;
    friend bool operator==(const LoadItem&, const LoadItem&) = default;
};

/// A place on the way, in order: where things are loaded, and last where they are wanted.
struct Stop {
    Position position;
    base::LocalText place;
    std::optional<ResourceId> at; ///< the warehouse or shelter there
    base::Seconds arrival;        ///< from the departure
    friend bool operator==(const Stop&, const Stop&) = default;
};

/// What the desk has to say to a team.
enum class TeamWord : std::uint8_t {
    none,
    order,  ///< the task order itself
    way,    ///< another way than the order's
    recall, ///< the desk has released it before it was done
    moved   ///< its incident lies elsewhere than its way leads
};
[[nodiscard]] std::string_view toString(TeamWord word);
[[nodiscard]] std::optional<TeamWord> teamWordFrom(std::string_view text);

/// Whether a word has come to its team.
enum class Reached : std::uint8_t {
    waits,  ///< nothing is known yet: it is under way, or no phone is bound
    phone,  ///< it was handed to a phone's connection
    nobody, ///< a phone is bound, but nothing could be handed to it
    voice   ///< a person has told it
};
[[nodiscard]] std::string_view toString(Reached reached);
[[nodiscard]] std::optional<Reached> reachedFrom(std::string_view text);

/// That the way which a team was given is closed ahead of it.
struct BlockedWay {
    DrawingId closure;
    std::string road;                  ///< that is closed there, as the network names it; may be empty
    std::optional<base::Time> arrival; ///< by the other way; absent: none is left
    base::Time since;                  ///< when it was found; filled in by the desk
    friend bool operator==(const BlockedWay&, const BlockedWay&) = default;
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
    base::Seconds plain; ///< what the roads alone said, without the desk's own experience; 0: not known
    base::Seconds turnout; ///< from the order until it sets out, as usual when it was given; 0: not known
    RouteLine route;    ///< empty when the resource is there already
    std::string reason; ///< why this one, or why another than the recommended
    Purpose purpose{Purpose::team};
    std::string order; ///< the task order's number: "2026-0147/3"; empty in journals of before there were any
    std::optional<DecisionId> decision;
    std::vector<LoadItem> load;
    bool loaded{false}; ///< the load has left the warehouses; before that it is reserved there
    std::vector<Stop> stops;
    int people{0};          ///< who find shelter
    base::Seconds etaLow;   ///< nine of ten arrive between these two; both 0: unknown
    base::Seconds etaHigh;
    std::optional<base::Time> heardAt;     ///< last sign of life: a step, a position, an answer to a roll call
    std::optional<base::Time> rollCallDue; ///< silent beyond this in the field, or not set out by then, it raises an alarm
    TeamWord word{TeamWord::none};    ///< the newest that the team must hear; none in journals of before it was kept
    std::optional<base::Time> wordAt; ///< when it was given
    Reached reached{Reached::waits};  ///< whether it has come to the team
    std::optional<BlockedWay> blocked{}; ///< while it is on the way that it was given

    Assignment(); // these are compiled once, in copies.cpp
    Assignment(const Assignment&);
    Assignment(Assignment&&) noexcept;
    Assignment& operator=(const Assignment&);
    Assignment& operator=(Assignment&&) noexcept;
    ~Assignment();
    friend bool operator==(const Assignment&, const Assignment&) = default;
};

/// The id of the newest word as it goes to a phone, the same at every try; empty where none is known to have been given.
[[nodiscard]] std::string wordIdOf(const Assignment& assignment);
/// It serves a need: it runs, or has brought what it brought. A team that has left serves nothing more.
[[nodiscard]] bool serves(const Assignment& assignment);
/// It has its order and has not arrived.
[[nodiscard]] bool isOnItsWay(const Assignment& assignment);
/// How long until it is there by the other way, where its own is blocked and one is left; not below 0.
[[nodiscard]] std::optional<base::Seconds> leftByOtherWay(const Assignment& assignment, base::Time now);
/// What is left, beside `eta`, until it usually sets out; 0 from its departure on, or when it has taken longer than usual.
[[nodiscard]] base::Seconds untilItSetsOut(const Assignment& assignment, base::Time now);
/// Whether a person must still tell the team: the newest word has reached no phone, and the team still goes by an older one.
[[nodiscard]] bool mustBeTold(const Assignment& assignment);

/// Where the resource is at `now` by its route and departure: a pure function, so nothing need be written as it moves.
struct Progress {
    Position position;
    double headingDegrees{0}; ///< clockwise from north
    base::Seconds left;
    double fraction{0}; ///< 0 at the start, 1 on arrival
};
[[nodiscard]] std::optional<Progress> progressOf(const Assignment& assignment, base::Time now);
/// The same, from where the resource was last told to be since it left: from the nearest place of its way it goes on as
/// reckoned, for two minutes at most. Beside the way it is where it was told to be. `resource` may be null.
[[nodiscard]] std::optional<Progress> progressOf(const Assignment& assignment, const Resource* resource, base::Time now);
[[nodiscard]] std::optional<Progress> progressOf(const State& state, const Assignment& assignment, base::Time now);

void to_json(nlohmann::json& out, const LoadItem& value);
void from_json(const nlohmann::json& in, LoadItem& value);
void to_json(nlohmann::json& out, const Stop& value);
void from_json(const nlohmann::json& in, Stop& value);
void to_json(nlohmann::json& out, const RouteLine& value);
void from_json(const nlohmann::json& in, RouteLine& value);
void to_json(nlohmann::json& out, const BlockedWay& value);
void from_json(const nlohmann::json& in, BlockedWay& value);
void to_json(nlohmann::json& out, const Assignment& value);
void from_json(const nlohmann::json& in, Assignment& value);

} // namespace tocsin::model
