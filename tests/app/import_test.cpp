#include "app/app_fixture.hpp"

#include <algorithm>
#include <gmock/gmock.h>
#include <map>
#include <thread>

using namespace tocsin::test;
using ::testing::HasSubstr;

namespace fs = std::filesystem;

namespace {

/// One small street with its town: an extract of OpenStreetMap in its own words.
constexpr const char* extract = R"(<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="47.10" lon="9.50"/><node id="2" lat="47.11" lon="9.51"/><node id="3" lat="47.12" lon="9.50"/>
<node id="4" lat="47.105" lon="9.505"><tag k="place" v="town"/><tag k="name" v="Newtown"/></node>
<way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="residential"/><tag k="name" v="Main Street"/></way>
</osm>)";

constexpr const char* towns =
    R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"West","code":"1"},"geometry":)"
    R"({"type":"Polygon","coordinates":[[[9.5,47.1],[9.51,47.1],[9.51,47.11],[9.5,47.11],[9.5,47.1]]]}},)"
    R"({"type":"Feature","properties":{"name":"Nowhere"},"geometry":null}]})";

constexpr const char* people = "lat,lon,population\n47.105,9.505,120\n47.107,9.505,80\n";

class Import : public App {
  protected:
    void SetUp() override {
        App::SetUp();
        const auto made = run({"init", "--osm", write("town.osm", extract), "--name", "Oldtown", "--data", county()});
        ASSERT_EQ(made.code, 0) << made.errors;
    }
    [[nodiscard]] std::string county() const { return path("county"); }
    Ran import(std::vector<std::string> words) const {
        words.insert(words.begin(), "import");
        words.insert(words.end(), {"--data", county()});
        return run(words);
    }
    /// Every file of the county with its bytes.
    [[nodiscard]] std::map<std::string, std::string> whole() const {
        std::map<std::string, std::string> files;
        for (const auto& entry : fs::recursive_directory_iterator(county()))
            if (entry.is_regular_file()) {
                std::ifstream in(entry.path(), std::ios::binary);
                files[entry.path().string()] = {std::istreambuf_iterator<char>(in), {}};
            }
        return files;
    }
};

} // namespace

TEST_F(Import, takesListsAndRemoves) {
    const auto boundaries = import({"boundaries", write("towns.geojson", towns), "--level", "township", "--json"});
    ASSERT_EQ(boundaries.code, 0) << boundaries.errors;
    EXPECT_EQ(boundaries.json().at(0).at("taken"), 1);
    EXPECT_EQ(boundaries.json().at(0).at("left_out"), 1);
    EXPECT_EQ(boundaries.json().at(0).at("left_out_first").at(0).at("feature"), 1);
    const auto population = import({"population", write("people.csv", people), "--json"});
    ASSERT_EQ(population.code, 0) << population.errors;
    EXPECT_NEAR(population.json().at(0).at("file_persons").get<double>(), 200, 0.01);
    ASSERT_EQ(import({"base", "--name", "Streets", "--url", "https://t.example/{z}/{x}/{y}.png"}).code, 0);

    std::vector<std::string> names;
    for (const auto& row : import({"list", "--json"}).json())
        names.push_back(row.at("name").get<std::string>());
    EXPECT_EQ(names, (std::vector<std::string>{"township_towns", "population", "Streets"}));
    for (const auto& name : names)
        EXPECT_EQ(import({"remove", name}).code, 0) << name;
    EXPECT_TRUE(import({"list", "--json"}).json().empty());
    EXPECT_EQ(import({"remove", "Streets"}).code, 1);
}

TEST_F(Import, exitCodesTellRefusedFromCalledWrongly) {
    EXPECT_EQ(import({}).code, 2);
    EXPECT_EQ(import({"boundaries"}).code, 2);
    EXPECT_EQ(import({"boundaries", "x.geojson", "--level", "planet"}).code, 2);
    EXPECT_EQ(import({"boundaries", path("absent.geojson")}).code, 1);
    const auto strict = import({"boundaries", write("towns.geojson", towns), "--strict"});
    EXPECT_EQ(strict.code, 1);
    EXPECT_THAT(strict.errors, HasSubstr("feature 1"));
    const auto base = import({"base", "--name", "S", "--url", "https://t.example/{z}/{x}.png"});
    EXPECT_EQ(base.code, 1);
    EXPECT_THAT(base.errors, HasSubstr("no {y}"));
    for (const char* kind : {"osm", "boundaries", "layer", "elevation", "population", "tiles"}) {
        const auto nowhere = run({"import", kind, write("towns.geojson", towns), "--data", path("nowhere")});
        EXPECT_EQ(nowhere.code, 1) << kind;
        EXPECT_THAT(nowhere.errors, HasSubstr("there is no county")) << kind;
        EXPECT_FALSE(fs::exists(path("nowhere"))) << kind;
    }
}

