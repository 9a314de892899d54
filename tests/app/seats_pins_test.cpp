#include "app/seats_fixture.hpp"
#include "tocsin/desk/command_json.hpp"

#include <future>
#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

// A seat that says it is somebody: the desk believes only what it has proved itself.

namespace tocsin::app {
namespace {

using base::Code;
using ::testing::HasSubstr;

class SeatsPins : public Seats {
  protected:
    void SetUp() override {
        Seats::SetUp();
        must(desk::StartShift{"M. Keller", "L. Frick", std::nullopt});
        model::Report told;
        told.text = "Water in the cellar";
        told.sourceId = "1";
        told.contact.name = "Li";
        report = *model::ReportId::parse(run(desk::TakeReport{"http", told}, "feed:http").value().ids.at(0));
        for (const auto* name : {"A. Ott", "L. Frick"}) {
            std::promise<base::Result<void>> set;
            desk->changePin(name, "", "4711", 0, [&](base::Result<void> done) { set.set_value(std::move(done)); });
            ASSERT_TRUE(set.get_future().get());
        }
    }
    void equip(desk::Desk::Parts& parts) override {
        parts.contactReaders = {"A. Ott"};
        parts.leaders = {"L. Frick"};
        parts.pinCost = {8, 1, 1};
    }
    desk::DispatchRules dispatch() override {
        desk::DispatchRules rules;
        rules.approvalFrom = model::Grade::II;
        return rules;
    }
    std::unique_ptr<test::RawSeat> rawSeat(const std::string& person) {
        auto seat = std::make_unique<test::RawSeat>(socket());
        EXPECT_TRUE(seat->connected());
        seat->say(desk::SeatHello{desk::seatVersion, 0, person});
        EXPECT_TRUE(seat->hearOf<desk::SeatWelcome>());
        return seat;
    }
    base::Result<desk::Done> order(const test::RawSeat& seat, const std::string& actor, desk::CommandBody body) {
        seat.say(desk::SeatOrder{++number, {ids.make<model::CommandId>(), actor, std::move(body)}});
        auto answer = seat.hearOf<desk::SeatAnswer>();
        EXPECT_TRUE(answer);
        return answer ? std::move(answer->done) : base::Result<desk::Done>(base::fail(Code::internal, "none"));
    }
    base::Result<void> give(const test::RawSeat& seat, const std::string& name, const std::string& pin,
                            std::optional<std::string> fresh = std::nullopt) {
        seat.say(desk::SeatPin{++number, name, pin, std::move(fresh)});
        auto proved = seat.hearOf<desk::SeatProved>();
        EXPECT_TRUE(proved);
        return proved ? std::move(proved->proved) : base::Result<void>(base::fail(Code::internal, "none"));
    }
    static base::Result<void> proveAt(SeatDesk& seat, const std::string& name, const std::string& pin) {
        std::promise<base::Result<void>> promise;
        seat.prove(name, pin, 0, [&](base::Result<void> proved) { promise.set_value(std::move(proved)); });
        return promise.get_future().get();
    }

