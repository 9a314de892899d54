#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

[[nodiscard]] bool looksLikeFdsn(const Glimpse& glimpse);
/// FDSN event text: www.fdsn.org/webservices, fdsnws-event, format=text.
[[nodiscard]] base::Result<Decoded> decodeFdsn(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
