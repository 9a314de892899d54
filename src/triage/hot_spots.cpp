#include "tocsin/triage/hot_spots.hpp"

#include "triage/report_memory.hpp"
#include "triage/rising_words.hpp"
#include "triage/spot_scan.hpp"
#include "triage/word_forms.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::triage {

namespace {

using Cell = ReportMemory::Cell;
using Item = ReportMemory::Item;

constexpr std::array windowLengths{base::Duration(std::chrono::minutes(30)), base::Duration(std::chrono::hours(1))};
constexpr int mostSide = 256;     ///< cells of the grid, to a side; coarser ones beyond
constexpr int mostCoarser = 4;    ///< doublings
constexpr int blockCells = 64;    ///< blocks by which strays are told from the county
constexpr double pastEnough = 20; ///< reports, from which on the past says how many are usual at all
constexpr double shortPast = 28;  ///< windows, a week of six hours each
constexpr double busyTimes = 3;   ///< so many times the usual is an ordinary busy hour of the whole county
constexpr double busyMore = 10;
constexpr std::size_t mostMembers = 200;
constexpr std::size_t mostTerms = 5;
constexpr std::size_t mostTermTexts = 50;

int floorDiv(int a, int b) {
    return a >= 0 ? a / b : -((-a + b - 1) / b);
}

/// Where on earth the scan looks, in coarser cells.
struct Extent {
    int shift{0};
    int column{0};
    int row{0};
    int columns{0};
    int rows{0};
    [[nodiscard]] std::optional<std::size_t> at(Cell cell) const {
        const int x = (cell.column >> shift) - column;
        const int y = (cell.row >> shift) - row;
        if (x < 0 || y < 0 || x >= columns || y >= rows)
            return std::nullopt;
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(x);
    }
};

/// The county is where its reports are: blocks with so few that they make no spot do not widen it.
Extent extentOf(const ReportMemory& memory, std::size_t least, double mostRadius) {
    std::unordered_map<std::uint64_t, std::size_t> blocks;
    const auto blockOf = [](Cell cell) {
        return ReportMemory::keyOf({floorDiv(cell.row, blockCells), floorDiv(cell.column, blockCells)});
    };
    for (const auto& [key, past] : memory.cells())
        blocks[blockOf(ReportMemory::cellOf(key))] += past.total;
    for (const auto& item : memory.items()) {
        if (item.position)
            ++blocks[blockOf(item.cell)];
    }
    std::pair<std::size_t, std::uint64_t> heaviest{0, 0};
    for (const auto& [key, weight] : blocks)
        heaviest = std::max(heaviest, std::make_pair(weight, key));
    if (heaviest.first == 0)
        return {};
    const auto middle = ReportMemory::cellOf(heaviest.second);
    constexpr int reach = (mostSide << mostCoarser) / 2 / blockCells - 1; // blocks from the heaviest one
    int west = middle.column;
    int east = middle.column;
    int south = middle.row;
    int north = middle.row;
    for (const auto& [key, weight] : blocks) {
        const auto block = ReportMemory::cellOf(key);
        if (weight < least || std::abs(block.column - middle.column) > reach ||
            std::abs(block.row - middle.row) > reach)
            continue;
        west = std::min(west, block.column);
        east = std::max(east, block.column);
        south = std::min(south, block.row);
        north = std::max(north, block.row);
    }
    // Within those blocks as near as may be, and beyond by as much as a circle may reach.
    int left = (east + 1) * blockCells;
    int right = west * blockCells;
    int bottom = (north + 1) * blockCells;
    int top = south * blockCells;
    const auto widen = [&](Cell cell) {
        const int x = floorDiv(cell.column, blockCells);
        const int y = floorDiv(cell.row, blockCells);
        if (x < west || x > east || y < south || y > north)
            return;
        left = std::min(left, cell.column);
        right = std::max(right, cell.column);
        bottom = std::min(bottom, cell.row);
        top = std::max(top, cell.row);
    };
    for (const auto& [key, past] : memory.cells())
        widen(ReportMemory::cellOf(key));
    for (const auto& item : memory.items()) {
        if (item.position)
            widen(item.cell);
    }
    const int margin = std::clamp(static_cast<int>(mostRadius / ReportMemory::cellMetres), 1, 25);
    Extent extent;
    while (extent.shift < mostCoarser &&
           (std::max(right - left, top - bottom) + 2 * margin) >> extent.shift >= mostSide)
        ++extent.shift;
    extent.column = (left - margin) >> extent.shift;
    extent.row = (bottom - margin) >> extent.shift;
    extent.columns = ((right + margin) >> extent.shift) - extent.column + 1;
    extent.rows = ((top + margin) >> extent.shift) - extent.row + 1;
    return extent;
}

struct ByCell {
    std::vector<std::size_t> start; ///< of each cell's items, and one more
    std::vector<const Item*> items;
};

ByCell membersByCell(const std::vector<std::pair<std::size_t, const Item*>>& members, std::size_t cells) {
    ByCell out;
    out.start.assign(cells + 1, 0);
    for (const auto& [cell, item] : members)
        ++out.start[cell + 1];
    for (std::size_t i = 0; i < cells; ++i)
        out.start[i + 1] += out.start[i];
    out.items.resize(members.size());
    auto next = out.start;
    for (const auto& [cell, item] : members)
        out.items[next[cell]++] = item;
    return out;
}

} // namespace

