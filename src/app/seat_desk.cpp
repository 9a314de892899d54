#include "app/seat_desk.hpp"

#include "app/frame_wire.hpp"
#include "app/seat_picture.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/command_json.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <sys/un.h>
#include <thread>
#include <type_traits>
#include <utility>

namespace tocsin::app {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using base::Code;
using base::fail;

namespace {

constexpr std::size_t mostWaiting = 256; ///< commands without an answer
constexpr std::size_t mostProofs = 4;    ///< PINs

class SeatThread final : public SeatDesk {
  public:
    explicit SeatThread(Parts parts)
        : m_parts(std::move(parts)), m_person(m_parts.person), m_work(asio::make_work_guard(m_io)), m_welcome(m_io), m_again(m_io),
          m_patience(m_io), m_leave(m_io), m_picture(m_parts.database) {}
    ~SeatThread() override;
    SeatThread(const SeatThread&) = delete;
    SeatThread& operator=(const SeatThread&) = delete;

    base::Result<void> begin();

    using Desk::submit;
    void submit(desk::Command command, Answer answer) override;
    void readings(desk::ReadingsInput, std::function<void(base::Result<desk::ReadingsDone>)> answer) override { answer(notHere()); }
    bool hasRoom(const std::string&) const override { return false; }
    void positions(desk::PositionsInput, std::function<void(base::Result<desk::ReadingsDone>)> answer) override { answer(notHere()); }
    void heard(const std::string&) override {}
    void watch(std::vector<desk::Watch>) override {}
    void quarantine(store::QuarantineItem, std::function<void(base::Result<std::int64_t>)> answer) override { answer(notHere()); }
    base::Subscription subscribe(std::function<void(desk::Snapshot)> first, Listener listener) override;
    desk::Snapshot snapshot() override { return asked([this] { return m_picture.now(); }); }
    desk::RulesInForce rules() override { return asked([this] { return m_picture.rules(); }); }
    model::CommandId newCommandId() override { return m_parts.ids.make<model::CommandId>(); }
    const base::Clock& clock() const override { return m_parts.clock; }
    const std::vector<model::Plan>& plans() const override { return m_picture.plans(); }
    bool readOnly() const override { return !m_linked; }
    std::size_t backlog() const override { return m_backlog; }
    std::string seated() const override {
        const std::lock_guard lock(m_personMutex);
        return m_person;
    }
    std::string dismissed() const override {
        const std::lock_guard lock(m_personMutex);
        return m_dismissed;
    }
    void prove(std::string name, std::string pin, int, Proof answer) override {
        sayPin({0, std::move(name), std::move(pin), std::nullopt}, std::move(answer));
    }
    void changePin(std::string name, std::string old, std::string fresh, int, Proof answer) override {
        sayPin({0, std::move(name), std::move(old), std::move(fresh)}, std::move(answer));
    }
    void sit(std::string person) override;
    int seat() const override { return m_seat; }
    void listen(std::function<void(const std::vector<desk::SeatInfo>&)> listener) override;
    void listenToSettings(std::function<void(const SeatSettings&)> listener) override;
    std::vector<Unconfirmed> end(std::chrono::milliseconds within) override;

  private:
    struct Waiting {
        model::CommandId id;
        std::string name; ///< what kind of command
        std::string text; ///< as it was sent, and will be again
        Answer answer;
    };

    static tl::unexpected<base::Error> notHere() {
        return fail(Code::refused, "this window is a seat: feeds come to the desk's own program");
    }
    tl::unexpected<base::Error> lost() const {
        if (auto by = dismissed(); !by.empty())
            return fail(Code::refused, std::move(by));
        return fail(Code::refused, "the desk has ended: this window only shows until one runs again");
    }

