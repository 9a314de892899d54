#include "gui/feeds/sample_pane.hpp"

#include "gui/fake_bridge.hpp"
#include "gui/feeds/bytes_text.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/ingest/signature.hpp"

#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

using ingest::Transport;

/// Answers at once with what it is told to.
class SampleFeeds final : public FeedsDesk {
  public:
    base::Result<std::string> fetched{std::string()};
    base::Result<std::string> linked{std::string()};
    std::vector<std::string> followed;
    Equip equip = [](ingest::FeedConfig&) { return base::Result<void>(); };

    std::vector<ingest::FeedStatus> status() const override { return {}; }
    std::vector<ingest::FeedConfig> configs() const override { return {}; }
    void save(std::vector<ingest::FeedConfig>, QObject*, std::function<void(base::Result<void>)>) override {}
    void sample(const ingest::FeedConfig&, QObject*, std::function<void(base::Result<std::string>)> answer) override {
        answer(fetched);
    }
    void follow(const ingest::FeedConfig&, const std::string& url, QObject*,
                std::function<void(base::Result<std::string>)> answer) override {
        followed.push_back(url);
        answer(linked);
    }
    Equip equipment() const override { return equip; }
    std::unique_ptr<SampleListening> listen(const ingest::FeedConfig&, QObject*, std::function<void(const SampleProgress&)>,
                                            std::function<void(base::Result<ingest::FeedSample>)>) override {
        return nullptr;
    }
    void takeAgain(std::int64_t, QObject*, std::function<void(base::Result<ingest::Delivered>)>) override {}
    std::stop_source takeAgainAlike(std::int64_t, QObject*, std::function<void(const TakenAgain&)>) override { return {}; }
    std::vector<desk::Watch> watches() const override { return {}; }
    void saveWatches(std::vector<desk::Watch>, QObject*, std::function<void(base::Result<void>)>) override {}
    Doors doors() const override { return {}; }
    void saveDoors(Doors, QObject*, std::function<void(base::Result<void>)>) override {}
};

class Sample : public ::testing::Test {
  protected:
    void SetUp() override {
        config.name = "new";
        config.address = "https://example.test/index.xml";
        pane = std::make_unique<SamplePane>(ui, feeds, [this] { return base::Result<ingest::FeedConfig>(config); }, nullptr);
        pane->retranslate();
        use(Transport::poll);
        pane->show();
    }
    void use(Transport transport) {
        config.transport = transport;
        pane->setTransport(transport);
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = pane->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    void type(const std::string& text) { find<QPlainTextEdit>("feedSample")->setPlainText(QString::fromStdString(text)); }
    QString summary() { return find<QLabel>("feedSummary")->text(); }
    QStringList lines() {
        QStringList out;
        const auto* list = find<QListWidget>("feedBecomes");
        for (int i = 0; i < list->count(); ++i)
            out << list->item(i)->text();
        return out;
    }
    /// Waits until a line says it.
    bool says(const char* word) {
        return QTest::qWaitFor([&] { return !lines().filter(QString::fromUtf8(word)).isEmpty(); });
    }
    static QString seed(const char* name) { return QStringLiteral(TOCSIN_SOURCE_DIR "/tests/data/fuzz/cap/") + QLatin1String(name); }
    static std::string contentOf(const QString& path) {
        QFile file(path);
        EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
        return file.readAll().toStdString();
    }

    test::FakeBridge bridge{test::Scene{}}; // with an empty register
    SampleFeeds feeds;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UiContext ui{bridge, theme, selection, language};
    ingest::FeedConfig config;
    std::unique_ptr<SamplePane> pane;
};

TEST_F(Sample, BytesThatAreNoTextStayAsTheyCameAndAreShownInHex) {
    pane->openFile(seed("utf16.xml"));
    ASSERT_TRUE(says("⚠")) << summary().toStdString();
    auto* text = find<QPlainTextEdit>("feedSample");
    EXPECT_TRUE(text->toPlainText().startsWith(QStringLiteral("00000000  ff fe 3c 00"))) << text->toPlainText().toStdString();
    EXPECT_TRUE(text->isReadOnly()) << "a dump is not the bytes";
    auto* clear = find<QPushButton>("clearSample");
    ASSERT_FALSE(clear->isHidden());
    clear->click();
    EXPECT_FALSE(text->isReadOnly());
    EXPECT_TRUE(clear->isHidden());
    feeds.fetched = contentOf(seed("utf16.xml"));
    find<QPushButton>("fetchSample")->click();
    EXPECT_TRUE(says("⚠")) << summary().toStdString();
}

TEST_F(Sample, TextThatWasOpenedIsReadAsEditedAfterAnEdit) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("readings.txt"));
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{\"sensor\":\"a\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":1.5}\r\n");
    file.close();
    pane->openFile(path);
    ASSERT_TRUE(says("1.5"));
    auto* text = find<QPlainTextEdit>("feedSample");
    EXPECT_FALSE(text->isReadOnly());
    type("{\"sensor\":\"a\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":2.5}");
    EXPECT_TRUE(says("2.5"));
    pane->openFile(folder.filePath(QStringLiteral("not there")));
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary().contains(QLatin1String("cannot be read")); }));
}

