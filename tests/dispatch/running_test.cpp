// What is already under way, promised or delivered, and what the desk has learned from it.
#include "dispatch/scene.hpp"
#include "tocsin/dispatch/another_way.hpp"
#include "tocsin/dispatch/by_hand.hpp"
#include "tocsin/dispatch/nearest.hpp"
#include "tocsin/dispatch/turnout.hpp"
#include "tocsin/model/waiting.hpp"

#include <cmath>

namespace tocsin::dispatch {
namespace {

using model::AssignmentState;
using model::Purpose;
using route::test::RoadMap;
using test::noon;
using test::Scene;
using test::shelter;
using test::supply;
using test::teams;
using namespace std::chrono_literals;

const RoadMap road({"A----B----C----D----E"});

class Running : public ::testing::Test {
  protected:
    Scene scene{road};

    model::Assignment& bind(model::Resource& resource, model::IncidentId incident, Purpose purpose, AssignmentState at) {
        auto& one = scene.assign(resource, incident, "", at);
        one.purpose = purpose;
        return one;
    }
    double open(std::size_t need = 0) {
        const auto answer = scene.ask(scene.question());
        return need < answer.needs.size() ? answer.needs[need].open : 0;
    }
};

TEST_F(Running, whoStandsByCoversAndIsSentFromThere) {
    const RoadMap map({"A----B" + std::string(118, '-') + "C----D"});
    Scene far(map);
    const auto first = far.incident(map.node('C'), {});
    auto& pump = far.add("pump", map.node('D'), {{"pump", 1}});
    auto& order = far.assign(pump, first, "", AssignmentState::onScene);
    order.purpose = Purpose::standBy;
    order.stops = {{map.node('A'), "station", std::nullopt, base::Seconds(1290)}};
    pump.position = map.node('A');
    pump.positionTime = noon - 3h; // it has stood there for long: where it is is known all the same
    CoverQuestion question;
    question.state = &far.state;
    question.roads = far.roads.get();
    question.now = noon;
    question.population = {{map.node('A'), 1000}};
    EXPECT_EQ(coverOf(question)->peopleBefore, 1000) << "it was sent there for this";
    order.state = AssignmentState::enRoute;
    pump.position = map.node('D');
    EXPECT_EQ(coverOf(question)->peopleBefore, 1000) << "it will be there";
    order.state = AssignmentState::onScene;
    pump.position = map.node('A');
    far.incident(map.node('B'), {teams("pump", 1, 1)});
    const auto answer = far.ask(far.question());
    EXPECT_EQ(far.chosen(answer), "pump");
    EXPECT_NEAR(answer.needs.at(0).chosen.at(0).eta.value, 50, 2);
    EXPECT_FALSE(answer.needs[0].chosen[0].leaves) << "to be sent is what it waits for";
    EXPECT_EQ(answer.needs[0].chosen[0].positionAge.value, 0);
    EXPECT_EQ(nearestResources(far.state, far.roads.get(), map.node('B'), 3, noon).size(), 1U);
}

TEST_F(Running, theMoveThatRepairsTheCoverHasItsWay) {
    const RoadMap map({"A----B" + std::string(118, '-') + "C----D"});
    Scene far(map);
    const auto incident = far.incident(map.node('B'), {teams("pump", 1, 1)});
    far.add("west", map.node('A'), {{"pump", 1}});
    far.add("east", map.node('D'), {{"pump", 1}});
    Question question = far.question();
    question.focus = incident;
    question.withCover = true;
    question.population = {{map.node('A'), 1000}};
    const auto answer = far.ask(question);
    ASSERT_TRUE(answer.cover && answer.cover->standBy);
    const auto& move = *answer.cover->standBy;
    ASSERT_GT(move.route.points.size(), 1U);
    EXPECT_NEAR(move.route.secondsAt.back(), move.eta.value, 0.1);
}

TEST_F(Running, placesThatArePromisedAreNotGivenTwice) {
    auto& hall = scene.add("hall", road.node('B'), {}, model::ResourceKind::shelter);
    hall.capacity = 100;
    const auto first = scene.incident(road.node('A'), {});
    auto& order = bind(hall, first, Purpose::shelter, AssignmentState::enRoute);
    hall.status = model::ResourceStatus::available;
    order.people = 70;
    scene.incident(road.node('C'), {shelter(50)});
    auto answer = scene.ask(scene.question());
    ASSERT_EQ(answer.needs.size(), 1U);
    EXPECT_EQ(answer.needs[0].chosen.at(0).people, 30);
    EXPECT_EQ(answer.needs[0].unmet.value().missing, 20);
    order.state = AssignmentState::onScene; // they are counted among the occupied now
    hall.occupied = 70;
    answer = scene.ask(scene.question());
    EXPECT_EQ(answer.needs[0].chosen.at(0).people, 30);
}

TEST_F(Running, whatWasDeliveredIsNotAskedForAgain) {
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 100), shelter(40)});
    auto& truck = scene.truck("truck", road.node('B'), 5000);
    auto& order = bind(truck, incident, Purpose::supply, AssignmentState::released);
    order.load = {{truck.id, "sandbag", "Sandbag", 60, "piece"}};
    EXPECT_EQ(open(), 100) << "it was called off";
    order.arrivedAt = noon - 10min;
    EXPECT_EQ(open(), 40) << "it brought them, and has left";
    auto& hall = scene.add("hall", road.node('B'), {}, model::ResourceKind::shelter);
    auto& taken = bind(hall, incident, Purpose::shelter, AssignmentState::released);
    taken.people = 40;
    EXPECT_EQ(open(1), 40);
    taken.arrivedAt = noon - 5min;
    EXPECT_EQ(scene.ask(scene.question()).needs.size(), 1U) << "all have a roof";
    auto& team = scene.add("team", road.node('A'), {{"pump", 1}});
    scene.state.incidents.at(incident).needs = {teams("pump", 1, 1)};
    auto& gone = scene.assign(team, incident, "pump", AssignmentState::released);
    gone.arrivedAt = noon - 5min;
    team.status = model::ResourceStatus::available;
    EXPECT_EQ(open(), 1) << "a team that has left pumps no more";
}

