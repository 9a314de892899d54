#include "app/taking_again.hpp"

#include "app/desk_sink.hpp"
#include "app/feed_host.hpp"
#include "app/quarantine_lamps.hpp"
#include "desk/desk_fixture.hpp"
#include "tocsin/model/json.hpp"

using namespace tocsin;
using namespace tocsin::app;
using namespace tocsin::test;
using base::Code;

namespace {

/// A desk with feeds that are sent nothing, so that all comes from the quarantine.
class Again : public DeskFixture {
  protected:
    void SetUp() override {
        DeskFixture::SetUp();
        ingest::FeedConfig city;
        city.name = "city";
        city.transport = ingest::Transport::httpPush;
        city.format = ingest::Format::chirpstack;
        city.sensorPrefix = "city-";
        ingest::FeedConfig pumps;
        pumps.name = "pumps";
        pumps.transport = ingest::Transport::httpPush;
        pumps.mapping.sensor = "pump-{topic:1}";
        pumps.mapping.values = {{".", {}, {}}};
        ingest::FeedConfig strict;
        strict.name = "strict";
        strict.transport = ingest::Transport::httpPush;
        strict.signers = {"nobody.pem"};
        sink = std::make_unique<DeskSink>(*desk);
        host = std::make_unique<FeedHost>(FeedHost::Parts{
            config, folder.path(), {city, pumps, strict}, clock, ids, *sink, folder.path() / "photos"});
        ASSERT_TRUE(host->listen("127.0.0.1:0", "127.0.0.1:0"));
    }
    void TearDown() override {
        host.reset();
        sink.reset();
    }
    TakingAgain again() {
        return TakingAgain({folder.path() / "tocsin.db", *desk, [this](const std::string& feed) { return host->equipped(feed); },
                            [this](const std::string& feed, ingest::Decoded decoded, ingest::Courier::Done done) {
                                host->deliver(feed, std::move(decoded), std::move(done));
                            }});
    }
    std::int64_t keep(const std::string& feed, const std::string& format, const std::string& bytes,
                      base::Error why = {Code::malformed, "no", {}}, const std::string& topic = {},
                      std::optional<base::Time> received = std::nullopt) {
        store::QuarantineItem item;
        item.feed = feed;
        item.format = format;
        item.bytes = bytes;
        item.error = std::move(why);
        item.topic = topic;
        item.received = received;
        std::promise<base::Result<std::int64_t>> promise;
        desk->quarantine(std::move(item), [&](auto id) { promise.set_value(std::move(id)); });
        return promise.get_future().get().value_or(-1);
    }
    desk::ReadingsDone sendAs(const std::string& feed, std::vector<model::Reading> readings) {
        std::promise<base::Result<desk::ReadingsDone>> promise;
        desk->readings({feed, std::move(readings), {}}, [&](auto result) { promise.set_value(std::move(result)); });
        return promise.get_future().get().value_or(desk::ReadingsDone{});
    }
    std::int64_t open(const std::string& feed) {
        const auto tallies = desk->snapshot().quarantine;
        const auto found = tallies.find(feed);
        return found == tallies.end() ? 0 : found->second.open;
    }
    std::vector<store::QuarantineItem> items(const std::string& feed) {
        return store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly).value()->quarantined({feed}).value().items;
    }
    /// Of something taken again alone: what became of it, or why not.
    std::string taken(std::int64_t id) {
        const auto delivered = again().one(id);
        if (!delivered)
            return delivered.error().message;
        return std::to_string(delivered->stored) + " stored, " + std::to_string(delivered->duplicates) + " known, " +
               std::to_string(delivered->quarantined) + " refused";
    }
    desk::SensorNow now(const std::string& sensor) { return desk->snapshot().sensors.at(model::SensorId(sensor)); }

    county::Config config;
    std::unique_ptr<DeskSink> sink;
    std::unique_ptr<FeedHost> host;
};

} // namespace

TEST_F(Again, AReadingThatTheDeskRefusedIsTakenOnceItsSensorIsKnown) {
    EXPECT_EQ(sendAs("city", {reading(0, 3.2, "city-1")}).quarantined, 1U);
    const auto kept = items("city");
    ASSERT_EQ(kept.size(), 1U);
    must(desk::RegisterSensors{{gauge("city-1")}});
    EXPECT_EQ(taken(kept[0].id), "1 stored, 0 known, 0 refused") << "neither the prefix once more, nor the feed's format";
    EXPECT_DOUBLE_EQ(now("city-1").value, 3.2);
    EXPECT_EQ(open("city"), 0);
    EXPECT_NE(taken(kept[0].id).find("judged already"), std::string::npos);
}

