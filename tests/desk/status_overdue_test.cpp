// A status has an end: what has not come back by then is told of.
#include "desk/desk_fixture.hpp"

namespace tocsin::test {
namespace {

using namespace std::chrono_literals;
using model::ResourceStatus;

class StatusOverdueTest : public DeskFixture {
  protected:
    std::vector<model::ResourceId> teams;

    void SetUp() override {
        start();
        std::vector<model::Resource> all;
        for (const char* name : {"First", "Second", "Third"})
            all.push_back(team(name));
        must(desk::RegisterResources{all});
        for (const auto& one : all)
            teams.push_back(one.id);
    }
    std::vector<model::Alarm> alarms() { return DeskFixture::alarms("status-overdue"); }
};

TEST_F(StatusOverdueTest, AllThatShouldBeBackAtOneMomentAreOneAlarmThatEndsWithTheStatus) {
    const auto until = clock.now() + 2h;
    must(desk::SetResourceStatus{{teams[0], teams[1]}, ResourceStatus::maintenance, until, "yearly"});
    clock.advance(2h - 10s);
    EXPECT_TRUE(alarms().empty());
    clock.advance(20s);
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_TRUE(alarms()[0].holds);
    EXPECT_EQ(alarms()[0].severity, model::Grade::IV);
    EXPECT_EQ(alarms()[0].value, 2);
    EXPECT_TRUE(alarms()[0].title.text.ends_with(" and 1 more")) << alarms()[0].title.text;
    must(desk::SetResourceStatus{{teams[0]}, ResourceStatus::available, std::nullopt, ""});
    clock.advance(6s);
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_TRUE(alarms()[0].holds) << "one of them is still away";
    must(desk::SetResourceStatus{{teams[1]}, ResourceStatus::maintenance, clock.now() + 1h, "yearly"});
    clock.advance(6s);
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_FALSE(alarms()[0].holds) << "it has another time";
}

TEST_F(StatusOverdueTest, OneAlarmOfEachHourSaysHowManyAndOneOfAllThatAreLongOver) {
    const base::Time hour = std::chrono::floor<std::chrono::hours>(clock.now()) + 2h;
    must(desk::SetResourceStatus{{teams[0]}, ResourceStatus::maintenance, hour + 5min, "yearly"});
    must(desk::SetResourceStatus{{teams[1]}, ResourceStatus::maintenance, hour + 20min, "yearly"});
    must(desk::SetResourceStatus{{teams[2]}, ResourceStatus::maintenance, hour + 70min, "yearly"});
    clock.set(hour + 6min);
    ASSERT_EQ(alarms().size(), 1U);
    EXPECT_EQ(alarms()[0].value, 1);
    clock.set(hour + 21min);
    ASSERT_EQ(alarms().size(), 1U) << "the same one says it";
    EXPECT_EQ(alarms()[0].value, 2);
    EXPECT_TRUE(alarms()[0].title.text.ends_with(" and 1 more")) << alarms()[0].title.text;
    clock.set(hour + 71min);
    EXPECT_EQ(alarms().size(), 2U);
    clock.set(hour + 26h);
    std::vector<double> standing;
    for (const auto& alarm : alarms()) {
        if (alarm.holds)
            standing.push_back(alarm.value);
    }
    EXPECT_EQ(standing, std::vector<double>{3}) << "a day later they are one";
}

TEST_F(StatusOverdueTest, AStatusWithoutAnEndIsNeverOverdue) {
    must(desk::SetResourceStatus{{teams[2]}, ResourceStatus::outOfService, std::nullopt, "burnt"});
    clock.advance(72h);
    EXPECT_TRUE(alarms().empty());
}

} // namespace
} // namespace tocsin::test
