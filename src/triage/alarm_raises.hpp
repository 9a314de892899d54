#pragma once

#include "tocsin/triage/alarm_board.hpp"

#include <vector>

namespace tocsin::triage {

/// When alarms were raised, also those that are over: for the load of the person on duty and the worst offenders.
/// Keeps the last two days.
class AlarmRaises {
  public:
    void put(const model::Alarm& alarm);
    /// The part of the load that follows from when alarms were raised.
    void judge(base::Time now, AlarmLoad& load) const;
    [[nodiscard]] std::vector<Offender> offenders(base::Time since, std::size_t most) const;

  private:
    struct Raise {
        base::Time at;
        model::AlarmId alarm;
        std::string rule;
        model::SensorId sensor;
        std::string source;
        base::LocalText title;
        int repeats{0};
        bool flapping{false};
        bool muted{false}; ///< by design, or out of service: it asked nobody for anything
    };
    void forgetOld();
    [[nodiscard]] const std::vector<base::Time>& times() const;

    std::map<std::pair<base::Time, model::AlarmId>, Raise> m_raises;
    mutable std::vector<base::Time> m_times; ///< of those not muted, ascending, while m_timesHold
    mutable bool m_timesHold{true};
};

} // namespace tocsin::triage
