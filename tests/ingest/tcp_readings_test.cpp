#include "feed_peer.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <gtest/gtest.h>
#include <sys/resource.h>

namespace tocsin::ingest {
namespace {

using namespace std::chrono_literals;
using test::FakeSink;
using test::IoThreads;
using test::Peer;
using test::readingLine;

class TcpReadings : public testing::Test {
  protected:
    Endpoint serve(TcpReadingsOptions options = {}) {
        options.retryFirst = 1ms;
        options.retryMost = 2ms;
        server = std::make_unique<TcpReadingsServer>(threads.io, sink, board, options);
        auto endpoint = server->listen("127.0.0.1:0");
        EXPECT_TRUE(endpoint) << endpoint.error().describe();
        return *endpoint;
    }
    void stopAndJoin() {
        server->stop();
        threads.join();
    }
    FeedStatus status() { return board.feed("readings").status(); }
    std::size_t readingsSeen() {
        std::size_t count = 0;
        for (const auto& batch : sink.batches())
            count += batch.readings.size();
        return count;
    }

    base::ManualClock clock{base::parseTime("2026-11-20T08:00:00Z").value()};
    FeedBoard board{clock};
    FakeSink sink;
    IoThreads threads; // goes before what its handlers use
    std::unique_ptr<TcpReadingsServer> server;
};

TEST_F(TcpReadings, acknowledgesOnlyWhatIsCommitted) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(readingLine(1) + readingLine(2));
    sink.awaitHeld(1);
    EXPECT_EQ(sink.batches().at(0).readings.size(), 2U);
    EXPECT_EQ(sink.batches().at(0).readings.at(1).sensor.value, "gauge-2");
    EXPECT_EQ(status().taken, 0U);
    sink.release();
    EXPECT_EQ(peer.line(), "ok 2");
    EXPECT_EQ(status().taken, 2U);
    EXPECT_EQ(status().lastGood, clock.now());
}

TEST_F(TcpReadings, collectsWhileCommitsAreUnderWay) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(readingLine(1));
    sink.awaitHeld(1);
    peer.send(readingLine(2));
    sink.awaitHeld(2);
    for (int i = 3; i <= 10; ++i)
        peer.send(readingLine(i)); // two commits are under way: these wait together
    sink.hold(false);
    sink.release(0);
    sink.release(0);
    std::string last;
    while (last != "ok 10")
        last = peer.line().value();
    EXPECT_EQ(readingsSeen(), 10U);
}

TEST_F(TcpReadings, answersInOrderThoughTheDeskDoesNot) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(readingLine(1));
    sink.awaitHeld(1);
    peer.send(readingLine(2) + readingLine(3));
    sink.awaitHeld(2);
    sink.release(1); // the later one first
    sink.release(0);
    // Never "ok 3" before the first line is committed; both may be told at once.
    auto answer = peer.line().value();
    if (answer == "ok 1")
        answer = peer.line().value();
    EXPECT_EQ(answer, "ok 3");
}

TEST_F(TcpReadings, aBadLineIsQuarantinedAndNamed) {
    Peer peer(serve());
    peer.send(readingLine(1) + "\n  \r\n" + "{\"sensor\":oops}\n" + readingLine(3));
    const auto bad = peer.line().value();
    EXPECT_EQ(bad.substr(0, 6), "bad 2 ");
    EXPECT_GT(bad.size(), 10U);
    EXPECT_EQ(peer.line(), "ok 3");
    const auto batch = sink.batches().at(0);
    EXPECT_EQ(batch.readings.size(), 2U);
    ASSERT_EQ(batch.faults.size(), 1U);
    EXPECT_NE(batch.faults[0].bytes.find("oops"), std::string::npos);
    EXPECT_EQ(batch.faults[0].error.place.line, 2U);
    EXPECT_EQ(status().quarantined, 1U);
    EXPECT_FALSE(status().lastFaultReason.empty());
}

