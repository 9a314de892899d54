#pragma once

#include "triage/group_index.hpp"
#include "triage/kept_apart.hpp"
#include "triage/report_item.hpp"
#include "triage/shared_points.hpp"

#include <deque>
#include <map>
#include <unordered_map>
#include <unordered_set>

namespace tocsin::triage {

/// The groups that reports are in: each in exactly one, alone or not. A group is known by a few of its reports, its
/// core, which are most like each other; who joins must be like them.
class ReportGroups {
  public:
    using Number = GroupIndex::Number;
    struct Group {
        std::vector<base::Uuid> members; ///< oldest first
        std::vector<base::Uuid> core;
        std::optional<model::ClusterId> cluster;
        base::Time last;
        std::string published; ///< the key under which it was last told of; empty: never
    };

    explicit ReportGroups(ClusterPolicy policy) : m_policy(policy) {}

    TermBook book;
    std::unordered_map<base::Uuid, ReportItem> items;
    std::unordered_map<Number, Group> groups;
    std::map<model::ClusterId, Number> byCluster;
    KeptApart apart;
    std::unordered_set<Number> dirty; ///< changed since they were told of
    std::vector<std::string> gone;    ///< told of, and no more

    /// Takes a new item and puts it where it belongs.
    void add(ReportItem item);
    /// Puts an item that is in `items`, and in no group, where it belongs.
    void place(ReportItem& item);
    void leave(ReportItem& item);

  private:
    struct Verdict {
        double score{0}; ///< 0: not of this group
        const ReportItem* best{nullptr};
    };
    /// Asks again for those who found nobody while few reports had come, and nobody knew which words are rare.
    void lookAgain();
    [[nodiscard]] Number newGroup();
    void index(Number number, const ReportItem& item);
    [[nodiscard]] bool isOver(Number number, base::Duration after) const;
    [[nodiscard]] Verdict judge(const ReportItem& item, const Group& group) const;
    [[nodiscard]] std::vector<Number> candidates(const ReportItem& item) const;
    [[nodiscard]] std::vector<Number> nearest(std::vector<Number> numbers, const model::Position& place,
                                              std::size_t most) const;
    void keepCore(Number number, const ReportItem& item);
    void join(ReportItem& item, Number number);
    void mergeIfOne(Number a, Number b);
    [[nodiscard]] const ReportItem* likest(const ReportItem& item, const Group& group) const;
    void drop(Number number);

    ClusterPolicy m_policy;
    GroupIndex m_lookup; ///< of the groups' cores
    SharedPoints m_points;
    Number m_next{1};
    base::Time m_newest;
    struct Again {
        base::Uuid id;
        std::size_t known{0}; ///< reports when it was asked for
    };
    std::deque<Again> m_again; ///< the oldest asked first
};

} // namespace tocsin::triage
