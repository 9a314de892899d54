#include "detect/tally.hpp"
#include "tocsin/detect/past.hpp"
#include "tocsin/model/warning_words.hpp"

#include <cmath>
#include <cstdio>

namespace tocsin::detect {
namespace {

base::LocalText wordsOf(const model::Earthquake& quake) {
    char magnitude[32];
    std::snprintf(magnitude, sizeof magnitude, "M %.1f", quake.magnitude.value_or(0));
    return {magnitude + (quake.place.empty() ? std::string() : ", " + quake.place)};
}

base::Time cameAt(const model::Warning& warning) {
    return warning.receivedAt == base::Time{} ? warning.sent : warning.receivedAt;
}

std::string keyOf(const std::string& sender, const std::string& identifier) {
    return sender + '\n' + identifier;
}

/// What would have stood raised, whichever messages carried it on.
struct Chain {
    Firing firing;
    bool over{false}; ///< by another message
};

std::vector<Firing> firingsOf(const WarningCondition& condition, const PastMessages& messages, base::Time to) {
    std::vector<const model::Warning*> order;
    for (const auto& warning : messages.warnings) {
        if (cameAt(warning) <= to)
            order.push_back(&warning);
    }
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return cameAt(*a) < cameAt(*b); });
    std::vector<Chain> chains;
    std::map<std::string, std::size_t> byMessage;
    for (const auto* warning : order) {
        const auto came = cameAt(*warning);
        auto asItCame = *warning;
        asItCame.state = model::WarningState::inForce;
        const auto* part = !warning->expires || *warning->expires > came
                               ? partThatFits(condition, asItCame, messages.area, messages.exerciseDesk)
                               : nullptr;
        const bool holds = part != nullptr;
        // Where it ended is not told by what is here: then it is not said to stand.
        const auto until =
            warning->expires || warning->state == model::WarningState::inForce ? warning->expires : std::optional(came);
        std::optional<std::size_t> goesOn;
        for (const auto& reference : warning->references) {
            const auto found = byMessage.find(keyOf(reference.sender, reference.identifier));
            if (found == byMessage.end() || chains[found->second].over || goesOn == found->second)
                continue;
            auto& chain = chains[found->second];
            const bool stands = !chain.firing.until || *chain.firing.until > came;
            if (holds && stands && !goesOn) {
                goesOn = found->second;
                chain.firing.until = until;
                continue;
            }
            if (stands)
                chain.firing.until = came;
            chain.over = true;
        }
        if (!holds)
            continue;
        if (!goesOn) {
            goesOn = chains.size();
            chains.push_back({{{}, came, until, 0, model::wordsOf(asItCame, *part, model::headlineOf)}});
        }
        byMessage[keyOf(warning->sender, warning->identifier)] = *goesOn;
    }
    std::vector<Firing> firings;
    for (auto& chain : chains)
        firings.push_back(std::move(chain.firing));
    return firings;
}

std::vector<Firing> firingsOf(const EarthquakeCondition& condition, const PastMessages& messages, base::Time to) {
    std::vector<Firing> firings;
    for (const auto& quake : messages.earthquakes) {
        if (quake.time <= to && fits(condition, quake, messages.area, quake.time))
            firings.push_back(
                {{}, quake.time, quake.time + condition.notOlderThan, quake.magnitude.value_or(0), wordsOf(quake)});
    }
    std::sort(firings.begin(), firings.end(), [](const Firing& a, const Firing& b) { return a.from < b.from; });
    return firings;
}

} // namespace

bool isOverMessages(const Rule& rule) {
    return std::holds_alternative<WarningCondition>(rule.condition) ||
           std::holds_alternative<EarthquakeCondition>(rule.condition);
}

Backtest backtest(const Rule& rule, const PastMessages& messages, base::Time from, base::Time to) {
    std::vector<Firing> firings;
    std::size_t looked = 0;
    const auto within = [&](base::Time time) { return time >= from && time <= to; };
    if (const auto* warning = std::get_if<WarningCondition>(&rule.condition)) {
        firings = firingsOf(*warning, messages, to);
        looked = static_cast<std::size_t>(std::count_if(messages.warnings.begin(), messages.warnings.end(),
                                                        [&](const auto& one) { return within(cameAt(one)); }));
    } else if (const auto* earthquake = std::get_if<EarthquakeCondition>(&rule.condition)) {
        firings = firingsOf(*earthquake, messages, to);
        looked = static_cast<std::size_t>(std::count_if(messages.earthquakes.begin(), messages.earthquakes.end(),
                                                        [&](const auto& one) { return within(one.time); }));
    }
    Tally tally;
    for (auto& firing : firings) {
        if (firing.until && *firing.until < from)
            continue;
        if (firing.until && *firing.until > to)
            firing.until.reset(); // still
        if (firing.from >= from)
            tally.raised(firing.from);
        tally.record(firing);
    }
    return tally.end(looked);
}

} // namespace tocsin::detect
