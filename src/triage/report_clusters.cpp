#include "tocsin/triage/report_clusters.hpp"

#include "triage/group_index.hpp"
#include "triage/report_item.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostCore = 5;       ///< reports by which a group is known
constexpr std::size_t judges = 3;         ///< of the core, that must agree
constexpr double coreLikely = 0.9;        ///< of policy.likely, which they must give on average
constexpr std::size_t mostTerms = 6;      ///< that a group is said to share

using Number = GroupIndex::Number;

struct Group {
    std::vector<base::Uuid> members; ///< oldest first
    std::vector<base::Uuid> core;
    std::optional<model::ClusterId> cluster;
    base::Time last;
    std::string published; ///< the key under which it was last told of; empty: never
};

std::pair<model::ReportId, model::ReportId> ordered(model::ReportId a, model::ReportId b) {
    return a.value < b.value ? std::make_pair(a, b) : std::make_pair(b, a);
}

} // namespace

struct ReportClusters::Impl {
    Synonyms synonyms;
    ClusterPolicy policy;
    TermBook book;
    std::unordered_map<base::Uuid, ReportItem> items;
    std::unordered_map<Number, Group> groups;
    Number nextGroup{1};
    GroupIndex lookup; ///< of the groups' cores
    std::map<model::ClusterId, Number> byCluster;
    using Pair = std::pair<model::ReportId, model::ReportId>;
    std::map<Pair, std::set<model::ClusterId>> apart; ///< which clusters say so
    std::map<model::ClusterId, std::set<Pair>> apartBy;
    std::unordered_map<base::Uuid, std::vector<base::Uuid>> partners; ///< of each report: whom it must stay apart from
    std::unordered_set<Number> dirty;
    std::vector<std::string> gone;
    base::Time newest;

    ReportItem itemOf(const model::Report& report, bool mayAdd) {
        ReportItem item;
        item.id = report.id;
        item.position = report.position;
        item.accuracy = report.accuracyMetres.value_or(0);
        item.time = report.happenedAt == base::Time{} ? report.receivedAt : report.happenedAt;
        item.category = report.category.empty() || report.category == "other" ? std::string()
                                                                              : synonyms.category(report.category);
        if (const auto term = book.numbersOf({item.category}, mayAdd && !item.category.empty()); !term.empty())
            item.categoryTerm = term.front();
        item.sender = report.sender;
        item.cluster = report.cluster;
        item.placeTerms = book.numbersOf(synonyms.terms(report.place), mayAdd);
        item.terms = book.numbersOf(synonyms.terms(report.text), mayAdd);
        item.terms.insert(item.terms.end(), item.placeTerms.begin(), item.placeTerms.end());
        std::sort(item.terms.begin(), item.terms.end());
        item.terms.erase(std::unique(item.terms.begin(), item.terms.end()), item.terms.end());
        return item;
    }

    static std::size_t fingerprintOf(const model::Report& report) {
        std::string all = report.text + '\x1f' + report.place + '\x1f' + report.category + '\x1f' + report.sender;
        if (report.position)
            all += std::to_string(report.position->latitude()) + ',' + std::to_string(report.position->longitude());
        all += '\x1f' + std::to_string(report.happenedAt.time_since_epoch().count());
        if (report.cluster)
            all += report.cluster->toString();
        return std::hash<std::string>{}(all);
    }

    // ---- groups

    Number newGroup() {
        groups.try_emplace(nextGroup);
        return nextGroup++;
    }

    void index(Number number, const ReportItem& item) {
        lookup.put(number, item, book, [this](Number old) { return isOver(old); });
    }

    [[nodiscard]] bool isOver(Number number) const {
        const auto found = groups.find(number);
        return found == groups.end() || found->second.last + 2 * policy.apart < newest;
    }

    [[nodiscard]] bool mayJoin(const ReportItem& item, const Group& group) const {
        const auto found = partners.find(item.id.value);
        if (found == partners.end())
            return true;
        return std::none_of(found->second.begin(), found->second.end(), [&](const base::Uuid& other) {
            return std::find(group.members.begin(), group.members.end(), other) != group.members.end();
        });
    }

    struct Verdict {
        double score{0}; ///< 0: not of this group
        const ReportItem* best{nullptr};
    };
    [[nodiscard]] Verdict judge(const ReportItem& item, const Group& group) const {
        std::vector<double> scores;
        scores.reserve(mostCore);
        Verdict verdict;
        double highest = 0;
        // Who knows where it is speaks for the group: else one without a place would join what lies far apart.
        const bool placed = item.position && std::any_of(group.core.begin(), group.core.end(),
                                                         [this](const auto& id) { return items.at(id).position.has_value(); });
        for (const auto& id : group.core) {
            const auto& other = items.at(id);
            if (placed && !other.position)
                continue;
            const double score = likeness(item, other, book, policy);
            scores.push_back(score);
            if (score > highest) {
                highest = score;
                verdict.best = &other;
            }
        }
        if (highest < policy.likely)
            return {};
        std::sort(scores.begin(), scores.end(), std::greater<>());
        const std::size_t asked = std::min(judges, scores.size());
        double mean = 0;
        for (std::size_t i = 0; i < asked; ++i)
            mean += scores[i] / static_cast<double>(asked);
        verdict.score = mean >= coreLikely * policy.likely ? mean : 0;
        return verdict;
    }

