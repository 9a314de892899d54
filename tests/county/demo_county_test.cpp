#include "county/csv.hpp"
#include "support.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/route/road_graph.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <set>

namespace tocsin::county {
namespace {

using namespace testing;
using model::ResourceKind;

class Demo : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        s_scratch = std::make_unique<Scratch>();
        auto made = makeDemoCounty(resources(), *s_scratch / "map.gpkg");
        ASSERT_TRUE(made) << made.error().describe();
        s_county = std::make_unique<CountyData>(std::move(*made));
    }
    static void TearDownTestSuite() {
        s_county.reset();
        s_scratch.reset();
    }
    static std::vector<model::Resource> all(ResourceKind kind) {
        std::vector<model::Resource> out;
        std::copy_if(s_county->resources.begin(), s_county->resources.end(), std::back_inserter(out),
                     [&](const auto& r) { return r.kind == kind; });
        return out;
    }
    static inline std::unique_ptr<Scratch> s_scratch;
    static inline std::unique_ptr<CountyData> s_county;
};

TEST_F(Demo, hasTheRegisterThatItPromises) {
    EXPECT_GE(all(ResourceKind::team).size(), 40U);
    EXPECT_EQ(all(ResourceKind::vehicle).size(), 80U);
    EXPECT_EQ(all(ResourceKind::warehouse).size(), 12U);
    EXPECT_EQ(all(ResourceKind::shelter).size(), 30U);
    EXPECT_EQ(all(ResourceKind::expert).size(), 25U);
    EXPECT_GE(all(ResourceKind::hospital).size(), 1U);
    EXPECT_EQ(s_county->sensors.size(), 60U);
    std::set<std::string> codes;
    for (const auto& facility : all(ResourceKind::mobileFacility))
        codes.insert(facility.code);
    EXPECT_THAT(codes,
                ::testing::IsSupersetOf({"field-hospital", "tent-hospital", "helicopter", "pump-truck", "drone-team"}));
    std::set<std::string> supplies;
    for (const auto& warehouse : all(ResourceKind::warehouse))
        for (const auto& stock : warehouse.stock)
            supplies.insert(stock.code);
    EXPECT_EQ(supplies.size(), 60U);
}

TEST_F(Demo, hasTeamsOfAllTenCapabilities) {
    const auto config = parseConfig(s_county->configToml);
    ASSERT_TRUE(config) << config.error().describe();
    std::set<std::string> known;
    for (const auto& word : config->capabilities)
        known.insert(word.code);
    EXPECT_EQ(known.size(), 10U);
    std::set<std::string> had;
    for (const auto& team : all(ResourceKind::team))
        for (const auto& capability : team.capabilities) {
            had.insert(capability.code);
            EXPECT_GE(capability.level, 1);
            EXPECT_LE(capability.level, 3);
        }
    EXPECT_EQ(had, known);
}

TEST_F(Demo, saysEverythingInBothLanguages) {
    for (const auto& r : s_county->resources) {
        EXPECT_FALSE(r.name.text.empty());
        EXPECT_TRUE(r.name.translations.contains("zh_CN")) << r.name.text;
        EXPECT_TRUE(r.place.empty() || r.place.translations.contains("zh_CN")) << r.place.text;
        for (const auto& stock : r.stock)
            EXPECT_TRUE(stock.name.translations.contains("zh_CN")) << stock.name.text;
    }
    for (const auto& s : s_county->sensors) {
        EXPECT_TRUE(s.name.translations.contains("zh_CN")) << s.name.text;
        EXPECT_TRUE(s.place.translations.contains("zh_CN")) << s.place.text;
    }
    EXPECT_EQ(s_county->name.in("zh_CN"), "列支敦士登");
}

TEST_F(Demo, usesOnlyTelephoneNumbersThatNobodyHas) {
    for (const auto& r : s_county->resources)
        if (r.origin == "demo" && !r.phone.empty()) {
            EXPECT_TRUE(r.phone.starts_with("+423 000 ")) << r.phone;
        }
}

