#include "dispatch/scene.hpp"

#include <cmath>
#include <thread>

namespace tocsin::dispatch {
namespace {

using route::test::RoadMap;
using test::noon;
using test::Scene;
using test::shelter;
using test::supply;
using test::teams;

const RoadMap road({"A----B----C----D----E"});

TEST(Supplies, areLoadedWhereTheyLieAndBroughtInTheFewestTrips) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 100), supply("pump", 2)});
    scene.store("B", road.node('B'), {{"sandbag", 60, 20}, {"pump", 5, 100}});
    scene.store("C", road.node('C'), {{"sandbag", 500, 20}});
    scene.truck("truck", road.node('D'), 3000);
    scene.truck("van", road.node('B'), 300);
    const Answer answer = scene.ask(scene.question());
    ASSERT_EQ(answer.needs.size(), 2U);
    EXPECT_FALSE(answer.needs[0].unmet);
    EXPECT_FALSE(answer.needs[1].unmet);
    EXPECT_EQ(scene.chosen(answer), "truck | truck") << "one truck by both stores, no greedy van beside it";
    const Choice& choice = answer.needs[0].chosen.at(0);
    ASSERT_EQ(choice.stops.size(), 3U);
    EXPECT_EQ(choice.stops[0].place.text, "C");
    EXPECT_EQ(choice.stops[1].place.text, "B");
    EXPECT_NEAR(choice.stops[0].arrival.value, 50, 1);
    EXPECT_NEAR(choice.stops[2].arrival.value, 150 + 2 * 600, 1);
    double bags = 0;
    for (const model::LoadItem& item : choice.load)
        bags += item.quantity;
    EXPECT_EQ(bags, 100);
    EXPECT_EQ(answer.solver, Solver::mip);
    EXPECT_TRUE(answer.optimal);
    const model::Decision decision = toDecision(answer, incident);
    ASSERT_EQ(decision.lines.size(), 1U) << "a truck goes once";
    EXPECT_EQ(decision.lines[0].purpose, model::Purpose::supply);
    EXPECT_GE(decision.lines[0].load.size(), 2U);
}

TEST(Supplies, fitWhereFirstFitWouldNot) {
    // 600 + 400 kg go on the one, 500 + 500 on the other; the heaviest first would leave something behind.
    Scene scene(road);
    scene.incident(road.node('A'), {supply("a", 1), supply("b", 1), supply("c", 1), supply("d", 1)});
    scene.store("B", road.node('B'), {{"a", 1, 600}, {"b", 1, 500}, {"c", 1, 500}, {"d", 1, 400}});
    scene.truck("one", road.node('B'), 1000);
    scene.truck("two", road.node('B'), 1000);
    const Answer answer = scene.ask(scene.question());
    for (const NeedAnswer& need : answer.needs)
        EXPECT_FALSE(need.unmet) << need.need.supply;
}

TEST(Supplies, areFetchedFromAnyPlaceOfTheCountysOwn) {
    Scene scene(road);
    scene.incident(road.node('A'), {supply("a", 1)});
    auto& store = scene.store("B", road.node('B'), {{"a", 1, 10}});
    scene.truck("van", road.node('B'), 1000);
    store.kind = model::ResourceKind::station;
    EXPECT_FALSE(scene.ask(scene.question()).needs.at(0).unmet);
    for (const auto kind : {model::ResourceKind::vehicle, model::ResourceKind::partner}) {
        store.kind = kind;
        EXPECT_TRUE(scene.ask(scene.question()).needs.at(0).unmet) << toString(kind);
    }
}

