#include "feed_peer.hpp"
#include "tocsin/ingest/feed.hpp"

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
