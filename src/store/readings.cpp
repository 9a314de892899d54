#include "tocsin/store/readings.hpp"

#include "store/files.hpp"
#include "store/month_file.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace tocsin::store {

namespace fs = std::filesystem;
using base::Code;

namespace {

/// Files kept open between calls.
constexpr std::size_t mostOpen = 3;
/// Files that one group of transactions may span.
constexpr std::size_t mostTogether = 8;
constexpr std::size_t mostNameBytes = 120;

/// A month's share of a batch.
struct Part {
    std::vector<std::uint32_t> which;
    std::int64_t run{0}; ///< that the file made of it
};

class MonthlyReadings final : public ReadingStore {
  public:
    MonthlyReadings(fs::path folder, Access access) : m_folder(std::move(folder)), m_access(access) {}

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
        trim(mostOpen);
        if (!result)
            return tl::unexpected(result.error());
        return outcomes;
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
            const auto name = [&] { return "reading " + std::to_string(i + 1) + " of " + m_names[reading.sensor].value; };
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

    /// The file, from those that are open or opened now; most recently used last.
    base::Result<MonthFile*> opened(Month month, Access access) const {
        const auto found =
            std::find_if(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
        if (found != m_open.end()) {
            std::rotate(found, found + 1, m_open.end());
            return m_open.back().get();
        }
        auto file = MonthFile::open(m_folder, month, access);
        if (!file)
            return tl::unexpected(file.error());
        m_open.push_back(std::move(*file));
        return m_open.back().get();
    }
    base::Result<MonthFile*> writable(Month month) { return opened(month, Access::readWrite); }

    void trim(std::size_t most) const {
        if (m_open.size() > most)
            m_open.erase(m_open.begin(), m_open.end() - static_cast<std::ptrdiff_t>(most));
    }

    [[nodiscard]] std::vector<Month> monthsOnDisk() const {
        std::vector<Month> months;
        std::error_code ec;
        for (auto it = fs::directory_iterator(m_folder, ec); !ec && it != fs::directory_iterator(); it.increment(ec)) {
            if (const auto month = Month::fromFileName(it->path().filename().string()))
                months.push_back(*month);
        }
        std::sort(months.begin(), months.end(), std::greater<>());
        return months;
    }

    /// Calls `use` with each month that `wanted` wants, the newest first, until it returns false.
    template <typename Use, typename Wanted>
    base::Result<void> newestFirst(const Use& use, const Wanted& wanted) const {
        for (const auto month : monthsOnDisk()) {
            if (!wanted(month))
                continue;
            const bool isOpen =
                std::any_of(m_open.begin(), m_open.end(), [month](const auto& file) { return file->month() == month; });
            // A writer's open files are for writing: it looks into other months without keeping them.
            std::unique_ptr<MonthFile> passing;
            MonthFile* file = nullptr;
            if (isOpen || m_access == Access::readOnly) {
                auto kept = opened(month, m_access);
                if (!kept)
                    return tl::unexpected(kept.error());
                file = *kept;
                trim(mostOpen);
            } else {
                auto once = MonthFile::open(m_folder, month, Access::readOnly);
                if (!once)
                    return tl::unexpected(once.error());
                passing = std::move(*once);
                file = passing.get();
            }
            auto more = guarded(file->path(), [&]() -> base::Result<bool> { return use(*file); });
            if (!more)
                return tl::unexpected(more.error());
            if (!*more)
                break;
        }
        return {};
    }
    template <typename Use>
    base::Result<void> newestFirst(const Use& use) const {
        return newestFirst(use, [](Month) { return true; });
    }

    std::unordered_map<std::string, SensorKey> m_numbers;
    std::vector<model::SensorId> m_names;
    fs::path m_folder;
    Access m_access;
    mutable std::vector<std::unique_ptr<MonthFile>> m_open;
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
