// How fast the base map is drawn, as its TileSource gives it:
//   map_tiles_bench --data COUNTY [--zooms 9-18] [--threads 2] [--size 1920x1080] [--look dark] [--language en]
//   [--json]
// For each zoom: a cold tile on one worker (median and 95th percentile), a cold and a warm screen on all of them. A
// cold screen is drawn when every pixel of the view is; the parts of its tiles beyond the view follow ("whole tiles").
//   map_tiles_bench --data COUNTY --picture OUT.png --zooms 9,12,14,16 [--at LAT,LON] [--style FOLDER]
// draws a square sheet of the views instead, to look at.

#include "map/tile_image.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

namespace {

namespace fs = std::filesystem;
using namespace tocsin;
using SteadyClock = std::chrono::steady_clock;

struct Options {
    fs::path data;
    std::string zooms{"9-18"};
    unsigned threads{2};
    std::string size{"1920x1080"};
    std::string look{"dark"};
    std::string language{"en"};
    std::string at;
    fs::path picture;
    fs::path style;
    bool json{false};
    int rounds{3};
    bool screensOnly{false};
    bool baseOnly{false}; ///< without relief, contours and overlays
};

double msSince(SteadyClock::time_point start) {
    return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

/// Asks for tiles and waits until all are there.
class Viewer {
  public:
    explicit Viewer(map::TileSource& source)
        : m_client(source.connect(
              [this](const map::TileKey& key, const map::TileVariant&, std::shared_ptr<const map::TileImage> image) {
                  const std::lock_guard lock(m_mutex);
                  m_tiles[key] = std::move(image);
                  m_changed.notify_all();
              },
              [this](const map::MapStatus& status) {
                  const std::lock_guard lock(m_mutex);
                  if (status.kind == map::MapStatus::Kind::broken || status.kind == map::MapStatus::Kind::missing) {
                      std::fprintf(stderr, "%s\n", status.message.c_str());
                      std::exit(1);
                  }
                  if (!status.message.empty())
                      std::fprintf(stderr, "%s\n", status.message.c_str());
              })) {}

    std::map<map::TileKey, std::shared_ptr<const map::TileImage>> fetch(const map::TileVariant& variant,
                                                                        const std::vector<map::TileKey>& keys,
                                                                        const std::optional<map::WorldBox>& view = {}) {
        std::unique_lock lock(m_mutex);
        m_tiles.clear();
        lock.unlock();
        m_client->want(variant, keys, view);
        lock.lock();
        m_changed.wait(lock, [&] {
            return std::all_of(keys.begin(), keys.end(), [&](const auto& key) { return m_tiles.contains(key); });
        });
        return m_tiles;
    }
    /// Until the tiles that came as parts are whole.
    void awaitWhole() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] {
            return std::none_of(m_tiles.begin(), m_tiles.end(), [](const auto& tile) { return tile.second->part; });
        });
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<map::TileKey, std::shared_ptr<const map::TileImage>> m_tiles;
    std::unique_ptr<map::TileClient> m_client;
};

std::vector<int> zoomsOf(const std::string& text) {
    std::vector<int> zooms;
    std::stringstream parts(text);
    for (std::string part; std::getline(parts, part, ',');) {
        const std::size_t dash = part.find('-');
        const int from = std::stoi(part);
        const int to = dash == std::string::npos ? from : std::stoi(part.substr(dash + 1));
        for (int z = from; z <= to; ++z)
            zooms.push_back(z);
    }
    return zooms;
}

/// A view of so many pixels.
map::WorldBox viewOf(const map::WorldPoint& centre, int zoom, int width, int height) {
    const double pixels = std::exp2(zoom) * map::tileSize;
    return {{centre.x - width / 2.0 / pixels, centre.y - height / 2.0 / pixels},
            {centre.x + width / 2.0 / pixels, centre.y + height / 2.0 / pixels}};
}

/// The tiles of a view of so many pixels, most central first.
std::vector<map::TileKey> tilesOf(const map::WorldPoint& centre, int zoom, int width, int height) {
    const double count = std::exp2(zoom);
    const auto first = [&](double c, int size) {
        return static_cast<int>(std::floor(c * count - size / 2.0 / map::tileSize));
    };
    const auto last = [&](double c, int size) {
        return static_cast<int>(std::ceil(c * count + size / 2.0 / map::tileSize)) - 1;
    };
    std::vector<map::TileKey> keys;
    for (int y = first(centre.y, height); y <= last(centre.y, height); ++y)
        for (int x = first(centre.x, width); x <= last(centre.x, width); ++x)
            keys.push_back({zoom, x, y});
    const auto far = [&](const map::TileKey& k) {
        return std::hypot(k.x + 0.5 - centre.x * count, k.y + 0.5 - centre.y * count);
    };
    std::stable_sort(keys.begin(), keys.end(), [&](const auto& a, const auto& b) { return far(a) < far(b); });
    return keys;
}

