#include "ingest/feed_peer.hpp"
#include "ingest/tak_message.hpp"
#include "tocsin/ingest/feed.hpp"

#include <boost/asio/ip/multicast.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::ingest;
using namespace tocsin::ingest::test;

namespace {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
namespace fs = std::filesystem;

/// A desk that counts positions too.
class UnitSink final : public Sink {
  public:
    void readings(ReadingBatch, std::function<void(base::Result<ReadingsReceipt>)> done) override { done(ReadingsReceipt{}); }
    void positions(std::string, std::vector<model::UnitPosition> positions,
                   std::function<void(base::Result<ReadingsReceipt>)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            if (m_refuse > 0) {
                --m_refuse;
                ++m_refused;
                m_changed.notify_all();
                m_waiting.push_back(std::move(done));
                return;
            }
            for (const auto& one : positions)
                m_positions.push_back(one);
        }
        m_changed.notify_all();
        done(ReadingsReceipt{positions.size(), 0, 0});
    }
    void message(std::string, Message message, std::function<void(Receipt)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            m_messages.push_back(std::move(message));
        }
        m_changed.notify_all();
        done({Outcome::stored, {"id"}, {}});
    }
    void quarantine(std::string, Format, Fault fault, std::function<void(Receipt)> done) override {
        {
            const std::lock_guard lock(m_mutex);
            m_quarantined.emplace_back(std::move(fault.bytes), std::move(fault.error));
        }
        m_changed.notify_all();
        done({Outcome::quarantined, {}, {}});
    }
    template <typename Until>
    [[nodiscard]] bool await(const Until& until) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(20), [&] { return until(*this); });
    }
    [[nodiscard]] bool awaitPositions(std::size_t count) {
        return await([count](const UnitSink& sink) { return sink.m_positions.size() >= count; });
    }
    [[nodiscard]] bool awaitQuarantined(std::size_t count) {
        return await([count](const UnitSink& sink) { return sink.m_quarantined.size() >= count; });
    }
    [[nodiscard]] bool awaitMessages(std::size_t count) {
        return await([count](const UnitSink& sink) { return sink.m_messages.size() >= count; });
    }

    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<model::UnitPosition> m_positions;
    std::vector<Message> m_messages;
    std::vector<std::pair<std::string, base::Error>> m_quarantined;
    std::vector<std::function<void(base::Result<ReadingsReceipt>)>> m_waiting;
    int m_refuse{0}; ///< so many batches are not answered
    int m_refused{0};
};

std::string event(const std::string& uid, const std::string& type = "a-f-G-U-C", const std::string& detail = "") {
    return "<event version=\"2.0\" uid=\"" + uid + "\" type=\"" + type +
           "\" time=\"2026-11-20T08:00:00Z\" start=\"2026-11-20T08:00:00Z\" stale=\"2026-11-20T08:05:00Z\" how=\"m-g\">"
           "<point lat=\"47.1\" lon=\"9.5\" hae=\"0\" ce=\"1\" le=\"1\"/><detail><contact callsign=\"" +
           uid + "\"/>" + detail + "</detail></event>";
}

class CotFeed : public ::testing::Test {
  protected:
    void start(FeedConfig config) {
        if (config.name.empty())
            config.name = "phones";
        feed = makeFeed(config, parts);
        const auto started = feed->start();
        ASSERT_TRUE(started) << started.error().message;
    }
    void start() {
        FeedConfig config;
        config.transport = Transport::cotTcp;
        config.address = "127.0.0.1:0";
        start(config);
    }
    [[nodiscard]] Endpoint at() const { return *parseEndpoint(feed->listensAt()); }
    void TearDown() override {
        if (feed)
            feed->stop();
        threads.join();
        feed.reset();
        workers.join();
    }

    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:01Z")};
    base::RandomIdSource ids{clock};
    FeedBoard board{clock};
    UnitSink sink;
    asio::thread_pool workers{1};
    IoThreads threads;
    FeedParts parts{threads.io, workers, sink, board, clock, ids, fs::temp_directory_path()};
    std::unique_ptr<Feed> feed;
};

