#include "gui/fake_bridge.hpp"
#include "gui/preview/stand_ins.hpp"
#include "gui/shell/dialogs.hpp"
#include "gui/shell/toaster.hpp"
#include "gui/shell/top_bar.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/sound.hpp"
#include "tocsin/gui/tour.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpression>
#include <QSettings>
#include <QTemporaryDir>
#include <algorithm>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using test::id;

void settle() {
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

class Window : public testing::Test {
  protected:
    Window() : language(code), ui{desk, theme, selection, code} {}

    MainWindow& open(int width = 1366, int height = 768, std::filesystem::path settings = {}) {
        MainWindow::Parts parts{ui,
                                preview::makePanels(ui),
                                language,
                                QTimeZone("Europe/Vaduz"),
                                settings,
                                places,
                                [this] { ++newIncidents; },
                                false,
                                false};
        window = std::make_unique<MainWindow>(std::move(parts));
        window->resize(width, height);
        window->show();
        settle();
        return *window;
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {}, const QString& text = {}) {
        QWidget* target = window->focusWidget() != nullptr ? window->focusWidget() : window.get();
        QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
        QCoreApplication::sendEvent(target, &down);
        settle();
    }
    [[nodiscard]] std::vector<QString> barTexts() const {
        std::vector<QString> texts;
        const auto* bar = window->findChild<TopBar*>("topBar");
        for (const auto* part : bar->findChildren<QWidget*>()) {
            if (const auto* button = qobject_cast<const QAbstractButton*>(part)) {
                texts.push_back(button->text());
                if (const auto* own = qobject_cast<const BarButton*>(button))
                    texts.push_back(own->secondText());
            }
            texts.push_back(part->toolTip());
            texts.push_back(part->accessibleName());
        }
        return texts;
    }

    test::FakeBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    Language language;
    UiContext ui;
    PlaceSearch places;
    int newIncidents{0};
    std::unique_ptr<MainWindow> window;
};

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
    open(1920, 1080, settings);
    window->findChild<QDockWidget*>("logDock")->hide();
    window->close();
    window.reset();
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

// ---- palette

TEST(Fuzzy, prefersBeginningsAndWholeWordsAndAllowsGaps) {
    EXPECT_GT(fuzzyScore("tri", "Triesen brigade 3"), fuzzyScore("tri", "Stones, Triesenberg"));
    EXPECT_GT(fuzzyScore("duty", "Duty log"), 0);
    EXPECT_GT(fuzzyScore("vfb", "Vaduz fire brigade 1"), 0);
    EXPECT_GT(fuzzyScore("log duty", "Duty log"), 0);
    EXPECT_EQ(fuzzyScore("xyz", "Duty log"), 0);
    EXPECT_GT(fuzzyScore("水位", "瓦杜兹 水位超堤防警戒"), 0);
}

TEST_F(Window, thePanelsOwnKeysAreInThePaletteAndInTheSheet) {
    open(1920, 1080);
    const auto lines = [this](const QString& text) {
        window->openPalette(text);
        settle();
        return window->palette().items();
    };
    const auto has = [](const std::vector<PaletteItem>& items, const char* title) {
        return std::find_if(items.begin(), items.end(), [&](const PaletteItem& item) {
            return item.kind == PaletteItem::Kind::command && item.title == QString::fromUtf8(title);
        });
    };
    selection.clear();
    settle();
    auto found = lines("shelve");
    EXPECT_EQ(has(found, "Shelve the alarm for a time"), found.end()) << "nothing is selected to shelve";
    selection.select(id<model::AlarmId>(1));
    settle();
    found = lines("shelve");
    const auto shelve = has(found, "Shelve the alarm for a time");
    ASSERT_NE(shelve, found.end());
    EXPECT_EQ(shelve->key, "S");
    EXPECT_FALSE(shelve->detail.isEmpty()) << "says which";
    selection.select(id<model::ReportId>(1));
    settle();
    found = lines("verify report");
    const auto verify = has(found, "Verify the report");
    ASSERT_NE(verify, found.end());
    window->palette().run(static_cast<std::size_t>(verify - found.begin()));
    settle();
    ASSERT_NE(desk.lastSent<desk::JudgeReport>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::JudgeReport>()->state, model::ReportState::verified);

    const std::size_t sent = desk.sent.size();
    QKeyEvent letter(QEvent::KeyPress, Qt::Key_D, Qt::NoModifier, "d");
    window->setFocus();
    QCoreApplication::sendEvent(window.get(), &letter);
    EXPECT_EQ(desk.sent.size(), sent) << "a panel's letter is not the window's";

    window->action("Keys")->trigger();
    settle();
    QStringList texts;
    for (const auto* label : window->findChild<KeysDialog*>()->findChildren<QLabel*>())
        texts << label->text();
    for (const char* wanted : {"Shelve the alarm for a time", "Call the sender back", "→ ←", "Anywhere", "Wall view"})
        EXPECT_TRUE(texts.contains(QString::fromUtf8(wanted))) << wanted;
}

TEST_F(Window, paletteFindsCommandsThingsAndCoordinatesByKeyboardAlone) {
    open();
    const auto first = [this](const QString& text) {
        window->openPalette(text);
        settle();
        EXPECT_FALSE(window->palette().items().empty()) << text.toStdString();
        return window->palette().items().empty() ? PaletteItem{} : window->palette().items().front();
    };
    EXPECT_EQ(first("seepage").kind, PaletteItem::Kind::incident);
    EXPECT_EQ(first("渗漏").kind, PaletteItem::Kind::incident); // in either language, whichever is shown
    EXPECT_EQ(first("dyke warning").kind, PaletteItem::Kind::alarm);
    EXPECT_EQ(first("rain-malbun").kind, PaletteItem::Kind::sensor);
    EXPECT_EQ(first("pump truck").kind, PaletteItem::Kind::resource);
    EXPECT_EQ(first("full screen").kind, PaletteItem::Kind::command);
    EXPECT_EQ(first("47.14, 9.52").kind, PaletteItem::Kind::coordinates);

    window->openPalette("seepage");
    auto* text = window->palette().findChild<QLineEdit*>("paletteText");
    QKeyEvent enter(QEvent::KeyPress, Qt::Key_Return, Qt::NoModifier);
    QCoreApplication::sendEvent(text, &enter);
    ASSERT_NE(selection.as<model::IncidentId>(), nullptr);
    EXPECT_EQ(*selection.as<model::IncidentId>(), id<model::IncidentId>(1));
    EXPECT_FALSE(window->palette().isVisible());
}

TEST_F(Window, paletteAsksTheGazetteerAndShowsThePlace) {
    places = [](const QString& text, std::optional<model::Position>, std::size_t) {
        return std::vector<FoundPlace>{{text + " castle", "castle", model::Position::trusted(47.1394, 9.5245)}};
    };
    open();
    std::optional<model::Position> shown;
    QObject::connect(&selection, &Selection::showOnMap, window.get(), [&](model::Position at) { shown = at; });
    window->openPalette("zzvaduz");
    QElapsedTimer patience;
    patience.start();
    while (window->palette().items().empty() && patience.elapsed() < 20'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    ASSERT_EQ(window->palette().items().size(), 1U);
    window->palette().run(0);
    ASSERT_TRUE(shown.has_value());
    EXPECT_DOUBLE_EQ(shown->latitude(), 47.1394);
}

TEST_F(Window, paletteReadsCoordinatesInEveryFormAndNamesTheDatum) {
    open();
    window->openPalette("47°08'24\"N 9°31'12\"E");
    settle();
    ASSERT_FALSE(window->palette().items().empty());
    EXPECT_EQ(window->palette().items()[0].kind, PaletteItem::Kind::coordinates);
    EXPECT_TRUE(window->palette().items()[0].detail.contains("WGS-84"));
    window->openPalette("35.6 102.9"); // in China: perhaps copied from a map there
    settle();
    const auto& items = window->palette().items();
    ASSERT_GE(items.size(), 2U);
    EXPECT_TRUE(items[0].detail.contains("WGS-84"));
    EXPECT_TRUE(items[1].detail.contains("GCJ-02"));
    EXPECT_NE(items[0].title, items[1].title);
}

TEST_F(Window, paletteHasATownThatIsCalledSoAboveWhatOnlyContainsTheName) {
    places = [](const QString&, std::optional<model::Position>, std::size_t) {
        return std::vector<FoundPlace>{{"Vaduz", "town", model::Position::trusted(47.1410, 9.5215), 18}};
    };
    open();
    window->openPalette("vaduz");
    QElapsedTimer patience;
    patience.start();
    const auto first = [this] { return window->palette().items().front(); };
    while (first().kind != PaletteItem::Kind::place && patience.elapsed() < 20'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    EXPECT_EQ(first().title, "Vaduz");
    EXPECT_GT(window->palette().items().size(), 1U); // and brigades, gauges and the like below
}

TEST_F(Window, paletteFindsOneOfTenThousandSensorsAndMakesNoMoreLinesThanItShows) {
    for (int n = 0; n < 10'000; ++n) {
        model::Sensor sensor;
        sensor.id = model::SensorId("bulk-" + std::to_string(n));
        sensor.name = "Bulk gauge " + std::to_string(n);
        sensor.position = model::Position::trusted(47.0 + n * 1e-5, 9.5);
        desk.scene().state.sensors[sensor.id] = sensor;
    }
    open();
    const auto there = [this](const QString& title) {
        QElapsedTimer patience;
        patience.start();
        const auto& items = window->palette().items();
        const auto is = [&](const PaletteItem& item) { return item.title == title; };
        while (std::none_of(items.begin(), items.end(), is) && patience.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
        return !items.empty() && is(items.front());
    };
    window->openPalette("bulk gauge 7777");
    EXPECT_TRUE(there("Bulk gauge 7777"));
    window->openPalette("bulk");
    EXPECT_TRUE(there("Bulk gauge 0")); // of equals the first
    EXPECT_LE(window->palette().items().size(), 40U);
}

TEST_F(Window, paletteHasWhatIsNearerToTheMapFirst) {
    open();
    model::Drawing near;
    near.id = id<model::DrawingId>(1);
    near.kind = model::DrawingKind::pin;
    near.name = "Sandbag point";
    near.line = {model::Position::trusted(47.14, 9.52)};
    model::Drawing far = near;
    far.id = id<model::DrawingId>(2);
    far.line = {model::Position::trusted(47.90, 9.52)};
    desk.scene().state.drawings = {{near.id, near}, {far.id, far}};
    auto at = model::Position::trusted(47.14, 9.52);
    window->palette().setNear([&at] { return at; });
    const auto firstPicked = [this] {
        window->openPalette("sandbag point");
        settle();
        window->palette().run(0);
        const auto* picked = selection.as<model::DrawingId>();
        return picked != nullptr ? *picked : model::DrawingId{};
    };
    EXPECT_EQ(firstPicked(), near.id);
    at = model::Position::trusted(47.90, 9.52);
    EXPECT_EQ(firstPicked(), far.id);
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
    desk::SendTeams teams;
    teams.incident = id<model::IncidentId>(1);
    teams.teams.push_back({id<model::ResourceId>(4), "water-rescue", base::Seconds(60), {}, ""});
    desk.send(teams);
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
    explicit Recorder(std::vector<QByteArray>& played) : m_played(played) {}
    void play(const QByteArray& pcm) override { m_played.push_back(pcm); }

  private:
    std::vector<QByteArray>& m_played;
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
