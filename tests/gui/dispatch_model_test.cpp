// Who is late, what is short, what an order says, what came of a decision.
#include "gui/dispatch/board_face.hpp"
#include "gui/dispatch/call_down_page.hpp"
#include "gui/dispatch/decision_story.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/supply_board.hpp"
#include "gui/dispatch/task_order.hpp"
#include "gui/dispatch/timeline_rows.hpp"
#include "gui/dispatch_support.hpp"

#include <algorithm>

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
    desk::DispatchRules rules;
};

TEST_F(FollowTest, NobodyIsLateAtFirst) {
    for (const auto& f : all())
        EXPECT_TRUE(f.worries.empty());
    EXPECT_EQ(BoardWords::summary(all()), QString());
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
    EXPECT_TRUE(DispatchWords::shortfall(*bags, state(), code).contains(QStringLiteral("Müller gravel works 950")));
    const auto draft = draftAid(state(), *bags);
    EXPECT_EQ(draft.partner, id<model::ResourceId>(40));
    EXPECT_DOUBLE_EQ(draft.items.at(0).quantity, 950);
    EXPECT_TRUE(draft.neededBy.has_value());
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

TEST_F(FollowTest, WhatReallyHappenedStandsBesideTheDecision) {
    const auto& decision = addDecision(1, model::DecisionState::sent);
    auto& a = assignment(1);
    a.decision = decision.id;
    ASSERT_FALSE(outcomesOf(state(), decision).at(0).took);
    a.state = model::AssignmentState::onScene;
    a.arrivedAt = *a.departedAt + 480s;
    const auto outcome = outcomesOf(state(), decision).at(0);
    EXPECT_NEAR(outcome.took->value, 480, 0.01);
    EXPECT_NEAR(outcome.behind.value, 100, 0.01);
    EXPECT_TRUE(outcome.within);
    addDecision(2, model::DecisionState::waiting);
    EXPECT_EQ(decisionsOf(state()).front()->id, id<model::DecisionId>(2));
}

TEST(Sms, IsCountedAsTheNetworkDoes) {
    EXPECT_EQ(countSms(QString(160, QLatin1Char('a'))).parts, 1);
    EXPECT_EQ(countSms(QString(161, QLatin1Char('a'))).parts, 2);
    EXPECT_EQ(countSms(QString(306, QLatin1Char('a'))).parts, 2);
    EXPECT_EQ(countSms(QString(307, QLatin1Char('a'))).parts, 3);
    EXPECT_EQ(countSms(QStringLiteral("[]")).units, 4); // each needs an escape
    EXPECT_FALSE(countSms(QString::fromUtf8("Mühleholz é")).unicode);
    EXPECT_TRUE(countSms(QString::fromUtf8("莱茵河")).unicode);
    EXPECT_EQ(countSms(QString(70, QChar(0x6c34))).parts, 1);
    EXPECT_EQ(countSms(QString(71, QChar(0x6c34))).parts, 2);
    EXPECT_EQ(countSms(QString(135, QChar(0x6c34))).parts, 3);
}

TEST_F(FollowTest, AnOrderSaysAllInBothLanguages) {
    auto& a = assignment(1);
    a.order = "2026-0147/3";
    a.load = {{id<model::ResourceId>(9), "3010100", test::both("Sandbags", "沙袋"), 400, "pcs"}};
    a.stops = {{model::Position::trusted(47.133, 9.517), test::both("Store Vaduz", "瓦杜兹库"), std::nullopt, base::Seconds(120)},
               {model::Position::trusted(47.129, 9.5115), test::both("Dyke km 54.2", "堤 54.2"), std::nullopt, base::Seconds(380)}};
    const TaskOrder english(state(), a.id, QStringLiteral("en"), now());
    for (const char* part : {"2026-0147/3", "dyke defence", "47.12900, 9.51150", "via Store Vaduz", "400 pcs Sandbags", "M. Keller"})
        EXPECT_TRUE(english.text().contains(QString::fromUtf8(part))) << part << " in\n" << english.text().toStdString();
    EXPECT_EQ(countSms(english.sms()).parts, 1) << english.sms().toStdString();
    EXPECT_LE(english.sms().size(), 160);
    EXPECT_TRUE(english.sms().contains(QStringLiteral("47.1290,9.5115")));
    const TaskOrder chinese(state(), a.id, QStringLiteral("zh_CN"), now());
    for (const char* part : {"任务单", "沙袋", "坐标", "瓦杜兹库"})
        EXPECT_TRUE(chinese.text().contains(QString::fromUtf8(part))) << part << " in\n" << chinese.text().toStdString();
    EXPECT_EQ(countSms(chinese.sms()).parts, 1) << chinese.sms().toStdString();
    EXPECT_GE(chinese.radio().size(), 5);
    for (const QString& line : english.radio())
        EXPECT_LE(line.size(), 90) << line.toStdString();
    EXPECT_TRUE(TaskOrder(state(), id<model::AssignmentId>(99), code, now()).empty());
}

TEST_F(FollowTest, PeopleOfAListAreReadAndWritten) {
    auto& team = resource(1);
    team.duty = {{now() - 1h, now() + 1h, "N. Night", "+423 9", "officer"}, {now() + 1h, now() + 9h, "L. Later", "", ""}};
    team.crew = {{"C. Crew", "driver", {}, "+423 8", ""}, {"N. Night", "", {}, "", ""}};
    const auto people = peopleOf(team, now());
    ASSERT_EQ(people.size(), 3U); // on duty, in charge, crew; each once
    EXPECT_EQ(people[0].name, "N. Night");
    const auto read = peopleFrom(linesOf(people));
    EXPECT_EQ(read, people);
    EXPECT_EQ(peopleFrom(QString::fromUtf8("王伟，139 0000 0000，水文\n\n , x")).size(), 1U);
}

} // namespace
} // namespace tocsin::gui
