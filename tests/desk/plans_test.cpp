#include "tocsin/desk/plans.hpp"

#include <gtest/gtest.h>

using namespace tocsin;

TEST(Plans, TheNearestGradeServes) {
    auto plans = desk::parsePlans(R"(
[[plan]]
id = "f2"
hazard = "flood"
grade = "II"
[[plan]]
id = "f4"
hazard = "flood"
grade = "IV"
)");
    ASSERT_TRUE(plans);
    EXPECT_EQ(desk::planFor(*plans, "flood", model::Grade::II)->id, "f2");
    EXPECT_EQ(desk::planFor(*plans, "flood", model::Grade::III)->id, "f4");
    EXPECT_EQ(desk::planFor(*plans, "flood", model::Grade::I)->id, "f2");
    EXPECT_EQ(desk::planFor(*plans, "fire", model::Grade::I), nullptr);
    plans->push_back(plans->front());
    plans->back().id = "o";
    plans->back().hazard = "other";
    EXPECT_EQ(desk::planFor(*plans, "fire", model::Grade::I)->id, "o") << "what has no plan of its own";
    EXPECT_EQ(desk::planFor(*plans, "flood", model::Grade::II)->id, "f2");
}

TEST(Plans, AFaultNamesItsPlace) {
    const auto syntax = desk::parsePlans("[[plan]\nid=1");
    ASSERT_FALSE(syntax);
    EXPECT_EQ(syntax.error().place.line, 1U);
    const auto grade = desk::parsePlans("[[plan]]\nid = \"a\"\nhazard = \"flood\"\ngrade = \"V\"\n");
    ASSERT_FALSE(grade);
    EXPECT_EQ(grade.error().place.line, 4U);
    const auto need = desk::parsePlans(
        "[[plan]]\nid = \"a\"\nhazard = \"flood\"\ngrade = \"I\"\nneeds = [ { capability = \"x\", quantity = 0 } ]\n");
    ASSERT_FALSE(need);
    EXPECT_EQ(need.error().place.line, 5U);
    EXPECT_FALSE(desk::parsePlans(
        "[[plan]]\nid=\"a\"\nhazard=\"f\"\ngrade=\"I\"\n[[plan]]\nid=\"a\"\nhazard=\"f\"\ngrade=\"I\"\n"));
}

TEST(Plans, CallDownListsAreNamed) {
    const auto read = [](const std::string& value) {
        return desk::parsePlans("[[plan]]\nid = \"a\"\nhazard = \"flood\"\ngrade = \"I\"\ncall_lists = " + value + "\n");
    };
    const auto several = read("[\"Flood, response II\", \"村干部\"]");
    ASSERT_TRUE(several);
    EXPECT_EQ(several->at(0).callLists, (std::vector<std::string>{"Flood, response II", "村干部"}));
    const auto one = read("\"Flood\"");
    ASSERT_TRUE(one);
    EXPECT_EQ(one->at(0).callLists, std::vector<std::string>{"Flood"});
    const std::string many = "[\"1\",\"2\",\"3\",\"4\",\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\"]";
    for (const std::string& bad : {std::string("1"), std::string("\"\""), std::string("[\"a\", \"a\"]"), std::string("[\"a\", 2]"), many,
                                   "\"" + std::string(201, 'x') + "\""}) {
        const auto plans = read(bad);
        ASSERT_FALSE(plans) << bad;
        EXPECT_EQ(plans.error().place.line, 5U) << bad;
    }
}

TEST(Plans, ANeedIsForTeamsASupplyOrShelterWithinATime) {
    const auto plans = desk::parsePlans(R"(
[[plan]]
id = "f2"
hazard = "flood"
grade = "II"
needs = [
    { capability = "pumping", level = 2, quantity = 3, within = "30min" },
    { supply = "3010101", amount = 2000, unit = "piece", within = "2h" },
    { shelter = 120 },
]
)");
    ASSERT_TRUE(plans) << plans.error().describe();
    const auto& needs = plans->front().needs;
    ASSERT_EQ(needs.size(), 3U);
    EXPECT_EQ(needs[0].within.value, 1800);
    EXPECT_EQ(needs[1].kind, model::NeedKind::supply);
    EXPECT_EQ(needs[1].amount, 2000);
    EXPECT_EQ(needs[1].quantity, 0);
    EXPECT_EQ(needs[2].kind, model::NeedKind::shelter);
    EXPECT_EQ(needs[2].quantity, 120);
    for (const char* need : {R"({ supply = "1", amount = -5, unit = "t" })", R"({ supply = "1", amount = 1e308, unit = "t" })",
                             R"({ supply = "1", amount = nan, unit = "t" })", R"({ shelter = 0.5 })", R"({ shelter = inf })",
                             R"({ capability = "x", within = "40d" })", R"({ supply = "1", amount = 1 })"})
        EXPECT_FALSE(desk::parsePlans("[[plan]]\nid=\"a\"\nhazard=\"f\"\ngrade=\"I\"\nneeds = [ " + std::string(need) +
                                      " ]\n"))
            << need;
}
