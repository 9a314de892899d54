#include "map/tile_painter.hpp"

#include "map/letters.hpp"
#include "map/map_layer.hpp"
#include "map/name_renderer.hpp"
#include "map/relief_layer.hpp"
#include "map/row_source.hpp"
#include "map/vector_renderer.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <deque>
#include <mapnik/attribute.hpp>
#include <mapnik/color_factory.hpp>
#include <mapnik/feature_type_style.hpp>
#include <mapnik/font_engine_freetype.hpp>
#include <mapnik/image.hpp>
#include <mapnik/image_util.hpp>
#include <mapnik/layer.hpp>
#include <mapnik/load_map.hpp>
#include <mapnik/map.hpp>
#include <mapnik/memory_datasource.hpp>
#include <mapnik/params.hpp>
#include <mapnik/request.hpp>
#include <mapnik/rule.hpp>
#include <mapnik/symbolizer.hpp>
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

/// Mapnik's complaint about a style, with the line where it names one ("… at line 12", "… line 12: …").
base::Error brokenStyle(const std::string& what) {
    base::Place place;
    for (std::size_t at = what.find("line "); at != std::string::npos && !place.line; at = what.find("line ", at + 1)) {
        std::uint64_t number = 0;
        const char* from = what.data() + at + 5;
        if (std::from_chars(from, what.data() + what.size(), number).ec == std::errc() && number > 0)
            place.line = number;
    }
    return base::Error{base::Code::malformed, "the map's style is broken: " + what, place};
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
    mapnik::Map map{256, 256};   ///< areas and lines
    mapnik::Map names{256, 256}; ///< the layers with texts, above all else
    RuleBook rules{map};
    RuleBook nameRules{names};
    std::unique_ptr<Letters> letters;
    std::uint32_t ground{0xff000000U}; ///< where nothing is
    mapnik::image_rgba8 pixels{};      ///< of the last block: fresh memory costs more than painting over
    std::vector<std::pair<std::string, WidthStops>> widths;
    struct Block {
        TileKey first;
        int across;
        TileVariant variant;
        NameSheet names;
    };
    std::deque<Block> blocks; ///< painted last, newest behind: their parts come one after the other

    const NameSheet& sheetOf(const TileKey& first, int across, const TileVariant& variant, const Canvas& canvas) {
        constexpr std::size_t most = 6;
        for (const Block& block : blocks)
            if (block.first == first && block.across == across && block.variant == variant)
                return block.names;
        NameRenderer renderer(names, nameRules, *letters, canvas, across * variant.pixels, 76 * variant.scale);
        blocks.push_back({first, across, variant, renderer.place()});
        if (blocks.size() > most)
            blocks.pop_front();
        return blocks.back().names;
    }
    /// One for each file beside the map; empty while all is well.
    std::shared_ptr<std::string> reliefTrouble{std::make_shared<std::string>()};
    std::shared_ptr<std::string> contourTrouble{std::make_shared<std::string>()};
    std::shared_ptr<std::string> overlayTrouble{std::make_shared<std::string>()};
};

namespace {

bool isThere(const std::filesystem::path& file) {
    std::error_code error;
    return !file.empty() && std::filesystem::exists(file, error);
}

mapnik::color colourIn(const std::map<std::string, std::string>& palette, const char* name) {
    const auto found = palette.find(name);
    return found == palette.end() ? mapnik::color(0, 0, 0, 0) : mapnik::parse_color(found->second);
}

/// A file beside the map, or nothing and a sentence.
std::shared_ptr<SQLite::Database> openBeside(const std::filesystem::path& path, std::string& trouble) {
    if (!isThere(path))
        return nullptr;
    try {
        auto file = openMapFile(path);
        (void)file->tableExists("gpkg_contents"); // a file that is no database shows only now
        return file;
    } catch (const std::exception& e) {
        trouble = path.filename().string() + " cannot be read: " + e.what();
        return nullptr;
    }
}

/// The ground that the county's data cover: one area.
class SheetLayer final : public mapnik::memory_datasource, public RowSource {
  public:
    explicit SheetLayer(const mapnik::box2d<double>& box) : mapnik::memory_datasource(mapnik::parameters()) {
        m_cell.assign("GP\0\1", 4);
        add(std::int32_t{3857});
        add(std::uint8_t{1}); // WKB: little-endian, a polygon of one ring of five points
        add(std::uint32_t{3});
        add(std::uint32_t{1});
        add(std::uint32_t{5});
        for (const auto& [x, y] :
             {std::pair(box.minx(), box.miny()), std::pair(box.maxx(), box.miny()), std::pair(box.maxx(), box.maxy()),
              std::pair(box.minx(), box.maxy()), std::pair(box.minx(), box.miny())}) {
            add(x);
            add(y);
        }
    }
    void read(const mapnik::box2d<double>&, double, const std::vector<std::string>&,
              const std::function<void(const MapRow&)>& take) const override {
        take(SheetRow(m_cell));
    }

