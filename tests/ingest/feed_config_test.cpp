#include "tocsin/ingest/feed_config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace tocsin;
using namespace tocsin::ingest;
using base::Code;

namespace {

FeedConfig full() {
    FeedConfig feed;
    feed.name = "Pegel \"Süd\" 水位";
    feed.enabled = false;
    feed.transport = Transport::mqtt;
    feed.address = "mqtts://broker.test:8883";
    feed.format = Format::mappedJson;
    feed.datum = model::Datum::gcj02;
    feed.timeZone = "Asia/Shanghai";
    feed.units = {{"", "mm"}, {"mASD", "m"}};
    feed.trust = model::Trust::official;
    feed.mapping.each = "/data";
    feed.mapping.sensor = "{topic:1}-{/id}";
    feed.mapping.time = "/t";
    feed.mapping.latitude = "/lat";
    feed.mapping.longitude = "=9.5";
    feed.mapping.unit = "{/id}";
    feed.mapping.callSign = "/name";
    feed.mapping.speed = "/v";
    feed.mapping.speedKmh = "/kmh";
    feed.mapping.speedKnots = "/kn";
    feed.mapping.course = "/cog";
    feed.mapping.accuracy = "/acc";
    feed.mapping.altitude = "/alt";
    feed.mapping.values = {{"/level", "-level", "=cm", 0.01, -2.5}, {"/rain", "-rain", "", 1, 0}};
    feed.sensorPrefix = "city-";
    feed.adoptSensors = true;
    feed.takeCorrections = true;
    feed.silentAfter = std::chrono::minutes(90);
    feed.silenceSeverity = model::Grade::I;
    feed.tls = {"ca.pem", "own.pem", "own.key", false};
    feed.user = "u";
    feed.password = "p\\\"w";
    feed.token = "t";
    feed.secret = "s";
    feed.every = std::chrono::seconds(90);
    feed.headers = {{"X-Key", "1"}};
    feed.followLinks = false;
    feed.topics = {"a/+/b", "c/#"};
    feed.qos = 2;
    feed.clientId = "desk";
    feed.mqttVersion = 4;
    feed.relay = false;
    feed.signers = {"who.pem"};
    feed.signatureRules = {SignatureAct::hold, SignatureAct::quarantine, SignatureAct::take};
    return feed;
}

FeedConfig small(const std::string& name) {
    FeedConfig feed;
    feed.name = name;
    feed.address = "https://example.test/feed";
    return feed;
}

} // namespace

TEST(FeedConfig, WhatIsWrittenIsReadBackTheSame) {
    for (const auto& feed : {full(), small("x")}) {
        const auto read = parseFeeds(toToml(feed));
        ASSERT_TRUE(read) << read.error().describe() << "\n" << toToml(feed);
        ASSERT_EQ(read->size(), 1U);
        EXPECT_EQ(read->front(), feed) << toToml(feed);
        EXPECT_TRUE(check(feed)) << check(feed).error().message;
    }
}

TEST(FeedConfig, WhatBecomesOfSignaturesIsSaidForEachKind) {
    const std::string head = "[[feed]]\nname = \"a\"\ntransport = \"folder\"\naddress = \"in\"\nsigners = [\"s.pem\"]\n";
    EXPECT_EQ(parseFeeds(head)->at(0).signatureRules,
              (SignatureRules{SignatureAct::quarantine, SignatureAct::take, SignatureAct::take}));
    auto feed = parseFeeds(head + "require_signature = true\n")->at(0);
    EXPECT_EQ(feed.signatureRules, SignatureRules::trustedOnly());
    EXPECT_THAT(toToml(feed), testing::HasSubstr("require_signature = true\n"));
    feed = parseFeeds(head + "[feed.signature]\ninvalid = \"take\"\nunsigned = \"hold\"\n")->at(0);
    EXPECT_EQ(feed.signatureRules, (SignatureRules{SignatureAct::take, SignatureAct::take, SignatureAct::hold}));
    EXPECT_EQ(parseFeeds(toToml(feed))->at(0), feed) << toToml(feed);
    EXPECT_EQ(feed.source().signatureRules, feed.signatureRules);
    EXPECT_FALSE(parseFeeds(head + "signature = { unsigned = \"maybe\" }\n"));
    EXPECT_FALSE(parseFeeds(head + "signature = { unsinged = \"hold\" }\n"));
    EXPECT_FALSE(parseFeeds(head + "signature = \"hold\"\n"));
    feed.signers.clear();
    EXPECT_TRUE(check(feed));
    feed.signatureRules.unknownSigner = SignatureAct::quarantine;
    EXPECT_FALSE(check(feed)) << "whom it trusts is said nowhere";
}

