#include "app/taking_again.hpp"

#include "app/desk_sink.hpp"
#include "tocsin/ingest/kept.hpp"

#include <chrono>
#include <future>
#include <memory>

namespace tocsin::app {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t progressEach = 25;

/// Until the topic had a place of its own it stood before the reason.
std::string topicOf(const store::QuarantineItem& item) {
    constexpr std::string_view before = "topic \"";
    constexpr std::size_t mostQuoted = 120;
    const std::string_view reason = item.error.message;
    if (!item.topic.empty() || !reason.starts_with(before))
        return item.topic;
    const auto end = reason.find("\": ", before.size());
    if (end == std::string_view::npos || end - before.size() >= mostQuoted) // it may have been clipped
        return {};
    return std::string(reason.substr(before.size(), end - before.size()));
}

/// A line that is none is told with its place, a reading that the desk refused is not: so the two were told apart before
/// the latter had a word of their own.
bool isRefusedReading(const store::QuarantineItem& item) {
    const auto& place = item.error.place;
    return item.format == desk::refusedReadings ||
           (item.format == toString(ingest::Format::readingsNdjson) && !place.line && !place.byte);
}

/// 0 where that cannot be told.
std::int64_t timesSeen(const store::Store& store, std::int64_t item) {
    const auto kept = store.quarantineItem(item, 0);
    return kept ? kept->seen : 0;
}

} // namespace

base::Result<ingest::Decoded> decodeAgain(const store::QuarantineItem& item, const ingest::FeedConfig& feed) {
    if (!item.isWhole())
        return fail(Code::refused, "only " + std::to_string(item.kept) + " of its " + std::to_string(item.size) +
                                       " bytes are kept: it cannot be taken again");
    if (isRefusedReading(item)) {
        // Only of a unit does the desk say that it is malformed.
        auto decoded = ingest::decodeRefusedReadings(item.bytes, feed, item.error.code == Code::malformed);
        if ((decoded && decoded->faults.empty()) || item.format == desk::refusedReadings)
            return decoded;
    } else if (item.format.starts_with("desk/") || item.format == "position") {
        return messageFrom(item.format, item.bytes).map([](ingest::Message message) {
            ingest::Decoded decoded;
            decoded.messages.push_back(std::move(message));
            return decoded;
        });
    }
    const auto topic = topicOf(item);
    return ingest::decodeKept({item.bytes, ingest::formatFrom(item.format).value_or(ingest::Format::unknown), topic,
                               item.received.value_or(item.time)},
                              feed);
}

base::Result<ingest::Delivered> TakingAgain::deliver(store::Store& store, std::int64_t item,
                                                     const ingest::FeedConfig* known) {
    auto kept = store.quarantineItem(item);
    if (!kept)
        return tl::unexpected(kept.error());
    if (kept->state != store::QuarantineState::open)
        return fail(Code::conflict, "it was judged already, by " + kept->judgedBy);
    base::Result<ingest::FeedConfig> feed =
        known != nullptr ? base::Result<ingest::FeedConfig>(*known) : m_parts.feed(kept->feed);
    if (!feed)
        return tl::unexpected(feed.error());
    auto decoded = decodeAgain(*kept, *feed);
    if (!decoded)
        return tl::unexpected(decoded.error());
    const auto promise = std::make_shared<std::promise<ingest::Delivered>>();
    auto future = promise->get_future();
    m_parts.deliver(kept->feed, std::move(*decoded),
                    [promise](ingest::Delivered done) { promise->set_value(std::move(done)); });
    while (future.wait_for(std::chrono::milliseconds(100)) != std::future_status::ready) {
        if (m_parts.ending.stop_requested()) // on a full disk the answer may never come
            return fail(Code::unavailable, "the desk is closing");
    }
    auto delivered = future.get();
    if (delivered.undone)
        return tl::unexpected(std::move(*delivered.undone));
    return delivered;
}

/// But not what came back to the very place where it stands: judged, it would be lost.
base::Result<void> TakingAgain::judge(const store::Store& store, const std::vector<Tried>& tried) {
    std::vector<std::int64_t> items;
    for (const auto& [item, seen] : tried)
        if (timesSeen(store, item) == seen)
            items.push_back(item);
    if (items.empty())
        return {};
    desk::JudgeQuarantine judged{items.front(), store::QuarantineState::taken, {items.begin() + 1, items.end()}};
    auto& desk = m_parts.desk;
    return desk.submit(desk::Command{desk.newCommandId(), "desk", std::move(judged)}).get().map([](const auto&) {});
}

base::Result<ingest::Delivered> TakingAgain::one(std::int64_t item) {
    auto store = store::Store::open(m_parts.database, store::Access::readOnly);
    if (!store)
        return tl::unexpected(store.error());
    const auto seen = timesSeen(**store, item);
    auto delivered = deliver(**store, item, nullptr);
    if (!delivered)
        return delivered;
    // Each part is now stored, known, or in quarantine anew with today's reason: this one is done.
    if (auto ok = judge(**store, {{item, seen}}); !ok)
        return tl::unexpected(ok.error());
    return delivered;
}

gui::FeedsDesk::TakenAgain TakingAgain::alike(std::int64_t item, const std::stop_token& stop,
                                              const std::function<void(const gui::FeedsDesk::TakenAgain&)>& progress) {
    gui::FeedsDesk::TakenAgain done;
    auto store = store::Store::open(m_parts.database, store::Access::readOnly);
    std::vector<Tried> taken;
    const auto settle = [&] {
        if (taken.empty())
            return;
        if (auto ok = judge(**store, taken); !ok)
            done.failed = ok.error();
        taken.clear();
    };
    const auto work = [&]() -> base::Result<void> {
        if (!store)
            return tl::unexpected(store.error());
        const auto ids = (*store)->quarantineAlike(item);
        if (!ids)
            return tl::unexpected(ids.error());
        const auto first = (*store)->quarantineItem(item, 0);
        if (!first)
            return tl::unexpected(first.error());
        const auto feed = m_parts.feed(first->feed);
        if (!feed)
            return tl::unexpected(feed.error());
        done.all = ids->size();
        progress(done);
        for (const auto id : *ids) {
            if (stop.stop_requested() || done.failed)
                break;
            const auto seen = timesSeen(**store, id);
            const auto delivered = deliver(**store, id, &*feed);
            ++done.tried;
            if (delivered) {
                done.taken += delivered->stored + delivered->duplicates > 0 || delivered->quarantined == 0 ? 1 : 0;
                done.refused += delivered->quarantined > 0 && delivered->stored + delivered->duplicates == 0 ? 1 : 0;
                if (done.reason.empty())
                    done.reason = delivered->reason;
                taken.push_back({id, seen});
            } else if (delivered.error().code == Code::unavailable || delivered.error().code == Code::storage) {
                return tl::unexpected(delivered.error()); // it would be the same for all that follow
            } else {
                ++done.refused;
                if (done.reason.empty())
                    done.reason = delivered.error().describe();
            }
            if (taken.size() == desk::mostJudgedAtOnce)
                settle();
            if (done.tried % progressEach == 0)
                progress(done);
        }
        return {};
    };
    if (auto ok = work(); !ok)
        done.failed = ok.error();
    const auto failed = done.failed;
    settle(); // what was delivered is done, whatever came after it
    if (failed)
        done.failed = failed;
    done.over = true;
    progress(done);
    return done;
}

} // namespace tocsin::app
