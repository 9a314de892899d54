#pragma once

#include "ingest/feed_lines.hpp"
#include "ingest/http_door.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace tocsin::ingest {

inline constexpr std::size_t mostAtWorkers = 96U << 20U; ///< bytes

/// Waits on the strand for a callback from another thread. Empty if it does not come in time.
template <typename Value, typename Start>
boost::asio::awaitable<std::optional<Value>> HttpDoor::await(Value& dropped, Start& start) {
    struct Slot {
        explicit Slot(const Strand& strand) : wake(strand) {}
        boost::asio::steady_timer wake;
        std::optional<Value> value;
    };
    auto slot = std::make_shared<Slot>(m_strand);
    slot->wake.expires_after(m_shared->options.receiptTimeout);
    std::function<void(Value)> done = postOnce<Value>(m_strand, std::move(dropped), [slot](Value value) {
        slot->value = std::move(value);
        slot->wake.cancel();
    });
    start(std::move(done)); // answers by a post to this strand, so not before the wait below
    boost::system::error_code ignored;
    co_await slot->wake.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    co_return std::move(slot->value);
}

template <typename Value, typename Work>
boost::asio::awaitable<base::Result<Value>> HttpDoor::atWorkers(std::size_t bytes, Work& work) {
    if (m_shared->atWorkers.fetch_add(bytes) + bytes > mostAtWorkers) {
        m_shared->atWorkers.fetch_sub(bytes);
        co_return base::fail(base::Code::unavailable, "the desk is busy");
    }
    // Held until the work is done, even if nobody waits for it any more.
    const std::shared_ptr<void> share(nullptr, [shared = m_shared, bytes](void*) { shared->atWorkers.fetch_sub(bytes); });
    using Boxed = std::shared_ptr<Value>;
    Boxed none;
    auto start = [&](std::function<void(Boxed)> done) {
        boost::asio::post(m_shared->workers, [share, work, done = std::move(done)]() mutable {
            try {
                done(std::make_shared<Value>(work()));
            } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): out of memory: `done` says so when it goes
            }
        });
    };
    auto boxed = co_await await(none, start);
    if (!boxed || !*boxed)
        co_return base::fail(base::Code::unavailable, "the desk is busy");
    co_return std::move(**boxed);
}

} // namespace tocsin::ingest
