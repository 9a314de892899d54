#include "store/data_text.hpp"

#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace tocsin;
using nlohmann::json;
using store::DataText;

namespace {

std::string written(const json& value) {
    std::string out;
    store::appendJson(out, value);
    return out;
}

/// A value of any kind, with texts of every byte that may stand in one.
json anyValue(std::mt19937_64& random, int depth) {
    const auto pick = random() % (depth > 0 ? 9 : 7);
    switch (pick) {
    case 0:
        return nullptr;
    case 1:
        return random() % 2 == 0;
    case 2:
        return static_cast<std::int64_t>(random());
    case 3:
        return random();
    case 4: {
        const auto bits = static_cast<double>(static_cast<std::int64_t>(random()));
        return bits / static_cast<double>(1ULL << (random() % 63));
    }
    case 5:
    case 6: {
        std::string text;
        for (auto n = random() % 20; n > 0; --n) {
            const auto kind = random() % 8;
            text += kind == 0 ? "\xE6\xB0\xB4" : kind == 1 ? "\xF0\x9F\x94\xA5" : kind == 2 ? "\xC3\xA4" : std::string(1, static_cast<char>(random() % 128));
        }
        return text;
    }
    case 7: {
        json out = json::array();
        for (auto n = random() % 4; n > 0; --n)
            out.push_back(anyValue(random, depth - 1));
        return out;
    }
    default: {
        json out = json::object();
        for (auto n = random() % 5; n > 0; --n)
            out["k\"" + std::to_string(random() % 100)] = anyValue(random, depth - 1);
        return out;
    }
    }
}

} // namespace

TEST(DataText, IsWhatDumpGivesByteForByte) {
    std::mt19937_64 random(5);
    for (int i = 0; i < 20'000; ++i) {
        const auto value = anyValue(random, 4);
        ASSERT_EQ(written(value), value.dump());
        ASSERT_EQ(DataText(value).text(), value.dump());
    }
    for (const double number : {0.0, -0.0, 1.0, 12.0, 0.1, 1e22, 1e-7, 123456789.125, 5e-324,
                                std::numeric_limits<double>::max(), std::numeric_limits<double>::infinity(),
                                std::numeric_limits<double>::quiet_NaN()})
        EXPECT_EQ(written(number), json(number).dump());
}

TEST(DataText, RefusesWhatDumpRefuses) {
    for (const char* text : {"\xFF", "a\xC3", "\xED\xA0\x80", "\xC0\x80", "\xF5\x80\x80\x80"}) {
        EXPECT_THROW((void)json(text).dump(), json::exception);
        EXPECT_THROW((void)written(text), json::exception);
        EXPECT_THROW((void)DataText(json{{text, 1}}), json::exception);
    }
}

TEST(DataText, KnowsWhereEachMemberStands) {
    const json data{{"alarm", json::array({json{{"id", 1}}, json{{"id", 2}}})},
                    {"feed", "http"},
                    {"report", json{{"text", "a \"word\""}, {"list", json::array({1, 2})}}}};
    const DataText text(data);
    EXPECT_EQ(text.member("alarm", 0), data["alarm"][0].dump());
    EXPECT_EQ(text.member("alarm", 1), data["alarm"][1].dump());
    EXPECT_EQ(text.member("alarm", 2), "");
    EXPECT_EQ(text.member("report", 0), data["report"].dump());
    EXPECT_EQ(text.member("feed", 0), "\"http\"");
    EXPECT_EQ(text.member("sensor", 0), "");
    EXPECT_EQ(DataText(json::object()).text(), "{}");
}
