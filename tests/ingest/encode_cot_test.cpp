#include "tocsin/ingest/encode_cot.hpp"

#include <gtest/gtest.h>
#include <libxml/parser.h>

using namespace tocsin;

namespace {

ingest::CotOrder order() {
    return {"order-1", model::UnitId("ANDROID-1"), "Florian \"1\" <V>", "TOCSIN", "2026-0147/3: Seepage & more 渗漏",
            model::Position::trusted(47.14, 9.51), "Rhine dyke", *base::parseTime("2026-11-20T08:00:00Z")};
}

TEST(EncodeCot, isXmlOnePerLineWithTheUnitsOwnAddress) {
    const auto text = ingest::encodeCotOrder(order());
    std::size_t lines = 0;
    for (std::size_t at = 0; at < text.size(); ++lines) {
        const auto end = text.find('\n', at);
        ASSERT_NE(end, std::string::npos);
        const auto line = text.substr(at, end - at);
        auto* parsed = xmlReadMemory(line.data(), static_cast<int>(line.size()), "", nullptr, XML_PARSE_NONET);
        ASSERT_NE(parsed, nullptr) << line;
        auto* root = xmlDocGetRootElement(parsed);
        EXPECT_STREQ(reinterpret_cast<const char*>(root->name), "event");
        xmlFreeDoc(parsed);
        at = end + 1;
    }
    EXPECT_EQ(lines, 2U) << "the words, and the place";
    EXPECT_NE(text.find("callsign=\"Florian &quot;1&quot; &lt;V&gt;\""), std::string::npos) << text;
    EXPECT_NE(text.find("lat=\"47.140000\""), std::string::npos);
    EXPECT_NE(text.find("渗漏"), std::string::npos);
    EXPECT_NE(text.find("b-m-p-w-GOTO"), std::string::npos);
}

TEST(EncodeCot, withoutAPlaceThereIsNoWaypoint) {
    auto one = order();
    one.position.reset();
    EXPECT_EQ(ingest::encodeCotOrder(one).find("GOTO"), std::string::npos);
}

TEST(EncodeCot, aWayIsARouteOfFewPointsFromItsStartToItsEnd) {
    auto one = order();
    EXPECT_EQ(ingest::encodeCotOrder(one).find("b-m-r"), std::string::npos);
    for (int i = 0; i <= 1'000; ++i)
        one.way.push_back(model::Position::trusted(47 + i / 10'000.0, 9.5));
    const auto text = ingest::encodeCotOrder(one);
    const auto from = text.find("type=\"b-m-r\"");
    ASSERT_NE(from, std::string::npos);
    std::size_t points = 0;
    for (auto at = text.find("point=\"", from); at != std::string::npos; at = text.find("point=\"", at + 1))
        ++points;
    EXPECT_EQ(points, ingest::mostCheckpoints);
    EXPECT_NE(text.find("point=\"47.000000,9.500000\""), std::string::npos);
    EXPECT_NE(text.find("point=\"47.100000,9.500000\""), std::string::npos);
    const auto event = text.substr(text.rfind("<event"));
    auto* parsed = xmlReadMemory(event.data(), static_cast<int>(event.size()), "", nullptr, XML_PARSE_NONET);
    EXPECT_NE(parsed, nullptr);
    xmlFreeDoc(parsed);
    one.way = {one.way.front(), one.way.back()};
    EXPECT_NE(ingest::encodeCotOrder(one).find("b-m-r"), std::string::npos);
}

} // namespace
