#include "desk/desk_fixture.hpp"

#include "tocsin/desk/replay.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>

using namespace tocsin;
using namespace tocsin::test;
using base::Code;
using model::AlarmState;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

namespace {

class DeskUnits : public DeskFixture {
  protected:
    void SetUp() override { startWithTracks(); }
    void startWithTracks() {
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite, "testshire");
        ASSERT_TRUE(store) << store.error().message;
        auto readings = store::ReadingStore::open(folder.path() / "readings", store::Access::readWrite);
        ASSERT_TRUE(readings);
        auto tracks = store::TrackStore::open(folder.path() / "tracks", store::Access::readWrite);
        ASSERT_TRUE(tracks) << tracks.error().message;
        desk::Desk::Parts parts{std::move(*store), std::move(*readings), detect::Detector({}), {}, clock, ids};
        parts.tracks = std::move(*tracks);
        auto started = desk::Desk::start(std::move(parts));
        ASSERT_TRUE(started) << started.error().message;
        desk = std::move(*started);
    }
    void again() {
        desk.reset();
        startWithTracks();
    }
    desk::ReadingsDone tell(std::vector<model::UnitPosition> positions) {
        std::promise<base::Result<desk::ReadingsDone>> promise;
        desk->positions({"phones", std::move(positions)}, [&](auto result) { promise.set_value(std::move(result)); });
        auto result = promise.get_future().get();
        EXPECT_TRUE(result) << (result ? "" : result.error().message);
        return result ? *result : desk::ReadingsDone{};
    }
    model::UnitPosition position(const std::string& unit, double latitude, seconds ahead = seconds(0),
                                 const std::string& callSign = "Tanker 2") {
        model::UnitPosition p;
        p.unit = model::UnitId(unit);
        p.callSign = callSign;
        p.type = "a-f-G-U-C";
        p.time = clock.now() + ahead;
        p.stale = p.time + minutes(5);
        p.position = model::Position::trusted(latitude, 9.5);
        return p;
    }
    std::vector<std::string> types() {
        std::vector<std::string> out;
        for (const auto& entry : entries())
            out.push_back(entry.type);
        return out;
    }
    std::vector<model::Entry> entries() {
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        std::vector<model::Entry> out;
        (void)(*store)->read(1, [&](const model::Entry& entry) {
            out.push_back(entry);
            return true;
        });
        return out;
    }
    std::size_t count(const std::string& type) {
        const auto all = types();
        return static_cast<std::size_t>(std::count(all.begin(), all.end(), type));
    }
    model::Emergency beacon(bool active) {
        model::Emergency e;
        e.unit = model::UnitId("ANDROID-1");
        e.callSign = "Tanker 2";
        e.kind = "911 Alert";
        e.active = active;
        e.time = clock.now();
        e.position = model::Position::trusted(47.2, 9.6);
        return e;
    }
    const model::UnitId phone{"ANDROID-1"};
};

TEST_F(DeskUnits, AUnitIsWrittenDownOnceAndItsPlacesGoToTheTracks) {
    EXPECT_EQ(tell({position("ANDROID-1", 47.1), position("ANDROID-1", 47.2, seconds(1))}).stored, 2U);
    EXPECT_EQ(tell({position("ANDROID-1", 47.2, seconds(1))}).duplicates, 1U);
    EXPECT_EQ(types(), (std::vector<std::string>{"unit.heard"}));
    const auto now = desk->snapshot();
    EXPECT_EQ(now.state.units.at(phone).callSign, "Tanker 2");
    EXPECT_EQ(now.state.units.at(phone).feed, "phones");
    EXPECT_EQ(now.units.at(phone).newest.position.latitude(), 47.2);
    EXPECT_EQ(now.units.at(phone).previous->latitude(), 47.1);
    again();
    EXPECT_EQ(desk->snapshot().units.at(phone).newest.position.latitude(), 47.2);
}

