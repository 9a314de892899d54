#include "triage/report_item.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::triage {

namespace {

constexpr double senderReach = 80;    // metres by which people who speak of one thing stand apart
constexpr double unknownAccuracy = 120;
constexpr double mostAccuracy = 400;
constexpr std::size_t mostShared = 8;

double shareOf(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b, const TermBook& book,
               std::uint32_t except = ReportItem::noTerm) {
    if (a.empty() || b.empty())
        return 0;
    double ofA = 0;
    double ofB = 0;
    double both = 0;
    const auto weight = [&](std::uint32_t term) { return term == except ? 0.0 : book.weight(term); };
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
    if (both >= 2)
        return 1.0;
    if (both == 1)
        return ofA >= 2 && ofB >= 2 ? 0.1 : 0.5; // another street of the same village; or perhaps the same
    return 0.0;
}

double accuracyOf(const ReportItem& item) {
    return item.accuracy > 0 ? std::min(item.accuracy, mostAccuracy) : unknownAccuracy;
}

} // namespace

std::vector<std::uint32_t> TermBook::numbersOf(const std::vector<std::string>& terms, bool mayAdd) {
    std::vector<std::uint32_t> out;
    for (const auto& term : terms) {
        if (mayAdd) {
            const auto [at, isNew] = m_numbers.try_emplace(term, static_cast<std::uint32_t>(m_words.size()));
            if (isNew) {
                m_words.push_back(term);
                m_said.push_back(0);
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

void TermBook::count(const std::vector<std::uint32_t>& terms) {
    m_reports += 1;
    for (const auto term : terms)
        ++m_said[term];
}

double TermBook::weight(std::uint32_t term) const {
    return std::log(1 + (m_reports + 1) / (m_said[term] + 1.0));
}

bool TermBook::isNumber(std::uint32_t term) const {
    const auto& word = m_words[term];
    return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool TermBook::isPair(std::uint32_t term) const {
    return static_cast<unsigned char>(m_words[term].front()) >= 0xE3U;
}

std::vector<std::uint32_t> TermBook::rarest(const std::vector<std::uint32_t>& terms, std::size_t most) const {
    auto out = terms;
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(std::min(most, out.size()));
    std::partial_sort(out.begin(), end, out.end(), [this](auto a, auto b) {
        return std::make_pair(m_said[a], a) < std::make_pair(m_said[b], b);
    });
    out.erase(end, out.end());
    return out;
}

double likeness(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy) {
    const auto apart = a.time < b.time ? b.time - a.time : a.time - b.time;
    if (apart > policy.apart)
        return 0;
    const double soon = std::exp(-2.0 * static_cast<double>(apart.count()) / static_cast<double>(policy.apart.count()));
    const double category = a.category.empty() || b.category.empty() ? 0.5 : (a.category == b.category ? 1.0 : 0.0);
    const double sender = !a.sender.empty() && a.sender == b.sender ? 0.15 : 0.0;
    if (a.position && b.position) {
        const double metres = geo::distance(*a.position, *b.position).value;
        if (metres > policy.metres)
            return 0;
        const double reach = std::hypot(senderReach, accuracyOf(a), accuracyOf(b));
        const double near = std::exp(-0.5 * (metres / reach) * (metres / reach));
        if (near < 0.2)
            return 0; // no words make up for that
        const double words = shareOf(a.terms, b.terms, book);
        return std::min(1.0, near * soon * (0.40 + 0.25 * category + 0.45 * words + sender));
    }
    // That both speak of gas is in the category already: without a place it must be said of the same place or thing.
    const double words = shareOf(a.terms, b.terms, book, category == 1.0 ? a.categoryTerm : ReportItem::noTerm);
    const double kind = category == 0.0 ? 0.6 : 1.0; // a fire and a fall in one street are two events
    if (const auto place = placeAgreement(a, b, book))
        return std::min(1.0, kind * soon * (0.20 * category + 0.35 * words + 0.45 * *place + sender));
    return std::min(1.0, kind * soon * (0.15 * category + 0.60 * words + sender)); // the same words, and no place at all
}

WhySame whyAlike(const ReportItem& a, const ReportItem& b, const TermBook& book, const ClusterPolicy& policy) {
    WhySame why;
    if (a.position && b.position)
        why.distance = geo::distance(*a.position, *b.position);
    why.apart = a.time < b.time ? b.time - a.time : a.time - b.time;
    why.sameCategory = !a.category.empty() && a.category == b.category;
    why.samePlace = shareOf(a.placeTerms, b.placeTerms, book) > 0.75;
    why.sameSender = !a.sender.empty() && a.sender == b.sender;
    std::vector<std::uint32_t> both;
    std::set_intersection(a.terms.begin(), a.terms.end(), b.terms.begin(), b.terms.end(), std::back_inserter(both));
    for (const auto term : book.rarest(both, mostShared))
        why.shared.push_back(book.word(term));
    why.score = likeness(a, b, book, policy);
    return why;
}

} // namespace tocsin::triage
