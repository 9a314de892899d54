#include "desk/desk_fixture.hpp"

#include "tocsin/model/json.hpp"

#include <gmock/gmock.h>
#include <limits>

using namespace tocsin;
using namespace tocsin::test;
using model::AssignmentState;
using ::testing::HasSubstr;

namespace {

class Commands : public DeskFixture {};

model::Warning capMessage(const std::string& identifier, const std::string& type = "Alert",
                          std::vector<model::WarningReference> references = {}) {
    model::Warning w;
    w.identifier = identifier;
    w.sender = "met@example.org";
    w.sent = *base::parseTime("2026-11-20T07:00:00Z");
    w.version = "1.2";
    w.capStatus = "Actual";
    w.msgType = type;
    w.scope = "Public";
    w.references = std::move(references);
    w.infos.emplace_back();
    w.expires = *base::parseTime("2026-11-20T18:00:00Z");
    return w;
}

} // namespace

TEST_F(Commands, SameCommandTwiceIsDoneOnceAndAnsweredTheSame) {
    const desk::Command command{desk->newCommandId(), "M. Keller", desk::WriteNote{"called back Mrs Ott", {}}};
    auto first = desk->submit(command).get();
    auto second = desk->submit(command).get();
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(first->duplicate);
    EXPECT_TRUE(second->duplicate);
    ASSERT_EQ(second->entries.size(), 1U);
    EXPECT_EQ(first->entries[0].id, second->entries[0].id);
    EXPECT_EQ(desk->snapshot().lastSeq, 1);
    restart();
    auto third = desk->submit(command).get();
    ASSERT_TRUE(third);
    EXPECT_TRUE(third->duplicate);
    EXPECT_EQ(desk->snapshot().lastSeq, 1);
}

TEST_F(Commands, AResourceIsNeverAssignedTwice) {
    const auto a = team("Vaduz 1");
    const auto b = team("Vaduz 2");
    must(desk::RegisterResources{{a, b}});
    const auto first = openIncident();
    const auto second = openIncident();
    must(sending(first, {a.id}, 240));
    auto refused = run(sending(second, {b.id, a.id}));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::Code::conflict);
    EXPECT_THAT(refused.error().message, HasSubstr("Vaduz 1 is already assigned"));
    // Refused whole: the other team was not sent either.
    EXPECT_EQ(desk->snapshot().state.resources.at(b.id).status, model::ResourceStatus::available);
    auto twice = run(sending(second, {b.id, b.id}, 1));
    EXPECT_FALSE(twice);
}

TEST_F(Commands, AnAssignmentGoesStepByStepAndEachStepIsAnEntry) {
    const auto a = team("Vaduz 1");
    must(desk::RegisterResources{{a}});
    const auto incident = openIncident();
    model::RouteLine route;
    route.points = {model::Position::trusted(47.15, 9.52), model::Position::trusted(47.14, 9.515),
                    model::Position::trusted(47.13, 9.51)};
    route.secondsAt = {0, 60, 120};
    route.duration = base::Seconds(120);
    route.length = base::Metres(2400);
    auto plan = sending(incident, {a.id}, 120);
    plan.decision.lines[0].route = route;
    const auto sent = must(plan);
    ASSERT_EQ(sent.entries.size(), 3U);
    EXPECT_EQ(sent.entries[0].type, "decision.sent");
    EXPECT_EQ(sent.entries[1].type, "assignment.proposed");
    EXPECT_EQ(sent.entries[2].type, "assignment.notified");
    const auto id = *model::AssignmentId::parse(sent.ids.at(1));

    auto skipped = run(desk::AdvanceAssignment{id, AssignmentState::onScene});
    ASSERT_FALSE(skipped);
    EXPECT_EQ(skipped.error().code, base::Code::conflict);
    auto refusedClose = run(desk::CloseIncident{incident, "all done"});
    ASSERT_FALSE(refusedClose);
    EXPECT_THAT(refusedClose.error().message, HasSubstr("release them first"));

    EXPECT_EQ(must(desk::AdvanceAssignment{id, AssignmentState::accepted}).entries.at(0).type, "assignment.accepted");
    EXPECT_EQ(must(desk::AdvanceAssignment{id, AssignmentState::enRoute}).entries.at(0).type, "assignment.en-route");
    clock.advance(std::chrono::seconds(60));
    const auto half = model::progressOf(desk->snapshot().state.assignments.at(id), clock.now());
    ASSERT_TRUE(half);
    EXPECT_NEAR(half->fraction, 0.5, 1e-9);
    EXPECT_NEAR(half->position.latitude(), 47.14, 1e-6);
    EXPECT_NEAR(half->left.value, 60, 1e-6);
    clock.advance(std::chrono::seconds(60));
    EXPECT_EQ(must(desk::AdvanceAssignment{id, AssignmentState::onScene}).entries.at(0).type, "assignment.on-scene");
    EXPECT_NEAR(desk->snapshot().state.resources.at(a.id).position.latitude(), 47.13, 1e-6);
    EXPECT_EQ(must(desk::AdvanceAssignment{id, AssignmentState::released}).entries.at(0).type, "assignment.released");
    EXPECT_EQ(desk->snapshot().state.resources.at(a.id).status, model::ResourceStatus::available);
    EXPECT_FALSE(run(desk::AdvanceAssignment{id, AssignmentState::released}));
    must(desk::CloseIncident{incident, "all done"});
}

