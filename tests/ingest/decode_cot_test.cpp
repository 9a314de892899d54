#include "ingest/decode_support.hpp"

#include "tocsin/geo/measure.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;
using base::Code;

namespace {

std::string event(const std::string& type, const std::string& detail, const std::string& uid = "ANDROID-1",
                  const std::string& point = R"(<point lat="47.1" lon="9.5" hae="460" ce="4" le="9999999"/>)") {
    return "<event version=\"2.0\" uid=\"" + uid + "\" type=\"" + type +
           "\" time=\"2026-11-20T08:00:00Z\" start=\"2026-11-20T08:00:00Z\" stale=\"2026-11-20T08:05:00Z\" how=\"m-g\">" +
           point + "<detail>" + detail + "</detail></event>";
}

template <typename T>
T only(const Decoded& decoded) {
    EXPECT_EQ(decoded.messages.size(), 1U);
    if (decoded.messages.size() != 1 || !std::holds_alternative<T>(decoded.messages.front())) {
        ADD_FAILURE() << "not what was expected";
        return {};
    }
    return std::get<T>(decoded.messages.front());
}

TEST(DecodeCot, aPhoneTellsWhereItIs) {
    const auto out = decoded(event("a-f-G-U-C", R"(<takv platform="ATAK"/><contact callsign="Tanker 2"/>)"
                                                R"(<__group name="Cyan" role="Team Lead"/><track speed="8.5" course="-90"/>)"));
    EXPECT_EQ(out.format, Format::cotXml);
    EXPECT_TRUE(out.deviations.empty());
    const auto p = only<model::UnitPosition>(out);
    EXPECT_EQ(p.unit.value, "ANDROID-1");
    EXPECT_EQ(p.callSign, "Tanker 2");
    EXPECT_EQ(p.team, "Cyan");
    EXPECT_EQ(p.role, "Team Lead");
    EXPECT_EQ(p.time, *base::parseTime("2026-11-20T08:00:00Z"));
    EXPECT_EQ(p.stale, *base::parseTime("2026-11-20T08:05:00Z"));
    EXPECT_EQ(p.position, model::Position::trusted(47.1, 9.5));
    EXPECT_EQ(p.speed, 8.5);
    EXPECT_EQ(p.course, 270.0);
    EXPECT_EQ(p.accuracyMetres, 4.0);
    EXPECT_EQ(p.altitudeMetres, 460.0);
}

TEST(DecodeCot, unknownsAreNoValues) {
    const auto p = only<model::UnitPosition>(decoded(event("a-f-G", "", "u", R"(<point lat="47" lon="9" hae="9999999.0" ce="9999999" le="9999999"/>)")));
    EXPECT_FALSE(p.altitudeMetres);
    EXPECT_FALSE(p.accuracyMetres);
    EXPECT_FALSE(p.speed);
    EXPECT_FALSE(p.course);
    // A phone without a fix sends 0, 0: it says nothing of where it is.
    EXPECT_TRUE(decoded(event("a-f-G", "", "u", R"(<point lat="0" lon="0" hae="0" ce="9999999" le="9999999"/>)")).messages.empty());
}

TEST(DecodeCot, severalEventsBehindOneAnother) {
    const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + event("a-f-G", "", "one") + "\n<?xml version=\"1.0\"?>" +
                            event("a-f-G", "", "two") + event("a-n-S", "<remarks>a < /event in <![CDATA[</event>]]></remarks>", "bad") +
                            event("a-n-S", "<remarks><![CDATA[</event>]]></remarks>", "three");
    const auto out = decoded(xml);
    ASSERT_EQ(out.messages.size(), 3U);
    EXPECT_EQ(std::get<model::UnitPosition>(out.messages[2]).unit.value, "three");
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(decoded("<events>" + event("a-f-G", "", "one") + event("a-f-G", "", "two") + "</events>").messages.size(), 2U);
}

TEST(DecodeCot, anEventThatBreaksOffCostsOnlyItself) {
    const auto whole = event("a-f-G", "", "whole");
    const auto out = decoded(whole.substr(0, 120) + whole);
    EXPECT_EQ(only<model::UnitPosition>(out).unit.value, "whole");
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].bytes, whole.substr(0, 120));
    const auto longOne = decoded("<event uid='x' type='a-f-G'>" + std::string(600'000, 'x') + whole);
    EXPECT_EQ(longOne.messages.size(), 1U);
    ASSERT_EQ(longOne.faults.size(), 1U);
    EXPECT_EQ(longOne.faults[0].error.code, Code::tooLarge);
}

TEST(DecodeCot, chatHasASenderARoomAndAText) {
    const auto m = only<model::FieldMessage>(decoded(
        event("b-t-f",
              R"(<__chat senderCallsign="ALPHA" chatroom="All Chat Rooms" id="All Chat Rooms"><chatgrp uid0="ANDROID-9" uid1="x"/></__chat>)"
              "<remarks source=\"BAO.F.ATAK.ANDROID-9\">Bridge &amp; road\nare gone</remarks>",
              "GeoChat.ANDROID-9.All Chat Rooms.m-1", R"(<point lat="0.0" lon="0.0" hae="0" ce="999999.0" le="999999.0"/>)")));
    EXPECT_EQ(m.sourceId, "GeoChat.ANDROID-9.All Chat Rooms.m-1");
    EXPECT_EQ(m.from.value, "ANDROID-9");
    EXPECT_EQ(m.callSign, "ALPHA");
    EXPECT_EQ(m.room, "All Chat Rooms");
    EXPECT_EQ(m.text, "Bridge & road\nare gone");
    EXPECT_FALSE(m.position);
    EXPECT_TRUE(decoded(event("b-t-f-d", "")).messages.empty()) << "that it was delivered";
}

TEST(DecodeCot, aReceiptOfWhatTheDeskSentSaysWhoHasWhat) {
    const auto receipt = [](const std::string& type, const std::string& to) {
        return decoded(event(type,
                             R"(<__chatreceipt parent="RootContactGroup" groupOwner="false" messageId="order.7" chatroom="TOCSIN" id=")" + to +
                                 R"(" senderCallsign="ALPHA"><chatgrp uid0="ANDROID-9" uid1=")" + to + R"(" id=")" + to +
                                 R"("/></__chatreceipt><link uid="ANDROID-9" type="a-f-G-U-C" relation="p-p"/>)",
                             "order.7"));
    };
    for (const auto* type : {"b-t-f-d", "b-t-f-r"}) {
        const auto m = only<model::FieldMessage>(receipt(type, "TOCSIN"));
        EXPECT_EQ(m.receiptOf, "order.7");
        EXPECT_EQ(m.from.value, "ANDROID-9");
        EXPECT_EQ(m.callSign, "ALPHA");
        EXPECT_EQ(m.text, "");
    }
    EXPECT_TRUE(receipt("b-t-f-d", "ANDROID-2").messages.empty()) << "between phones";
    EXPECT_TRUE(receipt("b-t-f-p", "TOCSIN").messages.empty()) << "pending is not delivered";
}

