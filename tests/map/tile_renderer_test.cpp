#include "tocsin/map/tile_renderer.hpp"

#include "map/small_map.hpp"
#include "map/tile_painter.hpp"
#include "map/tile_viewer.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>

namespace tocsin::map {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using test::Viewer;

class Rendering : public ::testing::Test {
  protected:
    Rendering() {
        std::string pattern = (fs::temp_directory_path() / "tocsin-map-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        test::writeSmallMap(folder / "map.gpkg", 3000);
        options.map = folder / "map.gpkg";
        options.cache = folder / "tiles";
    }
    ~Rendering() override { fs::remove_all(folder); }

    /// The tile at zoom 10 that has the lake's middle; a tile is 39 km wide there.
    static TileKey lakeTile() {
        constexpr double half = 20'037'508.342789244;
        return {10, static_cast<int>((1'000'000 + half) / (2 * half) * 1024),
                static_cast<int>((half - 1'000'000) / (2 * half) * 1024)};
    }
    /// The colour at a place, in web mercator metres.
    static std::uint32_t colourAt(const TileImage& image, double x, double y) {
        constexpr double half = 20'037'508.342789244;
        const double span = 2 * half / 1024;
        const TileKey key = lakeTile();
        const int column = static_cast<int>((x - (-half + key.x * span)) / span * image.edge);
        const int row = static_cast<int>(((half - key.y * span) - y) / span * image.edge);
        return image.pixels.at(static_cast<std::size_t>(row * image.edge + column)) & 0xffffffU;
    }

    /// More than the rounding of an edge makes.
    static bool farApart(std::uint32_t a, std::uint32_t b) {
        for (unsigned shift = 0; shift < 32; shift += 8)
            if (std::abs(static_cast<int>(a >> shift & 0xffU) - static_cast<int>(b >> shift & 0xffU)) > 3)
                return true;
        return false;
    }

    fs::path folder;
    RendererOptions options;
    TileVariant night{MapLook::dark, "en", 512, 1.0};
    TileVariant day{MapLook::light, "zh_CN", 512, 1.0};
};

TEST_F(Rendering, ALakeIsWaterAndTheRestIsGround) {
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image) << source->status().message;
    EXPECT_EQ(image->edge, 512);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'000'000), 0x1b3f5eU);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'006'000), 0x1b222aU);
    EXPECT_NE(colourAt(*image, 1'000'000, 1'009'000), 0x1b222aU); // the road
    EXPECT_EQ(source->status().kind, MapStatus::Kind::ready);
}

TEST_F(Rendering, TheDayLookHasItsOwnColours) {
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(day, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image) << source->status().message;
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'000'000), 0xb9d6eaU);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'006'000), 0xf3f1ecU);
}

TEST_F(Rendering, KeptTilesComeBackAndAnotherMapForgetsThem) {
    {
        const auto source = makeTileRenderer(options);
        Viewer viewer(*source);
        viewer.want(night, {lakeTile()});
        ASSERT_TRUE(viewer.tile(lakeTile()));
    } // ends only when what was drawn is kept
    bool kept = false;
    for (const auto& entry : fs::directory_iterator(options.cache))
        if (entry.path().extension() == ".mbtiles") {
            SQLite::Database file(entry.path().string());
            kept = kept || file.execAndGet("SELECT count(*) FROM tiles").getInt() > 0;
        }
    EXPECT_TRUE(kept);

    test::writeSmallMap(options.map, 8000); // a larger lake
    fs::last_write_time(options.map, fs::last_write_time(options.map) + 10s);
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'006'000), 0x1b3f5eU);
}

TEST_F(Rendering, ReloadShowsANewMap) {
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    ASSERT_TRUE(viewer.tile(lakeTile()));
    test::writeSmallMap(options.map, 8000);
    fs::last_write_time(options.map, fs::last_write_time(options.map) + 10s);
    source->reload();
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'006'000), 0x1b3f5eU);
}

TEST_F(Rendering, ADamagedCacheCostsOnlyTime) {
    fs::create_directories(options.cache);
    for (const char* name : {"tiles-dark-en-512-100.mbtiles"}) {
        std::FILE* file = std::fopen((options.cache / name).c_str(), "w");
        ASSERT_NE(file, nullptr);
        std::fputs("this is no database at all, whatever its name says", file);
        std::fclose(file);
    }
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    EXPECT_TRUE(viewer.tile(lakeTile()));
}

TEST_F(Rendering, AMissingMapSaysSo) {
    options.map = folder / "none.gpkg";
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    const MapStatus status = viewer.failure();
    EXPECT_EQ(status.kind, MapStatus::Kind::missing);
    EXPECT_NE(status.message.find("none.gpkg"), std::string::npos);
    EXPECT_FALSE(source->bounds());
}

TEST_F(Rendering, AFileThatIsNoMapSaysSo) {
    std::FILE* file = std::fopen(options.map.c_str(), "w");
    ASSERT_NE(file, nullptr);
    std::fputs("not a map", file);
    std::fclose(file);
    const auto source = makeTileRenderer(options);
    EXPECT_EQ(source->status().kind, MapStatus::Kind::broken);
}

