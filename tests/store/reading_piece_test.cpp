#include "store/reading_piece.hpp"

#include "store/sql.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
#include <random>

using namespace tocsin;
using store::Packing;
using store::Rows;

namespace {

/// Sensors of many kinds, with gaps and odd numbers.
Rows someRows(unsigned seed, std::size_t sensors, std::size_t each) {
    std::mt19937_64 random(seed);
    Rows rows;
    std::uint32_t sensor = 0;
    for (std::size_t s = 0; s < sensors; ++s) {
        sensor += 1 + static_cast<std::uint32_t>(random() % 3000);
        std::int64_t time = static_cast<std::int64_t>(random() % 4'000'000'000'000'000) - 2'000'000'000'000'000;
        for (std::size_t i = 0; i < each; ++i) {
            time += s % 3 == 0 ? 60'000'000 : 1 + static_cast<std::int64_t>(random() % 1'000'000'000);
            const double whole = static_cast<double>(random() % 100'000);
            const double value = s % 5 == 0   ? whole / 1000
                                 : s % 5 == 1 ? -whole / 10
                                 : s % 5 == 2 ? std::ldexp(whole, static_cast<int>(random() % 600) - 300)
                                 : s % 5 == 3 ? whole * 1e12
                                              : 1 / (whole + 1);
            rows.add(sensor, time, static_cast<std::int64_t>(random() % 5000) - 100, value,
                     static_cast<std::uint8_t>(s % 7 == 6 ? random() % 3 : 0));
        }
    }
    return rows;
}

void expectSame(const Rows& a, const Rows& b) {
    EXPECT_EQ(a.sensor, b.sensor);
    EXPECT_EQ(a.time, b.time);
    EXPECT_EQ(a.extra, b.extra);
    EXPECT_EQ(a.flags, b.flags);
    EXPECT_EQ(a.value, b.value);
    EXPECT_EQ(a.lowest, b.lowest);
    EXPECT_EQ(a.highest, b.highest);
}

TEST(ReadingPiece, comesBackAsItWas) {
    for (const auto packing : {Packing::plain, Packing::quick, Packing::dense}) {
        for (unsigned seed = 0; seed < 20; ++seed) {
            auto rows = someRows(seed, 1 + seed, 1 + seed * seed);
            if (seed % 4 == 3) {
                rows.lowest = rows.value;
                rows.highest.assign(rows.size(), 1.5);
                rows.flags.clear();
            }
            Rows again;
            store::unpackRows(store::packRows(rows, packing), again);
            expectSame(again, rows);
        }
    }
}

TEST(ReadingPiece, keepsEveryBitOfAValue) {
    Rows rows;
    std::int64_t time = std::numeric_limits<std::int32_t>::min();
    std::uint32_t sensor = 0;
    for (const double value : {-0.0, 0.0, 0.1, 5e-324, -1.7976931348623157e308, 9007199254740993.0, 9007199254740991.5,
                               123456.789, 1e-9, 1e22, 0.30000000000000004})
        rows.add(++sensor, ++time, 0, value, 0);
    Rows again;
    store::unpackRows(store::packRows(rows, Packing::dense), again);
    ASSERT_EQ(again.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        EXPECT_EQ(again.value[i], rows.value[i]);
        EXPECT_EQ(std::signbit(again.value[i]), std::signbit(rows.value[i]));
    }
}

TEST(ReadingPiece, ofDecimalsIsSmall) {
    std::mt19937 random(1);
    Rows rows;
    double level = 3000;
    for (int i = 0; i < 4096; ++i) {
        level += static_cast<double>(random() % 5) - 2;
        rows.add(1, 1'793'000'000'000'000 + i * 60'000'000LL, 300 + static_cast<std::int64_t>(random() % 1000),
                 level / 1000, 0);
    }
    EXPECT_LT(store::packRows(rows, Packing::dense).size(), rows.size() * 3);
}

TEST(ReadingPiece, thatWasChangedIsRefusedAndNothingElseHappens) {
    std::mt19937 random(3);
    for (const auto packing : {Packing::plain, Packing::dense}) {
        const auto whole = store::packRows(someRows(5, 6, 50), packing);
        for (int i = 0; i < 3000; ++i) {
            auto bytes = whole;
            if (i % 3 == 0)
                bytes.resize(random() % bytes.size());
            else
                bytes[random() % bytes.size()] ^= static_cast<char>(1U << (random() % 8));
            if (i % 3 == 2)
                bytes += whole.substr(random() % whole.size());
            if (bytes == whole)
                continue;
            Rows rows;
            EXPECT_THROW(store::unpackRows(bytes, rows), store::Damaged) << i;
        }
    }
    Rows rows;
    EXPECT_THROW(store::unpackRows({}, rows), store::Damaged);
}

} // namespace
