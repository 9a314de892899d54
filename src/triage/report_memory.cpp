#include "triage/report_memory.hpp"

#include "triage/word_forms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace tocsin::triage {

namespace {

constexpr double metresPerDegree = 111'195;
constexpr std::size_t leastFold = 1'024;
constexpr std::size_t mostItems = 250'000; ///< of the window; the oldest are folded before their time
constexpr std::size_t mostCells = 200'000;
constexpr std::size_t mostWords = 120'000;
constexpr std::size_t mostTerms = 48;          ///< of one report
constexpr std::size_t mostText = 300;          ///< bytes of it that are kept
constexpr std::size_t mostFoldedIds = 100'000; ///< of a slice

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash ^= value + 0x9e3779b97f4a7c15U + (hash << 6U) + (hash >> 2U);
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
    return hash ^ (hash >> 27U);
}

std::size_t slotOf(std::int64_t slice) {
    constexpr auto number = static_cast<std::int64_t>(ReportMemory::slices);
    return static_cast<std::size_t>(((slice % number) + number) % number);
}

/// When it happened; when it came where that is not known or lies ahead.
base::Time timeOf(const model::Report& report) {
    if (report.happenedAt == base::Time{})
        return report.receivedAt;
    return report.receivedAt == base::Time{} ? report.happenedAt : std::min(report.happenedAt, report.receivedAt);
}

std::string beginningOf(const std::string& text) {
    if (text.size() <= mostText)
        return text;
    std::size_t end = mostText;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

} // namespace

ReportMemory::ReportMemory(Synonyms synonyms, ScanPolicy policy)
    : m_synonyms(std::move(synonyms)), m_policy(policy), m_nextFold(leastFold) {
    m_policy.window = std::max(m_policy.window, base::Duration(std::chrono::minutes(1)));
    m_policy.past = std::max(m_policy.past, 2 * m_policy.window);
    m_slice = m_policy.past / static_cast<int>(slices);
}

std::uint64_t ReportMemory::keyOf(Cell cell) {
    return (std::uint64_t{static_cast<std::uint32_t>(cell.row)} << 32U) | static_cast<std::uint32_t>(cell.column);
}

ReportMemory::Cell ReportMemory::cellOf(std::uint64_t key) {
    return {static_cast<std::int32_t>(static_cast<std::uint32_t>(key >> 32U)),
            static_cast<std::int32_t>(static_cast<std::uint32_t>(key))};
}

ReportMemory::Cell ReportMemory::cellAt(const model::Position& p) const {
    const double metres = metresPerDegree / cellMetres;
    return {static_cast<std::int32_t>(std::floor(p.latitude() * metres)),
            static_cast<std::int32_t>(std::floor(p.longitude() * metres * m_squeeze.value_or(1)))};
}

std::int64_t ReportMemory::sliceOf(base::Time time) const {
    const auto count = time.time_since_epoch().count();
    const auto length = m_slice.count();
    return count >= 0 ? count / length : -((-count + length - 1) / length);
}

void ReportMemory::advance(std::int64_t slice) {
    if (slice <= m_newestSlice)
        return;
    // Each slot that is taken anew is emptied of what has fallen off.
    const auto from = std::max(m_newestSlice + 1, slice - static_cast<std::int64_t>(slices) + 1);
    for (auto s = from; s <= slice; ++s) {
        const auto slot = slotOf(s);
        const auto clear = [slot](Past& past) {
            past.total -= past.bySlice[slot];
            past.bySlice[slot] = 0;
        };
        for (auto& [key, past] : m_cells)
            clear(past);
        for (auto& word : m_words)
            clear(word.past);
        clear(m_reports);
        m_folded[slot].clear();
    }
    std::erase_if(m_cells, [](const auto& cell) { return cell.second.total == 0; });
    m_newestSlice = slice;
}

void ReportMemory::add(Past& past, std::int64_t slice) const {
    auto& count = past.bySlice[slotOf(slice)];
    if (count < std::numeric_limits<std::uint16_t>::max()) {
        ++count;
        ++past.total;
    }
}

