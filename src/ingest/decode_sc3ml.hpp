#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool looksLikeSc3Ml(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeSc3Ml(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
