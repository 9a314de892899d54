#include "detect/several.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::detect {

std::uint32_t SeveralBoard::addGroup(std::uint32_t rule, const Several& condition) {
    Group group;
    group.rule = rule;
    group.condition = condition;
    const Threshold& each = condition.each;
    const double slack = 1e-9 * std::max(1.0, std::abs(each.threshold));
    group.clear = each.above ? each.threshold - each.hysteresis + slack : each.threshold + each.hysteresis - slack;
    m_groups.push_back(std::move(group));
    return static_cast<std::uint32_t>(m_groups.size() - 1);
}

std::uint32_t SeveralBoard::addMember(std::uint32_t group, std::uint32_t sensor) {
    const auto index = static_cast<std::uint32_t>(m_members.size());
    Member member;
    member.group = group;
    member.sensor = sensor;
    m_members.push_back(member);
    m_groups[group].members.push_back(index);
    return index;
}

void SeveralBoard::count(Group& group, Member& member, bool counts) {
    if (member.counts == counts)
        return;
    member.counts = counts;
    counts ? ++group.counting : --group.counting;
    if (member.doubted)
        counts ? ++group.doubted : --group.doubted;
}

void SeveralBoard::unlink(Group& group, std::uint32_t number) {
    Member& member = m_members[number];
    if (group.firstCounting == number)
        group.firstCounting = member.after;
    (member.before == none ? group.first : m_members[member.before].after) = member.after;
    (member.after == none ? group.last : m_members[member.after].before) = member.before;
    count(group, member, false);
    member.before = member.after = none;
}

void SeveralBoard::link(Group& group, std::uint32_t number) {
    Member& member = m_members[number];
    std::uint32_t before = group.last;
    while (before != none && m_members[before].time > member.time)
        before = m_members[before].before;
    member.before = before;
    member.after = before == none ? group.first : m_members[before].after;
    (member.before == none ? group.first : m_members[member.before].after) = number;
    (member.after == none ? group.last : m_members[member.after].before) = number;
    // What stands behind one that counts, counts.
    if (before != none && m_members[before].counts) {
        count(group, member, true);
    } else if (member.after == group.firstCounting) {
        count(group, member, true);
        group.firstCounting = number;
    }
}

/// Moves the boundary to where the rule's time before the last begins.
void SeveralBoard::settle(Group& group) {
    if (group.last == none) {
        group.firstCounting = none;
        return;
    }
    const base::Time from = m_members[group.last].time - group.condition.within;
    while (group.firstCounting != none && m_members[group.firstCounting].time < from) {
        Member& member = m_members[group.firstCounting];
        count(group, member, false);
        group.firstCounting = member.after;
    }
    for (;;) {
        const std::uint32_t before = group.firstCounting == none ? group.last : m_members[group.firstCounting].before;
        if (before == none || m_members[before].time < from)
            return;
        count(group, m_members[before], true);
        group.firstCounting = before;
    }
}

SeveralBoard::Change SeveralBoard::take(std::uint32_t number, base::Time time, double value) {
    Member& member = m_members[number];
    Group& group = m_groups[member.group];
    const Threshold& each = group.condition.each;
    const bool holds = each.above ? value >= each.threshold : value <= each.threshold;
    const bool back = !holds && (each.above ? value <= group.clear : value >= group.clear);
    if (!member.over && !holds)
        return {};
    if (member.over)
        unlink(group, number);
    member.over = !back;
    member.time = time;
    member.value = value;
    if (member.over)
        link(group, number);
    settle(group);
    const bool enough = group.counting >= static_cast<std::size_t>(std::max(1, group.condition.k));
    const bool tip = believes(group) != group.believed;
    group.believed = believes(group);
    if (enough != group.raised) {
        group.raised = enough;
        group.told = group.counting;
        return {true, enough ? Conclusion::What::raise : Conclusion::What::returnToNormal};
    }
    if (!enough || (!tip && group.counting < group.told + std::max<std::size_t>(1, group.told / 4)))
        return {};
    group.told = group.counting;
    return {true, Conclusion::What::update};
}

void SeveralBoard::goBack(std::uint32_t number, base::Time to) {
    Member& member = m_members[number];
    if (!member.over || member.time <= to)
        return;
    Group& group = m_groups[member.group];
    unlink(group, number);
    member.time = to;
    link(group, number);
    settle(group);
}

void SeveralBoard::goBack(base::Time to) {
    for (Member& member : m_members)
        member.time = std::min(member.time, to);
    for (Group& group : m_groups)
        settle(group);
}

void SeveralBoard::restore(std::uint32_t number, const Member& as) {
    if (!as.over)
        return;
    Member& member = m_members[number];
    Group& group = m_groups[member.group];
    member.over = true;
    member.time = as.time;
    member.value = as.value;
    link(group, number);
    settle(group);
}

bool SeveralBoard::doubt(std::uint32_t number, bool doubted) {
    Member& member = m_members[number];
    Group& group = m_groups[member.group];
    if (member.doubted == doubted)
        return false;
    member.doubted = doubted;
    if (member.counts)
        doubted ? ++group.doubted : --group.doubted;
    group.believed = believes(group);
    if (!group.raised || group.counting == 0)
        return false;
    group.told = group.counting;
    return true;
}

std::vector<const SeveralBoard::Member*> SeveralBoard::taking(std::uint32_t group, std::size_t most) const {
    std::vector<const Member*> list;
    for (std::uint32_t at = m_groups[group].last; at != none && m_members[at].counts && list.size() < most;
         at = m_members[at].before)
        list.push_back(&m_members[at]);
    return list;
}

} // namespace tocsin::detect