std::vector<std::uint32_t> ReportMemory::numbersOf(const std::string& text) {
    std::vector<std::uint32_t> out;
    for (auto& term : m_synonyms.terms(text)) {
        if (out.size() >= mostTerms)
            break;
        if (isNumber(term))
            continue; // a house's number, an hour: says nothing of what happens
        if (const auto found = m_numbers.find(term); found != m_numbers.end()) {
            out.push_back(found->second);
        } else if (m_words.size() < mostWords) {
            const auto number = static_cast<std::uint32_t>(m_words.size());
            m_numbers.emplace(term, number);
            m_words.push_back({std::move(term), {}});
            out.push_back(number);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

/// A sender counts in a cell once per window, however often he says it.
bool ReportMemory::countsAnew(const Item& item) {
    if (item.sender == 0)
        return true;
    const auto [at, isNew] = m_counted.try_emplace(mix(item.sender, keyOf(item.cell)), item.time);
    if (isNew)
        return true;
    const auto apart = item.time < at->second ? at->second - item.time : item.time - at->second;
    if (apart < m_policy.window)
        return false;
    at->second = std::max(at->second, item.time);
    return true;
}

void ReportMemory::put(const model::Report& report) {
    Item item;
    item.id = report.id;
    item.time = timeOf(report);
    const auto slice = sliceOf(item.time);
    if (m_newest != base::Time{} && slice <= m_newestSlice - static_cast<std::int64_t>(slices))
        return; // before all that is kept
    const auto idHash = static_cast<std::uint64_t>(std::hash<base::Uuid>{}(report.id.value));
    const auto known = m_at.find(report.id.value);
    const bool isFolded = known == m_at.end() && slice <= m_newestSlice && m_folded[slotOf(slice)].contains(idHash);
    if (isFolded)
        return;
    if (report.position && *report.position != model::Position{}) {
        if (!m_squeeze)
            m_squeeze = std::max(0.05, std::cos(report.position->latitude() * std::numbers::pi / 180));
        item.position = report.position;
        item.cell = cellAt(*report.position);
    }
    item.sender = report.sender.empty() ? 0 : std::max<std::uint64_t>(1, std::hash<std::string>{}(report.sender));
    item.text = beginningOf(report.text);
    if (known != m_at.end()) {
        auto& old = m_items[known->second];
        if (old.text == item.text && old.position == item.position && old.sender == item.sender &&
            old.time == item.time)
            return; // judged, claimed, …
        const bool moved = old.cell != item.cell || old.sender != item.sender;
        item.counts = moved ? countsAnew(item) : old.counts;
        item.terms = numbersOf(report.text);
        old = std::move(item);
        return;
    }
    item.terms = numbersOf(report.text);
    item.counts = countsAnew(item);
    if (m_newest == base::Time{} || item.time > m_newest) {
        m_newest = item.time;
        if (m_newestSlice == 0)
            m_newestSlice = slice;
        advance(slice);
    }
    // When the desk took it: one old thing that is told today makes the known past no longer.
    const auto since = report.receivedAt == base::Time{} ? item.time : report.receivedAt;
    m_first = m_first ? std::min(*m_first, since) : since;
    m_at.emplace(item.id.value, m_items.size());
    m_items.push_back(std::move(item));
    if (m_items.size() >= m_nextFold)
        fold();
}

void ReportMemory::fold() {
    auto horizon = m_newest - m_policy.window;
    if (m_items.size() >= mostItems) {
        std::vector<base::Time> times;
        times.reserve(m_items.size());
        for (const auto& item : m_items)
            times.push_back(item.time);
        const auto middle = times.begin() + static_cast<std::ptrdiff_t>(mostItems / 2);
        std::nth_element(times.begin(), middle, times.end());
        horizon = std::max(horizon, *middle);
    }
    const auto isOld = [&](const Item& item) { return item.time <= horizon; };
    for (const auto& item : m_items) {
        const auto slice = sliceOf(item.time);
        if (!isOld(item) || slice <= m_newestSlice - static_cast<std::int64_t>(slices))
            continue;
        if (item.position && item.counts) {
            const auto key = keyOf(item.cell);
            if (m_cells.size() < mostCells || m_cells.contains(key))
                add(m_cells[key], slice);
        }
        add(m_reports, slice);
        for (const auto term : item.terms)
            add(m_words[term].past, slice);
        auto& ids = m_folded[slotOf(slice)];
        if (ids.size() < mostFoldedIds)
            ids.insert(std::hash<base::Uuid>{}(item.id.value));
    }
    std::erase_if(m_items, isOld);
    m_at.clear();
    for (std::size_t i = 0; i < m_items.size(); ++i)
        m_at.emplace(m_items[i].id.value, i);
    std::erase_if(m_counted, [&](const auto& entry) { return entry.second <= m_newest - m_policy.window; });
    if (m_words.size() > mostWords / 2)
        forgetWords();
    m_nextFold = std::min(mostItems, 2 * m_items.size() + leastFold);
}

/// What was said but once and is not said now.
void ReportMemory::forgetWords() {
    constexpr std::uint32_t gone = 0xffffffffU;
    std::vector<std::uint32_t> renamed(m_words.size(), gone);
    for (const auto& item : m_items) {
        for (const auto term : item.terms)
            renamed[term] = 0;
    }
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        if (renamed[i] == gone && m_words[i].past.total <= 1)
            continue;
        if (next != i)
            m_words[next] = std::move(m_words[i]);
        renamed[i] = next++;
    }
    m_words.resize(next);
    m_numbers.clear();
    for (std::uint32_t i = 0; i < next; ++i)
        m_numbers.emplace(m_words[i].text, i);
    for (auto& item : m_items) {
        for (auto& term : item.terms)
            term = renamed[term];
    }
}

double ReportMemory::windowsKnown(base::Time now) const {
    if (!m_first)
        return 1;
    const base::Time oldest{m_slice * (m_newestSlice - static_cast<std::int64_t>(slices) + 1)};
    const auto known = now - m_policy.window - std::max(*m_first, oldest);
    return std::max(1.0, static_cast<double>(known.count()) / static_cast<double>(m_policy.window.count()));
}

WordCounts ReportMemory::wordsOf(base::Time now) const {
    WordCounts out;
    out.now.assign(m_words.size(), 0);
    for (const auto& item : m_items) {
        if (!inWindow(item, now))
            continue;
        ++out.reports;
        for (const auto term : item.terms)
            ++out.now[term];
    }
    return out;
}

std::uint64_t voiceOf(const ReportMemory::Item& item) {
    return item.sender != 0 ? item.sender : std::hash<base::Uuid>{}(item.id.value);
}

void newestFirst(std::vector<const ReportMemory::Item*>& items, std::size_t most) {
    const auto end = items.begin() + static_cast<std::ptrdiff_t>(std::min(most, items.size()));
    std::partial_sort(items.begin(), end, items.end(), [](const auto* a, const auto* b) {
        return std::make_pair(b->time, b->id.value) < std::make_pair(a->time, a->id.value);
    });
}

} // namespace tocsin::triage
