#include "ingest/mqtt_broker.hpp"
#include "ingest/mqtt_link.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/ingest/feed.hpp"

#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

std::string line(int number, const std::string& sensor = "gauge") {
    std::string text = readingLine(number);
    text.replace(text.find("gauge-"), 7, sensor);
    text.replace(text.find("T08"), 3, "T" + std::to_string(10 + number / 3600));
    text.pop_back();
    return text;
}

/// A feed at work, with all that it needs.
struct Running {
    explicit Running(const FeedConfig& config, Sink& sink, const fs::path& folder)
        : board(clock), ids(clock),
          feed(makeMqttFeed(config, {threads.io, workers, sink, board, clock, ids, folder})) {
        const auto started = feed->start();
        EXPECT_TRUE(started) << (started ? "" : started.error().message);
    }
    ~Running() { stop(); }
    void stop() {
        if (!feed)
            return;
        feed->stop();
        threads.join();
        workers.join();
        feed.reset();
    }
    FeedStatus status(const std::string& name = "sensors") { return board.feed(name).status(); }
    /// Until the lamp shows it; what changes it is another thread's.
    void awaitState(FeedState state) {
        while (status().state != state)
            std::this_thread::yield();
    }

    base::ManualClock clock{*base::parseTime("2026-11-20T12:00:00Z")};
    FeedBoard board;
    base::RandomIdSource ids;
    boost::asio::thread_pool workers{1};
    IoThreads threads{1};
    std::unique_ptr<Feed> feed;
};

FeedConfig configOf(const std::string& address, int version = mqtt5, int qos = 1) {
    FeedConfig config;
    config.name = "sensors";
    config.transport = Transport::mqtt;
    config.address = address;
    config.topics = {"river/+/level", "rain/#"};
    config.mqttVersion = version;
    config.qos = qos;
    return config;
}

/// Payloads that are bare numbers, without a time.
FeedConfig bareConfig(const std::string& address, int version = mqtt5) {
    auto config = configOf(address, version);
    config.mapping.sensor = "{topic:1}";
    config.mapping.values.push_back({".", {}, "=m"});
    return config;
}

class MqttFeed : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!Mosquitto::isThere())
            GTEST_SKIP() << "no " << Mosquitto::program;
    }
    OwnFolder folder;
    TableSink sink;
};

TEST_F(MqttFeed, EveryVersionAndQuality) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    int number = 0;
    for (const int version : {mqtt311, mqtt5})
        for (const int qos : {0, 1, 2}) {
            auto config = configOf(broker.address(), version, qos);
            config.clientId = "c" + std::to_string(number);
            Running running(config, sink, folder.path());
            running.awaitState(FeedState::up);
            for (int i = 0; i < 20; ++i, ++number)
                publisher.publish(i % 2 == 0 ? "river/rhine/level" : "rain/north/1", line(number), qos);
            publisher.publish("elsewhere", line(9999), qos);
            sink.awaitStored(static_cast<std::size_t>(number));
            running.stop();
            EXPECT_EQ(running.status().taken, 20U) << version << " " << qos;
            EXPECT_EQ(running.status().state, FeedState::off);
        }
    EXPECT_EQ(sink.m_seen, 120U);
    EXPECT_TRUE(sink.m_heard);
}

TEST_F(MqttFeed, WhatWasNotCommittedComesAgainToTheNextProcess) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    for (const int version : {mqtt311, mqtt5}) {
        auto config = configOf(broker.address(), version);
        config.clientId = "again" + std::to_string(version);
        {
            TableSink dying;
            dying.hold(true);
            Running running(config, dying, folder.path());
            running.awaitState(FeedState::up);
            for (int i = 0; i < 5; ++i)
                publisher.publish("rain/1", line(version * 100 + i));
            dying.awaitHeld(1);
            running.feed->stop();
            dying.dropAll();
            // Lots that came after are held too, and let go as they come.
            std::atomic<bool> ended{false};
            std::thread dropper([&] {
                while (!ended) {
                    dying.dropAll();
                    std::this_thread::yield();
                }
            });
            running.stop();
            ended = true;
            dropper.join();
            EXPECT_TRUE(dying.m_table.empty());
        }
        const auto before = sink.m_table.size();
        Running running(config, sink, folder.path());
        sink.awaitStored(before + 5);
        running.stop();
        EXPECT_EQ(sink.m_table.size(), before + 5);
    }
}

TEST_F(MqttFeed, ABrokerKilledInMidStream) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    Running running(configOf(broker.address()), sink, folder.path());
    running.awaitState(FeedState::up);
    int number = 0;
    for (const int signal : {SIGKILL, SIGTERM}) {
        for (int i = 0; i < 100; ++i)
            publisher.publish("rain/1", line(number++));
        sink.hold(true);
        for (int i = 0; i < 50; ++i)
            publisher.publish("rain/1", line(number++));
        sink.awaitHeld(1);
        broker.end(signal);
        running.awaitState(FeedState::waiting);
        broker.start();
        if (signal == SIGKILL) {
            // What such a broker has not yet written is gone: its senders send again what they are not sure of.
            running.awaitState(FeedState::up);
            for (int i = number - 60; i < number; ++i)
                publisher.publish("rain/1", line(i));
        }
        for (int i = 0; i < 50; ++i)
            publisher.publish("rain/1", line(number++));
        sink.releaseAll();
        sink.awaitStored(static_cast<std::size_t>(number));
    }
    running.awaitState(FeedState::up);
    running.stop();
    EXPECT_EQ(sink.m_table.size(), 400U);
    EXPECT_EQ(running.status().taken, 400U);
}

