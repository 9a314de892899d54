#include "desk/desk_fixture.hpp"

#include "tocsin/desk/other_values.hpp"

using namespace tocsin;
using namespace tocsin::test;
using base::Code;
using model::Reading;

// A service corrects what it has sent: somebody takes the later value.

namespace {

class DeskCorrections : public DeskFixture {
  protected:
    const model::SensorId rhine{"rhine-vaduz"};

    void SetUp() override {
        DeskFixture::SetUp();
        must(desk::RegisterSensors{{gauge()}});
    }
    [[nodiscard]] std::unique_ptr<store::Store> journal() const {
        return std::move(*store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly));
    }
    [[nodiscard]] std::unique_ptr<store::ReadingStore> stored() const {
        return std::move(*store::ReadingStore::open(folder.path() / "readings", store::Access::readOnly));
    }
    /// The readings contradict what is stored; the item that they are in quarantine.
    std::int64_t refused(const std::vector<model::Reading>& readings) {
        EXPECT_EQ(send(readings).quarantined, readings.size());
        const auto page = journal()->quarantined({"test"}).value();
        EXPECT_FALSE(page.items.empty());
        EXPECT_TRUE(desk::holdsOtherValues(page.items.at(0)));
        return page.items.at(0).id;
    }
};

} // namespace

TEST_F(DeskCorrections, AFeedThatCorrectsByItselfIsTakenAtItsWordAndTheLogSaysSo) {
    send({reading(-180, 3.1), reading(-120, 3.2)});
    const auto correct = [&](std::vector<model::Reading> readings, const char* feed) {
        desk::ReadingsInput input;
        input.feed = feed;
        input.readings = std::move(readings);
        input.takeCorrections = std::string_view(feed) == "gauges";
        std::promise<base::Result<desk::ReadingsDone>> promise;
        desk->readings(std::move(input), [&](base::Result<desk::ReadingsDone> done) { promise.set_value(std::move(done)); });
        return promise.get_future().get().value();
    };
    EXPECT_EQ(correct({reading(-120, 4.5), reading(-60, 3.3), reading(-180, 3.0)}, "gauges").quarantined, 2U) << "before anything else it is kept";
    send({reading(-50, 3.4)}); // the turn in which it is taken is behind us
    const auto now = desk->snapshot();
    EXPECT_EQ(now.quarantined, 0);
    EXPECT_EQ(alarms("river-high").size(), 0U) << "it was corrected, and is not the newest";
    EXPECT_DOUBLE_EQ(stored()->range(rhine, clock.now() - std::chrono::seconds(120), clock.now() - std::chrono::seconds(120), 1)->at(0).value, 4.5);
    const auto entries = journal()->newest(100).value();
    const auto entry = std::find_if(entries.begin(), entries.end(), [](const auto& one) { return one.type == "reading.corrected"; });
    ASSERT_NE(entry, entries.end());
    EXPECT_EQ(entry->actor, "feed:gauges");
    EXPECT_EQ(entry->data.at("readings").size(), 2U);
    EXPECT_EQ(correct({reading(-120, 4.6)}, "other").quarantined, 1U);
    send({reading(-40, 3.4)});
    EXPECT_EQ(desk->snapshot().quarantined, 1) << "another feed's waits for a person";
    EXPECT_EQ(correct({reading(-120, 4.5)}, "gauges").duplicates, 1U) << "it is told again at each poll";
}

