#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <string>

namespace tocsin::ingest {

/// What a piece of input would become by a feed: taken apart as its transport does, read as its format, its mapping and
/// the topic say; nothing is delivered. `feed` is equipped. Pure; bounded as decode() is.
[[nodiscard]] base::Result<Decoded> preview(const FeedConfig& feed, const std::string& bytes, const std::string& topic,
                                            base::Time now);
/// The same for a message that an index of a polled feed names.
[[nodiscard]] base::Result<Decoded> previewLinked(const FeedConfig& feed, const std::string& bytes, base::Time now);

} // namespace tocsin::ingest
