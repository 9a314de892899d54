#include "desk/alarm_words.hpp"
#include "desk/desk_thread.hpp"
#include "tocsin/base/log.hpp"

#include <algorithm>
#include <set>

// What becomes of alarms on the desk's own account: what rules conclude, what mutes what, and what is due.

namespace tocsin::desk {

namespace {

constexpr int mostRounds = 1'000; ///< of settling: a bound that is never met, for what mutes what is no circle
constexpr auto tickPeriod = std::chrono::seconds(1);
constexpr auto longestShelf = std::chrono::hours(24 * 7);
constexpr auto usualQuiet = std::chrono::minutes(10); ///< of a flapping alarm whose rule is gone

} // namespace

AlarmFlow DeskThread::flow() {
    return {m_state, m_book, m_rules, m_parts.ids, m_parts.clock.now()};
}

RulesInForce DeskThread::inForce() const {
    const auto rules = m_parts.detector.rules();
    return std::make_shared<const std::vector<detect::Rule>>(rules.begin(), rules.end());
}

/// Rules at rest, bound to the sensors there are.
void DeskThread::renewRules(std::vector<detect::Rule> rules) {
    m_parts.detector = detect::Detector(std::move(rules));
    m_parts.detector.bind(m_state.sensors);
    m_rules = RuleTable(m_parts.detector.rules(), m_parts.ownAlarms);
    m_gate.forget();
}

void DeskThread::recallAlarms() {
    m_book.rebuild();
    m_orphansDue = true;
    const auto now = m_parts.clock.now();
    for (const auto& id : m_book.all()) {
        const auto& alarm = m_state.alarms.at(id);
        if (!alarm.flapping)
            continue;
        const auto* rule = m_rules.find(alarm.rule);
        m_book.putOff(id, AlarmDue::calm, now + (rule == nullptr ? base::Duration(usualQuiet) : rule->flapWithin));
    }
}

base::Result<void> DeskThread::writeOwn(const Effect& effect, Turn& turn) {
    if (effect.events.empty())
        return {};
    return open(turn).and_then(
        [&] { return write(effect, "desk", m_parts.ids.make<model::CommandId>(), turn).map([](auto&&) {}); });
}

base::Result<void> DeskThread::conclude(const std::vector<detect::Conclusion>& conclusions, Turn& turn) {
    return writeConclusions(conclusions, turn).and_then([&] { return settleAlarms(turn); });
}

base::Result<void> DeskThread::writeConclusions(const std::vector<detect::Conclusion>& conclusions, Turn& turn) {
    using What = detect::Conclusion::What;
    for (const auto& conclusion : conclusions) {
        const auto at = conclusion.saw.empty() ? conclusion.since : conclusion.saw.back().time;
        Effect effect;
        if (conclusion.what == What::returnToNormal) {
            if (const auto* standing = m_book.active(conclusion.rule->id, conclusion.sensor, conclusion.source))
                effect = flow().clear(*standing, at, conclusion.value);
        } else {
            auto found = alarmOf(conclusion, m_state);
            if (!found) {
                base::log::warn("a rule's conclusion could not be written: {}", found.error().message);
                continue;
            }
            effect = flow().raise(std::move(*found), at, conclusion.what == What::update);
        }
        if (auto ok = writeOwn(effect, turn); !ok)
            return ok;
    }
    return {};
}

/// What a sensor at fault says counts for no rule over several: the detector is told, before it is asked what follows.
base::Result<void> DeskThread::noteFault(model::AlarmId id, Turn& turn) {
    const auto found = m_state.alarms.find(id);
    if (found == m_state.alarms.end() || found->second.kind != model::AlarmKind::sensorFault)
        return {};
    auto sensors = found->second.sensors;
    sensors.push_back(found->second.sensor);
    std::vector<detect::Conclusion> conclusions;
    for (const auto& sensor : sensors)
        m_parts.detector.distrust(sensor, m_book.faultOf(sensor) != nullptr, m_parts.clock.now(), conclusions);
    return writeConclusions(conclusions, turn);
}

/// Each that has changed is asked what follows by design, until nothing does.
base::Result<void> DeskThread::settleAlarms(Turn& turn) {
    for (int round = 0; round < mostRounds; ++round) {
        const auto changed = m_book.takeUnsettled();
        if (changed.empty())
            return {};
        for (const auto& id : changed) {
            if (auto ok = noteFault(id, turn); !ok)
                return ok;
            for (int again = 0; again < mostRounds; ++again) {
                const auto effect = flow().settle(id);
                if (effect.events.empty())
                    break;
                if (auto ok = writeOwn(effect, turn); !ok)
                    return ok;
            }
        }
    }
    base::log::error("what mutes what among the alarms could not be settled");
    return {};
}

/// Those that no rule looks at any more, and those whose rules are gone, by another file of rules or by a person's
/// change: nothing else would ever end them.
base::Result<void> DeskThread::endOrphans(const std::vector<detect::Standing>& gone, Turn& turn,
                                          const std::string& actor, model::CommandId command) {
    m_orphansDue = false;
    std::set<model::AlarmId> orphans;
    for (const auto& one : gone) {
        if (const auto* alarm = m_book.active(one.rule, one.sensor, one.source))
            orphans.insert(alarm->id);
    }
    for (const auto& id : m_book.all()) {
        const auto& alarm = m_state.alarms.at(id);
        if (alarm.holds && !isDesksOwn(alarm.rule) && m_rules.find(alarm.rule) == nullptr)
            orphans.insert(id);
    }
    const auto effect = flow().end({orphans.begin(), orphans.end()}, "no rule asks for it any more");
    if (effect.events.empty())
        return {};
    return open(turn).and_then([&] { return write(effect, actor, command, turn).map([](auto&&) {}); });
}

base::Result<void> DeskThread::changeRules(std::vector<detect::Rule> rules, const Command& command, Turn& turn) {
    if (!turn.rulesBefore) // should the turn fail, they are in force again
        turn.rulesBefore.emplace(m_parts.detector.rules().begin(), m_parts.detector.rules().end());
    const auto gone = m_parts.detector.setRules(std::move(rules));
    m_rules = RuleTable(m_parts.detector.rules(), m_parts.ownAlarms);
    turn.delta->rules = inForce();
    m_gate.forget();
    judgeAllMessages();
    m_book.unsettleAll(); // another rule may mute, or none any more
    return endOrphans(gone, turn, command.actor, command.id);
}

/// A sensor that is back: its newest reading is judged as if it had just come.
base::Result<void> DeskThread::judgeAgain(const model::SensorId& sensor, Turn& turn) {
    m_backAt[sensor] = m_parts.clock.now();
    const auto* now = m_gate.newestOf(sensor);
    if (now == nullptr || now->time < m_parts.clock.now() - farPast)
        return {};
    std::vector<detect::Conclusion> conclusions;
    m_parts.detector.take(sensor, now->time, now->value, conclusions);
    return conclude(conclusions, turn);
}

/// What was closed with its sensors may come anew once they are back; who is back is judged at once.
base::Result<void> DeskThread::noteRetired(const RetireSensors& command, const Effect& effect, Turn& turn) {
    if (!command.retired) {
        for (const auto& id : effect.ids) {
            if (auto ok = judgeAgain(model::SensorId(id), turn); !ok)
                return ok;
        }
        return {};
    }
    for (const auto& event : effect.events) {
        if (!event.type.starts_with("alarm.")) // the sensors themselves
            continue;
        for (const auto& changed : model::changesOf(event.data)) {
            if (const auto* alarm = std::get_if<model::Alarm>(&changed))
                m_parts.detector.assume(alarm->rule, alarm->sensor, false);
        }
    }
    return {};
}

base::Result<void> DeskThread::alarmsDue(Turn& turn) {
    if (m_orphansDue) {
        judgeAllMessages();
        // Without alarms nothing ends, and no id is drawn: a county that is made from a seed is the same at every run.
        const auto id = m_state.alarms.empty() ? model::CommandId{} : m_parts.ids.make<model::CommandId>();
        if (auto ok = endOrphans({}, turn, "desk", id); !ok)
            return ok;
    }
    const auto now = m_parts.clock.now();
    if (now >= m_tickDue || now < m_tickDue - 2 * tickPeriod) {
        m_tickDue = now + tickPeriod;
        std::vector<detect::Conclusion> conclusions;
        m_parts.detector.tick(now, conclusions);
        if (auto ok = conclude(conclusions, turn); !ok)
            return ok;
    }
    if (m_book.hasDue(now)) {
        noteOldMessages();
        if (auto ok = writeOwn(flow().due(), turn); !ok)
            return ok;
    }
    return judgeMessages(turn).and_then([&] { return settleAlarms(turn); });
}

/// Somebody has set the clock, or the machine has slept: nobody has had the time to acknowledge what is to become
/// louder, and what was shelved does not stay so for years.
void DeskThread::putOffDue(base::Time now) {
    for (const auto& item : m_book.allDue()) {
        const auto* rule = m_rules.find(m_state.alarms.at(item.alarm).rule);
        switch (item.what) {
        case AlarmDue::unshelve: m_book.putOff(item.alarm, item.what, std::min(item.at, now + longestShelf)); break;
        case AlarmDue::escalate:
            if (rule != nullptr)
                m_book.putOff(item.alarm, item.what, now + rule->escalateAfter);
            break;
        case AlarmDue::calm:
            m_book.putOff(item.alarm, item.what,
                          now + (rule == nullptr ? base::Duration(usualQuiet) : rule->flapWithin));
            break;
        case AlarmDue::old: break;
        }
    }
}

} // namespace tocsin::desk
