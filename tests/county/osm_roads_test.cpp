#include "osm_art.hpp"

#include <cmath>

namespace tocsin::county {
namespace {

using namespace testing;

using Tags = std::vector<std::pair<std::string, std::string>>;

/// A road of these tags, perhaps with something standing on it half-way.
struct Sample {
    Tags road;
    Tags node;
};

/// What a road allows: km/h each way, 0 where it does not lead.
struct Drive {
    double there{0};
    double back{0};
};

/// Imports all samples at once, 10 km from each other. Each is 5 km long, too far to walk, and hangs at both ends on
/// roads that any vehicle takes; from one to the other leads nothing else.
std::vector<Drive> drives(const std::vector<Sample>& samples) {
    const auto text = [](const Tags& tags) {
        std::string out;
        for (const auto& [key, value] : tags)
            out += "<tag k=\"" + key + "\" v=\"" + value + "\"/>";
        return out;
    };
    const auto at = [](std::size_t row, int column) {
        return model::Position::trusted(50.0 - 0.1 * static_cast<double>(row), 10.0 + 0.035 * column);
    };
    std::string nodes;
    std::string ways;
    for (std::size_t row = 0; row < samples.size(); ++row) {
        const auto id = [&](int column) { return std::to_string(row * 10 + 1 + static_cast<std::size_t>(column)); };
        for (int column = 0; column < 5; ++column)
            nodes += "<node id=\"" + id(column) + "\" lat=\"" + std::to_string(at(row, column).latitude()) +
                     "\" lon=\"" + std::to_string(at(row, column).longitude()) + "\">" +
                     (column == 2 ? text(samples[row].node) : std::string()) + "</node>\n";
        const auto way = [&](std::initializer_list<int> columns, const Tags& tags) {
            ways += "<way id=\"" + id(*columns.begin()) + "\">";
            for (const int column : columns)
                ways += "<nd ref=\"" + id(column) + "\"/>";
            ways += text(tags) + "</way>\n";
        };
        way({0, 1}, {{"highway", "primary"}});
        way({1, 2, 3}, samples[row].road);
        way({3, 4}, {{"highway", "primary"}});
    }
    const Scratch scratch;
    write(scratch / "in.osm", "<osm version=\"0.6\">" + nodes + ways + "</osm>");
    if (const auto done = importOsm(scratch / "in.osm", scratch / "map.gpkg", someOptions()); !done)
        throw std::runtime_error(done.error().describe());
    const auto graph = route::RoadGraph::load(scratch / "map.gpkg");
    if (!graph)
        throw std::runtime_error(graph.error().describe());
    const auto speed = [&](const model::Position& from, const model::Position& to) {
        const auto line = (*graph)->route(from, to);
        return line && geo::length(line->points).value > 4900 ? line->length.value / line->duration.value * 3.6 : 0.0;
    };
    std::vector<Drive> out;
    for (std::size_t row = 0; row < samples.size(); ++row)
        out.push_back({speed(at(row, 1), at(row, 3)), speed(at(row, 3), at(row, 1))});
    return out;
}

constexpr double slack = 0.6;

struct Speed {
    Tags tags;
    double kmh;
};
void expectSpeeds(const std::vector<Speed>& expected) {
    std::vector<Sample> samples;
    for (const auto& e : expected)
        samples.push_back({e.tags, {}});
    const auto found = drives(samples);
    for (std::size_t i = 0; i < found.size(); ++i) {
        EXPECT_NEAR(found[i].there, expected[i].kmh, slack)
            << expected[i].tags.back().first << '=' << expected[i].tags.back().second;
        EXPECT_DOUBLE_EQ(std::round(found[i].there), std::round(found[i].back));
    }
}

TEST(Roads, keepTheirDirection) {
    const auto d = drives({{{{"highway", "primary"}, {"oneway", "yes"}}, {}},
                           {{{"highway", "primary"}, {"oneway", "-1"}}, {}},
                           {{{"highway", "motorway"}}, {}},
                           {{{"highway", "motorway"}, {"oneway", "no"}}, {}},
                           {{{"highway", "primary"}, {"junction", "roundabout"}}, {}},
                           {{{"highway", "primary"}, {"oneway", "yes"}, {"oneway:emergency", "no"}}, {}},
                           {{{"highway", "primary"}, {"oneway", "alternating"}}, {}},
                           {{{"highway", "primary"}, {"oneway", "reversible"}}, {}}});
    const std::vector<std::pair<bool, bool>> open{
        {true, false}, {false, true}, {true, false}, {true, true},
        {true, false}, {true, true},  {true, true},  {false, false}}; // nobody at the desk knows which way it is open
    for (std::size_t i = 0; i < d.size(); ++i)
        EXPECT_EQ(std::pair(d[i].there > 0, d[i].back > 0), open[i]) << i;
}

TEST(Roads, takeTheirSpeedFromTheirClassOrTheSign) {
    expectSpeeds({{{{"highway", "secondary"}}, 55},
                  {{{"highway", "primary"}, {"maxspeed", "50"}}, 42.5},
                  {{{"highway", "primary"}, {"maxspeed", "30 mph"}}, 30 * 1.609344 * 0.85},
                  {{{"highway", "primary"}, {"maxspeed", "walk"}}, 7 * 0.85},
                  {{{"highway", "primary"}, {"maxspeed:forward", "70"}, {"maxspeed:backward", "40"}}, 34},
                  {{{"highway", "primary"}, {"maxspeed", "-5"}}, 65},
                  {{{"highway", "primary"}, {"maxspeed", "1e99"}}, 65},
                  {{{"highway", "primary"}, {"maxspeed", "fast"}}, 65},
                  {{{"highway", "primary"}, {"maxspeed", "0"}}, 65},
                  {{{"highway", "primary"}, {"maxspeed", "999"}}, 65},
                  {{{"highway", "primary"}, {"maxspeed", "50 parsecs"}}, 65}});
}

TEST(Roads, knowWhatTheLawGivesWhereNoSignStands) {
    expectSpeeds({{{{"highway", "primary"}, {"maxspeed", "CN:urban"}}, 42.5},
                  {{{"highway", "trunk"}, {"maxspeed", "CN:rural"}}, 70 * 0.85},
                  {{{"highway", "residential"}, {"maxspeed", "DE:zone:20"}}, 17},
                  {{{"highway", "primary"}, {"source:maxspeed", "AT:urban"}}, 42.5},
                  // A hundred is allowed on a lane, but nobody drives it.
                  {{{"highway", "unclassified"}, {"maxspeed", "DE:rural"}}, 40}});
}

TEST(Roads, areSlowerOnBadGround) {
    expectSpeeds({{{{"highway", "tertiary"}, {"surface", "gravel"}}, 31.5},
                  {{{"highway", "tertiary"}, {"surface", "mud"}}, 20},
                  {{{"highway", "track"}, {"tracktype", "grade5"}}, 6},
                  {{{"highway", "tertiary"}, {"smoothness", "horrible"}}, 15},
                  {{{"highway", "tertiary"}, {"smoothness", "impassable"}}, 0}});
}

TEST(Roads, areClosedByWhatAVehicleCannotPassNotByLaw) {
    const auto d = drives({{{{"highway", "service"}, {"access", "private"}}, {}},
                           {{{"highway", "residential"}, {"motor_vehicle", "destination"}}, {}},
                           {{{"highway", "service"}, {"access", "no"}, {"emergency", "yes"}}, {}},
                           {{{"highway", "footway"}, {"emergency", "designated"}}, {}},
                           {{{"highway", "service"}, {"access", "no"}}, {}},
                           {{{"highway", "service"}, {"emergency", "no"}}, {}},
                           {{{"highway", "footway"}}, {}},
                           {{{"highway", "construction"}}, {}}});
    for (std::size_t i = 0; i < d.size(); ++i)
        EXPECT_EQ(d[i].there > 0, i < 4) << i;
}

TEST(Roads, areClosedByBarriersThatStay) {
    const Tags street{{"highway", "residential"}};
    const auto d = drives({{street, {{"barrier", "bollard"}, {"bollard", "removable"}}},
                           {street, {{"barrier", "gate"}}},
                           {street, {{"barrier", "gate"}, {"locked", "yes"}, {"emergency", "yes"}}},
                           {street, {{"barrier", "toll_booth"}}},
                           {street, {{"barrier", "bollard"}}},
                           {street, {{"barrier", "gate"}, {"locked", "yes"}}}});
    for (std::size_t i = 0; i < d.size(); ++i)
        EXPECT_EQ(d[i].there > 0, i < 4) << i;
}

TEST(Roads, leadOverAFerryThatTakesCars) {
    // 5 km in 20 minutes and 10 of waiting.
    const auto d = drives({{{{"route", "ferry"}, {"motor_vehicle", "yes"}, {"duration", "00:20"}}, {}},
                           {{{"route", "ferry"}, {"foot", "yes"}}, {}}});
    EXPECT_NEAR(d[0].there, 10, 0.2);
    EXPECT_EQ(d[1].there, 0);
}

TEST(Roads, areWalkedWhereAnExtractHasPathsAlone) {
    OsmArt osm({"A    B    C"});
    osm.way("ABC", {{"highway", "path"}});
    EXPECT_TRUE(osm.import().onFoot);
    EXPECT_NEAR(osm.kmh(osm.at('A'), osm.at('C')), 4, 0.2);
}

} // namespace
} // namespace tocsin::county
