// Who is late, what is short, who is called, which orders are new.
#include "gui/dispatch/board_face.hpp"
#include "gui/dispatch/call_down_page.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/order_bundle.hpp"
#include "gui/dispatch/stock_worries.hpp"
#include "gui/dispatch/supply_board.hpp"
#include "gui/dispatch/task_order.hpp"
#include "gui/dispatch/timeline_rows.hpp"
#include "gui/dispatch_support.hpp"
#include "tocsin/model/calling.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

class FollowTest : public test::DispatchTest {
  protected:
    [[nodiscard]] std::vector<Followed> all() { return followAll(state(), {}, rules, now()); }
    [[nodiscard]] Followed one(unsigned n) {
        for (const auto& f : all()) {
            if (f.id == id<model::AssignmentId>(n))
                return f;
        }
        ADD_FAILURE() << "no assignment " << n;
        return {};
    }
    [[nodiscard]] SupplyLine bags(const SupplyTimes& times = {}) {
        for (const auto& line : supplyBoard(state(), now(), times)) {
            if (line.incident == id<model::IncidentId>(1) && line.code == "3010100")
                return line;
        }
        ADD_FAILURE() << "no line of sandbags";
        return {};
    }
    desk::DispatchRules rules;
};

TEST_F(FollowTest, NobodyIsLateAtFirst) {
    for (const auto& f : all())
        EXPECT_TRUE(f.worries.empty());
    EXPECT_EQ(BoardWords::summary(all()), QString());
}

TEST_F(FollowTest, WhoseWayIsBlockedIsThereByTheOtherOne) {
    auto& blocked = assignment(1).blocked.emplace();
    blocked.closure = id<model::DrawingId>(78);
    blocked.arrival = now() + 15min;
    auto f = one(1);
    ASSERT_TRUE(f.left);
    EXPECT_NEAR(f.left->value, 900, 0.01);
    EXPECT_EQ(f.leftHigh.value, 0) << "the interval was of the other way";
    EXPECT_TRUE(f.has(Worry::closure));
    auto face = BoardWords::face(f, state(), code, now());
    EXPECT_TRUE(face.warnings.join(QString()).contains(QStringLiteral("by another way there at"))) << face.warnings.join(QString()).toStdString();
    assignment(1).blocked->arrival.reset();
    f = one(1);
    EXPECT_FALSE(f.left);
    face = BoardWords::face(f, state(), code, now());
    EXPECT_EQ(face.arrival, QStringLiteral("no way"));
    EXPECT_TRUE(face.warnings.join(QString()).contains(QStringLiteral("no way is left")));
}

TEST_F(FollowTest, TheArrivalRunsDownWithItsInterval) {
    assignment(1).etaLow = base::Seconds(300);
    assignment(1).etaHigh = base::Seconds(500);
    const auto f = one(1); // left 140 s ago, 380 s away
    ASSERT_TRUE(f.left);
    EXPECT_NEAR(f.left->value, 240, 0.01);
    EXPECT_NEAR(f.leftLow.value, 160, 0.01);
    EXPECT_NEAR(f.leftHigh.value, 360, 0.01);
    const auto face = BoardWords::face(f, state(), code, now());
    EXPECT_EQ(face.arrival, QStringLiteral("04:00"));
    EXPECT_EQ(face.range, QStringLiteral("3–6 min"));
    EXPECT_FALSE(face.late);
}

