#pragma once

#include "ingest/decode_family.hpp"

namespace tocsin::ingest {

/// Tab-separated tables of the USGS: values, daily values, site files; several in one answer.
[[nodiscard]] bool looksLikeRdb(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeRdb(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
