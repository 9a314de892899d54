// The desk's own alarms: louder when nobody acknowledges them, told to whom the county says, held as one when they come and go.
#include "desk/desk_fixture.hpp"

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;

class OwnAlarms : public DeskFixture {
  protected:
    void equip(desk::Desk::Parts& parts) override {
        desk::Watch watch;
        watch.id = "feed:river";
        watch.name.text = "River";
        watch.feeds = {"river"};
        watch.silentAfter = 20s;
        parts.watches = {watch};
        parts.ownAlarms = own;
    }
    model::Alarm one(const std::string& rule) {
        const auto found = alarms(rule);
        EXPECT_EQ(found.size(), 1U) << rule;
        return found.empty() ? model::Alarm{} : found.front();
    }
    void callForHelp() {
        model::Emergency emergency;
        emergency.unit = model::UnitId("ANDROID-1");
        emergency.callSign = "Tanker 2";
        emergency.active = true;
        emergency.time = clock.now();
        must(desk::TakeEmergency{"phones", emergency});
    }
    void beSilent() {
        clock.advance(21s);
        look();
    }
    void speak() {
        desk->heard("river");
        clock.advance(2s);
        look();
    }
    desk::OwnAlarms own;
};

TEST_F(OwnAlarms, ABeaconThatNobodyAcknowledgesBecomesLouder) {
    callForHelp();
    clock.advance(115s);
    look();
    EXPECT_EQ(one("beacon").escalated, 0);
    clock.advance(6s);
    look();
    EXPECT_EQ(one("beacon").escalated, 1);
    clock.advance(121s);
    look();
    EXPECT_EQ(one("beacon").escalated, 2);
    must(desk::AcknowledgeAlarm{one("beacon").id});
    clock.advance(121s);
    look();
    EXPECT_EQ(one("beacon").escalated, 2);
}

TEST_F(OwnAlarms, TheCountySaysWhoIsToldAndWhenTheyBecomeLouder) {
    own["*"].tell = std::vector<std::string>{"Shift leader", "Head of the office"};
    own["*"].escalateAfter = 3min;
    own["silence"].tell = std::vector<std::string>{"Engineer"};
    restart();
    look();
    beSilent();
    const auto silence = one("silence");
    EXPECT_EQ(silence.tell, (std::vector<std::string>{"Engineer"}));
    EXPECT_EQ(silence.escalatesAt, silence.raisedAt + 3min);
    callForHelp();
    auto beacon = one("beacon");
    EXPECT_EQ(beacon.tell, (std::vector<std::string>{"Shift leader", "Head of the office"}));
    EXPECT_EQ(beacon.escalatesAt, beacon.raisedAt + 2min) << "what is meant for all makes no beacon quieter";
    clock.advance(121s);
    look();
    EXPECT_EQ(one("beacon").escalatedTo, "Head of the office");
    own["beacon"].escalateAfter = 0s;
    must(desk::AcknowledgeAlarm{beacon.id});
    restart();
    model::Emergency over;
    over.unit = model::UnitId("ANDROID-1");
    over.active = false;
    over.time = clock.now();
    must(desk::TakeEmergency{"phones", over});
    callForHelp();
    for (const auto& alarm : alarms("beacon"))
        EXPECT_FALSE(alarm.escalatesAt) << "the county may say: never";
}

TEST_F(OwnAlarms, ASilenceThatComesAndGoesIsHeldAsOne) {
    look();
    for (int i = 0; i < 5; ++i) {
        beSilent();
        EXPECT_TRUE(one("silence").holds);
        EXPECT_FALSE(one("silence").flapping) << i;
        speak();
    }
    EXPECT_TRUE(one("silence").flapping);
    EXPECT_TRUE(one("silence").holds);
    beSilent();
    clock.advance(9min);
    look();
    EXPECT_TRUE(one("silence").flapping);
    clock.advance(2min);
    look();
    EXPECT_FALSE(one("silence").flapping);
    EXPECT_TRUE(one("silence").holds) << "it is silent still";
    speak();
    EXPECT_FALSE(one("silence").holds);
}

TEST_F(OwnAlarms, ABeaconIsNeverHeldBack) {
    own["*"].flapCount = 1;
    restart();
    callForHelp();
    model::Emergency over;
    over.unit = model::UnitId("ANDROID-1");
    over.active = false;
    over.time = clock.now();
    must(desk::TakeEmergency{"phones", over});
    EXPECT_FALSE(one("beacon").holds);
    EXPECT_FALSE(one("beacon").flapping);
}

} // namespace
} // namespace tocsin::test
