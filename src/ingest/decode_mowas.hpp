#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

namespace tocsin::ingest {

/// MoWaS, Germany's modular warning system, as the federal office's NINA hands it out: CAP in JSON, one warning or an
/// array; or the overview (mapData.json), which becomes links to the warnings. Levels are CAP's: Extreme I, Severe II,
/// Moderate III, Minor IV. A Cancel names what it ends by its references.
[[nodiscard]] base::Result<Decoded> decodeMowas(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
