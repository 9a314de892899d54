#include "route/turns.hpp"

#include <algorithm>

namespace tocsin::route {

bool TurnNodes::Copy::bans(ArcId arc) const {
    return std::binary_search(banned.begin(), banned.end(), arc);
}

TurnNodes::TurnNodes(const RoadNetwork& network, bool keepsBans)
    : m_network(network), m_count(network.nodes.size()) {
    m_end.reserve(network.pieces.size() * 2);
    for (ArcId arc = 0; arc < network.pieces.size() * 2; ++arc)
        m_end.push_back(route::endOf(network, arc));
    for (std::size_t first = 0; keepsBans && first < network.bans.size();) {
        const ArcId from = network.bans[first].from;
        std::vector<ArcId> banned;
        for (; first < network.bans.size() && network.bans[first].from == from; ++first)
            banned.push_back(network.bans[first].to);
        // Arcs to which the same turns are banned share their copy.
        auto& copies = m_copies[m_end[from]];
        auto copy = std::find_if(copies.begin(), copies.end(), [&](const Copy& c) { return c.banned == banned; });
        if (copy == copies.end())
            copy = copies.insert(copies.end(), {static_cast<std::uint32_t>(m_count++), std::move(banned)});
        m_end[from] = copy->node;
    }
}

std::vector<search::Arc> TurnNodes::arcs() const {
    std::vector<search::Arc> arcs;
    arcs.reserve(m_end.size());
    for (ArcId arc = 0; arc < m_end.size(); ++arc) {
        if (secondsOf(m_network, arc) >= 0 || m_network.pieces[pieceOf(arc)].traits.cls != RoadClass::motorway)
            forStarts(arc, [&](std::uint32_t start) { arcs.push_back({start, m_end[arc], arc}); });
    }
    return arcs;
}

} // namespace tocsin::route