    // ---- the link
    void connect();
    void awaitDesk();
    [[nodiscard]] std::string nameToSay() const;
    void take(const std::string& text);
    void take(const desk::SeatWelcome& welcome);
    void take(desk::SeatNews news);
    void take(desk::SeatAnswer answer);
    void take(const desk::SeatProved& proved);
    void lose(const base::Error& why);
    void leaveDesk(const base::Error& why);
    void tryLater();
    // ---- commands
    void offer(desk::Command command, const Answer& answer);
    void settle();
    void giveUp();
    void giveUpLater();
    void finish(std::map<std::uint64_t, Waiting>::iterator which, base::Result<desk::Done> done);
    void finishAll(const base::Error& why);
    void leaveIfDone();
    // ---- PINs: never kept, and never sent again
    void sayPin(desk::SeatPin pin, Proof answer);
    void forgetProofs(const base::Error& why);
    // ---- for whoever shows it
    /// What `read` makes of the picture on the seat's own thread.
    template <typename Read>
    std::invoke_result_t<Read> asked(Read read) {
        std::promise<std::invoke_result_t<Read>> promise;
        auto future = promise.get_future();
        asio::post(m_io, [&] { promise.set_value(read()); });
        return future.get();
    }
    void tellRoll(std::vector<desk::SeatInfo> roll);
    void tellSettings(SeatSettings settings);
    void tellLink(bool linked);

    Parts m_parts;
    mutable std::mutex m_personMutex;
    std::string m_person;    ///< guarded by m_personMutex
    std::string m_dismissed; ///< the same
    asio::io_context m_io{1};
    asio::executor_work_guard<asio::io_context::executor_type> m_work;
    asio::steady_timer m_welcome;  ///< for the desk's first words
    asio::steady_timer m_again;    ///< to the next try
    asio::steady_timer m_patience; ///< of commands, while there is no desk
    asio::steady_timer m_leave;    ///< for the last answers
    std::shared_ptr<FrameWire> m_wire;
    std::optional<std::promise<base::Result<void>>> m_begun; ///< until start() is answered
    std::atomic<bool> m_linked{false};
    std::atomic<int> m_seat{0};
    std::atomic<std::size_t> m_backlog{0};
    bool m_welcomed{false};
    bool m_ending{false};
    std::atomic<bool> m_closing{false};                               ///< takes no more commands
    std::optional<std::promise<std::vector<Unconfirmed>>> m_leaving; ///< until end() is answered …
    std::vector<Unconfirmed> m_unconfirmed;                           ///< … with these
    std::mutex m_listenMutex;
    std::function<void(const std::vector<desk::SeatInfo>&)> m_listener; ///< guarded by m_listenMutex
    std::vector<desk::SeatInfo> m_roll;                                 ///< the same
    std::function<void(const SeatSettings&)> m_settingsListener;        ///< the same
    std::optional<SeatSettings> m_settings;                             ///< the same
    std::string m_said; ///< why it could not be joined again
    std::uint64_t m_number{0};
    std::map<std::uint64_t, Proof> m_proofs; ///< of which the desk has not said whether they are right
    std::map<std::uint64_t, Waiting> m_waiting; ///< by number, in the order in which they were sent

    SeatPicture m_picture;
    std::thread m_thread;
};

SeatThread::~SeatThread() {
    asio::post(m_io, [this] {
        m_ending = true;
        m_linked = false;
        if (m_wire)
            m_wire->close();
        m_wire.reset();
        m_welcome.cancel();
        m_again.cancel();
        m_patience.cancel();
        m_leave.cancel();
        finishAll({Code::unavailable, "this window is closing", {}});
        forgetProofs({Code::unavailable, "this window is closing", {}});
        m_work.reset();
    });
    if (m_thread.joinable())
        m_thread.join();
}

base::Result<void> SeatThread::begin() {
    auto begun = m_begun.emplace().get_future();
    m_thread = std::thread([this] { m_io.run(); });
    asio::post(m_io, [this] { connect(); });
    return begun.get();
}

// ---- the link

void SeatThread::connect() {
    m_welcomed = false;
    const auto socket = std::make_shared<stream_protocol::socket>(m_io);
    socket->async_connect(stream_protocol::endpoint(m_parts.socket.string()), [this, socket](boost::system::error_code failed) {
        if (m_ending)
            return;
        if (failed)
            return lose({Code::unavailable, "no desk takes seats on this county", {}});
        m_wire = std::make_shared<FrameWire>(std::move(*socket), desk::mostSeatText);
        m_wire->open({[this](const std::string& text) { take(text); }, [this](const base::Error& why) { lose(why); }, {}});
        m_wire->send(desk::textOf(desk::SeatHello{desk::seatVersion, m_seat, nameToSay()}).value());
    });
    awaitDesk();
}

void SeatThread::awaitDesk() {
    m_welcome.expires_after(m_parts.welcomeWithin);
    m_welcome.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending && !m_linked)
            lose({Code::unavailable, "the desk on this county does not answer", {}});
    });
}