TEST_F(FollowTest, WhoHasNotSetOutYetIsThereAfterItsTurnoutAndItsWay) {
    auto& a = assignment(1);
    a.state = model::AssignmentState::accepted;
    a.departedAt.reset();
    a.notifiedAt = now() - 60s;
    a.turnout = base::Seconds(360);
    a.etaLow = base::Seconds(300);
    a.etaHigh = base::Seconds(500);
    auto f = one(1);
    EXPECT_NEAR(f.left->value, 300 + 380, 0.01);
    EXPECT_NEAR(f.leftLow.value, 600, 0.01);
    EXPECT_NEAR(f.leftHigh.value, 800, 0.01);
    EXPECT_FALSE(f.moving);
    EXPECT_EQ(BoardWords::face(f, state(), code, now()).arrival, QStringLiteral("there in ") + Words::eta(base::Seconds(680)));
    a.notifiedAt = now() - 600s; // longer than usual: nobody knows when
    f = one(1);
    EXPECT_NEAR(f.left->value, 380, 0.01);
    EXPECT_EQ(BoardWords::face(f, state(), code, now()).arrival, Words::eta(base::Seconds(380)) + QStringLiteral(" away"));
}

TEST_F(FollowTest, OverdueOnlyBeyondTheLatestArrivalAndTheGrace) {
    assignment(1).etaHigh = base::Seconds(600);
    assignment(1).departedAt = now() - 600s - rules.grace;
    EXPECT_FALSE(one(1).has(Worry::overdue));
    assignment(1).departedAt = now() - 601s - rules.grace;
    EXPECT_TRUE(one(1).has(Worry::overdue));
    EXPECT_EQ(one(1).severity, model::Grade::II); // of a grade II incident
    EXPECT_EQ(all().front().id, id<model::AssignmentId>(1));
    EXPECT_TRUE(BoardWords::face(one(1), state(), code, now()).late);
    EXPECT_EQ(BoardWords::summary(all()), QStringLiteral("1 overdue"));
}

TEST_F(FollowTest, NotAcceptedAndSilentByTheCountysLimits) {
    auto& a = assignment(2);
    a.state = model::AssignmentState::notified;
    a.acceptedAt.reset();
    a.departedAt.reset();
    a.notifiedAt = now() - rules.acceptWithin - 1s;
    EXPECT_TRUE(one(2).has(Worry::notAccepted));
    EXPECT_FALSE(one(2).moving);
    a.state = model::AssignmentState::accepted;
    a.acceptedAt = now() - rules.departWithin;
    EXPECT_FALSE(one(2).has(Worry::notDeparted));
    a.acceptedAt = now() - rules.departWithin - 1s;
    EXPECT_TRUE(one(2).has(Worry::notDeparted));
    EXPECT_TRUE(BoardWords::summary({one(2)}).contains(QStringLiteral("1 not set out")));
    assignment(3).rollCallDue = now() - 1s;
    EXPECT_TRUE(one(3).has(Worry::silent));
    EXPECT_EQ(all().front().id, id<model::AssignmentId>(3)); // nobody knows whether they are well
}

TEST_F(FollowTest, AWordFromItsUnitIsASignOfLife) {
    assignment(3).rollCallDue = now() - 1s;
    model::Unit unit;
    unit.id = model::UnitId("radio-5");
    unit.resource = assignment(3).resource;
    state().units[unit.id] = unit;
    desk::UnitNow heard;
    heard.newest.time = now() - 60s;
    const auto followed = followAll(state(), {{unit.id, heard}}, rules, now());
    EXPECT_TRUE(std::none_of(followed.begin(), followed.end(), [](const auto& f) { return f.has(Worry::silent); }));
}

TEST_F(FollowTest, WhoStandsByAtAStationIsNotSilentInTheField) {
    auto& a = assignment(3);
    a.rollCallDue = now() - 1s;
    a.purpose = model::Purpose::standBy;
    a.stops = {{model::Position::trusted(47.2, 9.5), "Crossroads", std::nullopt, base::Seconds(60)}};
    EXPECT_TRUE(one(3).has(Worry::silent)) << "in the open";
    a.stops.back().at = id<model::ResourceId>(2);
    EXPECT_FALSE(one(3).has(Worry::silent));
    a.state = model::AssignmentState::enRoute;
    EXPECT_TRUE(one(3).has(Worry::silent)) << "it is not there yet";
}

