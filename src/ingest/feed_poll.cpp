#include "tocsin/ingest/feed.hpp"

namespace tocsin::ingest {

std::unique_ptr<Feed> makePollFeed(const FeedConfig& /*config*/, const FeedParts& /*parts*/) {
    return nullptr;
}

} // namespace tocsin::ingest
