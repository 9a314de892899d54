#include "tocsin/desk/desk.hpp"

#include "desk/handlers.hpp"
#include "desk/inbox.hpp"
#include "desk/reading_gate.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <atomic>
#include <spdlog/spdlog.h>
#include <thread>

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

/// Readings further ahead of the desk's clock than this are kept, but neither shown as the newest nor judged by rules.
constexpr auto farFuture = std::chrono::hours(24);
/// How often the thread looks at its clock while nothing comes (warnings expire).
constexpr auto patience = std::chrono::milliseconds(2'000);
constexpr std::size_t mostWarmUp = 2'000;

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
    }
    DeskThread(const DeskThread&) = delete;
    DeskThread& operator=(const DeskThread&) = delete;

    using Desk::submit;
    void submit(Command command, Answer answer) override;
    void readings(ReadingsInput input, std::function<void(base::Result<ReadingsDone>)> answer) override;
    void quarantine(store::QuarantineItem item, std::function<void(base::Result<std::int64_t>)> answer) override;
    base::Subscription subscribe(std::function<void(Snapshot)> first, Listener listener) override;
    Snapshot snapshot() override;

    model::CommandId newCommandId() override { return m_parts.ids.make<model::CommandId>(); }
    const base::Clock& clock() const override { return m_parts.clock; }
    const std::vector<model::Plan>& plans() const override { return m_parts.plans; }
    bool readOnly() const override { return m_parts.readOnly; }
    std::size_t backlog() const override { return m_inbox.size(); }

  private:
    /// One turn of the loop: everything in it is committed together and answered afterwards.
    struct Turn {
        std::shared_ptr<Delta> delta = std::make_shared<Delta>();
        std::vector<ReadingsDone> readings;       ///< what became of each batch of readings
        std::vector<base::Result<Done>> commands; ///< of each command
        std::vector<std::int64_t> quarantine;     ///< ids
        bool dirty{false};                        ///< the journal's transaction is open
    };

    void loop();
    void turn(Inbox::Batch batch);
    base::Result<void> work(Inbox::Batch& batch, Turn& turn);
    void publish(const std::shared_ptr<const Delta>& delta);
    [[nodiscard]] std::optional<base::Error> closed() const; ///< why nothing can be taken now
    base::Result<void> takeReadings(Inbox::Batch& batch, Turn& turn, std::vector<detect::Conclusion>& conclusions);
    base::Result<void> open(Turn& turn);
    base::Result<std::vector<model::Entry>> write(const Effect& effect, const std::string& actor,
                                                  model::CommandId command, Turn& turn);
    base::Result<Done> execute(const Command& command, Turn& turn, bool& storeFailed);
    base::Result<void> conclude(const std::vector<detect::Conclusion>& conclusions, Turn& turn);
    base::Result<void> warmUp();
    void reload();
    [[nodiscard]] Snapshot picture() const;

    Parts m_parts;
    Inbox m_inbox;
    model::State m_state;
    std::map<model::SensorId, SensorNow> m_sensorsNow;
    std::vector<detect::Conclusion> m_owed; ///< found at start, to be written in the first turn
    std::int64_t m_quarantined{0};
    base::Time m_expiryDue; ///< warnings are looked through once a second
    std::map<int, Listener> m_listeners;
    int m_nextListener{1};
    std::atomic<bool> m_halted{false}; ///< the state in memory is not the disk's: nothing may be built on it
    std::thread m_thread;
};

base::Result<void> DeskThread::prepare() {
    auto state = m_parts.store->loadState();
    if (!state)
        return tl::unexpected(state.error());
    m_state = std::move(*state);
    if (auto count = m_parts.store->quarantineCount())
        m_quarantined = *count;
    return warmUp();
}

