#include "app/seats_fixture.hpp"
#include "app/team_links.hpp"

#include <future>
#include <gmock/gmock.h>

// The address of a team's own page, as a seat is told it.

namespace tocsin::app {
namespace {

using base::Code;

base::Result<desk::TeamPage> pageAt(SeatDesk& seat, model::AssignmentId id) {
    std::promise<base::Result<desk::TeamPage>> promise;
    seat.teamPage(id, [&](base::Result<desk::TeamPage> page) { promise.set_value(std::move(page)); });
    return promise.get_future().get();
}

class SeatsPages : public Seats {
  protected:
    void SetUp() override {
        Seats::SetUp();
        const auto opened = TeamLinks::open(*desk, folder.path() / "team-links.key");
        ASSERT_TRUE(opened) << opened.error().message;
        links = *opened;
        must(sending());
        sent = desk->snapshot().state.assignments.begin()->first;
    }
    void TearDown() override {
        Seats::TearDown();
        links.reset(); // before the desk
    }
    void offer(PublicDoor door) {
        server->setTeamPages(
            [this, door = std::move(door)](model::AssignmentId id) { return teamPageOf(links.get(), door, id); });
    }
    std::shared_ptr<TeamLinks> links;
    model::AssignmentId sent;
};

TEST_F(SeatsPages, theDeskGivesTheAddressAndKeepsTheKey) {
    offer({"https://desk.example:7780", true});
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    const auto page = pageAt(*seat, sent);
    ASSERT_TRUE(page) << page.error().message;
    EXPECT_EQ(page->address, "https://desk.example:7780" + links->pathOf(sent));
    EXPECT_TRUE(page->phones);
    EXPECT_TRUE(links->order(page->address.substr(page->address.rfind('/') + 1))) << "it opens the order";
}

TEST_F(SeatsPages, itSaysWhereNoPhoneGetsAndWhereThereIsNone) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    EXPECT_EQ(pageAt(*seat, sent).value(), desk::TeamPage{}) << "the desk has no such pages";
    offer({"http://127.0.0.1:7780", false});
    EXPECT_FALSE(pageAt(*seat, sent)->phones);
    offer({});
    EXPECT_EQ(pageAt(*seat, sent).value(), desk::TeamPage{}) << "its door is not open";
}

TEST_F(SeatsPages, everyQuestionIsAnsweredAlsoWhenTheDeskIsGone) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    test::Follower follower(*seat);
    server.reset();
    ASSERT_TRUE(follower.untilReadOnly(true));
    const auto page = pageAt(*seat, sent);
    ASSERT_FALSE(page);
    EXPECT_THAT(page.error().message, ::testing::HasSubstr("the desk has ended"));
}

TEST_F(SeatsPages, nobodyAsksBeforeTheGreeting) {
    const test::RawSeat stranger(socket());
    ASSERT_TRUE(stranger.connected());
    stranger.say(desk::SeatPageAsked{1, sent});
    const auto refusal = stranger.hearOf<desk::SeatRefusal>();
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->why.code, Code::refused);
}

TEST_F(SeatOfARawDesk, aQuestionThatTheDeskDiesOverIsAnswered) {
    std::promise<base::Result<desk::TeamPage>> promise;
    seat->teamPage(ids.make<model::AssignmentId>(), [&](base::Result<desk::TeamPage> page) { promise.set_value(std::move(page)); });
    ASSERT_TRUE(line->hearOf<desk::SeatPageAsked>());
    die();
    EXPECT_FALSE(promise.get_future().get());
}

} // namespace
} // namespace tocsin::app
