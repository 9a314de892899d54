#include "tocsin/model/json.hpp"
#include "tocsin/model/state.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::model;

namespace {
const base::Time noon = *base::parseTime("2026-11-20T12:00:00Z");
} // namespace

TEST(Position, IsCheckedAtTheBorder) {
    EXPECT_TRUE(Position::checked({90, 180, Datum::wgs84}));
    EXPECT_FALSE(Position::checked({90.001, 0, Datum::wgs84}));
    EXPECT_FALSE(Position::checked({0, -180.1, Datum::wgs84}));
    EXPECT_FALSE(Position::checked({0.0 / 0.0, 0, Datum::wgs84}));
    EXPECT_FALSE(Position::checked({30, 110, Datum::gcj02})) << "another datum must be converted first";
}

TEST(CallList, GoesThroughJsonAndIntoTheState) {
    base::SeededIdSource ids(noon);
    CallList list;
    list.id = ids.make<CallListId>();
    list.name = "Flood";
    list.steps = {{"Anna", "1", "leader", {}, base::Seconds(60)}, {"", "", "", ids.make<ResourceId>(), base::Seconds(300)}};
    list.changedAt = noon;
    list.changedBy = "M. Keller";
    EXPECT_EQ(nlohmann::json(list).get<CallList>(), list);
    EntryDraft draft;
    addChange(draft.data, list);
    State state;
    apply(state, draft);
    EXPECT_EQ(state.callLists.at(list.id), list);
    list.removed = true;
    EXPECT_EQ(nlohmann::json(list).get<CallList>(), list);
}

TEST(DecisionChoice, OfBeforeTheWholeNeedWasKeptIsStillRead) {
    base::SeededIdSource ids(noon);
    DecisionChoice choice;
    choice.resource = ids.make<ResourceId>();
    choice.need.kind = NeedKind::supply;
    choice.need.supply = "3010101";
    choice.need.amount = 500;
    auto stored = nlohmann::json(choice);
    EXPECT_EQ(stored.get<DecisionChoice>(), choice);
    stored.erase("need");
    stored["capability"] = "pumping";
    const auto old = stored.get<DecisionChoice>();
    EXPECT_EQ(old.need.capability, "pumping");
    EXPECT_EQ(old.need.quantity, 0) << "how many were wanted is not known";
}

TEST(CallDown, OfBeforeThereWereKeptListsIsStillRead) {
    const auto old = nlohmann::json::parse(R"({"id":"01a1f7f8-3000-7000-9b9c-559891948d23","title":"Divers","people":[{"name":"Anna","phone":"1"}],
        "at":0,"every":60,"state":"running","startedAt":"2026-11-20T12:00:00Z","startedBy":"M. Keller"})");
    const auto read = old.get<CallDown>();
    EXPECT_FALSE(read.list);
    EXPECT_EQ(read.people.at(0).wait.value, 0);
    EXPECT_FALSE(nlohmann::json(read).at("people").at(0).contains("wait")) << "and written as it was";
}

TEST(AidItem, WhatIsLentOfItGoesThroughJsonAndOldJournalsLendAll) {
    AidItem item{"3010101", base::LocalText("Sandbag"), 2000, "piece"};
    const nlohmann::json old = item;
    EXPECT_FALSE(old.contains("promised")) << "written as ever";
    EXPECT_EQ(lentOf(old.get<AidItem>()), 2000);
    item.promised = 500;
    const auto back = nlohmann::json::parse(nlohmann::json(item).dump()).get<AidItem>();
    EXPECT_EQ(back, item);
    EXPECT_EQ(lentOf(back), 500);
    item.promised = -1;
    EXPECT_EQ(lentOf(item), 0);
}

TEST(State, AnEntrysAfterImagesMakeTheState) {
    State state;
    EntryDraft draft;
    Incident incident;
    base::SeededIdSource ids(noon);
    incident.id = ids.make<IncidentId>();
    incident.title = {"Seepage"};
    incident.title.translations["zh_CN"] = "渗漏";
    incident.needs = {{"dyke-defence", 2, 3}};
    incident.openedAt = noon;
    Alarm a;
    a.id = ids.make<AlarmId>();
    a.incident = incident.id;
    a.saw = {{noon, 4.2}};
    Alarm b = a;
    b.id = ids.make<AlarmId>();
    addChange(draft.data, incident);
    addChange(draft.data, a);
    addChange(draft.data, b);
    draft.data["reason"] = "a fact that changes nothing";
    const auto text = draft.data.dump();
    draft.data = nlohmann::json::parse(text);
    apply(state, draft);
    EXPECT_EQ(state.incidents.at(incident.id), incident);
    EXPECT_EQ(state.alarms.size(), 2U);
    EXPECT_EQ(state.alarms.at(a.id), a);
    apply(state, draft);
    EXPECT_EQ(state.alarms.size(), 2U) << "an image is the whole thing: twice is once";
}

