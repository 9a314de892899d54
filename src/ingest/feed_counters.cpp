#include "tocsin/ingest/feeds.hpp"

#include "tocsin/ingest/sink.hpp"

#include <algorithm>

namespace tocsin::ingest {

std::string_view toString(Outcome outcome) {
    switch (outcome) {
    case Outcome::stored:
        return "stored";
    case Outcome::duplicate:
        return "duplicate";
    case Outcome::quarantined:
        return "quarantined";
    case Outcome::refused:
        return "refused";
    case Outcome::busy:
        return "busy";
    }
    return "refused";
}

std::string_view toString(FeedState state) {
    switch (state) {
    case FeedState::off:
        return "off";
    case FeedState::connecting:
        return "connecting";
    case FeedState::up:
        return "up";
    case FeedState::waiting:
        return "waiting";
    case FeedState::failed:
        return "failed";
    }
    return "off";
}

void FeedCounters::addTaken(std::uint64_t count) {
    if (count == 0)
        return;
    m_taken.fetch_add(count, std::memory_order_relaxed);
    const auto now = m_clock.now();
    const auto second = base::toUnixMicros(now) / 1'000'000;
    const std::lock_guard lock(m_mutex);
    m_lastGood = now;
    auto& slot = m_seconds[static_cast<std::size_t>(second % static_cast<std::int64_t>(m_seconds.size()))];
    if (slot.second != second)
        slot = {second, 0};
    slot.taken += count;
}

void FeedCounters::setState(FeedState state, std::string_view why) {
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    if (m_state != state || !m_stateSince)
        m_stateSince = now;
    m_state = state;
    m_stateReason = why.substr(0, 500);
}

void FeedCounters::heard() {
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_lastHeard = now;
}

void FeedCounters::describe(std::string_view transport, std::string_view address) {
    const std::lock_guard lock(m_mutex);
    m_transport = transport;
    m_address = address;
}

void FeedCounters::addDuplicates(std::uint64_t count) {
    if (count == 0)
        return;
    m_duplicates.fetch_add(count, std::memory_order_relaxed);
    // What is sent again is a living feed too.
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_lastGood = now;
}

void FeedCounters::addQuarantined(std::uint64_t count, std::string_view reason) {
    if (count == 0)
        return;
    m_quarantined.fetch_add(count, std::memory_order_relaxed);
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_lastFault = now;
    m_lastFaultReason = reason.substr(0, 500);
}

void FeedCounters::addRefused(std::string_view reason) {
    addTurnedAway();
    const auto now = m_clock.now();
    const std::lock_guard lock(m_mutex);
    m_lastFault = now;
    m_lastFaultReason = reason.substr(0, 500);
}

void FeedCounters::beginSample(std::size_t mostBytes) {
    const std::lock_guard lock(m_mutex);
    m_sample = {};
    m_sampleBytes = mostBytes;
    m_sampling = true;
}

FeedSample FeedCounters::sample() const {
    const std::lock_guard lock(m_mutex);
    return m_sample;
}

void FeedCounters::endSample() {
    const std::lock_guard lock(m_mutex);
    m_sampling = false;
    m_sample = {};
}

void FeedCounters::keepSample(std::string_view bytes, std::string_view topic) {
    const std::lock_guard lock(m_mutex);
    if (!m_sampling)
        return;
    ++m_sample.pieces;
    if (!topic.empty()) { // messages are each for themselves
        m_sample.topic = topic;
        m_sample.bytes = bytes.substr(0, m_sampleBytes);
        return;
    }
    m_sample.bytes += bytes.substr(0, m_sampleBytes - m_sample.bytes.size());
}

FeedStatus FeedCounters::status() const {
    FeedStatus status;
    status.name = m_name;
    status.taken = m_taken.load(std::memory_order_relaxed);
    status.duplicates = m_duplicates.load(std::memory_order_relaxed);
    status.quarantined = m_quarantined.load(std::memory_order_relaxed);
    status.busy = m_busy.load(std::memory_order_relaxed);
    status.connections = m_connections.load(std::memory_order_relaxed);
    status.turnedAway = m_turnedAway.load(std::memory_order_relaxed);
    status.bytes = m_bytes.load(std::memory_order_relaxed);
    status.backlog = m_backlog.load(std::memory_order_relaxed);
    const auto second = base::toUnixMicros(m_clock.now()) / 1'000'000;
    const std::lock_guard lock(m_mutex);
    constexpr std::int64_t span = 10;
    std::uint64_t lately = 0;
    for (const auto& slot : m_seconds)
        if (slot.second < second && slot.second >= second - span) // this second is not over
            lately += slot.taken;
    status.perSecond = static_cast<double>(lately) / static_cast<double>(span);
    status.state = m_state;
    status.stateReason = m_stateReason;
    status.stateSince = m_stateSince;
    status.lastHeard = m_lastHeard;
    status.transport = m_transport;
    status.address = m_address;
    status.lastGood = m_lastGood;
    status.lastFault = m_lastFault;
    status.lastFaultReason = m_lastFaultReason;
    return status;
}

FeedCounters& FeedBoard::feed(std::string_view name) {
    const std::lock_guard lock(m_mutex);
    auto found = m_feeds.find(name);
    if (found == m_feeds.end())
        found = m_feeds.emplace(std::string(name), std::make_unique<FeedCounters>(std::string(name), m_clock)).first;
    return *found->second;
}

void FeedBoard::setInQuarantine(const std::string& feed, std::uint64_t open, std::uint64_t cut) {
    const std::lock_guard lock(m_mutex);
    m_aside[feed] = {open, cut};
}

std::vector<FeedStatus> FeedBoard::all() const {
    const std::lock_guard lock(m_mutex);
    std::vector<FeedStatus> statuses;
    statuses.reserve(m_feeds.size());
    for (const auto& [name, counters] : m_feeds) {
        statuses.push_back(counters->status());
        if (const auto aside = m_aside.find(name); aside != m_aside.end()) {
            statuses.back().inQuarantine = aside->second.open;
            statuses.back().cutInQuarantine = aside->second.cut;
        }
    }
    for (const auto& [name, aside] : m_aside) {
        if (aside.open == 0 || m_feeds.contains(name))
            continue;
        FeedStatus gone; // renamed or taken away, or it has not spoken since the start
        gone.name = name;
        gone.state = FeedState::off;
        gone.inQuarantine = aside.open;
        gone.cutInQuarantine = aside.cut;
        statuses.push_back(std::move(gone));
    }
    std::sort(statuses.begin(), statuses.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    return statuses;
}

} // namespace tocsin::ingest