double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[static_cast<std::size_t>(q * static_cast<double>(values.size() - 1))];
}

map::RendererOptions rendererOptions(const Options& options, const fs::path& cache, unsigned threads) {
    map::RendererOptions made;
    made.map = options.data / "map.gpkg";
    if (!options.baseOnly) {
        made.relief = options.data / "relief.tif";
        made.contours = options.data / "contours.gpkg";
        made.overlays = options.data / "overlays.gpkg";
    }
    made.cache = cache;
    made.threads = threads;
    if (!options.style.empty()) {
        const auto read = [&](const char* name) {
            std::ifstream in(options.style / name);
            std::stringstream text;
            text << in.rdbuf();
            return text.str();
        };
        made.style = {read("style.xml"), read("dark.palette"), read("light.palette")};
    }
    return made;
}

int drawSheet(const Options& options, const map::TileVariant& variant, const map::WorldPoint& centre) {
    const auto source = map::makeTileRenderer(rendererOptions(options, {}, options.threads));
    Viewer viewer(*source);
    const std::vector<int> zooms = zoomsOf(options.zooms);
    const int across = static_cast<int>(std::ceil(std::sqrt(static_cast<double>(zooms.size()))));
    const int cell = 1440 / across;
    map::TileImage sheet;
    sheet.edge = across * cell;
    sheet.pixels.assign(static_cast<std::size_t>(sheet.edge * sheet.edge), 0xff808080U);
    for (std::size_t i = 0; i < zooms.size(); ++i) {
        const auto tiles = viewer.fetch(variant, tilesOf(centre, zooms[i], cell, cell));
        const double count = std::exp2(zooms[i]);
        const int left = static_cast<int>(centre.x * count * map::tileSize) - cell / 2;
        const int top = static_cast<int>(centre.y * count * map::tileSize) - cell / 2;
        for (int y = 0; y < cell - 2; ++y)
            for (int x = 0; x < cell - 2; ++x) {
                const int px = left + x;
                const int py = top + y;
                const auto found = tiles.find({zooms[i], px / map::tileSize, py / map::tileSize});
                if (found != tiles.end())
                    sheet.pixels[(i / static_cast<std::size_t>(across) * static_cast<std::size_t>(cell) +
                                  static_cast<std::size_t>(y)) *
                                     static_cast<std::size_t>(sheet.edge) +
                                 i % static_cast<std::size_t>(across) * static_cast<std::size_t>(cell) +
                                 static_cast<std::size_t>(x)] =
                        found->second
                            ->pixels[static_cast<std::size_t>(py % map::tileSize * map::tileSize + px % map::tileSize)];
            }
    }
    const auto png = map::encodePng(sheet);
    if (!png)
        return 1;
    std::ofstream(options.picture, std::ios::binary) << *png;
    return 0;
}