TEST_F(FollowTest, HoursAddUpOverADayAndWarn) {
    auto earlier = assignment(1);
    earlier.id = id<model::AssignmentId>(50);
    earlier.state = model::AssignmentState::released;
    earlier.acceptedAt = now() - 13h;
    earlier.releasedAt = now() - 33min; // and this one for three
    state().assignments[earlier.id] = earlier;
    EXPECT_TRUE(one(1).has(Worry::crewHours));
    resource(1).crewHours = 14;
    EXPECT_FALSE(one(1).has(Worry::crewHours));
    EXPECT_EQ(BoardWords::face(one(1), state(), code, now()).hours, QStringLiteral("12.5 of 14 h"));
    EXPECT_EQ(one(50).urgency, -1); // dim, last
}

TEST_F(FollowTest, ReleasedOnesGoAfterAnHour) {
    assignment(3).state = model::AssignmentState::released;
    assignment(3).releasedAt = now() - 61min;
    EXPECT_EQ(all().size(), 2U);
}

TEST_F(FollowTest, TheTimelineTellsPredictedFromReal) {
    auto& a = assignment(3);
    a.departedAt = now() - 1500s;
    a.arrivedAt = now() - 300s; // predicted 900 s, took 1,200
    const auto rows = timelineRows(state(), rules, now() - 4h, now() + 1h, now());
    ASSERT_EQ(rows.size(), 3U);
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& r) { return r.resource == a.resource; });
    ASSERT_NE(row, rows.end());
    ASSERT_EQ(row->bars.size(), 1U);
    ASSERT_TRUE(row->bars[0].behind);
    EXPECT_EQ(*row->bars[0].behind, 300s);
    EXPECT_TRUE(row->limitReached.has_value());
    EXPECT_TRUE(timelineRows(state(), rules, now() - 9h, now() - 8h, now()).empty());
}

TEST_F(FollowTest, SuppliesAreWeighedAndSourcedNearestFirst) {
    addShortage();
    const auto lines = supplyBoard(state(), now());
    const auto bags = std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.incident && l.code == "3010100"; });
    ASSERT_NE(bags, lines.end());
    EXPECT_DOUBLE_EQ(bags->needed, 2500);
    EXPECT_DOUBLE_EQ(bags->inStock, 1550);
    EXPECT_DOUBLE_EQ(bags->open, 2500);
    EXPECT_DOUBLE_EQ(bags->missing, 950);
    ASSERT_EQ(bags->from.size(), 2U);
    EXPECT_EQ(bags->from[0].resource, id<model::ResourceId>(9));
    EXPECT_DOUBLE_EQ(bags->from[1].quantity, 950);
    EXPECT_TRUE(bags->canBorrow());
    EXPECT_TRUE(DispatchWords::shortfall(*bags, state(), code, now()).contains(QStringLiteral("Müller gravel works 950")));
    const auto draft = draftAid(state(), *bags);
    EXPECT_EQ(draft.partner, id<model::ResourceId>(40));
    EXPECT_DOUBLE_EQ(draft.items.at(0).quantity, 950);
    EXPECT_TRUE(draft.neededBy.has_value());
}

TEST_F(FollowTest, WhoIsThereFirstByRoadComesFirst) {
    addShortage();
    addStore(41, 3000, 47.2);
    const auto inc = id<model::IncidentId>(1);
    const auto near = id<model::ResourceId>(9);
    const auto far = id<model::ResourceId>(41);
    EXPECT_EQ(bags().from.front().resource, near) << "by distance, while the roads have not answered";
    EXPECT_FALSE(bags().from.front().there);
    const auto line = bags({{{inc, near}, base::Seconds(3000)}, {{inc, far}, base::Seconds(600)}});
    ASSERT_EQ(line.from.size(), 1U) << "it has all that is open";
    EXPECT_EQ(line.from[0].resource, far);
    ASSERT_TRUE(line.from[0].there);
    EXPECT_EQ(*line.from[0].there, now() + 600s);
    EXPECT_TRUE(DispatchWords::shortfall(line, state(), code, now()).contains(QStringLiteral("in 10 min")));
    const auto cut = bags({{{inc, near}, base::Seconds(3000)}, {{inc, far}, base::Seconds(std::numeric_limits<double>::infinity())}});
    ASSERT_EQ(cut.from.size(), 2U);
    EXPECT_EQ(cut.from[0].resource, near);
    EXPECT_TRUE(DispatchWords::shortfall(cut, state(), code, now()).contains(QStringLiteral("no road leads there")));
}

