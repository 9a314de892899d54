#include "app/commands.hpp"
#include "app/county_session.hpp"
#include "app/desk_sink.hpp"
#include "app/drill_runner.hpp"

#include <charconv>
#include <cmath>
#include <thread>

namespace tocsin::app {

namespace {

/// "90s", "20min", "1h", or a number of seconds.
base::Result<base::Duration> parseDuration(const std::string& text) {
    double value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    const std::string unit(end, text.data() + text.size());
    const double factor = unit.empty() || unit == "s" ? 1 : unit == "min" ? 60 : unit == "h" ? 3600 : 0;
    if (ec != std::errc{} || factor == 0 || !std::isfinite(value) || value <= 0 || value * factor > 7 * 86'400)
        return base::fail(base::Code::malformed, "'" + text + "' is no length of time like 90s, 20min or 1h");
    return base::Duration{std::llround(value * factor * 1e6)};
}

} // namespace

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
    auto runner = DrillRunner::start(desk, sink, (*session)->config, options.scenario, "en");
    if (!runner)
        return console.fail(runner.error());
    auto until = (*runner)->duration();
    if (!options.until.empty()) {
        auto asked = parseDuration(options.until);
        if (!asked) {
            std::fprintf(stderr, "tocsin: %s\n", asked.error().message.c_str());
            return Exit::calledWrongly;
        }
        until = std::min(until, *asked);
    }
    const auto start = clock.now();
    constexpr auto stride = std::chrono::seconds(1);
    for (auto at = base::Duration{0}; at <= until; at += stride) {
        if (fastest)
            manual.set(start + at);
        else
            std::this_thread::sleep_for(std::chrono::duration<double>(1.0 / speed));
        (*runner)->step();
        console.progress("playing", static_cast<double>(at.count()) / static_cast<double>(until.count()));
    }
    console.progressEnd();
    runner->reset();
    const auto end = desk.snapshot();
    std::size_t raised = 0;
    for (const auto& [id, alarm] : end.state.alarms)
        raised += alarm.raisedAt >= start ? 1 : 0;
    console.say("played '" + options.scenario + "': " + std::to_string(raised) + " alarms, " +
                std::to_string(end.lastSeq) + " entries in the journal");
    console.tell({{"outcome", "played"}, {"scenario", options.scenario}, {"alarms", raised}, {"entries", end.lastSeq}});
    return Exit::done;
}

} // namespace tocsin::app
