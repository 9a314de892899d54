#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace tocsin::desk {

/// The desk as it was at one moment.
struct Picture {
    base::Time at;
    model::State state;
    std::map<model::SensorId, SensorNow> sensors; ///< each sensor's newest reading then
    std::int64_t lastSeq{0};                      ///< of the last entry that had happened
    std::map<model::UnitId, UnitNow> units{};     ///< where each unit was that had spoken in the day before
};

/// What the journal spans, and where in it how much happened.
struct JournalSpan {
    base::Time first;
    base::Time last;
    std::int64_t entries{0};
    struct Mark {
        base::Time time;
        model::Grade grade{model::Grade::IV};
        std::string type; ///< "incident.opened", "alarm.raised"
    };
    std::vector<Mark> marks; ///< what a slider should show: incidents opened, alarms of grade I and II; at most 500
};

/// Gives the desk's picture of any moment of its journal. Opens the files read-only; keeps checkpoints, so that going
/// on from the last moment costs only what happened since, and going back no more than a checkpoint's stretch. One
/// thread at a time.
class Replay {
  public:
    /// `tracksFolder`: empty for "tracks" beside the readings; it need not be there.
    [[nodiscard]] static base::Result<std::unique_ptr<Replay>> open(const std::filesystem::path& database,
                                                                    const std::filesystem::path& readingsFolder,
                                                                    std::filesystem::path tracksFolder = {});
    virtual ~Replay() = default;

    [[nodiscard]] virtual base::Result<JournalSpan> span() = 0;
    /// Before the first entry: an empty state. Code::cancelled when stopped.
    [[nodiscard]] virtual base::Result<std::shared_ptr<const Picture>> pictureAt(base::Time at,
                                                                                 std::stop_token stop = {}) = 0;
};

} // namespace tocsin::desk
