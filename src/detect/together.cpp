#include "detect/together.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

void TogetherBoard::clear() {
    m_watches.clear();
    m_wanted.clear();
    m_instances.clear();
    m_doubted.clear();
    m_doubtedRules.clear();
}

void TogetherBoard::add(std::uint32_t rule, const Together& condition, std::vector<std::uint32_t> parts) {
    for (const std::uint32_t part : parts) {
        auto& watches = m_wanted[part];
        if (watches.empty() || watches.back() != m_watches.size())
            watches.push_back(m_watches.size());
    }
    Watch watch;
    watch.rule = rule;
    watch.condition = condition;
    watch.parts = std::move(parts);
    m_watches.push_back(std::move(watch));
}

void TogetherBoard::put(std::uint32_t rule, Where where, const Instance& instance) {
    const auto wanted = m_wanted.find(rule);
    if (wanted == m_wanted.end())
        return;
    if (instance.standing || instance.ended != base::Time::min())
        m_instances[rule][where] = instance;
    else
        m_instances[rule].erase(where);
    for (const std::size_t watch : wanted->second)
        m_watches[watch].stale = true;
}

void TogetherBoard::goBack(base::Time to) {
    for (auto& [rule, instances] : m_instances) {
        for (auto& [where, instance] : instances)
            instance.ended = std::min(instance.ended, to);
    }
}

base::Duration TogetherBoard::memoryOf(std::uint32_t rule) const {
    base::Duration longest{0};
    if (const auto wanted = m_wanted.find(rule); wanted != m_wanted.end()) {
        for (const std::size_t watch : wanted->second)
            longest = std::max(longest, m_watches[watch].condition.within);
    }
    return longest;
}

const TogetherBoard::Instances& TogetherBoard::of(std::uint32_t rule) const {
    static const Instances nowhere;
    const auto found = m_instances.find(rule);
    return found == m_instances.end() ? nowhere : found->second;
}

bool TogetherBoard::alive(const Watch& watch, const Instance& instance, base::Time now) {
    return instance.standing ||
           (watch.condition.within > base::Duration{0} && now - instance.ended <= watch.condition.within);
}

bool TogetherBoard::near(const Watch& watch, const Instance& a, const Instance& b) {
    if (!watch.condition.metres || !a.position || !b.position)
        return true;
    constexpr double metresPerDegree = 111'000; // of latitude, at least 110,574: spares most of the sines
    if (std::abs(a.position->latitude() - b.position->latitude()) * (metresPerDegree - 500) > *watch.condition.metres)
        return false;
    return geo::distance(*a.position, *b.position).value <= *watch.condition.metres;
}

bool TogetherBoard::holdsAt(Watch& watch, Where where, const Instance& anchor, base::Time now, Trust trust) const {
    std::vector<std::pair<std::uint32_t, Where>> because{{watch.parts.front(), where}};
    for (std::size_t i = 1; i < watch.parts.size(); ++i) {
        const std::uint32_t part = watch.parts[i];
        const Instances& list = of(part);
        auto found = list.end();
        for (auto at = list.begin(); at != list.end(); ++at) {
            const bool believed = !doubts(part, at->first);
            if ((!believed && (trust == Trust::believed || found != list.end())) || !alive(watch, at->second, now) ||
                !near(watch, anchor, at->second))
                continue;
            found = at;
            if (believed)
                break;
        }
        if (found == list.end())
            return false;
        because.emplace_back(part, found->first);
    }
    watch.because = std::move(because);
    return true;
}

bool TogetherBoard::holds(Watch& watch, base::Time now, Trust trust) const {
    if (watch.parts.empty())
        return false;
    const Instances& anchors = of(watch.parts.front());
    return std::any_of(anchors.begin(), anchors.end(), [&](const auto& item) {
        return (trust == Trust::any || !doubts(watch.parts.front(), item.first)) && alive(watch, item.second, now) &&
               holdsAt(watch, item.first, item.second, now, trust);
    });
}

bool TogetherBoard::holds(Watch& watch, base::Time now) const {
    const bool allBelieved = m_doubted.empty() && m_doubtedRules.empty();
    return (!allBelieved && holds(watch, now, Trust::believed)) || holds(watch, now, Trust::any);
}

bool TogetherBoard::restsOnDoubt(const Watch& watch) const {
    return std::any_of(watch.because.begin(), watch.because.end(),
                       [this](const auto& item) { return doubts(item.first, item.second); });
}

void TogetherBoard::preferBelieved(Watch& watch, base::Time now) const {
    if (restsOnDoubt(watch) && holds(watch, now, Trust::believed))
        std::erase_if(watch.joined, [&](const auto& item) {
            return std::find(watch.because.begin(), watch.because.end(), item) != watch.because.end();
        });
}

void TogetherBoard::tell(std::size_t number, bool update, std::vector<Change>& out) {
    Watch& watch = m_watches[number];
    watch.doubted = watch.raised && restsOnDoubt(watch);
    watch.told.clear();
    for (const auto* list : {&watch.because, &watch.joined}) {
        for (const auto& [part, where] : *list)
            watch.told.push_back(where);
    }
    out.push_back({number, watch.raised, update});
}

