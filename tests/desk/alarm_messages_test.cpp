#include "desk/alarm_fixture.hpp"

#include <gmock/gmock.h>

// Warnings and earthquakes of others, as alarms by rules.

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;
using ::testing::ElementsAre;

namespace {

class AlarmMessages : public AlarmFixture {
  protected:
    static detect::Rule messageRule(const std::string& id, model::Grade severity, detect::Condition condition) {
        detect::Rule rule;
        rule.id = id;
        rule.condition = std::move(condition);
        rule.kind = model::AlarmKind::message;
        rule.severity = severity;
        rule.hazard = "weather";
        rule.title = {"{event}"};
        rule.title.translations["zh_CN"] = "收到：{event}";
        return rule;
    }
    std::vector<detect::Rule> rules() override {
        if (own)
            return *own;
        auto all = AlarmFixture::rules();
        detect::WarningCondition any;
        all.push_back(messageRule("warning", model::Grade::IV, any));
        detect::WarningCondition orange;
        orange.colour = model::Grade::II;
        all.push_back(messageRule("warning-orange", model::Grade::II, orange));
        detect::WarningCondition red;
        red.colour = model::Grade::I;
        all.push_back(messageRule("warning-red", model::Grade::I, red));
        all.push_back(messageRule("quake-4", model::Grade::IV, detect::EarthquakeCondition{4, 100}));
        all.push_back(messageRule("quake-6", model::Grade::II, detect::EarthquakeCondition{6, 100}));
        return all;
    }
    model::Warning warning(const std::string& id, model::Grade colour, const std::string& type = "Alert",
                           const std::string& replaces = {}) {
        model::Warning out;
        out.identifier = id;
        out.sender = "met@example.org";
        out.sent = clock.now();
        out.version = "1.2";
        out.capStatus = "Actual";
        out.msgType = type;
        out.scope = "Public";
        out.colour = colour;
        out.expires = clock.now() + std::chrono::hours(6);
        model::WarningInfo info;
        info.language = "en";
        info.event = "Heavy rain";
        out.infos.push_back(info);
        info.language = "zh-CN";
        info.event = "暴雨";
        out.infos.push_back(info);
        if (!replaces.empty())
            out.references.push_back({out.sender, replaces, ""});
        return out;
    }
    void take(const model::Warning& one) { must(desk::TakeWarning{"cap", one}); }
    model::Earthquake quake(double magnitude, const std::string& status = "automatic") {
        model::Earthquake out;
        out.source = "usgs";
        out.sourceId = "us1";
        out.time = quakeTime;
        out.updated = clock.now();
        out.magnitude = magnitude;
        out.position = model::Position::trusted(47.1, 9.5);
        out.place = "Jishishan";
        out.status = status;
        return out;
    }
    void take(const model::Earthquake& one) { must(desk::TakeEarthquake{"quakes", one}); }
    std::vector<model::Alarm> messages() {
        std::vector<model::Alarm> out;
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.kind == model::AlarmKind::message)
                out.push_back(alarm);
        }
        return out;
    }
    base::Time quakeTime = clock.now();
    detect::CountyArea area() override { return county; }
    void equip(desk::Desk::Parts& parts) override {
        parts.hazardOfWarning = [](const model::WarningInfo& part) {
            return part.event == "River flood" ? std::string("flood") : std::string();
        };
    }
    detect::CountyArea county;
};

/// About a degree round a place.
model::WarningArea areaRound(const std::string& name, double latitude, double longitude) {
    const auto at = [&](double north, double east) { return model::Position::trusted(latitude + north, longitude + east); };
    model::WarningArea out;
    out.description = name;
    out.polygons = {{at(-0.5, -0.5), at(-0.5, 0.5), at(0.5, 0.5), at(0.5, -0.5), at(-0.5, -0.5)}};
    return out;
}

} // namespace

TEST_F(AlarmMessages, WhatAWarningWarnsOfIsItsAlarmsHazardWhereTheRuleNamesNone) {
    auto all = rules();
    for (auto& rule : all) {
        if (rule.id == "warning-orange")
            rule.hazard = "warning";
    }
    own = all;
    restart();
    auto flood = warning("w1", model::Grade::II);
    auto lesser = warning("w2", model::Grade::IV);
    for (auto* one : {&flood, &lesser}) {
        for (auto& info : one->infos)
            info.event = "River flood";
        take(*one);
    }
    take(warning("w3", model::Grade::II));
    std::vector<std::string> hazards;
    for (const auto& alarm : messages())
        hazards.push_back(alarm.rule + ": " + alarm.hazard);
    EXPECT_THAT(hazards, testing::UnorderedElementsAre("warning-orange: flood", "warning-orange: warning", "warning: weather"));
}

