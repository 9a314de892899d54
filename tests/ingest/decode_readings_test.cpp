#include "ingest/decode_support.hpp"

#include "tocsin/ingest/readings_ndjson.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string good = R"({"sensor":"rhine-vaduz","time":"2026-11-20T08:00:00Z","value":3.21,"unit":"m"})";

TEST(DecodeReadings, OneLine) {
    ReadingsDecoder decoder;
    auto reading = decoder.decodeLine(good);
    ASSERT_TRUE(reading);
    EXPECT_EQ(reading->sensor.value, "rhine-vaduz");
    EXPECT_EQ(base::formatTime(reading->time), "2026-11-20T08:00:00.000000Z");
    EXPECT_EQ(reading->value, 3.21);
    EXPECT_EQ(reading->unit, "m");

    reading = decoder.decodeLine(
        R"( { "value" : -1.5e2 , "extra":{"a":[1,2]}, "time":1763625600000, "\u0073ensor":"地震-1" } )"
        "\r");
    ASSERT_TRUE(reading) << reading.error().describe();
    EXPECT_EQ(reading->sensor.value, "地震-1");
    EXPECT_EQ(reading->value, -150);
    EXPECT_EQ(base::toUnixMicros(reading->time), 1763625600000000);
    EXPECT_EQ(reading->unit, "");
}

TEST(DecodeReadings, FaultsHaveColumnAndByte) {
    struct Case {
        std::string line;
        std::string says;
        std::string at;
    };
    const Case cases[] = {
        {R"({"sensor":"a","time":1763625600000,"value":NaN})", "a value was expected", "NaN"},
        {R"({"sensor":"a","time":1763625600000,"value":1e999})", "\"value\" is beyond the range", "1e999"},
        {R"({"sensor":"a","time":1763625600000,"value":"3"})", "\"value\" must be a number", "\"3\""},
        {R"({"sensor":"a","time":1763625600000,"value":null})", "\"value\" must be a number", "null"},
        {R"({"sensor":"a","time":1763625600000,"value":03})", "leading zero", "3}"},
        {R"({"sensor":"a","time":1763625600000.5,"value":3})", "\"time\" must be", "1763625600000.5"},
        {R"({"sensor":"a","time":99999999999999999,"value":3})", "\"time\" is not milliseconds", "99999"},
        {R"({"sensor":"a","time":"2026-13-01T00:00:00Z","value":3})", "\"time\" is not a time", "\"2026-13"},
        {R"({"sensor":"","time":1763625600000,"value":3})", "1 to 120 bytes", "\"\""},
        {R"({"sensor":7,"time":1763625600000,"value":3})", "\"sensor\" must be a text", "7"},
        {R"({"sensor":"a\u0001","time":1763625600000,"value":3})", "control character", "\"a\\u0001\""},
        {R"({"sensor":"a","time":1763625600000,"value":3,"value":4})", "\"value\" stands twice", "\"value\":4"},
        {R"({"time":1763625600000,"value":3})", "no \"sensor\"", "{"},
        {R"({"sensor":"a","value":3})", "no \"time\"", "{"},
        {R"({"sensor":"a","time":1763625600000})", "no \"value\"", "{"},
        {R"({"sensor":"a","time":1763625600000,"value":3} {)", "more after the end", "{"},
        {R"({"sensor":"a","time":1763625600000,"value":3,"x":tru})", "a value was expected", "tru}"},
        {R"([1,2])", "must be a JSON object", "["},
        {R"(42)", "must be a JSON object", "42"},
        {"{\"sensor\":\"\xC3\",\"time\":1763625600000,\"value\":3}", "not UTF-8", "\xC3"},
    };
    ReadingsDecoder decoder;
    for (const Case& one : cases) {
        const auto reading = decoder.decodeLine(one.line);
        ASSERT_FALSE(reading) << one.line;
        EXPECT_THAT(reading.error().message, HasSubstr(one.says)) << one.line;
        const std::size_t from = one.says == "more after the end" ? 2 : 0;
        EXPECT_EQ(reading.error().place.byte, one.line.find(one.at, from)) << one.line;
        EXPECT_TRUE(decoder.decodeLine(good)); // nothing of it stays
    }
    for (std::size_t i = 0; i < good.size(); ++i)
        EXPECT_FALSE(decoder.decodeLine(std::string_view(good).substr(0, i))) << i;
    EXPECT_FALSE(decoder.decodeLine(R"({"sensor":")" + std::string(121, 'a') + R"(","time":1763625600000,"value":3})"));
    EXPECT_TRUE(decoder.decodeLine(R"({"sensor":")" + std::string(120, 'a') + R"(","time":1763625600000,"value":3})"));
    EXPECT_FALSE(
        decoder.decodeLine(R"({"sensor":"a","time":1763625600000,"value":3,"unit":")" + std::string(33, 'm') + "\"}"));
}

