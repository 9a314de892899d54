// Plays a drill on a demo county made for it and keeps its alarms as they came: the stream that alertmanager_peer.py
// gives to others, and that this program digests by the alarm board.
//   alarm_stream record --data COUNTY --scenario quake --out alarms.ndjson
//   alarm_stream digest alarms.ndjson
// A line of the stream: {"at": µs since the start, "alarm": {…}}.

#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/drill_runner.hpp"
#include "app/drill_tally.hpp"
#include "app/make_county.hpp"
#include "model/alarm_life_table.hpp"
#include "tocsin/model/json.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <set>
#include <vector>

using namespace tocsin;

namespace {

using Clock = std::chrono::steady_clock;

double millisSince(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

/// Of this thread.
double cpuMillis() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1'000 + static_cast<double>(now.tv_nsec) / 1e6;
}

double megabytes() {
    long pages = 0;
    long resident = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident;
    return static_cast<double>(resident) * 4096 / 1e6;
}

int record(const std::string& data, const std::string& scenario, const std::string& out) {
    if (!std::filesystem::exists(data)) {
        if (auto made = app::makeCounty({.data = data, .demo = true}); !made) {
            std::cerr << made.error().describe() << "\n";
            return 1;
        }
    }
    const base::SystemClock real;
    base::ManualClock clock(real.now());
    auto session = app::openCounty(data, app::Wish::write, &clock);
    if (!session) {
        std::cerr << session.error().describe() << "\n";
        return 1;
    }
    auto& desk = *(*session)->desk;
    app::DeskSink sink(desk);
    auto runner = app::DrillRunner::start(**session, sink, scenario, "en");
    if (!runner) {
        std::cerr << runner.error().describe() << "\n";
        return 1;
    }
    const auto start = (*runner)->begin();
    std::mutex mutex;
    std::ofstream file(out);
    auto subscription = desk.subscribe(
        [](const desk::Snapshot&) {},
        [&](const std::shared_ptr<const desk::Delta>& delta) {
            const std::lock_guard lock(mutex);
            for (const auto& changed : delta->changed) {
                if (const auto* alarm = std::get_if<model::Alarm>(&changed))
                    file << nlohmann::json{{"at", (clock.now() - start).count()}, {"alarm", *alarm}}.dump() << "\n";
            }
        });
    app::DrillTally tally(desk, start);
    const auto began = Clock::now();
    for (base::Duration at{0}; at <= (*runner)->duration(); at += std::chrono::seconds(1)) {
        clock.set(start + at);
        (*runner)->step();
        if (at % std::chrono::seconds(10) == base::Duration{0}) {
            (void)desk.snapshot();
            (void)tally.look(clock.now());
        }
    }
    const double took = millisSince(began);
    runner->reset();
    (void)desk.snapshot();
    subscription = {};
    std::cout << app::toText(tally.rows());
    for (const auto& line : tally.lines(clock.now()))
        std::cout << app::toText(line, tally.titleOf(line.first)) << "\n";
    std::cout << "played in " << took / 1'000 << " s\n";
    return 0;
}

/// The cells of ISA-18.2's table that lead from one picture of an alarm to the next, one or two of them (what comes again
/// and is muted by design is written once); empty where none do.
std::vector<test::life::Row> cellsBetween(const model::Alarm& before, char to) {
    static const std::array tables{test::life::rows(false), test::life::rows(true)};
    const auto& rows = tables.at(before.latching ? 1 : 0);
    const char from = test::life::letterOf(before);
    for (const auto& one : rows)
        if (one.from == from && one.to == to)
            return {one};
    for (const auto& one : rows) {
        for (const auto& two : rows)
            if (one.from == from && one.to == two.from && two.to == to)
                return {one, two};
    }
    return {};
}

int digest(const std::string& in) {
    std::vector<std::pair<std::int64_t, model::Alarm>> stream;
    std::ifstream file(in);
    for (std::string line; std::getline(file, line);) {
        const auto json = nlohmann::json::parse(line);
        stream.emplace_back(json.at("at").get<std::int64_t>(), json.at("alarm").get<model::Alarm>());
    }
    // The stream's steps through the table of ISA-18.2, which knows nothing of what the program makes of an event.
    std::size_t steps = 0;
    std::size_t inTwo = 0;
    std::map<std::string, std::size_t> refused;
    std::map<model::AlarmId, model::Alarm> last;
    std::map<std::string, std::size_t> byEvent;
    std::map<std::string, std::size_t> byCell;
    for (const auto& [at, alarm] : stream) {
        const auto known = last.find(alarm.id);
        const char to = test::life::letterOf(alarm);
        if (known != last.end() && test::life::letterOf(known->second) != to) {
            ++steps;
            const auto cells = cellsBetween(known->second, to);
            inTwo += cells.size() == 2 ? 1 : 0;
            for (const auto& cell : cells) {
                const auto event = std::string(toString(cell.event));
                ++byEvent[event];
                ++byCell[std::string(1, cell.from) + " " + event + " " + std::string(1, cell.to)];
            }
            if (cells.empty())
                ++refused[std::string(1, test::life::letterOf(known->second)) + " to " + std::string(1, to)];
        }
        last.insert_or_assign(alarm.id, alarm);
    }
    std::size_t transitionsRefused = 0;
    for (const auto& [step, count] : refused)
        transitionsRefused += count;
    std::size_t active = 0;
    std::size_t suppressed = 0;
    for (const auto& [id, alarm] : last) {
        active += model::isActive(alarm.state) ? 1 : 0;
        suppressed += alarm.state == model::AlarmState::suppressed ? 1 : 0;
    }
    const double before = megabytes();
    triage::AlarmBoard board;
    const double cpuBegan = cpuMillis();
    const auto began = Clock::now();
    for (const auto& [at, alarm] : stream)
        board.put(alarm);
    const double putMillis = millisSince(began);
    const double cpuAsked = cpuMillis();
    const auto asked = Clock::now();
    const auto lines = board.lines(base::Time{});
    const double linesMillis = millisSince(asked);
    const double cpuDone = cpuMillis();
    const auto whole = board.lines(base::Time{}, true);
    const double memory = megabytes() - before;
    // The flood once more, moment by moment: how many lines the officer sees after each change, and whether each alarm is in one.
    triage::AlarmBoard watched;
    std::set<model::AlarmId> standing;
    std::size_t mostLines = 0;
    std::size_t momentsLost = 0;
    for (const auto& [at, alarm] : stream) {
        watched.put(alarm);
        if (model::isActive(alarm.state))
            standing.insert(alarm.id);
        else
            standing.erase(alarm.id);
        const auto seen = watched.lines(base::Time{});
        std::size_t found = 0;
        for (const auto& line : seen)
            found += line.members.size();
        mostLines = std::max(mostLines, seen.size());
        momentsLost += found == standing.size() ? 0 : 1;
    }
    std::size_t members = 0;
    std::size_t aside = 0;
    std::size_t firsts = 0;
    for (const auto& line : lines) {
        members += line.members.size();
        aside += line.setAside;
        firsts += line.first.isNull() ? 0 : 1;
    }
    std::cout << nlohmann::json{{"changes", stream.size()},
                                {"alarms", last.size()},
                                {"active", active},
                                {"suppressed", suppressed},
                                {"groups", whole.size()},
                                {"lines", lines.size()},
                                {"mostLines", mostLines},
                                {"momentsLost", momentsLost},
                                {"members", members},
                                {"setAside", aside},
                                {"firstOutKnown", firsts},
                                {"putMillis", putMillis},
                                {"linesMillis", linesMillis},
                                {"putCpuMillis", cpuAsked - cpuBegan},
                                {"linesCpuMillis", cpuDone - cpuAsked},
                                {"megabytes", memory},
                                {"transitions", steps},
                                {"transitionsInTwo", inTwo},
                                {"transitionsRefused", transitionsRefused},
                                {"refused", refused},
                                {"byEvent", byEvent},
                                {"cells", byCell.size()},
                                {"byCell", byCell}}
                     .dump()
              << "\n";
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App program("Alarms of a drill, recorded and digested");
    program.require_subcommand(1);
    std::string data;
    std::string scenario = "quake";
    std::string file;
    auto* recording = program.add_subcommand("record", "Play a drill and keep its alarms");
    recording->add_option("--data", data, "The county's folder; where there is none the demo county is made")
        ->required();
    recording->add_option("--scenario", scenario, "Name or file")->capture_default_str();
    recording->add_option("--out", file, "The stream")->required();
    auto* digesting = program.add_subcommand("digest", "Give a stream to the alarm board");
    digesting->add_option("stream", file, "A recorded stream")->required();
    CLI11_PARSE(program, argc, argv);
    return *recording ? record(data, scenario, file) : digest(file);
}
