// What is asked of a month's file.

#include "store/month_file.hpp"

#include <algorithm>
#include <limits>

namespace tocsin::store {

namespace {

constexpr auto everBefore = std::numeric_limits<std::int64_t>::min();
constexpr auto everAfter = std::numeric_limits<std::int64_t>::max();

FoundReading foundAt(const Rows& rows, std::size_t i) {
    return {rows.time[i], rows.value[i], rows.flagsAt(i), rows.extra[i]};
}

} // namespace

void NewestTwo::offer(const FoundReading& reading) {
    if (reading.time > newest.time) {
        second = newest;
        newest = reading;
    } else if (reading.time > second.time && reading.time != newest.time) {
        second = reading;
    }
}

MonthFile::Layout MonthFile::layout() {
    if (m_layout == Layout::runs)
        return m_layout;
    m_layout = m_db->tableExists("run") ? Layout::runs : m_db->tableExists("reading") ? Layout::keyed : Layout::none;
    return m_layout;
}

const std::vector<Run>& MonthFile::runs() {
    // A writer knows what it has done; a reader looks each time.
    if (m_knowsRuns && m_access == Access::readWrite)
        return m_runs;
    m_runs.clear();
    if (layout() == Layout::none)
        return m_runs;
    if (m_db->execAndGet("SELECT EXISTS (SELECT 1 FROM reading)").getInt() != 0)
        m_runs.emplace_back();
    if (layout() == Layout::runs) {
        SQLite::Statement rows(*m_db, "SELECT id, state, readings, first, last, summed FROM run WHERE state IN (1, 2) "
                                      "ORDER BY id");
        while (rows.executeStep())
            m_runs.push_back({rows.getColumn(0).getInt64(),
                              rows.getColumn(1).getInt() == 2 ? Run::State::archived : Run::State::whole,
                              rows.getColumn(2).getInt64(), rows.getColumn(3).getInt64(), rows.getColumn(4).getInt64(),
                              rows.getColumn(5).getInt() != 0});
    }
    m_knowsRuns = true;
    return m_runs;
}

Pieces& MonthFile::archived() {
    if (!m_archive) {
        const auto file = m_file.parent_path() / "archive" / m_month.fileName();
        OpenOptions options;
        options.allowOlder = true;
        auto db = openDatabase(file, Access::readOnly, readingsSchema(), options);
        if (!db)
            throw Damaged{"the readings in its archive cannot be read: " + db.error().message};
        m_archiveDb = std::move(*db);
        m_archive = std::make_unique<Pieces>(*m_archiveDb);
    }
    return *m_archive;
}

Cursor MonthFile::cursorOf(const Run& run, PieceKind kind) {
    const bool isArchived = run.state == Run::State::archived && kind == PieceKind::readings;
    return {isArchived ? archived() : m_pieces, run.id, kind};
}

std::size_t MonthFile::lastNumber() {
    const auto number = m_db->execAndGet("SELECT coalesce(max(key), 0) FROM sensor").getInt64();
    // They are given one after the other: what is kept for each is bounded by how many there are.
    if (number < 0 || number > m_db->execAndGet("SELECT count(*) FROM sensor").getInt64() * 4 + 1000)
        throw Damaged{"a sensor has a number that is none"};
    return static_cast<std::size_t>(number);
}

void MonthFile::newestOfTable(std::int64_t from, std::int64_t to, std::vector<NewestTwo>& into) {
    for (std::size_t number = 1; number < into.size(); ++number) {
        Use two(prepared(m_newestTwo, "SELECT time, delay, value FROM reading WHERE sensor = ? AND time BETWEEN ? AND ? "
                                      "ORDER BY time DESC LIMIT 2"));
        two->bind(1, static_cast<std::int64_t>(number));
        two->bind(2, from);
        two->bind(3, to);
        while (two->executeStep())
            into[number].offer({two->getColumn(0).getInt64(), two->getColumn(2).getDouble(), 0, two->getColumn(1).getInt64()});
    }
}

void MonthFile::newestOfRun(const Run& run, std::int64_t from, std::int64_t to, std::vector<NewestTwo>& into) {
    if (run.id == 0)
        return newestOfTable(from, to, into);
    if (!run.overlaps(from, to))
        return;
    const bool hasNewest = run.summed && run.last <= to;
    if (hasNewest || !run.summed) {
        auto cursor = cursorOf(run, hasNewest ? PieceKind::newest : PieceKind::readings);
        for (bool more = cursor.seek({0, everBefore}); more; more = cursor.next()) {
            const auto moment = cursor.moment();
            if (moment.time >= from && moment.time <= to && moment.sensor < into.size())
                into[moment.sensor].offer(foundAt(cursor.rows(), cursor.index()));
        }
        return;
    }
    auto cursor = cursorOf(run, PieceKind::readings);
    for (std::uint32_t number = 1; number < into.size(); ++number) {
        auto until = to;
        for (int n = 0; n < 2 && cursor.seekBack({number, until}); ++n) {
            const auto moment = cursor.moment();
            if (moment.sensor != number || moment.time < from)
                break;
            into[number].offer(foundAt(cursor.rows(), cursor.index()));
            until = moment.time - 1;
        }
    }
}

std::vector<NewestTwo> MonthFile::newestTwo(std::int64_t from, std::int64_t to) {
    std::vector<NewestTwo> known(lastNumber() + 1);
    for (const auto& run : runs())
        newestOfRun(run, from, to, known);
    correctNewest(known);
    return known;
}

void MonthFile::latest(std::map<model::SensorId, ReadingPoint>& into) {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none)
        return;
    const auto known = newestTwo(everBefore, everAfter);
    SQLite::Statement sensors(*m_db, "SELECT key, name FROM sensor");
    while (sensors.executeStep()) {
        const auto number = static_cast<std::size_t>(sensors.getColumn(0).getInt64());
        if (number < known.size() && known[number].newest.isThere())
            into.try_emplace(model::SensorId(sensors.getColumn(1).getString()), known[number].newest.point());
    }
}