TEST(Supplies, sayWhyTheyDoNotSuffice) {
    Scene scene(road);
    scene.incident(road.node('A'), {supply("water", 100), supply("bread", 10), supply("tent", 5), supply("none", 1)});
    auto& store = scene.store("B", road.node('B'), {{"water", 60, 1}, {"bread", 50, 1}, {"tent", 5, 400}});
    store.stock[0].reserved = 20;
    store.stock[1].expiry = noon - std::chrono::hours{1};
    scene.truck("van", road.node('B'), 1000);
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(answer.needs[0].unmet.value().reason, "out-of-stock");
    EXPECT_EQ(answer.needs[0].unmet->available, 40);
    EXPECT_EQ(answer.needs[1].unmet.value().reason, "stock-expired");
    EXPECT_EQ(answer.needs[2].unmet.value().reason, "no-payload");
    EXPECT_EQ(answer.needs[3].unmet.value().reason, "out-of-stock");
    for (auto& [id, resource] : scene.state.resources) {
        if (resource.vehicle)
            resource.status = model::ResourceStatus::outOfService;
    }
    EXPECT_EQ(scene.ask(scene.question()).needs[0].unmet.value().reason, "no-vehicle");
}

TEST(Supplies, aVehicleThatIsAlsoATeamDoesOneOfBoth) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("rescue", 1, 1), supply("water", 10)}, model::Grade::II);
    scene.store("B", road.node('B'), {{"water", 10, 1}});
    auto& both = scene.truck("both", road.node('B'), 1000);
    both.capabilities = {{"rescue", 1}};
    auto& van = scene.truck("van", road.node('E'), 1000);
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "both | van");
    van.status = model::ResourceStatus::outOfService;
    const Answer answer = scene.ask(scene.question());
    EXPECT_EQ(answer.needs[0].chosen.size() + answer.needs[1].chosen.size(), 1U);
}

TEST(Shelters, takePeopleByRoomAndWay) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {shelter(150)});
    auto& near = scene.add("near", road.node('B'), {}, model::ResourceKind::shelter);
    near.capacity = 100;
    near.occupied = 40;
    scene.add("middle", road.node('C'), {}, model::ResourceKind::shelter).capacity = 80;
    scene.add("far", road.node('E'), {}, model::ResourceKind::shelter).capacity = 500;
    Question question = scene.question();
    question.weights.anotherShelter = 1;
    Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "near middle far");
    EXPECT_EQ(answer.needs[0].chosen[0].people, 60);
    EXPECT_EQ(answer.needs[0].chosen[1].people, 80);
    EXPECT_EQ(answer.needs[0].chosen[2].people, 10);
    question.weights.anotherShelter = 600; // then rather all in one
    EXPECT_EQ(scene.chosen(scene.ask(question)), "far");
    scene.state.incidents.at(incident).needs = {shelter(1000)};
    answer = scene.ask(question);
    EXPECT_EQ(answer.needs[0].unmet.value().reason, "shelters-full");
    EXPECT_EQ(answer.needs[0].unmet->available, 640);
    EXPECT_EQ(answer.needs[0].unmet->missing, 360);
}

TEST(Shelters, sayWhatComesTooLateAndWhichAreNext) {
    Scene scene(road);
    auto need = shelter(40);
    need.within = base::Seconds(20);
    const auto incident = scene.incident(road.node('A'), {need});
    for (const char at : std::string("BCDE"))
        scene.add(std::string(1, at), road.node(at), {}, model::ResourceKind::shelter).capacity = at == 'C' ? 30 : 100;
    Question question = scene.question();
    question.focus = incident;
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "B");
    const Choice& first = answer.needs.at(0).chosen.at(0);
    EXPECT_NEAR(first.late.value, first.eta.value - 20, 0.1);
    const auto& others = answer.needs[0].others;
    ASSERT_EQ(others.size(), 2U) << "the second and the third choice";
    EXPECT_EQ(scene.nameOf(others[0].resource), "C");
    EXPECT_EQ(others[0].people, 30) << "as many as it has room for";
    EXPECT_EQ(scene.nameOf(others[1].resource), "D");
    EXPECT_EQ(others[1].people, 40);
    EXPECT_FALSE(others[0].costsKnown);
    EXPECT_GT(others[1].late.value, others[0].late.value);
}