/// Brings the rules to where they stood: a crash may have come between a reading's commit and its alarm's.
base::Result<void> DeskThread::warmUp() {
    m_sensorsNow.clear();
    m_owed.clear();
    auto latest = m_parts.readings->latest();
    if (!latest)
        return tl::unexpected(latest.error());
    const auto horizon = m_parts.clock.now() + farFuture;
    const std::vector<detect::Rule> rules(m_parts.detector.rules().begin(), m_parts.detector.rules().end());
    m_parts.detector = detect::Detector(rules);
    m_parts.detector.bind(m_state.sensors);
    std::vector<detect::Conclusion> found;
    for (const auto& [sensor, point] : *latest) {
        if (point.time > horizon || !m_state.sensors.contains(sensor))
            continue;
        m_sensorsNow[sensor] = {point.time, point.value, point.value};
        const auto from = point.time - m_parts.detector.memoryOf(sensor) - std::chrono::minutes(1);
        auto history = m_parts.readings->range(sensor, from, point.time, mostWarmUp);
        if (!history)
            return tl::unexpected(history.error());
        for (const auto& old : *history)
            m_parts.detector.take(sensor, old.time, old.value, found);
        if (history->size() > 1)
            m_sensorsNow[sensor].previous = (*history)[history->size() - 2].value;
    }
    // What was concluded but never written is owed; the handlers drop what the journal has already.
    std::map<std::pair<std::string, model::SensorId>, detect::Conclusion> last;
    for (auto& conclusion : found)
        last[{conclusion.rule->id, conclusion.sensor}] = std::move(conclusion);
    for (auto& [key, conclusion] : last)
        m_owed.push_back(conclusion);
    // An alarm raised before the stretch that was read stands, unless the newest reading already says otherwise.
    for (const auto& [id, alarm] : m_state.alarms) {
        if (!model::isActive(alarm.state) || alarm.state == model::AlarmState::returnedUnacknowledged ||
            last.contains({alarm.rule, alarm.sensor}))
            continue;
        m_parts.detector.assume(alarm.rule, alarm.sensor, true);
        const auto now = m_sensorsNow.find(alarm.sensor);
        if (now == m_sensorsNow.end())
            continue;
        detect::Detector probe(rules);
        probe.bind(m_state.sensors);
        probe.assume(alarm.rule, alarm.sensor, true);
        std::vector<detect::Conclusion> verdict;
        probe.take(alarm.sensor, now->second.time, now->second.value, verdict);
        for (auto& conclusion : verdict) {
            const auto own = std::find_if(m_parts.detector.rules().begin(), m_parts.detector.rules().end(),
                                          [&](const auto& rule) { return rule.id == conclusion.rule->id; });
            if (conclusion.rule->id != alarm.rule || own == m_parts.detector.rules().end())
                continue;
            conclusion.rule = &*own; // the probe's rules end with it
            m_parts.detector.assume(alarm.rule, alarm.sensor, false);
            m_owed.push_back(std::move(conclusion));
        }
    }
    return {};
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
    Inbox::ReadingsItem item{std::move(input), std::move(answer)};
    if (!m_inbox.offer(item))
        item.answer(fail(Code::unavailable, "the desk is busy: try again"));
}

void DeskThread::quarantine(store::QuarantineItem item, std::function<void(base::Result<std::int64_t>)> answer) {
    if (const auto why = closed()) {
        answer(tl::unexpected(*why));
        return;
    }
    Inbox::QuarantineItem queued{std::move(item), std::move(answer)};
    if (!m_inbox.offer(queued))
        queued.answer(fail(Code::unavailable, "the desk is busy: try again"));
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
    return {m_state, m_sensorsNow, m_parts.store->lastSeq(), m_quarantined};
}

Snapshot DeskThread::snapshot() {
    std::promise<Snapshot> promise;
    auto future = promise.get_future();
    m_inbox.task([this, &promise] { promise.set_value(picture()); });
    return future.get();
}

