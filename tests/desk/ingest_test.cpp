#include "desk/desk_fixture.hpp"

#include "tocsin/desk/who_told.hpp"
#include "tocsin/model/json.hpp"

#include <algorithm>
#include <mutex>

using namespace tocsin;
using namespace tocsin::test;
using base::Code;
using model::AlarmState;

namespace {

class DeskIngest : public DeskFixture {
  protected:
    model::Report call(const std::string& dialog) {
        model::Report report;
        report.sourceId = dialog;
        report.category = "flood";
        report.text = "Water in the cellar";
        report.place = "Städtle 3";
        report.contact.name = "R. Frick";
        report.contact.phone = "+423 123 45 67";
        report.call.emplace();
        report.call->injured = 1;
        return report;
    }
    std::int64_t quarantine(const std::string& bytes) {
        std::promise<base::Result<std::int64_t>> promise;
        store::QuarantineItem item;
        item.feed = "gauges";
        item.format = "readings-ndjson";
        item.error = {Code::malformed, "not a reading", {}};
        item.bytes = bytes;
        desk->quarantine(item, [&](auto id) { promise.set_value(std::move(id)); });
        return promise.get_future().get().value_or(-1);
    }
    std::optional<model::Alarm> silence(const std::string& source) {
        for (const auto& [id, alarm] : desk->snapshot().state.alarms) {
            if (alarm.rule == "silence" && alarm.source == source)
                return alarm;
        }
        return std::nullopt;
    }
    /// Lets the desk's time go by as it does: a little at once.
    void wait(std::chrono::seconds time) {
        for (; time.count() > 0; time -= std::chrono::seconds(30)) {
            clock.advance(std::min(time, std::chrono::seconds(30)));
            (void)desk->snapshot();
        }
    }
    std::string journalText() {
        desk.reset();
        auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        std::string text;
        (void)(*store)->read(1, [&](const model::Entry& entry) {
            text += entry.data.dump();
            return true;
        });
        return text;
    }
};

} // namespace

TEST_F(DeskIngest, ACallIsRecordedOnceAndAmendedAsItGoesOn) {
    const auto first = must(desk::RecordCall{call("dialog-1")});
    auto later = call("dialog-1");
    later.text = "Water in the cellar, rising";
    clock.advance(std::chrono::seconds(90));
    const auto second = must(desk::RecordCall{later});
    EXPECT_EQ(first.ids, second.ids);
    EXPECT_EQ(first.entries.at(0).type, "call.recorded");
    EXPECT_EQ(second.entries.at(0).type, "call.amended");
    const auto state = desk->snapshot().state;
    ASSERT_EQ(state.reports.size(), 1U);
    const auto& report = state.reports.begin()->second;
    EXPECT_EQ(report.text, "Water in the cellar, rising");
    EXPECT_EQ(report.feed, "call");
    EXPECT_EQ(report.call->recordedBy, "M. Keller");
    EXPECT_EQ(report.call->recordedAt, report.receivedAt);
    EXPECT_EQ(report.call->injured, 1);
    EXPECT_EQ(report.state, model::ReportState::pending);
    EXPECT_TRUE(report.hasContact);
}

TEST_F(DeskIngest, ACallWithNothingInItOrWithImpossibleNumbersIsRefused) {
    model::Report empty;
    empty.sourceId = "d";
    empty.call.emplace();
    EXPECT_EQ(run(desk::RecordCall{empty}).error().code, Code::refused);
    auto report = call("d");
    report.call->dead = -1;
    EXPECT_EQ(run(desk::RecordCall{report}).error().code, Code::outOfRange);
    report = call("");
    EXPECT_EQ(run(desk::RecordCall{report}).error().code, Code::refused);
    report = call("d");
    report.contact.phone = "\xff";
    EXPECT_EQ(run(desk::RecordCall{report}).error().code, Code::malformed);
    EXPECT_TRUE(desk->snapshot().state.reports.empty());
}

