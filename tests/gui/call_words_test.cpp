#include "gui/calls/call_fields.hpp"
#include "gui/calls/place_field.hpp"
#include "tocsin/base/time.hpp"

#include <chrono>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;

TEST(CallWords, timesAsPeopleSayThem) {
    const base::Time now = *base::parseTime("2026-11-21T02:12:30Z");
    const auto said = [&](const char* text) { return timeSaid(QString::fromUtf8(text), now, QStringLiteral("03:12")); };
    const base::Time minute = *base::parseTime("2026-11-21T02:12:00Z");
    EXPECT_EQ(said("3:05"), minute - 7min);
    EXPECT_EQ(said("0305"), minute - 7min);
    EXPECT_EQ(said("3点05分"), minute - 7min);
    EXPECT_EQ(said("-20"), minute - 20min);
    EXPECT_EQ(said("−20"), minute - 20min);
    EXPECT_EQ(said("23:12"), minute - 4h) << "yesterday evening";
    EXPECT_EQ(said("3:15"), minute + 3min) << "a clock that is fast";
    for (const char* none : {"", "now", "25:00", "3:60", "3", "-99999", "12:3", "1:2:3"})
        EXPECT_FALSE(said(none)) << none;
}

TEST(CallWords, namesWithinASentence) {
    EXPECT_EQ(namesWithin(QStringLiteral("behind the mill, Steg")).mid(0, 3),
              (QStringList{QStringLiteral("behind the mill, Steg"), QStringLiteral("behind the mill"), QStringLiteral("Steg")}));
    EXPECT_TRUE(namesWithin(QStringLiteral("behind the mill in Steg")).contains(QStringLiteral("Steg")));
    EXPECT_TRUE(namesWithin(QString::fromUtf8("瓦杜兹镇政府后面")).contains(QString::fromUtf8("瓦杜兹")));
    EXPECT_LE(namesWithin(QString(5'000, QLatin1Char('x')) + QStringLiteral(" a, b, c, d e f g h")).size(), 12);
    EXPECT_TRUE(namesWithin(QString()).isEmpty());
}

} // namespace
} // namespace tocsin::gui
