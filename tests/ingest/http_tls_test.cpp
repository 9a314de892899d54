#include "http_support.hpp"

#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <filesystem>

// The HTTP door with a certificate: https and, for this machine, http on one port.

namespace tocsin::ingest::test {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;

class HttpTls : public Http {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tocsin-https-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        const std::string make = "openssl req -x509 -newkey rsa:2048 -nodes -keyout own.key -out own.pem -days 2 -subj /CN=localhost";
        if (std::system(("cd " + folder.string() + " && " + make + " >/dev/null 2>&1").c_str()) != 0)
            GTEST_SKIP() << "openssl is not here";
        options.tlsFolder = folder;
        options.tls.certificate = "own.pem";
        options.tls.key = "own.key";
    }
    void TearDown() override {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    fs::path folder;
    HttpOptions options;
};

/// A browser, which believes any certificate.
class Secure {
  public:
    explicit Secure(const Endpoint& to) : m_context(asio::ssl::context::tls_client), m_stream(m_io, m_context) {
        m_stream.next_layer().connect({asio::ip::make_address(to.host), to.port});
        m_stream.handshake(asio::ssl::stream_base::client, error);
    }
    void send(std::string_view text) { asio::write(m_stream, asio::buffer(text.data(), text.size()), error); }
    std::optional<std::string> line() {
        const auto size = asio::read_until(m_stream, asio::dynamic_buffer(m_buffer), '\n', error);
        if (error)
            return std::nullopt;
        std::string text = m_buffer.substr(0, size - 1);
        m_buffer.erase(0, size);
        if (!text.empty() && text.back() == '\r')
            text.pop_back();
        return text;
    }
    std::string take(std::size_t size) {
        if (m_buffer.size() < size)
            asio::read(m_stream, asio::dynamic_buffer(m_buffer), asio::transfer_exactly(size - m_buffer.size()), error);
        std::string text = m_buffer.substr(0, size);
        m_buffer.erase(0, size);
        return text;
    }
    Response response() {
        Response out;
        const auto first = line();
        if (!first || first->size() < 12)
            return out;
        out.status = std::stoi(first->substr(9, 3));
        std::size_t size = 0;
        for (auto next = line(); next && !next->empty(); next = line()) {
            if (next->starts_with("Content-Length: "))
                size = std::stoul(next->substr(16));
        }
        out.body = take(size);
        return out;
    }
    boost::system::error_code error;

  private:
    asio::io_context m_io;
    asio::ssl::context m_context;
    asio::ssl::stream<asio::ip::tcp::socket> m_stream;
    std::string m_buffer;
};

TEST_F(HttpTls, ThePageAndReportsComeByHttpsOnOneConnection) {
    const auto endpoint = serve(options);
    Secure browser(endpoint);
    ASSERT_FALSE(browser.error) << browser.error.message();
    browser.send(request("GET", "/"));
    const auto page = browser.response();
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("Liechtenstein"), std::string::npos);
    browser.send(request("POST", "/reports", report, "Content-Type: application/json\r\n"));
    EXPECT_EQ(browser.response().status, 201);
    // In two parts, and two at once.
    const auto twice = request("GET", "/health") + request("GET", "/health");
    browser.send(std::string_view(twice).substr(0, 20));
    browser.send(std::string_view(twice).substr(20));
    EXPECT_EQ(browser.response().status, 200);
    EXPECT_EQ(browser.response().status, 200);
}

TEST_F(HttpTls, ALargeBodyAndItsRefusalAreReadToTheEnd) {
    options.bodyBytes = 256U << 10U;
    const auto endpoint = serve(options);
    Secure sender(endpoint);
    std::string lines;
    while (lines.size() < 200'000)
        lines += R"({"sensor":"a","time":"2026-11-20T08:00:00Z","value":1})" "\n";
    sender.send(request("POST", "/readings", lines));
    const auto taken = sender.response().status;
    EXPECT_TRUE(taken == 200 || taken == 201) << taken;
    Secure careless(endpoint);
    careless.send(request("POST", "/messages", std::string(100U << 10U, 'x') + std::string(200U << 10U, 'y')));
    EXPECT_EQ(careless.response().status, 413);
}

TEST_F(HttpTls, WhatThisMachineAsksInTheClearIsAnsweredToo) {
    const auto endpoint = serve(options);
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).status, 200);
}

TEST_F(HttpTls, AHandshakeThatIsNoneEndsOnlyItself) {
    options.headerTimeout = std::chrono::milliseconds(1000);
    const auto endpoint = serve(options);
    Peer broken(endpoint);
    broken.send(std::string("\x16\x03\x01\xff\xff", 5) + std::string(600, '\0'));
    broken.rest(); // until it is closed
    Peer slow(endpoint); // begins a handshake and says no more
    slow.send("\x16");
    slow.rest();
    Secure browser(endpoint);
    browser.send(request("GET", "/health"));
    EXPECT_EQ(browser.response().status, 200);
}

TEST_F(HttpTls, ACertificateThatIsNoneIsToldAtTheStart) {
    options.tls.certificate = "nothing.pem";
    server = std::make_unique<HttpServer>(threads.io, sink, board, ids, options);
    const auto listening = server->listen("127.0.0.1:0");
    ASSERT_FALSE(listening);
    EXPECT_NE(listening.error().message.find("nothing.pem"), std::string::npos);
}

} // namespace
} // namespace tocsin::ingest::test
