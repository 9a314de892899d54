#include "app/seat_thread.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/command_json.hpp"

#include <string>
#include <utility>

// What a seat sends to its desk and waits for: commands, which are sent again where the desk ends before it answers, and PINs and questions,
// which are not.

namespace tocsin::app {

namespace asio = boost::asio;
using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostWaiting = 256; ///< commands without an answer
constexpr std::size_t mostProofs = 4;    ///< PINs
constexpr std::size_t mostPages = 16;    ///< questions for teams' pages

} // namespace

// ---- commands

void SeatThread::submit(desk::Command command, Answer answer) {
    if (m_closing) {
        base::log::warn("a command was not sent, for this window is closing: {}", desk::nameOf(command.body));
        return answer(fail(Code::unavailable, "this window is closing"));
    }
    if (!m_linked)
        return answer(lost());
    asio::post(m_io, [this, command = std::move(command), answer = std::move(answer)]() mutable {
        offer(std::move(command), answer);
    });
}

void SeatThread::offer(desk::Command command, const Answer& answer) {
    if (!m_linked)
        return answer(lost());
    if (m_waiting.size() >= mostWaiting)
        return answer(fail(Code::unavailable, "the desk is busy: try again"));
    const auto id = command.id;
    std::string name(desk::nameOf(command.body));
    const auto number = ++m_number;
    auto text = desk::textOf(desk::SeatOrder{number, std::move(command)});
    if (!text)
        return answer(tl::unexpected(text.error()));
    m_wire->send(*text);
    m_waiting.emplace(number, Waiting{id, std::move(name), std::move(*text), answer});
    m_backlog = m_waiting.size();
}

void SeatThread::take(desk::SeatAnswer answer) {
    const auto waiting = m_waiting.find(answer.number);
    if (waiting == m_waiting.end())
        return; // answered from the journal already
    if (answer.done) {
        // Whoever is told "done" sees what was done. Should the journal not be read, the command goes on waiting for it.
        auto entries = m_picture.catchUp(answer.seq).and_then([&] { return m_picture.entriesOf(waiting->second.id); });
        if (!entries)
            return lose(entries.error());
        answer.done->entries = std::move(*entries);
    }
    finish(waiting, std::move(answer.done));
}

void SeatThread::finish(std::map<std::uint64_t, Waiting>::iterator which, base::Result<desk::Done> done) {
    const auto answer = std::move(which->second.answer);
    if (m_closing && !done)
        m_unconfirmed.push_back({which->second.name, done.error()});
    m_waiting.erase(which);
    m_backlog = m_waiting.size();
    answer(std::move(done));
    leaveIfDone();
}

void SeatThread::finishAll(const base::Error& why) {
    while (!m_waiting.empty())
        finish(m_waiting.begin(), tl::unexpected(why));
}

std::vector<SeatDesk::Unconfirmed> SeatThread::end(std::chrono::milliseconds within) {
    m_closing = true; // what was given before stands in the queue of the seat's thread before what follows
    std::promise<std::vector<Unconfirmed>> leaving;
    auto left = leaving.get_future();
    asio::post(m_io, [this, within, leaving = std::move(leaving)]() mutable {
        m_leaving = std::move(leaving);
        m_leave.expires_after(within);
        m_leave.async_wait([this](boost::system::error_code cancelled) {
            if (cancelled || m_ending || !m_leaving)
                return;
            settle();
            finishAll({Code::unavailable, "no answer came from the desk in time: look in the log whether it was done", {}});
        });
        leaveIfDone();
    });
    return left.get();
}

void SeatThread::leaveIfDone() {
    if (!m_leaving || !m_waiting.empty())
        return;
    m_leave.cancel();
    std::exchange(m_leaving, std::nullopt)->set_value(std::exchange(m_unconfirmed, {}));
}

/// Answers what the journal answers: it was done, and the desk ended before it could say so.
void SeatThread::settle() {
    if (auto ok = m_picture.catchUpToItsEnd(); !ok)
        base::log::warn("the journal could not be read to its end: {}", ok.error().message);
    for (auto each = m_waiting.begin(); each != m_waiting.end();) {
        const auto which = each++;
        auto entries = m_picture.entriesOf(which->second.id);
        if (!entries || entries->empty())
            continue;
        desk::Done done{std::move(*entries), {}, true, {}};
        for (const auto& entry : done.entries)
            done.ids.push_back(entry.subject);
        finish(which, std::move(done));
    }
}

void SeatThread::giveUpLater() {
    m_patience.expires_after(m_parts.patience);
    m_patience.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending)
            giveUp();
    });
}

void SeatThread::giveUp() {
    if (m_welcomed) // a desk is there and has them again: it will answer
        return giveUpLater();
    settle();
    while (!m_waiting.empty()) {
        const bool known = m_picture.entriesOf(m_waiting.begin()->second.id).has_value();
        finish(m_waiting.begin(), known ? fail(Code::cancelled, "the desk ended before it took this, and the journal has nothing of it: do it again "
                                                                "when a desk runs")
                                        : fail(Code::storage, "whether the desk did this is not known, for its journal cannot be read: look in the "
                                                              "log before you do it again"));
    }
}

// ---- PINs

void SeatThread::sayPin(desk::SeatPin pin, Proof answer) {
    if (m_closing || !m_linked)
        return answer(lost());
    asio::post(m_io, [this, pin = std::move(pin), answer = std::move(answer)]() mutable {
        if (!m_linked || !m_wire)
            return answer(lost());
        if (m_proofs.size() >= mostProofs)
            return answer(fail(Code::unavailable, "the desk is busy: try again"));
        pin.number = ++m_number;
        const auto text = desk::textOf(pin);
        if (!text)
            return answer(tl::unexpected(text.error()));
        m_wire->send(*text);
        m_proofs.emplace(pin.number, std::move(answer));
    });
}

void SeatThread::take(const desk::SeatProved& proved) {
    if (const auto waiting = m_proofs.extract(proved.number))
        waiting.mapped()(proved.proved);
}

void SeatThread::forgetProofs(const base::Error& why) {
    for (const auto& [number, answer] : std::exchange(m_proofs, {}))
        answer(tl::unexpected(why));
}

// ---- teams' pages

void SeatThread::teamPage(model::AssignmentId assignment, std::function<void(base::Result<desk::TeamPage>)> answer) {
    if (m_closing || !m_linked)
        return answer(lost());
    asio::post(m_io, [this, assignment, answer = std::move(answer)]() mutable {
        if (!m_linked || !m_wire)
            return answer(lost());
        if (m_pages.size() >= mostPages)
            return answer(fail(Code::unavailable, "the desk is busy: try again"));
        m_wire->send(desk::textOf(desk::SeatPageAsked{++m_number, assignment}).value());
        m_pages.emplace(m_number, std::move(answer));
    });
}

void SeatThread::take(desk::SeatPage page) {
    if (const auto waiting = m_pages.extract(page.number))
        waiting.mapped()(std::move(page.page));
}

void SeatThread::forgetPages(const base::Error& why) {
    for (const auto& [number, answer] : std::exchange(m_pages, {}))
        answer(tl::unexpected(why));
}

} // namespace tocsin::app
