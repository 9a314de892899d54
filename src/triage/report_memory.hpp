#pragma once

#include "tocsin/triage/hot_spots.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace tocsin::triage {

/// How many reports of the window say each word, by its number.
struct WordCounts {
    std::vector<std::uint32_t> now;
    double reports{0};
};

/// What HotSpots knows of reports: those of the window one by one, those before it as counts by cell, word and slice of
/// the past. However many come, no more is kept than what the limits here say.
class ReportMemory {
  public:
    static constexpr std::size_t slices = 28; ///< of the past; what is older falls off slice by slice
    static constexpr double cellMetres = 400;

    struct Cell {
        std::int32_t row{0};
        std::int32_t column{0};
        friend bool operator==(const Cell&, const Cell&) = default;
    };
    struct Item {
        model::ReportId id;
        base::Time time;
        std::optional<model::Position> position;
        Cell cell;
        std::uint64_t sender{0}; ///< 0: not known
        bool counts{true};       ///< false: its sender has been counted in this cell already
        std::vector<std::uint32_t> terms;
        std::string text; ///< its beginning
    };
    struct Past {
        std::array<std::uint16_t, slices> bySlice{};
        std::uint32_t total{0};
    };
    struct Word {
        std::string text;
        Past past;
    };

    ReportMemory(Synonyms synonyms, ScanPolicy policy);

    /// Constant on average: what is old is folded whenever as much has come again as was left the last time.
    void put(const model::Report& report);

    [[nodiscard]] const std::vector<Item>& items() const { return m_items; }
    [[nodiscard]] const std::unordered_map<std::uint64_t, Past>& cells() const { return m_cells; }
    [[nodiscard]] const std::vector<Word>& words() const { return m_words; }
    [[nodiscard]] const Synonyms& synonyms() const { return m_synonyms; }
    [[nodiscard]] const ScanPolicy& policy() const { return m_policy; }
    [[nodiscard]] bool inWindow(const Item& item, base::Time now) const {
        return item.time <= now && item.time > now - m_policy.window;
    }
    [[nodiscard]] bool inPast(const Item& item, base::Time now) const { return item.time <= now - m_policy.window; }
    [[nodiscard]] WordCounts wordsOf(base::Time now) const;
    [[nodiscard]] double foldedReports() const { return static_cast<double>(m_reports.total); }
    /// How many windows long the past is that is known, before the window that ends now; at least 1.
    [[nodiscard]] double windowsKnown(base::Time now) const;
    [[nodiscard]] static std::uint64_t keyOf(Cell cell);
    [[nodiscard]] static Cell cellOf(std::uint64_t key);
    [[nodiscard]] Cell cellAt(const model::Position& position) const;

  private:
    [[nodiscard]] std::int64_t sliceOf(base::Time time) const;
    void advance(std::int64_t slice);
    void add(Past& past, std::int64_t slice) const;
    [[nodiscard]] std::vector<std::uint32_t> numbersOf(const std::string& text);
    [[nodiscard]] bool countsAnew(const Item& item);
    void fold();
    void forgetWords();

    Synonyms m_synonyms;
    ScanPolicy m_policy;
    base::Duration m_slice;
    std::optional<double> m_squeeze; ///< metres of a degree of longitude beside one of latitude, at the first report
    std::vector<Item> m_items;
    std::unordered_map<base::Uuid, std::size_t> m_at;
    std::unordered_map<std::uint64_t, base::Time> m_counted; ///< by sender and cell
    std::unordered_map<std::uint64_t, Past> m_cells;
    std::array<std::unordered_set<std::uint64_t>, slices> m_folded; ///< ids, by slice
    Past m_reports;
    std::vector<Word> m_words;
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::int64_t m_newestSlice{0};
    base::Time m_newest;
    std::optional<base::Time> m_first;
    std::size_t m_nextFold;
};

/// By which those who speak are told apart; who is not known is somebody new each time.
[[nodiscard]] std::uint64_t voiceOf(const ReportMemory::Item& item);
/// The newest so many come first, in order.
void newestFirst(std::vector<const ReportMemory::Item*>& items, std::size_t most);

} // namespace tocsin::triage
