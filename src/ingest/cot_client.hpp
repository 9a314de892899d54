#pragma once

#include "ingest/cot_socket.hpp"
#include "ingest/cot_stream.hpp"

#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed.hpp"

#include <array>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>

namespace tocsin::ingest {

/// How patient a connection is, and how much it may hold.
struct CotLimits {
    std::chrono::seconds handshake{10};
    std::chrono::seconds idle{600}; ///< without a byte: gone, though nobody said so
    std::size_t queuedEvents{500};  ///< that wait to be sent to one client
    std::size_t queuedBytes{512U << 10U};
    std::size_t bytesPerSecond{1U << 20U}; ///< over this it is read no faster
    std::size_t burst{4U << 20U};
};

/// One connection that brings events: what it sends goes to the courier, one lot after the other is committed, so that a
/// busy desk slows down its own sender. All on the strand given.
class CotClient : public std::enable_shared_from_this<CotClient> {
  public:
    struct Events {
        std::function<void(CotClient&, const std::string& event)> relay;
        std::function<void(CotClient&, const std::string& why)> closed; ///< once
        std::function<void()> up;                                       ///< the handshake is done
        std::function<void(const std::string& callSign)> heard;         ///< of each position; may be empty
    };
    CotClient(std::unique_ptr<CotSocket> socket, const Strand& strand, const FeedConfig& config, const FeedParts& parts,
              FeedCounters& counters, Courier& courier, Events events, CotLimits limits = {});

    void start();
    /// To this client, unless its queue is full: then what waits is dropped, for newer positions will come.
    /// `done` (may be empty) when all of it is written, or will never be.
    void send(const std::shared_ptr<const std::string>& bytes, Handed done = {});
    void close(const std::string& why);
    [[nodiscard]] const std::string& callSign() const { return m_callSign; }
    [[nodiscard]] bool isUp() const { return m_isUp; }
    /// True the first time: it has not been shown the others yet.
    [[nodiscard]] bool greet() { return !std::exchange(m_greeted, true); }
    [[nodiscard]] std::size_t dropped() const { return m_dropped; }

  private:
    using Error = boost::system::error_code;
    struct Waiting {
        std::shared_ptr<const std::string> bytes;
        Handed done;
    };
    static void answer(Waiting& waiting, bool handed);
    void read();
    void took(std::size_t count);
    void deliver(CotStream::Taken taken);
    void delivered(const std::shared_ptr<Decoded>& lot, Delivered result);
    void goOn();
    void write();
    void watch();

    std::unique_ptr<CotSocket> m_socket;
    const Strand m_strand;
    const std::string m_feed;
    const base::Clock& m_clock;
    Sink& m_sink;
    FeedCounters& m_counters;
    Courier& m_courier;
    Events m_events;
    const CotLimits m_limits;
    CotStream m_stream;
    boost::asio::steady_timer m_watch;
    boost::asio::steady_timer m_pause;
    std::array<char, 32'768> m_buffer{};
    std::chrono::steady_clock::time_point m_lastByte;
    std::chrono::steady_clock::time_point m_refilled;
    double m_allowance{0}; ///< bytes that it may send now
    std::deque<Waiting> m_queue;
    std::size_t m_queuedBytes{0};
    std::size_t m_dropped{0};
    bool m_writing{false};
    bool m_isUp{false};
    bool m_greeted{false};
    bool m_isClosed{false};
    bool m_hopeless{false};
    bool m_ended{false}; ///< the other side sends nothing more
    std::string m_callSign;
};

} // namespace tocsin::ingest
