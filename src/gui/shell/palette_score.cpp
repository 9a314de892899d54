#include "gui/shell/palette_score.hpp"

#include "tocsin/base/ascii.hpp"
#include "tocsin/gui/command_palette.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tocsin::gui {

namespace {

constexpr double kNearKm = 5; ///< nearness halves each time that the way doubles beyond it
constexpr double kKmOfDegree = 111.2;

std::uint64_t bitOf(char c) {
    if (c >= 'a' && c <= 'z')
        return std::uint64_t{1} << static_cast<unsigned>(c - 'a');
    if (c >= '0' && c <= '9')
        return std::uint64_t{1} << static_cast<unsigned>(c - '0' + 26);
    return 0;
}

} // namespace

Sieve::Sieve(const QString& text) {
    for (const QChar c : text) {
        if (c.unicode() < 0x80 && c.isLetterOrNumber())
            m_wanted |= bitOf(static_cast<char>(c.toLower().unicode()));
    }
}

bool Sieve::passes(const std::string& words) const {
    std::uint64_t there = 0;
    for (const char c : words)
        there |= bitOf(base::lowerAscii(c));
    return (m_wanted & ~there) == 0;
}

int Scorer::of(const std::string& words) const {
    return m_sieve.passes(words) ? fuzzyScore(m_text, QString::fromStdString(words)) : 0;
}

int Scorer::of(const base::LocalText& words) const {
    int best = of(words.text);
    for (const auto& [language, word] : words.translations)
        best = std::max(best, of(word));
    return best;
}

int nearness(const std::optional<model::Position>& from, const model::Position& position) {
    if (!from)
        return 0;
    const double north = position.latitude() - from->latitude();
    const double east = std::remainder(position.longitude() - from->longitude(), 360.0) *
                        std::cos((position.latitude() + from->latitude()) / 2 * std::numbers::pi / 180);
    const double km = std::hypot(north, east) * kKmOfDegree;
    return static_cast<int>(std::lround(12 / (1 + km / kNearKm)));
}

void keepBest(std::vector<Hit>& hits, std::size_t most) {
    const auto end = hits.begin() + static_cast<std::ptrdiff_t>(std::min(most, hits.size()));
    std::partial_sort(hits.begin(), end, hits.end(), [](const Hit& a, const Hit& b) {
        return a.score != b.score ? a.score > b.score : a.index < b.index;
    });
    hits.erase(end, hits.end());
}

std::vector<Hit> findSensors(const std::vector<SensorName>& names, const QString& text,
                             const std::optional<model::Position>& near, std::size_t most) {
    const Scorer score(text);
    std::vector<Hit> hits;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int points = std::max(score.of(names[i].name), score.of(names[i].id.value));
        if (points > 0)
            hits.push_back({points + nearness(near, names[i].position), i});
    }
    keepBest(hits, most);
    return hits;
}

} // namespace tocsin::gui
