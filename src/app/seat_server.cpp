#include "app/seat_server.hpp"

#include "app/served_seat.hpp"

#include <algorithm>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
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

constexpr std::chrono::milliseconds tellEvery{500}; ///< who sits here, at most

class Server final : public SeatServer, public SeatHost {
  public:
    Server(desk::Desk& desk, fs::path path, Bounds bounds)
        : m_desk(desk), m_path(std::move(path)), m_bounds(bounds), m_toSeats(std::make_shared<ToSeats>(m_io)), m_work(asio::make_work_guard(m_io)),
          m_acceptor(m_io), m_pause(m_io), m_tell(m_io) {}
    ~Server() override {
        if (m_thread.joinable()) {
            asio::post(m_io, [this] {
                boost::system::error_code ignored;
                m_acceptor.close(ignored);
                m_pause.cancel();
                m_ending = true;
                m_tell.cancel();
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

    base::Result<void> begin();
    void listen(std::function<void(const Roll&)> listener) override;
    void tellSettings(SeatSettings settings) override;
    void setTeamPages(std::function<desk::TeamPage(model::AssignmentId)> pages) override;
    void dismiss(int seat, std::string by) override;

    // ---- for its seats
    desk::Desk& desk() override { return m_desk; }
    asio::io_context& io() override { return m_io; }
    std::shared_ptr<ToSeats> toSeats() override { return m_toSeats; }
    const Bounds& bounds() const override { return m_bounds; }
    const SeatSettings& settings() const override { return m_settings; }
    desk::TeamPage teamPage(model::AssignmentId assignment) const override { return m_teamPages ? m_teamPages(assignment) : desk::TeamPage{}; }
    std::chrono::milliseconds turn() override {
        const auto now = std::chrono::steady_clock::now();
        const auto at = std::max(now, m_nextGreeting);
        m_nextGreeting = at + m_bounds.betweenGreetings;
        return std::chrono::ceil<std::chrono::milliseconds>(at - now);
    }
    int freeNumber(int wanted) const override {
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
    bool isFull() const override { return m_seats.size() > m_bounds.seats; }
    void rollChanged() override;
    void forget(const std::shared_ptr<ServedSeat>& seat) override {
        std::erase(m_seats, seat);
        rollChanged();
    }

  private:
    void accept();
    void tellRoll();

    desk::Desk& m_desk;
    fs::path m_path;
    Bounds m_bounds;
    SeatSettings m_settings;
    std::function<desk::TeamPage(model::AssignmentId)> m_teamPages;
    asio::io_context m_io{1};
    std::shared_ptr<ToSeats> m_toSeats;
    asio::executor_work_guard<asio::io_context::executor_type> m_work;
    stream_protocol::acceptor m_acceptor;
    bool m_bound{false}; ///< the socket's file is ours
    asio::steady_timer m_pause; ///< after a failure to accept
    std::vector<std::shared_ptr<ServedSeat>> m_seats;
    std::chrono::steady_clock::time_point m_nextGreeting{};
    asio::steady_timer m_tell; ///< who sits here, again
    bool m_telling{false};     ///< it runs
    bool m_changed{false};     ///< since they were told
    bool m_ending{false};
    std::mutex m_listenMutex;
    std::function<void(const Roll&)> m_listener; ///< guarded by m_listenMutex
    std::thread m_thread;
};

// ---- who sits here

void Server::rollChanged() {
    m_changed = true;
    if (m_telling || m_ending)
        return;
    m_telling = true;
    asio::post(m_io, [this] { tellRoll(); }); // not from within what a seat does
}

void Server::tellRoll() {
    m_telling = false;
    if (m_ending || !std::exchange(m_changed, false))
        return;
    Roll roll;
    for (const auto& seat : m_seats)
        if (seat->sits())
            roll.push_back(seat->info());
    std::sort(roll.begin(), roll.end(), [](const auto& a, const auto& b) { return a.seat < b.seat; });
    for (const auto& seat : m_seats)
        if (seat->sits())
            seat->tellRoll(roll);
    {
        const std::lock_guard lock(m_listenMutex);
        if (m_listener)
            m_listener(roll);
    }
    m_telling = true;
    m_tell.expires_after(tellEvery);
    m_tell.async_wait([this](boost::system::error_code cancelled) {
        if (!cancelled)
            tellRoll();
    });
}

void Server::listen(std::function<void(const Roll&)> listener) {
    {
        const std::lock_guard lock(m_listenMutex);
        m_listener = std::move(listener);
    }
    asio::post(m_io, [this] { rollChanged(); });
}

void Server::tellSettings(SeatSettings settings) {
    asio::post(m_io, [this, settings = std::move(settings)]() mutable {
        m_settings = std::move(settings);
        for (const auto& seat : m_seats)
            if (seat->sits())
                seat->tellSettings();
    });
}

void Server::setTeamPages(std::function<desk::TeamPage(model::AssignmentId)> pages) {
    asio::post(m_io, [this, pages = std::move(pages)]() mutable { m_teamPages = std::move(pages); });
}

void Server::dismiss(int number, std::string by) {
    asio::post(m_io, [this, number, by = std::move(by)] {
        const auto found = std::find_if(m_seats.begin(), m_seats.end(),
                                        [number](const auto& seat) { return seat->sits() && seat->number() == number; });
        if (found != m_seats.end())
            std::shared_ptr(*found)->dismiss(by);
    });
}

// ---- the socket

base::Result<void> Server::begin() {
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
            m_seats.push_back(std::make_shared<ServedSeat>(*this, std::move(socket)));
            m_seats.back()->open();
        }
        accept();
    });
}

} // namespace

base::Result<std::unique_ptr<SeatServer>> SeatServer::open(desk::Desk& desk, const fs::path& folder, Bounds bounds) {
    auto server = std::make_unique<Server>(desk, seatSocketOf(fs::absolute(folder)), bounds);
    if (auto listening = server->begin(); !listening)
        return tl::unexpected(listening.error());
    return server;
}

base::Result<std::unique_ptr<SeatServer>> SeatServer::open(desk::Desk& desk, const fs::path& folder) {
    return open(desk, folder, Bounds{});
}

} // namespace tocsin::app
