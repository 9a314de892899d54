#include "triage/report_item.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr double senderReach = 80; // metres by which people who speak of one thing stand apart
constexpr double unknownAccuracy = 120;
constexpr double mostAccuracy = 400;
constexpr std::size_t mostShared = 8;
constexpr double leastWords = 0.1;  ///< that two of one language share when they tell of one thing
constexpr std::size_t fewWords = 4; ///< with fewer nobody expects any to be shared
constexpr int fewestRare = 3;       ///< shared words that hardly anybody says
constexpr int fewestRareNear = 2;   ///< the same of two that are near each other
constexpr double leastRare = 13;    ///< of the sum of their squares, in nats
constexpr double leastRareNear = 6;
constexpr double nearMetres = 450;
constexpr double ofTheShorter = 0.3;   ///< of the agreement: how much of the shorter's words; the rest is the cosine
constexpr double agreeingLikely = 0.2; ///< of the rare words, from which one is taken to tell the other's thing again
constexpr double agreeingLate = 0.1;   ///< that is asked more at the end of the time
constexpr double nearAsksLess = 0.6;
constexpr double verbatimLikely = 0.1; ///< over policy.likely
constexpr double numbersAgainst = 0.6;
constexpr double strangers = 0.25; ///< for the place alone, of two of one language that share no word
constexpr double neighbours = 0.40;
constexpr std::size_t fewestVerbatim = 8; ///< words, for the same words to be no chance

double shareOf(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, const TermBook::Between& words,
               std::uint32_t except = ReportItem::noTerm) {
    if (a.empty() || b.empty())
        return 0;
    double ofA = 0;
    double ofB = 0;
    double both = 0;
    const auto weight = [&](std::uint32_t term) { return term == except ? 0.0 : words.weight(term); };
    for (const auto term : a)
        ofA += weight(term);
    for (const auto term : b)
        ofB += weight(term);
    for (std::size_t i = 0, k = 0; i < a.size() && k < b.size();) {
        if (a[i] == b[k]) {
            both += weight(a[i]);
            ++i;
            ++k;
        } else if (a[i] < b[k]) {
            ++i;
        } else {
            ++k;
        }
    }
    // Half Dice's coefficient, half how much of the shorter one is in the longer one: a short cry tells the same thing.
    return both <= 0 ? 0 : 0.5 * (2 * both / (ofA + ofB)) + 0.5 * both / std::min(ofA, ofB);
}

/// One of the words that both say of their place is said by few.
bool singlesOut(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    const auto words = book.between(a.feed, b.feed);
    const auto few = [&](const std::vector<std::uint32_t>& terms, const std::vector<std::uint32_t>& among) {
        return std::any_of(terms.begin(), terms.end(), [&](auto term) {
            return words.isOwnWord(term) && std::binary_search(among.begin(), among.end(), term);
        });
    };
    return few(a.placeTerms, b.terms) || few(b.placeTerms, a.terms);
}

/// How surely two places in words are one: 0…1, or nothing where one has none.
std::optional<double> placeAgreement(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    const auto count = [&](const std::vector<std::uint32_t>& terms, const std::vector<std::uint32_t>* among) {
        std::size_t words = 0;
        bool pairs = false;
        for (const auto term : terms) {
            if (book.isNumber(term) || (among != nullptr && !std::binary_search(among->begin(), among->end(), term)))
                continue;
            if (book.isPair(term))
                pairs = true;
            else
                ++words;
        }
        return words + (pairs ? 1 : 0);
    };
    // What one says of its place may stand in the other's text.
    const std::size_t both = std::max(count(a.placeTerms, &b.terms), count(b.placeTerms, &a.terms));
    const std::size_t ofA = count(a.placeTerms, nullptr);
    const std::size_t ofB = count(b.placeTerms, nullptr);
    if (ofA == 0 && ofB == 0)
        return std::nullopt;
    if (both >=
        2) // of which one at least singles out a place: "Port-au-Prince" are three words, and half of all say them
        return singlesOut(a, b, book) ? 1.0 : 0.1;
    if (both == 1)
        return ofA >= 2 && ofB >= 2 ? 0.1 : 0.5; // another street of the same village; or perhaps the same
    return 0.0;
}

