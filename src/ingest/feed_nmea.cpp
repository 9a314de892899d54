#include "ingest/cot_server.hpp"
#include "ingest/decode_nmea_reader.hpp"
#include "tocsin/ingest/feed.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/connect.hpp>
#include <deque>
#include <random>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr auto firstPause = milliseconds(1'000);
constexpr auto longestPause = milliseconds(60'000);
/// A receiver speaks once a second, a quiet harbour's AIS now and then: longer silence means that nobody is there.
constexpr auto idle = seconds(300);
/// Sentences of one moment come together; after this what there is of a fix is all.
constexpr auto fixPause = milliseconds(800);
constexpr std::size_t mostUnderWay = 64;
/// Lines without a sentence, one after the other: it is not NMEA.
constexpr std::size_t mostBadInARow = 200;

/// Lines of bytes that come in pieces. What has no end is cut at the longest line.
class Lines {
  public:
    template <typename Each>
    void add(std::string_view bytes, const Each& each) {
        m_rest.append(bytes);
        std::size_t from = 0;
        for (auto end = m_rest.find('\n'); end != std::string::npos; end = m_rest.find('\n', from)) {
            each(std::string_view(m_rest).substr(from, end - from));
            from = end + 1;
        }
        m_rest.erase(0, from);
        if (m_rest.size() > 4 * maxNmeaLine) {
            each(std::string_view(m_rest));
            m_rest.clear();
        }
    }
    void clear() { m_rest.clear(); }

  private:
    std::string m_rest;
};

/// What both transports do with what they hear.
class NmeaFeed : public std::enable_shared_from_this<NmeaFeed> {
  public:
    NmeaFeed(const FeedConfig& config, const FeedParts& parts)
        : m_config(config), m_parts(parts), m_strand(asio::make_strand(parts.io)),
          m_counters(parts.board.feed(config.name)), m_courier(parts.io, parts.sink, m_counters),
          m_reader(config.source()), m_flush(m_strand), m_pause(m_strand), m_retry(m_strand) {}
    virtual ~NmeaFeed() = default;

    virtual base::Result<void> start() = 0;
    [[nodiscard]] virtual std::string listensAt() const { return {}; }
    void stop() {
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_stopping = true;
            self->m_flush.cancel();
            self->m_pause.cancel();
            self->m_retry.cancel();
            self->m_courier.close();
            self->halt();
            self->m_counters.setState(FeedState::off);
        });
    }

  protected:
    using Error = boost::system::error_code;
    virtual void halt() = 0;
    virtual void listen() = 0; ///< to what comes next
    virtual void waits() {}    ///< for the desk: nothing is read meanwhile

    void line(std::string_view text, Decoded& lot) {
        text = text.substr(0, text.find_last_not_of("\r \t") + 1);
        if (text.empty() || text.starts_with('#'))
            return;
        auto taken = m_reader.take(text, lot.messages);
        m_bad = taken ? 0 : m_bad + 1;
        if (!taken)
            lot.faults.push_back({std::move(taken.error()), std::string(text)});
    }
    void deliver(Decoded lot) {
        lot.format = Format::nmea;
        if (lot.messages.empty() && lot.faults.empty())
            return;
        hand(std::make_shared<const Decoded>(std::move(lot)));
    }
    /// Nobody waits for an answer; what a desk that cannot write has given back is offered again, and meanwhile nothing
    /// more is listened to.
    void hand(const std::shared_ptr<const Decoded>& lot) {
        m_courier.deliver(*lot, m_config.name, [self = shared_from_this(), lot](const Delivered& done) {
            asio::post(self->m_strand, [self, lot, failed = done.undone.has_value()] {
                if (!failed || self->m_stopping)
                    return;
                self->m_owed.push_back(lot);
                if (self->m_owed.size() == 1)
                    self->handAgainLater();
            });
        });
    }
    void handAgainLater() {
        m_counters.addBusy();
        m_retry.expires_after(m_retryAfter);
        m_retryAfter = std::min(m_retryAfter * 2, longestPause);
        m_retry.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](Error error) {
            if (error || self->m_stopping)
                return;
            // One alone first: as long as it comes back there is no need to try the rest.
            const auto first = self->m_owed.front();
            self->m_courier.deliver(*first, self->m_config.name, [self](const Delivered& done) {
                asio::post(self->m_strand, [self, failed = done.undone.has_value()] {
                    if (self->m_stopping)
                        return;
                    if (failed)
                        return self->handAgainLater();
                    self->m_retryAfter = firstPause;
                    auto rest = std::exchange(self->m_owed, {});
                    rest.pop_front();
                    for (const auto& lot : rest)
                        self->hand(lot);
                });
            });
        }));
    }
    void armFlush() {
        m_flush.expires_after(fixPause);
        m_flush.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](Error error) {
            if (error)
                return;
            Decoded lot;
            self->m_reader.flush(lot.messages);
            self->deliver(std::move(lot));
        }));
    }
    void took(std::string_view bytes) {
        m_counters.received(bytes);
        m_parts.sink.heard(m_config.name);
        m_reader.came(m_parts.clock.now());
        Decoded lot;
        m_lines.add(bytes, [&](std::string_view text) { line(text, lot); });
        (void)m_reader.takeDeviations();
        deliver(std::move(lot));
        armFlush();
    }
    /// Listens on, now or once the desk has caught up.
    void goOn() {
        if (m_stopping)
            return;
        if (m_courier.underWay() < mostUnderWay && m_owed.empty())
            return listen();
        if (m_owed.empty())
            m_counters.addBusy();
        waits();
        m_pause.expires_after(milliseconds(m_owed.empty() ? 20 : 100));
        m_pause.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](Error error) {
            if (!error)
                self->goOn();
        }));
    }

    const FeedConfig m_config;
    const FeedParts m_parts;
    const Strand m_strand;
    FeedCounters& m_counters;
    Courier m_courier;
    NmeaReader m_reader;
    Lines m_lines;
    asio::steady_timer m_flush;
    asio::steady_timer m_pause;
    asio::steady_timer m_retry;
    milliseconds m_retryAfter{firstPause};
    std::deque<std::shared_ptr<const Decoded>> m_owed; ///< lots that the desk gave back, the oldest first
    std::array<char, 65'536> m_buffer{};
    std::size_t m_bad{0}; ///< lines in a row that were no sentence
    bool m_stopping{false};
};

