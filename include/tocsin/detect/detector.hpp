#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/sensor.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::detect {

/// A threshold with hysteresis and delay over one sensor's readings (or over each sensor of a kind).
struct Rule {
    std::string id;
    std::optional<model::SensorId> sensor;
    std::optional<model::SensorKind> kind; ///< exactly one of sensor and kind
    bool above{true};                      ///< alarm when value ≥ threshold, else when ≤
    double threshold{0};                   ///< in the sensor's unit
    double hysteresis{0};                  ///< the value must come back by this much: over when ≤ threshold − this
    base::Duration delay{0};               ///< the condition must hold this long, by reading time
    model::Grade severity{model::Grade::IV};
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
    std::string hazard;
    base::LocalText title; ///< "{sensor}" stands for the sensor's name, "{place}" for its place
    base::LocalText guidance;
};

/// Rules from a TOML text; a fault names its line and column. `[[rule]]` tables:
///
///     id = "river-vaduz-2"            # once only
///     sensor = "rhine-vaduz"          # or kind = "riverLevel"
///     above = 4.2                     # or below = …; in the sensor's unit
///     hysteresis = 0.1                # default 0
///     delay = "30s"                   # "90s", "5min", "1h", or a number of seconds; default 0
///     severity = "II"
///     class = "naturalDisaster"
///     hazard = "flood"
///     title = { text = "…", zh_CN = "…" }   # or a plain "…"
///     guidance = "…"                  # default empty
[[nodiscard]] base::Result<std::vector<Rule>> parseRules(std::string_view toml);

/// What follows from a reading.
struct Conclusion {
    enum class What : unsigned char { raise, returnToNormal };
    What what{What::raise};
    const Rule* rule{nullptr};
    model::SensorId sensor;
    base::Time since; ///< reading time from which it holds
    double value{0};
    std::vector<model::ReadingSeen> saw;
};

/// Evaluates rules incrementally: the cost of a reading does not grow with history. Not thread safe (desk's thread).
/// Time is the readings' own: a delay that runs is concluded by the first reading at or after its end, if the condition
/// held at every reading until then. The value between threshold and hysteresis changes nothing that stands, but
/// breaks a delay that runs. A return to normal has no delay. A value that is not finite concludes nothing.
class Detector {
  public:
    explicit Detector(std::vector<Rule> rules);
    ~Detector();
    Detector(Detector&&) noexcept;
    Detector& operator=(Detector&&) noexcept;

    [[nodiscard]] std::span<const Rule> rules() const;
    /// Says which sensors exist: rules by kind bind to them. What is known of sensors that stay is kept.
    void bind(const std::map<model::SensorId, model::Sensor>& sensors);
    /// Tells the detector that this rule stands as raised (or not) for this sensor, from the desk's state at start.
    void assume(const std::string& ruleId, const model::SensorId& sensor, bool raised);
    /// A reading, already in the sensor's unit. One older than the newest seen of its sensor concludes nothing.
    void take(const model::SensorId& sensor, base::Time time, double value, std::vector<Conclusion>& out);

    /// A sensor as the detector numbers it: saves looking its name up at each reading. Good until bind() or assume().
    using Handle = std::uint32_t;
    static constexpr Handle noHandle = 0xffffffffU; ///< no rule looks at this sensor: taking it does nothing
    [[nodiscard]] Handle handleOf(const model::SensorId& sensor) const;
    void take(Handle sensor, base::Time time, double value, std::vector<Conclusion>& out);

    /// The longest delay of the rules over this sensor: how far back a restart must read.
    [[nodiscard]] base::Duration memoryOf(const model::SensorId& sensor) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::detect
