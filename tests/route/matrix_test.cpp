#include "route/road_map.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <queue>
#include <random>
#include <tuple>

namespace tocsin::route {
namespace {

using model::Position;
using test::RoadMap;
constexpr double infinite = std::numeric_limits<double>::infinity();

/// A road of a random network, with both its directions where it has them.
struct Road {
    std::uint32_t a{0};
    std::uint32_t b{0};
    double there{-1};
    double back{-1};
    RoadTraits traits;
    bool closed{false}; ///< a quarter of the way from a
};

/// One direction of a road, as a vehicle has it.
struct Drive {
    std::size_t road{0};
    bool there{true};
    std::uint32_t from{0};
    std::uint32_t to{0};
    double seconds{0};
};

constexpr double roadMetres = 6000;
constexpr double snapped = 0.02; // seconds: a place is known to a centimetre

/// The profile's own words, once more and plainly.
std::vector<Drive> drives(const std::vector<Road>& roads, const Profile& profile) {
    std::vector<Drive> all;
    for (std::size_t i = 0; i < roads.size(); ++i) {
        const Road& road = roads[i];
        const RoadTraits& t = road.traits;
        if (!profile.mayUse[static_cast<std::size_t>(t.access)] ||
            (t.maxTonnes > 0 && profile.tonnes > t.maxTonnes) || (t.maxHeight > 0 && profile.height > t.maxHeight) ||
            (t.maxWidth > 0 && profile.width > t.maxWidth) || (t.ford && profile.fording < 0.2))
            continue;
        for (const bool there : {true, false}) {
            double seconds = there ? road.there : road.back;
            double factor = profile.byClass[static_cast<std::size_t>(t.cls)] *
                            profile.bySurface[static_cast<std::size_t>(t.surface)];
            if (seconds < 0) {
                if (profile.againstOneWay <= 0 || t.cls == RoadClass::motorway)
                    continue;
                seconds = there ? road.back : road.there;
                factor *= profile.againstOneWay;
            }
            const double rise = (there ? t.slope : -t.slope) * 100;
            const double own = roadMetres / seconds;
            double speed = own * factor *
                           std::max(0.05, rise > 0 ? 1 - profile.lostUp * rise : 1 - profile.lostDown * -rise);
            if (factor <= 0)
                continue;
            speed = std::max(speed, std::min(profile.leastKmh / 3.6, own));
            speed = std::min(speed, profile.mostKmh / 3.6);
            all.push_back({i, there, there ? road.a : road.b, there ? road.b : road.a, roadMetres / speed});
        }
    }
    return all;
}

/// Bellman and Ford over (drive, turn): from the middle of one road to the middle of another.
double plainly(const std::vector<Road>& roads, const std::vector<Drive>& drives, const std::vector<std::vector<char>>& banned,
               std::size_t start, std::size_t end) {
    if (start == end)
        return 0;
    std::vector<double> after(drives.size(), infinite); // at the end of the drive
    // The closure lies between a and the middle.
    const auto canLeave = [&](const Drive& d) { return !roads[d.road].closed || d.there; };
    const auto canReach = [&](const Drive& d) { return !roads[d.road].closed || !d.there; };
    for (std::size_t i = 0; i < drives.size(); ++i) {
        if (drives[i].road == start && canLeave(drives[i]))
            after[i] = drives[i].seconds / 2;
    }
    for (bool changed = true; changed;) {
        changed = false;
        for (std::size_t i = 0; i < drives.size(); ++i) {
            for (std::size_t k = 0; k < drives.size(); ++k) {
                const bool may = drives[i].to == drives[k].from && banned[i][k] == 0 && !roads[drives[k].road].closed;
                if (may && after[i] + drives[k].seconds < after[k]) {
                    after[k] = after[i] + drives[k].seconds;
                    changed = true;
                }
            }
        }
    }
    double best = infinite;
    for (std::size_t i = 0; i < drives.size(); ++i) {
        for (std::size_t k = 0; k < drives.size(); ++k) {
            if (drives[k].road == end && canReach(drives[k]) && drives[i].to == drives[k].from && banned[i][k] == 0)
                best = std::min(best, after[i] + drives[k].seconds / 2);
        }
    }
    return best;
}

TEST(ManyToMany, equalsBellmanAndFordUnderProfilesBansAndClosures) {
    std::mt19937 random(23);
    const auto any = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
    int compared = 0;
    int without = 0;
    int byProfile = 0;
    for (int round = 0; round < 120; ++round) {
        GraphRecord record;
        record.names = {""};
        for (int y = 0; y < 4; ++y) {
            for (int x = 0; x < 4; ++x)
                record.nodes.push_back(RoadMap::at(x * 60, y * 60));
        }
        std::vector<Road> roads;
        std::vector<std::pair<std::size_t, bool>> ofArc; // road and direction by the record's arc
        std::vector<model::Line> closures;
        const auto add = [&](std::uint32_t a, std::uint32_t b) {
            if (any(6) == 0)
                return;
            Road road{a, b, 300.0 + any(400), 300.0 + any(400), {}, false};
            if (const auto ways = any(4); ways == 0)
                road.back = -1;
            else if (ways == 1)
                road.there = -1;
            road.traits.cls = static_cast<RoadClass>(any(roadClasses - 1));
            road.traits.surface = static_cast<Surface>(any(surfaces));
            road.traits.access = static_cast<RoadAccess>(any(3) == 0 ? any(roadAccesses) : 0);
            road.traits.ford = any(12) == 0;
            road.traits.maxTonnes = any(6) == 0 ? 3.5 : 0;
            road.traits.maxHeight = any(8) == 0 ? 2.5 : 0;
            road.traits.slope = (static_cast<int>(any(21)) - 10) / 100.0;
            road.closed = any(12) == 0;
            const auto point = [&](double f) {
                const Position p = record.nodes[a];
                const Position q = record.nodes[b];
                return Position::trusted(p.latitude() + (q.latitude() - p.latitude()) * f,
                                         p.longitude() + (q.longitude() - p.longitude()) * f);
            };
            if (road.closed)
                closures.push_back({point(0.25)});
            RoadTraits back = road.traits;
            back.slope = -back.slope;
            if (road.there >= 0) {
                record.arcs.push_back({a, b, base::Seconds(road.there), base::Metres(roadMetres), 0, {}, road.traits});
                ofArc.emplace_back(roads.size(), true);
            }
            if (road.back >= 0) {
                record.arcs.push_back({b, a, base::Seconds(road.back), base::Metres(roadMetres), 0, {}, back});
                ofArc.emplace_back(roads.size(), false);
            }
            roads.push_back(road);
        };
        for (std::uint32_t n = 0; n < 16; ++n) {
            if (n % 4 != 3)
                add(n, n + 1);
            if (n < 12)
                add(n, n + 4);
        }
        for (std::uint32_t a = 0; a < record.arcs.size(); ++a) {
            for (std::uint32_t b = 0; b < record.arcs.size(); ++b) {
                if (record.arcs[a].to == record.arcs[b].from && any(4) == 0)
                    record.bans.push_back({a, b});
            }
        }
        const auto built = RoadGraph::build(record);
        ASSERT_TRUE(built) << built.error().message;

        auto profiles = defaultProfiles();
        ASSERT_GT(profiles.size(), 6U);
        profiles.resize(6); // those that drive
        Profile own;
        for (double& f : own.byClass)
            f = any(8) == 0 ? 0 : 0.3 + any(100) / 60.0;
        own.lostUp = 0.05;
        own.lostDown = 0.02;
        own.againstOneWay = any(2) * 0.3;
        own.ignoresTurnBans = any(2) == 0;
        own.leastKmh = 20;
        own.mostKmh = 70;
        profiles.push_back(own);
        Profile profile = profiles[any(static_cast<unsigned>(profiles.size()))];
        profile.offRoadMost = 50; // nobody walks to another road here
        profile.straightOffRoad = false;
        const auto all = drives(roads, profile);
        std::vector<std::vector<char>> banned(all.size(), std::vector<char>(all.size(), 0));
        if (!profile.ignoresTurnBans) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                for (std::size_t k = 0; k < all.size(); ++k) {
                    for (const TurnBan& ban : record.bans) {
                        if (ofArc[ban.fromArc] == std::pair(all[i].road, all[i].there) &&
                            ofArc[ban.toArc] == std::pair(all[k].road, all[k].there))
                            banned[i][k] = 1;
                    }
                }
            }
        }
        std::vector<Position> middles;
        for (const Road& road : roads) {
            const Position p = record.nodes[road.a];
            const Position q = record.nodes[road.b];
            middles.push_back(Position::trusted((p.latitude() + q.latitude()) / 2, (p.longitude() + q.longitude()) / 2));
        }
        const std::size_t few = std::min<std::size_t>(5, middles.size());
        const auto graph = (*built)->under(profile, {.closures = closures, .floods = {}, .weightLimits = {}});
        const auto toFew = graph->timesBetween(middles, std::span(middles).first(few), {.threads = 3, .metres = true});
        const auto fromFew = graph->timesBetween(std::span(middles).first(few), middles, {.threads = 1});
        ASSERT_TRUE(toFew && fromFew);
        // Who is near, asked twice: as the table says.
        const auto nearTimes = graph->nearTimes(middles, {middles.begin(), middles.begin() + static_cast<std::ptrdiff_t>(few)});
        for (const double times : {0.3, 1.0}) {
            std::vector<NearTimes::Wanted> wanted;
            for (std::uint32_t t = 0; t < few; ++t)
                wanted.push_back({t, t == 4 ? infinite : times * (200.1234567 + 311 * t)});
            const auto near = nearTimes->within(wanted, {});
            ASSERT_TRUE(near);
            for (std::size_t t = 0; t < few; ++t) {
                std::size_t at = 0;
                for (std::size_t s = 0; s < middles.size(); ++s) {
                    if (!(toFew->at(s, t) < wanted[t].most))
                        continue;
                    ASSERT_LT(at, (*near)[t].size()) << "round " << round << ' ' << profile.name;
                    EXPECT_EQ((*near)[t][at].start, s) << "round " << round << ' ' << profile.name;
                    EXPECT_NEAR((*near)[t][at].seconds, toFew->at(s, t), 1e-6) << "round " << round << ' ' << profile.name;
                    ++at;
                }
                EXPECT_EQ(at, (*near)[t].size()) << "round " << round << ' ' << profile.name;
            }
        }
        const auto usable = [&](std::size_t road) {
            return std::any_of(all.begin(), all.end(), [&](const Drive& d) { return d.road == road; });
        };
        for (std::size_t s = 0; s < middles.size(); ++s) {
            for (std::size_t t = 0; t < few; ++t) {
                const bool canStand = usable(s) && usable(t);
                const double expected = s == t ? 0 : canStand ? plainly(roads, all, banned, s, t) : infinite;
                const double expectedBack = s == t ? 0 : canStand ? plainly(roads, all, banned, t, s) : infinite;
                ++compared;
                without += expected == infinite ? 1 : 0;
                byProfile += profile.name == "car" ? 0 : 1;
                if (expected == infinite)
                    EXPECT_EQ(toFew->at(s, t), infinite) << "round " << round << ' ' << profile.name;
                else
                    EXPECT_NEAR(toFew->at(s, t), expected, snapped) << "round " << round << ' ' << profile.name;
                if (expectedBack == infinite)
                    EXPECT_EQ(fromFew->at(t, s), infinite) << "round " << round << ' ' << profile.name;
                else
                    EXPECT_NEAR(fromFew->at(t, s), expectedBack, snapped) << "round " << round << ' ' << profile.name;
                const auto reach = graph->timesTo(middles[t], std::span(&middles[s], 1)).front();
                const double one = reach ? reach->duration.value : infinite;
                if (reach) {
                    EXPECT_NEAR(toFew->metres[s * few + t], reach->length.value, 0.1); // equal times are rare here
                }
                if (one == infinite)
                    EXPECT_EQ(toFew->at(s, t), infinite);
                else
                    EXPECT_NEAR(toFew->at(s, t), one, 1e-6);
            }
        }
    }
    EXPECT_GT(compared, 8000);
    EXPECT_GT(without, 800);
    EXPECT_GT(byProfile, 4000);
}

