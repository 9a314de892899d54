// Decisions and what follows from them: sent, refused, followed, given back.
#include "desk/plan_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <limits>
#include <nlohmann/json.hpp>
#include <thread>

namespace tocsin::test {
namespace {

using model::AssignmentState;
using model::Purpose;
using namespace std::chrono_literals;

TEST_F(PlanTest, AWholePlanGoesOutAtOnceWithItsCard) {
    auto command = plan({line(first), loadOf(60), shelterFor(40)});
    command.decision.unmet = {{{"pumping", 1, 2}, 2, "none-has-capability"}};
    const auto done = must(command);
    const auto state = desk->snapshot().state;
    ASSERT_EQ(done.ids.size(), 4U);
    const auto& card = state.decisions.begin()->second;
    EXPECT_EQ(card.state, model::DecisionState::sent);
    EXPECT_EQ(card.by, "M. Keller");
    EXPECT_EQ(card.unmet.size(), 1U);
    EXPECT_EQ(assignment(idOf(done, 0)).order, "2026-0001/1");
    EXPECT_EQ(assignment(idOf(done, 1)).decision, card.id);
    EXPECT_EQ(now(depot).stock[0].quantity, 500);
    EXPECT_EQ(now(depot).stock[0].reserved, 60) << "promised, not yet gone";
    EXPECT_EQ(now(hall).occupied, 20);
    EXPECT_EQ(now(first).status, model::ResourceStatus::assigned);
    restart();
    EXPECT_EQ(desk->snapshot().state, state);
}

TEST_F(PlanTest, OneLineThatCannotGoHoldsBackAll) {
    EXPECT_FALSE(run(plan({line(first), loadOf(501)})));
    EXPECT_FALSE(run(plan({line(first), shelterFor(81)})));
    EXPECT_FALSE(run(plan({line(first), line(first)})));
    EXPECT_TRUE(desk->snapshot().state.decisions.empty());
    EXPECT_EQ(now(first).status, model::ResourceStatus::available);
    EXPECT_EQ(now(depot).stock[0].reserved, 0);
}

TEST_F(PlanTest, HostileFiguresAreRefusedWithAReason) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double quantity : {nan, -5.0, 0.0, 1e308, std::numeric_limits<double>::infinity()}) {
        const auto done = run(plan({loadOf(quantity)}));
        ASSERT_FALSE(done) << quantity;
        EXPECT_FALSE(done.error().message.empty());
    }
    auto eta = line(first);
    eta.eta = base::Seconds(nan);
    EXPECT_FALSE(run(plan({eta})));
    auto card = plan({line(first)});
    card.decision.gap = nan;
    EXPECT_FALSE(run(card));
    card = plan({line(first)});
    card.decision.stoppedAfter = base::Seconds(nan);
    EXPECT_FALSE(run(card));
    card = plan({line(first)});
    card.decision.unseen.assign(21, "far-stores");
    EXPECT_FALSE(run(card));
    card.decision.unseen = {std::string(300, 'x')};
    EXPECT_FALSE(run(card));
    EXPECT_FALSE(run(plan({shelterFor(-3)})));
    EXPECT_FALSE(run(plan({shelterFor(std::numeric_limits<int>::max())})));
}

TEST_F(PlanTest, TheCardKeepsWhyItIsNotProven) {
    auto card = plan({line(first)});
    card.decision.optimal = false;
    card.decision.gap = 0.01;
    card.decision.unseen = {"four-stores"};
    card.decision.stoppedAfter = base::Seconds(2);
    ASSERT_TRUE(run(card));
    const auto kept = desk->snapshot().state.decisions.begin()->second;
    EXPECT_EQ(kept.unseen, std::vector<std::string>{"four-stores"});
    EXPECT_EQ(nlohmann::json(kept).get<model::Decision>(), kept);
    auto old = nlohmann::json(kept);
    old.erase("unseen");
    old.erase("stoppedAfter");
    EXPECT_TRUE(old.get<model::Decision>().unseen.empty()) << "a journal of before";
}

TEST_F(PlanTest, APayloadIsNotExceeded) {
    const auto done = run(plan({loadOf(101)}));
    ASSERT_FALSE(done);
    EXPECT_NE(done.error().message.find("1000 kg"), std::string::npos) << done.error().message;
    EXPECT_TRUE(run(plan({loadOf(100)})));
}

