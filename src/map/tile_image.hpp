#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile.hpp"

#include <string>
#include <string_view>

namespace tocsin::map {

/// A PNG of a picture that is opaque, packed for speed rather than for size, and back.
[[nodiscard]] base::Result<std::string> encodeTile(const TileImage& image);
[[nodiscard]] base::Result<TileImage> decodeTile(std::string_view bytes);

/// A picture from elsewhere: PNG, JPEG or WebP, 1…2048 pixels square, whatever its header claims. malformed, with a
/// sentence that says what the bytes are instead ("a web page", "a vector tile"), when it is none or is cut off.
[[nodiscard]] base::Result<TileImage> decodePicture(std::string_view bytes);

} // namespace tocsin::map