/// A random network of a grid with some diagonals, in two parts that no road joins.
struct Wide {
    static constexpr std::uint32_t side = 18;

    GraphRecord record;
    std::vector<Road> roads;
    std::vector<Drive> drives;
    std::vector<std::vector<std::size_t>> next; ///< by drive: those that may follow
    std::vector<model::Line> closures;
    std::vector<Position> middles;

    /// `ties`: only three times, so that many ways take equally long.
    Wide(std::mt19937& random, bool ties) {
        const auto any = [&](unsigned n) { return static_cast<std::uint32_t>(random() % n); };
        record.names = {""};
        for (std::uint32_t n = 0; n < side * side; ++n)
            record.nodes.push_back(RoadMap::at(n % side * 60, n / side * 60));
        std::vector<std::size_t> driveOf; // by the record's arc
        const auto add = [&](std::uint32_t a, std::uint32_t b) {
            const bool isCut = (a % side < 12) != (b % side < 12);
            if (isCut || any(5) == 0)
                return;
            const bool hasLength = any(12) != 0;
            const auto seconds = [&] {
                return !hasLength ? 0.0 : ties ? 300.0 * (1 + any(3)) : 300 + any(1'000'000) / 1000.0;
            };
            Road road{a, b, seconds(), seconds(), {}, any(20) == 0};
            if (const auto ways = any(5); ways == 0)
                road.back = -1;
            else if (ways == 1)
                road.there = -1;
            const auto point = [&](double f) {
                const Position p = record.nodes[a];
                const Position q = record.nodes[b];
                return Position::trusted(p.latitude() + (q.latitude() - p.latitude()) * f,
                                         p.longitude() + (q.longitude() - p.longitude()) * f);
            };
            if (road.closed)
                closures.push_back({point(0.25)});
            const base::Metres length(hasLength ? roadMetres : 0);
            for (const bool there : {true, false}) {
                const double took = there ? road.there : road.back;
                if (took < 0)
                    continue;
                const auto [from, to] = there ? std::pair(a, b) : std::pair(b, a);
                record.arcs.push_back({from, to, base::Seconds(took), length, 0, {}, {}});
                drives.push_back({roads.size(), there, from, to, took});
            }
            roads.push_back(road);
            middles.push_back(point(0.5));
        };
        for (std::uint32_t n = 0; n < side * side; ++n) {
            const bool hasRight = n % side + 1 < side;
            const bool hasBelow = n + side < side * side;
            if (hasRight)
                add(n, n + 1);
            if (hasBelow)
                add(n, n + side);
            if (hasRight && hasBelow && any(4) == 0)
                add(n, n + side + 1);
        }
        next.resize(drives.size());
        for (std::uint32_t i = 0; i < drives.size(); ++i) {
            for (std::uint32_t k = 0; k < drives.size(); ++k) {
                if (drives[i].to != drives[k].from)
                    continue;
                if (any(12) == 0)
                    record.bans.push_back({i, k}); // a drive is an arc of the record
                else
                    next[i].push_back(k);
            }
        }
    }

