#include "osm_art.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <iterator>
#include <random>
#include <set>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// The demo county's map, imported once for the suite.
class Names : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        s_scratch = std::make_unique<Scratch>();
        auto options = someOptions();
        options.county = "Liechtenstein";
        for (const auto& [name, zh] : {std::pair{"Schaan", "沙恩"}, {"Vaduz", "瓦杜兹"}}) {
            options.names[name].text = name;
            options.names[name].translations["zh_CN"] = zh;
        }
        const auto done = importOsm(resources() / "demo" / "liechtenstein.osm.pbf", *s_scratch / "map.gpkg", options);
        ASSERT_TRUE(done) << done.error().describe();
        auto opened = Gazetteer::open(*s_scratch / "map.gpkg");
        ASSERT_TRUE(opened) << opened.error().describe();
        s_names = std::move(*opened);
    }
    static void TearDownTestSuite() {
        s_names.reset();
        s_scratch.reset();
    }
    static std::vector<std::string> found(std::string_view text, std::optional<model::Position> near = {}) {
        std::vector<std::string> out;
        for (const auto& place : s_names->search(text, near))
            out.push_back(place.name.text);
        return out;
    }

    static inline std::unique_ptr<Scratch> s_scratch;
    static inline std::unique_ptr<Gazetteer> s_names;
};

TEST_F(Names, findTheVillageBeforeWhatIsNamedAfterIt) {
    const auto places = s_names->search("vaduz", {});
    ASSERT_FALSE(places.empty());
    EXPECT_EQ(places[0].name.text, "Vaduz");
    EXPECT_EQ(places[0].kind, "place");
    EXPECT_EQ(places[0].detail, "village");
    EXPECT_NEAR(places[0].position.latitude(), 47.139, 0.01);
}

TEST_F(Names, areListedForAPageThatOffersThem) {
    const auto names = placeNames(*s_scratch / "map.gpkg", 500);
    ASSERT_TRUE(names) << names.error().describe();
    EXPECT_THAT(*names, AllOf(Contains("Schaan"), Contains("Vaduz"), Contains(HasSubstr(", Vaduz"))));
    EXPECT_LE(names->size(), 500U);
    EXPECT_GT(names->size(), 50U);
    const std::set<std::string> once(names->begin(), names->end());
    EXPECT_EQ(once.size(), names->size()) << "none twice";
    const auto few = placeNames(*s_scratch / "map.gpkg", 3);
    ASSERT_TRUE(few);
    EXPECT_THAT(*few, ElementsAre(names->at(0), names->at(1), names->at(2))) << "the most important first";
    EXPECT_EQ(placeNames(*s_scratch / "none.gpkg", 3).error().code, base::Code::notFound);
}

TEST_F(Names, ofSettlementsAreListedWithTheirRankForTheMapThatWritesThem) {
    const auto all = settlements(*s_scratch / "map.gpkg", 500);
    ASSERT_TRUE(all) << all.error().describe();
    const auto vaduz = std::find_if(all->begin(), all->end(), [](const Settlement& one) { return one.name.text == "Vaduz"; });
    ASSERT_NE(vaduz, all->end());
    EXPECT_EQ(vaduz->rank, 3) << "a village";
    EXPECT_EQ(vaduz->name.in("zh_CN"), "瓦杜兹");
    EXPECT_NEAR(vaduz->position.latitude(), 47.139, 0.01);
    EXPECT_LE(all->front().rank, all->back().rank) << "the most important first";
    EXPECT_EQ(settlements(*s_scratch / "map.gpkg", 2)->size(), 2U);
    EXPECT_EQ(settlements(*s_scratch / "none.gpkg", 3).error().code, base::Code::notFound);
}

TEST_F(Names, areFoundInChineseEvenOfTwoCharacters) {
    EXPECT_EQ(found("沙恩").at(0), "Schaan");
    EXPECT_EQ(found("瓦杜兹").at(0), "Vaduz");
}

TEST_F(Names, areFoundWithoutAccentsAndWithoutUmlautKeys) {
    EXPECT_THAT(found("stadtle"), ::testing::Contains("Städtle"));
    EXPECT_THAT(found("STAEDTLE"), ::testing::Contains("Städtle"));
    EXPECT_THAT(found("städt"), ::testing::Contains("Städtle"));
}

TEST_F(Names, areFoundByTheirMiddle) {
    EXPECT_THAT(found("andesspit"), ::testing::Contains(::testing::HasSubstr("Landesspital")));
}

