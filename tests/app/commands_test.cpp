#include "app/app_fixture.hpp"
#include "tocsin/base/time.hpp"

#include <gmock/gmock.h>

using namespace tocsin::test;
using ::testing::HasSubstr;

namespace {

constexpr const char* capText = R"(<?xml version="1.0" encoding="UTF-8"?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">
  <identifier>TEST-1</identifier><sender>test@example.org</sender><sent>2026-11-20T08:00:00+01:00</sent>
  <status>Exercise</status><msgType>Alert</msgType><scope>Public</scope>
  <info><category>Met</category><event>Flood</event><urgency>Immediate</urgency><severity>Severe</severity>
  <certainty>Likely</certainty><area><areaDesc>Vaduz</areaDesc></area></info>
</alert>
)";

class Commands : public App {};

} // namespace

TEST_F(Commands, ExitCodesTellDoneRefusedAndCalledWrongly) {
    EXPECT_EQ(run({"--help"}).code, 0);
    EXPECT_EQ(run({"no-such-command"}).code, 2);
    EXPECT_EQ(run({"check"}).code, 2);
    EXPECT_EQ(run({"check", path("absent")}).code, 1);
    const auto nowhere = run({"serve", "--data", path("nowhere")});
    EXPECT_EQ(nowhere.code, 1);
    EXPECT_THAT(nowhere.errors, HasSubstr("there is no county"));
    EXPECT_EQ(run({"screenshot", path("x.png"), "--size", "12"}).code, 2);
    const auto unheard = run({"--readings", "127.0.0.1:0", "serve", "--data", path("nowhere")});
    EXPECT_EQ(unheard.code, 2) << "what is the window's own is not swallowed before a subcommand";
    EXPECT_THAT(unheard.errors, HasSubstr("Write it behind serve"));
}

TEST_F(Commands, TheDemoCountyIsTheSameAtEveryRun) {
    makeDemo("one");
    makeDemo("two");
    const auto first = run({"journal", "export", "--data", path("one")});
    const auto second = run({"journal", "export", "--data", path("two")});
    ASSERT_EQ(first.code, 0);
    EXPECT_FALSE(first.output.empty());
    EXPECT_EQ(first.output, second.output);
    const auto again = run({"init", "--demo", "--data", path("one")});
    EXPECT_EQ(again.code, 1) << "a county that is there is not replaced by accident";
}

TEST_F(Commands, TheDemoCountyHasWhatADeskNeeds) {
    makeDemo();
    std::map<std::string, int> kinds;
    std::set<std::string> capabilities;
    std::set<std::string> supplies;
    int sensors = 0;
    for (const auto& event : run({"journal", "export", "--data", path("county")}).json()) {
        const auto& data = event.at("data");
        if (data.contains("sensor"))
            sensors = static_cast<int>(data.at("sensor").size());
        if (!data.contains("resource"))
            continue;
        for (const auto& resource : data.at("resource")) {
            ++kinds[resource.at("kind").get<std::string>()];
            if (resource.at("kind") == "team") {
                for (const auto& capability : resource.at("capabilities"))
                    capabilities.insert(capability.at("code").get<std::string>());
            }
            for (const auto& stock : resource.at("stock"))
                supplies.insert(stock.at("code").get<std::string>());
        }
    }
    EXPECT_GE(kinds["team"], 40);
    EXPECT_GE(capabilities.size(), 10U);
    EXPECT_GE(kinds["vehicle"], 80);
    EXPECT_GE(kinds["warehouse"], 12);
    EXPECT_GE(supplies.size(), 60U);
    EXPECT_GE(kinds["shelter"], 30);
    EXPECT_GE(kinds["expert"], 25);
    EXPECT_GE(kinds["mobileFacility"], 5);
    EXPECT_GE(sensors, 60);
}

