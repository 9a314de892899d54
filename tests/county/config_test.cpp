#include "county/text_fold.hpp"
#include "support.hpp"
#include "tocsin/county/config.hpp"
#include "tocsin/county/folder.hpp"

#include <gmock/gmock.h>

namespace tocsin::county {
namespace {

using namespace testing;

TEST(Config, readsWhatIsThereAndKeepsTheRest) {
    const auto config =
        parseConfig("[county]\nname = { text = \"Lin\", zh_CN = \"临县\" }\ntime_zone = \"Asia/Shanghai\"\n"
                    "[listen]\nhttp = \"[::1]:0\"\n"
                    "[capabilities]\nzeta = \"Z\"\nalpha = { text = \"A\", zh_CN = \"甲\" }\n"
                    "[hazards]\nfire = { text = \"Fire\", class = \"accident\" }\n");
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->name.in("zh_CN"), "临县");
    EXPECT_EQ(config->timeZone, "Asia/Shanghai");
    EXPECT_EQ(config->http, (Endpoint{"::1", 0}));
    EXPECT_EQ(config->readings, (Endpoint{"127.0.0.1", 7701}));
    EXPECT_FALSE(config->exercise);
    ASSERT_EQ(config->capabilities.size(), 2U);
    EXPECT_EQ(config->capabilities[0].code, "zeta"); // the file's order
    ASSERT_EQ(config->hazards.size(), 1U);
    EXPECT_EQ(config->hazards[0].hazardClass, model::HazardClass::accident);
    EXPECT_FALSE(config->hazards[0].name.translations.contains("class"));
}

TEST(Config, readsWhatTheRecommendationWeighs) {
    const auto config = parseConfig("[county]\nname = \"X\"\n[dispatch.weights]\ngrade_1 = 16\nchange = -1\ntoo_late = \"2h\"\n"
                                    "capabilities_at_once = 2\n");
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->dispatch.weights, (std::map<std::string, double>{
                                            {"grade_1", 16}, {"change", -1}, {"too_late", 7200}, {"capabilities_at_once", 2}}));
}

TEST(Config, saysWhoCountsAsCoverAndWhatAPersonAloneWeighs) {
    const std::string head = "[county]\nname = \"X\"\n";
    EXPECT_TRUE(parseConfig(head)->dispatch.coverCapabilities.empty());
    const auto config = parseConfig(head + "[dispatch]\ncover_capabilities = [\"ems\", \"pump\"]\n[dispatch.weights]\none_person = 60\n");
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->dispatch.coverCapabilities, (std::vector<std::string>{"ems", "pump"}));
    EXPECT_EQ(config->dispatch.weights, (std::map<std::string, double>{{"one_person", 60}}));
}

TEST(Config, saysHowLoudTheDesksOwnAlarmsBecomeAndWhoIsTold) {
    const std::string head = "[county]\nname = \"X\"\n";
    EXPECT_TRUE(parseConfig(head)->ownAlarms.empty());
    const auto config = parseConfig(head + "[alarms.own.beacon]\nescalate_after = \"90s\"\ntell = [\"Shift leader\"]\n"
                                           "[alarms.own.\"*\"]\nflapping = { count = 3, within = \"5min\" }\n");
    ASSERT_TRUE(config) << config.error().describe();
    const auto& beacon = config->ownAlarms.at("beacon");
    EXPECT_EQ(beacon.escalateAfter, std::chrono::seconds(90));
    EXPECT_EQ(beacon.tell, (std::vector<std::string>{"Shift leader"}));
    EXPECT_FALSE(beacon.flapCount || beacon.flapWithin);
    const auto& all = config->ownAlarms.at("*");
    EXPECT_FALSE(all.escalateAfter || all.tell);
    EXPECT_EQ(all.flapCount, 3);
    EXPECT_EQ(all.flapWithin, std::chrono::minutes(5));
    EXPECT_FALSE(parseConfig(head + "[alarms.own.beacon]\nescalate = \"90s\"\n"));
    EXPECT_FALSE(parseConfig(head + "[alarms.own.silence]\nflapping = { count = -1 }\n"));
    EXPECT_FALSE(parseConfig(head + "[alarms]\nown = 3\n"));
}

