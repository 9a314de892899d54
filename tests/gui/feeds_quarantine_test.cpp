#include "gui/feeds_support.hpp"
#include "tocsin/desk/unknown_sensor.hpp"

#include <QAction>
#include <QLabel>
#include <QMap>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTreeWidget>
#include <string>
#include <vector>

namespace tocsin::gui {
namespace {

using test::Feeds;

TEST_F(Feeds, TheQuarantineShowsTheBytesAtTheFaultAndTakesThemAgain) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.format = "mapped-json";
    item.time = bridge.now();
    item.error = {base::Code::malformed, "the value is no number", {1, 11, 10}};
    item.bytes = "{\"level\": \"x\"}";
    bridge.items.push_back(item);
    item.id = 8;
    item.feed = "cap";
    bridge.items.push_back(item);
    window->select(QStringLiteral("gauges"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    auto* list = find<QTreeWidget>("quarantineList");
    ASSERT_EQ(list->topLevelItemCount(), 1) << "only this feed's";
    auto* bytes = find<QPlainTextEdit>("quarantineBytes");
    EXPECT_EQ(bytes->toPlainText(), QStringLiteral("{\"level\": \"x\"}"));
    EXPECT_EQ(bytes->textCursor().selectionStart(), 10);
    find<QPushButton>("takeAgain")->click();
    EXPECT_EQ(feeds.taken, 7);
    find<QPushButton>("dismiss")->click();
    const auto* judged = bridge.lastSent<desk::JudgeQuarantine>();
    ASSERT_NE(judged, nullptr);
    EXPECT_EQ(judged->item, 7);
    EXPECT_EQ(judged->state, store::QuarantineState::dismissed);
}

TEST_F(Feeds, BytesThatMaySayWhoReportedAreShownOnlyOnAsking) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.format = "report-json";
    item.time = bridge.now();
    item.error = {base::Code::malformed, "the text is missing", {}};
    item.bytes = R"({"phone":"+423 765 43 21"})";
    bridge.items.push_back(item);
    item.id = 6;
    item.format = "cap";
    item.bytes = "<alert/>";
    bridge.items.push_back(item);
    window->select(QStringLiteral("gauges"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    auto* list = find<QTreeWidget>("quarantineList");
    auto* bytes = find<QPlainTextEdit>("quarantineBytes");
    auto* show = find<QPushButton>("showQuarantined");
    ASSERT_EQ(list->topLevelItemCount(), 2);
    EXPECT_TRUE(bytes->toPlainText().isEmpty());
    EXPECT_TRUE(bridge.bytesAsked.empty()) << "they do not leave the disk";
    ASSERT_FALSE(show->isHidden());
    bridge.refuseNext = base::Error{base::Code::refused, "M. Keller may not see who told a report", {}};
    show->click();
    EXPECT_TRUE(bytes->toPlainText().isEmpty());
    EXPECT_TRUE(show->isEnabled()) << "the name may be another one next time";
    show->click();
    ASSERT_NE(bridge.lastSent<desk::ShowQuarantined>(), nullptr);
    EXPECT_EQ(bridge.lastSent<desk::ShowQuarantined>()->item, 7);
    EXPECT_TRUE(bytes->toPlainText().contains(QLatin1String("765 43 21")));
    EXPECT_TRUE(show->isHidden());
    bridge.scene().state.desk.onDuty = "A. Ott";
    bridge.tellAll();
    EXPECT_TRUE(bytes->toPlainText().isEmpty()) << "another sits here by now";
    EXPECT_FALSE(show->isHidden());
    show->click();
    EXPECT_TRUE(bytes->toPlainText().contains(QLatin1String("765 43 21")));
    // Others' bytes name nobody; and who comes back asks again.
    list->setCurrentItem(list->topLevelItem(1));
    EXPECT_EQ(bytes->toPlainText(), QStringLiteral("<alert/>"));
    EXPECT_TRUE(show->isHidden());
    list->setCurrentItem(list->topLevelItem(0));
    EXPECT_TRUE(bytes->toPlainText().isEmpty());
    EXPECT_FALSE(show->isHidden());
}

TEST_F(Feeds, AnotherValueOfAStoredReadingCanBeUsed) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.format = "desk/readings";
    item.time = bridge.now();
    item.error = {base::Code::conflict, "another value is stored for this sensor and time", {}};
    item.bytes = R"({"sensor":"well-1","time":"2026-11-20T08:00:00Z","value":3.2})";
    bridge.items.push_back(item);
    item.id = 6;
    item.error = {base::Code::outOfRange, "the value is outside what the sensor can measure", {}};
    bridge.items.push_back(item);
    window->select(QStringLiteral("gauges"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    auto* list = find<QTreeWidget>("quarantineList");
    auto* use = find<QPushButton>("useValues");
    ASSERT_EQ(list->topLevelItemCount(), 2);
    ASSERT_FALSE(use->isHidden());
    EXPECT_TRUE(use->isEnabled());
    EXPECT_NE(use->focusPolicy() & Qt::TabFocus, 0) << "by keyboard too";
    EXPECT_FALSE(use->accessibleDescription().isEmpty());
    bridge.refuseNext = base::Error{base::Code::unavailable, "the desk is busy: try again", {}};
    use->click();
    EXPECT_TRUE(use->isEnabled()) << "nothing was done";
    use->click();
    ASSERT_NE(bridge.lastSent<desk::UseValues>(), nullptr);
    EXPECT_EQ(bridge.lastSent<desk::UseValues>()->item, 7);
    list->setCurrentItem(list->topLevelItem(1));
    EXPECT_TRUE(use->isHidden()) << "another reason";
}

TEST_F(Feeds, WhatIsPolledAgainWithTheSameFaultSaysHowOften) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.format = "mapped-json";
    item.time = bridge.now();
    item.error = {base::Code::malformed, "the value is no number", {}};
    bridge.items.push_back(item);
    window->select(QStringLiteral("gauges"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    auto* list = find<QTreeWidget>("quarantineList");
    ASSERT_EQ(list->topLevelItemCount(), 1);
    EXPECT_FALSE(list->topLevelItem(0)->text(2).contains(QStringLiteral("×")));
    bridge.items.back().seen = 27;
    bridge.items.back().lastSeen = bridge.now();
    window->select(QStringLiteral("cap"));
    window->select(QStringLiteral("gauges"));
    ASSERT_EQ(list->topLevelItemCount(), 1);
    EXPECT_TRUE(list->topLevelItem(0)->text(2).startsWith(QStringLiteral("27×")));
}

TEST_F(Feeds, AReadingOfAnUnknownSensorOffersToRegisterIt) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.format = "readings-ndjson";
    item.time = bridge.now();
    item.error = desk::unknownSensor("well-1");
    item.bytes = R"({"sensor":"well-1","time":"2026-11-20T08:00:00Z","value":3.2,"unit":"m"})";
    bridge.items.push_back(item);
    item.id = 6;
    item.error.message += " (the first of 3 readings)";
    item.bytes += "\n" + item.bytes + "\n" + R"({"sensor":"rain-9","time":"2026-11-20T08:00:00Z","value":1,"unit":"mm/h"})";
    bridge.items.push_back(item);
    item.id = 5;
    item.error = {base::Code::malformed, "the value is no number", {}};
    bridge.items.push_back(item);
    std::vector<model::Sensor> wanted;
    QObject::connect(window.get(), &FeedsWindow::sensorsWanted, window.get(), [&](const model::Sensor& sensor) { wanted.push_back(sensor); });
    window->select(QStringLiteral("gauges"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    auto* list = find<QTreeWidget>("quarantineList");
    auto* offer = find<QPushButton>("registerSensor");
    ASSERT_EQ(list->topLevelItemCount(), 3);
    ASSERT_FALSE(offer->isHidden());
    offer->click();
    ASSERT_EQ(wanted.size(), 1U);
    EXPECT_EQ(wanted[0].id.value, "well-1");
    EXPECT_EQ(wanted[0].unit, "m");
    // Several sensors came in one item: each is offered.
    list->setCurrentItem(list->topLevelItem(1));
    ASSERT_NE(offer->menu(), nullptr);
    ASSERT_EQ(offer->menu()->actions().size(), 2);
    offer->menu()->actions().at(1)->trigger();
    ASSERT_EQ(wanted.size(), 2U);
    EXPECT_EQ(wanted[1].id.value, "rain-9");
    EXPECT_EQ(wanted[1].unit, "mm/h");
    // One that is registered meanwhile is offered no more.
    bridge.send(desk::RegisterSensors{{wanted[0]}});
    EXPECT_EQ(offer->menu(), nullptr);
    EXPECT_FALSE(offer->isHidden());
    bridge.send(desk::RegisterSensors{{wanted[1]}});
    EXPECT_TRUE(offer->isHidden());
    list->setCurrentItem(list->topLevelItem(2));
    EXPECT_TRUE(offer->isHidden()) << "another fault";
    find<QPushButton>("openSensors")->click();
    ASSERT_EQ(wanted.size(), 3U);
    EXPECT_TRUE(wanted[2].id.value.empty()) << "only to see the register";
}

TEST_F(Feeds, OnlyTheBytesOfTheChosenItemAreFetchedAndNothingIsAskedWhileNothingChanges) {
    for (int i = 250; i > 0; --i) {
        store::QuarantineItem item;
        item.id = i;
        item.feed = "gauges";
        item.time = bridge.now();
        item.error = {base::Code::malformed, "no number", {}};
        item.bytes = "bytes " + std::to_string(i);
        bridge.items.push_back(item);
    }
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    window->select(QStringLiteral("gauges"));
    auto* list = find<QTreeWidget>("quarantineList");
    auto* bytes = find<QPlainTextEdit>("quarantineBytes");
    auto* more = find<QPushButton>("quarantineMore");
    EXPECT_EQ(list->topLevelItemCount(), 200);
    EXPECT_EQ(bridge.bytesAsked, (std::vector<std::int64_t>{250}));
    EXPECT_EQ(bytes->toPlainText(), QStringLiteral("bytes 250"));
    ASSERT_FALSE(more->isHidden());
    EXPECT_TRUE(more->text().contains(QLatin1String("50"))) << "how many are not in sight";
    list->setCurrentItem(list->topLevelItem(3));
    EXPECT_EQ(bytes->toPlainText(), QStringLiteral("bytes 247"));
    more->click();
    EXPECT_EQ(list->topLevelItemCount(), 250);
    EXPECT_TRUE(more->isHidden());
    EXPECT_EQ(list->indexOfTopLevelItem(list->currentItem()), 3) << "the choice stays";
    EXPECT_EQ(bridge.bytesAsked, (std::vector<std::int64_t>{250, 247}));
    // The window looks at its feeds each second: it asks only where a lamp counts another number.
    window->select(QStringLiteral("cap"));
    EXPECT_EQ(list->topLevelItemCount(), 0);
    const int before = bridge.asked;
    for (int i = 0; i < 3; ++i)
        window->select(QStringLiteral("cap"));
    EXPECT_EQ(bridge.asked, before);
}

TEST_F(Feeds, TheLampCountsWhatStandsInQuarantineNow) {
    feeds.lamps[0].quarantined = 9; // since the start, and judged meanwhile
    feeds.lamps[1].inQuarantine = 1'240;
    feeds.lamps[1].cutInQuarantine = 7;
    window->select(QStringLiteral("gauges"));
    window->hide();
    window->show(); // refreshes
    QMap<QString, QTreeWidgetItem*> rows;
    auto* list = find<QTreeWidget>("feedList");
    for (int i = 0; i < list->topLevelItemCount(); ++i)
        rows[list->topLevelItem(i)->data(0, Qt::UserRole).toString()] = list->topLevelItem(i);
    EXPECT_EQ(rows[QStringLiteral("cap")]->text(4), QString());
    EXPECT_TRUE(rows[QStringLiteral("gauges")]->text(4).contains(QLatin1String("240")));
    EXPECT_TRUE(rows[QStringLiteral("gauges")]->toolTip(4).contains(QLatin1String("7")));
}

TEST_F(Feeds, WhatIsAlikeIsTakenAgainWithItsProgressAndCanBeStopped) {
    store::QuarantineItem item;
    item.id = 7;
    item.feed = "gauges";
    item.time = bridge.now();
    item.error = {base::Code::notFound, "no sensor 'a' is registered", {}};
    item.bytes = "{}";
    item.size = 5'000;
    item.kept = 1'024;
    item.sha256 = "abc123";
    bridge.items.push_back(item);
    auto* take = find<QPushButton>("takeAlike");
    auto* told = find<QLabel>("alikeTold");
    EXPECT_FALSE(take->isEnabled());
    find<QTabWidget>("feedTabs")->setCurrentIndex(1);
    window->select(QStringLiteral("gauges"));
    EXPECT_FALSE(find<QPushButton>("takeAgain")->isEnabled()) << "its end is not kept";
    bool said = false;
    for (const auto* label : window->findChildren<QLabel*>())
        said = said || label->text().contains(QLatin1String("abc123"));
    EXPECT_TRUE(said);
    ASSERT_TRUE(take->isEnabled());
    take->click();
    EXPECT_EQ(feeds.alikeOf, 7);
    EXPECT_EQ(take->text(), QStringLiteral("Stop"));
    FeedsDesk::TakenAgain now;
    now.all = 40;
    now.tried = 25;
    now.taken = 24;
    now.refused = 1;
    feeds.retaken(now);
    EXPECT_TRUE(told->text().contains(QLatin1String("25 of 40"))) << told->text().toStdString();
    take->click();
    EXPECT_TRUE(feeds.retaking.stop_requested());
    now.over = true;
    now.reason = "no sensor 'b' is registered";
    feeds.retaken(now);
    EXPECT_TRUE(told->text().contains(QLatin1String("24 taken, 1 still refused"))) << told->text().toStdString();
    EXPECT_TRUE(told->text().contains(QLatin1String("'b'")));
    EXPECT_NE(take->text(), QStringLiteral("Stop"));
    EXPECT_TRUE(take->isEnabled());
}

} // namespace
} // namespace tocsin::gui
