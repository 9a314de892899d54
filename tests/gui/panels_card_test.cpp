// Who should go: what the decision card says, takes, claims and sends.
#include "gui/detail_support.hpp"

#include <QDialog>
#include <QLineEdit>
#include <QTest>
#include <QTimer>
#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

using test::id;

class DecisionCardTest : public test::DetailFixture {};

TEST_F(DecisionCardTest, selectingAnIncidentAsksWhoShouldGoAndProposesTheChosen) {
    selection.select(id<model::IncidentId>(1));
    EXPECT_EQ(desk.asked, std::vector{id<model::IncidentId>(1)});
    ASSERT_NE(find("sendButton"), nullptr);
    EXPECT_EQ(find("sendButton")->text(), QStringLiteral("Send 3 teams to Rhine dyke"));
    EXPECT_TRUE(find("candidate0")->isChecked());
    EXPECT_FALSE(find("candidate3")->isChecked()) << "the second choice";
    EXPECT_TRUE(find("candidate3")->accessibleDescription().contains(QStringLiteral("costs 6 min more in all"))) << "what it costs stands on its row";
    EXPECT_TRUE(reads(QStringLiteral("water rescue: 1 missing")));
    EXPECT_TRUE(reads(QStringLiteral("optimum proven")));
    ASSERT_NE(proposal, nullptr);
    EXPECT_EQ(std::count_if(proposal->candidates.begin(), proposal->candidates.end(), [](const auto& c) { return c.chosen; }), 3);
    selection.clear();
    EXPECT_EQ(proposal, nullptr);
}

TEST_F(DecisionCardTest, whileAPlanWaitsForAnotherTheRestIsStillOfferedAndOnesOwnIsTakenBack) {
    auto& state = desk.scene().state;
    model::Decision plan;
    plan.id = id<model::DecisionId>(1);
    plan.incident = id<model::IncidentId>(1);
    plan.at = desk.now() - std::chrono::minutes(1);
    plan.by = state.desk.onDuty;
    plan.lines.emplace_back();
    plan.lines.back().resource = id<model::ResourceId>(1);
    state.decisions[plan.id] = plan;
    selection.select(id<model::IncidentId>(1));
    const QString name = QString::fromStdString(state.resources.at(id<model::ResourceId>(1)).name.text);
    EXPECT_TRUE(reads(QStringLiteral("Waits for R. Hoop's word: ") + name));
    EXPECT_EQ(find("sendButton")->text(), QStringLiteral("Send 2 teams to Rhine dyke")) << "but for the one that waits";
    EXPECT_NE(find("addToPlanButton"), nullptr);
    ASSERT_NE(find("refuseButton"), nullptr);
    EXPECT_EQ(find("refuseButton")->text(), QStringLiteral("Take back…"));
    find("sendButton")->click();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.lines.size(), 2U);

    selection.clear();
    state.desk.onDuty = "R. Hoop";
    selection.select(id<model::IncidentId>(1));
    EXPECT_EQ(find("sendButton")->text(), QStringLiteral("Approve and send")) << "the leader's own act comes first";
    EXPECT_EQ(find("refuseButton")->text(), QStringLiteral("Refuse…"));
    EXPECT_EQ(find("addToPlanButton"), nullptr);
}

TEST_F(DecisionCardTest, whenTheRoadsChangeItAsksAgainAndNamesThemOnlyWithTheirTimes) {
    selection.select(id<model::IncidentId>(1));
    ASSERT_EQ(desk.asked.size(), 1U);
    desk.send(desk::SetRoadWeather{model::RoadWeather::ice});
    EXPECT_FALSE(reads(QStringLiteral("Times for roads with ice"))) << "the times on the card are older";
    EXPECT_TRUE(QTest::qWaitFor([&] { return desk.asked.size() == 2; }));
    EXPECT_TRUE(reads(QStringLiteral("Times for roads with ice")));
}

