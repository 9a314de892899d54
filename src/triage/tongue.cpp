#include "triage/tongue.hpp"

#include "tocsin/base/ascii.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostBytes = 4'000;
constexpr std::size_t enoughWords = 2;

constexpr std::array english{"the",   "and",  "of",   "is",    "are",  "was", "were",   "there", "we",
                             "our",   "my",   "they", "their", "she",  "he",  "has",    "have",  "been",
                             "this",  "that", "not",  "with",  "from", "for", "please", "who",   "need",
                             "needs", "if",   "any",  "no",    "to",   "it",  "at",     "near"};
constexpr std::array german{"der",   "die",  "das",   "dem",   "den", "und",  "ist",   "sind",  "nicht",
                            "wir",   "ich",  "mein",  "meine", "ein", "eine", "einem", "einer", "auf",
                            "aus",   "mit",  "bei",   "beim",  "im",  "zum",  "zur",   "von",   "hier",
                            "bitte", "kein", "keine", "es",    "am",  "vor",  "unter"};
constexpr std::array french{"le",  "la",   "les",  "des", "du",   "et",  "est", "sont", "nous", "je", "mon",  "ma",
                            "une", "dans", "pour", "pas", "avec", "sur", "ai",  "au",   "aux",  "il", "elle", "besoin"};

template <typename List>
std::size_t in(const List& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) == list.end() ? 0 : 1;
}

} // namespace

Tongue tongueOf(std::string_view text) {
    text = text.substr(0, mostBytes);
    std::size_t wide = 0;
    std::size_t inEnglish = 0;
    std::size_t inGerman = 0;
    std::size_t inFrench = 0;
    std::size_t letters = 0;
    std::string word;
    const auto flush = [&] {
        inEnglish += in(english, word);
        inGerman += in(german, word);
        inFrench += in(french, word);
        word.clear();
    };
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        wide += byte >= 0xE3U && byte < 0xF0U ? 1 : 0; // the first byte of a Chinese character
        if (byte >= 0x80U || std::isalpha(byte) != 0) {
            ++letters;
            word += base::lowerAscii(c);
        } else {
            flush();
        }
    }
    flush();
    if (wide * 6 > letters) // three bytes a character: half of what was written
        return Tongue::chinese;
    const auto most = std::max({inEnglish, inGerman, inFrench});
    if (most < enoughWords)
        return Tongue::unknown;
    return most == inEnglish ? Tongue::english : most == inGerman ? Tongue::german : Tongue::french;
}

} // namespace tocsin::triage
