#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>
#include <map>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string atom(const std::string& entries, const std::string& head = "") {
    return "<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<id>urn:x</id><title>t</title>" + head + entries + "</feed>";
}
std::string entry(const std::string& inside) {
    return "\n<entry><id>urn:1</id><updated>2026-11-20T08:00:00Z</updated>" + inside + "</entry>";
}
std::string rss(const std::string& items) {
    return "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>t</title><link>http://x/</link>\n" + items +
           "</channel></rss>";
}
base::Time at(const char* text) {
    return *base::parseTime(text);
}
std::vector<std::string> urlsOf(const Decoded& decoded) {
    std::vector<std::string> out;
    for (const Link& link : decoded.links)
        out.push_back(link.url);
    return out;
}

TEST(CapIndex, AnAtomEntryLeadsToItsCapMessage) {
    const Decoded out = decoded(
        atom(entry("<link rel=\"alternate\" type=\"text/html\" href=\"http://x/page\"/>"
                   "<link rel=\"related\" type=\"application/cap+xml\" href=\"cap/1.xml?a=1&amp;b=2\"/>")));
    EXPECT_EQ(out.format, Format::capIndex);
    ASSERT_EQ(out.links.size(), 1U);
    EXPECT_EQ(out.links[0].url, "cap/1.xml?a=1&b=2");
    EXPECT_EQ(out.links[0].id, "urn:1");
    EXPECT_EQ(out.links[0].updated, at("2026-11-20T08:00:00Z"));
    EXPECT_FALSE(out.links[0].nextPage);
    EXPECT_THAT(out.faults, IsEmpty());
    EXPECT_THAT(out.deviations, IsEmpty());
}

TEST(CapIndex, OfSeveralAddressesTheBestIsTaken) {
    EXPECT_THAT(urlsOf(decoded(atom(entry("<link href=\"a\"/><link type=\"application/xml\" href=\"b\"/>")))),
                ElementsAre("b"));
    EXPECT_THAT(urlsOf(decoded(atom(entry("<link rel=\"self\" href=\"a\"/><link href=\"b\"/>")))), ElementsAre("b"));
    EXPECT_THAT(urlsOf(decoded(atom(entry("<content type=\"application/cap+xml\" src=\"c\"/><link href=\"b\"/>")))),
                ElementsAre("c"));
    EXPECT_THAT(urlsOf(decoded(rss("<item><link>http://x/1</link><enclosure url=\"http://x/2\" length=\"1\" "
                                   "type=\"application/cap+xml\"/></item>"))),
                ElementsAre("http://x/2"));
}

TEST(CapIndex, PagesFollowOneAnother) {
    const Decoded out = decoded(atom(entry("<link href=\"a\"/>"), "<link rel=\"next\" href=\"?page=2\"/>"));
    ASSERT_EQ(out.links.size(), 2U);
    EXPECT_TRUE(out.links[0].nextPage);
    EXPECT_EQ(out.links[0].url, "?page=2");
    EXPECT_FALSE(out.links[1].nextPage);
}

TEST(CapIndex, AnRssItemByItsLinkItsGuidAndItsTime) {
    const Decoded out = decoded(rss("<item><link> http://x/1 </link><guid>G-1</guid>"
                                    "<pubDate>Wed, 11 Jun 2003 22:39:00 PDT</pubDate></item>"
                                    "<item><guid>http://x/2</guid><pubDate>4 Feb 11 20:32 +0100</pubDate></item>"
                                    "<item><link>http://x/3</link><pubDate>yesterday</pubDate></item>"
                                    "<item><link>http://x/1</link><guid>G-1</guid></item>"));
    ASSERT_THAT(urlsOf(out), ElementsAre("http://x/1", "http://x/2", "http://x/3"));
    EXPECT_EQ(out.links[0].id, "G-1");
    EXPECT_EQ(out.links[0].updated, at("2003-06-12T05:39:00Z"));
    EXPECT_EQ(out.links[1].updated, at("2011-02-04T19:32:00Z"));
    EXPECT_EQ(out.links[2].id, "http://x/3");
    EXPECT_FALSE(out.links[2].updated);
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("\"yesterday\"")));
}

