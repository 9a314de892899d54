#include "gui/panels_support.hpp"
#include "tocsin/gui/panels/entry_sentence.hpp"
#include "tocsin/model/json.hpp"

#include <array>

namespace tocsin::gui {
namespace {

using test::id;

constexpr std::array types{
    "county.named",         "sensor.registered",   "resource.registered", "warning.received",    "warning.updated",
    "warning.cancelled",    "warning.cancel-ignored", "warning.expired",  "warning.accepted",    "report.received",
    "report.judged",        "earthquake.received",
    "earthquake.updated",   "alarm.raised",        "alarm.returned",      "alarm.acknowledged",  "incident.opened",
    "incident.linked",      "incident.graded",     "incident.needs-set",  "incident.closed",     "note.written",
    "level.set",            "shift.started",       "sound.muted",         "sound.unmuted",       "assignment.proposed",
    "assignment.notified",  "assignment.accepted", "assignment.en-route", "assignment.on-scene", "assignment.released",
    "exercise.started",     "exercise.ended",      "input.quarantined",   "closure.placed",      "closure.changed",
    "closure.removed",      "area.placed",         "area.changed",        "area.removed",        "pin.placed",
    "pin.changed",          "pin.removed",         "alarm.updated",       "alarm.shelved",       "alarm.unshelved",
    "alarm.suppressed",     "alarm.unsuppressed",  "alarm.out-of-service", "alarm.in-service",   "alarm.reset",
    "alarm.escalated",      "alarm.handed",        "alarm.told",        "alarm.flapping",      "alarm.calm",          "sensor.out-of-service",
    "sensor.in-service",    "sensor.retired",      "sensor.brought-back", "sensor.changed",      "rules.changed",       "report.claimed",      "report.released",     "report.call-back-planned",
    "report.called-back",   "report.placed",       "report.updated",      "cluster.joined",      "cluster.split",
    "cluster.undone",       "resource.added",      "resource.changed",    "resource.retired",    "resource.status",
    "resource.counted",     "resource.checked",    "resource.claimed",    "resource.released",   "stock.moved",
    "report.no-incident",   "clock.set-back",
    "incident.planned",    "incident.moved",      "assignment.told",      "assignment.blocked",  "assignment.unblocked",
};

class SentenceTest : public test::PanelTest {
  protected:
    /// An entry as the desk writes it: the after-images of what it is about, beside facts.
    [[nodiscard]] model::Entry entry(const std::string& type) const {
        const model::State& state = desk.state();
        model::Entry e;
        e.type = type;
        e.time = test::sceneNow();
        e.actor = "M. Keller";
        e.data = nlohmann::json::object();
        const std::string thing = type.substr(0, type.find('.'));
        const auto about = [&](const auto& value) {
            e.subject = value.id.toString();
            model::addChange(e.data, model::Changed(value));
        };
        if (thing == "alarm")
            about(state.alarms.at(id<model::AlarmId>(1)));
        else if (thing == "incident")
            about(state.incidents.at(id<model::IncidentId>(1)));
        else if (thing == "assignment")
            about(state.assignments.at(id<model::AssignmentId>(1)));
        else if (thing == "report")
            about(state.reports.at(id<model::ReportId>(3)));
        else if (thing == "warning")
            about(state.warnings.at(id<model::WarningId>(1)));
        else if (thing == "earthquake")
            about(state.earthquakes.at(id<model::EarthquakeId>(1)));
        else if (thing == "resource")
            about(state.resources.at(id<model::ResourceId>(1)));
        else if (const auto kind = model::drawingKindFrom(thing)) {
            model::Drawing drawing;
            drawing.id = id<model::DrawingId>(1);
            drawing.kind = *kind;
            drawing.name = "Rheinstrasse";
            about(drawing);
        } else if (thing == "stock") {
            const auto& depot = state.resources.at(id<model::ResourceId>(1));
            model::addChange(e.data, model::Changed(depot));
            e.data["document"] = {{"number", "S2026-0001"}, {"act", "issue"}, {"code", "3010101"}, {"quantity", 40}, {"unit", "piece"},
                                  {"from", depot.id.toString()}};
        } else if (thing == "sensor")
            model::addChange(e.data, model::Changed(state.sensors.begin()->second));
        else
            model::addChange(e.data, model::Changed(state.desk));
        if (type == "note.written")
            e.data["text"] = "Called back Mrs Ott";
        if (type == "input.quarantined") {
            e.data["feed"] = "cap";
            e.data["count"] = 3;
            e.data["reason"] = "line 4: not XML";
        }
        if (type == "resource.status")
            e.data["status"] = "maintenance";
        if (type == "incident.closed" || type == "incident.graded")
            e.data["reason"] = "water falls";
        return e;
    }
    [[nodiscard]] QString say(const model::Entry& e) const { return entrySentence(e, desk.state(), code); }
    [[nodiscard]] QString say(const char* type) const { return say(entry(type)); }
};

TEST_F(SentenceTest, everyKindOfEntryHasASentenceInBothLanguages) {
    for (const char* type : types) {
        speak(QStringLiteral("en"));
        const QString english = say(type);
        EXPECT_FALSE(english.isEmpty()) << type;
        EXPECT_FALSE(english.contains(QString::fromLatin1(type))) << type << " is named by its key only";
        EXPECT_FALSE(english.contains(QLatin1Char('%'))) << english.toStdString();
        speak(QStringLiteral("zh_CN"));
        const QString chinese = say(type);
        EXPECT_FALSE(chinese.contains(QLatin1Char('%'))) << chinese.toStdString();
        if (std::string(type) != "note.written") {
            EXPECT_NE(chinese, english) << type;
        }
    }
}

TEST_F(SentenceTest, saysWhoWhatAndHowSoon) {
    EXPECT_EQ(say("assignment.en-route"),
              QString::fromUtf8("Vaduz fire brigade 1 en route to “Seepage at the Rhine dyke”, 7 min"));
    EXPECT_EQ(say("alarm.raised"), QString::fromUtf8("Alarm I: Rhine at Vaduz above dyke warning, 4.46\u00a0m"));
    EXPECT_EQ(say("incident.opened"), QString::fromUtf8("Incident 2026-0147 “Seepage at the Rhine dyke” opened from the "
                                                        "alarm “Rhine at Vaduz above dyke warning”"));
    EXPECT_EQ(say("incident.closed"), QString::fromUtf8("Closed “Seepage at the Rhine dyke”: water falls"));
    EXPECT_EQ(say("input.quarantined"),
              QStringLiteral("3 inputs of CAP cannot be read and are kept aside: line 4: not XML"));
}

TEST_F(SentenceTest, anIncidentThatIsMovedNamesWhoIsToBeTold) {
    model::Entry e = entry("incident.moved");
    e.data["reason"] = "the caller meant the other bridge";
    e.data["placeBefore"] = base::LocalText("Vaduz");
    model::addChange(e.data, model::Changed(desk.state().assignments.at(id<model::AssignmentId>(1))));
    const QString said = say(e);
    EXPECT_TRUE(said.contains(QString::fromUtf8("moved from Vaduz to Rhine dyke km 54.2, Vaduz"))) << said.toStdString();
    EXPECT_TRUE(said.contains(QStringLiteral("to be told on their way: Vaduz fire brigade 1"))) << said.toStdString();
    EXPECT_TRUE(said.endsWith(QStringLiteral(": the caller meant the other bridge"))) << said.toStdString();
}

TEST_F(SentenceTest, whichPlanAnIncidentHasGotStandsInTheLog) {
    model::Entry e = entry("incident.opened");
    e.data["planTitle"] = base::LocalText("Dam break");
    e.data["planBy"] = "alarm";
    EXPECT_TRUE(say(e).endsWith(QString::fromUtf8("; plan “Dam break”, which the alarm's rule suggests"))) << say(e).toStdString();
    e.data["planBy"] = "hazard";
    e.data["planMissing"] = "dam-brake";
    EXPECT_TRUE(say(e).endsWith(QString::fromUtf8("; plan “Dam break”, since there is none called “dam-brake”"))) << say(e).toStdString();
    e = entry("incident.graded");
    e.data["planTitle"] = base::LocalText("Great flood");
    e.data["planNeeds"] = "add";
    EXPECT_TRUE(say(e).contains(QString::fromUtf8("; plan “Great flood”, what was missing added: water falls"))) << say(e).toStdString();
}

TEST_F(SentenceTest, anAlarmsLifeReadsWell) {
    model::Entry e = entry("alarm.shelved");
    e.data["until"] = base::formatTime(test::sceneNow() + std::chrono::hours(1));
    e.data["reason"] = "the gauge is cleaned";
    EXPECT_TRUE(say(e).startsWith(QString::fromUtf8("Shelved “Rhine at Vaduz above dyke warning” until ")));
    EXPECT_TRUE(say(e).endsWith(QString::fromUtf8(": the gauge is cleaned")));
    e = entry("alarm.unshelved");
    EXPECT_TRUE(say(e).startsWith(QStringLiteral("Taken from the shelf")));
    e.actor = "desk";
    EXPECT_TRUE(say(e).startsWith(QStringLiteral("The time on the shelf is over")));
    e = entry("alarm.escalated");
    e.data["to"] = "R. Ospelt";
    EXPECT_EQ(say(e), QString::fromUtf8("Nobody has acknowledged “Rhine at Vaduz above dyke warning”: tell R. Ospelt"));
    e = entry("alarm.suppressed");
    e.data["by"] = id<model::AlarmId>(1).toString();
    auto second = desk.state().alarms.at(id<model::AlarmId>(1));
    second.id = id<model::AlarmId>(77);
    model::addChange(e.data, model::Changed(second));
    EXPECT_EQ(say(e), QString::fromUtf8("“Rhine at Vaduz above dyke warning” mutes 2 alarms"));
    auto muted = desk.state().alarms.at(id<model::AlarmId>(1));
    muted.state = model::AlarmState::suppressed;
    muted.suppressedBy = id<model::AlarmId>(1);
    e = entry("alarm.raised");
    e.data.erase("alarm");
    model::addChange(e.data, model::Changed(muted));
    EXPECT_TRUE(say(e).endsWith(QString::fromUtf8("(muted by “Rhine at Vaduz above dyke warning”)")));
}

TEST_F(SentenceTest, aNameThatGetsAPinIsNamedAndWhereAWrongOneWasGiven) {
    model::Entry e;
    e.subject = "A. Ott";
    e.time = test::sceneNow();
    e.data = nlohmann::json::object();
    for (const auto* type : {"name.pin-set", "name.pin-changed", "name.pin-cleared"}) {
        e.type = type;
        EXPECT_TRUE(say(e).contains(QStringLiteral("A. Ott"))) << type;
        EXPECT_FALSE(say(e).contains(QString::fromLatin1(type))) << type;
    }
    e.type = "name.pin-wrong";
    e.data = {{"name", "A. Ott"}, {"seat", 2}, {"count", 6}, {"seconds", 20}};
    EXPECT_EQ(say(e), QStringLiteral("A wrong PIN for A. Ott at seat 2, 6 in a row: the next try waits 20 s"));
    e.data["seat"] = 0;
    EXPECT_EQ(say(e), QStringLiteral("A wrong PIN for A. Ott at the desk's own window, 6 in a row: the next try waits 20 s"));
}

TEST_F(SentenceTest, aDrawingIsNamedAndSaysUntilWhen) {
    EXPECT_EQ(say("closure.removed"), QString::fromUtf8("Closure lifted: “Rheinstrasse”"));
    model::Entry e = entry("closure.placed");
    EXPECT_EQ(say(e), QString::fromUtf8("Roads closed: “Rheinstrasse”"));
    e.data["drawing"]["until"] = "2026-11-20T04:00:00Z";
    EXPECT_TRUE(say(e).startsWith(QString::fromUtf8("Roads closed: “Rheinstrasse”, until "))) << say(e).toStdString();
    e.data["drawing"]["name"] = "";
    EXPECT_TRUE(say(e).startsWith(QString::fromUtf8("Roads closed: without a name"))) << say(e).toStdString();
}

TEST_F(SentenceTest, theCountysOwnWordsFollowTheLanguage) {
    speak(QStringLiteral("zh_CN"));
    EXPECT_TRUE(say("warning.received").contains(QString::fromUtf8("莱茵河洪水橙色预警")));
    EXPECT_TRUE(say("assignment.on-scene").contains(QString::fromUtf8("瓦杜兹消防1队")));
}

TEST_F(SentenceTest, aJudgedReportSaysHow) {
    model::Entry e = entry("report.judged");
    EXPECT_TRUE(say(e).startsWith(QStringLiteral("Verified"))) << say(e).toStdString();
    model::Report report = desk.state().reports.at(id<model::ReportId>(3));
    report.state = model::ReportState::dismissed;
    e.data = nlohmann::json::object();
    model::addChange(e.data, model::Changed(report));
    EXPECT_TRUE(say(e).startsWith(QStringLiteral("Dismissed"))) << say(e).toStdString();
}

TEST_F(SentenceTest, whatItDoesNotUnderstandIsNamedAndNeverThrows) {
    model::Entry e;
    e.type = "moon.landed";
    EXPECT_TRUE(say(e).contains(QStringLiteral("moon.landed")));
    e.type = "";
    EXPECT_FALSE(say(e).isEmpty());
    for (const char* type : types) {
        model::Entry damaged;
        damaged.type = type;
        damaged.subject = "nobody";
        for (const nlohmann::json& data :
             {nlohmann::json(), nlohmann::json(7), nlohmann::json::array({1, 2}),
              nlohmann::json{{"alarm", "no object"}, {"incident", {{"id", 3}}}, {"count", "x"}, {"title", 5}}}) {
            damaged.data = data;
            EXPECT_FALSE(say(damaged).isEmpty()) << type << " with " << data.dump();
        }
    }
}

TEST_F(SentenceTest, theActorOfAFeedIsItsName) {
    model::Entry e;
    e.actor = "feed:cap";
    EXPECT_EQ(entryActor(e), QStringLiteral("CAP"));
    e.actor = "M. Keller";
    EXPECT_EQ(entryActor(e), QStringLiteral("M. Keller"));
}

} // namespace
} // namespace tocsin::gui
