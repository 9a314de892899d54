#include "ingest/cot_server.hpp"

#include <algorithm>
#include <boost/asio/bind_executor.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

namespace {

constexpr std::size_t mostRemembered = 2'000;

} // namespace

CotServer::CotServer(const FeedConfig& config, const FeedParts& parts, CotLimits limits)
    : m_config(config), m_parts(parts), m_limits(limits), m_strand(asio::make_strand(parts.io)),
      m_counters(parts.board.feed(config.name)), m_courier(parts.io, parts.sink, m_counters), m_acceptor(parts.io),
      m_pause(m_strand) {}

base::Result<void> CotServer::start() {
    if (!m_config.tls.empty()) {
        auto tls = cotTls(m_config.tls, m_parts.folder, true);
        if (!tls)
            return tl::unexpected(std::move(tls.error()));
        m_tls = std::move(*tls);
    }
    auto at = listenOn(m_acceptor, m_config.address);
    if (!at)
        return tl::unexpected(std::move(at.error()));
    m_listensAt = at->toString();
    m_counters.setState(FeedState::up);
    asio::post(m_strand, [self = shared_from_this()] { self->accept(); });
    return {};
}

void CotServer::accept() {
    if (m_stopping)
        return;
    m_acceptor.async_accept(asio::bind_executor(
        m_strand, [self = shared_from_this()](boost::system::error_code error, Tcp::socket socket) {
            if (self->m_stopping)
                return;
            if (!error) {
                self->welcome(std::move(socket));
                self->accept();
                return;
            }
            // The machine has run out of something, or the client went before it was taken.
            self->m_pause.expires_after(std::chrono::milliseconds(isExhausted(error) ? 500 : 5));
            self->m_pause.async_wait(asio::bind_executor(self->m_strand, [self](boost::system::error_code waited) {
                if (!waited)
                    self->accept();
            }));
        }));
}

void CotServer::welcome(Tcp::socket socket) {
    if (m_clients.size() >= mostClients) {
        m_counters.addTurnedAway();
        boost::system::error_code ignored;
        socket.close(ignored);
        return;
    }
    auto stream = m_tls ? CotSocket::tls(std::move(socket), m_strand, m_tls, {})
                        : CotSocket::plain(std::move(socket), m_strand);
    const std::weak_ptr<CotServer> weak = shared_from_this();
    CotClient::Events events;
    if (m_config.relay)
        events.relay = [weak](CotClient& from, const std::string& event) {
            if (const auto self = weak.lock())
                self->relay(from, event);
        };
    events.closed = [weak](CotClient& client, const std::string&) {
        if (const auto self = weak.lock()) {
            self->m_clients.erase(client.shared_from_this());
            self->m_counters.connectionClosed();
        }
    };
    auto client = std::make_shared<CotClient>(std::move(stream), m_strand, m_config, m_parts, m_counters, m_courier,
                                              std::move(events), m_limits);
    m_clients.insert(client);
    m_counters.connectionOpened();
    client->start();
}

void CotServer::relay(CotClient& from, const std::string& event) {
    const auto bytes = std::make_shared<const std::string>(event + "\n");
    const auto to = addressees(event);
    for (const auto& client : m_clients) {
        if (client.get() == &from)
            continue;
        if (to.empty() || std::find(to.begin(), to.end(), client->callSign()) != to.end())
            client->send(bytes);
    }
    // Whoever speaks for the first time sees where the others are, though they may not move.
    if (cotAttribute(event, "type=").starts_with("a-")) {
        const auto uid = std::string(cotAttribute(event, "uid="));
        if (from.greet())
            for (const auto& [other, position] : m_lastOf)
                if (other != uid)
                    from.send(position);
        if (m_lastOf.size() >= mostRemembered && !m_lastOf.contains(uid))
            m_lastOf.clear();
        m_lastOf[uid] = bytes;
    }
}

void CotServer::tell(const std::string& callSign, const std::string& bytes, Handed done) {
    asio::post(m_strand, [self = shared_from_this(), callSign, shared = std::make_shared<const std::string>(bytes),
                          done = std::move(done)] {
        std::vector<std::shared_ptr<CotClient>> to;
        for (const auto& client : self->m_clients) {
            if (client->callSign() == callSign)
                to.push_back(client);
        }
        const auto answer = firstThat(to.size(), done);
        for (const auto& client : to)
            client->send(shared, answer);
    });
}

void CotServer::stop() {
    asio::post(m_strand, [self = shared_from_this()] {
        self->m_stopping = true;
        boost::system::error_code ignored;
        self->m_acceptor.close(ignored);
        self->m_pause.cancel();
        self->m_courier.close();
        const auto clients = self->m_clients;
        for (const auto& client : clients)
            client->close("the feed ends");
        self->m_counters.setState(FeedState::off);
    });
}

} // namespace tocsin::ingest
