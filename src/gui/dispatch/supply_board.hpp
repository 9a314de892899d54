#pragma once

#include "tocsin/model/state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// Where more of a thing could come from.
struct SupplySource {
    model::ResourceId resource;
    model::ResourceKind kind{model::ResourceKind::warehouse};
    double quantity{0};  ///< that it would give to this need
    base::Seconds lead;  ///< of an enterprise or a partner, before it can leave
    base::Metres away;   ///< as the crow flies
};

/// One need against what there is for it: of an incident, or, without one, of all open incidents together.
struct SupplyLine {
    std::optional<model::IncidentId> incident;
    model::NeedKind kind{model::NeedKind::supply};
    std::string code; ///< a supply's or a capability's; "shelter"
    base::LocalText name;
    std::string unit;
    double needed{0};
    double inStock{0};   ///< free and fit for use, in the whole county
    double onTheWay{0};  ///< promised or under way
    double delivered{0}; ///< there
    double open{0};      ///< neither delivered nor on the way
    double missing{0};   ///< of what is open: not in stock either, once graver incidents have had theirs
    std::optional<base::Time> wantedBy;
    std::vector<SupplySource> from; ///< the county's own first, nearest first; then who could lend, soonest first

    [[nodiscard]] bool canBorrow() const; ///< some of it would come from an enterprise or a partner
};

/// Needs against stock for all open incidents: those of incidents by grade and age, then the sums. From the state alone, so that it
/// is true for the past as well. Pure.
[[nodiscard]] std::vector<SupplyLine> supplyBoard(const model::State& state, base::Time now);

enum class StockFault : std::uint8_t { expired, expiring, belowMinimum };
struct StockWorry {
    model::ResourceId resource;
    model::Stock stock;
    StockFault fault{StockFault::belowMinimum};
};
/// Stock below its minimum, expired, or expiring within `soon`: the expired first, then by date, then by what is short. Pure.
[[nodiscard]] std::vector<StockWorry> stockWorries(const model::State& state, base::Time now,
                                                   base::Duration soon = std::chrono::hours(24 * 30));

/// Who may be asked to lend or make: enterprises and partners in service, those that offer it first. Pure.
[[nodiscard]] std::vector<model::ResourceId> lendersOf(const model::State& state, const std::string& code);

/// A request for what is missing of a line, to its first lender (a nil id: nobody is known). Pure.
[[nodiscard]] model::AidRequest draftAid(const model::State& state, const SupplyLine& line);

} // namespace tocsin::gui
