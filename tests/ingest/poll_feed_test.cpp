#include "ingest/http_peer.hpp"
#include "ingest/poll_feed.hpp"
#include "ingest/poll_round.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::ingest::test {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string quakes =
    R"({"type":"FeatureCollection","metadata":{"generated":1,"api":"1.10.3","count":1},"features":[{"type":"Feature",)"
    R"("properties":{"mag":4.2,"place":"Vaduz","time":1763625600000,"updated":1763625700000,"status":"reviewed",)"
    R"("net":"us","code":"7000abcd","ids":",us7000abcd,","magType":"mb","type":"earthquake"},)"
    R"("geometry":{"type":"Point","coordinates":[9.52,47.14,8.5]},"id":"us7000abcd"}]})";

std::string alert(const std::string& identifier) {
    Cap cap;
    cap.identifier = "<identifier>" + identifier + "</identifier>";
    cap.rest = infoWith("");
    return cap.text();
}

std::string atom(const std::vector<std::pair<std::string, std::string>>& entries, const std::string& next = {}) {
    std::string out = R"(<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>index</id><title>Warnings</title>)"
                      R"(<updated>2026-11-20T08:00:00Z</updated>)";
    if (!next.empty())
        out += "<link rel=\"next\" href=\"" + next + "\"/>";
    for (const auto& [id, updated] : entries)
        out += "<entry><id>" + id + "</id><title>x</title><updated>" + updated +
               "</updated><link rel=\"alternate\" type=\"application/cap+xml\" href=\"/" + id + ".cap\"/></entry>";
    return out + "</feed>";
}

/// A feed at work on a folder of its own.
class PollFeedTest : public ::testing::Test {
  protected:
    PollFeedTest() {
        config.name = "the feed";
        config.transport = Transport::poll;
        config.every = base::Duration(0);
        options.leastEvery = milliseconds(5);
        options.backOffFirst = milliseconds(5);
        options.backOffMost = milliseconds(20);
        options.http.whole = milliseconds(20'000);
    }
    ~PollFeedTest() override { stop(); }

    void start(const std::string& address) {
        config.address = address;
        threads = std::make_unique<IoThreads>();
        workers = std::make_unique<boost::asio::thread_pool>(2);
        feed = makePollFeed(config, FeedParts{threads->io, *workers, sink, board, clock, ids, folder.path()}, options);
        const auto started = feed->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    /// Ends it; hangs if it does not let go.
    void stop() {
        if (!feed)
            return;
        feed->stop();
        threads->join();
        workers->join();
        feed.reset();
        workers.reset();
        threads.reset();
    }
    [[nodiscard]] FeedStatus status() { return board.feed(config.name).status(); }
    [[nodiscard]] bool awaitState(FeedState state) {
        return eventually([&] { return status().state == state; });
    }
    [[nodiscard]] std::filesystem::path stateFile() const { return pollStateFile(folder.path(), config.name); }

    FakeSink sink;
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    FeedBoard board{clock};
    base::RandomIdSource ids{clock};
    OwnFolder folder;
    FeedConfig config;
    PollOptions options;
    std::unique_ptr<IoThreads> threads;
    std::unique_ptr<boost::asio::thread_pool> workers;
    std::unique_ptr<Feed> feed;
};

TEST_F(PollFeedTest, TakesWhatIsNewAndAsksForNothingElse) {
    HttpPeer peer([](const HttpPeer::Request& request) {
        if (request.header("if-none-match") == "\"one\"")
            return HttpPeer::Reply{304, {}, {}};
        return HttpPeer::Reply{200, quakes, "ETag: \"one\"\r\n"};
    });
    start(peer.url("/all_hour.geojson"));
    ASSERT_TRUE(peer.awaitRequests(4));
    stop();
    EXPECT_THAT(sink.messages(), SizeIs(1));
    EXPECT_EQ(peer.requests()[0].header("if-none-match"), "");
    EXPECT_EQ(peer.requests()[1].header("if-none-match"), "\"one\"");
    EXPECT_EQ(peer.connections(), 1U); // kept alive
    EXPECT_EQ(status().taken, 1U);
    EXPECT_TRUE(status().lastHeard);

    start(peer.url("/all_hour.geojson")); // after a restart too
    const auto before = peer.requests().size();
    ASSERT_TRUE(peer.awaitRequests(before + 1));
    stop();
    EXPECT_EQ(peer.requests()[before].header("if-none-match"), "\"one\"");
    EXPECT_THAT(sink.messages(), SizeIs(1));
}

TEST_F(PollFeedTest, ALostOrDamagedMemoryCostsOnlyDoubles) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, quakes, "ETag: \"one\"\r\n"}; });
    std::filesystem::create_directories(stateFile().parent_path());
    std::ofstream(stateFile()) << R"({"address":")" << peer.url("/a") << R"(","etag":)";
    start(peer.url("/a"));
    ASSERT_TRUE(peer.awaitRequests(1));
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 1; }));
    EXPECT_EQ(peer.requests()[0].header("if-none-match"), "");
}

