#include "ingest/folder_feed.hpp"

namespace tocsin::ingest {

std::unique_ptr<Feed> makeFolderFeed(const FeedConfig& config, const FeedParts& parts) {
    return makeFolderFeed(config, parts, FolderOptions{});
}

} // namespace tocsin::ingest