struct HotSpots::Impl {
    ReportMemory memory;

    // How high chance comes, for about the same past and number of reports: costs more than the scan itself.
    mutable std::array<std::int64_t, scanWindows + 4> chanceKey{};
    mutable std::optional<ScanChance> keptChance;

    Impl(Synonyms synonyms, ScanPolicy policy) : memory(std::move(synonyms), policy) {}

    [[nodiscard]] const ScanPolicy& policy() const { return memory.policy(); }

    /// Shortest first; those that are longer than the policy's own are the same as it.
    [[nodiscard]] std::array<base::Duration, scanWindows> lengths() const {
        std::array<base::Duration, scanWindows> out{};
        for (std::size_t w = 0; w + 1 < scanWindows; ++w)
            out[w] = std::min(windowLengths[w], policy().window);
        out[scanWindows - 1] = policy().window;
        return out;
    }

    [[nodiscard]] ScanChance chanceFor(const ScanGrid& grid, const Extent& extent, double pastTotal,
                                       const std::array<double, scanWindows>& totals,
                                       const std::vector<ScanShape>& shapes) const {
        const auto step = [](double value, double by) { return std::llround(std::log1p(value) / by); };
        std::array<std::int64_t, scanWindows + 4> key{extent.columns, extent.rows, extent.shift, step(pastTotal, 0.05)};
        for (std::size_t w = 0; w < scanWindows; ++w)
            key[4 + w] = step(totals[w], 0.25);
        if (!keptChance || key != chanceKey) {
            keptChance = chanceOf(grid, totals, shapes, static_cast<double>(policy().leastReports));
            chanceKey = key;
        }
        return *keptChance;
    }

