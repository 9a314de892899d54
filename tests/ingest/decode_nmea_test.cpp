#include "ingest/decode_support.hpp"

#include <cstdio>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;
using base::Code;

namespace {

Source boat() {
    Source source;
    source.feed = "boat-1";
    source.receivedAt = *base::parseTime("2026-11-20T08:00:05Z");
    return source;
}

/// With its checksum.
std::string sentence(const std::string& body, char start = '$') {
    unsigned sum = 0;
    for (const char c : body)
        sum ^= static_cast<unsigned char>(c);
    char end[8];
    std::snprintf(end, sizeof end, "*%02X\r\n", sum);
    return start + body + end;
}

std::vector<model::UnitPosition> positionsOf(const Decoded& decoded) {
    std::vector<model::UnitPosition> out;
    for (const auto& message : decoded.messages)
        if (const auto* position = std::get_if<model::UnitPosition>(&message))
            out.push_back(*position);
    return out;
}

std::vector<model::UnitPosition> positionsIn(const std::string& text, Source source = boat()) {
    const auto out = decode(text, Format::nmea, source);
    EXPECT_TRUE(out) << (out ? "" : out.error().describe());
    return out ? positionsOf(*out) : std::vector<model::UnitPosition>{};
}

TEST(DecodeNmea, aFixIsPutTogetherFromItsSentences) {
    const auto p = positionsIn(sentence("GNGGA,080000.00,4706.0000,N,00930.0000,E,1,08,0.9,450.0,M,48.0,M,,") +
                               sentence("GNRMC,080000.00,A,4706.0000,N,00930.0000,E,10.0,090.0,201126,,,A") +
                               sentence("GNVTG,091.0,T,,M,012.0,N,022.2,K,A") +
                               sentence("GNGLL,4706.1000,N,00930.0000,E,080001.00,A,A"));
    ASSERT_EQ(p.size(), 2U);
    EXPECT_EQ(p[0].unit.value, "boat-1");
    EXPECT_EQ(p[0].time, *base::parseTime("2026-11-20T08:00:00Z"));
    EXPECT_NEAR(p[0].position.latitude(), 47.1, 1e-9);
    EXPECT_NEAR(p[0].position.longitude(), 9.5, 1e-9);
    EXPECT_NEAR(p[0].speed.value(), 12 * 1852 / 3600.0, 1e-6);
    EXPECT_EQ(p[0].course, 91.0);
    EXPECT_EQ(p[0].altitudeMetres, 498.0);
    EXPECT_NEAR(p[0].accuracyMetres.value(), 4.5, 1e-9);
    EXPECT_EQ(p[1].time, *base::parseTime("2026-11-20T08:00:01Z"));
}

TEST(DecodeNmea, overABrokerTheTopicSaysWhoseItIs) {
    const auto fix = sentence("GPRMC,080000,A,4706.0,N,00930.0,E,0,0,201126,,,A");
    auto source = boat();
    const auto unit = [&](const char* topic) {
        source.topic = topic;
        const auto p = positionsIn(fix, source);
        return p.empty() ? std::string("none") : p[0].unit.value + " " + p[0].callSign;
    };
    source.topics = {"other/+", "units/+/nmea"};
    EXPECT_EQ(unit("units/car1/nmea"), "boat-1/car1 car1");
    EXPECT_EQ(unit("units/car2/nmea"), "boat-1/car2 car2") << "two units, not one that jumps";
    source.topics = {"$share/desk/+/units/+"};
    EXPECT_EQ(unit("fire/units/car1"), "boat-1/car1 car1") << "the last wildcard";
    source.topics = {"units/#"};
    EXPECT_EQ(unit("units/fire/car1"), "boat-1/fire/car1 fire/car1") << "all that '#' stands for";
    EXPECT_EQ(unit("units"), "boat-1 boat-1");
    source.topics = {"units/car1"};
    EXPECT_EQ(unit("units/car1"), "boat-1 boat-1") << "one topic is one unit: the feed's";
    source.topics = {"+/car/+"};
    source.mapping.unit = "topic:0";
    EXPECT_EQ(unit("fire/car/nmea"), "boat-1/fire fire") << "as the feed says";
    source.mapping.unit = "topic:7";
    EXPECT_EQ(unit("fire/car/nmea"), "boat-1/nmea nmea");
    source.topic = "fire/car/nmea";
    EXPECT_FALSE(decode(fix, Format::nmea, source)->deviations.empty()) << "and says that it is not there";
    source.mapping.unit = "=Boat";
    EXPECT_EQ(unit("fire/car/nmea"), "boat-1/Boat Boat");
}

TEST(DecodeNmea, theDateGoesOnOverMidnight) {
    const auto p = positionsIn(sentence("GPRMC,235959,A,4706.0,S,00930.0,W,0,0,311226,,,A") +
                               sentence("GPGGA,000001,4706.0,S,00930.0,W,1,08,0.9,450.0,M,48.0,M,,"));
    ASSERT_EQ(p.size(), 2U);
    EXPECT_EQ(p[0].time, *base::parseTime("2026-12-31T23:59:59Z"));
    EXPECT_EQ(p[1].time, *base::parseTime("2027-01-01T00:00:01Z"));
    EXPECT_LT(p[1].position.latitude(), 0);
    EXPECT_LT(p[1].position.longitude(), 0);
    // Without a date the day on which it came, also about midnight.
    auto source = boat();
    source.receivedAt = *base::parseTime("2026-11-20T00:00:02Z");
    EXPECT_EQ(positionsIn(sentence("GPGLL,4706.0,N,00930.0,E,235959,A,A"), source).at(0).time,
              *base::parseTime("2026-11-19T23:59:59Z"));
}

TEST(DecodeNmea, noFixIsNoPosition) {
    EXPECT_TRUE(positionsIn(sentence("GPRMC,,V,,,,,,,,,,N") + sentence("GPGGA,080000,,,,,0,00,,,M,,M,,") +
                            sentence("GPGSV,1,1,00") + sentence("PGRMZ,93,f,3") + "# a word\n")
                    .empty());
}

TEST(DecodeNmea, faultsHaveTheirPlaces) {
    struct Case {
        const char* name;
        std::string line;
        std::uint64_t column;
    };
    const Case cases[] = {
        {"a damaged sentence", "$GPRMC,080000,A,4706.0,N,00930.0,E,0,0,201126,,,A*00", 50},
        {"a checksum of letters", "$GPGLL,4706.0,N,00930.0,E,080000,A*xy", 35},
        {"not a sentence at all", "hello", 1},
        {"minutes over sixty", sentence("GPGLL,4766.0,N,00930.0,E,080000,A"), 8},
        {"a latitude over the pole", sentence("GPGLL,9106.0,N,00930.0,E,080000,A"), 8},
        {"an hour that is none", sentence("GPGLL,4706.0,N,00930.0,E,250000,A"), 27},
        {"a date that is none", sentence("GPRMC,080000,A,4706.0,N,00930.0,E,0,0,310226,,,A"), 40},
        {"a character that the armour does not have", sentence("AIVDM,1,1,,A,16:=?;0P~0`SstvFnFbeGH6L088h,0", '!'), 23},
        {"too short for its type", sentence("AIVDM,1,1,,A,16:=,0", '!'), 15},
        {"part three of two", sentence("AIVDM,2,3,1,A,16:=,0", '!'), 8},
    };
    const std::string good = sentence("GPGLL,4706.0,N,00930.0,E,080000,A,A");
    for (const auto& each : cases) {
        SCOPED_TRACE(each.name);
        const auto out = decode(good + each.line + "\n" + good, Format::nmea, boat());
        ASSERT_TRUE(out);
        ASSERT_EQ(out->faults.size(), 1U);
        EXPECT_EQ(out->faults[0].error.place.line, 2U);
        EXPECT_EQ(out->faults[0].error.place.column, each.column) << out->faults[0].error.message;
    }
    EXPECT_EQ(decode(good.substr(0, good.find('*')) + "\n", Format::nmea, boat())->deviations.size(), 2U)
        << "without a checksum, and without a date";
}

TEST(DecodeNmea, shipsOfTheCorpora) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    auto source = boat();
    const auto gatehouse = decode(readFile(*root / "units/nmea/pyais-gatehouse.nmea"), std::nullopt, source);
    ASSERT_TRUE(gatehouse);
    EXPECT_EQ(gatehouse->format, Format::nmea);
    const auto p = positionsOf(*gatehouse);
    ASSERT_EQ(p.size(), 4U);
    EXPECT_EQ(p[0].unit.value, "mmsi:367309370");
    EXPECT_NEAR(p[0].position.latitude(), 48.1777367, 1e-6);
    EXPECT_NEAR(p[0].position.longitude(), -122.7656217, 1e-6);
    EXPECT_NEAR(p[0].speed.value(), 11.1 * 1852 / 3600, 1e-6);
    EXPECT_EQ(p[0].course, 138.5);
    EXPECT_EQ(p[0].time, *base::parseTime("2008-05-09T00:00:00Z"))
        << "the sentence before tells when it was heard, the message its second";
    const auto many = decode(readFile(*root / "units/nmea/pyais-nmea_data_sample.txt"), std::nullopt, source);
    ASSERT_TRUE(many);
    EXPECT_TRUE(many->faults.empty());
    EXPECT_GT(positionsOf(*many).size(), 500U);
    expectWhole(readFile(*root / "units/nmea/pyais-messages.ais"));
}

