#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/ingest/decoded.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility> // Boost 1.74's Asio needs it first
#include <vector>

namespace tocsin::ingest {

/// What became of one piece of input.
struct Delivered {
    std::size_t stored{0};
    std::size_t duplicates{0};
    std::size_t quarantined{0};
    std::vector<std::string> ids; ///< at most 1,000
    std::string reason;           ///< of the first fault
    base::Place place;
    std::vector<std::string> deviations;
    std::vector<Link> links;
    /// Set when not all of it is committed (the desk cannot write, or is closing): deliver the piece again later.
    std::optional<base::Error> undone;
};

/// What a feed adds to what was decoded of it, before it is delivered: its reports bear its name and trust, their photos
/// are stored and named in them (or told to be left out), its faults know by which message and when they came.
/// Code::storage where the disk does not take a photo: nothing of it may be acknowledged then. Blocks where there are photos.
[[nodiscard]] base::Result<void> complete(Decoded& decoded, const Source& source);

struct CourierOptions {
    std::chrono::milliseconds retryFirst{20}; ///< after a busy desk; doubles up to retryMost, until closed
    std::chrono::milliseconds retryMost{500};
    std::size_t messagesAtOnce{256}; ///< handed to the sink before the first answer is waited for
    std::size_t readingsAtOnce{10000};
};

/// Hands what a piece of input holds to the sink, offers again what a busy desk sent back, and tells once all is
/// committed or in quarantine: then, and not before, the sender may be told. Thread safe. Pieces are independent of one
/// another; each one's `done` is called once, on the io_context. Counts on the feed's counters.
class Courier {
  public:
    Courier(boost::asio::io_context& io, Sink& sink, FeedCounters& counters, CourierOptions options = {});
    ~Courier(); ///< closes
    Courier(const Courier&) = delete;
    Courier& operator=(const Courier&) = delete;

    using Done = std::function<void(Delivered)>;
    /// Decodes on the calling thread and delivers; what cannot be decoded goes whole to quarantine.
    void deliver(std::string bytes, std::optional<Format> format, const Source& source, Done done);
    /// What was decoded already; `bytes` are those that it was decoded from, for the quarantine.
    void deliver(Decoded decoded, std::string feed, Done done);
    void quarantine(std::string feed, Format format, Fault fault, Done done);
    /// Pieces under way are answered as undone at their next busy answer.
    void close();
    [[nodiscard]] std::size_t underWay() const;

  private:
    class Impl;
    std::shared_ptr<Impl> m_impl;
};

} // namespace tocsin::ingest
