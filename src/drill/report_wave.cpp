#include "tocsin/drill/report_wave.hpp"

#include "drill/dice.hpp"
#include "drill/fill.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace tocsin::drill {

namespace {

using base::Duration;
using Words = std::map<std::string, std::string>;

constexpr double early = 0.7;   // events happen within so much of the wave's time
constexpr double settled = 0.7; // how steeply the number of reports falls from the most told event to the least

struct Event {
    const WaveKind* kind{nullptr};
    const Area* area{nullptr};
    std::string street;
    std::string number;
    model::Position position;
    Duration at{0};
    std::map<std::string, std::size_t> details;
    double weight{1};
};

/// The words in a language; where they have none in it, those of the first that they have.
const std::string& in(const Words& words, const std::string& language) {
    const auto it = words.find(language);
    return it != words.end() ? it->second : words.begin()->second;
}

/// Somebody with a name and a number that nobody has.
void signAs(std::size_t person, ReportInject& inject) {
    static constexpr std::array<const char*, 12> first{"Anna",  "Beat", "Chiara", "David", "Elif", "Fabian",
                                                       "Gerda", "Hans", "Ines",   "Jakob", "Li",   "Wei"};
    static constexpr std::array<const char*, 12> last{"Beck", "Frick",  "Gassner",  "Hasler", "Kaiser", "Marxer",
                                                      "Nigg", "Ospelt", "Quaderer", "Ritter", "Wang",   "Zhang"};
    inject.name = std::string(first[person % first.size()]) + " " + last[person / first.size() % last.size()];
    std::array<char, 24> phone{};
    std::snprintf(phone.data(), phone.size(), "+423 000 %02zu %02zu %02zu", person / 10'000 % 100, person / 100 % 100,
                  person % 100);
    inject.phone = phone.data();
}

class Maker {
  public:
    Maker(const ReportWave& wave, const std::vector<Area>& areas) : m_wave(wave), m_areas(areas), m_dice(wave.seed) {}

    std::vector<WaveReport> make() {
        std::vector<Event> events;
        for (std::size_t i = 0; i < std::min(m_wave.events, m_wave.reports); ++i)
            events.push_back(event(i));
        std::vector<WaveReport> reports;
        reports.reserve(m_wave.reports);
        while (reports.size() < m_wave.reports) {
            // Each event is told of at least once.
            const std::size_t number = reports.size() < events.size()
                                           ? reports.size()
                                           : m_dice.weighted(events, [](const Event& e) { return e.weight; });
            reports.push_back(report(events[number], number, reports.size()));
            if (reports.size() > events.size() && reports.size() < m_wave.reports && m_dice.happens(m_wave.twice)) {
                WaveReport again = reports.back();
                again.inject.at =
                    std::min(again.inject.at + std::chrono::seconds{1 + m_dice.below(20)}, m_wave.at + m_wave.within);
                reports.push_back(std::move(again));
            }
        }
        std::stable_sort(reports.begin(), reports.end(),
                         [](const WaveReport& a, const WaveReport& b) { return a.inject.at < b.inject.at; });
        for (std::size_t i = 0; i < reports.size(); ++i)
            reports[i].inject.id = m_wave.id + "-" + std::to_string(i + 1);
        return reports;
    }

  private:
    Duration part(Duration whole, double share) {
        return Duration(static_cast<std::int64_t>(static_cast<double>(whole.count()) * share));
    }

    Event event(std::size_t number) {
        Event e;
        e.kind = &m_wave.kinds[m_dice.weighted(m_wave.kinds, [](const WaveKind& k) { return k.weight; })];
        e.area = &m_areas[m_dice.weighted(m_areas, [](const Area& a) { return a.weight; })];
        e.position = m_dice.around(e.area->centre, e.area->radiusMetres);
        if (!e.area->streets.empty())
            e.street = e.area->streets[m_dice.below(e.area->streets.size())];
        e.number = std::to_string(1 + m_dice.below(60));
        e.at = m_wave.at + part(m_wave.within, early * m_dice.unit());
        for (const auto& [name, choices] : e.kind->details)
            e.details[name] = m_dice.below(choices.size());
        e.weight = 1 / std::pow(static_cast<double>(number) + 1, settled);
        return e;
    }

