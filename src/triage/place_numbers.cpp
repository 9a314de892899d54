#include "triage/place_numbers.hpp"

#include "tocsin/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostNumbers = 40;
constexpr std::size_t mostDigits = 5; ///< longer ones are telephone numbers and the like

/// Between a street and its number: they belong to neither.
constexpr std::array between{"no",    "nr",   "num", "number",   "numero",    "nimewo", "nummer", "n",
                             "house", "haus", "bis", "prolonge", "prolongee", "prol",   "ext",    "extended"};
/// Before a number that is no place's: a time, an age, a count.
constexpr std::array beforeOthers{"at",    "since", "age",  "aged",    "um",  "seit",     "ab",     "from", "until",
                                  "about", "over",  "all",  "than",    "of",  "and",      "und",    "for",  "with",
                                  "have",  "has",   "are",  "is",      "was", "were",     "to",     "in",   "on",
                                  "by",    "the",   "jan",  "january", "feb", "february", "update", "time", "room",
                                  "rm",    "date",  "type", "another", "only"};

template <typename List>
bool has(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The word that ends before `at`, whole characters of UTF-8; empty after a stop. Moves `at` to where it begins.
std::string_view wordBefore(std::string_view text, std::size_t& at) {
    std::size_t end = at;
    while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '#'))
        --end;
    // "n°17", "no. 5": the sign and the point of a short form are passed over.
    if (end > 1 && text.substr(end - 2, 2) == "\xC2\xB0")
        end -= 2;
    else if (end > 2 && text[end - 1] == '.' && std::isalpha(static_cast<unsigned char>(text[end - 2])) != 0)
        --end;
    std::size_t begin = end;
    const auto isWord = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || (static_cast<unsigned char>(c) & 0x80U) != 0;
    };
    while (begin > 0 && isWord(text[begin - 1]))
        --begin;
    at = begin;
    return text.substr(begin, end - begin);
}

/// Of a script written without spaces: its last two characters.
std::string_view lastPair(std::string_view word) {
    if (word.size() >= 6 && static_cast<unsigned char>(word[word.size() - 3]) >= 0xE3U)
        return word.substr(word.size() - 6);
    return word;
}

} // namespace

std::vector<std::pair<std::string, std::string>> placeNumbers(std::string_view text, const Synonyms& synonyms) {
    std::vector<std::pair<std::string, std::string>> out;
    for (std::size_t i = 0; i < text.size() && out.size() < mostNumbers;) {
        if (!isDigit(text[i])) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        while (i < text.size() && isDigit(text[i]))
            ++i;
        const char before = begin > 0 ? text[begin - 1] : ' ';
        const char after = i < text.size() ? text[i] : ' ';
        const bool goesOn = (after == '.' || after == ':' || after == '/' || after == '%' || after == ',') &&
                            i + 1 < text.size() && isDigit(text[i + 1]);
        if (i - begin > mostDigits || goesOn || before == '.' || before == ':' || before == '/' || before == '-' ||
            before == '+' || before == '$' || before == '[' || std::isalpha(static_cast<unsigned char>(before)) != 0)
            continue;
        std::size_t at = begin;
        std::string_view word = wordBefore(text, at);
        for (int steps = 0; steps < 3 && has(between, base::lowerAscii(word)); ++steps)
            word = wordBefore(text, at);
        if (word.size() < 3 || has(beforeOthers, base::lowerAscii(word)) || isDigit(word.front()))
            continue;
        const auto terms = synonyms.terms(lastPair(word));
        if (terms.size() == 1)
            out.emplace_back(terms.front(), std::string(text.substr(begin, i - begin)));
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

} // namespace tocsin::triage
