#pragma once

#include "desk/desk_fixture.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <string>
#include <vector>

namespace tocsin::test {

/// A desk with rules that mute, latch, flap and escalate, over sensors that say 0 while all is well and 1 while not.
class AlarmFixture : public DeskFixture {
  protected:
    static detect::Rule rule(const std::string& id, const std::string& sensor, model::Grade severity) {
        detect::Rule rule;
        rule.id = id;
        rule.subject.sensors = {model::SensorId(sensor)};
        rule.condition = detect::Threshold{true, 1, 0.5};
        rule.severity = severity;
        rule.hazard = "water";
        rule.title = "{sensor} says {value}";
        rule.flapCount = 0;
        return rule;
    }
    static void escalate(detect::Rule& rule, std::vector<std::string> tell) {
        rule.escalateAfter = std::chrono::minutes(5);
        rule.tell = std::move(tell);
    }
    /// A burst main explains the pressure drops near it; a drop explains a tank that runs empty.
    std::vector<detect::Rule> rules() override {
        if (own)
            return *own;
        std::vector<detect::Rule> all{rule("burst", "main", model::Grade::II),      rule("drop-1", "p1", model::Grade::III),
                                      rule("drop-2", "p2", model::Grade::III),      rule("drop-far", "far", model::Grade::III),
                                      rule("drop-grave", "p1", model::Grade::I),    rule("empty", "tank", model::Grade::III),
                                      rule("latching", "lock", model::Grade::II),   rule("nervous", "reed", model::Grade::IV),
                                      rule("louder", "siren", model::Grade::II),    rule("fault", "p2-health", model::Grade::IV)};
        all[0].mutes = detect::Mutes{{"drop-*"}, 1'000.0, {}};
        all[1].mutes = detect::Mutes{{"empty", "burst", "drop-2"}, {}, {}};
        all[2].mutes = detect::Mutes{{"drop-1", "burst"}, {}, {}};
        all[6].latching = true;
        all[7].flapCount = 3;
        all[7].flapWithin = std::chrono::minutes(10);
        escalate(all[8], {"duty officer", "leader", "head"});
        return all;
    }
    void SetUp() override {
        DeskFixture::SetUp();
        std::vector<model::Sensor> sensors;
        for (const char* id : {"main", "p1", "p2", "far", "tank", "lock", "reed", "siren", "p2-health"}) {
            auto sensor = gauge(id);
            sensor.name = std::string(id);
            if (sensor.id.value == "far")
                sensor.position = model::Position::trusted(47.5, 9.51);
            sensors.push_back(sensor);
        }
        must(desk::RegisterSensors{sensors});
    }

    void says(const std::string& sensor, double value) {
        clock.advance(std::chrono::seconds(1));
        send({reading(0, value, sensor)});
    }
    void pass(base::Duration time) {
        // In steps: a clock that jumps gives everybody the whole time again.
        for (; time > base::Duration{0}; time -= std::chrono::minutes(5)) {
            clock.advance(std::chrono::duration_cast<std::chrono::seconds>(
                std::min<base::Duration>(time, std::chrono::minutes(5))));
            tick();
        }
    }
    /// Lets the desk look at its clock.
    void tick() { run(desk::WriteNote{"", {}}); }

    std::optional<model::Alarm> alarmOf(const std::string& rule) {
        std::optional<model::Alarm> newest;
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == rule)
                newest = alarm;
        }
        return newest;
    }
    model::Alarm mustHave(const std::string& rule) {
        auto alarm = alarmOf(rule);
        EXPECT_TRUE(alarm) << rule;
        return alarm.value_or(model::Alarm{});
    }
    model::AlarmState stateOf(const std::string& rule) { return mustHave(rule).state; }
    /// The types of the entries since `seq`, in order.
    std::vector<std::string> typesSince(std::int64_t seq) {
        std::vector<std::string> types;
        for (const auto& entry : entriesSince(seq))
            types.push_back(entry.type);
        return types;
    }
    std::vector<model::Entry> entriesSince(std::int64_t seq) {
        std::vector<model::Entry> entries;
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        EXPECT_TRUE(store);
        EXPECT_TRUE((*store)->read(seq + 1, [&](const model::Entry& entry) {
            entries.push_back(entry);
            return true;
        }));
        return entries;
    }
    std::int64_t lastSeq() { return desk->snapshot().lastSeq; }

    std::optional<std::vector<detect::Rule>> own; ///< instead of those above
};

} // namespace tocsin::test
