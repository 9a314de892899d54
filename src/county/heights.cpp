#include "county/raster_tools.hpp"
#include "tocsin/county/elevation.hpp"
#include "tocsin/route/road_graph.hpp"

#include <cmath>
#include <list>
#include <mutex>
#include <unordered_map>

namespace tocsin::county {

struct Heights::Impl {
    /// Blocks as the file has them; a run of questions about one place reads one or two.
    using Block = std::vector<float>;
    static constexpr std::size_t mostBytes = 16U << 20U;

    OwnRaster file;
    GDALRasterBand* band{nullptr};
    int blockWidth{0};
    int blockHeight{0};
    int blocksAcross{0};
    std::mutex mutex; ///< guards all below, and GDAL's own state behind the band
    std::list<std::pair<int, Block>> recent;
    std::unordered_map<int, std::list<std::pair<int, Block>>::iterator> known;

    explicit Impl(OwnRaster raster) : file(std::move(raster)), band(file.set->GetRasterBand(1)) {
        band->GetBlockSize(&blockWidth, &blockHeight);
        blocksAcross = (file.grid.width + blockWidth - 1) / blockWidth;
    }

    const Block& block(int x, int y) {
        const int key = y * blocksAcross + x;
        if (const auto found = known.find(key); found != known.end()) {
            recent.splice(recent.begin(), recent, found->second);
            return found->second->second;
        }
        const auto cells = static_cast<std::size_t>(blockWidth) * static_cast<std::size_t>(blockHeight);
        Block values(cells, static_cast<float>(file.noData));
        const GdalSession quiet;
        const int wide = std::min(blockWidth, file.grid.width - x * blockWidth);
        const int high = std::min(blockHeight, file.grid.height - y * blockHeight);
        if (band->RasterIO(GF_Read, x * blockWidth, y * blockHeight, wide, high, values.data(), wide, high, GDT_Float32,
                           sizeof(float), static_cast<GSpacing>(blockWidth) * static_cast<GSpacing>(sizeof(float)),
                           nullptr) != CE_None)
            std::fill(values.begin(), values.end(), static_cast<float>(file.noData));
        while (!recent.empty() && (recent.size() + 1) * cells * sizeof(float) > mostBytes) {
            known.erase(recent.back().first);
            recent.pop_back();
        }
        recent.emplace_front(key, std::move(values));
        known[key] = recent.begin();
        return recent.front().second;
    }

    std::optional<double> cell(int x, int y) {
        const auto& values = block(x / blockWidth, y / blockHeight);
        const float value = values[static_cast<std::size_t>(y % blockHeight) * static_cast<std::size_t>(blockWidth) +
                                   static_cast<std::size_t>(x % blockWidth)];
        if (!std::isfinite(value) || value == static_cast<float>(file.noData))
            return std::nullopt;
        return value;
    }
};

Heights::Heights(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
Heights::~Heights() = default;

base::Result<std::unique_ptr<Heights>> Heights::open(const std::filesystem::path& file) {
    auto raster = openOwnRaster(file);
    if (!raster)
        return tl::unexpected(raster.error());
    return std::unique_ptr<Heights>(new Heights(std::make_unique<Impl>(std::move(*raster))));
}

std::optional<double> Heights::at(const model::Position& position) const {
    auto& impl = *m_impl;
    const auto& grid = impl.file.grid;
    const double across = (position.longitude() - grid.west) / grid.cellEast;
    const double down = (grid.north - position.latitude()) / grid.cellSouth;
    if (!(across >= 0 && across <= grid.width && down >= 0 && down <= grid.height))
        return std::nullopt;
    // A height stands for the middle of its cell; in the outer half of an edge's cell it holds as it is.
    const double x = std::clamp(across - 0.5, 0.0, grid.width - 1.0);
    const double y = std::clamp(down - 0.5, 0.0, grid.height - 1.0);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const std::lock_guard lock(impl.mutex);
    double sum = 0;
    for (int dy = 0; dy < 2; ++dy)
        for (int dx = 0; dx < 2; ++dx) {
            const double weight = (dx == 0 ? 1 - (x - left) : x - left) * (dy == 0 ? 1 - (y - top) : y - top);
            if (weight < 1e-9)
                continue;
            const auto height = impl.cell(left + dx, top + dy);
            if (!height)
                return std::nullopt;
            sum += weight * *height;
        }
    return sum;
}

base::Result<void> gradeRoads(const CountyFolder& folder) {
    std::error_code error;
    if (!std::filesystem::exists(folder.elevation(), error))
        return {};
    const auto heights = Heights::open(folder.elevation());
    if (!heights)
        return tl::unexpected(heights.error());
    return route::saveSlopes(folder.map(), [&](model::Position place) { return (*heights)->at(place); });
}

} // namespace tocsin::county