TEST_F(Commands, OpeningFromAnAlarmAcknowledgesItAndTakesThePlansNeeds) {
    must(desk::RegisterSensors{{gauge()}});
    send({reading(0, 4.6)});
    const auto alarm = desk->snapshot().state.alarms.begin()->second;
    desk::OpenIncident open;
    open.title = "Dyke";
    open.hazard = "flood";
    open.grade = model::Grade::II;
    open.alarms = {alarm.id};
    const auto id = *model::IncidentId::parse(must(open).ids.at(0));
    const auto state = desk->snapshot().state;
    const auto& incident = state.incidents.at(id);
    EXPECT_EQ(incident.number, "2026-0001");
    ASSERT_EQ(incident.needs.size(), 1U);
    EXPECT_EQ(incident.needs[0].capability, "dyke-defence");
    EXPECT_EQ(state.alarms.at(alarm.id).state, model::AlarmState::acknowledged);
    EXPECT_EQ(state.alarms.at(alarm.id).incident, id);
    EXPECT_FALSE(run(open)) << "one alarm, two open incidents";
}

TEST_F(Commands, AWarningIsKnownAgainAndUpdatesActOnWhatTheyName) {
    const auto first = must(desk::TakeWarning{"cap", capMessage("A1")});
    auto again = run(desk::TakeWarning{"other-feed", capMessage("A1")});
    ASSERT_TRUE(again);
    EXPECT_TRUE(again->duplicate);
    EXPECT_EQ(again->ids, first.ids);
    must(
        desk::TakeWarning{"cap", capMessage("A2", "Update", {{"met@example.org", "A1", "2026-11-20T08:00:00+01:00"}})});
    const auto id = *model::WarningId::parse(first.ids.at(0));
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::superseded);
    must(desk::TakeWarning{"cap", capMessage("A3", "Cancel", {{"met@example.org", "A2", "2026-11-20T07:00:00Z"}})});
    for (const auto& [unused, warning] : desk->snapshot().state.warnings)
        EXPECT_NE(warning.state, model::WarningState::inForce) << warning.identifier;
}

TEST_F(Commands, ACancellationThatTakesNothingBackIsNotToldAsIfItHad) {
    auto alert = capMessage("C1");
    alert.trust = model::Trust::official;
    const auto first = must(desk::TakeWarning{"cap", alert});
    auto cancel = capMessage("C2", "Cancel", {{"met@example.org", "C1", "2026-11-20T07:00:00Z"}});
    EXPECT_EQ(must(desk::TakeWarning{"http", cancel}).entries.at(0).type, "warning.cancel-ignored") << "who says so is believed less";
    const auto id = *model::WarningId::parse(first.ids.at(0));
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::inForce);
    const auto unknown = capMessage("C3", "Cancel", {{"met@example.org", "nothing", "2026-11-20T07:00:00Z"}});
    EXPECT_EQ(must(desk::TakeWarning{"cap", unknown}).entries.at(0).type, "warning.cancel-ignored");
    cancel.identifier = "C4";
    cancel.trust = model::Trust::official;
    EXPECT_EQ(must(desk::TakeWarning{"cap", cancel}).entries.at(0).type, "warning.cancelled");
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::cancelled);
}