TEST_F(Demo, standsOnRealGround) {
    geo::Box box = s_county->bounds;
    box.west -= 0.01; // the Rhine's middle is the border
    for (const auto& r : s_county->resources)
        EXPECT_TRUE(box.contains(r.position)) << r.name.text;
    for (const auto& s : s_county->sensors)
        EXPECT_TRUE(box.contains(s.position)) << s.id.value;
}

TEST_F(Demo, hasItsGaugesAlongTheRhineFromSouthToNorth) {
    std::map<std::string, model::Sensor> byId;
    for (const auto& s : s_county->sensors)
        byId[s.id.value] = s;
    double last = 0;
    for (const char* id :
         {"rhine-balzers", "rhine-triesen", "rhine-vaduz", "rhine-schaan", "rhine-bendern", "rhine-ruggell"}) {
        ASSERT_TRUE(byId.contains(id)) << id;
        EXPECT_EQ(byId[id].unit, "m");
        EXPECT_EQ(byId[id].kind, model::SensorKind::riverLevel);
        EXPECT_GT(byId[id].position.latitude(), last) << id;
        last = byId[id].position.latitude();
        EXPECT_LT(byId[id].position.longitude(), 9.54) << id;
    }
}

TEST_F(Demo, canReachEachOfItsTeamsByRoad) {
    const auto graph = route::RoadGraph::load(*s_scratch / "map.gpkg");
    ASSERT_TRUE(graph) << graph.error().describe();
    const auto teams = all(ResourceKind::team);
    std::vector<model::Position> starts;
    for (const auto& team : teams)
        starts.push_back(team.position);
    const auto times = (*graph)->timesTo(model::Position::trusted(47.1393, 9.5228), starts);
    ASSERT_EQ(times.size(), teams.size());
    for (std::size_t i = 0; i < teams.size(); ++i) {
        ASSERT_TRUE(times[i]) << teams[i].name.text;
        EXPECT_LT(times[i]->duration.value, 3600) << teams[i].name.text;
    }
}

TEST_F(Demo, takesItsFacilitiesFromTheMap) {
    const auto stations = all(ResourceKind::station);
    EXPECT_EQ(std::count_if(stations.begin(), stations.end(), [](const auto& r) { return r.code == "fire-station"; }),
              6);
    std::set<std::string> halls;
    for (const auto& r : stations)
        if (r.code == "townhall")
            halls.insert(r.place.text);
    EXPECT_EQ(halls.size(), 11U);
    const auto hospitals = all(ResourceKind::hospital);
    EXPECT_TRUE(std::any_of(hospitals.begin(), hospitals.end(),
                            [](const auto& r) { return r.name.text == "Liechtensteinisches Landesspital"; }));
}

TEST_F(Demo, isTheSameAtEveryRun) {
    const Scratch scratch;
    const auto again = makeDemoCounty(resources(), scratch / "map.gpkg");
    ASSERT_TRUE(again);
    EXPECT_EQ(again->resources, s_county->resources);
    EXPECT_EQ(again->sensors, s_county->sensors);
    EXPECT_EQ(again->configToml, s_county->configToml);
    EXPECT_EQ(bytesOf(scratch / "map.gpkg"), bytesOf(*s_scratch / "map.gpkg"));
    std::set<model::ResourceId> ids;
    for (const auto& r : again->resources)
        ids.insert(r.id);
    EXPECT_EQ(ids.size(), again->resources.size());
}

TEST_F(Demo, namesTheTableLineAndReasonOfAFault) {
    const Scratch scratch;
    std::filesystem::copy(resources() / "demo", scratch / "demo", std::filesystem::copy_options::recursive);
    for (const char* folder : {"rules", "plans", "synonyms", "hazard_words", "capabilities", "profiles"})
        std::filesystem::copy(resources() / folder, scratch / folder, std::filesystem::copy_options::recursive);
    std::string teams = bytesOf(scratch / "demo/teams.csv");
    teams.replace(teams.find("fire-fighting:3"), 15, "fire-fighting:9");
    write(scratch / "demo/teams.csv", teams);
    const auto made = makeDemoCounty(scratch / "", scratch / "map.gpkg");
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().place.line, 4U);
    EXPECT_THAT(made.error().message, ::testing::HasSubstr("teams.csv"));
    EXPECT_THAT(made.error().message, ::testing::HasSubstr("fire-fighting:9"));
}

