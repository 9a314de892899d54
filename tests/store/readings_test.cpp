#include "store/support.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <thread>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;
using store::ReadingOutcome;
using store::ReadingPoint;

namespace {

namespace fs = std::filesystem;
using std::chrono::hours;
using std::chrono::seconds;

const model::SensorId gauge("rhine-vaduz");

std::vector<ReadingOutcome> append(store::ReadingStore& readings, const std::vector<model::Reading>& batch) {
    auto outcomes = readings.append(batch);
    EXPECT_TRUE(outcomes) << outcomes.error().message;
    return outcomes.value_or(std::vector<ReadingOutcome>{});
}

TEST(Readings, areThereAfterReopening) {
    const TempFolder folder;
    const auto batch = someReadings(5000, 60);
    {
        auto readings = openReadings(folder / "readings");
        EXPECT_EQ(append(*readings, batch), std::vector(batch.size(), ReadingOutcome::stored));
    }
    auto readings = openReadings(folder / "readings");
    EXPECT_EQ(readings->count().value(), 5000);
    EXPECT_EQ(readings->latest().value().size(), 60U);
    EXPECT_EQ(append(*readings, batch), std::vector(batch.size(), ReadingOutcome::duplicate));
    EXPECT_EQ(readings->count().value(), 5000);
}

TEST(Readings, tellDuplicatesFromConflictsAndKeepTheFirst) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const auto time = someTime();
    EXPECT_EQ(append(*readings, {reading("b", time, 1), reading("a", time, 2), reading("b", time, 1),
                                 reading("a", time, 3), reading("b", time + seconds(1), 1)}),
              (std::vector{ReadingOutcome::stored, ReadingOutcome::stored, ReadingOutcome::duplicate,
                           ReadingOutcome::conflict, ReadingOutcome::stored}));
    EXPECT_EQ(append(*readings, {reading("a", time, 2), reading("b", time, 9)}),
              (std::vector{ReadingOutcome::duplicate, ReadingOutcome::conflict}));
    EXPECT_EQ(readings->range(model::SensorId("a"), time, time, 10).value(), (std::vector{ReadingPoint{time, 2}}));
    EXPECT_EQ(readings->count().value(), 3);
    EXPECT_TRUE(append(*readings, {}).empty());
}

TEST(Readings, keepValuesAndMomentsExactly) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const std::vector values{0.1, -1e-300, 1.7976931348623157e308, 5e-324, -0.0, 3.0, 9007199254740993.0};
    std::vector<model::Reading> batch;
    for (std::size_t i = 0; i < values.size(); ++i)
        batch.push_back(reading("x", someTime() + std::chrono::microseconds(i), values[i]));
    append(*readings, batch);
    const auto points = readings->range(model::SensorId("x"), someTime(), someTime() + seconds(1), 100).value();
    ASSERT_EQ(points.size(), values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        EXPECT_EQ(points[i], (ReadingPoint{batch[i].time, values[i]}));
}

TEST(Readings, goIntoTheFileOfTheirMonth) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    append(*readings, {reading("a", at("2026-11-30T23:59:59.999999Z"), 1), reading("a", at("2026-12-01T00:00:00Z"), 2),
                       reading("a", at("1969-12-31T23:59:59Z"), 3), reading("a", at("2024-02-29T12:00:00Z"), 4)});
    for (const char* name : {"2026-11.db", "2026-12.db", "1969-12.db", "2024-02.db"})
        EXPECT_TRUE(fs::exists(folder / name)) << name;
    EXPECT_EQ(readings->count().value(), 4);
}

