#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

namespace tocsin::ingest {

/// Alertswiss (Switzerland's Federal Office for Civil Protection): one alert, an array, or {"alerts": […]}.
/// Level → severity → colour: alarm/extreme I, warning/severe II, moderate III, information/minor IV. An all-clear is a
/// Cancel of the earlier versions that its number names ("POA-1216107687-4": …-0 to …-3), a later version an Update.
[[nodiscard]] base::Result<Decoded> decodeAlertswiss(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
