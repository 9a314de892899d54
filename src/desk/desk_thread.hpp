#pragma once

#include "desk/alarm_flow.hpp"
#include "desk/handlers.hpp"
#include "desk/inbox.hpp"
#include "desk/pin_worker.hpp"
#include "desk/positions_lane.hpp"
#include "desk/reading_gate.hpp"
#include "desk/unit_book.hpp"
#include "tocsin/desk/desk.hpp"

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

namespace tocsin::desk {

/// The desk and its thread. What a turn is stands in desk.cpp, what becomes of readings in desk_readings.cpp.
class DeskThread final : public Desk {
  public:
    explicit DeskThread(Parts parts) : m_parts(std::move(parts)) {}

    base::Result<void> prepare();
    void run() {
        m_thread = std::thread([this] { loop(); });
    }
    ~DeskThread() override {
        m_inbox.close();
        if (m_thread.joinable())
            m_thread.join();
        refusePositions();
    }
    DeskThread(const DeskThread&) = delete;
    DeskThread& operator=(const DeskThread&) = delete;

    using Desk::submit;
    void submit(Command command, Answer answer) override;
    void readings(ReadingsInput input, std::function<void(base::Result<ReadingsDone>)> answer) override;
    bool hasRoom(const std::string& feed) const override { return m_inbox.hasRoom(feed); }
    void positions(PositionsInput input, std::function<void(base::Result<ReadingsDone>)> answer) override;
    void heard(const std::string& feed) override;
    void watch(std::vector<Watch> watches) override;
    void quarantine(store::QuarantineItem item, std::function<void(base::Result<std::int64_t>)> answer) override;
    base::Subscription subscribe(std::function<void(Snapshot)> first, Listener listener) override;
    Snapshot snapshot() override;

    model::CommandId newCommandId() override { return m_parts.ids.make<model::CommandId>(); }
    const base::Clock& clock() const override { return m_parts.clock; }
    const std::vector<model::Plan>& plans() const override { return m_parts.plans; }
    bool readOnly() const override { return m_parts.readOnly; }
    std::size_t backlog() const override { return m_inbox.size() + m_positions.size(); }
    void prove(std::string name, std::string pin, int seat, Proof answer) override;
    void changePin(std::string name, std::string old, std::string fresh, int seat, Proof answer) override;

  private:
    /// One turn of the loop: everything in it is committed together and answered afterwards.
    /// An item in quarantine whose values its feed may put in the place of those stored.
    struct OwnCorrection {
        std::int64_t item{0};
        std::string feed;
    };
    struct Turn {
        std::shared_ptr<Delta> delta = std::make_shared<Delta>();
        std::vector<ReadingsDone> readings;       ///< what became of each batch of readings
        std::vector<base::Result<Done>> commands; ///< of each command
        std::vector<std::int64_t> quarantine;     ///< ids
        std::vector<OwnCorrection> corrections{}; ///< to be used once they stand in quarantine for certain
        std::vector<PositionsLane::Item> positions;
        std::vector<ReadingsDone> positionsDone; ///< what became of each of them
        bool dirty{false};                        ///< the journal's transaction is open
        bool judged{false};                       ///< something in quarantine was
        std::optional<std::map<std::string, store::QuarantineTally>> aside{}; ///< where it changed: m_aside from now on
        std::optional<std::vector<detect::Rule>> rulesBefore{}; ///< where a command has changed them
    };

