#include "tocsin/triage/report_flood.hpp"

#include "tocsin/base/clock.hpp"
#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>
#include <set>

namespace tocsin::triage {
namespace {

using Level = ReportLine::Level;

const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
const model::Position vaduz = model::Position::trusted(47.141, 9.521);

struct ReportFloodTest : testing::Test {
    base::SeededIdSource ids{noon};
    ReportFlood flood;

    QueueBlock block(std::string category, std::string place, double metresEast, std::size_t reports = 1) {
        QueueBlock made;
        made.id = ids.next();
        made.category = std::move(category);
        made.place = std::move(place);
        made.at = geo::offset(vaduz, base::Degrees(90), base::Metres(metresEast));
        made.reports = reports;
        made.newest = noon;
        return made;
    }
};

TEST_F(ReportFloodTest, FewAreLeftAsTheyAreAndAFloodEndsLaterThanItBegan) {
    EXPECT_FALSE(flood.isFlood(30));
    EXPECT_TRUE(flood.isFlood(31));
    EXPECT_TRUE(flood.isFlood(16));
    EXPECT_FALSE(flood.isFlood(15));
    EXPECT_FALSE(flood.isFlood(30));
}

TEST_F(ReportFloodTest, ALineIsAnAreaAndACategoryAndTheWorstComesFirst) {
    std::vector<QueueBlock> blocks;
    for (int i = 0; i < 12; ++i)
        blocks.push_back(block("building-collapse", "Vaduz centre", 50.0 * i, 12));
    for (int i = 0; i < 30; ++i)
        blocks.push_back(block("power-outage", "Schaan", 9'000 + 20.0 * i, 10));
    blocks[3].inDanger = blocks[3].trapped = 3;
    const auto lines = flood.lines(blocks);
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].place, "Vaduz centre");
    EXPECT_EQ(lines[0].category, "building-collapse");
    EXPECT_EQ(lines[0].reports, 144U) << "fewer, but people are trapped";
    EXPECT_EQ(lines[0].blocks.size(), 12U);
    EXPECT_EQ(lines[0].trapped, 3U);
    EXPECT_EQ(lines[1].reports, 300U);
    ASSERT_TRUE(lines[1].centre);
    EXPECT_LT(geo::distance(*lines[1].centre, *blocks.back().at).value, 2'500);
}

TEST_F(ReportFloodTest, HoweverManyTheyAreTheLinesAreFewAndNothingIsLost) {
    std::mt19937 dice(7);
    const char* kinds[] = {"flood", "fire", "building-collapse", "power-outage", "injury", "road", "other", "", "a", "b", "c", "d", "e"};
    for (const std::size_t most : {2U, 3U, 10U}) {
        ReportFlood of(FloodPolicy{most, 30, 2'500});
        std::vector<QueueBlock> blocks;
        for (int i = 0; i < 2'000; ++i) {
            auto one = block(kinds[dice() % 13], "P" + std::to_string(dice() % 9), dice() % 40'000, 1 + dice() % 4);
            if (dice() % 5 == 0)
                one.at.reset();
            one.inDanger = dice() % 50 == 0 ? 1 : 0;
            blocks.push_back(one);
        }
        const auto lines = of.lines(blocks);
        EXPECT_LE(lines.size(), most);
        std::set<std::size_t> seen;
        std::set<std::string> keys;
        for (const auto& line : lines) {
            std::size_t reports = 0;
            std::size_t danger = 0;
            for (const auto at : line.blocks) {
                EXPECT_TRUE(seen.insert(at).second) << "in one line only";
                reports += blocks[at].reports;
                danger += blocks[at].inDanger;
            }
            EXPECT_EQ(line.reports, reports);
            EXPECT_EQ(line.inDanger, danger);
            EXPECT_TRUE(keys.insert(line.key).second);
            EXPECT_TRUE(std::is_sorted(line.blocks.begin(), line.blocks.end()));
        }
        EXPECT_EQ(seen.size(), blocks.size());
    }
}

TEST_F(ReportFloodTest, TheWorstAreasStandAloneThoughTheRestIsCoarsened) {
    std::vector<QueueBlock> blocks;
    for (int area = 0; area < 30; ++area)
        blocks.push_back(block("flood", "F" + std::to_string(area), 6'000.0 * area, 1));
    blocks.push_back(block("fire", "Mill", 600'000, 90));
    blocks.push_back(block("fire", "Mill", 600'010, 9));
    const auto lines = flood.lines(blocks);
    ASSERT_EQ(lines.size(), 10U);
    EXPECT_EQ(lines[0].place, "Mill");
    EXPECT_EQ(lines[0].level, Level::areaAndCategory);
    const auto rest = std::find_if(lines.begin(), lines.end(), [](const auto& line) { return line.level == Level::category; });
    ASSERT_NE(rest, lines.end());
    EXPECT_EQ(rest->category, "flood");
    EXPECT_EQ(rest->areas, 30U - 8U) << "as many of the worst as there is room for have lines of their own";
    EXPECT_EQ(rest->place, "") << "several";
}

TEST_F(ReportFloodTest, ALineKeepsItsKeyWhileReportsComeAndGo) {
    std::vector<QueueBlock> blocks;
    for (int i = 0; i < 40; ++i)
        blocks.push_back(block("flood", "Ruggell", 30.0 * i));
    const auto before = flood.lines(blocks);
    ASSERT_EQ(before.size(), 1U);
    blocks.erase(blocks.begin(), blocks.begin() + 20); // with the one where the area began
    blocks.insert(blocks.begin(), block("flood", "Ruggell", -2'000));
    const auto after = flood.lines(blocks);
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after[0].key, before[0].key);
    EXPECT_EQ(after[0].reports, 21U);
}

} // namespace
} // namespace tocsin::triage
