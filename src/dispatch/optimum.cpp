#include "tocsin/dispatch/optimum.hpp"

#include "tocsin/dispatch/planner.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin::dispatch {
namespace {

constexpr std::array<std::string_view, 8> keys{"three-stores", "four-stores", "far-stores", "far-vehicles", "many-trips", "first-fit", "whole-units", "no-weight"};

std::string clauseOf(Unseen unseen) {
    switch (unseen) {
    case Unseen::threeStores:
        return "trips that call at three or more stores were not looked at";
    case Unseen::fourStores:
        return "trips that call at four or more stores were not looked at";
    case Unseen::farStores:
        return "stores beyond the nearest eight were not looked at";
    case Unseen::farVehicles:
        return "vehicles beyond the nearest 24 were not looked at";
    case Unseen::manyTrips:
        return "trips beyond the first 3,000 were not looked at";
    case Unseen::firstFit:
        return "the loads were packed as they came, for want of time";
    case Unseen::wholeUnits:
        return "loads were rounded down to whole units";
    case Unseen::noWeight:
        return "supplies whose weight nobody knows were loaded as if they weighed nothing";
    }
    return {};
}

std::string oneDigit(double value) {
    char out[32];
    std::snprintf(out, sizeof out, "%.1f", value);
    return out;
}

OptimumWords wordsOf(bool proven, double gap, base::Seconds stoppedAfter, const std::vector<Unseen>& unseen) {
    OptimumWords out;
    if (proven) {
        out.verdict = "optimum proven";
        return out;
    }
    out.verdict = "best found";
    for (const Unseen one : unseen)
        out.reasons.push_back(clauseOf(one));
    if (stoppedAfter.value > 0)
        out.reasons.push_back("stopped after " + oneDigit(stoppedAfter.value) + " s");
    if (gap > 0 && gap < 1) // 1: nothing is known of how much better it could be
        out.reasons.push_back("at most " + (gap < 0.0005 ? std::string("0.1") : oneDigit(gap * 100)) + " % from the optimum");
    if (out.reasons.empty())
        out.reasons.emplace_back("not all ways were looked at");
    return out;
}

} // namespace

std::string_view toString(Unseen unseen) {
    const auto index = static_cast<std::size_t>(unseen);
    return index < keys.size() ? keys[index] : std::string_view();
}

std::optional<Unseen> unseenFrom(std::string_view text) {
    const auto found = std::find(keys.begin(), keys.end(), text);
    return found == keys.end() ? std::nullopt : std::optional(static_cast<Unseen>(found - keys.begin()));
}

OptimumWords optimumWords(const Answer& answer) {
    return wordsOf(answer.optimal, answer.gap, answer.stoppedAfter, answer.unseen);
}

OptimumWords optimumWords(const model::Decision& decision) {
    std::vector<Unseen> unseen;
    for (const auto& key : decision.unseen) {
        if (const auto one = unseenFrom(key)) // a later program's word is passed over: that it is not proven still stands
            unseen.push_back(*one);
    }
    return wordsOf(decision.optimal, decision.gap, decision.stoppedAfter, unseen);
}

} // namespace tocsin::dispatch