TEST(AlarmJson, ALimitOfZeroIsToldFromNoneAndOldJournalsHadNone) {
    base::SeededIdSource ids(noon);
    Alarm alarm;
    alarm.id = ids.make<AlarmId>();
    const auto readBack = [](const Alarm& one) { return nlohmann::json::parse(nlohmann::json(one).dump()).get<Alarm>(); };
    EXPECT_EQ(nlohmann::json(alarm).at("threshold"), 0.0) << "as it was written ever since";
    EXPECT_EQ(readBack(alarm).threshold, std::nullopt);
    alarm.threshold = 0;
    EXPECT_EQ(readBack(alarm).threshold, 0.0);
    alarm.threshold = 4.2;
    alarm.over = std::chrono::hours(3);
    alarm.escalatedTo = "leader";
    alarm.unseenSince = noon;
    EXPECT_EQ(readBack(alarm), alarm);
}

TEST(ChainHash, EveryFieldCounts) {
    EntryDraft draft;
    draft.type = "note.written";
    draft.subject = "desk";
    draft.time = noon;
    draft.actor = "A";
    const base::Digest start{};
    const auto original = chainHash(start, 1, "urn:x", draft, "{}");
    const auto differs = [&](auto change) {
        auto other = draft;
        change(other);
        return chainHash(start, 1, "urn:x", other, "{}") != original;
    };
    EXPECT_TRUE(differs([](auto& d) { d.type = "note.writte"; }));
    EXPECT_TRUE(differs([](auto& d) { d.actor = "B"; }));
    EXPECT_TRUE(differs([](auto& d) { d.time += std::chrono::microseconds(1); }));
    EXPECT_TRUE(differs([](auto& d) {
        d.type = "note.writtend";
        d.subject = "esk";
    })) << "no field runs into the next";
    EXPECT_NE(chainHash(start, 2, "urn:x", draft, "{}"), original);
    EXPECT_NE(chainHash(original, 1, "urn:x", draft, "{}"), original);
}

TEST(CloudEvent, HasTheRequiredAttributes) {
    Entry entry;
    entry.type = "alarm.raised";
    entry.source = "urn:tocsin:testshire";
    entry.time = noon;
    const auto event = toCloudEvent(entry);
    EXPECT_EQ(event.at("specversion"), "1.0");
    for (const char* key : {"id", "source", "type", "time", "data", "seq", "hash"})
        EXPECT_TRUE(event.contains(key)) << key;
}

TEST(Progress, IsClampedAndNeedsARoute) {
    Assignment a;
    a.state = AssignmentState::enRoute;
    a.departedAt = noon;
    EXPECT_FALSE(progressOf(a, noon));
    a.route.points = {Position::trusted(47, 9), Position::trusted(47, 10)};
    a.route.secondsAt = {0, 100};
    EXPECT_DOUBLE_EQ(progressOf(a, noon - std::chrono::hours(1))->fraction, 0);
    EXPECT_DOUBLE_EQ(progressOf(a, noon + std::chrono::hours(1))->fraction, 1);
    EXPECT_NEAR(progressOf(a, noon + std::chrono::seconds(25))->position.longitude(), 9.25, 1e-9);
    EXPECT_NEAR(progressOf(a, noon)->headingDegrees, 90, 1e-6);
}

TEST(Progress, GoesOnFromWhereItWasLastToldToBe) {
    Assignment a;
    a.state = AssignmentState::enRoute;
    a.departedAt = noon;
    a.route.points = {Position::trusted(47, 9), Position::trusted(47, 9.1)};
    a.route.secondsAt = {0, 1000};
    Resource team;
    team.position = Position::trusted(47.0001, 9.02); // it should be at 9.05
    team.positionTime = noon + std::chrono::seconds(500);
    const auto at = [&](int seconds) { return *progressOf(a, &team, noon + std::chrono::seconds(seconds)); };
    EXPECT_NEAR(at(500).position.longitude(), 9.02, 1e-6) << "it stands in a queue";
    EXPECT_NEAR(at(500).left.value, 800, 0.1);
    EXPECT_NEAR(at(560).left.value, 740, 0.1);
    EXPECT_NEAR(at(900).left.value, 680, 0.1) << "it is not moved on for ever";
    team.position = Position::trusted(47.02, 9.02); // two kilometres beside its way
    EXPECT_EQ(at(510).position, team.position);
    team.positionTime = noon - std::chrono::seconds(5);
    EXPECT_NEAR(at(500).position.longitude(), 9.05, 1e-6) << "what was told before it left tells nothing";
    EXPECT_NEAR(progressOf(a, nullptr, noon + std::chrono::seconds(500))->fraction, 0.5, 1e-9);
}

