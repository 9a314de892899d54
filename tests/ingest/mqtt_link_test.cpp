#include "ingest/mqtt_running.hpp"
#include "ingest/mqtt_link.hpp"

#include <gmock/gmock.h>
#include <poll.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

// ---- against a broker that does as it is told

struct Scripted : public ::testing::Test {
    OwnFolder folder;
    TableSink sink;
    ScriptedBroker broker;
};
using MqttFeedScripted = Scripted;

std::string ack(unsigned type, unsigned id) {
    return std::string(1, static_cast<char>(type)) + '\2' + static_cast<char>(id >> 8U) + static_cast<char>(id & 0xFFU);
}

/// By what each is known again, in the order in which they came.
std::vector<std::string> reportsOf(const TableSink& sink) {
    std::vector<std::string> ids;
    for (const auto& message : sink.m_messages)
        if (const auto* report = std::get_if<model::Report>(&message))
            ids.push_back(report->sourceId);
    return ids;
}

TEST_F(MqttFeedScripted, AcknowledgesAfterTheCommitAndInOrder) {
    sink.hold(true);
    Running running(configOf(broker.address()), sink, folder.path());
    auto peer = broker.greet(false);
    const auto subscribe = ScriptedBroker::subscribed(*peer);
    EXPECT_THAT(subscribe, HasSubstr("river/+/level"));
    peer->send(publishPacket(mqtt5, 1, false, false, 11, "rain/1", line(1)));
    sink.awaitHeld(1);
    std::string more;
    for (unsigned i = 12; i < 1200; ++i)
        more += publishPacket(mqtt5, i % 2 == 0 ? 2 : 1, false, false, static_cast<std::uint16_t>(i), "rain/1", line(static_cast<int>(i)));
    peer->send(more);
    sink.awaitHeld(2); // a second lot that is worth a commit
    EXPECT_EQ(peer->socket().available(), 0U);
    sink.releaseAll();
    for (unsigned i = 11; i < 1200; ++i) {
        const auto [head, body] = peer->packet();
        const bool twice = i > 11 && i % 2 == 0;
        EXPECT_EQ(head, twice ? 0x50U : 0x40U);
        EXPECT_EQ(static_cast<unsigned char>(body[0]) * 256U + static_cast<unsigned char>(body[1]), i);
    }
    peer->send(ack(0x62, 12));
    EXPECT_EQ(peer->packet().first, 0x70U);
    EXPECT_EQ(sink.m_table.size(), 1189U);
}

TEST_F(MqttFeedScripted, WhatIsShownAgainIsKnown) {
    Running running(bareConfig(broker.address()), sink, folder.path());
    {
        auto peer = broker.greet(false);
        ScriptedBroker::subscribed(*peer);
        peer->send(publishPacket(mqtt5, 1, false, false, 7, "rain/1", "1.5"));
        EXPECT_EQ(peer->packet().first, 0x40U);
        sink.hold(true);
        peer->send(publishPacket(mqtt5, 1, false, false, 8, "rain/2", "2.5"));
        sink.awaitHeld(1);
    }
    running.clock.advance(std::chrono::seconds(5));
    auto peer = broker.greet(true); // the session lives: no subscription, but what was not acknowledged
    peer->send(publishPacket(mqtt5, 1, false, true, 7, "rain/1", "1.5"));
    EXPECT_EQ(peer->packet().second, std::string("\0\7", 2));
    peer->send(publishPacket(mqtt5, 1, false, true, 8, "rain/2", "2.5"));
    sink.releaseAll();
    EXPECT_EQ(peer->packet().second, std::string("\0\x08", 2));
    EXPECT_EQ(sink.m_seen, 2U);
    // Another message may have the same number and the same words.
    running.clock.advance(std::chrono::seconds(5));
    peer->send(publishPacket(mqtt5, 1, false, false, 7, "rain/1", "1.5"));
    EXPECT_EQ(peer->packet().first, 0x40U);
    EXPECT_EQ(sink.m_seen, 3U);
}

