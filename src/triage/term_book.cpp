#include "triage/term_book.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr double commonNats = 2.5;    ///< of a word that one report in twelve has
constexpr std::uint32_t fewSayIt = 5; ///< reports; or one in ten
constexpr double oneIn = 10;
constexpr std::size_t mostFeeds = 64;
constexpr double feedSpeaks = 50; ///< reports, from which on its custom counts for what another feed says, too

/// In every language's everyday words lies nothing that only one event has, however few reports have said them so far.
constexpr std::array everyday{
    "about", "after", "again", "all", "alive", "also", "another", "any", "anybody", "anyone", "area", "around", "as",
    "ask", "asking", "available", "back", "before", "being", "but", "call", "called", "can", "cannot", "care",
    "children", "city", "come", "could", "day", "days", "did", "do", "does", "don", "down", "each", "email", "every",
    "family", "few", "find", "first", "food", "for", "found", "friend", "friends", "get", "getting", "give", "go",
    "going", "good", "got", "had", "hear", "heard", "her", "him", "his", "home", "hour", "hours", "house", "houses",
    "how", "if", "info", "information", "into", "just", "know", "last", "left", "let", "like", "lived", "lives",
    "living", "located", "long", "looking", "lot", "made", "make", "man", "many", "may", "me", "message", "more",
    "morning", "most", "much", "must", "name", "need", "needed", "needs", "new", "next", "night", "now", "number", "of",
    "off", "ok", "old", "one", "only", "other", "out", "over", "people", "person", "persons", "phone", "place",
    "received", "report", "reported", "reports", "right", "said", "say", "see", "seen", "send", "sent", "she", "should",
    "since", "small", "so", "some", "someone", "soon", "still", "street", "such", "supplies", "take", "than", "thank",
    "thanks", "them", "then", "they", "their", "think", "those", "through", "time", "today", "tonight", "too", "town",
    "two", "under", "until", "up", "update", "urgent", "us", "very", "want", "water", "way", "well", "were", "what",
    "when", "where", "which", "while", "who", "will", "without", "woman", "work", "working", "would", "year", "years",
    "yesterday", "you", "your", "aber", "alle", "auch", "beim", "da", "dann", "dass", "doch", "dort", "etwas", "gibt",
    "habe", "haben", "hat", "haus", "ihm", "ihr", "immer", "jemand", "jetzt", "kann", "kein", "keine", "kinder",
    "kommt", "leute", "mehr", "menschen", "muss", "nach", "nicht", "noch", "nur", "ob", "ohne", "schon", "sehr", "seit",
    "sich", "sie", "so", "strasse", "stunden", "uhr", "um", "uns", "unter", "viel", "viele", "vor", "war", "was",
    "wasser", "wegen", "wenn", "wer", "werden", "wie", "wird", "wo", "wohl", "zum", "zur", "aux", "avec", "besoin",
    "ce", "ces", "dans", "elle", "est", "eau", "faire", "leur", "mais", "mon", "nous", "on", "ou", "par", "pas",
    "personne", "plus", "pour", "qui", "que", "rue", "sans", "se", "ses", "son", "sont", "sous", "sur", "tout", "tous",
    "vous",
    // What streets and blocks are called in general.
    "road", "avenue", "ave", "lane", "square", "block", "corner", "route", "ruelle", "rte", "impasse", "boulevard",
    "blvd", "zone", "gasse", "weg", "platz", "allee"};

} // namespace