    void loop();
    bool keepUp();
    void turn(Inbox::Batch batch);
    base::Result<void> work(Inbox::Batch& batch, Turn& turn);
    void publish(const std::shared_ptr<const Delta>& delta);
    [[nodiscard]] std::optional<base::Error> closed() const; ///< why nothing can be taken now
    // ---- readings: desk_readings.cpp
    struct Share;
    [[nodiscard]] base::Result<std::optional<store::ReadingPoint>> newestBelieved(const model::SensorId& sensor, const store::ReadingPoint& newest,
                                                                                  base::Time now) const;
    [[nodiscard]] base::Result<std::vector<store::ReadingPoint>> historyOf(const model::SensorId& sensor, const store::ReadingPoint& newest,
                                                                           base::Time now) const;
    base::Result<void> takeReadings(Inbox::Batch& batch, Turn& turn, std::vector<detect::Conclusion>& conclusions);
    base::Result<void> keepReadings(Inbox::Batch& batch, std::vector<Share>& shares, Turn& turn,
                                    std::vector<detect::Conclusion>& conclusions);
    void noteReading(std::uint32_t number, const store::KeyedReading& reading, NewestReadings* newest,
                     std::vector<detect::Conclusion>& conclusions);
    base::Result<void> open(Turn& turn);
    base::Result<std::vector<model::Entry>> write(const Effect& effect, const std::string& actor,
                                                  model::CommandId command, Turn& turn);
    // ---- units: desk_units.cpp
    base::Result<void> recallUnits();
    base::Result<void> takePositions(Turn& turn);
    base::Result<void> notePosition(const std::string& feed, const model::UnitPosition& position, Turn& turn);
    void answerPositions(Turn& turn, const base::Result<void>& done);
    void refusePositions();
    // ---- what could not be taken: desk_quarantine.cpp
    base::Result<std::int64_t> putAside(const store::QuarantineItem& item, Turn& turn);
    base::Result<void> takeAside(Inbox::Batch& batch, Turn& turn);
    base::Result<void> judgeAside(const JudgeQuarantine& judged, const std::string& actor, Turn& turn);
    base::Result<void> countAside(Turn& turn);
    void giveBack();
    // ---- readings that were corrected: desk_corrections.cpp
    [[nodiscard]] bool correctionsWait() const;
    void queueCorrections(std::vector<OwnCorrection> corrections);
    base::Result<void> useOwnValues(Turn& turn);
    void recallCorrections();
    void putOffCorrections();
    [[nodiscard]] base::Result<std::vector<store::Correction>> correctionsDue();
    base::Result<void> takeCorrections(const std::vector<store::Correction>& due, Turn& turn);
    void noteCorrection(const store::Correction& correction, std::uint8_t flags, Turn& turn, std::vector<detect::Conclusion>& conclusions);
    // ---- silence: desk_watch.cpp
    void setWatches(std::vector<Watch> watches);
    void recallSilence();
    void noteSigns(const Delta& delta);
    [[nodiscard]] base::Time lastSignOf(const Watch& watch);
    [[nodiscard]] bool watchesRetired(const Watch& watch) const;
    base::Result<void> judgeSilence(const Watch& watch, base::Time last, base::Time now, Turn& turn);
    base::Result<void> watchSilence(Turn& turn);
    base::Result<void> lookAtClock(Turn& turn);
    // ---- clocks that are ahead or behind: desk_clocks.cpp
    /// A sensor whose clock is far ahead, or may be far behind.
    struct ClockOff {
        base::Time since;   ///< by the desk's clock, as heardAt
        base::Time heardAt; ///< last
        base::Duration by{0};
        // ---- behind only
        base::Time time;             ///< of its newest reading
        base::Duration least{0};     ///< since then each of its readings came at least so late …
        base::Duration most{0};      ///< … and at most so late
        int times{0};                ///< and they were looked at so often
    };
    using ClocksOff = std::map<model::SensorId, ClockOff>;
    struct ClockSide;
    void noteClockAhead(std::uint32_t number, base::Time spoke, const store::KeyedReading& reading);
    [[nodiscard]] base::Time spokeAt(const model::SensorId& sensor) const;
    base::Result<void> judgeClocks(Turn& turn);
    void noteClocksBehind(base::Time now);
    [[nodiscard]] static bool isSurelyBehind(const ClockOff& one);
    base::Result<void> judgeSide(const ClockSide& side, base::Time now, Turn& turn);
    base::Result<bool> judgeOwnClock(const ClockSide& side, base::Time now, Turn& turn);
    // ---- those that were sent: desk_follow.cpp
    base::Result<void> followDispatch(Turn& turn);
    void noteCallBack(const model::Report& report);
    void recallCallBacks();
    // ---- warnings and earthquakes as alarms: desk_messages.cpp
    [[nodiscard]] const model::Alarm* messageAlarm(const std::string& source) const;
    void noteMessages(const model::Entry& entry, const std::vector<model::Changed>& changed);
    void noteOldMessages();
    void judgeAllMessages();
    [[nodiscard]] std::optional<Effect> carryOn(const model::Alarm& standing, const model::Alarm& found);
    base::Result<void> judgeMessage(const std::optional<model::Alarm>& found, const std::string& source,
                                    const std::vector<std::string>& before, Turn& turn);
    base::Result<void> judgeMessages(Turn& turn);
    // ---- alarms: desk_alarms.cpp
    [[nodiscard]] AlarmFlow flow();
    [[nodiscard]] RulesInForce inForce() const; ///< a copy
    void renewRules(std::vector<detect::Rule> rules);
    void recallAlarms();
    base::Result<void> writeOwn(const Effect& effect, Turn& turn);
    base::Result<void> conclude(const std::vector<detect::Conclusion>& conclusions, Turn& turn);
    base::Result<void> writeConclusions(const std::vector<detect::Conclusion>& conclusions, Turn& turn);
    base::Result<void> settleAlarms(Turn& turn);
    base::Result<void> noteFault(model::AlarmId id, Turn& turn);
    base::Result<void> endOrphans(const std::vector<detect::Standing>& gone, Turn& turn, const std::string& actor,
                                  model::CommandId command);
    base::Result<void> changeRules(std::vector<detect::Rule> rules, const Command& command, Turn& turn);
    base::Result<void> judgeAgain(const model::SensorId& sensor, Turn& turn);
    base::Result<void> noteRetired(const RetireSensors& command, const Effect& effect, Turn& turn);
    base::Result<void> alarmsDue(Turn& turn);
    void putOffDue(base::Time now);

