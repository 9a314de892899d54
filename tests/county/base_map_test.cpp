#include "geo_support.hpp"
#include "tocsin/county/base_map_import.hpp"

#include <gmock/gmock.h>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

const std::string png = "\x89PNG\r\n\x1a\n and more";

struct TilesImport : ::testing::Test {
    Scratch scratch;
    CountyFolder folder = emptyCounty(scratch, {.south = 47, .west = 9, .north = 48, .east = 10});
    std::string settings = bytesOf(folder.config());

    std::filesystem::path tiles(const std::string& name, const std::string& picture, const std::string& extra = {},
                                int zoom = 1, int column = 1) const {
        const auto file = scratch / name;
        SQLite::Database database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(
            "CREATE TABLE metadata(name TEXT, value TEXT);"
            "CREATE TABLE images(id INTEGER, tile_data BLOB); CREATE TABLE map(z INTEGER, x INTEGER, y INTEGER,"
            " id INTEGER); CREATE VIEW tiles AS SELECT z AS zoom_level, x AS tile_column, y AS tile_row,"
            " tile_data FROM map JOIN images USING(id);"
            "INSERT INTO metadata VALUES('name', 'Ortho')," +
            std::string("('attribution', '© Office');") + extra);
        SQLite::Statement put(database, "INSERT INTO images VALUES(1, ?)");
        put.bind(1, picture.data(), static_cast<int>(picture.size()));
        put.exec();
        for (int z = 0; z <= zoom; ++z)
            database.exec("INSERT INTO map VALUES(" + std::to_string(z) + "," + std::to_string(z == 0 ? 0 : column) +
                          ",0,1)");
        return file;
    }
};

TEST_F(TilesImport, copiesPicturesAndNamesThemInTheSettings) {
    const auto done = importTiles(folder, tiles("My Ortho 2024.mbtiles", png));
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->name, "Ortho");
    EXPECT_EQ(done->format, "png");
    EXPECT_EQ(done->tiles, 2);
    EXPECT_EQ(done->highestZoom, 1);
    const auto config = loadConfig(folder);
    ASSERT_TRUE(config) << config.error().describe();
    ASSERT_EQ(config->baseMaps.size(), 1U);
    EXPECT_EQ(config->baseMaps[0].file, done->file);
    EXPECT_EQ(config->baseMaps[0].attribution, "© Office");
    EXPECT_EQ(config->baseMaps[0].highestZoom, 1);
    const auto copy = folder.baseMaps() / done->file;
    EXPECT_EQ(ask(copy, "SELECT length(tile_data) FROM tiles WHERE zoom_level = 1"), std::to_string(png.size()));
    EXPECT_EQ(ask(copy, "SELECT type FROM sqlite_master WHERE name = 'tiles'"), "table") << "no view comes along";
    EXPECT_EQ(ask(copy, "SELECT substr(value, 1, 8) FROM metadata WHERE name = 'bounds'"), "0.000000");

    EXPECT_EQ(importTiles(folder, scratch / "My Ortho 2024.mbtiles").error().code, base::Code::conflict);
    ASSERT_TRUE(importTiles(folder, scratch / "My Ortho 2024.mbtiles", "Second"));
    ASSERT_TRUE(removeBaseMap(folder, "Ortho"));
    EXPECT_FALSE(std::filesystem::exists(copy));
    ASSERT_EQ(loadConfig(folder).value().baseMaps.size(), 1U);
    ASSERT_TRUE(removeBaseMap(folder, "Second"));
    EXPECT_EQ(loadConfig(folder).value().capabilities.size(), 1U);
    EXPECT_EQ(removeBaseMap(folder, "Second").error().code, base::Code::notFound);
}

