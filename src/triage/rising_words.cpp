#include "triage/rising_words.hpp"

#include "triage/word_forms.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace tocsin::triage {

namespace {

using Item = ReportMemory::Item;

constexpr std::size_t leastSenders = 3;
constexpr double leastRise = 3;   ///< standard deviations
constexpr double sameWords = 0.8; ///< of the reports of two words, from which on they may be one
constexpr std::size_t mostReports = 2'000; ///< of a word: all that a person can go through
constexpr std::size_t mostTexts = 50;      ///< by which it is told how it is written

struct Candidate {
    std::uint32_t term{0};
    std::vector<const Item*> items; ///< as they lie in memory
    std::vector<std::uint64_t> voices;
    double strength{0};
};

/// Nearly all reports that say the one say the other.
bool sameReports(const Candidate& a, const Candidate& b) {
    const auto more = static_cast<double>(std::max(a.items.size(), b.items.size()));
    if (static_cast<double>(std::min(a.items.size(), b.items.size())) < sameWords * more)
        return false;
    std::size_t both = 0;
    for (std::size_t i = 0, k = 0; i < a.items.size() && k < b.items.size();) {
        if (a.items[i] == b.items[k]) {
            ++both;
            ++i;
            ++k;
        } else if (std::less<>{}(a.items[i], b.items[k])) {
            ++i;
        } else {
            ++k;
        }
    }
    return static_cast<double>(both) >= sameWords * more;
}

/// Pairs of characters that go on from one to the next are one word where that is what was written: 地铁 and 铁站 are
/// 地铁站. Empty: they are two.
std::string joined(const std::string& word, const std::string& pair, const std::vector<std::string_view>& texts) {
    constexpr std::size_t character = 3; // bytes of one that is written without blanks
    const auto wide = [](const std::string& t) {
        return t.size() >= 2 * character && static_cast<unsigned char>(t.front()) >= 0xE3;
    };
    if (!wide(word) || !wide(pair))
        return {};
    if (word.find(pair) != std::string::npos)
        return word;
    std::string both;
    if (word.ends_with(pair.substr(0, pair.size() - character)))
        both = word + pair.substr(pair.size() - character);
    else if (word.starts_with(pair.substr(character)))
        both = pair.substr(0, character) + word;
    const bool isSaid = !both.empty() && std::any_of(texts.begin(), texts.end(), [&](std::string_view text) {
        return text.find(both) != std::string_view::npos;
    });
    return isSaid ? both : std::string();
}

} // namespace

std::vector<TrendingTerm> risingWords(const ReportMemory& memory, base::Time now, std::size_t most) {
    const auto counts = memory.wordsOf(now).now;
    std::vector<std::uint32_t> before(counts.size(), 0);
    for (const auto& item : memory.items()) {
        if (!memory.inPast(item, now))
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
    for (std::uint32_t term = 0; term < counts.size(); ++term) {
        if (counts[term] >= leastSenders && rise(counts[term], term) >= leastRise)
            ranked.emplace_back(-rise(counts[term], term), term);
    }
    std::sort(ranked.begin(), ranked.end());
    ranked.resize(std::min(ranked.size(), 4 * most + 40)); // one who repeats himself is among them still

    std::vector<Candidate> candidates(ranked.size());
    constexpr std::uint32_t none = 0xffffffffU;
    std::vector<std::uint32_t> at(counts.size(), none);
    for (std::uint32_t i = 0; i < ranked.size(); ++i) {
        candidates[i].term = ranked[i].second;
        at[ranked[i].second] = i;
    }
    for (const auto& item : memory.items()) {
        if (!memory.inWindow(item, now))
            continue;
        for (const auto term : item.terms) {
            if (at[term] != none) {
                candidates[at[term]].items.push_back(&item);
                candidates[at[term]].voices.push_back(voiceOf(item));
            }
        }
    }
    for (auto& candidate : candidates) {
        auto& voices = candidate.voices;
        std::sort(voices.begin(), voices.end());
        voices.erase(std::unique(voices.begin(), voices.end()), voices.end());
        candidate.strength = rise(static_cast<double>(voices.size()), candidate.term);
    }
    std::erase_if(candidates, [](const Candidate& candidate) {
        return candidate.voices.size() < leastSenders || candidate.strength < leastRise;
    });
    std::stable_sort(candidates.begin(), candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.strength > b.strength; });

    std::vector<TrendingTerm> out;
    std::vector<const Candidate*> shown;
    for (const auto& candidate : candidates) {
        if (out.size() >= most)
            break;
        auto newest = candidate.items;
        newestFirst(newest, mostReports);
        newest.resize(std::min(newest.size(), mostReports));
        std::vector<std::string_view> texts;
        for (std::size_t i = 0; i < std::min(newest.size(), mostTexts); ++i)
            texts.push_back(newest[i]->text);
        TrendingTerm term;
        term.term = writtenForm(memory.words()[candidate.term].text, texts, memory.synonyms());
        bool merged = false;
        for (std::size_t i = 0; i < shown.size() && !merged; ++i) {
            if (!sameReports(*shown[i], candidate))
                continue;
            if (auto word = joined(out[i].term, term.term, texts); !word.empty()) {
                out[i].term = std::move(word);
                merged = true;
            }
        }
        if (merged)
            continue;
        term.now = candidate.voices.size();
        term.usual = usualOf(candidate.term);
        term.strength = candidate.strength;
        for (const auto* item : newest)
            term.reports.push_back(item->id);
        out.push_back(std::move(term));
        shown.push_back(&candidate);
    }
    return out;
}

} // namespace tocsin::triage
