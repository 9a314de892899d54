#include "tocsin/detect/backtest.hpp"

#include "detect/tally.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <queue>
#include <set>

namespace tocsin::detect {
namespace {

constexpr std::size_t mostAhead = 2'000'000; ///< readings held of all sensors together
constexpr std::size_t lookUpEvery = 4'096;   ///< readings between two looks at `stop`
/// A desk looks at delays once a second: what comes at the very end of one comes before it.
constexpr auto lookOnceIn = std::chrono::seconds(1);

/// The rule, and those that it is about: Together names others, and these others again.
std::vector<Rule> rulesNeeded(const Rule& rule, const std::vector<Rule>& others) {
    std::vector<Rule> needed{rule};
    needed.front().enabled = true;
    std::set<std::string> ids{rule.id};
    for (std::size_t i = 0; i < needed.size(); ++i) {
        const auto* together = std::get_if<Together>(&needed[i].condition);
        if (together == nullptr)
            continue;
        for (const std::string& id : std::vector<std::string>(together->rules)) {
            const auto found = std::find_if(others.begin(), others.end(), [&](const Rule& r) { return r.id == id; });
            if (found != others.end() && ids.insert(id).second)
                needed.push_back(*found);
        }
    }
    return needed;
}

/// The rules that say whether a sensor is to be believed, for the sensors that `needed` remember something of.
std::vector<Rule> faultsOf(const std::vector<Rule>& needed, const std::vector<Rule>& others,
                           const std::map<model::SensorId, model::Sensor>& sensors) {
    std::vector<Rule> remembering;
    std::copy_if(needed.begin(), needed.end(), std::back_inserter(remembering), [](const Rule& rule) {
        return std::holds_alternative<Rate>(rule.condition) || std::holds_alternative<Unusual>(rule.condition) ||
               std::holds_alternative<Crossing>(rule.condition) || std::holds_alternative<Accumulated>(rule.condition);
    });
    std::vector<Rule> faults;
    if (remembering.empty())
        return faults;
    Detector probe(std::move(remembering));
    probe.bind(sensors);
    for (const Rule& rule : others) {
        const bool judgesSensors = std::holds_alternative<Stuck>(rule.condition) || std::holds_alternative<Implausible>(rule.condition);
        const auto isRule = [&](const Rule& known) { return known.id == rule.id; };
        if (!rule.enabled || !judgesSensors || std::any_of(needed.begin(), needed.end(), isRule))
            continue;
        Rule fault = rule;
        fault.subject = {};
        const auto& asked = rule.subject;
        const auto add = [&](const model::SensorId& id, const model::Sensor* sensor) {
            const bool near = !asked.area || (sensor != nullptr && geo::distance(asked.area->centre, sensor->position).value <=
                                                                       asked.area->radiusKm * 1000);
            if (near && probe.handleOf(id) != Detector::noHandle)
                fault.subject.sensors.push_back(id);
        };
        for (const model::SensorId& id : asked.sensors) {
            const auto known = sensors.find(id);
            add(id, known == sensors.end() ? nullptr : &known->second);
        }
        for (const auto& [id, sensor] : sensors) {
            if (asked.kind && sensor.kind == *asked.kind)
                add(id, &sensor);
        }
        if (!fault.subject.sensors.empty())
            faults.push_back(std::move(fault));
    }
    return faults;
}

/// The past of one sensor, read piece by piece.
struct Stream {
    model::SensorId sensor;
    Detector::Handle handle{Detector::noHandle};
    std::vector<model::ReadingSeen> piece;
    std::size_t at{0};
    base::Time after;
    std::optional<base::Time> looksAt{}; ///< at which a delay of its is looked at

    /// False where nothing is left.
    base::Result<bool> fill(const PastReadings& past, std::size_t most) {
        if (at < piece.size())
            return true;
        auto more = past(sensor, after, most);
        if (!more)
            return tl::unexpected(more.error());
        piece = std::move(*more);
        at = 0;
        // A source that goes back would go round for ever.
        std::erase_if(piece, [this](const model::ReadingSeen& reading) { return reading.time <= after; });
        if (piece.empty())
            return false;
        after = piece.back().time;
        return true;
    }
};

class Run {
  public:
    Run(const Rule& rule, base::Time from) : m_rule(rule.id), m_from(from) {}

    void take(const std::vector<Conclusion>& found, base::Time time) {
        for (const Conclusion& c : found) {
            if (c.rule->id != m_rule || c.what == Conclusion::What::update)
                continue;
            if (c.what == Conclusion::What::returnToNormal) {
                const auto open = m_open.find(c.sensor);
                if (open == m_open.end())
                    continue;
                open->second.until = c.since;
                if (c.since >= m_from)
                    m_tally.record(open->second);
                m_open.erase(open);
                continue;
            }
            m_open[c.sensor] = {c.sensor, c.since, std::nullopt, c.value};
            if (time >= m_from)
                m_tally.raised(time);
        }
    }

    Backtest end(std::size_t readings) {
        for (const auto& [sensor, firing] : m_open)
            m_tally.record(firing);
        return m_tally.end(readings);
    }

