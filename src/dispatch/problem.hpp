#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::dispatch {

// The question in numbers. Resources are givers, needs for teams asks, incidents sites; all count from 0.

struct Ask {
    std::uint32_t units{0};
    double weight{1}; ///< of a unit that is served
    std::uint32_t site{0};
    /// All options that cost less are there; others may have been left out. Infinite: none was.
    double beyond{std::numeric_limits<double>::infinity()};
};
struct Option {
    std::uint32_t ask{0};
    std::uint32_t giver{0};
    double cost{0};       ///< seconds; kept to tenths
    std::uint32_t tie{0}; ///< of equal plans the one with the least sum of these
};
/// `cost` is paid if all of these givers are taken. At least two.
struct CoverGroup {
    double cost{0};
    std::vector<std::uint32_t> givers; ///< rising
};

/// A giver drives to a site by way of warehouses.
struct Trip {
    std::uint32_t giver{0};
    std::uint32_t site{0};
    double cost{0};
    double payload{0};                     ///< kilograms
    double volume{0};                      ///< cubic metres; 0: unknown, not limited
    std::vector<std::uint32_t> warehouses; ///< in the order in which they are driven to
};
struct SupplyAsk {
    std::uint32_t site{0};
    std::uint32_t item{0};
    double weight{1}; ///< of the whole amount
    double amount{0};
    double kilograms{0}; ///< of one unit
    double cubicMetres{0};
};
/// What lies of an item in a warehouse.
struct Lot {
    std::uint32_t warehouse{0};
    std::uint32_t item{0};
    double available{0};
};

struct Problem {
    std::vector<Ask> asks;
    std::uint32_t givers{0};
    std::vector<Option> options; ///< of an ask in a row, the cheapest first
    std::vector<CoverGroup> cover;
    std::uint32_t atOnce{1}; ///< asks of one site that one giver serves together
    std::vector<SupplyAsk> supplies;
    std::vector<Trip> trips;
    std::vector<Lot> lots;
};

/// One unit of `ask` must be served by a giver that is not among these.
struct Forced {
    std::uint32_t ask{0};
    std::vector<std::uint32_t> others;
    const std::vector<double>* prices{nullptr}; ///< of the plan without this, where options were left out
};

struct Carried {
    std::uint32_t trip{0};
    std::uint32_t supply{0};
    std::uint32_t lot{0};
    double quantity{0};
};

struct Plan {
    bool found{false};
    bool proven{false};
    bool mip{false};  ///< branch and bound was needed
    bool flow{false}; ///< network simplex was
    bool stopped{false};
    double gap{0};
    double served{0};                   ///< weighted
    double cost{0};                     ///< seconds, cover with it
    std::vector<std::uint32_t> options; ///< taken, rising
    std::vector<std::uint32_t> trips;
    std::vector<Carried> carried;
    /// Where options were left out, by ask: none that costs as much and `slack` more betters the plan. Infinite: any could.
    std::vector<double> prices;
    double slack{0};
};

struct Budget {
    std::function<double()> secondsLeft;
    std::function<bool()> stop;
};

class FlowTree;

/// As much as possible served by weight, and among all such ways the least cost. With `forced` the best in which it is
/// so; not found where that cannot be. `tree`: where flows begin and are kept for the next time.
[[nodiscard]] Plan solve(const Problem& problem, const Budget& budget, const Forced* forced = nullptr, FlowTree* tree = nullptr);

/// What it would cost to have `giver` serve the ask.
struct Instead {
    std::uint32_t giver{0};
    double costs{0};
    double lost{0}; ///< served less, by weight
    bool known{true};
};
/// For each of `asks`: the `count` givers outside the plan's own that cost least if they must serve it, exactly. Where
/// options were left out, `enough` (by ask of the problem) becomes the cost from which on none could better plan or choices.
[[nodiscard]] std::vector<std::vector<Instead>> choicesInstead(const Problem& problem, const Plan& plan,
                                                               const std::vector<std::uint32_t>& asks,
                                                               std::size_t count, const Budget& budget,
                                                               std::vector<double>* enough = nullptr);

/// True if of any ask options were left out.
[[nodiscard]] bool isPartial(const Problem& problem);
/// True if none that was left out could better what says that it is good from `enough` on.
[[nodiscard]] bool isEnough(const Problem& problem, const std::vector<double>& enough, double slack);

} // namespace tocsin::dispatch