TEST_F(DeskIngest, WhoToldIsShownOnAskingAndThatIsWrittenDown) {
    const auto id = *model::ReportId::parse(must(desk::RecordCall{call("dialog-1")}).ids.at(0));
    EXPECT_TRUE(desk->snapshot().state.reports.at(id).contact.empty());
    const auto shown = must(desk::ShowContact{id});
    ASSERT_TRUE(shown.contact);
    EXPECT_EQ(shown.contact->name, "R. Frick");
    EXPECT_EQ(shown.contact->phone, "+423 123 45 67");
    EXPECT_EQ(shown.entries.at(0).type, "contact.shown");
    EXPECT_EQ(shown.entries.at(0).actor, "M. Keller");
    EXPECT_FALSE(run(desk::ShowContact{id}, "feed:http"));

    restart();
    EXPECT_EQ(must(desk::ShowContact{id}).contact->name, "R. Frick");
    EXPECT_EQ(journalText().find("Frick"), std::string::npos) << "the journal goes to more than need to know";
}

TEST_F(DeskIngest, AReportsContactIsKeptApartToo) {
    model::Report report;
    report.text = "Tree on the road";
    report.contact.phone = "+423 765 43 21";
    const auto id = *model::ReportId::parse(must(desk::TakeReport{"phone page", report}).ids.at(0));
    EXPECT_EQ(must(desk::ShowContact{id}).contact->phone, "+423 765 43 21");
    model::Report nameless;
    nameless.text = "Smoke";
    const auto other = *model::ReportId::parse(must(desk::TakeReport{"phone page", nameless}).ids.at(0));
    EXPECT_EQ(run(desk::ShowContact{other}).error().code, Code::notFound);
    EXPECT_EQ(journalText().find("765 43 21"), std::string::npos);
}

TEST_F(DeskIngest, AnIdThatIsUsedForSomethingElseHidesNothing) {
    model::Report cellar;
    cellar.sourceId = "1";
    cellar.category = "flood";
    cellar.text = "Cellar wet in Vaduz";
    auto house = cellar;
    house.category = "fire";
    house.text = "House burns in Schaan, two inside";
    const auto first = must(desk::TakeReport{"http", cellar});
    const auto second = must(desk::TakeReport{"http", house});
    EXPECT_FALSE(second.duplicate);
    EXPECT_NE(second.ids, first.ids);
    EXPECT_EQ(second.entries.at(0).type, "report.received");
    EXPECT_EQ(second.entries.at(0).data.at("namesake"), first.ids.at(0));
    for (int life = 0; life < 2; ++life) {
        EXPECT_EQ(must(desk::TakeReport{"http", cellar}).ids, first.ids);
        const auto again = must(desk::TakeReport{"http", house});
        EXPECT_TRUE(again.duplicate);
        EXPECT_EQ(again.ids, second.ids);
        restart();
    }
    // Rows of two tables that are both numbered from 1, on two days.
    auto tomorrow = cellar;
    tomorrow.happenedAt = clock.now() + std::chrono::hours(24);
    EXPECT_FALSE(must(desk::TakeReport{"http", tomorrow}).duplicate);
    EXPECT_TRUE(must(desk::TakeReport{"http", tomorrow}).duplicate);
    EXPECT_EQ(desk->snapshot().state.reports.size(), 3U);
}

TEST_F(DeskIngest, WhatHasALifeAtItsSourceIsAmendedThere) {
    model::Report request;
    request.sourceId = "SR-100";
    request.category = "road";
    request.text = "Tree on the road";
    request.status = "open";
    request.happenedAt = clock.now();
    const auto id = *model::ReportId::parse(must(desk::TakeReport{"open311", request}).ids.at(0));
    request.text = "Tree and a power line on the road";
    request.contact.phone = "+423 765 43 21";
    const auto amended = must(desk::TakeReport{"open311", request});
    EXPECT_EQ(amended.ids.at(0), id.toString());
    EXPECT_EQ(amended.entries.at(0).type, "report.updated");
    EXPECT_EQ(amended.entries.at(0).data.at("before").at("text"), "Tree on the road");
    request.status = "closed";
    EXPECT_EQ(must(desk::TakeReport{"open311", request}).entries.at(0).type, "report.updated");
    EXPECT_TRUE(must(desk::TakeReport{"open311", request}).duplicate);
    const auto reports = desk->snapshot().state.reports;
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports.at(id).text, "Tree and a power line on the road");
    EXPECT_EQ(reports.at(id).status, "closed");
    EXPECT_TRUE(reports.at(id).hasContact);
    EXPECT_EQ(must(desk::ShowContact{id}).contact->phone, "+423 765 43 21") << "who told was known later than what";
}