TEST_F(Running, whatOthersHaveBroughtIsNotSentAgain) {
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 100), teams("pump", 1, 1), teams("pump", 2, 2)});
    model::AidRequest lent;
    lent.id = scene.ids.make<model::AidRequestId>();
    lent.incident = incident;
    lent.state = model::AidState::accepted;
    lent.items = {{"sandbag", "Sandbag", 80, "piece"}, {"pump", "", 2, ""}};
    lent.items[1].promised = 1;
    auto& request = scene.state.aidRequests[lent.id] = lent;
    EXPECT_EQ(open(), 100) << "it may still not come";
    request.state = model::AidState::arrived;
    EXPECT_EQ(open(0), 20);
    EXPECT_EQ(open(1), 1);
    EXPECT_EQ(open(2), 1) << "the one that came does what is hardest";
    request.items[1].promised.reset();
    EXPECT_EQ(scene.ask(scene.question()).needs.size(), 2U) << "both came";
    request.state = model::AidState::returned;
    EXPECT_EQ(open(0), 100);
    EXPECT_EQ(open(2), 2);
}

TEST_F(Running, aBoxIsNoPiece) {
    auto ask = supply("glove", 10);
    ask.unit = "box";
    scene.incident(road.node('A'), {ask});
    auto& store = scene.store("B", road.node('B'), {{"glove", 500, 1}});
    scene.truck("truck", road.node('B'), 5000);
    EXPECT_EQ(scene.ask(scene.question()).needs.at(0).unmet.value().reason, "out-of-stock");
    store.stock.push_back(store.stock.front());
    store.stock.back().unit = "box";
    store.stock.back().quantity = 12;
    const auto answer = scene.ask(scene.question());
    ASSERT_FALSE(answer.needs[0].unmet);
    ASSERT_EQ(answer.needs[0].chosen.at(0).load.size(), 1U);
    EXPECT_EQ(answer.needs[0].chosen[0].load[0].unit, "box");
    EXPECT_EQ(answer.needs[0].chosen[0].load[0].quantity, 10);
    for (auto& [id, incident] : scene.state.incidents)
        incident.needs.at(0).unit.clear();
    EXPECT_EQ(scene.ask(scene.question()).needs[0].chosen.at(0).load.at(0).unit, "piece") << "what most of it lies in";
}