    /// Dijkstra over drives, seconds and metres, from the middle of one road to the middle of each other.
    [[nodiscard]] std::vector<std::pair<double, double>> from(std::size_t start) const {
        // A closure lies between a and the middle.
        const auto length = [&](const Drive& d) { return d.seconds > 0 ? roadMetres : 0; };
        std::vector<std::pair<double, double>> best(roads.size(), {infinite, infinite});
        std::vector<char> isDone(drives.size(), 0);
        using Waiting = std::tuple<double, double, std::size_t>; // at the end of the drive
        std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue;
        for (std::size_t i = 0; i < drives.size(); ++i) {
            if (drives[i].road == start && (!roads[start].closed || drives[i].there))
                queue.emplace(drives[i].seconds / 2, length(drives[i]) / 2, i);
        }
        while (!queue.empty()) {
            const auto [seconds, metres, at] = queue.top();
            queue.pop();
            if (std::exchange(isDone[at], char{1}) != 0)
                continue;
            for (const std::size_t k : next[at]) {
                const Drive& drive = drives[k];
                const bool isClosed = roads[drive.road].closed;
                if (!isClosed || !drive.there)
                    best[drive.road] = std::min(best[drive.road],
                                                {seconds + drive.seconds / 2, metres + length(drive) / 2});
                if (!isClosed)
                    queue.emplace(seconds + drive.seconds, metres + length(drive), k);
            }
        }
        best[start] = {0, 0};
        return best;
    }
};

