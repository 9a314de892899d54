#include "gui/feeds_support.hpp"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTabWidget>
#include <QTest>
#include <QToolButton>
#include <QTreeWidget>
#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace tocsin::gui {
namespace {

using test::Feeds;

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

void press(QMessageBox* ask, QMessageBox::ButtonRole role) {
    ASSERT_NE(ask, nullptr);
    for (auto* button : ask->buttons())
        if (ask->buttonRole(button) == role)
            return button->click();
}

TEST_F(Feeds, AFeedIsRemovedOnlyAfterAQuestion) {
    window->select(QStringLiteral("gauges"));
    const auto asked = [&] { return window->findChild<QMessageBox*>(QStringLiteral("feedRemoveAsk")); };
    find<QPushButton>("removeFeed")->click();
    ASSERT_NE(asked(), nullptr);
    EXPECT_TRUE(asked()->text().contains(QLatin1String("gauges")));
    EXPECT_EQ(asked()->buttonRole(asked()->defaultButton()), QMessageBox::RejectRole);
    EXPECT_EQ(feeds.all.size(), 1U);
    press(asked(), QMessageBox::RejectRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(feeds.all.size(), 1U);
    find<QPushButton>("removeFeed")->click();
    press(asked(), QMessageBox::DestructiveRole);
    EXPECT_TRUE(feeds.all.empty());
}

TEST_F(Feeds, WhatIsNotSavedIsDroppedOnlyAfterAQuestionAndTheFormIsThatOfTheChosenFeed) {
    ingest::FeedConfig other;
    other.name = "cap";
    other.address = "https://example.test/cap";
    feeds.all.push_back(other);
    window->select(QStringLiteral("gauges"));
    auto* topics = find<QLineEdit>("feedTopics");
    const auto chosen = [&] {
        const auto* item = find<QTreeWidget>("feedList")->currentItem();
        return item == nullptr ? QString() : item->data(0, Qt::UserRole).toString();
    };
    const auto asked = [&] { return window->findChild<QMessageBox*>(QStringLiteral("feedUnsaved")); };
    topics->setText(QStringLiteral("rain/+"));
    QTest::keyClicks(topics, QStringLiteral("x"));
    window->select(QStringLiteral("cap"));
    press(asked(), QMessageBox::RejectRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(chosen(), QStringLiteral("gauges"));
    EXPECT_EQ(topics->text(), QStringLiteral("rain/+x"));
    window->newFeed();
    press(asked(), QMessageBox::RejectRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(find<QLineEdit>("feedName")->text(), QStringLiteral("gauges"));
    window->select(QStringLiteral("cap"));
    press(asked(), QMessageBox::DestructiveRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(chosen(), QStringLiteral("cap"));
    EXPECT_EQ(find<QLineEdit>("feedName")->text(), QStringLiteral("cap"));
    EXPECT_EQ(feeds.all.size(), 2U);
    QTest::keyClicks(find<QLineEdit>("feedAddress"), QStringLiteral("y"));
    window->close();
    EXPECT_TRUE(window->isVisible());
    press(asked(), QMessageBox::RejectRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_EQ(find<QLineEdit>("feedName")->text(), QStringLiteral("cap"));
    window->close();
    press(asked(), QMessageBox::DestructiveRole);
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    EXPECT_FALSE(window->isVisible());
    window->show();
    window->newFeed();
    EXPECT_EQ(asked(), nullptr) << "nothing was changed";
    EXPECT_TRUE(find<QLineEdit>("feedName")->text().isEmpty());
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

TEST_F(Feeds, WhereDatagramsAreHeardItStandsThatNothingIsSent) {
    window->newFeed();
    auto* transport = find<QComboBox>("feedTransport");
    const auto choose = [&](ingest::Transport which) {
        transport->setCurrentIndex(transport->findData(static_cast<int>(which)));
        emit transport->activated(transport->currentIndex());
    };
    auto* said = find<QLabel>("feedOneWay");
    choose(ingest::Transport::cotTcp);
    EXPECT_TRUE(said->isHidden());
    choose(ingest::Transport::cotUdp);
    EXPECT_FALSE(said->isHidden());
    EXPECT_TRUE(said->text().contains(QStringLiteral("sends nothing")));
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

TEST_F(Feeds, TheDesksOwnDoorsAreChangedForItsNextStart) {
    find<QPushButton>("openDoors")->click();
    auto* http = find<QLineEdit>("doorsHttp");
    EXPECT_EQ(http->text(), QStringLiteral("127.0.0.1:7780"));
    EXPECT_TRUE(find<QLabel>("doorsWarning")->isHidden());
    EXPECT_FALSE(find<QPushButton>("saveDoors")->isEnabled()) << "nothing has changed";
    http->selectAll();
    QTest::keyClicks(http, QStringLiteral("0.0.0.0:7780"));
    const auto warning = [&] { return find<QLabel>("doorsWarning")->text(); };
    EXPECT_TRUE(warning().contains(QLatin1String("without a certificate")));
    EXPECT_TRUE(warning().contains(QLatin1String("no key")));
    EXPECT_TRUE(warning().contains(QLatin1String("refuses those of other machines")));
    QTest::keyClicks(find<QLineEdit>("doorsPushKeys"), QStringLiteral("p1, p2"));
    EXPECT_FALSE(warning().contains(QLatin1String("refuses those of other machines")));
    QTest::keyClicks(find<QLineEdit>("doorsPublic"), QStringLiteral("https://desk.example"));
    QTest::keyClicks(find<QLineEdit>("doorsCertificate"), QStringLiteral("door.pem"));
    QTest::keyClicks(find<QLineEdit>("doorsOpen311Keys"), QStringLiteral("k1, k2"));
    EXPECT_TRUE(find<QLabel>("doorsWarning")->isHidden());
    auto* readings = find<QLineEdit>("doorsReadings");
    readings->selectAll();
    QTest::keyClicks(readings, QStringLiteral("[::]:7701"));
    EXPECT_TRUE(warning().contains(QLatin1String("Readings over TCP")));
    QTest::keyClicks(find<QLineEdit>("doorsContacts"), QStringLiteral("A. Ott"));
    auto* connections = find<QSpinBox>("doorsConnections");
    EXPECT_EQ(connections->value(), 1000);
    EXPECT_EQ(connections->minimum(), 10);
    EXPECT_EQ(connections->maximum(), 100'000);
    connections->setValue(200);
    EXPECT_EQ(find<QSpinBox>("doorsPerAddress")->value(), 200) << "no more of one address than of all";
    find<QSpinBox>("doorsPerAddress")->setValue(50);
    feeds.refuse = base::Error{base::Code::notFound, "the disk is full", {}};
    find<QPushButton>("saveDoors")->click();
    EXPECT_EQ(find<QLabel>("doorsError")->text(), QStringLiteral("the disk is full"));
    feeds.refuse.reset();
    find<QPushButton>("saveDoors")->click();
    EXPECT_EQ(feeds.door.http, "0.0.0.0:7780");
    EXPECT_EQ(feeds.door.readings, "[::]:7701");
    EXPECT_EQ(feeds.door.publicAddress, "https://desk.example");
    EXPECT_EQ(feeds.door.certificate, "door.pem");
    EXPECT_EQ(feeds.door.pushKeys, (std::vector<std::string>{"p1", "p2"}));
    EXPECT_EQ(feeds.door.open311Keys, (std::vector<std::string>{"k1", "k2"}));
    EXPECT_EQ(feeds.door.open311Publish, std::vector<std::string>{"open311"});
    EXPECT_EQ(feeds.door.contactReaders, std::vector<std::string>{"A. Ott"});
    EXPECT_EQ(feeds.door.connections, 200);
    EXPECT_EQ(feeds.door.connectionsPerAddress, 50);
    EXPECT_TRUE(find<QLabel>("doorsState")->text().contains(QLatin1String("next start")));
    EXPECT_FALSE(find<QPushButton>("saveDoors")->isEnabled());
}

TEST_F(Feeds, AtASeatTheDesksDoorsAreOnlyShown) {
    feeds.door.mayChange = false;
    find<QPushButton>("openDoors")->click();
    auto* http = find<QLineEdit>("doorsHttp");
    EXPECT_TRUE(http->isReadOnly());
    QTest::keyClicks(http, QStringLiteral("1"));
    EXPECT_EQ(http->text(), QStringLiteral("127.0.0.1:7780"));
    EXPECT_TRUE(find<QSpinBox>("doorsConnections")->isReadOnly());
    EXPECT_FALSE(find<QPushButton>("saveDoors")->isEnabled());
    EXPECT_TRUE(find<QLabel>("doorsState")->text().contains(QLatin1String("Only shown here")));
}

} // namespace
} // namespace tocsin::gui
