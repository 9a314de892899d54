#include "app/seats_fixture.hpp"
#include "tocsin/desk/command_json.hpp"

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <future>
#include <gmock/gmock.h>
#include <mutex>
#include <optional>
#include <thread>

// Who sits at the desk, what a seat goes by when it comes back, and how it leaves.

namespace tocsin::app {
namespace {

using base::Code;
using test::Follower;
using test::RawSeat;
using ::testing::HasSubstr;
using namespace std::chrono_literals;

/// The list of who sits at the desk, as one end is told it.
class Listed {
  public:
    template <typename End>
    explicit Listed(End& end) {
        end.listen([this](const std::vector<desk::SeatInfo>& seats) {
            const std::lock_guard lock(m_mutex);
            m_seats = seats;
            m_changed.notify_all();
        });
        m_end = [&end] { end.listen({}); };
    }
    ~Listed() { m_end(); }
    Listed(const Listed&) = delete;
    Listed& operator=(const Listed&) = delete;
    bool until(const std::function<bool(const std::vector<desk::SeatInfo>&)>& holds) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 60s, [&] { return holds(m_seats); });
    }
    bool untilNames(const std::vector<std::string>& names) {
        return until([&](const auto& seats) {
            return std::equal(seats.begin(), seats.end(), names.begin(), names.end(),
                              [](const auto& seat, const auto& name) { return seat.person == name; });
        });
    }

  private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::vector<desk::SeatInfo> m_seats;
    std::function<void()> m_end;
};

TEST_F(Seats, aSeatGoesByTheRulesAndPlansOfItsDeskAlsoWhenThatComesBackWithOthers) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    EXPECT_EQ(*seat->snapshot().rules, *desk->snapshot().rules);
    EXPECT_EQ(*seat->rules(), *desk->snapshot().rules);
    EXPECT_EQ(seat->plans(), desk->plans());
    EXPECT_FALSE(seat->plans().empty());
    Follower here(*seat);
    server.reset();
    ASSERT_TRUE(here.untilReadOnly(true));
    rulesNow = rulesNow.substr(rulesNow.rfind("[[rule]]")); // by hand, while no desk runs: no entry says so
    restart();
    openServer();
    ASSERT_TRUE(here.untilReadOnly(false));
    EXPECT_TRUE(here.until([&](const auto& p) { return p.rules->size() == 1; })) << "also whoever follows it is told";
    EXPECT_EQ(*seat->snapshot().rules, *desk->snapshot().rules);
    // And what is changed at the desk from then on.
    must(desk::ChangeRules{rulesText});
    EXPECT_TRUE(here.until([&](const auto& p) { return p.rules->size() == 2; }));
}

TEST_F(Seats, whoSitsAtTheDeskIsKnownThereAndAtEachSeat) {
    std::optional<Listed> atTheDesk;
    atTheDesk.emplace(*server);
    const auto first = sit("A. Frick");
    const auto second = sit("B. Ospelt");
    ASSERT_TRUE(first && second);
    Listed atTheFirst(*first);
    EXPECT_TRUE(atTheDesk->untilNames({"A. Frick", "B. Ospelt"}));
    EXPECT_TRUE(atTheFirst.untilNames({"A. Frick", "B. Ospelt"}));
    EXPECT_TRUE(atTheDesk->until([&](const auto& seats) { return seats.at(1).since == clock.now() && !seats.at(1).acted; }));
    second->sit("C. Hasler");
    EXPECT_TRUE(atTheFirst.untilNames({"A. Frick", "C. Hasler"}));
    clock.advance(std::chrono::minutes(3));
    ASSERT_TRUE(at(*second, desk::WriteNote{"here", {}}));
    EXPECT_TRUE(atTheDesk->until([&](const auto& seats) { return seats.at(1).acted == clock.now(); }));
    atTheDesk.reset();
    server.reset();
    EXPECT_TRUE(atTheFirst.untilNames({})) << "nobody can know without a desk";
    openServer();
    EXPECT_TRUE(atTheFirst.untilNames({"A. Frick", "C. Hasler"}));
}

TEST_F(Seats, nobodyIsListedUnderAnotherNameThanTheyActUnder) {
    Listed atTheDesk(*server);
    RawSeat liar(socket());
    desk::SeatHello hello;
    hello.person = "M. Keller";
    liar.say(hello);
    ASSERT_TRUE(liar.hearOf<desk::SeatWelcome>());
    EXPECT_TRUE(atTheDesk.untilNames({"M. Keller"}));
    liar.say(desk::SeatOrder{1, {desk->newCommandId(), "A. Frick", desk::WriteNote{"n", {}}}});
    EXPECT_TRUE(atTheDesk.untilNames({"A. Frick"}));
    liar.say(desk::SeatPerson{"desk"});
    EXPECT_TRUE(atTheDesk.untilNames({""})) << "what is no person's name is none";
    liar.say(desk::SeatOrder{2, {desk->newCommandId(), "A.\nFrick", desk::WriteNote{"n", {}}}});
    auto answer = liar.hearOf<desk::SeatAnswer>();
    while (answer && answer->number != 2)
        answer = liar.hearOf<desk::SeatAnswer>();
    ASSERT_TRUE(answer);
    EXPECT_FALSE(answer->done) << "a name of two lines could look like two people";
}

