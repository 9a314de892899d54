#pragma once

#include "tocsin/model/position.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tocsin::map {

/// A point of the web-mercator square: x to the east, y to the south, both 0…1 over the world.
struct WorldPoint {
    double x{0};
    double y{0};
    friend bool operator==(const WorldPoint&, const WorldPoint&) = default;
};

/// A part of the web-mercator square.
struct WorldBox {
    WorldPoint from; ///< north-west
    WorldPoint to;   ///< south-east
    friend bool operator==(const WorldBox&, const WorldBox&) = default;
};

/// Web mercator (EPSG:3857) on the unit square. Latitudes beyond ±85.0511° clamp.
[[nodiscard]] WorldPoint toWorld(const model::Position& position);
[[nodiscard]] model::Position fromWorld(const WorldPoint& point);
/// Metres on the ground for one unit of the square at this latitude.
[[nodiscard]] double metresPerWorld(double latitude);

constexpr int lowestZoom = 6;
constexpr int highestZoom = 19;
/// A tile's edge on the screen at a whole zoom, in device-independent pixels: the world is 512 · 2^zoom of them wide.
constexpr int tileSize = 512;

/// A tile of the usual scheme: x from the west, y from the north.
struct TileKey {
    int zoom{0};
    int x{0};
    int y{0};
    friend auto operator<=>(const TileKey&, const TileKey&) = default;
};

/// True if the tile exists in the scheme and within the zooms that are drawn.
[[nodiscard]] bool isValid(const TileKey& key);

enum class MapLook : std::uint8_t { dark, light };
[[nodiscard]] std::string_view toString(MapLook look);

/// What a tile looks like beside where it is.
struct TileVariant {
    MapLook look{MapLook::dark};
    std::string language{"en"}; ///< of the names on the map: "en", "zh_CN"
    int pixels{tileSize};       ///< edge in device pixels, 256…2048
    double scale{1.0};          ///< device pixels for one point of line width and text, 0.5…4
    friend auto operator<=>(const TileVariant&, const TileVariant&) = default;
};

/// Zeroed memory for a picture. Large pieces come from those given back lately, of which 32 MB are kept: asking the
/// system for each page anew costs more than painting it. Thread safe; throws std::bad_alloc.
[[nodiscard]] void* takePictureMemory(std::size_t bytes);
void giveBackPictureMemory(void* memory, std::size_t bytes);

/// Memory that comes zeroed is not written once more to be zero. A vector with it grows by zeros only while it has
/// never been larger.
template <typename T>
struct ZeroedMemory {
    using value_type = T;
    ZeroedMemory() = default;
    template <typename U>
    explicit ZeroedMemory(const ZeroedMemory<U>&) {}
    T* allocate(std::size_t count) { return static_cast<T*>(takePictureMemory(count * sizeof(T))); }
    void deallocate(T* memory, std::size_t count) { giveBackPictureMemory(memory, count * sizeof(T)); }
    template <typename U>
    void construct(U*) {}
    template <typename U, typename... Arguments>
    void construct(U* at, Arguments&&... arguments) {
        ::new (static_cast<void*>(at)) U(std::forward<Arguments>(arguments)...);
    }
    friend bool operator==(const ZeroedMemory&, const ZeroedMemory&) { return true; }
};
using Pixels = std::vector<std::uint32_t, ZeroedMemory<std::uint32_t>>;

/// Pixels as 0xAARRGGBB in the machine's byte order, row by row; colours are not multiplied by alpha. The county's own
/// map is opaque; tiles of others may be translucent (names over another base) or transparent where nothing is known.
struct TileImage {
    int edge{0};
    Pixels pixels;
    bool opaque{true}; ///< every alpha is 255
    bool part{false};  ///< painted only where a client looks now; transparent elsewhere, and the whole comes later
};

} // namespace tocsin::map
