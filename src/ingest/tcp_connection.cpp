#include "ingest/tcp_connection.hpp"

#include "ingest/feed_lines.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/write.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;

namespace {

constexpr std::size_t mostReadAtOnce = 128U << 10U;
constexpr std::size_t mostReadInTurn = 256U << 10U; ///< then the other connections have their turn
constexpr std::size_t mostUnread = 256U << 10U;     ///< of answers, before nothing more is read
constexpr std::size_t mostDrained = 8U << 20U;
constexpr std::chrono::milliseconds pauseTime{20};

} // namespace

TcpConnection::TcpConnection(Tcp::socket socket, Strand strand, std::shared_ptr<TcpShared> shared,
                             std::function<void(TcpConnection*)> gone)
    : m_socket(std::move(socket)), m_strand(std::move(strand)), m_shared(std::move(shared)), m_gone(std::move(gone)),
      m_retryTimer(m_strand), m_pauseTimer(m_strand), m_lineTimer(m_strand), m_writeTimer(m_strand),
      m_retryAfter(m_shared->options.retryFirst), m_format(m_shared->options.format) {
    m_shared->counters.connectionOpened();
}

TcpConnection::~TcpConnection() {
    m_shared->held.fetch_sub(m_accounted);
    m_shared->counters.connectionClosed();
}

void TcpConnection::start() {
    asio::post(m_strand, [self = shared_from_this()] {
        self->guarded([&] {
            error_code ignored;
            self->m_socket.non_blocking(true, ignored);
            self->m_socket.set_option(Tcp::no_delay(true), ignored);
            self->m_socket.set_option(asio::socket_base::keep_alive(true), ignored);
            self->pump();
        });
    });
}

void TcpConnection::finish() {
    asio::post(m_strand, [self = shared_from_this()] {
        self->guarded([&] {
            if (self->m_closed || self->m_draining)
                return;
            self->m_ended = self->m_stopping = true;
            self->m_in.clear();
            self->m_lineStart = self->m_scanned = self->m_waitingLines = self->m_waitingCounted = 0;
            self->m_tailFault.reset();
            // What waits for a busy desk was never acknowledged: its sender keeps it.
            const auto waiting = std::find_if(self->m_underWay.begin(), self->m_underWay.end(),
                                              [](const BatchPtr& b) { return b->waiting; });
            self->m_underWay.erase(waiting, self->m_underWay.end());
            self->m_retryTimer.cancel();
            self->m_retrying = false;
            error_code ignored;
            self->m_socket.cancel(ignored); // ends the wait for data; a write under way is taken up again
            self->pump();
        });
    });
}

void TcpConnection::abandon() {
    asio::post(m_strand, [self = shared_from_this()] { self->close(); });
}

/// After every event: hand over what can be handed over, read what can be read, write what is to be written.
void TcpConnection::pump() {
    if (m_closed || m_draining)
        return;
    handOver();
    flush();
    account();
    read();
    finishIfDone();
}

void TcpConnection::read() {
    if (m_closed || m_reading || m_ended || m_retrying || m_paused)
        return;
    const auto& options = m_shared->options;
    // m_in may hold whole lines that wait for a place among the batches under way: their receipts come back to pump().
    if (m_in.size() >= options.batchBytes || m_out.size() >= mostUnread)
        return;
    if (m_accounted > 0 && m_shared->held.load(std::memory_order_relaxed) > options.memoryBudget) {
        pauseFor(pauseTime);
        return;
    }
    m_reading = true;
    m_socket.async_wait(Tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
        self->m_reading = false;
        self->guarded([&] { self->onReadable(error); });
    });
}

void TcpConnection::pauseFor(std::chrono::milliseconds time) {
    m_paused = true;
    m_pauseTimer.expires_after(time);
    m_pauseTimer.async_wait([self = shared_from_this()](const error_code&) {
        self->m_paused = false;
        self->guarded([&] { self->pump(); });
    });
}

void TcpConnection::onReadable(const error_code& waited) {
    if (m_closed || m_ended)
        return pump();
    error_code error = waited;
    const auto& options = m_shared->options;
    const bool tight = m_shared->held.load(std::memory_order_relaxed) > options.memoryBudget;
    const std::size_t most = std::min(options.batchBytes, m_in.size() + (tight ? freeShare : mostReadInTurn));
    while (!error && m_in.size() < most) {
        const std::size_t before = m_in.size();
        const std::size_t room = std::min(m_readSize, most - before);
        m_in.resize(before + room);
        const std::size_t got = m_socket.read_some(asio::buffer(m_in.data() + before, room), error);
        m_in.resize(before + got);
        m_shared->counters.received({m_in.data() + before, got});
        if (got < room)
            break;
        m_readSize = std::min(m_readSize * 2, mostReadAtOnce);
    }
    scan();
    if (error && error != asio::error::would_block && error != asio::error::try_again) {
        m_ended = m_peerEnded = true;
        if (error == asio::error::eof && m_lineStart < m_in.size()) {
            // The last line may lack its end; a line cut short is no JSON and goes to quarantine.
            m_in += '\n';
            ++m_waitingLines;
            m_waitingCounted += !isBlank(std::string_view(m_in).substr(m_lineStart, m_in.size() - 1 - m_lineStart));
            m_lineStart = m_scanned = m_in.size();
        } else {
            m_in.resize(m_lineStart); // a broken connection: the sender was told nothing of this line, and has it still
        }
    }
    watchLine();
    pump();
}

