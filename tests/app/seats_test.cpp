#include "app/seats_fixture.hpp"

#include <fstream>
#include <future>
#include <gmock/gmock.h>
#include <latch>
#include <sys/stat.h>
#include <thread>

// A desk and its seats over the real socket, in a real folder.

namespace tocsin::app {
namespace {

using base::Code;
using test::Follower;
using test::RawDesk;
using test::RawSeat;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

TEST_F(Seats, aSeatWorksLikeTheDeskAndEachSeesTheOther) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    EXPECT_EQ(seat->seat(), 1);
    EXPECT_EQ(seat->snapshot().state, desk->snapshot().state);
    Follower here(*seat);
    Follower there(*desk);
    ASSERT_TRUE(at(*seat, desk::ClaimResources{{ambulance.id}}));
    EXPECT_TRUE(there.until([&](const auto& p) { return p.state.resources.at(ambulance.id).claimedBy == "A. Frick"; }));
    EXPECT_TRUE(here.until([&](const auto& p) { return p.state.resources.at(ambulance.id).claimedBy == "A. Frick"; }));
    const auto refused = run(desk::ClaimResources{{ambulance.id}});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("A. Frick is deciding about Ambulance 1"));
    ASSERT_TRUE(at(*seat, desk::ClaimResources{{ambulance.id}, true}));
    must(desk::ClaimResources{{ambulance.id}});
    EXPECT_TRUE(here.until([&](const auto& p) { return p.state.resources.at(ambulance.id).claimedBy == "M. Keller"; }));
    const auto back = at(*seat, sending());
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().code, Code::conflict);
    EXPECT_THAT(back.error().message, HasSubstr("M. Keller is deciding about Ambulance 1"));
    EXPECT_EQ(seat->snapshot().state, desk->snapshot().state);
}

TEST_F(Seats, theLastAmbulanceGoesToExactlyOneAndTheOtherIsToldWhoHasIt) {
    const auto first = sit("A. Frick");
    const auto second = sit("B. Ospelt");
    ASSERT_TRUE(first && second);
    EXPECT_NE(first->seat(), second->seat());
    for (int round = 0; round < 20; ++round) {
        std::latch together(2);
        base::Result<desk::Done> got[2];
        std::thread other([&] {
            together.arrive_and_wait();
            got[1] = at(*second, sending());
        });
        together.arrive_and_wait();
        got[0] = at(*first, sending());
        other.join();
        ASSERT_NE(got[0].has_value(), got[1].has_value()) << "round " << round;
        const auto& refused = got[0] ? got[1] : got[0];
        EXPECT_EQ(refused.error().code, Code::conflict);
        EXPECT_THAT(refused.error().message, HasSubstr("Ambulance 1 is already assigned to incident 2026-0001 by "));
        EXPECT_THAT(refused.error().message, HasSubstr(got[0] ? "A. Frick" : "B. Ospelt"));
        std::vector<model::AssignmentId> running;
        for (const auto& [id, assignment] : desk->snapshot().state.assignments)
            if (assignment.state != model::AssignmentState::released)
                running.push_back(id);
        ASSERT_EQ(running.size(), 1U);
        must(desk::ReleaseAssignments{running, "for the next round"});
    }
}

