#include "desk/desk_fixture.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <limits>
#include <mutex>

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;

namespace {

class DeskReadings : public DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        must(desk::RegisterSensors{{gauge()}});
    }
    static model::Reading at(const std::string& time, double value) {
        return {model::SensorId("rhine-vaduz"), base::parseTime(time).value(), {}, value, {}};
    }
    /// The alarm of a rule, whatever its state.
    std::optional<model::Alarm> alarmOf(const std::string& rule) {
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == rule)
                return alarm;
        }
        return std::nullopt;
    }
};

} // namespace

TEST_F(DeskReadings, AReadingOverTheThresholdRaisesAnAlarmThatNamesWhatItSaw) {
    send({reading(0, 3.2), reading(10, 3.4), reading(20, 4.2)});
    const auto alarm = alarmOf("river-high");
    ASSERT_TRUE(alarm);
    EXPECT_EQ(alarm->state, AlarmState::unacknowledged);
    EXPECT_EQ(alarm->severity, model::Grade::II);
    EXPECT_EQ(alarm->title.text, "Rhine at Vaduz is high");
    EXPECT_EQ(alarm->title.in("zh_CN"), "莱茵河瓦杜兹水位高");
    EXPECT_DOUBLE_EQ(alarm->value, 4.2);
    ASSERT_FALSE(alarm->saw.empty());
    EXPECT_DOUBLE_EQ(alarm->saw.back().value, 4.2);
}

TEST_F(DeskReadings, TheAlarmsLifeFollowsIsa182) {
    send({reading(0, 4.2)});
    send({reading(10, 3.9)}); // within the hysteresis: stands
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    send({reading(20, 3.7)});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::returnedUnacknowledged);
    send({reading(30, 4.3)}); // again, before anybody saw it: the same alarm
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    const auto id = alarmOf("river-high")->id;
    must(desk::AcknowledgeAlarm{id});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::acknowledged);
    EXPECT_EQ(alarmOf("river-high")->acknowledgedBy, "M. Keller");
    auto again = run(desk::AcknowledgeAlarm{id});
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, base::Code::conflict);
    send({reading(40, 3.0)});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::normal);
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 1U);
}

TEST_F(DeskReadings, ADelayIsMeasuredByReadingTimeAndSurvivesARestart) {
    send({reading(0, 3.6), reading(30, 3.6)});
    EXPECT_FALSE(alarmOf("river-long"));
    restart();
    EXPECT_FALSE(alarmOf("river-long"));
    send({reading(61, 3.6)});
    ASSERT_TRUE(alarmOf("river-long"));
}

TEST_F(DeskReadings, ADelayEndsByTheClockWhereNothingMoreIsSaid) {
    const auto start = clock.now();
    send({reading(0, 3.6)});
    clock.advance(std::chrono::seconds(1));
    look();
    clock.advance(std::chrono::seconds(59));
    look();
    EXPECT_FALSE(alarmOf("river-long"));
    clock.advance(std::chrono::seconds(1));
    look();
    ASSERT_TRUE(alarmOf("river-long"));
    EXPECT_EQ(alarmOf("river-long")->sinceTime, start);
    EXPECT_DOUBLE_EQ(alarmOf("river-long")->value, 3.6);
    restart();
    look();
    EXPECT_EQ(alarmOf("river-long")->state, AlarmState::unacknowledged) << "it stands, and is not raised twice";
    EXPECT_EQ(alarmOf("river-long")->repeats, 0);
    send({reading(0, 3.0)});
    EXPECT_EQ(alarmOf("river-long")->state, AlarmState::returnedUnacknowledged);
}

TEST_F(DeskReadings, ADelayRunsOnWhileTheDeskIsClosed) {
    send({reading(0, 3.6)});
    desk.reset();
    clock.advance(std::chrono::seconds(20));
    start();
    look();
    EXPECT_FALSE(alarmOf("river-long"));
    desk.reset();
    clock.advance(std::chrono::seconds(40));
    start();
    look();
    EXPECT_TRUE(alarmOf("river-long")) << "a minute after it came";
}

TEST_F(DeskReadings, AnAlarmLostInACrashBetweenReadingAndJournalIsRaisedAtTheNextStart) {
    desk.reset();
    {
        auto readings = store::ReadingStore::open(folder.path() / "readings", store::Access::readWrite);
        ASSERT_TRUE(readings);
        const std::vector<model::Reading> over{reading(0, 4.5)};
        ASSERT_TRUE((*readings)->append(over));
    }
    start();
    must(desk::WriteNote{"first turn", {}});
    ASSERT_TRUE(alarmOf("river-high"));
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged);
    // And a second start does not raise it again.
    must(desk::AcknowledgeAlarm{alarmOf("river-high")->id});
    restart();
    must(desk::WriteNote{"second turn", {}});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::acknowledged);
    const auto alarms = desk->snapshot().state.alarms;
    EXPECT_EQ(std::count_if(alarms.begin(), alarms.end(), [](const auto& each) { return each.second.rule == "river-high"; }), 1);
}

