#pragma once

#include "photo_header.hpp"

namespace tocsin::ingest {

/// By the brands that the file names; also those that readHeifHeader refuses by name (AVIF).
[[nodiscard]] bool isHeif(std::string_view bytes);

/// An image in HEIC (ISO/IEC 23008-12, HEVC), as telephones write it: one picture, or a grid of them. Stricter than a
/// decoder: whatever could be read in two ways, nests, or would cost more memory or time than its size allows is refused,
/// so that a decoder does bounded work on what passes. Code::tooLarge for what is too much, else as readPhotoHeader.
[[nodiscard]] base::Result<PhotoHeader> readHeifHeader(std::string_view bytes);

} // namespace tocsin::ingest
