// Plays a drill on a demo county made for it and keeps its alarms as they came: the stream that alertmanager_peer.py
// gives to others, and that this program digests by the alarm board.
//   alarm_stream record --data COUNTY --scenario quake --out alarms.ndjson [--officer SEED]
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
#include <future>
#include <iostream>
#include <map>
#include <mutex>
#include <random>
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

/// "U shelve S", and "A acknowledge ." where that is refused.
std::string cellOf(const test::life::Row& row) {
    return std::string(1, row.from) + " " + std::string(toString(row.event)) + " " + std::string(1, row.to);
}
/// Of ISA-18.2's table, of alarms that latch and of those that do not.
std::set<std::string> allCells() {
    std::set<std::string> cells;
    for (const bool latches : {false, true}) {
        for (const auto& row : test::life::rows(latches))
            cells.insert(cellOf(row));
    }
    return cells;
}

/// Somebody at the desk who tries anything on any alarm, by a seed, and has sensors say now and then that all is well. What becomes of each alarm is held
/// against the table: where that refuses, it must be as it was.
class Officer {
  public:
    Officer(desk::Desk& desk, ingest::Sink& sink, unsigned seed) : m_desk(desk), m_sink(sink), m_random(seed) {
        auto rules = *desk.snapshot().rules;
        for (auto& rule : rules)
            rule.latching = rule.latching || rule.id.starts_with("gas-") || rule.id.starts_with("building-");
        (void)give(desk::ChangeRules{detect::toToml(rules)}).get();
    }

    void act() {
        const auto before = m_desk.snapshot().state.alarms;
        const auto chosen = choose(before);
        std::map<model::AlarmId, model::AlarmEvent> tried;
        std::vector<std::future<base::Result<desk::Done>>> answers;
        for (const auto& id : chosen) {
            const auto& muter = before.at(id).suppressedBy;
            if (muter && chosen.contains(*muter))
                continue; // what becomes of it hangs on the other
            const auto event = events.at(m_random() % events.size());
            tried[id] = event;
            answers.push_back(give(commandOf(event, id)));
        }
        for (auto& answer : answers)
            (void)answer.get();
        const auto after = m_desk.snapshot().state.alarms;
        for (const auto& [id, event] : tried) {
            if (const auto now = after.find(id); now != after.end())
                judge(before.at(id), event, now->second);
        }
        calm(after);
    }

    [[nodiscard]] nlohmann::json found() const {
        std::vector<std::string> untried;
        for (const auto& cell : allCells()) {
            const bool isActs = std::any_of(events.begin(), events.end(), [&](model::AlarmEvent event) {
                return cell.find(" " + std::string(toString(event)) + " ") != std::string::npos;
            });
            if (isActs && !m_cells.contains(cell))
                untried.push_back(cell);
        }
        return {{"acts", m_acts}, {"cells", m_cells.size()}, {"untried", untried}, {"byDesign", m_byDesign}, {"wrong", m_wrong}, {"byCell", m_cells}};
    }

  private:
    using Alarms = std::map<model::AlarmId, model::Alarm>;
    static constexpr std::array events{model::AlarmEvent::acknowledge, model::AlarmEvent::reset,   model::AlarmEvent::shelve,
                                       model::AlarmEvent::unshelve,    model::AlarmEvent::takeOut, model::AlarmEvent::putBack};
    static constexpr std::size_t ofEachState = 6;

