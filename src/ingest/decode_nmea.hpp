#pragma once

#include "decode_family.hpp"

namespace tocsin::ingest {

/// NMEA 0183 sentences and AIS, with or without tag blocks, among comments and noise.
[[nodiscard]] bool looksLikeNmea(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeNmea(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
