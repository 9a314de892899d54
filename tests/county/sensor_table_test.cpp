#include "tocsin/county/sensor_table.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <utility>

// Sensors as a table: what a row comes to, and what is wrong with it, where.

namespace tocsin::county {
namespace {

class SensorTableTest : public ::testing::Test {
  protected:
    std::map<model::SensorId, model::Sensor> present;

    static Sheet sheet(const std::string& text) {
        std::string encoding;
        auto read = readCsvSheet(text, "sensors.csv", encoding);
        EXPECT_TRUE(read) << (read ? "" : read.error().describe());
        return read ? *read : Sheet{};
    }
    SensorImport take(const std::string& text, model::Datum datum = model::Datum::wgs84) const {
        auto result = importSensors(sheet(text), present, datum);
        EXPECT_TRUE(result) << (result ? "" : result.error().describe());
        return result ? *result : SensorImport{};
    }
};

TEST_F(SensorTableTest, ARowHasAllThatTheRegisterHas) {
    const auto result = take("id,name,name_zh,kind,unit,latitude,longitude,silent_after,lowest,highest\n"
                             "well-1,Well in the wood,林中水井,riverLevel,m,47.1,9.5,30min,-2.5,12\n"
                             "rain-1,,,rain,mm/h,47.2,9.6,,,\n");
    EXPECT_TRUE(result.errors.empty());
    ASSERT_EQ(result.sensors.size(), 2U);
    const auto& well = result.sensors[0];
    EXPECT_EQ(well.id.value, "well-1");
    EXPECT_EQ(well.name.text, "Well in the wood");
    EXPECT_EQ(well.name.in("zh_CN"), "林中水井");
    EXPECT_EQ(well.kind, model::SensorKind::riverLevel);
    EXPECT_EQ(well.unit, "m");
    EXPECT_NEAR(well.position.latitude(), 47.1, 1e-9);
    EXPECT_NEAR(well.position.longitude(), 9.5, 1e-9);
    EXPECT_EQ(well.silentAfter, base::Duration(std::chrono::minutes(30)));
    EXPECT_EQ(well.lowest, -2.5);
    EXPECT_EQ(well.highest, 12);
    EXPECT_EQ(result.sensors[1].name.text, "rain-1") << "without a name its id is one";
    EXPECT_FALSE(result.sensors[1].silentAfter);
    EXPECT_EQ(result.added, 2U);
    EXPECT_EQ(result.rowOf, (std::vector<std::size_t>{2, 3}));
}

TEST_F(SensorTableTest, AKnownOneIsFoundByItsIdAndKeepsWhatTheRowDoesNotSay) {
    const auto first = take("id,name,kind,unit,latitude,longitude,silent_after,highest\n"
                            "a,First,rain,mm/h,47.1,9.5,6h,200\nb,Second,rain,mm/h,47.1,9.5,,\n");
    for (const auto& sensor : first.sensors)
        present[sensor.id] = sensor;
    present[model::SensorId("a")].outOfService = "broken";
    const auto second = take("id,name,silent_after,highest,owner\na,,-,150,somebody\nb,Second,,,\n");
    EXPECT_TRUE(second.errors.empty());
    EXPECT_EQ(second.changed, 1U);
    EXPECT_EQ(second.same, 1U);
    EXPECT_EQ(second.unused, std::vector<std::string>{"owner"});
    ASSERT_EQ(second.sensors.size(), 1U);
    EXPECT_EQ(second.sensors[0].name.text, "First");
    EXPECT_EQ(second.sensors[0].unit, "mm/h");
    EXPECT_FALSE(second.sensors[0].silentAfter) << "'-' takes the limit away";
    EXPECT_EQ(second.sensors[0].highest, 150);
    EXPECT_EQ(second.sensors[0].outOfService, "broken");
    ASSERT_EQ(second.seen.size(), 1U);
    EXPECT_EQ(second.seen[0], present.at(model::SensorId("a")));
}

TEST_F(SensorTableTest, EachBadRowIsToldWithItsLineAndColumnAndTheGoodOnesAreTaken) {
    const auto result = take("# from the water board\n"
                             "id,kind,unit,latitude,longitude,silent_after,lowest,highest\n"
                             ",rain,mm/h,47.1,9.5,,,\n"
                             "a,snow,m,47.1,9.5,,,\n"
                             "b,rain,m,97.1,9.5,,,\n"
                             "c,rain,m,47.1,,,,\n"
                             "d,rain,m,47.1,9.5,soon,,\n"
                             "e,rain,m,47.1,9.5,,nan,\n"
                             "f,rain,m,47.1,9.5,,5,5\n"
                             "g,rain,m,47.1,9.5,,,\n"
                             "g,rain,m,47.1,9.5,,,\n"
                             "h,rain,m,,,,,\n"
                             "i,rain,m,47.1,9.5,-5min,,\n"
                             "j,rain,m,47.1,9.5,,1e99,\n");
    EXPECT_EQ(result.rows, 12U);
    EXPECT_EQ(result.badRows, 11U);
    ASSERT_EQ(result.sensors.size(), 1U);
    EXPECT_EQ(result.sensors[0].id.value, "g");
    std::vector<std::pair<std::size_t, std::string>> at;
    for (const auto& error : result.errors) {
        at.emplace_back(error.row, error.column);
        EXPECT_FALSE(error.expected.empty());
    }
    EXPECT_EQ(at, (std::vector<std::pair<std::size_t, std::string>>{{3, "id"}, {4, "kind"}, {5, "latitude"}, {6, "longitude"},
                                                                    {7, "silent_after"}, {8, "lowest"}, {9, "lowest"}, {11, "id"},
                                                                    {12, "latitude"}, {13, "silent_after"}, {14, "lowest"}}));
}

TEST_F(SensorTableTest, ChineseHeadersAndAnotherDatumAreUnderstood) {
    const auto result = take("编号,名称,类别,单位,纬度,经度,静默时限\nsw-1,水位站,riverLevel,m,34.75,113.66,600\n", model::Datum::gcj02);
    ASSERT_EQ(result.sensors.size(), 1U) << (result.errors.empty() ? "" : result.errors[0].expected);
    EXPECT_EQ(result.sensors[0].name.text, "水位站");
    EXPECT_EQ(result.sensors[0].silentAfter, base::Duration(std::chrono::minutes(10))) << "a number is seconds";
    EXPECT_GT(std::abs(result.sensors[0].position.longitude() - 113.66), 0.001) << "moved to WGS-84";
}

TEST_F(SensorTableTest, AColumnSaysWhichAreRetiredAndWhyAndAnEmptyCellSaysNothing) {
    const auto first = take("id,kind,unit,latitude,longitude,retired\n"
                            "a,rain,mm/h,47.1,9.5,\nb,rain,mm/h,47.1,9.5,washed away\nc,rain,mm/h,47.1,9.5,yes\nd,rain,mm/h,47.1,9.5,否\n");
    ASSERT_EQ(first.sensors.size(), 4U);
    EXPECT_EQ(first.sensors[0].retired, "");
    EXPECT_EQ(first.sensors[1].retired, "washed away");
    EXPECT_FALSE(first.sensors[2].retired.empty()) << "yes is no reason, but it is retired";
    EXPECT_EQ(first.sensors[3].retired, "");
    for (auto sensor : first.sensors) {
        sensor.retiredBy = sensor.retired.empty() ? "" : "M. Keller";
        present[sensor.id] = sensor;
    }
    const auto second = take("编号,注销\na,sold\nb,another reason\nc,-\nd,\n");
    EXPECT_TRUE(second.errors.empty());
    EXPECT_EQ(second.same, 2U) << "who is retired already keeps the reason";
    ASSERT_EQ(second.sensors.size(), 2U);
    EXPECT_EQ(second.sensors[0].retired, "sold");
    EXPECT_EQ(second.sensors[1].retired, "");
    EXPECT_EQ(take("id,retired\na," + std::string(500, 'x') + "\n").badRows, 1U);
}

TEST_F(SensorTableTest, TheRegisterAsATableIsReadBackTheSame) {
    const auto first = take("id,name,name_zh,kind,unit,place,place_zh,latitude,longitude,silent_after,lowest,highest,retired\n"
                            "well-1,\"Well, old\",水井,riverLevel,m,Wood,林中,47.1234567,9.5,30min,-2.5,12,\n"
                            "rain-1,Rain,,rain,mm/h,,,47.2,9.6,,,,washed away\n");
    ASSERT_EQ(first.sensors.size(), 2U);
    for (const auto& sensor : first.sensors)
        present[sensor.id] = sensor;
    const auto table = sensorTable(present);
    EXPECT_EQ(take(table).same, 2U) << table;
    EXPECT_TRUE(take(table).unused.empty());
    const auto known = std::exchange(present, {});
    const auto again = take(table);
    ASSERT_EQ(again.sensors.size(), 2U);
    for (const auto& sensor : again.sensors) {
        const auto& was = known.at(sensor.id);
        EXPECT_EQ(sensor.name, was.name);
        EXPECT_EQ(sensor.place, was.place);
        EXPECT_EQ(sensor.silentAfter, was.silentAfter);
        EXPECT_EQ(sensor.lowest, was.lowest);
        EXPECT_EQ(sensor.retired, was.retired);
        EXPECT_NEAR(sensor.position.latitude(), was.position.latitude(), 1e-7);
    }
}

TEST_F(SensorTableTest, ATableWithoutIdsOrWithTwoColumnsOfOneMeaningIsRefused) {
    EXPECT_FALSE(importSensors(sheet("name,kind\na,rain\n"), present, model::Datum::wgs84));
    EXPECT_FALSE(importSensors(sheet("id,lat,latitude\na,1,1\n"), present, model::Datum::wgs84));
}

TEST_F(SensorTableTest, WhatElseIsWrongWithASensorIsAskedOfNewAndChangedOnes) {
    std::vector<std::string> asked;
    const auto result = importSensors(sheet("id,kind,unit,latitude,longitude\na,rain,mter,47.1,9.5\nb,rain,m,47.1,9.5\n"), present,
                                      model::Datum::wgs84,
                                      [&](const model::Sensor& sensor, const model::Sensor* before) -> std::optional<SensorFault> {
                                          EXPECT_EQ(before, nullptr);
                                          asked.push_back(sensor.id.value);
                                          if (sensor.unit == "mter")
                                              return SensorFault{"unit", "a unit that is known"};
                                          return std::nullopt;
                                      });
    ASSERT_TRUE(result);
    EXPECT_EQ(asked, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(result->badRows, 1U);
    ASSERT_EQ(result->errors.size(), 1U);
    EXPECT_EQ(result->errors[0].row, 2U);
    EXPECT_EQ(result->errors[0].column, "unit");
    EXPECT_EQ(result->sensors.size(), 1U);
}

} // namespace
} // namespace tocsin::county
