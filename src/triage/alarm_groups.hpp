#pragma once

#include "tocsin/triage/alarm_board.hpp"

#include <array>
#include <cstdint>
#include <limits>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::triage {

/// Texts by number, so that alarms are compared and counted without comparing texts.
class Words {
  public:
    std::uint32_t number(const base::LocalText& text);
    [[nodiscard]] const base::LocalText& text(std::uint32_t number) const { return m_texts[number]; }

  private:
    std::unordered_map<std::string, std::uint32_t> m_numbers;
    std::vector<base::LocalText> m_texts;
};

using Index = std::uint32_t;
constexpr Index nowhere = std::numeric_limits<Index>::max();
/// On the earth as a ball, metres from its middle: distances need no case for the date line or the poles.
using Point = std::array<double, 3>;

/// What grouping needs to know of an active alarm.
struct Card {
    model::AlarmId id;
    std::uint64_t order{0}; ///< less: to be looked at first
    std::uint64_t cause{0}; ///< kind, hazard (without one the rule's family), and whether it is grade I
    base::Time raisedAt;
    base::Time asksSince;
    base::Time began; ///< its condition, as the readings have it; of what is no reading when it was raised
    int escalated{0}; ///< while it wants acknowledgement
    model::AlarmId mutedBy; ///< null: by none
    Point at{};
    bool placed{false};
    bool wants{false}; ///< acknowledgement
    bool aside{false};
    model::AlarmKind kind{model::AlarmKind::process};
    model::Grade severity{model::Grade::IV};
    model::AlarmState state{model::AlarmState::unacknowledged};
    std::uint32_t hazard{0};
    std::uint32_t rule{0};
    std::uint32_t place{0};
    std::uint32_t owner{0};
    Index group{nowhere};
    Index inGroup{0};       ///< where in the group's members
    bool underOther{false}; ///< is in the group of what mutes it
};

/// A group at the finest level.
struct FineGroup {
    std::string key;
    std::uint64_t cause{0};
    std::uint64_t cell{0};
    Point anchor{}; ///< where its first alarm was: it does not move, so neither do members
    base::Time from;
    base::Time to;
    std::vector<Index> members;
    std::uint64_t version{0};
    AlarmGroup shown; ///< as of `shownVersion`
    std::uint64_t shownVersion{0};
    bool live{false};
};

/// Which active alarm is in which group. Knows nothing of lines.
class AlarmGroups {
  public:
    explicit AlarmGroups(BoardPolicy policy) : m_policy(policy) {}

    void put(const model::Alarm& alarm);
    /// Changes whenever anything here does.
    [[nodiscard]] std::uint64_t version() const { return m_version; }
    [[nodiscard]] std::size_t size() const { return m_byId.size(); }
    /// Alarms that are not in the group of what mutes them.
    [[nodiscard]] std::size_t roots() const { return m_roots; }

    [[nodiscard]] const std::vector<FineGroup>& all() const { return m_groups; } ///< those that are live count
    [[nodiscard]] const Card& card(Index index) const { return m_cards[index]; }
    [[nodiscard]] const Card* find(model::AlarmId id) const;
    /// What mutes it in the end, itself if nothing does.
    [[nodiscard]] Index rootOf(Index index) const;
    /// The group as a line.
    const AlarmGroup& shown(Index group);
    /// Any cards as one line; they are put into the members' order.
    [[nodiscard]] AlarmGroup summary(std::vector<Index>& cards, std::string key, AlarmGroup::Level level) const;
    [[nodiscard]] const std::string& hazardOf(std::uint32_t number) const { return m_words.text(number).text; }

    [[nodiscard]] std::size_t unacknowledged() const { return m_unacknowledged; }
    [[nodiscard]] std::size_t setAside() const { return m_aside; }
    [[nodiscard]] std::map<std::string, std::size_t> unacknowledgedByOwner() const;
    [[nodiscard]] const std::string& ownerOf(const Card& card) const { return m_words.text(card.owner).text; }

  private:
    [[nodiscard]] Card cardOf(const model::Alarm& alarm);
    void count(const Card& card, bool more);
    void remove(Index index);
    void home(Index index);
    void homeMutedBy(model::AlarmId id);
    void leave(Index index);
    void join(Index index, Index group);
    [[nodiscard]] Index groupFor(const Card& card);
    [[nodiscard]] Index found(const Card& card);
    [[nodiscard]] std::uint64_t cellOf(std::uint64_t cause, const Point& at, const std::array<int, 3>& step) const;
    void touch(Index group);

    BoardPolicy m_policy;
    std::uint64_t m_version{1};
    Words m_words;
    std::vector<Card> m_cards;
    std::vector<Index> m_freeCards;
    std::unordered_map<model::AlarmId, Index> m_byId;
    std::unordered_map<model::AlarmId, std::set<Index>> m_mutedBy; ///< also by alarms that are not known (yet)
    std::vector<FineGroup> m_groups;
    std::vector<Index> m_freeGroups;
    std::unordered_map<std::uint64_t, std::vector<Index>> m_cells;
    std::unordered_set<std::string> m_keys;
    std::size_t m_roots{0};
    std::size_t m_unacknowledged{0};
    std::size_t m_aside{0};
    std::unordered_map<std::uint32_t, std::size_t> m_byOwner;
};

/// True where `a` stands before `b`.
[[nodiscard]] bool before(const AlarmGroup& a, const AlarmGroup& b);

} // namespace tocsin::triage