TEST_F(Again, SoIsOneFromBeforeThatHadAWordOfItsOwn) {
    must(desk::RegisterSensors{{gauge("city-1")}});
    const std::string line = R"({"sensor":"city-1","time":"2026-11-20T07:59:00.000000Z","unit":"m","value":2.5})";
    EXPECT_EQ(taken(keep("city", "readings-ndjson", line, {Code::notFound, "no sensor 'city-1' is registered", {}})),
              "1 stored, 0 known, 0 refused");
    EXPECT_DOUBLE_EQ(now("city-1").value, 2.5);
    // A line that was none is told with its place, and is as the feed sent it: there the prefix belongs.
    const std::string sent = R"({"sensor":"1","time":"2026-11-20T07:59:30Z","value":2.75})";
    EXPECT_EQ(taken(keep("city", "readings-ndjson", sent, {Code::malformed, "no", {1, 1, 0}})), "1 stored, 0 known, 0 refused");
    EXPECT_DOUBLE_EQ(now("city-1").value, 2.75);
}

TEST_F(Again, ABareValueHasItsTopicAndTheTimeAtWhichItCame) {
    must(desk::RegisterSensors{{gauge("pump-3"), gauge("pump-4")}});
    const auto came = clock.now() - std::chrono::minutes(20);
    const auto withTopic = keep("pumps", "mapped-json", "2.5", {Code::malformed, "no", {}}, "pump/3/level", came);
    const auto before = keep("pumps", "mapped-json", "2.5", {Code::malformed, "topic \"pump/4/level\": no", {}});
    const auto asKept = clock.now();
    clock.advance(std::chrono::hours(1));
    EXPECT_EQ(taken(withTopic), "1 stored, 0 known, 0 refused");
    EXPECT_EQ(now("pump-3").time, came);
    EXPECT_EQ(taken(before), "1 stored, 0 known, 0 refused");
    EXPECT_EQ(now("pump-4").time, asKept) << "not the moment at which somebody pressed a button";
}

TEST_F(Again, AFeedIsEquippedAsForItsOwnInput) {
    const auto strict = host->equipped("strict");
    ASSERT_FALSE(strict);
    EXPECT_NE(strict.error().message.find("nobody.pem"), std::string::npos);
    EXPECT_NE(taken(keep("strict", "cap", "<alert/>")).find("nobody.pem"), std::string::npos);
    EXPECT_EQ(open("strict"), 1);
    const auto city = host->equipped("city");
    ASSERT_TRUE(city);
    EXPECT_EQ(city->sensorPrefix, "city-");
    EXPECT_NE(city->means.photos, nullptr);
    EXPECT_NE(host->equipped("http").value().means.photos, nullptr) << "of the HTTP door too";
}

TEST_F(Again, EachKindThatTheDeskRefusesCanBeReadAgain) {
    const ingest::FeedConfig feed;
    const auto messageOf = [&](const std::string& word, const nlohmann::json& value) {
        store::QuarantineItem item;
        item.format = word;
        item.bytes = value.dump();
        const auto decoded = decodeAgain(item, feed);
        EXPECT_TRUE(decoded) << word << ": " << (decoded ? "" : decoded.error().message);
        return decoded && decoded->messages.size() == 1 ? decoded->messages[0] : ingest::Message{};
    };
    const auto place = model::Position::trusted(47.1, 9.5);
    const model::FieldMessage message{"m1", model::UnitId("A"), "Tanker", "All", "here", clock.now(), place};
    EXPECT_EQ(messageOf("desk/field-message", message), ingest::Message(message));
    model::FieldMarker marker;
    marker.sourceId = "k1";
    marker.type = "b-m-p-s-m";
    marker.name = "Seepage";
    marker.line = {place};
    marker.time = clock.now();
    marker.until = clock.now() + std::chrono::hours(1);
    EXPECT_EQ(messageOf("desk/field-marker", marker), ingest::Message(marker));
    const model::Emergency emergency{model::UnitId("A"), "Tanker", "911 Alert", true, clock.now(), place};
    EXPECT_EQ(messageOf("desk/emergency", emergency), ingest::Message(emergency));
    model::UnitPosition position;
    position.unit = model::UnitId("A");
    position.callSign = "Tanker";
    position.time = clock.now();
    position.stale = clock.now() + std::chrono::minutes(5);
    position.position = place;
    position.speed = 3.5;
    EXPECT_EQ(messageOf(std::string(desk::refusedPosition), position), ingest::Message(position));
    EXPECT_EQ(messageOf("position", position), ingest::Message(position)) << "as it was called before";
}