    std::future<base::Result<desk::Done>> give(desk::CommandBody body) {
        return m_desk.submit(desk::Command{m_desk.newCommandId(), "officer", std::move(body)});
    }
    [[nodiscard]] desk::CommandBody commandOf(model::AlarmEvent event, model::AlarmId id) const {
        switch (event) {
        case model::AlarmEvent::reset: return desk::ResetAlarms{{id}};
        case model::AlarmEvent::shelve: return desk::ShelveAlarms{{id}, m_desk.clock().now() + std::chrono::seconds(30), "tried"};
        case model::AlarmEvent::unshelve: return desk::UnshelveAlarms{{id}};
        case model::AlarmEvent::takeOut: return desk::TakeAlarmsOutOfService{{id}, "tried"};
        case model::AlarmEvent::putBack: return desk::PutAlarmsBack{{id}};
        default: return desk::AcknowledgeAlarm{id};
        }
    }
    /// Some of each state, so that the rare ones have their turn.
    std::set<model::AlarmId> choose(const Alarms& alarms) {
        // One that is over stands for its rule and sensor, of which others may have come since.
        std::map<std::pair<std::string, model::SensorId>, std::size_t> ofOne;
        for (const auto& [id, alarm] : alarms)
            ++ofOne[{alarm.rule, alarm.sensor}];
        std::map<std::pair<char, bool>, std::vector<model::AlarmId>> byState;
        for (const auto& [id, alarm] : alarms) {
            if (model::isActive(alarm.state) || (model::comesAgain(alarm) && ofOne.at({alarm.rule, alarm.sensor}) == 1))
                byState[{test::life::letterOf(alarm), alarm.latching}].push_back(id);
        }
        std::set<model::AlarmId> chosen;
        for (auto& [state, ids] : byState) {
            std::vector<model::AlarmId> some;
            std::sample(ids.begin(), ids.end(), std::back_inserter(some), ofEachState, m_random);
            chosen.insert(some.begin(), some.end());
        }
        return chosen;
    }
    void judge(const model::Alarm& before, model::AlarmEvent event, const model::Alarm& after) {
        ++m_acts;
        const char from = test::life::letterOf(before);
        const char got = test::life::letterOf(after);
        for (const auto& row : test::life::rows(before.latching)) {
            if (row.from != from || row.event != event)
                continue;
            const char wanted = row.to == '.' ? from : row.to;
            const auto isMuted = [](char letter) { return letter == 'P' || letter == 'p'; };
            if (got == wanted)
                ++m_cells[cellOf(row)];
            else if (isMuted(got) != isMuted(wanted)) // by another that was tried beside it
                ++m_byDesign;
            else
                ++m_wrong[cellOf(row) + ", was " + std::string(1, got)];
        }
    }
    /// Some say that it is over; the next word of the drill is that it is not.
    void calm(const Alarms& alarms) {
        std::vector<const model::Alarm*> holding;
        for (const auto& [id, alarm] : alarms) {
            if (alarm.holds && alarm.threshold && !alarm.sensor.value.empty())
                holding.push_back(&alarm);
        }
        std::vector<const model::Alarm*> some;
        std::sample(holding.begin(), holding.end(), std::back_inserter(some), 60, m_random);
        ingest::ReadingBatch batch{"gauges", {}, {}};
        for (const auto* alarm : some)
            batch.readings.push_back({alarm->sensor, m_desk.clock().now() + std::chrono::milliseconds(1), {},
                                      *alarm->threshold * (alarm->value >= *alarm->threshold ? 0.1 : 3), alarm->unit});
        std::promise<void> taken;
        m_sink.readings(std::move(batch), [&](const auto&) { taken.set_value(); });
        taken.get_future().wait();
    }

    desk::Desk& m_desk;
    ingest::Sink& m_sink;
    std::mt19937 m_random;
    std::size_t m_acts{0};
    std::size_t m_byDesign{0};
    std::map<std::string, std::size_t> m_cells;
    std::map<std::string, std::size_t> m_wrong;
};

/// `seed` 0: nobody is at the desk.
int record(const std::string& data, const std::string& scenario, const std::string& out, unsigned seed) {
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
    std::optional<Officer> officer;
    if (seed != 0)
        officer.emplace(desk, sink, seed);
    app::DrillTally tally(desk, start);
    const auto began = Clock::now();
    for (base::Duration at{0}; at <= (*runner)->duration(); at += std::chrono::seconds(1)) {
        clock.set(start + at);
        (*runner)->step();
        if (officer)
            officer->act();
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
    if (officer)
        std::cout << officer->found().dump() << "\n";
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
                ++byEvent[std::string(toString(cell.event))];
                ++byCell[cellOf(cell)];
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
    const auto every = allCells();
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
                                {"cellsThatLeadOn", std::count_if(every.begin(), every.end(), [](const std::string& cell) { return !cell.ends_with('.'); })},
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
    unsigned seed = 0;
    recording->add_option("--officer", seed, "Seed of somebody at the desk who tries everything on the alarms; 0: nobody")->capture_default_str();
    auto* digesting = program.add_subcommand("digest", "Give a stream to the alarm board");
    digesting->add_option("stream", file, "A recorded stream")->required();
    CLI11_PARSE(program, argc, argv);
    return *recording ? record(data, scenario, file, seed) : digest(file);
}