TEST(CapIndex, RssOfRdf) {
    const Decoded out = decoded("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
                                "xmlns=\"http://purl.org/rss/1.0/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                                "<channel rdf:about=\"http://x/\"><title>t</title></channel>"
                                "<item rdf:about=\"http://x/1\"><link>http://x/1</link>"
                                "<dc:date>2026-11-20T08:00:00+01:00</dc:date></item></rdf:RDF>");
    ASSERT_THAT(urlsOf(out), ElementsAre("http://x/1"));
    EXPECT_EQ(out.links[0].updated, at("2026-11-20T07:00:00Z"));
}

TEST(CapIndex, AnEmptyOneIsFine) {
    for (const std::string& feed : {atom(""), rss("")}) {
        const Decoded out = decoded(feed);
        EXPECT_EQ(out.format, Format::capIndex);
        EXPECT_THAT(out.links, IsEmpty());
        EXPECT_THAT(out.messages, IsEmpty());
    }
}

TEST(CapIndex, WholeAlertsInAFeedStayCap) {
    const std::string feed = atom(entry("<content type=\"text/xml\">" + Cap{}.text() + "</content>") +
                                  entry("<link href=\"http://x/2\"/>"));
    for (const auto format : {std::optional<Format>(), std::optional(Format::capIndex)}) {
        const Decoded out = decoded(feed, format);
        EXPECT_EQ(out.format, Format::cap);
        EXPECT_EQ(out.messages.size(), 1U);
        EXPECT_THAT(urlsOf(out), ElementsAre("http://x/2"));
        EXPECT_THAT(out.faults, IsEmpty());
    }
}

TEST(CapIndex, AnEntryThatLeadsNowhereIsAFaultBesideTheOthers) {
    const Decoded out = decoded(atom(entry("<title>nothing</title>") + entry("<link href=\"http://x/2\"/>") +
                                     entry("<link href=\"javascript:alert(1)\"/>") +
                                     entry("<link type=\"text/html\" href=\"http://x/page\"/>")));
    EXPECT_THAT(urlsOf(out), ElementsAre("http://x/2"));
    ASSERT_EQ(out.faults.size(), 3U);
    EXPECT_THAT(out.faults[0].error.message, HasSubstr("without a link"));
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_THAT(out.faults[0].bytes, HasSubstr("<title>nothing</title>"));
    EXPECT_TRUE(out.faults[0].bytes.starts_with("<entry>"));
    EXPECT_TRUE(out.faults[0].bytes.ends_with("</entry>"));
    EXPECT_THAT(out.faults[1].error.message, HasSubstr("can be fetched"));
    EXPECT_EQ(out.faults[1].error.place.line, 5U);
    EXPECT_THAT(out.faults[2].error.message, HasSubstr("a page"));
}

struct Broken {
    std::string bytes;
    std::uint64_t line;
    std::string says;
};

