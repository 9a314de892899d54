#include "tocsin/triage/hot_spots.hpp"

#include "tocsin/geo/measure.hpp"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace tocsin::triage {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::IsEmpty;
using testing::SizeIs;

const base::Time noon = *base::parseTime("2026-11-29T12:00:00Z");
const model::Position vaduz = model::Position::trusted(47.141, 9.521);

model::Position beside(double east, double north) {
    return geo::offset(geo::offset(vaduz, base::Degrees(90), base::Metres(east)), base::Degrees(0),
                       base::Metres(north));
}

struct HotSpotsTest : testing::Test {
    base::SeededIdSource ids{noon - 24h * 40};
    std::mt19937 random{11};

    model::Report report(base::Time at, std::optional<model::Position> where, std::string text = "Something happened",
                         std::string sender = {}) {
        model::Report r;
        r.id = ids.make<model::ReportId>();
        r.happenedAt = at;
        r.receivedAt = at;
        r.position = where;
        r.text = std::move(text);
        r.sender = std::move(sender);
        return r;
    }
    double uniform(double from, double to) { return std::uniform_real_distribution<double>(from, to)(random); }
    /// A village or town of the county: by weight.
    model::Position settled() {
        struct Town {
            double east, north, spread, weight;
        };
        static const std::vector<Town> towns{
            {0, 0, 700, 0.4}, {4'000, 3'000, 400, 0.2}, {-3'000, 6'000, 300, 0.15}, {1'000, -6'000, 500, 0.15}};
        double u = uniform(0, 1);
        for (const auto& town : towns) {
            if (u < town.weight) {
                std::normal_distribution<double> spread(0, town.spread);
                return beside(town.east + spread(random), town.north + spread(random));
            }
            u -= town.weight;
        }
        return anywhere();
    }
    model::Position anywhere() { return beside(uniform(-8'000, 8'000), uniform(-10'000, 10'000)); }
    base::Time between(base::Time from, base::Time to) {
        return from +
               base::Duration(static_cast<std::int64_t>(uniform(0, 1) * static_cast<double>((to - from).count())));
    }
    /// `perDay` reports a day for 28 days and the last window, as one comes after the other.
    template <typename Place>
    void usual(HotSpots& spots, int perDay, Place&& place, base::Time until = noon) {
        const int number = perDay * 28;
        for (int i = 0; i < number; ++i) {
            const auto from = until - 24h * 28;
            const auto length = (until - from) / number;
            const auto at = between(from + i * length, from + (i + 1) * length);
            spots.put(report(at, place(), "Something happened", "s" + std::to_string(i)));
        }
    }
};

TEST_F(HotSpotsTest, NothingKnownNothingFound) {
    HotSpots spots;
    EXPECT_THAT(spots.spots(noon), IsEmpty());
    EXPECT_THAT(spots.trending(noon, 5), IsEmpty());
}

TEST_F(HotSpotsTest, APlantedSpotIsFoundWhereItIs) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    const auto place = beside(-5'000, -2'000);
    std::vector<model::ReportId> planted;
    for (int i = 0; i < 9; ++i) {
        const auto at = beside(-5'000 + uniform(-250, 250), -2'000 + uniform(-250, 250));
        const auto r = report(noon - 25min + i * 2min, at, "Water runs over the dyke", "w" + std::to_string(i));
        planted.push_back(r.id);
        spots.put(r);
    }
    const auto found = spots.spots(noon);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_LT(geo::distance(found[0].centre, place).value, 500);
    EXPECT_GE(found[0].reports, 9U);
    EXPECT_LT(found[0].expected, 1);
    EXPECT_LT(found[0].chance, 0.001);
    EXPECT_LT(found[0].radiusMetres, 1'500);
    EXPECT_GE(found[0].from, noon - 30min);
    EXPECT_THAT(found[0].terms, Contains("dyke"));
    for (const auto& id : planted)
        EXPECT_THAT(found[0].members, Contains(id));
    EXPECT_EQ(found[0].members.front(), planted.back());
}

