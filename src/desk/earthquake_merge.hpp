#pragma once

#include "tocsin/model/earthquake.hpp"
#include "tocsin/model/state.hpp"

#include <string>
#include <vector>

// How messages about earthquakes become earthquakes. Of one agency: what shares an id is one event. Of two agencies:
// what lies within 60 s, 100 km and one magnitude of one another is one event, which the desk shows as the agency that
// was first describes it; the other's id is kept with it as "=emsc:20260101_0000042".

namespace tocsin::desk {

/// Whether a message changes what is known of its event: it is newer, or a deletion, and not the same again; what a
/// person has reviewed gives way only to what a person has reviewed.
[[nodiscard]] bool supersedes(const model::Earthquake& message, const model::Earthquake& known);

/// The event after the message: it keeps its id and the name by which it is known, and gathers the others. A deletion
/// leaves all but the status.
[[nodiscard]] model::Earthquake merged(const model::Earthquake& message, const model::Earthquake& known,
                                       const std::vector<const model::Earthquake*>& others);

/// The event of the same agency that has taken a deleted one's id for its own; null if there is none.
[[nodiscard]] const model::Earthquake* becameOf(const model::Earthquake& gone, const model::State& state);

/// "=emsc:20260101_0000042": how another agency's event stands among an event's ids.
[[nodiscard]] std::string linkTo(const model::Earthquake& message);

/// The event of another agency that already carries the link, or that it is likely to be; null if there is none.
/// Deleted ones are none.
[[nodiscard]] const model::Earthquake* twinOf(const model::Earthquake& message, const model::State& state);

} // namespace tocsin::desk
