// Measures an MQTT feed against a broker: `feed` runs one over a real store of readings and says how fast they were
// committed; `publish` sends a stream of readings with QoS 1. bench/mqtt_peers.py runs both, and the peers;
// bench/mqtt_desk.py has the whole desk take the stream.

#include "ingest/mqtt_packet.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/ingest/feed.hpp"
#include "tocsin/store/readings.hpp"

#include <CLI/CLI.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <deque>
#include <thread>
#include <vector>

namespace {

using namespace tocsin;
using Steady = std::chrono::steady_clock;

/// Commits every batch to readings/ on a thread of its own, as a desk does.
class StoreSink final : public ingest::Sink {
  public:
    explicit StoreSink(const std::filesystem::path& folder)
        : m_store(std::move(*store::ReadingStore::open(folder, store::Access::readWrite))), m_thread([this] { run(); }) {}
    ~StoreSink() override {
        {
            const std::lock_guard lock(m_mutex);
            m_ending = true;
        }
        m_changed.notify_all();
        m_thread.join();
    }
    StoreSink(const StoreSink&) = delete;
    StoreSink& operator=(const StoreSink&) = delete;

    void readings(ingest::ReadingBatch batch,
                  std::function<void(base::Result<ingest::ReadingsReceipt>)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            m_queue.emplace_back(std::move(batch), std::move(done));
        }
        m_changed.notify_all();
    }
    void message(std::string, ingest::Message, std::function<void(ingest::Receipt)> done) override {
        done({ingest::Outcome::stored, {}, {}});
    }
    void quarantine(std::string, ingest::Format, ingest::Fault fault,
                    std::function<void(ingest::Receipt)> done) override {
        std::fprintf(stderr, "quarantined: %s\n", fault.error.message.c_str());
        done({ingest::Outcome::quarantined, {}, {}});
    }
    void awaitStored(std::size_t count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_stored >= count; });
    }
    [[nodiscard]] Steady::time_point first() const { return m_first; }
    [[nodiscard]] Steady::time_point last() const { return m_last; }
    [[nodiscard]] std::size_t commits() const { return m_commits; }
    [[nodiscard]] std::size_t duplicates() const { return m_duplicates; }

  private:
    void run() {
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_changed.wait(lock, [&] { return m_ending || !m_queue.empty(); });
            if (m_queue.empty())
                return;
            auto [batch, done] = std::move(m_queue.front());
            m_queue.pop_front();
            lock.unlock();
            for (const auto& row : batch.rows.rows)
                batch.readings.push_back(batch.rows.reading(row));
            if (m_commits == 0)
                m_first = Steady::now();
            const auto outcomes = m_store->append(batch.readings);
            ingest::ReadingsReceipt receipt;
            if (outcomes)
                for (const auto outcome : *outcomes)
                    ++(outcome == store::ReadingOutcome::stored ? receipt.stored : receipt.duplicates);
            if (outcomes)
                done(receipt);
            else
                done(tl::unexpected(outcomes.error()));
            lock.lock();
            ++m_commits;
            m_stored += receipt.stored;
            m_duplicates += receipt.duplicates;
            m_last = Steady::now();
            m_changed.notify_all();
        }
    }

    std::unique_ptr<store::ReadingStore> m_store;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<std::pair<ingest::ReadingBatch, std::function<void(base::Result<ingest::ReadingsReceipt>)>>> m_queue;
    std::size_t m_stored{0};
    std::size_t m_duplicates{0};
    std::size_t m_commits{0};
    Steady::time_point m_first;
    Steady::time_point m_last;
    bool m_ending{false};
    std::thread m_thread;
};

int feed(const std::string& address, const std::string& topic, int version, std::size_t count, const std::string& folder) {
    base::SystemClock clock;
    ingest::FeedBoard board(clock);
    base::RandomIdSource ids(clock);
    StoreSink sink(std::filesystem::path(folder) / "readings");
    boost::asio::io_context io;
    boost::asio::thread_pool workers(1);
    ingest::FeedConfig config;
    config.name = "bench";
    config.transport = ingest::Transport::mqtt;
    config.address = address;
    config.topics = {topic};
    config.mqttVersion = version;
    config.clientId = "tocsin-bench";
    auto feed = ingest::makeMqttFeed(config, {io, workers, sink, board, clock, ids, folder});
    if (auto started = feed->start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().message.c_str());
        return 1;
    }
    auto work = boost::asio::make_work_guard(io);
    std::thread thread([&] { io.run(); });
    while (board.feed("bench").status().state != ingest::FeedState::up)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    std::puts("ready");
    std::fflush(stdout);
    sink.awaitStored(count);
    feed->stop();
    work.reset();
    thread.join();
    workers.join();
    const double seconds = std::chrono::duration<double>(sink.last() - sink.first()).count();
    std::printf("{\"committed\": %zu, \"duplicates\": %zu, \"commits\": %zu, \"seconds\": %.3f, \"perSecond\": %.0f}\n", count,
                sink.duplicates(), sink.commits(), seconds, static_cast<double>(count) / seconds);
    return 0;
}