TEST_F(DecisionCardTest, theButtonSendsTheChosenWithTheirRoutes) {
    selection.select(id<model::IncidentId>(1));
    find("sendButton")->click();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    const model::Decision& card = sent->decision;
    EXPECT_EQ(card.incident, id<model::IncidentId>(1));
    ASSERT_EQ(card.lines.size(), 3U);
    EXPECT_EQ(card.lines[0].resource, id<model::ResourceId>(1));
    EXPECT_EQ(card.lines[0].need.capability, "dyke-defence");
    EXPECT_DOUBLE_EQ(card.lines[0].eta.value, 240);
    EXPECT_DOUBLE_EQ(card.lines[0].etaHigh.value, 324);
    EXPECT_FALSE(card.lines[0].route.points.empty());
    ASSERT_EQ(card.others.size(), 1U) << "the second choice stays on the card";
    EXPECT_DOUBLE_EQ(card.others[0].costs.value, 360);
    ASSERT_EQ(card.unmet.size(), 1U);
    EXPECT_EQ(card.unmet[0].reason, "all-busy");
    EXPECT_TRUE(reads(QStringLiteral("Still to be told by voice"))) << "no device is bound to them";
}

TEST_F(DecisionCardTest, whoIsStillToBeToldIsNamedWithWhat) {
    auto& assignments = desk.scene().state.assignments;
    const auto add = [&](unsigned n, model::AssignmentState at, model::TeamWord word) {
        model::Assignment one = assignments.at(id<model::AssignmentId>(1));
        one.id = id<model::AssignmentId>(n);
        one.incident = id<model::IncidentId>(1);
        one.state = at;
        one.word = word;
        one.reached = model::Reached::nobody;
        one.arrivedAt.reset();
        assignments[one.id] = one;
    };
    add(91, model::AssignmentState::enRoute, model::TeamWord::way);
    add(92, model::AssignmentState::enRoute, model::TeamWord::moved);
    add(93, model::AssignmentState::released, model::TeamWord::recall);
    selection.select(id<model::IncidentId>(1));
    for (const char* what : {"(another way)", "(new place)", "(recall)"})
        EXPECT_TRUE(reads(QStringLiteral("Vaduz fire brigade 1 ") + QLatin1String(what))) << what;
}

TEST_F(DecisionCardTest, theCallDownListsOfThePlanBeginWithWhatIsSent) {
    auto& scene = desk.scene();
    scene.plans.front().callLists = {"Flood", "Mayors", "No such list"};
    for (const unsigned n : {1U, 2U}) {
        model::CallList list;
        list.id = id<model::CallListId>(n);
        list.name = n == 1 ? "Flood" : "Mayors";
        list.steps = {{"R. Frick", "+423 111", "hydrologist", {}, base::Seconds(600)}, {"S. Ott", "+423 222", "", {}, base::Seconds(120)}};
        scene.state.callLists[list.id] = list;
    }
    model::CallDown earlier;
    earlier.id = id<model::CallDownId>(1);
    earlier.list = id<model::CallListId>(2);
    earlier.incident = id<model::IncidentId>(1);
    earlier.people = {{"R. Frick", "+423 111"}};
    earlier.startedAt = desk.now();
    scene.state.callDowns[earlier.id] = earlier;
    selection.select(id<model::IncidentId>(1));
    ASSERT_NE(find("planCall2"), nullptr);
    EXPECT_TRUE(find("planCall0")->isChecked()) << "the plan names it";
    EXPECT_TRUE(find("planCall0")->accessibleDescription().contains(QStringLiteral("R. Frick first")))
        << find("planCall0")->accessibleDescription().toStdString();
    EXPECT_FALSE(find("planCall1")->isChecked()) << "nobody is called twice unasked";
    EXPECT_TRUE(find("planCall1")->accessibleDescription().contains(QStringLiteral("begun already")));
    EXPECT_TRUE(find("planCall1")->isEnabled());
    EXPECT_FALSE(find("planCall2")->isEnabled()) << "no such list is kept";
    find("planCall1")->click();
    find("sendButton")->click();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr) << "no reason is asked for a call-down";
    EXPECT_EQ(sent->decision.callLists, (std::vector{id<model::CallListId>(1), id<model::CallListId>(2)}));
    EXPECT_EQ(sent->decision.language, "en");
}

