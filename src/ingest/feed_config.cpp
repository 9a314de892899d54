#include "tocsin/ingest/feed_config.hpp"

#include "ingest/decode_mapped_json.hpp"
#include "ingest/mqtt_link.hpp"
#include "ingest/mqtt_packet.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/base/toml.hpp"
#include "tocsin/ingest/endpoint.hpp"
#include "tocsin/ingest/signature.hpp"

#include <algorithm>
#include <set>

namespace tocsin::ingest {

using base::Code;
using base::fail;
using base::TomlReader;

namespace {

constexpr std::size_t mostFeeds = 500;
constexpr std::size_t mostText = 4'096;

bool isPlain(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7f;
    });
}

/// The tables of one [[feed]], key by key. The first fault wins.
class FeedReader {
  public:
    FeedReader(const toml::table& table, FeedConfig& feed) : m_in(table, "a feed"), m_feed(feed) {}

    base::Result<void> read() {
        m_feed.name = m_in.needText("name");
        if (m_feed.name.empty() || m_feed.name.size() > 60 || !isPlain(m_feed.name))
            m_in.refuse("name", "a feed's name has 1 to 60 characters");
        m_in.call("feed '" + m_feed.name + "'");
        flag("enabled", m_feed.enabled);
        word("transport", m_feed.transport, &transportFrom, "no way in which bytes come");
        if (!m_in.has("transport"))
            m_in.refuse("name", "feed '" + m_feed.name + "' says no transport");
        text("address", m_feed.address);
        readMeaning();
        readAccess();
        duration("every", m_feed.every, std::chrono::seconds(1));
        texts("headers", m_feed.headers);
        flag("follow_links", m_feed.followLinks);
        readMqtt();
        readRest();
        return m_in.done();
    }

  private:
    void readMeaning() {
        word("format", m_feed.format, &formatFrom, "no format that Tocsin knows");
        if (const auto datum = m_in.text("datum")) {
            if (*datum == "wgs84")
                m_feed.datum = model::Datum::wgs84;
            else if (*datum == "gcj02")
                m_feed.datum = model::Datum::gcj02;
            else if (*datum == "bd09")
                m_feed.datum = model::Datum::bd09;
            else
                m_in.refuse("datum", "a datum is wgs84, gcj02 or bd09");
        }
        text("time_zone", m_feed.timeZone);
        if (m_in.has("time_zone") && !Zone::named(m_feed.timeZone))
            m_in.refuse("time_zone", "no time zone has this name");
        texts("units", m_feed.units);
        word("trust", m_feed.trust, &model::trustFrom, "trust is unverified, known or official");
        text("sensor_prefix", m_feed.sensorPrefix);
        flag("adopt_sensors", m_feed.adoptSensors);
        flag("take_corrections", m_feed.takeCorrections);
        if (const auto silent = m_in.duration("silent_after")) {
            if (*silent < std::chrono::seconds(1))
                m_in.refuse("silent_after", "silence is at least one second");
            m_feed.silentAfter = *silent;
        }
        if (const auto severity = m_in.text("silence_severity")) {
            if (const auto grade = model::gradeFrom(*severity))
                m_feed.silenceSeverity = *grade;
            else
                m_in.refuse("silence_severity", "silence_severity is I, II, III or IV");
        }
        if (const auto* node = m_in.node("mapping"))
            readMapping(*node);
    }
    void readMapping(const toml::node& node) {
        const auto* table = node.as_table();
        if (table == nullptr) {
            m_in.refuse(node, "a mapping is a table");
            return;
        }
        TomlReader in(*table, "the mapping of feed '" + m_feed.name + "'");
        auto& mapping = m_feed.mapping;
        const auto take = [&in](const char* key, std::string& to) {
            if (auto value = in.text(key))
                to = *value;
        };
        take("each", mapping.each);
        take("sensor", mapping.sensor);
        take("time", mapping.time);
        take("latitude", mapping.latitude);
        take("longitude", mapping.longitude);
        take("unit", mapping.unit);
        take("callsign", mapping.callSign);
        take("speed", mapping.speed);
        take("speed_kmh", mapping.speedKmh);
        take("speed_knots", mapping.speedKnots);
        take("course", mapping.course);
        take("accuracy", mapping.accuracy);
        take("altitude", mapping.altitude);
        for (const auto* one : in.tables("value")) {
            TomlReader value(*one, "a value of feed '" + m_feed.name + "'");
            JsonMapping::Value out;
            out.value = value.needText("value");
            out.suffix = value.text("suffix").value_or("");
            out.unit = value.text("unit").value_or("");
            out.factor = value.number("factor").value_or(1);
            out.offset = value.number("offset").value_or(0);
            if (auto ok = value.done(); !ok)
                in.take(ok.error());
            mapping.values.push_back(std::move(out));
        }
        if (auto ok = in.done(); !ok)
            m_in.take(ok.error());
    }
    void readAccess() {
        text("ca", m_feed.tls.ca);
        text("certificate", m_feed.tls.certificate);
        text("key", m_feed.tls.key);
        flag("verify", m_feed.tls.verify);
        text("user", m_feed.user);
        text("password", m_feed.password);
        text("token", m_feed.token);
        text("secret", m_feed.secret);
    }
    void readMqtt() {
        list("topics", m_feed.topics);
        if (const auto qos = m_in.number("qos")) {
            if (*qos != 0 && *qos != 1 && *qos != 2)
                m_in.refuse("qos", "the quality of service is 0, 1 or 2");
            m_feed.qos = static_cast<int>(*qos);
        }
        text("client_id", m_feed.clientId);
        if (const auto version = m_in.text("mqtt_version")) {
            if (*version != "3.1.1" && *version != "5")
                m_in.refuse("mqtt_version", "MQTT's version is \"3.1.1\" or \"5\"");
            m_feed.mqttVersion = *version == "3.1.1" ? 4 : 5;
        }
    }
    void readRest() {
        list("signers", m_feed.signers);
        readSignatureRules();
        flag("relay", m_feed.relay);
    }

