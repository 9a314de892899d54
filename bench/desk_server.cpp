// A desk with its doors for HTTP and for readings and without a window, in a folder that goes with it: something for
// http_load and readings_load to send to, that builds without Qt. Ends after the time that it was given, or by SIGTERM,
// and tells what a report and a reading cost each of its threads.
//
//   desk_server --port 8080 --seconds 20 &  http_load --port 8080 --connections 256 --seconds 15
//   desk_server --readings-port 8081 --sensors 60 &  readings_load 127.0.0.1:8081 --sensors 60
//   desk_server --readings-port 8081 --sensors 100000 --rules-per-sensor 5 &  readings_load … --sensors 100000
//
// With --direct N it needs no sender: N reports are handed to the desk itself, as many at once as --waiting says.

#include "app/desk_sink.hpp"
#include "tocsin/ingest/http_server.hpp"
#include "tocsin/ingest/tcp_readings.hpp"

#include <CLI/CLI.hpp>
#include <atomic>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <mutex>
#include <thread>

using namespace tocsin;

namespace {

/// Microseconds that the calling thread has run.
double cpuMicros() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

model::Report report(const std::string& run, std::size_t number) {
    model::Report out;
    out.sourceId = run + "-" + std::to_string(number);
    out.category = "flood";
    out.text = "Water in the cellar, rising since an hour";
    out.place = "Landstrasse 3, Vaduz";
    out.position = model::Position::trusted(47.1410, 9.5209);
    out.accuracyMetres = 12;
    out.contact.phone = "+423 1";
    return out;
}

/// Hands in `count` reports, at most `waiting` of them unanswered.
void sendDirectly(app::DeskSink& sink, std::size_t count, std::size_t waiting, std::atomic<std::size_t>& stored) {
    std::mutex mutex;
    std::condition_variable answered;
    std::size_t open = 0;
    const auto run = std::to_string(std::chrono::system_clock::now().time_since_epoch().count());
    for (std::size_t i = 0; i < count; ++i) {
        {
            std::unique_lock lock(mutex);
            answered.wait(lock, [&] { return open < waiting; });
            ++open;
        }
        sink.message("http", report(run, i), [&](const ingest::Receipt& receipt) {
            stored += receipt.outcome == ingest::Outcome::stored ? 1 : 0;
            const std::lock_guard lock(mutex);
            if (--open == waiting / 2 || open == 0)
                answered.notify_one();
        });
    }
    std::unique_lock lock(mutex);
    answered.wait(lock, [&] { return open == 0; });
}

/// load-0, load-1 … as readings_load names them.
bool registerSensors(desk::Desk& desk, std::size_t count) {
    desk::RegisterSensors command;
    for (std::size_t i = 0; i < count; ++i) {
        model::Sensor sensor;
        sensor.id = model::SensorId("load-" + std::to_string(i));
        sensor.name.text = sensor.id.value;
        sensor.kind = model::SensorKind::riverLevel;
        sensor.unit = "m";
        sensor.lowest = 0;
        sensor.highest = 20;
        sensor.position = model::Position::trusted(47.05 + static_cast<double>(i % 200) * 0.001, 9.48);
        command.sensors.push_back(std::move(sensor));
    }
    return count == 0 || desk.submit({desk.newCommandId(), "desk", std::move(command)}).get().has_value();
}

/// One over each of the first ten sensors.
std::vector<detect::Rule> fewRules(std::size_t sensors) {
    std::string text;
    for (std::size_t i = 0; i < std::min<std::size_t>(10, sensors); ++i) {
        const auto id = "load-" + std::to_string(i);
        text += "[[rule]]\nid = \"" + id + "\"\nsensor = \"" + id + "\"\nabove = 15\nseverity = \"IV\"\n" +
                "class = \"naturalDisaster\"\nhazard = \"flood\"\ntitle = \"" + id + "\"\n";
    }
    return detect::parseRules(text).value_or(std::vector<detect::Rule>{});
}

/// So many over each sensor: thresholds that are out of reach, each a little higher than the last.
std::vector<detect::Rule> rulesOverAll(std::size_t each) {
    std::vector<detect::Rule> rules;
    for (std::size_t i = 0; i < each; ++i) {
        detect::Rule rule;
        rule.id = "over-" + std::to_string(i);
        rule.subject.kind = model::SensorKind::riverLevel;
        rule.condition = detect::Threshold{true, 15 + static_cast<double>(i) * 0.1, 0.2, std::chrono::seconds(i % 2 * 30)};
        rule.hazard = "flood";
        rule.title.text = "{sensor}";
        rules.push_back(std::move(rule));
    }
    return rules;
}

} // namespace

