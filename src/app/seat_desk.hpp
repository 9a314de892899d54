#pragma once

#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"

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
/// again. What had no answer then is looked for in the journal, sent again under its id, and given up after `patience`.
class SeatDesk : public desk::Desk {
  public:
    struct Parts {
        std::filesystem::path socket; ///< seatSocketOf()
        std::filesystem::path database;
        /// Those in force, as the journal and the files have them.
        std::function<base::Result<std::vector<detect::Rule>>(const store::Store&)> rules;
        std::vector<model::Plan> plans;
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

    virtual void sit(std::string person) = 0; ///< somebody else from now on; any thread
    [[nodiscard]] virtual int seat() const = 0; ///< its number at the desk: 1, 2 …
};

} // namespace tocsin::app
