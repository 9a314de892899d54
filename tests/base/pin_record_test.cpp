#include "tocsin/base/pin_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tocsin::base {
namespace {

using ::testing::StartsWith;

constexpr PinCost cheap{8, 1, 1};

TEST(PinRecord, isMatchedByItsPinAndByNoOther) {
    const auto record = pinRecord("4711", cheap).value();
    EXPECT_TRUE(matchesPin("4711", record));
    for (const auto* other : {"4712", "471", "47111", "", "４７１１"})
        EXPECT_FALSE(matchesPin(other, record)) << other;
    EXPECT_NE(pinRecord("4711", cheap).value(), record) << "each has a salt of its own";
    const auto usual = pinRecord("密码密码").value();
    EXPECT_THAT(usual, StartsWith("scrypt$15$8$1$"));
    EXPECT_TRUE(matchesPin("密码密码", usual));
}

TEST(PinRecord, aPinHasFourToTwelveCharacters) {
    for (const auto* good : {"0000", "123456789012", "ab c", "密码密码密码密码密码密码"})
        EXPECT_TRUE(isPin(good)) << good;
    for (const auto* bad : {"", "123", "1234567890123", "12\n4", "\xFF\xFE\xFD\xFC", "密码密"})
        EXPECT_FALSE(isPin(bad)) << bad;
    EXPECT_FALSE(isPin(std::string(1'000'000, '1')));
    EXPECT_EQ(pinRecord("123", cheap).error().code, Code::refused);
}

TEST(PinRecord, whatIsNoRecordOrWouldCostTooMuchMatchesNothing) {
    const auto record = pinRecord("4711", cheap).value();
    const auto rest = record.substr(record.find('$', 12));
    for (const std::string& bad : {std::string(), std::string("4711"), record + "0", record + "$", record.substr(0, record.size() - 1), "x" + record,
                                   "scrypt$40$8$1" + rest, "scrypt$20$32$1" + rest, "scrypt$-1$1$1" + rest, "scrypt$8$1$99" + rest, std::string(100'000, '$')})
        EXPECT_FALSE(matchesPin("4711", bad)) << bad.substr(0, 80);
}

} // namespace
} // namespace tocsin::base
