#include "tocsin/dispatch/recommend.hpp"

#include "route/road_map.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <limits>
#include <random>
#include <set>

namespace tocsin::dispatch {
namespace {

using base::Seconds;
using model::Need;
using model::Resource;
using route::test::RoadMap;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + std::chrono::hours{12}};

/// A county in a few lines: what a test says about it and nothing else.
struct County {
    model::State state;
    base::SeededIdSource ids{noon};
    model::IncidentId incident;

    County(model::Position place, std::vector<Need> needs) {
        model::Incident i;
        i.id = incident = ids.make<model::IncidentId>();
        i.number = "2026-0001";
        i.position = place;
        i.needs = std::move(needs);
        state.incidents[i.id] = i;
    }
    Resource& add(const std::string& name, model::Position place, std::vector<model::Capability> capabilities) {
        Resource r;
        r.id = ids.make<model::ResourceId>();
        r.name = name;
        r.people = 6;
        r.position = place;
        r.capabilities = std::move(capabilities);
        return state.resources[r.id] = r;
    }
    void assign(const Resource& resource, const std::string& capability, model::AssignmentState at,
                std::optional<model::IncidentId> other = std::nullopt) {
        model::Assignment a;
        a.id = ids.make<model::AssignmentId>();
        a.incident = other.value_or(incident);
        a.resource = resource.id;
        a.capability = capability;
        a.state = at;
        state.assignments[a.id] = a;
    }
    [[nodiscard]] Recommendation ask(const RoadMap& map) const {
        auto answer = recommend(state, *map.graph(), incident, noon);
        EXPECT_TRUE(answer) << answer.error().describe();
        return answer.value_or(Recommendation{});
    }
    [[nodiscard]] std::string nameOf(model::ResourceId id) const { return state.resources.at(id).name.text; }
    /// "name capability" of those chosen, in order.
    [[nodiscard]] std::vector<std::string> chosen(const Recommendation& r) const {
        std::vector<std::string> names;
        for (const Candidate& c : r.candidates) {
            if (c.chosen)
                names.push_back(nameOf(c.resource).append(" ").append(c.need.capability));
        }
        return names;
    }
    [[nodiscard]] const Candidate* candidate(const Recommendation& r, const std::string& name) const {
        const auto found = std::find_if(r.candidates.begin(), r.candidates.end(),
                                        [&](const Candidate& c) { return nameOf(c.resource) == name; });
        return found == r.candidates.end() ? nullptr : &*found;
    }
};

using Names = std::vector<std::string>;
const RoadMap road({"A----B----C----D----E"});

TEST(Recommend, sendsTheNearestAndSaysWhoIsNextAndHowMuchLater) {
    County county(road.node('A'), {{"pump", 1, 1}});
    county.add("far", road.node('D'), {{"pump", 1}});
    county.add("near", road.node('B'), {{"pump", 1}});
    county.add("middle", road.node('C'), {{"pump", 2}});
    county.add("other", road.node('A'), {{"medical", 3}});
    const Recommendation r = county.ask(road);
    ASSERT_EQ(r.candidates.size(), 3U);
    EXPECT_EQ(county.chosen(r), Names{"near pump"});
    EXPECT_NEAR(r.candidates[0].eta.value, 50, 0.5);
    EXPECT_NEAR(r.candidates[0].distance.value, 500, 2);
    EXPECT_EQ(r.candidates[0].rank, 1);
    EXPECT_EQ(r.candidates[0].via, "A-B");
    EXPECT_EQ(county.nameOf(r.candidates[1].resource), "middle");
    EXPECT_FALSE(r.candidates[1].chosen);
    EXPECT_EQ(r.candidates[1].level, 2);
    EXPECT_NEAR(r.candidates[1].behind.value, 50, 0.5);
    EXPECT_NEAR(r.candidates[2].behind.value, 100, 0.5);
    EXPECT_FALSE(r.candidates[1].route.points.empty()) << "the next best is drawn";
    EXPECT_FALSE(r.candidates[2].route.points.empty()) << "and the one after it, which may be sent as well";
    EXPECT_TRUE(r.unmet.empty());
    EXPECT_TRUE(r.optimal);
    EXPECT_EQ(r.considered, 3U);
    EXPECT_EQ(r.factsAt, noon);
}

TEST(Recommend, looksAtAllNeedsTogetherWhereNearestFirstWouldErr) {
    // "both" is nearest for either need; the only other pump is near too, the only other boat is far away.
    County county(road.node('A'), {{"pump", 1, 1}, {"boat", 1, 1}});
    county.add("both", road.node('B'), {{"pump", 1}, {"boat", 1}});
    county.add("pump", road.node('C'), {{"pump", 1}});
    county.add("boat", road.node('E'), {{"boat", 1}});
    const Recommendation r = county.ask(road);
    EXPECT_EQ(county.chosen(r), (Names{"pump pump", "both boat"})); // 100 s + 50 s, not 50 s + 200 s
}

TEST(Recommend, meetsAsManyNeedsAsPossibleBeforeItSavesTime) {
    County county(road.node('A'), {{"pump", 1, 1}, {"boat", 1, 1}});
    county.add("both", road.node('A'), {{"pump", 1}, {"boat", 1}});
    county.add("pump", road.node('E'), {{"pump", 1}});
    const Recommendation r = county.ask(road);
    EXPECT_EQ(county.chosen(r), (Names{"pump pump", "both boat"}));
    EXPECT_TRUE(r.unmet.empty());
}

TEST(Recommend, sendsAsManyAsAreAsked) {
    County county(road.node('A'), {{"pump", 1, 2}});
    for (const char at : {'B', 'C', 'D'})
        county.add(std::string("at ").append(1, at), road.node(at), {{"pump", 1}});
    const Recommendation r = county.ask(road);
    EXPECT_EQ(county.chosen(r), (Names{"at B pump", "at C pump"}));
    EXPECT_NEAR(county.candidate(r, "at D")->behind.value, 50, 0.5);
}

TEST(Recommend, countsWhatIsOnItsWayAlready) {
    County county(road.node('A'), {{"pump", 1, 2}, {"pump", 3, 1}});
    const Resource heavy = county.add("heavy", road.node('B'), {{"pump", 3}});
    const Resource light = county.add("light", road.node('B'), {{"pump", 1}});
    const Resource back = county.add("back", road.node('B'), {{"pump", 1}});
    county.add("free", road.node('D'), {{"pump", 3}});
    county.assign(heavy, "pump", model::AssignmentState::enRoute);
    county.assign(light, "pump", model::AssignmentState::onScene);
    county.assign(back, "pump", model::AssignmentState::released);
    const Recommendation r = county.ask(road);
    EXPECT_EQ(county.chosen(r), Names{"back pump"});
    EXPECT_EQ(r.candidates.front().need, (Need{"pump", 1, 1}));
}

TEST(Recommend, aPersonsOwnChoiceServesTheNeedThatItWasMadeFor) {
    County county(road.node('A'), {{"pump", 3, 1}});
    const Resource weak = county.add("weak", road.node('B'), {{"pump", 1}});
    county.assign(weak, "pump", model::AssignmentState::notified);
    EXPECT_TRUE(county.ask(road).candidates.empty());
    EXPECT_TRUE(county.ask(road).unmet.empty());
}

TEST(Recommend, saysWhatKeepsTheNearerOnes) {
    County county(road.node('A'), {{"pump", 2, 1}});
    const Resource busy = county.add("busy", road.node('B'), {{"pump", 2}});
    county.assign(busy, "medical", model::AssignmentState::enRoute, county.ids.make<model::IncidentId>());
    county.add("broken", road.node('B'), {{"pump", 2}}).status = model::ResourceStatus::outOfService;
    county.add("weak", road.node('B'), {{"pump", 1}});
    county.add("goes", road.node('C'), {{"pump", 2}});
    county.add("busy beyond", road.node('E'), {{"pump", 2}}).status = model::ResourceStatus::assigned;
    const Recommendation r = county.ask(road);
    EXPECT_EQ(county.chosen(r), Names{"goes pump"});
    EXPECT_EQ(county.candidate(r, "busy")->obstacle, Obstacle::busy);
    EXPECT_EQ(county.candidate(r, "broken")->obstacle, Obstacle::outOfService);
    EXPECT_EQ(county.candidate(r, "weak")->obstacle, Obstacle::lowLevel);
    EXPECT_EQ(county.candidate(r, "busy beyond"), nullptr) << "would not have been sent anyway";
}

TEST(Recommend, saysWhyANeedIsUnmet) {
    const RoadMap islands({"A----B" + std::string(80, ' ') + "X----Y", "|    |", "C----D"});
    County county(islands.node('A'), {{"crane", 1, 1}, {"pump", 1, 3}, {"boat", 1, 1}, {"dog", 2, 1}});
    county.add("pump", islands.node('B'), {{"pump", 1}, {"dog", 1}});
    county.add("busy pump", islands.node('B'), {{"pump", 1}}).status = model::ResourceStatus::assigned;
    county.add("boat", islands.node('Y'), {{"boat", 1}});
    const Recommendation r = county.ask(islands);
    EXPECT_EQ(county.chosen(r), Names{"pump pump"});
    ASSERT_EQ(r.unmet.size(), 4U);
    EXPECT_EQ(r.unmet[0].reason, "none-has-capability");
    EXPECT_EQ(r.unmet[1].reason, "all-busy");
    EXPECT_EQ(r.unmet[1].missing, 2);
    EXPECT_EQ(r.unmet[2].reason, "no-road");
    EXPECT_EQ(r.unmet[3].reason, "none-has-level");
    EXPECT_EQ(county.candidate(r, "boat")->obstacle, Obstacle::noRoad);
}

TEST(Recommend, whatFliesGoesStraightAfterItsStart) {
    const RoadMap islands({"A----B" + std::string(80, ' ') + "X----Y"});
    County county(islands.node('A'), {{"lift", 1, 1}});
    Resource& helicopter = county.add("helicopter", islands.node('Y'), {{"lift", 1}});
    helicopter.kind = model::ResourceKind::mobileFacility;
    helicopter.flies = true;
    const Recommendation r = county.ask(islands);
    ASSERT_EQ(county.chosen(r), Names{"helicopter lift"});
    const Candidate& c = r.candidates.front();
    EXPECT_NEAR(c.eta.value, 300 + 9100 / (200 / 3.6), 1);
    ASSERT_EQ(c.route.points.size(), c.route.secondsAt.size());
    EXPECT_NEAR(c.route.secondsAt[1], 300, 1e-9);
    EXPECT_NEAR(c.route.secondsAt.back(), c.eta.value, 1e-9);
    EXPECT_NEAR(c.route.length.value, 9100, 30);
}

TEST(Recommend, aSlowVehicleNeedsLongerOnTheSameRoad) {
    County county(road.node('A'), {{"crane", 1, 1}});
    Resource& crane = county.add("crane", road.node('C'), {{"crane", 1}});
    crane.kind = model::ResourceKind::vehicle;
    crane.speedFactor = 0.5;
    const Recommendation r = county.ask(road);
    ASSERT_EQ(r.candidates.size(), 1U);
    EXPECT_NEAR(r.candidates[0].eta.value, 200, 1);
    EXPECT_NEAR(r.candidates[0].route.secondsAt.back(), r.candidates[0].eta.value, 1e-6);
    EXPECT_NEAR(r.candidates[0].route.duration.value, r.candidates[0].eta.value, 1e-6);
}

TEST(Recommend, whatIsThereNeedsNoRoute) {
    County county(road.node('A'), {{"pump", 1, 1}});
    county.add("here", road.node('A'), {{"pump", 1}}).speedFactor = 0;
    const Recommendation r = county.ask(road);
    ASSERT_EQ(county.chosen(r), Names{"here pump"});
    EXPECT_EQ(r.candidates[0].eta.value, 0);
    EXPECT_TRUE(r.candidates[0].route.points.empty());
}

TEST(Recommend, sendsOnlyWhatCanGo) {
    County county(road.node('A'), {{"pump", 1, 5}});
    county.add("station", road.node('B'), {{"pump", 1}}).kind = model::ResourceKind::station;
    county.add("warehouse", road.node('B'), {{"pump", 1}}).kind = model::ResourceKind::warehouse;
    Resource& parked = county.add("parked", road.node('B'), {{"pump", 1}});
    parked.kind = model::ResourceKind::vehicle;
    parked.people = 0;
    county.add("fixed", road.node('B'), {{"pump", 1}}).speedFactor = 0;
    const Recommendation r = county.ask(road);
    EXPECT_TRUE(county.chosen(r).empty());
    EXPECT_EQ(county.candidate(r, "station"), nullptr);
    EXPECT_EQ(county.candidate(r, "parked")->obstacle, Obstacle::cannotTravel);
    EXPECT_EQ(county.candidate(r, "fixed")->obstacle, Obstacle::cannotTravel);
    EXPECT_EQ(r.unmet.at(0).missing, 5);
}

TEST(Recommend, equalOnesAreTakenByLevelThenName) {
    County county(road.node('A'), {{"pump", 1, 2}});
    county.add("b", road.node('B'), {{"pump", 1}});
    county.add("a", road.node('B'), {{"pump", 3}});
    county.add("c", road.node('B'), {{"pump", 1}});
    county.add("d", road.node('B'), {{"pump", 1}});
    EXPECT_EQ(county.chosen(county.ask(road)), (Names{"b pump", "c pump"}));
}

TEST(Recommend, refusesWhatIsNotAnOpenIncident) {
    County county(road.node('A'), {});
    const auto graph = road.graph();
    const auto unknown = recommend(county.state, *graph, county.ids.make<model::IncidentId>(), noon);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().code, base::Code::notFound);
    county.state.incidents.at(county.incident).state = model::IncidentState::closed;
    const auto closed = recommend(county.state, *graph, county.incident, noon);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, base::Code::conflict);
}

