#include "detect/watches.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

using What = Conclusion::What;

const model::ReadingSeen& Extreme::add(base::Time time, double value) {
    constexpr std::size_t exact = 1'024;
    while (!m_values.empty() && m_values.front().time < time - m_window)
        m_values.pop_front();
    while (!m_values.empty() && (m_least ? m_values.back().value >= value : m_values.back().value <= value))
        m_values.pop_back();
    if (m_values.size() >= exact && time - m_values.back().time < m_window / static_cast<std::int64_t>(exact))
        return m_values.front();
    m_values.push_back({time, value});
    return m_values.front();
}

void Extreme::goBack(base::Duration by) {
    for (std::size_t i = 0; i < m_values.size(); ++i)
        m_values[i].time -= by;
}

RateWatch::RateWatch(const Rate& condition, const SensorFacts&)
    : m_change(condition.change), m_extreme(condition.change > 0, condition.within) {}

std::optional<Verdict> RateWatch::take(base::Time time, double value) {
    const model::ReadingSeen from = m_extreme.add(time, value);
    const double change = m_change > 0 ? value - from.value : from.value - value;
    const double needed = std::abs(m_change);
    if (raised) {
        if (change >= needed / 2)
            return std::nullopt;
        raised = false;
        return Verdict{What::returnToNormal, time, value, {{time, value}}};
    }
    // 4.4 − 4.1 is not quite 0.3 in binary: a change written as 0.3 must count as one.
    if (change < needed * (1 - 1e-9))
        return std::nullopt;
    raised = true;
    return Verdict{What::raise, time, value, {from, {time, value}}};
}

UnusualWatch::UnusualWatch(const Unusual& condition, const SensorFacts&)
    : m_rule(condition), m_span(std::max(7, condition.days)) {}

base::Duration UnusualWatch::memory(const Unusual& condition) {
    return std::chrono::hours(24) * (std::max(7, condition.days) + 1);
}

/// Weighted mean and variance, one value at a time: West, "Updating mean and variance estimates: an improved method",
/// CACM 22 (1979) 532–535. A new day makes the older ones lighter by a day's share.
void UnusualWatch::learn(Hour& hour, std::int64_t day, double value) const {
    if (day != hour.day) {
        hour.day = day;
        if (hour.days >= m_span)
            hour.weight *= 1 - 1.0 / m_span;
        else
            ++hour.days;
    }
    hour.weight += 1;
    const double delta = value - hour.mean;
    hour.mean += delta / hour.weight;
    hour.variance += (delta * (value - hour.mean) - hour.variance) / hour.weight;
}

std::optional<Verdict> UnusualWatch::take(base::Time time, double value) {
    const auto hours = std::chrono::floor<std::chrono::hours>(time.time_since_epoch()).count();
    const auto day = std::chrono::floor<std::chrono::days>(time.time_since_epoch()).count();
    Hour& hour = m_hours[static_cast<std::size_t>(hours - day * 24)];
    // Today's own readings of the hour are no other day's.
    const int days = hour.days - (hour.day == day && hour.days < m_span ? 1 : 0);
    const double limit = std::max(m_rule.deviations * std::sqrt(std::max(hour.variance, 0.0)), m_rule.least);
    const double away = value - hour.mean;
    const bool side = away > 0 ? m_rule.above : m_rule.below;
    if (!raised)
        m_stands.reset();
    if (raised) {
        if (!m_stands) {
            m_stands = time;
            m_since.assign(m_rule.settles > 0 ? m_hours.size() : 0, Hour{});
        }
        if (!m_since.empty()) {
            learn(m_since[static_cast<std::size_t>(hours - day * 24)], day, value);
            if (time - *m_stands >= std::chrono::days(m_rule.settles)) {
                std::copy(m_since.begin(), m_since.end(), m_hours.begin());
                raised = false;
                return Verdict{What::returnToNormal, time, value, {{time, value}}};
            }
        }
        if (days >= m_rule.days && side && std::abs(away) >= limit / 2)
            return std::nullopt;
        if (days < m_rule.days) // nothing is known of this hour: what stands, stands
            return std::nullopt;
        raised = false;
        learn(hour, day, value);
        return Verdict{What::returnToNormal, time, value, {{time, value}}};
    }
    if (days < m_rule.days || !side || limit <= 0 || std::abs(away) < limit) {
        learn(hour, day, value);
        return std::nullopt;
    }
    raised = true;
    return Verdict{What::raise, time, value, {{time, value}}};
}

