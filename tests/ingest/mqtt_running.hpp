#pragma once

#include "ingest/mqtt_broker.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/ingest/feed.hpp"

namespace tocsin::ingest::test {

inline std::string line(int number, const std::string& sensor = "gauge") {
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

inline FeedConfig configOf(const std::string& address, int version = mqtt5, int qos = 1) {
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
inline FeedConfig bareConfig(const std::string& address, int version = mqtt5) {
    auto config = configOf(address, version);
    config.mapping.sensor = "{topic:1}";
    config.mapping.values.push_back({".", {}, "=m"});
    return config;
}

} // namespace tocsin::ingest::test
