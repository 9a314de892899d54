#pragma once

#include "ingest/feed_net.hpp"
#include "ingest/http_message.hpp"
#include "ingest/http_page.hpp"
#include "tocsin/ingest/http_server.hpp"

#include "tocsin/ingest/courier.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <map>
#include <memory>
#include <mutex>

namespace tocsin::ingest {

/// How many tiles of the map may be given out: so many a second, twice that at once. Thread safe.
class TileAllowance {
  public:
    explicit TileAllowance(std::size_t perSecond)
        : m_perSecond(static_cast<double>(perSecond)), m_left(2 * m_perSecond) {}
    [[nodiscard]] bool take();

  private:
    std::mutex m_mutex;
    const double m_perSecond;
    double m_left;
    std::chrono::steady_clock::time_point m_last;
};

/// What the connections of an HTTP server have in common. Thread safe where it changes.
class HttpShared {
  public:
    HttpShared(boost::asio::io_context& i, Sink& s, FeedBoard& b, base::IdSource& d, HttpOptions o)
        : io(i), sink(s), board(b), ids(d), options(std::move(o)), page(options) {}
    /// The courier of a feed that pushes, made at its first piece.
    [[nodiscard]] std::shared_ptr<Courier> courier(const std::string& feed);
    /// Pieces under way are answered at the desk's next word.
    void closeCouriers();

    boost::asio::io_context& io;
    Sink& sink;
    FeedBoard& board;
    base::IdSource& ids;
    const HttpOptions options;
    const WebPage page;
    std::shared_ptr<boost::asio::ssl::context> tls; ///< null: all is in the clear. Set before the first connection
    std::atomic<std::size_t> bodies{0};   ///< bytes of bodies that are held
    std::atomic<std::size_t> atWorkers{0}; ///< bytes that wait for the workers, be their senders gone or not
    std::atomic<bool> stopping{false};     ///< before any connection is told: who sees one end may rely on it
    TileAllowance tiles{options.mapTilesPerSecond};
    boost::asio::thread_pool workers{1}; ///< decodes large bodies and photos, so that they hold up no other connection

  private:
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<Courier>> m_couriers;
};

/// Answers requests: knows nothing of sockets. One a connection, on its strand.
class HttpDoor {
  public:
    HttpDoor(std::shared_ptr<HttpShared> shared, Strand strand)
        : m_shared(std::move(shared)), m_strand(std::move(strand)) {}

    /// The refusal of a request that can be told from its head alone.
    [[nodiscard]] std::optional<HttpReply> refuseAtOnce(const HttpRequest& request) const;
    /// How large the body of a request may be.
    [[nodiscard]] std::size_t mostBytes(const HttpRequest& request) const;
    /// Completes when what the request brought is committed, or not to be. `request` must live until then.
    [[nodiscard]] boost::asio::awaitable<HttpReply> answer(HttpRequest& request);

  private:
    /// What became of all that one request brought.
    struct Tally {
        std::size_t stored{0};
        std::size_t duplicates{0};
        std::size_t quarantined{0};
        std::vector<std::string> ids;
        std::vector<std::string> deviations;
        std::string reason; ///< of the first fault
        std::string note;   ///< one more deviation
        base::Place place;
        std::optional<HttpReply> broken; ///< the desk was busy or could not: this answers
    };

    using Photos = std::vector<std::string>;

    // GCC 12 destroys some temporaries of an expression with co_await twice: so these take references to locals.
    template <typename Value, typename Start>
    boost::asio::awaitable<std::optional<Value>> await(Value& dropped, Start& start);
    /// Runs something on the workers. Code::unavailable when too much waits there, or it takes too long.
    template <typename Value, typename Work>
    boost::asio::awaitable<base::Result<Value>> atWorkers(std::size_t bytes, Work& work);

    // http_delivery.cpp
    boost::asio::awaitable<base::Result<Decoded>> decodeBody(const std::string& body, Format format);
    boost::asio::awaitable<void> takeReadings(const std::string& body, Tally& tally);
    /// `sent`: what goes to quarantine where it is refused; of a form that is not what is judged.
    boost::asio::awaitable<void> takeMessages(const std::string& body, Format format, const std::string& feed, const std::string& key,
                                              Photos& photos, const std::string& sent, Tally& tally);
    boost::asio::awaitable<void> keepPhotos(Decoded& decoded, Tally& tally);
    boost::asio::awaitable<void> deliver(std::vector<Message>& messages, const std::string& feed, Tally& tally);
    boost::asio::awaitable<void> quarantine(const std::string& feed, Format format, const std::string& bytes,
                                            const base::Error& why, Tally& tally);
    [[nodiscard]] HttpReply reply(const Tally& tally) const;

    // http_reports.cpp
    boost::asio::awaitable<HttpReply> report(HttpRequest& request);
    [[nodiscard]] HttpReply photo(const HttpRequest& request) const;
    // http_map.cpp
    boost::asio::awaitable<HttpReply> map(const HttpRequest& request);
    // http_team.cpp
    boost::asio::awaitable<HttpReply> team(HttpRequest& request);
    // http_open311.cpp
    boost::asio::awaitable<HttpReply> open311(HttpRequest& request);
    // http_push.cpp
    [[nodiscard]] std::optional<HttpReply> refusePush(const HttpRequest& request) const;
    /// Of /messages and /readings, which are no citizen's.
    [[nodiscard]] std::optional<HttpReply> refuseKeyless(const HttpRequest& request) const;
    boost::asio::awaitable<HttpReply> push(HttpRequest& request);
    /// 401, and the feed counts it.
    [[nodiscard]] HttpReply stranger(const PushFeed& feed, const char* why) const;

    /// Unpacks a packed body. A reply where it cannot be.
    [[nodiscard]] std::optional<HttpReply> unpack(HttpRequest& request) const;
    [[nodiscard]] HttpReply health() const;
    [[nodiscard]] bool exercise() const { return m_shared->options.exercise && m_shared->options.exercise(); }

    const std::shared_ptr<HttpShared> m_shared;
    const Strand m_strand;
};

} // namespace tocsin::ingest
