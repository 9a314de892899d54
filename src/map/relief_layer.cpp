#include "map/relief_layer.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cpl_error.h>
#include <gdal_priv.h>
#include <mapnik/feature.hpp>
#include <mapnik/feature_factory.hpp>
#include <mapnik/featureset.hpp>
#include <mapnik/query.hpp>
#include <mapnik/raster.hpp>
#include <mutex>
#include <stdexcept>
#include <vector>

namespace tocsin::map {
namespace {

/// GDAL prints its complaints unless told not to; for this thread, while it lives.
class Quietly {
  public:
    Quietly() { CPLPushErrorHandler(CPLQuietErrorHandler); }
    ~Quietly() { CPLPopErrorHandler(); }
    Quietly(const Quietly&) = delete;
    Quietly& operator=(const Quietly&) = delete;
};

/// The grey of flat ground under a light 45° high: 1 + 254 · sin 45° (gdaldem hillshade).
constexpr int flatGrey = 181;

/// The shade of each grey as Mapnik's RGBA with colours multiplied by alpha.
std::array<std::uint32_t, 256> shadesOf(const ReliefShade& shade) {
    std::array<std::uint32_t, 256> table{};
    for (int grey = 1; grey < 256; ++grey) {
        const bool dark = grey < flatGrey;
        const double part = dark ? (flatGrey - grey) / (flatGrey - 1.0) : (grey - flatGrey) / (255.0 - flatGrey);
        const mapnik::color& c = dark ? shade.low : shade.high;
        const double alpha = part * c.alpha() / 255.0;
        const auto byte = [](double v) { return static_cast<std::uint32_t>(std::lround(std::clamp(v, 0.0, 255.0))); };
        table[static_cast<std::size_t>(grey)] = byte(alpha * c.red()) | byte(alpha * c.green()) << 8U |
                                                byte(alpha * c.blue()) << 16U | byte(alpha * 255) << 24U;
    }
    return table;
}

class OnePicture final : public mapnik::Featureset {
  public:
    explicit OnePicture(mapnik::feature_ptr feature) : m_feature(std::move(feature)) {}
    mapnik::feature_ptr next() override { return std::exchange(m_feature, nullptr); }

