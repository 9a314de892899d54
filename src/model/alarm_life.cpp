#include "tocsin/model/alarm_life.hpp"

namespace tocsin::model {

namespace {

/// What an alarm is once nothing sets it aside any more: as new where its condition holds.
AlarmState backInSight(const Alarm& alarm) {
    if (alarm.holds)
        return AlarmState::unacknowledged;
    return alarm.latching ? AlarmState::latched : AlarmState::normal; // only a person's reset ends a latch
}

std::optional<AlarmState> cleared(const Alarm& alarm) {
    switch (alarm.state) {
    case AlarmState::unacknowledged:
        return alarm.latching ? AlarmState::latched : AlarmState::returnedUnacknowledged;
    case AlarmState::acknowledged: return alarm.latching ? AlarmState::latched : AlarmState::normal;
    default: break;
    }
    if (isSetAside(alarm.state) && alarm.holds)
        return alarm.state;
    return std::nullopt;
}

std::optional<AlarmState> raised(const Alarm& alarm) {
    switch (alarm.state) {
    case AlarmState::normal:
    case AlarmState::returnedUnacknowledged:
    case AlarmState::latched: return AlarmState::unacknowledged;
    default: break;
    }
    if (isSetAside(alarm.state) && !alarm.holds)
        return alarm.state;
    return std::nullopt;
}

std::optional<AlarmState> acknowledged(const Alarm& alarm) {
    switch (alarm.state) {
    case AlarmState::unacknowledged: return AlarmState::acknowledged;
    case AlarmState::returnedUnacknowledged: return AlarmState::normal;
    case AlarmState::latched: return alarm.acknowledgedAt ? std::nullopt : std::optional(AlarmState::latched);
    default: return std::nullopt;
    }
}

} // namespace

bool comesAgain(const Alarm& alarm) {
    return !alarm.latching && (!alarm.sensor.value.empty() || alarm.source.starts_with("area:"));
}

std::optional<AlarmState> stateAfter(const Alarm& alarm, AlarmEvent event) {
    const auto state = alarm.state;
    switch (event) {
    case AlarmEvent::raise: return raised(alarm);
    case AlarmEvent::clear: return cleared(alarm);
    case AlarmEvent::acknowledge: return acknowledged(alarm);
    case AlarmEvent::reset:
        return state == AlarmState::latched ? std::optional(AlarmState::normal) : std::nullopt;
    case AlarmEvent::shelve: // a shelved one may be shelved anew: for longer, or for another reason
        return (isActive(state) || comesAgain(alarm)) && state != AlarmState::outOfService ? std::optional(AlarmState::shelved) : std::nullopt;
    case AlarmEvent::unshelve:
        return state == AlarmState::shelved ? std::optional(backInSight(alarm)) : std::nullopt;
    case AlarmEvent::suppress:
        return isActive(state) && !isSetAside(state) ? std::optional(AlarmState::suppressed) : std::nullopt;
    case AlarmEvent::unsuppress:
        return state == AlarmState::suppressed ? std::optional(backInSight(alarm)) : std::nullopt;
    case AlarmEvent::takeOut:
        return (isActive(state) || comesAgain(alarm)) && state != AlarmState::outOfService
                   ? std::optional(AlarmState::outOfService)
                   : std::nullopt;
    case AlarmEvent::putBack:
        return state == AlarmState::outOfService ? std::optional(backInSight(alarm)) : std::nullopt;
    }
    return std::nullopt;
}

std::optional<Alarm> after(const Alarm& alarm, AlarmEvent event, base::Time now, std::string_view by,
                           std::string_view reason) {
    const auto state = stateAfter(alarm, event);
    if (!state)
        return std::nullopt;
    Alarm next = alarm;
    next.state = *state;
    if (!isSetAside(*state) || event == AlarmEvent::shelve || event == AlarmEvent::suppress ||
        event == AlarmEvent::takeOut) {
        next.until.reset();
        next.stateBy.clear();
        next.stateReason.clear();
        next.suppressedBy.reset();
    }
    switch (event) {
    case AlarmEvent::raise:
        next.holds = true;
        next.returnedAt.reset();
        if (alarm.state == AlarmState::latched || alarm.state == AlarmState::normal) {
            next.acknowledgedAt.reset();
            next.acknowledgedBy.clear();
        }
        break;
    case AlarmEvent::clear:
        next.holds = false;
        next.returnedAt = now;
        next.forecast.reset();
        break;
    case AlarmEvent::reset:
        if (next.acknowledgedAt)
            break;
        [[fallthrough]]; // who resets it has seen it
    case AlarmEvent::acknowledge:
        next.acknowledgedAt = now;
        next.acknowledgedBy = by;
        break;
    case AlarmEvent::shelve:
    case AlarmEvent::suppress:
    case AlarmEvent::takeOut:
        next.stateBy = by;
        next.stateReason = reason;
        break;
    case AlarmEvent::unshelve:
    case AlarmEvent::unsuppress:
    case AlarmEvent::putBack:
        if (next.state != AlarmState::normal) { // as new: whoever saw it before saw another time
            next.acknowledgedAt.reset();
            next.acknowledgedBy.clear();
        }
        break;
    }
    if (!wantsAcknowledgement(next))
        next.escalatesAt.reset();
    return next;
}

} // namespace tocsin::model
