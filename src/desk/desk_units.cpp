#include "desk/desk_thread.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>

// Where units are: committed to the tracks as readings are, and told in the journal only where it changes what the desk
// knows of them.

namespace tocsin::desk {

using base::Code;
using base::fail;

namespace {

/// A clock that is wrong by more than this is none: every such month would cost a file.
constexpr auto oldestPosition = std::chrono::days(20 * 365);
constexpr auto farAhead = std::chrono::days(366);

base::Result<void> admit(const model::UnitPosition& p, base::Time now) {
    if (auto ok = checkText(p.unit.value, "a unit's id", 120); !ok)
        return ok;
    const std::pair<const std::string&, std::string_view> words[] = {{p.callSign, "a unit's call sign"},
                                                                     {p.type, "a unit's type"},
                                                                     {p.team, "a unit's team"},
                                                                     {p.role, "a unit's role"}};
    for (const auto& [text, what] : words) {
        if (auto ok = checkText(text, what, 400, true); !ok)
            return ok;
    }
    if (p.time < now - oldestPosition || p.time > now + farAhead)
        return fail(Code::outOfRange, "a unit's time that is years away from the desk's: " + base::formatTime(p.time));
    return {};
}

std::string bytesOf(const model::UnitPosition& position) {
    return nlohmann::json(position).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

} // namespace

void DeskThread::positions(PositionsInput input, std::function<void(base::Result<ReadingsDone>)> answer) {
    if (const auto why = closed()) {
        answer(tl::unexpected(*why));
        return;
    }
    if (!m_parts.tracks) {
        answer(fail(Code::refused, "this desk keeps no positions"));
        return;
    }
    PositionsLane::Item item{std::move(input), std::move(answer)};
    bool first = false;
    if (!m_positions.offer(item, first)) {
        item.answer(fail(Code::unavailable, "the desk is busy: try again"));
        return;
    }
    if (first)
        m_inbox.task([] {}); // wakes it
}

/// Where each unit was when the desk was last open.
base::Result<void> DeskThread::recallUnits() {
    m_unitsNow.clear();
    m_unitBook.forget();
    if (!m_parts.tracks)
        return {};
    auto latest = m_parts.tracks->latestBetween(base::Time{}, m_parts.clock.now() + farFuture);
    if (!latest)
        return tl::unexpected(latest.error());
    for (auto& [id, position] : *latest) {
        if (m_state.units.contains(id))
            m_unitsNow[id] = {std::move(position), std::nullopt};
    }
    return {};
}

base::Result<void> DeskThread::takePositions(Turn& turn) {
    turn.positions = m_positions.take();
    if (turn.positions.empty())
        return {};
    const auto now = m_parts.clock.now();
    std::vector<model::UnitPosition> good;
    std::vector<std::size_t> from; ///< of each: its item
    std::vector<store::QuarantineItem> bad;
    const auto refuse = [&](std::size_t item, const model::UnitPosition& position, base::Error why) {
        bad.push_back({0, now, turn.positions[item].input.feed, std::string(refusedPosition), std::move(why),
                       bytesOf(position)});
        ++turn.positionsDone[item].quarantined;
    };
    turn.positionsDone.resize(turn.positions.size());
    for (std::size_t i = 0; i < turn.positions.size(); ++i) {
        for (auto& position : turn.positions[i].input.positions) {
            position.received = now;
            auto ok = admit(position, now);
            if (ok && m_state.units.size() >= UnitBook::mostUnits && !m_state.units.contains(position.unit))
                ok = fail(Code::tooLarge, "more than 20,000 units: the desk takes no new one");
            if (!ok) {
                refuse(i, position, ok.error());
                continue;
            }
            good.push_back(std::move(position));
            from.push_back(i);
        }
    }
    // They are durable first; what they mean for the journal follows, and is found again at the next position.
    auto outcomes = good.empty() ? base::Result<std::vector<store::ReadingOutcome>>(std::vector<store::ReadingOutcome>{})
                                 : m_parts.tracks->append(good);
    if (!outcomes)
        return tl::unexpected(outcomes.error());
    for (std::size_t k = 0; k < good.size(); ++k) {
        const auto& position = good[k];
        auto& done = turn.positionsDone[from[k]];
        if ((*outcomes)[k] == store::ReadingOutcome::duplicate) {
            ++done.duplicates;
        } else if ((*outcomes)[k] == store::ReadingOutcome::conflict) {
            refuse(from[k], position, {Code::conflict, "another position is stored for this unit and time", {}});
            continue;
        } else {
            ++done.stored;
        }
        if (auto ok = notePosition(turn.positions[from[k]].input.feed, position, turn); !ok)
            return ok;
    }
    for (const auto& item : bad) {
        if (auto id = putAside(item, turn); !id)
            return tl::unexpected(id.error());
    }
    return {};
}

/// The newest by the time at which it was there; of a clock that goes ahead, by when it was heard.
base::Result<void> DeskThread::notePosition(const std::string& feed, const model::UnitPosition& position, Turn& turn) {
    if (position.time > position.received + farFuture)
        return {};
    const auto known = m_unitsNow.find(position.unit);
    bool newest = known == m_unitsNow.end();
    if (!newest && position.time != known->second.newest.time) { // else it is the same one again
        const auto before = saneTime(known->second.newest);
        const auto now = saneTime(position);
        newest = now > before || (now == before && position.time > position.received);
    }
    const auto effect = m_unitBook.noteOf(m_state, m_unitsNow, feed, position, newest, m_parts.clock.now());
    if (newest) {
        UnitNow next{position, std::nullopt};
        if (known != m_unitsNow.end())
            next.previous = known->second.newest.position;
        turn.delta->units[position.unit] = next;
        m_unitsNow[position.unit] = std::move(next);
    }
    if (effect.events.empty())
        return {};
    return open(turn).and_then([&] {
        return write(effect, "feed:" + feed, m_parts.ids.make<model::CommandId>(), turn).map([](auto&&) {});
    });
}

void DeskThread::answerPositions(Turn& turn, const base::Result<void>& done) {
    for (std::size_t i = 0; i < turn.positions.size(); ++i) {
        const auto& item = turn.positions[i];
        if (done)
            heard(item.input.feed);
        item.answer(done ? base::Result<ReadingsDone>(turn.positionsDone[i]) : tl::unexpected(done.error()));
    }
    if (!m_positions.empty())
        m_inbox.task([] {}); // there is more than one turn takes
}

/// At the end: what was not taken is told so.
void DeskThread::refusePositions() {
    for (auto items = m_positions.take(); !items.empty(); items = m_positions.take())
        for (const auto& item : items)
            item.answer(fail(Code::unavailable, "the desk is closing"));
}

} // namespace tocsin::desk
