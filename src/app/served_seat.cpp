#include "app/served_seat.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/desk/command_json.hpp"
#include "tocsin/desk/command_visit.hpp"

#include <algorithm>
#include <type_traits>
#include <variant>

namespace tocsin::app {

namespace asio = boost::asio;
using base::Code;
using base::fail;

namespace {

/// Of a program that has not said what it is: longer texts are not read.
constexpr std::size_t mostHello = 64U << 10U;

/// What feeds bring and what a drill is made of comes from the desk's own program.
struct MaySend {
    template <typename Body>
    bool operator()(const Body&) const {
        using namespace desk;
        return !(std::is_same_v<Body, NameCounty> || std::is_same_v<Body, TakeWarning> || std::is_same_v<Body, TakeReport> ||
                 std::is_same_v<Body, TakeEarthquake> || std::is_same_v<Body, TakeSensors> || std::is_same_v<Body, TakeFieldMessage> ||
                 std::is_same_v<Body, TakeFieldMarker> || std::is_same_v<Body, TakeEmergency> || std::is_same_v<Body, RecordWritten> ||
                 std::is_same_v<Body, RecordBlockedWay> || std::is_same_v<Body, StartExercise> || std::is_same_v<Body, EndExercise> ||
                 std::is_same_v<Body, UseValues> || std::is_same_v<Body, SetPin> || std::is_same_v<Body, NoteWrongPins>);
    }
};

} // namespace

/// What the desk has published and a seat's thread has not come to yet: bounded by things, not by commits.
struct ServedSeat::Published {
    void fold() {
        for (const auto& delta : deltas)
            desk::add(folded, *delta);
        deltas.clear();
    }
    std::mutex mutex;
    std::vector<std::shared_ptr<const desk::Delta>> deltas; ///< after what is folded
    void notePins(const desk::Delta& delta) {
        for (const auto& changed : delta.changed)
            if (const auto* status = std::get_if<model::DeskStatus>(&changed))
                pins = status->pins;
    }
    desk::SeatNews folded;
    std::map<std::string, base::Time> pins; ///< names that have one
    bool awake{false}; ///< the seat's thread was told
};

ServedSeat::ServedSeat(SeatHost& host, FrameWire::Socket socket)
    : m_host(host), m_wire(std::make_shared<FrameWire>(std::move(socket), mostHello)), m_patience(host.io()), m_published(std::make_shared<Published>()) {}

void ServedSeat::open() {
    const std::weak_ptr<ServedSeat> weak = weak_from_this();
    m_wire->open({[weak](const std::string& text) {
                      if (const auto seat = weak.lock())
                          seat->take(text);
                  },
                  [weak](const base::Error& why) {
                      if (const auto seat = weak.lock()) {
                          if (why.code != Code::unavailable)
                              base::log::warn("a seat was ended: {}", why.describe());
                          seat->end();
                      }
                  },
                  [weak] {
                      const auto seat = weak.lock();
                      if (!seat || seat->m_ended)
                          return;
                      if (seat->m_refused)
                          return seat->end();
                      seat->readOn();
                      seat->pump();
                  }});
    endAfterPatience();
}

/// Unless it says what it is, or takes what it is told.
void ServedSeat::endAfterPatience() {
    m_patience.expires_after(m_host.bounds().helloWithin);
    m_patience.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
        if (const auto seat = weak.lock(); seat && !cancelled && (!seat->m_greeted || seat->m_refused))
            seat->end();
    });
}

void ServedSeat::end() {
    if (std::exchange(m_ended, true))
        return;
    const auto self = shared_from_this();
    m_patience.cancel();
    m_wire->close();
    m_subscription.reset(); // waits for the desk's thread, which never waits for this one
    m_host.forget(self);
}

void ServedSeat::refuse(base::Error why) {
    base::log::warn("a seat was refused: {}", why.describe());
    sayNo(std::move(why));
}

