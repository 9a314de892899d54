#include "app/feeds_fixture.hpp"
#include "ingest/mqtt_broker.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>
#include <sys/resource.h>

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr const char* overTcp = "rhine-vaduz";
constexpr const char* overHttp = "rhine-bendern";
constexpr const char* byFolder = "rhine-schaan";
constexpr const char* overMqtt = "rhine-triesen";
constexpr std::size_t linesAtOnce = 40;
constexpr std::size_t readingsAtOnce = 3; ///< of one request, and of one file
constexpr std::size_t mostRounds = 100;
constexpr std::size_t messagesAtOnce = 50; ///< over MQTT; more than the broker has under way with one client
constexpr std::size_t mostMessages = 2'000; ///< one by one, until the disk is full

/// What a broker's log says of the client "desk". Thread safe.
class BrokersWord {
  public:
    void hear(std::string_view line) {
        const std::lock_guard lock(m_mutex);
        acknowledged += ingest::test::acknowledgedIn(line, "desk");
        subscriptions += line.find("Sending SUBACK to desk") != std::string_view::npos ? 1 : 0;
        connections += line.find("New client connected") != std::string_view::npos &&
                               line.find(" as desk (") != std::string_view::npos
                           ? 1
                           : 0;
        m_changed.notify_all();
    }
    /// Until it is so.
    void await(const std::function<bool()>& isSo) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, isSo);
    }
    /// Until the desk has come back, which it does after each time that it could not store what it was shown; and how many
    /// messages it had acknowledged by then.
    [[nodiscard]] int awaitReturn() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this, before = connections] { return connections > before; });
        return acknowledged;
    }

    // Looked at within await().
    int acknowledged{0};
    int subscriptions{0};
    int connections{0};

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

/// Files of the desk cannot grow beyond a size, as on a disk that is full. Needs no rights but the user's own.
class FullDisk : public FeedsApp {
  protected:
    std::unique_ptr<Process> desk;
    nlohmann::json at;
    Sent tcp;
    Sent reports;
    Sent http;
    Sent files;