    /// Said in these reports more than elsewhere and before.
    [[nodiscard]] std::vector<std::string> termsOf(const std::vector<const Item*>& members,
                                                   const WordCounts& words) const {
        std::vector<std::uint32_t> said(memory.words().size(), 0);
        std::vector<std::uint32_t> terms;
        for (const auto* item : members) {
            for (const auto term : item->terms) {
                if (said[term]++ == 0)
                    terms.push_back(term);
            }
        }
        const double inside = static_cast<double>(members.size());
        const double outside = words.reports - inside + memory.foldedReports();
        std::vector<std::pair<double, std::uint32_t>> ranked;
        for (const auto term : terms) {
            const double k = said[term];
            const double others = words.now[term] - k + memory.words()[term].past.total;
            const double usual = (others + 0.5) / (outside + 1);
            if (k >= 2 && k >= 0.15 * inside && k / inside > 1.5 * usual)
                ranked.emplace_back(-k * std::log(k / inside / usual), term);
        }
        std::sort(ranked.begin(), ranked.end());
        std::vector<std::string> out;
        for (const auto& [strength, term] : ranked) {
            if (out.size() >= mostTerms)
                break;
            std::vector<std::string_view> texts;
            std::unordered_set<std::uint64_t> senders;
            for (const auto* item : members) {
                if (texts.size() >= mostTermTexts)
                    break;
                if (!std::binary_search(item->terms.begin(), item->terms.end(), term))
                    continue;
                texts.push_back(item->text);
                senders.insert(voiceOf(*item));
            }
            if (senders.size() < 2)
                continue;
            auto form = writtenForm(memory.words()[term].text, texts, memory.synonyms());
            if (std::find(out.begin(), out.end(), form) == out.end())
                out.push_back(std::move(form));
        }
        return out;
    }

    [[nodiscard]] std::vector<HotSpot> spots(base::Time now) const;
};

