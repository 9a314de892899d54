#include "tocsin/route/matching.hpp"

#include "route/lemon/matching.hpp"

#include <algorithm>

namespace tocsin::route {

static_assert(maxMatchCost == search::maxOptionCost && maxMatchUnits == search::maxAsked);

Matching matchLeastCost(std::span<const std::uint32_t> asked, std::uint32_t givers,
                        std::span<const MatchOption> options) {
    std::vector<search::Option> plain;
    plain.reserve(options.size());
    for (const MatchOption& option : options) {
        if (option.asker >= asked.size() || option.giver >= givers || option.cost < 0 || option.cost > maxMatchCost)
            return {};
        plain.push_back({option.asker, option.giver, option.cost});
    }
    const search::Match match =
        search::matchLeastCost(std::vector<std::uint32_t>(asked.begin(), asked.end()), givers, plain);
    return {std::vector<std::size_t>(match.options.begin(), match.options.end()), match.optimal};
}

} // namespace tocsin::route
