#include "store/support.hpp"

#include "tocsin/base/sha256.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::QuarantineItem;
using store::QuarantineState;
using store::QuarantineTally;

namespace {

QuarantineItem item(const std::string& feed, std::string bytes, const std::string& reason = "no number") {
    QuarantineItem out;
    out.time = someTime();
    out.feed = feed;
    out.format = "cap";
    out.error = {Code::malformed, reason, {}};
    out.bytes = std::move(bytes);
    return out;
}

/// Puts it there, or fails.
std::int64_t put(store::Store& store, const QuarantineItem& what, const store::QuarantineBounds& bounds = {}) {
    const auto id = store.quarantine(what, bounds);
    EXPECT_TRUE(id) << (id ? "" : id.error().message);
    return id.value_or(-1);
}

void judge(store::Store& store, std::int64_t id, QuarantineState state, base::Time at) {
    ASSERT_TRUE(store.begin());
    ASSERT_TRUE(store.judgeQuarantine(id, state, "M. Keller", at));
    ASSERT_TRUE(store.commit());
}

} // namespace

TEST(Quarantine, keepsByWhichMessageAndWhenAnItemCame) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    auto what = item("gauges", "1.5");
    what.topic = "river/vaduz/level";
    what.received = someTime() - std::chrono::minutes(7);
    const auto kept = store->quarantineItem(put(*store, what)).value();
    EXPECT_EQ(kept.topic, "river/vaduz/level");
    EXPECT_EQ(kept.received, what.received);
    EXPECT_EQ(kept.time, someTime());
    EXPECT_TRUE(kept.isWhole());
    EXPECT_TRUE(kept.sha256.empty());
}

TEST(Quarantine, AFloodOfOneFeedHidesNoOther) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    const auto quiet = put(*store, item("quiet", "mine"));
    ASSERT_TRUE(store->begin());
    for (int i = 0; i < 600; ++i)
        put(*store, item("flood", "x" + std::to_string(i)));
    ASSERT_TRUE(store->commit());
    const auto page = store->quarantined({"quiet"}).value();
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].id, quiet);
    EXPECT_EQ(page.all, 1);
    const auto flood = store->quarantined({"flood", QuarantineState::open, 50}).value();
    EXPECT_EQ(flood.items.size(), 50U);
    EXPECT_EQ(flood.all, 600);
    EXPECT_GT(flood.items.front().id, flood.items.back().id) << "newest first";
    EXPECT_EQ(store->quarantined({"flood", QuarantineState::dismissed}).value().all, 0);
    EXPECT_EQ(store->quarantined({}).value().all, 601);
}

