#pragma once

#include "tocsin/map/tile_source.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace tocsin::map::test {

/// Collects what a source says, and waits for it (at most a minute, and only when something is wrong).
class Viewer {
  public:
    explicit Viewer(TileSource& source)
        : m_client(source.connect(
              [this](const TileKey& key, const TileVariant&, std::shared_ptr<const TileImage> image) {
                  const std::lock_guard lock(m_mutex);
                  m_tiles[key] = std::move(image);
                  ++m_came[key];
                  m_changed.notify_all();
              },
              [this](const MapStatus& status) {
                  const std::lock_guard lock(m_mutex);
                  m_status = status;
                  m_changed.notify_all();
              })) {}
    ~Viewer() { m_client.reset(); }
    Viewer(const Viewer&) = delete;
    Viewer& operator=(const Viewer&) = delete;

    void want(const TileVariant& variant, std::vector<TileKey> keys, const std::optional<WorldBox>& view = {}) {
        {
            const std::lock_guard lock(m_mutex);
            m_tiles.clear();
            m_came.clear();
        }
        m_client->want(variant, std::move(keys), view);
    }
    /// The tile, once it came; null when the source gave up.
    std::shared_ptr<const TileImage> tile(const TileKey& key) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [&] { return m_tiles.contains(key) || failed(); });
        return m_tiles.contains(key) ? m_tiles[key] : nullptr;
    }
    /// The tile, once it came and looks right.
    std::shared_ptr<const TileImage> tileThat(const TileKey& key, const std::function<bool(const TileImage&)>& right) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [&] { return m_tiles.contains(key) && right(*m_tiles[key]); });
        return m_tiles.contains(key) ? m_tiles[key] : nullptr;
    }
    /// How often the tile came since it was wanted.
    int came(const TileKey& key) {
        const std::lock_guard lock(m_mutex);
        return m_came[key];
    }
    MapStatus failure() {
        return statusThat([this](const MapStatus&) { return failed(); });
    }
    /// The status, once it is as it should be; else whatever it is in the end.
    MapStatus statusThat(const std::function<bool(const MapStatus&)>& right) {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, patience, [&] { return right(m_status); });
        return m_status;
    }
    /// The status, once its message has this in it.
    MapStatus statusWith(const std::string& part) {
        return statusThat([part](const MapStatus& s) { return s.message.find(part) != std::string::npos; });
    }

  private:
    static constexpr std::chrono::seconds patience{60};
    [[nodiscard]] bool failed() const {
        return m_status.kind == MapStatus::Kind::missing || m_status.kind == MapStatus::Kind::broken;
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<TileKey, std::shared_ptr<const TileImage>> m_tiles;
    std::map<TileKey, int> m_came;
    MapStatus m_status;
    std::unique_ptr<TileClient> m_client;
};

} // namespace tocsin::map::test