std::vector<std::uint32_t> TermBook::numbersOf(const std::vector<std::string>& terms, bool mayAdd) {
    std::vector<std::uint32_t> out;
    for (const auto& term : terms) {
        if (mayAdd) {
            const auto [at, isNew] = m_numbers.try_emplace(term, static_cast<std::uint32_t>(m_words.size()));
            if (isNew) {
                m_words.push_back(term);
                m_said.push_back(0);
                m_everyday.push_back(std::find(everyday.begin(), everyday.end(), term) != everyday.end());
            }
            out.push_back(at->second);
        } else if (const auto found = m_numbers.find(term); found != m_numbers.end()) {
            out.push_back(found->second);
        }
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

TermBook::Feed TermBook::feedOf(const std::string& name, bool mayAdd) {
    if (const auto known = m_feedNumbers.find(name); known != m_feedNumbers.end())
        return known->second;
    if (!mayAdd || m_feeds.size() >= mostFeeds)
        return noFeed;
    m_feeds.emplace_back();
    return m_feedNumbers.emplace(name, static_cast<Feed>(m_feeds.size() - 1)).first->second;
}

void TermBook::count(const std::vector<std::uint32_t>& terms, Feed feed) {
    m_reports += 1;
    for (const auto term : terms)
        ++m_said[term];
    if (feed == noFeed)
        return;
    auto& own = m_feeds[feed];
    own.reports += 1;
    for (const auto term : terms) {
        if (term >= own.said.size())
            own.said.resize(m_words.size());
        ++own.said[term];
    }
}

TermBook::Between::Between(const TermBook& book, Feed a, Feed b) : m_book(book) {
    m_said[0] = {&book.m_said, book.m_reports};
    const auto add = [&](Feed feed) { m_said[m_count++] = {&book.m_feeds[feed].said, book.m_feeds[feed].reports}; };
    if (a == b) { // one form made both
        if (a != noFeed)
            add(a);
        return;
    }
    for (const Feed feed : {a, b}) {
        if (feed != noFeed && book.m_feeds[feed].reports >= feedSpeaks)
            add(feed);
    }
}

double TermBook::Between::weight(std::uint32_t term) const {
    double odds = 1e18;
    for (std::size_t i = 0; i < m_count; ++i)
        odds = std::min(odds, (m_said[i].reports + 1) / (m_said[i].by(term) + 1));
    return std::log(1 + odds);
}

double TermBook::Between::rarity(std::uint32_t term) const {
    if (m_book.m_everyday[term])
        return 0;
    double odds = 1e18;
    for (std::size_t i = 0; i < m_count; ++i)
        odds = std::min(odds, (m_said[i].reports + 1) / std::max(1.0, m_said[i].by(term)));
    return std::max(0.0, std::log(odds) - commonNats);
}

bool TermBook::Between::isOwnWord(std::uint32_t term) const {
    const auto end = m_said.begin() + static_cast<std::ptrdiff_t>(m_count);
    return !m_book.m_everyday[term] && std::all_of(m_said.begin(), end, [term](const Said& said) {
        return said.by(term) <= std::max<double>(fewSayIt, said.reports / oneIn);
    });
}

bool TermBook::isNumber(std::uint32_t term) const {
    const auto& word = m_words[term];
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool TermBook::isPair(std::uint32_t term) const {
    return static_cast<unsigned char>(m_words[term].front()) >= 0xE3U;
}

std::vector<std::uint32_t> TermBook::rarest(const std::vector<std::uint32_t>& terms, std::size_t most, Feed feed) const {
    const auto own = between(feed, feed);
    std::vector<std::pair<double, std::uint32_t>> out;
    out.reserve(terms.size());
    for (const auto term : terms)
        out.emplace_back(-own.weight(term), term);
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(std::min(most, out.size()));
    std::partial_sort(out.begin(), end, out.end());
    std::vector<std::uint32_t> rarest;
    std::transform(out.begin(), end, std::back_inserter(rarest), [](const auto& each) { return each.second; });
    return rarest;
}

std::vector<std::uint32_t> TermBook::rarestHeard(const std::vector<std::uint32_t>& terms, std::size_t most, Feed feed) const {
    std::vector<std::uint32_t> heard;
    std::copy_if(terms.begin(), terms.end(), std::back_inserter(heard), [this](auto term) { return m_said[term] > 1; });
    return rarest(heard, most, feed);
}

} // namespace tocsin::triage
