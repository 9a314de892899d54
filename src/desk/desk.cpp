#include "desk/desk_thread.hpp"
#include "desk/pin_gate.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/command_visit.hpp"
#include "tocsin/model/json.hpp"
#include "tocsin/model/json_text.hpp"

#include <algorithm>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

/// How often the thread looks at its clock while nothing comes (warnings expire).
constexpr auto patience = std::chrono::milliseconds(2'000);

} // namespace

base::Result<void> DeskThread::prepare() {
    auto state = m_parts.store->loadState();
    if (!state)
        return tl::unexpected(state.error());
    m_state = std::move(*state);
    if (auto aside = m_parts.store->quarantineTallies())
        m_aside = std::move(*aside);
    giveBack();
    renewRules({m_parts.detector.rules().begin(), m_parts.detector.rules().end()});
    recallAlarms();
    recallSilence();
    recallCallBacks();
    return recallUnits().and_then([this] { return warmUp(); });
}

std::optional<base::Error> DeskThread::closed() const {
    if (m_parts.readOnly)
        return base::Error{Code::refused, "the desk is read-only: nothing can be changed now", {}};
    if (m_halted)
        return base::Error{Code::storage, "the desk could not read its own state back: start it again", {}};
    return std::nullopt;
}

void DeskThread::submit(Command command, Answer answer) {
    if (const auto why = closed()) {
        answer(tl::unexpected(*why));
        return;
    }
    Inbox::CommandItem item{std::move(command), std::move(answer)};
    if (!m_inbox.offer(item))
        item.answer(fail(Code::unavailable, "the desk is busy: try again"));
}

void DeskThread::readings(ReadingsInput input, std::function<void(base::Result<ReadingsDone>)> answer) {
    if (const auto why = closed()) {
        answer(tl::unexpected(*why));
        return;
    }
    if (!input.readings.empty()) { // the names are looked up here, on the feed's thread
        input.rows = {};
        input.rows.add(input.readings);
        input.readings = {};
    }
    Inbox::ReadingsItem item{std::move(input), std::move(answer)};
    if (!m_inbox.offer(item))
        item.answer(fail(Code::unavailable, "the desk is busy: try again"));
}

base::Subscription DeskThread::subscribe(std::function<void(Snapshot)> first, Listener listener) {
    auto id = std::make_shared<int>(0);
    m_inbox.task([this, id, first = std::move(first), listener = std::move(listener)] {
        if (*id < 0)
            return;
        *id = m_nextListener++;
        m_listeners[*id] = listener;
        first(picture());
    });
    // Ends on the desk's thread too; the caller is told when no callback can come any more.
    return base::Subscription([this, id] {
        if (std::this_thread::get_id() == m_thread.get_id()) {
            m_listeners.erase(*id);
            *id = -1;
            return;
        }
        std::promise<void> ended;
        m_inbox.task([this, id, &ended] {
            m_listeners.erase(*id);
            *id = -1;
            ended.set_value();
        });
        ended.get_future().wait();
    });
}

Snapshot DeskThread::picture() const {
    std::int64_t aside = 0;
    for (const auto& [feed, tally] : m_aside)
        aside += tally.open;
    return {m_state, m_gate.newest(), m_unitsNow, m_parts.store->lastSeq(), aside, m_aside, inForce()};
}

Snapshot DeskThread::snapshot() {
    std::promise<Snapshot> promise;
    auto future = promise.get_future();
    m_inbox.task([this, &promise] { promise.set_value(picture()); });
    return future.get();
}

void DeskThread::loop() {
    for (;;) {
        auto batch = m_inbox.take(m_upkeepDue || correctionsWait() || (!m_ownCorrections.empty() && !m_halted) ? std::chrono::milliseconds(0) : patience);
        const bool idle = batch.empty();
        const bool last = batch.closed && idle;
        m_upkeepDue = m_upkeepDue || !batch.readings.empty();
        turn(std::move(batch));
        if (last)
            return;
        if (idle && m_upkeepDue)
            m_upkeepDue = keepUp();
        if (idle)
            giveBack();
    }
}

