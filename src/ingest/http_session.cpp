#include "ingest/http_session.hpp"

#include "ingest/decode_place.hpp"
#include "ingest/multipart.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::redirect_error;
using asio::use_awaitable;
using boost::system::error_code;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t bodyChunk = 32U << 10U;
constexpr std::size_t bufferBytes = 64U << 10U; ///< of what is read ahead
constexpr std::size_t mostDrained = 8U << 20U;
constexpr std::size_t firstRead = 4U << 10U; ///< of a request over TLS
constexpr char tlsHandshake = 0x16;          ///< the first byte of a TLS connection, and of no HTTP request
constexpr std::size_t besideHead = 4U << 10U; ///< a body up to this is copied behind the head and sent with it

std::string text(beast::string_view view) {
    return std::string(view.data(), view.size());
}

HttpReply tooLarge(std::size_t most) {
    return jsonReply(413, refusal("refused", "the body is over " + std::to_string(most) + " bytes", {.byte = most}));
}

bool isThisMachine(const asio::ip::address& address) {
    if (address.is_v6() && address.to_v6().is_v4_mapped()) // who listens on [::] is reached so over IPv4
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

/// "desk.example:8080"; empty for anything else, for it is written into answers.
std::string plainHost(std::string host) {
    const bool plain = host.size() <= 255 && host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                                   "0123456789.-:[]") == std::string::npos;
    return plain ? host : std::string();
}

} // namespace

HttpSession::HttpSession(Tcp::socket socket, Strand strand, asio::ip::address address,
                         std::shared_ptr<HttpShared> shared, std::function<void(HttpSession*)> gone)
    : m_stream(std::move(socket)), m_strand(std::move(strand)), m_idleTimer(m_strand), m_address(std::move(address)),
      m_shared(std::move(shared)), m_counters(m_shared->board.feed("http")), m_gone(std::move(gone)),
      m_buffer(std::max(m_shared->options.headerBytes + 1024, bufferBytes)), m_door(m_shared, m_strand) {
    m_counters.connectionOpened();
    setIdle(true);
}

HttpSession::~HttpSession() {
    m_counters.connectionClosed();
}

std::optional<steady_clock::time_point> HttpSession::idleSince() const {
    const auto since = m_idleSince.load();
    return since == 0 ? std::nullopt : std::optional(steady_clock::time_point(std::chrono::nanoseconds(since)));
}

void HttpSession::setIdle(bool idle) {
    m_idleSince =
        idle ? std::max<std::int64_t>(1, std::chrono::nanoseconds(steady_clock::now().time_since_epoch()).count()) : 0;
}

void HttpSession::start() {
    asio::co_spawn(
        m_strand, [self = shared_from_this()] { return self->run(); }, asio::detached);
}

void HttpSession::finish() {
    m_finishing = true;
    asio::post(m_strand, [self = shared_from_this()] {
        if (self->idleSince())
            self->close();
    });
}

void HttpSession::abandon() {
    asio::post(m_strand, [self = shared_from_this()] { self->close(); });
}

void HttpSession::close() {
    if (auto gone = std::exchange(m_gone, nullptr))
        gone(this); // first: who sees the end of the connection finds its place free
    m_idleTimer.cancel();
    m_stream.close();
}

asio::awaitable<void> HttpSession::run() {
    const auto self = shared_from_this();
    try {
        error_code ignored;
        m_stream.socket().set_option(Tcp::no_delay(true), ignored);
        m_stream.socket().non_blocking(true, ignored);
        bool open = true;
        if (m_shared->tls)
            open = co_await openTls();
        while (open && !m_finishing) {
            if (!co_await serveOne())
                break;
            setIdle(true);
        }
    } catch (
        const std::exception&) { // NOLINT(bugprone-empty-catch): out of memory: this connection ends, the others go on
    }
    close();
}

void HttpSession::watchIdle() {
    if (std::exchange(m_idleTimed, true))
        return;
    m_idleTimer.expires_at(idleSince().value_or(steady_clock::now()) + m_shared->options.idleTimeout);
    m_idleTimer.async_wait([weak = weak_from_this()](const error_code& error) {
        const auto self = weak.lock();
        if (error || !self)
            return;
        self->m_idleTimed = false;
        if (!self->m_awaiting)
            return; // set again when it is idle next
        if (steady_clock::now() - self->idleSince().value_or(steady_clock::now()) >= self->m_shared->options.idleTimeout)
            self->close();
        else
            self->watchIdle();
    });
}

