#include "ingest/cot_client.hpp"

#include <algorithm>
#include <boost/asio/bind_executor.hpp>

namespace tocsin::ingest {

namespace asio = boost::asio;

namespace {
constexpr auto undoneRetry = std::chrono::seconds(1);
} // namespace

CotClient::CotClient(std::unique_ptr<CotSocket> socket, const Strand& strand, const FeedConfig& config,
                     const FeedParts& parts, FeedCounters& counters, Courier& courier, Events events, CotLimits limits)
    : m_socket(std::move(socket)), m_strand(strand), m_feed(config.name), m_clock(parts.clock), m_sink(parts.sink),
      m_counters(counters), m_courier(courier), m_events(std::move(events)), m_limits(limits),
      m_stream(config.source()), m_watch(strand), m_pause(strand), m_allowance(static_cast<double>(limits.burst)) {}

void CotClient::start() {
    m_lastByte = m_refilled = std::chrono::steady_clock::now();
    Error ignored;
    m_socket->lowest().set_option(asio::socket_base::keep_alive(true), ignored);
    m_socket->lowest().set_option(Tcp::no_delay(true), ignored);
    watch();
    m_socket->handshake([self = shared_from_this()](Error error, std::size_t) {
        if (self->m_isClosed)
            return;
        if (error) {
            self->close("the handshake failed: " + error.message());
            return;
        }
        self->m_isUp = true;
        if (self->m_events.up)
            self->m_events.up();
        self->read();
    });
}

/// Looks now and then whether it is still there.
void CotClient::watch() {
    m_watch.expires_after(m_isUp ? std::min(m_limits.idle, std::chrono::seconds(30)) : m_limits.handshake);
    m_watch.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](Error error) {
        if (error || self->m_isClosed)
            return;
        if (!self->m_isUp)
            return self->close("no handshake came");
        if (std::chrono::steady_clock::now() - self->m_lastByte >= self->m_limits.idle)
            return self->close("silent for too long");
        self->watch();
    }));
}

void CotClient::read() {
    if (m_isClosed)
        return;
    m_socket->read(asio::buffer(m_buffer), [self = shared_from_this()](Error error, std::size_t count) {
        if (self->m_isClosed)
            return;
        if (error) {
            self->m_ended = true;
            self->took(0);
            return;
        }
        self->took(count);
    });
}

void CotClient::took(std::size_t count) {
    if (count > 0) {
        m_lastByte = std::chrono::steady_clock::now();
        m_counters.received({m_buffer.data(), count});
        m_allowance -= static_cast<double>(count);
    }
    deliver(m_stream.take({m_buffer.data(), count}, m_clock.now(), m_ended));
}

void CotClient::deliver(CotStream::Taken taken) {
    m_hopeless = taken.hopeless;
    if (taken.events > 0)
        m_sink.heard(m_feed);
    if (taken.pings > 0)
        send(std::make_shared<const std::string>(cotPong(m_clock.now())));
    if (!taken.asked.empty())
        send(std::make_shared<const std::string>(cotStaysXml(m_clock.now(), taken.asked)));
    for (const auto& message : taken.decoded.messages) {
        const auto* position = std::get_if<model::UnitPosition>(&message);
        if (position != nullptr && m_callSign.empty())
            m_callSign = position->callSign; // a phone's first word is about itself
        if (position != nullptr && m_events.heard)
            m_events.heard(position->callSign);
    }
    for (const auto& event : taken.relay)
        if (m_events.relay)
            m_events.relay(*this, event);
    if (taken.decoded.messages.empty() && taken.decoded.faults.empty())
        return goOn();
    auto lot = std::make_shared<Decoded>(std::move(taken.decoded));
    m_courier.deliver(*lot, m_feed, [self = shared_from_this(), lot](Delivered result) {
        asio::post(self->m_strand, [self, lot, result = std::move(result)]() mutable {
            self->delivered(lot, std::move(result));
        });
    });
}

void CotClient::delivered(const std::shared_ptr<Decoded>& lot, Delivered result) {
    if (m_isClosed || !result.undone)
        return goOn();
    // The desk cannot write: nothing more is read until this is kept.
    m_pause.expires_after(undoneRetry);
    m_pause.async_wait(asio::bind_executor(m_strand, [self = shared_from_this(), lot](Error error) {
        if (error || self->m_isClosed)
            return;
        self->m_courier.deliver(*lot, self->m_feed, [self, lot](Delivered again) {
            asio::post(self->m_strand, [self, lot, again = std::move(again)]() mutable {
                self->delivered(lot, std::move(again));
            });
        });
    }));
}

void CotClient::goOn() {
    if (m_isClosed)
        return;
    if (m_hopeless)
        return close("what it sends is no Cursor on Target in XML");
    if (m_ended)
        return close("the other side has closed the connection");
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - m_refilled).count();
    m_refilled = now;
    m_allowance = std::min(static_cast<double>(m_limits.burst), m_allowance + seconds * static_cast<double>(m_limits.bytesPerSecond));
    if (m_allowance > 0)
        return read();
    m_pause.expires_after(std::chrono::milliseconds(100));
    m_pause.async_wait(asio::bind_executor(m_strand, [self = shared_from_this()](Error error) {
        if (!error)
            self->goOn();
    }));
}

void CotClient::answer(Waiting& waiting, bool handed) {
    if (const auto done = std::exchange(waiting.done, {}))
        done(handed);
}

void CotClient::send(const std::shared_ptr<const std::string>& bytes, Handed done) {
    Waiting waiting{bytes, std::move(done)};
    if (m_isClosed || !m_isUp)
        return answer(waiting, false);
    if (m_queue.size() >= m_limits.queuedEvents || m_queuedBytes + bytes->size() > m_limits.queuedBytes) {
        // All but what is being written: an event that is half sent must be sent to its end.
        const std::size_t kept = m_writing ? 1 : 0;
        m_dropped += m_queue.size() - std::min(kept, m_queue.size());
        while (m_queue.size() > kept) {
            m_queuedBytes -= m_queue.back().bytes->size();
            answer(m_queue.back(), false);
            m_queue.pop_back();
        }
        if (m_queuedBytes + bytes->size() > m_limits.queuedBytes) {
            ++m_dropped;
            return answer(waiting, false);
        }
    }
    m_queue.push_back(std::move(waiting));
    m_queuedBytes += bytes->size();
    if (!m_writing)
        write();
}

void CotClient::write() {
    if (m_queue.empty() || m_isClosed)
        return;
    m_writing = true;
    const auto bytes = m_queue.front().bytes;
    m_socket->write(asio::buffer(*bytes), [self = shared_from_this(), bytes](Error error, std::size_t) {
        self->m_writing = false;
        if (self->m_isClosed)
            return;
        if (error)
            return self->close("nothing can be sent to it: " + error.message());
        self->m_queuedBytes -= bytes->size();
        answer(self->m_queue.front(), true);
        self->m_queue.pop_front();
        self->write();
    });
}

void CotClient::close(const std::string& why) {
    if (m_isClosed)
        return;
    m_isClosed = true;
    m_watch.cancel();
    m_pause.cancel();
    m_socket->close();
    for (auto& waiting : std::exchange(m_queue, {}))
        answer(waiting, false);
    const auto closed = std::exchange(m_events.closed, {});
    m_events.relay = {};
    m_events.up = {};
    m_events.heard = {};
    if (closed)
        closed(*this, why);
}

} // namespace tocsin::ingest
