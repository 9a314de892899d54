#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string alert(const std::string& rest, const std::string& id = "POA-1-3") {
    return "{\"identifier\":\"" + id + "\",\"sender\":\"info@alertswiss.ch\",\"title\":{\"title\":\"Flood\"},"
           "\"nationWide\":false,\"allClear\":false,\"severity\":\"severe\",\"event\":\"Flood\"," + rest + "}";
}
const std::string sent = R"("sent":"Fri, 20.11.2026, 10:01")";

model::Warning only(const std::string& bytes) {
    const Decoded out = decoded(bytes);
    EXPECT_EQ(out.format, Format::alertswiss);
    return out.messages.size() == 1 ? std::get<model::Warning>(out.messages.front()) : model::Warning{};
}

TEST(DecodeAlertswiss, ALaterVersionUpdatesTheEarlierOnes) {
    const model::Warning warning = only(alert(sent));
    EXPECT_EQ(warning.msgType, "Update");
    ASSERT_EQ(warning.references.size(), 3U);
    EXPECT_EQ(warning.references.back().identifier, "POA-1-2");
    EXPECT_EQ(warning.references.back().sender, "info@alertswiss.ch");
    EXPECT_EQ(base::formatTime(warning.sent), "2026-11-20T09:01:00.000000Z"); // a Swiss clock
    EXPECT_EQ(warning.colour, model::Grade::II);
    EXPECT_EQ(only(alert(sent, "POA-1-1")).msgType, "Alert");
    EXPECT_THAT(only(alert(sent, "TEST-1163")).references, IsEmpty());
}

TEST(DecodeAlertswiss, AreasAndMarkup) {
    const model::Warning warning = only(
        alert(sent + R"(,"instructions":[{"text":"Stay &amp; wait<br/>now"}],"areas":[{"description":{"description":"Uri"},
        "polygons":[{"coordinates":[["46.1","8.1"],["46.2","8.1"],["46.2","8.2"],["46.1","8.1"]],"excludes":[]}],
        "circles":[{"centerPosition":["46.5","8.5"],"radius":"2"}],"regions":[{"region":"UR"}]}])"));
    ASSERT_EQ(warning.infos.size(), 1U);
    EXPECT_EQ(warning.infos[0].instruction, "Stay & wait\nnow");
    const model::WarningArea& area = warning.infos[0].areas.at(0);
    EXPECT_EQ(area.description, "Uri");
    EXPECT_EQ(area.polygons.at(0).size(), 4U);
    EXPECT_EQ(area.polygons.at(0).at(1), model::Position::trusted(46.2, 8.1));
    EXPECT_EQ(area.circles.at(0).radiusKm, 2);
    EXPECT_EQ(area.geocodes.at(0), (std::pair<std::string, std::string>("ISO 3166-2", "CH-UR")));
}

TEST(DecodeAlertswiss, ABadAlertOfSeveralIsAFault) {
    const std::string both = "{\"alerts\":[" + alert(sent) + ",\n" + alert("\"link\":\"x\"", "POA-2-1") + "]}";
    const Decoded out = decoded(both);
    EXPECT_EQ(out.messages.size(), 1U);
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_EQ(out.faults[0].error.place.line, 2U);
    EXPECT_THAT(out.faults[0].error.message, HasSubstr("without \"sent\""));
    EXPECT_EQ(out.faults[0].bytes, alert("\"link\":\"x\"", "POA-2-1"));
}

TEST(DecodeAlertswiss, WhatIsBrokenIsRefusedWithItsPlace) {
    EXPECT_THAT(refused(alert(R"("sent":"soon")")).message, HasSubstr("is not a time"));
    EXPECT_THAT(refused("{\"alerts\":3}", Format::alertswiss).message, HasSubstr("must be an array"));
    EXPECT_THAT(refused("[3]", Format::alertswiss).message, HasSubstr("must be an object"));
    EXPECT_EQ(refused(alert(sent + R"(,"areas":[{"polygons":[{"coordinates":[["146.1","8.1"],["46.2","8.1"],["46.2","8.2"]]}]}])")).code,
              base::Code::outOfRange);
    EXPECT_THAT(decoded("{\"alerts\":[]}", Format::alertswiss).messages, IsEmpty());
    Source signedOnly;
    signedOnly.signatureRules = SignatureRules::trustedOnly();
    EXPECT_FALSE(decode(alert(sent), std::nullopt, signedOnly));
    signedOnly.signatureRules.notSigned = SignatureAct::hold;
    const auto held = decode(alert(sent), std::nullopt, signedOnly);
    ASSERT_TRUE(held) << held.error().describe();
    EXPECT_EQ(std::get<model::Warning>(held->messages.at(0)).state, model::WarningState::held);
}

TEST(DecodeAlertswiss, RealAlerts) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const model::Warning clear = only(readFile(*root / "cap_other_json/kde-alertswiss-POA-1216107687-4.json"));
    EXPECT_EQ(clear.identifier, "POA-1216107687-4");
    EXPECT_EQ(clear.msgType, "Cancel");
    EXPECT_EQ(base::formatTime(clear.sent), "2025-06-20T08:01:29.000000Z");
    ASSERT_EQ(clear.infos.size(), 2U);
    EXPECT_EQ(clear.infos[0].language, "en");
    EXPECT_EQ(clear.infos[1].language, "fr");
    EXPECT_EQ(clear.infos[1].headline, "Fin d'alerte - Danger de chutes d’arbres");
    EXPECT_EQ(clear.infos[0].senderName, "Canton Valais");
    EXPECT_EQ(clear.infos[0].areas.at(0).polygons.at(0).size(), 438U);
    EXPECT_THAT(clear.infos[0].contact, HasSubstr("Ambulance: 144\n"));
    const model::Warning test = only(readFile(*root / "cap_other_json/kde-alertswiss-TEST-1163.json"));
    EXPECT_EQ(test.capStatus, "Test");
    EXPECT_EQ(test.msgType, "Alert");
}

} // namespace
} // namespace tocsin::ingest::test