TEST_F(DeskIngest, TheNumberOfARowIsNoLifeAtASource) {
    model::Report row;
    row.sourceId = "1";
    row.text = "Cellar wet";
    row.status = "open";
    must(desk::TakeReport{"drop", row});
    row.text = "People trapped";
    EXPECT_EQ(must(desk::TakeReport{"drop", row}).entries.at(0).type, "report.received");
    row.status = "closed";
    EXPECT_EQ(must(desk::TakeReport{"drop", row}).entries.at(0).type, "report.updated");
    const auto reports = desk->snapshot().state.reports;
    ASSERT_EQ(reports.size(), 2U);
    for (const auto& [id, report] : reports)
        EXPECT_EQ(report.status, report.text == "People trapped" ? "closed" : "open");
}

TEST_F(DeskIngest, AnAdoptedSensorIsKeptInTheDesksUnitWhateverItsServiceSpeaks) {
    const auto described = [&](const char* id, model::SensorKind kind, const char* unit) {
        auto sensor = gauge(id);
        sensor.kind = kind;
        sensor.unit = unit;
        sensor.lowest.reset();
        sensor.highest.reset();
        return sensor;
    };
    using model::SensorKind;
    must(desk::TakeSensors{"usgs",
                           {described("level", SensorKind::riverLevel, "ft"), described("flow", SensorKind::riverLevel, "ft3/s"),
                            described("rain", SensorKind::rain, "in"), described("air", SensorKind::weather, "degF"),
                            described("dirt", SensorKind::other, "FNU"), described("none", SensorKind::other, ""),
                            described("datum", SensorKind::riverLevel, "mASD"), described("hertz", SensorKind::other, "1/m")}});
    const auto sensors = desk->snapshot().state.sensors;
    const auto unitOf = [&](const char* id) { return sensors.at(model::SensorId(id)).unit; };
    EXPECT_EQ(unitOf("level"), "m");
    EXPECT_EQ(unitOf("flow"), "m³/s");
    EXPECT_EQ(unitOf("rain"), "mm");
    EXPECT_EQ(unitOf("air"), "°C");
    EXPECT_EQ(unitOf("dirt"), "FNU") << "nobody knows it: it keeps its own name";
    EXPECT_EQ(unitOf("none"), "");
    EXPECT_EQ(unitOf("datum"), "m");
    EXPECT_EQ(unitOf("hertz"), "1/m");
    EXPECT_EQ(sensors.at(model::SensorId("level")).sentUnit, "ft");

    const auto valueOf = [&](const char* id) {
        const auto now = desk->snapshot().sensors;
        const auto found = now.find(model::SensorId(id));
        return found == now.end() ? -1.0 : found->second.value;
    };
    EXPECT_EQ(send({reading(0, 10, "level", "ft"), reading(1, 32, "air", ""), reading(0, 7, "none", "")}).stored, 3U);
    EXPECT_NEAR(valueOf("level"), 3.048, 1e-9);
    EXPECT_NEAR(valueOf("air"), 0, 1e-9) << "without a unit it is in the service's";
    EXPECT_NEAR(valueOf("none"), 7, 1e-9);
    EXPECT_EQ(send({reading(2, 2.5, "level", "m"), reading(2, 40, "dirt", "FNU")}).stored, 2U);
    EXPECT_NEAR(valueOf("level"), 2.5, 1e-9);
    EXPECT_NEAR(valueOf("dirt"), 40, 1e-9);
    restart();
    EXPECT_EQ(send({reading(3, 100, "flow", "")}).stored, 1U);
    EXPECT_NEAR(valueOf("flow"), 2.8316846592, 1e-9);
}

