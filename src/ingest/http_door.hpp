#pragma once

#include "ingest/feed_net.hpp"
#include "ingest/http_message.hpp"
#include "ingest/http_page.hpp"
#include "tocsin/ingest/http_server.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>

namespace tocsin::ingest {

/// What the connections of an HTTP server have in common. Thread safe where it changes.
struct HttpShared {
    HttpShared(Sink& s, FeedBoard& b, base::IdSource& i, HttpOptions o)
        : sink(s), board(b), ids(i), options(std::move(o)), page(options) {}
    Sink& sink;
    FeedBoard& board;
    base::IdSource& ids;
    const HttpOptions options;
    const WebPage page;
    std::atomic<std::size_t> bodies{0}; ///< bytes of bodies that are held
    std::atomic<bool> stopping{false};
    boost::asio::thread_pool workers{1}; ///< decodes large bodies, so that they hold up no other connection
};

/// Answers requests: knows nothing of sockets. One a connection, on its strand.
class HttpDoor {
  public:
    HttpDoor(std::shared_ptr<HttpShared> shared, Strand strand)
        : m_shared(std::move(shared)), m_strand(std::move(strand)) {}

    /// The refusal of a request that can be told from its head alone.
    [[nodiscard]] std::optional<HttpReply> refuseAtOnce(const HttpRequest& request) const;
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
        base::Place place;
        std::optional<HttpReply> broken; ///< the desk was busy or could not: this answers
    };

    // GCC 12 destroys some temporaries of an expression with co_await twice: so these take references to locals.
    template <typename Value, typename Start>
    boost::asio::awaitable<std::optional<Value>> await(Value& dropped, Start& start);
    boost::asio::awaitable<base::Result<Decoded>> decodeBody(const std::string& body, Format format);
    boost::asio::awaitable<void> takeReadings(const std::string& body, Tally& tally);
    boost::asio::awaitable<void> takeMessages(const std::string& body, Format format, const std::string& feed,
                                              const std::string& key, Tally& tally);
    boost::asio::awaitable<void> deliver(std::vector<Message>& messages, const std::string& feed, Tally& tally);
    boost::asio::awaitable<void> quarantine(const std::string& feed, Format format, const std::string& bytes,
                                            const base::Error& why, Tally& tally);
    boost::asio::awaitable<HttpReply> report(HttpRequest& request);
    [[nodiscard]] HttpReply reply(const Tally& tally) const;
    [[nodiscard]] HttpReply health() const;
    [[nodiscard]] bool exercise() const { return m_shared->options.exercise && m_shared->options.exercise(); }

    const std::shared_ptr<HttpShared> m_shared;
    const Strand m_strand;
};

} // namespace tocsin::ingest
