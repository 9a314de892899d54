#include "ingest/http_peer.hpp"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cctype>
#include <chrono>
#include <zlib.h>

namespace tocsin::ingest::test {

HttpPeer::HttpPeer(Answer answer)
    : m_answer(std::move(answer)), m_acceptor(m_io, {boost::asio::ip::address_v4::loopback(), 0}),
      m_accepting([this] { accept(); }) {}

HttpPeer::~HttpPeer() {
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
        for (const auto& socket : m_sockets) {
            boost::system::error_code ignored;
            socket->shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
        }
    }
    m_changed.notify_all();
    { // what accept() waits for
        boost::asio::io_context io;
        boost::asio::ip::tcp::socket last(io);
        boost::system::error_code ignored;
        last.connect(m_acceptor.local_endpoint(), ignored);
    }
    m_accepting.join();
    for (auto& thread : m_threads)
        thread.join();
}

std::string HttpPeer::url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(m_acceptor.local_endpoint().port()) + path;
}

std::vector<HttpPeer::Request> HttpPeer::requests() const {
    const std::lock_guard lock(m_mutex);
    return m_requests;
}

bool HttpPeer::awaitRequests(std::size_t count) {
    std::unique_lock lock(m_mutex);
    return m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_requests.size() >= count; });
}

std::size_t HttpPeer::connections() const {
    const std::lock_guard lock(m_mutex);
    return m_sockets.size();
}

void HttpPeer::accept() {
    for (;;) {
        auto socket = std::make_shared<Socket>(m_io);
        boost::system::error_code error;
        m_acceptor.accept(*socket, error);
        const std::lock_guard lock(m_mutex);
        if (error || m_ending)
            return;
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] { serve(*socket); });
    }
}

void HttpPeer::serve(Socket& socket) {
    std::string buffer;
    boost::system::error_code error;
    for (;;) {
        const auto size = boost::asio::read_until(socket, boost::asio::dynamic_buffer(buffer), "\r\n\r\n", error);
        if (error)
            return;
        const auto request = parse(buffer.substr(0, size));
        buffer.erase(0, size);
        {
            const std::lock_guard lock(m_mutex);
            m_requests.push_back(request);
        }
        m_changed.notify_all();
        const auto reply = m_answer(request);
        if (reply.hold) {
            std::unique_lock lock(m_mutex);
            m_changed.wait(lock, [this] { return m_ending; });
            return;
        }
        const auto text = reply.raw.empty() ? "HTTP/1.1 " + std::to_string(reply.status) + " x\r\nContent-Length: " +
                                                  std::to_string(reply.body.size()) + "\r\n" + reply.headers + "\r\n" + reply.body
                                            : reply.raw;
        boost::asio::write(socket, boost::asio::buffer(text), error);
        if (!reply.raw.empty()) {
            socket.shutdown(Socket::shutdown_both, error);
            return;
        }
        if (error)
            return;
    }
}

HttpPeer::Request HttpPeer::parse(const std::string& head) {
    Request out;
    const auto blank = head.find(' ');
    out.path = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
    for (auto at = head.find("\r\n"); at + 2 < head.size();) {
        const auto end = head.find("\r\n", at + 2);
        const auto line = head.substr(at + 2, end - at - 2);
        const auto colon = line.find(": ");
        if (colon != std::string::npos) {
            auto name = line.substr(0, colon);
            for (char& c : name)
                c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
            out.headers[name] = line.substr(colon + 2);
        }
        at = end;
    }
    return out;
}

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
    std::string in = text;
    stream.next_in = reinterpret_cast<Bytef*>(in.data());
    stream.avail_in = static_cast<uInt>(in.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

bool eventually(const std::function<bool()>& isSo) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
        if (isSo())
            return true;
        std::this_thread::yield();
    }
    return isSo();
}

} // namespace tocsin::ingest::test