TEST_F(PlanTest, TheLoadLeavesItsWarehouseWithTheTruckAndComesBackIfItWasNotDelivered) {
    const auto done = must(plan({loadOf(60)}));
    const auto id = idOf(done, 0);
    advance(id, AssignmentState::accepted);
    advance(id, AssignmentState::enRoute);
    EXPECT_EQ(now(depot).stock[0].quantity, 440);
    EXPECT_EQ(now(depot).stock[0].reserved, 0);
    must(desk::ReleaseAssignments{{id}, "called off"});
    EXPECT_EQ(now(depot).stock[0].quantity, 500);

    const auto again = idOf(must(plan({loadOf(60)})), 0);
    must(desk::ReleaseAssignments{{again}, ""});
    EXPECT_EQ(now(depot).stock[0].quantity, 500);
    EXPECT_EQ(now(depot).stock[0].reserved, 0);

    const auto third = idOf(must(plan({loadOf(60)})), 0);
    for (const auto to : {AssignmentState::accepted, AssignmentState::enRoute, AssignmentState::onScene,
                          AssignmentState::released})
        advance(third, to);
    EXPECT_EQ(now(depot).stock[0].quantity, 440) << "it was delivered";
}

TEST_F(PlanTest, WhatExpiresFirstGoesFirstAndWhatIsExpiredStays) {
    auto water = team("Water depot");
    water.kind = model::ResourceKind::warehouse;
    water.stock = {{"1010101", "Water", 10, "bottle"}, {"1010101", "Water", 10, "bottle"}, {"1010101", "Water", 10, "bottle"}};
    water.stock[0].batch = "old";
    water.stock[0].expiry = clock.now() - 24h;
    water.stock[1].batch = "later";
    water.stock[1].expiry = clock.now() + 240h;
    water.stock[2].batch = "sooner";
    water.stock[2].expiry = clock.now() + 48h;
    must(desk::RegisterResources{{water}});
    auto load = loadOf(1);
    load.load = {{water.id, "1010101", "Water", 12, "bottle"}};
    must(plan({load}));
    const auto after = now(water);
    EXPECT_EQ(after.stock[0].reserved, 0);
    EXPECT_EQ(after.stock[1].reserved, 2);
    EXPECT_EQ(after.stock[2].reserved, 10);
    load.load[0].quantity = 9;
    load.resource = first.id;
    EXPECT_FALSE(run(plan({load})));
}

TEST_F(PlanTest, PeopleWhoArriveInAShelterAreCounted) {
    const auto id = idOf(must(plan({shelterFor(80)})), 0);
    EXPECT_FALSE(run(plan({shelterFor(1)}))) << "all places are promised";
    for (const auto to : {AssignmentState::accepted, AssignmentState::enRoute, AssignmentState::onScene})
        advance(id, to);
    EXPECT_EQ(now(hall).occupied, 100);
    advance(id, AssignmentState::released);
    EXPECT_EQ(now(hall).occupied, 100) << "the order is over, the people are still there";
}

TEST_F(PlanTest, TwoPeopleAssignTheLastTeamInTheSameSecond) {
    auto a = desk->submit({desk->newCommandId(), "Anna", plan({line(first)})});
    auto b = desk->submit({desk->newCommandId(), "Beat", plan({line(first)})});
    const auto one = a.get();
    const auto two = b.get();
    EXPECT_TRUE(one);
    ASSERT_FALSE(two);
    EXPECT_EQ(two.error().code, base::Code::conflict);
    EXPECT_NE(two.error().message.find("already assigned to incident 2026-0001"), std::string::npos);
    EXPECT_EQ(desk->snapshot().state.assignments.size(), 1U);
}

TEST_F(PlanTest, APlanMayGiveUpARunningOrderInTheSameBreath) {
    const auto before = idOf(must(plan({line(first)})), 0);
    incident = openIncident();
    EXPECT_FALSE(run(plan({line(first)})));
    auto command = plan({line(first)});
    command.releases = {before};
    const auto after = idOf(must(command), 0);
    EXPECT_EQ(assignment(before).state, AssignmentState::released);
    EXPECT_EQ(assignment(after).state, AssignmentState::notified);
    EXPECT_EQ(assignment(after).incident, incident);
    EXPECT_EQ(now(first).status, model::ResourceStatus::assigned);
}

