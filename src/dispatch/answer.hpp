#pragma once

#include "dispatch/carry.hpp"
#include "dispatch/facts.hpp"
#include "dispatch/problem.hpp"
#include "dispatch/shelters.hpp"

#include <set>

namespace tocsin::dispatch {

/// So many of those who could but may not are told for each need.
inline constexpr std::size_t keptShown = 3;

/// One who is able to serve a need, and what keeps him.
struct Judged {
    Capable who;
    Obstacle obstacle{Obstacle::none};
};

/// The question in numbers, with the way back from them.
struct Posed {
    Problem problem;
    std::vector<std::uint32_t> needOf;       ///< by ask: the open need
    std::vector<std::vector<Judged>> judged; ///< by ask: all who are known of; of a need that stays open all there are
    std::vector<double> late;                ///< by option: seconds beyond `within`
    double prices{0};                        ///< of all changes; what runs on gets its own back
};

struct Solved {
    Plan teams;
    Plan supplies;
    ShelterPlan shelters;
    std::vector<std::vector<Instead>> instead; ///< by ask; empty where not asked for
};

/// True if the option leaves a running assignment as it is.
[[nodiscard]] bool runsOn(const Facts& facts, const Posed& posed, const Option& option);

/// How much later than it is wanted, told from when the incident was opened.
[[nodiscard]] base::Seconds lateBy(const Question& question, const Facts& facts, const OpenNeed& need, base::Seconds eta);
/// Who brings a supply, and who else could. `taken`: the givers of the plan, whatever they do.
void tellSupply(const Question& question, const Facts& facts, const Problem& problem, const Carrying& carrying, const Plan& plan,
                const std::set<std::uint32_t>& taken, std::uint32_t supply, NeedAnswer& out);
/// The answers need by need, with the reasons for what stays open.
void tellNeeds(const Question& question, const Facts& facts, const Posed& posed, const Solved& solved,
               const Problem& supplyProblem, const Carrying& carrying, Answer& answer);

} // namespace tocsin::dispatch