/// Finds the line ends in what came, and a line that is too long.
void TcpConnection::scan() {
    while (!m_ended) {
        const auto end = m_in.find('\n', m_scanned);
        const auto length = (end == std::string::npos ? m_in.size() : end) - m_lineStart;
        if (length > maxLineBytes) {
            endWith({Code::tooLarge, "the line is longer than " + std::to_string(maxLineBytes) + " bytes"});
            return;
        }
        if (end == std::string::npos) {
            m_scanned = m_in.size();
            return;
        }
        ++m_waitingLines;
        m_waitingCounted += m_in[m_lineStart] == '{' || !isBlank(std::string_view(m_in).substr(m_lineStart, length));
        m_lineStart = m_scanned = end + 1;
        ++m_linesSeen;
    }
}

/// Ends the connection because of the line that has been begun: its head goes to quarantine, whole lines before it are
/// kept.
void TcpConnection::endWith(base::Error why) {
    m_tailFault = Fault{std::move(why), m_in.substr(m_lineStart, maxLineBytes)};
    m_in.resize(m_lineStart);
    m_scanned = m_lineStart;
    m_ended = true;
}

/// A line that is begun and never finished must not hold memory for ever. One timer serves many lines, so that a
/// fast sender does not set it at every read.
void TcpConnection::watchLine() {
    if (m_lineWatched || m_ended || m_lineStart == m_in.size())
        return;
    m_lineWatched = true;
    m_lineTimer.expires_after(m_shared->options.lineTimeout);
    m_lineTimer.async_wait([self = shared_from_this(), line = m_linesSeen](const error_code&) {
        self->m_lineWatched = false;
        if (self->m_closed || self->m_ended)
            return;
        self->guarded([&] {
            // While the desk is busy the rest may well lie in the socket, unread.
            if (self->m_linesSeen == line && self->m_lineStart < self->m_in.size() && self->m_reading) {
                self->endWith({Code::malformed, "the line was begun but not finished in time"});
                error_code ignored;
                self->m_socket.cancel(ignored);
                self->pump();
            } else {
                self->watchLine();
            }
        });
    });
}

void TcpConnection::flush() {
    if (m_closed || !m_writing.empty() || m_out.empty())
        return;
    error_code error;
    const auto sent = m_socket.write_some(asio::buffer(m_out), error); // most answers fit at once
    m_out.erase(0, sent);
    if (m_out.empty())
        return;
    if (error && error != asio::error::would_block && error != asio::error::try_again) {
        // The sender is gone. What it sent completely is still committed; there is nobody to answer.
        m_out.clear();
        m_ended = m_peerEnded = true;
        return;
    }
    m_writing = std::exchange(m_out, {});
    m_writeTimer.expires_after(m_shared->options.writeTimeout);
    m_writeTimer.async_wait([self = shared_from_this()](const error_code& e) {
        if (!e)
            self->close();
    });
    asio::async_write(m_socket, asio::buffer(m_writing),
                      [self = shared_from_this()](const error_code& e, std::size_t written) {
                          self->m_writeTimer.cancel();
                          auto rest = std::exchange(self->m_writing, {});
                          if (self->m_closed)
                              return;
                          self->guarded([&] {
                              if (e == asio::error::operation_aborted)
                                  self->m_out.insert(0, rest, written); // cancelled with the reading: goes on
                              else if (e)
                                  return self->close();
                              self->pump();
                          });
                      });
}

/// Tells all connections' common budget what this one holds beyond its free share.
void TcpConnection::account() {
    std::size_t holds = m_in.capacity() + (m_tables.sensors ? m_tables.sensors->bytes() : 0);
    for (const auto& batch : m_underWay)
        holds += batch->bytes.capacity();
    const std::size_t counted = holds > freeShare ? holds - freeShare : 0;
    if (counted > m_accounted)
        m_shared->held.fetch_add(counted - m_accounted, std::memory_order_relaxed);
    else
        m_shared->held.fetch_sub(m_accounted - counted, std::memory_order_relaxed);
    m_accounted = counted;
}

void TcpConnection::finishIfDone() {
    if (m_closed || !m_ended || !m_underWay.empty() || m_lineStart > 0 || m_tailFault || !m_out.empty() ||
        !m_writing.empty())
        return;
    error_code failed;
    if (m_peerEnded || (m_stopping && m_socket.available(failed) == 0))
        return close();
    // Closing with unread input would reset the connection and could take the last answer with it: read on for a while.
    m_draining = true;
    error_code ignored;
    m_socket.shutdown(Tcp::socket::shutdown_send, ignored);
    m_pauseTimer.expires_after(m_shared->options.lingerTimeout);
    m_pauseTimer.async_wait([self = shared_from_this()](const error_code&) { self->close(); });
    drain();
}

void TcpConnection::drain() {
    m_socket.async_wait(Tcp::socket::wait_read, [self = shared_from_this()](const error_code& waited) {
        if (self->m_closed)
            return;
        std::array<char, 16384> nowhere;
        error_code error = waited;
        while (!error && self->m_drained < mostDrained)
            self->m_drained += self->m_socket.read_some(asio::buffer(nowhere), error);
        if (error == asio::error::would_block || error == asio::error::try_again)
            self->guarded([&] { self->drain(); });
        else
            self->close();
    });
}

void TcpConnection::close() {
    if (std::exchange(m_closed, true))
        return;
    if (auto gone = std::exchange(m_gone, nullptr))
        gone(this); // first: who sees the end of the connection finds its place free
    error_code ignored;
    m_socket.close(ignored);
    m_retryTimer.cancel();
    m_pauseTimer.cancel();
    m_lineTimer.cancel();
    m_writeTimer.cancel();
    m_underWay.clear();
    m_in = {};
    m_out = {};
    account();
}

} // namespace tocsin::ingest
