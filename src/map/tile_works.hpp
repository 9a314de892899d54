#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/map/tile_source.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace tocsin::map {

struct TileJob {
    TileVariant variant;
    TileKey key;
    friend auto operator<=>(const TileJob&, const TileJob&) = default;
};

/// What is made in one go: one tile, or the block of tiles around it.
using TileGroup = std::tuple<TileVariant, int, int, int>;

/// The group of a tile that is made by itself.
[[nodiscard]] inline TileGroup alone(const TileJob& job) {
    return {job.variant, job.key.zoom, job.key.x, job.key.y};
}

/// What came of a job.
struct TileOutcome {
    std::vector<std::pair<TileKey, std::shared_ptr<const TileImage>>> tiles;
    bool standIn{false}; ///< not the real ones: they are made again and sent again once they can be
    bool wait{false};    ///< nothing more can be done until release() names the group
    std::optional<std::chrono::milliseconds> againIn; ///< nothing more can be done before that
    std::optional<base::Error> error;
    bool fatal{false};                ///< the error concerns all tiles: nothing is made until reload()
    std::string note;                 ///< for the status while tiles are made all the same
    std::function<void()> afterwards; ///< runs on some worker, once nothing is wanted more urgently
};

/// Makes tiles on one thread.
class TileMaker {
  public:
    virtual ~TileMaker() = default;
    /// `view`: what the client that waits for it sees; it may be given the part of the tile there, as a stand-in.
    [[nodiscard]] virtual TileOutcome make(const TileJob& job, const std::optional<WorldBox>& view) = 0;
};

/// What every source of tiles needs: its clients and what they want, threads that make it, pauses that grow when
/// something fails, the status. Thread safe. The owner calls stop() before anything that its makers use goes away.
class TileWorks {
  public:
    struct Plan {
        unsigned threads{2};
        std::function<TileGroup(const TileJob&)> groupOf;
        std::function<std::unique_ptr<TileMaker>()> makeMaker; ///< on the thread that will use it, after each reload
        std::chrono::milliseconds firstPause{500};             ///< after a tile that failed; doubles up to a minute
    };
    TileWorks() = default;
    ~TileWorks() { stop(); }
    TileWorks(const TileWorks&) = delete;
    TileWorks& operator=(const TileWorks&) = delete;

    void start(Plan plan);
    /// Ends the threads; what is being made is dropped, what was to be done afterwards is done.
    void stop();

    [[nodiscard]] std::unique_ptr<TileClient> connect(TileSource::TileReady ready, TileSource::StatusChanged status);
    [[nodiscard]] MapStatus status() const;
    void setStatus(MapStatus status);
    /// A sentence beside `ready` that comes from elsewhere than a maker; empty: nothing is wrong.
    void setTrouble(std::string trouble);
    /// Makers are made anew; failures and pauses are forgotten; what waits is tried again.
    void restart(MapStatus status);
    /// A group that waits can go on.
    void release(const TileGroup& group);

  private:
    class Client;
    using SteadyClock = std::chrono::steady_clock;
    struct Pause {
        int failures{0};
        SteadyClock::time_point until;
        std::string why;
    };

    void work();
    void want(Client& client, const TileVariant& variant, const std::vector<TileKey>& tiles,
              const std::optional<WorldBox>& view);
    void leave(Client& client);
    struct Task {
        TileJob job;
        std::optional<WorldBox> view;
    };
    /// The next job, or the time at which a pause ends.
    std::optional<Task> takeJob(std::optional<SteadyClock::time_point>& pauseEnds);
    void doLater(std::unique_lock<std::mutex>& lock);
    void settle(std::unique_lock<std::mutex>& lock, const Task& task, const TileGroup& group, TileOutcome& outcome);
    void deliver(std::unique_lock<std::mutex>& lock, const TileJob& done, const std::shared_ptr<const TileImage>& image,
                 bool standIn, const std::optional<WorldBox>& view);
    void changeStatus(std::unique_lock<std::mutex>& lock, MapStatus status);
    [[nodiscard]] MapStatus readyStatus() const;
    template <typename Call>
    void callEach(std::unique_lock<std::mutex>& lock, const std::vector<Client*>& clients, const Call& call);

    Plan m_plan;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_left;
    MapStatus m_status;
    std::string m_note;
    std::string m_trouble;
    std::vector<Client*> m_clients;
    std::set<TileGroup> m_running;
    std::set<TileGroup> m_waiting;
    std::set<TileGroup> m_released; ///< released while they ran
    std::map<TileGroup, Pause> m_pauses;
    std::deque<std::function<void()>> m_later;
    std::uint64_t m_generation{0};
    bool m_ending{false};
    std::vector<std::thread> m_threads;
};

} // namespace tocsin::map
