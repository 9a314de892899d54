#include "app/feeds_fixture.hpp"
#include "ingest/mqtt_broker.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr const char* overTcp = "rhine-vaduz";
constexpr const char* overMqtt = "rhine-triesen";
constexpr const char* byFolder = "rhine-schaan";
constexpr std::size_t linesAtOnce = 40;
constexpr std::size_t readingsOfAFile = 5;
constexpr std::size_t mostWaitingFiles = 8;
constexpr std::size_t mostUnacknowledged = 100; ///< MQTT messages

/// When the desk dies: after so many bytes sent, or answers heard, or steps between what is sent, of all sources
/// together. Thread safe.
class Fuse {
  public:
    enum class By : unsigned char { bytes, answers, steps };

    void light(const Process& desk, By by, std::size_t left) {
        const std::lock_guard lock(m_mutex);
        m_desk = &desk;
        m_by = by;
        m_left = left;
        m_burnt = false;
    }
    /// The desk has died, or shall not: nothing ends it any more.
    void takeOut(bool burnt) {
        const std::lock_guard lock(m_mutex);
        m_desk = nullptr;
        m_burnt = burnt;
        m_changed.notify_all();
    }
    void count(By what, std::size_t by = 1) {
        const std::lock_guard lock(m_mutex);
        if (passes(what, by) < by)
            burn();
        m_changed.notify_all();
    }
    /// The end may come amid what is sent.
    bool send(const Client& to, const std::string& bytes) {
        std::size_t before = 0;
        {
            const std::lock_guard lock(m_mutex);
            before = passes(By::bytes, bytes.size());
        }
        if (before == bytes.size())
            return to.send(bytes);
        const bool went = to.send(bytes.substr(0, before));
        {
            const std::lock_guard lock(m_mutex);
            burn();
        }
        return went && to.send(bytes.substr(before));
    }
    /// Until it is so; false once the desk is dead.
    bool await(const std::function<bool()>& isSo) {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_burnt || isSo(); });
        return !m_burnt;
    }
    [[nodiscard]] bool burnt() const {
        const std::lock_guard lock(m_mutex);
        return m_burnt;
    }

  private:
    /// How many of `count` go by before the end.
    std::size_t passes(By what, std::size_t count) {
        if (m_desk == nullptr || what != m_by)
            return count;
        const auto before = std::min(count, m_left);
        m_left -= before;
        return before;
    }
    void burn() {
        if (m_desk == nullptr)
            return;
        m_desk->signal(SIGKILL);
        m_desk = nullptr;
        m_burnt = true;
        m_changed.notify_all();
    }

    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    const Process* m_desk{nullptr};
    By m_by{By::bytes};
    std::size_t m_left{0};
    bool m_burnt{false};
};

class Kill : public FeedsApp {
  protected:
    Fuse fuse;
    Sent tcp;
    Sent http;
    Sent mqtt;
    Sent files;
    std::size_t tcpAcknowledged{0};
    std::size_t tcpAgain{0};
    std::atomic<std::size_t> mqttSent{0};
    std::atomic<int> mqttAcknowledged{0};
    std::atomic<bool> subscribed{false};

