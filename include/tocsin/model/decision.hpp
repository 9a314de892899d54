#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"
#include "tocsin/model/assignment.hpp"
#include "tocsin/model/ids.hpp"
#include "tocsin/model/incident.hpp"

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::model {

enum class DecisionState : std::uint8_t {
    waiting, ///< for the leader's approval; what it takes is claimed
    sent,
    refused ///< by the leader, or taken back by who proposed it
};
[[nodiscard]] std::string_view toString(DecisionState state);
[[nodiscard]] std::optional<DecisionState> decisionStateFrom(std::string_view text);

/// A line's reason where nobody has chosen otherwise.
inline constexpr const char* asRecommended = "recommended";

/// One resource that a decision sends.
struct DecisionLine {
    ResourceId resource;
    Purpose purpose{Purpose::team};
    Need need; ///< that it serves; for a stand-by move only the place of the last stop counts
    base::Seconds eta;
    base::Seconds etaLow;
    base::Seconds etaHigh;
    base::Seconds plain; ///< what the roads alone said; 0: not known
    base::Seconds turnout; ///< from the order until it sets out, as usual: before `eta`; 0: not known, or it is on the road
    bool recommended{true};
    std::string reason;
    std::vector<LoadItem> load;
    std::vector<Stop> stops;
    int people{0};
    RouteLine route; ///< empty once sent: the assignment has it
    bool byHand{false};   ///< a person added it beyond the choices, or changed its load or its stops
    std::string obstacle; ///< of one added by hand: what spoke against it, dispatch's stable key; empty: nothing
    std::vector<LoadItem> instead; ///< the load that was recommended, where a person changed it
    int insteadPeople{0};          ///< how many people it was recommended for, where a person changed that
    friend bool operator==(const DecisionLine&, const DecisionLine&) = default;
};

/// Who else was looked at: a second or third choice, or one that something kept away.
struct DecisionChoice {
    ResourceId resource;
    Need need; ///< for which it was looked at; of cards of before this was kept only the capability
    base::Seconds eta;    ///< from the order
    base::Seconds costs;  ///< what choosing it would cost over all that is open, in weighted seconds
    std::string obstacle; ///< dispatch's stable key; "none" where it could have gone
    bool recommended{false}; ///< recommended, but not chosen
    friend bool operator==(const DecisionChoice&, const DecisionChoice&) = default;
};

/// A need that was left open.
struct DecisionGap {
    Need need;
    double missing{0};
    std::string reason; ///< stable key
    friend bool operator==(const DecisionGap&, const DecisionGap&) = default;
};

/// The card on which somebody decided who goes: what was recommended and why, what was chosen instead, what it left
/// uncovered. What really happened stands in the assignments that name it.
struct Decision {
    DecisionId id;
    IncidentId incident;
    DecisionState state{DecisionState::waiting};
    base::Time at;
    std::string by;
    base::Time factsAt; ///< the age of what it rests on
    std::vector<DecisionLine> lines;
    std::vector<DecisionChoice> others;
    std::vector<DecisionGap> unmet;
    bool optimal{true};   ///< proven
    double gap{0};        ///< 0.02: the best there is may be two per cent better
    double peopleCoveredBefore{0}; ///< within the county's target time, if the next call comes now
    double peopleCoveredAfter{0};
    std::string reason; ///< why otherwise than recommended; empty where it was followed
    std::vector<std::string> notices; ///< who is told what
    std::vector<CallListId> callLists{}; ///< call-down lists that are begun when it is sent
    std::string language{};              ///< in which those whom they call are described
    std::vector<AssignmentId> releases{}; ///< running ones that it gives up, where it waits for the leader's word
    bool coverOfPlaces{false};            ///< nobody knows who lives where: the people covered are places on the roads
    bool coverLate{false};                ///< it was sent before the cover of this very choice was reckoned: both numbers are unknown
    std::vector<std::string> unseen{};    ///< not proven: what was not looked at, dispatch's stable keys
    base::Seconds stoppedAfter{};         ///< not proven: the time limit ended the search after so long; 0: it did not
    std::string judgedBy; ///< the leader who approved or refused
    std::optional<base::Time> judgedAt;
    std::string judgement;

    Decision(); // these are compiled once, in copies.cpp
    Decision(const Decision&);
    Decision(Decision&&) noexcept;
    Decision& operator=(const Decision&);
    Decision& operator=(Decision&&) noexcept;
    ~Decision();
    friend bool operator==(const Decision&, const Decision&) = default;
};

void to_json(nlohmann::json& out, const DecisionLine& value);
void from_json(const nlohmann::json& in, DecisionLine& value);
void to_json(nlohmann::json& out, const DecisionChoice& value);
void from_json(const nlohmann::json& in, DecisionChoice& value);
void to_json(nlohmann::json& out, const DecisionGap& value);
void from_json(const nlohmann::json& in, DecisionGap& value);
void to_json(nlohmann::json& out, const Decision& value);
void from_json(const nlohmann::json& in, Decision& value);

} // namespace tocsin::model
