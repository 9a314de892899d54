#include "decode_support.hpp"

namespace tocsin::ingest {
namespace {

using test::corpora;
using test::decoded;
using test::readFile;
using test::refused;

std::vector<model::Report> reportsIn(std::string_view bytes, Format format) {
    const auto out = decoded(bytes);
    EXPECT_EQ(out.format, format);
    std::vector<model::Report> reports;
    for (const auto& message : out.messages)
        if (const auto* report = std::get_if<model::Report>(&message))
            reports.push_back(*report);
    return reports;
}

TEST(Ushahidi, aPostOfTheWebhookBecomesAReport) {
    const auto reports = reportsIn(
        R"({"id":17,"url":"http://x/17","title":"Bridge gone","content":"<p>Over the Rhine &amp; more</p>",
            "author_realname":"Ann","author_email":"ann@example.org","status":"published",
            "created":"2026-11-20T08:00:00+00:00","values":{"loc":[{"lat":47.1,"lon":9.5}]},"tags":["Road"]})",
        Format::ushahidi);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].sourceId, "17");
    EXPECT_EQ(reports[0].text, "Bridge gone\nOver the Rhine & more");
    EXPECT_EQ(reports[0].category, "road");
    EXPECT_EQ(reports[0].contact.email, "ann@example.org");
    EXPECT_DOUBLE_EQ(reports[0].position->latitude(), 47.1);
    EXPECT_EQ(base::formatTime(reports[0].happenedAt), "2026-11-20T08:00:00.000000Z");
}

TEST(Ushahidi, incidentsOfVersionTwo) {
    const auto reports = reportsIn(
        R"({"payload":{"incidents":[{"incident":{"incidentid":"5","incidenttitle":"Fire","incidentdescription":"Big",
            "incidentdate":"2010-01-16 12:00:00","locationname":"Vaduz","locationlatitude":"47.1",
            "locationlongitude":"9.5"},"categories":[{"category":{"id":1,"title":"Fires"}}]}]},
            "error":{"code":"0"}})",
        Format::ushahidi);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].text, "Fire\nBig");
    EXPECT_EQ(reports[0].category, "fire");
    EXPECT_EQ(reports[0].place, "Vaduz");
}

TEST(Ushahidi, reportsOfCogniCity) {
    const auto reports = reportsIn(
        R"({"statusCode":200,"result":{"type":"FeatureCollection","features":[{"type":"Feature","geometry":
            {"type":"Point","coordinates":[106.8,-6.2]},"properties":{"pkey":"308","created_at":
            "2026-11-20T01:00:00.000Z","status":"confirmed","disaster_type":"flood","report_data":{"report_type":
            "flood","flood_depth":70},"title":null,"text":"Banjir","image_url":null}}]}})",
        Format::ushahidi);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].sourceId, "308");
    EXPECT_EQ(reports[0].category, "flood");
    EXPECT_EQ(reports[0].text, "Banjir\nFlood depth 70 cm");
    EXPECT_DOUBLE_EQ(reports[0].position->latitude(), -6.2);
}

TEST(Ushahidi, aBadOneOfManyIsNamedWithItsPlace) {
    const auto out = decoded("{\"incidents\":[\n{\"incident\":{\"incidentid\":1,\"incidenttitle\":\"Flood\"}},\n"
                             "{\"incident\":{\"incidenttitle\":\"no id\"}},\n{\"incident\":{\"incidentid\":2}}]}");
    EXPECT_EQ(out.messages.size(), 1U);
    ASSERT_EQ(out.faults.size(), 2U);
    EXPECT_EQ(out.faults[0].error.place.line, 3U);
    EXPECT_EQ(out.faults[1].error.place.line, 4U);
}

