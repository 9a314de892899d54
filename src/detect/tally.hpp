#pragma once

#include "tocsin/detect/backtest.hpp"

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

namespace tocsin::detect {

/// Counts what a rule would have done: its firings, and how close together they were.
class Tally {
  public:
    /// Times ascend.
    void raised(base::Time time) {
        m_lately.push_back(time);
        while (time - m_lately.front() >= std::chrono::minutes(1))
            m_lately.pop_front();
        m_result.mostInAMinute = std::max(m_result.mostInAMinute, m_lately.size());
        const auto minute = std::chrono::floor<std::chrono::minutes>(time);
        if (m_minutes.empty() || m_minutes.back().first != minute)
            m_minutes.emplace_back(minute, 0);
        ++m_minutes.back().second;
        ++m_inADay;
        while (minute - m_minutes.front().first >= std::chrono::days(1)) {
            m_inADay -= m_minutes.front().second;
            m_minutes.pop_front();
        }
        m_result.mostInADay = std::max(m_result.mostInADay, m_inADay);
    }
    void record(const Firing& firing) {
        ++m_result.all;
        if (m_result.firings.size() < mostFirings)
            m_result.firings.push_back(firing);
    }
    Backtest end(std::size_t readings) {
        std::sort(m_result.firings.begin(), m_result.firings.end(),
                  [](const Firing& a, const Firing& b) { return a.from < b.from; });
        m_result.readings = readings;
        return std::move(m_result);
    }

  private:
    static constexpr std::size_t mostFirings = 10'000;
    std::deque<base::Time> m_lately;
    std::deque<std::pair<base::Time, std::size_t>> m_minutes; ///< of a day
    std::size_t m_inADay{0};
    Backtest m_result;
};

} // namespace tocsin::detect
