#pragma once

#include "tocsin/desk/desk.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <vector>

namespace tocsin::desk {

/// What waits for the desk's thread. Commands and readings stand in two lanes, so that a person never waits behind a
/// flood of readings; each lane is bounded. Thread safe.
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

    static constexpr std::size_t mostCommands = 4'096;
    static constexpr std::size_t mostReadings = 400'000;      ///< waiting, over all batches
    static constexpr std::size_t mostReadingsAtOnce = 20'000; ///< in one commit
    static constexpr std::size_t mostCommandsAtOnce = 512;
    static constexpr std::size_t mostQuarantineBytes = 64U << 20U;

    /// False, and the item is left as it was, when the lane is full or the desk is ending.
    [[nodiscard]] bool offer(CommandItem& item) {
        const std::lock_guard lock(m_mutex);
        if (m_closed || m_commands.size() >= mostCommands)
            return false;
        m_commands.push_back(std::move(item));
        m_filled.notify_one();
        return true;
    }
    [[nodiscard]] bool offer(ReadingsItem& item) {
        const std::lock_guard lock(m_mutex);
        const auto size = item.input.readings.size() + item.input.faults.size();
        if (m_closed || (m_readingsWaiting > 0 && m_readingsWaiting + size > mostReadings))
            return false;
        m_readingsWaiting += size;
        m_readings.push_back(std::move(item));
        m_filled.notify_one();
        return true;
    }
    [[nodiscard]] bool offer(QuarantineItem& item) {
        const std::lock_guard lock(m_mutex);
        const auto size = item.item.bytes.size();
        if (m_closed || (m_quarantineBytes > 0 && m_quarantineBytes + size > mostQuarantineBytes))
            return false;
        m_quarantineBytes += size;
        m_quarantine.push_back(std::move(item));
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
            return m_closed || !m_commands.empty() || !m_readings.empty() || !m_quarantine.empty() || !m_tasks.empty();
        });
        Batch batch;
        batch.tasks.assign(std::make_move_iterator(m_tasks.begin()), std::make_move_iterator(m_tasks.end()));
        m_tasks.clear();
        while (!m_commands.empty() && batch.commands.size() < mostCommandsAtOnce) {
            batch.commands.push_back(std::move(m_commands.front()));
            m_commands.pop_front();
        }
        std::size_t taken = 0;
        while (!m_readings.empty() && taken < mostReadingsAtOnce) {
            taken += m_readings.front().input.readings.size() + m_readings.front().input.faults.size();
            batch.readings.push_back(std::move(m_readings.front()));
            m_readings.pop_front();
        }
        m_readingsWaiting -= taken;
        for (auto& item : m_quarantine)
            batch.quarantine.push_back(std::move(item));
        m_quarantine.clear();
        m_quarantineBytes = 0;
        batch.closed = m_closed;
        return batch;
    }

    [[nodiscard]] std::size_t size() const {
        const std::lock_guard lock(m_mutex);
        return m_commands.size() + m_readingsWaiting + m_quarantine.size();
    }

  private:
    mutable std::mutex m_mutex;
    std::condition_variable m_filled;
    std::deque<CommandItem> m_commands;
    std::deque<ReadingsItem> m_readings;
    std::deque<QuarantineItem> m_quarantine;
    std::deque<std::function<void()>> m_tasks;
    std::size_t m_readingsWaiting{0};
    std::size_t m_quarantineBytes{0};
    bool m_closed{false};
};

} // namespace tocsin::desk
