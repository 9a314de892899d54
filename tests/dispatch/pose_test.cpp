// Large counties: the near ones first, and nobody left out who could better the answer.

#include "dispatch/scene.hpp"
#include "dispatch/travels.hpp"

#include <cmath>
#include <map>
#include <random>
#include <set>

namespace tocsin::dispatch {
namespace {

using test::noon;
using test::Scene;
using test::teams;

/// A net of streets, some of them one way, and a road that nothing joins.
route::GraphRecord streets(std::mt19937& random, std::uint32_t side) {
    route::GraphRecord record;
    record.names = {""};
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x)
            record.nodes.push_back(model::Position::trusted(47 + y * 0.004, 9 + x * 0.006));
    }
    const auto add = [&](std::uint32_t from, std::uint32_t to) {
        record.arcs.push_back({from, to, base::Seconds(20.0 + random() % 40), base::Metres(450), 0, {}, {}});
        if (random() % 8 != 0)
            record.arcs.push_back({to, from, base::Seconds(20.0 + random() % 40), base::Metres(450), 0, {}, {}});
    };
    for (std::uint32_t y = 0; y < side; ++y) {
        for (std::uint32_t x = 0; x < side; ++x) {
            if (x + 1 < side)
                add(y * side + x, y * side + x + 1);
            if (y + 1 < side)
                add(y * side + x, (y + 1) * side + x);
        }
    }
    const auto apart = static_cast<std::uint32_t>(record.nodes.size());
    record.nodes.push_back(model::Position::trusted(47.001, 9 - 0.006));
    record.nodes.push_back(model::Position::trusted(47.001, 9 - 0.012));
    record.arcs.push_back({apart, apart + 1, base::Seconds(30), base::Metres(450), 0, {}, {}});
    record.arcs.push_back({apart + 1, apart, base::Seconds(30), base::Metres(450), 0, {}, {}});
    return record;
}

