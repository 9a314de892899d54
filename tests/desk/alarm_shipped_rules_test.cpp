#include "desk/alarm_fixture.hpp"

#include <fstream>
#include <gmock/gmock.h>
#include <sstream>

// The rules that a county begins with, and the demo county's: what of others' messages mutes what.

using namespace tocsin;
using namespace tocsin::test;
using model::AlarmState;

namespace {

class ShippedRules : public AlarmFixture, public ::testing::WithParamInterface<const char*> {
  protected:
    void SetUp() override {
        std::ostringstream text;
        text << std::ifstream(std::string(TOCSIN_SOURCE_DIR "/resources/rules/") + GetParam(), std::ios::binary).rdbuf();
        auto read = detect::parseRules(text.str());
        ASSERT_TRUE(read) << read.error().describe();
        own = std::move(*read);
        AlarmFixture::SetUp();
    }
    void takeWarning(const std::string& id, model::Grade colour, const std::string& event) {
        model::Warning warning;
        warning.identifier = id;
        warning.sender = "met@example.org";
        warning.sent = clock.now();
        warning.version = "1.2";
        warning.capStatus = "Actual";
        warning.msgType = "Alert";
        warning.scope = "Public";
        warning.colour = colour;
        warning.expires = clock.now() + std::chrono::hours(6);
        model::WarningInfo info;
        info.language = "en";
        info.event = event;
        info.certainty = "Likely";
        info.urgency = "Immediate";
        warning.infos.push_back(info);
        must(desk::TakeWarning{"cap", warning});
    }
    void takeQuake(const std::string& id, double magnitude, double latitude) {
        clock.advance(std::chrono::minutes(2));
        model::Earthquake quake;
        quake.source = "usgs";
        quake.sourceId = id;
        quake.time = clock.now();
        quake.updated = clock.now();
        quake.magnitude = magnitude;
        quake.position = model::Position::trusted(latitude, 9.5);
        quake.status = "automatic";
        must(desk::TakeEarthquake{"quakes", quake});
    }
};

TEST_P(ShippedRules, AnOrangeWarningIsHeardWhileARedOneStands) {
    takeWarning("heat", model::Grade::I, "Heat");
    takeWarning("flood", model::Grade::II, "River flood");
    EXPECT_EQ(stateOf("warning-red"), AlarmState::unacknowledged);
    EXPECT_EQ(stateOf("warning-orange"), AlarmState::unacknowledged);
}

TEST_P(ShippedRules, OneMessageIsOneAlarmByTheGravestRule) {
    takeWarning("heat", model::Grade::I, "Heat");
    EXPECT_TRUE(alarmOf("warning-red"));
    EXPECT_FALSE(alarmOf("warning-orange"));
}

TEST_P(ShippedRules, AStrongEarthquakeMutesItsAftershocksAndNoEarthquakeElsewhere) {
    takeQuake("main", 7.5, 48.5);
    EXPECT_EQ(stateOf("earthquake-i"), AlarmState::unacknowledged);
    takeQuake("elsewhere", 4.5, 47.1); // 155 km from it
    const auto elsewhere = GetParam() == std::string("demo.toml") ? "earthquake-iii" : "earthquake-iv";
    EXPECT_EQ(stateOf(elsewhere), AlarmState::unacknowledged);
    takeQuake("aftershock", 4.5, 48.4);
    EXPECT_EQ(stateOf(elsewhere), AlarmState::suppressed);
}

INSTANTIATE_TEST_SUITE_P(Files, ShippedRules, ::testing::Values("basic.toml", "demo.toml"), [](const auto& file) {
    return std::string(file.param).substr(0, std::string_view(file.param).find('.'));
});

} // namespace