    [[nodiscard]] std::vector<Number> candidates(const ReportItem& item) const {
        std::vector<Number> out;
        std::unordered_set<Number> seen;
        const auto take = [&](const std::vector<Number>& list) {
            for (const auto number : list) {
                if (!isOver(number) && seen.insert(number).second)
                    out.push_back(number);
            }
        };
        const std::size_t most = std::max<std::size_t>(1, policy.mostCompared / mostCore);
        if (item.position) {
            take(lookup.around(*item.position));
            if (out.size() > most) { // the nearest
                std::vector<std::pair<double, Number>> near;
                for (const auto number : out) {
                    double least = 1e18;
                    for (const auto& id : groups.at(number).core) {
                        const auto& other = items.at(id);
                        if (!other.position)
                            continue;
                        const double dy = other.position->latitude() - item.position->latitude();
                        const double dx = (other.position->longitude() - item.position->longitude()) *
                                          std::cos(item.position->latitude() * 0.017453292519943295);
                        least = std::min(least, dx * dx + dy * dy);
                    }
                    near.emplace_back(least, number);
                }
                std::nth_element(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(most), near.end());
                out.clear();
                for (std::size_t i = 0; i < most; ++i)
                    out.push_back(near[i].second);
            }
        }
        // Without a place of its own, or where the other has none: by what is said.
        const std::size_t before = out.size();
        for (const auto term : book.rarest(item.terms, GroupIndex::termsIndexed)) {
            if (out.size() - before >= most)
                break;
            take(lookup.saying(term));
        }
        if (out.size() - before > most)
            out.resize(before + most);
        return out;
    }

