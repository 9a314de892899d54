#pragma once

#include "tocsin/geo/measure.hpp"
#include "tocsin/map/tile.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::map {

/// Whether there is a map to show.
struct MapStatus {
    enum class Kind : std::uint8_t { loading, ready, missing, broken };
    Kind kind{Kind::loading};
    /// For a person: why it is missing or broken; when ready, what is wrong although tiles are shown (a relief that
    /// cannot be read, a service that does not answer), or empty.
    std::string message;
    friend bool operator==(const MapStatus&, const MapStatus&) = default;
};

/// One who looks at the map. Its callbacks run on a worker thread, must not block, and never run again once the
/// destructor has returned (so the destructor must not be called from them).
class TileClient {
  public:
    virtual ~TileClient() = default;
    /// What is wanted now, most wanted first. Replaces what was wanted before: work on it that has not begun is
    /// dropped. Each wanted tile comes, or the status says why not and it comes when that is mended; one that had to
    /// be made up from wider views comes again when the real one can be had. With `view`, what is on the screen, a tile
    /// at its edge may come first as a part (TileImage::part) that fills the view, and whole soon after; without one,
    /// tiles are whole. Any thread; does not wait.
    virtual void want(const TileVariant& variant, std::vector<TileKey> tiles,
                      const std::optional<WorldBox>& view = std::nullopt) = 0;
};

/// Makes tiles of the base map on threads of its own. Thread safe.
class TileSource {
  public:
    virtual ~TileSource() = default;

    using TileReady =
        std::function<void(const TileKey& key, const TileVariant& variant, std::shared_ptr<const TileImage> image)>;
    using StatusChanged = std::function<void(const MapStatus& status)>;
    /// `status` is called once at least, with the state as it is. The source must outlive the client.
    [[nodiscard]] virtual std::unique_ptr<TileClient> connect(TileReady ready, StatusChanged status) = 0;

    [[nodiscard]] virtual MapStatus status() const = 0;
    /// What the map covers; nothing while there is no map.
    [[nodiscard]] virtual std::optional<geo::Box> bounds() const = 0;
    /// Reads the map again, after an import. Tiles that were drawn from another map are forgotten.
    virtual void reload() = 0;
    /// Whether what it is made from is another by now than what was read, and has been the same since the last call: an
    /// import is over, and reload() shows it. Looks at the disk.
    [[nodiscard]] virtual bool isStale() { return false; }
};

} // namespace tocsin::map
