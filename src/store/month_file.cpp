#include "store/month_file.hpp"

#include "store/reading_merge.hpp"
#include "store/reading_upkeep.hpp"

#include <algorithm>
#include <array>

namespace tocsin::store {

namespace fs = std::filesystem;

namespace {

/// A file that takes fewer than these looks each reading up; reading what it holds would cost more.
constexpr std::size_t fewTaken = 64;
/// How long the log grows before it is folded in.
constexpr int pagesOfLog = 500;

std::int64_t delayOf(const KeyedReading& reading) {
    std::int64_t delay = 0;
    if (__builtin_sub_overflow(base::toUnixMicros(reading.received), base::toUnixMicros(reading.time), &delay))
        return 0; // a moment of taking that is none
    return delay / 1000;
}

std::uint32_t checked(std::int64_t number, const std::string& sensor) {
    if (number <= 0 || number >= std::numeric_limits<std::uint32_t>::max())
        throw Damaged{"sensor " + sensor + " has a number that is none"};
    return static_cast<std::uint32_t>(number);
}

/// A reading's sensor and, in the lower half, its index: what is moved about while sorting is small.
using Place = std::uint64_t;

std::uint32_t sensorOf(Place place) {
    return static_cast<std::uint32_t>(place >> 32U);
}

/// Stable, by sensor: a pass for each eleven bits that the largest number has.
void sortBySensor(std::vector<Place>& places, std::uint32_t largest) {
    constexpr unsigned bits = 11;
    constexpr std::uint32_t mask = (1U << bits) - 1;
    std::vector<Place> other(places.size());
    for (unsigned shift = 0; shift < 32 && (largest >> shift) != 0; shift += bits) {
        std::array<std::uint32_t, mask + 2> starts{};
        for (const auto place : places)
            ++starts[((sensorOf(place) >> shift) & mask) + 1];
        for (std::size_t i = 1; i < starts.size(); ++i)
            starts[i] += starts[i - 1];
        for (const auto place : places)
            other[starts[(sensorOf(place) >> shift) & mask]++] = place;
        places.swap(other);
    }
}

} // namespace

base::Result<std::unique_ptr<MonthFile>> MonthFile::open(const fs::path& folder, Month month, Access access) {
    using Opened = base::Result<std::unique_ptr<MonthFile>>;
    const auto file = folder / month.fileName();
    return guarded(file, [&]() -> Opened {
        OpenOptions options;
        options.allowOlder = true;
        options.cacheKiB = access == Access::readWrite ? 8 * 1024 : 4 * 1024;
        options.givesBack = true;
        options.pageSize = 16 * 1024;
        auto db = openDatabase(file, access, readingsSchema(), options);
        if (!db)
            return tl::unexpected(db.error());
        auto made = std::unique_ptr<MonthFile>(new MonthFile(file, month, access, std::move(*db)));
        if (access == Access::readWrite)
            made->m_folding = std::make_unique<LogFolding>(*made->m_db, file, pagesOfLog);
        return made;
    });
}

MonthFile::MonthFile(fs::path file, Month month, Access access, std::unique_ptr<SQLite::Database> db)
    : m_file(std::move(file)), m_month(month), m_access(access), m_db(std::move(db)), m_pieces(*m_db) {}

MonthFile::~MonthFile() = default;

MonthUpkeep& MonthFile::upkeep() {
    if (!m_upkeep)
        m_upkeep = std::make_unique<MonthUpkeep>(*this);
    return *m_upkeep;
}

SQLite::Statement& MonthFile::prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql) {
    if (!slot)
        slot = std::make_unique<SQLite::Statement>(*m_db, sql);
    return *slot;
}

void MonthFile::begin() {
    m_db->exec("BEGIN IMMEDIATE");
}
void MonthFile::commit() {
    m_db->exec("COMMIT");
    if (m_folding)
        m_folding->afterCommit();
}
void MonthFile::rollback() noexcept {
    rollBack(*m_db);
    // Some of what is known came from what is gone.
    m_numbers.clear();
    m_named.reset();
    m_knowsRuns = false;
    m_marks.reset();
    m_hasCorrections.reset();
}

