// Real extracts, reached by TOCSIN_CORPORA: each becomes a county that one can work in.

#include "support.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/county/facilities.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/route/road_graph.hpp"

namespace tocsin::county {
namespace {

using namespace testing;

class RealExtract : public ::testing::TestWithParam<const char*> {};

/// Ends of roads of the network, spread over it.
std::vector<model::Position> someRoads(const std::filesystem::path& map) {
    SQLite::Database database(map.string(), SQLite::OPEN_READONLY);
    SQLite::Statement rows(database, "SELECT lat, lon FROM gazetteer WHERE kind = 'street' ORDER BY id LIMIT 20");
    std::vector<model::Position> out;
    while (rows.executeStep())
        out.push_back(model::Position::trusted(rows.getColumn(0).getDouble(), rows.getColumn(1).getDouble()));
    return out;
}

TEST_P(RealExtract, becomesACounty) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (!corpora)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const Scratch scratch;
    const auto map = scratch / "map.gpkg";
    const auto file = std::filesystem::path(corpora) / "osm" / GetParam();
    const auto done = importOsm(file, map, someOptions());
    ASSERT_TRUE(done) << done.error().describe();
    EXPECT_GT(done->features.at("road"), 0U);
    EXPECT_GT(done->roadArcs, 0U);
    EXPECT_GT(done->gazetteerNames, 0U);
    EXPECT_FALSE(done->bounds.empty());
    EXPECT_LT(done->bounds.north - done->bounds.south, 1);
    EXPECT_LT(done->bounds.east - done->bounds.west, 1);
    EXPECT_TRUE(done->bounds.contains(done->centre));

    const auto graph = route::RoadGraph::load(map);
    ASSERT_TRUE(graph) << graph.error().describe();
    const auto roads = someRoads(map);
    std::size_t reached = 0;
    if (!roads.empty())
        for (const auto& time : (*graph)->timesTo(roads.front(), roads))
            reached += time ? 1 : 0;
    EXPECT_GE(reached * 10, roads.size() * 8); // an extract's edge may cut one or the other off

    const auto names = Gazetteer::open(map);
    ASSERT_TRUE(names) << names.error().describe();
    const std::string some = ask(map, "SELECT name FROM gazetteer ORDER BY id LIMIT 1");
    ASSERT_FALSE((*names)->search(some, {}).empty()) << some;
    EXPECT_EQ((*names)->search(some, {}).front().name.text, some);
    EXPECT_TRUE(readFacilities(map));

    const base::ManualClock clock(base::fromUnixMillis(1'795'161'600'000));
    base::SeededIdSource ids(clock.now());
    const auto county = makeOwnCounty(resources(), file, map, "Some county", clock.now(), ids);
    ASSERT_TRUE(county) << county.error().describe();
    const auto config = parseConfig(county->configToml);
    ASSERT_TRUE(config) << config.error().describe();
}

INSTANTIATE_TEST_SUITE_P(Corpora, RealExtract,
                         ::testing::Values("valhalla-liechtenstein-latest.osm.pbf",
                                           "debian-liechtenstein-2013-08-03.osm.pbf", "gh-andorra.osm.pbf",
                                           "gh-krems.osm.gz", "valhalla-baltimore.osm.pbf", "brazil/poa_osm.pbf",
                                           "gh-conditional-restrictions.osm.xml"),
                         [](const auto& test) {
                             std::string name;
                             for (const char* c = test.param; *c != '\0'; ++c)
                                 if (std::isalnum(static_cast<unsigned char>(*c)))
                                     name += *c;
                             return name;
                         });

} // namespace
} // namespace tocsin::county
