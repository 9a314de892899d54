#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/model/unit.hpp"
#include "tocsin/store/readings.hpp"
#include "tocsin/store/store.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace tocsin::store {

/// Where units were: tracks/YYYY-MM.db, one file a month (UTC) of position time. Same thread rules as ReadingStore.
class TrackStore {
  public:
    [[nodiscard]] static base::Result<std::unique_ptr<TrackStore>> open(const std::filesystem::path& folder,
                                                                        Access access);
    virtual ~TrackStore() = default;

    /// Stores all or (on error) none; committed and durable on return. One outcome a position, in order: two of one
    /// unit at one time are one (`duplicate`; at another place `conflict`, and the first stays). A batch over several
    /// months is one transaction a file, all filled before the first is committed: should one of the commits fail,
    /// what the others took stays, and sent again it is a duplicate. Refuses the batch for a name that is empty or over
    /// 120 bytes and for a year outside 1900–2200; every month not met before costs a file.
    [[nodiscard]] virtual base::Result<std::vector<ReadingOutcome>>
    append(std::span<const model::UnitPosition> positions) = 0;
    /// The newest position of every unit.
    [[nodiscard]] virtual base::Result<std::map<model::UnitId, model::UnitPosition>> latest() const = 0;
    /// The newest position of every unit with from ≤ time ≤ to.
    [[nodiscard]] virtual base::Result<std::map<model::UnitId, model::UnitPosition>>
    latestBetween(base::Time from, base::Time to) const = 0;
    /// Ascending, from ≤ time ≤ to; at most `most`, the newest ones.
    [[nodiscard]] virtual base::Result<std::vector<model::UnitPosition>>
    range(const model::UnitId& unit, base::Time from, base::Time to, std::size_t most) const = 0;
};

} // namespace tocsin::store
