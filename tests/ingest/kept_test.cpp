#include "tocsin/ingest/kept.hpp"

#include "ingest/decode_support.hpp"
#include "ingest/photo_support.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/photo_store.hpp"

#include <cstdlib>
#include <fcntl.h>
#include <gtest/gtest.h>

namespace tocsin::ingest::test {
namespace {

const auto came = *base::parseTime("2026-11-20T08:00:00Z");

FeedConfig feedNamed(const std::string& name, Format format = Format::unknown) {
    FeedConfig feed;
    feed.name = name;
    feed.format = format;
    return feed;
}

/// Of one reading: its sensor, value and time.
std::string readingOf(const base::Result<Decoded>& decoded) {
    if (!decoded)
        return decoded.error().describe();
    if (decoded->messages.size() != 1 || !std::holds_alternative<model::Reading>(decoded->messages[0]))
        return "not one reading";
    const auto& reading = std::get<model::Reading>(decoded->messages[0]);
    return reading.sensor.value + " " + std::to_string(reading.value).substr(0, 4) + " " + base::formatTime(reading.time).substr(11, 5);
}

std::string base64(std::string_view bytes) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t three = 0;
        for (std::size_t k = 0; k < 3; ++k)
            three = three << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            out += i + k <= bytes.size() ? letters[three >> (18U - 6U * k) & 63U] : '=';
        if (i % 54 == 51)
            out += "\r\n";
    }
    return out;
}

TEST(Kept, AMessageIsUnderstoodByItsTopicAndTheMomentAtWhichItCame) {
    auto pumps = feedNamed("pumps");
    pumps.mapping.sensor = "pump-{topic:1}";
    pumps.mapping.values = {{"/level", {}, {}}};
    EXPECT_EQ(readingOf(decodeKept({R"({"level":2.5})", Format::mappedJson, "pump/7/state", came}, pumps)), "pump-7 2.50 08:00");
    auto bare = pumps;
    bare.mapping.values = {{".", {}, {}}};
    EXPECT_EQ(readingOf(decodeKept({"3.25", Format::unknown, "pump/8/level", came}, bare)), "pump-8 3.25 08:00");
    EXPECT_EQ(readingOf(decodeKept({"ON", Format::unknown, "stat/plug/POWER", came}, feedNamed("plugs"))), "plug-POWER 1.00 08:00");
}

TEST(Kept, WhatAFeedIsDeclaredToBringComesFirstButWhatItIsCountsToo) {
    const auto warning = Cap{}.text();
    // An index is declared; the message to which it led was refused.
    const auto decoded = decodeKept({warning, Format::cap, {}, came}, feedNamed("met", Format::capIndex));
    ASSERT_TRUE(decoded) << decoded.error().describe();
    EXPECT_TRUE(std::holds_alternative<model::Warning>(decoded->messages.at(0)));
    const auto line = R"({"sensor":"a","time":"2026-11-20T07:00:00Z","value":1})";
    auto prefixed = feedNamed("lora", Format::chirpstack);
    prefixed.sensorPrefix = "city-";
    EXPECT_EQ(readingOf(decodeKept({line, Format::readingsNdjson, {}, came}, prefixed)), "city-a 1.00 07:00")
        << "a line as the feed sent it bears no prefix yet";
    prefixed.format = Format::theThingsStack; // which passes over what is no uplink
    EXPECT_EQ(readingOf(decodeKept({line, Format::readingsNdjson, {}, came}, prefixed)), "city-a 1.00 07:00");
    EXPECT_FALSE(decodeKept({"hello", Format::unknown, {}, came}, prefixed));
}