TEST_F(MqttFeedScripted, AButtonThatIsPressedTwiceIsTwoReports) {
    const std::string pressed = R"({"category":"injury","text":"emergency button"})";
    const std::string timed = R"({"category":"injury","text":"emergency button","time":"2026-11-20T11:59:00Z"})";
    Running running(configOf(broker.address()), sink, folder.path());
    auto peer = broker.greet(false);
    ScriptedBroker::subscribed(*peer);
    std::uint16_t id = 0;
    for (const auto& payload : {pressed, pressed, timed, timed}) {
        peer->send(publishPacket(mqtt5, 1, false, false, ++id, "button/7", payload));
        EXPECT_EQ(peer->packet().first, 0x40U);
    }
    const auto told = reportsOf(sink);
    ASSERT_THAT(told, SizeIs(4));
    EXPECT_NE(told[0], told[1]);
    EXPECT_EQ(told[2], told[3]) << "what says its time is the same";
}

TEST_F(MqttFeedScripted, AReportThatIsShownAgainToTheNextProcessIsTakenOnceMoreAtMost) {
    const std::string pressed = R"({"category":"injury","text":"emergency button"})";
    for (int run = 0; run < 2; ++run) {
        Running running(configOf(broker.address()), sink, folder.path());
        auto peer = broker.greet(false);
        ScriptedBroker::subscribed(*peer);
        for (const int id : {5, 6}) {
            peer->send(publishPacket(mqtt5, 1, false, true, static_cast<std::uint16_t>(id), "button/7", pressed));
            EXPECT_EQ(peer->packet().first, 0x40U);
        }
        running.stop(); // before its connection goes: it makes no other
    }
    const auto told = reportsOf(sink);
    ASSERT_THAT(told, SizeIs(4));
    EXPECT_NE(told[0], told[1]) << "two messages with the same words";
    EXPECT_EQ(told[0], told[2]);
    EXPECT_EQ(told[1], told[3]);
}

TEST_F(MqttFeedScripted, WhatTheDeskCannotStoreIsNotAcknowledged) {
    sink.failNext(1);
    Running running(configOf(broker.address()), sink, folder.path());
    {
        auto peer = broker.greet(false);
        ScriptedBroker::subscribed(*peer);
        peer->send(publishPacket(mqtt5, 1, false, false, 1, "rain/1", line(1)));
        EXPECT_EQ(peer->packet().first, 0U); // it hangs up instead
    }
    running.awaitState(FeedState::waiting); // it hangs up before it says so
    EXPECT_THAT(running.status().stateReason, HasSubstr("disk is full"));
    auto peer = broker.greet(true);
    peer->send(publishPacket(mqtt5, 1, false, true, 1, "rain/1", line(1)));
    EXPECT_EQ(peer->packet().first, 0x40U);
    EXPECT_EQ(sink.m_table.size(), 1U);
}

