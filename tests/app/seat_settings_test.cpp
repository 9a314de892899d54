#include "app/seat_settings.hpp"
#include "app/seats_fixture.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>

// The settings that a desk goes by, as its seats are told them, and what a seat makes of it.

namespace tocsin::app {
namespace {

using namespace std::chrono_literals;

class Told {
  public:
    explicit Told(SeatDesk& seat) : m_seat(seat) {
        seat.listenToSettings([this](const SeatSettings& settings) {
            const std::lock_guard lock(m_mutex);
            m_settings = settings;
            m_changed.notify_all();
        });
    }
    ~Told() { m_seat.listenToSettings({}); }
    Told(const Told&) = delete;
    Told& operator=(const Told&) = delete;
    bool until(const SeatSettings& wanted) {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 60s, [&] { return m_settings == wanted; });
    }

  private:
    SeatDesk& m_seat;
    std::mutex m_mutex;
    std::condition_variable m_changed;
    SeatSettings m_settings;
};

TEST_F(Seats, aSeatIsToldWhatItsDeskGoesByAtTheStartWhenItChangesAndWhenTheDeskIsBack) {
    const SeatSettings first{{"config.toml", "1"}, {typingSettings, "a"}};
    server->tellSettings(first);
    const auto seat = sit("A. Frick");
    ASSERT_TRUE(seat);
    Told told(*seat);
    ASSERT_TRUE(told.until(first));
    auto second = first;
    second[typingSettings] = "b";
    server->tellSettings(second);
    ASSERT_TRUE(told.until(second));
    test::Follower here(*seat);
    server.reset();
    ASSERT_TRUE(here.untilReadOnly(true));
    restart();
    openServer();
    const SeatSettings third{{"config.toml", "2"}, {typingSettings, "b"}};
    server->tellSettings(third);
    ASSERT_TRUE(told.until(third));
}

TEST(SettingsOfASeat, areItsFilesWithoutWhatOnlyTheDeskGoesBy) {
    const test::TempFolder temp;
    const county::CountyFolder folder{temp.path()};
    const std::string county = "[county]\nname = \"Lin\"\ntime_zone = \"Asia/Shanghai\"\n";
    const auto after = [&](const std::string& config) {
        EXPECT_TRUE(county::writeText(folder.config(), config));
        return settingsOf(folder);
    };
    const auto empty = settingsOf(folder);
    const auto first = after(county);
    EXPECT_NE(first.at("config.toml"), empty.at("config.toml"));
    EXPECT_EQ(after("# by hand\n\n" + county), first) << "a comment changes nothing";
    EXPECT_EQ(after(county + "[[feed]]\nname = \"a\"\n[listen]\nhttp = \"127.0.0.1:0\"\n"), first) << "that is the desk's alone";
    const auto typing = after(county + "[capabilities]\npump = \"Pump\"\n");
    EXPECT_EQ(typing.at("config.toml"), first.at("config.toml"));
    EXPECT_NE(typing.at(typingSettings), first.at(typingSettings));
    EXPECT_NE(after(county + "[dispatch]\ngrace = \"9min\"\n").at("config.toml"), first.at("config.toml"));
    EXPECT_NE(after(county + "[privacy]\ncontacts = [\"A. Ott\"]\n").at("config.toml"), first.at("config.toml"))
        << "a window says who has a right and no PIN";
    ASSERT_TRUE(county::writeText(folder.profiles(), "# none\n"));
    EXPECT_NE(settingsOf(folder).at("profiles.toml"), first.at("profiles.toml"));
}

TEST(SettingsOfASeat, areOthersWhereTheDeskSaysSoAndCanBeReadAgainWhereTheFilesAreTheDesks) {
    const SeatSettings own{{"config.toml", "1"}, {"profiles.toml", "p"}, {typingSettings, "a"}};
    EXPECT_EQ(otherSettings({}, own, own), OtherSettings{}) << "a desk that says nothing";
    EXPECT_EQ(otherSettings(own, own, own), OtherSettings{});
    auto told = own;
    told[typingSettings] = "b"; // taken over while it runs
    EXPECT_EQ(otherSettings(told, own, told), OtherSettings{});
    told["config.toml"] = "2";
    EXPECT_EQ(otherSettings(told, own, told), (OtherSettings{{"config.toml"}, true}));
    EXPECT_EQ(otherSettings(told, own, own), (OtherSettings{{"config.toml"}, false})) << "it was changed since the desk was started";
}

} // namespace
} // namespace tocsin::app