/// One slice of the readings' upkeep, while nobody waits for the desk. True: there is more to do.
bool DeskThread::keepUp() {
    if (m_parts.readOnly)
        return false;
    const auto more = m_parts.readings->upkeep(m_parts.clock.now(), m_parts.upkeep, {});
    if (!more)
        base::log::warn("the readings' files could not be kept in order: {}", more.error().message);
    return more.value_or(false);
}

base::Result<void> DeskThread::open(Turn& turn) {
    if (turn.dirty)
        return {};
    auto begun = m_parts.store->begin();
    if (begun)
        turn.dirty = true;
    return begun;
}

base::Result<std::vector<model::Entry>> DeskThread::write(const Effect& effect, const std::string& actor,
                                                          model::CommandId command, Turn& turn) {
    std::vector<model::Entry> entries;
    bool sensors = false;
    for (const auto& event : effect.events) {
        model::EntryDraft draft;
        draft.id = m_parts.ids.make<model::EntryId>();
        draft.type = event.type;
        draft.subject = event.subject;
        draft.time = m_parts.clock.now();
        draft.actor = actor;
        draft.command = command;
        draft.data = event.data;
        auto entry = m_parts.store->append(draft);
        if (!entry)
            return tl::unexpected(entry.error());
        sensors = sensors || entry->type == "exercise.started";
        auto changes = model::changesOf(entry->data);
        if (entry->type.starts_with("warning.") || entry->type.starts_with("earthquake."))
            noteMessages(*entry, changes);
        for (auto& changed : changes) {
            model::apply(m_state, changed);
            if (const auto* alarm = std::get_if<model::Alarm>(&changed))
                m_book.note(*alarm);
            else if (const auto* report = std::get_if<model::Report>(&changed))
                noteCallBack(*report);
            sensors = sensors || std::holds_alternative<model::Sensor>(changed);
            turn.delta->changed.push_back(std::move(changed));
        }
        turn.delta->entries.push_back(*entry);
        entries.push_back(std::move(*entry));
    }
    if (sensors) { // once, however many entries they fill
        m_parts.detector.bind(m_state.sensors);
        m_gate.forget();
        m_speakersStale = true;
    }
    return entries;
}

base::Result<Done> DeskThread::execute(const Command& command, Turn& turn, bool& storeFailed) {
    if (command.id.isNull())
        return fail(Code::refused, "a command needs an id");
    if (auto ok = checkText(command.actor, "the actor's name", 200); !ok)
        return tl::unexpected(ok.error());
    auto known = m_parts.store->entriesOf(command.id);
    if (!known)
        return tl::unexpected(known.error());
    if (!known->empty()) {
        Done done{std::move(*known), {}, true, {}};
        for (const auto& entry : done.entries)
            done.ids.push_back(entry.subject);
        return done;
    }
    const PinGate gate(m_state, m_parts.contactReaders, m_parts.leaders);
    if (auto may = gate.judge(command); !may)
        return tl::unexpected(may.error());
    Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, m_parts.clock.now(), command.actor);
    handlers.knowUnits(m_unitsNow);
    handlers.knowAlarms(m_book, m_rules);
    handlers.knowReadings(m_gate);
    handlers.knowStored(*m_parts.readings);
    handlers.knowDispatch(m_parts.dispatch);
    handlers.allowContacts(mayShowContacts(command.actor));
    handlers.allowLeading(gate.isWho(command.actor, command.origin));
    auto effect = visit(handlers, command.body);
    if (!effect)
        return tl::unexpected(effect.error());
    // What cannot go through JSON and back (text that is not UTF-8, a number that is not finite) is refused before
    // anything is written: a failing append would take the other commands of this turn with it.
    for (const auto& event : effect->events)
        if (!model::survivesText(event.data))
            return fail(Code::malformed, "a text is not UTF-8, or a number is not finite");
    if (!effect->events.empty()) {
        if (auto ok = open(turn); !ok) {
            storeFailed = true;
            return tl::unexpected(ok.error());
        }
    }
    auto entries = write(*effect, command.actor, command.id, turn);
    if (!entries) {
        storeFailed = true;
        return tl::unexpected(entries.error());
    }
    if (auto ok = writeBeside(*effect, command.actor, turn); !ok) {
        storeFailed = true;
        return tl::unexpected(ok.error());
    }
    const auto own = turn.delta->entries.size();
    if (auto ok = followUp(command, *effect, turn); !ok) {
        storeFailed = true;
        return tl::unexpected(ok.error());
    }
    for (auto i = own; i < turn.delta->entries.size(); ++i)
        if (turn.delta->entries[i].command == command.id)
            entries->push_back(turn.delta->entries[i]);
    return Done{std::move(*entries), std::move(effect->ids), effect->duplicate, std::move(effect->contact)};
}

