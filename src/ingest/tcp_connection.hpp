#pragma once

#include "ingest/feed_net.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/sink.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::ingest {

/// What the connections of a readings server have in common. Thread safe where it changes.
struct TcpShared {
    TcpShared(boost::asio::io_context& io, Sink& s, FeedCounters& c, TcpReadingsOptions o)
        : sink(s), counters(c), options(std::move(o)), courier(io, s, c) {}
    Sink& sink;
    FeedCounters& counters;
    const TcpReadingsOptions options;
    std::atomic<std::size_t> held{0}; ///< bytes over each connection's free share, of all
    std::atomic<std::uint64_t> backlog{0}; ///< lines handed over and not yet answered
    Courier courier;                  ///< for formats other than lines of JSON
};

/// One sender of readings. Everything but start(), finish() and abandon() happens on its strand.
class TcpConnection : public std::enable_shared_from_this<TcpConnection> {
  public:
    /// `gone` is called once, on the strand, when the socket is closed.
    TcpConnection(Tcp::socket socket, Strand strand, std::shared_ptr<TcpShared> shared,
                  std::function<void(TcpConnection*)> gone);
    TcpConnection(const TcpConnection&) = delete;
    TcpConnection& operator=(const TcpConnection&) = delete;
    ~TcpConnection();

    void start();
    /// No more lines; what is under way is answered, then it closes.
    void finish();
    /// Closes at once. What is under way is still committed.
    void abandon();

  private:
    /// Lines handed to the desk, kept as they came until it answers.
    struct Batch {
        std::string bytes;
        std::uint64_t lines{0};
        std::uint64_t firstLine{0};     ///< lines of this connection before it
        std::optional<Fault> tailFault; ///< a line whose end never came
        std::string badLines;           ///< answers, made while decoding
        bool waiting{false};            ///< the desk was busy
        bool done{false};
    };
    using BatchPtr = std::shared_ptr<Batch>;

    static constexpr std::size_t freeShare = 16U << 10U; ///< bytes that it may hold whatever the others do

    /// Runs a step of a handler; what it throws (out of memory) ends this connection and nothing else.
    template <typename Step>
    void guarded(Step&& step) {
        try {
            step();
        } catch (const std::exception&) {
            close();
        }
    }
    void pump();
    void read();
    void onReadable(const boost::system::error_code& error);
    void scan();
    void endWith(base::Error why);
    void handOver();
    BatchPtr cutBatch();
    void deliver(const BatchPtr& batch);
    void deliverOther(const BatchPtr& batch);
    void recognise(const Batch& batch);
    void tellBad(Batch& batch, std::vector<Fault>& faults, const std::vector<std::uint64_t>& ordinals) const;
    void renewTables();
    void onReceipt(const BatchPtr& batch, base::Result<ReadingsReceipt> receipt);
    void retryLater();
    void settle();
    void fail(const std::string& reason);
    void flush();
    void watchLine();
    void account();
    void pauseFor(std::chrono::milliseconds time);
    void finishIfDone();
    void drain();
    void close();

    Tcp::socket m_socket;
    const Strand m_strand;
    const std::shared_ptr<TcpShared> m_shared;
    std::function<void(TcpConnection*)> m_gone;
    boost::asio::steady_timer m_retryTimer;
    boost::asio::steady_timer m_pauseTimer;
    boost::asio::steady_timer m_lineTimer;
    boost::asio::steady_timer m_writeTimer;

    std::string m_in;           ///< received, not handed over
    std::size_t m_lineStart{0}; ///< end of the last whole line in m_in
    std::size_t m_scanned{0};   ///< up to where m_in was searched for line ends
    std::size_t m_readSize{4096};
    std::size_t m_waitingLines{0};   ///< whole lines in m_in
    std::size_t m_waitingCounted{0}; ///< without the blank ones
    std::uint64_t m_linesSeen{0}; ///< whole lines that ever came, for the line timer
    std::uint64_t m_taken{0};     ///< lines handed over, without blank ones
    std::optional<Fault> m_tailFault;
    std::vector<BatchPtr> m_underWay; ///< few; no deque, which takes 600 bytes for nothing in it
    std::chrono::milliseconds m_retryAfter;
    std::string m_out;     ///< answers not yet being written
    std::string m_writing; ///< answers being written
    model::ReadingRows m_tables; ///< names that this connection's readings have
    Format m_format;             ///< unknown: not recognised yet
    std::string m_heading;       ///< of lines that have one
    std::optional<std::uint64_t> m_tableBegins; ///< lines of this connection before its table
    std::size_t m_accounted{0};
    std::size_t m_drained{0};
    bool m_reading{false};
    bool m_retrying{false};
    bool m_paused{false};
    bool m_lineWatched{false};
    bool m_ended{false};     ///< nothing more is read
    bool m_stopping{false};  ///< the desk closes: nothing is tried again
    bool m_peerEnded{false}; ///< the sender has closed its side
    bool m_draining{false};
    bool m_closed{false};
};

} // namespace tocsin::ingest