TEST_F(MqttFeedScripted, AFloodSlowsItsSender) {
    sink.hold(true);
    Running running(configOf(broker.address()), sink, folder.path());
    auto peer = broker.greet(false);
    ScriptedBroker::subscribed(*peer);
    const std::string filler(4000, ' ');
    std::string all;
    for (unsigned i = 1; i <= 30'000; ++i)
        all += publishPacket(mqtt5, 1, false, false, static_cast<std::uint16_t>(i), "rain/1", line(static_cast<int>(i)) + filler);
    peer->socket().non_blocking(true);
    std::size_t sent = 0;
    const auto push = [&](int patience) {
        pollfd waiting{peer->socket().native_handle(), POLLOUT, 0};
        while (sent < all.size() && ::poll(&waiting, 1, patience) == 1) {
            boost::system::error_code error;
            sent += peer->socket().write_some(boost::asio::buffer(all.data() + sent, all.size() - sent), error);
        }
    };
    push(1000);
    EXPECT_LT(sent, 64U << 20U) << "everything was taken though nothing is committed";
    EXPECT_LE(running.status().bytes, 33U << 20U);
    sink.releaseAll();
    push(30'000);
    EXPECT_EQ(sent, all.size());
    sink.awaitStored(30'000);
}

TEST_F(MqttFeedScripted, FallsBackToTheOlderVersion) {
    Running running(configOf(broker.address()), sink, folder.path());
    {
        auto peer = broker.take();
        EXPECT_EQ(peer->packet().second[6], '\5');
        peer->send(std::string("\x20\x02\x00\x01", 4));
        EXPECT_EQ(peer->packet().first, 0U);
    }
    auto peer = broker.greet(false, mqtt311);
    ScriptedBroker::subscribed(*peer, mqtt311);
    peer->send(publishPacket(mqtt311, 1, false, false, 1, "rain/1", line(1)));
    EXPECT_EQ(peer->packet().first, 0x40U);
}

TEST_F(MqttFeedScripted, BrokersThatMisbehaveAreLeft) {
    const std::string oversized = "\x90\xFF\xFF\xFF\x7F";
    const std::string cases[] = {std::string("\x00\x00", 2), "HTTP/1.1 400 Bad Request\r\n\r\n" + std::string(100, 'x'),
                                 std::string("\x32\xFF\xFF\xFF\xFF\x01", 6), std::string("\x32\x04\x00\x09xx", 6), oversized,
                                 std::string("\x60\x02\x00\x01", 4), std::string("\x36\x05\x00\x01x\x00\x01", 7),
                                 std::string("\x20\x03\x00\x00\x00", 5)};
    for (const auto& bytes : cases) {
        Running running(configOf(broker.address()), sink, folder.path());
        auto peer = broker.greet(false);
        ScriptedBroker::subscribed(*peer);
        peer->send(bytes);
        EXPECT_EQ(peer->packet().first, 0U);
        running.awaitState(FeedState::waiting);
        EXPECT_FALSE(running.status().stateReason.empty());
    }
}

TEST(MqttAddress, ManyWays) {
    const auto of = [](std::string_view text, bool tls = false) {
        const auto address = parseMqttAddress(text, tls);
        return address ? address->host + " " + std::to_string(address->port) + (address->tls ? " tls" : "") : "-";
    };
    EXPECT_EQ(of("broker.example"), "broker.example 1883");
    EXPECT_EQ(of("broker.example", true), "broker.example 8883 tls");
    EXPECT_EQ(of("mqtts://broker.example/"), "broker.example 8883 tls");
    EXPECT_EQ(of("mqtt://[::1]:1884"), "::1 1884");
    EXPECT_EQ(of("[::1]"), "::1 1883");
    for (const char* wrong : {"", "http://x", "x:y", "x:0", "x:70000", "a b:1", "mqtt://u@x:1"})
        EXPECT_EQ(of(wrong), "-") << wrong;
}

TEST(MqttFilter, GoodAndBad) {
    for (const char* good : {"a", "#", "+", "a/+/b", "a/#", "/", "$share/g/a/#", "$SYS/#", "水/位"})
        EXPECT_TRUE(checkMqttFilter(good)) << good;
    for (const char* bad : {"", "a#", "#/a", "a+/b", "$share/g", "$share//a", "$share/+/a", "$share/g/", "a\xFF"})
        EXPECT_FALSE(checkMqttFilter(bad)) << bad;
}

TEST(MqttReader, CutsLongMessagesAndGoesOn) {
    MqttReader reader(mqtt5, 200'000);
    const std::string all = publishPacket(mqtt5, 1, false, false, 5, "a/b", std::string(900'000, 'x')) +
                            publishPacket(mqtt5, 1, false, false, 6, "a/c", "next");
    std::vector<std::string> got;
    for (std::size_t at = 0; at < all.size(); at += 70'001) {
        const auto piece = std::string_view(all).substr(at, 70'001);
        std::memcpy(reader.room(piece.size()), piece.data(), piece.size());
        reader.received(piece.size());
        for (auto packet = reader.next(); packet && *packet; packet = reader.next())
            got.push_back(std::string((*packet)->topic) + " " + std::to_string((*packet)->payload.size()) + " " +
                          std::to_string((*packet)->payloadSize));
    }
    ASSERT_THAT(got, SizeIs(2));
    EXPECT_EQ(got[0], "a/b 131064 900000");
    EXPECT_EQ(got[1], "a/c 4 4");
}

TEST(MqttFeedConfig, WhatCannotWorkIsRefusedAtTheStart) {
    OwnFolder folder;
    TableSink sink;
    base::SystemClock clock;
    FeedBoard board(clock);
    base::RandomIdSource ids(clock);
    boost::asio::thread_pool workers(1);
    boost::asio::io_context io;
    const auto refused = [&](const FeedConfig& config) {
        return !makeMqttFeed(config, {io, workers, sink, board, clock, ids, folder.path()})->start();
    };
    auto config = configOf("x:1");
    config.topics = {};
    EXPECT_TRUE(refused(config));
    config.topics = {"a#"};
    EXPECT_TRUE(refused(config));
    config = configOf("ftp://x");
    EXPECT_TRUE(refused(config));
    config = configOf("x:1");
    config.tls.ca = "none.pem";
    EXPECT_TRUE(refused(config));
}

} // namespace
} // namespace tocsin::ingest::test
