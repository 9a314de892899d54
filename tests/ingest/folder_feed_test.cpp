#include "ingest/folder_feed.hpp"
#include "ingest/folder_files.hpp"
#include "ingest/http_peer.hpp"

#include <algorithm>
#include <fcntl.h>
#include <fstream>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::ingest::test {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string report = R"({"category":"flood","text":"the cellar is full","id":"r-1"})";

class FolderFeedTest : public ::testing::Test {
  protected:
    FolderFeedTest() {
        config.name = "drop";
        config.transport = Transport::folder;
        config.address = "drop";
        options.settle = milliseconds(20);
        options.rescan = milliseconds(50);
        options.backOffFirst = milliseconds(10);
    }
    ~FolderFeedTest() override { stop(); }

    void start() {
        threads = std::make_unique<IoThreads>();
        workers = std::make_unique<boost::asio::thread_pool>(2);
        feed = makeFolderFeed(config, FeedParts{threads->io, *workers, sink, board, clock, ids, county.path()}, options);
        const auto started = feed->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    void stop() {
        if (!feed)
            return;
        feed->stop();
        threads->join();
        workers->join();
        feed.reset();
        workers.reset();
        threads.reset();
    }
    [[nodiscard]] fs::path folder() const { return county.path() / "drop"; }
    void put(const std::string& name, const std::string& text) const {
        fs::create_directories(folder());
        std::ofstream(folder() / name, std::ios::binary) << text;
    }
    [[nodiscard]] static std::vector<std::string> in(const fs::path& where) {
        std::vector<std::string> out;
        for (const auto& entry : fs::directory_iterator(where))
            if (entry.is_regular_file() || entry.is_symlink() || entry.is_fifo())
                out.push_back(entry.path().filename().string());
        std::sort(out.begin(), out.end());
        return out;
    }
    [[nodiscard]] bool awaitIn(const std::string& where, std::size_t count) const {
        return eventually([&] { return fs::exists(folder() / where) && in(folder() / where).size() >= count; });
    }
    [[nodiscard]] FeedStatus status() { return board.feed(config.name).status(); }

    FakeSink sink;
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    FeedBoard board{clock};
    base::RandomIdSource ids{clock};
    OwnFolder county;
    FeedConfig config;
    FolderOptions options;
    std::unique_ptr<IoThreads> threads;
    std::unique_ptr<boost::asio::thread_pool> workers;
    std::unique_ptr<Feed> feed;
};

TEST_F(FolderFeedTest, TakesByContentWhatIsThereAndWhatComes) {
    put("there-before.txt", readingLine(1));
    start();
    ASSERT_TRUE(awaitIn("done", 1));
    put("later.dat", report);
    std::ofstream(county.path() / "elsewhere") << report;
    fs::rename(county.path() / "elsewhere", folder() / "moved-in");
    ASSERT_TRUE(awaitIn("done", 3));
    stop();
    EXPECT_THAT(in(folder() / "done"), ElementsAre("later.dat", "moved-in", "there-before.txt"));
    EXPECT_THAT(in(folder()), IsEmpty());
    EXPECT_THAT(sink.messages(), SizeIs(2));
    ASSERT_THAT(sink.batches(), SizeIs(1));
    EXPECT_THAT(sink.batches()[0].readings, SizeIs(1));
    EXPECT_EQ(status().state, FeedState::off);
    EXPECT_EQ(status().taken, 3U);
}

TEST_F(FolderFeedTest, WhatIsBadGoesAsideWithItsReasonAndPlace) {
    start();
    put("broken.json", "{\n  \"category\": \"flood\",\n  \"text\": 7\n}");
    put("half.ndjson", readingLine(1) + "{\"sensor\":\"x\"}\n");
    ASSERT_TRUE(awaitIn("bad", 2));
    ASSERT_TRUE(awaitIn("done", 2));
    stop();
    EXPECT_THAT(in(folder() / "bad"), ElementsAre("broken.json", "broken.json.txt"));
    EXPECT_THAT(readFile(folder() / "bad/broken.json.txt"), HasSubstr("line 3"));
    EXPECT_THAT(in(folder() / "done"), ElementsAre("half.ndjson", "half.ndjson.txt"));
    EXPECT_THAT(readFile(folder() / "done/half.ndjson.txt"), HasSubstr("Taken: 1 new"));
    EXPECT_THAT(sink.quarantined(), SizeIs(2));
}

TEST_F(FolderFeedTest, WhatIsNotCompleteIsLeft) {
    start();
    put("a.json.part", report);
    put(".hidden.json", report);
    const auto path = (folder() / "slow.json").string();
    const int slow = ::open(path.c_str(), O_WRONLY | O_CREAT, 0644);
    ASSERT_GE(slow, 0);
    ASSERT_EQ(::write(slow, report.data(), 20), 20);
    put("other.json", report); // once this is taken, the slow one has been looked at often
    ASSERT_TRUE(awaitIn("done", 1));
    for (int i = 0; i < 5; ++i) {
        put("other" + std::to_string(i), report);
        ASSERT_TRUE(awaitIn("done", static_cast<std::size_t>(i) + 2));
    }
    EXPECT_THAT(in(folder()), ElementsAre(".hidden.json", "a.json.part", "slow.json"));
    ASSERT_EQ(::write(slow, report.data() + 20, report.size() - 20), static_cast<ssize_t>(report.size() - 20));
    ::close(slow);
    ASSERT_TRUE(awaitIn("done", 7));
    stop();
    EXPECT_THAT(sink.messages(), SizeIs(7));
    EXPECT_THAT(sink.quarantined(), IsEmpty());
}

TEST_F(FolderFeedTest, LinksAndPipesAreRefusedFoldersLeft) {
    fs::create_directories(folder() / "sub");
    std::ofstream(county.path() / "secret") << report;
    fs::create_symlink(county.path() / "secret", folder() / "link.json");
    ASSERT_EQ(::mkfifo((folder() / "pipe").c_str(), 0600), 0);
    start();
    ASSERT_TRUE(awaitIn("bad", 4));
    stop();
    EXPECT_THAT(in(folder() / "bad"), ElementsAre("link.json", "link.json.txt", "pipe", "pipe.txt"));
    EXPECT_TRUE(fs::is_symlink(folder() / "bad/link.json"));
    EXPECT_TRUE(fs::is_directory(folder() / "sub"));
    EXPECT_THAT(sink.messages(), IsEmpty());
}

TEST_F(FolderFeedTest, NamesThatAreTakenGetANumber) {
    start();
    for (std::size_t i = 1; i <= 3; ++i) {
        put("a.json", report);
        ASSERT_TRUE(awaitIn("done", i));
    }
    stop();
    EXPECT_THAT(in(folder() / "done"), ElementsAre("a-2.json", "a-3.json", "a.json"));
}

TEST_F(FolderFeedTest, MovedOnlyAfterCommitAndTakenAgainAfterARestart) {
    std::atomic<bool> full{true};
    sink.answerMessages([&](const std::string&, const Message&) {
        return full ? Receipt{Outcome::refused, {}, "the disk is full"} : Receipt{Outcome::stored, {"x"}, {}};
    });
    start();
    put("a.json", report);
    ASSERT_TRUE(eventually([&] { return status().stateReason == "the disk is full"; }));
    EXPECT_THAT(in(folder()), ElementsAre("a.json"));
    stop();
    EXPECT_THAT(in(folder()), ElementsAre("a.json"));
    full = false;
    start();
    ASSERT_TRUE(awaitIn("done", 1));
    EXPECT_TRUE(eventually([&] { return status().state == FeedState::up; }));
}

TEST_F(FolderFeedTest, LargeFilesOfReadingsAreReadLineByLine) {
    options.streamedFrom = 10'000;
    config.sensorPrefix = "dam/";
    std::string lines;
    for (int i = 0; i < 2'000; ++i)
        lines += readingLine(i);
    put("large.ndjson", lines + "not a reading\n");
    start();
    ASSERT_TRUE(awaitIn("done", 2));
    stop();
    std::size_t count = 0;
    for (const auto& batch : sink.batches()) {
        count += batch.readings.size();
        for (const auto& reading : batch.readings)
            EXPECT_TRUE(reading.sensor.value.starts_with("dam/gauge-"));
    }
    EXPECT_EQ(count, 2'000U);
    EXPECT_EQ(status().taken, 2'000U);
    EXPECT_EQ(status().quarantined, 1U);
    EXPECT_THAT(readFile(folder() / "done/large.ndjson.txt"), HasSubstr("line 2001"));
}

TEST_F(FolderFeedTest, AFolderThatCannotBeIsToldAtOnce) {
    std::ofstream(county.path() / "drop") << "a file";
    IoThreads io(1);
    boost::asio::thread_pool pool(1);
    const auto other = makeFolderFeed(config, FeedParts{io.io, pool, sink, board, clock, ids, county.path()}, options);
    const auto started = other->start();
    ASSERT_FALSE(started);
    EXPECT_THAT(started.error().message, HasSubstr("drop"));
}

TEST_F(FolderFeedTest, ManySmallFilesAtOnce) {
    for (int i = 0; i < 200; ++i)
        put("f" + std::to_string(i) + ".json", R"({"category":"flood","text":"x","id":"r-)" + std::to_string(i) + "\"}");
    start();
    ASSERT_TRUE(awaitIn("done", 200));
    stop();
    EXPECT_THAT(sink.messages(), SizeIs(200));
}

TEST(FolderFiles, UnfinishedNames) {
    for (const auto* name : {".x", "a.part", "a.PART", "a.tmp", "a.filepart", "a.crdownload", "a~"})
        EXPECT_TRUE(isUnfinishedName(name)) << name;
    for (const auto* name : {"a", "part", "a.party.json", "temp"})
        EXPECT_FALSE(isUnfinishedName(name)) << name;
}

} // namespace
} // namespace tocsin::ingest::test
