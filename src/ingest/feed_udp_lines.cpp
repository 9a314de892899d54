#include "ingest/feed_lines.hpp"
#include "ingest/feed_net.hpp"
#include "tocsin/ingest/courier.hpp"
#include "tocsin/ingest/feed.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/steady_timer.hpp>
#include <cstring>
#include <sys/socket.h>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using boost::system::error_code;

namespace {

constexpr int kernelBuffer = 4 << 20;
constexpr std::size_t mostDatagram = 65'536;
constexpr std::size_t mostAtOnce = 512;               ///< datagrams, before others have their turn
constexpr std::size_t mostGathered = 512U << 10U;     ///< bytes of lines in one commit
constexpr std::size_t mostLines = 10'000;             ///< in one commit
constexpr std::size_t mostUnderWay = 4;               ///< commits waited for; then the kernel keeps, and at last drops
constexpr std::size_t mostPieces = 64;                ///< of other formats
constexpr std::chrono::milliseconds retryFirst{20};
constexpr std::chrono::milliseconds retryMost{2'000};

/// Everything happens on the strand. Nobody is answered: what a full kernel buffer drops is lost, and counted.
class UdpLines : public std::enable_shared_from_this<UdpLines> {
  public:
    UdpLines(const FeedConfig& config, const FeedParts& parts)
        : m_source(config.source()), m_format(config.declared()), m_strand(asio::make_strand(parts.io)), m_socket(m_strand),
          m_retryTimer(m_strand), m_sink(parts.sink), m_counters(parts.board.feed(config.name)), m_clock(parts.clock),
          m_courier(parts.io, parts.sink, m_counters), m_datagram(mostDatagram) {}

    base::Result<Endpoint> listen(const std::string& address) {
        auto at = listenOn(m_socket, address);
        if (!at)
            return at;
        error_code ignored;
        m_socket.non_blocking(true, ignored);
        m_socket.set_option(asio::socket_base::receive_buffer_size(kernelBuffer), ignored);
        const int on = 1;
        ::setsockopt(m_socket.native_handle(), SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
        asio::post(m_strand, [self = shared_from_this()] { self->pump(); });
        return at;
    }
    void stop() {
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_stopped = true;
            self->m_courier.close();
            error_code ignored;
            self->m_socket.close(ignored);
            self->m_retryTimer.cancel();
        });
    }

  private:
    struct Batch {
        std::string bytes;
        std::size_t lines{0};
    };
    using BatchPtr = std::shared_ptr<Batch>;

    /// Reads on while there is room for what comes.
    void pump() {
        handOver();
        m_counters.setBacklog(m_gatheredLines + m_linesUnderWay + m_pieces);
        if (m_stopped || m_waiting || m_gathered.size() >= mostGathered || m_gatheredLines >= mostLines ||
            m_pieces >= mostPieces)
            return;
        m_waiting = true;
        m_socket.async_wait(Udp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
            self->m_waiting = false;
            if (error || self->m_stopped)
                return;
            try {
                self->receive();
            } catch (const std::bad_alloc&) {
                self->m_gathered = {};
                self->m_gatheredLines = 0;
            }
            self->pump();
        });
    }

    void receive() {
        for (std::size_t i = 0; i < mostAtOnce && m_gathered.size() < mostGathered && m_gatheredLines < mostLines &&
                                m_pieces < mostPieces;
             ++i) {
            std::array<char, 256> control;
            iovec to{m_datagram.data(), m_datagram.size()};
            msghdr message{};
            message.msg_iov = &to;
            message.msg_iovlen = 1;
            message.msg_control = control.data();
            message.msg_controllen = control.size();
            const auto got = ::recvmsg(m_socket.native_handle(), &message, MSG_DONTWAIT);
            if (got < 0)
                return;
            noteLost(message);
            take({m_datagram.data(), static_cast<std::size_t>(got)});
        }
    }

