#pragma once

#include "tocsin/gui/bridge.hpp"

namespace tocsin::gui {

inline constexpr std::size_t kLogEntries = 2000;
inline constexpr std::size_t kSliceThings = 1500; ///< that one signal tells of: keys are answered between two

/// Many deltas as one: the last image of each thing, the newest reading of each sensor, at most the log's length of
/// entries. Its size is bounded by the number of things, not of commits.
struct FoldedDeltas {
    model::State things;
    bool desk{false};
    std::map<model::SensorId, desk::SensorNow> sensors;
    std::map<model::UnitId, desk::UnitNow> units;
    std::map<std::string, std::size_t> readingsByFeed;
    std::map<std::string, std::size_t> quarantinedByFeed;
    std::deque<model::Entry> entries;
    bool empty{true};

    void add(const desk::Delta& delta);
    /// What came after what this holds: its images take the place of ours.
    void add(FoldedDeltas later);
    /// Takes out at most so many things, what others stand on first (sensors before their readings and alarms), the
    /// rest stays. An image that is left for later is still the last one: what the picture shows meanwhile was true
    /// before.
    [[nodiscard]] FoldedDeltas slice(std::size_t most);
};

/// What the bridge shows: changed by whole pictures and folded deltas, and saying what that changed.
struct Picture {
    model::State state;
    std::map<model::SensorId, desk::SensorNow> sensors;
    std::map<model::UnitId, desk::UnitNow> units;
    std::deque<model::Entry> log;
    std::map<QString, FeedHealth> feeds;

    void take(desk::Snapshot snapshot);
    [[nodiscard]] Changes take(FoldedDeltas folded, base::Time now);
    /// Older entries from the store, newest first; those already here are left as they are.
    void takeHistory(std::vector<model::Entry> newestFirst);

  private:
    void noteFeed(const model::Entry& entry);
};

} // namespace tocsin::gui
