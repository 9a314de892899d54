#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string envelope(const std::string& content, const std::string& status = "Actual",
                     const std::string& version = "1.0") {
    const bool second = version == "2.0";
    return "<EDXLDistribution xmlns=\"urn:oasis:names:tc:emergency:EDXL:DE:" + version +
           "\">\n<distributionID>D-7</distributionID><senderID>desk@example.org</senderID>"
           "<dateTimeSent>2026-11-20T08:00:00-00:00</dateTimeSent><distributionStatus>" + status +
           "</distributionStatus><" + (second ? "distributionKind" : "distributionType") + ">Report</" +
           (second ? "distributionKind" : "distributionType") +
           "><combinedConfidentiality>none</combinedConfidentiality>\n<contentObject><xmlContent><embeddedXMLContent>" +
           content + "</embeddedXMLContent></xmlContent></contentObject></EDXLDistribution>";
}

TEST(DecodeEdxl, TheAlertIsTakenAndTheEnvelopeNoted) {
    for (const char* version : {"1.0", "2.0"}) {
        const Decoded out = decoded(envelope(Cap{}.text(), "Actual", version));
        EXPECT_EQ(out.format, Format::edxlDe);
        ASSERT_EQ(out.messages.size(), 1U);
        const auto& warning = std::get<model::Warning>(out.messages.front());
        EXPECT_EQ(warning.identifier, "TOC-1");
        EXPECT_EQ(warning.note, "EDXL-DE D-7, desk@example.org: Report, Actual");
        EXPECT_THAT(out.deviations, IsEmpty());
    }
}

TEST(DecodeEdxl, AStatusThatContradictsTheAlertIsADeviation) {
    const Decoded out = decoded(envelope(Cap{}.text(), "Exercise"));
    EXPECT_THAT(out.deviations, Contains(HasSubstr("the envelope's status is \"Exercise\", the alert's \"Actual\"")));
}

TEST(DecodeEdxl, WhatTheEnvelopeLacksIsADeviation) {
    std::string text = envelope(Cap{}.text());
    text.replace(text.find("<senderID>"), std::string("<senderID>desk@example.org</senderID>").size(), "");
    EXPECT_THAT(decoded(text).deviations, Contains(HasSubstr("line 1, column 1: the envelope has no <senderID>")));
}

TEST(DecodeEdxl, WhatHasNoAlertIsRefusedWithItsPlace) {
    const base::Error empty = refused(envelope("<other xmlns=\"urn:x\"/>"));
    EXPECT_THAT(empty.message, HasSubstr("1 contents, and no CAP <alert>"));
    EXPECT_EQ(empty.place.line, 1U);
    const base::Error broken = refused(envelope("<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\">"));
    EXPECT_EQ(broken.place.line, 3U);
    EXPECT_THAT(refused("<alert/>", Format::edxlDe).message, HasSubstr("no EDXL-DE envelope"));
}

TEST(DecodeEdxl, OneBadAlertIsAFaultBesideTheOthers) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const Decoded out = decoded(readFile(*root / "edxl/google-bushfire_invalid.edxlde"));
    EXPECT_EQ(out.messages.size(), 6U);
    ASSERT_EQ(out.faults.size(), 1U);
    EXPECT_THAT(out.faults[0].error.message, HasSubstr("no <identifier>"));
    EXPECT_EQ(out.faults[0].error.place.line, 94U);
    const auto& first = std::get<model::Warning>(out.messages.front());
    EXPECT_EQ(first.identifier, "tag:www.rfs.nsw.gov.au2011-10-18:40500");
    EXPECT_THAT(first.note, HasSubstr("RFSuniqueID12345, webmaster@rfs.nsw.gov.au: Report, Actual"));
}

} // namespace
} // namespace tocsin::ingest::test