TEST_F(Running, learningDoesNotFeedOnItself) {
    auto& engine = scene.add("engine", road.node('A'), {{"pump", 1}});
    const auto incident = scene.ids.make<model::IncidentId>();
    constexpr double really = 1.44;
    for (int drive = 0; drive < 600; ++drive) { // each predicted by what was learned until then
        const auto told = EtaModel::learn(scene.state).of("", base::Seconds(600));
        auto& past = scene.assign(engine, incident, "pump", AssignmentState::released);
        past.plain = base::Seconds(600);
        past.eta = told.middle;
        past.departedAt = noon - 100h;
        past.arrivedAt = *past.departedAt + std::chrono::seconds(static_cast<int>(600 * really));
    }
    EXPECT_NEAR(EtaModel::learn(scene.state).spreadOf("").middle, really, 0.03) << "not its root";
}

TEST_F(Running, howLongTheyTakeToSetOutIsLearnedForEachElseByKind) {
    auto& engine = scene.add("engine", road.node('A'), {{"pump", 1}});
    auto& other = scene.add("other", road.node('B'), {{"pump", 1}});
    const auto incident = scene.ids.make<model::IncidentId>();
    const auto leave = [&](model::Resource& who, std::chrono::minutes after) -> model::Assignment& {
        auto& past = scene.assign(who, incident, "pump", AssignmentState::released);
        past.departedAt = *past.notifiedAt + after;
        return past;
    };
    const auto usual = [&](const model::Resource& who) { return Turnouts::learn(scene.state).of(who); };
    for (const auto after : {20min, 1min, 6min, 2min})
        leave(engine, after);
    EXPECT_EQ(usual(engine), base::Seconds(0)) << "four are too few";
    leave(engine, 9min);
    EXPECT_EQ(usual(engine), base::Seconds(360));
    EXPECT_EQ(usual(other), base::Seconds(360)) << "as its kind";
    for (int i = 0; i < 9; ++i) {
        leave(engine, 180min); // told when somebody thought of it
        leave(engine, 1min).purpose = Purpose::shelter;
        leave(engine, 1min).departedAt.reset();
    }
    EXPECT_EQ(usual(engine), base::Seconds(360));
    for (int i = 0; i < 5; ++i)
        leave(other, 1min);
    EXPECT_EQ(usual(other), base::Seconds(60)) << "its own";
    EXPECT_EQ(usual(engine), base::Seconds(360));
}

TEST_F(Running, whoSetsOutLateIsLaterThoughNearer) {
    auto& near = scene.add("near", road.node('B'), {{"pump", 1}});
    auto& far = scene.add("far", road.node('C'), {{"pump", 1}});
    scene.incident(road.node('A'), {teams("pump", 1, 1)});
    ASSERT_EQ(scene.ask(scene.question()).needs[0].chosen.at(0).resource, near.id);
    const auto before = scene.ids.make<model::IncidentId>();
    for (const auto& [who, after] : {std::pair(&near, 40min), std::pair(&far, 1min)}) {
        for (int i = 0; i < 5; ++i) {
            auto& past = scene.assign(*who, before, "pump", AssignmentState::released);
            past.notifiedAt = noon - 100h;
            past.departedAt = *past.notifiedAt + after;
            past.releasedAt = *past.departedAt + 10min;
        }
        who->status = model::ResourceStatus::available;
    }
    const auto answer = scene.ask(scene.question());
    const auto& chosen = answer.needs[0].chosen.at(0);
    EXPECT_EQ(chosen.resource, far.id);
    ASSERT_FALSE(answer.needs[0].others.empty());
    EXPECT_EQ(chosen.turnout, base::Seconds(60));
    EXPECT_EQ(answer.needs[0].others.at(0).resource, near.id);
    EXPECT_EQ(answer.needs[0].others.at(0).turnout, base::Seconds(2400));
}

