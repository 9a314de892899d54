#include "map/held_rows.hpp"

#include "map/map_layer.hpp"
#include "map/small_map.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace tocsin::map {
namespace {

namespace fs = std::filesystem;

class HeldRowsTest : public testing::Test {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tocsin-held-XXXXXX").string();
        folder = mkdtemp(pattern.data());
        test::writeSmallMap(folder / "map.gpkg", 3000);
        SQLite::Database db((folder / "map.gpkg").string(), SQLite::OPEN_READWRITE);
        db.exec("CREATE VIRTUAL TABLE rtree_water_area_geom USING rtree(id, minx, maxx, miny, maxy);"
                "INSERT INTO rtree_water_area_geom VALUES (1, 997000, 1003000, 997000, 1003000)");
    }
    void TearDown() override { fs::remove_all(folder); }

    std::vector<std::string> classesIn(const MapLayer& layer, const mapnik::box2d<double>& box, double pixel = 10) {
        std::vector<std::string> classes;
        layer.read(box, pixel, {"class", "nothing"}, [&](const MapRow& row) {
            EXPECT_FALSE(row.geometry().empty());
            EXPECT_TRUE(std::holds_alternative<std::monostate>(row.value(1))); // a column that the table lacks
            classes.emplace_back(std::get<std::string_view>(row.value(0)));
        });
        return classes;
    }
    fs::path folder;
    const mapnik::box2d<double> here{990'000, 990'000, 1'010'000, 1'010'000};
};

TEST_F(HeldRowsTest, HeldOrNotTheRowsAreTheSame) {
    const auto file = openMapFile(folder / "map.gpkg");
    const auto held = std::make_shared<HeldTables>();
    for (const MapLayer& layer :
         {MapLayer(file, "water_area", "en", nullptr), MapLayer(file, "water_area", "en", held)}) {
        EXPECT_EQ(classesIn(layer, here), std::vector<std::string>{"lake"});
        EXPECT_TRUE(classesIn(layer, {0, 0, 1000, 1000}).empty());
        EXPECT_TRUE(classesIn(layer, here, 100'000).empty()); // too small to be seen
    }
}

TEST_F(HeldRowsTest, WhatIsHeldIsReadOnceForAllThatShareIt) {
    const auto held = std::make_shared<HeldTables>();
    const MapLayer first(openMapFile(folder / "map.gpkg"), "water_area", "en", held);
    EXPECT_EQ(classesIn(first, here).size(), 1U);
    SQLite::Database((folder / "map.gpkg").string(), SQLite::OPEN_READWRITE).exec("DELETE FROM water_area");
    const MapLayer second(openMapFile(folder / "map.gpkg"), "water_area", "en", held);
    EXPECT_EQ(classesIn(second, here).size(), 1U);
    const MapLayer anew(openMapFile(folder / "map.gpkg"), "water_area", "en", std::make_shared<HeldTables>());
    EXPECT_TRUE(classesIn(anew, here).empty());
}

TEST_F(HeldRowsTest, WhatIsTooLargeIsReadFromTheFile) {
    SQLite::Database db((folder / "map.gpkg").string(), SQLite::OPEN_READWRITE);
    db.exec("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 60000)"
            " INSERT INTO rtree_water_area_geom SELECT i, 0, 1, 0, 1 FROM n");
    const auto held = std::make_shared<HeldTables>();
    const MapLayer layer(openMapFile(folder / "map.gpkg"), "water_area", "en", held);
    EXPECT_EQ(classesIn(layer, here).size(), 1U);
    db.exec("UPDATE water_area SET class = 'pond'");
    EXPECT_EQ(classesIn(layer, here), std::vector<std::string>{"pond"});
}

} // namespace
} // namespace tocsin::map
