#include "desk/desk_fixture.hpp"

#include <gmock/gmock.h>

namespace tocsin::test {
namespace {

using model::Earthquake;
using ::testing::Contains;
using ::testing::SizeIs;

class Earthquakes : public DeskFixture {
  protected:
    [[nodiscard]] Earthquake quake(const std::string& source, const std::string& id, const std::string& status = "automatic") const {
        Earthquake out;
        out.source = source;
        out.sourceId = id;
        out.time = clock.now();
        out.updated = clock.now();
        out.magnitude = 5.0;
        out.position = model::Position::trusted(47.1, 9.5);
        out.depthKm = 8;
        out.status = status;
        return out;
    }
    desk::Done take(const Earthquake& what) {
        auto done = desk->submit({desk->newCommandId(), "feed:quakes", desk::TakeEarthquake{"quakes", what}}).get();
        EXPECT_TRUE(done) << (done ? "" : done.error().message);
        return done ? *done : desk::Done{};
    }
    [[nodiscard]] std::vector<Earthquake> shown() {
        std::vector<Earthquake> out;
        for (const auto& [id, one] : desk->snapshot().state.earthquakes)
            if (one.status != "deleted")
                out.push_back(one);
        return out;
    }
};

TEST_F(Earthquakes, WhatAPersonReviewedGivesWayOnlyToWhatAPersonReviewed) {
    auto first = quake("usgs", "us1", "reviewed");
    take(first);
    auto automatic = quake("usgs", "us1");
    automatic.updated += std::chrono::minutes(5);
    automatic.magnitude = 6.0;
    EXPECT_TRUE(take(automatic).duplicate);
    EXPECT_EQ(shown().at(0).magnitude, 5.0);
    automatic.status = "reviewed";
    EXPECT_FALSE(take(automatic).duplicate);
    EXPECT_EQ(shown().at(0).magnitude, 6.0);
}

TEST_F(Earthquakes, TheSameAgainWithAnotherTimeOfUpdateWritesNothing) {
    auto one = quake("emsc", "1");
    take(one);
    one.updated += std::chrono::minutes(1);
    EXPECT_TRUE(take(one).duplicate);
    one.magnitude = 5.1;
    EXPECT_FALSE(take(one).duplicate);
}

TEST_F(Earthquakes, ADeletionActsAndKeepsWhatIsKnown) {
    auto one = quake("usgs", "us1", "reviewed");
    one.place = "Vaduz";
    take(one);
    Earthquake gone;
    gone.source = "usgs";
    gone.sourceId = "us1";
    gone.status = "deleted";
    gone.updated = one.updated + std::chrono::minutes(1);
    EXPECT_FALSE(take(gone).duplicate);
    EXPECT_THAT(shown(), SizeIs(0));
    const auto all = desk->snapshot().state.earthquakes;
    ASSERT_THAT(all, SizeIs(1));
    EXPECT_EQ(all.begin()->second.place, "Vaduz");
    EXPECT_DOUBLE_EQ(all.begin()->second.position.latitude(), 47.1);
    EXPECT_TRUE(take(gone).duplicate);
    gone.sourceId = "us2"; // of which nobody told
    EXPECT_TRUE(take(gone).duplicate);
    EXPECT_THAT(desk->snapshot().state.earthquakes, SizeIs(1));
}

TEST_F(Earthquakes, TwoOfOneAgencyThatTurnOutToBeOne) {
    take(quake("usgs", "us1"));
    auto other = quake("usgs", "nn9");
    other.time += std::chrono::minutes(30);
    take(other);
    EXPECT_THAT(shown(), SizeIs(2));
    auto both = quake("usgs", "us1");
    both.otherIds = {"nn9", "ci7"};
    both.updated += std::chrono::minutes(1);
    take(both);
    ASSERT_THAT(shown(), SizeIs(1));
    EXPECT_THAT(shown()[0].otherIds, Contains("nn9"));
    auto later = quake("usgs", "nn9");
    later.magnitude = 5.5;
    later.updated += std::chrono::minutes(2);
    take(later);
    ASSERT_THAT(shown(), SizeIs(1));
    EXPECT_EQ(shown()[0].magnitude, 5.5);
}

TEST_F(Earthquakes, AnotherAgencysIsLinkedAndNotShownTwice) {
    const auto first = take(quake("usgs", "us1"));
    auto same = quake("emsc", "20261120_1");
    same.time += std::chrono::seconds(40);
    same.magnitude = 5.8;
    same.position = model::Position::trusted(47.6, 9.9);
    EXPECT_EQ(take(same).ids, first.ids);
    ASSERT_THAT(shown(), SizeIs(1));
    EXPECT_EQ(shown()[0].magnitude, 5.0); // as who was first describes it
    EXPECT_THAT(shown()[0].otherIds, Contains("=emsc:20261120_1"));
    same.updated += std::chrono::minutes(1);
    EXPECT_TRUE(take(same).duplicate);

    auto update = quake("usgs", "us1");
    update.updated += std::chrono::minutes(5);
    update.magnitude = 5.2;
    take(update);
    EXPECT_THAT(shown().at(0).otherIds, Contains("=emsc:20261120_1")); // an update does not lose the link

    auto next = quake("emsc", "20261120_2"); // the next shock is no twin of the same
    take(next);
    EXPECT_THAT(shown(), SizeIs(2));
}

TEST_F(Earthquakes, WhatIsTooFarInTimePlaceOrSizeIsAnother) {
    take(quake("usgs", "us1"));
    auto late = quake("emsc", "late");
    late.time += std::chrono::seconds(61);
    auto far = quake("gfz", "far");
    far.position = model::Position::trusted(48.2, 9.5);
    auto small = quake("sed", "small");
    small.magnitude = 3.9;
    for (const auto& one : {late, far, small})
        take(one);
    EXPECT_THAT(shown(), SizeIs(4));
}

TEST_F(Earthquakes, OnceTheFirstAgencyHasDeletedItTheOthersIsShown) {
    take(quake("usgs", "us1"));
    auto same = quake("emsc", "1");
    take(same);
    auto gone = quake("usgs", "us1", "deleted");
    gone.updated += std::chrono::minutes(1);
    take(gone);
    EXPECT_THAT(shown(), SizeIs(0));
    same.updated += std::chrono::minutes(2);
    take(same);
    ASSERT_THAT(shown(), SizeIs(1));
    EXPECT_EQ(shown()[0].source, "emsc");
}

} // namespace
} // namespace tocsin::test
