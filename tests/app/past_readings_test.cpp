#include "app/past_readings.hpp"

#include "app/app_fixture.hpp"
#include "tocsin/store/store.hpp"

#include <gmock/gmock.h>

// What `rules check` and the window ask of the stored past before rules are saved.

using namespace tocsin;
using namespace tocsin::test;

namespace {

class LookBack : public App {
  protected:
    const base::Time now{*base::parseTime("2026-11-20T08:00:00Z")};

    base::Result<std::vector<detect::Remark>> look(double above) {
        detect::Rule rule;
        rule.id = "loud";
        rule.subject.sensors = {model::SensorId("a"), model::SensorId("b")};
        rule.condition = detect::Threshold{true, above};
        return app::lookBack({folder}, {}, {rule}, {"loud"}, now, std::chrono::hours(1), {}, {});
    }
};

} // namespace

TEST_F(LookBack, FindsWhatWouldFireAHundredTimesAMinuteInTheStoredReadings) {
    const auto none = look(5);
    ASSERT_TRUE(none) << none.error().message;
    EXPECT_TRUE(none->empty()) << "nothing is stored yet";
    auto readings = store::ReadingStore::open(folder / "readings", store::Access::readWrite);
    ASSERT_TRUE(readings);
    std::vector<model::Reading> batch;
    for (int i = 0; i < 240; ++i)
        for (const char* id : {"a", "b"})
            batch.push_back({model::SensorId(id), now - std::chrono::seconds(300) + std::chrono::milliseconds(500 * i), {},
                             i % 2 == 0 ? 9.0 : 0.0, "m"});
    ASSERT_TRUE((*readings)->append(batch));
    readings->reset();
    const auto found = look(5);
    ASSERT_TRUE(found) << found.error().message;
    ASSERT_EQ(found->size(), 1U);
    EXPECT_THAT(found->front().text.text, ::testing::HasSubstr("120 times in one minute"));
    EXPECT_TRUE(look(10)->empty());
}

TEST_F(LookBack, KnowsTheCountysMessagesAndNothingWhereThereIsNoCounty) {
    const auto nowhere = app::readKnownPast({folder / "nowhere"});
    ASSERT_TRUE(nowhere);
    EXPECT_FALSE(*nowhere);
    ASSERT_TRUE(store::Store::open(folder / "tocsin.db", store::Access::readWrite, "testshire"));
    const auto known = app::readKnownPast({folder});
    ASSERT_TRUE(known) << known.error().message;
    ASSERT_TRUE(*known);
    EXPECT_TRUE((*known)->messages.warnings.empty());
}