TEST_F(DeskCorrections, TheNewestIsReplacedJudgedAndWrittenDown) {
    send({reading(0, 3.2)});
    const auto id = refused({reading(0, 450, "rhine-vaduz", "cm")});
    EXPECT_TRUE(alarms("river-high").empty());
    const auto done = must(desk::UseValues{id});
    ASSERT_EQ(done.entries.size(), 1U);
    const auto& entry = done.entries[0];
    EXPECT_EQ(entry.type, "reading.corrected");
    EXPECT_EQ(entry.subject, "rhine-vaduz");
    EXPECT_EQ(entry.actor, "M. Keller");
    EXPECT_EQ(entry.data.at("item"), id);
    EXPECT_EQ(entry.data.at("feed"), "test");
    const auto& one = entry.data.at("readings").at(0);
    EXPECT_EQ(one.at("sensor"), "rhine-vaduz");
    EXPECT_EQ(one.at("time"), base::formatTime(clock.now()));
    EXPECT_DOUBLE_EQ(one.at("before").get<double>(), 3.2);
    EXPECT_DOUBLE_EQ(one.at("value").get<double>(), 4.5);
    EXPECT_EQ(one.at("unit"), "m");
    ASSERT_EQ(alarms("river-high").size(), 1U) << "it is the newest";
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(rhine).value, 4.5);
    EXPECT_EQ(desk->snapshot().quarantined, 0);
    const auto now = stored()->range(rhine, clock.now(), clock.now(), 1).value();
    ASSERT_EQ(now.size(), 1U);
    EXPECT_DOUBLE_EQ(now[0].value, 4.5);
    EXPECT_EQ(now[0].flags, Reading::corrected);
    EXPECT_EQ(stored()->superseded(rhine, clock.now(), clock.now())->size(), 1U);
    EXPECT_EQ(journal()->quarantineItem(id)->judgedBy, "M. Keller");
    EXPECT_EQ(send({reading(0, 450, "rhine-vaduz", "cm")}).duplicates, 1U) << "the service tells it again at each poll";
    EXPECT_EQ(run(desk::UseValues{id}).error().code, Code::conflict);
    restart();
    EXPECT_EQ(alarms("river-high").size(), 1U);
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(rhine).value, 4.5);
}

TEST_F(DeskCorrections, OfThePastNothingIsJudgedNeitherNowNorAtTheNextStart) {
    send({reading(-30, 3.3), reading(-20, 3.3), reading(0, 3.9)});
    const auto id = refused({reading(-30, 4.5), reading(-20, 4.6)});
    const auto done = must(desk::UseValues{id});
    ASSERT_EQ(done.entries.size(), 1U) << "several at once are one entry";
    EXPECT_EQ(done.entries[0].data.at("readings").size(), 2U);
    EXPECT_TRUE(alarms("river-high").empty());
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(rhine).value, 3.9);
    restart();
    EXPECT_TRUE(alarms("river-high").empty()) << "4.6 would stand, for 3.9 is within the hysteresis";
    EXPECT_DOUBLE_EQ(stored()->range(rhine, clock.now() - std::chrono::seconds(20), clock.now(), 2)->front().value, 4.6);
}

TEST_F(DeskCorrections, AnEndBetweenJournalAndReadingsIsPutRightAtTheNextStart) {
    send({reading(0, 3.2)});
    desk.reset();
    {
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readWrite);
        ASSERT_TRUE(store);
        ASSERT_TRUE((*store)->begin());
        ASSERT_TRUE((*store)->putCorrectionsDue({{rhine, clock.now(), clock.now(), 3.2, 4.1}, {rhine, clock.now(), clock.now() + std::chrono::seconds(1), 4.1, 4.5}}));
        ASSERT_TRUE((*store)->commit());
        EXPECT_EQ((*store)->correctionsDue(1)->at(0).value, 4.1);
    }
    start();
    EXPECT_EQ(alarms("river-high").size(), 1U);
    EXPECT_DOUBLE_EQ(desk->snapshot().sensors.at(rhine).value, 4.5);
    restart();
    EXPECT_EQ(alarms("river-high").size(), 1U) << "once";
    EXPECT_TRUE(journal()->correctionsDue(10)->empty());
    EXPECT_EQ(stored()->superseded(rhine, clock.now(), clock.now())->size(), 2U) << "and no value twice";
}

TEST_F(DeskCorrections, WhatIsNoOtherValueOrCannotBeOneIsRefusedWhole) {
    send({reading(0, 3.2, "nobody")});
    const auto unknown = journal()->quarantined({"test"})->items.at(0);
    EXPECT_FALSE(desk::holdsOtherValues(unknown));
    EXPECT_EQ(run(desk::UseValues{unknown.id}).error().code, Code::refused);
    EXPECT_EQ(run(desk::UseValues{unknown.id + 7}).error().code, Code::notFound);
    send({reading(-10, 3.1), reading(0, 3.2)});
    const auto id = refused({reading(-10, 3.0), reading(0, 11.5)});
    auto narrow = gauge();
    narrow.highest = 10;
    must(desk::RegisterSensors{{narrow}});
    EXPECT_EQ(run(desk::UseValues{id}).error().code, Code::outOfRange);
    look();
    EXPECT_TRUE(stored()->superseded(rhine, clock.now() - std::chrono::seconds(10), clock.now())->empty());
    EXPECT_EQ(journal()->quarantineItem(id)->state, store::QuarantineState::open);
}
