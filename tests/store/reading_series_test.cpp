// Charts: readings where they fit, else sums, which are right whatever was merged, archived or came late.

#include "store/support.hpp"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

using namespace tocsin;
using namespace tocsin::store::test;
using store::Access;

namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const model::SensorId gauge("gauge-0");
const auto from = at("2026-10-20T00:00:00Z");
const auto longAfter = at("2027-09-01T00:00:00Z");

void keepUp(store::ReadingStore& readings, base::Time now) {
    while (readings.upkeep(now, {}, {}).value()) {
    }
}

class ReadingSeries : public testing::Test {
  protected:
    void SetUp() override {
        // Three weeks over a month's end, every 20 seconds; another sensor beside it.
        std::mt19937 random(7);
        std::vector<model::Reading> batch;
        for (int i = 0; i < 21 * 4320; ++i) {
            const auto time = from + seconds(20 * i);
            const double value =
                std::round(300 + 100 * std::sin(i / 9000.0) + static_cast<double>(random() % 50)) / 100;
            m_all.emplace(time, value);
            batch.push_back(reading(gauge.value, time, value));
            if (i % 50 == 0)
                batch.push_back(reading("other", time, -5));
            if (batch.size() >= 5000)
                send(batch);
        }
        send(batch);
    }

    void send(std::vector<model::Reading>& batch) { send(*m_readings, batch); }
    static void send(store::ReadingStore& readings, std::vector<model::Reading>& batch) {
        ASSERT_TRUE(readings.append(batch));
        batch.clear();
    }

    /// Compares with sums made the plain way.
    void expectSums(base::Time first, base::Time last, std::size_t most, base::Duration step) {
        const auto series = m_readings->series(gauge, first, last, most).value();
        EXPECT_EQ(series.step, step);
        EXPECT_LE(series.points.size(), most);
        std::map<base::Time, std::vector<double>> expected;
        const auto begin = [step](base::Time time) { return base::Time(time.time_since_epoch() / step * step); };
        for (const auto& [time, value] : m_all) {
            if (time >= begin(first) && begin(time) <= begin(last))
                expected[begin(time)].push_back(value);
        }
        ASSERT_EQ(series.points.size(), expected.size());
        auto point = series.points.begin();
        for (const auto& [time, values] : expected) {
            EXPECT_EQ(point->time, time);
            EXPECT_EQ(point->count, static_cast<std::int64_t>(values.size()));
            EXPECT_EQ(point->lowest, *std::min_element(values.begin(), values.end()));
            EXPECT_EQ(point->highest, *std::max_element(values.begin(), values.end()));
            double total = 0;
            for (const double value : values)
                total += value;
            EXPECT_NEAR(point->mean, total / static_cast<double>(values.size()), 1e-9);
            ++point;
        }
    }

    void expectAllSteps() {
        const auto last = from + days(21);
        expectSums(from + hours(3) + seconds(70), from + hours(9), 400, minutes(1));
        expectSums(from, last, 600, hours(1));
        expectSums(from + days(9) + hours(5), last, 24, days(1));
        expectSums(from, last, 8, days(3));
        expectSums(from + days(10), from + days(14), 6000, minutes(1));
    }

    TempFolder m_folder;
    std::unique_ptr<store::ReadingStore> m_readings = openReadings(m_folder.path());
    std::map<base::Time, double> m_all;
};

TEST_F(ReadingSeries, areReadingsWhereTheyFit) {
    const auto series = m_readings->series(gauge, from + hours(1), from + hours(2), 181).value();
    EXPECT_EQ(series.step, base::Duration(0));
    ASSERT_EQ(series.points.size(), 181U);
    const auto at = m_all.find(from + hours(1));
    EXPECT_EQ(series.points.front(), (store::SeriesPoint{at->first, at->second, at->second, at->second, 1}));
    EXPECT_EQ(m_readings->series(gauge, from + hours(1), from + hours(2), 180)->step, minutes(1));
}

TEST_F(ReadingSeries, areSumsThatFollowMergingArchivingAndLateReadings) {
    expectAllSteps();
    keepUp(*m_readings, from + days(21));
    expectAllSteps();
    keepUp(*m_readings, longAfter);
    EXPECT_TRUE(std::filesystem::exists(m_folder / "archive/2026-10.db"));
    EXPECT_TRUE(std::filesystem::exists(m_folder / "archive/2026-11.db"));
    expectAllSteps();
    std::vector<model::Reading> late;
    for (int i = 0; i < 300; ++i) {
        late.push_back(reading(gauge.value, from + minutes(100 * i) + seconds(7), i % 2 == 0 ? -9 : 99));
        m_all.emplace(late.back().time, late.back().value);
    }
    send(late);
    expectAllSteps();
}

/// Sums by hours would be as many as those by minutes: they are not kept, and not missed.
TEST_F(ReadingSeries, areOfFinerSumsWhereCoarserOnesWouldSaveNothing) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    constexpr int each = 70; // runs, as many as are merged
    for (int i = 0; i < each; ++i) {
        std::vector<model::Reading> batch;
        for (int sensor = 0; sensor < 1'200; ++sensor)
            batch.push_back(reading("meter-" + std::to_string(sensor), from + hours(5) + std::chrono::milliseconds(500 * i), sensor + i));
        send(*readings, batch);
    }
    keepUp(*readings, from + days(1));
    const auto file = folder / "2026-10.db";
    EXPECT_NE(ask(file, "SELECT count(*) FROM piece WHERE kind = 1"), "0") << "minutes";
    EXPECT_EQ(ask(file, "SELECT count(*) FROM piece WHERE kind IN (2, 3)"), "0");
    for (const auto step : {base::Duration(hours(1)), base::Duration(days(1))}) {
        const auto most = step == hours(1) ? 24 : 1;
        const auto series =
            readings->series(model::SensorId("meter-77"), from, from + days(1) - seconds(1), most).value();
        EXPECT_EQ(series.step, step);
        ASSERT_EQ(series.points.size(), 1U);
        EXPECT_EQ(series.points[0].count, each);
        EXPECT_EQ(series.points[0].lowest, 77);
        EXPECT_EQ(series.points[0].highest, 77 + each - 1);
        EXPECT_DOUBLE_EQ(series.points[0].mean, 77 + (each - 1) / 2.0);
    }
}

TEST_F(ReadingSeries, ofNothingAreEmpty) {
    EXPECT_TRUE(m_readings->series(gauge, from - days(2), from - days(1), 100)->points.empty());
    EXPECT_TRUE(m_readings->series(gauge, from + days(2), from + days(1), 100)->points.empty());
    EXPECT_TRUE(m_readings->series(model::SensorId("nobody"), from, from + days(1), 100)->points.empty());
    EXPECT_TRUE(m_readings->series(gauge, from, from + days(1), 0)->points.empty());
    EXPECT_EQ(m_readings->series(gauge, base::Time::min(), base::Time::max(), 100)->step, days(1));
    const TempFolder empty;
    EXPECT_TRUE(openReadings(empty.path())->series(gauge, from, from + days(1), 100)->points.empty());
}

} // namespace
