#pragma once

#include "map/letters.hpp"
#include "map/name_placer.hpp"
#include "map/name_style.hpp"
#include "map/tile_painter.hpp"

#include <cstddef>
#include <cstdint>
#include <mapnik/agg_rasterizer.hpp>
#include <mapnik/image.hpp>
#include <vector>

namespace tocsin::map {

/// Writes names with their halos, and dots, onto an opaque picture, within a part of it. What is there is the same
/// whichever part is painted. One thread.
class NamePainter {
  public:
    NamePainter(mapnik::image_rgba8& picture, const PixelBox& within, Letters& letters);

    void write(const NameStyle& style, const PlacedName& name);
    void dot(const DotStyle& style, const Point& at);

  private:
    void blend(int x, int y, std::uint32_t colour, unsigned cover);
    void spread(double radius, int width, int height);

    mapnik::image_rgba8& m_picture;
    const PixelBox m_within;
    Letters& m_letters;
    mapnik::rasterizer m_shape;
    std::vector<std::uint8_t> m_cover; ///< of the letters, row by row
    std::vector<std::uint8_t> m_halo;
};

} // namespace tocsin::map
