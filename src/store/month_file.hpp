#pragma once

#include "store/log_folding.hpp"
#include "store/month.hpp"
#include "store/reading_marks.hpp"
#include "store/reading_runs.hpp"
#include "store/sql.hpp"
#include "tocsin/store/readings.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::store {

class MonthUpkeep;
struct Sum;

/// A reading as a MonthFile gives it.
struct FoundReading {
    std::int64_t time{std::numeric_limits<std::int64_t>::min()};
    double value{0};
    std::uint8_t flags{0};
    std::int64_t delay{0}; ///< milliseconds until it was taken

    [[nodiscard]] bool isThere() const { return time != std::numeric_limits<std::int64_t>::min(); }
    [[nodiscard]] ReadingPoint point() const {
        std::int64_t received = 0;
        if (__builtin_mul_overflow(delay, std::int64_t{1'000}, &received) || __builtin_add_overflow(time, received, &received))
            received = time; // a file may say anything
        return {base::fromUnixMicros(time), value, flags, base::fromUnixMicros(received)};
    }
    /// This value, as that of the other reading of the same time.
    [[nodiscard]] FoundReading inPlaceOf(const FoundReading& other) const {
        return {time, value, static_cast<std::uint8_t>(other.flags | model::Reading::corrected), delay};
    }
};

/// One picture of a database for all that a question reads, while another program appends and merges.
class Snapshot {
  public:
    explicit Snapshot(SQLite::Database& db) : m_db(db) { m_db.exec("BEGIN"); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;
    ~Snapshot() { rollBack(m_db); }

  private:
    SQLite::Database& m_db;
};

/// The newest two readings of a sensor.
struct NewestTwo {
    FoundReading newest;
    FoundReading second;
    void offer(const FoundReading& reading);
};

/// Values in force in the place of what runs hold, of one sensor by their time.
using Corrections = std::map<std::int64_t, FoundReading>;

/// One readings/YYYY-MM.db and what belongs to it in readings/archive. All functions throw SQLite::Exception and
/// Damaged.
class MonthFile {
  public:
    /// With readOnly a file that is just being made, or was not yet brought up to date, is taken as it is.
    [[nodiscard]] static base::Result<std::unique_ptr<MonthFile>> open(const std::filesystem::path& folder, Month month,
                                                                       Access access);

    [[nodiscard]] Month month() const { return m_month; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_file; }

    void begin();
    /// Stores readings[i] for each i of `which` and sets outcomes[i]. `names` by SensorKey. The id of the run that
    /// holds what is new, 0 if nothing is.
    std::int64_t insert(std::span<const KeyedReading> readings, const std::vector<std::uint32_t>& which,
                        const std::vector<model::SensorId>& names, std::vector<ReadingOutcome>& outcomes);
    /// Takes out again what an earlier, committed insert() stored.
    void remove(std::int64_t run);
    void commit();
    void rollback() noexcept;
    /// Another value for a reading that is there, in the open transaction.
    [[nodiscard]] Corrected correct(const Correction& correction);
    /// Ascending, from ≤ time ≤ to: what was in force before.
    void superseded(const std::string& sensor, base::Time from, base::Time to, std::vector<ReadingPoint>& into);

    /// Adds the newest reading of each sensor that `into` does not have yet.
    void latest(std::map<model::SensorId, ReadingPoint>& into);
    /// Adds the newest two of each sensor, from ≤ time ≤ to, to those that `into` has of younger months.
    void latestBetween(base::Time from, base::Time to, std::map<model::SensorId, ReadingStep>& into);
    /// Newest first, from ≤ time ≤ to, at most `most`.
    void range(const std::string& sensor, base::Time from, base::Time to, std::size_t most,
               std::vector<ReadingPoint>& into);
    /// Adds up what is within from ≤ time ≤ to, in steps of `step` microseconds: a whole number of those of `kind`.
    /// Neither end lies within a step.
    void sums(const std::string& sensor, std::int64_t from, std::int64_t to, PieceKind kind, std::int64_t step,
              std::map<std::int64_t, Sum>& into);
    [[nodiscard]] std::int64_t count();

    /// Of a file that is open for writing.
    [[nodiscard]] MonthUpkeep& upkeep();
    ~MonthFile();

  private:
    friend class MonthUpkeep;

    /// The tables that there are. A file that somebody is making has none.
    enum class Layout : std::uint8_t { none, keyed, runs };

    struct Item {
        std::uint32_t sensor{0}; ///< the file's number
        std::uint32_t index{0};
        std::int64_t time{0};
        bool isThere{false}; ///< with this value:
        double value{0};
    };

    MonthFile(std::filesystem::path file, Month month, Access access, std::unique_ptr<SQLite::Database> db);

    [[nodiscard]] SQLite::Statement& prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql);
    [[nodiscard]] Layout layout();
    /// The file's own number for a sensor. Given anew if it has none. The first call reads all that there are.
    [[nodiscard]] std::uint32_t numberOf(SensorKey key, const std::vector<model::SensorId>& names);
    [[nodiscard]] std::optional<std::uint32_t> findNumber(const std::string& sensor);
    void addToTally(std::int64_t difference);

    /// Those that can be read, the table of version 2 among them, in the order in which they were made.
    [[nodiscard]] const std::vector<Run>& runs();
    [[nodiscard]] Cursor cursorOf(const Run& run, PieceKind kind);
    [[nodiscard]] Pieces& archived();

    void ensureMarks();
    [[nodiscard]] std::vector<Item> sorted(std::span<const KeyedReading> readings,
                                           const std::vector<std::uint32_t>& which,
                                           const std::vector<model::SensorId>& names);
    void lookUp(std::vector<Item*>& unsure);
    [[nodiscard]] std::int64_t addRun(const Rows& rows);
    // ---- reading_corrections.cpp
    [[nodiscard]] bool hasCorrections();
    /// As a run holds it; nothing where no run does.
    [[nodiscard]] std::optional<FoundReading> asItCame(Moment moment);
    /// Every revision of the sensor, from ≤ time ≤ to, in order: the last of each moment is in force.
    [[nodiscard]] std::vector<FoundReading> revisions(std::uint32_t sensor, std::int64_t from, std::int64_t to);
    /// The last of each moment.
    [[nodiscard]] Corrections correctionsOf(std::uint32_t sensor, std::int64_t from, std::int64_t to);
    void correctNewest(std::vector<NewestTwo>& known);
    /// Puts the values in force into the place of those that came first.
    void correctItems(const std::vector<Item*>& items);

    /// The newest two of each sensor by its number, from ≤ time ≤ to.
    [[nodiscard]] std::vector<NewestTwo> newestTwo(std::int64_t from, std::int64_t to);
    void newestOfRun(const Run& run, std::int64_t from, std::int64_t to, std::vector<NewestTwo>& into);
    void newestOfTable(std::int64_t from, std::int64_t to, std::vector<NewestTwo>& into);
    [[nodiscard]] std::size_t lastNumber();

    std::filesystem::path m_file;
    Month m_month;
    Access m_access;
    std::unique_ptr<SQLite::Database> m_db;
    std::unique_ptr<LogFolding> m_folding; ///< of a writer
    Pieces m_pieces;
    Layout m_layout{Layout::none};
    std::unique_ptr<SQLite::Database> m_archiveDb;
    std::unique_ptr<Pieces> m_archive;

    std::vector<std::uint32_t> m_numbers; ///< by SensorKey; 0: not met
    std::optional<std::unordered_map<std::string, std::int64_t>> m_named; ///< as the table was when it was read
    std::vector<Run> m_runs;
    bool m_knowsRuns{false};
    std::optional<Marks> m_marks;
    std::size_t m_taken{0}; ///< readings since it was opened

    std::unique_ptr<SQLite::Statement> m_findNumber;
    std::unique_ptr<SQLite::Statement> m_addNumber;
    std::unique_ptr<SQLite::Statement> m_addRun;
    std::unique_ptr<SQLite::Statement> m_tally;
    std::unique_ptr<SQLite::Statement> m_newestTwo;
    std::unique_ptr<SQLite::Statement> m_revisions;
    std::unique_ptr<SQLite::Statement> m_addRevision;
    std::optional<bool> m_hasCorrections; ///< of a writer, who knows what it has done
    std::unique_ptr<MonthUpkeep> m_upkeep; ///< goes first
};

} // namespace tocsin::store
