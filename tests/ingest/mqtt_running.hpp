#pragma once

#include "ingest/mqtt_broker.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/ingest/feed.hpp"

#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <string>

namespace tocsin::ingest::test {

std::string line(int number, const std::string& sensor = "gauge");

/// A feed at work, with all that it needs.
struct Running {
    explicit Running(const FeedConfig& config, Sink& sink, const fs::path& folder);
    ~Running() { stop(); }
    void stop();
    FeedStatus status(const std::string& name = "sensors") { return board.feed(name).status(); }
    /// Until the lamp shows it; what changes it is another thread's.
    void awaitState(FeedState state);

    base::ManualClock clock{*base::parseTime("2026-11-20T12:00:00Z")};
    FeedBoard board;
    base::RandomIdSource ids;
    boost::asio::thread_pool workers{1};
    IoThreads threads{1};
    std::unique_ptr<Feed> feed;
};

FeedConfig configOf(const std::string& address, int version = mqtt5, int qos = 1);

/// Payloads that are bare numbers, without a time.
FeedConfig bareConfig(const std::string& address, int version = mqtt5);

} // namespace tocsin::ingest::test