asio::awaitable<bool> HttpSession::awaitSomething() {
    error_code error;
    watchIdle();
    m_awaiting = true;
    co_await m_stream.socket().async_wait(Tcp::socket::wait_read, redirect_error(use_awaitable, error));
    m_awaiting = false;
    co_return !error && m_stream.socket().is_open();
}

asio::awaitable<bool> HttpSession::openTls() {
    if (!co_await awaitSomething())
        co_return false;
    error_code error;
    char first = 0;
    const auto got = m_stream.socket().receive(asio::buffer(&first, 1), Tcp::socket::message_peek, error);
    if (error || got == 0)
        co_return false;
    if (first != tlsHandshake)
        co_return true;
    m_tls = std::make_unique<TlsStream>(m_stream, *m_shared->tls);
    m_stream.expires_after(m_shared->options.headerTimeout);
    co_await m_tls->async_handshake(asio::ssl::stream_base::server, redirect_error(use_awaitable, error));
    m_stream.expires_never();
    co_return !error;
}

/// An idle connection holds no buffer: the first byte is waited for without one. With TLS what has come may stand in its
/// own buffers already, so it is read into ours.
asio::awaitable<bool> HttpSession::awaitFirstByte() {
    if (m_buffer.size() > 0) { // the next request of a pipeline: others first
        co_await asio::post(m_strand, use_awaitable);
        co_return m_stream.socket().is_open();
    }
    m_buffer.shrink_to_fit();
    if (!m_tls)
        co_return co_await awaitSomething();
    error_code error;
    watchIdle();
    m_awaiting = true;
    const auto got = co_await m_tls->async_read_some(m_buffer.prepare(firstRead), redirect_error(use_awaitable, error));
    m_awaiting = false;
    m_buffer.commit(got);
    co_return !error && m_stream.socket().is_open();
}

void HttpSession::readAtOnce(Parser& parser, error_code& error) {
    std::size_t used = 0;
    if (m_buffer.size() > 0) {
        used = parser.put(m_buffer.data(), error);
        m_buffer.consume(used);
    } else {
        thread_local std::array<char, 16U << 10U> come;
        const auto got = m_stream.socket().read_some(asio::buffer(come), error);
        if (error == asio::error::would_block || error == asio::error::try_again)
            error = {};
        if (error || got == 0)
            return;
        used = parser.put(asio::const_buffer(come.data(), got), error);
        m_buffer.commit(asio::buffer_copy(m_buffer.prepare(got - used), asio::buffer(come.data() + used, got - used)));
    }
    m_counters.addBytes(used);
    if (error == http::error::need_more)
        error = {};
}

asio::awaitable<bool> HttpSession::serveOne() {
    if (!co_await awaitFirstByte())
        co_return false;
    const auto& options = m_shared->options;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(options.headerBytes));
    parser.body_limit(std::max(options.bodyBytes, options.uploadBytes));
    error_code error;
    readAtOnce(parser, error); // most requests come whole
    if (!error && !parser.is_header_done()) {
        m_stream.expires_after(options.headerTimeout);
        std::size_t got = 0;
        if (m_tls)
            got = co_await http::async_read_header(*m_tls, m_buffer, parser, redirect_error(use_awaitable, error));
        else
            got = co_await http::async_read_header(m_stream, m_buffer, parser, redirect_error(use_awaitable, error));
        m_counters.addBytes(got);
        m_stream.expires_never();
    }
    if (!m_gone)
        co_return false; // gave way meanwhile
    setIdle(false);
    if (error == http::error::body_limit) {
        // Told from the Content-Length; nothing of the body is read.
    } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
        const HttpReply refused = jsonReply(431, refusal("refused", "the header is over 16 KiB"));
        co_await write(refused, false, false, 11);
        co_await linger();
        co_return false;
    } else if (error && error != http::error::end_of_stream && error != http::error::partial_message &&
               error.category() == make_error_code(http::error::bad_method).category()) {
        const HttpReply refused = jsonReply(400, refusal("refused", "not an HTTP request: " + error.message()));
        co_await write(refused, false, false, 11);
        co_await linger();
        co_return false;
    } else if (error) {
        co_return false; // ended, broken or too slow
    }

    HttpRequest request = headOf(parser);
    const unsigned version = parser.get().version() == 10 ? 10 : 11;
    std::optional<HttpReply> reply;
    bool bodyRead = false;
    BodyShare share(m_shared->bodies);
    if (error == http::error::body_limit) {
        reply = tooLarge(std::max(options.bodyBytes, options.uploadBytes));
    } else {
        reply = sendToTls(parser, request);
        if (!reply)
            reply = m_door.refuseAtOnce(request);
        const auto most = m_door.mostBytes(request);
        if (!reply && parser.content_length().value_or(0) > most)
            reply = tooLarge(most);
        if (!reply || parser.is_done()) {
            bool broken = false;
            if (auto refused = co_await readBody(parser, request.body, most, share, broken); refused && !reply)
                reply = std::move(refused);
            if (broken)
                co_return false;
            bodyRead = parser.is_done();
        }
    }
    const bool headOnly = request.method == "HEAD";
    if (!reply)
        reply = co_await m_door.answer(request);
    request.body = {};
    share.giveBack();
    const bool keepAlive = bodyRead && parser.keep_alive() && !m_finishing && !m_shared->stopping;
    if (!co_await write(*reply, headOnly, keepAlive, version))
        co_return false;
    if (!keepAlive)
        co_await linger();
    co_return keepAlive;
}

