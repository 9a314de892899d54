#include "tocsin/ingest/feed.hpp"

namespace tocsin::ingest {

std::unique_ptr<Feed> makeUdpLinesFeed(const FeedConfig& /*config*/, const FeedParts& /*parts*/) {
    return nullptr;
}

} // namespace tocsin::ingest