TEST_F(DeskIngest, ASensorRegisteredBeforeKeepsItsUnit) {
    auto feet = gauge("old");
    feet.unit = "ft";
    feet.feed = "usgs"; // as it was adopted before
    must(desk::RegisterSensors{{feet}});
    feet.name = "Potomac";
    must(desk::TakeSensors{"usgs", {feet}});
    EXPECT_EQ(desk->snapshot().state.sensors.at(model::SensorId("old")).unit, "ft");
    EXPECT_EQ(send({reading(0, 4, "old", "")}).stored, 1U);
    EXPECT_NEAR(desk->snapshot().sensors.at(model::SensorId("old")).value, 4, 1e-9);
}

TEST_F(DeskIngest, SensorsThatAServiceDescribesAreAdoptedAndTheCountysOwnStay) {
    must(desk::RegisterSensors{{gauge("own")}});
    auto own = gauge("own");
    own.unit = "ft";
    auto brought = gauge("ea-1");
    EXPECT_EQ(must(desk::TakeSensors{"ea", {own, brought, brought}}).ids, std::vector<std::string>{"ea-1"});
    auto state = desk->snapshot().state;
    EXPECT_EQ(state.sensors.at(model::SensorId("own")).unit, "m");
    EXPECT_EQ(state.sensors.at(model::SensorId("ea-1")).feed, "ea");
    EXPECT_TRUE(must(desk::TakeSensors{"ea", {brought}}).duplicate);
    brought.unit = "ft"; // would turn what is stored into something else
    brought.name = "Thames at Reading";
    must(desk::TakeSensors{"ea", {brought}});
    state = desk->snapshot().state;
    EXPECT_EQ(state.sensors.at(model::SensorId("ea-1")).unit, "m");
    EXPECT_EQ(state.sensors.at(model::SensorId("ea-1")).name.text, "Thames at Reading");
    EXPECT_TRUE(must(desk::TakeSensors{"other", {brought}}).duplicate) << "another feed may not rename it";
    EXPECT_TRUE(state.sensors.at(model::SensorId("ea-1")).sentUnit.empty());
    // Its readings are taken and its rules hold at once.
    EXPECT_EQ(send({reading(0, 1.5, "ea-1")}).stored, 1U);
}

TEST_F(DeskIngest, WhoMaySeeWhoToldSeesBytesInQuarantineAndThatIsWrittenDown) {
    const auto id = quarantine(R"({"text":"Smoke","phone":"+423 765 43 21"})");
    const auto done = must(desk::ShowQuarantined{id});
    EXPECT_EQ(done.entries.at(0).type, "quarantine.shown");
    EXPECT_EQ(done.entries.at(0).actor, "M. Keller");
    EXPECT_EQ(done.entries.at(0).data.at("feed"), "gauges");
    EXPECT_EQ(run(desk::ShowQuarantined{id}, "feed:http").error().code, Code::refused);
    EXPECT_EQ(run(desk::ShowQuarantined{id + 1}).error().code, Code::notFound);
    EXPECT_EQ(journalText().find("765 43 21"), std::string::npos); // it ends the desk
}

TEST(WhoTold, ACitizensFormatsAndWhatNobodyUnderstandsAtTheirDoorsMayNameThem) {
    const auto may = [](const char* feed, const char* format) {
        store::QuarantineItem item;
        item.feed = feed;
        item.format = format;
        return desk::mayNameWhoTold(item);
    };
    for (const auto* format : {"desk/report", "report-json", "report-csv", "email", "open311-json", "ushahidi"})
        EXPECT_TRUE(may("web", format)) << format;
    EXPECT_TRUE(may("phone page", "unknown"));
    EXPECT_FALSE(may("gauges", "unknown"));
    store::QuarantineItem table;
    table.feed = "drop";
    table.format = "unknown";
    table.error.message = "not a format that Tocsin knows: it looks like a table (CSV?)";
    EXPECT_TRUE(desk::mayNameWhoTold(table)) << "a list of what people told, by whatever feed";
    EXPECT_FALSE(may("http", "cap"));
    EXPECT_FALSE(may("gauges", "desk/readings"));
}