TEST(Supplies, nameWhoElseCouldBringThem) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 100)});
    scene.store("store", road.node('B'), {{"sandbag", 500, 20}});
    for (const char at : std::string("BCDE"))
        scene.truck(std::string(1, at), road.node(at), at == 'C' ? 500 : 3000);
    Question question = scene.question();
    question.focus = incident;
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "B");
    const auto& others = answer.needs.at(0).others;
    ASSERT_EQ(others.size(), 2U);
    EXPECT_EQ(scene.nameOf(others[0].resource), "C");
    EXPECT_EQ(others[0].delivers, 25) << "what it can carry";
    EXPECT_EQ(scene.nameOf(others[1].resource), "D");
    EXPECT_EQ(others[1].delivers, 100);
    ASSERT_EQ(others[1].load.size(), 1U);
    EXPECT_EQ(others[1].load[0].quantity, 100);
    ASSERT_EQ(others[1].stops.size(), 2U);
    EXPECT_EQ(others[1].stops[0].place.text, "store");
    EXPECT_FALSE(others[1].route.points.empty()) << "it may be sent";
    EXPECT_FALSE(others[1].costsKnown);
}

TEST(Planner, oneResourceMayServeTwoNeedsAtOnceWhereThatIsAllowed) {
    Scene scene(road);
    scene.incident(road.node('A'), {teams("pump", 1, 1), teams("medical", 1, 1)});
    scene.add("both", road.node('B'), {{"pump", 1}, {"medical", 1}});
    scene.add("medical", road.node('E'), {{"medical", 1}});
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "both | medical");
    Question question = scene.question();
    question.weights.capabilitiesAtOnce = 2;
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "both | both");
    EXPECT_EQ(answer.solver, Solver::mip);
    EXPECT_TRUE(answer.optimal);
}

TEST(Planner, decidesOnManyThreadsAtOnce) {
    Scene scene(road);
    scene.incident(road.node('A'), {supply("a", 3), supply("b", 2), teams("pump", 1, 1), shelter(40)});
    scene.store("B", road.node('B'), {{"a", 2, 300}, {"b", 2, 200}});
    scene.store("C", road.node('C'), {{"a", 2, 300}});
    for (int i = 0; i < 4; ++i)
        scene.truck("truck " + std::to_string(i), road.node(static_cast<char>('B' + i)), 700);
    scene.add("pump", road.node('D'), {{"pump", 1}});
    scene.add("hall", road.node('E'), {}, model::ResourceKind::shelter).capacity = 100;
    const std::string alone = scene.chosen(scene.ask(scene.question()));
    std::vector<std::string> answers(4);
    {
        std::vector<std::jthread> threads;
        for (std::string& answer : answers)
            threads.emplace_back([&] {
                for (int i = 0; i < 10; ++i)
                    answer = scene.chosen(scene.ask(scene.question()));
            });
    }
    for (const std::string& answer : answers)
        EXPECT_EQ(answer, alone);
}

TEST(Cover, isReckonedBeforeAndAfterAndRepairedByAMove) {
    const RoadMap map({"A----B" + std::string(118, '-') + "C----D"}); // 1,190 s between B and C
    Scene scene(map);
    const auto incident = scene.incident(map.node('B'), {teams("pump", 1, 1)});
    scene.add("west", map.node('A'), {{"pump", 1}});
    scene.add("east 1", map.node('D'), {{"pump", 1}});
    scene.add("east 2", map.node('D'), {{"pump", 1}});
    scene.add("station", map.node('A'), {}, model::ResourceKind::station);
    Question question = scene.question();
    question.focus = incident;
    question.withCover = true;
    question.population = {{map.node('A'), 1000}, {map.node('C'), 500}};
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "west");
    ASSERT_TRUE(answer.cover);
    EXPECT_EQ(answer.cover->peopleBefore, 1500);
    EXPECT_EQ(answer.cover->peopleAfter, 500);
    EXPECT_EQ(answer.cover->peopleLost, 1000);
    ASSERT_EQ(answer.cover->cells.size(), 2U);
    EXPECT_NEAR(answer.cover->cells[0].after->value, 1290, 15);
    ASSERT_TRUE(answer.cover->standBy);
    EXPECT_EQ(scene.nameOf(answer.cover->standBy->resource), "east 1");
    EXPECT_EQ(answer.cover->standBy->position, map.node('A'));
    EXPECT_EQ(answer.cover->standBy->peopleRegained, 1000);
    EXPECT_EQ(answer.cover->standBy->peopleLeft, 0);
    EXPECT_NEAR(answer.cover->standBy->eta.value, 1290, 15);
    const model::Decision decision = toDecision(answer, incident);
    EXPECT_EQ(decision.peopleCoveredBefore, 1500);
    EXPECT_EQ(decision.peopleCoveredAfter, 500);
}

