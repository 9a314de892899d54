#include "triage/shared_points.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostKept = 8;     ///< of a point
constexpr std::size_t fewestUnlike = 2; ///< others, of which none says the like
constexpr double leastShared = 0.25;    ///< of the rarer one's words, to say the like

std::uint64_t keyOf(const model::Position& at) {
    const auto part = [](double degrees) { return static_cast<std::uint64_t>(std::llround((degrees + 360) * 1e6)); };
    return part(at.latitude()) << 32U | part(at.longitude());
}

bool unlike(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    if (!a.category.empty() && !b.category.empty() && a.category != b.category && a.tongue != b.tongue)
        return true;
    if (a.tongue != b.tongue) // of one thing in two languages nobody expects the same words
        return false;
    std::vector<std::uint32_t> both;
    std::set_intersection(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(), std::back_inserter(both));
    const auto words = book.between(a.feed, b.feed);
    const auto sum = [&](const std::vector<std::uint32_t>& terms) {
        double all = 0;
        for (const auto term : terms)
            all += std::binary_search(a.placeTerms.begin(), a.placeTerms.end(), term) ? 0 : words.weight(term);
        return all;
    };
    return sum(both) < leastShared * std::min(sum(a.terms), sum(b.terms));
}

} // namespace

std::vector<base::Uuid> SharedPoints::put(const ReportItem& item, const TermBook& book,
                                          const std::unordered_map<base::Uuid, ReportItem>& items) {
    if (!item.position || item.accuracy > 0)
        return {};
    auto& here = m_points[keyOf(*item.position)];
    std::erase_if(here, [&](const auto& id) { return id == item.id.value || !items.contains(id); });
    std::vector<base::Uuid> others;
    for (const auto& id : here) {
        const auto& other = items.at(id);
        if (other.position && unlike(item, other, book))
            others.push_back(id);
    }
    if (here.size() >= mostKept)
        here.erase(here.begin());
    here.push_back(item.id.value);
    if (others.size() < fewestUnlike)
        return {};
    others.push_back(item.id.value);
    return others;
}

} // namespace tocsin::triage
