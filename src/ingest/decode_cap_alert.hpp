#pragma once

#include "decode_cap_tree.hpp"
#include "xml_text.hpp"

#include "tocsin/model/warning.hpp"

namespace tocsin::ingest::cap {

/// Makes a warning of an <alert>. What strays from the schema of its version and can be understood goes to the
/// warning's deviations, each with its line and column; a fault that makes it useless or dangerous is the error.
[[nodiscard]] base::Result<model::Warning> readAlert(const XmlText& text, Node& alert);

/// The warning's colour: the gravest that its infos name in a colour parameter (MeteoAlarm's awareness_level, any
/// "color", "colour", 颜色, 预警等级 …), else by the gravest severity: Extreme I, Severe II, Moderate III, else IV.
[[nodiscard]] model::Grade colourOf(const model::Warning& warning);

} // namespace tocsin::ingest::cap