void MonthFile::latestBetween(base::Time from, base::Time to, std::map<model::SensorId, ReadingStep>& into) {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none)
        return;
    const auto known = newestTwo(base::toUnixMicros(from), base::toUnixMicros(to));
    SQLite::Statement sensors(*m_db, "SELECT key, name FROM sensor");
    while (sensors.executeStep()) {
        const auto number = static_cast<std::size_t>(sensors.getColumn(0).getInt64());
        if (number >= known.size() || !known[number].newest.isThere())
            continue;
        const auto& two = known[number];
        const auto [place, isNew] = into.try_emplace(model::SensorId(sensors.getColumn(1).getString()));
        if (isNew) {
            place->second.newest = two.newest.point();
            if (two.second.isThere())
                place->second.previous = two.second.value;
        } else if (!place->second.previous) {
            place->second.previous = two.newest.value;
        }
    }
}

void MonthFile::range(const std::string& sensor, base::Time from, base::Time to, std::size_t most,
                      std::vector<ReadingPoint>& into) {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none || from > to)
        return;
    const auto number = findNumber(sensor);
    if (!number)
        return;
    const auto first = base::toUnixMicros(from);
    const auto last = base::toUnixMicros(to);
    std::vector<FoundReading> found;
    for (const auto& run : runs()) {
        if (!run.overlaps(first, last))
            continue;
        auto cursor = cursorOf(run, PieceKind::readings);
        auto until = last;
        for (std::size_t n = 0; n < most && cursor.seekBack({*number, until}); ++n) {
            const auto moment = cursor.moment();
            if (moment.sensor != *number || moment.time < first)
                break;
            found.push_back(foundAt(cursor.rows(), cursor.index()));
            if (moment.time == first)
                break;
            until = moment.time - 1;
        }
    }
    const auto isNewer = [](const FoundReading& a, const FoundReading& b) { return a.time > b.time; };
    std::sort(found.begin(), found.end(), isNewer);
    found.resize(std::min(found.size(), most));
    const auto corrections = found.empty() ? Corrections{} : correctionsOf(*number, found.back().time, found.front().time);
    for (const auto& reading : found) {
        const auto better = corrections.empty() ? corrections.end() : corrections.find(reading.time);
        into.push_back(better == corrections.end() ? reading.point() : better->second.inPlaceOf(reading).point());
    }
}

std::int64_t MonthFile::count() {
    const Snapshot snapshot(*m_db);
    if (layout() == Layout::none)
        return 0;
    const char* sql =
        m_db->tableExists("tally") ? "SELECT readings FROM tally" : "SELECT count(*) FROM reading"; // before version 2
    return m_db->execAndGet(sql).getInt64();
}

} // namespace tocsin::store
