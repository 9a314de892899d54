#include "ingest/feed_peer.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>

namespace tocsin::ingest::test {

void FakeSink::answerReadings(ReadingsAnswer answer) {
    const std::lock_guard lock(m_mutex);
    m_readingsAnswer = std::move(answer);
}

void FakeSink::answerMessages(MessageAnswer answer) {
    const std::lock_guard lock(m_mutex);
    m_messageAnswer = std::move(answer);
}

void FakeSink::answerQuarantine(std::function<Receipt()> answer) {
    const std::lock_guard lock(m_mutex);
    m_quarantineAnswer = std::move(answer);
}

void FakeSink::hold(bool held) {
    const std::lock_guard lock(m_mutex);
    m_held = held;
}

void FakeSink::readings(ReadingBatch batch, std::function<void(base::Result<ReadingsReceipt>)> done) {
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

void FakeSink::message(std::string feed, Message message, std::function<void(Receipt)> done) {
    std::unique_lock lock(m_mutex);
    m_messages.emplace_back(feed, message);
    auto answer = m_messageAnswer;
    const auto number = m_messages.size();
    auto act = [answer, feed, message, done, number] {
        done(answer ? answer(feed, message) : Receipt{Outcome::stored, {"id-" + std::to_string(number)}, {}});
    };
    finish(lock, act);
}

void FakeSink::quarantine(std::string feed, Format format, Fault fault, std::function<void(Receipt)> done) {
    std::unique_lock lock(m_mutex);
    const auto why = fault.error;
    m_quarantined.push_back({std::move(feed), format, std::move(fault.bytes), why});
    auto answer = m_quarantineAnswer;
    auto act = [answer, why, done] { done(answer ? answer() : Receipt{Outcome::quarantined, {}, why.message}); };
    finish(lock, act);
}

void FakeSink::awaitHeld(std::size_t count) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_heldAnswers.size() >= count; });
}

void FakeSink::awaitBatches(std::size_t count) {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [&] { return m_batches.size() >= count; });
}

void FakeSink::release(std::size_t index) {
    std::function<void()> answer;
    {
        const std::lock_guard lock(m_mutex);
        answer = m_heldAnswers.at(index);
        m_heldAnswers.erase(m_heldAnswers.begin() + static_cast<std::ptrdiff_t>(index));
    }
    answer();
}

void FakeSink::drop() {
    std::deque<std::function<void()>> gone;
    const std::lock_guard lock(m_mutex);
    gone.swap(m_heldAnswers);
}

std::size_t FakeSink::held() const {
    const std::lock_guard lock(m_mutex);
    return m_heldAnswers.size();
}

std::vector<ReadingBatch> FakeSink::batches() const {
    const std::lock_guard lock(m_mutex);
    return m_batches;
}

std::vector<std::pair<std::string, Message>> FakeSink::messages() const {
    const std::lock_guard lock(m_mutex);
    return m_messages;
}

std::vector<FakeSink::Quarantined> FakeSink::quarantined() const {
    const std::lock_guard lock(m_mutex);
    return m_quarantined;
}

base::Result<ReadingsReceipt> FakeSink::answerTo(const ReadingBatch& batch) {
    ReadingsAnswer answer;
    {
        const std::lock_guard lock(m_mutex);
        answer = m_readingsAnswer;
    }
    return answer ? answer(batch) : ReadingsReceipt{batch.readings.size(), 0, batch.faults.size()};
}

void FakeSink::finish(std::unique_lock<std::mutex>& lock, const std::function<void()>& act) {
    if (m_held)
        m_heldAnswers.push_back(act);
    const bool held = m_held;
    lock.unlock();
    if (!held)
        act();
    m_changed.notify_all();
}

IoThreads::IoThreads(int threads) : m_work(boost::asio::make_work_guard(io)) {
    for (int i = 0; i < threads; ++i)
        m_threads.emplace_back([this] { io.run(); });
}

IoThreads::~IoThreads() {
    io.stop();
    join();
}

void IoThreads::join() {
    m_work.reset();
    for (auto& thread : m_threads)
        thread.join();
    m_threads.clear();
}

Peer::Peer(const Endpoint& to) : m_socket(m_io) {
    m_socket.connect({boost::asio::ip::make_address(to.host), to.port});
}

void Peer::send(std::string_view text) {
    boost::asio::write(m_socket, boost::asio::buffer(text.data(), text.size()));
}

bool Peer::trySend(std::string_view text) {
    boost::system::error_code error;
    boost::asio::write(m_socket, boost::asio::buffer(text.data(), text.size()), error);
    return !error;
}

std::optional<std::string> Peer::line() {
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

std::string Peer::take(std::size_t size) {
    boost::system::error_code error;
    if (m_buffer.size() < size)
        boost::asio::read(m_socket, boost::asio::dynamic_buffer(m_buffer),
                          boost::asio::transfer_exactly(size - m_buffer.size()), error);
    std::string text = m_buffer.substr(0, size);
    m_buffer.erase(0, size);
    return text;
}

std::string Peer::rest() {
    boost::system::error_code error;
    boost::asio::read(m_socket, boost::asio::dynamic_buffer(m_buffer), error);
    return std::exchange(m_buffer, {});
}

void Peer::endSending() {
    m_socket.shutdown(boost::asio::ip::tcp::socket::shutdown_send);
}

void Peer::vanish() {
    m_socket.set_option(boost::asio::socket_base::linger(true, 0));
    m_socket.close();
}

std::string readingLine(int number, double value) {
    char text[160];
    std::snprintf(text, sizeof text,
                  R"({"sensor":"gauge-%d","time":"2026-11-20T08:%02d:%02dZ","value":%.3f,"unit":"m"})", number % 7,
                  number / 60 % 60, number % 60, value);
    return std::string(text) + "\n";
}

} // namespace tocsin::ingest::test
