#include "desk/alarm_fixture.hpp"

#include <gmock/gmock.h>
#include <set>

// What the desk does with alarms by itself: muting by design, flapping, escalation, and the invariants of all of it.

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;
using ::testing::ElementsAre;

namespace {

class AlarmDesign : public AlarmFixture {
  protected:
    /// As above, but the health sensor's rule says that p2 itself is broken.
    void useFault() {
        auto all = rules();
        all.back().subject.sensors = {model::SensorId("p2")};
        all.back().condition = detect::Threshold{true, 5, 1};
        all.back().kind = model::AlarmKind::sensorFault;
        own = all;
        restart();
    }
};

/// What must be true of the alarms at any moment.
void expectSound(const model::State& state) {
    for (const auto& [id, alarm] : state.alarms) {
        EXPECT_EQ(alarm.state == AlarmState::suppressed, alarm.suppressedBy.has_value());
        EXPECT_TRUE(alarm.state == AlarmState::shelved || !alarm.until);
        EXPECT_TRUE(model::wantsAcknowledgement(alarm) || !alarm.escalatesAt);
        std::set<model::AlarmId> met{id};
        for (const auto* at = &alarm; at->suppressedBy;) {
            at = &state.alarms.at(*at->suppressedBy);
            ASSERT_TRUE(met.insert(at->id).second) << "muted in a circle";
            EXPECT_TRUE(at->holds) << at->rule;
            EXPECT_TRUE(model::isActive(at->state)) << at->rule;
            EXPECT_NE(at->state, AlarmState::shelved);
            EXPECT_NE(at->state, AlarmState::outOfService);
        }
    }
}

} // namespace

TEST_F(AlarmDesign, AMainMutesTheDropsNearItBeforeAndAfter) {
    says("p1", 1); // drop-1, and drop-grave
    says("main", 1);
    EXPECT_EQ(stateOf("drop-1"), AlarmState::suppressed);
    EXPECT_EQ(mustHave("drop-1").suppressedBy, mustHave("burst").id);
    EXPECT_EQ(mustHave("drop-1").stateBy, "desk");
    EXPECT_EQ(stateOf("drop-grave"), AlarmState::unacknowledged) << "nothing hides what is graver than itself";
    const auto before = lastSeq();
    says("p2", 1);
    EXPECT_THAT(typesSince(before), ElementsAre("alarm.raised"));
    EXPECT_EQ(stateOf("drop-2"), AlarmState::suppressed);
    says("far", 1);
    EXPECT_EQ(stateOf("drop-far"), AlarmState::unacknowledged) << "40 km away";
    says("p2", 0);
    EXPECT_EQ(stateOf("drop-2"), AlarmState::suppressed);
    EXPECT_FALSE(mustHave("drop-2").holds);
    says("p2", 3);
    EXPECT_DOUBLE_EQ(mustHave("drop-2").value, 3);
    says("p1", 0);
    const auto over = lastSeq();
    says("main", 0);
    EXPECT_THAT(typesSince(over), ElementsAre("alarm.returned", "alarm.unsuppressed"));
    EXPECT_EQ(stateOf("drop-1"), AlarmState::normal) << "its condition had gone";
    // Drop 2 stands: and by design it mutes drop 1, never itself.
    EXPECT_EQ(stateOf("drop-2"), AlarmState::unacknowledged);
    expectSound(desk->snapshot().state);
}

TEST_F(AlarmDesign, WhatComesBackInSightOrAgainSaysSinceWhenItAsks) {
    says("main", 1);
    says("p1", 1);
    EXPECT_FALSE(mustHave("drop-1").askedAt.has_value()) << "it never did";
    const auto raised = mustHave("drop-1").raisedAt;
    clock.advance(std::chrono::minutes(7));
    says("main", 0);
    const auto back = mustHave("drop-1");
    EXPECT_EQ(back.state, AlarmState::unacknowledged);
    EXPECT_EQ(back.raisedAt, raised);
    EXPECT_EQ(model::asksSince(back), clock.now());
    EXPECT_EQ(model::asksSince(mustHave("burst")), mustHave("burst").raisedAt);
    clock.advance(std::chrono::minutes(1));
    says("main", 1);
    EXPECT_EQ(model::asksSince(mustHave("burst")), clock.now()) << "nobody had seen it, and it came again";
}

