#include "desk/desk_thread.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace tocsin::desk {

using base::Code;

namespace {

constexpr std::size_t mostWarmUp = 20'000; ///< of one sensor: a day of a reading every five seconds
/// What a reading needs of its sensor is fetched so many readings ahead: 100,000 sensors do not fit a core's cache.
constexpr std::size_t ahead = 24;
/// What is newer than this when it comes is no backlog.
constexpr auto lately = std::chrono::minutes(10);

/// As noteReading() does with what comes after a reading that was ahead: the clock is right again, and all before it is of before then. `points` have the
/// times at which they count; of one moment, what was ahead is taken to have come first.
void settleClock(std::vector<store::ReadingPoint>& points) {
    const auto isAhead = [](const store::ReadingPoint& point) { return (point.flags & model::Reading::ahead) != 0; };
    if (std::none_of(points.begin(), points.end(), isAhead))
        return;
    std::stable_sort(points.begin(), points.end(), [&](const auto& a, const auto& b) {
        return std::tuple(a.received, !isAhead(a), a.time) < std::tuple(b.received, !isAhead(b), b.time);
    });
    auto newest = base::Time::min();
    bool newestAhead = false;
    for (auto point = points.begin(); point != points.end(); ++point) {
        const bool told = (point->flags & model::Reading::corrected) == 0; // else a person took it, whenever: it tells nothing of the clock
        if (told && newestAhead && !isAhead(*point) && point->time < newest && point->received - point->time < lately) {
            const auto by = newest - point->time + base::Duration{1};
            std::for_each(points.begin(), point, [&](auto& before) { before.time -= by; });
            newest -= by;
            newestAhead = false;
        }
        if (point->time > newest) {
            newest = point->time;
            newestAhead = isAhead(*point);
        }
    }
}

/// Whether it came before now by the desk's clock as it is: what came later is from before that was set back.
bool cameByNow(const store::ReadingPoint& point, base::Time now) {
    return point.received <= now + aheadAllowed;
}

} // namespace

/// Of a sensor whose newest stored reading this is: the newest that is not from the future, be it that the desk's clock has reached it meanwhile. Where the
/// clock was set back, the newest that came since, if that is found soon.
base::Result<std::optional<store::ReadingPoint>> DeskThread::newestBelieved(const model::SensorId& sensor, const store::ReadingPoint& newest,
                                                                            base::Time now) const {
    constexpr std::size_t atOnce = 1'000;
    std::optional<store::ReadingPoint> older;
    const auto horizon = now + farFuture;
    const auto isBelieved = [&](const auto& point) { return (point.flags & model::Reading::fromFuture) == 0 && point.time <= horizon; };
    if (isBelieved(newest) && cameByNow(newest, now))
        return newest;
    for (auto to = std::min(newest.time, horizon);;) {
        const auto before = m_parts.readings->range(sensor, base::Time::min(), to, atOnce);
        if (!before)
            return tl::unexpected(before.error());
        for (auto point = before->rbegin(); point != before->rend(); ++point) {
            if (isBelieved(*point) && cameByNow(*point, now))
                return *point;
            if (isBelieved(*point) && !older)
                older = *point;
        }
        if (older || before->size() < atOnce)
            return older;
        to = before->front().time - base::Duration{1};
    }
}

/// As far back as the rules remember, at the times at which they count and in their order, none of them from the future.
base::Result<std::vector<store::ReadingPoint>> DeskThread::historyOf(const model::SensorId& sensor, const store::ReadingPoint& newest,
                                                                     base::Time now) const {
    const auto from = believedTime(newest.time, newest.received) - m_parts.detector.memoryOf(sensor) - std::chrono::minutes(1);
    auto history = m_parts.readings->range(sensor, from, newest.time, mostWarmUp);
    if (!history)
        return history;
    const bool since = cameByNow(newest, now);
    std::erase_if(*history, [&](const auto& point) {
        return (point.flags & model::Reading::fromFuture) != 0 || (since && !cameByNow(point, now));
    });
    for (auto& point : *history)
        point.time = believedTime(point.time, point.received);
    settleClock(*history);
    std::stable_sort(history->begin(), history->end(), [](const auto& a, const auto& b) { return a.time < b.time; });
    if (!history->empty() && history->back().time > now + aheadAllowed) { // the clock was set back while the desk was closed
        const auto by = history->back().time - now;
        for (auto& point : *history)
            point.time -= by;
    }
    return history;
}

