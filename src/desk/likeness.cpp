#include "tocsin/desk/likeness.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace tocsin::desk {

namespace {

using namespace std::chrono_literals;

constexpr double weightWhere = 0.40;
constexpr double weightText = 0.30;
constexpr double weightWhen = 0.15;
constexpr double weightCategory = 0.15;
constexpr double unknown = 0.30; ///< what an aspect counts that one of both does not tell
constexpr double least = 0.40;
constexpr double reachMetres = 1'000; ///< e-folding; half at 700 m
constexpr double tooFarMetres = 15'000;
constexpr base::Duration reportsFor = 24h;
constexpr std::size_t mostReports = 50'000;
constexpr std::size_t mostRead = 400; ///< whose words are compared
constexpr std::size_t mostCharacters = 2'000;
constexpr std::size_t mostShared = 4;

/// A text for comparing: letters and digits, small, without accents, everything else one blank.
std::u32string folded(std::string_view utf8) {
    UErrorCode failed = U_ZERO_ERROR;
    const auto* fold = icu::Normalizer2::getNFKCCasefoldInstance(failed);
    const auto* split = icu::Normalizer2::getNFDInstance(failed);
    std::u32string out;
    if (U_FAILURE(failed) != 0)
        return out;
    utf8 = utf8.substr(0, 4 * mostCharacters);
    const auto raw = icu::UnicodeString::fromUTF8({utf8.data(), static_cast<std::int32_t>(utf8.size())});
    const auto text = split->normalize(fold->normalize(raw, failed), failed);
    for (std::int32_t i = 0; U_SUCCESS(failed) != 0 && i < text.length() && out.size() < mostCharacters;) {
        const UChar32 c = text.char32At(i);
        i += U16_LENGTH(c);
        if (u_getCombiningClass(c) != 0)
            continue;
        if (u_isalnum(c) != 0)
            out += static_cast<char32_t>(c);
        else if (!out.empty() && out.back() != U' ')
            out += U' ';
    }
    while (!out.empty() && out.back() == U' ')
        out.pop_back();
    return out;
}

bool isIdeograph(char32_t c) {
    return u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_IDEOGRAPHIC) != 0;
}

std::string utf8Of(std::u32string_view text) {
    std::string out;
    icu::UnicodeString::fromUTF32(reinterpret_cast<const UChar32*>(text.data()), static_cast<std::int32_t>(text.size()))
        .toUTF8String(out);
    return out;
}

using Pair = std::pair<char32_t, char32_t>;

/// Pairs of neighbouring characters, none across a blank, sorted, each once.
std::vector<Pair> pairsOf(const std::u32string& text) {
    std::vector<Pair> out;
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
        if (text[i] != U' ' && text[i + 1] != U' ')
            out.emplace_back(text[i], text[i + 1]);
    }
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
}

double likeness(const std::vector<Pair>& a, const std::vector<Pair>& b) {
    if (a.size() < 2 || b.size() < 2)
        return 0;
    std::size_t both = 0;
    for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
        if (*x == *y) {
            ++both;
            ++x;
            ++y;
        } else if (*x < *y) {
            ++x;
        } else {
            ++y;
        }
    }
    const auto n = static_cast<double>(both);
    const double dice = 2 * n / static_cast<double>(a.size() + b.size());
    const double within = n / static_cast<double>(std::min(a.size(), b.size()));
    // A few pairs are in any two texts: being within counts from three up, and never fully.
    return both < 3 ? dice : std::max(dice, 0.8 * within);
}

/// Words that any report has and that say nothing, in the languages of the demo county.
bool saysNothing(std::u32string_view word) {
    static const std::set<std::u32string, std::less<>> words{
        U"the", U"and",  U"there", U"that", U"this", U"with", U"from", U"they", U"have",  U"has",  U"are",  U"was",
        U"for", U"over", U"not",   U"but",  U"our",  U"der",  U"die",  U"das",  U"und",   U"ist",  U"ein",  U"eine",
        U"bei", U"von",  U"mit",   U"auf",  U"den",  U"dem",  U"nicht", U"hier", U"here",  U"very", U"some",
        U"through", U"getting"};
    return words.contains(word);
}

/// Words of three letters and more.
std::set<std::u32string> wordsOf(const std::u32string& text) {
    std::set<std::u32string> out;
    for (std::size_t i = 0; i < text.size();) {
        const auto end = std::min(text.find(U' ', i), text.size());
        std::u32string word = text.substr(i, end - i);
        if (word.size() >= 3 && std::none_of(word.begin(), word.end(), isIdeograph) && !saysNothing(word))
            out.insert(std::move(word));
        i = end + 1;
    }
    return out;
}