TEST_F(DeskReadings, TheSameReadingTwiceIsADuplicateAndAnotherValueGoesToQuarantine) {
    auto done = send({reading(0, 3.2), reading(0, 3.2), reading(0, 3.3)});
    EXPECT_EQ(done.stored, 1U);
    EXPECT_EQ(done.duplicates, 1U);
    EXPECT_EQ(done.quarantined, 1U);
    EXPECT_EQ(desk->snapshot().quarantined, 1);
}

TEST_F(DeskReadings, ADeltaNamesEachSensorOnceWithItsNewest) {
    must(desk::RegisterSensors{{gauge("ill"), gauge("another")}});
    std::mutex mutex;
    std::map<std::string, std::vector<desk::SensorNow>> told;
    const auto subscription =
        desk->subscribe([](desk::Snapshot) {},
                        [&](const std::shared_ptr<const desk::Delta>& delta) {
                            const std::lock_guard lock(mutex);
                            EXPECT_EQ(delta->sensors.empty(), delta->sensors.size() == 0);
                            for (const auto& [sensor, now] : delta->sensors)
                                told[sensor.value].push_back(now);
                        });
    (void)desk->snapshot(); // what comes from here on is told as deltas, and not in the first picture
    const auto first = reading(0, 1.0, "ill");
    send({first, reading(20, 1.5), reading(10, 1.2, "ill"), reading(5, 1.1, "ill")});
    send({reading(10, 1.2, "ill"), reading(6, 1.3, "ill")}); // one is there already, one is not the newest
    send({reading(30, 1.6)});
    (void)desk->snapshot();
    const std::lock_guard lock(mutex);
    ASSERT_EQ(told.size(), 2U);
    ASSERT_EQ(told["ill"].size(), 1U);
    EXPECT_EQ(told["ill"][0], (desk::SensorNow{first.time + std::chrono::seconds(10), 1.2, 1.0}));
    ASSERT_EQ(told["rhine-vaduz"].size(), 2U);
    EXPECT_DOUBLE_EQ(told["rhine-vaduz"][1].value, 1.6);
    EXPECT_DOUBLE_EQ(told["rhine-vaduz"][1].previous, 1.5);
}

TEST_F(DeskReadings, UnknownSensorsWrongUnitsAndImpossibleValuesGoToQuarantine) {
    auto tooOld = reading(0, 3.0);
    tooOld.time = std::chrono::sys_days{std::chrono::year{1899} / 12 / 31};
    auto done = send({reading(0, 3.2, "nobody"), reading(1, 3.2, "rhine-vaduz", "kg"), reading(2, 99.0),
                      reading(3, 321, "rhine-vaduz", "cm"), reading(4, 3, "rhine-vaduz", "furlongs?"),
                      reading(5, std::numeric_limits<double>::quiet_NaN()), tooOld});
    EXPECT_EQ(done.stored, 1U);
    EXPECT_EQ(done.quarantined, 6U);
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.21);
}

TEST_F(DeskReadings, UnitsAreBroughtToTheSensorsOwn) {
    struct Case {
        const char* unit;
        const char* own;
        double value;
        double expected;
    };
    const Case cases[] = {
        {"mASD", "m", 2.5, 2.5},          {"mAOD", "m", 2.5, 2.5},         {"ft", "m", 10, 3.048},
        {"cm", "m", 250, 2.5},            {"ft3/s", "m3/s", 1, 0.028316846592},
        {"ft³/s", "m³/s", 1, 0.028316846592},                              {"cfs", "m3/s", 1, 0.028316846592},
        {"degC", "°C", 7, 7},             {"Cel", "°C", 7, 7},             {"C", "°C", 7, 7},
        {"K", "°C", 280.15, 7},           {"degF", "°C", 50, 10},          {"°F", "°C", 50, 10},
        {"percent", "%", 55, 55},         {"%RH", "%", 55, 55},            {"1", "%", 0.55, 55},
        {"mb", "hPa", 1013, 1013},        {"mbar", "hPa", 1013, 1013},     {"inHg", "hPa", 29.92, 1013.20685},
        {"km/h", "m/s", 36, 10},          {"mph", "m/s", 10, 4.4704},      {"kn", "m/s", 10, 5.14444444},
        {"in/h", "mm/h", 1, 25.4},        {"in/hr", "mm/h", 1, 25.4},      {"mm h-1", "mm/h", 4, 4},
        {"mg/m3", "µg/m3", 0.035, 35},    {"ug/m3", "µg/m³", 35, 35},      {"cm/day", "mm/day", 3, 30},
        {"µSv/h", "mSv/h", 120, 0.12},    {" m ", "m", 3, 3},
    };
    std::vector<model::Sensor> sensors;
    std::vector<model::Reading> readings;
    for (const auto& one : cases) {
        auto sensor = gauge("unit-" + std::to_string(sensors.size()));
        sensor.unit = one.own;
        sensor.lowest = sensor.highest = {};
        readings.push_back(reading(static_cast<int>(sensors.size()), one.value, sensor.id.value, one.unit));
        sensors.push_back(sensor);
    }
    must(desk::RegisterSensors{sensors});
    EXPECT_EQ(send(readings).stored, std::size(cases));
    const auto now = desk->snapshot().sensors;
    for (std::size_t i = 0; i < std::size(cases); ++i)
        EXPECT_NEAR(now.at(sensors[i].id).value, cases[i].expected, 1e-6 * std::abs(cases[i].expected)) << cases[i].unit;
}

