#include "tocsin/model/reading_rows.hpp"

#include <gtest/gtest.h>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

using namespace tocsin;

/// As a feed's connection and the desk use it: one thread adds, and hands numbers over; the other reads their names
/// while the first goes on adding. The thread sanitizer watches this one.
TEST(NameTable, NamesAreReadWhileOthersAreAdded) {
    constexpr std::uint32_t names = 70'000; // past several growths of hash and chunks
    const auto table = std::make_shared<model::NameTable>("north/");
    std::mutex mutex;
    std::condition_variable filled;
    std::deque<model::ReadingRows> waiting;
    std::thread taker([&] {
        std::uint32_t known = 0;
        for (;;) {
            model::ReadingRows rows;
            {
                std::unique_lock lock(mutex);
                filled.wait(lock, [&] { return !waiting.empty(); });
                rows = std::move(waiting.front());
                waiting.pop_front();
            }
            if (rows.rows.empty())
                break;
            auto& notes = rows.sensors->notes();
            for (const auto& row : rows.rows) {
                ASSERT_EQ(rows.sensors->at(row.sensor), "sensor with a long name " + std::to_string(row.sensor));
                for (; known <= row.sensor; ++known)
                    notes.values.push_back(known);
                ASSERT_EQ(notes.values[row.sensor], row.sensor);
            }
            ASSERT_EQ(rows.reading(rows.rows.back()).sensor.value.substr(0, 13), "north/sensor ");
        }
    });
    std::mt19937 random(3);
    for (std::uint32_t next = 0; next < names;) {
        model::ReadingRows rows;
        rows.sensors = table;
        for (int i = 0; i < 50; ++i) {
            const auto number = i % 2 == 0 && next < names ? next++ : static_cast<std::uint32_t>(random() % next);
            rows.rows.push_back({table->add("sensor with a long name " + std::to_string(number)), model::ReadingRow::noUnit, {}, 0});
        }
        const std::lock_guard lock(mutex);
        waiting.push_back(std::move(rows));
        filled.notify_one();
    }
    {
        const std::lock_guard lock(mutex);
        waiting.emplace_back();
        filled.notify_one();
    }
    taker.join();
    EXPECT_EQ(table->size(), names);
}
