#pragma once

#include "tocsin/model/alarm.hpp"
#include "tocsin/model/sensor.hpp"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::triage {

/// One line of the alarm panel: alarms of one cause, in one area, at one time.
struct AlarmGroup {
    /// Stays the same while the group does: what the panel keeps selected and opened. Of a single alarm, and of the
    /// group that begins with it, the alarm's id: a line that becomes a group stays selected.
    std::string key;
    /// All of them, those to be looked at first: by severity, state (unacknowledged first), newest; the set aside last.
    std::vector<model::AlarmId> members;
    model::AlarmId first;                                     ///< first out: the one whose condition began first
    base::Time firstAt;                                       ///< when it did
    model::Grade severity{model::Grade::IV};                  ///< the gravest of those not set aside, if there is one
    model::AlarmState worst{model::AlarmState::acknowledged}; ///< the state that asks most of a person
    std::size_t unacknowledged{0};
    int escalated{0};                     ///< how often the most escalated of those was
    model::AlarmId loudest;               ///< which that is, of several the gravest; null: none is
    std::size_t setAside{0};              ///< shelved, suppressed or out of service: counted, and among `aside`
    std::vector<model::AlarmId> aside;    ///< the last `setAside` of the members
    base::Time since;                     ///< the first raised
    base::Time newest;                    ///< the latest raised
    base::Time asksSince;                 ///< the first that wants a person, or last did: `since`, if none has come again or back in sight
    std::string hazard;                   ///< of all members; empty: several, or none
    std::optional<model::AlarmKind> kind; ///< of all members; absent: several
    std::string rule;                     ///< of all members; empty: several
    model::Position centre;               ///< of those that have a place; latitude and longitude 0 is none
    double radiusMetres{0};               ///< 0: one place
    base::LocalText place;                ///< that more than half of them share; empty: several
    /// What the members have in common, from the finest to the coarsest; a flood coarsens until at most the wanted
    /// number of lines is left.
    enum class Level : unsigned char { single, causeAndArea, hazard, everything } level{Level::single};
};

/// Whose load is asked for: what was handed to others is not theirs. Absent: of all, whoever has it.
using Person = std::optional<std::string>;

/// How much one person is asked to bear (EEMUA 191: about one alarm in ten minutes at rest, at most ten in the first
/// ten minutes after an upset).
struct AlarmLoad {
    /// Raised in the last ten minutes, here and below but those muted by design, out of service or handed to others.
    double perTenMinutes{0};
    std::size_t lastHour{0};
    std::size_t standing{0}; ///< active, not set aside; this and the next two whoever has them
    std::size_t unacknowledged{0};
    std::size_t setAside{0};
    std::size_t mostInAMinute{0}; ///< within the last hour
    enum class Judgement : unsigned char {
        calm,
        busy,
        heavy,
        flood
    } judgement{Judgement::calm}; ///< ≤1, ≤5, ≤10, over 10 in ten minutes
    bool flood{false};            ///< over 10 in ten minutes, until under 5 (EEMUA 191)
    base::Time floodSince;
    std::map<std::string, std::size_t> byOwner; ///< unacknowledged; "" is whoever has the desk
};

/// A rule and sensor that has raised much today.
struct Offender {
    std::string rule;
    model::SensorId sensor;
    std::string source;
    base::LocalText title;
    std::size_t raised{0}; ///< and came again while they stood
    double share{0};       ///< of all raised since then, 0…1
    bool flapping{false};
    std::vector<model::AlarmId> alarms; ///< newest first, at most 20
};

struct BoardPolicy {
    base::Duration together{std::chrono::minutes(15)}; ///< an alarm raised no longer after the group's last may join it
    double metres{3'000};                              ///< where it is no further from the place of the group's first
    std::size_t mostLines{10};                         ///< at least 1
};

/// What a person on duty is shown of the alarms, kept up alarm by alarm. Nothing is dropped: every active alarm is a
/// member of exactly one group. Groups by cause (the alarm that mutes it, else its rule's hazard and kind), area and
/// time. A grave alarm (grade I) that nobody has acknowledged is never hidden in a group of lesser ones: its group is a
/// line of its own kind unless there are more such groups than lines. One thread at a time.
///
/// While no more alarms are active than there are lines each is a line by itself (what it mutes stays under it); once
/// there are more, groups are shown until no more than half as many are left. put() costs O(log n), lines() what
/// changed since the last call.
class AlarmBoard {
  public:
    explicit AlarmBoard(BoardPolicy policy = {});
    ~AlarmBoard();
    AlarmBoard(AlarmBoard&&) noexcept;
    AlarmBoard& operator=(AlarmBoard&&) noexcept;

    /// A new alarm, or one that changed. Of one that is over (normal) only the statistics keep a trace.
    void put(const model::Alarm& alarm);
    void clear();

    /// The lines by severity, state (unacknowledged before acknowledged) and age (begun last, first); what is wholly set
    /// aside last. At most policy.mostLines while `whole` is false; groups of one alarm where they fit. `whole`: every
    /// group at its finest. What has to give way is coarsened first: what is wholly set aside, then the lesser, then unacknowledged
    /// grade I.
    [[nodiscard]] std::vector<AlarmGroup> lines(base::Time now, bool whole = false) const;
    /// The group that an alarm is a member of now, at the finest level.
    [[nodiscard]] std::optional<AlarmGroup> groupOf(model::AlarmId alarm, base::Time now) const;
    [[nodiscard]] AlarmLoad load(base::Time now, const Person& person = {}) const;
    /// Worst first, since `since`; two days are kept.
    [[nodiscard]] std::vector<Offender> offenders(base::Time since, std::size_t most) const;
    /// Which alarms this person should hand to another so that both bear about the same, with what others have been
    /// handed already: whole groups, the lesser ones first. Empty: the load is bearable, or the halves are even.
    [[nodiscard]] std::vector<model::AlarmId> worthHandingOver(base::Time now, const Person& person = {}) const;

  private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace tocsin::triage
