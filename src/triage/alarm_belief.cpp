#include "triage/alarm_belief.hpp"

namespace tocsin::triage {

namespace {

constexpr int deepest = 64; ///< of what mutes what mutes …

bool isAboutSensors(const model::Alarm& alarm) {
    return alarm.kind == model::AlarmKind::sensorFault || alarm.kind == model::AlarmKind::silence;
}

} // namespace

bool isBelieved(const model::Alarm& alarm, const model::State& state) {
    if (!model::isActive(alarm.state) || !alarm.holds || alarm.state == model::AlarmState::shelved ||
        alarm.state == model::AlarmState::outOfService || isAboutSensors(alarm) || alarm.source.starts_with("warning:"))
        return false;
    const auto* at = &alarm;
    for (int depth = 0; depth < deepest && at->suppressedBy; ++depth) {
        const auto muter = state.alarms.find(*at->suppressedBy);
        if (muter == state.alarms.end())
            return true;
        if (muter->second.kind == model::AlarmKind::sensorFault)
            return false;
        at = &muter->second;
    }
    return true;
}

} // namespace tocsin::triage