TEST_F(TilesImport, saysWhatItCannotTake) {
    const auto good = tiles("good.mbtiles", png);
    const std::pair<std::filesystem::path, const char*> bad[] = {
        {tiles("v.mbtiles", "\x1f\x8b\x08 pbf"), "vector tiles"},
        {tiles("f.mbtiles", png, "INSERT INTO metadata VALUES('format', 'pbf');"), "vector tiles"},
        {tiles("h.mbtiles", "<html>404</html>"), "no PNG, JPEG or WebP"},
        {tiles("o.mbtiles", png, {}, 1, 7), "outside"},
        {tiles("e.mbtiles", png, "DROP VIEW tiles;"), "no MBTiles"},
        {cutOff(good, scratch / "cut.mbtiles", 0.6), "cut off"},
        {scratch / "absent.mbtiles", "not there"},
    };
    write(scratch / "v.pmtiles", "PMTiles\x03" + std::string(91, '\0') + '\1' + std::string(50, '\0'));
    EXPECT_THAT(importTiles(folder, scratch / "v.pmtiles").error().message, HasSubstr("vector tiles"));
    write(scratch / "t.txt", std::string(500, 'x'));
    EXPECT_THAT(importTiles(folder, scratch / "t.txt").error().message, HasSubstr("no MBTiles"));
    for (const auto& [file, why] : bad) {
        const auto done = importTiles(folder, file);
        ASSERT_FALSE(done) << file;
        EXPECT_THAT(done.error().message, HasSubstr(why));
        EXPECT_EQ(bytesOf(folder.config()), settings);
        EXPECT_TRUE(!std::filesystem::exists(folder.baseMaps()) || filesOf(folder.baseMaps()).empty()) << file;
    }
}

TEST_F(TilesImport, addsAndRemovesAddresses) {
    BaseMap map;
    map.name = "天地图";
    map.url =
        "https://t{s}.tianditu.gov.cn/vec_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER=vec&STYLE=default"
        "&TILEMATRIXSET=w&FORMAT=tiles&TILECOL={x}&TILEROW={y}&TILEMATRIX={z}&tk={key}";
    map.hosts = {"0", "1"};
    map.key = "secret\"key";
    map.datum = model::Datum::gcj02;
    map.overlay = true;
    ASSERT_TRUE(addBaseMap(folder, map));
    const auto read = loadConfig(folder);
    ASSERT_TRUE(read) << read.error().describe();
    ASSERT_EQ(read->baseMaps.size(), 1U);
    const auto& got = read->baseMaps[0];
    EXPECT_EQ(got.name.text, map.name.text);
    EXPECT_EQ(got.url, map.url);
    EXPECT_EQ(got.hosts, map.hosts);
    EXPECT_EQ(got.key, map.key);
    EXPECT_EQ(got.datum, map.datum);
    EXPECT_TRUE(got.overlay);
    EXPECT_EQ(addBaseMap(folder, map).error().code, base::Code::conflict);
    ASSERT_TRUE(removeBaseMap(folder, "天地图"));
    EXPECT_TRUE(loadConfig(folder).value().baseMaps.empty());
    map.url = "ftp://x/{z}/{x}/{y}";
    EXPECT_EQ(addBaseMap(folder, map).error().code, base::Code::malformed);
}

TEST(BaseMapSettings, namesTheLineOfEachFault) {
    const std::string head = "[county]\nname = \"X\"\n[[map.base]]\nname = \"B\"\n";
    const std::pair<std::string, const char*> bad[] = {
        {"url = \"https://x/{z}/{x}\"\n", "no {y}"},
        {"url = \"https://x/{x}/{y}\"\n", "no {z}"},
        {"url = \"https://x/{z}/{q}/{y}\"\n", "{q}"},
        {"url = \"https://x/{z}/{x}/{y\"\n", "brace"},
        {"url = \"file:///etc/{z}/{x}/{y}\"\n", "http"},
        {"url = \"https://{s}/{z}/{x}/{y}\"\n", "hosts"},
        {"url = \"https://x/{z}/{x}/{y}?k={key}\"\n", "key"},
        {"file = \"../../x.mbtiles\"\n", "folder"},
        {"datum = \"nad27\"\nurl = \"https://x/{z}/{x}/{y}\"\n", "datum"},
        {"highest_zoom = 40\nurl = \"https://x/{z}/{x}/{y}\"\n", "0 to 22"},
        {"zooms = 4\nurl = \"https://x/{z}/{x}/{y}\"\n", "zooms"},
    };
    for (const auto& [text, why] : bad) {
        const auto config = parseConfig(head + text);
        ASSERT_FALSE(config) << text;
        EXPECT_EQ(config.error().place.line, 5U) << text;
        EXPECT_THAT(config.error().message, HasSubstr(why));
    }
    EXPECT_FALSE(parseConfig(head)) << "neither url nor file";
    EXPECT_FALSE(parseConfig("[county]\nname = \"X\"\n[map.base]\nname = \"B\"\n")) << "one bracket only";
    const auto tms = parseConfig(head + "url = \"http://localhost:8080/{z}/{x}/{-y}.png\"\n");
    EXPECT_TRUE(tms) << tms.error().describe();
}

} // namespace
} // namespace tocsin::county