TEST_F(TcpReadings, lineNumbersGoOnOverTheWholeConnection) {
    Peer peer(serve());
    peer.send(readingLine(1) + readingLine(2));
    EXPECT_EQ(peer.line(), "ok 2");
    peer.send("nonsense\n");
    EXPECT_EQ(peer.line().value().substr(0, 6), "bad 3 ");
    EXPECT_EQ(peer.line(), "ok 3");
}

TEST_F(TcpReadings, aBusyDeskLosesNothing) {
    int refusals = 5;
    sink.answerReadings([&](const ReadingBatch& batch) -> base::Result<ReadingsReceipt> {
        if (refusals-- > 0)
            return base::fail(base::Code::unavailable, "full");
        return ReadingsReceipt{batch.readings.size(), 0, batch.faults.size()};
    });
    Peer peer(serve());
    peer.send(readingLine(1) + "bad one\n");
    EXPECT_EQ(peer.line().value().substr(0, 6), "bad 2 ");
    EXPECT_EQ(peer.line(), "ok 2");
    EXPECT_EQ(status().busy, 5U);
    EXPECT_EQ(status().taken, 1U);
}

TEST_F(TcpReadings, aDeskThatCannotStoreEndsTheConnectionWithItsReason) {
    sink.answerReadings([](const ReadingBatch&) -> base::Result<ReadingsReceipt> {
        return base::fail(base::Code::storage, "the disk is full");
    });
    Peer peer(serve());
    peer.send(readingLine(1));
    EXPECT_EQ(peer.line(), "error the disk is full");
    EXPECT_EQ(peer.line(), std::nullopt);
}

TEST_F(TcpReadings, aDeskThatNeverAnswersIsAnErrorToo) {
    sink.hold(true);
    Peer peer(serve());
    peer.send(readingLine(1));
    sink.awaitHeld(1);
    sink.drop();
    EXPECT_EQ(peer.line().value().substr(0, 6), "error ");
    EXPECT_EQ(peer.line(), std::nullopt);
}

TEST_F(TcpReadings, aPeerThatEndsGetsItsLastAnswer) {
    Peer peer(serve());
    auto last = readingLine(2);
    last.pop_back(); // no line end
    peer.send(readingLine(1) + last);
    peer.endSending();
    const auto answers = peer.rest();
    EXPECT_TRUE(answers.ends_with("ok 2\n")) << answers;
    EXPECT_EQ(readingsSeen(), 2U);
}

TEST_F(TcpReadings, aLineCutShortByTheEndIsQuarantined) {
    Peer peer(serve());
    peer.send(readingLine(1) + readingLine(2).substr(0, 30));
    peer.endSending();
    const auto answers = peer.rest();
    EXPECT_NE(answers.find("bad 2 "), std::string::npos) << answers;
    EXPECT_TRUE(answers.ends_with("ok 2\n")) << answers;
    EXPECT_EQ(readingsSeen(), 1U);
}

TEST_F(TcpReadings, aVanishedPeerLeavesItsWholeLinesAndNoPartOfTheLast) {
    sink.hold(true);
    {
        Peer peer(serve());
        peer.send(readingLine(1));
        sink.awaitHeld(1);
        peer.send(readingLine(2).substr(0, 20));
        peer.vanish();
    }
    sink.hold(false);
    sink.release();
    stopAndJoin();
    EXPECT_EQ(readingsSeen(), 1U);
    for (const auto& batch : sink.batches())
        EXPECT_TRUE(batch.faults.empty());
    EXPECT_EQ(status().taken, 1U);
    EXPECT_EQ(status().connections, 0U);
}

TEST_F(TcpReadings, aLineWithoutEndIsCutOffAndItsHeadKept) {
    Peer peer(serve());
    peer.send(readingLine(1));
    EXPECT_EQ(peer.line(), "ok 1");
    const std::string flood(1U << 20U, 'x');
    for (int i = 0; i < 16; ++i)
        if (!peer.trySend(flood))
            break;
    const auto bad = peer.line();
    ASSERT_TRUE(bad);
    EXPECT_EQ(bad->substr(0, 6), "bad 2 ");
    EXPECT_EQ(peer.line(), "ok 2");
    EXPECT_EQ(peer.line(), std::nullopt);
    const auto batches = sink.batches();
    ASSERT_EQ(batches.back().faults.size(), 1U);
    EXPECT_EQ(batches.back().faults[0].bytes.size(), maxLineBytes);
    EXPECT_EQ(batches.back().faults[0].error.code, base::Code::tooLarge);
}

