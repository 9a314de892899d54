#include "county/map_reader.hpp"
#include "support.hpp"
#include "tocsin/county/facilities.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/route/road_graph.hpp"

#include <gmock/gmock.h>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::HasSubstr;

class TownMap : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto done = importOsm(data("town.osm"), m_map, someOptions());
        ASSERT_TRUE(done) << done.error().describe();
        m_summary = *done;
    }
    Scratch m_scratch;
    std::filesystem::path m_map{m_scratch / "map.gpkg"};
    ImportSummary m_summary;
};

TEST_F(TownMap, isOneGeoPackageAndNothingElse) {
    EXPECT_EQ(m_scratch.files(), 1U);
    EXPECT_EQ(ask(m_map, "PRAGMA application_id"), "1196444487"); // "GPKG"
    EXPECT_EQ(ask(m_map, "PRAGMA integrity_check"), "ok");
    EXPECT_EQ(ask(m_map, "SELECT group_concat(DISTINCT srs_id) FROM gpkg_geometry_columns"), "3857");
    EXPECT_EQ(ask(m_map, "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"), "10");
}

TEST_F(TownMap, keepsTheHoleOfAMultipolygonMadeOfTwoWays) {
    SQLite::Database map(m_map.string(), SQLite::OPEN_READONLY);
    SQLite::Statement row(map, "SELECT geom FROM landuse WHERE class = 'forest' AND name = 'Tannwald'");
    ASSERT_TRUE(row.executeStep());
    const auto rings = ringsOf(blobOf(row.getColumn(0)));
    ASSERT_EQ(rings.size(), 2U);
    EXPECT_TRUE(geo::contains(rings[0], model::Position::trusted(50.0022, 10.0002)));
    EXPECT_TRUE(geo::contains(rings[1], model::Position::trusted(50.0035, 10.002)));
}

TEST_F(TownMap, keepsWhatIsWholeOfAnIncompleteMultipolygon) {
    EXPECT_EQ(m_summary.incompleteAreas, 1U);
    EXPECT_EQ(ask(m_map, "SELECT name FROM water_area"), "Weiher");
}

TEST_F(TownMap, keepsTheRoadThatTheExtractsEdgeCuts) {
    EXPECT_EQ(m_summary.cutWays, 1U);
    SQLite::Database map(m_map.string(), SQLite::OPEN_READONLY);
    const auto roads = readLines(map, "road", "name = 'High Street'");
    ASSERT_EQ(roads.size(), 1U);
    EXPECT_EQ(roads[0].points.size(), 4U);
    EXPECT_NEAR(roads[0].points.back().longitude(), 10.0042, 1e-6);
}

TEST_F(TownMap, drivesAroundAOneWayStreet) {
    const auto graph = route::RoadGraph::load(m_map);
    ASSERT_TRUE(graph) << graph.error().describe();
    const auto west = model::Position::trusted(50.0009, 10.0);
    const auto east = model::Position::trusted(50.0009, 10.0028);
    const auto along = (*graph)->route(west, east);
    const auto against = (*graph)->route(east, west);
    ASSERT_TRUE(along);
    ASSERT_TRUE(against);
    // Back from east one has to go down to High Street, along it, and up Mill Lane again.
    EXPECT_GT(m_summary.roadArcs, 0U);
    const auto metres = [](const model::RouteLine& line) { return geo::length(line.points).value; };
    EXPECT_NEAR(metres(*along), 200, 5);
    EXPECT_NEAR(metres(*against), 400, 10);
}

TEST_F(TownMap, marksWhatIsNotPartOfTheNetwork) {
    EXPECT_EQ(ask(m_map, "SELECT routable FROM road WHERE name = 'High Street'"), "1");
    EXPECT_EQ(ask(m_map, "SELECT routable FROM road WHERE class = 'steps'"), "0");
    EXPECT_EQ(ask(m_map, "SELECT routable FROM road WHERE class = 'service'"), "2"); // private, and an island
    EXPECT_EQ(m_summary.islandRoads, 1U);
    EXPECT_NEAR(m_summary.roadLength.value, 300 + 400 + 72, 10);
}

