#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using model::Earthquake;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string
feature(const std::string& properties = R"("mag":4.2,"place":"Vaduz","time":1763625600000,"updated":1763625700000,)"
                                        R"("status":"automatic","tsunami":0,"net":"us","code":"7000abcd",)"
                                        R"("ids":",us7000abcd,ci1234,","magType":"mb","type":"earthquake")",
        const std::string& coordinates = "[9.52,47.14,8.5]", const std::string& id = R"(,"id":"us7000abcd")") {
    return R"({"type":"Feature","properties":{)" + properties + R"(},"geometry":{"type":"Point","coordinates":)" +
           coordinates + "}" + id + "}";
}

std::string collection(const std::string& features) {
    return R"({"type":"FeatureCollection","metadata":{"generated":1,"api":"1.10.3","count":1},"features":[)" +
           features + "]}";
}

Earthquake quakeOf(const std::string& text) {
    const auto out = decoded(text);
    EXPECT_EQ(out.format, Format::usgsGeoJson);
    EXPECT_THAT(out.messages, SizeIs(1));
    return out.messages.empty() ? Earthquake{} : std::get<Earthquake>(out.messages.front());
}

TEST(DecodeUsgs, OneFeatureAndACollection) {
    for (const std::string& text : {feature(), collection(feature()), "\xEF\xBB\xBF" + feature()}) {
        const Earthquake quake = quakeOf(text);
        EXPECT_EQ(quake.source, "usgs");
        EXPECT_EQ(quake.sourceId, "us7000abcd");
        EXPECT_THAT(quake.otherIds, testing::ElementsAre("ci1234"));
        EXPECT_EQ(base::formatTime(quake.time), "2025-11-20T08:00:00.000000Z");
        EXPECT_EQ(base::formatTime(quake.updated), "2025-11-20T08:01:40.000000Z");
        EXPECT_EQ(quake.magnitude, 4.2);
        EXPECT_EQ(quake.magnitudeType, "mb");
        EXPECT_DOUBLE_EQ(quake.position.latitude(), 47.14);
        EXPECT_DOUBLE_EQ(quake.position.longitude(), 9.52);
        EXPECT_EQ(quake.depthKm, 8.5);
        EXPECT_EQ(quake.place, "Vaduz");
        EXPECT_EQ(quake.status, "automatic");
        EXPECT_FALSE(quake.tsunami);
    }
    EXPECT_THAT(decoded(collection(feature() + "," + feature())).messages, SizeIs(2)); // the desk merges
    EXPECT_THAT(decoded(collection("")).messages, IsEmpty());
}

TEST(DecodeUsgs, WhatMayBeMissingMayBeNull) {
    const Earthquake quake = quakeOf(
        feature(R"("mag":null,"place":null,"time":1763625600000,"net":"us","code":"1","tsunami":null,"ids":null)",
                "[9.5,47,null]", ""));
    EXPECT_FALSE(quake.magnitude);
    EXPECT_FALSE(quake.depthKm);
    EXPECT_EQ(quake.sourceId, "us1");
    EXPECT_EQ(quake.updated, quake.time);
    const Earthquake deleted = quakeOf(
        R"({"type":"Feature","id":"us1","properties":{"mag":1,"net":"us","time":1763625600000,"status":"DELETED"},"geometry":null})");
    EXPECT_EQ(deleted.status, "deleted");
}

TEST(DecodeUsgs, EveryNumberIsChecked) {
    struct Case {
        std::string text;
        std::string names;
    };
    const std::string good = R"("net":"us","code":"1","ids":",us1,","mag":)";
    const Case cases[] = {
        {feature(good + "99,"
                        R"("time":1763625600000)"),
         "\"mag\""},
        {feature(good + "\"4\","
                        R"("time":1763625600000)"),
         "\"mag\" must be a number"},
        {feature(good + "1e999,"
                        R"("time":1763625600000)"),
         "\"mag\""},
        {feature(good + "1,"
                        R"("time":1e300)"),
         "\"time\""},
        {feature(good + "1,"
                        R"("time":-99999999999999)"),
         "\"time\""},
        {feature(good + "1,"
                        R"("time":1763625600000,"tsunami":7)"),
         "\"tsunami\""},
        {feature(good + "1"), "without \"time\""},
        {feature(good + "1,"
                        R"("time":1763625600000)",
                 "[9.5,95,1]"),
         "\"latitude\" is 95"},
        {feature(good + "1,"
                        R"("time":1763625600000)",
                 "[190,45,1]"),
         "\"longitude\""},
        {feature(good + "1,"
                        R"("time":1763625600000)",
                 "[9,45,1e5]"),
         "\"depth\""},
        {feature(good + "1,"
                        R"("time":1763625600000)",
                 "[9]"),
         "no longitude and latitude"},
        {feature(good + "1,"
                        R"("time":1763625600000)",
                 "[1,2,3,4]"),
         "more than"},
        {feature(good + "1,\"mag\":2,"
                        R"("time":1763625600000)"),
         "\"mag\" stands twice"},
    };
    for (const Case& one : cases) {
        const auto error = refused(one.text);
        EXPECT_THAT(error.message, HasSubstr(one.names)) << one.text;
        EXPECT_TRUE(error.place.line && error.place.column && error.place.byte) << one.text;
    }
    const std::string text = feature(good + "\n\"4\","
                                            R"("time":1763625600000)");
    const auto error = refused(text);
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(error.place.column, 1U);
    EXPECT_EQ(error.place.byte, text.find("\n\"4\"") + 1);
}

TEST(DecodeUsgs, OneBadFeatureCostsOnlyItself) {
    const std::string bad = feature(R"("mag":"x","net":"us","code":"2","time":1763625600000)");
    const std::string text = collection(feature() + ",\n" + bad);
    const auto out = decoded(text);
    EXPECT_THAT(out.messages, SizeIs(1));
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_THAT(out.faults[0].bytes, HasSubstr(bad));
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[0].error.place.byte, text.find("\"x\""));
}

TEST(DecodeUsgs, OtherGeoJsonIsRefusedForWhatItIs) {
    const std::string other =
        R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Ward"},"geometry":null}]})";
    EXPECT_THAT(refused(other).message, HasSubstr("GeoJSON that is not of the USGS"));
    EXPECT_THAT(refused(other, Format::usgsGeoJson).message, HasSubstr("GeoJSON that is not of the USGS"));
}

TEST(DecodeUsgs, BrokenJsonIsRefusedAtItsPlace) {
    const std::string whole = feature();
    for (std::size_t i = 1; i < whole.size(); ++i)
        refused(std::string_view(whole).substr(0, i), Format::usgsGeoJson);
    EXPECT_EQ(refused(whole + whole).place.byte, whole.size());
    std::string broken = whole;
    broken.replace(broken.find("4.2"), 3, "4.x");
    EXPECT_EQ(refused(broken).place.byte, broken.find('x'));
    EXPECT_EQ(refused(R"({"type":"Feature","properties":{"mag":1,"net":"us","x":)" + std::string(100'000, '[')).code,
              Code::tooLarge);
}

} // namespace
} // namespace tocsin::ingest::test
