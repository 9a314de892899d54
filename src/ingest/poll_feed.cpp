#include "ingest/poll_feed.hpp"

#include "ingest/decode_place.hpp"
#include "ingest/feed_net.hpp"
#include "ingest/poll_reply.hpp"
#include "ingest/poll_round.hpp"
#include "ingest/work_feed.hpp"
#include "tocsin/base/sha256.hpp"
#include "tocsin/ingest/courier.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <random>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;

namespace {

constexpr std::chrono::minutes skewNoticed{2};
constexpr std::chrono::hours mostRetryAfter{1};

} // namespace

/// Asks, waits, asks again. All that is not a fetch or a decoding runs on one strand.
class PollWork : public std::enable_shared_from_this<PollWork> {
  public:
    PollWork(FeedConfig config, const FeedParts& parts, PollOptions options)
        : m_config(std::move(config)), m_io(parts.io), m_workers(parts.workers), m_sink(parts.sink), m_clock(parts.clock),
          m_counters(parts.board.feed(m_config.name)), m_options(std::move(options)), m_strand(asio::make_strand(m_io)),
          m_timer(m_strand), m_web(parts.web ? parts.web : std::make_shared<HttpPool>(m_workers, m_options.http)),
          m_fetcher(*m_web), m_courier(m_io, m_sink, m_counters),
          m_stateFile(pollStateFile(parts.folder, m_config.name)), m_folder(parts.folder) {}

