#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

// Open311 GeoReport v2, as other cities' servers answer: lists of requests become reports, known again by their
// service_request_id; a later answer with another status is the same report. Lists of services, definitions, tokens and
// discoveries are taken and bring none; an answer that is an error is refused with the server's own words.
[[nodiscard]] bool looksLikeOpen311Xml(const Glimpse& glimpse);
[[nodiscard]] bool looksLikeOpen311Json(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeOpen311Xml(std::string_view bytes, const Source& source);
[[nodiscard]] base::Result<Decoded> decodeOpen311Json(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
