#include "ingest/decode_support.hpp"
#include "ingest/decode_tasmota.hpp"

#include <cstdio>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

Source source(const std::string& topic) {
    Source out;
    out.topic = topic;
    out.timeZone = "Europe/Zurich";
    out.receivedAt = *base::parseTime("2026-11-20T08:00:00Z");
    return out;
}

std::vector<std::string> rows(std::string_view bytes, const Source& from, std::optional<Format> format = Format::tasmota) {
    const auto out = decode(bytes, format, from);
    EXPECT_TRUE(out) << (out ? "" : out.error().describe());
    std::vector<std::string> all;
    if (out)
        for (const auto& message : out->messages) {
            const auto& reading = std::get<model::Reading>(message);
            char value[32];
            std::snprintf(value, sizeof value, "%g", reading.value);
            all.push_back(reading.sensor.value + " " + value + reading.unit + " " + base::formatTime(reading.time).substr(0, 16));
        }
    return all;
}

TEST(DecodeTasmota, NumbersWithTheirUnitsAtLocalTime) {
    const std::string text = R"({"Time":"2019-12-10T19:24:55","DS18B20":{"Id":"00","Temperature":21.5},)"
                             R"("BME":{"Humidity":56.1,"Pressure":1004},"Switch1":"ON","TempUnit":"C","PressureUnit":"hPa"})";
    EXPECT_THAT(rows(text, source("tele/kitchen/SENSOR"), std::nullopt),
                testing::ElementsAre("kitchen-DS18B20-Temperature 21.5°C 2019-12-10T18:24", "kitchen-BME-Humidity 56.1% 2019-12-10T18:24",
                                     "kitchen-BME-Pressure 1004hPa 2019-12-10T18:24", "kitchen-Switch1 1 2019-12-10T18:24"));
    EXPECT_THAT(rows(R"({"StatusSNS":{"Time":"2018-11-15T08:54:18+01:00","ENERGY":{"Power":[1,2],"Total":6.4}}})",
                     source("stat/house/pow/STATUS8"), std::nullopt),
                testing::ElementsAre("house/pow-ENERGY-Power-0 1W 2018-11-15T07:54", "house/pow-ENERGY-Power-1 2W 2018-11-15T07:54",
                                     "house/pow-ENERGY-Total 6.4kWh 2018-11-15T07:54"));
    // Its own zone is in "Time" and not in "Epoch"; a clock that was never set is none.
    EXPECT_THAT(rows(R"({"Time":"2019-09-04T13:08:48","Epoch":1567595328,"ANALOG":{"A0":8}})", source("tele/a/SENSOR")),
                testing::ElementsAre("a-ANALOG-A0 8 2019-09-04T11:08"));
    EXPECT_THAT(rows(R"({"Time":"1970-01-01T00:00:09","ANALOG":{"A0":8}})", source("tele/a/SENSOR")),
                testing::ElementsAre("a-ANALOG-A0 8 2026-11-20T08:00"));
}

TEST(DecodeTasmota, HousekeepingAndWordsAreUnderstood) {
    EXPECT_THAT(rows(R"({"Time":"2019-10-31T11:14:59","Uptime":"0T18:36:12","UptimeSec":66972,"Vcc":3.423,"Heap":28,)"
                     R"("POWER":"OFF","Wifi":{"AP":1,"Channel":13,"RSSI":100}})",
                     source("tele/t/STATE"), std::nullopt),
                testing::ElementsAre("t-Vcc 3.423V 2019-10-31T10:14", "t-POWER 0 2019-10-31T10:14", "t-Wifi-RSSI 100 2019-10-31T10:14"));
    EXPECT_THAT(rows("ON", source("stat/t/POWER2")), testing::ElementsAre("t-POWER2 1 2026-11-20T08:00"));
    for (const auto& [topic, text] : {std::pair("tele/t/LWT", "Online"), std::pair("stat/t/RESULT", R"({"LightGold":"Done"})"),
                                      std::pair("cmnd/t/POWER", "TOGGLE")}) {
        const auto out = decode(text, Format::tasmota, source(topic));
        ASSERT_TRUE(out) << topic;
        EXPECT_THAT(out->messages, IsEmpty()) << topic;
        EXPECT_THAT(out->deviations, SizeIs(1)) << topic;
    }
    EXPECT_TRUE(isTasmotaTopic("tele/a/SENSOR"));
    EXPECT_TRUE(isTasmotaTopic("a/b/stat/STATUS11"));
    EXPECT_FALSE(isTasmotaTopic("tele/a/level"));
    EXPECT_FALSE(isTasmotaTopic("farm/a/STATE"));
}

TEST(DecodeTasmota, BrokenInputsHaveTheirPlace) {
    EXPECT_EQ(refused(R"({"Time":"2019-01-01T00:00:00","A":{"B":%v%}})", Format::tasmota).place.byte, 39U);
    EXPECT_EQ(refused("tele/a/SENSOR = {\"A\":}", Format::tasmota).place.byte, 21U);
    EXPECT_EQ(refused("what is this", Format::tasmota).place.line, 1U);
    const auto out = decoded("tele/a/SENSOR = {\"A\":1}\ntele/b/SENSOR = {\"A\":\nstat/b/POWER = OFF\n");
    EXPECT_EQ(out.format, Format::tasmota);
    EXPECT_THAT(out.messages, SizeIs(2));
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[0].bytes, "tele/b/SENSOR = {\"A\":");
}

TEST(DecodeTasmota, Corpus) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP();
    const auto bytes = readFile(*root / "sensors/mqtt/tasmota-payload-lines-give.txt");
    const auto out = decode(bytes);
    ASSERT_TRUE(out) << out.error().describe();
    EXPECT_EQ(out->format, Format::tasmota);
    EXPECT_GT(out->messages.size(), 300U);
    const auto find = [&](const std::string& sensor) {
        for (const auto& message : out->messages)
            if (const auto& reading = std::get<model::Reading>(message); reading.sensor.value == sensor)
                return reading.value;
        return -1.0;
    };
    EXPECT_EQ(find("tasmota-ANALOG-Illuminance"), 8);
    EXPECT_EQ(find("pow1-ENERGY-Current"), 11.677);
    EXPECT_EQ(find("boiler-ot_tboiler"), 60);
    for (const auto& fault : out->faults) {
        expectPlace(fault.error, bytes.size());
        EXPECT_EQ(bytes.substr(*fault.error.place.byte, 1).empty() && *fault.error.place.byte < bytes.size(), false);
    }
    EXPECT_LT(out->faults.size(), 12U); // lines that the documentation cut, or that hold %value%
}

} // namespace
} // namespace tocsin::ingest::test
