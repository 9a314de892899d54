#include "tocsin/triage/hot_spots.hpp"

#include "triage/report_memory.hpp"
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
constexpr double busyTimes = 3;   ///< so many times the usual is an ordinary busy hour of the whole county
constexpr double busyMore = 10;
constexpr std::size_t mostMembers = 200;
constexpr std::size_t mostTerms = 5;
constexpr std::size_t mostTermReports = 50;
constexpr std::size_t leastSenders = 3; ///< of a word
constexpr double leastRise = 3;         ///< standard deviations
constexpr double sameWords = 0.8;       ///< of the reports of two words, from which on they are one

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

struct Words {
    std::vector<std::uint32_t> now; ///< reports of the window, by term
    double reports{0};
};

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

    [[nodiscard]] bool inWindow(const Item& item, base::Time now) const {
        return item.time <= now && item.time > now - policy().window;
    }
    [[nodiscard]] bool inPast(const Item& item, base::Time now) const { return item.time <= now - policy().window; }

    [[nodiscard]] ScanChance chanceFor(const ScanGrid& grid, const Extent& extent, double pastTotal,
                                       const std::array<double, scanWindows>& totals,
                                       const std::vector<ScanShape>& shapes) const {
        const auto step = [](double value, double by) { return std::llround(std::log1p(value) / by); };
        std::array<std::int64_t, scanWindows + 4> key{extent.columns, extent.rows, extent.shift, step(pastTotal, 0.05)};
        for (std::size_t w = 0; w < scanWindows; ++w)
            key[4 + w] = step(totals[w], 0.15);
        if (!keptChance || key != chanceKey) {
            keptChance = chanceOf(grid, totals, shapes, static_cast<double>(policy().leastReports));
            chanceKey = key;
        }
        return *keptChance;
    }

    [[nodiscard]] Words wordsNow(base::Time now) const {
        Words out;
        out.now.assign(memory.words().size(), 0);
        for (const auto& item : memory.items()) {
            if (!inWindow(item, now))
                continue;
            ++out.reports;
            for (const auto term : item.terms)
                ++out.now[term];
        }
        return out;
    }

    /// Said in these reports more than elsewhere and before.
    [[nodiscard]] std::vector<std::string> termsOf(const std::vector<const Item*>& members, const Words& words) const {
        std::unordered_map<std::uint32_t, std::size_t> said;
        std::unordered_map<std::uint32_t, std::unordered_set<std::uint64_t>> by;
        for (const auto* item : members) {
            for (const auto term : item->terms) {
                ++said[term];
                by[term].insert(item->sender != 0 ? item->sender : std::hash<base::Uuid>{}(item->id.value));
            }
        }
        const double inside = static_cast<double>(members.size());
        const double outside = words.reports - inside + memory.foldedReports();
        std::vector<std::pair<double, std::uint32_t>> ranked;
        for (const auto& [term, count] : said) {
            const double k = static_cast<double>(count);
            const double others = words.now[term] - k + memory.words()[term].past.total;
            const double usual = (others + 0.5) / (outside + 1);
            if (by[term].size() >= 2 && k >= 0.15 * inside && k / inside > 1.5 * usual)
                ranked.emplace_back(-k * std::log(k / inside / usual), term);
        }
        std::sort(ranked.begin(), ranked.end());
        std::vector<std::string> out;
        for (const auto& [strength, term] : ranked) {
            if (out.size() >= mostTerms)
                break;
            std::vector<std::string_view> texts;
            for (const auto* item : members) {
                if (texts.size() < mostTermReports && std::binary_search(item->terms.begin(), item->terms.end(), term))
                    texts.push_back(item->text);
            }
            auto form = writtenForm(memory.words()[term].text, texts, memory.synonyms());
            if (std::find(out.begin(), out.end(), form) == out.end())
                out.push_back(std::move(form));
        }
        return out;
    }

    [[nodiscard]] std::vector<HotSpot> spots(base::Time now) const;
    [[nodiscard]] std::vector<TrendingTerm> trending(base::Time now, std::size_t most) const;
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
    std::vector<std::pair<std::size_t, const Item*>> byCell; // of the window
    for (const auto& item : memory.items()) {
        const auto cell = item.position ? extent.at(item.cell) : std::nullopt;
        if (!cell)
            continue;
        if (inPast(item, now) && item.counts) {
            grid.past[*cell] += 1;
            pastTotal += 1;
        } else if (inWindow(item, now)) {
            byCell.emplace_back(*cell, &item);
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
    std::array<double, scanWindows> totals{};
    for (std::size_t w = 0; w < scanWindows; ++w) {
        usual[w] = pastTotal / memory.windowsKnown(now) * static_cast<double>(lengths[w].count()) /
                   static_cast<double>(policy().window.count());
        // A busy hour of the whole county is nobody's hot spot; a county beside itself is held against its past.
        const double busy = pastTotal < pastEnough ? came[w] : std::min(came[w], busyTimes * usual[w] + busyMore);
        totals[w] = std::max({1.0, usual[w], busy});
    }
    const double cellMetres = ReportMemory::cellMetres * (1 << extent.shift);
    const auto shapes = scanShapes(policy().mostRadiusMetres / cellMetres);
    auto finds = scan(grid, counts, totals, shapes, static_cast<double>(policy().leastReports));
    if (finds.empty())
        return {};
    const auto chance = chanceFor(grid, extent, pastTotal, totals, shapes);
    std::sort(byCell.begin(), byCell.end(), [](const auto& a, const auto& b) { return a.first < b.first; });

    const auto eachCell = [&](const ScanFind& find, auto&& visit) {
        const auto& shape = shapes[find.shape];
        for (int dy = -shape.reach; dy <= shape.reach; ++dy) {
            const int row = find.row + dy;
            const int half = shape.half[static_cast<std::size_t>(dy + shape.reach)];
            for (int column = std::max(0, find.column - half);
                 row >= 0 && row < grid.rows && column <= std::min(grid.columns - 1, find.column + half); ++column)
                visit(grid.at(column, row));
        }
    };
    std::vector<bool> taken(cells, false);
    std::array<double, scanWindows> takenCounts{};
    double takenShare = 0;
    const auto words = wordsNow(now);
    std::vector<HotSpot> out;
    for (std::size_t tried = 0; out.size() < policy().most && tried < 3 * policy().most && !finds.empty(); ++tried) {
        // What is found already is taken out of the whole, so that it hides nothing beside it (Zhang, Assunção &
        // Kulldorff 2010, Statistics in Medicine 29(23)).
        for (auto& find : finds) {
            const auto w = find.window;
            if (tried > 0 && came[w] <= totals[w])
                find.strength = likelihoodRatio(
                    find.count, find.share / std::max(1e-6, 1 - takenShare) * (totals[w] - takenCounts[w]),
                    totals[w] - takenCounts[w]);
        }
        const auto best = *std::max_element(finds.begin(), finds.end(), [](const ScanFind& a, const ScanFind& b) {
            return std::make_pair(a.strength, b.shape) < std::make_pair(b.strength, a.shape);
        });
        const double probability = chance.of(best.strength);
        if (best.strength <= 0 || probability > policy().mostChance)
            break;
        HotSpot spot;
        std::vector<const Item*> members;
        std::unordered_set<std::uint64_t> senders;
        std::size_t unknown = 0;
        eachCell(best, [&](std::size_t cell) {
            taken[cell] = true;
            takenShare += grid.share[cell];
            for (std::size_t w = 0; w < scanWindows; ++w)
                takenCounts[w] += counts[cell][w];
            auto at = std::lower_bound(byCell.begin(), byCell.end(), cell,
                                       [](const auto& entry, std::size_t value) { return entry.first < value; });
            for (; at != byCell.end() && at->first == cell; ++at) {
                if (at->second->time <= now - lengths[best.window])
                    continue;
                members.push_back(at->second);
                if (at->second->sender == 0)
                    ++unknown;
                else
                    senders.insert(at->second->sender);
            }
        });
        std::erase_if(finds, [&](const ScanFind& find) {
            bool overlaps = false;
            eachCell(find, [&](std::size_t cell) { overlaps = overlaps || taken[cell]; });
            return overlaps;
        });
        if (senders.size() + unknown < policy().leastReports)
            continue; // few who say it in many places
        std::sort(members.begin(), members.end(), [](const Item* a, const Item* b) {
            return std::make_pair(b->time, b->id.value) < std::make_pair(a->time, a->id.value);
        });
        double latitude = 0;
        double longitude = 0;
        for (const auto* item : members) {
            latitude += item->position->latitude() / static_cast<double>(members.size());
            longitude += item->position->longitude() / static_cast<double>(members.size());
        }
        spot.centre = model::Position::trusted(latitude, longitude);
        // As a circle of the same area.
        spot.radiusMetres = cellMetres * std::sqrt(static_cast<double>(shapes[best.shape].cells) / std::numbers::pi);
        if (policy().mostRadiusMetres >= cellMetres)
            spot.radiusMetres = std::min(spot.radiusMetres, policy().mostRadiusMetres);
        spot.from = members.back()->time;
        spot.to = members.front()->time;
        spot.reports = static_cast<std::size_t>(best.count);
        spot.expected = best.share * (pastTotal < pastEnough ? totals[best.window] : usual[best.window]);
        spot.strength = best.strength;
        spot.chance = probability;
        spot.terms = termsOf(members, words);
        for (std::size_t i = 0; i < std::min(members.size(), mostMembers); ++i)
            spot.members.push_back(members[i]->id);
        out.push_back(std::move(spot));
    }
    return out;
}

std::vector<TrendingTerm> HotSpots::Impl::trending(base::Time now, std::size_t most) const {
    const auto words = wordsNow(now);
    std::vector<std::uint32_t> before(words.now.size(), 0);
    for (const auto& item : memory.items()) {
        if (!inPast(item, now))
            continue;
        for (const auto term : item.terms)
            ++before[term];
    }
    const double windows = memory.windowsKnown(now);
    // Half a time more than the past shows, spread over it: a word that was never said is not infinitely unusual.
    const auto usualOf = [&](std::uint32_t term) {
        return (memory.words()[term].past.total + before[term] + 0.5) / (windows + 0.5);
    };
    const auto rise = [&](double count, std::uint32_t term) {
        const double usual = usualOf(term);
        return (count - usual) / std::sqrt(usual + 0.5);
    };
    std::vector<std::pair<double, std::uint32_t>> ranked;
    for (std::uint32_t term = 0; term < words.now.size(); ++term) {
        if (words.now[term] >= leastSenders && rise(words.now[term], term) >= leastRise)
            ranked.emplace_back(-rise(words.now[term], term), term);
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), 4 * most + 40));

    struct Candidate {
        std::uint32_t term;
        std::vector<const Item*> items; ///< newest first
        std::unordered_set<std::uint64_t> senders;
        double strength{0};
        std::string text;
    };
    std::vector<Candidate> candidates;
    std::unordered_map<std::uint32_t, std::size_t> at;
    for (const auto& [strength, term] : ranked) {
        at.emplace(term, candidates.size());
        candidates.push_back({term, {}, {}, 0, {}});
    }
    for (const auto& item : memory.items()) {
        if (!inWindow(item, now))
            continue;
        for (const auto term : item.terms) {
            const auto found = at.find(term);
            if (found == at.end())
                continue;
            auto& candidate = candidates[found->second];
            candidate.items.push_back(&item);
            candidate.senders.insert(item.sender != 0 ? item.sender : std::hash<base::Uuid>{}(item.id.value));
        }
    }
    std::erase_if(candidates, [&](Candidate& candidate) {
        const double count = static_cast<double>(candidate.senders.size());
        candidate.strength = rise(count, candidate.term);
        std::sort(candidate.items.begin(), candidate.items.end(), [](const Item* a, const Item* b) {
            return std::make_pair(b->time, b->id.value) < std::make_pair(a->time, a->id.value);
        });
        return candidate.senders.size() < leastSenders || candidate.strength < leastRise;
    });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.strength > b.strength; });

    std::vector<TrendingTerm> out;
    std::vector<const Candidate*> shown;
    for (auto& candidate : candidates) {
        if (out.size() >= most)
            break;
        std::vector<std::string_view> texts;
        for (std::size_t i = 0; i < std::min(candidate.items.size(), mostTermReports); ++i)
            texts.push_back(candidate.items[i]->text);
        candidate.text = writtenForm(memory.words()[candidate.term].text, texts, memory.synonyms());
        // Pairs of characters that go on from one to the next in the same reports are one word: 地铁 and 铁站 are
        // 地铁站.
        bool merged = false;
        for (std::size_t i = 0; i < shown.size() && !merged; ++i) {
            std::size_t both = 0;
            const std::unordered_set<const Item*> theirs(shown[i]->items.begin(), shown[i]->items.end());
            for (const auto* item : candidate.items)
                both += theirs.contains(item) ? 1U : 0U;
            const auto longer = std::max(candidate.items.size(), shown[i]->items.size());
            if (static_cast<double>(both) < sameWords * static_cast<double>(longer))
                continue;
            auto& term = out[i].term;
            const auto& text = candidate.text;
            constexpr std::size_t character = 3; // bytes of one that is written without blanks
            const auto wide = [](const std::string& t) {
                return t.size() >= 2 * character && static_cast<unsigned char>(t.front()) >= 0xE3;
            };
            if (!wide(term) || !wide(text))
                continue;
            std::string joined;
            if (term.find(text) != std::string::npos)
                merged = true;
            else if (term.ends_with(text.substr(0, text.size() - character)))
                joined = term + text.substr(text.size() - character);
            else if (term.starts_with(text.substr(character)))
                joined = text.substr(0, character) + term;
            const auto isSaid = std::any_of(texts.begin(), texts.end(), [&](std::string_view t) {
                return !joined.empty() && t.find(joined) != std::string_view::npos;
            });
            if (isSaid) {
                term = joined;
                merged = true;
            }
        }
        if (merged)
            continue;
        TrendingTerm term;
        term.term = candidate.text;
        term.now = candidate.senders.size();
        term.usual = usualOf(candidate.term);
        term.strength = candidate.strength;
        for (std::size_t i = 0; i < std::min(candidate.items.size(), mostTermReports); ++i)
            term.reports.push_back(candidate.items[i]->id);
        out.push_back(std::move(term));
        shown.push_back(&candidate);
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
    return m_impl->trending(now, most);
}

} // namespace tocsin::triage
