// Readings while they are merged, summed up and moved to the archive: always all there, once.

#include "store/support.hpp"
#include "tocsin/store/backup.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using store::Access;
using store::ReadingOutcome;
using store::ReadingPoint;
using store::SeriesPoint;

namespace {

namespace fs = std::filesystem;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const auto longAfter = at("2027-09-01T00:00:00Z");

/// Calls upkeep until there is no more to do; the number of slices.
int keepUp(store::ReadingStore& readings, base::Time now = someTime(), std::size_t atOnce = 5000) {
    store::UpkeepPolicy policy;
    policy.readingsAtOnce = atOnce;
    for (int slices = 0; slices < 100'000; ++slices) {
        const auto more = readings.upkeep(now, policy, {});
        EXPECT_TRUE(more) << more.error().message;
        if (!more || !*more)
            return slices;
    }
    ADD_FAILURE() << "upkeep never ends";
    return -1;
}

using Expected = std::map<std::string, std::map<base::Time, double>>;

void expectAll(const store::ReadingStore& readings, const Expected& expected) {
    std::int64_t count = 0;
    std::map<model::SensorId, ReadingPoint> latest;
    for (const auto& [sensor, points] : expected) {
        std::map<base::Time, double> stored;
        const auto found = readings.range(model::SensorId(sensor), base::Time::min(), base::Time::max(), 10'000'000);
        ASSERT_TRUE(found) << found.error().message;
        for (const auto& point : *found)
            ASSERT_TRUE(stored.emplace(point.time, point.value).second) << sensor << " has a moment twice";
        EXPECT_TRUE(stored == points) << sensor << ": " << stored.size() << " instead of " << points.size();
        count += static_cast<std::int64_t>(points.size());
        latest[model::SensorId(sensor)] = {points.rbegin()->first, points.rbegin()->second};
    }
    EXPECT_EQ(readings.count().value(), count);
    EXPECT_EQ(readings.latest().value(), latest);
}

/// A week of river levels: a reading every five minutes, with two decimals, some of them late.
struct Week {
    Expected expected;
    std::vector<std::vector<model::Reading>> batches;

    explicit Week(int sensors, std::size_t batch = 300) {
        std::mt19937 random(11);
        std::vector<model::Reading> late;
        batches.emplace_back();
        const auto from = at("2026-11-02T00:00:00Z");
        for (int n = 0; n < 7 * 288; ++n) {
            for (int i = 0; i < sensors; ++i) {
                const auto r =
                    reading("gauge-" + std::to_string(i), from + minutes(5 * n),
                            std::round(300 + 50 * std::sin(n / 40.0) + static_cast<double>(random() % 9)) / 100);
                expected[r.sensor.value][r.time] = r.value;
                if (random() % 20 == 0)
                    late.push_back(r);
                else
                    add(r, batch);
            }
            if (late.size() > 200) {
                std::shuffle(late.begin(), late.end(), random);
                for (const auto& r : late)
                    add(r, batch);
                late.clear();
            }
        }
        for (const auto& r : late)
            add(r, batch);
    }

