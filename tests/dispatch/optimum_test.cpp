#include "dispatch/scene.hpp"

#include <cmath>
#include <random>

namespace tocsin::dispatch {
namespace {

using route::test::RoadMap;
using test::Scene;
using test::supply;

const std::string line = "A----B----C----D----E----F----G";
const RoadMap road({line});

/// Twenty sandbags in each of six stores along the road.
struct SixStores : Scene {
    SixStores() : Scene(road) {
        for (const char at : std::string("BCDEFG"))
            store(std::string(1, at), road.node(at), {{"sandbag", 20, 1}});
        truck("truck", road.node('A'), 3000);
    }
};

TEST(Optimum, ofSuppliesIsProvenWhereTripsLeftOutCannotBeBetter) {
    SixStores scene;
    scene.incident(road.node('A'), {supply("sandbag", 40)});
    const Answer answer = scene.ask(scene.question());
    EXPECT_FALSE(answer.needs.at(0).unmet);
    EXPECT_TRUE(answer.optimal) << "whoever calls at three stores is longer on the way";
    EXPECT_TRUE(answer.unseen.empty());
    EXPECT_EQ(answer.gap, 0);
    EXPECT_EQ(optimumWords(answer).verdict, "optimum proven");
    EXPECT_TRUE(optimumWords(answer).reasons.empty());
}

TEST(Optimum, tripsByThreeOfManyStoresAreTakenWhereTheyDoBetter) {
    SixStores scene;
    scene.incident(road.node('A'), {supply("sandbag", 60)});
    const Answer answer = scene.ask(scene.question());
    EXPECT_FALSE(answer.needs.at(0).unmet) << "two stores hold forty";
    ASSERT_EQ(answer.needs[0].chosen.size(), 1U);
    EXPECT_EQ(answer.needs[0].chosen[0].stops.size(), 4U);
    EXPECT_TRUE(answer.optimal);
}

TEST(Optimum, thatIsNotProvenSaysWhyAndTheDecisionKeepsIt) {
    SixStores scene;
    const auto incident = scene.incident(road.node('A'), {supply("sandbag", 80)});
    const Answer answer = scene.ask(scene.question());
    EXPECT_FALSE(answer.optimal);
    EXPECT_EQ(answer.gap, 1) << "nobody knows how much better";
    const auto words = optimumWords(answer);
    EXPECT_EQ(words.verdict, "best found");
    EXPECT_EQ(words.reasons, std::vector<std::string>{"trips that call at four or more stores were not looked at"});
    const model::Decision decision = toDecision(answer, incident);
    EXPECT_EQ(decision.unseen, std::vector<std::string>{"four-stores"});
    EXPECT_EQ(optimumWords(decision).reasons, words.reasons);
}

TEST(Optimum, ofWhatNobodyHasWeighedIsNotProven) {
    Scene scene(road);
    const auto incident = scene.incident(road.node('A'), {supply("pile", 400)});
    auto& stock = scene.store("B", road.node('B'), {{"pile", 400, 0}}).stock;
    scene.truck("van", road.node('A'), 3000);
    Answer answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "van");
    EXPECT_FALSE(answer.optimal);
    EXPECT_EQ(answer.gap, 1);
    EXPECT_EQ(answer.unseen, std::vector{Unseen::noWeight});
    EXPECT_EQ(optimumWords(answer).reasons, std::vector<std::string>{"supplies whose weight nobody knows were loaded as if they weighed nothing"});
    EXPECT_EQ(toDecision(answer, incident).unseen, std::vector<std::string>{"no-weight"});
    EXPECT_EQ(unseenFrom("no-weight"), Unseen::noWeight);
    stock[0].kilograms = 5;
    answer = scene.ask(scene.question());
    EXPECT_EQ(scene.chosen(answer), "van");
    EXPECT_TRUE(answer.optimal);
}

TEST(Optimum, itsWordsTellTheTimeAndTheGap) {
    Answer answer;
    answer.optimal = false;
    answer.gap = 0.008;
    answer.stoppedAfter = base::Seconds(2);
    EXPECT_EQ(optimumWords(answer).reasons, (std::vector<std::string>{"stopped after 2.0 s", "at most 0.8 % from the optimum"}));
    model::Decision old; // of a journal that did not say it
    old.optimal = false;
    EXPECT_EQ(optimumWords(old).reasons, std::vector<std::string>{"not all ways were looked at"});
    old.unseen = {"of a later program", "far-stores"};
    EXPECT_EQ(optimumWords(old).reasons, std::vector<std::string>{"stores beyond the nearest eight were not looked at"});
    old.optimal = true;
    EXPECT_EQ(optimumWords(old).verdict, "optimum proven");
}

/// The soonest of all trips of the truck at A by any stores in any order that bring the most.
std::pair<double, double> bestTrip(const std::vector<std::pair<char, double>>& stores, double wanted) {
    double most = 0;
    double soonest = 1e9;
    const auto seconds = [](char a, char b) {
        return 10.0 * std::abs(static_cast<double>(line.find(a)) - static_cast<double>(line.find(b)));
    };
    for (unsigned set = 1; set < 1U << stores.size(); ++set) {
        double amount = 0;
        std::string called;
        for (std::size_t i = 0; i < stores.size(); ++i) {
            if ((set >> i & 1U) == 0)
                continue;
            amount += stores[i].second;
            called += stores[i].first;
        }
        amount = std::min(amount, wanted);
        std::sort(called.begin(), called.end());
        double clock = 1e9;
        do {
            double way = 600.0 * static_cast<double>(called.size());
            char at = 'A';
            for (const char next : called + "D") { // where it is needed
                way += seconds(at, next);
                at = next;
            }
            clock = std::min(clock, way);
        } while (std::next_permutation(called.begin(), called.end()));
        if (amount > most + 1e-9 || (amount > most - 1e-9 && clock < soonest)) {
            most = amount;
            soonest = clock;
        }
    }
    return {most, soonest};
}

TEST(Optimum, ofSuppliesIsWhatTryingAllWaysFinds) {
    std::mt19937 random(7);
    int proven = 0;
    for (int round = 0; round < 25; ++round) {
        Scene scene(road);
        std::vector<std::pair<char, double>> stores;
        for (const char at : std::string("BCEFG")) {
            stores.emplace_back(at, 5.0 + static_cast<double>(random() % 40));
            scene.store(std::string(1, at), road.node(at), {{"sandbag", stores.back().second, 1}});
        }
        if (round % 2 == 0) {
            stores.emplace_back('A', 3.0 + static_cast<double>(random() % 10));
            scene.store("A", road.node('A'), {{"sandbag", stores.back().second, 1}});
        }
        scene.truck("truck", road.node('A'), 3000);
        const double wanted = 10.0 + static_cast<double>(random() % 70);
        scene.incident(road.node('D'), {supply("sandbag", wanted)});
        const Answer answer = scene.ask(scene.question());
        if (!answer.optimal) {
            EXPECT_FALSE(optimumWords(answer).reasons.empty());
            continue;
        }
        ++proven;
        const auto [most, soonest] = bestTrip(stores, wanted);
        ASSERT_EQ(answer.needs.at(0).chosen.size(), 1U);
        EXPECT_NEAR(answer.needs[0].chosen[0].delivers, most, 1e-6) << round;
        EXPECT_NEAR(answer.needs[0].chosen[0].stops.back().arrival.value, soonest, 2) << round;
    }
    EXPECT_GT(proven, 10);
}

} // namespace
} // namespace tocsin::dispatch