TEST(Kept, ARefusedFormIsTakenAgainAsTheDoorReadsIt) {
    const auto page = feedNamed("phone page");
    const auto textOf = [](const base::Result<Decoded>& decoded) {
        if (!decoded || decoded->messages.empty())
            return decoded ? std::string("nothing") : decoded.error().message;
        const auto& report = std::get<model::Report>(decoded->messages.front());
        return report.text + (report.position ? " placed" : "");
    };
    // As a browser sends it, and as what had photos with it is kept: numbers are words there, and members that no report has.
    EXPECT_EQ(textOf(decodeKept({"text=Water+in+the+cellar&latitude=47.14&longitude=9.52&category=flood&lang=en", Format::reportJson, {}, came}, page)),
              "Water in the cellar placed");
    EXPECT_EQ(textOf(decodeKept({R"({"text":"Mud","category":"flood","latitude":"47.14","longitude":"9.52","lang":"en"})", Format::reportJson, {}, came}, page)), "Mud placed");
    EXPECT_EQ(textOf(decodeKept({R"({"text":"Only words","category":"flood"})", Format::reportJson, {}, came}, page)), "Only words");
    EXPECT_EQ(textOf(decodeKept({R"({"text":"Sent as JSON","category":"flood","latitude":47.14,"longitude":9.52})", Format::reportJson, {}, came}, page)), "Sent as JSON placed");
    EXPECT_FALSE(decodeKept({"text=here&latitude=north&longitude=9.52", Format::reportJson, {}, came}, page)) << "what was wrong is wrong still";
    EXPECT_FALSE(decodeKept({"%zz", Format::reportJson, {}, came}, page));
}

TEST(Kept, ReadingsThatTheDeskRefusedHaveTheirWholeNames) {
    auto feed = feedNamed("lora", Format::sensorThings);
    feed.sensorPrefix = "city-";
    feed.units = {{"level", "cm"}};
    const auto line = R"({"sensor":"city-a","time":"2026-11-20T07:00:00Z","unit":"level","value":1})";
    const auto unitOf = [&](bool unitsToo) {
        const auto decoded = decodeRefusedReadings(line, feed, unitsToo);
        EXPECT_EQ(readingOf(decoded), "city-a 1.00 07:00");
        return decoded ? std::get<model::Reading>(decoded->messages.at(0)).unit : std::string();
    };
    EXPECT_EQ(unitOf(false), "level");
    EXPECT_EQ(unitOf(true), "cm") << "refused for its unit, and the feed says now what that means";
}

TEST(Kept, ThePhotosOfAMailAreStored) {
    std::string pattern = (std::filesystem::temp_directory_path() / "tocsin-kept-XXXXXX").string();
    const std::filesystem::path folder = ::mkdtemp(pattern.data());
    {
        auto feed = feedNamed("mail", Format::email);
        feed.trust = model::Trust::known;
        auto photos = PhotoStore::open(folder);
        ASSERT_TRUE(photos);
        ASSERT_TRUE(equip(feed, folder, *photos));
        const std::string mail = "From: a@example.org\r\nDate: Fri, 20 Nov 2026 08:00:00 +0000\r\nMessage-ID: <m@example.org>\r\n"
                                 "Subject: Road\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
                                 "--b\r\nContent-Type: text/plain\r\n\r\nblocked\r\n"
                                 "--b\r\nContent-Type: image/jpeg; name=a.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
                                 base64(paint("jpeg", 40, 30)) + "\r\n--b--\r\n";
        const auto decoded = decodeKept({mail, Format::email, {}, came}, feed);
        ASSERT_TRUE(decoded) << decoded.error().describe();
        const auto& report = std::get<model::Report>(decoded->messages.at(0));
        ASSERT_EQ(report.photos.size(), 1U);
        EXPECT_TRUE((*photos)->read(report.photos[0].sha256));
        EXPECT_EQ(report.feed, "mail");
        EXPECT_EQ(report.trust, model::Trust::known);
    }
    std::filesystem::remove_all(folder);
}

TEST(FeedBoard, CountsWhatStandsInQuarantineAlsoOfFeedsThatAreGone) {
    const base::ManualClock clock{came};
    FeedBoard board(clock);
    board.feed("met").addQuarantined(5, "since the start");
    board.setInQuarantine("met", 2, 1);
    board.setInQuarantine("gone", 3, 0);
    board.setInQuarantine("settled", 0, 0);
    const auto all = board.all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "gone");
    EXPECT_EQ(all[0].inQuarantine, 3U);
    EXPECT_EQ(all[0].state, FeedState::off);
    EXPECT_EQ(all[1].inQuarantine, 2U);
    EXPECT_EQ(all[1].cutInQuarantine, 1U);
    EXPECT_EQ(all[1].quarantined, 5U);
}

} // namespace
} // namespace tocsin::ingest::test
