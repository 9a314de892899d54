#pragma once

#include "tocsin/base/text.hpp"
#include "tocsin/model/state.hpp"
#include "tocsin/triage/hazard_words.hpp"

#include <vector>

namespace tocsin::triage {

/// One reason to believe a report, or to doubt it: shown as a sentence, never as a bare number.
struct Reason {
    enum class What : unsigned char {
        officialSource,   ///< count: –
        knownSource,
        goodRecord,       ///< of `count` judged reports of this sender, `other` were verified
        badRecord,        ///< of `count` judged reports of this sender, `other` were dismissed
        othersSay,        ///< `count` other senders say the same; of `other` of them nobody knows who they are
        sameSenderOnly,   ///< `count` others say the same, but all come from this sender
        alarmNear,        ///< an alarm of the same hazard stands `metres` away; `alarm`
        sensorSaysNot,    ///< a sensor that should show it does not, `metres` away; `sensor`
        warningCovers,    ///< an official warning of the same hazard covers the place; `warning`
        photoThere,       ///< a photo was taken at the place
        photoElsewhere,   ///< a photo was taken `metres` away
        photoOld,         ///< a photo was taken `hours` before
        senderThere,      ///< the sender was at the place
        senderFar,        ///< the sender was `metres` away
        placeUncertain,   ///< the place is known to `metres` only
        othersContradict, ///< `count` reports near by say the opposite ("all clear", "false alarm")
        calledBack,       ///< somebody was called back and confirmed it
        notReached,       ///< nobody answered the call back
        noContact,        ///< nobody can be asked
        takenBack,        ///< the sender says by now that it is not so: called back, or in a later report
    } what{What::noContact};
    bool speaksFor{false};
    int weight{1}; ///< 1 light … 3 heavy: how the sentences are ordered
    std::size_t count{0};
    std::size_t other{0};
    double metres{0};
    double hours{0};
    std::optional<model::AlarmId> alarm;
    std::optional<model::WarningId> warning;
    model::SensorId sensor;
    friend bool operator==(const Reason&, const Reason&) = default;
};

struct SensorValue {
    base::Time time;
    double value{0};
};

/// The reasons, heaviest first. `words` tell of what a text speaks and whether it denies it. `same` are the other reports of its group; `sensors` the latest value of each. What
/// the reasons rest on, of the same hazard each: alarms within 3 km whose condition holds, that nobody has shelved and no sensor's fault mutes; river gauges and smoke sensors within
/// 1 km that were read soon after it is said to have happened; warnings in force; reports within 1 km and 2 hours whose
/// words deny what this one says, or the other way round. Goes over the state's reports once. Pure; any thread.
[[nodiscard]] std::vector<Reason> credibility(const model::Report& report, const std::vector<model::ReportId>& same,
                                              const model::State& state,
                                              const std::map<model::SensorId, SensorValue>& sensors, base::Time now,
                                              const HazardWords& words);
/// For: over; against: under; about even: zero. For the order of a queue only.
[[nodiscard]] int balanceOf(const std::vector<Reason>& reasons);

} // namespace tocsin::triage