TEST(ReportTable, columnsAreKnownByTheirWords) {
    const auto reports = reportsIn("Datum;Ort;Meldung;Lat;Lon;Phone\n20.11.2026 08:15;Vaduz;\"Keller; voll \"\"Wasser\"\"\";"
                                   "47.1;9.5;+423 1\n",
                                   Format::reportCsv);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].text, "Keller; voll \"Wasser\"");
    EXPECT_EQ(reports[0].place, "Vaduz");
    EXPECT_EQ(reports[0].contact.phone, "+423 1");
    EXPECT_EQ(base::formatTime(reports[0].happenedAt), "2026-11-20T08:15:00.000000Z");
    EXPECT_TRUE(reports[0].sourceId.starts_with("content:"));
}

TEST(ReportTable, datesAreReadByTheWholeTable) {
    const auto first = [](const std::string& rows) {
        return base::formatTime(reportsIn("text,date,place\n" + rows, Format::reportCsv).at(0).happenedAt).substr(0, 16);
    };
    EXPECT_EQ(first("a,03/04/2026 2:15 PM,x\nb,13/04/2026,x\n"), "2026-04-03T14:15");
    EXPECT_EQ(first("a,03/04/2026 12:05 AM,x\nb,03/14/2026,x\n"), "2026-03-04T00:05");
    EXPECT_EQ(first("a,4/03/12,x\n"), "2012-03-04T00:00");
    EXPECT_EQ(first("a,2026/3/4 7:00,x\n"), "2026-03-04T07:00");
    EXPECT_EQ(first("a,2026-03-04,x\n"), "2026-03-04T00:00");
}

TEST(ReportTable, whoToldIsKeptApartAndColumnsThatNobodyKnowsAreNamed) {
    const auto out = decoded("Datum;Meldung;Ort;Telefon;Name;Anzahl Personen\n20.11.2026 08:15;Keller voll;Vaduz;+423 1;R. Frick;3\n",
                             Format::reportCsv);
    ASSERT_EQ(out.messages.size(), 1U);
    const auto& report = std::get<model::Report>(out.messages[0]);
    EXPECT_EQ(report.contact.phone, "+423 1");
    EXPECT_EQ(report.contact.name, "R. Frick");
    EXPECT_EQ(report.text, "Keller voll") << "a name belongs to the contact, not into the journal";
    ASSERT_EQ(out.deviations.size(), 1U);
    EXPECT_NE(out.deviations[0].find("the column \"Anzahl Personen\" was not used"), std::string::npos) << out.deviations[0];
    const auto chinese = reportsIn("日期,内容,地址,联系人,电话,邮箱\n2026-11-20 08:15,进水,瓦杜兹,李,139,li@example.org\n", Format::reportCsv);
    ASSERT_EQ(chinese.size(), 1U);
    EXPECT_EQ(chinese[0].contact.name, "李");
    EXPECT_EQ(chinese[0].contact.phone, "139");
    EXPECT_EQ(chinese[0].contact.email, "li@example.org");
}

TEST(ReportTable, whatSaysNoDateIsKnownByItsWords) {
    for (const char* table : {"id,category,text,latitude,longitude\n1,flood,wet,47.1,9.5\n", "category,text,place\nflood,wet,Vaduz\n",
                              "编号,类别,内容,纬度,经度\n1,水灾,进水,47.1,9.5\n", "Kategorie;Beschreibung;Ort\nWasser;Keller voll;Vaduz\n"})
        EXPECT_EQ(sniff(table), Format::reportCsv) << table;
    // Registers: what they list has a name, and a description of it is no report.
    for (const char* table : {"Name,Type,Description,Lat,Lon\nSpital,hospital,64 beds,47.1,9.5\n", "Type,Comments,KV:EMS\nFire,any,1\n",
                              "description,address\nDefibrillator,Aeulestrasse 5\n", "Name,Kategorie,Ort\nSpital,A,Vaduz\n"})
        EXPECT_EQ(sniff(table), Format::unknown) << table;
    const auto why = refused("description,address,code\nDefibrillator,Aeulestrasse 5,7\n").message;
    EXPECT_NE(why.find("report-csv"), std::string::npos) << why;
}