TEST_F(AlarmDesign, WhatMutesAndIsSetAsideMutesNoMore) {
    says("main", 1);
    says("p1", 1);
    says("tank", 1);
    EXPECT_EQ(mustHave("drop-1").suppressedBy, mustHave("burst").id);
    EXPECT_EQ(mustHave("empty").suppressedBy, mustHave("drop-1").id) << "what follows from what follows";
    restart();
    tick();
    EXPECT_EQ(mustHave("empty").suppressedBy, mustHave("drop-1").id);
    must(desk::ShelveAlarms{{mustHave("burst").id}, clock.now() + std::chrono::minutes(9), "known"});
    EXPECT_EQ(stateOf("drop-1"), AlarmState::unacknowledged);
    EXPECT_EQ(stateOf("empty"), AlarmState::suppressed);
    pass(std::chrono::minutes(10));
    // It is back, and two rules that each mute the other do not hide both.
    expectSound(desk->snapshot().state);
    EXPECT_TRUE(stateOf("drop-1") == AlarmState::suppressed || stateOf("burst") == AlarmState::suppressed);
    EXPECT_NE(stateOf("drop-1"), stateOf("burst"));
}

TEST_F(AlarmDesign, AFaultySensorMutesWhatIsDrawnFromIt) {
    useFault();
    says("p2", 1);
    must(desk::AcknowledgeAllAlarms{});
    EXPECT_EQ(stateOf("drop-2"), AlarmState::acknowledged);
    says("p2", 9);
    EXPECT_EQ(stateOf("fault"), AlarmState::unacknowledged) << "of grade IV, and it mutes grade III";
    EXPECT_EQ(mustHave("drop-2").suppressedBy, mustHave("fault").id);
    // What a broken sensor says explains nothing.
    says("p1", 1);
    EXPECT_EQ(stateOf("drop-1"), AlarmState::unacknowledged);
    must(desk::AcknowledgeAllAlarms{});
    says("p2", 1.2);
    EXPECT_EQ(stateOf("fault"), AlarmState::normal);
    EXPECT_TRUE(stateOf("drop-2") == AlarmState::unacknowledged || stateOf("drop-2") == AlarmState::suppressed);
    expectSound(desk->snapshot().state);
}

TEST_F(AlarmDesign, ARuleThatMutesNoMoreLetsGo) {
    says("main", 1);
    says("p1", 1);
    ASSERT_EQ(stateOf("drop-1"), AlarmState::suppressed);
    own = rules();
    (*own)[0].mutes.reset();
    restart();
    tick();
    EXPECT_EQ(stateOf("drop-1"), AlarmState::unacknowledged);
    own->erase(own->begin(), own->begin() + 2); // burst and drop-1 are gone from the file
    restart();
    tick();
    EXPECT_EQ(stateOf("burst"), AlarmState::returnedUnacknowledged);
    EXPECT_EQ(stateOf("drop-1"), AlarmState::returnedUnacknowledged);
    expectSound(desk->snapshot().state);
}

TEST_F(AlarmDesign, FlappingIsOneAlarmUntilItIsQuiet) {
    const auto swing = [&] {
        says("reed", 1);
        says("reed", 0);
    };
    swing();
    swing();
    EXPECT_EQ(stateOf("nervous"), AlarmState::returnedUnacknowledged);
    EXPECT_EQ(mustHave("nervous").repeats, 1);
    const auto before = lastSeq();
    for (int i = 0; i < 50; ++i)
        swing();
    EXPECT_THAT(typesSince(before), ElementsAre("alarm.raised", "alarm.flapping"));
    EXPECT_TRUE(mustHave("nervous").flapping);
    EXPECT_TRUE(mustHave("nervous").holds);
    must(desk::AcknowledgeAllAlarms{});
    EXPECT_EQ(stateOf("nervous"), AlarmState::acknowledged);
    restart();
    pass(std::chrono::minutes(5));
    swing();
    pass(std::chrono::minutes(6));
    EXPECT_TRUE(mustHave("nervous").flapping) << "it swung six minutes ago";
    const auto quiet = lastSeq();
    pass(std::chrono::minutes(5));
    EXPECT_THAT(typesSince(quiet), ElementsAre("alarm.calm", "alarm.returned"));
    EXPECT_EQ(stateOf("nervous"), AlarmState::normal);
    EXPECT_FALSE(mustHave("nervous").flapping);
    EXPECT_GE(mustHave("nervous").repeats, 3);
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 1U);
}

