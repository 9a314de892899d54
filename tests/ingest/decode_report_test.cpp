#include "ingest/decode_support.hpp"

#include "tocsin/geo/datum.hpp"

#include <cmath>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using model::Report;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Report reportOf(const std::string& text) {
    const auto out = decoded(text);
    EXPECT_EQ(out.format, Format::reportJson);
    EXPECT_THAT(out.messages, SizeIs(1));
    return out.messages.empty() ? Report{} : std::get<Report>(out.messages.front());
}

TEST(DecodeReport, TakesAWholeReport) {
    const Report report = reportOf(
        R"({"id":"p-17","category":"flood","text":"Wasser im Keller\nund auf der Straße","place":"Äulestrasse","latitude":47.14,)"
        R"("longitude":9.52,"accuracy":12.5,"name":"R. Frick","phone":"+423 123 45 67","time":"2026-11-20T09:00:00+01:00"})");
    EXPECT_EQ(report.sourceId, "p-17");
    EXPECT_EQ(report.category, "flood");
    EXPECT_EQ(report.text, "Wasser im Keller\nund auf der Straße");
    EXPECT_EQ(report.place, "Äulestrasse");
    ASSERT_TRUE(report.position);
    EXPECT_DOUBLE_EQ(report.position->latitude(), 47.14);
    EXPECT_EQ(report.accuracyMetres, 12.5);
    EXPECT_EQ(report.contact.name, "R. Frick");
    EXPECT_EQ(report.contact.phone, "+423 123 45 67");
    EXPECT_EQ(base::formatTime(report.happenedAt), "2026-11-20T08:00:00.000000Z");
}

TEST(DecodeReport, LittleIsNeeded) {
    const Report report = reportOf(R"({"category":"other","text":"x","place":null})");
    EXPECT_FALSE(report.position);
    EXPECT_EQ(report.happenedAt, base::Time{});
}

TEST(DecodeReport, OtherDatumsAreBroughtToWgs84) {
    const Report report =
        reportOf(R"({"category":"fire","text":"x","latitude":35.7044,"longitude":102.8093,"datum":"GCJ02"})");
    const auto expected = geo::normalise({.latitude = 35.7044, .longitude = 102.8093, .datum = model::Datum::gcj02});
    ASSERT_TRUE(expected && report.position);
    EXPECT_EQ(*report.position, *expected);
    EXPECT_GT(std::fabs(report.position->longitude() - 102.8093), 1e-4);
}

TEST(DecodeReport, FaultsNameTheFieldAndTheByte) {
    struct Case {
        std::string text;
        std::string names;
        std::string at;
    };
    const Case cases[] = {
        {R"({"category":"fire","text":""})", "\"text\" is missing or empty", "\"\"}"},
        {R"({"category":"fire","text":"  "})", "\"text\" is missing or empty", "\"  \""},
        {R"({"category":"fire","text":7})", "\"text\" must be a text", "7"},
        {R"({"category":null,"text":"x"})", "\"category\" must be a text", "null"},
        {R"({"text":"x","place":"y"})", "\"category\" is missing", "{"},
        {R"({"category":"fire","text":"x","latitude":47})", "\"longitude\" is missing", "47"},
        {R"({"category":"fire","text":"x","latitude":"47","longitude":9})", "\"latitude\" must be a number", "\"47\""},
        {R"({"category":"fire","text":"x","latitude":97,"longitude":9})", "\"latitude\" is 97", "97"},
        {R"({"category":"fire","text":"x","latitude":1e999,"longitude":9})", "\"latitude\"", "1e999"},
        {R"({"category":"fire","text":"x","latitude":47,"longitude":9,"datum":"NAD27"})", "\"datum\"", "\"NAD27\""},
        {R"({"category":"fire","text":"x","accuracy":-1})", "\"accuracy\"", "-1"},
        {R"({"category":"fire","text":"x","time":"noon"})", "\"time\"", "\"noon\""},
        {R"({"category":"fire","text":"a\u0007b"})", "\"text\" holds a control character", "\"a\\u0007b\""},
        {R"({"category":"a\nb","text":"x"})", "\"category\" holds a control character", "\"a\\nb\""},
        {R"({"category":"fire","text":"x","name":"a\u0085b"})", "\"name\" holds a control", "\"a\\u0085b\""},
        {R"({"category":"fire","text":"\ud800"})", "an escape that is no character", "\\ud800"},
        {R"({"category":"fire","text":"x","text":"y"})", "\"text\" stands twice", "\"text\":\"y\""},
        {R"({"category":"fire","text":"x" "place":"y"})", "',' or '}'", "\"place\""},
        {"{\"category\":\"fire\",\"text\":\"\xFF\"}", "not UTF-8", "\xFF"},
    };
    for (const Case& one : cases) {
        const auto error = refused(one.text, Format::reportJson);
        EXPECT_THAT(error.message, HasSubstr(one.names)) << one.text;
        EXPECT_EQ(error.place.byte, one.text.find(one.at)) << one.text;
    }
}

TEST(DecodeReport, LengthsAreBounded) {
    const auto with = [](const std::string& field, std::size_t length) {
        return R"({"category":"fire","text":"x",")" + field + "\":\"" + std::string(length, 'a') + "\"}";
    };
    for (const auto& [field, most] :
         {std::pair<std::string, std::size_t>{"id", 200}, {"place", 300}, {"name", 120}, {"phone", 40}}) {
        EXPECT_THAT(decoded(with(field, most)).messages, SizeIs(1)) << field;
        EXPECT_EQ(refused(with(field, most + 1)).code, Code::tooLarge) << field;
    }
    std::string text;
    for (int i = 0; i < 4'000; ++i)
        text += "水";
    EXPECT_EQ(reportOf(R"({"category":"flood","text":")" + text + "\"}").text.size(), 12'000U);
    EXPECT_EQ(refused(R"({"category":"flood","text":")" + text + "水\"}").code, Code::tooLarge);
}

TEST(DecodeReport, ArraysAndUnknownFields) {
    const auto out = decoded("[{\"category\":\"fire\",\"text\":\"one\",\"mood\":3},\n{\"category\":\"fire\"},\n"
                             "{\"category\":\"fire\",\"text\":\"two\"}, 7]");
    EXPECT_THAT(out.messages, SizeIs(2));
    ASSERT_THAT(out.faults, SizeIs(2));
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[1].error.place.line, 3U);
    EXPECT_THAT(out.deviations, testing::ElementsAre(HasSubstr("\"mood\" is no field of a report")));
    EXPECT_THAT(refused("[]", Format::reportJson).message, HasSubstr("without a report"));
    EXPECT_THAT(refused("\"x\"", Format::reportJson).message, HasSubstr("must be a JSON object"));
}

TEST(DecodeReport, OneALineAsProgramsGatherThem) {
    const std::string first = R"({"id":"1","category":"fire","text":"one","mood":3})";
    const auto out = decoded(first + "\r\n\n{\"category\":\"fire\"}\n{\"category\":\"fire\",\"text\":\"two\"}\n");
    EXPECT_EQ(out.format, Format::reportJson);
    ASSERT_THAT(out.messages, SizeIs(2));
    EXPECT_EQ(std::get<Report>(out.messages[1]).text, "two");
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].bytes, "{\"category\":\"fire\"}");
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_GE(out.faults[0].error.place.byte.value_or(0), first.size() + 3);
    EXPECT_THAT(out.deviations, SizeIs(1));
}

} // namespace
} // namespace tocsin::ingest::test