class NmeaDatagrams final : public NmeaFeed {
  public:
    NmeaDatagrams(const FeedConfig& config, const FeedParts& parts) : NmeaFeed(config, parts), m_socket(parts.io) {}
    base::Result<void> start() override {
        auto at = listenForDatagrams(m_socket, m_config.address);
        if (!at)
            return tl::unexpected(std::move(at.error()));
        m_listensAt = at->toString();
        m_counters.setState(FeedState::up);
        asio::post(m_strand, [self = shared_from_this(), this] { listen(); });
        return {};
    }
    std::string listensAt() const override { return m_listensAt; }

  private:
    void halt() override {
        Error ignored;
        m_socket.close(ignored);
    }
    void listen() override {
        m_socket.async_receive_from(
            asio::buffer(m_buffer), m_from,
            asio::bind_executor(m_strand, [self = shared_from_this(), this](Error error, std::size_t count) {
                if (m_stopping || error == asio::error::operation_aborted)
                    return;
                if (!error) {
                    // A datagram is whole lines, whether or not the last one has its end.
                    std::string bytes(m_buffer.data(), count);
                    bytes += '\n';
                    took(bytes);
                }
                goOn();
            }));
    }

    Udp::socket m_socket;
    Udp::endpoint m_from;
    std::string m_listensAt;
};

class NmeaConnection final : public NmeaFeed {
  public:
    NmeaConnection(const FeedConfig& config, const FeedParts& parts)
        : NmeaFeed(config, parts), m_resolver(m_strand), m_timer(m_strand), m_socket(m_strand) {}
    base::Result<void> start() override {
        std::string_view address = m_config.address;
        if (address.starts_with("tcp://"))
            address.remove_prefix(6);
        auto to = parseEndpoint(address);
        if (!to)
            return tl::unexpected(std::move(to.error()));
        if (to->port == 0)
            return base::fail(Code::malformed, "'" + m_config.address + "' names no port");
        m_to = std::move(*to);
        m_counters.setState(FeedState::connecting);
        asio::post(m_strand, [self = shared_from_this(), this] { dial(); });
        return {};
    }