TEST(DecodeNmea, namesComeInPartsAndStay) {
    const auto first = sentence("AIVDM,2,1,1,A,55?MbV02;H;s<HtKR20EHE:0@T4@Dn2222222216L961O5Gf0NSQEp6ClRp8,0", '!');
    const auto second = sentence("AIVDM,2,2,1,A,88888888880,2", '!');
    const auto place = sentence("AIVDM,1,1,,B,15?MbV001sPcO=0Jtn`:VwvD0000,0", '!');
    const auto nowhere = sentence("AIVDM,1,1,,B,15?MbV@01sdtSF0l4Q@:VwvD0000,0", '!');
    const auto p = positionsIn(first + place + second + nowhere + place);
    ASSERT_EQ(p.size(), 2U) << "91 and 181 degrees say that it does not know";
    EXPECT_EQ(p[0].unit.value, "mmsi:351759000");
    EXPECT_EQ(p[0].callSign, "");
    EXPECT_EQ(p[1].callSign, "EVER DIADEM");
    EXPECT_EQ(p[1].role, "cargo");
    EXPECT_NEAR(p[1].position.latitude(), 47.1, 1e-6);
    EXPECT_NEAR(p[1].speed.value(), 12.3 * 1852 / 3600, 1e-6);
    EXPECT_EQ(p[1].course, 271.5);
    EXPECT_EQ(p[1].accuracyMetres, 10.0);
    EXPECT_EQ(p[1].time, *base::parseTime("2026-11-20T08:00:10Z"));
}

