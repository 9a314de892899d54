#include "tocsin/desk/replay.hpp"

#include "desk/desk_fixture.hpp"
#include "desk/replay_images.hpp"

#include <gmock/gmock.h>
#include <random>

using namespace tocsin;
using namespace tocsin::test;

namespace {

class Replaying : public DeskFixture {
  protected:
    std::unique_ptr<desk::Replay> open() {
        auto replay = desk::Replay::open(folder.path() / "tocsin.db", folder.path() / "readings");
        EXPECT_TRUE(replay) << (replay ? "" : replay.error().message);
        return std::move(*replay);
    }
    [[nodiscard]] std::vector<model::Entry> entries() const {
        const auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        std::vector<model::Entry> all;
        EXPECT_TRUE((*store)->read(1, [&](const model::Entry& entry) {
            all.push_back(entry);
            return true;
        }));
        return all;
    }
    void note(const std::string& text) { must(desk::WriteNote{text, {}}); }
};

TEST_F(Replaying, EachMomentEqualsTheStateFoldedFromTheBeginning) {
    must(desk::RegisterSensors{{gauge()}});
    randomDuty(1500);
    const auto live = desk->snapshot();
    const auto all = entries();
    ASSERT_GT(all.size(), 500U);
    const auto forward = open();
    const auto jumping = open();
    // The states by entry, as somebody would fold them who reads from the beginning.
    std::vector<std::size_t> lastOf; // for each entry, the last that happened at its time
    for (std::size_t i = 0; i < all.size(); ++i) {
        auto k = all.size() - 1;
        while (all[k].time > all[i].time)
            --k;
        lastOf.push_back(k);
    }
    model::State state;
    std::size_t folded = 0;
    std::mt19937 random(3);
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (; folded <= lastOf[i]; ++folded)
            model::apply(state, all[folded]);
        const auto picture = forward->pictureAt(all[i].time);
        ASSERT_TRUE(picture) << picture.error().message;
        ASSERT_EQ((*picture)->lastSeq, all[lastOf[i]].seq);
        ASSERT_TRUE((*picture)->state == state) << "entry " << i + 1;
        ASSERT_EQ((*picture)->at, all[i].time);
        if (i % 7 == 0) { // from anywhere else, back or forth
            ASSERT_TRUE(jumping->pictureAt(all[random() % all.size()].time));
            ASSERT_TRUE((*jumping->pictureAt(all[i].time))->state == state) << "entry " << i + 1;
        }
    }
    const auto end = forward->pictureAt(clock.now());
    ASSERT_TRUE(end);
    EXPECT_TRUE((*end)->state == live.state);
    EXPECT_EQ((*end)->lastSeq, live.lastSeq);
    EXPECT_EQ((*end)->sensors, live.sensors);
}

TEST_F(Replaying, BeforeTheFirstEntryThereIsNothing) {
    const auto start = clock.now();
    note("one");
    const auto replay = open();
    const auto before = replay->pictureAt(start - std::chrono::seconds(1));
    ASSERT_TRUE(before);
    EXPECT_TRUE((*before)->state == model::State{});
    EXPECT_EQ((*before)->lastSeq, 0);
    EXPECT_TRUE((*before)->sensors.empty());
    EXPECT_EQ((*replay->pictureAt(start))->lastSeq, 1);
    EXPECT_EQ((*replay->pictureAt(base::Time::max()))->lastSeq, 1);
    EXPECT_EQ((*replay->pictureAt(base::Time::min()))->lastSeq, 0);
}

TEST_F(Replaying, AJournalThatGrowsIsSeen) {
    const auto replay = open();
    EXPECT_EQ((*replay->pictureAt(clock.now()))->lastSeq, 0);
    EXPECT_EQ(replay->span()->entries, 0);
    const auto incident = openIncident();
    const auto seen = replay->pictureAt(clock.now());
    ASSERT_TRUE(seen);
    EXPECT_TRUE((*seen)->state.incidents.contains(incident));
    clock.advance(std::chrono::minutes(1));
    must(desk::CloseIncident{incident, "over"});
    EXPECT_EQ((*replay->pictureAt(clock.now()))->state.incidents.at(incident).state, model::IncidentState::closed);
    EXPECT_EQ((*seen)->state.incidents.at(incident).state, model::IncidentState::open) << "a picture given stays";
    EXPECT_EQ(replay->span()->entries, 2);
    EXPECT_EQ(replay->span()->last, clock.now());
}

TEST_F(Replaying, WhereTheClockWentBackAMomentEndsAtItsLastEntry) {
    const auto start = clock.now();
    note("at 0");
    clock.advance(std::chrono::seconds(60));
    note("at 60");
    clock.advance(std::chrono::seconds(-40));
    note("at 20");
    clock.advance(std::chrono::seconds(80));
    note("at 100");
    const auto replay = open();
    const auto seqAt = [&](int second) { return (*replay->pictureAt(start + std::chrono::seconds(second)))->lastSeq; };
    EXPECT_EQ(seqAt(0), 1);
    EXPECT_EQ(seqAt(19), 1);
    EXPECT_EQ(seqAt(20), 3) << "written after the entry at 60, so that one had happened";
    EXPECT_EQ(seqAt(60), 3);
    EXPECT_EQ(seqAt(99), 3);
    EXPECT_EQ(seqAt(100), 4);
    EXPECT_EQ(replay->span()->first, start);
    EXPECT_EQ(replay->span()->last, start + std::chrono::seconds(100));
}

