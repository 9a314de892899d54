#include "tocsin/triage/warning_hazard.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tocsin::triage {
namespace {

std::string hazardOf(const std::string& event, const std::string& headline = {}, const std::string& awareness = {}) {
    static const HazardWords words = [] {
        std::ostringstream text;
        text << std::ifstream(TOCSIN_SOURCE_DIR "/resources/hazard_words/default.toml", std::ios::binary).rdbuf();
        auto parsed = HazardWords::parse(text.str());
        EXPECT_TRUE(parsed) << parsed.error().describe();
        return parsed.value_or(HazardWords{});
    }();
    model::WarningInfo info;
    info.event = event;
    info.headline = headline;
    if (!awareness.empty())
        info.parameters = {{"awareness_level", "3; orange; Severe"}, {"awareness_type", awareness}};
    return hazardOfWarning(words, info);
}

} // namespace

TEST(WarningHazard, TheEventsWordsNameIt) {
    EXPECT_EQ(hazardOf("River flood"), "flood");
    EXPECT_EQ(hazardOf("Hochwasser"), "flood");
    EXPECT_EQ(hazardOf("洪水橙色预警"), "flood");
    EXPECT_EQ(hazardOf("Storm"), "storm");
    EXPECT_EQ(hazardOf("Heavy rain"), "rainstorm");
    EXPECT_EQ(hazardOf("暴雨红色预警"), "rainstorm");
    EXPECT_EQ(hazardOf("Earthquake"), "earthquake");
    EXPECT_EQ(hazardOf("Forest fire danger"), "forest-fire");
    EXPECT_EQ(hazardOf("森林火险"), "forest-fire");
    EXPECT_EQ(hazardOf("高温橙色预警"), "heat");
    EXPECT_EQ(hazardOf("Strong wind"), "storm");
    EXPECT_EQ(hazardOf("Snow on the road"), "snow");
    EXPECT_EQ(hazardOf("地质灾害气象风险"), "landslide");
}

TEST(WarningHazard, TheSendersOwnTypeGoesFirstAndTheHeadlineLast) {
    EXPECT_EQ(hazardOf("Orange warning", "", "12; Flooding"), "flood");
    EXPECT_EQ(hazardOf("Storm", "", "10; Rain"), "rainstorm");
    EXPECT_EQ(hazardOf("Storm", "", "999; what nobody knows"), "storm");
    EXPECT_EQ(hazardOf("Storm", "", "x"), "storm");
    EXPECT_EQ(hazardOf("Warning", "The Rhine rises: flood"), "flood");
    EXPECT_EQ(hazardOf("Storm", "The Rhine rises: flood"), "storm");
}

TEST(WarningHazard, WhatNoWordTellsIsNoHazard) {
    EXPECT_EQ(hazardOf("Public information"), "");
    EXPECT_EQ(hazardOf("Window theatre"), "") << "no part of another word";
    EXPECT_EQ(hazardOf(""), "");
}

} // namespace tocsin::triage
