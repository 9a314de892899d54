#include "ingest/cot_server.hpp"

#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/multicast.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto firstPause = milliseconds(1'000);
constexpr auto longestPause = milliseconds(60'000);
constexpr auto pingEvery = seconds(30);
constexpr auto dialPatience = seconds(20);
constexpr std::size_t mostHeard = 20'000; ///< call signs of whom one server tells
/// Datagrams on their way to the desk; beyond, the kernel's buffer fills, and what does not fit there is lost.
constexpr std::size_t mostUnderWay = 256;

/// "ssl://tak.example.org:8089" → "tak.example.org:8089"
std::string_view withoutScheme(std::string_view address, bool& tls) {
    for (const std::string_view scheme : {"ssl://", "tls://"})
        if (address.starts_with(scheme)) {
            tls = true;
            return address.substr(scheme.size());
        }
    for (const std::string_view scheme : {"tcp://", "udp://"})
        if (address.starts_with(scheme))
            return address.substr(scheme.size());
    return address;
}

} // namespace

CotDialler::CotDialler(const FeedConfig& config, const FeedParts& parts, CotLimits limits)
    : m_config(config), m_parts(parts), m_limits([&] {
          limits.idle = std::min(limits.idle, seconds(150)); // it must answer our pings
          return limits;
      }()),
      m_strand(asio::make_strand(parts.io)), m_counters(parts.board.feed(config.name)),
      m_courier(parts.io, parts.sink, m_counters), m_resolver(m_strand), m_timer(m_strand) {}

base::Result<void> CotDialler::start() {
    bool tls = !m_config.tls.empty();
    auto to = parseEndpoint(withoutScheme(m_config.address, tls));
    if (!to)
        return tl::unexpected(std::move(to.error()));
    if (to->port == 0)
        return base::fail(Code::malformed, "'" + m_config.address + "' names no port");
    m_to = std::move(*to);
    if (tls) {
        auto context = cotTls(m_config.tls, m_parts.folder, false);
        if (!context)
            return tl::unexpected(std::move(context.error()));
        m_tls = std::move(*context);
    }
    m_counters.setState(FeedState::connecting);
    asio::post(m_strand, [self = shared_from_this()] { self->dial(); });
    return {};
}

void CotDialler::dial() {
    if (m_stopping)
        return;
    m_resolver.async_resolve(
        m_to.host, std::to_string(m_to.port), Tcp::resolver::numeric_service,
        asio::bind_executor(m_strand, [self = shared_from_this()](boost::system::error_code error,
                                                                  const Tcp::resolver::results_type& found) {
            if (self->m_stopping)
                return;
            if (error)
                return self->failed("cannot find " + self->m_to.host + ": " + error.message());
            auto socket = std::make_shared<Tcp::socket>(self->m_strand);
            self->m_dialling = socket;
            self->m_timer.expires_after(dialPatience);
            self->m_timer.async_wait(asio::bind_executor(self->m_strand, [socket](boost::system::error_code waited) {
                boost::system::error_code ignored;
                if (!waited)
                    socket->close(ignored);
            }));
            asio::async_connect(*socket, found,
                                asio::bind_executor(self->m_strand, [self, socket](boost::system::error_code failure,
                                                                                   const Tcp::endpoint&) {
                                    self->m_dialling.reset();
                                    self->m_timer.cancel();
                                    if (self->m_stopping)
                                        return;
                                    if (failure)
                                        return self->failed("cannot connect to " + self->m_to.toString() + ": " +
                                                            failure.message());
                                    self->talk(std::move(*socket));
                                }));
        }));
}

void CotDialler::talk(Tcp::socket socket) {
    auto stream = m_tls ? CotSocket::tls(std::move(socket), m_strand, m_tls, m_to.host)
                        : CotSocket::plain(std::move(socket), m_strand);
    const std::weak_ptr<CotDialler> weak = shared_from_this();
    CotClient::Events events;
    events.up = [weak] {
        if (const auto self = weak.lock()) {
            self->m_wait = milliseconds(0);
            self->m_counters.setState(FeedState::up);
            self->m_counters.connectionOpened();
            self->ping();
        }
    };
    events.heard = [weak](const std::string& callSign) {
        if (const auto self = weak.lock(); self && self->m_heard.size() < mostHeard)
            self->m_heard.insert(callSign);
    };
    events.closed = [weak](CotClient& client, const std::string& why) {
        if (const auto self = weak.lock()) {
            self->m_heard.clear();
            if (client.isUp())
                self->m_counters.connectionClosed();
            self->m_client.reset();
            if (!self->m_stopping)
                self->failed(why);
        }
    };
    m_client = std::make_shared<CotClient>(std::move(stream), m_strand, m_config, m_parts, m_counters, m_courier,
                                           std::move(events), m_limits);
    m_client->start();
}

void CotDialler::ping() {
    if (m_stopping || !m_client)
        return;
    m_client->send(std::make_shared<const std::string>(cotPing(m_parts.clock.now(), "tocsin")));
    m_timer.expires_after(pingEvery);
    m_timer.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](boost::system::error_code error) {
        if (!error)
            self->ping();
    }));
}

void CotDialler::tell(const std::string& callSign, const std::string& bytes, Handed done) {
    asio::post(m_strand, [self = shared_from_this(), callSign, shared = std::make_shared<const std::string>(bytes), done = std::move(done)] {
        if (!self->m_client || !self->m_heard.contains(callSign))
            return done(false);
        self->m_client->send(shared, done);
    });
}

void CotDialler::failed(const std::string& why) {
    m_counters.setState(FeedState::waiting, why);
    m_wait = std::clamp(m_wait * 2, firstPause, longestPause);
    const auto jitter = milliseconds(static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(m_wait.count() / 4 + 1)));
    m_timer.expires_after(m_wait + jitter);
    m_timer.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](boost::system::error_code error) {
        if (!error)
            self->dial();
    }));
}

