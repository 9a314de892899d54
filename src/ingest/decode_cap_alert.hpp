#pragma once

#include "decode_cap_tree.hpp"
#include "xml_text.hpp"

#include "tocsin/model/warning.hpp"

namespace tocsin::ingest::cap {

/// Makes a warning of an <alert>. What strays from the schema of its version and can be understood goes to the
/// warning's deviations, each with its line and column; a fault that makes it useless or dangerous is the error.
[[nodiscard]] base::Result<model::Warning> readAlert(const XmlText& text, Node& alert);

/// Gives the warning its colour: the gravest that its infos name in a colour parameter (MeteoAlarm's awareness_level, any
/// "color", "colour", 颜色, 预警等级 …), else by the gravest severity: Extreme I, Severe II, Moderate III, else IV. And
/// each info its own, where that is another: what it names, else what one names that tells the same in another language,
/// else by its severity; never graver than the warning's.
void giveColours(model::Warning& warning);

} // namespace tocsin::ingest::cap