TEST_F(Running, aVehicleThatSetsOutLateBringsNothingThoughNearer) {
    scene.incident(road.node('A'), {supply("glove", 100)});
    scene.store("store", road.node('B'), {{"glove", 500, 1}});
    auto& near = scene.truck("near", road.node('B'), 5000);
    auto& far = scene.truck("far", road.node('C'), 5000);
    ASSERT_EQ(scene.ask(scene.question()).needs[0].chosen.at(0).resource, near.id);
    const auto before = scene.ids.make<model::IncidentId>();
    for (const auto& [who, after] : {std::pair(&near, 40min), std::pair(&far, 1min)}) {
        for (int i = 0; i < 5; ++i) {
            auto& past = scene.assign(*who, before, "", AssignmentState::released);
            past.notifiedAt = noon - 100h;
            past.departedAt = *past.notifiedAt + after;
            past.releasedAt = *past.departedAt + 10min;
        }
        who->status = model::ResourceStatus::available;
    }
    const auto answer = scene.ask(scene.question());
    const auto& chosen = answer.needs[0].chosen.at(0);
    EXPECT_EQ(chosen.resource, far.id);
    EXPECT_EQ(chosen.turnout, base::Seconds(60));
    EXPECT_EQ(answer.needs[0].others.at(0).turnout, base::Seconds(2400));
    auto question = scene.question();
    question.focus = scene.state.incidents.begin()->first;
    const auto way = wayByHand(question, near.id);
    ASSERT_TRUE(way);
    EXPECT_EQ(way->turnout, base::Seconds(2400)) << "who is sent by hand sets out no sooner";
    EXPECT_EQ(lineOf(*way, answer.needs[0].need).turnout, base::Seconds(2400)) << "and the journal keeps it";
}

TEST_F(Running, whoSetsOutLateCoversWhatIsNearOnlyWhileStandingBy) {
    auto& pump = scene.add("pump", road.node('B'), {{"pump", 1}});
    CoverQuestion question;
    question.state = &scene.state;
    question.roads = scene.roads.get();
    question.now = noon;
    question.population = {{road.node('A'), 1000}};
    EXPECT_EQ(coverOf(question)->peopleBefore, 1000);
    const auto incident = scene.ids.make<model::IncidentId>();
    for (int i = 0; i < 5; ++i) {
        auto& past = scene.assign(pump, incident, "pump", AssignmentState::released);
        past.notifiedAt = noon - 100h;
        past.departedAt = *past.notifiedAt + 20min;
        past.releasedAt = *past.departedAt + 10min;
    }
    pump.status = model::ResourceStatus::available;
    EXPECT_EQ(coverOf(question)->peopleBefore, 0) << "twenty minutes until it sets out";
    auto& order = scene.assign(pump, incident, "", AssignmentState::onScene);
    order.purpose = Purpose::standBy;
    order.stops = {{road.node('B'), "station", std::nullopt, base::Seconds(60)}};
    EXPECT_EQ(coverOf(question)->peopleBefore, 1000) << "who stands by is ready";
}

TEST_F(Running, aTruckIsDrawnByWayOfItsStores) {
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 100)});
    scene.store("C", road.node('C'), {{"sandbag", 100, 20}});
    scene.truck("truck", road.node('E'), 3000);
    Question question = scene.question();
    question.focus = incident;
    const auto answer = scene.ask(question);
    const auto& choice = answer.needs.at(0).chosen.at(0);
    ASSERT_EQ(choice.route.points.size(), choice.route.secondsAt.size());
    ASSERT_GT(choice.route.points.size(), 3U);
    EXPECT_NEAR(choice.route.secondsAt.back(), choice.eta.value, 1);
    EXPECT_NEAR(choice.stops.back().arrival.value, choice.eta.value, 1);
    EXPECT_NEAR(choice.plain.value, 100 + 600 + 100, 2);
    const auto decision = toDecision(answer, incident);
    EXPECT_EQ(decision.lines.at(0).plain, choice.plain);
    model::Assignment order;
    order.state = AssignmentState::enRoute;
    order.departedAt = noon;
    order.route = choice.route;
    const auto loading = model::progressOf(order, noon + 400s);
    ASSERT_TRUE(loading);
    EXPECT_NEAR(loading->position.longitude(), road.node('C').longitude(), 1e-4) << "it stands and loads";
}