void SeatThread::take(const std::string& text) {
    auto message = desk::seatMessageFrom(text);
    if (!message)
        return lose(message.error());
    if (const auto* refusal = std::get_if<desk::SeatRefusal>(&*message))
        return refusal->why.code == Code::cancelled && !m_begun ? leaveDesk(refusal->why) : lose(refusal->why);
    if (const auto* welcome = std::get_if<desk::SeatWelcome>(&*message); welcome != nullptr && !m_welcomed)
        return take(*welcome);
    if (auto* news = std::get_if<desk::SeatNews>(&*message); news != nullptr && m_welcomed)
        return take(std::move(*news));
    if (auto* answer = std::get_if<desk::SeatAnswer>(&*message); answer != nullptr && m_welcomed)
        return take(std::move(*answer));
    if (const auto* proved = std::get_if<desk::SeatProved>(&*message); proved != nullptr && m_welcomed)
        return take(*proved);
    lose({Code::refused, "the desk says what it should not say now", {}});
}

void SeatThread::take(const desk::SeatWelcome& welcome) {
    if (welcome.version != desk::seatVersion)
        return lose({Code::newer, "the desk and this window are of different versions of Tocsin", {}});
    m_welcomed = true;
    m_seat = welcome.seat;
    m_welcome.cancel(); // reading a large county's state is not the desk's time
    if (auto ok = m_picture.follow(welcome); !ok)
        return lose(ok.error());
    for (const auto& [number, waiting] : m_waiting)
        m_wire->send(waiting.text);
    m_wire->send(desk::textOf(desk::SeatPerson{nameToSay()}).value()); // after those of who sat here before
    awaitDesk();
}

void SeatThread::take(desk::SeatNews news) {
    const bool whole = news.whole;
    if (news.seated)
        tellRoll(std::move(*std::exchange(news.seated, std::nullopt)));
    if (news.settings)
        tellSettings(std::move(*std::exchange(news.settings, std::nullopt)));
    if (auto ok = m_picture.take(std::move(news)); !ok)
        return lose(ok.error());
    if (!whole || m_linked)
        return;
    m_welcome.cancel();
    m_patience.cancel();
    if (m_begun) {
        m_linked = true;
        std::exchange(m_begun, std::nullopt)->set_value(base::Result<void>());
    } else {
        tellLink(true);
    }
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

/// A name that is none is not said: the desk would not have it either.
std::string SeatThread::nameToSay() const {
    auto name = seated();
    return desk::isPerson(name) ? name : std::string();
}

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

/// No desk, for now: also where it says or does what it should not.
void SeatThread::lose(const base::Error& why) {
    if (m_wire)
        m_wire->close();
    m_wire.reset();
    m_welcome.cancel();
    m_welcomed = false;
    if (m_begun) {
        std::exchange(m_begun, std::nullopt)->set_value(tl::unexpected(why));
        return;
    }
    forgetProofs({Code::unavailable, "the desk has ended before it looked at the PIN: give it again", {}});
    if (m_linked) {
        base::log::warn("the desk is gone: {}", why.describe());
        settle();
        tellRoll({});
        tellLink(false);
        giveUpLater();
    } else if (why.code != Code::unavailable && why.message != m_said) { // it is tried again all the time
        base::log::warn("the desk cannot be joined again: {}", why.describe());
        m_said = why.message;
    }
    tryLater();
}

/// Somebody at the desk has ended this seat: it does not come back by itself.
void SeatThread::leaveDesk(const base::Error& why) {
    base::log::warn("this seat is ended: {}", why.describe());
    {
        const std::lock_guard lock(m_personMutex);
        m_dismissed = why.message;
    }
    m_wire->close();
    m_wire.reset();
    m_welcome.cancel();
    m_patience.cancel();
    m_welcomed = false;
    settle();
    forgetProofs({Code::cancelled, dismissed(), {}});
    finishAll({Code::cancelled, "this seat was ended before the desk answered: look in the log whether it was done", {}});
    tellRoll({});
    tellLink(false);
}

void SeatThread::tryLater() {
    m_again.expires_after(m_parts.tryEvery);
    m_again.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled && !m_ending)
            connect();
    });
}

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