TEST_F(DeskUnits, LateOnesAreKeptAndMoveNobody) {
    tell({position("ANDROID-1", 47.2)});
    EXPECT_EQ(tell({position("ANDROID-1", 47.1, seconds(-60))}).stored, 1U);
    EXPECT_EQ(desk->snapshot().units.at(phone).newest.position.latitude(), 47.2);
    // A clock far ahead is kept, and no better than none.
    EXPECT_EQ(tell({position("ANDROID-1", 48, hours(30))}).stored, 1U);
    EXPECT_EQ(desk->snapshot().units.at(phone).newest.position.latitude(), 47.2);
    // One that goes an hour ahead does not freeze the unit until then.
    tell({position("ANDROID-1", 47.3, hours(1))});
    clock.advance(seconds(5));
    tell({position("ANDROID-1", 47.4)});
    EXPECT_EQ(desk->snapshot().units.at(phone).newest.position.latitude(), 47.4);
}

TEST_F(DeskUnits, WhatIsNoPositionGoesToQuarantine) {
    auto other = position("ANDROID-1", 47.9);
    auto past = position("ANDROID-1", 47.1);
    past.time -= hours(24 * 365 * 30);
    EXPECT_EQ(tell({position("ANDROID-1", 47.1), other, past, position("", 47.1)}).quarantined, 3U);
    EXPECT_EQ(desk->snapshot().quarantined, 3);
}

TEST_F(DeskUnits, ACallSignBindsItsResource) {
    auto tanker = team("Tanker");
    tanker.callSign = "TANKER 2";
    auto twin = team("Twin");
    twin.callSign = "Twin";
    auto other = team("Other twin");
    other.callSign = "twin";
    must(desk::RegisterResources{{tanker, twin, other}});
    tell({position("ANDROID-1", 47.3), position("ANDROID-2", 47.3, seconds(0), "twin")});
    auto now = desk->snapshot();
    EXPECT_EQ(now.state.units.at(phone).resource, tanker.id);
    EXPECT_FALSE(now.state.units.at(model::UnitId("ANDROID-2")).resource) << "two resources are called so";
    EXPECT_EQ(now.state.resources.at(tanker.id).position.latitude(), 47.3);
    EXPECT_EQ(count("unit.bound"), 1U);
    EXPECT_EQ(count("resource.moved"), 1U);
}

TEST_F(DeskUnits, AResourceRegisteredAfterItsUnitWasHeardIsBoundByCallSign) {
    tell({position("ANDROID-1", 47.1), position("ANDROID-2", 47.2, seconds(0), "Tanker 3"),
          position("ANDROID-3", 47.3, seconds(0), "tanker 3")});
    auto tanker = team("Tanker");
    tanker.callSign = "TANKER 2 ";
    auto other = team("Other");
    other.callSign = "Tanker 3"; // two units call themselves so
    must(desk::RegisterResources{{tanker, other}});
    const auto state = desk->snapshot().state;
    EXPECT_EQ(state.units.at(model::UnitId("ANDROID-1")).resource, tanker.id);
    EXPECT_EQ(state.resources.at(tanker.id).position, model::Position::trusted(47.1, 9.5)) << "it is where its unit is";
    EXPECT_FALSE(state.units.at(model::UnitId("ANDROID-2")).resource);
    EXPECT_FALSE(state.units.at(model::UnitId("ANDROID-3")).resource);
    // What a person has undone stays undone though the record is written again.
    must(desk::BindUnit{model::UnitId("ANDROID-1"), std::nullopt});
    must(desk::RegisterResources{{tanker}});
    EXPECT_FALSE(desk->snapshot().state.units.at(model::UnitId("ANDROID-1")).resource);
    EXPECT_EQ(count("unit.bound"), 1U);
}

TEST_F(DeskUnits, ABoundResourceIsMovedOnceAMinuteAndOnlyWhereItHasMoved) {
    auto tanker = team("Tanker");
    tanker.callSign = "Tanker 2";
    must(desk::RegisterResources{{tanker}});
    for (int i = 0; i < 120; ++i) { // two minutes, some 111 metres a second
        clock.advance(seconds(1));
        tell({position("ANDROID-1", 47.3 + i * 0.001)});
    }
    EXPECT_EQ(count("resource.moved"), 2U);
    clock.advance(minutes(2));
    tell({position("ANDROID-1", 47.3 + 60 * 0.001 + 0.0001)});
    clock.advance(minutes(2));
    const auto before = count("resource.moved");
    tell({position("ANDROID-1", 47.3 + 60 * 0.001 + 0.0002)});
    EXPECT_EQ(count("resource.moved"), before) << "eleven metres are none";
}

