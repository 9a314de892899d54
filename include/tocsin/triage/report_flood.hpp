#pragma once

#include "tocsin/base/id.hpp"
#include "tocsin/base/time.hpp"
#include "tocsin/model/position.hpp"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace tocsin::triage {

/// What stands in the queue by itself: one report, or reports of one event.
struct QueueBlock {
    base::Uuid id; ///< stays while the block does
    std::size_t reports{1};
    std::size_t inDanger{0}; ///< of them: tell of people in danger
    std::size_t trapped{0};
    std::size_t dead{0};
    bool due{false}; ///< somebody is to be called back by now
    std::string category;
    std::string place; ///< in the senders' words
    std::optional<model::Position> at;
    base::Time newest;
};

/// Blocks of one area and category as one line.
struct ReportLine {
    std::string key; ///< stays the same while the line does: what the queue keeps opened
    /// What the blocks have in common; what does not fit into the lines is coarsened.
    enum class Level : unsigned char { areaAndCategory, category, everything } level{Level::areaAndCategory};
    std::vector<std::size_t> blocks; ///< of those given, in their order
    std::size_t reports{0};
    std::size_t inDanger{0};
    std::size_t trapped{0};
    std::size_t dead{0};
    std::size_t due{0};                ///< blocks
    std::string category;              ///< of all of them; empty: none, or several
    std::string place;                 ///< that most of their senders name; may be empty
    std::optional<model::Position> centre; ///< of its area; absent: none, or several
    std::size_t areas{0};              ///< 0: none of them has a place
    base::Time newest;
};

struct FloodPolicy {
    std::size_t mostLines{10}; ///< at least 2
    std::size_t from{30};      ///< more blocks than that are a flood, until no more than half as many are left
    double metres{2'500};      ///< a block this near to where an area began belongs to it
};

/// The queue of a report flood in a bounded number of lines. Nothing is dropped: every block is in exactly one. An area
/// begins where its first block was and does not move, so that lines do not change under a person's hand. One thread at a
/// time.
class ReportFlood {
  public:
    explicit ReportFlood(FloodPolicy policy = {}) : m_policy(policy) {}

    /// Whether so many blocks are to be collapsed; remembers that they were.
    [[nodiscard]] bool isFlood(std::size_t blocks);
    /// At most policy.mostLines, worst first: where people are in danger, where a call is due, then by how many reports. The
    /// worst areas and categories have a line each; what is left stands by category over all areas, the least of it together.
    [[nodiscard]] std::vector<ReportLine> lines(const std::vector<QueueBlock>& blocks);

  private:
    struct Area {
        model::Position anchor;
        std::uint64_t number{0};
    };
    struct Home {
        model::Position at;
        std::uint64_t area{0};
    };
    [[nodiscard]] std::uint64_t areaOf(const QueueBlock& block);

    FloodPolicy m_policy;
    bool m_flood{false};
    std::vector<Area> m_areas;
    std::uint64_t m_next{1}; ///< 0 is no place
    std::unordered_map<base::Uuid, Home> m_homes;
};

} // namespace tocsin::triage
