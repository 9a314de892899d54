#include "route/graph.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>

namespace tocsin::route {

model::RouteLine Graph::lineOf(const Trip& trip, model::Position from, model::Position to) const {
    model::RouteLine line;
    double at = 0;
    const auto add = [&](model::Position p) {
        if (!line.points.empty() && fixed(line.points.back()) == fixed(p)) {
            if (line.points.size() > 1)
                line.secondsAt.back() = at;
            return;
        }
        line.points.push_back(p);
        line.secondsAt.push_back(at);
    };
    add(from);
    at += walkSeconds(trip.walkBefore);
    line.length = base::Metres(trip.walkBefore + trip.walkAfter);
    for (const Leg& leg : trip.legs) {
        const Piece& piece = m_core->network.pieces[leg.piece];
        const auto point = [&](std::uint32_t k) { return position(m_core->network.points[piece.firstPoint + k]); };
        std::vector<double> fractions(piece.pointCount, 0);
        for (std::uint32_t k = 1; k < piece.pointCount; ++k)
            fractions[k] = fractions[k - 1] + geo::distance(point(k - 1), point(k)).value;
        const double whole = fractions.back();
        for (double& f : fractions)
            f = whole > 0 ? f / whole : 0;
        const auto pointAt = [&](double fraction) {
            const auto upper = std::upper_bound(fractions.begin() + 1, fractions.end() - 1, fraction);
            const auto k = static_cast<std::uint32_t>(upper - fractions.begin());
            const double span = fractions[k] - fractions[k - 1];
            const double f = span > 0 ? std::clamp((fraction - fractions[k - 1]) / span, 0.0, 1.0) : 0;
            const model::Position a = point(k - 1);
            const model::Position b = point(k);
            return model::Position::trusted(a.latitude() + (b.latitude() - a.latitude()) * f,
                                            a.longitude() + (b.longitude() - a.longitude()) * f);
        };
        const double start = at;
        const double perFraction = seconds(arcOf(leg.piece, leg.forward));
        add(pointAt(leg.from));
        for (std::uint32_t n = 0; n < piece.pointCount; ++n) {
            const std::uint32_t k = leg.forward ? n : piece.pointCount - 1 - n;
            if (fractions[k] > std::min(leg.from, leg.to) && fractions[k] < std::max(leg.from, leg.to)) {
                at = start + std::abs(fractions[k] - leg.from) * perFraction;
                add(point(k));
            }
        }
        at = start + cost(leg);
        add(pointAt(leg.to));
        line.length += base::Metres(metres(leg));
    }
    at += walkSeconds(trip.walkAfter);
    add(to);
    line.duration = base::Seconds(line.secondsAt.back());
    return line;
}

std::vector<std::pair<std::string, base::Metres>> Graph::roadsOf(const Trip& trip) const {
    std::vector<std::pair<std::string, base::Metres>> roads;
    for (const Leg& leg : trip.legs) {
        const std::string& name = m_core->network.names[m_core->network.pieces[leg.piece].name];
        const double length = metres(leg);
        if (name.empty() || length <= 0)
            continue;
        const auto known = std::find_if(roads.begin(), roads.end(), [&](const auto& r) { return r.first == name; });
        if (known != roads.end())
            known->second += base::Metres(length);
        else
            roads.emplace_back(name, length);
    }
    return roads;
}

std::vector<WayLeg> Graph::legsOf(const Trip& trip) const {
    std::vector<WayLeg> legs;
    const WayLeg::By besides = m_times->offRoadOnFoot ? WayLeg::By::foot : WayLeg::By::offRoad;
    const auto add = [&](WayLeg::By by, double duration, double length) {
        if (duration > 0 || length > 0)
            legs.push_back({by, base::Seconds(duration), base::Metres(length)});
    };
    add(besides, walkSeconds(trip.walkBefore), trip.walkBefore);
    double duration = 0;
    double length = 0;
    for (const Leg& leg : trip.legs) {
        duration += cost(leg);
        length += metres(leg);
    }
    add(WayLeg::By::road, duration, length);
    add(besides, walkSeconds(trip.walkAfter), trip.walkAfter);
    return legs;
}

} // namespace tocsin::route