/// The longest runs of two or more ideographs of `a` that `b` has, too.
void addSharedRuns(std::vector<std::u32string>& out, const std::u32string& a, const std::u32string& b) {
    for (std::size_t i = 0; i + 1 < a.size();) {
        std::size_t length = 0;
        while (i + length < a.size() && length < 12 && isIdeograph(a[i + length]) &&
               b.find(a.substr(i, length + 1)) != std::u32string::npos)
            ++length;
        if (length >= 2)
            out.push_back(a.substr(i, length));
        i += std::max<std::size_t>(length, 1);
    }
}

std::vector<std::string> sharedIn(const std::u32string& a, const std::u32string& b) {
    std::vector<std::u32string> found;
    const auto other = wordsOf(b);
    for (const auto& word : wordsOf(a)) {
        if (other.contains(word))
            found.push_back(word);
    }
    addSharedRuns(found, a, b);
    std::stable_sort(found.begin(), found.end(), [](const auto& x, const auto& y) { return x.size() > y.size(); });
    found.erase(std::unique(found.begin(), found.end()), found.end());
    found.resize(std::min(found.size(), mostShared));
    std::vector<std::string> out;
    for (const auto& each : found)
        out.push_back(utf8Of(each));
    return out;
}

/// Categories that callers take for each other.
bool related(std::string_view a, std::string_view b) {
    static constexpr std::array<std::array<std::string_view, 5>, 4> families{
        {{"flood", "rainstorm", "water", "dyke", "storm"},
         {"fire", "forest-fire", "smoke", "hazmat", ""},
         {"landslide", "road", "debris-flow", "rockfall", ""},
         {"injury", "traffic-accident", "accident", "road", "traffic"}}};
    return std::any_of(families.begin(), families.end(), [&](const auto& family) {
        const auto has = [&](std::string_view word) {
            return std::find(family.begin(), family.end(), word) != family.end();
        };
        return !a.empty() && !b.empty() && has(a) && has(b);
    });
}

double categoryScore(std::string_view a, std::string_view b) {
    if (a.empty() || b.empty() || a == "other" || b == "other")
        return unknown;
    return a == b ? 1 : (related(a, b) ? 0.6 : 0);
}

/// A thing of the desk, as far as it can be compared.
struct Thing {
    Likeness like;
    double rough{0}; ///< weighted sum without the words
    double weight{1};
    std::vector<const std::string*> texts;
    std::vector<const std::string*> places;
};

void addText(std::vector<const std::string*>& out, const base::LocalText& text) {
    out.push_back(&text.text);
    for (const auto& [language, words] : text.translations)
        out.push_back(&words);
}

std::u32string joined(const std::vector<const std::string*>& texts) {
    std::u32string out;
    for (const std::string* text : texts) {
        if (!text->empty())
            out += (out.empty() ? U"" : U" ") + folded(*text);
    }
    return out;
}

class Comparison {
  public:
    explicit Comparison(const CallSketch& call)
        : m_call(call), m_text(folded(call.text)), m_pairs(pairsOf(m_text)), m_place(folded(call.place)),
          m_placePairs(pairsOf(m_place)) {}

