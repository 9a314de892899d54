// What a vehicle makes of the network: its time on each arc, and which roads it can use at all.

#include "route/graph.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tocsin::route {
namespace {

constexpr double plainWalkSpeed = 4.0 / 3.6; // metres a second
constexpr std::size_t mostKnown = 12;
constexpr double longestArc = 31 * 86'400.0; // seconds; slower is not driving
constexpr double leastOffRoad = 0.1;         // km/h
constexpr double standsWithin = 100;         // metres

/// False for the roads that this vehicle never takes.
bool isUsable(const RoadTraits& road, const Profile& profile) {
    const auto fits = [](double limit, double own) { return limit <= 0 || own <= limit; };
    return profile.mayUse[static_cast<std::size_t>(road.access)] && fits(road.maxTonnes, profile.tonnes) &&
           fits(road.maxHeight, profile.height) && fits(road.maxWidth, profile.width) &&
           (!road.ford || profile.fording >= fordDepth);
}

/// Metres a second, from what the network says; 0: barred. `slope`: uphill is positive.
double speedUnder(double plain, const RoadTraits& road, double slope, const Profile& profile, double allRoads) {
    const double percent = slope * 100;
    const double hill = percent >= 0 ? 1 - profile.lostUp * percent : 1 + profile.lostDown * percent;
    const double factor = profile.byClass[static_cast<std::size_t>(road.cls)] *
                          profile.bySurface[static_cast<std::size_t>(road.surface)] * allRoads;
    if (!(factor > 0))
        return 0;
    const double least = std::min(profile.leastKmh / 3.6, plain);
    return std::min(std::max(plain * factor * std::max(hill, 0.05), least), profile.mostKmh / 3.6);
}

/// By arc.
std::shared_ptr<const std::vector<double>> metresOf(const RoadNetwork& network) {
    std::vector<double> metres;
    metres.reserve(network.pieces.size() * 2);
    for (const Piece& piece : network.pieces)
        metres.insert(metres.end(), 2, piece.length);
    return std::make_shared<const std::vector<double>>(std::move(metres));
}

void findUsable(const RoadNetwork& network, ArcTimes& times) {
    times.usable.assign(network.pieces.size(), 1);
    bool all = true;
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i) {
        if (times.seconds[arcOf(i, true)] < 0 && times.seconds[arcOf(i, false)] < 0) {
            times.usable[i] = 0;
            all = false;
        }
    }
    if (all)
        times.usable.clear();
}

} // namespace

std::vector<double> secondsUnder(const RoadNetwork& network, const Profile& profile, bool night, Weather weather) {
    const double allRoads = (night ? profile.night : 1) * profile.byWeather[static_cast<std::size_t>(weather)];
    std::vector<double> seconds(network.pieces.size() * 2, -1);
    if (!check(profile))
        return seconds;
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i) {
        const Piece& piece = network.pieces[i];
        const RoadTraits& road = piece.traits;
        if (!isUsable(road, profile))
            continue;
        for (const bool forward : {true, false}) {
            double plain = forward ? piece.forward : piece.backward;
            double against = 1;
            if (plain < 0 && profile.againstOneWay > 0 && road.cls != RoadClass::motorway &&
                road.cls != RoadClass::ferry) {
                plain = forward ? piece.backward : piece.forward;
                against = profile.againstOneWay;
            }
            if (plain < 0)
                continue;
            // What is no way at all has no speed, and still must not be driven by who cannot drive such roads.
            const double own = plain > 0 && piece.length > 0 ? piece.length / plain : 10;
            const double speed =
                speedUnder(own, road, forward ? road.slope : -road.slope, profile, allRoads * against);
            const double took = speed == own ? plain : speed > 0 ? plain * (own / speed) : longestArc + 1;
            if (took <= longestArc)
                seconds[arcOf(i, forward)] = took;
        }
    }
    return seconds;
}

