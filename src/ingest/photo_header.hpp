#pragma once

#include "tocsin/base/result.hpp"

#include <cstdint>
#include <string_view>

namespace tocsin::ingest {

enum class PhotoKind : std::uint8_t { jpeg, png, webp, gif, heif };

/// What an image says of itself before anything of it is decoded.
struct PhotoHeader {
    PhotoKind kind{PhotoKind::jpeg};
    std::uint32_t width{0};  ///< pixels, as stored: before its orientation is applied
    std::uint32_t height{0};
    std::string_view exif;   ///< the TIFF block of its metadata, in the bytes; empty if it has none
};

/// Looks only at the container: nothing is unpacked. Code::malformed with the byte where the file is no image of these
/// kinds, contradicts itself or ends before its time.
[[nodiscard]] base::Result<PhotoHeader> readPhotoHeader(std::string_view bytes);

} // namespace tocsin::ingest
