#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/alarm.hpp"
#include "tocsin/model/sensor.hpp"

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
    double hysteresis{0};                  ///< the value must come back by this much
    base::Duration delay{0};               ///< the condition must hold this long, by reading time
    model::Grade severity{model::Grade::IV};
    model::HazardClass hazardClass{model::HazardClass::naturalDisaster};
    std::string hazard;
    base::LocalText title;    ///< "{sensor}" stands for the sensor's name, "{place}" for its place
    base::LocalText guidance;
};

/// Rules from a TOML text; a fault names its line and column.
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
class Detector {
  public:
    explicit Detector(std::vector<Rule> rules);
    ~Detector();
    Detector(Detector&&) noexcept;
    Detector& operator=(Detector&&) noexcept;

    [[nodiscard]] std::span<const Rule> rules() const;
    /// Says which sensors exist: rules by kind bind to them.
    void bind(const std::map<model::SensorId, model::Sensor>& sensors);
    /// Tells the detector that this rule stands as raised (or not) for this sensor, from the desk's state at start.
    void assume(const std::string& ruleId, const model::SensorId& sensor, bool raised);
    /// A reading, already in the sensor's unit. One older than the newest seen of its sensor concludes nothing.
    void take(const model::SensorId& sensor, base::Time time, double value, std::vector<Conclusion>& out);
    /// The longest delay of the rules over this sensor: how far back a restart must read.
    [[nodiscard]] base::Duration memoryOf(const model::SensorId& sensor) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::detect