TEST_F(DecisionCardTest, aCallDownOfThePlanIsLeftOutOrIsTooLong) {
    auto& scene = desk.scene();
    scene.plans.front().callLists = {"Flood", "Everybody"};
    model::CallList list;
    list.id = id<model::CallListId>(1);
    list.name = "Flood";
    list.steps = {{"R. Frick", "+423 111", "", {}, base::Seconds(600)}};
    scene.state.callLists[list.id] = list;
    list.id = id<model::CallListId>(2);
    list.name = "Everybody";
    list.steps = {{"", "", "", id<model::ResourceId>(1), base::Seconds(60)}};
    scene.state.callLists[list.id] = list;
    auto& duty = scene.state.resources.at(id<model::ResourceId>(1)).duty;
    for (int n = 0; n < 51; ++n)
        duty.push_back({desk.now() - std::chrono::hours(1), desk.now() + std::chrono::hours(1), "P" + std::to_string(n), "1", ""});
    selection.select(id<model::IncidentId>(1));
    ASSERT_NE(find("planCall1"), nullptr);
    EXPECT_FALSE(find("planCall1")->isEnabled());
    EXPECT_TRUE(find("planCall1")->accessibleDescription().contains(QStringLiteral("at most 50")))
        << find("planCall1")->accessibleDescription().toStdString();
    QTest::keyClick(find("planCall0"), Qt::Key_Delete);
    EXPECT_FALSE(find("planCall0")->isChecked());
    find("sendButton")->click();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_TRUE(sent->decision.callLists.empty());
}

TEST_F(DecisionCardTest, choosingOtherwiseWantsAWordOfReason) {
    selection.select(id<model::IncidentId>(1));
    find("candidate1")->click();
    EXPECT_EQ(find("sendButton")->text(), QStringLiteral("Send 2 teams to Rhine dyke"));
    ASSERT_NE(find<QLineEdit>("reasonEdit"), nullptr);
    panel.sendTeams();
    EXPECT_EQ(desk.lastSent<desk::SendPlan>(), nullptr);
    EXPECT_NE(desk.lastSent<desk::ClaimResources>(), nullptr) << "who chooses is known to the others";
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("crew tired"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.lines.size(), 2U);
    EXPECT_EQ(sent->decision.reason, "crew tired");
    const auto& others = sent->decision.others;
    EXPECT_EQ(std::count_if(others.begin(), others.end(), [](const auto& o) { return o.recommended; }), 1);
}

TEST_F(DecisionCardTest, aNewAnswerKeepsWhatThePersonChose) {
    selection.select(id<model::IncidentId>(1));
    find("candidate3")->click();
    emit desk.recommended(std::make_shared<const dispatch::Answer>(desk.answerFor(id<model::IncidentId>(1))));
    EXPECT_TRUE(find("candidate3")->isChecked());
    emit desk.recommended(std::make_shared<const dispatch::Answer>(desk.answerFor(id<model::IncidentId>(2))));
    EXPECT_TRUE(find("candidate3")->isChecked()) << "an answer about another incident";
}

TEST_F(DecisionCardTest, whatIsNotProvenToBeTheOptimumSaysWhyNot) {
    selection.select(id<model::IncidentId>(1));
    EXPECT_FALSE(reads(QStringLiteral("Not proven")));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    answer.optimal = false;
    answer.gap = 0.008;
    answer.stoppedAfter = base::Seconds(2);
    answer.unseen = {dispatch::Unseen::fourStores};
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    EXPECT_TRUE(reads(QStringLiteral("best found")));
    EXPECT_TRUE(reads(QStringLiteral("Not proven to be the optimum: trips that call at four or more stores were not looked at; stopped after 2.0 s; "
                                     "at most 0.8 % from the optimum")));
    find("sendButton")->click();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.unseen, std::vector<std::string>{"four-stores"}) << "the journal knows it too";
    EXPECT_DOUBLE_EQ(sent->decision.stoppedAfter.value, 2);
}

