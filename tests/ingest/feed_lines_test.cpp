#include "feed_peer.hpp"
#include "tocsin/ingest/feed.hpp"

#include <algorithm>
#include <boost/asio/ip/udp.hpp>
#include <gmock/gmock.h>

namespace tocsin::ingest {
namespace {

using namespace std::chrono_literals;
using test::FakeSink;
using test::IoThreads;
using test::Peer;
using test::readingLine;
using Udp = boost::asio::ip::udp;

class LinesFeed : public testing::Test {
  protected:
    ~LinesFeed() override {
        if (feed)
            feed->stop();
        threads.join();
        feed.reset();
    }
    Endpoint serve(Transport transport) {
        config.name = "gauges";
        config.transport = transport;
        config.address = "127.0.0.1:0";
        feed = makeFeed(config, {threads.io, workers, sink, board, clock, ids, "."});
        EXPECT_TRUE(feed);
        const auto started = feed->start();
        EXPECT_TRUE(started) << started.error().describe();
        return parseEndpoint(feed->listensAt()).value();
    }
    static void send(const Endpoint& to, const std::string& datagram) {
        boost::asio::io_context io;
        Udp::socket socket(io, Udp::v4());
        socket.send_to(boost::asio::buffer(datagram),
                       Udp::endpoint(boost::asio::ip::make_address(to.host), to.port));
    }
    /// What is answered up to this line; all until the end where it never comes.
    static std::vector<std::string> answers(Peer& peer, const std::string& last) {
        std::vector<std::string> all;
        while (auto line = peer.line()) {
            all.push_back(*line);
            if (all.back() == last)
                break;
        }
        return all;
    }
    std::vector<model::Reading> readings() {
        std::vector<model::Reading> all;
        for (const auto& batch : sink.batches())
            all.insert(all.end(), batch.readings.begin(), batch.readings.end());
        return all;
    }

    base::ManualClock clock{base::parseTime("2026-11-20T08:00:00Z").value()};
    base::RandomIdSource ids{clock};
    FeedBoard board{clock};
    FakeSink sink;
    boost::asio::thread_pool workers{1};
    IoThreads threads;
    FeedConfig config;
    std::unique_ptr<Feed> feed;
};

TEST_F(LinesFeed, OverTcpUnderItsOwnNameAndWithWhatItDeclares) {
    config.sensorPrefix = "rhine/";
    config.units = {{"", "m"}};
    Peer peer(serve(Transport::tcpLines));
    peer.send(R"({"sensor":"1","time":1763625600000,"value":2.5})"
              "\nnonsense\n");
    EXPECT_EQ(peer.line().value().substr(0, 6), "bad 2 ");
    EXPECT_EQ(peer.line(), "ok 2");
    const auto batch = sink.batches().at(0);
    EXPECT_EQ(batch.feed, "gauges");
    EXPECT_EQ(batch.readings.at(0).sensor.value, "rhine/1");
    EXPECT_EQ(batch.readings.at(0).unit, "m");
    EXPECT_EQ(batch.faults.size(), 1U);
    EXPECT_EQ(board.feed("gauges").status().state, FeedState::up);
    peer.vanish();
}

TEST_F(LinesFeed, APortThatIsTakenIsAFailureWithItsReason) {
    const auto taken = serve(Transport::tcpLines);
    config.address = taken.toString();
    auto second = makeFeed(config, {threads.io, workers, sink, board, clock, ids, "."});
    const auto started = second->start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, base::Code::unavailable);
    EXPECT_EQ(board.feed("gauges").status().state, FeedState::failed);
    second->stop();
}

TEST_F(LinesFeed, AMappingSaysWhatLinesOverTcpMeanEachForItself) {
    config.mapping.sensor = "/dev";
    config.mapping.values = {{"/level", "", "=m"}};
    Peer peer(serve(Transport::tcpLines));
    peer.send("{\"dev\":\n" // broken, and no other with it
              R"({"dev":"a","level":1.5})"
              "\n\nnonsense\n"
              R"({"dev":"b","level":2.5,"sensor":"decoy","value":9,"time":"2026-11-20T08:00:00Z"})"
              "\n");
    const auto told = answers(peer, "ok 4");
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back(), "ok 4");
    EXPECT_EQ(std::count_if(told.begin(), told.end(), [](const auto& line) { return line.starts_with("bad 1 "); }), 1);
    EXPECT_EQ(std::count_if(told.begin(), told.end(), [](const auto& line) { return line.starts_with("bad 3 "); }), 1);
    const auto all = readings();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].sensor.value, "a");
    EXPECT_EQ(all[0].value, 1.5);
    EXPECT_EQ(all[0].unit, "m");
    EXPECT_EQ(all[1].sensor.value, "b");
    EXPECT_EQ(all[1].value, 2.5);
    EXPECT_EQ(sink.quarantined().size(), 2U);
    peer.vanish();
}

