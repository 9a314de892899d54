#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/map/tile_source.hpp"
#include "tocsin/model/position.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::map {

struct FileTilesOptions {
    std::filesystem::path file; ///< MBTiles 1.3 with PNG, JPEG or WebP tiles
    model::Datum datum{model::Datum::wgs84};
};

/// Ready-made raster tiles from an MBTiles file. Zooms that the file lacks are made from the nearest wider one; what it
/// does not have at all is transparent. A file of vector tiles, or one that is no MBTiles, is `broken` in the status,
/// with a sentence; one that is not there is `missing`. The look and the language of a variant do not matter.
[[nodiscard]] std::unique_ptr<TileSource> makeFileTiles(FileTilesOptions options);

struct OnlineOptions {
    std::string name; ///< for a person, such as "Tianditu": messages begin with it
    /// http or https address with {z} {x} {y}, or {-y} (rows from the south), {s} (host), {key}; WMTS in its REST or
    /// KVP form is such an address.
    std::string url;
    std::vector<std::string> hosts; ///< what {s} stands for, in turn
    std::string key;                ///< what {key} stands for; never in a message
    int lowestZoom{0};              ///< of the service's own scheme, whose tiles are `tilePixels` wide
    int highestZoom{18};
    int tilePixels{256};
    model::Datum datum{model::Datum::wgs84}; ///< gcj02 and bd09 pictures are shifted to lie right on WGS-84
    std::filesystem::path cache;             ///< MBTiles file, made if missing; empty: kept in memory alone
    std::uint64_t cacheBytes{500'000'000};
    std::string userAgent{"Tocsin"};
    std::chrono::milliseconds timeout{15'000};   ///< for one picture, from the first connection on
    std::chrono::milliseconds firstPause{2'000}; ///< after a failure; doubles up to five minutes
    const base::Clock* clock{nullptr}; ///< tells what is stale; the system's when null, else outlives the source
};

/// Tiles over the network, kept in an MBTiles file with the time when they came. Fresh ones (Cache-Control max-age, at
/// least seven days) are taken from it, stale ones are shown while a new one is asked for, and go on being shown when
/// the network is gone. At most four requests at a time; nothing is asked for that no client wants. What cannot be had
/// is filled from the nearest wider tile that is kept, and comes again, to clients that still look at it, when it can
/// be had. Failures are retried with growing pauses. The status is `ready` with a message while something is wrong
/// ("Tianditu answers 403: the key may be wrong"), `broken` only when the address makes no sense.
[[nodiscard]] std::unique_ptr<TileSource> makeOnlineTiles(OnlineOptions options);

} // namespace tocsin::map
