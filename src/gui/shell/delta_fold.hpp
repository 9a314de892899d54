#pragma once

#include "tocsin/gui/bridge.hpp"

namespace tocsin::gui {

inline constexpr std::size_t kLogEntries = 2000;
/// The work that one signal makes at most, so that a key is answered between two. A reading or position counts as one.
inline constexpr std::size_t kSliceWork = 800;
inline constexpr std::size_t kThingWork = 4;  ///< of a thing, and of an entry
inline constexpr std::size_t kSensorWork = 1; ///< of a sensor or unit that is registered: nobody looks at it yet

/// Many deltas as one: the last image of each thing, the newest reading of each sensor, at most the log's length of
/// entries. Its size is bounded by the number of things, not of commits.
struct FoldedDeltas {
    model::State things;
    bool desk{false};
    std::map<model::SensorId, desk::SensorNow> sensors;
    std::map<model::UnitId, desk::UnitNow> units;
    std::map<std::string, std::size_t> readingsByFeed;
    std::map<std::string, store::QuarantineTally> quarantine; ///< as it stands
    std::deque<model::Entry> entries;
    desk::RulesInForce rules; ///< null: as they were
    bool all{false};          ///< whether anything can be changed is otherwise than before
    bool empty{true};

    /// What was written: things and entries.
    void addWritten(const desk::Delta& delta);
    /// What was heard: readings, positions and how many.
    void addHeard(const desk::Delta& delta);
    /// What came after what this holds: its images take the place of ours.
    void add(FoldedDeltas later);
    /// Takes out what is at most so much work, what others stand on first (sensors before their alarms, things before
    /// the entries and readings of them), the rest stays. An image that is left for later is still the last one: what
    /// the picture shows meanwhile was true before.
    [[nodiscard]] FoldedDeltas slice(std::size_t work);
};

/// What the bridge shows: changed by whole pictures and folded deltas, and saying what that changed.
struct Picture {
    model::State state;
    std::map<model::SensorId, desk::SensorNow> sensors;
    std::map<model::UnitId, desk::UnitNow> units;
    std::deque<model::Entry> log;
    std::map<QString, FeedHealth> feeds;
    desk::RulesInForce rules; ///< null: none is known

    void take(desk::Snapshot snapshot);
    [[nodiscard]] Changes take(FoldedDeltas folded, base::Time now);
    /// Older entries from the store, newest first; those already here are left as they are.
    void takeHistory(std::vector<model::Entry> newestFirst);

  private:
    void noteFeed(const model::Entry& entry);
    void noteQuarantine(const std::map<std::string, store::QuarantineTally>& tallies);
};

} // namespace tocsin::gui
