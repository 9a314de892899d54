#include "tocsin/route/profile.hpp"

#include <gtest/gtest.h>
#include <set>

namespace tocsin::route {
namespace {

TEST(Profiles, theProgramsOwnCanBeRead) {
    std::set<std::string> names;
    for (const Profile& profile : defaultProfiles()) {
        names.insert(profile.name);
        EXPECT_TRUE(check(profile)) << profile.name;
        EXPECT_FALSE(profile.title.in("zh_CN").empty()) << profile.name;
    }
    EXPECT_EQ(names, (std::set<std::string>{"car", "fire-engine", "ambulance", "truck", "heavy-truck", "off-road", "boat", "boat-trailer",
                                            "helicopter", "foot"}));
    EXPECT_EQ(findProfile(defaultProfiles(), "tram"), nullptr);
    const Profile* engine = findProfile(defaultProfiles(), "fire-engine");
    ASSERT_NE(engine, nullptr);
    EXPECT_EQ(engine->tonnes, 16);
    EXPECT_EQ(engine->againstOneWay, 0.5);
    EXPECT_TRUE(engine->ignoresTurnBans);
    EXPECT_EQ(engine->byClass[static_cast<std::size_t>(RoadClass::path)], 0.5);
    EXPECT_EQ(engine->byWeather[static_cast<std::size_t>(Weather::ice)], 0.4);
}

TEST(Profiles, faultsAreLocated) {
    const auto fault = [](const std::string& line) {
        const auto read = parseProfiles("[[profile]]\nname = \"x\"\n" + line + "\n");
        if (read)
            return std::string("none");
        EXPECT_EQ(read.error().place.line, 3U) << line;
        return read.error().message;
    };
    EXPECT_EQ(fault("weight = 3"), "none");
    EXPECT_NE(fault("weight = nan").find("finite"), std::string::npos);
    EXPECT_NE(fault("weight = inf").find("finite"), std::string::npos);
    EXPECT_NE(fault("weight = 1e308").find("must be from 0 to 1000"), std::string::npos);
    EXPECT_NE(fault("fording = -1").find("must be from 0 to 20"), std::string::npos);
    EXPECT_NE(fault("most_speed = \"fast\"").find("finite number"), std::string::npos);
    EXPECT_NE(fault("travel = \"teleport\"").find("none of"), std::string::npos);
    EXPECT_NE(fault("roads = { motorway = -1 }").find("from 0 to 10"), std::string::npos);
    EXPECT_NE(fault("roads = { canal = 1 }").find("canal"), std::string::npos);
    EXPECT_NE(fault("weather = 3").find("table"), std::string::npos);
    EXPECT_NE(fault("off_road = { most = 50001 }").find("must be from 0 to 50000"), std::string::npos);
    EXPECT_NE(fault("wings = 2").find("wings"), std::string::npos);
    const auto twice = parseProfiles("[[profile]]\nname = \"x\"\n[[profile]]\nname = \"x\"\n");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().place.line, 4U);
    EXPECT_FALSE(parseProfiles("[[profile]]\n"));
    EXPECT_FALSE(parseProfiles("[[profile"));
    EXPECT_FALSE(parseProfiles("profile = 3"));
    ASSERT_TRUE(parseProfiles(""));
    EXPECT_TRUE(parseProfiles("")->empty());
}

} // namespace
} // namespace tocsin::route