TEST(CapIndex, WhatIsBrokenIsRefusedWithItsPlace) {
    const std::vector<Broken> cases{
        {atom(entry("")), 3, "without a link"},
        {rss("<item>\n</item>"), 3, "without a link"},
        {rss("<item><guid isPermaLink=\"false\">http://x/1</guid></item>"), 3, "without a link"},
        {"<rss version=\"2.0\"/>", 1, "without a <channel>"},
        {atom(entry("<link href=\"http://x/a b\"/>")), 3, "is not an address"},
        {atom(entry("<link href=\"file:///etc/passwd\"/>")), 3, "can be fetched"},
        {atom("\n\n<entry><id>1</id></feed>"), 4, "not well-formed"},
        {"<!DOCTYPE feed [\n<!ENTITY a \"b\">]>\n" + atom(""), 1, "document type"},
        {atom(entry("<link href=\"" + std::string(3'000, 'x') + "\"/>")), 3, "link"},
    };
    for (const Broken& one : cases) {
        SCOPED_TRACE(one.bytes.substr(0, 300));
        const base::Error error = refused(one.bytes, Format::capIndex);
        EXPECT_EQ(error.place.line, one.line);
        EXPECT_THAT(error.message, HasSubstr(one.says));
    }
    EXPECT_THAT(refused("<alerts/>", Format::capIndex).message, HasSubstr("<alerts>"));
}

TEST(CapIndex, TooManyEntriesAreRefused) {
    std::string items;
    for (int i = 0; i < 20'001; ++i)
        items += "<item/>";
    EXPECT_EQ(refused(rss(items), Format::capIndex).code, Code::tooLarge);
}

TEST(CapIndex, AFoldersPageListsItsFiles) {
    Source source;
    source.timeZone = "Europe/Berlin";
    const std::string page = "<html>\n<head><title>Index of /alerts/</title></head><body><h1>Index of /alerts/</h1><pre>"
                             "<a href=\"../\">../</a>\n"
                             "<a href=\"Z_CAP_1.zip\">Z_CAP_1.zip</a>   20-Nov-2026 08:00   12345\n"
                             "<a href=\"a%20b.xml?x=1&amp;y=2\">a b.xml</a>   2026-07-20 08:05   1\n"
                             "<a href=\"readme.txt\">readme.txt</a> 20-Nov-2026 08:00 1\n</pre></body></html>";
    EXPECT_EQ(sniff(page), Format::capIndex);
    const auto out = decode(page, std::nullopt, source);
    ASSERT_TRUE(out);
    ASSERT_THAT(urlsOf(*out), ElementsAre("Z_CAP_1.zip", "a%20b.xml?x=1&y=2"));
    EXPECT_EQ(out->links[0].updated, at("2026-11-20T07:00:00Z"));
    EXPECT_EQ(out->links[1].updated, at("2026-07-20T06:05:00Z"));
    EXPECT_EQ(sniff("<html><title>Welcome</title><a href=\"a.xml\">a</a></html>"), Format::unknown);
}

TEST(CapIndex, EveryFeedOfTheCorpusIsTakenOrRefusedWithAPlace) {
    const auto root = corpora();
    if (!root)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    struct Expected {
        Format format{Format::capIndex};
        std::size_t links{0};
        std::size_t messages{0};
        const char* refusal{nullptr};
    };
    const std::map<std::string, Expected> expected{
        {"fah-alerthub-rss-20160809.xml", {Format::capIndex, 1271}} /* one of 1,272 stands twice */,
        {"google-amber.atom", {Format::cap, 0, 1}},
        {"google-earthquake_index.atom", {Format::capIndex, 1}},
        {"google-invalid.rss", {.refusal = "without a link"}},
        {"google-no_entries.atom", {Format::cap, 0, 1}},
        {"google-no_link.atom", {.refusal = "without a link"}},
        {"google-ny_index.rss", {Format::capIndex, 2}},
        {"google-validator-amber.rss", {Format::capIndex, 1}},
        {"google-weather_index.atom", {Format::capIndex, 2}},
        {"google-xee.atom", {.refusal = "document type"}},
        {"kde-au-bom-en.rss.xml", {Format::capIndex, 1}},
        {"oasiscap-ipaws-5e6dd964023f1930ef638846.xml", {Format::cap, 0, 1}},
        {"oasiscap-ipaws-5e6ddbad023f1930ef6c1a5a.xml", {Format::cap, 0, 1}},
        {"oasiscap-ipaws-5ea321f39fc226a7b44b6874.xml", {Format::cap, 0, 1}},
    };
    for (const auto& [name, want] : expected) {
        SCOPED_TRACE(name);
        const std::string bytes = readFile(*root / "cap_feeds" / name);
        if (want.refusal != nullptr) {
            EXPECT_THAT(refused(bytes).message, HasSubstr(want.refusal));
            continue;
        }
        const Decoded out = decoded(bytes);
        EXPECT_EQ(out.format, want.format);
        EXPECT_EQ(out.links.size(), want.links);
        EXPECT_EQ(out.messages.size(), want.messages);
        EXPECT_THAT(out.faults, IsEmpty());
    }
    const Decoded quakes = decoded(readFile(*root / "cap_feeds/google-earthquake_index.atom"));
    EXPECT_EQ(quakes.links.at(0).url, "http://earthquake.usgs.gov/earthquakes/catalogs/cap/us2010apcd");
    EXPECT_EQ(quakes.links.at(0).id, "urn:earthquake-usgs-gov:us:2010apcd");
    EXPECT_EQ(quakes.links.at(0).updated, at("2010-08-30T23:25:40Z"));
    const Decoded bom = decoded(readFile(*root / "cap_feeds/kde-au-bom-en.rss.xml"));
    EXPECT_EQ(bom.links.at(0).id, "AusBoM-IDW20100-2026-01-01T05:01:02+00:00");
    EXPECT_EQ(bom.links.at(0).updated, at("2026-01-01T05:09:13Z"));
}

} // namespace
} // namespace tocsin::ingest::test
