#pragma once

#include "tocsin/base/time.hpp"

#include <mutex>

namespace tocsin::base {

/// Where the desk takes the time from. Nothing else in Tocsin asks the system. All implementations are thread safe.
class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Time now() const = 0;
};

class SystemClock final : public Clock {
  public:
    [[nodiscard]] Time now() const override;
};

/// Stands still until told otherwise: for tests and for building a county that is the same at every run.
class ManualClock final : public Clock {
  public:
    explicit ManualClock(Time start) : m_now(start) {}
    [[nodiscard]] Time now() const override;
    void advance(Duration by);
    void set(Time to);

  private:
    mutable std::mutex m_mutex;
    Time m_now;
};

/// A drill's clock: runs at `speed` times the real clock's pace (0 = paused) and can be set.
class ExerciseClock final : public Clock {
  public:
    ExerciseClock(const Clock& real, Time start, double speed = 1.0);
    [[nodiscard]] Time now() const override;
    void setSpeed(double speed);
    void set(Time to);
    [[nodiscard]] double speed() const;

  private:
    [[nodiscard]] Time nowLocked() const;

    const Clock& m_real;
    mutable std::mutex m_mutex;
    Time m_realBase;
    Time m_base;
    double m_speed;
};

} // namespace tocsin::base
