#include "tocsin/route/assignment_flow.hpp"

#include "route/lemon/assignment_flow.hpp"

#include <limits>

namespace tocsin::route {

FlowPlan leastCostFlow(std::span<const FlowAsker> askers, std::uint32_t givers, std::span<const FlowOption> options) {
    std::vector<search::AssignAsker> plainAskers;
    std::vector<search::AssignOption> plain;
    std::uint64_t units = 0;
    for (const FlowAsker& asker : askers) {
        if (asker.open < -maxFlowCost || asker.open > maxFlowCost)
            return {};
        units += asker.units;
        plainAskers.push_back({asker.units, asker.open});
    }
    if (units + givers + options.size() > static_cast<std::uint64_t>(std::numeric_limits<int>::max() / 4))
        return {};
    plain.reserve(options.size());
    for (const FlowOption& option : options) {
        if (option.asker >= askers.size() || option.giver >= givers || option.cost < -maxFlowCost ||
            option.cost > maxFlowCost)
            return {};
        plain.push_back({option.asker, option.giver, option.cost});
    }
    const search::Assigned done = search::assignLeastCost(plainAskers, givers, plain);
    return {std::vector<std::size_t>(done.options.begin(), done.options.end()), done.optimal};
}

} // namespace tocsin::route
