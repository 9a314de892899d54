#include "tocsin/ingest/http_server.hpp"

#include "ingest/cot_socket.hpp"
#include "ingest/http_session.hpp"

#include <boost/asio/bind_executor.hpp>
#include <map>
#include <mutex>
#include <unordered_set>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;

namespace {
constexpr std::chrono::milliseconds exhaustedPause{200};
} // namespace

class HttpServer::Impl : public std::enable_shared_from_this<Impl> {
  public:
    Impl(asio::io_context& io, Sink& sink, FeedBoard& board, base::IdSource& ids, HttpOptions options)
        : m_io(io), m_strand(asio::make_strand(io)), m_acceptor(m_strand), m_acceptPause(m_strand),
          m_stopTimer(m_strand), m_counters(board.feed("http")),
          m_shared(std::make_shared<HttpShared>(io, sink, board, ids, std::move(options))) {}

    base::Result<Endpoint> listen(std::string_view hostPort) {
        if (m_acceptor.is_open())
            return base::fail(Code::conflict, "The HTTP server listens already");
        if (const auto& options = m_shared->options; !options.tls.certificate.empty()) {
            auto context = cotTls(options.tls, options.tlsFolder, true);
            if (!context)
                return tl::unexpected(context.error());
            m_shared->tls = std::move(*context);
        }
        auto endpoint = listenOn(m_acceptor, hostPort);
        if (endpoint)
            asio::post(m_strand, [self = shared_from_this()] { self->accept(); });
        return endpoint;
    }

    void stop() {
        asio::post(m_strand, [self = shared_from_this()] {
            if (std::exchange(self->m_stopped, true))
                return;
            self->m_shared->stopping = true;
            error_code ignored;
            self->m_acceptor.close(ignored);
            self->m_acceptPause.cancel();
            self->m_shared->closeCouriers();
            const auto open = self->sessions();
            for (const auto& session : open)
                session->finish();
            if (open.empty())
                return;
            self->m_stopTimer.expires_after(self->m_shared->options.stopTimeout);
            self->m_stopTimer.async_wait([self](const error_code& error) {
                if (error)
                    return;
                for (const auto& session : self->sessions())
                    session->abandon();
            });
        });
    }

  private:
    using Sessions = std::unordered_set<std::shared_ptr<HttpSession>>;

    Sessions sessions() {
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
                                    if (isExhausted(error)) {
                                        self->makeRoom({});
                                        return self->pause();
                                    }
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

    /// Asks the connection that has been idle longest (of an address, or of all) to give way. False if there is none.
    bool makeRoom(const std::optional<asio::ip::address>& address) {
        std::shared_ptr<HttpSession> longest;
        {
            const std::lock_guard lock(m_mutex);
            for (const auto& session : m_open) {
                const auto since = session->idleSince();
                if (since && (!address || session->address() == *address) && !m_leaving.contains(session.get()) &&
                    (!longest || *since < longest->idleSince().value_or(*since)))
                    longest = session;
            }
            if (longest)
                m_leaving.insert(longest.get());
        }
        if (longest)
            longest->finish();
        return longest != nullptr;
    }

    void welcome(Tcp::socket socket, const Strand& strand) {
        error_code error;
        const auto address = socket.remote_endpoint(error).address();
        if (error)
            return; // gone already
        const auto& options = m_shared->options;
        std::size_t all = 0;
        std::size_t same = 0;
        {
            const std::lock_guard lock(m_mutex);
            all = m_open.size() - m_leaving.size();
            const auto found = m_byAddress.find(address);
            same = found == m_byAddress.end() ? 0 : found->second;
            for (const auto* leaving : m_leaving)
                same -= leaving->address() == address ? 1 : 0;
        }
        if ((same >= options.maxPerAddress && !makeRoom(address)) ||
            (same < options.maxPerAddress && all >= options.maxConnections && !makeRoom({}))) {
            m_counters.addTurnedAway();
            const std::string body = busyReply("too many connections").body;
            const std::string full = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
                                     "Content-Type: application/json\r\nContent-Length: " +
                                     std::to_string(body.size()) + "\r\n\r\n" + body;
            socket.non_blocking(true, error);
            socket.write_some(asio::buffer(full), error);
            socket.shutdown(Tcp::socket::shutdown_both, error);
            return;
        }
        auto session = std::make_shared<HttpSession>(std::move(socket), strand, address, m_shared,
                                                     [weak = weak_from_this()](HttpSession* gone) {
                                                         if (const auto self = weak.lock())
                                                             self->forget(gone);
                                                     });
        {
            const std::lock_guard lock(m_mutex);
            m_open.insert(session);
            ++m_byAddress[address];
        }
        session->start();
    }

    void forget(HttpSession* gone) {
        const std::lock_guard lock(m_mutex);
        if (m_open.erase(gone->shared_from_this()) == 0)
            return;
        m_leaving.erase(gone);
        if (const auto found = m_byAddress.find(gone->address()); found != m_byAddress.end() && --found->second == 0)
            m_byAddress.erase(found);
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
    FeedCounters& m_counters;
    const std::shared_ptr<HttpShared> m_shared;
    bool m_stopped{false};
    std::mutex m_mutex; ///< guards the members below
    Sessions m_open;
    std::unordered_set<const HttpSession*> m_leaving; ///< asked to give way, still open
    std::map<asio::ip::address, std::size_t> m_byAddress;
};

HttpServer::HttpServer(asio::io_context& io, Sink& sink, FeedBoard& board, base::IdSource& ids, HttpOptions options)
    : m_impl(std::make_shared<Impl>(io, sink, board, ids, std::move(options))) {}

HttpServer::~HttpServer() {
    stop();
}

base::Result<Endpoint> HttpServer::listen(std::string_view hostPort) {
    return m_impl->listen(hostPort);
}

void HttpServer::stop() {
    m_impl->stop();
}

} // namespace tocsin::ingest