TEST_F(CotFeed, TakesEventsInAnyPiecesAndAnswersPings) {
    start();
    Peer phone(at());
    const auto text = "<?xml version='1.0'?>" + event("one") + event("two");
    for (std::size_t i = 0; i < text.size(); i += 7)
        phone.send(text.substr(i, 7));
    ASSERT_TRUE(sink.awaitPositions(2));
    EXPECT_EQ(sink.m_positions[1].unit.value, "two");
    phone.send(event("one-ping", "t-x-c-t"));
    const auto pong = phone.line();
    ASSERT_TRUE(pong);
    EXPECT_NE(pong->find("t-x-c-t-r"), std::string::npos);
    EXPECT_EQ(board.feed("phones").status().connections, 1U);
}

TEST_F(CotFeed, OnePhoneSeesTheOthers) {
    start();
    Peer first(at());
    first.send(event("one"));
    ASSERT_TRUE(sink.awaitPositions(1));
    Peer second(at());
    second.send(event("two"));
    ASSERT_TRUE(sink.awaitPositions(2));
    EXPECT_EQ(first.line(), event("two"));
    EXPECT_EQ(second.line(), event("one")) << "where the others are, though they stand still";
    // To one only.
    Peer third(at());
    third.send(event("three"));
    EXPECT_EQ(first.line(), event("three"));
    EXPECT_EQ(second.line(), event("three"));
    const auto chat = event("chat", "b-t-f", "<__chat chatroom='one'/><remarks>hello</remarks><marti><dest callsign='one'/></marti>");
    second.send(chat + event("two", "a-f-G", "<track speed='1' course='1'/>"));
    EXPECT_EQ(first.line(), chat);
    ASSERT_TRUE(sink.awaitMessages(1));
    third.line();
    third.line();
    EXPECT_NE(third.line()->find("track"), std::string::npos) << "not the chat";
    // What is broken is not passed on.
    second.send("<event uid='x' type='a-f-G'></event>" + event("two", "a-f-G", "<remarks>after</remarks>"));
    EXPECT_NE(first.line()->find("course"), std::string::npos);
    EXPECT_NE(first.line()->find("after"), std::string::npos);
}

TEST_F(CotFeed, WithoutTheRelayEachIsAlone) {
    FeedConfig config;
    config.transport = Transport::cotTcp;
    config.address = "127.0.0.1:0";
    config.relay = false;
    start(config);
    Peer first(at());
    first.send(event("one"));
    Peer second(at());
    second.send(event("two"));
    ASSERT_TRUE(sink.awaitPositions(2));
    first.send(event("p", "t-x-c-t"));
    EXPECT_NE(first.line()->find("t-x-c-t-r"), std::string::npos) << "the pong, and nothing before it";
}

