#pragma once

#include "app/app_fixture.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/store/readings.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <map>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <set>
#include <sys/inotify.h>
#include <sys/socket.h>

namespace tocsin::test {

/// A plain client on loopback.
class Client {
  public:
    explicit Client(const std::string& hostPort) {
        const auto colon = hostPort.rfind(':');
        m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(hostPort.substr(colon + 1))));
        ::inet_pton(AF_INET, hostPort.substr(0, colon).c_str(), &to.sin_addr);
        if (::connect(m_fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) {
            ::close(m_fd);
            m_fd = -1;
        }
    }
    ~Client() { ::close(m_fd); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] bool send(const std::string& bytes) const {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const auto n = ::send(m_fd, bytes.data() + done, bytes.size() - done, MSG_NOSIGNAL);
            if (n <= 0)
                return false;
            done += static_cast<std::size_t>(n);
        }
        return true;
    }
    /// A line without its end; nothing once the other side is gone.
    [[nodiscard]] std::optional<std::string> line() {
        for (;;) {
            if (const auto end = m_held.find('\n'); end != std::string::npos) {
                auto out = m_held.substr(0, end);
                m_held.erase(0, end + 1);
                return out;
            }
            if (!more())
                return std::nullopt;
        }
    }
    /// Of the next HTTP answer, which is read to its end; 0 once the other side is gone.
    [[nodiscard]] int status() {
        const auto first = line();
        if (!first || first->size() < 12)
            return 0;
        std::size_t length = 0;
        for (auto header = line(); header && *header != "\r"; header = line()) {
            if (header->rfind("Content-Length: ", 0) == 0)
                length = std::stoul(header->substr(16));
        }
        while (m_held.size() < length && more()) {
        }
        m_body = m_held.substr(0, length);
        m_held.erase(0, length);
        return std::stoi(first->substr(9, 3));
    }
    /// Of the last HTTP answer.
    [[nodiscard]] const std::string& body() const { return m_body; }

  private:
    bool more() {
        char buffer[4096];
        const auto n = ::recv(m_fd, buffer, sizeof buffer, 0);
        if (n > 0)
            m_held.append(buffer, static_cast<std::size_t>(n));
        return n > 0;
    }
    int m_fd{-1};
    std::string m_held;
    std::string m_body;
};

/// The real desk with senders that know what they sent and what of it was acknowledged. Each source numbers what it
/// sends from 0; readings have a sensor of their own for each source.
class FeedsApp : public App {
  protected:
    using Numbers = std::set<std::size_t>;
    struct Sent {
        std::size_t count{0}; ///< numbers below this went out, whole or in part
        Numbers acknowledged;
    };

    void makeCounty(const std::string& moreConfig = {}) {
        makeDemo();
        std::ofstream(path("county/config.toml"), std::ios::app)
            << "\n[[feed]]\nname = \"drop\"\ntransport = \"folder\"\naddress = \"drop\"\n" << moreConfig;
        for (const char* name : {"staging", "county/drop/done", "county/drop/bad"})
            std::filesystem::create_directories(path(name));
        m_readingsBefore = openReadings()->count().value();
    }
    [[nodiscard]] std::unique_ptr<Process> serve() const {
        return std::make_unique<Process>(std::vector<std::string>{
            program, "serve", "--data", path("county"), "--readings", "127.0.0.1:0", "--http", "127.0.0.1:0"});
    }

    // ---- what is sent

    /// A second apart, from a day that is long past.
    [[nodiscard]] static base::Time timeOf(std::size_t number) {
        return base::parseTime("2026-10-01T00:00:00Z").value() + std::chrono::seconds(number);
    }
    [[nodiscard]] static double valueOf(std::size_t number) { return 3.0 + static_cast<double>(number % 100) / 1000; }
    [[nodiscard]] static std::string readingLine(const std::string& sensor, std::size_t number) {
        char value[32];
        std::snprintf(value, sizeof value, "%.3f", valueOf(number));
        return R"({"sensor":")" + sensor + R"(","time":")" + base::formatTime(timeOf(number)) + R"(","value":)" + value +
               ",\"unit\":\"m\"}\n";
    }
    [[nodiscard]] static std::string readingLines(const std::string& sensor, std::size_t first, std::size_t count) {
        std::string lines;
        for (std::size_t i = first; i < first + count; ++i)
            lines += readingLine(sensor, i);
        return lines;
    }
    [[nodiscard]] static std::string post(const std::string& where, const std::string& type, const std::string& body) {
        return "POST " + where + " HTTP/1.1\r\nHost: x\r\nContent-Type: " + type +
               "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }
    [[nodiscard]] static std::string report(std::size_t number, const std::string& more = {}) {
        const auto id = "sent-" + std::to_string(number);
        return post("/reports", "application/json",
                    R"({"id":")" + id + R"(","category":"flood","text":"Water )" + id + more + "\"}");
    }

