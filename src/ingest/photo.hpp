#pragma once

#include "tocsin/ingest/source.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin::ingest {

inline constexpr std::size_t maxPhotoBytes = 16U << 20U;
inline constexpr std::uint64_t maxPhotoPixels = 50'000'000;
inline constexpr int maxPhotoSide = 2048;                      ///< pixels of what is stored
inline constexpr std::size_t maxStoredPhotoBytes = 600U << 10U;
inline constexpr std::size_t maxPhotosOfReport = 6;

/// A photo as it is stored: upright, at most 2048 pixels wide and high, a JPEG without any metadata.
struct MadePhoto {
    std::string jpeg;
    int width{0};
    int height{0};
    std::optional<model::Position> position; ///< as the metadata said, which is gone from the picture
    std::optional<base::Time> takenAt;
};

/// Re-encodes a photo of a stranger. Its header is believed only to refuse it: Code::tooLarge over 16 MiB or 50
/// megapixels, Code::malformed with the byte for what is no JPEG, PNG, WebP, GIF or HEIC, contradicts itself or is cut off.
/// Takes four bytes a pixel while it works, for a HEIC six. Thread safe.
[[nodiscard]] base::Result<MadePhoto> makePhoto(std::string_view bytes, const Source& source = {});

} // namespace tocsin::ingest
