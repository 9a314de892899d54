#include "desk/desk_thread.hpp"
#include "desk/pin_gate.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/base/pin_record.hpp"

// Names that are proved by a PIN: what stands beside the journal is read on the desk's thread, tried and hashed on the worker's.

namespace tocsin::desk {

using base::Code;
using base::fail;

void Desk::prove(std::string name, std::string pin, int seat, Proof answer) {
    (void)name, (void)pin, (void)seat;
    answer(fail(Code::unavailable, "no PIN can be given here"));
}

void Desk::changePin(std::string name, std::string old, std::string fresh, int seat, Proof answer) {
    (void)name, (void)old, (void)fresh, (void)seat;
    answer(fail(Code::unavailable, "no PIN can be given here"));
}

base::Result<std::string> DeskThread::pinRecordOf(const std::string& name) const {
    if (!m_state.desk.pins.contains(name))
        return fail(Code::notFound, "that name has no PIN");
    auto record = m_parts.store->pinOf(name);
    if (record && record->empty())
        return fail(Code::storage, "the PIN of " + name + " is lost: the county's administrator sets another ('tocsin pin')");
    return record;
}

/// Every wrong one stands in the program's log; in the desk's, for all to see, that somebody has to wait.
PinWorker::Wrong DeskThread::noteOf(std::string name, int seat) {
    return [this, name = std::move(name), seat](int tries, int seconds) {
        base::log::warn("a wrong PIN for {} at seat {} (0: the desk's own window), number {} in a row", name, seat, tries);
        if (seconds > 0)
            submit(Command{newCommandId(), "desk", NoteWrongPins{name, seat, tries, seconds}}, [](const auto&) {});
    };
}

void DeskThread::prove(std::string name, std::string pin, int seat, Proof answer) {
    m_inbox.task([this, name = std::move(name), pin = std::move(pin), seat, answer = std::move(answer)] {
        auto record = pinRecordOf(name);
        if (!record)
            return answer(tl::unexpected(record.error()));
        m_pins.run([this, name, pin, record = std::move(*record), wrong = noteOf(name, seat),
                    answer] { answer(m_pins.check(name, pin, record, wrong)); },
                   answer);
    });
}

void DeskThread::changePin(std::string name, std::string old, std::string fresh, int seat, Proof answer) {
    m_inbox.task([this, name = std::move(name), old = std::move(old), fresh = std::move(fresh), seat,
                  answer = std::move(answer)] {
        if (!fresh.empty() && !base::isPin(fresh))
            return answer(fail(Code::refused, "a PIN has 4 to 12 characters"));
        const bool had = m_state.desk.pins.contains(name);
        std::string record;
        if (had || fresh.empty()) {
            auto found = pinRecordOf(name);
            if (!found)
                return answer(tl::unexpected(found.error()));
            record = std::move(*found);
        } else if (!PinGate(m_state, m_parts.contactReaders, m_parts.leaders).hasRight(name)) {
            return answer(fail(Code::refused, name + " has no right that a PIN would protect: those who may see contacts and the leaders have one"));
        }
        m_pins.run(
            [this, name, old, fresh, had, record = std::move(record), wrong = noteOf(name, seat), answer] {
                if (had) {
                    if (auto right = m_pins.check(name, old, record, wrong); !right)
                        return answer(std::move(right));
                }
                keepPin(name, fresh.empty() ? base::Result<std::string>(std::string()) : base::pinRecord(fresh, m_parts.pinCost), had, answer);
            },
            answer);
    });
}

void DeskThread::keepPin(const std::string& name, base::Result<std::string> record, bool had, const Proof& answer) {
    if (!record)
        return answer(tl::unexpected(record.error()));
    submit(Command{newCommandId(), name, SetPin{name, std::move(*record), had, false}}, [answer](const base::Result<Done>& done) {
        answer(done ? base::Result<void>() : base::Result<void>(tl::unexpected(done.error())));
    });
}

} // namespace tocsin::desk
