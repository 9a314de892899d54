#include "gui/shell/dialogs.hpp"
#include "gui/shell_support.hpp"
#include "tocsin/gui/command_palette.hpp"

#include <QAction>
#include <QCoreApplication>
#include <QElapsedTimer>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <algorithm>

namespace tocsin::gui {
namespace {

using test::id;
using test::settle;
using test::Window;

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

TEST_F(Window, paletteSaysThatNothingIsCalledSo) {
    places = [](const QString&, std::optional<model::Position>, std::size_t) { return std::vector<FoundPlace>{}; };
    open();
    const auto* said = window->palette().findChild<QLabel*>("paletteNothing");
    ASSERT_NE(said, nullptr);
    window->openPalette("duty log");
    EXPECT_TRUE(said->isHidden());
    window->openPalette("zzqqxx");
    EXPECT_TRUE(said->isHidden()) << "places are still being looked for";
    QElapsedTimer patience;
    patience.start();
    while (said->isHidden() && patience.elapsed() < 20'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 100);
    EXPECT_TRUE(said->isVisible());
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

} // namespace
} // namespace tocsin::gui