    std::uint64_t number{0};
    model::ReportId report;
};

TEST_F(SeatsPins, aTypedNameShowsNoContactAndApprovesNothing) {
    const auto proposed = run(sending());
    ASSERT_TRUE(proposed);
    const auto decision = *model::DecisionId::parse(proposed->ids.at(0));
    const auto attacker = rawSeat("A. Ott");
    const auto contact = order(*attacker, "A. Ott", desk::ShowContact{report});
    ASSERT_FALSE(contact);
    EXPECT_EQ(contact.error().code, Code::refused);
    EXPECT_FALSE(order(*attacker, "L. Frick", desk::JudgeDecision{decision, true, {}}));
    EXPECT_FALSE(order(*attacker, "Mallory", desk::StartShift{"Mallory", "Mallory", std::nullopt}));
    EXPECT_FALSE(order(*attacker, "Mallory", desk::SetPin{"L. Frick", "", true, true})) << "what the administrator may is not for a seat";
    EXPECT_FALSE(order(*attacker, "Mallory", desk::NoteWrongPins{"L. Frick", 1, 1, 1}));
    EXPECT_FALSE(give(*attacker, "L. Frick", "4712"));
    EXPECT_FALSE(order(*attacker, "L. Frick", desk::JudgeDecision{decision, true, {}})) << "after a wrong one neither";
    EXPECT_FALSE(give(*attacker, "A. Ott", "4711", "9999")) << "another's is not changed, even by who knows it";
    EXPECT_EQ(desk->snapshot().state.decisions.at(decision).state, model::DecisionState::waiting);
    ASSERT_TRUE(give(*attacker, "L. Frick", "4711"));
    EXPECT_TRUE(order(*attacker, "L. Frick", desk::JudgeDecision{decision, true, {}})) << "whoever knows it is the leader";
    EXPECT_FALSE(order(*attacker, "A. Ott", desk::ShowContact{report})) << "and nobody else";
}

TEST_F(SeatsPins, aSeatCannotSayThatItHasProvedAName) {
    const auto attacker = rawSeat("A. Ott");
    auto said = nlohmann::json::parse(
        desk::textOf(desk::SeatOrder{1, {ids.make<model::CommandId>(), "A. Ott", desk::ShowContact{report}}}).value());
    said["command"]["origin"] = {{"seat", false}, {"proven", {"A. Ott"}}};
    attacker->text(said.dump());
    const auto refusal = attacker->hearOf<desk::SeatRefusal>();
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->why.code, Code::malformed);
    const auto other = rawSeat("A. Ott");
    other->say(desk::SeatProved{1, {}});
    EXPECT_TRUE(other->hearOf<desk::SeatRefusal>());
}

TEST_F(SeatsPins, whoSitsDownAfterwardsHasToGiveItAgain) {
    const auto seat = rawSeat("A. Ott");
    ASSERT_TRUE(give(*seat, "A. Ott", "4711"));
    const auto shown = order(*seat, "A. Ott", desk::ShowContact{report});
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->contact->name, "Li");
    seat->say(desk::SeatPerson{"B. Ospelt"});
    seat->say(desk::SeatPerson{"A. Ott"});
    EXPECT_FALSE(order(*seat, "A. Ott", desk::ShowContact{report}));
    const auto second = rawSeat("A. Ott");
    EXPECT_FALSE(order(*second, "A. Ott", desk::ShowContact{report})) << "what was proved at one seat is not at another";
}

TEST_F(SeatsPins, wrongOnesWaitAlsoOverANewConnection) {
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(give(*rawSeat("A. Ott"), "A. Ott", "0000"));
    EXPECT_THAT(give(*rawSeat("A. Ott"), "A. Ott", "4711").error().message, HasSubstr("too many wrong PINs"));
    clock.advance(std::chrono::seconds(10));
    EXPECT_TRUE(give(*rawSeat("A. Ott"), "A. Ott", "4711"));
}

TEST_F(SeatsPins, aWindowProvesItsNameAndAnotherDeskAsksAgain) {
    auto seat = sit("A. Ott");
    ASSERT_TRUE(seat);
    EXPECT_FALSE(at(*seat, desk::ShowContact{report}));
    EXPECT_FALSE(proveAt(*seat, "A. Ott", "0000"));
    ASSERT_TRUE(proveAt(*seat, "A. Ott", "4711"));
    EXPECT_TRUE(at(*seat, desk::ShowContact{report}));
    EXPECT_TRUE(seat->snapshot().state.desk.pins.contains("A. Ott")) << "that it has one is known there; by what it is proved is not said";
    test::Follower follower(*seat);
    server.reset();
    ASSERT_TRUE(follower.untilReadOnly(true));
    EXPECT_FALSE(proveAt(*seat, "A. Ott", "4711")) << "there is no desk";
    openServer();
    ASSERT_TRUE(follower.untilReadOnly(false));
    EXPECT_FALSE(at(*seat, desk::ShowContact{report}));
    ASSERT_TRUE(proveAt(*seat, "A. Ott", "4711"));
    EXPECT_TRUE(at(*seat, desk::ShowContact{report}));
}

TEST_F(SeatsPins, nobodyIsListedUnderANameThatWasNotProved) {
    std::mutex mutex;
    std::condition_variable told;
    SeatServer::Roll roll;
    server->listen([&](const SeatServer::Roll& now) {
        const std::lock_guard lock(mutex);
        roll = now;
        told.notify_all();
    });
    const auto listed = [&](const std::string& person) {
        std::unique_lock lock(mutex);
        return told.wait_for(lock, std::chrono::seconds(60), [&] { return roll.size() == 1 && roll.front().person == person; });
    };
    const auto seat = rawSeat("A. Ott");
    EXPECT_TRUE(listed(""));
    ASSERT_TRUE(give(*seat, "A. Ott", "4711"));
    EXPECT_TRUE(listed("A. Ott"));
    server->listen({});
}

TEST_F(SeatsPins, whatIsTooLongIsNoPin) {
    const auto seat = rawSeat("A. Ott");
    seat->text(nlohmann::json{{"kind", "pin"}, {"number", 1}, {"name", "A. Ott"}, {"pin", std::string(4'000'000, '1')}}.dump());
    EXPECT_TRUE(seat->hearOf<desk::SeatRefusal>());
}

} // namespace
} // namespace tocsin::app
