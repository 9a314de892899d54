#pragma once

#include "route/lemon/search.hpp"
#include "route/network.hpp"

#include <unordered_map>
#include <vector>

namespace tocsin::route {

/// The nodes that a search walks on. A junction is one, and one more for each set of turns that is banned to whoever
/// comes into it by certain arcs: those arcs end there, and all but the banned arcs leave from there. So a way through
/// these nodes is a way that keeps the bans, and a search by nodes finds the best of them. Immutable, thread safe.
class TurnNodes {
  public:
    /// Without `keepsBans` every turn may be made.
    explicit TurnNodes(const RoadNetwork& network, bool keepsBans = true);

    [[nodiscard]] std::size_t count() const { return m_count; }
    /// Where one is after driving the arc.
    [[nodiscard]] std::uint32_t endOf(ArcId arc) const { return m_end[arc]; }
    /// Calls `visit` with each node from which the arc may be driven.
    template <typename Visit>
    void forStarts(ArcId arc, const Visit& visit) const {
        const std::uint32_t junction = startOf(m_network, arc);
        visit(junction);
        const auto copies = m_copies.find(junction);
        if (copies == m_copies.end())
            return;
        for (const Copy& copy : copies->second) {
            if (!copy.bans(arc))
                visit(copy.node);
        }
    }
    /// Each arc that some vehicle may take as often as it starts: the open ones, and one-way streets the wrong way, but
    /// not motorways.
    [[nodiscard]] std::vector<search::Arc> arcs() const;

  private:
    struct Copy {
        std::uint32_t node{0};
        std::vector<ArcId> banned; ///< rising
        [[nodiscard]] bool bans(ArcId arc) const;
    };

    const RoadNetwork& m_network;
    std::size_t m_count{0};
    std::vector<std::uint32_t> m_end;                              ///< by arc
    std::unordered_map<std::uint32_t, std::vector<Copy>> m_copies; ///< by junction
};

} // namespace tocsin::route
