#include "tocsin/map/tile_renderer.hpp"

#include "map/tile_cache.hpp"
#include "map/tile_painter.hpp"
#include "tocsin/base/sha256.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

namespace tocsin::map {
namespace {

/// Tiles are drawn in blocks of so many by so many: fewer names are cut, and less is read twice. Large tiles are blocks
/// by themselves, for the memory's sake.
int blockEdgeFor(const TileVariant& variant) {
    return variant.pixels <= 768 ? 2 : 1;
}

struct Job {
    TileVariant variant;
    TileKey key;
};
using BlockKey = std::tuple<TileVariant, int, int, int>;

BlockKey blockOf(const Job& job) {
    const int blockEdge = blockEdgeFor(job.variant);
    return {job.variant, job.key.zoom, job.key.x / blockEdge, job.key.y / blockEdge};
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

/// What tiles are made from. The file's time and size stand for its content, which may be gigabytes.
std::string identityOf(const RendererOptions& options) {
    std::error_code error;
    const auto size = std::filesystem::file_size(options.map, error);
    const auto written = std::filesystem::last_write_time(options.map, error).time_since_epoch().count();
    return base::toHex(base::sha256(options.style.xml + '\0' + options.style.dark + '\0' + options.style.light + '\0' +
                                    std::to_string(size) + '/' + std::to_string(written) + "/tiles 1"));
}

class Renderer;

class Client final : public TileClient {
  public:
    Client(Renderer& renderer, TileSource::TileReady ready, TileSource::StatusChanged status)
        : m_renderer(renderer), m_ready(std::move(ready)), m_status(std::move(status)) {}
    ~Client() override;
    void want(const TileVariant& variant, std::vector<TileKey> tiles) override;

  private:
    friend class Renderer;
    Renderer& m_renderer;
    TileSource::TileReady m_ready;
    TileSource::StatusChanged m_status;
    std::deque<Job> m_wanted; ///< under the renderer's mutex, as is m_calls
    int m_calls{0};           ///< callbacks that run now
};

class Renderer final : public TileSource {
  public:
    explicit Renderer(RendererOptions options)
        : m_options(std::move(options)), m_cache(m_options.cache, m_options.cacheBytes, identityOf(m_options)) {
        if (auto bounds = boundsOf(m_options.map))
            m_bounds = *bounds;
        else
            m_status = statusOf(bounds.error());
        for (unsigned i = 0; i < std::clamp(m_options.threads, 1U, 8U); ++i)
            m_threads.emplace_back([this] { work(); });
    }

    ~Renderer() override {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_wake.notify_all();
        for (std::thread& thread : m_threads)
            thread.join();
    }

    std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) override {
        auto client = std::make_unique<Client>(*this, std::move(ready), std::move(status));
        MapStatus now;
        {
            const std::lock_guard lock(m_mutex);
            m_clients.push_back(client.get());
            now = m_status;
        }
        if (client->m_status)
            client->m_status(now);
        return client;
    }

    MapStatus status() const override {
        const std::lock_guard lock(m_mutex);
        return m_status;
    }
    std::optional<geo::Box> bounds() const override {
        const std::lock_guard lock(m_mutex);
        return m_bounds;
    }

    void reload() override {
        auto bounds = boundsOf(m_options.map);
        m_cache.setIdentity(identityOf(m_options));
        std::unique_lock lock(m_mutex);
        ++m_generation;
        m_bounds = bounds ? std::optional(*bounds) : std::nullopt;
        setStatus(lock, bounds ? MapStatus{} : statusOf(bounds.error()));
    }

    void want(Client& client, const TileVariant& variant, std::vector<TileKey> tiles) {
        {
            const std::lock_guard lock(m_mutex);
            client.m_wanted.clear();
            const bool sane =
                variant.pixels >= 256 && variant.pixels <= 2048 && variant.scale >= 0.5 && variant.scale <= 4;
            for (const TileKey& key : tiles)
                if (sane && isValid(key))
                    client.m_wanted.push_back({variant, key});
        }
        m_wake.notify_all();
    }

    void leave(Client& client) {
        std::unique_lock lock(m_mutex);
        std::erase(m_clients, &client);
        m_left.wait(lock, [&] { return client.m_calls == 0; });
    }

  private:
    static MapStatus statusOf(const base::Error& error) {
        return {error.code == base::Code::notFound ? MapStatus::Kind::missing : MapStatus::Kind::broken, error.message};
    }

    /// Calls back without the lock; a client that leaves meanwhile waits for it.
    template <typename Call>
    void callEach(std::unique_lock<std::mutex>& lock, const std::vector<Client*>& clients, const Call& call) {
        for (Client* client : clients)
            ++client->m_calls;
        lock.unlock();
        for (Client* client : clients)
            call(*client);
        lock.lock();
        for (Client* client : clients)
            --client->m_calls;
        m_left.notify_all();
    }

    void setStatus(std::unique_lock<std::mutex>& lock, MapStatus status) {
        if (status == m_status)
            return;
        m_status = std::move(status);
        const MapStatus now = m_status;
        callEach(lock, std::vector<Client*>(m_clients), [&](Client& client) {
            if (client.m_status)
                client.m_status(now);
        });
    }

    std::optional<Job> takeJob() {
        if (m_status.kind == MapStatus::Kind::missing || m_status.kind == MapStatus::Kind::broken)
            return std::nullopt;
        for (Client* client : m_clients)
            for (const Job& job : client->m_wanted)
                if (!m_running.contains(blockOf(job)))
                    return job;
        return std::nullopt;
    }

    void work() {
        std::map<std::pair<MapLook, std::string>, std::unique_ptr<TilePainter>> painters;
        std::uint64_t generation = 0;
        std::unique_lock lock(m_mutex);
        while (true) {
            std::optional<Job> job;
            m_wake.wait(lock, [&] { return m_ending || (job = takeJob()); });
            if (m_ending)
                return;
            if (generation != m_generation) {
                painters.clear();
                generation = m_generation;
            }
            const BlockKey block = blockOf(*job);
            m_running.insert(block);
            lock.unlock();
            auto made = make(*job, painters);
            lock.lock();
            if (!made) {
                setStatus(lock, statusOf(made.error()));
            } else if (generation == m_generation) {
                setStatus(lock, {MapStatus::Kind::ready, {}});
                for (const auto& [key, image] : made->tiles)
                    deliver(lock, {job->variant, key}, image);
                if (made->fresh) { // seen first, kept afterwards
                    lock.unlock();
                    for (const auto& [key, image] : made->tiles)
                        if (const auto png = encodeTile(*image))
                            m_cache.put(job->variant, key, *png);
                    lock.lock();
                }
            }
            m_running.erase(block);
            m_wake.notify_all();
        }
    }

    struct Made {
        std::vector<std::pair<TileKey, std::shared_ptr<const TileImage>>> tiles;
        bool fresh{false}; ///< drawn now, not taken from the cache
    };

    base::Result<Made> make(const Job& job,
                            std::map<std::pair<MapLook, std::string>, std::unique_ptr<TilePainter>>& painters) {
        if (const auto kept = m_cache.get(job.variant, job.key))
            if (auto image = decodeTile(*kept); image && image->edge == job.variant.pixels)
                return Made{{{job.key, std::make_shared<const TileImage>(std::move(*image))}}, false};
        auto& painter = painters[{job.variant.look, job.variant.language}];
        if (!painter) {
            if (auto fonts = registerFonts(m_options.fonts); !fonts)
                return tl::unexpected(fonts.error());
            auto opened = TilePainter::open(m_options.map, m_options.style, job.variant.look, job.variant.language);
            if (!opened)
                return tl::unexpected(opened.error());
            painter = std::move(*opened);
        }
        const int blockEdge = blockEdgeFor(job.variant);
        const TileKey first{job.key.zoom, job.key.x / blockEdge * blockEdge, job.key.y / blockEdge * blockEdge};
        const auto picture = painter->paint(first, blockEdge, job.variant);
        if (!picture)
            return tl::unexpected(picture.error());
        Made made{{}, true};
        for (int y = 0; y < blockEdge; ++y)
            for (int x = 0; x < blockEdge; ++x)
                made.tiles.emplace_back(TileKey{first.zoom, first.x + x, first.y + y},
                                        std::make_shared<const TileImage>(cutTile(*picture, job.variant.pixels, x, y)));
        return made;
    }

    void deliver(std::unique_lock<std::mutex>& lock, const Job& done, std::shared_ptr<const TileImage> image) {
        std::vector<Client*> takers;
        for (Client* client : m_clients) {
            const auto same = [&](const Job& j) { return j.key == done.key && j.variant == done.variant; };
            const auto found = std::find_if(client->m_wanted.begin(), client->m_wanted.end(), same);
            if (found == client->m_wanted.end())
                continue;
            client->m_wanted.erase(found);
            takers.push_back(client);
        }
        callEach(lock, takers, [&](Client& client) { client.m_ready(done.key, done.variant, image); });
    }

    const RendererOptions m_options;
    TileCache m_cache;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_left;
    MapStatus m_status;
    std::optional<geo::Box> m_bounds;
    std::vector<Client*> m_clients;
    std::set<BlockKey> m_running;
    std::uint64_t m_generation{0};
    bool m_ending{false};
    std::vector<std::thread> m_threads;
};

Client::~Client() {
    m_renderer.leave(*this);
}
void Client::want(const TileVariant& variant, std::vector<TileKey> tiles) {
    m_renderer.want(*this, variant, std::move(tiles));
}

} // namespace

std::unique_ptr<TileSource> makeTileRenderer(RendererOptions options) {
    return std::make_unique<Renderer>(std::move(options));
}

} // namespace tocsin::map
