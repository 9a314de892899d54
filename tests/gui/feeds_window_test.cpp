#include "tocsin/gui/feeds_window.hpp"

#include "gui/fake_bridge.hpp"
#include "tocsin/desk/unknown_sensor.hpp"
#include "tocsin/gui/language.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <QMap>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

class FakeFeeds final : public FeedsDesk {
  public:
    std::vector<ingest::FeedStatus> lamps;
    std::vector<ingest::FeedConfig> all;
    std::optional<base::Error> refuse;
    std::int64_t taken{0};
    base::Result<std::string> bytes{std::string("{\"sensor\":\"a\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":1.5}\n")};

    std::vector<ingest::FeedStatus> status() const override { return lamps; }
    std::vector<ingest::FeedConfig> configs() const override { return all; }
    void save(std::vector<ingest::FeedConfig> feeds, QObject*, std::function<void(base::Result<void>)> answer) override {
        if (refuse) {
            answer(tl::unexpected(*refuse));
            return;
        }
        all = std::move(feeds);
        answer({});
    }
    std::vector<desk::Watch> watched;
    std::vector<desk::Watch> watches() const override { return watched; }
    void saveWatches(std::vector<desk::Watch> watches, QObject*, std::function<void(base::Result<void>)> answer) override {
        if (refuse) {
            answer(tl::unexpected(*refuse));
            return;
        }
        watched = std::move(watches);
        answer({});
    }
    void sample(const ingest::FeedConfig&, QObject*, std::function<void(base::Result<std::string>)> answer) override {
        answer(bytes);
    }
    void follow(const ingest::FeedConfig&, const std::string&, QObject*,
                std::function<void(base::Result<std::string>)> answer) override {
        answer(base::fail(base::Code::notFound, "nothing is there"));
    }
    Equip equipment() const override {
        return [](ingest::FeedConfig&) { return base::Result<void>(); };
    }
    class FakeListening final : public SampleListening {
      public:
        explicit FakeListening(FakeFeeds& f) : feeds(f) { ++feeds.listening; }
        ~FakeListening() override { --feeds.listening; }
        FakeListening(const FakeListening&) = delete;
        FakeListening& operator=(const FakeListening&) = delete;
        void enough() override { feeds.enough = true; }
        FakeFeeds& feeds;
    };
    std::unique_ptr<SampleListening> listen(const ingest::FeedConfig&, QObject*,
                                            std::function<void(const SampleProgress&)> tell,
                                            std::function<void(base::Result<ingest::FeedSample>)> answer) override {
        progress = std::move(tell);
        sampled = std::move(answer);
        return std::make_unique<FakeListening>(*this);
    }
    int listening{0};
    bool enough{false};
    std::function<void(const SampleProgress&)> progress;
    std::function<void(base::Result<ingest::FeedSample>)> sampled;
    void takeAgain(std::int64_t item, QObject*, std::function<void(base::Result<ingest::Delivered>)> answer) override {
        taken = item;
        ingest::Delivered done;
        done.stored = 1;
        answer(done);
    }
    std::stop_source takeAgainAlike(std::int64_t item, QObject*, std::function<void(const TakenAgain&)> tell) override {
        alikeOf = item;
        retaken = std::move(tell);
        retaking = std::stop_source();
        return retaking;
    }
    std::int64_t alikeOf{0};
    std::function<void(const TakenAgain&)> retaken;
    std::stop_source retaking{std::nostopstate};
};

class QuarantineBridge : public test::FakeBridge {
  public:
    std::vector<store::QuarantineItem> items; ///< newest first
    int asked{0};
    std::vector<std::int64_t> bytesAsked;
    void quarantined(const store::QuarantineQuery& query, QObject*,
                     std::function<void(base::Result<store::QuarantinePage>)> answer) override {
        ++asked;
        store::QuarantinePage page;
        for (auto item : items) {
            if (item.state != query.state || (!query.feed.empty() && item.feed != query.feed))
                continue;
            item.bytes.clear();
            if (++page.all <= static_cast<std::int64_t>(query.most))
                page.items.push_back(std::move(item));
        }
        answer(std::move(page));
    }
    void quarantineItem(std::int64_t id, std::size_t mostBytes, QObject*,
                        std::function<void(base::Result<store::QuarantineItem>)> answer) override {
        bytesAsked.push_back(id);
        for (auto item : items) {
            if (item.id != id)
                continue;
            item.bytes.resize(std::min(item.bytes.size(), mostBytes));
            answer(std::move(item));
            return;
        }
        answer(base::fail(base::Code::notFound, "not there"));
    }
};

class Feeds : public ::testing::Test {
  protected:
    void SetUp() override {
        lamp("cap", ingest::FeedState::up, "poll");
        lamp("gauges", ingest::FeedState::waiting, "mqtt", "the broker does not answer");
        lamp("phones", ingest::FeedState::failed, "cot-tcp", "port 8087 is taken");
        ingest::FeedConfig config;
        config.name = "gauges";
        config.transport = ingest::Transport::mqtt;
        config.address = "mqtt://127.0.0.1:1883";
        config.topics = {"sensors/#"};
        config.silentAfter = std::chrono::minutes(30);
        feeds.all.push_back(config);
        window = std::make_unique<FeedsWindow>(ui, feeds);
        window->show();
    }
    void lamp(const char* name, ingest::FeedState state, const char* transport, const char* why = "") {
        ingest::FeedStatus status;
        status.name = name;
        status.state = state;
        status.transport = transport;
        status.stateReason = why;
        feeds.lamps.push_back(status);
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    QString row(int index) { return find<QTreeWidget>("feedList")->topLevelItem(index)->data(0, Qt::UserRole).toString(); }

    QuarantineBridge bridge;
    FakeFeeds feeds;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UiContext ui{bridge, theme, selection, language};
    std::unique_ptr<FeedsWindow> window;
};

TEST_F(Feeds, TheOneThatNeedsSomebodyStandsFirstAndIsChosen) {
    ASSERT_EQ(find<QTreeWidget>("feedList")->topLevelItemCount(), 3);
    EXPECT_EQ(row(0), QStringLiteral("phones"));
    EXPECT_EQ(row(1), QStringLiteral("gauges"));
    EXPECT_EQ(find<QTreeWidget>("feedList")->currentItem()->data(0, Qt::UserRole).toString(), QStringLiteral("phones"));
    bool told = false;
    for (const auto* label : window->findChildren<QLabel*>())
        told = told || label->text().contains(QLatin1String("port 8087 is taken"));
    EXPECT_TRUE(told) << "why it failed is not on the screen";
}

TEST_F(Feeds, AFeedIsChangedAndSavedWithAllElseThatItHad) {
    window->select(QStringLiteral("gauges"));
    EXPECT_EQ(find<QLineEdit>("feedTopics")->text(), QStringLiteral("sensors/#"));
    EXPECT_EQ(find<QLineEdit>("feedSilent")->text(), QStringLiteral("30min"));
    auto* topics = find<QLineEdit>("feedTopics");
    topics->selectAll();
    QTest::keyClicks(topics, QStringLiteral("sensors/#, rain/+"));
    ASSERT_TRUE(find<QPushButton>("saveFeed")->isEnabled());
    find<QPushButton>("saveFeed")->click();
    ASSERT_EQ(feeds.all.size(), 1U);
    EXPECT_EQ(feeds.all[0].topics, (std::vector<std::string>{"sensors/#", "rain/+"}));
    EXPECT_EQ(feeds.all[0].silentAfter, base::Duration(std::chrono::minutes(30)));
}

TEST_F(Feeds, WhatCannotWorkIsToldAndNotSaved) {
    window->newFeed();
    QTest::keyClicks(find<QLineEdit>("feedName"), QStringLiteral("river"));
    QTest::keyClicks(find<QLineEdit>("feedAddress"), QStringLiteral("nowhere"));
    find<QPushButton>("saveFeed")->click();
    EXPECT_EQ(feeds.all.size(), 1U);
    EXPECT_FALSE(find<QLabel>("feedError")->text().isEmpty());
    find<QLineEdit>("feedAddress")->clear();
    QTest::keyClicks(find<QLineEdit>("feedAddress"), QStringLiteral("https://example.test/x"));
    auto* name = find<QLineEdit>("feedName");
    name->clear();
    QTest::keyClicks(name, QStringLiteral("gauges"));
    find<QPushButton>("saveFeed")->click();
    EXPECT_EQ(feeds.all.size(), 1U) << "two of one name";
    name->clear();
    QTest::keyClicks(name, QStringLiteral("river"));
    feeds.refuse = base::Error{base::Code::storage, "the disk is full", {}};
    find<QPushButton>("saveFeed")->click();
    EXPECT_EQ(find<QLabel>("feedError")->text(), QStringLiteral("the disk is full"));
    feeds.refuse.reset();
    find<QPushButton>("saveFeed")->click();
    ASSERT_EQ(feeds.all.size(), 2U);
    EXPECT_EQ(feeds.all[1].name, "river");
}

TEST_F(Feeds, ASampleShowsWhatItBecomes) {
    window->newFeed();
    auto* sample = find<QPlainTextEdit>("feedSample");
    auto* becomes = find<QListWidget>("feedBecomes");
    sample->setPlainText(QStringLiteral("{\"sensor\":\"rhine-vaduz\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":3.21,\"unit\":\"m\"}\n"
                                        "{\"sensor\":\"x\"\n"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return becomes->count() == 2; }));
    EXPECT_TRUE(becomes->item(0)->text().startsWith(QStringLiteral("✕")));
    EXPECT_TRUE(becomes->item(0)->text().contains(QStringLiteral("line 2"))) << becomes->item(0)->text().toStdString();
    EXPECT_TRUE(becomes->item(1)->text().contains(QStringLiteral("rhine-vaduz")));
    EXPECT_TRUE(becomes->item(1)->text().contains(QStringLiteral("3.21 m")));
    sample->setPlainText(QStringLiteral("hello"));
    ASSERT_TRUE(QTest::qWaitFor([&] { return becomes->count() == 1; }));
    EXPECT_TRUE(becomes->item(0)->text().contains(QStringLiteral("not a format")));
    find<QPushButton>("fetchSample")->click();
    ASSERT_TRUE(QTest::qWaitFor([&] { return becomes->count() == 1 && becomes->item(0)->text().contains(QStringLiteral("1.5")); }));
}

TEST_F(Feeds, AFeedThatWaitsIsListenedTo) {
    window->select(QStringLiteral("gauges"));
    auto* listen = find<QPushButton>("fetchSample");
    auto* enough = find<QPushButton>("takeSample");
    auto* summary = find<QLabel>("feedSummary");
    EXPECT_EQ(listen->text(), QStringLiteral("Listen for a sample"));
    EXPECT_TRUE(enough->isHidden());
    listen->click();
    ASSERT_EQ(feeds.listening, 1);
    EXPECT_EQ(listen->text(), QStringLiteral("Stop listening"));
    EXPECT_FALSE(enough->isHidden());
    EXPECT_FALSE(enough->isEnabled());
    feeds.progress({0, std::chrono::seconds(59), "the broker does not answer"});
    EXPECT_TRUE(summary->text().contains(QStringLiteral("nothing has come yet")));
    EXPECT_TRUE(summary->text().contains(QStringLiteral("59")));
    EXPECT_TRUE(summary->text().contains(QStringLiteral("the broker does not answer")));
    feeds.progress({340, std::chrono::seconds(50), {}});
    EXPECT_TRUE(summary->text().contains(QStringLiteral("340")));
    enough->click();
    EXPECT_TRUE(feeds.enough);
    feeds.sampled(ingest::FeedSample{R"({"sensor":"a","time":"2026-11-20T08:00:00Z","value":4.5})", "sensors/a", 1});
    EXPECT_EQ(feeds.listening, 0);
    EXPECT_EQ(listen->text(), QStringLiteral("Listen for a sample"));
    auto* becomes = find<QListWidget>("feedBecomes");
    ASSERT_TRUE(QTest::qWaitFor([&] { return becomes->count() == 1 && becomes->item(0)->text().contains(QStringLiteral("4.5")); }));
    EXPECT_TRUE(summary->text().contains(QStringLiteral("sensors/a")));
    // Stopped, and another feed chosen: each lets it go.
    listen->click();
    listen->click();
    EXPECT_EQ(feeds.listening, 0);
    listen->click();
    EXPECT_EQ(feeds.listening, 1);
    feeds.sampled(base::fail(base::Code::notFound, "nothing has come within a minute"));
    EXPECT_EQ(feeds.listening, 0);
    EXPECT_EQ(summary->text(), QStringLiteral("nothing has come within a minute"));
    listen->click();
    window->newFeed();
    EXPECT_EQ(feeds.listening, 0);
    EXPECT_EQ(listen->text(), QStringLiteral("Fetch"));
}

TEST_F(Feeds, TheSharedSecretOfAPushIsKept) {
    feeds.all[0].transport = ingest::Transport::httpPush;
    feeds.all[0].address.clear();
    feeds.all[0].secret = "old";
    window->select(QStringLiteral("cap"));
    window->select(QStringLiteral("gauges"));
    auto* secret = find<QLineEdit>("feedSecret");
    EXPECT_FALSE(secret->isHidden());
    EXPECT_EQ(secret->text(), QStringLiteral("old"));
    secret->selectAll();
    QTest::keyClicks(secret, QStringLiteral("new"));
    find<QPushButton>("saveFeed")->click();
    EXPECT_EQ(feeds.all[0].secret, "new");
}

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

TEST_F(Feeds, WhatBecomesOfSignaturesIsChosenForEachKind) {
    window->select(QStringLiteral("gauges"));
    auto* invalid = find<QComboBox>("feedInvalid");
    auto* notSigned = find<QComboBox>("feedUnsigned");
    EXPECT_EQ(invalid->currentData().toInt(), static_cast<int>(ingest::SignatureAct::quarantine));
    EXPECT_EQ(find<QComboBox>("feedUnknownSigner")->currentData().toInt(), static_cast<int>(ingest::SignatureAct::take));
    QTest::keyClick(notSigned, Qt::Key_Down); // to hold
    QTest::keyClick(find<QComboBox>("feedSilenceSeverity"), Qt::Key_Up);
    ASSERT_TRUE(find<QPushButton>("saveFeed")->isEnabled());
    find<QPushButton>("saveFeed")->click();
    ASSERT_EQ(feeds.all.size(), 1U);
    EXPECT_EQ(feeds.all[0].signatureRules.notSigned, ingest::SignatureAct::hold);
    EXPECT_EQ(feeds.all[0].signatureRules.invalid, ingest::SignatureAct::quarantine);
    EXPECT_EQ(feeds.all[0].silenceSeverity, model::Grade::II);
}

TEST_F(Feeds, WhatIsSeldomNeededStandsUnderAdvanced) {
    ingest::FeedConfig poll;
    poll.name = "web";
    poll.address = "https://example.test/x";
    feeds.all.push_back(poll);
    lamp("web", ingest::FeedState::up, "poll");
    window->hide();
    window->show();
    window->select(QStringLiteral("web"));
    find<QTabWidget>("feedTabs")->setCurrentIndex(2);
    auto* more = find<QToolButton>("feedMore");
    auto* headers = find<QPlainTextEdit>("feedHeaders");
    EXPECT_TRUE(headers->isHidden());
    EXPECT_FALSE(more->isHidden());
    more->click();
    EXPECT_FALSE(headers->isHidden());
    EXPECT_TRUE(find<QLineEdit>("feedClientId")->isHidden()) << "that is MQTT's";
    headers->setPlainText(QStringLiteral("X-Key"));
    find<QPushButton>("saveFeed")->click();
    EXPECT_FALSE(find<QLabel>("feedError")->text().isEmpty());
    headers->setPlainText(QStringLiteral("X-Key: a: b\nAccept: text/plain\n"));
    find<QCheckBox>("feedFollow")->click();
    find<QCheckBox>("feedVerify")->click();
    find<QPushButton>("saveFeed")->click();
    const auto& saved = feeds.all.back();
    EXPECT_EQ(saved.headers, (std::map<std::string, std::string>{{"X-Key", "a: b"}, {"Accept", "text/plain"}}));
    EXPECT_FALSE(saved.followLinks);
    EXPECT_FALSE(saved.tls.verify);
}

TEST_F(Feeds, WhoOughtToSpeakIsListedAddedChangedAndRemoved) {
    desk::Watch village;
    village.id = "village:Planken";
    village.name = {"Planken"};
    village.name.translations["zh_CN"] = "普兰肯";
    village.feeds = {"planken"};
    village.silentAfter = std::chrono::hours(6);
    village.severity = model::Grade::II;
    feeds.watched = {village};
    find<QTabWidget>("feedTabs")->setCurrentIndex(3);
    auto* list = find<QTreeWidget>("watchList");
    ASSERT_EQ(list->topLevelItemCount(), 1);
    EXPECT_EQ(find<QLineEdit>("watchId")->text(), QStringLiteral("village:Planken"));
    EXPECT_EQ(find<QLineEdit>("watchSilent")->text(), QStringLiteral("6h"));
    EXPECT_FALSE(find<QPushButton>("saveWatch")->isEnabled()) << "nothing has changed";
    auto* position = find<QLineEdit>("watchPosition");
    QTest::keyClicks(position, QStringLiteral("47.185"));
    find<QPushButton>("saveWatch")->click();
    EXPECT_FALSE(find<QLabel>("watchError")->text().isEmpty());
    QTest::keyClicks(position, QStringLiteral(", 9.544"));
    find<QPushButton>("saveWatch")->click();
    ASSERT_TRUE(feeds.watched[0].position);
    EXPECT_EQ(feeds.watched[0].name.translations.at("zh_CN"), "普兰肯");

    find<QPushButton>("newWatch")->click();
    QTest::keyClicks(find<QLineEdit>("watchId"), QStringLiteral("village:Planken"));
    QTest::keyClicks(find<QLineEdit>("watchSensors"), QStringLiteral("s1, s2"));
    QTest::keyClicks(find<QLineEdit>("watchSilent"), QStringLiteral("90s"));
    find<QPushButton>("saveWatch")->click();
    EXPECT_EQ(feeds.watched.size(), 1U) << "that name is taken";
    EXPECT_FALSE(find<QLabel>("watchError")->text().isEmpty());
    QTest::keyClicks(find<QLineEdit>("watchId"), QStringLiteral("-2"));
    find<QPushButton>("saveWatch")->click();
    ASSERT_EQ(feeds.watched.size(), 2U);
    EXPECT_EQ(feeds.watched[1].sensors.size(), 2U);
    EXPECT_EQ(feeds.watched[1].severity, model::Grade::III);
    EXPECT_EQ(list->topLevelItemCount(), 2);
    feeds.refuse = base::Error{base::Code::storage, "the disk is full", {}};
    find<QPushButton>("removeWatch")->click();
    EXPECT_EQ(find<QLabel>("watchError")->text(), QStringLiteral("the disk is full"));
    feeds.refuse.reset();
    find<QPushButton>("removeWatch")->click();
    ASSERT_EQ(feeds.watched.size(), 1U);
    EXPECT_EQ(feeds.watched[0].id, "village:Planken");
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