    void hearTcp(const std::string& answer, std::size_t base) {
        if (answer.rfind("ok ", 0) != 0) {
            ADD_FAILURE() << answer;
            return;
        }
        const auto now = base + std::stoul(answer.substr(3));
        for (; tcpAcknowledged < now; ++tcpAcknowledged)
            tcp.acknowledged.insert(tcpAcknowledged);
    }
    /// The report that was not acknowledged comes again, as a phone would send it again.
    bool sendReport(Client& to) {
        const auto number = http.acknowledged.size();
        http.count = number + 1;
        if (!fuse.send(to, report(number)))
            return false;
        fuse.count(Fuse::By::steps);
        const int status = to.status();
        if (status == 0)
            return false;
        if (status == 200 || status == 201)
            http.acknowledged.insert(number);
        else
            ADD_FAILURE() << status << " " << to.body();
        fuse.count(Fuse::By::answers);
        return true;
    }
    /// Written beside the folder and moved in, as is asked of senders. Dead or alive, the desk finds it there.
    void dropFile() {
        const auto name = fileName(files.count);
        const auto lines = readingLines(byFolder, files.count * readingsOfAFile, readingsOfAFile);
        std::ofstream(path("staging/" + name), std::ios::binary) << lines;
        fuse.count(Fuse::By::bytes, lines.size());
        std::filesystem::rename(path("staging/" + name), path("county/drop/" + name));
        ++files.count;
    }
    /// Sends until the desk dies; what it did not acknowledge over TCP and HTTP the next one is sent again.
    void talk(const nlohmann::json& at) {
        Client readings(at.at("readings"));
        Client door(at.at("http"));
        const auto base = tcpAcknowledged;
        const auto filesBefore = files.count;
        auto done = filesIn("county/drop/done").size();
        const auto doneBefore = done;
        for (std::size_t round = 0;; ++round) {
            if (files.count - filesBefore < done - doneBefore + mostWaitingFiles)
                dropFile();
            const auto first = base + round * linesAtOnce;
            tcpAgain += std::min(linesAtOnce, tcp.count - std::min(tcp.count, first));
            tcp.count = std::max(tcp.count, first + linesAtOnce);
            fuse.count(Fuse::By::steps);
            if (!fuse.send(readings, readingLines(overTcp, first, linesAtOnce)))
                break;
            fuse.count(Fuse::By::steps);
            if (!sendReport(door))
                break;
            const auto answer = readings.line();
            if (!answer)
                break;
            hearTcp(*answer, base);
            fuse.count(Fuse::By::answers);
            for (const auto now = filesIn("county/drop/done").size(); done < now; ++done)
                fuse.count(Fuse::By::answers);
        }
        // What was answered before the end still counts.
        for (auto answer = readings.line(); answer; answer = readings.line())
            hearTcp(*answer, base);
    }
    void publish(ingest::test::MqttPublisher& to) {
        const auto hasRoom = [this] { return mqttSent < static_cast<std::size_t>(mqttAcknowledged) + mostUnacknowledged; };
        while (fuse.await(hasRoom)) {
            auto line = readingLine(overMqtt, mqttSent);
            line.pop_back();
            to.publish("city/triesen", line); // its own connection is with the broker, who lives on
            ++mqttSent;
            fuse.count(Fuse::By::bytes, line.size());
        }
    }
    void live(Fuse::By by, std::size_t left, ingest::test::MqttPublisher* publisher) {
        const auto desk = serve();
        fuse.light(*desk, by, left);
        std::thread publishing;
        if (publisher != nullptr)
            publishing = std::thread([&] { publish(*publisher); });
        const auto ready = desk->line();
        if (!ready.empty())
            talk(nlohmann::json::parse(ready));
        const bool burnt = fuse.burnt();
        fuse.takeOut(true); // else one that died by itself would keep the publisher waiting
        if (publishing.joinable())
            publishing.join();
        desk->signal(SIGKILL);
        EXPECT_EQ(desk->wait(), -SIGKILL);
        EXPECT_TRUE(burnt) << "the desk ended by itself: " << ready;
    }
    /// All that is not acknowledged yet, to a desk that is left in peace.
    void settle() {
        fuse.takeOut(false);
        const auto desk = serve();
        const auto ready = desk->line();
        ASSERT_FALSE(ready.empty());
        const auto at = nlohmann::json::parse(ready);
        const auto base = tcpAcknowledged;
        Client readings(at.at("readings"));
        ASSERT_TRUE(readings.send(readingLines(overTcp, base, tcp.count - base)));
        while (tcpAcknowledged < tcp.count) {
            const auto answer = readings.line();
            ASSERT_TRUE(answer);
            hearTcp(*answer, base);
        }
        Client door(at.at("http"));
        ASSERT_TRUE(sendReport(door));
        ASSERT_TRUE(fuse.await([this] { return static_cast<std::size_t>(mqttAcknowledged) >= mqttSent; }));
        awaitDone(files.count);
        desk->signal(SIGTERM);
        EXPECT_EQ(desk->finish(), 0) << desk->errors;
    }
};

std::size_t numberFrom(const char* variable, std::size_t otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::max<std::size_t>(1, std::strtoul(text, nullptr, 10));
}

} // namespace