TEST_F(Commands, AnUpdateThatComesBeforeItsAlertStillReplacesIt) {
    must(desk::TakeWarning{"cap", capMessage("B2", "Update", {{"met@example.org", "B1", "2026-11-20T07:00:00Z"}})});
    const auto late = must(desk::TakeWarning{"cap", capMessage("B1")});
    const auto id = *model::WarningId::parse(late.ids.at(0));
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::superseded);
}

TEST_F(Commands, AHeldWarningDoesNothingUntilSomebodyAcceptsIt) {
    using model::WarningState;
    const auto stateOf = [&](const desk::Done& done) {
        return desk->snapshot().state.warnings.at(*model::WarningId::parse(done.ids.at(0))).state;
    };
    const auto first = must(desk::TakeWarning{"cap", capMessage("H1")});
    auto cancel = capMessage("H2", "Cancel", {{"met@example.org", "H1", "2026-11-20T07:00:00Z"}});
    cancel.state = WarningState::held;
    const auto held = must(desk::TakeWarning{"cap", cancel});
    EXPECT_EQ(stateOf(held), WarningState::held);
    EXPECT_EQ(stateOf(first), WarningState::inForce) << "nobody knows who cancelled it";
    const auto again = must(desk::TakeWarning{"cap", capMessage("H1")});
    EXPECT_TRUE(again.duplicate);
    const auto id = *model::WarningId::parse(held.ids.at(0));
    EXPECT_EQ(must(desk::AcceptWarning{id}).entries.at(0).type, "warning.accepted");
    EXPECT_EQ(stateOf(held), WarningState::cancelled);
    EXPECT_EQ(stateOf(first), WarningState::cancelled);
    EXPECT_EQ(run(desk::AcceptWarning{id}).error().code, base::Code::conflict);
    EXPECT_EQ(run(desk::AcceptWarning{ids.make<model::WarningId>()}).error().code, base::Code::notFound);
}

TEST_F(Commands, TheTrueMessageTakesThePlaceOfAHeldCopyOrOfALessTrustedOne) {
    using model::Trust;
    auto copy = capMessage("T1");
    copy.state = model::WarningState::held;
    copy.note = "altered";
    copy.trust = Trust::unverified;
    const auto first = must(desk::TakeWarning{"web", copy});
    const auto id = *model::WarningId::parse(first.ids.at(0));
    const auto now = [&] { return desk->snapshot().state.warnings.at(id); };
    auto plain = capMessage("T1");
    plain.trust = Trust::unverified;
    const auto second = must(desk::TakeWarning{"web", plain});
    EXPECT_FALSE(second.duplicate);
    EXPECT_EQ(second.ids, first.ids);
    EXPECT_EQ(now().state, model::WarningState::inForce);
    EXPECT_EQ(now().note, plain.note);
    EXPECT_TRUE(must(desk::TakeWarning{"web", plain}).duplicate);
    EXPECT_TRUE(must(desk::TakeWarning{"web", copy}).duplicate) << "what is held changes nothing";
    auto official = plain;
    official.trust = Trust::official;
    EXPECT_FALSE(must(desk::TakeWarning{"met", official}).duplicate);
    EXPECT_EQ(now().trust, Trust::official);
    EXPECT_TRUE(must(desk::TakeWarning{"web", plain}).duplicate);
    EXPECT_EQ(now().trust, Trust::official);
    EXPECT_EQ(desk->snapshot().state.warnings.size(), 1U);
}

