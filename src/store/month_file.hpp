#pragma once

#include "store/sql.hpp"
#include "tocsin/store/readings.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::store {

/// A month of UTC, counted from January of year 0.
struct Month {
    int number{0};

    /// Absent outside 1900–2200.
    [[nodiscard]] static std::optional<Month> of(base::Time time);
    /// From "2026-11.db"; absent for any other name.
    [[nodiscard]] static std::optional<Month> fromFileName(const std::string& name);
    [[nodiscard]] std::string fileName() const;
    [[nodiscard]] base::Time begin() const;
    [[nodiscard]] base::Time end() const; ///< the next month's begin
    friend auto operator<=>(const Month&, const Month&) = default;
};

/// One readings/YYYY-MM.db. All functions throw SQLite::Exception.
class MonthFile {
  public:
    /// With readOnly a file that is just being made, or was not yet brought up to date, is taken as it is.
    [[nodiscard]] static base::Result<std::unique_ptr<MonthFile>> open(const std::filesystem::path& folder, Month month,
                                                                       Access access);

    [[nodiscard]] Month month() const { return m_month; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_file; }

    void begin();
    /// Stores readings[i] for each i of `which` and sets outcomes[i].
    void insert(std::span<const model::Reading> readings, const std::vector<std::uint32_t>& which,
                std::vector<ReadingOutcome>& outcomes);
    /// Takes out again what an earlier, committed insert() with these very arguments stored.
    void remove(std::span<const model::Reading> readings, const std::vector<std::uint32_t>& which,
                const std::vector<ReadingOutcome>& outcomes);
    void commit();
    void rollback() noexcept;

    /// Adds the newest reading of each sensor that `into` does not have yet.
    void latest(std::map<model::SensorId, ReadingPoint>& into);
    /// Adds the newest two of each sensor, from ≤ time ≤ to, to those that `into` has of younger months.
    void latestBetween(base::Time from, base::Time to, std::map<model::SensorId, ReadingStep>& into);
    /// Newest first, from ≤ time ≤ to, at most `most`.
    void range(const std::string& sensor, base::Time from, base::Time to, std::size_t most,
               std::vector<ReadingPoint>& into);
    [[nodiscard]] std::int64_t count();

  private:
    MonthFile(std::filesystem::path file, Month month, std::unique_ptr<SQLite::Database> db);

    /// The file's own number for a sensor. Given anew if it has none.
    [[nodiscard]] std::int64_t keyOf(const std::string& sensor);
    [[nodiscard]] std::optional<std::int64_t> findKey(const std::string& sensor);
    [[nodiscard]] SQLite::Statement& prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql);
    [[nodiscard]] bool hasTables();
    void addToTally(std::int64_t difference);

    std::filesystem::path m_file;
    Month m_month;
    std::unique_ptr<SQLite::Database> m_db;
    bool m_hasTables{false};
    std::unordered_map<std::string, std::int64_t> m_keys;
    std::unique_ptr<SQLite::Statement> m_insert;
    std::unique_ptr<SQLite::Statement> m_valueAt;
    std::unique_ptr<SQLite::Statement> m_remove;
    std::unique_ptr<SQLite::Statement> m_findKey;
    std::unique_ptr<SQLite::Statement> m_addKey;
    std::unique_ptr<SQLite::Statement> m_tally;
    std::unique_ptr<SQLite::Statement> m_sensors;
    std::unique_ptr<SQLite::Statement> m_newest;
    std::unique_ptr<SQLite::Statement> m_newestTwo;
    std::unique_ptr<SQLite::Statement> m_range;
};

} // namespace tocsin::store
