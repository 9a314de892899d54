#pragma once

#include "tocsin/model/alarm.hpp"
#include "tocsin/triage/alarm_board.hpp"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <vector>

namespace tocsin::gui {

class DeskBridge;
struct Changes;

/// How many alarms of what kind there are, kept up alarm by alarm: asking costs nothing, however many there are.
struct AlarmTally {
    std::array<std::size_t, 4> unacknowledged{};      ///< by grade, I first
    std::array<std::size_t, 4> seen{};                ///< acknowledged and still active, by grade; not those set aside
    std::array<std::map<int, std::size_t>, 4> louder; ///< unacknowledged ones by how often they were escalated
    std::size_t setAside{0};
    std::size_t latched{0};
    std::multiset<base::Time> waitingSince; ///< from when on nobody has acknowledged each of them

    [[nodiscard]] std::size_t waiting() const;
    [[nodiscard]] std::size_t active() const;               ///< set aside or not
    [[nodiscard]] std::optional<base::Time> oldest() const; ///< that nobody has acknowledged
    [[nodiscard]] int escalated(model::Grade grade) const;  ///< the most of those unacknowledged
};

/// The alarms as the window shows them: one board for the panel, the load meter, the wall and the sound, fed by the
/// bridge's changes. Works anew with every change while there are few, in a flood a few times a second. GUI thread.
class AlarmWatch : public QObject {
    Q_OBJECT
  public:
    explicit AlarmWatch(DeskBridge& desk); ///< a child of the bridge

    [[nodiscard]] const triage::AlarmBoard& board() const { return m_board; }
    [[nodiscard]] const std::vector<triage::AlarmGroup>& lines() const { return m_lines; }
    /// Of who sits here: without what was handed to others.
    [[nodiscard]] const triage::AlarmLoad& load() const { return m_load; }
    [[nodiscard]] const triage::AlarmLoad& wholeLoad() const { return m_wholeLoad; } ///< whoever has it
    /// What who sits here should hand to another, so that both bear about the same.
    [[nodiscard]] std::vector<model::AlarmId> worthHandingOver() const;
    [[nodiscard]] const AlarmTally& tally() const { return m_tally; } ///< never late

    /// By how much the sensor's clock is ahead, as the desk's own alarm says; absent: it is not known to be.
    [[nodiscard]] std::optional<base::Duration> clockAhead(const model::SensorId& sensor) const;
    [[nodiscard]] std::optional<base::Duration> clockBehind(const model::SensorId& sensor) const; ///< the same

    static constexpr std::size_t fewAlarms = 500; ///< so many are lined up anew with every change
    static constexpr int restMs = 250;            ///< more of them no more often than that
    static constexpr int noticeMs = 2000;         ///< what only time changes: the load

    /// Asks for the list to show this alarm among its group's.
    void wantGroupOf(model::AlarmId alarm) { emit groupWanted(alarm); }

  signals:
    void changed(); ///< lines() or load() may be others
    void groupWanted(tocsin::model::AlarmId alarm);

  private:
    struct Part { ///< what one alarm adds to the tally
        std::size_t grade{0};
        bool waits{false};
        bool aside{false};
        bool latched{false};
        int escalated{0};
        base::Time waitsSince;
    };
    void take(const Changes& changes);
    void put(const model::Alarm& alarm);
    void noteClock(const model::Alarm& alarm);
    void count(const Part& part, int sign);
    void work();

    DeskBridge& m_desk;
    triage::AlarmBoard m_board;
    std::vector<triage::AlarmGroup> m_lines;
    triage::AlarmLoad m_load;
    triage::AlarmLoad m_wholeLoad;
    QString m_person; ///< whose load it is
    AlarmTally m_tally;
    std::unordered_map<model::AlarmId, Part> m_parts;
    using ClocksOff = std::map<model::SensorId, base::Duration>;
    ClocksOff m_clocksAhead;
    ClocksOff m_clocksBehind;
    QTimer m_later;
    QTimer m_notice;
    QElapsedTimer m_rest; ///< since it was worked last
};

} // namespace tocsin::gui
