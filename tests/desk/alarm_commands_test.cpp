#include "desk/alarm_fixture.hpp"

#include <algorithm>
#include <gmock/gmock.h>

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

namespace {

class AlarmCommands : public AlarmFixture {
  protected:
    base::Code refusal(desk::CommandBody body) {
        const auto done = run(std::move(body));
        EXPECT_FALSE(done);
        return done ? base::Code::internal : done.error().code;
    }
    /// A sensor "quiet" that says twice that it is two hours later.
    void quietRunsAhead() {
        must(desk::RegisterSensors{{gauge("quiet")}});
        for (int i = 0; i < 2; ++i) {
            clock.advance(std::chrono::minutes(2));
            send({reading(7'200, 4, "quiet")});
        }
        clock.advance(std::chrono::seconds(6));
        tick();
    }
};

} // namespace

TEST_F(AlarmCommands, ManyAreAcknowledgedInOneEntryAndThoseThatWaitForNothingArePassedOver) {
    says("main", 1);
    says("tank", 1);
    says("lock", 1);
    const auto burst = mustHave("burst").id;
    must(desk::AcknowledgeAlarm{burst});
    const auto before = lastSeq();
    const auto done =
        must(desk::AcknowledgeAlarms{{burst, mustHave("empty").id, mustHave("latching").id, mustHave("empty").id}});
    EXPECT_THAT(typesSince(before), ElementsAre("alarm.acknowledged"));
    EXPECT_THAT(done.ids, testing::SizeIs(2));
    EXPECT_EQ(done.entries.at(0).data.at("count"), 2);
    EXPECT_EQ(stateOf("empty"), AlarmState::acknowledged);
    EXPECT_EQ(refusal(desk::AcknowledgeAlarms{{burst}}), base::Code::conflict);
    EXPECT_EQ(refusal(desk::AcknowledgeAlarms{{}}), base::Code::refused);
    EXPECT_EQ(refusal(desk::AcknowledgeAlarms{{burst, ids.make<model::AlarmId>()}}), base::Code::notFound);
    EXPECT_EQ(refusal(desk::AcknowledgeAlarms{std::vector<model::AlarmId>(20'001, burst)}), base::Code::tooLarge);
    EXPECT_EQ(refusal(desk::AcknowledgeAllAlarms{}), base::Code::conflict);
}

TEST_F(AlarmCommands, ShelvedForATimeAndBackByItself) {
    says("main", 1);
    const auto id = mustHave("burst").id;
    const auto until = clock.now() + std::chrono::hours(1);
    EXPECT_EQ(refusal(desk::ShelveAlarms{{id}, until, ""}), base::Code::refused);
    EXPECT_EQ(refusal(desk::ShelveAlarms{{id}, clock.now(), "valve is turned"}), base::Code::outOfRange);
    EXPECT_EQ(refusal(desk::ShelveAlarms{{id}, clock.now() + std::chrono::hours(169), "valve"}), base::Code::outOfRange);
    const auto done = must(desk::ShelveAlarms{{id}, until, "valve is turned"});
    EXPECT_EQ(done.entries.at(0).type, "alarm.shelved");
    EXPECT_EQ(done.entries.at(0).data.at("reason"), "valve is turned");
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    EXPECT_EQ(mustHave("burst").stateBy, "M. Keller");
    restart();
    pass(std::chrono::minutes(59));
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    const auto before = lastSeq();
    pass(std::chrono::minutes(2));
    EXPECT_THAT(typesSince(before), ElementsAre("alarm.unshelved"));
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
    EXPECT_FALSE(mustHave("burst").until);
    EXPECT_EQ(refusal(desk::UnshelveAlarms{{id}}), base::Code::conflict);
}

TEST_F(AlarmCommands, AShelvedAlarmFollowsItsConditionUnseen) {
    says("main", 1);
    const auto id = mustHave("burst").id;
    must(desk::ShelveAlarms{{id}, clock.now() + std::chrono::hours(1), "valve is turned"});
    says("main", 0);
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    EXPECT_FALSE(mustHave("burst").holds);
    says("main", 2);
    EXPECT_EQ(mustHave("burst").id, id) << "the same alarm";
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    EXPECT_EQ(mustHave("burst").repeats, 1);
    EXPECT_DOUBLE_EQ(mustHave("burst").value, 2);
    EXPECT_EQ(mustHave("burst").title.text, "main says 2 m");
    says("main", 0);
    must(desk::UnshelveAlarms{{id}});
    EXPECT_EQ(stateOf("burst"), AlarmState::normal);
}

TEST_F(AlarmCommands, OneThatIsOverIsShelvedBeforeItComesAgain) {
    const auto swing = [&] {
        says("main", 1);
        says("main", 0);
        must(desk::AcknowledgeAllAlarms{});
    };
    swing();
    const auto older = mustHave("burst").id;
    swing();
    const auto newer = mustHave("burst").id;
    ASSERT_NE(older, newer);
    ASSERT_EQ(stateOf("burst"), AlarmState::normal);
    const auto until = clock.now() + std::chrono::hours(1);
    const auto done = must(desk::ShelveAlarms{{older, newer}, until, "valve is turned"});
    EXPECT_THAT(done.ids, ElementsAre(newer.toString())) << "one stands for the rule and its sensor";
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    EXPECT_FALSE(mustHave("burst").holds);
    restart();
    says("main", 1);
    EXPECT_EQ(mustHave("burst").id, newer) << "it comes again on its shelf";
    EXPECT_EQ(stateOf("burst"), AlarmState::shelved);
    EXPECT_EQ(mustHave("burst").repeats, 1);
    says("main", 0);
    pass(std::chrono::minutes(61));
    EXPECT_EQ(stateOf("burst"), AlarmState::normal);
    says("main", 1);
    const auto standing = mustHave("burst").id;
    ASSERT_NE(standing, newer);
    const auto out = must(desk::TakeAlarmsOutOfService{{older}, "dug up"});
    EXPECT_THAT(out.ids, ElementsAre(standing.toString())) << "what stands is meant, never a second one";
}

TEST_F(AlarmCommands, OneThatWasResetIsNotShelvedAhead) {
    says("lock", 1);
    says("lock", 0);
    must(desk::ResetAlarms{{mustHave("latching").id}});
    EXPECT_EQ(refusal(desk::ShelveAlarms{{mustHave("latching").id}, clock.now() + std::chrono::hours(1), "x"}),
              base::Code::conflict);
}

TEST_F(AlarmCommands, OutOfServiceUntilPutBack) {
    says("main", 1);
    const auto id = mustHave("burst").id;
    EXPECT_EQ(refusal(desk::TakeAlarmsOutOfService{{id}, ""}), base::Code::refused);
    EXPECT_EQ(must(desk::TakeAlarmsOutOfService{{id}, "dug up"}).entries.at(0).type, "alarm.out-of-service");
    EXPECT_EQ(refusal(desk::ShelveAlarms{{id}, clock.now() + std::chrono::hours(1), "x"}), base::Code::conflict);
    pass(std::chrono::hours(30));
    EXPECT_EQ(stateOf("burst"), AlarmState::outOfService);
    EXPECT_EQ(must(desk::PutAlarmsBack{{id}}).entries.at(0).type, "alarm.in-service");
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
}

TEST_F(AlarmCommands, ALatchedOneStaysUntilSomebodyResetsIt) {
    says("lock", 1);
    const auto id = mustHave("latching").id;
    EXPECT_EQ(refusal(desk::ResetAlarms{{id}}), base::Code::conflict);
    says("lock", 0);
    EXPECT_EQ(stateOf("latching"), AlarmState::latched);
    EXPECT_TRUE(model::wantsAcknowledgement(mustHave("latching")));
    must(desk::AcknowledgeAllAlarms{});
    EXPECT_EQ(stateOf("latching"), AlarmState::latched);
    EXPECT_FALSE(model::wantsAcknowledgement(mustHave("latching")));
    restart();
    tick();
    EXPECT_EQ(stateOf("latching"), AlarmState::latched);
    says("lock", 1);
    EXPECT_EQ(stateOf("latching"), AlarmState::unacknowledged);
    EXPECT_EQ(mustHave("latching").repeats, 1);
    says("lock", 0);
    EXPECT_EQ(must(desk::ResetAlarms{{id}}).entries.at(0).type, "alarm.reset");
    EXPECT_EQ(stateOf("latching"), AlarmState::normal);
}

TEST_F(AlarmCommands, PartOfTheLoadIsHandedOver) {
    says("main", 1);
    says("tank", 1);
    const auto burst = mustHave("burst").id;
    const auto empty = mustHave("empty").id;
    const auto done = must(desk::HandAlarms{{burst, empty}, "R. Ospelt"});
    EXPECT_EQ(done.entries.at(0).type, "alarm.handed");
    EXPECT_EQ(done.entries.at(0).data.at("to"), "R. Ospelt");
    EXPECT_EQ(mustHave("empty").owner, "R. Ospelt");
    EXPECT_EQ(refusal(desk::HandAlarms{{burst}, "R. Ospelt"}), base::Code::conflict);
    must(desk::HandAlarms{{burst}, ""});
    EXPECT_EQ(mustHave("burst").owner, "");
}

TEST_F(AlarmCommands, WhoWasToldIsKeptInTheAlarmWithWhoToldAndWhen) {
    says("main", 1);
    says("tank", 1);
    const auto burst = mustHave("burst").id;
    const auto done = must(desk::TellOfAlarm{burst, "Mayor of Vaduz"});
    EXPECT_EQ(done.entries.at(0).type, "alarm.told");
    EXPECT_EQ(done.entries.at(0).data.at("who"), "Mayor of Vaduz");
    EXPECT_EQ(refusal(desk::TellOfAlarm{burst, "Mayor of Vaduz"}), base::Code::conflict);
    EXPECT_EQ(refusal(desk::TellOfAlarm{burst, ""}), base::Code::refused);
    EXPECT_EQ(refusal(desk::TellOfAlarm{ids.make<model::AlarmId>(), "Mayor of Vaduz"}), base::Code::notFound);
    must(desk::TellOfAlarm{burst, "Dyke warden"});
    const auto before = mustHave("burst").told;
    ASSERT_EQ(before.size(), 2U);
    EXPECT_EQ(before[0].by, "M. Keller");
    EXPECT_EQ(before[0].at, clock.now());
    EXPECT_TRUE(mustHave("empty").told.empty());
    says("main", 0);
    says("main", 1); // it comes again: that they were told of this alarm is kept
    EXPECT_EQ(mustHave("burst").told, before);
    restart();
    EXPECT_EQ(mustHave("burst").told, before);
    must(desk::TellOfAlarm{burst, "Mayor of Vaduz"}); // of that they have not been told
    const auto again = mustHave("burst").told;
    ASSERT_EQ(again.size(), 2U) << "each once";
    EXPECT_EQ(again[0].who, "Dyke warden");
    EXPECT_EQ(again[1].who, "Mayor of Vaduz");
    EXPECT_EQ(again[1].at, clock.now());
    EXPECT_EQ(refusal(desk::TellOfAlarm{burst, "Mayor of Vaduz"}), base::Code::conflict);
}

TEST_F(AlarmCommands, ASensorThatIsWorkedOnRaisesNothingAndIsJudgedWhenItIsBack) {
    says("main", 1);
    EXPECT_EQ(refusal(desk::SetSensorService{model::SensorId("main"), false, ""}), base::Code::refused);
    EXPECT_EQ(refusal(desk::SetSensorService{model::SensorId("nobody"), false, "x"}), base::Code::notFound);
    EXPECT_EQ(refusal(desk::SetSensorService{model::SensorId("main"), true, ""}), base::Code::conflict);
    const auto out = must(desk::SetSensorService{model::SensorId("main"), false, "new batteries"});
    EXPECT_EQ(out.entries.at(0).type, "sensor.out-of-service");
    EXPECT_EQ(stateOf("burst"), AlarmState::outOfService);
    EXPECT_EQ(refusal(desk::PutAlarmsBack{{mustHave("burst").id}}), base::Code::conflict);
    must(desk::SetSensorService{model::SensorId("tank"), false, "cleaned"});
    const auto before = lastSeq();
    says("tank", 1);
    says("main", 0);
    restart();
    says("tank", 2);
    EXPECT_THAT(typesSince(before), ElementsAre());
    EXPECT_FALSE(alarmOf("empty"));
    must(desk::SetSensorService{model::SensorId("main"), true, ""});
    EXPECT_EQ(stateOf("burst"), AlarmState::returnedUnacknowledged) << "its newest reading said so";
    must(desk::SetSensorService{model::SensorId("tank"), true, ""});
    ASSERT_TRUE(alarmOf("empty")) << "and this one's that it is not well";
    EXPECT_DOUBLE_EQ(mustHave("empty").value, 2);
}

TEST_F(AlarmCommands, WhatAPersonTookOutByItselfStaysOutWhenItsSensorIsBack) {
    says("main", 1);
    must(desk::TakeAlarmsOutOfService{{mustHave("burst").id}, "dug up"});
    must(desk::SetSensorService{model::SensorId("main"), false, "new batteries"});
    must(desk::SetSensorService{model::SensorId("main"), true, ""});
    EXPECT_EQ(stateOf("burst"), AlarmState::outOfService);
    must(desk::PutAlarmsBack{{mustHave("burst").id}});
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
}

TEST_F(AlarmCommands, ASensorThatIsWorkedOnIsNotSilent) {
    auto sensor = gauge("quiet");
    sensor.silentAfter = std::chrono::minutes(10);
    must(desk::RegisterSensors{{sensor}});
    says("quiet", 0);
    must(desk::SetSensorService{model::SensorId("quiet"), false, "new batteries"});
    pass(std::chrono::minutes(30));
    EXPECT_FALSE(alarmOf("silence"));
    must(desk::SetSensorService{model::SensorId("quiet"), true, ""});
    pass(std::chrono::minutes(8));
    EXPECT_FALSE(alarmOf("silence")) << "it has the whole time again";
    pass(std::chrono::minutes(4));
    EXPECT_EQ(mustHave("silence").kind, model::AlarmKind::silence);
    EXPECT_EQ(stateOf("silence"), AlarmState::unacknowledged);
}

TEST_F(AlarmCommands, ASensorWhoseClockIsFarAheadIsNotSilentAndSaysSo) {
    auto sensor = gauge("quiet");
    sensor.silentAfter = std::chrono::minutes(30);
    must(desk::RegisterSensors{{sensor}});
    says("quiet", 3);
    const auto ahead = [&](int hours) {
        clock.advance(std::chrono::minutes(5));
        send({reading(hours * 3'600, 4, "quiet")});
        tick();
    };
    ahead(2);
    EXPECT_FALSE(alarmOf("clock-ahead")) << "a single reading may be wrong";
    for (int i = 0; i < 24 * 12; ++i) // a day, far beyond what the slot of a sensor can say of the time since its last reading
        ahead(2);
    EXPECT_FALSE(alarmOf("silence")) << "it speaks";
    const auto alarm = mustHave("clock-ahead");
    EXPECT_EQ(alarm.sensor, model::SensorId("quiet"));
    EXPECT_DOUBLE_EQ(alarm.value, 2);
    EXPECT_EQ(alarm.repeats, 0) << "once";
    EXPECT_TRUE(alarm.holds);
    EXPECT_NE(alarm.kind, model::AlarmKind::sensorFault) << "what it said before its clock was wrong is not muted";
    EXPECT_NE(alarm.title.text.find("2 h"), std::string::npos) << alarm.title.text;
    EXPECT_NE(alarm.title.in("zh_CN").find("超前"), std::string::npos);
    pass(std::chrono::minutes(40));
    EXPECT_TRUE(alarmOf("silence")) << "now it is silent, too";
    clock.advance(std::chrono::seconds(6));
    says("quiet", 3.5);
    clock.advance(std::chrono::seconds(6));
    tick();
    EXPECT_FALSE(mustHave("clock-ahead").holds);
    EXPECT_FALSE(mustHave("silence").holds);
}

TEST_F(AlarmCommands, ARetiredSensorsClockIsNobodysConcern) {
    quietRunsAhead();
    const auto id = mustHave("clock-ahead").id;
    must(desk::RetireSensors{{model::SensorId("quiet")}, true, "dug up"});
    clock.advance(std::chrono::seconds(6));
    tick();
    EXPECT_EQ(mustHave("clock-ahead").id, id) << "none is raised anew";
    EXPECT_FALSE(mustHave("clock-ahead").holds);
}

TEST_F(AlarmCommands, AClockThatWasSetBackDoesNotKeepTheAlarmOfASensorThatIsRightAgain) {
    quietRunsAhead();
    ASSERT_TRUE(mustHave("clock-ahead").holds);
    clock.advance(-std::chrono::hours(1));
    tick();
    EXPECT_TRUE(mustHave("clock-ahead").holds) << "it has said nothing since";
    clock.advance(std::chrono::seconds(6));
    send({reading(0, 3, "quiet")});
    clock.advance(std::chrono::seconds(6));
    tick();
    EXPECT_FALSE(mustHave("clock-ahead").holds);
}

TEST_F(AlarmCommands, WhereAllSensorsAreAheadAlikeItIsTheDesksOwnClock) {
    std::vector<model::Sensor> sensors;
    for (int i = 0; i < 25; ++i) {
        sensors.push_back(gauge("g" + std::to_string(i)));
        sensors.back().name = sensors.back().id.value;
    }
    must(desk::RegisterSensors{sensors});
    const auto allSay = [&](int ahead) {
        std::vector<model::Reading> all;
        for (const auto& sensor : sensors)
            all.push_back(reading(ahead, 4, sensor.id.value));
        send(all);
    };
    const auto count = [&] {
        const auto state = desk->snapshot().state;
        return std::count_if(state.alarms.begin(), state.alarms.end(), [](const auto& one) { return one.second.rule == "clock-ahead"; });
    };
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::minutes(2));
        allSay(3 * 3'600);
        tick();
    }
    EXPECT_EQ(count(), 1);
    const auto alarm = mustHave("clock-ahead");
    EXPECT_EQ(alarm.source, "desk:clock");
    EXPECT_DOUBLE_EQ(alarm.value, 3);
    EXPECT_TRUE(alarm.holds);
    EXPECT_THAT(alarm.title.text, HasSubstr("3 h"));
    EXPECT_THAT(alarm.title.in("zh_CN"), HasSubstr("本台时钟"));
    restart();
    clock.advance(std::chrono::seconds(6));
    tick();
    EXPECT_TRUE(mustHave("clock-ahead").holds) << "nobody has said otherwise";
    clock.advance(std::chrono::seconds(6));
    allSay(0);
    clock.advance(std::chrono::seconds(6));
    tick();
    EXPECT_FALSE(mustHave("clock-ahead").holds);
    EXPECT_EQ(count(), 1) << "and none of any sensor";
}

TEST_F(AlarmCommands, RulesAreChangedWholeOrNotAtAll) {
    says("main", 1);
    says("tank", 1);
    const auto wrong = run(desk::ChangeRules{"[[rule]]\nid = \"x\"\nsensor = \"main\"\nabove = \"high\"\n"});
    ASSERT_FALSE(wrong);
    EXPECT_TRUE(wrong.error().place.line);
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
    const std::string text = "[[rule]]\nid = \"burst\"\nsensor = \"main\"\nabove = 3.0\nhysteresis = 0.5\nseverity = \"I\"\n"
                             "class = \"naturalDisaster\"\nhazard = \"water\"\ntitle = \"{sensor} burst\"\n"
                             "guidance = \"Close the valve\"\n";
    const auto done = must(desk::ChangeRules{text});
    ASSERT_EQ(done.entries.size(), 2U);
    EXPECT_EQ(done.entries[0].type, "rules.changed");
    EXPECT_EQ(done.entries[0].data.at("text"), text);
    EXPECT_EQ(done.entries[0].data.at("count"), 1);
    EXPECT_EQ(done.entries[0].data.at("sha256").get<std::string>().size(), 64U);
    EXPECT_EQ(done.entries[1].type, "alarm.returned");
    EXPECT_EQ(stateOf("empty"), AlarmState::returnedUnacknowledged) << "its rule is gone";
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged) << "stands: the rule is there still";
    says("tank", 2);
    EXPECT_EQ(stateOf("empty"), AlarmState::returnedUnacknowledged);
    says("main", 2);
    EXPECT_EQ(stateOf("burst"), AlarmState::returnedUnacknowledged) << "by the new rule";
}

TEST_F(AlarmCommands, WhoListensHearsWhichRulesAreInForce) {
    desk::RulesInForce told;
    const auto listening = desk->subscribe([&](const desk::Snapshot& first) { told = first.rules; },
                                           [&](const std::shared_ptr<const desk::Delta>& delta) {
                                               if (delta->rules)
                                                   told = delta->rules;
                                           });
    EXPECT_EQ(desk->snapshot().rules->size(), rules().size()); // and the first picture has come
    ASSERT_TRUE(told);
    EXPECT_EQ(told->size(), rules().size());
    must(desk::ChangeRules{"[[rule]]\nid = \"burst\"\nsensor = \"main\"\nabove = 3.0\nhysteresis = 0.5\n"
                           "severity = \"I\"\nclass = \"naturalDisaster\"\nhazard = \"water\"\n"
                           "title = \"{sensor} burst\"\nguidance = \"Close the valve\"\n"});
    EXPECT_EQ(desk->snapshot().rules->size(), 1U); // answered after the delta
    ASSERT_EQ(told->size(), 1U);
    EXPECT_EQ(told->front().severity, model::Grade::I);
}

TEST_F(AlarmCommands, TheSameCommandTwiceIsDoneOnce) {
    says("main", 1);
    const desk::Command shelve{desk->newCommandId(), "M. Keller",
                               desk::ShelveAlarms{{mustHave("burst").id}, clock.now() + std::chrono::hours(1), "x"}};
    ASSERT_TRUE(desk->submit(shelve).get());
    must(desk::UnshelveAlarms{{mustHave("burst").id}});
    const auto again = desk->submit(shelve).get();
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->duplicate);
    EXPECT_EQ(stateOf("burst"), AlarmState::unacknowledged);
}