TEST_F(FollowTest, ALenderMakesWhatItHasNotAndIsLateThen) {
    addShortage();
    auto& works = resource(40);
    works.offers[0].quantity = 100;
    works.offers[0].perDay = 1000;
    works.offers[0].lead = base::Seconds(3600);
    auto& incident = state().incidents.at(id<model::IncidentId>(1));
    incident.needs.back().within = base::Seconds(std::chrono::duration<double>(now() - incident.openedAt).count() + 7200);
    const SupplyTimes times{{{incident.id, works.id}, base::Seconds(1800)}};
    const auto source = bags(times).from.back();
    EXPECT_EQ(source.resource, works.id);
    EXPECT_DOUBLE_EQ(source.quantity, 950);
    ASSERT_TRUE(source.there);
    // An hour before it leaves, half an hour's way, and 850 of 1,000 a day to be made.
    EXPECT_NEAR(std::chrono::duration<double>(*source.there - now()).count(), 3600 + 1800 + 0.85 * 86'400, 0.01);
    EXPECT_TRUE(source.late);
    incident.needs.back().within = base::Seconds(0);
    EXPECT_FALSE(bags(times).from.back().late) << "nobody said by when";
    works.offers[0].perDay = 0;
    EXPECT_DOUBLE_EQ(bags(times).from.back().quantity, 100);
}

TEST_F(FollowTest, WhatIsAskedForIsNotAskedForTwice) {
    addShortage();
    auto& request = addAid(1, model::AidState::sent);
    for (const auto aidState : {model::AidState::drafted, model::AidState::sent, model::AidState::accepted}) {
        request.state = aidState;
        EXPECT_DOUBLE_EQ(bags().askedFor, 950);
        EXPECT_DOUBLE_EQ(bags().toAsk(), 0);
        EXPECT_FALSE(bags().canBorrow());
    }
    EXPECT_TRUE(DispatchWords::shortfall(bags(), state(), code, now()).contains(QStringLiteral("asked for as mutual aid")));
    request.items[0].quantity = 400;
    EXPECT_DOUBLE_EQ(draftAid(state(), bags()).items.at(0).quantity, 550);
    request.state = model::AidState::declined;
    EXPECT_DOUBLE_EQ(bags().askedFor, 0);
    EXPECT_DOUBLE_EQ(bags().toAsk(), 950);
}

TEST_F(FollowTest, WhatOthersHaveBroughtIsDeliveredUntilItIsGivenBack) {
    addShortage();
    auto& request = addAid(1, model::AidState::arrived);
    EXPECT_DOUBLE_EQ(bags().delivered, 950);
    EXPECT_DOUBLE_EQ(bags().open, 1550);
    EXPECT_DOUBLE_EQ(bags().missing, 0) << "the rest is in the county's own stores";
    EXPECT_DOUBLE_EQ(bags().askedFor, 0);
    request.items[0].promised = 400; // as many as came
    EXPECT_DOUBLE_EQ(bags().delivered, 400);
    EXPECT_DOUBLE_EQ(bags().missing, 550);
    request.state = model::AidState::returned;
    EXPECT_DOUBLE_EQ(bags().delivered, 0);
    EXPECT_DOUBLE_EQ(bags().missing, 950);
}

TEST_F(FollowTest, WhatTheyDoNotLendIsShortAgain) {
    addShortage();
    auto& request = addAid(1, model::AidState::accepted);
    request.items[0].promised = 300;
    EXPECT_DOUBLE_EQ(bags().askedFor, 300);
    EXPECT_DOUBLE_EQ(draftAid(state(), bags()).items.at(0).quantity, 650);
    EXPECT_TRUE(DispatchWords::aidItems(request, code).startsWith(QStringLiteral("300 of 950"))) << DispatchWords::aidItems(request, code).toStdString();
    request.items[0].promised = 950;
    EXPECT_FALSE(DispatchWords::aidItems(request, code).contains(QStringLiteral("of"))) << "all of it";
}

TEST_F(FollowTest, AStoreIsRestockedFromOneThatCanSpareIt) {
    resource(9).stock[0].minimum = 2000; // it has 1,550
    addStore(41, 3000, 47.3);
    addStore(42, 500, 47.14).stock[0].minimum = 600; // nearer, and short itself
    const auto worries = stockWorries(state(), now());
    const auto low = std::find_if(worries.begin(), worries.end(), [](const auto& w) { return w.resource == id<model::ResourceId>(9); });
    ASSERT_NE(low, worries.end());
    const auto from = restocksFor(state(), *low, now());
    ASSERT_EQ(from.size(), 2U);
    EXPECT_EQ(from[0].from, id<model::ResourceId>(41));
    EXPECT_DOUBLE_EQ(from[0].quantity, 450);
    EXPECT_TRUE(from[0].spares);
    EXPECT_EQ(from[1].from, id<model::ResourceId>(42));
    EXPECT_FALSE(from[1].spares);
    resource(41).stock[0].expiry = now() - 1h;
    EXPECT_EQ(restocksFor(state(), *low, now()).size(), 1U);
}

TEST_F(FollowTest, TheNewestOrdersAreOneBundleAndWhoHasNoDeviceIsToldByVoice) {
    state().units.clear();
    for (const unsigned n : {1U, 2U}) {
        assignment(n).decision = id<model::DecisionId>(7);
        assignment(n).state = model::AssignmentState::notified;
        assignment(n).notifiedAt = now();
    }
    assignment(1).order = "2026-0147/10";
    assignment(2).order = "2026-0147/9";
    assignment(3).notifiedAt = now() - 1h;
    const auto orders = newOrders(state());
    ASSERT_EQ(orders, (std::vector{id<model::AssignmentId>(2), id<model::AssignmentId>(1)}));
    EXPECT_EQ(toldByVoice(state(), orders), orders);
    model::Unit unit;
    unit.id = model::UnitId("phone-1");
    unit.resource = assignment(1).resource;
    unit.type = "a-f-G-U-C";
    state().units[unit.id] = unit;
    EXPECT_EQ(toldByVoice(state(), orders), orders) << "a phone that is bound need not be connected";
    assignment(1).word = model::TeamWord::order;
    assignment(1).reached = model::Reached::phone;
    EXPECT_EQ(toldByVoice(state(), orders), std::vector{id<model::AssignmentId>(2)});
    assignment(2).state = model::AssignmentState::accepted;
    EXPECT_TRUE(toldByVoice(state(), orders).empty());
    // A recall and another way wait for a voice as an order does.
    assignment(3).state = model::AssignmentState::released;
    assignment(3).arrivedAt.reset();
    assignment(3).word = model::TeamWord::recall;
    assignment(3).reached = model::Reached::nobody;
    assignment(2).word = model::TeamWord::way;
    EXPECT_EQ(toldByVoice(state(), {id<model::AssignmentId>(2), id<model::AssignmentId>(3)}).size(), 2U);
    const auto seen = ordersToSee(state());
    EXPECT_NE(std::find(seen.begin(), seen.end(), id<model::AssignmentId>(3)), seen.end());
    const TaskOrder recall(state(), id<model::AssignmentId>(3), QStringLiteral("en"), now());
    EXPECT_TRUE(recall.text().contains(QStringLiteral("Cancelled: you are released"))) << recall.text().toStdString();
    EXPECT_TRUE(recall.sms().contains(QStringLiteral("Cancelled"))) << recall.sms().toStdString();
    assignment(3).reached = model::Reached::voice;
    EXPECT_TRUE(toldByVoice(state(), {id<model::AssignmentId>(3)}).empty());
    assignment(2).word = model::TeamWord::moved;
    EXPECT_EQ(toldByVoice(state(), {id<model::AssignmentId>(2)}).size(), 1U);
    const TaskOrder moved(state(), id<model::AssignmentId>(2), QStringLiteral("en"), now());
    EXPECT_TRUE(moved.text().contains(QStringLiteral("The incident was moved: go to the place given here"))) << moved.text().toStdString();
    assignment(2).word = model::TeamWord::order;
    const OrderBundle bundle(state(), orders, QStringLiteral("en"), now());
    EXPECT_LT(bundle.text().indexOf(QStringLiteral("2026-0147/9")), bundle.text().indexOf(QStringLiteral("2026-0147/10")));
    EXPECT_EQ(bundle.html().count(QStringLiteral("<h2")), 2);
    EXPECT_EQ(bundle.html().count(QStringLiteral("page-break-before")), 1) << "each on a page of its own";
    EXPECT_EQ(bundle.messages(), 2);
}

TEST_F(FollowTest, WhatIsOnItsWayAndDeliveredIsNotOpen) {
    addShortage();
    auto& a = assignment(2);
    a.purpose = model::Purpose::supply;
    a.load = {{id<model::ResourceId>(9), "3010100", "Sandbags", 1000, "pcs"}};
    const auto bags = [&] {
        const auto lines = supplyBoard(state(), now());
        return *std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.incident && l.code == "3010100"; });
    };
    EXPECT_DOUBLE_EQ(bags().onTheWay, 1000);
    EXPECT_DOUBLE_EQ(bags().open, 1500);
    a.state = model::AssignmentState::onScene;
    a.arrivedAt = now();
    EXPECT_DOUBLE_EQ(bags().delivered, 1000);
    a.state = model::AssignmentState::released; // what was delivered stays delivered
    EXPECT_DOUBLE_EQ(bags().delivered, 1000);
    a.arrivedAt.reset();
    EXPECT_DOUBLE_EQ(bags().open, 2500);
}