TEST_F(Running, anotherWayStillGoesByTheStoresThatLieAhead) {
    const auto incident = scene.incident(road.node('A'), {});
    auto& store = scene.store("C", road.node('C'), {{"sandbag", 100, 20}});
    auto& truck = scene.truck("truck", road.node('E'), 3000);
    auto& order = bind(truck, incident, Purpose::supply, AssignmentState::accepted);
    order.stops = {{road.node('C'), "C", store.id, base::Seconds(100)}, {road.node('A'), "", std::nullopt, base::Seconds(800)}};
    const auto id = order.id;
    auto way = anotherWay(scene.state, *scene.roads, id, noon, {});
    ASSERT_TRUE(way) << way.error().describe();
    EXPECT_NEAR(way->eta.value, 800, 2);
    EXPECT_EQ(way->stops.size(), 2U);
    Weights quick;
    quick.loading = base::Seconds(60);
    EXPECT_NEAR(anotherWay(scene.state, *scene.roads, id, noon, quick)->eta.value, 260, 2) << "as long as the county says";
    order.state = AssignmentState::enRoute;
    order.departedAt = noon - 750s; // has loaded
    truck.position = road.node('B');
    truck.positionTime = noon - 10s;
    way = anotherWay(scene.state, *scene.roads, id, noon, {});
    ASSERT_TRUE(way);
    EXPECT_EQ(way->stops.size(), 1U);
    EXPECT_NEAR(way->eta.value, 50, 2);
}

TEST_F(Running, aGapInTheRosterKeepsATeamAndAnEndedOneDoesNot) {
    scene.incident(road.node('A'), {teams("pump", 1, 1)});
    auto& team = scene.add("team", road.node('B'), {{"pump", 1}});
    team.duty = {{noon - 12h, noon - 4h, "Anna", "", ""}, {noon + 2h, noon + 10h, "Beat", "", ""}};
    auto answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "");
    ASSERT_EQ(answer.needs[0].kept.size(), 1U);
    EXPECT_EQ(answer.needs[0].kept[0].obstacle, Obstacle::offDuty);
    EXPECT_EQ(answer.needs[0].kept[0].freeAt, noon + 2h);
    team.duty.pop_back();
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "team") << "a roster that nobody has gone on with hides nobody";
    team.duty.push_back({noon - 1h, noon + 7h, "Beat", "", ""});
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "team");
}

TEST_F(Running, whenABusyTeamIsFreeIsReckonedFromOthers) {
    const auto incident = scene.incident(road.node('A'), {});
    auto& team = scene.add("team", road.node('B'), {{"pump", 1}});
    for (int i = 0; i < 5; ++i) {
        auto& past = scene.assign(team, incident, "pump", AssignmentState::released);
        past.arrivedAt = noon - 50h;
        past.releasedAt = noon - 50h + std::chrono::minutes(50 + 5 * i); // 60 in the middle
    }
    auto& now = scene.assign(team, incident, "pump", AssignmentState::onScene);
    now.arrivedAt = noon - 20min;
    scene.incident(road.node('C'), {teams("pump", 1, 1)});
    auto answer = scene.ask(scene.question());
    ASSERT_TRUE(answer.needs.at(0).unmet);
    EXPECT_EQ(answer.needs[0].unmet->reason, "all-busy");
    EXPECT_EQ(answer.needs[0].unmet->freeAt, noon + 40min);
    EXPECT_TRUE(answer.needs[0].kept.at(0).freeGuessed);
    now.arrivedAt = noon - 2h;
    EXPECT_FALSE(scene.ask(scene.question()).needs[0].unmet->freeAt) << "it has stayed longer than is usual";
}

