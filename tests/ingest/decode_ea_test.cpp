#include "ingest/water_support.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using model::Grade;
using model::SensorKind;
using model::Warning;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string answer(const std::string& items) {
    return R"({"@context":"http://environment.data.gov.uk/flood-monitoring/meta/context.jsonld","meta":{"publisher":)"
           R"("Environment Agency","version":"0.9","limit":500},"items":)" +
           items + "}";
}

const std::string measureUrl = "http://environment.data.gov.uk/flood-monitoring/id/measures/1491TH-level-stage-i-15_min-mASD";

TEST(DecodeEa, Readings) {
    const auto out = decodedIn(answer(R"([{"@id":"x","dateTime":"2026-11-20T08:00:00Z","measure":")" + measureUrl +
                                      R"(","value":0.312},{"@id":"y","dateTime":"2026-11-20T08:15:00Z","measure":{"@id":")" + measureUrl +
                                      R"("},"value":"0.314"},{"dateTime":"2026-11-20T08:30:00Z","measure":")" + measureUrl +
                                      R"(","value":null}])"),
                               {.sensorPrefix = "uk/"}, Format::eaFlood);
    const auto readings = readingsOf(out);
    ASSERT_THAT(readings, SizeIs(2));
    EXPECT_EQ(said(readings[0]), "uk/ea-1491TH-level-stage-i-15_min-mASD 2026-11-20T08:00:00.000000Z 0.312 m");
    EXPECT_EQ(said(readings[1]), "uk/ea-1491TH-level-stage-i-15_min-mASD 2026-11-20T08:15:00.000000Z 0.314 m");
    ASSERT_THAT(out.deviations, SizeIs(1));
    EXPECT_THAT(out.deviations[0], HasSubstr("1 values are flagged"));
    EXPECT_EQ(readingsOf(decodedIn(answer(R"([{"dateTime":"2026-11-20T08:00:00Z","measure":")" + measureUrl + R"(","value":1}])"),
                                   {.units = {{"mASD", "ft"}}}, Format::eaFlood))
                  .at(0)
                  .unit,
              "ft");
}

TEST(DecodeEa, AStationWithItsMeasuresAndTheirLatestReadings) {
    const auto out = decodedIn(
        answer(R"([{"@id":"s","label":["Bourton","Bourton"],"lat":[51.874767,51.8],"long":-1.740083,"riverName":"River Dikler",)"
               R"("stationReference":"1029TH","measures":[{"@id":")" +
               measureUrl +
               R"(","parameter":"level","parameterName":"Water Level","qualifier":"Stage","unitName":"mASD","period":900,)"
               R"("latestReading":{"dateTime":"2026-11-20T08:00:00Z","value":0.1}},{"@id":"http://x/id/measures/1029TH-rainfall-t-15_min-mm",)"
               R"("parameter":"rainfall","parameterName":"Rainfall","qualifier":"Tipping Bucket Raingauge","unitName":"mm","period":900}]}])"),
        {}, Format::eaFlood);
    const auto sensors = sensorsOf(out);
    ASSERT_THAT(sensors, SizeIs(2));
    EXPECT_EQ(sensors[0].id.value, "ea-1491TH-level-stage-i-15_min-mASD");
    EXPECT_EQ(sensors[0].name.text, "Bourton: Water Level Stage");
    EXPECT_EQ(sensors[0].kind, SensorKind::riverLevel);
    EXPECT_EQ(sensors[0].unit, "m");
    EXPECT_DOUBLE_EQ(sensors[0].position.latitude(), 51.874767);
    EXPECT_DOUBLE_EQ(sensors[0].position.longitude(), -1.740083);
    EXPECT_EQ(sensors[1].kind, SensorKind::rain);
    EXPECT_EQ(sensors[1].unit, "mm");
    EXPECT_THAT(readingsOf(out), SizeIs(1));
    EXPECT_THAT(out.deviations, ElementsAre("1 items give several values where one is meant: the first is taken"));
}

std::string flood(int level, const std::string& changed) {
    return R"({"@id":"http://environment.data.gov.uk/flood-monitoring/id/floods/92098","description":"River Thames at Oxford","floodAreaID":)"
           R"("061FWF23Oxford","message":"Take care.","severity":"x","severityLevel":)" +
           std::to_string(level) + R"(,"timeRaised":"2026-11-19T08:00:00","timeMessageChanged":")" + changed + "\"}";
}

