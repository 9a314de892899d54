#include "tocsin/dispatch/road_times.hpp"

#include "dispatch/scene.hpp"

#include <cmath>

namespace tocsin::dispatch {
namespace {

using route::test::RoadMap;

/// The short way from W to A is a bridge that can be closed; the way round is longer.
class RoadTimesTest : public testing::Test {
  protected:
    RoadMap map{{"W----A-------E", //
                 "|            |", //
                 "|            |", //
                 "C------------D"}};
    test::Scene scene{map};
    [[nodiscard]] std::vector<base::Seconds> to(char node, const std::vector<model::ResourceId>& sources) const {
        const model::Position place = map.node(node);
        const auto times = roadTimes(scene.state, scene.roads.get(), nullptr, sources, {&place, 1}, test::noon);
        EXPECT_TRUE(times.has_value());
        return times ? times->front() : std::vector<base::Seconds>(sources.size());
    }
};

TEST_F(RoadTimesTest, AStoresStockGoesAsACarAndATeamAsItself) {
    auto& store = scene.add("store", map.node('W'), {}, model::ResourceKind::warehouse);
    store.speedFactor = 0; // it travels nowhere by itself
    const auto storeId = store.id;
    auto& slow = scene.add("slow", map.node('W'), {});
    slow.speedFactor = 0.5;
    const auto times = to('A', {storeId, slow.id});
    EXPECT_GT(times[0].value, 0);
    EXPECT_TRUE(std::isfinite(times[0].value));
    EXPECT_NEAR(times[1].value, times[0].value * 2, 0.01);
    EXPECT_DOUBLE_EQ(to('W', {storeId})[0].value, 0);
}

TEST_F(RoadTimesTest, AClosureCountsAtOnceAndWhereNothingLeadsItIsInfinite) {
    const auto store = scene.add("store", map.node('W'), {}, model::ResourceKind::warehouse).id;
    const double open = to('A', {store})[0].value;
    model::Drawing closure;
    closure.id = scene.ids.make<model::DrawingId>();
    closure.kind = model::DrawingKind::closure;
    closure.line = {RoadMap::at(3, -1), RoadMap::at(3, 1)};
    closure.drawnAt = test::noon;
    scene.state.drawings[closure.id] = closure;
    EXPECT_GT(to('A', {store})[0].value, open * 2);
    const auto unknown = scene.ids.make<model::ResourceId>();
    EXPECT_TRUE(std::isinf(to('A', {unknown})[0].value));
    const model::Position place = map.node('A');
    const auto none = roadTimes(scene.state, nullptr, nullptr, std::vector{store}, {&place, 1}, test::noon);
    ASSERT_TRUE(none);
    EXPECT_TRUE(std::isinf(none->front().front().value)) << "there are no roads";
}

} // namespace
} // namespace tocsin::dispatch
