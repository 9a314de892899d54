#include "store/month_file.hpp"

#include <algorithm>
#include <cstdio>
#include <limits>

namespace tocsin::store {

namespace fs = std::filesystem;

namespace {

constexpr int firstYear = 1900;
constexpr int lastYear = 2200;
/// Names of sensors kept in memory for one file; beyond, the table is asked.
constexpr std::size_t mostKeys = 50'000;

std::chrono::year_month yearMonthOf(Month month) {
    return std::chrono::year{month.number / 12} / std::chrono::month{static_cast<unsigned>(month.number % 12) + 1};
}

} // namespace

std::optional<Month> Month::of(base::Time time) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
    const int year = static_cast<int>(date.year());
    // A time far out of the calendar's range wraps its year: compare the way back too.
    if (!date.ok() || year < firstYear || year > lastYear)
        return std::nullopt;
    const Month month{year * 12 + static_cast<int>(static_cast<unsigned>(date.month())) - 1};
    if (time < month.begin() || time >= month.end())
        return std::nullopt;
    return month;
}

std::optional<Month> Month::fromFileName(const std::string& name) {
    static const std::string shape = "0000-00.db";
    if (name.size() != shape.size())
        return std::nullopt;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const bool digit = name[i] >= '0' && name[i] <= '9';
        if (shape[i] == '0' ? !digit : name[i] != shape[i])
            return std::nullopt;
    }
    const int year = std::stoi(name.substr(0, 4));
    const int month = std::stoi(name.substr(5, 2));
    if (year < firstYear || year > lastYear || month < 1 || month > 12)
        return std::nullopt;
    return Month{year * 12 + month - 1};
}

std::string Month::fileName() const {
    const auto date = yearMonthOf(*this);
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u.db", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()));
    return text;
}

base::Time Month::begin() const {
    return std::chrono::sys_days{yearMonthOf(*this) / 1};
}
base::Time Month::end() const {
    return Month{number + 1}.begin();
}

base::Result<std::unique_ptr<MonthFile>> MonthFile::open(const fs::path& folder, Month month, Access access) {
    using Opened = base::Result<std::unique_ptr<MonthFile>>;
    const auto file = folder / month.fileName();
    return guarded(file, [&]() -> Opened {
        OpenOptions options;
        options.allowOlder = true;
        options.cacheKiB = access == Access::readWrite ? 32 * 1024 : 4 * 1024;
        options.checkpointPages = 4000;
        auto db = openDatabase(file, access, readingsSchema(), options);
        if (!db)
            return tl::unexpected(db.error());
        return std::unique_ptr<MonthFile>(new MonthFile(file, month, std::move(*db)));
    });
}

MonthFile::MonthFile(fs::path file, Month month, std::unique_ptr<SQLite::Database> db)
    : m_file(std::move(file)), m_month(month), m_db(std::move(db)) {}

SQLite::Statement& MonthFile::prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql) {
    if (!slot)
        slot = std::make_unique<SQLite::Statement>(*m_db, sql);
    return *slot;
}

bool MonthFile::hasTables() {
    if (!m_hasTables)
        m_hasTables = m_db->tableExists("reading");
    return m_hasTables;
}

void MonthFile::begin() {
    m_db->exec("BEGIN IMMEDIATE");
}
void MonthFile::commit() {
    m_db->exec("COMMIT");
}
void MonthFile::rollback() noexcept {
    rollBack(*m_db);
    m_keys.clear(); // some were given by what is gone
}

std::optional<std::int64_t> MonthFile::findKey(const std::string& sensor) {
    Use use(prepared(m_findKey, "SELECT key FROM sensor WHERE name = ?"));
    use->bindNoCopy(1, sensor);
    if (!use->executeStep())
        return std::nullopt;
    return use->getColumn(0).getInt64();
}

std::int64_t MonthFile::keyOf(const std::string& sensor) {
    if (const auto found = m_keys.find(sensor); found != m_keys.end())
        return found->second;
    auto key = findKey(sensor);
    if (!key) {
        Use use(prepared(m_addKey, "INSERT INTO sensor (name) VALUES (?)"));
        use->bindNoCopy(1, sensor);
        use->exec();
        key = m_db->getLastInsertRowid();
    }
    if (m_keys.size() >= mostKeys)
        m_keys.clear();
    m_keys.emplace(sensor, *key);
    return *key;
}

void MonthFile::addToTally(std::int64_t difference) {
    if (difference == 0)
        return;
    Use use(prepared(m_tally, "UPDATE tally SET readings = readings + ?"));
    use->bind(1, difference);
    use->exec();
}