TEST_F(TcpReadings, aLineThatIsNeverFinishedIsCutOff) {
    TcpReadingsOptions options;
    options.lineTimeout = 20ms;
    Peer peer(serve(options));
    peer.send("{\"sensor\":");
    EXPECT_EQ(peer.line().value().substr(0, 6), "bad 1 ");
    EXPECT_EQ(peer.line(), "ok 1");
    EXPECT_EQ(peer.line(), std::nullopt);
}

TEST_F(TcpReadings, bytesThatComeSinglyMakeLines) {
    Peer peer(serve());
    for (const char c : readingLine(1))
        peer.send(std::string_view(&c, 1));
    EXPECT_EQ(peer.line(), "ok 1");
    EXPECT_EQ(readingsSeen(), 1U);
}

TEST_F(TcpReadings, manyLinesAreCutIntoBoundedBatches) {
    TcpReadingsOptions options;
    options.batchLines = 100;
    Peer peer(serve(options));
    std::string text;
    for (int i = 1; i <= 5000; ++i)
        text += readingLine(i);
    std::thread sender([&] { peer.send(text); });
    std::string last;
    while (last != "ok 5000")
        last = peer.line().value();
    sender.join();
    EXPECT_EQ(readingsSeen(), 5000U);
    for (const auto& batch : sink.batches())
        EXPECT_LE(batch.readings.size(), 100U);
}

TEST_F(TcpReadings, aTightMemoryBudgetSlowsDownAndLosesNothing) {
    TcpReadingsOptions options;
    options.memoryBudget = 1;
    Peer peer(serve(options));
    std::string text;
    for (int i = 1; i <= 3000; ++i)
        text += readingLine(i);
    std::thread sender([&] { peer.send(text); });
    std::string last;
    while (last != "ok 3000")
        last = peer.line().value();
    sender.join();
    EXPECT_EQ(readingsSeen(), 3000U);
}

TEST_F(TcpReadings, aSenderThatReadsNoAnswersHarmsNobodyElse) {
    sink.answerReadings([](const ReadingBatch& batch) { return ReadingsReceipt{0, 0, batch.faults.size()}; });
    TcpReadingsOptions options;
    options.writeTimeout = 50ms;
    const auto endpoint = serve(options);
    Peer deaf(endpoint);
    std::string bad;
    for (int i = 0; i < 2000; ++i)
        bad += "not a reading at all\n";
    while (deaf.trySend(bad)) {
        // ends when the server has given the sender up
    }
    Peer other(endpoint);
    other.send(readingLine(1));
    EXPECT_EQ(other.line(), "ok 1");
}

TEST_F(TcpReadings, tooManyConnectionsAreTurnedAway) {
    TcpReadingsOptions options;
    options.maxConnections = 1;
    const auto endpoint = serve(options);
    auto first = std::make_unique<Peer>(endpoint);
    first->send(readingLine(1));
    EXPECT_EQ(first->line(), "ok 1");
    Peer second(endpoint);
    EXPECT_EQ(second.line(), "busy");
    EXPECT_EQ(second.line(), std::nullopt);
    first->endSending();
    EXPECT_EQ(first->line(), std::nullopt); // the place is free once the first has left
    Peer third(endpoint);
    third.send(readingLine(1));
    EXPECT_EQ(third.line(), "ok 1");
    EXPECT_EQ(status().turnedAway, 1U);
}

