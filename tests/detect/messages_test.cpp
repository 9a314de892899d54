#include "tocsin/detect/messages.hpp"

#include <gtest/gtest.h>

namespace tocsin::detect {
namespace {

using model::Position;

model::Line square(double south, double west, double north, double east) {
    const auto p = [](double lat, double lon) { return Position::trusted(lat, lon); };
    return {p(south, west), p(south, east), p(north, east), p(north, west), p(south, west)};
}

CountyArea county() {
    CountyArea area;
    area.rings = {square(47, 9.4, 47.3, 9.7)};
    area.geocodes = {{"CPEAS Geographic Code", "330106000000"}, {"EMMA_ID", "LI001"}};
    return area;
}

model::WarningArea areaOf(std::vector<model::Line> polygons) {
    model::WarningArea area;
    area.polygons = std::move(polygons);
    return area;
}
model::WarningArea coded(const std::string& name, const std::string& code) {
    model::WarningArea area;
    area.geocodes = {{name, code}};
    return area;
}

model::Warning flood() {
    model::Warning warning;
    warning.capStatus = "Actual";
    warning.msgType = "Alert";
    warning.colour = model::Grade::II;
    model::WarningInfo info;
    info.categories = {"Met"};
    info.event = "River Flood Warning";
    info.eventCodes = {{"SAME", "FLW"}};
    info.urgency = "Immediate";
    info.severity = "Severe";
    info.certainty = "Likely";
    info.areas = {areaOf({square(47.2, 9.6, 48, 10)})};
    warning.infos = {info};
    return warning;
}

TEST(Touches, areasByTheirGeometry) {
    EXPECT_TRUE(touches(areaOf({square(47.2, 9.6, 48, 10)}), county()));      // overlaps
    EXPECT_TRUE(touches(areaOf({square(46, 8, 49, 11)}), county()));          // around it
    EXPECT_TRUE(touches(areaOf({square(47.1, 9.5, 47.11, 9.51)}), county())); // within
    EXPECT_TRUE(touches(areaOf({square(47.3, 9.4, 47.4, 9.7)}), county()));   // along its edge
    EXPECT_FALSE(touches(areaOf({square(47.4, 9.4, 47.5, 9.7)}), county()));
    EXPECT_TRUE(touches(areaOf({square(40, 0, 41, 1), square(47.2, 9.6, 48, 10)}), county())); // one of two
    // A cross whose corners all lie outside.
    EXPECT_TRUE(touches(areaOf({square(47.1, 9, 47.2, 10)}), county()));
    // A bow that crosses itself.
    const auto p = [](double lat, double lon) { return Position::trusted(lat, lon); };
    EXPECT_TRUE(
        touches(areaOf({{p(47.05, 9.45), p(47.25, 9.65), p(47.05, 9.65), p(47.25, 9.45), p(47.05, 9.45)}}), county()));
}

TEST(Touches, circles) {
    model::WarningArea area;
    area.circles = {{Position::trusted(47.1, 9.5), 0}};
    EXPECT_TRUE(touches(area, county())); // a point within
    area.circles = {{Position::trusted(47.5, 9.5), 20}};
    EXPECT_FALSE(touches(area, county())); // 22 km away
    area.circles = {{Position::trusted(47.5, 9.5), 23}};
    EXPECT_TRUE(touches(area, county()));
    CountyArea round;
    round.circle = model::Circle{Position::trusted(47.1, 9.5), 10};
    EXPECT_FALSE(touches(area, round));
    EXPECT_TRUE(touches(areaOf({square(47.15, 9.4, 47.5, 9.6)}), round));
    EXPECT_FALSE(touches(areaOf({square(47.25, 9.4, 47.5, 9.6)}), round));
}

TEST(Touches, codesWhereThereIsNoGeometry) {
    const std::string name = "CPEAS Geographic Code";
    EXPECT_TRUE(touches(coded(name, "330106000000"), county()));
    EXPECT_TRUE(touches(coded(name, "330100000000"), county())); // its city
    EXPECT_TRUE(touches(coded(name, "330000000000"), county())); // its province
    EXPECT_TRUE(touches(coded(name, "330106001000"), county())); // a township of it
    EXPECT_FALSE(touches(coded(name, "330110000000"), county()));
    EXPECT_FALSE(touches(coded(name, "340000000000"), county()));
    EXPECT_TRUE(touches(coded("emma_id", "LI001"), county()));
    EXPECT_FALSE(touches(coded("EMMA_ID", "CH042"), county()));
    EXPECT_TRUE(touches(coded("UGC", "MNZ001"), county())); // of a kind that the county has not: cannot be told
    EXPECT_TRUE(touches({}, county()));
    EXPECT_TRUE(touches(areaOf({square(40, 0, 41, 1)}), {})); // a county that does not know where it is
    auto both = areaOf({square(40, 0, 41, 1)});
    both.geocodes = {{name, "330106000000"}};
    EXPECT_FALSE(touches(both, county())); // geometry says more than codes
}

TEST(Fits, aWarningByItsWords) {
    EXPECT_TRUE(fits(WarningCondition{}, flood(), county(), false));
    WarningCondition c;
    c.severities = {"Extreme", "Severe"};
    c.certainties = {"Likely", "Observed"};
    c.urgencies = {"Immediate"};
    c.categories = {"Geo", "Met"};
    c.events = {"flood"};
    c.colour = model::Grade::III;
    EXPECT_TRUE(fits(c, flood(), county(), false));
    c.events = {"FLW"};
    EXPECT_TRUE(fits(c, flood(), county(), false));
    const auto not_ = [&](auto change) {
        WarningCondition other = c;
        change(other);
        return !fits(other, flood(), county(), false);
    };
    EXPECT_TRUE(not_([](auto& o) { o.severities = {"Extreme"}; }));
    EXPECT_TRUE(not_([](auto& o) { o.certainties = {"Observed"}; }));
    EXPECT_TRUE(not_([](auto& o) { o.urgencies = {"Future"}; }));
    EXPECT_TRUE(not_([](auto& o) { o.categories = {"Fire"}; }));
    EXPECT_TRUE(not_([](auto& o) { o.events = {"storm"}; }));
    EXPECT_TRUE(not_([](auto& o) { o.colour = model::Grade::I; }));
}

TEST(Fits, aWarningThatIsInForceAndMeant) {
    auto warning = flood();
    warning.state = model::WarningState::cancelled;
    EXPECT_FALSE(fits(WarningCondition{}, warning, county(), false));
    warning = flood();
    warning.msgType = "Ack";
    EXPECT_FALSE(fits(WarningCondition{}, warning, county(), false));
    warning = flood();
    warning.capStatus = "Exercise";
    EXPECT_FALSE(fits(WarningCondition{}, warning, county(), false));
    EXPECT_TRUE(fits(WarningCondition{}, warning, county(), true));
    WarningCondition c;
    c.exercises = true;
    EXPECT_TRUE(fits(c, warning, county(), false));
    for (const char* status : {"Test", "Draft", "System"}) {
        warning.capStatus = status;
        EXPECT_FALSE(fits(c, warning, county(), true)) << status;
    }
}

TEST(Fits, aWarningOfAnotherPlaceOnlyWhereThatIsAsked) {
    auto warning = flood();
    warning.infos[0].areas = {areaOf({square(40, 0, 41, 1)})};
    EXPECT_FALSE(fits(WarningCondition{}, warning, county(), false));
    WarningCondition c;
    c.anywhere = true;
    EXPECT_TRUE(fits(c, warning, county(), false));
    warning.infos[0].areas.clear();
    EXPECT_TRUE(fits(WarningCondition{}, warning, county(), false));
}

TEST(Fits, aWarningByTheColourOfThePartThatTouchesTheCounty) {
    auto warning = flood();
    warning.colour = model::Grade::I;
    warning.infos[0].event = "Heat";
    warning.infos[0].areas = {areaOf({square(40, 0, 41, 1)})}; // red, and far away
    for (const auto colour : {model::Grade::IV, model::Grade::III}) {
        warning.infos.push_back(flood().infos[0]);
        warning.infos.back().colour = colour;
    }
    WarningCondition c;
    c.colour = model::Grade::I;
    EXPECT_FALSE(fits(c, warning, county(), false));
    c.colour = model::Grade::II;
    EXPECT_FALSE(fits(c, warning, county(), false));
    c.colour = model::Grade::III;
    EXPECT_EQ(partThatFits(c, warning, county(), false), &warning.infos[2]);
    c.colour.reset();
    EXPECT_EQ(partThatFits(c, warning, county(), false), &warning.infos[2]) << "the gravest of those that touch";
    c.anywhere = true;
    EXPECT_EQ(partThatFits(c, warning, county(), false), &warning.infos[0]);
    warning.infos[2].colour.reset(); // as it was written before each had its own
    c.anywhere = false;
    c.colour = model::Grade::I;
    EXPECT_TRUE(fits(c, warning, county(), false));
}

TEST(Fits, ofFeedsThatAreTrustedEnough) {
    auto warning = flood();
    WarningCondition c;
    c.leastTrust = model::Trust::known;
    EXPECT_FALSE(fits(c, warning, county(), false)) << "nobody has said what its feed is worth";
    warning.trust = model::Trust::unverified;
    EXPECT_FALSE(fits(c, warning, county(), false));
    EXPECT_TRUE(fits(WarningCondition{}, warning, county(), false));
    warning.trust = model::Trust::known;
    EXPECT_TRUE(fits(c, warning, county(), false));
    c.leastTrust = model::Trust::official;
    EXPECT_FALSE(fits(c, warning, county(), false));
    warning.state = model::WarningState::held;
    EXPECT_FALSE(fits(WarningCondition{}, warning, county(), false));

    model::Earthquake quake;
    quake.time = base::Time{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};
    quake.magnitude = 6;
    quake.position = Position::trusted(47.1, 9.5);
    EarthquakeCondition any{4, 0};
    EXPECT_TRUE(fits(any, quake, county(), quake.time));
    any.leastTrust = model::Trust::official;
    EXPECT_FALSE(fits(any, quake, county(), quake.time));
    quake.trust = model::Trust::official;
    EXPECT_TRUE(fits(any, quake, county(), quake.time));
}

TEST(Fits, anEarthquake) {
    const base::Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};
    model::Earthquake quake;
    quake.time = now - std::chrono::hours(1);
    quake.magnitude = 4.5;
    quake.position = Position::trusted(47.5, 9.5); // 22 km north of the county
    EXPECT_TRUE(fits(EarthquakeCondition{4.5, 23}, quake, county(), now));
    EXPECT_FALSE(fits(EarthquakeCondition{4.5, 22}, quake, county(), now));
    EXPECT_FALSE(fits(EarthquakeCondition{4.6, 50}, quake, county(), now));
    EXPECT_FALSE(fits(EarthquakeCondition{4, 0}, quake, county(), now));
    EXPECT_FALSE(fits(EarthquakeCondition{4, 50, std::chrono::minutes(30)}, quake, county(), now));
    EXPECT_TRUE(fits(EarthquakeCondition{4, 0}, quake, {}, now)); // nobody knows where the county is
    quake.position = Position::trusted(47.1, 9.5);
    EXPECT_TRUE(fits(EarthquakeCondition{4, 0}, quake, county(), now));
    quake.status = "deleted";
    EXPECT_FALSE(fits(EarthquakeCondition{4, 0}, quake, county(), now));
    quake.status.clear();
    quake.magnitude.reset();
    EXPECT_FALSE(fits(EarthquakeCondition{-3, 100}, quake, county(), now));
}

} // namespace
} // namespace tocsin::detect
