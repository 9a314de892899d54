// Sends readings to a running desk and tells how fast they were committed:
//   readings_load HOST:PORT [--readings N] [--connections K] [--rate PER_SECOND] [--sensor ID]... [--sensors N]
//                 [--start TIME] [--idle N] [--influx DB]
// With --influx the same readings go to an InfluxDB 1.x by line protocol, 10,000 in a request, over as many connections.
// Prints one line of JSON. Exit 0 when every reading was acknowledged.

#include "tocsin/base/time.hpp"
#include "tocsin/ingest/endpoint.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility> // Boost 1.74's Asio needs it first
#include <vector>

namespace {

namespace asio = boost::asio;
using namespace tocsin;
using SteadyClock = std::chrono::steady_clock;

struct Load {
    ingest::Endpoint to;
    std::uint64_t readings{1'000'000};
    unsigned connections{1};
    double rate{0}; ///< a second, of all connections; 0: as fast as it goes
    std::vector<std::string> sensors{"rhine-vaduz"};
    base::Time start;
    std::string influx; ///< the name of an InfluxDB's database; empty: a desk
};

/// Writes the lines; so cheaply that the sender is not what is measured.
class Lines {
  public:
    explicit Lines(const Load& load) : m_load(load) {
        for (unsigned i = 0; i < 1000; ++i) {
            char text[32];
            std::snprintf(text, sizeof text, "%.3f", 1.0 + i / 1000.0);
            m_values.emplace_back(text);
        }
    }
    /// The reading with this number of all; each number has a sensor and time of its own.
    void add(std::uint64_t number, std::string& to) {
        const auto& sensor = m_load.sensors[number % m_load.sensors.size()];
        const auto since = number / m_load.sensors.size(); // milliseconds
        const auto& value = m_values[number % m_values.size()];
        if (!m_load.influx.empty()) {
            const auto millis = static_cast<std::uint64_t>(base::toUnixMicros(m_load.start) / 1000) + since;
            to.append("reading,sensor=").append(sensor).append(" value=").append(value).append(" ");
            to.append(std::to_string(millis)).append("\n");
            return;
        }
        if (since / 1000 != m_second || m_text.empty()) {
            m_second = since / 1000;
            m_text = base::formatTime(m_load.start + std::chrono::seconds(m_second)).substr(0, 19) + ".000Z";
        }
        for (std::size_t i = 0, rest = since % 1000; i < 3; ++i, rest /= 10)
            m_text[22 - i] = static_cast<char>('0' + rest % 10);
        to.append("{\"sensor\":\"").append(sensor).append("\",\"time\":\"").append(m_text);
        to.append("\",\"value\":").append(value).append("}\n");
    }