TEST_F(DeskUnits, APersonBindsAndUnbinds) {
    auto boat = team("Boat");
    must(desk::RegisterResources{{boat}});
    tell({position("ANDROID-1", 47.3), position("ANDROID-2", 47.4, seconds(0), "X")});
    must(desk::BindUnit{phone, boat.id});
    EXPECT_EQ(desk->snapshot().state.resources.at(boat.id).position.latitude(), 47.3);
    EXPECT_EQ(run(desk::BindUnit{phone, boat.id}).error().code, Code::conflict);
    must(desk::BindUnit{model::UnitId("ANDROID-2"), boat.id});
    EXPECT_FALSE(desk->snapshot().state.units.at(phone).resource) << "one resource is where one unit is";
    must(desk::BindUnit{model::UnitId("ANDROID-2"), std::nullopt});
    EXPECT_EQ(run(desk::BindUnit{model::UnitId("nobody"), boat.id}).error().code, Code::notFound);
    EXPECT_EQ(run(desk::BindUnit{phone, ids.make<model::ResourceId>()}).error().code, Code::notFound);
}

TEST_F(DeskUnits, ChatIsWrittenDownOnceAlsoAfterARestart) {
    model::FieldMessage m;
    m.sourceId = "GeoChat.1";
    m.from = phone;
    m.callSign = "Tanker 2";
    m.room = "All Chat Rooms";
    m.text = "Bridge is gone";
    m.time = clock.now();
    const auto done = must(desk::TakeFieldMessage{"phones", m});
    ASSERT_EQ(done.entries.size(), 1U);
    EXPECT_EQ(done.entries[0].type, "chat.received");
    EXPECT_EQ(done.entries[0].subject, "ANDROID-1");
    EXPECT_EQ(done.entries[0].data.at("message").at("text"), "Bridge is gone");
    EXPECT_TRUE(must(desk::TakeFieldMessage{"phones", m}).duplicate);
    again();
    EXPECT_TRUE(must(desk::TakeFieldMessage{"phones", m}).duplicate);
    desk.reset();
    auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
    const auto before = (*store)->projectionDigest().value();
    ASSERT_TRUE((*store)->rebuild());
    EXPECT_EQ((*store)->projectionDigest().value(), before);
    EXPECT_TRUE((*store)->findBySource("chat", "GeoChat.1")->has_value());
}

TEST_F(DeskUnits, MarkersBecomeDrawingsNeverClosures) {
    const auto at = [](double lat, double lon) { return model::Position::trusted(lat, lon); };
    model::FieldMarker m;
    m.sourceId = "m-1";
    m.name = "Leak";
    m.by = "HOPE";
    m.line = {at(47.1, 9.5)};
    const auto first = must(desk::TakeFieldMarker{"phones", m});
    EXPECT_TRUE(must(desk::TakeFieldMarker{"phones", m}).duplicate);
    m.name = "Leak, large";
    EXPECT_EQ(must(desk::TakeFieldMarker{"phones", m}).ids, first.ids) << "it replaces what it was";
    m.line = {at(47.1, 9.5), at(47.1, 9.6), at(47.2, 9.6), at(47.1, 9.5)};
    must(desk::TakeFieldMarker{"phones", m});
    model::FieldMarker route;
    route.sourceId = "m-2";
    route.type = "b-m-r";
    route.line = {at(47.1, 9.5), at(47.1, 9.6)};
    must(desk::TakeFieldMarker{"phones", route});
    std::map<model::DrawingKind, int> standing;
    for (const auto& [id, drawing] : desk->snapshot().state.drawings) {
        EXPECT_FALSE(drawing.source.empty());
        if (!drawing.removedAt)
            ++standing[drawing.kind];
    }
    EXPECT_EQ(standing, (std::map<model::DrawingKind, int>{{model::DrawingKind::area, 1}, {model::DrawingKind::pin, 1}}));
    route.removed = true;
    must(desk::TakeFieldMarker{"phones", route});
    EXPECT_TRUE(must(desk::TakeFieldMarker{"phones", route}).duplicate);
    EXPECT_EQ(count("marker.removed"), 1U);
    m.line.clear();
    EXPECT_EQ(run(desk::TakeFieldMarker{"phones", m}, "feed:phones").error().code, Code::refused);
}

