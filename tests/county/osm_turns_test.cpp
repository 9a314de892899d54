#include "osm_art.hpp"

namespace tocsin::county {
namespace {

using namespace testing;

/// A–B–C is way 1 and 2, the side road B–D way 3, and way 4 leads round by E: from A to D 800 m, turning left at B, or
/// 1,400 m on by C.
class Crossing : public ::testing::Test {
  protected:
    Crossing() {
        m_osm.way("AB", {{"highway", "primary"}})
            .way("BC", {{"highway", "primary"}})
            .way("BD", {{"highway", "primary"}})
            .way("CED", {{"highway", "primary"}});
    }
    double fromWestToSouth() {
        m_summary = m_osm.import();
        return m_osm.metres(m_osm.between('A', 'B'), m_osm.between('B', 'D', 0.9)).value_or(-1);
    }
    static constexpr double direct = 200 + 270;
    static constexpr double around = 200 + 400 + 300 + 400 + 30;

    OsmArt m_osm{{"A   B   C", //
                  "         ", //
                  "         ", //
                  "    D   E"}};
    ImportSummary m_summary;
};

TEST_F(Crossing, isTurnedAtWhereNothingForbidsIt) {
    EXPECT_NEAR(fromWestToSouth(), direct, 5);
    EXPECT_EQ(m_summary.turnRules, 0U);
}

TEST_F(Crossing, aForbiddenTurnIsDrivenAround) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}}, {{"restriction", "no_right_turn"}});
    // The way round by C and E may be cut by turning back in a road; it is longer than the turn in any case.
    EXPECT_GT(fromWestToSouth(), direct + 200);
    EXPECT_EQ(m_summary.turnRules, 1U);
    EXPECT_EQ(m_summary.skippedTurnRules, 0U);
    // The other way stands open.
    EXPECT_NEAR(*m_osm.metres(m_osm.between('B', 'D'), m_osm.between('A', 'B')), 150 + 200, 5);
}

TEST_F(Crossing, anOnlyTurnForbidsAllOthers) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "2"}}, {{"restriction", "only_straight_on"}});
    EXPECT_GT(fromWestToSouth(), direct + 200);
    EXPECT_NEAR(*m_osm.metres(m_osm.between('A', 'B'), m_osm.between('B', 'C')), 400, 5);
    EXPECT_EQ(m_summary.turnRules, 1U);
}

TEST_F(Crossing, aTurnOpenToBusesOrEmergenciesIsOpenToUs) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}},
                      {{"restriction", "no_right_turn"}, {"except", "bicycle; psv"}});
    EXPECT_NEAR(fromWestToSouth(), direct, 5);
    EXPECT_EQ(m_summary.skippedTurnRules, 0U);
}

TEST_F(Crossing, aTurnOpenToBicyclesOnlyIsNot) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}},
                      {{"restriction", "no_right_turn"}, {"except", "bicycle"}});
    EXPECT_GT(fromWestToSouth(), direct + 200);
}

TEST_F(Crossing, aRuleForLorriesOnlyDoesNotConcernUs) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}}, {{"restriction:hgv", "no_right_turn"}});
    EXPECT_NEAR(fromWestToSouth(), direct, 5);
    EXPECT_EQ(m_summary.turnRules + m_summary.skippedTurnRules + m_summary.conditionalTurnRules, 0U);
}

TEST_F(Crossing, aRuleOfCertainHoursIsCountedAndLeftAside) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}},
                      {{"restriction:conditional", "no_right_turn @ (07:00-19:00)"}});
    EXPECT_NEAR(fromWestToSouth(), direct, 5);
    EXPECT_EQ(m_summary.conditionalTurnRules, 1U);
}

TEST_F(Crossing, whatCannotBeUnderstoodIsCountedAndLeftAside) {
    m_osm.restriction({{"from", "1"}, {"via", "B"}}, {{"restriction", "no_right_turn"}})
        .restriction({{"from", "1"}, {"via", "B"}, {"to", "3"}}, {{"restriction", "do not"}})
        .restriction({{"from", "1"}, {"via", "Z"}, {"to", "3"}}, {{"restriction", "no_right_turn"}})
        .restriction({{"from", "99"}, {"via", "B"}, {"to", "98"}}, {{"restriction", "no_right_turn"}})
        .restriction({{"from", "1"}, {"via", "C"}, {"to", "3"}}, {{"restriction", "only_right_turn"}})
        .restriction({{"from", "1"}, {"via", "2"}, {"via", "4"}, {"to", "3"}}, {{"restriction", "no_u_turn"}});
    EXPECT_NEAR(fromWestToSouth(), direct, 5);
    EXPECT_EQ(m_summary.turnRules, 0U);
    EXPECT_EQ(m_summary.skippedTurnRules, 6U);
}

TEST(TurnOverAWay, isForbiddenWhereTheWayComesFromOneRoadAlone) {
    // Two one-way roads with a link B–D between them; turning back over it is forbidden, and only A leads to the link.
    OsmArt osm({"A   B   C", //
                "F   D   E"});
    osm.way("AB", {{"highway", "primary"}, {"oneway", "yes"}})
        .way("BC", {{"highway", "primary"}, {"oneway", "yes"}})
        .way("BD", {{"highway", "primary"}, {"oneway", "yes"}})
        .way("ED", {{"highway", "primary"}, {"oneway", "yes"}})
        .way("DF", {{"highway", "primary"}, {"oneway", "yes"}})
        .way("CE", {{"highway", "primary"}});
    osm.import();
    const auto start = osm.between('A', 'B');
    const auto goal = osm.between('D', 'F');
    EXPECT_NEAR(*osm.metres(start, goal), 200 + 100 + 200, 5);
    osm.restriction({{"from", "1"}, {"via", "3"}, {"to", "5"}}, {{"restriction", "no_u_turn"}});
    EXPECT_EQ(osm.import().turnRules, 1U);
    EXPECT_NEAR(*osm.metres(start, goal), 200 + 400 + 100 + 400 + 200, 5);
}

} // namespace
} // namespace tocsin::county