/// Somebody at the desk wants it so.
void ServedSeat::dismiss(const std::string& by) {
    base::log::info("the seat of {} was ended by {}", m_person, by);
    sayNo({Code::cancelled, by + " has ended this seat at the desk's own window", {}});
}

/// Says why, and ends once that is sent.
void ServedSeat::sayNo(base::Error why) {
    m_refused = true;
    m_wire->hold();
    m_subscription.reset();
    why.message.resize(std::min<std::size_t>(why.message.size(), 1'000));
    if (!base::isUtf8(why.message))
        why.message = "what it sent was not understood";
    say(desk::SeatRefusal{std::move(why)});
    endAfterPatience();
    m_host.rollChanged();
}

void ServedSeat::take(const std::string& text) {
    if (m_ended || m_refused)
        return;
    auto message = desk::seatMessageFrom(text);
    if (!message)
        return refuse(message.error());
    if (const auto* hello = std::get_if<desk::SeatHello>(&*message))
        return take(*hello);
    if (const auto* person = std::get_if<desk::SeatPerson>(&*message))
        return take(*person);
    if (auto* order = std::get_if<desk::SeatOrder>(&*message))
        return take(std::move(*order), text.size());
    if (auto* pin = std::get_if<desk::SeatPin>(&*message))
        return take(std::move(*pin), text.size());
    if (const auto* asked = std::get_if<desk::SeatPageAsked>(&*message))
        return take(*asked);
    refuse({Code::refused, "a seat does not say this", {}});
}

void ServedSeat::take(const desk::SeatHello& hello) {
    if (std::exchange(m_greeted, true))
        return refuse({Code::refused, "a second greeting", {}});
    m_patience.cancel();
    if (hello.version != desk::seatVersion)
        return refuse({Code::newer, "the desk and this window are of different versions of Tocsin: start both from the same one", {}});
    if (m_host.isFull())
        return refuse({Code::unavailable, "every seat at this desk is taken (" + std::to_string(m_host.bounds().seats) + ")", {}});
    m_number = m_host.freeNumber(hello.seat);
    m_person = desk::isPerson(hello.person) ? hello.person : std::string();
    m_wire->setMost(desk::mostSeatText);
    const auto turn = m_host.turn();
    if (turn.count() == 0)
        return follow();
    m_patience.expires_after(turn);
    m_patience.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
        if (const auto seat = weak.lock(); seat && !cancelled && !seat->m_ended && !seat->m_refused)
            seat->follow();
    });
}

void ServedSeat::follow() {
    const std::weak_ptr<ServedSeat> weak = weak_from_this();
    m_subscription = m_host.desk().subscribe(
        [weak, published = m_published, to = m_host.toSeats()](desk::Snapshot snapshot) {
            {
                const std::lock_guard lock(published->mutex);
                published->pins = snapshot.state.desk.pins;
            }
            snapshot.state = {}; // the seat reads it itself
            to->post([weak, shared = std::make_shared<desk::Snapshot>(std::move(snapshot))] {
                if (const auto seat = weak.lock(); seat && !seat->m_ended && !seat->m_refused)
                    seat->welcome(std::move(*shared));
            });
        },
        [weak, published = m_published, to = m_host.toSeats()](std::shared_ptr<const desk::Delta> delta) {
            {
                const std::lock_guard lock(published->mutex);
                published->notePins(*delta);
                published->deltas.push_back(std::move(delta));
                if (published->deltas.size() >= 256)
                    published->fold();
                if (std::exchange(published->awake, true))
                    return;
            }
            to->post([weak] {
                if (const auto seat = weak.lock(); seat && !seat->m_ended)
                    seat->pump();
            });
        });
}

void ServedSeat::welcome(desk::Snapshot snapshot) {
    m_news.seq = m_told = snapshot.lastSeq;
    m_news.sensors = std::move(snapshot.sensors);
    m_news.units = std::move(snapshot.units);
    m_news.tallies = std::move(snapshot.quarantine);
    m_news.settings = m_host.settings();
    m_firstLeft = m_news.sensors.size() + m_news.units.size();
    m_welcome = true;
    m_since = m_host.desk().clock().now();
    say(desk::SeatWelcome{desk::seatVersion, m_number, snapshot.lastSeq, snapshot.rules ? detect::toToml(*snapshot.rules) : std::string(),
                          m_host.desk().plans()});
    m_host.rollChanged();
}

