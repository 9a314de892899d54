// Mutual aid as OASIS EDXL-RM 1.0: its element names, and its schema where the corpora are there.
#include "tocsin/ingest/encode_edxl_rm.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <limits>

namespace tocsin::ingest {
namespace {

using testing::HasSubstr;

AidMessage message() {
    AidMessage m;
    m.request.number = "2026-0147/A1";
    m.request.items = {{"3010100", "Sandbags", 1500, "pcs"}, {"water-rescue", {}, 2, {}}};
    m.request.neededBy = base::parseTime("2026-11-20T09:00:00Z").value();
    m.request.message = "The dyke < 1 km & <seeping>";
    m.county = "Testshire";
    m.contact = "M. Keller";
    m.incidentNumber = "2026-0147";
    m.incidentTitle = "Seepage at the dyke";
    m.place = "Rhine dyke km 54.2";
    m.position = model::Position::trusted(47.129, 9.5115);
    m.sent = base::parseTime("2026-11-20T03:21:44Z").value();
    return m;
}

TEST(EdxlRm, NamesItsElementsAsTheStandardDoes) {
    const auto xml = encodeRequestResource(message());
    ASSERT_TRUE(xml) << xml.error().message;
    EXPECT_THAT(*xml, HasSubstr("<RequestResource xmlns=\"urn:oasis:names:tc:emergency:EDXL:RM:1.0:msg\""));
    for (const char* part :
         {"<MessageContentType>RequestResource</MessageContentType>", "<OriginatingMessageID>urn:uuid:",
          "<rm:IncidentID>2026-0147</rm:IncidentID>", "<rm:ContactRole>Sender</rm:ContactRole>",
          "<ResourceInfoElementID>2</ResourceInfoElementID>", "<rm:Amount>1500</rm:Amount>",
          "<ScheduleType>RequestedArrival</ScheduleType>", "<DateTime>2026-11-20T09:00:00.000000Z</DateTime>",
          "<rm:Value>3010100</rm:Value>", "<gml:pos>47.129 9.5115</gml:pos>", "&lt; 1 km &amp; &lt;seeping&gt;"})
        EXPECT_THAT(*xml, HasSubstr(part));
}

TEST(EdxlRm, AnExerciseSaysSo) {
    auto m = message();
    m.exercise = true;
    EXPECT_THAT(*encodeRequestResource(m), HasSubstr("<MessageDescription>EXERCISE EXERCISE EXERCISE."));
}

TEST(EdxlRm, RefusesWhatXmlCannotSay) {
    auto m = message();
    m.request.message = std::string("bell \x07");
    EXPECT_FALSE(encodeRequestResource(m));
    m = message();
    m.request.message = "\xff\xfe";
    EXPECT_FALSE(encodeRequestResource(m));
    m = message();
    m.request.items.clear();
    EXPECT_FALSE(encodeRequestResource(m));
    m = message();
    m.request.items[0].quantity = std::numeric_limits<double>::infinity();
    EXPECT_FALSE(encodeRequestResource(m));
}

TEST(EdxlRm, IsValidAgainstTheSchema) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto file = std::filesystem::path(corpora) / "schema/edxl-rm/EDXL-RMRequestResource.xsd";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no schema there";
    auto* parser = xmlSchemaNewParserCtxt(file.c_str());
    auto* schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    if (schema == nullptr)
        GTEST_SKIP() << "libxml2 cannot read the schema";
    for (const bool placed : {true, false}) {
        auto m = message();
        if (!placed) {
            m.position.reset();
            m.request.neededBy.reset();
        }
        const auto xml = encodeRequestResource(m);
        ASSERT_TRUE(xml);
        auto* document = xmlReadMemory(xml->data(), static_cast<int>(xml->size()), nullptr, nullptr, XML_PARSE_NONET);
        ASSERT_NE(document, nullptr);
        auto* valid = xmlSchemaNewValidCtxt(schema);
        EXPECT_EQ(xmlSchemaValidateDoc(valid, document), 0) << *xml;
        xmlSchemaFreeValidCtxt(valid);
        xmlFreeDoc(document);
    }
    xmlSchemaFree(schema);
}

} // namespace
} // namespace tocsin::ingest
