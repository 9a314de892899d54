#pragma once

#include "app/seat_desk.hpp"
#include "app/seat_server.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <gtest/gtest.h>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace tocsin::test {

/// Follows a desk from outside and waits until something has come true of what it told.
class Follower {
  public:
    explicit Follower(desk::Desk& desk) : m_desk(desk) {
        m_subscription = desk.subscribe(
            [this](desk::Snapshot snapshot) {
                const std::lock_guard lock(m_mutex);
                m_picture = std::move(snapshot);
                m_begun = true;
                m_changed.notify_all();
            },
            [this](std::shared_ptr<const desk::Delta> delta) {
                const std::lock_guard lock(m_mutex);
                for (const auto& changed : delta->changed)
                    model::apply(m_picture.state, changed);
                for (const auto& entry : delta->entries)
                    m_picture.lastSeq = entry.seq;
                for (const auto& [sensor, now] : delta->sensors)
                    m_picture.sensors[sensor] = now;
                for (const auto& [unit, now] : delta->units)
                    m_picture.units[unit] = now;
                for (const auto& [feed, tally] : delta->quarantine)
                    m_picture.quarantine[feed] = tally;
                for (const auto& [feed, count] : delta->readingsByFeed)
                    m_readings += count;
                if (delta->rules)
                    m_picture.rules = delta->rules;
                m_links += delta->link ? 1 : 0;
                m_changed.notify_all();
            });
    }
    ~Follower() { m_subscription.reset(); }
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    /// False if it does not come true.
    bool until(const std::function<bool(const desk::Snapshot&)>& holds) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(60), [&] { return m_begun && holds(m_picture); });
    }
    /// Until the desk has been lost, or is there again.
    bool untilReadOnly(bool readOnly) {
        return until([&](const desk::Snapshot&) { return m_desk.readOnly() == readOnly; });
    }
    [[nodiscard]] std::size_t readings() {
        const std::lock_guard lock(m_mutex);
        return m_readings;
    }
    /// So many changes of its link.
    bool untilLinks(int most) {
        return until([&](const desk::Snapshot&) { return m_links >= most; });
    }
    [[nodiscard]] int links() {
        const std::lock_guard lock(m_mutex);
        return m_links;
    }

  private:
    desk::Desk& m_desk;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    desk::Snapshot m_picture;
    bool m_begun{false};
    std::size_t m_readings{0};
    int m_links{0};
    base::Subscription m_subscription;
};

/// One end of a local socket that says whatever a test wants.
class RawSeat {
  public:
    explicit RawSeat(int fd) : m_fd(fd) {}
    explicit RawSeat(const std::filesystem::path& socket) : m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un to{};
        to.sun_family = AF_UNIX;
        socket.native().copy(to.sun_path, sizeof to.sun_path - 1);
        m_connected = ::connect(m_fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
    }
    ~RawSeat() { close(); }
    RawSeat(const RawSeat&) = delete;
    RawSeat& operator=(const RawSeat&) = delete;

    [[nodiscard]] bool connected() const { return m_connected; }
    void close() {
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
    }
    void bytes(const std::string& what) const {
        std::size_t done = 0;
        while (done < what.size()) {
            const auto n = ::send(m_fd, what.data() + done, what.size() - done, MSG_NOSIGNAL);
            if (n <= 0)
                return; // the other side has had enough
            done += static_cast<std::size_t>(n);
        }
    }
    static std::string framed(const std::string& text) {
        std::string out;
        for (int shift = 24; shift >= 0; shift -= 8)
            out += static_cast<char>(text.size() >> static_cast<unsigned>(shift) & 0xFFU);
        return out + text;
    }
    void text(const std::string& what) const { bytes(framed(what)); }
    void say(const desk::SeatMessage& message) const { text(desk::textOf(message).value()); }
    /// The next message; none once the other side has ended.
    std::optional<desk::SeatMessage> hear() const {
        unsigned char head[4];
        if (!fill(head, sizeof head))
            return std::nullopt;
        std::string body((static_cast<std::size_t>(head[0]) << 24U) | (static_cast<std::size_t>(head[1]) << 16U) |
                             (static_cast<std::size_t>(head[2]) << 8U) | head[3],
                         '\0');
        if (!fill(body.data(), body.size()))
            return std::nullopt;
        auto message = desk::seatMessageFrom(body);
        EXPECT_TRUE(message) << (message ? "" : message.error().message);
        return message ? std::optional(std::move(*message)) : std::nullopt;
    }
    /// The next one of a kind; others are passed over.
    template <typename Message>
    std::optional<Message> hearOf() const {
        while (auto message = hear())
            if (auto* wanted = std::get_if<Message>(&*message))
                return std::move(*wanted);
        return std::nullopt;
    }

  private:
    bool fill(void* to, std::size_t size) const {
        for (std::size_t done = 0; done < size;) {
            const auto n = ::recv(m_fd, static_cast<char*>(to) + done, size - done, 0);
            if (n <= 0)
                return false;
            done += static_cast<std::size_t>(n);
        }
        return true;
    }
    int m_fd;
    bool m_connected{true};
};

/// Where a desk would hear its seats, in a test's hands.
class RawDesk {
  public:
    explicit RawDesk(std::filesystem::path socket)
        : m_path(std::move(socket)), m_fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un at{};
        at.sun_family = AF_UNIX;
        m_path.native().copy(at.sun_path, sizeof at.sun_path - 1);
        EXPECT_EQ(::bind(m_fd, reinterpret_cast<const sockaddr*>(&at), sizeof at), 0);
        EXPECT_EQ(::listen(m_fd, 8), 0);
    }
    ~RawDesk() { close(); }
    RawDesk(const RawDesk&) = delete;
    RawDesk& operator=(const RawDesk&) = delete;
    std::unique_ptr<RawSeat> accept() const { return std::make_unique<RawSeat>(::accept(m_fd, nullptr, nullptr)); }
    void close() { // as a killed desk does: the file stays
        if (m_fd >= 0)
            ::close(std::exchange(m_fd, -1));
    }

  private:
    std::filesystem::path m_path;
    int m_fd;
};

} // namespace tocsin::test