TEST(Readings, rangeSpansMonthsAscendingAndGivesTheNewest) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const auto from = at("2026-09-28T00:00:00Z");
    std::vector<model::Reading> batch;
    for (int i = 0; i < 24 * 40; ++i)
        batch.push_back(reading("rhine-vaduz", from + hours(i), i));
    batch.push_back(reading("other", from + hours(1), 1));
    std::shuffle(batch.begin(), batch.end(), std::mt19937(3));
    append(*readings, batch);
    const auto points = [&](base::Time a, base::Time b, std::size_t most) {
        std::vector<int> values;
        const auto found = readings->range(gauge, a, b, most).value();
        for (const auto& point : found)
            values.push_back(static_cast<int>(point.value));
        return values;
    };
    EXPECT_EQ(points(from + hours(70), from + hours(74), 100), (std::vector{70, 71, 72, 73, 74}));
    EXPECT_EQ(points(from + hours(70), from + hours(74), 2), (std::vector{73, 74}));
    EXPECT_EQ(points(from, from + hours(10'000), 3), (std::vector{957, 958, 959}));
    EXPECT_EQ(points(from, from + hours(10'000), std::numeric_limits<std::size_t>::max()).size(), 960U);
    EXPECT_EQ(points(base::Time::min(), base::Time::max(), 10'000).size(), 960U);
    EXPECT_TRUE(points(from + hours(5), from, 10).empty());
    EXPECT_TRUE(points(from, from + hours(10), 0).empty());
    EXPECT_TRUE(readings->range(model::SensorId("nobody"), from, from + hours(9), 5).value().empty());
}

TEST(Readings, latestLooksThroughAllMonths) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    append(*readings, {reading("a", at("2026-11-05T00:00:00Z"), 1), reading("b", at("2026-09-05T00:00:00Z"), 2),
                       reading("a", at("2026-10-05T00:00:00Z"), 3), reading("c", at("2019-01-05T00:00:00Z"), 4)});
    append(*readings, {reading("b", at("2026-09-04T00:00:00Z"), 5)}); // late, and older than what is there
    const std::map<model::SensorId, ReadingPoint> expected{{model::SensorId("a"), {at("2026-11-05T00:00:00Z"), 1}},
                                                           {model::SensorId("b"), {at("2026-09-05T00:00:00Z"), 2}},
                                                           {model::SensorId("c"), {at("2019-01-05T00:00:00Z"), 4}}};
    EXPECT_EQ(readings->latest().value(), expected);
    EXPECT_EQ(openReadings(folder.path(), Access::readOnly)->latest().value(), expected);
}

TEST(Readings, refusesWhatIsNoneAndStoresNothingOfTheBatch) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const auto good = reading("a", someTime(), 1);
    for (const auto& bad : {reading("", someTime(), 1), reading(std::string(121, 'x'), someTime(), 1),
                            reading("a", someTime(), std::numeric_limits<double>::infinity()),
                            reading("a", someTime(), std::numeric_limits<double>::quiet_NaN()),
                            reading("a", at("1900-01-01T00:00:00Z") - seconds(1), 1),
                            reading("a", at("2200-12-31T23:59:59Z") + hours(1), 1), reading("a", base::Time::max(), 1),
                            reading("a", base::Time::min(), 1)}) {
        EXPECT_FALSE(readings->append(std::vector{good, bad}));
    }
    EXPECT_EQ(readings->count().value(), 0);
    EXPECT_TRUE(fs::is_empty(folder.path()));
}

TEST(Readings, takeManyMonthsWithFewOpenFiles) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const auto openFiles = [] {
        return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
    };
    const auto before = openFiles();
    std::vector<model::Reading> batch;
    for (int month = 0; month < 40; ++month)
        batch.push_back(reading("a", at("1990-01-15T00:00:00Z") + std::chrono::days(month * 31), month));
    EXPECT_EQ(append(*readings, batch), std::vector(batch.size(), ReadingOutcome::stored));
    EXPECT_LE(openFiles() - before, 3 * 3); // three months: the file, its log, its shared memory
    EXPECT_EQ(readings->count().value(), 40);
    EXPECT_EQ(readings->latest().value().begin()->second.value, 39);
    EXPECT_LE(openFiles() - before, 3 * 3);
    EXPECT_EQ(append(*readings, batch), std::vector(batch.size(), ReadingOutcome::duplicate));
}

TEST(Readings, ofAnyOrderEqualAPlainMap) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    std::mt19937 random(5);
    std::map<std::pair<std::string, base::Time>, double> expected;
    for (int round = 0; round < 40; ++round) {
        std::vector<model::Reading> batch;
        std::vector<ReadingOutcome> outcomes;
        for (int i = 0; i < 200; ++i) {
            const auto r = reading("s" + std::to_string(random() % 5), someTime() + hours(random() % 1500),
                                   static_cast<double>(random() % 3));
            const auto [place, fresh] = expected.emplace(std::pair{r.sensor.value, r.time}, r.value);
            outcomes.push_back(fresh                      ? ReadingOutcome::stored
                               : place->second == r.value ? ReadingOutcome::duplicate
                                                          : ReadingOutcome::conflict);
            batch.push_back(r);
        }
        ASSERT_EQ(append(*readings, batch), outcomes);
    }
    std::map<std::pair<std::string, base::Time>, double> stored;
    const auto latest = readings->latest().value();
    for (const auto& [sensor, newest] : latest) {
        const auto points = readings->range(sensor, base::Time::min(), newest.time, 100'000).value();
        for (const auto& point : points)
            stored.emplace(std::pair{sensor.value, point.time}, point.value);
    }
    EXPECT_EQ(stored, expected);
    EXPECT_EQ(readings->count().value(), static_cast<std::int64_t>(expected.size()));
}

TEST(Readings, aReaderSeesNewMonthsAndNewReadings) {
    const TempFolder folder;
    auto reader = openReadings(folder / "readings", Access::readOnly); // before there is a folder
    EXPECT_TRUE(reader->latest().value().empty());
    EXPECT_EQ(reader->count().value(), 0);
    auto writer = openReadings(folder / "readings");
    for (int month = 1; month <= 9; ++month) {
        const auto time = at("2026-0" + std::to_string(month) + "-10T00:00:00Z");
        append(*writer, {reading("rhine-vaduz", time, month)});
        EXPECT_EQ(reader->latest().value().at(gauge), (ReadingPoint{time, static_cast<double>(month)}));
        append(*writer, {reading("rhine-vaduz", time + hours(1), month + 0.5)});
        EXPECT_EQ(reader->latest().value().at(gauge), (ReadingPoint{time + hours(1), month + 0.5}));
        EXPECT_EQ(reader->count().value(), 2 * month);
    }
    EXPECT_EQ(reader->append(someReadings(1, 1)).error().code, Code::refused);
}

TEST(Readings, aFileThatIsJustBeingMadeIsEmptyToAReader) {
    const TempFolder folder;
    auto writer = openReadings(folder.path());
    append(*writer, {reading("a", someTime(), 1)});
    writeBytes(folder / "2026-12.db", "");
    writeBytes(folder / "notes.txt", "not ours");
    writeBytes(folder / "2026-13.db", "not ours");
    auto reader = openReadings(folder.path(), Access::readOnly);
    EXPECT_EQ(reader->count().value(), 1);
    EXPECT_EQ(reader->latest().value().size(), 1U);
    append(*writer, {reading("a", at("2026-12-01T00:00:00Z"), 2)});
    EXPECT_EQ(reader->count().value(), 2);
}

TEST(Readings, readersOnOtherThreadsNeverSeeHalfABatch) {
    const TempFolder folder;
    auto writer = openReadings(folder.path());
    std::atomic<bool> done{false};
    std::atomic<int> looks{0};
    std::thread looking([&] {
        auto reader = openReadings(folder.path(), Access::readOnly);
        std::int64_t last = 0;
        while (!done) {
            const auto count = reader->count();
            ASSERT_TRUE(count) << count.error().message;
            EXPECT_EQ(*count % 100, 0);
            EXPECT_GE(*count, last);
            last = *count;
            ASSERT_TRUE(reader->latest());
            ++looks;
        }
    });
    for (int i = 0; i < 60 || looks < 5; ++i)
        append(*writer, someReadings(100, 10, someTime() + hours(i)));
    done = true;
    looking.join();
}

TEST(Readings, anotherYearsFileOfANewerProgramIsRefused) {
    const TempFolder folder;
    openReadings(folder.path())->append(someReadings(10, 1)).value();
    tamper(folder / "2026-11.db", "PRAGMA user_version = 99");
    auto readings = openReadings(folder.path());
    EXPECT_EQ(readings->append(someReadings(10, 1)).error().code, Code::newer);
    EXPECT_EQ(readings->latest().error().code, Code::newer);
}

TEST(Readings, theNewestBetweenTwoMomentsCrossesMonths) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const auto now = someTime();
    using std::chrono::hours;
    ASSERT_TRUE(readings->append(std::vector{reading("a", now - hours(24 * 60), 1), reading("a", now - hours(2), 2),
                                             reading("a", now, 3), reading("b", now - hours(24 * 60), 4),
                                             reading("b", now - hours(24 * 61), 5), reading("c", now + hours(1), 6)}));
    const auto all = readings->latestBetween(base::Time::min(), now).value();
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all.at(model::SensorId("a")), (store::ReadingStep{{now, 3}, 2.0}));
    EXPECT_EQ(all.at(model::SensorId("b")), (store::ReadingStep{{now - hours(24 * 60), 4}, 5.0}));
    const auto before = readings->latestBetween(base::Time::min(), now - hours(1)).value();
    EXPECT_EQ(before.at(model::SensorId("a")), (store::ReadingStep{{now - hours(2), 2}, 1.0}));
    const auto lately = readings->latestBetween(now - hours(1), base::Time::max()).value();
    EXPECT_EQ(lately.at(model::SensorId("a")), (store::ReadingStep{{now, 3}, std::nullopt}));
    EXPECT_EQ(lately.at(model::SensorId("c")).newest.value, 6);
    EXPECT_FALSE(lately.contains(model::SensorId("b")));
    EXPECT_TRUE(readings->latestBetween(now, now - hours(1))->empty());
}

} // namespace
