#pragma once

#include "app/frame_wire.hpp"
#include "app/seat_server.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::app {

/// How the desk's thread reaches the seats': falls silent before they end.
class ToSeats {
  public:
    explicit ToSeats(boost::asio::io_context& io) : m_io(&io) {}
    template <typename What>
    void post(What what) {
        const std::lock_guard lock(m_mutex);
        if (m_io != nullptr)
            boost::asio::post(*m_io, std::move(what));
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_io = nullptr;
    }

  private:
    std::mutex m_mutex;
    boost::asio::io_context* m_io;
};

class ServedSeat;

/// What a seat asks of the desk's place for seats. Everything on the seats' thread.
class SeatHost {
  public:
    virtual ~SeatHost() = default;
    [[nodiscard]] virtual desk::Desk& desk() = 0;
    [[nodiscard]] virtual boost::asio::io_context& io() = 0;
    [[nodiscard]] virtual std::shared_ptr<ToSeats> toSeats() = 0;
    [[nodiscard]] virtual const SeatServer::Bounds& bounds() const = 0;
    [[nodiscard]] virtual std::chrono::milliseconds turn() = 0; ///< how long the next greeting waits for its turn
    [[nodiscard]] virtual int freeNumber(int wanted) const = 0;
    [[nodiscard]] virtual bool isFull() const = 0; ///< counting the one who asks
    [[nodiscard]] virtual const SeatSettings& settings() const = 0;
    [[nodiscard]] virtual desk::TeamPage teamPage(model::AssignmentId assignment) const = 0;
    virtual void rollChanged() = 0;                ///< another list of who sits here: it is told later
    virtual void forget(const std::shared_ptr<ServedSeat>& seat) = 0;
};

/// One seat, as the desk's program has it. Everything on the seats' thread.
class ServedSeat : public std::enable_shared_from_this<ServedSeat> {
  public:
    ServedSeat(SeatHost& host, FrameWire::Socket socket);
    void open();
    void end();
    [[nodiscard]] int number() const { return m_number; }
    [[nodiscard]] bool sits() const { return m_welcome && !m_refused && !m_ended; }
    [[nodiscard]] desk::SeatInfo info() const;
    void tellRoll(const SeatServer::Roll& roll);
    void tellSettings();
    void dismiss(const std::string& by);

  private:
    void take(const std::string& text);
    void take(const desk::SeatHello& hello);
    void take(const desk::SeatPerson& person);
    void take(desk::SeatOrder order, std::size_t bytes);
    void take(desk::SeatPin pin, std::size_t bytes);
    void take(const desk::SeatPageAsked& asked);
    void takeProof(std::uint64_t number, std::size_t bytes, const std::string& proves, base::Result<void> proved);
    void keepProofOf(const std::string& person);
    void follow();
    void welcome(desk::Snapshot snapshot);
    void refuse(base::Error why);
    void sayNo(base::Error why);
    void endAfterPatience();
    void answer(std::uint64_t number, std::size_t bytes, base::Result<desk::Done> done);
    void say(const desk::SeatMessage& message);
    void pump();
    void readOn();
    [[nodiscard]] bool hasMany() const;

    struct Published;

    SeatHost& m_host;
    std::shared_ptr<FrameWire> m_wire;
    boost::asio::steady_timer m_patience;
    base::Subscription m_subscription;
    int m_number{0};
    bool m_greeted{false}; ///< has said hello
    bool m_welcome{false}; ///< was answered
    bool m_refused{false}; ///< ends once it has been told so
    bool m_ended{false};
    std::string m_person; ///< under whose name the last command came, or who has sat down since
    std::vector<std::string> m_proven; ///< names of which the PIN was given here, as the desk has found; newest last
    base::Time m_since{};
    std::optional<base::Time> m_acted;
    std::size_t m_waiting{0};      ///< commands without an answer …
    std::size_t m_waitingBytes{0}; ///< … and the length of their texts
    std::shared_ptr<Published> m_published;
    desk::SeatNews m_news;      ///< that waits
    model::SensorId m_from;     ///< the last one told
    std::size_t m_firstLeft{0}; ///< things of the first picture, or as many others, that are not told
    std::int64_t m_told{0};
    bool m_first{true}; ///< the first picture is not told whole
};

} // namespace tocsin::app