TEST(DecodeCot, drawingsHaveTheirShape) {
    const auto rectangle = only<model::FieldMarker>(decoded(
        event("u-d-r", R"(<link point="47.10,9.50"/><link point="47.10,9.51"/><link point="47.09,9.51"/><link point="47.09,9.50,12"/><contact callsign="R"/><archive/>)")));
    EXPECT_EQ(rectangle.line.size(), 5U);
    EXPECT_EQ(rectangle.line.front(), rectangle.line.back());
    EXPECT_EQ(rectangle.name, "R");
    EXPECT_FALSE(rectangle.until) << "archived: it stays until it is deleted";
    const auto circle = only<model::FieldMarker>(decoded(event("u-d-c-c", R"(<shape><ellipse major="200" minor="200" angle="360"/></shape>)")));
    ASSERT_EQ(circle.line.size(), 49U);
    for (const auto& point : circle.line)
        EXPECT_NEAR(geo::distance(model::Position::trusted(47.1, 9.5), point).value, 200, 0.5);
    EXPECT_TRUE(circle.until);
    const auto ellipse = only<model::FieldMarker>(decoded(event("u-d-c-e", R"(<shape><ellipse major="300" minor="100" angle="90"/></shape>)")));
    EXPECT_NEAR(geo::bearing(model::Position::trusted(47.1, 9.5), ellipse.line.front()).value, 90, 0.1);
    const auto route = only<model::FieldMarker>(decoded(event("b-m-r", R"(<link uid="a" type="b-m-p-w" point="47.1,9.5,0" relation="c"/><link uid="b" type="b-m-p-c" point="47.2,9.6" relation="c"/>)")));
    EXPECT_EQ(route.line.size(), 2U);
    const auto bearing = only<model::FieldMarker>(decoded(event("u-rb-a", R"(<range value="1000"/><bearing value="90"/>)")));
    ASSERT_EQ(bearing.line.size(), 2U);
    EXPECT_NEAR(geo::distance(bearing.line[0], bearing.line[1]).value, 1000, 1);
    const auto pin = only<model::FieldMarker>(decoded(event("b-m-p-s-m", R"(<contact callsign="Leak"/><remarks>gas</remarks><link uid="p" relation="p-p" parent_callsign="HOPE"/>)")));
    EXPECT_EQ(pin.line.size(), 1U);
    EXPECT_EQ(pin.remarks, "gas");
    EXPECT_EQ(pin.by, "HOPE");
    const auto gone = only<model::FieldMarker>(decoded(event("t-x-d-d", R"(<link uid="marker-7" relation="none" type="none"/><__forcedelete/>)", "delete-1")));
    EXPECT_TRUE(gone.removed);
    EXPECT_EQ(gone.sourceId, "marker-7");
}

