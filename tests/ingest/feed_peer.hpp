#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <utility> // Boost 1.74's Asio needs it first

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tocsin::ingest::test {

/// A desk for feeds: answers as it is told, at once or when the test says so. Thread safe.
class FakeSink final : public Sink {
  public:
    using ReadingsAnswer = std::function<base::Result<ReadingsReceipt>(const ReadingBatch&)>;
    using MessageAnswer = std::function<Receipt(const std::string& feed, const Message&)>;
    struct Quarantined {
        std::string feed;
        Format format;
        std::string bytes;
        base::Error why;
    };

    /// How batches are answered; without it (or while held) they wait for release().
    void answerReadings(ReadingsAnswer answer);
    void answerMessages(MessageAnswer answer);
    void answerQuarantine(std::function<Receipt()> answer);
    void hold(bool held);

    void readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) override;
    void message(std::string feed, Message message, std::function<void(Receipt)> done) override;
    void quarantine(std::string feed, Format format, Fault fault, std::function<void(Receipt)> done) override;

    /// Waits until `count` answers are held back.
    void awaitHeld(std::size_t count);
    /// Waits until `count` batches came.
    void awaitBatches(std::size_t count);
    /// Gives a held answer, the `index`th of those still held.
    void release(std::size_t index = 0);
    /// Destroys the held answers without giving them.
    void drop();
    [[nodiscard]] std::size_t held() const;
    [[nodiscard]] std::vector<ReadingBatch> batches() const;
    [[nodiscard]] std::vector<std::pair<std::string, Message>> messages() const;
    [[nodiscard]] std::vector<Quarantined> quarantined() const;

  private:
    base::Result<ReadingsReceipt> answerTo(const ReadingBatch& batch);
    void finish(std::unique_lock<std::mutex>& lock, const std::function<void()>& act);

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    ReadingsAnswer m_readingsAnswer;
    MessageAnswer m_messageAnswer;
    std::function<Receipt()> m_quarantineAnswer;
    bool m_held{false};
    std::vector<ReadingBatch> m_batches;
    std::vector<std::pair<std::string, Message>> m_messages;
    std::vector<Quarantined> m_quarantined;
    std::deque<std::function<void()>> m_heldAnswers;
};

/// An io_context in threads of its own. join() waits until it has run out of work.
class IoThreads {
  public:
    explicit IoThreads(int threads = 2);
    ~IoThreads();
    void join();

    boost::asio::io_context io;

  private:
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::vector<std::thread> m_threads;
};

/// A client on loopback that blocks.
class Peer {
  public:
    explicit Peer(const Endpoint& to);
    void send(std::string_view text);
    /// Sends as long as the other side takes it; false if it closed.
    bool trySend(std::string_view text);
    /// The next line without its end; empty optional when the other side has closed.
    std::optional<std::string> line();
    /// Exactly so many bytes, or fewer if the other side closes.
    std::string take(std::size_t size);
    /// Everything until the other side closes.
    std::string rest();
    void endSending();
    /// Closes with a reset, as a machine that vanishes and comes back does.
    void vanish();

  private:
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::socket m_socket;
    std::string m_buffer;
};

std::string readingLine(int number, double value = 1.5);

} // namespace tocsin::ingest::test
