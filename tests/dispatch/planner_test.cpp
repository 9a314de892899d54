#include "dispatch/scene.hpp"

#include <limits>
#include <random>
#include <set>
#include <thread>

namespace tocsin::dispatch {
namespace {

using route::test::RoadMap;
using test::noon;
using test::Scene;
using test::shelter;
using test::supply;
using test::teams;

const RoadMap road({"A----B----C----D----E"}); // 50 s from letter to letter

TEST(Planner, looksAtAllIncidentsTogether) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("pump", 1, 1)});
    scene.incident(road.node('C'), {teams("pump", 1, 1)});
    scene.add("at B", road.node('B'), {{"pump", 1}});
    scene.add("at E", road.node('E'), {{"pump", 1}});
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "at B | at E"); // 50 + 100, not 200 + 50
    EXPECT_EQ(answer.solver, Solver::flow);
    EXPECT_TRUE(answer.optimal);
    EXPECT_EQ(answer.gap, 0);
    EXPECT_NEAR(answer.objective.value, 150, 0.5);
    EXPECT_EQ(answer.asked, 2);
    EXPECT_EQ(answer.served, 2);
}

TEST(Planner, expertsAndVolunteersGoByCarWhereNoTeamHasTheCapabilityInTime) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {teams("pump", 1, 1)}, model::Grade::I);
    auto& expert = scene.add("expert", road.node('C'), {{"pump", 1}}, model::ResourceKind::expert);
    expert.speedFactor = 0; // says nothing of his car
    Question question = scene.question();
    question.focus = incident;
    Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "expert");
    EXPECT_FALSE(answer.needs[0].unmet);
    EXPECT_NEAR(answer.needs[0].chosen.at(0).eta.value, 100, 1);
    EXPECT_FALSE(answer.needs[0].chosen.at(0).route.points.empty());
    for (const auto kind : {model::ResourceKind::volunteer, model::ResourceKind::gridMember}) {
        scene.state.resources.at(expert.id).kind = kind;
        EXPECT_EQ(scene.chosen(scene.ask(question)), "expert");
    }
    scene.add("team", road.node('E'), {{"pump", 1}});
    EXPECT_EQ(scene.chosen(scene.ask(question)), "team") << "it is there only 100 s later";
    question.weights.onePerson = 60;
    EXPECT_EQ(scene.chosen(scene.ask(question)), "expert") << "and that is too late, at any grade";
    scene.state.incidents.at(incident).needs = {teams("pump", 1, 2)};
    answer = scene.ask(scene.question());
    EXPECT_EQ(answer.served, 2) << "where one team is not enough";
}

TEST(Planner, aPersonCarriesNoSupplies) {
    Scene scene(road);
    scene.incident(road.node('A'), {supply("sandbag", 10), teams("pump", 1, 1)});
    scene.store("B", road.node('B'), {{"sandbag", 60, 20}});
    auto& van = scene.truck("van", road.node('B'), 3000);
    van.kind = model::ResourceKind::volunteer;
    van.capabilities = {{"pump", 1}};
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), " | van");
    ASSERT_TRUE(answer.needs[0].unmet);
    EXPECT_EQ(answer.needs[0].unmet->reason, "no-vehicle");
}

TEST(Planner, aGraverIncidentWeighsMore) {
    Scene scene(road);
    scene.incident(road.node('B'), {teams("pump", 1, 1)}, model::Grade::IV);
    scene.incident(road.node('C'), {teams("pump", 1, 1)}, model::Grade::I);
    scene.add("only", road.node('A'), {{"pump", 1}});
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), " | only");
    ASSERT_TRUE(answer.needs[0].unmet);
    EXPECT_EQ(answer.needs[0].unmet->reason, "needed-elsewhere");
}