TEST_F(Commands, APinIsSetFromStandardInputAndStandsInNoExport) {
    makeDemo();
    const std::vector<std::string> pin{"pin", "Ursina Gantner", "--data", path("county")};
    EXPECT_EQ(run({"pin", "--data", path("county")}).code, 2);
    EXPECT_EQ(run(pin, "12\n").code, 1);
    EXPECT_EQ(run(pin, "").code, 1);
    const auto set = run(pin, "4711-4711\n");
    ASSERT_EQ(set.code, 0) << set.errors;
    EXPECT_EQ(set.output.find("4711-4711"), std::string::npos);
    const auto journal = run({"journal", "export", "--data", path("county")}).output;
    EXPECT_THAT(journal, HasSubstr("name.pin-set"));
    EXPECT_THAT(journal, HasSubstr("administrator"));
    for (const auto* secret : {"4711-4711", "scrypt"})
        EXPECT_EQ(journal.find(secret), std::string::npos) << secret;
    auto clear = pin;
    clear.emplace_back("--clear");
    EXPECT_EQ(run(clear).code, 0);
    EXPECT_EQ(run(clear).code, 1) << "there is none";
}

TEST_F(Commands, IngestStoresOnceAndCheckStoresNothing) {
    makeDemo();
    const auto cap = write("warning.xml", capText);
    const auto broken = write("broken.xml", std::string(capText).substr(0, 300));
    const auto checked = run({"check", "--json", cap, broken});
    EXPECT_EQ(checked.code, 1);
    ASSERT_EQ(checked.json().size(), 2U);
    EXPECT_EQ(checked.json()[0].at("outcome"), "valid");
    EXPECT_EQ(checked.json()[0].at("format"), "cap");
    EXPECT_EQ(checked.json()[1].at("outcome"), "rejected");
    EXPECT_TRUE(checked.json()[1].at("line").is_number());

    const auto first = run({"ingest", "--json", "--data", path("county"), cap, broken});
    EXPECT_EQ(first.code, 1);
    EXPECT_EQ(first.json().at(0).at("outcome"), "stored");
    EXPECT_EQ(first.json().at(0).at("ids").size(), 1U);
    EXPECT_EQ(first.json().at(1).at("outcome"), "quarantined");
    const auto second = run({"ingest", "--json", "--data", path("county"), cap});
    EXPECT_EQ(second.code, 0);
    EXPECT_EQ(second.json().at(0).at("outcome"), "duplicate");
    EXPECT_EQ(second.json().at(0).at("ids"), first.json().at(0).at("ids"));
    EXPECT_EQ(run({"journal", "verify", "--data", path("county")}).code, 0);
}

TEST_F(Commands, CheckTellsOfEveryFileOfAFolderWithNoDesk) {
    std::filesystem::create_directories(folder / "drop" / "met");
    std::filesystem::create_directories(folder / "drop" / "other");
    (void)write("drop/met/a.xml", capText);
    (void)write("drop/met/b.xml", std::string(capText).substr(0, 300));
    (void)write("drop/other/\x1B[2J\xE2\x80\xAE.ndjson", R"({"sensor":"s-1","time":"2026-11-20T08:00:00Z","value":1.5})" "\n" R"({"sensor":"\u001b"})" "\n");
    (void)write("drop/other/README.txt", "nothing that a feed sends");
    (void)write("drop/other/.hidden", "passed over");

    const auto table = run({"check", path("drop"), "--data", path("nowhere")});
    EXPECT_EQ(table.code, 1);
    EXPECT_THAT(table.output, HasSubstr("| met "));
    EXPECT_THAT(table.output, HasSubstr("1 readings, 1 warnings"));
    EXPECT_EQ(table.output.find("README"), std::string::npos);

    const auto each = run({"check", "--files", path("drop")});
    EXPECT_EQ(each.code, 1);
    EXPECT_THAT(each.output, HasSubstr("a.xml: valid (cap)"));
    EXPECT_THAT(each.output, HasSubstr("b.xml: rejected (cap): line"));
    EXPECT_THAT(each.output, HasSubstr("\\u001B[2J\\u202E.ndjson: rejected (readings-ndjson): line 2"));
    EXPECT_EQ(each.output.find('\x1B'), std::string::npos) << "nothing acts on the terminal";

    const auto json = run({"check", "--json", "--files", path("drop")}).json();
    ASSERT_EQ(json.size(), 7U) << "four files, two folders, the sum";
    const auto& sum = json.back();
    EXPECT_EQ(sum.at("folder"), path("drop"));
    EXPECT_EQ(sum.at("files"), 4);
    EXPECT_EQ(sum.at("taken"), 1);
    EXPECT_EQ(sum.at("partly"), 1);
    EXPECT_EQ(sum.at("refused"), 1);
    EXPECT_EQ(sum.at("unknown"), 1);
    EXPECT_EQ(sum.at("kinds").at("readings"), 1);
    std::filesystem::remove_all(folder / "drop" / "other");
    std::filesystem::remove(folder / "drop" / "met" / "b.xml");
    EXPECT_EQ(run({"check", path("drop")}).code, 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "drop" / "done")) << "nothing is moved";
}