TEST_F(Names, takeTheMunicipalityAsALastWord) {
    const auto places = s_names->search("Landstrasse Schaan", {});
    ASSERT_FALSE(places.empty());
    EXPECT_EQ(places[0].name.text, "Landstrasse");
    EXPECT_EQ(places[0].within.text, "Schaan");
    const auto chinese = s_names->search("Landstrasse 沙恩", {});
    ASSERT_FALSE(chinese.empty());
    EXPECT_EQ(chinese[0].within.text, "Schaan");
}

TEST_F(Names, preferTheNearerOfTwoAlike) {
    const auto balzers = model::Position::trusted(47.0667, 9.5);
    const auto streets = s_names->search("Landstrasse", balzers);
    ASSERT_GT(streets.size(), 2U);
    for (const auto& other : streets)
        if (other.name == streets[0].name && other.kind == streets[0].kind) {
            EXPECT_LE(geo::distance(streets[0].position, balzers), geo::distance(other.position, balzers));
        }
}

TEST_F(Names, acceptCoordinates) {
    const auto places = s_names->search("47.14, 9.52", {});
    ASSERT_EQ(places.size(), 1U);
    EXPECT_EQ(places[0].kind, "coordinates");
    EXPECT_DOUBLE_EQ(places[0].position.latitude(), 47.14);
}

TEST_F(Names, readCoordinatesInEveryForm) {
    EXPECT_NEAR(s_names->search("32T 539543 5220987", {}).at(0).position.latitude(), 47.1412, 1e-4);
    EXPECT_NEAR(s_names->search("北纬47度8分24秒 东经9度31分12秒", {}).at(0).position.longitude(), 9.52, 1e-4);
    const auto china = s_names->search("35.6, 102.9", {});
    ASSERT_EQ(china.size(), 2U);
    EXPECT_EQ(china[0].detail, "wgs84");
    EXPECT_EQ(china[1].detail, "gcj02");
    EXPECT_EQ(china[1].kind, "coordinates");
    EXPECT_EQ(s_names->search("35.6, 102.9", {}, 1).size(), 1U);
}

TEST_F(Names, areFoundWhileTheMunicipalityIsStillBeingTyped) {
    for (const char* text : {"landstrasse s", "landstrasse sch", "Landstrasse, Schaan", "landstrasse 沙"}) {
        const auto places = s_names->search(text, {});
        ASSERT_FALSE(places.empty()) << text;
        EXPECT_EQ(places[0].name.text, "Landstrasse") << text;
        EXPECT_EQ(places[0].within.text, "Schaan") << text;
    }
}

TEST_F(Names, giveTheMoreImportantFirst) {
    const auto places = s_names->search("v", {});
    ASSERT_FALSE(places.empty());
    EXPECT_EQ(places[0].name.text, "Vaduz");
}

TEST_F(Names, neverThrowWhateverTheBytes) {
    static const std::string pieces[] = {
        "a",   "\"",   "*", "^",  "$",    " ",    "AND",      "NEAR(",        ")",
        ":",   "name", "-", "沙", "沙恩", "\xff", "\xe6\xb2", "\xed\xa0\x80", "\xf4\x90\x80\x80",
        "Vad", "12",   "'", "\0"};
    std::mt19937 random(3);
    for (int i = 0; i < 3000; ++i) {
        std::string text;
        for (std::size_t n = random() % 9; n > 0; --n)
            text += random() % 5 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                      : pieces[random() % std::size(pieces)];
        EXPECT_NO_THROW((void)s_names->search(text, {}, 5)) << text;
    }
}