TEST_F(FollowTest, AWeakTeamIsNotCountedForTheNeedOfAStrongOne) {
    auto& needs = state().incidents.at(id<model::IncidentId>(1)).needs;
    needs.assign(2, {});
    for (auto& need : needs) {
        need.capability = "dyke-defence";
        need.quantity = 1;
    }
    needs[0].level = 3;
    needs[1].level = 1;
    state().assignments.clear();
    const auto send = [&](unsigned n, int level) {
        model::Capability able;
        able.code = "dyke-defence";
        able.level = level;
        resource(n).capabilities = {able};
        auto& one = state().assignments[id<model::AssignmentId>(n)];
        one.id = id<model::AssignmentId>(n);
        one.incident = id<model::IncidentId>(1);
        one.resource = id<model::ResourceId>(n);
        one.capability = "dyke-defence";
        one.state = model::AssignmentState::enRoute;
    };
    const auto onTheWay = [&] { // by level
        std::vector<double> out;
        for (const auto& line : supplyBoard(state(), now())) {
            if (line.incident == id<model::IncidentId>(1) && line.code == "dyke-defence")
                out.push_back(line.onTheWay);
        }
        return out;
    };
    send(1, 1);
    EXPECT_EQ(onTheWay(), (std::vector<double>{1, 0})) << "the strong need is open";
    send(2, 3);
    EXPECT_EQ(onTheWay(), (std::vector<double>{1, 1}));
    send(1, 3);
    send(2, 2);
    EXPECT_EQ(onTheWay(), (std::vector<double>{1, 1})) << "the ablest for the hardest, the other for what is left";
    needs[1].level = 2;
    send(2, 1);
    EXPECT_EQ(onTheWay(), (std::vector<double>{1, 1})) << "a person's own choice serves the easiest";
}