    /// Where, when and what kind; false: too far away to be the same.
    bool rough(Thing& thing, const std::optional<model::Position>& position, double within, base::Time from,
               base::Duration memory, std::string_view category) const {
        double where = unknown;
        if (position && m_call.position) {
            thing.like.distance = geo::distance(*position, *m_call.position);
            const double beyond = std::max(0.0, thing.like.distance->value - std::clamp(within, 0.0, 1'000.0));
            if (beyond > tooFarMetres)
                return false;
            where = std::exp(-beyond / reachMetres);
        }
        thing.like.apart = from > m_call.time ? from - m_call.time : m_call.time - from;
        const double when = std::exp(-static_cast<double>(thing.like.apart.count()) / static_cast<double>(memory.count()));
        thing.like.sameCategory = !category.empty() && category == m_call.category;
        thing.rough = weightWhere * where + weightWhen * when + weightCategory * categoryScore(category, m_call.category);
        return true;
    }

    /// The words, and the place's name where positions do not tell.
    void read(Thing& thing) const {
        const auto text = joined(thing.texts);
        const auto place = joined(thing.places);
        const bool told = !m_text.empty() && !text.empty();
        const double words = told ? std::max(likeness(m_pairs, pairsOf(text)),
                                             0.7 * likeness(m_pairs, pairsOf(text + U' ' + place)))
                                  : unknown;
        thing.like.score = thing.rough + weightText * words;
        const double names = likeness(m_placePairs, pairsOf(place + U' ' + text));
        thing.like.samePlaceName = names >= 0.7;
        if (!thing.like.distance && !m_place.empty())
            thing.like.score += weightWhere * ((place.empty() && names < 0.5 ? unknown : names) - unknown);
        thing.like.shared = sharedIn(m_text, text);
        thing.like.score *= thing.weight;
        const bool near = thing.like.distance && thing.like.distance->value < 2 * reachMetres;
        const bool said = told && words >= 0.3 && !thing.like.shared.empty();
        if (!near && !said && !(thing.like.samePlaceName && !thing.like.distance))
            thing.like.score = 0; // nothing but the hour speaks for it
    }

  private:
    const CallSketch& m_call;
    std::u32string m_text;
    std::vector<Pair> m_pairs;
    std::u32string m_place;
    std::vector<Pair> m_placePairs;
};

void addIncidents(std::vector<Thing>& out, const model::State& state, const Comparison& compare) {
    for (const auto& [id, incident] : state.incidents) {
        Thing thing;
        if (incident.state != model::IncidentState::open)
            continue;
        thing.like.what = id;
        if (!compare.rough(thing, incident.position, 300, incident.openedAt, 48h, incident.hazard))
            continue;
        addText(thing.texts, incident.title);
        addText(thing.places, incident.place);
        for (const auto& each : incident.reports) { // what others have said about it
            if (const auto report = state.reports.find(each); report != state.reports.end() && thing.texts.size() < 12)
                thing.texts.push_back(&report->second.text);
        }
        out.push_back(std::move(thing));
    }
}

void addReports(std::vector<Thing>& out, const model::State& state, const CallSketch& call, const Comparison& compare) {
    std::size_t seen = 0;
    for (auto each = state.reports.rbegin(); each != state.reports.rend() && seen < mostReports; ++each, ++seen) {
        const model::Report& report = each->second;
        if (report.receivedAt + reportsFor < call.time || (!call.sourceId.empty() && report.sourceId == call.sourceId))
            continue;
        if (report.incident) {
            const auto of = state.incidents.find(*report.incident);
            if (of != state.incidents.end() && of->second.state == model::IncidentState::open)
                continue; // the incident stands for it
        }
        Thing thing;
        thing.like.what = report.id;
        if (!compare.rough(thing, report.position, report.accuracyMetres.value_or(0), report.happenedAt, 4h,
                           report.category))
            continue;
        thing.weight = report.state == model::ReportState::dismissed ? 0.8 : 1;
        thing.texts.push_back(&report.text);
        thing.places.push_back(&report.place);
        out.push_back(std::move(thing));
    }
}

void addAlarms(std::vector<Thing>& out, const model::State& state, const Comparison& compare) {
    for (const auto& [id, alarm] : state.alarms) {
        if (!model::isActive(alarm.state))
            continue;
        if (alarm.incident && state.incidents.contains(*alarm.incident) &&
            state.incidents.at(*alarm.incident).state == model::IncidentState::open)
            continue;
        Thing thing;
        thing.like.what = id;
        if (!compare.rough(thing, alarm.position, 500, alarm.raisedAt, 12h, alarm.hazard))
            continue;
        addText(thing.texts, alarm.title);
        addText(thing.places, alarm.place);
        out.push_back(std::move(thing));
    }
}

} // namespace

double textLikeness(std::string_view a, std::string_view b) {
    return likeness(pairsOf(folded(a)), pairsOf(folded(b)));
}

std::vector<Likeness> likelySame(const model::State& state, const CallSketch& call, std::size_t most) {
    std::vector<Likeness> out;
    if (!call.position && call.text.empty() && call.place.empty())
        return out;
    const Comparison compare(call);
    std::vector<Thing> things;
    addIncidents(things, state, compare);
    addReports(things, state, call, compare);
    addAlarms(things, state, compare);
    const auto read = std::min(things.size(), mostRead);
    std::partial_sort(things.begin(), things.begin() + static_cast<std::ptrdiff_t>(read), things.end(),
                      [](const Thing& a, const Thing& b) { return a.rough > b.rough; });
    things.resize(read);
    for (Thing& thing : things) {
        compare.read(thing);
        if (thing.like.score >= least)
            out.push_back(std::move(thing.like));
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    out.resize(std::min(out.size(), most));
    return out;
}

} // namespace tocsin::desk