TEST_F(TownMap, takesTheCountyFromItsBoundary) {
    EXPECT_TRUE(m_summary.boundaryFound);
    EXPECT_EQ(m_summary.county.text, "Tannkreis");
    EXPECT_NEAR(m_summary.bounds.west, 9.99, 1e-6);
    EXPECT_NEAR(m_summary.centre.latitude(), 50.0001, 1e-6); // its town
    const auto info = readMapInfo(m_map);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->county.text, "Tannkreis");
    EXPECT_NEAR(info->bounds.north, 50.01, 1e-6);
    EXPECT_THAT(info->licence, HasSubstr("OpenStreetMap"));
}

TEST_F(TownMap, listsFacilities) {
    EXPECT_EQ(ask(m_map, "SELECT name || ' ' || phone || ' ' || origin || ' ' || place FROM facility WHERE kind = "
                         "'fire-station'"),
              "Feuerwehr Tannau +00 000 112 osm node 51 Tannkreis");
    EXPECT_EQ(m_summary.facilities, 2U);
    const auto facilities = readFacilities(m_map);
    ASSERT_TRUE(facilities) << facilities.error().describe();
    ASSERT_EQ(facilities->size(), 2U);
    EXPECT_EQ(facilities->front().kind, "fire-station");
    EXPECT_EQ(facilities->front().name.text, "Feuerwehr Tannau");
    EXPECT_EQ(facilities->front().within.text, "Tannkreis");
    EXPECT_EQ(facilities->front().origin, "osm node 51");
    EXPECT_FALSE(facilities->front().isProtected);
    EXPECT_NEAR(facilities->front().position.latitude(), 50.0002, 1e-6);
    EXPECT_EQ(readFacilities(m_scratch / "none.gpkg").error().code, base::Code::notFound);
}

TEST(ImportOsm, isTheSameAtEveryRun) {
    const Scratch scratch;
    ASSERT_TRUE(importOsm(data("town.osm"), scratch / "a.gpkg", someOptions()));
    ASSERT_TRUE(importOsm(data("town.osm"), scratch / "b.gpkg", someOptions()));
    EXPECT_EQ(bytesOf(scratch / "a.gpkg"), bytesOf(scratch / "b.gpkg"));
}

TEST(ImportOsm, givesTheNamesItIsTold) {
    const Scratch scratch;
    auto options = someOptions();
    options.names["Tannau"].text = "Tannau";
    options.names["Tannau"].translations["zh_CN"] = "坦瑙镇";
    ASSERT_TRUE(importOsm(data("town.osm"), scratch / "map.gpkg", options));
    EXPECT_EQ(ask(scratch / "map.gpkg", "SELECT name_zh FROM place"), "坦瑙镇");
}

TEST(ImportOsm, tellsProgressThatOnlyGrows) {
    const Scratch scratch;
    double last = -1;
    const auto done = importOsm(data("town.osm"), scratch / "map.gpkg", someOptions(), [&](const Progress& p) {
        EXPECT_GE(p.fraction, last);
        EXPECT_FALSE(p.stage.empty());
        last = p.fraction;
    });
    ASSERT_TRUE(done);
    EXPECT_DOUBLE_EQ(last, 1.0);
}

TEST(ImportOsm, leavesTheOldMapWhenCancelled) {
    const Scratch scratch;
    write(scratch / "map.gpkg", "the old map");
    std::stop_source stop;
    const auto done = importOsm(
        data("town.osm"), scratch / "map.gpkg", someOptions(),
        [&](const Progress& p) {
            if (p.stage == "Indexing names")
                stop.request_stop();
        },
        stop.get_token());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, base::Code::cancelled);
    EXPECT_EQ(bytesOf(scratch / "map.gpkg"), "the old map");
    EXPECT_EQ(scratch.files(), 1U);
}

struct Bad {
    std::string name;
    std::string bytes;
    std::string says;
};

