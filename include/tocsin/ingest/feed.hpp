#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility> // Boost 1.74's Asio needs it first

namespace tocsin::ingest {

class HttpPool;

/// Whether something was handed to a connection that leads to whom it is for. Called once, on any thread; not at all if the program ends before.
using Handed = std::function<void(bool)>;
/// To be called `answers` times: the first yes is told at once, a no when all have said no. Thread safe; each may be dropped only with all others.
[[nodiscard]] Handed firstThat(std::size_t answers, Handed done);

/// What every feed works with. All outlive the feed and the io_context's run().
struct FeedParts {
    boost::asio::io_context& io;
    boost::asio::thread_pool& workers; ///< for what blocks or takes long: fetching, decoding large bodies, files
    Sink& sink;
    FeedBoard& board;
    const base::Clock& clock;
    base::IdSource& ids;
    std::filesystem::path folder; ///< the county's: relative addresses and files are taken from here
    std::shared_ptr<HttpPool> web{}; ///< by which all that are polled ask each host as one; null: each by itself
};

/// A feed at work. Made with its config; start() and stop() are called once each, from any thread, and return at once.
class Feed {
  public:
    virtual ~Feed() = default;
    /// An error that will not mend itself (a port that is taken, a folder that cannot be made, a certificate that is
    /// none); what may (a broker that is down) is tried again with growing pauses and told by the board.
    [[nodiscard]] virtual base::Result<void> start() = 0;
    /// Takes nothing more, finishes what is being committed, and lets the io_context run out of work.
    virtual void stop() = 0;
    /// Bytes in the feed's own form for one unit by its call sign. `done` with false where the feed talks to nobody, or not to it, and where the
    /// connection ended before all was written to it.
    virtual void tell(const std::string& callSign, const std::string& bytes, Handed done) {
        (void)callSign;
        (void)bytes;
        done(false);
    }
    /// Where it listens, once it does; empty for one that asks others.
    [[nodiscard]] virtual std::string listensAt() const { return {}; }
};

/// The feed that a config describes. Null for Transport::httpPush, which the HTTP server serves.
[[nodiscard]] std::unique_ptr<Feed> makeFeed(const FeedConfig& config, const FeedParts& parts);

// One a transport; each in its own file.
[[nodiscard]] std::unique_ptr<Feed> makeTcpLinesFeed(const FeedConfig& config, const FeedParts& parts);
[[nodiscard]] std::unique_ptr<Feed> makeUdpLinesFeed(const FeedConfig& config, const FeedParts& parts);
[[nodiscard]] std::unique_ptr<Feed> makeMqttFeed(const FeedConfig& config, const FeedParts& parts);
[[nodiscard]] std::unique_ptr<Feed> makePollFeed(const FeedConfig& config, const FeedParts& parts);
[[nodiscard]] std::unique_ptr<Feed> makeFolderFeed(const FeedConfig& config, const FeedParts& parts);
[[nodiscard]] std::unique_ptr<Feed> makeCotFeed(const FeedConfig& config, const FeedParts& parts); ///< three kinds
[[nodiscard]] std::unique_ptr<Feed> makeNmeaFeed(const FeedConfig& config, const FeedParts& parts); ///< two kinds

} // namespace tocsin::ingest
