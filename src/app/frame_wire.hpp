#pragma once

#include "tocsin/base/result.hpp"

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <string>

namespace tocsin::app {

/// Texts over a local socket, each behind its length in four bytes, the highest first. All on the thread of the socket's
/// io_context; its functions are called there, too.
class FrameWire : public std::enable_shared_from_this<FrameWire> {
  public:
    using Socket = boost::asio::local::stream_protocol::socket;
    struct Heard {
        std::function<void(std::string text)> text;
        std::function<void(const base::Error& why)> ended; ///< once: by the other side, or for what it sent
        std::function<void()> drained;                     ///< all that was to be sent is
    };
    /// Texts that are longer than `most` bytes end it, unread.
    FrameWire(Socket socket, std::size_t most) : m_socket(std::move(socket)), m_most(most) {}

    void open(Heard heard);
    /// From the next text on.
    void setMost(std::size_t most) { m_most = most; }
    /// Queues it. Who sends bounds what waits: see drained and queued().
    void send(std::string text);
    [[nodiscard]] std::size_t queued() const { return m_out.size(); } ///< texts that are not sent whole
    void hold() { m_held = true; } ///< reads nothing more after the text at hand …
    void go();                     ///< … until here
    void close(); ///< at once; nobody is told

  private:
    void readHead();
    void readRest();
    void writeNext();
    void end(const base::Error& why);

    Socket m_socket;
    std::size_t m_most;
    Heard m_heard;
    std::array<unsigned char, 4> m_head{};
    std::size_t m_length{0};
    std::string m_in;
    std::deque<std::string> m_out; ///< with their lengths; the first is being sent
    bool m_held{false};
    bool m_reading{false};
    bool m_closed{false};
};

} // namespace tocsin::app
