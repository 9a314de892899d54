#pragma once

#include "ingest/decode_support.hpp"
#include "ingest/feed_peer.hpp"
#include "ingest/own_folder.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

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

    explicit HttpPeer(Answer answer);
    ~HttpPeer();
    [[nodiscard]] std::string url(const std::string& path = "/") const;
    [[nodiscard]] std::vector<Request> requests() const;
    /// Waits until it was asked so often; false after half a minute.
    [[nodiscard]] bool awaitRequests(std::size_t count);
    [[nodiscard]] std::size_t connections() const;

  private:
    using Socket = boost::asio::ip::tcp::socket;

    void accept();
    void serve(Socket& socket);
    static Request parse(const std::string& head);

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

std::string gzipped(const std::string& text);

/// Asks again and again until it is so; false after half a minute.
bool eventually(const std::function<bool()>& isSo);

} // namespace tocsin::ingest::test