TEST_F(PollFeedTest, TheSameFromAServerWithoutETagIsNotTakenTwice) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, quakes, {}}; });
    start(peer.url());
    ASSERT_TRUE(peer.awaitRequests(5));
    stop();
    EXPECT_THAT(sink.messages(), SizeIs(1));
}

TEST_F(PollFeedTest, WhatFailsIsToldAndTriedAgain) {
    struct Case {
        HttpPeer::Reply reply;
        std::string reason;
    };
    const std::vector<Case> cases{
        {{404, "no", {}}, "answers 404: not found"},
        {{503, "no", "Retry-After: 0\r\n"}, "answers 503"},
        {{401, "no", {}}, "answers 401"},
        {{200, "<!DOCTYPE html><html><head><title>Sign in</title></head></html>", {}}, "a web page instead of data"},
        {{.raw = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{\"type\":"}, "breaks off in the middle"},
        {{.raw = "SSH-2.0-OpenSSH_9.2\r\n"}, "127.0.0.1"},
        {{302, {}, "Location: file:///etc/passwd\r\n"}, "not HTTP"},
        {{302, {}, "Location: /again\r\n"}, "sends us on more than 5 times"},
        {{200, "these are no gzip data", "Content-Encoding: gzip\r\n"}, "cannot be unpacked"},
    };
    for (const auto& one : cases) {
        std::atomic<bool> mended{false};
        HttpPeer peer([&](const HttpPeer::Request&) { return mended ? HttpPeer::Reply{200, quakes, {}} : one.reply; });
        config.name = one.reason; // a lamp of its own
        start(peer.url());
        ASSERT_TRUE(awaitState(FeedState::waiting)) << one.reason;
        EXPECT_THAT(status().stateReason, HasSubstr(one.reason));
        const auto before = sink.messages().size();
        mended = true;
        EXPECT_TRUE(awaitState(FeedState::up)) << one.reason;
        EXPECT_EQ(sink.messages().size(), before + 1);
        stop();
        EXPECT_THAT(sink.quarantined(), IsEmpty()) << one.reason;
    }
}

TEST_F(PollFeedTest, WhatIsNoDataOfTheServiceGoesToQuarantineOnce) {
    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, "{\"hello\":1}", {}}; });
    start(peer.url());
    ASSERT_TRUE(peer.awaitRequests(4));
    stop();
    ASSERT_THAT(sink.quarantined(), SizeIs(1));
    EXPECT_EQ(sink.quarantined()[0].bytes, "{\"hello\":1}");
}

TEST_F(PollFeedTest, NobodyThereAndNoAddress) {
    std::string address;
    {
        HttpPeer gone([](const HttpPeer::Request&) { return HttpPeer::Reply{}; });
        address = gone.url();
    }
    start(address);
    ASSERT_TRUE(awaitState(FeedState::waiting));
    EXPECT_THAT(status().stateReason, HasSubstr("refused"));
    stop();
    for (const auto* wrong : {"file:///etc/passwd", "ftp://example.org/", "", "not an address", "http://"}) {
        config.address = wrong;
        IoThreads io(1);
        boost::asio::thread_pool pool(1);
        const auto other = makePollFeed(config, FeedParts{io.io, pool, sink, board, clock, ids, folder.path()}, options);
        EXPECT_FALSE(other->start()) << wrong;
    }
}