TEST_F(Demo, writesTheCountysFolderAndKeepsWhatWasEdited) {
    const Scratch scratch;
    const CountyFolder folder{scratch / "county"};
    ASSERT_TRUE(writeCountyFiles(folder, *s_county));
    const auto config = loadConfig(folder);
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->name.text, "Liechtenstein");
    EXPECT_EQ(config->timeZone, "Europe/Zurich");
    EXPECT_TRUE(config->exercise);
    EXPECT_FALSE(config->officers.empty());
    ASSERT_TRUE(writeText(folder.rules(), "# mine\n"));
    ASSERT_TRUE(writeCountyFiles(folder, *s_county));
    EXPECT_EQ(bytesOf(folder.rules()), "# mine\n");
    ASSERT_TRUE(writeCountyFiles(folder, *s_county, true));
    EXPECT_EQ(bytesOf(folder.rules()), s_county->rulesToml);
    EXPECT_EQ(bytesOf(folder.synonyms()), s_county->synonymsToml);
    EXPECT_THAT(s_county->synonymsToml, ::testing::HasSubstr("[[same]]"));
}

TEST(OwnCounty, hasOnlyWhatItsMapKnows) {
    const Scratch scratch;
    const base::ManualClock clock(base::fromUnixMillis(1'795'161'600'000));
    base::SeededIdSource ids(clock.now());
    const auto made = makeOwnCounty(resources(), data("town.osm"), scratch / "map.gpkg", {}, clock.now(), ids);
    ASSERT_TRUE(made) << made.error().describe();
    EXPECT_EQ(made->name.text, "Tannkreis");
    ASSERT_EQ(made->resources.size(), 2U);
    EXPECT_EQ(made->resources[0].name.text, "Feuerwehr Tannau");
    EXPECT_EQ(made->resources[0].kind, ResourceKind::station);
    EXPECT_EQ(made->resources[1].kind, ResourceKind::shelter);
    EXPECT_EQ(made->resources[1].name.text, "School Tannkreis");
    EXPECT_TRUE(made->sensors.empty());
    const auto config = parseConfig(made->configToml);
    ASSERT_TRUE(config) << config.error().describe() << made->configToml;
    EXPECT_EQ(config->name.text, "Tannkreis");
    EXPECT_FALSE(config->exercise);
    EXPECT_NEAR(config->mapCentre.latitude(), 50.0, 0.01);
    EXPECT_THAT(made->rulesToml, ::testing::Not(::testing::HasSubstr("rhine")));
}

TEST(OwnCounty, takesAnyNameSafely) {
    const Scratch scratch;
    const base::ManualClock clock(base::fromUnixMillis(1'795'161'600'000));
    base::SeededIdSource ids(clock.now());
    const base::LocalText name("A \"quoted\" \\ county\n[desk]");
    const auto made = makeOwnCounty(resources(), data("town.osm"), scratch / "map.gpkg", name, clock.now(), ids);
    ASSERT_TRUE(made);
    const auto config = parseConfig(made->configToml);
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->name, name);
}

TEST(Csv, readsQuotesCommentsAndLineEnds) {
    const auto table = CsvTable::parse("# a comment\r\na,b\r\n1,\"two, \"\"2\"\"\nlines\"\r\n\r\n3,\n", "t.csv");
    ASSERT_TRUE(table) << table.error().describe();
    const auto rows = table->rows();
    ASSERT_EQ(rows.size(), 2U);
    EXPECT_EQ(rows[0]["b"], "two, \"2\"\nlines");
    EXPECT_EQ(rows[0].line, 3U);
    EXPECT_EQ(rows[1]["b"], "");
    EXPECT_EQ(rows[1].line, 6U);
    EXPECT_EQ(rows[1].number("b", 0, 1).error().place.line, 6U);
}

TEST(Csv, refusesUnevenRowsAndOpenQuotes) {
    EXPECT_EQ(CsvTable::parse("a,b\n1\n", "t").error().place.line, 2U);
    EXPECT_EQ(CsvTable::parse("a,b\n1,\"2\n", "t").error().place.line, 2U);
    EXPECT_FALSE(CsvTable::parse("a,a\n", "t"));
}

} // namespace
} // namespace tocsin::county
