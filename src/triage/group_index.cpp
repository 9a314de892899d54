#include "triage/group_index.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr double cellMetres = 300;
constexpr int cellsAround = 2;
constexpr double metresPerDegree = 111'195;
constexpr std::size_t mostPerTerm = 64;   ///< groups, the newest
constexpr std::size_t mostPerCell = 400;

std::int64_t cellOf(const model::Position& at, int east = 0, int north = 0) {
    const auto row = static_cast<std::int64_t>(std::floor(at.latitude() * metresPerDegree / cellMetres)) + north;
    // Columns narrow towards the poles by whole steps of a degree of latitude, so that neighbours agree.
    const double squeeze = std::max(0.05, std::cos(std::floor(at.latitude()) * 0.017453292519943295));
    const auto column =
        static_cast<std::int64_t>(std::floor(at.longitude() * metresPerDegree * squeeze / cellMetres)) + east;
    return row * 1'000'003 + column;
}

template <typename Lists, typename Key>
std::vector<GroupIndex::Number> newestFirst(const Lists& lists, const Key& key) {
    const auto found = lists.find(key);
    return found == lists.end() ? std::vector<GroupIndex::Number>{}
                                : std::vector<GroupIndex::Number>(found->second.rbegin(), found->second.rend());
}

} // namespace

void GroupIndex::put(Number group, const ReportItem& item, const TermBook& book, const IsOver& isOver) {
    const auto put = [&](std::vector<Number>& list, std::size_t most) {
        if (std::find(list.begin(), list.end(), group) != list.end())
            return;
        if (list.size() >= most) // those that are over go first, then the oldest
            std::erase_if(list, isOver);
        if (list.size() >= most)
            list.erase(list.begin());
        list.push_back(group);
    };
    if (item.position)
        put(m_cells[cellOf(*item.position)], mostPerCell);
    for (const auto term : book.rarest(item.terms, termsIndexed, item.feed))
        put(m_terms[term], mostPerTerm);
}

std::vector<GroupIndex::Number> GroupIndex::around(const model::Position& place) const {
    std::vector<Number> out;
    for (int north = -cellsAround; north <= cellsAround; ++north) {
        for (int east = -cellsAround; east <= cellsAround; ++east) {
            const auto here = newestFirst(m_cells, cellOf(place, east, north));
            out.insert(out.end(), here.begin(), here.end());
        }
    }
    return out;
}

std::vector<GroupIndex::Number> GroupIndex::saying(std::uint32_t term) const {
    return newestFirst(m_terms, term);
}

} // namespace tocsin::triage
