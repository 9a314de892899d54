#include "tocsin/geo/coordinates.hpp"

#include "tocsin/geo/datum.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <string>

using namespace tocsin;
using geo::CoordinateForm;
using geo::formatCoordinates;
using geo::parseCoordinates;
using model::Datum;
using model::Position;

namespace {

struct Written {
    const char* text;
    double latitude;
    double longitude;
    CoordinateForm form{CoordinateForm::decimal};
};

void PrintTo(const Written& w, std::ostream* out) {
    *out << w.text;
}

class Coordinates : public testing::TestWithParam<Written> {};

TEST_P(Coordinates, areRead) {
    const auto& expected = GetParam();
    const auto readings = parseCoordinates(expected.text);
    ASSERT_EQ(readings.size(), 1U);
    EXPECT_NEAR(readings[0].position.latitude(), expected.latitude, 2e-6);
    EXPECT_NEAR(readings[0].position.longitude(), expected.longitude, 2e-6);
    EXPECT_EQ(readings[0].form, expected.form);
    EXPECT_EQ(readings[0].datum, Datum::wgs84);
}

constexpr auto dms = CoordinateForm::dms;
constexpr auto utm = CoordinateForm::utm;
constexpr auto mgrs = CoordinateForm::mgrs;

INSTANTIATE_TEST_SUITE_P(
    Decimal, Coordinates,
    testing::Values(Written{"47.14 9.52", 47.14, 9.52}, Written{"47.14, 9.52", 47.14, 9.52},
                    Written{"47.14,9.52", 47.14, 9.52}, Written{" (47.14; 9.52) ", 47.14, 9.52},
                    Written{"47.14/9.52", 47.14, 9.52}, Written{"47,14; 9,52", 47.14, 9.52},
                    Written{"47,14 9,52", 47.14, 9.52}, Written{"47,14, 9,52", 47.14, 9.52},
                    Written{"47,14,9,52", 47.14, 9.52}, Written{"47,9", 47, 9}, Written{"47 9", 47, 9},
                    Written{"9.52E 47.14N", 47.14, 9.52}, Written{"E9.52 N47.14", 47.14, 9.52},
                    Written{"47.14n 9.52e", 47.14, 9.52}, Written{"47.14 N, 9.52 E", 47.14, 9.52},
                    Written{"47.14° N 9.52° E", 47.14, 9.52}, Written{"-33.9 151.2", -33.9, 151.2},
                    Written{"33.9S 151.2E", -33.9, 151.2}, Written{"33.9s 70.7w", -33.9, -70.7},
                    Written{"−33.9, −70.7", -33.9, -70.7}, Written{"+47.14 +9.52", 47.14, 9.52},
                    Written{"lat 47.14 lon 9.52", 47.14, 9.52}, Written{"lon: 9.52, lat: 47.14", 47.14, 9.52},
                    Written{"Latitude=47.14; Longitude=9.52", 47.14, 9.52}, Written{"geo:47.14,9.52", 47.14, 9.52},
                    Written{"北纬47.14 东经9.52", 47.14, 9.52}, Written{"东经9.52度，北纬47.14度", 47.14, 9.52},
                    Written{"南纬33.9°西经70.7°", -33.9, -70.7}, Written{"４７.１４，９.５２", 47.14, 9.52},
                    Written{"151.2 -33.9", -33.9, 151.2}, Written{"WGS84 35.6 102.9", 35.6, 102.9},
                    Written{"CGCS2000 35.6 102.9", 35.6, 102.9}, Written{"90 180", 90, 180},
                    Written{"-90, -180", -90, -180}, Written{"0 0", 0, 0}, Written{"47.14N 9.52", 47.14, 9.52}));

INSTANTIATE_TEST_SUITE_P(
    Dms, Coordinates,
    testing::Values(
        Written{"47°08'24\"N 9°31'12\"E", 47.14, 9.52, dms}, Written{"47° 8' 24\" N, 9° 31' 12\" E", 47.14, 9.52, dms},
        Written{"47°8′24″N 9°31′12″E", 47.14, 9.52, dms}, Written{"47°8'24''N 9°31'12''E", 47.14, 9.52, dms},
        Written{"N 47° 8.4' E 9° 31.2'", 47.14, 9.52, dms}, Written{"47°8,4'N 9°31,2'E", 47.14, 9.52, dms},
        Written{"47 8 24 9 31 12", 47.14, 9.52, dms}, Written{"47 8 24, 9 31 12", 47.14, 9.52, dms},
        Written{"47 8 24 N 9 31 12 E", 47.14, 9.52, dms}, Written{"47 8.4 9 31.2", 47.14, 9.52, dms},
        Written{"47d08m24sN 9d31m12sE", 47.14, 9.52, dms}, Written{"33d54m0s S 70d42m0s W", -33.9, -70.7, dms},
        Written{"9°31'12\"E 47°08'24\"N", 47.14, 9.52, dms}, Written{"-33°54' 151°12'", -33.9, 151.2, dms},
        Written{"北纬47度8分24秒 东经9度31分12秒", 47.14, 9.52, dms},
        Written{"东经9°31′12″，北纬47°8′24″", 47.14, 9.52, dms}));

// The meridian of 9° E is the middle of zone 32. PROJ (EPSG:32632) says the same.
INSTANTIATE_TEST_SUITE_P(Grid, Coordinates,
                         testing::Values(Written{"32T 500000 5221000", 47.1425017, 9, utm},
                                         Written{"32t 500000 5221000", 47.1425017, 9, utm},
                                         Written{"32 T 500000 5221000", 47.1425017, 9, utm},
                                         Written{"32T 500000E 5221000N", 47.1425017, 9, utm},
                                         Written{"32T 500000mE, 5221000mN", 47.1425017, 9, utm},
                                         Written{"32N 500000 5221000", 47.1425017, 9, utm},
                                         Written{"32T 500000.0 5221000.0", 47.1425017, 9, utm}));

TEST(CoordinatesOfGrids, agreeWithTheirOwnWriting) {
    std::mt19937_64 random(7);
    std::uniform_real_distribution<double> latitude(-90, 90);
    std::uniform_real_distribution<double> longitude(-180, 180);
    for (int i = 0; i < 2000; ++i) {
        const auto p = Position::trusted(latitude(random), longitude(random));
        for (const auto form : {CoordinateForm::decimal, dms, utm, mgrs}) {
            const std::string text = formatCoordinates(p, form);
            const auto readings = parseCoordinates(text);
            ASSERT_FALSE(readings.empty()) << text;
            EXPECT_EQ(readings[0].form, form) << text;
            // In plain degrees the Arctic may be taken for Asia first; the place that was meant is there too.
            EXPECT_TRUE(std::any_of(readings.begin(), readings.end(), [&](const auto& reading) {
                return geo::distance(reading.position, p).value < (form == dms ? 3.0 : 1.0);
            })) << text;
        }
    }
}

TEST(CoordinatesOfGrids, readMgrsInAnyGrouping) {
    const auto whole = parseCoordinates("32TNT 39000 21000");
    ASSERT_EQ(whole.size(), 1U);
    EXPECT_EQ(whole[0].form, mgrs);
    EXPECT_NEAR(whole[0].position.latitude(), 47.14, 0.01);
    for (const char* text : {"32TNT3900021000", "32T NT 39000 21000", "32tnt 39000 21000", "32 TNT 3900021000"}) {
        const auto other = parseCoordinates(text);
        ASSERT_EQ(other.size(), 1U) << text;
        EXPECT_EQ(other[0].position, whole[0].position) << text;
    }
    // A coarser square is named by its middle.
    const auto coarse = parseCoordinates("32TNT 39 21");
    ASSERT_EQ(coarse.size(), 1U);
    EXPECT_NEAR(geo::distance(coarse[0].position, whole[0].position).value, 707, 5);
}

TEST(CoordinatesOfGrids, refuseWhatIsOffTheGrid) {
    for (const char* text :
         {"61T 500000 5221000", "0T 500000 5221000", "32I 500000 5221000", "32C 500000 5221000", "32T 5 5",
          "32T 99999999 5221000", "32T 500000", "32TNT", "32TNT 123 12", "32TII 39000 21000", "32TNT 390000 210000",
          "T 500000 5221000", "32T nan inf", "ABC 12 34"})
        EXPECT_TRUE(parseCoordinates(text).empty()) << text;
}

TEST(CoordinatesInChina, areFollowedByTheirGcj02Reading) {
    const auto readings = parseCoordinates("35.6, 102.9");
    ASSERT_EQ(readings.size(), 2U);
    EXPECT_EQ(readings[0].datum, Datum::wgs84);
    EXPECT_DOUBLE_EQ(readings[0].position.latitude(), 35.6);
    EXPECT_EQ(readings[1].datum, Datum::gcj02);
    const auto inside = geo::wgs84FromGcj02({102.9, 35.6});
    EXPECT_NEAR(readings[1].position.latitude(), inside.latitude, 1e-9);
    EXPECT_NEAR(readings[1].position.longitude(), inside.longitude, 1e-9);
    EXPECT_EQ(parseCoordinates("北纬35度36分 东经102度54分").size(), 2U);
}

TEST(CoordinatesInChina, areReadAloneInTheDatumThatTheyName) {
    for (const char* text :
         {"GCJ-02 35.6 102.9", "gcj02: 35.6,102.9", "35.6,102.9 (高德)", "高德地图 北纬35.6 东经102.9"}) {
        const auto readings = parseCoordinates(text);
        ASSERT_EQ(readings.size(), 1U) << text;
        EXPECT_EQ(readings[0].datum, Datum::gcj02) << text;
        EXPECT_GT(std::abs(readings[0].position.longitude() - 102.9), 1e-4) << text;
    }
    for (const char* text : {"BD-09 35.6 102.9", "bd09 102.9 35.6", "百度 35.6,102.9"}) {
        const auto readings = parseCoordinates(text);
        ASSERT_EQ(readings.size(), 1U) << text;
        EXPECT_EQ(readings[0].datum, Datum::bd09) << text;
        const auto p = geo::wgs84FromBd09({102.9, 35.6});
        EXPECT_NEAR(readings[0].position.latitude(), p.latitude, 1e-9) << text;
    }
    EXPECT_TRUE(parseCoordinates("GCJ-02 48S 500000 3940000").empty());
}

TEST(CoordinatesInChina, areTurnedRoundWhereOnlyThatIsInChina) {
    const auto beyond = parseCoordinates("102.9 35.6"); // no latitude of 102.9
    ASSERT_EQ(beyond.size(), 2U);
    EXPECT_DOUBLE_EQ(beyond[0].position.latitude(), 35.6);
    const auto tibet = parseCoordinates("85.3 31.5"); // in the Arctic Ocean, or in Tibet
    ASSERT_EQ(tibet.size(), 3U);
    EXPECT_DOUBLE_EQ(tibet[0].position.latitude(), 31.5);
    EXPECT_EQ(tibet[1].datum, Datum::gcj02);
    EXPECT_DOUBLE_EQ(tibet[2].position.latitude(), 85.3);
    EXPECT_DOUBLE_EQ(parseCoordinates("78.2 15.6").at(0).position.latitude(), 78.2); // Spitsbergen
}

TEST(CoordinateText, thatIsNoneGivesNothing) {
    for (const char* text : {"",
                             " ",
                             "Vaduz",
                             "Landstrasse 12",
                             "47.14",
                             "47.14 9.52 3",
                             "1 2 3",
                             "91 181",
                             "200 10",
                             "47.14N 9.52N",
                             "47.14E 9.52E",
                             "-47.14S 9.52E",
                             "47.14 -9.52W",
                             "47°61' 9°31'",
                             "47°08'60\" 9°31'00\"",
                             "47.5°30'N 9°E",
                             "47'N 9'E",
                             "47..14 9.52",
                             "47.14.3 9.52",
                             "1e1 1e1",
                             "0x10 0x10",
                             "nan nan",
                             "inf inf",
                             "nan, 9.52",
                             "infinity 0",
                             "--47 9",
                             "+-47 9",
                             "47,,9",
                             ",47,9",
                             "47,9,",
                             "99999999999999999999 1",
                             "1 99999999999999999999999999999999999999999999999999999999",
                             "高德",
                             "GCJ-02",
                             "GCJ-02 47.14",
                             "NESW",
                             "N47 S9",
                             "lat 47 lat 9",
                             "5 minutes 6 seconds",
                             "北纬35.6",
                             "12345678 12345678"})
        EXPECT_TRUE(parseCoordinates(text).empty()) << text;
}

TEST(CoordinateText, ofAnyBytesNeverGivesAPlaceOffTheEarth) {
    static const std::string pieces[] = {"4",  "7",    "9",    "0",      ".",    ",",   ";",  " ",    "-",    "+",
                                         "N",  "S",    "e",    "w",      "°",    "'",   "\"", "度",   "分",   "秒",
                                         "北", "北纬", "东经", "GCJ-02", "百度", "32T", "NT", "\xff", "\xe5", "\0x",
                                         "12", "180",  "90",   "lat",    "lon",  "d",   "m",  "s",    "999",  "\n"};
    std::mt19937 random(11);
    for (int i = 0; i < 30'000; ++i) {
        std::string text;
        const auto count = random() % 14;
        for (std::size_t k = 0; k < count; ++k)
            text += random() % 20 == 0 ? std::string(1, static_cast<char>(random() % 256))
                                       : pieces[random() % std::size(pieces)];
        for (const auto& reading : parseCoordinates(text)) {
            ASSERT_LE(std::abs(reading.position.latitude()), 90) << text;
            ASSERT_LE(std::abs(reading.position.longitude()), 180) << text;
        }
    }
    EXPECT_TRUE(parseCoordinates(std::string(1'000'000, '1')).empty());
    EXPECT_TRUE(parseCoordinates(std::string(1'000'000, '-')).empty());
    EXPECT_TRUE(parseCoordinates(std::string(1000, '\0')).empty());
    // What stands beyond 200 bytes is not read.
    EXPECT_EQ(parseCoordinates("47.14 9.52" + std::string(300, ' ') + "no").size(), 1U);
}

TEST(CoordinateText, isWrittenAsItSays) {
    const auto vaduz = Position::trusted(47.1412, 9.5215);
    EXPECT_EQ(formatCoordinates(vaduz, CoordinateForm::decimal), "47.141200, 9.521500");
    EXPECT_EQ(formatCoordinates(vaduz, dms), "47°08'28.3\"N 9°31'17.4\"E");
    EXPECT_EQ(formatCoordinates(vaduz, utm), "32T 539543 5220987");
    EXPECT_EQ(formatCoordinates(vaduz, mgrs), "32TNT 39542 20987");
    EXPECT_EQ(formatCoordinates(Position::trusted(-33.9, -70.7), dms), "33°54'00.0\"S 70°42'00.0\"W");
    EXPECT_EQ(formatCoordinates(Position::trusted(-1e-9, -1e-9), CoordinateForm::decimal), "0.000000, 0.000000");
    EXPECT_EQ(formatCoordinates(Position::trusted(46.9999999, -0.00000001), dms), "47°00'00.0\"N 0°00'00.0\"E");
    EXPECT_EQ(formatCoordinates(Position::trusted(85, 10), utm).substr(0, 2), "Z ");
    EXPECT_EQ(formatCoordinates(Position::trusted(-89, 10), mgrs).substr(0, 1), "B");
    const auto jishishan = Position::trusted(35.7, 102.8);
    const auto gcj = geo::gcj02FromWgs84({102.8, 35.7});
    const auto back = parseCoordinates("GCJ-02 " + formatCoordinates(jishishan, CoordinateForm::decimal, Datum::gcj02));
    ASSERT_EQ(back.size(), 1U);
    EXPECT_LT(geo::distance(back[0].position, jishishan).value, 0.2);
    EXPECT_NE(formatCoordinates(jishishan, CoordinateForm::decimal, Datum::bd09).find(std::to_string(gcj.latitude)),
              0U);
    EXPECT_EQ(formatCoordinates(jishishan, utm, Datum::gcj02), "");
}

} // namespace
