#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/sha256.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/time.hpp"

#include <gtest/gtest.h>
#include <set>

using namespace tocsin::base;

TEST(ParseTime, TakesWhatTheFieldSends) {
    const auto expected = *parseTime("2026-11-20T08:00:00Z");
    for (const char* text :
         {"2026-11-20T09:00:00+01:00", "2026-11-20 08:00:00Z", "2026-11-20T08:00Z", "2026-11-20T08:00:00.000Z",
          "2026-11-20T03:00:00-0500", "2026-11-20T08:00:00-00:00", "2026-11-20t08:00:00z"})
        EXPECT_EQ(parseTime(text).value(), expected) << text;
    bool offset = true;
    EXPECT_EQ(parseTime("2026-11-20T08:00:00", &offset).value(), expected);
    EXPECT_FALSE(offset);
    EXPECT_EQ(parseTime("2016-12-31T23:59:60Z").value(), *parseTime("2017-01-01T00:00:00Z"));
    EXPECT_EQ(formatTime(*parseTime("2026-11-20T08:00:00.123456789Z")), "2026-11-20T08:00:00.123456Z");
}

TEST(ParseTime, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "2026", "2026-11-20", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-20T25:00:00Z",
          "2026-11-20T08:61:00Z", "2026-11-20T08:00:61Z", "1850-01-01T00:00:00Z", "2300-01-01T00:00:00Z",
          "2026-11-20T08:00:00+99:00", "2026-11-20T08:00:00Zx", "2026-11-20T08:00:00.Z", "２０２６-11-20T08:00:00Z"})
        EXPECT_FALSE(parseTime(text)) << text;
}

TEST(Uuid, Version7SortsByTimeAndSurvivesText) {
    ManualClock clock(*parseTime("2026-11-20T08:00:00Z"));
    RandomIdSource source(clock);
    Uuid last = source.next();
    for (int i = 0; i < 10'000; ++i) {
        if (i % 5000 == 0)
            clock.advance(std::chrono::milliseconds(3));
        const auto next = source.next();
        ASSERT_LT(last, next);
        last = next;
    }
    EXPECT_EQ(Uuid::parse(last.toString()), last);
    EXPECT_EQ(last.toString()[14], '7');
    EXPECT_FALSE(Uuid::parse("not-a-uuid"));
    EXPECT_FALSE(Uuid::parse("0123456789abcdef0123456789abcdef0123"));
}

TEST(Uuid, SeededIdsAreTheSameAtEveryRunAndUnique) {
    const auto start = *parseTime("2026-01-01T00:00:00Z");
    SeededIdSource a(start);
    SeededIdSource b(start);
    std::set<Uuid> seen;
    for (int i = 0; i < 10'000; ++i) {
        const auto id = a.next();
        ASSERT_EQ(id, b.next());
        ASSERT_TRUE(seen.insert(id).second);
    }
}

TEST(Utf8, TellsTheFirstBadByte) {
    EXPECT_TRUE(isUtf8("plain, Grüße, 警钟, 🔔"));
    std::size_t at = 0;
    EXPECT_FALSE(isUtf8("ab\xC3(", &at));
    EXPECT_EQ(at, 2U);
    EXPECT_FALSE(isUtf8("\xC0\xAF")) << "overlong";
    EXPECT_FALSE(isUtf8("\xED\xA0\x80")) << "surrogate";
    EXPECT_FALSE(isUtf8("\xF4\x90\x80\x80")) << "beyond U+10FFFF";
    EXPECT_FALSE(isUtf8("\xE8\xAD")) << "cut";
}

TEST(LocalText, FallsBackByLanguage) {
    LocalText text{"Rhine"};
    text.translations = {{"zh_CN", "莱茵河"}, {"de", "Rhein"}};
    EXPECT_EQ(text.in("zh_CN"), "莱茵河");
    EXPECT_EQ(text.in("de_LI"), "Rhein");
    EXPECT_EQ(text.in("fr"), "Rhine");
}

TEST(Sha256, KnownAnswer) { // FIPS 180-2, appendix B.1
    EXPECT_EQ(toHex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(ExerciseClock, RunsFasterPausesAndJumps) {
    ManualClock real(*parseTime("2026-11-20T08:00:00Z"));
    ExerciseClock clock(real, *parseTime("2000-01-01T00:00:00Z"), 60);
    real.advance(std::chrono::seconds(1));
    EXPECT_EQ(clock.now(), *parseTime("2000-01-01T00:01:00Z"));
    clock.setSpeed(0);
    real.advance(std::chrono::hours(1));
    EXPECT_EQ(clock.now(), *parseTime("2000-01-01T00:01:00Z"));
    clock.set(*parseTime("2000-01-02T00:00:00Z"));
    clock.setSpeed(1);
    real.advance(std::chrono::seconds(5));
    EXPECT_EQ(clock.now(), *parseTime("2000-01-02T00:00:05Z"));
}
