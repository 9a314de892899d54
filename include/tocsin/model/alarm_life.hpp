#pragma once

#include "tocsin/model/alarm.hpp"

#include <optional>
#include <string_view>

namespace tocsin::model {

/// What can happen to an alarm (ANSI/ISA-18.2, figure of alarm states; DOMAIN terms).
enum class AlarmEvent : std::uint8_t {
    raise,       ///< the condition holds (again)
    clear,       ///< the condition is gone
    acknowledge,
    reset,       ///< of a latched one
    shelve,
    unshelve,    ///< by a person, or because its time is over
    suppress,    ///< by design
    unsuppress,
    takeOut,     ///< out of service
    putBack,
};
[[nodiscard]] std::string_view toString(AlarmEvent event);

/// Whether its rule raises it anew about the same sensors, so that one that is over can be set aside before it comes
/// again. Not a latching one: set aside it could not be told from one that somebody must reset.
[[nodiscard]] bool comesAgain(const Alarm& alarm);

/// The state after an event, or nothing where the event means nothing in that state (it is then refused). `holds`,
/// `latching` and `acknowledgedAt` of the alarm count beside its state. Pure; the alarm's `holds` is the one before.
///
/// | from \ event     | raise | clear | ack | reset | shelve | unshelve | suppress | unsuppress | takeOut | putBack |
/// |-------------------|-------|-------|-----|-------|--------|----------|----------|------------|---------|---------|
/// | normal            | U     |       |     |       | S⁵     |          |          |            | O⁵      |         |
/// | unacknowledged U  |       | R, L¹ | A   |       | S      |          | P        |            | O       |         |
/// | acknowledged A    |       | N, L¹ |     |       | S      |          | P        |            | O       |         |
/// | RTNUN R           | U     |       | N   |       | S      |          | P        |            | O       |         |
/// | latched L         | U     |       | L²  | N     | S      |          | P        |            | O       |         |
/// | shelved S         | S³    | S³    |     |       | S      | U, N, L⁴ |          |            | O       |         |
/// | suppressed P      | P³    | P³    |     |       | S      |          |          | U, N, L⁴   | O       |         |
/// | outOfService O    | O³    | O³    |     |       |        |          |          |            |         | U,N,L⁴  |
/// ¹ Where it is latching. ² Unless it is acknowledged. ³ Only `holds` changes; nothing where it is so already. ⁴ As new
/// (U) where the condition holds, else over, or latched where it is latching. ⁵ Where comesAgain().
[[nodiscard]] std::optional<AlarmState> stateAfter(const Alarm& alarm, AlarmEvent event);

/// The alarm after an event: state, holds, and what belongs to the state it leaves is cleared (until, stateBy …).
/// Nothing where stateAfter() says nothing. `now` becomes acknowledgedAt or returnedAt where that is what happened.
[[nodiscard]] std::optional<Alarm> after(const Alarm& alarm, AlarmEvent event, base::Time now, std::string_view by,
                                         std::string_view reason = {});

} // namespace tocsin::model