TEST(DecodeCot, beaconsAndTheirEnd) {
    const auto on = only<model::Emergency>(decoded(event("b-a-o-tbl", R"(<link uid="ANDROID-1" relation="p-p"/><emergency type="911 Alert">Tanker 2</emergency>)", "ANDROID-1-9-1-1")));
    EXPECT_TRUE(on.active);
    EXPECT_EQ(on.unit.value, "ANDROID-1");
    EXPECT_EQ(on.kind, "911 Alert");
    EXPECT_EQ(on.callSign, "Tanker 2");
    EXPECT_EQ(on.position, model::Position::trusted(47.1, 9.5));
    const auto off = only<model::Emergency>(decoded(event("b-a-o-can", R"(<emergency cancel="true">Tanker 2</emergency>)", "ANDROID-1-9-1-1")));
    EXPECT_FALSE(off.active);
    EXPECT_EQ(off.unit.value, "ANDROID-1");
}

TEST(DecodeCot, whatSaysNothingIsKnownAllTheSame) {
    EXPECT_TRUE(decoded(event("t-x-c-t", "")).messages.empty());
    EXPECT_TRUE(decoded(event("t-x-takp-v", "")).deviations.empty());
    EXPECT_EQ(decoded(event("b-f-t-r", "")).deviations.size(), 1U);
}

TEST(DecodeCot, timesThatCannotBeAreTold) {
    auto xml = event("a-f-G", "");
    const auto replace = [](std::string text, const std::string& from, const std::string& to) {
        return text.replace(text.find(from), from.size(), to);
    };
    const auto ages = decoded(replace(xml, "stale=\"2026", "stale=\"2126"));
    EXPECT_EQ(only<model::UnitPosition>(ages).stale, *base::parseTime("2027-11-21T08:00:00Z"));
    EXPECT_EQ(ages.deviations.size(), 1U);
    const auto before = decoded(replace(xml, "stale=\"2026", "stale=\"2025"));
    EXPECT_EQ(only<model::UnitPosition>(before).stale, only<model::UnitPosition>(before).time);
    EXPECT_EQ(refused(replace(xml, "time=\"2026", "time=\"1970")).code, Code::outOfRange);
}