TEST_F(CotFeed, GoesOnAfterWhatIsBroken) {
    start();
    Peer phone(at());
    phone.send(event("one").substr(0, 90) + event("two") + "<event version='2.0'>" + std::string(400'000, 'x'));
    ASSERT_TRUE(sink.awaitPositions(1));
    EXPECT_EQ(sink.m_positions[0].unit.value, "two");
    phone.send("</detail></event>" + event("three"));
    ASSERT_TRUE(sink.awaitPositions(2));
    ASSERT_TRUE(sink.awaitQuarantined(2));
    EXPECT_EQ(sink.m_quarantined[0].first, event("one").substr(0, 90));
    EXPECT_EQ(sink.m_quarantined[1].second.code, base::Code::tooLarge);
}

TEST_F(CotFeed, OtherProtocolsAreLetGo) {
    start();
    Peer browser(at());
    browser.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    browser.endSending();
    EXPECT_EQ(browser.rest(), "");
    ASSERT_TRUE(sink.awaitQuarantined(1));
    Peer length(at()); // a frame whose length is none
    length.send("\xBF\xFF\xFF\xFF\xFF\xFF\xFF");
    EXPECT_EQ(length.rest(), "");
    ASSERT_TRUE(sink.awaitQuarantined(2));
    Peer nonsense(at());
    std::string many;
    for (int i = 0; i < 30; ++i)
        many += "<event uid='x'/>";
    nonsense.trySend(many);
    nonsense.rest();
    Peer vanishing(at());
    vanishing.send(event("half").substr(0, 50));
    vanishing.vanish();
    Peer phone(at());
    phone.send(event("good"));
    EXPECT_TRUE(sink.awaitPositions(1));
}

TEST_F(CotFeed, ProtobufIsReadAndPassedOnAsXml) {
    start();
    Peer other(at());
    other.send(event("other"));
    ASSERT_TRUE(sink.awaitPositions(1));
    Peer phone(at());
    // It would rather talk protobuf: the answer is no, by the uid it asked with.
    phone.send(event("ask-7", "t-x-takp-q", "<TakControl><TakRequest version=\"1\"/></TakControl>"));
    const auto answer = phone.line();
    ASSERT_TRUE(answer);
    EXPECT_NE(answer->find("uid=\"ask-7\" type=\"t-x-takp-r\""), std::string::npos) << *answer;
    EXPECT_NE(answer->find("<TakResponse status=\"false\"/>"), std::string::npos);
    // What comes as protobuf all the same, in any pieces and beside XML, is read.
    TakMessage message;
    message.uid = "proto";
    TakMessage broken;
    broken.xmlDetail = "<remarks>";
    const auto bytes = message.frame() + event("xml") + broken.frame() + message.frame();
    for (std::size_t i = 0; i < bytes.size(); i += 5)
        phone.send(bytes.substr(i, 5));
    ASSERT_TRUE(sink.awaitPositions(4));
    EXPECT_EQ(sink.m_positions[1].unit.value, "proto");
    EXPECT_EQ(sink.m_positions[1].callSign, "Tanker 2");
    EXPECT_EQ(sink.m_positions[2].unit.value, "xml");
    ASSERT_TRUE(sink.awaitQuarantined(1));
    EXPECT_EQ(sink.m_quarantined[0].first, broken.frame());
    const auto seen = other.line();
    ASSERT_TRUE(seen);
    EXPECT_TRUE(seen->starts_with("<event version=\"2.0\" uid=\"proto\"")) << *seen;
    EXPECT_NE(seen->find("callsign=\"Tanker 2\""), std::string::npos);
}

TEST_F(CotFeed, ASlowReaderCostsNobodyElse) {
    start();
    Peer slow(at()); // reads nothing at all
    slow.send(event("slow"));
    ASSERT_TRUE(sink.awaitPositions(1));
    Peer loud(at());
    const auto big = event("loud", "a-f-G", "<remarks>" + std::string(20'000, 'r') + "</remarks>");
    constexpr std::size_t many = 250; // five megabytes to each
    for (std::size_t i = 0; i < many; ++i)
        loud.send(big);
    EXPECT_TRUE(sink.awaitPositions(many + 1));
    slow.send(event("slow"));
    EXPECT_TRUE(sink.awaitPositions(many + 2)) << "what it sends is taken all the same";
}

TEST_F(CotFeed, ABusyDeskStopsItsSender) {
    start();
    sink.m_refuse = 1;
    Peer phone(at());
    phone.send(event("one"));
    ASSERT_TRUE(sink.await([](const UnitSink& s) { return s.m_refused == 1; }));
    phone.send(event("two"));
    EXPECT_TRUE(sink.m_positions.empty());
    std::exchange(sink.m_waiting, {}).front()(base::fail(base::Code::unavailable, "busy"));
    EXPECT_TRUE(sink.awaitPositions(2)) << "offered again, and then the next";
    EXPECT_EQ(sink.m_positions[0].unit.value, "one");
}

/// What came of telling somebody.
bool told(Feed& feed, const std::string& callSign, const std::string& bytes) {
    std::promise<bool> promise;
    feed.tell(callSign, bytes, [&](bool handed) { promise.set_value(handed); });
    return promise.get_future().get();
}

TEST_F(CotFeed, OnlyWhoIsConnectedIsReached) {
    start();
    EXPECT_FALSE(told(*feed, "one", "<event/>\n")) << "nobody is there";
    {
        Peer phone(at());
        phone.send(event("one"));
        ASSERT_TRUE(sink.awaitPositions(1));
        EXPECT_TRUE(told(*feed, "one", "<event uid='order'/>\n"));
        EXPECT_EQ(phone.line(), "<event uid='order'/>");
        EXPECT_FALSE(told(*feed, "two", "<event/>\n"));
        phone.endSending();
        EXPECT_EQ(phone.rest(), "");
    }
    EXPECT_FALSE(told(*feed, "one", "<event/>\n")) << "it has gone";
}

TEST(FirstThat, AYesIsToldAtOnceAndANoWhenAllHaveSaidIt) {
    std::vector<bool> answers;
    const auto note = [&](bool handed) { answers.push_back(handed); };
    (void)firstThat(0, note);
    EXPECT_EQ(answers, std::vector{false});
    const auto two = firstThat(2, note);
    two(false);
    EXPECT_EQ(answers.size(), 1U);
    two(true);
    EXPECT_EQ(answers, (std::vector{false, true}));
    const auto more = firstThat(2, note);
    more(true);
    more(false);
    EXPECT_EQ(answers.size(), 3U) << "once";
    const auto none = firstThat(2, note);
    none(false);
    none(false);
    EXPECT_FALSE(answers.back());
}

TEST_F(CotFeed, ADatagramReachesNobodyForSure) {
    FeedConfig config;
    config.transport = Transport::cotUdp;
    config.address = "127.0.0.1:0";
    start(config);
    EXPECT_FALSE(told(*feed, "one", "<event/>"));
}

TEST_F(CotFeed, Datagrams) {
    for (const std::string host : {"127.0.0.1", "239.2.3.1"}) {
        SCOPED_TRACE(host);
        FeedConfig config;
        config.name = "net-" + host;
        config.transport = Transport::cotUdp;
        config.address = host + ":0";
        auto listening = makeFeed(config, parts);
        const auto started = listening->start();
        ASSERT_TRUE(started) << started.error().message;
        const auto port = parseEndpoint(listening->listensAt())->port;
        asio::io_context io;
        asio::ip::udp::socket socket(io, asio::ip::udp::v4());
        socket.set_option(asio::ip::multicast::outbound_interface(asio::ip::address_v4::loopback()));
        socket.set_option(asio::ip::multicast::enable_loopback(true));
        const auto before = sink.m_positions.size();
        const auto text = event(host);
        socket.send_to(asio::buffer(text), {asio::ip::make_address(host), port});
        EXPECT_TRUE(sink.awaitPositions(before + 1));
        const auto protobuf = TakMessage().datagram(); // what ATAK sends in the mesh
        socket.send_to(asio::buffer(protobuf), {asio::ip::make_address(host), port});
        EXPECT_TRUE(sink.awaitPositions(before + 2));
        EXPECT_EQ(sink.m_positions.back().unit.value, "ANDROID-1");
        listening->stop();
    }
}

TEST_F(CotFeed, WeConnectToAServerAndAgainWhenItEnds) {
    asio::io_context io;
    Tcp::acceptor server(io, {asio::ip::address_v4::loopback(), 0});
    FeedConfig config;
    config.name = "tak";
    config.transport = Transport::cotConnect;
    config.address = "127.0.0.1:" + std::to_string(server.local_endpoint().port());
    start(config);
    {
        auto socket = server.accept();
        asio::write(socket, asio::buffer(event("one")));
        ASSERT_TRUE(sink.awaitPositions(1));
        std::array<char, 200> ping{};
        EXPECT_GT(socket.read_some(asio::buffer(ping)), 0U);
        EXPECT_EQ(board.feed("tak").status().state, FeedState::up);
        EXPECT_TRUE(told(*feed, "one", "<event uid='order'/>\n")) << "the server has told of it";
        EXPECT_FALSE(told(*feed, "two", "<event uid='order'/>\n"));
    }
    auto socket = server.accept(); // a second later
    asio::write(socket, asio::buffer(event("two")));
    EXPECT_TRUE(sink.awaitPositions(2));
}

/// A CA, a server's and a client's certificate, made by openssl.
class CotTls : public CotFeed {
  protected:
    void SetUp() override {
        std::string pattern = (fs::temp_directory_path() / "tocsin-cot-XXXXXX").string();
        folder = ::mkdtemp(pattern.data());
        parts.folder = folder;
        const auto run = [this](const std::string& command) {
            return std::system(("cd " + folder.string() + " && openssl " + command + " >/dev/null 2>&1").c_str()) == 0;
        };
        made = run("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca");
        for (const std::string name : {"server", "client"})
            made = made &&
                   run("req -newkey rsa:2048 -nodes -keyout " + name + ".key -out " + name + ".csr -subj /CN=localhost") &&
                   run("x509 -req -in " + name + ".csr -CA ca.pem -CAkey ca.key -CAcreateserial -out " + name + ".pem -days 2");
        if (!made)
            GTEST_SKIP() << "openssl is not here";
    }
    void TearDown() override {
        CotFeed::TearDown();
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
    /// True if the other side took the handshake, with or without our certificate, and an event.
    bool says(const std::string& text, bool withCertificate) {
        asio::io_context io;
        asio::ssl::context context(asio::ssl::context::tls_client);
        if (withCertificate) {
            context.use_certificate_chain_file((folder / "client.pem").string());
            context.use_private_key_file((folder / "client.key").string(), asio::ssl::context::pem);
        }
        asio::ssl::stream<Tcp::socket> stream(io, context);
        stream.next_layer().connect({asio::ip::make_address(at().host), at().port});
        boost::system::error_code error;
        stream.handshake(asio::ssl::stream_base::client, error);
        if (!error)
            asio::write(stream, asio::buffer(text + event("ping", "t-x-c-t")), error);
        std::array<char, 64> pong{};
        if (!error) // with TLS 1.3 the server's refusal comes after our own handshake
            stream.read_some(asio::buffer(pong), error);
        return !error;
    }
    fs::path folder;
    bool made{false};
};

TEST_F(CotTls, AsksForCertificatesOfItsCa) {
    FeedConfig config;
    config.transport = Transport::cotTcp;
    config.address = "127.0.0.1:0";
    config.tls.certificate = "server.pem";
    config.tls.key = "server.key";
    config.tls.ca = "ca.pem";
    start(config);
    EXPECT_FALSE(says(event("stranger"), false));
    EXPECT_TRUE(says(event("friend"), true));
    ASSERT_TRUE(sink.awaitPositions(1));
    EXPECT_EQ(sink.m_positions[0].unit.value, "friend");
    Peer clear(at()); // speaks no TLS
    clear.trySend(event("clear"));
    clear.rest();
    EXPECT_EQ(sink.m_positions.size(), 1U);
}

TEST_F(CotTls, ACertificateThatIsNoneIsToldAtTheStart) {
    FeedConfig config;
    config.name = "phones";
    config.transport = Transport::cotTcp;
    config.address = "127.0.0.1:0";
    config.tls.certificate = "nothing.pem";
    const auto started = makeFeed(config, parts)->start();
    ASSERT_FALSE(started);
    EXPECT_NE(started.error().message.find("nothing.pem"), std::string::npos);
}

} // namespace