TEST_F(LinesFeed, WhatTheLinesAreIsToldByEachConnectionsFirstOnes) {
    const auto at = serve(Transport::tcpLines);
    Peer table(at);
    table.send("sensor,time,value,unit\n"); // alone, as a logger sends it
    EXPECT_EQ(table.line(), "ok 1");
    table.send("lake,2026-11-20T08:00:00Z,1.5,m\nlake,2026-11-20T08:01:00Z,much,m\n");
    const auto told = answers(table, "ok 3");
    ASSERT_FALSE(told.empty());
    EXPECT_EQ(told.back(), "ok 3");
    EXPECT_TRUE(told.front().starts_with("bad 3 ") || told.front() == "ok 2") << told.front();
    ASSERT_EQ(readings().size(), 1U);
    EXPECT_EQ(readings()[0].sensor.value, "lake");
    EXPECT_EQ(sink.quarantined().size(), 1U);

    Peer other(at); // another sender, another format
    other.send("hello\n"); // says nothing of what follows
    EXPECT_TRUE(other.line().value().starts_with("bad 1 "));
    EXPECT_EQ(other.line(), "ok 1");
    other.send(readingLine(1));
    EXPECT_EQ(other.line(), "ok 2");
    EXPECT_EQ(readings().size(), 2U);
    table.vanish();
    other.vanish();
}

TEST_F(LinesFeed, AWideTableIsKnownByItsHeadingAlone) {
    Peer table(serve(Transport::tcpLines));
    table.send("time,Lake [m],River [m]\n");
    EXPECT_EQ(table.line(), "ok 1");
    table.send("2026-11-20T08:00:00Z,1.5,2.5\n");
    EXPECT_EQ(table.line(), "ok 2");
    EXPECT_EQ(readings().size(), 2U);
    table.vanish();
}

TEST_F(LinesFeed, AMappingHoldsForDatagramsThatLookLikeReadings) {
    config.mapping.sensor = "=real";
    config.mapping.values = {{"/level", "", "=m"}};
    send(serve(Transport::udpLines), R"({"sensor":"decoy","time":"2026-11-20T08:00:00Z","value":9,"level":2.5})");
    sink.awaitBatches(1);
    ASSERT_EQ(readings().size(), 1U);
    EXPECT_EQ(readings()[0].sensor.value, "real");
    EXPECT_EQ(readings()[0].value, 2.5);
}

TEST_F(LinesFeed, DatagramsOfLinesAreTakenAndBadOnesKept) {
    const auto at = serve(Transport::udpLines);
    send(at, readingLine(1) + readingLine(2));
    sink.awaitBatches(1);
    send(at, "not a reading, but it came\n" + readingLine(3)); // told by its content all the same
    sink.awaitBatches(2);
    const auto all = readings();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[2].sensor.value, "gauge-3");
    ASSERT_EQ(sink.batches().at(1).faults.size(), 1U);
    EXPECT_EQ(sink.batches().at(0).feed, "gauges");
}

TEST_F(LinesFeed, DatagramsOfOtherKindsGoTheirOwnWay) {
    const auto at = serve(Transport::udpLines);
    send(at, R"({"text":"Tree on the road","category":"road","position":{"lat":47.1,"lon":9.5}})");
    send(at, "\x01\x02 nothing that anybody knows");
    send(at, readingLine(1));
    sink.awaitBatches(1);
    feed->stop();
    threads.join();
    EXPECT_EQ(sink.messages().size() + sink.quarantined().size(), 2U);
    EXPECT_GE(sink.quarantined().size(), 1U);
}

TEST_F(LinesFeed, ABusyDeskIsAskedAgainWithTheSameDatagrams) {
    int refusals = 2;
    sink.answerReadings([&](const ReadingBatch& batch) -> base::Result<ReadingsReceipt> {
        if (refusals-- > 0)
            return base::fail(base::Code::unavailable, "full");
        return ReadingsReceipt{batch.readings.size(), 0, 0};
    });
    send(serve(Transport::udpLines), readingLine(1));
    sink.awaitBatches(3);
    for (const auto& batch : sink.batches())
        EXPECT_EQ(batch.readings.size(), 1U);
}

} // namespace
} // namespace tocsin::ingest
