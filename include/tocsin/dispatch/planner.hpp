#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/dispatch/cover.hpp"
#include "tocsin/dispatch/eta_model.hpp"
#include "tocsin/dispatch/obstacle.hpp"
#include "tocsin/dispatch/optimum.hpp"
#include "tocsin/dispatch/weights.hpp"
#include "tocsin/model/decision.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/route/road_graph.hpp"

#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::dispatch {

/// What is asked. The state and the roads must outlive the call.
struct Question {
    const model::State* state{nullptr};
    const route::RoadGraph* roads{nullptr}; ///< null: nothing can be driven
    /// By vehicles' speed class (route::defaultProfiles()); null, or no such class: the network's own
    /// times over the resource's speed factor. A profile stands instead of the factor.
    const std::vector<route::Profile>* profiles{nullptr};
    route::Conditions conditions; ///< beside the closures that the state has drawn
    base::Time now;
    std::optional<model::IncidentId> focus; ///< routes, choices and reasons are for it; absent: for all open incidents
    bool alone{false};                      ///< the focus's needs only, as if nothing else were open
    std::string actor;                      ///< who asks: what another has claimed is left to him
    Weights weights;
    std::vector<Populated> population; ///< for the cover; empty: junctions count
    bool withCover{true};              ///< tell the cover before and after, and the stand-by move
    std::size_t choices{3};            ///< for each need: the chosen and further ones up to this rank
    base::Seconds timeLimit{2};        ///< for the solving; then the best found is given with its gap
    /// Up to so many pairs of incident and resource are weighed at once; of more the near ones first, and farther ones
    /// until it is proven that none that was left out could better the answer, which is the same.
    std::size_t pairsAtOnce{20'000};
    std::stop_token stop;
};

enum class Solver : unsigned char {
    none, ///< there was nothing to choose
    flow, ///< network simplex
    mip,  ///< branch and bound (CBC)
    both  ///< teams by flow, supplies or shelters by branch and bound
};
[[nodiscard]] std::string_view toString(Solver solver);

/// One resource for one need.
struct Choice {
    model::ResourceId resource;
    int level{0};      ///< its level in the capability
    base::Seconds eta; ///< from setting out, the middle; 86,400 where no way leads
    base::Seconds etaLow;
    base::Seconds etaHigh;
    base::Seconds plain;   ///< what the roads alone say, with the loading
    base::Seconds turnout; ///< from the order until it sets out, as usual: counts before `eta` and is in `late`, not in `eta`
    base::Metres distance; ///< along the road to an incident in focus; else straight
    base::Seconds late;    ///< beyond `within`
    /// Of a chosen one: its own part of the optimum. Of another: how much worse the whole optimum becomes if this one
    /// must serve the need, exactly; `needsLost` more needs, by grade, then stay open.
    base::Seconds costs;
    double needsLost{0};
    bool costsKnown{true};     ///< false where a time limit left it open, and of another that brings supplies or gives shelter
    base::Seconds positionAge; ///< how old its position is
    Obstacle obstacle{Obstacle::none};
    std::string claimedBy;                     ///< with Obstacle::claimed
    std::optional<base::Time> freeAt;          ///< when it is expected to be free
    bool freeGuessed{false};                   ///< by nobody's word, but from how long others were on scene
    std::optional<model::AssignmentId> leaves; ///< the running assignment that it would give up
    bool there{false};
    model::RouteLine route; ///< of the chosen and the further choices, for the incidents in focus
    std::string via;
    std::vector<model::LoadItem> load;
    std::vector<model::Stop> stops;
    double delivers{0}; ///< of the need's supply
    int people{0};      ///< who find shelter there
    bool straight{false}; ///< as a boat, in a straight line from where it is: over land, too
};

/// Why a need stays open, in whole or in part. Keys: "none-has-capability", "none-has-level", "all-busy",
/// "all-out-of-service", "no-road", "cannot-travel", "too-far", "position-too-old", "over-crew-hours", "claimed",
/// "needed-elsewhere", "out-of-stock", "stock-expired", "no-vehicle", "no-payload", "shelters-full",
/// "no-shelter", "bad-amount", "time-limit", "cancelled".
struct Unmet {
    double missing{0}; ///< teams, units of the supply, people
    std::string reason;
    std::optional<model::ResourceId> resource; ///< the nearest one that this keeps
    base::Seconds eta;                         ///< of it
    std::optional<base::Time> freeAt;          ///< the first of the busy ones, if that is known
    std::string by;                            ///< who has claimed it
    int bestLevel{0};                          ///< with "none-has-level"
    double available{0};                       ///< with "out-of-stock", "shelters-full": what there is in all
};

struct NeedAnswer {
    model::IncidentId incident;
    model::Need need;
    double open{0};             ///< not served by what is there or on its way (and stays)
    std::vector<Choice> chosen; ///< the soonest first
    std::vector<Choice> others; ///< the least costs first: the second choice, the third
    /// Capable, but something keeps them; those that would have been nearer. For a supply these are stores and for shelter shelters, of an
    /// incident in focus.
    std::vector<Choice> kept;
    std::optional<Unmet> unmet;
};

/// A running assignment that the optimum would change: a proposal, which a person must make.
struct Change {
    model::AssignmentId assignment;
    model::ResourceId resource;
    model::IncidentId from;
    std::optional<model::IncidentId> to; ///< absent: it is released, others serve its need sooner
    std::optional<model::Need> need;     ///< that it would serve
    base::Seconds price;
};

struct Answer {
    std::optional<model::IncidentId> focus;
    std::vector<NeedAnswer> needs; ///< in focus first, then by incident; in each incident's own order
    std::vector<Change> changes;
    double asked{0};         ///< units in all
    double served{0};        ///< of them
    base::Seconds objective; ///< the sum of the costs, without what is unmet
    Solver solver{Solver::none};
    bool optimal{true};   ///< proven
    double gap{0};        ///< proven: the best there is may be better by this part of the objective; 1: that is not known
    bool timedOut{false}; ///< the time limit ended it
    base::Seconds stoppedAfter{};  ///< then after how long; else 0
    std::vector<Unseen> unseen{};  ///< what was not searched through, and may be better; empty: nothing
    std::size_t considered{0}; ///< resources
    base::Time factsAt;
    base::Seconds oldestPosition; ///< of those chosen
    base::Duration took{0};
    base::Duration tookRoads{0}; ///< of it, the searches over the roads
    std::optional<Cover> cover; ///< after those chosen for the focus have gone; where there is none, all who are chosen
};

/// Who should go, over all that is open at once. Errors: notFound and conflict (the focus is unknown or closed),
/// outOfRange (a weight), cancelled, unavailable (no state). Never throws for any state. Pure: the same question has
/// the same answer, but for what a time limit ends. Any thread.
class Planner {
  public:
    [[nodiscard]] base::Result<Answer> decide(const Question& question) const;
};

/// What is chosen of a resource for an incident's needs of one kind, as one line of the card: a vehicle that brings several supplies, or a
/// resource that serves several needs, goes once. Nothing where it is not chosen.
[[nodiscard]] std::optional<model::DecisionLine> chosenLine(const Answer& answer, model::IncidentId incident,
                                                            model::ResourceId resource, model::NeedKind kind);
/// The line of one choice alone.
[[nodiscard]] model::DecisionLine lineOf(const Choice& choice, const model::Need& need);
[[nodiscard]] model::Purpose purposeOf(model::NeedKind kind);

/// The card for the journal, of the need answers of `incident`: all lines as recommended, without id, state and author.
[[nodiscard]] model::Decision toDecision(const Answer& answer, model::IncidentId incident);
/// Its figures of the cover that its choice leaves.
void setCover(model::Decision& decision, const Cover& cover);

} // namespace tocsin::dispatch