/// The best that trying every way finds: most units met, then least seconds.
struct Best {
    int met{0};
    double seconds{0};
};
Best tryAll(const std::vector<std::pair<std::string, int>>& units, std::size_t unit,
            const std::vector<std::pair<const Resource*, double>>& resources, std::vector<char>& used) {
    if (unit == units.size())
        return {};
    Best best = tryAll(units, unit + 1, resources, used); // leave it unmet
    for (std::size_t i = 0; i < resources.size(); ++i) {
        const auto& own = resources[i].first->capabilities;
        const bool able = std::any_of(own.begin(), own.end(), [&](const model::Capability& c) {
            return c.code == units[unit].first && c.level >= units[unit].second;
        });
        if (!able || used[i] != 0)
            continue;
        used[i] = 1;
        Best with = tryAll(units, unit + 1, resources, used);
        used[i] = 0;
        ++with.met;
        with.seconds += resources[i].second;
        if (with.met > best.met || (with.met == best.met && with.seconds < best.seconds))
            best = with;
    }
    return best;
}

TEST(Recommend, isNoWorseThanTryingEveryWayAndGivesNoTeamTwice) {
    const RoadMap map({"A--B->-C---D", //
                       "|      |   |", //
                       "E--F---G---H", //
                       "   |       |", //
                       "   I-------J"});
    std::mt19937 random(11);
    const std::vector<std::string> capabilities{"pump", "boat", "dog"};
    const std::string nodes = "ABCDEFGHIJ";
    for (int round = 0; round < 150; ++round) {
        std::vector<Need> needs;
        std::vector<std::pair<std::string, int>> units;
        const std::size_t kinds = 1 + random() % 3;
        for (std::size_t n = 0; n < kinds; ++n) {
            Need need{capabilities[n], static_cast<int>(1 + random() % 3), static_cast<int>(1 + random() % 2)};
            for (int i = 0; i < need.quantity; ++i)
                units.emplace_back(need.capability, need.level);
            needs.push_back(need);
        }
        County county(map.node(nodes[random() % nodes.size()]), needs);
        const std::size_t count = random() % 7;
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<model::Capability> own;
            for (const std::string& c : capabilities) {
                if (random() % 2 == 0)
                    own.push_back({c, static_cast<int>(1 + random() % 3)});
            }
            county.add(std::to_string(i), map.node(nodes[random() % nodes.size()]), own).speedFactor =
                0.5 + static_cast<double>(random() % 4) / 4;
        }
        const Recommendation r = county.ask(map);

        std::vector<std::pair<const Resource*, double>> resources;
        const auto graph = map.graph();
        for (const auto& [id, resource] : county.state.resources) {
            const auto reach =
                graph->timesTo(county.state.incidents.at(county.incident).position, std::span(&resource.position, 1));
            resources.emplace_back(&resource, reach.front()->duration.value / resource.speedFactor);
        }
        std::vector<char> used(resources.size(), 0);
        const Best best = tryAll(units, 0, resources, used);
        std::set<model::ResourceId> sent;
        double seconds = 0;
        for (const Candidate& c : r.candidates) {
            if (!c.chosen)
                continue;
            EXPECT_TRUE(sent.insert(c.resource).second) << "given twice in round " << round;
            EXPECT_GE(c.level, c.need.level);
            seconds += c.eta.value;
        }
        EXPECT_EQ(static_cast<int>(sent.size()), best.met) << round;
        EXPECT_NEAR(seconds, best.seconds, 0.5) << round;
        int missing = 0;
        for (const UnmetNeed& unmet : r.unmet)
            missing += unmet.missing;
        EXPECT_EQ(missing, static_cast<int>(units.size()) - best.met);
        EXPECT_TRUE(r.optimal);
    }
}

TEST(Obstacle, hasAWordEach) {
    std::set<std::string_view> words;
    for (int i = 0; i < obstacles; ++i)
        words.insert(toString(static_cast<Obstacle>(i)));
    EXPECT_EQ(words.size(), static_cast<std::size_t>(obstacles));
}

} // namespace
} // namespace tocsin::dispatch
