#include "map/letters.hpp"

#include "map/tile_painter.hpp"
#include "tocsin/map/tile_renderer.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <mapnik/font_set.hpp>

namespace tocsin::map {
namespace {

std::map<std::string, mapnik::font_set> sets() {
    mapnik::font_set regular("regular");
    regular.add_face_name("Noto Sans Regular");
    regular.add_face_name("Noto Sans CJK SC Regular");
    return {{"regular", regular}};
}

class LettersTest : public testing::Test {
  protected:
    void SetUp() override {
        ASSERT_TRUE(registerFonts(RendererOptions{}.fonts));
        auto opened = Letters::open(sets());
        ASSERT_TRUE(opened) << opened.error().message;
        letters = std::move(*opened);
    }
    std::unique_ptr<Letters> letters;
};

TEST_F(LettersTest, ALineIsAsWideAsItsLetters) {
    const LineOfLetters line = letters->line(0, "Landstrasse");
    ASSERT_EQ(line.letters.size(), 11U);
    float width = 0;
    for (const Letter& letter : line.letters) {
        EXPECT_NEAR(letter.x, width, 0.01);
        width += letter.advance;
    }
    EXPECT_NEAR(line.width, width, 0.01);
    EXPECT_GT(line.width, 4);
    EXPECT_LT(line.width, 8);
}

TEST_F(LettersTest, WhatOneFontLacksTheNextHas) {
    const LineOfLetters line = letters->line(0, "瓦杜兹 Vaduz");
    ASSERT_EQ(line.letters.size(), 9U);
    EXPECT_NE(line.letters[0].font, line.letters.back().font);
    for (const Letter& letter : line.letters)
        EXPECT_NE(letter.glyph, 0U); // no letter is a box
    EXPECT_FALSE(letters->shape(line.letters[0]).ends.empty());
}

TEST_F(LettersTest, HebrewRunsFromTheRight) {
    const LineOfLetters one = letters->line(0, "א");
    const LineOfLetters both = letters->line(0, "אב");
    ASSERT_EQ(both.letters.size(), 2U);
    EXPECT_EQ(both.letters[1].glyph, one.letters[0].glyph); // the first letter stands at the right
}

TEST_F(LettersTest, TextThatIsNoUtf8IsNoTrouble) {
    EXPECT_NO_FATAL_FAILURE((void)letters->line(0, "a\xff\xc3"));
    EXPECT_TRUE(letters->line(0, "").letters.empty());
    EXPECT_FALSE(letters->wrap(0, "\xe4\xe4\xe4", 1).empty());
}

TEST_F(LettersTest, LongTextsAreBrokenIntoLinesOfLikeLength) {
    const auto lines = letters->wrap(0, "Second Congregational Church", 8);
    ASSERT_GE(lines.size(), 2U);
    EXPECT_EQ(lines.front(), "Second");
    // Chinese may break between any two letters: no line is left with one of them.
    const auto chinese = letters->wrap(0, "列支敦士登国家医院", 8);
    ASSERT_EQ(chinese.size(), 2U);
    EXPECT_LE(letters->line(0, chinese[0]).width, 8);
    EXPECT_NEAR(letters->line(0, chinese[0]).width, letters->line(0, chinese[1]).width, 1.01);
    EXPECT_EQ(letters->wrap(0, "Vaduz", 8), std::vector<std::string>{"Vaduz"});
}

TEST_F(LettersTest, ALetterIsDrawnWithinItsEm) {
    const LineOfLetters line = letters->line(0, "O");
    const LetterShape& shape = letters->shape(line.letters.front());
    EXPECT_EQ(shape.ends.size(), 2U); // outer and inner edge
    for (const auto& [x, y] : shape.points) {
        EXPECT_GE(x, 0);
        EXPECT_LE(x, line.width);
        EXPECT_GT(y, -0.1);
        EXPECT_LT(y, 0.9);
    }
}

TEST_F(LettersTest, FontsThatAreNotThereAreNamed) {
    mapnik::font_set lost("lost");
    lost.add_face_name("No Such Font");
    const auto opened = Letters::open({{"lost", lost}});
    ASSERT_FALSE(opened);
    EXPECT_NE(opened.error().message.find("lost"), std::string::npos);
}

} // namespace
} // namespace tocsin::map