std::optional<HttpReply> HttpSession::sendToTls(const Parser& parser, const HttpRequest& request) const {
    if (m_shared->tls == nullptr || m_tls || isThisMachine(m_address))
        return std::nullopt;
    auto reply = jsonReply(request.method == "GET" || request.method == "HEAD" ? 308 : 403,
                           refusal("refused", "this desk is asked by https only"));
    if (!request.host.empty() && request.path.starts_with('/') && reply.status == 308)
        reply.headers.emplace_back("Location", "https://" + request.host + text(parser.get().target()));
    return reply;
}

HttpRequest HttpSession::headOf(const Parser& parser) const {
    const auto& head = parser.get();
    HttpRequest request;
    request.secure = m_tls != nullptr;
    request.fromHere = isThisMachine(m_address);
    request.method = text(head.method_string());
    const std::string target = text(head.target());
    const auto question = std::min(target.find('?'), target.size());
    request.path = percentDecode(std::string_view(target).substr(0, question), false).value_or("");
    request.query = question < target.size() ? target.substr(question + 1) : "";
    const auto type = text(head[http::field::content_type]);
    request.contentType = type.substr(0, type.find(';'));
    while (request.contentType.ends_with(' '))
        request.contentType.pop_back();
    request.contentType = lowered(request.contentType);
    if (request.contentType.starts_with("multipart/"))
        request.boundary = multipartBoundary(type);
    request.contentEncoding = lowered(text(head[http::field::content_encoding]));
    request.authorization = text(head[http::field::authorization]).substr(0, 4096);
    request.host = plainHost(text(head[http::field::host]));
    request.accept = text(head[http::field::accept]);
    request.acceptLanguage = text(head[http::field::accept_language]);
    request.idempotencyKey = text(head["Idempotency-Key"]).substr(0, 200);
    request.signature = text(head["X-Ushahidi-Signature"]).substr(0, 200);
    request.fetchSite = text(head["Sec-Fetch-Site"]);
    return request;
}

asio::awaitable<std::optional<HttpReply>> HttpSession::readBody(Parser& parser, std::string& body, std::size_t most,
                                                                BodyShare& share, bool& broken) {
    if (parser.is_done())
        co_return std::nullopt;
    const auto& options = m_shared->options;
    error_code error;
    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
        static constexpr std::string_view goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        m_stream.expires_after(options.writeTimeout);
        const auto line = asio::buffer(goOn.data(), goOn.size());
        if (m_tls)
            co_await asio::async_write(*m_tls, line, redirect_error(use_awaitable, error));
        else
            co_await asio::async_write(m_stream, line, redirect_error(use_awaitable, error));
        if (error) {
            broken = true;
            co_return std::nullopt;
        }
    }
    bool waited = false;
    const auto begun = steady_clock::now();
    std::string chunk(std::min<std::size_t>(bodyChunk, parser.content_length().value_or(bodyChunk)), '\0');
    while (!parser.is_done()) {
        auto& into = parser.get().body();
        into.data = chunk.data();
        into.size = chunk.size();
        into.more = true;
        // Slower than the least rate: the time is up. A byte a second holds a place for no longer than the grace.
        const auto deadline =
            begun + options.bodyGrace +
            std::chrono::milliseconds(1000 * body.size() / std::max<std::size_t>(1, options.bodyBytesPerSecond));
        if (steady_clock::now() > deadline) {
            broken = true;
            co_return std::nullopt;
        }
        std::size_t got = 0;
        if (m_buffer.size() > 0) { // it came with the header
            got = parser.put(m_buffer.data(), error);
            m_buffer.consume(got);
            if (error == http::error::need_more)
                error = {};
        }
        if (got == 0 && !error) {
            m_stream.expires_at(deadline);
            if (m_tls)
                got = co_await http::async_read_some(*m_tls, m_buffer, parser, redirect_error(use_awaitable, error));
            else
                got = co_await http::async_read_some(m_stream, m_buffer, parser, redirect_error(use_awaitable, error));
            waited = true;
        }
        m_counters.addBytes(got);
        const std::size_t taken = chunk.size() - into.size;
        body.append(chunk.data(), taken);
        if (!share.grow(taken, options.memoryBudget))
            co_return busyReply("the desk holds too much at once");
        if (error == http::error::need_buffer)
            error = {};
        if (error == http::error::body_limit || body.size() > most)
            co_return tooLarge(most);
        if (error && error.category() == make_error_code(http::error::bad_method).category() &&
            error != http::error::partial_message && error != http::error::end_of_stream)
            co_return jsonReply(400, refusal("refused", "not an HTTP body: " + error.message()));
        if (error) {
            broken = true; // ended, broken or too slow: what was not acknowledged is the sender's still
            co_return std::nullopt;
        }
    }
    if (waited)
        m_stream.expires_never();
    co_return std::nullopt;
}

