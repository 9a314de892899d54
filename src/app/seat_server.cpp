#include "app/seat_server.hpp"

#include "app/frame_wire.hpp"
#include "tocsin/base/log.hpp"
#include "tocsin/desk/command_json.hpp"
#include "tocsin/desk/command_visit.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <mutex>
#include <optional>
#include <sys/stat.h>
#include <sys/un.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace tocsin::app {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using asio::local::stream_protocol;
using base::Code;
using base::fail;

fs::path seatSocketOf(const fs::path& folder) {
    return folder / "desk.socket";
}

namespace {

/// How the desk's thread reaches the seats': falls silent before they end.
class ToSeats {
  public:
    explicit ToSeats(asio::io_context& io) : m_io(&io) {}
    template <typename What>
    void post(What what) {
        const std::lock_guard lock(m_mutex);
        if (m_io != nullptr)
            asio::post(*m_io, std::move(what));
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_io = nullptr;
    }

  private:
    std::mutex m_mutex;
    asio::io_context* m_io;
};

/// Names that the desk gives to what is no person.
bool isPerson(const std::string& actor) {
    if (actor.empty() || actor.size() > 200 || !base::isUtf8(actor))
        return false;
    for (const auto* prefix : {"feed:", "team:"})
        if (actor.starts_with(prefix))
            return false;
    return actor != "desk" && actor != "drill" && actor != "rules.toml";
}

/// What feeds bring and what a drill is made of comes from the desk's own program.
struct MaySend {
    template <typename Body>
    bool operator()(const Body&) const {
        using namespace desk;
        return !(std::is_same_v<Body, NameCounty> || std::is_same_v<Body, TakeWarning> || std::is_same_v<Body, TakeReport> ||
                 std::is_same_v<Body, TakeEarthquake> || std::is_same_v<Body, TakeSensors> || std::is_same_v<Body, TakeFieldMessage> ||
                 std::is_same_v<Body, TakeFieldMarker> || std::is_same_v<Body, TakeEmergency> || std::is_same_v<Body, RecordWritten> || std::is_same_v<Body, StartExercise> ||
                 std::is_same_v<Body, EndExercise>);
    }
};

class Server;

/// What the desk has published and a seat's thread has not come to yet: bounded by things, not by commits.
struct Published {
    void fold() {
        for (const auto& delta : deltas)
            desk::add(folded, *delta);
        deltas.clear();
    }
    std::mutex mutex;
    std::vector<std::shared_ptr<const desk::Delta>> deltas; ///< after what is folded
    desk::SeatNews folded;
    bool awake{false}; ///< the seat's thread was told
};

/// One seat. Everything on the seats' thread.
class Seat : public std::enable_shared_from_this<Seat> {
  public:
    Seat(Server& server, stream_protocol::socket socket);
    void open();
    void end();
    [[nodiscard]] int number() const { return m_number; }

  private:
    void take(const std::string& text);
    void take(const desk::SeatHello& hello);
    void take(desk::SeatOrder order);
    void refuse(base::Error why);
    void endAfterPatience();
    void answer(std::uint64_t number, base::Result<desk::Done> done);
    void say(const desk::SeatMessage& message);
    void pump();
    void readOn();
    [[nodiscard]] bool hasMany() const;

