#pragma once

#include "ingest/http_door.hpp"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>

namespace tocsin::ingest {

/// Gives back, when it goes, what a body took of the common budget.
class BodyShare {
  public:
    explicit BodyShare(std::atomic<std::size_t>& all) : m_all(all) {}
    ~BodyShare() { m_all.fetch_sub(m_own, std::memory_order_relaxed); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;
    [[nodiscard]] bool grow(std::size_t by, std::size_t budget) {
        m_own += by;
        return m_all.fetch_add(by, std::memory_order_relaxed) + by <= budget;
    }
    void giveBack() { m_all.fetch_sub(std::exchange(m_own, 0), std::memory_order_relaxed); }

  private:
    std::atomic<std::size_t>& m_all;
    std::size_t m_own{0};
};

/// One HTTP connection. Everything but start(), finish() and abandon() happens on its strand.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
  public:
    /// `gone` is called once, when the connection is closed.
    HttpSession(Tcp::socket socket, Strand strand, boost::asio::ip::address address, std::shared_ptr<HttpShared> shared,
                std::function<void(HttpSession*)> gone);
    ~HttpSession();
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;

    void start();
    /// Closes as soon as no request is under way: the server stops, or another needs the place.
    void finish();
    void abandon();

    [[nodiscard]] const boost::asio::ip::address& address() const { return m_address; }
    /// Since when no request is under way (steady time); empty while one is.
    [[nodiscard]] std::optional<std::chrono::steady_clock::time_point> idleSince() const;

  private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::buffer_body>;

    boost::asio::awaitable<void> run();
    /// False when the connection is to be closed.
    boost::asio::awaitable<bool> serveOne();
    /// Waits without a buffer until something has come, for as long as a connection may be idle.
    boost::asio::awaitable<bool> awaitSomething();
    boost::asio::awaitable<bool> awaitFirstByte();
    /// Tells TLS from HTTP by the first byte, and shakes hands. False when the connection is to be closed.
    boost::asio::awaitable<bool> openTls();
    /// What came in the clear from another machine, where the door has https: there it shall go.
    [[nodiscard]] std::optional<HttpReply> sendToTls(const Parser& parser, const HttpRequest& request) const;
    void watchIdle();
    /// Reads and parses what of a header has come already, without waiting.
    void readAtOnce(Parser& parser, boost::system::error_code& error);
    /// Reads the body. A reply instead of it where it is refused; `broken` when the client is to be dropped.
    boost::asio::awaitable<std::optional<HttpReply>> readBody(Parser& parser, std::string& body, std::size_t most,
                                                              BodyShare& share, bool& broken);
    boost::asio::awaitable<bool> write(const HttpReply& reply, bool headOnly, bool keepAlive, unsigned version);
    boost::asio::awaitable<void> linger();
    [[nodiscard]] HttpRequest headOf(const Parser& parser) const;
    void setIdle(bool idle);
    void close();

    boost::beast::tcp_stream m_stream;
    using TlsStream = boost::asio::ssl::stream<boost::beast::tcp_stream&>;
    std::unique_ptr<TlsStream> m_tls; ///< over m_stream, whose times hold for it; null: in the clear
    const Strand m_strand;
    /// One for all the pauses between requests: where it finds the connection busy, or idle for less than it may be, it
    /// is set anew. A timer for each request costs more than reading it.
    boost::asio::steady_timer m_idleTimer;
    bool m_idleTimed{false};
    bool m_awaiting{false}; ///< the first byte of a request
    const boost::asio::ip::address m_address;
    const std::shared_ptr<HttpShared> m_shared;
    FeedCounters& m_counters;
    std::function<void(HttpSession*)> m_gone;
    boost::beast::flat_buffer m_buffer;
    HttpDoor m_door;
    std::atomic<std::int64_t> m_idleSince{0}; ///< nanoseconds of steady time; 0 while a request is under way
    std::atomic<bool> m_finishing{false};
};

} // namespace tocsin::ingest