int measure(const Options& options, const map::TileVariant& variant, const map::WorldPoint& centre) {
    const std::size_t times = options.size.find('x');
    const int width = std::stoi(options.size);
    const int height = std::stoi(options.size.substr(times + 1));
    nlohmann::json rows = nlohmann::json::array();
    if (!options.json)
        std::printf(
            "zoom  tiles  cold tile ms (median p95 mean-cpu)  cold screen ms (cpu, whole tiles)  warm screen ms\n");
    for (const int zoom : zoomsOf(options.zooms)) {
        const auto keys = tilesOf(centre, zoom, width, height);
        std::vector<double> cold;
        double cpu = 0; // of the process: what the machine does beside does not count
        std::string pattern = (fs::temp_directory_path() / "tocsin-bench-XXXXXX").string();
        const fs::path folder = mkdtemp(pattern.data());
        if (!options.screensOnly) {
            const auto source = map::makeTileRenderer(rendererOptions(options, {}, 1));
            Viewer viewer(*source);
            viewer.fetch(variant, {{zoom, keys.back().x + 64, keys.back().y}}); // the style and the fonts are read
            // A tile as one asks for it alone; its block's others come along and count, so each block is asked once.
            std::map<std::pair<int, int>, bool> seen;
            for (const auto& key : keys) {
                if (!seen.emplace(std::pair(key.x / 2, key.y / 2), true).second)
                    continue;
                std::vector<map::TileKey> block;
                for (int i = 0; i < 4; ++i)
                    block.push_back({zoom, key.x / 2 * 2 + i % 2, key.y / 2 * 2 + i / 2});
                const auto start = SteadyClock::now();
                const std::clock_t cpuStart = std::clock();
                viewer.fetch(variant, block);
                cpu += static_cast<double>(std::clock() - cpuStart) * 1000 / CLOCKS_PER_SEC;
                // Four tiles of 512: sixteen of 256 pixels.
                for (int i = 0; i < 16; ++i)
                    cold.push_back(msSince(start) / 16);
            }
        }
        std::vector<double> filled;    // the view is
        std::vector<double> filledCpu; // of the process until then
        std::vector<double> whole;     // the view's tiles are
        double warmScreen = 0;
        for (int round = 0; round < options.rounds; ++round) {
            // Without a cache: what the tiles before are packed for is not this screen's time.
            const auto source = map::makeTileRenderer(rendererOptions(options, {}, options.threads));
            Viewer viewer(*source);
            std::vector<map::TileKey> other; // so many that each worker has read the style and opened the map
            for (int i = 0; i < 8; ++i)
                other.push_back({zoom, keys.back().x + 64, keys.back().y + 4 * i});
            viewer.fetch(variant, other);
            const auto start = SteadyClock::now();
            const std::clock_t cpuStart = std::clock();
            viewer.fetch(variant, keys, viewOf(centre, zoom, width, height));
            filled.push_back(msSince(start));
            filledCpu.push_back(static_cast<double>(std::clock() - cpuStart) * 1000 / CLOCKS_PER_SEC);
            viewer.awaitWhole();
            whole.push_back(msSince(start));
        }
        const double coldScreen = quantile(filled, 0.5);
        const double coldCpu = quantile(filledCpu, 0.5);
        const double wholeScreen = quantile(whole, 0.5);
        if (options.screensOnly) {
            std::printf("%4d cold screen %6.1f ms, cpu %6.1f ms, whole tiles %6.1f ms (medians of %d)\n", zoom,
                        coldScreen, coldCpu, wholeScreen, options.rounds);
            fs::remove_all(folder);
            continue;
        }
        { // ends when all is kept
            const auto source = map::makeTileRenderer(rendererOptions(options, folder, options.threads));
            Viewer(*source).fetch(variant, keys);
        }
        {
            const auto source = map::makeTileRenderer(rendererOptions(options, folder, options.threads));
            Viewer viewer(*source);
            viewer.fetch(variant, {{zoom, keys.back().x + 64, keys.back().y}});
            const auto start = SteadyClock::now();
            viewer.fetch(variant, keys);
            warmScreen = msSince(start);
        }
        fs::remove_all(folder);
        rows.push_back({{"zoom", zoom},
                        {"centre_x", (centre.x - 0.5) * 40'075'016.685578488}, // EPSG:3857
                        {"centre_y", (0.5 - centre.y) * 40'075'016.685578488},
                        {"tiles", keys.size()},
                        {"cold_tile_256_median_ms", quantile(cold, 0.5)},
                        {"cold_tile_256_p95_ms", quantile(cold, 0.95)},
                        {"cold_tile_256_cpu_ms", cpu / static_cast<double>(cold.size())},
                        {"cold_screen_ms", coldScreen},
                        {"cold_screen_cpu_ms", coldCpu},
                        {"whole_tiles_ms", wholeScreen},
                        {"warm_screen_ms", warmScreen}});
        if (!options.json)
            std::printf("%4d %6zu %14.2f %7.2f %7.2f %17.0f %7.0f %7.0f %22.1f\n", zoom, keys.size(),
                        quantile(cold, 0.5), quantile(cold, 0.95), cpu / static_cast<double>(cold.size()), coldScreen,
                        coldCpu, wholeScreen, warmScreen);
    }
    if (options.json)
        std::printf("%s\n", rows.dump(1).c_str());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    Options options;
    CLI::App app("Measures or shows the base map");
    app.add_option("--data", options.data, "the county's folder")->required();
    app.add_option("--zooms", options.zooms, "9-18 or 9,12,14");
    app.add_option("--threads", options.threads);
    app.add_option("--size", options.size, "of the screen");
    app.add_option("--look", options.look, "dark or light");
    app.add_option("--language", options.language, "en or zh_CN");
    app.add_option("--at", options.at, "LAT,LON of the view's middle; else the map's");
    app.add_option("--picture", options.picture, "draw a sheet instead");
    app.add_option("--style", options.style, "folder with style.xml and the palettes");
    app.add_flag("--json", options.json);
    app.add_option("--rounds", options.rounds, "cold screens, each by a new renderer; their median counts");
    app.add_flag("--screens-only", options.screensOnly, "measure cold screens and nothing else");
    app.add_flag("--base-only", options.baseOnly, "without relief, contours and overlays");
    CLI11_PARSE(app, argc, argv);

    map::TileVariant variant;
    variant.look = options.look == "light" ? map::MapLook::light : map::MapLook::dark;
    variant.language = options.language;
    map::WorldPoint centre;
    if (!options.at.empty()) {
        const std::size_t comma = options.at.find(',');
        centre = map::toWorld(model::Position::trusted(std::stod(options.at), std::stod(options.at.substr(comma + 1))));
    } else {
        const auto bounds = map::makeTileRenderer(rendererOptions(options, {}, 1))->bounds();
        if (!bounds) {
            std::fprintf(stderr, "%s has no map\n", options.data.c_str());
            return 1;
        }
        centre = map::toWorld(bounds->centre());
    }
    return options.picture.empty() ? measure(options, variant, centre) : drawSheet(options, variant, centre);
}
