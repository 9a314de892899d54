#include "desk/desk_thread.hpp"

#include "tocsin/base/log.hpp"

// Corrections of readings: the journal has them first, and what it has is brought into the readings' files, at once or at the next start.

namespace tocsin::desk {

namespace {

constexpr std::size_t mostAtOnce = 1'000;
constexpr auto triesAgainAfter = std::chrono::minutes(1);
constexpr std::size_t mostQueued = 1'000;
constexpr int itemsInTurn = 4; ///< of up to 64 KB, whose readings are looked up one by one

} // namespace

bool DeskThread::correctionsWait() const {
    const auto now = m_parts.clock.now();
    return m_correctionsDue && !m_halted && (now >= m_correctionsAgain || m_correctionsAgain > now + triesAgainAfter); // else the clock was set
}

/// At a start, before the rules hear what is stored. The first turn does the same again, which changes nothing, and notes that it is done.
void DeskThread::recallCorrections() {
    m_correctionsDue = !m_parts.readOnly;
    m_correctionsAgain = {};
    if (!m_correctionsDue)
        return;
    const auto done = m_parts.store->correctionsDue(mostAtOnce).and_then([this](const auto& due) { return m_parts.readings->correct(due); });
    if (!done)
        base::log::warn("corrected readings could not be stored: {}", done.error().message);
}

void DeskThread::putOffCorrections() {
    m_correctionsAgain = m_parts.clock.now() + triesAgainAfter;
}

void DeskThread::queueCorrections(std::vector<OwnCorrection> corrections) {
    for (auto& one : corrections) {
        if (m_ownCorrections.size() < mostQueued) // the rest waits in quarantine for a person
            m_ownCorrections.push_back(std::move(one));
    }
}

/// Of feeds that correct by themselves: as a person would take it, in the feed's name. What cannot be taken stays in quarantine for one.
base::Result<void> DeskThread::useOwnValues(Turn& turn) {
    for (int n = 0; n < itemsInTurn && !m_ownCorrections.empty(); ++n) {
        const auto next = std::move(m_ownCorrections.front());
        m_ownCorrections.pop_front();
        Command command;
        command.id = m_parts.ids.make<model::CommandId>();
        command.actor = "feed:" + next.feed;
        command.body = UseValues{next.item};
        bool storeFailed = false;
        const auto done = execute(command, turn, storeFailed);
        if (storeFailed)
            return tl::unexpected(done.error());
        if (!done && done.error().code != base::Code::conflict) // else it was judged meanwhile
            base::log::warn("what {} corrects waits in quarantine, number {}: {}", next.feed, next.item, done.error().message);
    }
    return {};
}

/// What the journal has that the readings' files may not have.
base::Result<std::vector<store::Correction>> DeskThread::correctionsDue() {
    if (!correctionsWait())
        return std::vector<store::Correction>{};
    auto due = m_parts.store->correctionsDue(mostAtOnce);
    if (due && due->empty())
        m_correctionsDue = false;
    return due;
}

/// Durable in the readings' files before the journal's database forgets them. A file that cannot be written keeps nobody from working: they wait.
base::Result<void> DeskThread::takeCorrections(const std::vector<store::Correction>& due, Turn& turn) {
    if (due.empty())
        return {};
    const auto done = m_parts.readings->correct(due);
    if (!done) {
        base::log::warn("corrected readings could not be stored: {}", done.error().message);
        putOffCorrections();
        return {};
    }
    if (auto ok = open(turn).and_then([&] { return m_parts.store->dropCorrectionsDue(due.size()); }); !ok)
        return ok;
    if (!m_gate.isBuilt()) {
        if (auto built = m_gate.build(m_state.sensors, m_parts.detector, *m_parts.readings); !built)
            return built;
    }
    if (turn.delta->sensors.empty()) { // where readings came in this turn, their numbering goes on
        turn.delta->sensors.begin(m_gate.names());
        if (++m_turns == 0)
            ++m_turns;
    }
    std::vector<detect::Conclusion> conclusions;
    for (std::size_t i = 0; i < due.size(); ++i) {
        if ((*done)[i].isThere)
            noteCorrection(due[i], (*done)[i].flags, turn, conclusions);
        else
            base::log::warn("a corrected reading of {} is not stored any more", due[i].sensor.value);
    }
    return conclude(conclusions, turn);
}

/// Of the past nothing is judged anew; what is newest is. Who shows the sensor hears of it either way.
void DeskThread::noteCorrection(const store::Correction& correction, std::uint8_t flags, Turn& turn, std::vector<detect::Conclusion>& conclusions) {
    bool isNewest = false;
    const auto number = m_gate.correct(correction, isNewest);
    if (number == ReadingGate::noSlot)
        return;
    auto& slot = m_gate.slot(number);
    if (!m_listeners.empty()) {
        if (std::exchange(slot.touched, m_turns) == m_turns)
            turn.delta->sensors.replace(slot.told, slot.now);
        else
            slot.told = turn.delta->sensors.add(number, slot.now);
    }
    if (isNewest && slot.rules != detect::Detector::noHandle && (flags & ~model::Reading::ahead) == 0)
        m_parts.detector.take(slot.rules, slot.now.time, slot.now.value, conclusions);
}

} // namespace tocsin::desk