TEST_F(TcpReadings, aThousandIdleConnectionsHarmNobody) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 2500)
        GTEST_SKIP() << "too few file descriptors here";
    const auto endpoint = serve();
    std::vector<std::unique_ptr<Peer>> idle;
    for (int i = 0; i < 1000; ++i)
        idle.push_back(std::make_unique<Peer>(endpoint));
    Peer peer(endpoint);
    peer.send(readingLine(1));
    EXPECT_EQ(peer.line(), "ok 1");
    for (auto& each : idle)
        each->send(readingLine(2));
    for (auto& each : idle)
        EXPECT_EQ(each->line(), "ok 1");
}

TEST_F(TcpReadings, waitsWhenThereAreNoMoreFileDescriptors) {
    const auto endpoint = serve();
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    auto waiting = std::make_unique<Peer>(endpoint);
    waiting->send(readingLine(1));
    EXPECT_EQ(waiting->line(), "ok 1");
    // A socket that is made but not yet connected, then no descriptor is left for the accepting side.
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket late(io, boost::asio::ip::tcp::v4());
    rlimit none = before;
    none.rlim_cur = 3;
    setrlimit(RLIMIT_NOFILE, &none);
    late.connect({boost::asio::ip::make_address(endpoint.host), endpoint.port});
    waiting->send(readingLine(2));
    EXPECT_EQ(waiting->line(), "ok 2"); // the others go on meanwhile
    setrlimit(RLIMIT_NOFILE, &before);
    boost::asio::write(late, boost::asio::buffer(readingLine(1)));
    std::string answer;
    boost::asio::read_until(late, boost::asio::dynamic_buffer(answer), '\n');
    EXPECT_EQ(answer, "ok 1\n");
}

TEST_F(TcpReadings, stoppingAnswersWhatIsUnderWay) {
    sink.hold(true);
    const auto endpoint = serve();
    Peer peer(endpoint);
    Peer idle(endpoint);
    peer.send(readingLine(1));
    sink.awaitHeld(1);
    server->stop();
    EXPECT_EQ(idle.line(), std::nullopt); // closed: the server has begun to stop
    sink.release();
    EXPECT_EQ(peer.line(), "ok 1");
    EXPECT_EQ(peer.line(), std::nullopt);
    peer.vanish();
    threads.join();
    EXPECT_EQ(status().connections, 0U);
}

TEST_F(TcpReadings, stoppingDoesNotWaitForABusyDesk) {
    sink.answerReadings([](const ReadingBatch&) -> base::Result<ReadingsReceipt> {
        return base::fail(base::Code::unavailable, "full");
    });
    Peer peer(serve());
    peer.send(readingLine(1));
    sink.awaitBatches(3);
    server->stop();
    const auto answers = peer.rest();
    EXPECT_EQ(answers.find("ok"), std::string::npos) << answers;
    peer.vanish();
    threads.join();
}

TEST_F(TcpReadings, saysWhyItCannotListen) {
    const auto endpoint = serve();
    TcpReadingsServer second(threads.io, sink, board);
    const auto taken = second.listen(endpoint.toString());
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, base::Code::unavailable);
    EXPECT_NE(taken.error().message.find(endpoint.toString()), std::string::npos);
    EXPECT_EQ(second.listen("nonsense").error().code, base::Code::malformed);
}

TEST(Endpoints, areRead) {
    EXPECT_EQ(parseEndpoint("127.0.0.1:80").value(), (Endpoint{"127.0.0.1", 80}));
    EXPECT_EQ(parseEndpoint("[::1]:0").value(), (Endpoint{"::1", 0}));
    EXPECT_EQ(parseEndpoint("9000").value(), (Endpoint{"127.0.0.1", 9000}));
    EXPECT_EQ(parseEndpoint(":9000").value(), (Endpoint{"127.0.0.1", 9000}));
    EXPECT_EQ((Endpoint{"::1", 9}).toString(), "[::1]:9");
    for (const auto* wrong : {"", ":", "host:", "host:65536", "host:-1", "::1:80", "[::1]80", "host:8x", "[]:1"})
        EXPECT_FALSE(parseEndpoint(wrong)) << wrong;
}

} // namespace
} // namespace tocsin::ingest