    void begin() {
        desk = serve();
        const auto ready = desk->line();
        ASSERT_FALSE(ready.empty());
        at = nlohmann::json::parse(ready);
    }
    void setRoom(rlim_t bytes) const {
        rlimit limit{};
        ASSERT_EQ(::prlimit(desk->pid(), RLIMIT_FSIZE, nullptr, &limit), 0);
        limit.rlim_cur = std::min(bytes, limit.rlim_max);
        ASSERT_EQ(::prlimit(desk->pid(), RLIMIT_FSIZE, &limit, nullptr), 0);
    }
    /// So much that some commits still fit.
    [[nodiscard]] rlim_t aLittleMore() const {
        std::uintmax_t largest = 0;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(path("county"))) {
            if (entry.path().extension() == ".db-wal")
                largest = std::max(largest, entry.file_size());
        }
        return largest + 100'000;
    }

    /// What became of one try: "" where it was acknowledged.
    std::string sendTcp() {
        const auto first = tcp.acknowledged.size();
        tcp.count = std::max(tcp.count, first + linesAtOnce);
        Client client(at.at("readings"));
        if (!client.send(readingLines(overTcp, first, linesAtOnce)))
            return "closed";
        while (tcp.acknowledged.size() < first + linesAtOnce) {
            const auto answer = client.line();
            if (!answer)
                return "closed";
            if (answer->rfind("ok ", 0) != 0)
                return *answer;
            for (auto to = first + std::stoul(answer->substr(3)); tcp.acknowledged.size() < to;)
                tcp.acknowledged.insert(tcp.acknowledged.size());
        }
        return {};
    }
    std::string ask(const std::string& request) const {
        Client client(at.at("http"));
        if (!client.send(request))
            return "closed";
        const int status = client.status();
        return status == 200 || status == 201 ? std::string() : std::to_string(status) + " " + client.body();
    }
    std::string sendReport() {
        const auto number = reports.acknowledged.size();
        reports.count = number + 1;
        const auto answer = ask(report(number, std::string(2'000, '.')));
        if (answer.empty())
            reports.acknowledged.insert(number);
        return answer;
    }
    std::string sendReadings() {
        const auto first = http.acknowledged.size();
        http.count = std::max(http.count, first + readingsAtOnce);
        const auto answer =
            ask(post("/readings", "application/x-ndjson", readingLines(overHttp, first, readingsAtOnce)));
        for (std::size_t i = 0; answer.empty() && i < readingsAtOnce; ++i)
            http.acknowledged.insert(first + i);
        return answer;
    }
    void dropFile() {
        const auto name = fileName(files.count);
        std::ofstream(path("staging/" + name), std::ios::binary)
            << readingLines(byFolder, files.count * readingsAtOnce, readingsAtOnce);
        std::filesystem::rename(path("staging/" + name), path("county/drop/" + name));
        ++files.count;
    }
    void sendAll() {
        EXPECT_EQ(sendTcp(), "");
        EXPECT_EQ(sendReport(), "");
        EXPECT_EQ(sendReadings(), "");
    }
    void expectRefused() {
        EXPECT_NE(sendTcp().find("disk is full"), std::string::npos);
        for (const auto& answer : {sendReport(), sendReadings()}) {
            EXPECT_EQ(answer.substr(0, 4), "503 ") << answer;
            EXPECT_NE(answer.find("disk is full"), std::string::npos) << answer;
        }
    }
    [[nodiscard]] nlohmann::json health() const {
        Client client(at.at("http"));
        EXPECT_TRUE(client.send("GET /health HTTP/1.1\r\nHost: x\r\n\r\n"));
        EXPECT_NE(client.status(), 0);
        return nlohmann::json::parse(client.body(), nullptr, false);
    }
    /// Of a feed, by its name.
    [[nodiscard]] nlohmann::json healthOf(const std::string& name) const {
        const auto now = health(); // lives as long as it is looked through
        for (const auto& feed : now.at("feeds")) {
            if (feed.at("name") == name)
                return feed;
        }
        return {};
    }
    /// Until the folder's feed has the file in hand and waits with it.
    void awaitFileInHand() const {
        for (;;) {
            const auto drop = healthOf("drop");
            if (!drop.is_null() && (drop.at("backlog").get<int>() > 0 || drop.at("state") == "waiting"))
                return;
        }
    }
};

} // namespace

TEST_F(FullDisk, SendersAreToldAndOnceThereIsRoomAgainAllIsThereOnce) {
    makeCounty();
    if (HasFatalFailure())
        return;
    for (const bool dies : {false, true}) { // the desk goes on by itself; and one that is killed begins anew
        begin();
        if (HasFatalFailure())
            return;
        sendAll();
        dropFile();
        awaitDone(files.count);

        // It fills up under way: what still fits is acknowledged, then each sender is refused in its turn.
        setRoom(aLittleMore());
        bool all = false;
        std::size_t fitted = 0;
        std::set<std::string> refused;
        for (std::size_t round = 0; round < mostRounds && !all; ++round) {
            const std::map<std::string, std::string> answers{
                {"TCP", sendTcp()}, {"reports", sendReport()}, {"readings", sendReadings()}};
            for (const auto& [who, answer] : answers) {
                if (answer.empty())
                    ++fitted;
                else
                    refused.insert(who);
            }
            all = refused.size() == 3;
        }
        EXPECT_TRUE(all) << "it never filled up";
        EXPECT_GT(fitted, 0U);

        // Nothing at all can be written.
        setRoom(0);
        dropFile();
        awaitFileInHand();
        for (int i = 0; i < 3; ++i)
            expectRefused();
        EXPECT_NE(health().at("desk").get<std::string>().find("disk is full"), std::string::npos);
        EXPECT_EQ(filesIn("county/drop/done").size(), files.count - 1) << "moved away, and stored nowhere";

        if (dies) {
            desk->signal(SIGKILL);
            EXPECT_EQ(desk->wait(), -SIGKILL);
            begin();
            if (HasFatalFailure())
                return;
        } else {
            setRoom(RLIM_INFINITY);
        }
        awaitDone(files.count); // nobody sends it again
        sendAll();
        EXPECT_TRUE(health().at("desk").is_null());
        desk->signal(SIGTERM);
        EXPECT_EQ(desk->finish(), 0) << desk->errors;
    }
    EXPECT_EQ(run({"journal", "verify", "--data", path("county")}).code, 0);
    EXPECT_TRUE(filesIn("county/drop/bad").empty());

    Sent fileReadings{files.count * readingsAtOnce, {}};
    for (std::size_t i = 0; i < filesIn("county/drop/done").size() * readingsAtOnce; ++i)
        fileReadings.acknowledged.insert(i);
    const auto keptTcp = keptReadings(overTcp);
    const auto keptHttp = keptReadings(overHttp);
    const auto keptFiles = keptReadings(byFolder);
    judge("TCP readings", tcp, keptTcp);
    judge("HTTP readings", http, keptHttp);
    judge("HTTP reports", reports, keptReports());
    judge("file readings", fileReadings, keptFiles);
    EXPECT_EQ(readingRows(), keptTcp.size() + keptHttp.size() + keptFiles.size()) << "a reading stands there twice";
}

/// The broker, who has its promise already, keeps what the desk cannot, and shows it until it is stored.
TEST_F(FullDisk, ABrokerIsAcknowledgedNothingThatIsNotStoredAndOnceThereIsRoomAgainAllIsThereOnce) {
    if (!ingest::test::Mosquitto::isThere())
        GTEST_SKIP() << "no " << ingest::test::Mosquitto::program << ": the real broker is missing";
    BrokersWord word;
    const ingest::test::OwnFolder brokers;
    const ingest::test::Mosquitto broker(brokers, "allow_anonymous true\n", [&](std::string_view line) { word.hear(line); },
                                         ingest::test::Mosquitto::Keeps::inMemory);
    if (HasFatalFailure())
        return;
    ingest::test::MqttPublisher publisher(broker.port());
    Sent mqtt;
    const auto publish = [&](std::size_t count) {
        for (const auto end = mqtt.count + count; mqtt.count < end && !HasFatalFailure(); ++mqtt.count) {
            auto line = readingLine(overMqtt, mqtt.count);
            line.pop_back();
            publisher.publish("city/triesen", line);
        }
    };
    const auto allAcknowledged = [&] { return word.acknowledged >= static_cast<int>(mqtt.count); };
    makeCounty("[[feed]]\nname = \"city\"\ntransport = \"mqtt\"\naddress = \"mqtt://" + broker.address() +
               "\"\ntopics = [\"city/#\"]\nqos = 1\nclient_id = \"desk\"\n");
    if (HasFatalFailure())
        return;
    for (const bool dies : {false, true}) { // the desk goes on by itself; and one that is killed begins anew
        begin();
        if (HasFatalFailure())
            return;
        // The broker keeps for the desk what comes after its first subscription.
        word.await([&, wanted = dies ? 2 : 1] { return word.subscriptions >= wanted; });
        publish(messagesAtOnce);
        word.await(allAcknowledged);

        // It fills up under way: what still fits is acknowledged, one by one, until the desk gives the connection up.
        int connections = 0;
        word.await([&] {
            connections = word.connections;
            return true;
        });
        setRoom(aLittleMore());
        const auto most = mqtt.count + mostMessages;
        bool full = false;
        while (!full && mqtt.count < most && !HasFatalFailure()) {
            publish(1);
            word.await([&] {
                full = word.connections > connections;
                return full || allAcknowledged();
            });
        }
        EXPECT_TRUE(full) << "it never filled up";

        // Nothing at all can be written: the desk is shown the same again and again, and acknowledges none of it.
        setRoom(0);
        publish(messagesAtOnce);
        (void)word.awaitReturn();
        const int until = word.awaitReturn(); // between the two it has tried
        const auto stored = keptReadings(overMqtt);
        for (std::size_t i = 0; i < static_cast<std::size_t>(until); ++i)
            EXPECT_TRUE(stored.contains(i)) << i << " is acknowledged, and stored nowhere";
        EXPECT_LE(stored.size(), mqtt.count - messagesAtOnce);
        EXPECT_NE(health().at("desk").get<std::string>().find("disk is full"), std::string::npos);

        if (dies) {
            desk->signal(SIGKILL);
            EXPECT_EQ(desk->wait(), -SIGKILL);
            begin();
            if (HasFatalFailure())
                return;
        } else {
            setRoom(RLIM_INFINITY);
        }
        word.await(allAcknowledged); // nobody sends it again but the broker
        publish(messagesAtOnce);
        word.await(allAcknowledged);
        EXPECT_TRUE(health().at("desk").is_null());
        EXPECT_EQ(healthOf("city").at("quarantined"), 0);
        desk->signal(SIGTERM);
        EXPECT_EQ(desk->finish(), 0) << desk->errors;
    }
    EXPECT_EQ(run({"journal", "verify", "--data", path("county")}).code, 0);

    word.await([&] {
        EXPECT_EQ(word.acknowledged, static_cast<int>(mqtt.count));
        for (std::size_t i = 0; i < static_cast<std::size_t>(word.acknowledged); ++i)
            mqtt.acknowledged.insert(i); // they are acknowledged in their order
        return true;
    });
    const auto kept = keptReadings(overMqtt);
    judge("MQTT readings", mqtt, kept);
    EXPECT_EQ(kept.size(), mqtt.count);
    EXPECT_EQ(readingRows(), kept.size()) << "a reading stands there twice";
}
