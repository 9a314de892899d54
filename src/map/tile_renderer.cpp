#include "tocsin/map/tile_renderer.hpp"

#include "map/tile_cache.hpp"
#include "map/tile_image.hpp"
#include "map/tile_painter.hpp"
#include "map/tile_works.hpp"
#include "tocsin/base/sha256.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

namespace tocsin::map {
namespace {

/// Names are placed in blocks of so many by so many tiles: fewer are cut. Large tiles are blocks by themselves, for the
/// memory's sake.
int blockEdgeFor(const TileVariant& variant) {
    return variant.pixels <= 768 ? 2 : 1;
}

/// A block is drawn row by row of its tiles, so that two threads share it where all of the county is in one.
TileGroup rowOf(const TileJob& job) {
    return {job.variant, job.key.zoom, job.key.x / blockEdgeFor(job.variant), job.key.y};
}

PixelBox boxOfRow(const TileJob& job, int blockEdge) {
    const int top = job.key.y % blockEdge * job.variant.pixels;
    return {0, top, blockEdge * job.variant.pixels, top + job.variant.pixels};
}

/// The part of the tile's row that is in view, in the block's pixels; none when the tile is out of view, or so much is
/// seen that the rest comes along.
std::optional<PixelBox> partSeen(const TileJob& job, int blockEdge, const WorldBox& view) {
    const int edge = blockEdge * job.variant.pixels;
    const double pixels = std::exp2(job.key.zoom) * job.variant.pixels; // of the world
    const auto inBlock = [&](double world, int tile, double rounded) {
        const double at = world * pixels - double(job.variant.pixels) * (tile / blockEdge * blockEdge) + rounded;
        return static_cast<int>(std::clamp(std::floor(at), 0.0, double(edge)));
    };
    // The screen may round the tiles' places by a pixel.
    const PixelBox row = boxOfRow(job, blockEdge);
    const PixelBox box{inBlock(view.from.x, job.key.x, -2), std::max(row.top, inBlock(view.from.y, job.key.y, -2)),
                       inBlock(view.to.x, job.key.x, 3), std::min(row.bottom, inBlock(view.to.y, job.key.y, 3))};
    const int left = job.key.x % blockEdge * job.variant.pixels;
    if (box.left >= left + job.variant.pixels || box.right <= left || box.top >= box.bottom)
        return std::nullopt;
    constexpr double nearlyAll = 0.85;
    if (double(box.right - box.left) * (box.bottom - box.top) >=
        nearlyAll * (row.right - row.left) * (row.bottom - row.top))
        return std::nullopt;
    return box;
}

geo::Box boxOfMercator(double west, double south, double east, double north) {
    constexpr double half = 20'037'508.342789244; // of the mercator square, metres
    const auto at = [](double x, double y) { return fromWorld({0.5 + x / (2 * half), 0.5 - y / (2 * half)}); };
    geo::Box box;
    box.add(at(west, south));
    box.add(at(east, north));
    return box;
}

/// The map's extent by its own table of contents: of the boundary where there is one, else of the roads.
base::Result<geo::Box> boundsOf(const std::filesystem::path& map) {
    std::error_code error;
    if (!std::filesystem::exists(map, error))
        return base::fail(base::Code::notFound, "there is no map yet: " + map.string());
    try {
        SQLite::Database file(map.string(), SQLite::OPEN_READONLY, 2000);
        SQLite::Statement rows(file, "SELECT min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents"
                                     " WHERE table_name IN ('boundary_area', 'road') AND min_x < max_x"
                                     " ORDER BY table_name LIMIT 1");
        if (!rows.executeStep())
            return base::fail(base::Code::malformed, "the map has no roads: " + map.string());
        if (rows.getColumn(4).getInt() != 3857)
            return base::fail(base::Code::malformed, "the map is not in web mercator (EPSG:3857): " + map.string());
        return boxOfMercator(rows.getColumn(0).getDouble(), rows.getColumn(1).getDouble(),
                             rows.getColumn(2).getDouble(), rows.getColumn(3).getDouble());
    } catch (const std::exception& e) {
        return base::fail(base::Code::storage, "the map " + map.string() + " cannot be read: " + e.what());
    }
}

/// A file's time and size stand for its content, which may be gigabytes.
std::string stampOf(const RendererOptions& options) {
    std::string made;
    for (const auto* file : {&options.map, &options.relief, &options.contours, &options.overlays}) {
        std::error_code error;
        const auto size = file->empty() ? 0 : std::filesystem::file_size(*file, error);
        const auto written = std::filesystem::last_write_time(*file, error).time_since_epoch().count();
        made += '/' + (error ? "none" : std::to_string(size) + ' ' + std::to_string(written));
    }
    return made;
}

/// What tiles are made from.
std::string identityOf(const RendererOptions& options, const std::string& stamp) {
    const auto& style = options.style;
    return base::toHex(
        base::sha256(style.xml + '\0' + style.dark + '\0' + style.light + "/tiles 5" + stamp));
}

/// Draws rows of blocks of tiles on one thread, or takes a tile from the cache.
class BlockMaker final : public TileMaker {
  public:
    BlockMaker(const RendererOptions& options, TileCache& cache, std::shared_ptr<HeldTables> held)
        : m_options(options), m_cache(cache), m_identity(cache.identity()), m_held(std::move(held)) {}

