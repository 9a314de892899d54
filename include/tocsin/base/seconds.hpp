#pragma once

#include "tocsin/base/time.hpp"
#include "tocsin/base/units.hpp"

namespace tocsin::base {

[[nodiscard]] inline Duration toDuration(Seconds time) {
    return std::chrono::duration_cast<Duration>(std::chrono::duration<double>(time.value));
}

} // namespace tocsin::base