TEST_F(Names, stayCalmAboutAnything) {
    EXPECT_TRUE(s_names->search("", {}).empty());
    EXPECT_TRUE(s_names->search("  \t ", {}).empty());
    EXPECT_TRUE(s_names->search("zzzzqqqq", {}).empty());
    EXPECT_TRUE(s_names->search("\" OR 1=1; DROP TABLE gazetteer --", {}).empty());
    EXPECT_TRUE(s_names->search("\xff\xfe\xc3", {}).empty());
    EXPECT_TRUE(s_names->search(std::string(100'000, '*'), {}).empty());
    EXPECT_LE(s_names->search("a", {}, 5).size(), 5U);
}

TEST_F(Names, tellWhereAPointIs) {
    const auto here = s_names->nearestPlace(model::Position::trusted(47.1393, 9.5228));
    EXPECT_EQ(here.municipality.text, "Vaduz");
    EXPECT_FALSE(here.street.empty());
    EXPECT_EQ(here.text.text, here.street + ", Vaduz");
    EXPECT_EQ(here.text.in("zh_CN"), "瓦杜兹 " + here.street);
    EXPECT_LT(here.distance.value, 150);
}

TEST_F(Names, nameTheHamletWithinAMunicipality) {
    const auto here = s_names->nearestPlace(model::Position::trusted(47.1028, 9.6084));
    EXPECT_EQ(here.municipality.text, "Triesenberg");
    EXPECT_THAT(here.text.text, ::testing::HasSubstr("Malbun, Triesenberg"));
}

TEST_F(Names, areSilentFarAway) {
    EXPECT_TRUE(s_names->nearestPlace(model::Position::trusted(10, 10)).text.empty());
}

/// A small county with Chinese names, whose nodes the letters stand for.
class ChineseNames : public ::testing::Test {
  protected:
    ChineseNames() {
        m_osm.node('A', {{"place", "village"}, {"name", "朝阳社区"}})
            .node('B', {{"place", "village"}, {"name", "解放街道"}})
            .node('C', {{"amenity", "hospital"}, {"name", "Volksspital"}, {"name:zh", "人民医院"}})
            .node('D', {{"addr:street", "建国路"}, {"addr:housenumber", "12号"}})
            .node('E', {{"waterway", "dam"}, {"name", "刘家峡大坝"}})
            .way("AB", {{"highway", "primary"}, {"name", "建国路"}});
        m_osm.import();
    }
    std::vector<std::string> found(const Gazetteer& names, std::string_view text) const {
        std::vector<std::string> out;
        for (const auto& place : names.search(text, {}))
            out.push_back(place.name.text);
        return out;
    }
    void expectAllIn(const Gazetteer& names) const {
        using ::testing::Contains;
        using ::testing::ElementsAre;
        EXPECT_THAT(found(names, "社区"), ElementsAre("朝阳社区"));
        EXPECT_THAT(found(names, "社"), ElementsAre("朝阳社区"));
        EXPECT_THAT(found(names, "朝"), ElementsAre("朝阳社区"));
        EXPECT_THAT(found(names, "阳社"), ElementsAre("朝阳社区"));
        EXPECT_THAT(found(names, "阳社区"), ElementsAre("朝阳社区"));
        EXPECT_THAT(found(names, "区社"), ElementsAre());
        EXPECT_THAT(found(names, "医院"), ElementsAre("Volksspital"));
        EXPECT_THAT(found(names, "建国路"), ElementsAre("建国路", "建国路 12号"));
        EXPECT_THAT(found(names, "建国路12"), ElementsAre("建国路 12号"));
        EXPECT_THAT(found(names, "建国路　１２号"), ElementsAre("建国路 12号"));
        EXPECT_THAT(found(names, "大坝"), Contains("刘家峡大坝"));
    }
    OsmArt m_osm{{"A B C D E"}};
};

TEST_F(ChineseNames, areFoundByAnyOfTheirCharacters) {
    const auto names = Gazetteer::open(m_osm.map());
    ASSERT_TRUE(names) << names.error().describe();
    expectAllIn(**names);
    EXPECT_EQ((*names)->search("大坝", {}).at(0).kind, "facility");
}

TEST_F(ChineseNames, areFoundInAMapOfBefore) {
    {
        SQLite::Database map(m_osm.map().string(), SQLite::OPEN_READWRITE);
        map.exec("DROP TABLE gazetteer_fts; DROP TABLE gazetteer_gram;"
                 "UPDATE gazetteer SET id = id + 100; UPDATE gazetteer SET id = 200 - id");
    }
    const auto names = Gazetteer::open(m_osm.map());
    ASSERT_TRUE(names) << names.error().describe();
    expectAllIn(**names);
}

TEST(Gazetteer, refusesWhatIsNotAMap) {
    const Scratch scratch;
    EXPECT_EQ(Gazetteer::open(scratch / "none.gpkg").error().code, base::Code::notFound);
    write(scratch / "bad.gpkg", "not a database at all, but long enough to be looked at");
    EXPECT_EQ(Gazetteer::open(scratch / "bad.gpkg").error().code, base::Code::storage);
}

} // namespace
} // namespace tocsin::county
