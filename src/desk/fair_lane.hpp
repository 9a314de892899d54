#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::desk {

/// Queues of several feeds, each bounded, from which all are served in turn by the weight of what they hold (deficit
/// round robin): who floods waits for itself. A feed that has nothing waiting always finds room. Not thread safe.
template <typename Item>
class FairLane {
  public:
    FairLane(std::size_t most, std::size_t mostOfOne) : m_most(most), m_mostOfOne(mostOfOne) {}

    /// False, and the item is left as it was, when the feed's queue or the lane is full.
    [[nodiscard]] bool offer(const std::string& feed, std::size_t weight, Item& item) {
        const auto found = m_queues.find(feed);
        if (found == m_queues.end() ? m_queues.size() >= mostFeeds
                                    : found->second.weight + weight > m_mostOfOne || m_weight + weight > m_most)
            return false;
        auto& queue = found == m_queues.end() ? m_queues[feed] : found->second;
        if (found == m_queues.end())
            m_round.push_back(feed);
        queue.items.push_back({std::move(item), weight});
        queue.weight += weight;
        m_weight += weight;
        ++m_items;
        return true;
    }

    [[nodiscard]] bool hasRoom(const std::string& feed) const {
        const auto found = m_queues.find(feed);
        return found == m_queues.end() || (found->second.weight < m_mostOfOne && m_weight < m_most);
    }

    /// Up to `most` in weight (more only by one item), each feed's in their order.
    void take(std::size_t most, std::vector<Item>& out) {
        std::size_t taken = 0;
        while (!m_round.empty() && taken < most) {
            auto& queue = m_queues[m_round.front()];
            queue.credit += std::max<std::size_t>(1, most / m_round.size());
            while (!queue.items.empty() && queue.items.front().weight <= queue.credit && taken < most) {
                auto& first = queue.items.front();
                taken += first.weight;
                queue.credit -= first.weight;
                queue.weight -= first.weight;
                out.push_back(std::move(first.item));
                queue.items.pop_front();
                --m_items;
            }
            if (queue.items.empty())
                m_queues.erase(m_round.front());
            else
                m_round.push_back(m_round.front());
            m_round.pop_front();
        }
        m_weight -= taken;
    }

    [[nodiscard]] bool empty() const { return m_round.empty(); }
    [[nodiscard]] std::size_t weight() const { return m_weight; }
    [[nodiscard]] std::size_t items() const { return m_items; }

  private:
    struct Weighed {
        Item item;
        std::size_t weight;
    };
    struct Queue {
        std::deque<Weighed> items;
        std::size_t weight{0};
        std::size_t credit{0};
    };
    static constexpr std::size_t mostFeeds = 10'000;

    const std::size_t m_most;
    const std::size_t m_mostOfOne;
    std::unordered_map<std::string, Queue> m_queues; ///< only of feeds that have something waiting
    std::deque<std::string> m_round;
    std::size_t m_weight{0};
    std::size_t m_items{0};
};

} // namespace tocsin::desk
