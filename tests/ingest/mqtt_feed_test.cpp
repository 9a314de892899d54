#include "ingest/mqtt_running.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace tocsin::ingest::test {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

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
    auto config = configOf("");
    config.clientId = "desk";
    std::atomic<int> acknowledgedByUs{0};
    Mosquitto broker(folder, "allow_anonymous true\n",
                     [&](std::string_view logged) { acknowledgedByUs += acknowledgedIn(logged, "desk"); });
    config.address = broker.address();
    MqttPublisher publisher(broker.port());
    Running running(config, sink, folder.path());
    running.awaitState(FeedState::up);
    int number = 0;
    int again = 0;
    const auto publish = [&](int count) {
        for (int i = 0; i < count; ++i)
            publisher.publish("rain/1", line(number++)); // returns once the broker has acknowledged it
    };
    for (const int signal : {SIGKILL, SIGTERM}) {
        publish(100);
        sink.hold(true);
        publish(50);
        sink.awaitHeld(1);
        broker.end(signal);
        running.awaitState(FeedState::waiting);
        broker.start();
        if (signal == SIGKILL) {
            // What such a broker has not yet written is gone: its senders send again what they are not sure of.
            running.awaitState(FeedState::up);
            for (int i = number - 60; i < number; ++i, ++again)
                publisher.publish("rain/1", line(i));
        }
        publish(50);
        sink.releaseAll();
        sink.awaitStored(static_cast<std::size_t>(number));
    }
    running.awaitState(FeedState::up);
    running.stop();
    std::size_t lost = 0;
    for (int i = 0; i < number; ++i) {
        const auto time = base::parseTime(nlohmann::json::parse(line(i)).at("time").get<std::string>()).value();
        lost += sink.m_table.contains({"gauge", time}) ? 0 : 1;
    }
    const auto twice = running.status().taken - sink.m_table.size();
    std::printf("a broker killed and ended: sent and acknowledged by it %d (%d of them again), acknowledged to it %d, "
                "shown %zu, stored %zu, lost %zu, twice %zu\n",
                number + again, again, acknowledgedByUs.load(), sink.m_seen, sink.m_table.size(), lost,
                static_cast<std::size_t>(twice));
    EXPECT_EQ(lost, 0U);
    EXPECT_EQ(twice, 0U);
    EXPECT_EQ(sink.m_table.size(), 400U) << "and nothing that was never sent";
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
    EXPECT_EQ(sink.m_faults[0].topic, "rain/odd") << "with which it can be understood later";
    EXPECT_GT(sink.m_faults[0].receivedAt, base::Time{});
}

} // namespace
} // namespace tocsin::ingest::test
