#include "tocsin/map/raster_tiles.hpp"

#include "map/small_server.hpp"
#include "map/tile_image.hpp"
#include "map/tile_viewer.hpp"
#include "tocsin/geo/datum.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <mutex>

namespace tocsin::map {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::SmallServer;
using test::Viewer;

constexpr std::uint32_t red = 0xffc02020U;
constexpr std::uint32_t blue = 0xff2020c0U;

std::string picture(std::uint32_t colour, int edge = 256) {
    TileImage image;
    image.edge = edge;
    image.pixels.assign(static_cast<std::size_t>(edge * edge), colour);
    return *encodePng(image);
}

class RasterTiles : public ::testing::Test {
  protected:
    RasterTiles() {
        ::setenv("no_proxy", "127.0.0.1", 1);
        std::string pattern = (fs::temp_directory_path() / "tocsin-raster-XXXXXX").string();
        folder = mkdtemp(pattern.data());
    }
    ~RasterTiles() override { fs::remove_all(folder); }

    /// An MBTiles file with these tiles, keys in its own zooms.
    fs::path writeMbtiles(const std::map<TileKey, std::string>& tiles, const std::string& format = "png") const {
        const fs::path path = folder / "base.mbtiles";
        fs::remove(path);
        SQLite::Database db(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec("CREATE TABLE metadata (name TEXT, value TEXT);"
                "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)");
        SQLite::Statement meta(db, "INSERT INTO metadata VALUES ('format', ?)");
        meta.bind(1, format);
        meta.exec();
        for (const auto& [place, bytes] : tiles) {
            SQLite::Statement insert(db, "INSERT INTO tiles VALUES (?, ?, ?, ?)");
            insert.bind(1, place.zoom);
            insert.bind(2, place.x);
            insert.bind(3, (1 << place.zoom) - 1 - place.y);
            insert.bind(4, bytes.data(), static_cast<int>(bytes.size()));
            insert.exec();
        }
        return path;
    }
    static std::uint32_t at(const TileImage& image, int x, int y) {
        return image.pixels.at(static_cast<std::size_t>(y * image.edge + x));
    }
    OnlineOptions online(const SmallServer& server) const {
        OnlineOptions options;
        options.name = "Testmap";
        options.url = server.url() + "/{z}/{x}/{y}.png";
        options.cache = folder / "online.mbtiles";
        options.firstPause = 5ms;
        return options;
    }

    fs::path folder;
    TileVariant variant{MapLook::dark, "en", 512, 1.0};
    TileKey key{10, 540, 360};
};

TEST_F(RasterTiles, FourPicturesOfAFileMakeATileWithTheNorthAbove) {
    FileTilesOptions options;
    options.file = writeMbtiles({{{11, 1080, 720}, picture(red)}, {{11, 1081, 721}, picture(blue)}});
    const auto source = makeFileTiles(options);
    EXPECT_EQ(source->status().kind, MapStatus::Kind::ready);
    Viewer viewer(*source);
    viewer.want(variant, {key});
    const auto image = viewer.tile(key);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->edge, 512);
    EXPECT_EQ(at(*image, 100, 100), red);
    EXPECT_EQ(at(*image, 400, 400), blue);
    EXPECT_EQ(at(*image, 400, 100) >> 24U, 0U); // nothing is known there
    EXPECT_FALSE(image->opaque);
    const auto bounds = source->bounds();
    ASSERT_TRUE(bounds);
    EXPECT_TRUE(bounds->contains(fromWorld({1081.0 / 2048, 721.0 / 2048})));
}

TEST_F(RasterTiles, ADeeperZoomThanTheFileHasIsAPartOfAWiderPicture) {
    FileTilesOptions options;
    options.file = writeMbtiles({{{8, 135, 90}, picture(red)}, {{8, 135, 91}, picture(blue)}});
    const auto source = makeFileTiles(options);
    Viewer viewer(*source);
    const TileKey deep{12, 135 * 16 + 3, 91 * 16 + 5};
    viewer.want(variant, {deep});
    const auto image = viewer.tile(deep);
    ASSERT_TRUE(image);
    EXPECT_EQ(at(*image, 256, 256), blue);
    EXPECT_TRUE(image->opaque);
}

TEST_F(RasterTiles, AFileOfVectorTilesSaysSo) {
    FileTilesOptions options;
    for (const char* format : {"pbf", "png"}) { // the second one lies about it
        options.file = writeMbtiles({{{11, 1080, 720}, std::string("\x1f\x8b\x08\x00 and so on", 15)}}, format);
        const auto source = makeFileTiles(options);
        EXPECT_EQ(source->status().kind, MapStatus::Kind::broken);
        EXPECT_NE(source->status().message.find("base.mbtiles has vector tiles"), std::string::npos)
            << source->status().message;
    }
}

TEST_F(RasterTiles, AFileThatIsNoneOrNotThereSaysSo) {
    FileTilesOptions options;
    options.file = folder / "none.mbtiles";
    EXPECT_EQ(makeFileTiles(options)->status().kind, MapStatus::Kind::missing);
    std::FILE* file = std::fopen(options.file.c_str(), "w");
    ASSERT_NE(file, nullptr);
    std::fputs("no database at all, whatever its name says, and longer than a header would be: ............", file);
    std::fclose(file);
    const auto source = makeFileTiles(options);
    EXPECT_EQ(source->status().kind, MapStatus::Kind::broken);
    EXPECT_NE(source->status().message.find("none.mbtiles"), std::string::npos);
}

TEST_F(RasterTiles, PicturesComeOverTheNetworkOnceAndThenFromTheCache) {
    std::string asked;
    {
        std::mutex mutex;
        SmallServer server([&](const std::string& path) {
            const std::lock_guard lock(mutex);
            asked += path + " ";
            return SmallServer::answer("200 OK", "image/png", picture(path == "/11/1080/720.png" ? red : blue));
        });
        const auto source = makeOnlineTiles(online(server));
        Viewer viewer(*source);
        viewer.want(variant, {key});
        const auto image = viewer.tile(key);
        ASSERT_TRUE(image);
        EXPECT_EQ(at(*image, 100, 100), red);
        EXPECT_EQ(at(*image, 400, 400), blue);
        EXPECT_EQ(server.requests(), 4);
        viewer.want(variant, {key});
        ASSERT_TRUE(viewer.tile(key));
        EXPECT_EQ(server.requests(), 4) << asked;
        EXPECT_EQ(source->status(), (MapStatus{MapStatus::Kind::ready, {}}));
    }
    // Another day, without a network.
    OnlineOptions options;
    options.name = "Testmap";
    options.cache = folder / "online.mbtiles";
    SQLite::Database db(options.cache.string());
    options.url = db.execAndGet("SELECT value FROM metadata WHERE name = 'tocsin:source'").getString();
    options.firstPause = 5ms;
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    viewer.want(variant, {key});
    ASSERT_TRUE(viewer.tile(key));
    EXPECT_EQ(at(*viewer.tile(key), 100, 100), red);
}

TEST_F(RasterTiles, StalePicturesAreShownWhileNewOnesAreAskedFor) {
    base::ManualClock clock(*base::parseTime("2026-11-20T08:00:00Z"));
    std::atomic<std::uint32_t> colour{red};
    SmallServer server([&](const std::string&) {
        return SmallServer::answer("200 OK", "image/png", picture(colour), "Cache-Control: public, max-age=60\r\n");
    });
    OnlineOptions options = online(server);
    options.clock = &clock;
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    viewer.want(variant, {key});
    ASSERT_TRUE(viewer.tile(key));
    colour = blue;
    clock.advance(std::chrono::hours(24 * 6)); // kept for seven days at least
    viewer.want(variant, {key});
    EXPECT_EQ(at(*viewer.tile(key), 9, 9), red);
    EXPECT_EQ(server.requests(), 4);
    clock.advance(std::chrono::hours(24 * 2));
    viewer.want(variant, {key});
    const auto fresh =
        viewer.tileThat(key, [](const TileImage& i) { return i.pixels.front() == blue && i.pixels.back() == blue; });
    EXPECT_EQ(at(*fresh, 9, 9), blue);
}

TEST_F(RasterTiles, WhatTheServiceLacksIsFilledFromAWiderView) {
    SmallServer server([&](const std::string& path) {
        return path.starts_with("/12/") ? SmallServer::answer("404 Not Found", "text/html", "<html>no</html>")
                                        : SmallServer::answer("200 OK", "image/png", picture(red));
    });
    const auto source = makeOnlineTiles(online(server));
    Viewer viewer(*source);
    viewer.want(variant, {key});
    ASSERT_TRUE(viewer.tile(key));
    const TileKey deeper{11, key.x * 2, key.y * 2};
    viewer.want(variant, {deeper});
    const auto image = viewer.tile(deeper);
    ASSERT_TRUE(image);
    EXPECT_EQ(at(*image, 300, 300), red);
    EXPECT_EQ(source->status().message, "");
    const int asked = server.requests();
    viewer.want(variant, {deeper});
    ASSERT_TRUE(viewer.tile(deeper));
    EXPECT_EQ(server.requests(), asked); // what is not there is not asked for again at once
}

TEST_F(RasterTiles, AWrongKeyIsNamedAndKeptPicturesGoOnBeingShown) {
    std::atomic<bool> allowed{true};
    SmallServer server([&](const std::string&) {
        return allowed ? SmallServer::answer("200 OK", "image/png", picture(red))
                       : SmallServer::answer("403 Forbidden", "text/plain", "key");
    });
    OnlineOptions options = online(server);
    options.url += "?tk={key}";
    options.key = "secret";
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    viewer.want(variant, {key});
    ASSERT_TRUE(viewer.tile(key));
    allowed = false;
    const TileKey other{10, 900, 300};
    viewer.want(variant, {other, key});
    const MapStatus status = viewer.statusWith("403");
    EXPECT_EQ(status.kind, MapStatus::Kind::ready);
    EXPECT_EQ(status.message, "Testmap answers 403: the key may be wrong");
    ASSERT_TRUE(viewer.tile(key));
    allowed = true; // and it mends by itself
    EXPECT_TRUE(viewer.tile(other));
    EXPECT_EQ(viewer.statusThat([](const MapStatus& s) { return s.message.empty(); }).message, "");
}

TEST_F(RasterTiles, WhatIsNoPictureIsSaidAndTriedAgain) {
    const std::string whole = picture(red);
    const std::pair<std::string, std::string> cases[] = {
        {SmallServer::answer("200 OK", "image/png", "<!DOCTYPE html><html>log in</html>"),
         "a web page instead of a picture"},
        {SmallServer::answer("200 OK", "image/png", whole.substr(0, whole.size() / 2)), "cut off"},
        {SmallServer::answer("200 OK", "image/png", ""), "sends nothing"},
        {SmallServer::answer("200 OK", "image/png", std::string(5U << 20U, 'x')), "more than 4 MB"},
        {SmallServer::answer("500 Oh", "text/plain", "no"), "answers 500: it is out of order"},
        {"HTTP/1.1 302 Found\r\nLocation: ftp://127.0.0.1/x\r\nContent-Length: 0\r\n\r\n", "Testmap fails"},
        {"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n", "from one address to another"},
        {"what is this\r\n\r\n", "Testmap"}};
    for (const auto& [bad, sentence] : cases) {
        std::atomic<bool> well{false};
        SmallServer server([&, answer = bad](const std::string&) {
            return well ? SmallServer::answer("200 OK", "image/png", whole) : answer;
        });
        OnlineOptions options = online(server);
        options.cache.clear();
        const auto source = makeOnlineTiles(options);
        Viewer viewer(*source);
        viewer.want(variant, {key});
        EXPECT_NE(viewer.statusWith(sentence).message.find(sentence), std::string::npos) << sentence;
        well = true;
        EXPECT_TRUE(viewer.tile(key)) << sentence;
    }
}

TEST_F(RasterTiles, AServerThatHangsTimesOutAndEndsPromptly) {
    SmallServer server([](const std::string&) { return std::string(); });
    OnlineOptions options = online(server);
    options.timeout = 50ms;
    {
        const auto source = makeOnlineTiles(options);
        Viewer viewer(*source);
        viewer.want(variant, {key});
        EXPECT_NE(viewer.statusWith("does not answer").message.find("does not answer within 0 s"), std::string::npos);
    }
    options.timeout = 3'600'000ms; // the destructor must not wait for it
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    viewer.want(variant, {key});
}

TEST_F(RasterTiles, NobodyThereIsSaid) {
    OnlineOptions options;
    {
        SmallServer server([](const std::string&) { return std::string(); });
        options = online(server);
    } // its port is free again
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    viewer.want(variant, {key});
    EXPECT_NE(viewer.statusWith("refused").message.find("Testmap cannot be reached"), std::string::npos);
}

TEST_F(RasterTiles, AtMostFourRequestsAtATime) {
    SmallServer server([](const std::string&) { return SmallServer::answer("200 OK", "image/png", picture(red)); });
    const auto source = makeOnlineTiles(online(server));
    Viewer viewer(*source);
    std::vector<TileKey> keys;
    for (int i = 0; i < 12; ++i)
        keys.push_back({10, 540 + i, 360});
    viewer.want(variant, keys);
    for (const TileKey& k : keys)
        ASSERT_TRUE(viewer.tile(k));
    EXPECT_LE(server.mostAtOnce(), 4);
    EXPECT_EQ(server.requests(), 48);
}

TEST_F(RasterTiles, AnAddressThatMakesNoSenseIsBroken) {
    for (const char* bad : {"", "ftp://x/{z}/{x}/{y}", "http://x/{z}/{x}", "http://{s}.x/{z}/{x}/{y}",
                            "http://x/{z}/{x}/{y}{", "http://x/{z}/{x}/{y}/{what}"}) {
        OnlineOptions options;
        options.name = "Testmap";
        options.url = bad;
        EXPECT_EQ(makeOnlineTiles(options)->status().kind, MapStatus::Kind::broken) << bad;
    }
}

TEST_F(RasterTiles, AChineseServiceIsShiftedToLieRight) {
    // The service draws everything east of a meridian blue, in its own datum; so must we, in ours.
    const geo::LonLat here{103.0, 35.6};
    const geo::LonLat shifted = geo::gcj02FromWgs84(here);
    const double meridian = toWorld(model::Position::trusted(shifted.latitude, shifted.longitude)).x;
    SmallServer server([&](const std::string& path) {
        int z = 0;
        int x = 0;
        int y = 0;
        std::sscanf(path.c_str(), "/%d/%d/%d", &z, &x, &y);
        TileImage image;
        image.edge = 256;
        for (int i = 0; i < 256 * 256; ++i)
            image.pixels.push_back((x + (i % 256 + 0.5) / 256) / std::exp2(z) < meridian ? red : blue);
        return SmallServer::answer("200 OK", "image/png", *encodePng(image));
    });
    OnlineOptions options = online(server);
    options.datum = model::Datum::gcj02;
    const auto source = makeOnlineTiles(options);
    Viewer viewer(*source);
    const WorldPoint at = toWorld(model::Position::trusted(here.latitude, here.longitude));
    const double count = std::exp2(15);
    const TileKey tile{15, static_cast<int>(at.x * count), static_cast<int>(at.y * count)};
    viewer.want(variant, {tile});
    const auto image = viewer.tile(tile);
    ASSERT_TRUE(image);
    const int row = static_cast<int>((at.y * count - tile.y) * 512);
    const int column = static_cast<int>((at.x * count - tile.x) * 512);
    ASSERT_TRUE(column > 3 && column < 508);
    EXPECT_EQ(RasterTiles::at(*image, column - 3, row), red);
    EXPECT_EQ(RasterTiles::at(*image, column + 3, row), blue);
    EXPECT_TRUE(image->opaque);
}

} // namespace
} // namespace tocsin::map
