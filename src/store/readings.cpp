#include "tocsin/store/readings.hpp"

#include "store/files.hpp"
#include "store/reading_merge.hpp"
#include "store/reading_months.hpp"
#include "store/reading_upkeep.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// Files that one group of transactions may span.
constexpr std::size_t mostTogether = 8;
constexpr std::size_t mostNameBytes = 120;
/// Appending helps once so many times as many runs wait as would be merged: by one reading for each that it brought for each
/// time more. A pause of the upkeep, which a few moments of idleness make good, then delays nobody.
constexpr std::size_t littleBehind = 3;
constexpr std::size_t mostHelp = 6;

/// A month's share of a batch.
struct Part {
    std::vector<std::uint32_t> which;
    std::int64_t run{0}; ///< that the file made of it
};

class MonthlyReadings final : public ReadingStore, private ReadingMonths {
  public:
    using ReadingMonths::ReadingMonths;

    [[nodiscard]] base::Result<std::vector<ReadingOutcome>> append(std::span<const model::Reading> readings) override {
        if (m_access == Access::readOnly)
            return readOnly();
        std::vector<KeyedReading> keyed;
        keyed.reserve(readings.size());
        for (std::size_t i = 0; i < readings.size(); ++i) {
            const auto& reading = readings[i];
            const auto key = keyOf(reading.sensor);
            if (!key)
                return base::fail(Code::malformed, "reading " + std::to_string(i + 1) + " has no sensor's name");
            keyed.push_back({*key, reading.flags, reading.time, reading.received, reading.value});
        }
        return append(std::span<const KeyedReading>(keyed));
    }

    [[nodiscard]] base::Result<SensorKey> keyOf(const model::SensorId& sensor) override {
        if (sensor.value.empty() || sensor.value.size() > mostNameBytes)
            return base::fail(Code::malformed, "a sensor's name has 1 to 120 bytes");
        const auto [at, isNew] = m_numbers.try_emplace(sensor.value, static_cast<SensorKey>(m_names.size()));
        if (isNew)
            m_names.push_back(sensor);
        return at->second;
    }

    [[nodiscard]] base::Result<std::vector<ReadingOutcome>> append(std::span<const KeyedReading> readings) override {
        if (m_access == Access::readOnly)
            return readOnly();
        auto months = byMonth(readings);
        if (!months)
            return tl::unexpected(months.error());
        std::vector<ReadingOutcome> outcomes(readings.size(), ReadingOutcome::stored);
        auto result = guarded(m_folder, [&] { return appendMonths(readings, *months, outcomes); });
        if (result)
            helpAlong(*months, readings.size());
        trim(mostOpen);
        if (!result)
            return tl::unexpected(result.error());
        return outcomes;
    }

    [[nodiscard]] base::Result<std::vector<Corrected>> correct(std::span<const Correction> corrections) override {
        if (m_access == Access::readOnly)
            return readOnly();
        std::map<Month, std::vector<std::size_t>> months;
        const auto there = monthsOnDisk();
        for (std::size_t i = 0; i < corrections.size(); ++i) {
            if (!std::isfinite(corrections[i].value))
                return base::fail(Code::outOfRange, "reading " + std::to_string(i + 1) + " of " + corrections[i].sensor.value + " is no finite number");
            const auto month = Month::of(corrections[i].time);
            if (month && std::find(there.begin(), there.end(), *month) != there.end()) // no file is made for what is in none
                months[*month].push_back(i);
        }
        std::vector<Corrected> outcomes(corrections.size());
        for (const auto& [month, which] : months) {
            auto file = writable(month);
            if (!file)
                return tl::unexpected(file.error());
            auto done = guarded((*file)->path(), [&]() -> base::Result<void> {
                (*file)->begin();
                for (const auto i : which)
                    outcomes[i] = (*file)->correct(corrections[i]);
                (*file)->commit();
                return {};
            });
            if (!done)
                (*file)->rollback();
            trim(mostOpen);
            if (!done)
                return tl::unexpected(done.error());
        }
        return outcomes;
    }

    [[nodiscard]] base::Result<std::vector<ReadingPoint>> superseded(const model::SensorId& sensor, base::Time from, base::Time to) const override {
        std::vector<std::vector<ReadingPoint>> months;
        auto read = newestFirst(
            [&](MonthFile& file) {
                file.superseded(sensor.value, from, to, months.emplace_back());
                return true;
            },
            [&](Month month) { return month.begin() <= to && month.end() > from; });
        if (!read)
            return tl::unexpected(read.error());
        std::vector<ReadingPoint> points;
        for (auto month = months.rbegin(); month != months.rend(); ++month)
            points.insert(points.end(), month->begin(), month->end());
        return points;
    }

    [[nodiscard]] base::Result<std::map<model::SensorId, ReadingPoint>> latest() const override {
        std::map<model::SensorId, ReadingPoint> points;
        auto read = newestFirst([&](MonthFile& file) {
            file.latest(points);
            return true;
        });
        if (!read)
            return tl::unexpected(read.error());
        return points;
    }