TEST_F(DeskReadings, WhatIsRefusedForOneReasonIsKeptTogetherWithIt) {
    std::vector<model::Reading> many;
    for (int i = 0; i < 500; ++i)
        many.push_back(reading(i, 3.0, "nobody-" + std::to_string(i)));
    many.push_back(reading(0, 3.0, "rhine-vaduz", "°C"));
    const auto done = send(many);
    EXPECT_EQ(done.quarantined, 501U);
    EXPECT_EQ(desk->snapshot().quarantined, 2);
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
    ASSERT_TRUE(store);
    std::vector<store::QuarantineItem> items;
    const auto page = (*store)->quarantined({}).value();
    for (const auto& head : page.items)
        items.push_back((*store)->quarantineItem(head.id).value());
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[0].format, desk::refusedReadings) << "not what the feed sent, but what the desk refused";
    const auto& unknown = items[0].bytes.size() > items[1].bytes.size() ? items[0] : items[1];
    const auto& unit = items[0].bytes.size() > items[1].bytes.size() ? items[1] : items[0];
    EXPECT_EQ(std::count(unknown.bytes.begin(), unknown.bytes.end(), '\n'), 499);
    EXPECT_NE(unknown.error.message.find("'nobody-0'"), std::string::npos);
    EXPECT_NE(unit.error.message.find("unit '°C' cannot be brought to the sensor's 'm'"), std::string::npos);
}