    Server& m_server;
    std::shared_ptr<FrameWire> m_wire;
    asio::steady_timer m_patience;
    base::Subscription m_subscription;
    int m_number{0};
    bool m_greeted{false}; ///< has said hello
    bool m_welcome{false}; ///< was answered
    bool m_refused{false}; ///< ends once it has been told so
    bool m_ended{false};
    std::size_t m_waiting{0}; ///< commands without an answer
    std::shared_ptr<Published> m_published{std::make_shared<Published>()};
    desk::SeatNews m_news;      ///< that waits
    model::SensorId m_from;     ///< the last one told
    std::size_t m_firstLeft{0}; ///< things of the first picture, or as many others, that are not told
    std::int64_t m_told{0};
    bool m_first{true}; ///< the first picture is not told whole
};

class Server final : public SeatServer {
  public:
    Server(desk::Desk& desk, fs::path path, Bounds bounds)
        : m_desk(desk), m_path(std::move(path)), m_bounds(bounds), m_toSeats(std::make_shared<ToSeats>(m_io)), m_work(asio::make_work_guard(m_io)),
          m_acceptor(m_io), m_pause(m_io) {}
    ~Server() override {
        if (m_thread.joinable()) {
            asio::post(m_io, [this] {
                boost::system::error_code ignored;
                m_acceptor.close(ignored);
                m_pause.cancel();
                for (const auto& seat : std::exchange(m_seats, {}))
                    seat->end();
                m_toSeats->close();
                m_work.reset();
            });
            m_thread.join();
        }
        if (m_bound) // the folder's lock is still ours
            ::unlink(m_path.c_str());
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    base::Result<void> listen();

    [[nodiscard]] int freeNumber(int wanted) const {
        const auto taken = [this](int number) {
            return std::any_of(m_seats.begin(), m_seats.end(), [number](const auto& seat) { return seat->number() == number; });
        };
        if (wanted > 0 && wanted <= static_cast<int>(m_bounds.seats) && !taken(wanted))
            return wanted;
        int number = 1;
        while (taken(number))
            ++number;
        return number;
    }
    [[nodiscard]] bool isFull() const { return m_seats.size() > m_bounds.seats; } // with the one who asks
    void forget(const std::shared_ptr<Seat>& seat) { std::erase(m_seats, seat); }

    desk::Desk& m_desk;
    fs::path m_path;
    Bounds m_bounds;
    asio::io_context m_io{1};
    std::shared_ptr<ToSeats> m_toSeats;

  private:
    void accept();

    asio::executor_work_guard<asio::io_context::executor_type> m_work;
    stream_protocol::acceptor m_acceptor;
    bool m_bound{false}; ///< the socket's file is ours
    asio::steady_timer m_pause; ///< after a failure to accept
    std::vector<std::shared_ptr<Seat>> m_seats;
    std::thread m_thread;
};

Seat::Seat(Server& server, stream_protocol::socket socket)
    : m_server(server), m_wire(std::make_shared<FrameWire>(std::move(socket), desk::mostSeatText)), m_patience(server.m_io) {}

void Seat::open() {
    const std::weak_ptr<Seat> weak = weak_from_this();
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
void Seat::endAfterPatience() {
    m_patience.expires_after(m_server.m_bounds.helloWithin);
    m_patience.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
        if (const auto seat = weak.lock(); seat && !cancelled && (!seat->m_greeted || seat->m_refused))
            seat->end();
    });
}

void Seat::end() {
    if (std::exchange(m_ended, true))
        return;
    const auto self = shared_from_this();
    m_patience.cancel();
    m_wire->close();
    m_subscription.reset(); // waits for the desk's thread, which never waits for this one
    m_server.forget(self);
}

/// Says why, and ends once that is sent.
void Seat::refuse(base::Error why) {
    m_refused = true;
    m_wire->hold();
    m_subscription.reset();
    base::log::warn("a seat was refused: {}", why.describe());
    why.message.resize(std::min<std::size_t>(why.message.size(), 1'000));
    if (!base::isUtf8(why.message))
        why.message = "what it sent was not understood";
    say(desk::SeatRefusal{std::move(why)});
    endAfterPatience();
}

void Seat::take(const std::string& text) {
    if (m_ended || m_refused)
        return;
    auto message = desk::seatMessageFrom(text);
    if (!message)
        return refuse(message.error());
    if (const auto* hello = std::get_if<desk::SeatHello>(&*message))
        return take(*hello);
    if (auto* order = std::get_if<desk::SeatOrder>(&*message))
        return take(std::move(*order));
    refuse({Code::refused, "a seat does not say this", {}});
}

void Seat::take(const desk::SeatHello& hello) {
    if (std::exchange(m_greeted, true))
        return refuse({Code::refused, "a second greeting", {}});
    m_patience.cancel();
    if (hello.version != desk::seatVersion)
        return refuse({Code::newer, "the desk and this window are of different versions of Tocsin: start both from the same one", {}});
    if (m_server.isFull())
        return refuse({Code::unavailable, "every seat at this desk is taken (" + std::to_string(m_server.m_bounds.seats) + ")", {}});
    m_number = m_server.freeNumber(hello.seat);
    const std::weak_ptr<Seat> weak = weak_from_this();
    m_subscription = m_server.m_desk.subscribe(
        [weak, to = m_server.m_toSeats](desk::Snapshot snapshot) {
            snapshot.state = {}; // the seat reads it itself
            to->post([weak, shared = std::make_shared<desk::Snapshot>(std::move(snapshot))] {
                const auto seat = weak.lock();
                if (!seat || seat->m_ended || seat->m_refused)
                    return;
                seat->m_news.seq = seat->m_told = shared->lastSeq;
                seat->m_news.sensors = std::move(shared->sensors);
                seat->m_news.units = std::move(shared->units);
                seat->m_news.tallies = std::move(shared->quarantine);
                seat->m_firstLeft = seat->m_news.sensors.size() + seat->m_news.units.size();
                seat->m_welcome = true;
                seat->say(desk::SeatWelcome{desk::seatVersion, seat->m_number, shared->lastSeq});
            });
        },
        [weak, published = m_published, to = m_server.m_toSeats](std::shared_ptr<const desk::Delta> delta) {
            {
                const std::lock_guard lock(published->mutex);
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

void Seat::take(desk::SeatOrder order) {
    if (!m_welcome)
        return refuse({Code::refused, "a command before the greeting", {}});
    ++m_waiting;
    if (hasMany())
        m_wire->hold();
    const auto number = order.number;
    if (!isPerson(order.command.actor))
        return answer(number, fail(Code::refused, "a command from a seat needs the name of who sits there"));
    if (const auto* judged = order.command.body.as<desk::JudgeQuarantine>();
        judged != nullptr && judged->state == store::QuarantineState::taken)
        return answer(number, fail(Code::refused, "what is in quarantine is taken again at the desk itself"));
    if (!desk::visit(MaySend{}, order.command.body))
        return answer(number, fail(Code::refused, std::string(desk::nameOf(order.command.body)) + " is not for a seat: do it at the desk itself"));
    m_server.m_desk.submit(std::move(order.command),
                           [weak = weak_from_this(), to = m_server.m_toSeats, number](base::Result<desk::Done> done) {
                               to->post([weak, number, done = std::move(done)]() mutable {
                                   if (const auto seat = weak.lock(); seat && !seat->m_ended && !seat->m_refused)
                                       seat->answer(number, std::move(done));
                               });
                           });
}

void Seat::answer(std::uint64_t number, base::Result<desk::Done> done) {
    desk::SeatAnswer answer{number, std::move(done), 0};
    if (answer.done && !answer.done->entries.empty()) {
        answer.seq = answer.done->entries.back().seq;
        answer.done->entries.clear();
    }
    --m_waiting;
    say(answer);
    readOn();
}

/// Commands that wait for the desk and answers that wait for the seat: one that does not read is not read either.
bool Seat::hasMany() const {
    return m_waiting + m_wire->queued() >= m_server.m_bounds.waiting;
}

void Seat::readOn() {
    if (!m_refused && !hasMany())
        m_wire->go();
}

void Seat::say(const desk::SeatMessage& message) {
    auto text = desk::textOf(message);
    if (!text) { // nothing that the desk has should be so: the seat must not go on with a gap
        base::log::error("a seat could not be told: {}", text.error().message);
        asio::post(m_server.m_io, [self = shared_from_this()] { self->end(); });
        return;
    }
    m_wire->send(std::move(*text));
}

/// Tells what waits, one message at a time: what comes while that is sent is folded.
void Seat::pump() {
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
    auto some = desk::takeSome(m_news, m_server.m_bounds.newsAtOnce, m_from);
    m_told = some.seq;
    m_firstLeft -= std::min(m_firstLeft, some.sensors.size() + some.units.size());
    some.whole = some.whole || m_firstLeft == 0; // what changes all the time is never told to its end
    m_first = m_first && !some.whole;
    say(some);
}

base::Result<void> Server::listen() {
    if (m_path.native().size() >= sizeof(sockaddr_un::sun_path))
        return fail(Code::unavailable, "no second window can work here: the path " + m_path.string() + " is longer than the " +
                                           std::to_string(sizeof(sockaddr_un::sun_path) - 1) + " bytes that a socket's may have");
    struct stat there {};
    if (::lstat(m_path.c_str(), &there) == 0) {
        if (!S_ISSOCK(there.st_mode))
            return fail(Code::unavailable, "no second window can work here: " + m_path.string() + " is not a socket");
        ::unlink(m_path.c_str());
    }
    boost::system::error_code failed;
    const auto step = [&](auto&& what) {
        if (!failed)
            what();
    };
    step([&] { m_acceptor.open(stream_protocol(), failed); });
    step([&] { m_acceptor.bind(stream_protocol::endpoint(m_path.string()), failed); });
    m_bound = !failed;
    step([&] { // before it listens nobody can connect
        if (::chmod(m_path.c_str(), S_IRUSR | S_IWUSR) != 0)
            failed = {errno, boost::system::system_category()};
    });
    step([&] { m_acceptor.listen(asio::socket_base::max_listen_connections, failed); });
    if (failed)
        return fail(Code::unavailable, "no second window can work here: " + m_path.string() + ": " + failed.message());
    accept();
    m_thread = std::thread([this] { m_io.run(); });
    return {};
}

void Server::accept() {
    m_acceptor.async_accept([this](boost::system::error_code failed, stream_protocol::socket socket) {
        if (!m_acceptor.is_open())
            return;
        if (failed) { // out of descriptors: those that are open go on
            m_pause.expires_after(std::chrono::milliseconds(200));
            m_pause.async_wait([this](boost::system::error_code cancelled) {
                if (!cancelled && m_acceptor.is_open())
                    accept();
            });
            return;
        }
        // One more than there are seats is heard, to be told so; beyond that nobody is.
        if (m_seats.size() <= m_bounds.seats) {
            m_seats.push_back(std::make_shared<Seat>(*this, std::move(socket)));
            m_seats.back()->open();
        }
        accept();
    });
}

} // namespace

base::Result<std::unique_ptr<SeatServer>> SeatServer::open(desk::Desk& desk, const fs::path& folder, Bounds bounds) {
    auto server = std::make_unique<Server>(desk, seatSocketOf(fs::absolute(folder)), bounds);
    if (auto listening = server->listen(); !listening)
        return tl::unexpected(listening.error());
    return server;
}

base::Result<std::unique_ptr<SeatServer>> SeatServer::open(desk::Desk& desk, const fs::path& folder) {
    return open(desk, folder, Bounds{});
}

} // namespace tocsin::app
