#include "desk/inbox.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using desk::Inbox;

namespace {

Inbox::ReadingsItem readings(const std::string& feed, std::size_t count) {
    desk::ReadingsInput input;
    input.feed = feed;
    std::vector<model::Reading> each(count, {model::SensorId("a"), {}, {}, 1.0, {}});
    input.rows.add(each);
    return {std::move(input), {}};
}
Inbox::CommandItem command(const std::string& actor) {
    return {{{}, actor, desk::WriteNote{actor, {}}}, {}};
}

} // namespace

TEST(Inbox, AFloodOfOneFeedLeavesOthersTheirShare) {
    Inbox inbox;
    std::size_t accepted = 0;
    for (auto item = readings("flood", 10'000); inbox.offer(item); item = readings("flood", 10'000))
        ++accepted;
    EXPECT_GT(accepted, 10U);
    EXPECT_LT(accepted, 50U) << "it must end somewhere";
    for (const char* feed : {"river", "rain"}) {
        auto item = readings(feed, 100);
        EXPECT_TRUE(inbox.offer(item)) << feed;
    }
    const auto first = inbox.take(std::chrono::milliseconds(0));
    std::set<std::string> feeds;
    std::size_t taken = 0;
    for (const auto& item : first.readings) {
        feeds.insert(item.input.feed);
        taken += item.input.rows.rows.size();
    }
    EXPECT_EQ(feeds.size(), 3U) << "each feed is in the first turn";
    EXPECT_LE(taken, Inbox::mostReadingsAtOnce + 10'000);
}

TEST(Inbox, TwoFloodsAreServedAlike) {
    Inbox inbox;
    for (int i = 0; i < 10; ++i) {
        auto large = readings("large", 10'000);
        ASSERT_TRUE(inbox.offer(large));
        for (int k = 0; k < 20; ++k) {
            auto small = readings("small", 500);
            ASSERT_TRUE(inbox.offer(small));
        }
    }
    std::map<std::string, std::size_t> taken;
    for (int i = 0; i < 5; ++i) {
        for (const auto& item : inbox.take(std::chrono::milliseconds(0)).readings)
            taken[item.input.feed] += item.input.rows.rows.size();
    }
    EXPECT_NEAR(static_cast<double>(taken["large"]), static_cast<double>(taken["small"]), 12'000);
}

TEST(Inbox, PeopleGoBeforeFeedsAndBothBeforeBulk) {
    Inbox inbox;
    for (auto item = readings("flood", 10'000); inbox.offer(item); item = readings("flood", 10'000)) {
    }
    for (auto item = command("feed:web"); inbox.offer(item); item = command("feed:web")) {
    }
    auto other = command("feed:phone");
    EXPECT_TRUE(inbox.offer(other));
    auto person = command("M. Keller");
    EXPECT_TRUE(inbox.offer(person));
    const auto first = inbox.take(std::chrono::milliseconds(0));
    ASSERT_FALSE(first.commands.empty());
    EXPECT_EQ(first.commands.front().command.actor, "M. Keller");
    EXPECT_TRUE(std::any_of(first.commands.begin(), first.commands.end(),
                            [](const auto& item) { return item.command.actor == "feed:phone"; }));
    std::size_t taken = 0;
    for (const auto& item : first.readings)
        taken += item.input.rows.rows.size();
    EXPECT_LE(taken, Inbox::mostReadingsBesides + 10'000) << "the answer to a person waits for few readings";
    EXPECT_GT(taken, 0U) << "but readings go on";
}