TEST_F(PollFeedTest, AnIndexLeadsToItsMessagesEachOnceAsLongAsItDoesNotChange) {
    std::atomic<int> version{0};
    std::atomic<bool> second{false};
    HttpPeer peer([&](const HttpPeer::Request& request) {
        if (request.path == "/")
            return HttpPeer::Reply{200,
                                   atom({{"a", version == 0 ? "2026-11-20T08:00:00Z" : "2026-11-20T09:00:00Z"},
                                         {"b", "2026-11-20T08:00:00Z"},
                                         {"c", "2026-11-20T08:00:00Z"}}),
                                   {}};
        if (request.path == "/c.cap" && !second)
            return HttpPeer::Reply{500, "no", {}};
        return HttpPeer::Reply{200, alert(request.path + std::to_string(version)), {}};
    });
    const auto asked = [&](const std::string& path) {
        const auto all = peer.requests();
        return std::count_if(all.begin(), all.end(), [&](const auto& one) { return one.path == path; });
    };
    clock.advance(std::chrono::hours(3)); // what was changed just now may change once more within its time
    start(peer.url());
    ASSERT_TRUE(eventually([&] { return asked("/c.cap") >= 3; })); // it does not stop the others, and is tried again
    EXPECT_EQ(asked("/a.cap"), 1);
    EXPECT_EQ(asked("/b.cap"), 1);
    ASSERT_TRUE(eventually([&] { return status().stateReason.find("1 of its 3 messages") == 0; })) << status().stateReason;
    EXPECT_EQ(status().state, FeedState::up);
    second = true;
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 3; }));
    version = 1;
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 4; }));
    stop();
    EXPECT_EQ(asked("/a.cap"), 2);
    EXPECT_EQ(asked("/b.cap"), 1);
    EXPECT_THAT(loadPollState(stateFile(), config.address).taken, SizeIs(3));
}

TEST_F(PollFeedTest, WhatStandsBehindAFixedAddressIsAskedForAgain) {
    std::atomic<int> version{1};
    HttpPeer peer([&](const HttpPeer::Request& request) {
        if (request.path == "/")
            return HttpPeer::Reply{200, R"(<rss version="2.0"><channel><title>Warnings</title><item><title>The latest</title>)"
                                        R"(<link>/latest.xml</link></item></channel></rss>)",
                                   {}};
        const auto tag = "\"" + std::to_string(version) + "\"";
        if (request.header("if-none-match") == tag)
            return HttpPeer::Reply{304, {}, {}};
        return HttpPeer::Reply{200, alert("A" + std::to_string(version)), "ETag: " + tag + "\r\n"};
    });
    const auto toldOf = [&](const std::string& tag) {
        const auto all = peer.requests();
        return std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.header("if-none-match") == tag; });
    };
    start(peer.url());
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 1; }));
    ASSERT_TRUE(eventually([&] { return toldOf("\"1\""); })) << "asked for again, though its index is the same";
    version = 2;
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 2; }));
    ASSERT_TRUE(eventually([&] { return toldOf("\"2\""); }));
    stop();
    version = 3;
    start(peer.url()); // after a restart too
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == 3; }));
    stop();
    EXPECT_EQ(std::get<model::Warning>(sink.messages()[2].second).identifier, "A3");
}

TEST_F(PollFeedTest, ALongIndexIsTakenWholeOnFewConnections) {
    std::vector<std::pair<std::string, std::string>> entries;
    constexpr std::size_t count = 1'272; // as an index of the United States' National Weather Service had
    for (std::size_t i = 0; i < count; ++i)
        entries.emplace_back("m" + std::to_string(i), "2026-11-20T08:00:00Z");
    HttpPeer peer([&](const HttpPeer::Request& request) {
        return HttpPeer::Reply{200, request.path == "/" ? atom(entries) : alert(request.path), {}};
    });
    clock.advance(std::chrono::hours(3));
    start(peer.url());
    ASSERT_TRUE(eventually([&] { return sink.messages().size() == count; }));
    ASSERT_TRUE(peer.awaitRequests(count + 2));
    stop();
    EXPECT_THAT(sink.messages(), SizeIs(count));
    EXPECT_LE(peer.connections(), 2U);
}

TEST_F(PollFeedTest, WhatLetsUsInStaysWithTheServiceThatTheCountyNamed) {
    HttpPeer other([](const HttpPeer::Request&) { return HttpPeer::Reply{200, alert("other"), {}}; });
    HttpPeer peer([&](const HttpPeer::Request& request) {
        if (request.path == "/")
            return HttpPeer::Reply{200,
                                   R"(<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><updated>2026-11-20T08:00:00Z</updated><entry><id>x</id>)"
                                   R"(<updated>2026-11-20T08:00:00Z</updated><link href=")" +
                                       other.url("/x.cap") + R"("/></entry></feed>)",
                                   {}};
        return HttpPeer::Reply{404, {}, {}};
    });
    config.token = "secret";
    config.headers = {{"X-Key", "42"}, {"X-Bad\r\nInjected", "1"}};
    start(peer.url());
    ASSERT_TRUE(other.awaitRequests(1));
    stop();
    EXPECT_EQ(peer.requests()[0].header("authorization"), "Bearer secret");
    EXPECT_EQ(peer.requests()[0].header("x-key"), "42");
    EXPECT_EQ(peer.requests()[0].header("injected"), "");
    EXPECT_EQ(other.requests()[0].header("authorization"), "");
    EXPECT_EQ(other.requests()[0].header("x-key"), "");
}

