#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using model::Grade;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(DecodeCap, TakesAWholeMessage) {
    const auto warning = warningOf(ownFile("flood-two-languages.xml"));
    EXPECT_EQ(warning.version, "1.2");
    EXPECT_EQ(warning.identifier, "2.49.0.0.438.0.TOC.20261120.1");
    EXPECT_EQ(warning.sender, "warnings@county.example");
    EXPECT_EQ(base::formatTime(warning.sent), "2026-11-20T07:00:00.000000Z");
    EXPECT_EQ(warning.capStatus, "Exercise");
    EXPECT_EQ(warning.msgType, "Update");
    EXPECT_EQ(warning.scope, "Public");
    EXPECT_EQ(warning.source, "Duty desk");
    EXPECT_EQ(warning.note, "Second of the day");
    EXPECT_THAT(warning.deviations, IsEmpty());
    EXPECT_EQ(warning.signature, model::Signature::none);
    ASSERT_THAT(warning.references, SizeIs(2));
    EXPECT_EQ(warning.references[0].sender, "warnings@county.example");
    EXPECT_EQ(warning.references[0].identifier, "TOC.20261119.7");
    EXPECT_EQ(warning.references[1].identifier, "TOC.20261119.8");
    EXPECT_EQ(warning.references[1].sent, "2026-11-19T09:00:00+01:00");
    ASSERT_THAT(warning.infos, SizeIs(2));
    const auto& en = warning.infos[0];
    EXPECT_EQ(en.language, "en-US"); // not said, so CAP's default
    EXPECT_THAT(en.categories, testing::ElementsAre("Met", "Safety"));
    EXPECT_EQ(en.event, "Flood");
    EXPECT_THAT(en.responseTypes, testing::ElementsAre("Evacuate", "Monitor"));
    EXPECT_EQ(en.headline, "Rhine above the dyke's mark & rising");
    EXPECT_EQ(en.description, "Water <3.2 m> at Vaduz");
    EXPECT_THAT(en.eventCodes, testing::ElementsAre(std::pair<std::string, std::string>("SAME", "FLW")));
    EXPECT_THAT(en.parameters,
                testing::ElementsAre(std::pair<std::string, std::string>("awareness_level", "3; orange; Severe")));
    ASSERT_THAT(en.areas, SizeIs(2));
    EXPECT_EQ(en.areas[0].description, "Vaduz");
    ASSERT_THAT(en.areas[0].polygons, SizeIs(2));
    EXPECT_DOUBLE_EQ(en.areas[0].polygons[0][1].latitude(), 47.15);
    EXPECT_DOUBLE_EQ(en.areas[0].polygons[0][1].longitude(), 9.53);
    EXPECT_EQ(en.areas[0].polygons[1].front(), en.areas[0].polygons[1].back());
    ASSERT_THAT(en.areas[1].circles, SizeIs(1));
    EXPECT_DOUBLE_EQ(en.areas[1].circles[0].radiusKm, 2.5);
    EXPECT_THAT(en.areas[1].geocodes, testing::ElementsAre(std::pair<std::string, std::string>("LAU", "7001")));
    EXPECT_EQ(warning.infos[1].language, "zh-CN");
    EXPECT_EQ(warning.infos[1].event, "洪水橙色预警");
    EXPECT_EQ(warning.colour, Grade::II);
    ASSERT_TRUE(warning.expires);
    EXPECT_EQ(base::formatTime(*warning.expires), "2026-11-21T11:00:00.000000Z"); // the later of the two
}

TEST(DecodeCap, AnyPrefixAndVersion) {
    std::string text = Cap{}.text();
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"</", "</w:"}, {"xmlns=", "xmlns:w="}}) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    }
    std::string prefixed;
    for (std::size_t i = 0; i < text.size(); ++i) {
        prefixed += text[i];
        if (text[i] == '<' && text[i + 1] != '/')
            prefixed += "w:";
    }
    EXPECT_THAT(warningOf(prefixed).deviations, IsEmpty());
    EXPECT_EQ(warningOf(prefixed).identifier, "TOC-1");

    Cap old;
    old.version = "urn:oasis:names:tc:emergency:cap:1.1";
    EXPECT_EQ(warningOf(old.text()).version, "1.1");
    old.version = "http://www.incident.com/cap/1.0";
    old.rest = "<info><event>Flood</event><urgency>Immediate</urgency><severity>Minor</severity>"
               "<certainty>Very Likely</certainty><eventCode>SAME=FLW</eventCode><parameter>HSAS=ORANGE</parameter>"
               "<area><areaDesc>x</areaDesc><geocode>fips6=006017</geocode></area></info>";
    const auto warning = warningOf(old.text());
    EXPECT_EQ(warning.version, "1.0");
    EXPECT_THAT(warning.deviations, IsEmpty());
    EXPECT_EQ(warning.infos[0].eventCodes[0].first, "SAME");
    EXPECT_EQ(warning.infos[0].eventCodes[0].second, "FLW");
    EXPECT_EQ(warning.infos[0].areas[0].geocodes[0].second, "006017");
    EXPECT_EQ(warning.colour, Grade::II);

    Cap none;
    none.version = "";
    EXPECT_THAT(warningOf(none.text()).deviations, SizeIs(1));
}