TEST_F(Seats, whoIsAnsweredSeesWhatWasDone) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    const auto done = at(*seat, sending());
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_FALSE(done->entries.empty());
    EXPECT_EQ(done->entries.front().actor, "A. Frick");
    EXPECT_EQ(seat->snapshot().state.resources.at(ambulance.id).status, model::ResourceStatus::assigned);
    desk::Command note{seat->newCommandId(), "A. Frick", desk::WriteNote{"Ambulance 1 is on its way", {}}};
    const auto once = seat->submit(note).get();
    const auto twice = seat->submit(note).get();
    ASSERT_TRUE(once && twice);
    EXPECT_FALSE(once->duplicate);
    EXPECT_TRUE(twice->duplicate);
    ASSERT_EQ(twice->entries.size(), 1U);
    EXPECT_EQ(twice->entries.front().seq, once->entries.front().seq);
    desk::RecordCall call;
    call.report.text = "Water in the cellar";
    call.report.sourceId = "call-1";
    call.report.contact.phone = "+423 1";
    call.report.category = "flood";
    call.report.happenedAt = call.report.receivedAt = clock.now();
    call.report.call.emplace();
    const auto called = at(*seat, call);
    ASSERT_TRUE(called) << called.error().message;
    const auto who = at(*seat, desk::ShowContact{*model::ReportId::parse(called->ids.at(0))});
    ASSERT_TRUE(who) << who.error().message;
    ASSERT_TRUE(who->contact);
    EXPECT_EQ(who->contact->phone, "+423 1");
}

TEST_F(Seats, readingsPositionsQuarantineAndRulesFollow) {
    send({reading(1, 2.0)});
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    const model::SensorId rhine("rhine-vaduz");
    EXPECT_EQ(seat->snapshot().sensors.at(rhine).value, 2.0) << "the first picture is whole";
    EXPECT_EQ(seat->snapshot().rules->size(), 2U);
    Follower here(*seat);
    send({reading(2, 4.5), reading(3, 4.6), reading(4, 1.0, "nobody")});
    ASSERT_TRUE(here.until([&](const auto& p) { return p.sensors.at(rhine).value == 4.6 && !p.state.alarms.empty(); }));
    EXPECT_TRUE(here.until([&](const auto& p) { return p.quarantine.contains("test") && p.quarantine.at("test").open == 1; }));
    EXPECT_EQ(here.readings(), 2U);
    std::promise<void> stored;
    model::UnitPosition position;
    position.unit = model::UnitId("ambulance-1");
    position.callSign = "A1";
    position.time = clock.now();
    position.stale = clock.now() + std::chrono::minutes(5);
    position.position = model::Position::trusted(47.1, 9.5);
    desk->positions({"phones", {position}}, [&](auto) { stored.set_value(); });
    stored.get_future().wait();
    ASSERT_TRUE(here.until([&](const auto& p) { return p.units.contains(position.unit); }));
    EXPECT_EQ(seat->snapshot().units, desk->snapshot().units);
    const std::string both = rulesText;
    must(desk::ChangeRules{both.substr(both.rfind("[[rule]]"))});
    EXPECT_TRUE(here.until([&](const auto& p) { return p.rules->size() == 1; }));
    EXPECT_EQ(seat->snapshot().state, desk->snapshot().state);
    const auto late = sit("B. Ospelt");
    ASSERT_TRUE(late);
    EXPECT_EQ(late->snapshot().units, desk->snapshot().units);
    EXPECT_EQ(late->snapshot().sensors, desk->snapshot().sensors);
    EXPECT_EQ(late->snapshot().quarantine, desk->snapshot().quarantine);
    EXPECT_EQ(late->snapshot().lastSeq, desk->snapshot().lastSeq);
}

TEST_F(Seats, aLongDutyIsFollowedEntryByEntry) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    Follower here(*seat);
    (void)randomDuty(300);
    const auto last = desk->snapshot();
    ASSERT_TRUE(here.until([&](const auto& p) { return p.lastSeq == last.lastSeq; }));
    EXPECT_TRUE(here.until([&](const auto& p) { return p.state == last.state; }));
}

