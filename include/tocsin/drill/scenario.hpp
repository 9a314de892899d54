#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/detect/rule.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/sensor.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::drill {

/// What one sensor measures: straight lines between points of scenario time (negative: before the start), the first
/// and last value held beyond them.
struct Curve {
    model::SensorId sensor;
    std::vector<std::pair<base::Duration, double>> points; ///< times rising
    base::Duration every{std::chrono::seconds{5}};
    double noise{0}; ///< at most this much up or down, the same at every run
    [[nodiscard]] double valueAt(base::Duration at) const;
};

/// What all sensors of a kind measure that have no curve of their own.
struct Baseline {
    model::SensorKind kind{model::SensorKind::other};
    double value{0};
    double spread{0}; ///< one sensor differs from the other by up to this
    double noise{0};
    base::Duration every{std::chrono::seconds{30}};
};

/// A citizen's report.
struct ReportInject {
    std::string id;
    base::Duration at{0};
    std::string category;
    base::LocalText text;
    base::LocalText place;
    model::Position position;
    std::string name;
    std::string phone;
    bool placed{true};        ///< it has a position
    double accuracyMetres{0}; ///< 0: not said
};

/// A CAP message: a template whose {{…}} the player fills. Its status is Exercise: reading the scenario makes sure.
///   {{identifier}}, {{sender}}   this message's
///   {{now}}, {{now+6h}}          the time at which it is sent, and others about it
///   {{reference:ID}}             what an earlier message of the scenario is called in <references>
struct CapInject {
    std::string id;
    base::Duration at{0};
    std::string sender;
    std::string xml;
};

/// A word of the trainer in the duty log.
struct NoteInject {
    std::string id;
    base::Duration at{0};
    base::LocalText text;
};

/// An earthquake as a seismological service tells it (USGS GeoJSON).
struct EarthquakeInject {
    std::string id;
    base::Duration at{0};
    double magnitude{0};
    double depthKm{10};
    model::Position position;
    std::string place;
};

/// A part of the county, over which things that are many are spread.
struct Area {
    std::string id;
    base::LocalText name;
    model::Position centre;
    double radiusMetres{1'000};
    double weight{1}; ///< how much of what is spread lies here: its inhabitants
    std::vector<std::string> streets;
};

/// Many sensors of one kind, spread over the areas and described to the desk by their feed, as a real network does.
/// Some moment of the scenario strikes a share of them. The same seed gives the same sensors at every run.
struct Swarm {
    std::string id; ///< the sensors are ID-0001 …
    model::SensorKind kind{model::SensorKind::other};
    base::LocalText name; ///< "{street}" (with a number) and "{place}" stand for where it is
    std::string property; ///< what it observes, in the words of its service
    std::string unit;
    std::size_t count{0};
    std::uint64_t seed{1};
    base::Duration every{std::chrono::seconds{10}};
    double calm{0}; ///< the value before
    double noise{0};
    base::Duration at{0};                ///< from here on they are struck,
    base::Duration within{0};            ///< each at a moment of its own within this time;
    double share{1};                     ///< so many of them are at all
    double struck{0};                    ///< the value then,
    double spread{0};                    ///< one differs from the other by up to this,
    double fallsPerKm{0};                ///< less for each kilometre from the scenario's centre
    std::optional<base::Duration> lasts; ///< then the calm value again
    std::vector<detect::Rule> rules;     ///< over these sensors: the subject is filled in by sensorsOf()
};

/// What happened, for a wave of reports: phrases by language ("en", "de", "zh_CN"), with "{street}", "{place}" and the
/// names of the details in them. A detail is chosen once for an event, so that its reports agree.
struct WaveKind {
    std::string category;
    double weight{1};
    bool rumour{false}; ///< has no place: it is told from everywhere
    std::vector<std::map<std::string, std::string>> texts;
    std::map<std::string, std::vector<std::map<std::string, std::string>>> details;
};

/// Many citizens' reports of fewer events.
struct ReportWave {
    std::string id;
    std::uint64_t seed{1};
    base::Duration at{0};
    base::Duration within{std::chrono::minutes{1}};
    std::size_t reports{0};
    std::size_t events{1};
    std::map<std::string, double> languages{{"en", 1}}; ///< and how many speak them
    double unplaced{0};                                 ///< so many have no position
    double twice{0};                                    ///< so many are sent again by the same person
    std::vector<WaveKind> kinds;
    std::vector<std::map<std::string, std::string>> openings; ///< "Help! ": before some of the texts
};

/// A drill as its trainer wrote it. Times count from its start.
struct Scenario {
    std::string id; ///< the file's name without its ending
    base::LocalText title;
    base::LocalText description;
    base::Duration duration{0};
    base::Duration history{0};                            ///< so long before the start the sensors' values begin
    base::Duration historyEvery{std::chrono::minutes{1}}; ///< in the history but its last two minutes
    std::vector<Curve> curves;
    std::vector<Baseline> baselines;
    std::vector<ReportInject> reports;
    std::vector<CapInject> caps;
    std::vector<NoteInject> notes;
    std::vector<EarthquakeInject> earthquakes;
    std::optional<model::Position> centre; ///< of what strikes the swarms
    std::vector<Area> areas;
    std::vector<Swarm> swarms;
    std::vector<ReportWave> waves;
};

/// Fetches a file that the scenario names, relative to it.
using ReadFile = std::function<base::Result<std::string>(const std::string& name)>;

/// A scenario from its TOML text; a fault names its line and column. resources/scenarios/rhine-flood.toml shows the
/// keys.
[[nodiscard]] base::Result<Scenario> parseScenario(std::string id, std::string_view toml, const ReadFile& readFile);

/// The same from a file; the files that it names lie in its folder or below.
[[nodiscard]] base::Result<Scenario> loadScenario(const std::filesystem::path& file);

} // namespace tocsin::drill