TEST_F(AlarmMessages, TheGravestRuleThatFitsRaisesOneAlarm) {
    take(warning("w1", model::Grade::II));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    const auto alarm = messages()[0];
    EXPECT_EQ(alarm.rule, "warning-orange");
    EXPECT_EQ(alarm.severity, model::Grade::II);
    EXPECT_EQ(alarm.title.text, "Heavy rain");
    EXPECT_EQ(alarm.title.in("zh_CN"), "收到：暴雨");
    EXPECT_TRUE(alarm.source.starts_with("warning:"));
    EXPECT_EQ(alarm.state, AlarmState::unacknowledged);
    restart();
    tick();
    EXPECT_THAT(messages(), testing::SizeIs(1)) << "looked at again, and nothing new";
}

TEST_F(AlarmMessages, ThePartThatTouchesTheCountyDecidesAndSpeaks) {
    county.circle = model::Circle{model::Position::trusted(47.1, 9.5), 10};
    restart();
    auto mixed = warning("w1", model::Grade::I);
    mixed.infos[0].event = "Heat";
    mixed.infos[0].areas = {areaRound("Far away", 40, 0)};
    mixed.infos.push_back(mixed.infos[1]);
    mixed.infos[1].areas = mixed.infos[0].areas;
    mixed.infos[2].event = "暴雨";
    mixed.infos[2].areas = {areaRound("县城", 47.1, 9.5)};
    mixed.infos[2].severity = "Moderate";
    mixed.infos[2].colour = model::Grade::II;
    mixed.infos.push_back(mixed.infos[2]);
    mixed.infos[3].language = "en";
    mixed.infos[3].event = "Heavy rain";
    mixed.infos[3].areas[0].description = "The county";
    take(mixed);
    ASSERT_THAT(messages(), testing::SizeIs(1));
    const auto alarm = messages()[0];
    EXPECT_EQ(alarm.rule, "warning-orange");
    EXPECT_EQ(alarm.title.text, "Heavy rain");
    EXPECT_EQ(alarm.title.in("zh_CN"), "收到：暴雨");
    EXPECT_EQ(alarm.place.text, "The county");
    EXPECT_EQ(alarm.place.in("zh_CN"), "县城");
}

TEST_F(AlarmMessages, TheAlarmStandsAtTheAreaThatTouchesTheCounty) {
    county.circle = model::Circle{model::Position::trusted(47.1, 9.5), 10};
    restart();
    auto wide = warning("w1", model::Grade::II);
    for (auto& info : wide.infos) {
        auto two = areaRound(info.language == "en" ? "Valley" : "河谷", 30, 100);
        two.polygons.push_back(areaRound("", 47.1, 9.5).polygons[0]);
        info.areas = {areaRound("Elsewhere", 40, 0), two};
    }
    take(wide);
    ASSERT_THAT(messages(), testing::SizeIs(1));
    const auto alarm = messages()[0];
    EXPECT_EQ(alarm.place.text, "Valley");
    EXPECT_EQ(alarm.place.in("zh_CN"), "河谷");
    EXPECT_NEAR(alarm.position.latitude(), 47.1, 0.5);
    EXPECT_NEAR(alarm.position.longitude(), 9.5, 0.5);
}

TEST_F(AlarmMessages, AGraverOneBecomesLouderAsItsOwnRuleSays) {
    auto all = rules();
    for (auto& rule : all) {
        if (rule.id == "warning-orange")
            escalate(rule, {"municipality", "district"}); // after five minutes
        if (rule.id == "warning-red") {
            rule.escalateAfter = std::chrono::minutes(2);
            rule.tell = {"leader", "head"};
        }
    }
    own = all;
    restart();
    take(warning("w1", model::Grade::II));
    pass(std::chrono::minutes(6));
    ASSERT_EQ(messages()[0].escalatedTo, "district");
    take(warning("w2", model::Grade::I, "Update", "w1"));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].rule, "warning-red");
    EXPECT_EQ(messages()[0].escalated, 0);
    EXPECT_EQ(messages()[0].escalatedTo, "");
    EXPECT_EQ(messages()[0].escalatesAt, clock.now() + std::chrono::minutes(2));
    EXPECT_EQ(model::waitsSince(messages()[0]), messages()[0].raisedAt) << "nobody has acknowledged anything since";
}