TEST_F(Rendering, ABrokenStyleSaysSo) {
    options.style.xml = "<Map><Style></Map>";
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    EXPECT_EQ(viewer.failure().kind, MapStatus::Kind::broken);
}

TEST_F(Rendering, ABrokenStyleIsNamedWithItsLine) {
    options.style.xml =
        "<Map>\n<Style name=\"a\"><Rule>\n<LineSymbolizer stroke=\"no colour at all\"/></Rule></Style>\n</Map>";
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const MapStatus status = viewer.failure();
    EXPECT_EQ(status.kind, MapStatus::Kind::broken);
    EXPECT_TRUE(status.message.starts_with("line 3: the map's style is broken")) << status.message;
}

TEST_F(Rendering, ATileThatFailsIsTriedAgainAndTheStatusSaysSo) {
    options.threads = 1; // another would open the map anew, and take the layer for one that never was
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    ASSERT_TRUE(viewer.tile(lakeTile()));
    SQLite::Database db(options.map.string(), SQLite::OPEN_READWRITE);
    db.exec("ALTER TABLE water_area RENAME TO gone");
    const TileKey other{11, lakeTile().x * 2 + 4, lakeTile().y * 2};
    viewer.want(night, {other});
    const MapStatus status = viewer.statusWith("cannot be drawn");
    EXPECT_EQ(status.kind, MapStatus::Kind::ready);
    EXPECT_NE(status.message.find("water_area"), std::string::npos) << status.message;
    db.exec("ALTER TABLE gone RENAME TO water_area");
    EXPECT_TRUE(viewer.tile(other));
    EXPECT_EQ(viewer.statusThat([](const MapStatus& s) { return s.message.empty(); }).message, "");
}