TEST(Cover, isOfTheIncidentInFocusAndTellsApartWhatIsWantedElsewhere) {
    const RoadMap map({"A----B" + std::string(118, '-') + "C----D"}); // 1,190 s between B and C
    Scene scene(map);
    const auto incident = scene.incident(map.node('B'), {teams("pump", 1, 1)});
    scene.incident(map.node('C'), {teams("pump", 1, 1)});
    const auto west = scene.add("west", map.node('A'), {{"pump", 1}}).id;
    const auto east = scene.add("east", map.node('D'), {{"pump", 1}}).id;
    Question question = scene.question();
    question.focus = incident;
    question.withCover = true;
    question.population = {{map.node('A'), 1000}, {map.node('C'), 500}};
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "west | east");
    ASSERT_TRUE(answer.cover);
    EXPECT_EQ(answer.cover->peopleBefore, 1500);
    EXPECT_EQ(answer.cover->peopleAfter, 500) << "nobody has sent the other yet";
    EXPECT_EQ(answer.cover->peopleLost, 1000);
    EXPECT_EQ(answer.cover->peopleLostInAll, 1500);
    EXPECT_FALSE(answer.cover->standBy) << "it is wanted elsewhere";
    EXPECT_EQ(toDecision(answer, incident).peopleCoveredAfter, 500);

    CoverQuestion about; // of other choices
    about.state = &scene.state;
    about.roads = scene.roads.get();
    about.now = question.now;
    about.population = question.population;
    about.elsewhere = {east};
    auto cover = coverOf(about);
    ASSERT_TRUE(cover);
    EXPECT_EQ(cover->peopleLost, 0);
    EXPECT_EQ(cover->peopleLostInAll, 500);
    about.taken = {west};
    about.elsewhere.clear();
    cover = coverOf(about);
    ASSERT_TRUE(cover);
    EXPECT_EQ(cover->peopleLost, 1000);
    ASSERT_TRUE(cover->standBy);
    EXPECT_EQ(cover->standBy->resource, east);
}

