#include "ingest/http_await.hpp"

#include <array>
#include <charconv>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using nlohmann::json;

namespace {

constexpr int highestZoom = 22;

std::optional<int> wholeNumber(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0)
        return {};
    return value;
}

/// "/map/light/en/14/8624/5742@2x.png"
std::optional<PageTile> tileOf(std::string_view path) {
    constexpr std::string_view start = "/map/";
    constexpr std::string_view end = ".png";
    if (!path.starts_with(start) || !path.ends_with(end))
        return {};
    path.remove_prefix(start.size());
    path.remove_suffix(end.size());
    PageTile tile;
    if (path.ends_with("@2x")) {
        tile.fine = true;
        path.remove_suffix(3);
    }
    std::array<std::string_view, 5> parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto slash = path.find('/');
        if ((slash == std::string_view::npos) != (i + 1 == parts.size()))
            return {};
        parts[i] = path.substr(0, slash);
        path.remove_prefix(i + 1 == parts.size() ? path.size() : slash + 1);
    }
    if ((parts[0] != "light" && parts[0] != "dark") || (parts[1] != "en" && parts[1] != "zh_CN"))
        return {};
    tile.light = parts[0] == "light";
    tile.language = parts[1];
    const auto zoom = wholeNumber(parts[2]);
    const auto x = wholeNumber(parts[3]);
    const auto y = wholeNumber(parts[4]);
    if (!zoom || !x || !y || *zoom > highestZoom || *x >= (1 << *zoom) || *y >= (1 << *zoom))
        return {};
    tile.zoom = *zoom;
    tile.x = *x;
    tile.y = *y;
    return tile;
}

HttpReply nothingThere(const char* why) {
    return jsonReply(404, refusal("refused", why));
}

} // namespace

bool TileAllowance::take() {
    const std::lock_guard lock(m_mutex);
    const auto now = std::chrono::steady_clock::now();
    if (m_last != std::chrono::steady_clock::time_point{}) {
        const std::chrono::duration<double> since = now - m_last;
        m_left = std::min(m_perSecond * 2, m_left + since.count() * m_perSecond);
    }
    m_last = now;
    if (m_left < 1)
        return false;
    m_left -= 1;
    return true;
}

asio::awaitable<HttpReply> HttpDoor::map(const HttpRequest& request) {
    const auto& source = m_shared->options.map;
    const auto extent = source ? source->extent() : std::nullopt;
    if (!extent)
        co_return nothingThere("there is no map");
    if (request.path == "/map.json") {
        co_return jsonReply(200, {{"south", extent->south},
                                  {"west", extent->west},
                                  {"north", extent->north},
                                  {"east", extent->east},
                                  {"latitude", extent->centre.latitude()},
                                  {"longitude", extent->centre.longitude()},
                                  {"lowestZoom", extent->lowestZoom},
                                  {"highestZoom", extent->highestZoom},
                                  {"attribution", extent->attribution}});
    }
    const auto tile = tileOf(request.path);
    if (!tile || tile->zoom < extent->lowestZoom || tile->zoom > extent->highestZoom)
        co_return nothingThere("the map has no such tile");
    if (!m_shared->tiles.take())
        co_return busyReply("the map is busy");
    using Tile = base::Result<PageMap::Bytes>;
    Tile dropped = base::fail(Code::unavailable, "the map is being closed");
    auto start = [&](std::function<void(Tile)> done) { source->tile(*tile, std::move(done)); };
    const auto drawn = co_await await(dropped, start);
    if (!drawn)
        co_return busyReply("the map is busy");
    if (!*drawn) {
        const auto& error = drawn->error();
        co_return error.code == Code::notFound ? nothingThere("the map has no such tile") : busyReply(error.message);
    }
    HttpReply reply;
    reply.contentType = "image/png";
    reply.body = ***drawn;
    reply.cacheable = true;
    co_return reply;
}

} // namespace tocsin::ingest
