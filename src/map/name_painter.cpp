#include "map/name_painter.hpp"

#include "map/scanlines.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::map {
namespace {

int pixelAt(double value) {
    return static_cast<int>(std::floor(std::clamp(value, -1e6, 1e6)));
}

} // namespace

NamePainter::NamePainter(mapnik::image_rgba8& picture, const PixelBox& within, Letters& letters)
    : m_picture(picture), m_within(within), m_letters(letters) {}

void NamePainter::write(const NameStyle& style, const PlacedName& name) {
    // Accents and tails reach a little beyond the letters' boxes.
    const double around = std::ceil(style.haloRadius) + 2 + 0.3 * style.parts.front().size;
    // No further than what is seen and its halo: a name may be as long as its data want.
    const int beyond = static_cast<int>(std::ceil(style.haloRadius)) + 2;
    const int left = std::max(pixelAt(name.bounds.left - around), m_within.left - beyond);
    const int top = std::max(pixelAt(name.bounds.top - around), m_within.top - beyond);
    const int right = std::min(pixelAt(name.bounds.right + around + 1), m_within.right + beyond);
    const int bottom = std::min(pixelAt(name.bounds.bottom + around + 1), m_within.bottom + beyond);
    if (left >= right || top >= bottom)
        return;
    const int width = right - left;
    const int height = bottom - top;
    m_shape.reset();
    m_shape.clip_box(left, top, right, bottom);
    for (const PlacedLetter& letter : name.letters) {
        const LetterShape& shape = m_letters.shape(letter.letter);
        std::size_t from = 0;
        for (const std::size_t to : shape.ends) {
            for (std::size_t i = from; i < to; ++i) {
                const double along = shape.points[i].first * letter.size;
                const double down = -shape.points[i].second * letter.size;
                const double x = letter.x + letter.cos * along - letter.sin * down;
                const double y = letter.y + letter.sin * along + letter.cos * down;
                if (i == from)
                    m_shape.move_to_d(x, y);
                else
                    m_shape.line_to_d(x, y);
            }
            m_shape.close_polygon();
            from = to;
        }
    }
    if (!m_shape.rewind_scanlines())
        return;
    m_cover.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 0);
    Scanlines rows(m_shape.min_y(), [&](int x, int y, int length, unsigned cover) {
        const int from = std::max(x - left, 0);
        const int to = std::min(x - left + length, width);
        std::uint8_t* const row = m_cover.data() + std::ptrdiff_t{y - top} * width;
        if (y >= top && y < bottom && from < to)
            std::fill(row + from, row + to, static_cast<std::uint8_t>(cover));
    });
    m_shape.sweep_scanline(rows);
    const bool halo = style.haloRadius > 0 && style.haloOpacity > 0;
    if (halo)
        spread(style.haloRadius, width, height);
    const auto opacity = static_cast<unsigned>(std::lround(style.haloOpacity * 256));
    const int fromX = std::max(left, m_within.left);
    const int toX = std::min(right, m_within.right);
    for (int y = std::max(top, m_within.top); y < std::min(bottom, m_within.bottom); ++y) {
        const std::size_t row = static_cast<std::size_t>(y - top) * static_cast<std::size_t>(width);
        const std::uint8_t* const cover = m_cover.data() + row;
        const std::uint8_t* const around8 = halo ? m_halo.data() + row : cover;
        std::uint32_t* const pixels = m_picture.get_row(static_cast<std::size_t>(y));
        for (int x = fromX; x < toX; ++x) {
            const unsigned outer = around8[x - left];
            if (outer == 0)
                continue;
            std::uint32_t pixel = pixels[x];
            if (halo)
                pixel = blended(pixel, style.haloColour, outer * opacity >> 8U);
            if (const unsigned inner = cover[x - left]; inner > 0)
                pixel = blended(pixel, style.colour, inner);
            pixels[x] = pixel;
        }
    }
}

/// The halo: each pixel as dark as the darkest letter around it, by how far that is.
void NamePainter::spread(double radius, int width, int height) {
    m_halo = m_cover;
    const int reach = static_cast<int>(std::ceil(radius + 0.8));
    for (int dy = -reach; dy <= reach; ++dy)
        for (int dx = -reach; dx <= reach; ++dx) {
            const double seen =
                std::clamp(radius + 0.8 - std::hypot(dx, dy), 0.0, 1.0); // a letter reaches half a pixel beyond
            const auto weight = static_cast<std::uint16_t>(std::lround(seen * 256));
            if (weight == 0 || (dx == 0 && dy == 0))
                continue;
            const int fromX = std::max(0, -dx);
            const int toX = std::min(width, width - dx);
            for (int y = std::max(0, -dy); y < std::min(height, height - dy); ++y) {
                std::uint8_t* const out = m_halo.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
                const std::uint8_t* const in =
                    m_cover.data() + static_cast<std::size_t>(y + dy) * static_cast<std::size_t>(width) + dx;
                for (int x = fromX; x < toX; ++x)
                    out[x] = std::max(out[x], static_cast<std::uint8_t>(in[x] * weight >> 8U));
            }
        }
}

void NamePainter::blend(int x, int y, std::uint32_t colour, unsigned cover) {
    std::uint32_t& pixel = m_picture.get_row(static_cast<std::size_t>(y))[x];
    pixel = blended(pixel, colour, cover);
}

void NamePainter::dot(const DotStyle& style, const Point& at) {
    const double rx = style.width / 2;
    const double ry = style.height / 2;
    const double edge = style.edgeWidth / 2;
    if (rx <= 0 || ry <= 0)
        return;
    const auto seen = [](double distance) {
        return static_cast<unsigned>(std::lround(std::clamp(distance + 0.5, 0.0, 1.0) * 255));
    };
    const double reach = std::max(rx, ry) + edge + 1;
    for (int y = std::max(m_within.top, static_cast<int>(std::floor(at.y - reach)));
         y < std::min(m_within.bottom, static_cast<int>(std::ceil(at.y + reach))); ++y)
        for (int x = std::max(m_within.left, static_cast<int>(std::floor(at.x - reach)));
             x < std::min(m_within.right, static_cast<int>(std::ceil(at.x + reach))); ++x) {
            // How far within the ellipse, in pixels.
            const double away = std::hypot((x + 0.5 - at.x) / rx, (y + 0.5 - at.y) / ry);
            const double inside = (1 - away) * std::min(rx, ry);
            if (const unsigned cover = seen(inside); cover > 0)
                blend(x, y, style.fill, cover);
            if (edge > 0)
                if (const unsigned cover = seen(edge - std::abs(inside)); cover > 0)
                    blend(x, y, style.edge, cover);
        }
}

} // namespace tocsin::map
