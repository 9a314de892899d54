#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/position.hpp"
#include "tocsin/model/sensor.hpp"

#include <filesystem>
#include <functional>
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
};

/// Fetches a file that the scenario names, relative to it.
using ReadFile = std::function<base::Result<std::string>(const std::string& name)>;

/// A scenario from its TOML text; a fault names its line and column. resources/scenarios/rhine-flood.toml shows the
/// keys.
[[nodiscard]] base::Result<Scenario> parseScenario(std::string id, std::string_view toml, const ReadFile& readFile);

/// The same from a file; the files that it names lie in its folder or below.
[[nodiscard]] base::Result<Scenario> loadScenario(const std::filesystem::path& file);

} // namespace tocsin::drill
