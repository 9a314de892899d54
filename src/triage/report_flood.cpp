#include "tocsin/triage/report_flood.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace tocsin::triage {

namespace {

using Level = ReportLine::Level;

constexpr double metresPerDegree = 111'195;

/// A line as it grows.
struct Making {
    ReportLine line;
    std::map<std::string_view, std::size_t> places; ///< reports that name them
    std::set<std::uint64_t> areas;

    void add(std::size_t index, const QueueBlock& block, std::uint64_t area) {
        line.blocks.push_back(index);
        line.reports += block.reports;
        line.inDanger += block.inDanger;
        line.trapped += block.trapped;
        line.dead += block.dead;
        line.due += block.due ? 1 : 0;
        line.newest = std::max(line.newest, block.newest);
        if (!block.place.empty())
            places[block.place] += block.reports;
        if (area != 0)
            areas.insert(area);
    }
};

std::string_view kindOf(const QueueBlock& block) {
    return block.category.empty() ? std::string_view("other") : std::string_view(block.category);
}

/// True where `a` stands before `b`.
bool worse(const ReportLine& a, const ReportLine& b) {
    const auto rank = [](const ReportLine& line) {
        return std::tuple(line.inDanger > 0, line.due > 0, line.dead + line.trapped, line.inDanger, line.reports);
    };
    const auto left = rank(a);
    const auto right = rank(b);
    return left != right ? left > right : a.key < b.key;
}

} // namespace

bool ReportFlood::isFlood(std::size_t blocks) {
    m_flood = m_flood ? blocks > m_policy.from / 2 : blocks > m_policy.from;
    if (!m_flood) {
        m_areas.clear();
        m_homes.clear();
    }
    return m_flood;
}

std::uint64_t ReportFlood::areaOf(const QueueBlock& block) {
    if (!block.at)
        return 0;
    if (const auto known = m_homes.find(block.id); known != m_homes.end() && known->second.at == *block.at)
        return known->second.area;
    const Area* best = nullptr;
    double least = m_policy.metres;
    for (const Area& area : m_areas) {
        if (std::abs(area.anchor.latitude() - block.at->latitude()) * metresPerDegree > least)
            continue;
        if (const double metres = geo::distance(area.anchor, *block.at).value; metres <= least) {
            least = metres;
            best = &area;
        }
    }
    if (best != nullptr)
        return best->number;
    m_areas.push_back({*block.at, m_next});
    return m_next++;
}

std::vector<ReportLine> ReportFlood::lines(const std::vector<QueueBlock>& blocks) {
    const std::size_t most = std::max<std::size_t>(2, m_policy.mostLines);
    std::vector<std::uint64_t> areas;
    areas.reserve(blocks.size());
    std::unordered_map<base::Uuid, Home> homes;
    std::map<std::pair<std::uint64_t, std::string_view>, Making> fine;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        const auto area = areaOf(blocks[i]);
        areas.push_back(area);
        if (area != 0)
            homes[blocks[i].id] = {*blocks[i].at, area};
        fine[{area, kindOf(blocks[i])}].add(i, blocks[i], area);
    }
    m_homes = std::move(homes);
    const std::set<std::uint64_t> used(areas.begin(), areas.end());
    std::erase_if(m_areas, [&](const Area& area) { return !used.contains(area.number); });

    std::vector<Making> sorted;
    for (auto& [key, making] : fine) {
        making.line.key = "area:" + std::to_string(key.first) + ":" + std::string(key.second);
        making.line.category = key.second;
        sorted.push_back(std::move(making));
    }
    std::sort(sorted.begin(), sorted.end(), [](const Making& a, const Making& b) { return worse(a.line, b.line); });

    // As many of the worst by themselves as leave room for each category of the rest, but at least half of the lines.
    const auto categoriesFrom = [&](std::size_t first) {
        std::set<std::string_view> kinds;
        for (std::size_t i = first; i < sorted.size(); ++i)
            kinds.insert(sorted[i].line.category);
        return kinds.size();
    };
    std::size_t alone = sorted.size();
    if (alone > most) {
        alone = most - 1;
        while (alone > most / 2 && alone + categoriesFrom(alone) > most)
            --alone;
    }
    std::vector<Making> out;
    std::map<std::string, Making> rest;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        if (i < alone) {
            out.push_back(std::move(sorted[i]));
            continue;
        }
        Making& into = rest[sorted[i].line.category];
        into.line.category = sorted[i].line.category;
        for (const std::size_t block : sorted[i].line.blocks)
            into.add(block, blocks[block], areas[block]);
    }
    std::vector<Making> byCategory;
    for (auto& [category, making] : rest) {
        making.line.level = Level::category;
        making.line.key = "category:" + category;
        byCategory.push_back(std::move(making));
    }
    std::sort(byCategory.begin(), byCategory.end(), [](const Making& a, const Making& b) { return worse(a.line, b.line); });
    const std::size_t room = most - out.size();
    if (byCategory.size() > room) {
        Making everything;
        everything.line.level = Level::everything;
        everything.line.key = "everything";
        for (std::size_t i = room - 1; i < byCategory.size(); ++i)
            for (const std::size_t block : byCategory[i].line.blocks)
                everything.add(block, blocks[block], areas[block]);
        byCategory.resize(room - 1);
        byCategory.push_back(std::move(everything));
    }
    for (auto& making : byCategory)
        out.push_back(std::move(making));

    std::vector<ReportLine> lines;
    for (auto& making : out) {
        ReportLine& line = making.line;
        std::sort(line.blocks.begin(), line.blocks.end()); // in the queue's own order
        line.areas = making.areas.size();
        const auto named = std::max_element(making.places.begin(), making.places.end(),
                                            [](const auto& a, const auto& b) { return a.second < b.second; });
        if (named != making.places.end() && line.level == Level::areaAndCategory)
            line.place = named->first;
        if (line.areas == 1) {
            const auto area = std::find_if(m_areas.begin(), m_areas.end(),
                                           [&](const Area& one) { return one.number == *making.areas.begin(); });
            line.centre = area->anchor;
        }
        lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end(), worse);
    return lines;
}

} // namespace tocsin::triage
