#include "tocsin/triage/incident_proposal.hpp"

#include "tocsin/base/clock.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tocsin::triage {
namespace {

using What = ProposalReason::What;
using model::Grade;

const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
const model::Position vaduz = model::Position::trusted(47.141, 9.521);

struct IncidentProposalTest : testing::Test {
    IncidentProposalTest() {
        std::ostringstream text;
        text << std::ifstream(TOCSIN_SOURCE_DIR "/resources/hazard_words/default.toml", std::ios::binary).rdbuf();
        auto parsed = HazardWords::parse(text.str());
        EXPECT_TRUE(parsed) << parsed.error().describe();
        words = parsed.value_or(HazardWords{});
    }
    model::Report& add(const std::string& text, const std::string& category = "flood", const std::string& place = "Mill Lane") {
        model::Report report;
        report.id = ids.make<model::ReportId>();
        report.text = text;
        report.category = category;
        report.place = place;
        report.position = vaduz;
        report.receivedAt = noon;
        group.key = "g";
        group.centre = vaduz;
        group.reports.push_back(report.id);
        return state.reports[report.id] = report;
    }
    model::Alarm& alarm(double metresAway, const std::string& hazard, Grade severity) {
        model::Alarm made;
        made.id = ids.make<model::AlarmId>();
        made.hazard = hazard;
        made.severity = severity;
        made.position = geo::offset(vaduz, base::Degrees(90), base::Metres(metresAway));
        return state.alarms[made.id] = made;
    }
    std::optional<IncidentProposal> proposal() {
        return proposalOf(group, state, surroundingsOf(state, words),
                          [this](const model::Report& report) { return signsOf(report, words); });
    }
    static const ProposalReason* reason(const IncidentProposal& of, What what) {
        const auto found = std::find_if(of.reasons.begin(), of.reasons.end(), [&](const auto& one) { return one.what == what; });
        return found == of.reasons.end() ? nullptr : &*found;
    }

    base::SeededIdSource ids{noon};
    model::State state;
    ReportGroup group;
    HazardWords words;
};

TEST_F(IncidentProposalTest, ThreeWhoTellOfItAreEnoughAndTwoOfPeopleInDanger) {
    add("The cellar is under water");
    add("Water in the cellars");
    EXPECT_FALSE(proposal());
    add("Flooded cellars here").sender = "s";
    auto found = proposal();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->hazard, "flood");
    EXPECT_EQ(found->hazardClass, model::HazardClass::naturalDisaster);
    EXPECT_EQ(found->grade, Grade::IV);
    EXPECT_EQ(found->place.text, "Mill Lane");
    EXPECT_EQ(found->reports, group.reports);
    EXPECT_EQ(found->centre, vaduz);
    ASSERT_NE(reason(*found, What::manyReports), nullptr);
    EXPECT_EQ(reason(*found, What::manyReports)->count, 3U);

    group.reports.clear();
    add("Two people are trapped in the cellar");
    EXPECT_FALSE(proposal()) << "one alone is judged by itself";
    add("地下室有人被困");
    found = proposal();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->inDanger, 2U);
    EXPECT_EQ(found->grade, Grade::III);
    EXPECT_EQ(found->reasons.front().what, What::trappedTold) << "gravest first";
}

TEST_F(IncidentProposalTest, WhoSaysItAgainOrDeniesItIsNoFurtherVoice) {
    for (int i = 0; i < 5; ++i)
        add("The river is over the bank").sender = "one";
    EXPECT_FALSE(proposal());
    add("No flood here, all clear").sender = "two";
    add("Nobody is trapped, nobody injured").sender = "three";
    EXPECT_FALSE(proposal()) << "two voices, and none of people in danger";
    add("It rises").sender = "four";
    ASSERT_TRUE(proposal());
    EXPECT_EQ(proposal()->senders, 3U);
    EXPECT_EQ(proposal()->inDanger, 0U);
    EXPECT_EQ(proposal()->reports.size(), 8U) << "all of its members are linked";
}

TEST_F(IncidentProposalTest, ANoHoldsUntilTwiceAsManyTellOfItOrTheFirstOfPeopleInDanger) {
    for (int i = 0; i < 3; ++i)
        add("Water in the cellars");
    ASSERT_TRUE(proposal());
    state.reports.at(group.reports[1]).noIncident = model::NoIncident{"Beck", noon, "a burst pipe", 3, false};
    EXPECT_FALSE(proposal());
    ASSERT_NE(declinedOf(group, state), nullptr);
    EXPECT_EQ(declinedOf(group, state)->why, "a burst pipe");
    add("Water in the cellars");
    add("Water in the cellars");
    EXPECT_FALSE(proposal()) << "five";
    add("Water in the cellars");
    ASSERT_TRUE(proposal()) << "six";
    state.reports.at(group.reports[0]).noIncident =
        model::NoIncident{"Ann", noon + std::chrono::minutes(5), "still the pipe", 6, false};
    EXPECT_FALSE(proposal()) << "the newest no counts";
    add("A man is trapped in the cellar");
    ASSERT_TRUE(proposal()) << "people are in danger now";
    state.reports.at(group.reports[0]).noIncident =
        model::NoIncident{"Ann", noon + std::chrono::minutes(9), "he is out", 7, true};
    add("A man is trapped in the cellar");
    EXPECT_FALSE(proposal()) << "which was known";
}

