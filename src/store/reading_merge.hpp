#pragma once

#include "store/reading_runs.hpp"

#include <array>
#include <vector>

namespace tocsin::store {

constexpr std::int64_t microsPerMinute = 60'000'000;
/// How long the steps of the sums are, by PieceKind::minutes, hours, days.
[[nodiscard]] constexpr std::int64_t stepOf(PieceKind kind) {
    return kind == PieceKind::minutes ? microsPerMinute
           : kind == PieceKind::hours ? 60 * microsPerMinute
                                      : 1440 * microsPerMinute;
}
/// The step that a time is in: where it begins. Steps are counted from 1970 UTC.
[[nodiscard]] constexpr std::int64_t stepBegin(std::int64_t time, std::int64_t step) {
    const auto rest = time % step;
    return time - (rest < 0 ? rest + step : rest);
}

/// Readings of one step.
struct Sum {
    std::int64_t begin{0};
    std::int64_t count{0};
    double total{0};
    double lowest{0};
    double highest{0};

    void add(double value) { add(1, value, value, value); }
    void add(std::int64_t readings, double mean, double low, double high);
};

/// One row of readings.
struct FoundRow {
    std::int64_t time{0};
    std::int64_t delay{0};
    double value{0};
    std::uint8_t flags{0};
};

/// Rows a piece is cut to.
constexpr std::size_t rowsInPiece = 4096;

/// Writes one run from rows that come in order: its readings, its newest two of each sensor and, if wanted, its sums
/// (of a sensor only where they are at least four times fewer than its readings, or than the finer sums that are kept).
class RunWriter {
  public:
    /// Readings go to `readings`, all else to `sums`. The run's row is the caller's matter.
    RunWriter(std::int64_t run, Pieces& readings, Pieces& sums, Packing packing, bool withSums)
        : m_run(run), m_readings(&readings), m_sums(&sums), m_packing(packing), m_withSums(withSums) {}

    /// from[first] to from[last - 1].
    void add(const Rows& from, std::size_t first, std::size_t last);
    void finish();

    [[nodiscard]] std::int64_t readings() const { return m_count; }
    [[nodiscard]] std::int64_t first() const { return m_first; }
    [[nodiscard]] std::int64_t last() const { return m_last; }

  private:
    void flush(PieceKind kind, Rows& rows);
    /// The same, of one sensor.
    void addStretch(const Rows& from, std::size_t first, std::size_t last);
    void sum(std::int64_t time, double value);
    void endSensor();
    void addSums(PieceKind kind, const std::vector<Sum>& sums);

    std::int64_t m_run;
    Pieces* m_readings;
    Pieces* m_sums;
    Packing m_packing;
    bool m_withSums;
    std::array<Rows, 5> m_rows;              ///< by kind, what is not yet written
    std::array<std::vector<Sum>, 3> m_steps; ///< of the sensor at hand: minutes, hours, days
    std::uint32_t m_sensor{0};
    std::int64_t m_ofSensor{0};
    std::array<FoundRow, 2> m_newest{}; ///< of the sensor at hand, the newest last
    std::int64_t m_count{0};
    std::int64_t m_first{std::numeric_limits<std::int64_t>::max()};
    std::int64_t m_last{std::numeric_limits<std::int64_t>::min()};
};

/// Merges runs into one, a slice at a time. Throws what Pieces throw; after that it cannot go on.
/// It goes by rounds: of each run the next few hundred rows, as far as no run has an earlier one that is not in the round,
/// are put together by their sensors' numbers. So of many runs with a reading or two of each sensor, none is compared with
/// any other, and what is read and written fits into a core's cache.
class Merge {
  public:
    Merge(std::vector<Run> inputs, std::vector<Cursor> cursors, RunWriter writer)
        : m_inputs(std::move(inputs)), m_cursors(std::move(cursors)), m_writer(std::move(writer)) {}

    /// Takes about so many rows on; true once all is written.
    [[nodiscard]] bool step(std::size_t rows);
    [[nodiscard]] const std::vector<Run>& inputs() const { return m_inputs; }
    [[nodiscard]] const RunWriter& written() const { return m_writer; }
    /// The run that was being read when step() threw Damaged.
    [[nodiscard]] const Run& reading() const { return m_inputs[m_at]; }

  private:
    __extension__ using Key = unsigned __int128; ///< ordered as moments are
    /// Where a run stands.
    struct Head {
        std::size_t at{0}; ///< of its cursor
        Key next{0};       ///< its first row that has not been taken
        Key ahead{0};      ///< the last one that a round may take: in the piece that its cursor holds
    };
    /// What a round takes of a run: its cursor's rows from its index on.
    struct Part {
        std::size_t head{0};
        std::size_t first{0};
        std::size_t last{0}; ///< one past
    };
    /// Brings the first rows of further runs, about so many; how many it brought.
    std::size_t startSome(std::size_t rows);
    /// One round; how many rows it took.
    std::size_t takeRound();
    [[nodiscard]] static Key keyOf(std::uint32_t sensor, std::int64_t time);
    void lookFrom(Head& head) const;
    /// The rows of m_parts in order, into m_gathered. `first`, `last`: the least and the largest sensor.
    void gather(std::uint32_t first, std::uint32_t last, std::size_t rows);
    void sortStretches();

    std::vector<Run> m_inputs;
    std::vector<Cursor> m_cursors;
    RunWriter m_writer;
    std::vector<Head> m_heads; ///< of runs that are not at their end, in the order of the inputs
    std::vector<Part> m_parts;
    std::vector<std::uint32_t> m_places; ///< by sensor: where its next row goes
    Rows m_gathered;
    std::size_t m_together{0};
    std::size_t m_at{0};
    std::size_t m_begun{0}; ///< runs whose first rows were brought
};

} // namespace tocsin::store