    /// "require_signature" is the short word for the strictest of all; what [feed.signature] says goes before it.
    void readSignatureRules() {
        auto& rules = m_feed.signatureRules;
        if (m_in.flag("require_signature").value_or(false))
            rules = SignatureRules::trustedOnly();
        const auto* node = m_in.node("signature");
        if (node == nullptr)
            return;
        const auto* table = node->as_table();
        if (table == nullptr) {
            m_in.refuse(*node, "signature is a table: invalid, unknown_signer, unsigned");
            return;
        }
        TomlReader in(*table, "the signatures of feed '" + m_feed.name + "'");
        const auto take = [&in](const char* key, SignatureAct& to) {
            const auto word = in.text(key);
            if (!word)
                return;
            if (const auto act = signatureActFrom(*word))
                to = *act;
            else
                in.refuse(key, std::string(key) + " is \"take\", \"hold\" or \"quarantine\"");
        };
        take("invalid", rules.invalid);
        take("unknown_signer", rules.unknownSigner);
        take("unsigned", rules.notSigned);
        if (auto ok = in.done(); !ok)
            m_in.take(ok.error());
    }

    void text(const char* key, std::string& to) {
        auto value = m_in.text(key);
        if (!value)
            return;
        if (value->size() > mostText || !isPlain(*value))
            m_in.refuse(key, std::string(key) + " is too long or holds a control character");
        to = std::move(*value);
    }
    void flag(const char* key, bool& to) {
        if (const auto value = m_in.flag(key))
            to = *value;
    }
    void duration(const char* key, base::Duration& to, base::Duration least) {
        const auto value = m_in.duration(key);
        if (!value)
            return;
        if (*value < least)
            m_in.refuse(key, std::string(key) + " is too short");
        to = *value;
    }
    template <typename T>
    void word(const char* key, T& to, std::optional<T> (*from)(std::string_view), const char* why) {
        const auto text = m_in.text(key);
        if (!text)
            return;
        if (const auto value = from(*text))
            to = *value;
        else
            m_in.refuse(key, "'" + *text + "' is " + why);
    }
    void list(const char* key, std::vector<std::string>& to) {
        for (const auto* text : m_in.texts(key)) {
            if (text->get().size() > mostText) {
                m_in.refuse(*text, std::string(key) + " is a list of texts");
                return;
            }
            to.push_back(text->get());
        }
    }
    void texts(const char* key, std::map<std::string, std::string>& to) {
        const auto* node = m_in.node(key);
        if (node == nullptr)
            return;
        const auto* table = node->as_table();
        if (table == nullptr) {
            m_in.refuse(*node, std::string(key) + " is a table of texts");
            return;
        }
        for (const auto& [name, item] : *table) {
            const auto value = item.value_exact<std::string>();
            if (!value || value->size() > mostText || !isPlain(*value)) {
                m_in.refuse(item, std::string(key) + " is a table of texts");
                return;
            }
            to[std::string(name.str())] = *value;
        }
    }

    TomlReader m_in;
    FeedConfig& m_feed;
};

