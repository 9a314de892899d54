// From the question for a span of time to the painted chart of a gauge, in the true window off-screen, over ten years of
// one reading a minute in the county's own files:
//   QT_QPA_PLATFORM=offscreen sensor_chart_bench [--benchmark_filter=…]
// A demo county is made in a temporary folder, five million readings go into its store, and its window is opened. Before
// each question the chart shows an hour; time runs until what was asked for has been painted. longest_ms is the longest
// single event that the window's thread worked on meanwhile, window_ms all of them, all_ms the whole program's: times of
// the processor, for on a busy machine only these are ours.

#include "app/desk_window.hpp"
#include "app/make_county.hpp"
#include "gui/panels/sensor_chart.hpp"
#include "tocsin/store/readings.hpp"

#include <QApplication>
#include <QChartView>
#include <QTemporaryDir>
#include <QTimer>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>

using namespace tocsin;

namespace {

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

const model::SensorId gauge("rhine-vaduz");
constexpr int hourRange = 1; ///< of the chart's, sixty points

double cpuMillis(clockid_t whose) {
    timespec now{};
    clock_gettime(whose, &now);
    return static_cast<double>(now.tv_sec) * 1'000 + static_cast<double>(now.tv_nsec) / 1e6;
}

/// Sees what the window's thread works on, and when the chart has been painted.
class Watched final : public QApplication {
  public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (event->type() == QEvent::Paint) { // within an update of the window
            const bool done = QApplication::notify(receiver, event);
            m_painted = m_painted || (receiver == canvas && arrived && arrived());
            return done;
        }
        if (m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const double before = cpuMillis(CLOCK_THREAD_CPUTIME_ID);
        const bool done = QApplication::notify(receiver, event);
        m_longest = std::max(m_longest, cpuMillis(CLOCK_THREAD_CPUTIME_ID) - before);
        --m_depth;
        return done;
    }
    void begin() {
        m_painted = false;
        m_longest = 0;
    }
    [[nodiscard]] bool painted() const { return m_painted; }
    [[nodiscard]] double longest() const { return m_longest; }

    QObject* canvas{nullptr};
    std::function<bool()> arrived; ///< what is shown is what was asked for

  private:
    int m_depth{0};
    bool m_painted{false};
    double m_longest{0};
};

/// Until something is so; false after a minute.
bool await(const std::function<bool()>& so) {
    const auto start = Clock::now();
    QTimer wakes; // the loop sleeps while nothing comes
    wakes.start(20);
    while (!so()) {
        if (Clock::now() - start > 1min)
            return false;
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    }
    return true;
}

struct Took {
    double seconds{0};
    double window{0};
    double all{0};
    double longest{0};
};

Took ask(Watched& application, gui::SensorChart& chart, int range) {
    const std::size_t before = chart.pointCount();
    application.arrived = [&chart, before] { return chart.pointCount() != before; };
    application.begin();
    const auto start = Clock::now();
    const double window = cpuMillis(CLOCK_THREAD_CPUTIME_ID);
    const double all = cpuMillis(CLOCK_PROCESS_CPUTIME_ID);
    chart.setRange(range);
    const double called = cpuMillis(CLOCK_THREAD_CPUTIME_ID) - window; // a key's event, as long as this
    while (!application.painted() && Clock::now() - start < 10s)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
    return {std::chrono::duration<double>(Clock::now() - start).count(), cpuMillis(CLOCK_THREAD_CPUTIME_ID) - window,
            cpuMillis(CLOCK_PROCESS_CPUTIME_ID) - all, std::max(called, application.longest())};
}

void chart(benchmark::State& state, Watched& application, gui::SensorChart& chart, int range) {
    Took sum;
    double longest = 0;
    double slowest = 0;
    for (auto _ : state) {
        ask(application, chart, hourRange);
        const Took took = ask(application, chart, range);
        if (!application.painted()) {
            state.SkipWithError("not painted within ten seconds");
            break;
        }
        state.SetIterationTime(took.seconds);
        sum.window += took.window;
        sum.all += took.all;
        longest = std::max(longest, took.longest);
        slowest = std::max(slowest, took.seconds * 1'000);
    }
    const auto asked = static_cast<double>(std::max<benchmark::IterationCount>(1, state.iterations()));
    state.counters["points"] = static_cast<double>(chart.pointCount());
    state.counters["slowest_ms"] = slowest;
    state.counters["window_ms"] = sum.window / asked;
    state.counters["all_ms"] = sum.all / asked;
    state.counters["longest_ms"] = longest;
}

/// Ten years of one reading a minute until now: a level in metres to the millimetre.
bool fill(const std::filesystem::path& folder, base::Time now) {
    auto store = store::ReadingStore::open(folder, store::Access::readWrite).value();
    const store::SensorKey key = store->keyOf(gauge).value();
    const auto last = std::chrono::floor<std::chrono::minutes>(now);
    std::vector<store::KeyedReading> batch;
    for (auto time = last - std::chrono::days(3653); time <= last; time += 1min) {
        const double day = static_cast<double>(std::chrono::duration_cast<std::chrono::minutes>(time.time_since_epoch()).count()) / 1440;
        const double level = 2.2 + 0.4 * std::sin(day / 58) + 0.3 * std::sin(day / 9) + 0.05 * std::sin(day * 37);
        batch.push_back({key, 0, time, time + 700ms, std::round(level * 1'000) / 1'000});
        if (batch.size() < 40'000 && time < last)
            continue;
        if (!store->append(std::span<const store::KeyedReading>(batch)))
            return false;
        batch.clear();
    }
    while (store->upkeep(now, {}, {}).value()) {
    }
    return true;
}

} // namespace

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
    Watched application(argc, argv);
    const QTemporaryDir folder;
    const auto data = std::filesystem::path(folder.path().toStdString()) / "county";
    if (auto made = app::makeCounty({.data = data, .demo = true}); !made) {
        std::fprintf(stderr, "%s\n", made.error().describe().c_str());
        return 1;
    }
    if (!fill(county::CountyFolder{data}.readings(), std::chrono::floor<base::Duration>(base::SystemClock().now())))
        return 1;
    auto session = app::openCounty(data, app::Wish::write);
    if (!session) {
        std::fprintf(stderr, "%s\n", session.error().describe().c_str());
        return 1;
    }
    app::DeskWindow desk(**session, {"en", "dark", false, false, false});
    desk.window().resize(1920, 1080);
    desk.window().show();
    if (!await([&] { return desk.bridge().ready() && desk.isLoaded() && desk.map().isComplete(); }))
        return 1;
    desk.selection().select(gauge);
    gui::SensorChart* shown = nullptr;
    const auto isShown = [&] {
        for (auto* one : desk.window().findChildren<gui::SensorChart*>())
            shown = one->isVisible() && one->pointCount() > 0 ? one : shown;
        return shown != nullptr;
    };
    if (!await(isShown)) {
        std::fprintf(stderr, "the gauge's chart is not shown\n");
        return 1;
    }
    application.canvas = shown->findChild<QChartView*>()->viewport();
    for (const auto& [name, range] : {std::pair("10_minutes", 0), std::pair("1_day", 3), std::pair("1_year", 6), std::pair("10_years", 7)})
        benchmark::RegisterBenchmark((std::string("chart/") + name).c_str(), [&, range = range](benchmark::State& state) {
            chart(state, application, *shown, range);
        })->UseManualTime()->Unit(benchmark::kMillisecond)->Iterations(40);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
