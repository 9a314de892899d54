#include "tocsin/base/time.hpp"
#include "tocsin/triage/report_clusters.hpp"

#include <algorithm>
#include <gtest/gtest.h>

// Reports that tell again what another told, hours later or from elsewhere; and those that only seem to.

namespace tocsin::triage {
namespace {

using model::Report;
using model::ReportId;
using namespace std::chrono_literals;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 12h};

ReportId idOf(int number) {
    base::Uuid id;
    id.bytes[0] = 1;
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number & 0xff);
    return ReportId(id);
}

Report report(int number, const char* text, double latitude, double longitude, double hours = 0,
              const char* place = "") {
    Report r;
    r.id = idOf(number);
    r.feed = "test";
    r.category = "injury";
    r.text = text;
    r.place = place;
    r.position = model::Position::trusted(latitude, longitude);
    r.happenedAt = r.receivedAt = noon + base::Duration(static_cast<std::int64_t>(hours * 3600e6));
    return r;
}

bool together(const ReportClusters& clusters, int a, int b) {
    const auto group = clusters.groupOf(idOf(a));
    return group && std::find(group->reports.begin(), group->reports.end(), idOf(b)) != group->reports.end();
}

constexpr const char* bakery =
    "Marlies Quaderer and her twins Jonas, Livia are shut in beneath the bakery Ospelt, second cellar, "
    "knocking heard at dawn";
constexpr const char* bakeryAgain =
    "RT: Marlies Quaderer and her twins Jonas, Livia are shut in beneath the bakery Ospelt, second "
    "cellar, knocking heard at dawn";

TEST(ReportRepeats, OneMessageTwoDaysLaterAndFromElsewhereIsProposedAndSaysWhy) {
    ReportClusters clusters;
    clusters.put(report(1, bakery, 47.14123, 9.52123));
    clusters.put(report(2, bakeryAgain, 47.21345, 9.48456, 48));
    ASSERT_TRUE(together(clusters, 1, 2));
    const auto why = clusters.groupOf(idOf(1))->why.at(idOf(2));
    EXPECT_TRUE(why.nearlySameWords);
    EXPECT_EQ(why.apart, base::Duration(48h));
    EXPECT_GE(why.score, ClusterPolicy{}.likely);
}

TEST(ReportRepeats, AfterThreeDaysOrBeyondTheCountyItIsAnother) {
    ReportClusters clusters;
    clusters.put(report(1, bakery, 47.14123, 9.52123));
    clusters.put(report(2, bakeryAgain, 47.14123, 9.52123, 80));
    clusters.put(report(3, bakery, 48.54123, 9.52123, 1));
    EXPECT_FALSE(clusters.groupOf(idOf(1)));
    EXPECT_FALSE(clusters.groupOf(idOf(2)));
    EXPECT_FALSE(clusters.groupOf(idOf(3)));
}

TEST(ReportRepeats, ChineseWordsAreToldAgainByTheirCharacters) {
    ReportClusters clusters;
    clusters.put(report(1, "王秀兰和两个孩子被埋在幸福路面包店地下二层，凌晨听到敲击声", 35.71123, 102.81123));
    clusters.put(
        report(2, "转发：王秀兰和两个孩子被埋在幸福路面包店地下二层，凌晨听到敲击声", 35.76345, 102.90456, 30));
    clusters.put(report(3, "大河家镇桥头水位上涨，河边的房子进水，需要沙袋和船只", 35.76345, 102.90456, 31));
    EXPECT_TRUE(together(clusters, 1, 2));
    EXPECT_FALSE(clusters.groupOf(idOf(3)));
}

TEST(ReportRepeats, WhoCameBeforeItWasKnownWhatIsRareIsLookedAtAgain) {
    ReportClusters clusters;
    clusters.put(report(1, "Chiara Nigg and Elif Kaiser at the mill Steinbrecher, silence since noon", 47.14123, 9.52123));
    clusters.put(report(2, "Steinbrecher mill: where are Chiara Nigg, Elif Kaiser? grandmother worries", 47.21345, 9.48456, 3));
    EXPECT_FALSE(clusters.groupOf(idOf(1))) << "any word may be an everyday one still";
    (void)clusters.takeChanged();
    for (int n = 3; n < 160; ++n) {
        const auto word = [n](const char* stem) { return stem + std::to_string(n) + "x"; };
        auto other = report(n, (word("meadow") + " " + word("barn") + " " + word("fence")).c_str(), 47, 9, 4);
        other.position.reset();
        clusters.put(other);
    }
    EXPECT_TRUE(together(clusters, 1, 2));
    const auto changed = clusters.takeChanged();
    ASSERT_EQ(changed.size(), 1U) << "and it is told";
    EXPECT_EQ(changed.front().reports, (std::vector{idOf(1), idOf(2)}));
}

