#pragma once

#include <cstdint>
#include <utility>

namespace tocsin::map {

/// A colour over an opaque pixel, two of the four bytes at a time; the pixel stays opaque.
[[nodiscard]] inline std::uint32_t blended(std::uint32_t under, std::uint32_t colour, unsigned alpha) {
    const std::uint32_t part = alpha + (alpha >> 7U);
    const std::uint32_t rest = 256 - part;
    return (((colour & 0xff00ffU) * part + (under & 0xff00ffU) * rest) >> 8U & 0xff00ffU) |
           (((colour >> 8U & 0xff00ffU) * part + (under >> 8U & 0xff00ffU) * rest) & 0xff00ff00U);
}

/// Takes a rasterizer's scanlines as AGG's own scanlines do, but hands each run of pixels on at once: `paint(x, y,
/// length, cover)`. AGG asks for a fresh line for each row from the shape's first to its last, so the rows are counted.
template <typename Paint>
class Scanlines {
  public:
    Scanlines(int firstRow, Paint paint) : m_row(firstRow - 1), m_paint(std::move(paint)) {}
    void reset(int, int) {}
    void reset_spans() { ++m_row; }
    void add_cell(int x, unsigned cover) { m_paint(x, m_row, 1, cover); }
    void add_span(int x, unsigned length, unsigned cover) { m_paint(x, m_row, static_cast<int>(length), cover); }
    void finalize(int) {}
    [[nodiscard]] unsigned num_spans() const { return 0; } // nothing is left to do

  private:
    int m_row;
    Paint m_paint;
};

} // namespace tocsin::map
