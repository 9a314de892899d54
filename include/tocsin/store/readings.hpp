#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace tocsin::store {

enum class ReadingOutcome : unsigned char {
    stored,
    duplicate, ///< the same sensor, time and value is there
    conflict,  ///< another value is there for this sensor and time: the first stays
};

struct ReadingPoint {
    base::Time time;
    double value{0};
    std::uint8_t flags{0}; ///< model::Reading::Flag
    friend bool operator==(const ReadingPoint&, const ReadingPoint&) = default;
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

/// The time series: readings/YYYY-MM.db, one file a month (UTC) of reading time. Same thread rules as Store: one thread
/// at a time; other threads and programs open their own, readOnly, on the same folder, before or after there is one,
/// and see each committed batch and each new month at their next call.
///
/// A value is kept as it is given: convert it to the sensor's own unit first; Reading::unit is not stored.
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
    /// As append() with names.
    [[nodiscard]] virtual base::Result<std::vector<ReadingOutcome>> append(std::span<const KeyedReading> readings) = 0;
    /// The newest reading of every sensor that has one.
    [[nodiscard]] virtual base::Result<std::map<model::SensorId, ReadingPoint>> latest() const = 0;
    /// The newest reading, from ≤ time ≤ to, of every sensor that has one there, with the one before it (of that time
    /// too). Two steps down an index for each sensor and month; how much there is in the months costs nothing.
    [[nodiscard]] virtual base::Result<std::map<model::SensorId, ReadingStep>> latestBetween(base::Time from,
                                                                                             base::Time to) const = 0;
    /// Ascending, from ≤ time ≤ to; at most `most` points, the newest ones.
    [[nodiscard]] virtual base::Result<std::vector<ReadingPoint>> range(const model::SensorId& sensor, base::Time from,
                                                                        base::Time to, std::size_t most) const = 0;
    /// How many there are, without reading them.
    [[nodiscard]] virtual base::Result<std::int64_t> count() const = 0;
};

} // namespace tocsin::store
