#pragma once

#include "store/month.hpp"
#include "store/sql.hpp"
#include "tocsin/store/tracks.hpp"

#include <array>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::store {

/// "TOCT"
constexpr std::int32_t tracksApplicationId = 0x544F4354;
[[nodiscard]] Schema tracksSchema();

/// One tracks/YYYY-MM.db. All functions but open() throw SQLite::Exception.
class TrackFile {
  public:
    /// With readOnly a file that is just being made is taken as it is.
    [[nodiscard]] static base::Result<std::unique_ptr<TrackFile>> open(const std::filesystem::path& folder, Month month,
                                                                       Access access);

    [[nodiscard]] Month month() const { return m_month; }
    [[nodiscard]] const std::filesystem::path& path() const { return m_file; }

    void begin() { m_db->exec("BEGIN IMMEDIATE"); }
    void commit() { m_db->exec("COMMIT"); }
    void rollback() noexcept;
    /// Stores positions[i] for each i of `which` and sets outcomes[i].
    void insert(std::span<const model::UnitPosition> positions, const std::vector<std::uint32_t>& which,
                std::vector<ReadingOutcome>& outcomes);

    /// Adds the newest position, from ≤ time ≤ to, of each unit that `into` does not have yet.
    void latestBetween(base::Time from, base::Time to, std::map<model::UnitId, model::UnitPosition>& into);
    /// Newest first, from ≤ time ≤ to, at most `most`.
    void range(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most,
               std::vector<model::UnitPosition>& into);

  private:
    TrackFile(std::filesystem::path file, Month month, std::unique_ptr<SQLite::Database> db)
        : m_file(std::move(file)), m_month(month), m_db(std::move(db)) {}

    enum Query : std::size_t { findUnit, addUnit, findAbout, addAbout, insertPosition, placeAt, allUnits, newest, some, queries };
    [[nodiscard]] SQLite::Statement& prepared(Query query);
    [[nodiscard]] bool hasTables();
    [[nodiscard]] std::optional<std::int64_t> findKey(const std::string& unit);
    [[nodiscard]] std::int64_t unitKey(const std::string& unit);
    [[nodiscard]] std::int64_t aboutKey(const model::UnitPosition& position);
    static model::UnitPosition positionFrom(SQLite::Statement& row, const model::UnitId& unit);

    std::filesystem::path m_file;
    Month m_month;
    std::unique_ptr<SQLite::Database> m_db;
    bool m_hasTables{false};
    std::unordered_map<std::string, std::int64_t> m_units;
    std::unordered_map<std::string, std::int64_t> m_abouts; ///< by the four words, each ended by a NUL
    std::array<std::unique_ptr<SQLite::Statement>, queries> m_statements;
};

} // namespace tocsin::store
