#include "osm_art.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/county/facilities.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace tocsin::county {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<Facility> facilitiesOf(OsmArt& osm) {
    osm.import();
    auto read = readFacilities(osm.map());
    if (!read)
        throw std::runtime_error(read.error().describe());
    std::sort(read->begin(), read->end(), [](const auto& a, const auto& b) { return a.kind < b.kind; });
    return *read;
}

std::vector<std::string> kindsOf(OsmArt& osm) {
    std::vector<std::string> kinds;
    for (const auto& f : facilitiesOf(osm))
        kinds.push_back(f.kind + (f.isProtected ? " to protect" : ""));
    return kinds;
}

TEST(Facilities, areOfTheKindsThatActAndOfThoseToProtect) {
    OsmArt osm({"A B C D E F G H I J K L M N O P Q"});
    osm.node('A', {{"amenity", "hospital"}})
        .node('B', {{"healthcare", "clinic"}})
        .node('C', {{"amenity", "pharmacy"}})
        .node('D', {{"amenity", "school"}})
        .node('E', {{"amenity", "fire_station"}})
        .node('F', {{"amenity", "police"}})
        .node('G', {{"amenity", "townhall"}})
        .node('H', {{"amenity", "community_centre"}})
        .node('I', {{"leisure", "stadium"}})
        .node('J', {{"amenity", "fuel"}})
        .node('K', {{"aeroway", "helipad"}})
        .node('L', {{"emergency", "assembly_point"}})
        .node('M', {{"waterway", "dam"}})
        .node('N', {{"power", "plant"}})
        .node('O', {{"power", "substation"}})
        .node('P', {{"emergency", "siren"}})
        .node('Q', {{"social_facility", "shelter"}, {"amenity", "social_facility"}});
    EXPECT_THAT(kindsOf(osm),
                ElementsAre("assembly-point", "clinic", "community-centre", "dam to protect", "fire-station",
                            "fuel to protect", "helipad", "hospital", "pharmacy to protect", "police",
                            "power-plant to protect", "school", "shelter", "siren to protect", "stadium",
                            "substation to protect", "townhall"));
}

TEST(Facilities, leaveOutWhatOnlyLooksLikeOne) {
    OsmArt osm({"A B C D"});
    osm.node('A', {{"amenity", "shelter"}, {"shelter_type", "public_transport"}})
        .node('B', {{"power", "substation"}, {"substation", "minor_distribution"}})
        .node('C', {{"amenity", "hospital"}, {"disused", "yes"}})
        .node('D', {{"amenity", "bench"}});
    EXPECT_THAT(kindsOf(osm), IsEmpty());
}

TEST(Facilities, areBridgesWithANameOrOfMajorRoads) {
    OsmArt osm({"A   B   C   D   E   F   G   H"});
    osm.way("AB", {{"highway", "primary"}, {"bridge", "yes"}, {"ref", "G 213"}})
        .way("CD", {{"highway", "footway"}, {"bridge", "yes"}, {"name", "Uferweg"}, {"bridge:name", "Alte Brücke"}})
        .way("EF", {{"highway", "residential"}, {"bridge", "yes"}, {"name", "Gasse"}})
        .way("GH", {{"highway", "primary"}});
    const auto found = facilitiesOf(osm);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name.text, "G 213");
    EXPECT_EQ(found[0].origin, "osm way 1");
    EXPECT_LT(geo::distance(found[0].position, osm.between('A', 'B')).value, 5);
    EXPECT_EQ(found[1].name.text, "Alte Brücke");
    EXPECT_TRUE(found[1].isProtected);
}

TEST(Facilities, thatTheMapHasAsPointAndAsBuildingAreOne) {
    OsmArt osm({"A B", //
                "D C", //
                "E   "});
    osm.node('A', {{"amenity", "school"}, {"name", "Dorfschule"}, {"name:zh", "村小学"}, {"name:en", "Village School"}})
        .way("ABCDA", {{"amenity", "school"}, {"building", "school"}})
        .node('E', {{"amenity", "school"}, {"name", "Another"}});
    const auto found = facilitiesOf(osm);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].name.text, "Dorfschule");
    EXPECT_EQ(found[0].name.in("zh_CN"), "村小学");
    EXPECT_EQ(found[0].name.in("en"), "Village School");
}

TEST(Facilities, thatActBecomeResourcesOfTheSameOrigin) {
    OsmArt osm({"A    B    C"});
    osm.node('A', {{"amenity", "hospital"}, {"name", "County Hospital"}, {"beds", "120"}})
        .node('B', {{"leisure", "stadium"}, {"name", "Stadium"}, {"capacity", "5000"}})
        .node('C', {{"power", "plant"}, {"name", "Plant"}})
        .way("ABC", {{"highway", "primary"}});
    const Scratch scratch;
    write(scratch / "in.osm", osm.xml());
    const base::ManualClock clock(base::fromUnixMillis(1'795'161'600'000));
    base::SeededIdSource ids(clock.now());
    const auto made = makeOwnCounty(resources(), scratch / "in.osm", scratch / "map.gpkg", "County", clock.now(), ids);
    ASSERT_TRUE(made) << made.error().describe();
    ASSERT_EQ(made->resources.size(), 2U);
    EXPECT_EQ(made->resources[0].kind, model::ResourceKind::hospital);
    EXPECT_EQ(made->resources[0].capacity, 120);
    EXPECT_EQ(made->resources[0].origin, "osm node 65");
    EXPECT_EQ(made->resources[1].kind, model::ResourceKind::shelter);
    EXPECT_EQ(made->resources[1].capacity, 5000);
}

} // namespace
} // namespace tocsin::county
