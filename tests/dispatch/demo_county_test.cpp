#include "tocsin/base/id.hpp"
#include "tocsin/county/county_data.hpp"
#include "tocsin/dispatch/planner.hpp"
#include "tocsin/geo/measure.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <set>
#include <unistd.h>

namespace tocsin::dispatch {
namespace {

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 29} + std::chrono::hours{12}};

/// The demo county as `tocsin init --demo` makes it, with a flood at Ruggell, between the Rhine and the Eschnerberg.
class DemoCounty : public testing::Test {
  protected:
    static void SetUpTestSuite() {
        folder = std::filesystem::temp_directory_path() / ("tocsin_planner_" + std::to_string(::getpid()));
        std::filesystem::create_directories(folder);
        auto data = county::makeDemoCounty(TOCSIN_SOURCE_DIR "/resources", folder / "map.gpkg");
        ASSERT_TRUE(data) << data.error().describe();
        for (const model::Resource& resource : data->resources) {
            state.resources[resource.id] = resource;
            auto& one = state.resources[resource.id];
            one.positionTime = noon;
        }
        auto loaded = route::RoadGraph::load(folder / "map.gpkg");
        ASSERT_TRUE(loaded);
        roads = *loaded;
    }
    static void TearDownTestSuite() {
        roads.reset();
        std::filesystem::remove_all(folder);
    }
    static Question question(const model::State& about, model::IncidentId focus) {
        Question question;
        question.state = &about;
        question.roads = roads.get();
        question.now = noon;
        question.focus = focus;
        return question;
    }
    static model::IncidentId open(model::State& about, model::Position place, std::vector<model::Need> needs) {
        base::SeededIdSource ids(noon, about.incidents.size() + 5);
        model::Incident one;
        one.id = ids.make<model::IncidentId>();
        one.number = "2026-0001";
        one.openedAt = noon;
        one.grade = model::Grade::II;
        one.position = place;
        one.needs = std::move(needs);
        about.incidents[one.id] = one;
        return one.id;
    }

    static inline std::filesystem::path folder;
    static inline model::State state;
    static inline std::shared_ptr<const route::RoadGraph> roads;
};

TEST_F(DemoCounty, aClosedRoadChangesWhoGoes) {
    model::State now = state;
    const auto incident = open(now, model::Position::trusted(47.1391, 9.5112), {{"fire-fighting", 2, 1}});
    const auto before = Planner{}.decide(question(now, incident));
    ASSERT_TRUE(before);
    ASSERT_EQ(before->needs.at(0).chosen.size(), 1U);
    const Choice& first = before->needs[0].chosen[0];
    ASSERT_FALSE(first.route.points.empty());
    EXPECT_FALSE(before->needs[0].others.empty());
    EXPECT_GE(before->needs[0].others[0].costs.value, 0);
    ASSERT_TRUE(before->cover);
    EXPECT_GE(before->cover->peopleBefore, before->cover->peopleAfter);

    // Somewhere along its way is a road whose closing makes another the better one.
    base::SeededIdSource ids(noon, 77);
    bool changed = false;
    for (std::size_t i = 1; i + 1 < first.route.points.size() && !changed; ++i) {
        model::State closed = now;
        model::Drawing closure;
        closure.id = ids.make<model::DrawingId>();
        closure.kind = model::DrawingKind::closure;
        const auto at = first.route.points[i];
        closure.line = {
            geo::offset(at, base::Degrees(0), base::Metres(40)), geo::offset(at, base::Degrees(90), base::Metres(40)),
            geo::offset(at, base::Degrees(180), base::Metres(40)),
            geo::offset(at, base::Degrees(270), base::Metres(40)), geo::offset(at, base::Degrees(0), base::Metres(40))};
        closed.drawings[closure.id] = closure;
        const auto after = Planner{}.decide(question(closed, incident));
        ASSERT_TRUE(after);
        ASSERT_EQ(after->needs.at(0).chosen.size(), 1U);
        EXPECT_GE(after->objective.value, before->objective.value - 0.11) << "a closure makes nothing better";
        if (after->needs[0].chosen[0].resource == first.resource)
            continue;
        changed = true;
        RecordProperty("closed_latitude", std::to_string(at.latitude()));
        RecordProperty("closed_longitude", std::to_string(at.longitude()));
        RecordProperty("first", now.resources.at(first.resource).name.text);
        RecordProperty("then", now.resources.at(after->needs[0].chosen[0].resource).name.text);
    }
    EXPECT_TRUE(changed);
}

TEST_F(DemoCounty, aWholePlanIsAnsweredWithItsCard) {
    model::State now = state;
    model::Need shelter;
    shelter.kind = model::NeedKind::shelter;
    shelter.quantity = 900;
    model::Need sandbags;
    sandbags.kind = model::NeedKind::supply;
    sandbags.quantity = 0;
    for (const auto& [id, resource] : now.resources) {
        if (resource.kind == model::ResourceKind::warehouse && !resource.stock.empty() && sandbags.supply.empty())
            sandbags.supply = resource.stock.front().code;
    }
    sandbags.amount = 400;
    const auto incident = open(now, model::Position::trusted(47.1391, 9.5112),
                               {{"dyke-defence", 2, 4}, {"pumping", 2, 3}, {"water-rescue", 2, 2}, shelter, sandbags});
    open(now, model::Position::trusted(47.2210, 9.5260), {{"pumping", 1, 2}, {"medical", 1, 1}});
    const auto answer = Planner{}.decide(question(now, incident));
    ASSERT_TRUE(answer);
    const model::Decision card = toDecision(*answer, incident);
    EXPECT_FALSE(card.lines.empty());
    EXPECT_FALSE(card.others.empty());
    int people = 0;
    std::set<model::ResourceId> sent;
    for (const model::DecisionLine& line : card.lines) {
        people += line.purpose == model::Purpose::shelter ? line.people : 0;
        EXPECT_TRUE(sent.insert(line.resource).second);
        EXPECT_LE(line.etaLow.value, line.eta.value);
        EXPECT_GE(line.etaHigh.value, line.eta.value);
    }
    EXPECT_EQ(people, 900);
    EXPECT_GT(card.peopleCoveredBefore, 0);
}

} // namespace
} // namespace tocsin::dispatch
