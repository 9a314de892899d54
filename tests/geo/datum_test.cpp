#include "tocsin/geo/datum.hpp"

#include "tocsin/geo/measure.hpp"

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

using namespace tocsin;
using geo::LonLat;

namespace {

double metresBetween(LonLat a, LonLat b) {
    return geo::distance(model::Position::trusted(a.latitude, a.longitude),
                         model::Position::trusted(b.latitude, b.longitude))
        .value;
}

LonLat pair(const nlohmann::json& value) {
    return {value.at(0).get<double>(), value.at(1).get<double>()};
}

} // namespace

TEST(Datum, InverseIsUnderAMillimetreAllOverChina) {
    for (double lat = 18; lat <= 53; lat += 0.7) {
        for (double lon = 74; lon <= 134; lon += 0.9) {
            const LonLat p{lon, lat};
            EXPECT_LT(metresBetween(geo::wgs84FromGcj02(geo::gcj02FromWgs84(p)), p), 0.001);
            EXPECT_LT(metresBetween(geo::wgs84FromBd09(geo::bd09FromWgs84(p)), p), 0.001);
            EXPECT_LT(metresBetween(geo::gcj02FromBd09(geo::bd09FromGcj02(p)), p), 0.001);
        }
    }
}

TEST(Datum, OutsideChinaTheOffsetIsZero) {
    for (const LonLat p : {LonLat{9.52, 47.14}, LonLat{-74, 40.7}, LonLat{151.2, -33.9}}) {
        EXPECT_EQ(metresBetween(geo::gcj02FromWgs84(p), p), 0);
        EXPECT_EQ(metresBetween(geo::wgs84FromGcj02(p), p), 0);
    }
}

TEST(Datum, PublishedPoints) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    std::ifstream file(std::string(corpora) + "/facts/coordinate_transform_points.json");
    ASSERT_TRUE(file);
    const auto facts = nlohmann::json::parse(file);
    int seen = 0;
    const auto each = [&](const char* key, LonLat (*transform)(LonLat), double metres) {
        for (const auto& point : facts.at(key)) {
            EXPECT_LT(metresBetween(transform(pair(point.at("in"))), pair(point.at("out"))), metres) << key << point;
            ++seen;
        }
    };
    each("wgs84_to_gcj02", geo::gcj02FromWgs84, 0.01);
    each("gcj02_to_bd09", geo::bd09FromGcj02, 0.01);
    // The published inverses take one step and err by up to two metres; ours are iterated.
    each("bd09_to_gcj02", geo::gcj02FromBd09, 2.5);
    each("gcj02_to_wgs84_simple", geo::wgs84FromGcj02, 2.5);
    // These pairs miss the published forward transforms by 10 to 41 m: they only show that the way is right.
    each("bd09_to_wgs84", geo::wgs84FromBd09, 50);
    EXPECT_GE(seen, 4);
}

TEST(Datum, NormaliseChecksBeforeItConverts) {
    EXPECT_FALSE(geo::normalise({NAN, 100, model::Datum::gcj02}));
    EXPECT_FALSE(geo::normalise({91, 100, model::Datum::bd09}));
    EXPECT_FALSE(geo::normalise({30, INFINITY, model::Datum::wgs84}));
    EXPECT_FALSE(geo::normalise({30, 181, model::Datum::wgs84}));
    const auto p = geo::normalise({35.7, 102.9, model::Datum::gcj02});
    ASSERT_TRUE(p);
    const auto back = geo::gcj02FromWgs84({p->longitude(), p->latitude()});
    EXPECT_LT(metresBetween(back, {102.9, 35.7}), 0.01);
}
