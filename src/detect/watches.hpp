#pragma once

#include "detect/ring.hpp"
#include "tocsin/detect/detector.hpp"

#include <array>
#include <limits>
#include <optional>
#include <vector>

// One rule over one sensor, each kind of condition with what it must remember. None looks at the rule but when made.

namespace tocsin::detect {

constexpr std::size_t mostSeen = 16;

/// What a watch says of a reading, if anything.
struct Verdict {
    Conclusion::What what{Conclusion::What::raise};
    base::Time since;
    double value{0};
    std::vector<model::ReadingSeen> saw;
    std::optional<model::AlarmForecast> forecast{};
    bool soilUnknown{false};
};

/// How wet the soil is, as far as that is known.
struct Soil {
    std::optional<model::ReadingSeen> newest;
    bool unknown{false}; ///< what its sensor says is not to be believed: then less rain is enough
};

/// What a watch needs to know of its sensor.
struct SensorFacts {
    std::string unit;
};

/// All watches have goBack(): the clock that its times are of was set back, and they with it. All watches but Threshold's, which has a form of its own for speed.
struct Watch {
    std::uint32_t rule{0};
    bool raised{false};
};

/// Values in a window of time, of which the least (or greatest) is asked for: a monotone deque. Exact up to 1,024 of
/// them; beyond, values closer to each other than a 1,024th of the window count as one.
class Extreme {
  public:
    Extreme(bool least, base::Duration window) : m_least(least), m_window(window) {}
    /// Times ascend. The window reaches back from `time`, its end included.
    const model::ReadingSeen& add(base::Time time, double value);
    void clear() { m_values.clear(); }
    void goBack(base::Duration by);

  private:
    bool m_least;
    base::Duration m_window;
    Ring<model::ReadingSeen> m_values;
};

class RateWatch : public Watch {
  public:
    RateWatch(const Rate& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value);
    void goBack(base::Duration by) { m_extreme.goBack(by); }
    static base::Duration memory(const Rate& condition) { return condition.within; }

  private:
    double m_change;
    Extreme m_extreme;
};

class UnusualWatch : public Watch {
  public:
    UnusualWatch(const Unusual& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value);
    void goBack(base::Duration) {} // knows only days
    static base::Duration memory(const Unusual& condition);

  private:
    /// Readings of one hour of the day: weight, mean and variance, the older the lighter.
    struct Hour {
        double weight{0};
        double mean{0};
        double variance{0};
        int days{0};
        std::int64_t day{std::numeric_limits<std::int64_t>::min()};
    };
    void learn(Hour& hour, std::int64_t day, double value) const;

    Unusual m_rule;
    int m_span; ///< days that count
    std::array<Hour, 24> m_hours{};
    std::optional<base::Time> m_stands; ///< since when it is raised, as far as it was given
    std::vector<Hour> m_since;          ///< what it has been given since then; by hour, or empty
};

class CrossingWatch : public Watch {
  public:
    CrossingWatch(const Crossing& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value);
    void goBack(base::Duration by);
    static base::Duration memory(const Crossing& condition) { return condition.over; }

    /// At most so many points: readings closer to each other than a 240th of the window are one, their mean.
    static constexpr std::size_t mostPoints = 241;

  private:
    struct Point {
        base::Time first;
        double seconds{0}; ///< since `first`, mean of its readings
        double value{0};
        double count{0};
    };
    /// False where the reading only adds to the last point: then there is nothing new to conclude from.
    bool keep(base::Time time, double value);
    [[nodiscard]] std::optional<model::AlarmForecast> forecast(base::Time time) const;

    Crossing m_rule;
    Ring<Point> m_points;
    int m_away{0}; ///< points in a row without a forecast, while raised
    bool m_arrived{false}; ///< it has been said that the threshold is reached, and nothing forecast since
    std::optional<model::AlarmForecast> m_told;
};

class AccumulatedWatch : public Watch {
  public:
    AccumulatedWatch(const Accumulated& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value, const Soil& soil);
    /// What time alone does: of amounts the old ones fall out of the sum, though nothing new is said. A rate that is not
    /// told is unknown: then what stands, stands.
    std::optional<Verdict> pass(base::Time time, const Soil& soil);
    void goBack(base::Duration by);
    static base::Duration memory(const Accumulated& condition);

    /// A gap between two readings of a rate that is longer counts for nothing.
    static constexpr base::Duration longestGap = std::chrono::minutes(30);
    /// Width of the steps in which the window moves on: a minute, or a 360th of it.
    static base::Duration stepOf(base::Duration over);

  private:
    [[nodiscard]] std::int64_t bucketOf(base::Time time) const;
    void moveTo(std::int64_t bucket);
    void add(std::int64_t bucket, double amount);
    [[nodiscard]] double totalAt(std::int64_t bucket) const; ///< of what is left then, if nothing comes
    [[nodiscard]] double limitAt(base::Time time, const Soil& soil) const;

    double m_amount;
    double m_wet;
    double m_amountWhenWet;
    double m_perSecond; ///< amount in a second at a rate of one; 0: values are amounts
    base::Duration m_step;
    std::vector<double> m_buckets;
    std::int64_t m_newest{std::numeric_limits<std::int64_t>::min()};
    double m_total{0};
    std::optional<model::ReadingSeen> m_last;
};

class StuckWatch : public Watch {
  public:
    StuckWatch(const Stuck& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value);
    void goBack(base::Duration by);
    static base::Duration memory(const Stuck& condition) { return condition.after; }
    /// Whether the newest reading may be looked at once more when the fault is over.
    [[nodiscard]] bool plausible() const { return !raised; }

  private:
    Stuck m_rule;
    std::optional<model::ReadingSeen> m_anchor; ///< the first that said the same
    int m_same{0};
};

class ImplausibleWatch : public Watch {
  public:
    ImplausibleWatch(const Implausible& condition, const SensorFacts& facts);
    std::optional<Verdict> take(base::Time time, double value);
    void goBack(base::Duration by);
    static base::Duration memory(const Implausible& condition) { return condition.within; }
    [[nodiscard]] bool plausible() const { return !raised || m_plausible > 0; }

    /// Readings in a row after which the fault is over.
    static constexpr int plausibleAgain = 3;

  private:
    Implausible m_rule;
    std::optional<model::ReadingSeen> m_last;
    int m_plausible{0};
};

} // namespace tocsin::detect
