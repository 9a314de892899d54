// Mutual aid as OASIS EDXL-RM 1.0: its elements and their order, and its schema where the corpora are there.
#include "tocsin/ingest/encode_edxl_rm.hpp"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <gmock/gmock.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemas.h>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

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

/// Names of elements, each with those that it is in, as they follow one another.
void walk(const xmlNode* node, const std::string& in, std::vector<std::string>& names) {
    for (; node != nullptr; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        const std::string prefix = node->ns != nullptr && node->ns->prefix != nullptr
                                       ? std::string(reinterpret_cast<const char*>(node->ns->prefix)) + ":"
                                       : std::string();
        const std::string path = (in.empty() ? "" : in + "/") + prefix + reinterpret_cast<const char*>(node->name);
        names.push_back(path);
        walk(node->children, path, names);
    }
}
std::vector<std::string> elementsOf(const AidMessage& m) {
    std::vector<std::string> names;
    const auto xml = encodeRequestResource(m);
    EXPECT_TRUE(xml);
    const std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        xmlReadMemory(xml->data(), static_cast<int>(xml->size()), nullptr, nullptr, XML_PARSE_NONET), xmlFreeDoc);
    EXPECT_TRUE(document);
    if (document)
        walk(xmlDocGetRootElement(document.get())->children, "", names);
    return names;
}

// The order and what may not be missing: OASIS EDXL-RM-1.0-os (2009), 3.4.1, and the schemas that it names,
// EDXL-RMRequestResource.xsd, EDXL-RMCommonTypes.xsd and geo-oasis.xsd.
TEST(EdxlRm, ItsElementsFollowOneAnotherAsInTheStandard) {
    auto m = message();
    m.request.items.resize(1);
    EXPECT_THAT(elementsOf(m),
                testing::ElementsAre(
                    "MessageID", "SentDateTime", "MessageContentType", "MessageDescription", "OriginatingMessageID",
                    "IncidentInformation", "IncidentInformation/rm:IncidentID", "IncidentInformation/rm:IncidentDescription",
                    "ContactInformation", "ContactInformation/rm:ContactDescription", "ContactInformation/rm:ContactRole",
                    "ContactInformation", "ContactInformation/rm:ContactDescription", "ContactInformation/rm:ContactRole",
                    "ResourceInformation", "ResourceInformation/ResourceInfoElementID", "ResourceInformation/Resource",
                    "ResourceInformation/Resource/Name", "ResourceInformation/Resource/TypeStructure",
                    "ResourceInformation/Resource/TypeStructure/rm:ValueListURN",
                    "ResourceInformation/Resource/TypeStructure/rm:Value", "ResourceInformation/AssignmentInformation",
                    "ResourceInformation/AssignmentInformation/Quantity",
                    "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity",
                    "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity/rm:Amount",
                    "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity/rm:UnitOfMeasure",
                    "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity/rm:UnitOfMeasure/rm:ValueListURN",
                    "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity/rm:UnitOfMeasure/rm:Value",
                    "ResourceInformation/ScheduleInformation", "ResourceInformation/ScheduleInformation/ScheduleType",
                    "ResourceInformation/ScheduleInformation/DateTime", "ResourceInformation/ScheduleInformation/Location",
                    "ResourceInformation/ScheduleInformation/Location/rm:LocationDescription",
                    "ResourceInformation/ScheduleInformation/Location/rm:TargetArea",
                    "ResourceInformation/ScheduleInformation/Location/rm:TargetArea/gml:Point",
                    "ResourceInformation/ScheduleInformation/Location/rm:TargetArea/gml:Point/gml:pos"));
}

TEST(EdxlRm, WhatTheStandardRequiresIsThereThoughTheRequestSaysNothingElse) {
    AidMessage m;
    m.request.items = {{"water-rescue", {}, 2, {}}};
    m.sent = base::parseTime("2026-11-20T03:21:44Z").value();
    EXPECT_THAT(elementsOf(m),
                testing::ElementsAre("MessageID", "SentDateTime", "MessageContentType", "OriginatingMessageID", "ContactInformation",
                                     "ContactInformation/rm:ContactDescription", "ContactInformation/rm:ContactRole",
                                     "ResourceInformation", "ResourceInformation/ResourceInfoElementID",
                                     "ResourceInformation/Resource", "ResourceInformation/Resource/Name",
                                     "ResourceInformation/Resource/TypeStructure",
                                     "ResourceInformation/Resource/TypeStructure/rm:ValueListURN",
                                     "ResourceInformation/Resource/TypeStructure/rm:Value",
                                     "ResourceInformation/AssignmentInformation",
                                     "ResourceInformation/AssignmentInformation/Quantity",
                                     "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity",
                                     "ResourceInformation/AssignmentInformation/Quantity/rm:MeasuredQuantity/rm:Amount"));
    EXPECT_THAT(*encodeRequestResource(m), HasSubstr("<SentDateTime>2026-11-20T03:21:44.000000Z</SentDateTime>")) << "xsd:dateTime";
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

/// The schema's GML asks for one file of XLink that does not come with it, for one group of attributes that we do not write.
xmlExternalEntityLoader usualLoader = nullptr;
xmlParserInputPtr loadWithXlink(const char* url, const char* id, xmlParserCtxtPtr context) {
    static constexpr const char* group = "<schema xmlns=\"http://www.w3.org/2001/XMLSchema\" "
                                         "targetNamespace=\"http://www.w3.org/1999/xlink\">"
                                         "<attributeGroup name=\"simpleLink\"/></schema>";
    if (url != nullptr && std::string_view(url).ends_with("/xlinks.xsd"))
        return xmlNewStringInputStream(context, reinterpret_cast<const xmlChar*>(group));
    return usualLoader(url, id, context);
}

TEST(EdxlRm, IsValidAgainstTheSchema) {
    const char* corpora = std::getenv("TOCSIN_CORPORA");
    if (corpora == nullptr)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto file = std::filesystem::path(corpora) / "schema/edxl-rm/EDXL-RMRequestResource.xsd";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "no schema there";
    usualLoader = xmlGetExternalEntityLoader();
    xmlSetExternalEntityLoader(&loadWithXlink);
    auto* parser = xmlSchemaNewParserCtxt(file.c_str());
    auto* schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    xmlSetExternalEntityLoader(usualLoader);
    ASSERT_NE(schema, nullptr) << "libxml2 cannot read the schema";
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