TEST(DecodeCap, ReferencesMayBeWrittenInSeveralWays) {
    Cap cap;
    cap.rest = "<references>\n   a@b.c,id-1,2026-11-19T08:00:00+01:00\n\t Weather "
               "Office,id,with,commas,2026-11-19T09:00:00+01:00 "
               "loose-id other-id</references>";
    const auto warning = warningOf(cap.text());
    ASSERT_THAT(warning.references, SizeIs(4));
    EXPECT_EQ(warning.references[1].sender, "Weather Office");
    EXPECT_EQ(warning.references[1].identifier, "id,with,commas");
    EXPECT_EQ(warning.references[2].identifier, "loose-id");
    EXPECT_EQ(warning.references[3].identifier, "other-id");
    EXPECT_THAT(warning.deviations, SizeIs(1));
}

TEST(DecodeCap, StraysAreNotedWithTheirPlace) {
    struct Case {
        std::string rest;
        std::string note;
    };
    const Case cases[] = {
        {"<zebra/>", "unknown element <zebra> in <alert>"},
        {"<note>a</note><source>b</source>", "<source> stands after <note>, but belongs before it"},
        {"<note>a</note><note>b</note>", "a second <note> in <alert>"},
        {"<info><category>Met</category></info>", "<info> has no <event>"},
        {infoWith("", "<language>not a language</language>"), "is not a language tag"},
        {infoWith("<onset>2026-11-20T08:00:00Z</onset>"), "is not written as CAP 1.2 wants it"},
        {infoWith("<onset>2026-11-20T08:00:00.250+01:00</onset>"), "is not written as CAP 1.2 wants it"},
        {infoWith("<onset>2026-11-20T08:00:00</onset>"), "has no offset from UTC; taken as UTC"},
        {infoWith("<expires>soon</expires>"), "is not a time"},
        {infoWith("<parameter>level=4</parameter>"), "<parameter> has no <valueName> and <value>"},
        {infoWith("<resource><resourceDesc>map</resourceDesc></resource>"), "<resource> has no <mimeType>"},
        {"<note><b>bold</b></note>", "elements inside of <note>"},
        {"loose words", "text between the elements of <alert>"},
        {"<note lang=\"de\">a</note>", "has an attribute \"lang\""},
        {areaWith("<polygon>47,9 47,10 48,10</polygon>"), "was closed"},
        {areaWith("<polygon>47,9 47,10</polygon>"), "fewer than three different points"},
        {areaWith("<polygon>47 9 47 10 48 10 47 9</polygon>"), "not written as"},
        {areaWith("<polygon>47,9,3 47,10,3 48,10,3 47,9,3</polygon>"), "third number"},
        {areaWith("<polygon>97,17 97,18 98,18 97,17</polygon>"), "longitude before latitude"},
        {areaWith("<polygon>47,9 here,10 48,10 47,9</polygon>"), "\"here\" is not a number, so a polygon was left out"},
        {areaWith("<circle>47,9 1 2</circle>"), "a circle of 4 numbers was left out"},
        {"<info xmlns=\"urn:oasis:names:tc:emergency:cap:1.1\"/>", "in another version's namespace"},
    };
    for (const Case& one : cases) {
        Cap cap;
        cap.rest = one.rest;
        const auto warning = warningOf(cap.text());
        EXPECT_THAT(warning.deviations, testing::Contains(AllOf(HasSubstr(one.note), HasSubstr("line 1, column "))))
            << one.rest;
        EXPECT_EQ(warning.identifier, "TOC-1");
    }
}

TEST(DecodeCap, WordsInTheWrongCaseOrWithBlanksAreUnderstood) {
    Cap cap;
    cap.kind = "<status>actual</status><msgType> Update\n</msgType><scope>Everyone</scope>";
    const auto warning = warningOf(cap.text());
    EXPECT_EQ(warning.capStatus, "Actual");
    EXPECT_EQ(warning.msgType, "Update");
    EXPECT_EQ(warning.scope, "Everyone");
    EXPECT_THAT(warning.deviations, SizeIs(3));
}

