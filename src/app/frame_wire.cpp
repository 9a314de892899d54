#include "app/frame_wire.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace tocsin::app {

namespace asio = boost::asio;
using base::Code;

namespace {
/// A length is only a promise: room is made as the bytes come.
constexpr std::size_t roomAtOnce = 64U << 10U;
} // namespace

void FrameWire::open(Heard heard) {
    m_heard = std::move(heard);
    readHead();
}

void FrameWire::readHead() {
    if (m_closed || m_held || m_reading)
        return;
    m_reading = true;
    asio::async_read(m_socket, asio::buffer(m_head), [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
        self->m_reading = false;
        if (failed)
            return self->end({Code::unavailable, "the other side has ended", {}});
        std::size_t length = 0;
        for (const auto byte : self->m_head)
            length = length << 8U | byte;
        if (length == 0 || length > self->m_most)
            return self->end({Code::tooLarge, "a message of " + std::to_string(length) + " bytes", {}});
        self->m_length = length;
        self->m_in.clear();
        self->readRest();
    });
}

void FrameWire::readRest() {
    const auto had = m_in.size();
    m_in.resize(std::min(m_length, had + roomAtOnce));
    m_reading = true;
    asio::async_read(m_socket, asio::buffer(m_in.data() + had, m_in.size() - had),
                     [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
                         self->m_reading = false;
                         if (self->m_closed)
                             return;
                         if (failed)
                             return self->end({Code::unavailable, "the other side has ended within a message", {}});
                         if (self->m_in.size() < self->m_length)
                             return self->readRest();
                         self->m_heard.text(std::exchange(self->m_in, {}));
                         self->readHead();
                     });
}

void FrameWire::go() {
    m_held = false;
    readHead();
}

void FrameWire::send(std::string text) {
    if (m_closed)
        return;
    std::string framed(4, '\0');
    for (std::size_t i = 0; i < 4; ++i)
        framed[i] = static_cast<char>(text.size() >> (8U * (3U - i)) & 0xFFU);
    framed += text;
    m_out.push_back(std::move(framed));
    if (m_out.size() == 1)
        writeNext();
}

void FrameWire::writeNext() {
    asio::async_write(m_socket, asio::buffer(m_out.front()), [self = shared_from_this()](boost::system::error_code failed, std::size_t) {
        if (self->m_closed)
            return;
        if (failed)
            return self->end({Code::unavailable, "the other side has ended", {}});
        self->m_out.pop_front();
        if (!self->m_out.empty())
            return self->writeNext();
        if (self->m_heard.drained)
            self->m_heard.drained();
    });
}

void FrameWire::close() {
    m_closed = true;
    boost::system::error_code ignored;
    m_socket.close(ignored);
}

void FrameWire::end(const base::Error& why) {
    if (std::exchange(m_closed, true))
        return;
    boost::system::error_code ignored;
    m_socket.close(ignored);
    if (m_heard.ended)
        m_heard.ended(why);
}

} // namespace tocsin::app