TEST(Planner, latenessSkillAndCrewHoursCount) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {teams("pump", 1, 1)});
    scene.add("heavy near", road.node('B'), {{"pump", 3}}); // 50 s + 2 levels too many
    scene.add("light", road.node('C'), {{"pump", 1}});
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "light");
    scene.state.incidents.at(incident).needs = {teams("pump", 1, 1, 60)}; // 40 s late would cost 80 more
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "heavy near");
    // Ten of the twelve hours worked: the penalty outweighs the way; over the limit it cannot.
    scene.state.incidents.at(incident).needs = {teams("pump", 3, 1)};
    auto& far = scene.add("heavy far", road.node('E'), {{"pump", 3}});
    (void)far;
    model::Resource& near = scene.state.resources.begin()->second;
    ASSERT_EQ(near.name.text, "heavy near");
    auto& past = scene.assign(near, scene.ids.make<model::IncidentId>(), "pump", model::AssignmentState::released);
    near.status = model::ResourceStatus::available;
    past.departedAt = noon - std::chrono::hours{11};
    past.releasedAt = noon;
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "heavy far");
    past.departedAt = noon - std::chrono::hours{20};
    const Answer over = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(over), "heavy far");
    ASSERT_EQ(over.needs[0].kept.size(), 2U);
    EXPECT_EQ(over.needs[0].kept[0].obstacle, Obstacle::overCrewHours);
    EXPECT_EQ(over.needs[0].kept[1].obstacle, Obstacle::lowLevel);
}

TEST(Planner, aRunningAssignmentIsChangedForAPriceOnlyAndOnlyProposed) {
    Scene scene(road);
    const auto small = scene.incident(road.node('E'), {teams("pump", 1, 1)});
    auto& team = scene.add("on its way", road.node('B'), {{"pump", 1}});
    scene.assign(team, small, "pump", model::AssignmentState::notified);
    EXPECT_TRUE(scene.ask(scene.question()).changes.empty());
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "");

    const auto grave = scene.incident(road.node('A'), {teams("pump", 1, 1)}, model::Grade::I);
    const Answer answer = scene.ask(scene.question());
    ASSERT_EQ(answer.changes.size(), 1U);
    EXPECT_EQ(answer.changes[0].from, small);
    EXPECT_EQ(answer.changes[0].to, grave);
    EXPECT_EQ(answer.changes[0].price.value, 300);
    EXPECT_TRUE(toDecision(answer, grave).lines.empty()) << "a person moves it, in a step of its own";
    Question fixed = scene.question();
    fixed.weights.change = -1;
    EXPECT_TRUE(scene.ask(fixed).changes.empty());
    EXPECT_EQ(scene.ask(fixed).needs.size(), 1U) << "the small one is served";
    scene.state.assignments.begin()->second.state = model::AssignmentState::onScene;
    EXPECT_TRUE(scene.ask(scene.question()).changes.empty());
}

TEST(Planner, aNearerOneTakesOverOnlyIfItSavesMoreThanThePrice) {
    const RoadMap longRoad({"A" + std::string(60, '-') + "B----C"}); // 610 s
    Scene scene(longRoad);
    const auto incident = scene.incident(longRoad.node('A'), {teams("pump", 1, 1)});
    auto& team = scene.add("far", longRoad.node('B'), {{"pump", 1}});
    scene.assign(team, incident, "pump", model::AssignmentState::accepted);
    scene.add("near", longRoad.node('A'), {{"pump", 1}});
    Question question = scene.question();
    const Answer answer = scene.ask(question);
    ASSERT_EQ(answer.changes.size(), 1U);
    EXPECT_FALSE(answer.changes[0].to);
    EXPECT_EQ(scene.chosen(answer), "near");
    question.weights.change = 700;
    EXPECT_TRUE(scene.ask(question).changes.empty());
}

TEST(Planner, saysWhyANeedIsOpenWithItsFacts) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("crane", 1, 1), teams("dog", 3, 1), teams("pump", 1, 1), teams("boat", 1, 1),
                                    teams("drone", 1, 1), teams("tent", 1, 1)});
    scene.add("dog", road.node('B'), {{"dog", 2}});
    auto& pump = scene.add("pump", road.node('B'), {{"pump", 1}});
    pump.status = model::ResourceStatus::assigned;
    pump.statusUntil = noon + std::chrono::hours{1};
    auto& boat = scene.add("boat", road.node('C'), {{"boat", 1}});
    boat.claimedBy = "Mei";
    boat.claimedUntil = noon + std::chrono::minutes{1};
    auto& drone = scene.add("drone", road.node('C'), {{"drone", 1}});
    drone.home = road.node('E');
    drone.positionTime = noon - std::chrono::hours{30};
    scene.add("tent", road.node('C'), {{"tent", 1}}).status = model::ResourceStatus::maintenance;
    const Answer answer = scene.ask(scene.question());
    std::vector<std::string> reasons;
    for (const NeedAnswer& need : answer.needs)
        reasons.push_back(need.unmet ? need.unmet->reason : "met");
    EXPECT_EQ(reasons, (std::vector<std::string>{"none-has-capability", "none-has-level", "all-busy", "claimed",
                                                 "position-too-old", "all-out-of-service"}));
    EXPECT_EQ(answer.needs[1].unmet->bestLevel, 2);
    EXPECT_EQ(answer.needs[2].unmet->freeAt, noon + std::chrono::hours{1});
    EXPECT_EQ(answer.needs[3].unmet->by, "Mei");
    EXPECT_EQ(answer.needs[3].kept.at(0).claimedBy, "Mei");
    Question hers = scene.question();
    hers.actor = "Mei";
    EXPECT_EQ(scene.ask(hers).needs[3].chosen.size(), 1U) << "her own claim does not keep her";
    Question far = scene.question();
    far.actor = "Mei";
    far.weights.mostLate = base::Seconds(10);
    scene.state.incidents.begin()->second.needs = {teams("boat", 1, 1, 20)};
    EXPECT_EQ(scene.ask(far).needs[0].unmet->reason, "too-far");
}