void expectSame(double found, double expected, double within, const std::string& where) {
    if (expected == infinite)
        EXPECT_EQ(found, infinite) << where;
    else
        EXPECT_NEAR(found, expected, within) << where;
}

TEST(ManyToMany, equalsDijkstraWithTiesIslandsAndRoadsThatTakeNoTime) {
    std::mt19937 random(77);
    std::size_t without = 0;
    for (int round = 0; round < 6; ++round) {
        const bool ties = round % 2 == 0;
        const Wide wide(random, ties);
        const auto built = RoadGraph::build(wide.record);
        ASSERT_TRUE(built) << built.error().message;
        const auto graph = (*built)->without(wide.closures);
        const auto many = std::span(wide.middles).first(150);
        const auto some = many.first(29); // no multiple of what is searched together
        const auto few = many.first(2);   // one by one
        const auto toSome = graph->timesBetween(many, some, {.threads = 2});
        const auto toSomeToo = graph->timesBetween(many, some, {.threads = 3, .metres = true});
        const auto fromSome = graph->timesBetween(some, many, {.threads = 1, .metres = true});
        const auto toFew = graph->timesBetween(many, few, {.metres = true});
        const auto fromFew = graph->timesBetween(few, many);
        ASSERT_TRUE(toSome && toSomeToo && fromSome && toFew && fromFew);
        for (std::size_t s = 0; s < many.size(); ++s) {
            const auto expected = wide.from(s);
            for (std::size_t t = 0; t < many.size(); ++t) {
                const auto [seconds, metres] = expected[t];
                const std::string where = "round " + std::to_string(round) + ", " + std::to_string(s) + " to " + std::to_string(t);
                if (t < some.size()) {
                    expectSame(toSome->at(s, t), seconds, snapped, where);
                    expectSame(toSomeToo->at(s, t), seconds, snapped, where);
                    without += seconds == infinite ? 1 : 0;
                    if (!ties)
                        expectSame(toSomeToo->metres[s * some.size() + t], metres, 0.5, where);
                }
                if (s < some.size()) {
                    expectSame(fromSome->at(s, t), seconds, snapped, where);
                    if (!ties)
                        expectSame(fromSome->metres[s * many.size() + t], metres, 0.5, where);
                }
                if (t < few.size())
                    expectSame(toFew->at(s, t), seconds, snapped, where);
                if (s < few.size())
                    expectSame(fromFew->at(s, t), seconds, snapped, where);
            }
        }
    }
    EXPECT_GT(without, 3000U);
}