TEST_F(PollFeedTest, LinksAreRelativeToWhereTheIndexWasFound) {
    HttpPeer peer([&](const HttpPeer::Request& request) {
        if (request.path == "/index")
            return HttpPeer::Reply{302, {}, "Location: /warnings/now/index.xml\r\n"};
        if (request.path == "/warnings/now/index.xml")
            return HttpPeer::Reply{200,
                                   R"(<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><updated>2026-11-20T08:00:00Z</updated><entry><id>x</id>)"
                                   R"(<updated>2026-11-20T08:00:00Z</updated><link href="x.cap"/></entry></feed>)",
                                   {}};
        if (request.header("authorization") != "Basic dXM6cGFzcw==")
            return HttpPeer::Reply{401, {}, "WWW-Authenticate: Basic realm=\"x\"\r\n"};
        return request.path == "/warnings/now/x.cap" ? HttpPeer::Reply{200, alert("x"), {}} : HttpPeer::Reply{404, {}, {}};
    });
    start("http://us:pass@" + peer.url("/index").substr(7));
    EXPECT_TRUE(eventually([&] { return sink.messages().size() == 1; }));
}

TEST_F(PollFeedTest, AClockThatIsWrongIsNoticed) {
    HttpPeer peer([](const HttpPeer::Request&) {
        return HttpPeer::Reply{200, quakes, "Date: Fri, 20 Nov 2026 08:05:00 GMT\r\n"};
    });
    start(peer.url());
    EXPECT_TRUE(eventually([&] { return status().stateReason == "its clock is 5 min ahead of ours"; })) << status().stateReason;
    EXPECT_EQ(status().state, FeedState::up);
}

TEST_F(PollFeedTest, StopsWhileTheOtherSideSaysNothingOrTheDeskIsFull) {
    HttpPeer silent([](const HttpPeer::Request&) { return HttpPeer::Reply{.hold = true}; });
    start(silent.url());
    ASSERT_TRUE(silent.awaitRequests(1));
    stop();
    EXPECT_EQ(status().state, FeedState::off);

    HttpPeer peer([](const HttpPeer::Request&) { return HttpPeer::Reply{200, quakes, "ETag: \"one\"\r\n"}; });
    sink.answerMessages([](const std::string&, const Message&) { return Receipt{Outcome::busy, {}, "full"}; });
    start(peer.url());
    ASSERT_TRUE(eventually([&] { return sink.messages().size() >= 2; }));
    stop();
    EXPECT_EQ(loadPollState(stateFile(), config.address).etag, ""); // nothing is remembered that is not committed
}

// ---- what is to be fetched

Link linkTo(const std::string& url, const std::string& id = {}, bool next = false) {
    return {url, id, {}, next};
}

TEST(PollRound, PagesComeFirstEachAddressOnceAndNotWithoutEnd) {
    const PollState before{.address = "http://h/"};
    PollRound round("http://h/", before, 5);
    auto first = round.next();
    ASSERT_TRUE(first);
    round.answered(*first, {.etag = "\"e\""}, "digest");
    round.delivered(*first, {linkTo("m1", "1"), linkTo("page2", {}, true), linkTo("m1", "1"), linkTo("/", {}, true)});
    const auto page = round.next();
    ASSERT_TRUE(page);
    EXPECT_EQ(page->url, "http://h/page2");
    round.delivered(*page, {linkTo("m2", "2"), linkTo("m3", "3"), linkTo("m4", "4"), linkTo("ftp://h/m5", "5")});
    std::vector<std::string> urls;
    while (const auto next = round.next()) {
        urls.push_back(next->url);
        round.delivered(*next, {});
    }
    EXPECT_THAT(urls, testing::ElementsAre("http://h/m1", "http://h/m2", "http://h/m3"));
    EXPECT_THAT(round.note(), HasSubstr("1 of its messages wait for the next time"));
    EXPECT_EQ(round.after().etag, ""); // so that the index comes again
    EXPECT_THAT(round.after().taken, SizeIs(3));
}

TEST(PollRound, RemembersWhatIsDoneAndForgetsWhatTheIndexNoLongerHas) {
    PollState before{.address = "http://h/", .etag = "\"old\"", .taken = {{"1", ""}, {"9", ""}}};
    PollRound round("http://h/", before, 100);
    const auto first = *round.next();
    round.answered(first, {.etag = "\"new\""}, "d");
    round.delivered(first, {linkTo("m1", "1"), linkTo("m2", "2")});
    const auto message = *round.next();
    EXPECT_EQ(message.url, "http://h/m2");
    round.delivered(message, {});
    const auto again = *round.next(); // nothing says that it is as it was
    EXPECT_EQ(again.url, "http://h/m1");
    round.unchanged(again);
    EXPECT_FALSE(round.next());
    EXPECT_EQ(round.after().etag, "\"new\"");
    EXPECT_THAT(round.after().taken, testing::ElementsAre(testing::Pair("1", ""), testing::Pair("2", "")));

    PollRound failing("http://h/", before, 100);
    failing.failed(*failing.next(), "down");
    EXPECT_TRUE(failing.firstFailed());
    EXPECT_EQ(failing.after(), before);
}

