#include "triage/report_groups.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostCore = 5;        ///< reports by which a group is known
constexpr std::size_t judges = 3;          ///< of the core, that must agree
constexpr double coreLikely = 0.9;         ///< of policy.likely, which they must give on average
constexpr std::size_t mostHeard = 6;       ///< rare words of a report by which others are looked for
constexpr std::size_t asksAtOnce = 2;      ///< with each new report
constexpr std::size_t knownEnough = 4'000; ///< reports, by which it is known what is rare

} // namespace

ReportGroups::Number ReportGroups::newGroup() {
    groups.try_emplace(m_next);
    return m_next++;
}

void ReportGroups::index(Number number, const ReportItem& item) {
    m_lookup.put(number, item, book,
                 [this](Number old) { return isOver(old, std::max(2 * m_policy.apart, m_policy.again)); });
}

bool ReportGroups::isOver(Number number, base::Duration after) const {
    const auto found = groups.find(number);
    return found == groups.end() || found->second.last + after < m_newest;
}

ReportGroups::Verdict ReportGroups::judge(const ReportItem& item, const Group& group) const {
    std::vector<double> scores;
    scores.reserve(mostCore);
    Verdict verdict;
    double highest = 0;
    // Who knows where it is speaks for the group: else one without a place would join what lies far apart.
    const bool placed = item.isPlaced() && std::any_of(group.core.begin(), group.core.end(),
                                                       [this](const auto& id) { return items.at(id).isPlaced(); });
    for (const auto& id : group.core) {
        const auto& other = items.at(id);
        if (placed && !other.isPlaced())
            continue;
        const double score = likeness(item, other, book, m_policy);
        scores.push_back(score);
        if (score > highest) {
            highest = score;
            verdict.best = &other;
        }
    }
    if (highest < m_policy.likely)
        return {};
    std::sort(scores.begin(), scores.end(), std::greater<>());
    const std::size_t asked = std::min(judges, scores.size());
    double mean = 0;
    for (std::size_t i = 0; i < asked; ++i)
        mean += scores[i] / static_cast<double>(asked);
    verdict.score = mean >= coreLikely * m_policy.likely ? mean : 0;
    return verdict;
}

std::vector<ReportGroups::Number> ReportGroups::candidates(const ReportItem& item) const {
    std::vector<Number> out;
    std::unordered_set<Number> seen;
    const auto take = [&](const std::vector<Number>& list, base::Duration after) {
        for (const auto number : list) {
            if (!isOver(number, after) && seen.insert(number).second)
                out.push_back(number);
        }
    };
    const std::size_t most = std::max<std::size_t>(1, m_policy.mostCompared / mostCore);
    if (item.isPlaced()) {
        take(m_lookup.around(*item.position), 2 * m_policy.apart);
        if (out.size() > most)
            out = nearest(std::move(out), *item.position, most);
    }
    // Without a place of its own, where the other has none, and what was told before or elsewhere: by what is said.
    const std::size_t before = out.size();
    for (const auto term : book.rarestHeard(item.terms, mostHeard, item.feed)) {
        if (out.size() - before >= most)
            break;
        take(m_lookup.saying(term), m_policy.again);
    }
    if (out.size() - before > most)
        out.resize(before + most);
    return out;
}

std::vector<ReportGroups::Number> ReportGroups::nearest(std::vector<Number> numbers, const model::Position& place,
                                                        std::size_t most) const {
    std::vector<std::pair<double, Number>> near;
    near.reserve(numbers.size());
    for (const auto number : numbers) {
        double least = 1e18;
        for (const auto& id : groups.at(number).core) {
            const auto& other = items.at(id);
            if (!other.position)
                continue;
            const double dy = other.position->latitude() - place.latitude();
            const double dx =
                (other.position->longitude() - place.longitude()) * std::cos(place.latitude() * 0.017453292519943295);
            least = std::min(least, dx * dx + dy * dy);
        }
        near.emplace_back(least, number);
    }
    std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(most), near.end());
    numbers.clear();
    for (std::size_t i = 0; i < most; ++i)
        numbers.push_back(near[i].second);
    return numbers;
}

void ReportGroups::keepCore(Number number, const ReportItem& item) {
    auto& group = groups.at(number);
    if (group.core.size() < mostCore) {
        group.core.push_back(item.id.value);
        index(number, item);
        return;
    }
    // The core is those that are most like each other: the newcomer takes the place of the least like.
    const auto meanOf = [&](const ReportItem& one) {
        double sum = one.isPlaced() ? 0.5 * static_cast<double>(group.core.size()) : 0; // who knows where it is, first
        for (const auto& id : group.core) {
            if (id != one.id.value)
                sum += likeness(one, items.at(id), book, m_policy);
        }
        return sum / static_cast<double>(group.core.size());
    };
    auto least = group.core.begin();
    double lowest = 9;
    for (auto at = group.core.begin(); at != group.core.end(); ++at) {
        if (const double mean = meanOf(items.at(*at)); mean < lowest) {
            lowest = mean;
            least = at;
        }
    }
    if (meanOf(item) > lowest) {
        *least = item.id.value;
        index(number, item);
    }
}

