#pragma once

#include "desk/fair_lane.hpp"
#include "tocsin/desk/desk.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace tocsin::desk {

/// What waits for the desk's thread, in four lanes, each bounded: people's commands (and the desk's own), what feeds
/// bring singly, readings, and what goes to quarantine. They are taken in this order, and within the latter three each
/// feed has its fair share, so that nobody waits behind a flood that is not his own. Thread safe.
class Inbox {
  public:
    struct CommandItem {
        Command command;
        Desk::Answer answer;
    };
    struct ReadingsItem {
        ReadingsInput input;
        std::function<void(base::Result<ReadingsDone>)> answer;
    };
    struct QuarantineItem {
        store::QuarantineItem item;
        std::function<void(base::Result<std::int64_t>)> answer;
    };
    struct Batch {
        std::vector<CommandItem> commands;
        std::vector<ReadingsItem> readings;
        std::vector<QuarantineItem> quarantine;
        std::vector<std::function<void()>> tasks; ///< subscriptions and snapshots
        bool closed{false};
        [[nodiscard]] bool empty() const {
            return commands.empty() && readings.empty() && quarantine.empty() && tasks.empty();
        }
    };

    static constexpr std::size_t mostCommands = 4'096; ///< of people, and again as many of feeds
    static constexpr std::size_t mostCommandsOfOne = 2'048;
    static constexpr std::size_t mostReadings = 800'000; ///< waiting, over all feeds
    static constexpr std::size_t mostReadingsOfOne = 400'000;
    static constexpr std::size_t mostReadingsAtOnce = 20'000; ///< in one commit
    static constexpr std::size_t mostReadingsBesides = 5'000; ///< in one commit with commands, which shall not wait long
    static constexpr std::size_t mostCommandsAtOnce = 512;
    static constexpr std::size_t mostQuarantineBytes = 64U << 20U; ///< waiting, over all feeds
    static constexpr std::size_t mostQuarantineBytesOfOne = 32U << 20U;
    static constexpr std::size_t mostQuarantineBytesAtOnce = 8U << 20U; ///< in one commit
    static constexpr std::size_t quarantineOverhead = 512;              ///< of an item beside its bytes

    /// False, and the item is left as it was, when the lane is full or the desk is ending.
    [[nodiscard]] bool offer(CommandItem& item) {
        const std::lock_guard lock(m_mutex);
        if (m_closed)
            return false;
        if (const auto& actor = item.command.actor; actor.starts_with("feed:")) {
            const std::string feed = actor;
            if (!m_feedCommands.offer(feed, 1, item))
                return false;
        } else if (m_commands.size() >= mostCommands) {
            return false;
        } else {
            m_commands.push_back(std::move(item));
        }
        m_filled.notify_one();
        return true;
    }
    [[nodiscard]] bool offer(ReadingsItem& item) {
        const std::lock_guard lock(m_mutex);
        const std::string feed = item.input.feed;
        if (m_closed || !m_readings.offer(feed, item.input.rows.rows.size() + item.input.faults.size() + 1, item))
            return false;
        m_filled.notify_one();
        return true;
    }
    [[nodiscard]] bool hasRoom(const std::string& feed) const {
        const std::lock_guard lock(m_mutex);
        return m_readings.hasRoom(feed);
    }
    [[nodiscard]] bool offer(QuarantineItem& item) {
        const std::lock_guard lock(m_mutex);
        const std::string feed = item.item.feed;
        if (m_closed || !m_quarantine.offer(feed, item.item.bytes.size() + quarantineOverhead, item))
            return false;
        m_filled.notify_one();
        return true;
    }
    void task(std::function<void()> run) {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(run));
        m_filled.notify_one();
    }
    void close() {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_filled.notify_one();
    }

    /// Waits for work, at most `patience`; an empty batch means that nothing came.
    [[nodiscard]] Batch take(std::chrono::milliseconds patience) {
        std::unique_lock lock(m_mutex);
        m_filled.wait_for(lock, patience, [&] {
            return m_closed || !m_commands.empty() || !m_feedCommands.empty() || !m_readings.empty() ||
                   !m_quarantine.empty() || !m_tasks.empty();
        });
        Batch batch;
        batch.tasks.assign(std::make_move_iterator(m_tasks.begin()), std::make_move_iterator(m_tasks.end()));
        m_tasks.clear();
        while (!m_commands.empty() && batch.commands.size() < mostCommandsAtOnce) {
            batch.commands.push_back(std::move(m_commands.front()));
            m_commands.pop_front();
        }
        m_feedCommands.take(mostCommandsAtOnce - batch.commands.size(), batch.commands);
        m_readings.take(batch.commands.empty() ? mostReadingsAtOnce : mostReadingsBesides, batch.readings);
        m_quarantine.take(mostQuarantineBytesAtOnce, batch.quarantine);
        batch.closed = m_closed;
        return batch;
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_commands.size() + m_feedCommands.weight() + m_readings.weight() + m_quarantine.items();
    }

  private:
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<CommandItem> m_commands;
    FairLane<CommandItem> m_feedCommands{mostCommands, mostCommandsOfOne};
    FairLane<ReadingsItem> m_readings{mostReadings, mostReadingsOfOne};
    FairLane<QuarantineItem> m_quarantine{mostQuarantineBytes, mostQuarantineBytesOfOne};
    std::deque<std::function<void()>> m_tasks;
    bool m_closed{false};
};

} // namespace tocsin::desk
