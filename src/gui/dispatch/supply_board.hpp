#pragma once

#include "tocsin/model/state.hpp"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::gui {

/// Where more of a thing could come from.
struct SupplySource {
    model::ResourceId resource;
    model::ResourceKind kind{model::ResourceKind::warehouse};
    double quantity{0};  ///< that it would give to this need
    base::Seconds lead;  ///< of an enterprise or a partner, before it can leave
    base::Metres away;   ///< as the crow flies
    std::optional<base::Seconds> drive{}; ///< by the open roads; infinite where none leads; absent while it is not known
    std::optional<base::Time> there{};    ///< when all of `quantity` could be there: lead, making it and the drive
    bool late{false};                     ///< that is after it is wanted
};

/// One need against what there is for it: of an incident, or, without one, of all open incidents together.
struct SupplyLine {
    std::optional<model::IncidentId> incident;
    model::NeedKind kind{model::NeedKind::supply};
    std::string code; ///< a supply's or a capability's; "shelter"
    base::LocalText name;
    std::string unit;
    double needed{0};
    double inStock{0};   ///< free and fit for use, in the whole county; of supplies: in its stores
    double aboard{0};    ///< of supplies: the same on vehicles, with teams and with others, whence nobody fetches it
    double onTheWay{0};  ///< promised or under way
    double delivered{0}; ///< there, by the county's own or by others
    double open{0};      ///< neither delivered nor on the way
    double missing{0};   ///< of what is open: not in stock either, once graver incidents have had theirs
    double askedFor{0};  ///< as mutual aid that is drafted, sent or promised, and not here yet
    std::optional<base::Time> wantedBy;
    std::vector<SupplySource> from; ///< the county's own first, then who could lend; in each the soonest there first

    [[nodiscard]] bool canBorrow() const; ///< some of it would come from an enterprise or a partner
    [[nodiscard]] double toAsk() const;   ///< what is missing, or else open, and not asked for yet
};

/// Whence and whereto the board would know the times by road.
struct SupplyWays {
    std::vector<model::ResourceId> sources; ///< the nearest of each thing that is open
    std::vector<model::Position> from;      ///< where each of them is
    std::vector<model::IncidentId> incidents;
    std::vector<model::Position> to;
    friend bool operator==(const SupplyWays&, const SupplyWays&) = default;
};
[[nodiscard]] SupplyWays supplyWays(const model::State& state, base::Time now);
/// What the roads say to it; a way that is not in it is ordered by its distance.
using SupplyTimes = std::map<std::pair<model::IncidentId, model::ResourceId>, base::Seconds>;

/// Needs against stock for all open incidents: those of incidents by grade and age, then the sums. From the state alone, so that it
/// is true for the past as well. Pure.
[[nodiscard]] std::vector<SupplyLine> supplyBoard(const model::State& state, base::Time now, const SupplyTimes& times = {});

/// Who may be asked to lend or make: enterprises and partners in service, those that offer it first. Pure.
[[nodiscard]] std::vector<model::ResourceId> lendersOf(const model::State& state, const std::string& code);

/// A request for what is missing of a line, to its first lender (a nil id: nobody is known). Pure.
[[nodiscard]] model::AidRequest draftAid(const model::State& state, const SupplyLine& line);

} // namespace tocsin::gui
