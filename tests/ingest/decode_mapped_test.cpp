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

TEST(DecodeMapped, APlaceMayBeFixedOrStandInTheTopic) {
    auto from = source();
    from.mapping.latitude = "=47.1";
    from.mapping.longitude = "topic:3";
    from.topic = "farm/river1/level/9.5";
    const auto out = taken(R"({"at":1763625600,"v":1.5})", from);
    ASSERT_THAT(out.messages, SizeIs(2));
    const auto& sensor = std::get<model::Sensor>(out.messages[0]);
    EXPECT_EQ(sensor.id.value, "river1");
    EXPECT_DOUBLE_EQ(sensor.position.latitude(), 47.1);
    EXPECT_DOUBLE_EQ(sensor.position.longitude(), 9.5);
    for (const char* topic : {"farm/river1/level/east", "farm/river1/level", "farm/river1/level/999"}) {
        from.topic = topic;
        const auto none = taken(R"({"at":1763625600,"v":1.5})", from);
        EXPECT_THAT(none.messages, SizeIs(1)) << topic;
        EXPECT_THAT(none.deviations, ElementsAre(HasSubstr("position"))) << topic;
    }
    from.mapping.latitude = "=north";
    EXPECT_FALSE(checkMapping(from.mapping));
}

/// The unit of a tracker's messages: OwnTracks' words.
Source tracker() {
    Source out = source();
    out.mapping = {};
    out.mapping.unit = "{topic:1}/{topic:2}";
    out.mapping.callSign = "/tid";
    out.mapping.time = "/tst";
    out.mapping.latitude = "/lat";
    out.mapping.longitude = "/lon";
    out.mapping.speedKmh = "/vel";
    out.mapping.course = "/cog";
    out.mapping.accuracy = "/acc";
    out.mapping.altitude = "/alt";
    out.topic = "owntracks/fire/car1";
    return out;
}

TEST(DecodeMapped, ATrackerIsAUnit) {
    const auto out = taken(R"({"_type":"location","tid":"C1","lat":47.1,"lon":"9.5","tst":1763625600,"vel":36,"cog":-90,"acc":8,"alt":455})",
                           tracker());
    ASSERT_THAT(out.messages, SizeIs(1));
    const auto& unit = std::get<model::UnitPosition>(out.messages[0]);
    EXPECT_EQ(unit.unit.value, "field/fire/car1");
    EXPECT_EQ(unit.callSign, "C1");
    EXPECT_EQ(base::formatTime(unit.time).substr(0, 19), "2025-11-20T08:00:00");
    EXPECT_DOUBLE_EQ(unit.position.latitude(), 47.1);
    EXPECT_DOUBLE_EQ(unit.position.longitude(), 9.5);
    EXPECT_DOUBLE_EQ(unit.speed.value(), 10);
    EXPECT_DOUBLE_EQ(unit.course.value(), 270);
    EXPECT_EQ(unit.accuracyMetres, 8.0);
    EXPECT_EQ(unit.altitudeMetres, 455.0);

    auto from = tracker();
    from.mapping.callSign.clear();
    from.mapping.speedKmh.clear();
    from.mapping.speedKnots = "/vel";
    from.mapping.values = {{"/batt", "-battery", "=%"}};
    from.mapping.sensor = "topic:2";
    const auto both = taken(R"({"lat":47.1,"lon":9.5,"tst":1763625600,"vel":10,"batt":77})", from);
    ASSERT_THAT(both.messages, SizeIs(3)) << "the unit, its battery's sensor, and the battery's reading";
    EXPECT_EQ(std::get<model::UnitPosition>(both.messages[0]).callSign, "fire/car1");
    EXPECT_NEAR(std::get<model::UnitPosition>(both.messages[0]).speed.value(), 5.1444, 1e-3);
    EXPECT_THAT(rows(both), ElementsAre("car1-battery 11-20T08:00:00 77 %"));
}

TEST(DecodeMapped, AUnitThatIsNowhereIsNotedAndOneThatIsImpossibleRefused) {
    for (const char* nowhere : {R"({"_type":"lwt","tst":1763625600})", R"({"lat":null,"lon":null,"tst":1763625600})",
                                R"({"lat":0,"lon":0,"tst":1763625600})", R"({"lat":"n/a","lon":"","tst":1763625600})"}) {
        const auto out = taken(nowhere, tracker());
        EXPECT_THAT(out.messages, IsEmpty()) << nowhere;
        EXPECT_THAT(out.deviations, testing::Contains("a unit without a position")) << nowhere;
    }
    for (const char* wrong : {R"({"lat":97.1,"lon":9.5,"tst":1763625600})", R"({"lat":"x","lon":9.5,"tst":1763625600})",
                              R"({"lat":47.1,"tst":1763625600})", R"({"lat":47.1,"lon":9.5,"tst":10})"})
        EXPECT_FALSE(decode(wrong, std::nullopt, tracker())) << wrong;
    const auto odd = taken(R"({"lat":47.1,"lon":9.5,"tst":1763625600,"vel":-1,"cog":"west","acc":1e300,"alt":"-"})", tracker());
    ASSERT_THAT(odd.messages, SizeIs(1));
    const auto& unit = std::get<model::UnitPosition>(odd.messages[0]);
    EXPECT_FALSE(unit.speed || unit.course || unit.accuracyMetres || unit.altitudeMetres);
    EXPECT_THAT(odd.deviations, SizeIs(3)) << "speed, course and accuracy; '-' is no altitude";
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