TEST_F(Sample, ReadingsOfSensorsThatTheRegisterDoesNotKnowAreNotTaken) {
    model::Sensor known;
    known.id = model::SensorId("known");
    bridge.scene().state.sensors[known.id] = known;
    type("{\"sensor\":\"known\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":1}\n"
         "{\"sensor\":\"b\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":2}\n"
         "{\"sensor\":\"c\",\"time\":\"2026-11-20T08:00:00Z\",\"value\":3}\n"
         "{\"sensor\":\"b\",\"time\":\"2026-11-20T08:01:00Z\",\"value\":4}\n");
    ASSERT_TRUE(says("known"));
    EXPECT_TRUE(summary().contains(QStringLiteral("1 taken, 3 to quarantine"))) << summary().toStdString();
    EXPECT_TRUE(summary().contains(QStringLiteral("3 of sensors that are not registered: b, c"))) << summary().toStdString();
    EXPECT_EQ(lines().filter(QStringLiteral("not registered")).size(), 3);
    model::Sensor other;
    for (const char* id : {"b", "c"}) {
        other.id = model::SensorId(id);
        bridge.scene().state.sensors[other.id] = other;
    }
    pane->refresh();
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary().contains(QStringLiteral("4 taken, 0 to quarantine")); }));
}

TEST_F(Sample, AFeedThatRegistersItsSensorsTakesThem) {
    config.mapping.sensor = "/id";
    config.mapping.latitude = "/lat";
    config.mapping.longitude = "/lon";
    config.mapping.values = {{"/level", "", "=m"}};
    type(R"({"id":"lake","lat":47.1,"lon":9.5,"level":2.5})");
    ASSERT_TRUE(says("2.5 m"));
    EXPECT_TRUE(summary().contains(QStringLiteral("0 taken, 1 to quarantine"))) << summary().toStdString();
    config.adoptSensors = true;
    pane->refresh();
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary().contains(QStringLiteral("2 taken, 0 to quarantine")); }))
        << summary().toStdString();
}

TEST_F(Sample, TheTopicOfAPastedMessageIsGiven) {
    config.topics = {"sensors/+/level"};
    config.mapping.sensor = "{topic:1}";
    config.mapping.values = {{"/v", "", "=m"}};
    auto* topic = find<QLineEdit>("sampleTopic");
    EXPECT_TRUE(topic->isHidden()) << "an address that is asked has none";
    use(Transport::mqtt);
    EXPECT_FALSE(topic->isHidden());
    type(R"({"v":2.5})");
    ASSERT_TRUE(says("No topic is given"));
    QTest::keyClicks(topic, QStringLiteral("sensors/lake/level"));
    EXPECT_TRUE(says("lake · 2.5 m"));
    EXPECT_TRUE(lines().filter(QStringLiteral("No topic is given")).isEmpty());
}

