#pragma once

#include "tocsin/ingest/decoded.hpp"

#include <string_view>

namespace tocsin::ingest {

/// Bounds of what is unpacked. Over them the whole bundle is refused: somebody is up to something.
inline constexpr std::size_t maxBundleEntries = 5'000;
inline constexpr std::size_t maxBundleBytes = 128U << 20U; ///< unpacked, all entries together
inline constexpr std::size_t maxBundleRatio = 250;         ///< unpacked to packed; CAP's polygons pack to a tenth

/// A ZIP of CAP (or EDXL-DE) messages as weather services publish them, or one message in gzip. Nothing is written
/// anywhere, so names are but labels. An entry that is no message, encrypted, or itself an archive is a fault.
[[nodiscard]] base::Result<Decoded> decodeCapBundle(std::string_view bytes, const Source& source);

/// Whether one of the first entries, or what is in the gzip, begins like a CAP message.
[[nodiscard]] bool looksLikeCapBundle(std::string_view bytes);

} // namespace tocsin::ingest