    /// The kernel says with each datagram how many it has dropped on this socket so far.
    void noteLost(msghdr& message) {
        std::uint32_t lost = m_lost;
        for (auto* part = CMSG_FIRSTHDR(&message); part != nullptr; part = CMSG_NXTHDR(&message, part)) {
            if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SO_RXQ_OVFL)
                std::memcpy(&lost, CMSG_DATA(part), sizeof lost);
        }
        if (lost == m_lost)
            return;
        m_lost = lost;
        m_counters.addBusy();
        m_counters.setState(FeedState::up, std::to_string(lost) + " datagrams came faster than they could be taken, "
                                                                  "and are lost");
    }

    void take(std::string_view datagram) {
        if (datagram.find_first_not_of(" \t\r\n") == std::string_view::npos)
            return;
        const auto format = m_format == Format::unknown ? sniff(datagram) : m_format;
        if (format != Format::readingsNdjson) {
            ++m_pieces;
            deliver(std::make_shared<const std::string>(datagram), m_format);
            return;
        }
        m_counters.received(datagram); // of what goes the other way the courier says so
        m_gathered += datagram;
        if (m_gathered.back() != '\n')
            m_gathered += '\n';
        m_gatheredLines += static_cast<std::size_t>(std::count(datagram.begin(), datagram.end(), '\n')) + 1;
    }

    void deliver(const std::shared_ptr<const std::string>& piece, Format format) {
        Source source = m_source;
        source.receivedAt = m_clock.now();
        m_courier.deliver(*piece, format, source, [self = shared_from_this(), piece, format](const Delivered& done) {
            asio::post(self->m_strand, [self, piece, format, failed = done.undone.has_value()] {
                if (failed && !self->m_stopped) {
                    self->later([self, piece, format] { self->deliver(piece, format); });
                    return;
                }
                --self->m_pieces;
                self->pump();
            });
        });
    }

    void handOver() {
        if (m_gathered.empty() || m_underWay >= mostUnderWay || m_stopped)
            return;
        auto batch = std::make_shared<Batch>();
        batch->bytes = std::exchange(m_gathered, {});
        batch->lines = std::exchange(m_gatheredLines, 0);
        ++m_underWay;
        m_linesUnderWay += batch->lines;
        deliver(batch);
    }

    void deliver(const BatchPtr& batch) {
        auto decoded = decodeRows(batch->bytes, batch->lines, m_source, m_clock.now(), {});
        std::string fault = "a reading does not fit its sensor";
        if (!decoded.faults.empty())
            fault = decoded.faults.front().error.message;
        ReadingBatch readings{m_source.feed, {}, std::move(decoded.faults), std::move(decoded.rows)};
        m_sink.readings(std::move(readings),
                        postOnce<base::Result<ReadingsReceipt>>(
                            m_strand, base::fail(Code::cancelled, "the desk is closing"),
                            [self = shared_from_this(), batch, fault](const base::Result<ReadingsReceipt>& receipt) {
                                self->onReceipt(batch, receipt, fault);
                            }));
    }

    void onReceipt(const BatchPtr& batch, const base::Result<ReadingsReceipt>& receipt, const std::string& fault) {
        if (receipt) {
            m_sink.heard(m_source.feed);
            m_counters.heard();
            m_counters.addTaken(receipt->stored);
            m_counters.addDuplicates(receipt->duplicates);
            m_counters.addQuarantined(receipt->quarantined, fault);
            m_retryAfter = retryFirst;
        } else if (!m_stopped && receipt.error().code != Code::cancelled) {
            m_counters.addBusy();
            later([self = shared_from_this(), batch] { self->deliver(batch); });
            return;
        }
        --m_underWay;
        m_linesUnderWay -= batch->lines;
        pump();
    }

    /// Runs it again after a while, and with it all else that waits to be.
    void later(std::function<void()> again) {
        m_again.push_back(std::move(again));
        if (m_again.size() > 1)
            return;
        m_retryTimer.expires_after(m_retryAfter);
        m_retryAfter = std::min(m_retryAfter * 2, retryMost);
        m_retryTimer.async_wait([self = shared_from_this()](const error_code&) {
            auto all = std::exchange(self->m_again, {});
            if (self->m_stopped)
                return;
            for (const auto& one : all)
                one();
        });
    }

    const Source m_source;
    const Format m_format;
    const Strand m_strand;
    Udp::socket m_socket;
    asio::steady_timer m_retryTimer;
    Sink& m_sink;
    FeedCounters& m_counters;
    const base::Clock& m_clock;
    Courier m_courier;
    std::vector<char> m_datagram;
    std::string m_gathered; ///< lines that wait for a place among the commits under way
    std::size_t m_gatheredLines{0};
    std::size_t m_linesUnderWay{0};
    std::size_t m_underWay{0};
    std::size_t m_pieces{0}; ///< of other formats, under way
    std::vector<std::function<void()>> m_again;
    std::chrono::milliseconds m_retryAfter{retryFirst};
    std::uint32_t m_lost{0};
    bool m_waiting{false};
    bool m_stopped{false};
};

class UdpLinesFeed final : public Feed {
  public:
    UdpLinesFeed(const FeedConfig& config, const FeedParts& parts)
        : m_address(config.address), m_counters(parts.board.feed(config.name)),
          m_lines(std::make_shared<UdpLines>(config, parts)) {}
    ~UdpLinesFeed() override { m_lines->stop(); }
    UdpLinesFeed(const UdpLinesFeed&) = delete;
    UdpLinesFeed& operator=(const UdpLinesFeed&) = delete;

    base::Result<void> start() override {
        auto at = m_lines->listen(m_address);
        if (!at) {
            m_counters.setState(FeedState::failed, at.error().message);
            return tl::unexpected(at.error());
        }
        m_listensAt = at->toString();
        m_counters.setState(FeedState::up);
        return {};
    }
    void stop() override {
        m_lines->stop();
        m_counters.setState(FeedState::off);
    }
    std::string listensAt() const override { return m_listensAt; }

  private:
    const std::string m_address;
    FeedCounters& m_counters;
    const std::shared_ptr<UdpLines> m_lines;
    std::string m_listensAt;
};

} // namespace

std::unique_ptr<Feed> makeUdpLinesFeed(const FeedConfig& config, const FeedParts& parts) {
    return std::make_unique<UdpLinesFeed>(config, parts);
}

} // namespace tocsin::ingest
