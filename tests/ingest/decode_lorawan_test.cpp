#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string device = R"("deviceInfo":{"deviceName":"Gauge","devEui":"0101010101010101"})";

TEST(DecodeLorawan, ChirpstackFour) {
    const std::string text = R"({"time":"2022-07-18T09:34:15.775023242+00:00",)" + device +
                             R"(,"fPort":1,"data":"qg==","object":{"level":1.25,"battery":{"volts":3.6},"door":"open",)"
                             R"("name":"x"},"rxInfo":[{"gatewayId":"b","location":{"latitude":46,"longitude":9}},)"
                             R"({"gatewayId":"a","location":{"latitude":47.1,"longitude":9.5}}]})";
    Source source;
    source.sensorPrefix = "lora:";
    source.units["level"] = "m";
    const auto out = decode(text, std::nullopt, source);
    ASSERT_TRUE(out) << out.error().describe();
    EXPECT_EQ(out->format, Format::chirpstack);
    ASSERT_THAT(out->messages, SizeIs(6)); // three values, each with its sensor
    const auto& sensor = std::get<model::Sensor>(out->messages[0]);
    EXPECT_EQ(sensor.id.value, "lora:0101010101010101-level");
    EXPECT_EQ(sensor.name.text, "Gauge level");
    EXPECT_EQ(sensor.unit, "m");
    EXPECT_DOUBLE_EQ(sensor.position.latitude(), 47.1);
    const auto& reading = std::get<model::Reading>(out->messages[1]);
    EXPECT_EQ(reading.value, 1.25);
    EXPECT_EQ(reading.unit, "m");
    EXPECT_EQ(base::formatTime(reading.time), "2022-07-18T09:34:15.775023Z");
    EXPECT_EQ(std::get<model::Reading>(out->messages[3]).sensor.value, "lora:0101010101010101-battery-volts");
    EXPECT_EQ(std::get<model::Reading>(out->messages[5]).value, 1);
}

TEST(DecodeLorawan, ChirpstackThree) {
    const auto out = decoded(R"({"applicationID":"1","applicationName":"a","deviceName":"d","devEUI":"AgICAgICAgI=",)"
                             R"("rxInfo":[{"time":"2021-01-02T03:04:05Z"}],"fPort":5,"data":"AA==",)"
                             R"("objectJSON":"{\"temperature\":21.5}"})");
    ASSERT_THAT(out.messages, SizeIs(1));
    const auto& reading = std::get<model::Reading>(out.messages[0]);
    EXPECT_EQ(reading.sensor.value, "0202020202020202-temperature");
    EXPECT_EQ(reading.value, 21.5);
    EXPECT_EQ(base::formatTime(reading.time).substr(0, 19), "2021-01-02T03:04:05");
}

TEST(DecodeLorawan, TheThingsStack) {
    const auto out = decoded(
        R"({"end_device_ids":{"device_id":"dev1"},"received_at":"2021-07-08T11:18:00Z","uplink_message":{)"
        R"("decoded_payload":{"humidity":44,"air":[{"t":32}]},"received_at":"2021-07-08T11:17:58Z",)"
        R"("locations":{"user":{"latitude":47.2,"longitude":9.6}}}})");
    EXPECT_EQ(out.format, Format::theThingsStack);
    ASSERT_THAT(out.messages, SizeIs(4));
    EXPECT_DOUBLE_EQ(std::get<model::Sensor>(out.messages[0]).position.longitude(), 9.6);
    const auto& reading = std::get<model::Reading>(out.messages[3]);
    EXPECT_EQ(reading.sensor.value, "dev1-air-0-t");
    EXPECT_EQ(reading.value, 32);
    EXPECT_EQ(base::formatTime(reading.time).substr(0, 19), "2021-07-08T11:17:58");
}

TEST(DecodeLorawan, WhatIsNoUplinkIsKnownAndGivesNothing) {
    for (const std::string& text :
         {"{" + device + R"(,"devAddr":"00189440"})", "{" + device + R"(,"margin":10,"batteryLevel":93})",
          "{" + device + R"(,"downlinkId":1,"txInfo":{}})", std::string(R"({"end_device_ids":{"device_id":"d"},"join_accept":{}})"),
          std::string(R"({"end_device_ids":{"device_id":"d"},"uplink_message":{"frm_payload":"AA=="}})")}) {
        const auto out = decoded(text);
        EXPECT_THAT(out.messages, IsEmpty()) << text;
        EXPECT_THAT(out.deviations, SizeIs(1)) << text;
    }
}

TEST(DecodeLorawan, BrokenInputsHaveTheirPlace) {
    EXPECT_EQ(refused(R"({"uplink_message":{"decoded_payload":{"a":1}}})").place.byte, 18U);
    EXPECT_EQ(refused("{" + device + ",}").place.byte, device.size() + 2);
    EXPECT_THAT(refused(R"({"applicationID":"1","devEUI":"0102030405060708","objectJSON":"{"})").message,
                HasSubstr("objectJSON"));
    const auto lines = decode("{\"result\":{\"end_device_ids\":{\"device_id\":\"a\"},\"uplink_message\":{\"decoded_payload\":"
                              "{\"v\":1}}}}\n\n{\"result\":{\n",
                              Format::theThingsStack, {});
    ASSERT_TRUE(lines);
    EXPECT_THAT(lines->messages, SizeIs(1));
    ASSERT_THAT(lines->faults, SizeIs(1));
    EXPECT_EQ(lines->faults[0].error.place.line, 3U);
}

TEST(DecodeLorawan, Corpus) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP();
    const auto folder = *root / "sensors/lorawan";
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const auto bytes = readFile(file.path());
        const auto name = file.path().filename().string();
        const auto out = decode(bytes);
        if (name == "tts-doc-cloud-integrations-ubidots-0.json") { // names no device
            ASSERT_FALSE(out);
            EXPECT_EQ(out.error().place.line, 2U);
            continue;
        }
        ASSERT_TRUE(out) << name << out.error().describe();
        EXPECT_EQ(out->format, name.starts_with("tts") ? Format::theThingsStack : Format::chirpstack) << name;
        EXPECT_THAT(out->faults, IsEmpty()) << name;
    }
    Source source;
    source.topic = "v3/app@ttn/devices/dev9/up";
    const auto out = decode(readFile(folder / "tts-doc-cloud-integrations-ubidots-0.json"), std::nullopt, source);
    ASSERT_TRUE(out);
    ASSERT_THAT(out->messages, SizeIs(2));
    EXPECT_EQ(std::get<model::Reading>(out->messages[0]).sensor.value, "dev9-humidity");
    EXPECT_EQ(std::get<model::Reading>(out->messages[1]).value, 32);
}

} // namespace
} // namespace tocsin::ingest::test
