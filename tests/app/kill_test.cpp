#include "app/app_fixture.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <random>
#include <set>
#include <sys/socket.h>

using namespace tocsin::test;

namespace {

/// A plain client on loopback.
class Client {
  public:
    explicit Client(const std::string& hostPort) {
        const auto colon = hostPort.rfind(':');
        m_fd = ::socket(AF_INET, SOCK_STREAM, 0);
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
            char buffer[4096];
            const auto n = ::recv(m_fd, buffer, sizeof buffer, 0);
            if (n <= 0)
                return std::nullopt;
            m_held.append(buffer, static_cast<std::size_t>(n));
        }
    }

    void skip(std::size_t bytes) {
        char buffer[4096];
        while (m_held.size() < bytes) {
            const auto n = ::recv(m_fd, buffer, sizeof buffer, 0);
            if (n <= 0)
                break;
            m_held.append(buffer, static_cast<std::size_t>(n));
        }
        m_held.erase(0, std::min(bytes, m_held.size()));
    }

  private:
    int m_fd{-1};
    std::string m_held;
};

class Kill : public App {
  protected:
    std::size_t nextReading{0};
    std::size_t nextReport{0};
    std::size_t readingsAcknowledged{0};
    std::set<std::string> reportsAcknowledged;
    std::mt19937 random{20261121};

    std::string readingLine(std::size_t i) const {
        // A second apart, from a day that is long past.
        const auto s = i % 60;
        const auto m = i / 60 % 60;
        const auto h = i / 3600;
        char line[160];
        std::snprintf(
            line, sizeof line,
            "{\"sensor\":\"rhine-vaduz\",\"time\":\"2026-10-01T%02zu:%02zu:%02zuZ\",\"value\":%.3f,\"unit\":\"m\"}\n",
            h, m, s, 3.0 + static_cast<double>(i % 100) / 1000);
        return line;
    }
    /// Sends until the desk dies or `most` answers came; everything not acknowledged will be sent again.
    void talk(const std::string& readingsAt, const std::string& httpAt, std::size_t most, Process& desk) {
        Client readings(readingsAt);
        Client http(httpAt);
        const auto base = readingsAcknowledged;
        const std::size_t killRound = random() % most;
        const auto killMoment = random() % 5;
        std::size_t answers = 0;
        for (std::size_t round = 0; answers < most; ++round) {
            std::string lines;
            for (int i = 0; i < 40; ++i)
                lines += readingLine(base + round * 40 + static_cast<std::size_t>(i));
            const auto id = "r" + std::to_string(nextReport);
            const auto body = R"({"id":")" + id + R"(","category":"flood","text":"Water )" + id + "\"}";
            // The end comes at a moment of its own each time: before, between or after what is sent, or in its middle.
            const bool last = round == killRound;
            if (last && killMoment == 0)
                desk.signal(SIGKILL);
            if (last && killMoment == 1) {
                (void)readings.send(lines.substr(0, lines.size() / 2));
                desk.signal(SIGKILL);
                break;
            }
            if (!readings.send(lines))
                break;
            if (last && killMoment == 2)
                desk.signal(SIGKILL);
            if (!http.send("POST /reports HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: " +
                           std::to_string(body.size()) + "\r\n\r\n" + body))
                break;
            if (last)
                desk.signal(SIGKILL); // with both on their way
            const auto status = http.line();
            if (!status)
                break;
            if (status->find(" 201 ") != std::string::npos || status->find(" 200 ") != std::string::npos) {
                reportsAcknowledged.insert(id);
                ++nextReport;
            }
            std::size_t length = 0;
            for (auto line = http.line(); line && *line != "\r"; line = http.line()) {
                if (line->rfind("Content-Length: ", 0) == 0)
                    length = std::stoul(line->substr(16));
            }
            http.skip(length);
            const auto ok = readings.line();
            if (!ok)
                break;
            if (ok->rfind("ok ", 0) == 0)
                readingsAcknowledged = std::max(readingsAcknowledged, base + std::stoul(ok->substr(3)));
            ++answers;
        }
        // What was answered before the end still counts.
        for (auto ok = readings.line(); ok; ok = readings.line()) {
            if (ok->rfind("ok ", 0) == 0)
                readingsAcknowledged = std::max(readingsAcknowledged, base + std::stoul(ok->substr(3)));
        }
    }
};

} // namespace

/// TOCSIN_DEATHS=100 for the long form.
TEST_F(Kill, NothingAcknowledgedIsLostAndNothingIsThereTwiceInManySuddenDeaths) {
    makeDemo();
    const char* asked = std::getenv("TOCSIN_DEATHS");
    const int deaths = asked != nullptr ? std::max(1, std::atoi(asked)) : 20;
    for (int death = 0; death < deaths; ++death) {
        Process desk(
            {program, "serve", "--data", path("county"), "--readings", "127.0.0.1:0", "--http", "127.0.0.1:0"});
        const auto ready = desk.line();
        ASSERT_FALSE(ready.empty());
        const auto addresses = nlohmann::json::parse(ready);
        talk(addresses.at("readings"), addresses.at("http"), 4 + static_cast<std::size_t>(death % 20), desk);
        desk.signal(SIGKILL);
        EXPECT_EQ(desk.wait(), -SIGKILL);
    }
    ASSERT_GT(readingsAcknowledged, 200U);
    ASSERT_GT(reportsAcknowledged.size(), 20U);
    std::printf("%d deaths: %zu readings and %zu reports were acknowledged\n", deaths, readingsAcknowledged,
                reportsAcknowledged.size());
    ASSERT_EQ(run({"journal", "verify", "--data", path("county")}).code, 0);

    // Every acknowledged reading is known again, and no other value was put in its place.
    std::string all;
    for (std::size_t i = 0; i < readingsAcknowledged; ++i)
        all += readingLine(i);
    const auto again = run({"ingest", "--json", "--data", path("county"), write("all.ndjson", all)});
    EXPECT_EQ(again.json().at(0).at("counts").at("duplicates"), readingsAcknowledged) << again.output;
    EXPECT_EQ(again.json().at(0).at("outcome"), "duplicate");

    std::map<std::string, int> stored;
    for (const auto& event : run({"journal", "export", "--data", path("county")}).json()) {
        if (event.at("type") == "report.received")
            ++stored[event.at("data").at("report").at("sourceId").get<std::string>()];
    }
    std::size_t lost = 0;
    std::size_t twice = 0;
    for (const auto& id : reportsAcknowledged)
        lost += stored.contains(id) ? 0 : 1;
    for (const auto& [id, count] : stored)
        twice += count > 1 ? 1 : 0;
    std::printf("lost: %zu readings, %zu reports; twice: %zu reports\n",
                readingsAcknowledged - again.json().at(0).at("counts").at("duplicates").get<std::size_t>(), lost, twice);
    EXPECT_EQ(lost, 0U);
    EXPECT_EQ(twice, 0U);
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
