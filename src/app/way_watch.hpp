#pragma once

#include "tocsin/base/subscription.hpp"
#include "tocsin/desk/desk.hpp"
#include "tocsin/dispatch/weights.hpp"
#include "tocsin/route/road_graph.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tocsin::app {

/// Looks whether the way of a team that has its order is closed ahead of it, by what is drawn and by what the team can ford and weighs,
/// and has the desk write down so, with when it would be there by another way (RecordBlockedWay): the alarm follows from that. Looks when
/// closures, assignments, incidents or places of teams are others, and every few seconds, on a thread of its own.
class WayWatch {
  public:
    struct Parts {
        dispatch::Weights weights;
        std::vector<route::Profile> profiles;
        /// Asked only once a way is closed, on the watch's thread; null where there are none.
        std::function<std::shared_ptr<const route::RoadGraph>()> roads;
    };
    /// The desk must outlive it, and write.
    WayWatch(desk::Desk& desk, Parts parts);
    ~WayWatch();
    WayWatch(const WayWatch&) = delete;
    WayWatch& operator=(const WayWatch&) = delete;

    /// Looks now, at all that the desk has told. Waits for the desk; not for the GUI's thread, nor the desk's.
    void look();

  private:
    /// When the other way was reckoned, and of what.
    struct Reckoned {
        std::uint64_t closures{0};
        model::AssignmentState state{};
        base::Time at;
    };
    void note(const desk::Delta& delta);
    void run();
    void takeNews();
    [[nodiscard]] std::optional<desk::RecordBlockedWay> judge(const model::Assignment& one, base::Time now);

    desk::Desk& m_desk;
    const Parts m_parts;

    std::mutex m_lookMutex; ///< for all that follows up to the blank line
    model::State m_facts;   ///< the desk, its incidents, resources, assignments and drawings
    std::uint64_t m_closures{0}; ///< grows with each change of what is drawn or of where an incident lies
    std::map<model::AssignmentId, Reckoned> m_reckoned;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::optional<model::State> m_first; ///< guarded by m_mutex, as all here
    std::vector<model::Changed> m_news;
    bool m_urgent{false};
    bool m_ending{false};
    std::thread m_thread;
    base::Subscription m_subscription; ///< last: ends first
};

} // namespace tocsin::app
