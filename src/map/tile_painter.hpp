#pragma once

#include "map/style.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace tocsin::map {

/// Whole pixels of a picture; `right` and `bottom` are the first beyond it.
struct PixelBox {
    int left{0};
    int top{0};
    int right{0};
    int bottom{0};
    friend bool operator==(const PixelBox&, const PixelBox&) = default;
};

/// Makes Mapnik know the fonts. Thread safe; cheap when done before. Fails when Noto Sans is not there.
[[nodiscard]] base::Result<void> registerFonts(const std::filesystem::path& folder);

/// One look of the map in one language on one thread: a Mapnik map over the county's files.
class TilePainter {
  public:
    /// Fails when the map or the style cannot be used; a relief, contours or overlays that cannot are left out, and
    /// trouble() says so.
    [[nodiscard]] static base::Result<std::unique_ptr<TilePainter>> open(const RendererOptions& options, MapLook look,
                                                                         const std::string& language);
    ~TilePainter();
    TilePainter(const TilePainter&) = delete;
    TilePainter& operator=(const TilePainter&) = delete;

    /// Draws the block of `across` × `across` tiles whose north-west one is `first`, as one picture so that names run
    /// over the inner edges. The tiles row by row, each with edge = variant.pixels. Where only a part is asked for, in
    /// the block's pixels, the rest of the tiles is transparent and they are marked as parts; what is there is what
    /// the whole block has there, but for the rounding of edges.
    [[nodiscard]] base::Result<std::vector<TileImage>>
    paint(const TileKey& first, int across, const TileVariant& variant, const PixelBox* part = nullptr);

    /// What is not drawn though it ought to be, in a sentence; empty: nothing.
    [[nodiscard]] std::string trouble() const;

  private:
    struct Impl;
    explicit TilePainter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::map