std::vector<char> mainPieces(const RoadNetwork& network, const ArcTimes& times) {
    const std::vector<std::uint32_t> component = times.routes->search.components(times.costs);
    const TurnNodes& turns = times.routes->turns;
    const auto forDriven = [&](std::uint32_t piece, const auto& visit) {
        for (const ArcId arc : {arcOf(piece, true), arcOf(piece, false)}) {
            if (times.seconds[arc] < 0)
                continue;
            turns.forStarts(arc, [&](std::uint32_t start) {
                if (component[start] == component[turns.endOf(arc)])
                    visit(component[start]);
            });
        }
    };
    std::vector<char> inMain(network.pieces.size(), 0);
    std::vector<std::size_t> size(component.size(), 0);
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i)
        forDriven(i, [&](std::uint32_t part) { ++size[part]; });
    if (size.empty())
        return inMain;
    const auto main = static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
    for (std::uint32_t i = 0; i < network.pieces.size(); ++i)
        forDriven(i, [&](std::uint32_t part) { inMain[i] = part == main ? char{1} : inMain[i]; });
    return inMain;
}

RoadCore::RoadCore(RoadNetwork roads, std::vector<Profile> ofVehicles)
    : network(std::move(roads)), snapper(network), profiles(std::move(ofVehicles)),
      arcs(static_cast<std::size_t>(std::accumulate(
          network.pieces.begin(), network.pieces.end(), 0,
          [](int sum, const Piece& p) { return sum + (p.forward >= 0 ? 1 : 0) + (p.backward >= 0 ? 1 : 0); }))),
      m_routes(network, true) {
    ArcTimes plain;
    plain.routes = &m_routes;
    plain.seconds.reserve(network.pieces.size() * 2);
    for (const Piece& piece : network.pieces) {
        plain.seconds.push_back(piece.forward);
        plain.seconds.push_back(piece.backward);
    }
    findUsable(network, plain);
    plain.costs = m_routes.search.costsOf(plain.seconds);
    plain.metres = metresOf(network);
    plain.inMain = mainPieces(network, plain);
    plain.offRoadSpeed = plainWalkSpeed;
    plain.tonnes = Profile{}.tonnes;
    plain.fording = Profile{}.fording;
    plain.offRoadMost = Snapper::reachMetres;
    m_plain = std::make_shared<const ArcTimes>(std::move(plain));
}

const Routes& RoadCore::routes(bool keepsBans) const {
    if (keepsBans || network.bans.empty())
        return m_routes;
    std::call_once(m_freeMade, [this] { m_free = std::make_unique<Routes>(network, false); });
    return *m_free;
}

std::shared_ptr<const ArcTimes> RoadCore::timesOf(const Profile& profile, bool night, Weather weather) const {
    const auto isAsked = [&](const Known& known) {
        return known.night == night && known.weather == weather && known.profile == profile;
    };
    {
        const std::scoped_lock lock(m_mutex);
        const auto known = std::find_if(m_known.begin(), m_known.end(), isAsked);
        if (known != m_known.end()) {
            std::rotate(m_known.begin(), known, known + 1);
            return m_known.front().times;
        }
    }
    const bool isSound = check(profile).has_value();
    auto times = std::make_shared<ArcTimes>();
    times->routes = &routes(!profile.ignoresTurnBans);
    times->seconds = secondsUnder(network, profile, night, weather);
    findUsable(network, *times);
    times->costs = times->routes->search.costsOf(times->seconds);
    times->metres = m_plain->metres;
    times->inMain = mainPieces(network, *times);
    times->tonnes = profile.tonnes;
    times->fording = profile.fording;
    // Who never leaves the road may still stand beside its middle.
    const bool leavesRoad = isSound && profile.offRoadKmh >= leastOffRoad;
    times->offRoadSpeed = leavesRoad ? profile.offRoadKmh / 3.6 : plainWalkSpeed;
    times->offRoadMost = leavesRoad ? profile.offRoadMost : isSound ? std::min(profile.offRoadMost, standsWithin) : 0;
    times->offRoadOnFoot = profile.offRoadOnFoot;
    times->straightOffRoad = leavesRoad && profile.straightOffRoad;
    times->moves = std::any_of(times->seconds.begin(), times->seconds.end(), [](double s) { return s >= 0; }) ||
                   times->straightOffRoad;
    if (!isSound)
        return times; // numbers that are none never compare equal
    const std::scoped_lock lock(m_mutex);
    if (std::none_of(m_known.begin(), m_known.end(), isAsked)) {
        m_known.insert(m_known.begin(), {profile, night, weather, times});
        m_known.resize(std::min(m_known.size(), mostKnown));
    }
    return times;
}

} // namespace tocsin::route