asio::awaitable<bool> HttpSession::write(const HttpReply& reply, bool headOnly, bool keepAlive, unsigned version) {
    const auto reason = http::obsolete_reason(static_cast<http::status>(reply.status));
    std::string head;
    head.reserve(700 + (reply.body.size() <= besideHead ? reply.body.size() : 0));
    head.append(version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ").append(std::to_string(reply.status)).append(" ");
    head.append(reason.data(), reason.size()).append("\r\nServer: Tocsin\r\nContent-Type: ").append(reply.contentType);
    head.append("\r\nCache-Control: ").append(reply.cacheable ? "public, max-age=300" : "no-store");
    head += "\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer"
            "\r\nPermissions-Policy: geolocation=(self)"
            "\r\nContent-Security-Policy: default-src 'self'; form-action 'self'; frame-ancestors 'none'; "
            "base-uri 'none'; object-src 'none'";
    for (const auto& [name, value] : reply.headers)
        head.append("\r\n").append(name).append(": ").append(value);
    if (!keepAlive && version == 11)
        head += "\r\nConnection: close";
    else if (keepAlive && version == 10)
        head += "\r\nConnection: keep-alive";
    head.append("\r\nContent-Length: ").append(std::to_string(reply.body.size())).append("\r\n\r\n");
    std::string_view body = headOnly ? std::string_view() : std::string_view(reply.body);
    if (body.size() <= besideHead) {
        head += body;
        body = {};
    }
    // Most answers find room in the socket: then there is nothing to wait for, and no time to watch.
    error_code error;
    std::array<asio::const_buffer, 2> rest{asio::buffer(head), asio::buffer(body.data(), body.size())};
    if (m_tls) {
        m_stream.expires_after(m_shared->options.writeTimeout);
        co_await asio::async_write(*m_tls, rest, redirect_error(use_awaitable, error));
        m_stream.expires_never();
        co_return !error;
    }
    const auto sent = m_stream.socket().write_some(rest, error);
    if (error && error != asio::error::would_block && error != asio::error::try_again)
        co_return false;
    if (!error && sent == head.size() + body.size())
        co_return true;
    const auto ofHead = std::min(error ? 0 : sent, head.size());
    rest[0] += ofHead;
    rest[1] += (error ? 0 : sent) - ofHead;
    error = {};
    m_stream.expires_after(m_shared->options.writeTimeout);
    co_await asio::async_write(m_stream, rest, redirect_error(use_awaitable, error));
    m_stream.expires_never();
    co_return !error;
}

/// Closing with unread input would reset the connection and could take the answer with it: read on for a while.
asio::awaitable<void> HttpSession::linger() {
    error_code error;
    m_stream.expires_after(m_shared->options.lingerTimeout);
    if (m_tls) // what comes after our goodbye is read off as it comes, below TLS
        co_await m_tls->async_shutdown(redirect_error(use_awaitable, error));
    error = {};
    m_stream.socket().shutdown(Tcp::socket::shutdown_send, error);
    std::string nowhere(16384, '\0');
    for (std::size_t drained = 0; !error && drained < mostDrained;) {
        if (m_finishing && m_stream.socket().available(error) == 0)
            break;
        drained += co_await m_stream.async_read_some(asio::buffer(nowhere), redirect_error(use_awaitable, error));
    }
}

} // namespace tocsin::ingest
