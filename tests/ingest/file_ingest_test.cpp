#include "feed_peer.hpp"
#include "tocsin/base/sha256.hpp"
#include "tocsin/ingest/file_ingest.hpp"

#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace tocsin::ingest {
namespace {

using nlohmann::json;
using test::FakeSink;
using test::readingLine;

std::string cap(const std::string& identifier) {
    return R"(<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>)" + identifier +
           R"(</identifier><sender>met@example.org</sender><sent>2026-11-20T08:00:00+01:00</sent><status>Actual</status>)"
           R"(<msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood</event>)"
           R"(<urgency>Immediate</urgency><severity>Severe</severity><certainty>Likely</certainty>)"
           R"(<area><areaDesc>Vaduz</areaDesc></area></info></alert>)";
}

class Files : public testing::Test {
  protected:
    Files() {
        folder =
            std::filesystem::temp_directory_path() / ("tocsin-files-" + std::to_string(::getpid()) + "-" +
                                                      testing::UnitTest::GetInstance()->current_test_info()->name());
        std::filesystem::create_directories(folder);
    }
    ~Files() override { std::filesystem::remove_all(folder); }
    std::string write(const std::string& name, const std::string& bytes) {
        const auto path = folder / name;
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }

    std::filesystem::path folder;
    FakeSink sink;
    FileIngestOptions options;
};

TEST_F(Files, aWarningIsStoredAndKnownAgain) {
    const auto path = write("a.xml", cap("a-1"));
    const auto first = ingestFile(path, std::nullopt, sink);
    EXPECT_EQ(first.outcome, FileOutcome::stored);
    EXPECT_EQ(first.format, Format::cap);
    EXPECT_EQ(first.ids, std::vector<std::string>{"id-1"});
    EXPECT_TRUE(first.good());
    sink.answerMessages([](const std::string&, const Message&) { return Receipt{Outcome::duplicate, {"id-1"}, {}}; });
    const auto again = ingestFile(path, std::nullopt, sink);
    EXPECT_EQ(again.outcome, FileOutcome::duplicate);
    EXPECT_EQ(again.ids, std::vector<std::string>{"id-1"});
}

TEST_F(Files, checkingStoresNothing) {
    const auto good = checkFile(write("a.xml", cap("a-1")));
    EXPECT_TRUE(good.good()) << good.reason;
    const auto bad = checkFile(write("b.xml", cap("a-1").substr(0, 200)));
    EXPECT_EQ(bad.outcome, FileOutcome::rejected);
    EXPECT_TRUE(bad.place.line);
    EXPECT_FALSE(bad.reason.empty());
    EXPECT_TRUE(sink.messages().empty());
}

TEST_F(Files, aBrokenFileGoesToQuarantineWhole) {
    const auto bytes = cap("a-1").substr(0, 200);
    const auto result = ingestFile(write("b.xml", bytes), std::nullopt, sink);
    EXPECT_EQ(result.outcome, FileOutcome::quarantined);
    EXPECT_TRUE(result.place.line);
    EXPECT_EQ(result.counts.quarantined, 1U);
    ASSERT_EQ(sink.quarantined().size(), 1U);
    EXPECT_EQ(sink.quarantined()[0].bytes, bytes);
    EXPECT_EQ(sink.quarantined()[0].feed, "file");
    EXPECT_TRUE(sink.messages().empty());
}

TEST_F(Files, aGiganticMessageLeavesItsHeadAndItsDigest) {
    std::string bytes = R"(<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><note>)";
    bytes.append(maxMessageBytes + 100, 'x');
    const auto path = write("big.xml", bytes);
    const auto result = ingestFile(path, std::nullopt, sink);
    EXPECT_EQ(result.outcome, FileOutcome::quarantined);
    EXPECT_EQ(result.place.byte, maxMessageBytes);
    ASSERT_EQ(sink.quarantined().size(), 1U);
    const auto kept = sink.quarantined()[0];
    EXPECT_EQ(kept.bytes, bytes.substr(0, 64U << 10U));
    EXPECT_NE(kept.why.message.find(std::to_string(bytes.size())), std::string::npos);
    EXPECT_NE(kept.why.message.find(base::toHex(base::sha256(bytes))), std::string::npos);
    EXPECT_EQ(checkFile(path).outcome, FileOutcome::rejected);
}

TEST_F(Files, badLinesDoNotSpoilTheOthers) {
    const auto path =
        write("r.ndjson", readingLine(1) + "nonsense\n\n" + readingLine(2) + readingLine(3).substr(0, 20));
    const auto result = ingestFile(path, Format::readingsNdjson, sink);
    EXPECT_EQ(result.outcome, FileOutcome::quarantined);
    EXPECT_EQ(result.place.line, 2U);
    EXPECT_EQ(result.counts.stored, 2U);
    EXPECT_EQ(result.counts.quarantined, 2U);
    const auto checked = checkFile(path, Format::readingsNdjson);
    EXPECT_EQ(checked.outcome, FileOutcome::rejected);
    EXPECT_EQ(checked.place.line, 2U);
    EXPECT_EQ(checked.counts.messages, 2U);
    EXPECT_EQ(checked.counts.quarantined, 2U);
}

TEST_F(Files, manyReadingsGoInBatchesInTheirOrder) {
    std::string bytes;
    for (int i = 0; i < 50000; ++i)
        bytes += readingLine(i, i);
    options.batchLines = 1000;
    const auto path = write("many.ndjson", bytes);
    const auto result = ingestFile(path, std::nullopt, sink, options);
    EXPECT_EQ(result.outcome, FileOutcome::stored) << result.reason;
    EXPECT_EQ(result.counts.stored, 50000U);
    double next = 0;
    for (const auto& batch : sink.batches()) {
        EXPECT_LE(batch.readings.size(), 1000U);
        for (const auto& reading : batch.readings)
            EXPECT_EQ(reading.value, next++);
    }
    EXPECT_EQ(checkFile(path).outcome, FileOutcome::valid);
}

TEST_F(Files, placesCountFromTheStartOfTheFileHoweverLongItIs) {
    std::string bytes;
    for (int i = 0; i < 30000; ++i)
        bytes += readingLine(i);
    const auto at = bytes.size();
    bytes += "nonsense\n" + readingLine(1);
    const auto result = ingestFile(write("long.ndjson", bytes), std::nullopt, sink);
    EXPECT_EQ(result.place.line, 30001U);
    EXPECT_GE(result.place.byte.value_or(0), at);
    EXPECT_LE(result.place.byte.value_or(0), at + 9);
    EXPECT_EQ(result.counts.stored, 30001U);
}

TEST_F(Files, aFileOfNonsenseIsGivenUp) {
    std::string bytes = readingLine(1);
    for (int i = 0; i < 200000; ++i)
        bytes += "{\"sensor\":\n";
    const auto path = write("nonsense.ndjson", bytes);
    const auto result = ingestFile(path, std::nullopt, sink);
    EXPECT_EQ(result.outcome, FileOutcome::quarantined);
    EXPECT_NE(result.reason.find("was read"), std::string::npos) << result.reason;
    EXPECT_LT(result.counts.quarantined, 150000U);
    EXPECT_EQ(checkFile(path).outcome, FileOutcome::rejected);
}

TEST_F(Files, aBusyDeskIsWaitedFor) {
    int refusals = 3;
    sink.answerReadings([&](const ReadingBatch& batch) -> base::Result<ReadingsReceipt> {
        if (refusals-- > 0)
            return base::fail(base::Code::unavailable, "full");
        return ReadingsReceipt{batch.readings.size(), 0, 0};
    });
    int busy = 2;
    sink.answerMessages([&](const std::string&, const Message&) {
        return busy-- > 0 ? Receipt{Outcome::busy, {}, "full"} : Receipt{Outcome::stored, {"x"}, {}};
    });
    options.retryFirst = std::chrono::milliseconds(1);
    EXPECT_EQ(ingestFile(write("r.ndjson", readingLine(1)), std::nullopt, sink, options).counts.stored, 1U);
    EXPECT_EQ(ingestFile(write("a.xml", cap("a")), std::nullopt, sink, options).outcome, FileOutcome::stored);
}

TEST_F(Files, waitingForABusyDeskCanBeStopped) {
    std::stop_source stop;
    sink.answerReadings([&](const ReadingBatch&) -> base::Result<ReadingsReceipt> {
        stop.request_stop();
        return base::fail(base::Code::unavailable, "full");
    });
    options.stop = stop.get_token();
    const auto result = ingestFile(write("r.ndjson", readingLine(1)), std::nullopt, sink, options);
    EXPECT_EQ(result.outcome, FileOutcome::refused);
    EXPECT_FALSE(result.reason.empty());
}

TEST_F(Files, aDeskThatCannotStoreSaysWhy) {
    sink.answerReadings([](const ReadingBatch&) -> base::Result<ReadingsReceipt> {
        return base::fail(base::Code::storage, "the disk is full");
    });
    sink.answerMessages([](const std::string&, const Message&) { return Receipt{Outcome::refused, {}, "read only"}; });
    const auto readings = ingestFile(write("r.ndjson", readingLine(1)), std::nullopt, sink);
    EXPECT_EQ(readings.outcome, FileOutcome::refused);
    EXPECT_EQ(readings.reason, "the disk is full");
    EXPECT_EQ(ingestFile(write("a.xml", cap("a")), std::nullopt, sink).reason, "read only");
}

TEST_F(Files, onlyFilesAreRead) {
    const auto pipe = (folder / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    for (const auto& path : {pipe, folder.string(), (folder / "absent").string(), std::string("/dev/zero")}) {
        const auto checked = checkFile(path);
        EXPECT_EQ(checked.outcome, FileOutcome::rejected) << path;
        EXPECT_FALSE(checked.reason.empty()) << path;
        const auto ingested = ingestFile(path, std::nullopt, sink);
        EXPECT_EQ(ingested.outcome, FileOutcome::refused) << path;
        EXPECT_FALSE(ingested.good());
    }
    EXPECT_TRUE(sink.quarantined().empty());
}

TEST_F(Files, anEmptyFileIsQuarantined) {
    const auto path = write("empty", "");
    EXPECT_EQ(checkFile(path).outcome, FileOutcome::rejected);
    EXPECT_EQ(ingestFile(path, std::nullopt, sink).outcome, FileOutcome::quarantined);
}

TEST_F(Files, theJsonHasEveryKey) {
    const auto bad = toJson(ingestFile(write("n\xff.txt", "what?"), std::nullopt, sink));
    for (const auto* key :
         {"file", "format", "outcome", "reason", "line", "column", "byte", "ids", "deviations", "counts"})
        EXPECT_TRUE(bad.contains(key)) << key;
    EXPECT_EQ(bad["outcome"], "quarantined");
    EXPECT_NO_THROW(static_cast<void>(bad.dump()));
    const auto good = toJson(ingestFile(write("a.xml", cap("a")), std::nullopt, sink));
    EXPECT_TRUE(good["reason"].is_null());
    EXPECT_TRUE(good["line"].is_null());
    EXPECT_EQ(good["ids"].size(), 1U);
    EXPECT_EQ(good["format"], "cap");
}

} // namespace
} // namespace tocsin::ingest