TEST(ReportRepeats, WhatAFeedsFormAlwaysSaysIsNotRareBecauseOtherFeedsDoNotSayIt) {
    ReportClusters clusters;
    const auto put = [&](int number, const std::string& feed, const std::string& text, double latitude) {
        auto one = report(number, text.c_str(), latitude, 9.5, 0.001 * number);
        one.feed = feed;
        clusters.put(one);
    };
    int number = 0;
    for (; number < 3'000; ++number)
        put(number, "phone", "meadow" + std::to_string(number) + "x", 10 + 0.02 * number);
    const std::string form = " latitude longitude comments value serial gateway keyword";
    for (; number < 3'060; ++number)
        put(number, "sms", "barn" + std::to_string(number) + "x" + form, -50 + 0.05 * number / 10);
    EXPECT_TRUE(clusters.groups().empty()) << clusters.groups().size();
    const std::string said = "Quaderer Marlies twins beneath bakery Ospelt cellar knocking";
    put(++number, "sms", said + " dawn" + form, -36.01);
    put(++number, "sms", "fwd " + said + " evening" + form, -36.06);
    EXPECT_TRUE(together(clusters, number - 1, number));
}

TEST(ReportRepeats, TwoDevicesThatMeasuredFarApartTellOfTwoThings) {
    ReportClusters clusters;
    auto here = report(1, bakery, 47.14123, 9.52123);
    auto there = report(2, bakery, 47.21345, 9.48456, 1);
    here.accuracyMetres = there.accuracyMetres = 12;
    clusters.put(here);
    clusters.put(there);
    EXPECT_FALSE(clusters.groupOf(idOf(1)));
}

TEST(ReportRepeats, SearchesPutOnATownsMiddleAreOfDifferentPeople) {
    ReportClusters clusters;
    const char* searches[] = {"I am looking for my father Anton Beck, he is a teacher and has a beard, drives a green "
                              "tractor, sings bass in Balzers",
                              "We have no news of Chiara Nigg and her sons, please write to my office",
                              "Who has seen Elif Kaiser? She was on the bus to the hospital with her grandmother",
                              "My uncle Gerda Ritter lives behind the mill and is not answering, he needs insulin",
                              "Information wanted about the Wang family who rented the yellow flat"};
    for (int i = 0; i < 5; ++i)
        clusters.put(report(i + 1, searches[i], 47.139123, 9.523456, i * 0.1, "Vaduz"));
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(clusters.groupOf(idOf(i + 1))) << searches[i];
    EXPECT_TRUE(
        clusters.compare(report(6, searches[0], 47.139123, 9.523456), report(7, searches[1], 47.139123, 9.523456))
            .score < ClusterPolicy{}.likely);
    // The same search again is found, though nobody knows where.
    clusters.put(report(8,
                        "Still looking for my father Anton Beck, he is a teacher and has a beard, drives a green "
                        "tractor, sings bass in Balzers",
                        47.139123, 9.523456, 20, "Vaduz"));
    EXPECT_TRUE(together(clusters, 1, 8));
    EXPECT_TRUE(clusters.groupOf(idOf(1))->why.at(idOf(8)).vaguePoint);
}

TEST(ReportRepeats, OtherHousesOfOneStreetSpeakAgainst) {
    ReportClusters clusters;
    const auto compare = [&](const char* a, const char* b) {
        return clusters.compare(report(1, a, 47.14, 9.52), report(2, b, 47.14, 9.52));
    };
    clusters.put(report(20, "food and water at Aulestrasse 12", 47.1, 9.5)); // so that the words are known
    clusters.put(report(21, "food and water at Aulestrasse No. 48", 47.2, 9.6));
    clusters.put(report(22, "幸福路12号 needs 需要水", 47.3, 9.6));
    clusters.put(report(23, "幸福路48号 需要水", 47.4, 9.6));
    EXPECT_TRUE(compare("food and water at Aulestrasse 12", "food and water at Aulestrasse No. 48").numbersDiffer);
    EXPECT_FALSE(compare("food and water at Aulestrasse 12", "water at Aulestrasse #12").numbersDiffer);
    EXPECT_FALSE(compare("food and water at Aulestrasse", "water at Aulestrasse 12").numbersDiffer)
        << "one does not say";
    EXPECT_TRUE(compare("幸福路12号需要水", "幸福路48号需要水").numbersDiffer);
    EXPECT_FALSE(compare("since 12 they need water, at 12:30", "since 48 they need water, at 12:48").numbersDiffer)
        << "hours are no houses";
    EXPECT_LT(compare("food and water at Aulestrasse 12", "food and water at Aulestrasse 48").score,
              compare("food and water at Aulestrasse 12", "food and water at Aulestrasse 12").score);
}

TEST(ReportRepeats, WhatIsPutAsunderStaysSoAndUndoneIsProposedAgain) {
    ReportClusters clusters;
    auto first = report(1, bakery, 47.14123, 9.52123);
    auto again = report(2, bakeryAgain, 47.21345, 9.48456, 30);
    clusters.put(first);
    clusters.put(again);
    ASSERT_TRUE(together(clusters, 1, 2));
    model::ReportCluster said;
    said.id = model::ClusterId(idOf(100).value);
    said.apart = {{first.id, again.id}};
    clusters.put(said);
    EXPECT_FALSE(together(clusters, 1, 2));
    said.apart.clear();
    clusters.put(said);
    EXPECT_TRUE(together(clusters, 1, 2));
}

} // namespace
} // namespace tocsin::triage