    void add(const model::Reading& r, std::size_t batch) {
        if (batches.back().size() >= batch)
            batches.emplace_back();
        batches.back().push_back(r);
    }
};

/// Means may differ in their last bits: they were added up in another order.
void expectSame(const store::Series& a, const store::Series& b) {
    EXPECT_EQ(a.step, b.step);
    ASSERT_EQ(a.points.size(), b.points.size());
    for (std::size_t i = 0; i < a.points.size(); ++i) {
        EXPECT_NEAR(a.points[i].mean, b.points[i].mean, 1e-9);
        auto point = b.points[i];
        point.mean = a.points[i].mean;
        EXPECT_EQ(a.points[i], point);
    }
}

TEST(ReadingUpkeep, keepsAllThatThereIsOnce) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const Week week(10);
    int slices = 0;
    for (const auto& batch : week.batches) {
        ASSERT_EQ(readings->append(batch).value(), std::vector(batch.size(), ReadingOutcome::stored));
        if (readings->upkeep(someTime(), {{}, 700}, {}).value())
            ++slices;
    }
    EXPECT_GT(slices, 20);
    expectAll(*readings, week.expected);
    keepUp(*readings);
    expectAll(*readings, week.expected);
    expectAll(*openReadings(folder.path(), Access::readOnly), week.expected);
    EXPECT_LT(std::stoi(ask(folder / "2026-11.db", "SELECT count(*) FROM run")), 40);
    for (const auto& batch : week.batches)
        ASSERT_EQ(readings->append(batch).value(), std::vector(batch.size(), ReadingOutcome::duplicate));
    readings = openReadings(folder.path());
    for (auto batch : week.batches) {
        for (auto& r : batch)
            r.value += 1;
        ASSERT_EQ(readings->append(batch).value(), std::vector(batch.size(), ReadingOutcome::conflict));
    }
    expectAll(*readings, week.expected);
}

/// Every row of a merge then comes from another run than the one before.
TEST(ReadingUpkeep, ofManySensorsThatSpeakOnceInARunKeepsAll) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    constexpr int sensors = 2'500; // more than one pass of the sort takes
    std::mt19937 random(3);
    Expected expected;
    std::vector<int> order(sensors);
    for (int i = 0; i < sensors; ++i)
        order[static_cast<std::size_t>(i)] = i;
    for (int round = 0; round < 80; ++round) {
        std::shuffle(order.begin(), order.end(), random);
        std::vector<model::Reading> batch;
        const int minute = round % 8 == 7 ? -round : round; // some rounds are late
        for (const int i : order) {
            batch.push_back(reading("meter-" + std::to_string(i), someTime() + minutes(minute),
                                    static_cast<double>(random() % 1000) / (i % 3 == 0 ? 10 : 1000)));
            expected[batch.back().sensor.value][batch.back().time] = batch.back().value;
            if (i == 1234 && round % 5 == 0)
                batch.back().flags = model::Reading::fromFuture;
        }
        ASSERT_EQ(readings->append(batch).value(), std::vector(batch.size(), ReadingOutcome::stored));
        if (round == 40) // sensors' numbers are read again
            readings = openReadings(folder.path());
    }
    keepUp(*readings);
    EXPECT_LT(std::stoi(ask(folder / "2026-11.db", "SELECT count(*) FROM run")), 40);
    EXPECT_EQ(ask(folder / "2026-11.db", "SELECT count(*) FROM sensor"), std::to_string(sensors));
    expectAll(*readings, expected);
    for (const auto& [name, flagged] : {std::pair{"meter-1233", 0}, std::pair{"meter-1234", 16}}) {
        const auto points =
            readings->range(model::SensorId(name), base::Time::min(), base::Time::max(), 1000).value();
        EXPECT_EQ(std::count_if(points.begin(), points.end(), [](const auto& point) { return point.flags != 0; }),
                  flagged);
    }
}

TEST(ReadingUpkeep, appendHelpsWhereNobodyCallsIt) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    for (int i = 0; i < 300; ++i)
        ASSERT_TRUE(readings->append(someReadings(3, 3, someTime() + seconds(i))));
    EXPECT_LT(std::stoi(ask(folder / "2026-11.db", "SELECT count(*) FROM run WHERE state = 1")), 200);
    EXPECT_EQ(readings->count().value(), 900);
    EXPECT_EQ(readings->range(model::SensorId("gauge-1"), base::Time::min(), base::Time::max(), 5000)->size(), 300U);
}