void ServedSeat::take(const desk::SeatPerson& person) {
    if (!m_greeted)
        return refuse({Code::refused, "a name before the greeting", {}});
    m_person = desk::isPerson(person.person) ? person.person : std::string();
    keepProofOf(m_person);
    m_host.rollChanged();
}

/// Nobody is listed under a name of which the PIN was not given.
desk::SeatInfo ServedSeat::info() const {
    const std::lock_guard lock(m_published->mutex);
    const bool known = !m_published->pins.contains(m_person) || std::find(m_proven.begin(), m_proven.end(), m_person) != m_proven.end();
    return {m_number, known ? m_person : std::string(), m_since, m_acted};
}

/// Whoever sat here before has to give the PIN again.
void ServedSeat::keepProofOf(const std::string& person) {
    std::erase_if(m_proven, [&](const auto& name) { return name != person; });
}

/// Whether that is the PIN the desk finds out, and this is the only place where it is remembered: what the seat believes counts for nothing.
void ServedSeat::take(desk::SeatPin pin, std::size_t bytes) {
    if (!m_welcome)
        return refuse({Code::refused, "a PIN before the greeting", {}});
    ++m_waiting;
    m_waitingBytes += bytes;
    if (hasMany())
        m_wire->hold();
    const bool changes = pin.fresh.has_value();
    if (!desk::isPerson(pin.name) || (changes && pin.name != m_person))
        return takeProof(pin.number, bytes, {}, fail(Code::refused, "a PIN is given and set by the person whose it is"));
    auto answer = [weak = weak_from_this(), to = m_host.toSeats(), number = pin.number, bytes, name = pin.name,
                   proves = !changes || !pin.fresh->empty()](base::Result<void> proved) {
        to->post([weak, number, bytes, name, proves, proved = std::move(proved)] {
            if (const auto seat = weak.lock(); seat && !seat->m_ended && !seat->m_refused)
                seat->takeProof(number, bytes, proves ? name : std::string(), proved);
        });
    };
    if (changes)
        m_host.desk().changePin(std::move(pin.name), std::move(pin.pin), std::move(*pin.fresh), m_number, std::move(answer));
    else
        m_host.desk().prove(std::move(pin.name), std::move(pin.pin), m_number, std::move(answer));
}

void ServedSeat::takeProof(std::uint64_t number, std::size_t bytes, const std::string& proves, base::Result<void> proved) {
    constexpr std::size_t most = 4; // who sits here, and whom a shift is handed to
    if (proved && !proves.empty()) {
        std::erase(m_proven, proves);
        m_proven.push_back(proves);
        if (m_proven.size() > most)
            m_proven.erase(m_proven.begin());
        m_host.rollChanged();
    }
    --m_waiting;
    m_waitingBytes -= bytes;
    say(desk::SeatProved{number, std::move(proved)});
    readOn();
}

void ServedSeat::take(const desk::SeatPageAsked& asked) {
    if (!m_welcome)
        return refuse({Code::refused, "a question before the greeting", {}});
    say(desk::SeatPage{asked.number, m_host.teamPage(asked.assignment)});
    if (hasMany()) // answers that it does not read
        m_wire->hold();
}

/// With the next news.
void ServedSeat::tellRoll(const SeatServer::Roll& roll) {
    m_news.seated = roll;
    pump();
}

void ServedSeat::tellSettings() {
    m_news.settings = m_host.settings();
    pump();
}