TEST(ReportTable, whatIsNoTableOfReportsIsNotTaken) {
    for (const std::string& bytes : std::vector<std::string> {"name,population\nVaduz,5000\n", "callsign,lat,lon,text\nA,1,2,x\n", "a,b\n1,2\n"})
        EXPECT_NE(sniff(bytes), Format::reportCsv) << bytes;
    EXPECT_EQ(refused("name,population\nVaduz,5000\n", Format::reportCsv).place.line, 1U);
    EXPECT_EQ(refused(std::string("text,place\nx\0y,z\n", 17), Format::reportCsv).place.line, 2U);
    EXPECT_EQ(refused("text,place,type\n,Vaduz,\n", Format::reportCsv).place.line, 2U);
}

TEST(ReportTable, whatSpreadsheetsWriteIsRead) {
    Source source;
    const auto western = decode("text,place\nGel\xE4nde \xFC" "berflutet,Vaduz\n", Format::reportCsv, source);
    ASSERT_TRUE(western);
    EXPECT_EQ(std::get<model::Report>(western->messages.at(0)).text, "Gelände überflutet");
    source.timeZone = "Asia/Shanghai";
    const auto chinese = decode("text,place\n\xBA\xE9\xCB\xAE,x\n", Format::reportCsv, source);
    ASSERT_TRUE(chinese);
    EXPECT_EQ(std::get<model::Report>(chinese->messages.at(0)).text, "洪水");
}

TEST(ReportTable, theCorpusIsTaken) {
    const auto folder = corpora();
    if (!folder)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto haiti = reportsIn(readFile(*folder / "reports/ushahidi-haiti-2010-give.csv"), Format::ushahidi);
    EXPECT_GT(haiti.size(), 1'700U);
    EXPECT_EQ(haiti.at(0).sourceId, "4052");
    EXPECT_EQ(haiti.at(0).place, "Jacmel, Haiti");
    EXPECT_EQ(base::formatTime(haiti.at(0).happenedAt), "2010-07-05T17:26:00.000000Z");
    EXPECT_DOUBLE_EQ(haiti.at(0).position->latitude(), 18.233333);
    const auto sahana = reportsIn(readFile(*folder / "reports/sahana-IFRC-Train-incident_report.csv"), Format::reportCsv);
    EXPECT_GT(sahana.size(), 50U);
    EXPECT_EQ(sahana.at(0).text, "Sabagulau – High Water");
    EXPECT_EQ(sahana.at(0).category, "flood");
    EXPECT_EQ(sahana.at(0).place, "Ainaro, TL");
    EXPECT_EQ(base::formatTime(sahana.at(0).happenedAt), "2012-03-04T00:00:00.000000Z");
    const auto sample = reportsIn(readFile(*folder / "reports/ushahidi-sample.csv"), Format::reportCsv);
    ASSERT_EQ(sample.size(), 2U);
    EXPECT_EQ(sample[0].text, "Missing person\nJoseph Pata\nLast seen in Central Market");
    EXPECT_EQ(sample[0].category, "injury");
    const auto shapes = reportsIn(readFile(*folder / "reports/ushahidi-test.geojson"), Format::ushahidi);
    EXPECT_GT(shapes.size(), 5U);
    const auto areas = reportsIn(readFile(*folder / "reports/petabencana-flood_data.json"), Format::ushahidi);
    EXPECT_GT(areas.size(), 100U);
    EXPECT_EQ(areas.at(0).category, "flood");
    EXPECT_EQ(areas.at(0).place, "RW 07, JELAMBAR BARU, Jakarta");
    EXPECT_EQ(areas.at(0).sourceId, "area:3174040007007000@2017-02-21T01:39:36.885Z");
    EXPECT_GT(areas.at(0).accuracyMetres.value_or(0), 100);
    EXPECT_EQ(refused(readFile(*folder / "reports/inasafe-census.geojson")).place.byte, 0U);
}

} // namespace
} // namespace tocsin::ingest
