#include "tocsin/map/tile_pictures.hpp"

#include "map/tile_image.hpp"

#include <algorithm>
#include <condition_variable>
#include <list>
#include <map>
#include <mutex>
#include <set>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace tocsin::map {

using base::Code;
using Clock = std::chrono::steady_clock;

namespace {

using Wish = std::pair<TileVariant, TileKey>;

bool touches(const geo::Box& box, const TileKey& key) {
    const auto northWest = toWorld(model::Position::trusted(box.north, box.west));
    const auto southEast = toWorld(model::Position::trusted(box.south, box.east));
    const double edge = 1.0 / static_cast<double>(1U << static_cast<unsigned>(key.zoom));
    const double west = key.x * edge;
    const double north = key.y * edge;
    return west < southEast.x && west + edge > northWest.x && north < southEast.y && north + edge > northWest.y;
}

} // namespace

class TilePictures::Impl {
  public:
    Impl(std::unique_ptr<TileSource> source, Limits limits, std::function<void()> renewed)
        : m_source(std::move(source)), m_limits(limits), m_renewed(std::move(renewed)),
          m_watch([this](const std::stop_token& stop) { watch(stop); }) {}
    ~Impl() {
        m_watch.request_stop();
        m_watch.join();
        std::map<TileVariant, std::unique_ptr<TileClient>> clients;
        std::list<Waiting> left;
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
            clients.swap(m_clients);
            left.swap(m_waiting);
        }
        clients.clear(); // no callback runs after that
        for (const auto& one : left)
            one.done(base::fail(Code::cancelled, "the map is being closed"));
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    [[nodiscard]] std::optional<geo::Box> bounds() const { return m_source->bounds(); }

    void get(const TileKey& key, const TileVariant& variant, Done done) {
        const auto box = m_source->bounds();
        const auto state = m_source->status().kind;
        if (!box || state == MapStatus::Kind::missing || state == MapStatus::Kind::broken)
            return done(base::fail(Code::notFound, "there is no map"));
        if (!isValid(key) || !touches(*box, key))
            return done(base::fail(Code::notFound, "the map has no such tile"));
        std::vector<Done> late;
        Bytes bytes;
        bool busy = false;
        auto fresh = clientFor(variant);
        {
            const std::lock_guard lock(m_mutex);
            if (fresh && !m_renewing && !m_clients.contains(variant))
                m_clients[variant] = std::move(fresh);
            bytes = kept({variant, key});
            late = giveUp();
            busy = m_ending || m_waiting.size() >= m_limits.waiting;
            if (!bytes && !busy) {
                m_waiting.push_back({{variant, key}, std::move(done), Clock::now()});
                ask(variant);
            }
        }
        for (const auto& one : late)
            one(base::fail(Code::unavailable, "the map is busy"));
        if (bytes)
            done(std::move(bytes));
        else if (busy)
            done(base::fail(Code::unavailable, "the map is busy"));
    }

  private:
    struct Waiting {
        Wish wish;
        Done done;
        Clock::time_point since;
    };
    struct Kept {
        Wish wish;
        Bytes bytes;
    };

    /// The first in the list are the ones asked for last.
    Bytes kept(const Wish& wish) {
        const auto found = m_kept.find(wish);
        if (found == m_kept.end())
            return {};
        m_order.splice(m_order.begin(), m_order, found->second);
        return found->second->bytes;
    }

    std::vector<Done> giveUp() {
        std::vector<Done> late;
        const auto before = Clock::now() - m_limits.patience;
        while (!m_waiting.empty() && m_waiting.front().since < before) {
            late.push_back(std::move(m_waiting.front().done));
            m_waiting.pop_front();
        }
        return late;
    }

