#include "ingest/decode_mapped_json.hpp"
#include "ingest/decode_support.hpp"

#include <cstdio>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// "sensor time value unit" of each reading.
std::vector<std::string> rows(const Decoded& decoded) {
    std::vector<std::string> out;
    for (const auto& message : decoded.messages) {
        if (const auto* reading = std::get_if<model::Reading>(&message)) {
            char value[32];
            std::snprintf(value, sizeof value, "%g", reading->value);
            out.push_back(reading->sensor.value + " " + base::formatTime(reading->time).substr(5, 14) + " " + value + " " +
                          reading->unit);
        }
    }
    return out;
}

Source source() {
    Source out;
    out.feed = "field";
    out.topic = "farm/river1/level";
    out.receivedAt = *base::parseTime("2026-11-20T08:00:00Z");
    out.mapping.sensor = "{topic:1}";
    out.mapping.time = "/at";
    out.mapping.values.push_back({"/v", {}, "=m"});
    return out;
}

Decoded taken(std::string_view bytes, const Source& from) {
    auto out = decode(bytes, std::nullopt, from);
    EXPECT_TRUE(out) << (out ? "" : out.error().describe());
    return out ? std::move(*out) : Decoded{};
}

TEST(DecodeMapped, FieldsComeFromThePayloadTheTopicAndTheMapping) {
    auto from = source();
    EXPECT_THAT(rows(taken(R"({"at":"2026-11-20T07:00:00Z","v":1.5})", from)), ElementsAre("river1 11-20T07:00:00 1.5 m"));
    from.mapping.sensor = "{topic:0}-{/dev/id}-{topic:-1}";
    from.mapping.values[0].unit = "/dev/u";
    from.sensorPrefix = "f:";
    from.units["mASD"] = "m";
    EXPECT_THAT(rows(taken(R"({"dev":{"id":17,"u":"mASD"},"at":1763625600,"v":"2.5"})", from)),
                ElementsAre("f:farm-17-level 11-20T08:00:00 2.5 m"));
    from.timeZone = "Europe/Zurich";
    EXPECT_THAT(rows(taken(R"({"dev":{"id":"x"},"at":"2026-11-20T08:00:00","v":true})", from)),
                ElementsAre("f:farm-x-level 11-20T07:00:00 1 "));
    EXPECT_EQ(taken("{}", source()).deviations.empty(), false);
}

TEST(DecodeMapped, NumbersWordsAndBareText) {
    auto from = source();
    from.mapping.time.clear();
    from.mapping.values[0].value = ".";
    const std::pair<const char*, double> cases[] = {{"2.31", 2.31}, {"\"2.31\"", 2.31}, {" 7 \n", 7}, {"ON", 1},
                                                    {"\"off\"", 0}, {"Closed", 0},      {"true", 1},  {"-1e2", -100}};
    for (const auto& [text, value] : cases) {
        const auto out = taken(text, from);
        ASSERT_THAT(out.messages, SizeIs(1)) << text;
        EXPECT_EQ(std::get<model::Reading>(out.messages[0]).value, value) << text;
        EXPECT_EQ(std::get<model::Reading>(out.messages[0]).time, from.receivedAt);
    }
    for (const char* nothing : {"n/a", "\"--\"", "null", "NaN"}) {
        const auto out = taken(nothing, from);
        EXPECT_THAT(out.messages, IsEmpty()) << nothing;
        EXPECT_THAT(out.deviations, SizeIs(testing::Ge(1U))) << nothing;
    }
}

TEST(DecodeMapped, SeveralValuesFactorsAndPositions) {
    auto from = source();
    from.mapping.sensor = "/id";
    from.mapping.latitude = "/gps/0";
    from.mapping.longitude = "/gps/1";
    from.mapping.values = {{"/t", "-temperature", "=°C", 0.1, -40}, {"/h", "-humidity", "=%"}};
    const auto out = taken(R"({"id":"w1","at":1763625600000,"gps":[47.14,9.52],"t":615,"h":44})", from);
    EXPECT_THAT(rows(out), ElementsAre("w1-temperature 11-20T08:00:00 21.5 °C", "w1-humidity 11-20T08:00:00 44 %"));
    ASSERT_THAT(out.messages, SizeIs(4));
    const auto& sensor = std::get<model::Sensor>(out.messages[0]);
    EXPECT_EQ(sensor.id.value, "w1-temperature");
    EXPECT_EQ(sensor.kind, model::SensorKind::weather);
    EXPECT_DOUBLE_EQ(sensor.position.latitude(), 47.14);
    EXPECT_THAT(rows(taken(R"({"id":"w1","at":1763625600000,"gps":[0,0],"h":44})", from)), SizeIs(1));
}

TEST(DecodeMapped, EachElementOfAnArrayStandsForItself) {
    auto from = source();
    from.mapping.each = "/readings";
    from.mapping.sensor = "{/station}-{/name}";
    const std::string text = "{\"station\":\"s\",\"at\":1763625600,\"readings\":[\n{\"name\":\"a\",\"v\":1},\n"
                             "{\"name\":\"b\",\"v\":\"much\"},\n{\"name\":\"c\",\"v\":3}]}";
    const auto out = taken(text, from);
    EXPECT_THAT(rows(out), ElementsAre("s-a 11-20T08:00:00 1 m", "s-c 11-20T08:00:00 3 m"));
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].bytes, R"({"name":"b","v":"much"})");
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(out.faults[0].error.place.column, 17U);
    from.mapping.sensor = "key";
    from.mapping.time.clear();
    from.mapping.values[0].value = ".";
    EXPECT_THAT(rows(taken(R"({"readings":{"a":1,"b":2}})", from)),
                ElementsAre("a 11-20T08:00:00 1 m", "b 11-20T08:00:00 2 m"));
}

TEST(DecodeMapped, LinesOfJson) {
    const auto out = taken("{\"v\":1,\"at\":1763625600}\n\n{\"v\":\"x\",\"at\":1}\n{\"v\":\n{\"v\":2,\"at\":1763625601}\n", source());
    EXPECT_THAT(rows(out), ElementsAre("river1 11-20T08:00:00 1 m", "river1 11-20T08:00:01 2 m"));
    ASSERT_THAT(out.faults, SizeIs(2));
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(out.faults[1].error.place.line, 4U);
}

TEST(DecodeMapped, BrokenInputsHaveTheirPlace) {
    struct Case {
        std::string text;
        std::size_t byte;
    };
    const Case cases[] = {{R"({"v":1,"at":"noon"})", 12}, {R"({"v":[1],"at":1763625600})", 5}, {R"({"v":1e999,"at":0})", 5},
                          {R"({"v":1,)", 7},              {"{\"v\":\xFF}", 5},                 {R"({"v":1,"at":1e300})", 12}};
    for (const auto& [text, byte] : cases) {
        const auto out = decode(text, Format::mappedJson, source());
        ASSERT_FALSE(out) << text;
        EXPECT_EQ(out.error().place.byte, byte) << text << out.error().describe();
        EXPECT_EQ(out.error().place.line, 1U);
    }
    EXPECT_FALSE(decode("{}", Format::mappedJson, {}));
    auto wrong = source();
    wrong.mapping.values[0].value = "v";
    EXPECT_THAT(decode("{}", Format::mappedJson, wrong).error().message, HasSubstr("JSON Pointer"));
    EXPECT_FALSE(checkMapping(wrong.mapping));
    EXPECT_TRUE(checkMapping(source().mapping));
}

} // namespace
} // namespace tocsin::ingest::test