void CotDialler::stop() {
    asio::post(m_strand, [self = shared_from_this()] {
        self->m_stopping = true;
        self->m_resolver.cancel();
        self->m_timer.cancel();
        self->m_courier.close();
        boost::system::error_code ignored;
        if (self->m_dialling)
            self->m_dialling->close(ignored);
        if (const auto client = self->m_client)
            client->close("the feed ends");
        self->m_counters.setState(FeedState::off);
    });
}

// ---- datagrams

base::Result<Endpoint> listenForDatagrams(Udp::socket& socket, std::string_view hostPort) {
    bool ignoredTls = false;
    const auto asked = parseEndpoint(withoutScheme(hostPort, ignoredTls));
    if (!asked)
        return tl::unexpected(asked.error());
    boost::system::error_code error;
    const auto failed = [&](const char* what) {
        boost::system::error_code ignored;
        socket.close(ignored);
        return base::fail(Code::unavailable, std::string(what) + " " + asked->toString() + ": " + error.message());
    };
    Udp::resolver resolver(socket.get_executor());
    const auto found = resolver.resolve(asked->host, std::to_string(asked->port),
                                        Udp::resolver::passive | Udp::resolver::numeric_service, error);
    if (error || found.empty())
        return failed("Cannot find the address of");
    const Udp::endpoint endpoint = found.begin()->endpoint();
    const bool group = endpoint.address().is_multicast();
    socket.open(endpoint.protocol(), error);
    if (error)
        return failed("Cannot listen on");
    if (group) // others on this machine may listen to it too
        socket.set_option(asio::socket_base::reuse_address(true), error);
    socket.set_option(asio::socket_base::receive_buffer_size(1 << 20), error);
    socket.bind(endpoint, error);
    if (error)
        return failed("Cannot listen on");
    if (group && endpoint.address().is_v4()) {
        const auto address = endpoint.address().to_v4();
        boost::system::error_code onDefault;
        socket.set_option(asio::ip::multicast::join_group(address), onDefault);
        boost::system::error_code onLoopback;
        socket.set_option(asio::ip::multicast::join_group(address, asio::ip::address_v4::loopback()), onLoopback);
        error = onLoopback;
        if (onDefault && onLoopback)
            return failed("Cannot join the group");
    } else if (group) {
        socket.set_option(asio::ip::multicast::join_group(endpoint.address().to_v6()), error);
        if (error)
            return failed("Cannot join the group");
    }
    const auto bound = socket.local_endpoint(error);
    if (error)
        return failed("Cannot listen on");
    return Endpoint{bound.address().to_string(), bound.port()};
}

CotDatagrams::CotDatagrams(const FeedConfig& config, const FeedParts& parts)
    : m_config(config), m_parts(parts), m_strand(asio::make_strand(parts.io)),
      m_counters(parts.board.feed(config.name)), m_courier(parts.io, parts.sink, m_counters), m_socket(parts.io),
      m_pause(m_strand), m_retry(m_strand) {}

base::Result<void> CotDatagrams::start() {
    auto at = listenForDatagrams(m_socket, m_config.address);
    if (!at)
        return tl::unexpected(std::move(at.error()));
    m_listensAt = at->toString();
    m_counters.setState(FeedState::up);
    asio::post(m_strand, [self = shared_from_this()] { self->receive(); });
    return {};
}

void CotDatagrams::receive() {
    if (m_stopping)
        return;
    if (m_courier.underWay() + m_owed.size() >= mostUnderWay) {
        m_counters.addBusy();
        m_pause.expires_after(milliseconds(20));
        m_pause.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](boost::system::error_code error) {
            if (!error)
                self->receive();
        }));
        return;
    }
    m_socket.async_receive_from(
        asio::buffer(m_buffer), m_from,
        asio::bind_executor(m_strand, [self = shared_from_this()](boost::system::error_code error, std::size_t count) {
            if (self->m_stopping || error == asio::error::operation_aborted)
                return;
            if (!error && count > 0) {
                self->m_parts.sink.heard(self->m_config.name);
                self->deliver(std::make_shared<const std::string>(self->m_buffer.data(), count),
                              self->m_parts.clock.now());
            }
            self->receive();
        }));
}

/// Nobody waits for an answer; what a desk that cannot write has given back is offered again.
void CotDatagrams::deliver(const std::shared_ptr<const std::string>& bytes, base::Time receivedAt) {
    auto source = m_config.source();
    source.receivedAt = receivedAt;
    m_courier.deliver(*bytes, Format::cotXml, source, [self = shared_from_this(), bytes, receivedAt](const Delivered& done) {
        if (!done.undone)
            return;
        asio::post(self->m_strand, [self, bytes, receivedAt] {
            if (self->m_stopping)
                return;
            self->m_owed.emplace_back(bytes, receivedAt);
            if (self->m_owed.size() > 1)
                return;
            self->m_counters.addBusy();
            self->m_retry.expires_after(firstPause);
            self->m_retry.async_wait(asio::bind_executor(self->m_strand, [self](boost::system::error_code error) {
                const auto all = std::exchange(self->m_owed, {});
                if (error || self->m_stopping)
                    return;
                for (const auto& [again, at] : all)
                    self->deliver(again, at);
            }));
        });
    });
}

void CotDatagrams::stop() {
    asio::post(m_strand, [self = shared_from_this()] {
        self->m_stopping = true;
        boost::system::error_code ignored;
        self->m_socket.close(ignored);
        self->m_pause.cancel();
        self->m_retry.cancel();
        self->m_courier.close();
        self->m_counters.setState(FeedState::off);
    });
}

} // namespace tocsin::ingest
