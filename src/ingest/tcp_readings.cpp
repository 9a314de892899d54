#include "tocsin/ingest/tcp_readings.hpp"

#include "ingest/tcp_connection.hpp"

#include <boost/asio/bind_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <unordered_set>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;

namespace {
constexpr std::chrono::milliseconds exhaustedPause{200};
} // namespace

class TcpReadingsServer::Impl : public std::enable_shared_from_this<Impl> {
  public:
    Impl(asio::io_context& io, Sink& sink, FeedBoard& board, TcpReadingsOptions options)
        : m_io(io), m_strand(asio::make_strand(io)), m_acceptor(m_strand), m_acceptPause(m_strand),
          m_stopTimer(m_strand), m_shared(std::make_shared<TcpShared>(io, sink, board.feed(options.feed), options)) {}

    base::Result<Endpoint> listen(std::string_view hostPort) {
        if (m_acceptor.is_open())
            return base::fail(Code::conflict, "The readings server listens already");
        auto endpoint = listenOn(m_acceptor, hostPort);
        if (endpoint)
            asio::post(m_strand, [self = shared_from_this()] { self->accept(); });
        return endpoint;
    }

    void stop() {
        asio::post(m_strand, [self = shared_from_this()] {
            if (std::exchange(self->m_stopped, true))
                return;
            error_code ignored;
            self->m_acceptor.close(ignored);
            self->m_acceptPause.cancel();
            self->m_shared->courier.close();
            const auto open = self->connections();
            for (const auto& connection : open)
                connection->finish();
            if (open.empty())
                return;
            self->m_stopTimer.expires_after(self->m_shared->options.stopTimeout);
            self->m_stopTimer.async_wait([self](const error_code& error) {
                if (error)
                    return;
                for (const auto& connection : self->connections())
                    connection->abandon();
            });
        });
    }

  private:
    using Connections = std::unordered_set<std::shared_ptr<TcpConnection>>;

    Connections connections() {
        const std::lock_guard lock(m_mutex);
        return m_open;
    }

    void accept() {
        if (m_stopped)
            return;
        auto strand = asio::make_strand(m_io);
        m_acceptor.async_accept(strand, asio::bind_executor(m_strand, [self = shared_from_this(), strand](
                                                                          const error_code& error, Tcp::socket socket) {
                                    if (self->m_stopped)
                                        return;
                                    if (isExhausted(error))
                                        return self->pause();
                                    try {
                                        if (!error)
                                            self->welcome(std::move(socket), strand);
                                        self->accept();
                                    } catch (const std::exception&) { // out of memory: let others finish first
                                        self->pause();
                                    }
                                }));
    }

    void pause() {
        m_acceptPause.expires_after(exhaustedPause);
        m_acceptPause.async_wait([self = shared_from_this()](const error_code& error) {
            if (!error)
                self->accept();
        });
    }

    void welcome(Tcp::socket socket, const Strand& strand) {
        {
            const std::lock_guard lock(m_mutex);
            if (m_open.size() < m_shared->options.maxConnections) {
                auto connection = std::make_shared<TcpConnection>(std::move(socket), strand, m_shared,
                                                                  [weak = weak_from_this()](TcpConnection* gone) {
                                                                      if (const auto self = weak.lock())
                                                                          self->forget(gone);
                                                                  });
                m_open.insert(connection);
                connection->start();
                return;
            }
        }
        m_shared->counters.addTurnedAway();
        error_code ignored;
        socket.non_blocking(true, ignored);
        socket.write_some(asio::buffer("busy\n", 5), ignored);
        socket.shutdown(Tcp::socket::shutdown_both, ignored);
        socket.close(ignored);
    }

    void forget(TcpConnection* gone) {
        const std::lock_guard lock(m_mutex);
        m_open.erase(gone->shared_from_this());
        if (m_open.empty())
            asio::post(m_strand, [self = shared_from_this()] {
                if (self->m_stopped)
                    self->m_stopTimer.cancel();
            });
    }

    asio::io_context& m_io;
    const Strand m_strand;
    Tcp::acceptor m_acceptor;
    asio::steady_timer m_acceptPause;
    asio::steady_timer m_stopTimer;
    const std::shared_ptr<TcpShared> m_shared;
    bool m_stopped{false};
    std::mutex m_mutex; ///< guards m_open
    Connections m_open;
};

TcpReadingsServer::TcpReadingsServer(asio::io_context& io, Sink& sink, FeedBoard& board, TcpReadingsOptions options)
    : m_impl(std::make_shared<Impl>(io, sink, board, std::move(options))) {}

TcpReadingsServer::~TcpReadingsServer() {
    stop();
}

base::Result<Endpoint> TcpReadingsServer::listen(std::string_view hostPort) {
    return m_impl->listen(hostPort);
}

void TcpReadingsServer::stop() {
    m_impl->stop();
}

} // namespace tocsin::ingest