TEST(DecodeEa, FloodsAreWarningsBySeverityLevel) {
    struct Case {
        int level;
        const char* severity;
        Grade colour;
        const char* type;
    };
    for (const auto& one : {Case{1, "Extreme", Grade::I, "Update"}, Case{2, "Severe", Grade::II, "Update"},
                            Case{3, "Moderate", Grade::III, "Update"}, Case{4, "Minor", Grade::IV, "Cancel"}}) {
        const auto out = decodedIn(answer("[" + flood(one.level, "2026-11-20T08:00:00") + "]"), {.timeZone = "Europe/London"}, Format::eaFlood);
        const auto warnings = allOf<Warning>(out);
        ASSERT_THAT(warnings, SizeIs(1));
        EXPECT_EQ(warnings[0].infos.at(0).severity, one.severity);
        EXPECT_EQ(warnings[0].colour, one.colour);
        EXPECT_EQ(warnings[0].msgType, one.type);
        EXPECT_EQ(warnings[0].identifier, "ea-flood-061FWF23Oxford");
        EXPECT_EQ(base::formatTime(warnings[0].sent), "2026-11-20T08:00:00.000000Z");
        ASSERT_THAT(warnings[0].references, SizeIs(1)); // whatever state it had before
        EXPECT_EQ(warnings[0].references[0].identifier, warnings[0].identifier);
        EXPECT_EQ(warnings[0].infos[0].areas.at(0).geocodes.at(0).second, "061FWF23Oxford");
        EXPECT_EQ(warnings[0].infos[0].description, "Take care.");
    }
}

TEST(DecodeEa, FloodAreasAreKnownAndBringNothing) {
    const auto out = decodedIn(answer(R"([{"@id":"a","fwdCode":"061FWF23Oxford","label":"Thames","lat":51.7,"long":-1.2}])"), {}, Format::eaFlood);
    EXPECT_THAT(out.messages, IsEmpty());
    EXPECT_THAT(out.deviations, ElementsAre(HasSubstr("1 flood areas")));
    EXPECT_THAT(decodedIn(answer("[]"), {}, Format::eaFlood).messages, IsEmpty());
}

TEST(DecodeEa, BrokenOnesHaveAPlace) {
    expectRefused({{answer("[\n{\"dateTime\":\"yesterday\",\"measure\":\"m/1\",\"value\":1}]"), "the value's time", 2},
                   {answer("[\n{\"dateTime\":\"2026-11-20T08:00:00Z\",\"measure\":\"m/1\",\"value\":\"deep\"}]"), "no number", 2},
                   {answer("[\n" + flood(7, "2026-11-20T08:00:00") + "]"), "must be 1, 2, 3 or 4", 2},
                   {answer("[\n\n{\"x\":1}]"), "neither a reading", 3},
                   {answer("[\n17]"), "must be an object", 2},
                   {"[{\"ts\":\"2026-11-20T08:00Z\",\"_\":1,\"err\":false}]", "of which station", 1},
                   {"{\"items\":[", "", 1}},
                  Format::eaFlood);
}

TEST(DecodeEa, RealFiles) {
    const auto coastal = corpusFile("hydro/defra-stationCoastal.json", Format::eaFlood);
    if (!coastal)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    const auto readings = readingsOf(*coastal);
    ASSERT_THAT(readings, SizeIs(480));
    EXPECT_EQ(said(readings[0]), "ea-45127-level 2020-10-13T16:00:00.000000Z 1.268 m");
    EXPECT_EQ(sensorsOf(*coastal).at(0).name.text, "Exmouth (South Devon Coast)");
    EXPECT_NEAR(sensorsOf(*coastal)[0].position.latitude(), 50.61678, 1e-5);
    const auto floods = corpusFile("hydro/defra-floodsData1SW2W1A.json", Format::eaFlood);
    const auto warnings = allOf<Warning>(*floods);
    ASSERT_THAT(warnings, SizeIs(4));
    EXPECT_EQ(warnings[0].identifier, "ea-flood-053WAF117BED");
    EXPECT_EQ(warnings[0].infos[0].headline, "Severe Flood Warning: Barlings Eau and Duckpool Catchwater");
    EXPECT_EQ(warnings[0].colour, Grade::I);
    EXPECT_EQ(warnings[3].colour, Grade::III);
    expectWholeFolder("hydro", "defra-");
}

} // namespace
} // namespace tocsin::ingest::test
