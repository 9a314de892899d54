#include "detect/fit.hpp"
#include "detect/watches.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

using What = Conclusion::What;

CrossingWatch::CrossingWatch(const Crossing& condition, const SensorFacts&) : m_rule(condition) {}

bool CrossingWatch::keep(base::Time time, double value) {
    while (!m_points.empty() && m_points.front().first < time - m_rule.over)
        m_points.pop_front();
    if (!m_points.empty() && time - m_points.back().first < m_rule.over / static_cast<std::int64_t>(mostPoints - 1)) {
        Point& last = m_points.back();
        last.count += 1;
        last.seconds += (std::chrono::duration<double>(time - last.first).count() - last.seconds) / last.count;
        last.value += (value - last.value) / last.count;
        return false;
    }
    m_points.push_back({time, 0, value, 1});
    return true;
}

void CrossingWatch::goBack(base::Duration by) {
    for (std::size_t i = 0; i < m_points.size(); ++i)
        m_points[i].first -= by;
    if (m_told)
        m_told->reaches -= by;
}

/// A pass over at most 241 points: sums that are added to and subtracted from would drift, and save little.
std::optional<model::AlarmForecast> CrossingWatch::forecast(base::Time time) const {
    // Half the window at least must have been seen.
    if (m_points.empty() || time - m_points.front().first < m_rule.over / 2)
        return std::nullopt;
    std::array<FitPoint, mostPoints + 1> points;
    std::size_t count = 0;
    for (std::size_t i = 0; i < m_points.size() && count < points.size(); ++i) {
        const Point& point = m_points[i];
        points[count++] = {std::chrono::duration<double>(point.first - time).count() + point.seconds, point.value};
    }
    const std::span<const FitPoint> seen(points.data(), count);
    const auto crossing = m_rule.fit == Crossing::Fit::straight
                              ? crossStraight(seen, m_rule.threshold, m_rule.above, 0)
                              : crossRecession(seen, m_rule.threshold, m_rule.above, 0);
    if (!crossing)
        return std::nullopt;
    const auto spanOf = [](double seconds) {
        return base::Duration(std::llround(std::min(seconds, 400 * 86400.0) * 1e6));
    };
    return model::AlarmForecast{time + spanOf(crossing->seconds), spanOf(crossing->plusMinus)};
}

std::optional<Verdict> CrossingWatch::take(base::Time time, double value) {
    constexpr int awayForGood = 3;
    const bool isNew = keep(time, value);
    const bool there = m_rule.above ? value >= m_rule.threshold : value <= m_rule.threshold;
    if (raised && there && !m_arrived) { // at once: nobody is to wait for what has come
        m_arrived = true;
        m_told.reset();
        m_away = isNew ? 0 : m_away;
        return Verdict{What::update, time, value, {{time, value}}};
    }
    if (!isNew)
        return std::nullopt;
    const auto coming = there ? std::nullopt : forecast(time);
    if (!raised) {
        if (!coming || coming->reaches - time > m_rule.horizon)
            return std::nullopt;
        raised = true;
        m_away = 0;
        m_arrived = false;
        m_told = coming;
        Verdict verdict{What::raise, time, value, {}, coming};
        const std::size_t from = m_points.size() > mostSeen - 1 ? m_points.size() - (mostSeen - 1) : 0;
        for (std::size_t i = from; i + 1 < m_points.size(); ++i)
            verdict.saw.push_back({m_points[i].first, m_points[i].value});
        verdict.saw.push_back({time, value});
        return verdict;
    }
    if (there || (coming && coming->reaches - time <= m_rule.horizon + m_rule.horizon / 4)) {
        m_away = 0;
        if (!coming)
            return std::nullopt;
        // A value that trembles about the threshold has arrived until it is well away from it.
        const base::Duration moved = coming->reaches - (m_told ? m_told->reaches : time);
        const base::Duration plusMinus = m_told ? m_told->plusMinus : coming->plusMinus;
        const auto still = std::max<base::Duration>(plusMinus, std::chrono::minutes(5));
        if ((m_told || m_arrived) && moved <= still && moved >= -still)
            return std::nullopt;
        m_arrived = false;
        m_told = coming;
        return Verdict{What::update, time, value, {{time, value}}, coming};
    }
    if (++m_away < awayForGood)
        return std::nullopt;
    raised = false;
    m_told.reset();
    return Verdict{What::returnToNormal, time, value, {{time, value}}};
}

} // namespace tocsin::detect
