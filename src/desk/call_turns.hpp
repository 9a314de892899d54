#pragma once

#include "desk/handlers.hpp"

namespace tocsin::desk {

inline constexpr const char* turnBounds = "a turn lasts 30 seconds to a day";

/// How long whom `at` names has to answer.
[[nodiscard]] base::Duration turnLasts(const model::CallDown& list);
/// It is the turn of whom `at` names, from now on.
void beginTurn(model::CallDown& list, base::Time now);
/// The turn is over: the next one's, or, after the last, nobody's. `result` is written for whom it was, unless something stands there. The
/// entry that says so.
[[nodiscard]] Event nextTurn(model::CallDown list, const char* result, base::Time now);

} // namespace tocsin::desk