TEST(FeedConfig, ItsTrustStandsOnAllThatSpeaksOfEvents) {
    auto feed = small("met");
    feed.trust = model::Trust::known;
    Decoded decoded;
    model::Report official;
    official.trust = model::Trust::official; // the message's own word is more
    decoded.messages = {model::Warning{}, model::Earthquake{}, model::Report{}, official};
    markBy(feed.source(), decoded);
    EXPECT_EQ(std::get<model::Warning>(decoded.messages[0]).trust, model::Trust::known);
    EXPECT_EQ(std::get<model::Earthquake>(decoded.messages[1]).trust, model::Trust::known);
    EXPECT_EQ(std::get<model::Report>(decoded.messages[2]).trust, model::Trust::known);
    EXPECT_EQ(std::get<model::Report>(decoded.messages[2]).feed, "met");
    EXPECT_EQ(std::get<model::Report>(decoded.messages[3]).trust, model::Trust::official);
}

TEST(FeedConfig, OtherSectionsArePassedOver) {
    const auto feeds = parseFeeds("[county]\nname = \"X\"\n\n[[feed]]\nname=\"a\"\ntransport=\"folder\"\naddress=\"in\"\n");
    ASSERT_TRUE(feeds) << feeds.error().describe();
    EXPECT_EQ(feeds->at(0).transport, Transport::folder);
    EXPECT_TRUE(parseFeeds("")->empty());
}

TEST(FeedConfig, AFaultNamesItsLine) {
    struct Case {
        const char* toml;
        std::uint64_t line;
        Code code;
    };
    const Case cases[] = {
        {"[[feed]]\nname = \"a\"\ntransport = \"pigeon\"\n", 3, Code::malformed},
        {"[[feed]]\ntransport = \"poll\"\n", 1, Code::malformed},
        {"[[feed]]\nname = \"a\"\ntransport = \"poll\"\nadress = \"x\"\n", 4, Code::malformed},
        {"[[feed]]\nname = \"a\"\ntransport = \"poll\"\ntime_zone = \"Mars/Base\"\n", 4, Code::malformed},
        {"[[feed]]\nname = \"a\"\ntransport = \"mqtt\"\nqos = 3\n", 4, Code::malformed},
        {"[[feed]]\nname = \"a\"\ntransport = \"poll\"\n[[feed]]\nname = \"a\"\ntransport = \"poll\"\n", 4, Code::conflict},
        {"feed = 3\n", 1, Code::malformed},
        {"[[feed]]\nname = \"a\"\ntransport = \"poll\"\n[feed.mapping]\nsensr = \"x\"\n", 5, Code::malformed},
        {"[[feed]]\nname = \"a\nb\"\n", 2, Code::malformed},
    };
    for (const auto& c : cases) {
        const auto feeds = parseFeeds(c.toml);
        ASSERT_FALSE(feeds) << c.toml;
        EXPECT_EQ(feeds.error().code, c.code) << c.toml << feeds.error().describe();
        EXPECT_EQ(feeds.error().place.line, c.line) << c.toml << feeds.error().describe();
    }
}

TEST(FeedConfig, TheRestOfTheFileStaysAsItStands) {
    const std::string before = "# The county's settings.\n[county]\nname = \"X\" # its name\n\n[[feed]]\nname = \"old\"\n"
                               "transport = \"poll\"\naddress = \"http://old.test\"\n[feed.mapping]\n\n"
                               "# Where it listens\n[listen]\nhttp = \"127.0.0.1:0\"\n\n[[feed]]\nname = \"two\"\n"
                               "transport = \"folder\"\naddress = \"in\"\n\n# the end\n";
    const auto after = withFeeds(before, {small("new"), full()});
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(*parseFeeds(*after), (std::vector{small("new"), full()}));
    for (const char* kept : {"# The county's settings.\n[county]\nname = \"X\" # its name\n",
                             "# Where it listens\n[listen]\nhttp = \"127.0.0.1:0\"\n", "# the end\n"})
        EXPECT_NE(after->find(kept), std::string::npos) << kept << "\n" << *after;
    EXPECT_EQ(after->find("old.test"), std::string::npos);

    const auto none = withFeeds(*after, {});
    ASSERT_TRUE(none);
    EXPECT_TRUE(parseFeeds(*none)->empty());
    EXPECT_NE(none->find("[listen]"), std::string::npos);

    const auto first = withFeeds("[county]\nname = \"X\"", {small("a")});
    ASSERT_TRUE(first);
    EXPECT_EQ(parseFeeds(*first)->at(0), small("a"));
}