TEST_F(DecisionCardTest, coverIsOfWhatIsChosenAndTheJournalKeepsThat) {
    desk.effects = false; // or the claim asks for another answer
    selection.select(id<model::IncidentId>(1));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    auto& elsewhere = answer.needs.emplace_back();
    elsewhere.incident = id<model::IncidentId>(2);
    elsewhere.chosen.emplace_back().resource = id<model::ResourceId>(4);
    auto& cover = answer.cover.emplace();
    cover.target = base::Seconds(600);
    cover.people = 1000;
    cover.peopleBefore = 900;
    cover.peopleAfter = 400;
    cover.peopleLost = 500;
    cover.peopleLostInAll = 700;
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    EXPECT_TRUE(reads(QStringLiteral("500 people of 900 lose cover")));
    EXPECT_TRUE(reads(QStringLiteral("With what is recommended for other incidents: 700 people")));
    EXPECT_TRUE(desk.coversAsked.empty()) << "the answer has it";

    desk.cover = cover;
    desk.cover->peopleAfter = 800;
    desk.cover->peopleLost = desk.cover->peopleLostInAll = 100;
    auto* clock = panel.findChild<QTimer*>(QStringLiteral("coverClock"));
    ASSERT_NE(clock, nullptr);
    clock->setInterval(3'600'000);
    find("candidate0")->click();
    EXPECT_FALSE(reads(QStringLiteral("lose cover"))) << "that was of another choice";
    EXPECT_TRUE(reads(QStringLiteral("reckoned for this choice in a moment")));
    ASSERT_TRUE(clock->isActive());
    clock->start(0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !desk.coversAsked.empty(); }));
    EXPECT_EQ(desk.coversAsked.back().taken, (std::set{id<model::ResourceId>(2), id<model::ResourceId>(3)}));
    EXPECT_EQ(desk.coversAsked.back().elsewhere, std::set{id<model::ResourceId>(4)});
    EXPECT_TRUE(reads(QStringLiteral("100 people of 900 lose cover")));
    EXPECT_FALSE(reads(QStringLiteral("With what is recommended for other incidents")));
    ASSERT_NE(find("candidate0"), nullptr);
    EXPECT_FALSE(find("candidate0")->isChecked()) << "the choice stands";
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("two are enough"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->decision.peopleCoveredBefore, 900);
    EXPECT_EQ(sent->decision.peopleCoveredAfter, 800);
}

TEST_F(DecisionCardTest, aPlanSentRightAfterAChangeWaitsForItsCover) {
    desk.effects = false;
    selection.select(id<model::IncidentId>(1));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    auto& cover = answer.cover.emplace();
    cover.people = 1000;
    cover.peopleBefore = 900;
    cover.peopleAfter = 400;
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    desk.cover = cover;
    desk.cover->peopleAfter = 800;
    auto* clock = panel.findChild<QTimer*>(QStringLiteral("coverClock"));
    ASSERT_NE(clock, nullptr);
    clock->setInterval(3'600'000);
    find("candidate0")->click();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("two are enough"));
    panel.sendTeams();
    const auto* sent = desk.lastSent<desk::SendPlan>();
    ASSERT_NE(sent, nullptr) << "it is asked for at once";
    EXPECT_FALSE(sent->decision.coverLate);
    EXPECT_EQ(sent->decision.peopleCoveredBefore, 900);
    EXPECT_EQ(sent->decision.peopleCoveredAfter, 800);
}

