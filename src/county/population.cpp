#include "tocsin/county/population.hpp"

#include "county/cell_cover.hpp"
#include "county/raster_tools.hpp"
#include "tocsin/geo/measure.hpp"

#include <cmath>

namespace tocsin::county {

struct Population::Impl {
    RasterGrid grid;
    std::vector<float> persons; ///< row by row; negative: not known
    double total{0};

    [[nodiscard]] float cell(int x, int y) const {
        return persons[static_cast<std::size_t>(y) * static_cast<std::size_t>(grid.width) +
                       static_cast<std::size_t>(x)];
    }

    /// Persons of the cells from (left, top) to before (right, bottom), by the part of their area inside the ring,
    /// which lies wholly in them. Halves the cells until the ring is all of them, or they are one.
    [[nodiscard]] double within(const CellRing& ring, int left, int top, int right, int bottom) const {
        const double area = ring.size() < 3 ? 0 : cellArea(ring);
        if (area <= 0)
            return 0;
        const double all = static_cast<double>(right - left) * (bottom - top);
        if (right - left == 1 && bottom - top == 1)
            return std::max(0.0F, cell(left, top)) * std::min(1.0, area);
        if (area >= all * (1 - 1e-12)) {
            double sum = 0;
            for (int y = top; y < bottom; ++y)
                for (int x = left; x < right; ++x)
                    sum += std::max(0.0F, cell(x, y));
            return sum;
        }
        CellRing part;
        double sum = 0;
        if (right - left >= bottom - top) {
            const int middle = left + (right - left) / 2;
            clip<&CellPoint::x>(ring, middle, false, part);
            sum += within(part, left, top, middle, bottom);
            clip<&CellPoint::x>(ring, middle, true, part);
            sum += within(part, middle, top, right, bottom);
        } else {
            const int middle = top + (bottom - top) / 2;
            clip<&CellPoint::y>(ring, middle, false, part);
            sum += within(part, left, top, right, middle);
            clip<&CellPoint::y>(ring, middle, true, part);
            sum += within(part, left, middle, right, bottom);
        }
        return sum;
    }
};

Population::Population(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Population::~Population() = default;

base::Result<std::unique_ptr<Population>> Population::open(const std::filesystem::path& file) {
    auto raster = openOwnRaster(file);
    if (!raster)
        return tl::unexpected(raster.error());
    auto impl = std::make_unique<Impl>();
    impl->grid = raster->grid;
    const auto width = static_cast<std::size_t>(impl->grid.width);
    const auto cells = width * static_cast<std::size_t>(impl->grid.height);
    if (cells > 64'000'000)
        return base::fail(base::Code::tooLarge, file.filename().string() + " has too many cells");
    impl->persons.resize(cells);
    const GdalSession quiet;
    if (raster->set->GetRasterBand(1)->RasterIO(GF_Read, 0, 0, impl->grid.width, impl->grid.height,
                                                impl->persons.data(), impl->grid.width, impl->grid.height, GDT_Float32,
                                                0, 0, nullptr) != CE_None)
        return base::fail(base::Code::malformed, file.filename().string() + " is damaged");
    for (float& value : impl->persons) {
        if (!std::isfinite(value) || value < 0 || value == static_cast<float>(raster->noData))
            value = -1;
        else
            impl->total += static_cast<double>(value);
    }
    return std::unique_ptr<Population>(new Population(std::move(impl)));
}

std::optional<double> Population::at(const model::Position& position) const {
    const auto& grid = m_impl->grid;
    const double x = (position.longitude() - grid.west) / grid.cellEast;
    const double y = (grid.north - position.latitude()) / grid.cellSouth;
    if (!(x >= 0 && x < grid.width && y >= 0 && y < grid.height))
        return std::nullopt;
    const float persons = m_impl->cell(static_cast<int>(x), static_cast<int>(y));
    if (persons < 0)
        return std::nullopt;
    const double north = grid.north - std::floor(y) * grid.cellSouth;
    const auto corner = [&](double latitude, double longitude) {
        return model::Position::trusted(latitude, longitude);
    };
    const auto area =
        geo::area({corner(north, 0), corner(north, grid.cellEast), corner(north - grid.cellSouth, grid.cellEast),
                   corner(north - grid.cellSouth, 0), corner(north, 0)});
    return area.value > 0 ? std::optional(static_cast<double>(persons) / (area.value / 1e6)) : std::nullopt;
}

double Population::within(const model::Line& ring) const {
    const auto& grid = m_impl->grid;
    CellRing points;
    for (const auto& p : ring)
        points.push_back({(p.longitude() - grid.west) / grid.cellEast, (grid.north - p.latitude()) / grid.cellSouth});
    CellRing clipped;
    clip<&CellPoint::x>(points, 0, true, clipped);
    clip<&CellPoint::x>(clipped, grid.width, false, points);
    clip<&CellPoint::y>(points, 0, true, clipped);
    clip<&CellPoint::y>(clipped, grid.height, false, points);
    return m_impl->within(points, 0, 0, grid.width, grid.height);
}

double Population::total() const {
    return m_impl->total;
}

std::vector<PopulatedPlace> Population::squares(std::size_t most) const {
    const auto& grid = m_impl->grid;
    const double cells = static_cast<double>(grid.width) * grid.height;
    const int side = std::max(1, static_cast<int>(std::ceil(std::sqrt(cells / static_cast<double>(std::max<std::size_t>(1, most))))) + 1);
    std::vector<PopulatedPlace> out;
    for (int top = 0; top < grid.height; top += side) {
        for (int left = 0; left < grid.width; left += side) {
            double people = 0;
            double x = 0;
            double y = 0;
            for (int row = top; row < std::min(top + side, grid.height); ++row) {
                for (int column = left; column < std::min(left + side, grid.width); ++column) {
                    const double here = std::max(0.0F, m_impl->cell(column, row));
                    people += here;
                    x += here * (column + 0.5);
                    y += here * (row + 0.5);
                }
            }
            if (people < 0.5)
                continue;
            out.push_back({model::Position::trusted(grid.north - y / people * grid.cellSouth,
                                                    grid.west + x / people * grid.cellEast),
                           people});
        }
    }
    return out;
}

} // namespace tocsin::county
