#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::Earthquake;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string head =
    "#EventID|Time|Latitude|Longitude|Depth/km|Author|Catalog|Contributor|ContributorID|MagType|Magnitude|MagAuthor|EventLocationName|EventType\n";
const std::string line = "20261120_0000042|2026-11-20T08:00:00.1|47.14|9.52|8.5|EMSC|EMSC-RTS|EMSC|1234567|ml|4.2|EMSC|LIECHTENSTEIN|earthquake\n";

TEST(DecodeFdsn, OneEvent) {
    const auto out = decodedIn(head + line, {.receivedAt = *base::parseTime("2026-11-20T08:10:00Z")}, Format::fdsnText);
    const auto quakes = allOf<Earthquake>(out);
    ASSERT_THAT(quakes, SizeIs(1));
    EXPECT_EQ(quakes[0].source, "emsc");
    EXPECT_EQ(quakes[0].sourceId, "20261120_0000042");
    EXPECT_THAT(quakes[0].otherIds, ElementsAre("1234567"));
    EXPECT_EQ(base::formatTime(quakes[0].time), "2026-11-20T08:00:00.100000Z");
    EXPECT_EQ(base::formatTime(quakes[0].updated), "2026-11-20T08:10:00.000000Z");
    EXPECT_EQ(quakes[0].magnitude, 4.2);
    EXPECT_EQ(quakes[0].magnitudeType, "ml");
    EXPECT_EQ(quakes[0].depthKm, 8.5);
    EXPECT_DOUBLE_EQ(quakes[0].position.longitude(), 9.52);
    EXPECT_EQ(quakes[0].place, "LIECHTENSTEIN");
}

TEST(DecodeFdsn, ColumnsByTheirNamesEmptyOnesAndTheUsgs) {
    const auto out = decodedIn("#EventID | Latitude | Longitude | Time | Depth/km | Contributor | Magnitude | EventType\r\n"
                               "us7000abcd|47|9|2026-11-20T08:00:00||us||quarry blast\r\n\r\n",
                               {}, Format::fdsnText);
    const auto quakes = allOf<Earthquake>(out);
    ASSERT_THAT(quakes, SizeIs(1));
    EXPECT_EQ(quakes[0].source, "usgs"); // named as in its GeoJSON
    EXPECT_FALSE(quakes[0].magnitude);
    EXPECT_FALSE(quakes[0].depthKm);
    EXPECT_EQ(quakes[0].place, "(quarry blast)");
}

TEST(DecodeFdsn, BrokenOnesHaveAPlace) {
    expectRefused({{head + "1|2026-11-20T08:00:00|north|9.52|8\n", "the latitude is no number", 2},
                   {head + "1|2026-11-20T08:00:00|47|190|8\n", "the longitude is out of range", 2},
                   {head + "\n1|today|47|9|8\n", "the time", 3},
                   {head + "|2026-11-20T08:00:00|47|9|8\n", "without an id", 2},
                   {head + "a line\n", "is no event", 2},
                   {"#Network|Station|Location|Channel|Latitude\n", "a list of stations", 1}},
                  Format::fdsnText);
    const auto half = decodedIn(head + line + "x|y|z|1|2\n", {}, Format::fdsnText);
    EXPECT_THAT(half.messages, SizeIs(1));
    ASSERT_THAT(half.faults, SizeIs(1));
    EXPECT_EQ(half.faults[0].error.place.line, 3U);
    EXPECT_EQ(half.faults[0].bytes, "x|y|z|1|2");
}

TEST(DecodeFdsn, RealFilesAreListsOfStations) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    for (const auto* name : {"channel_level_fdsn.txt", "channel_level_fdsn_with_multiple_epochs.txt"})
        EXPECT_THAT(refused(readFile(*root / "quake" / (std::string("fdsn-") + name))).message, HasSubstr("a list of stations"));
}

} // namespace
} // namespace tocsin::ingest::test