TEST_F(DecisionCardTest, aPlanWaitsNotLongForItsCoverAndThenSaysThatItIsNotKnown) {
    desk.effects = false;
    desk.coverComes = false;
    selection.select(id<model::IncidentId>(1));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    auto& cover = answer.cover.emplace();
    cover.peopleBefore = 900;
    cover.peopleAfter = 400;
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    panel.findChild<QTimer*>(QStringLiteral("coverClock"))->setInterval(3'600'000);
    auto* held = panel.findChild<QTimer*>(QStringLiteral("heldClock"));
    ASSERT_NE(held, nullptr);
    held->setInterval(3'600'000);
    find("candidate0")->click();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("two are enough"));
    panel.sendTeams();
    EXPECT_EQ(desk.lastSent<desk::SendPlan>(), nullptr);
    ASSERT_TRUE(held->isActive());
    EXPECT_FALSE(find("sendButton")->isEnabled()) << "it is on its way";
    held->start(0);
    ASSERT_TRUE(QTest::qWaitFor([&] { return desk.lastSent<desk::SendPlan>() != nullptr; }));
    const auto& decision = desk.lastSent<desk::SendPlan>()->decision;
    EXPECT_TRUE(decision.coverLate);
    EXPECT_EQ(decision.peopleCoveredBefore, 0);
    EXPECT_EQ(decision.lines.size(), 2U);
}

TEST_F(DecisionCardTest, whatIsSentIsNotLostWhereAnotherIncidentIsLookedAt) {
    desk.effects = false;
    desk.coverComes = false;
    selection.select(id<model::IncidentId>(1));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    answer.cover.emplace().peopleBefore = 900;
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    panel.findChild<QTimer*>(QStringLiteral("heldClock"))->setInterval(3'600'000);
    find("candidate0")->click();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("two are enough"));
    panel.sendTeams();
    ASSERT_EQ(desk.lastSent<desk::SendPlan>(), nullptr);
    selection.select(id<model::IncidentId>(2));
    ASSERT_NE(desk.lastSent<desk::SendPlan>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::SendPlan>()->decision.incident, id<model::IncidentId>(1));
}

TEST_F(DecisionCardTest, whatIsSentIsNotLostWhereTheWindowCloses) {
    desk.effects = false;
    desk.coverComes = false;
    selection.select(id<model::IncidentId>(1));
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    answer.cover.emplace().peopleBefore = 900;
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    panel.findChild<QTimer*>(QStringLiteral("heldClock"))->setInterval(3'600'000);
    find("candidate0")->click();
    find<QLineEdit>("reasonEdit")->setText(QStringLiteral("two are enough"));
    panel.sendTeams();
    ASSERT_EQ(desk.lastSent<desk::SendPlan>(), nullptr);
    panel.close();
    ASSERT_NE(desk.lastSent<desk::SendPlan>(), nullptr);
    EXPECT_TRUE(desk.lastSent<desk::SendPlan>()->decision.coverLate);
}

TEST_F(DecisionCardTest, theCardSaysHowMuchOfItsMinutesIsUntilTheySetOut) {
    selection.select(id<model::IncidentId>(1));
    EXPECT_TRUE(reads(QStringLiteral("count from setting out")));
    EXPECT_FALSE(find("candidate0")->accessibleDescription().contains(QStringLiteral("until it sets out"))) << "nothing is known yet";
    auto answer = desk.answerFor(id<model::IncidentId>(1));
    for (auto& need : answer.needs)
        for (auto& choice : need.chosen)
            choice.turnout = base::Seconds(360);
    emit desk.recommended(std::make_shared<const dispatch::Answer>(answer));
    EXPECT_TRUE(find("candidate0")->accessibleDescription().contains(QStringLiteral("of it about 6 min until it sets out")))
        << find("candidate0")->accessibleDescription().toStdString();
    EXPECT_TRUE(find("candidate0")->accessibleName().endsWith(QLatin1String(", ") + Words::eta(answer.needs.at(0).chosen.at(0).eta + base::Seconds(360))))
        << find("candidate0")->accessibleName().toStdString();
    EXPECT_TRUE(reads(QStringLiteral("count from the order")));
}

