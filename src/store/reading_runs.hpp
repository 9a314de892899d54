#pragma once

#include "store/reading_piece.hpp"
#include "store/sql.hpp"

#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace tocsin::store {

/// What a piece holds.
enum class PieceKind : std::uint8_t { readings, minutes, hours, days, newest };

/// A sorted run of readings in a month's file (resources/migrations/readings/0003_runs.sql).
struct Run {
    enum class State : std::uint8_t { made, whole, archived, gone };
    std::int64_t id{0}; ///< 0: the table of version 2
    State state{State::whole};
    std::int64_t readings{0};
    std::int64_t first{std::numeric_limits<std::int64_t>::min()}; ///< microseconds since 1970 UTC
    std::int64_t last{std::numeric_limits<std::int64_t>::max()};
    bool summed{false};

    [[nodiscard]] bool overlaps(std::int64_t from, std::int64_t to) const { return first <= to && last >= from; }
};

/// A moment of a sensor: what runs are in order of.
struct Moment {
    std::uint32_t sensor{0};
    std::int64_t time{0};
    friend auto operator<=>(const Moment&, const Moment&) = default;
};

/// The pieces in one database. Everything throws SQLite::Exception and Damaged.
class Pieces {
  public:
    explicit Pieces(SQLite::Database& db) : m_db(db) {}

    struct Found {
        std::int64_t id{0};
        Moment begin;
    };
    /// The piece that begins last at or before `moment`.
    [[nodiscard]] std::optional<Found> at(std::int64_t run, PieceKind kind, Moment moment);
    /// The piece that begins first after `moment`.
    [[nodiscard]] std::optional<Found> after(std::int64_t run, PieceKind kind, Moment moment);
    void load(std::int64_t id, Rows& rows);
    void add(std::int64_t run, PieceKind kind, const Rows& rows, Packing packing);
    /// Deletes those of a run.
    void clear(std::int64_t run);

    /// Of the table of version 2: at most a piece's worth, the last ones up to `moment`, or the first ones after it.
    void loadKeyedAt(Moment moment, Rows& rows);
    void loadKeyedAfter(Moment moment, Rows& rows);

  private:
    [[nodiscard]] std::optional<Found> find(std::unique_ptr<SQLite::Statement>& slot, const char* sql, std::int64_t run,
                                            PieceKind kind, Moment moment);
    void loadKeyed(std::unique_ptr<SQLite::Statement>& slot, const char* sql, Moment moment, Rows& rows);
    [[nodiscard]] SQLite::Statement& prepared(std::unique_ptr<SQLite::Statement>& slot, const char* sql);

    SQLite::Database& m_db;
    std::unique_ptr<SQLite::Statement> m_at;
    std::unique_ptr<SQLite::Statement> m_after;
    std::unique_ptr<SQLite::Statement> m_load;
    std::unique_ptr<SQLite::Statement> m_add;
    std::unique_ptr<SQLite::Statement> m_clear;
    std::unique_ptr<SQLite::Statement> m_keyedAt;
    std::unique_ptr<SQLite::Statement> m_keyedAfter;
};

/// A place in one kind of a run's rows; it keeps one piece unpacked, so neighbours cost nothing.
class Cursor {
  public:
    Cursor(Pieces& pieces, std::int64_t run, PieceKind kind) : m_pieces(&pieces), m_run(run), m_kind(kind) {}

    /// To the first row that is not before `moment`; false if there is none.
    [[nodiscard]] bool seek(Moment moment);
    /// To the last row that is not after `moment`; false if there is none.
    [[nodiscard]] bool seekBack(Moment moment);
    /// To the next row; false past the last.
    [[nodiscard]] bool next() { return skip(1); }
    /// So many rows on, at most to the first of the next piece; false past the last.
    [[nodiscard]] bool skip(std::size_t rows);
    [[nodiscard]] const Rows& rows() const { return m_rows; }
    [[nodiscard]] std::size_t index() const { return m_index; }
    [[nodiscard]] Moment moment() const { return {m_rows.sensor[m_index], m_rows.time[m_index]}; }

  private:
    /// Brings the piece that begins last at or before `moment`; false if none does.
    [[nodiscard]] bool bringAt(Moment moment);
    [[nodiscard]] bool bringAfter(Moment moment);
    [[nodiscard]] Moment begin() const { return {m_rows.sensor.front(), m_rows.time.front()}; }
    [[nodiscard]] Moment end() const { return {m_rows.sensor.back(), m_rows.time.back()}; }

    Pieces* m_pieces;
    std::int64_t m_run;
    PieceKind m_kind;
    std::int64_t m_loaded{0}; ///< the piece's id
    Rows m_rows;
    std::size_t m_index{0};
};

} // namespace tocsin::store
