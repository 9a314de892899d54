#include "map/mosaic.hpp"

#include "tocsin/geo/datum.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tocsin::map {
namespace {

constexpr int mostPieces = 64;

WorldPoint inDatum(const WorldPoint& point, model::Datum datum) {
    if (datum == model::Datum::wgs84)
        return point;
    const model::Position at = fromWorld(point);
    const geo::LonLat from{at.longitude(), at.latitude()};
    const geo::LonLat moved = datum == model::Datum::gcj02 ? geo::gcj02FromWgs84(from) : geo::bd09FromWgs84(from);
    const WorldPoint base = toWorld(at);
    const WorldPoint to = toWorld(model::Position::trusted(moved.latitude, moved.longitude));
    return {point.x + (to.x - base.x), point.y + (to.y - base.y)};
}

/// Where a tile lies in the source, in its pixels at its zoom.
struct Footprint {
    int zoom{0};
    std::array<WorldPoint, 4> corners{}; ///< north-west, north-east, south-west, south-east
    int left{0};                         ///< first and last column and row of pictures
    int top{0};
    int right{0};
    int bottom{0};
};

Footprint footprintOf(const TileJob& job, const PictureScheme& scheme) {
    const TileVariant& v = job.variant;
    Footprint f;
    const double finer = std::log2(v.pixels / (scheme.tilePixels * v.scale));
    f.zoom = std::clamp(job.key.zoom + static_cast<int>(std::lround(finer)), scheme.lowestZoom, scheme.highestZoom);
    const double ours = std::exp2(job.key.zoom);
    const double pixels = std::exp2(f.zoom) * scheme.tilePixels;
    double west = 1e300;
    double north = 1e300;
    double east = -1e300;
    double south = -1e300;
    for (std::size_t i = 0; i < 4; ++i) {
        const WorldPoint corner{(job.key.x + static_cast<int>(i % 2)) / ours,
                                (job.key.y + static_cast<int>(i / 2)) / ours};
        const WorldPoint p = inDatum(corner, scheme.datum);
        f.corners[i] = {p.x * pixels, p.y * pixels};
        west = std::min(west, f.corners[i].x);
        east = std::max(east, f.corners[i].x);
        north = std::min(north, f.corners[i].y);
        south = std::max(south, f.corners[i].y);
    }
    const int count = 1 << f.zoom;
    const auto first = [&](double v0) {
        return std::clamp(static_cast<int>(std::floor(v0 / scheme.tilePixels + 1e-6)), 0, count - 1);
    };
    const auto last = [&](double v1) {
        return std::clamp(static_cast<int>(std::ceil(v1 / scheme.tilePixels - 1e-6)) - 1, 0, count - 1);
    };
    f.left = first(west);
    f.top = first(north);
    f.right = std::max(f.left, last(east));
    f.bottom = std::max(f.top, last(south));
    return f;
}

/// Between four pixels by their distance, colours weighed by alpha. Coordinates of pixel centres end in .5.
std::uint32_t sample(const TileImage& image, int width, int height, double x, double y) {
    const double fx = std::clamp(x - 0.5, 0.0, width - 1.0);
    const double fy = std::clamp(y - 0.5, 0.0, height - 1.0);
    const int x0 = static_cast<int>(fx);
    const int y0 = static_cast<int>(fy);
    const int x1 = std::min(x0 + 1, width - 1);
    const int y1 = std::min(y0 + 1, height - 1);
    const auto u = static_cast<std::uint32_t>((fx - x0) * 256);
    const auto v = static_cast<std::uint32_t>((fy - y0) * 256);
    const auto at = [&](int column, int row) {
        return image
            .pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) + static_cast<std::size_t>(column)];
    };
    const std::array<std::uint32_t, 4> p{at(x0, y0), at(x1, y0), at(x0, y1), at(x1, y1)};
    if (p[0] == p[1] && p[1] == p[2] && p[2] == p[3])
        return p[0];
    const std::array<std::uint32_t, 4> weight{(256 - u) * (256 - v), u * (256 - v), (256 - u) * v, u * v};
    std::uint64_t alpha = 0;
    std::array<std::uint64_t, 3> colour{};
    for (std::size_t i = 0; i < 4; ++i) {
        const std::uint64_t a = std::uint64_t{p[i] >> 24U} * weight[i];
        alpha += a;
        for (unsigned c = 0; c < 3; ++c)
            colour[c] += a * ((p[i] >> (8 * c)) & 0xffU);
    }
    if (alpha == 0)
        return 0;
    auto out = static_cast<std::uint32_t>((alpha + 0x8000) >> 16U) << 24U;
    for (unsigned c = 0; c < 3; ++c)
        out |= static_cast<std::uint32_t>((colour[c] + alpha / 2) / alpha) << (8 * c);
    return out;
}

