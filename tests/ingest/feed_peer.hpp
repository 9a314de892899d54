#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/feeds.hpp"
#include "tocsin/ingest/sink.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility> // Boost 1.74's Asio needs it first
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
    void answerReadings(ReadingsAnswer answer) {
        const std::lock_guard lock(m_mutex);
        m_readingsAnswer = std::move(answer);
    }
    void answerMessages(MessageAnswer answer) {
        const std::lock_guard lock(m_mutex);
        m_messageAnswer = std::move(answer);
    }
    void answerQuarantine(std::function<Receipt()> answer) {
        const std::lock_guard lock(m_mutex);
        m_quarantineAnswer = std::move(answer);
    }
    void hold(bool held) {
        const std::lock_guard lock(m_mutex);
        m_held = held;
    }

    void readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) override {
        for (const auto& row : batch.rows.rows)
            batch.readings.push_back(batch.rows.reading(row));
        batch.rows = {};
        std::unique_lock lock(m_mutex);
        m_batches.push_back(batch);
        if (m_held) {
            m_heldAnswers.push_back([this, batch, done] { done(answerTo(batch)); });
            lock.unlock();
            m_changed.notify_all();
            return;
        }
        lock.unlock();
        done(answerTo(batch));
        m_changed.notify_all();
    }
    void message(std::string feed, Message message, std::function<void(Receipt)> done) override {
        std::unique_lock lock(m_mutex);
        m_messages.emplace_back(feed, message);
        auto answer = m_messageAnswer;
        const auto number = m_messages.size();
        auto act = [answer, feed, message, done, number] {
            done(answer ? answer(feed, message) : Receipt{Outcome::stored, {"id-" + std::to_string(number)}, {}});
        };
        finish(lock, act);
    }
    void quarantine(std::string feed, Format format, Fault fault, std::function<void(Receipt)> done) override {
        std::unique_lock lock(m_mutex);
        const auto why = fault.error;
        m_quarantined.push_back({std::move(feed), format, std::move(fault.bytes), why});
        auto answer = m_quarantineAnswer;
        auto act = [answer, why, done] { done(answer ? answer() : Receipt{Outcome::quarantined, {}, why.message}); };
        finish(lock, act);
    }

    /// Waits until `count` answers are held back.
    void awaitHeld(std::size_t count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_heldAnswers.size() >= count; });
    }
    /// Waits until `count` batches came.
    void awaitBatches(std::size_t count) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_batches.size() >= count; });
    }
    /// Gives a held answer, the `index`th of those still held.
    void release(std::size_t index = 0) {
        std::function<void()> answer;
        {
            const std::lock_guard lock(m_mutex);
            answer = m_heldAnswers.at(index);
            m_heldAnswers.erase(m_heldAnswers.begin() + static_cast<std::ptrdiff_t>(index));
        }
        answer();
    }
    /// Destroys the held answers without giving them.
    void drop() {
        std::deque<std::function<void()>> gone;
        const std::lock_guard lock(m_mutex);
        gone.swap(m_heldAnswers);
    }
    [[nodiscard]] std::size_t held() const {
        const std::lock_guard lock(m_mutex);
        return m_heldAnswers.size();
    }
    [[nodiscard]] std::vector<ReadingBatch> batches() const {
        const std::lock_guard lock(m_mutex);
        return m_batches;
    }
    [[nodiscard]] std::vector<std::pair<std::string, Message>> messages() const {
        const std::lock_guard lock(m_mutex);
        return m_messages;
    }
    [[nodiscard]] std::vector<Quarantined> quarantined() const {
        const std::lock_guard lock(m_mutex);
        return m_quarantined;
    }

  private:
    base::Result<ReadingsReceipt> answerTo(const ReadingBatch& batch) {
        ReadingsAnswer answer;
        {
            const std::lock_guard lock(m_mutex);
            answer = m_readingsAnswer;
        }
        return answer ? answer(batch) : ReadingsReceipt{batch.readings.size(), 0, batch.faults.size()};
    }
    template <typename Act>
    void finish(std::unique_lock<std::mutex>& lock, Act act) {
        if (m_held)
            m_heldAnswers.push_back(act);
        const bool held = m_held;
        lock.unlock();
        if (!held)
            act();
        m_changed.notify_all();
    }

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
    explicit IoThreads(int threads = 2) : m_work(boost::asio::make_work_guard(io)) {
        for (int i = 0; i < threads; ++i)
            m_threads.emplace_back([this] { io.run(); });
    }
    ~IoThreads() {
        io.stop();
        join();
    }
    void join() {
        m_work.reset();
        for (auto& thread : m_threads)
            thread.join();
        m_threads.clear();
    }

    boost::asio::io_context io;

  private:
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    std::vector<std::thread> m_threads;
};

/// A client on loopback that blocks.
class Peer {
  public:
    explicit Peer(const Endpoint& to) : m_socket(m_io) {
        m_socket.connect({boost::asio::ip::make_address(to.host), to.port});
    }
    void send(std::string_view text) { boost::asio::write(m_socket, boost::asio::buffer(text.data(), text.size())); }
    /// Sends as long as the other side takes it; false if it closed.
    bool trySend(std::string_view text) {
        boost::system::error_code error;
        boost::asio::write(m_socket, boost::asio::buffer(text.data(), text.size()), error);
        return !error;
    }
    /// The next line without its end; empty optional when the other side has closed.
    std::optional<std::string> line() {
        boost::system::error_code error;
        const auto size = boost::asio::read_until(m_socket, boost::asio::dynamic_buffer(m_buffer), '\n', error);
        if (error)
            return std::nullopt;
        std::string text = m_buffer.substr(0, size - 1);
        m_buffer.erase(0, size);
        if (!text.empty() && text.back() == '\r')
            text.pop_back();
        return text;
    }
    /// Exactly so many bytes, or fewer if the other side closes.
    std::string take(std::size_t size) {
        boost::system::error_code error;
        if (m_buffer.size() < size)
            boost::asio::read(m_socket, boost::asio::dynamic_buffer(m_buffer),
                              boost::asio::transfer_exactly(size - m_buffer.size()), error);
        std::string text = m_buffer.substr(0, size);
        m_buffer.erase(0, size);
        return text;
    }
    /// Everything until the other side closes.
    std::string rest() {
        boost::system::error_code error;
        boost::asio::read(m_socket, boost::asio::dynamic_buffer(m_buffer), error);
        return std::exchange(m_buffer, {});
    }
    void endSending() { m_socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send); }
    /// Closes with a reset, as a machine that vanishes and comes back does.
    void vanish() {
        m_socket.set_option(boost::asio::socket_base::linger(true, 0));
        m_socket.close();
    }

  private:
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::socket m_socket;
    std::string m_buffer;
};

inline std::string readingLine(int number, double value = 1.5) {
    char text[160];
    std::snprintf(text, sizeof text,
                  R"({"sensor":"gauge-%d","time":"2026-11-20T08:%02d:%02dZ","value":%.3f,"unit":"m"})", number % 7,
                  number / 60 % 60, number % 60, value);
    return std::string(text) + "\n";
}

} // namespace tocsin::ingest::test