void DeskThread::loop() {
    for (;;) {
        auto batch = m_inbox.take(patience);
        const bool last = batch.closed && batch.empty();
        turn(std::move(batch));
        if (last)
            return;
    }
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
        for (auto& changed : model::changesOf(entry->data)) {
            model::apply(m_state, changed);
            turn.delta->changed.push_back(std::move(changed));
        }
        if (entry->type == "exercise.started" || entry->type == "sensor.registered")
            m_parts.detector.bind(m_state.sensors);
        turn.delta->entries.push_back(*entry);
        entries.push_back(std::move(*entry));
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
        Done done{std::move(*known), {}, true};
        for (const auto& entry : done.entries)
            done.ids.push_back(entry.subject);
        return done;
    }
    Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, m_parts.clock.now(), command.actor);
    auto effect = std::visit(handlers, command.body);
    if (!effect)
        return tl::unexpected(effect.error());
    // What cannot go through JSON and back (text that is not UTF-8, a number that is not finite) is refused before
    // anything is written: a failing append would take the other commands of this turn with it.
    try {
        for (const auto& event : effect->events)
            (void)model::changesOf(nlohmann::json::parse(event.data.dump()));
    } catch (const std::exception&) {
        return fail(Code::malformed, "a text is not UTF-8, or a number is not finite");
    }
    if (!effect->events.empty()) {
        if (auto ok = open(turn); !ok) {
            storeFailed = true;
            return tl::unexpected(ok.error());
        }
    }
    const bool exerciseStarts = std::holds_alternative<StartExercise>(command.body);
    auto entries = write(*effect, command.actor, command.id, turn);
    if (!entries) {
        storeFailed = true;
        return tl::unexpected(entries.error());
    }
    if (exerciseStarts) {
        // A drill begins with every rule at rest.
        m_parts.detector = detect::Detector({m_parts.detector.rules().begin(), m_parts.detector.rules().end()});
        m_parts.detector.bind(m_state.sensors);
    }
    return Done{std::move(*entries), std::move(effect->ids), effect->duplicate};
}

base::Result<void> DeskThread::takeReadings(Inbox::Batch& batch, Turn& turn,
                                            std::vector<detect::Conclusion>& conclusions) {
    const auto now = m_parts.clock.now();
    std::vector<model::Reading> good;
    struct Share {
        ReadingsDone done;
        std::size_t first{0};
        std::size_t count{0};
    };
    std::vector<Share> shares(batch.readings.size());
    std::vector<store::QuarantineItem> bad;
    for (std::size_t i = 0; i < batch.readings.size(); ++i) {
        auto& input = batch.readings[i].input;
        shares[i].first = good.size();
        for (auto& fault : input.faults) {
            fault.time = now;
            fault.feed = input.feed;
            bad.push_back(std::move(fault));
            ++shares[i].done.quarantined;
        }
        for (auto& reading : input.readings) {
            reading.received = now;
            if (auto ok = admit(reading, m_state.sensors); !ok) {
                bad.push_back({0, now, input.feed, "readings-ndjson", ok.error(), lineOf(reading)});
                ++shares[i].done.quarantined;
                continue;
            }
            good.push_back(std::move(reading));
        }
        shares[i].count = good.size() - shares[i].first;
    }
    if (!good.empty()) {
        // Readings are committed first, in their own file; their alarms follow. A crash between is healed at the next
        // start (warmUp), and nobody was told 'ok' yet.
        auto outcomes = m_parts.readings->append(good);
        if (!outcomes)
            return tl::unexpected(outcomes.error());
        for (std::size_t i = 0; i < shares.size(); ++i) {
            auto& share = shares[i];
            const auto& feed = batch.readings[i].input.feed;
            for (std::size_t k = share.first; k < share.first + share.count; ++k) {
                const auto& reading = good[k];
                if ((*outcomes)[k] == store::ReadingOutcome::duplicate) {
                    ++share.done.duplicates;
                    continue;
                }
                if ((*outcomes)[k] == store::ReadingOutcome::conflict) {
                    bad.push_back({0,
                                   now,
                                   feed,
                                   "readings-ndjson",
                                   {Code::conflict, "another value is stored for this sensor and time", {}},
                                   lineOf(reading)});
                    ++share.done.quarantined;
                    continue;
                }
                ++share.done.stored;
                if (reading.time > now + farFuture)
                    continue;
                auto& latest = m_sensorsNow[reading.sensor];
                if (reading.time > latest.time || latest.time == base::Time{}) {
                    latest.previous = latest.time == base::Time{} ? reading.value : latest.value;
                    latest.time = reading.time;
                    latest.value = reading.value;
                    turn.delta->sensors[reading.sensor] = latest;
                }
                m_parts.detector.take(reading.sensor, reading.time, reading.value, conclusions);
            }
            turn.delta->readings += share.done.stored;
            turn.delta->readingsByFeed[feed] += share.done.stored;
        }
    }
    for (const auto& item : bad) {
        auto ok = open(turn).and_then([&] { return m_parts.store->quarantine(item).map([](auto) {}); });
        if (!ok)
            return ok;
        ++turn.delta->quarantined;
        ++turn.delta->quarantinedByFeed[item.feed];
    }
    for (const auto& share : shares)
        turn.readings.push_back(share.done);
    return {};
}

