#include "store/reading_upkeep.hpp"

#include "store/files.hpp"

#include <algorithm>
#include <array>

namespace tocsin::store {

namespace {

/// Runs by their size: so many readings at most, and so many of them (with all smaller ones) make one of the next size.
struct SizeClass {
    std::int64_t most;
    std::size_t many;
};
constexpr std::array<SizeClass, 5> sizeClasses{
    {{1'000, 32}, {32'000, 64}, {1'000'000, 16}, {16'000'000, 16}, {std::numeric_limits<std::int64_t>::max(), 16}}};
/// Runs that are merged at once: of each a piece is in memory.
constexpr std::size_t mostInputs = 96;
/// From this size on a run has sums.
constexpr std::int64_t fewestSummed = 32'000;
/// A month with fewer is no gain in a file of its own.
constexpr std::int64_t fewestArchived = 2'000;
/// Late readings of a month in the archive follow once there are so many.
constexpr std::int64_t manyLate = 100'000;
constexpr std::size_t manyLateRuns = 16;
/// What one slice deletes, and gives back.
constexpr std::int64_t piecesAtOnce = 32;
constexpr int pagesAtOnce = 500;

/// While it lives, what is committed need not have reached the disk: the next append's commit takes it along. Lost with the
/// machine's power before, a slice is made again; of the log only the end can be lost, so nothing stands without what it rests on.
class Unhurried {
  public:
    explicit Unhurried(SQLite::Database& db) : m_db(db) { m_db.exec("PRAGMA synchronous = NORMAL"); }
    Unhurried(const Unhurried&) = delete;
    Unhurried& operator=(const Unhurried&) = delete;
    ~Unhurried() {
        rollBack(m_db); // within a transaction it could not be set back
        sqlite3_exec(m_db.getHandle(), "PRAGMA synchronous = FULL", nullptr, nullptr, nullptr);
    }

