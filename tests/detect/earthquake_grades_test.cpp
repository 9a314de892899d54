#include "tocsin/detect/messages.hpp"
#include "tocsin/detect/rule.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

// The rules that a county begins with judge an earthquake by its magnitude as the national plan does before a toll is
// known: I from 7.0, II from 6.0, III from 5.0, IV from 4.0; where many people live, one magnitude lower.

namespace tocsin::detect {
namespace {

using model::Grade;

const CountyArea county{{{model::Position::trusted(47.0, 9.4), model::Position::trusted(47.0, 9.7),
                          model::Position::trusted(47.3, 9.7), model::Position::trusted(47.3, 9.4),
                          model::Position::trusted(47.0, 9.4)}},
                        {}};
const base::Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20}};

std::vector<Rule> rulesOf(const char* file) {
    std::ostringstream text;
    text << std::ifstream(std::string(TOCSIN_SOURCE_DIR "/resources/rules/") + file, std::ios::binary).rdbuf();
    auto rules = parseRules(text.str());
    EXPECT_TRUE(rules) << rules.error().describe();
    return rules.value_or(std::vector<Rule>{});
}

/// As the desk decides: of several rules the gravest.
std::optional<Grade> gradeOf(const std::vector<Rule>& rules, double magnitude, double latitude = 47.15) {
    model::Earthquake earthquake;
    earthquake.magnitude = magnitude;
    earthquake.position = model::Position::trusted(latitude, 9.52);
    earthquake.time = now - std::chrono::minutes(5);
    std::optional<Grade> gravest;
    for (const Rule& rule : rules) {
        const auto* condition = std::get_if<EarthquakeCondition>(&rule.condition);
        if (condition != nullptr && rule.enabled && fits(*condition, earthquake, county, now) &&
            (!gravest || rule.severity < *gravest))
            gravest = rule.severity;
    }
    return gravest;
}

TEST(EarthquakeGrades, followTheMagnitudeToItsEdges) {
    for (const auto& [file, lower] : {std::pair{"basic.toml", 0.0}, std::pair{"demo.toml", 1.0}}) {
        const auto rules = rulesOf(file);
        EXPECT_EQ(gradeOf(rules, 3.9 - lower), std::nullopt) << file;
        EXPECT_EQ(gradeOf(rules, 4.0 - lower), Grade::IV) << file;
        EXPECT_EQ(gradeOf(rules, 4.9 - lower), Grade::IV) << file;
        EXPECT_EQ(gradeOf(rules, 5.0 - lower), Grade::III) << file;
        EXPECT_EQ(gradeOf(rules, 5.9 - lower), Grade::III) << file;
        EXPECT_EQ(gradeOf(rules, 6.0 - lower), Grade::II) << file;
        EXPECT_EQ(gradeOf(rules, 6.9 - lower), Grade::II) << file;
        EXPECT_EQ(gradeOf(rules, 7.0 - lower), Grade::I) << file;
        EXPECT_EQ(gradeOf(rules, 9.5 - lower), Grade::I) << file;
    }
}

TEST(EarthquakeGrades, reachTheFurtherTheStrongerItIs) {
    const auto rules = rulesOf("basic.toml"); // the county ends at 47.3; a degree of latitude is 111 km
    EXPECT_EQ(gradeOf(rules, 4.5, 47.5), Grade::IV);
    EXPECT_EQ(gradeOf(rules, 4.5, 47.7), std::nullopt);
    EXPECT_EQ(gradeOf(rules, 5.5, 47.7), Grade::III);
    EXPECT_EQ(gradeOf(rules, 6.5, 48.3), Grade::II);
    EXPECT_EQ(gradeOf(rules, 7.5, 49.0), Grade::I);
    EXPECT_EQ(gradeOf(rules, 7.5, 49.3), std::nullopt);
}

} // namespace
} // namespace tocsin::detect