  private:
    mapnik::feature_ptr m_feature;
};

} // namespace

struct ReliefLayer::Picture {
    GDALDatasetUniquePtr set;
    GDALRasterBand* band{nullptr};
    std::string name;
    double left{0};
    double top{0};
    double cell{0}; ///< metres, to the east
    double cellDown{0};
    std::array<std::uint32_t, 256> shades{};
};

ReliefLayer::ReliefLayer(const std::filesystem::path& file, const ReliefShade& shade,
                         std::shared_ptr<std::string> trouble)
    : mapnik::datasource(mapnik::parameters()), m_picture(std::make_unique<Picture>()), m_descriptor("relief", "utf-8"),
      m_trouble(std::move(trouble)) {
    static std::once_flag registered; // GDAL's drivers are one list for the process
    std::call_once(registered, [] { GDALAllRegister(); });
    const Quietly quietly;
    Picture& p = *m_picture;
    p.name = file.filename().string();
    static constexpr const char* drivers[] = {"GTiff", nullptr};
    p.set = GDALDatasetUniquePtr(
        GDALDataset::Open(file.string().c_str(), GDAL_OF_RASTER | GDAL_OF_READONLY, drivers, nullptr, nullptr));
    std::array<double, 6> place{};
    if (!p.set || p.set->GetRasterCount() < 1)
        throw std::runtime_error("the relief " + p.name + " cannot be read: " + CPLGetLastErrorMsg());
    p.band = p.set->GetRasterBand(1);
    const bool placed = p.set->GetGeoTransform(place.data()) == CE_None;
    if (!placed || p.band->GetRasterDataType() != GDT_Byte || place[2] != 0 || place[4] != 0 || !(place[1] > 0) ||
        !(place[5] < 0))
        throw std::runtime_error("the relief " + p.name + " is not a map of bytes with north above");
    p.left = place[0];
    p.top = place[3];
    p.cell = place[1];
    p.cellDown = -place[5];
    p.shades = shadesOf(shade);
    m_extent = {p.left, p.top - p.cellDown * p.band->GetYSize(), p.left + p.cell * p.band->GetXSize(), p.top};
}

ReliefLayer::~ReliefLayer() = default;

mapnik::featureset_ptr ReliefLayer::features(const mapnik::query& query) const {
    const Picture& p = *m_picture;
    // As fine as the screen, but not finer than three points a cell: Mapnik smooths the rest. The points lie where they
    // lie whatever part of the map is asked for, so that parts agree.
    const double step = std::max(1 / std::max(1e-9, std::get<0>(query.resolution())), p.cell / 3);
    const double stepDown = std::max(1 / std::max(1e-9, std::get<1>(query.resolution())), p.cellDown / 3);
    const mapnik::box2d<double>& wanted = query.get_bbox();
    const auto from = [](double at, double by) { return std::max(0.0, std::floor(at / by) - 1); };
    const auto to = [](double at, double by, double all) {
        return std::min(std::floor(all / by), std::ceil(at / by) + 1);
    };
    const double firstColumn = from(wanted.minx() - p.left, step);
    const double firstRow = from(p.top - wanted.maxy(), stepDown);
    const double columnsAsked = to(wanted.maxx() - p.left, step, m_extent.width()) - firstColumn;
    const double rowsAsked = to(p.top - wanted.miny(), stepDown, m_extent.height()) - firstRow;
    constexpr double mostPoints = 8192;
    if (!(columnsAsked >= 1) || !(rowsAsked >= 1) || columnsAsked > mostPoints || rowsAsked > mostPoints)
        return mapnik::make_invalid_featureset();
    const int width = static_cast<int>(columnsAsked);
    const int height = static_cast<int>(rowsAsked);
    const double left = p.left + firstColumn * step;
    const double top = p.top - firstRow * stepDown;
    const mapnik::box2d<double> box(left, top - height * stepDown, left + width * step, top);
    const double across = box.width() / p.cell;
    const double down = box.height() / p.cellDown;

    GDALRasterIOExtraArg how;
    INIT_RASTERIO_EXTRA_ARG(how);
    how.eResampleAlg = GRIORA_Bilinear;
    how.bFloatingPointWindowValidity = TRUE;
    how.dfXOff = (box.minx() - p.left) / p.cell;
    how.dfYOff = (p.top - box.maxy()) / p.cellDown;
    how.dfXSize = across;
    how.dfYSize = down;
    const int column = std::clamp(static_cast<int>(std::floor(how.dfXOff)), 0, p.band->GetXSize() - 1);
    const int row = std::clamp(static_cast<int>(std::floor(how.dfYOff)), 0, p.band->GetYSize() - 1);
    const int columns =
        std::clamp(static_cast<int>(std::ceil(how.dfXOff + across)) - column, 1, p.band->GetXSize() - column);
    const int rows = std::clamp(static_cast<int>(std::ceil(how.dfYOff + down)) - row, 1, p.band->GetYSize() - row);
    how.dfXOff = std::clamp<double>(how.dfXOff, column, column + columns);
    how.dfYOff = std::clamp<double>(how.dfYOff, row, row + rows);
    how.dfXSize = std::min(how.dfXSize, column + columns - how.dfXOff);
    how.dfYSize = std::min(how.dfYSize, row + rows - how.dfYOff);
    std::vector<std::uint8_t> greys(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const Quietly quietly;
    if (p.band->RasterIO(GF_Read, column, row, columns, rows, greys.data(), width, height, GDT_Byte, 0, 0, &how) !=
        CE_None) {
        *m_trouble = "the relief " + p.name + " cannot be read: " + CPLGetLastErrorMsg();
        return mapnik::make_invalid_featureset();
    }
    mapnik::image_rgba8 picture(width, height, false, true);
    std::transform(greys.begin(), greys.end(), picture.data(), [&](std::uint8_t grey) { return p.shades[grey]; });
    auto feature = mapnik::feature_factory::create(std::make_shared<mapnik::context_type>(), 1);
    feature->set_raster(std::make_shared<mapnik::raster>(box, std::move(picture), 1.0));
    return std::make_shared<OnePicture>(std::move(feature));
}

mapnik::featureset_ptr ReliefLayer::features_at_point(const mapnik::coord2d&, double) const {
    return mapnik::make_invalid_featureset();
}

} // namespace tocsin::map