TEST(ManyToMany, ofManyPlacesHoldsToConditionsAtOnce) {
    std::mt19937 random(78);
    for (int round = 0; round < 3; ++round) {
        const Wide wide(random, false);
        const auto built = RoadGraph::build(wide.record);
        ASSERT_TRUE(built) << built.error().message;
        const auto many = std::span(wide.middles).first(60);
        const auto some = many.first(20);
        ASSERT_TRUE((*built)->timesBetween(many, some)); // what it keeps must not hold the conditions of before
        std::size_t changed = 0;
        for (int question = 0; question < 4; ++question) {
            const auto place = [&] { return model::Line{wide.middles[random() % wide.middles.size()]}; };
            Conditions conditions;
            for (int i = 0; i < 8; ++i) {
                conditions.closures.push_back(place());
                conditions.floods.push_back({place(), 0.1 + 0.05 * i});
                conditions.weightLimits.push_back({place(), 1.0 + i});
            }
            const auto& profile = (*built)->profiles()[static_cast<std::size_t>(question)];
            const auto roads = (*built)->under(profile, conditions);
            const auto dry = (*built)->under(profile);
            const auto table = roads->timesBetween(many, some);
            ASSERT_TRUE(table);
            for (std::size_t t = 0; t < some.size(); ++t) {
                const auto one = roads->timesTo(some[t], many); // LEMON's Dijkstra
                const auto before = dry->timesTo(some[t], many);
                for (std::size_t s = 0; s < many.size(); ++s) {
                    const double expected = one[s] ? one[s]->duration.value : infinite;
                    expectSame(table->at(s, t), expected, 1e-6, std::to_string(s) + " to " + std::to_string(t));
                    changed += expected != (before[s] ? before[s]->duration.value : infinite) ? 1U : 0U;
                }
            }
        }
        EXPECT_GT(changed, 300U);
    }
}

