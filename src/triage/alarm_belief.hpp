#pragma once

#include "tocsin/model/state.hpp"

namespace tocsin::triage {

/// Whether an alarm says something of the world that a report may lean on: its condition holds, and neither a person
/// (shelved, out of service) nor the fault of its sensor has taken its word away. What is muted by design only because
/// it follows from another still counts, as long as that other is believed. The alarm of a warning does not: that counts by
/// the area that it covers, not by where its mark stands.
[[nodiscard]] bool isBelieved(const model::Alarm& alarm, const model::State& state);

} // namespace tocsin::triage