namespace {

/// The part of an hour that the unit's rate is for, in seconds; 0 where it is no rate: "mm/h" 3600, "mm" 0.
double secondsOfRate(std::string_view unit) {
    const auto slash = unit.find('/');
    if (slash == std::string_view::npos)
        return 0;
    const std::string_view per = unit.substr(slash + 1);
    if (per == "h" || per == "hr" || per == "hour")
        return 3'600;
    if (per == "min")
        return 60;
    if (per == "s")
        return 1;
    return per == "d" || per == "day" ? 86'400 : 0;
}

} // namespace

base::Duration AccumulatedWatch::stepOf(base::Duration over) {
    return std::max<base::Duration>(std::chrono::minutes(1), over / 360);
}

base::Duration AccumulatedWatch::memory(const Accumulated& condition) {
    return condition.over + longestGap + stepOf(condition.over);
}

AccumulatedWatch::AccumulatedWatch(const Accumulated& condition, const SensorFacts& facts)
    : m_amount(condition.amount), m_wet(condition.wet),
      m_amountWhenWet(condition.soil ? condition.amountWhenWet : condition.amount), m_step(stepOf(condition.over)),
      m_buckets(
          static_cast<std::size_t>(std::max<std::int64_t>(1, (condition.over + m_step - base::Duration{1}) / m_step))) {
    const double seconds = secondsOfRate(facts.unit);
    m_perSecond = seconds > 0 ? 1 / seconds : 0;
}

std::int64_t AccumulatedWatch::bucketOf(base::Time time) const {
    const auto since = time.time_since_epoch();
    return since / m_step - (since % m_step < base::Duration{0} ? 1 : 0);
}

void AccumulatedWatch::moveTo(std::int64_t bucket) {
    const auto count = static_cast<std::int64_t>(m_buckets.size());
    if (m_newest == std::numeric_limits<std::int64_t>::min() || bucket - m_newest >= count) {
        std::fill(m_buckets.begin(), m_buckets.end(), 0.0);
        m_total = 0;
        m_newest = bucket;
        return;
    }
    while (m_newest < bucket) {
        ++m_newest;
        const auto at = static_cast<std::size_t>(((m_newest % count) + count) % count);
        m_total -= m_buckets[at];
        m_buckets[at] = 0;
        if (at == 0) { // what adding and subtracting has lost is found again, once a turn
            m_total = 0;
            for (const double amount : m_buckets)
                m_total += amount;
        }
    }
}

void AccumulatedWatch::add(std::int64_t bucket, double amount) {
    const auto count = static_cast<std::int64_t>(m_buckets.size());
    if (bucket <= m_newest - count)
        return;
    m_buckets[static_cast<std::size_t>(((bucket % count) + count) % count)] += amount;
    m_total += amount;
}

double AccumulatedWatch::totalAt(std::int64_t bucket) const {
    const auto count = static_cast<std::int64_t>(m_buckets.size());
    if (m_newest == std::numeric_limits<std::int64_t>::min() || bucket - m_newest >= count)
        return 0;
    double total = m_total;
    for (std::int64_t at = m_newest + 1; at <= bucket; ++at)
        total -= m_buckets[static_cast<std::size_t>(((at % count) + count) % count)];
    return total;
}

double AccumulatedWatch::limitAt(base::Time time, const Soil& soil) const {
    if (soil.unknown)
        return std::min(m_amount, m_amountWhenWet);
    const auto& newest = soil.newest;
    const bool wet = newest && newest->value >= m_wet && time - newest->time <= std::chrono::hours(24);
    return wet ? m_amountWhenWet : m_amount;
}

std::optional<Verdict> AccumulatedWatch::pass(base::Time time, const Soil& soil) {
    if (!raised || m_perSecond != 0)
        return std::nullopt;
    const double left = totalAt(bucketOf(time));
    if (left >= 0.9 * limitAt(time, soil))
        return std::nullopt;
    raised = false;
    return Verdict{What::returnToNormal, time, std::max(left, 0.0), {}};
}

