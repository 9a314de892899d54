#include "ingest/feed_peer.hpp"
#include "tocsin/ingest/feed.hpp"

#include <boost/asio/ip/udp.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <filesystem>
#include <gtest/gtest.h>
#include <set>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;

namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;

/// A desk that takes positions.
class PositionSink final : public Sink {
  public:
    void readings(ReadingBatch, std::function<void(base::Result<ReadingsReceipt>)> done) override { done(ReadingsReceipt{}); }
    void positions(std::string, std::vector<model::UnitPosition> positions,
                   std::function<void(base::Result<ReadingsReceipt>)> done) override {
        const std::size_t count = positions.size();
        {
            const std::lock_guard lock(m_mutex);
            if (m_refuse > 0) {
                --m_refuse;
                done(base::fail(base::Code::storage, "the disk is full"));
                return;
            }
            for (auto& one : positions)
                m_positions.push_back(std::move(one));
        }
        m_changed.notify_all();
        done(ReadingsReceipt{count, 0, 0});
    }
    void message(std::string, Message, std::function<void(Receipt)> done) override { done({Outcome::stored, {"id"}, {}}); }
    void quarantine(std::string, Format, Fault fault, std::function<void(Receipt)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            m_quarantined.push_back(std::move(fault.bytes));
        }
        m_changed.notify_all();
        done({Outcome::quarantined, {}, {}});
    }
    [[nodiscard]] bool await(std::size_t positions, std::size_t quarantined = 0) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] {
            return m_positions.size() >= positions && m_quarantined.size() >= quarantined;
        });
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<model::UnitPosition> m_positions;
    std::vector<std::string> m_quarantined;
    int m_refuse{0}; ///< so many times nothing can be written
};

std::string fix(int second) {
    char body[100];
    std::snprintf(body, sizeof body, "GPRMC,0800%02d,A,4706.0000,N,00930.0000,E,1.0,90.0,201126,,,A", second);
    unsigned sum = 0;
    for (const char* c = body; *c != 0; ++c)
        sum ^= static_cast<unsigned char>(*c);
    char line[120];
    std::snprintf(line, sizeof line, "$%s*%02X\r\n", body, sum);
    return line;
}

class NmeaFeedTest : public ::testing::Test {
  protected:
    void start(Transport transport, const std::string& address) {
        FeedConfig config;
        config.name = "boat";
        config.transport = transport;
        config.address = address;
        feed = makeFeed(config, parts);
        const auto started = feed->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    void TearDown() override {
        if (feed)
            feed->stop();
        threads.join();
        feed.reset();
        workers.join();
    }

    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:01Z")};
    base::RandomIdSource ids{clock};
    FeedBoard board{clock};
    PositionSink sink;
    asio::thread_pool workers{1};
    IoThreads threads;
    FeedParts parts{threads.io, workers, sink, board, clock, ids, std::filesystem::temp_directory_path()};
    std::unique_ptr<Feed> feed;
};

TEST_F(NmeaFeedTest, LinesOfAConnectionInAnyPieces) {
    asio::io_context io;
    Tcp::acceptor receiver(io, {asio::ip::address_v4::loopback(), 0});
    start(Transport::nmeaTcp, "127.0.0.1:" + std::to_string(receiver.local_endpoint().port()));
    {
        auto socket = receiver.accept();
        const auto text = fix(0) + "noise\r\n" + fix(1) + fix(2);
        for (std::size_t i = 0; i < text.size(); i += 11)
            asio::write(socket, asio::buffer(text.data() + i, std::min<std::size_t>(11, text.size() - i)));
        ASSERT_TRUE(sink.await(3, 1)) << "the last one too, though nothing follows it";
        EXPECT_EQ(sink.m_positions[0].unit.value, "boat");
        EXPECT_EQ(sink.m_positions[2].time, *base::parseTime("2026-11-20T08:00:02Z"));
        EXPECT_EQ(sink.m_quarantined[0], "noise");
        EXPECT_EQ(board.feed("boat").status().state, FeedState::up);
    }
    auto socket = receiver.accept(); // it comes again
    asio::write(socket, asio::buffer(fix(3) + fix(4)));
    EXPECT_TRUE(sink.await(5, 1));
}

TEST_F(NmeaFeedTest, WhatADeskCouldNotWriteIsOfferedAgain) {
    sink.m_refuse = 2;
    asio::io_context io;
    Tcp::acceptor receiver(io, {asio::ip::address_v4::loopback(), 0});
    start(Transport::nmeaTcp, "127.0.0.1:" + std::to_string(receiver.local_endpoint().port()));
    auto socket = receiver.accept();
    asio::write(socket, asio::buffer(fix(0) + fix(1)));
    ASSERT_TRUE(sink.await(1));
    asio::write(socket, asio::buffer(fix(2) + fix(3)));
    ASSERT_TRUE(sink.await(4));
    std::set<base::Time> times;
    for (const auto& position : sink.m_positions)
        times.insert(position.time);
    EXPECT_EQ(times.size(), 4U) << "each once";
    EXPECT_GE(board.feed("boat").status().busy, 1U);
}

TEST_F(NmeaFeedTest, AnEndlessLineIsCut) {
    asio::io_context io;
    Tcp::acceptor receiver(io, {asio::ip::address_v4::loopback(), 0});
    start(Transport::nmeaTcp, "127.0.0.1:" + std::to_string(receiver.local_endpoint().port()));
    auto socket = receiver.accept();
    asio::write(socket, asio::buffer(std::string(100'000, 'x') + "\n" + fix(1) + fix(2)));
    EXPECT_TRUE(sink.await(2, 1));
}

TEST_F(NmeaFeedTest, Datagrams) {
    start(Transport::nmeaUdp, "127.0.0.1:0");
    const auto at = *parseEndpoint(feed->listensAt());
    asio::io_context io;
    asio::ip::udp::socket socket(io, asio::ip::udp::v4());
    const auto text = fix(0);
    socket.send_to(asio::buffer(text.substr(0, text.size() - 2)), {asio::ip::make_address(at.host), at.port});
    EXPECT_TRUE(sink.await(1));
}

} // namespace
