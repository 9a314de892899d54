#pragma once

#include "tocsin/ingest/feed.hpp"

#include <chrono>

namespace tocsin::ingest {

/// How a folder is watched.
struct FolderOptions {
    std::chrono::milliseconds settle{1'000};       ///< a file that has not changed for so long is complete
    std::chrono::milliseconds rescan{60'000};      ///< for shares that tell nothing of themselves
    std::chrono::milliseconds backOffFirst{2'000}; ///< after the desk could not take a file; doubles
    std::chrono::milliseconds backOffMost{5 * 60'000};
    std::size_t filesAtOnce{8};
    std::size_t bytesAtOnce{64U << 20U}; ///< held; one more file may come on top
    std::size_t streamedFrom{4U << 20U}; ///< files of readings from this size are read line by line
    std::size_t mostListed{20'000};      ///< files of one look; the others come with the next
};

[[nodiscard]] std::unique_ptr<Feed> makeFolderFeed(const FeedConfig& config, const FeedParts& parts,
                                                   const FolderOptions& options);

} // namespace tocsin::ingest
