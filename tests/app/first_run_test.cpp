#include "app/app_fixture.hpp"

#include <csignal>
#include <gmock/gmock.h>
#include <sched.h>

namespace tocsin::test {
namespace {

using ::testing::HasSubstr;

using FirstRun = App;

/// Waits until the program takes care of SIGTERM itself; false if it ends before.
bool takesSignals(pid_t pid) {
    for (;;) {
        std::ifstream status("/proc/" + std::to_string(pid) + "/status");
        if (!status)
            return false;
        for (std::string line; std::getline(status, line);) {
            if (line.starts_with("State:") && line.find('Z') != std::string::npos)
                return false;
            if (line.starts_with("SigBlk:") && (std::stoull(line.substr(7), nullptr, 16) >> (SIGTERM - 1) & 1U) != 0)
                return true;
        }
        ::sched_yield();
    }
}

TEST_F(FirstRun, onlyTheWindowOffersToMakeACounty) {
    const auto served = run({"serve", "--data", path("nowhere")});
    EXPECT_EQ(served.code, 1);
    EXPECT_THAT(served.errors, HasSubstr("make one with 'tocsin init --demo'"));
    const auto drawn = run({"screenshot", path("out.png"), "--data", path("nowhere")});
    EXPECT_EQ(drawn.code, 1);
    EXPECT_THAT(drawn.errors, HasSubstr("make one with 'tocsin init --demo'"));
}

TEST_F(FirstRun, theWindowLeavesNothingBehindWhenNoCountyIsWanted) {
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    Process desk({program, "--data", path("nowhere")});
    ::unsetenv("QT_QPA_PLATFORM");
    ASSERT_TRUE(takesSignals(desk.pid()));
    desk.signal(SIGTERM); // as its close button
    EXPECT_EQ(desk.finish(), 1);
    EXPECT_FALSE(std::filesystem::exists(path("nowhere")));
    EXPECT_FALSE(std::filesystem::exists(path("nowhere.making")));
}

} // namespace
} // namespace tocsin::test