  private:
    SQLite::Database& m_db;
};

std::size_t classOf(const Run& run) {
    std::size_t at = 0;
    while (run.readings > sizeClasses[at].most)
        ++at;
    return at;
}

std::array<std::size_t, sizeClasses.size()> countsOf(const std::vector<Run>& runs) {
    std::array<std::size_t, sizeClasses.size()> counts{};
    for (const auto& run : runs)
        ++counts[classOf(run)];
    return counts;
}

} // namespace

std::vector<Run> MonthUpkeep::mergeable() {
    std::vector<Run> runs;
    for (const auto& run : m_file.runs()) {
        if (run.state == Run::State::whole && !m_damaged.contains(run.id))
            runs.push_back(run);
    }
    return runs;
}

std::size_t MonthUpkeep::behind() {
    const auto counts = countsOf(m_file.runs());
    return std::max(counts[0] / sizeClasses[0].many, counts[1] / sizeClasses[1].many);
}

base::Result<bool> MonthUpkeep::step(std::size_t readings, bool toArchive) {
    const Unhurried unhurried(*m_file.m_db);
    try {
        if (m_merge) {
            proceed(readings);
            return true;
        }
        if (clearSome() || startMerge())
            return true;
        if (!toArchive)
            return false;
        const auto begun = startArchive();
        return begun && !*begun ? giveBackSome() : begun;
    } catch (const Damaged&) {
        if (m_merge)
            m_damaged.insert(m_merge->reading().id);
        abandon();
        throw;
    } catch (...) {
        abandon();
        throw;
    }
}

void MonthUpkeep::abandon() {
    m_file.rollback();
    m_merge.reset();
    m_archive.reset();
    m_archiveDb.reset();
    m_run = 0;
    m_mayClear = true;
}

bool MonthUpkeep::clearSome() {
    if (!m_mayClear)
        return false;
    // Also what an earlier program left unfinished.
    auto& db = *m_file.m_db;
    m_mayClear = db.execAndGet("SELECT EXISTS (SELECT 1 FROM run WHERE state IN (0, 3))").getInt() != 0;
    if (!m_mayClear)
        return false;
    m_file.begin();
    SQLite::Statement pieces(db, "DELETE FROM piece WHERE id IN (SELECT p.id FROM run r JOIN piece p ON p.run = r.id "
                                 "WHERE r.state IN (0, 3) LIMIT ?)");
    pieces.bind(1, piecesAtOnce);
    if (pieces.exec() < piecesAtOnce)
        db.exec("DELETE FROM run WHERE state IN (0, 3)");
    m_file.commit();
    return true;
}

bool MonthUpkeep::startMerge() {
    const auto runs = mergeable();
    const auto counts = countsOf(runs);
    // The largest class that is full takes the smaller ones with it.
    for (std::size_t at = counts.size(); at-- > 0;) {
        if (counts[at] < sizeClasses[at].many)
            continue;
        std::vector<Run> inputs;
        std::copy_if(runs.begin(), runs.end(), std::back_inserter(inputs),
                     [at](const Run& run) { return run.id != 0 && classOf(run) <= at; });
        if (inputs.size() < 2)
            continue;
        inputs.resize(std::min(inputs.size(), mostInputs));
        start(std::move(inputs), false);
        return true;
    }
    return false;
}

base::Result<bool> MonthUpkeep::startArchive() {
    auto runs = mergeable();
    std::int64_t readings = 0;
    for (const auto& run : runs)
        readings += run.readings;
    const auto& all = m_file.runs();
    const bool isFirst =
        std::none_of(all.begin(), all.end(), [](const Run& run) { return run.state == Run::State::archived; });
    const bool isOfOldKind = std::any_of(runs.begin(), runs.end(), [](const Run& run) { return run.id == 0; });
    if (runs.empty() ||
        (isFirst ? readings < fewestArchived && !isOfOldKind : readings < manyLate && runs.size() < manyLateRuns))
        return false;
    if (auto opened = openArchive(); !opened)
        return tl::unexpected(opened.error());
    start(std::move(runs), true);
    return true;
}

void MonthUpkeep::start(std::vector<Run> inputs, bool toArchive) {
    std::int64_t readings = 0;
    std::vector<Cursor> cursors;
    for (const auto& run : inputs) {
        readings += run.readings;
        cursors.push_back(m_file.cursorOf(run, PieceKind::readings));
    }
    m_file.begin();
    m_file.m_db->exec("INSERT INTO run (state, readings, first, last, summed) VALUES (0, 0, 0, 0, 1)");
    const auto id = m_file.m_db->getLastInsertRowid();
    m_file.commit();
    m_run = id;
    RunWriter writer(id, toArchive ? *m_archive : m_file.m_pieces, m_file.m_pieces,
                     toArchive ? Packing::dense : Packing::quick, toArchive || readings >= fewestSummed);
    m_merge = std::make_unique<Merge>(std::move(inputs), std::move(cursors), std::move(writer));
}

void MonthUpkeep::proceed(std::size_t readings) {
    m_file.begin();
    if (m_archiveDb)
        m_archiveDb->exec("BEGIN IMMEDIATE");
    const bool isDone = m_merge->step(readings);
    if (m_archiveDb) {
        if (isDone)
            finishArchive();
        m_archiveDb->exec("COMMIT"); // before the file says that it is there
    }
    if (isDone)
        finish();
    else
        m_file.commit();
}

void MonthUpkeep::finish() {
    auto& db = *m_file.m_db;
    const auto& written = m_merge->written();
    SQLite::Statement made(db, "UPDATE run SET state = ?, readings = ?, first = ?, last = ? WHERE id = ?");
    made.bind(1, m_archiveDb ? 2 : 1);
    made.bind(2, written.readings());
    made.bind(3, written.first());
    made.bind(4, written.last());
    made.bind(5, m_run);
    made.exec();
    SQLite::Statement gone(db, "UPDATE run SET state = 3 WHERE id = ?");
    for (const auto& run : m_merge->inputs()) {
        if (run.id == 0)
            db.exec("DELETE FROM reading");
        gone.bind(1, run.id);
        gone.exec();
        gone.reset();
    }
    m_file.commit();
    m_file.m_knowsRuns = false;
    m_merge.reset();
    m_archive.reset();
    m_archiveDb.reset();
    m_run = 0;
    m_mayClear = true;
    m_mayGiveBack = true;
}

base::Result<void> MonthUpkeep::openArchive() {
    const auto folder = m_file.path().parent_path() / "archive";
    if (auto made = makeFolder(folder); !made)
        return made;
    auto db = openDatabase(folder / m_file.month().fileName(), Access::readWrite, readingsSchema());
    if (!db)
        return tl::unexpected(db.error());
    m_archiveDb = std::move(*db);
    m_archive = std::make_unique<Pieces>(*m_archiveDb);
    // What an earlier try left there and the file does not know of.
    std::string known = "0";
    for (const auto& run : m_file.runs()) {
        if (run.state == Run::State::archived)
            known += "," + std::to_string(run.id);
    }
    WriteTransaction transaction(*m_archiveDb);
    m_archiveDb->exec("DELETE FROM piece WHERE run NOT IN (" + known + ")");
    m_archiveDb->exec("DELETE FROM run WHERE id NOT IN (" + known + ")");
    transaction.commit();
    return {};
}

void MonthUpkeep::finishArchive() {
    const auto& written = m_merge->written();
    SQLite::Statement run(*m_archiveDb,
                          "INSERT INTO run (id, state, readings, first, last, summed) VALUES (?, 1, ?, ?, ?, 0)");
    run.bind(1, m_run);
    run.bind(2, written.readings());
    run.bind(3, written.first());
    run.bind(4, written.last());
    run.exec();
    SQLite::Statement tally(*m_archiveDb, "UPDATE tally SET readings = readings + ?");
    tally.bind(1, written.readings());
    tally.exec();
    // With the names it can be read without the month's file.
    SQLite::Statement name(*m_archiveDb, "INSERT OR REPLACE INTO sensor (key, name) VALUES (?, ?)");
    SQLite::Statement names(*m_file.m_db, "SELECT key, name FROM sensor");
    while (names.executeStep()) {
        name.bind(1, names.getColumn(0).getInt64());
        name.bind(2, names.getColumn(1).getString());
        name.exec();
        name.reset();
    }
}

bool MonthUpkeep::giveBackSome() {
    if (!m_mayGiveBack)
        return false;
    auto& db = *m_file.m_db;
    m_mayGiveBack =
        db.execAndGet("PRAGMA auto_vacuum").getInt() == 2 && db.execAndGet("PRAGMA freelist_count").getInt() > 0;
    if (m_mayGiveBack)
        db.exec("PRAGMA incremental_vacuum(" + std::to_string(pagesAtOnce) + ")");
    return m_mayGiveBack;
}

} // namespace tocsin::store
