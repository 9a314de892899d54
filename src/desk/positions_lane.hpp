#pragma once

#include "tocsin/desk/desk.hpp"

#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace tocsin::desk {

/// Positions that wait for the desk's thread: a lane of their own beside the inbox's, bounded. Thread safe.
class PositionsLane {
  public:
    struct Item {
        PositionsInput input;
        std::function<void(base::Result<ReadingsDone>)> answer;
    };
    static constexpr std::size_t mostWaiting = 100'000;
    static constexpr std::size_t mostAtOnce = 10'000; ///< in one commit

    /// False, and the item is left as it was, when the lane is full. `first`: nothing waited before.
    [[nodiscard]] bool offer(Item& item, bool& first) {
        const std::lock_guard lock(m_mutex);
        const auto size = item.input.positions.size();
        if (m_waiting > 0 && m_waiting + size > mostWaiting)
            return false;
        first = m_items.empty();
        m_waiting += size;
        m_items.push_back(std::move(item));
        return true;
    }
    [[nodiscard]] std::vector<Item> take() {
        const std::lock_guard lock(m_mutex);
        std::vector<Item> out;
        for (std::size_t taken = 0; !m_items.empty() && taken < mostAtOnce;) {
            taken += m_items.front().input.positions.size();
            out.push_back(std::move(m_items.front()));
            m_items.pop_front();
        }
        for (const auto& item : out)
            m_waiting -= item.input.positions.size();
        return out;
    }
    [[nodiscard]] bool empty() const {
        const std::lock_guard lock(m_mutex);
        return m_items.empty();
    }
    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_waiting;
    }

  private:
    mutable std::mutex m_mutex;
    std::deque<Item> m_items;
    std::size_t m_waiting{0};
};

} // namespace tocsin::desk