std::optional<std::uint32_t> MonthFile::findNumber(const std::string& sensor) {
    Use use(prepared(m_findNumber, "SELECT key FROM sensor WHERE name = ?"));
    use->bindNoCopy(1, sensor);
    if (!use->executeStep())
        return std::nullopt;
    return checked(use->getColumn(0).getInt64(), sensor);
}

std::uint32_t MonthFile::numberOf(SensorKey key, const std::vector<model::SensorId>& names) {
    if (key >= m_numbers.size())
        m_numbers.resize(names.size());
    auto& number = m_numbers.at(key);
    if (number != 0)
        return number;
    if (!m_named) {
        auto& named = m_named.emplace();
        SQLite::Statement all(*m_db, "SELECT name, key FROM sensor");
        while (all.executeStep())
            named.emplace(all.getColumn(0).getString(), all.getColumn(1).getInt64());
    }
    const auto& name = names[key].value;
    if (const auto found = m_named->find(name); found != m_named->end()) {
        number = checked(found->second, name);
    } else {
        Use use(prepared(m_addNumber, "INSERT INTO sensor (name) VALUES (?)"));
        use->bindNoCopy(1, name);
        use->exec();
        number = static_cast<std::uint32_t>(m_db->getLastInsertRowid());
    }
    return number;
}

void MonthFile::addToTally(std::int64_t difference) {
    if (difference == 0)
        return;
    Use use(prepared(m_tally, "UPDATE tally SET readings = readings + ?"));
    use->bind(1, difference);
    use->exec();
}

std::vector<MonthFile::Item> MonthFile::sorted(std::span<const KeyedReading> readings,
                                               const std::vector<std::uint32_t>& which,
                                               const std::vector<model::SensorId>& names) {
    std::vector<Place> places;
    places.reserve(which.size());
    std::uint32_t largest = 0;
    bool inOrder = true;
    for (const auto i : which) {
        const auto number = numberOf(readings[i].sensor, names);
        inOrder = inOrder && (places.empty() || sensorOf(places.back()) <= number);
        largest = std::max(largest, number);
        places.push_back(Place{number} << 32U | i);
    }
    if (!inOrder)
        sortBySensor(places, largest);
    constexpr std::size_t ahead = 16; // of many sensors the next reading lies anywhere
    std::vector<Item> items;
    items.reserve(places.size());
    for (std::size_t at = 0; at < places.size(); ++at) {
        if (at + ahead < places.size())
            __builtin_prefetch(&readings[static_cast<std::uint32_t>(places[at + ahead])]);
        const auto i = static_cast<std::uint32_t>(places[at]);
        items.push_back({sensorOf(places[at]), i, base::toUnixMicros(readings[i].time), false, 0});
    }
    // Readings of one sensor mostly come in their order; of two for the same moment the first that came stays first.
    const auto later = [](const Item& a, const Item& b) {
        return a.sensor != b.sensor ? a.sensor < b.sensor : a.time < b.time;
    };
    for (auto begin = items.begin(); begin != items.end();) {
        auto end = begin + 1;
        bool ascending = true;
        for (; end != items.end() && end->sensor == begin->sensor; ++end)
            ascending = ascending && (end - 1)->time <= end->time;
        if (!ascending)
            std::stable_sort(begin, end, later);
        begin = end;
    }
    return items;
}

void MonthFile::lookUp(std::vector<Item*>& unsure) {
    const auto [low, high] = std::minmax_element(unsure.begin(), unsure.end(),
                                                 [](const Item* a, const Item* b) { return a->time < b->time; });
    const auto from = (*low)->time;
    const auto to = (*high)->time;
    for (const auto& run : runs()) {
        if (!run.overlaps(from, to))
            continue;
        auto cursor = cursorOf(run, PieceKind::readings);
        for (auto* item : unsure) {
            const Moment moment{item->sensor, item->time};
            try {
                if (!item->isThere && cursor.seekBack(moment) && cursor.moment() == moment) {
                    item->isThere = true;
                    item->value = cursor.rows().value[cursor.index()];
                }
            } catch (const Damaged&) {
                // What cannot be read cannot be compared: the reading is kept rather than refused for ever.
            }
        }
    }
}