TEST_F(Again, WhatIsNotKeptWholeStaysWhereItIs) {
    store::QuarantineItem item;
    item.format = "cap";
    item.bytes = "<alert>";
    item.size = 9'000;
    item.kept = 7;
    const auto decoded = decodeAgain(item, {});
    ASSERT_FALSE(decoded);
    EXPECT_NE(decoded.error().message.find("7 of its 9000 bytes"), std::string::npos);
}

TEST_F(Again, AllThatIsAlikeIsTakenAndJudgedTogether) {
    for (int i = 0; i < 30; ++i)
        sendAs("city", {reading(i, 3.0, "city-a")});
    sendAs("city", {reading(0, 3.0, "city-b")});
    sendAs("city", {reading(1, 3.0, "city-b"), reading(2, 3.0, "city-b")});
    keep("city", "chirpstack", "{", {Code::malformed, "another reason", {}});
    ASSERT_EQ(open("city"), 33);
    must(desk::RegisterSensors{{gauge("city-a")}});
    const auto one = items("city").back().id;
    std::vector<gui::FeedsDesk::TakenAgain> told;
    const auto done = again().alike(one, {}, [&](const auto& now) { told.push_back(now); });
    EXPECT_FALSE(done.failed) << done.failed->message;
    EXPECT_EQ(done.all, 32U);
    EXPECT_EQ(done.tried, 32U);
    EXPECT_EQ(done.taken, 30U);
    EXPECT_EQ(done.refused, 2U);
    EXPECT_FALSE(done.reason.empty());
    ASSERT_GE(told.size(), 3U);
    EXPECT_EQ(told.front().tried, 0U);
    EXPECT_FALSE(told[told.size() - 2].over);
    EXPECT_TRUE(told.back().over);
    EXPECT_EQ(open("city"), 3) << "two that were refused as before, and the one that is not alike";
    std::vector<model::Entry> judged;
    ASSERT_TRUE(store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly).value()->readOf(
        {"quarantine.judged"}, 1, [&](const model::Entry& entry) {
            judged.push_back(entry);
            return true;
        }));
    ASSERT_EQ(judged.size(), 1U);
    EXPECT_EQ(judged[0].data.at("items").size(), 30U);
}

TEST_F(Again, WhatIsRefusedAsBeforeStaysWhereItIs) {
    sendAs("city", {reading(0, 3.0, "city-c")});
    const auto before = items("city");
    ASSERT_EQ(before.size(), 1U);
    EXPECT_EQ(taken(before[0].id), "0 stored, 0 known, 1 refused");
    const auto after = items("city");
    ASSERT_EQ(after.size(), 1U) << "neither lost nor there twice";
    EXPECT_EQ(after[0].id, before[0].id);
    EXPECT_EQ(after[0].seen, 2);
    must(desk::RegisterSensors{{gauge("city-c")}});
    EXPECT_EQ(taken(after[0].id), "1 stored, 0 known, 0 refused");
    EXPECT_EQ(open("city"), 0);
}

TEST_F(Again, WhatCannotBeDecodedIsCountedAndLeftAndAStopLeavesTheRest) {
    for (int i = 0; i < 4; ++i)
        keep("city", "chirpstack", "{" + std::string(static_cast<std::size_t>(i), ' '), {Code::malformed, "broken", {}});
    const auto one = items("city").back().id;
    const auto ignore = [](const auto&) {};
    const auto done = again().alike(one, {}, ignore);
    EXPECT_EQ(done.refused, 4U);
    EXPECT_EQ(done.taken, 0U);
    EXPECT_EQ(open("city"), 4);
    std::stop_source stop;
    stop.request_stop();
    const auto stopped = again().alike(one, stop.get_token(), ignore);
    EXPECT_EQ(stopped.all, 4U);
    EXPECT_EQ(stopped.tried, 0U);
    EXPECT_TRUE(stopped.over);
    EXPECT_EQ(again().alike(99, {}, ignore).failed->code, Code::notFound);
}

TEST_F(Again, TheLampsKnowWhatWaitedBeforeTheStart) {
    const auto id = keep("renamed", "cap", "<alert/>");
    TearDown();
    restart();
    ingest::FeedBoard board(clock);
    const QuarantineLamps lamps(*desk, board);
    (void)desk->snapshot(); // the lamps have heard by then
    ASSERT_EQ(board.all().size(), 1U);
    EXPECT_EQ(board.all()[0].name, "renamed");
    EXPECT_EQ(board.all()[0].inQuarantine, 1U);
    must(desk::JudgeQuarantine{id, store::QuarantineState::dismissed});
    (void)desk->snapshot();
    EXPECT_TRUE(board.all().empty());
}