TEST(Planner, saysWhoGoesInAStraightLineAsABoatDoes) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("water-rescue", 1, 2)});
    auto& boat = scene.add("boat", road.node('C'), {{"water-rescue", 1}});
    boat.vehicle = model::VehicleData{};
    boat.vehicle->speedClass = "boat";
    auto& driven = scene.add("driven", road.node('C'), {{"water-rescue", 1}});
    driven.vehicle = model::VehicleData{};
    driven.vehicle->speedClass = "boat-trailer";
    const auto profiles = route::defaultProfiles();
    Question question = scene.question();
    question.profiles = &profiles;
    const Answer answer = scene.ask(question);
    ASSERT_EQ(answer.needs.at(0).chosen.size(), 2U);
    for (const Choice& choice : answer.needs[0].chosen)
        EXPECT_EQ(choice.straight, choice.resource == boat.id) << scene.nameOf(choice.resource);
}

TEST(Planner, aStalePositionCostsAndWidensTheInterval) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("pump", 1, 1)});
    auto& old = scene.add("old", road.node('B'), {{"pump", 1}});
    old.home = road.node('E');
    old.positionTime = noon - std::chrono::minutes{45};
    scene.add("fresh", road.node('C'), {{"pump", 1}});
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "fresh");
    ASSERT_EQ(answer.needs[0].others.size(), 1U);
    const Choice& second = answer.needs[0].others[0];
    EXPECT_NEAR(second.positionAge.value, 2700, 1);
    EXPECT_NEAR(second.costs.value, 50 + 120 - 100, 0.5);
    EXPECT_GT(second.etaHigh.value / second.eta.value, 1.36);
    EXPECT_NEAR(answer.needs[0].chosen[0].etaHigh.value, 135, 1);
    EXPECT_NEAR(answer.needs[0].chosen[0].etaLow.value, 80, 1);
}

/// The least cost of all ways, by trying each; most weight first.
struct Best {
    double weight{0};
    double cost{0};
    bool operator<(const Best& other) const {
        return weight > other.weight + 1e-9 || (weight > other.weight - 1e-9 && cost < other.cost - 1e-9);
    }
};
struct Unit {
    std::size_t need{0};
    double weight{0};
};
/// `force`: this giver must serve this need (or −1).
std::optional<Best> tryAll(const std::vector<Unit>& units, std::size_t at, const std::vector<std::vector<double>>& cost,
                           std::vector<int>& used, int forceNeed, int forceGiver) {
    if (at == units.size()) {
        if (forceNeed >= 0 && used[static_cast<std::size_t>(forceGiver)] != forceNeed + 1)
            return std::nullopt;
        return Best{};
    }
    std::optional<Best> best = tryAll(units, at + 1, cost, used, forceNeed, forceGiver);
    for (std::size_t g = 0; g < used.size(); ++g) {
        if (used[g] != 0 || std::isinf(cost[units[at].need][g]))
            continue;
        used[g] = static_cast<int>(units[at].need) + 1;
        auto with = tryAll(units, at + 1, cost, used, forceNeed, forceGiver);
        used[g] = 0;
        if (!with)
            continue;
        with->weight += units[at].weight;
        with->cost += cost[units[at].need][g];
        if (!best || *with < *best)
            best = with;
    }
    return best;
}

