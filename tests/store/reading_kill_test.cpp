// Merging and archiving survive the program's sudden death, whenever it comes: all that was acknowledged is there,
// once.

#include "store/support.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <gtest/gtest.h>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::store::test;
using store::Access;
using store::ReadingOutcome;

namespace {

constexpr std::size_t batchSize = 250;

std::vector<model::Reading> batchOf(std::int64_t n) {
    auto batch = someReadings(batchSize - 1, 5, at("2026-11-02T00:00:00Z") + std::chrono::minutes(n));
    // One that comes very late.
    batch.push_back(reading("late", at("2026-11-25T00:00:00Z") - std::chrono::seconds(n), static_cast<double>(n)));
    return batch;
}

/// Appends, merges and archives for ever; writes the number of the next batch to `out` once one is committed.
[[noreturn]] void work(const TempFolder& folder, unsigned seed, std::int64_t batch, int out) {
    auto readings = store::ReadingStore::open(folder / "readings", Access::readWrite);
    if (!readings)
        _exit(3);
    std::mt19937 random(seed);
    for (;;) {
        if (!(*readings)->append(batchOf(batch)))
            _exit(4);
        ++batch;
        if (write(out, &batch, sizeof batch) != static_cast<ssize_t>(sizeof batch))
            _exit(5);
        store::UpkeepPolicy policy;
        policy.readingsAtOnce = 1 + random() % 3000;
        for (auto slices = random() % 6; slices > 0; --slices) {
            if (!(*readings)->upkeep(at("2027-09-01T00:00:00Z"), policy, {}))
                _exit(6);
        }
    }
}

TEST(ReadingKill, inTheMidstOfUpkeepLosesAndDoublesNothing) {
    const TempFolder folder;
    std::mt19937 random(6);
    std::int64_t next = 0;
    for (unsigned round = 0; round < 15; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(pipe(ends.data()), 0);
        const pid_t writer = fork();
        ASSERT_GE(writer, 0);
        if (writer == 0) {
            close(ends[0]);
            work(folder, round, next, ends[1]);
        }
        close(ends[1]);
        // Dies at a moment that the seed and the scheduler choose, between the n-th answer and some time later.
        std::int64_t acknowledged = next;
        const auto answers = 1 + random() % 15;
        for (std::size_t n = 0; n < answers; ++n)
            ASSERT_EQ(read(ends[0], &acknowledged, sizeof acknowledged), static_cast<ssize_t>(sizeof acknowledged));
        (void)poll(nullptr, 0, static_cast<int>(random() % 5));
        kill(writer, SIGKILL);
        for (std::int64_t more = 0; read(ends[0], &more, sizeof more) == static_cast<ssize_t>(sizeof more);)
            acknowledged = more;
        close(ends[0]);
        int status = 0;
        waitpid(writer, &status, 0);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;

        auto readings = openReadings(folder / "readings");
        const auto there = readings->count().value();
        EXPECT_EQ(there % static_cast<std::int64_t>(batchSize), 0) << "half a batch is there";
        EXPECT_GE(there, acknowledged * static_cast<std::int64_t>(batchSize));
        const auto first = acknowledged - std::min<std::int64_t>(acknowledged, 10);
        for (auto n = first; n < acknowledged; ++n)
            ASSERT_EQ(readings->append(batchOf(n)).value(), std::vector(batchSize, ReadingOutcome::duplicate));
        (void)readings->append(batchOf(acknowledged)).value(); // sent again, for nobody had said ok
        next = acknowledged + 1;
        EXPECT_EQ(readings->count().value(), next * static_cast<std::int64_t>(batchSize));
        std::size_t found = 0;
        for (const char* sensor : {"gauge-0", "gauge-1", "gauge-2", "gauge-3", "gauge-4", "late"}) {
            const auto points =
                readings->range(model::SensorId(sensor), base::Time::min(), base::Time::max(), 1'000'000);
            ASSERT_TRUE(points) << points.error().message;
            found += points->size();
        }
        EXPECT_EQ(found, static_cast<std::size_t>(next) * batchSize);
    }
}

} // namespace
