#include "store/track_file.hpp"

#include "embedded/tracks_migrations.hpp"

#include <algorithm>
#include <limits>

namespace tocsin::store {

namespace fs = std::filesystem;

namespace {

/// Names kept in memory for one file; beyond, the table is asked.
constexpr std::size_t mostKeys = 20'000;

constexpr std::string_view positionColumns =
    "p.time, p.delay, p.stale, a.call_sign, a.type, a.team, a.role, p.latitude, p.longitude, p.altitude, p.accuracy, "
    "p.speed, p.course FROM position p JOIN about a ON a.key = p.about";

std::string textOf(std::size_t query) {
    static const std::string select = "SELECT " + std::string(positionColumns) +
                                      " WHERE p.unit = ? AND p.time BETWEEN ? AND ? ORDER BY p.time DESC LIMIT ";
    switch (query) {
    case 0:
        return "SELECT key FROM unit WHERE name = ?";
    case 1:
        return "INSERT INTO unit (name) VALUES (?)";
    case 2:
        return "SELECT key FROM about WHERE call_sign = ? AND type = ? AND team = ? AND role = ?";
    case 3:
        return "INSERT INTO about (call_sign, type, team, role) VALUES (?, ?, ?, ?)";
    case 4:
        return "INSERT INTO position (unit, time, delay, stale, about, latitude, longitude, altitude, accuracy, speed, "
               "course) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
    case 5:
        return "SELECT latitude, longitude FROM position WHERE unit = ? AND time = ?";
    case 6:
        return "SELECT key, name FROM unit";
    case 7:
        return select + "1";
    default:
        return select + "?";
    }
}

void bindOptional(SQLite::Statement& statement, int at, const std::optional<double>& value) {
    if (value)
        statement.bind(at, *value);
    else
        statement.bind(at);
}

std::optional<double> optionalOf(const SQLite::Column& column) {
    return column.isNull() ? std::nullopt : std::optional(column.getDouble());
}

/// a − b, or 0 where that is no span.
std::int64_t span(base::Time a, base::Time b) {
    std::int64_t out = 0;
    return __builtin_sub_overflow(base::toUnixMicros(a), base::toUnixMicros(b), &out) ? 0 : out;
}

} // namespace

Schema tracksSchema() {
    std::vector<Migration> migrations;
    for (const auto& file : embedded::tracks_migrations())
        migrations.push_back({file.name, file.bytes});
    return {tracksApplicationId, "tracks file", std::move(migrations), {}};
}

base::Result<std::unique_ptr<TrackFile>> TrackFile::open(const fs::path& folder, Month month, Access access) {
    using Opened = base::Result<std::unique_ptr<TrackFile>>;
    const auto file = folder / month.fileName();
    return guarded(file, [&]() -> Opened {
        OpenOptions options;
        options.allowOlder = true;
        options.cacheKiB = access == Access::readWrite ? 16 * 1024 : 4 * 1024;
        options.checkpointPages = 4000;
        auto db = openDatabase(file, access, tracksSchema(), options);
        if (!db)
            return tl::unexpected(db.error());
        return std::unique_ptr<TrackFile>(new TrackFile(file, month, std::move(*db)));
    });
}

SQLite::Statement& TrackFile::prepared(Query query) {
    auto& slot = m_statements.at(query);
    if (!slot)
        slot = std::make_unique<SQLite::Statement>(*m_db, textOf(query));
    return *slot;
}

bool TrackFile::hasTables() {
    if (!m_hasTables)
        m_hasTables = m_db->tableExists("position");
    return m_hasTables;
}

void TrackFile::rollback() noexcept {
    rollBack(*m_db);
    m_units.clear(); // some were given by what is gone
    m_abouts.clear();
}

std::optional<std::int64_t> TrackFile::findKey(const std::string& unit) {
    Use use(prepared(findUnit));
    use->bindNoCopy(1, unit);
    if (!use->executeStep())
        return std::nullopt;
    return use->getColumn(0).getInt64();
}

std::int64_t TrackFile::unitKey(const std::string& unit) {
    if (const auto found = m_units.find(unit); found != m_units.end())
        return found->second;
    auto key = findKey(unit);
    if (!key) {
        Use use(prepared(addUnit));
        use->bindNoCopy(1, unit);
        use->exec();
        key = m_db->getLastInsertRowid();
    }
    if (m_units.size() >= mostKeys)
        m_units.clear();
    m_units.emplace(unit, *key);
    return *key;
}

std::int64_t TrackFile::aboutKey(const model::UnitPosition& position) {
    std::string words;
    for (const auto* word : {&position.callSign, &position.type, &position.team, &position.role})
        words.append(*word).push_back('\0');
    if (const auto found = m_abouts.find(words); found != m_abouts.end())
        return found->second;
    const auto bindAll = [&position](Use& use) {
        use->bindNoCopy(1, position.callSign);
        use->bindNoCopy(2, position.type);
        use->bindNoCopy(3, position.team);
        use->bindNoCopy(4, position.role);
    };
    std::int64_t key = 0;
    bool isThere = false;
    {
        Use use(prepared(findAbout));
        bindAll(use);
        isThere = use->executeStep();
        if (isThere)
            key = use->getColumn(0).getInt64();
    }
    if (!isThere) {
        Use use(prepared(addAbout));
        bindAll(use);
        use->exec();
        key = m_db->getLastInsertRowid();
    }
    if (m_abouts.size() >= mostKeys)
        m_abouts.clear();
    m_abouts.emplace(std::move(words), key);
    return key;
}

void TrackFile::insert(std::span<const model::UnitPosition> positions, const std::vector<std::uint32_t>& which,
                       std::vector<ReadingOutcome>& outcomes) {
    for (const auto i : which) {
        const auto& p = positions[i];
        const auto unit = unitKey(p.unit.value);
        const auto about = aboutKey(p);
        Use use(prepared(insertPosition));
        use->bind(1, unit);
        use->bind(2, base::toUnixMicros(p.time));
        use->bind(3, span(p.received, p.time));
        use->bind(4, span(p.stale, p.time));
        use->bind(5, about);
        use->bind(6, p.position.latitude());
        use->bind(7, p.position.longitude());
        bindOptional(*use, 8, p.altitudeMetres);
        bindOptional(*use, 9, p.accuracyMetres);
        bindOptional(*use, 10, p.speed);
        bindOptional(*use, 11, p.course);
        if (use->exec() == 1) {
            outcomes[i] = ReadingOutcome::stored;
            continue;
        }
        Use there(prepared(placeAt));
        there->bind(1, unit);
        there->bind(2, base::toUnixMicros(p.time));
        const bool same = there->executeStep() && there->getColumn(0).getDouble() == p.position.latitude() &&
                          there->getColumn(1).getDouble() == p.position.longitude();
        outcomes[i] = same ? ReadingOutcome::duplicate : ReadingOutcome::conflict;
    }
}

model::UnitPosition TrackFile::positionFrom(SQLite::Statement& row, const model::UnitId& unit) {
    model::UnitPosition p;
    p.unit = unit;
    const auto time = row.getColumn(0).getInt64();
    p.time = base::fromUnixMicros(time);
    p.received = base::fromUnixMicros(time + row.getColumn(1).getInt64());
    p.stale = base::fromUnixMicros(time + row.getColumn(2).getInt64());
    p.callSign = row.getColumn(3).getString();
    p.type = row.getColumn(4).getString();
    p.team = row.getColumn(5).getString();
    p.role = row.getColumn(6).getString();
    p.position = model::Position::trusted(row.getColumn(7).getDouble(), row.getColumn(8).getDouble());
    p.altitudeMetres = optionalOf(row.getColumn(9));
    p.accuracyMetres = optionalOf(row.getColumn(10));
    p.speed = optionalOf(row.getColumn(11));
    p.course = optionalOf(row.getColumn(12));
    return p;
}

void TrackFile::latestBetween(base::Time from, base::Time to, std::map<model::UnitId, model::UnitPosition>& into) {
    if (!hasTables())
        return;
    Use units(prepared(allUnits));
    while (units->executeStep()) {
        model::UnitId id(units->getColumn(1).getString());
        const auto place = into.lower_bound(id);
        if (place != into.end() && place->first == id)
            continue;
        Use row(prepared(newest));
        row->bind(1, units->getColumn(0).getInt64());
        row->bind(2, base::toUnixMicros(from));
        row->bind(3, base::toUnixMicros(to));
        if (row->executeStep()) {
            auto position = positionFrom(*row, id);
            into.emplace_hint(place, std::move(id), std::move(position));
        }
    }
}

void TrackFile::range(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most,
                      std::vector<model::UnitPosition>& into) {
    if (!hasTables())
        return;
    const auto key = findKey(unit.value);
    if (!key)
        return;
    Use row(prepared(some));
    row->bind(1, *key);
    row->bind(2, base::toUnixMicros(from));
    row->bind(3, base::toUnixMicros(to));
    row->bind(4, static_cast<std::int64_t>(std::min<std::size_t>(most, std::numeric_limits<std::int64_t>::max())));
    while (row->executeStep())
        into.push_back(positionFrom(*row, unit));
}

} // namespace tocsin::store
