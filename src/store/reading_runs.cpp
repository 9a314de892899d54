#include "store/reading_runs.hpp"

#include <algorithm>

namespace tocsin::store {

namespace {

constexpr std::int64_t keyedAtOnce = 4096;

} // namespace

SQLite::Statement& Pieces::prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql) {
    if (!slot)
        slot = std::make_unique<SQLite::Statement>(m_db, sql);
    return *slot;
}

std::optional<Pieces::Found> Pieces::find(std::unique_ptr<SQLite::Statement>& slot, const char* sql, std::int64_t run,
                                          PieceKind kind, Moment moment) {
    Use use(prepared(slot, sql));
    use->bind(1, run);
    use->bind(2, static_cast<int>(kind));
    use->bind(3, static_cast<std::int64_t>(moment.sensor));
    use->bind(4, moment.time);
    if (!use->executeStep())
        return std::nullopt;
    return Found{use->getColumn(0).getInt64(),
                 {static_cast<std::uint32_t>(use->getColumn(1).getInt64()), use->getColumn(2).getInt64()}};
}

std::optional<Pieces::Found> Pieces::at(std::int64_t run, PieceKind kind, Moment moment) {
    return find(m_at,
                "SELECT id, sensor, time FROM piece WHERE run = ? AND kind = ? AND (sensor, time) <= (?, ?) "
                "ORDER BY sensor DESC, time DESC LIMIT 1",
                run, kind, moment);
}

std::optional<Pieces::Found> Pieces::after(std::int64_t run, PieceKind kind, Moment moment) {
    return find(m_after,
                "SELECT id, sensor, time FROM piece WHERE run = ? AND kind = ? AND (sensor, time) > (?, ?) "
                "ORDER BY sensor, time LIMIT 1",
                run, kind, moment);
}

void Pieces::load(std::int64_t id, Rows& rows) {
    Use use(prepared(m_load, "SELECT bytes, sensor, time FROM piece WHERE id = ?"));
    use->bind(1, id);
    rows.clear();
    if (!use->executeStep())
        throw Damaged{"piece " + std::to_string(id) + " is missing"};
    const auto bytes = use->getColumn(0);
    const auto sensor = use->getColumn(1).getInt64();
    const auto time = use->getColumn(2).getInt64();
    bool good = false;
    try {
        unpackRows({static_cast<const char*>(bytes.getBlob()), static_cast<std::size_t>(bytes.getBytes())}, rows);
        good = rows.sensor.front() == sensor && rows.time.front() == time;
    } catch (const Damaged&) {
    }
    if (good)
        return;
    rows.clear();
    throw Damaged{"piece " + std::to_string(id) + ", which begins with sensor " + std::to_string(sensor) + " at " +
                  base::formatTime(base::fromUnixMicros(time)) + ", cannot be read"};
}

void Pieces::add(std::int64_t run, PieceKind kind, const Rows& rows, Packing packing) {
    const auto bytes = packRows(rows, packing);
    Use use(prepared(m_add, "INSERT INTO piece (run, kind, sensor, time, bytes) VALUES (?, ?, ?, ?, ?)"));
    use->bind(1, run);
    use->bind(2, static_cast<int>(kind));
    use->bind(3, static_cast<std::int64_t>(rows.sensor.front()));
    use->bind(4, rows.time.front());
    use->bindNoCopy(5, bytes.data(), static_cast<int>(bytes.size()));
    use->exec();
}

void Pieces::clear(std::int64_t run) {
    Use use(prepared(m_clear, "DELETE FROM piece WHERE run = ?"));
    use->bind(1, run);
    use->exec();
}

void Pieces::loadKeyed(std::unique_ptr<SQLite::Statement>& slot, const char* sql, Moment moment, Rows& rows) {
    Use use(prepared(slot, sql));
    use->bind(1, static_cast<std::int64_t>(moment.sensor));
    use->bind(2, moment.time);
    use->bind(3, keyedAtOnce);
    rows.clear();
    while (use->executeStep()) {
        const auto sensor = use->getColumn(0).getInt64();
        if (sensor <= 0 || sensor > std::numeric_limits<std::uint32_t>::max())
            throw Damaged{"a reading has a sensor that is none"};
        rows.add(static_cast<std::uint32_t>(sensor), use->getColumn(1).getInt64(), use->getColumn(2).getInt64() / 1000,
                 use->getColumn(3).getDouble(), 0);
    }
}

void Pieces::loadKeyedAt(Moment moment, Rows& rows) {
    loadKeyed(m_keyedAt,
              "SELECT sensor, time, delay, value FROM reading WHERE (sensor, time) <= (?, ?) "
              "ORDER BY sensor DESC, time DESC LIMIT ?",
              moment, rows);
    std::reverse(rows.sensor.begin(), rows.sensor.end());
    std::reverse(rows.time.begin(), rows.time.end());
    std::reverse(rows.extra.begin(), rows.extra.end());
    std::reverse(rows.value.begin(), rows.value.end());
}

void Pieces::loadKeyedAfter(Moment moment, Rows& rows) {
    loadKeyed(m_keyedAfter,
              "SELECT sensor, time, delay, value FROM reading WHERE (sensor, time) > (?, ?) "
              "ORDER BY sensor, time LIMIT ?",
              moment, rows);
}

bool Cursor::bringAt(Moment moment) {
    if (!m_rows.empty() && begin() <= moment && moment <= end())
        return true;
    if (m_run == 0) {
        m_pieces->loadKeyedAt(moment, m_rows);
        return !m_rows.empty();
    }
    const auto found = m_pieces->at(m_run, m_kind, moment);
    if (!found)
        return false;
    if (m_rows.empty() || found->id != m_loaded)
        m_pieces->load(found->id, m_rows);
    m_loaded = found->id;
    return true;
}

bool Cursor::bringAfter(Moment moment) {
    if (m_run == 0) {
        m_pieces->loadKeyedAfter(moment, m_rows);
        return !m_rows.empty();
    }
    const auto found = m_pieces->after(m_run, m_kind, moment);
    if (!found)
        return false;
    m_pieces->load(found->id, m_rows);
    m_loaded = found->id;
    return true;
}

bool Cursor::seek(Moment moment) {
    Moment past = moment;
    if (bringAt(moment)) {
        m_index = m_rows.lowerBound(moment.sensor, moment.time);
        if (m_index < m_rows.size())
            return true;
        past = end();
    }
    m_index = 0;
    return bringAfter(past);
}

bool Cursor::seekBack(Moment moment) {
    if (!bringAt(moment))
        return false;
    m_index = m_rows.upperBound(moment.sensor, moment.time) - 1;
    return true;
}

bool Cursor::skip(std::size_t rows) {
    m_index += rows;
    if (m_index < m_rows.size())
        return true;
    const auto past = end();
    m_index = 0;
    return bringAfter(past);
}

} // namespace tocsin::store
