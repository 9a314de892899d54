#pragma once

#include "app/seat_settings.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/desk/seat_message.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tocsin::app {

/// Where a desk hears its seats: a socket in the county's folder, which only its owner may use.
[[nodiscard]] std::filesystem::path seatSocketOf(const std::filesystem::path& folder);

/// Seats at this desk: windows in programs of their own that work on the same county (desk/seat_message.hpp). They send
/// commands of the person who sits there, and are told what each commit brought. One thread of its own; a seat that is
/// slow or lies costs a bounded amount of memory and nobody's time.
class SeatServer {
  public:
    struct Bounds {
        std::size_t seats{8};
        std::size_t waiting{64};        ///< commands of one seat without an answer; then it is not read on
        std::size_t newsAtOnce{4'000};  ///< sensors and units in one message
        std::chrono::milliseconds helloWithin{5'000};
        std::chrono::milliseconds betweenGreetings{100}; ///< each costs the desk a look at all that it has
    };
    /// Who sits here, by number.
    using Roll = std::vector<desk::SeatInfo>;
    /// The desk must outlive it. Whoever calls it holds the folder's lock: a socket that is there is a dead desk's, and
    /// makes room. Code::unavailable where the system cannot: the path is too long, the folder lies where no sockets can be.
    [[nodiscard]] static base::Result<std::unique_ptr<SeatServer>> open(desk::Desk& desk, const std::filesystem::path& folder,
                                                                        Bounds bounds);
    [[nodiscard]] static base::Result<std::unique_ptr<SeatServer>> open(desk::Desk& desk, const std::filesystem::path& folder);
    virtual ~SeatServer() = default;

    /// Is told who sits here, now and when it is another or has acted (then at most twice a second); on the seats' thread. An
    /// empty one: nobody. Once it has returned the listener before is called no more.
    virtual void listen(std::function<void(const Roll&)> listener) = 0;
    /// What the desk goes by from now on, for all who sit here and who come. Any thread.
    virtual void tellSettings(SeatSettings settings) = 0;
    /// Where a task order's own page is found, for seats that ask; called on the seats' thread. Until then there are none. Any thread.
    virtual void setTeamPages(std::function<desk::TeamPage(model::AssignmentId)> pages) = 0;
    /// Ends a seat, which is told who has. What it sent before that the desk had is done. Any thread.
    virtual void dismiss(int seat, std::string by) = 0;
};

} // namespace tocsin::app