int main(int argc, char** argv) {
    int port = 0;
    int readingsPort = -1;
    double seconds = 86'400;
    std::size_t sensors = 0;
    int rulesEach = -1;
    std::size_t direct = 0;
    std::size_t waiting = 512;
    CLI::App cli("A desk for http_load to send reports to");
    cli.add_option("--port", port, "of HTTP; 0 picks one");
    cli.add_option("--readings-port", readingsPort, "of lines of readings");
    cli.add_option("--sensors", sensors, "how many: load-0, load-1 …");
    cli.add_option("--rules-per-sensor", rulesEach, "so many rules over each sensor, or none; without it one over each of the first ten")
        ->check(CLI::Range(0, 1'000));
    cli.add_option("--seconds", seconds);
    cli.add_option("--direct", direct, "hand in so many reports without HTTP");
    cli.add_option("--waiting", waiting)->check(CLI::Range(2, 2'000));
    CLI11_PARSE(cli, argc, argv);

    std::string name = (std::filesystem::temp_directory_path() / "tocsin-bench-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr)
        return 1;
    const std::filesystem::path folder = name;
    const std::shared_ptr<void> gone(nullptr, [&](void*) { std::filesystem::remove_all(folder); });
    const base::SystemClock clock;
    base::RandomIdSource ids(clock);
    auto store = store::Store::open(folder / "tocsin.db", store::Access::readWrite, "Bench");
    auto readings = store::ReadingStore::open(folder / "readings", store::Access::readWrite);
    if (!store || !readings)
        return 1;
    auto desk = desk::Desk::start({std::move(*store), std::move(*readings), detect::Detector(rulesEach < 0 ? fewRules(sensors) : rulesOverAll(static_cast<std::size_t>(rulesEach))),
                                   {}, clock, ids});
    if (!desk || !registerSensors(**desk, sensors))
        return 1;
    app::DeskSink sink(**desk);
    // A listener as `tocsin serve` has one, and the desk's own time.
    double deskBegan = 0;
    std::atomic<double> deskUsed{0};
    std::atomic<std::size_t> reports{0};
    std::atomic<std::size_t> taken{0};
    auto listening = (*desk)->subscribe([&](const desk::Snapshot&) { deskBegan = cpuMicros(); },
                                        [&](const std::shared_ptr<const desk::Delta>& delta) {
                                            reports += delta->changed.size();
                                            taken += delta->readings;
                                            deskUsed = cpuMicros() - deskBegan;
                                        });
    double doorUsed = 0;
    if (direct > 0) {
        std::atomic<std::size_t> stored{0};
        sendDirectly(sink, direct, waiting, stored);
        if (stored != direct)
            std::printf("only %zu of %zu were stored\n", stored.load(), direct);
    } else {
        ingest::FeedBoard board(clock);
        boost::asio::io_context io{1};
        ingest::HttpServer server(io, sink, board, ids);
        const auto where = server.listen("127.0.0.1:" + std::to_string(port));
        ingest::TcpReadingsServer lines(io, sink, board);
        const auto linesAt = readingsPort < 0 ? where : lines.listen("127.0.0.1:" + std::to_string(readingsPort));
        if (!where || !linesAt) {
            std::printf("%s\n", (where ? linesAt : where).error().message.c_str());
            return 1;
        }
        std::cout << "listening at " << where->toString() << " and " << linesAt->toString() << std::endl;
        boost::asio::signal_set ending(io, SIGTERM, SIGINT);
        boost::asio::steady_timer over(io, std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000)));
        const auto stop = [&](auto&&...) {
            server.stop();
            lines.stop();
            ending.cancel();
            over.cancel();
        };
        ending.async_wait(stop);
        over.async_wait(stop);
        std::thread door([&] {
            const auto began = cpuMicros();
            io.run();
            doorUsed = cpuMicros() - began;
        });
        door.join();
    }
    listening.reset();
    desk->reset();
    const auto tell = [&](const char* what, std::size_t count) {
        if (count > 0)
            std::printf("%zu %s: %.2f us of CPU each on the desk's thread, %.2f on the io thread\n", count, what,
                        deskUsed.load() / static_cast<double>(count), doorUsed / static_cast<double>(count));
    };
    tell("reports", reports);
    tell("readings", taken);
    return 0;
}
