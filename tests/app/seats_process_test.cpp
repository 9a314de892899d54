#include "app/app_fixture.hpp"
#include "app/county_session.hpp"
#include "app/seats_support.hpp"

#include <algorithm>
#include <gmock/gmock.h>

// Seats at a desk that is another process: `tocsin serve`.

using namespace tocsin;
using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

class SeatsOfAProcess : public App {
  protected:
    void SetUp() override {
        App::SetUp();
        makeDemo();
        serve();
    }
    void serve() {
        desk = std::make_unique<Process>(std::vector<std::string>{program, "serve", "--data", path("county"), "--readings", "127.0.0.1:0",
                                                                  "--http", "127.0.0.1:0"});
        ASSERT_FALSE(desk->line().empty());
    }
    std::unique_ptr<app::CountySession> sit(const std::string& person) {
        auto session = app::openCounty(path("county"), app::Wish::writeOrSit);
        EXPECT_TRUE(session) << (session ? "" : session.error().message);
        if (!session || (*session)->seat == nullptr) {
            ADD_FAILURE() << "no seat: " << (session ? (*session)->readOnlyReason : "");
            return nullptr;
        }
        (*session)->seat->sit(person);
        return std::move(*session);
    }
    static base::Result<desk::Done> at(app::CountySession& session, desk::CommandBody body) {
        auto& seat = *session.desk;
        return seat.submit(desk::Command{seat.newCommandId(), seat.seated(), std::move(body)}).get();
    }
    std::unique_ptr<Process> desk;
};

TEST_F(SeatsOfAProcess, twoPeopleWorkAtOnceAndTheLastOneGoesToExactlyOne) {
    const auto first = sit("A. Frick");
    const auto second = sit("B. Ospelt");
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(first->lock);
    EXPECT_NE(first->windowFile(), second->windowFile());
    EXPECT_NE(first->drafts(), second->drafts());
    const auto state = first->desk->snapshot().state;
    const auto last = std::find_if(state.resources.begin(), state.resources.end(), [](const auto& one) {
        return one.second.status == model::ResourceStatus::available && one.second.kind == model::ResourceKind::team;
    });
    ASSERT_NE(last, state.resources.end());
    const auto ask = [&](app::CountySession& who) {
        return who.desk->submit(
            desk::Command{who.desk->newCommandId(), who.desk->seated(), desk::ClaimResources{{last->first}}});
    };
    auto one = ask(*first);
    auto other = ask(*second);
    const auto got = one.get();
    const auto too = other.get();
    ASSERT_NE(got.has_value(), too.has_value());
    EXPECT_THAT((got ? too : got).error().message, HasSubstr(got ? "A. Frick is deciding about " : "B. Ospelt is deciding about "));
    Follower watching(got ? *second->desk : *first->desk);
    EXPECT_TRUE(watching.until([&](const auto& p) {
        return p.state.resources.at(last->first).claimedBy == (got ? "A. Frick" : "B. Ospelt");
    })) << "the other sees who decides";
}

TEST_F(SeatsOfAProcess, nothingThatWasAnsweredIsLostWhenTheDeskIsKilled) {
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    Follower here(*seat->desk);
    const auto done = at(*seat, desk::WriteNote{"before the end", {}});
    ASSERT_TRUE(done) << done.error().message;
    desk->signal(SIGKILL);
    desk->wait();
    ASSERT_TRUE(here.untilReadOnly(true));
    serve();
    ASSERT_TRUE(here.untilReadOnly(false));
    ASSERT_TRUE(at(*seat, desk::WriteNote{"after it", {}}));
    const auto entries = store::Store::open(seat->folder.database(), store::Access::readOnly);
    ASSERT_TRUE(entries);
    EXPECT_EQ((*entries)->entriesOf(done->entries.front().command)->size(), 1U);
    desk->signal(SIGTERM);
    EXPECT_EQ(desk->finish(), 0) << desk->errors;
    ASSERT_TRUE(here.untilReadOnly(true)) << "also one that ends in good order";
}

} // namespace
