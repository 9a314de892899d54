#pragma once

#include "decode_family.hpp"

namespace tocsin::ingest {

/// GPX 1.0 and 1.1: a track's points with times are positions; way points, routes and tracks without times are markers.
[[nodiscard]] bool looksLikeGpx(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeGpx(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
