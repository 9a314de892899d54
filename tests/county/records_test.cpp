#include "support.hpp"

#include "tocsin/base/id.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/county/records.hpp"

#include <chrono>
#include <fstream>
#include <gtest/gtest.h>

// The resource database as tables: what is taken, what is refused and where, and that an export comes back unchanged.

namespace tocsin::county {
namespace {

namespace fs = std::filesystem;
using model::ResourceKind;

class RecordsTest : public ::testing::Test {
  protected:
    base::SeededIdSource ids{*base::parseTime("2026-11-20T08:00:00Z")};
    std::map<model::ResourceId, model::Resource> present;
    RecordImportOptions options;
    fs::path folder;

    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tocsin-records-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        options.now = *base::parseTime("2026-11-20T08:00:00Z");
        options.origin = "import";
    }
    void TearDown() override {
        std::error_code ec;
        fs::remove_all(folder, ec);
    }
    static SheetFile csv(const std::string& text, const std::string& name = "r.csv") {
        SheetFile file;
        auto sheet = readCsvSheet(text, name, file.encoding);
        EXPECT_TRUE(sheet) << (sheet ? "" : sheet.error().describe());
        if (sheet)
            file.sheets.push_back(*sheet);
        return file;
    }
    RecordImport take(const SheetFile& file) {
        auto result = importRecords(file, guessMapping(file), present, options);
        EXPECT_TRUE(result) << (result ? "" : result.error().describe());
        return result ? *result : RecordImport{};
    }
    void keep(const RecordImport& result) {
        for (auto record : result.records) {
            if (record.id.isNull())
                record.id = ids.make<model::ResourceId>();
            present[record.id] = record;
        }
    }
    model::Resource rich() {
        model::Resource r;
        r.id = ids.make<model::ResourceId>();
        r.kind = ResourceKind::vehicle;
        r.name = {"Pump truck, \"big\""};
        r.name.translations = {{"zh_CN", "排水车；大"}};
        r.callSign = "FL 7";
        r.key = "V-0007";
        r.owner = "Works";
        r.capabilities = {{"pumping", 3}, {"fire-fighting", 1}};
        r.crew = {{"Li Wei", "driver", {{"pumping", 2}}, "139 1", "A"}};
        r.duty = {{options.now, options.now + std::chrono::hours(12), "Li Wei", "139 1", "driver"}};
        model::Stock s;
        s.code = "2010101";
        s.name = "Hose";
        s.quantity = 12.5;
        s.unit = "m";
        s.reserved = 2;
        s.minimum = 3;
        s.batch = "B1";
        s.expiry = base::Time{std::chrono::sys_days{std::chrono::year{2027} / 3 / 1}};
        s.kilograms = 0.8;
        r.stock = {s};
        r.beds = {{"general", 3, 1}};
        r.services = {"water", "heating"};
        r.offers = {{"1010101", "Water", 500, "bottle", 100, base::Seconds(3 * 3600)}};
        r.vehicle = model::VehicleData{"fire-engine", 16.5, 3.3, 2.5, 0.8, 3000, 12, 6};
        r.people = 6;
        r.position = model::Position::trusted(47.123456789, 9.512345678);
        r.home = r.position;
        r.place = "Vaduz";
        r.checkDue = options.now;
        r.status = model::ResourceStatus::assigned;
        r.remarks = "two\nlines";
        return r;
    }
};

TEST_F(RecordsTest, AnExportComesBackUnchangedAsCsvAndAsXlsx) {
    const auto r = rich();
    auto other = rich();
    other.key.clear();
    other.callSign.clear();
    other.kind = ResourceKind::enterprise;
    present = {{r.id, r}, {other.id, other}};
    for (const char* name : {"out.csv", "out.xlsx"}) {
        const auto written = exportRecords({r, other}, folder / name);
        ASSERT_TRUE(written) << written.error().describe();
        const auto file = readSheets(folder / name);
        ASSERT_TRUE(file) << file.error().describe();
        EXPECT_EQ(file->sheets.size(), 5U) << name;
        const auto result = take(*file);
        for (const auto& e : result.errors)
            ADD_FAILURE() << name << " row " << e.row << " " << e.column << " '" << e.value << "' " << e.expected;
        EXPECT_EQ(result.added, 0U) << name;
        EXPECT_EQ(result.changed, 0U) << name;
        EXPECT_EQ(result.same, 2U) << name;
    }
}

TEST_F(RecordsTest, AnEmptyDatabaseTakesAnExportWhole) {
    const auto r = rich();
    const auto result = take(tablesOf({r}));
    ASSERT_EQ(result.errors.size(), 0U);
    ASSERT_EQ(result.records.size(), 1U);
    const auto& got = result.records[0];
    EXPECT_TRUE(got.id.isNull());
    EXPECT_EQ(got.name, r.name);
    EXPECT_EQ(got.crew, r.crew);
    EXPECT_EQ(got.duty, r.duty);
    EXPECT_EQ(got.offers, r.offers);
    EXPECT_EQ(got.vehicle, r.vehicle);
    ASSERT_EQ(got.stock.size(), 1U);
    EXPECT_EQ(got.stock[0].expiry, r.stock[0].expiry);
    EXPECT_EQ(got.stock[0].reserved, 0) << "that is dispatch's";
}

TEST_F(RecordsTest, ChineseHeadersAndWordsAreKnownInEveryEncoding) {
    const std::string text = "类别,名称,编号,经度,纬度,能力,人数,电话\n队伍,沙恩消防队,T-1,9.51,47.17,排涝:2、灭火：L3,１２,139\n";
    options.capabilities = {{"pumping", {"Pumping"}}, {"fire-fighting", {"Fire fighting"}}};
    options.capabilities["pumping"].translations["zh_CN"] = "排涝";
    options.capabilities["fire-fighting"].translations["zh_CN"] = "灭火";
    const auto checked = [&](const SheetFile& file, const std::string& encoding) {
        EXPECT_EQ(file.encoding, encoding);
        const auto result = take(file);
        ASSERT_EQ(result.errors.size(), 0U) << result.errors[0].column << " " << result.errors[0].expected;
        ASSERT_EQ(result.records.size(), 1U);
        EXPECT_EQ(result.records[0].name.text, "沙恩消防队");
        EXPECT_EQ(result.records[0].people, 12);
        EXPECT_EQ(result.records[0].capabilities, (std::vector<model::Capability>{{"pumping", 2}, {"fire-fighting", 3}}));
    };
    checked(csv(text), "UTF-8");
    // The same as GB18030 and as UTF-16 with and without its mark.
    const std::string gb = "\xC0\xE0\xB1\xF0,\xC3\xFB\xB3\xC6,lat,lon\n\xB6\xD3\xCE\xE9,\xB6\xD3\xCE\xE9\xD2\xBB,47.1,9.5\n";
    const auto file = csv(gb);
    EXPECT_EQ(file.encoding, "GB18030");
    EXPECT_EQ(take(file).records.at(0).name.text, "队伍一");
    for (const std::string mark : {"\xFF\xFE", ""}) {
        std::string wide = mark;
        for (const char c : std::string("kind,name,lat,lon\nteam,Two,47.1,9.5\n")) {
            wide += c;
            wide += '\0';
        }
        const auto utf16 = csv(wide);
        EXPECT_EQ(utf16.encoding, "UTF-16LE");
        EXPECT_EQ(take(utf16).records.at(0).name.text, "Two");
    }
}

TEST_F(RecordsTest, WrongCellsAreErrorsWithRowColumnAndWhatIsExpected) {
    const auto file = csv("kind,name,people,lat,lon,check_due,capabilities,payload_kg,note\n"
                          "team,A,1e308,47.1,9.5,,,,\n"
                          "team,B,-5,47.1,9.5,,,,\n"
                          "team,C,abc,47.1,9.5,,,,\n"
                          "team,D,3,47.1,9.5,2026-13-40,,,\n"
                          "team,E,3,470,9.5,,,,\n"
                          "team,F,3,47.1,,,,,\n"
                          "spaceship,G,3,47.1,9.5,,,,\n"
                          "team,H,3,47.1,9.5,,pumping:9,,\n"
                          "team,,3,47.1,9.5,,,,\n"
                          "team,J,3,,,,,,\n"
                          "team,K,3,47.1,9.5,,,\"1,5\",\n"
                          "team,L,3,47.1,9.5,,,,,extra\n"
                          "team,M,2.5,47.1,9.5,,,nan,\n"
                          "team,N,3,47.1,9.5,,,,\xFF\xFE\n"
                          "team,Good,3,47.1,9.5,2026-12-31,pumping:2,\"1,500\",fine\n");
    const auto result = take(file);
    EXPECT_EQ(result.records.size(), 1U);
    EXPECT_EQ(result.badRows, 14U);
    const auto at = [&](std::size_t row) {
        for (const auto& e : result.errors)
            if (e.row == row)
                return e.column + "|" + e.value + "|" + e.expected;
        return std::string("none");
    };
    EXPECT_EQ(at(2), "people|1e308|a whole number from 0 to 10000000");
    EXPECT_EQ(at(3), "people|-5|a whole number from 0 to 10000000");
    EXPECT_EQ(at(4), "people|abc|a whole number from 0 to 10000000");
    EXPECT_EQ(at(5), "check_due|2026-13-40|a day that there is, such as 2026-12-31");
    EXPECT_EQ(at(6), "lat|470|a number from -90 to 90");
    EXPECT_NE(at(7).find("both"), std::string::npos);
    EXPECT_NE(at(8).find("kind|spaceship|a kind"), std::string::npos);
    EXPECT_NE(at(9).find("level 1 to 3"), std::string::npos);
    EXPECT_EQ(at(10), "name||a name");
    EXPECT_NE(at(11).find("coordinates"), std::string::npos);
    EXPECT_NE(at(12).find("point before decimals"), std::string::npos);
    EXPECT_NE(at(13).find("no more cells"), std::string::npos);
    EXPECT_NE(at(14).find("whole number"), std::string::npos);
    EXPECT_NE(at(15).find("encoding"), std::string::npos);
    const auto bad = badRowsCsv(file, result);
    EXPECT_EQ(std::count(bad.begin(), bad.end(), '\n'), 15);
    EXPECT_NE(bad.find("4,\"people \"\"abc\"\": expected a whole number from 0 to 10000000\",team,C"), std::string::npos) << bad;
}

TEST_F(RecordsTest, RowsAreMergedByNumberThenCallSignThenName) {
    keep(take(csv("kind,name,call_sign,inventory_number,lat,lon,phone\n"
                  "team,Alpha,A1,K1,47.1,9.5,1\n"
                  "team,Beta,B1,,47.1,9.5,1\n"
                  "team,Gamma,,,47.1,9.5,1\n")));
    ASSERT_EQ(present.size(), 3U);
    const auto result = take(csv("kind,name,call_sign,inventory_number,phone\n"
                                 ",Alpha renamed,,K1,2\n"
                                 "team,Beta,B1,K2,2\n"
                                 "team,gamma,,,2\n"
                                 "team,GAMMA,,,3\n"));
    EXPECT_EQ(result.changed, 3U);
    EXPECT_EQ(result.added, 0U);
    ASSERT_EQ(result.errors.size(), 1U);
    EXPECT_NE(result.errors[0].expected.find("row 4 speaks of it"), std::string::npos) << result.errors[0].expected;
    EXPECT_EQ(result.seen.size(), 3U);
    keep(result);
    EXPECT_EQ(present.size(), 3U);
    EXPECT_EQ(take(csv("kind,name,inventory_number\nteam,Alpha renamed,K1\nteam,Beta,K2\n")).same, 2U) << "empty cells change nothing";
}

TEST_F(RecordsTest, StockAndCrewComeAsFurtherTables) {
    std::ofstream(folder / "d.csv") << "kind,name,inventory_number,lat,lon\nwarehouse,Depot,W1,47.1,9.5\n";
    std::ofstream(folder / "d.stock.csv") << "record,supply,quantity,unit,expiry\nW1,101,500,,2027/1/5\nW1,102,1e308,piece,\nW9,101,5,piece,\nDepot,103,-5,piece,\n";
    options.supplies["101"] = {{"Water"}, "bottle", 1.5, 0};
    const auto file = readSheets(folder / "d.csv");
    ASSERT_TRUE(file) << file.error().describe();
    const auto result = take(*file);
    ASSERT_EQ(result.records.size(), 1U);
    ASSERT_EQ(result.records[0].stock.size(), 1U);
    EXPECT_EQ(result.records[0].stock[0].name.text, "Water");
    EXPECT_EQ(result.records[0].stock[0].unit, "bottle");
    EXPECT_EQ(result.records[0].stock[0].kilograms, 1.5);
    EXPECT_EQ(result.badRows, 3U);
    EXPECT_EQ(result.errors[0].sheet, 1U);
}

TEST_F(RecordsTest, PlacesByAnyCoordinatesDatumOrName) {
    options.placeOf = [](const std::string& name) -> std::optional<model::Position> {
        return name == "Vaduz" ? std::optional(model::Position::trusted(47.14, 9.52)) : std::nullopt;
    };
    const auto result = take(csv("kind;name;coordinates;place;datum\n"
                                 "team;A;47°08'24\"N 9°31'12\"E;;\nteam;B;;Vaduz;\nteam;C;39.9, 116.4;;gcj02\nteam;D;;Nowhere;\nteam;E;here;;\n"));
    ASSERT_EQ(result.records.size(), 3U);
    EXPECT_NEAR(result.records[0].position.latitude(), 47.14, 1e-4);
    EXPECT_NEAR(result.records[1].position.longitude(), 9.52, 1e-9);
    EXPECT_GT(std::abs(result.records[2].position.longitude() - 116.4), 0.003) << "moved from GCJ-02";
    EXPECT_EQ(result.badRows, 2U);
}

TEST_F(RecordsTest, AMappingFileSaysWhatColumnsMean) {
    const auto file = csv("what,Wer,Ort\nteam,Anna,\"47.1, 9.5\"\n");
    const auto mapping = readMapping("# ours\nwhat = kind\nWer = name\nOrt = coordinates\n", file);
    ASSERT_TRUE(mapping) << mapping.error().describe();
    EXPECT_EQ(importRecords(file, *mapping, present, options)->added, 1U);
    EXPECT_EQ(readMapping("Wer = nme", file).error().place.line, 1U);
    EXPECT_EQ(readMapping("X = name", file).error().code, base::Code::notFound);
}

TEST_F(RecordsTest, BrokenFilesAreOneError) {
    std::string encoding;
    EXPECT_EQ(readCsvSheet("", "e.csv", encoding).error().code, base::Code::malformed);
    encoding.clear();
    EXPECT_EQ(readCsvSheet("a,b\n1,\"x\n2,3\n", "q.csv", encoding).error().place.line, 2U);
    encoding = "KLINGON";
    EXPECT_FALSE(readCsvSheet("a\n1\n", "k.csv", encoding));
    std::ofstream(folder / "x.xlsx") << "PK\x03\x04 broken";
    EXPECT_EQ(readSheets(folder / "x.xlsx").error().code, base::Code::malformed);
    EXPECT_EQ(readSheets(folder / "none.csv").error().code, base::Code::notFound);
}

TEST_F(RecordsTest, FiftyThousandRowsWith300WrongTakeSecondsAndCanBeCancelled) {
    std::string text = "kind,name,inventory_number,lat,lon,people,phone\n";
    for (int i = 0; i < 50'000; ++i)
        text += "team,Team " + std::to_string(i) + ",N" + std::to_string(i) + "," + (i % 167 == 0 ? "abc" : "47.1") + ",9.5,6,139 0000\n";
    const auto start = std::chrono::steady_clock::now();
    const auto file = csv(text);
    const auto result = take(file);
    const auto took = std::chrono::steady_clock::now() - start;
    EXPECT_EQ(result.badRows, 300U);
    EXPECT_EQ(result.added, 49'700U);
    EXPECT_LT(std::chrono::duration<double>(took).count(), 20) << "far above what it takes, for a busy machine";
    RecordProperty("milliseconds", static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(took).count()));
    std::stop_source stop;
    stop.request_stop();
    EXPECT_EQ(importRecords(file, guessMapping(file), present, options, {}, stop.get_token()).error().code, base::Code::cancelled);
}

} // namespace
} // namespace tocsin::county