void MonthFile::ensureMarks() {
    if (m_marks || (m_taken < fewTaken && !runs().empty()))
        return;
    Marks marks;
    std::vector<NewestTwo> known(lastNumber() + 1);
    for (const auto& run : runs()) {
        try {
            newestOfRun(run, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(), known);
        } catch (const Damaged&) {
            marks.blindUntil(run.last);
        }
    }
    for (std::uint32_t number = 0; number < known.size(); ++number) {
        const auto& two = known[number];
        if (two.newest.isThere())
            marks.restore(number, two.newest.time, two.second.time, two.second.isThere());
    }
    m_marks.emplace(std::move(marks));
}

std::int64_t MonthFile::insert(std::span<const KeyedReading> readings, const std::vector<std::uint32_t>& which,
                               const std::vector<model::SensorId>& names, std::vector<ReadingOutcome>& outcomes) {
    m_taken += which.size();
    ensureMarks();
    auto items = sorted(readings, which, names);
    const auto isAgain = [](const Item& a, const Item& b) { return a.sensor == b.sensor && a.time == b.time; };
    std::vector<Item*> unsure;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i > 0 && isAgain(items[i - 1], items[i]))
            continue;
        if (!m_marks || !m_marks->isFresh(items[i].sensor, items[i].time))
            unsure.push_back(&items[i]);
        else
            m_marks->take(items[i].sensor, items[i].time);
    }
    if (!unsure.empty()) {
        lookUp(unsure);
        correctItems(unsure);
    }
    Rows rows;
    rows.reserve(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto& item = items[i];
        const auto& reading = readings[item.index];
        if (i > 0 && isAgain(items[i - 1], item)) {
            item.isThere = true;
            item.value = items[i - 1].value;
        }
        if (item.isThere) {
            outcomes[item.index] = item.value == reading.value ? ReadingOutcome::duplicate : ReadingOutcome::conflict;
            continue;
        }
        outcomes[item.index] = ReadingOutcome::stored;
        item.value = reading.value;
        rows.add(item.sensor, item.time, delayOf(reading), reading.value, reading.flags);
    }
    if (m_marks) {
        for (const auto* item : unsure) {
            if (!item->isThere)
                m_marks->take(item->sensor, item->time);
        }
    }
    return rows.empty() ? 0 : addRun(rows);
}

std::int64_t MonthFile::addRun(const Rows& rows) {
    const auto [first, last] = std::minmax_element(rows.time.begin(), rows.time.end());
    const Run run{0, Run::State::whole, static_cast<std::int64_t>(rows.size()), *first, *last, false};
    (void)runs(); // known before the new one is among them
    Use use(prepared(m_addRun, "INSERT INTO run (state, readings, first, last, summed) VALUES (1, ?, ?, ?, 0)"));
    use->bind(1, run.readings);
    use->bind(2, run.first);
    use->bind(3, run.last);
    use->exec();
    m_runs.push_back(run);
    m_runs.back().id = m_db->getLastInsertRowid();
    const auto id = m_runs.back().id;
    Rows part;
    // Small pieces: a merge keeps one of each run in memory.
    for (std::size_t from = 0; from < rows.size(); from += rowsInPiece) {
        part.clear();
        for (auto i = from; i < std::min(rows.size(), from + rowsInPiece); ++i)
            part.add(rows.sensor[i], rows.time[i], rows.extra[i], rows.value[i], rows.flagsAt(i));
        m_pieces.add(id, PieceKind::readings, part, Packing::plain);
    }
    addToTally(run.readings);
    return id;
}

void MonthFile::remove(std::int64_t run) {
    SQLite::Statement left(*m_db, "SELECT readings FROM run WHERE id = ?");
    left.bind(1, run);
    if (!left.executeStep())
        return;
    const auto readings = left.getColumn(0).getInt64();
    left.reset();
    m_pieces.clear(run);
    SQLite::Statement gone(*m_db, "DELETE FROM run WHERE id = ?");
    gone.bind(1, run);
    gone.exec();
    addToTally(-readings);
    m_knowsRuns = false;
    m_marks.reset();
}

} // namespace tocsin::store