    [[nodiscard]] base::Result<std::map<model::SensorId, ReadingStep>> latestBetween(base::Time from,
                                                                                     base::Time to) const override {
        std::map<model::SensorId, ReadingStep> steps;
        auto read = newestFirst(
            [&](MonthFile& file) {
                file.latestBetween(from, to, steps);
                return true;
            },
            [&](Month month) { return month.begin() <= to && month.end() > from; });
        if (!read)
            return tl::unexpected(read.error());
        return steps;
    }

    [[nodiscard]] base::Result<std::vector<ReadingPoint>> range(const model::SensorId& sensor, base::Time from,
                                                                base::Time to, std::size_t most) const override {
        std::vector<ReadingPoint> points;
        auto read = newestFirst(
            [&](MonthFile& file) {
                file.range(sensor.value, from, to, most - points.size(), points);
                return points.size() < most;
            },
            [&](Month month) { return month.begin() <= to && month.end() > from; });
        if (!read)
            return tl::unexpected(read.error());
        std::reverse(points.begin(), points.end());
        return points;
    }

    [[nodiscard]] base::Result<Series> series(const model::SensorId& sensor, base::Time from, base::Time to,
                                              std::size_t mostPoints) const override {
        const auto months = monthsOnDisk();
        if (months.empty() || mostPoints == 0)
            return Series{};
        from = std::max(from, months.back().begin());
        to = std::min(to, months.front().end() - base::Duration(1));
        if (from > to)
            return Series{};
        const auto readings = range(sensor, from, to, mostPoints < mostPoints + 1 ? mostPoints + 1 : mostPoints);
        if (!readings)
            return tl::unexpected(readings.error());
        if (readings->size() <= mostPoints) {
            Series plain;
            for (const auto& reading : *readings)
                plain.points.push_back({reading.time, reading.value, reading.value, reading.value, 1, reading.flags, reading.received});
            return plain;
        }
        return summed(sensor, base::toUnixMicros(from), base::toUnixMicros(to), mostPoints);
    }

    [[nodiscard]] base::Result<bool> upkeep(base::Time now, const UpkeepPolicy& policy,
                                            const std::stop_token& stop) override {
        if (m_access == Access::readOnly)
            return readOnly();
        for (const auto& open : m_open) {
            if (stop.stop_requested())
                return true;
            const bool isOld = open->month().end() + policy.rawFor <= now;
            auto done = guarded(open->path(), [&] { return open->upkeep().step(policy.readingsAtOnce, isOld); });
            if (!done || *done)
                return done;
            if (isOld)
                m_settled.insert(open->month());
        }
        // An old month needs but one look, until something late comes for it.
        const auto months = monthsOnDisk();
        for (auto month = months.rbegin(); month != months.rend() && !stop.stop_requested(); ++month) {
            if (month->end() + policy.rawFor > now)
                break;
            if (m_settled.contains(*month))
                continue;
            auto file = writable(*month);
            trim(mostOpen);
            if (file)
                return true; // the next call finds it among the open ones
            m_settled.insert(*month);
            return tl::unexpected(file.error());
        }
        return stop.stop_requested();
    }

    [[nodiscard]] base::Result<std::int64_t> count() const override {
        std::int64_t count = 0;
        auto read = newestFirst([&](MonthFile& file) {
            count += file.count();
            return true;
        });
        if (!read)
            return tl::unexpected(read.error());
        return count;
    }

  private:
    [[nodiscard]] tl::unexpected<base::Error> readOnly() const {
        return base::fail(Code::refused, m_folder.string() + " is open for reading only");
    }

    [[nodiscard]] base::Result<std::map<Month, Part>> byMonth(std::span<const KeyedReading> readings) const {
        std::map<Month, Part> months;
        Part* part = nullptr;
        base::Time begin;
        base::Time end;
        for (std::size_t i = 0; i < readings.size(); ++i) {
            const auto& reading = readings[i];
            const auto name = [&] {
                return "reading " + std::to_string(i + 1) + " of " + m_names[reading.sensor].value;
            };
            if (reading.sensor >= m_names.size())
                return base::fail(Code::malformed, "reading " + std::to_string(i + 1) + " has no sensor's key");
            if (!std::isfinite(reading.value))
                return base::fail(Code::outOfRange, name() + " is no finite number");
            if (part == nullptr || reading.time < begin || reading.time >= end) {
                const auto month = Month::of(reading.time);
                if (!month)
                    return base::fail(Code::outOfRange, name() + " has a year outside 1900 to 2200");
                part = &months[*month];
                begin = month->begin();
                end = month->end();
                if (part->which.empty())
                    part->which.reserve(readings.size() - i);
            }
            part->which.push_back(static_cast<std::uint32_t>(i));
        }
        return months;
    }

