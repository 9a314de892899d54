#include "ingest/decode_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;

TEST(DecodeSniff, ToldByContent) {
    EXPECT_EQ(sniff(Cap{}.text()), Format::cap);
    EXPECT_EQ(sniff("\xEF\xBB\xBF \n<?xml version=\"1.0\"?><!-- <x> --><?pi y?>\n<c:alert>"), Format::cap);
    EXPECT_EQ(sniff(std::string("\xFF\xFE<\0a\0l\0e\0r\0t\0>\0", 16)), Format::cap);
    EXPECT_EQ(sniff("<feed xmlns='http://www.w3.org/2005/Atom'>"), Format::capIndex);
    EXPECT_EQ(sniff("<soap:Envelope><x xmlns='urn:oasis:names:tc:emergency:cap:1.2'>"), Format::cap);
    EXPECT_EQ(sniff("<!DOCTYPE alert [ <!ENTITY a \">\"> ]><alert>"),
              Format::cap); // refused later, for the right reason
    EXPECT_EQ(sniff("<quakeml>"), Format::quakeMl);
    EXPECT_EQ(sniff("<books>"), Format::unknown);
    EXPECT_EQ(sniff(R"({"sensor":"a","time":1,"value":2})"), Format::readingsNdjson);
    EXPECT_EQ(sniff("broken\n{\"sensor\":\"a\",\"time\":1,\"value\":2}\n"), Format::readingsNdjson);
    EXPECT_EQ(sniff(R"({"category":"fire","text":"x"})"), Format::reportJson);
    EXPECT_EQ(sniff(R"( [ {"text":"x","category":"fire"} ])"), Format::reportJson);
    EXPECT_EQ(sniff(R"({"features":[{"properties":{"mag":1,"net":"us"}}],"type":"FeatureCollection"})"),
              Format::usgsGeoJson);
    EXPECT_EQ(sniff(R"({"type":"FeatureCollection","features":[{"properties":{"name":"x"}}]})"), Format::unknown);
    EXPECT_EQ(sniff(R"({"mag":1})"), Format::unknown);
    EXPECT_EQ(sniff(""), Format::unknown);
    EXPECT_EQ(sniff(std::string(100'000, '\0')), Format::unknown);
    EXPECT_EQ(sniff(std::string(100'000, '[')), Format::unknown);
    EXPECT_EQ(sniff(std::string(100'000, '<')), Format::unknown);
}

TEST(DecodeSniff, TheUnknownIsNamed) {
    EXPECT_THAT(refused("").message, HasSubstr("an empty file"));
    EXPECT_THAT(refused(" \n").message, HasSubstr("nothing but blanks"));
    EXPECT_THAT(refused("a,b,c\n1,2,3\n").message, HasSubstr("a table"));
    EXPECT_THAT(refused("PK\x03\x04zzz").message, HasSubstr("ZIP"));
    EXPECT_THAT(refused("<books/>").message, HasSubstr("<books>"));
    EXPECT_THAT(refused(R"({"deviceInfo":{},"data":"AA=="})").message, HasSubstr("\"deviceInfo\", \"data\""));
    EXPECT_THAT(refused("hello there").message, HasSubstr("hello there"));
    EXPECT_THAT(refused(R"({"deviceInfo":)").message, HasSubstr("broken JSON"));
    EXPECT_EQ(refused(std::string(100'000, '[')).code, base::Code::tooLarge);
}

TEST(DecodeSniff, NamesGoBothWays) {
    for (const Format format :
         {Format::unknown, Format::readingsNdjson, Format::reportJson, Format::cap, Format::usgsGeoJson})
        EXPECT_EQ(formatFrom(toString(format)), format);
    EXPECT_FALSE(formatFrom("csv"));
}

} // namespace
} // namespace tocsin::ingest::test