TEST_F(Replaying, ASensorShowsItsNewestReadingThen) {
    must(desk::RegisterSensors{{gauge(), gauge("ill"), gauge("silent")}});
    const auto start = clock.now();
    const auto days = [](int n) { return n * 86'400; };
    send({reading(days(-70), 1.0), reading(days(-70), 9.0, "ill"), reading(days(-40), 1.5)});
    send({reading(0, 2.0), reading(60, 3.0)});
    const auto replay = open();
    const auto at = [&](int seconds) { return (*replay->pictureAt(start + std::chrono::seconds(seconds)))->sensors; };
    const model::SensorId rhine("rhine-vaduz");
    const model::SensorId ill("ill");
    EXPECT_EQ(at(0).at(rhine), (desk::SensorNow{start, 2.0, 1.5}));
    EXPECT_EQ(at(59).at(rhine).value, 2.0);
    EXPECT_EQ(at(60).at(rhine), (desk::SensorNow{start + std::chrono::seconds(60), 3.0, 2.0}));
    EXPECT_EQ(at(60).at(ill), (desk::SensorNow{start - std::chrono::days(70), 9.0, 9.0}));
    EXPECT_EQ(at(days(30)).at(rhine).value, 3.0) << "in the next month too";
    EXPECT_FALSE(at(60).contains(model::SensorId("silent")));
    EXPECT_EQ(at(0).at(rhine).value, 2.0) << "and back again";
    send({reading(30, 7.0)});
    EXPECT_EQ(at(45).at(rhine), (desk::SensorNow{start + std::chrono::seconds(30), 7.0, 2.0}));
}

TEST_F(Replaying, StopsWhenAsked) {
    randomDuty(60);
    const auto replay = open();
    std::stop_source stop;
    stop.request_stop();
    const auto picture = replay->pictureAt(clock.now(), stop.get_token());
    ASSERT_FALSE(picture);
    EXPECT_EQ(picture.error().code, base::Code::cancelled);
    const auto live = desk->snapshot().state;
    EXPECT_TRUE((*replay->pictureAt(clock.now()))->state == live) << "and is asked again";
}

TEST_F(Replaying, MarksWhatASliderShows) {
    must(desk::RegisterSensors{{gauge()}});
    openIncident();
    clock.advance(std::chrono::seconds(10));
    send({reading(0, 4.5)});                   // a grave alarm
    send({reading(1, 3.7), reading(70, 3.7)}); // and one that is not marked
    const auto replay = open();
    const auto span = replay->span();
    ASSERT_TRUE(span);
    ASSERT_EQ(span->marks.size(), 2U);
    EXPECT_EQ(span->marks[0].type, "incident.opened");
    EXPECT_EQ(span->marks[0].grade, model::Grade::II);
    EXPECT_EQ(span->marks[1].type, "alarm.raised");
    EXPECT_EQ(span->marks[1].time, clock.now());
    std::vector<std::future<base::Result<desk::Done>>> opened;
    for (int i = 0; i < 600; ++i) {
        desk::OpenIncident open;
        open.title = "One of many";
        opened.push_back(desk->submit(desk::Command{desk->newCommandId(), "M. Keller", open}));
    }
    for (auto& done : opened)
        ASSERT_TRUE(done.get());
    const auto many = replay->span();
    EXPECT_EQ(many->marks.size(), 500U);
    EXPECT_TRUE(std::is_sorted(many->marks.begin(), many->marks.end(),
                               [](const auto& a, const auto& b) { return a.time < b.time; }));
}

TEST_F(Replaying, AFileThatIsNotThereIsSaid) {
    const auto replay = desk::Replay::open(folder.path() / "none.db", folder.path() / "readings");
    ASSERT_FALSE(replay);
    EXPECT_EQ(replay.error().code, base::Code::notFound);
}

TEST(ReplayCheckpoints, AreNeverMoreThanSixtyFourAndHoldEveryState) {
    desk::Checkpoints points;
    base::ManualClock clock{*base::parseTime("2026-11-20T08:00:00Z")};
    base::SeededIdSource ids(clock.now());
    std::vector<model::DrawingId> things;
    for (int i = 0; i < 20; ++i)
        things.push_back(ids.make<model::DrawingId>());
    constexpr std::int64_t count = 40'000;
    for (std::int64_t seq = 1; seq <= count; ++seq) {
        model::Drawing drawing;
        drawing.id = things[static_cast<std::size_t>(seq % 20)];
        drawing.note = std::to_string(seq);
        points.add(seq, {drawing});
        ASSERT_LE(points.count(), desk::Checkpoints::most);
    }
    EXPECT_GT(points.count(), desk::Checkpoints::most / 4);
    EXPECT_EQ(points.things(), 20U);
    for (std::int64_t seq = 0; seq <= count; seq += 997) {
        const auto near = points.nearestUpTo(seq);
        ASSERT_LE(near, seq);
        EXPECT_LE(seq - near, 2'000) << seq;
        const auto state = points.stateAt(near);
        if (near == 0) {
            EXPECT_TRUE(state.drawings.empty());
            continue;
        }
        ASSERT_EQ(state.drawings.size(), 20U);
        for (std::int64_t back = 0; back < 20; ++back)
            EXPECT_EQ(state.drawings.at(things[static_cast<std::size_t>((near - back) % 20)]).note,
                      std::to_string(near - back));
    }
    EXPECT_EQ(points.nearestUpTo(count + 5), count);
}

} // namespace
