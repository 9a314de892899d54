#include "triage/alarm_groups.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string_view>
#include <tuple>

namespace tocsin::triage {

namespace {

constexpr double earthRadius = 6'371'008.8; // IUGG mean radius, metres
constexpr double rad = std::numbers::pi / 180.0;
constexpr int longestChain = 32; ///< of alarms that mute alarms that mute …
constexpr std::string_view anyHazard = "warning"; ///< of a rule that is for whatever others warn of

Point pointOf(const model::Position& p) {
    const double lat = p.latitude() * rad;
    const double lon = p.longitude() * rad;
    return {earthRadius * std::cos(lat) * std::cos(lon), earthRadius * std::cos(lat) * std::sin(lon),
            earthRadius * std::sin(lat)};
}

double chord(const Point& a, const Point& b) {
    return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

double arcOf(double chordMetres) {
    return 2 * earthRadius * std::asin(std::min(1.0, chordMetres / (2 * earthRadius)));
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
    hash ^= value + 0x9e3779b97f4a7c15U + (hash << 6U) + (hash >> 2U);
    hash = (hash ^ (hash >> 30U)) * 0xbf58476d1ce4e5b9U;
    return hash ^ (hash >> 27U);
}

/// What asks most of a person comes first: of those that want to be acknowledged, what goes on before what is over.
/// What is acknowledged comes after both: somebody has it in hand, while of one that is over nobody knows yet that it was.
unsigned rankOf(model::AlarmState state, bool wants) {
    using enum model::AlarmState;
    switch (state) {
    case unacknowledged:
        return 0;
    case latched:
        return wants ? 1 : 4;
    case returnedUnacknowledged:
        return 2;
    case acknowledged:
        return 3;
    case shelved:
        return 5;
    case outOfService:
        return 6;
    case suppressed:
    case normal:
        break;
    }
    return 7;
}

std::uint64_t orderOf(const Card& card) {
    constexpr std::uint64_t latest = (std::uint64_t{1} << 55U) - 1;
    const auto asks =
        std::clamp<std::int64_t>(base::toUnixMicros(card.asksSince), 0, static_cast<std::int64_t>(latest));
    return (std::uint64_t{card.aside} << 61U) | (std::uint64_t{static_cast<unsigned>(card.severity)} << 58U) |
           (std::uint64_t{rankOf(card.state, card.wants)} << 55U) | (latest - static_cast<std::uint64_t>(asks));
}

/// A reading tells when it was; a message, a fault or a silence is known when the desk concludes it. Never later than that.
base::Time beganAt(const model::Alarm& alarm) {
    if (alarm.kind != model::AlarmKind::process || alarm.sinceTime == base::Time{})
        return alarm.raisedAt;
    return std::min(alarm.sinceTime, alarm.raisedAt);
}

} // namespace

bool before(const AlarmGroup& a, const AlarmGroup& b) {
    const auto rank = [](const AlarmGroup& g) {
        const bool idle = g.setAside == g.members.size();
        return std::tuple(idle, g.severity, rankOf(g.worst, g.unacknowledged > 0), -g.since.time_since_epoch());
    };
    const auto left = rank(a);
    const auto right = rank(b);
    return left != right ? left < right : a.key < b.key;
}

std::uint32_t Words::number(const base::LocalText& text) {
    const auto [it, isNew] = m_numbers.try_emplace(text.text, static_cast<std::uint32_t>(m_texts.size()));
    if (isNew)
        m_texts.push_back(text);
    return it->second;
}

Card AlarmGroups::cardOf(const model::Alarm& alarm) {
    Card card;
    card.id = alarm.id;
    card.raisedAt = alarm.raisedAt;
    card.asksSince = model::asksSince(alarm);
    card.began = beganAt(alarm);
    if (alarm.state == model::AlarmState::suppressed && alarm.suppressedBy)
        card.mutedBy = *alarm.suppressedBy;
    card.at = pointOf(alarm.position);
    card.placed = alarm.position != model::Position{};
    card.wants = model::wantsAcknowledgement(alarm);
    card.escalated = card.wants ? alarm.escalated : 0;
    card.aside = model::isSetAside(alarm.state);
    card.kind = alarm.kind;
    card.severity = alarm.severity;
    card.state = alarm.state;
    card.hazard = m_words.number(alarm.hazard);
    card.rule = m_words.number(alarm.rule);
    card.place = m_words.number(alarm.place);
    card.owner = m_words.number(alarm.owner);
    std::uint64_t word = card.hazard;
    if (alarm.kind == model::AlarmKind::message && (alarm.hazard.empty() || alarm.hazard == anyHazard))
        word = m_words.number("said " + alarm.title.text); // one rule takes whatever others warn of
    else if (alarm.hazard.empty())
        word = m_words.number("rule " + alarm.rule.substr(0, alarm.rule.find('-')));
    card.cause =
        (word << 16U) | (std::uint64_t{card.severity == model::Grade::I} << 8U) | static_cast<std::uint64_t>(card.kind);
    card.order = orderOf(card);
    return card;
}

void AlarmGroups::count(const Card& card, bool more) {
    const auto add = [more](std::size_t& number) { more ? ++number : --number; };
    if (card.aside)
        add(m_aside);
    if (!card.wants)
        return;
    add(m_unacknowledged);
    auto& owners = m_byOwner[card.owner];
    add(owners);
    if (owners == 0)
        m_byOwner.erase(card.owner);
}

std::map<std::string, std::size_t> AlarmGroups::unacknowledgedByOwner() const {
    std::map<std::string, std::size_t> result;
    for (const auto& [owner, number] : m_byOwner)
        result[m_words.text(owner).text] = number;
    return result;
}

const Card* AlarmGroups::find(model::AlarmId id) const {
    const auto it = m_byId.find(id);
    return it == m_byId.end() ? nullptr : &m_cards[it->second];
}

void AlarmGroups::put(const model::Alarm& alarm) {
    const auto known = m_byId.find(alarm.id);
    if (!model::isActive(alarm.state)) {
        if (known != m_byId.end())
            remove(known->second);
        return;
    }
    ++m_version;
    Card next = cardOf(alarm);
    if (known == m_byId.end()) {
        Index index = nowhere;
        if (m_freeCards.empty()) {
            index = static_cast<Index>(m_cards.size());
            m_cards.push_back(next);
        } else {
            index = m_freeCards.back();
            m_freeCards.pop_back();
            m_cards[index] = next;
        }
        m_byId.emplace(next.id, index);
        if (!next.mutedBy.isNull())
            m_mutedBy[next.mutedBy].insert(index);
        ++m_roots;
        count(next, true);
        home(index);
        homeMutedBy(next.id);
        return;
    }
    const Index index = known->second;
    Card& card = m_cards[index];
    const bool moves = card.cause != next.cause || card.at != next.at || card.raisedAt != next.raisedAt ||
                       card.mutedBy != next.mutedBy;
    count(card, false);
    count(next, true);
    if (card.mutedBy != next.mutedBy) {
        if (!card.mutedBy.isNull()) {
            const auto others = m_mutedBy.find(card.mutedBy);
            others->second.erase(index);
            if (others->second.empty())
                m_mutedBy.erase(others);
        }
        if (!next.mutedBy.isNull())
            m_mutedBy[next.mutedBy].insert(index);
    }
    next.group = card.group;
    next.inGroup = card.inGroup;
    next.underOther = card.underOther;
    card = next;
    if (moves) {
        home(index);
        homeMutedBy(next.id);
    } else {
        touch(card.group);
    }
}

void AlarmGroups::remove(Index index) {
    ++m_version;
    const Card card = m_cards[index];
    leave(index);
    count(card, false);
    if (!card.underOther)
        --m_roots;
    if (!card.mutedBy.isNull()) {
        const auto others = m_mutedBy.find(card.mutedBy);
        others->second.erase(index);
        if (others->second.empty())
            m_mutedBy.erase(others);
    }
    m_byId.erase(card.id);
    m_freeCards.push_back(index);
    homeMutedBy(card.id);
}

Index AlarmGroups::rootOf(Index index) const {
    Index root = index;
    for (int i = 0; i < longestChain && !m_cards[root].mutedBy.isNull(); ++i) {
        const auto it = m_byId.find(m_cards[root].mutedBy);
        if (it == m_byId.end())
            return root;
        root = it->second;
        if (root == index)
            return index; // they mute each other
    }
    return m_cards[root].mutedBy.isNull() || !m_byId.contains(m_cards[root].mutedBy) ? root : index;
}

void AlarmGroups::home(Index index) {
    Card& card = m_cards[index];
    const bool wasUnder = card.underOther;
    leave(index);
    const Index root = rootOf(index);
    card.underOther = root != index && m_cards[root].group != nowhere;
    if (card.underOther != wasUnder)
        card.underOther ? --m_roots : ++m_roots;
    join(index, card.underOther ? m_cards[root].group : groupFor(card));
}

/// Those that an alarm mutes go where it goes, and those that they mute.
void AlarmGroups::homeMutedBy(model::AlarmId id) {
    std::vector<model::AlarmId> open{id};
    std::unordered_set<Index> seen;
    while (!open.empty()) {
        const auto muted = m_mutedBy.find(open.back());
        open.pop_back();
        if (muted == m_mutedBy.end())
            continue;
        for (const Index index : muted->second) {
            if (m_cards[index].id == id || !seen.insert(index).second)
                continue;
            home(index);
            open.push_back(m_cards[index].id);
        }
    }
}

void AlarmGroups::leave(Index index) {
    Card& card = m_cards[index];
    if (card.group == nowhere)
        return;
    FineGroup& group = m_groups[card.group];
    const Index last = group.members.back();
    group.members[card.inGroup] = last;
    m_cards[last].inGroup = card.inGroup;
    group.members.pop_back();
    touch(card.group);
    if (group.members.empty()) {
        const auto cell = m_cells.find(group.cell);
        std::erase(cell->second, card.group);
        if (cell->second.empty())
            m_cells.erase(cell);
        m_keys.erase(group.key);
        group.live = false;
        group.shown = {};
        m_freeGroups.push_back(card.group);
    }
    card.group = nowhere;
}

void AlarmGroups::join(Index index, Index into) {
    Card& card = m_cards[index];
    FineGroup& group = m_groups[into];
    card.group = into;
    card.inGroup = static_cast<Index>(group.members.size());
    group.members.push_back(index);
    if (!card.underOther) { // what is muted neither founds a group nor keeps it open
        group.from = std::min(group.from, card.raisedAt);
        group.to = std::max(group.to, card.raisedAt);
    }
    touch(into);
}

void AlarmGroups::touch(Index group) {
    m_groups[group].version = ++m_version;
}

std::uint64_t AlarmGroups::cellOf(std::uint64_t cause, const Point& at, const std::array<int, 3>& step) const {
    const double size = std::max(1.0, m_policy.metres);
    std::uint64_t hash = mix(0x5bd1e995U, cause);
    for (std::size_t i = 0; i < 3; ++i)
        hash = mix(hash, static_cast<std::uint64_t>(static_cast<std::int64_t>(std::floor(at[i] / size)) + step[i]));
    return hash;
}

Index AlarmGroups::groupFor(const Card& card) {
    Index best = nowhere;
    double nearest = 0;
    for (int x = -1; x <= 1; ++x) {
        for (int y = -1; y <= 1; ++y) {
            for (int z = -1; z <= 1; ++z) {
                const auto cell = m_cells.find(cellOf(card.cause, card.at, {x, y, z}));
                if (cell == m_cells.end())
                    continue;
                for (const Index index : cell->second) {
                    const FineGroup& group = m_groups[index];
                    if (group.cause != card.cause || card.raisedAt < group.from - m_policy.together ||
                        card.raisedAt > group.to + m_policy.together)
                        continue;
                    const double metres = arcOf(chord(group.anchor, card.at));
                    if (metres <= m_policy.metres && (best == nowhere || metres < nearest)) {
                        best = index;
                        nearest = metres;
                    }
                }
            }
        }
    }
    return best != nowhere ? best : found(card);
}

Index AlarmGroups::found(const Card& card) {
    Index index = nowhere;
    if (m_freeGroups.empty()) {
        index = static_cast<Index>(m_groups.size());
        m_groups.emplace_back();
    } else {
        index = m_freeGroups.back();
        m_freeGroups.pop_back();
    }
    FineGroup& group = m_groups[index];
    const std::uint64_t version = group.version;
    group = {};
    group.version = version;
    group.live = true;
    group.cause = card.cause;
    group.anchor = card.at;
    group.from = group.to = card.raisedAt;
    group.cell = cellOf(card.cause, card.at, {0, 0, 0});
    group.key = card.id.toString();
    // An alarm that changed its cause may have left a group of its name behind.
    for (int i = 2; !m_keys.insert(group.key).second; ++i)
        group.key = card.id.toString() + "." + std::to_string(i);
    m_cells[group.cell].push_back(index);
    return index;
}

const AlarmGroup& AlarmGroups::shown(Index index) {
    FineGroup& group = m_groups[index];
    if (group.shownVersion != group.version) {
        std::vector<Index> cards = group.members;
        group.shown =
            summary(cards, group.key, cards.size() == 1 ? AlarmGroup::Level::single : AlarmGroup::Level::causeAndArea);
        group.shownVersion = group.version;
    }
    return group.shown;
}

AlarmGroup AlarmGroups::summary(std::vector<Index>& cards, std::string key, AlarmGroup::Level level) const {
    std::vector<std::pair<std::uint64_t, Index>> sorted;
    sorted.reserve(cards.size());
    for (const Index index : cards)
        sorted.emplace_back(m_cards[index].order, index);
    std::sort(sorted.begin(), sorted.end(), [this](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : m_cards[a.second].id < m_cards[b.second].id;
    });
    AlarmGroup result;
    result.key = std::move(key);
    result.level = level;
    result.members.reserve(cards.size());
    const Card& head = m_cards[sorted.front().second];
    result.severity = model::Grade::IV;
    bool oneHazard = true;
    bool oneRule = true;
    bool oneKind = true;
    unsigned worst = 8;
    const Card* first = &head;
    const Card* last = &head;
    const Card* loudest = nullptr;
    result.since = head.raisedAt;
    result.asksSince = head.asksSince;
    std::uint32_t favourite = head.place; // Boyer and Moore's majority vote
    std::size_t votes = 0;
    Point sum{};
    std::size_t placed = 0;
    for (std::size_t i = 0; i < sorted.size(); ++i) {
        const Card& card = m_cards[sorted[i].second];
        cards[i] = sorted[i].second;
        result.members.push_back(card.id);
        if (!card.aside || head.aside)
            result.severity = std::min(result.severity, card.severity);
        if (const unsigned rank = rankOf(card.state, card.wants); rank < worst) {
            worst = rank;
            result.worst = card.state;
        }
        result.unacknowledged += card.wants ? 1 : 0;
        if (card.aside) {
            ++result.setAside;
            result.aside.push_back(card.id);
        }
        oneHazard = oneHazard && card.hazard == head.hazard;
        oneRule = oneRule && card.rule == head.rule;
        oneKind = oneKind && card.kind == head.kind;
        if (std::tie(card.began, card.id) < std::tie(first->began, first->id))
            first = &card;
        // Of several the gravest, and of these the last: it waits longest.
        if (card.escalated > 0 && (loudest == nullptr || card.escalated > loudest->escalated ||
                                   (card.escalated == loudest->escalated && card.severity == loudest->severity)))
            loudest = &card;
        result.since = std::min(result.since, card.raisedAt);
        if (card.raisedAt > last->raisedAt)
            last = &card;
        result.asksSince = std::min(result.asksSince, card.asksSince);
        if (votes == 0)
            favourite = card.place;
        votes = card.place == favourite ? votes + 1 : votes - 1;
        if (card.placed) {
            ++placed;
            for (std::size_t k = 0; k < 3; ++k)
                sum[k] += card.at[k];
        }
    }
    result.first = first->id;
    result.firstAt = first->began;
    if (loudest != nullptr) {
        result.escalated = loudest->escalated;
        result.loudest = loudest->id;
    }
    result.newest = last->raisedAt;
    if (oneHazard)
        result.hazard = hazardOf(head.hazard);
    if (oneRule)
        result.rule = m_words.text(head.rule).text;
    if (oneKind)
        result.kind = head.kind;
    const auto there =
        std::count_if(cards.begin(), cards.end(), [&](Index index) { return m_cards[index].place == favourite; });
    if (2 * static_cast<std::size_t>(there) > cards.size())
        result.place = m_words.text(favourite);
    const double length = std::hypot(sum[0], sum[1], sum[2]);
    if (placed > 0 && length > 0) {
        Point middle{};
        for (std::size_t k = 0; k < 3; ++k)
            middle[k] = sum[k] / length * earthRadius;
        double furthest = 0;
        for (const Index index : cards) {
            if (m_cards[index].placed)
                furthest = std::max(furthest, chord(m_cards[index].at, middle));
        }
        result.centre = model::Position::trusted(std::asin(std::clamp(middle[2] / earthRadius, -1.0, 1.0)) / rad,
                                                 std::atan2(middle[1], middle[0]) / rad);
        result.radiusMetres = furthest < 0.5 ? 0 : arcOf(furthest);
    }
    return result;
}

} // namespace tocsin::triage