TEST_F(Commands, AMessageThatSaysSomethingElseUnderAKnownNameIsForAPersonToLookAt) {
    const auto flood = [](const std::string& identifier) {
        auto w = capMessage(identifier);
        w.infos.front().event = "Flood";
        w.infos.front().severity = "Severe";
        w.infos.front().language = "en-US";
        w.infos.front().description = "The Rhine\nrises";
        return w;
    };
    const auto id = *model::WarningId::parse(must(desk::TakeWarning{"web", flood("S1")}).ids.at(0));
    auto wrapped = flood("S1");
    wrapped.infos.front().description = "The Rhine rises ";
    EXPECT_TRUE(must(desk::TakeWarning{"web", wrapped}).duplicate) << "the same words on other lines";
    auto wave = flood("S1");
    wave.infos.front().event = "Tsunami";
    wave.infos.front().severity = "Extreme";
    EXPECT_EQ(run(desk::TakeWarning{"web", wave}).error().code, base::Code::conflict);
    auto more = flood("S1");
    more.infos.push_back(wave.infos.front());
    EXPECT_EQ(run(desk::TakeWarning{"web", more}).error().code, base::Code::conflict);
    auto cancel = flood("S1");
    cancel.msgType = "Cancel";
    EXPECT_EQ(run(desk::TakeWarning{"web", cancel}).error().code, base::Code::conflict);
    auto german = flood("S1");
    german.infos.front().language = "de-CH";
    german.infos.front().event = "Hochwasser";
    EXPECT_TRUE(must(desk::TakeWarning{"web", german}).duplicate) << "the same in another language";
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).infos.front().event, "Flood");
}

TEST_F(Commands, AHeldWarningExpiresToo) {
    auto warning = capMessage("X1");
    warning.state = model::WarningState::held;
    const auto id = *model::WarningId::parse(must(desk::TakeWarning{"cap", warning}).ids.at(0));
    clock.advance(std::chrono::hours(11));
    must(desk::WriteNote{"time goes by", {}});
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::expired);
}

TEST_F(Commands, AnEarthquakeIsChangedOnlyByWhoIsBelievedAsMuch) {
    model::Earthquake quake;
    quake.source = "usgs";
    quake.sourceId = "us7";
    quake.magnitude = 5.1;
    quake.time = clock.now();
    quake.updated = clock.now();
    quake.trust = model::Trust::known;
    const auto id = *model::EarthquakeId::parse(must(desk::TakeEarthquake{"a", quake}).ids.at(0));
    auto rumour = quake;
    rumour.trust = model::Trust::unverified;
    rumour.magnitude = 8;
    rumour.updated += std::chrono::minutes(5);
    EXPECT_TRUE(must(desk::TakeEarthquake{"b", rumour}).duplicate);
    auto official = quake;
    official.trust = model::Trust::official;
    EXPECT_FALSE(must(desk::TakeEarthquake{"c", official}).duplicate);
    const auto now = desk->snapshot().state.earthquakes.at(id);
    EXPECT_EQ(now.trust, model::Trust::official);
    EXPECT_EQ(now.magnitude, 5.1);
}

TEST_F(Commands, WarningsExpireByTheDesksClock) {
    const auto id = *model::WarningId::parse(must(desk::TakeWarning{"cap", capMessage("C1")}).ids.at(0));
    clock.advance(std::chrono::hours(11));
    must(desk::WriteNote{"time goes by", {}});
    EXPECT_EQ(desk->snapshot().state.warnings.at(id).state, model::WarningState::expired);
}

TEST_F(Commands, AnEarthquakesUpdateMergesAndAnOldOneIsADuplicate) {
    model::Earthquake quake;
    quake.source = "usgs";
    quake.sourceId = "us1";
    quake.magnitude = 5.1;
    quake.updated = clock.now();
    const auto first = must(desk::TakeEarthquake{"usgs", quake});
    quake.magnitude = 5.4;
    quake.updated += std::chrono::minutes(5);
    quake.sourceId = "nn9";
    quake.otherIds = {"us1"};
    const auto second = must(desk::TakeEarthquake{"usgs", quake});
    EXPECT_EQ(first.ids, second.ids);
    quake.updated -= std::chrono::minutes(3);
    quake.sourceId = "us1";
    auto old = run(desk::TakeEarthquake{"usgs", quake});
    ASSERT_TRUE(old);
    EXPECT_TRUE(old->duplicate);
    ASSERT_EQ(desk->snapshot().state.earthquakes.size(), 1U);
    EXPECT_EQ(desk->snapshot().state.earthquakes.begin()->second.magnitude, 5.4);
}