TEST(Planner, isTheOptimumAndTellsWhatOtherChoicesWouldCostAsTryingAllDoes) {
    const RoadMap map({"A--B->-C---D", //
                       "|      |   |", //
                       "E--F---G---H", //
                       "   |       |", //
                       "   I-------J"});
    std::mt19937 random(5);
    const std::vector<std::string> capabilities{"pump", "boat", "dog"};
    const std::string nodes = "ABCDEFGHIJ";
    int compared = 0;
    for (int round = 0; round < 250; ++round) {
        Scene scene(map);
        const std::size_t incidents = 1 + random() % 2;
        for (std::size_t i = 0; i < incidents; ++i) {
            std::vector<model::Need> needs;
            for (std::size_t n = 0; n < 1 + random() % 2; ++n)
                needs.push_back(teams(capabilities[n], static_cast<int>(1 + random() % 2),
                                      static_cast<int>(1 + random() % 2), random() % 2 == 0 ? 0 : 30));
            scene.incident(map.node(nodes[random() % nodes.size()]), needs,
                           static_cast<model::Grade>(1 + random() % 4));
        }
        for (std::size_t i = 0; i < 2 + random() % 4; ++i) {
            std::vector<model::Capability> own;
            for (const std::string& code : capabilities) {
                if (random() % 3 != 0)
                    own.push_back({code, static_cast<int>(1 + random() % 3)});
            }
            scene.add(std::to_string(i), map.node(nodes[random() % nodes.size()]), own);
        }
        Question question = scene.question();
        question.choices = 10;
        const Answer answer = scene.ask(question);

        std::vector<model::Resource> resources;
        for (const auto& [id, resource] : scene.state.resources)
            resources.push_back(resource);
        std::vector<Unit> units;
        std::vector<std::vector<double>> cost;
        for (std::size_t n = 0; n < answer.needs.size(); ++n) {
            const NeedAnswer& need = answer.needs[n];
            const auto& incident = scene.state.incidents.at(need.incident);
            const double weight = question.weights.grade[static_cast<std::size_t>(incident.grade) - 1];
            for (int k = 0; k < need.need.quantity; ++k)
                units.push_back({n, weight});
            auto& row = cost.emplace_back();
            for (const model::Resource& resource : resources) {
                int level = 0;
                for (const auto& own : resource.capabilities)
                    level = own.code == need.need.capability ? own.level : level;
                const auto reach = scene.roads->timesTo(incident.position, std::span(&resource.position, 1)).front();
                if (level < need.need.level) {
                    row.push_back(std::numeric_limits<double>::infinity());
                    continue;
                }
                const bool there = geo::distance(resource.position, incident.position).value <= 30;
                const double eta = there ? 0 : reach->duration.value;
                const double late = need.need.within.value > 0 ? std::max(0.0, eta - need.need.within.value) : 0;
                const double exact = weight * (eta + 2 * late) + 60 * (level - need.need.level);
                row.push_back(std::round(exact * 10) / 10);
            }
        }
        std::vector<int> used(resources.size(), 0);
        const Best best = *tryAll(units, 0, cost, used, -1, 0);
        EXPECT_NEAR(answer.objective.value, best.cost, 0.051) << round;
        EXPECT_TRUE(answer.optimal);
        for (std::size_t n = 0; n < answer.needs.size(); ++n) {
            double before = 0;
            for (const Choice& other : answer.needs[n].others) {
                EXPECT_GE(other.costs.value + 1e6 * other.needsLost, before - 1e-6);
                before = other.costs.value + 1e6 * other.needsLost;
                const auto giver =
                    static_cast<int>(std::find_if(resources.begin(), resources.end(),
                                                  [&](const model::Resource& r) { return r.id == other.resource; }) -
                                     resources.begin());
                const auto forced = tryAll(units, 0, cost, used, static_cast<int>(n), giver);
                ASSERT_TRUE(forced);
                EXPECT_NEAR(other.costs.value, forced->cost - best.cost, 0.11) << round;
                EXPECT_NEAR(other.needsLost, best.weight - forced->weight, 1e-6) << round;
                ++compared;
            }
        }
    }
    EXPECT_GT(compared, 200);
}

TEST(Planner, theSameQuestionHasTheSameAnswer) {
    Scene scene(road);
    for (int i = 0; i < 4; ++i)
        scene.incident(road.node(static_cast<char>('A' + i)), {teams("pump", 1, 2)});
    for (int i = 0; i < 10; ++i)
        scene.add("team " + std::to_string(i), road.node(static_cast<char>('A' + i % 5)), {{"pump", 1}});
    const std::string once = scene.chosen(scene.ask(scene.question()));
    for (int i = 0; i < 5; ++i)
        EXPECT_EQ(scene.chosen(scene.ask(scene.question())), once);
}

