#include "county/osm_limits.hpp"

#include "geo_support.hpp"
#include "osm_art.hpp"
#include "tocsin/county/elevation.hpp"

#include <cmath>
#include <queue>
#include <random>
#include <set>
#include <sqlite3.h>

namespace tocsin::county {
namespace {

using namespace testing;

TEST(OsmLimits, weights) {
    EXPECT_EQ(tonnesOf("7.5"), 7.5);
    EXPECT_EQ(tonnesOf("7.5 t"), 7.5);
    EXPECT_EQ(tonnesOf("3t"), 3);
    EXPECT_EQ(tonnesOf("3500 kg"), 3.5);
    EXPECT_NEAR(tonnesOf("8 st"), 7.257, 1e-3);
    EXPECT_NEAR(tonnesOf("16000 lbs"), 7.257, 1e-3);
    for (const char* nothing : {"", "none", "unsigned", "-5", "0", "nan", "inf", "1e308", "1001", "7,5", "12 elephants",
                                "99999999999999999999999999999999999999999999999999999"})
        EXPECT_EQ(tonnesOf(nothing), 0) << nothing;
}

TEST(OsmLimits, clearances) {
    EXPECT_EQ(clearanceOf("3.5"), 3.5);
    EXPECT_EQ(clearanceOf("3.5 m"), 3.5);
    EXPECT_EQ(clearanceOf("350 cm"), 3.5);
    EXPECT_NEAR(clearanceOf("12'6\""), 3.81, 1e-3);
    EXPECT_NEAR(clearanceOf("13'"), 3.962, 1e-3);
    EXPECT_NEAR(clearanceOf("13 ft"), 3.962, 1e-3);
    for (const char* nothing : {"", "default", "below_default", "nan", "-2", "1e308", "12'60\"", "101", "3,5", "'6\""})
        EXPECT_EQ(clearanceOf(nothing), 0) << nothing;
}

/// Two ways from A to D: the short one, of these tags in its middle, and a long one by E and F.
double minutes(OsmArt::Tags tags, const route::Profile& profile) {
    OsmArt art({"A  B  C  D", //
                "          ", //
                "          ", //
                "          ", //
                "E        F"});
    art.way("AB", {{"highway", "primary"}}).way("BC", tags).way("CD", {{"highway", "primary"}});
    art.way("AEFD", {{"highway", "primary"}});
    art.import();
    const auto from = art.between('A', 'B');
    const auto graph = art.graph().under(profile);
    const auto times = graph->timesTo(art.between('C', 'D'), std::span(&from, 1));
    return times.front() ? times.front()->duration.value / 60 : std::numeric_limits<double>::infinity();
}

TEST(OsmLimits, areKeptByTheNetwork) {
    const auto profile = [](const char* name) { return *route::findProfile(route::defaultProfiles(), name); };
    const double direct = minutes({{"highway", "primary"}}, profile("heavy-truck"));
    const auto goesRound = [&](OsmArt::Tags tags, const char* name) { return minutes(tags, profile(name)) > direct * 1.5; };
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"maxweight", "40"}}, "heavy-truck"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"maxweight", "3.5"}}, "heavy-truck"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"maxweight", "3.5"}}, "car"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"maxheight", "3.8 m"}}, "heavy-truck"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"maxwidth", "2"}}, "heavy-truck"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"maxwidth", "1e308"}}, "heavy-truck"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"access", "private"}}, "heavy-truck"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"access", "private"}}, "fire-engine"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"motor_vehicle", "no"}}, "truck"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"motor_vehicle", "no"}}, "ambulance"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"access", "no"}, {"emergency", "yes"}}, "fire-engine"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"access", "no"}, {"emergency", "yes"}}, "truck"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"service", "emergency_access"}}, "truck"));
    EXPECT_FALSE(goesRound({{"highway", "primary"}, {"motor_vehicle", "agricultural;forestry"}}, "truck"));
    EXPECT_TRUE(goesRound({{"highway", "primary"}, {"oneway", "-1"}}, "truck"));
}

TEST(OsmLimits, slopesComeFromTheHeights) {
    const Scratch scratch;
    const CountyFolder folder = emptyCounty(scratch, {.south = 47.0, .west = 9.0, .north = 47.02, .east = 9.02});
    const auto at = [](double longitude) { return model::Position::trusted(47.01, longitude); };
    route::GraphRecord record;
    record.nodes = {at(9.003), at(9.013)};
    const double metres = geo::distance(record.nodes[0], record.nodes[1]).value;
    record.arcs = {{0, 1, base::Seconds(60), base::Metres(metres), 0, {}},
                   {1, 0, base::Seconds(60), base::Metres(metres), 0, {}}};
    ASSERT_TRUE(route::RoadGraph::save(record, folder.map()));
    std::vector<float> heights; // 10 m a cell of 76 m to the east
    for (int i = 0; i < 1600; ++i)
        heights.push_back(400.0F + 10.0F * static_cast<float>(i % 40));
    writeTiff(scratch / "h.tif", heights, 40, 8.99, 47.03, 0.001, 4326);
    const auto done = importElevation(folder, {scratch / "h.tif"});
    ASSERT_TRUE(done) << done.error().describe();
    const auto graph = route::RoadGraph::load(folder.map());
    ASSERT_TRUE(graph);
    route::Profile climber;
    climber.lostUp = 0.05;
    const double percent = 100 * 100 / metres;
    const auto seconds = [&](double from, double to) {
        const auto start = at(from);
        return (*graph)->under(climber)->timesTo(at(to), std::span(&start, 1)).front()->duration.value;
    };
    EXPECT_NEAR(seconds(9.004, 9.012), 48 / (1 - 0.05 * percent), 0.5) << percent;
    EXPECT_NEAR(seconds(9.012, 9.004), 48, 0.5);
}