TEST(FeedConfig, AFileThatLinesCannotTellApartIsLeftAlone) {
    const std::string tricky = "[county]\nname = '''\n[[feed]]\n'''\n[listen]\nhttp = \"127.0.0.1:0\"\n";
    const auto changed = withFeeds(tricky, {small("a")});
    ASSERT_FALSE(changed);
    EXPECT_EQ(changed.error().code, Code::refused);
    EXPECT_FALSE(withFeeds("[county\n", {}));
}

TEST(FeedConfig, WhatCannotWorkIsToldBeforeItIsSaved) {
    auto feed = small("a");
    feed.address = "file:///etc/passwd";
    EXPECT_FALSE(check(feed));
    feed = small("a");
    feed.name.clear();
    EXPECT_FALSE(check(feed));
    feed = full();
    feed.topics = {"a/#/b"};
    EXPECT_FALSE(check(feed));
    feed = full();
    feed.mapping = {};
    EXPECT_FALSE(check(feed));
    feed.mapping.unit = "topic:1";
    EXPECT_FALSE(check(feed)) << "a unit of JSON is somewhere";
    feed.mapping.latitude = "/lat";
    feed.mapping.longitude = "/lon";
    EXPECT_TRUE(check(feed)) << "a mapping of units alone";
    feed.mapping.longitude = "=east";
    EXPECT_FALSE(check(feed)) << "a fixed place that is no number";
    feed.mapping = {};
    feed.mapping.values = {{"/v", {}, {}}};
    feed.mapping.course = "/cog";
    EXPECT_FALSE(check(feed)) << "whose course is it?";
    feed.mapping = {};
    feed.format = Format::nmea;
    feed.mapping.unit = "topic:1";
    EXPECT_TRUE(check(feed)) << "the sentences say where it is";
    feed.mapping.unit = "/id";
    EXPECT_FALSE(check(feed));
    feed = small("a");
    feed.transport = Transport::cotTcp;
    feed.address = "nowhere";
    EXPECT_FALSE(check(feed));
    feed.address = "127.0.0.1:8087";
    EXPECT_TRUE(check(feed));
}

TEST(FeedConfig, ATimeOfAZoneIsToldInUtc) {
    Source source;
    source.timeZone = "Europe/Zurich";
    const auto utc = [&](const char* text) { return base::formatTime(*parseTimeIn(text, source)); };
    EXPECT_EQ(utc("2026-07-01T12:00:00"), "2026-07-01T10:00:00.000000Z");
    EXPECT_EQ(utc("2026-01-01T12:00:00"), "2026-01-01T11:00:00.000000Z");
    EXPECT_EQ(utc("2026-01-01T12:00:00Z"), "2026-01-01T12:00:00.000000Z");
    // Clocks go back on 25 October 2026: 02:30 comes twice. Which is meant is known from when it came, but in a backlog.
    const auto came = [&](const char* when) {
        source.receivedAt = base::parseTime(when).value();
        return utc("2026-10-25T02:30:00");
    };
    EXPECT_EQ(came("2026-10-25T00:30:10Z"), "2026-10-25T00:30:00.000000Z");
    EXPECT_EQ(came("2026-10-25T00:28:00Z"), "2026-10-25T00:30:00.000000Z") << "its clock is a little ahead";
    EXPECT_EQ(came("2026-10-25T01:15:00Z"), "2026-10-25T00:30:00.000000Z") << "late, for the second is not yet";
    EXPECT_EQ(came("2026-10-25T01:28:00Z"), "2026-10-25T01:30:00.000000Z");
    EXPECT_EQ(came("2026-10-25T01:30:10Z"), "2026-10-25T01:30:00.000000Z");
    EXPECT_EQ(came("2026-10-25T03:00:00Z"), "2026-10-25T01:30:00.000000Z");
    EXPECT_EQ(came("2026-10-26T08:00:00Z"), "2026-10-25T00:30:00.000000Z") << "a day's file says not which";
    EXPECT_EQ(utc("2026-10-25T03:30:00"), "2026-10-25T02:30:00.000000Z");
    source.receivedAt = base::parseTime("2026-03-29T01:30:05Z").value();
    EXPECT_EQ(utc("2026-03-29T02:30:00"), "2026-03-29T01:30:00.000000Z"); // does not exist
    source.timeZone = "Asia/Shanghai";
    EXPECT_EQ(utc("2026-07-01 12:00"), "2026-07-01T04:00:00.000000Z");
    EXPECT_FALSE(Zone::named("Nowhere/At-All"));
}