TEST_F(Commands, TextThatIsNotUtf8OrEmptyIsRefusedAndNothingIsWritten) {
    EXPECT_FALSE(run(desk::WriteNote{"", {}}));
    auto bad = run(desk::WriteNote{"broken \xC3\x28", {}});
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error().code, base::Code::malformed);
    model::Report report;
    report.text = "water";
    report.place = "\xFF\xFE";
    EXPECT_FALSE(run(desk::TakeReport{"http", report}));
    model::Resource odd = team("Odd");
    odd.speedFactor = std::numeric_limits<double>::quiet_NaN();
    auto notFinite = run(desk::RegisterResources{{odd}});
    ASSERT_FALSE(notFinite);
    EXPECT_EQ(notFinite.error().code, base::Code::malformed);
    EXPECT_EQ(desk->snapshot().lastSeq, 0);
    EXPECT_TRUE(run(desk::WriteNote{"fine", {}}));
}

TEST_F(Commands, ExercisesRunOnlyInExerciseCountiesAndBeginOnACleanDesk) {
    auto refused = run(desk::StartExercise{"rhine-flood", "Flood"});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::Code::refused);
    must(desk::NameCounty{"Demo", true});
    const auto a = team("Vaduz 1");
    must(desk::RegisterResources{{a}});
    const auto incident = openIncident();
    must(sending(incident, {a.id}, 10));
    must(desk::StartExercise{"rhine-flood", "Flood"});
    const auto state = desk->snapshot().state;
    EXPECT_EQ(state.incidents.at(incident).state, model::IncidentState::closed);
    EXPECT_EQ(state.resources.at(a.id).status, model::ResourceStatus::available);
    EXPECT_EQ(state.desk.scenario, "rhine-flood");
}

TEST_F(Commands, SoundIsMutedForAnHourAtMost) {
    EXPECT_FALSE(run(desk::MuteSound{clock.now() + std::chrono::hours(2)}));
    must(desk::MuteSound{clock.now() + std::chrono::minutes(15)});
    EXPECT_TRUE(desk->snapshot().state.desk.soundMutedUntil);
    must(desk::MuteSound{});
    EXPECT_FALSE(desk->snapshot().state.desk.soundMutedUntil);
}

TEST_F(Commands, TheRoadsAreAsAnOfficerSays) {
    EXPECT_FALSE(run(desk::SetRoadWeather{model::RoadWeather::clear})); // so they are
    must(desk::SetRoadWeather{model::RoadWeather::snow});
    EXPECT_EQ(desk->snapshot().state.desk.roadWeather, model::RoadWeather::snow);
    EXPECT_FALSE(run(desk::SetRoadWeather{static_cast<model::RoadWeather>(9)}));
    must(desk::SetRoadWeather{model::RoadWeather::clear});
    EXPECT_EQ(desk->snapshot().state.desk.roadWeather, model::RoadWeather::clear);
}

TEST_F(Commands, AReadOnlyDeskShowsAndRefuses) {
    must(desk::NameCounty{"Testshire", false});
    desk.reset();
    start(true);
    EXPECT_EQ(desk->snapshot().state.desk.county.text, "Testshire");
    auto refused = run(desk::WriteNote{"x", {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::Code::refused);
}

TEST_F(Commands, ASubscriberGetsThePictureAndThenEveryChangeOnce) {
    must(desk::WriteNote{"before", {}});
    std::mutex mutex;
    std::int64_t seen = 0;
    std::vector<std::int64_t> seqs;
    auto subscription = desk->subscribe(
        [&](desk::Snapshot first) {
            const std::lock_guard lock(mutex);
            seen = first.lastSeq;
        },
        [&](std::shared_ptr<const desk::Delta> delta) {
            const std::lock_guard lock(mutex);
            for (const auto& entry : delta->entries)
                seqs.push_back(entry.seq);
        });
    std::vector<std::future<base::Result<desk::Done>>> futures;
    for (int i = 0; i < 200; ++i)
        futures.push_back(desk->submit(desk::Command{desk->newCommandId(), "A", desk::WriteNote{"n", {}}}));
    for (auto& future : futures)
        ASSERT_TRUE(future.get());
    (void)desk->snapshot();
    subscription.reset();
    must(desk::WriteNote{"after", {}});
    const std::lock_guard lock(mutex);
    ASSERT_EQ(seqs.size() + static_cast<std::size_t>(seen), 201U);
    for (std::size_t i = 0; i < seqs.size(); ++i)
        EXPECT_EQ(seqs[i], seen + 1 + static_cast<std::int64_t>(i));
}
