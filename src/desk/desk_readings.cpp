#include "desk/desk_thread.hpp"
#include "desk/reading_gate.hpp"

#include <algorithm>
#include <spdlog/spdlog.h>

namespace tocsin::desk {

using base::Code;

namespace {
constexpr std::size_t mostWarmUp = 2'000;
}

/// Brings the rules to where they stood: a crash may have come between a reading's commit and its alarm's.
base::Result<void> DeskThread::warmUp() {
    m_sensorsNow.clear();
    m_owed.clear();
    auto latest = m_parts.readings->latest();
    if (!latest)
        return tl::unexpected(latest.error());
    const auto horizon = m_parts.clock.now() + farFuture;
    const std::vector<detect::Rule> rules(m_parts.detector.rules().begin(), m_parts.detector.rules().end());
    m_parts.detector = detect::Detector(rules);
    m_parts.detector.bind(m_state.sensors);
    std::vector<detect::Conclusion> found;
    for (const auto& [sensor, point] : *latest) {
        if (point.time > horizon || !m_state.sensors.contains(sensor))
            continue;
        m_sensorsNow[sensor] = {point.time, point.value, point.value};
        const auto from = point.time - m_parts.detector.memoryOf(sensor) - std::chrono::minutes(1);
        auto history = m_parts.readings->range(sensor, from, point.time, mostWarmUp);
        if (!history)
            return tl::unexpected(history.error());
        for (const auto& old : *history)
            m_parts.detector.take(sensor, old.time, old.value, found);
        if (history->size() > 1)
            m_sensorsNow[sensor].previous = (*history)[history->size() - 2].value;
    }
    // What was concluded but never written is owed; the handlers drop what the journal has already.
    std::map<std::pair<std::string, model::SensorId>, detect::Conclusion> last;
    for (auto& conclusion : found)
        last[{conclusion.rule->id, conclusion.sensor}] = std::move(conclusion);
    for (auto& [key, conclusion] : last)
        m_owed.push_back(conclusion);
    // An alarm raised before the stretch that was read stands, unless the newest reading already says otherwise.
    for (const auto& [id, alarm] : m_state.alarms) {
        if (!model::isActive(alarm.state) || alarm.state == model::AlarmState::returnedUnacknowledged ||
            last.contains({alarm.rule, alarm.sensor}))
            continue;
        m_parts.detector.assume(alarm.rule, alarm.sensor, true);
        const auto now = m_sensorsNow.find(alarm.sensor);
        if (now == m_sensorsNow.end())
            continue;
        detect::Detector probe(rules);
        probe.bind(m_state.sensors);
        probe.assume(alarm.rule, alarm.sensor, true);
        std::vector<detect::Conclusion> verdict;
        probe.take(alarm.sensor, now->second.time, now->second.value, verdict);
        for (auto& conclusion : verdict) {
            const auto own = std::find_if(m_parts.detector.rules().begin(), m_parts.detector.rules().end(),
                                          [&](const auto& rule) { return rule.id == conclusion.rule->id; });
            if (conclusion.rule->id != alarm.rule || own == m_parts.detector.rules().end())
                continue;
            conclusion.rule = &*own; // the probe's rules end with it
            m_parts.detector.assume(alarm.rule, alarm.sensor, false);
            m_owed.push_back(std::move(conclusion));
        }
    }
    return {};
}

base::Result<void> DeskThread::takeReadings(Inbox::Batch& batch, Turn& turn,
                                            std::vector<detect::Conclusion>& conclusions) {
    const auto now = m_parts.clock.now();
    std::vector<model::Reading> good;
    struct Share {
        ReadingsDone done;
        std::size_t first{0};
        std::size_t count{0};
    };
    std::vector<Share> shares(batch.readings.size());
    std::vector<store::QuarantineItem> bad;
    for (std::size_t i = 0; i < batch.readings.size(); ++i) {
        auto& input = batch.readings[i].input;
        shares[i].first = good.size();
        for (auto& fault : input.faults) {
            fault.time = now;
            fault.feed = input.feed;
            bad.push_back(std::move(fault));
            ++shares[i].done.quarantined;
        }
        for (auto& reading : input.readings) {
            reading.received = now;
            if (auto ok = admit(reading, m_state.sensors); !ok) {
                bad.push_back({0, now, input.feed, "readings-ndjson", ok.error(), lineOf(reading)});
                ++shares[i].done.quarantined;
                continue;
            }
            good.push_back(std::move(reading));
        }
        shares[i].count = good.size() - shares[i].first;
    }
    if (!good.empty()) {
        // Readings are committed first, in their own file; their alarms follow. A crash between is healed at the next
        // start (warmUp), and nobody was told 'ok' yet.
        auto outcomes = m_parts.readings->append(good);
        if (!outcomes)
            return tl::unexpected(outcomes.error());
        for (std::size_t i = 0; i < shares.size(); ++i) {
            auto& share = shares[i];
            const auto& feed = batch.readings[i].input.feed;
            for (std::size_t k = share.first; k < share.first + share.count; ++k) {
                const auto& reading = good[k];
                if ((*outcomes)[k] == store::ReadingOutcome::duplicate) {
                    ++share.done.duplicates;
                    continue;
                }
                if ((*outcomes)[k] == store::ReadingOutcome::conflict) {
                    bad.push_back({0,
                                   now,
                                   feed,
                                   "readings-ndjson",
                                   {Code::conflict, "another value is stored for this sensor and time", {}},
                                   lineOf(reading)});
                    ++share.done.quarantined;
                    continue;
                }
                ++share.done.stored;
                if (reading.time > now + farFuture)
                    continue;
                auto& latest = m_sensorsNow[reading.sensor];
                if (reading.time > latest.time || latest.time == base::Time{}) {
                    latest.previous = latest.time == base::Time{} ? reading.value : latest.value;
                    latest.time = reading.time;
                    latest.value = reading.value;
                    turn.delta->sensors[reading.sensor] = latest;
                }
                m_parts.detector.take(reading.sensor, reading.time, reading.value, conclusions);
            }
            turn.delta->readings += share.done.stored;
            turn.delta->readingsByFeed[feed] += share.done.stored;
        }
    }
    for (const auto& item : bad) {
        auto ok = open(turn).and_then([&] { return m_parts.store->quarantine(item).map([](auto) {}); });
        if (!ok)
            return ok;
        ++turn.delta->quarantined;
        ++turn.delta->quarantinedByFeed[item.feed];
    }
    for (const auto& share : shares)
        turn.readings.push_back(share.done);
    return {};
}

base::Result<void> DeskThread::conclude(const std::vector<detect::Conclusion>& conclusions, Turn& turn) {
    for (const auto& conclusion : conclusions) {
        Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, m_parts.clock.now(), "desk");
        auto effect = handlers.conclude(conclusion);
        if (!effect) {
            spdlog::warn("a rule's conclusion could not be written: {}", effect.error().message);
            continue;
        }
        if (effect->events.empty())
            continue;
        auto ok = open(turn).and_then(
            [&] { return write(*effect, "desk", m_parts.ids.make<model::CommandId>(), turn).map([](auto&&) {}); });
        if (!ok)
            return ok;
    }
    return {};
}

/// Judges and writes all of a batch, up to but not including the commit. An error fails the whole batch.

} // namespace tocsin::desk
