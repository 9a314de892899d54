#pragma once

#include "app/frame_wire.hpp"
#include "app/seat_desk.hpp"
#include "app/seat_picture.hpp"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace tocsin::app {

/// The seat itself: its link to the desk and what it shows (seat_desk.cpp), and what it sends there and waits for (seat_commands.cpp).
class SeatThread final : public SeatDesk {
  public:
    explicit SeatThread(Parts parts)
        : m_parts(std::move(parts)), m_person(m_parts.person), m_work(boost::asio::make_work_guard(m_io)), m_welcome(m_io), m_again(m_io),
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
    void teamPage(model::AssignmentId assignment, std::function<void(base::Result<desk::TeamPage>)> answer) override;
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

    [[nodiscard]] static tl::unexpected<base::Error> notHere();
    [[nodiscard]] tl::unexpected<base::Error> lost() const;

    // ---- the link
    void connect();
    void awaitDesk();
    [[nodiscard]] std::string nameToSay() const;
    void take(const std::string& text);
    void take(const desk::SeatWelcome& welcome);
    void take(desk::SeatNews news);
    void take(desk::SeatAnswer answer);
    void take(const desk::SeatProved& proved);
    void take(desk::SeatPage page);
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
    // ---- teams' pages: asked once
    void forgetPages(const base::Error& why);
    // ---- for whoever shows it
    /// What `read` makes of the picture on the seat's own thread.
    template <typename Read>
    std::invoke_result_t<Read> asked(Read read) {
        std::promise<std::invoke_result_t<Read>> promise;
        auto future = promise.get_future();
        boost::asio::post(m_io, [&] { promise.set_value(read()); });
        return future.get();
    }
    void tellRoll(std::vector<desk::SeatInfo> roll);
    void tellSettings(SeatSettings settings);
    void tellLink(bool linked);

    Parts m_parts;
    mutable std::mutex m_personMutex;
    std::string m_person;    ///< guarded by m_personMutex
    std::string m_dismissed; ///< the same
    boost::asio::io_context m_io{1};
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> m_work;
    boost::asio::steady_timer m_welcome;  ///< for the desk's first words
    boost::asio::steady_timer m_again;    ///< to the next try
    boost::asio::steady_timer m_patience; ///< of commands, while there is no desk
    boost::asio::steady_timer m_leave;    ///< for the last answers
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
    std::map<std::uint64_t, std::function<void(base::Result<desk::TeamPage>)>> m_pages; ///< of which it has not said where they are
    std::map<std::uint64_t, Waiting> m_waiting; ///< by number, in the order in which they were sent

    SeatPicture m_picture;
    std::thread m_thread;
};

} // namespace tocsin::app
