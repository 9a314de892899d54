#pragma once

#include "ingest/decode_support.hpp"
#include "ingest/feed_peer.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <functional>
#include <map>
#include <thread>
#include <zlib.h>

namespace tocsin::ingest::test {

/// A web server on loopback that says what it is told to say, and writes down what it was asked. Thread safe.
class HttpPeer {
  public:
    struct Request {
        std::string path;
        std::map<std::string, std::string> headers; ///< names in lower case
        [[nodiscard]] std::string header(const std::string& name) const {
            const auto found = headers.find(name);
            return found == headers.end() ? std::string() : found->second;
        }
    };
    struct Reply {
        int status{200};
        std::string body;
        std::string headers; ///< whole lines, each with its end
        std::string raw;     ///< instead of all the others; the connection is closed after it
        bool hold{false};    ///< says nothing until the server ends
    };
    using Answer = std::function<Reply(const Request&)>;

    explicit HttpPeer(Answer answer)
        : m_answer(std::move(answer)), m_acceptor(m_io, {boost::asio::ip::address_v4::loopback(), 0}),
          m_accepting([this] { accept(); }) {}
    ~HttpPeer() {
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
    [[nodiscard]] std::string url(const std::string& path = "/") const {
        return "http://127.0.0.1:" + std::to_string(m_acceptor.local_endpoint().port()) + path;
    }
    [[nodiscard]] std::vector<Request> requests() const {
        const std::lock_guard lock(m_mutex);
        return m_requests;
    }
    /// Waits until it was asked so often; false after half a minute.
    [[nodiscard]] bool awaitRequests(std::size_t count) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(30), [&] { return m_requests.size() >= count; });
    }
    [[nodiscard]] std::size_t connections() const {
        const std::lock_guard lock(m_mutex);
        return m_sockets.size();
    }

  private:
    using Socket = boost::asio::ip::tcp::socket;

    void accept() {
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
    void serve(Socket& socket) {
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
    static Request parse(const std::string& head) {
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

    const Answer m_answer;
    boost::asio::io_context m_io;
    boost::asio::ip::tcp::acceptor m_acceptor;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<Request> m_requests;
    std::vector<std::shared_ptr<Socket>> m_sockets;
    std::vector<std::thread> m_threads;
    bool m_ending{false};
    std::thread m_accepting; ///< last: it uses the others
};

inline std::string gzipped(const std::string& text) {
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

/// A folder of its own that is gone afterwards.
class OwnFolder {
  public:
    OwnFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "tocsin-feed-XXXXXX").string();
        m_path = ::mkdtemp(name.data());
    }
    ~OwnFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
    }
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

  private:
    std::filesystem::path m_path;
};

/// Asks again and again until it is so; false after half a minute.
inline bool eventually(const std::function<bool()>& isSo) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (std::chrono::steady_clock::now() < end) {
        if (isSo())
            return true;
        std::this_thread::yield();
    }
    return isSo();
}

} // namespace tocsin::ingest::test