void MonthFile::insert(std::span<const model::Reading> readings, const std::vector<std::uint32_t>& which,
                       std::vector<ReadingOutcome>& outcomes) {
    struct Row {
        std::int64_t sensor;
        std::int64_t time;
        std::uint32_t index;
    };
    std::vector<Row> rows;
    rows.reserve(which.size());
    for (const auto i : which)
        rows.push_back({keyOf(readings[i].sensor.value), base::toUnixMicros(readings[i].time), i});
    // Neighbours in the tree one after the other; of two for the same moment the first that came stays.
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) {
        return std::tie(a.sensor, a.time, a.index) < std::tie(b.sensor, b.time, b.index);
    });
    auto& insert = prepared(m_insert, "INSERT INTO reading (sensor, time, delay, value) VALUES (?, ?, ?, ?) "
                                      "ON CONFLICT DO NOTHING");
    Use inserting(insert);
    std::int64_t stored = 0;
    for (const auto& row : rows) {
        const auto& reading = readings[row.index];
        insert.tryReset();
        insert.bind(1, row.sensor);
        insert.bind(2, row.time);
        std::int64_t delay = 0;
        if (__builtin_sub_overflow(base::toUnixMicros(reading.received), row.time, &delay))
            delay = 0; // a moment of taking that is none
        insert.bind(3, delay);
        insert.bind(4, reading.value);
        if (insert.exec() == 1) {
            outcomes[row.index] = ReadingOutcome::stored;
            ++stored;
            continue;
        }
        Use there(prepared(m_valueAt, "SELECT value FROM reading WHERE sensor = ? AND time = ?"));
        there->bind(1, row.sensor);
        there->bind(2, row.time);
        const bool same = there->executeStep() && there->getColumn(0).getDouble() == reading.value;
        outcomes[row.index] = same ? ReadingOutcome::duplicate : ReadingOutcome::conflict;
    }
    addToTally(stored);
}

void MonthFile::remove(std::span<const model::Reading> readings, const std::vector<std::uint32_t>& which,
                       const std::vector<ReadingOutcome>& outcomes) {
    std::int64_t removed = 0;
    for (const auto i : which) {
        if (outcomes[i] != ReadingOutcome::stored)
            continue;
        Use use(prepared(m_remove, "DELETE FROM reading WHERE sensor = ? AND time = ?"));
        use->bind(1, keyOf(readings[i].sensor.value));
        use->bind(2, base::toUnixMicros(readings[i].time));
        removed += use->exec();
    }
    addToTally(-removed);
}

void MonthFile::latest(std::map<model::SensorId, ReadingPoint>& into) {
    if (!hasTables())
        return;
    Use sensors(prepared(m_sensors, "SELECT key, name FROM sensor"));
    while (sensors->executeStep()) {
        model::SensorId id(sensors->getColumn(1).getString());
        const auto place = into.lower_bound(id);
        if (place != into.end() && place->first == id)
            continue;
        Use newest(prepared(m_newest, "SELECT time, value FROM reading WHERE sensor = ? ORDER BY time DESC LIMIT 1"));
        newest->bind(1, sensors->getColumn(0).getInt64());
        if (newest->executeStep())
            into.emplace_hint(
                place, std::move(id),
                ReadingPoint{base::fromUnixMicros(newest->getColumn(0).getInt64()), newest->getColumn(1).getDouble()});
    }
}

void MonthFile::latestBetween(base::Time from, base::Time to, std::map<model::SensorId, ReadingStep>& into) {
    if (!hasTables())
        return;
    Use sensors(prepared(m_sensors, "SELECT key, name FROM sensor"));
    while (sensors->executeStep()) {
        model::SensorId id(sensors->getColumn(1).getString());
        auto place = into.lower_bound(id);
        bool isKnown = place != into.end() && place->first == id;
        if (isKnown && place->second.previous)
            continue;
        Use newest(prepared(m_newestTwo, "SELECT time, value FROM reading WHERE sensor = ? AND time BETWEEN ? AND ? "
                                         "ORDER BY time DESC LIMIT 2"));
        newest->bind(1, sensors->getColumn(0).getInt64());
        newest->bind(2, base::toUnixMicros(from));
        newest->bind(3, base::toUnixMicros(to));
        while (newest->executeStep()) {
            const double value = newest->getColumn(1).getDouble();
            if (isKnown) {
                place->second.previous = value;
                break;
            }
            const auto time = base::fromUnixMicros(newest->getColumn(0).getInt64());
            place = into.emplace_hint(place, std::move(id), ReadingStep{{time, value}, {}});
            isKnown = true;
        }
    }
}

void MonthFile::range(const std::string& sensor, base::Time from, base::Time to, std::size_t most,
                      std::vector<ReadingPoint>& into) {
    if (!hasTables())
        return;
    const auto key = findKey(sensor);
    if (!key)
        return;
    Use use(prepared(m_range, "SELECT time, value FROM reading WHERE sensor = ? AND time BETWEEN ? AND ? "
                              "ORDER BY time DESC LIMIT ?"));
    use->bind(1, *key);
    use->bind(2, base::toUnixMicros(from));
    use->bind(3, base::toUnixMicros(to));
    use->bind(4, static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max())));
    while (use->executeStep())
        into.push_back({base::fromUnixMicros(use->getColumn(0).getInt64()), use->getColumn(1).getDouble()});
}

std::int64_t MonthFile::count() {
    if (!hasTables())
        return 0;
    const char* sql =
        m_db->tableExists("tally") ? "SELECT readings FROM tally" : "SELECT count(*) FROM reading"; // before version 2
    return m_db->execAndGet(sql).getInt64();
}

} // namespace tocsin::store
