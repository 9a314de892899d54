#include "tocsin/ingest/sample_feed.hpp"

#include "ingest/feed_peer.hpp"
#include "ingest/mqtt_broker.hpp"
#include "tocsin/ingest/feed.hpp"

#include <boost/asio/ip/udp.hpp>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;

namespace {

namespace asio = boost::asio;
constexpr std::size_t most = 1000;
const std::string line = R"({"sensor":"a","time":"2026-11-20T08:00:00Z","value":1.5})"
                         "\n";

template <typename Until>
bool soon(const Until& until) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!until() && std::chrono::steady_clock::now() < end)
        std::this_thread::yield();
    return until();
}

FeedConfig config(Transport transport, const std::string& address) {
    FeedConfig out;
    out.name = "new";
    out.transport = transport;
    out.address = address;
    return out;
}

class Samples : public ::testing::Test {
  protected:
    std::unique_ptr<SampleFeed> listen(FeedConfig feed, std::size_t bytes = most) {
        auto started = SampleFeed::start(std::move(feed), folder.path(), clock, bytes);
        EXPECT_TRUE(started) << started.error().message;
        return started ? std::move(*started) : nullptr;
    }
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:01Z")};
    OwnFolder folder;
};

TEST_F(Samples, LinesAreShownAndNotAcknowledged) {
    auto sample = listen(config(Transport::tcpLines, "127.0.0.1:0"));
    ASSERT_TRUE(sample);
    Peer sender(*parseEndpoint(sample->listensAt()));
    sender.send(line + line);
    ASSERT_TRUE(soon([&] { return sample->sample().bytes == line + line; })) << sample->sample().bytes;
    EXPECT_TRUE(sample->sample().topic.empty());
    sample.reset();
    const auto answer = sender.rest();
    EXPECT_EQ(answer.find("ok"), std::string::npos) << "its sender still has it: " << answer;
}

TEST_F(Samples, NoMoreIsKeptThanWasAskedFor) {
    const auto sample = listen(config(Transport::tcpLines, "127.0.0.1:0"), 10);
    ASSERT_TRUE(sample);
    Peer sender(*parseEndpoint(sample->listensAt()));
    sender.send(line + line);
    ASSERT_TRUE(soon([&] { return sample->sample().pieces > 0; }));
    EXPECT_EQ(sample->sample().bytes, line.substr(0, 10));
}

TEST_F(Samples, DatagramsOfReadingsAndOfOtherFormats) {
    for (const auto& text : {line, std::string("$GPRMC,080000,A,4706.0,N,00930.0,E,1.0,90.0,201126,,,A*7C\r\n")}) {
        const auto sample = listen(config(Transport::udpLines, "127.0.0.1:0"));
        ASSERT_TRUE(sample);
        const auto at = *parseEndpoint(sample->listensAt());
        asio::io_context io;
        asio::ip::udp::socket socket(io, asio::ip::udp::v4());
        socket.send_to(asio::buffer(text), {asio::ip::make_address(at.host), at.port});
        ASSERT_TRUE(soon([&] { return sample->sample().pieces > 0; }));
        EXPECT_EQ(sample->sample().bytes, text);
    }
}

TEST_F(Samples, AMessageHasItsTopicAndStaysForTheFeed) {
    if (!Mosquitto::isThere())
        GTEST_SKIP() << "no mosquitto here";
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    auto feed = config(Transport::mqtt, broker.address());
    feed.topics = {"sensors/#"};
    feed.clientId = "the-desk";
    const auto sample = listen(feed);
    ASSERT_TRUE(sample);
    ASSERT_TRUE(soon([&] {
        publisher.publish("sensors/a/level", "4.5");
        return !sample->sample().bytes.empty();
    }));
    EXPECT_EQ(sample->sample().topic, "sensors/a/level");
    EXPECT_EQ(sample->sample().bytes, "4.5");
    EXPECT_EQ(sample->trouble(), "");
}

TEST_F(Samples, WhyNothingComesIsTold) {
    const auto sample = listen([] {
        auto feed = config(Transport::mqtt, "mqtt://127.0.0.1:" + std::to_string(freePort()));
        feed.topics = {"a"};
        return feed;
    }());
    ASSERT_TRUE(sample);
    EXPECT_TRUE(soon([&] { return !sample->trouble().empty(); }));
    asio::io_context io;
    const asio::ip::tcp::acceptor taken(io, {asio::ip::make_address("127.0.0.1"), 0});
    const auto refused = SampleFeed::start(
        config(Transport::tcpLines, "127.0.0.1:" + std::to_string(taken.local_endpoint().port())), folder.path(), clock, most);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::Code::unavailable);
    EXPECT_FALSE(SampleFeed::start(config(Transport::httpPush, ""), folder.path(), clock, most));
    EXPECT_FALSE(SampleFeed::start(config(Transport::poll, "http://127.0.0.1:1/"), folder.path(), clock, most));
    EXPECT_FALSE(SampleFeed::start(config(Transport::tcpLines, "nonsense"), folder.path(), clock, most));
}

/// A feed that runs is looked at beside its work.
TEST_F(Samples, ARunningFeedGoesOnAsAlways) {
    base::RandomIdSource ids{clock};
    FeedBoard board{clock};
    FakeSink sink;
    asio::thread_pool workers{1};
    IoThreads threads;
    auto feed = makeFeed(config(Transport::tcpLines, "127.0.0.1:0"),
                         {threads.io, workers, sink, board, clock, ids, folder.path()});
    ASSERT_TRUE(feed->start());
    auto& counters = board.feed("new");
    Peer sender(*parseEndpoint(feed->listensAt()));
    sender.send(line);
    EXPECT_TRUE(sender.line());
    EXPECT_EQ(counters.sample().pieces, 0U) << "nobody looks";
    counters.beginSample(most);
    sender.send(line);
    EXPECT_TRUE(sender.line()) << "acknowledged as always";
    EXPECT_EQ(counters.sample().bytes, line);
    counters.endSample();
    sender.send(line);
    EXPECT_TRUE(sender.line());
    EXPECT_EQ(counters.sample().bytes, "");
    feed->stop();
    threads.join();
    feed.reset();
    workers.join();
}

} // namespace
