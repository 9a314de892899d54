#pragma once

#include "tocsin/ingest/page_map.hpp"

#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace tocsin::ingest::test {

/// A map whose every tile is the same picture, or that is too busy, or that has none.
class FakePageMap final : public PageMap {
  public:
    std::optional<PageMapExtent> extent() const override {
        if (none)
            return {};
        PageMapExtent out;
        out.south = 47.04;
        out.west = 9.47;
        out.north = 47.27;
        out.east = 9.64;
        out.centre = model::Position::trusted(47.14, 9.52);
        out.lowestZoom = 10;
        out.highestZoom = 18;
        out.attribution = "© the county";
        return out;
    }
    Names places() const override {
        const std::lock_guard lock(m_mutex);
        return m_places;
    }
    void nameThese(std::vector<std::string> places) {
        const std::lock_guard lock(m_mutex);
        m_places = std::make_shared<const std::vector<std::string>>(std::move(places));
    }
    void tile(const PageTile& tile, std::function<void(base::Result<Bytes>)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            m_asked.push_back(tile);
            if (m_busy > 0) {
                --m_busy;
                return done(base::fail(base::Code::unavailable, "the map is busy"));
            }
        }
        if (silent)
            return; // `done` goes unanswered
        if (tile.x == 0)
            return done(base::fail(base::Code::notFound, "no such tile"));
        done(std::make_shared<const std::string>(picture));
    }
    std::vector<PageTile> asked() {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    void beBusy(int times) {
        const std::lock_guard lock(m_mutex);
        m_busy = times;
    }

    std::string picture{"a picture"};
    std::atomic<bool> none{false}; // set while the io threads ask, as is the next
    std::atomic<bool> silent{false};

  private:
    mutable std::mutex m_mutex;
    Names m_places;
    std::vector<PageTile> m_asked;
    int m_busy{0};
};

} // namespace tocsin::ingest::test
