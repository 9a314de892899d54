#pragma once

#include "map/tile_works.hpp"
#include "tocsin/model/position.hpp"

#include <map>
#include <memory>
#include <vector>

namespace tocsin::map {

/// How a source of ready-made pictures cuts the world: the usual scheme of its own tile size. Zooms of the source count
/// so that zoom 0 is one picture.
struct PictureScheme {
    int lowestZoom{0};
    int highestZoom{18};
    int tilePixels{256};
    model::Datum datum{model::Datum::wgs84};
};

/// The pictures of the source that a tile of ours is made from, or none if they would be more than 64. Their keys are
/// in the source's zooms.
[[nodiscard]] std::vector<TileKey> piecesOf(const TileJob& job, const PictureScheme& scheme);

/// So many zooms up a wider picture is looked for.
constexpr int mostZoomsUp = 8;

/// A picture, or the wider one `up` zooms above that has it in one of its parts.
struct Piece {
    std::shared_ptr<const TileImage> image;
    int up{0};
};

/// The tile put together from its pieces; transparent where one lacks. Pictures in another datum are moved so that they
/// lie right on WGS-84: the shift is exact in the corners and linear between them.
[[nodiscard]] TileImage compose(const TileJob& job, const PictureScheme& scheme,
                                const std::map<TileKey, Piece>& pieces);

} // namespace tocsin::map
