#include "map/tile_painter.hpp"

#include "map/map_layer.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <mapnik/agg_renderer.hpp>
#include <mapnik/attribute.hpp>
#include <mapnik/datasource_cache.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_any.hpp>
#include <mapnik/image_reader.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/load_map.hpp>
#include <mapnik/map.hpp>
#include <mapnik/params.hpp>
#include <mapnik/request.hpp>
#include <mutex>
#include <numbers>

namespace tocsin::map {
namespace {

static_assert(std::endian::native == std::endian::little, "pixels are swapped by words below");

/// Mapnik's RGBA bytes and the screen's ARGB words differ in red and blue.
std::uint32_t swapRedBlue(std::uint32_t p) {
    return (p & 0xff00ff00U) | ((p & 0xffU) << 16U) | ((p >> 16U) & 0xffU);
}

base::Error broken(const std::string& what) {
    return base::Error{base::Code::malformed, "the map cannot be drawn: " + what, {}};
}

} // namespace

base::Result<void> registerFonts(const std::filesystem::path& folder) {
    static std::mutex mutex;
    static bool done = false; // Mapnik's own font table is one for the process
    const std::lock_guard lock(mutex);
    if (done)
        return {};
    bool latin = false;
    std::error_code error;
    std::filesystem::recursive_directory_iterator it(folder, std::filesystem::directory_options::skip_permission_denied,
                                                     error);
    for (; !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
        const std::string name = it->path().filename().string();
        for (const char* wanted : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf",
                                   "NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc"})
            if (name == wanted && mapnik::freetype_engine::register_font(it->path().string()))
                latin = latin || name == "NotoSans-Regular.ttf";
    }
    if (!latin)
        return base::fail(base::Code::notFound, "the font Noto Sans is not installed under " + folder.string());
    done = true;
    return {};
}

struct TilePainter::Impl {
    mapnik::Map map{256, 256};
    std::vector<std::pair<std::string, WidthStops>> widths;
};

TilePainter::TilePainter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TilePainter::~TilePainter() = default;

base::Result<std::unique_ptr<TilePainter>> TilePainter::open(const std::filesystem::path& map, const StyleSheet& style,
                                                             MapLook look, const std::string& language) {
    const auto palette = parsePalette(look == MapLook::dark ? style.dark : style.light);
    if (!palette)
        return tl::unexpected(palette.error());
    const auto xml = fillStyle(style.xml, *palette);
    if (!xml)
        return tl::unexpected(xml.error());
    try {
        auto impl = std::make_unique<Impl>();
        mapnik::load_map_string(impl->map, *xml, true);
        for (const auto& [name, value] : impl->map.get_extra_parameters()) {
            const auto text = impl->map.get_extra_parameters().get<std::string>(name);
            auto stops = WidthStops::parse(text ? *text : std::string());
            if (!stops)
                return tl::unexpected(stops.error());
            impl->widths.emplace_back(name, std::move(*stops));
        }
        auto file =
            std::make_shared<SQLite::Database>(map.string(), SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, 2000);
        file->exec("PRAGMA cache_size = -4096");
        file->exec("PRAGMA mmap_size = 0");
        for (mapnik::layer& layer : impl->map.layers())
            layer.set_datasource(std::make_shared<MapLayer>(file, layer.name(), language));
        return std::unique_ptr<TilePainter>(new TilePainter(std::move(impl)));
    } catch (const std::exception& e) {
        return tl::unexpected(broken(e.what()));
    }
}

base::Result<TileImage> TilePainter::paint(const TileKey& first, int across, const TileVariant& variant) {
    constexpr double half = std::numbers::pi * 6'378'137.0; // of the mercator square, metres
    const double span = 2.0 * half / std::exp2(first.zoom);
    const mapnik::box2d<double> extent(-half + first.x * span, half - (first.y + across) * span,
                                       -half + (first.x + across) * span, half - first.y * span);
    const int edge = across * variant.pixels;
    try {
        mapnik::image_rgba8 pixels(edge, edge);
        // The map's own extent chooses the features, the request's places them; they must agree.
        mapnik::Map& map = m_impl->map;
        const int buffer = static_cast<int>(std::lround(128 * variant.scale));
        map.resize(static_cast<unsigned>(edge), static_cast<unsigned>(edge));
        map.set_aspect_fix_mode(mapnik::Map::RESPECT);
        map.set_buffer_size(buffer);
        map.zoom_to_box(extent);
        mapnik::request request(static_cast<unsigned>(edge), static_cast<unsigned>(edge), extent);
        request.set_buffer_size(buffer);
        mapnik::attributes variables;
        // A tile of more pixels than its points shows a zoom between two whole ones.
        const double zoom = first.zoom + std::log2(variant.pixels / (variant.scale * tileSize));
        for (const auto& [name, stops] : m_impl->widths)
            variables[name] = stops.at(zoom);
        mapnik::agg_renderer<mapnik::image_rgba8> renderer(map, request, variables, pixels, variant.scale);
        renderer.apply();
        mapnik::demultiply_alpha(pixels);
        TileImage image;
        image.edge = edge;
        image.pixels.resize(static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge));
        const auto* from = pixels.data();
        std::transform(from, from + image.pixels.size(), image.pixels.begin(),
                       [](std::uint32_t p) { return swapRedBlue(p) | 0xff000000U; });
        return image;
    } catch (const std::exception& e) {
        return tl::unexpected(broken(e.what()));
    }
}

base::Result<std::string> encodeTile(const TileImage& image) {
    try {
        mapnik::image_rgba8 pixels(image.edge, image.edge);
        std::transform(image.pixels.begin(), image.pixels.end(), pixels.data(), swapRedBlue);
        return mapnik::save_to_string(pixels, "png8:z=1:t=0:m=h");
    } catch (const std::exception& e) {
        return base::fail(base::Code::internal, std::string("a map tile cannot be packed: ") + e.what());
    }
}

base::Result<TileImage> decodeTile(const std::string& bytes) {
    try {
        const std::unique_ptr<mapnik::image_reader> reader(mapnik::get_image_reader(bytes.data(), bytes.size()));
        if (!reader || reader->width() != reader->height() || reader->width() < 1 || reader->width() > 4096)
            return base::fail(base::Code::malformed, "a kept map tile is damaged");
        mapnik::image_rgba8 pixels(static_cast<int>(reader->width()), static_cast<int>(reader->height()));
        mapnik::image_any any(std::move(pixels));
        reader->read(0, 0, any.get<mapnik::image_rgba8>());
        const auto& read = any.get<mapnik::image_rgba8>();
        TileImage image;
        image.edge = static_cast<int>(read.width());
        image.pixels.resize(read.width() * read.height());
        std::transform(read.data(), read.data() + image.pixels.size(), image.pixels.begin(),
                       [](std::uint32_t p) { return swapRedBlue(p) | 0xff000000U; });
        return image;
    } catch (const std::exception&) {
        return base::fail(base::Code::malformed, "a kept map tile is damaged");
    }
}

TileImage cutTile(const TileImage& block, int pixels, int x, int y) {
    TileImage tile;
    tile.edge = pixels;
    tile.pixels.reserve(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(pixels));
    for (int row = 0; row < pixels; ++row) {
        const auto from =
            block.pixels.begin() + static_cast<std::ptrdiff_t>(y * pixels + row) * block.edge + x * pixels;
        tile.pixels.insert(tile.pixels.end(), from, from + pixels);
    }
    return tile;
}

} // namespace tocsin::map
