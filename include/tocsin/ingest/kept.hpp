#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <string_view>

namespace tocsin::ingest {

/// What could not be taken when it came, as it was kept.
struct Kept {
    std::string_view bytes;
    Format format{Format::unknown}; ///< what it was taken for then
    std::string_view topic;         ///< of the message that it came by, where there is such
    base::Time receivedAt;
};

/// Decodes it as its feed is configured now (equip()ped), and as that feed would: what the feed is declared to bring comes
/// before what it was taken for, and that before what it looks like, but a format that makes something of it before one
/// that passes over it. The first error where none can read it. Photos are stored, so it may block.
[[nodiscard]] base::Result<Decoded> decodeKept(const Kept& kept, const FeedConfig& feed);

/// Readings that the desk itself refused, as lines of NDJSON: sensors by their full names, to which no prefix is added.
/// `unitsToo`: units are understood as the feed declares them now, since it was for its unit that one was refused.
[[nodiscard]] base::Result<Decoded> decodeRefusedReadings(std::string_view bytes, const FeedConfig& feed, bool unitsToo);

} // namespace tocsin::ingest
