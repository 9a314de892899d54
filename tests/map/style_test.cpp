#include "map/style.hpp"

#include <gtest/gtest.h>

namespace tocsin::map {
namespace {

TEST(Style, ThePalettesThatTheProgramCarriesFillItsTemplate) {
    const StyleSheet sheet = builtInStyle();
    for (const std::string& text : {sheet.dark, sheet.light}) {
        const auto palette = parsePalette(text);
        ASSERT_TRUE(palette);
        const auto xml = fillStyle(sheet.xml, *palette);
        ASSERT_TRUE(xml) << xml.error().describe();
        EXPECT_EQ(xml->find("{{"), std::string::npos);
    }
}

TEST(Style, AMissingColourIsNamedWithItsPlace) {
    const auto xml = fillStyle("<Map a=\"{{lava}}\"/>", {});
    ASSERT_FALSE(xml);
    EXPECT_NE(xml.error().message.find("lava"), std::string::npos);
    EXPECT_EQ(xml.error().place.byte, 8U);
}

TEST(Style, APaletteLineWithoutAValueIsNamed) {
    const auto palette = parsePalette("// night\nground #000\nwater\n");
    ASSERT_FALSE(palette);
    EXPECT_EQ(palette.error().place.line, 3U);
}

TEST(Style, WidthsGrowBetweenTheirStopsAndRestOutside) {
    const auto width = WidthStops::parse("10:1 12:4");
    ASSERT_TRUE(width);
    EXPECT_DOUBLE_EQ(width->at(3), 1);
    EXPECT_DOUBLE_EQ(width->at(10), 1);
    EXPECT_NEAR(width->at(11), 2, 1e-12);
    EXPECT_DOUBLE_EQ(width->at(20), 4);
}

TEST(Style, WidthsThatMakeNoSenseAreRefused) {
    for (const char* bad : {"", "10", "10:0", "10:-1", "12:1 10:2", "x:1", "10:inf", "10:1 10:2"})
        EXPECT_FALSE(WidthStops::parse(bad)) << bad;
}

} // namespace
} // namespace tocsin::map
