#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::SensorKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string waterMl1(const std::string& values, const std::string& space = "1.1") {
    return "<timeSeriesResponse xmlns=\"http://www.cuahsi.org/waterML/" + space +
           "/\"><queryInfo/><timeSeries><sourceInfo><siteName>Muddy River</siteName><siteCode network=\"NWIS\" "
           "agencyCode=\"USGS\">01104683</siteCode><timeZoneInfo><defaultTimeZone zoneOffset=\"-05:00\"/></timeZoneInfo>"
           "<geoLocation><geogLocation><latitude>42.33</latitude><longitude>-71.11</longitude></geogLocation></geoLocation>"
           "</sourceInfo><variable><variableCode>00065</variableCode><variableName>Gage height, ft</variableName>"
           "<unit><unitCode>ft</unitCode></unit><options><option name=\"Statistic\" optionCode=\"00011\"/></options>"
           "<noDataValue>-999999.0</noDataValue></variable>" +
           values + "</timeSeries></timeSeriesResponse>";
}

TEST(DecodeWaterMl1, AGaugeAndItsReadings) {
    const auto out = decodedIn(waterMl1("<values><value qualifiers=\"P\" dateTime=\"2026-11-20T08:00:00.000-05:00\">2.99</value>"
                                        "<value dateTime=\"2026-11-20T08:15:00\">3.0</value>"
                                        "<value dateTime=\"2026-11-20T08:30:00\" timeOffset=\"-06:00\">3.1</value>"
                                        "<value dateTime=\"2026-11-20T08:45:00\" dateTimeUTC=\"2026-11-20T15:45:00\">3.2</value>"
                                        "<value qualifiers=\"P Ice\" dateTime=\"2026-11-20T09:00:00\">-999999</value>"
                                        "<value dateTime=\"2026-11-20T09:15:00\">-999999.00</value></values>"),
                               {}, Format::waterMl1);
    ASSERT_THAT(sensorsOf(out), SizeIs(1));
    EXPECT_EQ(sensorsOf(out)[0].name.text, "Muddy River: Gage height, ft");
    EXPECT_EQ(sensorsOf(out)[0].kind, SensorKind::riverLevel);
    std::vector<std::string> said;
    for (const auto& reading : readingsOf(out))
        said.push_back(test::said(reading));
    EXPECT_THAT(said, ElementsAre("usgs-01104683-00065 2026-11-20T13:00:00.000000Z 2.99 ft", "usgs-01104683-00065 2026-11-20T13:15:00.000000Z 3 ft",
                                  "usgs-01104683-00065 2026-11-20T14:30:00.000000Z 3.1 ft", "usgs-01104683-00065 2026-11-20T15:45:00.000000Z 3.2 ft"));
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("2 values are flagged")));
}

TEST(DecodeWaterMl1, BrokenOnesHaveAPlace) {
    expectRefused({{waterMl1("<values>\n<value dateTime=\"2026-11-20T08:00:00\">deep</value></values>"), "no number", 2},
                   {waterMl1("<values>\n\n<value dateTime=\"then\">1</value></values>"), "the value's time", 3},
                   {"<timeSeriesResponse xmlns=\"http://www.cuahsi.org/waterML/1.1/\">\n<timeSeries><values/></timeSeries></timeSeriesResponse>",
                    "its site and its variable", 2},
                   {waterMl1("<values>\n<value>"), "well-formed", 2},
                   {"<!DOCTYPE x [<!ENTITY a \"b\">]><timeSeriesResponse/>", "not allowed", 1},
                   {"<other/>", "not WaterML 1", 1}},
                  Format::waterMl1);
}

std::string waterMl2(const std::string& points, const std::string& id = "o1") {
    return "<wml2:Collection xmlns:wml2=\"http://www.opengis.net/waterml/2.0\" xmlns:gml=\"http://www.opengis.net/gml/3.2\" "
           "xmlns:om=\"http://www.opengis.net/om/2.0\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><wml2:observationMember><om:OM_Observation gml:id=\"" +
           id +
           "\"><om:observedProperty xlink:href=\"http://example.org/property/river-level\" xlink:title=\"River level\"/>"
           "<om:featureOfInterest xlink:title=\"Vaduz\"><wml2:MonitoringPoint gml:id=\"mp.7\"><gml:identifier>LI 7</gml:identifier><gml:Point>"
           "<gml:pos>47.14 9.52</gml:pos></gml:Point></wml2:MonitoringPoint></om:featureOfInterest><om:result><wml2:MeasurementTimeseries>"
           "<wml2:defaultPointMetadata><wml2:DefaultTVPMeasurementMetadata><wml2:uom code=\"m\"/></wml2:DefaultTVPMeasurementMetadata>"
           "</wml2:defaultPointMetadata>" +
           points + "</wml2:MeasurementTimeseries></om:result></om:OM_Observation></wml2:observationMember></wml2:Collection>";
}
std::string point(const std::string& inside) {
    return "<wml2:point><wml2:MeasurementTVP>" + inside + "</wml2:MeasurementTVP></wml2:point>";
}
std::string pair(const std::string& time, const std::string& value, const std::string& metadata = {}) {
    return point("<wml2:time>" + time + "</wml2:time>" + value +
                 (metadata.empty() ? "" : "<wml2:metadata><wml2:TVPMeasurementMetadata>" + metadata + "</wml2:TVPMeasurementMetadata></wml2:metadata>"));
}

