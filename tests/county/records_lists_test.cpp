#include "support.hpp"

#include "tocsin/base/id.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/county/records.hpp"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>

// Duty rosters and call-down lists as tables by themselves.

namespace tocsin::county {
namespace {

namespace fs = std::filesystem;

class RecordListsTest : public ::testing::Test {
  protected:
    base::SeededIdSource ids{*base::parseTime("2026-11-20T08:00:00Z")};
    std::map<model::ResourceId, model::Resource> present;
    RecordImportOptions options;
    fs::path folder;

    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tocsin-lists-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        options.now = *base::parseTime("2026-11-20T08:00:00Z");
    }
    void TearDown() override {
        std::error_code ec;
        fs::remove_all(folder, ec);
    }
    model::Resource& team(const std::string& name, const std::string& key) {
        model::Resource r;
        r.id = ids.make<model::ResourceId>();
        r.name = name;
        r.key = key;
        r.position = model::Position::trusted(47.1, 9.5);
        return present[r.id] = r;
    }
    model::CallList& list(const std::string& name, std::vector<model::CallListStep> steps) {
        model::CallList made;
        made.id = ids.make<model::CallListId>();
        made.name = name;
        made.steps = std::move(steps);
        made.changedAt = options.now;
        return options.callLists.emplace_back(made);
    }
    SheetFile read(const std::string& text, const std::string& name = "lists.csv") {
        std::ofstream(folder / name) << text;
        const auto file = readSheets(folder / name);
        EXPECT_TRUE(file) << (file ? "" : file.error().describe());
        return file.value_or(SheetFile{});
    }
    RecordImport take(const SheetFile& file) {
        auto result = importRecords(file, guessMapping(file), present, options);
        EXPECT_TRUE(result) << (result ? "" : result.error().describe());
        return result.value_or(RecordImport{});
    }
    static std::string namesOf(const model::CallList& list) {
        std::string out;
        for (const auto& step : list.steps)
            out += (out.empty() ? "" : " ") + (step.name.empty() ? "*" : step.name);
        return out;
    }
};

TEST_F(RecordListsTest, AnExportOfRostersComesBackUnchanged) {
    auto& one = team("Works; \"night\"", "W-1");
    one.duty = {{options.now, options.now + std::chrono::minutes(725), "Li Wei", "139 1", "driver"},
                {options.now + std::chrono::hours(12), options.now + std::chrono::hours(24), "王伟", "", ""}};
    team("Nobody", "W-2");
    auto& gone = team("Gone", "W-3");
    gone.retired = true;
    gone.duty = one.duty;
    const auto tables = rostersOf({one, gone});
    ASSERT_EQ(tables.sheets.size(), 1U);
    EXPECT_EQ(tables.sheets[0].rows.size(), 2U);
    for (const char* name : {"out.csv", "out.xlsx"}) {
        ASSERT_TRUE(exportTables(tables, folder / name));
        const auto file = readSheets(folder / name);
        ASSERT_TRUE(file) << file.error().describe();
        EXPECT_EQ(file->sheets.at(0).table, RecordTable::duty) << name;
        const auto result = take(*file);
        EXPECT_TRUE(result.errors.empty()) << name << " " << (result.errors.empty() ? "" : result.errors[0].expected);
        EXPECT_EQ(result.rows, 2U);
        EXPECT_EQ(result.same, 1U) << name;
        EXPECT_EQ(result.changed + result.added, 0U) << name;
    }
}

TEST_F(RecordListsTest, ARosterAloneIsTakenByWhatResourcesAreCalled) {
    auto& one = team("Works", "W-1");
    one.duty = {{options.now, options.now + std::chrono::hours(8), "Li Wei", "139 1", "driver"}};
    const auto file = read("资源,值班人员,开始时间,结束时间,电话\n"
                           "W-1,Li Wei,2026-11-20T08:00:00Z,2026-11-20T18:00:00Z,\n"
                           "Works,Anna,2026-11-20T18:00:00Z,2026-11-21T08:00:00Z,140\n"
                           "Nobody,Anna,2026-11-20T18:00:00Z,2026-11-21T08:00:00Z,140\n"
                           "W-1,Anna,2026-11-22T18:00:00Z,2026-11-21T08:00:00Z,140\n");
    ASSERT_EQ(file.sheets.at(0).table, RecordTable::duty);
    const auto result = take(file);
    EXPECT_EQ(result.rows, 4U);
    EXPECT_EQ(result.changed, 1U);
    ASSERT_EQ(result.errors.size(), 2U);
    EXPECT_EQ(result.errors[0].row, 4U);
    EXPECT_EQ(result.errors[1].row, 5U);
    ASSERT_EQ(result.records.size(), 1U);
    ASSERT_EQ(result.records[0].duty.size(), 2U);
    EXPECT_EQ(result.records[0].duty[0].until, options.now + std::chrono::hours(10)) << "found again by its beginning and person";
    EXPECT_EQ(result.records[0].duty[0].phone, "139 1") << "an empty cell changes nothing";
    EXPECT_EQ(result.records[0].duty[1].person, "Anna");
}

TEST_F(RecordListsTest, AnExportOfCallListsComesBackUnchanged) {
    const auto& works = team("Works", "W-1");
    list("Dyke watch", {{"Anna", "139", "chief", {}, base::Seconds(180)},
                        {"", "", "", works.id, base::Seconds(600)},
                        {"Anna", "140", "", {}, base::Seconds(90.5)},
                        {"Li, \"Wei\"", "141", "", works.id, base::Seconds(30)},
                        {"", "", "stand-in", works.id, base::Seconds(60)}});
    list("名单", {{"王伟", "142", "", {}, base::Seconds(86'400)}});
    auto& gone = list("Gone", {{"X", "1", "", {}, base::Seconds(60)}});
    gone.removed = true;
    const auto tables = callListsOf(options.callLists, present);
    EXPECT_EQ(tables.sheets.at(0).rows.size(), 6U);
    for (const char* name : {"out.csv", "out.xlsx"}) {
        ASSERT_TRUE(exportTables(tables, folder / name));
        const auto file = readSheets(folder / name);
        ASSERT_TRUE(file) << file.error().describe();
        EXPECT_EQ(file->sheets.at(0).table, RecordTable::calls) << name;
        const auto result = take(*file);
        EXPECT_TRUE(result.errors.empty()) << name << " " << (result.errors.empty() ? "" : result.errors[0].expected);
        EXPECT_EQ(result.same, 2U) << name;
        EXPECT_TRUE(result.lists.empty()) << name;
    }
    // Into a county that has none of them, but the resource.
    const auto kept = std::move(options.callLists);
    options.callLists.clear();
    const auto fresh = take(tables);
    ASSERT_EQ(fresh.lists.size(), 2U);
    EXPECT_EQ(fresh.added, 2U);
    EXPECT_TRUE(fresh.lists[0].id.isNull());
    EXPECT_EQ(fresh.lists[0].steps, kept[0].steps);
}

TEST_F(RecordListsTest, StepsAreFoundAgainAndGoToThePlaceThatARowSays) {
    list("Dyke watch", {{"Anna", "139", "chief", {}, base::Seconds(180)},
                        {"Bert", "140", "", {}, base::Seconds(180)},
                        {"Cleo", "141", "", {}, base::Seconds(180)}});
    const auto result = take(read("list,step,person,phone,role,wait_s\n"
                                  "Dyke watch,,Bert,150,-,60\n"
                                  "Dyke watch,1,Dora,142,,\n"));
    ASSERT_TRUE(result.errors.empty()) << result.errors[0].expected;
    ASSERT_EQ(result.lists.size(), 1U);
    EXPECT_EQ(result.changed, 1U);
    EXPECT_EQ(namesOf(result.lists[0]), "Dora Anna Bert Cleo");
    EXPECT_EQ(result.lists[0].steps[2].phone, "150");
    EXPECT_EQ(result.lists[0].steps[2].wait.value, 60);
    EXPECT_EQ(result.lists[0].steps[0].wait.value, 180) << "the usual time";
    EXPECT_EQ(result.lists[0].steps[1].role, "chief");
    ASSERT_EQ(result.listsSeen.size(), 1U);
    EXPECT_EQ(namesOf(result.listsSeen[0]), "Anna Bert Cleo");
}

TEST_F(RecordListsTest, RowsThatMakeNoStepSayWhatIsExpected) {
    team("Works", "W-1");
    std::string text = "list,person,phone,record,wait_s\n"
                       ",Anna,139,,\n"
                       "A,,139,,\n"
                       "A,Anna,,,\n"
                       "A,Anna,139,Nobody,\n"
                       "A,Anna,139,,5\n"
                       "A,,,W-1,\n";
    for (int i = 0; i < 50; ++i)
        text += "B,P" + std::to_string(i) + ",1,,\n";
    text += "B,one more,1,,\n";
    const auto file = read(text);
    const auto result = take(file);
    ASSERT_EQ(result.errors.size(), 6U);
    EXPECT_EQ(result.badRows, 6U);
    EXPECT_EQ(result.errors[0].column, "list");
    EXPECT_EQ(result.errors[1].column, "person");
    EXPECT_EQ(result.errors[2].column, "phone");
    EXPECT_EQ(result.errors[3].column, "record");
    EXPECT_EQ(result.errors[4].column, "wait_s");
    EXPECT_NE(result.errors[5].expected.find("50 steps"), std::string::npos);
    ASSERT_EQ(result.lists.size(), 2U);
    EXPECT_EQ(result.lists[0].steps.size(), 1U) << "whoever is on duty with the works";
    EXPECT_EQ(result.lists[1].steps.size(), 50U);
    EXPECT_NE(badRowsCsv(file, result).find("one more"), std::string::npos);
}

TEST_F(RecordListsTest, WhatIsAskedForGoesBeforeWhatTheColumnsSay) {
    std::ofstream(folder / "x.csv") << "Gruppe,Wer,Nummer\nA,Anna,139\n";
    const auto file = readSheets(folder / "x.csv", {}, {}, {}, RecordTable::calls);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->sheets.at(0).table, RecordTable::calls);
    const auto mapping = readMapping("Gruppe = list\nWer = person\nNummer = phone\n", *file);
    ASSERT_TRUE(mapping) << mapping.error().describe();
    EXPECT_EQ(importRecords(*file, *mapping, present, options)->lists.size(), 1U);
    EXPECT_EQ(read("kind,name,person_in_charge,lat,lon\nteam,A,Anna,47,9\n").sheets.at(0).table, RecordTable::resources);
}

} // namespace
} // namespace tocsin::county