base::Result<void> DeskThread::conclude(const std::vector<detect::Conclusion>& conclusions, Turn& turn) {
    for (const auto& conclusion : conclusions) {
        Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, m_parts.clock.now(), "desk");
        auto effect = handlers.conclude(conclusion);
        if (!effect) {
            spdlog::warn("a rule's conclusion could not be written: {}", effect.error().message);
            continue;
        }
        if (effect->events.empty())
            continue;
        auto ok = open(turn).and_then(
            [&] { return write(*effect, "desk", m_parts.ids.make<model::CommandId>(), turn).map([](auto&&) {}); });
        if (!ok)
            return ok;
    }
    return {};
}

/// Judges and writes all of a batch, up to but not including the commit. An error fails the whole batch.
base::Result<void> DeskThread::work(Inbox::Batch& batch, Turn& turn) {
    std::vector<detect::Conclusion> conclusions;
    conclusions.swap(m_owed);
    if (!batch.readings.empty()) {
        if (auto ok = takeReadings(batch, turn, conclusions); !ok)
            return ok;
    }
    if (auto ok = conclude(conclusions, turn); !ok)
        return ok;
    for (const auto& item : batch.commands) {
        bool storeFailed = false;
        auto done = execute(item.command, turn, storeFailed);
        if (storeFailed)
            return tl::unexpected(done.error());
        turn.commands.push_back(std::move(done));
    }
    for (auto& item : batch.quarantine) {
        item.item.time = m_parts.clock.now();
        auto id = open(turn).and_then([&] { return m_parts.store->quarantine(item.item); });
        if (!id)
            return tl::unexpected(id.error());
        turn.quarantine.push_back(*id);
        ++turn.delta->quarantined;
        ++turn.delta->quarantinedByFeed[item.item.feed];
    }
    if (const auto now = m_parts.clock.now(); now >= m_expiryDue) {
        m_expiryDue = now + std::chrono::seconds(1);
        Handlers handlers(m_state, *m_parts.store, m_parts.plans, m_parts.ids, now, "desk");
        const auto expired = handlers.expireWarnings();
        if (!expired.events.empty()) {
            auto ok = open(turn).and_then(
                [&] { return write(expired, "desk", m_parts.ids.make<model::CommandId>(), turn).map([](auto&&) {}); });
            if (!ok)
                return ok;
        }
    }
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
            spdlog::error("nothing of the last commands was stored: {}", done.error().message);
            m_parts.store->rollback();
            reload();
        }
    }
    if (done && !m_parts.readOnly) {
        m_quarantined += static_cast<std::int64_t>(turn.delta->quarantined);
        for (std::size_t i = 0; i < batch.readings.size(); ++i)
            batch.readings[i].answer(turn.readings[i]);
        for (std::size_t i = 0; i < batch.commands.size(); ++i)
            batch.commands[i].answer(std::move(turn.commands[i]));
        for (std::size_t i = 0; i < batch.quarantine.size(); ++i)
            batch.quarantine[i].answer(turn.quarantine[i]);
        publish(turn.delta);
    } else if (!done) {
        for (auto& item : batch.readings)
            item.answer(tl::unexpected(done.error()));
        for (auto& item : batch.commands)
            item.answer(tl::unexpected(done.error()));
        for (auto& item : batch.quarantine)
            item.answer(tl::unexpected(done.error()));
    }
    for (auto& task : batch.tasks)
        task();
}

void DeskThread::publish(const std::shared_ptr<const Delta>& delta) {
    if (delta->readings == 0 && delta->quarantined == 0 && delta->entries.empty())
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
        if (auto ok = warmUp(); !ok)
            spdlog::error("the rules could not be brought up to date: {}", ok.error().message);
    } else {
        spdlog::critical("the state could not be read again: {}", state.error().message);
        m_halted = true;
    }
}

} // namespace

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