TEST_F(PlanTest, WhoStandsByIsSentOnFromThere) {
    auto move = line(first);
    move.purpose = Purpose::standBy;
    move.need = {};
    const auto post = model::Position::trusted(47.2, 9.6);
    move.stops = {{post, "Station", std::nullopt, base::Seconds(300)}};
    const auto before = idOf(must(plan({move})), 0);
    for (const auto to : {AssignmentState::accepted, AssignmentState::enRoute, AssignmentState::onScene})
        advance(before, to);
    EXPECT_EQ(now(first).position, post) << "where it stands by";
    const auto done = must(plan({line(first)}));
    ASSERT_EQ(done.ids.size(), 2U) << "the decision and the new order";
    EXPECT_EQ(assignment(before).state, AssignmentState::released);
    EXPECT_EQ(assignment(idOf(done, 0)).state, AssignmentState::notified);
    EXPECT_EQ(now(first).status, model::ResourceStatus::assigned);
    EXPECT_FALSE(run(plan({line(first)}))) << "an order that is no stand-by is not taken from it";
    const auto state = desk->snapshot().state;
    restart();
    EXPECT_EQ(desk->snapshot().state, state);
}

TEST_F(PlanTest, ANeedThatMakesNoSenseIsRefused) {
    const auto set = [&](const model::Need& need) { return bool(run(desk::SetNeeds{incident, {need}})); };
    model::Need sand;
    sand.kind = model::NeedKind::supply;
    sand.supply = "3010101";
    sand.unit = "piece";
    for (const double amount : {0.0, -5.0, 1e308, std::numeric_limits<double>::quiet_NaN()}) {
        sand.amount = amount;
        EXPECT_FALSE(set(sand)) << amount;
    }
    sand.amount = 100;
    EXPECT_TRUE(set(sand));
    sand.within = base::Seconds(std::numeric_limits<double>::infinity());
    EXPECT_FALSE(set(sand));
    model::Need shelter;
    shelter.kind = model::NeedKind::shelter;
    shelter.quantity = 0;
    EXPECT_FALSE(set(shelter));
    shelter.quantity = 50;
    EXPECT_TRUE(set(shelter));
}

TEST_F(PlanTest, WhoChoosesOtherwiseSaysWhy) {
    auto otherwise = line(second);
    otherwise.recommended = false;
    auto command = plan({otherwise});
    EXPECT_FALSE(run(command));
    command.decision.reason = "knows the dyke";
    const auto done = must(command);
    EXPECT_EQ(desk->snapshot().state.decisions.begin()->second.reason, "knows the dyke");
}

TEST_F(PlanTest, WhoDoesNotAcceptIsLateOrSilentRaisesAnAlarmThatEndsByItself) {
    const auto id = idOf(must(plan({line(first)})), 0);
    clock.advance(4min);
    EXPECT_TRUE(alarms("assignment-unaccepted").empty());
    clock.advance(2min);
    ASSERT_EQ(alarms("assignment-unaccepted").size(), 1U);
    EXPECT_TRUE(alarms("assignment-unaccepted")[0].holds);
    EXPECT_EQ(alarms("assignment-unaccepted")[0].incident, incident);
    advance(id, AssignmentState::accepted);
    clock.advance(6s);
    EXPECT_FALSE(alarms("assignment-unaccepted")[0].holds);

    clock.advance(4min);
    EXPECT_TRUE(alarms("assignment-not-departed").empty());
    clock.advance(1min);
    ASSERT_EQ(alarms("assignment-not-departed").size(), 1U);
    EXPECT_TRUE(alarms("assignment-not-departed")[0].holds);
    EXPECT_EQ(alarms("assignment-not-departed")[0].incident, incident);
    must(desk::AnswerRollCall{id, "the engine does not start"});
    clock.advance(6s);
    EXPECT_FALSE(alarms("assignment-not-departed")[0].holds) << "it has said why";
    clock.advance(5min);
    EXPECT_TRUE(alarms("assignment-not-departed").back().holds);
    EXPECT_TRUE(alarms("assignment-silent").empty());
    advance(id, AssignmentState::enRoute);
    clock.advance(6s);
    EXPECT_FALSE(alarms("assignment-not-departed").back().holds);
    clock.advance(11min); // 7 min at the latest, and 5 of grace
    EXPECT_TRUE(alarms("assignment-overdue").empty());
    clock.advance(2min);
    EXPECT_EQ(alarms("assignment-overdue").size(), 1U);
    advance(id, AssignmentState::onScene);
    clock.advance(29min);
    EXPECT_TRUE(alarms("assignment-silent").empty());
    clock.advance(2min);
    ASSERT_EQ(alarms("assignment-silent").size(), 1U);
    must(desk::AnswerRollCall{id, "all well"});
    clock.advance(6s);
    EXPECT_FALSE(alarms("assignment-silent")[0].holds);
}