double accuracyOf(const ReportItem& item) {
    return item.accuracy > 0 ? std::min(item.accuracy, mostAccuracy) : unknownAccuracy;
}

bool areNear(const ReportItem& a, const ReportItem& b) {
    return a.isPlaced() && b.isPlaced() && geo::distance(*a.position, *b.position).value < nearMetres;
}

bool speakAlike(const ReportItem& a, const ReportItem& b) {
    return a.tongue != Tongue::unknown && a.tongue == b.tongue && std::min(a.terms.size(), b.terms.size()) >= fewWords;
}

} // namespace

bool numbersDiffer(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    bool differ = false;
    const auto ofWord = [](const ReportItem& item, std::uint32_t word) {
        const auto first = std::lower_bound(item.numbers.begin(), item.numbers.end(), std::make_pair(word, 0U));
        return std::make_pair(
            first, std::find_if(first, item.numbers.end(), [word](const auto& n) { return n.first != word; }));
    };
    for (auto at = a.numbers.begin(); at != a.numbers.end();) {
        const auto word = at->first;
        const auto [mine, mineEnd] = ofWord(a, word);
        const auto [theirs, theirsEnd] = ofWord(b, word);
        at = mineEnd;
        if (theirs == theirsEnd)
            continue;
        const bool same =
            std::any_of(mine, mineEnd, [&](const auto& n) { return std::find(theirs, theirsEnd, n) != theirsEnd; });
        // One word given the same number outweighs another given two: a street and its house, whatever else is counted.
        if (same && !book.isNumber(word))
            return false;
        differ = differ || !same;
    }
    return differ;
}

double rareAgreement(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    double ofA = 0;
    double ofB = 0;
    double both = 0;
    int shared = 0;
    const auto worth = book.between(a.feed, b.feed);
    const bool near = areNear(a, b);
    const auto square = [&](std::uint32_t term) {
        const double rare = worth.rarity(term);
        return rare * rare;
    };
    for (std::size_t i = 0, k = 0; i < a.terms.size() || k < b.terms.size();) {
        if (k == b.terms.size() || (i < a.terms.size() && a.terms[i] < b.terms[k])) {
            ofA += square(a.terms[i++]);
        } else if (i == a.terms.size() || b.terms[k] < a.terms[i]) {
            ofB += square(b.terms[k++]);
        } else {
            const double one = square(a.terms[i]);
            ofA += one;
            ofB += one;
            both += one;
            shared += one > 0 ? 1 : 0;
            ++i;
            ++k;
        }
    }
    if (shared < (near ? fewestRareNear : fewestRare) || both < (near ? leastRareNear : leastRare))
        return 0;
    return ofTheShorter * both / std::min(ofA, ofB) + (1 - ofTheShorter) * both / std::sqrt(ofA * ofB);
}

bool nearlyVerbatim(const ReportItem& a, const ReportItem& b, const TermBook& book) {
    const auto words = book.between(a.feed, b.feed);
    const auto own = [&](const std::vector<std::uint32_t>& terms) {
        return static_cast<std::size_t>(
            std::count_if(terms.begin(), terms.end(), [&](auto term) { return words.isOwnWord(term); }));
    };
    if (std::min(a.terms.size(), b.terms.size()) < fewestVerbatim)
        return false;
    std::vector<std::uint32_t> both;
    std::set_intersection(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(), std::back_inserter(both));
    return both.size() * 10 >= std::max(a.terms.size(), b.terms.size()) * 8 && own(both) >= fewestVerbatim;
}

