#pragma once

#include "map/shapes.hpp"
#include "map/tile_painter.hpp"

#include <mapnik/attribute.hpp>
#include <mapnik/box2d.hpp>
#include <mapnik/image.hpp>
#include <mapnik/request.hpp>

namespace tocsin::map {

/// A picture to be painted on, opaque, and what of the world it shows.
struct Canvas {
    mapnik::image_rgba8& picture;
    PixelBox within; ///< the part that is painted
    ToPicture toPicture;
    double metres{1}; ///< a pixel
    double scale{1};  ///< pixels for a pixel of the style
    const mapnik::request& request;
    const mapnik::attributes& variables;
    [[nodiscard]] double denominator() const { return metres / 0.00028 * scale; } ///< as Mapnik reckons, OGC 05-078r4
    /// The world within the box of pixels, and so many pixels around it.
    [[nodiscard]] mapnik::box2d<double> world(const PixelBox& box, double around) const {
        const auto x = [&](double pixels) { return toPicture.west + pixels * metres; };
        const auto y = [&](double pixels) { return toPicture.north - pixels * metres; };
        return {x(box.left - around), y(box.bottom + around), x(box.right + around), y(box.top - around)};
    }
};

} // namespace tocsin::map