/// Brings the rules to where they stood: a crash may have come between a reading's commit and its alarm's.
base::Result<void> DeskThread::warmUp() {
    recallCorrections();
    m_gate.recall({});
    ReadingGate::Newest newest;
    m_owed.clear();
    auto latest = m_parts.readings->latest();
    if (!latest)
        return tl::unexpected(latest.error());
    const auto today = m_parts.clock.now();
    const auto longAgo = today - farPast;
    renewRules({m_parts.detector.rules().begin(), m_parts.detector.rules().end()});
    std::vector<detect::Conclusion> found;
    for (const auto& [sensor, point] : *latest) {
        if (!m_state.sensors.contains(sensor))
            continue;
        const auto believed = newestBelieved(sensor, point, today);
        if (!believed)
            return tl::unexpected(believed.error());
        if (!*believed)
            continue;
        const auto history = historyOf(sensor, **believed, today);
        if (!history)
            return tl::unexpected(history.error());
        // What set off nothing when it came shall not now, nor what is long ago by now; nor what was corrected, unless it is the newest.
        std::optional<base::Time> came;
        for (const auto& old : *history) {
            const int told = &old == &history->back() ? model::Reading::ahead | model::Reading::corrected : model::Reading::ahead;
            if (old.time < longAgo || (old.flags & ~told) != 0)
                continue;
            m_parts.detector.take(sensor, old.time, old.value, found);
            came = old.received;
        }
        if (came) // a delay that ran when the desk was closed is over by now, or goes on
            m_parts.detector.cameAt(sensor, std::min(*came, today));
        if (history->empty())
            continue;
        const auto& last = history->back();
        newest[sensor] = {last.time, last.value, history->size() > 1 ? (*history)[history->size() - 2].value : last.value};
    }
    // What was concluded but never written is owed; what the journal has already is dropped then.
    using Subject = std::tuple<std::string, model::SensorId, std::string>;
    std::map<Subject, detect::Conclusion> last;
    for (auto& conclusion : found) {
        auto& kept = last[{conclusion.rule->id, conclusion.sensor, conclusion.source}];
        // What only says something new of an alarm that is owed itself must not take its place.
        const bool raisedHere = kept.rule != nullptr && kept.what == detect::Conclusion::What::raise &&
                                conclusion.what == detect::Conclusion::What::update;
        kept = std::move(conclusion);
        if (raisedHere)
            kept.what = detect::Conclusion::What::raise;
    }
    for (auto& [key, conclusion] : last)
        m_owed.push_back(conclusion);
    // An alarm raised before the stretch that was read stands, unless the newest reading already says otherwise.
    std::set<model::SensorId> asked;
    for (const auto& id : m_book.all()) {
        const auto& alarm = m_state.alarms.at(id);
        if (!alarm.holds || last.contains({alarm.rule, alarm.sensor, alarm.source}))
            continue;
        m_parts.detector.assume(alarm.rule, alarm.sensor, true);
        if (const auto now = newest.find(alarm.sensor); now != newest.end() && now->second.time >= longAgo)
            asked.insert(alarm.sensor);
    }
    for (const auto& sensor : asked)
        m_parts.detector.take(sensor, newest.at(sensor).time, newest.at(sensor).value, m_owed);
    m_gate.recall(std::move(newest));
    m_gate.nobodySpokeAfter(m_parts.clock.now());
    return {};
}

