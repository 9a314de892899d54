#include "tocsin/ingest/sample_feed.hpp"

#include "tocsin/ingest/feed.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <thread>

namespace tocsin::ingest {

namespace asio = boost::asio;
using base::Code;

namespace {

/// A desk that is always too busy: whoever waits for its word keeps what it has.
class BusySink final : public Sink {
  public:
    void readings(ReadingBatch, std::function<void(base::Result<ReadingsReceipt>)> done) override {
        done(base::fail(Code::unavailable, why));
    }
    void positions(std::string, std::vector<model::UnitPosition>,
                   std::function<void(base::Result<ReadingsReceipt>)> done) override {
        done(base::fail(Code::unavailable, why));
    }
    void sensors(std::string, std::vector<model::Sensor>, std::function<void(Receipt)> done) override { busy(done); }
    void message(std::string, Message, std::function<void(Receipt)> done) override { busy(done); }
    void quarantine(std::string, Format, Fault, std::function<void(Receipt)> done) override { busy(done); }

  private:
    static constexpr const char* why = "the feed is only listened to";
    static void busy(const std::function<void(Receipt)>& done) { done({Outcome::busy, {}, why}); }
};

} // namespace

class SampleFeed::Impl {
  public:
    Impl(FeedConfig config, const std::filesystem::path& folder, const base::Clock& clock, std::size_t mostBytes)
        : m_board(clock), m_ids(clock), m_counters(m_board.feed(config.name)),
          m_feed(makeFeed(config, {m_io, m_workers, m_sink, m_board, clock, m_ids, folder})) {
        m_counters.beginSample(mostBytes);
    }
    ~Impl() {
        if (m_feed)
            m_feed->stop();
        m_guard.reset();
        if (m_thread.joinable())
            m_thread.join();
        m_workers.stop();
        m_workers.join();
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    base::Result<void> start() {
        if (!m_feed)
            return base::fail(Code::refused, "a feed that is pushed to is listened to once it is saved and in use");
        if (auto ok = m_feed->start(); !ok)
            return ok;
        m_thread = std::thread([this] { m_io.run(); });
        return {};
    }
    [[nodiscard]] const FeedCounters& counters() const { return m_counters; }
    [[nodiscard]] std::string listensAt() const { return m_feed->listensAt(); }

  private:
    BusySink m_sink;
    FeedBoard m_board;
    base::RandomIdSource m_ids;
    asio::thread_pool m_workers{1};
    asio::io_context m_io{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_guard{m_io.get_executor()};
    FeedCounters& m_counters;
    std::unique_ptr<Feed> m_feed;
    std::thread m_thread;
};

base::Result<std::unique_ptr<SampleFeed>> SampleFeed::start(FeedConfig config, const std::filesystem::path& folder,
                                                            const base::Clock& clock, std::size_t mostBytes) {
    if (config.name.empty())
        config.name = "sample";
    if (auto ok = check(config); !ok)
        return tl::unexpected(ok.error());
    if (config.transport == Transport::poll || config.transport == Transport::folder)
        return base::fail(Code::refused, "this feed is asked, not listened to");
    config.qos = 0;
    config.clientId = "tocsin-sample-" + base::RandomIdSource(clock).next().toString().substr(24);
    config.relay = false;
    auto impl = std::make_unique<Impl>(std::move(config), folder, clock, mostBytes);
    if (auto ok = impl->start(); !ok)
        return tl::unexpected(ok.error());
    return std::unique_ptr<SampleFeed>(new SampleFeed(std::move(impl)));
}

SampleFeed::SampleFeed(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SampleFeed::~SampleFeed() = default;

FeedSample SampleFeed::sample() const {
    return m_impl->counters().sample();
}

std::string SampleFeed::trouble() const {
    const auto status = m_impl->counters().status();
    return status.state == FeedState::waiting || status.state == FeedState::failed ? status.stateReason : std::string();
}

std::string SampleFeed::listensAt() const {
    return m_impl->listensAt();
}

} // namespace tocsin::ingest
