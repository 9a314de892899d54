#pragma once

#include "tocsin/store/store.hpp"

namespace tocsin::desk {

/// Readings that were refused since other values are stored for their sensors and times: UseValues may take them all the same.
[[nodiscard]] bool holdsOtherValues(const store::QuarantineItem& item);

} // namespace tocsin::desk
