#pragma once

#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <stop_token>
#include <string>

namespace tocsin::ingest {

/// Delivers a large file line by line, in bounded memory, and waits for the receipts; what is too large and no readings
/// goes to quarantine with its beginning. Blocks: on a worker. The source's prefix goes before the sensors' names.
[[nodiscard]] Delivered streamFile(const std::string& path, Format format, const Source& source, Sink& sink,
                                   FeedCounters& counters, std::stop_token stop);

} // namespace tocsin::ingest