TEST(ManyToMany, isCancelled) {
    const RoadMap map({"A----B"});
    std::stop_source stop;
    stop.request_stop();
    const std::vector<Position> places{map.node('A'), map.node('B')};
    const auto times = map.graph()->timesBetween(places, places, {.cancel = stop.get_token()});
    ASSERT_FALSE(times);
    EXPECT_EQ(times.error().code, base::Code::cancelled);
}

TEST(ManyToMany, ofNothingIsNothing) {
    const RoadMap map({"A----B"});
    const std::vector<Position> places{map.node('A'), map.node('B')};
    const auto none = map.graph()->timesBetween({}, places);
    ASSERT_TRUE(none);
    EXPECT_TRUE(none->seconds.empty());
    const auto empty = RoadGraph::build({});
    ASSERT_TRUE(empty);
    const auto nowhere = (*empty)->timesBetween(places, places);
    ASSERT_TRUE(nowhere);
    EXPECT_EQ(nowhere->at(0, 1), infinite);
    EXPECT_EQ(nowhere->at(0, 0), 0);
}

TEST(ManyToMany, longAndShortArcsTogether) {
    // A ferry of days beside streets of seconds: what waits far beyond the rest is found again.
    GraphRecord record;
    record.names = {""};
    std::mt19937 random(5);
    for (int i = 0; i < 40; ++i)
        record.nodes.push_back(RoadMap::at(i * 60, 0));
    std::vector<double> at{0};
    for (std::uint32_t i = 0; i + 1 < 40; ++i) {
        const double seconds = i % 7 == 3 ? 6 * 86'400.0 : 0.001 + static_cast<double>(random() % 5000);
        record.arcs.push_back({i, i + 1, base::Seconds(seconds), base::Metres(roadMetres), 0, {}});
        record.arcs.push_back({i + 1, i, base::Seconds(seconds), base::Metres(roadMetres), 0, {}});
        at.push_back(at.back() + seconds);
    }
    const auto graph = RoadGraph::build(record);
    ASSERT_TRUE(graph);
    const auto times = (*graph)->timesBetween(record.nodes, record.nodes);
    ASSERT_TRUE(times);
    for (std::size_t s = 0; s < 40; ++s) {
        for (std::size_t t = 0; t < 40; ++t)
            EXPECT_NEAR(times->at(s, t), std::abs(at[s] - at[t]), 1e-6);
    }
}

} // namespace
} // namespace tocsin::route
