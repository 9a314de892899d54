#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile.hpp"

#include <string>
#include <string_view>

namespace tocsin::map {

/// An opaque tile packed for the cache, and back: "TT1\n", the edge as two bytes, the pixels by Zstandard. As small as
/// PNG, and read six times as fast. malformed when it is damaged.
[[nodiscard]] base::Result<std::string> packTile(const TileImage& image);
[[nodiscard]] base::Result<TileImage> unpackTile(std::string_view bytes);

/// A PNG of an opaque picture, for others to read.
[[nodiscard]] base::Result<std::string> encodePng(const TileImage& image);
/// The same in 256 colours: a fifth of the bytes, some milliseconds more.
[[nodiscard]] base::Result<std::string> encodeSmallPng(const TileImage& image);

/// A picture from elsewhere: PNG, JPEG or WebP, 1…2048 pixels square, whatever its header claims. malformed, with a
/// sentence that says what the bytes are instead ("a web page", "a vector tile"), when it is none or is cut off.
[[nodiscard]] base::Result<TileImage> decodePicture(std::string_view bytes);

} // namespace tocsin::map