TEST_F(AlarmMessages, AnUpdateTakesOverTheAlarmAndOnlyAGraverOneAsksAgain) {
    take(warning("w1", model::Grade::II));
    must(desk::AcknowledgeAllAlarms{});
    const auto id = messages()[0].id;
    take(warning("w2", model::Grade::II, "Update", "w1"));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].id, id);
    EXPECT_EQ(messages()[0].state, AlarmState::acknowledged);
    auto before = lastSeq();
    take(warning("w3", model::Grade::I, "Update", "w2"));
    EXPECT_THAT(typesSince(before), ElementsAre("warning.updated", "alarm.raised"));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].severity, model::Grade::I);
    EXPECT_EQ(messages()[0].state, AlarmState::unacknowledged);
    EXPECT_EQ(messages()[0].repeats, 1);
    take(warning("w4", model::Grade::IV, "Update", "w3"));
    EXPECT_EQ(messages()[0].severity, model::Grade::IV);
    before = lastSeq();
    take(warning("w5", model::Grade::IV, "Cancel", "w4"));
    EXPECT_THAT(typesSince(before), ElementsAre("warning.cancelled", "alarm.returned"));
    EXPECT_EQ(messages()[0].state, AlarmState::returnedUnacknowledged);
}

TEST_F(AlarmMessages, AHeldWarningRaisesItsAlarmWhenItIsAccepted) {
    take(warning("w1", model::Grade::II));
    auto update = warning("w2", model::Grade::I, "Update", "w1");
    update.state = model::WarningState::held;
    const auto id = *model::WarningId::parse(must(desk::TakeWarning{"cap", update}).ids.at(0));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].severity, model::Grade::II);
    const auto before = lastSeq();
    must(desk::AcceptWarning{id});
    EXPECT_THAT(typesSince(before), ElementsAre("warning.accepted", "alarm.raised"));
    ASSERT_THAT(messages(), testing::SizeIs(1)) << "the alarm of the one that it updates goes on";
    EXPECT_EQ(messages()[0].severity, model::Grade::I);
}

TEST_F(AlarmMessages, WhatWasShelvedWasLess) {
    take(warning("w1", model::Grade::IV));
    must(desk::ShelveAlarms{{messages()[0].id}, clock.now() + std::chrono::hours(2), "known"});
    take(warning("w2", model::Grade::I, "Update", "w1"));
    ASSERT_THAT(messages(), testing::SizeIs(2));
    EXPECT_EQ(messages()[0].state, AlarmState::shelved);
    EXPECT_FALSE(messages()[0].holds);
    EXPECT_EQ(messages()[1].state, AlarmState::unacknowledged);
}

TEST_F(AlarmMessages, ItIsOverWhenTheWarningIs) {
    take(warning("w1", model::Grade::II));
    must(desk::AcknowledgeAllAlarms{});
    for (int i = 0; i < 7; ++i) {
        clock.advance(std::chrono::hours(1));
        tick();
    }
    EXPECT_EQ(messages()[0].state, AlarmState::normal);
}

TEST_F(AlarmMessages, AnEarthquakeFollowsItsMagnitudeAndItsAge) {
    take(quake(3.2));
    EXPECT_THAT(messages(), testing::SizeIs(0));
    clock.advance(std::chrono::minutes(2));
    take(quake(4.8));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].severity, model::Grade::IV);
    EXPECT_EQ(messages()[0].title.text, "M 4.8, Jishishan");
    must(desk::AcknowledgeAllAlarms{});
    clock.advance(std::chrono::minutes(2));
    take(quake(6.2));
    ASSERT_THAT(messages(), testing::SizeIs(1));
    EXPECT_EQ(messages()[0].severity, model::Grade::II);
    EXPECT_EQ(messages()[0].state, AlarmState::unacknowledged);
    EXPECT_DOUBLE_EQ(messages()[0].value, 6.2);
    restart();
    must(desk::AcknowledgeAllAlarms{});
    clock.set(quakeTime + std::chrono::hours(23));
    tick();
    EXPECT_EQ(messages()[0].state, AlarmState::acknowledged);
    clock.set(quakeTime + std::chrono::hours(25));
    tick();
    EXPECT_EQ(messages()[0].state, AlarmState::normal);
}

TEST_F(AlarmMessages, ADeletedOneIsOver) {
    take(quake(6.2));
    clock.advance(std::chrono::minutes(2));
    take(quake(6.2, "deleted"));
    EXPECT_EQ(messages()[0].state, AlarmState::returnedUnacknowledged);
}

TEST_F(AlarmMessages, OtherRulesJudgeWhatIsInForceAnew) {
    take(warning("w1", model::Grade::II));
    own = rules();
    std::erase_if(*own, [](const auto& one) { return one.id == "warning-orange"; });
    restart();
    tick();
    const auto all = messages();
    ASSERT_THAT(all, testing::SizeIs(2));
    EXPECT_EQ(all[0].state, AlarmState::returnedUnacknowledged);
    EXPECT_EQ(all[1].rule, "warning");
    EXPECT_EQ(all[1].state, AlarmState::unacknowledged);
}
