#include "tocsin/triage/report_clusters.hpp"

#include "tocsin/base/time.hpp"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace tocsin::triage {
namespace {

using model::Report;
using model::ReportId;
using namespace std::chrono_literals;

const base::Time noon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 12h};

Synonyms ours() {
    std::ifstream in(TOCSIN_SOURCE_DIR "/resources/synonyms/default.toml");
    std::stringstream text;
    text << in.rdbuf();
    auto parsed = Synonyms::parse(text.str());
    EXPECT_TRUE(parsed) << parsed.error().describe();
    return parsed ? *parsed : Synonyms{};
}

ReportId idOf(int number) {
    base::Uuid id;
    id.bytes[14] = static_cast<std::uint8_t>(number >> 8);
    id.bytes[15] = static_cast<std::uint8_t>(number & 0xff);
    id.bytes[0] = 1;
    return ReportId(id);
}

/// `east` and `north` in metres from a place in Vaduz.
Report report(int number, const char* category, const char* text, std::optional<std::pair<double, double>> metres,
              double minutes = 0, const char* place = "") {
    Report r;
    r.id = idOf(number);
    r.feed = "test";
    r.category = category;
    r.text = text;
    r.place = place;
    if (metres)
        r.position = model::Position::trusted(47.14 + metres->second / 111'195.0,
                                              9.52 + metres->first / (111'195.0 * 0.680));
    r.happenedAt = r.receivedAt = noon + base::Duration(static_cast<std::int64_t>(minutes * 60e6));
    return r;
}

std::vector<int> membersOf(const ReportClusters& clusters, int number) {
    std::vector<int> out;
    if (const auto group = clusters.groupOf(idOf(number))) {
        for (const auto& id : group->reports)
            out.push_back(id.value.bytes[14] << 8 | id.value.bytes[15]);
        std::sort(out.begin(), out.end());
    }
    return out;
}

TEST(Synonyms, WordsOfOneSetAreOneTermInEachScript) {
    const auto words = ours();
    const auto has = [&](const char* text, const char* term) {
        const auto terms = words.terms(text);
        return std::find(terms.begin(), terms.end(), term) != terms.end();
    };
    EXPECT_TRUE(has("The barn is BURNING!", "fire"));
    EXPECT_TRUE(has("Es brennt an der Aulestrasse", "fire"));
    EXPECT_TRUE(has("奥勒街的谷仓着火了", "fire"));
    EXPECT_TRUE(has("Überschwemmung im Keller", "flood"));
    EXPECT_TRUE(has("uberschwemmung", "flood")) << "accents make no difference";
    EXPECT_TRUE(has("there is a power cut", "power cut"));
    EXPECT_TRUE(has("全县停电", "power cut"));
    EXPECT_FALSE(has("power. Cut the tree", "power cut")) << "a stop parts words";
    EXPECT_EQ(words.category("Hochwasser"), "flood");
    EXPECT_EQ(words.category("something-else"), "something else");
}

TEST(Synonyms, ChineseWithoutAKnownWordIsComparedByPairsOfCharacters) {
    const Synonyms none;
    EXPECT_EQ(none.terms("幸福小区门口"), (std::vector<std::string>{"幸福", "福小", "小区", "区门", "门口"}));
    EXPECT_EQ(none.terms("我在门口"), (std::vector<std::string>{"门口"})) << "what says nothing is left out";
}

TEST(Synonyms, AFaultIsNamedWithItsPlace) {
    for (const auto& [text, line] : {std::pair("[[same]]\nwords = [\"a1\", 3]\n", 2U), std::pair("[[same]]\n", 1U),
                                     std::pair("[[same]]\nwords = [\"fire\"]\n[[same]]\nwords = [\"fire\", \"x1\"]\nnonsense = 1\n", 5U),
                                     std::pair("[[same]\n", 1U)}) {
        const auto parsed = Synonyms::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().place.line, line) << parsed.error().describe();
    }
    const auto twice = Synonyms::parse("[[same]]\nwords = [\"fire\", \"x1\"]\n[[same]]\nwords = [\"y1\", \"fire\"]\n");
    ASSERT_FALSE(twice);
    EXPECT_EQ(twice.error().code, base::Code::conflict);
}

TEST(ReportClusters, OneFireToldInThreeLanguagesIsOneGroupAndSaysWhy) {
    ReportClusters clusters(ours());
    clusters.put(report(1, "fire", "The barn at Aulestrasse is burning", std::pair(0.0, 0.0)));
    clusters.put(report(2, "fire", "Es brennt, Scheune an der Aulestrasse", std::pair(60.0, 40.0), 2));
    clusters.put(report(3, "fire", "Aulestrasse 谷仓着火了", std::pair(-50.0, 80.0), 4));
    EXPECT_EQ(membersOf(clusters, 1), (std::vector<int>{1, 2, 3}));
    const auto group = clusters.groupOf(idOf(3));
    ASSERT_TRUE(group);
    EXPECT_EQ(group->key, idOf(1).toString());
    EXPECT_EQ(group->category, "fire");
    EXPECT_EQ(group->proposed.size(), 3U) << "nobody has said so yet";
    const auto& why = group->why.at(idOf(3));
    EXPECT_TRUE(why.sameCategory);
    ASSERT_TRUE(why.distance);
    EXPECT_LT(why.distance->value, 150);
    EXPECT_NE(std::find(why.shared.begin(), why.shared.end(), "fire"), why.shared.end());
    EXPECT_NE(std::find(why.shared.begin(), why.shared.end(), "aulestrasse"), why.shared.end());
}

TEST(ReportClusters, TwoFiresFourHundredMetresApartStayTwo) {
    ReportClusters clusters(ours());
    clusters.put(report(1, "fire", "The roof of the school is burning", std::pair(0.0, 0.0)));
    clusters.put(report(2, "fire", "Fire on the roof", std::pair(30.0, 0.0), 1));
    clusters.put(report(3, "fire", "The garage is burning", std::pair(400.0, 0.0), 1));
    clusters.put(report(4, "fire", "Fire in the garage", std::pair(420.0, 30.0), 2));
    EXPECT_EQ(membersOf(clusters, 1), (std::vector<int>{1, 2}));
    EXPECT_EQ(membersOf(clusters, 3), (std::vector<int>{3, 4}));
}

TEST(ReportClusters, TheSameWordsAtTwoPlacesAreTwoEvents) {
    ReportClusters clusters(ours());
    clusters.put(report(1, "flood", "The cellar is flooded, we need a pump", std::pair(0.0, 0.0)));
    clusters.put(report(2, "flood", "The cellar is flooded, we need a pump", std::pair(1800.0, 0.0), 1));
    EXPECT_TRUE(membersOf(clusters, 1).empty());
}

TEST(ReportClusters, OnePlaceButAnotherHazardOrAnotherDayIsNotTheSame) {
    ReportClusters clusters(ours());
    clusters.put(report(1, "fire", "The restaurant is burning", std::pair(0.0, 0.0)));
    clusters.put(report(2, "accident", "Two cars have crashed", std::pair(20.0, 0.0), 3));
    clusters.put(report(3, "fire", "The restaurant is burning", std::pair(0.0, 0.0), 20 * 60.0));
    EXPECT_TRUE(membersOf(clusters, 1).empty());
    EXPECT_TRUE(membersOf(clusters, 2).empty());
    EXPECT_TRUE(membersOf(clusters, 3).empty());
}

TEST(ReportClusters, AReportWithoutAPositionIsFoundByWhatItSays) {
    ReportClusters clusters(ours());
    for (int i = 10; i < 40; ++i) // other things that happen
        clusters.put(report(i, "injury", "Somebody is hurt", std::pair(i * 900.0, -5000.0), 1, "Triesenberg"));
    clusters.put(report(1, "gas", "Strong smell of gas near the kindergarten", std::pair(0.0, 0.0), 0, "Landstrasse 12, Schaan"));
    clusters.put(report(2, "gas", "Gasgeruch beim Kindergarten", std::nullopt, 2, "Landstrasse 12, Schaan"));
    clusters.put(report(3, "gas", "Smell of gas", std::nullopt, 2, "Ruggell"));
    EXPECT_EQ(membersOf(clusters, 1), (std::vector<int>{1, 2}));
    EXPECT_TRUE(membersOf(clusters, 3).empty());
}

TEST(ReportClusters, AChainOfPlacesIsNotOneEvent) {
    ReportClusters clusters(ours());
    for (int i = 0; i < 40; ++i) // along a road, each near the next: single-link would make one of all
        clusters.put(report(i + 1, "road", "A tree blocks the road", std::pair(i * 110.0, 0.0), i * 0.5));
    std::size_t longest = 0;
    for (const auto& group : clusters.groups())
        longest = std::max(longest, group.reports.size());
    EXPECT_LT(longest, 12U);
}

TEST(ReportClusters, WhatWasDismissedLeavesAndWhatIsMovedGoesElsewhere) {
    ReportClusters clusters(ours());
    auto first = report(1, "fire", "Fire in the bakery", std::pair(0.0, 0.0));
    auto second = report(2, "fire", "The bakery is burning", std::pair(20.0, 0.0), 1);
    auto third = report(3, "fire", "Bakery on fire", std::pair(40.0, 0.0), 1);
    for (const auto& each : {first, second, third})
        clusters.put(each);
    (void)clusters.takeChanged();
    first.state = model::ReportState::dismissed;
    clusters.put(first);
    EXPECT_EQ(membersOf(clusters, 2), (std::vector<int>{2, 3}));
    const auto changed = clusters.takeChanged();
    EXPECT_TRUE(std::any_of(changed.begin(), changed.end(), [](const auto& g) { return g.key == idOf(1).toString() && g.reports.empty(); }));
    EXPECT_TRUE(std::any_of(changed.begin(), changed.end(), [](const auto& g) { return g.key == idOf(2).toString() && g.reports.size() == 2; }));
    third.position = model::Position::trusted(47.20, 9.55);
    clusters.put(third);
    EXPECT_TRUE(membersOf(clusters, 2).empty());
}

TEST(ReportClusters, AChangeThatSaysNothingNewChangesNoGroup) {
    ReportClusters clusters(ours());
    auto first = report(1, "fire", "Fire in the bakery", std::pair(0.0, 0.0));
    clusters.put(first);
    clusters.put(report(2, "fire", "The bakery is burning", std::pair(20.0, 0.0), 1));
    (void)clusters.takeChanged();
    first.claimedBy = "Keller";
    first.state = model::ReportState::verified;
    clusters.put(first);
    EXPECT_TRUE(clusters.takeChanged().empty());
}

TEST(ReportClusters, WhatAPersonHasJoinedStaysJoinedAndWhatHeHasPutAsunderApart) {
    ReportClusters clusters(ours());
    auto a = report(1, "fire", "Fire in the bakery", std::pair(0.0, 0.0));
    auto b = report(2, "fire", "The bakery is burning", std::pair(20.0, 0.0), 1);
    auto far = report(3, "smoke", "I see smoke from my window", std::pair(1500.0, 0.0), 2);
    for (const auto& each : {a, b, far})
        clusters.put(each);
    EXPECT_TRUE(membersOf(clusters, 3).empty());
    model::ReportCluster cluster;
    cluster.id.value.bytes[3] = 7;
    cluster.reports = {a.id, far.id};
    a.cluster = far.cluster = cluster.id;
    clusters.put(cluster);
    clusters.put(a);
    clusters.put(far);
    EXPECT_EQ(membersOf(clusters, 1), (std::vector<int>{1, 2, 3}));
    auto group = clusters.groupOf(a.id);
    ASSERT_TRUE(group);
    EXPECT_EQ(group->cluster, cluster.id);
    EXPECT_EQ(group->proposed, std::vector<ReportId>{b.id}) << "the bakery's other report is only proposed";
    // The second is put asunder from the first: it is not proposed again.
    cluster.apart = {{a.id, b.id}};
    clusters.put(cluster);
    EXPECT_EQ(membersOf(clusters, 1), (std::vector<int>{1, 3}));
    EXPECT_TRUE(membersOf(clusters, 2).empty());
    // Undone: all is as it was.
    cluster.reports.clear();
    a.cluster.reset();
    far.cluster.reset();
    clusters.put(cluster);
    clusters.put(a);
    clusters.put(far);
    EXPECT_TRUE(membersOf(clusters, 3).empty());
}

TEST(ReportClusters, WhoIsNotOfAProposalLeavesItAndTheRestStaysTogether) {
    ReportClusters clusters(ours());
    for (int i = 1; i <= 5; ++i)
        clusters.put(report(i, "flood", i % 2 == 0 ? "Flooded cellar, Mill Lane" : "Cellar flooded in the Mill Lane",
                            {{static_cast<double>(i), 0}}));
    ASSERT_EQ(membersOf(clusters, 3), (std::vector{1, 2, 3, 4, 5}));
    model::ReportCluster cluster; // of no reports: nobody has joined any
    cluster.id = model::ClusterId(idOf(100).value);
    const auto three = report(3, "", "", {}).id;
    for (const int other : {1, 2, 4, 5}) {
        const auto id = report(other, "", "", {}).id;
        cluster.apart.emplace_back(std::min(three, id), std::max(three, id));
    }
    clusters.put(cluster);
    EXPECT_TRUE(membersOf(clusters, 3).empty());
    EXPECT_EQ(membersOf(clusters, 1), (std::vector{1, 2, 4, 5}));
    cluster.apart.clear();
    clusters.put(cluster);
    EXPECT_EQ(membersOf(clusters, 3), (std::vector{1, 2, 3, 4, 5})) << "taken back";
}

TEST(ReportClusters, WhatIsNoLongerKeptApartMayBeProposedAgain) {
    ReportClusters clusters(ours());
    auto a = report(1, "flood", "Cellar flooded in the Mill Lane", {{0, 0}});
    auto b = report(2, "flood", "Flooded cellar, Mill Lane", {{5, 0}}, 1);
    model::ReportCluster cluster;
    cluster.id = model::ClusterId(idOf(100).value);
    const auto say = [&](std::vector<ReportId> reports, bool apart) {
        cluster.reports = std::move(reports);
        cluster.apart.clear();
        if (apart)
            cluster.apart.emplace_back(a.id, b.id);
        a.cluster = b.cluster = cluster.reports.empty() ? std::nullopt : std::optional(cluster.id);
        clusters.put(a);
        clusters.put(b);
        clusters.put(cluster);
    };
    say({a.id, b.id}, false);
    say({}, true);
    EXPECT_TRUE(membersOf(clusters, 1).empty());
    say({a.id, b.id}, false); // the split is taken back …
    EXPECT_EQ(membersOf(clusters, 1), (std::vector{1, 2}));
    say({}, false); // … and so is the join
    EXPECT_EQ(membersOf(clusters, 1), (std::vector{1, 2})) << "proposed, as before";
    EXPECT_FALSE(clusters.groupOf(a.id)->cluster);
}

TEST(ReportClusters, EachReportIsInExactlyOneGroupWhateverComes) {
    ReportClusters clusters(ours());
    std::uint32_t dice = 12345;
    const auto roll = [&dice](std::uint32_t sides) { return (dice = dice * 1664525U + 1013904223U) / 65536U % sides; };
    static constexpr const char* categories[] = {"fire", "flood", "road", "", "gas"};
    static constexpr const char* texts[] = {"burning house", "洪水进了地下室", "Baum versperrt die Strasse", "help", "gas 煤气味"};
    std::map<int, Report> all;
    for (int i = 0; i < 3000; ++i) {
        const int number = static_cast<int>(roll(800)) + 1;
        auto r = report(number, categories[roll(5)], texts[roll(5)],
                        roll(5) == 0 ? std::nullopt
                                     : std::optional(std::pair(static_cast<double>(roll(3000)), static_cast<double>(roll(3000)))),
                        roll(600), roll(3) == 0 ? "Vaduz" : "");
        if (roll(12) == 0)
            r.state = model::ReportState::dismissed;
        all[number] = r;
        clusters.put(r);
    }
    std::map<ReportId, int> seen;
    for (const auto& group : clusters.groups()) {
        EXPECT_GT(group.reports.size(), 1U);
        for (const auto& id : group.reports)
            ++seen[id];
    }
    for (const auto& [id, count] : seen)
        EXPECT_EQ(count, 1);
    for (const auto& [number, r] : all) {
        if (r.state == model::ReportState::dismissed) {
            EXPECT_FALSE(seen.contains(r.id));
        }
    }
}

} // namespace
} // namespace tocsin::triage