    base::Result<void> start() {
        const auto url = resolveUrl({}, m_config.address);
        if (!url)
            return tl::unexpected(url.error());
        std::string user;
        std::string password;
        m_address = withoutUser(*url, &user, &password);
        m_host = hostOf(m_address);
        if (m_config.user.empty() && !user.empty()) {
            m_config.user = user;
            m_config.password = password;
        }
        for (auto* file : {&m_config.tls.ca, &m_config.tls.certificate, &m_config.tls.key}) {
            if (file->empty())
                continue;
            const auto path = m_folder / *file; // an absolute one stays itself
            std::error_code error;
            if (!std::filesystem::is_regular_file(path, error))
                return base::fail(Code::notFound, "there is no file " + path.string());
            *file = path.string();
        }
        m_counters.setState(FeedState::connecting);
        m_work.emplace(asio::make_work_guard(m_io));
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_state = loadPollState(self->m_stateFile, self->m_address);
            self->beginRound();
        });
        return {};
    }

    void stop() {
        m_stopping = true;
        m_fetcher.close();
        m_courier.close();
        asio::post(m_strand, [self = shared_from_this()] {
            self->m_timer.cancel();
            if (!self->m_round)
                self->end();
        });
    }

  private:
    void end() {
        m_counters.setState(FeedState::off);
        m_work.reset();
    }

    void beginRound() {
        if (m_stopping) {
            end();
            return;
        }
        if (const auto pause = m_web->pauses().of(m_host, Steady::now()); pause.left.count() > 0) {
            // Another feed of the same host has found it down, or was asked to come later.
            m_counters.setState(FeedState::waiting, pause.reason);
            waitFor(pause.left, 1);
            return;
        }
        m_round = std::make_unique<PollRound>(m_address, m_state, m_options.fetchesARound, m_clock.now());
        m_retryAfter.reset();
        m_hostFails = false;
        m_skew.clear();
        pump();
    }

    void pump() {
        while (!m_stopping && m_underWay < m_options.piecesAtOnce && m_bytesHeld <= m_options.bytesAtOnce) {
            auto next = m_round->next();
            if (!next)
                break;
            fetch(std::move(*next));
        }
        if (m_underWay == 0)
            endRound();
    }

    [[nodiscard]] WebRequest requestFor(const PollFetch& fetch) const {
        auto request = requestOf(m_config, fetch.url);
        if (fetch.kind == PollFetch::Kind::first) {
            request.mayReachThisMachine = true;
            request.etag = m_state.etag;
            request.lastModified = m_state.lastModified;
        } else {
            request.etag = fetch.known.etag;
            request.lastModified = fetch.known.lastModified;
        }
        return request;
    }

    void fetch(PollFetch fetch) {
        ++m_underWay;
        auto request = requestFor(fetch);
        m_fetcher.get(std::move(request), [self = shared_from_this(), fetch = std::move(fetch)](base::Result<WebReply> reply) {
            asio::post(self->m_strand, [self, fetch, reply = std::move(reply)]() mutable {
                self->replied(fetch, std::move(reply));
            });
        });
    }

    void settle() {
        --m_underWay;
        pump();
    }

    void fail(const PollFetch& fetch, const std::string& reason) {
        m_round->failed(fetch, reason);
        settle();
    }

    void replied(const PollFetch& fetch, base::Result<WebReply> reply) {
        if (fetch.kind == PollFetch::Kind::first) {
            m_hostFails = reply ? isOverloaded(reply->status) : reply.error().code == Code::unavailable;
            if (reply && !m_hostFails)
                m_web->pauses().answered(m_host);
        }
        if (!reply) {
            fail(fetch, reply.error().message);
            return;
        }
        noteClock(*reply);
        if (fetch.kind == PollFetch::Kind::first)
            m_retryAfter = reply->retryAfter;
        const bool nothing = reply->status == 204 || (reply->status == 200 && trimmed(reply->body).empty());
        if (reply->status == 304 || nothing) {
            m_counters.addBytes(reply->body.size());
            heard();
            if (fetch.kind == PollFetch::Kind::first || reply->status == 304)
                m_round->unchanged(fetch);
            else
                m_round->delivered(fetch, {}); // nothing to tell at this time
            settle();
            return;
        }
        if (reply->status != 200) {
            fail(fetch, hostOf(fetch.url) + " answers " + std::to_string(reply->status) + ": " +
                            std::string(statusWords(reply->status)));
            return;
        }
        m_bytesHeld += reply->body.size();
        asio::post(m_workers, [self = shared_from_this(), fetch, reply = std::move(*reply)]() mutable {
            self->decode(fetch, std::move(reply));
        });
    }

    /// On a worker.
    void decode(const PollFetch& fetch, WebReply reply) {
        const auto size = reply.body.size();
        const auto back = [self = shared_from_this(), fetch, size](auto use) {
            asio::post(self->m_strand, [self, fetch, size, use = std::move(use)]() mutable {
                self->m_bytesHeld -= size;
                use(*self, fetch);
            });
        };
        if (isWebPage(reply.body)) {
            back([](PollWork& work, const PollFetch& what) {
                work.fail(what, hostOf(what.url) + " answers with a web page instead of data");
            });
            return;
        }
        std::string digest;
        if (fetch.kind != PollFetch::Kind::page)
            digest = base::toHex(base::sha256(reply.body));
        const auto format = formatOf(m_config, fetch, reply.body);
        auto body = std::move(reply.body);
        back([digest, format, reply = std::move(reply), body = std::move(body)](PollWork& work, const PollFetch& what) mutable {
            work.deliver(what, reply, std::move(digest), format, std::move(body));
        });
    }

    void deliver(const PollFetch& fetch, const WebReply& reply, std::string digest, std::optional<Format> format,
                 std::string body) {
        const auto& known = fetch.kind == PollFetch::Kind::first ? m_state.digest : fetch.known.digest;
        if (!digest.empty() && digest == known) {
            // The same as last time, from a server that cannot say so.
            m_counters.addBytes(body.size());
            heard();
            m_round->unchanged(fetch);
            settle();
            return;
        }
        m_round->answered(fetch, reply, std::move(digest));
        Source source = m_config.source();
        source.name = fetch.url;
        source.receivedAt = m_clock.now();
        const auto size = body.size();
        m_bytesHeld += size;
        auto from = fetch;
        if (!reply.url.empty())
            from.url = reply.url; // its links are relative to where it was found
        auto done = [self = shared_from_this(), from, size](const Delivered& delivered) {
            asio::post(self->m_strand, [self, from, size, delivered] {
                self->m_bytesHeld -= size;
                self->delivered(from, delivered);
            });
        };
        asio::post(m_workers, [self = shared_from_this(), body = std::move(body), format, source = std::move(source),
                               done = std::move(done)]() mutable {
            self->m_courier.deliver(std::move(body), format, source, std::move(done));
        });
    }

    void delivered(const PollFetch& fetch, const Delivered& delivered) {
        if (delivered.undone) {
            fail(fetch, delivered.undone->message);
            return;
        }
        m_round->delivered(fetch, m_config.followLinks ? delivered.links : std::vector<Link>{});
        settle();
    }

    void heard() {
        m_sink.heard(m_config.name);
        m_counters.heard();
    }

    void noteClock(const WebReply& reply) {
        if (!reply.date || !m_skew.empty())
            return;
        const auto ahead = std::chrono::duration_cast<std::chrono::seconds>(*reply.date - m_clock.now());
        if (std::chrono::abs(ahead) <= skewNoticed)
            return;
        const auto minutes = (std::chrono::abs(ahead).count() + 30) / 60;
        m_skew = "its clock is " + std::to_string(minutes) + " min " + (ahead.count() > 0 ? "ahead of" : "behind") + " ours";
    }

    void endRound() {
        const auto round = std::move(m_round);
        if (m_stopping) {
            end();
            return;
        }
        milliseconds pause = std::max(m_options.leastEvery, std::chrono::duration_cast<milliseconds>(m_config.every));
        if (round->firstFailed()) {
            const auto asked = std::min<milliseconds>(m_retryAfter.value_or(std::chrono::seconds(0)), mostRetryAfter);
            // Another address of the same host may answer all the while: this one's own failures count, too.
            pause = std::max(asked, std::min(m_options.backOffMost, m_options.backOffFirst * (1U << std::min(m_failures, 12U))));
            if (m_hostFails)
                pause = std::max(pause, m_web->pauses().failed(m_host, Steady::now(), m_options.backOffFirst,
                                                               m_options.backOffMost, asked, round->reason()));
            m_counters.setState(FeedState::waiting, round->reason());
            ++m_failures;
        } else {
            m_failures = 0;
            remember(round->after());
            auto note = round->note();
            if (!m_skew.empty())
                note += (note.empty() ? "" : "; ") + m_skew;
            m_counters.setState(FeedState::up, note);
        }
        waitFor(pause, 1 - m_options.jitter);
    }

    void remember(PollState after) {
        if (after == m_state)
            return;
        m_state = std::move(after);
        asio::post(m_workers, [self = shared_from_this(), state = m_state] {
            const std::lock_guard lock(self->m_fileMutex);
            (void)savePollState(self->m_stateFile, state); // losing it costs only asking for what is known
        });
    }

    /// From `least` times the pause to a little more than it.
    void waitFor(milliseconds pause, double least) {
        std::uniform_real_distribution<double> factor(least, 1 + m_options.jitter);
        m_timer.expires_after(std::chrono::duration_cast<milliseconds>(pause * factor(m_random)));
        m_timer.async_wait([self = shared_from_this()](const boost::system::error_code&) { self->beginRound(); });
    }

    FeedConfig m_config;
    asio::io_context& m_io;
    asio::thread_pool& m_workers;
    Sink& m_sink;
    const base::Clock& m_clock;
    FeedCounters& m_counters;
    const PollOptions m_options;
    const Strand m_strand;
    asio::steady_timer m_timer;
    const std::shared_ptr<HttpPool> m_web;
    HttpFetcher m_fetcher;
    Courier m_courier;
    const std::filesystem::path m_stateFile;
    const std::filesystem::path m_folder;
    std::mutex m_fileMutex;
    std::atomic<bool> m_stopping{false};
    // On the strand:
    std::string m_address;
    std::string m_host;
    PollState m_state;
    std::unique_ptr<PollRound> m_round;
    std::size_t m_underWay{0};
    std::size_t m_bytesHeld{0};
    unsigned m_failures{0};
    std::optional<std::chrono::seconds> m_retryAfter;
    bool m_hostFails{false}; ///< not this address alone
    std::string m_skew;
    std::mt19937 m_random{std::random_device{}()};
    std::optional<asio::executor_work_guard<asio::io_context::executor_type>> m_work;
};

std::unique_ptr<Feed> makePollFeed(const FeedConfig& config, const FeedParts& parts, const PollOptions& options) {
    return std::make_unique<WorkFeed<PollWork>>(config, parts, options);
}

} // namespace tocsin::ingest