TEST_F(PlanTest, ACrewThatIsOutTooLongIsToldOf) {
    const auto id = idOf(must(plan({line(first)})), 0);
    advance(id, AssignmentState::accepted);
    clock.advance(11h + 59min);
    EXPECT_TRUE(alarms("crew-hours").empty());
    clock.advance(10min);
    ASSERT_EQ(alarms("crew-hours").size(), 1U);
    EXPECT_TRUE(alarms("crew-hours")[0].holds);
    must(desk::ReleaseAssignments{{id}, "relieved"});
    clock.advance(6s);
    EXPECT_FALSE(alarms("crew-hours")[0].holds);
}

TEST_F(PlanTest, AnotherWayGoesOnFromWhereTheTeamIs) {
    const auto id = idOf(must(plan({line(first)})), 0);
    advance(id, AssignmentState::accepted);
    advance(id, AssignmentState::enRoute);
    clock.advance(100s);
    must(anotherWay(id));
    const auto progress = model::progressOf(assignment(id), clock.now());
    ASSERT_TRUE(progress);
    EXPECT_NEAR(progress->left.value, 200, 0.2);
    EXPECT_NEAR(progress->position.latitude(), 47.14, 1e-6);
    EXPECT_EQ(assignment(id).eta.value, 300);
    advance(id, AssignmentState::onScene);
    EXPECT_FALSE(run(anotherWay(id)));
}

TEST_F(PlanTest, WhoseWayIsNotKnownIsWhereItWasSentOnceItIsThere) {
    const auto scene = desk->snapshot().state.incidents.at(incident).position;
    ASSERT_NE(now(first).position, scene);
    auto sent = line(first);
    sent.route = {};
    const auto id = idOf(must(plan({sent})), 0);
    for (const auto to : {AssignmentState::accepted, AssignmentState::enRoute, AssignmentState::onScene})
        advance(id, to);
    EXPECT_EQ(now(first).position, scene) << "and not at its station";
    EXPECT_EQ(now(first).positionTime, clock.now());
}

TEST_F(PlanTest, ATeamWritesItsStepFromTheField) {
    const auto id = idOf(must(plan({line(first)})), 0);
    model::UnitPosition heard;
    heard.unit = model::UnitId("ANDROID-1");
    heard.callSign = "First 1";
    heard.time = clock.now();
    heard.stale = clock.now() + 5min;
    heard.position = first.position;
    std::promise<void> taken;
    desk->positions({"cot", {heard}}, [&](auto) { taken.set_value(); });
    taken.get_future().get();
    if (!run(desk::BindUnit{heard.unit, first.id}))
        GTEST_SKIP() << "this desk keeps no tracks";
    must(desk::TakeFieldMessage{"cot", {"m-1", heard.unit, "First 1", "All", " On scene. ", clock.now(), std::nullopt}});
    EXPECT_EQ(assignment(id).state, AssignmentState::onScene);
    EXPECT_FALSE(assignment(id).departedAt) << "when it set out it did not write";
    must(desk::TakeFieldMessage{"cot", {"m-2", heard.unit, "First 1", "All", "on scene, water rising", clock.now(), std::nullopt}});
    EXPECT_EQ(assignment(id).state, AssignmentState::onScene);
    must(desk::TakeFieldMessage{"cot", {"m-3", heard.unit, "First 1", "All", "归队", clock.now(), std::nullopt}});
    EXPECT_EQ(assignment(id).state, AssignmentState::released);
}

TEST_F(PlanTest, WhenATeamSetOutIsNotMadeUp) {
    const auto id = idOf(must(plan({line(first)})), 0);
    EXPECT_FALSE(run(desk::AdvanceAssignment{id, AssignmentState::onScene})) << "not by one step";
    const auto done = must(desk::AdvanceAssignment{id, AssignmentState::onScene, true});
    EXPECT_EQ(done.entries.size(), 3U) << "each step stands in the journal";
    EXPECT_EQ(assignment(id).state, AssignmentState::onScene);
    EXPECT_EQ(assignment(id).arrivedAt, clock.now());
    EXPECT_FALSE(assignment(id).departedAt) << "it would have driven in no time";
    const auto told = idOf(must(plan({line(second)})), 0);
    must(desk::AdvanceAssignment{told, AssignmentState::enRoute, true});
    EXPECT_EQ(assignment(told).departedAt, clock.now()) << "this was told";
    EXPECT_FALSE(run(desk::AdvanceAssignment{told, AssignmentState::accepted, true})) << "nobody goes back";
    must(desk::AdvanceAssignment{told, AssignmentState::released, true});
}

