#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/position.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::ingest {

/// What the page's map can show. Degrees of WGS 84.
struct PageMapExtent {
    double south{0};
    double west{0};
    double north{0};
    double east{0};
    model::Position centre; ///< where it opens
    int lowestZoom{0};      ///< of a world that is 512 · 2^zoom CSS pixels wide
    int highestZoom{0};
    std::string attribution; ///< whose data it is
};

/// A tile as the page asks for it: 512 CSS pixels square.
struct PageTile {
    int zoom{0};
    int x{0}; ///< from the west
    int y{0}; ///< from the north
    bool light{false};
    std::string language; ///< "en", "zh_CN"
    bool fine{false};     ///< two device pixels for each of the page's
};

/// The map on which citizens set their pin, and the names on it. Thread safe.
class PageMap {
  public:
    virtual ~PageMap() = default;
    using Bytes = std::shared_ptr<const std::string>;
    using Names = std::shared_ptr<const std::vector<std::string>>;

    /// Nothing while there is no map. Does not block.
    [[nodiscard]] virtual std::optional<PageMapExtent> extent() const = 0;
    /// What the page offers while one types a place, the most important first: settlements and streets of the map that is
    /// there now. The same pointer for as long as they are the same; may be null. Does not block.
    [[nodiscard]] virtual Names places() const = 0;
    /// A PNG, through `done`, once and from any thread. Code::notFound for a tile that there is not,
    /// Code::unavailable when too many are asked for at once. Does not block.
    virtual void tile(const PageTile& tile, std::function<void(base::Result<Bytes>)> done) = 0;
};

} // namespace tocsin::ingest