TEST(DecodeWaterMl2, PairsOfTimeAndValue) {
    const auto out = decodedIn(
        waterMl2(point("<wml2:metadata/>") + pair("2026-11-20T08:00:00+01:00", "<wml2:value>1.25</wml2:value>") +
                 pair("2026-11-20T08:15:00+01:00", "<wml2:value xsi:nil=\"true\"/>") +
                 pair("2026-11-20T08:30:00+01:00", "<wml2:value>9</wml2:value>",
                      "<wml2:quality xlink:href=\"http://www.opengis.net/def/waterml/2.0/quality/missing\"/>") +
                 pair("2026-11-20", "<wml2:value>1.5</wml2:value>")),
        {.timeZone = "Europe/Vaduz"}, Format::waterMl2);
    ASSERT_THAT(sensorsOf(out), SizeIs(1));
    EXPECT_EQ(sensorsOf(out)[0].name.text, "Vaduz: River level");
    EXPECT_DOUBLE_EQ(sensorsOf(out)[0].position.latitude(), 47.14);
    ASSERT_THAT(readingsOf(out), SizeIs(2));
    EXPECT_EQ(said(readingsOf(out)[0]), "LI-7-river-level 2026-11-20T07:00:00.000000Z 1.25 m");
    EXPECT_EQ(said(readingsOf(out)[1]), "LI-7-river-level 2026-11-19T23:00:00.000000Z 1.5 m");
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("2 values are flagged")));
}

TEST(DecodeWaterMl2, BrokenOnesHaveAPlace) {
    expectRefused({{waterMl2("\n" + pair("2026-11-20T08:00:00Z", "<wml2:value>deep</wml2:value>")), "no number", 2},
                   {waterMl2("\n" + pair("when", "<wml2:value>1</wml2:value>")), "the value's time", 2},
                   {waterMl2("\n" + point("<wml2:value>1</wml2:value>")), "without a time", 2},
                   {"<Collection xmlns=\"urn:x\"/>", "not WaterML 2", 1}},
                  Format::waterMl2);
}

TEST(DecodeWaterMl, RealFiles) {
    const auto two = corpusFile("hydro/usgsR-WaterML2Example.xml", Format::waterMl2);
    if (!two)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    ASSERT_THAT(readingsOf(*two), SizeIs(8));
    EXPECT_EQ(said(readingsOf(*two)[2]), "usgs-01646500-00060-00003 2014-09-03T00:00:00.000000Z 2990 ft3/s");
    const auto daily = corpusFile("hydro/ulmo-usgs-nwis-site_01117800_daily.xml", Format::waterMl1);
    EXPECT_THAT(readingsOf(*daily), SizeIs(522));
    EXPECT_THAT(daily->deviations, ElementsAre(HasSubstr("10 values are flagged")));
    const auto methods = corpusFile("hydro/ulmo-usgs-nwis-site_08054500_multiple_methods.xml", Format::waterMl1);
    EXPECT_EQ(said(readingsOf(*methods).at(0)), "usgs-08054500-00062-m1 2015-12-16T06:00:00.000000Z 551.49 ft");
    const auto wof = corpusFile("hydro/ulmo-cuahsi-wof-get_values_1_1_ipswich_MMB_ipswich_Temp.xml", Format::waterMl1);
    ASSERT_THAT(readingsOf(*wof), SizeIs(112));
    EXPECT_EQ(said(readingsOf(*wof)[1]), "ipswich-MMB-Temp 1997-09-28T15:00:00.000000Z 8 °C");
    const auto old = corpusFile("hydro/ulmo-cuahsi-wof-get_values_1_0_MuddyRiver_MuddyRiver_14_MR_MuddyRiver_ACID.xml", Format::waterMl1);
    EXPECT_EQ(said(readingsOf(*old).at(0)), "MuddyRiver-MuddyRiver_14-MuddyRiver_ACID 2006-10-27T11:31:00.000000Z 6.6 mg/L");
    EXPECT_THAT(sensorsOf(*corpusFile("hydro/ulmo-cuahsi-wof-get_site_info_ipswich_MMB_1_1.xml", Format::waterMl1)), SizeIs(3));
    expectWholeFolder("hydro", "ulmo-");
}

} // namespace
} // namespace tocsin::ingest::test
