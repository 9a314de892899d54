#include "tocsin/detect/detector.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace tocsin::detect {
namespace {

constexpr std::size_t mostSeen = 16;

/// One rule over one sensor.
struct Watch {
    std::uint32_t rule{0};
    bool above{true};
    bool raised{false};
    bool pending{false}; ///< the condition holds, the delay runs
    double threshold{0};
    double clear{0}; ///< the value at which it is over
    base::Duration delay{0};
    base::Time since;
    std::vector<model::ReadingSeen> saw; ///< while pending
};

struct Watched {
    model::SensorId id;
    bool seenAny{false};
    base::Time newest;
    std::vector<Watch> watches;
};

bool holds(const Watch& watch, double value) {
    return watch.above ? value >= watch.threshold : value <= watch.threshold;
}

bool isOver(const Watch& watch, double value) {
    return !holds(watch, value) && (watch.above ? value <= watch.clear : value >= watch.clear);
}

Threshold thresholdIn(const Rule& rule) {
    const auto* threshold = std::get_if<Threshold>(&rule.condition);
    return threshold != nullptr ? *threshold : Threshold{};
}

/// Keeps the first, from which the condition held, and the latest.
void see(std::vector<model::ReadingSeen>& saw, base::Time time, double value) {
    if (saw.size() == mostSeen)
        saw.erase(saw.begin() + 1);
    saw.push_back({time, value});
}

} // namespace

struct Detector::Impl {
    std::vector<Rule> rules;
    std::unordered_map<model::SensorId, Handle> handles;
    std::vector<Watched> sensors; // by handle

    Watched& watched(const model::SensorId& sensor) {
        const auto [at, isNew] = handles.try_emplace(sensor, static_cast<Handle>(sensors.size()));
        if (isNew)
            sensors.push_back({sensor, false, {}, {}});
        return sensors[at->second];
    }

    Watch& watch(Watched& sensor, std::uint32_t index) {
        for (Watch& watch : sensor.watches) {
            if (watch.rule == index)
                return watch;
        }
        const Threshold rule = thresholdIn(rules[index]);
        Watch watch;
        watch.rule = index;
        watch.above = rule.above;
        watch.threshold = rule.threshold;
        // 4.2 − 0.1 is not quite 4.1 in binary: a value written as 4.1 must count as come back.
        const double slack = 1e-9 * std::max(1.0, std::abs(rule.threshold));
        watch.clear = rule.above ? rule.threshold - rule.hysteresis + slack : rule.threshold + rule.hysteresis - slack;
        watch.delay = rule.delay;
        sensor.watches.push_back(std::move(watch));
        return sensor.watches.back();
    }

    void judge(const Watched& sensor, Watch& watch, base::Time time, double value, std::vector<Conclusion>& out) const {
        if (watch.raised) {
            if (!isOver(watch, value))
                return;
            watch.raised = false;
            out.push_back(
                {Conclusion::What::returnToNormal, &rules[watch.rule], sensor.id, time, value, {{time, value}}});
            return;
        }
        if (!holds(watch, value)) {
            if (watch.pending) {
                watch.pending = false;
                watch.saw.clear();
            }
            return;
        }
        if (!watch.pending) {
            watch.pending = true;
            watch.since = time;
        }
        see(watch.saw, time, value);
        if (time - watch.since < watch.delay)
            return;
        watch.raised = true;
        watch.pending = false;
        out.push_back(
            {Conclusion::What::raise, &rules[watch.rule], sensor.id, watch.since, value, std::exchange(watch.saw, {})});
    }
};

Detector::Detector(std::vector<Rule> rules) : m_impl(std::make_unique<Impl>()) {
    m_impl->rules = std::move(rules);
    for (std::uint32_t i = 0; i < m_impl->rules.size(); ++i) {
        for (const auto& sensor : m_impl->rules[i].subject.sensors)
            m_impl->watch(m_impl->watched(sensor), i);
    }
}

Detector::~Detector() = default;
Detector::Detector(Detector&&) noexcept = default;
Detector& Detector::operator=(Detector&&) noexcept = default;

std::span<const Rule> Detector::rules() const {
    return m_impl->rules;
}

void Detector::bind(const std::map<model::SensorId, model::Sensor>& sensors) {
    const auto kindOf = [&](const model::SensorId& id) -> std::optional<model::SensorKind> {
        const auto found = sensors.find(id);
        return found == sensors.end() ? std::nullopt : std::optional(found->second.kind);
    };
    for (Watched& sensor : m_impl->sensors) {
        std::erase_if(sensor.watches, [&](const Watch& watch) {
            const Rule& rule = m_impl->rules[watch.rule];
            return rule.subject.kind && kindOf(sensor.id) != rule.subject.kind;
        });
    }
    for (std::uint32_t i = 0; i < m_impl->rules.size(); ++i) {
        if (!m_impl->rules[i].subject.kind)
            continue;
        for (const auto& [id, sensor] : sensors) {
            if (sensor.kind == *m_impl->rules[i].subject.kind)
                m_impl->watch(m_impl->watched(id), i);
        }
    }
    // Conclusions of one reading come in the order of the rules, whenever its sensor was made known.
    for (Watched& sensor : m_impl->sensors)
        std::sort(sensor.watches.begin(), sensor.watches.end(),
                  [](const Watch& a, const Watch& b) { return a.rule < b.rule; });
}

void Detector::assume(const std::string& ruleId, const model::SensorId& sensor, bool raised) {
    for (std::uint32_t i = 0; i < m_impl->rules.size(); ++i) {
        const Rule& rule = m_impl->rules[i];
        const auto& named = rule.subject.sensors;
        if (rule.id != ruleId || (!named.empty() && std::find(named.begin(), named.end(), sensor) == named.end()))
            continue;
        Watch& watch = m_impl->watch(m_impl->watched(sensor), i);
        watch.raised = raised;
        watch.pending = false;
        watch.saw.clear();
    }
}

Detector::Handle Detector::handleOf(const model::SensorId& sensor) const {
    const auto found = m_impl->handles.find(sensor);
    return found == m_impl->handles.end() ? noHandle : found->second;
}

void Detector::take(const model::SensorId& sensor, base::Time time, double value, std::vector<Conclusion>& out) {
    take(handleOf(sensor), time, value, out);
}

void Detector::take(Handle handle, base::Time time, double value, std::vector<Conclusion>& out) {
    if (handle >= m_impl->sensors.size() || !std::isfinite(value))
        return;
    Watched& sensor = m_impl->sensors[handle];
    if (sensor.seenAny && time < sensor.newest)
        return;
    sensor.seenAny = true;
    sensor.newest = time;
    for (Watch& watch : sensor.watches)
        m_impl->judge(sensor, watch, time, value, out);
}

base::Duration Detector::memoryOf(const model::SensorId& sensor) const {
    base::Duration longest{0};
    const Handle handle = handleOf(sensor);
    if (handle < m_impl->sensors.size()) {
        for (const Watch& watch : m_impl->sensors[handle].watches)
            longest = std::max(longest, watch.delay);
    }
    return longest;
}

} // namespace tocsin::detect