TEST_F(Seats, aSeatThatIsEndedAtTheDeskIsToldByWhomAndStaysAway) {
    const auto seat = sit("A. Frick");
    const auto other = sit("B. Ospelt");
    ASSERT_TRUE(seat && other);
    Follower here(*seat);
    Listed atTheDesk(*server);
    server->dismiss(seat->seat(), "M. Keller");
    ASSERT_TRUE(here.untilLinks(1));
    EXPECT_TRUE(seat->readOnly());
    EXPECT_EQ(seat->dismissed(), "M. Keller has ended this seat at the desk's own window");
    EXPECT_TRUE(atTheDesk.untilNames({"B. Ospelt"}));
    const auto refused = at(*seat, desk::WriteNote{"still here?", {}});
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("M. Keller has ended"));
    EXPECT_TRUE(at(*other, desk::WriteNote{"the others go on", {}}));
    server->dismiss(99, "M. Keller"); // nobody sits there
    const auto again = sit("A. Frick");
    ASSERT_TRUE(again) << "it is no ban";
    EXPECT_TRUE(seat->readOnly());
}

TEST_F(Seats, whatWasGivenBeforeTheWindowClosesIsDone) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    std::vector<model::CommandId> given;
    for (int i = 0; i < 50; ++i) {
        given.push_back(seat->newCommandId());
        seat->submit({given.back(), "A. Frick", desk::WriteNote{"last words", {}}}, [](const auto&) {});
    }
    EXPECT_TRUE(seat->end(60s).empty());
    for (const auto& command : given)
        EXPECT_EQ(entriesOf(command), 1U);
    const auto late = at(*seat, desk::WriteNote{"too late", {}});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, Code::unavailable);
}

/// A desk that takes commands and says nothing.
class SeatOfADumbDesk : public SeatOfARawDesk {};

TEST_F(SeatOfADumbDesk, whatIsNotAnsweredInTimeIsNamedAtTheEnd) {
    auto answer = seat->submit({seat->newCommandId(), "A. Frick", desk::WriteNote{"heard?", {}}});
    const auto left = seat->end(1ms);
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().command, desk::nameOf(desk::WriteNote{}));
    EXPECT_EQ(left.front().why.code, Code::unavailable);
    EXPECT_FALSE(answer.get()) << "and whoever waits is answered";
    EXPECT_TRUE(seat->end(60s).empty()) << "once";
}

TEST_F(SeatOfADumbDesk, whatIsRefusedWhileTheWindowClosesIsNamedToo) {
    auto answer = seat->submit({seat->newCommandId(), "A. Frick", desk::WriteNote{"may I?", {}}});
    const auto order = line->hearOf<desk::SeatOrder>();
    ASSERT_TRUE(order);
    auto left = std::async(std::launch::async, [&] { return seat->end(60s); });
    // It takes no more: what cannot be sent is refused for that reason from then on.
    while (seat->submit({seat->newCommandId(), "A. Frick", desk::WriteNote{"\xFF", {}}}).get().error().code != Code::unavailable)
        std::this_thread::yield();
    line->say(desk::SeatAnswer{order->number, base::fail(Code::conflict, "somebody else has it"), 0});
    const auto named = left.get();
    ASSERT_EQ(named.size(), 1U);
    EXPECT_EQ(named.front().why.message, "somebody else has it");
    EXPECT_FALSE(answer.get());
}

TEST_F(SeatOfADumbDesk, whatStandsInTheJournalAtTheEndIsDone) {
    auto answer = seat->submit({seat->newCommandId(), "A. Frick", desk::WriteNote{"written, not told", {}}});
    auto order = line->hearOf<desk::SeatOrder>();
    ASSERT_TRUE(order);
    ASSERT_TRUE(desk->submit(std::move(order->command)).get());
    EXPECT_TRUE(seat->end(1ms).empty());
    EXPECT_TRUE(answer.get());
}

TEST_F(Seats, aProgramThatHasNotGreetedIsNotHeardAtLength) {
    RawSeat rude(socket());
    rude.text(std::string(100'000, ' ')); // more than any greeting has
    EXPECT_FALSE(rude.hear());
}

TEST_F(Seats, greetingsThatComeTooFastTakeTheirTurn) {
    server.reset();
    openServer({8, 64, 4'000, 5s, 20ms});
    std::vector<std::unique_ptr<SeatDesk>> all;
    for (int i = 0; i < 8; ++i)
        all.push_back(sit("A. Frick"));
    EXPECT_TRUE(std::all_of(all.begin(), all.end(), [](const auto& seat) { return seat && !seat->readOnly(); }));
}

} // namespace
} // namespace tocsin::app
