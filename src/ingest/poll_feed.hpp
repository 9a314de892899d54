#pragma once

#include "tocsin/ingest/feed.hpp"
#include "tocsin/ingest/http_fetch.hpp"

#include <chrono>

namespace tocsin::ingest {

/// How patiently a service is asked.
struct PollOptions {
    HttpFetchOptions http; ///< where it does not share its parts' web
    std::chrono::milliseconds leastEvery{1'000};
    std::chrono::milliseconds backOffFirst{10'000}; ///< after the first failure; doubles up to backOffMost
    std::chrono::milliseconds backOffMost{15 * 60'000};
    double jitter{0.1};             ///< of the pause, either way
    std::size_t fetchesARound{2'000};
    std::size_t piecesAtOnce{32};   ///< fetched or being committed
    std::size_t bytesAtOnce{32U << 20U}; ///< held; one more body may come on top
};

[[nodiscard]] std::unique_ptr<Feed> makePollFeed(const FeedConfig& config, const FeedParts& parts, const PollOptions& options);

} // namespace tocsin::ingest