    // ---- the watched folder

    [[nodiscard]] static std::string fileName(std::size_t number) { return "f" + std::to_string(number) + ".ndjson"; }
    [[nodiscard]] Numbers filesIn(const std::string& where) const {
        Numbers numbers;
        for (const auto& entry : std::filesystem::directory_iterator(path(where))) {
            if (entry.is_regular_file())
                numbers.insert(std::stoul(entry.path().filename().string().substr(1)));
        }
        return numbers;
    }
    void awaitDone(std::size_t files) const {
        const int notices = ::inotify_init1(IN_CLOEXEC);
        ::inotify_add_watch(notices, path("county/drop/done").c_str(), IN_MOVED_TO);
        char events[4096];
        while (filesIn("county/drop/done").size() < files && ::read(notices, events, sizeof events) > 0) {
        }
        ::close(notices);
    }

    // ---- what is there

    /// How often each is stored, by its number.
    using Kept = std::map<std::size_t, int>;
    [[nodiscard]] Kept keptReadings(const std::string& sensor) const {
        constexpr std::size_t most = 1'000'000;
        Kept kept;
        const auto points = openReadings()->range(model::SensorId(sensor), timeOf(0), timeOf(most), most).value();
        for (const auto& point : points) {
            const auto number = static_cast<std::size_t>((point.time - timeOf(0)) / std::chrono::seconds(1));
            EXPECT_NEAR(point.value, valueOf(number), 1e-9) << sensor << " " << number;
            ++kept[number];
        }
        return kept;
    }
    [[nodiscard]] Kept keptReports() const {
        Kept kept;
        for (const auto& event : run({"journal", "export", "--data", path("county")}).json()) {
            if (event.at("type") != "report.received")
                continue;
            const auto id = event.at("data").at("report").at("sourceId").get<std::string>();
            if (id.rfind("sent-", 0) == 0)
                ++kept[std::stoul(id.substr(5))];
        }
        return kept;
    }
    /// All that came since makeCounty(), rows that say the same counted too.
    [[nodiscard]] std::size_t readingRows() const {
        return static_cast<std::size_t>(openReadings()->count().value() - m_readingsBefore);
    }
    /// Tells of one source how many of each there are, and that none is lost and none is twice.
    static void judge(const char* source, const Sent& sent, const Kept& kept) {
        const auto lost = std::count_if(sent.acknowledged.begin(), sent.acknowledged.end(),
                                        [&](std::size_t number) { return !kept.contains(number); });
        const auto twice = std::count_if(kept.begin(), kept.end(), [](const auto& one) { return one.second > 1; });
        const auto never =
            std::count_if(kept.begin(), kept.end(), [&](const auto& one) { return one.first >= sent.count; });
        std::printf("%-14s sent %6zu, acknowledged %6zu, stored %6zu, lost %td, twice %td\n", source, sent.count,
                    sent.acknowledged.size(), kept.size(), lost, twice);
        EXPECT_EQ(lost, 0) << source;
        EXPECT_EQ(twice, 0) << source;
        EXPECT_EQ(never, 0) << source << ": stored, but never sent";
    }

  private:
    [[nodiscard]] std::unique_ptr<store::ReadingStore> openReadings() const {
        auto store = store::ReadingStore::open(path("county/readings"), store::Access::readOnly);
        EXPECT_TRUE(store) << (store ? "" : store.error().message);
        return std::move(store.value());
    }
    std::int64_t m_readingsBefore{0};
};

} // namespace tocsin::test