TEST_F(FollowTest, OnlyStoresAreCountedAndWhatVehiclesHaveIsNamedApart) {
    addShortage();
    auto& aboard = addStore(41, 40, 47.2);
    aboard.kind = model::ResourceKind::vehicle;
    auto& station = addStore(42, 60, 47.2);
    station.kind = model::ResourceKind::station;
    EXPECT_DOUBLE_EQ(bags().inStock, 1610);
    EXPECT_DOUBLE_EQ(bags().missing, 890) << "the planner loads at no vehicle";
    EXPECT_DOUBLE_EQ(bags().aboard, 40);
    EXPECT_TRUE(DispatchWords::shortfall(bags(), state(), code, now()).contains(QStringLiteral("on vehicles or with others, not counted")));
    station.status = model::ResourceStatus::outOfService;
    EXPECT_DOUBLE_EQ(bags().inStock, 1550);
    EXPECT_DOUBLE_EQ(bags().aboard, 40);
}

TEST_F(FollowTest, OneStockIsNotNamedForTwoIncidents) {
    addShortage();
    state().incidents.at(id<model::IncidentId>(3)).needs = {state().incidents.at(id<model::IncidentId>(1)).needs.back()};
    const auto lines = supplyBoard(state(), now());
    double own = 0;
    for (const auto& line : lines) {
        for (const auto& source : line.from)
            own += line.incident && line.code == "3010100" && source.resource == id<model::ResourceId>(9) ? source.quantity : 0;
    }
    EXPECT_DOUBLE_EQ(own, 1550);
}