TEST_F(HotSpotsTest, TwoSpotsAreTwo) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    for (int i = 0; i < 40; ++i)
        spots.put(report(noon - 50min + i * 1min, beside(-5'000 + uniform(-300, 300), -2'000 + uniform(-300, 300)),
                         "Fire", "f" + std::to_string(i)));
    for (int i = 0; i < 8; ++i)
        spots.put(report(noon - 20min + i * 2min, beside(6'000 + uniform(-300, 300), -7'000 + uniform(-300, 300)),
                         "Water", "w" + std::to_string(i)));
    const auto found = spots.spots(noon);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_GT(found[0].strength, found[1].strength);
    EXPECT_LT(geo::distance(found[0].centre, beside(-5'000, -2'000)).value, 600);
    EXPECT_LT(geo::distance(found[1].centre, beside(6'000, -7'000)).value, 600);
}

/// A strong one must not hide a weaker one beside it, nor take it in.
TEST_F(HotSpotsTest, AWeakOneBesideAStrongOne) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    for (int i = 0; i < 60; ++i)
        spots.put(report(noon - 29min + i * 20s, beside(-5'000 + uniform(-300, 300), -3'000 + uniform(-300, 300)),
                         "Fire", "f" + std::to_string(i)));
    for (int i = 0; i < 10; ++i)
        spots.put(report(noon - 20min + i * 2min, beside(-5'000 + uniform(-300, 300), -300 + uniform(-300, 300)),
                         "Water", "w" + std::to_string(i)));
    const auto found = spots.spots(noon);
    ASSERT_THAT(found, SizeIs(2));
    EXPECT_LT(geo::distance(found[0].centre, beside(-5'000, -3'000)).value, 600);
    EXPECT_LT(geo::distance(found[1].centre, beside(-5'000, -300)).value, 600);
    EXPECT_GT(geo::distance(found[0].centre, found[1].centre).value, found[0].radiusMetres + found[1].radiusMetres - 500);
}

/// What is by chance alone must not be found more often than policy.mostChance says.
TEST_F(HotSpotsTest, NoiseGivesNone) {
    int uniformFound = 0;
    int settledFound = 0;
    for (unsigned seed = 1; seed <= 40; ++seed) {
        random.seed(seed);
        HotSpots even;
        usual(even, 100, [this] { return anywhere(); });
        uniformFound += even.spots(noon).empty() ? 0 : 1;
        HotSpots towns;
        usual(towns, 100, [this] { return settled(); });
        settledFound += towns.spots(noon).empty() ? 0 : 1;
    }
    EXPECT_LE(uniformFound, 2); // 0.4 are expected
    EXPECT_LE(settledFound, 2);
}

TEST_F(HotSpotsTest, ABusyHourOfTheWholeCountyIsNone) {
    int found = 0;
    for (unsigned seed = 1; seed <= 20; ++seed) {
        random.seed(seed);
        HotSpots spots;
        usual(spots, 100, [this] { return settled(); });
        for (int i = 0; i < 25; ++i) // beside 25 of a usual window
            spots.put(report(between(noon - 1h, noon), settled(), "Something", "b" + std::to_string(i)));
        found += spots.spots(noon).empty() ? 0 : 1;
    }
    EXPECT_LE(found, 2);
}

TEST_F(HotSpotsTest, APlaceThatIsBusyEveryDayIsNone) {
    HotSpots spots;
    // Half of all comes from one square, today as ever.
    usual(spots, 80, [this] {
        return uniform(0, 1) < 0.5 ? beside(2'000 + uniform(-150, 150), 1'000 + uniform(-150, 150)) : settled();
    });
    EXPECT_THAT(spots.spots(noon), IsEmpty());
    // But five times as many are.
    for (int i = 0; i < 50; ++i)
        spots.put(report(noon - 55min + i * 1min, beside(2'000 + uniform(-150, 150), 1'000 + uniform(-150, 150)),
                         "A crowd", "c" + std::to_string(i)));
    const auto found = spots.spots(noon);
    ASSERT_FALSE(found.empty());
    EXPECT_LT(geo::distance(found[0].centre, beside(2'000, 1'000)).value, 500);
}

TEST_F(HotSpotsTest, OnePlaceOnlyMayStillRise) {
    HotSpots spots;
    usual(spots, 4, [this] { return beside(uniform(-150, 150), uniform(-150, 150)); });
    EXPECT_THAT(spots.spots(noon), IsEmpty());
    for (int i = 0; i < 40; ++i)
        spots.put(report(noon - 50min + i * 1min, beside(uniform(-150, 150), uniform(-150, 150)), "Water",
                         "w" + std::to_string(i)));
    EXPECT_THAT(spots.spots(noon), SizeIs(1));
}

TEST_F(HotSpotsTest, WithoutAPastPlacesAreHeldAgainstEachOther) {
    HotSpots spots;
    for (int i = 0; i < 12; ++i)
        spots.put(report(noon - 50min + i * 4min, beside(uniform(-300, 300), uniform(-300, 300)), "Water",
                         "w" + std::to_string(i)));
    for (int i = 0; i < 10; ++i)
        spots.put(report(noon - 50min + i * 4min, anywhere(), "Other", "o" + std::to_string(i)));
    const auto found = spots.spots(noon);
    ASSERT_FALSE(found.empty());
    EXPECT_LT(geo::distance(found[0].centre, vaduz).value, 900);
}

TEST_F(HotSpotsTest, OneCallerIsNone) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    for (int i = 0; i < 40; ++i) {
        spots.put(report(noon - 5h + i * 7min, beside(-5'000, -2'000), "My neighbour is a spy", "nagger"));
        // Nor where he walks about with it.
        spots.put(report(noon - 5h + i * 7min, beside(6'000 + uniform(-900, 900), -7'000 + uniform(-900, 900)),
                         "My neighbour is a spy", "nagger"));
    }
    EXPECT_THAT(spots.spots(noon), IsEmpty());
    for (const auto& term : spots.trending(noon, 20))
        EXPECT_NE(term.term, "spy");
}

TEST_F(HotSpotsTest, TheSameReportAgainIsOne) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    auto r = report(noon - 10min, beside(-5'000, -2'000));
    for (int i = 0; i < 30; ++i) {
        r.note = std::to_string(i);
        spots.put(r);
    }
    EXPECT_THAT(spots.spots(noon), IsEmpty());
}

TEST_F(HotSpotsTest, TheyFadeAsTimeGoesOn) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    for (int i = 0; i < 12; ++i)
        spots.put(report(noon - 25min + i * 2min, beside(-5'000, -2'000), "Das Wasser steigt am Damm",
                         "w" + std::to_string(i)));
    ASSERT_THAT(spots.spots(noon), SizeIs(1));
    EXPECT_THAT(spots.spots(noon + 2h), SizeIs(1));
    EXPECT_FALSE(spots.trending(noon, 5).empty());
    EXPECT_THAT(spots.spots(noon + 7h), IsEmpty());
    EXPECT_THAT(spots.trending(noon + 7h, 5), IsEmpty());
}

