#include "app/app_fixture.hpp"

#include "tocsin/store/readings.hpp"

#include <gmock/gmock.h>

using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

constexpr const char* extract = R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="47.10" lon="9.50"/><node id="2" lat="47.11" lon="9.51"/><node id="3" lat="47.12" lon="9.50"/>
<node id="4" lat="47.105" lon="9.505"><tag k="place" v="town"/><tag k="name" v="Newtown"/></node>
<way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Main Street"/></way>
</osm>)";

constexpr const char* table = "id,name,name_zh,kind,unit,latitude,longitude,silent_after,lowest,highest\n"
                              "well-1,Well in the wood,林中水井,riverLevel,m,47.105,9.505,30min,-2,12\n"
                              "rain-1,Rain at the school,,rain,mm/h,47.106,9.506,,0,400\n";

class ImportSensors : public App {
  protected:
    void SetUp() override {
        App::SetUp();
        const auto made = run({"init", "--osm", write("town.osm", extract), "--name", "Oldtown", "--data", county()});
        ASSERT_EQ(made.code, 0) << made.errors;
    }
    [[nodiscard]] std::string county() const { return path("county"); }
    Ran import(const std::string& file, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"import", "sensors", file, "--data", county(), "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    [[nodiscard]] std::string journal() const { return run({"journal", "export", "--data", county()}).output; }
};

} // namespace

TEST_F(ImportSensors, aRealCountyTakesReadingsOfTheSensorsThatATableRegisters) {
    const auto reading = write("r.ndjson", "{\"sensor\":\"well-1\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":321,\"unit\":\"cm\"}\n");
    EXPECT_EQ(run({"ingest", "--json", "--data", county(), reading}).json().at(0).at("counts").at("stored"), 0);

    const auto before = journal();
    const auto tried = import(write("sensors.csv", table), {"--dry-run"});
    ASSERT_EQ(tried.code, 0) << tried.errors;
    EXPECT_EQ(tried.json().back().at("outcome"), "tried");
    EXPECT_EQ(tried.json().back().at("new"), 2);
    EXPECT_EQ(journal(), before) << "a dry run changes nothing";

    const auto done = import(path("sensors.csv"));
    ASSERT_EQ(done.code, 0) << done.output << done.errors;
    EXPECT_EQ(done.json().back().at("outcome"), "imported");
    EXPECT_EQ(done.json().back().at("taken"), 2);
    EXPECT_THAT(journal(), HasSubstr("sensor.registered"));
    EXPECT_EQ(run({"ingest", "--json", "--data", county(), reading}).json().at(0).at("counts").at("stored"), 1);

    const auto again = import(path("sensors.csv"));
    EXPECT_EQ(again.code, 0);
    EXPECT_EQ(again.json().back().at("same"), 2);
    EXPECT_EQ(again.json().back().at("taken"), 0);

    const auto changed = import(write("more.csv", "id,silent_after\nrain-1,6h\n"));
    EXPECT_EQ(changed.code, 0) << changed.output;
    EXPECT_EQ(changed.json().back().at("changed"), 1);
    EXPECT_THAT(journal(), HasSubstr("sensor.changed"));
    EXPECT_EQ(run({"journal", "verify", "--data", county()}).code, 0);
}

TEST_F(ImportSensors, badRowsAreToldWithTheirLinesAndTheOthersAreTaken) {
    const auto done = import(write("sensors.csv", "id,kind,unit,latitude,longitude,silent_after\n"
                                                  "a,rain,mm/h,47.1,9.5,\n"
                                                  "b,rain,mter,47.1,9.5,\n"
                                                  "c,rain,mm/h,47.1,9.5,1s\n"
                                                  "d,drizzle,mm/h,47.1,9.5,\n"));
    EXPECT_EQ(done.code, 1);
    std::vector<int> rows;
    for (const auto& line : done.json())
        if (line.contains("error"))
            rows.push_back(line.at("error").at("row").get<int>());
    EXPECT_EQ(rows, (std::vector<int>{3, 4, 5})) << done.output;
    EXPECT_EQ(done.json().back().at("taken"), 1);
    EXPECT_EQ(done.json().back().at("bad"), 3);
    // A unit that nobody knows is taken where it is meant.
    const auto meant = import(write("ntu.csv", "id,kind,unit,latitude,longitude\nb,other,NTU,47.1,9.5\n"), {"--any-unit"});
    EXPECT_EQ(meant.code, 0) << meant.output;
    EXPECT_EQ(meant.json().back().at("taken"), 1);
}

