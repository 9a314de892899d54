#pragma once

#include "app/seat_settings.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tocsin::app {

/// A seat at a desk that runs in another program on this machine (SeatServer): a Desk like any other for whoever shows it.
/// Commands go there; what the journal says is read here, up to where the desk says that it is committed, and applied by
/// the same functions; newest readings and positions are told. One thread of its own.
///
/// When the desk ends the seat is readOnly() at once, tells it (Delta::link), and comes back by itself when a desk runs
/// again. What had no answer then is looked for in the journal, sent again under its id, and given up after `patience`. Where
/// somebody at the desk has ended it, it stays so (dismissed()).
class SeatDesk : public desk::Desk {
  public:
    struct Parts {
        std::filesystem::path socket; ///< seatSocketOf()
        std::filesystem::path database;
        const base::Clock& clock;
        base::IdSource& ids;
        std::string person; ///< who sits here
        std::chrono::milliseconds welcomeWithin{10'000};
        std::chrono::milliseconds tryEvery{500};
        std::chrono::milliseconds patience{30'000};
    };
    /// Waits until the desk has given the whole picture, or has not: Code::unavailable where none hears, its own words
    /// where it refuses. Not for the GUI's thread once there is a window.
    [[nodiscard]] static base::Result<std::unique_ptr<SeatDesk>> start(Parts parts);

    [[nodiscard]] virtual desk::RulesInForce rules() = 0; ///< without the rest of snapshot(); waits for the seat's thread
    virtual void sit(std::string person) = 0; ///< somebody else from now on; any thread
    [[nodiscard]] virtual int seat() const = 0; ///< its number at the desk: 1, 2 …
    /// Is told who sits at the desk, this seat among them, now and when that changes; on the seat's thread. An empty one:
    /// nobody. Once it has returned the listener before is called no more.
    virtual void listen(std::function<void(const std::vector<desk::SeatInfo>&)> listener) = 0;

    /// The same of the settings that the desk goes by, with their digests (app/seat_settings.hpp); nothing before it has said them.
    virtual void listenToSettings(std::function<void(const SeatSettings&)> listener) = 0;

    /// Asks the desk for the address of a task order's own page; `answer` on the seat's thread, at once where there is no desk.
    virtual void teamPage(model::AssignmentId assignment, std::function<void(base::Result<desk::TeamPage>)> answer) = 0;

    /// A command of which the desk did not say that it is done.
    struct Unconfirmed {
        std::string command; ///< desk::nameOf()
        base::Error why;     ///< it was refused, or no answer came
    };
    /// In good order: takes no further command, and waits until those that were given before are with the desk and answered,
    /// but no longer than `within`; then looks in the journal for the others. What is not confirmed by then, or was refused
    /// meanwhile, comes back; every answer is given before. Not for a thread that answers are needed on. Without it the
    /// destructor ends at once, and what waits is answered as not done.
    [[nodiscard]] virtual std::vector<Unconfirmed> end(std::chrono::milliseconds within) = 0;
};

} // namespace tocsin::app
