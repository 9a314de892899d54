#include "tocsin/base/toml.hpp"

#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

TEST(Duration, isReadWithItsUnit) {
    using namespace std::chrono;
    EXPECT_EQ(parseDuration("90s"), seconds{90});
    EXPECT_EQ(parseDuration("5min"), minutes{5});
    EXPECT_EQ(parseDuration("1.5h"), minutes{90});
    EXPECT_EQ(parseDuration("250ms"), milliseconds{250});
    EXPECT_EQ(parseDuration("2d"), hours{48});
    EXPECT_EQ(parseDuration("-10min"), -minutes{10});
    EXPECT_EQ(parseDuration("0s"), seconds{0});
    for (const char* bad : {"", "s", "90", "90 s", "90sec", "1h30min", "1e5s", "0x10s", "--1s", "1.2.3s", " 1s", "infs",
                            "nans", "99999999999s", "1,5h", "123456789012345678901234567890s"})
        EXPECT_FALSE(parseDuration(bad)) << bad;
}

TEST(TomlReader, keepsTheFirstFaultAndItsPlace) {
    const auto table = parseToml("a = 1\nb = 'x'\nc = true\n");
    ASSERT_TRUE(table);
    TomlReader in(*table, "thing");
    EXPECT_EQ(in.number("a"), 1.0);
    EXPECT_FALSE(in.number("b"));
    EXPECT_FALSE(in.text("c")); // after a fault nothing is read any more
    const auto done = in.done();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().describe(), "line 2, column 5: thing: 'b' must be a finite number");
}

TEST(TomlReader, refusesKeysThatNobodyAskedFor) {
    const auto table = parseToml("a = 1\nextra = 2\n");
    TomlReader in(*table, "thing");
    EXPECT_EQ(in.needNumber("a"), 1.0);
    const auto done = in.done();
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().place.line, 2U);
}

TEST(TomlReader, readsTheTextsOfAListAndNothingElse) {
    const auto table = parseToml("words = [\"a\", \"b\"]\nmixed = [\"a\",\n 7]\none = \"a\"");
    ASSERT_TRUE(table);
    TomlReader in(*table, "set");
    const auto words = in.texts("words");
    ASSERT_EQ(words.size(), 2U);
    EXPECT_EQ(words[1]->get(), "b");
    EXPECT_TRUE(in.texts("none").empty());
    EXPECT_FALSE(in.failed());
    EXPECT_TRUE(in.texts("mixed").empty());
    const auto mixed = in.done();
    ASSERT_FALSE(mixed);
    EXPECT_EQ(mixed.error().place.line, 3U) << "where it stands";
    TomlReader again(*table, "set");
    EXPECT_TRUE(again.texts("one").empty());
    EXPECT_TRUE(again.failed());
}

TEST(Toml, aFaultOfSyntaxHasItsPlace) {
    const auto table = parseToml("a = 1\nb = = 2\n");
    ASSERT_FALSE(table);
    EXPECT_EQ(table.error().code, Code::malformed);
    EXPECT_EQ(table.error().place.line, 2U);
}

TEST(Toml, keysOfOtherScriptsWithoutQuotesAreFaultsWithTheirPlace) {
    struct Case {
        const char* text;
        std::uint32_t line, column;
    };
    for (const auto& [text, line, column] :
         {Case{"пAZ", 1, 1}, Case{"¡ = 1", 1, 1}, Case{"a = 1\nгород = 2", 2, 1}, Case{"水位 = 1", 1, 1},
          Case{"。= 1", 1, 1}, Case{"ひ = 1", 1, 1}, Case{"ﻙ = 1", 1, 1}, Case{"[ü]", 1, 2}, Case{"a = ю", 1, 5},
          Case{"a.ж = 1", 1, 3}, Case{"[[é]]", 1, 3}, Case{"t = { ж = 1 }", 1, 7}}) {
        const auto table = parseToml(text);
        ASSERT_FALSE(table) << text;
        EXPECT_EQ(table.error().code, Code::malformed) << text;
        EXPECT_EQ(table.error().place.line, line) << text;
        EXPECT_EQ(table.error().place.column, column) << text;
        EXPECT_FALSE(table.error().message.empty()) << text;
    }
}

TEST(Toml, otherScriptsInQuotesAndRemarksAreText) {
    const auto table = parseToml("# город。\n\"水位\" = 'ひ' # é\n'ж' = \"\"\"\nü\n# no remark\n'''ﻙ\"\"\"\n");
    ASSERT_TRUE(table) << table.error().describe();
    EXPECT_EQ((*table)["水位"].value<std::string>(), "ひ");
    EXPECT_EQ((*table)["ж"].value<std::string>(), "ü\n# no remark\n'''ﻙ");
}

} // namespace
} // namespace tocsin::base