    void keepCore(Number number, const ReportItem& item) {
        auto& group = groups.at(number);
        if (group.core.size() < mostCore) {
            group.core.push_back(item.id.value);
            index(number, item);
            return;
        }
        // The core is those that are most like each other: the newcomer takes the place of the least like.
        const auto meanOf = [&](const ReportItem& one) {
            double sum = one.position ? 0.5 * static_cast<double>(group.core.size()) : 0; // who knows where it is, first
            for (const auto& id : group.core) {
                if (id != one.id.value)
                    sum += likeness(one, items.at(id), book, policy);
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

    void join(ReportItem& item, Number number) {
        auto& group = groups.at(number);
        item.group = number;
        const auto at = std::upper_bound(group.members.begin(), group.members.end(), item, [this](const auto& value, const auto& id) {
            const auto& other = items.at(id);
            return std::make_pair(value.time, value.id.value) < std::make_pair(other.time, other.id.value);
        });
        group.members.insert(at, item.id.value);
        group.last = group.members.size() == 1 ? item.time : std::max(group.last, item.time);
        keepCore(number, item);
        dirty.insert(number);
    }

    /// Puts an item that is in `items` where it belongs.
    void place(ReportItem& item) {
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
                if (best == nullptr || likeness(item, other, book, policy) > likeness(item, *best, book, policy))
                    best = &other;
            }
            if (best != nullptr)
                item.why = whyAlike(item, *best, book, policy);
            join(item, number);
            return;
        }
        Number first = 0;
        Number second = 0;
        Verdict best;
        Verdict next;
        for (const auto number : candidates(item)) {
            const auto& group = groups.at(number);
            if (!mayJoin(item, group))
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
        item.why = whyAlike(item, *best.best, book, policy);
        join(item, first);
        if (second != 0 && next.score > 0)
            mergeIfOne(first, second);
    }

    /// A report that belongs to two groups may show that they are one.
    void mergeIfOne(Number a, Number b) {
        auto& first = groups.at(a);
        auto& other = groups.at(b);
        if (first.cluster && other.cluster)
            return; // two persons' word
        double sum = 0;
        std::size_t count = 0;
        for (const auto& one : first.core) {
            for (const auto& two : other.core) {
                sum += likeness(items.at(one), items.at(two), book, policy);
                ++count;
            }
        }
        if (count == 0 || sum / static_cast<double>(count) < coreLikely * policy.likely)
            return;
        const bool intoFirst = first.cluster || (!other.cluster && first.members.size() >= other.members.size());
        const Number to = intoFirst ? a : b;
        const Number from = intoFirst ? b : a;
        const auto moving = groups.at(from).members;
        for (const auto& id : moving) {
            if (!mayJoin(items.at(id), groups.at(to)))
                return;
        }
        drop(from);
        for (const auto& id : moving) {
            auto& item = items.at(id);
            if (const ReportItem* like = likest(item, groups.at(to)))
                item.why = whyAlike(item, *like, book, policy);
            join(item, to);
        }
    }

    [[nodiscard]] const ReportItem* likest(const ReportItem& item, const Group& group) const {
        const ReportItem* best = nullptr;
        double highest = -1;
        for (const auto& id : group.core) {
            const auto& other = items.at(id);
            if (const double score = likeness(item, other, book, policy); id != item.id.value && score > highest) {
                highest = score;
                best = &other;
            }
        }
        return best;
    }

    void drop(Number number) {
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

    void leave(ReportItem& item) {
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

    // ---- what a person says

    /// A pair that no cluster keeps apart any more (undone, or joined by somebody) may be proposed again.
    void liftApart(const model::ReportCluster& cluster, std::set<base::Uuid>& again) {
        const auto said = apartBy.find(cluster.id);
        if (said == apartBy.end())
            return;
        std::set<Pair> now;
        for (const auto& [a, b] : cluster.apart)
            now.insert(ordered(a, b));
        std::erase_if(said->second, [&](const Pair& pair) {
            if (now.contains(pair))
                return false;
            const auto by = apart.find(pair);
            by->second.erase(cluster.id);
            if (!by->second.empty())
                return true;
            apart.erase(by);
            const auto& [a, b] = pair;
            std::erase(partners[a.value], b.value);
            std::erase(partners[b.value], a.value);
            for (const auto& id : {a.value, b.value})
                if (const auto item = items.find(id); item != items.end() && !item->second.cluster)
                    again.insert(id);
            return true;
        });
    }

    void put(const model::ReportCluster& cluster) {
        std::set<base::Uuid> again;
        liftApart(cluster, again);
        for (const auto& [a, b] : cluster.apart) {
            apartBy[cluster.id].insert(ordered(a, b));
            if (!apart[ordered(a, b)].insert(cluster.id).second || apart[ordered(a, b)].size() > 1)
                continue;
            partners[a.value].push_back(b.value);
            partners[b.value].push_back(a.value);
            const auto one = items.find(a.value);
            const auto two = items.find(b.value);
            if (one != items.end() && two != items.end() && one->second.group == two->second.group)
                again.insert(one->second.cluster ? b.value : a.value);
        }
        std::set<model::ReportId> now(cluster.reports.begin(), cluster.reports.end());
        for (auto& [id, item] : itemsOf(cluster.id)) {
            if (!now.contains(item->id)) {
                item->cluster.reset();
                again.insert(id);
            }
        }
        // The group in which most of them are already becomes the cluster's.
        if (!byCluster.contains(cluster.id) && !now.empty()) {
            std::map<Number, std::size_t> where;
            for (const auto& id : now) {
                if (const auto found = items.find(id.value); found != items.end())
                    ++where[found->second.group];
            }
            Number most = 0;
            for (const auto& [number, count] : where) {
                if (!groups.at(number).cluster && (most == 0 || count > where[most]))
                    most = number;
            }
            if (most != 0) {
                groups.at(most).cluster = cluster.id;
                byCluster[cluster.id] = most;
                dirty.insert(most);
            }
        }
        for (const auto& id : now) {
            const auto found = items.find(id.value);
            if (found == items.end())
                continue;
            auto& item = found->second;
            item.cluster = cluster.id;
            const auto own = byCluster.find(cluster.id);
            if (own != byCluster.end() && item.group == own->second) {
                dirty.insert(item.group);
                continue;
            }
            leave(item);
            place(item);
        }
        if (now.empty()) {
            if (const auto own = byCluster.find(cluster.id); own != byCluster.end()) {
                groups.at(own->second).cluster.reset();
                dirty.insert(own->second);
                byCluster.erase(own);
            }
        }
        for (const auto& id : again) {
            auto& item = items.at(id);
            leave(item);
            place(item);
        }
    }

    [[nodiscard]] std::vector<std::pair<base::Uuid, ReportItem*>> itemsOf(model::ClusterId cluster) {
        std::vector<std::pair<base::Uuid, ReportItem*>> out;
        const auto own = byCluster.find(cluster);
        if (own == byCluster.end())
            return out;
        for (const auto& id : groups.at(own->second).members) {
            auto& item = items.at(id);
            if (item.cluster == cluster)
                out.emplace_back(id, &item);
        }
        return out;
    }

    // ---- what is told

    [[nodiscard]] std::string keyOf(const Group& group) const {
        return group.cluster ? group.cluster->toString() : items.at(group.members.front()).id.toString();
    }

    [[nodiscard]] ReportGroup told(const Group& group) const {
        ReportGroup out;
        out.key = keyOf(group);
        out.cluster = group.cluster;
        std::map<std::string, std::size_t> categories;
        std::unordered_map<std::uint32_t, std::size_t> said;
        double latitude = 0;
        double longitude = 0;
        std::size_t placed = 0;
        for (const auto& id : group.members) {
            const auto& item = items.at(id);
            out.reports.push_back(item.id);
            if (!group.cluster || item.cluster != group.cluster)
                out.proposed.push_back(item.id);
            if (out.reports.size() > 1 || item.why.score > 0)
                out.why[item.id] = item.why;
            if (item.position) {
                latitude += item.position->latitude();
                longitude += item.position->longitude();
                ++placed;
            }
            if (!item.category.empty())
                ++categories[item.category];
            for (const auto term : item.terms)
                ++said[term];
            out.last = out.reports.size() == 1 ? item.time : std::max(out.last, item.time);
        }
        out.first = items.at(group.members.front()).time;
        if (placed > 0)
            out.centre = model::Position::trusted(latitude / static_cast<double>(placed), longitude / static_cast<double>(placed));
        std::size_t most = 0;
        for (const auto& [category, count] : categories) {
            if (count > most) {
                most = count;
                out.category = category;
            }
        }
        std::vector<std::uint32_t> shared;
        for (const auto& [term, count] : said) {
            if (2 * count > group.members.size())
                shared.push_back(term);
        }
        for (const auto term : book.rarest(shared, mostTerms))
            out.terms.push_back(book.word(term));
        return out;
    }
};

ReportClusters::ReportClusters(Synonyms synonyms, ClusterPolicy policy) : m_impl(std::make_unique<Impl>()) {
    m_impl->synonyms = std::move(synonyms);
    m_impl->policy = policy;
}
ReportClusters::~ReportClusters() = default;
ReportClusters::ReportClusters(ReportClusters&&) noexcept = default;
ReportClusters& ReportClusters::operator=(ReportClusters&&) noexcept = default;

void ReportClusters::put(const model::Report& report) {
    auto& impl = *m_impl;
    const auto found = impl.items.find(report.id.value);
    const bool dismissed = report.state == model::ReportState::dismissed;
    if (found != impl.items.end()) {
        const auto fingerprint = Impl::fingerprintOf(report);
        if (!dismissed && found->second.fingerprint == fingerprint && found->second.cluster == report.cluster)
            return;
        impl.leave(found->second);
        impl.items.erase(found);
    }
    if (dismissed)
        return;
    auto item = impl.itemOf(report, true);
    item.fingerprint = Impl::fingerprintOf(report);
    impl.book.count(item.terms);
    impl.newest = std::max(impl.newest, item.time);
    impl.place(impl.items.emplace(report.id.value, std::move(item)).first->second);
}

void ReportClusters::put(const model::ReportCluster& cluster) {
    m_impl->put(cluster);
}

std::vector<ReportGroup> ReportClusters::takeChanged() {
    std::vector<ReportGroup> out;
    auto& impl = *m_impl;
    for (const auto number : impl.dirty) {
        const auto found = impl.groups.find(number);
        if (found == impl.groups.end())
            continue;
        auto& group = found->second;
        const bool shown = group.members.size() > 1;
        const auto key = impl.keyOf(group);
        if (!group.published.empty() && (!shown || group.published != key))
            impl.gone.push_back(group.published);
        group.published = shown ? key : std::string();
        if (shown)
            out.push_back(impl.told(group));
    }
    impl.dirty.clear();
    std::set<std::string> there;
    for (const auto& group : out)
        there.insert(group.key);
    for (auto& key : impl.gone) {
        if (there.insert(key).second) {
            ReportGroup empty;
            empty.key = std::move(key);
            out.push_back(std::move(empty));
        }
    }
    impl.gone.clear();
    return out;
}

std::vector<ReportGroup> ReportClusters::groups() const {
    std::vector<ReportGroup> out;
    for (const auto& [number, group] : m_impl->groups) {
        if (group.members.size() > 1)
            out.push_back(m_impl->told(group));
    }
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return std::tie(a.first, a.key) < std::tie(b.first, b.key); });
    return out;
}

std::optional<ReportGroup> ReportClusters::groupOf(model::ReportId report) const {
    const auto found = m_impl->items.find(report.value);
    if (found == m_impl->items.end())
        return std::nullopt;
    const auto& group = m_impl->groups.at(found->second.group);
    return group.members.size() > 1 ? std::optional(m_impl->told(group)) : std::nullopt;
}

WhySame ReportClusters::compare(const model::Report& a, const model::Report& b) const {
    return whyAlike(m_impl->itemOf(a, false), m_impl->itemOf(b, false), m_impl->book, m_impl->policy);
}

} // namespace tocsin::triage