TEST_F(FollowTest, QuantitiesThatCannotBeAreNothing) {
    addShortage();
    state().incidents.at(id<model::IncidentId>(1)).needs.back().amount = std::numeric_limits<double>::quiet_NaN();
    for (const auto& line : supplyBoard(state(), now()))
        EXPECT_TRUE(std::isfinite(line.open));
}

TEST_F(FollowTest, StockThatNeedsSomebody) {
    auto& store = resource(9);
    store.stock[0].minimum = 2000;
    store.stock[1].expiry = now() + 24h;
    auto old = store.stock[1];
    old.expiry = now() - 1h;
    store.stock.push_back(old);
    const auto worries_ = stockWorries(state(), now());
    ASSERT_EQ(worries_.size(), 3U);
    EXPECT_EQ(worries_[0].fault, StockFault::expired);
    EXPECT_EQ(worries_[1].fault, StockFault::expiring);
    EXPECT_EQ(worries_[2].fault, StockFault::belowMinimum);
}

TEST_F(FollowTest, ACallDownOfEachTitleCanBeBegunAgain) {
    addCallDown(1).startedAt = now() - 2h;
    addCallDown(2).startedAt = now() - 1h;
    addCallDown(3).title = "Mayors";
    const auto earlier = earlierCallDowns(state());
    ASSERT_EQ(earlier.size(), 2U);
    EXPECT_EQ(earlier[0]->id, id<model::CallDownId>(3));
    EXPECT_EQ(earlier[1]->id, id<model::CallDownId>(2));
}

TEST_F(FollowTest, PeopleOfAListAreReadAndWritten) {
    auto& team = resource(1);
    team.duty = {{now() - 1h, now() + 1h, "N. Night", "+423 9", "officer"}, {now() + 1h, now() + 9h, "L. Later", "", ""}};
    team.crew = {{"C. Crew", "driver", {}, "+423 8", ""}, {"N. Night", "", {}, "", ""}};
    const auto people = model::peopleOf(team, now());
    ASSERT_EQ(people.size(), 3U); // on duty, in charge, crew; each once
    EXPECT_EQ(people[0].name, "N. Night");
    const auto read = peopleFrom(linesOf(people));
    EXPECT_EQ(read, people);
    EXPECT_EQ(peopleFrom(QString::fromUtf8("王伟，139 0000 0000，水文\n\n , x")).size(), 1U);
}

} // namespace
} // namespace tocsin::gui