TEST_F(ImportSensors, aUnitWithReadingsIsRefusedByTheDeskAndTheRestOfItsLotTaken) {
    ASSERT_EQ(import(write("sensors.csv", table)).code, 0);
    run({"ingest", "--data", county(), write("r.ndjson", "{\"sensor\":\"well-1\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":3.21}\n")});
    const auto done = import(write("more.csv", "id,unit,highest\nwell-1,ft,12\nrain-1,mm/h,500\n"));
    EXPECT_EQ(done.code, 1);
    EXPECT_EQ(done.json().back().at("taken"), 1) << done.output;
    EXPECT_EQ(done.json().back().at("refused"), 1);
    EXPECT_THAT(done.output, HasSubstr("has readings in 'm'"));
}

TEST_F(ImportSensors, aColumnRetiresSensorsAndBringsThemBackAndTheExportSaysWhichTheyAre) {
    ASSERT_EQ(import(write("sensors.csv", table)).code, 0);
    const auto gone = import(write("gone.csv", "id,retired\nwell-1,washed away\n"));
    ASSERT_EQ(gone.code, 0) << gone.output << gone.errors;
    EXPECT_EQ(gone.json().back().at("taken"), 1);
    EXPECT_THAT(journal(), HasSubstr("sensor.retired"));
    const auto exported = run({"export", "sensors", "--data", county()});
    EXPECT_EQ(exported.code, 0);
    EXPECT_THAT(exported.output, HasSubstr("washed away"));
    EXPECT_THAT(exported.output, HasSubstr("rain-1"));
    EXPECT_EQ(run({"export", "sensors", path("all.csv"), "--data", county()}).code, 0);
    EXPECT_EQ(import(path("all.csv")).json().back().at("same"), 2) << "what is written is read back the same";
    const auto reading = write("r.ndjson", "{\"sensor\":\"well-1\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":3.21}\n");
    EXPECT_EQ(run({"ingest", "--json", "--data", county(), reading}).json().at(0).at("counts").at("stored"), 1) << "nothing is lost";
    EXPECT_EQ(import(write("back.csv", "id,retired\nwell-1,no\n")).json().back().at("taken"), 1);
    EXPECT_THAT(journal(), HasSubstr("sensor.brought-back"));
    EXPECT_EQ(run({"journal", "verify", "--data", county()}).code, 0);
}

TEST_F(ImportSensors, readingsAreWrittenWithBothTheirTimesAndWhatIsToBeSaidOfThem) {
    ASSERT_EQ(import(write("sensors.csv", table)).code, 0);
    const auto readings = write("r.ndjson", "{\"sensor\":\"well-1\",\"time\":\"2026-01-20T08:00:00Z\",\"value\":3.21}\n"
                                            "{\"sensor\":\"well-1\",\"time\":\"1990-01-20T08:00:00Z\",\"value\":2.5}\n"
                                            "{\"sensor\":\"well-1\",\"time\":\"2199-01-20T08:00:00Z\",\"value\":4}\n"
                                            "{\"sensor\":\"rain-1\",\"time\":\"2026-01-20T08:00:00Z\",\"value\":1}\n");
    EXPECT_EQ(run({"ingest", "--json", "--data", county(), readings}).json().at(0).at("counts").at("stored"), 4);
    const auto all = run({"export", "readings", "well-1", "--data", county()});
    ASSERT_EQ(all.code, 0) << all.errors;
    EXPECT_THAT(all.output, ::testing::StartsWith("sensor,time,received,value,unit,flags"));
    const auto old = all.output.find("well-1,1990-01-20T08:00:00.000000Z,2");
    ASSERT_NE(old, std::string::npos) << all.output;
    EXPECT_THAT(all.output, HasSubstr(",2.5,m,from-far-past"));
    EXPECT_LT(old, all.output.find("well-1,2199-01-20")) << "ascending";
    EXPECT_THAT(all.output, HasSubstr(",4,m,from-future"));
    EXPECT_THAT(all.output, ::testing::Not(HasSubstr("rain-1")));
    const auto some = run({"export", "readings", "well-1", path("some.csv"), "--from", "2000-01-01T00:00:00Z", "--to", "2100-01-01T00:00:00Z", "--json",
                           "--data", county()});
    ASSERT_EQ(some.code, 0) << some.errors;
    EXPECT_EQ(some.json().back().at("readings"), 1);
    EXPECT_TRUE(std::filesystem::exists(path("some.csv")));
    {
        using namespace tocsin;
        const auto store = store::ReadingStore::open(county() + "/readings", store::Access::readWrite);
        ASSERT_TRUE(store);
        const auto time = base::parseTime("2026-01-20T08:00:00Z").value();
        ASSERT_TRUE((*store)->correct(std::vector{store::Correction{model::SensorId("well-1"), time, time + std::chrono::hours(1), 3.21, 3.25}}));
    }
    const auto both = run({"export", "readings", "well-1", "--data", county()}).output;
    const auto before = both.find(",3.21,m,");
    const auto after = both.find("T09:00:00.000000Z,3.25,m,");
    ASSERT_NE(before, std::string::npos) << both;
    ASSERT_NE(after, std::string::npos) << both;
    EXPECT_LT(before, both.find("superseded"));
    EXPECT_LT(both.find("superseded"), after) << "what came first stands before what took its place";
    EXPECT_LT(after, both.find("corrected"));
    EXPECT_EQ(run({"export", "readings", "nobody", "--data", county()}).code, 1);
    EXPECT_EQ(run({"export", "readings", "well-1", "--from", "noon", "--data", county()}).code, 1);
}

TEST_F(ImportSensors, whatIsRetiredForOneReasonIsRetiredInOneEntry) {
    ASSERT_EQ(import(write("sensors.csv", table)).code, 0);
    const auto gone = import(write("gone.csv", "id,retired\nwell-1,washed away\nrain-1,washed away\n"));
    ASSERT_EQ(gone.code, 0) << gone.output << gone.errors;
    EXPECT_EQ(gone.json().back().at("taken"), 2);
    EXPECT_EQ(gone.json().back().at("halfDone"), 0);
    const auto all = journal();
    const auto first = all.find("sensor.retired");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(all.find("sensor.retired", first + 1), std::string::npos);
    const auto back = import(write("back.csv", "id,retired\nwell-1,no\nrain-1,no\n"));
    ASSERT_EQ(back.code, 0) << back.output << back.errors;
    EXPECT_EQ(back.json().back().at("taken"), 2);
}

TEST_F(ImportSensors, whatIsNoTableOrNoCountyIsRefused) {
    EXPECT_EQ(import(path("absent.csv")).code, 1);
    EXPECT_EQ(import(write("names.csv", "name\nx\n")).code, 1);
    const auto nowhere = run({"import", "sensors", write("sensors.csv", table), "--data", path("nowhere"), "--dry-run"});
    EXPECT_EQ(nowhere.code, 1);
    EXPECT_THAT(nowhere.errors, HasSubstr("there is no county"));
    EXPECT_FALSE(std::filesystem::exists(path("nowhere")));
    EXPECT_EQ(run({"import", "sensors", "--data", county()}).code, 2);
}
