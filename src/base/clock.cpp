#include "tocsin/base/clock.hpp"

#include <cmath>

namespace tocsin::base {

Time SystemClock::now() const {
    return std::chrono::floor<Duration>(std::chrono::system_clock::now());
}

Time ManualClock::now() const {
    const std::lock_guard lock(m_mutex);
    return m_now;
}

void ManualClock::advance(Duration by) {
    const std::lock_guard lock(m_mutex);
    m_now += by;
}

void ManualClock::set(Time to) {
    const std::lock_guard lock(m_mutex);
    m_now = to;
}

ExerciseClock::ExerciseClock(const Clock& real, Time start, double speed)
    : m_real(real), m_realBase(real.now()), m_base(start), m_speed(speed) {}

Time ExerciseClock::nowLocked() const {
    const auto gone = static_cast<double>((m_real.now() - m_realBase).count()) * m_speed;
    return m_base + Duration{std::llround(gone)};
}

Time ExerciseClock::now() const {
    const std::lock_guard lock(m_mutex);
    return nowLocked();
}

void ExerciseClock::setSpeed(double speed) {
    const std::lock_guard lock(m_mutex);
    m_base = nowLocked();
    m_realBase = m_real.now();
    m_speed = speed;
}

void ExerciseClock::set(Time to) {
    const std::lock_guard lock(m_mutex);
    m_base = to;
    m_realBase = m_real.now();
}

double ExerciseClock::speed() const {
    const std::lock_guard lock(m_mutex);
    return m_speed;
}

} // namespace tocsin::base