TEST_F(AlarmDesign, FlappingIsCountedByTheReadingsOwnTimes) {
    clock.advance(std::chrono::hours(1));
    std::vector<model::Reading> batch; // an hour of a station that calls once an hour
    for (int i = 0; i < 8; ++i)
        batch.push_back(reading((i - 7) * 450, i % 2 == 0 ? 1 : 0, "reed"));
    send(batch);
    EXPECT_FALSE(mustHave("nervous").flapping);
    EXPECT_EQ(mustHave("nervous").repeats, 3);
}

TEST_F(AlarmDesign, AFlappingOneThatStandsInTheEndStands) {
    for (int i = 0; i < 6; ++i) {
        says("reed", 1);
        says("reed", 0);
    }
    says("reed", 1);
    const auto before = lastSeq();
    pass(std::chrono::minutes(11));
    EXPECT_THAT(typesSince(before), ElementsAre("alarm.calm"));
    EXPECT_EQ(stateOf("nervous"), AlarmState::unacknowledged);
}

TEST_F(AlarmDesign, UnacknowledgedItBecomesLouder) {
    says("siren", 1);
    pass(std::chrono::minutes(4));
    EXPECT_EQ(mustHave("louder").escalated, 0);
    restart();
    auto before = lastSeq();
    pass(std::chrono::minutes(2));
    EXPECT_EQ(mustHave("louder").escalated, 1);
    ASSERT_EQ(entriesSince(before).size(), 1U);
    EXPECT_EQ(entriesSince(before)[0].type, "alarm.escalated");
    EXPECT_EQ(entriesSince(before)[0].data.at("to"), "leader");
    EXPECT_EQ(mustHave("louder").escalatedTo, "leader") << "whom to call now stands on the alarm";
    restart();
    EXPECT_EQ(mustHave("louder").escalatedTo, "leader");
    pass(std::chrono::minutes(5));
    pass(std::chrono::minutes(5));
    EXPECT_EQ(mustHave("louder").escalated, 3);
    EXPECT_EQ(entriesSince(before).back().data.at("to"), "head") << "the last, again";
    EXPECT_EQ(mustHave("louder").escalatedTo, "head");
    must(desk::AcknowledgeAllAlarms{});
    EXPECT_FALSE(mustHave("louder").escalatesAt);
    before = lastSeq();
    pass(std::chrono::hours(1));
    EXPECT_THAT(typesSince(before), ElementsAre());
}

TEST_F(AlarmDesign, OneThatComesAgainAfterSomebodySawItCallsNobodyYet) {
    says("siren", 1);
    pass(std::chrono::minutes(6));
    const auto first = mustHave("louder");
    ASSERT_EQ(first.escalatedTo, "leader");
    must(desk::ShelveAlarms{{first.id}, clock.now() + std::chrono::minutes(3), "x"});
    EXPECT_FALSE(mustHave("louder").escalatesAt);
    pass(std::chrono::minutes(4));
    const auto back = mustHave("louder");
    EXPECT_EQ(back.state, AlarmState::unacknowledged);
    EXPECT_EQ(back.escalated, 0);
    EXPECT_EQ(back.escalatedTo, "");
    EXPECT_GT(model::waitsSince(back), first.raisedAt) << "it was in a person's hand";
    EXPECT_EQ(back.escalatesAt, model::waitsSince(back) + std::chrono::minutes(5));
}

TEST_F(AlarmDesign, OneThatComesAndGoesUnseenBecomesLouderAllTheSame) {
    says("siren", 1);
    for (int i = 0; i < 3; ++i) { // never five minutes on end, never acknowledged
        pass(std::chrono::minutes(2));
        says("siren", 0);
        pass(std::chrono::minutes(1));
        says("siren", 1);
    }
    EXPECT_EQ(mustHave("louder").repeats, 3);
    EXPECT_EQ(mustHave("louder").escalated, 1);
    EXPECT_EQ(mustHave("louder").escalatedTo, "leader") << "who is to be called is not forgotten by a dip";
    EXPECT_EQ(model::waitsSince(mustHave("louder")), mustHave("louder").raisedAt);
    EXPECT_GT(model::asksSince(mustHave("louder")), mustHave("louder").raisedAt);
    restart();
    pass(std::chrono::minutes(2));
    EXPECT_EQ(mustHave("louder").escalated, 2);
    must(desk::AcknowledgeAllAlarms{});
    says("siren", 0);
    says("siren", 1);
    EXPECT_EQ(mustHave("louder").escalated, 0) << "seen, over, and another now";
}

