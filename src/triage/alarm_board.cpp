#include "tocsin/triage/alarm_board.hpp"

#include "triage/alarm_groups.hpp"
#include "triage/alarm_raises.hpp"

#include <algorithm>

namespace tocsin::triage {

namespace {

using Level = AlarmGroup::Level;

/// Fine groups that become one line.
struct Line {
    std::string key;
    Level level{Level::causeAndArea};
    std::vector<Index> groups;
    Index foremost{nowhere}; ///< of its groups
};

/// A coarse line as it was shown, and of what it was made.
struct Kept {
    std::uint64_t made{0};
    AlarmGroup line;
};

/// Faults of sensors are one matter whatever the sensors are for.
std::uint64_t familyOf(const Card& card) {
    constexpr std::uint64_t faults = ~std::uint64_t{0};
    const bool fault = card.kind == model::AlarmKind::sensorFault || card.kind == model::AlarmKind::silence;
    return fault ? faults : card.cause >> 16U; // hazard, or the rule's family
}

} // namespace

struct AlarmBoard::Impl {
    explicit Impl(BoardPolicy p) : policy(p), groups(p) {}

    BoardPolicy policy;
    AlarmGroups groups;
    AlarmRaises raises;
    bool grouped{false}; ///< there were more than lines, and are not yet few enough again
    std::uint64_t shownVersion{0};
    std::vector<AlarmGroup> shown;
    std::map<std::string, Kept> kept;

    [[nodiscard]] std::size_t most() const { return std::max<std::size_t>(1, policy.mostLines); }

    /// Each alarm by itself, with those that it mutes.
    std::vector<AlarmGroup> singles() {
        std::map<Index, std::vector<Index>> under;
        for (const FineGroup& group : groups.all()) {
            for (const Index member : group.members)
                under[groups.card(member).underOther ? groups.rootOf(member) : member].push_back(member);
        }
        std::vector<AlarmGroup> result;
        for (auto& [root, cards] : under)
            result.push_back(groups.summary(cards, groups.card(root).id.toString(), Level::single));
        return result;
    }

    [[nodiscard]] bool isBefore(Index a, Index b) { return before(groups.shown(a), groups.shown(b)); }

    Line lineOf(std::string key, Level level, std::vector<Index> parts) {
        Line line{std::move(key), level, std::move(parts), nowhere};
        for (const Index part : line.groups) {
            if (line.foremost == nowhere || isBefore(part, line.foremost))
                line.foremost = part;
        }
        return line;
    }

    static Line lineOf(const FineGroup& group, Index index) { return {group.key, Level::causeAndArea, {index}, index}; }

    /// The groups in at most `budget` lines: each by itself where they fit, else by hazard, and what matters least
    /// together. `prefix` keeps the keys of the grave apart from those of the lesser.
    std::vector<Line> split(const std::vector<Index>& parts, std::size_t budget, const std::string& prefix) {
        std::vector<Line> lines;
        if (parts.size() <= budget) {
            for (const Index part : parts)
                lines.push_back(lineOf(groups.all()[part], part));
            return lines;
        }
        std::map<std::uint64_t, std::vector<Index>> families;
        for (const Index part : parts)
            families[familyOf(groups.card(groups.all()[part].members.front()))].push_back(part);
        for (auto& [family, some] : families) {
            const std::string word =
                family == ~std::uint64_t{0} ? "fault" : groups.hazardOf(static_cast<std::uint32_t>(family));
            lines.push_back(lineOf(prefix + "hazard:" + word, Level::hazard, std::move(some)));
        }
        std::sort(lines.begin(), lines.end(),
                  [this](const Line& a, const Line& b) { return isBefore(a.foremost, b.foremost); });
        if (lines.size() > budget) {
            std::vector<Index> rest;
            for (auto it = lines.begin() + static_cast<std::ptrdiff_t>(budget) - 1; it != lines.end(); ++it)
                rest.insert(rest.end(), it->groups.begin(), it->groups.end());
            lines.resize(budget - 1);
            lines.push_back(lineOf(prefix + "all", Level::everything, std::move(rest)));
        }
        return lines;
    }

