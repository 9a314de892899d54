#pragma once

#include "app/rules_file.hpp"
#include "app/seat_desk.hpp"
#include "app/seat_server.hpp"
#include "app/way_watch.hpp"
#include "tocsin/base/clock.hpp"
#include "tocsin/base/id.hpp"
#include "tocsin/base/result.hpp"
#include "tocsin/county/folder.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/ingest/feed_config.hpp"
#include "tocsin/route/road_graph.hpp"

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace tocsin::app {

/// Keeps other programs from writing into the same county folder; let go when destroyed or when the program dies.
class FolderLock {
  public:
    /// Code::unavailable when another program holds it.
    [[nodiscard]] static base::Result<FolderLock> take(const std::filesystem::path& folder);
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;
    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    ~FolderLock();

  private:
    explicit FolderLock(int fd) : m_fd(fd) {}
    int m_fd{-1};
};

/// The county's network, read when it is first asked for and then kept for all who ask.
class CountyRoads {
  public:
    explicit CountyRoads(county::CountyFolder folder) : m_folder(std::move(folder)) {}
    /// Takes seconds the first time; any thread but the GUI's. Null where there is none, which the log says once.
    [[nodiscard]] std::shared_ptr<const route::RoadGraph> get();

  private:
    county::CountyFolder m_folder;
    std::once_flag m_once;
    std::shared_ptr<const route::RoadGraph> m_roads;
};

/// An opened county folder with its desk running. Everything that a subcommand needs, built in one place.
struct CountySession {
    county::CountyFolder folder;
    county::Config config;
    std::vector<ingest::FeedConfig> feeds; ///< as config.toml has them
    SeatSettings settings; ///< as they were read; the GUI's thread, once there is a window
    std::mutex configSaving; ///< held by whoever changes config.toml, from reading it to having written it
    std::unique_ptr<FolderLock> lock; ///< absent when read-only
    std::shared_ptr<CountyRoads> roads;
    base::SystemClock systemClock;
    const base::Clock* clock{&systemClock}; ///< the desk's: the system's, or a drill's
    std::unique_ptr<base::RandomIdSource> ids;
    std::string readOnlyReason;       ///< why nothing can be changed; empty when it can
    LoadedRules rules;                ///< as they were at the start
    std::unique_ptr<desk::Desk> desk; ///< its thread ends before what it uses
    SeatDesk* seat{nullptr};          ///< `desk`, where the desk itself runs in another program
    std::unique_ptr<RulesKeeper> rulesKeeper; ///< absent where another program writes, or none can
    std::unique_ptr<SeatServer> seats;        ///< last: who sits at this desk; absent until openSeats()

    /// Of this window: its layout, and the calls that are being written down at it. A seat has its own.
    [[nodiscard]] std::filesystem::path windowFile() const;
    [[nodiscard]] std::filesystem::path drafts() const;
};

enum class Wish : unsigned char {
    write,      ///< refuse when nothing can be written
    writeOrRead, ///< open read-only when it cannot be written: another program has it, the disk is full, it is damaged
    writeOrSit   ///< the same, but take a seat at the desk that another program runs on it
};

/// Errors say in a sentence what is wrong with the folder and what to do. Without `clock` the desk runs on the
/// system's; a clock that is given must outlive the session.
[[nodiscard]] base::Result<std::unique_ptr<CountySession>> openCounty(const std::filesystem::path& root, Wish wish,
                                                                      const base::Clock* clock = nullptr);

/// At a seat: the rules that its desk goes by, with the text that stands for them in the files, where that is the same.
/// Reads files; not for the GUI's thread.
[[nodiscard]] LoadedRules rulesAt(const county::CountyFolder& folder, const std::vector<detect::Rule>& inForce);

/// Lets windows in other programs work at this desk, which must be able to write. Where the system cannot, that is said in the log. `pages` says
/// where a task order's own page is found; it is asked from another thread, as long as there are seats.
void openSeats(CountySession& session, std::function<desk::TeamPage(model::AssignmentId)> pages);

/// Of a desk that writes: looks whether ways are closed ahead of those who were sent. The session must outlive it.
[[nodiscard]] std::unique_ptr<WayWatch> watchWays(const CountySession& session);

/// The county's [dispatch] as the desk wants it.
[[nodiscard]] desk::DispatchRules dispatchRules(const county::DispatchWord& word);
/// As the county's words say; a fault where they name what is no alarm of the desk's own.
[[nodiscard]] base::Result<desk::OwnAlarms> ownAlarms(const std::map<std::string, county::OwnAlarmWord>& words);

/// The [[feed]] tables of its config.toml.
[[nodiscard]] base::Result<std::vector<ingest::FeedConfig>> loadFeeds(const county::CountyFolder& folder);
/// Its plans.toml.
[[nodiscard]] base::Result<std::vector<model::Plan>> loadPlans(const county::CountyFolder& folder);

[[nodiscard]] base::Result<std::shared_ptr<const route::RoadGraph>> loadRoads(const county::CountyFolder& folder);

/// $TOCSIN_DATA, else $XDG_DATA_HOME/tocsin, else ~/.local/share/tocsin.
[[nodiscard]] std::filesystem::path defaultDataFolder();
/// $TOCSIN_RESOURCES, else beside the program, else where it was built.
[[nodiscard]] std::filesystem::path resourcesFolder();

} // namespace tocsin::app