TEST(Warning, ItsTrustAndThatItIsHeldGoThroughJsonAndOldOnesHaveNone) {
    Warning w;
    w.state = WarningState::held;
    nlohmann::json out = w;
    EXPECT_EQ(out.at("state"), "held");
    EXPECT_FALSE(out.contains("trust"));
    EXPECT_EQ(out.get<Warning>(), w);
    w.trust = Trust::known;
    out = w;
    EXPECT_EQ(out.get<Warning>(), w);
    Earthquake quake;
    out = quake;
    EXPECT_FALSE(out.contains("trust"));
    quake.trust = Trust::official;
    out = quake;
    EXPECT_EQ(out.get<Earthquake>(), quake);
    Sensor sensor;
    sensor.unit = "m";
    out = sensor;
    EXPECT_FALSE(out.contains("sentUnit"));
    sensor.sentUnit = "ft";
    out = sensor;
    EXPECT_EQ(out.get<Sensor>(), sensor);
}

TEST(Warning, AnInfosOwnColourGoesThroughJsonAndOldOnesHaveTheMessages) {
    Warning w;
    w.colour = Grade::I;
    w.infos.resize(2);
    w.infos[1].colour = Grade::III;
    const nlohmann::json out = w;
    EXPECT_EQ(out.get<Warning>(), w);
    EXPECT_FALSE(out["infos"][0].contains("colour"));
    EXPECT_EQ(colourOf(w, w.infos[0]), Grade::I);
    EXPECT_EQ(colourOf(w, w.infos[1]), Grade::III);
}

TEST(Warning, TheInfoForAReader) {
    Warning w;
    EXPECT_EQ(infoFor(w, "en"), nullptr);
    for (const char* language : {"de-DE", "en", "zh-CN"})
        w.infos.emplace_back().language = language;
    EXPECT_EQ(infoFor(w, "zh_CN")->language, "zh-CN");
    EXPECT_EQ(infoFor(w, "de")->language, "de-DE");
    EXPECT_EQ(infoFor(w, "fr")->language, "en");
}

TEST(Words, EveryStateHasAWordThatReadsBack) {
    for (int i = 0; i < 8; ++i)
        EXPECT_EQ(static_cast<int>(*alarmStateFrom(toString(static_cast<AlarmState>(i)))), i);
    for (int i = 0; i < 6; ++i)
        EXPECT_EQ(static_cast<int>(*assignmentStateFrom(toString(static_cast<AssignmentState>(i)))), i);
    EXPECT_EQ(gradeFrom("orange"), Grade::II);
    EXPECT_FALSE(gradeFrom("purple"));
}

TEST(Drawing, GoesThroughTheJournalAndHoldsForItsTime) {
    base::SeededIdSource ids(noon);
    Drawing drawing;
    drawing.id = ids.make<DrawingId>();
    drawing.kind = DrawingKind::closure;
    drawing.name = {"Rheinstrasse"};
    drawing.name.translations["zh_CN"] = "莱茵街";
    drawing.note = "bridge washed out";
    drawing.line = {Position::trusted(47.1, 9.5), Position::trusted(47.2, 9.6)};
    drawing.by = "M. Keller";
    drawing.drawnAt = noon;
    drawing.until = noon + std::chrono::hours(2);
    EntryDraft draft;
    addChange(draft.data, drawing);
    draft.data = nlohmann::json::parse(draft.data.dump());
    State state;
    apply(state, draft);
    EXPECT_EQ(state.drawings.at(drawing.id), drawing);

    EXPECT_FALSE(holds(drawing, noon - std::chrono::seconds(1)));
    EXPECT_TRUE(holds(drawing, noon));
    EXPECT_FALSE(holds(drawing, noon + std::chrono::hours(2)));
    drawing.removedAt = noon + std::chrono::hours(1);
    EXPECT_TRUE(holds(drawing, noon + std::chrono::minutes(59)));
    EXPECT_FALSE(holds(drawing, noon + std::chrono::hours(1)));
    EXPECT_FALSE(isRing(drawing.line));
    drawing.line.push_back(Position::trusted(47.2, 9.5));
    EXPECT_FALSE(isRing(drawing.line));
    drawing.line.push_back(drawing.line.front());
    EXPECT_TRUE(isRing(drawing.line));
    for (const auto kind : {DrawingKind::area, DrawingKind::closure, DrawingKind::pin})
        EXPECT_EQ(drawingKindFrom(toString(kind)), kind);
    EXPECT_FALSE(drawingKindFrom("circle"));
}