TEST_F(Running, whatFliesFliesByItsProfile) {
    scene.incident(road.node('A'), {teams("lift", 1, 1)});
    auto& helicopter = scene.add("helicopter", road.node('E'), {{"lift", 1}});
    helicopter.flies = true;
    const auto usual = scene.ask(scene.question()).needs.at(0).chosen.at(0).eta.value;
    auto profiles = route::defaultProfiles();
    for (auto& profile : profiles) {
        if (profile.name == "helicopter")
            profile.startSeconds += 600;
    }
    Question question = scene.question();
    question.profiles = &profiles;
    EXPECT_NEAR(scene.ask(question).needs.at(0).chosen.at(0).eta.value, usual + 600, 1);
}

TEST_F(Running, whatWasCountedLongAgoWeighsLess) {
    scene.incident(road.node('A'), {shelter(10)});
    auto& near = scene.add("near", road.node('B'), {}, model::ResourceKind::shelter);
    near.capacity = 100;
    near.countedAt = noon - 100h;
    auto& far = scene.add("far", road.node('C'), {}, model::ResourceKind::shelter);
    far.capacity = 100;
    far.countedAt = noon - 1h;
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "far");
    near.countedAt = noon - 2h;
    EXPECT_EQ(scene.chosen(scene.ask(scene.question())), "near");
}

/// A plan for one team and some supplies that waits for a leader's word.
TEST_F(Running, whatWaitsForALeadersWordServesAlreadyAndIsNotSentTwice) {
    const auto incident = scene.incident(road.node('A'), {teams("pump", 1, 2), supply("bags", 100)});
    auto& near = scene.add("near", road.node('A'), {{"pump", 1}});
    scene.add("second", road.node('B'), {{"pump", 1}});
    scene.add("third", road.node('E'), {{"pump", 1}});
    auto& truck = scene.truck("truck", road.node('B'), 5000);
    auto& store = scene.store("store", road.node('C'), {{"bags", 100, 1}});
    model::Decision card;
    card.id = scene.ids.make<model::DecisionId>();
    card.incident = incident;
    card.at = noon - 5min;
    model::DecisionLine team;
    team.resource = near.id;
    team.need = teams("pump", 1, 2);
    model::DecisionLine load;
    load.resource = truck.id;
    load.purpose = Purpose::supply;
    load.need = supply("bags", 100);
    load.load = {{store.id, "bags", "Bags", 60, "piece"}};
    card.lines = {team, load};
    const auto sent = [&] {
        auto copy = card;
        copy.state = model::DecisionState::sent;
        return copy;
    };
    EXPECT_TRUE(model::waitingPlans({{card.id, sent()}}).empty());
    model::bindWaiting(scene.state, model::waitingPlans({{card.id, card}}));
    const auto answer = scene.ask(scene.question());
    ASSERT_EQ(answer.needs.size(), 2U);
    EXPECT_EQ(answer.needs[0].open, 1);
    EXPECT_EQ(scene.chosen(answer), "second | ");
    EXPECT_TRUE(answer.changes.empty()) << "it is for the leader to say, not for the optimum";
    EXPECT_NEAR(answer.needs[1].open, 40, 1e-6);
    EXPECT_EQ(scene.state.resources.at(store.id).stock[0].reserved, 60);
}

TEST_F(Running, whoWasSentElsewhereSinceIsNotBoundByAPlanThatStillWaits) {
    const auto one = scene.incident(road.node('A'), {teams("pump", 1, 1)});
    const auto other = scene.incident(road.node('E'), {});
    auto& pump = scene.add("pump", road.node('B'), {{"pump", 1}});
    scene.assign(pump, other, "pump", AssignmentState::onScene);
    model::Decision card;
    card.id = scene.ids.make<model::DecisionId>();
    card.incident = one;
    card.lines.emplace_back();
    card.lines.back().resource = pump.id;
    card.lines.back().need = teams("pump", 1, 1);
    model::bindWaiting(scene.state, {card});
    EXPECT_EQ(scene.state.assignments.size(), 1U);
    EXPECT_EQ(open(), 1);
    card.releases = {scene.state.assignments.begin()->first};
    model::bindWaiting(scene.state, {card});
    EXPECT_EQ(scene.state.assignments.size(), 2U) << "it gives up what it has";
    EXPECT_TRUE(scene.ask(scene.question()).needs.empty()) << "served";
}

} // namespace
} // namespace tocsin::dispatch
