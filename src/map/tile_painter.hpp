#pragma once

#include "map/held_rows.hpp"
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
    /// `held`: the tables that painters of one map share.
    [[nodiscard]] static base::Result<std::unique_ptr<TilePainter>>
    open(const RendererOptions& options, MapLook look, const std::string& language, std::shared_ptr<HeldTables> held);
    ~TilePainter();
    TilePainter(const TilePainter&) = delete;
    TilePainter& operator=(const TilePainter&) = delete;

    /// Draws a part, in the block's pixels, of the block of `across` × `across` tiles whose north-west one is `first`:
    /// names run over the block's inner edges. The tiles row by row, each with edge = variant.pixels, or 0 where the
    /// part does not touch it; those that it does not fill are transparent elsewhere and are marked as parts. What is
    /// there is what the whole block has there, but for the rounding of edges.
    [[nodiscard]] base::Result<std::vector<TileImage>> paint(const TileKey& first, int across,
                                                             const TileVariant& variant, const PixelBox& part);

    /// What is not drawn though it ought to be, in a sentence; empty: nothing.
    [[nodiscard]] std::string trouble() const;

  private:
    struct Impl;
    explicit TilePainter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::map