TEST(ReadingUpkeep, movesAnOldMonthToTheArchiveThatIsStillRead) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const Week week(6);
    for (const auto& batch : week.batches)
        ASSERT_TRUE(readings->append(batch));
    const auto week1 = std::pair(at("2026-11-02T00:00:00Z"), at("2026-11-09T00:00:00Z"));
    const auto before = readings->series(model::SensorId("gauge-3"), week1.first, week1.second, 200).value();
    keepUp(*readings, at("2027-02-28T00:00:00Z"));
    EXPECT_FALSE(fs::exists(folder / "archive")); // too young
    keepUp(*readings, longAfter);
    EXPECT_TRUE(fs::exists(folder / "archive/2026-11.db"));
    EXPECT_EQ(ask(folder / "2026-11.db", "SELECT count(*) FROM piece WHERE kind = 0"), "0");
    expectAll(*readings, week.expected);
    expectAll(*openReadings(folder.path(), Access::readOnly), week.expected);
    expectSame(readings->series(model::SensorId("gauge-3"), week1.first, week1.second, 200).value(), before);

    // What comes late for it is found there too, and follows once it is much.
    readings = openReadings(folder.path());
    EXPECT_EQ(readings->append(week.batches[3]).value(),
              std::vector(week.batches[3].size(), ReadingOutcome::duplicate));
    auto expected = week.expected;
    for (int i = 0; i < 20; ++i) {
        const auto r = reading("gauge-3", at("2026-11-03T00:00:01Z") + seconds(i), i);
        expected["gauge-3"][r.time] = r.value;
        ASSERT_EQ(readings->append(std::vector{r}).value().at(0), ReadingOutcome::stored);
    }
    expectAll(*readings, expected);
    keepUp(*readings, longAfter);
    EXPECT_EQ(ask(folder / "2026-11.db", "SELECT count(*) FROM run WHERE state = 2"), "2");
    expectAll(*readings, expected);
}

TEST(ReadingUpkeep, aBackupHoldsTheArchive) {
    const TempFolder folder;
    fs::create_directory(folder / "county");
    const Week week(3);
    {
        auto store = openStore(folder / "county/tocsin.db");
        auto readings = openReadings(folder / "county/readings");
        for (const auto& batch : week.batches)
            ASSERT_TRUE(readings->append(batch));
        keepUp(*readings, longAfter);
    }
    ASSERT_TRUE(store::backup(folder / "county", folder / "b.tocsin", {}));
    ASSERT_TRUE(store::restore(folder / "b.tocsin", folder / "again", {}));
    expectAll(*openReadings(folder / "again/readings", Access::readOnly), week.expected);
}

TEST(ReadingUpkeep, isWholeWhereverTheProgramStops) {
    const TempFolder folder;
    const Week week(4);
    Expected expected;
    std::size_t next = 0;
    std::mt19937 random(2);
    for (int round = 0; round < 25; ++round) {
        auto readings = openReadings(folder.path());
        for (std::size_t i = 0; i < 2 && next < week.batches.size(); ++i, ++next) {
            ASSERT_TRUE(readings->append(week.batches[next]));
            for (const auto& r : week.batches[next])
                expected[r.sensor.value][r.time] = r.value;
        }
        // Cut off between two slices, in the archive's making too.
        store::UpkeepPolicy policy;
        policy.readingsAtOnce = 900;
        const auto now = round % 3 == 2 ? longAfter : someTime();
        for (auto slices = random() % 12; slices > 0; --slices)
            ASSERT_TRUE(readings->upkeep(now, policy, {}));
        expectAll(*readings, expected);
    }
    auto readings = openReadings(folder.path());
    keepUp(*readings, longAfter);
    expectAll(*readings, expected);
    EXPECT_EQ(ask(folder / "2026-11.db", "SELECT count(*) FROM run WHERE state IN (0, 3)"), "0");
    EXPECT_EQ(ask(folder / "2026-11.db", "SELECT count(*) FROM piece WHERE run NOT IN (SELECT id FROM run)"), "0");
}