/// What a command that is written brings about beside its entries.
base::Result<void> DeskThread::followUp(const Command& command, Effect& effect, Turn& turn) {
    if (command.body.as<StartExercise>() != nullptr) // a drill begins with every rule at rest
        renewRules({m_parts.detector.rules().begin(), m_parts.detector.rules().end()});
    if (effect.rules) {
        if (auto ok = changeRules(std::move(*effect.rules), command, turn); !ok)
            return ok;
    }
    if (const auto* service = command.body.as<SetSensorService>(); service != nullptr && service->inService) {
        if (auto ok = judgeAgain(service->sensor, turn); !ok)
            return ok;
    }
    if (command.body.as<RecordBlockedWay>() != nullptr)
        m_followDue = {}; // at once: a team drives towards what is closed
    if (const auto* retiring = command.body.as<RetireSensors>()) {
        if (auto ok = noteRetired(*retiring, effect, turn); !ok)
            return ok;
    }
    return judgeMessages(turn).and_then([&] { return settleAlarms(turn); });
}

bool DeskThread::mayShowContacts(const std::string& actor) const {
    const auto& readers = m_parts.contactReaders;
    if (readers.empty())
        return !actor.starts_with("feed:") && actor != "drill";
    return std::find(readers.begin(), readers.end(), actor) != readers.end();
}

/// What stands beside the journal, in its transaction: open whenever there is an entry, and each of these has one.
base::Result<void> DeskThread::writeBeside(const Effect& effect, const std::string& actor, Turn& turn) {
    for (const auto& [report, contact] : effect.contacts) {
        if (auto ok = m_parts.store->putContact(report, contact); !ok)
            return ok;
    }
    if (effect.pin) {
        if (auto ok = m_parts.store->putPin(effect.pin->name, effect.pin->record); !ok)
            return ok;
    }
    if (!effect.corrections.empty()) {
        if (auto ok = m_parts.store->putCorrectionsDue(effect.corrections); !ok)
            return ok;
        m_correctionsDue = true; // the next turn, once this is committed
    }
    return effect.quarantine ? judgeAside(*effect.quarantine, actor, turn) : base::Result<void>{};
}

base::Result<void> DeskThread::work(Inbox::Batch& batch, Turn& turn) {
    if (auto ok = lookAtClock(turn).and_then([&] { return conclude(std::exchange(m_owed, {}), turn); }); !ok)
        return ok;
    const auto corrections = correctionsDue(); // those of this turn's commands are not committed yet
    if (!corrections)
        return tl::unexpected(corrections.error());
    // People and what feeds bring singly come first: sensors are registered before their readings are judged.
    for (const auto& item : batch.commands) {
        bool storeFailed = false;
        auto done = execute(item.command, turn, storeFailed);
        if (storeFailed)
            return tl::unexpected(done.error());
        turn.commands.push_back(std::move(done));
    }
    if (auto ok = useOwnValues(turn); !ok)
        return ok;
    if (!batch.readings.empty()) {
        std::vector<detect::Conclusion> conclusions;
        if (auto ok = takeReadings(batch, turn, conclusions).and_then([&] { return conclude(conclusions, turn); }); !ok)
            return ok;
    }
    if (auto ok = takeCorrections(*corrections, turn).and_then([&] { return takePositions(turn); }); !ok)
        return ok;
    if (auto ok = takeAside(batch, turn).and_then([&] { return countAside(turn); }); !ok)
        return ok;
    if (const auto now = m_parts.clock.now(); now >= m_expiryDue) {
        m_expiryDue = now + std::chrono::seconds(1);
        Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, now, "desk");
        if (auto ok = writeOwn(handlers.expireWarnings(), turn); !ok)
            return ok;
    }
    auto watched = watchSilence(turn).and_then([&] { return judgeClocks(turn); }).and_then([&] { return followDispatch(turn); });
    if (auto ok = std::move(watched).and_then([&] { return alarmsDue(turn); }); !ok)
        return ok;
    return turn.dirty ? m_parts.store->commit() : base::Result<void>{};
}

