#include "gui/shell/chat_notice.hpp"
#include "gui/shell/toaster.hpp"
#include "gui/shell/top_bar.hpp"
#include "gui/shell_support.hpp"
#include "tocsin/gui/sound.hpp"
#include "tocsin/gui/tour.hpp"

#include <QAbstractButton>
#include <QAction>
#include <QDockWidget>
#include <QLabel>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <algorithm>
#include <nlohmann/json.hpp>

namespace tocsin::gui {
namespace {

using test::id;
using test::settle;
using test::Window;

// ---- language

TEST_F(Window, switchesTheTopBarToChineseWithoutALeftover) {
    open(1920, 1080);
    language.set("zh_CN");
    settle();
    // Names and units are nobody's language.
    const QRegularExpression allowed("M\\. Keller|R\\. Hoop|Tocsin|Ctrl\\+[A-Z]|F\\d+|III|II|IV|EN|CAP|MQTT|USGS|UTC");
    for (QString text : barTexts()) {
        const QString whole = text;
        text.remove(allowed);
        EXPECT_FALSE(text.contains(QRegularExpression("[A-Za-z]"))) << whole.toStdString();
    }
    language.set("en");
    settle();
    for (const QString& text : barTexts())
        EXPECT_FALSE(text.contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]")) && text != "中文")
            << text.toStdString();
}

TEST_F(Window, everyCommandHasAChineseName) {
    open();
    language.set("zh_CN");
    settle();
    for (const QAction* action : window->actions())
        EXPECT_TRUE(action->text().contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]")))
            << action->text().toStdString();
}

// ---- layout

TEST_F(Window, clipsNothingInTheTopBarAtAnyWidth) {
    desk.scene().state.desk.soundMutedUntil = desk.time + std::chrono::minutes(15);
    for (const char* tongue : {"en", "zh_CN"}) {
        language.set(tongue);
        for (const int width : {1920, 1600, 1366, 1280, 1024, 900}) {
            open(width, 768);
            auto* bar = window->findChild<TopBar*>("topBar");
            int right = 0;
            for (auto* part : bar->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
                if (part->isHidden())
                    continue;
                EXPECT_GE(part->width(), part->sizeHint().width()) << width << part->metaObject()->className();
                right = std::max(right, part->geometry().right());
            }
            EXPECT_LT(right, bar->width()) << width;
        }
    }
}

TEST_F(Window, givesTheMapMostOfASmallScreenAndFoldsTheLog) {
    open(1366, 768);
    const QWidget* map = window->centralWidget();
    EXPECT_GE(map->width(), 600);
    const auto* log = window->findChild<QDockWidget*>("logDock");
    EXPECT_LE(log->height(), 48);
    auto* details = window->findChild<QDockWidget*>("detailDock");
    EXPECT_EQ(details->width(), 320);
    window->resizeDocks({details}, {200}, Qt::Horizontal);
    settle();
    EXPECT_EQ(details->width(), 320) << "what it shows would be cut";
    window->action("Duty log")->trigger();
    settle();
    EXPECT_GT(log->height(), 120);
}

TEST_F(Window, hasTheDrawnWidthsOnALargeScreen) {
    open(1920, 1080);
    EXPECT_EQ(window->findChild<QDockWidget*>("alarmDock")->width(), 384);
    EXPECT_EQ(window->findChild<QDockWidget*>("detailDock")->width(), 416);
}

TEST_F(Window, remembersWhereItsPanelsStood) {
    const QTemporaryDir folder;
    const std::filesystem::path settings(folder.path().toStdString());
    {
        QSettings toured(QString::fromStdString((settings / "window.ini").string()), QSettings::IniFormat);
        toured.setValue(QStringLiteral("tour/seen"), true);
    }
    EXPECT_FALSE(remembered(settings).isPlaced) << "a desk that ended before it was closed fills its screen again";
    open(1920, 1080, settings);
    window->findChild<QDockWidget*>("logDock")->hide();
    window->close();
    window.reset();
    EXPECT_TRUE(remembered(settings).isPlaced);
    open(1920, 1080, settings);
    EXPECT_FALSE(window->findChild<QDockWidget*>("logDock")->isVisible());
    window->resetLayout();
    settle();
    EXPECT_TRUE(window->findChild<QDockWidget*>("logDock")->isVisible());
}

TEST_F(Window, showsTheMapAloneAndBringsThePanelsBack) {
    open(1920, 1080);
    window->toggleMapAlone();
    settle();
    EXPECT_FALSE(window->findChild<QDockWidget*>("alarmDock")->isVisible());
    window->toggleMapAlone();
    settle();
    EXPECT_TRUE(window->findChild<QDockWidget*>("alarmDock")->isVisible());
}

// ---- keys

TEST_F(Window, spaceAcknowledgesTheSelectedAlarmAndNeverAnUnseenOne) {
    open();
    window->setFocus();
    press(Qt::Key_Space, {}, " ");
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_EQ(window->findChild<Toaster*>()->shown().size(), 1);
    selection.select(id<model::AlarmId>(1));
    window->setFocus();
    press(Qt::Key_Space, {}, " ");
    ASSERT_NE(desk.lastSent<desk::AcknowledgeAlarm>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::AcknowledgeAlarm>()->alarm, id<model::AlarmId>(1));
}

TEST_F(Window, nOpensTheFormForANewIncident) {
    open();
    window->setFocus();
    press(Qt::Key_N, {}, "n");
    EXPECT_EQ(newIncidents, 1);
}

TEST_F(Window, mutesThroughTheDeskAndSaysUntilWhen) {
    open(1920, 1080);
    window->action("Mute the alarm sound for 15 minutes")->trigger();
    ASSERT_NE(desk.lastSent<desk::MuteSound>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::MuteSound>()->until, desk.time + std::chrono::minutes(15));
    settle();
    EXPECT_EQ(window->findChild<QAbstractButton*>("soundButton")->text(), "Muted until 03:36");
    window->action("Alarm sound on")->trigger();
    EXPECT_FALSE(desk.lastSent<desk::MuteSound>()->until.has_value());
}

TEST_F(Window, saysTroubleOnceWithoutStoppingAnybody) {
    open();
    desk.complain("The disk is full");
    desk.complain("The disk is full");
    EXPECT_EQ(window->findChild<Toaster*>()->shown(), QStringList{"The disk is full"});
}

TEST_F(Window, saysThatItIsReadOnlyAndThatTheDeskIsStarting) {
    desk.isReadOnly = true;
    desk.isReady = false;
    open();
    EXPECT_TRUE(window->findChild<QLabel*>("readOnlyBanner")->isVisible());
    EXPECT_TRUE(window->findChild<QLabel*>("startingLabel")->isVisible());
    desk.isReady = true;
    desk.tellAll();
    EXPECT_FALSE(window->findChild<QLabel*>("startingLabel")->isVisible());
}

TEST_F(Window, ofASeatNamesWhoSitsThereAndSaysWhatToDoWhenTheDeskHasEnded) {
    desk.seatOf = "A. Frick";
    open();
    EXPECT_TRUE(window->windowTitle().contains("A. Frick"));
    const auto* banner = window->findChild<QLabel*>("readOnlyBanner");
    EXPECT_FALSE(banner->isVisible());
    desk.isReadOnly = true;
    desk.tellAll();
    EXPECT_TRUE(banner->isVisible());
    EXPECT_TRUE(banner->text().startsWith("The desk has ended"));
    EXPECT_LE(banner->sizeHint().width(), window->width()) << "no word is cut off";
    desk.isReadOnly = false;
    desk.tellAll();
    EXPECT_FALSE(banner->isVisible());
}

// ---- tour

TEST_F(Window, tourGoesOnAsThePersonDoesTheThings) {
    open(1920, 1080);
    window->startTour();
    Tour& tour = window->tour();
    EXPECT_EQ(tour.step(), Tour::Step::alarm);
    selection.select(id<model::AlarmId>(1));
    EXPECT_EQ(tour.step(), Tour::Step::acknowledge);
    desk.send(desk::AcknowledgeAlarm{id<model::AlarmId>(1)});
    EXPECT_EQ(tour.step(), Tour::Step::openIncident);
    desk::OpenIncident command;
    command.title = "Seepage";
    desk.send(command);
    EXPECT_EQ(tour.step(), Tour::Step::send);
    desk::SendPlan plan;
    plan.decision.incident = id<model::IncidentId>(1);
    plan.decision.lines.emplace_back();
    plan.decision.lines.back().resource = id<model::ResourceId>(4);
    plan.decision.lines.back().need.capability = "water-rescue";
    desk.send(plan);
    EXPECT_EQ(tour.step(), Tour::Step::watch);
    window->findChild<QAbstractButton*>("tourNext")->click();
    EXPECT_FALSE(tour.running());
}

TEST_F(Window, tourCanBeSkippedAndIsNotOfferedAgain) {
    const QTemporaryDir folder;
    const std::filesystem::path settings(folder.path().toStdString());
    open(1366, 768, settings);
    window->startTour();
    window->findChild<QAbstractButton*>("tourSkip")->click();
    EXPECT_FALSE(window->tour().running());
    const QSettings stored(QString::fromStdString((settings / "window.ini").string()), QSettings::IniFormat);
    EXPECT_TRUE(stored.value("tour/seen").toBool());
}

// ---- sound

class Recorder final : public TonePlayer {
  public:
    explicit Recorder(std::vector<QByteArray>& played, bool* sounding = nullptr) : m_played(played), m_sounding(sounding) {}
    bool play(const QByteArray& pcm, bool cut) override {
        if (m_sounding != nullptr && *m_sounding && !cut)
            return false;
        m_played.push_back(pcm);
        return true;
    }

