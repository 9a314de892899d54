#pragma once

#include "tocsin/map/tile_source.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace tocsin::gui::test {

/// Answers at once, with tiles of one colour, up to a zoom that the test sets. Everything on the caller's thread.
class PlainTiles : public map::TileSource {
  public:
    PlainTiles() = default;
    explicit PlainTiles(std::uint32_t tileColour) : colour(tileColour) {}

    int highest{30};
    std::uint32_t colour{0xff336699}; ///< ARGB, not multiplied
    std::size_t asked{0};

    /// Tells everybody who looks.
    void say(map::MapStatus::Kind kind, std::string message) {
        m_status = {kind, std::move(message)};
        for (const StatusChanged& tell : m_listeners)
            if (tell)
                tell(m_status);
    }

    std::unique_ptr<map::TileClient> connect(TileReady ready, StatusChanged status) override {
        status(m_status);
        m_listeners.push_back(std::move(status));
        struct Client : map::TileClient {
            PlainTiles& source;
            TileReady ready;
            std::size_t listener;
            Client(PlainTiles& s, TileReady r)
                : source(s), ready(std::move(r)), listener(source.m_listeners.size() - 1) {}
            ~Client() override { source.m_listeners[listener] = nullptr; }
            void want(const map::TileVariant& variant, std::vector<map::TileKey> tiles,
                      const std::optional<map::WorldBox>&) override {
                for (const auto& key : tiles) {
                    ++source.asked;
                    if (key.zoom > source.highest)
                        continue;
                    auto image = std::make_shared<map::TileImage>();
                    image->edge = variant.pixels;
                    image->opaque = source.colour >> 24U == 0xffU;
                    image->pixels.assign(static_cast<std::size_t>(variant.pixels * variant.pixels), source.colour);
                    ready(key, variant, image);
                }
            }
        };
        return std::make_unique<Client>(*this, std::move(ready));
    }
    map::MapStatus status() const override { return m_status; }
    std::optional<geo::Box> bounds() const override {
        geo::Box box;
        box.add(model::Position::trusted(47.05, 9.47));
        box.add(model::Position::trusted(47.27, 9.64));
        return box;
    }
    void reload() override {}

  private:
    map::MapStatus m_status{map::MapStatus::Kind::ready, {}};
    std::vector<StatusChanged> m_listeners; ///< null: has gone
};

} // namespace tocsin::gui::test
