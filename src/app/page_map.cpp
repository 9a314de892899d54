#include "app/page_map.hpp"

#include "app/map_parts.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/map/tile_pictures.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace tocsin::app {

namespace {

/// A phone's map is about so wide, in CSS pixels: with the whole county in view there is nothing farther out to see.
constexpr double phoneWidth = 360;
constexpr int highestZoom = 18;

class CountyPageMap final : public ingest::PageMap {
  public:
    CountyPageMap(map::RendererOptions options, const county::Config& config)
        : m_map(options.map), m_centre(config.mapCentre), m_places(readPlaces()),
          m_pictures(map::makeTileRenderer(std::move(options)), {}, [this] { m_places = readPlaces(); }) {}

    std::optional<ingest::PageMapExtent> extent() const override {
        const auto box = m_pictures.bounds();
        if (!box || box->empty())
            return {};
        ingest::PageMapExtent out;
        out.south = box->south;
        out.west = box->west;
        out.north = box->north;
        out.east = box->east;
        out.centre = box->contains(m_centre) ? m_centre : box->centre();
        const auto northWest = map::toWorld(model::Position::trusted(box->north, box->west));
        const auto southEast = map::toWorld(model::Position::trusted(box->south, box->east));
        const double across = std::max({southEast.x - northWest.x, southEast.y - northWest.y, 1e-9});
        out.lowestZoom = std::clamp(static_cast<int>(std::floor(std::log2(phoneWidth / map::tileSize / across))),
                                    map::lowestZoom, highestZoom);
        out.highestZoom = highestZoom;
        out.attribution = "© OpenStreetMap contributors";
        return out;
    }

    Names places() const override { return m_places; }

    void tile(const ingest::PageTile& tile, std::function<void(base::Result<Bytes>)> done) override {
        map::TileVariant variant;
        variant.look = tile.light ? map::MapLook::light : map::MapLook::dark;
        variant.language = tile.language;
        if (tile.fine) {
            variant.pixels = 2 * map::tileSize;
            variant.scale = 2;
        }
        m_pictures.get({tile.zoom, tile.x, tile.y}, variant, std::move(done));
    }

  private:
    [[nodiscard]] Names readPlaces() const {
        constexpr std::size_t most = 500; // as many as the page takes
        auto names = county::placeNames(m_map, most);
        if (names)
            return std::make_shared<const std::vector<std::string>>(std::move(*names));
        if (names.error().code != base::Code::notFound)
            base::log::warn("the citizens' page offers no places: {}", names.error().message);
        return {};
    }

    const std::filesystem::path m_map;
    const model::Position m_centre;
    std::atomic<Names> m_places;
    map::TilePictures m_pictures; ///< ends first: its thread reads the places anew
};

} // namespace

std::shared_ptr<ingest::PageMap> makePageMap(const county::CountyFolder& folder, const county::Config& config) {
    auto options = rendererOptions(folder);
    options.threads = 1;
    return std::make_shared<CountyPageMap>(std::move(options), config);
}

} // namespace tocsin::app