base::Result<std::vector<FeedConfig>> feedsOf(const toml::table& root) {
    std::vector<FeedConfig> feeds;
    const auto* node = root.get("feed");
    if (node == nullptr)
        return feeds;
    const auto* array = node->as_array();
    if (array == nullptr)
        return fail(Code::malformed, "feeds are written as [[feed]]", TomlReader::placeOf(*node));
    std::set<std::string> names;
    for (const auto& item : *array) {
        const auto* table = item.as_table();
        if (table == nullptr)
            return fail(Code::malformed, "feeds are written as [[feed]]", TomlReader::placeOf(item));
        if (feeds.size() == mostFeeds)
            return fail(Code::tooLarge, "more than 500 feeds", TomlReader::placeOf(item));
        FeedConfig feed;
        if (auto ok = FeedReader(*table, feed).read(); !ok)
            return tl::unexpected(ok.error());
        if (!names.insert(feed.name).second)
            return fail(Code::conflict, "two feeds are called '" + feed.name + "'", TomlReader::placeOf(item));
        feeds.push_back(std::move(feed));
    }
    return feeds;
}

} // namespace

Source FeedConfig::source() const {
    Source source;
    source.feed = name;
    source.datum = datum;
    source.timeZone = timeZone;
    source.units = units;
    source.trust = trust;
    source.mapping = mapping;
    source.sensorPrefix = sensorPrefix;
    source.topics = topics;
    source.signatures = means.signatures;
    source.signatureRules = signatureRules;
    source.photos = means.photos;
    return source;
}

Format FeedConfig::declared() const {
    return format == Format::unknown && !mapping.empty() ? Format::mappedJson : format;
}

base::Result<void> equip(FeedConfig& feed, const std::filesystem::path& folder, std::shared_ptr<PhotoStore> photos) {
    auto signatures = loadSigners(folder, feed);
    if (!signatures)
        return tl::unexpected(signatures.error());
    feed.means = {std::move(*signatures), std::move(photos)};
    return {};
}

base::Result<std::vector<FeedConfig>> parseFeeds(std::string_view toml) {
    const auto root = base::parseToml(toml);
    if (!root)
        return tl::unexpected(root.error());
    return feedsOf(*root);
}

base::Result<void> check(const FeedConfig& feed) {
    const auto refuse = [&feed](const std::string& why) {
        return fail(Code::refused, "feed '" + feed.name + "': " + why);
    };
    // What its own text would say is said by the reader.
    auto again = parseFeeds(toToml(feed));
    if (!again)
        return fail(again.error().code, again.error().message);
    switch (feed.transport) {
    case Transport::tcpLines:
    case Transport::udpLines:
    case Transport::cotTcp:
    case Transport::cotConnect:
    case Transport::cotUdp:
    case Transport::nmeaTcp:
    case Transport::nmeaUdp:
        if (auto at = parseEndpoint(feed.address); !at)
            return refuse(at.error().message);
        break;
    case Transport::poll:
        if (!feed.address.starts_with("http://") && !feed.address.starts_with("https://"))
            return refuse("its address begins with http:// or https://");
        break;
    case Transport::mqtt:
        if (feed.address.empty())
            return refuse("it needs the broker's address, such as mqtt://127.0.0.1:1883");
        if (feed.topics.empty())
            return refuse("it needs a topic, such as sensors/#");
        if (auto at = parseMqttAddress(feed.address, !feed.tls.empty()); !at)
            return refuse(at.error().message);
        for (const auto& topic : feed.topics) {
            if (auto ok = checkMqttFilter(topic); !ok)
                return refuse(ok.error().message);
        }
        break;
    case Transport::folder:
        if (feed.address.empty())
            return refuse("it needs a folder");
        break;
    case Transport::httpPush:
        if (!feed.address.empty() && !feed.address.starts_with("http://") && !feed.address.starts_with("https://"))
            return refuse("its address begins with http:// or https://, or is left out");
        break;
    }
    if (feed.format == Format::mappedJson && feed.mapping.empty())
        return refuse("it needs a mapping with a value or a unit");
    if (!feed.mapping.empty()) {
        if (auto ok = checkMapping(feed.mapping); !ok)
            return refuse(ok.error().message);
        if (auto ok = checkUnitMapping(feed.mapping, feed.declared()); !ok)
            return refuse(ok.error().message);
    }
    if (!feed.tls.certificate.empty() && feed.tls.key.empty())
        return refuse("its certificate needs a key");
    if (feed.signatureRules.unknownSigner == SignatureAct::quarantine && feed.signers.empty())
        return refuse("it asks for signatures and names no signer");
    return {};
}

} // namespace tocsin::ingest
