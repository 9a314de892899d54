#pragma once

#include "tocsin/model/state.hpp"
#include "tocsin/triage/hazard_words.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <functional>

namespace tocsin::triage {

/// What a report's own words say, for counting.
struct ReportSigns {
    Hazards hazards{0};
    Hazards danger{0};  ///< of hazard::inDanger: what it says of people, or a call's record counts
    bool denies{false}; ///< it says that it is over or was never so
    friend bool operator==(const ReportSigns&, const ReportSigns&) = default;
};
[[nodiscard]] ReportSigns signsOf(const model::Report& report, const HazardWords& words);

/// What may bear a group out, and what places are called: made once for many groups.
struct Surroundings {
    struct Alarm {
        model::AlarmId id;
        model::Position at;
        Hazards hazards{0};
        std::string hazard; ///< folded
        model::Grade severity{model::Grade::IV};
    };
    struct Name {
        model::Position at;
        base::LocalText name;
    };
    std::vector<Alarm> alarms; ///< whose condition holds and that are believed; none about the sensors themselves
    std::vector<Name> names;   ///< of sensors' places
};
[[nodiscard]] Surroundings surroundingsOf(const model::State& state, const HazardWords& words);

/// What speaks for an incident, or for its grade.
struct ProposalReason {
    enum class What : unsigned char {
        manyReports, ///< `count` senders tell of it
        deadTold,    ///< `count` reports tell of dead; `people`: as many as a call's record counts, 0: not counted
        trappedTold,
        hurtTold,    ///< hurt, ill or missing
        alarmNear,   ///< an alarm of the same hazard stands `metres` away, `count` do in all; `alarm` is the nearest
    } what{What::manyReports};
    std::size_t count{0};
    int people{0};
    double metres{0};
    std::optional<model::AlarmId> alarm;
    model::Grade grade{model::Grade::IV}; ///< to which this alone would lead
    friend bool operator==(const ProposalReason&, const ProposalReason&) = default;
};

/// What a group of reports would be as an incident; a person decides.
struct IncidentProposal {
    std::string group;  ///< ReportGroup::key
    std::string hazard; ///< the category that most senders chose; where none says anything, by their words
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
    model::Grade grade{model::Grade::IV};
    std::optional<model::Position> centre;
    base::LocalText place;                ///< in most senders' words, else the nearest name; may be empty
    std::vector<std::string> terms;       ///< what most of them say: a title's words where the hazard says nothing
    std::vector<model::ReportId> reports; ///< to be linked, oldest first: they belong to no incident yet
    /// An open incident that others of the group belong to: `reports` have come since, and may belong to it as well.
    std::optional<model::IncidentId> incident;
    std::size_t senders{0};  ///< who is not known counts as one each time; who denies it does not
    std::size_t inDanger{0}; ///< reports that tell of people in danger
    std::vector<ProposalReason> reasons; ///< gravest first
    friend bool operator==(const IncidentProposal&, const IncidentProposal&) = default;
};

/// From when on a group is proposed, and as what grade. Never grade I by the number of reports alone: they are many
/// where many live.
struct ProposalPolicy {
    std::size_t least{3};         ///< senders …
    std::size_t leastInDanger{2}; ///< … or reports that tell of people in danger
    std::size_t sendersIII{10};
    std::size_t sendersII{40};
    std::size_t dangerIII{2}; ///< reports that tell of people in danger
    std::size_t dangerII{10};
    int dead[3]{30, 10, 3};    ///< as a call's record counts them, with the missing: I, II, III (DOMAIN.md: work accident)
    int hurt[3]{100, 50, 10};
    double alarmReach{3'000};  ///< metres
    double nameReach{1'500};
};

/// The newest no that a person has said to the group or a part of it; null: nobody has.
[[nodiscard]] const model::NoIncident* declinedOf(const ReportGroup& group, const model::State& state);

/// Nothing while the group is too small, when all of it belongs to incidents, or when a person has said no: after that it
/// comes again when twice as many tell of it, or the first of them of people in danger. `signs` may remember what it is asked.
/// Goes over the group's reports and the alarms once. Pure; any thread.
[[nodiscard]] std::optional<IncidentProposal>
proposalOf(const ReportGroup& group, const model::State& state, const Surroundings& around,
           const std::function<ReportSigns(const model::Report&)>& signs, const ProposalPolicy& policy = {});

/// The class that an incident of this hazard has where nobody has said otherwise.
[[nodiscard]] model::HazardClass hazardClassOf(std::string_view hazard);

} // namespace tocsin::triage
