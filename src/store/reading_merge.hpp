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
/// (of a sensor only where they are at least four times fewer than its readings).
class RunWriter {
  public:
    /// Readings go to `readings`, all else to `sums`. The run's row is the caller's matter.
    RunWriter(std::int64_t run, Pieces& readings, Pieces& sums, Packing packing, bool withSums)
        : m_run(run), m_readings(&readings), m_sums(&sums), m_packing(packing), m_withSums(withSums) {}

    void add(std::uint32_t sensor, std::int64_t time, std::int64_t delay, double value, std::uint8_t flags);
    void finish();

    [[nodiscard]] std::int64_t readings() const { return m_count; }
    [[nodiscard]] std::int64_t first() const { return m_first; }
    [[nodiscard]] std::int64_t last() const { return m_last; }

  private:
    void flush(PieceKind kind, Rows& rows);
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
    /// A cursor and where it stands, side by side: with a reading a sensor in each run, every row is such a step.
    struct Head {
        Key key{0};
        std::size_t at{0};
    };
    void start();
    [[nodiscard]] Key keyOf(std::size_t at) const;
    /// Puts a cursor into the heap where it belongs, in place of the first.
    void settle(Key key, std::size_t at);

    std::vector<Run> m_inputs;
    std::vector<Cursor> m_cursors;
    RunWriter m_writer;
    std::vector<Head> m_heap; ///< the first on top
    std::size_t m_at{0};
    bool m_started{false};
};

} // namespace tocsin::store