    /// Lines of a hazard give way to their groups where there is room for all of them.
    std::vector<Line> refined(std::vector<Line> lines, std::size_t& room) const {
        std::vector<Line> result;
        for (Line& line : lines) {
            const std::size_t more = line.groups.size() - 1;
            if (line.level != Level::hazard || more > room) {
                result.push_back(std::move(line));
                continue;
            }
            room -= more;
            for (const Index part : line.groups)
                result.push_back(lineOf(groups.all()[part], part));
        }
        return result;
    }

    std::vector<Line> coarsened() {
        std::vector<Index> grave;
        std::vector<Index> lesser;
        std::vector<Index> idle;
        for (Index i = 0; i < groups.all().size(); ++i) {
            if (!groups.all()[i].live)
                continue;
            const AlarmGroup& group = groups.shown(i);
            if (group.setAside == group.members.size())
                idle.push_back(i);
            else if (group.severity == model::Grade::I && group.unacknowledged > 0)
                grave.push_back(i);
            else
                lesser.push_back(i);
        }
        const auto join = [](std::vector<Index> a, const std::vector<Index>& b) {
            a.insert(a.end(), b.begin(), b.end());
            return a;
        };
        const std::size_t others = lesser.empty() && idle.empty() ? 0 : 1;
        if (!grave.empty() && most() <= others)
            return {lineOf("all", Level::everything, join(join(grave, lesser), idle))};
        std::vector<Line> ofGrave;
        std::vector<Line> ofLesser;
        std::vector<Line> ofIdle;
        if (!grave.empty())
            ofGrave = split(grave, most() - others, "grave:");
        std::size_t room = most() - ofGrave.size();
        if (room == 1 && !lesser.empty() && !idle.empty()) {
            ofLesser.push_back(lineOf("all", Level::everything, join(lesser, idle)));
            room = 0;
        } else {
            if (!lesser.empty())
                ofLesser = split(lesser, room - (idle.empty() ? 0 : 1), "");
            room -= ofLesser.size();
            if (idle.size() > room)
                ofIdle.push_back(lineOf("aside", Level::everything, idle));
            else
                ofIdle = split(idle, room, "aside:");
            room -= ofIdle.size();
        }
        // Each hazard has its line before any is taken apart.
        std::vector<Line> result = refined(std::move(ofGrave), room);
        for (auto& more : {refined(std::move(ofLesser), room), ofIdle})
            result.insert(result.end(), more.begin(), more.end());
        return result;
    }

    std::vector<AlarmGroup> inLines() {
        std::vector<AlarmGroup> result;
        std::map<std::string, Kept> still;
        for (Line& line : coarsened()) {
            if (line.groups.size() == 1 && line.level == Level::causeAndArea) {
                result.push_back(groups.shown(line.groups.front()));
                continue;
            }
            // Versions only grow, and a group that comes has a newer one than all before it; one that goes is missing
            // from the sum.
            std::uint64_t made = line.groups.size();
            for (const Index part : line.groups)
                made = made * 0x9e3779b97f4a7c15U + (groups.all()[part].version ^ (std::uint64_t{part} << 40U));
            const auto known = kept.find(line.key);
            Kept now;
            if (known != kept.end() && known->second.made == made) {
                now = std::move(known->second);
            } else {
                std::vector<Index> cards;
                for (const Index part : line.groups) {
                    const auto& members = groups.all()[part].members;
                    cards.insert(cards.end(), members.begin(), members.end());
                }
                now = {made, groups.summary(cards, line.key, line.level)};
            }
            result.push_back(now.line);
            still.emplace(line.key, std::move(now));
        }
        kept = std::move(still);
        return result;
    }

    const std::vector<AlarmGroup>& lines() {
        if (shownVersion != groups.version()) {
            shown = grouped ? inLines() : singles();
            std::sort(shown.begin(), shown.end(), before);
            shownVersion = groups.version();
        }
        return shown;
    }

