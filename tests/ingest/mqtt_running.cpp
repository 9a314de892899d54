#include "ingest/mqtt_running.hpp"

#include <gtest/gtest.h>
#include <thread>

namespace tocsin::ingest::test {

std::string line(int number, const std::string& sensor) {
    std::string text = readingLine(number);
    text.replace(text.find("gauge-"), 7, sensor);
    text.replace(text.find("T08"), 3, "T" + std::to_string(10 + number / 3600));
    text.pop_back();
    return text;
}

FeedConfig configOf(const std::string& address, int version, int qos) {
    FeedConfig config;
    config.name = "sensors";
    config.transport = Transport::mqtt;
    config.address = address;
    config.topics = {"river/+/level", "rain/#"};
    config.mqttVersion = version;
    config.qos = qos;
    return config;
}

FeedConfig bareConfig(const std::string& address, int version) {
    auto config = configOf(address, version);
    config.mapping.sensor = "{topic:1}";
    config.mapping.values.push_back({".", {}, "=m"});
    return config;
}

Running::Running(const FeedConfig& config, Sink& sink, const fs::path& folder)
    : board(clock), ids(clock),
      feed(makeMqttFeed(config, {threads.io, workers, sink, board, clock, ids, folder})) {
    const auto started = feed->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
}

void Running::stop() {
    if (!feed)
        return;
    feed->stop();
    threads.join();
    workers.join();
    feed.reset();
}

void Running::awaitState(FeedState state) {
    while (status().state != state)
        std::this_thread::yield();
}

} // namespace tocsin::ingest::test
