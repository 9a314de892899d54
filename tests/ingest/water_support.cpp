#include "ingest/water_support.hpp"

#include <cstdio>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {

std::vector<model::Reading> readingsOf(const Decoded& out) {
    return allOf<model::Reading>(out);
}

std::vector<model::Sensor> sensorsOf(const Decoded& out) {
    return allOf<model::Sensor>(out);
}

std::string said(const model::Reading& reading) {
    char value[40];
    std::snprintf(value, sizeof value, "%g", reading.value);
    return reading.sensor.value + " " + base::formatTime(reading.time) + " " + value + " " + reading.unit;
}

Decoded decodedIn(std::string_view bytes, const Source& source, Format format) {
    auto out = decode(bytes, std::nullopt, source);
    EXPECT_TRUE(out) << (out ? std::string() : out.error().describe());
    if (!out)
        return {};
    EXPECT_EQ(out->format, format);
    return std::move(*out);
}

std::optional<Decoded> corpusFile(const std::string& name, Format format) {
    const auto folder = corpora();
    if (!folder)
        return std::nullopt;
    return decodedIn(readFile(*folder / name), {}, format);
}

void expectRefused(const std::vector<Broken>& cases, Format format) {
    for (const auto& one : cases) {
        const auto out = decode(one.text, format);
        ASSERT_TRUE(!out || !out->faults.empty()) << one.text;
        if (out) {
            EXPECT_TRUE(readingsOf(*out).empty()) << one.text;
        }
        const auto& error = out ? out->faults.front().error : out.error();
        EXPECT_THAT(error.message, ::testing::HasSubstr(one.says)) << one.text;
        EXPECT_EQ(error.place.line, one.line) << one.text;
        expectPlace(error, one.text.size());
    }
}

void expectWholeFolder(const std::string& folder, const std::string& prefix) {
    const auto root = corpora();
    if (!root)
        return;
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(*root / folder)) {
        if (!entry.path().filename().string().starts_with(prefix))
            continue;
        SCOPED_TRACE(entry.path().string());
        const auto bytes = readFile(entry.path());
        expectWhole(bytes);
        for (std::size_t cut = 0; cut < bytes.size(); cut += bytes.size() / 7 + 1)
            expectWhole(std::string_view(bytes).substr(0, cut));
        ++count;
    }
    EXPECT_GT(count, 0U);
}

} // namespace tocsin::ingest::test