namespace {

/// Two that tell of one time and place.
double seenTogether(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy,
                    base::Duration apart) {
    if (apart > policy.apart)
        return 0;
    const double soon = std::exp(-2.0 * static_cast<double>(apart.count()) / static_cast<double>(policy.apart.count()));
    const double category = a.category.empty() || b.category.empty() ? 0.5 : (a.category == b.category ? 1.0 : 0.0);
    const double sender = !a.sender.empty() && a.sender == b.sender ? 0.15 : 0.0;
    if (a.isPlaced() && b.isPlaced()) {
        const double metres = geo::distance(*a.position, *b.position).value;
        if (metres > policy.metres)
            return 0;
        const double reach = std::hypot(senderReach, accuracyOf(a), accuracyOf(b));
        const double near = std::exp(-0.5 * (metres / reach) * (metres / reach));
        if (near < 0.2)
            return 0; // no words make up for that
        const double words = shareOf(a.terms, b.terms, book.between(a.feed, b.feed));
        // People who write the same language of one thing share some word of it.
        const bool strange = words < leastWords && speakAlike(a, b);
        return std::min(1.0,
                        near * soon * ((strange ? strangers : neighbours) + 0.25 * category + 0.45 * words + sender));
    }
    // That both speak of gas is in the category already: without a place it must be said of the same place or thing.
    const double words = shareOf(a.terms, b.terms, book.between(a.feed, b.feed),
                                 category == 1.0 ? a.categoryTerm : ReportItem::noTerm);
    const double kind = category == 0.0 ? 0.6 : 1.0; // a fire and a fall in one street are two events
    if (const auto place = placeAgreement(a, b, book))
        return std::min(1.0, kind * soon * (0.20 * category + 0.35 * words + 0.45 * *place + sender));
    return std::min(1.0,
                    kind * soon * (0.15 * category + 0.60 * words + sender)); // the same words, and no place at all
}

/// Two that tell the same thing again, later or from elsewhere.
double toldAgain(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy,
                 base::Duration apart) {
    if (apart > policy.again)
        return 0;
    if (a.position && b.position && geo::distance(*a.position, *b.position).value > policy.metresAgain)
        return 0;
    const double agree = std::min(1.0, rareAgreement(a, b, book));
    const bool verbatim = nearlyVerbatim(a, b, book);
    // Where both devices measured, place and time have been judged: words do not stand against them. Where one did,
    // only the same words do.
    if (a.accuracy > 0 && b.accuracy > 0)
        return 0;
    if (a.accuracy > 0 || b.accuracy > 0)
        return verbatim ? policy.likely + verbatimLikely : 0;
    const double late = static_cast<double>(apart.count()) / static_cast<double>(policy.again.count());
    const double asked = (areNear(a, b) ? nearAsksLess : 1) * agreeingLikely + agreeingLate * late;
    if (agree < asked)
        return verbatim ? policy.likely + verbatimLikely : policy.likely * agree / asked;
    const double score = policy.likely + (1 - policy.likely) * (agree - asked) / (1 - asked);
    return verbatim ? std::max(policy.likely + verbatimLikely, score) : score;
}

} // namespace

double likeness(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy) {
    const auto apart = a.time < b.time ? b.time - a.time : a.time - b.time;
    const double differ = numbersDiffer(a, b, book) ? numbersAgainst : 1.0;
    const double together = seenTogether(a, b, book, policy, apart);
    if (together * differ >= policy.likely)
        return together * differ;
    return differ * std::max(together, toldAgain(a, b, book, policy, apart));
}

WhySame whyAlike(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy) {
    WhySame why;
    if (a.position && b.position)
        why.distance = geo::distance(*a.position, *b.position);
    why.apart = a.time < b.time ? b.time - a.time : a.time - b.time;
    why.sameCategory = !a.category.empty() && a.category == b.category;
    why.samePlace = shareOf(a.placeTerms, b.placeTerms, book.between(a.feed, b.feed)) > 0.75;
    why.sameSender = !a.sender.empty() && a.sender == b.sender;
    std::vector<std::uint32_t> both;
    std::set_intersection(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(), std::back_inserter(both));
    for (const auto term : book.rarest(both, mostShared))
        why.shared.push_back(book.word(term));
    why.nearlySameWords = nearlyVerbatim(a, b, book);
    why.vaguePoint = why.distance && (a.vague || b.vague);
    why.numbersDiffer = numbersDiffer(a, b, book);
    why.score = likeness(a, b, book, policy);
    return why;
}

} // namespace tocsin::triage
