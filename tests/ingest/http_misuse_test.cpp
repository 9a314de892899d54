#include "http_support.hpp"

#include <sys/resource.h>

namespace tocsin::ingest {
namespace {

using namespace std::chrono_literals;
using namespace test;

TEST_F(Http, aBodyOverTheLimitIsRefusedFromItsDeclaredLength) {
    const auto endpoint = serve();
    Peer peer(endpoint);
    peer.send("POST /messages HTTP/1.1\r\nHost: x\r\nContent-Length: 1073741824\r\n\r\n");
    const auto response = readResponse(peer);
    EXPECT_EQ(response.status, 413);
    EXPECT_EQ(response.parsed()["outcome"], "refused");
    EXPECT_EQ(response.headers.at("connection"), "close");
    EXPECT_TRUE(sink.quarantined().empty());
    // A client that sends all the same is cut off, and others are served.
    const std::string part(1U << 20U, 'x');
    int sent = 0;
    while (sent < 1024 && peer.trySend(part))
        ++sent;
    EXPECT_LT(sent, 1024);
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).status, 200);
}

TEST_F(Http, aBodyThatGrowsOverTheLimitIsRefusedOnTheWay) {
    HttpOptions options;
    options.bodyBytes = 100000;
    Peer peer(serve(std::move(options)));
    peer.send("POST /messages HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string part = "4000\r\n" + std::string(0x4000, 'x') + "\r\n";
    for (int i = 0; i < 100; ++i)
        if (!peer.trySend(part))
            break;
    EXPECT_EQ(readResponse(peer).status, 413);
}

TEST_F(Http, bodiesTogetherStayWithinTheirBudget) {
    HttpOptions options;
    options.memoryBudget = 1000;
    const auto endpoint = serve(std::move(options));
    const auto response = ask(endpoint, request("POST", "/reports", std::string(2000, ' ') + report));
    EXPECT_EQ(response.status, 503);
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201); // the share was given back
}

TEST_F(Http, aLargeBodyIsDecodedApart) {
    HttpOptions options;
    options.workerBytes = 10;
    const auto endpoint = serve(std::move(options));
    EXPECT_EQ(ask(endpoint, request("POST", "/messages", cap("a-1"))).status, 201);
    EXPECT_EQ(ask(endpoint, request("POST", "/messages", "<alert>")).status, 422);
}

TEST_F(Http, aLyingContentLengthStoresNothing) {
    const auto endpoint = serve();
    {
        Peer peer(endpoint);
        peer.send("POST /reports HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n" + report);
        peer.endSending();
        EXPECT_EQ(peer.rest(), "");
    }
    Peer both(endpoint); // the classic way to smuggle a second request
    both.send("POST /reports HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG");
    EXPECT_EQ(readResponse(both).status, 400);
    EXPECT_TRUE(sink.messages().empty());
}

TEST_F(Http, aHeaderWithoutEndIsRefused) {
    const auto endpoint = serve();
    Peer peer(endpoint);
    peer.send("GET / HTTP/1.1\r\nX: " + std::string(20000, 'x'));
    EXPECT_EQ(readResponse(peer).status, 431);
    Peer nonsense(endpoint);
    nonsense.send("this is no HTTP at all\r\n\r\n");
    EXPECT_EQ(readResponse(nonsense).status, 400);
}

TEST_F(Http, aSlowHeaderIsDropped) {
    HttpOptions options;
    options.headerTimeout = 20ms;
    Peer peer(serve(std::move(options)));
    peer.send("GET / HT");
    EXPECT_EQ(peer.rest(), "");
}

TEST_F(Http, anIdleConnectionIsDropped) {
    HttpOptions options;
    options.idleTimeout = 20ms;
    Peer peer(serve(std::move(options)));
    EXPECT_EQ(peer.rest(), "");
}

TEST_F(Http, aByteNowAndThenDoesNotHoldAPlace) {
    HttpOptions options;
    options.bodyGrace = 50ms;
    options.bodyBytesPerSecond = 1000000000;
    const auto endpoint = serve(std::move(options));
    Peer slow(endpoint);
    slow.send("POST /messages HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n");
    std::thread reader([&] { EXPECT_EQ(slow.rest(), ""); });
    while (slow.trySend("x")) {
        // ends when the server has given the client up
    }
    reader.join();
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).status, 200);
}

TEST_F(Http, aClientThatVanishesDuringItsCommitHarmsNobody) {
    sink.hold(true);
    const auto endpoint = serve();
    {
        Peer peer(endpoint);
        peer.send(request("POST", "/reports", report));
        sink.awaitHeld(1);
        peer.vanish();
    }
    sink.hold(false);
    sink.release();
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201);
}

TEST_F(Http, theLongestIdleConnectionGivesWay) {
    HttpOptions options;
    options.maxConnections = 2;
    const auto endpoint = serve(std::move(options));
    Peer first(endpoint);
    first.send(request("GET", "/health"));
    EXPECT_EQ(readResponse(first).status, 200);
    Peer second(endpoint);
    second.send(request("GET", "/health"));
    EXPECT_EQ(readResponse(second).status, 200);
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).status, 200);
    EXPECT_EQ(first.rest(), ""); // closed in favour of the third
    second.send(request("GET", "/health"));
    EXPECT_EQ(readResponse(second).status, 200);
}

TEST_F(Http, aConnectionWithARequestUnderWayIsNeverTakenAway) {
    sink.hold(true);
    HttpOptions options;
    options.maxConnections = 1;
    const auto endpoint = serve(std::move(options));
    Peer working(endpoint);
    working.send(request("POST", "/reports", report));
    sink.awaitHeld(1);
    const auto refused = ask(endpoint, request("GET", "/health"));
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.parsed()["outcome"], "busy");
    sink.release();
    EXPECT_EQ(readResponse(working).status, 201);
    EXPECT_EQ(board.feed("http").status().turnedAway, 1U);
}

TEST_F(Http, oneAddressCannotTakeAllPlaces) {
    HttpOptions options;
    options.maxPerAddress = 2;
    const auto endpoint = serve(std::move(options));
    Peer first(endpoint);
    first.send("POST"); // a header that was begun
    Peer second(endpoint);
    second.send(request("GET", "/health"));
    EXPECT_EQ(readResponse(second).status, 200);
    EXPECT_EQ(ask(endpoint, request("GET", "/health")).status, 200);
    EXPECT_EQ(first.rest(), "");
}

TEST_F(Http, aThousandConnectionsAtOnceHarmNobody) {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < 2500)
        GTEST_SKIP() << "too few file descriptors here";
    const auto endpoint = serve();
    std::vector<std::unique_ptr<Peer>> idle;
    for (int i = 0; i < 1000; ++i) {
        idle.push_back(std::make_unique<Peer>(endpoint));
        idle.back()->trySend("POST /reports HTTP/1.1\r\n");
    }
    EXPECT_EQ(ask(endpoint, request("POST", "/reports", report)).status, 201);
}

TEST_F(Http, stoppingAnswersTheRequestUnderWay) {
    sink.hold(true);
    const auto endpoint = serve();
    Peer working(endpoint);
    Peer idle(endpoint);
    working.send(request("POST", "/reports", report));
    sink.awaitHeld(1);
    server->stop();
    EXPECT_EQ(idle.rest(), "");
    sink.release();
    const auto response = readResponse(working);
    EXPECT_EQ(response.status, 201);
    EXPECT_EQ(response.headers.at("connection"), "close");
    EXPECT_EQ(working.rest(), "");
    threads.join();
    EXPECT_EQ(board.feed("http").status().connections, 0U);
}

} // namespace
} // namespace tocsin::ingest