/// What becomes of one batch: its part of this turn's readings, and what goes to quarantine.
struct DeskThread::Share {
    const ReadingsInput* input{nullptr};
    ReadingsDone done;
    std::size_t first{0}; ///< of m_keyed
    std::size_t count{0};
    /// Readings that are refused for the same reason go together: a flood of them must not become a flood of rows.
    struct Group {
        base::Error why;
        std::string lines;
        std::size_t readings{0};
    };
    std::map<Refusal, std::vector<Group>> refused;

    void refuse(const model::ReadingRow& row, Refusal why, ReadingGate& gate) {
        auto& groups = refused[why];
        if (groups.empty() || groups.back().lines.size() >= mostGroupBytes)
            groups.push_back({gate.reason(row, why), {}, 0});
        auto& group = groups.back();
        if (!group.lines.empty())
            group.lines += '\n';
        group.lines += lineOf(input->rows.reading(row));
        ++group.readings;
        ++done.quarantined;
    }
    /// Lines that were no readings: each by itself, but many together.
    void addFaults(std::vector<store::QuarantineItem>& faults, std::vector<store::QuarantineItem>& to) {
        done.quarantined += faults.size();
        for (std::size_t i = 0; i < faults.size(); ++i) {
            if (i <= mostSingleFaults || to.back().bytes.size() >= mostGroupBytes) {
                to.push_back(std::move(faults[i]));
                continue;
            }
            to.back().bytes.append("\n").append(faults[i].bytes);
        }
    }
    [[nodiscard]] bool corrects(const store::QuarantineItem& item) const {
        return input->takeCorrections && item.format == refusedReadings && item.error.code == base::Code::conflict;
    }
    void addRefused(std::vector<store::QuarantineItem>& to) {
        for (auto& [why, groups] : refused) {
            for (auto& group : groups) {
                if (group.readings > 1)
                    group.why.message += " (the first of " + std::to_string(group.readings) + " readings)";
                to.push_back({0, {}, input->feed, std::string(refusedReadings), std::move(group.why), std::move(group.lines)});
            }
        }
    }

    static constexpr std::size_t mostGroupBytes = 64U << 10U;
    static constexpr std::size_t mostSingleFaults = 20;
};

base::Result<void> DeskThread::takeReadings(Inbox::Batch& batch, Turn& turn,
                                            std::vector<detect::Conclusion>& conclusions) {
    const auto now = m_parts.clock.now();
    if (!m_gate.isBuilt()) {
        if (auto built = m_gate.build(m_state.sensors, m_parts.detector, *m_parts.readings); !built)
            return built;
    }
    m_gate.at(now);
    m_keyed.clear();
    m_slots.clear();
    m_origins.clear();
    if (++m_turns == 0) // 0 is no turn
        ++m_turns;
    std::vector<Share> shares(batch.readings.size());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        auto& share = shares[i];
        share.input = &batch.readings[i].input;
        share.first = m_keyed.size();
        const auto& rows = share.input->rows;
        m_gate.open(rows);
        for (std::size_t k = 0; k < rows.rows.size(); ++k) {
            if (k + ahead < rows.rows.size())
                m_gate.prefetch(rows.rows[k + ahead]);
            store::KeyedReading reading;
            std::uint32_t slot = 0;
            auto why = Refusal::range;
            if (!m_gate.admit(rows.rows[k], reading, slot, why)) {
                share.refuse(rows.rows[k], why, m_gate);
                continue;
            }
            if ((reading.flags & model::Reading::ahead) != 0)
                m_gate.noteAhead(slot, reading.time);
            m_keyed.push_back(reading);
            m_slots.push_back(slot);
            m_origins.push_back(static_cast<std::uint32_t>(k));
        }
        share.count = m_keyed.size() - share.first;
    }
    if (!m_keyed.empty()) {
        if (auto ok = keepReadings(batch, shares, turn, conclusions); !ok)
            return ok;
    }
    std::vector<store::QuarantineItem> bad;
    std::vector<bool> corrections;
    std::size_t told = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        shares[i].addFaults(batch.readings[i].input.faults, bad);
        shares[i].addRefused(bad);
        turn.readings.push_back(shares[i].done);
        for (; told < bad.size(); ++told) {
            bad[told].time = now;
            bad[told].feed = shares[i].input->feed;
            corrections.push_back(shares[i].corrects(bad[told]));
        }
    }
    for (std::size_t i = 0; i < bad.size(); ++i) {
        const auto id = putAside(bad[i], turn);
        if (!id)
            return tl::unexpected(id.error());
        if (corrections[i])
            turn.corrections.push_back({*id, bad[i].feed});
    }
    return {};
}