TEST_F(Seats, whenTheDeskEndsTheSeatSaysSoAndComesBack) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    Follower here(*seat);
    ASSERT_TRUE(at(*seat, desk::WriteNote{"before", {}}));
    server.reset();
    ASSERT_TRUE(here.untilReadOnly(true));
    const auto refused = at(*seat, desk::WriteNote{"meanwhile", {}});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Code::refused);
    EXPECT_FALSE(seat->snapshot().state.resources.empty()) << "it shows what it knows";
    must(desk::ClaimResources{{ambulance.id}}); // nobody tells the seat
    restart();
    openServer();
    ASSERT_TRUE(here.untilReadOnly(false));
    EXPECT_TRUE(here.untilLinks(2));
    EXPECT_EQ(here.links(), 2);
    EXPECT_TRUE(here.until([&](const auto& p) { return p.state.resources.at(ambulance.id).claimedBy == "M. Keller"; }));
    ASSERT_TRUE(at(*seat, desk::WriteNote{"after", {}}));
    EXPECT_EQ(seat->snapshot().state, desk->snapshot().state);
}

/// A desk that welcomes a seat, takes its command and dies.
class SeatOfADyingDesk : public SeatOfARawDesk {};

TEST_F(SeatOfADyingDesk, whatHadNoAnswerIsSentAgainUnderItsIdAndDoneOnce) {
    const desk::Command note{seat->newCommandId(), "A. Frick", desk::WriteNote{"heard?", {}}};
    auto answer = seat->submit(note);
    const auto order = line->hearOf<desk::SeatOrder>();
    ASSERT_TRUE(order);
    EXPECT_EQ(order->command.id, note.id);
    Follower here(*seat);
    die();
    ASSERT_TRUE(here.untilReadOnly(true));
    EXPECT_EQ(answer.wait_for(0s), std::future_status::timeout) << "nobody knows yet";
    openServer(); // the dead desk's socket makes room
    const auto done = answer.get();
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(done->entries.size(), 1U);
    EXPECT_EQ(entriesOf(note.id), 1U);
}

TEST_F(SeatOfADyingDesk, whatWasDoneAndNotAnsweredIsFoundInTheJournal) {
    const desk::Command note{seat->newCommandId(), "A. Frick", desk::WriteNote{"written, not told", {}}};
    auto answer = seat->submit(note);
    auto order = line->hearOf<desk::SeatOrder>();
    ASSERT_TRUE(order);
    ASSERT_TRUE(desk->submit(std::move(order->command)).get());
    die();
    const auto done = answer.get(); // without any desk
    ASSERT_TRUE(done) << done.error().message;
    ASSERT_EQ(done->entries.size(), 1U);
    EXPECT_EQ(done->entries.front().command, note.id);
    openServer();
    Follower here(*seat);
    ASSERT_TRUE(here.untilReadOnly(false));
    EXPECT_EQ(entriesOf(note.id), 1U);
}

TEST_F(Seats, withoutADeskAWaitingCommandIsGivenUpAndSaidToBeNotDone) {
    server.reset();
    RawDesk dying(socket());
    std::unique_ptr<RawSeat> line;
    std::thread welcome([&] {
        line = dying.accept();
        (void)line->hearOf<desk::SeatHello>();
        line->say(desk::SeatWelcome{desk::seatVersion, 1, desk->snapshot().lastSeq});
        line->say(desk::SeatNews{});
    });
    auto parts = partsFor("A. Frick");
    parts.patience = 20ms;
    auto seat = SeatDesk::start(std::move(parts));
    welcome.join();
    ASSERT_TRUE(seat) << seat.error().message;
    auto answer = (*seat)->submit({(*seat)->newCommandId(), "A. Frick", desk::WriteNote{"lost", {}}});
    (void)line->hearOf<desk::SeatOrder>();
    dying.close();
    line->close();
    const auto given = answer.get();
    ASSERT_FALSE(given);
    EXPECT_EQ(given.error().code, Code::cancelled);
    EXPECT_THAT(given.error().message, HasSubstr("nothing of it"));
}