void ServedSeat::take(desk::SeatOrder order, std::size_t bytes) {
    if (!m_welcome)
        return refuse({Code::refused, "a command before the greeting", {}});
    ++m_waiting;
    m_waitingBytes += bytes;
    if (hasMany())
        m_wire->hold();
    const auto number = order.number;
    if (!desk::isPerson(order.command.actor))
        return answer(number, bytes, fail(Code::refused, "a command from a seat needs the name of who sits there"));
    if (const auto* judged = order.command.body.as<desk::JudgeQuarantine>();
        judged != nullptr && judged->state == store::QuarantineState::taken)
        return answer(number, bytes, fail(Code::refused, "what is in quarantine is taken again at the desk itself"));
    if (const auto* told = order.command.body.as<desk::RecordTold>(); told != nullptr && told->reached != model::Reached::voice)
        return answer(number, bytes, fail(Code::refused, "a seat writes down only who was told by voice"));
    if (!desk::visit(MaySend{}, order.command.body))
        return answer(number, bytes, fail(Code::refused, std::string(desk::nameOf(order.command.body)) + " is not for a seat: do it at the desk itself"));
    order.command.origin = {true, m_proven};
    if (order.command.body.as<desk::StartShift>() != nullptr) // to whom a shift was handed goes to the desk's own window
        keepProofOf(order.command.actor);
    m_person = order.command.actor; // nobody is shown under another name than that under which they act
    m_acted = m_host.desk().clock().now();
    m_host.rollChanged();
    m_host.desk().submit(std::move(order.command),
                           [weak = weak_from_this(), to = m_host.toSeats(), number, bytes](base::Result<desk::Done> done) {
                               to->post([weak, number, bytes, done = std::move(done)]() mutable {
                                   if (const auto seat = weak.lock(); seat && !seat->m_ended && !seat->m_refused)
                                       seat->answer(number, bytes, std::move(done));
                               });
                           });
}

void ServedSeat::answer(std::uint64_t number, std::size_t bytes, base::Result<desk::Done> done) {
    desk::SeatAnswer answer{number, std::move(done), 0};
    if (answer.done && !answer.done->entries.empty()) {
        answer.seq = answer.done->entries.back().seq;
        answer.done->entries.clear();
    }
    --m_waiting;
    m_waitingBytes -= bytes;
    say(answer);
    readOn();
}

/// Commands that wait for the desk and answers that wait for the seat: one that does not read is not read either.
bool ServedSeat::hasMany() const {
    return m_waiting + m_wire->queued() >= m_host.bounds().waiting || m_waitingBytes >= desk::mostSeatText;
}

void ServedSeat::readOn() {
    if (!m_refused && !hasMany())
        m_wire->go();
}

void ServedSeat::say(const desk::SeatMessage& message) {
    auto text = desk::textOf(message);
    if (!text) { // nothing that the desk has should be so: the seat must not go on with a gap
        base::log::error("a seat could not be told: {}", text.error().message);
        asio::post(m_host.io(), [self = shared_from_this()] { self->end(); });
        return;
    }
    m_wire->send(std::move(*text));
}

/// Tells what waits, one message at a time: what comes while that is sent is folded.
void ServedSeat::pump() {
    desk::SeatNews folded;
    std::vector<std::shared_ptr<const desk::Delta>> deltas;
    {
        const std::lock_guard lock(m_published->mutex);
        std::swap(folded, m_published->folded);
        deltas.swap(m_published->deltas);
        m_published->awake = false;
    }
    desk::add(m_news, std::move(folded));
    for (const auto& delta : deltas)
        desk::add(m_news, *delta);
    if (!m_welcome || m_ended || m_refused || m_wire->queued() > 0 || (!m_first && desk::isNothing(m_news, m_told)))
        return;
    auto some = desk::takeSome(m_news, m_host.bounds().newsAtOnce, m_from);
    m_told = some.seq;
    m_firstLeft -= std::min(m_firstLeft, some.sensors.size() + some.units.size());
    some.whole = some.whole || m_firstLeft == 0; // what changes all the time is never told to its end
    m_first = m_first && !some.whole;
    say(some);
}

} // namespace tocsin::app
