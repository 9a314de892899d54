#include "tocsin/base/toml.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

namespace tocsin::triage {

namespace {

constexpr std::size_t mostWords = 20'000;
constexpr std::size_t longestWord = 120;    // bytes
constexpr std::size_t mostCharacters = 4'000; ///< of a text: what comes after is not compared

/// Words that are in every text and say nothing of what happened.
constexpr std::array stopWords{
    "the", "a", "an", "and", "or", "of", "at", "in", "on", "to", "is", "are", "was", "it", "there", "here", "we", "i", "my",
    "our", "please", "help", "hello", "near", "from", "with", "by", "has", "have", "be", "this", "that", "no", "not",
    "der", "die", "das", "dem", "den", "des", "ein", "eine", "einem", "einer", "und", "oder", "von", "an", "am", "im", "zu",
    "ist", "sind", "es", "hier", "wir", "ich", "mein", "meine", "bitte", "hilfe", "hallo", "bei", "aus", "mit", "auf",
    "le", "la", "les", "de", "du", "et", "il", "un", "une"};
/// The same in Chinese, character by character: they part what is said before from what is said after.
constexpr std::u32string_view stopCharacters = U"的了在是有我们你他她它这那里着和与及很吗呢啊吧请就都也还个";

bool isStopWord(std::string_view word) {
    return std::find(stopWords.begin(), stopWords.end(), word) != stopWords.end();
}

bool isIdeographic(UChar32 c) {
    UErrorCode code = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &code);
    return U_SUCCESS(code) && (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
                               script == USCRIPT_HANGUL);
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

/// Without case, width and accents.
icu::UnicodeString plain(std::string_view text) {
    UErrorCode code = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(code);
    const auto* parts = icu::Normalizer2::getNFDInstance(code);
    if (U_FAILURE(code))
        return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    auto unicode = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
    if (static_cast<std::size_t>(unicode.length()) > mostCharacters)
        unicode.truncate(static_cast<int32_t>(mostCharacters));
    icu::UnicodeString folded = fold->normalize(unicode, code);
    icu::UnicodeString apart = parts->normalize(folded, code);
    if (U_FAILURE(code))
        return unicode;
    icu::UnicodeString out;
    for (int32_t i = 0; i < apart.length();) {
        const UChar32 c = apart.char32At(i);
        i += U16_LENGTH(c);
        if (u_charType(c) != U_NON_SPACING_MARK)
            out.append(c);
    }
    return out;
}

bool isWordCharacter(UChar32 c) {
    return u_isalnum(c) != 0 && !isIdeographic(c);
}

/// A word as it is looked up: folded, single spaces.
std::string keyOf(std::string_view word) {
    const auto folded = plain(word);
    icu::UnicodeString out;
    for (int32_t i = 0; i < folded.length();) {
        const UChar32 c = folded.char32At(i);
        i += U16_LENGTH(c);
        if (isWordCharacter(c) || isIdeographic(c))
            out.append(c);
        else if (!out.isEmpty() && out.charAt(out.length() - 1) != u' ')
            out.append(u' ');
    }
    out.trim();
    return utf8(out);
}

std::size_t charactersOf(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

class Terms {
  public:
    Terms(const std::map<std::string, std::string, std::less<>>& words, std::size_t longest)
        : m_words(words), m_longest(longest) {}

    std::vector<std::string> of(std::string_view text) {
        const auto folded = plain(text);
        icu::UnicodeString word;
        std::vector<UChar32> run;
        for (int32_t i = 0; i < folded.length();) {
            const UChar32 c = folded.char32At(i);
            i += U16_LENGTH(c);
            const bool ideograph = isIdeographic(c);
            if (!ideograph)
                flushRun(run);
            if (isWordCharacter(c)) {
                word.append(c);
                continue;
            }
            flushWord(word);
            if (ideograph)
                run.push_back(c);
            else if (c != u' ' && c != u'-' && c != u'\'')
                m_before.clear(); // a stop parts what belongs together
        }
        flushWord(word);
        flushRun(run);
        return std::move(m_out);
    }

  private:
    void add(std::string term) {
        if (m_seen.insert(term).second)
            m_out.push_back(std::move(term));
    }

    void flushWord(icu::UnicodeString& word) {
        if (word.isEmpty())
            return;
        const std::string one = utf8(word);
        word.remove();
        if (!m_before.empty()) {
            if (const auto both = m_words.find(m_before + " " + one); both != m_words.end()) {
                add(both->second);
                m_before = one;
                return;
            }
        }
        m_before = one;
        if (const auto found = m_words.find(one); found != m_words.end())
            add(found->second);
        else if (!isStopWord(one) && (one.size() > 1 || std::isdigit(static_cast<unsigned char>(one.front())) != 0))
            add(one);
    }

    void flushRun(std::vector<UChar32>& run) {
        if (run.empty())
            return;
        m_before.clear();
        std::vector<UChar32> rest; // since the last known word
        const auto pairs = [&] {
            for (std::size_t i = 0; i + 1 < rest.size(); ++i)
                add(text(rest, i, 2));
            if (rest.size() == 1)
                add(text(rest, 0, 1));
            rest.clear();
        };
        for (std::size_t i = 0; i < run.size();) {
            std::size_t known = 0;
            for (std::size_t length = std::min(m_longest, run.size() - i); length > 0 && known == 0; --length) {
                if (const auto found = m_words.find(text(run, i, length)); found != m_words.end()) {
                    pairs();
                    add(found->second);
                    known = length;
                }
            }
            if (known > 0) {
                i += known;
                continue;
            }
            if (stopCharacters.find(static_cast<char32_t>(run[i])) != std::u32string_view::npos)
                pairs();
            else
                rest.push_back(run[i]);
            ++i;
        }
        pairs();
        run.clear();
    }

    static std::string text(const std::vector<UChar32>& run, std::size_t from, std::size_t count) {
        icu::UnicodeString out;
        for (std::size_t i = from; i < from + count; ++i)
            out.append(run[i]);
        return utf8(out);
    }

    const std::map<std::string, std::string, std::less<>>& m_words;
    std::size_t m_longest;
    std::string m_before;
    std::set<std::string> m_seen;
    std::vector<std::string> m_out;
};

} // namespace

base::Result<Synonyms> Synonyms::parse(std::string_view toml) {
    const auto table = base::parseToml(toml);
    if (!table)
        return tl::unexpected(table.error());
    base::TomlReader in(*table, "synonyms");
    Synonyms out;
    for (const toml::table* item : in.tables("same")) {
        base::TomlReader set(*item, "a set of synonyms");
        std::string mark;
        const auto readList = [&](std::string_view key, auto&& each) -> base::Result<void> {
            for (const auto* text : set.texts(key)) {
                if (text->get().empty() || text->get().size() > longestWord)
                    return base::fail(base::Code::malformed, "a word is a text of 1 to 120 bytes", base::TomlReader::placeOf(*text));
                if (auto ok = each(text->get(), *text); !ok)
                    return ok;
            }
            return set.failed() ? set.done() : base::Result<void>{};
        };
        auto words = readList("words", [&](const std::string& word, const toml::node& where) -> base::Result<void> {
            const auto key = keyOf(word);
            if (key.empty())
                return base::fail(base::Code::malformed, "'" + word + "' has no letter", base::TomlReader::placeOf(where));
            if (mark.empty())
                mark = key;
            if (out.m_words.size() >= mostWords)
                return base::fail(base::Code::tooLarge, "more than 20000 words", base::TomlReader::placeOf(where));
            const auto [at, isNew] = out.m_words.try_emplace(key, mark);
            if (!isNew && at->second != mark)
                return base::fail(base::Code::conflict, "'" + word + "' stands in another set already",
                                  base::TomlReader::placeOf(where));
            if (isIdeographic(plain(word).char32At(0)))
                out.m_longest = std::max(out.m_longest, charactersOf(key));
            return {};
        });
        if (!words)
            return tl::unexpected(words.error());
        if (mark.empty())
            set.refuse("words", "a set needs its 'words'");
        auto categories = readList("categories", [&](const std::string& word, const toml::node&) -> base::Result<void> {
            out.m_categories[keyOf(word)] = mark;
            return {};
        });
        if (!categories)
            return tl::unexpected(categories.error());
        if (auto done = set.done(); !done)
            return tl::unexpected(done.error());
    }
    if (auto done = in.done(); !done)
        return tl::unexpected(done.error());
    return out;
}

std::vector<std::string> Synonyms::terms(std::string_view text) const {
    return Terms(m_words, m_longest).of(text);
}

std::string Synonyms::category(std::string_view category) const {
    const auto key = keyOf(category);
    if (const auto found = m_categories.find(key); found != m_categories.end())
        return found->second;
    if (const auto found = m_words.find(key); found != m_words.end())
        return found->second;
    return key;
}

} // namespace tocsin::triage
