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
    std::string source{};                   ///< "area:RULE" where there is no one sensor
    std::vector<model::SensorId> sensors{}; ///< all that took part, where more than one
    std::optional<model::AlarmForecast> forecast{};
    bool soilUnknown{false}; ///< less rain was enough, for the soil's sensor is not to be believed
};

/// A rule that stands raised, for one sensor or as a whole.
struct Standing {
    std::string rule;
    model::SensorId sensor; ///< empty for rules over several sensors
    std::string source;     ///< "area:RULE" for those
    friend bool operator==(const Standing&, const Standing&) = default;
};

/// Evaluates rules incrementally: the cost of a reading does not grow with history, and nothing is allocated for one
/// once the windows have filled. Not thread safe (desk's thread). Time is the readings' own: a delay that runs is
/// concluded by the first reading at or after its end, if the condition held at every reading until then; or by tick()
/// where none comes, the time since the last one counting by the clock. The value
/// between threshold and hysteresis changes nothing that stands, but breaks a delay that runs. A return to normal has
/// no delay. A value that is not finite concludes nothing, nor does one older than the newest seen of its sensor; the
/// newest told again is judged again, so that a restart sees whether what it assumed still holds. Disabled rules and
/// sensors that are out of service evaluate nothing; what stood at such a sensor stays as it stood.
///
/// How each condition is judged, beyond what rule.hpp says:
/// - Rate: the newest value against the least (greatest) of the readings within the window.
/// - Unusual: mean and variance for each hour of the day, weighted so that about a week counts, or `days` days where
///   that is longer; over when away by less than half of what raised it.
/// - Crossing: a straight line or an exponential over the window (sources in src/detect/fit.hpp); raised when the trend
/// is
///   plain (three standard errors) and the forecast falls within the horizon, over when at three readings in a row it
///   is beyond one and a quarter horizons.
/// - Accumulated: rates count from reading to reading, over gaps of at most 30 minutes; over when under nine tenths. Of
///   amounts also by the clock: tick() looks once a minute at what stands, for nothing is said where nothing comes. Where
///   the soil's sensor is at fault or out of service, the lesser amount is enough.
/// - Stuck: at three readings at least.
/// - A sensor that is Stuck or Implausible by a rule of its own: Rate, Unusual, Crossing and Accumulated are not given what it says until that is over. They
///   go on from the plausible readings that ended it; what stood at them stays as it stood meanwhile. Thresholds and Several are judged all the same.
/// - Several: `update` when a quarter more take part than were told last, or enough do without those at fault, or no
///   more.
/// - Silent, delays and what Together waits for are judged by tick(), too.
class Detector {
  public:
    explicit Detector(std::vector<Rule> rules);
    ~Detector();
    Detector(Detector&&) noexcept;
    Detector& operator=(Detector&&) noexcept;

    [[nodiscard]] std::span<const Rule> rules() const;
    /// Null where there is none of that id. Good until setRules().
    [[nodiscard]] const Rule* ruleOf(std::string_view id) const;
    /// Other rules from now on. What is known of sensors is kept for rules whose subject and condition are the same;
    /// one whose numbers changed stays raised until the next reading says otherwise. Returns what stood raised and is
    /// no more: of rules that are gone, are disabled, became of another kind, or no longer look at the sensor.
    [[nodiscard]] std::vector<Standing> setRules(std::vector<Rule> rules);
    /// Says which sensors exist: rules by kind and area bind to them. What is known of sensors that stay is kept.
    void bind(const std::map<model::SensorId, model::Sensor>& sensors);
    /// Tells the detector that this rule stands as raised (or not) for this sensor, from the desk's state at start. The
    /// sensor is empty for rules over several sensors and over messages, whose alarms have the source "area:RULE" or
    /// "warning:…". May come before bind().
    void assume(const std::string& ruleId, const model::SensorId& sensor, bool raised);
    /// What stands raised now.
    [[nodiscard]] std::vector<Standing> standing() const;

    /// A reading, already in the sensor's unit.
    void take(const model::SensorId& sensor, base::Time time, double value, std::vector<Conclusion>& out);

    /// A sensor as the detector numbers it: saves looking its name up at each reading. Good until bind(), assume() or
    /// setRules().
    using Handle = std::uint32_t;
    static constexpr Handle noHandle = 0xffffffffU; ///< no rule looks at this sensor: taking it does nothing
    [[nodiscard]] Handle handleOf(const model::SensorId& sensor) const;
    void take(Handle sensor, base::Time time, double value, std::vector<Conclusion>& out);

    /// The clock that times are of was set back: what a sensor said last is of `to` at the latest, what it said before keeps its distance to that, and
    /// what comes next is newer. Nothing is concluded.
    void goBack(Handle sensor, base::Time to);
    /// The same for all sensors, and for what rules over several remember.
    void goBack(base::Time to);

    /// The desk's clock, about once a second: Silent rules, delays that run, Together whose time runs out, and sums of amounts that shrink. Signs of life are taken
    /// as of the tick after them. A clock that goes back, or more than ten minutes ahead at once, gives every sensor
    /// the whole time again.
    void tick(base::Time now, std::vector<Conclusion>& out);
    /// A sign of life that is no reading to be judged (a repetition, one of the future). take() is one already.
    void heard(const model::SensorId& sensor);
    void heard(Handle sensor);
    /// At a restart: the newest reading of the sensor, which has been taken, came then by the desk's clock. Delays that run at it go on from there.
    void cameAt(const model::SensorId& sensor, base::Time when);

    /// For who plays the past, where nothing comes late: when the next delay that runs at a sensor is over, if nothing more is said; nothing where none runs
    /// or readings are wanting.
    [[nodiscard]] std::optional<base::Time> delayEnds(Handle sensor) const;
    /// And what follows from those that are over by then.
    void endDelays(Handle sensor, base::Time now, std::vector<Conclusion>& out);

    /// What a sensor says is not to be believed, or is again: it is at fault. Rules over several sensors go on as before,
    /// but where there is a choice stand on others, and tell as an update whom they stand on: all that take part in a
    /// Several; of a Together one for each of its rules, and those that joined and are believed.
    void distrust(const model::SensorId& sensor, bool doubted, base::Time now, std::vector<Conclusion>& out);

    /// How far back a restart must read the sensor's values, by the rules that look at it, so that the windows are as
    /// they were. Days for Unusual, whose memory fades.
    [[nodiscard]] base::Duration memoryOf(const model::SensorId& sensor) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::detect