TEST_F(Rendering, ContoursAndOverlaysAreDrawnInTheirColours) {
    options.contours = folder / "contours.gpkg";
    options.overlays = folder / "overlays.gpkg";
    test::writeContours(options.contours, 1'003'500);
    test::writeOverlays(options.overlays);
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image) << source->status().message;
    EXPECT_EQ(source->status().message, "");
    EXPECT_NE(colourAt(*image, 1'000'000, 992'000), 0x1b222aU);   // the zone's fill
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'003'500), 0x1b222aU); // contours are for nearer views
    constexpr double half = 20'037'508.342789244;
    const double count = 8192 / (2 * half); // tiles of zoom 13 a metre
    const TileKey near{13, static_cast<int>((995'000 + half) * count), static_cast<int>((half - 1'003'500) * count)};
    viewer.want(night, {near});
    const auto tile = viewer.tile(near);
    ASSERT_TRUE(tile);
    const int column = static_cast<int>(((995'000 + half) * count - near.x) * 512);
    const int row = static_cast<int>(((half - 1'003'500) * count - near.y) * 512);
    bool drawn = false;
    for (int y = std::max(0, row - 2); y <= std::min(511, row + 2); ++y)
        drawn = drawn || tile->pixels.at(static_cast<std::size_t>(y * 512 + column)) != 0xff1b222aU;
    EXPECT_TRUE(drawn);
}

TEST_F(Rendering, AReliefShadesTheGroundButNotTheWater) {
    options.relief = folder / "relief.tif";
    test::writeRelief(options.relief, 60);
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image) << source->status().message;
    EXPECT_EQ(source->status().message, "");
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'000'000), 0x1b3f5eU);
    EXPECT_LT(colourAt(*image, 1'000'000, 1'006'000) & 0xffU, 0x2aU); // darker ground
}

TEST_F(Rendering, FilesBesideTheMapThatAreBrokenAreNamedAndTheMapIsDrawn) {
    options.relief = folder / "relief.tif";
    options.contours = folder / "contours.gpkg";
    options.overlays = folder / "overlays.gpkg";
    for (const auto& path : {options.relief, options.contours, options.overlays}) {
        std::FILE* file = std::fopen(path.c_str(), "w");
        ASSERT_NE(file, nullptr);
        std::fputs("neither a picture nor a database, whatever its name says, and long enough to have a header .....",
                   file);
        std::fclose(file);
    }
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    viewer.want(night, {lakeTile()});
    const auto image = viewer.tile(lakeTile());
    ASSERT_TRUE(image);
    EXPECT_EQ(colourAt(*image, 1'000'000, 1'000'000), 0x1b3f5eU);
    const MapStatus status = viewer.statusWith("relief.tif");
    EXPECT_EQ(status.kind, MapStatus::Kind::ready);
    EXPECT_NE(status.message.find("contours.gpkg"), std::string::npos) << status.message;
    EXPECT_NE(status.message.find("overlays.gpkg"), std::string::npos) << status.message;
}

TEST_F(Rendering, WhatIsNoTileIsNotMade) {
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    TileVariant huge = night;
    huge.pixels = 1 << 20;
    viewer.want(huge, {lakeTile()});
    viewer.want(night, {{10, -5, 3}, {40, 0, 0}, lakeTile()});
    EXPECT_TRUE(viewer.tile(lakeTile()));
}

TEST_F(Rendering, TheMapKnowsWhatItCovers) {
    const auto source = makeTileRenderer(options);
    const auto bounds = source->bounds();
    ASSERT_TRUE(bounds);
    EXPECT_TRUE(
        bounds->contains(fromWorld({0.5 + 1'000'000 / 40'075'016.68557849, 0.5 - 1'000'000 / 40'075'016.68557849})));
    EXPECT_LT(bounds->north - bounds->south, 0.5);
}

TEST_F(Rendering, APartIsWhatTheWholeHasThere) {
    options.relief = folder / "relief.tif";
    options.contours = folder / "contours.gpkg";
    options.overlays = folder / "overlays.gpkg";
    test::writeRelief(options.relief, 60);
    test::writeContours(options.contours, 1'003'500);
    test::writeOverlays(options.overlays);
    ASSERT_TRUE(registerFonts(options.fonts));
    auto painter = TilePainter::open(options, MapLook::light, "en", std::make_shared<HeldTables>());
    ASSERT_TRUE(painter) << painter.error().message;
    for (const int zoom : {9, 10, 12, 14}) {
        constexpr double half = 20'037'508.342789244;
        const auto block = [&](double metres) {
            return static_cast<int>(metres / (2 * half) * std::exp2(zoom)) / 2 * 2;
        };
        const TileKey first{zoom, block(1'000'000 + half), block(half - 1'000'000)};
        const auto whole = (*painter)->paint(first, 2, day, {0, 0, 1024, 1024});
        ASSERT_TRUE(whole);
        for (const PixelBox& part :
             {PixelBox{0, 0, 300, 1024}, PixelBox{211, 333, 777, 801}, PixelBox{1000, 5, 1024, 40}}) {
            const auto tiles = (*painter)->paint(first, 2, day, part);
            ASSERT_TRUE(tiles);
            int different = 0;
            int outside = 0;
            for (int y = 0; y < 1024; ++y)
                for (int x = 0; x < 1024; ++x) {
                    const auto tile = static_cast<std::size_t>(y / 512 * 2 + x / 512);
                    if ((*tiles)[tile].edge == 0)
                        continue;
                    const auto at = static_cast<std::size_t>(y % 512 * 512 + x % 512);
                    const std::uint32_t colour = (*tiles)[tile].pixels[at];
                    if (x >= part.left && x < part.right && y >= part.top && y < part.bottom)
                        different += farApart(colour, (*whole)[tile].pixels[at]) ? 1 : 0;
                    else
                        outside += colour != 0 ? 1 : 0;
                }
            EXPECT_LT(different, 20) << "zoom " << zoom << ", part from " << part.left << ' ' << part.top;
            EXPECT_EQ(outside, 0);
        }
    }
}

TEST_F(Rendering, WhatIsInViewComesFirstAndTheRestOfItsTilesAfter) {
    const auto source = makeTileRenderer(options);
    Viewer viewer(*source);
    const TileKey key = lakeTile();
    // The upper left quarter of one tile.
    const WorldBox view{{key.x / 1024.0, key.y / 1024.0}, {(key.x + 0.5) / 1024.0, (key.y + 0.5) / 1024.0}};
    viewer.want(night, {key}, view);
    ASSERT_TRUE(viewer.tileThat(key, [](const TileImage& image) { return !image.part; }));
    EXPECT_EQ(viewer.came(key), 2);
    const auto whole = viewer.tile(key);
    EXPECT_TRUE(whole->opaque);
    viewer.want(night, {key}); // without a view there are no parts
    EXPECT_FALSE(viewer.tile(key)->part);
}

TEST_F(Rendering, AClientThatLooksElsewhereTakesNoPartsOfOthers) {
    const auto source = makeTileRenderer(options);
    Viewer one(*source);
    Viewer two(*source);
    const TileKey key = lakeTile();
    const WorldBox view{{key.x / 1024.0, key.y / 1024.0}, {(key.x + 0.5) / 1024.0, (key.y + 0.5) / 1024.0}};
    one.want(night, {key}, view);
    two.want(night, {key});
    const auto image = two.tile(key);
    ASSERT_TRUE(image);
    EXPECT_FALSE(image->part);
    EXPECT_TRUE(one.tileThat(key, [](const TileImage& tile) { return !tile.part; }));
}

TEST_F(Rendering, AClientMayLeaveWhileItsTilesAreMade) {
    const auto source = makeTileRenderer(options);
    for (int i = 0; i < 20; ++i) {
        std::atomic<bool> alive{true};
        std::atomic<bool> late{false};
        auto client = source->connect(
            [&](const TileKey&, const TileVariant&, const std::shared_ptr<const TileImage>&) { late = !alive; }, {});
        client->want(night, {lakeTile(), {11, 1100, 980}});
        client.reset();
        alive = false;
        EXPECT_FALSE(late);
    }
}

} // namespace
} // namespace tocsin::map
