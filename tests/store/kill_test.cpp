// What was acknowledged survives the program's sudden death, whenever it comes.

#include "store/support.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <gtest/gtest.h>
#include <map>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

using namespace tocsin;
using namespace tocsin::store::test;
using store::Access;
using store::ReadingOutcome;

namespace {

/// What a round says once it is committed.
struct Acknowledged {
    std::int64_t lastSeq;
    std::int64_t readings;
};

constexpr std::size_t readingsARound = 200;

/// The n-th batch: over a month's end, so that two files are written.
std::vector<model::Reading> batchOf(std::int64_t n) {
    auto batch = someReadings(readingsARound / 2, 20, at("2026-11-02T00:00:00Z") + std::chrono::minutes(n));
    const auto other = someReadings(readingsARound / 2, 20, at("2026-12-02T00:00:00Z") + std::chrono::minutes(n));
    batch.insert(batch.end(), other.begin(), other.end());
    return batch;
}

/// The desk's part: appends entries and readings for ever and writes to `out` what is committed. Ends only by a signal.
[[noreturn]] void work(const TempFolder& folder, unsigned round, std::int64_t batch, int out) {
    auto store = store::Store::open(folder / "tocsin.db", Access::readWrite, "Testland");
    auto readings = store::ReadingStore::open(folder / "readings", Access::readWrite);
    if (!store || !readings)
        _exit(3);
    DraftMaker maker(1000 + round);
    for (;; ++batch) {
        if (!(*store)->begin())
            _exit(4);
        for (int i = 0; i < 5; ++i) {
            if (!(*store)->append(maker.next()))
                _exit(5);
        }
        if (!(*store)->commit() || !(*readings)->append(batchOf(batch)))
            _exit(6);
        const Acknowledged done{(*store)->lastSeq(), batch + 1};
        if (write(out, &done, sizeof done) != static_cast<ssize_t>(sizeof done))
            _exit(7);
    }
}

/// Reads what was acknowledged until the writer is gone; kills it after `rounds` and a little while more.
Acknowledged killAfter(pid_t writer, int in, int rounds, int millisMore) {
    Acknowledged last{0, 0};
    bool killed = false;
    for (int seen = 0;;) {
        pollfd waiting{in, POLLIN, 0};
        if (!killed && seen >= rounds && poll(&waiting, 1, millisMore) == 0) {
            kill(writer, SIGKILL);
            killed = true;
        }
        Acknowledged next{};
        const auto got = read(in, &next, sizeof next);
        if (got != static_cast<ssize_t>(sizeof next))
            break;
        last = next;
        if (++seen > rounds && !killed) {
            kill(writer, SIGKILL);
            killed = true;
        }
    }
    int status = 0;
    waitpid(writer, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
    return last;
}

TEST(Kill, neitherLosesNorDoublesWhatWasAcknowledged) {
    const TempFolder folder;
    std::mt19937 random(20);
    std::int64_t seqBefore = 0;
    std::int64_t batch = 0;
    for (unsigned round = 0; round < 20; ++round) {
        std::array<int, 2> ends{};
        ASSERT_EQ(pipe(ends.data()), 0);
        const pid_t writer = fork();
        ASSERT_GE(writer, 0);
        if (writer == 0) {
            close(ends[0]);
            work(folder, round, batch, ends[1]);
        }
        close(ends[1]);
        const auto acknowledged =
            killAfter(writer, ends[0], static_cast<int>(random() % 12), static_cast<int>(random() % 12));
        close(ends[0]);

        if (acknowledged.readings == 0 && !std::filesystem::exists(folder / "tocsin.db"))
            continue; // killed before it began
        auto store = openStore(folder / "tocsin.db");
        ASSERT_TRUE(store);
        EXPECT_GE(store->lastSeq(), std::max(seqBefore, acknowledged.lastSeq));
        EXPECT_EQ(store->lastSeq() % 5, 0) << "half a unit is there";
        const auto fault = store->verify();
        ASSERT_TRUE(fault);
        EXPECT_FALSE(*fault) << (*fault)->reason;
        const auto digest = store->projectionDigest().value();
        ASSERT_TRUE(store->rebuild());
        EXPECT_EQ(store->projectionDigest().value(), digest);
        seqBefore = store->lastSeq();

        // All acknowledged batches are there; a sender sends the one that was not again, and all is there once.
        auto readings = openReadings(folder / "readings");
        const auto all = std::max(batch, acknowledged.readings);
        EXPECT_GE(readings->count().value(), all * static_cast<std::int64_t>(readingsARound));
        for (auto n = batch; n < all; ++n)
            ASSERT_EQ(readings->append(batchOf(n)).value(), std::vector(readingsARound, ReadingOutcome::duplicate));
        const auto again = readings->append(batchOf(all)).value();
        EXPECT_EQ(std::count(again.begin(), again.end(), ReadingOutcome::conflict), 0);
        batch = all + 1;
        EXPECT_EQ(readings->count().value(), batch * static_cast<std::int64_t>(readingsARound));
    }
    EXPECT_GT(seqBefore, 0);
    EXPECT_GT(batch, 20);
}

} // namespace
