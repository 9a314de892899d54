#pragma once

#include "tocsin/base/units.hpp"
#include "tocsin/model/state.hpp"

#include <optional>
#include <string>
#include <vector>

// Commands: what the dispatcher does. The list of all is in command.hpp.

namespace tocsin::desk {

/// One step on. `through`: any later one, with those between done on the way; when it set out is then not known.
struct AdvanceAssignment {
    model::AssignmentId assignment;
    model::AssignmentState to{model::AssignmentState::accepted};
    bool through{false};
};

/// Sends (or, where the county wants a leader's word for that grade, proposes) all that a decision has chosen: teams,
/// loads, shelters, stand-by moves; all or none. `id`, `by`, `at`, `state` and the judgement are filled in by the desk. A resource that
/// is claimed by another, busy or gone refuses the whole, and says which.
struct SendPlan {
    model::Decision decision;
    std::vector<model::AssignmentId> releases{}; ///< running ones that the plan gives up: released with it
};
/// How a line of a plan that has waited goes by now.
struct FreshWay {
    model::ResourceId resource;
    model::RouteLine route;
    base::Seconds eta;
    base::Seconds etaLow;
    base::Seconds etaHigh;
    base::Seconds plain;            ///< what the roads alone say; 0: not known
    std::vector<model::Stop> stops; ///< the line's own, with their times by this way
};
/// The leader's word on a decision that waits: approved it is sent at once, if all it takes is still free. Whoever proposed it may refuse
/// it too: that takes it back.
struct JudgeDecision {
    model::DecisionId decision;
    bool approve{true};
    std::string reason; ///< needed to refuse another's
    std::vector<FreshWay> ways{}; ///< of its lines, where they were looked for anew; the others go as they were proposed
    base::Time waysAt{};          ///< when
};
/// Another way for one that is on it already: a road was closed, or the incident moved.
struct ReplanAssignment {
    model::AssignmentId assignment;
    model::RouteLine route;
    base::Seconds eta; ///< from now
    base::Seconds etaLow;
    base::Seconds etaHigh;
    std::string reason;
    base::Seconds plain{};          ///< what the roads alone say, from now; 0: not known
    std::vector<model::Stop> stops{}; ///< those that lie ahead, with their times from now; empty: as they are
};
/// What was found of the way of one that is on it: closed ahead, or (absent) open again. `since`: only where the newest word is still
/// that which was given then; one that has another way or has arrived meanwhile stays as it is.
struct RecordBlockedWay {
    model::AssignmentId assignment;
    std::optional<model::BlockedWay> blocked; ///< its `since` is filled in by the desk
    std::optional<base::Time> since{};
};
/// A team has said that it is well: its roll call starts again.
struct AnswerRollCall {
    model::AssignmentId assignment;
    std::string text;
};
/// What came of the words that teams must hear (their orders, other ways, new places, recalls). `since`: only where the newest word is still that which was
/// given then; a word that has come to the team stays so.
struct RecordTold {
    std::vector<model::AssignmentId> assignments;
    model::Reached reached{model::Reached::voice};
    std::optional<base::Time> since{};
};
/// Several at once; what they carried and did not deliver goes back to its warehouse's account.
struct ReleaseAssignments {
    std::vector<model::AssignmentId> assignments;
    std::string reason;
};
/// "I am deciding about these": two minutes, again: two minutes more. Another's claim refuses all.
struct ClaimResources {
    std::vector<model::ResourceId> resources;
    bool release{false};
};
/// A list that the county keeps under a name; a nil id: a new one. `changedAt`, `changedBy` are filled in by the desk. `seen`: as the editor saw it;
/// one that has changed since is Code::conflict.
struct PutCallList {
    model::CallList list;
    std::optional<model::CallList> seen{};
};
struct RemoveCallList {
    model::CallListId list;
    std::string reason; ///< may be empty
};
/// Calls people in turn until one answers; `id`, `state`, `startedAt`, `startedBy`, `at` and `nextAt` are filled in by the desk.
struct StartCallDown {
    model::CallDown callDown;
};
/// Whoever's turn it is, or anybody on the list, has answered (by name: the proof) or could not be reached.
struct AnswerCallDown {
    model::CallDownId callDown;
    int person{0};
    bool reached{true};
    std::string result; ///< what was said; needed where reached
};
struct EndCallDown {
    model::CallDownId callDown;
    std::string reason;
};
/// A nil id: a new draft; else the draft is replaced. `number`, `by`, `state` and times are filled in by the desk. `seen`: as the editor saw it; a draft
/// that has changed since is Code::conflict.
struct PutAidRequest {
    model::AidRequest request;
    std::optional<model::AidRequest> seen{};
};
struct AdvanceAidRequest {
    model::AidRequestId request;
    model::AidState to{model::AidState::sent};
    std::string note;
    std::vector<double> lent{}; ///< of each of its things, where they are promised or have come; empty: as it was said before, else all
};

} // namespace tocsin::desk
