#include "tocsin/triage/hazard_words.hpp"

#include "tocsin/base/toml.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostBytes = 4'000; ///< of a text that are read
constexpr std::size_t mostWords = 5'000; ///< each is looked for in each text
constexpr std::size_t longestWord = 120; ///< bytes

struct Kind {
    std::string_view name;
    Hazards hazard;
};
constexpr std::array kinds{Kind{"flood", hazard::flood},         Kind{"fire", hazard::fire},
                           Kind{"landslide", hazard::landslide}, Kind{"quake", hazard::quake},
                           Kind{"rain", hazard::rain},           Kind{"storm", hazard::storm},
                           Kind{"power", hazard::power},         Kind{"water", hazard::water},
                           Kind{"traffic", hazard::traffic},     Kind{"substance", hazard::substance},
                           Kind{"people", hazard::people},       Kind{"trapped", hazard::trapped},
                           Kind{"dead", hazard::dead}};

bool isLetterLead(unsigned char lead) { // of a script that parts its words by blanks
    return lead < 0x80 ? std::isalnum(lead) != 0 : lead < 0xE2;
}

bool letterBefore(std::string_view text, std::size_t at) {
    while (at > 0) {
        const auto byte = static_cast<unsigned char>(text[--at]);
        if ((byte & 0xC0U) != 0x80U)
            return isLetterLead(byte);
    }
    return false;
}

bool letterAt(std::string_view text, std::size_t at) {
    return at < text.size() && isLetterLead(static_cast<unsigned char>(text[at]));
}

bool latin(std::string_view word) {
    return isLetterLead(static_cast<unsigned char>(word.front()));
}

/// Where the word stands for itself, from `from` on.
std::size_t find(std::string_view text, std::string_view word, std::size_t from = 0) {
    for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        if (!latin(word) || (!letterBefore(text, at) && !letterAt(text, at + word.size())))
            return at;
    }
    return std::string_view::npos;
}

bool stripWord(std::string_view& head, const std::vector<std::string>& list) {
    while (!head.empty() && head.back() == ' ')
        head.remove_suffix(1);
    return std::any_of(list.begin(), list.end(), [&](const std::string& word) {
        if (!head.ends_with(word) || (latin(word) && letterBefore(head, head.size() - word.size())))
            return false;
        head.remove_suffix(word.size());
        return true;
    });
}

/// The texts of a list, folded; what is wrong is told to the reader.
std::vector<std::string> textsOf(base::TomlReader& in, std::string_view key) {
    std::vector<std::string> out;
    for (const auto* text : in.texts(key)) {
        if (text->get().size() > longestWord) {
            in.refuse(*text, "a word is a text of 1 to 120 bytes");
            return {};
        }
        std::string word = folded(text->get());
        if (word.find_first_not_of(' ') == std::string::npos) {
            in.refuse(*text, "a word has at least one letter");
            return {};
        }
        out.push_back(std::move(word));
        if (out.size() > mostWords) {
            in.refuse(*text, "more than 5000 words");
            return {};
        }
    }
    return out;
}

Hazards meansOf(base::TomlReader& in) {
    Hazards all = 0;
    const auto names = textsOf(in, "means");
    const toml::node* node = in.node("means");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& kind) { return kind.name == names[i]; });
        if (found == kinds.end()) {
            in.refuse(*node->as_array()->get(i), "'" + names[i] + "' is no kind of event: flood, fire, landslide, quake, rain, "
                                                 "storm, power, water, traffic, substance, people, trapped, dead");
            return 0;
        }
        all |= found->hazard;
    }
    if (all == 0)
        in.refuse("means", "a set of words needs its 'means'");
    return all;
}

} // namespace

std::string folded(std::string_view text) {
    text = text.substr(0, mostBytes);
    UErrorCode code = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(code);
    if (U_FAILURE(code))
        return std::string(text);
    const auto out = fold->normalize(
        icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size()))), code);
    std::string bytes;
    if (U_SUCCESS(code))
        out.toUTF8String(bytes);
    return bytes;
}

