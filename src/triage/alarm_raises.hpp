#pragma once

#include "tocsin/triage/alarm_board.hpp"

#include <vector>

namespace tocsin::triage {

/// When alarms were raised, came again or came back in sight, also those that are over: for the load of the person on
/// duty; and, of those raised, the worst offenders. Keeps the last two days.
class AlarmRaises {
  public:
    void put(const model::Alarm& alarm);
    /// The part of the load that follows from when alarms were raised: of this person's, absent: of all.
    void judge(base::Time now, const Person& person, AlarmLoad& load) const;
    [[nodiscard]] std::vector<Offender> offenders(base::Time since, std::size_t most) const;

  private:
    struct Raise {
        model::AlarmId alarm;
        std::string rule;
        model::SensorId sensor;
        std::string source;
        base::LocalText title;
        std::string owner; ///< to whom it was handed
        int repeats{0};
        bool flapping{false};
        bool muted{false}; ///< by design, or out of service: it asked nobody for anything
        bool again{false}; ///< another time of one that was raised before
    };
    void put(base::Time at, const model::Alarm& alarm, bool muted);
    void forgetOld();
    [[nodiscard]] static bool isAsked(const Raise& raise, const Person& person);
    [[nodiscard]] const std::vector<base::Time>& times(const Person& person) const;

    std::map<std::pair<base::Time, model::AlarmId>, Raise> m_raises;
    mutable std::map<Person, std::vector<base::Time>> m_times; ///< of what each is asked, ascending; made when wanted
};

} // namespace tocsin::triage
