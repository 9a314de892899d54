#include "ingest/decode_support.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const model::Reading& readingAt(const Decoded& decoded, std::size_t index) {
    return std::get<model::Reading>(decoded.messages.at(index));
}

TEST(DecodeSensorThings, ObservationsByMqtt) {
    Source source;
    source.topic = "v1.1/Datastreams(17)/Observations";
    source.sensorPrefix = "frost:";
    auto out = decode(R"({"@iot.id":1,"phenomenonTime":"2026-11-20T07:00:00Z/2026-11-20T08:00:00Z","result":3.2,)"
                      R"("Datastream@iot.navigationLink":"https://x/v1.1/Observations(1)/Datastream"})",
                      std::nullopt, source);
    ASSERT_TRUE(out) << out.error().describe();
    EXPECT_EQ(out->format, Format::sensorThings);
    EXPECT_EQ(readingAt(*out, 0).sensor.value, "frost:17");
    EXPECT_EQ(readingAt(*out, 0).value, 3.2);
    EXPECT_EQ(base::formatTime(readingAt(*out, 0).time).substr(0, 16), "2026-11-20T08:00");
    out = decode(R"({"phenomenonTime":"2026-11-20T07:00:00+01:00","result":"4.5","Datastream":{"@iot.id":"ab",)"
                 R"("unitOfMeasurement":{"symbol":"m"}}})");
    ASSERT_TRUE(out);
    EXPECT_EQ(readingAt(*out, 0).sensor.value, "ab");
    EXPECT_EQ(readingAt(*out, 0).unit, "m");
    EXPECT_EQ(readingAt(*out, 0).value, 4.5);
    source.topic = "v1.1/Datastreams('a-b')/Observations";
    out = decode(R"({"phenomenonTime":"2026-11-20T07:00:00Z","result":null})", Format::sensorThings, source);
    ASSERT_TRUE(out);
    EXPECT_THAT(out->messages, IsEmpty());
    EXPECT_THAT(out->deviations, SizeIs(1));
}

TEST(DecodeSensorThings, AKindIsToldByWordsAndNotByWhatIsInThem) {
    const auto kindOf = [](const std::string& name) {
        const auto out = decoded(R"({"value":[{"@iot.id":7,"name":")" + name +
                                 R"(","unitOfMeasurement":{"symbol":""},"observedArea":{"type":"Point","coordinates":[9.52,47.14]}}]})");
        return std::get<model::Sensor>(out.messages.at(0)).kind;
    };
    EXPECT_EQ(kindOf("Gas detector Schmiedeweg 5"), model::SensorKind::other) << "no dew";
    EXPECT_EQ(kindOf("Dew point"), model::SensorKind::weather);
    EXPECT_EQ(kindOf("air_temp"), model::SensorKind::weather);
    EXPECT_EQ(kindOf("Lufttemperatur"), model::SensorKind::weather);
    EXPECT_EQ(kindOf("Grundwasserpegel"), model::SensorKind::riverLevel);
}

TEST(DecodeSensorThings, PagesOfThings) {
    const auto out = decoded(
        R"({"@iot.nextLink":"https://x/v1.1/Things?$skip=1","value":[{"@iot.id":5,"name":"Rhine","Locations":[)"
        R"({"location":{"type":"Point","coordinates":[9.52,47.14]}}],"Datastreams":[{"@iot.id":7,"name":"Water level",)"
        R"("unitOfMeasurement":{"name":"Meter","symbol":"m"},"Observations":[{"phenomenonTime":"2026-11-20T08:00:00Z","result":2},)"
        R"({"phenomenonTime":"yesterday","result":2}]},{"name":7}]}]})");
    ASSERT_THAT(out.links, SizeIs(1));
    EXPECT_TRUE(out.links[0].nextPage);
    EXPECT_EQ(out.links[0].url, "https://x/v1.1/Things?$skip=1");
    ASSERT_THAT(out.messages, SizeIs(2));
    const auto& sensor = std::get<model::Sensor>(out.messages[0]);
    EXPECT_EQ(sensor.id.value, "7");
    EXPECT_EQ(sensor.name.text, "Rhine: Water level");
    EXPECT_EQ(sensor.kind, model::SensorKind::riverLevel);
    EXPECT_EQ(sensor.unit, "m");
    EXPECT_DOUBLE_EQ(sensor.position.latitude(), 47.14);
    EXPECT_EQ(readingAt(out, 1).sensor.value, "7");
    EXPECT_THAT(out.faults, SizeIs(2)); // the time, and the nameless one
    EXPECT_EQ(out.faults[1].bytes, R"({"name":7})");
}

TEST(DecodeSensorThings, DataArrays) {
    const auto out = decoded(R"({"value":[{"Datastream":{"@iot.id":1},"components":["phenomenonTime","result"],)"
                             R"("dataArray":[["2026-11-20T08:00:00Z",1.5],["x",2]]}]})",
                             Format::sensorThings);
    ASSERT_THAT(out.messages, SizeIs(1));
    EXPECT_EQ(readingAt(out, 0).value, 1.5);
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].bytes, R"(["x",2])");
}

TEST(DecodeSensorThings, BrokenInputsHaveTheirPlace) {
    EXPECT_EQ(refused(R"({"phenomenonTime":"2026-11-20T07:00:00Z","result":1})").place.byte, 0U); // of which stream?
    EXPECT_EQ(refused(R"({"phenomenonTime":"x","result":1,"Datastream":{"@iot.id":1}})").place.byte, 18U);
    EXPECT_EQ(refused(R"({"@iot.id":1,"result":1,"phenomenonTime":)").place.byte, 41U);
    EXPECT_EQ(refused(R"({"value":[3]})", Format::sensorThings).place.byte, 10U);
}

TEST(DecodeSensorThings, Corpus) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP();
    const auto folder = *root / "sensors/sensorthings";
    auto out = decoded(readFile(folder / "frost-resources-entitiesDefault.json"));
    EXPECT_EQ(out.format, Format::sensorThings);
    ASSERT_THAT(out.messages, SizeIs(6)); // two streams, two observations each
    EXPECT_EQ(std::get<model::Sensor>(out.messages[0]).unit, "lm");
    EXPECT_DOUBLE_EQ(std::get<model::Sensor>(out.messages[0]).position.longitude(), -117.05);
    EXPECT_EQ(readingAt(out, 5).value, 6);
    EXPECT_EQ(base::formatTime(readingAt(out, 5).time).substr(0, 10), "2015-03-06");
    out = decoded(readFile(folder / "frost-finegrainedsecurity-dataBatchPost.json"));
    EXPECT_THAT(out.faults, IsEmpty());
    const auto readings = std::count_if(out.messages.begin(), out.messages.end(),
                                        [](const auto& m) { return std::holds_alternative<model::Reading>(m); });
    EXPECT_GE(readings, 24);
    EXPECT_EQ(out.messages.size(), static_cast<std::size_t>(readings) / 4 * 5);
}

} // namespace
} // namespace tocsin::ingest::test