  private:
    void halt() override {
        Error ignored;
        m_resolver.cancel();
        m_timer.cancel();
        m_socket.close(ignored);
        if (m_isUp)
            m_counters.connectionClosed();
        m_isUp = false;
    }
    void dial() {
        if (m_stopping)
            return;
        m_resolver.async_resolve(
            m_to.host, std::to_string(m_to.port), Tcp::resolver::numeric_service,
            asio::bind_executor(m_strand, [self = shared_from_this(), this](Error error,
                                                                            const Tcp::resolver::results_type& found) {
                if (m_stopping)
                    return;
                if (error)
                    return failed("cannot find " + m_to.host + ": " + error.message());
                m_socket = Tcp::socket(m_strand);
                patience(seconds(20));
                asio::async_connect(m_socket, found,
                                    asio::bind_executor(m_strand, [self, this](Error failure, const Tcp::endpoint&) {
                                        if (m_stopping)
                                            return;
                                        if (failure)
                                            return failed("cannot connect to " + m_to.toString() + ": " + failure.message());
                                        up();
                                    }));
            }));
    }
    void up() {
        Error ignored;
        m_socket.set_option(asio::socket_base::keep_alive(true), ignored);
        m_isUp = true;
        m_bad = 0;
        m_lines.clear();
        m_counters.connectionOpened();
        m_counters.setState(FeedState::up);
        listen();
    }
    void listen() override {
        patience(idle);
        m_socket.async_read_some(asio::buffer(m_buffer),
                                 asio::bind_executor(m_strand, [self = shared_from_this(), this](Error error, std::size_t count) {
                                     if (m_stopping)
                                         return;
                                     if (error)
                                         return failed(error == asio::error::eof ? "the other side has closed the connection"
                                                                                 : "the connection broke: " + error.message());
                                     m_wait = milliseconds(0);
                                     took({m_buffer.data(), count});
                                     if (m_bad >= mostBadInARow)
                                         return failed("what it sends is not NMEA 0183");
                                     goOn();
                                 }));
    }
    void waits() override { m_timer.cancel(); } // it is not the other side that is silent
    /// After this without a byte the connection is given up.
    void patience(seconds time) {
        m_timer.expires_after(time);
        m_timer.async_wait(asio::bind_executor(m_strand, [self = shared_from_this(), this](Error error) {
            Error ignored;
            if (!error)
                m_socket.close(ignored);
        }));
    }
    void failed(const std::string& why) {
        Error ignored;
        m_socket.close(ignored);
        if (m_isUp)
            m_counters.connectionClosed();
        m_isUp = false;
        m_counters.setState(FeedState::waiting, why);
        m_wait = std::clamp(m_wait * 2, firstPause, longestPause);
        const auto jitter = milliseconds(static_cast<std::int64_t>(m_random() % static_cast<std::uint64_t>(m_wait.count() / 4 + 1)));
        m_timer.expires_after(m_wait + jitter);
        m_timer.async_wait(asio::bind_executor(m_strand, [self = shared_from_this(), this](Error error) {
            if (!error)
                dial();
        }));
    }

    Tcp::resolver m_resolver;
    asio::steady_timer m_timer;
    Tcp::socket m_socket;
    Endpoint m_to;
    bool m_isUp{false};
    milliseconds m_wait{0};
    std::minstd_rand m_random{std::random_device{}()};
};

class NmeaHandle final : public Feed {
  public:
    explicit NmeaHandle(std::shared_ptr<NmeaFeed> feed) : m_feed(std::move(feed)) {}
    base::Result<void> start() override { return m_feed->start(); }
    void stop() override { m_feed->stop(); }
    std::string listensAt() const override { return m_feed->listensAt(); }

  private:
    std::shared_ptr<NmeaFeed> m_feed;
};

} // namespace

std::unique_ptr<Feed> makeNmeaFeed(const FeedConfig& config, const FeedParts& parts) {
    if (config.transport == Transport::nmeaTcp)
        return std::make_unique<NmeaHandle>(std::make_shared<NmeaConnection>(config, parts));
    return std::make_unique<NmeaHandle>(std::make_shared<NmeaDatagrams>(config, parts));
}

} // namespace tocsin::ingest