  private:
    class SheetRow final : public MapRow {
      public:
        explicit SheetRow(const std::string& cell) : m_bytes(cell) {}
        std::string_view geometry() const override { return m_bytes; }
        Value value(std::size_t) const override { return {}; }

      private:
        const std::string& m_bytes;
    };
    template <typename T>
    void add(T value) {
        static_assert(std::endian::native == std::endian::little);
        m_cell.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    std::string m_cell;
};

/// By the map's table of contents, with a margin, and the relief's extent; nothing for a map without contents.
std::shared_ptr<SheetLayer> sheetOf(SQLite::Database& file, const ReliefLayer* relief) {
    SQLite::Statement row(file, "SELECT min(min_x), min(min_y), max(max_x), max(max_y) FROM gpkg_contents"
                                " WHERE table_name IN ('road', 'building', 'landuse') AND min_x < max_x");
    if (!row.executeStep() || row.getColumn(0).isNull())
        return nullptr;
    mapnik::box2d<double> box(row.getColumn(0).getDouble(), row.getColumn(1).getDouble(), row.getColumn(2).getDouble(),
                              row.getColumn(3).getDouble());
    const double beyond = 0.02 * std::max(box.width(), box.height());
    box.pad(beyond);
    if (relief != nullptr)
        box.expand_to_include(relief->envelope());
    return std::make_shared<SheetLayer>(box);
}

/// The tables of the overlays that a layer "@overlays KIND" of the style stands for: "boundary", "point", "line",
/// "polygon".
std::vector<std::string> overlayTables(SQLite::Database& file, const std::string& kind) {
    std::vector<std::string> tables;
    if (!file.tableExists("overlay"))
        return tables;
    SQLite::Statement rows(file, kind == "boundary"
                                     ? "SELECT name FROM overlay WHERE kind = 'boundary' AND ?1 != ''"
                                     : "SELECT name FROM overlay WHERE kind != 'boundary' AND geometry = ?1");
    rows.bind(1, kind);
    while (rows.executeStep())
        tables.push_back(rows.getColumn(0).getString());
    return tables;
}

bool hasTexts(const mapnik::Map& map, const mapnik::layer& layer) {
    const auto isText = [](const mapnik::symbolizer& symbol) {
        return symbol.is<mapnik::text_symbolizer>() || symbol.is<mapnik::shield_symbolizer>();
    };
    return std::any_of(layer.styles().begin(), layer.styles().end(), [&](const std::string& name) {
        const auto style = map.find_style(name);
        return style && std::any_of(style->get_rules().begin(), style->get_rules().end(),
                                    [&](const auto& rule) { return std::any_of(rule.begin(), rule.end(), isText); });
    });
}

/// The block's tiles; what is not `within` stays transparent. The ground is opaque, so every pixel is, and colours
/// multiplied by alpha are colours.
std::vector<TileImage> cut(const mapnik::image_rgba8& pixels, int across, int edge, const PixelBox& within) {
    std::vector<TileImage> tiles(static_cast<std::size_t>(across) * static_cast<std::size_t>(across));
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const int left = static_cast<int>(i) % across * edge;
        const int top = static_cast<int>(i) / across * edge;
        const PixelBox in{std::max(within.left, left), std::max(within.top, top), std::min(within.right, left + edge),
                          std::min(within.bottom, top + edge)};
        TileImage& tile = tiles[i];
        if (in.left >= in.right || in.top >= in.bottom)
            continue;
        tile.edge = edge;
        tile.part = in != PixelBox{left, top, left + edge, top + edge};
        tile.opaque = !tile.part;
        tile.pixels.resize(static_cast<std::size_t>(edge) * static_cast<std::size_t>(edge));
        for (int y = in.top; y < in.bottom; ++y) {
            const std::uint32_t* from = pixels.get_row(static_cast<std::size_t>(y)) + in.left;
            std::transform(from, from + (in.right - in.left),
                           tile.pixels.begin() + std::ptrdiff_t{y - top} * edge + (in.left - left),
                           [](std::uint32_t p) { return swapRedBlue(p) | 0xff000000U; });
        }
    }
    return tiles;
}

/// Chooses what a map reads.
void lookAt(mapnik::Map& map, int width, int height, const mapnik::box2d<double>& extent, double buffer) {
    map.resize(static_cast<unsigned>(width), static_cast<unsigned>(height));
    map.set_aspect_fix_mode(mapnik::Map::RESPECT);
    map.set_buffer_size(static_cast<int>(std::lround(buffer)));
    map.zoom_to_box(extent);
}

} // namespace