/// What `publish` sends, and how.
struct Stream {
    std::string address;
    std::string topic;
    std::size_t count{0};
    double rate{0};    ///< a second; 0: as fast as it goes
    std::string times; ///< file of lines "seconds of the steady clock, messages sent by then"; empty: none
};

/// Keeps up to a thousand messages under way, as a gateway with many sensors does.
int publish(const Stream& stream) {
    const auto& [address, topic, count, rate, times] = stream;
    boost::asio::io_context io;
    boost::asio::ip::tcp::socket socket(io);
    boost::asio::ip::tcp::resolver resolver(io);
    const auto colon = address.rfind(':');
    boost::asio::connect(socket, resolver.resolve(address.substr(0, colon), address.substr(colon + 1)));
    socket.set_option(boost::asio::ip::tcp::no_delay(true));
    ingest::MqttConnect hello;
    hello.version = ingest::mqtt311;
    hello.clientId = "load";
    hello.cleanStart = true;
    boost::asio::write(socket, boost::asio::buffer(ingest::mqttConnect(hello)));
    std::array<char, 65536> answer{};
    boost::asio::read(socket, boost::asio::buffer(answer.data(), 4));
    constexpr std::size_t window = 1000;
    const auto start = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    std::size_t sent = 0;
    std::size_t acked = 0; // in quarters: bytes of PUBACKs
    std::vector<std::pair<Steady::time_point, std::size_t>> moments;
    const auto begun = Steady::now();
    while (acked / 4 < count) {
        const auto due = rate > 0 ? std::min(count, static_cast<std::size_t>(
                                                        std::chrono::duration<double>(Steady::now() - begun).count() * rate) + 1)
                                  : count;
        std::string out;
        for (; sent < due && sent - acked / 4 < window; ++sent) {
            std::array<char, 160> payload{};
            const auto at = base::formatTime(std::chrono::time_point_cast<base::Duration>(start) -
                                             std::chrono::seconds(count / 2000 - sent / 2000));
            const int size = std::snprintf(payload.data(), payload.size(),
                                           R"({"sensor":"gauge-%zu","time":"%s","value":%.2f,"unit":"m"})", sent % 2000,
                                           at.c_str(), static_cast<double>(sent % 997) / 100);
            const std::size_t body = 2 + topic.size() + 2 + static_cast<std::size_t>(size);
            out += '\x32';
            if (body >= 128) {
                out += static_cast<char>(body % 128 | 128U);
                out += static_cast<char>(body / 128);
            } else {
                out += static_cast<char>(body);
            }
            out += static_cast<char>(topic.size() / 256);
            out += static_cast<char>(topic.size() % 256);
            out += topic;
            const std::size_t id = sent % 60'000 + 1;
            out += static_cast<char>(id / 256);
            out += static_cast<char>(id % 256);
            out.append(payload.data(), static_cast<std::size_t>(size));
        }
        if (!out.empty()) {
            moments.emplace_back(Steady::now(), sent);
            boost::asio::write(socket, boost::asio::buffer(out));
        }
        if (rate > 0 && sent < count && socket.available() == 0) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        acked += socket.read_some(boost::asio::buffer(answer));
    }
    if (times.empty())
        return 0;
    std::FILE* const out = std::fopen(times.c_str(), "w");
    if (out == nullptr) {
        std::fprintf(stderr, "cannot write %s\n", times.c_str());
        return 1;
    }
    for (const auto& [at, by] : moments)
        std::fprintf(out, "%.6f %zu\n", std::chrono::duration<double>(at.time_since_epoch()).count(), by);
    return std::fclose(out) == 0 ? 0 : 1;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("Measures an MQTT feed");
    std::string address = "127.0.0.1:1883";
    std::string topic = "bench/readings";
    std::size_t count = 200'000;
    std::string folder = ".";
    int version = 5;
    app.add_option("--broker", address, "HOST:PORT");
    app.add_option("--topic", topic);
    app.add_option("--count", count, "messages");
    auto* const feeds = app.add_subcommand("feed", "takes, and says how fast");
    feeds->add_option("--folder", folder, "where readings/ is made");
    feeds->add_option("--mqtt", version, "4 (3.1.1) or 5");
    Stream stream;
    auto* const publishes = app.add_subcommand("publish", "sends with QoS 1");
    publishes->add_option("--rate", stream.rate, "a second; 0: as fast as it goes");
    publishes->add_option("--times", stream.times, "file for when how many were sent");
    publishes->fallthrough();
    feeds->fallthrough();
    app.require_subcommand(1);
    CLI11_PARSE(app, argc, argv);
    if (*feeds)
        return feed(address, topic, version, count, folder);
    stream.address = address;
    stream.topic = topic;
    stream.count = count;
    return publish(stream);
}