/// Puts a piece, or the part of it that is wanted, into the mosaic at the given pixel.
void paste(TileImage& mosaic, int mosaicWidth, int left, int top, int size, const Piece& piece, const TileKey& key) {
    const TileImage& image = *piece.image;
    const double part = image.edge / std::exp2(piece.up);
    const double x0 = (key.x - ((key.x >> piece.up) << piece.up)) * part;
    const double y0 = (key.y - ((key.y >> piece.up) << piece.up)) * part;
    for (int y = 0; y < size; ++y) {
        auto* to =
            mosaic.pixels.data() + static_cast<std::size_t>(top + y) * static_cast<std::size_t>(mosaicWidth) + left;
        if (piece.up == 0 && image.edge == size) {
            std::copy_n(image.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(size), size, to);
            continue;
        }
        for (int x = 0; x < size; ++x)
            to[x] = sample(image, image.edge, image.edge, x0 + (x + 0.5) * part / size, y0 + (y + 0.5) * part / size);
    }
}

} // namespace

std::vector<TileKey> piecesOf(const TileJob& job, const PictureScheme& scheme) {
    const Footprint f = footprintOf(job, scheme);
    std::vector<TileKey> keys;
    if ((f.right - f.left + 1) * (f.bottom - f.top + 1) > mostPieces)
        return keys;
    for (int y = f.top; y <= f.bottom; ++y)
        for (int x = f.left; x <= f.right; ++x)
            keys.push_back({f.zoom, x, y});
    return keys;
}

TileImage compose(const TileJob& job, const PictureScheme& scheme, const std::map<TileKey, Piece>& pieces) {
    const int edge = job.variant.pixels;
    const Footprint f = footprintOf(job, scheme);
    const int columns = f.right - f.left + 1;
    const int rows = f.bottom - f.top + 1;
    TileImage out;
    out.edge = edge;
    out.opaque = false;
    if (columns * rows > mostPieces || pieces.empty()) {
        out.pixels.resize(static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge));
        return out;
    }
    const int size = scheme.tilePixels;
    const int width = columns * size;
    const int height = rows * size;
    TileImage mosaic;
    mosaic.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    bool opaque = true;
    for (int y = 0; y < rows; ++y)
        for (int x = 0; x < columns; ++x) {
            const TileKey key{f.zoom, f.left + x, f.top + y};
            const auto piece = pieces.find(key);
            opaque = opaque && piece != pieces.end() && piece->second.image->opaque;
            if (piece != pieces.end())
                paste(mosaic, width, x * size, y * size, size, piece->second, key);
        }
    out.opaque = opaque;
    const auto& c = f.corners;
    const bool aligned = scheme.datum == model::Datum::wgs84 && width == edge && height == edge &&
                         std::abs(c[0].x - f.left * size) < 1e-3 && std::abs(c[0].y - f.top * size) < 1e-3 &&
                         std::abs(c[3].x - c[0].x - edge) < 1e-3;
    if (aligned) {
        out.pixels = std::move(mosaic.pixels);
        return out;
    }
    out.pixels.resize(static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge));
    for (int y = 0; y < edge; ++y) {
        const double t = (y + 0.5) / edge;
        const WorldPoint from{c[0].x + (c[2].x - c[0].x) * t - f.left * size,
                              c[0].y + (c[2].y - c[0].y) * t - f.top * size};
        const WorldPoint to{c[1].x + (c[3].x - c[1].x) * t - f.left * size,
                            c[1].y + (c[3].y - c[1].y) * t - f.top * size};
        auto* row = out.pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(edge);
        for (int x = 0; x < edge; ++x) {
            const double s = (x + 0.5) / edge;
            row[x] = sample(mosaic, width, height, from.x + (to.x - from.x) * s, from.y + (to.y - from.y) * s);
        }
    }
    return out;
}

} // namespace tocsin::map
