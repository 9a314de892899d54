#include "desk/call_turns.hpp"
#include "desk/desk_thread.hpp"
#include "desk/follow_alarms.hpp"

#include <array>
#include <chrono>

// Plans that wait for a word, and those that were sent, are followed: who has not accepted or not set out, is late, silent, or too long out; whose turn it is to be called, and
// who was promised a call, who should be back, and what mutual aid is late.

namespace tocsin::desk {

namespace {

constexpr auto period = std::chrono::seconds(5);
constexpr std::array ownRules{follow::decisionWaits, follow::unaccepted, follow::notDeparted, follow::overdue,  follow::wayBlocked,
                              follow::silent,        follow::crewHours,  follow::callDown,    follow::callBack, follow::statusOverdue,
                              follow::aidOverdue};

} // namespace

void DeskThread::noteCallBack(const model::Report& report) {
    if (model::callsBack(report))
        m_callBacks.insert(report.id);
    else
        m_callBacks.erase(report.id);
}

void DeskThread::recallCallBacks() {
    m_callBacks.clear();
    for (const auto& [id, report] : m_state.reports)
        noteCallBack(report);
}

base::Result<void> DeskThread::followDispatch(Turn& turn) {
    const auto now = m_parts.clock.now();
    if (now < m_followDue && now >= m_followDue - 2 * period)
        return {};
    m_followDue = now + period;
    Effect turns;
    for (const auto& [id, list] : m_state.callDowns) {
        if (list.state == model::CallDownState::running && list.nextAt && *list.nextAt <= now)
            turns.events.push_back(nextTurn(list, model::turnPassed, now));
    }
    if (auto ok = writeOwn(turns, turn); !ok)
        return ok;
    std::set<std::pair<std::string, std::string>> standing;
    auto found = followAlarms(m_state, m_unitsNow, m_parts.dispatch, now);
    for (auto& alarm : callBackAlarms(m_state, m_callBacks, now))
        found.push_back(std::move(alarm));
    for (auto& alarm : statusAlarms(m_state, now))
        found.push_back(std::move(alarm));
    for (auto& alarm : found) {
        standing.emplace(alarm.rule, alarm.source);
        const auto* active = m_book.active(alarm.rule, {}, alarm.source);
        // Of many it says how many, of a blocked way when one would be there: anew only when that has changed. The others' values are
        // times, and grow with each look.
        const bool renews = alarm.rule == follow::statusOverdue || alarm.rule == follow::wayBlocked;
        if (active != nullptr && active->holds && !active->flapping && (!renews || (active->value == alarm.value && active->title == alarm.title)))
            continue;
        if (auto ok = writeOwn(flow().raise(std::move(alarm), now, renews), turn); !ok)
            return ok;
    }
    std::vector<model::AlarmId> over;
    for (const auto rule : ownRules) {
        for (const auto& id : m_book.ofRule(rule)) {
            const auto& alarm = m_state.alarms.at(id);
            if (alarm.holds && !standing.contains({alarm.rule, alarm.source}))
                over.push_back(id);
        }
    }
    for (const auto& id : over) {
        if (auto ok = writeOwn(flow().clear(m_state.alarms.at(id), now), turn); !ok)
            return ok;
    }
    return {};
}

} // namespace tocsin::desk
