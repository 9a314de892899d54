#pragma once

#include "tocsin/detect/detector.hpp"

#include <algorithm>

namespace tocsin::detect {

/// Rules of k among n sensors. The members that are over stand in a list by the time of their newest reading; those of
/// its end, within the rule's time of the last, count. A reading moves its member, almost always to the end, and the
/// boundary by the few that it passes.
class SeveralBoard {
  public:
    static constexpr std::uint32_t none = 0xffffffffU;
    struct Change {
        bool changed{false};
        Conclusion::What what{Conclusion::What::raise};
    };
    struct Member {
        std::uint32_t group{0};
        std::uint32_t sensor{0};
        std::uint32_t before{none};
        std::uint32_t after{none};
        bool over{false};
        bool counts{false};
        bool doubted{false}; ///< its sensor is at fault
        base::Time time;
        double value{0};
    };
    struct Group {
        std::uint32_t rule{0};
        Several condition;
        double clear{0};
        bool raised{false};
        std::uint32_t first{none};
        std::uint32_t last{none};
        std::uint32_t firstCounting{none};
        std::size_t counting{0};
        std::size_t told{0};    ///< how many took part when last something was said
        std::size_t doubted{0}; ///< of those that count
        bool believed{true};    ///< enough do without them, as was told last
        std::vector<std::uint32_t> members;
    };

    std::uint32_t addGroup(std::uint32_t rule, const Several& condition);
    std::uint32_t addMember(std::uint32_t group, std::uint32_t sensor);
    Change take(std::uint32_t number, base::Time time, double value);
    /// A member that is over said so at that time at the latest: nothing is concluded.
    void goBack(std::uint32_t number, base::Time to);
    /// The same of all; their order stays.
    void goBack(base::Time to);
    /// Puts a member back as it was known: nothing is concluded.
    void restore(std::uint32_t number, const Member& as);
    /// A member's sensor is at fault, or no more. True where who takes part in a raised group is to be told anew.
    bool doubt(std::uint32_t number, bool doubted);
    /// Whether so many take part whose sensors are not at fault.
    [[nodiscard]] static bool believes(const Group& group) {
        return group.counting - group.doubted >= static_cast<std::size_t>(std::max(1, group.condition.k));
    }

    [[nodiscard]] Group& group(std::uint32_t index) { return m_groups[index]; }
    [[nodiscard]] const std::vector<Group>& groups() const { return m_groups; }
    [[nodiscard]] const Member& member(std::uint32_t index) const { return m_members[index]; }
    /// Those that count, newest first, at most `most`.
    [[nodiscard]] std::vector<const Member*> taking(std::uint32_t group, std::size_t most) const;

  private:
    static void count(Group& group, Member& member, bool counts);
    void unlink(Group& group, std::uint32_t number);
    void link(Group& group, std::uint32_t number);
    void settle(Group& group);

    std::vector<Group> m_groups;
    std::vector<Member> m_members;
};

} // namespace tocsin::detect
