// How soon the true window answers a key while an earthquake's alarms and reports come in.
//   QT_QPA_PLATFORM=offscreen alarm_flood_bench [--scenario quake] [--seconds 75] [--every 20]
// A demo county is made in a temporary folder and the scenario played on it in real time. Every 20 ms a key goes to the
// window: what counts is the time from its being sent until it has been handled. Goal: the worst under 50 ms. The
// events that kept the window's thread longest are named, with the processor's time beside the clock's: on a busy
// machine only the former is ours.

#include "app/desk_sink.hpp"
#include "app/desk_window.hpp"
#include "app/drill_runner.hpp"
#include "app/make_county.hpp"

#include <CLI/CLI.hpp>
#include <QApplication>
#include <QKeyEvent>
#include <QMetaEnum>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

using namespace tocsin;

namespace {

using Clock = std::chrono::steady_clock;

double cpuMillis() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1'000 + static_cast<double>(now.tv_nsec) / 1e6;
}

double millis(Clock::duration d) {
    return std::chrono::duration<double, std::milli>(d).count();
}

/// Times each event that the window's thread works on.
class Timed final : public QApplication {
  public:
    struct Slow {
        double cpu{0};
        double wall{0};
        std::string what;
        double second{0};
    };
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override {
        if (m_measures && event->type() == QEvent::Paint) { // within an update of the window
            const double cpu = cpuMillis();
            const std::string name = nameOf(*receiver);
            const bool done = QApplication::notify(receiver, event);
            m_painted[name].add(cpuMillis() - cpu);
            return done;
        }
        if (m_depth > 0 || !m_measures)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const auto type = event->type();
        const std::string name = nameOf(*receiver); // it may be gone afterwards
        const auto start = Clock::now();
        const double cpu = cpuMillis();
        const bool done = QApplication::notify(receiver, event);
        const Slow slow{cpuMillis() - cpu, millis(Clock::now() - start),
                        name + " " +
                            (QMetaEnum::fromType<QEvent::Type>().valueToKey(type) != nullptr
                                 ? QMetaEnum::fromType<QEvent::Type>().valueToKey(type)
                                 : std::to_string(type).c_str()),
                        millis(Clock::now() - m_begin) / 1'000};
        --m_depth;
        m_byKind[slow.what].add(slow.cpu);
        if (slow.cpu > 8)
            m_slow.push_back(slow);
        return done;
    }
    void measure() {
        m_measures = true;
        m_begin = Clock::now();
    }
    void report() const {
        table("where the window's thread spent its time", m_byKind);
        table("of it, painting", m_painted);
        auto slow = m_slow;
        std::sort(slow.begin(), slow.end(), [](const Slow& a, const Slow& b) { return a.cpu > b.cpu; });
        std::printf("the slowest single events (cpu ms, wall ms, at second)\n");
        for (std::size_t i = 0; i < std::min<std::size_t>(slow.size(), 12); ++i)
            std::printf("%8.1f %8.1f %6.1f  %s\n", slow[i].cpu, slow[i].wall, slow[i].second, slow[i].what.c_str());
    }

  private:
    struct Sum {
        std::size_t count{0};
        double cpu{0};
        double most{0};
        void add(double spent) {
            ++count;
            cpu += spent;
            most = std::max(most, spent);
        }
    };
    static std::string nameOf(const QObject& object) {
        return std::string(object.metaObject()->className()) + " " + object.objectName().toStdString();
    }
    static void table(const char* title, const std::map<std::string, Sum>& of) {
        std::vector<std::pair<std::string, Sum>> kinds(of.begin(), of.end());
        std::sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second.cpu > b.second.cpu; });
        std::printf("%-60s %8s %10s %8s\n", title, "events", "cpu ms", "most");
        for (std::size_t i = 0; i < std::min<std::size_t>(kinds.size(), 16); ++i)
            std::printf("%-60s %8zu %10.1f %8.1f\n", kinds[i].first.c_str(), kinds[i].second.count, kinds[i].second.cpu,
                        kinds[i].second.most);
    }
    int m_depth{0};
    bool m_measures{false};
    Clock::time_point m_begin;
    std::map<std::string, Sum> m_byKind;
    std::map<std::string, Sum> m_painted;
    std::vector<Slow> m_slow;
};

} // namespace

int main(int argc, char** argv) {
    CLI::App options("Keys answered in a flood of alarms");
    std::string scenario = "quake";
    int seconds = 75;
    int every = 20;
    options.add_option("--scenario", scenario, "Name or file")->capture_default_str();
    options.add_option("--seconds", seconds, "How long")->capture_default_str();
    options.add_option("--every", every, "Milliseconds between keys")->capture_default_str();
    CLI11_PARSE(options, argc, argv);
    Timed application(argc, argv);
    const QTemporaryDir folder;
    const auto data = std::filesystem::path(folder.path().toStdString()) / "county";
    if (auto made = app::makeCounty({.data = data, .demo = true}); !made) {
        std::fprintf(stderr, "%s\n", made.error().describe().c_str());
        return 1;
    }
    auto session = app::openCounty(data, app::Wish::write);
    if (!session) {
        std::fprintf(stderr, "%s\n", session.error().describe().c_str());
        return 1;
    }
    app::DeskSink sink(*(*session)->desk);
    app::DeskWindow desk(**session, {"en", "dark", false, false, false});
    desk.window().resize(1920, 1080);
    desk.window().show();

    std::vector<double> waits;
    std::atomic<bool> ending{false};
    std::unique_ptr<app::DrillRunner> drill;
    std::thread keys;
    QTimer::singleShot(5'000, &application, [&] { // the map's first tiles are there
        auto started = app::DrillRunner::start(**session, sink, scenario, "en");
        if (!started) {
            std::fprintf(stderr, "%s\n", started.error().describe().c_str());
            QApplication::exit(1);
            return;
        }
        drill = std::move(*started);
        drill->runByItself();
        application.measure();
        keys = std::thread([&] {
            bool down = false;
            while (!ending) {
                std::this_thread::sleep_for(std::chrono::milliseconds(every));
                down = !down;
                QMetaObject::invokeMethod(
                    &application,
                    [&waits, &desk, down, sent = Clock::now()] {
                        QWidget* target = QApplication::focusWidget();
                        QKeyEvent press(QEvent::KeyPress, down ? Qt::Key_Down : Qt::Key_Up, Qt::NoModifier);
                        QApplication::sendEvent(target != nullptr ? target : &desk.window(), &press);
                        waits.push_back(millis(Clock::now() - sent));
                    },
                    Qt::QueuedConnection);
            }
        });
        if (auto* panel = desk.window().findChild<QWidget*>(QStringLiteral("alarmPanel")); panel != nullptr)
            panel->setFocus();
        QTimer::singleShot(seconds * 1'000, &application, &QApplication::quit);
    });
    const int code = QApplication::exec();
    ending = true;
    if (keys.joinable())
        keys.join();
    drill.reset();
    const auto& state = desk.bridge().state();
    std::sort(waits.begin(), waits.end());
    const auto at = [&](double q) {
        return waits.empty()
                   ? 0
                   : waits[std::min(waits.size() - 1, static_cast<std::size_t>(q * static_cast<double>(waits.size())))];
    };
    std::printf("%zu alarms, %zu reports; %zu keys: p50 %.1f ms, p99 %.1f ms, worst %.1f ms\n", state.alarms.size(),
                state.reports.size(), waits.size(), at(0.5), at(0.99), waits.empty() ? 0 : waits.back());
    application.report();
    return code;
}
