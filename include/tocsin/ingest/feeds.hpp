#pragma once

#include "tocsin/base/clock.hpp"

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::ingest {

/// Which way a feed is going, as its lamp shows it.
enum class FeedState : unsigned char {
    off,        ///< not enabled, or stopped
    connecting, ///< not yet, or not any more
    up,
    waiting, ///< failed; tries again
    failed,  ///< will not mend itself: a person must look
};
[[nodiscard]] std::string_view toString(FeedState state);

/// What one feed has done since the desk started, and what of it waits for somebody: what its health lamp shows.
struct FeedStatus {
    std::string name;
    std::uint64_t taken{0};             ///< readings and messages committed, duplicates not counted
    std::uint64_t duplicates{0};        ///< known already
    std::uint64_t quarantined{0};       ///< could not be taken since the start; kept with the reason
    std::uint64_t inQuarantine{0};      ///< not judged yet, from before the start too
    std::uint64_t cutInQuarantine{0};   ///< those of them of which only the head is kept
    std::uint64_t busy{0};              ///< times the desk was full, so that the sender had to wait or come again
    std::uint64_t connections{0};       ///< open now
    std::uint64_t turnedAway{0};        ///< connections over a limit, and pushes that did not prove who sends them
    std::uint64_t bytes{0};             ///< received
    std::optional<base::Time> lastGood; ///< when something was last committed (desk time)
    std::optional<base::Time> lastFault;
    std::string lastFaultReason;
    FeedState state{FeedState::up};
    std::string stateReason;               ///< why it waits or has failed
    std::optional<base::Time> stateSince;
    std::optional<base::Time> lastHeard;   ///< when its source last answered at all
    std::uint64_t backlog{0};              ///< received and not yet committed: messages, lines or pieces
    double perSecond{0};                   ///< taken, over the last ten seconds
    std::string transport;                 ///< "mqtt", "poll"; empty: built in
    std::string address;
};

/// What a feed was sent while somebody listened to it.
struct FeedSample {
    std::string bytes; ///< the first so many; of messages the last one that is whole
    std::string topic; ///< of the message, where the transport has such
    std::size_t pieces{0};
};

/// Counts what a feed does. Thread safe; cheap enough for every batch.
class FeedCounters {
  public:
    FeedCounters(std::string name, const base::Clock& clock) : m_name(std::move(name)), m_clock(clock) {}

    void addTaken(std::uint64_t count);
    void addDuplicates(std::uint64_t count);
    void addQuarantined(std::uint64_t count, std::string_view reason);
    void addBusy() { m_busy.fetch_add(1, std::memory_order_relaxed); }
    void addBytes(std::uint64_t count) { m_bytes.fetch_add(count, std::memory_order_relaxed); }
    /// Counts what came, and shows it to whom it may concern: pieces of a stream, or whole messages (with a topic).
    void received(std::string_view bytes, std::string_view topic = {}) {
        addBytes(bytes.size());
        if (m_sampling.load(std::memory_order_relaxed))
            keepSample(bytes, topic);
    }
    /// Somebody proved not to be whom the feed is for.
    void addRefused(std::string_view reason);
    void connectionOpened() { m_connections.fetch_add(1, std::memory_order_relaxed); }
    void connectionClosed() { m_connections.fetch_sub(1, std::memory_order_relaxed); }
    void addTurnedAway() { m_turnedAway.fetch_add(1, std::memory_order_relaxed); }
    void setState(FeedState state, std::string_view why = {});
    void setBacklog(std::uint64_t count) { m_backlog.store(count, std::memory_order_relaxed); }
    void heard();
    void describe(std::string_view transport, std::string_view address);

    /// From now on a copy of what comes is kept, up to so many bytes; what was kept before goes.
    void beginSample(std::size_t mostBytes);
    [[nodiscard]] FeedSample sample() const;
    void endSample();

    [[nodiscard]] FeedStatus status() const;
    [[nodiscard]] base::Time now() const { return m_clock.now(); }

  private:
    void keepSample(std::string_view bytes, std::string_view topic);

    const std::string m_name;
    const base::Clock& m_clock;
    std::atomic<bool> m_sampling{false};
    std::atomic<std::uint64_t> m_taken{0};
    std::atomic<std::uint64_t> m_duplicates{0};
    std::atomic<std::uint64_t> m_quarantined{0};
    std::atomic<std::uint64_t> m_busy{0};
    std::atomic<std::uint64_t> m_connections{0};
    std::atomic<std::uint64_t> m_turnedAway{0};
    std::atomic<std::uint64_t> m_bytes{0};
    mutable std::mutex m_mutex; ///< guards the members below
    std::optional<base::Time> m_lastGood;
    std::optional<base::Time> m_lastFault;
    std::string m_lastFaultReason;
    FeedState m_state{FeedState::up};
    std::string m_stateReason;
    std::optional<base::Time> m_stateSince;
    std::optional<base::Time> m_lastHeard;
    std::string m_transport;
    std::string m_address;
    FeedSample m_sample;
    std::size_t m_sampleBytes{0};
    std::atomic<std::uint64_t> m_backlog{0};
    /// Taken in each of the last seconds, by the second's number: a ring.
    struct Second {
        std::int64_t second{0};
        std::uint64_t taken{0};
    };
    std::array<Second, 12> m_seconds{};
};

/// All feeds of a desk by name. Thread safe. The clock must outlive it, and it must outlive the servers.
class FeedBoard {
  public:
    explicit FeedBoard(const base::Clock& clock) : m_clock(clock) {}

    /// The counters of a feed, made at the first call; valid as long as the board.
    [[nodiscard]] FeedCounters& feed(std::string_view name);
    /// What of a feed stands in quarantine now, of which `cut` not whole.
    void setInQuarantine(const std::string& feed, std::uint64_t open, std::uint64_t cut);
    /// Every feed that was ever asked for, by name, and those that are no more but of which something stands in quarantine.
    [[nodiscard]] std::vector<FeedStatus> all() const;

  private:
    struct Aside {
        std::uint64_t open{0};
        std::uint64_t cut{0};
    };
    const base::Clock& m_clock;
    mutable std::mutex m_mutex;
    std::map<std::string, std::unique_ptr<FeedCounters>, std::less<>> m_feeds;
    std::map<std::string, Aside> m_aside; ///< in quarantine
};

} // namespace tocsin::ingest
