#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::SensorKind;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string block(const std::string& values, int method = 1) {
    return R"({"value":[)" + values + R"(],"method":[{"methodDescription":"","methodID":)" + std::to_string(method) + "}]}";
}
std::string value(const std::string& text, const std::string& flags = "\"P\"", const std::string& time = "2026-11-20T08:00:00.000-05:00") {
    return R"({"value":")" + text + R"(","qualifiers":[)" + flags + R"(],"dateTime":")" + time + "\"}";
}
std::string nwis(const std::string& blocks, const std::string& statistic = "00000") {
    return R"({"name":"ns1:timeSeriesResponseType","declaredType":"org.cuahsi.waterml.TimeSeriesResponseType","value":{"queryInfo":{},)"
           R"("timeSeries":[{"sourceInfo":{"siteName":"POTOMAC RIVER","siteCode":[{"value":"01646500","network":"NWIS","agencyCode":"USGS"}],)"
           R"("timeZoneInfo":{"defaultTimeZone":{"zoneOffset":"-05:00"}},"geoLocation":{"geogLocation":{"srs":"EPSG:4326","latitude":38.9,)"
           R"("longitude":-77.1}}},"variable":{"variableCode":[{"value":"00065"}],"variableName":"Gage height, ft","unit":{"unitCode":"ft"},)"
           R"("options":{"option":[{"name":"Statistic","optionCode":")" +
           statistic + R"("}]},"noDataValue":-999999.0},"values":[)" + blocks + R"(],"name":"USGS:01646500:00065:00000"}]}})";
}

TEST(DecodeNwis, AGaugeAndItsReadings) {
    const auto out = decodedIn(nwis(block(value("6.48") + "," + value("6.5", "\"A\"", "2026-11-20T08:15:00.000"))), {}, Format::nwisJson);
    ASSERT_THAT(sensorsOf(out), SizeIs(1));
    const auto sensor = sensorsOf(out)[0];
    EXPECT_EQ(sensor.id.value, "usgs-01646500-00065");
    EXPECT_EQ(sensor.name.text, "POTOMAC RIVER: Gage height, ft");
    EXPECT_EQ(sensor.kind, SensorKind::riverLevel);
    EXPECT_DOUBLE_EQ(sensor.position.latitude(), 38.9);
    const auto readings = readingsOf(out);
    ASSERT_THAT(readings, SizeIs(2));
    EXPECT_EQ(said(readings[0]), "usgs-01646500-00065 2026-11-20T13:00:00.000000Z 6.48 ft");
    EXPECT_EQ(said(readings[1]), "usgs-01646500-00065 2026-11-20T13:15:00.000000Z 6.5 ft"); // by the site's own zone
    EXPECT_THAT(out.deviations, IsEmpty());
}

TEST(DecodeNwis, FlaggedValuesAreNoReadingsButCounted) {
    const auto out = decodedIn(nwis(block(value("-999999") + "," + value("Ice") + "," + value("***") + "," + value("6.1", "\"P\",\"Eqp\"") +
                                          "," + value("6.2", "\"P\",\"e\""))),
                               {}, Format::nwisJson);
    ASSERT_THAT(readingsOf(out), SizeIs(1));
    EXPECT_DOUBLE_EQ(readingsOf(out)[0].value, 6.2);
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("4 values are flagged")));
    EXPECT_THAT(out.faults, IsEmpty());
}

TEST(DecodeNwis, StatisticsAndSeveralInstrumentsHaveNamesOfTheirOwn) {
    EXPECT_EQ(readingsOf(decodedIn(nwis(block(value("1")), "00003"), {}, Format::nwisJson)).at(0).sensor.value, "usgs-01646500-00065-00003");
    const auto two = readingsOf(decodedIn(nwis(block(value("1"), 7) + "," + block(value("2"), 8)), {.sensorPrefix = "p-"}, Format::nwisJson));
    ASSERT_THAT(two, SizeIs(2));
    EXPECT_EQ(two[0].sensor.value, "p-usgs-01646500-00065-m7");
    EXPECT_EQ(two[1].sensor.value, "p-usgs-01646500-00065-m8");
}

TEST(DecodeNwis, BrokenOnesHaveAPlace) {
    expectRefused({{nwis("\n" + block("\n" + value("deep"))), "no number", 3},
                   {nwis(block("\n" + value("1", "", "soon"))), "the value's time", 2},
                   {"{\"value\":{\n\"timeSeries\":[{\"variable\":{}}]}}", "its site and its variable", 2},
                   {"{\"value\":{\"queryInfo\":{}}}", "no \"timeSeries\"", 1},
                   {"{\"value\":\n3}", "must be an object", 2}},
                  Format::nwisJson);
    const auto half = decodedIn(nwis(block(value("1") + ",\n" + value("deep"))), {}, Format::nwisJson);
    EXPECT_THAT(readingsOf(half), SizeIs(1));
    ASSERT_THAT(half.faults, SizeIs(1));
    EXPECT_EQ(half.faults[0].error.place.line, 2U);
}

