#include "support.hpp"
#include "tocsin/county/gazetteer.hpp"
#include "tocsin/geo/measure.hpp"

#include <gmock/gmock.h>

namespace tocsin::county {
namespace {

using namespace testing;

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

TEST(Gazetteer, refusesWhatIsNotAMap) {
    const Scratch scratch;
    EXPECT_EQ(Gazetteer::open(scratch / "none.gpkg").error().code, base::Code::notFound);
    write(scratch / "bad.gpkg", "not a database at all, but long enough to be looked at");
    EXPECT_EQ(Gazetteer::open(scratch / "bad.gpkg").error().code, base::Code::storage);
}

} // namespace
} // namespace tocsin::county
