#include "tocsin/base/toml.hpp"
#include "tocsin/base/toml_text.hpp"
#include "tocsin/ingest/feed_config.hpp"

#include <charconv>

// Feeds as config.toml's text, and that text changed without touching the rest of it.

namespace tocsin::ingest {

using base::Code;
using base::fail;

namespace {

std::string numberText(double value) {
    char text[40];
    const auto end = std::to_chars(text, text + sizeof text, value).ptr;
    std::string out(text, end);
    if (out.find_first_not_of("-0123456789") == std::string::npos)
        out += ".0";
    return out;
}

std::string listText(const std::vector<std::string>& items) {
    std::string out = "[";
    for (const auto& item : items)
        out += (out.size() > 1 ? ", " : "") + base::tomlQuoted(item);
    return out + "]";
}

std::string tableText(const std::map<std::string, std::string>& items) {
    std::string out = "{ ";
    bool first = true;
    for (const auto& [key, value] : items) {
        out += (first ? "" : ", ") + base::tomlQuoted(key) + " = " + base::tomlQuoted(value);
        first = false;
    }
    return out + " }";
}

std::string signatureText(const SignatureRules& rules) {
    const SignatureRules plain;
    std::string out;
    const auto add = [&out](const char* key, SignatureAct act, SignatureAct usual) {
        if (act != usual)
            out += (out.empty() ? "" : ", ") + std::string(key) + " = " + base::tomlQuoted(toString(act));
    };
    add("invalid", rules.invalid, plain.invalid);
    add("unknown_signer", rules.unknownSigner, plain.unknownSigner);
    add("unsigned", rules.notSigned, plain.notSigned);
    return "{ " + out + " }";
}

class Lines {
  public:
    void put(const char* key, const std::string& value) { m_text += std::string(key) + " = " + value + "\n"; }
    void text(const char* key, const std::string& value, const std::string& plain = {}) {
        if (value != plain)
            put(key, base::tomlQuoted(value));
    }
    void flag(const char* key, bool value, bool plain) {
        if (value != plain)
            put(key, value ? "true" : "false");
    }
    void raw(std::string_view text) { m_text += text; }
    [[nodiscard]] std::string take() { return std::move(m_text); }

  private:
    std::string m_text;
};

} // namespace

std::string toToml(const FeedConfig& feed) {
    const FeedConfig plain;
    Lines out;
    out.raw("[[feed]]\n");
    out.put("name", base::tomlQuoted(feed.name));
    out.flag("enabled", feed.enabled, true);
    out.put("transport", base::tomlQuoted(toString(feed.transport)));
    out.text("address", feed.address);
    if (feed.format != Format::unknown)
        out.put("format", base::tomlQuoted(toString(feed.format)));
    if (feed.datum != model::Datum::wgs84)
        out.put("datum", base::tomlQuoted(feed.datum == model::Datum::gcj02 ? "gcj02" : "bd09"));
    out.text("time_zone", feed.timeZone, plain.timeZone);
    if (!feed.units.empty())
        out.put("units", tableText(feed.units));
    if (feed.trust != plain.trust)
        out.put("trust", base::tomlQuoted(model::toString(feed.trust)));
    out.text("sensor_prefix", feed.sensorPrefix);
    out.flag("adopt_sensors", feed.adoptSensors, false);
    out.flag("take_corrections", feed.takeCorrections, false);
    if (feed.silentAfter)
        out.put("silent_after", base::tomlDuration(*feed.silentAfter));
    if (feed.silenceSeverity != plain.silenceSeverity)
        out.put("silence_severity", base::tomlQuoted(model::toString(feed.silenceSeverity)));
    out.text("ca", feed.tls.ca);
    out.text("certificate", feed.tls.certificate);
    out.text("key", feed.tls.key);
    out.flag("verify", feed.tls.verify, true);
    out.text("user", feed.user);
    out.text("password", feed.password);
    out.text("token", feed.token);
    out.text("secret", feed.secret);
    if (feed.every != plain.every)
        out.put("every", base::tomlDuration(feed.every));
    if (!feed.headers.empty())
        out.put("headers", tableText(feed.headers));
    out.flag("follow_links", feed.followLinks, true);
    if (!feed.topics.empty())
        out.put("topics", listText(feed.topics));
    if (feed.qos != plain.qos)
        out.put("qos", std::to_string(feed.qos));
    out.text("client_id", feed.clientId);
    if (feed.mqttVersion != plain.mqttVersion)
        out.put("mqtt_version", base::tomlQuoted("3.1.1"));
    if (!feed.signers.empty())
        out.put("signers", listText(feed.signers));
    if (feed.signatureRules == SignatureRules::trustedOnly())
        out.flag("require_signature", true, false);
    else if (feed.signatureRules != plain.signatureRules)
        out.put("signature", signatureText(feed.signatureRules));
    out.flag("relay", feed.relay, plain.relay);
    if (feed.mapping == JsonMapping{})
        return out.take();
    out.raw("[feed.mapping]\n");
    out.text("each", feed.mapping.each);
    out.text("sensor", feed.mapping.sensor);
    out.text("time", feed.mapping.time);
    out.text("latitude", feed.mapping.latitude);
    out.text("longitude", feed.mapping.longitude);
    out.text("unit", feed.mapping.unit);
    out.text("callsign", feed.mapping.callSign);
    out.text("speed", feed.mapping.speed);
    out.text("speed_kmh", feed.mapping.speedKmh);
    out.text("speed_knots", feed.mapping.speedKnots);
    out.text("course", feed.mapping.course);
    out.text("accuracy", feed.mapping.accuracy);
    out.text("altitude", feed.mapping.altitude);
    for (const auto& value : feed.mapping.values) {
        out.raw("[[feed.mapping.value]]\n");
        out.put("value", base::tomlQuoted(value.value));
        out.text("suffix", value.suffix);
        out.text("unit", value.unit);
        if (value.factor != 1)
            out.put("factor", numberText(value.factor));
        if (value.offset != 0)
            out.put("offset", numberText(value.offset));
    }
    return out.take();
}

base::Result<std::string> withFeeds(std::string_view toml, const std::vector<FeedConfig>& feeds) {
    const auto before = base::parseToml(toml);
    if (!before)
        return tl::unexpected(before.error());
    std::string block;
    for (const auto& feed : feeds)
        block += (block.empty() ? "" : "\n") + toToml(feed);

    const std::string out = base::withTomlTables(toml, "feed", block);
    // A text can be written in ways that lines do not show (a header within a long text): then nothing is changed.
    auto after = base::parseToml(out);
    const auto read = after ? parseFeeds(out) : base::Result<std::vector<FeedConfig>>(tl::unexpected(after.error()));
    if (!read)
        return fail(Code::refused, "the feeds cannot be put into config.toml: " + read.error().message);
    auto rest = *before;
    rest.erase("feed");
    after->erase("feed");
    if (*read != feeds || rest != *after)
        return fail(Code::refused, "config.toml is written in a way that only a person can change: edit it by hand");
    return out;
}

} // namespace tocsin::ingest