TEST_F(Sample, LinesOverTcpAreWhatTheFeedTakesThemFor) {
    use(Transport::tcpLines);
    type("sensor,time,value\nlake,2026-11-20T08:00:00Z,1.5\n");
    EXPECT_TRUE(says("lake · 1.5"));
    config.mapping.sensor = "=real";
    config.mapping.values = {{"/level", "", "=m"}};
    type(R"({"sensor":"decoy","time":"2026-11-20T08:00:00Z","value":9,"level":2.5})");
    EXPECT_TRUE(says("real · 2.5 m"));
    EXPECT_TRUE(lines().filter(QStringLiteral("decoy")).isEmpty());
}

TEST_F(Sample, OfAnIndexTheFirstMessageIsFetchedAndShown) {
    feeds.fetched = std::string(R"(<feed xmlns="http://www.w3.org/2005/Atom"><id>i</id><updated>2026-11-20T08:00:00Z</updated>)"
                                R"(<entry><id>a</id><updated>2026-11-20T08:00:00Z</updated><link href="a.cap"/></entry>)"
                                R"(<entry><id>b</id><updated>2026-11-20T08:00:00Z</updated><link href="b.cap"/></entry></feed>)");
    feeds.linked = contentOf(seed("small.xml"));
    type(*feeds.fetched);
    ASSERT_TRUE(QTest::qWaitFor([&] { return summary().contains(QStringLiteral("2 links to follow")); })) << summary().toStdString();
    EXPECT_TRUE(feeds.followed.empty()) << "what was pasted came from nowhere";
    find<QPushButton>("fetchSample")->click();
    ASSERT_TRUE(says("⚠")) << summary().toStdString();
    EXPECT_EQ(feeds.followed, std::vector<std::string>{"https://example.test/a.cap"});
    EXPECT_TRUE(says("→ https://example.test/a.cap"));
    EXPECT_TRUE(summary().contains(QStringLiteral("The first of them: cap: 1 taken"))) << summary().toStdString();
    feeds.linked = base::fail(base::Code::unavailable, "example.test answers with status 404");
    find<QPushButton>("fetchSample")->click();
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary().contains(QStringLiteral("cannot be fetched: example.test answers")); }));
}

TEST_F(Sample, ASignatureIsJudgedByTheFeedsSigners) {
    type(contentOf(seed("signed.xml")));
    ASSERT_TRUE(says("signature: signed, not verified")) << "nobody has looked";
    feeds.equip = [](ingest::FeedConfig& feed) -> base::Result<void> {
        auto checker = ingest::SignatureChecker::make({});
        if (!checker)
            return tl::unexpected(checker.error());
        feed.means.signatures = *checker;
        return {};
    };
    config.signatureRules.invalid = ingest::SignatureAct::take;
    pane->refresh();
    EXPECT_TRUE(says("signature: ✕ not valid"));
    config.signatureRules = ingest::SignatureRules::trustedOnly();
    pane->refresh();
    EXPECT_TRUE(QTest::qWaitFor([&] { return summary().startsWith(QLatin1String("Not understood")); }));
    feeds.equip = [](ingest::FeedConfig&) -> base::Result<void> {
        return base::fail(base::Code::notFound, "there is no file signers/met.pem");
    };
    pane->refresh();
    EXPECT_TRUE(QTest::qWaitFor([&] {
        return summary() == QLatin1String("The feed could not start: there is no file signers/met.pem");
    })) << summary().toStdString();
}

TEST(BytesText, IsCutAtACharacterAndSaysWhetherItIsWhole) {
    EXPECT_EQ(bytesText("äöü", 100).text, QStringLiteral("äöü"));
    EXPECT_TRUE(bytesText("äöü", 100).whole);
    const auto cut = bytesText("äöü", 3);
    EXPECT_EQ(cut.text, QStringLiteral("ä"));
    EXPECT_FALSE(cut.whole);
    EXPECT_FALSE(cut.hex);
    EXPECT_TRUE(bytesText(std::string("a\0b", 3), 100).hex);
    EXPECT_TRUE(bytesText("PK\x03\x04\xff", 100).text.startsWith(QStringLiteral("00000000  50 4b 03 04 ff ")));
    EXPECT_TRUE(bytesText("", 100).text.isEmpty());
}

} // namespace
} // namespace tocsin::gui