    /// A client wants tiles of one variant at a time, so each variant has a client; null where it has one already.
    /// Without the lock: the source tells its status at once.
    std::unique_ptr<TileClient> clientFor(const TileVariant& variant) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_ending || m_renewing || m_clients.contains(variant))
                return nullptr;
        }
        return m_source->connect(
            [this](const TileKey& key, const TileVariant& of, const std::shared_ptr<const TileImage>& image) {
                came({of, key}, *image);
            },
            [this](const MapStatus& status) {
                if (status.kind == MapStatus::Kind::missing || status.kind == MapStatus::Kind::broken)
                    failed(status.message);
            });
    }

    void watch(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(m_mutex);
                m_wake.wait_for(lock, stop, m_limits.lookEvery, [] { return false; });
            }
            if (!stop.stop_requested() && m_source->isStale())
                renew();
        }
    }

    /// The map is another: who waits gets a picture of the new one, and nobody one of the old one from here on.
    void renew() {
        std::map<TileVariant, std::unique_ptr<TileClient>> clients;
        {
            const std::lock_guard lock(m_mutex);
            m_renewing = true;
            clients.swap(m_clients);
        }
        clients.clear(); // whatever was being handed over has been
        m_source->reload();
        std::set<TileVariant> wanted;
        {
            const std::lock_guard lock(m_mutex);
            m_renewing = false;
            m_order.clear();
            m_kept.clear();
            m_bytes = 0;
            for (const auto& one : m_waiting)
                wanted.insert(one.wish.first);
        }
        for (const auto& variant : wanted) {
            auto fresh = clientFor(variant);
            const std::lock_guard lock(m_mutex);
            if (fresh && !m_clients.contains(variant))
                m_clients[variant] = std::move(fresh);
            ask(variant);
        }
        if (m_renewed)
            m_renewed();
    }

    /// The source calls back without locks of its own, so ours may be held here.
    void ask(const TileVariant& variant) {
        std::vector<TileKey> keys;
        for (const auto& one : m_waiting)
            if (one.wish.first == variant && std::find(keys.begin(), keys.end(), one.wish.second) == keys.end())
                keys.push_back(one.wish.second);
        if (const auto client = m_clients.find(variant); client != m_clients.end())
            client->second->want(variant, std::move(keys));
    }

    std::vector<Done> take(const Wish& wish) {
        std::vector<Done> out;
        for (auto at = m_waiting.begin(); at != m_waiting.end();) {
            if (at->wish == wish) {
                out.push_back(std::move(at->done));
                at = m_waiting.erase(at);
            } else {
                ++at;
            }
        }
        return out;
    }

    void came(const Wish& wish, const TileImage& image) {
        auto packed = encodeSmallPng(image);
        const auto bytes = packed ? std::make_shared<const std::string>(std::move(*packed)) : Bytes{};
        std::vector<Done> those;
        {
            const std::lock_guard lock(m_mutex);
            those = take(wish);
            if (bytes)
                keep(wish, bytes);
        }
        for (const auto& done : those)
            done(bytes ? base::Result<Bytes>(bytes) : base::Result<Bytes>(tl::unexpected(packed.error())));
    }

    void keep(const Wish& wish, const Bytes& bytes) {
        if (const auto found = m_kept.find(wish); found != m_kept.end()) {
            m_bytes -= found->second->bytes->size();
            m_order.erase(found->second);
            m_kept.erase(found);
        }
        m_order.push_front({wish, bytes});
        m_kept[wish] = m_order.begin();
        m_bytes += bytes->size();
        while (m_bytes > m_limits.keptBytes && !m_order.empty()) {
            m_bytes -= m_order.back().bytes->size();
            m_kept.erase(m_order.back().wish);
            m_order.pop_back();
        }
    }

    void failed(const std::string& why) {
        std::list<Waiting> those;
        {
            const std::lock_guard lock(m_mutex);
            those.swap(m_waiting);
        }
        for (const auto& one : those)
            one.done(base::fail(Code::notFound, why));
    }

    const std::unique_ptr<TileSource> m_source;
    const Limits m_limits;
    const std::function<void()> m_renewed;
    std::mutex m_mutex; ///< guards the members below
    std::map<TileVariant, std::unique_ptr<TileClient>> m_clients;
    std::list<Waiting> m_waiting; ///< the oldest first
    std::list<Kept> m_order;
    std::map<Wish, std::list<Kept>::iterator> m_kept;
    std::size_t m_bytes{0};
    bool m_renewing{false};
    bool m_ending{false};
    std::condition_variable_any m_wake;
    std::jthread m_watch; ///< goes first
};

TilePictures::TilePictures(std::unique_ptr<TileSource> source, Limits limits, std::function<void()> renewed)
    : m_impl(std::make_unique<Impl>(std::move(source), limits, std::move(renewed))) {}
TilePictures::~TilePictures() = default;

std::optional<geo::Box> TilePictures::bounds() const {
    return m_impl->bounds();
}

void TilePictures::get(const TileKey& key, const TileVariant& variant, Done done) {
    m_impl->get(key, variant, std::move(done));
}

} // namespace tocsin::map
