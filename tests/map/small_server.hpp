#pragma once

#include <arpa/inet.h>
#include <atomic>
#include <functional>
#include <mutex>
#include <netinet/in.h>
#include <stdexcept>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace tocsin::map::test {

/// An HTTP server on a free loopback port. The handler gets the request's path and gives the whole answer, head and
/// body; an empty one leaves the client hanging until the server ends.
class SmallServer {
  public:
    explicit SmallServer(std::function<std::string(const std::string& path)> handler)
        : m_handler(std::move(handler)), m_listener(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof(at);
        auto* address = reinterpret_cast<sockaddr*>(&at);
        if (::bind(m_listener, address, size) != 0 || ::listen(m_listener, 64) != 0 ||
            ::getsockname(m_listener, address, &size) != 0)
            throw std::runtime_error("no loopback port");
        m_port = ntohs(at.sin_port);
        m_thread = std::thread([this] { accept(); });
    }
    ~SmallServer() { stop(); }
    SmallServer(const SmallServer&) = delete;
    SmallServer& operator=(const SmallServer&) = delete;

    void stop() {
        if (m_ending.exchange(true))
            return;
        ::shutdown(m_listener, SHUT_RDWR);
        m_thread.join();
        ::close(m_listener);
        {
            const std::lock_guard lock(m_mutex);
            for (const int socket : m_sockets)
                ::shutdown(socket, SHUT_RDWR);
        }
        for (std::thread& thread : m_serving)
            thread.join();
        for (const int socket : m_sockets)
            ::close(socket);
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }
    [[nodiscard]] int requests() const { return m_requests; }
    [[nodiscard]] int mostAtOnce() const { return m_mostAtOnce; }

    static std::string answer(const std::string& status, const std::string& type, const std::string& body,
                              const std::string& headers = {}) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
    }

  private:
    void accept() {
        while (!m_ending) {
            const int socket = ::accept(m_listener, nullptr, nullptr);
            if (socket < 0)
                continue;
            const std::lock_guard lock(m_mutex);
            m_sockets.push_back(socket);
            m_serving.emplace_back([this, socket] { serve(socket); });
        }
    }
    void serve(int socket) {
        std::string in;
        char piece[4096];
        while (true) {
            const ssize_t got = ::recv(socket, piece, sizeof(piece), 0);
            if (got <= 0)
                return;
            in.append(piece, static_cast<std::size_t>(got));
            const std::size_t end = in.find("\r\n\r\n");
            if (end == std::string::npos)
                continue;
            const std::size_t from = in.find(' ') + 1;
            const std::string path = in.substr(from, in.find(' ', from) - from);
            in.erase(0, end + 4);
            ++m_requests;
            const int now = ++m_now;
            if (now > m_mostAtOnce)
                m_mostAtOnce = now;
            const std::string out = m_handler(path);
            if (out.empty())
                continue; // it hangs, and counts as under way
            --m_now;
            for (std::size_t sent = 0; sent < out.size();) {
                const ssize_t put = ::send(socket, out.data() + sent, out.size() - sent, MSG_NOSIGNAL);
                if (put <= 0)
                    return;
                sent += static_cast<std::size_t>(put);
            }
        }
    }

    std::function<std::string(const std::string&)> m_handler;
    int m_listener;
    int m_port{0};
    std::atomic<bool> m_ending{false};
    std::atomic<int> m_requests{0};
    std::atomic<int> m_now{0};
    std::atomic<int> m_mostAtOnce{0};
    std::mutex m_mutex;
    std::vector<int> m_sockets;
    std::vector<std::thread> m_serving;
    std::thread m_thread;
};

} // namespace tocsin::map::test