TEST(Cover, changesWhoGoesWhereItIsWorthMore) {
    const RoadMap map({"A----B----C" + std::string(118, '-') + "D"});
    Scene scene(map);
    scene.incident(map.node('B'), {teams("pump", 1, 2)});
    // Whoever goes, two of the three do: together the two of A uncover it.
    for (const char* name : {"a 1", "a 2"})
        scene.add(name, map.node('A'), {{"pump", 1}});
    scene.add("d", map.node('D'), {{"pump", 1}});
    Question question = scene.question();
    question.population = {{map.node('A'), 20'000}};
    EXPECT_EQ(scene.chosen(scene.ask(question)), "a 1 a 2");
    question.weights.coverPerPerson = 0.1; // 2,000 s, more than the way from D
    const Answer answer = scene.ask(question);
    EXPECT_EQ(scene.chosen(answer), "a 1 d");
    EXPECT_EQ(answer.solver, Solver::both);
    EXPECT_TRUE(answer.optimal);
}

TEST(Cover, isReckonedAsEachClassOfVehicleDrives) {
    const RoadMap map({"A-->--B"});
    Scene scene(map);
    auto& pump = scene.add("pump", map.node('B'), {{"pump", 1}});
    CoverQuestion question;
    question.state = &scene.state;
    question.roads = scene.roads.get();
    question.population = {{map.node('A'), 100}};
    auto cover = coverOf(question);
    ASSERT_TRUE(cover);
    EXPECT_FALSE(cover->cells.at(0).before) << "against the one-way street nobody drives";
    EXPECT_EQ(cover->peopleBefore, 0);
    pump.vehicle = model::VehicleData{};
    pump.vehicle->speedClass = "fire-engine"; // but those who may
    cover = coverOf(question);
    ASSERT_TRUE(cover);
    ASSERT_TRUE(cover->cells.at(0).before);
    EXPECT_GT(cover->cells.at(0).before->value, 60) << "slower than with it";
    EXPECT_EQ(cover->peopleBefore, 100);
    pump.vehicle->speedClass = "unheard of";
    cover = coverOf(question);
    ASSERT_TRUE(cover);
    EXPECT_FALSE(cover->cells.at(0).before);
}

TEST(Cover, refusesPeopleThatAreNoNumber) {
    Scene scene(road);
    scene.add("a", road.node('A'), {{"pump", 1}});
    CoverQuestion question;
    question.state = &scene.state;
    question.roads = scene.roads.get();
    question.population = {{road.node('A'), -1}};
    EXPECT_EQ(coverOf(question).error().code, base::Code::outOfRange);
    question.population.clear();
    const auto cover = coverOf(question);
    ASSERT_TRUE(cover);
    EXPECT_EQ(cover->people, 5) << "the junctions count one each";
    EXPECT_EQ(cover->peopleBefore, 5);
    EXPECT_TRUE(cover->ofPlaces) << "and are no people";
    question.population = {{road.node('A'), 7}};
    EXPECT_FALSE(coverOf(question)->ofPlaces);
}

TEST(Cover, isByTeamsThatHaveWhatCountsAndByNoPersonAlone) {
    Scene scene(road);
    scene.add("team", road.node('A'), {{"pump", 1}});
    scene.add("expert", road.node('A'), {{"ems", 1}}, model::ResourceKind::expert);
    CoverQuestion question;
    question.state = &scene.state;
    question.roads = scene.roads.get();
    question.population = {{road.node('A'), 7}};
    EXPECT_EQ(coverOf(question)->peopleBefore, 7);
    question.weights.coverCapabilities = {"ems"};
    EXPECT_EQ(coverOf(question)->peopleBefore, 0);
}

TEST(Eta, isLearnedFromTheDesksOwnDrives) {
    Scene scene(road);
    auto& engine = scene.add("engine", road.node('A'), {{"pump", 1}});
    engine.vehicle = model::VehicleData{};
    engine.vehicle->speedClass = "fire-engine";
    EXPECT_EQ(EtaModel::learn(scene.state).spreadOf("fire-engine"), EtaSpread{});
    const auto incident = scene.ids.make<model::IncidentId>();
    for (int i = 0; i < 200; ++i) {
        auto& past = scene.assign(engine, incident, "pump", model::AssignmentState::released);
        past.eta = base::Seconds(600);
        past.departedAt = noon - std::chrono::hours{100};
        past.arrivedAt = *past.departedAt + std::chrono::seconds{600 + 3 * i}; // 1.0 to 2.0 of it
        past.releasedAt = past.arrivedAt;
    }
    const EtaModel model = EtaModel::learn(scene.state);
    const EtaSpread& own = model.spreadOf("fire-engine");
    EXPECT_EQ(own.drives, 200U);
    EXPECT_NEAR(own.middle, 1.5, 0.08);
    EXPECT_NEAR(own.low, 1.05, 0.06);
    EXPECT_NEAR(own.high, 1.95, 0.12);
    EXPECT_EQ(model.spreadOf("boat").drives, 200U) << "all drives, where a class has none";
    const EtaInterval fresh = model.of("fire-engine", base::Seconds(100));
    const EtaInterval old = model.of("fire-engine", base::Seconds(100), base::Seconds(9000));
    EXPECT_EQ(fresh.middle, old.middle);
    EXPECT_LT(old.low, fresh.low);
    EXPECT_GT(old.high, fresh.high);
    auto& clock = scene.assign(engine, incident, "pump", model::AssignmentState::released);
    clock.eta = base::Seconds(std::nan(""));
    clock.departedAt = clock.arrivedAt = noon;
    EXPECT_EQ(EtaModel::learn(scene.state).spreadOf("").drives, 200U) << "what tells nothing is left out";
}

} // namespace
} // namespace tocsin::dispatch
