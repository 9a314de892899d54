#include "app/commands.hpp"
#include "app/stored_state.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/county/sensor_table.hpp"
#include "tocsin/store/readings.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>

namespace tocsin::app {

namespace {

using base::Code;

const base::Time earliest = std::chrono::sys_days{std::chrono::year{1900} / 1 / 1};
const base::Time latest = std::chrono::sys_days{std::chrono::year{2201} / 1 / 1};
constexpr std::size_t atOnce = 10'000; ///< readings in memory

struct Closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};

/// Ascending, a stretch of time at once: as long a one as holds few enough.
base::Result<std::size_t> writeReadings(const store::ReadingStore& store, const model::Sensor& sensor, base::Time from, base::Time to, std::FILE* out) {
    const auto put = [out](const std::string& text) { return std::fwrite(text.data(), 1, text.size(), out) == text.size(); };
    const auto full = base::fail(Code::storage, "cannot write all of the readings");
    if (!put(county::readingsTable({})))
        return full;
    std::size_t written = 0;
    base::Duration stretch = std::chrono::days(1);
    constexpr base::Duration longest = std::chrono::days(36'500);
    while (from <= to) {
        const auto end = std::min(from + stretch, to);
        const auto points = store.range(sensor.id, from, end, atOnce + 1);
        if (!points)
            return tl::unexpected(points.error());
        if (points->size() > atOnce && stretch > base::Duration{1}) {
            stretch /= 2;
            continue;
        }
        const auto superseded = store.superseded(sensor.id, from, end); // stand before what took their place
        if (!superseded)
            return tl::unexpected(superseded.error());
        std::vector<model::Reading> readings;
        readings.reserve(points->size() + superseded->size());
        const auto add = [&](const store::ReadingPoint& point) {
            readings.push_back({sensor.id, point.time, point.received, point.value, sensor.unit, point.flags});
        };
        auto old = superseded->begin();
        for (const auto& point : *points) {
            for (; old != superseded->end() && old->time <= point.time; ++old)
                add(*old);
            add(point);
        }
        if (!readings.empty() && !put(county::readingsTable(readings)))
            return full;
        written += points->size();
        if (points->size() < atOnce / 4)
            stretch = std::min(stretch * 2, longest);
        from = end + base::Duration{1};
    }
    return std::fflush(out) == 0 ? base::Result<std::size_t>(written) : full;
}

base::Result<std::size_t> writeFile(const store::ReadingStore& store, const model::Sensor& sensor, base::Time from, base::Time to,
                                    const std::filesystem::path& out) {
    auto part = out;
    part += ".part"; // what is there already stays until all is written
    std::error_code ec;
    base::Result<std::size_t> written = base::fail(Code::storage, "cannot write '" + out.string() + "'");
    if (const std::unique_ptr<std::FILE, Closer> file(std::fopen(part.c_str(), "wb")); file)
        written = writeReadings(store, sensor, from, to, file.get());
    if (written)
        std::filesystem::rename(part, out, ec);
    if (!written || ec) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
    }
    return ec ? base::fail(Code::storage, "cannot write '" + out.string() + "': " + ec.message()) : written;
}

} // namespace

int runExportReadings(const ReadingsWords& words, const Console& console) {
    const county::CountyFolder folder{words.data};
    const auto state = storedState(folder);
    if (!state)
        return console.fail(state.error());
    const auto sensor = state->sensors.find(model::SensorId(words.sensor));
    if (sensor == state->sensors.end())
        return console.fail({Code::notFound, "no sensor '" + words.sensor + "' is registered", {}});
    const auto moment = [](const std::string& text, base::Time absent) {
        return text.empty() ? base::Result<base::Time>(absent) : base::parseTime(text);
    };
    const auto from = moment(words.from, earliest);
    const auto to = moment(words.to, latest);
    if (!from || !to)
        return console.fail(from ? to.error() : from.error());
    if (*from > *to)
        return console.fail({Code::outOfRange, "the stretch ends before it begins", {}});
    const auto store = store::ReadingStore::open(folder.readings(), store::Access::readOnly);
    if (!store)
        return console.fail(store.error());
    const auto first = std::max(*from, earliest);
    const auto last = std::min(*to, latest);
    const bool toFile = !words.out.empty() && words.out != "-";
    const auto written = toFile ? writeFile(**store, sensor->second, first, last, words.out)
                                : writeReadings(**store, sensor->second, first, last, stdout);
    if (!written)
        return console.fail(written.error());
    if (toFile) {
        console.tell({{"outcome", "exported"}, {"file", words.out}, {"readings", *written}});
        console.say(std::to_string(*written) + " readings written to " + words.out);
    }
    return Exit::done;
}

} // namespace tocsin::app
