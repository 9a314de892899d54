#include "app/way_watch.hpp"

#include "tocsin/base/log.hpp"
#include "tocsin/dispatch/blocked_way.hpp"

#include <chrono>
#include <future>
#include <utility>

namespace tocsin::app {

namespace {

constexpr auto pace = std::chrono::seconds(5);
/// Who moves, or waits to leave, arrives by the other way at another time from moment to moment.
constexpr auto reckonAgain = std::chrono::seconds(30);

bool isDrawnOrPlaced(const model::Changed& changed) {
    return std::holds_alternative<model::Drawing>(changed) || std::holds_alternative<model::Incident>(changed);
}

} // namespace

WayWatch::WayWatch(desk::Desk& desk, Parts parts) : m_desk(desk), m_parts(std::move(parts)) {
    m_thread = std::thread([this] { run(); });
    m_subscription = desk.subscribe(
        [this](desk::Snapshot first) {
            model::State facts;
            facts.desk = std::move(first.state.desk);
            facts.incidents = std::move(first.state.incidents);
            facts.resources = std::move(first.state.resources);
            facts.assignments = std::move(first.state.assignments);
            facts.drawings = std::move(first.state.drawings);
            const std::lock_guard lock(m_mutex);
            m_first = std::move(facts);
            m_urgent = true;
            m_wake.notify_all();
        },
        [this](const std::shared_ptr<const desk::Delta>& delta) { note(*delta); });
}

WayWatch::~WayWatch() {
    m_subscription.reset();
    {
        const std::lock_guard lock(m_mutex);
        m_ending = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

void WayWatch::note(const desk::Delta& delta) {
    const std::lock_guard lock(m_mutex);
    for (const auto& changed : delta.changed) {
        const bool urgent = isDrawnOrPlaced(changed) || std::holds_alternative<model::Assignment>(changed);
        if (!urgent && !std::holds_alternative<model::Resource>(changed) && !std::holds_alternative<model::DeskStatus>(changed))
            continue;
        m_news.push_back(changed);
        m_urgent = m_urgent || urgent;
    }
    if (m_urgent)
        m_wake.notify_all();
}

void WayWatch::run() {
    std::unique_lock lock(m_mutex);
    for (;;) {
        // By the clock, too: a closure holds until a moment, and a team that is heard does not wake this.
        m_wake.wait_for(lock, pace, [this] { return m_ending || m_urgent; });
        if (m_ending)
            return;
        lock.unlock();
        look();
        lock.lock();
    }
}

void WayWatch::takeNews() {
    std::vector<model::Changed> news;
    {
        const std::lock_guard lock(m_mutex);
        if (m_first)
            m_facts = std::move(*std::exchange(m_first, std::nullopt));
        news.swap(m_news);
        m_urgent = false;
    }
    for (const auto& changed : news) {
        m_closures += isDrawnOrPlaced(changed) ? 1 : 0;
        model::apply(m_facts, changed);
    }
}

void WayWatch::look() {
    const std::lock_guard looking(m_lookMutex);
    takeNews();
    const auto now = m_desk.clock().now();
    std::erase_if(m_reckoned, [this](const auto& known) {
        const auto one = m_facts.assignments.find(known.first);
        return one == m_facts.assignments.end() || !one->second.blocked;
    });
    std::vector<std::future<base::Result<desk::Done>>> told;
    for (const auto& [id, one] : m_facts.assignments) {
        if (!model::isOnItsWay(one))
            continue;
        if (auto found = judge(one, now))
            told.push_back(m_desk.submit(desk::Command{m_desk.newCommandId(), "desk", std::move(*found)}));
    }
    for (auto& answer : told) {
        if (const auto done = answer.get(); !done && done.error().code != base::Code::unavailable) // else at the next look
            base::log::warn("that a team's way is closed cannot be written down: {}", done.error().message);
    }
}

/// What is otherwise with its way than the desk knows.
std::optional<desk::RecordBlockedWay> WayWatch::judge(const model::Assignment& one, base::Time now) {
    const auto closure = dispatch::blockingClosure(m_facts, one, now, &m_parts.profiles);
    if (!closure)
        return one.blocked ? std::optional(desk::RecordBlockedWay{one.id, std::nullopt, one.wordAt}) : std::nullopt;
    if (one.blocked && one.blocked->closure == *closure) {
        const auto [known, fresh] = m_reckoned.try_emplace(one.id, Reckoned{m_closures, one.state, now});
        const auto resource = m_facts.resources.find(one.resource);
        // Where nobody hears of it the clock alone would drive it on, beyond the closure.
        const bool isKnown = one.state != model::AssignmentState::enRoute ||
                             (resource != m_facts.resources.end() && resource->second.positionTime > one.blocked->since);
        const bool same = known->second.closures == m_closures && known->second.state == one.state;
        if (fresh || (same && (!isKnown || (now >= known->second.at && now - known->second.at < reckonAgain))))
            return std::nullopt;
        known->second = {m_closures, one.state, now};
    }
    const auto roads = m_parts.roads();
    if (roads == nullptr)
        return std::nullopt; // said where they are read
    auto found = dispatch::wayRound(m_facts, *roads, one, *closure, now, m_parts.weights, &m_parts.profiles);
    if (one.blocked && dispatch::isAlike(*one.blocked, found))
        return std::nullopt;
    return desk::RecordBlockedWay{one.id, std::move(found), one.wordAt};
}

} // namespace tocsin::app