    [[nodiscard]] bool mayShowContacts(const std::string& actor) const;
    // ---- names that are proved: desk_pins.cpp
    [[nodiscard]] base::Result<std::string> pinRecordOf(const std::string& name) const;
    void keepPin(const std::string& name, base::Result<std::string> record, bool had, const Proof& answer);
    [[nodiscard]] PinWorker::Wrong noteOf(std::string name, int seat);
    base::Result<void> writeBeside(const Effect& effect, const std::string& actor, Turn& turn);
    base::Result<Done> execute(const Command& command, Turn& turn, bool& storeFailed);
    base::Result<void> followUp(const Command& command, Effect& effect, Turn& turn);
    base::Result<void> warmUp();
    void reload();
    [[nodiscard]] Snapshot picture() const;

    Parts m_parts;
    Inbox m_inbox;
    model::State m_state;
    AlarmBook m_book{m_state.alarms};
    RuleTable m_rules;
    base::Time m_tickDue;     ///< of the rules that time alone can fulfil
    /// One that has come or changed: an alarm may follow.
    struct Message {
        std::optional<model::WarningId> warning;
        std::optional<model::EarthquakeId> earthquake;
        std::vector<std::string> before; ///< alarms' sources of the warnings in whose place it comes
    };
    std::vector<Message> m_messages;
    bool m_orphansDue{false}; ///< alarms whose rules are gone are to be looked for
    ReadingGate m_gate;
    std::vector<store::KeyedReading> m_keyed; ///< readings of this turn that go to the store …
    std::vector<std::uint32_t> m_slots;       ///< … the sensor of each …
    std::vector<std::uint32_t> m_origins;     ///< … and its row in its batch
    std::uint32_t m_turns{0};                 ///< with readings
    bool m_upkeepDue{true};                   ///< of the readings' files
    bool m_correctionsDue{true};              ///< some may be in the journal and not in the readings' files
    std::deque<OwnCorrection> m_ownCorrections;
    base::Time m_correctionsAgain;            ///< not to be tried before, after a failure
    PositionsLane m_positions;
    UnitBook m_unitBook;
    std::map<model::UnitId, UnitNow> m_unitsNow;
    std::vector<detect::Conclusion> m_owed; ///< found at start, to be written in the first turn
    std::map<std::string, store::QuarantineTally> m_aside; ///< what stands in quarantine, not judged, by feed
    base::Time m_giveBackDue; ///< the bytes of what was judged are given back once an hour
    base::Time m_expiryDue; ///< warnings are looked through once a second
    std::mutex m_heardMutex;
    std::map<std::string, base::Time> m_heard; ///< feeds' last signs of life; guarded by m_heardMutex
    std::map<std::string, base::Time> m_watchedSince;
    base::Time m_clockAt;   ///< when the last turn began
    base::Time m_watchedAt; ///< when silence was last looked for
    base::Time m_watchDue;
    ClocksOff m_clocksAhead;  ///< those that send readings of the far future
    ClocksOff m_clocksBehind; ///< those that send what is late, and nothing newer
    base::Time m_lateDue;     ///< when what came late is looked at
    ClockOff* m_lastAhead{nullptr}; ///< the one that was noted last: good in the turn with readings …
    std::uint32_t m_lastAheadTurn{0}; ///< … of this number …
    std::uint32_t m_lastAheadSlot{0}; ///< … and for this sensor
    base::Time m_clocksDue;
    base::Time m_followDue; ///< those that were sent are looked at every few seconds
    std::set<model::ReportId> m_callBacks; ///< about which somebody is still to be called back
    base::Time m_allSince; ///< silence counts from here at the earliest
    std::set<model::SensorId> m_silentSensors;
    std::vector<model::SensorId> m_speakers; ///< sensors that say how long they may be silent
    bool m_speakersStale{true};
    std::map<model::SensorId, base::Time> m_backAt; ///< in service or in use: silent from then at the earliest
    std::map<int, Listener> m_listeners;
    int m_nextListener{1};
    std::atomic<bool> m_halted{false}; ///< the state in memory is not the disk's: nothing may be built on it
    std::thread m_thread;
    PinWorker m_pins{m_parts.clock}; ///< last: it submits commands
};

} // namespace tocsin::desk
