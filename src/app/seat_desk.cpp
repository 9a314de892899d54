#include "app/seat_thread.hpp"
#include "tocsin/base/log.hpp"

#include <boost/asio/local/stream_protocol.hpp>
#include <sys/un.h>
#include <utility>

namespace tocsin::app {

namespace asio = boost::asio;
using asio::local::stream_protocol;
using base::Code;
using base::fail;

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
        forgetPages({Code::unavailable, "this window is closing", {}});
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

tl::unexpected<base::Error> SeatThread::notHere() {
    return fail(Code::refused, "this window is a seat: feeds come to the desk's own program");
}

tl::unexpected<base::Error> SeatThread::lost() const {
    if (auto by = dismissed(); !by.empty())
        return fail(Code::refused, std::move(by));
    return fail(Code::refused, "the desk has ended: this window only shows until one runs again");
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
    if (auto* page = std::get_if<desk::SeatPage>(&*message); page != nullptr && m_welcomed)
        return take(std::move(*page));
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

/// A name that is none is not said: the desk would not have it either.
std::string SeatThread::nameToSay() const {
    auto name = seated();
    return desk::isPerson(name) ? name : std::string();
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
    forgetPages(lost().value());
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
    forgetPages({Code::cancelled, dismissed(), {}});
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

base::Result<std::unique_ptr<SeatDesk>> SeatDesk::start(Parts parts) {
    if (parts.socket.native().size() >= sizeof(sockaddr_un::sun_path))
        return fail(Code::unavailable, "the path " + parts.socket.string() + " is too long for a socket");
    auto seat = std::make_unique<SeatThread>(std::move(parts));
    if (auto begun = seat->begin(); !begun)
        return tl::unexpected(begun.error());
    return seat;
}

} // namespace tocsin::app