TEST(ReadingUpkeep, onAFullDiskLosesNothingAndGoesOnLater) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    const Week week(8);
    for (const auto& batch : week.batches)
        ASSERT_TRUE(readings->append(batch));
    {
        const FullDisk full(60'000);
        base::Result<bool> more = true;
        for (int i = 0; i < 500 && more && *more; ++i)
            more = readings->upkeep(longAfter, {}, {});
        ASSERT_FALSE(more);
        EXPECT_EQ(more.error().code, Code::storage) << more.error().message;
    }
    expectAll(*readings, week.expected);
    keepUp(*readings, longAfter);
    expectAll(*readings, week.expected);
}

TEST(ReadingUpkeep, leavesADamagedPieceWhereItIsAndTheOthersReadable) {
    const TempFolder folder;
    const Week week(10);
    {
        auto readings = openReadings(folder.path());
        for (const auto& batch : week.batches)
            ASSERT_TRUE(readings->append(batch));
        keepUp(*readings);
    }
    const auto file = folder / "2026-11.db";
    // The second piece of the longest run: it begins in the midst of one sensor and holds the next one whole.
    const auto piece = [&](const char* what) {
        return ask(file, std::string("SELECT ") + what +
                             " FROM piece p JOIN run r ON r.id = p.run JOIN sensor s ON s.key = p.sensor "
                             "WHERE p.kind = 0 ORDER BY r.readings DESC, p.sensor LIMIT 1 OFFSET 1");
    };
    const auto id = piece("p.id");
    const auto number = piece("p.sensor");
    const auto hit = piece("s.name");
    const auto whole = ask(file, "SELECT name FROM sensor WHERE key = 1");
    tamper(file, "UPDATE piece SET bytes = zeroblob(length(bytes)) WHERE id = " + id);
    auto readings = openReadings(folder.path());
    const auto range = [&](const std::string& sensor) {
        return readings->range(model::SensorId(sensor), base::Time::min(), base::Time::max(), 10'000);
    };
    const auto broken = range(hit);
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, Code::storage);
    EXPECT_NE(broken.error().message.find("2026-11.db is damaged: piece " + id + ", which begins with sensor " +
                                          number + " at 2026-11"),
              std::string::npos)
        << broken.error().message;
    EXPECT_EQ(range(whole).value().size(), week.expected.at(whole).size());
    // Appending goes on, and so does upkeep with all else.
    EXPECT_EQ(readings->append(someReadings(100, 10)).value(),
              std::vector<ReadingOutcome>(100, ReadingOutcome::stored));
    int errors = 0;
    for (int i = 0; i < 2000; ++i) {
        const auto more = readings->upkeep(longAfter, {}, {});
        errors += more ? 0 : 1;
        if (more && !*more)
            break;
    }
    EXPECT_EQ(errors, 1);
    EXPECT_EQ(range(whole).value().size(), week.expected.at(whole).size() + 10);
    EXPECT_EQ(ask(file, "SELECT count(*) FROM piece WHERE id = " + id), "1");
}

