#pragma once

#include "tocsin/detect/detector.hpp"

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
        std::size_t told{0}; ///< how many took part when last something was said
        std::vector<std::uint32_t> members;
    };

    std::uint32_t addGroup(std::uint32_t rule, const Several& condition);
    std::uint32_t addMember(std::uint32_t group, std::uint32_t sensor);
    Change take(std::uint32_t number, base::Time time, double value);
    /// Puts a member back as it was known: nothing is concluded.
    void restore(std::uint32_t number, const Member& as);

    [[nodiscard]] Group& group(std::uint32_t index) { return m_groups[index]; }
    [[nodiscard]] const std::vector<Group>& groups() const { return m_groups; }
    [[nodiscard]] const Member& member(std::uint32_t index) const { return m_members[index]; }
    /// Those that count, newest first, at most `most`.
    [[nodiscard]] std::vector<const Member*> taking(std::uint32_t group, std::size_t most) const;

  private:
    void unlink(Group& group, std::uint32_t number);
    void link(Group& group, std::uint32_t number);
    void settle(Group& group);

    std::vector<Group> m_groups;
    std::vector<Member> m_members;
};

} // namespace tocsin::detect