TEST_F(Commands, AReadingOverItsThresholdRaisesAnAlarmAndTheTablesRebuildTheSame) {
    makeDemo();
    // The program's clock is the true one, and readings from long ago would set off nothing.
    const auto line = [](int minutesAgo, const std::string& value) {
        const auto now = std::chrono::floor<tocsin::base::Duration>(std::chrono::system_clock::now());
        return "{\"sensor\":\"rhine-vaduz\",\"time\":\"" +
               tocsin::base::formatTime(now - std::chrono::minutes(minutesAgo)) + "\",\"value\":" + value +
               ",\"unit\":\"m\"}\n";
    };
    const auto readings = write("readings.ndjson", line(30, "3.21") + line(25, "7.9") + line(5, "8.1"));
    const auto ran = run({"ingest", "--json", "--data", path("county"), readings});
    EXPECT_EQ(ran.json().at(0).at("counts").at("stored"), 3) << ran.output;
    const auto journal = run({"journal", "export", "--data", path("county")});
    EXPECT_THAT(journal.output, HasSubstr("\"type\":\"alarm.raised\""));
    const auto rebuilt = run({"journal", "rebuild", "--json", "--data", path("county")});
    ASSERT_EQ(rebuilt.code, 0);
    EXPECT_EQ(rebuilt.json().at(0).at("same"), true);
}

TEST_F(Commands, ADrillPlaysWithoutAnybodyAndCanBeBackedUp) {
    makeDemo();
    const auto drill =
        run({"drill", "run", "rhine-flood", "--speed", "max", "--until", "60s", "--json", "--data", path("county")});
    ASSERT_EQ(drill.code, 0) << drill.errors;
    EXPECT_GE(drill.json().back().at("alarms").get<int>(), 2);
    ASSERT_EQ(run({"backup", path("county.backup"), "--data", path("county")}).code, 0);
    EXPECT_EQ(run({"restore", path("county.backup"), "--data", path("county")}).code, 1) << "the target is not empty";
    ASSERT_EQ(run({"restore", path("county.backup"), "--data", path("other")}).code, 0);
    EXPECT_EQ(run({"journal", "export", "--data", path("county")}).output,
              run({"journal", "export", "--data", path("other")}).output);
}

TEST_F(Commands, ANewerDatabaseIsRefusedUntouched) {
    makeDemo();
    const auto file = path("county") + "/tocsin.db";
    // Bytes 60 to 63 of an SQLite file are PRAGMA user_version, big-endian.
    std::fstream db(file, std::ios::in | std::ios::out | std::ios::binary);
    db.seekp(60);
    db.write("\x00\x01\x00\x00", 4);
    db.close();
    std::ifstream in(file, std::ios::binary);
    const std::string before((std::istreambuf_iterator<char>(in)), {});
    const auto ran = run({"ingest", "--data", path("county"), write("w.xml", capText)});
    EXPECT_EQ(ran.code, 1);
    EXPECT_THAT(ran.errors, HasSubstr("newer"));
    std::ifstream after(file, std::ios::binary);
    EXPECT_TRUE(before == std::string((std::istreambuf_iterator<char>(after)), {}));
}
