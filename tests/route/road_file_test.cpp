#include "route/road_map.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace tocsin::route {
namespace {

using test::RoadMap;

class RoadFile : public testing::Test {
  protected:
    void SetUp() override {
        m_folder = std::filesystem::path(testing::TempDir()) /
                   ("road_file_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
        std::filesystem::remove_all(m_folder);
        std::filesystem::create_directories(m_folder);
    }
    void TearDown() override { std::filesystem::remove_all(m_folder); }

    [[nodiscard]] std::filesystem::path file() const { return m_folder / "map.gpkg"; }
    void sql(const char* text) const {
        sqlite3* db = nullptr;
        ASSERT_EQ(sqlite3_open(file().string().c_str(), &db), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(db, text, nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(db);
        sqlite3_close(db);
    }

  private:
    std::filesystem::path m_folder;
};

TEST_F(RoadFile, comesBackAsItWasSaved) {
    RoadMap map({"A--B->-C", //
                 "|      |", //
                 "D------E"});
    map.record.arcs[0].between = {RoadMap::at(1, -1), RoadMap::at(2, -2)};
    map.record.names[1] = "Äulestrasse 警";
    ASSERT_TRUE(RoadGraph::save(map.record, file()));
    const auto loaded = RoadGraph::load(file());
    ASSERT_TRUE(loaded) << loaded.error().describe();
    const auto built = map.graph();
    EXPECT_EQ((*loaded)->nodeCount(), built->nodeCount());
    EXPECT_EQ((*loaded)->arcCount(), built->arcCount());
    for (const char from : {'A', 'B', 'C', 'D', 'E'}) {
        for (const char to : {'A', 'B', 'C', 'D', 'E'}) {
            EXPECT_EQ((*loaded)->route(map.node(from), map.node(to)), built->route(map.node(from), map.node(to)));
            EXPECT_EQ((*loaded)->roadNames(map.node(from), map.node(to)),
                      built->roadNames(map.node(from), map.node(to)));
        }
    }
}

TEST_F(RoadFile, turnBansComeBackAndOldMapsHaveNone) {
    RoadMap map({"A--B--C", //
                 "   |   ", //
                 "   D   "});
    const auto arc = [&](char from, char to) {
        std::uint32_t i = 0;
        while (map.record.nodes[map.record.arcs[i].from] != map.node(from) ||
               map.record.nodes[map.record.arcs[i].to] != map.node(to))
            ++i;
        return i;
    };
    map.record.bans = {{arc('A', 'B'), arc('B', 'D')}, {arc('A', 'B'), arc('B', 'D')}};
    const auto from = RoadMap::at(1, 0);
    const auto to = RoadMap::at(3, 1);
    const auto time = [&](const RoadGraph& graph) { return graph.timesTo(to, std::span(&from, 1)).front(); };
    ASSERT_TRUE(RoadGraph::save(map.record, file()));
    const auto loaded = RoadGraph::load(file());
    ASSERT_TRUE(loaded) << loaded.error().describe();
    EXPECT_NEAR(time(**loaded)->duration.value, 20 + 30 + 30 + 10, 0.6); // on to C, and back
    for (const char* damage : {"UPDATE road_ban SET arc_to = 77", "UPDATE road_ban SET arc_to = -1",
                               "UPDATE road_ban SET arc_to = arc_from"}) {
        ASSERT_TRUE(RoadGraph::save(map.record, file()));
        sql(damage);
        const auto damaged = RoadGraph::load(file());
        ASSERT_FALSE(damaged) << damage;
        EXPECT_NE(damaged.error().message.find("turn ban"), std::string::npos) << damaged.error().message;
    }
    ASSERT_TRUE(RoadGraph::save(map.record, file()));
    sql("DROP TABLE road_ban");
    const auto old = RoadGraph::load(file());
    ASSERT_TRUE(old) << old.error().describe();
    EXPECT_NEAR(time(**old)->duration.value, 20 + 10, 0.6);
}

TEST_F(RoadFile, traitsComeBackAndOldMapsHaveNone) {
    RoadMap map({"A--B--C"});
    RoadTraits& there = map.record.arcs[0].traits;
    there.cls = RoadClass::tertiary;
    there.surface = Surface::gravel;
    there.access = RoadAccess::privateRoad;
    there.bridge = there.ford = true;
    there.slope = -0.1;
    there.maxTonnes = 7.5;
    there.maxHeight = 3.8;
    map.record.arcs[1].traits.maxTonnes = 3.5; // the other way: the stricter counts
    Profile lorry;
    lorry.tonnes = 5;
    lorry.offRoadMost = 50; // nobody walks round
    const auto from = RoadMap::at(1, 0);
    const auto to = RoadMap::at(5, 0);
    const auto leads = [&](const RoadGraph& graph) {
        return graph.under(lorry)->timesTo(to, std::span(&from, 1)).front().has_value();
    };
    ASSERT_TRUE(RoadGraph::save(map.record, file()));
    sql("CREATE TABLE kept AS SELECT * FROM road_trait WHERE arc = 0 AND class = 5 AND surface = 3 AND access = 2 AND "
        "flags = 5 AND slope_pm = -100 AND max_kg = 3500 AND max_height_cm = 380; "
        "CREATE TABLE one(n CHECK(n = 1)); INSERT INTO one SELECT count(*) FROM kept;");
    EXPECT_FALSE(leads(**RoadGraph::load(file())));
    lorry.tonnes = 3;
    EXPECT_TRUE(leads(**RoadGraph::load(file())));
    lorry.tonnes = 5;
    for (const char* damage :
         {"UPDATE road_trait SET arc = 77", "UPDATE road_trait SET arc = -1", "UPDATE road_trait SET slope_pm = 501",
          "UPDATE road_trait SET max_kg = -1", "UPDATE road_trait SET max_kg = 9223372036854775807",
          "UPDATE road_trait SET max_height_cm = 1e308", "UPDATE road_trait SET max_width_cm = 10001"}) {
        ASSERT_TRUE(RoadGraph::save(map.record, file()));
        sql(damage);
        const auto damaged = RoadGraph::load(file());
        ASSERT_FALSE(damaged) << damage;
        EXPECT_EQ(damaged.error().code, base::Code::storage);
    }
    ASSERT_TRUE(RoadGraph::save(map.record, file()));
    sql("UPDATE road_trait SET class = 200, surface = 'x', access = -7, flags = 255"); // of a newer program
    EXPECT_TRUE(RoadGraph::load(file()));
    sql("DROP TABLE road_trait");
    const auto old = RoadGraph::load(file());
    ASSERT_TRUE(old) << old.error().describe();
    EXPECT_TRUE(leads(**old));
    ASSERT_TRUE(saveSlopes(file(), [](model::Position) { return std::optional(1e308); }));
    ASSERT_TRUE(saveSlopes(file(), [](model::Position p) { return std::optional(p.longitude() * 1e9); }));
    EXPECT_TRUE(RoadGraph::load(file())) << "slopes that cannot be are cut";
}

TEST_F(RoadFile, savingAgainReplacesTheRoadsAndNothingElse) {
    sql("CREATE TABLE places(name); INSERT INTO places VALUES('Vaduz')");
    ASSERT_TRUE(RoadGraph::save(RoadMap({"A--B--C--D"}).record, file()));
    ASSERT_TRUE(RoadGraph::save(RoadMap({"A--B"}).record, file()));
    const auto loaded = RoadGraph::load(file());
    ASSERT_TRUE(loaded);
    EXPECT_EQ((*loaded)->nodeCount(), 2U);
    sql("UPDATE places SET name = 'Schaan'");
}

TEST_F(RoadFile, saysWhatIsWrongWithAFile) {
    const auto fault = [&] {
        const auto loaded = RoadGraph::load(file());
        EXPECT_FALSE(loaded);
        EXPECT_EQ(loaded.error().code, base::Code::storage);
        return loaded.error().message;
    };
    EXPECT_NE(fault().find("map.gpkg"), std::string::npos); // missing
    sql("CREATE TABLE other(x)");
    EXPECT_NE(fault().find("road_node"), std::string::npos);
    for (const char* damage : {"DELETE FROM road_node WHERE id = 1", "UPDATE road_arc SET node_to = 77",
                               "UPDATE road_arc SET shape = x'ff'", "UPDATE road_arc SET forward_ms = -2",
                               "UPDATE road_arc SET name = 99", "UPDATE road_node SET latitude = 1000000000"}) {
        ASSERT_TRUE(RoadGraph::save(RoadMap({"A--B--C"}).record, file()));
        sql(damage);
        EXPECT_NE(fault().find("damaged"), std::string::npos) << damage;
    }
    std::ofstream(file(), std::ios::trunc) << std::string(5000, 'x');
    fault();
}

TEST_F(RoadFile, aRecordThatIsRefusedLeavesTheFileAlone) {
    ASSERT_TRUE(RoadGraph::save(RoadMap({"A--B--C"}).record, file()));
    RoadMap broken({"A--B"});
    broken.record.arcs[0].from = 50;
    EXPECT_FALSE(RoadGraph::save(broken.record, file()));
    EXPECT_EQ((*RoadGraph::load(file()))->nodeCount(), 3U);
}

} // namespace
} // namespace tocsin::route
