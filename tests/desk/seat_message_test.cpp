#include "tocsin/desk/seat_message.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <tuple>

namespace tocsin::desk {
namespace {

using base::Code;
using ::testing::HasSubstr;

template <typename Message>
Message back(const Message& message) {
    const auto text = textOf(message);
    EXPECT_TRUE(text) << (text ? "" : text.error().message);
    const auto read = seatMessageFrom(text.value_or(""));
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    if (!read || !std::holds_alternative<Message>(*read)) {
        ADD_FAILURE() << "another message";
        return message;
    }
    return std::get<Message>(*read);
}

base::Time at(int seconds) {
    return *base::parseTime("2026-11-20T08:00:00Z") + std::chrono::seconds(seconds);
}

TEST(SeatMessage, comesBackAsItWas) {
    EXPECT_EQ(back(SeatHello{1, 3}).seat, 3);
    const auto welcome = back(SeatWelcome{1, 2, 4'000'000'000});
    EXPECT_EQ(welcome.seat, 2);
    EXPECT_EQ(welcome.seq, 4'000'000'000);
    EXPECT_EQ(back(SeatPerson{"A. Frick"}).person, "A. Frick");
    SeatHello named;
    named.person = "李";
    EXPECT_EQ(back(named).person, "李");
    model::Plan plan;
    plan.id = "flood-2";
    plan.hazard = "flood";
    plan.grade = model::Grade::II;
    plan.title = {"Flood"};
    plan.needs.emplace_back();
    plan.needs.back().capability = "dyke-defence";
    plan.checklist.emplace_back("Warn");
    const auto going = back(SeatWelcome{seatVersion, 2, 7, "# rules\n", {plan}});
    EXPECT_EQ(going.rules, "# rules\n");
    EXPECT_EQ(going.plans, std::vector<model::Plan>{plan});
    const auto refusal = back(SeatRefusal{{Code::newer, "another version", {{}, 4, 7}}});
    EXPECT_EQ(refusal.why.code, Code::newer);
    EXPECT_EQ(refusal.why.place, (base::Place{{}, 4, 7}));
    const auto order = back(SeatOrder{7, {{}, "A. Frick", WriteNote{"水", {}}}});
    EXPECT_EQ(order.number, 7U);
    EXPECT_EQ(order.command.body.as<WriteNote>()->text, "水");
    SeatAnswer done{8, Done{{}, {"one", "two"}, true, model::Contact{"Li", "1", "", ""}}, 12};
    const auto answered = back(done);
    EXPECT_EQ(answered.seq, 12);
    ASSERT_TRUE(answered.done);
    EXPECT_EQ(answered.done->ids, done.done->ids);
    EXPECT_TRUE(answered.done->duplicate);
    EXPECT_EQ(answered.done->contact, done.done->contact);
    const auto refused = back(SeatAnswer{9, base::fail(Code::conflict, "A. Frick is deciding about Pump 1 just now"), 0});
    ASSERT_FALSE(refused.done);
    EXPECT_EQ(refused.done.error().code, Code::conflict);
    EXPECT_THAT(refused.done.error().message, HasSubstr("A. Frick"));
}

TEST(SeatMessage, aPinComesBackAndIsBounded) {
    const auto given = back(SeatPin{7, "A. Ott", "4711", std::nullopt});
    EXPECT_EQ(given.number, 7U);
    EXPECT_EQ(given.name, "A. Ott");
    EXPECT_EQ(given.pin, "4711");
    EXPECT_FALSE(given.fresh);
    EXPECT_EQ(back(SeatPin{8, "李", "4711", ""}).fresh, "");
    EXPECT_TRUE(back(SeatProved{7, {}}).proved);
    EXPECT_EQ(back(SeatProved{7, base::fail(Code::refused, "no")}).proved.error().code, Code::refused);
    EXPECT_TRUE(textOf(SeatPin{9, "A. Ott", std::string(10'000, '1'), std::nullopt}));
    for (const auto& [name, pin, fresh] : {std::tuple("A. Ott", std::string(10'000, '1'), std::string()),
                                           std::tuple("A. Ott", std::string("4711"), std::string(10'000, '1'))})
        EXPECT_FALSE(seatMessageFrom(textOf(SeatPin{9, name, pin, fresh}).value()));
    EXPECT_FALSE(seatMessageFrom(textOf(SeatPin{9, std::string(10'000, 'A'), "4711", std::nullopt}).value()));
}

TEST(SeatMessage, aTeamsPageComesBackAndIsAWebPages) {
    const auto id = *model::AssignmentId::parse("01900000-0000-7000-8000-000000000001");
    const auto asked = back(SeatPageAsked{7, id});
    EXPECT_EQ(asked.number, 7U);
    EXPECT_EQ(asked.assignment, id);
    const TeamPage page{"https://desk.example:7780/team/1.2", true};
    EXPECT_EQ(back(SeatPage{7, page}).page.value(), page);
    EXPECT_EQ(back(SeatPage{7, TeamPage{}}).page.value(), TeamPage{}) << "there is none";
    EXPECT_EQ(back(SeatPage{8, base::fail(Code::unavailable, "busy")}).page.error().code, Code::unavailable);
    for (const auto* address : {"file:///etc/passwd", "javascript:x", "desk.example"})
        EXPECT_FALSE(seatMessageFrom(textOf(SeatPage{9, TeamPage{address, true}}).value())) << address;
    EXPECT_FALSE(seatMessageFrom(textOf(SeatPage{9, TeamPage{"http://" + std::string(mostPageAddress, 'a'), true}}).value()));
    for (const auto* text : {R"({"kind":"page-asked","number":1,"assignment":"none"})", R"({"kind":"page-asked","number":1,"assignment":7})",
                             R"({"kind":"page-asked","assignment":"01900000-0000-7000-8000-000000000001"})",
                             R"({"kind":"page","number":1,"address":"","phones":1})", R"({"kind":"page","number":1})"})
        EXPECT_FALSE(seatMessageFrom(text)) << text;
}

SeatNews someNews() {
    SeatNews news;
    news.seq = 5;
    news.sensors[model::SensorId("rhine")] = {at(1), 1.25, 1.5};
    news.sensors[model::SensorId("雨量")] = {at(2), -0.1, 3e20};
    UnitNow unit;
    unit.newest.unit = model::UnitId("A-1");
    unit.newest.time = at(3);
    unit.newest.received = at(4);
    unit.newest.position = model::Position::trusted(47.1, 9.5);
    unit.previous = model::Position::trusted(47.2, 9.5);
    news.units[unit.newest.unit] = unit;
    news.readings["tcp"] = 12;
    news.aside["mqtt"] = 2;
    news.tallies["mqtt"] = {2, 1, 500};
    return news;
}

TEST(SeatMessage, newsKeepEveryValue) {
    const auto news = someNews();
    const auto read = back(news);
    EXPECT_EQ(read.seq, 5);
    EXPECT_EQ(read.sensors, news.sensors);
    EXPECT_EQ(read.units, news.units);
    EXPECT_EQ(read.readings, news.readings);
    EXPECT_EQ(read.aside, news.aside);
    EXPECT_EQ(read.tallies, news.tallies);
    EXPECT_TRUE(read.whole);
    EXPECT_FALSE(read.seated) << "not told is not the same as nobody";
    auto listed = news;
    listed.seated = std::vector<SeatInfo>{{1, "A. Frick", at(0), at(5)}, {2, "", at(1), {}}};
    EXPECT_EQ(back(listed).seated, listed.seated);
    listed.seated->clear();
    EXPECT_EQ(back(listed).seated, listed.seated);
    EXPECT_FALSE(read.settings);
    listed.settings.emplace()["config.toml"] = "ab12";
    EXPECT_EQ(back(listed).settings, listed.settings);
}

TEST(SeatMessage, ofAnotherVersionIsReadAsFarAsItsVersion) {
    const auto hello = seatMessageFrom(R"({"kind":"hello","version":1,"seat":0})");
    ASSERT_TRUE(hello) << hello.error().message;
    EXPECT_EQ(std::get<SeatHello>(*hello).version, 1);
    EXPECT_TRUE(seatMessageFrom(R"({"kind":"welcome","version":1,"seat":1,"seq":1})"));
}

TEST(SeatMessage, whoSitsThereIsToldOnceAndTheLastListCounts) {
    SeatNews news;
    SeatNews later;
    later.seated.emplace().push_back({1, "A. Frick", at(0), {}});
    add(news, std::move(later));
    EXPECT_FALSE(isNothing(news, 0));
    model::SensorId from;
    EXPECT_TRUE(takeSome(news, 10, from).seated);
    EXPECT_TRUE(isNothing(news, 0));
    later = {};
    later.settings.emplace()["config.toml"] = "ab12";
    add(news, std::move(later));
    EXPECT_FALSE(isNothing(news, 0));
    EXPECT_TRUE(takeSome(news, 10, from).settings);
    EXPECT_TRUE(isNothing(news, 0));
}

TEST(SeatMessage, aNameIsAPersons) {
    for (const auto* name : {"A. Frick", "李四", "seat 1"})
        EXPECT_TRUE(isPerson(name)) << name;
    for (const auto* name : {"", "desk", "drill", "rules.toml", "feed:http", "team:Pump 1", "A.\nFrick", "A\x7F", "\xFF"})
        EXPECT_FALSE(isPerson(name)) << name;
    EXPECT_FALSE(isPerson(std::string(mostSeatName + 1, 'x')));
}

TEST(SeatMessage, newsThatWaitAreFoldedAndToldInParts) {
    auto news = someNews();
    Delta delta;
    auto names = std::make_shared<NewestReadings::Names>();
    names->push_back(model::SensorId("rhine"));
    delta.sensors.begin(names);
    (void)delta.sensors.add(0, {at(9), 9, 1.25});
    delta.readingsByFeed["tcp"] = 1;
    delta.quarantine["mqtt"] = {};
    add(news, delta);
    EXPECT_EQ(news.sensors.at(model::SensorId("rhine")).value, 9);
    EXPECT_EQ(news.readings.at("tcp"), 13U);
    EXPECT_EQ(news.tallies.at("mqtt").open, 0);
    EXPECT_EQ(news.seq, 5) << "readings alone make no entry";
    model::SensorId from;
    const auto first = takeSome(news, 2, from);
    EXPECT_EQ(first.sensors.size(), 1U);
    EXPECT_EQ(first.units.size(), 1U) << "many sensors do not keep units away";
    EXPECT_FALSE(first.whole);
    EXPECT_FALSE(isNothing(news, 5)) << "a sensor is not told";
    const auto second = takeSome(news, 2, from);
    EXPECT_EQ(second.sensors.size(), 1U);
    EXPECT_NE(second.sensors.begin()->first, first.sensors.begin()->first);
    EXPECT_TRUE(second.readings.empty()) << "told once";
    EXPECT_TRUE(second.whole);
    EXPECT_TRUE(isNothing(news, 5));
    EXPECT_FALSE(isNothing(news, 4));
}

TEST(SeatMessage, anyBytesAreAMessageOrAnErrorWithItsPlace) {
    const auto bad = [](std::string_view text) {
        const auto read = seatMessageFrom(text);
        EXPECT_FALSE(read) << text.substr(0, 80);
        return read ? base::Error{} : read.error();
    };
    EXPECT_EQ(*bad("{\"kind\":\"hello\",,}").place.byte, 16U);
    EXPECT_TRUE(bad("").place.byte);
    EXPECT_TRUE(bad("\xFF\xFE").place.byte);
    EXPECT_TRUE(bad("{\"kind\":\"\xFF\"}").place.byte);
    EXPECT_EQ(bad(std::string(100'000, '[')).code, Code::tooLarge);
    EXPECT_EQ(bad(std::string(100'000, '[')).place.byte, 24U);
    EXPECT_EQ(bad(std::string(mostSeatText + 1, ' ')).code, Code::tooLarge);
    EXPECT_THAT(bad(R"({"kind":"shell","run":"rm"})").message, HasSubstr("kind"));
    EXPECT_THAT(bad(R"({"kind":"hello","seat":0})").message, HasSubstr("version"));
    for (const auto* text :
         {"[]", "null", "{}", R"({"kind":1})", R"({"kind":"hello","version":1e300,"seat":0})", R"({"kind":"hello","version":-1,"seat":0})",
          R"({"kind":"hello","version":1,"seat":99999999999})", R"({"kind":"command","number":-1,"command":{}})",
          R"({"kind":"command","number":1,"command":{}})", R"({"kind":"welcome","version":1,"seat":1,"seq":-1})",
          R"({"kind":"welcome","version":1,"seat":1,"seq":18446744073709551615})", R"({"kind":"answer","number":1,"seq":0})",
          R"({"kind":"answer","number":1,"seq":0,"error":{"code":"sunny","message":""}})", R"({"kind":"refusal","error":7})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[["a",1,2]],"units":[],"readings":{},"aside":{},"tallies":{}})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[["a",1e30,2,3]],"units":[],"readings":{},"aside":{},"tallies":{}})",
          R"({"kind":"person"})", R"({"kind":"person","person":7})", R"({"kind":"welcome","version":2,"seat":1,"seq":1,"plans":[{}]})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[],"units":[],"readings":{},"aside":{},"tallies":{},"seated":[{"seat":-1}]})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[],"units":[{}],"readings":{},"aside":{},"tallies":{}})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[],"units":[],"readings":{"a":-1},"aside":{},"tallies":{}})",
          R"({"kind":"news","seq":1,"whole":true,"sensors":[],"units":[],"readings":{},"aside":{},"tallies":{"a":[1]}})"})
        EXPECT_EQ(bad(text).code, Code::malformed) << text;
}

TEST(SeatMessage, whatIsTooLargeIsNotSent) {
    const auto text = textOf(SeatOrder{1, {{}, "A. Frick", WriteNote{std::string(mostSeatText, 'x'), {}}}});
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, Code::tooLarge);
    EXPECT_TRUE(textOf(SeatRefusal{{Code::refused, "half a letter \xE7\x93", {}}})) << "a refusal costs nobody the seat";
}

} // namespace
} // namespace tocsin::desk