TEST_F(PlanTest, ThePlansCallDownListsBeginWithIt) {
    model::CallList list;
    list.name = "Flood";
    list.steps = {{"Anna", "1", "leader", {}, base::Seconds(60)}, {"", "", "", second.id, base::Seconds(300)}};
    auto stored = now(second);
    stored.name = base::LocalText("Second");
    stored.name.translations["zh_CN"] = "第二队";
    stored.phone = "22";
    stored.duty = {{clock.now() - 1h, clock.now() + 1h, "Beat", "2", "officer"}, {clock.now() + 1h, clock.now() + 9h, "Cora", "3", ""}};
    must(desk::PutResources{{stored}, {}, "edit"});
    const auto id = *model::CallListId::parse(must(desk::PutCallList{list}).ids.at(0));
    auto command = plan({line(first)});
    command.decision.callLists = {id};
    command.decision.language = "zh_CN";
    const auto done = must(command);
    ASSERT_EQ(done.ids.size(), 3U) << "the card, the order, the call-down";
    const auto state = desk->snapshot().state;
    const auto& begun = state.callDowns.at(*model::CallDownId::parse(done.ids.at(2)));
    EXPECT_EQ(begun.title, "Flood");
    EXPECT_EQ(begun.list, id);
    EXPECT_EQ(begun.incident, incident);
    EXPECT_EQ(begun.startedBy, "M. Keller");
    ASSERT_EQ(begun.people.size(), 2U);
    EXPECT_EQ(begun.people[1].name, "Beat");
    EXPECT_EQ(begun.people[1].role, "officer, 第二队") << "in the language of who sends it";
    EXPECT_EQ(begun.people[1].wait.value, 300);
    EXPECT_EQ(state.decisions.begin()->second.callLists, std::vector{id});
    restart();
    EXPECT_EQ(desk->snapshot().state.decisions.begin()->second.callLists, std::vector{id}) << "from the table";
}

TEST_F(PlanTest, ACallDownThatCannotBeginHoldsBackThePlanThatNamesIt) {
    model::CallList list;
    list.name = "Everybody";
    list.steps = {{"", "", "", second.id, base::Seconds(300)}};
    auto stored = now(second);
    for (int n = 0; n < 51; ++n)
        stored.duty.push_back({clock.now() - 1h, clock.now() + 1h, "P" + std::to_string(n), "1", ""});
    must(desk::PutResources{{stored}, {}, "edit"});
    const auto id = *model::CallListId::parse(must(desk::PutCallList{list}).ids.at(0));
    auto command = plan({line(first)});
    command.decision.callLists = {id};
    const auto tooMany = run(command);
    ASSERT_FALSE(tooMany);
    EXPECT_NE(tooMany.error().message.find("51 people"), std::string::npos) << tooMany.error().message;
    command.decision.callLists = {id, id};
    EXPECT_FALSE(run(command));
    command.decision.callLists = {*model::CallListId::parse(first.id.toString())};
    EXPECT_FALSE(run(command)) << "no such list is kept";
    EXPECT_TRUE(desk->snapshot().state.assignments.empty());
    EXPECT_TRUE(desk->snapshot().state.callDowns.empty());
}

TEST_F(PlanTest, AShelterThatNobodyOpensRaisesAnAlarm) {
    const auto id = idOf(must(plan({shelterFor(40)})), 0);
    clock.advance(4min);
    EXPECT_TRUE(alarms("assignment-unaccepted").empty());
    clock.advance(2min);
    ASSERT_EQ(alarms("assignment-unaccepted").size(), 1U);
    const auto alarm = alarms("assignment-unaccepted")[0];
    EXPECT_TRUE(alarm.holds);
    EXPECT_NE(alarm.title.text.find("open: Hall"), std::string::npos) << alarm.title.text;
    advance(id, AssignmentState::accepted);
    clock.advance(6s);
    EXPECT_FALSE(alarms("assignment-unaccepted")[0].holds);
}

TEST_F(PlanTest, EveryKindOfEntryReplaysToTheSame) {
    const auto id = idOf(must(plan({line(first), loadOf(10), shelterFor(5)})), 0);
    advance(id, AssignmentState::accepted);
    must(desk::AnswerRollCall{id, "ok"});
    const auto before = desk->snapshot().state;
    desk.reset();
    {
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite, "testshire");
        ASSERT_TRUE(store);
        const auto digest = *(*store)->projectionDigest();
        ASSERT_TRUE((*store)->rebuild());
        EXPECT_EQ(*(*store)->projectionDigest(), digest);
    }
    start();
    EXPECT_EQ(desk->snapshot().state, before);
}

} // namespace
} // namespace tocsin::test
