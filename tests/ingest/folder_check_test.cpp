#include "tocsin/ingest/folder_check.hpp"

#include "feed_peer.hpp"
#include "ingest/decode_support.hpp"
#include "ingest/own_folder.hpp"

#include <algorithm>
#include <fstream>
#include <gmock/gmock.h>
#include <map>

namespace tocsin::ingest::test {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FolderChecks : public testing::Test {
  protected:
    void write(const std::string& name, const std::string& bytes) const {
        fs::create_directories((root / name).parent_path());
        std::ofstream(root / name, std::ios::binary) << bytes;
    }
    std::vector<FolderTally> check(const FolderCheckOptions& options = {}) {
        results.clear();
        auto tallies = checkFolder(root, options, [this](const FileResult& result) { results.push_back(result); });
        EXPECT_TRUE(tallies);
        return tallies.value_or(std::vector<FolderTally>{});
    }
    [[nodiscard]] const FileResult& of(const std::string& name) const {
        static const FileResult none;
        const auto found = std::find_if(results.begin(), results.end(), [&](const auto& one) { return one.file == (root / name).string(); });
        EXPECT_NE(found, results.end()) << name;
        return found == results.end() ? none : *found;
    }

    OwnFolder own;
    const fs::path root{own.path()};
    std::vector<FileResult> results;
};

const std::string goodLine = R"({"sensor":"a","time":"2026-11-20T08:00:00Z","value":1.5})"
                             "\n";

TEST_F(FolderChecks, EachFileIsInOneOfFiveAndCountedWithItsFolder) {
    write("direct.ndjson", goodLine + goodLine);
    write("deep/a/b/c.ndjson", goodLine);
    write("deep/mixed.ndjson", goodLine + "no reading\n" + R"({"sensor":"a"})" + "\n");
    write("deep/broken.json", "[1, 2");
    write("deep/whole.xml", R"(<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"></alert>)");
    write("other/README", "what this is");
    write("other/.hidden", "x");
    write("other/x.part", "x");
    const auto tallies = check();
    ASSERT_EQ(tallies.size(), 3U);
    EXPECT_EQ(tallies[0].folder, ".");
    EXPECT_EQ(tallies[0].taken, 1U);
    EXPECT_EQ(tallies[0].kinds.at("readings"), 2U);
    EXPECT_TRUE(tallies[0].good());
    EXPECT_EQ(tallies[1].folder, "deep");
    EXPECT_EQ(tallies[1].files, 4U);
    EXPECT_EQ(tallies[1].taken, 1U);
    EXPECT_EQ(tallies[1].partly, 1U);
    EXPECT_EQ(tallies[1].refused, 1U);
    EXPECT_EQ(tallies[1].unknown, 1U);
    EXPECT_EQ(tallies[1].kinds.at("readings"), 2U);
    EXPECT_FALSE(tallies[1].good());
    EXPECT_EQ(tallies[2].files, 1U) << "what is hidden or not finished is passed over";
    EXPECT_EQ(tallies[2].unknown, 1U);
    const auto& mixed = of("deep/mixed.ndjson");
    ASSERT_EQ(mixed.faults.size(), 2U);
    EXPECT_EQ(mixed.faults[0].place.line, 2U);
    EXPECT_EQ(mixed.faults[1].place.line, 3U);
    EXPECT_EQ(mixed.counts.quarantined, 2U);
    EXPECT_EQ(of("deep/whole.xml").faults.size(), 1U);
}

TEST_F(FolderChecks, LinksAreNotFollowed) {
    write("a/real.ndjson", goodLine);
    fs::create_symlink("real.ndjson", root / "a/link.ndjson");
    fs::create_directory_symlink(root / "a", root / "a/again");
    const auto tallies = check();
    ASSERT_EQ(tallies.size(), 1U);
    EXPECT_EQ(tallies[0].files, 3U);
    EXPECT_EQ(tallies[0].taken, 1U);
    EXPECT_EQ(tallies[0].unknown, 2U);
    EXPECT_THAT(of("a/link.ndjson").reason, HasSubstr("a link"));
}

TEST_F(FolderChecks, HowManyAndHowDeepIsBoundedAndSaid) {
    for (int i = 0; i < 20; ++i)
        write("many/" + std::to_string(i) + ".ndjson", goodLine);
    FolderCheckOptions options;
    options.mostFiles = 10;
    auto tallies = check(options);
    ASSERT_EQ(tallies.size(), 1U);
    EXPECT_LE(tallies[0].files, 11U);
    EXPECT_FALSE(tallies[0].good());
    EXPECT_THAT(results.back().reason, HasSubstr("more than 10 files"));
    fs::remove_all(root / "many");
    write("1/2/3/4/x.ndjson", goodLine);
    options = {};
    options.mostLevels = 3;
    tallies = check(options);
    ASSERT_EQ(results.size(), 1U);
    EXPECT_THAT(results[0].reason, HasSubstr("more than 3 deep"));
    EXPECT_FALSE(checkFolder(root / "absent", {}, [](const auto&) {}));
}

TEST_F(FolderChecks, ATableOverTheSizeOfAMessageIsReadToItsEnd) {
    std::string table = "sensor,time,value\n";
    std::size_t rows = 0;
    while (table.size() <= maxMessageBytes + 1000) {
        table += "gauge-of-a-long-name-" + std::string(60, 'x') + ",2026-11-20T08:00:00Z," + std::to_string(++rows) + "\n";
    }
    write("table.csv", table);
    const auto path = (root / "table.csv").string();
    const auto checked = checkFile(path);
    EXPECT_EQ(checked.format, Format::readingsCsv);
    EXPECT_EQ(checked.counts.messages, rows) << checked.reason;
    EXPECT_EQ(checked.counts.quarantined, 0U) << checked.reason;
    FakeSink sink;
    sink.answerReadings([](const ReadingBatch& batch) -> base::Result<ReadingsReceipt> { return ReadingsReceipt{batch.readings.size(), 0, 0}; });
    const auto stored = ingestFile(path, std::nullopt, sink);
    EXPECT_EQ(stored.counts.stored, rows) << stored.reason;
}

/// The table of docs/CORPORA.md.
TEST(CorporaFolders, AreTakenStrayAndAreRefusedAsTheTableSays) {
    const auto corpora = test::corpora();
    if (!corpora)
        GTEST_SKIP() << "TOCSIN_CORPORA is not set";
    struct Row {
        const char* folder;
        std::size_t files, taken, deviating, partly, refused, unknown;
    };
    const Row rows[] = {
        {"cap", 93, 73, 11, 0, 6, 3},
        {"cap_derived", 6, 4, 0, 0, 2, 0},
        {"cap_feeds", 15, 9, 2, 0, 3, 1},
        {"cap_other_json", 3, 3, 0, 0, 0, 0},
        {"cn", 18, 2, 0, 0, 0, 16},
        {"dem", 4, 0, 0, 0, 0, 4},
        {"edxl", 1, 0, 0, 1, 0, 0},
        {"facts", 2, 0, 0, 0, 0, 2},
        {"hydro", 53, 25, 12, 0, 9, 7},
        {"open311", 18, 6, 8, 0, 2, 2},
        {"osm", 18, 0, 0, 0, 0, 18},
        {"quake", 33, 15, 1, 0, 14, 3},
        {"reports", 6, 3, 2, 0, 0, 1},
        {"resources", 14, 0, 0, 0, 0, 14},
        {"schema", 53, 0, 0, 0, 0, 53},
        {"sensors", 15, 0, 13, 1, 1, 0},
        {"units", 20, 9, 3, 2, 4, 2},
    };
    FolderCheckOptions options;
    options.source.feed = "check";
    options.source.receivedAt = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}; // AIS says no date
    const auto tallies = checkFolder(*corpora, options, [](const FileResult& result) {
        if (result.outcome == FileOutcome::rejected) {
            EXPECT_FALSE(result.reason.empty()) << result.file;
            EXPECT_FALSE(result.faults.empty()) << result.file;
        }
    });
    ASSERT_TRUE(tallies);
    std::map<std::string, FolderTally> byName;
    for (const auto& tally : *tallies)
        byName[tally.folder] = tally;
    for (const auto& row : rows) {
        SCOPED_TRACE(row.folder);
        const auto& tally = byName[row.folder];
        EXPECT_EQ(tally.files, row.files);
        EXPECT_EQ(tally.taken, row.taken);
        EXPECT_EQ(tally.deviating, row.deviating);
        EXPECT_EQ(tally.partly, row.partly);
        EXPECT_EQ(tally.refused, row.refused);
        EXPECT_EQ(tally.unknown, row.unknown);
    }
}

} // namespace
} // namespace tocsin::ingest::test