    TileOutcome make(const TileJob& job, const std::optional<WorldBox>& view) override {
        TileOutcome outcome;
        if (const auto kept = m_cache.get(job.variant, job.key))
            if (auto image = unpackTile(*kept); image && image->edge == job.variant.pixels) {
                outcome.tiles.emplace_back(job.key, std::make_shared<const TileImage>(std::move(*image)));
                outcome.note = m_trouble;
                return outcome;
            }
        auto& painter = m_painters[{job.variant.look, job.variant.language}];
        if (!painter) {
            auto opened = registerFonts(m_options.fonts).and_then([&] {
                return TilePainter::open(m_options, job.variant.look, job.variant.language, m_held);
            });
            if (!opened) {
                outcome.error = opened.error();
                outcome.fatal = true;
                return outcome;
            }
            painter = std::move(*opened);
        }
        const int blockEdge = blockEdgeFor(job.variant);
        const TileKey first{job.key.zoom, job.key.x / blockEdge * blockEdge, job.key.y / blockEdge * blockEdge};
        const auto part = view ? partSeen(job, blockEdge, *view) : std::nullopt;
        auto painted = painter->paint(first, blockEdge, job.variant, part ? *part : boxOfRow(job, blockEdge));
        if (!painted) {
            outcome.error = painted.error();
            return outcome;
        }
        m_trouble = painter->trouble();
        outcome.note = m_trouble;
        for (std::size_t i = 0; i < painted->size(); ++i) {
            const int at = static_cast<int>(i);
            if ((*painted)[i].edge == 0) // in another row, or out of view
                continue;
            outcome.tiles.emplace_back(TileKey{first.zoom, first.x + at % blockEdge, first.y + at / blockEdge},
                                       std::make_shared<const TileImage>(std::move((*painted)[i])));
        }
        outcome.standIn = part.has_value();
        if (m_cache.keeps() && m_trouble.empty() && !part) // what lacks something is not kept
            outcome.afterwards = [&cache = m_cache, identity = m_identity, variant = job.variant,
                                  tiles = outcome.tiles] { keep(cache, identity, variant, tiles); };
        return outcome;
    }

  private:
    static void keep(TileCache& cache, const std::string& identity, const TileVariant& variant,
                     const std::vector<std::pair<TileKey, std::shared_ptr<const TileImage>>>& tiles) {
        std::vector<std::pair<TileKey, std::string>> packed;
        for (const auto& [key, image] : tiles)
            if (auto bytes = packTile(*image))
                packed.emplace_back(key, std::move(*bytes));
        cache.put(identity, variant, packed);
    }

    const RendererOptions& m_options;
    TileCache& m_cache;
    const std::string m_identity; ///< of what this one draws
    const std::shared_ptr<HeldTables> m_held;
    std::map<std::pair<MapLook, std::string>, std::unique_ptr<TilePainter>> m_painters;
    std::string m_trouble;
};

class Renderer final : public TileSource {
  public:
    explicit Renderer(RendererOptions options)
        : m_options(std::move(options)), m_read(stampOf(m_options)), m_seen(m_read),
          m_cache(m_options.cache, m_options.cacheBytes, identityOf(m_options, m_read)) {
        m_works.setStatus(readMap());
        m_works.start({.threads = m_options.threads, .groupOf = rowOf, .makeMaker = [this] {
                           const std::lock_guard lock(m_mutex);
                           return std::make_unique<BlockMaker>(m_options, m_cache, m_held);
                       }});
    }
    ~Renderer() override { m_works.stop(); }

    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) override {
        return m_works.connect(std::move(ready), std::move(status));
    }
    MapStatus status() const override { return m_works.status(); }
    std::optional<geo::Box> bounds() const override {
        const std::lock_guard lock(m_mutex);
        return m_bounds;
    }
    void reload() override {
        auto stamp = stampOf(m_options); // before the map is read: what changes meanwhile is seen the next time
        m_cache.setIdentity(identityOf(m_options, stamp));
        {
            const std::lock_guard lock(m_mutex);
            m_read = m_seen = std::move(stamp);
        }
        m_works.restart(readMap());
    }
    bool isStale() override {
        auto stamp = stampOf(m_options);
        const std::lock_guard lock(m_mutex);
        const bool isOver = stamp == m_seen;
        m_seen = std::move(stamp);
        return isOver && m_seen != m_read;
    }

  private:
    MapStatus readMap() {
        const auto bounds = boundsOf(m_options.map);
        const std::lock_guard lock(m_mutex);
        m_held = std::make_shared<HeldTables>();
        m_bounds = bounds ? std::optional(*bounds) : std::nullopt;
        if (bounds)
            return {};
        const bool missing = bounds.error().code == base::Code::notFound;
        return {missing ? MapStatus::Kind::missing : MapStatus::Kind::broken, bounds.error().message};
    }

    const RendererOptions m_options;
    mutable std::mutex m_mutex;
    std::optional<geo::Box> m_bounds;
    std::shared_ptr<HeldTables> m_held; ///< of the map as it was read last
    std::string m_read; ///< what the files were when the map was read …
    std::string m_seen; ///< … and when they were last looked at
    TileCache m_cache;
    TileWorks m_works;
};

} // namespace

std::unique_ptr<TileSource> makeTileRenderer(RendererOptions options) {
    return std::make_unique<Renderer>(std::move(options));
}

} // namespace tocsin::map