  private:
    std::vector<QByteArray>& m_played;
    bool* m_sounding; ///< that the last tone is, if anybody says so
};

TEST_F(Window, soundsForTheGravestUntilAcknowledgedOrMuted) {
    std::vector<QByteArray> played;
    const AlarmSound sound(desk, std::make_unique<Recorder>(played));
    ASSERT_EQ(played.size(), 1U);
    EXPECT_EQ(played[0], alarmTone(model::Grade::I));
    EXPECT_EQ(sound.wanted(), model::Grade::I);
    desk.send(desk::AcknowledgeAlarm{id<model::AlarmId>(1)});
    EXPECT_EQ(sound.wanted(), model::Grade::II);
    desk.send(desk::MuteSound{desk.time + std::chrono::minutes(5)});
    EXPECT_FALSE(sound.wanted().has_value());
    desk.time += std::chrono::minutes(6); // the mute ends by itself
    EXPECT_EQ(sound.wanted(), model::Grade::II);
    desk.send(desk::AcknowledgeAllAlarms{});
    EXPECT_FALSE(sound.wanted().has_value());
}

TEST_F(Window, saysThatTheFieldHasWrittenAndGoesThere) {
    model::Unit unit;
    unit.id = model::UnitId("phone-1");
    unit.callSign = "Tanker 2";
    desk.scene().state.units[unit.id] = unit;
    std::vector<QByteArray> played;
    QStringList said;
    ChatNotice notice(ui, std::make_unique<Recorder>(played), nullptr);
    QObject::connect(&notice, &ChatNotice::said, [&](const QString& sentence) { said << sentence; });
    EXPECT_FALSE(notice.goToLast());
    const auto write = [&](const char* text) {
        test::addEntry(desk.scene(), "chat.received", "feed:phones", "phone-1",
                       {{"message", {{"callSign", "Tanker 2"}, {"text", text}}}}, std::chrono::seconds(0));
    };
    Changes changes;
    changes.entries = 1;
    write("Bridge is gone");
    desk.tell(changes);
    ASSERT_EQ(said.size(), 1);
    EXPECT_TRUE(said[0].contains("Tanker 2 writes") && said[0].contains("Bridge is gone")) << said[0].toStdString();
    EXPECT_EQ(played, std::vector{messageTone()});
    EXPECT_TRUE(notice.goToLast());
    ASSERT_NE(selection.as<model::UnitId>(), nullptr);
    EXPECT_EQ(*selection.as<model::UnitId>(), unit.id);
    write("One");
    write("Two");
    changes.entries = 2;
    desk.tell(changes);
    ASSERT_EQ(said.size(), 2) << "many at once are one notice";
    EXPECT_TRUE(said[1].contains("Two") && said[1].contains("and 1 other message from")) << said[1].toStdString();
    desk.scene().state.desk.soundMutedUntil = desk.time + std::chrono::minutes(5);
    write("Three");
    changes.entries = 1;
    desk.tell(changes);
    EXPECT_EQ(said.size(), 3);
    EXPECT_EQ(played.size(), 2U) << "muted is muted";
    test::addEntry(desk.scene(), "chat.missed", "desk", "phone-1", {{"message", "m"}, {"callSign", "Tanker 2"}}, std::chrono::seconds(0));
    desk.tell(changes);
    ASSERT_EQ(said.size(), 4);
    EXPECT_TRUE(said[3].contains("call it by voice"));
    desk.scene().state.desk.soundMutedUntil.reset();
    for (const char* callSign : {"Tanker 2", "Tanker 3", "Tanker 2"})
        test::addEntry(desk.scene(), "chat.missed", "desk", "phone-1", {{"message", "m"}, {"callSign", callSign}}, std::chrono::seconds(0));
    changes.entries = 3;
    desk.tell(changes);
    ASSERT_EQ(said.size(), 5) << "many at once are one notice";
    EXPECT_TRUE(said[4].contains("Tanker 2") && said[4].contains("Tanker 3") && said[4].contains("call them by voice")) << said[4].toStdString();
    EXPECT_EQ(played.size(), 3U) << "and one tone";
    write("One");
    write("Two");
    write("Road %3 is at 50%1");
    desk.tell(changes);
    ASSERT_EQ(said.size(), 6);
    EXPECT_TRUE(said[5].contains("Road %3 is at 50%1") && said[5].contains("and 2 other messages")) << said[5].toStdString();
}

TEST_F(Window, aFloodSoundsOnceAndAGraverOrLouderOneAtOnce) {
    for (auto& [key, alarm] : desk.scene().state.alarms)
        alarm.state = model::AlarmState::acknowledged;
    std::vector<QByteArray> played;
    const AlarmSound sound(desk, std::make_unique<Recorder>(played));
    EXPECT_TRUE(played.empty());
    const auto raise = [this](unsigned n, model::Grade grade, int escalated) {
        model::Alarm alarm = desk.state().alarms.at(id<model::AlarmId>(2));
        alarm.id = id<model::AlarmId>(n);
        alarm.state = model::AlarmState::unacknowledged;
        alarm.severity = grade;
        alarm.escalated = escalated;
        desk.scene().state.alarms[alarm.id] = alarm;
        Changes changes;
        changes.alarms.insert(alarm.id);
        desk.tell(changes);
    };
    for (unsigned n = 100; n < 400; ++n)
        raise(n, model::Grade::III, 0);
    ASSERT_EQ(played.size(), 1U);
    EXPECT_EQ(played.back(), alarmTone(model::Grade::III));
    raise(400, model::Grade::II, 0);
    ASSERT_EQ(played.size(), 2U) << "graver: heard at once";
    raise(400, model::Grade::II, 1);
    ASSERT_EQ(played.size(), 3U) << "escalated: heard at once";
    EXPECT_EQ(played.back(), alarmTone(model::Grade::II, 1));
    raise(401, model::Grade::II, 0);
    EXPECT_EQ(played.size(), 3U);
}

TEST_F(Window, aGraverOneIsHeardAtOnceThoughAnotherStillSoundsOrOneAsGraveWasSeen) {
    for (auto& [key, alarm] : desk.scene().state.alarms)
        alarm.state = model::AlarmState::acknowledged;
    std::vector<QByteArray> played;
    bool sounding = false;
    const AlarmSound sound(desk, std::make_unique<Recorder>(played, &sounding));
    const auto put = [this](unsigned n, model::Grade grade, model::AlarmState state) {
        model::Alarm alarm = desk.state().alarms.at(id<model::AlarmId>(2));
        alarm.id = id<model::AlarmId>(n);
        alarm.state = state;
        alarm.severity = grade;
        desk.scene().state.alarms[alarm.id] = alarm;
        Changes changes;
        changes.alarms.insert(alarm.id);
        desk.tell(changes);
    };
    using enum model::AlarmState;
    put(100, model::Grade::IV, unacknowledged);
    ASSERT_EQ(played.size(), 1U);
    sounding = true;
    put(101, model::Grade::I, unacknowledged);
    ASSERT_EQ(played.size(), 2U) << "it cuts off the one that sounds";
    EXPECT_EQ(played.back(), alarmTone(model::Grade::I));
    put(102, model::Grade::II, unacknowledged);
    EXPECT_EQ(played.size(), 2U) << "a lesser one waits";
    sounding = false;
    put(101, model::Grade::I, acknowledged);
    put(102, model::Grade::II, acknowledged);
    EXPECT_EQ(played.size(), 2U) << "what still waits was heard before";
    put(103, model::Grade::I, unacknowledged);
    ASSERT_EQ(played.size(), 3U) << "as grave as one that was seen, and new";
    EXPECT_EQ(played.back(), alarmTone(model::Grade::I));
}

TEST(AlarmTone, isLouderWhenItWasEscalated) {
    const auto loudest = [](const QByteArray& pcm) {
        int most = 0;
        for (qsizetype i = 0; i + 1 < pcm.size(); i += 2)
            most = std::max(most, std::abs(static_cast<qint16>((static_cast<quint8>(pcm[i + 1]) << 8) |
                                                               static_cast<quint8>(pcm[i]))));
        return most;
    };
    for (const model::Grade grade : {model::Grade::I, model::Grade::II, model::Grade::III, model::Grade::IV})
        EXPECT_GT(loudest(alarmTone(grade, 1)), loudest(alarmTone(grade)) + 2000);
}

TEST(AlarmTone, differsBySeverityAndStaysInRange) {
    EXPECT_GT(alarmTone(model::Grade::I).size(), alarmTone(model::Grade::IV).size());
    EXPECT_NE(alarmTone(model::Grade::II), alarmTone(model::Grade::III));
    EXPECT_EQ(alarmTone(model::Grade::III).size() % 2, 0);
}

} // namespace
} // namespace tocsin::gui