    std::string wordsFor(const Event& e, const std::string& language) {
        std::vector<const std::string*> phrases;
        for (const Words& text : e.kind->texts) {
            if (const auto it = text.find(language); it != text.end())
                phrases.push_back(&it->second);
        }
        if (phrases.empty())
            phrases.push_back(&e.kind->texts.front().begin()->second);
        std::string text = *phrases[m_dice.below(phrases.size())];
        if (!m_wave.openings.empty() && m_dice.happens(0.25))
            text = in(m_wave.openings[m_dice.below(m_wave.openings.size())], language) + text;
        for (const auto& [name, choice] : e.details)
            text = filled(text, name, in(e.kind->details.at(name)[choice], language));
        const std::string& village = e.area->name.in(language);
        const std::string street = e.street.empty() ? village : e.street;
        text = filled(text, "street", m_dice.happens(0.6) ? street + " " + e.number : street);
        return filled(text, "place", village);
    }

    WaveReport report(const Event& e, std::size_t number, std::size_t person) {
        WaveReport result;
        result.event = number;
        result.rumour = e.kind->rumour;
        auto language = m_wave.languages.begin();
        std::advance(language, m_dice.weighted(m_wave.languages, [](const auto& l) { return l.second; }));
        result.language = language->first;
        ReportInject& inject = result.inject;
        const Duration left = m_wave.at + m_wave.within - e.at;
        const double late = m_dice.unit();
        inject.at = e.at + part(left, late * late); // most of them soon
        inject.category = e.kind->category;
        inject.text = wordsFor(e, result.language);
        inject.placed = !m_dice.happens(m_wave.unplaced);
        const Area& from = e.kind->rumour ? m_areas[m_dice.below(m_areas.size())] : *e.area;
        const double error = 5 + 145 * m_dice.unit() * m_dice.unit();
        inject.position =
            e.kind->rumour ? m_dice.around(from.centre, from.radiusMetres) : m_dice.around(e.position, error);
        inject.accuracyMetres = inject.placed ? std::round(error) : 0;
        const double exact = m_dice.unit();
        const std::string& village = from.name.in(result.language);
        if (e.kind->rumour || exact < 0.25 || e.street.empty())
            inject.place = exact < 0.1 ? std::string{} : village;
        else
            inject.place = e.street + (exact < 0.75 ? " " + e.number : std::string{}) + ", " + village;
        signAs(person, inject);
        return result;
    }

    const ReportWave& m_wave;
    const std::vector<Area>& m_areas;
    Dice m_dice;
};

/// An id for a text, in the shape of one of ours (FNV-1a, twice).
base::Uuid uuidOf(std::string_view text) {
    base::Uuid id;
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (std::size_t i = 0; i < id.bytes.size(); ++i) {
        for (const char c : text)
            hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
        id.bytes[i] = static_cast<std::uint8_t>(hash >> 24U);
    }
    id.bytes[6] = static_cast<std::uint8_t>((id.bytes[6] & 0x0fU) | 0x70U);
    id.bytes[8] = static_cast<std::uint8_t>((id.bytes[8] & 0x3fU) | 0x80U);
    return id;
}

} // namespace

std::vector<WaveReport> reportWave(const ReportWave& wave, const std::vector<Area>& areas) {
    if (areas.empty() || wave.kinds.empty() || wave.events == 0)
        return {};
    return Maker(wave, areas).make();
}

model::Report asReport(const ReportInject& inject, base::Time start, std::string_view language) {
    model::Report report;
    report.id = model::ReportId(uuidOf(inject.id));
    report.feed = "phone";
    report.sourceId = inject.id;
    report.category = inject.category;
    report.text = inject.text.in(language);
    report.place = inject.place.in(language);
    if (inject.placed)
        report.position = inject.position;
    if (inject.accuracyMetres > 0)
        report.accuracyMetres = inject.accuracyMetres;
    report.hasContact = !inject.phone.empty();
    report.sender = inject.phone;
    report.happenedAt = report.receivedAt = start + inject.at;
    return report;
}

} // namespace tocsin::drill