TEST(ReadingUpkeep, anOldFileIsReadAndContinuedAndMerged) {
    const TempFolder folder;
    const auto file = folder / "2026-10.db";
    {
        SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec(bytesOf(fs::path(TOCSIN_SOURCE_DIR) / "tests/data/store/readings_v2.sql"));
    }
    const auto from = base::fromUnixMicros(1'793'000'000'000'000);
    Expected expected;
    for (int i = 0; i < 30; ++i)
        expected["rhine-vaduz"][from + minutes(i)] = 3.21 + 0.01 * i;
    for (int i = 0; i < 12; ++i)
        expected["rain-malbun"][from + minutes(5 * i)] = 0.5 * i;
    expected["smoke-balzers"][from + std::chrono::microseconds(7)] = -0.0;
    expectAll(*openReadings(folder.path(), Access::readOnly), expected);
    EXPECT_EQ(ask(file, "PRAGMA user_version"), "2");

    auto readings = openReadings(folder.path());
    EXPECT_EQ(readings
                  ->append(std::vector{reading("rain-malbun", from + minutes(10), 1), // as it is there
                                       reading("rain-malbun", from + minutes(15), 9),
                                       reading("rain-malbun", from + minutes(16), 7), reading("new", from, 1)})
                  .value(),
              (std::vector{ReadingOutcome::duplicate, ReadingOutcome::conflict, ReadingOutcome::stored,
                           ReadingOutcome::stored}));
    expected["rain-malbun"][from + minutes(16)] = 7;
    expected["new"][from] = 1;
    expectAll(*readings, expected);
    expectAll(*openReadings(folder.path(), Access::readOnly), expected);
    keepUp(*readings, longAfter);
    EXPECT_EQ(ask(file, "SELECT count(*) FROM reading"), "0");
    expectAll(*readings, expected);
    EXPECT_EQ(readings->append(std::vector{reading("rhine-vaduz", from + minutes(29), 3.5)}).value().at(0),
              ReadingOutcome::duplicate);
}

TEST(ReadingUpkeep, aFlagStaysWithItsReading) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    auto future = reading("a", someTime() + hours(30), 2);
    future.flags = model::Reading::fromFuture;
    ASSERT_TRUE(readings->append(std::vector{reading("a", someTime(), 1), future, reading("b", someTime(), 1)}));
    ASSERT_TRUE(readings->append(someReadings(3000, 3)));
    const auto check = [&](const store::ReadingStore& store) {
        const auto points = store.range(model::SensorId("a"), base::Time::min(), base::Time::max(), 9).value();
        ASSERT_EQ(points.size(), 2U);
        EXPECT_EQ(points[0].flags, model::Reading::plain);
        EXPECT_EQ(points[1].flags, model::Reading::fromFuture);
        EXPECT_EQ(store.latest()->at(model::SensorId("a")).flags, model::Reading::fromFuture);
    };
    check(*readings);
    keepUp(*readings, longAfter);
    EXPECT_TRUE(fs::exists(folder / "archive/2026-11.db"));
    check(*readings);
    check(*openReadings(folder.path(), Access::readOnly));
}

TEST(ReadingUpkeep, clocksThatJumpLoseAndDoubleNothing) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    Expected expected;
    std::vector<std::vector<model::Reading>> sent;
    const auto send = [&](base::Time from, int count) {
        std::vector<model::Reading> batch;
        for (int i = 0; i < count; ++i) {
            for (const char* sensor : {"a", "b", "c"}) {
                batch.push_back(reading(sensor, from + minutes(i), static_cast<double>(sent.size())));
                expected[sensor].emplace(batch.back().time, batch.back().value);
            }
        }
        sent.push_back(batch);
        return readings->append(batch).value();
    };
    const auto all = [](const std::vector<ReadingOutcome>& outcomes, ReadingOutcome outcome) {
        return std::count(outcomes.begin(), outcomes.end(), outcome) == static_cast<std::ptrdiff_t>(outcomes.size());
    };
    using enum ReadingOutcome;
    EXPECT_TRUE(all(send(someTime(), 30), stored));
    EXPECT_TRUE(all(send(someTime() + hours(1) + minutes(30), 30), stored)); // an hour ahead
    EXPECT_TRUE(all(send(someTime() + minutes(30), 60), stored));            // back again: fills the gap
    EXPECT_TRUE(all(send(someTime() + minutes(90), 30), conflict));          // over what came too early
    readings = openReadings(folder.path());
    EXPECT_TRUE(all(send(someTime() - hours(2), 60), stored)); // behind
    EXPECT_TRUE(all(send(someTime() + hours(3), 10), stored));
    for (const auto& batch : sent) {
        const auto again = readings->append(batch).value();
        EXPECT_EQ(std::count(again.begin(), again.end(), stored), 0);
    }
    keepUp(*readings);
    expectAll(*readings, expected);
}

} // namespace
