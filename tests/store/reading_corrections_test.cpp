// Values that take the place of others: whatever is asked has the last one, and nothing that came is lost.

#include "store/support.hpp"

#include <gtest/gtest.h>
#include <limits>

using namespace tocsin;
using namespace tocsin::store::test;
using base::Code;
using model::Reading;
using store::Access;
using store::Correction;
using store::ReadingOutcome;
using store::ReadingPoint;

namespace {

using std::chrono::minutes;
using std::chrono::seconds;

const model::SensorId gauge("rhine-vaduz");
const auto from = at("2026-11-02T00:00:00Z");
const auto later = at("2026-11-20T08:00:00Z");

Correction better(base::Time time, double value, base::Time received = later) {
    return {gauge, time, received, 0, value};
}

ReadingOutcome again(store::ReadingStore& readings, base::Time time, double value) {
    return readings.append(std::vector{reading(gauge.value, time, value)}).value().at(0);
}

void keepUp(store::ReadingStore& readings, base::Time now) {
    while (readings.upkeep(now, {}, {}).value()) {
    }
}

TEST(ReadingCorrections, theLastValueIsWhatIsAskedForAndTheFirstIsFound) {
    const TempFolder folder;
    {
        auto readings = openReadings(folder.path());
        ASSERT_TRUE(readings->append(std::vector{reading(gauge.value, from, 3.2), reading(gauge.value, from + minutes(1), 3.3)}));
        const auto done = readings->correct(std::vector{better(from + minutes(1), 3.5), better(from + minutes(1), 3.4)}).value();
        ASSERT_EQ(done.size(), 2U);
        EXPECT_TRUE(done[0].isThere && done[0].isNew && done[1].isNew);
        EXPECT_EQ(again(*readings, from + minutes(1), 3.4), ReadingOutcome::duplicate) << "the service goes on telling it";
        EXPECT_EQ(again(*readings, from + minutes(1), 3.3), ReadingOutcome::conflict) << "what is taken back is news again";
        EXPECT_EQ(again(*readings, from, 3.2), ReadingOutcome::duplicate);
    }
    for (const auto access : {Access::readWrite, Access::readOnly}) {
        const auto readings = openReadings(folder.path(), access);
        const ReadingPoint newest{from + minutes(1), 3.4, Reading::corrected};
        EXPECT_EQ(readings->range(gauge, from, later, 10).value(), (std::vector{ReadingPoint{from, 3.2}, newest}));
        EXPECT_EQ(readings->range(gauge, from, later, 10)->back().received, later);
        EXPECT_EQ(readings->latest()->at(gauge), newest);
        EXPECT_EQ(readings->latestBetween(from, later)->at(gauge).newest, newest);
        EXPECT_EQ(readings->latestBetween(from, later)->at(gauge).previous, 3.2);
        EXPECT_EQ(readings->series(gauge, from, later, 10)->points.back().flags, Reading::corrected);
        EXPECT_EQ(readings->superseded(gauge, from, later).value(),
                  (std::vector{ReadingPoint{from + minutes(1), 3.3, Reading::superseded},
                               ReadingPoint{from + minutes(1), 3.5, Reading::corrected | Reading::superseded}}));
        EXPECT_TRUE(readings->superseded(gauge, from, from)->empty());
        EXPECT_EQ(readings->count().value(), 2) << "a correction is no further reading";
    }
}

TEST(ReadingCorrections, theSameAgainChangesNothingAndWhatIsNotThereMakesNoFile) {
    const TempFolder folder;
    auto readings = openReadings(folder.path());
    ASSERT_TRUE(readings->append(std::vector{reading(gauge.value, from, 3.2)}));
    const std::vector all{better(from, 3.4), better(from + minutes(5), 1), better(at("2020-01-01T00:00:00Z"), 1)};
    EXPECT_TRUE(readings->correct(all)->at(0).isNew);
    const auto done = readings->correct(all).value(); // as after a crash
    EXPECT_TRUE(done[0].isThere);
    EXPECT_FALSE(done[0].isNew || done[1].isThere || done[2].isThere);
    EXPECT_EQ(readings->superseded(gauge, from, later)->size(), 1U);
    const std::vector both{better(from, 3.5, later + seconds(1)), better(from, 3.4, later + seconds(2))};
    for (int i = 0; i < 2; ++i) // neither the second time
        ASSERT_TRUE(readings->correct(both));
    EXPECT_EQ(readings->superseded(gauge, from, later)->size(), 3U);
    EXPECT_EQ(readings->range(gauge, from, later, 10)->back().value, 3.4);
    EXPECT_FALSE(std::filesystem::exists(folder / "2020-01.db"));
    EXPECT_EQ(readings->correct(std::vector{better(from, std::numeric_limits<double>::quiet_NaN())}).error().code, Code::outOfRange);
    EXPECT_EQ(openReadings(folder.path(), Access::readOnly)->correct(all).error().code, Code::refused);
    EXPECT_EQ(readings->range(gauge, from, later, 10)->size(), 1U);
}

TEST(ReadingCorrections, sumsAreThoseOfTheCorrectedValuesBeforeAndAfterTheArchive) {
    const TempFolder folder;
    auto corrected = openReadings(folder / "corrected");
    auto right = openReadings(folder / "right");
    const auto isWrong = [](int i) { return i % 977 == 5; };
    std::vector<model::Reading> came;
    std::vector<model::Reading> meant;
    std::vector<Correction> corrections;
    for (int i = 0; i < 6 * 4320; ++i) { // six days, every 20 seconds
        const auto time = from + seconds(20 * i);
        const double value = 3 + (i % 100) / 100.0;
        meant.push_back(reading(gauge.value, time, value));
        came.push_back(reading(gauge.value, time, isWrong(i) ? 99 : value));
        if (isWrong(i))
            corrections.push_back(better(time, value));
        if (i % 10 == 0)
            came.push_back(reading("other", time, -5));
    }
    for (std::size_t at = 0; at < came.size(); at += 5000)
        ASSERT_TRUE(corrected->append(std::vector(came.begin() + static_cast<long>(at), came.begin() + static_cast<long>(std::min(came.size(), at + 5000)))));
    ASSERT_TRUE(right->append(meant));
    const auto to = from + std::chrono::days(6);
    const auto expectRight = [&](const char* when) {
        for (const std::size_t most : {5U, 40U, 300U, 5000U}) {
            const auto is = corrected->series(gauge, from, to, most).value();
            const auto should = right->series(gauge, from, to, most).value();
            EXPECT_EQ(is.step, should.step);
            ASSERT_EQ(is.points.size(), should.points.size()) << when << ' ' << most;
            for (std::size_t i = 0; i < is.points.size(); ++i) {
                ASSERT_NEAR(is.points[i].mean, should.points[i].mean, 1e-9) << when << ' ' << most << ' ' << i;
                ASSERT_EQ(is.points[i].highest, should.points[i].highest) << when;
                ASSERT_EQ(is.points[i].lowest, should.points[i].lowest) << when;
                ASSERT_EQ(is.points[i].count, should.points[i].count) << when;
            }
        }
    };
    const auto half = static_cast<long>(corrections.size() / 2);
    ASSERT_TRUE(corrected->correct(std::vector(corrections.begin(), corrections.begin() + half)));
    keepUp(*corrected, later);
    ASSERT_TRUE(corrected->correct(std::vector(corrections.begin() + half, corrections.end())));
    expectRight("merged");
    keepUp(*corrected, at("2027-09-01T00:00:00Z"));
    ASSERT_TRUE(std::filesystem::exists(folder / "corrected/archive/2026-11.db"));
    expectRight("archived");
    // What is in the archive is corrected as well.
    const auto last = corrections.back();
    ASSERT_TRUE(corrected->correct(std::vector{better(last.time, 7.5)})->at(0).isNew);
    EXPECT_EQ(corrected->range(gauge, last.time, last.time, 1).value(), (std::vector{ReadingPoint{last.time, 7.5, Reading::corrected}}));
    EXPECT_EQ(corrected->superseded(gauge, from, to)->size(), corrections.size() + 1);
}

} // namespace