TEST(DecodeReadings, AFileTellsEachBadLineWhole) {
    const auto out = decoded("\xEF\xBB\xBF" + good + "\r\n\nnonsense\n" + good +
                             "\n{\"sensor\":\"é\",\"time\":1,\"value\":x}\n" + good);
    EXPECT_EQ(out.format, Format::readingsNdjson);
    EXPECT_THAT(out.messages, SizeIs(3));
    ASSERT_THAT(out.faults, SizeIs(2));
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(out.faults[0].error.place.column, 1U);
    EXPECT_EQ(out.faults[0].error.place.byte, 3 + good.size() + 3);
    EXPECT_EQ(out.faults[0].bytes, "nonsense");
    EXPECT_EQ(out.faults[1].error.place.line, 5U);
    EXPECT_EQ(out.faults[1].error.place.column, 32U); // in characters
    EXPECT_EQ(out.faults[1].error.place.byte, 3 + 2 * good.size() + 3 + 9 + 1 + 32);
}

TEST(DecodeReadings, LongLinesAreCutOffAndPassedOver) {
    const std::string longLine = R"({"sensor":")" + std::string(maxLineBytes, 'a') + "\"}";
    const auto out = decoded(good + "\n" + longLine + "\n" + good + "\n");
    EXPECT_THAT(out.messages, SizeIs(2));
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].error.code, Code::tooLarge);
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_EQ(out.faults[0].error.place.byte, good.size() + 1 + maxLineBytes);
    EXPECT_THAT(out.faults[0].bytes, SizeIs(maxLineBytes));
}

TEST(DecodeReadings, AStreamInPiecesIsTheSameAsWhole) {
    std::string stream;
    for (int i = 0; i < 50; ++i)
        stream += i % 7 == 3 ? "bad " + std::to_string(i) + "\n" : i % 11 == 5 ? "\n" : good + "\n";
    stream += std::string(2 * maxLineBytes, 'x') + "\n" + good + "\n";
    for (const std::size_t piece : {1UL, 13UL, 100UL, 4096UL, 200'000UL}) {
        ReadingsDecoder decoder;
        ReadingsDecoder::Progress all;
        std::vector<model::Reading> readings;
        std::vector<Fault> faults;
        std::string buffer;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            buffer += stream.substr(at, piece);
            const std::size_t size = buffer.size();
            buffer.append(ReadingsDecoder::padding, ' ');
            const auto step = decoder.decodeLines(std::string_view(buffer).substr(0, size), all, readings, faults);
            buffer.resize(size);
            buffer.erase(0, step.bytes);
            all.bytes += step.bytes;
            all.lines += step.lines;
        }
        EXPECT_EQ(all.bytes, stream.size()) << piece;
        EXPECT_EQ(all.lines, 52U) << piece;
        const auto whole = decoded(stream);
        EXPECT_EQ(readings.size(), whole.messages.size()) << piece;
        ASSERT_EQ(faults.size(), whole.faults.size()) << piece;
        for (std::size_t i = 0; i < faults.size(); ++i) {
            EXPECT_EQ(faults[i].error.place.line, whole.faults[i].error.place.line) << piece;
            EXPECT_EQ(faults[i].error.place.byte, whole.faults[i].error.place.byte) << piece;
        }
    }
}

TEST(DecodeReadings, AFileOfNonsenseIsRefusedAsAWhole) {
    std::string text = good + "\n";
    for (int i = 0; i < 20'000; ++i)
        text += "x\n";
    const auto error = refused(text);
    EXPECT_EQ(error.code, Code::tooLarge);
    EXPECT_EQ(error.place.line, 10'002U);
    EXPECT_THAT(refused("\n\n", Format::readingsNdjson).message, HasSubstr("no line with a reading"));
}

} // namespace
} // namespace tocsin::ingest::test