class BadExtract : public ::testing::TestWithParam<Bad> {};

TEST_P(BadExtract, isRefusedAndLeavesNothing) {
    const Scratch scratch;
    write(scratch / "in.osm", GetParam().bytes);
    const auto done = importOsm(scratch / "in.osm", scratch / "map.gpkg", someOptions());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, base::Code::malformed);
    EXPECT_THAT(done.error().describe(), HasSubstr(GetParam().says));
    EXPECT_EQ(scratch.files(), 1U);
}

std::string nested() {
    std::string text = "<osm version=\"0.6\">";
    for (int i = 0; i < 100'000; ++i)
        text += "<way>";
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Import, BadExtract,
    ::testing::Values(
        Bad{"empty", "", "is empty"}, Bad{"html", "<html><body>not found</body></html>", "html"},
        Bad{"noise", "hello, world", "not an OpenStreetMap extract"},
        Bad{"cutXml", "<osm version=\"0.6\">\n<node id=\"1\" lat=\"1\" lon=\"1\"/>\n<node id=\"2\" la",
            "line 3, column "},
        Bad{"noNodes", "<osm version=\"0.6\"></osm>", "no nodes"},
        Bad{"notANumber", "<osm version=\"0.6\"><node id=\"1\" lat=\"nan\" lon=\"1\"/></osm>", "coordinate"},
        Bad{"offTheEarth", "<osm version=\"0.6\"><node id=\"1\" lat=\"95\" lon=\"1\"/></osm>", "valid position"},
        Bad{"entities",
            "<!DOCTYPE o [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><osm version=\"0.6\"><node id=\"1\" lat=\"1\" "
            "lon=\"1\"><tag k=\"name\" v=\"&b;\"/></node></osm>",
            "entities"},
        Bad{"outsideEntity",
            "<!DOCTYPE o [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><osm version=\"0.6\"><node id=\"1\" lat=\"1\" "
            "lon=\"1\"><tag k=\"name\" v=\"&a;\"/></node></osm>",
            "entities"},
        Bad{"nested", nested(), "cannot be read"},
        Bad{"nodeAfterWay",
            "<osm version=\"0.6\"><way id=\"1\"><nd ref=\"1\"/></way><node id=\"1\" lat=\"1\" lon=\"1\"/></osm>",
            "sorted"},
        Bad{"cutGzip", std::string("\x1f\x8b\x08\x00\x00\x00\x00\x00", 8), "cannot be read"},
        Bad{"cutBzip2", "BZh91AY&SY", "cut off or damaged"}),
    [](const auto& test) { return test.param.name; });

TEST(ImportOsm, countsAWayThatComesTwiceOnce) {
    const Scratch scratch;
    write(scratch / "in.osm",
          "<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"/><node id=\"2\" lat=\"1.1\" lon=\"1\"/>"
          "<node id=\"3\" lat=\"1.1\" lon=\"1.1\"/>"
          "<way id=\"5\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/><nd ref=\"1\"/></way>"
          "<way id=\"5\"><nd ref=\"1\"/><nd ref=\"2\"/><nd ref=\"3\"/><nd ref=\"1\"/></way>"
          "<relation id=\"9\"><member type=\"way\" ref=\"5\" role=\"outer\"/><member type=\"way\" ref=\"6\" "
          "role=\"outer\"/><tag k=\"type\" v=\"multipolygon\"/><tag k=\"natural\" v=\"water\"/></relation></osm>");
    const auto done = importOsm(scratch / "in.osm", scratch / "map.gpkg", someOptions());
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_EQ(done->ways, 1U);
    EXPECT_EQ(done->incompleteAreas, 1U);
}

TEST(ImportOsm, saysWhenItCannotWrite) {
    const auto done = importOsm(data("town.osm"), "/proc/nowhere/map.gpkg", someOptions());
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, base::Code::storage);
    EXPECT_EQ(importOsm("/nowhere.osm.pbf", "/tmp/never.gpkg", someOptions()).error().code, base::Code::notFound);
}

} // namespace
} // namespace tocsin::county