TEST_F(AlarmDesign, OneThatIsOverOrLatchedUnseenBecomesLouder) {
    auto all = rules();
    all[6].escalateAfter = std::chrono::minutes(5);
    own = all;
    restart();
    says("siren", 1);
    says("lock", 1);
    says("siren", 0);
    says("lock", 0);
    ASSERT_EQ(stateOf("louder"), AlarmState::returnedUnacknowledged);
    ASSERT_EQ(stateOf("latching"), AlarmState::latched);
    pass(std::chrono::minutes(6));
    EXPECT_EQ(mustHave("louder").escalated, 1);
    EXPECT_EQ(mustHave("latching").escalated, 1);
    must(desk::AcknowledgeAllAlarms{});
    EXPECT_EQ(stateOf("latching"), AlarmState::latched);
    EXPECT_FALSE(mustHave("latching").escalatesAt) << "somebody has seen it; it waits for its reset";
    pass(std::chrono::minutes(20));
    EXPECT_EQ(mustHave("latching").escalated, 1);
    says("lock", 1);
    EXPECT_EQ(mustHave("latching").escalated, 0);
    EXPECT_TRUE(mustHave("latching").escalatesAt) << "as new";
}

TEST_F(AlarmDesign, NobodyIsThereAllNight) {
    says("siren", 1);
    pass(std::chrono::hours(12));
    EXPECT_EQ(mustHave("louder").escalated, 10);
}

TEST_F(AlarmDesign, AClockThatIsSetMakesNothingLouderAndHidesNothingForYears) {
    says("siren", 1);
    says("main", 1);
    must(desk::ShelveAlarms{{mustHave("burst").id}, clock.now() + std::chrono::hours(24 * 6), "x"});
    clock.advance(std::chrono::hours(24));
    tick();
    EXPECT_EQ(mustHave("louder").escalated, 0) << "the machine has slept: nobody could see it";
    pass(std::chrono::minutes(6));
    EXPECT_EQ(mustHave("louder").escalated, 1);
    // The clock was a year ahead, and is set right.
    clock.set(clock.now() - std::chrono::hours(24 * 365));
    tick();
    pass(std::chrono::minutes(6));
    EXPECT_EQ(mustHave("louder").escalated, 2);
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    for (int day = 0; day < 8; ++day) {
        clock.advance(std::chrono::hours(24));
        tick();
    }
    EXPECT_NE(stateOf("burst"), AlarmState::shelved);
}

TEST_F(AlarmDesign, ALongRandomLifeIsSoundAndReadsBackTheSame) {
    useFault();
    unsigned random = 11;
    const auto pick = [&](unsigned n) { return (random = random * 1664525U + 1013904223U) / 65536U % n; };
    const std::vector<std::string> sensors{"main", "p1", "p2", "far", "tank", "lock", "reed", "siren"};
    int refused = 0;
    for (int step = 0; step < 700; ++step) {
        std::vector<model::AlarmId> some;
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (pick(3) == 0 && model::isActive(alarm.state))
                some.push_back(id);
        }
        base::Result<desk::Done> done = desk::Done{};
        const auto sensor = sensors[pick(static_cast<unsigned>(sensors.size()))];
        switch (pick(16)) {
        case 0: done = run(desk::AcknowledgeAlarms{some}); break;
        case 1: done = run(desk::ShelveAlarms{some, clock.now() + std::chrono::seconds(pick(900)), "shelf"}); break;
        case 2: done = run(desk::UnshelveAlarms{some}); break;
        case 3: done = run(desk::TakeAlarmsOutOfService{some, "work"}); break;
        case 4: done = run(desk::PutAlarmsBack{some}); break;
        case 5: done = run(desk::ResetAlarms{some}); break;
        case 6: done = run(desk::HandAlarms{some, pick(2) == 0 ? "" : "R. Ospelt"}); break;
        case 7: done = run(desk::SetSensorService{model::SensorId(sensor), pick(2) == 0, "work"}); break;
        case 8: pass(std::chrono::minutes(1 + pick(9))); break;
        case 9:
            if (pick(8) == 0)
                restart();
            break;
        default: says(sensor, pick(3) == 0 ? 0 : pick(8));
        }
        refused += done ? 0 : 1;
        if (step % 10 == 0)
            expectSound(desk->snapshot().state);
    }
    EXPECT_GT(refused, 20);
    const auto live = desk->snapshot().state;
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
    ASSERT_TRUE(store);
    const auto before = (*store)->projectionDigest();
    ASSERT_TRUE(before);
    ASSERT_TRUE((*store)->rebuild());
    EXPECT_EQ(*before, (*store)->projectionDigest().value());
    EXPECT_TRUE((*store)->loadState().value() == live);
}