TEST_F(HotSpotsTest, StraysFarAwayDoNotBlurTheCounty) {
    HotSpots spots;
    usual(spots, 60, [this] { return settled(); });
    spots.put(report(noon - 20min, model::Position::trusted(-33.9, 151.2)));
    spots.put(report(noon - 20min, model::Position::trusted(64.1, -21.9)));
    for (int i = 0; i < 9; ++i)
        spots.put(report(noon - 25min + i * 2min, beside(-5'000 + uniform(-200, 200), -2'000), "Water",
                         "w" + std::to_string(i)));
    const auto found = spots.spots(noon);
    ASSERT_THAT(found, SizeIs(1));
    EXPECT_LT(found[0].radiusMetres, 1'500);
}

TEST_F(HotSpotsTest, TheSameTwiceOver) {
    const auto run = [] {
        HotSpotsTest_TheSameTwiceOver_Test fresh;
        HotSpots spots;
        fresh.usual(spots, 60, [&fresh] { return fresh.settled(); });
        for (int i = 0; i < 9; ++i)
            spots.put(fresh.report(noon - 25min + i * 2min, beside(-5'000, -2'000), "Water", "w" + std::to_string(i)));
        return spots.spots(noon).at(0).chance;
    };
    EXPECT_EQ(run(), run());
}

TEST_F(HotSpotsTest, WordsThatRiseInLatinAndChinese) {
    HotSpots spots(Synonyms::parse("[[same]]\nwords = [\"flood\", \"Überschwemmung\", \"积水\"]\n").value());
    usual(spots, 60, [this] { return settled(); });
    for (int i = 0; i < 6; ++i) {
        spots.put(report(noon - 25min + i * 2min, std::nullopt, "Überschwemmung beim Schloss, sagen alle",
                         "u" + std::to_string(i)));
        spots.put(report(noon - 24min + i * 2min, std::nullopt, "地铁站积水", "z" + std::to_string(i)));
    }
    for (int i = 0; i < 3; ++i)
        spots.put(report(noon - 24min + i * 2min, std::nullopt, "Überschwemmung", "v" + std::to_string(i)));
    std::vector<std::string> terms;
    for (const auto& term : spots.trending(noon, 10)) {
        terms.push_back(term.term);
        EXPECT_GE(term.now, 3U);
        EXPECT_LT(term.usual, 1);
    }
    ASSERT_FALSE(terms.empty());
    EXPECT_EQ(terms.front(), "Überschwemmung"); // as most wrote it; the Chinese ones are counted with it
    EXPECT_EQ(spots.trending(noon, 1).at(0).now, 15U);
    EXPECT_THAT(spots.trending(noon, 1).at(0).reports, SizeIs(15));
    EXPECT_THAT(terms, Contains("Schloss"));
    EXPECT_THAT(terms, Contains("地铁站"));
    EXPECT_THAT(terms, testing::Not(Contains("something"))); // is said every day
}

TEST_F(HotSpotsTest, NumbersOfHousesAreNoWords) {
    HotSpots spots;
    usual(spots, 40, [this] { return settled(); });
    for (int i = 0; i < 12; ++i) {
        const auto where = beside(1'000 + uniform(-100, 100), 2'000 + uniform(-100, 100));
        spots.put(report(noon - 20min, where, "Water in the cellar, Landstrasse 110 and 12b, 110", "sender " + std::to_string(i)));
    }
    const auto found = spots.spots(noon);
    ASSERT_FALSE(found.empty());
    EXPECT_THAT(found.front().terms, Contains(testing::StrCaseEq("cellar")));
    for (const auto& term : found.front().terms)
        EXPECT_TRUE(term.find_first_of("0123456789") == std::string::npos) << term;
    const auto rising = spots.trending(noon, 20);
    EXPECT_FALSE(rising.empty());
    for (const auto& term : rising)
        EXPECT_TRUE(term.term.find_first_of("0123456789") == std::string::npos) << term.term;
}

TEST_F(HotSpotsTest, MemoryIsBoundedAndOldOnesAreCounted) {
    HotSpots spots;
    usual(spots, 3'000, [this] { return settled(); });
    EXPECT_THAT(spots.spots(noon), IsEmpty());
    // A month later, as much again: what was before has fallen off.
    usual(
        spots, 3'000, [this] { return anywhere(); }, noon + 24h * 29);
    EXPECT_THAT(spots.spots(noon + 24h * 29), IsEmpty());
}

} // namespace
} // namespace tocsin::triage
