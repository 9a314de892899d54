#pragma once

#include "tocsin/detect/rule.hpp"

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

/// What follows from a reading or from time.
struct Conclusion {
    /// `update`: stands as before, but says something new (another forecast, another sensor that joined).
    enum class What : unsigned char { raise, update, returnToNormal };
    What what{What::raise};
    const Rule* rule{nullptr};
    model::SensorId sensor; ///< empty for rules over several sensors
    base::Time since;       ///< reading time from which it holds
    double value{0};
    std::vector<model::ReadingSeen> saw;
    std::string source{};                    ///< "area:RULE" where there is no one sensor
    std::vector<model::SensorId> sensors{};  ///< all that took part, where more than one
    std::optional<model::AlarmForecast> forecast{};
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