TEST(DecodeCap, AWarningThatDoesNotSayItsKindIsTakenForReal) {
    Cap cap;
    cap.kind = "";
    const auto warning = warningOf(cap.text());
    EXPECT_EQ(warning.capStatus, "Actual");
    EXPECT_EQ(warning.msgType, "Alert");
    EXPECT_THAT(warning.deviations, SizeIs(3));
}

TEST(DecodeCap, TheBuddhistEraIsUnderstood) {
    Cap cap;
    cap.sent = "<sent>2569-11-20T08:00:00+07:00</sent>";
    const auto warning = warningOf(cap.text());
    EXPECT_EQ(base::formatTime(warning.sent), "2026-11-20T01:00:00.000000Z");
    EXPECT_THAT(warning.deviations, SizeIs(1));
}

TEST(DecodeCap, EmptyOptionalElementsSayNothingAndDeviateFromNothing) {
    Cap cap;
    cap.rest = "<references/><incidents/>" +
               infoWith("<area><areaDesc>x</areaDesc><polygon/><circle> </circle></area>", "<language/>");
    const auto warning = warningOf(cap.text());
    EXPECT_THAT(warning.deviations, IsEmpty());
    EXPECT_EQ(warning.infos[0].language, "en-US");
    EXPECT_THAT(warning.infos[0].areas[0].polygons, IsEmpty());
}

TEST(DecodeCap, TextThatStandsTwiceIsNotLost) {
    Cap cap;
    cap.rest = infoWith("<instruction>Leave the bank.</instruction><instruction>Call 118.</instruction>");
    EXPECT_EQ(warningOf(cap.text()).infos[0].instruction, "Leave the bank.\nCall 118.");
}

TEST(DecodeCap, WhatIsUselessOrDangerousIsRefusedAtItsPlace) {
    Cap cap;
    cap.identifier = "";
    EXPECT_THAT(refused(cap.text()).message, HasSubstr("no <identifier>"));
    cap = {};
    cap.sender = "<sender> </sender>";
    EXPECT_THAT(refused(cap.text()).message, HasSubstr("no <sender>"));
    cap = {};
    cap.sent = "";
    EXPECT_THAT(refused(cap.text()).message, HasSubstr("no <sent>"));

    cap = {};
    cap.sent = "\n<sent>yesterday</sent>";
    auto error = refused(cap.text());
    EXPECT_THAT(error.message, HasSubstr("<sent> \"yesterday\" is not a time"));
    EXPECT_EQ(error.place.line, 2U);
    EXPECT_EQ(error.place.column, 7U);

    cap = {};
    cap.rest = "\n" + areaWith("<polygon>47,9 47,10 &#52;8,10\n 91.5,9 47,9</polygon>");
    error = refused(cap.text());
    EXPECT_EQ(error.code, Code::outOfRange);
    EXPECT_THAT(error.message, HasSubstr("latitude 91.5"));
    EXPECT_EQ(error.place.line, 3U);
    EXPECT_EQ(error.place.column, 2U);
    EXPECT_EQ(cap.text().substr(*error.place.byte, 4), "91.5");

    for (const char* shape :
         {"<polygon>47,9 47,181 48,10 47,9</polygon>", "<polygon>nan,9 47,10 48,10 47,9</polygon>",
          "<polygon>1e999,9 47,10 48,10 47,9</polygon>", "<circle>47,9 -1</circle>", "<circle>47,9 30000</circle>",
          "<circle>-90.1,9 3</circle>", "<circle>47,9 inf</circle>"}) {
        cap = {};
        cap.rest = areaWith(shape);
        EXPECT_EQ(refused(cap.text()).code, Code::outOfRange) << shape;
    }
}

TEST(DecodeCap, SignatureIsNoticed) {
    Cap cap;
    cap.rest = "<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:SignedInfo/></ds:Signature>";
    EXPECT_EQ(warningOf(cap.text()).signature, model::Signature::unverified);
    EXPECT_THAT(warningOf(cap.text()).deviations, IsEmpty());
    cap.rest += "<note>after</note>";
    EXPECT_THAT(warningOf(cap.text()).deviations, SizeIs(1));
}