TEST(DecodeNmea, aPersonOverboardCalls) {
    const auto out = decode(sentence("AIVDM,1,1,,B,1>O5e@>0?w0cO=0Jtn`>4?wp0000,0", '!'), Format::nmea, boat());
    ASSERT_TRUE(out);
    ASSERT_EQ(out->messages.size(), 2U);
    const auto& beacon = std::get<model::Emergency>(out->messages[1]);
    EXPECT_EQ(beacon.kind, "man-overboard");
    EXPECT_EQ(beacon.unit.value, "mmsi:972123456");
    EXPECT_TRUE(beacon.active);
}

TEST(DecodeGpx, tracksMoveAndWayPointsMark) {
    const std::string gpx = R"(<?xml version="1.0"?><gpx version="1.1" creator="x" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="47.1" lon="9.5"><name>Camp</name><desc>dry</desc></wpt>
<trk><name>Search 1</name><trkseg>
<trkpt lat="47.10" lon="9.50"><ele>450</ele><geoidheight>48</geoidheight><time>2026-11-20T08:00:00Z</time></trkpt>
<trkpt lat="47.11" lon="9.50"><time>2026-11-20T08:01:00Z</time><extensions><TrackPointExtension xmlns="g"><speed>1.5</speed><course>12</course></TrackPointExtension></extensions></trkpt>
<trkpt lat="97.11" lon="9.50"><time>2026-11-20T08:02:00Z</time></trkpt>
</trkseg></trk>
<rte><name>Way</name><rtept lat="47.1" lon="9.5"/><rtept lat="47.2" lon="9.6"/></rte></gpx>)";
    const auto out = decoded(gpx);
    EXPECT_EQ(out.format, Format::gpx);
    const auto p = positionsOf(out);
    ASSERT_EQ(p.size(), 2U);
    EXPECT_EQ(p[0].unit.value, "gpx:Search 1");
    EXPECT_EQ(p[0].altitudeMetres, 498.0);
    EXPECT_EQ(p[1].speed, 1.5);
    EXPECT_EQ(p[1].course, 12.0);
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].error.place.line, 6U);
    std::vector<model::FieldMarker> markers;
    for (const auto& message : out.messages)
        if (const auto* marker = std::get_if<model::FieldMarker>(&message))
            markers.push_back(*marker);
    ASSERT_EQ(markers.size(), 2U);
    EXPECT_EQ(markers[0].name, "Camp");
    EXPECT_EQ(markers[0].remarks, "dry");
    EXPECT_EQ(markers[1].line.size(), 2U);
    EXPECT_EQ(refused("<gpx><trk><trkseg>", Format::gpx).place.line, 1U);
}