base::Result<HazardWords> HazardWords::parse(std::string_view toml) {
    const auto table = base::parseToml(toml);
    if (!table)
        return tl::unexpected(table.error());
    base::TomlReader in(*table, "words of events");
    HazardWords out;
    for (const toml::table* item : in.tables("hazard")) {
        base::TomlReader set(*item, "a set of words");
        const Hazards hazards = meansOf(set);
        for (auto& word : textsOf(set, "words"))
            out.m_words.push_back({std::move(word), hazards, true});
        for (auto& word : textsOf(set, "only_says"))
            out.m_words.push_back({std::move(word), hazards, false});
        if (auto done = set.done(); !done)
            return tl::unexpected(done.error());
        if (out.m_words.size() > mostWords)
            return base::fail(base::Code::tooLarge, "more than 5000 words", base::TomlReader::placeOf(*item));
    }
    if (const toml::node* node = in.node("denial"); node != nullptr) {
        const toml::table* denial = node->as_table();
        if (denial == nullptr)
            return base::fail(base::Code::malformed, "'denial' must be written as [denial]", base::TomlReader::placeOf(*node));
        base::TomlReader set(*denial, "the words of denial");
        for (auto& word : textsOf(set, "words"))
            out.m_denials.push_back({std::move(word), false});
        for (auto& word : textsOf(set, "only_negated"))
            out.m_denials.push_back({std::move(word), true});
        out.m_negators = textsOf(set, "negators");
        out.m_fillers = textsOf(set, "fillers");
        out.m_goesOn = textsOf(set, "goes_on");
        if (auto done = set.done(); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return out;
}

bool HazardWords::negated(std::string_view text, std::size_t at) const {
    auto head = text.substr(0, at);
    for (int i = 0; i < 3 && stripWord(head, m_fillers); ++i)
        ;
    return stripWord(head, m_negators);
}

bool HazardWords::isOtherThing(std::string_view text, std::size_t end) const {
    if (end < text.size() && (text[end] == ' ' || text[end] == '-'))
        ++end;
    const auto rest = text.substr(end);
    return std::any_of(m_goesOn.begin(), m_goesOn.end(), [&](const std::string& word) {
        return rest.starts_with(word) && !letterAt(rest, word.size());
    });
}

Hazards HazardWords::hazardsOf(std::string_view word) const {
    const auto found = std::find_if(m_words.begin(), m_words.end(), [&](const Word& w) { return w.text == word; });
    return found == m_words.end() ? 0 : found->hazards;
}

Hazards HazardWords::hazardsIn(std::string_view text) const {
    Hazards all = 0;
    for (const Word& word : m_words) {
        if ((word.hazards & ~all) != 0 && find(text, word.text) != std::string_view::npos)
            all |= word.hazards;
    }
    return all;
}

Hazards HazardWords::saidIn(std::string_view text, Hazards about) const {
    Hazards all = 0;
    for (const Word& word : m_words) {
        if ((word.hazards & about & ~all) == 0)
            continue;
        for (auto at = find(text, word.text); at != std::string_view::npos; at = find(text, word.text, at + 1)) {
            if (!negated(text, at)) {
                all |= word.hazards & about;
                break;
            }
        }
    }
    return all;
}

bool HazardWords::denies(std::string_view text, Hazards about) const {
    for (const Denial& denial : m_denials) {
        for (auto at = find(text, denial.text); at != std::string_view::npos; at = find(text, denial.text, at + 1)) {
            const bool undone = negated(text, at) != denial.onlyNegated;
            if (!undone && !isOtherThing(text, at + denial.text.size()))
                return true;
        }
    }
    for (const Word& word : m_words) {
        if (!word.deniable || (about != 0 && (word.hazards & about) == 0))
            continue;
        for (auto at = find(text, word.text); at != std::string_view::npos; at = find(text, word.text, at + 1)) {
            if (negated(text, at) && !isOtherThing(text, at + word.text.size()))
                return true;
        }
    }
    return false;
}

} // namespace tocsin::triage
