#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/sensor.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <map>
#include <memory>
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
    friend bool operator==(const ReadingPoint&, const ReadingPoint&) = default;
};

/// The time series: readings/YYYY-MM.db, one file a month of reading time. Same thread rules as Store.
class ReadingStore {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<ReadingStore>> open(const std::filesystem::path& folder,
                                                                          Access access);
    virtual ~ReadingStore() = default;

    /// Stores all or (on error) none; committed and durable on return. One outcome a reading, in order.
    [[nodiscard]] virtual base::Result<std::vector<ReadingOutcome>>
    append(std::span<const model::Reading> readings) = 0;
    /// The newest reading of every sensor that has one.
    [[nodiscard]] virtual base::Result<std::map<model::SensorId, ReadingPoint>> latest() const = 0;
    /// Ascending, from ≤ time ≤ to; at most `most` points, the newest ones.
    [[nodiscard]] virtual base::Result<std::vector<ReadingPoint>> range(const model::SensorId& sensor, base::Time from,
                                                                        base::Time to, std::size_t most) const = 0;
    [[nodiscard]] virtual base::Result<std::int64_t> count() const = 0;
};

} // namespace tocsin::store
