#pragma once

#include "tocsin/desk/command_county.hpp"
#include "tocsin/desk/command_dispatcher.hpp"
#include "tocsin/desk/command_feeds.hpp"
#include "tocsin/desk/command_officer.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace tocsin::desk {

template <class... Each>
struct CommandList {
    static constexpr std::size_t size = sizeof...(Each);
    /// Which of them `One` is; `size`: none.
    template <class One>
    static constexpr std::size_t indexOf = [] {
        std::size_t at = 0;
        (void)((std::is_same_v<One, Each> || (++at, false)) || ...);
        return at;
    }();
};
using Commands = CommandList<
    NameCounty, RegisterSensors, RegisterResources, TakeWarning, AcceptWarning, TakeReport, TakeEarthquake,
    TakeSensors, TakeFieldMessage, TakeFieldMarker, TakeEmergency, BindUnit, WriteToUnit, RecordWritten, RecordCall,
    ShowContact, ShowQuarantined, JudgeQuarantine, UseValues, AcknowledgeAlarm, AcknowledgeAllAlarms, AcknowledgeAlarms,
    ShelveAlarms, UnshelveAlarms, TakeAlarmsOutOfService, PutAlarmsBack, ResetAlarms, HandAlarms, TellOfAlarm, SetSensorService,
    RetireSensors, ChangeRules, JudgeReport, JudgeReports, ClaimReports, ReleaseReports, PlanCallBack, EndCallBack,
    PlaceReport, JoinReports, SplitReports, KeepReportsApart, UndoCluster, DeclineIncident, OpenIncident, LinkToIncident, GradeIncident,
    SetPlan, MoveIncident, SetNeeds, CloseIncident, WriteNote, SetResponseLevel, StartShift, SetPin, NoteWrongPins,
    MuteSound, SetRoadWeather, AdvanceAssignment, PutDrawing, RemoveDrawing, SendPlan, JudgeDecision,
    ReplanAssignment, RecordBlockedWay, AnswerRollCall, RecordTold, ReleaseAssignments, ClaimResources, PutCallList, RemoveCallList,
    StartCallDown, AnswerCallDown, EndCallDown, PutAidRequest, AdvanceAidRequest, PutResources, RetireResources,
    SetResourceStatus, MoveStock, CountResource, RecordCheck, StartExercise, EndExercise>;

/// One of the commands. It stands behind a pointer and is never changed, so that a copy costs nothing, and who sends one command
/// compiles nothing of the others: a std::variant of them was a quarter of the time to compile a window.
class CommandBody {
  public:
    template <class One>
        requires(Commands::indexOf<One> < Commands::size)
    CommandBody(One command) // implicit: each command is a body
        : m_index(Commands::indexOf<One>), m_command(std::make_shared<const One>(std::move(command))) {}

    /// Its place in Commands.
    [[nodiscard]] std::size_t index() const { return m_index; }
    /// What it is, or null where it is another. Lives as long as a copy of this.
    template <class One>
    [[nodiscard]] const One* as() const {
        static_assert(Commands::indexOf<One> < Commands::size);
        return m_index == Commands::indexOf<One> ? static_cast<const One*>(m_command.get()) : nullptr;
    }

  private:
    std::size_t m_index;
    std::shared_ptr<const void> m_command;
};

/// Where a command comes from, as the desk's own program knows it. It is not in the command's JSON, so no seat can say it.
struct Origin {
    bool seat{false};
    std::vector<std::string> proven{}; ///< names of which the PIN was given there
};

/// A wish to change the desk. Sent twice with the same id it is done once, and answered the same.
struct Command {
    model::CommandId id;
    std::string actor; ///< a person's name, "desk", "feed:cap", "drill"
    CommandBody body{WriteNote{}};
    Origin origin{};
};

/// What a command came to. `entries` are those that it made, now or when it was first sent.
struct Done {
    std::vector<model::Entry> entries;
    std::vector<std::string> ids; ///< of the things made, or of the existing one that a duplicate names
    bool duplicate{false};        ///< the command, or the message that it brings, was known already
    std::optional<model::Contact> contact; ///< ShowContact's answer
};

} // namespace tocsin::desk