/// The stored tables once more, searched by arcs and turns as a textbook does it.
class Textbook {
  public:
    explicit Textbook(const std::filesystem::path& map) {
        for (const auto& row : rows(map, "SELECT latitude, longitude FROM road_node ORDER BY id"))
            nodes.push_back(model::Position::trusted(std::stod(row[0]) * 1e-7, std::stod(row[1]) * 1e-7));
        for (const auto& row : rows(map, "SELECT node_from, node_to, forward_ms, backward_ms FROM road_arc ORDER BY id")) {
            m_arcs.push_back({std::stoul(row[0]), std::stoul(row[1]), std::stod(row[2]) / 1000});
            m_arcs.push_back({std::stoul(row[1]), std::stoul(row[0]), std::stod(row[3]) / 1000});
        }
        for (const auto& row : rows(map, "SELECT arc_from, arc_to FROM road_ban"))
            m_banned.insert({std::stoul(row[0]), std::stoul(row[1])});
        m_leaving.resize(nodes.size());
        for (std::size_t i = 0; i < m_arcs.size(); ++i) {
            if (m_arcs[i].seconds >= 0)
                m_leaving[m_arcs[i].from].push_back(i);
        }
    }
    /// From a junction to every junction.
    [[nodiscard]] std::vector<double> from(std::size_t start) const {
        std::vector<double> after(m_arcs.size(), std::numeric_limits<double>::infinity());
        std::vector<double> at(nodes.size(), std::numeric_limits<double>::infinity());
        using Item = std::pair<double, std::size_t>;
        std::priority_queue<Item, std::vector<Item>, std::greater<>> queue;
        const auto offer = [&](std::size_t arc, double cost) {
            if (cost < after[arc]) {
                after[arc] = cost;
                queue.push({cost, arc});
            }
        };
        at[start] = 0;
        for (const std::size_t arc : m_leaving[start])
            offer(arc, m_arcs[arc].seconds);
        while (!queue.empty()) {
            const auto [cost, arc] = queue.top();
            queue.pop();
            if (cost > after[arc])
                continue;
            at[m_arcs[arc].to] = std::min(at[m_arcs[arc].to], cost);
            for (const std::size_t next : m_leaving[m_arcs[arc].to]) {
                if (!m_banned.contains({arc, next}))
                    offer(next, cost + m_arcs[next].seconds);
            }
        }
        return at;
    }
    std::vector<model::Position> nodes;

  private:
    struct Arc {
        std::size_t from{0};
        std::size_t to{0};
        double seconds{0};
    };
    static std::vector<std::vector<std::string>> rows(const std::filesystem::path& map, const char* sql) {
        std::vector<std::vector<std::string>> all;
        sqlite3* db = nullptr;
        EXPECT_EQ(sqlite3_open_v2(map.c_str(), &db, SQLITE_OPEN_READONLY, nullptr), SQLITE_OK);
        const auto take = [](void* to, int columns, char** values, char**) {
            static_cast<std::vector<std::vector<std::string>>*>(to)->emplace_back(values, values + columns);
            return 0;
        };
        EXPECT_EQ(sqlite3_exec(db, sql, take, &all, nullptr), SQLITE_OK);
        sqlite3_close(db);
        return all;
    }

    std::vector<Arc> m_arcs;
    std::set<std::pair<std::size_t, std::size_t>> m_banned;
    std::vector<std::vector<std::size_t>> m_leaving;
};

TEST(DemoRoads, everyTimeEqualsATextbookSearch) {
    const Scratch scratch;
    const auto done =
        importOsm(resources() / "demo" / "liechtenstein.osm.pbf", scratch / "map.gpkg", someOptions());
    ASSERT_TRUE(done) << done.error().describe();
    const auto graph = route::RoadGraph::load(scratch / "map.gpkg");
    ASSERT_TRUE(graph) << graph.error().describe();
    const Textbook textbook(scratch / "map.gpkg");
    // Junctions at which no other lies: both sides of a barrier do.
    std::map<std::pair<double, double>, int> at;
    for (const auto& p : textbook.nodes)
        ++at[{p.latitude(), p.longitude()}];
    std::mt19937 random(3);
    const auto draw = [&](std::size_t count) {
        std::vector<std::size_t> drawn;
        while (drawn.size() < count) {
            const std::size_t node = random() % textbook.nodes.size();
            if (at[{textbook.nodes[node].latitude(), textbook.nodes[node].longitude()}] == 1)
                drawn.push_back(node);
        }
        return drawn;
    };
    const auto startNodes = draw(30);
    const auto targetNodes = draw(500);
    std::vector<model::Position> starts;
    std::vector<model::Position> targets;
    for (const std::size_t node : startNodes)
        starts.push_back(textbook.nodes[node]);
    for (const std::size_t node : targetNodes)
        targets.push_back(textbook.nodes[node]);
    const auto table = (*graph)->timesBetween(starts, targets);
    ASSERT_TRUE(table);
    std::size_t compared = 0;
    for (std::size_t s = 0; s < starts.size(); ++s) {
        const auto expected = textbook.from(startNodes[s]);
        for (std::size_t t = 0; t < targets.size(); ++t) {
            if (!std::isfinite(expected[targetNodes[t]]))
                continue; // one walks, or finds no way
            EXPECT_NEAR(table->at(s, t), expected[targetNodes[t]], 0.01) << startNodes[s] << " to " << targetNodes[t];
            ++compared;
        }
    }
    EXPECT_GT(compared, 12'000U);
}

} // namespace
} // namespace tocsin::county
