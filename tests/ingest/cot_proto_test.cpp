#include "ingest/decode_support.hpp"
#include "ingest/tak_message.hpp"

#include <gtest/gtest.h>
#include <random>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;
using base::Code;

namespace {

/// The same as XML.
std::string xml(const std::string& detail, const std::string& type = "a-f-G-U-C") {
    return "<event version=\"2.0\" uid=\"ANDROID-1\" type=\"" + type +
           "\" time=\"2026-11-20T08:00:00Z\" start=\"2026-11-20T08:00:00Z\" stale=\"2026-11-20T08:05:00Z\" how=\"m-g\">"
           "<point lat=\"47.1\" lon=\"9.5\" hae=\"460\" ce=\"4\" le=\"9999999\"/><detail>" +
           detail + "</detail></event>";
}

void expectSame(const std::string& protobuf, const std::string& asXml) {
    EXPECT_EQ(sniff(protobuf), Format::cotXml);
    const auto one = decode(protobuf);
    const auto other = decode(asXml);
    ASSERT_TRUE(one) << one.error().describe();
    ASSERT_TRUE(other) << other.error().describe();
    EXPECT_EQ(one->messages, other->messages);
    EXPECT_FALSE(one->messages.empty());
    EXPECT_EQ(one->deviations, other->deviations);
}

TEST(CotProto, aPositionIsTheSameAsInXml) {
    const std::string typed = R"(<contact endpoint="192.168.1.9:4242:tcp" callsign="Tanker 2"/>)"
                              R"(<__group name="Cyan" role="Team Lead"/><status battery="83"/>)"
                              R"(<takv platform="ATAK-CIV"/><track speed="8.5" course="90"/>)";
    const TakMessage message;
    expectSame(message.datagram(), xml(typed));
    expectSame(message.frame(), xml(typed));
    expectSame(message.frame() + message.frame(), xml(typed) + xml(typed));
    // In the mesh version 0 is XML behind the same three bytes.
    expectSame(std::string("\xBF\0\xBF", 3) + xml(typed), xml(typed));
}

TEST(CotProto, whatStandsInXmlDetailCounts) {
    TakMessage message;
    message.xmlDetail = R"(<contact callsign="Tanker &lt;3>"/><remarks>so it is</remarks>)";
    const auto out = decode(message.datagram());
    ASSERT_TRUE(out);
    EXPECT_EQ(std::get<model::UnitPosition>(out->messages.at(0)).callSign, "Tanker <3>");
    EXPECT_EQ(std::get<model::UnitPosition>(out->messages.at(0)).team, "Cyan");
}

TEST(CotProto, chatMarkersAndBeaconsComeTheSameWay) {
    const std::pair<std::string, std::string> each[] = {
        {"b-t-f", R"(<__chat chatroom="All" senderCallsign="Tanker 2"/><remarks source="BAO.F.ATAK.ANDROID-1">Bridge &amp; road
are gone 桥</remarks>)"},
        {"b-m-p-s-m", R"(<contact callsign="Spot"/><remarks>here</remarks><archive/>)"},
        {"b-a-o-tbl", R"(<link uid="ANDROID-1" relation="p-p" type="a-f-G"/><emergency type="911 Alert">Tanker 2</emergency>)"}};
    for (const auto& [type, detail] : each) {
        SCOPED_TRACE(type);
        TakMessage message;
        message.type = type;
        message.typed = false;
        message.xmlDetail = detail;
        expectSame(message.datagram(), xml(detail, type));
        expectSame(message.frame(), xml(detail, type));
    }
}

TEST(CotProto, whoOnlySaysWhatItCanTalkSaysNothing) {
    const std::string control("\x0A\x04\x08\x01\x10\x01", 6);
    for (const auto& bytes : {"\xBF\x01\xBF" + control, TakMessage::framed(control)}) {
        const auto out = decode(bytes);
        ASSERT_TRUE(out) << out.error().describe();
        EXPECT_TRUE(out->messages.empty());
        EXPECT_TRUE(out->faults.empty());
    }
}

TEST(CotProto, faultsSayAtWhichByte) {
    const TakMessage good;
    TakMessage split;
    split.xmlDetail = "</detail></event><event><detail>";
    TakMessage open;
    open.xmlDetail = "<remarks>";
    TakMessage far;
    far.time = 300'000'000'000'000;
    TakMessage nowhere;
    nowhere.latitude = 91;
    TakMessage notNumber;
    notNumber.longitude = std::numeric_limits<double>::quiet_NaN();
    TakMessage control;
    control.uid = std::string("a\x01") + "b";
    TakMessage latin;
    latin.callSign = "Z\xFCrich";
    TakMessage nameless;
    nameless.uid.clear();
    const std::pair<const char*, std::string> each[] = {
        {"its XML holds two events", split.datagram()}, {"its XML does not end", open.datagram()},
        {"after the year 9999", far.datagram()},        {"off the earth", nowhere.datagram()},
        {"no number", notNumber.datagram()},            {"a control character", control.datagram()},
        {"not UTF-8", latin.datagram()},                {"no uid", nameless.datagram()},
        {"cut off", good.datagram().substr(0, 60)},     {"a stream cut off", good.frame().substr(0, 60)},
        {"version 2", "\xBF\x02\xBF" + good.bytes()},   {"too long", [] {
             TakMessage message;
             message.xmlDetail = "<remarks>" + std::string(300'000, 'x') + "</remarks>";
             return message.frame();
         }()}};
    for (const auto& [name, bytes] : each) {
        SCOPED_TRACE(name);
        const auto out = decode(bytes, Format::cotXml);
        ASSERT_FALSE(out);
        expectPlace(out.error(), bytes.size());
        EXPECT_TRUE(out.error().place.byte);
    }
    // One that is broken among others: they are taken.
    const auto out = decode(good.frame() + open.frame() + good.frame());
    ASSERT_TRUE(out);
    EXPECT_EQ(out->messages.size(), 2U);
    ASSERT_EQ(out->faults.size(), 1U);
    EXPECT_EQ(out->faults[0].bytes, open.frame()) << "as it came, so that it can be taken again";
    EXPECT_GE(*out->faults[0].error.place.byte, good.frame().size());
}

TEST(CotProto, anyChangeIsTakenOrPlaced) {
    TakMessage message;
    message.xmlDetail = "<remarks>so it is</remarks>";
    std::minstd_rand random(42);
    const auto pick = [&](std::size_t below) { return static_cast<std::size_t>(random()) % below; };
    for (const auto& whole : {message.datagram(), message.frame() + message.frame()}) {
        for (int i = 0; i < 3'000; ++i) {
            auto bytes = whole;
            for (std::size_t changes = 1 + pick(4); changes > 0; --changes)
                bytes[pick(bytes.size())] = static_cast<char>(pick(256));
            if (pick(4) == 0)
                bytes.resize(pick(bytes.size()));
            if (pick(8) == 0)
                bytes.insert(pick(bytes.size() + 1), whole.substr(pick(whole.size())));
            expectWhole(bytes, Format::cotXml);
            expectWhole(bytes);
        }
    }
}

} // namespace