TEST_F(IncidentProposalTest, TheGradeGrowsWithReportsWithACallsFiguresAndWithAlarmsNear) {
    for (int i = 0; i < 9; ++i)
        add("Water everywhere");
    EXPECT_EQ(proposal()->grade, Grade::IV);
    add("Water everywhere");
    EXPECT_EQ(proposal()->grade, Grade::III);
    auto& call = add("A house has been swept away");
    call.call.emplace();
    call.call->dead = 7;
    call.call->missing = 4;
    state.reports[call.id].call = call.call;
    auto found = proposal();
    EXPECT_EQ(found->grade, Grade::II) << "eleven dead and missing";
    ASSERT_NE(reason(*found, What::deadTold), nullptr);
    EXPECT_EQ(reason(*found, What::deadTold)->people, 11);
    alarm(900, "fire", Grade::I);
    alarm(8'000, "flood", Grade::I);
    EXPECT_EQ(proposal()->grade, Grade::II) << "another hazard, or too far";
    alarm(2'000, "flood", Grade::I);
    const auto nearest = alarm(700, "flood", Grade::III).id;
    found = proposal();
    EXPECT_EQ(found->grade, Grade::I);
    ASSERT_NE(reason(*found, What::alarmNear), nullptr);
    EXPECT_EQ(reason(*found, What::alarmNear)->alarm, nearest);
    EXPECT_EQ(reason(*found, What::alarmNear)->count, 2U);
    EXPECT_NEAR(reason(*found, What::alarmNear)->metres, 700, 5);
}

TEST_F(IncidentProposalTest, AnAlarmThatAFaultMutesOrAPersonShelvedIsNoReason) {
    add("Water everywhere");
    add("Water in the street");
    auto& fault = alarm(500, "equipment", Grade::II);
    fault.kind = model::AlarmKind::sensorFault;
    auto& muted = alarm(500, "flood", Grade::I);
    muted.state = model::AlarmState::suppressed;
    muted.suppressedBy = fault.id;
    alarm(600, "flood", Grade::I).state = model::AlarmState::shelved;
    EXPECT_TRUE(surroundingsOf(state, words).alarms.empty());
    muted.suppressedBy.reset();
    muted.state = model::AlarmState::unacknowledged;
    EXPECT_EQ(surroundingsOf(state, words).alarms.size(), 1U);
}

TEST_F(IncidentProposalTest, WithoutACategoryOrAPlaceWordsAndNamesServe) {
    for (const auto* text : {"Smells of gas, gas leak", "gas leak at the school", "A strong gas leak"})
        add(text, "other", "");
    model::Sensor sensor;
    sensor.id = model::SensorId{"s1"};
    sensor.position = geo::offset(vaduz, base::Degrees(0), base::Metres(400));
    sensor.place = base::LocalText("Ebenholz");
    state.sensors[sensor.id] = sensor;
    const auto found = proposal();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->hazard, "hazmat");
    EXPECT_EQ(found->hazardClass, model::HazardClass::accident);
    EXPECT_EQ(found->place.text, "Ebenholz");
}

TEST_F(IncidentProposalTest, WhoComesAfterTheIncidentIsProposedForIt) {
    model::Incident incident;
    incident.id = ids.make<model::IncidentId>();
    state.incidents[incident.id] = incident;
    for (int i = 0; i < 3; ++i)
        add("The cellar is under water").incident = incident.id;
    EXPECT_FALSE(proposal()) << "all of them are linked";
    const auto late = add("Now ours is, too").id;
    const auto found = proposal();
    ASSERT_TRUE(found);
    EXPECT_EQ(found->incident, incident.id);
    EXPECT_EQ(found->reports, std::vector{late});
    state.incidents[incident.id].state = model::IncidentState::closed;
    ASSERT_TRUE(proposal());
    EXPECT_FALSE(proposal()->incident) << "what is closed takes nobody in";
}

TEST_F(IncidentProposalTest, WhatIsSaidOfPeopleIsToldFromItsDenial) {
    const auto said = [&](const char* text) { return words.saidIn(folded(text), hazard::inDanger); };
    EXPECT_EQ(said("Three trapped under the rubble"), hazard::people | hazard::trapped);
    EXPECT_EQ(said("nobody is trapped"), 0U);
    EXPECT_EQ(said("没有人员被困"), 0U);
    EXPECT_EQ(said("有人遇难"), hazard::people | hazard::dead);
    EXPECT_EQ(said("Nobody dead, but two injured"), Hazards{hazard::people});
    EXPECT_EQ(said("keine Verletzten"), 0U);
    EXPECT_EQ(said("The bridge is closed"), 0U);
}

} // namespace
} // namespace tocsin::triage