TEST_F(DeskIngest, WhatStandsInQuarantineIsJudgedOnce) {
    const auto id = quarantine("{");
    ASSERT_GT(id, 0);
    EXPECT_EQ(desk->snapshot().quarantined, 1);
    const auto done = must(desk::JudgeQuarantine{id, store::QuarantineState::dismissed});
    EXPECT_EQ(done.entries.at(0).type, "quarantine.judged");
    EXPECT_EQ(desk->snapshot().quarantined, 0);
    EXPECT_EQ(run(desk::JudgeQuarantine{id, store::QuarantineState::taken}).error().code, Code::conflict);
    EXPECT_EQ(run(desk::JudgeQuarantine{id + 1, store::QuarantineState::taken}).error().code, Code::notFound);
    desk.reset();
    const auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
    const auto item = (*store)->quarantineItem(id);
    ASSERT_TRUE(item);
    EXPECT_EQ(item->state, store::QuarantineState::dismissed);
    EXPECT_EQ(item->judgedBy, "M. Keller");
    EXPECT_EQ(item->bytes, "{");
}

TEST_F(DeskIngest, ManyInQuarantineAreJudgedInOneEntry) {
    const auto a = quarantine("a");
    const auto b = quarantine("b");
    const auto c = quarantine("c");
    must(desk::JudgeQuarantine{b, store::QuarantineState::dismissed});
    const auto done = must(desk::JudgeQuarantine{c, store::QuarantineState::taken, {a, b, a}});
    ASSERT_EQ(done.entries.size(), 1U);
    EXPECT_EQ(done.entries[0].data.at("items"), nlohmann::json({a, c})) << "what was judged meanwhile is passed over";
    EXPECT_EQ(desk->snapshot().quarantined, 0);
    EXPECT_EQ(run(desk::JudgeQuarantine{a, store::QuarantineState::taken, {b}}).error().code, Code::conflict);
    EXPECT_EQ(run(desk::JudgeQuarantine{a, store::QuarantineState::taken,
                                        std::vector<std::int64_t>(desk::mostJudgedAtOnce, b)})
                  .error()
                  .code,
              Code::tooLarge);
}

TEST_F(DeskIngest, WhatStandsInQuarantineIsCountedByFeedAcrossARestart) {
    const auto id = quarantine("{");
    quarantine("[");
    restart();
    EXPECT_EQ(desk->snapshot().quarantine, (std::map<std::string, store::QuarantineTally>{{"gauges", {2, 0, 2}}}));
    std::mutex mutex;
    std::map<std::string, store::QuarantineTally> told;
    const auto subscription = desk->subscribe([](desk::Snapshot) {},
                                              [&](const std::shared_ptr<const desk::Delta>& delta) {
                                                  const std::lock_guard lock(mutex);
                                                  for (const auto& [feed, tally] : delta->quarantine)
                                                      told[feed] = tally;
                                              });
    (void)desk->snapshot(); // from here on each change is told
    const auto now = [&] {
        (void)desk->snapshot(); // what was committed before has been told by then
        const std::lock_guard lock(mutex);
        return told;
    };
    must(desk::JudgeQuarantine{id, store::QuarantineState::dismissed});
    EXPECT_EQ(now().at("gauges").open, 1);
    quarantine("x");
    EXPECT_EQ(now().at("gauges").open, 2);
    EXPECT_EQ(desk->snapshot().quarantined, 2);
    send({reading(0, 1.5, "nobody")});
    EXPECT_EQ(now().at("test").open, 1);
}

TEST_F(DeskIngest, AMonthAfterItWasDismissedItsBytesAreGone) {
    const auto id = quarantine("{");
    must(desk::JudgeQuarantine{id, store::QuarantineState::dismissed});
    const auto kept = [&] {
        desk.reset();
        const auto store = store::Store::open(folder.path() / "tocsin.db", store::Access::readOnly);
        return (*store)->quarantineItem(id).value();
    };
    clock.advance(std::chrono::hours(24 * 29));
    restart();
    EXPECT_EQ(kept().bytes, "{");
    clock.advance(std::chrono::hours(24 * 2));
    start();
    const auto gone = kept();
    EXPECT_TRUE(gone.bytes.empty());
    EXPECT_EQ(gone.size, 1U);
    EXPECT_EQ(gone.state, store::QuarantineState::dismissed);
}