struct County : Scene {
    /// `stations`: all stand at so few and are equally fast, so that many plans cost the same; 0: each where it likes.
    County(std::uint32_t seed, int resources, int incidents, std::size_t stations = 0)
        : Scene(route::test::RoadMap({"A-B"})) {
        std::mt19937 random(seed);
        const std::uint32_t side = 16;
        roads = route::RoadGraph::build(streets(random, side)).value();
        const auto place = [&] {
            return model::Position::trusted(47 + (random() % 100'000) * 1e-5 * 0.004 * side,
                                            9 + (random() % 100'000) * 1e-5 * 0.006 * side - 0.008);
        };
        std::vector<model::Position> homes;
        for (std::size_t i = 0; i < stations; ++i)
            homes.push_back(place());
        const std::vector<std::string> codes{"pump", "rescue", "medical", "boat"};
        std::vector<model::IncidentId> open;
        for (int i = 0; i < incidents; ++i) {
            std::vector<model::Need> needs;
            for (std::size_t n = 0; n < 1 + random() % 3; ++n)
                needs.push_back(teams(codes[random() % (seed % 5 == 0 ? 4 : 3)], static_cast<int>(1 + random() % 2),
                                      static_cast<int>(1 + random() % 3), random() % 2 == 0 ? 300 : 0));
            open.push_back(incident(place(), needs, static_cast<model::Grade>(1 + random() % 4)));
        }
        for (int i = 0; i < resources; ++i) {
            const model::Position home = place();
            model::Resource& one = add("R" + std::to_string(i), homes.empty() ? home : homes[random() % homes.size()],
                                       {{codes[random() % 3], static_cast<int>(1 + random() % 3)}});
            if (random() % 3 == 0)
                one.capabilities.push_back({codes[random() % 3], 1});
            one.speedFactor = 0.7 + (random() % 60) / 100.0;
            if (!homes.empty())
                one.speedFactor = 1;
            switch (random() % 18) {
            case 0:
                one.status = model::ResourceStatus::outOfService;
                break;
            case 1:
                one.flies = true;
                break;
            case 2:
                one.kind = model::ResourceKind::vehicle;
                one.people = 0; // parked
                break;
            case 3:
                one.home = place();
                one.positionTime = noon - std::chrono::minutes{40};
                break;
            case 4:
                one.claimedBy = "another";
                one.claimedUntil = noon + std::chrono::minutes{1};
                break;
            case 5: {
                const auto& at = state.incidents.at(open[random() % open.size()]);
                auto& sent = assign(one, at.id, at.needs.front().capability, model::AssignmentState::enRoute);
                sent.departedAt = noon - std::chrono::minutes{1};
                one.capabilities.push_back({at.needs.front().capability, at.needs.front().level});
                break;
            }
            case 6:
                one.kind = model::ResourceKind::expert;
                break;
            case 7:
                one.vehicle = model::VehicleData{};
                one.vehicle->speedClass = "truck";
                one.vehicle->weightTonnes = 12;
                break;
            case 8:
                one.position = one.home = state.incidents.at(open[random() % open.size()]).position;
                break;
            default:
                break;
            }
        }
    }
};

/// `tied`: of others that cost the same either may stand there; counts them.
void expectSame(const std::vector<Choice>& a, const std::vector<Choice>& b, const std::string& what, int* tied = nullptr) {
    ASSERT_EQ(a.size(), b.size()) << what;
    for (std::size_t i = 0; i < a.size(); ++i) {
        EXPECT_NEAR(a[i].costs.value, b[i].costs.value, 0.11) << what;
        EXPECT_NEAR(a[i].needsLost, b[i].needsLost, 1e-5) << what;
        if (tied != nullptr && a[i].resource != b[i].resource) {
            ++*tied;
            continue;
        }
        EXPECT_EQ(a[i].resource, b[i].resource) << what;
        EXPECT_NEAR(a[i].eta.value, b[i].eta.value, 1e-6) << what;
        EXPECT_NEAR(a[i].distance.value, b[i].distance.value, 0.5) << what;
        EXPECT_EQ(a[i].obstacle, b[i].obstacle) << what;
        EXPECT_EQ(a[i].there, b[i].there) << what;
        EXPECT_NEAR(a[i].late.value, b[i].late.value, 1e-6) << what;
    }
}

void expectSame(const Answer& a, const Answer& b, const std::string& what, int& alike, int& tied) {
    EXPECT_TRUE(a.optimal && b.optimal) << what;
    EXPECT_NEAR(a.objective.value, b.objective.value, 0.06) << what;
    EXPECT_NEAR(a.served, b.served, 1e-9) << what;
    EXPECT_NEAR(a.asked, b.asked, 1e-9) << what;
    ASSERT_EQ(a.needs.size(), b.needs.size()) << what;
    // Two who go to one incident's two needs may change places at no cost: then what stands beside them differs, too.
    std::map<model::IncidentId, std::multiset<model::ResourceId>> goA;
    std::map<model::IncidentId, std::multiset<model::ResourceId>> goB;
    bool same = true;
    for (std::size_t n = 0; n < a.needs.size(); ++n) {
        std::set<model::ResourceId> needA;
        std::set<model::ResourceId> needB;
        for (const Choice& one : a.needs[n].chosen)
            needA.insert(one.resource);
        for (const Choice& one : b.needs[n].chosen)
            needB.insert(one.resource);
        goA[a.needs[n].incident].insert(needA.begin(), needA.end());
        goB[b.needs[n].incident].insert(needB.begin(), needB.end());
        same = same && needA == needB;
    }
    EXPECT_EQ(goA, goB) << what;
    alike += same ? 1 : 0;
    for (std::size_t n = 0; same && n < a.needs.size(); ++n) {
        const std::string where = what + " need " + std::to_string(n);
        expectSame(a.needs[n].chosen, b.needs[n].chosen, where + " chosen");
        expectSame(a.needs[n].others, b.needs[n].others, where + " others", &tied);
        expectSame(a.needs[n].kept, b.needs[n].kept, where + " kept");
        ASSERT_EQ(a.needs[n].unmet.has_value(), b.needs[n].unmet.has_value()) << where;
        if (a.needs[n].unmet) {
            EXPECT_EQ(a.needs[n].unmet->reason, b.needs[n].unmet->reason) << where;
            EXPECT_EQ(a.needs[n].unmet->resource, b.needs[n].unmet->resource) << where;
        }
    }
    EXPECT_EQ(a.changes.size(), b.changes.size()) << what;
}

TEST(NearFirst, givesTheAnswerOfAllAtOnce) {
    int alike = 0;
    int tied = 0;
    for (std::uint32_t seed = 1; seed <= 120; ++seed) {
        // Plenty of teams, then too few.
        const County county(seed, seed % 4 == 3 ? 25 : 220, 9);
        Question question = county.question();
        question.weights.late = seed % 2 == 0 ? 2 : 0;
        question.weights.onePerson = seed % 7 == 0 ? 60 : 1800;
        if (seed % 5 == 1)
            question.weights.mostLate = base::Seconds(120); // beyond, nobody is sent
        question.weights.change = seed % 6 == 1 ? 30 : 300;
        if (seed % 3 == 0)
            question.focus = county.state.incidents.begin()->first;
        question.pairsAtOnce = 1'000'000;
        const Answer whole = county.ask(question);
        question.pairsAtOnce = 0;
        const Answer near = county.ask(question);
        expectSame(near, whole, "seed " + std::to_string(seed), alike, tied);
        EXPECT_EQ(near.considered, whole.considered);
        expectSame(county.ask(question), near, "again, seed " + std::to_string(seed), alike, tied);
    }
    EXPECT_GT(alike, 180);
    EXPECT_LT(tied, 8);
}

TEST(NearFirst, alsoWhereManyPlansCostTheSame) {
    for (std::uint32_t seed = 201; seed <= 220; ++seed) {
        const County county(seed, 180, 8, 6 + seed % 5);
        Question question = county.question();
        question.pairsAtOnce = 1'000'000;
        const Answer whole = county.ask(question);
        question.pairsAtOnce = 0;
        const Answer near = county.ask(question);
        EXPECT_TRUE(near.optimal && whole.optimal) << seed;
        EXPECT_NEAR(near.objective.value, whole.objective.value, 0.06) << seed;
        EXPECT_NEAR(near.served, whole.served, 1e-9) << seed;
        EXPECT_EQ(county.chosen(county.ask(question)), county.chosen(near)) << seed;
    }
}

TEST(NearFirst, alsoWhereCoverCounts) {
    int lost = 0;
    for (std::uint32_t seed = 101; seed <= 110; ++seed) {
        const County county(seed, 90, 6);
        Question question = county.question();
        question.weights.coverPerPerson = 0.2;
        question.weights.coverTarget = base::Seconds(150);
        question.withCover = true;
        std::mt19937 random(seed);
        for (int i = 0; i < 40; ++i)
            question.population.push_back({model::Position::trusted(47 + (random() % 1000) * 1e-3 * 0.064, 9 + (random() % 1000) * 1e-3 * 0.096),
                                           static_cast<double>(random() % 900)});
        question.pairsAtOnce = 1'000'000;
        const Answer whole = county.ask(question);
        question.pairsAtOnce = 0;
        const Answer near = county.ask(question);
        EXPECT_TRUE(near.optimal && whole.optimal) << seed;
        EXPECT_NEAR(near.objective.value, whole.objective.value, 0.06) << seed;
        EXPECT_NEAR(near.served, whole.served, 1e-9) << seed;
        ASSERT_TRUE(near.cover && whole.cover);
        lost += whole.solver == Solver::flow ? 0 : 1;
    }
    EXPECT_GT(lost, 0);
}

TEST(NearFirst, knowsExactlyWhoIsThereInTime) {
    const County county(7, 150, 5, 20);
    Roads roads(county.roads, nullptr, {});
    std::vector<Mover> movers;
    for (const auto& [id, resource] : county.state.resources)
        movers.push_back({&resource, resource.position, 0.8 + static_cast<double>(movers.size() % 5) / 10});
    std::vector<model::Position> places;
    for (const auto& [id, incident] : county.state.incidents)
        places.push_back(incident.position);
    const auto travels = travelBetween(roads, movers, places, 1);
    ASSERT_TRUE(travels);
    std::size_t there = 0;
    std::size_t never = 0;
    for (std::size_t p = 0; p < places.size(); ++p) {
        for (const double most : {0.0, 1.0, 90.0, 300.0, 86'400.0, Travels::noWay}) {
            std::map<std::uint32_t, double> coming;
            for (const auto& [mover, seconds] : travels->within(p, most))
                EXPECT_TRUE(coming.emplace(mover, seconds).second) << "told once";
            for (std::uint32_t m = 0; m < movers.size(); ++m) {
                const double seconds = travels->seconds(p, m);
                EXPECT_EQ(coming.contains(m), seconds * movers[m].expected < most);
                if (coming.contains(m)) {
                    EXPECT_EQ(coming.at(m), seconds);
                }
            }
        }
        for (std::uint32_t m = 0; m < movers.size(); ++m) {
            const Travel travel = travels->at(p, m);
            EXPECT_EQ(travel.leads, std::isfinite(travels->seconds(p, m)));
            EXPECT_EQ(travel.seconds, travel.leads ? travels->seconds(p, m) : 0);
            there += travel.there ? 1 : 0;
            never += travel.leads ? 0 : 1;
        }
    }
    EXPECT_GT(there, 0);
    EXPECT_GT(never, 0);
}

TEST(NearFirst, looksNoFartherThanItMustAndFindsTheSame) {
    for (std::uint32_t seed = 31; seed <= 50; ++seed) {
        const County county(seed, 150, 5, seed % 2 == 0 ? 20 : 0);
        route::Conditions conditions;
        for (std::uint32_t c = 0; c < seed % 5; ++c) { // across several streets; some leave places cut off
            const double latitude = 47 + 0.004 * (2.5 + 3 * c);
            conditions.closures.push_back({model::Position::trusted(latitude, 9 + 0.006 * c),
                                           model::Position::trusted(latitude, 9 + 0.006 * (c + 4))});
        }
        Roads roads(county.roads, nullptr, conditions);
        std::vector<Mover> movers;
        for (const auto& [id, resource] : county.state.resources)
            movers.push_back({&resource, resource.position, 0.8 + static_cast<double>(movers.size() % 5) / 10});
        std::vector<model::Position> places;
        for (const auto& [id, incident] : county.state.incidents)
            places.push_back(incident.position);
        const auto whole = travelBetween(roads, movers, places, 0);
        ASSERT_TRUE(whole);
        Travels near(roads, movers, places, 0);
        EXPECT_TRUE(near.within(0, 0).empty());
        for (const double most : {61.0, 187.0, 420.0, Travels::noWay}) {
            std::vector<Travels::Around> around;
            for (std::size_t p = most < 100 ? 1 : 0; p < places.size(); ++p)
                around.push_back({p, most});
            ASSERT_TRUE(near.look(around, {}));
            for (const auto& [p, far] : around) {
                std::map<std::uint32_t, double> coming;
                for (const auto& [mover, seconds] : near.within(p, far))
                    EXPECT_TRUE(coming.emplace(mover, seconds).second) << "told once";
                const auto expected = whole->within(p, far);
                EXPECT_EQ(coming.size(), expected.size()) << "seed " << seed << " within " << far;
                for (const auto& [mover, seconds] : expected) {
                    ASSERT_TRUE(coming.contains(mover)) << "seed " << seed << " within " << far;
                    EXPECT_NEAR(coming.at(mover), seconds, 1e-6) << "seed " << seed << " within " << far;
                    EXPECT_EQ(near.seconds(p, mover), coming.at(mover));
                }
            }
        }
    }
}

TEST(NearFirst, isCancelled) {
    const County county(1, 60, 4);
    Question question = county.question();
    question.pairsAtOnce = 0;
    std::stop_source stop;
    question.stop = stop.get_token();
    stop.request_stop();
    const auto answer = Planner{}.decide(question);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::Code::cancelled);
}

} // namespace
} // namespace tocsin::dispatch
