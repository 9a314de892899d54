#include "desk/desk_thread.hpp"

#include "tocsin/base/log.hpp"


// What could not be taken, and what becomes of it: beside the journal, in its transaction.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

constexpr auto givesBackEach = std::chrono::hours(1);
constexpr std::size_t mostGivenBack = 100; ///< at once: nobody shall wait for it

} // namespace

void DeskThread::quarantine(store::QuarantineItem item, std::function<void(base::Result<std::int64_t>)> answer) {
    if (const auto why = closed()) {
        answer(tl::unexpected(*why));
        return;
    }
    Inbox::QuarantineItem queued{std::move(item), std::move(answer)};
    if (!m_inbox.offer(queued))
        queued.answer(fail(Code::unavailable, "the desk is busy: try again"));
}

base::Result<std::int64_t> DeskThread::putAside(const store::QuarantineItem& item, Turn& turn) {
    auto id = open(turn).and_then([&] { return m_parts.store->quarantine(item, m_parts.quarantine); });
    if (id) {
        ++turn.delta->quarantined;
        ++turn.delta->quarantinedByFeed[item.feed];
    }
    return id;
}

base::Result<void> DeskThread::takeAside(Inbox::Batch& batch, Turn& turn) {
    for (auto& item : batch.quarantine) {
        item.item.time = m_parts.clock.now();
        const auto id = putAside(item.item, turn);
        if (!id)
            return tl::unexpected(id.error());
        turn.quarantine.push_back(*id);
    }
    return {};
}

base::Result<void> DeskThread::judgeAside(const JudgeQuarantine& judged, const std::string& actor, Turn& turn) {
    turn.judged = true;
    const auto judge = [&](std::int64_t item) {
        return m_parts.store->judgeQuarantine(item, judged.state, actor, m_parts.clock.now());
    };
    auto ok = judge(judged.item);
    for (auto at = judged.others.begin(); ok && at != judged.others.end(); ++at)
        ok = judge(*at);
    return ok;
}

/// How much of each feed stands there now, where that changed in this turn: told with its commit.
base::Result<void> DeskThread::countAside(Turn& turn) {
    if (turn.delta->quarantined == 0 && !turn.judged)
        return {};
    auto tallies = m_parts.store->quarantineTallies();
    if (!tallies)
        return tl::unexpected(tallies.error());
    for (const auto& [feed, before] : m_aside) {
        if (!tallies->contains(feed))
            turn.delta->quarantine[feed] = {};
    }
    for (const auto& [feed, now] : *tallies) {
        if (const auto before = m_aside.find(feed); before == m_aside.end() || before->second != now)
            turn.delta->quarantine[feed] = now;
    }
    turn.aside = std::move(*tallies);
    return {};
}

/// The bytes of what was judged long ago, while nobody waits for the desk.
void DeskThread::giveBack() {
    const auto now = m_parts.clock.now();
    if (closed() || (now < m_giveBackDue && m_giveBackDue <= now + givesBackEach)) // else the clock was set
        return;
    m_giveBackDue = now + givesBackEach;
    const auto given = m_parts.store->giveBackQuarantine(now - m_parts.quarantine.judgedFor, mostGivenBack);
    if (!given)
        base::log::warn("bytes in quarantine could not be given back: {}", given.error().message);
    else if (*given > 0)
        m_giveBackDue = now; // there is more
}

} // namespace tocsin::desk