TEST(DecodeCot, brokenOnesAreRefusedWithTheirPlace) {
    struct Case {
        const char* name;
        std::string xml;
        std::uint64_t line;
        Code code;
    };
    const Case cases[] = {
        {"latitude over the pole", "\n" + event("a-f-G", "", "u", "\n<point lat=\"91\" lon=\"9\" ce=\"1\" le=\"1\" hae=\"0\"/>"), 3, Code::outOfRange},
        {"a latitude that is no number", event("a-f-G", "", "u", "\n<point lat=\"NaN\" lon=\"9\"/>"), 2, Code::malformed},
        {"no point", event("a-f-G", "", "u", ""), 1, Code::malformed},
        {"no uid", event("a-f-G", "", ""), 1, Code::malformed},
        {"a type of no kind", "\n\n" + event("q-1", ""), 3, Code::malformed},
        {"chat without a text", event("b-t-f", "\n<__chat chatroom=\"x\"/>"), 2, Code::malformed},
        {"an ellipse of nothing", event("u-d-c-c", "\n<shape>\n<ellipse major=\"-1\" minor=\"2\"/></shape>"), 3, Code::malformed},
        {"a link that is no place", event("b-m-r", "<link point=\"here\"/>"), 1, Code::malformed},
        {"cut off", event("a-f-G", "").substr(0, 200), 1, Code::malformed},
        {"an entity of its own", "<!DOCTYPE event [<!ENTITY x 'y'>]>" + event("a-f-G", "&x;"), 1, Code::malformed},
    };
    for (const auto& each : cases) {
        SCOPED_TRACE(each.name);
        const auto error = refused(each.xml, Format::cotXml);
        EXPECT_EQ(error.place.line, each.line) << error.message;
        EXPECT_EQ(error.code, each.code) << error.message;
    }
}

TEST(DecodeCot, isBoundedForHostileBytes) {
    std::string many;
    for (int i = 0; i < 60'000; ++i)
        many += "<event ";
    expectWhole(many, Format::cotXml);
    std::string opaque;
    for (int i = 0; i < 20'000; ++i)
        opaque += "<event><![CDATA[ ]";
    expectWhole(opaque, Format::cotXml);
    std::string comments;
    for (int i = 0; i < 100'000; ++i)
        comments += " <!-- </event ";
    expectWhole(comments, Format::cotXml);
}

TEST(DecodeCot, everyFileOfTheCorpora) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto folder = *root / "units/cot";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        SCOPED_TRACE(entry.path().filename().string());
        expectWhole(readFile(entry.path()), Format::cotXml);
    }
    const auto alert = only<model::Emergency>(decoded(readFile(folder / "fts-AlertTrouble.cot")));
    EXPECT_EQ(alert.unit.value, "ANDROID-352614100054990");
    EXPECT_EQ(alert.callSign, "helioClient1");
    EXPECT_EQ(alert.time, *base::parseTime("2022-10-18T13:31:42.224Z"));
    const auto circle = only<model::FieldMarker>(decoded(readFile(folder / "atak-Drawing_Shapes_-_Circle.cot")));
    EXPECT_EQ(circle.name, "Drawing Circle 1");
    EXPECT_EQ(circle.line.size(), 49U);
    EXPECT_NEAR(geo::distance(circle.line.front(), model::Position::trusted(38.83737606453269, -77.0729993250914)).value,
                226.98, 1);
    const auto hiker = only<model::FieldMarker>(decoded(readFile(folder / "atak-Marker_-_Icon_Set.cot")));
    EXPECT_EQ(hiker.name, "hiker 1");
    EXPECT_EQ(hiker.by, "HOPE");
    const auto health = decoded(readFile(folder / "fts-health.cot"));
    EXPECT_EQ(only<model::UnitPosition>(health).accuracyMetres, 114.0);
    EXPECT_EQ(health.faults.size(), 1U) << "its detail stands after its end";
    EXPECT_EQ(only<model::FieldMessage>(decoded(readFile(folder / "cotlib-chat_samples-simple_chat.xml"))).text, "Hello");
    EXPECT_EQ(refused(readFile(folder / "cotlib-geo-geo1.xml")).place.line, 4U) << "a chat message without a text";
}

} // namespace
