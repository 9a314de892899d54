#include "tocsin/desk/plans.hpp"

#include <gtest/gtest.h>

using namespace tocsin;

TEST(Plans, TheNearestGradeServes) {
    const auto plans = desk::parsePlans(R"(
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
