#include "gui/panels_support.hpp"

#include <limits>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;

class WordsTest : public test::PanelTest {};

TEST_F(WordsTest, anAgeIsMinutesAndSecondsThenHoursThenDays) {
    EXPECT_EQ(Words::age(42s), QStringLiteral("00:42"));
    EXPECT_EQ(Words::age(26min + 40s), QStringLiteral("26:40"));
    EXPECT_EQ(Words::age(59min + 59s), QStringLiteral("59:59"));
    EXPECT_EQ(Words::age(65min), QStringLiteral("1 h 05"));
    EXPECT_EQ(Words::age(74h), QStringLiteral("3 d 2 h"));
    EXPECT_EQ(Words::age(-5s), QStringLiteral("00:00")) << "a clock that was set back";
}

TEST_F(WordsTest, whatWasLessThanAMinuteAgoWasJustNow) {
    EXPECT_EQ(Words::ago(0s), QStringLiteral("just now"));
    EXPECT_EQ(Words::ago(59s), QStringLiteral("just now"));
    EXPECT_EQ(Words::ago(-5s), QStringLiteral("just now"));
    EXPECT_EQ(Words::ago(60s), QStringLiteral("1 min ago"));
    EXPECT_EQ(Words::ago(38min), QStringLiteral("38 min ago"));
    EXPECT_EQ(Words::ago(65min), QStringLiteral("1 h 05 min ago"));
    EXPECT_EQ(Words::ago(74h), QStringLiteral("3 d 2 h ago"));
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(Words::ago(10s), QString::fromUtf8("刚刚"));
}

TEST_F(WordsTest, aTravelTimeIsNeverShownShorterThanItIs) {
    EXPECT_EQ(Words::eta(base::Seconds(0)), QStringLiteral("1 min"));
    EXPECT_EQ(Words::eta(base::Seconds(240)), QStringLiteral("4 min"));
    EXPECT_EQ(Words::eta(base::Seconds(241)), QStringLiteral("5 min"));
    EXPECT_EQ(Words::eta(base::Seconds(3900)), QStringLiteral("1 h 05 min"));
    EXPECT_EQ(Words::eta(base::Seconds(std::numeric_limits<double>::infinity())), QStringLiteral("never"));
}

TEST_F(WordsTest, aLevelKeepsItsCentimetresAndItsRateIsInThem) {
    EXPECT_EQ(Words::value(4.4, "m"), QString::fromUtf8("4.40\u00a0m"));
    const base::Time start{};
    EXPECT_EQ(Words::rate(start, 4.0, start + 30min, 4.19, "m"), QString::fromUtf8("38\u00a0cm/h"));
    EXPECT_EQ(Words::rate(start, 4.0, start + 10s, 4.19, "m"), QString()) << "too short to say";
    EXPECT_EQ(Words::rate(start, 230, start + 30min, 0, "V"), QString());
}

TEST_F(WordsTest, aKeyThatNobodyTranslatedStillReads) {
    EXPECT_EQ(Words::capability("swift-water-divers"), QStringLiteral("swift water divers"));
    EXPECT_EQ(Words::hazard("flood"), QStringLiteral("flood"));
}

TEST_F(WordsTest, whoIsNamedShortly) {
    EXPECT_EQ(Words::initials("M. Keller"), QStringLiteral("MK"));
    EXPECT_EQ(Words::initials("王小明"), QString::fromUtf8("王小明"));
    EXPECT_EQ(Words::initials("desk"), QStringLiteral("desk"));
}

TEST_F(WordsTest, chineseHasTheOfficialWords) {
    speak(QStringLiteral("zh_CN"));
    EXPECT_EQ(Words::grade(model::Grade::I), QString::fromUtf8("I 级 特别重大"));
    EXPECT_EQ(Words::grade(model::Grade::IV), QString::fromUtf8("IV 级 一般"));
    EXPECT_EQ(Words::hazardClass(model::HazardClass::accident), QString::fromUtf8("事故灾难"));
    EXPECT_EQ(Words::eta(base::Seconds(240)), QString::fromUtf8("4 分"));
}

} // namespace
} // namespace tocsin::gui
