#pragma once

#include "tocsin/gui/bridge.hpp"

namespace tocsin::gui {

inline constexpr std::size_t kLogEntries = 2000;

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
