#include "ingest/decode_support.hpp"

#include "tocsin/ingest/readings_ndjson.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <random>

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

TEST(DecodeReadings, AnArrayOrOneOverSeveralLinesIsOneDocument) {
    const auto array = decoded("[" + good + ",\n{\"sensor\":\"a\",\"time\":1763625600000},\n 7,\n" + good + "]\n");
    EXPECT_EQ(array.format, Format::readingsJson);
    EXPECT_THAT(array.messages, SizeIs(2));
    ASSERT_THAT(array.faults, SizeIs(2));
    EXPECT_EQ(array.faults[0].error.place.line, 2U);
    EXPECT_EQ(array.faults[0].bytes, R"({"sensor":"a","time":1763625600000})");
    EXPECT_EQ(array.faults[1].error.place.line, 3U);
    const auto pretty = decoded("{\n  \"sensor\": \"a\",\n  \"time\": 1763625600000,\n  \"value\": 3\n}\n");
    EXPECT_EQ(pretty.format, Format::readingsJson);
    ASSERT_THAT(pretty.messages, SizeIs(1));
    EXPECT_EQ(std::get<model::Reading>(pretty.messages[0]).sensor.value, "a");
    const auto half = decoded("{\"sensor\":\"a\",\"time\":1763625600000,\n\"value\":3}");
    EXPECT_THAT(half.messages, SizeIs(1));
    EXPECT_EQ(decoded(good + "\n" + good).format, Format::readingsNdjson);
    EXPECT_THAT(refused("[]", Format::readingsJson).message, HasSubstr("without a reading"));
    EXPECT_EQ(refused("{\n\"sensor\":\"a\",\n\"value\":x}", Format::readingsJson).place.line, 3U);
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

std::string mutated(std::string line, std::mt19937& random) {
    static constexpr std::string_view bytes = "\"\\{}[],:.-+eE0123456789 \t\rZTtu\x7f\x01\xC3\xA9nsv";
    const auto below = [&](std::size_t most) { return random() % most; };
    for (std::size_t i = 0, times = 1 + below(3); i < times && !line.empty(); ++i) {
        const auto at = below(line.size());
        switch (below(6)) {
        case 0: line[at] = bytes[below(bytes.size())]; break;
        case 1: line.insert(at, 1, bytes[below(bytes.size())]); break;
        case 2: line.erase(at, 1); break;
        case 3: line.erase(at); break;
        case 4: line.insert(at, line.substr(below(line.size()), below(12))); break;
        default: line[at] = static_cast<char>(line[at] ^ (1 << below(8))); break;
        }
    }
    std::erase(line, '\n');
    return line;
}

TEST(DecodeReadings, TheFastWayMeansTheSameAsTheFullOne) {
    const std::string lines[] = {
        good,
        R"({"sensor":"a","time":"2026-11-20T08:00:00.123456Z","value":-0.5})",
        R"({"sensor": "load-17", "time": "2024-02-29T23:59:59.9Z", "value": 12345678.25, "unit": "mm/h"})",
        R"({"sensor":"x","time":1763625600123,"value":0})",
        R"({"sensor":"x","time":7258118399999,"value":-0,"unit":""})",
        R"({"sensor":"x y z","time":"1999-12-31T00:00:00Z","value":999999999999999})",
        R"({"sensor":"x","time":"2026-11-20T08:00:60Z","value":0.000000000000001})",
        R"({"sensor":")" + std::string(120, 'n') + R"(","time":1763625600123,"value":1.25e3,"unit":")" +
            std::string(32, 'u') + "\"}",
    };
    std::mt19937 random(20261120);
    std::size_t taken = 0;
    ReadingsDecoder full;
    ReadingsDecoder decoder;
    for (int round = 0; round < 20'000; ++round) {
        const auto& first = lines[static_cast<std::size_t>(round) % std::size(lines)];
        const auto line = round < 8 ? first : mutated(first, random);
        if (line.find_first_not_of(" \t\r") == std::string::npos)
            continue;
        const auto expected = full.decodeLine(line);
        model::ReadingRows rows;
        std::vector<Fault> faults;
        auto text = line + "\n";
        const auto size = text.size();
        text.append(ReadingsDecoder::padding, round % 2 == 0 ? '7' : '"'); // what lies behind is not the line's
        decoder.decodeLines(std::string_view(text).substr(0, size), {}, rows, faults);
        ASSERT_EQ(rows.rows.size() + faults.size(), 1U) << line;
        ASSERT_EQ(expected.has_value(), faults.empty()) << line;
        if (!expected) {
            EXPECT_EQ(faults[0].error.message, expected.error().message) << line;
            EXPECT_EQ(faults[0].error.place.byte, expected.error().place.byte) << line;
            continue;
        }
        ++taken;
        const auto read = rows.reading(rows.rows[0]);
        EXPECT_EQ(read, *expected) << line;
        EXPECT_EQ(std::signbit(read.value), std::signbit(expected->value)) << line;
    }
    EXPECT_GT(taken, 1'000U) << "some must be readings still";
}

TEST(DecodeReadings, NumbersAreTheNearestOnes) {
    std::mt19937_64 random(7);
    std::string text;
    std::vector<double> expected;
    for (int i = 0; i < 20'000; ++i) {
        std::string number = std::to_string(random() % 1'000'000'000'000'000U).substr(0, 1 + random() % 16);
        if (const auto at = 1 + random() % number.size(); at < number.size())
            number.insert(at, ".");
        if (number.size() > 1 && number[0] == '0' && number[1] != '.')
            number.erase(0, number.find_first_not_of('0') == std::string::npos ? number.size() - 1
                                                                               : number.find_first_not_of('0'));
        if (number[0] == '.')
            number.insert(0, "0");
        expected.push_back(std::strtod(number.c_str(), nullptr));
        text += R"({"sensor":"a","time":1763625600123,"value":)" + number + "}\n";
    }
    const auto size = text.size();
    text.append(ReadingsDecoder::padding, ' ');
    ReadingsDecoder decoder;
    model::ReadingRows rows;
    std::vector<Fault> faults;
    decoder.decodeLines(std::string_view(text).substr(0, size), {}, rows, faults);
    ASSERT_THAT(faults, IsEmpty());
    ASSERT_EQ(rows.rows.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i)
        EXPECT_EQ(rows.rows[i].value, expected[i]);
}

TEST(DecodeReadings, WhatTheFeedDeclaresIsTaken) {
    Source source;
    source.sensorPrefix = "ea-";
    source.units = {{"mASD", "m"}, {"", "mm"}};
    source.timeZone = "Europe/Vaduz";
    const auto out = decode(R"({"sensor":"1029","time":"2026-07-01T10:00:00","value":1,"unit":"mASD"})"
                            "\n"
                            R"({"sensor":"1030","time":"2026-07-01T10:00:00Z","value":2})",
                            Format::readingsNdjson, source);
    ASSERT_TRUE(out) << out.error().describe();
    ASSERT_THAT(out->messages, SizeIs(2));
    const auto& first = std::get<model::Reading>(out->messages[0]);
    const auto& second = std::get<model::Reading>(out->messages[1]);
    EXPECT_EQ(first.sensor.value, "ea-1029");
    EXPECT_EQ(first.unit, "m");
    EXPECT_EQ(base::formatTime(first.time), "2026-07-01T08:00:00.000000Z");
    EXPECT_EQ(second.unit, "mm");
    EXPECT_EQ(base::formatTime(second.time), "2026-07-01T10:00:00.000000Z");
}

TEST(DecodeReadings, NamesOfManySensorsKeepTheirNumbers) {
    model::NameTable names("p-");
    std::vector<std::uint32_t> numbers;
    for (int i = 0; i < 30'000; ++i)
        numbers.push_back(names.add("sensor-" + std::to_string(i)));
    EXPECT_EQ(names.size(), 30'000U);
    for (int i = 29'999; i >= 0; i -= 7)
        EXPECT_EQ(names.add("sensor-" + std::to_string(i)), numbers[static_cast<std::size_t>(i)]);
    EXPECT_EQ(names.size(), 30'000U);
    EXPECT_EQ(names.full(12'345), "p-sensor-12345");
    EXPECT_GT(names.bytes(), 30'000 * sizeof(std::string));
}

} // namespace
} // namespace tocsin::ingest::test
