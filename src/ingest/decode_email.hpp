#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

// An e-mail as its file (RFC 5322 with MIME): subject and text become a report, the sender its contact, pictures its
// photos (Decoded::attachments). Known again by its Message-ID.
[[nodiscard]] bool looksLikeEmail(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeEmail(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
