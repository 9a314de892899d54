#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

// Crowd reports: Ushahidi's posts (platform 3 and later, and its webhook), incidents (version 2), GeoJSON and CSV
// exports; CogniCity's (PetaBencana's) reports and flooded areas.
[[nodiscard]] bool looksLikeUshahidi(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeUshahidi(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
