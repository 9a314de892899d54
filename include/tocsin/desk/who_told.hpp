#pragma once

#include "tocsin/store/store.hpp"

namespace tocsin::desk {

/// Whether the bytes of what stands in quarantine may name who told something: a citizen's report, in the feed's own form or
/// as the desk refused it, or what nobody understands at a citizens' door.
[[nodiscard]] bool mayNameWhoTold(const store::QuarantineItem& item);

} // namespace tocsin::desk
