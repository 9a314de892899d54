#pragma once

#include "desk/fair_lane.hpp"
#include "tocsin/desk/desk.hpp"

#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tocsin::desk {

/// Positions that wait for the desk's thread: a lane of their own beside the inbox's, bounded, in which each feed has its
/// fair share. Thread safe.
class PositionsLane {
  public:
    struct Item {
        PositionsInput input;
        std::function<void(base::Result<ReadingsDone>)> answer;
    };
    static constexpr std::size_t mostWaiting = 100'000; ///< over all feeds
    static constexpr std::size_t mostOfOne = 50'000;
    static constexpr std::size_t mostAtOnce = 10'000; ///< in one commit

    /// False, and the item is left as it was, when its feed's part or the lane is full. `first`: nothing waited before.
    [[nodiscard]] bool offer(Item& item, bool& first) {
        const std::lock_guard lock(m_mutex);
        const std::string feed = item.input.feed;
        first = m_lane.empty();
        return m_lane.offer(feed, item.input.positions.size() + 1, item);
    }
    [[nodiscard]] std::vector<Item> take() {
        const std::lock_guard lock(m_mutex);
        std::vector<Item> out;
        m_lane.take(mostAtOnce, out);
        return out;
    }
    [[nodiscard]] bool empty() const {
        const std::lock_guard lock(m_mutex);
        return m_lane.empty();
    }
    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_lane.weight();
    }

  private:
    mutable std::mutex m_mutex;
    FairLane<Item> m_lane{mostWaiting, mostOfOne};
};

} // namespace tocsin::desk
