#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile_source.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tocsin::map {

/// Single tiles as PNG of 256 colours, for those who are not the window: phones that ask over HTTP. Bounded: only tiles
/// of the map's own area, so many at a time, so many bytes kept. A thread looks whether the map has been imported anew;
/// then pictures of the old one are forgotten. Thread safe.
class TilePictures {
  public:
    using Bytes = std::shared_ptr<const std::string>;
    using Done = std::function<void(base::Result<Bytes>)>;
    struct Limits {
        std::size_t waiting{64};          ///< pictures that are being made; beyond: Code::unavailable
        std::size_t keptBytes{16U << 20U}; ///< of the pictures made last
        std::chrono::milliseconds patience{20'000}; ///< what has not come by then is given up when the next is asked for
        std::chrono::milliseconds lookEvery{2'000}; ///< for another map
    };
    /// `source` should be its own: its threads pack the pictures too (some milliseconds each). `renewed`, which may be
    /// empty, is told by the thread that looks, once another map has been read; not after this object ends.
    TilePictures(std::unique_ptr<TileSource> source, Limits limits, std::function<void()> renewed = {});
    explicit TilePictures(std::unique_ptr<TileSource> source) : TilePictures(std::move(source), Limits{}) {}
    /// Whoever waits is told Code::cancelled.
    ~TilePictures();
    TilePictures(const TilePictures&) = delete;
    TilePictures& operator=(const TilePictures&) = delete;

    /// What the map covers; nothing without a map.
    [[nodiscard]] std::optional<geo::Box> bounds() const;
    /// Calls `done` once, from this thread or one of the source's; it must not block. Code::notFound where there is no
    /// map, or the tile touches none of it; Code::unavailable when too many wait already.
    void get(const TileKey& key, const TileVariant& variant, Done done);

  private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::map
