#include "triage/word_forms.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <vector>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostTexts = 8;
constexpr std::size_t mostTries = 120; ///< a text

/// Words of scripts that part them, and runs of those that do not (three bytes and more a character).
struct Piece {
    std::string_view text;
    bool run{false};
};

std::vector<Piece> piecesOf(std::string_view text) {
    std::vector<Piece> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto kind = [&](std::size_t i) {
            const auto byte = static_cast<unsigned char>(text[i]);
            if (byte < 0x80)
                return std::isalnum(byte) != 0 ? 1 : 0;
            if (byte < 0xE3)
                return byte == 0xE2 ? 0 : 1;                                       // E2: punctuation and signs
            return text.substr(i).starts_with("\xE3\x80") || byte == 0xEF ? 0 : 2; // 、。！，
        };
        const auto next = [&](std::size_t i) {
            ++i;
            while (i < text.size() && (static_cast<unsigned char>(text[i]) & 0xC0U) == 0x80U)
                ++i;
            return i;
        };
        const int first = kind(at);
        auto end = next(at);
        while (end < text.size() && kind(end) == first)
            end = next(end);
        if (first != 0)
            out.push_back({text.substr(at, end - at), first == 2});
        at = end;
    }
    return out;
}

bool is(std::string_view text, const std::string& term, const Synonyms& synonyms) {
    const auto terms = synonyms.terms(text);
    return terms.size() == 1 && terms.front() == term;
}

std::string formIn(std::string_view text, const std::string& term, const Synonyms& synonyms) {
    std::size_t tries = 0;
    for (const auto& piece : piecesOf(text)) {
        if (!piece.run) {
            if (++tries > mostTries)
                return {};
            if (is(piece.text, term, synonyms))
                return std::string(piece.text);
            continue;
        }
        std::vector<std::size_t> starts;
        for (std::size_t i = 0; i < piece.text.size(); ++i) {
            if ((static_cast<unsigned char>(piece.text[i]) & 0xC0U) != 0x80U)
                starts.push_back(i);
        }
        starts.push_back(piece.text.size());
        for (const std::size_t length : std::array<std::size_t, 4>{2, 3, 4, 1}) {
            for (std::size_t i = 0; i + length < starts.size(); ++i) {
                if (++tries > mostTries)
                    return {};
                const auto part = piece.text.substr(starts[i], starts[i + length] - starts[i]);
                if (is(part, term, synonyms))
                    return std::string(part);
            }
        }
    }
    return {};
}

} // namespace

std::string writtenForm(const std::string& term, std::span<const std::string_view> texts, const Synonyms& synonyms) {
    std::map<std::string, std::size_t> forms;
    for (const auto text : texts.first(std::min(texts.size(), mostTexts))) {
        // Characters of a script without words stand as they are compared.
        if (static_cast<unsigned char>(term.front()) >= 0xE3 && text.find(term) != std::string_view::npos)
            ++forms[term];
        else if (auto form = formIn(text, term, synonyms); !form.empty())
            ++forms[form];
    }
    std::string best = term;
    std::size_t most = 0;
    for (const auto& [form, count] : forms) {
        if (count > most) {
            most = count;
            best = form;
        }
    }
    return best;
}

bool isNumber(std::string_view term) {
    const auto digits = static_cast<std::size_t>(
        std::find_if_not(term.begin(), term.end(), [](char c) { return c >= '0' && c <= '9'; }) - term.begin());
    return digits > 0 && (digits == term.size() || (digits + 1 == term.size() && term.back() >= 'a' && term.back() <= 'z'));
}

} // namespace tocsin::triage
