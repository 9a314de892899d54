#pragma once

#include "decode_family.hpp"

namespace tocsin::ingest {

/// Cursor on Target 2.0: one event, several behind one another with or without XML declarations, or <events>. Also
/// recognises TAK's protobuf frames, which are refused with a sentence.
[[nodiscard]] bool looksLikeCot(const Glimpse& glimpse);
[[nodiscard]] base::Result<Decoded> decodeCot(std::string_view bytes, const Source& source);

} // namespace tocsin::ingest