void ReportGroups::join(ReportItem& item, Number number) {
    auto& group = groups.at(number);
    item.group = number;
    const auto at =
        std::upper_bound(group.members.begin(), group.members.end(), item, [this](const auto& value, const auto& id) {
            const auto& other = items.at(id);
            return std::make_pair(value.time, value.id.value) < std::make_pair(other.time, other.id.value);
        });
    group.members.insert(at, item.id.value);
    group.last = group.members.size() == 1 ? item.time : std::max(group.last, item.time);
    keepCore(number, item);
    dirty.insert(number);
}

void ReportGroups::add(ReportItem item) {
    book.count(item.terms, item.feed);
    m_newest = std::max(m_newest, item.time);
    auto& there = items.emplace(item.id.value, std::move(item)).first->second;
    for (const auto& id : m_points.put(there, book, items))
        items.at(id).vague = true;
    place(there);
    if (items.size() < knownEnough)
        m_again.push_back({there.id.value, items.size()});
    lookAgain();
}

void ReportGroups::lookAgain() {
    for (std::size_t asked = 0; asked < asksAtOnce && !m_again.empty(); ++asked) {
        const Again next = m_again.front();
        if (items.size() < 2 * next.known)
            return;
        m_again.pop_front();
        const auto found = items.find(next.id);
        if (found == items.end() || found->second.cluster || found->second.time + m_policy.again < m_newest)
            continue;
        auto& item = found->second;
        if (groups.at(item.group).members.size() > 1)
            continue;
        leave(item);
        place(item);
        if (items.size() < knownEnough)
            m_again.push_back({next.id, items.size()});
    }
}

void ReportGroups::place(ReportItem& item) {
    if (item.cluster) {
        auto& number = byCluster[*item.cluster];
        if (number == 0 || !groups.contains(number)) {
            number = newGroup();
            groups.at(number).cluster = item.cluster;
        }
        const auto& core = groups.at(number).core;
        const ReportItem* best = nullptr;
        for (const auto& id : core) {
            const auto& other = items.at(id);
            if (best == nullptr || likeness(item, other, book, m_policy) > likeness(item, *best, book, m_policy))
                best = &other;
        }
        if (best != nullptr)
            item.why = whyAlike(item, *best, book, m_policy);
        join(item, number);
        return;
    }
    Number first = 0;
    Number second = 0;
    Verdict best;
    Verdict next;
    for (const auto number : candidates(item)) {
        const auto& group = groups.at(number);
        if (!apart.mayBeIn(item.id, group.members))
            continue;
        const auto verdict = judge(item, group);
        if (verdict.score > best.score) {
            next = best;
            second = first;
            best = verdict;
            first = number;
        } else if (verdict.score > next.score) {
            next = verdict;
            second = number;
        }
    }
    if (first == 0) {
        join(item, newGroup());
        return;
    }
    item.why = whyAlike(item, *best.best, book, m_policy);
    join(item, first);
    if (second != 0 && next.score > 0)
        mergeIfOne(first, second);
}

/// A report that belongs to two groups may show that they are one.
void ReportGroups::mergeIfOne(Number a, Number b) {
    auto& first = groups.at(a);
    auto& other = groups.at(b);
    if (first.cluster && other.cluster)
        return; // two persons' word
    double sum = 0;
    std::size_t count = 0;
    for (const auto& one : first.core) {
        for (const auto& two : other.core) {
            sum += likeness(items.at(one), items.at(two), book, m_policy);
            ++count;
        }
    }
    if (count == 0 || sum / static_cast<double>(count) < coreLikely * m_policy.likely)
        return;
    const bool intoFirst = first.cluster || (!other.cluster && first.members.size() >= other.members.size());
    const Number to = intoFirst ? a : b;
    const Number from = intoFirst ? b : a;
    const auto moving = groups.at(from).members;
    for (const auto& id : moving) {
        if (!apart.mayBeIn(items.at(id).id, groups.at(to).members))
            return;
    }
    drop(from);
    for (const auto& id : moving) {
        auto& item = items.at(id);
        if (const ReportItem* like = likest(item, groups.at(to)))
            item.why = whyAlike(item, *like, book, m_policy);
        join(item, to);
    }
}

const ReportItem* ReportGroups::likest(const ReportItem& item, const Group& group) const {
    const ReportItem* best = nullptr;
    double highest = -1;
    for (const auto& id : group.core) {
        const auto& other = items.at(id);
        if (const double score = likeness(item, other, book, m_policy); id != item.id.value && score > highest) {
            highest = score;
            best = &other;
        }
    }
    return best;
}

void ReportGroups::drop(Number number) {
    const auto found = groups.find(number);
    if (found == groups.end())
        return;
    if (!found->second.published.empty())
        gone.push_back(found->second.published);
    if (found->second.cluster)
        byCluster.erase(*found->second.cluster);
    groups.erase(found);
    dirty.erase(number);
}

void ReportGroups::leave(ReportItem& item) {
    const auto number = item.group;
    auto& group = groups.at(number);
    std::erase(group.members, item.id.value);
    std::erase(group.core, item.id.value);
    item.group = 0;
    item.why = {};
    if (group.members.empty()) {
        drop(number);
        return;
    }
    for (const auto& id : group.members) {
        if (group.core.size() >= std::min(mostCore, group.members.size()))
            break;
        if (std::find(group.core.begin(), group.core.end(), id) == group.core.end()) {
            group.core.push_back(id);
            index(number, items.at(id));
        }
    }
    dirty.insert(number);
}

} // namespace tocsin::triage
