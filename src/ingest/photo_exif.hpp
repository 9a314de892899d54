#pragma once

#include "tocsin/ingest/source.hpp"
#include "tocsin/model/position.hpp"

#include <optional>
#include <string_view>

namespace tocsin::ingest {

/// What of a photo's metadata is of use to a desk. What is missing or makes no sense is left out.
struct PhotoMetadata {
    int orientation{1}; ///< 1–8 as in EXIF: how the stored rows lie in the picture
    std::optional<model::Position> position;
    std::optional<base::Time> takenAt; ///< the satellites' time, else the camera's in the source's zone
};

/// `tiff` is the metadata's block without "Exif". Never fails.
[[nodiscard]] PhotoMetadata readPhotoMetadata(std::string_view tiff, const Source& source);

} // namespace tocsin::ingest