TEST(Config, saysHowLongAPlanMayWaitAndATeamStayAndInWhatLanguageItIsWrittenTo) {
    const std::string head = "[county]\nname = \"X\"\n";
    const auto usual = parseConfig(head);
    ASSERT_TRUE(usual);
    EXPECT_EQ(usual->dispatch.approveWithin, std::chrono::minutes(1));
    EXPECT_EQ(usual->dispatch.departWithin, std::chrono::minutes(5));
    EXPECT_TRUE(usual->dispatch.language.empty());
    const auto own = parseConfig(head + "[dispatch]\napprove_within = \"3min\"\ndepart_within = \"90s\"\nlanguage = \"zh_CN\"\n");
    ASSERT_TRUE(own) << own.error().describe();
    EXPECT_EQ(own->dispatch.approveWithin, std::chrono::minutes(3));
    EXPECT_EQ(own->dispatch.departWithin, std::chrono::seconds(90));
    EXPECT_EQ(own->dispatch.language, "zh_CN");
}

TEST(Config, saysHowManyMayAskTheHttpDoorAndByWhatCertificate) {
    const std::string head = "[county]\nname = \"X\"\n";
    const auto usual = parseConfig(head);
    ASSERT_TRUE(usual);
    EXPECT_EQ(usual->httpConnections, 1000);
    EXPECT_EQ(usual->httpPerAddress, 500);
    EXPECT_TRUE(usual->httpCertificate.empty());
    const auto own = parseConfig(head + "[listen]\nconnections = 20000\nconnections_per_address = 40\n"
                                        "certificate = \"own.pem\"\nkey = \"own.key\"\n");
    ASSERT_TRUE(own) << own.error().describe();
    EXPECT_EQ(own->httpConnections, 20'000);
    EXPECT_EQ(own->httpPerAddress, 40);
    EXPECT_EQ(own->httpCertificate, "own.pem");
    EXPECT_EQ(own->httpKey, "own.key");
    EXPECT_EQ(parseConfig(head + "[listen]\nconnections = 100\n")->httpPerAddress, 100) << "no more than all together";
}

TEST(Config, whoOughtToSpeakIsWrittenAndAllElseStays) {
    const std::string before = "# ours\n[county]\nname = \"X\" # the name\n\n[[watch]]\nid = \"old\"\nfeeds = [\"f\"]\n"
                               "silent_after = \"1h\"\n\n# the duty list\n[duty]\nofficers = [\"A. Ott\"]\n";
    WatchWord village;
    village.id = "village:Planken";
    village.name = {"Planken's \"grid\" member"};
    village.name.translations["zh_CN"] = "普兰肯网格员";
    village.feeds = {"planken", "a, b"};
    village.units = {"ANDROID-1"};
    village.silentAfter = std::chrono::hours(6);
    village.severity = model::Grade::II;
    village.position = model::Position::trusted(47.185, 9);
    WatchWord plain;
    plain.id = plain.name.text = "station";
    plain.sensors = {"s1"};
    plain.silentAfter = std::chrono::seconds(90);
    const auto after = withWatches(before, {village, plain});
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_THAT(*after, ::testing::HasSubstr("name = \"X\" # the name"));
    EXPECT_THAT(*after, ::testing::HasSubstr("# the duty list\n[duty]\nofficers"));
    EXPECT_THAT(*after, ::testing::Not(::testing::HasSubstr("id = \"old\"")));
    EXPECT_EQ(parseConfig(*after)->watches, (std::vector{village, plain}));
    const auto none = withWatches(*after, {});
    ASSERT_TRUE(none);
    EXPECT_THAT(*none, ::testing::Not(::testing::HasSubstr("watch")));
    EXPECT_TRUE(parseConfig(*withWatches(*none, {plain}))->watches == std::vector{plain});

    auto silent = plain;
    silent.silentAfter = base::Duration{0};
    EXPECT_FALSE(withWatches(before, {silent}));
    EXPECT_FALSE(withWatches(before, {plain, plain})) << "two of one name";
    auto nobody = plain;
    nobody.sensors.clear();
    EXPECT_FALSE(withWatches(before, {nobody}));
    EXPECT_FALSE(withWatches("[county]\nname = \"X\"\nwatch = 3\n", {plain}));
}

TEST(Config, whatIsOpenToOthersIsWrittenAndAllElseStays) {
    const std::string before = "# ours\n[county]\nname = \"X\" # the name\n\n[listen]\nconnections = 20000 # many\n"
                               "http = \"127.0.0.1:7780\" # the page\n\n[open311]\nkeys = [ # who may send\n  \"a\",\n  \"b]\", # the other\n]\n\n"
                               "# the duty list\n[duty]\nofficers = [\"A. Ott\"]";
    auto doors = doorsOf(*parseConfig(before));
    EXPECT_EQ(doors.readings, "127.0.0.1:7701");
    EXPECT_EQ(doors.open311Keys, (std::vector<std::string>{"a", "b]"}));
    EXPECT_EQ(*withDoors(before, doors), before) << "nothing has changed";

    doors.http = "[::]:443";
    doors.publicAddress = "https://desk.example";
    doors.certificate = "own \"1\".pem";
    doors.pushKeys = {"gauges", "met office"};
    doors.open311Keys = {"c"};
    doors.open311Publish.clear();
    doors.contactReaders = {"A. Ott", "李伟"};
    const auto after = withDoors(before, doors);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(doorsOf(*parseConfig(*after)), doors) << *after;
    for (const char* kept : {"# ours\n[county]\nname = \"X\" # the name\n", "connections = 20000 # many\n", "http = \"[::]:443\" # the page\n",
                             "keys = [\"c\"]\n", "# the duty list\n[duty]\nofficers = [\"A. Ott\"]\n"})
        EXPECT_THAT(*after, ::testing::HasSubstr(kept));

    doors.publicAddress.clear();
    doors.certificate.clear();
    doors.pushKeys = {""};
    EXPECT_FALSE(withDoors(*after, doors)) << "an empty key would be everybody's";
    doors.pushKeys.clear();
    doors.open311Keys.clear();
    doors.contactReaders.clear();
    const auto open = withDoors(*after, doors);
    ASSERT_TRUE(open) << open.error().message;
    EXPECT_EQ(doorsOf(*parseConfig(*open)), doors);
    EXPECT_THAT(*open, ::testing::Not(::testing::HasSubstr("keys")));
    EXPECT_THAT(*open, ::testing::HasSubstr("publish = []\n")) << "nobody's are shown: that is not the usual";
}

TEST(Config, howManyMayConnectIsWrittenWithinItsBounds) {
    const std::string usual = "[county]\nname = \"X\"\n";
    auto doors = doorsOf(*parseConfig(usual));
    EXPECT_EQ(doors.connections, 1000);
    EXPECT_EQ(doors.connectionsPerAddress, 500);
    doors.connections = 100;
    doors.connectionsPerAddress = 100; // as the file has it without a word
    const auto fewer = withDoors(usual, doors);
    ASSERT_TRUE(fewer) << fewer.error().message;
    EXPECT_EQ(doorsOf(*parseConfig(*fewer)), doors);
    EXPECT_THAT(*fewer, ::testing::Not(::testing::HasSubstr("per_address")));
    doors.connectionsPerAddress = 40;
    const auto own = withDoors(*fewer, doors);
    ASSERT_TRUE(own) << own.error().message;
    EXPECT_EQ(doorsOf(*parseConfig(*own)), doors);
    doors.connections = 20'000;
    const auto more = withDoors(*own, doors);
    ASSERT_TRUE(more) << more.error().message;
    EXPECT_EQ(doorsOf(*parseConfig(*more)), doors);
    for (const auto& [all, one] : {std::pair{9, 9}, std::pair{100'001, 40}, std::pair{100, 101}, std::pair{100, 0}}) {
        doors.connections = all;
        doors.connectionsPerAddress = one;
        EXPECT_FALSE(withDoors(*own, doors)) << all << " " << one;
    }
}

TEST(Config, whatCannotBeOpenedIsRefusedBeforeItIsWritten) {
    const std::string text = "[county]\nname = \"X\"\n";
    const auto usual = doorsOf(*parseConfig(text));
    for (const char* address : {"", "7780", "127.0.0.1:70000", "a b:1", "::1:7780"}) {
        auto doors = usual;
        doors.http = address;
        EXPECT_FALSE(withDoors(text, doors)) << address;
    }
    auto doors = usual;
    doors.key = "own.key";
    EXPECT_FALSE(withDoors(text, doors)) << "a key without a certificate";
    for (const char* address : {"desk.example", "https://", "ftp://desk.example", "https://a b", "https://desk/path", "http://:80"}) {
        doors = usual;
        doors.publicAddress = address;
        EXPECT_FALSE(withDoors(text, doors)) << address;
    }
    doors = usual;
    doors.publicAddress = "https://[2001:db8::1]:7780/";
    const auto named = withDoors(text, doors);
    ASSERT_TRUE(named) << named.error().message;
    EXPECT_EQ(parseConfig(*named)->publicAddress, "https://[2001:db8::1]:7780") << "a path follows it";
    doors = usual;
    doors.http = "127.0.0.1:1";
    EXPECT_FALSE(withDoors("listen = { http = \"127.0.0.1:2\" }\n" + text, doors)) << "written in a way that lines do not show";
    EXPECT_FALSE(withDoors("[county\n", doors));
}

struct BadConfig {
    std::string text;
    std::uint64_t line;
    std::string says;
};

TEST(Config, namesTheLineOfEachFault) {
    const std::string head = "[county]\nname = \"X\"\n";
    for (const auto& bad : std::vector<BadConfig>{
             {head + "[desk]\nexercize = true\n", 4, "exercize"},
             {head + "[desk]\nexercise = \"yes\"\n", 4, "true or false"},
             {head + "[desk]\nscenario = \"../../etc/passwd\"\n", 4, "without a folder"},
             {head + "[listen]\nhttp = \"localhost\"\n", 4, "port"},
             {head + "[listen]\nhttp = \"localhost:70000\"\n", 4, "port"},
             {head + "[listen]\nconnections = 5\n", 4, "from 10"},
             {head + "[listen]\nconnections = \"many\"\n", 4, "whole number"},
             {head + "[listen]\nconnections = 20\nconnections_per_address = 21\n", 5, "above"},
             {head + "[listen]\nkey = \"own.key\"\n", 4, "certificate"},
             {head + "[map]\ncentre = { latitude = 91, longitude = 0 }\n", 4, "out of range"},
             {head + "[map]\nzoom = nan\n", 4, "out of range"},
             {head + "[weather]\nx = 1\n", 3, "weather"},
             {head + "[dispatch.weights]\ngrade_5 = 1\n", 4, "grade_5"},
             {head + "[dispatch.weights]\nlate = nan\n", 4, "out of range"},
             {head + "[dispatch]\ncover_capabilities = \"ems\"\n", 4, "must be a list"},
             {head + "[dispatch]\ncover_capabilities = [\"\"]\n", 4, "empty code"},
             {head + "[dispatch]\nlanguage = \"de\"\n", 4, "en or zh_CN"},
             {head + "[duty]\nofficers = [1]\n", 4, "text in quotes"},
             {head + "[duty\n", 3, ""},
             {"[county]\nname = 5\n", 2, "text"},
             {"[county]\nname = \"X\"\ntime_zone = \"../x\"\n", 3, "time_zone"},
         }) {
        const auto config = parseConfig(bad.text);
        ASSERT_FALSE(config) << bad.text;
        EXPECT_EQ(config.error().place.line, bad.line) << bad.text << config.error().describe();
        EXPECT_TRUE(config.error().place.column) << bad.text;
        EXPECT_THAT(config.error().message, ::testing::HasSubstr(bad.says));
    }
    EXPECT_FALSE(parseConfig(""));
    EXPECT_FALSE(parseConfig(std::string(1, '\0')));
    EXPECT_FALSE(parseConfig(std::string(100'000, '[')));
}

TEST(Config, readsWhatIsWatchedForSilenceAndWhoMaySeeContacts) {
    const auto config = parseConfig(R"([county]
name = "X"
[[feed]]
name = "read elsewhere"
[privacy]
contacts = ["A. Ott"]
[readings]
raw_for = "30d"
[[watch]]
id = "village:Planken"
name = { text = "Planken", zh_CN = "普兰肯" }
feeds = ["planken"]
units = ["ANDROID-1"]
silent_after = "6h"
severity = "II"
position = { latitude = 47.185, longitude = 9.544 }
)");
    ASSERT_TRUE(config) << config.error().describe();
    EXPECT_EQ(config->contactReaders, std::vector<std::string>{"A. Ott"});
    EXPECT_EQ(config->rawReadingsFor, std::chrono::hours(24 * 30));
    ASSERT_EQ(config->watches.size(), 1U);
    EXPECT_EQ(config->watches[0].silentAfter, std::chrono::hours(6));
    EXPECT_EQ(config->watches[0].severity, model::Grade::II);
    EXPECT_EQ(config->watches[0].units, std::vector<std::string>{"ANDROID-1"});
    EXPECT_EQ(config->watches[0].name.in("zh_CN"), "普兰肯");

    const auto refused = [](const std::string& watch) { return !parseConfig("[county]\nname = \"X\"\n" + watch); };
    EXPECT_TRUE(refused("[[watch]]\nid = \"a\"\nfeeds = [\"f\"]\n")) << "no time";
    EXPECT_TRUE(refused("[[watch]]\nid = \"a\"\nsilent_after = \"1h\"\n")) << "nothing to listen to";
    EXPECT_TRUE(refused("[[watch]]\nfeeds = [\"f\"]\nsilent_after = \"1h\"\n")) << "no id";
    EXPECT_TRUE(refused("[[watch]]\nid = \"a\"\nfeeds = [\"f\"]\nsilent_after = \"often\"\n"));
}

TEST(Config, saysWhichFeedsReportsArePublic) {
    const auto published = [](const std::string& rest) {
        const auto config = parseConfig("[county]\nname = \"X\"\n" + rest);
        EXPECT_TRUE(config) << (config ? "" : config.error().describe());
        return config ? config->open311Publish : std::vector<std::string>{};
    };
    EXPECT_EQ(published(""), std::vector<std::string>{"open311"});
    EXPECT_EQ(published("[open311]\nkeys = [\"k\"]\n"), std::vector<std::string>{"open311"});
    EXPECT_EQ(published("[open311]\npublish = [\"phone page\"]\n"), std::vector<std::string>{"phone page"});
    EXPECT_TRUE(published("[open311]\npublish = []\n").empty());
    EXPECT_FALSE(parseConfig("[county]\nname = \"X\"\n[open311]\npublish = \"all\"\n"));
}

TEST(Config, quotesWhatTomlWouldMisread) {
    for (const std::string text : {"plain", "a \"b\" \\ c", "two\nlines", "\t\x01\x7f", "瓦杜兹"}) {
        const auto config = parseConfig("[county]\nname = " + tomlQuoted(text) + "\n");
        ASSERT_TRUE(config) << text << config.error().describe();
        EXPECT_EQ(config->name.text, text);
    }
}

TEST(Folder, refusesTextThatIsTooLargeOrNotUtf8) {
    const Scratch scratch;
    write(scratch / "a", "abc\xff");
    EXPECT_EQ(readText(scratch / "a").error().place.byte, 3U);
    EXPECT_EQ(readText(scratch / "a", 2).error().code, base::Code::tooLarge);
    EXPECT_EQ(readText(scratch / "none").error().code, base::Code::notFound);
    ASSERT_TRUE(writeText(scratch / "b", "x"));
    EXPECT_EQ(readText(scratch / "b").value(), "x");
    EXPECT_EQ(scratch.files(), 2U);
    EXPECT_EQ(writeText("/proc/nowhere/x", "x").error().code, base::Code::storage);
}

TEST(Fold, makesNamesComparable) {
    EXPECT_EQ(fold("Städtle"), "stadtle");
    EXPECT_EQ(foldGerman("Städtle"), "staedtle");
    EXPECT_EQ(fold("  Große  Straße-Nr. 5 "), "grosse strasse nr 5");
    EXPECT_EQ(fold("Ýrská ŁÓDŹ ČĎ"), "yrska lodz cd");
    EXPECT_EQ(fold("МОСКВА"), "москва");
    EXPECT_EQ(foldWords("瓦杜兹，沙恩"), "瓦杜兹 沙恩");
    EXPECT_EQ(fold("建国路 １２号"), "建国路12号");
    EXPECT_EQ(fold("a\xff\xc3"), "a");
    EXPECT_EQ(letters("瓦杜"), 2U);
}

} // namespace
} // namespace tocsin::county
