#include "app/app_fixture.hpp"

#include <gmock/gmock.h>

using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

constexpr const char* extract = R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="47.10" lon="9.50"/><node id="2" lat="47.11" lon="9.51"/><node id="3" lat="47.12" lon="9.50"/>
<node id="4" lat="47.105" lon="9.505"><tag k="place" v="town"/><tag k="name" v="Newtown"/></node>
<way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Main Street"/></way>
</osm>)";

class ImportLists : public App {
  protected:
    void SetUp() override {
        App::SetUp();
        const auto made = run({"init", "--osm", write("town.osm", extract), "--name", "Oldtown", "--data", county()});
        ASSERT_EQ(made.code, 0) << made.errors;
        const auto team = write("teams.csv", "kind,name,inventory_number,latitude,longitude\nteam,Works,W-1,47.105,9.505\n");
        ASSERT_EQ(run({"resources", "import", team, "--data", county()}).code, 0);
    }
    [[nodiscard]] std::string county() const { return path("county"); }
    Ran import(const std::string& what, const std::string& file, std::vector<std::string> more = {}) const {
        std::vector<std::string> words{"import", what, file, "--data", county(), "--json"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
    [[nodiscard]] std::string journal() const { return run({"journal", "export", "--data", county()}).output; }
};

} // namespace

TEST_F(ImportLists, callListsAreTriedTakenAndWrittenAsTheyCame) {
    const auto file = write("lists.csv", "list,step,record,person,phone,role,wait_s\n"
                                         "Dyke watch,1,,Anna,139,chief,60\n"
                                         "Dyke watch,2,W-1,,,,\n"
                                         "Dyke watch,3,,Bert,,,\n");
    const auto before = journal();
    const auto tried = import("call-lists", file, {"--dry-run"});
    EXPECT_EQ(tried.code, 1) << "a row has no phone";
    EXPECT_EQ(tried.json().back().at("new"), 1);
    EXPECT_EQ(tried.json().back().at("bad"), 1);
    EXPECT_EQ(journal(), before) << "a dry run changes nothing";

    const auto done = import("call-lists", file, {"--bad", path("bad.csv")});
    EXPECT_EQ(done.json().back().at("taken"), 1) << done.output;
    EXPECT_THAT(journal(), HasSubstr("call-list.added"));

    for (const char* name : {"out.csv", "out.xlsx"}) {
        const auto written = run({"export", "call-lists", path(name), "--data", county(), "--json"});
        ASSERT_EQ(written.code, 0) << written.errors;
        EXPECT_EQ(written.json().back().at("rows"), 2);
        const auto again = import("call-lists", path(name));
        EXPECT_EQ(again.code, 0) << again.output;
        EXPECT_EQ(again.json().back().at("same"), 1) << name;
        EXPECT_EQ(again.json().back().at("taken"), 0) << name;
    }
    const auto changed = import("call-lists", write("more.csv", "list,person,phone\nDyke watch,Anna,150\n"));
    EXPECT_EQ(changed.code, 0) << changed.output;
    EXPECT_EQ(changed.json().back().at("changed"), 1);
    EXPECT_THAT(journal(), HasSubstr("call-list.changed"));
    EXPECT_EQ(run({"journal", "verify", "--data", county()}).code, 0);
}

TEST_F(ImportLists, rostersAreTakenAndWrittenByThemselves) {
    const auto done = import("rosters", write("shifts.csv", "record,from,until,person,phone\n"
                                                            "Works,2026-11-20T08:00:00Z,2026-11-20T18:00:00Z,Anna,139\n"
                                                            "W-1,2026-11-20T18:00:00Z,2026-11-21T08:00:00Z,Bert,140\n"));
    ASSERT_EQ(done.code, 0) << done.output << done.errors;
    EXPECT_EQ(done.json().back().at("changed"), 1);
    EXPECT_EQ(done.json().back().at("taken"), 1);
    for (const char* name : {"out.csv", "out.xlsx"}) {
        const auto written = run({"export", "rosters", path(name), "--data", county(), "--json"});
        ASSERT_EQ(written.code, 0) << written.errors;
        EXPECT_EQ(written.json().back().at("rows"), 2);
        const auto again = import("rosters", path(name));
        EXPECT_EQ(again.code, 0) << again.output;
        EXPECT_EQ(again.json().back().at("same"), 1) << name;
        EXPECT_EQ(again.json().back().at("changed"), 0) << name;
    }
}
