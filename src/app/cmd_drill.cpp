#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/drill_runner.hpp"
#include "app/drill_tally.hpp"
#include "tocsin/base/toml.hpp"

#include <charconv>
#include <thread>

namespace tocsin::app {

int runDrill(const DrillOptions& options, const Console& console) {
    const bool fastest = options.speed == "max";
    double speed = 1;
    if (!fastest) {
        const auto [end, ec] =
            std::from_chars(options.speed.data(), options.speed.data() + options.speed.size(), speed);
        if (ec != std::errc{} || end != options.speed.data() + options.speed.size() || !(speed > 0) || speed > 3600) {
            std::fprintf(stderr, "tocsin: --speed is a number over 0 up to 3600, or max\n");
            return Exit::calledWrongly;
        }
    }
    const base::SystemClock real;
    base::ManualClock manual(real.now());
    base::ExerciseClock exercise(real, real.now(), speed);
    const base::Clock& clock = fastest ? static_cast<const base::Clock&>(manual) : exercise;
    auto session = openCounty(options.data, Wish::write, &clock);
    if (!session)
        return console.fail(session.error());
    auto& desk = *(*session)->desk;
    DeskSink sink(desk);
    auto runner = DrillRunner::start(**session, sink, options.scenario, "en");
    if (!runner)
        return console.fail(runner.error());
    auto until = (*runner)->duration();
    if (!options.until.empty()) {
        const auto asked = base::parseDuration(options.until);
        if (!asked || *asked <= base::Duration{0}) {
            std::fprintf(stderr, "tocsin: '%s' is no length of time like 90s, 20min or 1h\n", options.until.c_str());
            return Exit::calledWrongly;
        }
        until = std::min(until, *asked);
    }
    const auto start = (*runner)->begin();
    DrillTally tally(desk, start);
    const auto began = std::chrono::steady_clock::now();
    constexpr auto look = std::chrono::seconds(10);
    constexpr auto stride = std::chrono::seconds(1);
    for (auto at = base::Duration{0}; at <= until; at += stride) {
        if (fastest)
            manual.set(start + at);
        else
            std::this_thread::sleep_for(std::chrono::duration<double>(1.0 / speed));
        (*runner)->step();
        if (at % look == base::Duration{0}) {
            (void)desk.snapshot(); // until all of it has been told
            (void)tally.look(clock.now());
        }
        console.progress("playing", static_cast<double>(at.count()) / static_cast<double>(until.count()));
    }
    console.progressEnd();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    runner->reset();
    const auto end = desk.snapshot();
    const auto now = clock.now();
    const auto last = tally.look(now);
    console.say("played '" + options.scenario + "': " + std::to_string(last.raised) + " alarms, " +
                std::to_string(last.reports) + " reports, " + std::to_string(end.lastSeq) +
                " entries in the journal, in " + std::to_string(static_cast<int>(took.count() + 0.5)) + " s");
    console.say(toText(tally.rows()));
    nlohmann::json lines = nlohmann::json::array();
    for (const auto& line : tally.lines(now)) {
        console.say(toText(line, tally.titleOf(line.first)));
        lines.push_back({{"key", line.key},
                         {"severity", toString(line.severity)},
                         {"worst", toString(line.worst)},
                         {"hazard", line.hazard},
                         {"members", line.members.size()},
                         {"unacknowledged", line.unacknowledged},
                         {"setAside", line.setAside},
                         {"first", line.first.toString()},
                         {"firstTitle", tally.titleOf(line.first)},
                         {"since", base::formatTime(line.since)},
                         {"radiusMetres", line.radiusMetres}});
    }
    console.tell({{"outcome", "played"},
                  {"scenario", options.scenario},
                  {"alarms", last.raised},
                  {"reports", last.reports},
                  {"entries", end.lastSeq},
                  {"seconds", took.count()},
                  {"every10s", tally.rows()},
                  {"lines", std::move(lines)}});
    return Exit::done;
}

} // namespace tocsin::app
