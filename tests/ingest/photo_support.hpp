#pragma once

#include <string>
#include <string_view>

namespace tocsin::ingest::test {

/// A picture with something in it, as a file of that kind ("jpeg", "png", "gif", "webp").
std::string paint(std::string_view kind, int width, int height);

/// Metadata (TIFF, little endian) of a photo: its orientation, a maker, and 47.141 N, 9.5 W at 08:15:30 UTC, or the
/// camera's own clock (09:15:30) alone.
std::string exifWith(int orientation, bool satellites = true);

/// The JPEG with metadata in it; other kinds come back as they are.
std::string withExif(std::string jpeg, const std::string& tiff);

} // namespace tocsin::ingest::test