TEST_F(MqttFeed, RetainedMessagesAreTakenOnce) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    publisher.publish("rain/north", "1.5", 1, true);
    std::size_t stored = 0;
    for (const int version : {mqtt311, mqtt5}) {
        auto config = bareConfig(broker.address(), version);
        config.clientId = "retained" + std::to_string(version);
        TableSink own;
        for (int run = 0; run < 3; ++run) {
            Running running(config, own, folder.path());
            running.clock.advance(std::chrono::minutes(10 * run));
            running.awaitState(FeedState::up);
            if (run == 0)
                own.awaitStored(1);
            publisher.publish("rain/south", std::to_string(run)); // comes after what is retained
            own.awaitStored(static_cast<std::size_t>(run) + 2);
            running.stop();
        }
        stored = own.m_table.size();
        EXPECT_EQ(stored, 4U) << version;
        EXPECT_EQ(own.m_seen, 4U) << version;
    }
}

TEST_F(MqttFeed, SharedSubscriptionsAreShared) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    auto config = configOf(broker.address());
    config.topics = {"$share/desks/rain/#"};
    config.clientId = "one";
    Running one(config, sink, folder.path());
    config.clientId = "two";
    Running two(config, sink, folder.path());
    one.awaitState(FeedState::up);
    two.awaitState(FeedState::up);
    for (int i = 0; i < 40; ++i)
        publisher.publish("rain/1", line(i));
    sink.awaitStored(40);
    one.stop();
    two.stop();
    EXPECT_EQ(sink.m_seen, 40U);
    EXPECT_GT(one.status().taken, 0U);
    EXPECT_GT(two.status().taken, 0U);
}

TEST_F(MqttFeed, TopicsThatAreWantedNoMoreAreLeft) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    auto config = configOf(broker.address());
    {
        Running running(config, sink, folder.path());
        running.awaitState(FeedState::up);
    }
    config.topics = {"rain/#"};
    Running running(config, sink, folder.path());
    running.awaitState(FeedState::up);
    publisher.publish("river/rhine/level", line(1));
    publisher.publish("rain/1", line(2));
    sink.awaitStored(1);
    running.stop();
    EXPECT_EQ(sink.m_seen, 1U);
}

TEST_F(MqttFeed, TlsAndPasswords) {
    const auto at = [&](const std::string& name) { return (folder.path() / name).string(); };
    const std::string quiet = " >/dev/null 2>&1";
    const std::string curve = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 ";
    ASSERT_EQ(std::system((curve + "-subj /CN=ours -keyout " + at("ca.key") + " -out " + at("ca.pem") + quiet).c_str()), 0);
    ASSERT_EQ(std::system((curve + "-subj /CN=theirs -keyout " + at("other.key") + " -out " + at("other.pem") + quiet).c_str()), 0);
    folder.write("ext", "subjectAltName=IP:127.0.0.1,DNS:localhost\n");
    ASSERT_EQ(std::system(("openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=broker -keyout " +
                           at("broker.key") + " -out " + at("broker.csr") + quiet + " && openssl x509 -req -days 2 -in " +
                           at("broker.csr") + " -CA " + at("ca.pem") + " -CAkey " + at("ca.key") +
                           " -CAcreateserial -extfile " + at("ext") + " -out " + at("broker.pem") + quiet)
                              .c_str()),
              0);
    ASSERT_EQ(std::system(("mosquitto_passwd -c -b " + at("passwords") + " desk secret" + quiet).c_str()), 0);
    Mosquitto broker(folder, "cafile " + at("ca.pem") + "\ncertfile " + at("broker.pem") + "\nkeyfile " + at("broker.key") +
                                 "\nallow_anonymous false\npassword_file " + at("passwords") + "\n");
    auto config = configOf("mqtts://localhost:" + std::to_string(broker.port()));
    config.tls.ca = "ca.pem";
    config.user = "desk";
    config.password = "secret";
    {
        Running running(config, sink, folder.path());
        running.awaitState(FeedState::up);
    }
    {
        auto wrong = config;
        wrong.password = "guess";
        Running running(wrong, sink, folder.path());
        running.awaitState(FeedState::failed);
        EXPECT_THAT(running.status().stateReason, HasSubstr("user"));
    }
    {
        auto wrong = config;
        wrong.tls.ca = "other.pem";
        Running running(wrong, sink, folder.path());
        running.awaitState(FeedState::failed);
        EXPECT_THAT(running.status().stateReason, HasSubstr("certificate"));
    }
}

TEST_F(MqttFeed, UnknownFormatsGoWholeToQuarantine) {
    Mosquitto broker(folder);
    MqttPublisher publisher(broker.port());
    Running running(configOf(broker.address()), sink, folder.path());
    running.awaitState(FeedState::up);
    publisher.publish("rain/odd", R"({"what":"is this"})");
    publisher.publish("rain/odd", line(1)); // the same topic may turn to sense
    publisher.publish("rain/empty", "");
    sink.awaitStored(1);
    running.stop();
    ASSERT_THAT(sink.m_quarantined, SizeIs(1));
    EXPECT_EQ(sink.m_quarantined[0].first, R"({"what":"is this"})");
    EXPECT_THAT(sink.m_quarantined[0].second, HasSubstr("\"rain/odd\""));
}

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

TEST_F(MqttFeedScripted, WhatTheDeskCannotStoreIsNotAcknowledged) {
    sink.failNext(1);
    Running running(configOf(broker.address()), sink, folder.path());
    {
        auto peer = broker.greet(false);
        ScriptedBroker::subscribed(*peer);
        peer->send(publishPacket(mqtt5, 1, false, false, 1, "rain/1", line(1)));
        EXPECT_EQ(peer->packet().first, 0U); // it hangs up instead
    }
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