void DeskThread::turn(Inbox::Batch batch) {
    Turn turn;
    base::Result<void> done;
    if (const auto why = closed(); why && !m_parts.readOnly) {
        done = tl::unexpected(*why);
    } else if (!m_parts.readOnly) {
        try {
            done = work(batch, turn);
        } catch (const std::exception& e) {
            // No caller can answer this; what was not committed was not acknowledged either.
            done = fail(Code::internal, std::string("the desk met an unexpected error: ") + e.what());
        }
        if (!done) {
            base::log::error("nothing of the last commands was stored: {}", done.error().message);
            m_parts.store->rollback();
            if (turn.rulesBefore)
                renewRules(std::move(*turn.rulesBefore));
            reload();
            m_ownCorrections.clear(); // they stand in quarantine
            putOffCorrections(); // nor shall they keep the desk busy while nothing can be stored
        }
    }
    if (done && !m_parts.readOnly) {
        if (turn.aside)
            m_aside = std::move(*turn.aside);
        queueCorrections(std::move(turn.corrections));
        for (std::size_t i = 0; i < batch.readings.size(); ++i)
            batch.readings[i].answer(turn.readings[i]);
        for (std::size_t i = 0; i < batch.commands.size(); ++i)
            batch.commands[i].answer(std::move(turn.commands[i]));
        for (std::size_t i = 0; i < batch.quarantine.size(); ++i)
            batch.quarantine[i].answer(turn.quarantine[i]);
        answerPositions(turn, {});
        noteSigns(*turn.delta);
        publish(turn.delta);
    } else if (!done) {
        for (auto& item : batch.readings)
            item.answer(tl::unexpected(done.error()));
        answerPositions(turn, done);
        for (auto& item : batch.commands)
            item.answer(tl::unexpected(done.error()));
        for (auto& item : batch.quarantine)
            item.answer(tl::unexpected(done.error()));
    }
    for (auto& task : batch.tasks)
        task();
}

void DeskThread::publish(const std::shared_ptr<const Delta>& delta) {
    if (delta->readings == 0 && delta->quarantined == 0 && delta->quarantine.empty() && delta->entries.empty() &&
        delta->units.empty() && delta->sensors.empty())
        return;
    const auto listeners = m_listeners; // one may end its subscription from within
    for (const auto& [id, listener] : listeners) {
        if (m_listeners.contains(id))
            listener(delta);
    }
}

/// After a failed commit the state in memory is ahead of the disk: the disk is right.
void DeskThread::reload() {
    if (auto state = m_parts.store->loadState()) {
        m_state = std::move(*state);
        m_clockAt = {}; // what a clock that was set back owes may not have been stored: the next turn bounds all, as at a start
        recallAlarms();
        recallCallBacks();
        if (auto ok = recallUnits().and_then([this] { return warmUp(); }); !ok)
            base::log::error("the rules could not be brought up to date: {}", ok.error().message);
    } else {
        base::log::critical("the state could not be read again: {}", state.error().message);
        m_halted = true;
    }
}

std::future<base::Result<Done>> Desk::submit(Command command) {
    auto promise = std::make_shared<std::promise<base::Result<Done>>>();
    auto future = promise->get_future();
    submit(std::move(command), [promise](base::Result<Done> done) { promise->set_value(std::move(done)); });
    return future;
}

base::Result<std::unique_ptr<Desk>> Desk::start(Parts parts) {
    auto desk = std::make_unique<DeskThread>(std::move(parts));
    if (auto ready = desk->prepare(); !ready)
        return tl::unexpected(ready.error());
    desk->run();
    return desk;
}

} // namespace tocsin::desk