TEST(DecodePositionsCsv, columnsByTheirNames) {
    const auto out = decoded("vehicle;lat;lon;timestamp;speed_kmh;heading\n"
                             "\"Truck; 1\";47,1;9.5;2026-11-20T08:00:00Z;36;90\n"
                             "Truck 2;47.1;9.5;1795161600;36;90\n"
                             "Truck 2;47.1;9.5;yesterday;36;90\n"
                             "Truck 2;47.1;200;2026-11-20T08:00:00Z;36;90\n");
    EXPECT_EQ(out.format, Format::positionsCsv);
    const auto p = positionsOf(out);
    ASSERT_EQ(p.size(), 1U);
    EXPECT_EQ(p[0].unit.value, "csv:Truck 2");
    EXPECT_EQ(p[0].time, *base::parseTime("2026-11-20T08:00:00Z"));
    EXPECT_EQ(p[0].speed, 10.0);
    ASSERT_EQ(out.faults.size(), 3U);
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[1].error.place.line, 4U);
    EXPECT_EQ(out.faults[2].error.code, Code::outOfRange);
    EXPECT_NE(sniff("name,lat,lon\nVaduz,47.1,9.5\n"), Format::positionsCsv) << "a table of places says no time";
}

TEST(DecodePositionsCsv, packedTracksOfTheCorpora) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto bytes = readFile(*root / "units/tracks/poland_gps_traces.csv.gz");
    const auto out = decoded(bytes);
    EXPECT_EQ(out.format, Format::positionsCsv);
    EXPECT_TRUE(positionsOf(out).empty()) << "it has no times";
    EXPECT_EQ(out.deviations.size(), 1U);
    ASSERT_FALSE(out.messages.empty());
    const auto& first = std::get<model::FieldMarker>(out.messages.front());
    EXPECT_EQ(first.name, "0");
    EXPECT_EQ(first.line.size(), 2000U);
    EXPECT_NEAR(first.line.front().latitude(), 52.2319357, 1e-9);
    EXPECT_EQ(refused(bytes.substr(0, bytes.size() / 2), Format::positionsCsv).code, Code::malformed);
}

} // namespace