  private:
    const Load& m_load;
    std::vector<std::string> m_values;
    std::uint64_t m_second{0};
    std::string m_text;
};

struct Outcome {
    std::mutex mutex;
    std::vector<double> waits; ///< seconds from sending a piece to the acknowledgement of its last line
    std::atomic<std::uint64_t> acknowledged{0};
    std::atomic<std::uint64_t> bad{0};
    std::vector<std::string> problems;
};

/// One connection: a thread sends, this one reads the answers.
void sendShare(const Load& load, unsigned index, Outcome& outcome) {
    const std::uint64_t share = load.readings / load.connections + (index < load.readings % load.connections ? 1 : 0);
    const auto complain = [&](const std::string& what) {
        const std::lock_guard lock(outcome.mutex);
        if (outcome.problems.size() < 10)
            outcome.problems.push_back(what);
    };
    try {
        asio::io_context io;
        asio::ip::tcp::socket socket(io);
        asio::ip::tcp::resolver resolver(io);
        asio::connect(socket, resolver.resolve(load.to.host, std::to_string(load.to.port)));
        struct Sent {
            std::uint64_t lines;
            SteadyClock::time_point at;
        };
        std::mutex mutex; // guards `sent`
        std::vector<Sent> sent;
        const auto begun = SteadyClock::now();
        std::thread sender([&] {
            // With a rate, small pieces that leave on time; without one, pieces that fill a packet train.
            const double perConnection = load.rate / load.connections;
            const std::uint64_t pieceLines =
                load.rate > 0 ? std::max<std::uint64_t>(1, static_cast<std::uint64_t>(perConnection / 200)) : 500;
            std::string piece;
            Lines lines(load);
            boost::system::error_code error;
            for (std::uint64_t line = 0; line < share && !error;) {
                piece.clear();
                const auto end = std::min(share, line + pieceLines);
                for (; line < end; ++line)
                    lines.add(line * load.connections + index, piece); // none is another connection's duplicate
                if (perConnection > 0)
                    std::this_thread::sleep_until(
                        begun + std::chrono::duration_cast<SteadyClock::duration>(
                                    std::chrono::duration<double>(static_cast<double>(line) / perConnection)));
                {
                    const std::lock_guard lock(mutex);
                    sent.push_back({line, SteadyClock::now()});
                }
                asio::write(socket, asio::buffer(piece), error);
            }
        });
        std::string buffer;
        std::uint64_t acknowledged = 0;
        std::size_t waitingFor = 0;
        std::vector<double> waits;
        while (acknowledged < share) {
            boost::system::error_code error;
            const auto size = asio::read_until(socket, asio::dynamic_buffer(buffer), '\n', error);
            if (error) {
                complain("closed: " + error.message());
                break;
            }
            const std::string answer = buffer.substr(0, size - 1);
            buffer.erase(0, size);
            if (answer.starts_with("ok ")) {
                acknowledged = std::stoull(answer.substr(3));
                const auto now = SteadyClock::now();
                const std::lock_guard lock(mutex);
                for (; waitingFor < sent.size() && sent[waitingFor].lines <= acknowledged; ++waitingFor)
                    waits.push_back(std::chrono::duration<double>(now - sent[waitingFor].at).count());
            } else {
                outcome.bad += answer.starts_with("bad ") ? 1 : 0;
                complain(answer);
                if (!answer.starts_with("bad "))
                    break;
            }
        }
        boost::system::error_code ignored;
        socket.shutdown(asio::ip::tcp::socket::shutdown_both, ignored);
        sender.join();
        outcome.acknowledged += acknowledged;
        const std::lock_guard lock(outcome.mutex);
        outcome.waits.insert(outcome.waits.end(), waits.begin(), waits.end());
    } catch (const std::exception& error) {
        complain(error.what());
    }
}

/// One connection to an InfluxDB: request after request.
void sendToInflux(const Load& load, unsigned index, Outcome& outcome) {
    constexpr std::uint64_t inOne = 10'000;
    const std::uint64_t share = load.readings / load.connections + (index < load.readings % load.connections ? 1 : 0);
    try {
        asio::io_context io;
        asio::ip::tcp::socket socket(io);
        asio::ip::tcp::resolver resolver(io);
        asio::connect(socket, resolver.resolve(load.to.host, std::to_string(load.to.port)));
        socket.set_option(asio::ip::tcp::no_delay(true));
        Lines lines(load);
        std::string body;
        std::string answer;
        for (std::uint64_t line = 0; line < share;) {
            body.clear();
            const auto end = std::min(share, line + inOne);
            const auto count = end - line;
            for (; line < end; ++line)
                lines.add(line * load.connections + index, body);
            const std::string head = "POST /write?db=" + load.influx + "&precision=ms HTTP/1.1\r\nHost: influx\r\n" +
                                     "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n";
            asio::write(socket, std::array<asio::const_buffer, 2>{asio::buffer(head), asio::buffer(body)});
            const auto size = asio::read_until(socket, asio::dynamic_buffer(answer), "\r\n\r\n");
            if (!answer.starts_with("HTTP/1.1 204"))
                throw std::runtime_error(answer.substr(0, 300));
            answer.erase(0, size);
            outcome.acknowledged += count;
        }
    } catch (const std::exception& error) {
        const std::lock_guard lock(outcome.mutex);
        outcome.problems.emplace_back(error.what());
    }
}

/// Connections that stay open and say nothing but one reading at first.
class Idle {
  public:
    void open(const Load& load, unsigned count) {
        asio::ip::tcp::resolver resolver(m_io);
        const auto where = resolver.resolve(load.to.host, std::to_string(load.to.port));
        for (unsigned i = 0; i < count; ++i) {
            m_sockets.push_back(std::make_unique<asio::ip::tcp::socket>(m_io));
            asio::connect(*m_sockets.back(), where);
            asio::write(*m_sockets.back(), asio::buffer(std::string_view("\n")));
        }
    }