/// TOCSIN_KILLS=100 for the long form, TOCSIN_SEED for the moments of another run.
TEST_F(Kill, NothingAcknowledgedIsLostAndNothingIsThereTwiceInManySuddenDeaths) {
    const auto kills = numberFrom("TOCSIN_KILLS", 20);
    const auto seed = numberFrom("TOCSIN_SEED", std::random_device{}());
    std::printf("seed %zu\n", seed);
    std::mt19937_64 random(seed);
    const bool withMqtt = ingest::test::Mosquitto::isThere();
    const ingest::test::OwnFolder brokers;
    std::unique_ptr<ingest::test::Mosquitto> broker;
    std::unique_ptr<ingest::test::MqttPublisher> publisher;
    if (withMqtt) {
        broker = std::make_unique<ingest::test::Mosquitto>(
            brokers, "allow_anonymous true\n",
            [this](std::string_view line) {
                const int count = ingest::test::acknowledgedIn(line, "desk");
                mqttAcknowledged += count;
                const bool begins = line.find("Sending SUBACK to desk") != std::string_view::npos;
                if (begins)
                    subscribed = true;
                if (begins || count != 0)
                    fuse.count(Fuse::By::answers);
            },
            ingest::test::Mosquitto::Keeps::inMemory);
        publisher = std::make_unique<ingest::test::MqttPublisher>(broker->port());
    }
    makeCounty(withMqtt ? "[[feed]]\nname = \"city\"\ntransport = \"mqtt\"\naddress = \"mqtt://" + broker->address() +
                              "\"\ntopics = [\"city/#\"]\nclient_id = \"desk\"\n"
                        : std::string());
    if (HasFatalFailure())
        return;
    if (withMqtt) { // the broker keeps for the desk what comes after its first subscription
        const auto desk = serve();
        ASSERT_FALSE(desk->line().empty());
        ASSERT_TRUE(fuse.await([this] { return subscribed.load(); }));
        desk->signal(SIGKILL);
        ASSERT_EQ(desk->wait(), -SIGKILL);
    }
    for (std::size_t kill = 0; kill < kills && !HasFailure(); ++kill) {
        switch (random() % 3) {
        case 0: live(Fuse::By::bytes, random() % 120'000, publisher.get()); break;
        case 1: live(Fuse::By::answers, random() % 250, publisher.get()); break;
        default: live(Fuse::By::steps, random() % 60, publisher.get()); break;
        }
    }
    settle();
    ASSERT_EQ(run({"journal", "verify", "--data", path("county")}).code, 0);

    mqtt.count = mqttSent;
    for (std::size_t i = 0; i < static_cast<std::size_t>(mqttAcknowledged); ++i)
        mqtt.acknowledged.insert(i); // they are acknowledged in their order
    Sent fileReadings{files.count * readingsOfAFile, {}};
    files.acknowledged = filesIn("county/drop/done");
    for (const auto file : files.acknowledged) {
        for (std::size_t i = 0; i < readingsOfAFile; ++i)
            fileReadings.acknowledged.insert(file * readingsOfAFile + i);
    }
    std::printf("%zu sudden deaths; over TCP %zu readings were sent more than once; %zu files of %zu moved to done\n", kills,
                tcpAgain, files.acknowledged.size(), files.count);
    const auto keptTcp = keptReadings(overTcp);
    const auto keptMqtt = keptReadings(overMqtt);
    const auto keptFiles = keptReadings(byFolder);
    judge("TCP readings", tcp, keptTcp);
    judge("HTTP reports", http, keptReports());
    judge("MQTT readings", mqtt, keptMqtt);
    judge("file readings", fileReadings, keptFiles);
    EXPECT_EQ(readingRows(), keptTcp.size() + keptMqtt.size() + keptFiles.size()) << "a reading stands there twice";
    EXPECT_TRUE(filesIn("county/drop/bad").empty());
    // A desk that takes nothing loses nothing either.
    EXPECT_GT(tcp.acknowledged.size(), kills * linesAtOnce / 2);
    EXPECT_GT(http.acknowledged.size(), kills / 2);
    EXPECT_GT(files.acknowledged.size(), kills / 2);
    if (!withMqtt)
        GTEST_SKIP() << "no " << ingest::test::Mosquitto::program << ": the other sources only";
    EXPECT_GT(mqtt.acknowledged.size(), kills);
}

TEST_F(Kill, ServeEndsCleanlyOnSigtermAndSigint) {
    makeDemo();
    for (const int signal : {SIGTERM, SIGINT}) {
        Process desk(
            {program, "serve", "--data", path("county"), "--readings", "127.0.0.1:0", "--http", "127.0.0.1:0"});
        ASSERT_FALSE(desk.line().empty());
        const auto second = run({"serve", "--data", path("county")});
        EXPECT_EQ(second.code, 1) << "two desks on one folder";
        desk.signal(signal);
        EXPECT_EQ(desk.finish(), 0) << desk.errors;
    }
}