TEST(Quarantine, BeyondAFeedsRoomOnlyTheHeadIsKeptButEachIsRecorded) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    store::QuarantineBounds bounds;
    bounds.bytesOfOne = 10'000;
    bounds.head = 100;
    const std::string large(6'000, 'a');
    std::string other(6'000, 'b');
    other.replace(0, 5, "<cap>");
    const auto first = put(*store, item("web", large), bounds);
    const auto second = put(*store, item("web", other), bounds);
    const auto small = put(*store, item("web", "tiny"), bounds);
    put(*store, item("else", large), bounds);
    EXPECT_TRUE(store->quarantineItem(first)->isWhole());
    const auto cut = store->quarantineItem(second).value();
    EXPECT_EQ(cut.bytes, other.substr(0, 100));
    EXPECT_EQ(cut.kept, 100U);
    EXPECT_EQ(cut.size, 6'000U);
    EXPECT_EQ(cut.sha256, base::toHex(base::sha256(other)));
    EXPECT_EQ(store->quarantineItem(small)->bytes, "tiny");
    EXPECT_EQ(store->quarantineTally("web").value(), (QuarantineTally{3, 1, 6'104}));
    EXPECT_EQ(store->quarantineTally("else").value(), (QuarantineTally{1, 0, 6'000})) << "each feed has its own room";
    // What is judged makes room.
    judge(*store, first, QuarantineState::dismissed, someTime());
    EXPECT_EQ(store->quarantineTally("web").value(), (QuarantineTally{2, 1, 104}));
    EXPECT_TRUE(store->quarantineItem(put(*store, item("web", large), bounds))->isWhole());
}

TEST(Quarantine, WhatIsTakenBackIsNotCounted) {
    const TempFolder folder;
    {
        auto store = openStore(folder / "tocsin.db");
        put(*store, item("web", "one"));
        ASSERT_TRUE(store->begin());
        put(*store, item("web", "two"));
        store->rollback();
        EXPECT_EQ(store->quarantineTally("web").value(), (QuarantineTally{1, 0, 3}));
    }
    auto again = openStore(folder / "tocsin.db");
    EXPECT_EQ(again->quarantineTallies().value(), (std::map<std::string, QuarantineTally>{{"web", {1, 0, 3}}}));
}

TEST(Quarantine, TheBytesOfWhatWasJudgedLongAgoAreGivenBackAndTheItemStays) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    const auto old = put(*store, item("web", "old bytes"));
    const auto newer = put(*store, item("web", "newer"));
    const auto open = put(*store, item("web", "open"));
    judge(*store, old, QuarantineState::dismissed, someTime());
    judge(*store, newer, QuarantineState::dismissed, someTime() + std::chrono::hours(48));
    EXPECT_EQ(store->giveBackQuarantine(someTime() + std::chrono::hours(24), 10).value(), 1U);
    EXPECT_EQ(store->giveBackQuarantine(someTime() + std::chrono::hours(24), 10).value(), 0U);
    const auto gone = store->quarantineItem(old).value();
    EXPECT_TRUE(gone.bytes.empty());
    EXPECT_EQ(gone.size, 9U);
    EXPECT_EQ(gone.kept, 0U);
    EXPECT_EQ(gone.sha256, base::toHex(base::sha256("old bytes")));
    EXPECT_EQ(gone.judgedBy, "M. Keller");
    EXPECT_EQ(store->quarantineItem(newer)->bytes, "newer");
    EXPECT_EQ(store->quarantineItem(open)->bytes, "open");
    EXPECT_EQ(store->quarantined({"web", QuarantineState::dismissed}).value().all, 2) << "it still counts";
    EXPECT_EQ(store->quarantineTally("web").value(), (QuarantineTally{1, 0, 4}));
    ASSERT_TRUE(store->begin());
    EXPECT_FALSE(store->giveBackQuarantine(someTime(), 10));
    store->rollback();
}

TEST(Quarantine, WhatIsPolledAgainWithTheSameFaultIsOneItemThatSaysHowOften) {
    const TempFolder folder;
    const auto file = folder / "tocsin.db";
    auto store = openStore(file);
    auto what = item("gauges", "[1,", "no end in line 1");
    const auto first = put(*store, what);
    EXPECT_EQ(store->quarantineItem(first)->seen, 1);
    EXPECT_FALSE(store->quarantineItem(first)->lastSeen);
    for (int poll = 1; poll <= 3; ++poll) {
        what.time = someTime() + std::chrono::minutes(poll);
        what.error.message = "no end in line " + std::to_string(poll);
        EXPECT_EQ(put(*store, what), first);
    }
    const auto again = store->quarantined({"gauges"}).value();
    ASSERT_EQ(again.items.size(), 1U);
    EXPECT_EQ(again.items[0].seen, 4);
    EXPECT_EQ(again.items[0].time, someTime()) << "since when";
    EXPECT_EQ(again.items[0].lastSeen, someTime() + std::chrono::minutes(3));
    EXPECT_EQ(store->quarantineTally("gauges").value(), (QuarantineTally{1, 0, 3}));
    // Another feed, other bytes, another reason, another format: each is an item of its own.
    auto other = what;
    other.format = "usgs";
    for (const auto& one : {item("else", "[1,", "no end in line 1"), item("gauges", "[2,", "no end in line 1"), item("gauges", "[1,", "no number"), other})
        EXPECT_NE(put(*store, one), first);
    // What a broker sends is kept each time: it may mean the moment at which it came.
    auto message = item("gauges", "ON");
    message.topic = "pump/1";
    EXPECT_NE(put(*store, message), put(*store, message));
    // What is judged is done: the same is new then.
    judge(*store, first, QuarantineState::dismissed, someTime());
    const auto next = put(*store, what);
    EXPECT_NE(next, first);
    EXPECT_EQ(store->quarantineItem(next)->seen, 1);
    EXPECT_EQ(store->quarantineItem(first)->seen, 4);
    store = nullptr;
    EXPECT_EQ(put(*openStore(file), what), next) << "it is known after a restart too";
}

TEST(Quarantine, AlikeIsWhatWasRefusedForTheSameKindOfReason) {
    const TempFolder folder;
    auto store = openStore(folder / "tocsin.db");
    const auto a = put(*store, item("gauges", "1", "no sensor 'a' is registered"));
    const auto b = put(*store, item("gauges", "2", "no sensor 'river-7' is registered (the first of 20 readings)"));
    put(*store, item("gauges", "3", "the value is outside what the sensor can measure"));
    put(*store, item("else", "4", "no sensor 'a' is registered"));
    const auto judged = put(*store, item("gauges", "5", "no sensor 'c' is registered"));
    judge(*store, judged, QuarantineState::dismissed, someTime());
    EXPECT_EQ(store->quarantineAlike(b).value(), (std::vector<std::int64_t>{a, b}));
    EXPECT_EQ(store->quarantineAlike(judged).value(), (std::vector<std::int64_t>{a, b}));
    EXPECT_EQ(store->quarantineAlike(99).error().code, Code::notFound);
    const auto kind = [](const char* reason) { return store::reasonKind({Code::malformed, reason, {}}); };
    EXPECT_EQ(kind("topic \"a/b\": no \"value\" in 12 bytes"), kind("topic \"c\": no \"time\" in 3 bytes"));
    EXPECT_EQ(kind("unit '°C' cannot be brought to the sensor's 'm'"), kind("unit 'kg' cannot be brought to the sensor's 'mm'"));
    EXPECT_NE(kind("the desk's clock is 'wrong'"), kind("the desk's clock is right"));
    EXPECT_NE(kind("an open ' quote"), kind("an open ' end"));
    EXPECT_NE(kind("no number"), store::reasonKind({Code::tooLarge, "no number", {}}));
}