TilePainter::TilePainter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
TilePainter::~TilePainter() = default;

base::Result<std::unique_ptr<TilePainter>> TilePainter::open(const RendererOptions& options, MapLook look,
                                                             const std::string& language,
                                                             std::shared_ptr<HeldTables> held) {
    const auto palette = parsePalette(look == MapLook::dark ? options.style.dark : options.style.light);
    if (!palette)
        return tl::unexpected(palette.error());
    const auto xml = fillStyle(options.style.xml, *palette);
    if (!xml)
        return tl::unexpected(xml.error());
    auto impl = std::make_unique<Impl>();
    mapnik::Map loaded(256, 256);
    try {
        // Mapnik's tables of words and fonts are one for the process and are filled while a style is read.
        static std::mutex reading;
        const std::lock_guard lock(reading);
        mapnik::load_map_string(loaded, *xml, true);
        if (const auto ground = loaded.background())
            impl->ground |= ground->rgba();
        for (const auto& [name, value] : loaded.get_extra_parameters()) {
            const auto text = loaded.get_extra_parameters().get<std::string>(name);
            auto stops = WidthStops::parse(text ? *text : std::string());
            if (!stops)
                return tl::unexpected(stops.error());
            impl->widths.emplace_back(name, std::move(*stops));
        }
    } catch (const std::exception& e) {
        return tl::unexpected(brokenStyle(e.what()));
    }
    try {
        const auto file = openMapFile(options.map);
        const auto contours = openBeside(options.contours, *impl->contourTrouble);
        const auto overlays = openBeside(options.overlays, *impl->overlayTrouble);
        std::shared_ptr<ReliefLayer> relief;
        if (isThere(options.relief)) {
            try {
                const ReliefShade shade{colourIn(*palette, "relief_low"), colourIn(*palette, "relief_high")};
                relief = std::make_shared<ReliefLayer>(options.relief, shade, impl->reliefTrouble);
            } catch (const std::exception& e) {
                *impl->reliefTrouble = e.what();
            }
        }
        std::vector<mapnik::layer> layers;
        for (mapnik::layer& layer : loaded.layers()) {
            const std::string& name = layer.name();
            const std::string rest = name.substr(std::min(name.size(), name.find(' ') + 1));
            if (name == "@sheet") {
                if (const auto sheet = sheetOf(*file, relief.get())) {
                    layer.set_datasource(sheet);
                    layers.push_back(layer);
                }
            } else if (name == "@relief") {
                if (!relief)
                    continue;
                layer.set_datasource(relief);
                layers.push_back(layer);
            } else if (name.starts_with("@contours ")) {
                if (!contours)
                    continue;
                layer.set_datasource(std::make_shared<MapLayer>(contours, rest, language, held, impl->contourTrouble));
                layers.push_back(layer);
            } else if (name.starts_with("@overlays ")) {
                if (!overlays)
                    continue;
                try {
                    for (const std::string& table : overlayTables(*overlays, rest)) {
                        layer.set_datasource(
                            std::make_shared<MapLayer>(overlays, table, language, held, impl->overlayTrouble));
                        layers.push_back(layer);
                    }
                } catch (const std::exception& e) {
                    *impl->overlayTrouble = options.overlays.filename().string() + " cannot be read: " + e.what();
                }
            } else {
                layer.set_datasource(std::make_shared<MapLayer>(file, name, language, held));
                layers.push_back(layer);
            }
        }
        const auto named = std::stable_partition(layers.begin(), layers.end(),
                                                 [&](const mapnik::layer& layer) { return !hasTexts(loaded, layer); });
        for (mapnik::Map* map : {&impl->map, &impl->names}) {
            *map = mapnik::Map(256, 256, loaded.srs()); // without a background, which agg_renderer would paint
            for (const auto& [name, style] : loaded.styles())
                map->insert_style(name, style);
        }
        impl->names.layers().assign(named, layers.end());
        layers.erase(named, layers.end());
        impl->map.layers() = std::move(layers);
        auto letters = Letters::open(loaded.fontsets());
        if (!letters)
            return tl::unexpected(letters.error());
        impl->letters = std::move(*letters);
        return std::unique_ptr<TilePainter>(new TilePainter(std::move(impl)));
    } catch (const std::exception& e) {
        return tl::unexpected(broken(e.what()));
    }
}

