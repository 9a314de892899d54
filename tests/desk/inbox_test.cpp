#include "desk/inbox.hpp"
#include "desk/positions_lane.hpp"

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
Inbox::QuarantineItem unreadable(const std::string& feed, std::size_t bytes) {
    store::QuarantineItem item;
    item.feed = feed;
    item.bytes.assign(bytes, 'x');
    return {std::move(item), {}};
}
desk::PositionsLane::Item positions(const std::string& feed, std::size_t count) {
    return {{feed, std::vector<model::UnitPosition>(count)}, {}};
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

TEST(Inbox, AFloodOfWhatCannotBeReadLeavesOthersTheirShare) {
    constexpr std::size_t mebibyte = 1U << 20U;
    Inbox inbox;
    std::size_t accepted = 0;
    for (auto item = unreadable("flood", mebibyte); inbox.offer(item); item = unreadable("flood", mebibyte))
        ++accepted;
    EXPECT_GT(accepted, 10U);
    EXPECT_LT(accepted, 33U) << "it must end somewhere";
    for (const char* feed : {"river", "rain"}) {
        auto item = unreadable(feed, 100);
        EXPECT_TRUE(inbox.offer(item)) << feed;
    }
    EXPECT_EQ(inbox.size(), accepted + 2);
    const auto first = inbox.take(std::chrono::milliseconds(0));
    std::set<std::string> feeds;
    std::size_t taken = 0;
    for (const auto& item : first.quarantine) {
        feeds.insert(item.item.feed);
        taken += item.item.bytes.size();
    }
    EXPECT_EQ(feeds.size(), 3U) << "each feed is in the first turn";
    EXPECT_LE(taken, Inbox::mostQuarantineBytesAtOnce + mebibyte);
    std::size_t rest = 0;
    for (auto batch = inbox.take(std::chrono::milliseconds(0)); !batch.empty(); batch = inbox.take(std::chrono::milliseconds(0)))
        rest += batch.quarantine.size();
    EXPECT_EQ(first.quarantine.size() + rest, accepted + 2) << "nothing is lost";
    EXPECT_EQ(inbox.size(), 0U);
}

TEST(PositionsLane, AFloodOfOneFeedLeavesOthersTheirShare) {
    desk::PositionsLane lane;
    bool first = false;
    auto begin = positions("flood", 5'000);
    ASSERT_TRUE(lane.offer(begin, first));
    EXPECT_TRUE(first);
    std::size_t accepted = 1;
    for (auto item = positions("flood", 5'000); lane.offer(item, first); item = positions("flood", 5'000)) {
        EXPECT_FALSE(first);
        ++accepted;
    }
    EXPECT_GT(accepted, 5U);
    EXPECT_LT(accepted, 11U) << "it must end somewhere";
    for (const char* feed : {"boats", "phones"}) {
        auto item = positions(feed, 10);
        EXPECT_TRUE(lane.offer(item, first)) << feed;
    }
    std::set<std::string> feeds;
    std::size_t taken = 0;
    for (const auto& item : lane.take()) {
        feeds.insert(item.input.feed);
        taken += item.input.positions.size();
    }
    EXPECT_EQ(feeds.size(), 3U) << "each feed is in the first turn";
    EXPECT_LE(taken, desk::PositionsLane::mostAtOnce + 5'000);
    while (!lane.empty())
        EXPECT_FALSE(lane.take().empty());
    EXPECT_EQ(lane.size(), 0U);
}
