#include "tocsin/ingest/http_fetch.hpp"

#include "ingest/http_peer.hpp"

#include <boost/asio/thread_pool.hpp>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <future>
#include <gmock/gmock.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

base::Result<WebReply> fetched(const WebRequest& request, HttpFetchOptions options = {}) {
    boost::asio::thread_pool workers(1);
    std::promise<base::Result<WebReply>> promise;
    HttpFetcher fetcher(workers, std::move(options));
    fetcher.get(request, [&](base::Result<WebReply> reply) { promise.set_value(std::move(reply)); });
    auto reply = promise.get_future().get();
    fetcher.close();
    workers.join();
    return reply;
}

TEST(HttpFetch, PackedBodiesAreUnpackedWithinBounds) {
    const std::string text(100'000, 'x');
    const std::string bomb(40U << 20U, '\0');
    const auto packedText = gzipped(text);
    const auto packedBomb = gzipped(bomb);
    ASSERT_LT(packedBomb.size(), 100'000U);
    HttpPeer peer([&](const HttpPeer::Request& request) {
        return HttpPeer::Reply{200, request.path == "/bomb" ? packedBomb : packedText, "Content-Encoding: gzip\r\n"};
    });
    const auto good = fetched({.url = peer.url("/text")});
    ASSERT_TRUE(good) << good.error().message;
    EXPECT_EQ(good->body, text);
    EXPECT_THAT(peer.requests()[0].header("accept-encoding"), HasSubstr("gzip"));
    const auto bad = fetched({.url = peer.url("/bomb")});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, Code::tooLarge);
    EXPECT_THAT(bad.error().message, HasSubstr("more than 16 MiB"));
}

TEST(HttpFetch, HeadersWithoutAnEndAreRefused) {
    std::string headers;
    for (int i = 0; i < 20'000; ++i)
        headers += "X-" + std::to_string(i) + ": " + std::string(40, 'y') + "\r\n";
    HttpPeer peer([&](const HttpPeer::Request&) { return HttpPeer::Reply{200, "x", headers}; });
    const auto reply = fetched({.url = peer.url()});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Code::tooLarge);
}

TEST(HttpFetch, ToldByRedirectAndRetryAfter) {
    HttpPeer peer([](const HttpPeer::Request& request) {
        if (request.path == "/old")
            return HttpPeer::Reply{301, {}, "Location: /new\r\nETag: \"wrong\"\r\n"};
        return HttpPeer::Reply{429, "slower", "Retry-After: 120\r\nLast-Modified: Fri, 20 Nov 2026 08:00:00 GMT\r\n"};
    });
    const auto reply = fetched({.url = peer.url("/old"), .user = "us", .password = "pass"});
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->status, 429);
    EXPECT_EQ(reply->retryAfter, std::chrono::seconds(120));
    EXPECT_EQ(reply->etag, "");
    EXPECT_EQ(reply->lastModified, "Fri, 20 Nov 2026 08:00:00 GMT");
    EXPECT_EQ(reply->url, peer.url("/new"));
}

TEST(HttpFetch, LinksOfStrangersDoNotLeadToThisMachine) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, "secret", {}}; });
    const auto reply = fetched({.url = peer.url(), .mayReachThisMachine = false});
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, Code::refused);
    EXPECT_THAT(peer.requests(), IsEmpty());
}

TEST(HttpFetch, AddressesAreResolved) {
    EXPECT_EQ(resolveUrl("http://example.org/a/index.xml", "b/c.cap").value_or("?"), "http://example.org/a/b/c.cap");
    EXPECT_EQ(resolveUrl("http://example.org/a/", "//other.org/x#y").value_or("?"), "http://other.org/x");
    EXPECT_EQ(resolveUrl({}, " https://Example.org/x?q=1 ").value_or("?"), "https://Example.org/x?q=1");
    for (const auto* wrong : {"file:///etc/passwd", "javascript:alert(1)", "gopher://example.org/", "data:,x"})
        EXPECT_FALSE(resolveUrl("http://example.org/", wrong)) << wrong;
    std::string user;
    std::string password;
    EXPECT_EQ(withoutUser("http://us:p%40ss@example.org/x", &user, &password), "http://example.org/x");
    EXPECT_EQ(user + " " + password, "us p@ss");
    EXPECT_EQ(hostOf("https://Example.org/x"), "example.org:443");
    EXPECT_TRUE(isLoopback("http://localhost:80/"));
    EXPECT_TRUE(isLoopback("http://[::1]/"));
    EXPECT_FALSE(isLoopback("http://example.org/127.0.0.1"));
}

/// openssl's own server with a certificate that nobody but it has signed.
class TlsServer {
  public:
    explicit TlsServer(const std::filesystem::path& folder) : certificate(folder / "server.pem") {
        const auto key = folder / "server.key";
        const auto make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost"
                          " -addext subjectAltName=IP:127.0.0.1 -keyout " + key.string() + " -out " + certificate.string() + " 2>/dev/null";
        if (std::system(make.c_str()) != 0)
            return;
        {
            boost::asio::io_context io;
            boost::asio::ip::tcp::acceptor free(io, {boost::asio::ip::address_v4::loopback(), 0});
            port = free.local_endpoint().port();
        }
        m_process = ::fork();
        if (m_process == 0) {
            const int quiet = ::open("/dev/null", O_RDWR);
            for (const int to : {0, 1, 2})
                ::dup2(quiet, to);
            ::execlp("openssl", "openssl", "s_server", "-accept", ("127.0.0.1:" + std::to_string(port)).c_str(), "-www", "-cert",
                     certificate.c_str(), "-key", key.c_str(), nullptr);
            ::_exit(1);
        }
        up = eventually([&] {
            boost::asio::io_context io;
            boost::asio::ip::tcp::socket socket(io);
            boost::system::error_code error;
            socket.connect({boost::asio::ip::address_v4::loopback(), port}, error);
            return !error;
        });
    }
    ~TlsServer() {
        if (m_process > 0) {
            ::kill(m_process, SIGTERM);
            ::waitpid(m_process, nullptr, 0);
        }
    }
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    const std::filesystem::path certificate;
    std::uint16_t port{0};
    bool up{false};

  private:
    pid_t m_process{-1};
};

TEST(HttpFetch, CertificatesAreChecked) {
    const OwnFolder folder;
    const TlsServer server(folder.path());
    if (!server.up)
        GTEST_SKIP() << "openssl is not installed";
    const auto url = "https://127.0.0.1:" + std::to_string(server.port) + "/";
    const auto unknown = fetched({.url = url});
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, Code::refused);
    EXPECT_THAT(unknown.error().message, HasSubstr("certificate that is not trusted"));
    const auto known = fetched({.url = url, .tls = {.ca = server.certificate.string()}});
    ASSERT_TRUE(known) << known.error().message;
    EXPECT_EQ(known->status, 200);
    const auto wrongName = fetched({.url = "https://localhost:" + std::to_string(server.port) + "/", .tls = {.ca = server.certificate.string()}});
    ASSERT_FALSE(wrongName);
    EXPECT_EQ(wrongName.error().code, Code::refused);
    EXPECT_TRUE(fetched({.url = url, .tls = {.verify = false}}));
}

} // namespace
} // namespace tocsin::ingest::test