TEST_F(SeatOfADyingDesk, anotherJournalIsNotTakenForItsOwn) {
    Follower here(*seat);
    must(desk::WriteNote{"one more", {}});
    die();
    ASSERT_TRUE(here.untilReadOnly(true));
    const auto known = seat->snapshot().lastSeq;
    std::filesystem::remove(socket());
    RawDesk other(socket());
    auto again = other.accept();
    const auto hello = again->hearOf<desk::SeatHello>();
    ASSERT_TRUE(hello);
    EXPECT_EQ(hello->seat, 1) << "it asks for its place";
    again->say(desk::SeatWelcome{desk::seatVersion, 1, known - 1}); // a desk that was brought back from a backup
    EXPECT_FALSE(again->hear()) << "the seat turns away";
    EXPECT_TRUE(seat->readOnly());
}

TEST_F(Seats, aSeatThatLiesIsToldSoAndEndedAndTheDeskGoesOn) {
    const std::string hello = desk::textOf(desk::SeatHello{}).value();
    const std::string note = desk::textOf(desk::SeatOrder{1, {desk->newCommandId(), "A. Frick", desk::WriteNote{"x", {}}}}).value();
    const std::string welcome = desk::textOf(desk::SeatWelcome{1, 1, 1}).value();
    for (const auto& lie : {std::string("{"), std::string("\xFF\xFE"), std::string(1'000, '['), std::string(R"({"kind":"shell"})"), note, welcome,
                            desk::textOf(desk::SeatHello{99, 0}).value()}) {
        RawSeat liar(socket());
        liar.text(lie);
        const auto refusal = liar.hearOf<desk::SeatRefusal>();
        ASSERT_TRUE(refusal) << lie.substr(0, 40);
        EXPECT_FALSE(refusal->why.message.empty());
        EXPECT_FALSE(liar.hear());
    }
    RawSeat twice(socket());
    twice.text(hello);
    twice.text(hello);
    EXPECT_TRUE(twice.hearOf<desk::SeatRefusal>());
    for (const auto& bytes : {std::string("\xFF\xFF\xFF\xFFxxxx"), std::string(4, '\0'), std::string("GET / HTTP/1.1\r\n\r\n")}) {
        RawSeat liar(socket());
        liar.bytes(bytes);
        EXPECT_FALSE(liar.hear());
    }
    RawSeat half(socket());
    half.bytes(RawSeat::framed(hello).substr(0, 9));
    half.close();
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    EXPECT_TRUE(at(*seat, desk::WriteNote{"all is well", {}}));
}

TEST_F(Seats, aSeatSendsOnlyWhatAPersonDoes) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    const auto as = [&](const std::string& actor, desk::CommandBody body) {
        return seat->submit({seat->newCommandId(), actor, std::move(body)}).get();
    };
    for (const auto* nobody : {"", "desk", "drill", "rules.toml", "feed:http", "team:Pump 1"}) {
        const auto refused = as(nobody, desk::WriteNote{"x", {}});
        ASSERT_FALSE(refused) << nobody;
        EXPECT_EQ(refused.error().code, Code::refused);
    }
    EXPECT_FALSE(as("A. Frick", desk::TakeReport{"http", {}}));
    EXPECT_FALSE(as("A. Frick", desk::StartExercise{"x", "x"}));
    EXPECT_FALSE(as("A. Frick", desk::NameCounty{"Elsewhere", true}));
    EXPECT_FALSE(as("A. Frick", desk::WriteNote{"\xFF", {}}));
    const auto nowhere = ids.make<model::AssignmentId>();
    for (const auto reached : {model::Reached::waits, model::Reached::nobody, model::Reached::phone}) {
        const auto told = as("A. Frick", desk::RecordTold{{nowhere}, reached, {}});
        ASSERT_FALSE(told);
        EXPECT_THAT(told.error().message, HasSubstr("by voice"));
    }
    EXPECT_EQ(as("A. Frick", desk::RecordTold{{nowhere}, model::Reached::voice, {}}).error().code, Code::notFound) << "the desk itself says so";
    EXPECT_TRUE(as("A. Frick", desk::WriteNote{"x", {}}));
    EXPECT_FALSE(seat->hasRoom("tcp"));
}

TEST_F(Seats, thereAreSoManySeatsAndNoMore) {
    server.reset();
    openServer({2, 64, 4'000, 5s});
    auto first = sit("A. Frick");
    const auto second = sit("B. Ospelt");
    ASSERT_TRUE(first && second);
    const auto third = SeatDesk::start(partsFor("C. Hasler"));
    ASSERT_FALSE(third);
    EXPECT_EQ(third.error().code, Code::unavailable);
    EXPECT_THAT(third.error().message, HasSubstr("(2)"));
    first.reset();
    // The desk hears of it when it reads that socket again; until then the place may be taken.
    auto again = SeatDesk::start(partsFor("C. Hasler"));
    while (!again && again.error().code == Code::unavailable)
        again = SeatDesk::start(partsFor("C. Hasler"));
    ASSERT_TRUE(again);
    EXPECT_EQ((*again)->seat(), 1);
}

TEST_F(Seats, aSeatThatDoesNotReadIsNotReadEitherAndNobodyWaitsForIt) {
    server.reset();
    openServer({8, 4, 4'000, 5s});
    RawSeat deaf(socket());
    deaf.say(desk::SeatHello{});
    ASSERT_TRUE(deaf.hearOf<desk::SeatWelcome>());
    for (std::uint64_t i = 1; i <= 20; ++i) // more than may wait; all are answered once it listens
        deaf.say(desk::SeatOrder{i, {desk->newCommandId(), "A. Frick", desk::WriteNote{"n", {}}}});
    const auto seat = sit("B. Ospelt");
    ASSERT_TRUE(seat);
    EXPECT_TRUE(at(*seat, desk::WriteNote{"meanwhile", {}}));
    for (std::uint64_t i = 1; i <= 20; ++i) {
        const auto answer = deaf.hearOf<desk::SeatAnswer>();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->number, i);
        EXPECT_TRUE(answer->done);
    }
}

TEST_F(Seats, aPictureOfManySensorsComesInParts) {
    server.reset();
    std::vector<model::Sensor> sensors;
    std::vector<model::Reading> readings;
    for (int i = 0; i < 50; ++i) {
        sensors.push_back(gauge("s" + std::to_string(i)));
        readings.push_back(reading(0, 1 + i / 10.0, sensors.back().id.value));
    }
    must(desk::RegisterSensors{sensors, {}, false});
    send(readings);
    openServer({8, 64, 7, 5s});
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    EXPECT_EQ(seat->snapshot().sensors, desk->snapshot().sensors);
}

TEST_F(Seats, theSocketIsItsOwnersAndGoesWithTheDesk) {
    struct stat there {};
    ASSERT_EQ(::stat(socket().c_str(), &there), 0);
    EXPECT_TRUE(S_ISSOCK(there.st_mode));
    EXPECT_EQ(there.st_mode & 0777U, 0600U);
    server.reset();
    EXPECT_NE(::stat(socket().c_str(), &there), 0);
    const auto none = SeatDesk::start(partsFor("A. Frick"));
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, Code::unavailable);
    std::ofstream(socket()) << "somebody's file";
    const auto refused = SeatServer::open(*desk, folder.path());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("is not a socket"));
    EXPECT_TRUE(std::filesystem::exists(socket())) << "it is left alone";
    const auto deep = folder.path() / std::string(120, 'd');
    std::filesystem::create_directory(deep);
    const auto tooLong = SeatServer::open(*desk, deep);
    ASSERT_FALSE(tooLong);
    EXPECT_THAT(tooLong.error().message, HasSubstr("longer than"));
    auto parts = partsFor("A. Frick");
    parts.socket = seatSocketOf(deep);
    EXPECT_FALSE(SeatDesk::start(std::move(parts)));
}

} // namespace
} // namespace tocsin::app
