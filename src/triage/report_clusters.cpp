#include "tocsin/triage/report_clusters.hpp"

#include "triage/place_numbers.hpp"
#include "triage/report_groups.hpp"

#include <algorithm>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostTerms = 6; ///< that a group is said to share

/// Without the addresses of pages: their parts are words of a site, not of the sender.
std::string withoutLinks(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = std::string_view(text).substr(at);
        if (!rest.starts_with("http://") && !rest.starts_with("https://") && !rest.starts_with("www.")) {
            out += text[at++];
            continue;
        }
        at = std::min(text.find_first_of(" \t\n\r\"<>", at), text.size());
    }
    return out;
}

} // namespace

struct ReportClusters::Impl {
    explicit Impl(Synonyms words, ClusterPolicy asked) : synonyms(std::move(words)), policy(asked), in(asked) {}
    Synonyms synonyms;
    ClusterPolicy policy;
    ReportGroups in;

    ReportItem itemOf(const model::Report& report, bool mayAdd) {
        ReportItem item;
        item.id = report.id;
        item.position = report.position;
        item.accuracy = report.accuracyMetres.value_or(0);
        item.time = report.happenedAt == base::Time{} ? report.receivedAt : report.happenedAt;
        item.category =
            report.category.empty() || report.category == "other" ? std::string() : synonyms.category(report.category);
        if (const auto term = in.book.numbersOf({item.category}, mayAdd && !item.category.empty()); !term.empty())
            item.categoryTerm = term.front();
        item.feed = in.book.feedOf(report.feed, mayAdd);
        item.sender = report.sender;
        item.cluster = report.cluster;
        item.placeTerms = in.book.numbersOf(synonyms.terms(report.place), mayAdd);
        item.terms = in.book.numbersOf(synonyms.terms(withoutLinks(report.text)), mayAdd);
        item.terms.insert(item.terms.end(), item.placeTerms.begin(), item.placeTerms.end());
        std::sort(item.terms.begin(), item.terms.end());
        item.terms.erase(std::unique(item.terms.begin(), item.terms.end()), item.terms.end());
        for (const auto* text : {&report.text, &report.place}) {
            for (const auto& [word, number] : placeNumbers(*text, synonyms)) {
                const auto pair = in.book.numbersOf({word}, mayAdd);
                const auto count = in.book.numbersOf({number}, mayAdd);
                if (!pair.empty() && !count.empty())
                    item.numbers.emplace_back(pair.front(), count.front());
            }
        }
        std::sort(item.numbers.begin(), item.numbers.end());
        item.tongue = tongueOf(report.text);
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

    // ---- what a person says

    void put(const model::ReportCluster& cluster) {
        std::set<base::Uuid> again;
        const auto change = in.apart.put(cluster);
        std::map<model::ReportId, std::size_t> said; // in how many pairs: whoever is in most is the one to go, or to come back
        for (const auto* pairs : {&change.now, &change.lifted}) {
            for (const auto& [a, b] : *pairs) {
                ++said[a];
                ++said[b];
            }
        }
        const auto isFree = [this](model::ReportId id) {
            const auto item = in.items.find(id.value);
            return item != in.items.end() && !item->second.cluster;
        };
        for (const auto& [a, b] : change.lifted) { // undone, or joined by somebody: may be proposed again
            if (isFree(a) && (said[a] >= said[b] || !isFree(b)))
                again.insert(a.value);
            if (isFree(b) && (said[b] >= said[a] || !isFree(a)))
                again.insert(b.value);
        }
        for (const auto& [a, b] : change.now) {
            const auto one = in.items.find(a.value);
            const auto two = in.items.find(b.value);
            if (one != in.items.end() && two != in.items.end() && one->second.group == two->second.group) {
                const bool second = one->second.cluster.has_value() != two->second.cluster.has_value()
                                        ? one->second.cluster.has_value()
                                        : said[b] > said[a];
                again.insert(second ? b.value : a.value);
            }
        }
        std::set<model::ReportId> now(cluster.reports.begin(), cluster.reports.end());
        for (auto& [id, item] : itemsOf(cluster.id)) {
            if (!now.contains(item->id)) {
                item->cluster.reset();
                again.insert(id);
            }
        }
        // The group in which most of them are already becomes the cluster's.
        if (!in.byCluster.contains(cluster.id) && !now.empty()) {
            std::map<ReportGroups::Number, std::size_t> where;
            for (const auto& id : now) {
                if (const auto found = in.items.find(id.value); found != in.items.end())
                    ++where[found->second.group];
            }
            ReportGroups::Number most = 0;
            for (const auto& [number, count] : where) {
                if (!in.groups.at(number).cluster && (most == 0 || count > where[most]))
                    most = number;
            }
            if (most != 0) {
                in.groups.at(most).cluster = cluster.id;
                in.byCluster[cluster.id] = most;
                in.dirty.insert(most);
            }
        }
        for (const auto& id : now) {
            const auto found = in.items.find(id.value);
            if (found == in.items.end())
                continue;
            auto& item = found->second;
            item.cluster = cluster.id;
            const auto own = in.byCluster.find(cluster.id);
            if (own != in.byCluster.end() && item.group == own->second) {
                in.dirty.insert(item.group);
                continue;
            }
            in.leave(item);
            in.place(item);
        }
        if (now.empty()) {
            if (const auto own = in.byCluster.find(cluster.id); own != in.byCluster.end()) {
                in.groups.at(own->second).cluster.reset();
                in.dirty.insert(own->second);
                in.byCluster.erase(own);
            }
        }
        for (const auto& id : again) {
            auto& item = in.items.at(id);
            in.leave(item);
            in.place(item);
        }
    }

    [[nodiscard]] std::vector<std::pair<base::Uuid, ReportItem*>> itemsOf(model::ClusterId cluster) {
        std::vector<std::pair<base::Uuid, ReportItem*>> out;
        const auto own = in.byCluster.find(cluster);
        if (own == in.byCluster.end())
            return out;
        for (const auto& id : in.groups.at(own->second).members) {
            auto& item = in.items.at(id);
            if (item.cluster == cluster)
                out.emplace_back(id, &item);
        }
        return out;
    }

    // ---- what is told

    [[nodiscard]] std::string keyOf(const ReportGroups::Group& group) const {
        return group.cluster ? group.cluster->toString() : in.items.at(group.members.front()).id.toString();
    }

    [[nodiscard]] ReportGroup told(const ReportGroups::Group& group) const {
        ReportGroup out;
        out.key = keyOf(group);
        out.cluster = group.cluster;
        std::map<std::string, std::size_t> categories;
        std::unordered_map<std::uint32_t, std::size_t> said;
        double latitude = 0;
        double longitude = 0;
        std::size_t placed = 0;
        for (const auto& id : group.members) {
            const auto& item = in.items.at(id);
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
        out.first = in.items.at(group.members.front()).time;
        if (placed > 0)
            out.centre = model::Position::trusted(latitude / static_cast<double>(placed),
                                                  longitude / static_cast<double>(placed));
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
        for (const auto term : in.book.rarest(shared, mostTerms))
            out.terms.push_back(in.book.word(term));
        return out;
    }
};

ReportClusters::ReportClusters(Synonyms synonyms, ClusterPolicy policy)
    : m_impl(std::make_unique<Impl>(std::move(synonyms), policy)) {}
ReportClusters::~ReportClusters() = default;
ReportClusters::ReportClusters(ReportClusters&&) noexcept = default;
ReportClusters& ReportClusters::operator=(ReportClusters&&) noexcept = default;

void ReportClusters::put(const model::Report& report) {
    auto& impl = *m_impl;
    const auto found = impl.in.items.find(report.id.value);
    const bool dismissed = report.state == model::ReportState::dismissed;
    if (found != impl.in.items.end()) {
        const auto fingerprint = Impl::fingerprintOf(report);
        if (!dismissed && found->second.fingerprint == fingerprint && found->second.cluster == report.cluster)
            return;
        impl.in.leave(found->second);
        impl.in.items.erase(found);
    }
    if (dismissed)
        return;
    auto item = impl.itemOf(report, true);
    item.fingerprint = Impl::fingerprintOf(report);
    impl.in.add(std::move(item));
}

void ReportClusters::put(const model::ReportCluster& cluster) {
    m_impl->put(cluster);
}

std::vector<ReportGroup> ReportClusters::takeChanged() {
    std::vector<ReportGroup> out;
    auto& impl = *m_impl;
    for (const auto number : impl.in.dirty) {
        const auto found = impl.in.groups.find(number);
        if (found == impl.in.groups.end())
            continue;
        auto& group = found->second;
        const bool shown = group.members.size() > 1;
        const auto key = impl.keyOf(group);
        if (!group.published.empty() && (!shown || group.published != key))
            impl.in.gone.push_back(group.published);
        group.published = shown ? key : std::string();
        if (shown)
            out.push_back(impl.told(group));
    }
    impl.in.dirty.clear();
    std::set<std::string> there;
    for (const auto& group : out)
        there.insert(group.key);
    for (auto& key : impl.in.gone) {
        if (there.insert(key).second) {
            ReportGroup empty;
            empty.key = std::move(key);
            out.push_back(std::move(empty));
        }
    }
    impl.in.gone.clear();
    return out;
}

std::vector<ReportGroup> ReportClusters::groups() const {
    std::vector<ReportGroup> out;
    for (const auto& [number, group] : m_impl->in.groups) {
        if (group.members.size() > 1)
            out.push_back(m_impl->told(group));
    }
    std::sort(out.begin(), out.end(),
              [](const auto& a, const auto& b) { return std::tie(a.first, a.key) < std::tie(b.first, b.key); });
    return out;
}

std::optional<ReportGroup> ReportClusters::groupOf(model::ReportId report) const {
    const auto found = m_impl->in.items.find(report.value);
    if (found == m_impl->in.items.end())
        return std::nullopt;
    const auto& group = m_impl->in.groups.at(found->second.group);
    return group.members.size() > 1 ? std::optional(m_impl->told(group)) : std::nullopt;
}

WhySame ReportClusters::compare(const model::Report& a, const model::Report& b) const {
    return whyAlike(m_impl->itemOf(a, false), m_impl->itemOf(b, false), m_impl->in.book, m_impl->policy);
}

} // namespace tocsin::triage