std::optional<Verdict> AccumulatedWatch::take(base::Time time, double value, const Soil& soil) {
    const std::int64_t bucket = bucketOf(time);
    moveTo(bucket);
    if (m_perSecond == 0) {
        if (!m_last || time != m_last->time) // told again, it has not rained again
            add(bucket, std::max(value, 0.0));
    } else if (m_last && time - m_last->time <= longestGap) {
        // The mean of both ends over the time between, a bucket's part to each bucket.
        const double perSecond = (std::max(value, 0.0) + std::max(m_last->value, 0.0)) / 2 * m_perSecond;
        for (base::Time from = m_last->time; from < time;) {
            const std::int64_t at = bucketOf(from);
            const base::Time to = std::min(time, base::Time{m_step * (at + 1)});
            add(at, perSecond * std::chrono::duration<double>(to - from).count());
            from = to;
        }
    }
    m_last = model::ReadingSeen{time, value};
    const double limit = limitAt(time, soil);
    if (raised) {
        if (m_total >= 0.9 * limit)
            return std::nullopt;
        raised = false;
        return Verdict{What::returnToNormal, time, m_total, {{time, value}}};
    }
    if (m_total < limit * (1 - 1e-9))
        return std::nullopt;
    raised = true;
    const bool forWant = soil.unknown && m_total < m_amount * (1 - 1e-9);
    return Verdict{What::raise, time, m_total, {{time, value}}, {}, forWant};
}

/// By whole steps, for what fell within one is one sum.
void AccumulatedWatch::goBack(base::Duration by) {
    if (m_newest == std::numeric_limits<std::int64_t>::min())
        return;
    const auto count = static_cast<std::int64_t>(m_buckets.size());
    const std::int64_t steps = by / m_step;
    std::rotate(m_buckets.begin(), m_buckets.begin() + steps % count, m_buckets.end());
    m_newest -= steps;
    if (m_last)
        m_last->time -= by;
}

StuckWatch::StuckWatch(const Stuck& condition, const SensorFacts&) : m_rule(condition) {}

std::optional<Verdict> StuckWatch::take(base::Time time, double value) {
    constexpr int fewest = 3; // two readings with a gap between them say nothing of what was there
    const double slack = 1e-9 * std::max(1.0, std::abs(value));
    if (!m_anchor || std::abs(value - m_anchor->value) > m_rule.tolerance + (m_rule.tolerance > 0 ? slack : 0)) {
        const bool over = raised && m_anchor;
        m_anchor = model::ReadingSeen{time, value};
        m_same = 1;
        if (!over)
            return std::nullopt;
        raised = false;
        return Verdict{What::returnToNormal, time, value, {{time, value}}};
    }
    m_same = std::min(m_same + 1, fewest);
    if (raised || m_same < fewest || time - m_anchor->time < m_rule.after)
        return std::nullopt;
    raised = true;
    return Verdict{What::raise, m_anchor->time, value, {*m_anchor, {time, value}}};
}

void StuckWatch::goBack(base::Duration by) {
    if (m_anchor)
        m_anchor->time -= by;
}

ImplausibleWatch::ImplausibleWatch(const Implausible& condition, const SensorFacts&) : m_rule(condition) {}

std::optional<Verdict> ImplausibleWatch::take(base::Time time, double value) {
    const auto last = std::exchange(m_last, model::ReadingSeen{time, value});
    const bool jumped = m_rule.jump && last && time - last->time <= m_rule.within &&
                        std::abs(value - last->value) > *m_rule.jump * (1 + 1e-9);
    const bool outside = (m_rule.lowest && value < *m_rule.lowest) || (m_rule.highest && value > *m_rule.highest);
    if (jumped || outside) {
        m_plausible = 0;
        if (raised)
            return std::nullopt;
        raised = true;
        Verdict verdict{What::raise, time, value, {{time, value}}};
        if (jumped)
            verdict.saw.insert(verdict.saw.begin(), *last);
        return verdict;
    }
    const bool again = last && last->time == time; // told again, it is no further reading
    if (!raised || (m_plausible += again ? 0 : 1) < plausibleAgain)
        return std::nullopt;
    raised = false;
    m_plausible = 0;
    return Verdict{What::returnToNormal, time, value, {{time, value}}};
}

void ImplausibleWatch::goBack(base::Duration by) {
    if (m_last)
        m_last->time -= by;
}

} // namespace tocsin::detect