const std::string rdbHead = "# US Geological Survey\n#    USGS 02177000 CHATTOOGA RIVER NEAR CLAYTON, GA\n#\n";

TEST(DecodeRdb, SeveralTablesAndTimeZones) {
    const auto out = decodedIn(rdbHead + "agency_cd\tsite_no\tdatetime\ttz_cd\t1234_00065\t1234_00065_cd\t1235_00060\t1235_00060_cd\r\n"
                                         "5s\t15s\t20d\t6s\t14n\t10s\t14n\t10s\r\n"
                                         "USGS\t02177000\t2026-11-20 08:00\tEST\t1.52\tP\t\t\r\n"
                                         "USGS\t02177000\t2026-11-20 08:15\tEDT\tIce\tP\t400\tP:e\r\n"
                                         "# another site\n"
                                         "agency_cd\tsite_no\tdatetime\t01_00060_00003\t01_00060_00003_cd\n5s\t15s\t20d\t14n\t10s\n"
                                         "USGS\t03339000\t2026-11-19\t191\tA\n",
                               {.timeZone = "America/New_York"}, Format::usgsRdb);
    std::vector<std::string> said;
    for (const auto& reading : readingsOf(out))
        said.push_back(test::said(reading));
    EXPECT_THAT(said, ElementsAre("usgs-02177000-00065 2026-11-20T13:00:00.000000Z 1.52 ft",
                                  "usgs-02177000-00060 2026-11-20T12:15:00.000000Z 400 ft3/s",
                                  "usgs-03339000-00060-00003 2026-11-19T05:00:00.000000Z 191 ft3/s"));
    EXPECT_THAT(out.deviations, testing::Contains(HasSubstr("1 values are flagged")));
}

TEST(DecodeRdb, SiteFilesDescribeSensors) {
    const auto out = decodedIn("# US Geological Survey\nagency_cd\tsite_no\tstation_nm\tdec_lat_va\tdec_long_va\tparm_cd\n5s\t15s\t50s\t16s\t16s\t5s\n"
                               "USGS\t01646500\tPOTOMAC RIVER\t38.94\t-77.12\t00065\nUSGS\t01646501\tELSEWHERE\t38.95\t-77.13\t\n",
                               {}, Format::usgsRdb);
    ASSERT_THAT(sensorsOf(out), SizeIs(1));
    EXPECT_EQ(sensorsOf(out)[0].id.value, "usgs-01646500-00065");
    EXPECT_EQ(sensorsOf(out)[0].unit, "ft");
    EXPECT_DOUBLE_EQ(sensorsOf(out)[0].position.longitude(), -77.12);
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("1 sites without")));
}

TEST(DecodeRdb, BrokenOnesHaveAPlace) {
    const std::string table = rdbHead + "agency_cd\tsite_no\tdatetime\t01_00060\t01_00060_cd\n5s\t15s\t20d\t14n\t10s\n";
    expectRefused({{table + "USGS\t02177000\t2026-11-20 08:00\tmuch\tP\n", "no number", 6},
                   {table + "USGS\t02177000\tnever\t1\tP\n", "the time", 6},
                   {table + "USGS\t\t2026-11-20 08:00\t1\tP\n", "without a site", 6},
                   {rdbHead + "INDEP\tDEP\tSTOR\n16N\t16N\t1S\n1\t2\t*\n", "a rating", 4},
                   {rdbHead + "agency_cd\tsite_no\tmonth_nu\tmean_va\n", "statistics", 4},
                   {rdbHead + "agency_cd\tsite_no\tdatetime\n", "without a column of values", 4}},
                  Format::usgsRdb);
}

TEST(DecodeNwis, RealFiles) {
    const auto iv = corpusFile("hydro/usgs-waterservices_iv.txt", Format::nwisJson);
    if (!iv)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    ASSERT_THAT(readingsOf(*iv), SizeIs(20));
    EXPECT_EQ(said(readingsOf(*iv)[0]), "usgs-01491000-00060 2019-02-14T05:00:00.000000Z 974 ft3/s");
    EXPECT_EQ(sensorsOf(*iv).at(0).name.text, "CHOPTANK RIVER NEAR GREENSBORO, MD: Streamflow, ft³/s");
    EXPECT_DOUBLE_EQ(sensorsOf(*iv)[0].position.latitude(), 38.99719444);
    const auto rdb = corpusFile("hydro/usgsR-RDB1Example.txt", Format::usgsRdb);
    ASSERT_THAT(readingsOf(*rdb), SizeIs(31));
    EXPECT_EQ(said(readingsOf(*rdb)[3]), "usgs-02177000-00060-00003 2012-09-04T00:00:00.000000Z 722 ft3/s");
    EXPECT_THAT(refused(readFile(*corpora() / "hydro/usgs-waterservices_ratings.txt")).message, HasSubstr("a rating"));
    EXPECT_THAT(refused(readFile(*corpora() / "hydro/usgs-waterservices_stats.txt")).message, HasSubstr("statistics"));
    expectWholeFolder("hydro", "usgs");
}

} // namespace
} // namespace tocsin::ingest::test
