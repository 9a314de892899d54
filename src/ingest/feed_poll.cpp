#include "ingest/poll_feed.hpp"

namespace tocsin::ingest {

std::unique_ptr<Feed> makePollFeed(const FeedConfig& config, const FeedParts& parts) {
    return makePollFeed(config, parts, PollOptions{});
}

} // namespace tocsin::ingest
