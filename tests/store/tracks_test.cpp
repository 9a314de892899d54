#include "store/support.hpp"
#include "tocsin/store/tracks.hpp"

#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using store::Access;
using store::ReadingOutcome;

namespace {

std::unique_ptr<store::TrackStore> openTracks(const std::filesystem::path& folder, Access access = Access::readWrite) {
    auto tracks = store::TrackStore::open(folder, access);
    EXPECT_TRUE(tracks) << tracks.error().message;
    return std::move(*tracks);
}

model::UnitPosition position(const std::string& unit, base::Time time, double latitude = 47.1) {
    model::UnitPosition p;
    p.unit = model::UnitId(unit);
    p.callSign = "Tanker " + unit;
    p.type = "a-f-G-U-C";
    p.team = "Cyan";
    p.time = time;
    p.stale = time + minutes(5);
    p.received = time + seconds(2);
    p.position = model::Position::trusted(latitude, 9.5);
    return p;
}

std::vector<ReadingOutcome> append(store::TrackStore& tracks, const std::vector<model::UnitPosition>& batch) {
    auto outcomes = tracks.append(batch);
    EXPECT_TRUE(outcomes) << outcomes.error().message;
    return outcomes.value_or(std::vector<ReadingOutcome>{});
}

TEST(Tracks, keepAllThatAPositionSays) {
    const TempFolder folder;
    auto full = position("a", someTime());
    full.role = "Team Lead";
    full.altitudeMetres = 498.5;
    full.accuracyMetres = 4;
    full.speed = 8.25;
    full.course = 271.5;
    {
        auto tracks = openTracks(folder / "tracks");
        EXPECT_EQ(append(*tracks, {full, position("b", someTime())}), std::vector(2, ReadingOutcome::stored));
    }
    auto tracks = openTracks(folder / "tracks", Access::readOnly);
    const auto latest = tracks->latest().value();
    ASSERT_EQ(latest.size(), 2U);
    EXPECT_EQ(latest.at(model::UnitId("a")), full);
    EXPECT_EQ(latest.at(model::UnitId("b")), position("b", someTime()));
    EXPECT_EQ(tracks->append(std::vector{full}).error().code, Code::refused);
}

TEST(Tracks, tellDuplicatesFromConflictsAndKeepTheFirst) {
    const TempFolder folder;
    auto tracks = openTracks(folder / "tracks");
    const auto at = someTime();
    EXPECT_EQ(append(*tracks, {position("a", at), position("a", at), position("a", at, 47.2), position("b", at, 47.2)}),
              (std::vector{ReadingOutcome::stored, ReadingOutcome::duplicate, ReadingOutcome::conflict,
                           ReadingOutcome::stored}));
    EXPECT_EQ(tracks->latest()->at(model::UnitId("a")).position.latitude(), 47.1);
}

TEST(Tracks, goOverMonths) {
    const TempFolder folder;
    auto tracks = openTracks(folder / "tracks");
    const auto first = *base::parseTime("2026-10-31T23:50:00Z");
    std::vector<model::UnitPosition> batch;
    for (int i = 0; i < 20; ++i)
        batch.push_back(position("a", first + minutes(i), 47 + i * 0.001));
    batch.push_back(position("old", first - hours(24 * 60)));
    EXPECT_EQ(append(*tracks, batch), std::vector(21, ReadingOutcome::stored));
    EXPECT_TRUE(std::filesystem::exists(folder / "tracks/2026-10.db"));
    EXPECT_TRUE(std::filesystem::exists(folder / "tracks/2026-11.db"));
    const model::UnitId a("a");
    const auto all = tracks->range(a, first, first + hours(1), 100).value();
    ASSERT_EQ(all.size(), 20U);
    EXPECT_EQ(all.front().time, first);
    EXPECT_EQ(all.back().time, first + minutes(19));
    const auto newest = tracks->range(a, first, first + hours(1), 12).value();
    ASSERT_EQ(newest.size(), 12U);
    EXPECT_EQ(newest.front().time, first + minutes(8));
    EXPECT_EQ(tracks->latestBetween(first, first + minutes(5))->at(a).time, first + minutes(5));
    EXPECT_EQ(tracks->latestBetween(first, first + minutes(5))->size(), 1U);
    EXPECT_EQ(tracks->latest()->size(), 2U);
    EXPECT_TRUE(tracks->range(model::UnitId("nobody"), first, first + hours(1), 5)->empty());
}

TEST(Tracks, refuseTheWholeBatchForOneThatIsNone) {
    const TempFolder folder;
    auto tracks = openTracks(folder / "tracks");
    EXPECT_EQ(tracks->append(std::vector{position("a", someTime()), position("", someTime())}).error().code,
              Code::malformed);
    auto atTheEnd = position("a", someTime());
    atTheEnd.time = atTheEnd.stale = base::Time::max();
    EXPECT_EQ(tracks->append(std::vector{position("a", someTime()), atTheEnd}).error().code, Code::outOfRange);
    EXPECT_TRUE(tracks->latest()->empty());
}

TEST(Tracks, areReadBeforeThereAreAnyAndWhileTheyAreWritten) {
    const TempFolder folder;
    auto reader = openTracks(folder / "tracks", Access::readOnly);
    EXPECT_TRUE(reader->latest()->empty());
    auto writer = openTracks(folder / "tracks");
    append(*writer, {position("a", someTime())});
    EXPECT_EQ(reader->latest()->size(), 1U);
    append(*writer, {position("b", someTime())});
    EXPECT_EQ(reader->latest()->size(), 2U);
}

TEST(Tracks, aFullDiskTakesNothingBack) {
    const TempFolder folder;
    auto tracks = openTracks(folder / "tracks");
    append(*tracks, {position("a", someTime())});
    std::vector<model::UnitPosition> many;
    for (int i = 1; i < 20'000; ++i)
        many.push_back(position("a", someTime() + seconds(i)));
    {
        const FullDisk full(200'000);
        EXPECT_EQ(tracks->append(many).error().code, Code::storage);
    }
    EXPECT_EQ(tracks->range(model::UnitId("a"), someTime(), someTime() + hours(24), 100)->size(), 1U);
    EXPECT_EQ(append(*tracks, many).front(), ReadingOutcome::stored);
}

} // namespace
