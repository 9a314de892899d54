// A long time of readings as a county has them, through append and upkeep: what it takes on the disk and how fast it is
// drawn. Not a Google Benchmark, for it is one long run: readings_years_bench [sensors] [days] [folder]. The goal is a
// year of 2,000 sensors at one a minute in 10 GB, drawn in 200 ms.

#include "tocsin/store/readings.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>

using namespace tocsin;

namespace {

using Watch = std::chrono::steady_clock;

double secondsSince(Watch::time_point start) {
    return std::chrono::duration<double>(Watch::now() - start).count();
}

/// What a sensor measures next: river levels, rain, temperatures, soil, and some that send every digit of a double.
class Signal {
  public:
    explicit Signal(std::size_t number) : m_random(static_cast<unsigned>(number)), m_kind(number % 20) {}
    double next(double day) {
        const auto noise = [this](double size) { return std::normal_distribution<double>(0, size)(m_random); };
        if (m_kind < 9) { // a level in metres, to the millimetre
            m_value += noise(0.0008);
            return std::round((2.5 + m_value + 0.4 * std::sin(day / 9)) * 1000) / 1000;
        }
        if (m_kind < 13) { // rain in steps of 0.2 mm
            m_wet = m_random() % 400 == 0 ? !m_wet : m_wet;
            return m_wet ? 0.2 * static_cast<double>(m_random() % 8) : 0.0;
        }
        if (m_kind < 17) { // a temperature to a tenth
            m_value = 0.999 * m_value + noise(0.05);
            return std::round((9 + m_value + 5 * std::sin(day * 6.283)) * 10) / 10;
        }
        if (m_kind < 19) { // soil moisture to a hundredth of a per cent
            m_value += noise(0.004);
            return std::round((31 + m_value) * 100) / 100;
        }
        return 20 + noise(1);
    }

  private:
    std::minstd_rand m_random;
    std::size_t m_kind;
    double m_value{0};
    bool m_wet{false};
};

std::uintmax_t bytesIn(const std::filesystem::path& folder) {
    std::uintmax_t bytes = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.is_regular_file())
            bytes += entry.file_size();
    }
    return bytes;
}

long memoryMiB() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:"))
            return std::strtol(line.c_str() + 6, nullptr, 10) / 1024;
    }
    return 0;
}

void chart(const std::filesystem::path& folder, const std::string& sensor, base::Time from, base::Time to,
           const char* what) {
    double worst = 0;
    double best = 1e9;
    store::Series series;
    for (int i = 0; i < 5; ++i) {
        const auto start = Watch::now();
        // As a chart does: opened anew.
        auto store = store::ReadingStore::open(folder, store::Access::readOnly).value();
        series = store->series(model::SensorId(sensor), from, to, 2000).value();
        worst = std::max(worst, secondsSince(start));
        best = std::min(best, secondsSince(start));
    }
    std::printf("chart of %s of %s: %zu points, a step of %lld s, %.1f ms (first or slowest of five %.1f ms)\n", what,
                sensor.c_str(), series.points.size(), static_cast<long long>(series.step.count() / 1'000'000),
                best * 1e3, worst * 1e3);
}

} // namespace

int main(int argc, char** argv) {
    const auto number = [&](int i, std::size_t otherwise) {
        return argc > i ? std::strtoull(argv[i], nullptr, 10) : otherwise;
    };
    const std::size_t sensors = number(1, 2000);
    const std::size_t days = number(2, 365);
    const auto folder =
        argc > 3 ? std::filesystem::path(argv[3]) : std::filesystem::temp_directory_path() / "tocsin-readings-years";
    std::filesystem::remove_all(folder);
    auto store = store::ReadingStore::open(folder, store::Access::readWrite).value();
    std::vector<store::SensorKey> keys;
    std::vector<Signal> signals;
    for (std::size_t i = 0; i < sensors; ++i) {
        keys.push_back(store->keyOf(model::SensorId("sensor-" + std::to_string(i))).value());
        signals.emplace_back(i);
    }
    const base::Time start = std::chrono::sys_days{std::chrono::year{2025} / 1 / 1};
    std::minstd_rand random(1);
    std::vector<store::KeyedReading> batch;
    double appending = 0;
    double appendingCpu = 0; // the machine may have other work
    double keeping = 0;
    double longest = 0;
    double longestCpu = 0;
    std::uint64_t stored = 0;
    const auto keepUp = [&](base::Time now, int slices) {
        for (int i = 0; i < slices; ++i) {
            const auto begun = Watch::now();
            const auto cpu = std::clock();
            const bool more = store->upkeep(now, {}, {}).value();
            const double took = static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
            keeping += took;
            longestCpu = std::max(longestCpu, took);
            longest = std::max(longest, secondsSince(begun));
            if (!more)
                break;
        }
    };
    for (std::size_t minute = 0; minute < days * 1440; ++minute) {
        const auto time = start + std::chrono::minutes(minute);
        for (std::size_t i = 0; i < sensors; ++i) {
            const auto delay = std::chrono::milliseconds(200 + random() % 1500);
            batch.push_back({keys[i], 0, time, time + delay, signals[i].next(static_cast<double>(minute) / 1440)});
        }
        if (batch.size() < 10'000 && minute + 1 < days * 1440)
            continue;
        const auto begun = Watch::now();
        const auto cpu = std::clock();
        if (!store->append(std::span<const store::KeyedReading>(batch)))
            return 1;
        appending += secondsSince(begun);
        appendingCpu += static_cast<double>(std::clock() - cpu) / CLOCKS_PER_SEC;
        stored += batch.size();
        batch.clear();
        keepUp(time, 4);
    }
    const auto end = start + std::chrono::days(days);
    std::printf(
        "%llu readings of %zu sensors in %zu days: appended at %.0f/s (%.0f ns of a core each), upkeep %.0f ns of "
        "a core each, its longest slice %.0f ms (%.0f ms of a core), memory %ld MiB\n",
        static_cast<unsigned long long>(stored), sensors, days, static_cast<double>(stored) / appending,
        appendingCpu / static_cast<double>(stored) * 1e9, keeping / static_cast<double>(stored) * 1e9, longest * 1e3,
        longestCpu * 1e3, memoryMiB());
    const auto size = [&](const char* what) {
        std::printf("%s: %.1f MB, %.2f bytes a reading; a year of 2,000 sensors at one a minute: %.2f GB\n", what,
                    static_cast<double>(bytesIn(folder)) / 1e6,
                    static_cast<double>(bytesIn(folder)) / static_cast<double>(stored),
                    static_cast<double>(bytesIn(folder)) / static_cast<double>(stored) * 1.0512);
    };
    store.reset();
    size("on the disk");
    for (const char* sensor : {"sensor-3", "sensor-15", "sensor-19"}) {
        chart(folder, sensor, start, end, "all");
        chart(folder, sensor, end - std::chrono::days(30), end, "30 days");
        chart(folder, sensor, end - std::chrono::days(1), end, "a day");
    }
    store = store::ReadingStore::open(folder, store::Access::readWrite).value();
    keepUp(end + std::chrono::days(200), 1'000'000);
    store.reset();
    size("with all months in the archive");
    chart(folder, "sensor-3", start, end, "all");
    std::filesystem::remove_all(folder);
    return 0;
}