  private:
    std::string m_rule;
    base::Time m_from;
    std::map<model::SensorId, Firing> m_open;
    Tally m_tally;
};

/// How finely the desk's clock is played: silence is judged by it, and sums. Absent where no rule asks for it.
std::optional<base::Duration> tickOf(const std::vector<Rule>& rules, base::Duration whole) {
    std::optional<base::Duration> tick;
    for (const Rule& rule : rules) {
        base::Duration wanted = std::chrono::minutes(1);
        if (const auto* silent = std::get_if<Silent>(&rule.condition))
            wanted = std::clamp<base::Duration>(silent->after / 20, std::chrono::seconds(1), std::chrono::minutes(1));
        else if (!std::holds_alternative<Together>(rule.condition) && !std::holds_alternative<Accumulated>(rule.condition))
            continue;
        tick = std::min(tick.value_or(wanted), wanted);
    }
    // Never as long as what the detector takes for a clock that was set.
    if (tick)
        tick = std::min<base::Duration>(std::max(*tick, whole / 2'000'000), std::chrono::minutes(9));
    return tick;
}

} // namespace

base::Result<Backtest> backtest(const Rule& rule, const std::vector<Rule>& others,
                                const std::map<model::SensorId, model::Sensor>& sensors, base::Time from, base::Time to,
                                const PastReadings& past, const std::function<void(double)>& progress,
                                const std::stop_token& stop) {
    if (to < from)
        return base::fail(base::Code::outOfRange, "the past to look at ends before it begins");
    auto needed = rulesNeeded(rule, others);
    const auto tick = tickOf(needed, to - from);
    auto inService = sensors; // what is wrong with a sensor today was not yet so
    for (auto& [id, sensor] : inService)
        sensor.outOfService.clear();
    auto faults = faultsOf(needed, others, inService);
    std::move(faults.begin(), faults.end(), std::back_inserter(needed));
    Detector detector(needed);
    detector.bind(inService);

    std::set<model::SensorId> ids;
    for (const auto& [id, sensor] : sensors)
        ids.insert(id);
    for (const Rule& each : needed)
        ids.insert(each.subject.sensors.begin(), each.subject.sensors.end());
    std::vector<Stream> streams;
    for (const model::SensorId& id : ids) {
        if (const auto handle = detector.handleOf(id); handle != Detector::noHandle)
            streams.push_back({id, handle, {}, 0, from - detector.memoryOf(id) - std::chrono::minutes(1)});
    }
    const std::size_t most = std::clamp<std::size_t>(mostAhead / std::max<std::size_t>(1, streams.size()), 64, 5'000);
    using Next = std::pair<base::Time, std::size_t>;
    std::priority_queue<Next, std::vector<Next>, std::greater<>> next;
    std::priority_queue<Next, std::vector<Next>, std::greater<>> delays;
    base::Time begin = from;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        if (stop.stop_requested())
            return base::fail(base::Code::cancelled, "looking over the past was stopped");
        const auto some = streams[i].fill(past, most);
        if (!some)
            return tl::unexpected(some.error());
        if (*some) {
            next.emplace(streams[i].piece.front().time, i);
            begin = std::min(begin, streams[i].piece.front().time);
        }
    }

    Run run(rule, from);
    std::vector<Conclusion> found;
    std::size_t readings = 0;
    std::size_t ticks = 0;
    base::Time clock = begin;
    const auto watchDelays = [&](std::size_t number) {
        const auto ends = detector.delayEnds(streams[number].handle);
        if (!ends || streams[number].looksAt == *ends + lookOnceIn)
            return;
        streams[number].looksAt = *ends + lookOnceIn;
        delays.emplace(*streams[number].looksAt, number);
    };
    const auto stopped = [&](base::Time time) {
        if (progress)
            progress(to == from ? 1 : std::clamp(std::chrono::duration<double>(time - from) / (to - from), 0.0, 1.0));
        return stop.stop_requested();
    };
    const auto note = [&](base::Time time) {
        if (!found.empty())
            run.take(found, time);
        found.clear();
    };
    // Until then, in the order of time: what nothing but time brings about.
    const auto playDelays = [&](base::Time until) {
        while (!delays.empty() && delays.top().first <= until) {
            const auto [time, number] = delays.top();
            delays.pop();
            Stream& stream = streams[number];
            if (stream.looksAt == time)
                stream.looksAt.reset();
            detector.endDelays(stream.handle, time - lookOnceIn, found);
            note(time);
            watchDelays(number);
        }
    };
    const auto playClock = [&](base::Time until) {
        for (; tick && clock <= until; clock += *tick) {
            playDelays(clock);
            detector.tick(clock, found);
            note(clock);
            if (++ticks % lookUpEvery == 0 && stopped(clock))
                return false;
        }
        playDelays(until);
        return true;
    };
    while (!next.empty() && next.top().first <= to) {
        const auto [time, number] = next.top();
        next.pop();
        Stream& stream = streams[number];
        if (!playClock(time))
            return base::fail(base::Code::cancelled, "looking over the past was stopped");
        detector.take(stream.handle, time, stream.piece[stream.at].value, found);
        note(time);
        watchDelays(number);
        if (++readings % lookUpEvery == 0 && stopped(time))
            return base::fail(base::Code::cancelled, "looking over the past was stopped");
        ++stream.at;
        const auto some = stream.fill(past, most);
        if (!some)
            return tl::unexpected(some.error());
        if (*some)
            next.emplace(stream.piece[stream.at].time, number);
    }
    if (!playClock(to) || stopped(to))
        return base::fail(base::Code::cancelled, "looking over the past was stopped");
    return run.end(readings);
}

} // namespace tocsin::detect