std::string TilePainter::trouble() const {
    std::string all;
    for (const auto& one : {m_impl->reliefTrouble, m_impl->contourTrouble, m_impl->overlayTrouble})
        if (!one->empty())
            all += (all.empty() ? "" : "; ") + *one;
    return all;
}

base::Result<std::vector<TileImage>> TilePainter::paint(const TileKey& first, int across, const TileVariant& variant,
                                                        const PixelBox& part) {
    constexpr double half = std::numbers::pi * 6'378'137.0; // of the mercator square, metres
    const double span = 2.0 * half / std::exp2(first.zoom);
    const double pixel = span / variant.pixels;
    const double west = -half + first.x * span;
    const double north = half - first.y * span;
    const mapnik::box2d<double> extent(west, half - (first.y + across) * span, -half + (first.x + across) * span,
                                       north);
    const int edge = across * variant.pixels;
    const PixelBox& within = part;
    try {
        mapnik::image_rgba8& pixels = m_impl->pixels;
        if (static_cast<int>(pixels.width()) != edge)
            pixels = mapnik::image_rgba8(edge, edge, false);
        for (int y = within.top; y < within.bottom; ++y)
            std::fill_n(pixels.get_row(static_cast<std::size_t>(y)) + within.left, within.right - within.left,
                        m_impl->ground);
        const mapnik::request request(static_cast<unsigned>(edge), static_cast<unsigned>(edge), extent);
        mapnik::attributes variables;
        // A tile of more pixels than its points shows a zoom between two whole ones.
        const double zoom = first.zoom + std::log2(variant.pixels / (variant.scale * tileSize));
        for (const auto& [name, stops] : m_impl->widths)
            variables[name] = stops.at(zoom);
        m_impl->rules.forgetIfMany();
        m_impl->nameRules.forgetIfMany();
        const Canvas canvas{pixels,  within,   {west, north, 1 / pixel, -1 / pixel}, pixel, variant.scale,
                            request, variables};

        // Areas and lines are the same in whichever part they are drawn: half a line's width reaches over its edge.
        lookAt(m_impl->map, within.right - within.left, within.bottom - within.top, canvas.world(within, 0),
               28 * variant.scale);
        VectorRenderer(m_impl->map, m_impl->rules, canvas).draw();

        // Names make room for each other, so those of the whole block are placed, whatever is shown of it; and as far
        // beyond as a name at a point may reach over the edge. Names along lines do not.
        NameRenderer::paint(m_impl->sheetOf(first, across, variant, canvas), canvas, *m_impl->letters);
        return cut(pixels, across, variant.pixels, within);
    } catch (const std::exception& e) {
        return tl::unexpected(broken(e.what()));
    }
}

} // namespace tocsin::map