  private:
    asio::io_context m_io;
    std::vector<std::unique_ptr<asio::ip::tcp::socket>> m_sockets;
};

} // namespace

int main(int argc, char** argv) {
    Load load;
    std::string where;
    std::string start = "2026-11-20T00:00:00Z";
    CLI::App app{"Sends readings to a running desk and tells how fast they were committed"};
    app.add_option("where", where, "HOST:PORT of the desk's readings")->required();
    app.add_option("--readings", load.readings, "how many in all");
    app.add_option("--connections", load.connections, "over how many connections")->check(CLI::Range(1U, 1000U));
    app.add_option("--rate", load.rate, "a second, of all connections; 0: as fast as it goes");
    app.add_option("--sensor", load.sensors, "sensors that the desk knows; may be given more than once");
    app.add_option("--start", start, "time of the first reading");
    unsigned made = 0;
    unsigned idle = 0;
    double stay = 0;
    app.add_option("--sensors", made, "instead of --sensor: load-0, load-1 … so many");
    app.add_option("--idle", idle, "connections that are open meanwhile and say nothing");
    app.add_option("--stay", stay, "seconds to wait at the end, with all idle ones still open");
    app.add_option("--influx", load.influx, "an InfluxDB's database, instead of a desk");
    CLI11_PARSE(app, argc, argv);
    const auto endpoint = ingest::parseEndpoint(where);
    const auto time = base::parseTime(start);
    if (!endpoint || !time) {
        std::fprintf(stderr, "%s\n", (endpoint ? time.error() : endpoint.error()).message.c_str());
        return 2;
    }
    load.to = *endpoint;
    load.start = *time;
    if (made > 0) {
        load.sensors.clear();
        for (unsigned i = 0; i < made; ++i)
            load.sensors.push_back("load-" + std::to_string(i));
    }
    Idle others;
    others.open(load, idle);
    Outcome outcome;
    const auto begun = SteadyClock::now();
    std::vector<std::thread> threads;
    for (unsigned i = 0; i < load.connections; ++i)
        threads.emplace_back(
            [&, i] { load.influx.empty() ? sendShare(load, i, outcome) : sendToInflux(load, i, outcome); });
    for (auto& thread : threads)
        thread.join();
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
    std::sort(outcome.waits.begin(), outcome.waits.end());
    const auto wait = [&](double part) {
        return outcome.waits.empty()
                   ? 0.0
                   : outcome.waits[static_cast<std::size_t>(part * static_cast<double>(outcome.waits.size() - 1))];
    };
    const nlohmann::json report = {{"readings", load.readings},
                                   {"acknowledged", outcome.acknowledged.load()},
                                   {"bad", outcome.bad.load()},
                                   {"connections", load.connections},
                                   {"seconds", seconds},
                                   {"perSecond", static_cast<double>(outcome.acknowledged.load()) / seconds},
                                   {"ackSeconds", {{"p50", wait(0.5)}, {"p99", wait(0.99)}, {"most", wait(1)}}},
                                   {"problems", outcome.problems}};
    std::printf("%s\n", report.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str());
    std::fflush(stdout);
    std::this_thread::sleep_for(std::chrono::duration<double>(stay));
    return outcome.acknowledged == load.readings ? 0 : 1;
}