TEST(Planner, canBeCalledOff) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("pump", 1, 1)});
    scene.add("pump", road.node('B'), {{"pump", 1}});
    std::stop_source source;
    source.request_stop();
    Question question = scene.question();
    question.stop = source.get_token();
    const auto answer = Planner{}.decide(question);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, base::Code::cancelled);
}

TEST(Planner, impossibleQuantitiesAndNumbersHavePlainAnswers) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("pump", 1, -5), supply("1", 1e308), supply("1", -5),
                                    supply("1", std::numeric_limits<double>::quiet_NaN()), shelter(-1),
                                    teams("pump", 1, 2'000'000'000)});
    scene.store("store", road.node('C'), {{"1", 1e308, 1}, {"1", std::numeric_limits<double>::quiet_NaN(), 1}});
    scene.truck("truck", road.node('C'), std::numeric_limits<double>::infinity());
    scene.truck("fine", road.node('C'), 1000);
    scene.add("still", road.node('B'), {{"pump", 1}}).speedFactor = 0;
    scene.add("nan", road.node('B'), {{"pump", 1}}).speedFactor = std::numeric_limits<double>::quiet_NaN();
    scene.add("off the network", model::Position::trusted(10, 10), {{"pump", 1}});
    const Answer answer = scene.ask(scene.question());
    ASSERT_EQ(answer.needs.size(), 6U);
    for (std::size_t i = 0; i < 5; ++i)
        EXPECT_EQ(answer.needs[i].unmet.value().reason, "bad-amount") << i;
    EXPECT_EQ(answer.needs[5].unmet.value().reason, "no-road");
    EXPECT_TRUE(std::isfinite(answer.objective.value));
    Question question = scene.question();
    question.weights.late = std::numeric_limits<double>::quiet_NaN();
    EXPECT_FALSE(Planner{}.decide(question));
    question = scene.question();
    question.focus = scene.ids.make<model::IncidentId>();
    EXPECT_EQ(Planner{}.decide(question).error().code, base::Code::notFound);
}

TEST(Planner, anIncidentOutsideTheCountyIsReachedByAirOnly) {
    Scene scene(road);
    scene.incident(model::Position::trusted(48, 10), {teams("lift", 1, 2)});
    scene.add("team", road.node('A'), {{"lift", 1}});
    scene.add("helicopter", road.node('A'), {{"lift", 1}}).flies = true;
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "helicopter");
    EXPECT_EQ(answer.needs[0].unmet.value().reason, "no-road");
}

TEST(Planner, tenThousandNeedsAreAnswered) {
    Scene scene(road);
    std::vector<model::Need> needs;
    for (int i = 0; i < 10'000; ++i)
        needs.push_back(teams("c" + std::to_string(i % 5000), 1 + i % 3, 1));
    scene.incident(road.node('A'), needs);
    for (int i = 0; i < 200; ++i)
        scene.add("team " + std::to_string(i), road.node(static_cast<char>('A' + i % 5)),
                  {{"c" + std::to_string(i), 3}, {"c" + std::to_string(i + 1), 2}, {"c0", 1}});
    Question question = scene.question();
    question.timeLimit = base::Seconds(0.2); // what other choices would cost is not needed
    const Answer answer = scene.ask(question);
    EXPECT_EQ(answer.asked, 10'000);
    EXPECT_EQ(answer.served, 200);
}

TEST(Planner, aClosedBridgeChangesWhoGoes) {
    const RoadMap river({"A--B---C", //
                         "|      |", //
                         "|      |", //
                         "|      |", //
                         "D------E"});
    Scene scene(river);
    scene.incident(river.node('A'), {teams("pump", 1, 1)});
    scene.add("over the bridge", river.node('B'), {{"pump", 1}});
    scene.add("south", river.node('D'), {{"pump", 1}});
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "over the bridge");
    model::Drawing closed;
    closed.id = scene.ids.make<model::DrawingId>();
    closed.kind = model::DrawingKind::closure;
    closed.line = {RoadMap::at(1.5, -0.5), RoadMap::at(1.5, 0.5)};
    scene.state.drawings[closed.id] = closed;
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "south");
}

} // namespace
} // namespace tocsin::dispatch
