#include "ingest/http_peer.hpp"
#include "ingest/poll_feed.hpp"

#include <algorithm>
#include <future>
#include <gmock/gmock.h>

namespace tocsin::ingest::test {
namespace {

using base::Code;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string quakes =
    R"({"type":"FeatureCollection","metadata":{"generated":1,"api":"1.10.3","count":1},"features":[{"type":"Feature",)"
    R"("properties":{"mag":4.2,"place":"Vaduz","time":1763625600000,"updated":1763625700000,"status":"reviewed",)"
    R"("net":"us","code":"7000abcd","ids":",us7000abcd,","magType":"mb","type":"earthquake"},)"
    R"("geometry":{"type":"Point","coordinates":[9.52,47.14,8.5]},"id":"us7000abcd"}]})";

/// Feeds that ask one host, as a desk's feeds do.
class SharedHost : public ::testing::Test {
  protected:
    SharedHost() {
        options.leastEvery = milliseconds(5);
        options.backOffFirst = milliseconds(5);
        options.backOffMost = milliseconds(20);
    }
    ~SharedHost() override { stopAll(); }
    void startAnother(const std::string& name, const std::string& address) {
        if (!threads) {
            threads = std::make_unique<IoThreads>();
            workers = std::make_unique<boost::asio::thread_pool>(2);
            web = std::make_shared<HttpPool>(*workers, options.http);
        }
        FeedConfig config;
        config.name = name;
        config.transport = Transport::poll;
        config.every = base::Duration(0);
        config.address = address;
        feeds.push_back(makePollFeed(config, FeedParts{threads->io, *workers, sink, board, clock, ids, folder.path(), web}, options));
        const auto started = feeds.back()->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    void stopAll() {
        if (!threads)
            return;
        for (auto& one : feeds)
            one->stop();
        threads->join();
        workers->join();
        feeds.clear();
        web.reset();
        workers.reset();
        threads.reset();
    }
    [[nodiscard]] bool awaitStateOf(const std::string& name, FeedState state) {
        return eventually([&] { return board.feed(name).status().state == state; });
    }

    FakeSink sink;
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    FeedBoard board{clock};
    base::RandomIdSource ids{clock};
    OwnFolder folder;
    PollOptions options;
    std::unique_ptr<IoThreads> threads;
    std::unique_ptr<boost::asio::thread_pool> workers;
    std::shared_ptr<HttpPool> web;
    std::vector<std::unique_ptr<Feed>> feeds;
};

TEST_F(SharedHost, IsAskedByTenFeedsOnAsFewConnectionsAsByOne) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, quakes, {}}; });
    for (int i = 0; i < 10; ++i)
        startAnother("feed " + std::to_string(i), peer.url("/" + std::to_string(i)));
    for (int i = 0; i < 10; ++i) {
        const auto path = "/" + std::to_string(i);
        EXPECT_TRUE(eventually([&] {
            const auto all = peer.requests();
            return std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.path == path; }) >= 3;
        })) << path;
    }
    stopAll();
    EXPECT_LE(peer.connections(), 2U);
}

TEST_F(SharedHost, ThatWantsPeaceGetsItFromAllItsFeeds) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{503, "no", "Retry-After: 3600\r\n"}; });
    HttpPeer other([](const HttpPeer::Request&) { return HttpPeer::Reply{200, quakes, {}}; });
    startAnother("first", peer.url("/a"));
    ASSERT_TRUE(awaitStateOf("first", FeedState::waiting));
    startAnother("second", peer.url("/b"));
    ASSERT_TRUE(awaitStateOf("second", FeedState::waiting));
    EXPECT_THAT(board.feed("second").status().stateReason, HasSubstr("answers 503"));
    startAnother("elsewhere", other.url());
    EXPECT_TRUE(awaitStateOf("elsewhere", FeedState::up));
    stopAll();
    EXPECT_THAT(peer.requests(), SizeIs(1));
}

TEST_F(SharedHost, IsNotBlamedForOneWrongAddress) {
    HttpPeer peer([](const HttpPeer::Request& request) {
        return request.path == "/wrong" ? HttpPeer::Reply{404, "no", "Retry-After: 3600\r\n"} : HttpPeer::Reply{200, quakes, {}};
    });
    startAnother("wrong", peer.url("/wrong"));
    ASSERT_TRUE(awaitStateOf("wrong", FeedState::waiting));
    startAnother("right", peer.url("/right"));
    EXPECT_TRUE(awaitStateOf("right", FeedState::up));
}

TEST(HostPauses, DoubleAndCountOnceThoseThatFailTogether) {
    HostPauses pauses;
    const HostPauses::Moment start{std::chrono::hours(1)};
    const auto fail = [&](milliseconds after, milliseconds asked = milliseconds(0)) {
        return pauses.failed("a:80", start + after, milliseconds(100), milliseconds(300), asked, "down").count();
    };
    EXPECT_EQ(pauses.of("a:80", start).left.count(), 0);
    EXPECT_EQ(fail(milliseconds(0)), 100);
    EXPECT_EQ(fail(milliseconds(40)), 60) << "was under way when the first failed";
    EXPECT_EQ(pauses.of("a:80", start + milliseconds(60)).left.count(), 40);
    EXPECT_EQ(pauses.of("a:80", start).reason, "down");
    EXPECT_EQ(pauses.of("b:80", start).left.count(), 0);
    EXPECT_EQ(fail(milliseconds(100)), 200);
    EXPECT_EQ(fail(milliseconds(300)), 300) << "no more than the most";
    EXPECT_EQ(fail(milliseconds(310), milliseconds(5'000)), 5'000) << "but for as long as it asks";
    pauses.answered("a:80");
    EXPECT_EQ(pauses.of("a:80", start + milliseconds(310)).left.count(), 0);
    EXPECT_EQ(fail(milliseconds(400)), 100) << "anew";
}

TEST(HttpFetch, WhoClosesGivesUpOnlyWhatIsItsOwn) {
    HttpPeer silent([](const HttpPeer::Request&) { return HttpPeer::Reply{.hold = true}; });
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, "here", {}}; });
    boost::asio::thread_pool workers(1);
    HttpPool pool(workers);
    HttpFetcher one(pool);
    HttpFetcher other(pool);
    std::promise<base::Result<WebReply>> given;
    std::promise<base::Result<WebReply>> got;
    one.get({.url = silent.url()}, [&](base::Result<WebReply> reply) { given.set_value(std::move(reply)); });
    ASSERT_TRUE(silent.awaitRequests(1));
    one.close();
    const auto gone = given.get_future().get();
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, Code::cancelled);
    other.get({.url = peer.url()}, [&](base::Result<WebReply> reply) { got.set_value(std::move(reply)); });
    const auto here = got.get_future().get();
    ASSERT_TRUE(here) << here.error().message;
    EXPECT_EQ(here->body, "here");
    other.close();
    workers.join();
}

} // namespace
} // namespace tocsin::ingest::test
