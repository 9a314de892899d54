#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/store/correction.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

namespace tocsin::store {

enum class ReadingOutcome : unsigned char {
    stored,
    duplicate, ///< the same sensor, time and value is there
    conflict,  ///< another value is there, and in force, for this sensor and time: it stays until correct() says otherwise
};

/// What became of a correction.
struct Corrected {
    bool isThere{false};   ///< there is a reading of that sensor and time
    bool isNew{false};     ///< its value was another one until now
    std::uint8_t flags{0}; ///< model::Reading::Flag, as it was stored
};

struct ReadingPoint {
    base::Time time;
    double value{0};
    std::uint8_t flags{0}; ///< model::Reading::Flag
    base::Time received{}; ///< when the desk took it, to the millisecond
    /// What was measured is the same, whenever it came.
    friend bool operator==(const ReadingPoint& a, const ReadingPoint& b) { return a.time == b.time && a.value == b.value && a.flags == b.flags; }
};

/// A reading and the value before it.
struct ReadingStep {
    ReadingPoint newest;
    std::optional<double> previous;
    friend bool operator==(const ReadingStep&, const ReadingStep&) = default;
};

/// A sensor as one open ReadingStore numbers it (not on the disk): saves looking its name up at each reading.
using SensorKey = std::uint32_t;

struct KeyedReading {
    SensorKey sensor{0};
    std::uint8_t flags{0}; ///< model::Reading::Flag
    base::Time time;
    base::Time received;
    double value{0};
};

/// All readings of one step of time, or (step 0) one reading.
struct SeriesPoint {
    base::Time time; ///< where the step begins
    double lowest{0};
    double mean{0};
    double highest{0};
    std::int64_t count{1};
    std::uint8_t flags{0}; ///< model::Reading::Flag; of one reading only
    base::Time received{}; ///< the same
    /// Shows the same, whenever it came.
    friend bool operator==(const SeriesPoint& a, const SeriesPoint& b) {
        return a.time == b.time && a.lowest == b.lowest && a.mean == b.mean && a.highest == b.highest && a.count == b.count && a.flags == b.flags;
    }
};

struct Series {
    base::Duration step{0};          ///< 0: the points are readings; else minutes, hours or days, counted from 1970 UTC
    std::vector<SeriesPoint> points; ///< ascending; a step without readings has none
    friend bool operator==(const Series&, const Series&) = default;
};

struct UpkeepPolicy {
    /// A month whose end is so long ago moves to the archive: its sums stay in the month's file.
    base::Duration rawFor{std::chrono::days(92)};
    std::size_t readingsAtOnce{10'000}; ///< a few milliseconds
};

/// The time series: readings/YYYY-MM.db, one file a month (UTC) of reading time. Same thread rules as Store: one thread
/// at a time; other threads and programs open their own, readOnly, on the same folder, before or after there is one,
/// and see each committed batch and each new month at their next call.
///
/// A value is kept as it is given: convert it to the sensor's own unit first; Reading::unit is not stored.
/// Reading::time is kept exactly, Reading::received to the millisecond.
///
/// What is appended is a run of its own, packed and sorted; whether a moment is new is known from memory unless it
/// comes late. upkeep() merges the runs; appending costs the same however many readings and sensors there are.
class ReadingStore {
  public:
    /// readWrite makes the folder (its parent must exist). A month's file is opened, and checked, when it is needed.
    [[nodiscard]] static base::Result<std::unique_ptr<ReadingStore>> open(const std::filesystem::path& folder,
                                                                          Access access);
    virtual ~ReadingStore() = default;

    /// Stores all or (on error) none; committed and durable on return. One outcome a reading, in order; of two in one
    /// batch for the same moment the first stays. Refuses the batch for a name that is empty or over 120 bytes, a value
    /// that is not finite, a year outside 1900–2200.
    /// A batch over several months is one transaction a file, all filled before the first is committed. Death between
    /// two commits (the batch was not acknowledged) leaves some months' part stored: sent again, those are duplicates.
    /// Every month not met before costs a file and some milliseconds: turn wild times away before they come here.
    [[nodiscard]] virtual base::Result<std::vector<ReadingOutcome>>
    append(std::span<const model::Reading> readings) = 0;
    /// The number of a sensor, given at the first call. Code::malformed for a name that is empty or over 120 bytes.
    [[nodiscard]] virtual base::Result<SensorKey> keyOf(const model::SensorId& sensor) = 0;
    /// As append() with names, and the faster way: batches of some thousand readings are best. A reading in its
    /// sensor's order costs no look at the disk, nor does one in the longest gap of its sensor's month (a backlog after
    /// an outage).
    [[nodiscard]] virtual base::Result<std::vector<ReadingOutcome>> append(std::span<const KeyedReading> readings) = 0;
    /// Gives readings that are stored another value, in order; committed and durable on return, month by month. The one in force already, one that was
    /// taken at that very moment before, or of a reading that is not there, changes nothing: so all may be done again after an error or a crash. What was there stays (superseded()); all that is asked for
    /// below has the last value, flagged as corrected and received when that was taken. Refuses all for a value that is not finite.
    [[nodiscard]] virtual base::Result<std::vector<Corrected>> correct(std::span<const Correction> corrections) = 0;
    /// The values in whose place others came, ascending and in the order in which they were in force, from ≤ time ≤ to; flagged as superseded.
    [[nodiscard]] virtual base::Result<std::vector<ReadingPoint>> superseded(const model::SensorId& sensor, base::Time from,
                                                                             base::Time to) const = 0;
    /// The newest reading of every sensor that has one.
    [[nodiscard]] virtual base::Result<std::map<model::SensorId, ReadingPoint>> latest() const = 0;
    /// The newest reading, from ≤ time ≤ to, of every sensor that has one there, with the one before it (of that time
    /// too). Two steps down an index for each sensor and month; how much there is in the months costs nothing.
    [[nodiscard]] virtual base::Result<std::map<model::SensorId, ReadingStep>> latestBetween(base::Time from,
                                                                                             base::Time to) const = 0;
    /// Ascending, from ≤ time ≤ to; at most `most` points, the newest ones.
    [[nodiscard]] virtual base::Result<std::vector<ReadingPoint>> range(const model::SensorId& sensor, base::Time from,
                                                                        base::Time to, std::size_t most) const = 0;
    /// What a chart of `from` ≤ time ≤ `to` shows with at most `mostPoints` points (from 2 on): the readings if there
    /// are no more, else sums over the shortest step of a minute, an hour, a day or whole days that is long enough. The
    /// first and the last step count whole, also where `from` or `to` lies within them. Late readings are always part
    /// of their step.
    [[nodiscard]] virtual base::Result<Series> series(const model::SensorId& sensor, base::Time from, base::Time to,
                                                      std::size_t mostPoints) const = 0;
    /// One slice of what keeps the files small and quick: merges what was appended into longer runs, sums them up,
    /// moves the readings of months past policy.rawFor to readings/archive (range() and series() still read them) and
    /// gives room back. True if there may be more to do: call again. To be called on the thread that appends, when it
    /// is idle; nothing that it leaves half done is visible, in this or a later program. An append that comes faster
    /// than this is called does a slice itself when much waits. An error (a full disk, a damaged piece, which is then
    /// left where it is) is no reason not to call again later.
    [[nodiscard]] virtual base::Result<bool> upkeep(base::Time now, const UpkeepPolicy& policy,
                                                    const std::stop_token& stop) = 0;
    /// How many there are, without reading them.
    [[nodiscard]] virtual base::Result<std::int64_t> count() const = 0;
};

} // namespace tocsin::store