    std::vector<Index> fine() {
        std::vector<Index> result;
        for (Index i = 0; i < groups.all().size(); ++i) {
            if (groups.all()[i].live) {
                (void)groups.shown(i);
                result.push_back(i);
            }
        }
        std::sort(result.begin(), result.end(), [this](Index a, Index b) { return isBefore(a, b); });
        return result;
    }
};

AlarmBoard::AlarmBoard(BoardPolicy policy) : m_impl(std::make_unique<Impl>(policy)) {}
AlarmBoard::~AlarmBoard() = default;
AlarmBoard::AlarmBoard(AlarmBoard&&) noexcept = default;
AlarmBoard& AlarmBoard::operator=(AlarmBoard&&) noexcept = default;

void AlarmBoard::put(const model::Alarm& alarm) {
    m_impl->raises.put(alarm);
    m_impl->groups.put(alarm);
    if (m_impl->groups.roots() > m_impl->most())
        m_impl->grouped = true;
    else if (m_impl->groups.roots() <= m_impl->most() / 2)
        m_impl->grouped = false;
}

void AlarmBoard::clear() {
    m_impl = std::make_unique<Impl>(m_impl->policy);
}

std::vector<AlarmGroup> AlarmBoard::lines(base::Time /*now*/, bool whole) const {
    if (!whole)
        return m_impl->lines();
    std::vector<AlarmGroup> result;
    for (const Index index : m_impl->fine())
        result.push_back(m_impl->groups.shown(index));
    return result;
}

std::optional<AlarmGroup> AlarmBoard::groupOf(model::AlarmId alarm, base::Time /*now*/) const {
    const Card* card = m_impl->groups.find(alarm);
    if (card == nullptr)
        return std::nullopt;
    return m_impl->groups.shown(card->group);
}

AlarmLoad AlarmBoard::load(base::Time now, const Person& person) const {
    const AlarmGroups& groups = m_impl->groups;
    AlarmLoad load;
    load.standing = groups.size() - groups.setAside();
    load.unacknowledged = groups.unacknowledged();
    load.setAside = groups.setAside();
    load.byOwner = groups.unacknowledgedByOwner();
    m_impl->raises.judge(now, person, load);
    return load;
}

std::vector<Offender> AlarmBoard::offenders(base::Time since, std::size_t most) const {
    return m_impl->raises.offenders(since, most);
}

std::vector<model::AlarmId> AlarmBoard::worthHandingOver(base::Time now, const Person& person) const {
    if (const AlarmLoad load = this->load(now, person); !load.flood && load.judgement != AlarmLoad::Judgement::flood)
        return {};
    AlarmGroups& groups = m_impl->groups;
    struct Part {
        Index group;
        std::vector<model::AlarmId> own; ///< unacknowledged, and not another's yet
    };
    std::vector<Part> parts;
    std::size_t own = 0;
    std::size_t others = 0; ///< what others wait for already
    for (const Index index : m_impl->fine()) {
        Part part{index, {}};
        for (const model::AlarmId id : groups.shown(index).members) {
            const Card* card = groups.find(id);
            if (!card->wants)
                continue;
            const std::string& owner = groups.ownerOf(*card);
            if (owner.empty() || (person && owner == *person))
                part.own.push_back(id);
            else
                ++others;
        }
        own += part.own.size();
        if (!part.own.empty())
            parts.push_back(std::move(part));
    }
    if (parts.size() < 2 || own <= others)
        return {};
    std::vector<model::AlarmId> result;
    std::size_t left = parts.size();
    for (auto part = parts.rbegin(); part != parts.rend() && left > 1; ++part) {
        const auto away = [&](std::size_t handed) { // from half and half, in half alarms
            const std::size_t mine = own - handed;
            const std::size_t theirs = others + handed;
            return mine > theirs ? mine - theirs : theirs - mine;
        };
        if (away(result.size() + part->own.size()) < away(result.size())) {
            result.insert(result.end(), part->own.begin(), part->own.end());
            --left;
        }
    }
    return result;
}

} // namespace tocsin::triage