TEST_F(DeskUnits, ABeaconIsAnAlarmUntilItEnds) {
    tell({position("ANDROID-1", 47.1)});
    const auto raised = must(desk::TakeEmergency{"phones", beacon(true)});
    ASSERT_EQ(raised.entries.size(), 1U);
    EXPECT_EQ(raised.entries[0].type, "alarm.raised");
    auto alarm = desk->snapshot().state.alarms.begin()->second;
    EXPECT_EQ(alarm.rule, "beacon");
    EXPECT_EQ(alarm.source, "unit:ANDROID-1");
    EXPECT_EQ(alarm.severity, model::Grade::I);
    EXPECT_NE(alarm.title.text.find("Tanker 2"), std::string::npos);
    EXPECT_EQ(alarm.position.latitude(), 47.2);
    EXPECT_TRUE(desk->snapshot().state.units.at(phone).emergency);
    EXPECT_TRUE(must(desk::TakeEmergency{"phones", beacon(true)}).duplicate);
    must(desk::TakeEmergency{"phones", beacon(false)});
    EXPECT_EQ(desk->snapshot().state.alarms.at(alarm.id).state, AlarmState::returnedUnacknowledged);
    EXPECT_FALSE(desk->snapshot().state.units.at(phone).emergency);
    must(desk::TakeEmergency{"phones", beacon(true)});
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 1U) << "the same alarm, for nobody has seen it yet";
    must(desk::AcknowledgeAlarm{alarm.id});
    must(desk::TakeEmergency{"phones", beacon(false)});
    EXPECT_EQ(desk->snapshot().state.alarms.at(alarm.id).state, AlarmState::normal);
    must(desk::TakeEmergency{"phones", beacon(true)});
    EXPECT_EQ(desk->snapshot().state.alarms.size(), 2U);
}

TEST_F(DeskUnits, ThePastShowsWhereTheyWere) {
    const auto then = clock.now();
    tell({position("ANDROID-1", 47.1)});
    clock.advance(minutes(10));
    tell({position("ANDROID-1", 47.2)});
    auto replay = desk::Replay::open(folder.path() / "tocsin.db", folder.path() / "readings");
    ASSERT_TRUE(replay) << replay.error().message;
    EXPECT_EQ((*replay)->pictureAt(then + minutes(5)).value()->units.at(phone).newest.position.latitude(), 47.1);
    EXPECT_EQ((*replay)->pictureAt(then + minutes(15)).value()->units.at(phone).newest.position.latitude(), 47.2);
    EXPECT_TRUE((*replay)->pictureAt(then + hours(48)).value()->units.empty());
}

TEST_F(DeskUnits, WhatIsWrittenToAUnitIsJournalledWithWhatCameOfIt) {
    tell({position("phone-1", 47.1)});
    auto tracker = position("boat", 47.2, seconds(0), "Boat 1");
    tracker.type = "ais";
    tell({tracker});
    const auto done = must(desk::WriteToUnit{model::UnitId("phone-1"), "回来 – come back"});
    ASSERT_EQ(done.entries.size(), 1U);
    const auto& sent = done.entries.front();
    EXPECT_EQ(sent.type, "chat.sent");
    EXPECT_EQ(sent.subject, "phone-1");
    EXPECT_EQ(sent.actor, "M. Keller");
    EXPECT_EQ(sent.data.at("message").at("text"), "回来 – come back");
    EXPECT_EQ(sent.data.at("message").at("callSign"), "Tanker 2");
    EXPECT_EQ(sent.data.at("message").at("sourceId"), done.ids.at(0));
    must(desk::RecordWritten{model::UnitId("phone-1"), done.ids.at(0), false});
    EXPECT_EQ(types().back(), "chat.missed");
    must(desk::RecordWritten{model::UnitId("phone-1"), done.ids.at(0), true});
    EXPECT_EQ(types().back(), "chat.handed");
    EXPECT_EQ(run(desk::WriteToUnit{model::UnitId("boat"), "Hello"}).error().code, Code::refused) << "it only tells where it is";
    EXPECT_FALSE(run(desk::WriteToUnit{model::UnitId("phone-1"), ""}));
    EXPECT_FALSE(run(desk::WriteToUnit{model::UnitId("phone-1"), std::string(1'601, 'x')}));
    EXPECT_FALSE(run(desk::WriteToUnit{model::UnitId("phone-1"), "\xFF"}));
}

} // namespace