TEST_F(DecisionCardTest, whoIsNotChosenAnyMoreIsFreeForOthersAtOnce) {
    desk.effects = false; // or the claim asks for another answer
    const auto freed = [&] {
        std::vector<model::ResourceId> all;
        for (const auto& body : desk.sent) {
            if (const auto* claim = body.as<desk::ClaimResources>(); claim != nullptr && claim->release)
                all.insert(all.end(), claim->resources.begin(), claim->resources.end());
        }
        return all;
    };
    selection.select(id<model::IncidentId>(1));
    find("candidate3")->click();
    const auto* claimed = desk.lastSent<desk::ClaimResources>();
    ASSERT_NE(claimed, nullptr);
    const auto mine = claimed->resources;
    ASSERT_EQ(mine.size(), 4U);
    EXPECT_TRUE(freed().empty());
    find("candidate3")->click();
    EXPECT_EQ(freed(), std::vector{mine.back()});
    for (const char* name : {"candidate0", "candidate1", "candidate2"})
        find(name)->click();
    EXPECT_EQ(freed().size(), 4U) << "nobody is ticked, nobody is kept";
    EXPECT_FALSE(panel.findChild<QTimer*>(QStringLiteral("claimClock"))->isActive()) << "and no claim is renewed";
}

TEST_F(DecisionCardTest, theOptimumIsAskedForAgainWhenAnotherIncidentChanges) {
    selection.select(id<model::IncidentId>(1));
    find("candidate3")->click();
    ASSERT_EQ(desk.asked.size(), 1U);
    auto& other = desk.scene().state.incidents.at(id<model::IncidentId>(2));
    other.needs.push_back({"pumping", 1, 1});
    Changes changes;
    changes.incidents = {other.id};
    desk.tell(changes);
    EXPECT_TRUE(QTest::qWaitFor([&] { return desk.asked.size() >= 2; }));
    EXPECT_EQ(desk.asked.back(), id<model::IncidentId>(1));
    EXPECT_TRUE(find("candidate3")->isChecked()) << "what the person chose stays";
}

TEST_F(DecisionCardTest, aClaimIsRenewedWhileSomebodyDecides) {
    const auto claims = [&] {
        return std::count_if(desk.sent.begin(), desk.sent.end(), [](const auto& body) {
            const auto* claim = body.template as<desk::ClaimResources>();
            return claim != nullptr && !claim->release;
        });
    };
    selection.select(id<model::IncidentId>(1));
    find("candidate3")->click();
    ASSERT_EQ(claims(), 1);
    const auto* last = desk.lastSent<desk::ClaimResources>();
    ASSERT_NE(last, nullptr);
    const auto mine = last->resources;
    const auto claimedUntil = [&](base::Time until) {
        for (const auto& who : mine) {
            auto& one = desk.scene().state.resources.at(who);
            one.claimedBy = desk.actor().toStdString();
            one.claimedUntil = until;
        }
    };
    auto* clock = panel.findChild<QTimer*>(QStringLiteral("claimClock"));
    ASSERT_NE(clock, nullptr);
    ASSERT_TRUE(clock->isActive());
    int looked = 0;
    QObject::connect(clock, &QTimer::timeout, &panel, [&] { ++looked; });
    clock->setInterval(0);
    const auto look = [&] {
        const int before = looked;
        return QTest::qWaitFor([&] { return looked > before + 1 || !clock->isActive(); });
    };
    claimedUntil(desk.now() + std::chrono::seconds(100));
    const auto first = claims();
    ASSERT_TRUE(look());
    const auto settled = claims();
    ASSERT_TRUE(look());
    EXPECT_EQ(claims(), settled) << "it holds long enough: nothing more is written";
    EXPECT_EQ(settled, first);
    desk.time += std::chrono::seconds(70);
    ASSERT_TRUE(look());
    EXPECT_GT(claims(), settled) << "it would end in half a minute";
    EXPECT_EQ(desk.lastSent<desk::ClaimResources>()->resources, mine);
    desk.time += std::chrono::minutes(11);
    ASSERT_TRUE(QTest::qWaitFor([&] { return !clock->isActive(); })) << "nobody has touched the card for long";
}

TEST_F(DecisionCardTest, aRefusalLeavesTheChoiceToBeSentAgain) {
    selection.select(id<model::IncidentId>(1));
    desk.refuseNext = base::Error{base::Code::conflict, "Vaduz fire brigade 1 is already assigned", {}};
    panel.sendTeams();
    ASSERT_NE(find("sendButton"), nullptr);
    EXPECT_TRUE(find("sendButton")->isEnabled());
}

} // namespace
} // namespace tocsin::gui