TEST_F(DeskReadings, OldAndFarFutureReadingsAreKeptButSetOffNothing) {
    send({reading(100, 3.0)});
    auto done = send({reading(50, 5.0), reading(2 * 3600, 6.0), reading(30 * 86'400, 6.0), at("2200-12-31T23:59:59Z", 6.0)});
    EXPECT_EQ(done.stored, 4U);
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.0);
    restart();
    must(desk::WriteNote{"first turn", {}});
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.0);
}

TEST_F(DeskReadings, AReadingFromLongAgoIsShownButSetsOffNothing) {
    EXPECT_EQ(send({reading(-31 * 86'400, 5.0), at("1900-01-01T00:00:00Z", 5.0)}).stored, 2U);
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 5.0);
    restart();
    must(desk::WriteNote{"first turn", {}});
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    send({reading(-29 * 86'400, 5.0)}); // late, but it counts
    EXPECT_TRUE(alarmOf("river-high"));
}

TEST_F(DeskReadings, OneReadingOfAClockThatIsAheadSilencesNothing) {
    send({reading(80 * 60, 3.0)});
    EXPECT_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).time, clock.now()) << "it came now";
    restart();
    clock.advance(std::chrono::minutes(5));
    send({reading(-120, 4.5), reading(-60, 4.6), reading(0, 4.5)});
    ASSERT_TRUE(alarmOf("river-high"));
    EXPECT_TRUE(alarmOf("river-long"));
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 4.5);
    restart();
    must(desk::WriteNote{"first turn", {}});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged) << "what was ahead is not the newest";
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 4.5);
}

TEST_F(DeskReadings, WhatIsRightCountsAtOnceAfterWhatWasAhead) {
    send({reading(80 * 60, 3.0), reading(-300, 4.5), reading(-200, 4.5)});
    ASSERT_TRUE(alarmOf("river-high")) << "in one batch, too";
    EXPECT_TRUE(alarmOf("river-long"));
}

TEST_F(DeskReadings, AStartJudgesWhatWasAheadAsTheDeskDid) {
    send({reading(80 * 60, 3.0)}); // a logger's first, before its clock is set: its backlog follows in the same second
    send({reading(-300, 4.5), reading(-200, 4.5), reading(-100, 4.5)});
    send({reading(0, 3.9)}); // stands by the hysteresis alone
    for (int life = 0; life < 2; ++life) {
        must(desk::WriteNote{"look", {}});
        for (const auto* rule : {"river-high", "river-long"}) {
            ASSERT_TRUE(alarmOf(rule)) << rule;
            EXPECT_TRUE(alarmOf(rule)->holds) << rule << " in life " << life;
            EXPECT_EQ(alarmOf(rule)->repeats, 0) << rule;
        }
        const auto now = desk->snapshot().sensors.at(model::SensorId("rhine-vaduz"));
        EXPECT_DOUBLE_EQ(now.value, 3.9);
        EXPECT_EQ(now.time, clock.now());
        restart();
    }
}

TEST_F(DeskReadings, ASensorWhoseClockIsAlwaysAheadIsJudgedByTheDistancesOfItsTimes) {
    send({reading(30 * 60, 3.6), reading(30 * 60 + 30, 3.6), reading(30 * 60 + 40, 3.0)});
    EXPECT_FALSE(alarmOf("river-long"));
    clock.advance(std::chrono::minutes(10));
    send({reading(30 * 60 - 20, 3.0), reading(30 * 60 - 10, 3.6), reading(30 * 60, 3.6)});
    EXPECT_FALSE(alarmOf("river-long"));
    clock.advance(std::chrono::minutes(1));
    send({reading(30 * 60, 3.6)});
    EXPECT_TRUE(alarmOf("river-long"));
    desk.reset();
    const auto readings = store::ReadingStore::open(folder.path() / "readings", store::Access::readOnly);
    ASSERT_TRUE(readings);
    const auto last = (*readings)->latest().value().at(model::SensorId("rhine-vaduz"));
    EXPECT_EQ(last.flags, model::Reading::ahead);
    EXPECT_EQ(last.received, clock.now());
    EXPECT_EQ(last.time, clock.now() + std::chrono::minutes(30)) << "kept as it came";
}

TEST_F(DeskReadings, ADeskClockThatIsSetBackMakesNothingLate) {
    send({reading(0, 3.6)});
    clock.advance(-std::chrono::hours(1));
    must(desk::WriteNote{"look", {}});
    clock.advance(std::chrono::seconds(61));
    send({reading(0, 3.6)});
    EXPECT_TRUE(alarmOf("river-long"));
    clock.advance(-std::chrono::hours(1));
    send({reading(0, 4.5)});
    EXPECT_TRUE(alarmOf("river-high")) << "at once";
    clock.advance(std::chrono::minutes(5));
    restart();
    must(desk::WriteNote{"first turn", {}});
    EXPECT_EQ(alarmOf("river-high")->state, AlarmState::unacknowledged) << "what came by the clock as it was is not the newest";
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 4.5);
}

TEST_F(DeskReadings, WhatCameFromTheFutureSetsOffNothingOnceTheClockHasReachedIt) {
    send({reading(0, 3.0)});
    send({reading(3 * 3'600, 6.0), reading(3 * 3'600 + 60, 6.0)});
    clock.advance(std::chrono::hours(4));
    restart();
    must(desk::WriteNote{"first turn", {}});
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(model::SensorId("rhine-vaduz")).value, 3.0);
    send({reading(0, 3.7)});
    EXPECT_TRUE(desk->snapshot().state.alarms.empty());
    send({reading(1, 4.5)});
    EXPECT_TRUE(alarmOf("river-high"));
}

TEST_F(DeskReadings, ABrokenClockCannotMakeFilesWithoutEnd) {
    std::vector<model::Reading> wild;
    for (int year = 1900; year < 2000; ++year)
        wild.push_back(at(std::to_string(year) + "-06-01T00:00:00Z", 3.0));
    const auto done = send(wild);
    EXPECT_EQ(done.stored, 48U);
    EXPECT_EQ(done.quarantined, 52U);
}

TEST_F(DeskReadings, RebuiltTablesEqualTheLiveOnesAfterALongRandomRun) {
    const int refused = randomDuty(1500);
    EXPECT_GT(refused, 50) << "the run should meet refusals too";
    const auto live = desk->snapshot().state;
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
    ASSERT_TRUE(store);
    const auto before = (*store)->projectionDigest();
    ASSERT_TRUE(before);
    ASSERT_TRUE((*store)->rebuild());
    EXPECT_EQ(*before, (*store)->projectionDigest().value());
    const auto again = (*store)->loadState();
    ASSERT_TRUE(again);
    EXPECT_TRUE(*again == live);
    const auto fault = (*store)->verify();
    ASSERT_TRUE(fault);
    EXPECT_FALSE(*fault) << (*fault)->reason;
}