bool TogetherBoard::stillBecause(const Watch& watch, base::Time now) const {
    return !watch.because.empty() && std::all_of(watch.because.begin(), watch.because.end(), [&](const auto& item) {
        const Instances& list = of(item.first);
        const auto found = list.find(item.second);
        return found != list.end() && alive(watch, found->second, now);
    });
}

/// Whether it is another one near what the watch stands on.
bool TogetherBoard::joins(Watch& watch, std::uint32_t rule, Where where, const Instance& instance) const {
    const std::pair item{rule, where};
    if (watch.because.empty() || watch.joined.size() >= mostJoined ||
        std::find(watch.because.begin(), watch.because.end(), item) != watch.because.end() ||
        std::find(watch.joined.begin(), watch.joined.end(), item) != watch.joined.end())
        return false;
    const Instances& list = of(watch.because.front().first);
    const auto anchor = list.find(watch.because.front().second);
    if (anchor == list.end() || !near(watch, anchor->second, instance))
        return false;
    watch.joined.push_back(item);
    return true;
}

void TogetherBoard::changed(std::uint32_t rule, Where where, bool raised,
                            const std::optional<model::Position>& position, base::Time time, std::vector<Change>& out) {
    const auto wanted = m_wanted.find(rule);
    if (wanted == m_wanted.end())
        return;
    Instance& instance = m_instances[rule][where];
    instance = {raised, time, position};
    for (const std::size_t number : wanted->second) {
        Watch& watch = m_watches[number];
        if (watch.stale) { // nothing is known yet of what it stands on: looked at whole
            watch.stale = false;
            const bool now = holds(watch, time);
            if (now != watch.raised) {
                watch.raised = now;
                tell(number, false, out);
            }
            continue;
        }
        if (!watch.raised && raised) {
            // Only about the place where something changed. Where it may be the first and another, each is tried.
            bool now = watch.parts.front() == rule && holdsAt(watch, where, instance, time, Trust::any);
            if (!now && std::find(watch.parts.begin() + 1, watch.parts.end(), rule) != watch.parts.end()) {
                const Instances& anchors = of(watch.parts.front());
                now = std::any_of(anchors.begin(), anchors.end(), [&](const auto& item) {
                    return alive(watch, item.second, time) && near(watch, item.second, instance) &&
                           holdsAt(watch, item.first, item.second, time, Trust::any);
                });
            }
            if (now) {
                watch.raised = true;
                preferBelieved(watch, time);
                tell(number, false, out);
            }
        } else if (watch.raised && raised) {
            const bool better = watch.doubted && !doubts(rule, where);
            if (better)
                preferBelieved(watch, time);
            if ((better && !restsOnDoubt(watch)) || joins(watch, rule, where, instance))
                tell(number, true, out);
        } else if (watch.raised) {
            std::erase(watch.joined, std::pair{rule, where});
            if (stillBecause(watch, time) || holds(watch, time)) {
                if (restsOnDoubt(watch) != watch.doubted)
                    tell(number, true, out);
                continue;
            }
            watch.raised = false;
            watch.joined.clear();
            tell(number, false, out);
        }
    }
}

void TogetherBoard::doubt(Where sensor, bool doubted, base::Time now, std::vector<Change>& out) {
    remember(sensor, doubted);
    for (std::size_t number = 0; number < m_watches.size(); ++number) {
        Watch& watch = m_watches[number];
        const auto stands = [&](std::uint32_t part) { return of(part).contains(sensor); };
        if (!watch.raised || watch.stale ||
            (std::find(watch.told.begin(), watch.told.end(), sensor) == watch.told.end() &&
             std::none_of(watch.parts.begin(), watch.parts.end(), stands)))
            continue;
        preferBelieved(watch, now);
        tell(number, true, out);
    }
}

void TogetherBoard::doubtRule(std::uint32_t rule, bool doubted, base::Time now, std::vector<Change>& out) {
    if (m_doubtedRules.contains(rule) == doubted)
        return;
    rememberRule(rule, doubted);
    for (std::size_t number = 0; number < m_watches.size(); ++number) {
        Watch& watch = m_watches[number];
        if (!watch.raised || watch.stale ||
            std::find(watch.parts.begin(), watch.parts.end(), rule) == watch.parts.end())
            continue;
        preferBelieved(watch, now);
        tell(number, true, out);
    }
}

void TogetherBoard::tick(base::Time now, std::vector<Change>& out) {
    for (std::size_t number = 0; number < m_watches.size(); ++number) {
        Watch& watch = m_watches[number];
        if (!watch.stale && (!watch.raised || stillBecause(watch, now)))
            continue;
        watch.stale = false;
        const bool holdsNow = holds(watch, now);
        if (!holdsNow)
            watch.joined.clear();
        if (holdsNow != watch.raised) {
            watch.raised = holdsNow;
            tell(number, false, out);
        } else if (watch.raised && restsOnDoubt(watch) != watch.doubted) {
            tell(number, true, out);
        }
    }
    for (auto& [rule, list] : m_instances) {
        const base::Duration kept = memoryOf(rule);
        std::erase_if(list, [&, kept = kept](const auto& item) {
            return !item.second.standing && now - item.second.ended > kept;
        });
    }
}

} // namespace tocsin::detect
