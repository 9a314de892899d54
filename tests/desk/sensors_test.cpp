#include "desk/desk_fixture.hpp"
#include "tocsin/desk/sensor_checks.hpp"
#include "tocsin/desk/unit_converter.hpp"
#include "tocsin/desk/unknown_sensor.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <limits>

// The register of sensors: what can stand in it, how it is changed, and what comes of it for readings.

namespace {

using namespace tocsin;
using base::Code;
using ::testing::HasSubstr;

class SensorRegister : public test::DeskFixture {
  protected:
    static model::SensorId sensorId(const std::string& id = "rhine-vaduz") { return model::SensorId(id); }
    model::Sensor standing(const std::string& id = "rhine-vaduz") { return desk->snapshot().state.sensors.at(sensorId(id)); }
    /// As an editor sends it.
    base::Result<desk::Done> edit(const model::Sensor& seen, const model::Sensor& edited) {
        return run(desk::RegisterSensors{{edited}, std::vector{seen}});
    }
    void refused(const model::Sensor& sensor, Code code, const std::string& says) {
        const auto done = run(desk::RegisterSensors{{gauge("good"), sensor}});
        ASSERT_FALSE(done) << says;
        EXPECT_EQ(done.error().code, code) << done.error().message;
        EXPECT_THAT(done.error().message, HasSubstr(says));
    }
};

TEST_F(SensorRegister, WhatCannotBeIsRefusedWithItsFieldAndNothingOfTheCommandIsTaken) {
    const auto with = [this](auto change) {
        auto sensor = gauge("bad");
        change(sensor);
        return sensor;
    };
    static constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    static constexpr double infinite = std::numeric_limits<double>::infinity();
    refused(with([](auto& s) { s.id.value.clear(); }), Code::refused, "id is empty");
    refused(with([](auto& s) { s.id.value = std::string(model::mostSensorId + 1, 'x'); }), Code::tooLarge, "longer than 120");
    refused(with([](auto& s) { s.id.value = "a\nb"; }), Code::malformed, "line break");
    refused(with([](auto& s) { s.id.value = "a\x01"; }), Code::malformed, "control character");
    refused(with([](auto& s) { s.name = "\xC3"; }), Code::malformed, "the name of sensor 'bad'");
    refused(with([](auto& s) { s.name.translations["zh_CN"] = std::string(5'000, 'x'); }), Code::tooLarge, "the name of sensor 'bad'");
    refused(with([](auto& s) { s.unit = std::string(model::mostSensorUnit + 1, 'm'); }), Code::tooLarge, "the unit");
    refused(with([](auto& s) { s.lowest = nan; }), Code::outOfRange, "the lowest value");
    refused(with([](auto& s) { s.highest = infinite; }), Code::outOfRange, "the highest value");
    refused(with([](auto& s) { s.highest = 1e300; }), Code::outOfRange, "the highest value");
    refused(with([](auto& s) { s.lowest = 12; }), Code::outOfRange, "not below its highest");
    refused(with([](auto& s) { s.silentAfter = base::Duration{0}; }), Code::outOfRange, "silence limit");
    refused(with([](auto& s) { s.silentAfter = std::chrono::hours(-1); }), Code::outOfRange, "silence limit");
    refused(with([](auto& s) { s.silentAfter = base::Duration::max(); }), Code::outOfRange, "silence limit");
    refused(gauge("good"), Code::conflict, "named twice");
    EXPECT_EQ(run(desk::RegisterSensors{}).error().code, Code::refused);
    EXPECT_TRUE(desk->snapshot().state.sensors.empty());
}

TEST_F(SensorRegister, AUnitThatNobodyKnowsIsTakenOnlyWhereItIsMeant) {
    auto sensor = gauge("turbid");
    sensor.unit = "NTU";
    refused(sensor, Code::notFound, "nobody knows the unit 'NTU'");
    must(desk::RegisterSensors{{sensor}, std::nullopt, true});
    EXPECT_EQ(standing("turbid").unit, "NTU");
    // It is asked once: what stands already is not doubted again.
    auto named = standing("turbid");
    named.name = "Turbidity at the weir";
    EXPECT_TRUE(edit(standing("turbid"), named));
    EXPECT_EQ(send({reading(0, 3, "turbid", "NTU"), reading(1, 3, "turbid", "")}).stored, 2U);
    EXPECT_EQ(send({reading(2, 3, "turbid", "m")}).quarantined, 1U);
    desk::UnitConverter units;
    for (const char* known : {"m", "mm/h", "°C", "Cel", "%", "%/m", "mm/day", "intensity", "", " m "})
        EXPECT_TRUE(units.knows(known)) << known;
    for (const char* unknown : {"mter", "NTU", "\xFF"})
        EXPECT_FALSE(units.knows(unknown)) << unknown;
    EXPECT_FALSE(units.knows(std::string(1'000, 'm')));
}

TEST_F(SensorRegister, AnEditorChangesWhatItChangedAndTheRestStaysAsItStands) {
    must(desk::RegisterSensors{{gauge()}});
    const auto seen = standing();
    must(desk::SetSensorService{sensorId(), false, "new batteries"});
    auto mine = seen;
    mine.silentAfter = std::chrono::minutes(30);
    const auto done = edit(seen, mine);
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->entries.at(0).type, "sensor.changed");
    EXPECT_EQ(standing().outOfService, "new batteries") << "who edits does not put it back into service";
    EXPECT_TRUE(edit(seen, mine)->duplicate) << "the same again is nothing";
    // Somebody else, who saw it before, changes another field; then the same one.
    auto other = seen;
    other.highest = 9;
    ASSERT_TRUE(edit(seen, other));
    EXPECT_EQ(standing().silentAfter, base::Duration(std::chrono::minutes(30)));
    EXPECT_EQ(standing().highest, 9);
    auto third = seen;
    third.highest = 15;
    const auto clash = edit(seen, third);
    ASSERT_FALSE(clash);
    EXPECT_EQ(clash.error().code, Code::conflict);
    EXPECT_THAT(clash.error().message, HasSubstr("highest value"));
    // Each half is right by itself, and both are not.
    auto low = seen;
    low.lowest = 10;
    EXPECT_EQ(edit(seen, low).error().code, Code::outOfRange);
    // A new one does not go over one that is there.
    EXPECT_EQ(run(desk::RegisterSensors{{gauge()}, std::vector<model::Sensor>{}}).error().code, Code::conflict);
    EXPECT_TRUE(run(desk::RegisterSensors{{gauge("new")}, std::vector<model::Sensor>{}}));
    restart();
    EXPECT_EQ(standing().highest, 9);
}

TEST_F(SensorRegister, AUnitStaysOnceThereAreReadingsInIt) {
    must(desk::RegisterSensors{{gauge()}});
    auto feet = gauge();
    feet.unit = "ft";
    EXPECT_TRUE(run(desk::RegisterSensors{{feet}})) << "nothing is stored in it yet";
    send({reading(0, 3)});
    const auto done = run(desk::RegisterSensors{{gauge()}});
    ASSERT_FALSE(done);
    EXPECT_THAT(done.error().message, HasSubstr("has readings in 'ft'"));
    restart();
    EXPECT_FALSE(run(desk::RegisterSensors{{gauge()}})) << "the desk still knows after a restart";
}

TEST_F(SensorRegister, WhatAPersonSaysOfAFeedsSensorIsTheCountysWord) {
    auto brought = gauge("ea-1");
    must(desk::TakeSensors{"ea", {brought}});
    auto patient = standing("ea-1");
    patient.silentAfter = std::chrono::hours(2);
    ASSERT_TRUE(edit(standing("ea-1"), patient));
    EXPECT_EQ(standing("ea-1").feed, "ea") << "a limit of silence no feed describes";
    brought.name = "Thames at Reading";
    must(desk::TakeSensors{"ea", {brought}});
    EXPECT_EQ(standing("ea-1").name.text, "Thames at Reading");
    EXPECT_EQ(standing("ea-1").silentAfter, base::Duration(std::chrono::hours(2)));
    auto named = standing("ea-1");
    named.name = "Bridge gauge";
    ASSERT_TRUE(edit(standing("ea-1"), named));
    EXPECT_TRUE(standing("ea-1").feed.empty());
    EXPECT_TRUE(must(desk::TakeSensors{"ea", {brought}}).duplicate);
    EXPECT_EQ(standing("ea-1").name.text, "Bridge gauge");
}

TEST_F(SensorRegister, AReadingOfAnUnknownSensorNamesItAndIsTakenOnceItIsRegistered) {
    EXPECT_EQ(send({reading(0, 1.0, "well-7"), reading(1, 1.1, "well-7")}).quarantined, 2U);
    desk.reset();
    {
        const auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        ASSERT_TRUE(store);
        const auto page = (*store)->quarantined({});
        ASSERT_TRUE(page);
        ASSERT_EQ(page->items.size(), 1U);
        EXPECT_EQ(desk::unknownSensorOf(page->items.front().error), "well-7") << page->items.front().error.message;
    }
    start();
    must(desk::RegisterSensors{{gauge("well-7")}});
    EXPECT_EQ(send({reading(0, 1.0, "well-7"), reading(1, 1.1, "well-7")}).stored, 2U);
}

TEST(UnknownSensor, IsReadBackFromItsReasonAndFromNoOther) {
    for (const char* id : {"a", "it's", "x' is registered", "水位-1"})
        EXPECT_EQ(desk::unknownSensorOf(desk::unknownSensor(id)), id);
    auto more = desk::unknownSensor("a");
    more.message += " (the first of 3 readings)";
    EXPECT_EQ(desk::unknownSensorOf(more), "a");
    EXPECT_FALSE(desk::unknownSensorOf({Code::malformed, desk::unknownSensor("a").message, {}}));
    EXPECT_FALSE(desk::unknownSensorOf({Code::notFound, "no sensor '' is registered", {}}));
    EXPECT_FALSE(desk::unknownSensorOf({Code::notFound, "there is no county", {}}));
}

} // namespace
