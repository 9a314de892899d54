#include "tocsin/drill/scenario_player.hpp"

#include "drill/cap_template.hpp"
#include "tocsin/drill/report_wave.hpp"
#include "tocsin/drill/swarm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace tocsin::drill {
namespace {

using base::Duration;

constexpr Duration fineHistory = std::chrono::minutes{2}; // so much of it comes as often as live readings do
constexpr Duration mostMadeUp = std::chrono::minutes{1};  // after the end

/// A number of 64 bits that looks random and is the same for the same sensor and time (splitmix64 over FNV-1a).
std::uint64_t dice(std::string_view sensor, std::int64_t salt) {
    std::uint64_t hash = 0xcbf29ce484222325U;
    for (const char c : sensor)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash += static_cast<std::uint64_t>(salt) * 0x9e3779b97f4a7c15U;
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
    hash = (hash ^ (hash >> 27U)) * 0x94d049bb133111ebU;
    return hash ^ (hash >> 31U);
}

/// −1 … 1
double swing(std::string_view sensor, std::int64_t salt) {
    return static_cast<double>(dice(sensor, salt) >> 11U) / static_cast<double>(std::uint64_t{1} << 52U) - 1;
}

/// Whole seconds apart, so that they do not all speak at once.
Duration phaseOf(const model::SensorId& sensor, Duration every) {
    const auto phase = std::chrono::seconds(static_cast<std::int64_t>(dice(sensor.value, -2) % 1000) *
                                            std::chrono::duration_cast<std::chrono::seconds>(every).count() / 1000);
    return std::max<Duration>(phase, std::chrono::seconds{1});
}

std::string jsonText(std::string_view text) {
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

std::string_view toString(Inject::Kind kind) {
    constexpr std::array<std::string_view, 6> words{"readings", "report", "cap", "note", "sensors", "earthquake"};
    return words.at(static_cast<std::size_t>(kind));
}

ScenarioPlayer::ScenarioPlayer(Scenario scenario, const std::map<model::SensorId, model::Sensor>& sensors,
                               base::Time start, std::string language)
    : m_scenario(std::move(scenario)), m_start(start), m_language(std::move(language)) {
    addSwarms();
    addTracks(sensors);
    for (const ReportWave& wave : m_scenario.waves) {
        for (WaveReport& report : reportWave(wave, m_scenario.areas))
            m_scenario.reports.push_back(std::move(report.inject));
    }
    const auto plan = [this](const auto& list, Inject::Kind kind) {
        for (std::size_t i = 0; i < list.size(); ++i)
            m_planned.push_back({list[i].at, kind, i});
    };
    plan(m_scenario.notes, Inject::Kind::note);
    plan(m_scenario.earthquakes, Inject::Kind::earthquake);
    plan(m_scenario.caps, Inject::Kind::cap);
    plan(m_scenario.reports, Inject::Kind::report);
    std::stable_sort(m_planned.begin(), m_planned.end(),
                     [](const Planned& a, const Planned& b) { return a.at < b.at; });
}

void ScenarioPlayer::addSwarms() {
    constexpr std::ptrdiff_t page = 1'000; // as many as a service gives at once
    for (const Swarm& swarm : m_scenario.swarms) {
        const std::vector<SwarmSensor> all = sensorsOf(swarm, m_scenario.areas, m_scenario.centre);
        for (auto from = all.begin(); from != all.end();) {
            const auto to = from + std::min(page, all.end() - from);
            m_descriptions.push_back({Inject::Kind::sensors, Duration{0}, ingest::Format::sensorThings, swarm.id,
                                      describedAs(swarm, {from, to}, m_language)});
            from = to;
        }
        for (const SwarmSensor& each : all) {
            m_swarming.insert(each.sensor.id);
            m_tracks.push_back({each.curve, each.sensor.unit, phaseOf(each.sensor.id, each.curve.every)});
        }
    }
}

void ScenarioPlayer::addTracks(const std::map<model::SensorId, model::Sensor>& sensors) {
    for (const Curve& curve : m_scenario.curves) {
        if (!sensors.contains(curve.sensor))
            m_unknown.push_back(curve.sensor);
    }
    for (const auto& [id, sensor] : sensors) {
        if (m_swarming.contains(id)) // from the last time that it was played
            continue;
        const auto curve = std::find_if(m_scenario.curves.begin(), m_scenario.curves.end(),
                                        [&, &wanted = id](const Curve& c) { return c.sensor == wanted; });
        if (curve != m_scenario.curves.end()) {
            m_tracks.push_back({*curve, sensor.unit, curve->every});
            continue;
        }
        const auto baseline = std::find_if(m_scenario.baselines.begin(), m_scenario.baselines.end(),
                                           [&, &wanted = sensor](const Baseline& b) { return b.kind == wanted.kind; });
        if (baseline == m_scenario.baselines.end())
            continue;
        const double value = baseline->value + baseline->spread * swing(id.value, -1);
        m_tracks.push_back({Curve{id, {{Duration{0}, value}}, baseline->every, baseline->noise}, sensor.unit,
                            phaseOf(id, baseline->every)});
    }
}

void ScenarioPlayer::addLine(const Track& track, Duration at, std::string& lines) const {
    const double value = track.curve.valueAt(at) + track.curve.noise * swing(track.curve.sensor.value, at.count());
    std::array<char, 64> number{};
    std::snprintf(number.data(), number.size(), "%.2f", value);
    const double written = std::strtod(number.data(), nullptr);
    lines.append(R"({"sensor":)").append(jsonText(track.curve.sensor.value));
    lines.append(R"(,"time":")").append(base::formatTime(m_start + at));
    lines.append(R"(","value":)").append(written == 0 ? "0.00" : number.data()); // never "-0.00"
    if (!track.unit.empty())
        lines.append(R"(,"unit":)").append(jsonText(track.unit));
    lines.append("}\n");
}

/// What the sensors measured before the start, in the order of time.
Inject ScenarioPlayer::history() const {
    Inject inject{Inject::Kind::readings, Duration{0}, ingest::Format::readingsNdjson, {}, {}};
    std::vector<std::pair<Duration, const Track*>> samples;
    for (const Track& track : m_tracks) {
        Duration at = -m_scenario.history;
        for (; at < -fineHistory; at += m_scenario.historyEvery)
            samples.emplace_back(at, &track);
        const Duration step = std::max<Duration>(track.curve.every, std::chrono::seconds{1});
        const auto fineSteps = std::min(fineHistory, m_scenario.history) / step;
        for (auto i = fineSteps; i >= 0; --i) {
            if (samples.empty() || samples.back().second != &track || samples.back().first < -i * step)
                samples.emplace_back(-i * step, &track);
        }
    }
    std::stable_sort(samples.begin(), samples.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    for (const auto& [at, track] : samples)
        addLine(*track, at, inject.bytes);
    return inject;
}

std::string ScenarioPlayer::runName() const {
    std::string when = base::formatTime(m_start).substr(0, 19);
    std::erase_if(when, [](char c) { return c == '-' || c == ':'; });
    return std::string(m_scenario.id).append("-").append(when);
}

Inject ScenarioPlayer::makeInject(const Planned& planned) const {
    Inject inject;
    inject.kind = planned.kind;
    inject.at = planned.at;
    switch (planned.kind) {
    case Inject::Kind::report: {
        const ReportInject& report = m_scenario.reports[planned.index];
        nlohmann::json body{{"id", runName().append("-").append(report.id)},
                            {"category", report.category},
                            {"text", report.text.in(m_language)},
                            {"time", base::formatTime(m_start + report.at)}};
        if (report.placed) {
            body["latitude"] = report.position.latitude();
            body["longitude"] = report.position.longitude();
            body["datum"] = "wgs84";
        }
        if (report.accuracyMetres > 0)
            body["accuracy"] = report.accuracyMetres;
        if (!report.place.empty())
            body["place"] = report.place.in(m_language);
        if (!report.name.empty())
            body["name"] = report.name;
        if (!report.phone.empty())
            body["phone"] = report.phone;
        inject.id = report.id;
        inject.format = ingest::Format::reportJson;
        inject.bytes = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        break;
    }
    case Inject::Kind::cap: {
        const CapInject& cap = m_scenario.caps[planned.index];
        inject.id = cap.id;
        inject.format = ingest::Format::cap;
        inject.bytes = fillCap(m_scenario, cap, m_start, runName()).value_or(cap.xml);
        break;
    }
    case Inject::Kind::earthquake: {
        const EarthquakeInject& quake = m_scenario.earthquakes[planned.index];
        const auto millis = base::toUnixMicros(m_start + quake.at) / 1'000;
        inject.id = quake.id;
        inject.format = ingest::Format::usgsGeoJson;
        inject.bytes =
            nlohmann::json{{"type", "Feature"},
                           {"id", runName().append("-").append(quake.id)},
                           {"properties",
                            {{"mag", quake.magnitude},
                             {"magType", "mw"},
                             {"place", quake.place},
                             {"time", millis},
                             {"updated", millis},
                             {"status", "automatic"},
                             {"type", "earthquake"},
                             {"net", "ex"},
                             {"code", quake.id}}},
                           {"geometry",
                            {{"type", "Point"},
                             {"coordinates", {quake.position.longitude(), quake.position.latitude(), quake.depthKm}}}}}
                .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        break;
    }
    case Inject::Kind::note: {
        const NoteInject& note = m_scenario.notes[planned.index];
        inject.id = note.id;
        inject.bytes = note.text.in(m_language);
        break;
    }
    case Inject::Kind::sensors:
    case Inject::Kind::readings:
        break;
    }
    return inject;
}

std::optional<Duration> ScenarioPlayer::next() const {
    if (!m_historyGiven && !m_tracks.empty())
        return Duration{0};
    std::optional<Duration> earliest;
    if (m_nextPlanned < m_planned.size())
        earliest = m_planned[m_nextPlanned].at;
    for (const Track& track : m_tracks)
        earliest = earliest ? std::min(*earliest, track.next) : track.next;
    return earliest;
}

std::vector<Inject> ScenarioPlayer::due(Duration elapsed) {
    std::vector<Inject> injects;
    if (elapsed < Duration{0})
        return injects;
    if (!m_historyGiven) {
        m_historyGiven = true;
        injects.insert(injects.end(), m_descriptions.begin(), m_descriptions.end());
        if (!m_tracks.empty())
            injects.push_back(history());
    }
    const Duration worth = elapsed - mostMadeUp;
    const auto skip = [&](Track& track) { // a pause after the end is not made up for
        if (track.next > m_scenario.duration && track.next < worth)
            track.next += ((worth - track.next) / track.curve.every + 1) * track.curve.every;
    };
    for (Track& track : m_tracks)
        skip(track);
    for (auto at = next(); at && *at <= elapsed; at = next()) {
        Inject readings{Inject::Kind::readings, *at, ingest::Format::readingsNdjson, {}, {}};
        for (Track& track : m_tracks) {
            if (track.next != *at)
                continue;
            addLine(track, *at, readings.bytes);
            track.next += track.curve.every;
            skip(track);
        }
        if (!readings.bytes.empty())
            injects.push_back(std::move(readings));
        for (; m_nextPlanned < m_planned.size() && m_planned[m_nextPlanned].at <= *at; ++m_nextPlanned)
            injects.push_back(makeInject(m_planned[m_nextPlanned]));
    }
    return injects;
}

} // namespace tocsin::drill