std::vector<HotSpot> HotSpots::Impl::spots(base::Time now) const {
    const auto extent = extentOf(memory, policy().leastReports, policy().mostRadiusMetres);
    if (extent.columns == 0)
        return {};
    ScanGrid grid;
    grid.columns = extent.columns;
    grid.rows = extent.rows;
    const auto cells = static_cast<std::size_t>(extent.columns) * static_cast<std::size_t>(extent.rows);
    grid.past.assign(cells, 0);
    std::vector<ScanCounts> counts(cells);
    double pastTotal = 0;
    for (const auto& [key, past] : memory.cells()) {
        if (const auto cell = extent.at(ReportMemory::cellOf(key))) {
            grid.past[*cell] += past.total;
            pastTotal += past.total;
        }
    }
    const auto lengths = this->lengths();
    std::array<double, scanWindows> came{};
    std::vector<std::pair<std::size_t, const Item*>> inside; // of the window
    for (const auto& item : memory.items()) {
        const auto cell = item.position ? extent.at(item.cell) : std::nullopt;
        if (!cell)
            continue;
        if (memory.inPast(item, now) && item.counts) {
            grid.past[*cell] += 1;
            pastTotal += 1;
        } else if (memory.inWindow(item, now)) {
            inside.emplace_back(*cell, &item);
            for (std::size_t w = 0; w < scanWindows && item.counts; ++w) {
                if (item.time > now - lengths[w]) {
                    ++counts[*cell][w];
                    ++came[w];
                }
            }
        }
    }
    if (came[scanWindows - 1] < static_cast<double>(std::max<std::size_t>(1, policy().leastReports)))
        return {};
    grid.smooth();
    std::array<double, scanWindows> usual{};
    ScanAgainst against;
    for (std::size_t w = 0; w < scanWindows; ++w) {
        usual[w] = pastTotal / memory.windowsKnown(now) * static_cast<double>(lengths[w].count()) /
                   static_cast<double>(policy().window.count());
        // A busy hour of the whole county is nobody's hot spot; a county beside itself is held against its past.
        const double busy = pastTotal < pastEnough ? came[w] : std::min(came[w], busyTimes * usual[w] + busyMore);
        against.totals[w] = std::max({1.0, usual[w], busy});
        against.alone[w] = came[w] > against.totals[w];
    }
    const double cellMetres = ReportMemory::cellMetres * (1 << extent.shift);
    const auto shapes = scanShapes(policy().mostRadiusMetres / cellMetres);
    std::vector<std::uint8_t> allowed(cells, static_cast<std::uint8_t>(shapes.size()));
    const double least = static_cast<double>(policy().leastReports);
    auto best = scan(grid, counts, against, shapes, allowed, least);
    if (!best)
        return {};
    const auto chance = chanceFor(grid, extent, pastTotal, against.totals, shapes);
    // The replicas take the smoothing itself as known; of a short past it is not. Measured: two days of a county of
    // towns, at its busiest hour, gave eight times the false spots that were promised, a month hardly any more.
    const double doubt = pastTotal < pastEnough ? 1 : 1 + shortPast / memory.windowsKnown(now);
    const auto chanceOfBest = [&] { return std::min(1.0, doubt * chance.of(best->strength)); };
    if (chanceOfBest() > policy().mostChance)
        return {};
    const auto words = memory.wordsOf(now);
    const auto byCell = membersByCell(inside, cells);

    std::vector<HotSpot> out;
    for (std::size_t tried = 0; best && out.size() < policy().most && tried < 3 * policy().most; ++tried) {
        const double probability = chanceOfBest();
        if (probability > policy().mostChance)
            break;
        HotSpot spot;
        std::vector<const Item*> members;
        std::unordered_set<std::uint64_t> voices;
        for (const auto cell : cellsOf(grid, *best, shapes[best->shape])) {
            // What is found is taken out of the whole, so that it hides nothing beside it (Zhang, Assunção & Kulldorff
            // 2010, Statistics in Medicine 29(23)).
            against.whole -= grid.share[cell];
            for (std::size_t w = 0; w < scanWindows; ++w) {
                if (!against.alone[w])
                    against.totals[w] -= counts[cell][w];
            }
            for (auto i = byCell.start[cell]; i < byCell.start[cell + 1]; ++i) {
                const auto* item = byCell.items[i];
                if (item->time <= now - lengths[best->window])
                    continue;
                members.push_back(item);
                if (voices.size() < policy().leastReports)
                    voices.insert(voiceOf(*item));
            }
        }
        const auto found = *best;
        keepApart(grid, found, shapes, allowed);
        best = scan(grid, counts, against, shapes, allowed, least);
        if (voices.size() < policy().leastReports)
            continue; // few who say it in many places
        newestFirst(members, mostMembers);
        double latitude = 0;
        double longitude = 0;
        for (const auto* item : members) {
            latitude += item->position->latitude() / static_cast<double>(members.size());
            longitude += item->position->longitude() / static_cast<double>(members.size());
        }
        spot.centre = model::Position::trusted(latitude, longitude);
        // As a circle of the same area.
        spot.radiusMetres = cellMetres * std::sqrt(static_cast<double>(shapes[found.shape].cells) / std::numbers::pi);
        if (policy().mostRadiusMetres >= cellMetres)
            spot.radiusMetres = std::min(spot.radiusMetres, policy().mostRadiusMetres);
        spot.to = members.front()->time;
        spot.from = spot.to;
        for (const auto* item : members)
            spot.from = std::min(spot.from, item->time);
        spot.reports = static_cast<std::size_t>(found.count);
        spot.expected = found.share * (pastTotal < pastEnough ? came[found.window] : usual[found.window]);
        spot.strength = found.strength;
        spot.chance = probability;
        spot.terms = termsOf(members, words);
        for (std::size_t i = 0; i < std::min(members.size(), mostMembers); ++i)
            spot.members.push_back(members[i]->id);
        out.push_back(std::move(spot));
    }
    return out;
}

HotSpots::HotSpots(Synonyms synonyms, ScanPolicy policy)
    : m_impl(std::make_unique<Impl>(std::move(synonyms), policy)) {}
HotSpots::~HotSpots() = default;
HotSpots::HotSpots(HotSpots&&) noexcept = default;
HotSpots& HotSpots::operator=(HotSpots&&) noexcept = default;

void HotSpots::put(const model::Report& report) {
    m_impl->memory.put(report);
}

std::vector<HotSpot> HotSpots::spots(base::Time now) const {
    return m_impl->spots(now);
}

std::vector<TrendingTerm> HotSpots::trending(base::Time now, std::size_t most) const {
    return risingWords(m_impl->memory, now, most);
}

} // namespace tocsin::triage
