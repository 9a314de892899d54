#include "tocsin/map/tile.hpp"

#include <gtest/gtest.h>

namespace tocsin::map {
namespace {

TEST(Tile, AMercatorPointComesBack) {
    for (const double latitude : {-84.0, -33.9, 0.0, 47.14, 69.6, 85.0})
        for (const double longitude : {-179.9, -70.0, 0.0, 9.52, 116.4, 179.9}) {
            const auto back = fromWorld(toWorld(model::Position::trusted(latitude, longitude)));
            EXPECT_NEAR(back.latitude(), latitude, 1e-9);
            EXPECT_NEAR(back.longitude(), longitude, 1e-9);
        }
}

TEST(Tile, VaduzLiesInTheTileThatEverybodyNumbersSo) {
    // Zoom 12 of the usual scheme: x 2156, y 1438.
    const auto world = toWorld(model::Position::trusted(47.1410, 9.5209));
    EXPECT_EQ(static_cast<int>(world.x * 4096), 2156);
    EXPECT_EQ(static_cast<int>(world.y * 4096), 1438);
}

TEST(Tile, PolesClamp) {
    EXPECT_NEAR(toWorld(model::Position::trusted(90, 0)).y, 0.0, 1e-9);
    EXPECT_NEAR(toWorld(model::Position::trusted(-90, 0)).y, 1.0, 1e-9);
}

TEST(Tile, OutsideTheSchemeIsNotATile) {
    EXPECT_TRUE(isValid({10, 0, 1023}));
    EXPECT_FALSE(isValid({10, -1, 0}));
    EXPECT_FALSE(isValid({10, 0, 1024}));
    EXPECT_FALSE(isValid({2, 0, 0}));
    EXPECT_FALSE(isValid({31, 0, 0}));
}

} // namespace
} // namespace tocsin::map