TEST(DecodeCap, ColourComesFromTheParametersElseFromTheSeverity) {
    const auto colour = [](const std::string& parameters, const std::string& severity) {
        Cap cap;
        cap.rest = "<info><category>Met</category><event>Wind</event><urgency>Past</urgency><severity>" + severity +
                   "</severity><certainty>Likely</certainty>" + parameters + "</info>";
        return warningOf(cap.text()).colour;
    };
    const auto parameter = [](const std::string& name, const std::string& value) {
        return "<parameter><valueName>" + name + "</valueName><value>" + value + "</value></parameter>";
    };
    EXPECT_EQ(colour("", "Extreme"), Grade::I);
    EXPECT_EQ(colour("", "Severe"), Grade::II);
    EXPECT_EQ(colour("", "Moderate"), Grade::III);
    EXPECT_EQ(colour("", "Minor"), Grade::IV);
    EXPECT_EQ(colour("", "Unknown"), Grade::IV);
    EXPECT_EQ(colour(parameter("awareness_level", "4; red; Extreme"), "Minor"), Grade::I);
    EXPECT_EQ(colour(parameter("awareness_level", "1; green; Minor"), "Severe"), Grade::IV);
    EXPECT_EQ(colour(parameter("ColorCode", "Yellow"), "Severe"), Grade::III);
    EXPECT_EQ(colour(parameter("AREA_COLOR", "255 0 0"), "Severe"), Grade::II); // no word, so the severity
    EXPECT_EQ(colour(parameter("预警等级", "红色"), "Minor"), Grade::I);
    EXPECT_EQ(colour(parameter("Colour", "reduced"), "Moderate"), Grade::III);
}

TEST(DecodeCap, EachInfoHasItsOwnColourWhereItIsAnother) {
    const auto info = [](const std::string& language, const std::string& event, const std::string& severity,
                         const std::string& colour, const std::string& code) {
        return "<info><language>" + language + "</language><category>Met</category><event>" + event +
               "</event><urgency>Immediate</urgency><severity>" + severity + "</severity><certainty>Likely</certainty>" +
               (colour.empty() ? "" : "<parameter><valueName>awareness_level</valueName><value>" + colour + "</value></parameter>") +
               "<area><areaDesc>" + event + "</areaDesc><geocode><valueName>EMMA_ID</valueName><value>" + code +
               "</value></geocode></area></info>";
    };
    Cap cap;
    cap.rest = info("en", "Heat", "Extreme", "4; red; Extreme", "AT001") + info("en", "Rain", "Moderate", "2; yellow; Moderate", "LI001") +
               info("de", "Regen", "Moderate", "", "LI001") + info("en", "Wind", "Extreme", "", "CH001");
    const auto warning = warningOf(cap.text());
    EXPECT_EQ(warning.colour, Grade::I);
    ASSERT_THAT(warning.infos, SizeIs(4));
    EXPECT_EQ(warning.infos[0].colour, std::nullopt) << "the message's";
    EXPECT_EQ(warning.infos[1].colour, Grade::III);
    EXPECT_EQ(warning.infos[2].colour, Grade::III) << "it tells the same in another language";
    EXPECT_EQ(warning.infos[3].colour, std::nullopt) << "by its severity";
    cap.rest = info("en", "Rain", "Moderate", "2; yellow; Moderate", "LI001") + info("en", "Wind", "Minor", "", "CH001") +
               info("en", "Heat", "Extreme", "", "AT001");
    const auto unnamed = warningOf(cap.text());
    EXPECT_EQ(unnamed.colour, Grade::III);
    EXPECT_EQ(unnamed.infos[1].colour, Grade::IV);
    EXPECT_EQ(unnamed.infos[2].colour, std::nullopt) << "no part is graver than the whole";
}

TEST(DecodeCap, ContainersGiveAllTheirAlerts) {
    Cap first;
    Cap second;
    second.identifier = "<identifier>TOC-2</identifier>";
    Cap bad;
    bad.sent = "<sent>never</sent>";
    const std::string feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<entry><content>" + first.text() +
                             "</content></entry>\n<entry>" + bad.text() + "</entry><entry>" + second.text() +
                             "</entry></feed>";
    const auto out = decoded(feed);
    EXPECT_EQ(out.format, Format::cap);
    ASSERT_THAT(out.messages, SizeIs(2));
    EXPECT_EQ(std::get<model::Warning>(out.messages[1]).identifier, "TOC-2");
    ASSERT_THAT(out.faults, SizeIs(1));
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(out.faults[0].bytes, bad.text());
    EXPECT_THAT(out.deviations, testing::Contains(HasSubstr("3 alerts stand inside of <feed>")));

    const auto error =
        refused("<rss version=\"2.0\"><channel><item><link>http://x.example/1.cap</link></item></channel></rss>",
                Format::cap);
    EXPECT_THAT(error.message, HasSubstr("an RSS feed of 1 entries without a CAP <alert>"));
    EXPECT_THAT(refused("<board><alerts><alert level=\"green\"/></alerts></board>").message, HasSubstr("<board>"));
}

} // namespace
} // namespace tocsin::ingest::test