TEST_F(DeskIngest, AFeedThatSaysNothingIsAnAlarmUntilItSpeaks) {
    desk::Watch watch;
    watch.id = "feed:gauges";
    watch.name = {"The gauges"};
    watch.feeds = {"gauges"};
    watch.silentAfter = std::chrono::minutes(10);
    desk->watch({watch});
    wait(std::chrono::minutes(9));
    EXPECT_FALSE(silence("feed:gauges"));
    desk->heard("gauges");
    wait(std::chrono::minutes(9));
    EXPECT_FALSE(silence("feed:gauges")) << "a sign of life begins the time anew";
    wait(std::chrono::minutes(2));
    auto alarm = silence("feed:gauges");
    ASSERT_TRUE(alarm);
    EXPECT_EQ(alarm->state, AlarmState::unacknowledged);
    EXPECT_NE(alarm->title.text.find("The gauges"), std::string::npos);
    EXPECT_NE(alarm->title.in("zh_CN").find("静默"), std::string::npos);
    wait(std::chrono::minutes(5));
    EXPECT_EQ(silence("feed:gauges")->raisedAt, alarm->raisedAt) << "one alarm, not one a second";
    desk->heard("gauges");
    wait(std::chrono::seconds(30));
    EXPECT_EQ(silence("feed:gauges")->state, AlarmState::returnedUnacknowledged);
}

TEST_F(DeskIngest, ASensorThatShouldHaveSpokenIsAnAlarmAlsoAfterARestart) {
    auto sensor = gauge();
    sensor.silentAfter = std::chrono::minutes(5);
    must(desk::RegisterSensors{{sensor}});
    send({reading(0, 1.0)});
    wait(std::chrono::minutes(6));
    ASSERT_TRUE(silence("sensor:rhine-vaduz"));
    EXPECT_EQ(silence("sensor:rhine-vaduz")->sensor.value, "rhine-vaduz");
    restart();
    EXPECT_EQ(silence("sensor:rhine-vaduz")->state, AlarmState::unacknowledged);
    send({reading(0, 1.1)});
    wait(std::chrono::seconds(30));
    EXPECT_EQ(silence("sensor:rhine-vaduz")->state, AlarmState::returnedUnacknowledged);
}

TEST_F(DeskIngest, ASensorThatNeedSpeakNoMoreIsNotMissed) {
    auto sensor = gauge();
    sensor.silentAfter = std::chrono::minutes(5);
    must(desk::RegisterSensors{{sensor, gauge("other")}});
    wait(std::chrono::minutes(2));
    sensor.silentAfter.reset();
    auto other = gauge("other");
    other.silentAfter = std::chrono::minutes(5);
    must(desk::RegisterSensors{{sensor, other}});
    wait(std::chrono::minutes(8));
    EXPECT_FALSE(silence("sensor:rhine-vaduz"));
    EXPECT_TRUE(silence("sensor:other")) << "one that must speak from now on is missed";
}

TEST_F(DeskIngest, AClockThatIsSetMakesNobodySilent) {
    desk::Watch watch;
    watch.id = "watch:Planken";
    watch.name = {"Planken"};
    watch.feeds = {"planken"};
    watch.silentAfter = std::chrono::minutes(20);
    desk->watch({watch});
    wait(std::chrono::minutes(1));
    clock.advance(std::chrono::hours(1));
    wait(std::chrono::minutes(10));
    EXPECT_FALSE(silence("watch:Planken"));
    clock.set(clock.now() - std::chrono::hours(2));
    wait(std::chrono::minutes(19));
    EXPECT_FALSE(silence("watch:Planken"));
    wait(std::chrono::minutes(2));
    EXPECT_TRUE(silence("watch:Planken"));
}