TEST_F(Import, aNewMapLeavesTheJournalAlone) {
    const auto before = run({"journal", "export", "--data", county()}).output;
    const auto done = import({"osm", write("new.osm", extract)});
    ASSERT_EQ(done.code, 0) << done.errors;
    EXPECT_THAT(done.output, HasSubstr("stay"));
    EXPECT_EQ(run({"journal", "export", "--data", county()}).output, before);
}

TEST_F(Import, aFullDiskLeavesTheOldCountyWhole) {
    ASSERT_EQ(import({"boundaries", write("towns.geojson", towns)}).code, 0);
    ASSERT_EQ(import({"population", write("people.csv", people)}).code, 0);
    const auto before = whole();
    const std::vector<std::vector<std::string>> imports = {
        {"osm", write("new.osm", extract)},
        {"layer", write("more.geojson", towns)},
        {"boundaries", write("towns.geojson", towns)},
        {"population", write("people.csv", people)},
    };
    for (const auto& words : imports) {
        // No file may become larger than one block: what a disk that is full does, for this program only.
        std::vector<std::string> command = {"/bin/sh", "-c", "ulimit -f 1; exec \"$@\"", "sh", program, "import"};
        command.insert(command.end(), words.begin(), words.end());
        command.insert(command.end(), {"--data", county()});
        Process process(command);
        EXPECT_EQ(process.finish(), 1) << words[0] << process.errors;
        EXPECT_THAT(process.errors, HasSubstr("tocsin: ")) << words[0];
        EXPECT_TRUE(whole() == before) << words[0] << " changed the county or left something behind";
    }
}

TEST_F(Import, whatAKilledImportLeftIsClearedAway) {
    std::ofstream(county() + "/elevation.importing.tif") << "half";
    std::ofstream(county() + "/overlays.importing.gpkg-journal") << "half";
    ASSERT_EQ(import({"boundaries", write("towns.geojson", towns)}).code, 0);
    for (const auto& [name, bytes] : whole())
        EXPECT_THAT(name, ::testing::Not(HasSubstr(".importing.")));
}

TEST_F(Import, aCountyBeingReplacedStaysUntilTheNewOneIsWhole) {
    const auto before = whole();
    const auto failed = run(
        {"init", "--osm", write("cut.osm", std::string(extract).substr(0, 200)), "--force", "--data", county() + "/"});
    EXPECT_EQ(failed.code, 1);
    EXPECT_TRUE(whole() == before);
    fs::create_directories(county() + ".making/half");
    std::ofstream(county() + ".making/half/file") << "of a try that was killed";
    const auto done =
        run({"init", "--osm", write("town.osm", extract), "--name", "Newtown", "--force", "--data", county()});
    ASSERT_EQ(done.code, 0) << done.errors;
    EXPECT_FALSE(fs::exists(county() + ".making"));
    EXPECT_THAT(run({"journal", "export", "--data", county()}).output, HasSubstr("Newtown"));
    EXPECT_EQ(run({"init", "--osm", path("town.osm"), "--data", county()}).code, 1) << "not without --force";
    fs::create_directories(path("other"));
    std::ofstream(path("other") + "/letter.txt") << "dear";
    EXPECT_EQ(run({"init", "--osm", path("town.osm"), "--force", "--data", path("other")}).code, 1)
        << "a folder of other things is no county";
    EXPECT_TRUE(fs::exists(path("other") + "/letter.txt"));
}

TEST_F(Import, ctrlCEndsItInGoodOrder) {
    // Large enough to be at work when the signal comes.
    std::string large = "<?xml version=\"1.0\"?><osm version=\"0.6\">\n";
    for (int i = 1; i <= 400'000; ++i)
        large += "<node id=\"" + std::to_string(i) + "\" lat=\"47." + std::to_string(100'000 + i) +
                 "\" lon=\"9.5\"><tag k=\"place\" v=\"hamlet\"/><tag k=\"name\" v=\"H" + std::to_string(i) +
                 "\"/></node>\n";
    large += "</osm>\n";
    const auto file = write("large.osm", large);
    const auto before = whole();
    Process process({program, "import", "osm", file, "--data", county()});
    // The map is being written: the signal comes in the midst of the work.
    while (!fs::exists(county() + "/map.part.gpkg") && process.running())
        std::this_thread::yield();
    process.signal(SIGINT);
    EXPECT_EQ(process.finish(), 1) << process.errors;
    EXPECT_THAT(process.errors, HasSubstr("cancelled"));
    EXPECT_TRUE(whole() == before);
}