/// Readings are committed first, in files of their own; their alarms follow. A crash between is healed at the next
/// start (warmUp), and nobody was told 'ok' yet.
base::Result<void> DeskThread::keepReadings(Inbox::Batch& batch, std::vector<Share>& shares, Turn& turn,
                                            std::vector<detect::Conclusion>& conclusions) {
    const auto outcomes = m_parts.readings->append(std::span<const store::KeyedReading>(m_keyed));
    if (!outcomes)
        return tl::unexpected(outcomes.error());
    NewestReadings* newest = m_listeners.empty() ? nullptr : &turn.delta->sensors;
    if (newest != nullptr)
        newest->begin(m_gate.names());
    for (std::size_t i = 0; i < shares.size(); ++i) {
        auto& share = shares[i];
        const auto& rows = batch.readings[i].input.rows;
        bool opened = false;
        for (std::size_t k = share.first; k < share.first + share.count; ++k) {
            if (k + ahead < m_slots.size())
                __builtin_prefetch(&m_gate.slot(m_slots[k + ahead]), 1);
            switch ((*outcomes)[k]) {
            case store::ReadingOutcome::stored:
                ++share.done.stored;
                noteReading(m_slots[k], m_keyed[k], newest, conclusions);
                break;
            case store::ReadingOutcome::duplicate:
                ++share.done.duplicates;
                m_parts.detector.heard(m_gate.slot(m_slots[k]).rules);
                break;
            case store::ReadingOutcome::conflict:
                if (!std::exchange(opened, true))
                    m_gate.open(rows);
                share.refuse(rows.rows[m_origins[k]], Refusal::conflict, m_gate);
                break;
            }
        }
        if (share.done.stored > 0) {
            turn.delta->readings += share.done.stored;
            turn.delta->readingsByFeed[share.input->feed] += share.done.stored;
        }
    }
    return {};
}

/// `newest` is null where nobody listens.
void DeskThread::noteReading(std::uint32_t number, const store::KeyedReading& reading, NewestReadings* newest,
                             std::vector<detect::Conclusion>& conclusions) {
    auto& slot = m_gate.slot(number);
    if ((reading.flags & model::Reading::fromFuture) != 0) {
        m_parts.detector.heard(slot.rules);
        if (reading.flags == model::Reading::fromFuture)
            noteClockAhead(number, slot.spokeAt(), reading);
        return;
    }
    if (reading.received - reading.time > farFuture) // a backlog, or a clock that is behind: judgeClocks() tells which
        m_gate.noteLate(number, reading);
    auto time = reading.time;
    if ((reading.flags & model::Reading::ahead) != 0) {
        time = m_gate.believed(number, time);
    } else if (slot.ahead && time < slot.now.time && reading.received - time < lately) { // the clock is right again
        slot.goBack(time - base::Duration{1});
        m_parts.detector.goBack(slot.rules, slot.now.time);
    }
    slot.take(reading, time);
    if (newest != nullptr && time == slot.now.time) {
        if (std::exchange(slot.touched, m_turns) == m_turns)
            newest->replace(slot.told, slot.now);
        else
            slot.told = newest->add(number, slot.now);
    }
    if (slot.rules != detect::Detector::noHandle && (reading.flags & ~model::Reading::ahead) == 0)
        m_parts.detector.take(slot.rules, time, reading.value, conclusions);
}

} // namespace tocsin::desk