// ---- for whoever shows it

base::Subscription SeatThread::subscribe(std::function<void(desk::Snapshot)> first, Listener listener) {
    auto id = std::make_shared<int>(0);
    asio::post(m_io, [this, id, first = std::move(first), listener = std::move(listener)] {
        if (*id < 0)
            return;
        *id = m_picture.listen(listener);
        first(m_picture.now());
    });
    return base::Subscription([this, id] {
        const auto end = [this, id] {
            m_picture.forget(*id);
            *id = -1;
        };
        if (std::this_thread::get_id() == m_thread.get_id())
            return end();
        std::promise<void> ended;
        asio::post(m_io, [&] {
            end();
            ended.set_value();
        });
        ended.get_future().wait();
    });
}

void SeatThread::sit(std::string person) {
    {
        const std::lock_guard lock(m_personMutex);
        m_person = std::move(person);
    }
    asio::post(m_io, [this] {
        if (m_welcomed)
            m_wire->send(desk::textOf(desk::SeatPerson{nameToSay()}).value());
    });
}

void SeatThread::listen(std::function<void(const std::vector<desk::SeatInfo>&)> listener) {
    const std::lock_guard lock(m_listenMutex);
    m_listener = std::move(listener);
    if (m_listener)
        m_listener(m_roll);
}

void SeatThread::tellRoll(std::vector<desk::SeatInfo> roll) {
    const std::lock_guard lock(m_listenMutex);
    if (m_roll == roll)
        return;
    m_roll = std::move(roll);
    if (m_listener)
        m_listener(m_roll);
}

void SeatThread::listenToSettings(std::function<void(const SeatSettings&)> listener) {
    const std::lock_guard lock(m_listenMutex);
    m_settingsListener = std::move(listener);
    if (m_settingsListener && m_settings)
        m_settingsListener(*m_settings);
}

void SeatThread::tellSettings(SeatSettings settings) {
    const std::lock_guard lock(m_listenMutex);
    if (m_settings == settings)
        return;
    m_settings = std::move(settings);
    if (m_settingsListener)
        m_settingsListener(*m_settings);
}

void SeatThread::tellLink(bool linked) {
    m_linked = linked;
    auto delta = std::make_shared<desk::Delta>();
    delta->link = true;
    m_picture.publish(delta);
}

} // namespace

base::Result<std::unique_ptr<SeatDesk>> SeatDesk::start(Parts parts) {
    if (parts.socket.native().size() >= sizeof(sockaddr_un::sun_path))
        return fail(Code::unavailable, "the path " + parts.socket.string() + " is too long for a socket");
    auto seat = std::make_unique<SeatThread>(std::move(parts));
    if (auto begun = seat->begin(); !begun)
        return tl::unexpected(begun.error());
    return seat;
}

} // namespace tocsin::app
