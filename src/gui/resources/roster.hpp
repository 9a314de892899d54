#pragma once

#include "tocsin/model/state.hpp"

#include <QString>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::gui {

/// A time without its last moment.
struct RosterSpan {
    base::Time from;
    base::Time until;
    friend bool operator==(const RosterSpan&, const RosterSpan&) = default;
};

/// Those that touch or overlap as one, by beginning; empty ones are left out. Pure.
[[nodiscard]] std::vector<RosterSpan> mergedSpans(std::vector<RosterSpan> spans);
/// What of `whole` none of the merged ones covers. Pure.
[[nodiscard]] std::vector<RosterSpan> gapsBetween(const std::vector<RosterSpan>& merged, RosterSpan whole);

/// Who is on duty with a resource now, who comes next.
struct DutyNow {
    std::vector<model::DutyTurn> on;     ///< by their ends
    std::optional<model::DutyTurn> next; ///< the first that begins later
};
[[nodiscard]] DutyNow dutyNow(const model::Resource& resource, base::Time now);

/// What is to be seen of the rosters.
struct RosterAsk {
    enum class Only : unsigned char { rostered, nobodyNow, unrostered };
    RosterSpan shown;
    std::optional<model::ResourceKind> kind{};
    std::string capability{}; ///< empty: any
    QString text{};           ///< words in the name, the call sign, the place or a person's name; all of them
    Only only{Only::rostered};
};

/// A line: a resource's own, and below it one for each person where several have shifts in that time.
struct RosterRow {
    model::ResourceId resource;
    std::string person{};                 ///< empty: the resource's own
    std::vector<model::DutyTurn> turns{}; ///< that touch the time that is shown, by beginning
    std::vector<RosterSpan> gaps{};       ///< of the resource's own line, where it has a roster: nobody is on duty
};
/// By kind, then name. Pure; the state's resources are gone over once.
[[nodiscard]] std::vector<RosterRow> rosterRows(const model::State& state, const RosterAsk& ask, base::Time now, const QString& language);

/// A capability that nobody on duty has.
struct CapabilityGap {
    std::string code;
    int level{1};                     ///< at least
    std::vector<std::string> needed;  ///< numbers of the open incidents that need it
    bool nobody{false};               ///< no resource at all has it
    std::vector<RosterSpan> when;
};
/// Of the capabilities of those with a roster and of those that open incidents need; the needed ones first. Who has no roster counts as there,
/// as he does for a recommendation; who is out of service, in maintenance or off duty does not, until that ends. Pure.
[[nodiscard]] std::vector<CapabilityGap> capabilityGaps(const model::State& state, RosterSpan shown, base::Time now);

} // namespace tocsin::gui