TEST(PollRound, WhatChangedJustNowMayChangeOnceMoreWithinItsMinute) {
    const auto now = *base::parseTime("2026-11-20T08:01:30Z");
    auto young = linkTo("young", "young");
    young.updated = *base::parseTime("2026-11-20T08:01:00Z");
    auto old = linkTo("old", "old");
    old.updated = *base::parseTime("2026-11-20T07:00:00Z");
    PollState state{.address = "http://h/"};
    {
        PollRound round("http://h/", state, 100, now);
        const auto first = *round.next();
        round.answered(first, {.etag = "\"i\""}, "d");
        round.delivered(first, {young, old});
        while (const auto next = round.next()) {
            round.answered(*next, {.etag = "\"" + next->key + "\""}, "m");
            round.delivered(*next, {});
        }
        state = round.after();
    }
    ASSERT_THAT(state.again, SizeIs(1));
    EXPECT_EQ(state.again.at("young").etag, "\"young\"");
    PollRound later("http://h/", state, 100, now + std::chrono::minutes(10));
    later.unchanged(*later.next());
    const auto again = later.next();
    ASSERT_TRUE(again);
    EXPECT_EQ(again->url, "http://h/young");
    EXPECT_EQ(again->known.etag, "\"young\"");
    later.unchanged(*again);
    EXPECT_FALSE(later.next());
    EXPECT_THAT(later.after().again, IsEmpty()) << "what is of then is not changed under that time any more";
    EXPECT_THAT(later.after().taken, SizeIs(2));
    EXPECT_EQ(later.after().etag, "\"i\"");
}

TEST(PollRound, ThoseWithoutDatesAreAskedInTurn) {
    PollState state{.address = "http://h/"};
    for (int i = 0; i < 500; ++i) {
        const auto key = std::to_string(i);
        state.taken[key] = "";
        state.again[key] = {"http://h/" + key, {}, {}, {}, false};
    }
    std::set<std::string> asked;
    for (int i = 0; i < 3; ++i) {
        PollRound round("http://h/", state, 1'000);
        round.unchanged(*round.next());
        std::size_t count = 0;
        for (; const auto next = round.next(); ++count) {
            asked.insert(next->url);
            if (count % 2 == 0)
                round.unchanged(*next);
            else
                round.failed(*next, "gone");
        }
        EXPECT_EQ(count, 200U);
        state = round.after();
        EXPECT_THAT(state.again, SizeIs(500));
    }
    EXPECT_THAT(asked, SizeIs(500));
}

TEST(PollState, WhatIsAskedForAgainIsRememberedAndAnOlderFileAsksTheIndexOnceMore) {
    const OwnFolder folder;
    const auto file = folder.path() / "feeds" / "x.json";
    const PollState state{.address = "http://h/", .etag = "\"i\"", .taken = {{"a", ""}, {"b", "2026-11-20T08:00:00.000000Z"}},
                          .again = {{"a", {"http://h/a", "\"1\"", "Fri", "d", true}}}, .lastAgain = "a"};
    ASSERT_TRUE(savePollState(file, state));
    EXPECT_EQ(loadPollState(file, "http://h/"), state);
    const auto older = [&](const std::string& version) {
        std::ofstream(file) << R"({"address":"http://h/","etag":"\"i\"","lastModified":"","digest":"","taken":{"a":")" << version
                            << "\"}}";
        return loadPollState(file, "http://h/");
    };
    EXPECT_EQ(older("").etag, "") << "nobody knows where its message is";
    EXPECT_EQ(older("2026-11-20T08:00:00.000000Z").etag, "\"i\"");
}

TEST(PollState, FileNamesOfFeeds) {
    EXPECT_EQ(pollStateFile("/c", "DWD Warnungen/ü"), std::filesystem::path("/c/feeds/DWD%20Warnungen%2F%C3%BC.json"));
    EXPECT_EQ(pollStateFile("/c", "../x"), std::filesystem::path("/c/feeds/%2E%2E%2Fx.json"));
}

} // namespace
} // namespace tocsin::ingest::test
