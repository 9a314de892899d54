#pragma once

#include "decode_family.hpp"

namespace tocsin::ingest {

/// Cursor on Target 2.0: one event, several behind one another with or without XML declarations, or <events>; or TAK's
/// protobuf frames, a datagram's ("BF 01 BF") or a stream's ("BF" and a length), which come to the same values.
[[nodiscard]] bool looksLikeCot(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeCot(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