    base::Result<void> appendMonths(std::span<const KeyedReading> readings, std::map<Month, Part>& months,
                                    std::vector<ReadingOutcome>& outcomes) {
        auto next = months.begin();
        while (next != months.end()) {
            const auto first = next;
            for (std::size_t n = 0; n < mostTogether && next != months.end(); ++n)
                ++next;
            auto committed = first;
            auto done = appendTogether(readings, first, next, committed, outcomes);
            if (!done) {
                undo(months.begin(), committed);
                return done;
            }
            trim(mostOpen);
        }
        return {};
    }

    /// Helps with what waits where nobody calls upkeep(): what was appended is committed, whatever becomes of this.
    void helpAlong(const std::map<Month, Part>& months, std::size_t readings) {
        for (const auto& open : m_open) {
            const auto part = months.find(open->month());
            if (part == months.end() || part->second.run == 0)
                continue;
            m_settled.erase(open->month());
            (void)guarded(open->path(), [&]() -> base::Result<bool> {
                const auto behind = open->upkeep().behind();
                return behind > littleBehind ? open->upkeep().step(readings * std::min(behind - littleBehind, mostHelp) + 1000, false) : false;
            });
        }
    }

    base::Result<Series> summed(const model::SensorId& sensor, std::int64_t from, std::int64_t to,
                                std::size_t mostPoints) const {
        const auto pointsOf = [&](std::int64_t step) {
            return static_cast<std::uint64_t>((stepBegin(to, step) - stepBegin(from, step)) / step) + 1;
        };
        auto kind = PieceKind::minutes;
        while (kind != PieceKind::days && pointsOf(stepOf(kind)) > mostPoints)
            kind = kind == PieceKind::minutes ? PieceKind::hours : PieceKind::days;
        auto step = stepOf(kind);
        while (pointsOf(step) > mostPoints && step < to - from)
            step += stepOf(kind);
        from = stepBegin(from, step);
        to = stepBegin(to, step) + step - 1;
        std::map<std::int64_t, Sum> sums;
        auto read = newestFirst(
            [&](MonthFile& file) {
                file.sums(sensor.value, from, to, kind, step, sums);
                return true;
            },
            [&](Month month) {
                return base::toUnixMicros(month.begin()) <= to && base::toUnixMicros(month.end()) > from;
            });
        if (!read)
            return tl::unexpected(read.error());
        Series series;
        series.step = base::Duration(step);
        series.points.reserve(sums.size());
        for (const auto& [begin, sum] : sums)
            series.points.push_back({base::fromUnixMicros(begin), sum.lowest,
                                     sum.total / static_cast<double>(sum.count), sum.highest, sum.count});
        return series;
    }

    using Parts = std::map<Month, Part>::iterator;

    /// Inserts into all files before the first is committed; `committed` moves past those that are.
    base::Result<void> appendTogether(std::span<const KeyedReading> readings, Parts first, Parts last, Parts& committed,
                                      std::vector<ReadingOutcome>& outcomes) {
        fs::path at = m_folder;
        auto done = guarded(m_folder, [&]() -> base::Result<void> {
            try {
                for (auto it = first; it != last; ++it) {
                    auto file = writable(it->first);
                    if (!file)
                        return tl::unexpected(file.error());
                    at = (*file)->path();
                    (*file)->begin();
                    it->second.run = (*file)->insert(readings, it->second.which, m_names, outcomes);
                }
                for (; committed != last; ++committed) {
                    auto file = writable(committed->first);
                    if (!file)
                        return tl::unexpected(file.error());
                    at = (*file)->path();
                    (*file)->commit();
                }
            } catch (const SQLite::Exception& e) {
                return tl::unexpected(errorOf(e, at));
            } catch (const Damaged& e) {
                return base::fail(Code::storage, at.string() + " is damaged: " + e.message);
            }
            return {};
        });
        if (!done) {
            for (const auto& file : m_open)
                file->rollback();
        }
        return done;
    }

    /// Only a commit that fails after another file's succeeded comes here. What cannot be taken out stays: the caller
    /// sends all of it again, and then it is a duplicate.
    void undo(Parts first, Parts last) {
        for (auto it = first; it != last; ++it) {
            if (it->second.run == 0)
                continue;
            auto file = writable(it->first);
            if (!file)
                continue;
            try {
                (*file)->begin();
                (*file)->remove(it->second.run);
                (*file)->commit();
            } catch (const SQLite::Exception&) {
                (*file)->rollback();
            }
            trim(mostTogether);
        }
    }

    std::set<Month> m_settled; ///< looked at since the last append: nothing to move to the archive
    std::unordered_map<std::string, SensorKey> m_numbers;
    std::vector<model::SensorId> m_names;
};

} // namespace

base::Result<std::unique_ptr<ReadingStore>> ReadingStore::open(const fs::path& folder, Access access) {
    if (access == Access::readWrite) {
        if (auto made = makeFolder(folder); !made)
            return tl::unexpected(made.error());
    }
    return std::make_unique<MonthlyReadings>(folder, access);
}

} // namespace tocsin::store
